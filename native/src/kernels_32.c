/* The inner loop of the products for limbs of 32 bits, in the instructions of each processor. limbs.c has the
 * same in portable C, which is the reference for it. */
#include "internal.h"

#if MPRIV_KERNELS_32

#if MPRIV_UMAAL

/* Four rows: low + B high = a b + low + high is one instruction. */
#define STEP                                                                                                 \
    "ldr %[l], [%[a]], #4\n\t"                                                                               \
    "ldr %[t], [%[z]]\n\t"                                                                                   \
    "umaal %[t], %[c0], %[l], %[b0]\n\t"                                                                     \
    "umaal %[c0], %[c1], %[l], %[b1]\n\t"                                                                    \
    "umaal %[c1], %[c2], %[l], %[b2]\n\t"                                                                    \
    "umaal %[c2], %[c3], %[l], %[b3]\n\t"                                                                    \
    "str %[t], [%[z]], #4\n\t"

#elif MPRIV_UMLAL

/* Four rows of a product that is added to a limb, with the carry added behind it. */
#define MULTIPLY(low, carry, b)                                                                              \
    "mov %[h], #0\n\t"                                                                                       \
    "umlal %[" low "], %[h], %[l], %[" b "]\n\t"                                                             \
    "adds %[" low "], %[" low "], %[" carry "]\n\t"                                                          \
    "adc %[" carry "], %[h], #0\n\t"
#define STEP                                                                                                 \
    "ldr %[l], [%[a]], #4\n\t"                                                                               \
    "ldr %[t], [%[z]]\n\t" MULTIPLY("t", "c0", "b0") MULTIPLY("c0", "c1", "b1") MULTIPLY("c1", "c2", "b2")   \
        MULTIPLY("c2", "c3", "b3") "str %[t], [%[z]], #4\n\t"

#elif MPRIV_THUMB2_HALVES

/* Two rows. A limb's halves x and y times a multiplier's halves p and q, each sum of which fits 32 bits. */
#define MULTIPLY(low, carry, p, q)                                                                           \
    "mul %[u], %[x], %[" p "]\n\t"                                                                           \
    "lsr %[v], %[u], #16\n\t"                                                                                \
    "mla %[v], %[x], %[" q "], %[v]\n\t"                                                                     \
    "uxth %[w], %[v]\n\t"                                                                                    \
    "mla %[w], %[y], %[" p "], %[w]\n\t"                                                                     \
    "lsr %[v], %[v], #16\n\t"                                                                                \
    "mla %[v], %[y], %[" q "], %[v]\n\t"                                                                     \
    "add %[v], %[v], %[w], lsr #16\n\t"                                                                      \
    "bfi %[u], %[w], #16, #16\n\t"                                                                           \
    "adds %[" low "], %[" low "], %[u]\n\t"                                                                  \
    "adc %[v], %[v], #0\n\t"                                                                                 \
    "adds %[" low "], %[" low "], %[" carry "]\n\t"                                                          \
    "adc %[" carry "], %[v], #0\n\t"

#endif

#if MPRIV_UMAAL || MPRIV_UMLAL

void mpriv_rows_32(uint32_t *z, const uint32_t *a, size_t n, const uint32_t *b, uint32_t *carry) {
    uint32_t c0 = carry[0], c1 = carry[1], c2 = carry[2], c3 = carry[3], l, t;
    const uint32_t *const end = z + n, *const start = z + n % 4U;
#if MPRIV_UMAAL
#define COMPARE "cmp %[z], %[last]\n\t"
#define LAST "r"
#define ALSO
#else
    uint32_t h;
#define COMPARE "ldr %[h], %[last]\n\tcmp %[z], %[h]\n\t"
#define LAST "m"
#define ALSO , [h] "=&r"(h)
#endif
#define LOOP(end, body)                                                                                      \
    __asm__ volatile("1:\n\t" body COMPARE "bne 1b"                                                          \
                     : [z] "+&r"(z), [a] "+&r"(a), [c0] "+&r"(c0), [c1] "+&r"(c1), [c2] "+&r"(c2),           \
                       [c3] "+&r"(c3), [l] "=&r"(l), [t] "=&r"(t)ALSO                                        \
                     : [last] LAST(end), [b0] "r"(b[0]), [b1] "r"(b[1]), [b2] "r"(b[2]), [b3] "r"(b[3])      \
                     : "cc", "memory")
    if (z != start) {
        LOOP(start, STEP);
    }
    if (z != end) {
        LOOP(end, STEP STEP STEP STEP);
    }
    carry[0] = c0;
    carry[1] = c1;
    carry[2] = c2;
    carry[3] = c3;
}

