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
    pair *x, *m; /* x0 and x1; m and the quotient */
    int32_t *sum;
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
    d->m = d->x + count;
    d->sum = (int32_t *)(void *)(d->m + count) + BELOW;
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
 * rows_down: the same, and then all words move GROUP places down. */
#if defined(__thumb__) && defined(__OPTIMIZE__) && !MPRIV_PORTABLE_ONLY

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
                                 COLUMN(ahead, "r11", "r12", "lr", "r9", "r10")                              \
                                     COLUMN(ahead, "r12", "lr", "r9", "r10", "r11")                          \
                                         COLUMN(ahead, "lr", "r9", "r10", "r11", "r12") "cmp r0, r2\n\t"     \
                                                                                        "bne 1b\n\t"         \
                                                                                        "stm r0, {r9-r12}\n\t" \
                                                                                        "pop {r4-r11, pc}"); \
    }

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
        __asm__ volatile(".syntax unified\n\t"                                                               \
                         "push {r4-r7, lr}\n\t"                                                              \
                         "mov r4, r8\n\t"                                                                    \
                         "mov r5, r9\n\t"                                                                    \
                         "mov r6, r10\n\t"                                                                   \
                         "mov r7, r11\n\t"                                                                   \
                         "push {r4-r7}\n\t"                                                                  \
                         "ldmia r3!, {r4-r7}\n\t"                                                            \
                         "mov r8, r4\n\t"                                                                    \
                         "mov r9, r5\n\t"                                                                    \
                         "mov r10, r6\n\t"                                                                   \
                         "mov r11, r7\n\t"                                                                   \
                         "ldr r4, [r3]\n\t"                                                                  \
                         "mov r12, r4\n\t"                                                                   \
                         "ldr r4, [r0]\n\t"                                                                  \
                         "ldr r5, [r0, #4]\n\t"                                                              \
                         "ldr r6, [r0, #8]\n\t"                                                              \
                         "ldr r7, [r0, #12]\n\t"                                                             \
                         "subs r0, #" down "\n\t"                                                            \
                         "subs r1, r1, r0\n\t"                                                               \
                         "lsls r2, r2, #2\n\t"                                                               \
                         "adds r2, r2, r0\n\t"                                                               \
                         "push {r2}\n"                                                                       \
                         "1:\n\t"                                                                            \
                         "ldrsh r2, [r0, r1]\n\t"                                                            \
                         "ldr r3, [r0, #" ahead "]\n\t"                                                      \
                         "mov lr, r3\n\t" TERMS("r4", "r5", "r6", "r7", "lr") "stmia r0!, {r4}\n\t"          \
                         COLUMN(ahead, "r5", "r6", "r7", "lr", "r4")                                         \
                             COLUMN(ahead, "r6", "r7", "lr", "r4", "r5")                                     \
                                 COLUMN(ahead, "r7", "lr", "r4", "r5", "r6")                                 \
                         "ldrsh r2, [r0, r1]\n\t"                                                            \
                         "ldr r7, [r0, #" ahead "]\n\t" TERMS("lr", "r4", "r5", "r6", "r7")                  \
                         "mov r3, lr\n\t"                                                                    \
                         "stmia r0!, {r3}\n\t"                                                               \
                         "ldr r2, [sp]\n\t"                                                                  \
                         "cmp r0, r2\n\t"                                                                    \
                         "bne 1b\n\t"                                                                        \
                         "stmia r0!, {r4-r7}\n\t"                                                            \
                         "pop {r2}\n\t"                                                                      \
                         "pop {r4-r7}\n\t"                                                                   \
                         "mov r8, r4\n\t"                                                                    \
                         "mov r9, r5\n\t"                                                                    \
                         "mov r10, r6\n\t"                                                                   \
                         "mov r11, r7\n\t"                                                                   \
                         "pop {r4-r7, pc}");                                                                 \
    }

#endif

ROWS(rows, "0", "16")
ROWS(rows_down, "20", "36")

#else

static void rows(int32_t *sum, const int16_t *a, size_t count, const int32_t *by) {
    size_t j, k;
    for (j = 0; j < count; j++) {
        for (k = 0; k < GROUP; k++) {
            sum[j + k] += a[2U * j] * by[k];
        }
    }
}

static void rows_down(int32_t *sum, const int16_t *a, size_t count, const int32_t *by) {
    int32_t *to = sum - GROUP;
    size_t j;
    rows(sum, a, count, by);
    for (j = 0; j < count + GROUP - 1U; j++) {
        to[j] = sum[j];
    }
}

#endif

/* Each word of the sum but the last to 14 bits, the rest onto the one above. */
static void carry_on(int32_t *sum, size_t count) {
    int32_t carry = 0;
    size_t i;
    for (i = 0; i + 1U < count; i++) {
        const int32_t word = sum[i] + carry;
        sum[i] = word & (int32_t)MASK;
        carry = word >> BITS;
    }
    sum[i] += carry;
}

/* The quotient's digits that make the lowest GROUP words vanish: whole ones before `partial`, there one of `bits`
 * bits plus 2^bits, then zeros. */
