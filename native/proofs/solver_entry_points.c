/* Eva runs the solvers of privacy power and batteries: no run-time error. The first four entries are given
 * unknown numbers, NaN and the infinities among them, in lists of up to three; the last one runs on given
 * numbers, in memory that holds nothing yet. */
#include <stdlib.h>
#include <string.h>

#include "__fc_builtin.h"

#include "meter_privacy_batteries.h"

#define UNKNOWN(object) Frama_C_make_unknown((char *)(object), sizeof(object))
#define ALL 0x100000000U

static double any_real(void) {
    double x;
    Frama_C_make_unknown((char *)&x, sizeof x);
    return x;
}

static uint32_t any_word(void) {
    return Frama_C_unsigned_int_interval(0, 0xFFFFFFFF);
}

static size_t any_size(void) {
    return Frama_C_size_t_interval(0, SIZE_MAX);
}

/* The object, or none. */
static void *perhaps(void *object) {
    return Frama_C_interval(0, 1) != 0 ? object : NULL;
}

/* Any number, but told apart as the solvers do: positive, not positive, or NaN. */
#define TELL(x)                                                                                              \
    do {                                                                                                     \
        (x) = any_real();                                                                                    \
        if ((x) > 0.0) {                                                                                     \
        } else if ((x) <= 0.0) {                                                                             \
        } else {                                                                                             \
            (x) = 0.0 / 0.0;                                                                                 \
        }                                                                                                    \
    } while (0)

/* The last n of an array: beyond them is beyond it. */
#define LAST(array, n) ((array) + ((n) > 0 ? sizeof(array) / sizeof *(array) - (n) : 0))

/* Memory of exactly so many bytes, of unknown contents. */
static void *unknown(size_t bytes) {
    char *const memory = malloc(bytes);
    Frama_C_make_unknown(memory, bytes);
    return memory;
}

/* ---- Privacy power, and its elementary functions ------------------------------------------------------- */

static void elementary(void) {
    (void)mpriv_exp(any_real());
    (void)mpriv_expm1(any_real());
    (void)mpriv_log(any_real());
    (void)mpriv_log1p(any_real());
}

static int exponential(size_t n) {
    double means[3], powers[3], level, leakage;
    UNKNOWN(means);
    return mpriv_privacy_power_allocate_exponential(perhaps(&level), perhaps(LAST(powers, n)), &leakage,
                                                    perhaps(LAST(means, n)), n, any_real());
}

static int sample(size_t n) {
    uint64_t thresholds[3], table[9];
    uint32_t weights[3], levels[2], outputs[2];
    uint8_t random[8];
    int code = 0;
    UNKNOWN(table);
    UNKNOWN(weights);
    UNKNOWN(levels);
    UNKNOWN(random);
    code += mpriv_privacy_power_thresholds(perhaps(LAST(thresholds, n)), perhaps(LAST(weights, n)), n);
    code += mpriv_privacy_power_check_table(perhaps(LAST(table, n * n)), n);
    code += (int)mpriv_privacy_power_select(LAST(table, n), n, random + 4);
    code +=
        mpriv_privacy_power_sample(perhaps(outputs), LAST(table, n * n), n, perhaps(levels), 2, random, 8);
    code += mpriv_privacy_power_sample(outputs, table, n, levels, 2, random, 7);
    return code;
}

