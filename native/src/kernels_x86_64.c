/* Products modulo m and m^2 for x86-64 processors with mulx, adcx and adox, for lengths that are multiples of
 * eight limbs. Nothing here branches or takes an address on anything but lengths. */
#include "internal.h"

#if MPRIV_X86_64

#include <cpuid.h>
#include <emmintrin.h>

/* A block of rows is one string. */
#pragma GCC diagnostic ignored "-Woverlength-strings"

#define KERNEL __attribute__((target("bmi2,adx")))

unsigned mpriv_x86_64_detect(void) {
#if defined(__BMI2__) && defined(__ADX__)
    return 1U;
#else
    /* Asked once, for a virtual machine answers slowly. 1: no, 2: yes; whoever asks at the same time finds the same. */
    static unsigned asked;
    unsigned known = __atomic_load_n(&asked, __ATOMIC_RELAXED);
    if (known == 0U) {
        const unsigned bmi2 = 1U << 8, adx = 1U << 19;
        unsigned a, b, c, d;
        known = 1U + (__get_cpuid_count(7U, 0U, &a, &b, &c, &d) != 0 && (b & bmi2) != 0U && (b & adx) != 0U);
        __atomic_store_n(&asked, known, __ATOMIC_RELAXED);
    }
    return known - 1U;
#endif
}

/* Eight accumulators are a window over eight limbs of z that moves up by one limb a row. A row is
 *     window += z[j] + b a[0..8),
 * whose lowest limb then is z[j]: with a window below B^8 the sum stays below B^9. High halves go up the
 * chain of CF, which z[j] begins, low halves that of OF; the register of the limb that left takes the new
 * top. rdi: z, rsi: a, rcx: b, rdx: the multiplier. */
#define TERM(k, low, high)                                                                                   \
    "mulxq 8*" #k "(%%rsi), %%rax, %%rbx\n\t"                                                                \
    "adoxq %%rax, %%" low "\n\t"                                                                             \
    "adcxq %%rbx, %%" high "\n\t"
#define TOP(r0, r7)                                                                                          \
    "mulxq 56(%%rsi), %%rax, %%" r0 "\n\t"                                                                   \
    "adoxq %%rax, %%" r7 "\n\t"                                                                              \
    "movl $0, %%eax\n\t"                                                                                     \
    "adcxq %%rax, %%" r0 "\n\t"                                                                              \
    "adoxq %%rax, %%" r0 "\n\t"
#define FROM1(r1, r2, r3, r4, r5, r6, r7)                                                                    \
    TERM(1, r1, r2) TERM(2, r2, r3) TERM(3, r3, r4) TERM(4, r4, r5) TERM(5, r5, r6) TERM(6, r6, r7)
#define ROW(j, r0, r1, r2, r3, r4, r5, r6, r7)                                                               \
    "movq 8*" #j "(%%rcx), %%rdx\n\t"                                                                        \
    "xorl %%eax, %%eax\n\t"                                                                                  \
    "adcxq 8*" #j "(%%rdi), %%" r0 "\n\t" TERM(0, r0, r1)                                                    \
        FROM1(r1, r2, r3, r4, r5, r6, r7) "movq %%" r0 ", 8*" #j "(%%rdi)\n\t" TOP(r0, r7)
/* A row whose multiplier, the quotient that makes the lowest limb 0, takes that limb's place in z. */
#define QUOTIENT_ROW(j, r0, r1, r2, r3, r4, r5, r6, r7)                                                      \
    "movq %%" r0 ", %%rdx\n\t"                                                                               \
    "imulq %[inverse], %%rdx\n\t"                                                                            \
    "movq %%rdx, 8*" #j "(%%rdi)\n\t"                                                                        \
    "xorl %%eax, %%eax\n\t" TERM(0, r0, r1) FROM1(r1, r2, r3, r4, r5, r6, r7) TOP(r0, r7)
/* Rows of a square's products of different limbs: the multiplier is a[j], the terms up to j are left out. */
#define START(j, r0)                                                                                         \
    "movq 8*" #j "(%%rsi), %%rdx\n\t"                                                                        \
    "xorl %%eax, %%eax\n\t"                                                                                  \
    "adcxq 8*" #j "(%%rdi), %%" r0 "\n\t"                                                                    \
    "movq %%" r0 ", 8*" #j "(%%rdi)\n\t"
