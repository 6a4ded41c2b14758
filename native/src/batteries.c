/* What any policy of one battery leaks: closed classes and their stationary laws, bounds by blocks, and an
 * estimate along a simulated path.
 *
 * Given a law a of the state, a slot tells I(S, X; Y) = H(Y) - sum a(s) h(s) with h(s) the mean entropy of
 * the rows of s. The law after grid loads y^(t-1) is a Markov process (the forward recursion), and the mean
 * of I over it is I(S_t, X_t; Y_t | Y^(t-1)), which these sum up to I(S_1, X^T; Y^T). I is concave in a: in a
 * stationary process that mean falls with t, and rises with t where S_1 is known besides. */
#include "batteries.h"

#define ALL ((uint64_t)1 << 32)

/* The tables of a controller in the caller's scratch. Index (s, y): s + (capacity + 1) y. */
typedef struct {
    size_t states;
    size_t loads;
    size_t outputs;
    double *step;    /* [y][x][s]: P(X = x, Y = y | S = s) */
    double *seen;    /* [y][s]: P(Y = y | S = s) */
    double *entropy; /* [s]: h(s) in nats */
} tables;

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
    if (controller->output_count == 0U || controller->output_count > MPRIV_BATTERIES_LOADS_MAX) {
        return code == MPRIV_ERROR_MISUSE ? code : MPRIV_ERROR_MALFORMED;
    }
    if (controller->policy == NULL) {
        return MPRIV_ERROR_MISUSE;
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

static size_t table_reals(const mpriv_battery_controller *controller) {
    return (controller->capacity + 1U) * ((controller->load_count + 1U) * controller->output_count + 1U);
}

/* Fills in the tables at memory; returns what is after them. */
static double *fill(tables *to, double *memory, const mpriv_battery_controller *controller) {
    const size_t states = controller->capacity + 1U;
    double load_total = 0.0;
    size_t s, x, y;
    to->states = states;
    to->loads = controller->load_count;
    to->outputs = controller->output_count;
    to->step = memory;
    to->seen = to->step + states * to->loads * to->outputs;
    to->entropy = to->seen + states * to->outputs;
    for (x = 0; x < to->loads; x++) {
        load_total += controller->probabilities[x];
    }
    for (s = 0; s < states; s++) {
        to->entropy[s] = 0.0;
        for (y = 0; y < to->outputs; y++) {
            to->seen[y * states + s] = 0.0;
        }
        for (x = 0; x < to->loads; x++) {
            const double *const row = controller->policy + (s * to->loads + x) * to->outputs;
            const double chance = controller->probabilities[x] / load_total;
            double total = 0.0;
            for (y = 0; y < to->outputs; y++) {
                total += row[y];
            }
            for (y = 0; y < to->outputs; y++) {
                const double q = row[y] / total;
                to->step[(y * to->loads + x) * states + s] = chance * q;
                to->seen[y * states + s] += chance * q;
                to->entropy[s] += chance * mpriv_entropy_term(q);
            }
        }
    }
    return to->entropy + states;
}

/* sum a(s) h(s) and P(Y = y) to expected[y], for a law a of any sum. */
static double expect(const tables *of, const double *a, double *expected) {
    double within = 0.0;
    size_t s, y;
    for (y = 0; y < of->outputs; y++) {
        const double *const seen = of->seen + y * of->states;
        double sum = 0.0;
        for (s = 0; s < of->states; s++) {
            sum += a[s] * seen[s];
        }
        expected[y] = sum;
    }
    for (s = 0; s < of->states; s++) {
        within += a[s] * of->entropy[s];
    }
    return within;
}

/* next(s') = sum over s - x + y = s' of a(s) P(x, y | s): not divided by its sum, which is P(Y = y). */
static void advance(const tables *of, double *next, const double *a, size_t y) {
    size_t s, x;
    for (s = 0; s < of->states; s++) {
        next[s] = 0.0;
    }
    for (x = 0; x < of->loads; x++) {
        const double *const step = of->step + (y * of->loads + x) * of->states;
        const size_t from = x > y ? x - y : 0U, up = y > x ? y - x : 0U;
        for (s = from; s + up < of->states; s++) {
            next[s + up - from] += a[s] * step[s];
        }
    }
}

/* ---- Classes ------------------------------------------------------------------------------------------- */

/* moves[s][s'] = P(S' = s' | S = s). */
static void fill_moves(const tables *of, double *moves) {
    const size_t n = of->states;
    size_t s, x, y;
    memset(moves, 0, n * n * sizeof *moves);
    for (y = 0; y < of->outputs; y++) {
        for (x = 0; x < of->loads; x++) {
            for (s = 0; s < n; s++) {
                const double chance = of->step[(y * of->loads + x) * n + s];
                if (chance > 0.0) {
                    moves[s * n + (s + y - x)] += chance;
                }
            }
        }
    }
}

/* ---- Blocks -------------------------------------------------------------------------------------------- */

/* The sum over all y^(block - 1) of P(y^(block - 1)) I(S, X; Y) in nats from the law in the first n numbers of
 * laws, which has room for block laws; chosen has room for block numbers. */
static double conditional(const tables *of, double *laws, size_t *chosen, double *expected, size_t block) {
    mpriv_sum sum = {0.0, 0.0};
    const size_t n = of->states;
    size_t level = 0, s, y;
    chosen[0] = 0;
    for (;;) {
        double *const a = laws + level * n;
        if (level + 1U == block) {
            double total = 0.0, within = expect(of, a, expected), between = 0.0;
            for (y = 0; y < of->outputs; y++) {
                total += expected[y];
            }
            for (y = 0; y < of->outputs; y++) {
                between += expected[y] > 0.0 ? -expected[y] * mpriv_log(expected[y] / total) : 0.0;
            }
            mpriv_accumulate(&sum, between - within);
        } else if (chosen[level] < of->outputs) {
            double left = 0.0;
            advance(of, a + n, a, chosen[level]);
            chosen[level]++;
            for (s = 0; s < n; s++) {
                left += a[n + s];
            }
            if (left > 0.0) {
                level++;
                chosen[level] = 0;
            }
            continue;
        }
        if (level == 0U) {
            break;
        }
        level--;
    }
    return mpriv_total(&sum);
}

static size_t rate_reals(const mpriv_battery_controller *controller, size_t block) {
    const size_t n = controller->capacity + 1U;
    return table_reals(controller) + n * (n + 2U + block) + controller->output_count;
}

static size_t rate_sizes(const mpriv_battery_controller *controller, size_t block) {
    return 5U * (controller->capacity + 1U) + block;
}

size_t mpriv_batteries_rate_scratch_bytes(const mpriv_battery_controller *controller, size_t block) {
    return controller == NULL || controller->capacity > MPRIV_BATTERIES_CAPACITY_MAX ||
                   controller->load_count > MPRIV_BATTERIES_LOADS_MAX ||
                   controller->output_count > MPRIV_BATTERIES_LOADS_MAX || block > MPRIV_BATTERIES_PATHS_MAX
               ? 0U
               : (rate_reals(controller, block) + 1U) * sizeof(double) +
                     rate_sizes(controller, block) * sizeof(size_t);
}

int mpriv_batteries_leakage_rate(double *lower_bits, double *upper_bits, mpriv_battery_class *classes,
                                 size_t *class_count, const mpriv_battery_controller *controller,
                                 const double *initial_state, size_t block, void *scratch,
                                 size_t scratch_length) {
    mpriv_sum lower = {0.0, 0.0}, upper = {0.0, 0.0};
    tables of;
    double *memory, *moves, *start, *law, *laws, *expected, total = 0.0;
    size_t *order, *depth, *mark, *chosen;
    size_t n, room, paths, k, s;
    int code;
    if (lower_bits == NULL || upper_bits == NULL || classes == NULL || class_count == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *lower_bits = 0.0;
    *upper_bits = 0.0;
    *class_count = 0;
    code = mpriv_controller_check(controller, initial_state);
    for (k = 1, paths = 1; code == MPRIV_OK && k < block && controller->output_count > 1U; k++) {
        paths *= controller->output_count;
        code = paths <= MPRIV_BATTERIES_PATHS_MAX ? MPRIV_OK : MPRIV_ERROR_RANGE;
    }
    if (code == MPRIV_OK && (block == 0U || block > MPRIV_BATTERIES_PATHS_MAX)) {
        code = MPRIV_ERROR_RANGE;
    }
    if (code != MPRIV_OK) {
        return code;
    }
    if (scratch_length < mpriv_batteries_rate_scratch_bytes(controller, block)) {
        return MPRIV_ERROR_SCRATCH;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    moves = fill(&of, memory, controller);
    n = of.states;
    start = moves + n * n;
    law = start + n;
    laws = law + n;
    expected = laws + n * block;
    order = (size_t *)(void *)(expected + of.outputs);
    depth = order + 2U * n;
    mark = depth + 2U * n;
    chosen = mark + n;
    memset(classes, 0, n * sizeof *classes);
    fill_moves(&of, moves);
    *class_count = mpriv_chain_classes(classes, mark, moves, n, order, depth);
    for (s = 0; s < n; s++) {
        total += initial_state[s];
    }
    for (s = 0; s < n; s++) {
        start[s] = initial_state[s] / total;
    }
    mpriv_chain_settle(start, moves, n, mark);
    for (k = 0; k < *class_count; k++) {
        mpriv_battery_class *const one = &classes[k];
        mpriv_sum known = {0.0, 0.0};
        double most;
        for (s = 0; s < n; s++) {
            one->weight += mark[s] == k + 1U ? start[s] : 0.0;
        }
        mpriv_chain_stationary(law, moves, n, mark, k + 1U);
        memcpy(laws, law, n * sizeof *law);
        most = conditional(&of, laws, chosen, expected, block);
        for (s = 0; s < n; s++) {
            if (law[s] > 0.0) {
                memset(laws, 0, n * sizeof *laws);
                laws[s] = law[s];
                mpriv_accumulate(&known, conditional(&of, laws, chosen, expected, block));
            }
        }
        one->upper_bits = (most > 0.0 ? most : 0.0) * MPRIV_INVERSE_LN2;
        one->lower_bits = (mpriv_total(&known) > 0.0 ? mpriv_total(&known) : 0.0) * MPRIV_INVERSE_LN2;
        one->lower_bits = one->lower_bits < one->upper_bits ? one->lower_bits : one->upper_bits;
        mpriv_accumulate(&lower, one->weight * one->lower_bits);
        mpriv_accumulate(&upper, one->weight * one->upper_bits);
    }
    *lower_bits = mpriv_total(&lower);
    *upper_bits = mpriv_total(&upper);
    return MPRIV_OK;
}

/* ---- Simulation ---------------------------------------------------------------------------------------- */

static size_t pick(const uint64_t *thresholds, const uint8_t *random) {
    const uint32_t drawn = (uint32_t)random[0] | ((uint32_t)random[1] << 8) | ((uint32_t)random[2] << 16) |
                           ((uint32_t)random[3] << 24);
    size_t value = 0;
    while (drawn >= thresholds[value]) {
        value++;
    }
    return value;
}

/* Cumulative probabilities times 2^32, rounded down; 2^32 from the last positive one on. */
static void set_thresholds(uint64_t *thresholds, const double *law, size_t count) {
    mpriv_sum partial = {0.0, 0.0};
    double total = 0.0;
    size_t k, last = 0;
    for (k = 0; k < count; k++) {
        total += law[k];
        last = law[k] > 0.0 ? k : last;
    }
    for (k = 0; k < count; k++) {
        double scaled;
        mpriv_accumulate(&partial, law[k]);
        scaled = mpriv_total(&partial) / total * 0x1p32;
        thresholds[k] = k >= last || scaled >= 0x1p32 ? ALL : (uint64_t)scaled;
    }
}

size_t mpriv_batteries_simulation_scratch_bytes(const mpriv_battery_controller *controller) {
    if (controller == NULL || controller->capacity > MPRIV_BATTERIES_CAPACITY_MAX ||
        controller->load_count > MPRIV_BATTERIES_LOADS_MAX ||
        controller->output_count > MPRIV_BATTERIES_LOADS_MAX) {
        return 0;
    }
    /* Tables, two laws, P(Y = y), then the thresholds of the initial state, the load and every row. */
    return (table_reals(controller) + 2U * (controller->capacity + 1U) + controller->output_count + 1U) *
               sizeof(double) +
           ((controller->capacity + 1U) * (controller->load_count * controller->output_count + 1U) +
            controller->load_count) *
               sizeof(uint64_t);
}

int mpriv_batteries_simulate(mpriv_battery_estimate *estimate, const mpriv_battery_controller *controller,
                             const double *initial_state, size_t slots, const uint8_t *random,
                             size_t random_length, void *scratch, size_t scratch_length) {
    double means[MPRIV_BATTERIES_BATCHES];
    mpriv_sum all = {0.0, 0.0};
    tables of;
    double *a, *next, *expected, total = 0.0, mean = 0.0, spread = 0.0;
    uint64_t *of_state, *of_load, *of_row;
    size_t room, t, n, s, y, row, batch, until;
    int code;
    if (estimate == NULL || mpriv_absent(random, random_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    memset(estimate, 0, sizeof *estimate);
    code = mpriv_controller_check(controller, initial_state);
    if (code == MPRIV_OK && slots < MPRIV_BATTERIES_BATCHES) {
        code = MPRIV_ERROR_RANGE;
    }
    if (code == MPRIV_OK && (random_length < 4U || (random_length - 4U) / 8U < slots)) {
        code = MPRIV_ERROR_EXHAUSTED;
    }
    if (code != MPRIV_OK) {
        return code;
    }
    if (scratch_length < mpriv_batteries_simulation_scratch_bytes(controller)) {
        return MPRIV_ERROR_SCRATCH;
    }
    a = fill(&of, mpriv_reals(scratch, scratch_length, &room), controller);
    n = of.states;
    next = a + n;
    expected = next + n;
    of_state = (uint64_t *)(void *)(expected + of.outputs);
    of_load = of_state + n;
    of_row = of_load + of.loads;
    set_thresholds(of_state, initial_state, n);
    set_thresholds(of_load, controller->probabilities, of.loads);
    for (row = 0; row < n * of.loads; row++) {
        set_thresholds(of_row + row * of.outputs, controller->policy + row * of.outputs, of.outputs);
    }
    for (s = 0; s < n; s++) {
        total += initial_state[s];
    }
    for (s = 0; s < n; s++) {
        a[s] = initial_state[s] / total;
    }
    s = pick(of_state, random);
    random += 4;
    batch = slots / MPRIV_BATTERIES_BATCHES;
    for (t = 0, y = 0; y < MPRIV_BATTERIES_BATCHES; y++) {
        means[y] = 0.0;
    }
    for (until = 0; t < slots; until++) {
        const size_t end = until < MPRIV_BATTERIES_BATCHES ? t + batch : slots;
        double sum = 0.0;
        for (; t < end; t++, random += 8) {
            const size_t x = pick(of_load, random);
            const size_t seen = pick(of_row + (s * of.loads + x) * of.outputs, random + 4);
            double tells = -expect(&of, a, expected);
            double *const spare = a;
            for (y = 0; y < of.outputs; y++) {
                tells += mpriv_entropy_term(expected[y]);
            }
            sum += tells;
            advance(&of, next, a, seen);
            total = 0.0;
            for (y = 0; y < n; y++) {
                total += next[y];
            }
            total = 1.0 / total;
            for (y = 0; y < n; y++) {
                next[y] *= total;
            }
            a = next;
            next = spare;
            s = s + seen - x;
        }
        mpriv_accumulate(&all, sum);
        if (until < MPRIV_BATTERIES_BATCHES) {
            means[until] = sum / (double)batch;
            mean += means[until] / MPRIV_BATTERIES_BATCHES;
        }
    }
    for (y = 0; y < MPRIV_BATTERIES_BATCHES; y++) {
        spread += (means[y] - mean) * (means[y] - mean);
    }
    estimate->leakage_bits = mpriv_total(&all) / (double)slots * MPRIV_INVERSE_LN2;
    estimate->leakage_bits = estimate->leakage_bits > 0.0 ? estimate->leakage_bits : 0.0;
    spread /= (double)MPRIV_BATTERIES_BATCHES * (MPRIV_BATTERIES_BATCHES - 1);
    /* The square root, without a libm. */
    estimate->deviation_bits = spread > 0.0 ? mpriv_exp(0.5 * mpriv_log(spread)) * MPRIV_INVERSE_LN2 : 0.0;
    return MPRIV_OK;
}
