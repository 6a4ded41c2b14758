/* Every entry point of the solvers, on small sizes and any numbers: what holds of every answer. */
#include "meter_privacy_batteries.h"

#include "fuzz.h"

#define MOST 64U
#define LEVELS 8U
#define SLOTS 4U

/* What one input takes and gives, each in a block of exactly its length. */
static struct {
    void *taken[MOST];
    size_t count;
    block given[MOST];
    size_t outputs;
    int extreme;
} memory;

/* What must hold of the numbers of an answer. */
#define HOLDS(condition) CHECK(memory.extreme || (condition))

static void *take(size_t count, size_t size) {
    void *made = malloc(count * size == 0U ? 1U : count * size);
    CHECK(made != NULL && memory.count < MOST);
    memory.taken[memory.count++] = made;
    return made;
}

static void *give(size_t count, size_t size) {
    block *const made = &memory.given[memory.outputs++];
    made->data = take(count, size);
    made->length = count * size;
    memset(made->data, GUARD, made->length);
    return made->data;
}

/* The header's promise on what was given since the last call. Where the bounds hold all the same, they stay. */
static int answered(int code, int bounded) {
    CHECK(code == MPRIV_OK || code == MPRIV_ERROR_MALFORMED || code == MPRIV_ERROR_RANGE ||
          code == MPRIV_ERROR_EXHAUSTED || code == MPRIV_ERROR_MISUSE || code == MPRIV_ERROR_SCRATCH);
    while (memory.outputs > 0U) {
        const block *const made = &memory.given[--memory.outputs];
        if (code == MPRIV_ERROR_MISUSE) {
            CHECK(all_are(made, GUARD));
        } else if (code != MPRIV_OK && code != MPRIV_ERROR_SCRATCH &&
                   !(bounded && code == MPRIV_ERROR_EXHAUSTED)) {
            CHECK(all_are(made, 0));
        }
    }
    return code;
}

static int answer(int code) {
    return answered(code, 0);
}

static void release(void) {
    memory.extreme = 0;
    while (memory.count > 0U) {
        free(memory.taken[--memory.count]);
    }
}

/* As much as is needed, or as the input says less, from where it says. */
static void *take_scratch(input *in, size_t *length) {
    const uint8_t choice = take_byte(in);
    const size_t skip = choice % 8U;
    *length -= choice < 0xF0U ? 0U : *length < choice - 0xF0U ? *length : choice - 0xF0U;
    return (uint8_t *)take(*length + skip, 1U) + skip;
}

static double real_of(uint64_t bits) {
    double real;
    memcpy(&real, &bits, sizeof real);
    return real;
}

static double take_any(input *in) {
    const uint8_t choice = take_byte(in);
    switch (choice % 8U) {
    case 0:
        return 0.0;
    case 1:
        return real_of(take_word(in, 8));
    case 2:
        return real_of((take_word(in, 2) % 0x7FFU) << 52); /* any power of two that is finite */
    case 3:
        return (double)take_word(in, 2) * 1e5;
    default:
        return (double)take_byte(in) / (double)(1U << choice / 16U);
    }
}

/* Of numbers whose products and quotients are not in binary64 nothing is asked but the header's promise on outputs. */
static double take_real(input *in) {
    const double real = take_any(in), size = real < 0.0 ? -real : real;
    memory.extreme |= size != 0.0 && !(size > 1e-70 && size < 1e70);
    return real;
}

/* A law, mostly; from zero and even to rare and uneven masses. */
static double *take_law(input *in, size_t count) {
    double *law = take(count, sizeof *law), total = 0.0;
    const uint8_t choice = take_byte(in);
    size_t k;
    for (k = 0; k < count; k++) {
        law[k] = choice < 0x80U ? (double)take_byte(in) : take_real(in);
        total += law[k];
    }
    for (k = 0; choice < 0xF8U && total > 0.0 && k < count; k++) {
        law[k] /= total;
    }
    return law;
}

