/* SHA-256's block function in the instructions of Thumb, RISC-V and x86-64; sha256.c has it in portable C, which is the
 * reference for it. */
#include "internal.h"

#if !defined(__clang__)
/* A block function is one string. */
#pragma GCC diagnostic ignored "-Woverlength-strings"
#endif

#if MPRIV_SHA256_THUMB

#define UNUSED __attribute__((unused))

#if defined(__thumb2__)

/* x: w[t - 16], y: w[t - 15], p: w[t - 2], which becomes w[t]; r0 moves from w[t - 16] to w[t - 15]. */
#define SCHEDULE(x, y, p)                                                                                    \
    "ldr " y ", [r0, #4]!\n\t"                                                                               \
    "ldr r4, [r0, #32]\n\t"                                                                                  \
    "add " x ", " x ", r4\n\t"                                                                               \
    "ror r4, " y ", #18\n\t"                                                                                 \
    "eor r4, r4, " y ", ror #7\n\t"                                                                          \
    "eor r4, r4, " y ", lsr #3\n\t"                                                                          \
    "add " x ", " x ", r4\n\t"                                                                               \
    "ror r4, " p ", #19\n\t"                                                                                 \
    "eor r4, r4, " p ", ror #17\n\t"                                                                         \
    "eor r4, r4, " p ", lsr #10\n\t"                                                                         \
    "add " p ", " x ", r4\n\t"                                                                               \
    "str " p ", [r0, #60]\n\t"
/* As STEP in sha256.c; before and now change places with each step. */
#define STEP(a, b, d, e, f, g, h, w, before, now)                                                            \
    "ldr " now ", [r1], #4\n\t"                                                                              \
    "add " h ", " h ", " w "\n\t"                                                                            \
    "add " h ", " h ", " now "\n\t"                                                                          \
    "eor " now ", " e ", " e ", ror #5\n\t"                                                                  \
    "eor " now ", " now ", " e ", ror #19\n\t"                                                               \
    "add " h ", " h ", " now ", ror #6\n\t"                                                                  \
    "eor " now ", " f ", " g "\n\t"                                                                          \
    "and " now ", " now ", " e "\n\t"                                                                        \
    "eor " now ", " now ", " g "\n\t"                                                                        \
    "add " h ", " h ", " now "\n\t"                                                                          \
    "add " d ", " d ", " h "\n\t"                                                                            \
    "eor " now ", " a ", " a ", ror #11\n\t"                                                                 \
    "eor " now ", " now ", " a ", ror #20\n\t"                                                               \
    "add " h ", " h ", " now ", ror #2\n\t"                                                                  \
    "eor " now ", " a ", " b "\n\t"                                                                          \
    "and " before ", " before ", " now "\n\t"                                                                \
    "eor " before ", " before ", " b "\n\t"                                                                  \
    "add " h ", " h ", " before "\n\t"
#define TWO(a, b, c, d, e, f, g, h)                                                                          \
    "ldrd r12, lr, [r0], #8\n\t" STEP(a, b, d, e, f, g, h, "r12", "r3", "r2")                                \
        STEP(h, a, c, d, e, f, g, "lr", "r2", "r3")
#define WORD                                                                                                 \
    "ldr r3, [r1], #4\n\t"                                                                                   \
    "rev r3, r3\n\t"                                                                                         \
    "str r3, [r0], #4\n\t"

