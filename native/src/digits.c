/* Products modulo m and m^2 for limbs of 32 bits without a long multiply, whose time would depend on its operands
 * (Cortex-M3) or which does not exist (Cortex-M0+).
 *
 * A number is a sum of signed digits d_j 2^(14 j), -2^13 <= d_j < 2^13. A product of two digits is at most 2^26, so
 * that 31 of them add up in a word without a carry: one multiply-accumulate each, of which 32 x 32 bits take 5.2.
 * Words are carried on when 30 have gone in. The reduction's quotient has signed digits too, so that it may be
 * negative; adding B^n to it makes it positive, and the remainder less than 3 m. */
#include "internal.h"

#if MPRIV_DIGITS

#define BITS 14U
#define MASK 0x3FFFU
#define GROUP 5U /* multipliers at once */

/* Two numbers side by side, so that a digit and the word of a sum have the same distance to the next. */
typedef struct {
    int16_t first, second;
} pair;

typedef struct {
    pair *x; /* x0 and x1, or x0 and 2 x0 */
    int32_t *sum;
    pair *m; /* m and the quotient: behind everything, so that m stays between calls */
    size_t digits;
} digits;

#define BELOW GROUP /* words below the sum, where its lowest ones go when it moves down */
#define ABOVE 4U    /* words above its digits */

/* The number of digits: whole groups, and at least one bit above n limbs. */
static void lay_out(digits *d, const mpriv_modular *ring) {
    size_t count = 0;
    while (count * BITS <= ring->n * 32U) {
        count += GROUP;
    }
    d->digits = count;
    d->x = (pair *)(void *)ring->work;
    d->sum = (int32_t *)(void *)(d->x + count) + BELOW;
    d->m = (pair *)(void *)(d->sum + count + ABOVE);
}

/* Digits of a number, one after the other. */
typedef struct {
    const uint32_t *next, *end;
    uint32_t bits, carry;
    unsigned held;
} reader;

static void start(reader *from, const uint32_t *a, size_t n) {
    from->next = a;
    from->end = a + n;
    from->bits = 0;
    from->carry = 0;
    from->held = 0;
}

static inline int32_t next_digit(reader *from) {
    uint32_t value = from->bits;
    if (from->held < BITS) {
        const uint32_t limb = from->next == from->end ? 0U : *from->next++;
        value |= limb << from->held;
        from->bits = limb >> (BITS - from->held);
        from->held += 32U - BITS;
    } else {
        from->bits >>= BITS;
        from->held -= BITS;
    }
    value = (value & MASK) + from->carry;
    from->carry = (value + (1U << (BITS - 1U))) >> BITS;
    return (int32_t)value - (int32_t)(from->carry << BITS);
}

/* to[0], to[2], ... = the digits of a; the last is whatever remains. */
static void split(int16_t *to, const uint32_t *a, size_t n, size_t count) {
    reader from;
    size_t i;
    start(&from, a, n);
    for (i = 0; i + 1U < count; i++) {
        to[2U * i] = (int16_t)next_digit(&from);
    }
    to[2U * i] = (int16_t)(next_digit(&from) + (int32_t)(from.carry << BITS));
}

/* rows: sum[j + k] += a[2j] by[k] for j < count, a multiple of GROUP, and k < GROUP.
 * rows_down: the same, and then all words move GROUP places down.
 * carry_on: count words, a multiple of GROUP, to 14 bits each, the rest onto the one above. */
#if defined(__thumb__) && defined(__OPTIMIZE__) && !MPRIV_PORTABLE_ONLY
#define THUMB 1
#else
#define THUMB 0
#endif
#if defined(__OPTIMIZE_SIZE__)
#define SMALL 1
#else
#define SMALL 0
#endif

#if THUMB

#define UNUSED __attribute__((unused))
#define FUNCTION(name)                                                                                       \
    __attribute__((naked, noinline)) static void name(int32_t *sum UNUSED, const int16_t *a UNUSED,          \
                                                      size_t count UNUSED, const int32_t *by UNUSED)

#if defined(__thumb2__)

/* r0: sum, r1: from there to a, r2: end, r4 to r8: by, five words under way. */
#define COLUMN(ahead, c0, c1, c2, c3, c4)                                                                    \
    "ldrsh r3, [r0, r1]\n\t"                                                                                 \
    "ldr " c4 ", [r0, #" ahead "]\n\t"                                                                       \
    "mla " c0 ", r3, r4, " c0 "\n\t"                                                                         \
    "mla " c1 ", r3, r5, " c1 "\n\t"                                                                         \
    "mla " c2 ", r3, r6, " c2 "\n\t"                                                                         \
    "mla " c3 ", r3, r7, " c3 "\n\t"                                                                         \
    "mla " c4 ", r3, r8, " c4 "\n\t"                                                                         \
    "str " c0 ", [r0], #4\n\t"
