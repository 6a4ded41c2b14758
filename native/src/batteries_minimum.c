/* The least leakage of one battery: min over laws theta of the initial state of J = I(S - X; X).
 *
 * With the law P_V of V = S - X, J(theta) = sum theta(s) D(s), D(s) = ln theta(s) - sum p(x) ln P_V(s - x).
 * J is convex and D is its gradient, so min D <= min J <= J at every positive theta. Alternating minimisation
 * is theta <- theta e^-D / sum; it never raises J.
 *
 * States share a V where they differ by a difference of two possible loads. V tells the component of S in the
 * graph of that, so J is the mean of the components' J, and the least is that of one component. Inside of one
 * the optimum is positive and unique: with h = theta u the second derivative is
 * sum P_V(v) Var(u(S) | V = v), which is 0 for constant u only. It is the quadratic form of a graph with the
 * weights theta(s) p(s - v) p(s' - v) theta(s') / P_V(v), and Newton's equations are solved by taking one
 * node after the other out of the graph, without a subtraction. */
#include "batteries.h"

#define ALTERNATING 4U
#define LONGEST_STEP 4.0
/* No probability falls below it, so that every logarithm is finite: a positive law gives a lower bound. */
#define LEAST_PROBABILITY 0x1p-900
#define LEAST_OUTPUT 0x1p-1022
#define LEAST_PIVOT 0x1p-1000
/* Rarer loads are left out: that moves J by less than loads 2^-54, and the slack has room for it. They would
 * hold groups of states together by weights that rounding hides. */
#define LEAST_LOAD 0x1p-60
#define GAP_NATS 1e-12
/* Of a state: taken into this component, or into one before. */
#define NOW 1U
#define BEFORE 2U

typedef struct {
    const double *p; /* the law of the load, its first and last number positive */
    size_t loads;
    double entropy; /* of the load, nats */
    double *output; /* P_V at s + loads - 1 - x, and its logarithm: capacity + loads numbers each */
    double *log_output;
    double *theta; /* one number each for every state of the component */
    double *gradient;
    double *best;
    double *force;
    double *weights; /* a row of loads numbers each: to the states after it, nearest first */
    size_t *states;  /* of the component, increasing */
    size_t count;
} problem;

typedef struct {
    double value;
    double lower;
    double upper;
    double slack; /* what rounding may add to an error */
} evaluation;

/* P_V, D and J at theta, with bounds that allow for rounding. */
static evaluation evaluate(const problem *at) {
    const size_t loads = at->loads, n = at->count;
    mpriv_sum value = {0.0, 0.0};
    evaluation found;
    double least = MPRIV_INFINITY, largest = 0.0;
    size_t k, x;
    for (k = 0; k < n; k++) {
        double *const cell = at->output + at->states[k];
        for (x = 0; x < loads; x++) {
            cell[x] = 0.0;
        }
    }
    for (k = 0; k < n; k++) {
        double *const cell = at->output + at->states[k] + loads - 1U;
        for (x = 0; x < loads; x++) {
            cell[-(ptrdiff_t)x] += at->p[x] * at->theta[k];
        }
    }
    for (k = 0; k < n; k++) {
        const size_t first =
            k > 0U ? at->states[k - 1U] + loads : at->states[0]; /* no state is loads apart from the next */
        for (x = first; x < at->states[k] + loads; x++) {
            at->output[x] = mpriv_at_least(at->output[x], LEAST_OUTPUT);
            at->log_output[x] = mpriv_log(at->output[x]);
        }
    }
    for (k = 0; k < n; k++) {
        const double *const cell = at->log_output + at->states[k] + loads - 1U;
        const double own = mpriv_log(at->theta[k]);
        double sum = 0.0;
        for (x = 0; x < loads; x++) {
            if (at->p[x] > 0.0) {
                sum += at->p[x] * cell[-(ptrdiff_t)x];
            }
        }
        largest = mpriv_at_least(-own, largest);
        at->gradient[k] = own - sum;
        least = at->gradient[k] < least ? at->gradient[k] : least;
        mpriv_accumulate(&value, at->theta[k] * at->gradient[k]);
    }
    found.slack = 0x1p-51 * (8.0 + (double)loads + 2.0 * largest);
    found.value = mpriv_at_least(mpriv_total(&value), 0.0);
    found.lower = least - found.slack;
    found.upper = found.value + found.slack;
    return found;
}

static void normalise(const problem *at) {
    mpriv_sum sum = {0.0, 0.0};
    size_t k;
    for (k = 0; k < at->count; k++) {
        mpriv_accumulate(&sum, at->theta[k]);
    }
    for (k = 0; k < at->count; k++) {
        at->theta[k] = mpriv_at_least(at->theta[k] / mpriv_total(&sum), LEAST_PROBABILITY);
    }
}

