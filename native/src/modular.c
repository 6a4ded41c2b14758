/* Montgomery arithmetic modulo an odd m, and modulo m^2 by splitting at base m. */
#include "internal.h"

#if !MPRIV_DIGITS

/* (t + m s) / B^n modulo m^2 for t = x0 y0 and s = x0 y1 + x1 y0: one reduction of t gives r and q with
 * t + q m = B^n r, hence (t + m s) / B^n = r + m ((s - q) / B^n mod m). t has 2n limbs, s 2n and s_top. */
static void split_reduce(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb *t, mpriv_limb *s,
                         mpriv_limb s_top) {
    const size_t n = ring->n;
    mpriv_limb top = mpriv_montgomery(t, ring->m, n, ring->neg_inverse);
    mpriv_limb once, twice, borrow;
    (void)mpriv_reduce_once(t + n, top, ring->m, n, &once);
    borrow = mpriv_subtract(s, s, t, n);
    borrow = mpriv_subtract_word(s + n, n, borrow);
    /* A negative s - q is above -B^n: adding m B^n keeps the class modulo m. */
    borrow = (mpriv_limb)(s_top - borrow);
    s_top =
        (mpriv_limb)(borrow + mpriv_add_masked(s + n, ring->m, n, mpriv_mask(mpriv_nonzero(borrow >> 1))));
    /* s < max(2 m^2, m B^n), so that the quotient is below 3m - 2 and two subtractions reduce it plus one. */
    top = (mpriv_limb)(mpriv_montgomery(s, ring->m, n, ring->neg_inverse) + s_top);
    top = (mpriv_limb)(top + mpriv_add_word(s + n, n, once));
    top = mpriv_reduce_once(s + n, top, ring->m, n, &twice);
    (void)mpriv_reduce_once(s + n, top, ring->m, n, &twice);
    memcpy(z, t + n, n * sizeof *z);
    memcpy(z + n, s + n, n * sizeof *z);
}

static void single_reduce(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb *t) {
    const size_t n = ring->n;
    const mpriv_limb top = mpriv_montgomery(t, ring->m, n, ring->neg_inverse);
    mpriv_limb once;
    (void)mpriv_reduce_once(t + n, top, ring->m, n, &once);
    memcpy(z, t + n, n * sizeof *z);
}

#endif

unsigned mpriv_accelerated(size_t n) {
#if MPRIV_X86_64
    return n % 8U == 0U ? mpriv_x86_64_detect() : 0U;
#else
    (void)n;
    return 0;
#endif
}

/* z = x y B^-n for y = low + high m, where low = NULL stands for 1 and high = NULL for 0. */
static void product(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x, const mpriv_limb *low,
                    const mpriv_limb *high, unsigned parts) {
#if MPRIV_DIGITS
    mpriv_digits_multiply(ring, z, x, low, high, parts);
#else
    const size_t n = ring->n;
    mpriv_limb *t = ring->work, *s = ring->work + 2U * n, s_top = 0;
#if MPRIV_X86_64
    if (ring->accelerated) {
        mpriv_x86_64_modular_multiply(ring, z, x, low, high, parts);
        return;
    }
#endif
    if (low == NULL) {
        memset(t, 0, 4U * n * sizeof *t);
        memcpy(t, x, n * sizeof *t);
        memcpy(s, x + (parts - 1U) * n, n * sizeof *s);
    } else {
        mpriv_multiply(t, x, n, low, n);
    }
    if (parts == 1U) {
        single_reduce(ring, z, t);
        return;
    }
    if (low != NULL) {
        mpriv_multiply(s, x + n, n, low, n);
    }
    if (high != NULL) {
        s_top = mpriv_multiply_add(s, x, high, n);
    }
    split_reduce(ring, z, t, s, s_top);
#endif
}

void mpriv_modular_multiply(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x,
                            const mpriv_limb *y, unsigned parts) {
    product(ring, z, x, y, y + (parts - 1U) * ring->n, parts);
}

void mpriv_modular_leave(const mpriv_modular *ring, mpriv_limb *z, unsigned parts) {
    product(ring, z, z, NULL, NULL, parts);
}

void mpriv_modular_square(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x, unsigned parts) {
#if MPRIV_DIGITS
    mpriv_digits_square(ring, z, x, parts);
#else
    const size_t n = ring->n;
    mpriv_limb *t = ring->work, *s = ring->work + 2U * n;
#if MPRIV_X86_64
    if (ring->accelerated) {
        mpriv_x86_64_modular_square(ring, z, x, parts);
        return;
    }
#endif
    mpriv_square(t, x, n);
    if (parts == 1U) {
        single_reduce(ring, z, t);
    } else {
        mpriv_multiply(s, x, n, x + n, n);
        split_reduce(ring, z, t, s, mpriv_add(s, s, s, 2U * n));
    }
#endif
}

