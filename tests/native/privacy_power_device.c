/* On the emulated device: fixed-point steps of Blahut-Arimoto and the policy sampler at 21 levels. Writes the
 * instructions of one step and of one slot, then the law after the steps, to the serial line. QEMU counts one
 * nanosecond an instruction, the board's timer ticks every 40 of them. */
#include "meter_privacy_power.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define TIMER_CONTROL REGISTER(0x40000000U)
#define TIMER_VALUE REGISTER(0x40000004U)
#define TIMER_RELOAD REGISTER(0x40000008U)
#define UART_DATA REGISTER(0x40004000U)
#define UART_STATE REGISTER(0x40004004U)
#define UART_CONTROL REGISTER(0x40004008U)
#define UART_DIVISOR REGISTER(0x40004010U)
#define TICK 40U

enum { COUNT = 21, STEPS = 400, SLOTS = 1000 };

static uint32_t q[COUNT], p[COUNT], decays[COUNT], work[COUNT];
static uint64_t table[COUNT * COUNT];

int main(void);

static void put(char character) {
    while ((UART_STATE & 1U) != 0U) {
    }
    UART_DATA = (uint32_t)(uint8_t)character;
}

static void put_number(uint32_t number) {
    char digits[10];
    unsigned n = 0;
    do {
        digits[n++] = (char)('0' + number % 10U);
        number /= 10U;
    } while (number != 0U);
    while (n > 0U) {
        put(digits[--n]);
    }
    put('\n');
}

int main(void) {
    uint32_t start, largest, passed = 0, k, i, code = 0;
    uint8_t random[4] = {0x35, 0x9a, 0xc1, 0x7e};
    UART_DIVISOR = 16U;
    UART_CONTROL = 1U;
    TIMER_RELOAD = 0xffffffffU;
    TIMER_VALUE = 0xffffffffU;
    TIMER_CONTROL = 1U;
    for (k = 0; k < COUNT; k++) {
        q[k] = p[k] = 0x80000000U / COUNT;
        decays[k] = 3181790030U; /* e^(-0.3) 2^32 */
    }
    start = TIMER_VALUE;
    for (i = 0; i < STEPS; i++) {
        code |= (uint32_t)mpriv_privacy_power_step_fixed(q, &largest, p, decays, COUNT, work);
    }
    put_number((start - TIMER_VALUE) * TICK / STEPS);
    for (i = 0; i < COUNT; i++) {
        uint32_t weights[COUNT] = {0};
        for (k = 0; k <= i; k++) {
            weights[k] = 1U + (q[k] >> 6);
        }
        code |= (uint32_t)mpriv_privacy_power_thresholds(table + i * COUNT, weights, COUNT);
    }
    code |= (uint32_t)mpriv_privacy_power_check_table(table, COUNT);
    start = TIMER_VALUE;
    for (i = 0; i < SLOTS; i++) {
        passed += mpriv_privacy_power_select(table + (i % COUNT) * COUNT, COUNT, random);
        random[i % 4U] = (uint8_t)(random[i % 4U] + 37U);
    }
    put_number((start - TIMER_VALUE) * TICK / SLOTS);
    put_number(code);
    put_number(passed);
    for (k = 0; k < COUNT; k++) {
        put_number(q[k]);
    }
    put('.');
    for (;;) {
    }
}