/* theta <- theta e^-D / sum. */
static void alternate(const problem *at) {
    double least = MPRIV_INFINITY;
    size_t k;
    for (k = 0; k < at->count; k++) {
        least = at->gradient[k] < least ? at->gradient[k] : least;
    }
    for (k = 0; k < at->count; k++) {
        at->theta[k] *= mpriv_exp(least - at->gradient[k]);
    }
    normalise(at);
}

/* theta <- theta e^u / sum, u Newton's step, less its largest, and not below -LONGEST_STEP: groups of states that
 * rare loads hold together are emptied in their own time, and the others do not wait for it. */
static void newton(const problem *at, double value) {
    const size_t n = at->count, loads = at->loads;
    double *const u = at->force;
    double largest = -MPRIV_INFINITY;
    size_t k, i, j, x;
    for (k = 0; k < n; k++) {
        double *const row = at->weights + k * loads;
        for (i = 1; i < loads && k + i < n && at->states[k + i] - at->states[k] < loads; i++) {
            const size_t apart = at->states[k + i] - at->states[k];
            double weight = 0.0;
            for (x = 0; x + apart < loads; x++) {
                const double shared = at->p[x] * at->p[x + apart];
                if (shared > 0.0) {
                    const double over = at->output[at->states[k] + loads - 1U - x];
                    weight += at->theta[k] * at->p[x] / over * (at->p[x + apart] * at->theta[k + i]);
                }
            }
            row[i] = weight;
        }
        for (; i < loads; i++) {
            row[i] = 0.0;
        }
        row[0] = 0.0;
        u[k] = at->theta[k] * (value - at->gradient[k]);
    }
    for (k = 0; k + 1U < n; k++) {
        const double *const row = at->weights + k * loads;
        const size_t last = loads < n - k ? loads : n - k;
        double pivot = 0.0;
        for (i = 1; i < last; i++) {
            pivot += row[i];
        }
        pivot = mpriv_at_least(pivot, LEAST_PIVOT);
        at->weights[k * loads] = pivot;
        for (i = 1; i < last; i++) {
            const double share = row[i] / pivot;
            double *const other = at->weights + (k + i) * loads;
            u[k + i] += share * u[k];
            for (j = i + 1U; j < last; j++) {
                other[j - i] += share * row[j];
            }
        }
    }
    u[n - 1U] = 0.0;
    for (k = n - 1U; k-- > 0U;) {
        const double *const row = at->weights + k * loads;
        const size_t last = loads < n - k ? loads : n - k;
        for (i = 1; i < last; i++) {
            u[k] += row[i] * u[k + i];
        }
        u[k] /= row[0];
    }
    for (k = 0; k < n; k++) {
        largest = mpriv_at_least(u[k], largest);
    }
    for (k = 0; k < n; k++) {
        at->theta[k] *= mpriv_exp(mpriv_at_least(u[k] - largest, -LONGEST_STEP));
    }
    normalise(at);
}

/* The least J of the component, with its law in best; adds its steps to *iterations. */
static evaluation solve(const problem *at, uint32_t *iterations) {
    const size_t n = at->count;
    evaluation found, now;
    uint32_t round;
    size_t k;
    if (n == 1U) {
        at->best[0] = 1.0;
        found.slack = 0x1p-50 * (1.0 + at->entropy);
        found.value = at->entropy;
        found.lower = at->entropy - found.slack;
        found.upper = at->entropy + found.slack;
        return found;
    }
    for (k = 0; k < n; k++) {
        const double bump = (double)(k + 1U) * (double)(n - k);
        at->theta[k] = bump * bump;
    }
    normalise(at);
    found = evaluate(at);
    memcpy(at->best, at->theta, n * sizeof *at->theta);
    now = found;
    for (round = 0; found.upper - found.lower > 4.0 * now.slack && round < MPRIV_BATTERIES_ITERATIONS_MAX;
         round++) {
        if (round < ALTERNATING) {
            alternate(at);
        } else if (now.value > found.value + now.slack) {
            memcpy(at->theta, at->best, n * sizeof *at->theta);
            now = evaluate(at);
            alternate(at);
        } else {
            newton(at, now.value);
        }
        now = evaluate(at);
        found.lower = now.lower > found.lower ? now.lower : found.lower;
        if (now.upper < found.upper) {
            found.value = now.value;
            found.upper = now.upper;
            memcpy(at->best, at->theta, n * sizeof *at->theta);
        }
    }
    *iterations += round;
    return found;
}

