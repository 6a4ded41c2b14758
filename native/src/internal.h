/* What the sources of libmeter_privacy share. Not installed.
 *
 * A "bit" below is a limb that is 0 or 1; a "mask" is a limb that is all zeros or all ones. Numbers are
 * arrays of limbs, least significant first, lengths in limbs. Everything is constant time in the limbs'
 * values unless the name ends in _vartime. Output arrays either equal an input array or do not overlap it. */
#ifndef METER_PRIVACY_INTERNAL_H
#define METER_PRIVACY_INTERNAL_H

#include "meter_privacy.h"

/* All that is needed of a C library; a device has no string.h where it has no such library. */
void *memcpy(void *restrict to, const void *restrict from, size_t length);
void *memset(void *to, int byte, size_t length);

#if MPRIV_LIMB_BITS == 64
typedef uint64_t mpriv_limb;
__extension__ typedef unsigned __int128 mpriv_double_limb;
#elif MPRIV_LIMB_BITS == 32
typedef uint32_t mpriv_limb;
typedef uint64_t mpriv_double_limb;
#elif MPRIV_LIMB_BITS == 16
typedef uint16_t mpriv_limb;
typedef uint32_t mpriv_double_limb;
#elif MPRIV_LIMB_BITS == 8
typedef uint8_t mpriv_limb;
typedef uint16_t mpriv_double_limb;
#elif MPRIV_LIMB_BITS == 4
__extension__ typedef unsigned _BitInt(4) mpriv_limb;
__extension__ typedef unsigned _BitInt(8) mpriv_double_limb;
#else
#error "MPRIV_LIMB_BITS must be 64, 32, 16, 8 or 4"
#endif

#if defined(__x86_64__) && defined(__GNUC__) && MPRIV_LIMB_BITS == 64 && !MPRIV_PORTABLE_ONLY
#define MPRIV_X86_64 1
#else
#define MPRIV_X86_64 0
#endif

/* Whether limbs of 32 bits have an inner loop in the instructions of the processor, and in which. */
#if MPRIV_LIMB_BITS == 32 && defined(__GNUC__) && defined(__OPTIMIZE__) && !MPRIV_PORTABLE_ONLY &&           \
    !MPRIV_CONSTANT_TIME_MULTIPLY && (defined(__thumb2__) || defined(__riscv_mul))
#define MPRIV_KERNELS_32 1
#if defined(__riscv_mul)
#define MPRIV_RISCV32 1
#elif defined(__ARM_FEATURE_DSP)
#define MPRIV_UMAAL 1
#else
#define MPRIV_UMLAL 1
#endif
#else
#define MPRIV_KERNELS_32 0
#endif
#ifndef MPRIV_RISCV32
#define MPRIV_RISCV32 0
#endif
#ifndef MPRIV_UMAAL
#define MPRIV_UMAAL 0
#endif
#ifndef MPRIV_UMLAL
#define MPRIV_UMLAL 0
#endif

/* Whether chains of carries over limbs of 32 bits have loops in the instructions of Thumb. */
#if MPRIV_LIMB_BITS == 32 && defined(__thumb__) && defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__) &&   \
    !MPRIV_PORTABLE_ONLY
#define MPRIV_THUMB_CHAINS 1
#else
#define MPRIV_THUMB_CHAINS 0
#endif

/* Whether SHA-256's block function is in the instructions of the processor, and in which. */
#if MPRIV_EXTERNAL_SHA256
#define MPRIV_SHA256_X86_64 0
#elif defined(__GNUC__) && defined(__OPTIMIZE__) && !MPRIV_PORTABLE_ONLY && defined(__thumb__)
#define MPRIV_SHA256_THUMB 1
#elif defined(__GNUC__) && defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__) && !MPRIV_PORTABLE_ONLY &&   \
    defined(__riscv) && __riscv_xlen == 32 && !defined(__riscv_32e)
#define MPRIV_SHA256_RISCV32 1
#elif defined(__GNUC__) && !MPRIV_PORTABLE_ONLY && defined(__x86_64__) && !defined(MPRIV_SHA256_X86_64)
#define MPRIV_SHA256_X86_64 1
#endif
#ifndef MPRIV_SHA256_THUMB
#define MPRIV_SHA256_THUMB 0
#endif
#ifndef MPRIV_SHA256_RISCV32
#define MPRIV_SHA256_RISCV32 0
#endif
#ifndef MPRIV_SHA256_X86_64
#define MPRIV_SHA256_X86_64 0
#endif

