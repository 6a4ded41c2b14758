/* The plain step of Blahut-Arimoto, q <- q g, and the law that is optimal at a slope, in binary64, binary32 and
 * 32-bit fixed point: O(n) by running sums and by pooling, without exponentials, for small cores. */
#include "privacy_power.h"

#define STEP(NAME, REAL)                                                                                     \
    int NAME(REAL *q, REAL *largest, const REAL *p, const REAL *decays, size_t count, REAL *work) {          \
        REAL c = 0, g = 0;                                                                                   \
        size_t k;                                                                                            \
        if (q == NULL || largest == NULL || p == NULL || (decays == NULL && count > 1U) || work == NULL) {   \
            return MPRIV_ERROR_MISUSE;                                                                       \
        }                                                                                                    \
        *largest = 0;                                                                                        \
        if (count == 0U) {                                                                                   \
            return MPRIV_ERROR_MALFORMED;                                                                    \
        }                                                                                                    \
        for (k = 0; k < count; k++) {                                                                        \
            c = q[k] + (k > 0U ? decays[k - 1U] * c : 0);                                                    \
            work[k] = p[k] > 0 ? p[k] / c : 0;                                                               \
        }                                                                                                    \
        for (k = count; k-- > 0U;) {                                                                         \
            g = work[k] + (k + 1U < count ? decays[k] * g : 0);                                              \
            *largest = g > *largest ? g : *largest;                                                          \
            q[k] *= g;                                                                                       \
        }                                                                                                    \
        return MPRIV_OK;                                                                                     \
    }

STEP(mpriv_privacy_power_step, double)
STEP(mpriv_privacy_power_step_binary32, float)

/* Pooling: a block has a mass, the decay z from its first level to the next block's, and 1 - z without
 * cancellation. Blocks B, B' are apart where c_B < c_B', which is p_B z_B (1 - z_B') < p_B' (1 - z_B). */
#define LAW(NAME, REAL)                                                                                      \
    int NAME(REAL *q, const REAL *p, const REAL *decays, size_t count, REAL *work) {                         \
        REAL *const z = work, *const fall = work + count;                                                    \
        REAL carried = 0;                                                                                    \
        size_t k, blocks = 0;                                                                                \
        if (q == NULL || p == NULL || (decays == NULL && count > 1U) || work == NULL) {                      \
            return MPRIV_ERROR_MISUSE;                                                                       \
        }                                                                                                    \
        if (count == 0U) {                                                                                   \
            return MPRIV_ERROR_MALFORMED;                                                                    \
        }                                                                                                    \
        for (k = 0; k < count; k++) {                                                                        \
            REAL *const mass = work + 2U * count, *const first = work + 3U * count;                          \
            mass[blocks] = p[k];                                                                             \
            first[blocks] = (REAL)k;                                                                         \
            z[blocks] = k + 1U < count ? decays[k] : 0;                                                      \
            fall[blocks] = 1 - z[blocks];                                                                    \
            for (blocks++; blocks > 1U; blocks--) {                                                          \
                const size_t b = blocks - 2U, next = blocks - 1U;                                            \
                if (mass[b] * z[b] * fall[next] < mass[next] * fall[b]) {                                    \
                    break;                                                                                   \
                }                                                                                            \
                mass[b] += mass[next];                                                                       \
                fall[b] += z[b] * fall[next];                                                                \
                z[b] *= z[next];                                                                             \
            }                                                                                                \
            q[k] = 0;                                                                                        \
        }                                                                                                    \
        for (k = 0; k < blocks; k++) {                                                                       \
            const REAL c = work[2U * count + k] / fall[k];                                                   \
            q[(size_t)work[3U * count + k]] = c > carried ? c - carried : 0;                                 \
            carried = c * z[k];                                                                              \
        }                                                                                                    \
        return MPRIV_OK;                                                                                     \
    }

LAW(mpriv_privacy_power_law, double)
LAW(mpriv_privacy_power_law_binary32, float)

/* The upper word of a b. The multiplies of ARMv6-M and ARMv8-M Baseline have 32 bits only. */
static uint32_t multiply_high(uint32_t a, uint32_t b) {
#if defined(__ARM_ARCH_6M__) || defined(__ARM_ARCH_8M_BASE__)
    const uint32_t a0 = a & 0xffffU, a1 = a >> 16, b0 = b & 0xffffU, b1 = b >> 16;
    const uint32_t middle = a1 * b0 + ((a0 * b0) >> 16);
    const uint32_t other = a0 * b1 + (middle & 0xffffU);
    return a1 * b1 + (middle >> 16) + (other >> 16);
#else
    return (uint32_t)(((uint64_t)a * b) >> 32);
#endif
}