/* Writes to states, increasing, the states of the component of `first`, the least that is not yet taken. */
static size_t component_of(size_t *states, uint8_t *taken, const double *p, size_t loads, size_t capacity,
                           size_t first) {
    size_t count = 1U, k, apart, x;
    states[0] = first;
    taken[first] = NOW;
    for (k = 0; k < count; k++) {
        for (apart = 1; apart < loads && apart <= capacity; apart++) {
            int shared = 0;
            for (x = 0; x + apart < loads && !shared; x++) {
                shared = p[x] > 0.0 && p[x + apart] > 0.0;
            }
            if (shared && states[k] + apart <= capacity && taken[states[k] + apart] == 0U) {
                taken[states[k] + apart] = NOW;
                states[count++] = states[k] + apart;
            }
            if (shared && states[k] >= apart && taken[states[k] - apart] == 0U) {
                taken[states[k] - apart] = NOW;
                states[count++] = states[k] - apart;
            }
        }
    }
    for (k = first, count = 0; k <= capacity; k++) {
        if (taken[k] == NOW) {
            taken[k] = BEFORE;
            states[count++] = k;
        }
    }
    return count;
}

size_t mpriv_batteries_minimum_scratch_bytes(size_t count, size_t capacity) {
    return MPRIV_BATTERIES_MINIMUM_SCRATCH_BYTES(count, capacity);
}

int mpriv_batteries_minimum_leakage(mpriv_battery_bounds *bounds, double *initial_state,
                                    const double *probabilities, size_t count, size_t capacity, void *scratch,
                                    size_t scratch_length) {
    problem at;
    double total, *memory;
    double *law;
    uint8_t *taken;
    size_t room, k, first, x;
    evaluation least = {MPRIV_INFINITY, MPRIV_INFINITY, MPRIV_INFINITY, 0.0};
    int code;
    if (bounds == NULL || initial_state == NULL || (probabilities == NULL && count != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    memset(bounds, 0, sizeof *bounds);
    if (capacity <= MPRIV_BATTERIES_CAPACITY_MAX) {
        memset(initial_state, 0, (capacity + 1U) * sizeof *initial_state);
    }
    code = mpriv_battery_check(&total, probabilities, count, capacity);
    if (code != MPRIV_OK) {
        return code;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    if (scratch_length < MPRIV_BATTERIES_MINIMUM_SCRATCH_BYTES(count, capacity)) {
        return MPRIV_ERROR_SCRATCH;
    }
    law = memory;
    at.output = law + count;
    at.log_output = at.output + capacity + count;
    at.theta = at.log_output + capacity + count;
    at.gradient = at.theta + capacity + 1U;
    at.best = at.gradient + capacity + 1U;
    at.force = at.best + capacity + 1U;
    at.weights = at.force + capacity + 1U;
    at.states = (size_t *)(void *)(at.weights + (capacity + 1U) * count);
    taken = (uint8_t *)(at.states + capacity + 1U);
    memset(taken, 0, capacity + 1U);
    for (first = 0; probabilities[first] < LEAST_LOAD; first++) {
    }
    at.loads = 0;
    at.entropy = 0.0;
    for (x = first; x < count; x++) {
        law[x - first] = probabilities[x] < LEAST_LOAD ? 0.0 : probabilities[x] / total;
        if (law[x - first] > 0.0) {
            at.loads = x - first + 1U;
            at.entropy -= law[x - first] * mpriv_log(law[x - first]);
        }
    }
    at.p = law;
    for (k = 0; k <= capacity; k++) {
        evaluation found;
        if (taken[k] != 0U) {
            continue;
        }
        at.count = component_of(at.states, taken, at.p, at.loads, capacity, k);
        found = solve(&at, &bounds->iterations);
        least.lower = found.lower < least.lower ? found.lower : least.lower;
        if (found.upper < least.upper) {
            least.value = found.value;
            least.upper = found.upper;
            memset(initial_state, 0, (capacity + 1U) * sizeof *initial_state);
            for (x = 0; x < at.count; x++) {
                initial_state[at.states[x]] = at.best[x];
            }
        }
    }
    bounds->leakage_bits = least.value * MPRIV_INVERSE_LN2;
    least.lower = mpriv_at_least(least.lower, 0.0);
    bounds->lower_bits = least.lower * MPRIV_INVERSE_LN2;
    bounds->upper_bits = least.upper * MPRIV_INVERSE_LN2;
    return least.upper - least.lower <= GAP_NATS * (1.0 + least.upper) ? MPRIV_OK : MPRIV_ERROR_EXHAUSTED;
}
