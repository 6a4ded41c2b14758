/* The 16550 of QEMU's RISC-V board `virt`. */
#include "firmware.h"

#define REGISTER8(address) (*(volatile uint8_t *)(uintptr_t)(address))
#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define UART_DATA REGISTER8(0x10000000U)
#define UART_INTERRUPT_ENABLE REGISTER8(0x10000001U)
#define UART_LINE_STATUS REGISTER8(0x10000005U)
#define INTERRUPT_RX 1U
#define STATUS_RX_FULL 1U
#define STATUS_TX_EMPTY 0x20U

/* The interrupt controller, for hart 0 in machine mode. */
#define UART_LINE 10U
#define PLIC_PRIORITY REGISTER(0x0C000000U + 4U * UART_LINE)
#define PLIC_ENABLE REGISTER(0x0C002000U)
#define PLIC_CLAIM REGISTER(0x0C200004U)
#define EXTERNAL_INTERRUPT 0x800U

void uart_start(void) {
    /* Its queue stays off: turning it on would drop what came in already. */
    UART_INTERRUPT_ENABLE = INTERRUPT_RX;
    PLIC_PRIORITY = 1;
    PLIC_ENABLE = 1U << UART_LINE;
    /* Interrupts stay masked: one that is pending ends the sleep, and no handler runs. */
    __asm volatile("csrs mie, %0" : : "r"(EXTERNAL_INTERRUPT));
}

uint8_t uart_read(void) {
    while ((UART_LINE_STATUS & STATUS_RX_FULL) == 0) {
        __asm volatile("wfi" ::: "memory");
        PLIC_CLAIM = PLIC_CLAIM;
    }
    return UART_DATA;
}

void uart_write(uint8_t byte) {
    while ((UART_LINE_STATUS & STATUS_TX_EMPTY) == 0) {
    }
    UART_DATA = byte;
}