static double *take_levels(input *in, size_t count) {
    double *levels = take(count, sizeof *levels), sum = 0.0;
    const uint8_t choice = take_byte(in);
    size_t k;
    for (k = 0; k < count; k++) {
        const double next = choice < 0x80U ? (double)(1U + take_byte(in) % 4U) : take_real(in);
        sum = choice < 0xF8U ? sum + next : next;
        levels[k] = sum;
    }
    return levels;
}

static mpriv_user_load take_load(input *in) {
    mpriv_user_load load;
    load.count = take_byte(in) % (LEVELS + 1U);
    load.loads = take_levels(in, load.count);
    load.probabilities = take_law(in, load.count);
    return load;
}

static int is_law(const double *law, size_t count) {
    double sum = 0.0;
    size_t k;
    for (k = 0; k < count; k++) {
        if (!(law[k] >= 0.0)) {
            return 0;
        }
        sum += law[k];
    }
    return sum > 1.0 - 1e-9 && sum < 1.0 + 1e-9;
}

static void exact(input *in) {
    const mpriv_user_load load = take_load(in);
    const double power = take_real(in);
    const uint8_t choice = take_byte(in);
    size_t length = mpriv_privacy_power_point_scratch_bytes(load.count), k, i;
    double *leakage = give(1, sizeof *leakage), *slope = give(1, sizeof *slope);
    double *law = choice % 2U != 0U ? give(load.count, sizeof *law) : NULL;
    void *scratch = take_scratch(in, &length);
    if (answer(mpriv_privacy_power_leakage(leakage, slope, law, &load, power, scratch, length)) == MPRIV_OK) {
        HOLDS(*leakage >= 0.0 && *leakage <= 3.0 + 1e-9 && *slope >= 0.0);
        HOLDS(law == NULL || is_law(law, load.count));
        for (k = 0; law != NULL && k <= load.count; k++) {
            double *row = give(load.count, sizeof *row);
            const int code = answer(mpriv_privacy_power_policy_row(row, &load, law, *slope, k));
            HOLDS(code == (k < load.count ? MPRIV_OK : MPRIV_ERROR_RANGE));
            HOLDS(code != MPRIV_OK || is_law(row, load.count));
            for (i = k + 1U; i < load.count; i++) {
                HOLDS(row[i] == 0.0);
            }
        }
    }
}

static void curve(input *in) {
    const mpriv_user_load load = take_load(in);
    const uint8_t choice = take_byte(in);
    size_t length = mpriv_privacy_power_curve_scratch_bytes(load.count), k;
    double *slopes = give(load.count, sizeof *slopes), *powers = NULL, *leakages = NULL;
    size_t *merged = choice % 2U != 0U ? give(load.count, sizeof *merged) : NULL,
           *found = give(1, sizeof *found);
    void *scratch = take_scratch(in, &length);
    if (choice % 4U < 2U) {
        powers = give(load.count, sizeof *powers);
        leakages = give(load.count, sizeof *leakages);
    }
    if (answer(mpriv_privacy_power_curve(slopes, powers, leakages, merged, found, &load, scratch, length)) ==
        MPRIV_OK) {
        HOLDS(*found < load.count);
        for (k = 0; k < *found; k++) {
            HOLDS(slopes[k] >= 0.0 && (k == 0U || slopes[k] <= slopes[k - 1U]));
            HOLDS(leakages == NULL || (leakages[k] >= 0.0 && powers[k] >= 0.0));
            HOLDS(merged == NULL || (merged[k] > 0U && merged[k] < load.count));
        }
    }
}