__attribute__((naked)) void mpriv_sha256_block(uint32_t state[8] UNUSED, const uint8_t *block UNUSED,
                                               const uint32_t constant[64] UNUSED) {
    __asm__ volatile("push {r0, r4-r11, lr}\n\t"
                     "sub sp, sp, #256\n\t"
                     "mov r0, sp\n\t"
                     "add r12, r0, #64\n"
                     "1:\n\t" WORD WORD "cmp r0, r12\n\t"
                     "bne 1b\n\t"
                     "mov r1, r2\n\t"
                     "ldr r2, [sp]\n\t"
                     "ldr r5, [sp, #56]\n\t"
                     "ldr r6, [sp, #60]\n\t"
                     "mov r0, sp\n\t"
                     "add r12, r0, #192\n"
                     "2:\n\t" SCHEDULE("r2", "r3", "r5") SCHEDULE(
                         "r3", "r2", "r6") "cmp r0, r12\n\t"
                                           "bne 2b\n\t"
                                           "ldr r0, [sp, #256]\n\t"
                                           "ldm r0, {r4-r11}\n\t"
                                           "mov r0, sp\n\t"
                                           "eor r3, r5, r6\n"
                                           "3:\n\t" TWO("r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11")
                                               TWO("r10", "r11", "r4", "r5", "r6", "r7", "r8", "r9")
                                                   TWO("r8", "r9", "r10", "r11", "r4", "r5", "r6", "r7")
                                                       TWO("r6", "r7", "r8", "r9", "r10", "r11", "r4",
                                                           "r5") "add r2, sp, #256\n\t"
                                                                 "cmp r0, r2\n\t"
                                                                 "bne.w 3b\n\t"
                                                                 "ldr r0, [r0]\n\t"
                                                                 "ldm r0, {r1-r3, r12}\n\t"
                                                                 "add r4, r4, r1\n\t"
                                                                 "add r5, r5, r2\n\t"
                                                                 "add r6, r6, r3\n\t"
                                                                 "add r7, r7, r12\n\t"
                                                                 "stm r0!, {r4-r7}\n\t"
                                                                 "ldm r0, {r1-r3, r12}\n\t"
                                                                 "add r8, r8, r1\n\t"
                                                                 "add r9, r9, r2\n\t"
                                                                 "add r10, r10, r3\n\t"
                                                                 "add r11, r11, r12\n\t"
                                                                 "stm r0, {r8-r11}\n\t"
                                                                 /* The schedule is wiped. */
                                                                 "movs r1, #0\n\t"
                                                                 "movs r2, #0\n\t"
                                                                 "movs r3, #0\n\t"
                                                                 "movs r4, #0\n\t"
                                                                 "movs r5, #0\n\t"
                                                                 "movs r6, #0\n\t"
                                                                 "movs r7, #0\n\t"
                                                                 "mov r12, r1\n\t"
                                                                 "mov r0, sp\n\t"
                                                                 "add lr, r0, #256\n"
                                                                 "4:\n\t"
                                                                 "stm r0!, {r1-r7, r12}\n\t"
                                                                 "stm r0!, {r1-r7, r12}\n\t"
                                                                 "cmp r0, lr\n\t"
                                                                 "bne 4b\n\t"
                                                                 "add sp, sp, #260\n\t"
                                                                 "pop {r4-r11, pc}");
}

#else

/* Two words of the schedule: r0 at w[t - 16], the rotations in r4 to r7. */
#define SCHEDULE(w0, w1, w9, w14, w16)                                                                       \
    "ldr r1, [r0, #" w1 "]\n\t"                                                                              \
    "movs r2, r1\n\t"                                                                                        \
    "rors r2, r4\n\t"                                                                                        \
    "eors r2, r1\n\t"                                                                                        \
    "rors r2, r5\n\t"                                                                                        \
    "lsrs r1, r1, #3\n\t"                                                                                    \
    "eors r2, r1\n\t"                                                                                        \
    "ldr r1, [r0, #" w0 "]\n\t"                                                                              \
    "adds r2, r2, r1\n\t"                                                                                    \
    "ldr r1, [r0, #" w9 "]\n\t"                                                                              \
    "adds r2, r2, r1\n\t"                                                                                    \
    "ldr r1, [r0, #" w14 "]\n\t"                                                                             \
    "movs r3, r1\n\t"                                                                                        \
    "rors r3, r6\n\t"                                                                                        \
    "eors r3, r1\n\t"                                                                                        \
    "rors r3, r7\n\t"                                                                                        \
    "lsrs r1, r1, #10\n\t"                                                                                   \
    "eors r3, r1\n\t"                                                                                        \
    "adds r2, r2, r3\n\t"                                                                                    \
    "str r2, [r0, #" w16 "]\n\t"
/* r2 = x rotated by k + l + m, k + l and k bits: in the order m, l, k. */
#define ROTATIONS(x, m, l, k)                                                                                \
    "movs r2, " x "\n\t"                                                                                     \
    "movs r3, #" m "\n\t"                                                                                    \
    "rors r2, r3\n\t"                                                                                        \
    "eors r2, " x "\n\t"                                                                                     \
    "movs r3, #" l "\n\t"                                                                                    \
    "rors r2, r3\n\t"                                                                                        \
    "eors r2, " x "\n\t"                                                                                     \
    "movs r3, #" k "\n\t"                                                                                    \
    "rors r2, r3\n\t"                                                                                        \
    "adds r6, r6, r2\n\t"
