/* Runs the batteries' functions on random ones, every buffer exactly as long as it may be, so that the
 * sanitizers see each access; checks what must hold of every answer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "meter_privacy_batteries.h"

static uint64_t state = 88172645463325252U;

static double draw(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

static size_t below(size_t bound) {
    return (size_t)(draw() * (double)bound);
}

static void *give(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (memory == NULL) {
        exit(3);
    }
    return memory;
}

static void require(int holds, const char *what, int round) {
    if (!holds) {
        printf("%s (round %d)\n", what, round);
        exit(2);
    }
}

static double *law_of(size_t count) {
    double *law = give(count, sizeof *law), total = 0.0;
    size_t k;
    for (k = 0; k < count; k++) {
        law[k] = draw() < 0.3 ? 0.0 : pow(draw(), 8.0);
        total += law[k];
    }
    if (total == 0.0) {
        law[below(count)] = total = 1.0;
    }
    for (k = 0; k < count; k++) {
        law[k] /= total;
    }
    return law;
}

/* A feasible policy, with moves of probability zero. */
static double *policy_of(size_t capacity, size_t loads, size_t outputs) {
    double *policy = give((capacity + 1U) * loads * outputs, sizeof *policy);
    size_t s, x, y;
    for (s = 0; s <= capacity; s++) {
        for (x = 0; x < loads; x++) {
            double *const row = policy + (s * loads + x) * outputs;
            double total = 0.0;
            for (y = 0; y < outputs; y++) {
                row[y] = s + y >= x && s + y - x <= capacity && draw() < 0.7 ? draw() : 0.0;
                total += row[y];
            }
            if (total == 0.0) {
                row[x] = total = 1.0;
            }
            for (y = 0; y < outputs; y++) {
                row[y] /= total;
            }
        }
    }
    return policy;
}

static uint64_t *thresholds_of(const double *laws, size_t rows, size_t count) {
    uint64_t *thresholds = give(rows * count, sizeof *thresholds);
    size_t row, k;
    for (row = 0; row < rows; row++) {
        double sum = 0.0;
        size_t last = 0;
        for (k = 0; k < count; k++) {
            last = laws[row * count + k] > 0.0 ? k : last;
        }
        for (k = 0; k < count; k++) {
            sum += laws[row * count + k];
            thresholds[row * count + k] =
                k >= last || sum >= 1.0 ? (uint64_t)1 << 32 : (uint64_t)(sum * 0x1p32);
        }
    }
    return thresholds;
}