static void allocate(input *in) {
    mpriv_user_load *users;
    const size_t count = take_byte(in) % 5U;
    const double power = take_real(in);
    size_t levels = 0, length, k;
    double *powers = give(count, sizeof *powers), *leakages = give(count, sizeof *leakages);
    double *slope = give(1, sizeof *slope), *means = take(count, sizeof *means), *level;
    void *scratch;
    users = take(count, sizeof *users);
    for (k = 0; k < count; k++) {
        users[k] = take_load(in);
        levels += users[k].count;
    }
    length = mpriv_privacy_power_point_scratch_bytes(levels);
    scratch = take_scratch(in, &length);
    if (answer(mpriv_privacy_power_allocate(powers, leakages, slope, users, count, power, scratch, length)) ==
        MPRIV_OK) {
        for (k = 0; k < count; k++) {
            HOLDS(powers[k] <= powers[k] && leakages[k] >= 0.0 && leakages[k] <= 3.0 + 1e-9);
        }
        HOLDS(*slope >= 0.0);
    }
    for (k = 0; k < count; k++) {
        means[k] = take_real(in);
    }
    level = give(1, sizeof *level);
    powers = give(count, sizeof *powers);
    leakages = give(1, sizeof *leakages);
    if (answer(mpriv_privacy_power_allocate_exponential(level, powers, leakages, means, count, power)) ==
        MPRIV_OK) {
        for (k = 0; k < count; k++) {
            HOLDS(powers[k] <= *level && powers[k] <= means[k]);
        }
        HOLDS(*leakages >= 0.0);
    }
}

static void blahut_arimoto(input *in) {
    const size_t users = take_byte(in) % 5U;
    mpriv_levels *levels = take(users, sizeof *levels);
    mpriv_privacy_power_bounds *bounds;
    size_t points = users > 0U ? 1U : 0U, length, k;
    double *law, *output, slope, gap;
    void *scratch;
    int code;
    for (k = 0; k < users; k++) {
        levels[k].count = take_byte(in) % (users == 1U ? LEVELS + 1U : 4U);
        levels[k].loads = take_levels(in, levels[k].count);
        points *= levels[k].count;
    }
    points += take_byte(in) == 0xFFU ? 1U : 0U;
    law = take_law(in, points);
    slope = take_real(in);
    gap = take_byte(in) % 2U == 0U ? 1e-9 : take_real(in);
    length = mpriv_privacy_power_blahut_arimoto_scratch_bytes(levels, users);
    scratch = take_scratch(in, &length);
    bounds = give(1, sizeof *bounds);
    output = give(points, sizeof *output);
    code = answered(mpriv_privacy_power_blahut_arimoto(bounds, output, levels, users, law, points, slope, gap,
                                                       scratch, length),
                    1);
    HOLDS(code != MPRIV_OK || bounds->upper_nats - bounds->lower_nats <= gap);
    if (code == MPRIV_OK || code == MPRIV_ERROR_EXHAUSTED) {
        HOLDS(bounds->lower_nats <= bounds->upper_nats && bounds->leakage_bits >= 0.0 &&
              is_law(output, points));
    }
}

#define STEPS(NAME, LAW, STEP, REAL, DRAW)                                                                   \
    static void NAME(input *in) {                                                                            \
        const size_t count = take_byte(in) % (LEVELS + 1U), less = count > 0U ? count - 1U : 0U;             \
        REAL *p = take(count, sizeof *p), *decays = take(less, sizeof *decays), *q, *largest;                \
        size_t k;                                                                                            \
        int code;                                                                                            \
        for (k = 0; k < count; k++) {                                                                        \
            p[k] = (REAL)DRAW;                                                                               \
        }                                                                                                    \
        for (k = 0; k < less; k++) {                                                                         \
            decays[k] = (REAL)DRAW;                                                                          \
        }                                                                                                    \
        q = take(count, sizeof *q);                                                                          \
        code = answer(LAW(q, p, decays, count, take(4U * count, sizeof *q)));                                \
        CHECK(code == (count > 0U ? MPRIV_OK : MPRIV_ERROR_MALFORMED));                                      \
        for (k = 0; k < count; k++) {                                                                        \
            q[k] = (REAL)DRAW;                                                                               \
        }                                                                                                    \
        largest = give(1, sizeof *largest);                                                                  \
        code = answer(STEP(q, largest, p, decays, count, take(count, sizeof *q)));                           \
        CHECK(code == (count > 0U ? MPRIV_OK : MPRIV_ERROR_MALFORMED));                                      \
    }