static int steps(size_t n) {
    double q[3], p[3], decays[2], largest, *const work = malloc(4 * n * sizeof *work);
    float q_32[3], p_32[3], decays_32[2], largest_32, *const work_32 = malloc(4 * n * sizeof *work_32);
    uint32_t q_fixed[3], p_fixed[3], decays_fixed[2], largest_fixed;
    uint32_t *const work_fixed = malloc(4 * n * sizeof *work_fixed);
    const size_t gaps = n > 1 ? n - 1 : 0;
    int code = 0;
    UNKNOWN(q);
    UNKNOWN(p);
    UNKNOWN(decays);
    UNKNOWN(q_32);
    UNKNOWN(p_32);
    UNKNOWN(decays_32);
    UNKNOWN(q_fixed);
    UNKNOWN(p_fixed);
    UNKNOWN(decays_fixed);
    code += mpriv_privacy_power_step(LAST(q, n), perhaps(&largest), LAST(p, n), perhaps(LAST(decays, gaps)),
                                     n, work + 3 * n);
    code += mpriv_privacy_power_step_binary32(LAST(q_32, n), &largest_32, LAST(p_32, n),
                                              perhaps(LAST(decays_32, gaps)), n, work_32 + 3 * n);
    code += mpriv_privacy_power_step_fixed(LAST(q_fixed, n), &largest_fixed, LAST(p_fixed, n),
                                           perhaps(LAST(decays_fixed, gaps)), n, work_fixed + 3 * n);
    code += mpriv_privacy_power_law(LAST(q, n), LAST(p, n), perhaps(LAST(decays, gaps)), n, work);
    code += mpriv_privacy_power_law_binary32(LAST(q_32, n), LAST(p_32, n), perhaps(LAST(decays_32, gaps)), n,
                                             work_32);
    code += mpriv_privacy_power_law_fixed(LAST(q_fixed, n), LAST(p_fixed, n),
                                          perhaps(LAST(decays_fixed, gaps)), n, work_fixed);
    return code;
}

static int leakage(size_t n, double *output_probabilities) {
    double loads[3], p[3], bits, slope;
    const mpriv_user_load load = {LAST(loads, n), LAST(p, n), n};
    const size_t bytes = mpriv_privacy_power_point_scratch_bytes(n);
    uint8_t *const scratch = unknown(bytes);
    size_t i;
    UNKNOWN(loads);
    for (i = 3 - n; i < 3; i++) {
        TELL(p[i]);
    }
    return mpriv_privacy_power_leakage(&bits, &slope, output_probabilities, &load, any_real(), scratch,
                                       bytes - Frama_C_size_t_interval(0, 1));
}

static int rows(size_t n) {
    double loads[3], row[3], law[3];
    const mpriv_user_load load = {perhaps(LAST(loads, n)), NULL, n};
    size_t i;
    int code = mpriv_privacy_power_policy_row(row, &load, law, any_real(), SIZE_MAX);
    UNKNOWN(loads);
    UNKNOWN(law);
    for (i = 0; i <= n; i++) {
        code += mpriv_privacy_power_policy_row(LAST(row, n), &load, LAST(law, n), any_real(), i);
    }
    return code;
}

static int allocate(size_t user_count, size_t n, size_t m) {
    double loads[2][2], p[2][2], powers[2], leakages[2], slope;
    const mpriv_user_load users[2] = {{LAST(loads[0], n), LAST(p[0], n), n},
                                      {LAST(loads[1], m), LAST(p[1], m), m}};
    const size_t bytes = mpriv_privacy_power_point_scratch_bytes(n + m);
    uint8_t *const scratch = unknown(bytes);
    size_t i;
    UNKNOWN(loads);
    for (i = 2 - n; i < 2; i++) {
        TELL(p[0][i]);
    }
    for (i = 2 - m; i < 2; i++) {
        TELL(p[1][i]);
    }
    return mpriv_privacy_power_allocate(powers, leakages, &slope, users, user_count, any_real(), scratch,
                                        bytes);
}

/* Without powers, of any levels; with them the levels are given, because the solver looks them up as they are. */
static int curve(size_t n, int with_powers) {
    double loads[3] = {0.0, 1.0, 5.0}, p[3], slopes[3], powers[3], leakages[3];
    size_t merged[3], breakpoints, i;
    const size_t bytes = mpriv_privacy_power_curve_scratch_bytes(n);
    const mpriv_user_load load = {LAST(loads, n), LAST(p, n), n};
    uint8_t *const scratch = unknown(bytes);
    if (!with_powers) {
        UNKNOWN(loads);
    }
    for (i = 3 - n; i < 3; i++) {
        TELL(p[i]);
    }
    return mpriv_privacy_power_curve(
        LAST(slopes, n), with_powers ? LAST(powers, n) : NULL, with_powers ? LAST(leakages, n) : NULL,
        with_powers ? LAST(merged, n) : NULL, &breakpoints, &load, scratch, bytes);
}