#elif MPRIV_RISCV32

/* Four rows, in twelve registers: t, then the product's low and high limbs. */
#define MULTIPLY(low, carry, b)                                                                              \
    "mul %[u], %[l], %[" b "]\n\t"                                                                           \
    "mulhu %[v], %[l], %[" b "]\n\t"                                                                         \
    "add %[u], %[u], %[" low "]\n\t"                                                                         \
    "sltu %[w], %[u], %[" low "]\n\t"                                                                        \
    "add %[v], %[v], %[w]\n\t"                                                                               \
    "add %[" low "], %[u], %[" carry "]\n\t"                                                                 \
    "sltu %[w], %[" low "], %[u]\n\t"                                                                        \
    "add %[" carry "], %[v], %[w]\n\t"
#define STEP(at)                                                                                             \
    "lw %[l], " at "(%[a])\n\t"                                                                              \
    "lw %[t], " at "(%[z])\n\t" MULTIPLY("t", "c0", "b0") MULTIPLY("c0", "c1", "b1")                         \
        MULTIPLY("c1", "c2", "b2") MULTIPLY("c2", "c3", "b3") "sw %[t], " at "(%[z])\n\t"
#define LOOP(end, bytes, body)                                                                               \
    __asm__ volatile("1:\n\t" body "addi %[a], %[a], " bytes "\n\taddi %[z], %[z], " bytes                   \
                     "\n\tbne %[z], %[last], 1b"                                                             \
                     : [z] "+&r"(z), [a] "+&r"(a), [c0] "+&r"(c0), [c1] "+&r"(c1), [c2] "+&r"(c2),           \
                       [c3] "+&r"(c3), [l] "=&r"(l), [t] "=&r"(t), [u] "=&r"(u), [v] "=&r"(v), [w] "=&r"(w)  \
                     : [last] "r"(end), [b0] "r"(b[0]), [b1] "r"(b[1]), [b2] "r"(b[2]), [b3] "r"(b[3])       \
                     : "memory")

void mpriv_rows_32(uint32_t *z, const uint32_t *a, size_t n, const uint32_t *b, uint32_t *carry) {
    uint32_t c0 = carry[0], c1 = carry[1], c2 = carry[2], c3 = carry[3], l, t, u, v, w;
    const uint32_t *const end = z + n, *const start = z + n % 2U;
    if (z != start) {
        LOOP(start, "4", STEP("0"));
    }
    if (z != end) {
        LOOP(end, "8", STEP("0") STEP("4"));
    }
    carry[0] = c0;
    carry[1] = c1;
    carry[2] = c2;
    carry[3] = c3;
}

#else

#if MPRIV_THUMB2_HALVES

#define AT_ONCE 2U