STEPS(reals, mpriv_privacy_power_law, mpriv_privacy_power_step, double, take_real(in))
STEPS(singles, mpriv_privacy_power_law_binary32, mpriv_privacy_power_step_binary32, float,
      ((double)take_word(in, 2) / 65536.0))
STEPS(fixed, mpriv_privacy_power_law_fixed, mpriv_privacy_power_step_fixed, uint32_t, (take_word(in, 4)))

static void table(input *in) {
    const size_t count = take_byte(in) % (LEVELS + 2U), slots = take_byte(in) % SLOTS;
    const size_t random_length = take_byte(in) % (4U * SLOTS);
    uint64_t *rows = take(count * count, sizeof *rows);
    uint32_t *levels = take(slots, sizeof *levels), *weights = take(count, sizeof *weights), *outputs;
    uint8_t *random = take(random_length, 1U);
    size_t i, k;
    for (i = 0; i < count; i++) {
        uint64_t *row = give(count, sizeof *row);
        int code;
        for (k = 0; k < count; k++) {
            weights[k] = k <= i ? (uint32_t)take_word(in, k % 2U != 0U ? 4U : 1U) : 0U;
        }
        code = answer(mpriv_privacy_power_thresholds(row, weights, count));
        HOLDS(code != MPRIV_OK || row[i] == (uint64_t)1 << 32);
        memcpy(rows + i * count, row, count * sizeof *rows);
    }
    if (take_byte(in) == 0xFFU && count > 0U) {
        rows[take_byte(in) % (count * count)] = take_word(in, 8);
    }
    for (k = 0; k < slots; k++) {
        levels[k] = take_byte(in) % (LEVELS + 2U);
    }
    for (k = 0; k < random_length; k++) {
        random[k] = take_byte(in);
    }
    i = mpriv_privacy_power_check_table(rows, count) == MPRIV_OK;
    outputs = give(slots, sizeof *outputs);
    if (answer(mpriv_privacy_power_sample(outputs, rows, count, levels, slots, random, random_length)) ==
        MPRIV_OK) {
        HOLDS(i);
        for (k = 0; k < slots; k++) {
            HOLDS(outputs[k] <= levels[k]);
            HOLDS(outputs[k] == mpriv_privacy_power_select(rows + levels[k] * count, count, random + 4U * k));
        }
    }
}

static void elementary(input *in) {
    const double x = take_real(in), e = mpriv_exp(x), l = mpriv_log(x);
    HOLDS(x != x || e >= 0.0);
    HOLDS(!(x >= 0.0) || l == l);
    HOLDS(!(mpriv_expm1(x) < -1.0) &&
          !(mpriv_log1p(x) > x && x > -1.0 && x != 0.0 && x < 1.0 && x * x > 1e-15));
}

static void slot(input *in) {
    const uint32_t capacity = (uint32_t)take_word(in, 3), state = (uint32_t)take_word(in, 3);
    const uint32_t load = (uint32_t)take_word(in, 3), output = (uint32_t)take_word(in, 4);
    uint32_t *next = give(1, sizeof *next), *lowest, *highest;
    const int code = answer(mpriv_batteries_next_state(next, capacity, state, load, output));
    HOLDS(code != MPRIV_OK || *next <= capacity);
    lowest = give(1, sizeof *lowest);
    highest = give(1, sizeof *highest);
    if (answer(mpriv_batteries_feasible_outputs(lowest, highest, capacity, state, output, load)) ==
        MPRIV_OK) {
        HOLDS(*lowest <= *highest && *highest <= output);
        HOLDS(code != MPRIV_OK || (*lowest <= output && output <= *highest) || output > *highest);
    }
}