int privacy_power(void) {
    double law[3];
    size_t n;
    int code = 0;
    elementary();
    for (n = 0; n <= 3; n++) {
        code += exponential(n) + sample(n) + steps(n) + leakage(n, LAST(law, n)) + leakage(n, NULL) + rows(n);
        code += curve(n, 0) + curve(n, 1);
    }
    code += allocate(0, 0, 0) + allocate(1, 1, 0) + allocate(2, 1, 2) + allocate(2, 2, 2);
    code += (int)(mpriv_privacy_power_point_scratch_bytes(any_size()) > 0);
    code += (int)(mpriv_privacy_power_curve_scratch_bytes(any_size()) > 0);
    return code;
}

static int correlated(size_t user_count, size_t a, size_t b, size_t c) {
    double loads[3][3], p[6], law[6];
    const mpriv_levels users[3] = {{LAST(loads[0], a), a}, {LAST(loads[1], b), b}, {LAST(loads[2], c), c}};
    const size_t points = user_count == 1 ? a : (user_count == 2 ? a * b : a * b * c);
    const size_t bytes = mpriv_privacy_power_blahut_arimoto_scratch_bytes(users, user_count);
    uint8_t *const scratch = unknown(bytes);
    mpriv_privacy_power_bounds bounds;
    UNKNOWN(loads);
    UNKNOWN(p);
    return mpriv_privacy_power_blahut_arimoto(&bounds, perhaps(LAST(law, points)), users, user_count,
                                              LAST(p, points), points, any_real(), any_real(), scratch,
                                              bytes);
}

int blahut_arimoto(void) {
    return correlated(0, 1, 1, 1) + correlated(1, 0, 0, 0) + correlated(1, 1, 0, 0) + correlated(1, 2, 0, 0) +
           correlated(1, 3, 0, 0) + correlated(2, 1, 2, 0) + correlated(2, 2, 2, 0) + correlated(2, 2, 3, 0) +
           correlated(3, 2, 1, 2) + correlated(4, 1, 1, 1);
}

/* ---- Batteries ----------------------------------------------------------------------------------------- */

static int integers(void) {
    uint32_t a, b;
    int code = mpriv_batteries_next_state(perhaps(&a), any_word(), any_word(), any_word(), any_word());
    code += mpriv_batteries_feasible_outputs(perhaps(&a), perhaps(&b), any_word(), any_word(), any_word(),
                                             any_word());
    code += (int)(mpriv_batteries_minimum_scratch_bytes(any_size(), any_size()) > 0);
    code += (int)(mpriv_batteries_holding_scratch_bytes(any_size(), any_size(), any_size()) > 0);
    return code;
}

static int minimum(size_t n, size_t capacity) {
    double p[3], state[3];
    const size_t bytes = mpriv_batteries_minimum_scratch_bytes(n, capacity);
    uint8_t *const scratch = unknown(bytes);
    mpriv_battery_bounds bounds;
    size_t i;
    for (i = 3 - n; i < 3; i++) {
        TELL(p[i]);
        /* The least of the loads that is not too rare is looked for without an end. */
        if (p[i] < 0x1p-60) {
        }
    }
    return mpriv_batteries_minimum_leakage(perhaps(&bounds), perhaps(LAST(state, capacity + 1)), LAST(p, n),
                                           n, capacity, scratch, bytes);
}

