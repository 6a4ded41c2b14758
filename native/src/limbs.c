/* Arithmetic on arrays of limbs. */
#include "internal.h"

/* low + B *carry = a b + add + *carry: the one place where limbs are multiplied. */
static inline mpriv_limb multiply_accumulate(mpriv_limb a, mpriv_limb b, mpriv_limb add, mpriv_limb *carry) {
#if MPRIV_UMAAL
    __asm__("umaal %0, %1, %2, %3" : "+r"(add), "+r"(*carry) : "r"(a), "r"(b));
    return add;
#elif MPRIV_UMLAL
    uint32_t high = 0;
    __asm__("umlal %0, %1, %3, %4\n\tadds %0, %0, %2\n\tadc %1, %1, #0"
            : "+&r"(add), "+&r"(high)
            : "r"(*carry), "r"(a), "r"(b)
            : "cc");
    *carry = high;
    return add;
#elif MPRIV_LIMB_BITS == 32 && MPRIV_CONSTANT_TIME_MULTIPLY
    const uint32_t a0 = mpriv_barrier(a & 0xFFFFU), a1 = mpriv_barrier(a >> 16);
    const uint32_t b0 = mpriv_barrier(b & 0xFFFFU), b1 = mpriv_barrier(b >> 16);
    const uint32_t low = a0 * b0, cross = a0 * b1, other = a1 * b0;
    const uint32_t middle = (low >> 16) + (cross & 0xFFFFU) + (other & 0xFFFFU);
    const uint32_t high = a1 * b1 + (cross >> 16) + (other >> 16) + (middle >> 16);
    const mpriv_double_limb t = (((mpriv_double_limb)high << 32) | ((low & 0xFFFFU) | (middle << 16))) + add +
                                (mpriv_double_limb)*carry;
    *carry = (mpriv_limb)(t >> MPRIV_LIMB_BITS);
    return (mpriv_limb)t;
#else
    const mpriv_double_limb t =
        (mpriv_double_limb)((mpriv_double_limb)((mpriv_double_limb)a * b) + add + *carry);
    *carry = (mpriv_limb)(t >> MPRIV_LIMB_BITS);
    return (mpriv_limb)t;
#endif
}

#if MPRIV_LIMB_BITS == 32 && MPRIV_CONSTANT_TIME_MULTIPLY
mpriv_limb mpriv_multiply_word(mpriv_limb a, mpriv_limb b, mpriv_limb add, mpriv_limb *carry) {
    return multiply_accumulate(a, b, add, carry);
}
#endif

static inline mpriv_limb add_carry(mpriv_limb a, mpriv_limb b, mpriv_limb *carry) {
    const mpriv_double_limb t = (mpriv_double_limb)((mpriv_double_limb)a + b + *carry);
    *carry = (mpriv_limb)(t >> MPRIV_LIMB_BITS);
    return (mpriv_limb)t;
}

static inline mpriv_limb subtract_borrow(mpriv_limb a, mpriv_limb b, mpriv_limb *borrow) {
    const mpriv_double_limb t = (mpriv_double_limb)((mpriv_double_limb)a - b - *borrow);
    *borrow = (mpriv_limb)((mpriv_limb)(t >> MPRIV_LIMB_BITS) & 1U);
    return (mpriv_limb)t;
}

#if MPRIV_LIMB_BITS < 8

mpriv_limb mpriv_load(mpriv_limb *z, size_t n, const uint8_t *bytes, size_t length) {
    mpriv_limb excess = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        z[i] = (mpriv_limb)(i / 2U < length ? bytes[length - 1U - i / 2U] >> (4U * (i % 2U)) : 0);
    }
    for (; i < 2U * length; i++) {
        excess = (mpriv_limb)(excess | (mpriv_limb)(bytes[length - 1U - i / 2U] >> (4U * (i % 2U))));
    }
    return mpriv_nonzero(excess);
}