static void minimum(input *in) {
    const size_t count = take_byte(in) % LEVELS, capacity = take_byte(in) % 12U, n = capacity + 1U;
    double *p = take_law(in, count), *state = give(n, sizeof *state), *leakage, *lower, *policy, *theta;
    mpriv_battery_bounds *bounds = give(1, sizeof *bounds);
    size_t length = mpriv_batteries_minimum_scratch_bytes(count, capacity), k;
    void *scratch = take_scratch(in, &length);
    const int code =
        answered(mpriv_batteries_minimum_leakage(bounds, state, p, count, capacity, scratch, length), 1);
    if (code == MPRIV_OK || code == MPRIV_ERROR_EXHAUSTED) {
        HOLDS(is_law(state, n) && bounds->lower_bits <= bounds->upper_bits);
        HOLDS(bounds->leakage_bits >= 0.0 && bounds->leakage_bits <= bounds->upper_bits);
    }
    theta = code == MPRIV_OK && take_byte(in) % 2U == 0U ? state : take_law(in, n);
    length = (n + count) * sizeof(double);
    scratch = take_scratch(in, &length);
    leakage = give(1, sizeof *leakage);
    lower = give(1, sizeof *lower);
    if (answer(mpriv_batteries_structured_leakage(leakage, lower, p, count, theta, capacity, scratch,
                                                  length)) == MPRIV_OK) {
        HOLDS(*leakage >= 0.0 && *lower >= 0.0);
        HOLDS(code != MPRIV_OK || *leakage > bounds->lower_bits - 1e-9);
    }
    policy = give(n * count * count, sizeof *policy);
    if (answer(mpriv_batteries_structured_policy(policy, p, count, theta, capacity, scratch, length)) ==
        MPRIV_OK) {
        for (k = 0; k < n * count * count; k++) {
            HOLDS(policy[k] >= 0.0 && policy[k] <= 1.0 + 1e-9);
        }
    }
}

static void holding(input *in) {
    const size_t count = take_byte(in) % 5U, capacity = take_byte(in) % 5U, period = take_byte(in) % 4U;
    size_t *held = take(period, sizeof *held),
           length = mpriv_batteries_holding_scratch_bytes(count, capacity, 1), k;
    double *p = take_law(in, count), *leakage = give(1, sizeof *leakage);
    void *scratch = take_scratch(in, &length);
    if (answer(mpriv_batteries_best_effort_leakage(leakage, p, count, capacity, scratch, length)) ==
        MPRIV_OK) {
        HOLDS(*leakage >= 0.0 && *leakage <= 3.0);
    }
    for (k = 0; k < period; k++) {
        held[k] = take_byte(in) % 5U;
    }
    length = mpriv_batteries_holding_scratch_bytes(count, capacity, period);
    scratch = take_scratch(in, &length);
    leakage = give(1, sizeof *leakage);
    if (answer(mpriv_batteries_constant_holding_leakage(leakage, p, count, capacity, held, period,
                                                        take_byte(in) % 5U, scratch, length)) == MPRIV_OK) {
        HOLDS(*leakage >= 0.0 && *leakage <= 3.0);
    }
}