static int structured(size_t n, size_t capacity) {
    double p[3], state[3], policy[27], bits, lower;
    const size_t bytes = (capacity + n + 1) * sizeof(double), cells = (capacity + 1) * n * n;
    uint8_t *const scratch = malloc(bytes);
    int code;
    UNKNOWN(p);
    UNKNOWN(state);
    code = mpriv_batteries_structured_policy(perhaps(LAST(policy, cells)), LAST(p, n), n,
                                             LAST(state, capacity + 1), capacity, scratch, bytes);
    code += mpriv_batteries_structured_leakage(&bits, perhaps(&lower), LAST(p, n), n,
                                               LAST(state, capacity + 1), capacity, scratch, bytes);
    return code;
}

static int one_slot(size_t n, size_t outputs, size_t capacity) {
    double p[2], policy[12], state[3], law[2], residual;
    const size_t bytes = ((capacity + 1) * outputs + 1) * sizeof(double);
    const size_t cells = (capacity + 1) * n * outputs;
    double *const cell = LAST(policy, cells);
    const mpriv_battery_controller one = {LAST(p, n), n, capacity, cell, outputs};
    uint8_t *const scratch = malloc(bytes);
    size_t s, x, y;
    int code;
    UNKNOWN(p);
    UNKNOWN(state);
    for (s = 0; s <= capacity; s++) {
        for (x = 0; x < n; x++) {
            for (y = 0; y < outputs; y++) {
                if (s + y < x || s + y - x > capacity) {
                    TELL(cell[(s * n + x) * outputs + y]);
                } else {
                    cell[(s * n + x) * outputs + y] = any_real();
                }
            }
        }
    }
    code = mpriv_batteries_check_policy(&one);
    code += mpriv_batteries_invariance(perhaps(&residual), LAST(law, outputs), &one,
                                       LAST(state, capacity + 1), scratch, bytes);
    return code;
}

/* The policies keep to the battery here: that others are refused, the entry above shows. */
static int cascade(size_t capacity, size_t next_capacity, size_t outputs, size_t scratch_bytes) {
    double p[2], policies[2][12], states[2][3];
    const mpriv_battery_controller first = {p, 2, capacity, policies[0], 2};
    const mpriv_battery_controller second = {NULL, 2, next_capacity, policies[1], outputs};
    uint8_t *const scratch = scratch_bytes > 0 ? malloc(scratch_bytes) : NULL;
    mpriv_cascade_terms terms;
    size_t battery, s, x, y;
    UNKNOWN(p);
    UNKNOWN(states);
    for (battery = 0; battery < 2; battery++) {
        const size_t top = (battery == 0 ? capacity : next_capacity) < 2 ? 1 : 2;
        for (s = 0; s <= top; s++) {
            for (x = 0; x < 2; x++) {
                for (y = 0; y < 2; y++) {
                    policies[battery][(s * 2 + x) * 2 + y] = s + y < x || s + y - x > top ? 0.0 : any_real();
                }
            }
        }
    }
    return mpriv_batteries_cascade_bound(&terms, &first, states[0], &second, states[1], scratch,
                                         scratch_bytes);
}

static int cascades(size_t capacity, size_t next_capacity) {
    const mpriv_battery_controller first = {NULL, 2, capacity, NULL, 2},
                                   second = {NULL, 2, next_capacity, NULL, 2};
    return cascade(capacity, next_capacity, 2, mpriv_batteries_cascade_scratch_bytes(&first, &second));
}

static int best_effort(size_t n, size_t capacity) {
    double p[2], bits;
    const size_t bytes = mpriv_batteries_holding_scratch_bytes(n, capacity, 1);
    uint8_t *const scratch = unknown(bytes);
    size_t i;
    for (i = 2 - n; i < 2; i++) {
        TELL(p[i]);
    }
    return mpriv_batteries_best_effort_leakage(perhaps(&bits), LAST(p, n), n, capacity, scratch, bytes);
}