/* floor(p 2^26 / c), or 2^32 - 1 where that is larger: two digits of 16 bits, each from a 32-bit division. */
static uint32_t divide(uint32_t p, uint32_t c) {
    uint32_t high, low, top, bottom, digit, rest, product;
    unsigned shift = 0;
    if ((p >> 6) >= c) {
        return UINT32_MAX;
    }
    while ((c & 0xff000000U) == 0U) {
        c <<= 8;
        shift += 8U;
    }
    while ((c & 0x80000000U) == 0U) {
        c <<= 1;
        shift++;
    }
    /* (high, low) = p 2^26 2^shift, high < c */
    high = shift > 6U ? p << (shift - 6U) : p >> (6U - shift);
    low = shift >= 6U ? 0U : p << (26U + shift);
    top = c >> 16;
    bottom = c & 0xffffU;
    digit = high / top;
    rest = high - digit * top;
    product = digit * bottom;
    while (digit > 0xffffU || (rest <= 0xffffU && product > ((rest << 16) | (low >> 16)))) {
        digit--;
        rest += top;
        product -= bottom;
    }
    high = ((high << 16) | (low >> 16)) - digit * c;
    low <<= 16;
    {
        uint32_t second = high / top;
        rest = high - second * top;
        product = second * bottom;
        while (second > 0xffffU || (rest <= 0xffffU && product > ((rest << 16) | (low >> 16)))) {
            second--;
            rest += top;
            product -= bottom;
        }
        return (digit << 16) + second;
    }
}

int mpriv_privacy_power_step_fixed(uint32_t *q, uint32_t *largest, const uint32_t *p, const uint32_t *decays,
                                   size_t count, uint32_t *work) {
    uint32_t c = 0, g = 0, most = 0;
    size_t k;
    if (q == NULL || largest == NULL || p == NULL || (decays == NULL && count > 1U) || work == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *largest = 0;
    if (count == 0U) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (k = 0; k < count; k++) {
        c = q[k] + (k > 0U ? multiply_high(decays[k - 1U], c) : 0U);
        work[k] = p[k] == 0U ? 0U : divide(p[k], c == 0U ? 1U : c);
    }
    for (k = count; k-- > 0U;) {
        const uint32_t carried = k + 1U < count ? multiply_high(decays[k], g) : 0U;
        uint32_t high, low;
        g = work[k] + carried;
        g = g < carried ? UINT32_MAX : g;
        most = g > most ? g : most;
        /* q g / 2^26, rounded down, and kept above 0 so that a level can come back. */
        high = multiply_high(q[k], g);
        low = q[k] * g;
        high = high > 0x1ffffffU ? 0x7fffffffU : (high << 6) | (low >> 26);
        q[k] = high == 0U ? 1U : high;
    }
    *largest = most;
    return MPRIV_OK;
}

int mpriv_privacy_power_law_fixed(uint32_t *q, const uint32_t *p, const uint32_t *decays, size_t count,
                                  uint32_t *work) {
    uint32_t *const z = work, *const fall = work + count, *const mass = work + 2U * count;
    uint32_t *const first = work + 3U * count;
    uint32_t carried = 0;
    size_t k, blocks = 0;
    if (q == NULL || p == NULL || (decays == NULL && count > 1U) || work == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (k = 0; k < count; k++) {
        mass[blocks] = p[k];
        first[blocks] = (uint32_t)k;
        z[blocks] = k + 1U < count ? decays[k] : 0U;
        fall[blocks] = UINT32_MAX - z[blocks] + (z[blocks] != 0U);
        for (blocks++; blocks > 1U; blocks--) {
            const size_t b = blocks - 2U, next = blocks - 1U;
            if ((uint64_t)multiply_high(mass[b], z[b]) * fall[next] < (uint64_t)mass[next] * fall[b]) {
                break;
            }
            mass[b] += mass[next];
            fall[b] += multiply_high(z[b], fall[next]);
            z[b] = multiply_high(z[b], z[next]);
        }
        q[k] = 0;
    }
    for (k = 0; k < blocks; k++) {
        const uint32_t ratio = divide(mass[k], fall[k]);
        const uint32_t c = ratio > 0x2000000U ? 0x80000000U : ratio << 6;
        q[first[k]] = c > carried ? c - carried : 0U;
        carried = multiply_high(c, z[k]);
    }
    return MPRIV_OK;
}