/* Mostly a policy that keeps the battery in its range. */
static mpriv_battery_controller take_controller(input *in, size_t loads) {
    mpriv_battery_controller made;
    const uint8_t choice = take_byte(in);
    double *policy;
    size_t s, x, y;
    made.load_count = loads;
    made.capacity = take_byte(in) % 5U;
    made.output_count = take_byte(in) % 5U;
    made.probabilities = take_law(in, loads);
    policy = take((made.capacity + 1U) * loads * made.output_count, sizeof *policy);
    for (s = 0; s <= made.capacity; s++) {
        for (x = 0; x < loads; x++) {
            double *const row = policy + (s * loads + x) * made.output_count;
            double total = 0.0;
            for (y = 0; y < made.output_count; y++) {
                const int kept = s + y >= x && s + y - x <= made.capacity;
                row[y] = kept || choice > 0xF0U ? (double)take_byte(in) : 0.0;
                total += row[y];
            }
            for (y = 0; total > 0.0 && choice < 0xFCU && y < made.output_count; y++) {
                row[y] /= total;
            }
        }
    }
    made.policy = policy;
    return made;
}

static void one_slot(input *in) {
    mpriv_battery_controller first = take_controller(in, take_byte(in) % 5U), second;
    const double *states = take_law(in, first.capacity + 1U), *others;
    size_t length = ((first.capacity + 1U) * first.output_count + 1U) * sizeof(double);
    double *residual = give(1, sizeof *residual), *output = give(first.output_count, sizeof *output);
    mpriv_cascade_terms *terms;
    void *scratch = take_scratch(in, &length);
    const int checked = mpriv_batteries_check_policy(&first);
    int code = answer(mpriv_batteries_invariance(residual, output, &first, states, scratch, length));
    HOLDS(code != MPRIV_OK || (checked == MPRIV_OK && is_law(output, first.output_count)));
    HOLDS(code != MPRIV_OK || (*residual >= 0.0 && *residual <= 1.0 + 1e-9));
    second = take_controller(in, take_byte(in) < 0xF0U ? first.output_count : take_byte(in) % 5U);
    others = take_law(in, second.capacity + 1U);
    length = mpriv_batteries_cascade_scratch_bytes(&first, &second);
    scratch = take_scratch(in, &length);
    terms = give(1, sizeof *terms);
    code = answer(mpriv_batteries_cascade_bound(terms, &first, states, &second, others, scratch, length));
    HOLDS(code != MPRIV_OK || (terms->bound_bits >= 0.0 && terms->bound_bits <= terms->second_bits + 1e-9));
}

static void machine(input *in) {
    mpriv_battery_machine of;
    mpriv_battery_move *moves;
    mpriv_battery_class *classes;
    size_t *class_of, *found, length, k, slots = take_byte(in) % SLOTS, block = take_byte(in) % 5U;
    double *lower = give(1, sizeof *lower), *upper = give(1, sizeof *upper), *belief, *states;
    uint32_t *outputs = take(slots, sizeof *outputs);
    const uint8_t choice = take_byte(in);
    void *scratch;
    of.load_count = take_byte(in) % 4U;
    of.states = take_byte(in) % 5U;
    of.output_count = take_byte(in) % 4U;
    of.probabilities = take_law(in, of.load_count);
    states = take_law(in, of.states);
    of.move_count = of.states * of.load_count + take_byte(in) % 4U;
    moves = take(of.move_count, sizeof *moves);
    for (k = 0; k < of.move_count; k++) {
        const uint8_t where = take_byte(in);
        moves[k].from = (uint32_t)(of.load_count > 0U ? k / of.load_count : k);
        moves[k].load = (uint32_t)(of.load_count > 0U ? k % of.load_count : k);
        moves[k].output = k > 0U ? moves[k - 1U].output + (where >= 0xC0U) : 0U;
        moves[k].to = where % 4U;
        moves[k].probability = 1.0;
    }
    /* The last moves take from the first ones. */
    for (k = of.states * of.load_count; choice < 0xF0U && k < of.move_count; k++) {
        const size_t other = k - of.states * of.load_count;
        moves[k].from = moves[other].from;
        moves[k].load = moves[other].load;
        moves[k].probability = (double)take_byte(in) / 256.0;
        moves[other].probability -= moves[k].probability;
    }
    if (choice % 16U == 15U && of.move_count > 0U) {
        moves[take_byte(in) % of.move_count].probability = take_real(in);
    }
    of.moves = moves;
    classes = give(of.states, sizeof *classes);
    found = give(1, sizeof *found);
    class_of = give(of.states, sizeof *class_of);
    length = mpriv_batteries_rate_scratch_bytes(&of, block);
    scratch = take_scratch(in, &length);
    if (answer(mpriv_batteries_leakage_rate(lower, upper, classes, found, class_of, &of, states, block,
                                            scratch, length)) == MPRIV_OK) {
        HOLDS(*found >= 1U && *found <= of.states && *lower >= 0.0 && *lower <= *upper && *upper <= 3.0);
        for (k = 0; k < of.states; k++) {
            HOLDS(class_of[k] <= *found);
        }
    }
    for (k = 0; k < slots; k++) {
        outputs[k] = take_byte(in) % 4U;
    }
    length = mpriv_batteries_recursion_scratch_bytes(&of);
    scratch = take_scratch(in, &length);
    lower = give(1, sizeof *lower);
    belief = give(of.states, sizeof *belief);
    if (answer(mpriv_batteries_forward_recursion(lower, belief, &of, states, outputs, slots, scratch,
                                                 length)) == MPRIV_OK) {
        HOLDS(*lower >= 0.0 && is_law(belief, of.states));
    }
}