void mpriv_store(uint8_t *bytes, size_t length, const mpriv_limb *a, size_t n, mpriv_limb mask) {
    size_t i;
    memset(bytes, 0, length);
    for (i = 0; i < n && i < 2U * length; i++) {
        const uint8_t half = (uint8_t)(a[i] & mask);
        uint8_t *byte = bytes + (length - 1U - i / 2U);
        *byte = (uint8_t)(*byte | half << (4U * (i % 2U)));
    }
}

#else

/* Whether a limb may be read and written as bytes in one instruction each. */
#if defined(__GNUC__) && !MPRIV_PORTABLE_ONLY && MPRIV_LIMB_BITS >= 32 &&                                    \
    (defined(__ARM_FEATURE_UNALIGNED) || defined(__x86_64__)) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
typedef mpriv_limb __attribute__((aligned(1), may_alias)) unaligned;
#define WHOLE_LIMBS 1
#if MPRIV_LIMB_BITS == 64
#define REVERSE __builtin_bswap64
#else
#define REVERSE __builtin_bswap32
#endif
#else
#define WHOLE_LIMBS 0
#endif

/* The limb in count bytes, at most those of a limb. */
static inline mpriv_limb get_limb(const uint8_t *bytes, size_t count) {
    mpriv_limb limb = 0;
    size_t k;
#if WHOLE_LIMBS
    if (count == MPRIV_LIMB_BYTES) {
        return REVERSE(*(const unaligned *)(const void *)bytes);
    }
#endif
    for (k = 0; k < count; k++) {
        limb = (mpriv_limb)((mpriv_limb)(limb << 8U % MPRIV_LIMB_BITS) | bytes[k]);
    }
    return limb;
}

mpriv_limb mpriv_load(mpriv_limb *z, size_t n, const uint8_t *bytes, size_t length) {
    mpriv_limb excess = 0;
    size_t i = 0;
#ifndef __OPTIMIZE_SIZE__ /* whole limbs by themselves: faster, and twice the code */
    const size_t whole = length / MPRIV_LIMB_BYTES < n ? length / MPRIV_LIMB_BYTES : n;
    for (; i < whole; i++) {
        length -= MPRIV_LIMB_BYTES;
        z[i] = get_limb(bytes + length, MPRIV_LIMB_BYTES);
    }
#endif
    for (; i < n; i++) {
        const size_t taken = length < MPRIV_LIMB_BYTES ? length : MPRIV_LIMB_BYTES;
        length -= taken;
        z[i] = get_limb(bytes + length, taken);
    }
    while (length > 0U) {
        length--;
        excess = (mpriv_limb)(excess | bytes[length]);
    }
    return mpriv_nonzero(excess);
}

void mpriv_store(uint8_t *bytes, size_t length, const mpriv_limb *a, size_t n, mpriv_limb mask) {
    size_t i;
    for (i = 0; length > 0U; i++) {
        mpriv_limb limb = i < n ? (mpriv_limb)(a[i] & mask) : 0U;
        size_t k;
#if WHOLE_LIMBS
        if (length >= MPRIV_LIMB_BYTES) {
            length -= MPRIV_LIMB_BYTES;
            *(unaligned *)(void *)(bytes + length) = REVERSE(limb);
            continue;
        }
#endif
        for (k = 0; length > 0U && (WHOLE_LIMBS || k < MPRIV_LIMB_BYTES); k++) {
            length--;
            bytes[length] = (uint8_t)limb;
            limb = (mpriv_limb)(limb >> 8U % MPRIV_LIMB_BITS);
        }
    }
}

#endif

mpriv_limb mpriv_add(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *b, size_t n) {
    mpriv_limb carry = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        z[i] = add_carry(a[i], b[i], &carry);
    }
    return carry;
}

mpriv_limb mpriv_subtract(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *b, size_t n) {
    mpriv_limb borrow = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        z[i] = subtract_borrow(a[i], b[i], &borrow);
    }
    return borrow;
}