/* Whether products modulo m are of digits of 14 bits, whose sums of products need no long multiply: digits.c. */
#if MPRIV_LIMB_BITS == 32 && MPRIV_CONSTANT_TIME_MULTIPLY
#define MPRIV_DIGITS 1
#else
#define MPRIV_DIGITS 0
#endif

#if MPRIV_LIMB_BITS >= 8
#define MPRIV_LIMB_BYTES ((size_t)MPRIV_LIMB_BITS / 8U)
#define MPRIV_LIMBS(bytes) (((bytes) + MPRIV_LIMB_BYTES - 1U) / MPRIV_LIMB_BYTES)

_Static_assert(sizeof(mpriv_double_limb) == 2U * sizeof(mpriv_limb),
               "a product of two limbs fits a double limb");
_Static_assert(sizeof(mpriv_limb) == MPRIV_LIMB_BYTES, "bytes have eight bits");
#else
/* Half a byte, and a byte in memory. The number of a table's entry is a limb. */
#define MPRIV_LIMBS(bytes) (2U * (size_t)(bytes))
#undef MPRIV_WINDOW_MAX
#define MPRIV_WINDOW_MAX 3
#endif
_Static_assert(sizeof(int) >= 4U, "int has at least 32 bits");
_Static_assert((-1 & 3) == 3, "two's complement");

/* Tests of fault injection define MPRIV_FAULTS and mpriv_disturb, which may change the n limbs given to it. */
#ifdef MPRIV_FAULTS
void mpriv_disturb(mpriv_limb *z, size_t n);
#else
#define mpriv_disturb(z, n) ((void)(z), (void)(n))
#endif

/* Before a small loop: it is written out where the build is for speed. */
#if defined(__OPTIMIZE_SIZE__) || !defined(__GNUC__)
#define MPRIV_UNROLL
#elif defined(__clang__)
#define MPRIV_UNROLL _Pragma("unroll")
#else
#define MPRIV_UNROLL _Pragma("GCC unroll 8")
#endif

/* ---- Masks --------------------------------------------------------------------------------------------- */

/* x, about which the optimiser may assume nothing: it cannot turn a masked selection into a branch. */
static inline mpriv_limb mpriv_barrier(mpriv_limb x) {
#if MPRIV_PORTABLE_BARRIER
    volatile mpriv_limb hidden = x;
    return hidden;
#else
    __asm__("" : "+r"(x));
    return x;
#endif
}

static inline uint32_t mpriv_barrier32(uint32_t x) {
#if MPRIV_PORTABLE_BARRIER
    volatile uint32_t hidden = x;
    return hidden;
#else
    __asm__("" : "+r"(x));
    return x;
#endif
}

/* A bit of what is secret that the answer shows anyway. The test of constant time has valgrind learn it here. */
#ifndef MPRIV_TAINT
#define MPRIV_TAINT 0
#endif
#if MPRIV_TAINT
#include <valgrind/memcheck.h>
#endif

static inline uint32_t mpriv_declassified(uint32_t bit) {
#if MPRIV_TAINT
    (void)VALGRIND_MAKE_MEM_DEFINED(&bit, sizeof bit);
#endif
    return bit;
}

static inline mpriv_limb mpriv_mask(mpriv_limb bit) {
    return mpriv_barrier((mpriv_limb)(0U - bit));
}

/* The bit x != 0. */
static inline mpriv_limb mpriv_nonzero(mpriv_limb x) {
    return (mpriv_limb)(mpriv_barrier((mpriv_limb)(x | (mpriv_limb)(0U - x))) >> (MPRIV_LIMB_BITS - 1));
}

/* The bit a > b, for numbers below 2^63. */
static inline mpriv_limb mpriv_exceeds(uint64_t a, uint64_t b) {
    return (mpriv_limb)(mpriv_barrier32((uint32_t)((b - a) >> 32)) >> 31);
}

/* bytes &= mask */
static inline void mpriv_keep(uint8_t *bytes, size_t length, mpriv_limb mask) {
    size_t i;
    for (i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(bytes[i] & mask);
    }
}

/* A word in four bytes, big-endian. */
static inline void mpriv_put_word(uint8_t bytes[4], uint32_t word) {
    bytes[0] = (uint8_t)(word >> 24);
    bytes[1] = (uint8_t)(word >> 16);
    bytes[2] = (uint8_t)(word >> 8);
    bytes[3] = (uint8_t)word;
}

/* a b mod B. Narrow limbs would be promoted to int, whose product may overflow. */
static inline mpriv_limb mpriv_multiply_low(mpriv_limb a, mpriv_limb b) {
#if MPRIV_LIMB_BITS >= 32
    return a * b;
#else
    return (mpriv_limb)((uint32_t)a * b);
#endif
}