/* a in r5, e in r4, b ^ c in r7; the others in high registers, of which d's then has b and h's has f. */
#define STEP(b, d, f, g, h)                                                                                  \
    "mov r6, " h "\n\t"                                                                                      \
    "ldmia r0!, {r2}\n\t"                                                                                    \
    "adds r6, r6, r2\n\t"                                                                                    \
    "ldmia r1!, {r2}\n\t"                                                                                    \
    "adds r6, r6, r2\n\t" ROTATIONS("r4", "14", "5", "6") "mov r2, " f "\n\t"                                \
                                                          "mov r3, " g "\n\t"                                \
                                                          "eors r2, r3\n\t"                                  \
                                                          "ands r2, r4\n\t"                                  \
                                                          "eors r2, r3\n\t"                                  \
                                                          "adds r6, r6, r2\n\t"                              \
                                                          "mov " h ", r4\n\t"                                \
                                                          "mov r4, " d "\n\t"                                \
                                                          "adds r4, r4, r6\n\t" ROTATIONS(                   \
                                                              "r5", "9", "11", "2") "movs r2, r5\n\t"        \
                                                                                    "mov r3, " b "\n\t"      \
                                                                                    "eors r2, r3\n\t"        \
                                                                                    "ands r7, r2\n\t"        \
                                                                                    "eors r7, r3\n\t"        \
                                                                                    "adds r6, r6, r7\n\t"    \
                                                                                    "movs r7, r2\n\t"        \
                                                                                    "mov " d ", r5\n\t"      \
                                                                                    "movs r5, r6\n\t"
#define WORD                                                                                                 \
    "ldmia r1!, {r3}\n\t"                                                                                    \
    "rev r3, r3\n\t"                                                                                         \
    "stmia r0!, {r3}\n\t"
#define ADD(at, word)                                                                                        \
    "ldr r2, [r0, #" at "]\n\t"                                                                              \
    "mov r3, " word "\n\t"                                                                                   \
    "adds r2, r2, r3\n\t"                                                                                    \
    "str r2, [r0, #" at "]\n\t"

__attribute__((naked)) void mpriv_sha256_block(uint32_t state[8] UNUSED, const uint8_t *block UNUSED,
                                               const uint32_t constant[64] UNUSED) {
    __asm__ volatile(
        ".syntax unified\n\t"
        "push {r4-r7, lr}\n\t"
        "mov r4, r8\n\t"
        "mov r5, r9\n\t"
        "mov r6, r10\n\t"
        "mov r7, r11\n\t"
        "push {r4-r7}\n\t"
        "push {r0, r2}\n\t"
        "sub sp, sp, #256\n\t"
        "mov r0, sp\n\t"
        "movs r2, #4\n"
        "1:\n\t" WORD WORD WORD WORD "subs r2, r2, #1\n\t"
        "bne 1b\n\t"
        "mov r0, sp\n\t"
        "movs r1, #192\n\t"
        "add r1, r1, sp\n\t"
        "mov r12, r1\n\t"
        "movs r4, #11\n\t"
        "movs r5, #7\n\t"
        "movs r6, #2\n\t"
        "movs r7, #17\n"
        "2:\n\t" SCHEDULE("0", "4", "36", "56", "64") SCHEDULE(
            "4", "8", "40", "60",
            "68") "adds r0, r0, #8\n\t"
                  "cmp r0, r12\n\t"
                  "bne 2b\n\t"
                  "ldr r0, [sp, #256]\n\t"
                  "ldr r1, [sp, #260]\n\t"
                  "ldmia r0!, {r5-r7}\n\t"
                  "mov r8, r6\n\t"
                  "mov r9, r7\n\t"
                  "eors r7, r6\n\t"
                  "ldmia r0!, {r2-r4}\n\t"
                  "mov r10, r2\n\t"
                  "mov r11, r4\n\t"
                  "movs r4, r3\n\t"
                  "ldmia r0!, {r2, r3}\n\t"
                  "mov r12, r2\n\t"
                  "mov lr, r3\n\t"
                  "mov r0, sp\n"
                  /* The names of the high registers come round after three steps. */
                  "3:\n\t" STEP("r8", "r10", "r11", "r12", "lr") STEP("r10", "r9", "lr", "r11", "r12")
                      STEP("r9", "r8", "r12", "lr",
                           "r11") "add r2, sp, #252\n\t"
                                  "cmp r0, r2\n\t"
                                  "beq 4f\n\t"
                                  "b 3b\n"
                                  "4:\n\t" STEP("r8", "r10", "r11", "r12", "lr") "ldr r0, [sp, #256]\n\t" ADD(
                                      "0", "r5") ADD("4", "r10") ADD("8", "r8") ADD("12", "r9")
                                      ADD("16", "r4") ADD("20", "lr") ADD("24", "r11") ADD("28", "r12")
        /* The schedule is wiped. */
        "movs r1, #0\n\t"
        "movs r2, #0\n\t"
        "movs r3, #0\n\t"
        "movs r4, #0\n\t"
        "mov r0, sp\n\t"
        "add r5, sp, #256\n"
        "5:\n\t"
        "stmia r0!, {r1-r4}\n\t"
        "stmia r0!, {r1-r4}\n\t"
        "cmp r0, r5\n\t"
        "bne 5b\n\t"
        "add sp, sp, #264\n\t"
        "pop {r4-r7}\n\t"
        "mov r8, r4\n\t"
        "mov r9, r5\n\t"
        "mov r10, r6\n\t"
        "mov r11, r7\n\t"
        "pop {r4-r7, pc}");
}