mpriv_limb mpriv_add_masked(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb mask) {
    mpriv_limb carry = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        z[i] = add_carry(z[i], (mpriv_limb)(a[i] & mask), &carry);
    }
    return carry;
}

mpriv_limb mpriv_subtract_masked(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb mask) {
    mpriv_limb borrow = 0;
    size_t i = 0;
#if MPRIV_THUMB_CHAINS
    if (n >= 4U) {
        i = n - n % 4U;
        borrow = mpriv_subtract_masked_32(z, a, i, mask);
    }
#endif
    for (; i < n; i++) {
        z[i] = subtract_borrow(z[i], (mpriv_limb)(a[i] & mask), &borrow);
    }
    return borrow;
}

mpriv_limb mpriv_add_word(mpriv_limb *z, size_t n, mpriv_limb word) {
    mpriv_limb carry = word;
    size_t i;
    for (i = 0; i < n; i++) {
        mpriv_limb next = 0;
        z[i] = add_carry(z[i], carry, &next);
        carry = next;
    }
    return carry;
}

mpriv_limb mpriv_subtract_word(mpriv_limb *z, size_t n, mpriv_limb word) {
    mpriv_limb borrow = word;
    size_t i;
    for (i = 0; i < n; i++) {
        mpriv_limb next = 0;
        z[i] = subtract_borrow(z[i], borrow, &next);
        borrow = next;
    }
    return borrow;
}

mpriv_limb mpriv_less(const mpriv_limb *a, const mpriv_limb *b, size_t n) {
    mpriv_limb borrow = 0;
    size_t i = 0;
#if MPRIV_THUMB_CHAINS
    if (n >= 4U) {
        i = n - n % 4U;
        borrow = mpriv_less_32(a, b, i);
    }
#endif
    for (; i < n; i++) {
        (void)subtract_borrow(a[i], b[i], &borrow);
    }
    return borrow;
}

mpriv_limb mpriv_equal(const mpriv_limb *a, const mpriv_limb *b, size_t n) {
    mpriv_limb difference = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        difference = (mpriv_limb)(difference | (a[i] ^ b[i]));
    }
    return mpriv_nonzero(difference) ^ 1U;
}

mpriv_limb mpriv_any(const mpriv_limb *a, size_t n) {
    mpriv_limb any = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        any = (mpriv_limb)(any | a[i]);
    }
    return mpriv_nonzero(any);
}

void mpriv_move_masked(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb mask) {
    size_t i;
    for (i = 0; i < n; i++) {
        z[i] = mpriv_select(mask, a[i], z[i]);
    }
}

mpriv_limb mpriv_reduce_once(mpriv_limb *z, mpriv_limb top, const mpriv_limb *m, size_t n,
                             mpriv_limb *subtracted) {
    const mpriv_limb less = mpriv_less(z, m, n);
    const mpriv_limb bit = (mpriv_limb)((less ^ 1U) | mpriv_nonzero(top));
    const mpriv_limb borrow = mpriv_subtract_masked(z, m, n, mpriv_mask(bit));
    *subtracted = bit;
    return (mpriv_limb)(top - borrow);
}

/* Whether several limbs or rows are taken at once. Where digits.c makes the products that count, they are not. */
#define AT_ONCE (!MPRIV_DIGITS)

/* z[0..n) += a b, returns the carry. */
static mpriv_limb row(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb b) {
    mpriv_limb carry = 0;
    size_t i = 0;
    for (; AT_ONCE && i + 4U <= n; i += 4U) {
        z[i] = multiply_accumulate(a[i], b, z[i], &carry);
        z[i + 1U] = multiply_accumulate(a[i + 1U], b, z[i + 1U], &carry);
        z[i + 2U] = multiply_accumulate(a[i + 2U], b, z[i + 2U], &carry);
        z[i + 3U] = multiply_accumulate(a[i + 3U], b, z[i + 3U], &carry);
    }
    for (; i < n; i++) {
        z[i] = multiply_accumulate(a[i], b, z[i], &carry);
    }
    return carry;
}