#define SKIP(r) "adcxq %%rax, %%" r "\n\t"
#define CARRIES_ONLY(r0)                                                                                     \
    "movl $0, %%" r0 "d\n\t"                                                                                 \
    "adcxq %%rax, %%" r0 "\n\t"

#define EACH(M)                                                                                              \
    M(0, "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15")                                               \
    M(1, "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r8")                                               \
    M(2, "r10", "r11", "r12", "r13", "r14", "r15", "r8", "r9")                                               \
    M(3, "r11", "r12", "r13", "r14", "r15", "r8", "r9", "r10")                                               \
    M(4, "r12", "r13", "r14", "r15", "r8", "r9", "r10", "r11")                                               \
    M(5, "r13", "r14", "r15", "r8", "r9", "r10", "r11", "r12")                                               \
    M(6, "r14", "r15", "r8", "r9", "r10", "r11", "r12", "r13")                                               \
    M(7, "r15", "r8", "r9", "r10", "r11", "r12", "r13", "r14")

#define TRIANGLE                                                                                             \
    START(0, "r8")                                                                                           \
    SKIP("r9")                                                                                               \
    FROM1("r9", "r10", "r11", "r12", "r13", "r14", "r15")                                                    \
    TOP("r8", "r15")                                                                                         \
    START(1, "r9")                                                                                           \
    SKIP("r10")                                                                                              \
    SKIP("r11")                                                                                              \
    TERM(2, "r11", "r12")                                                                                    \
    TERM(3, "r12", "r13")                                                                                    \
    TERM(4, "r13", "r14")                                                                                    \
    TERM(5, "r14", "r15")                                                                                    \
    TERM(6, "r15", "r8")                                                                                     \
    TOP("r9", "r8")                                                                                          \
    START(2, "r10")                                                                                          \
    SKIP("r11")                                                                                              \
    SKIP("r12")                                                                                              \
    SKIP("r13")                                                                                              \
    TERM(3, "r13", "r14")                                                                                    \
    TERM(4, "r14", "r15")                                                                                    \
    TERM(5, "r15", "r8")                                                                                     \
    TERM(6, "r8", "r9")                                                                                      \
    TOP("r10", "r9")                                                                                         \
    START(3, "r11")                                                                                          \
    SKIP("r12")                                                                                              \
    SKIP("r13")                                                                                              \
    SKIP("r14")                                                                                              \
    SKIP("r15")                                                                                              \
    TERM(4, "r15", "r8")                                                                                     \
    TERM(5, "r8", "r9")                                                                                      \
    TERM(6, "r9", "r10")                                                                                     \
    TOP("r11", "r10")                                                                                        \
    START(4, "r12")                                                                                          \
    SKIP("r13")                                                                                              \
    SKIP("r14")                                                                                              \
    SKIP("r15")                                                                                              \
    SKIP("r8")                                                                                               \
    SKIP("r9")                                                                                               \
    TERM(5, "r9", "r10")                                                                                     \
    TERM(6, "r10", "r11")                                                                                    \
    TOP("r12", "r11")                                                                                        \
    START(5, "r13")                                                                                          \
    SKIP("r14")                                                                                              \
    SKIP("r15")                                                                                              \
    SKIP("r8")                                                                                               \
    SKIP("r9")                                                                                               \
    SKIP("r10")                                                                                              \
    SKIP("r11")                                                                                              \
    TERM(6, "r11", "r12")                                                                                    \
    TOP("r13", "r12")                                                                                        \
    START(6, "r14")                                                                                          \
    SKIP("r15")                                                                                              \
    SKIP("r8")                                                                                               \
    SKIP("r9")                                                                                               \
    SKIP("r10")                                                                                              \
    SKIP("r11")                                                                                              \
    SKIP("r12")                                                                                              \
    SKIP("r13")                                                                                              \
    TOP("r14", "r13")                                                                                        \
    START(7, "r15")                                                                                          \
    SKIP("r8")                                                                                               \
    SKIP("r9")                                                                                               \
    SKIP("r10")                                                                                              \
    SKIP("r11")                                                                                              \
    SKIP("r12")                                                                                              \
    SKIP("r13")                                                                                              \
    SKIP("r14")                                                                                              \
    CARRIES_ONLY("r15")