static int constant_holding(size_t n, size_t capacity, size_t period) {
    double p[2], bits;
    size_t outputs[1], i;
    const size_t bytes = mpriv_batteries_holding_scratch_bytes(n, capacity, period);
    uint8_t *const scratch = unknown(bytes);
    UNKNOWN(outputs);
    for (i = 2 - n; i < 2; i++) {
        TELL(p[i]);
    }
    return mpriv_batteries_constant_holding_leakage(&bits, LAST(p, n), n, capacity, outputs, period,
                                                    any_size(), scratch, bytes);
}

int batteries(void) {
    int code = integers();
    code += minimum(0, 1) + minimum(1, 0) + minimum(1, 1) + minimum(2, 1) + minimum(2, 2) + minimum(3, 1);
    code += structured(0, 1) + structured(2, 1) + structured(3, 2);
    code += one_slot(0, 0, 0) + one_slot(2, 2, 1) + one_slot(2, 2, 2);
    code += cascades(1, 1) + cascades(2, 1) + cascades(1, 2);
    code += cascade(1025, 1, 2, 0) + cascade(1, 1025, 2, 0) + cascade(1, 1, 257, 0);
    code += best_effort(0, 1) + best_effort(1, 1) + best_effort(2, 0) + best_effort(2, 1) + best_effort(2, 2);
    code += constant_holding(1, 1, 0) + constant_holding(1, 1, 1) + constant_holding(2, 1, 1);
    return code;
}

static int rate(size_t states, size_t n, size_t outputs, size_t moves, size_t block) {
    double p[2], initial[2], lower, upper;
    mpriv_battery_move move[4];
    mpriv_battery_class classes[2];
    size_t class_count, class_of[2];
    const mpriv_battery_machine machine = {LAST(p, n), n, states, outputs, LAST(move, moves), moves};
    const size_t bytes = mpriv_batteries_rate_scratch_bytes(&machine, block);
    uint8_t *const scratch = unknown(bytes);
    UNKNOWN(p);
    UNKNOWN(initial);
    UNKNOWN(move);
    return mpriv_batteries_leakage_rate(&lower, perhaps(&upper), LAST(classes, states), &class_count,
                                        LAST(class_of, states), &machine, LAST(initial, states), block,
                                        scratch, bytes);
}

static int recursion(size_t states, size_t n, size_t outputs, size_t moves) {
    double p[2], initial[2], belief[2], bits;
    mpriv_battery_move move[4];
    uint32_t seen[2];
    const mpriv_battery_machine machine = {LAST(p, n), n, states, outputs, LAST(move, moves), moves};
    const size_t bytes = mpriv_batteries_recursion_scratch_bytes(&machine);
    uint8_t *const scratch = unknown(bytes);
    UNKNOWN(p);
    UNKNOWN(initial);
    UNKNOWN(move);
    UNKNOWN(seen);
    return mpriv_batteries_forward_recursion(&bits, LAST(belief, states), &machine, LAST(initial, states),
                                             perhaps(seen), 2, scratch, bytes);
}

static int simulate(size_t n, size_t outputs, size_t capacity, size_t slots) {
    uint64_t loads[2], state[3], policy[12];
    uint8_t seed[32];
    const mpriv_battery_thresholds table = {
        LAST(loads, n), n, LAST(state, capacity + 1), capacity, LAST(policy, (capacity + 1) * n * outputs),
        outputs};
    const size_t bytes = mpriv_batteries_simulation_scratch_bytes(&table);
    uint8_t *const scratch = unknown(bytes);
    mpriv_battery_estimate estimate;
    UNKNOWN(loads);
    UNKNOWN(state);
    UNKNOWN(policy);
    UNKNOWN(seed);
    return mpriv_batteries_simulate(perhaps(&estimate), &table, slots, seed, scratch, bytes);
}

static int simulate_given(void) {
    static const uint64_t loads[2] = {0x60000000, ALL}, state[2] = {0x80000000, ALL};
    static const uint64_t policy[8] = {0x40000000, ALL, 0, ALL, ALL, ALL, 0xC0000000, ALL};
    const mpriv_battery_thresholds table = {loads, 2, state, 1, policy, 2};
    const size_t bytes = mpriv_batteries_simulation_scratch_bytes(&table);
    uint8_t seed[32], *const scratch = malloc(bytes);
    mpriv_battery_estimate estimate;
    UNKNOWN(seed);
    return mpriv_batteries_simulate(&estimate, &table, 32, seed, scratch, bytes);
}