/* With t = z[0..n) + carry[0..ROWS) + a b for b of ROWS limbs: z[0..n) = the lower limbs of t, and carry =
 * the ROWS upper ones. Each limb of a and z is read once for all rows. */
#define ROWS 4U
static void rows(mpriv_limb *z, const mpriv_limb *a, size_t n, const mpriv_limb *b, mpriv_limb *carry) {
#if MPRIV_KERNELS_32
    if (n >= ROWS) {
        mpriv_rows_32(z, a, n, b, carry);
        return;
    }
#endif
    {
        const mpriv_limb b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
        const mpriv_limb *const end = z + n;
        mpriv_limb c0 = carry[0], c1 = carry[1], c2 = carry[2], c3 = carry[3];
        while (z != end) {
            const mpriv_limb limb = *a++;
            mpriv_limb sum = multiply_accumulate(limb, b0, *z, &c0);
            *z++ = sum;
            c0 = multiply_accumulate(limb, b1, c0, &c1);
            c1 = multiply_accumulate(limb, b2, c1, &c2);
            c2 = multiply_accumulate(limb, b3, c2, &c3);
        }
        carry[0] = c0;
        carry[1] = c1;
        carry[2] = c2;
        carry[3] = c3;
    }
}

void mpriv_multiply(mpriv_limb *z, const mpriv_limb *a, size_t a_n, const mpriv_limb *b, size_t b_n) {
    size_t i = 0;
    memset(z, 0, (a_n + b_n) * sizeof *z);
    for (; AT_ONCE && i + ROWS <= b_n; i += ROWS) {
        rows(z + i, a, a_n, b + i, z + a_n + i);
    }
    for (; i < b_n; i++) {
        z[a_n + i] = row(z + i, a, a_n, b[i]);
    }
}

/* z[0..n) += a b for n <= ROWS, returns the carry. */
static inline mpriv_limb short_row(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb b) {
    mpriv_limb carry = 0;
    size_t i;
    MPRIV_UNROLL for (i = 0; i < n; i++) {
        z[i] = multiply_accumulate(a[i], b, z[i], &carry);
    }
    return carry;
}

/* z[0..2n) += the products of different limbs of a, z[n + i..2n) = 0 before. */
static void square_rows(mpriv_limb *z, const mpriv_limb *a, size_t n) {
    size_t i = 0, k;
    for (; AT_ONCE && i + ROWS <= n; i += ROWS) {
        mpriv_limb corner[2U * ROWS] = {0}, carry = 0;
        MPRIV_UNROLL for (k = 0; k + 1U < ROWS; k++) {
            corner[ROWS + k] = short_row(corner + 2U * k + 1U, a + i + k + 1U, ROWS - 1U - k, a[i + k]);
        }
        MPRIV_UNROLL for (k = 0; k < ROWS; k++) {
            z[2U * i + k] = add_carry(z[2U * i + k], corner[k], &carry);
        }
        MPRIV_UNROLL for (k = ROWS; k < 2U * ROWS; k++) {
            mpriv_limb next = 0;
            corner[k] = add_carry(corner[k], carry, &next);
            carry = next;
        }
        rows(z + 2U * i + ROWS, a + i + ROWS, n - ROWS - i, a + i, corner + ROWS);
        MPRIV_UNROLL for (k = 0; k < ROWS; k++) {
            z[n + i + k] = corner[ROWS + k];
        }
    }
    for (; i < n; i++) {
        z[n + i] = row(z + 2U * i + 1U, a + i + 1U, n - 1U - i, a[i]);
    }
}