void mpriv_modular_add(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x, const mpriv_limb *y,
                       unsigned parts) {
    const size_t n = ring->n;
    mpriv_limb top, carried;
#if MPRIV_X86_64
    if (ring->accelerated) {
        mpriv_x86_64_modular_add(ring, z, x, y, parts);
        return;
    }
#endif
    top = mpriv_add(z, x, y, n);
    (void)mpriv_reduce_once(z, top, ring->m, n, &carried);
    if (parts == 2U) {
        top = mpriv_add(z + n, x + n, y + n, n);
        top = (mpriv_limb)(top + mpriv_add_word(z + n, n, carried));
        (void)mpriv_reduce_once(z + n, top, ring->m, n, &carried);
    }
}

void mpriv_modular_subtract(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x,
                            const mpriv_limb *y, unsigned parts) {
    const size_t n = ring->n;
    mpriv_limb borrow = mpriv_subtract(z, x, y, n);
    (void)mpriv_add_masked(z, ring->m, n, mpriv_mask(borrow));
    if (parts == 2U) {
        mpriv_limb negative = mpriv_subtract(z + n, x + n, y + n, n);
        negative = (mpriv_limb)(negative | mpriv_subtract_word(z + n, n, borrow));
        (void)mpriv_add_masked(z + n, ring->m, n, mpriv_mask(negative));
    }
}

void mpriv_modular_word(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb small, unsigned parts) {
    memset(z, 0, parts * ring->n * sizeof *z);
    z[0] = small;
}

mpriv_limb mpriv_negated_inverse(mpriv_limb m) {
    mpriv_limb inverse = m;
    unsigned bits;
    /* x = m is the inverse modulo 8; each step x (2 - m x) doubles the number of right bits. */
    for (bits = 3U; bits < MPRIV_LIMB_BITS; bits *= 2U) {
        inverse = mpriv_multiply_low(inverse, (mpriv_limb)(2U - mpriv_multiply_low(m, inverse)));
    }
    return (mpriv_limb)(0U - inverse);
}

void mpriv_modular_init(mpriv_modular *ring, const mpriv_limb *m, size_t n, size_t known_bits,
                        mpriv_limb *two_r, mpriv_limb *work, unsigned accelerated, unsigned parts) {
    unsigned bits;
    size_t i;
    ring->m = m;
    ring->n = n;
    ring->neg_inverse = mpriv_negated_inverse(m[0]);
    ring->two_r = two_r;
    ring->work = work;
    ring->accelerated = accelerated;
#if MPRIV_DIGITS
    mpriv_digits_init(ring);
#endif
    /* Doublings take 2^(known_bits - 1) to B^n 2^n, the Montgomery form of 2^n; each squaring then doubles
     * that exponent, until it is n MPRIV_LIMB_BITS. */
    memset(two_r, 0, parts * n * sizeof *two_r);
    two_r[(known_bits - 1U) / MPRIV_LIMB_BITS] =
        (mpriv_limb)((mpriv_limb)1U << ((known_bits - 1U) % MPRIV_LIMB_BITS));
    for (i = known_bits - 1U; i < n * MPRIV_LIMB_BITS + n; i++) {
        mpriv_modular_add(ring, two_r, two_r, two_r, parts);
    }
    for (bits = 1U; bits < MPRIV_LIMB_BITS; bits *= 2U) {
        mpriv_modular_square(ring, two_r, two_r, parts);
    }
}

void mpriv_modular_reduce(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb *other, const mpriv_limb *a,
                          size_t a_n, unsigned parts) {
    const size_t n = ring->n;
    size_t start = 0;
    while (start + n < a_n) {
        start += n;
    }
    memset(z, 0, parts * n * sizeof *z);
    memcpy(z, a + start, (a_n - start) * sizeof *z);
    mpriv_modular_multiply(ring, z, z, ring->two_r, parts);
    for (; start > 0U; start -= n) {
        mpriv_modular_multiply(ring, z, z, ring->two_r, parts);
        memset(other, 0, parts * n * sizeof *other);
        memcpy(other, a + start - n, n * sizeof *other);
        mpriv_modular_multiply(ring, other, other, ring->two_r, parts);
        mpriv_modular_add(ring, z, z, other, parts);
    }
}

mpriv_limb mpriv_digit(const mpriv_limb *exponent, size_t exponent_bits, size_t position, unsigned window) {
    mpriv_limb value = 0;
    unsigned i;
    for (i = 0; i < window && position + i < exponent_bits; i++) {
        const size_t at = position + i;
        const mpriv_limb bit = (mpriv_limb)((exponent[at / MPRIV_LIMB_BITS] >> (at % MPRIV_LIMB_BITS)) & 1U);
        value = (mpriv_limb)(value | (mpriv_limb)(bit << i));
    }
    return value;
}

