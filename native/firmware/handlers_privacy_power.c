/* The operations of the privacy-power function that are an energy management unit's. */
#include "handlers.h"
#include "meter_privacy_power.h"

#define SLOTS_MAX 1024U

static uint64_t policy_table[MPRIV_POWER_TABLE_MAX * MPRIV_POWER_TABLE_MAX];
static uint32_t levels[SLOTS_MAX], outputs[SLOTS_MAX];
static int64_t integers[SLOTS_MAX];

void forget_privacy_power(void) {
    mpriv_wipe(levels, sizeof levels);
    mpriv_wipe(outputs, sizeof outputs);
    mpriv_wipe(integers, sizeof integers);
}

int privacy_power_thresholds(const request_view *request, mpriv_writer *writer) {
    mpriv_privacy_power_thresholds_input in;
    mpriv_privacy_power_thresholds_output out;
    int status = DECODE(privacy_power_thresholds, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.weights);
    for (size_t i = 0; i < in.weights.count; i++) {
        int64_t weight;
        if ((status = mpriv_next_privacy_power_thresholds_weights(&reader, &weight)) != 0) {
            return status;
        }
        levels[i] = (uint32_t)weight;
    }
    status = mpriv_privacy_power_thresholds(policy_table, levels, in.weights.count);
    if (status != 0) {
        return status;
    }
    for (size_t i = 0; i < in.weights.count; i++) {
        integers[i] = (int64_t)policy_table[i];
    }
    out.thresholds.items = integers;
    out.thresholds.count = in.weights.count;
    return mpriv_encode_privacy_power_thresholds(writer, &out);
}

int privacy_power_sample(const request_view *request, mpriv_writer *writer) {
    mpriv_privacy_power_sample_input in;
    mpriv_privacy_power_sample_output out;
    int status = DECODE(privacy_power_sample, &in);
    if (status != 0) {
        return status;
    }
    const size_t count = in.table.count, slots = in.levels.count;
    mpriv_reader reader = mpriv_list_reader(&in.table);
    for (size_t i = 0; i < count; i++) {
        mpriv_privacy_power_sample_table_item row;
        if ((status = mpriv_next_privacy_power_sample_table(&reader, &row)) != 0) {
            return status;
        }
        if (row.thresholds.count != count) {
            return MPRIV_ERROR_MALFORMED;
        }
        mpriv_reader thresholds = mpriv_list_reader(&row.thresholds);
        for (size_t j = 0; j < count; j++) {
            int64_t threshold;
            status = mpriv_next_privacy_power_sample_table_item_thresholds(&thresholds, &threshold);
            if (status != 0) {
                return status;
            }
            policy_table[i * count + j] = (uint64_t)threshold;
        }
    }
    reader = mpriv_list_reader(&in.levels);
    for (size_t i = 0; i < slots; i++) {
        int64_t level;
        if ((status = mpriv_next_privacy_power_sample_levels(&reader, &level)) != 0) {
            return status;
        }
        levels[i] = (uint32_t)level;
    }
    if ((status = mpriv_privacy_power_check_table(policy_table, count)) != 0 ||
        (status = explicit_randomness()) != 0) {
        return status;
    }
    status = mpriv_privacy_power_sample(outputs, policy_table, count, levels, slots, in.random.data,
                                        in.random.length);
    if (status != 0) {
        return status;
    }
    for (size_t i = 0; i < slots; i++) {
        integers[i] = outputs[i];
    }
    out.outputs.items = integers;
    out.outputs.count = slots;
    out.consumed = (int64_t)(4U * slots);
    return mpriv_encode_privacy_power_sample(writer, &out);
}
