/* Start-up of a Cortex-M: vectors and memory. */
#include "firmware.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define SCB_AIRCR REGISTER(0xE000ED0CU)
#define AIRCR_RESET 0x05FA0004U

#define STACK_PAINT 0xC5C5C5C5U

extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[], stack_start[], stack_end[];

int main(void);
void reset_handler(void);

_Noreturn void device_reset(void) {
    __asm volatile("dsb" ::: "memory");
    SCB_AIRCR = AIRCR_RESET;
    for (;;) {
    }
}

static void fault_handler(void) {
    device_reset();
}

typedef union {
    uint32_t *stack;
    void (*handler)(void);
} vector;

__attribute__((section(".vectors"), used)) static const vector vectors[16] = {
    {.stack = stack_end},
    {.handler = reset_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.stack = NULL},
    {.stack = NULL},
    {.stack = NULL},
    {.stack = NULL},
    {.handler = fault_handler},
    {.handler = fault_handler},
    {.stack = NULL},
    {.handler = fault_handler},
    {.handler = fault_handler},
};

void reset_handler(void) {
    __asm volatile("cpsid i" ::: "memory");
    /* Painted, so that a debugger sees how deep the stack has been; not what this function stands on. */
    uint32_t *here;
    __asm volatile("mov %0, sp" : "=r"(here));
    for (volatile uint32_t *word = stack_start; word < here - 16; word++) {
        *word = STACK_PAINT;
    }
    for (volatile uint32_t *to = data_start, *from = data_load; to < data_end;) {
        *to++ = *from++;
    }
    for (volatile uint32_t *word = bss_start; word < bss_end;) {
        *word++ = 0;
    }
    (void)main();
    device_reset();
}