static void one_battery(int round) {
    const size_t capacity = 1U + below(round % 50 == 0 ? 200 : 6), loads = 1U + below(5);
    const size_t outputs = loads + below(2), n = capacity + 1U, block = 1U + below(4);
    double *p = law_of(loads), *theta = law_of(n), *policy = policy_of(capacity, loads, outputs);
    double *least = give(n, sizeof *least), *belief = give(n, sizeof *belief);
    double *structured = give(n * loads * loads, sizeof *structured);
    double *output = give(outputs, sizeof *output), lower, upper, value, sum = 0.0;
    mpriv_battery_controller controller = {p, loads, capacity, policy, outputs};
    mpriv_battery_move *moves = give(n * loads * outputs, sizeof *moves);
    mpriv_battery_machine machine = {p, loads, n, outputs, moves, 0};
    mpriv_battery_class *classes = give(n, sizeof *classes);
    mpriv_battery_bounds bounds;
    mpriv_battery_estimate estimate;
    mpriv_cascade_terms terms;
    size_t *class_of = give(n, sizeof *class_of), class_count, bytes, s, x, y;
    size_t *held = give(3, sizeof *held);
    uint64_t *load_steps = thresholds_of(p, 1U, loads), *state_steps = thresholds_of(theta, 1U, n);
    uint64_t *row_steps = thresholds_of(policy, n * loads, outputs);
    mpriv_battery_thresholds table = {load_steps, loads, state_steps, capacity, row_steps, outputs};
    uint32_t *seen = give(3, sizeof *seen);
    uint8_t seed[32];
    void *scratch;
    int code;

    bytes = mpriv_batteries_minimum_scratch_bytes(loads, capacity);
    scratch = give(bytes, 1U);
    code = mpriv_batteries_minimum_leakage(&bounds, least, p, loads, capacity, scratch, bytes);
    free(scratch);
    require(code == MPRIV_OK, "minimum", round);
    require(bounds.lower_bits <= bounds.upper_bits && bounds.upper_bits <= 3.0, "bounds", round);
    for (s = 0; s < n; s++) {
        sum += least[s];
    }
    require(fabs(sum - 1.0) < 1e-12, "no law", round);

    bytes = (n + loads) * sizeof(double);
    scratch = give(bytes, 1U);
    require(mpriv_batteries_structured_policy(structured, p, loads, least, capacity, scratch, bytes) ==
                MPRIV_OK,
            "structured policy", round);
    require(mpriv_batteries_structured_leakage(&value, &lower, p, loads, least, capacity, scratch, bytes) ==
                MPRIV_OK,
            "structured leakage", round);
    free(scratch);
    require(fabs(value - bounds.leakage_bits) < 1e-12, "another least leakage", round);

    for (y = 0; y < outputs; y++) {
        for (s = 0; s < n; s++) {
            for (x = 0; x < loads; x++) {
                const double chance = policy[(s * loads + x) * outputs + y];
                if (chance > 0.0) {
                    const mpriv_battery_move move = {(uint32_t)s, (uint32_t)x, (uint32_t)y,
                                                     (uint32_t)(s + y - x), chance};
                    moves[machine.move_count++] = move;
                }
            }
        }
    }
    bytes = mpriv_batteries_rate_scratch_bytes(&machine, block);
    scratch = give(bytes, 1U);
    code = mpriv_batteries_leakage_rate(&lower, &upper, classes, &class_count, class_of, &machine, theta,
                                        block, scratch, bytes);
    free(scratch);
    require(code == MPRIV_OK && class_count >= 1U && class_count <= n, "rate", round);
    require(lower <= upper && upper >= bounds.lower_bits - 1e-12, "rate below the least", round);

    bytes = mpriv_batteries_recursion_scratch_bytes(&machine);
    scratch = give(bytes, 1U);
    for (s = 0; s < 3U; s++) {
        seen[s] = (uint32_t)below(outputs);
    }
    code = mpriv_batteries_forward_recursion(&value, belief, &machine, theta, seen, 3U, scratch, bytes);
    free(scratch);
    require(code == MPRIV_OK || code == MPRIV_ERROR_RANGE, "recursion", round);

    bytes = mpriv_batteries_simulation_scratch_bytes(&table);
    scratch = give(bytes, 1U);
    memset(seed, round & 255, sizeof seed);
    code = mpriv_batteries_simulate(&estimate, &table, 64U, seed, scratch, bytes);
    free(scratch);
    require(code == MPRIV_OK && estimate.deviation_bits >= 0.0, "simulation", round);

    bytes = (n * outputs + 1U) * sizeof(double);
    scratch = give(bytes, 1U);
    require(mpriv_batteries_invariance(&value, output, &controller, theta, scratch, bytes) == MPRIV_OK,
            "invariance", round);
    free(scratch);
    if (outputs == loads && capacity < 20U) {
        bytes = mpriv_batteries_cascade_scratch_bytes(&controller, &controller);
        scratch = give(bytes, 1U);
        code = mpriv_batteries_cascade_bound(&terms, &controller, theta, &controller, theta, scratch, bytes);
        free(scratch);
        require(code == MPRIV_OK && terms.bound_bits <= terms.second_bits + 1e-12, "cascade", round);
    }

    if (capacity < 20U) {
        for (s = 0; s < 3U; s++) {
            held[s] = below(loads);
        }
        bytes = mpriv_batteries_holding_scratch_bytes(loads, capacity, 3U);
        scratch = give(bytes, 1U);
        code = mpriv_batteries_constant_holding_leakage(&value, p, loads, capacity, held, 3U, below(n),
                                                        scratch, bytes);
        require(code == MPRIV_OK || code == MPRIV_ERROR_EXHAUSTED, "constant", round);
        require(code != MPRIV_OK || value >= bounds.lower_bits - 1e-12, "constant below the least", round);
        free(scratch);
        bytes = mpriv_batteries_holding_scratch_bytes(loads, capacity, 1U);
        scratch = give(bytes, 1U);
        code = mpriv_batteries_best_effort_leakage(&value, p, loads, capacity, scratch, bytes);
        require(code == MPRIV_OK || code == MPRIV_ERROR_EXHAUSTED, "best effort", round);
        require(code != MPRIV_OK || value >= bounds.lower_bits - 1e-12, "best effort below the least", round);
        free(scratch);
    }
    free(p);
    free(theta);
    free(policy);
    free(least);
    free(belief);
    free(structured);
    free(output);
    free(moves);
    free(classes);
    free(class_of);
    free(held);
    free(load_steps);
    free(state_steps);
    free(row_steps);
    free(seen);
}

int main(void) {
    int round;
    for (round = 0; round < 200; round++) {
        one_battery(round);
    }
    printf("200 batteries\n");
    return 0;
}