static void quotients(int32_t *quotient, const digits *d, uint32_t neg_inverse, unsigned partial, unsigned bits) {
    uint32_t words[GROUP];
    unsigned i, k;
    for (i = 0; i < GROUP; i++) {
        words[i] = (uint32_t)d->sum[i];
    }
    for (i = 0; i < GROUP; i++) {
        const uint32_t value = words[i] * neg_inverse;
        int32_t digit = (int32_t)(value << (32U - BITS)) >> (32U - BITS);
        if (i == partial) {
            digit = (int32_t)((value & ((1U << bits) - 1U)) | 1U << bits);
        } else if (i > partial) {
            digit = 0;
        }
        quotient[i] = digit;
        for (k = i; k < GROUP; k++) {
            words[k] += (uint32_t)(digit * d->m[k - i].first);
        }
        if (i + 1U < GROUP) {
            words[i + 1U] += (uint32_t)((int32_t)words[i] >> BITS);
        }
    }
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

/* The products of different digits of a group with each other and of each with itself. */
static void triangle(int32_t *sum, const pair *x) {
    unsigned k, l;
    for (k = 0; k < GROUP; k++) {
        sum[2U * k] += x[k].first * x[k].first;
        for (l = k + 1U; l < GROUP; l++) {
            sum[k + l] += 2 * x[k].first * x[l].first;
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
    const unsigned each = GROUP * (of->square != 0U ? 3U : 1U + of->count);
    unsigned terms = 0, k, i, partial = 0, bits = (unsigned)(ring->n * 32U - whole * BITS);
    int32_t by[GROUP], *sum = d->sum;
    size_t at;
    for (; bits >= BITS; bits -= BITS) {
        partial++;
    }
    for (at = 0; at <= whole; at += GROUP) {
        if (terms + each > 30U) {
            carry_on(sum, d->digits + ABOVE);
            terms = 0;
        }
        terms += each;
        if (of->square != 0U) {
            const size_t rest = d->digits - GROUP - at;
            triangle(sum + at, d->x + at);
            for (k = 0; k < GROUP; k++) {
                by[k] = 2 * d->x[at + k].first;
            }
            if (rest > 0U) {
                rows(sum + at + GROUP, &d->x[at + GROUP].first, rest, by);
            }
        }
        for (i = 0; i < of->count; i++) {
            for (k = 0; k < GROUP; k++) {
                by[k] = next_digit(&of->by[i]);
            }
            rows(sum, of->a[i], d->digits, by);
        }
        quotients(by, d, ring->neg_inverse, at == whole ? partial : GROUP, bits);
        for (k = 0; k < GROUP; k++) {
            d->m[at + k].second = (int16_t)by[k];
        }
        rows_down(sum, &d->m->first, d->digits, by);
        memset(sum + d->digits - 1U, 0, GROUP * sizeof *sum);
        if (at < whole) {
            int32_t carry = 0;
            for (k = 0; k < GROUP; k++) {
                carry = (*(sum - GROUP + k) + carry) >> BITS;
            }
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

static void clear(const digits *d) {
    memset(d->sum - BELOW, 0, (BELOW + d->digits + ABOVE) * sizeof *d->sum);
}

void mpriv_digits_multiply(const mpriv_modular *ring, uint32_t *z, const uint32_t *x, const uint32_t *low,
                           const uint32_t *high, unsigned parts) {
    const size_t n = ring->n;
    factors of = {0};
    digits d;
    uint32_t taken;
    size_t i;
    lay_out(&d, ring);
    split(&d.m->first, ring->m, n, d.digits);
    split(&d.x->first, x, n, d.digits);
    split(&d.x->second, x + (parts - 1U) * n, n, d.digits);
    clear(&d);
    if (low != NULL) {
        add_factor(&of, &d.x->first, low, n);
    } else {
        for (i = 0; i < d.digits; i++) {
            d.sum[i] = d.x[i].first;
        }
    }
    lower(ring, &d, z, &of, &taken);
    if (parts == 2U) {
        clear(&d);
        for (i = 0; i < d.digits; i++) {
            d.sum[i] = (low == NULL ? d.x[i].second : 0) - d.m[i].second;
        }
        of.count = 0;
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
    factors of = {0};
    digits d;
    uint32_t taken;
    size_t i;
    lay_out(&d, ring);
    split(&d.m->first, ring->m, n, d.digits);
    split(&d.x->first, x, n, d.digits);
    clear(&d);
    of.square = 1U;
    lower(ring, &d, z, &of, &taken);
    if (parts == 2U) {
        clear(&d);
        /* 2 x0 in digits again */
        int32_t carry = 0;
        for (i = 0; i < d.digits; i++) {
            d.sum[i] = -d.m[i].second;
            carry += 2 * d.x[i].first;
            d.x[i].second = (int16_t)((int32_t)((uint32_t)carry << (32U - BITS)) >> (32U - BITS));
            carry = (carry - d.x[i].second) >> BITS;
        }
        d.x[d.digits - 1U].second = (int16_t)(d.x[d.digits - 1U].second + (int16_t)(carry * (1 << BITS)));
        of.square = 0;
        add_factor(&of, &d.x->second, x + n, n);
        upper(ring, &d, z + n, &of, taken);
    }
}

#endif