/* mask ? a : b */
static inline mpriv_limb mpriv_select(mpriv_limb mask, mpriv_limb a, mpriv_limb b) {
    return (mpriv_limb)(b ^ (mask & (a ^ b)));
}

/* The error code of the failed checks, range before another one; 0 where both bits are 0. */
static inline int mpriv_code_of(mpriv_limb range, mpriv_limb other, int error) {
    return -(int)(2U * (unsigned)range + (unsigned)-error * (unsigned)(other & (range ^ 1U)));
}

static inline int mpriv_code(mpriv_limb range, mpriv_limb not_invertible) {
    return mpriv_code_of(range, not_invertible, MPRIV_ERROR_NOT_INVERTIBLE);
}

/* ---- limbs.c ------------------------------------------------------------------------------------------- */

/* z[0..n) = the number in length bytes at bytes; returns the bit that says it does not fit. */
mpriv_limb mpriv_load(mpriv_limb *z, size_t n, const uint8_t *bytes, size_t length);
/* bytes[0..length) = a & mask, big-endian; what does not fit is cut off. */
void mpriv_store(uint8_t *bytes, size_t length, const mpriv_limb *a, size_t n, mpriv_limb mask);

/* z = a + b, returns the carry; z = a - b, returns the borrow. */
mpriv_limb mpriv_add(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *b, size_t n);
mpriv_limb mpriv_subtract(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *b, size_t n);
/* z += a & mask, returns the carry; z -= a & mask, returns the borrow. */
mpriv_limb mpriv_add_masked(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb mask);
mpriv_limb mpriv_subtract_masked(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb mask);
/* z += word, returns the carry; z -= word, returns the borrow. */
mpriv_limb mpriv_add_word(mpriv_limb *z, size_t n, mpriv_limb word);
mpriv_limb mpriv_subtract_word(mpriv_limb *z, size_t n, mpriv_limb word);
/* The bits a < b, a == b, a != 0. */
mpriv_limb mpriv_less(const mpriv_limb *a, const mpriv_limb *b, size_t n);
mpriv_limb mpriv_equal(const mpriv_limb *a, const mpriv_limb *b, size_t n);
mpriv_limb mpriv_any(const mpriv_limb *a, size_t n);
/* z = mask ? a : z */
void mpriv_move_masked(mpriv_limb *z, const mpriv_limb *a, size_t n, mpriv_limb mask);
/* If top B^n + z >= m then z -= m: *subtracted says whether; returns the new top. */
mpriv_limb mpriv_reduce_once(mpriv_limb *z, mpriv_limb top, const mpriv_limb *m, size_t n,
                             mpriv_limb *subtracted);

/* z[0..a_n + b_n) = a b; z[0..2n) = a^2. z overlaps no input. */
void mpriv_multiply(mpriv_limb *z, const mpriv_limb *a, size_t a_n, const mpriv_limb *b, size_t b_n);
void mpriv_square(mpriv_limb *z, const mpriv_limb *a, size_t n);
/* z[0..2n) += a b, returns the carry. z overlaps no input. */
mpriv_limb mpriv_multiply_add(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *b, size_t n);
/* With t = z[0..2n) and q = t neg_inverse mod B^n: z[n..2n) and the returned carry are (t + q m) / B^n, and
 * z[0..n) is q. */
mpriv_limb mpriv_montgomery(mpriv_limb *z, const mpriv_limb *m, size_t n, mpriv_limb neg_inverse);

#if MPRIV_LIMB_BITS == 32 && MPRIV_CONSTANT_TIME_MULTIPLY
/* low + B *carry = a b + add + *carry */
mpriv_limb mpriv_multiply_word(mpriv_limb a, mpriv_limb b, mpriv_limb add, mpriv_limb *carry);
#endif

#if MPRIV_THUMB_CHAINS
/* kernels_32.c. mpriv_less and mpriv_subtract_masked for n > 0, a multiple of four. */
mpriv_limb mpriv_less_32(const uint32_t *a, const uint32_t *b, size_t n);
mpriv_limb mpriv_subtract_masked_32(uint32_t *z, const uint32_t *a, size_t n, uint32_t mask);
#endif

#if MPRIV_KERNELS_32
/* kernels_32.c. With t = z[0..n) + carry[0..4) + a b for b of 4 limbs, n >= 4: z = the n lower limbs of t, and
 * carry = the 4 upper ones. */
void mpriv_rows_32(uint32_t *z, const uint32_t *a, size_t n, const uint32_t *b, uint32_t *carry);
#endif

