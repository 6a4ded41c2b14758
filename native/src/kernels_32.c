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

#endif
#endif

#if MPRIV_THUMB_CHAINS

#define UNUSED __attribute__((unused))

#if defined(__thumb2__)

/* The carry flag lives through the loop: nothing between two subtractions sets it. */
__attribute__((naked)) mpriv_limb mpriv_less_32(const uint32_t *a UNUSED, const uint32_t *b UNUSED,
                                                size_t n UNUSED) {
    __asm__ volatile("push {r4-r8, lr}\n\t"
                     "cmp r0, r0\n"
                     "1:\n\t"
                     "ldm r0!, {r3, r4, r5, r6}\n\t"
                     "ldm r1!, {r7, r8, r12, lr}\n\t"
                     "sbcs r3, r3, r7\n\t"
                     "sbcs r4, r4, r8\n\t"
                     "sbcs r5, r5, r12\n\t"
                     "sbcs r6, r6, lr\n\t"
                     "sub r2, r2, #4\n\t"
                     "cbz r2, 2f\n\t"
                     "b 1b\n"
                     "2:\n\t"
                     "sbc r0, r0, r0\n\t"
                     "rsb r0, r0, #0\n\t"
                     "pop {r4-r8, pc}");
}

__attribute__((naked)) mpriv_limb mpriv_subtract_masked_32(uint32_t *z UNUSED, const uint32_t *a UNUSED,
                                                           size_t n UNUSED, uint32_t mask UNUSED) {
    __asm__ volatile("push {r4-r10, lr}\n\t"
                     "cmp r0, r0\n"
                     "1:\n\t"
                     "ldm r1!, {r4, r5, r6, r7}\n\t"
                     "ldm r0, {r8, r9, r10, r12}\n\t"
                     "and r4, r4, r3\n\t"
                     "and r5, r5, r3\n\t"
                     "and r6, r6, r3\n\t"
                     "and r7, r7, r3\n\t"
                     "sbcs r8, r8, r4\n\t"
                     "sbcs r9, r9, r5\n\t"
                     "sbcs r10, r10, r6\n\t"
                     "sbcs r12, r12, r7\n\t"
                     "stm r0!, {r8, r9, r10, r12}\n\t"
                     "sub r2, r2, #4\n\t"
                     "cbz r2, 2f\n\t"
                     "b 1b\n"
                     "2:\n\t"
                     "sbc r0, r0, r0\n\t"
                     "rsb r0, r0, #0\n\t"
                     "pop {r4-r10, pc}");
}

#else

/* Between four limbs, r7 keeps the borrow: 0 or -1, from which negs sets the carry flag again. */
__attribute__((naked)) mpriv_limb mpriv_less_32(const uint32_t *a UNUSED, const uint32_t *b UNUSED,
                                                size_t n UNUSED) {
    __asm__ volatile(".syntax unified\n\t"
                     "push {r4-r7, lr}\n\t"
                     "lsls r2, r2, #2\n\t"
                     "adds r2, r2, r0\n\t"
                     "movs r7, #0\n"
                     "1:\n\t"
                     "negs r7, r7\n\t"
                     "ldmia r0!, {r3, r4}\n\t"
                     "ldmia r1!, {r5, r6}\n\t"
                     "sbcs r3, r5\n\t"
                     "sbcs r4, r6\n\t"
                     "ldmia r0!, {r3, r4}\n\t"
                     "ldmia r1!, {r5, r6}\n\t"
                     "sbcs r3, r5\n\t"
                     "sbcs r4, r6\n\t"
                     "sbcs r7, r7\n\t"
                     "cmp r0, r2\n\t"
                     "bne 1b\n\t"
                     "negs r0, r7\n\t"
                     "pop {r4-r7, pc}");
}

#define TWO                                                                                                  \
    "ldmia r1!, {r4, r5}\n\t"                                                                                \
    "ands r4, r3\n\t"                                                                                        \
    "ands r5, r3\n\t"                                                                                        \
    "ldr r6, [r0]\n\t"                                                                                       \
    "sbcs r6, r4\n\t"                                                                                        \
    "stmia r0!, {r6}\n\t"                                                                                    \
    "ldr r6, [r0]\n\t"                                                                                       \
    "sbcs r6, r5\n\t"                                                                                        \
    "stmia r0!, {r6}\n\t"
__attribute__((naked)) mpriv_limb mpriv_subtract_masked_32(uint32_t *z UNUSED, const uint32_t *a UNUSED,
                                                           size_t n UNUSED, uint32_t mask UNUSED) {
    __asm__ volatile(".syntax unified\n\t"
                     "push {r4-r7, lr}\n\t"
                     "lsls r2, r2, #2\n\t"
                     "adds r2, r2, r0\n\t"
                     "movs r7, #0\n"
                     "1:\n\t"
                     "negs r7, r7\n\t" TWO TWO "sbcs r7, r7\n\t"
                     "cmp r0, r2\n\t"
                     "bne 1b\n\t"
                     "negs r0, r7\n\t"
                     "pop {r4-r7, pc}");
}

#endif
#endif
