/* What one slot tells: invariance, structured policies, and Theorem 1 for two batteries in a cascade. */
#include "batteries.h"

static double sum_of(const double *numbers, size_t count) {
    mpriv_sum sum = {0.0, 0.0};
    size_t k;
    for (k = 0; k < count; k++) {
        mpriv_accumulate(&sum, numbers[k]);
    }
    return mpriv_total(&sum);
}

/* The entropy in nats of numbers that are divided by their sum total. */
static double entropy_of(const double *numbers, size_t count, double total) {
    mpriv_sum sum = {0.0, 0.0};
    size_t k;
    for (k = 0; k < count; k++) {
        mpriv_accumulate(&sum, mpriv_entropy_term(numbers[k] / total));
    }
    return mpriv_total(&sum);
}

static double positive(double value) {
    return value > 0.0 ? value : 0.0;
}

/* Row (s, x) of a policy. */
static const double *row_of(const mpriv_battery_controller *of, size_t s, size_t x) {
    return of->policy + (s * of->load_count + x) * of->output_count;
}

/* The law of the output, sum theta(s) p(x) H(Y | s, x) in nats to *within, and the residual of invariance to
 * *residual. after has room for (capacity + 1) output_count numbers. p and theta add up to any sum. */
static void one_slot(double *law, double *within, double *residual, double *after,
                     const mpriv_battery_controller *of, const double *p, const double *theta) {
    const size_t n = of->capacity + 1U, outputs = of->output_count;
    const double whole = sum_of(p, of->load_count) * sum_of(theta, n), states = sum_of(theta, n);
    mpriv_sum noise = {0.0, 0.0};
    size_t s, x, y;
    for (y = 0; y < outputs; y++) {
        law[y] = 0.0;
        for (s = 0; s < n; s++) {
            after[y * n + s] = 0.0;
        }
    }
    for (s = 0; s < n; s++) {
        for (x = 0; x < of->load_count; x++) {
            const double mass = p[x] * theta[s] / whole;
            const double *const row = row_of(of, s, x);
            const double total = sum_of(row, outputs);
            if (mass > 0.0) {
                mpriv_accumulate(&noise, mass * entropy_of(row, outputs, total));
            }
            for (y = 0; y < outputs; y++) {
                if (row[y] > 0.0) {
                    law[y] += mass * row[y] / total;
                    after[y * n + (s + y - x)] += mass * row[y] / total;
                }
            }
        }
    }
    *within = mpriv_total(&noise);
    *residual = 0.0;
    for (y = 0; y < outputs; y++) {
        for (s = 0; law[y] > 0.0 && s < n; s++) {
            const double apart = mpriv_abs(after[y * n + s] / law[y] - theta[s] / states);
            *residual = apart > *residual ? apart : *residual;
        }
    }
}