#endif
#endif

#if MPRIV_SHA256_RISCV32

/* t0 = x rotated by k bits ^ by l bits ^ shifted by m bits, through u. */
#define SMALL_SIGMA(x, k, l, m, u)                                                                           \
    "srli t0, " x ", " #k "\n\t"                                                                             \
    "slli " u ", " x ", 32 - " #k "\n\t"                                                                     \
    "xor t0, t0, " u "\n\t"                                                                                  \
    "srli " u ", " x ", " #l "\n\t"                                                                          \
    "xor t0, t0, " u "\n\t"                                                                                  \
    "slli " u ", " x ", 32 - " #l "\n\t"                                                                     \
    "xor t0, t0, " u "\n\t"                                                                                  \
    "srli " u ", " x ", " #m "\n\t"                                                                          \
    "xor t0, t0, " u "\n\t"
/* The last of them rotated too. */
#define SIGMA(x, k, l, m, u)                                                                                 \
    SMALL_SIGMA(x, k, l, m, u)                                                                               \
    "slli " u ", " x ", 32 - " #m "\n\t"                                                                     \
    "xor t0, t0, " u "\n\t"
#define SCHEDULE(w0, w1, w9, w14)                                                                            \
    SMALL_SIGMA(w1, 7, 18, 3, "t1")                                                                          \
    "add " w0 ", " w0 ", t0\n\t" SMALL_SIGMA(w14, 17, 19, 10, "t1") "add " w0 ", " w0 ", t0\n\t"             \
                                                                    "add " w0 ", " w0 ", " w9 "\n\t"
/* As STEP in sha256.c; before and now, t2 and t1, change places with each step. */
#define STEP(i, a, b, d, e, f, g, h, w, before, now)                                                         \
    "lw t0, 4*" #i "(a2)\n\t"                                                                                \
    "add " h ", " h ", " w "\n\t"                                                                            \
    "add " h ", " h                                                                                          \
    ", t0\n\t" SIGMA(e, 6, 11, 25, now) "add " h ", " h ", t0\n\t"                                           \
                                        "xor t0, " f ", " g "\n\t"                                           \
                                        "and t0, t0, " e "\n\t"                                              \
                                        "xor t0, t0, " g "\n\t"                                              \
                                        "add " h ", " h ", t0\n\t"                                           \
                                        "add " d ", " d ", " h                                               \
                                        "\n\t" SIGMA(a, 2, 13, 22, now) "add " h ", " h ", t0\n\t"           \
                                                                        "xor " now ", " a ", " b "\n\t"      \
                                                                        "and " before ", " before ", " now   \
                                                                        "\n\t"                               \
                                                                        "xor " before ", " before ", " b     \
                                                                        "\n\t"                               \
                                                                        "add " h ", " h ", " before "\n\t"
#define TWO(i, j, a, b, c, d, e, f, g, h, v, w)                                                              \
    STEP(i, a, b, d, e, f, g, h, v, "t2", "t1") STEP(j, h, a, c, d, e, f, g, w, "t1", "t2")
#define EIGHT(i0, i1, i2, i3, i4, i5, i6, i7, w0, w1, w2, w3, w4, w5, w6, w7)                                \
    TWO(i0, i1, "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", w0, w1)                                      \
    TWO(i2, i3, "s6", "s7", "s0", "s1", "s2", "s3", "s4", "s5", w2, w3)                                      \
    TWO(i4, i5, "s4", "s5", "s6", "s7", "s0", "s1", "s2", "s3", w4, w5)                                      \
    TWO(i6, i7, "s2", "s3", "s4", "s5", "s6", "s7", "s0", "s1", w6, w7)
