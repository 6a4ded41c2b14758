/* Greatest common divisor and inverse by division steps (Bernstein and Yang, "Fast constant-time gcd
 * computation and modular inversion", CHES 2019, sections 8 and 11): a number of steps that depends on the
 * length alone. */
#include "internal.h"

/* Steps after which g is 0, for |f|, |g| < 2^bits. Theorem 11.2 asks for floor((49 bits + 57) / 17), and for
 * floor((49 bits + 80) / 17) below 46 bits: both are at most this, which needs no division. */
static size_t division_steps(size_t bits) {
    return 3U * bits + 5U;
}

/* One step on f and g, two's complement in n + 1 limbs, f odd. If delta > 0 and g is odd: (delta, f, g)
 * becomes (1 - delta, g, (g - f)/2), else (1 + delta, f, (g + (g mod 2) f)/2). *swap and *odd say which. */
static int32_t step(int32_t delta, mpriv_limb *f, mpriv_limb *g, size_t n, mpriv_limb *swap,
                    mpriv_limb *odd) {
    const mpriv_limb positive = (mpriv_limb)(((uint32_t)-delta) >> 31);
    const mpriv_limb odd_mask = mpriv_mask(g[0] & 1U);
    const mpriv_limb swap_bit = positive & g[0] & 1U;
    const mpriv_limb swap_mask = mpriv_mask(swap_bit);
    const int32_t sign = (int32_t)mpriv_barrier32(0U - (uint32_t)swap_bit);
    mpriv_limb carry = swap_bit, previous = 0;
    size_t i;
    for (i = 0; i <= n; i++) {
        const mpriv_limb f_i = f[i], g_i = g[i];
        const mpriv_limb addend = (f_i ^ swap_mask) & odd_mask;
        const mpriv_double_limb sum = (mpriv_double_limb)((mpriv_double_limb)g_i + addend + carry);
        const mpriv_limb t = (mpriv_limb)sum;
        carry = (mpriv_limb)(sum >> MPRIV_LIMB_BITS);
        f[i] = mpriv_select(swap_mask, g_i, f_i);
        if (i > 0U) {
            g[i - 1U] = (mpriv_limb)((previous >> 1) | (mpriv_limb)(t << (MPRIV_LIMB_BITS - 1)));
        }
        previous = t;
    }
    g[n] = (mpriv_limb)((previous >> 1) | (previous & (mpriv_limb)((mpriv_limb)1U << (MPRIV_LIMB_BITS - 1))));
    *swap = swap_mask;
    *odd = odd_mask;
    return ((delta ^ sign) - sign) + 1;
}

static void start(mpriv_limb *f, mpriv_limb *g, const mpriv_limb *odd, const mpriv_limb *a, size_t n) {
    memcpy(f, odd, n * sizeof *f);
    memcpy(g, a, n * sizeof *g);
    f[n] = 0;
    g[n] = 0;
}

/* The bit that f, in n + 1 limbs, is neither 1 nor -1. */
static mpriv_limb not_a_unit(const mpriv_limb *f, size_t n) {
    mpriv_limb plus = f[0] ^ 1U, minus = (mpriv_limb)~f[0];
    size_t i;
    for (i = 1; i <= n; i++) {
        plus = (mpriv_limb)(plus | f[i]);
        minus = (mpriv_limb)(minus | (mpriv_limb)~f[i]);
    }
    return mpriv_nonzero(plus) & mpriv_nonzero(minus);
}

mpriv_limb mpriv_shares_factor(const mpriv_limb *odd, const mpriv_limb *a, size_t n, mpriv_limb *work) {
    mpriv_limb *f = work, *g = work + n + 1U;
    mpriv_limb swap, odd_mask;
    size_t left = division_steps(n * MPRIV_LIMB_BITS);
    int32_t delta = 1;
    start(f, g, odd, a, n);
    while (left-- > 0U) {
        delta = step(delta, f, g, n, &swap, &odd_mask);
    }
    return not_a_unit(f, n);
}

mpriv_limb mpriv_inverse(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *m, size_t n,
                         mpriv_limb *work) {
    mpriv_limb *f = work, *g = f + n + 1U, *d = g + n + 1U, *t = d + n;
    mpriv_limb swap, odd_mask, ignored;
    size_t left = division_steps(n * MPRIV_LIMB_BITS);
    int32_t delta = 1;
    start(f, g, m, a, n);
    /* Throughout f = d a and g = z a modulo m. */
    memset(d, 0, n * sizeof *d);
    memset(z, 0, n * sizeof *z);
    z[0] = 1U;
    while (left-- > 0U) {
        mpriv_limb top;
        size_t i;
        delta = step(delta, f, g, n, &swap, &odd_mask);
        for (i = 0; i < n; i++) {
            t[i] = d[i] & odd_mask;
            d[i] = mpriv_select(swap, z[i], d[i]);
        }
        /* t = swap ? m - t : t, where m - 0 = m is as good as 0. */
        (void)mpriv_subtract_masked(t, m, n, swap);
        for (i = 0; i < n; i++) {
            t[i] ^= swap;
        }
        (void)mpriv_add_word(t, n, (mpriv_limb)(swap & 1U));
        top = mpriv_add(z, z, t, n);
        (void)mpriv_reduce_once(z, top, m, n, &ignored);
        top = mpriv_add_masked(z, m, n, mpriv_mask(z[0] & 1U));
        for (i = 0; i + 1U < n; i++) {
            z[i] = (mpriv_limb)((z[i] >> 1) | (mpriv_limb)(z[i + 1U] << (MPRIV_LIMB_BITS - 1)));
        }
        z[n - 1U] = (mpriv_limb)((z[n - 1U] >> 1) | (mpriv_limb)(top << (MPRIV_LIMB_BITS - 1)));
    }
    /* f = +1 or -1: the inverse is d or m - d. */
    memcpy(t, m, n * sizeof *t);
    (void)mpriv_subtract(t, t, d, n);
    memcpy(z, d, n * sizeof *z);
    mpriv_move_masked(z, t, n, mpriv_mask((mpriv_limb)(f[n] & 1U)));
    return not_a_unit(f, n);
}
