/* Exponential and logarithm in binary64. */
#include "elementary.h"

double mpriv_exp(double x) {
    double shifted, r, more, result;
    int64_t k;
    if (x != x) {
        return x;
    }
    if (x > 709.782712893384) {
        return MPRIV_INFINITY;
    }
    if (x < -745.14) {
        return 0.0;
    }
    more = mpriv_exponential_core(x, &shifted, &r);
    k = (int64_t)(shifted - MPRIV_INTEGER);
    result = 1.0 + (r + more);
    return result * mpriv_power_of_two(k / 2) * mpriv_power_of_two(k - k / 2);
}

double mpriv_expm1(double x) {
    return x != x ? x : (x == 0.0 ? x : mpriv_expm1_inline(x));
}

double mpriv_log(double x) {
    double f, shift = 0.0;
    if (x != x || x == MPRIV_INFINITY) {
        return x;
    }
    if (x <= 0.0) {
        return x == 0.0 ? -MPRIV_INFINITY : MPRIV_INFINITY - MPRIV_INFINITY;
    }
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        shift = 54.0;
    }
    shift = mpriv_significand(x, &f) - shift;
    return mpriv_logarithm_core(shift, f, 0.0);
}

double mpriv_log1p(double x) {
    double sum, lost, f, k;
    if (!(x > -1.0) || x == MPRIV_INFINITY) {
        return mpriv_log(1.0 + x);
    }
    if (x > -0.29 && x < 0.41) {
        return x == 0.0 ? x : mpriv_logarithm_core(0.0, x, 0.0);
    }
    lost = mpriv_two_sum(&sum, 1.0, x);
    k = mpriv_significand(sum, &f);
    return mpriv_logarithm_core(k, f, lost / sum);
}