#define WORD(i, w)                                                                                           \
    "lbu t0, 4*" #i "(a1)\n\t"                                                                               \
    "lbu t1, 4*" #i "+1(a1)\n\t"                                                                             \
    "lbu t2, 4*" #i "+2(a1)\n\t"                                                                             \
    "lbu " w ", 4*" #i "+3(a1)\n\t"                                                                          \
    "slli t0, t0, 24\n\t"                                                                                    \
    "slli t1, t1, 16\n\t"                                                                                    \
    "slli t2, t2, 8\n\t"                                                                                     \
    "or t0, t0, t1\n\t"                                                                                      \
    "or " w ", " w ", t2\n\t"                                                                                \
    "or " w ", " w ", t0\n\t"
#define ADD(i, word)                                                                                         \
    "lw t1, 4*" #i "(t0)\n\t"                                                                                \
    "add t1, t1, " word "\n\t"                                                                               \
    "sw t1, 4*" #i "(t0)\n\t"

/* The state in s0 to s7, the schedule's sixteen words in registers that take each other's place. */
__attribute__((naked)) void mpriv_sha256_block(uint32_t state[8] __attribute__((unused)),
                                               const uint8_t *block __attribute__((unused)),
                                               const uint32_t constant[64] __attribute__((unused))) {
    __asm__ volatile(
        "addi sp, sp, -64\n\t"
        "sw ra, 0(sp)\n\t"
        "sw s0, 4(sp)\n\t"
        "sw s1, 8(sp)\n\t"
        "sw s2, 12(sp)\n\t"
        "sw s3, 16(sp)\n\t"
        "sw s4, 20(sp)\n\t"
        "sw s5, 24(sp)\n\t"
        "sw s6, 28(sp)\n\t"
        "sw s7, 32(sp)\n\t"
        "sw s8, 36(sp)\n\t"
        "sw s9, 40(sp)\n\t"
        "sw s10, 44(sp)\n\t"
        "sw s11, 48(sp)\n\t"
        "sw a0, 52(sp)\n\t"
        "addi t0, a2, 256\n\t"
        "sw t0, 56(sp)\n\t"
        "lw s0, 0(a0)\n\t"
        "lw s1, 4(a0)\n\t"
        "lw s2, 8(a0)\n\t"
        "lw s3, 12(a0)\n\t"
        "lw s4, 16(a0)\n\t"
        "lw s5, 20(a0)\n\t"
        "lw s6, 24(a0)\n\t"
        "lw s7, 28(a0)\n\t" WORD(0, "a0") WORD(1, "a3") WORD(2, "a4") WORD(3, "a5") WORD(4, "a6") WORD(
            5, "a7") WORD(6, "t3") WORD(7, "t4") WORD(8, "t5") WORD(9, "t6") WORD(10, "s8") WORD(11, "s9")
            WORD(12, "s10") WORD(13, "s11") WORD(14, "ra") WORD(
                15,
                "a1") "xor t2, s1, s2\n"
                      "1:\n\t" EIGHT(0, 1, 2, 3, 4, 5, 6, 7, "a0", "a3", "a4", "a5", "a6", "a7", "t3", "t4")
                          EIGHT(
                              8, 9,
                              10, 11, 12, 13, 14, 15,
                              "t5",
                              "t6",
                              "s8",
                              "s9",
                              "s10",
                              "s11",
                              "ra",
                              "a1") "addi a2, a2, 64\n\t"
                                    "lw t0, 56(sp)\n\t"
                                    "beq a2, t0, 2f\n\t" SCHEDULE("a0", "a3", "t6", "ra") SCHEDULE(
                                        "a3",
                                        "a4",
                                        "s8",
                                        "a1") SCHEDULE("a4", "a5", "s9", "a0")
                                        SCHEDULE("a5", "a6", "s10", "a3") SCHEDULE("a6", "a7", "s11", "a4")
                                            SCHEDULE("a7", "t3", "ra",
                                                     "a5") SCHEDULE("t3", "t4", "a1", "a6")
                                                SCHEDULE("t4", "t5", "a0",
                                                         "a7") SCHEDULE("t5", "t6", "a3", "t3")
                                                    SCHEDULE("t6", "s8", "a4", "t4") SCHEDULE(
                                                        "s8",
                                                        "s9",
                                                        "a5",
                                                        "t5") SCHEDULE("s9", "s10", "a6", "t6")
                                                        SCHEDULE("s10", "s11", "a7",
                                                                 "s8") SCHEDULE("s11", "ra", "t3", "s9")
                                                            SCHEDULE("ra", "a1", "t4", "s10") SCHEDULE(
                                                                "a1",
                                                                "a0",
                                                                "t5",
                                                                "s11") "j 1b\n"
                                                                       "2:\n\t"
                                                                       "lw t0, 52(sp)\n\t" ADD(0, "s0") ADD(
                                                                           1, "s1") ADD(2, "s2")
                                                                           ADD(3, "s3") ADD(
                                                                               4, "s4") ADD(5, "s5")
                                                                               ADD(6, "s6") ADD(
                                                                                   7,
                                                                                   "s7") "lw ra, 0(sp)\n\t"
                                                                                         "lw s0, 4(sp)\n\t"
                                                                                         "lw s1, 8(sp)\n\t"
                                                                                         "lw s2, 12(sp)\n\t"
                                                                                         "lw s3, 16(sp)\n\t"
                                                                                         "lw s4, 20(sp)\n\t"
                                                                                         "lw s5, 24(sp)\n\t"
                                                                                         "lw s6, 28(sp)\n\t"
                                                                                         "lw s7, 32(sp)\n\t"
                                                                                         "lw s8, 36(sp)\n\t"
                                                                                         "lw s9, 40(sp)\n\t"
                                                                                         "lw s10, 44(sp)\n\t"
                                                                                         "lw s11, 48(sp)\n\t"
                                                                                         "addi sp, sp, 64\n\t"
                                                                                         "ret");
}