#define ROWS(name, down, ahead)                                                                              \
    FUNCTION(name) {                                                                                         \
        __asm__ volatile("push {r4-r11, lr}\n\t"                                                             \
                         "ldm r3, {r4-r8}\n\t"                                                               \
                         "ldm r0, {r9-r12}\n\t"                                                              \
                         "sub r0, r0, #" down "\n\t"                                                         \
                         "sub r1, r1, r0\n\t"                                                                \
                         "add r2, r0, r2, lsl #2\n"                                                          \
                         "1:\n\t" COLUMN(ahead, "r9", "r10", "r11", "r12", "lr")                             \
                             COLUMN(ahead, "r10", "r11", "r12", "lr", "r9")                                  \
                                 COLUMN(ahead, "r11", "r12", "lr", "r9", "r10") COLUMN(ahead, "r12", "lr",   \
                                                                                       "r9", "r10", "r11")   \
                                     COLUMN(ahead, "lr", "r9", "r10", "r11", "r12") "cmp r0, r2\n\t"         \
                                                                                    "bne 1b\n\t"             \
                                                                                    "stm r0, {r9-r12}\n\t"   \
                                                                                    "pop {r4-r11, pc}");     \
    }

#if !SMALL
/* A word takes what is above 14 bits of the one before. */
__attribute__((naked, noinline)) static void carry_on(int32_t *sum UNUSED, size_t count UNUSED) {
    __asm__ volatile("push {r4-r7, lr}\n\t"
                     "mov r3, #0\n\t"
                     "add r2, r0, r1, lsl #2\n"
                     "1:\n\t"
                     "ldm r0, {r4-r7, r12}\n\t"
                     "add r4, r4, r3, asr #14\n\t"
                     "add r5, r5, r4, asr #14\n\t"
                     "add r6, r6, r5, asr #14\n\t"
                     "add r7, r7, r6, asr #14\n\t"
                     "add r12, r12, r7, asr #14\n\t"
                     "mov r3, r12\n\t"
                     "ubfx r4, r4, #0, #14\n\t"
                     "ubfx r5, r5, #0, #14\n\t"
                     "ubfx r6, r6, #0, #14\n\t"
                     "ubfx r7, r7, #0, #14\n\t"
                     "ubfx r12, r12, #0, #14\n\t"
                     "stm r0!, {r4-r7, r12}\n\t"
                     "cmp r0, r2\n\t"
                     "bne 1b\n\t"
                     "ldr r4, [r0]\n\t"
                     "add r4, r4, r3, asr #14\n\t"
                     "str r4, [r0]\n\t"
                     "pop {r4-r7, pc}");
}
#endif

#else

/* As above with by in r8 to r12 and the end on the stack. A word in lr goes through r3. */
#define TERM(c, by)                                                                                          \
    "mov r3, " by "\n\t"                                                                                     \
    "muls r3, r2, r3\n\t"                                                                                    \
    "add " c ", " c ", r3\n\t"
#define TERMS(c0, c1, c2, c3, c4)                                                                            \
    TERM(c0, "r8") TERM(c1, "r9") TERM(c2, "r10") TERM(c3, "r11") TERM(c4, "r12")
#define COLUMN(ahead, c0, c1, c2, c3, c4)                                                                    \
    "ldrsh r2, [r0, r1]\n\t"                                                                                 \
    "ldr " c4 ", [r0, #" ahead "]\n\t" TERMS(c0, c1, c2, c3, c4) "stmia r0!, {" c0 "}\n\t"