int machines(void) {
    int code = rate(0, 1, 1, 0, 1) + rate(1, 1, 1, 1, 0) + rate(1, 2, 2, 2, 3) + rate(2, 1, 2, 2, 2);
    code += rate(2, 2, 2, 4, 1);
    code += recursion(0, 1, 1, 0) + recursion(1, 1, 1, 1) + recursion(2, 1, 2, 3);
    code += simulate(0, 0, 0, 0) + simulate(1, 1, 1, 32) + simulate(1, 1, 2, 33) + simulate(2, 2, 1, 0);
    return code + simulate_given();
}

/* ---- Given numbers, in memory that holds nothing yet ---------------------------------------------------- */

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LEVELS 6U
#define MANY 100U

static int given_points(void) {
    static const double loads[LEVELS] = {0.0, 1.0, 2.5, 4.0, 7.0, 11.0};
    static const double p[LEVELS] = {0.25, 0.125, 0.0, 0.25, 0.125, 0.25}, q[2] = {0.5, 0.5};
    static const double powers[] = {0.0, 0.5, 3.0, 20.0, -1.0};
    const mpriv_user_load users[2] = {{loads, p, LEVELS}, {loads + 1, q, 2}};
    const size_t bytes = mpriv_privacy_power_point_scratch_bytes(LEVELS + 2);
    double bits[2], each[2], slope, law[LEVELS], row[LEVELS];
    size_t i, k;
    int code = 0;
    for (i = 0; i < COUNT(powers); i++) {
        uint8_t *const scratch = malloc(bytes);
        code += mpriv_privacy_power_leakage(bits, &slope, law, users, powers[i], scratch, bytes);
        for (k = 0; k < LEVELS; k++) {
            code += mpriv_privacy_power_policy_row(row, users, law, slope, k);
        }
        code += mpriv_privacy_power_allocate(each, bits, &slope, users, 2, powers[i], scratch, bytes);
        free(scratch);
    }
    return code;
}

/* With MANY levels breakpoints are evaluated in groups, whose sizes are made smaller for this. */
static int given_curve(size_t n, double top) {
    double loads[MANY], p[MANY], slopes[MANY], powers[MANY], leakages[MANY], sum = 0.0;
    size_t merged[MANY], breakpoints, i;
    const mpriv_user_load load = {LAST(loads, n), LAST(p, n), n};
    const size_t bytes = mpriv_privacy_power_curve_scratch_bytes(n);
    uint8_t *const scratch = malloc(bytes);
    for (i = MANY - n; i < MANY; i++) {
        loads[i] = (double)(10U * (i / 2U) + i % 2U);
        p[i] = 1.0 + top * (double)(i % 7U);
        sum += p[i];
    }
    for (i = MANY - n; i < MANY; i++) {
        p[i] /= sum;
    }
    return mpriv_privacy_power_curve(LAST(slopes, n), LAST(powers, n), LAST(leakages, n), LAST(merged, n),
                                     &breakpoints, &load, scratch, bytes);
}

static int given_bounds(size_t user_count) {
    static const double loads[LEVELS] = {0.0, 1.0, 2.5, 4.0, 7.0, 11.0};
    static const double p[8] = {0.125, 0.25, 0.125, 0.0, 0.25, 0.125, 0.0625, 0.0625};
    static const double q[LEVELS] = {0.25, 0.125, 0.0, 0.25, 0.125, 0.25};
    const mpriv_levels alone[1] = {{loads, LEVELS}};
    const mpriv_levels together[3] = {{loads, 2}, {loads + 1, user_count == 2 ? 4U : 2U}, {loads + 3, 2}};
    const mpriv_levels *const users = user_count == 1 ? alone : together;
    const size_t points = user_count == 1 ? LEVELS : 8;
    const size_t bytes = mpriv_privacy_power_blahut_arimoto_scratch_bytes(users, user_count);
    uint8_t *const scratch = malloc(bytes);
    double law[8];
    mpriv_privacy_power_bounds bounds;
    return mpriv_privacy_power_blahut_arimoto(&bounds, law, users, user_count, user_count == 1 ? q : p,
                                              points, 0.25, 1e-3, scratch, bytes);
}

