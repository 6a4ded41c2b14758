/* What the measuring images share: the plug-in icount counts the instructions between the two marks around a piece
 * of work, and is told there where the stack was and how deep it went. */
#include "measure.h"

#define PAINT 0xA5U

extern uint8_t stack_start[];

/* The plug-in sees this load. */
__attribute__((noinline, naked)) void mark(const volatile void *address) {
#if defined(__riscv)
    __asm volatile(".option push\n\t.option norvc\n\tlbu a0, 0(a0)\n\tret\n\t.option pop" : : "r"(address));
#else
    __asm volatile("ldrb r0, [r0]\n\tbx lr" : : "r"(address));
#endif
}

static uint8_t *here(void) {
    uint8_t *pointer;
#if defined(__riscv)
    __asm volatile("mv %0, sp" : "=r"(pointer));
#else
    __asm volatile("mov %0, sp" : "=r"(pointer));
#endif
    return pointer;
}

/* Its own frame is what the stack has before the operation, so that nothing is called between. */
int measured(int (*operation)(void)) {
    uint8_t *const top = here();
    volatile uint8_t *byte;
    int code;
    for (byte = stack_start; byte < top; byte++) {
        *byte = PAINT;
    }
    mark(top);
    code = operation();
    byte = stack_start;
    mark(top);
    while (*byte == PAINT) {
        byte++;
    }
    mark(byte);
    return code;
}
