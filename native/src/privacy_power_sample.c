/* The energy management unit: integer thresholds and explicit random bytes give the level taken from the
 * grid.
 */
#include "internal.h"
#include "meter_privacy_power.h"

#define ALL ((uint64_t)1 << 32)

int mpriv_privacy_power_thresholds(uint64_t *thresholds, const uint32_t *weights, size_t count) {
    uint64_t total = 0, partial = 0;
    size_t j;
    if (thresholds == NULL || weights == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    memset(thresholds, 0, count * sizeof *thresholds);
    if (count == 0U || count > MPRIV_POWER_TABLE_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (j = 0; j < count; j++) {
        total += weights[j];
    }
    if (total == 0U || total >= ALL) {
        return MPRIV_ERROR_RANGE;
    }
    for (j = 0; j < count; j++) {
        partial += weights[j];
        thresholds[j] = (partial << 32) / total;
    }
    return MPRIV_OK;
}

int mpriv_privacy_power_check_table(const uint64_t *table, size_t count) {
    size_t i, j;
    if (table == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U || count > MPRIV_POWER_TABLE_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (i = 0; i < count; i++) {
        const uint64_t *const row = table + i * count;
        for (j = 0; j < count; j++) {
            if (row[j] > ALL || (j > 0U && row[j] < row[j - 1U])) {
                return MPRIV_ERROR_RANGE;
            }
        }
        if (row[i] != ALL) {
            return MPRIV_ERROR_RANGE;
        }
    }
    return MPRIV_OK;
}

uint32_t mpriv_privacy_power_select(const uint64_t *row, size_t count, const uint8_t random[4]) {
    const uint32_t drawn = (uint32_t)random[0] | ((uint32_t)random[1] << 8) | ((uint32_t)random[2] << 16) |
                           ((uint32_t)random[3] << 24);
    uint32_t passed = 0;
    size_t j;
    for (j = 0; j < count; j++) {
        /* The borrow of drawn - row[j] is 0 where the threshold is not above. */
        passed += 1U - (uint32_t)(((uint64_t)drawn - row[j]) >> 63);
    }
    return passed;
}

int mpriv_privacy_power_sample(uint32_t *outputs, const uint64_t *table, size_t count, const uint32_t *levels,
                               size_t slots, const uint8_t *random, size_t random_length) {
    size_t t;
    int code;
    if (table == NULL || ((outputs == NULL || levels == NULL) && slots != 0U) ||
        mpriv_absent(random, random_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    for (t = 0; t < slots; t++) {
        outputs[t] = 0;
    }
    code = mpriv_privacy_power_check_table(table, count);
    for (t = 0; code == MPRIV_OK && t < slots; t++) {
        code = levels[t] < count ? MPRIV_OK : MPRIV_ERROR_RANGE;
    }
    if (code == MPRIV_OK && random_length / 4U < slots) {
        code = MPRIV_ERROR_EXHAUSTED;
    }
    for (t = 0; code == MPRIV_OK && t < slots; t++) {
        outputs[t] = mpriv_privacy_power_select(table + levels[t] * count, count, random + 4U * t);
    }
    return code;
}