static int given_steps(void) {
    static const double p[LEVELS] = {0.25, 0.125, 0.0, 0.25, 0.125, 0.25};
    double q[LEVELS], decays[LEVELS - 1], largest, work[LEVELS], more[4 * LEVELS];
    float p_32[LEVELS], q_32[LEVELS], decays_32[LEVELS - 1], largest_32, work_32[LEVELS], more_32[4 * LEVELS];
    uint32_t p_fixed[LEVELS], q_fixed[LEVELS], decays_fixed[LEVELS - 1], largest_fixed, work_fixed[LEVELS];
    uint32_t more_fixed[4 * LEVELS];
    size_t i;
    int code = 0;
    for (i = 0; i < LEVELS; i++) {
        q[i] = 1.0 / LEVELS;
        q_32[i] = 1.0F / LEVELS;
        q_fixed[i] = 0x80000000U / LEVELS;
        p_32[i] = (float)p[i];
        p_fixed[i] = (uint32_t)(p[i] * 0x1p31);
        if (i + 1 < LEVELS) {
            decays[i] = mpriv_exp(-0.125 * (double)(i + 1));
            decays_32[i] = (float)decays[i];
            decays_fixed[i] = (uint32_t)(decays[i] * 0x1p32);
        }
    }
    code += mpriv_privacy_power_step(q, &largest, p, decays, LEVELS, work);
    code += mpriv_privacy_power_step_binary32(q_32, &largest_32, p_32, decays_32, LEVELS, work_32);
    code +=
        mpriv_privacy_power_step_fixed(q_fixed, &largest_fixed, p_fixed, decays_fixed, LEVELS, work_fixed);
    code += mpriv_privacy_power_law(q, p, decays, LEVELS, more);
    code += mpriv_privacy_power_law_binary32(q_32, p_32, decays_32, LEVELS, more_32);
    code += mpriv_privacy_power_law_fixed(q_fixed, p_fixed, decays_fixed, LEVELS, more_fixed);
    return code;
}

/* Laws of a battery of three loads and its policy, by which all that is below goes. */
#define LOADS 3U
#define CAPACITY 3U
static const double load[LOADS] = {0.5, 0.25, 0.25}, gaps[LOADS] = {0.5, 0.0, 0.5};
static const double charge[CAPACITY + 1] = {0.25, 0.375, 0.0, 0.375};

