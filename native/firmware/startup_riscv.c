/* Start-up of a RISC-V core of 32 bits in machine mode. */
#include "firmware.h"

/* The board's test device, which can reset it. */
#define FINISHER (*(volatile uint32_t *)(uintptr_t)0x00100000U)
#define FINISHER_RESET 0x7777U

/* The second entry: from the first one's address to its own, locked, executable, readable. */
#define PMP_LOCKED_CODE 0x8D00U

#define STACK_PAINT 0xC5C5C5C5U

extern uint32_t bss_start[], bss_end[], stack_start[];

int main(void);
_Noreturn void start_up(void);
void reset_handler(void);

_Noreturn __attribute__((aligned(4))) void device_reset(void) {
    FINISHER = FINISHER_RESET;
    for (;;) {
    }
}

__attribute__((naked, section(".vectors"))) void reset_handler(void) {
    __asm volatile(".option push\n\t"
                   ".option norelax\n\t"
                   "la gp, __global_pointer$\n\t"
                   ".option pop\n\t"
                   "la sp, stack_end\n\t"
                   "la t0, device_reset\n\t"
                   "csrw mtvec, t0\n\t"
                   "j start_up");
}

_Noreturn void start_up(void) {
    uint32_t *here;
    /* From reset_handler to stack_start: read and execute only, for machine mode too, until the next reset. */
    __asm volatile("csrw pmpaddr0, %0\n\t"
                   "csrw pmpaddr1, %1\n\t"
                   "csrw pmpcfg0, %2"
                   :
                   : "r"((uintptr_t)reset_handler >> 2), "r"((uintptr_t)stack_start >> 2),
                     "r"(PMP_LOCKED_CODE)
                   : "memory");
    __asm volatile("mv %0, sp" : "=r"(here));
    for (volatile uint32_t *word = stack_start; word < here - 16; word++) {
        *word = STACK_PAINT;
    }
    for (volatile uint32_t *word = bss_start; word < bss_end;) {
        *word++ = 0;
    }
    (void)main();
    device_reset();
}