static void some_rows(uint32_t *z, const uint32_t *a, size_t n, const uint32_t *b, uint32_t *carry) {
    uint32_t c0 = carry[0], c1 = carry[1], x, y, t, u, v, w;
    const uint32_t *const end = z + n;
    __asm__ volatile("1:\n\t"
                     "ldrh %[x], [%[a]], #2\n\t"
                     "ldrh %[y], [%[a]], #2\n\t"
                     "ldr %[t], [%[z]]\n\t" MULTIPLY("t", "c0", "p0", "q0")
                         MULTIPLY("c0", "c1", "p1", "q1") "str %[t], [%[z]], #4\n\t"
                                                          "ldr %[u], %[end]\n\t"
                                                          "cmp %[z], %[u]\n\t"
                                                          "bne 1b"
                     : [z] "+&r"(z), [a] "+&r"(a), [c0] "+&r"(c0), [c1] "+&r"(c1), [x] "=&r"(x), [y] "=&r"(y),
                       [t] "=&r"(t), [u] "=&r"(u), [v] "=&r"(v), [w] "=&r"(w)
                     : [end] "m"(end), [p0] "r"(b[0] & 0xFFFFU), [q0] "r"(b[0] >> 16),
                       [p1] "r"(b[1] & 0xFFFFU), [q1] "r"(b[1] >> 16)
                     : "cc", "memory");
    carry[0] = c0;
    carry[1] = c1;
}

#else

#define AT_ONCE 1U

/* One row: the eight low registers hold all that is multiplied. */
static void some_rows(uint32_t *z, const uint32_t *a, size_t n, const uint32_t *b, uint32_t *carry) {
    uint32_t c = carry[0], x, y, u, v;
    const uint32_t *const end = z + n;
    __asm__ volatile(
        ".syntax unified\n"
        "1:\n\t"
        "ldmia %[a]!, {%[y]}\n\t"
        "uxth %[x], %[y]\n\t"
        "lsrs %[y], %[y], #16\n\t"
        "movs %[u], %[x]\n\t"
        "muls %[u], %[p], %[u]\n\t"
        "movs %[v], %[y]\n\t"
        "muls %[v], %[p], %[v]\n\t"
        "muls %[x], %[q], %[x]\n\t"
        "muls %[y], %[q], %[y]\n\t"
        "adds %[v], %[v], %[x]\n\t"
        "movs %[x], #0\n\t"
        "adcs %[x], %[x], %[x]\n\t"
        "lsls %[x], %[x], #16\n\t"
        "adds %[y], %[y], %[x]\n\t"
        "lsls %[x], %[v], #16\n\t"
        "lsrs %[v], %[v], #16\n\t"
        "adds %[u], %[u], %[x]\n\t"
        "adcs %[y], %[y], %[v]\n\t"
        "movs %[v], #0\n\t"
        "ldr %[x], %[c]\n\t"
        "adds %[u], %[u], %[x]\n\t"
        "adcs %[y], %[y], %[v]\n\t"
        "ldr %[x], [%[z]]\n\t"
        "adds %[u], %[u], %[x]\n\t"
        "adcs %[y], %[y], %[v]\n\t"
        "str %[y], %[c]\n\t"
        "stmia %[z]!, {%[u]}\n\t"
        "ldr %[x], %[end]\n\t"
        "cmp %[z], %[x]\n\t"
        "bne 1b"
        : [z] "+&l"(z), [a] "+&l"(a), [c] "+m"(c), [x] "=&l"(x), [y] "=&l"(y), [u] "=&l"(u), [v] "=&l"(v)
        : [end] "m"(end), [p] "l"(b[0] & 0xFFFFU), [q] "l"(b[0] >> 16)
        : "cc", "memory");
    carry[0] = c;
}

#endif

/* Rows begin one limb further up each: what is below the first of a later one is complete, and above the last
 * limb of z the carries of those before stand in its place. */
void mpriv_rows_32(uint32_t *z, const uint32_t *a, size_t n, const uint32_t *b, uint32_t *carry) {
    uint32_t above[4U];
    size_t i;
    for (i = 0; i < 4U; i += AT_ONCE) {
        some_rows(z + i, a, n - i, b + i, carry + i);
        if (i > 0U) {
            memcpy(above, carry, i * sizeof *above);
            some_rows(above, a + n - i, i, b + i, carry + i);
            memcpy(carry, above, i * sizeof *above);
        }
    }
}

#endif
#endif
