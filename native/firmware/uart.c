/* The CMSDK APB UART 0 of the MPS2 boards. */
#include "firmware.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define UART_DATA REGISTER(0x40004000U)
#define UART_STATE REGISTER(0x40004004U)
#define UART_CTRL REGISTER(0x40004008U)
#define UART_INTERRUPT REGISTER(0x4000400CU)
#define UART_BAUDDIV REGISTER(0x40004010U)
#define STATE_TX_FULL 1U
#define STATE_RX_FULL 2U
#define CTRL_TX 1U
#define CTRL_RX 2U
#define CTRL_RX_INTERRUPT 8U
#define INTERRUPT_RX 2U

#define NVIC_ENABLE REGISTER(0xE000E100U)
#define NVIC_CLEAR_PENDING REGISTER(0xE000E280U)
#define UART_RX_LINE 1U /* interrupt 0 */

#define CLOCK_HZ 25000000U
#define BAUD 115200U

void uart_start(void) {
    UART_BAUDDIV = CLOCK_HZ / BAUD;
    UART_CTRL = CTRL_TX | CTRL_RX | CTRL_RX_INTERRUPT;
    /* Interrupts stay masked: one that is pending ends the sleep, and no handler runs. */
    NVIC_ENABLE = UART_RX_LINE;
}

uint8_t uart_read(void) {
    while ((UART_STATE & STATE_RX_FULL) == 0) {
        __asm volatile("dsb\n\twfi" ::: "memory");
        UART_INTERRUPT = INTERRUPT_RX;
        NVIC_CLEAR_PENDING = UART_RX_LINE;
    }
    return (uint8_t)UART_DATA;
}

void uart_write(uint8_t byte) {
    while ((UART_STATE & STATE_TX_FULL) != 0) {
    }
    UART_DATA = byte;
}
