/* What any finite-state controller leaks: bounds by blocks in each of its closed classes, and the forward
 * recursion.
 *
 * Given a law a of the state, a slot tells I(S, X; Y) = H(Y) - sum a(s) h(s) with h(s) = H(Y | S = s, X). The
 * law after outputs y^(t-1) follows the forward recursion, and the mean of I over them is I(S_t, X_t; Y_t |
 * Y^(t-1)), which these sum up to I(S_1, X^T; Y^T). In a stationary process it falls with t, and rises with t
 * where S_1 is known besides. */
#include "batteries.h"

typedef struct {
    const mpriv_battery_machine *machine;
    double *weight; /* of each move: P(X = x, Y = y | S = s) */
    double *seen;   /* [y][s]: P(Y = y | S = s) */
    double *known;  /* [s]: h(s) in nats */
    size_t *first;  /* the first move of each output, and the end of the last one's */
} view;

/* MPRIV_OK, misuse, malformed or range, without the sums of the moves' probabilities. */
static int check(const mpriv_battery_machine *machine, const double *initial_state) {
    double total;
    size_t k;
    int code, checked;
    if (machine == NULL || initial_state == NULL || machine->moves == NULL ||
        (machine->probabilities == NULL && machine->load_count != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (machine->states == 0U || machine->states > MPRIV_BATTERIES_STATES_MAX ||
        machine->output_count == 0U || machine->output_count > MPRIV_BATTERIES_LOADS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    code = mpriv_battery_check(&total, machine->probabilities, machine->load_count, 1U);
    checked = mpriv_probabilities_check(&total, initial_state, machine->states);
    code = code == MPRIV_OK || checked == MPRIV_ERROR_MALFORMED ? checked : code;
    for (k = 0; k < machine->move_count && code != MPRIV_ERROR_MALFORMED; k++) {
        const mpriv_battery_move *const move = &machine->moves[k];
        if (!mpriv_finite(move->probability) || (k > 0U && move->output < move[-1].output)) {
            code = MPRIV_ERROR_MALFORMED;
        } else if (move->from >= machine->states || move->to >= machine->states ||
                   move->load >= machine->load_count || move->output >= machine->output_count ||
                   move->probability < 0.0 || move->probability > 1.0) {
            code = MPRIV_ERROR_RANGE;
        }
    }
    return code;
}

static size_t view_reals(const mpriv_battery_machine *machine) {
    return machine->states * (machine->load_count + machine->output_count + 1U) + machine->move_count;
}

static size_t view_sizes(const mpriv_battery_machine *machine) {
    return machine->output_count + 1U;
}

/* Fills in the view, at memory and first, of a checked machine; range where the moves of a state and a load
 * are no law. */
static int look(view *of, double *memory, size_t *first, const mpriv_battery_machine *machine) {
    const size_t n = machine->states;
    double *const sums = memory;
    double total = 0.0;
    size_t k, y, at;
    of->machine = machine;
    of->seen = sums + n * machine->load_count;
    of->known = of->seen + n * machine->output_count;
    of->weight = of->known + n;
    of->first = first;
    memset(memory, 0, view_reals(machine) * sizeof *memory);
    for (k = 0; k < machine->move_count; k++) {
        const mpriv_battery_move *const move = &machine->moves[k];
        sums[move->from * machine->load_count + move->load] += move->probability;
    }
    for (at = 0; at < n * machine->load_count; at++) {
        if (sums[at] < 1.0 - 0x1p-40 || sums[at] > 1.0 + 0x1p-40) {
            return MPRIV_ERROR_RANGE;
        }
    }
    for (k = 0; k < machine->load_count; k++) {
        total += machine->probabilities[k];
    }
    for (k = 0; k < machine->move_count; k++) {
        const mpriv_battery_move *const move = &machine->moves[k];
        const double q = move->probability / sums[move->from * machine->load_count + move->load];
        const double p = machine->probabilities[move->load] / total;
        of->weight[k] = p * q;
        of->seen[move->output * n + move->from] += p * q;
        of->known[move->from] += p * mpriv_entropy_term(q);
    }
    for (y = 0, k = 0; y <= machine->output_count; y++) {
        while (k < machine->move_count && machine->moves[k].output < y) {
            k++;
        }
        first[y] = k;
    }
    return MPRIV_OK;
}

/* next(s') = sum of a(s) P(x, y | s) over what leads to s': not divided by its sum, which is returned. */
static double advance(const view *of, double *next, const double *a, size_t y) {
    const mpriv_battery_move *const moves = of->machine->moves;
    const size_t n = of->machine->states;
    double sum = 0.0;
    size_t k, s;
    for (s = 0; s < n; s++) {
        next[s] = 0.0;
    }
    for (k = of->first[y]; k < of->first[y + 1U]; k++) {
        next[moves[k].to] += a[moves[k].from] * of->weight[k];
    }
    for (s = 0; s < n; s++) {
        sum += next[s];
    }
    return sum;
}

/* I(S, X; Y) in nats for a law a of any sum, times that sum. */
static double tells(const view *of, const double *a) {
    const size_t n = of->machine->states;
    double total = 0.0, value = 0.0;
    size_t s, y;
    for (s = 0; s < n; s++) {
        total += a[s];
        value -= a[s] * of->known[s];
    }
    for (y = 0; y < of->machine->output_count; y++) {
        const double *const seen = of->seen + y * n;
        double expected = 0.0;
        for (s = 0; s < n; s++) {
            expected += a[s] * seen[s];
        }
        value += expected > 0.0 ? -expected * mpriv_log(expected / total) : 0.0;
    }
    return value;
}

/* The sum over all y^(block - 1) of P(y^(block - 1)) I(S, X; Y) in nats from the law in the first numbers of
 * laws, which has room for block laws; chosen has room for block numbers. */
static double conditional(const view *of, double *laws, size_t *chosen, size_t block) {
    const size_t n = of->machine->states;
    mpriv_sum sum = {0.0, 0.0};
    size_t level = 0;
    chosen[0] = 0;
    for (;;) {
        double *const a = laws + level * n;
        if (level + 1U == block) {
            mpriv_accumulate(&sum, tells(of, a));
        } else if (chosen[level] < of->machine->output_count) {
            if (advance(of, a + n, a, chosen[level]++) > 0.0) {
                chosen[++level] = 0;
            }
            continue;
        }
        if (level-- == 0U) {
            return mpriv_total(&sum);
        }
    }
}

static size_t rate_reals(const mpriv_battery_machine *machine, size_t block) {
    const size_t n = machine->states;
    return view_reals(machine) + n * (n + 2U + block);
}

size_t mpriv_batteries_rate_scratch_bytes(const mpriv_battery_machine *machine, size_t block) {
    return machine == NULL || machine->states > MPRIV_BATTERIES_STATES_MAX ||
                   machine->load_count > MPRIV_BATTERIES_LOADS_MAX ||
                   machine->output_count > MPRIV_BATTERIES_LOADS_MAX || block > MPRIV_BATTERIES_BLOCK_MAX
               ? 0U
               : (rate_reals(machine, block) + 1U) * sizeof(double) +
                     (4U * machine->states + block + view_sizes(machine)) * sizeof(size_t);
}

int mpriv_batteries_leakage_rate(double *lower_bits, double *upper_bits, mpriv_battery_class *classes,
                                 size_t *class_count, size_t *class_of, const mpriv_battery_machine *machine,
                                 const double *initial_state, size_t block, void *scratch,
                                 size_t scratch_length) {
    mpriv_sum lower = {0.0, 0.0}, upper = {0.0, 0.0};
    view of;
    double *memory, *moves, *start, *law, *laws, total = 0.0;
    size_t *order, *depth, *chosen;
    size_t n, room, paths = 1U, k, s;
    int code;
    if (lower_bits == NULL || upper_bits == NULL || classes == NULL || class_count == NULL ||
        class_of == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check(machine, initial_state);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    *lower_bits = 0.0;
    *upper_bits = 0.0;
    *class_count = 0;
    if (machine->states <= MPRIV_BATTERIES_STATES_MAX) {
        memset(classes, 0, machine->states * sizeof *classes);
        memset(class_of, 0, machine->states * sizeof *class_of);
    }
    if (code != MPRIV_OK) {
        return code;
    }
    if (block == 0U || block > MPRIV_BATTERIES_BLOCK_MAX) {
        return MPRIV_ERROR_RANGE;
    }
    for (k = 1; k < block; k++) {
        paths *= machine->output_count;
        if (paths > MPRIV_BATTERIES_PATHS_MAX) {
            return MPRIV_ERROR_RANGE;
        }
    }
    if (scratch_length < mpriv_batteries_rate_scratch_bytes(machine, block)) {
        return MPRIV_ERROR_SCRATCH;
    }
    n = machine->states;
    memory = mpriv_reals(scratch, scratch_length, &room);
    moves = memory + view_reals(machine);
    start = moves + n * n;
    law = start + n;
    laws = law + n;
    order = (size_t *)(void *)(laws + n * block);
    depth = order + 2U * n;
    chosen = depth + 2U * n;
    code = look(&of, memory, chosen + block, machine);
    if (code != MPRIV_OK) {
        return code;
    }
    memset(moves, 0, n * n * sizeof *moves);
    for (k = 0; k < machine->move_count; k++) {
        moves[machine->moves[k].from * n + machine->moves[k].to] += of.weight[k];
    }
    *class_count = mpriv_chain_classes(classes, class_of, moves, n, order, depth);
    for (s = 0; s < n; s++) {
        total += initial_state[s];
    }
    for (s = 0; s < n; s++) {
        start[s] = initial_state[s] / total;
    }
    mpriv_chain_settle(start, moves, n, class_of);
    for (k = 0; k < *class_count; k++) {
        mpriv_battery_class *const one = &classes[k];
        mpriv_sum known = {0.0, 0.0};
        double most;
        for (s = 0; s < n; s++) {
            one->probability += class_of[s] == k + 1U ? start[s] : 0.0;
        }
        if (one->probability == 0.0) {
            continue;
        }
        mpriv_chain_stationary(law, moves, n, class_of, k + 1U);
        memcpy(laws, law, n * sizeof *law);
        most = conditional(&of, laws, chosen, block);
        for (s = 0; s < n; s++) {
            if (law[s] > 0.0) {
                memset(laws, 0, n * sizeof *laws);
                laws[s] = law[s];
                mpriv_accumulate(&known, conditional(&of, laws, chosen, block));
            }
        }
        one->upper_bits = (most > 0.0 ? most : 0.0) * MPRIV_INVERSE_LN2;
        one->lower_bits = (mpriv_total(&known) > 0.0 ? mpriv_total(&known) : 0.0) * MPRIV_INVERSE_LN2;
        one->lower_bits = one->lower_bits < one->upper_bits ? one->lower_bits : one->upper_bits;
        mpriv_accumulate(&lower, one->probability * one->lower_bits);
        mpriv_accumulate(&upper, one->probability * one->upper_bits);
    }
    *lower_bits = mpriv_total(&lower);
    *upper_bits = mpriv_total(&upper);
    return MPRIV_OK;
}

size_t mpriv_batteries_recursion_scratch_bytes(const mpriv_battery_machine *machine) {
    return machine == NULL || machine->states > MPRIV_BATTERIES_STATES_MAX ||
                   machine->load_count > MPRIV_BATTERIES_LOADS_MAX ||
                   machine->output_count > MPRIV_BATTERIES_LOADS_MAX
               ? 0U
               : (view_reals(machine) + machine->states + 1U) * sizeof(double) +
                     view_sizes(machine) * sizeof(size_t);
}

int mpriv_batteries_forward_recursion(double *information_bits, double *belief,
                                      const mpriv_battery_machine *machine, const double *initial_state,
                                      const uint32_t *outputs, size_t slots, void *scratch,
                                      size_t scratch_length) {
    mpriv_sum information = {0.0, 0.0};
    view of;
    double *memory, *next, sum = 0.0;
    size_t room, t, s;
    int code;
    if (information_bits == NULL || belief == NULL || (outputs == NULL && slots != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check(machine, initial_state);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    *information_bits = 0.0;
    if (machine->states <= MPRIV_BATTERIES_STATES_MAX) {
        memset(belief, 0, machine->states * sizeof *belief);
    }
    for (t = 0; code == MPRIV_OK && t < slots; t++) {
        code = outputs[t] < machine->output_count ? MPRIV_OK : MPRIV_ERROR_RANGE;
    }
    if (code != MPRIV_OK) {
        return code;
    }
    if (scratch_length < mpriv_batteries_recursion_scratch_bytes(machine)) {
        return MPRIV_ERROR_SCRATCH;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    next = memory + view_reals(machine);
    code = look(&of, memory, (size_t *)(void *)(next + machine->states), machine);
    if (code != MPRIV_OK) {
        return code;
    }
    for (s = 0; s < machine->states; s++) {
        sum += initial_state[s];
    }
    for (s = 0; s < machine->states; s++) {
        belief[s] = initial_state[s] / sum;
    }
    for (t = 0; t < slots; t++) {
        const double chance = advance(&of, next, belief, outputs[t]);
        if (!(chance > 0.0)) {
            memset(belief, 0, machine->states * sizeof *belief);
            return MPRIV_ERROR_RANGE;
        }
        mpriv_accumulate(&information, -mpriv_log(chance));
        for (s = 0; s < machine->states; s++) {
            belief[s] = next[s] / chance;
        }
    }
    sum = mpriv_total(&information) * MPRIV_INVERSE_LN2;
    *information_bits = sum > 0.0 ? sum : 0.0;
    return MPRIV_OK;
}