/* Length in bytes without leading zeros, and length in bits. */
size_t mpriv_bytes_vartime(const uint8_t *bytes, size_t length);
size_t mpriv_bits_vartime(const mpriv_limb *a, size_t n);

/* ---- modular.c: arithmetic modulo an odd m and modulo m^2 ---------------------------------------------- */

/* An element modulo m has one part of n limbs. An element modulo m^2 is a pair x0 + x1 m with x0, x1 < m,
 * in two parts: products modulo m^2 then cost three products and two reductions of n limbs instead of four
 * and four. The Montgomery form of x is x B^n. The factor `parts` is 1 or 2. */
typedef struct {
    const mpriv_limb *m;
    size_t n;
    mpriv_limb neg_inverse;  /* -m^-1 mod B */
    const mpriv_limb *two_r; /* B^2n mod m^2, a pair whose first half is B^2n mod m; or only that half */
    mpriv_limb *work; /* MPRIV_MODULAR_WORK(n) limbs, the first 4n + 4 of them free for use between calls */
    unsigned accelerated; /* whether the processor's own kernels do the products */
} mpriv_modular;

#if MPRIV_DIGITS
#define MPRIV_MODULAR_WORK(n) (439U * (n) / 64U + 24U)
#else
#define MPRIV_MODULAR_WORK(n) (4U * (n) + 4U)
#endif

/* Whether there are kernels of the processor for n limbs. */
unsigned mpriv_accelerated(size_t n);

/* -m^-1 mod B for odd m. */
mpriv_limb mpriv_negated_inverse(mpriv_limb m);

/* Sets up ring for m of n limbs, of which nothing is public but that m > 2^(known_bits - 1): known_bits is 1
 * for a secret m. two_r has parts * n limbs, accelerated is mpriv_accelerated(n) or 0. For even m the results
 * are meaningless, but nothing worse happens. */
void mpriv_modular_init(mpriv_modular *ring, const mpriv_limb *m, size_t n, size_t known_bits,
                        mpriv_limb *two_r, mpriv_limb *work, unsigned accelerated, unsigned parts);
/* z = x y B^-n. y is reduced; x is reduced, or any x0 with x1 = 0. z may be x, but not y. */
void mpriv_modular_multiply(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x,
                            const mpriv_limb *y, unsigned parts);
void mpriv_modular_square(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x, unsigned parts);
void mpriv_modular_add(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x, const mpriv_limb *y,
                       unsigned parts);
void mpriv_modular_subtract(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x,
                            const mpriv_limb *y, unsigned parts);
/* z = the Montgomery form of the number a of a_n limbs, of any size. other has parts * n limbs. */
void mpriv_modular_reduce(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb *other, const mpriv_limb *a,
                          size_t a_n, unsigned parts);
/* z out of the Montgomery form. */
void mpriv_modular_leave(const mpriv_modular *ring, mpriv_limb *z, unsigned parts);
/* z = small for a word small < m: without the Montgomery form. */
void mpriv_modular_word(const mpriv_modular *ring, mpriv_limb *z, mpriv_limb small, unsigned parts);
/* The window's bits of the exponent from position on; beyond exponent_bits they are 0. */
mpriv_limb mpriv_digit(const mpriv_limb *exponent, size_t exponent_bits, size_t position, unsigned window);
/* z = table[index], each of length limbs, reading all 2^window entries. */
void mpriv_look_up(mpriv_limb *z, const mpriv_limb *table, size_t length, unsigned window, mpriv_limb index);
/* z = base^exponent, both in Montgomery form, by fixed windows over the lowest exponent_bits bits. table
 * has parts * n << window limbs, chosen parts * n; every look-up reads the whole table. z may be base. */
void mpriv_modular_power(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *base,
                         const mpriv_limb *exponent, size_t exponent_bits, mpriv_limb *chosen,
                         mpriv_limb *table, unsigned window, unsigned parts);
/* z = base^exponent as pairs in Montgomery form, for a public exponent of exactly exponent_bits > 0 bits: only
 * the base is kept from the timing, and windows slide. table holds the base, in base_parts, and has room for
 * entries odd powers, of 2n limbs each but for the first. */
void mpriv_modular_power_public(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *exponent,
                                size_t exponent_bits, mpriv_limb *table, size_t entries, unsigned base_parts);
/* z[0..2n) = x0 + x1 m. z does not overlap x. */
void mpriv_modular_join(const mpriv_modular *ring, mpriv_limb *z, const mpriv_limb *x);

/* ---- kernels_x86_64.c: mulx, adcx and adox, n a multiple of 8 ------------------------------------------- */