#endif

#if MPRIV_SHA256_X86_64

#include <cpuid.h>
#include <immintrin.h>

unsigned mpriv_sha256_detect(void) {
#if defined(__SHA__) && defined(__SSE4_1__)
    return 1U;
#else
    static unsigned asked; /* 1: no, 2: yes; whoever asks at the same time finds the same */
    unsigned known = __atomic_load_n(&asked, __ATOMIC_RELAXED);
    if (known == 0U) {
        const unsigned sha = 1U << 29, ssse3 = 1U << 9, sse41 = 1U << 19;
        unsigned a, b, c, d, features = 0;
        if (__get_cpuid(1U, &a, &b, &c, &d) != 0 && (c & ssse3) != 0U && (c & sse41) != 0U) {
            features = __get_cpuid_count(7U, 0U, &a, &b, &c, &d) != 0 && (b & sha) != 0U;
        }
        known = 1U + features;
        __atomic_store_n(&asked, known, __ATOMIC_RELAXED);
    }
    return known - 1U;
#endif
}

__attribute__((target("sha,ssse3,sse4.1"))) void mpriv_sha256_block(uint32_t state[8], const uint8_t *block,
                                                                    const uint32_t constant[64]) {
    const __m128i reverse = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i words[4], abef, cdgh, old_abef, old_cdgh, high, low;
    unsigned i;
    /* The instructions want the state as a b e f and c d g h, each from the top down. */
    low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xB1);
    high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1B);
    abef = old_abef = _mm_alignr_epi8(low, high, 8);
    cdgh = old_cdgh = _mm_blend_epi16(high, low, 0xF0);
    for (i = 0; i < 4U; i++) {
        words[i] =
            _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(block + 16U * i)), reverse);
    }
#pragma GCC unroll 16
    for (i = 0; i < 16U; i++) {
        __m128i sum = words[i % 4U];
        if (i >= 4U) {
            sum = _mm_sha256msg1_epu32(words[i % 4U], words[(i + 1U) % 4U]);
            sum = _mm_add_epi32(sum, _mm_alignr_epi8(words[(i + 3U) % 4U], words[(i + 2U) % 4U], 4));
            sum = _mm_sha256msg2_epu32(sum, words[(i + 3U) % 4U]);
            words[i % 4U] = sum;
        }
        sum = _mm_add_epi32(sum, _mm_loadu_si128((const __m128i *)(const void *)(constant + 4U * i)));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
    }
    abef = _mm_add_epi32(abef, old_abef);
    cdgh = _mm_add_epi32(cdgh, old_cdgh);
    low = _mm_shuffle_epi32(abef, 0x1B);
    high = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(high, low, 8));
    mpriv_wipe(words, sizeof words);
}

#endif