/* The rows of all blocks of b, and the window with the carry that came in onto the limbs above them. */
#define SWEEP                                                                                                \
    "cmpq $0, %[blocks]\n\t"                                                                                 \
    "je 2f\n\t"                                                                                              \
    ".p2align 4\n"                                                                                           \
    "1:\n\t" EACH(ROW) "leaq 64(%%rdi), %%rdi\n\t"                                                           \
                       "leaq 64(%%rcx), %%rcx\n\t"                                                           \
                       "decq %[blocks]\n\t"                                                                  \
                       "jnz 1b\n"                                                                            \
                       "2:\n\t"                                                                              \
                       "movq %[carry], %%rax\n\t"                                                            \
                       "addq $-1, %%rax\n\t"                                                                 \
                       "adcq %%r8, (%%rdi)\n\t"                                                              \
                       "adcq %%r9, 8(%%rdi)\n\t"                                                             \
                       "adcq %%r10, 16(%%rdi)\n\t"                                                           \
                       "adcq %%r11, 24(%%rdi)\n\t"                                                           \
                       "adcq %%r12, 32(%%rdi)\n\t"                                                           \
                       "adcq %%r13, 40(%%rdi)\n\t"                                                           \
                       "adcq %%r14, 48(%%rdi)\n\t"                                                           \
                       "adcq %%r15, 56(%%rdi)\n\t"                                                           \
                       "movl $0, %%eax\n\t"                                                                  \
                       "adcq %%rax, %%rax\n\t"                                                               \
                       "movq %%rax, %[carry]\n\t"
#define EMPTY                                                                                                \
    "xorl %%r8d, %%r8d\n\t"                                                                                  \
    "xorl %%r9d, %%r9d\n\t"                                                                                  \
    "xorl %%r10d, %%r10d\n\t"                                                                                \
    "xorl %%r11d, %%r11d\n\t"                                                                                \
    "xorl %%r12d, %%r12d\n\t"                                                                                \
    "xorl %%r13d, %%r13d\n\t"                                                                                \
    "xorl %%r14d, %%r14d\n\t"                                                                                \
    "xorl %%r15d, %%r15d\n\t"
#define CLOBBERS "rax", "rbx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc", "memory"

/* z[0..8 blocks + 8) += a b + carry B^(8 blocks) for a of 8 limbs and b of 8 blocks; returns the carry. */
KERNEL static uint64_t sweep(uint64_t *z, const uint64_t *a, const uint64_t *b, size_t blocks,
                             uint64_t carry) {
    __asm__ volatile(EMPTY SWEEP
                     : "+D"(z), "+S"(a), "+c"(b), [blocks] "+m"(blocks), [carry] "+m"(carry)
                     :
                     : CLOBBERS);
    return carry;
}

/* As sweep with a the quotient of z[0..8) by m, which replaces z[0..8), and b = m[0..8 blocks + 8). */
KERNEL static uint64_t reduce_block(uint64_t *z, const uint64_t *m, size_t blocks, uint64_t inverse,
                                    uint64_t carry) {
    const uint64_t *rest = m + 8;
    __asm__ volatile("movq (%%rdi), %%r8\n\t"
                     "movq 8(%%rdi), %%r9\n\t"
                     "movq 16(%%rdi), %%r10\n\t"
                     "movq 24(%%rdi), %%r11\n\t"
                     "movq 32(%%rdi), %%r12\n\t"
                     "movq 40(%%rdi), %%r13\n\t"
                     "movq 48(%%rdi), %%r14\n\t"
                     "movq 56(%%rdi), %%r15\n\t" EACH(QUOTIENT_ROW) "movq %%rdi, %%rsi\n\t"
                                                                    "leaq 64(%%rdi), %%rdi\n\t" SWEEP
                     : "+D"(z), "+S"(m), "+c"(rest), [blocks] "+m"(blocks), [carry] "+m"(carry)
                     : [inverse] "m"(inverse)
                     : CLOBBERS);
    return carry;
}

