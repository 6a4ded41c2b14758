/* Checks of one battery: its load, its policy, and the moves of a slot. */
#include "batteries.h"

int mpriv_battery_check(double *total, const double *probabilities, size_t count, size_t capacity) {
    int code;
    *total = 0.0;
    if (count == 0U || count > MPRIV_BATTERIES_LOADS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    if (probabilities == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_probabilities_check(total, probabilities, count);
    if (code == MPRIV_OK && (capacity == 0U || capacity > MPRIV_BATTERIES_CAPACITY_MAX)) {
        code = MPRIV_ERROR_RANGE;
    }
    return code;
}

int mpriv_batteries_check_policy(const mpriv_battery_controller *controller) {
    double total;
    size_t state, load, output;
    int code;
    if (controller == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code =
        mpriv_battery_check(&total, controller->probabilities, controller->load_count, controller->capacity);
    if (controller->policy == NULL || code == MPRIV_ERROR_MISUSE) {
        return MPRIV_ERROR_MISUSE;
    }
    if (controller->output_count == 0U || controller->output_count > MPRIV_BATTERIES_LOADS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    if (controller->capacity > MPRIV_BATTERIES_CAPACITY_MAX) {
        return code;
    }
    for (state = 0; state <= controller->capacity; state++) {
        for (load = 0; load < controller->load_count && code != MPRIV_ERROR_MALFORMED; load++) {
            const double *const row =
                controller->policy + (state * controller->load_count + load) * controller->output_count;
            const int checked = mpriv_probabilities_check(&total, row, controller->output_count);
            code = code == MPRIV_OK || checked == MPRIV_ERROR_MALFORMED ? checked : code;
            for (output = 0; code == MPRIV_OK && output < controller->output_count; output++) {
                if (row[output] > 0.0 &&
                    (state + output < load || state + output - load > controller->capacity)) {
                    code = MPRIV_ERROR_RANGE;
                }
            }
        }
    }
    return code;
}

int mpriv_controller_check(const mpriv_battery_controller *controller, const double *initial_state) {
    double total;
    int code = mpriv_batteries_check_policy(controller), checked;
    if (initial_state == NULL || code == MPRIV_ERROR_MISUSE) {
        return MPRIV_ERROR_MISUSE;
    }
    if (controller->capacity > MPRIV_BATTERIES_CAPACITY_MAX) {
        return code;
    }
    checked = mpriv_probabilities_check(&total, initial_state, controller->capacity + 1U);
    return code == MPRIV_OK || checked == MPRIV_ERROR_MALFORMED ? checked : code;
}

int mpriv_batteries_next_state(uint32_t *next_state, uint32_t capacity, uint32_t state, uint32_t load,
                               uint32_t output) {
    if (next_state == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *next_state = 0;
    if (capacity == 0U || capacity > MPRIV_BATTERIES_UNITS_MAX || state > capacity ||
        load > MPRIV_BATTERIES_UNITS_MAX || output > MPRIV_BATTERIES_UNITS_MAX || state + output < load ||
        state + output - load > capacity) {
        return MPRIV_ERROR_RANGE;
    }
    *next_state = state + output - load;
    return MPRIV_OK;
}

int mpriv_batteries_feasible_outputs(uint32_t *lowest, uint32_t *highest, uint32_t capacity, uint32_t state,
                                     uint32_t largest_output, uint32_t load) {
    if (lowest == NULL || highest == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *lowest = 0;
    *highest = 0;
    if (capacity == 0U || capacity > MPRIV_BATTERIES_UNITS_MAX || state > capacity ||
        largest_output > MPRIV_BATTERIES_UNITS_MAX || load > largest_output) {
        return MPRIV_ERROR_RANGE;
    }
    *lowest = load > state ? load - state : 0U;
    *highest = capacity - state + load < largest_output ? capacity - state + load : largest_output;
    return MPRIV_OK;
}