void mpriv_look_up(mpriv_limb *z, const mpriv_limb *table, size_t length, unsigned window, mpriv_limb index) {
    size_t done = 0;
    mpriv_limb entry;
#if MPRIV_X86_64
    done = mpriv_x86_64_look_up(z, table, length, window, index);
#endif
    memset(z + done, 0, (length - done) * sizeof *z);
    for (entry = 0; done < length && entry < (mpriv_limb)(1U << window); entry++) {
        const mpriv_limb differs = mpriv_nonzero((mpriv_limb)(entry ^ index));
        mpriv_move_masked(z + done, table + entry * length + done, length - done,
                          mpriv_mask((mpriv_limb)(differs ^ 1U)));
    }
}

void mpriv_modular_power(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *base,
                         const mpriv_limb *exponent, size_t exponent_bits, mpriv_limb *chosen,
                         mpriv_limb *table, unsigned window, unsigned parts) {
    const size_t length = parts * ring->n;
    size_t i, position = 0;
    unsigned squarings;
    mpriv_modular_word(ring, table, 1U, parts);
    mpriv_modular_multiply(ring, table, table, ring->two_r, parts);
    memcpy(table + length, base, length * sizeof *table);
    for (i = 2U; i < (size_t)1U << window; i++) {
        if (i % 2U == 0U) {
            mpriv_modular_square(ring, table + i * length, table + i / 2U * length, parts);
        } else {
            mpriv_modular_multiply(ring, table + i * length, table + (i - 1U) * length, base, parts);
        }
    }
    while (position + window < exponent_bits) {
        position += window;
    }
    mpriv_look_up(z, table, length, window, mpriv_digit(exponent, exponent_bits, position, window));
    while (position > 0U) {
        position -= window;
        for (squarings = 0; squarings < window; squarings++) {
            mpriv_modular_square(ring, z, z, parts);
        }
        mpriv_look_up(chosen, table, length, window, mpriv_digit(exponent, exponent_bits, position, window));
        mpriv_modular_multiply(ring, z, z, chosen, parts);
        mpriv_disturb(z, length);
    }
}

/* Entry i is base^(2i + 1): the first has base_parts, the others two. */
static mpriv_limb *odd_power(const mpriv_modular *ring, mpriv_limb *table, size_t i, unsigned base_parts) {
    return i == 0U ? table : table + (2U * i - 2U + base_parts) * ring->n;
}

/* z = z base^(2i + 1) */
static void multiply_odd(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb *table, size_t i,
                         unsigned base_parts) {
    const mpriv_limb *entry = odd_power(ring, table, i, base_parts);
    product(ring, z, z, entry, i == 0U && base_parts == 1U ? NULL : entry + ring->n, 2U);
}

void mpriv_modular_power_public(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *exponent,
                                size_t exponent_bits, mpriv_limb *table, size_t entries,
                                unsigned base_parts) {
    const size_t n = ring->n;
    size_t i;
    memset(z, 0, 2U * n * sizeof *z);
    memcpy(z, table, base_parts * n * sizeof *z);
    if (entries > 1U) {
        mpriv_modular_square(ring, z, z, 2U);
        for (i = 1U; i < entries; i++) {
            mpriv_limb *entry = odd_power(ring, table, i, base_parts);
            memcpy(entry, z, 2U * n * sizeof *z);
            multiply_odd(ring, entry, table, i - 1U, base_parts);
        }
    }
    /* After the uppermost bit come the longest runs of bits that are odd numbers of the table. */
    memset(z, 0, 2U * n * sizeof *z);
    memcpy(z, table, base_parts * n * sizeof *z);
    exponent_bits--;
    while (exponent_bits > 0U) {
        size_t at = exponent_bits, rest = exponent_bits - 1U, value = 0, odd = 0;
        do {
            at--;
            value = 2U * value + ((exponent[at / MPRIV_LIMB_BITS] >> (at % MPRIV_LIMB_BITS)) & 1U);
            if (value >= 2U * entries) {
                break;
            }
            if (value % 2U == 1U) {
                odd = value;
                rest = at;
            }
        } while (value != 0U && at > 0U);
        for (; exponent_bits > rest; exponent_bits--) {
            mpriv_modular_square(ring, z, z, 2U);
        }
        if (odd != 0U) {
            multiply_odd(ring, z, table, odd / 2U, base_parts);
        }
        mpriv_disturb(z, 2U * n);
    }
}

void mpriv_modular_join(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x) {
    const size_t n = ring->n;
    mpriv_multiply(z, x + n, n, ring->m, n);
    (void)mpriv_add_word(z + n, n, mpriv_add(z, z, x, n));
}