/* z[0..8 blocks + 16) += the products a[i] a[j] B^(i + j) with i < j and i < 8, a of 8 blocks + 8 limbs. */
KERNEL static void square_block(uint64_t *z, const uint64_t *a, size_t blocks) {
    const uint64_t *rest = a + 8;
    uint64_t carry = 0;
    __asm__ volatile(EMPTY TRIANGLE "leaq 64(%%rdi), %%rdi\n\t" SWEEP
                     : "+D"(z), "+S"(a), "+c"(rest), [blocks] "+m"(blocks), [carry] "+m"(carry)
                     :
                     : CLOBBERS);
}

/* z[0..2n) = 2 z + the sum of a[i]^2 B^2i. */
KERNEL static void double_and_add_squares(uint64_t *z, const uint64_t *a, size_t n) {
    __asm__ volatile("xorl %%eax, %%eax\n"
                     "1:\n\t"
                     "movq (%[a]), %%rdx\n\t"
                     "mulxq %%rdx, %%rax, %%rbx\n\t"
                     "movq (%[z]), %%r8\n\t"
                     "movq 8(%[z]), %%r9\n\t"
                     "adcxq %%r8, %%r8\n\t"
                     "adoxq %%rax, %%r8\n\t"
                     "adcxq %%r9, %%r9\n\t"
                     "adoxq %%rbx, %%r9\n\t"
                     "movq %%r8, (%[z])\n\t"
                     "movq %%r9, 8(%[z])\n\t"
                     "leaq 8(%[a]), %[a]\n\t"
                     "leaq 16(%[z]), %[z]\n\t"
                     "leaq -1(%%rcx), %%rcx\n\t"
                     "jrcxz 2f\n\t"
                     "jmp 1b\n"
                     "2:"
                     : [z] "+r"(z), [a] "+r"(a), "+c"(n)
                     :
                     : "rax", "rbx", "rdx", "r8", "r9", "cc", "memory");
}

#define CHAIN(name, instruction)                                                                             \
    static uint64_t name(uint64_t *z, const uint64_t *a, const uint64_t *b, size_t n) {                      \
        uint64_t carry = 0;                                                                                  \
        __asm__ volatile("xorl %%eax, %%eax\n"                                                               \
                         "1:\n\t"                                                                            \
                         "movq (%[a]), %%rax\n\t"                                                            \
                         "movq 8(%[a]), %%rdx\n\t"                                                           \
                         "movq 16(%[a]), %%r8\n\t"                                                           \
                         "movq 24(%[a]), %%r9\n\t" instruction " (%[b]), %%rax\n\t" instruction              \
                         " 8(%[b]), %%rdx\n\t" instruction " 16(%[b]), %%r8\n\t" instruction                 \
                         " 24(%[b]), %%r9\n\t"                                                               \
                         "movq %%rax, (%[z])\n\t"                                                            \
                         "movq %%rdx, 8(%[z])\n\t"                                                           \
                         "movq %%r8, 16(%[z])\n\t"                                                           \
                         "movq %%r9, 24(%[z])\n\t"                                                           \
                         "leaq 32(%[a]), %[a]\n\t"                                                           \
                         "leaq 32(%[b]), %[b]\n\t"                                                           \
                         "leaq 32(%[z]), %[z]\n\t"                                                           \
                         "leaq -4(%%rcx), %%rcx\n\t"                                                         \
                         "jrcxz 2f\n\t"                                                                      \
                         "jmp 1b\n"                                                                          \
                         "2:\n\t"                                                                            \
                         "adcq $0, %[carry]"                                                                 \
                         : [z] "+r"(z), [a] "+r"(a), [b] "+r"(b), [carry] "+r"(carry), "+c"(n)               \
                         :                                                                                   \
                         : "rax", "rdx", "r8", "r9", "cc", "memory");                                        \
        return carry;                                                                                        \
    }

/* z = a + b, returns the carry; z = a - b, returns the borrow. */
CHAIN(add, "adcq")
CHAIN(subtract, "sbbq")

