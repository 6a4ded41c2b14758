/* The privacy-power function at 21 levels in the measuring image: the works with capital letters, and what they
 * left behind, for a test to compare with a host's. */
#include "measure.h"
#include "meter_privacy_power.h"

enum { LEVELS = 21, SLOTS = 96 };

/* e^(-0.3), nearest in fixed point, binary32 and binary64. */
#define DECAY_FIXED 3181790030U
#define DECAY_BINARY32 0x1.7b4c86p-1F
#define DECAY_BINARY64 0x1.7b4c869c37c05p-1

static uint32_t fixed_p[LEVELS], fixed_decays[LEVELS], fixed_work[4U * LEVELS];
static float real32_p[LEVELS], real32_decays[LEVELS], real32_work[4U * LEVELS];
static double real64_p[LEVELS], real64_decays[LEVELS], real64_work[LEVELS];
static uint64_t table[LEVELS * LEVELS];
static uint32_t weights[LEVELS], loads[SLOTS];
static uint8_t randomness[4U * SLOTS];

/* What the works change, in the order in which it is read. */
static struct {
    double real64_q[LEVELS], real64_largest;
    uint64_t row[LEVELS];
    float real32_q[LEVELS], real32_largest, real32_law[LEVELS];
    uint32_t fixed_q[LEVELS], fixed_largest, fixed_law[LEVELS];
    uint32_t outputs[SLOTS], selected;
} left;

static int step_fixed(void) {
    return mpriv_privacy_power_step_fixed(left.fixed_q, &left.fixed_largest, fixed_p, fixed_decays, LEVELS,
                                          fixed_work);
}

static int step_binary32(void) {
    return mpriv_privacy_power_step_binary32(left.real32_q, &left.real32_largest, real32_p, real32_decays,
                                             LEVELS, real32_work);
}

static int step(void) {
    return mpriv_privacy_power_step(left.real64_q, &left.real64_largest, real64_p, real64_decays, LEVELS,
                                    real64_work);
}

static int law_fixed(void) {
    return mpriv_privacy_power_law_fixed(left.fixed_law, fixed_p, fixed_decays, LEVELS, fixed_work);
}

static int law_binary32(void) {
    return mpriv_privacy_power_law_binary32(left.real32_law, real32_p, real32_decays, LEVELS, real32_work);
}

static int thresholds(void) {
    return mpriv_privacy_power_thresholds(left.row, weights, LEVELS);
}

static int select_level(void) {
    left.selected = mpriv_privacy_power_select(table + (LEVELS - 1U) * LEVELS, LEVELS, randomness);
    return MPRIV_OK;
}

static int sample(void) {
    return mpriv_privacy_power_sample(left.outputs, table, LEVELS, loads, SLOTS, randomness,
                                      sizeof randomness);
}

static int (*const operations[])(void) = {step_fixed,   step_binary32, step,         law_fixed,
                                          law_binary32, thresholds,    select_level, sample};

int (*power_operation(uint8_t letter))(void) {
    const unsigned index = (unsigned)letter - 'A';
    return index < sizeof operations / sizeof *operations ? operations[index] : NULL;
}

void power_report(void) {
    size_t i;
    for (i = 0; i < sizeof left; i++) {
        uart_write(((const uint8_t *)&left)[i]);
    }
}

/* A load whose level k has the weight 21 - k, the uniform law to start from; in row i of the table every level up
 * to i has the same weight. */
int power_set_up(void) {
    const double whole = (double)LEVELS * (LEVELS + 1U) / 2.0;
    int code = MPRIV_OK;
    uint32_t i, k;
    for (k = 0; k < LEVELS; k++) {
        real64_p[k] = (LEVELS - k) / whole;
        real32_p[k] = (float)real64_p[k];
        fixed_p[k] = (uint32_t)(real64_p[k] * 0x1p31);
        left.real64_q[k] = 1.0 / LEVELS;
        left.real32_q[k] = 1.0F / LEVELS;
        left.fixed_q[k] = 0x80000000U / LEVELS;
        real64_decays[k] = DECAY_BINARY64;
        real32_decays[k] = DECAY_BINARY32;
        fixed_decays[k] = DECAY_FIXED;
    }
    for (i = 0; i < LEVELS; i++) {
        weights[i] = 1U;
        code = code == MPRIV_OK ? mpriv_privacy_power_thresholds(table + i * LEVELS, weights, LEVELS) : code;
    }
    for (i = 0; i < SLOTS; i++) {
        loads[i] = i % LEVELS;
    }
    for (i = 0; i < sizeof randomness; i++) {
        randomness[i] = (uint8_t)(i * i + 7U * i + 53U);
    }
    return code;
}
