/* The CMSDK APB UART 0 of the MPS2 boards. */
#include "firmware.h"

#ifndef UART_BASE
#define UART_BASE 0x40004000U
#endif

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define UART_DATA REGISTER(UART_BASE)
#define UART_STATE REGISTER(UART_BASE + 0x04U)
#define UART_CTRL REGISTER(UART_BASE + 0x08U)
#define UART_INTERRUPT REGISTER(UART_BASE + 0x0CU)
#define UART_BAUDDIV REGISTER(UART_BASE + 0x10U)
#define STATE_TX_FULL 1U
#define STATE_RX_FULL 2U
#define CTRL_TX 1U
#define CTRL_RX 2U
#define CTRL_RX_INTERRUPT 8U
#define INTERRUPT_RX 2U

/* The interrupts that are the UART's, as bits of a register of the interrupt controller. */
#ifndef UART_LINES
#define UART_LINES 1U
#define UART_LINES_REGISTER 0U
#endif
#define NVIC_ENABLE REGISTER(0xE000E100U + 4U * UART_LINES_REGISTER)
#define NVIC_CLEAR_PENDING REGISTER(0xE000E280U + 4U * UART_LINES_REGISTER)

#define CLOCK_HZ 25000000U
#define BAUD 115200U

void uart_start(void) {
    UART_BAUDDIV = CLOCK_HZ / BAUD;
    UART_CTRL = CTRL_TX | CTRL_RX | CTRL_RX_INTERRUPT;
    /* Interrupts stay masked: one that is pending ends the sleep, and no handler runs. */
    NVIC_ENABLE = UART_LINES;
}

uint8_t uart_read(void) {
    while ((UART_STATE & STATE_RX_FULL) == 0) {
        __asm volatile("dsb\n\twfi" ::: "memory");
        UART_INTERRUPT = INTERRUPT_RX;
        NVIC_CLEAR_PENDING = UART_LINES;
    }
    return (uint8_t)UART_DATA;
}

void uart_write(uint8_t byte) {
    while ((UART_STATE & STATE_TX_FULL) != 0) {
    }
    UART_DATA = byte;
}