/* z = mask ? a : b */
static void choose(uint64_t *z, uint64_t mask, const uint64_t *a, const uint64_t *b, size_t n) {
    size_t i;
    for (i = 0; i < n; i++) {
        z[i] = mpriv_select(mask, a[i], b[i]);
    }
}

/* z[0..n) += word, a signed number between -1 and 1; returns the limb above, as a signed number. */
static uint64_t add_signed(uint64_t *z, size_t n, uint64_t word) {
    uint64_t above = 0U - (word >> 63), top = above;
    __asm__ volatile("addq %[word], (%[z])\n"
                     "1:\n\t"
                     "leaq 8(%[z]), %[z]\n\t"
                     "leaq -1(%%rcx), %%rcx\n\t"
                     "jrcxz 2f\n\t"
                     "adcq %[above], (%[z])\n\t"
                     "jmp 1b\n"
                     "2:\n\t"
                     "adcq $0, %[top]"
                     : [z] "+r"(z), "+c"(n), [top] "+r"(top)
                     : [word] "r"(word), [above] "r"(above)
                     : "cc", "memory");
    return top;
}

static uint64_t multiply_add(uint64_t *z, const uint64_t *a, const uint64_t *b, size_t n) {
    uint64_t carry = 0;
    size_t i;
    for (i = 0; i < n; i += 8U) {
        carry = sweep(z + i, a + i, b, n / 8U, carry);
    }
    return carry;
}

void mpriv_x86_64_multiply(uint64_t *z, const uint64_t *a, const uint64_t *b, size_t n) {
    memset(z, 0, 2U * n * sizeof *z);
    (void)multiply_add(z, a, b, n);
}

void mpriv_x86_64_square(uint64_t *z, const uint64_t *a, size_t n) {
    size_t i;
    memset(z, 0, 2U * n * sizeof *z);
    for (i = 0; i < n; i += 8U) {
        square_block(z + 2U * i, a + i, (n - i) / 8U - 1U);
    }
    double_and_add_squares(z, a, n);
}

uint64_t mpriv_x86_64_montgomery(uint64_t *z, const uint64_t *m, size_t n, uint64_t neg_inverse) {
    uint64_t carry = 0;
    size_t i;
    for (i = 0; i < n; i += 8U) {
        carry = reduce_block(z + i, m, n / 8U - 1U, neg_inverse, carry);
    }
    return carry;
}

/* z = top B^n + a, less m where that is not negative; returns the limb above and whether m was taken. z and
 * a do not overlap. */
static uint64_t reduce_once(uint64_t *z, uint64_t top, const uint64_t *a, const uint64_t *m, size_t n,
                            uint64_t *taken) {
    const uint64_t borrow = subtract(z, a, m, n);
    *taken = (borrow ^ 1U) | mpriv_nonzero(top);
    choose(z, mpriv_mask(*taken), z, a, n);
    return top - (borrow & *taken);
}

/* As split_reduce in modular.c. Here r takes the borrow of s - q and the carry of the lower half afterwards,
 * in one step of -1, 0 or 1, and m where that makes it negative. */
static void split_reduce(const mpriv_modular *ring, uint64_t *z, uint64_t *t, uint64_t *s, uint64_t s_top) {
    const size_t n = ring->n;
    const uint64_t *m = ring->m;
    uint64_t top = mpriv_x86_64_montgomery(t, m, n, ring->neg_inverse), once, taken, borrow, negative;
    (void)reduce_once(z, top, t + n, m, n, &once);
    borrow = subtract(s, s, t, n);
    top = mpriv_x86_64_montgomery(s, m, n, ring->neg_inverse) + s_top;
    top += add_signed(s + n, n, once - borrow);
    negative = top >> 63;
    top += add(t, s + n, m, n) & mpriv_mask(negative);
    choose(s, mpriv_mask(negative), t, s + n, n);
    top = reduce_once(t, top, s, m, n, &taken);
    (void)reduce_once(z + n, top, t, m, n, &taken);
}

static void single_reduce(const mpriv_modular *ring, uint64_t *z, uint64_t *t) {
    const size_t n = ring->n;
    const uint64_t top = mpriv_x86_64_montgomery(t, ring->m, n, ring->neg_inverse);
    uint64_t taken;
    (void)reduce_once(z, top, t + n, ring->m, n, &taken);
}