static uint64_t *take_steps(input *in, size_t count) {
    uint64_t *steps = take(count, sizeof *steps), last = 0;
    size_t k;
    for (k = 0; k < count; k++) {
        last += take_word(in, 3) << 8;
        steps[k] = last < (uint64_t)1 << 32 && k + 1U < count ? last : (uint64_t)1 << 32;
    }
    if (take_byte(in) == 0xFFU && count > 0U) {
        steps[take_byte(in) % count] = take_word(in, 5);
    }
    return steps;
}

static void simulation(input *in) {
    mpriv_battery_thresholds of;
    mpriv_battery_estimate *estimate = give(1, sizeof *estimate);
    uint64_t *rows;
    uint8_t *seed = take(32, 1);
    size_t length, s, x, y;
    void *scratch;
    of.load_count = take_byte(in) % 4U;
    of.capacity = take_byte(in) % 4U;
    of.output_count = take_byte(in) % 5U;
    of.loads = take_steps(in, of.load_count);
    of.initial_state = take_steps(in, of.capacity + 1U);
    rows = take((of.capacity + 1U) * of.load_count * of.output_count, sizeof *rows);
    for (s = 0; s <= of.capacity; s++) {
        for (x = 0; x < of.load_count; x++) {
            uint64_t *const row = rows + (s * of.load_count + x) * of.output_count;
            const size_t least = x > s ? x - s : 0U, most = of.capacity - s + x;
            uint64_t last = 0;
            for (y = 0; y < of.output_count; y++) {
                last += y >= least && y < most ? take_word(in, 2) << 15 : 0U;
                row[y] = y < most && y + 1U < of.output_count ? last : (uint64_t)1 << 32;
            }
        }
    }
    of.policy = rows;
    for (x = 0; x < 32U; x++) {
        seed[x] = take_byte(in);
    }
    length = mpriv_batteries_simulation_scratch_bytes(&of);
    scratch = take_scratch(in, &length);
    if (answer(mpriv_batteries_simulate(estimate, &of, 16U * (take_byte(in) % 8U), seed, scratch, length)) ==
        MPRIV_OK) {
        HOLDS(estimate->leakage_bits == estimate->leakage_bits && estimate->deviation_bits >= 0.0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void (*const operations[])(input *) = {
        exact,      curve, allocate, blahut_arimoto, reals,    singles, fixed,      table,
        elementary, slot,  minimum,  holding,        one_slot, machine, simulation,
    };
    input in = {data, size};
    operations[take_byte(&in) % (sizeof operations / sizeof *operations)](&in);
    release();
    return 0;
}