void mpriv_square(mpriv_limb *z, const mpriv_limb *a, size_t n) {
    mpriv_limb carry = 0, out = 0;
    size_t i;
    memset(z, 0, 2U * n * sizeof *z);
    square_rows(z, a, n);
    for (i = 0; i < n; i++) {
        const mpriv_limb low = z[2U * i], high = z[2U * i + 1U];
        const mpriv_limb low_doubled = (mpriv_limb)((mpriv_limb)(low << 1) | out);
        const mpriv_limb high_doubled =
            (mpriv_limb)((mpriv_limb)(high << 1) | (mpriv_limb)(low >> (MPRIV_LIMB_BITS - 1)));
        mpriv_limb square = 0;
        out = (mpriv_limb)(high >> (MPRIV_LIMB_BITS - 1));
        z[2U * i] = add_carry(multiply_accumulate(a[i], a[i], 0, &square), low_doubled, &carry);
        z[2U * i + 1U] = add_carry(square, high_doubled, &carry);
    }
}

/* z[0..ROWS) += above + *carry, with the new carry. */
static void add_rows(mpriv_limb *z, const mpriv_limb *above, mpriv_limb *carry) {
    size_t k;
    MPRIV_UNROLL for (k = 0; k < ROWS; k++) {
        z[k] = add_carry(z[k], above[k], carry);
    }
}

mpriv_limb mpriv_multiply_add(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *b, size_t n) {
    mpriv_limb carry = 0;
    size_t i = 0;
    for (; AT_ONCE && i + ROWS <= n; i += ROWS) {
        mpriv_limb above[ROWS] = {0};
        rows(z + i, a, n, b + i, above);
        add_rows(z + i + n, above, &carry);
    }
    for (; i < n; i++) {
        const mpriv_limb high = row(z + i, a, n, b[i]);
        z[i + n] = add_carry(z[i + n], high, &carry);
    }
    return carry;
}

/* The ROWS limbs of quotient that make the ROWS limbs of z + quotient m vanish. */
static inline void quotients(mpriv_limb *quotient, const mpriv_limb *z, const mpriv_limb *m,
                             mpriv_limb neg_inverse) {
    mpriv_limb left[ROWS];
    size_t k;
    MPRIV_UNROLL for (k = 0; k < ROWS; k++) {
        left[k] = z[k];
    }
    MPRIV_UNROLL for (k = 0; k < ROWS; k++) {
        quotient[k] = mpriv_multiply_low(left[k], neg_inverse);
        if (k + 1U < ROWS) {
            (void)short_row(left + k, m, ROWS - k, quotient[k]);
        }
    }
}

mpriv_limb mpriv_montgomery(mpriv_limb *z, const mpriv_limb *m, size_t n, mpriv_limb neg_inverse) {
    mpriv_limb carry = 0;
    size_t i = 0, k;
    for (; AT_ONCE && i + ROWS <= n; i += ROWS) {
        mpriv_limb quotient[ROWS], above[ROWS] = {0};
        quotients(quotient, z + i, m, neg_inverse);
        rows(z + i, m, n, quotient, above);
        MPRIV_UNROLL for (k = 0; k < ROWS; k++) {
            z[i + k] = quotient[k];
        }
        add_rows(z + i + n, above, &carry);
    }
    for (; i < n; i++) {
        const mpriv_limb quotient = mpriv_multiply_low(z[i], neg_inverse);
        const mpriv_limb high = row(z + i, m, n, quotient);
        z[i] = quotient;
        z[i + n] = add_carry(z[i + n], high, &carry);
    }
    return carry;
}

size_t mpriv_bytes_vartime(const uint8_t *bytes, size_t length) {
    size_t skipped = 0;
    while (skipped < length && bytes[skipped] == 0U) {
        skipped++;
    }
    return length - skipped;
}

size_t mpriv_bits_vartime(const mpriv_limb *a, size_t n) {
    size_t bits = n * MPRIV_LIMB_BITS;
    while (bits > 0U && ((a[(bits - 1U) / MPRIV_LIMB_BITS] >> ((bits - 1U) % MPRIV_LIMB_BITS)) & 1U) == 0U) {
        bits--;
    }
    return bits;
}