#define ROWS(name, down, ahead)                                                                              \
    FUNCTION(name) {                                                                                         \
        __asm__ volatile(                                                                                    \
            ".syntax unified\n\t"                                                                            \
            "push {r4-r7, lr}\n\t"                                                                           \
            "mov r4, r8\n\t"                                                                                 \
            "mov r5, r9\n\t"                                                                                 \
            "mov r6, r10\n\t"                                                                                \
            "mov r7, r11\n\t"                                                                                \
            "push {r4-r7}\n\t"                                                                               \
            "ldmia r3!, {r4-r7}\n\t"                                                                         \
            "mov r8, r4\n\t"                                                                                 \
            "mov r9, r5\n\t"                                                                                 \
            "mov r10, r6\n\t"                                                                                \
            "mov r11, r7\n\t"                                                                                \
            "ldr r4, [r3]\n\t"                                                                               \
            "mov r12, r4\n\t"                                                                                \
            "ldr r4, [r0]\n\t"                                                                               \
            "ldr r5, [r0, #4]\n\t"                                                                           \
            "ldr r6, [r0, #8]\n\t"                                                                           \
            "ldr r7, [r0, #12]\n\t"                                                                          \
            "subs r0, #" down "\n\t"                                                                         \
            "subs r1, r1, r0\n\t"                                                                            \
            "lsls r2, r2, #2\n\t"                                                                            \
            "adds r2, r2, r0\n\t"                                                                            \
            "push {r2}\n"                                                                                    \
            "1:\n\t"                                                                                         \
            "ldrsh r2, [r0, r1]\n\t"                                                                         \
            "ldr r3, [r0, #" ahead "]\n\t"                                                                   \
            "mov lr, r3\n\t" TERMS("r4", "r5", "r6", "r7", "lr") "stmia r0!, {r4}\n\t" COLUMN(               \
                ahead, "r5", "r6", "r7", "lr", "r4") COLUMN(ahead, "r6", "r7", "lr", "r4", "r5")             \
                COLUMN(ahead, "r7", "lr", "r4", "r5", "r6") "ldrsh r2, [r0, r1]\n\t"                         \
                                                            "ldr r7, [r0, #" ahead                           \
                                                            "]\n\t" TERMS("lr", "r4", "r5", "r6",            \
                                                                          "r7") "mov r3, lr\n\t"             \
                                                                                "stmia r0!, {r3}\n\t"        \
                                                                                "ldr r2, [sp]\n\t"           \
                                                                                "cmp r0, r2\n\t"             \
                                                                                "bne 1b\n\t"                 \
                                                                                "stmia r0!, {r4-r7}\n\t"     \
                                                                                "pop {r2}\n\t"               \
                                                                                "pop {r4-r7}\n\t"            \
                                                                                "mov r8, r4\n\t"             \
                                                                                "mov r9, r5\n\t"             \
                                                                                "mov r10, r6\n\t"            \
                                                                                "mov r11, r7\n\t"            \
                                                                                "pop {r4-r7, pc}");          \
    }

#if !SMALL
#define WORD                                                                                                 \
    "ldr r2, [r0]\n\t"                                                                                       \
    "adds r2, r2, r3\n\t"                                                                                    \
    "asrs r3, r2, #14\n\t"                                                                                   \
    "lsls r2, r2, #18\n\t"                                                                                   \
    "lsrs r2, r2, #18\n\t"                                                                                   \
    "stmia r0!, {r2}\n\t"
__attribute__((naked, noinline)) static void carry_on(int32_t *sum UNUSED, size_t count UNUSED) {
    __asm__ volatile(".syntax unified\n\t"
                     "movs r3, #0\n\t"
                     "lsls r1, r1, #2\n\t"
                     "adds r1, r1, r0\n"
                     "1:\n\t" WORD WORD WORD WORD WORD "cmp r0, r1\n\t"
                     "bne 1b\n\t"
                     "ldr r2, [r0]\n\t"
                     "adds r2, r2, r3\n\t"
                     "str r2, [r0]\n\t"
                     "bx lr");
}
#endif

#endif

ROWS(rows, "0", "16")
#if !SMALL
ROWS(rows_down, "20", "36")
#endif

#else

static void rows(int32_t *sum, const int16_t *a, size_t count, const int32_t *by) {
    size_t j, k;
    for (j = 0; j < count; j++) {
        for (k = 0; k < GROUP; k++) {
            sum[j + k] += a[2U * j] * by[k];
        }
    }
}

#endif

#if !THUMB || SMALL

static void rows_down(int32_t *sum, const int16_t *a, size_t count, const int32_t *by) {
    int32_t *to = sum - GROUP;
    size_t j;
    rows(sum, a, count, by);
    for (j = 0; j < count + GROUP - 1U; j++) {
        to[j] = sum[j];
    }
}

static void carry_on(int32_t *sum, size_t count) {
    size_t i;
    for (i = 0; i < count; i++) {
        const int32_t word = sum[i];
        sum[i] = word & (int32_t)MASK;
        sum[i + 1U] += word >> BITS;
    }
}

