/* Runs the privacy-power functions on random loads, every buffer exactly as long as it may be, so that the
 * sanitizers see each access; checks what must hold of every answer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "meter_privacy_power.h"

static uint64_t state = 88172645463325252U;

static double draw(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
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

static void one_load(int round) {
    const size_t count = 1U + (size_t)(draw() * (round % 200 == 0 ? 3000.0 : 12.0));
    double *loads = give(count, sizeof *loads), *law = give(count, sizeof *law);
    double *output = give(count, sizeof *output), *row = give(count, sizeof *row);
    double *slopes = give(count, sizeof *slopes), *powers = give(count, sizeof *powers);
    double *leakages = give(count, sizeof *leakages);
    size_t *merged = give(count, sizeof *merged);
    const size_t point_bytes = mpriv_privacy_power_point_scratch_bytes(count);
    const size_t curve_bytes = mpriv_privacy_power_curve_scratch_bytes(count);
    void *point_scratch = give(point_bytes, 1U), *curve_scratch = give(curve_bytes, 1U);
    mpriv_user_load load = {loads, law, count};
    mpriv_levels levels = {loads, count};
    const size_t bytes = mpriv_privacy_power_blahut_arimoto_scratch_bytes(&levels, 1U);
    void *scratch = give(bytes, 1U);
    mpriv_privacy_power_bounds bounds;
    double total = 0.0, mean = 0.0, sum = 0.0, leakage, slope, power;
    size_t i, found;
    for (i = 0; i < count; i++) {
        loads[i] = (i > 0U ? loads[i - 1U] : 0.0) + pow(10.0, -6.0 * draw());
        law[i] = draw() < 0.2 ? 0.0 : pow(draw(), 12.0);
        total += law[i];
    }
    law[count - 1U] += total == 0.0 ? 1.0 : 0.0;
    total += total == 0.0 ? 1.0 : 0.0;
    for (i = 0; i < count; i++) {
        law[i] /= total;
        mean += law[i] * loads[i];
    }
    power = mean * pow(draw(), 4.0);
    require(mpriv_privacy_power_leakage(&leakage, &slope, output, &load, power, point_scratch, point_bytes) ==
                MPRIV_OK,
            "leakage", round);
    require(leakage >= 0.0 && leakage <= 12.0 && slope >= 0.0, "a leakage out of range", round);
    for (i = 0; i < count; i++) {
        sum += output[i];
        require(output[i] >= 0.0, "a negative probability", round);
    }
    require(fabs(sum - 1.0) < 1e-12, "no law", round);
    require(mpriv_privacy_power_policy_row(row, &load, output, slope, count - 1U) == MPRIV_OK, "row", round);
    require(mpriv_privacy_power_curve(slopes, powers, leakages, merged, &found, &load, curve_scratch,
                                      curve_bytes) == MPRIV_OK,
            "curve", round);
    require(found < count, "too many breakpoints", round);
    for (i = 1; i < found; i++) {
        require(slopes[i] <= slopes[i - 1U] && powers[i] >= powers[i - 1U] * (1.0 - 1e-12), "order", round);
    }
    slope = slope > 0.0 && slope < 1e6 ? slope : 1.0;
    require(mpriv_privacy_power_blahut_arimoto(&bounds, output, &levels, 1U, law, count, slope, 1e-9, scratch,
                                               bytes) == MPRIV_OK,
            "Blahut-Arimoto", round);
    require(bounds.upper_nats - bounds.lower_nats <= 1e-9, "gap", round);
    free(loads);
    free(law);
    free(output);
    free(row);
    free(slopes);
    free(powers);
    free(leakages);
    free(merged);
    free(point_scratch);
    free(curve_scratch);
    free(scratch);
}

static void correlated(int round) {
    const size_t counts[3] = {1U + (size_t)(draw() * 5.0), 1U + (size_t)(draw() * 5.0), 3U};
    const size_t size = counts[0] * counts[1] * counts[2];
    double *law = give(size, sizeof *law), *loads[3], total = 0.0;
    mpriv_levels levels[3];
    mpriv_privacy_power_bounds bounds;
    size_t axis, i, bytes;
    void *scratch;
    for (axis = 0; axis < 3U; axis++) {
        loads[axis] = give(counts[axis], sizeof **loads);
        for (i = 0; i < counts[axis]; i++) {
            loads[axis][i] = (double)i + draw() * 0.5;
        }
        levels[axis].loads = loads[axis];
        levels[axis].count = counts[axis];
    }
    for (i = 0; i < size; i++) {
        law[i] = draw();
        total += law[i];
    }
    for (i = 0; i < size; i++) {
        law[i] /= total;
    }
    bytes = mpriv_privacy_power_blahut_arimoto_scratch_bytes(levels, 3U);
    scratch = give(bytes, 1U);
    require(mpriv_privacy_power_blahut_arimoto(&bounds, NULL, levels, 3U, law, size, 0.1 + 4.0 * draw(), 1e-8,
                                               scratch, bytes) == MPRIV_OK,
            "correlated users", round);
    for (axis = 0; axis < 3U; axis++) {
        free(loads[axis]);
    }
    free(law);
    free(scratch);
}

static void small_core(int round) {
    enum { COUNT = 21 };
    uint32_t *q = give(COUNT, sizeof *q), *p = give(COUNT, sizeof *p), *work = give(COUNT, sizeof *work);
    uint32_t *decays = give(COUNT - 1, sizeof *decays), largest;
    uint32_t *pool = give(4 * COUNT, sizeof *pool);
    double *real_q = give(COUNT, sizeof *real_q), *real_p = give(COUNT, sizeof *real_p);
    double *real_decays = give(COUNT - 1, sizeof *real_decays),
           *real_pool = give(4 * COUNT, sizeof *real_pool);
    uint64_t *table = give(COUNT * COUNT, sizeof *table);
    uint32_t output, level = (uint32_t)(draw() * COUNT);
    uint8_t random[4];
    size_t i, step;
    for (i = 0; i < COUNT; i++) {
        q[i] = 0x80000000U / COUNT;
        p[i] = (uint32_t)(draw() * 0x1p31 / COUNT);
        if (i + 1U < COUNT) {
            decays[i] = (uint32_t)(draw() * 0x1p32);
        }
    }
    require(mpriv_privacy_power_law_fixed(q, p, decays, COUNT, pool) == MPRIV_OK, "law", round);
    for (step = 0; step < COUNT; step++) {
        q[step] = 0x80000000U / COUNT;
        real_p[step] = p[step] / 0x1p31;
        if (step + 1U < COUNT) {
            real_decays[step] = decays[step] / 0x1p32;
        }
    }
    require(mpriv_privacy_power_law(real_q, real_p, real_decays, COUNT, real_pool) == MPRIV_OK, "law", round);
    for (step = 0; step < 5U; step++) {
        require(mpriv_privacy_power_step_fixed(q, &largest, p, decays, COUNT, work) == MPRIV_OK, "step",
                round);
    }
    for (i = 0; i < COUNT; i++) {
        q[i] >>= 6;
    }
    for (i = 0; i < COUNT; i++) {
        uint32_t weights[COUNT] = {0};
        size_t j;
        for (j = 0; j <= i; j++) {
            weights[j] = q[j] + 1U;
        }
        require(mpriv_privacy_power_thresholds(table + i * COUNT, weights, COUNT) == MPRIV_OK, "row", round);
    }
    for (i = 0; i < 4U; i++) {
        random[i] = (uint8_t)(draw() * 256.0);
    }
    require(mpriv_privacy_power_sample(&output, table, COUNT, &level, 1U, random, 4U) == MPRIV_OK, "sample",
            round);
    require(output <= level, "above the load", round);
    free(q);
    free(p);
    free(work);
    free(decays);
    free(pool);
    free(real_q);
    free(real_p);
    free(real_decays);
    free(real_pool);
    free(table);
}

int main(void) {
    int round;
    for (round = 0; round < 2000; round++) {
        one_load(round);
        correlated(round);
        small_core(round);
    }
    printf("%d loads\n", round);
    return 0;
}