#if MPRIV_X86_64
unsigned mpriv_x86_64_detect(void);
/* The functions of limbs.c and modular.c of the same names. */
void mpriv_x86_64_multiply(uint64_t *z, const uint64_t *a, const uint64_t *b, size_t n);
void mpriv_x86_64_square(uint64_t *z, const uint64_t *a, size_t n);
uint64_t mpriv_x86_64_montgomery(uint64_t *z, const uint64_t *m, size_t n, uint64_t neg_inverse);
void mpriv_x86_64_modular_multiply(const mpriv_modular *ring, uint64_t *z, const uint64_t *x,
                                   const uint64_t *low, const uint64_t *high, unsigned parts);
void mpriv_x86_64_modular_square(const mpriv_modular *ring, uint64_t *z, const uint64_t *x, unsigned parts);
void mpriv_x86_64_modular_add(const mpriv_modular *ring, uint64_t *z, const uint64_t *x, const uint64_t *y,
                              unsigned parts);
/* mpriv_look_up of as many lowest limbs as it returns; for any n. */
size_t mpriv_x86_64_look_up(uint64_t *z, const uint64_t *table, size_t length, unsigned window,
                            uint64_t index);
#endif

/* ---- digits.c: products without a long multiply --------------------------------------------------------- */

#if MPRIV_DIGITS
/* The digits of ring->m to the end of ring->work. */
void mpriv_digits_init(const mpriv_modular *ring);
/* mpriv_modular_multiply for y = low + high m, where low = NULL stands for 1 and high = NULL for 0, and
 * mpriv_modular_square. */
void mpriv_digits_multiply(const mpriv_modular *ring, uint32_t *z, const uint32_t *x, const uint32_t *low,
                           const uint32_t *high, unsigned parts);
void mpriv_digits_square(const mpriv_modular *ring, uint32_t *z, const uint32_t *x, unsigned parts);
#endif

/* ---- kernels_sha256.c ---------------------------------------------------------------------------------- */

#if MPRIV_SHA256_THUMB || MPRIV_SHA256_RISCV32 || MPRIV_SHA256_X86_64
/* One block into the state. On an ARM processor that does not load words from anywhere the block is aligned. */
void mpriv_sha256_block(uint32_t state[8], const uint8_t *block, const uint32_t constant[64]);
#endif
#if MPRIV_SHA256_X86_64
/* Whether the processor has the instructions. */
unsigned mpriv_sha256_detect(void);
#endif

/* ---- gcd.c --------------------------------------------------------------------------------------------- */

/* The bit gcd(odd, a) != 1. odd must be odd; for an even one the bit means nothing. work has 2n + 2 limbs. */
mpriv_limb mpriv_shares_factor(const mpriv_limb *odd, const mpriv_limb *a, size_t n, mpriv_limb *work);
/* z = a^-1 mod m for odd m > 1 and a < m, if it exists; returns the bit that it does not. work has 4n + 2
 * limbs. */
mpriv_limb mpriv_inverse(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *m, size_t n, mpriv_limb *work);

/* ---- Scratch ------------------------------------------------------------------------------------------- */

typedef struct {
    mpriv_limb *first;
    mpriv_limb *next;
} mpriv_arena;

/* Aligns the caller's scratch; returns how many entries of a table fit behind fixed limbs, of which the first
 * has `first` limbs and the others `each`, but no more than 2^MPRIV_WINDOW_MAX. */
size_t mpriv_arena_init(mpriv_arena *arena, void *scratch, size_t length, size_t fixed, size_t first,
                        size_t each);
mpriv_limb *mpriv_take(mpriv_arena *arena, size_t n);
/* Wipes all that was taken. */
void mpriv_arena_wipe(mpriv_arena *arena);

static inline int mpriv_absent(const void *data, size_t length) {
    return data == NULL && length != 0U;
}

/* Zeroes the output and returns code. */
MPRIV_CHECK static inline int mpriv_refuse(uint8_t *out, size_t length, int code) {
    memset(out, 0, length);
    return code;
}

/* Whether (1 - w / others)^(others - M) > 2^-29, for 1 <= w <= others < 2^12 and M <= others. */
int mpriv_dream_exposed_vartime(uint32_t others, uint32_t tolerated_failures, uint32_t w);

/* Loads a public modulus: *modulus and *length lose their leading zeros. MPRIV_OK, or MPRIV_ERROR_RANGE
 * where it is even, below 15 or longer than 4096 bits. */
MPRIV_CHECK int mpriv_modulus_vartime(const uint8_t **modulus, size_t *length);

#endif