static int given_policies(void) {
    const size_t least = mpriv_batteries_minimum_scratch_bytes(LOADS, CAPACITY);
    const size_t run = mpriv_batteries_holding_scratch_bytes(LOADS, CAPACITY, LOADS);
    const size_t short_run = mpriv_batteries_holding_scratch_bytes(LOADS, CAPACITY, 1);
    const size_t law_bytes = (CAPACITY + LOADS + 1) * sizeof(double);
    const size_t after_bytes = ((CAPACITY + 1) * LOADS + 1) * sizeof(double);
    static const size_t outputs[LOADS] = {1, 0, 2};
    double policy[(CAPACITY + 1) * LOADS * LOADS], state[CAPACITY + 1], law[LOADS], bits, lower, residual;
    const mpriv_battery_controller one = {load, LOADS, CAPACITY, policy, LOADS};
    const size_t both = mpriv_batteries_cascade_scratch_bytes(&one, &one);
    uint8_t *const scratch = malloc(least), *const again = malloc(least),
                   *const law_scratch = malloc(law_bytes);
    uint8_t *const after = malloc(after_bytes), *const cascade_scratch = malloc(both);
    mpriv_battery_bounds bounds;
    mpriv_cascade_terms terms;
    int code = mpriv_batteries_minimum_leakage(&bounds, state, load, LOADS, CAPACITY, scratch, least);
    code += mpriv_batteries_minimum_leakage(&bounds, state, gaps, LOADS, CAPACITY, again, least);
    code += mpriv_batteries_structured_policy(policy, load, LOADS, charge, CAPACITY, law_scratch, law_bytes);
    code += mpriv_batteries_structured_leakage(&bits, &lower, load, LOADS, charge, CAPACITY, law_scratch,
                                               law_bytes);
    code += mpriv_batteries_invariance(&residual, law, &one, charge, after, after_bytes);
    code += mpriv_batteries_cascade_bound(&terms, &one, charge, &one, charge, cascade_scratch, both);
    code += mpriv_batteries_best_effort_leakage(&bits, load, LOADS, CAPACITY, malloc(short_run), short_run);
    code += mpriv_batteries_constant_holding_leakage(&bits, load, LOADS, CAPACITY, outputs, LOADS, 2,
                                                     malloc(run), run);
    return code;
}

/* Two closed classes, one of period 2, and a state that leaves for either. */
static int given_machine(void) {
    static const double fair[2] = {0.5, 0.5}, initial[4] = {0.5, 0.25, 0.25, 0.0};
    static const mpriv_battery_move moves[] = {
        {0, 0, 0, 1, 1.0}, {1, 0, 0, 2, 0.5}, {1, 1, 0, 2, 1.0}, {2, 1, 0, 1, 1.0},  {3, 0, 0, 3, 0.25},
        {0, 1, 1, 3, 1.0}, {1, 0, 1, 2, 0.5}, {2, 0, 1, 1, 1.0}, {3, 0, 1, 3, 0.75}, {3, 1, 1, 3, 1.0}};
    static const uint32_t seen[3] = {0, 1, 0};
    const mpriv_battery_machine machine = {fair, 2, 4, 2, moves, COUNT(moves)};
    const size_t bytes = mpriv_batteries_rate_scratch_bytes(&machine, 3);
    const size_t recursion_bytes = mpriv_batteries_recursion_scratch_bytes(&machine);
    double lower, upper, belief[4];
    mpriv_battery_class classes[4];
    size_t class_count, class_of[4];
    int code = mpriv_batteries_leakage_rate(&lower, &upper, classes, &class_count, class_of, &machine,
                                            initial, 3, malloc(bytes), bytes);
    code += mpriv_batteries_forward_recursion(&upper, belief, &machine, initial, seen, 3,
                                              malloc(recursion_bytes), recursion_bytes);
    return code;
}

static int given_path(void) {
    static const uint64_t loads[2] = {0x60000000, ALL}, state[3] = {0x40000000, 0xA0000000, ALL};
    static const uint64_t policy[12] = {0x40000000, ALL, 0,   ALL, 0xC0000000, ALL,
                                        0x20000000, ALL, ALL, ALL, 0x80000000, ALL};
    static const uint8_t seed[32] = {7, 1, 200};
    const mpriv_battery_thresholds table = {loads, 2, state, 2, policy, 2};
    const size_t bytes = mpriv_batteries_simulation_scratch_bytes(&table);
    mpriv_battery_estimate estimate;
    return mpriv_batteries_simulate(&estimate, &table, 64, seed, malloc(bytes), bytes);
}

int given(void) {
    const int points = given_points() + given_curve(LEVELS, 0.01) + given_curve(MANY, 0.01);
    const int bounds = given_bounds(1) + given_bounds(2) + given_bounds(3) + given_steps();
    const int policies = given_policies(), machine = given_machine(), path = given_path();
    /* One power of each kind of call is refused; nothing else is. */
    /*@ assert points == -4 && bounds == 0 && policies == 0 && machine == 0 && path == 0; */
    return points + bounds + policies + machine + path;
}