int mpriv_batteries_invariance(double *residual, double *output_probabilities,
                               const mpriv_battery_controller *controller, const double *initial_state,
                               void *scratch, size_t scratch_length) {
    double within;
    size_t room;
    double *memory;
    int code;
    if (residual == NULL || output_probabilities == NULL || controller == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_controller_check(controller, initial_state);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    *residual = 0.0;
    if (controller->output_count <= MPRIV_BATTERIES_LOADS_MAX) {
        memset(output_probabilities, 0, controller->output_count * sizeof *output_probabilities);
    }
    if (code != MPRIV_OK) {
        return code;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    if (room < (controller->capacity + 1U) * controller->output_count) {
        return MPRIV_ERROR_SCRATCH;
    }
    one_slot(output_probabilities, &within, residual, memory, controller, controller->probabilities,
             initial_state);
    return MPRIV_OK;
}

size_t mpriv_batteries_cascade_scratch_bytes(const mpriv_battery_controller *first,
                                             const mpriv_battery_controller *second) {
    size_t n;
    if (first == NULL || second == NULL || first->capacity > MPRIV_BATTERIES_CAPACITY_MAX ||
        second->capacity > MPRIV_BATTERIES_CAPACITY_MAX || first->output_count > MPRIV_BATTERIES_LOADS_MAX ||
        second->output_count > MPRIV_BATTERIES_LOADS_MAX) {
        return 0;
    }
    n = (first->capacity > second->capacity ? first->capacity : second->capacity) + 1U;
    n *= first->output_count > second->output_count ? first->output_count : second->output_count;
    return (n + first->output_count + 2U * second->output_count + 1U) * sizeof(double);
}

int mpriv_batteries_cascade_bound(mpriv_cascade_terms *terms, const mpriv_battery_controller *first,
                                  const double *first_state, const mpriv_battery_controller *second,
                                  const double *second_state, void *scratch, size_t scratch_length) {
    static const double certain[MPRIV_BATTERIES_LOADS_MAX] = {1.0};
    mpriv_battery_controller given;
    mpriv_sum noise = {0.0, 0.0};
    double *after, *between, *output, *mixed;
    double first_within, second_within, of_w, of_y, load_total, whole;
    size_t a, b, x, w, y, room;
    int code, checked;
    if (terms == NULL || first == NULL || second == NULL || second->policy == NULL || second_state == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_controller_check(first, first_state);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    memset(terms, 0, sizeof *terms);
    if (code == MPRIV_ERROR_MALFORMED) {
        return code;
    }
    if (second->load_count != first->output_count) {
        return MPRIV_ERROR_MALFORMED;
    }
    /* Any law of its loads does for the checks; what runs between the batteries is computed where both hold. */
    given = *second;
    given.probabilities = certain;
    checked = mpriv_controller_check(&given, second_state);
    code = code == MPRIV_OK || checked == MPRIV_ERROR_MALFORMED ? checked : code;
    if (code != MPRIV_OK) {
        return code;
    }
    if (scratch_length < mpriv_batteries_cascade_scratch_bytes(first, second)) {
        return MPRIV_ERROR_SCRATCH;
    }
    between = mpriv_reals(scratch, scratch_length, &room);
    output = between + first->output_count;
    mixed = output + second->output_count;
    after = mixed + second->output_count;
    one_slot(between, &first_within, &terms->residuals[0], after, first, first->probabilities, first_state);
    one_slot(output, &second_within, &terms->residuals[1], after, &given, between, second_state);
    /* H(Y | S_A, S_B, X) */
    load_total = sum_of(first->probabilities, first->load_count);
    whole =
        load_total * sum_of(first_state, first->capacity + 1U) * sum_of(second_state, second->capacity + 1U);
    for (a = 0; a <= first->capacity; a++) {
        for (x = 0; x < first->load_count; x++) {
            const double *const row = row_of(first, a, x);
            const double total = sum_of(row, first->output_count);
            for (b = 0; b <= second->capacity; b++) {
                const double mass = first->probabilities[x] * first_state[a] * second_state[b] / whole;
                if (mass == 0.0) {
                    continue;
                }
                for (y = 0; y < second->output_count; y++) {
                    mixed[y] = 0.0;
                }
                for (w = 0; w < first->output_count; w++) {
                    if (row[w] > 0.0) {
                        const double *const next = row_of(second, b, w);
                        const double share = row[w] / total / sum_of(next, second->output_count);
                        for (y = 0; y < second->output_count; y++) {
                            mixed[y] += share * next[y];
                        }
                    }
                }
                mpriv_accumulate(&noise, mass * entropy_of(mixed, second->output_count, 1.0));
            }
        }
    }
    of_w = entropy_of(between, first->output_count, 1.0);
    of_y = entropy_of(output, second->output_count, 1.0);
    terms->first_bits = positive(of_w - first_within) * MPRIV_INVERSE_LN2;
    terms->second_bits = positive(of_y - second_within) * MPRIV_INVERSE_LN2;
    terms->joint_bits =
        positive(of_w + mpriv_total(&noise) - first_within - second_within) * MPRIV_INVERSE_LN2;
    terms->bound_bits = positive(of_y - mpriv_total(&noise)) * MPRIV_INVERSE_LN2;
    return MPRIV_OK;
}

/* ---- Structured policies ------------------------------------------------------------------------------- */

/* The law of V = S - X at v + count - 1; returns the check's code, with the sums. */
static int difference_law(double *law, double *load_total, double *state_total, const double *probabilities,
                          size_t count, const double *initial_state, size_t capacity) {
    size_t s, x;
    int code = mpriv_battery_check(load_total, probabilities, count, capacity), checked;
    if (code == MPRIV_ERROR_MALFORMED || capacity > MPRIV_BATTERIES_CAPACITY_MAX) {
        return code;
    }
    checked = mpriv_probabilities_check(state_total, initial_state, capacity + 1U);
    code = code == MPRIV_OK || checked == MPRIV_ERROR_MALFORMED ? checked : code;
    if (code != MPRIV_OK) {
        return code;
    }
    for (s = 0; s < capacity + count; s++) {
        law[s] = 0.0;
    }
    for (s = 0; s <= capacity; s++) {
        for (x = 0; x < count; x++) {
            law[s + count - 1U - x] += initial_state[s] / *state_total * (probabilities[x] / *load_total);
        }
    }
    return MPRIV_OK;
}

int mpriv_batteries_structured_policy(double *policy, const double *probabilities, size_t count,
                                      const double *initial_state, size_t capacity, void *scratch,
                                      size_t scratch_length) {
    double load_total, state_total, *law;
    size_t s, x, y, room;
    int code;
    if (policy == NULL || initial_state == NULL || (probabilities == NULL && count != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    law = mpriv_reals(scratch, scratch_length, &room);
    if (count != 0U && count <= MPRIV_BATTERIES_LOADS_MAX && capacity <= MPRIV_BATTERIES_CAPACITY_MAX) {
        if (room < capacity + count) {
            return MPRIV_ERROR_SCRATCH;
        }
        memset(policy, 0, (capacity + 1U) * count * count * sizeof *policy);
    }
    code = difference_law(law, &load_total, &state_total, probabilities, count, initial_state, capacity);
    if (code != MPRIV_OK) {
        return code;
    }
    for (s = 0; s <= capacity; s++) {
        for (x = 0; x < count; x++) {
            double *const row = policy + (s * count + x) * count;
            const double over = law[s + count - 1U - x];
            for (y = 0; y < count; y++) {
                if (over == 0.0) {
                    row[y] = x == y ? 1.0 : 0.0;
                } else if (s + y >= x && s + y - x <= capacity) {
                    row[y] = probabilities[y] / load_total * (initial_state[s + y - x] / state_total) / over;
                }
            }
        }
    }
    return MPRIV_OK;
}

int mpriv_batteries_structured_leakage(double *leakage_bits, double *lower_bits, const double *probabilities,
                                       size_t count, const double *initial_state, size_t capacity,
                                       void *scratch, size_t scratch_length) {
    mpriv_sum value = {0.0, 0.0};
    double load_total, state_total, least = MPRIV_INFINITY, *law;
    size_t s, x, room;
    int code;
    if (leakage_bits == NULL || lower_bits == NULL || initial_state == NULL ||
        (probabilities == NULL && count != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    *leakage_bits = 0.0;
    *lower_bits = 0.0;
    law = mpriv_reals(scratch, scratch_length, &room);
    if (count != 0U && count <= MPRIV_BATTERIES_LOADS_MAX && capacity <= MPRIV_BATTERIES_CAPACITY_MAX &&
        room < capacity + count) {
        return MPRIV_ERROR_SCRATCH;
    }
    code = difference_law(law, &load_total, &state_total, probabilities, count, initial_state, capacity);
    if (code != MPRIV_OK) {
        return code;
    }
    for (s = 0; s <= capacity; s++) {
        const double own = initial_state[s] / state_total;
        double slope;
        if (own == 0.0) {
            least = 0.0;
            continue;
        }
        slope = mpriv_log(own);
        for (x = 0; x < count; x++) {
            if (probabilities[x] > 0.0) {
                slope -= probabilities[x] / load_total * mpriv_log(law[s + count - 1U - x]);
            }
        }
        least = slope < least ? slope : least;
        mpriv_accumulate(&value, own * slope);
    }
    *leakage_bits = positive(mpriv_total(&value)) * MPRIV_INVERSE_LN2;
    *lower_bits = positive(least) * MPRIV_INVERSE_LN2;
    return MPRIV_OK;
}