#endif

/* The low 14 bits as a signed number. */
static int32_t low_digit(uint32_t x) {
    return (int32_t)(x << (32U - BITS)) >> (32U - BITS);
}

/* The quotient's digits that make the lowest GROUP words vanish: whole ones before `partial`, there one of `bits`
 * bits plus 2^bits, then zeros. Returns what the last of the words then carries on. */
static int32_t quotients(int32_t *quotient, const digits *d, uint32_t neg_inverse, unsigned partial,
                         unsigned bits) {
    uint32_t words[GROUP], m[GROUP];
    int32_t carry = 0;
    unsigned i, k;
    MPRIV_UNROLL for (k = 0; k < GROUP; k++) {
        words[k] = (uint32_t)d->sum[k];
        m[k] = (uint32_t)d->m[k].first;
    }
    MPRIV_UNROLL for (i = 0; i < GROUP; i++) {
        uint32_t q = words[i] * neg_inverse;
        if (partial <= i) {
            q = partial == i ? (q & ((1U << bits) - 1U)) | 1U << bits : 0U;
        } else {
            q = (uint32_t)low_digit(q);
        }
        quotient[i] = (int32_t)q;
        carry = (int32_t)(words[i] + q * m[0]) >> BITS;
        MPRIV_UNROLL for (k = i + 1U; k < GROUP; k++) {
            words[k] += q * m[k - i];
        }
        if (i + 1U < GROUP) {
            words[i + 1U] += (uint32_t)carry;
        }
    }
    return carry;
}

/* z[0..n) = the sum from bit `skipped` of word -GROUP on, whose lower bits are zero; returns what is above. */
static uint32_t join(uint32_t *z, size_t n, const int32_t *sum, unsigned skipped) {
    const int32_t *word = sum - GROUP;
    int32_t carry = 0;
    uint32_t bits = 0;
    unsigned held = 0;
    size_t i = 0;
    for (; skipped >= BITS; skipped -= BITS) {
        carry = (*word++ + carry) >> BITS;
    }
    carry += *word++;
    bits = ((uint32_t)carry & MASK) >> skipped;
    held = BITS - skipped;
    for (;;) {
        uint32_t digit;
        carry = (carry >> BITS) + *word++;
        digit = (uint32_t)carry & MASK;
        bits |= digit << held;
        held += BITS;
        if (held >= 32U) {
            if (i == n) {
                return bits;
            }
            z[i++] = bits;
            held -= 32U;
            bits = digit >> (BITS - held);
        }
    }
}

/* sum += the square of a group's digits. */
static void triangle(int32_t *sum, const pair *x) {
    unsigned k, l;
    MPRIV_UNROLL for (k = 0; k < GROUP; k++) {
        const int32_t digit = x[k].first;
        MPRIV_UNROLL for (l = 0; l < GROUP; l++) {
            sum[k + l] += digit * x[l].first;
        }
    }
}

/* The numbers that a product is of: a[0] by[0] + a[1] by[1], or the square of x0. */
typedef struct {
    const int16_t *a[2];
    reader by[2];
    unsigned count, square;
} factors;

/* z[0..n) and what is above it = (sum + the product + (quotient + B^n) m) / B^n, with the quotient left in d->m. */
static uint32_t reduce(const mpriv_modular *ring, const digits *d, uint32_t *z, factors *of) {
    const size_t whole = d->digits - GROUP;
    const unsigned each = GROUP * (1U + (of->square != 0U ? 1U : of->count));
    unsigned terms = 0, k, i, partial = 0, bits = (unsigned)(ring->n * 32U - whole * BITS);
    int32_t by[GROUP], carry, *sum = d->sum;
    size_t at;
    for (; bits >= BITS; bits -= BITS) {
        partial++;
    }
    for (at = 0; at <= whole; at += GROUP) {
        if (terms + each > 30U) {
            carry_on(sum, d->digits);
            terms = 0;
        }
        terms += each;
        if (of->square != 0U) {
            const pair *x = d->x + at;
            int32_t *words = sum + at;
            triangle(words, x);
            if (at < whole) {
                /* The digits of 2 x0 above the group have the carry of those below in them. */
                carry = low_digit((uint32_t)(x[GROUP].second - 2 * x[GROUP].first));
                for (k = 0; k < GROUP; k++) {
                    by[k] = x[k].first;
                    words[GROUP + k] -= carry * by[k];
                }
                rows(words + GROUP, &x[GROUP].second, whole - at, by);
            }
        }
        for (i = 0; i < of->count; i++) {
            for (k = 0; k < GROUP; k++) {
                by[k] = next_digit(&of->by[i]);
            }
            rows(sum, of->a[i], d->digits, by);
        }
        carry = quotients(by, d, ring->neg_inverse, at == whole ? partial : GROUP, bits);
        for (k = 0; k < GROUP; k++) {
            d->m[at + k].second = (int16_t)by[k];
        }
        rows_down(sum, &d->m->first, d->digits, by);
        for (k = 0; k < GROUP; k++) {
            sum[d->digits - 1U + k] = 0;
        }
        if (at < whole) {
            sum[0] += carry;
        }
    }
    return join(z, ring->n, sum, partial * BITS + bits);
}