void mpriv_x86_64_modular_multiply(const mpriv_modular *ring, uint64_t *z, const uint64_t *x,
                                   const uint64_t *low, const uint64_t *high, unsigned parts) {
    const size_t n = ring->n;
    uint64_t *t = ring->work, *s = ring->work + 2U * n, s_top = 0;
    if (low == NULL) {
        memset(t, 0, 4U * n * sizeof *t);
        memcpy(t, x, n * sizeof *t);
        memcpy(s, x + (parts - 1U) * n, n * sizeof *s);
    } else {
        mpriv_x86_64_multiply(t, x, low, n);
    }
    if (parts == 1U) {
        single_reduce(ring, z, t);
        return;
    }
    if (low != NULL) {
        mpriv_x86_64_multiply(s, x + n, low, n);
    }
    if (high != NULL) {
        s_top = multiply_add(s, x, high, n);
    }
    split_reduce(ring, z, t, s, s_top);
}

void mpriv_x86_64_modular_square(const mpriv_modular *ring, uint64_t *z, const uint64_t *x, unsigned parts) {
    const size_t n = ring->n;
    uint64_t *t = ring->work, *s = ring->work + 2U * n;
    mpriv_x86_64_square(t, x, n);
    if (parts == 1U) {
        single_reduce(ring, z, t);
    } else {
        mpriv_x86_64_multiply(s, x, x + n, n);
        split_reduce(ring, z, t, s, add(s, s, s, 2U * n));
    }
}

/* z = x + y + carried in one part; returns whether m was taken. */
static uint64_t add_part(const mpriv_modular *ring, uint64_t *z, const uint64_t *x, const uint64_t *y,
                         uint64_t carried) {
    const size_t n = ring->n;
    uint64_t *t = ring->work, top = add(t, x, y, n), taken;
    top += add_signed(t, n, carried);
    (void)reduce_once(z, top, t, ring->m, n, &taken);
    return taken;
}

void mpriv_x86_64_modular_add(const mpriv_modular *ring, uint64_t *z, const uint64_t *x, const uint64_t *y,
                              unsigned parts) {
    const uint64_t carried = add_part(ring, z, x, y, 0);
    if (parts == 2U) {
        (void)add_part(ring, z + ring->n, x + ring->n, y + ring->n, carried);
    }
}

/* Eight limbs at a time from every entry, masked by whether it is the one. */
size_t mpriv_x86_64_look_up(uint64_t *z, const uint64_t *table, size_t length, unsigned window,
                            uint64_t index) {
    const __m128i one = _mm_set1_epi32(1), wanted = _mm_set1_epi32((int)index);
    const size_t whole = length & ~(size_t)7U, entries = (size_t)1U << window;
    size_t at, entry;
    for (at = 0; at < whole; at += 8U) {
        const uint64_t *from = table + at;
        __m128i number = _mm_setzero_si128(), z0 = number, z1 = number, z2 = number, z3 = number;
        for (entry = 0; entry < entries; entry++, from += length) {
            const __m128i mask = _mm_cmpeq_epi32(number, wanted),
                          *limbs = (const __m128i *)(const void *)from;
            z0 = _mm_or_si128(z0, _mm_and_si128(mask, _mm_loadu_si128(limbs)));
            z1 = _mm_or_si128(z1, _mm_and_si128(mask, _mm_loadu_si128(limbs + 1)));
            z2 = _mm_or_si128(z2, _mm_and_si128(mask, _mm_loadu_si128(limbs + 2)));
            z3 = _mm_or_si128(z3, _mm_and_si128(mask, _mm_loadu_si128(limbs + 3)));
            number = _mm_add_epi32(number, one);
        }
        _mm_storeu_si128((__m128i *)(void *)(z + at), z0);
        _mm_storeu_si128((__m128i *)(void *)(z + at + 2), z1);
        _mm_storeu_si128((__m128i *)(void *)(z + at + 4), z2);
        _mm_storeu_si128((__m128i *)(void *)(z + at + 6), z3);
    }
    return whole;
}

#endif
