/* Elementary functions in binary64, for sources that evaluate them in loops. Not installed. The bounds on
 * their errors stand in meter_privacy_power.h. */
#ifndef METER_PRIVACY_ELEMENTARY_H
#define METER_PRIVACY_ELEMENTARY_H

#include "meter_privacy_power.h"

typedef union {
    double real;
    uint64_t bits;
} mpriv_binary64;

_Static_assert(sizeof(double) == 8U, "double is binary64");

#define MPRIV_INFINITY (__builtin_inf())
#define MPRIV_LN2 0x1.62e42fefa39efp-1
#define MPRIV_INVERSE_LN2 0x1.71547652b82fep+0
/* ln 2 in two parts; a product of the first and an integer below 2^20 is exact. */
#define MPRIV_LN2_HIGH 0x1.62e42fef00000p-1
#define MPRIV_LN2_LOW 0x1.473de6af278edp-34
/* Added to a number below 2^51, it leaves the nearest integer in the lowest bits. */
#define MPRIV_INTEGER 0x1.8p52

/* 2^exponent for -1022 <= exponent <= 1023. */
static inline double mpriv_power_of_two(int64_t exponent) {
    mpriv_binary64 power;
    power.bits = (uint64_t)(exponent + 1023) << 52;
    return power.real;
}

/* x = k ln 2 + r, |r| < 0.347. Returns e^r - 1 - r; k + 1.5 2^52 stands in *shifted, r in *rest. |x| < 2^19.
 */
static inline double mpriv_exponential_core(double x, double *shifted, double *rest) {
    const double bias = x * MPRIV_INVERSE_LN2 + MPRIV_INTEGER;
    const double k = bias - MPRIV_INTEGER;
    const double high = x - k * MPRIV_LN2_HIGH;
    const double low = k * MPRIV_LN2_LOW;
    const double r = high - low;
    const double tail = (high - r) - low;
    const double r2 = r * r, r4 = r2 * r2;
    /* Taylor's series: the first term left out is below 2^-57 of the result. */
    const double a = 0x1.5555555555555p-3 + r * 0x1.5555555555555p-5;
    const double b = 0x1.1111111111111p-7 + r * 0x1.6c16c16c16c17p-10;
    const double c = 0x1.a01a01a01a01ap-13 + r * 0x1.a01a01a01a01ap-16;
    const double d = 0x1.71de3a556c734p-19 + r * 0x1.27e4fb7789f5cp-22;
    const double e = 0x1.ae64567f544e4p-26 + r * 0x1.1eed8eff8d898p-29 + r2 * 0x1.6124613a86d09p-33;
    const double series = (a + r2 * b) + r4 * ((c + r2 * d) + r4 * e);
    *shifted = bias;
    *rest = r;
    return r2 * (0.5 + r * series) + (tail + tail * r);
}

/* e^x - 1, branch-free so that loops over it are vectorised. Infinite beyond 709.78. */
static inline double mpriv_expm1_inline(double x) {
    const double capped = x > 709.9 ? 709.9 : x;
    const double argument = capped < -40.0 ? -40.0 : capped;
    mpriv_binary64 shifted, half;
    double r, scale, whole, sum, product, product_low, error, result;
    const double more = mpriv_exponential_core(argument, &shifted.real, &r);
    /* The lowest bits of shifted hold k; half becomes 2^(k - 1), because 2^k may not be finite. */
    half.bits = (shifted.bits + 1022U) << 52;
    scale = half.real;
    product = r + more;
    product_low = (r - product) + more;
    product *= scale;
    product_low *= scale;
    whole = scale - 0.5;
    sum = whole + product;
    error = sum - whole;
    error = (whole - (sum - error)) + (product - error);
    result = (sum + (error + product_low)) * 2.0;
    return x > 709.782712893384 ? MPRIV_INFINITY : result;
}

/* a + b = *sum + the returned rest, exactly. */
static inline double mpriv_two_sum(double *sum, double a, double b) {
    const double s = a + b;
    const double back = s - a;
    *sum = s;
    return (a - (s - back)) + (b - back);
}

/* A sum and what its roundings lost. */
typedef struct {
    double value;
    double lost;
} mpriv_sum;

static inline void mpriv_accumulate(mpriv_sum *sum, double term) {
    sum->lost += mpriv_two_sum(&sum->value, sum->value, term);
}

static inline double mpriv_total(const mpriv_sum *sum) {
    return sum->value + sum->lost;
}

#define MPRIV_SQRT_HALF_BITS 0x3fe6a09e667f3bcdU

/* k ln 2 + ln(1 + f) + correction for sqrt(1/2) - 1 < f < sqrt(2) - 1, where ln(1 + f) = 2 artanh(s) with
 * s = f / (2 + f), and 2 s = f - s f. */
static inline double mpriv_logarithm_core(double k, double f, double correction) {
    const double s = f / (2.0 + f);
    const double z = s * s, z2 = z * z, z4 = z2 * z2;
    /* 2/3, 2/5, ..., 2/23: the first term left out is below 2^-60 of the result. */
    const double a = 0x1.5555555555555p-1 + z * 0x1.999999999999ap-2;
    const double b = 0x1.2492492492492p-2 + z * 0x1.c71c71c71c71cp-3;
    const double c = 0x1.745d1745d1746p-3 + z * 0x1.3b13b13b13b14p-3;
    const double d = 0x1.1111111111111p-3 + z * 0x1.e1e1e1e1e1e1ep-4;
    const double e = 0x1.af286bca1af28p-4 + z * 0x1.8618618618618p-4 + z2 * 0x1.642c8590b2164p-4;
    const double series = z * ((a + z2 * b) + z4 * ((c + z2 * d) + z4 * e));
    const double half = 0.5 * f * f;
    return k * MPRIV_LN2_HIGH - ((half - (s * (half + series) + (k * MPRIV_LN2_LOW + correction))) - f);
}

/* x = 2^k (1 + f), k returned. For finite normal x > 0. */
static inline double mpriv_significand(double x, double *f) {
    mpriv_binary64 number, exponent;
    number.real = x;
    number.bits += 0x3ff0000000000000U - MPRIV_SQRT_HALF_BITS;
    exponent.bits = (number.bits >> 52) | 0x4330000000000000U; /* 2^52 + k + 1023 */
    number.bits = (number.bits & 0xfffffffffffffU) + MPRIV_SQRT_HALF_BITS;
    *f = number.real - 1.0;
    return exponent.real - (0x1p52 + 1023.0);
}

/* ln x for finite normal x > 0, branch-free so that loops over it are vectorised. */
static inline double mpriv_log_inline(double x) {
    double f;
    const double k = mpriv_significand(x, &f);
    return mpriv_logarithm_core(k, f, 0.0);
}

#endif