static void add_factor(factors *of, const int16_t *a, const uint32_t *by, size_t n) {
    of->a[of->count] = a;
    start(&of->by[of->count], by, n);
    of->count++;
}

/* As split_reduce in modular.c: with q the quotient plus B^n of the lower sum, r below 3 m, the upper sum is s - q,
 * and its quotient by B^n below 4 m. */
static void lower(const mpriv_modular *ring, const digits *d, uint32_t *z, factors *of, uint32_t *taken) {
    uint32_t top = reduce(ring, d, z, of), second;
    top = mpriv_reduce_once(z, top, ring->m, ring->n, taken);
    (void)mpriv_reduce_once(z, top, ring->m, ring->n, &second);
    *taken += second;
}

static void upper(const mpriv_modular *ring, const digits *d, uint32_t *z, factors *of, uint32_t taken) {
    uint32_t top = reduce(ring, d, z, of), ignored;
    unsigned k;
    top += mpriv_add_word(z, ring->n, taken);
    for (k = 0; k < 3U; k++) {
        top = mpriv_reduce_once(z, top, ring->m, ring->n, &ignored);
    }
}

static void begin(const digits *d, factors *of) {
    of->count = 0;
    of->square = 0;
    memset(d->sum, 0, (d->digits + ABOVE) * sizeof *d->sum);
}

void mpriv_digits_init(const mpriv_modular *ring) {
    digits d;
    lay_out(&d, ring);
    split(&d.m->first, ring->m, ring->n, d.digits);
}

void mpriv_digits_multiply(const mpriv_modular *ring, uint32_t *z, const uint32_t *x, const uint32_t *low,
                           const uint32_t *high, unsigned parts) {
    const size_t n = ring->n;
    factors of;
    digits d;
    uint32_t taken;
    size_t i;
    lay_out(&d, ring);
    split(&d.x->first, x, n, d.digits);
    split(&d.x->second, x + (parts - 1U) * n, n, d.digits);
    begin(&d, &of);
    if (low != NULL) {
        add_factor(&of, &d.x->first, low, n);
    } else {
        for (i = 0; i < d.digits; i++) {
            d.sum[i] = d.x[i].first;
        }
    }
    lower(ring, &d, z, &of, &taken);
    if (parts == 2U) {
        begin(&d, &of);
        for (i = 0; i < d.digits; i++) {
            d.sum[i] = (low == NULL ? d.x[i].second : 0) - d.m[i].second;
        }
        if (low != NULL) {
            add_factor(&of, &d.x->second, low, n);
        }
        if (high != NULL) {
            add_factor(&of, &d.x->first, high, n);
        }
        upper(ring, &d, z + n, &of, taken);
    }
}

void mpriv_digits_square(const mpriv_modular *ring, uint32_t *z, const uint32_t *x, unsigned parts) {
    const size_t n = ring->n;
    factors of;
    digits d;
    uint32_t taken;
    int32_t carry = 0;
    size_t i;
    lay_out(&d, ring);
    split(&d.x->first, x, n, d.digits);
    for (i = 0; i < d.digits; i++) {
        const int32_t doubled = 2 * d.x[i].first + carry;
        const int32_t digit = i + 1U < d.digits ? low_digit((uint32_t)doubled) : doubled;
        d.x[i].second = (int16_t)digit;
        carry = (doubled - digit) >> BITS;
    }
    begin(&d, &of);
    of.square = 1U;
    lower(ring, &d, z, &of, &taken);
    if (parts == 2U) {
        begin(&d, &of);
        for (i = 0; i < d.digits; i++) {
            d.sum[i] = -d.m[i].second;
        }
        add_factor(&of, &d.x->second, x + n, n);
        upper(ring, &d, z + n, &of, taken);
    }
}

#endif
