/* The leakage rate of a policy in integer thresholds, estimated along one simulated path by the forward
 * recursion. */
#include "batteries.h"

#define ALL ((uint64_t)1 << 32)

/* Numbers of 32 bits: the words, big-endian, of SHA-256(label, seed, counter), counter = 0, 1, ... */
typedef struct {
    mpriv_sha256 start; /* after label and seed */
    uint64_t counter;
    uint8_t words[32];
    size_t used;
} source;

static void open_source(source *of, const uint8_t seed[32]) {
    static const uint8_t label[] = "meter-privacy/batteries/1/simulate";
    mpriv_sha256_init(&of->start);
    mpriv_sha256_update(&of->start, label, sizeof label);
    mpriv_sha256_update(&of->start, seed, 32);
    of->counter = 0;
    of->used = sizeof of->words;
}

static uint32_t draw(source *of) {
    uint8_t *word;
    if (of->used == sizeof of->words) {
        mpriv_sha256 hash = of->start;
        uint8_t bytes[8];
        size_t k;
        for (k = 0; k < 8U; k++) {
            bytes[k] = (uint8_t)(of->counter >> (56U - 8U * k));
        }
        mpriv_sha256_update(&hash, bytes, sizeof bytes);
        mpriv_sha256_final(&hash, of->words);
        of->counter++;
        of->used = 0;
    }
    word = of->words + of->used;
    of->used += 4U;
    return ((uint32_t)word[0] << 24) | ((uint32_t)word[1] << 16) | ((uint32_t)word[2] << 8) | word[3];
}

/* The least value whose threshold is above a drawn number. */
static size_t pick(source *of, const uint64_t *thresholds) {
    const uint32_t drawn = draw(of);
    size_t value = 0;
    while (drawn >= thresholds[value]) {
        value++;
    }
    return value;
}

/* A threshold's step as a probability. */
static double weight(const uint64_t *thresholds, size_t value) {
    return (double)(thresholds[value] - (value > 0U ? thresholds[value - 1U] : 0U)) * 0x1p-32;
}

static int check_thresholds(const uint64_t *thresholds, size_t count) {
    size_t k;
    for (k = 0; k < count; k++) {
        if (thresholds[k] > ALL || (k > 0U && thresholds[k] < thresholds[k - 1U])) {
            return MPRIV_ERROR_RANGE;
        }
    }
    return thresholds[count - 1U] == ALL ? MPRIV_OK : MPRIV_ERROR_RANGE;
}

static int check(const mpriv_battery_thresholds *table) {
    size_t s, x, y;
    int code;
    if (table == NULL || table->loads == NULL || table->initial_state == NULL || table->policy == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (table->load_count == 0U || table->load_count > MPRIV_BATTERIES_LOADS_MAX ||
        table->output_count == 0U || table->output_count > MPRIV_BATTERIES_LOADS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    if (table->capacity == 0U || table->capacity > MPRIV_BATTERIES_CAPACITY_MAX) {
        return MPRIV_ERROR_RANGE;
    }
    code = check_thresholds(table->loads, table->load_count);
    code = code == MPRIV_OK ? check_thresholds(table->initial_state, table->capacity + 1U) : code;
    for (s = 0; s <= table->capacity; s++) {
        for (x = 0; code == MPRIV_OK && x < table->load_count; x++) {
            const uint64_t *const row = table->policy + (s * table->load_count + x) * table->output_count;
            code = check_thresholds(row, table->output_count);
            for (y = 0; code == MPRIV_OK && y < table->output_count; y++) {
                if ((s + y < x || s + y - x > table->capacity) && weight(row, y) > 0.0) {
                    code = MPRIV_ERROR_RANGE;
                }
            }
        }
    }
    return code;
}

size_t mpriv_batteries_simulation_scratch_bytes(const mpriv_battery_thresholds *table) {
    return table == NULL || table->capacity > MPRIV_BATTERIES_CAPACITY_MAX ||
                   table->load_count > MPRIV_BATTERIES_LOADS_MAX ||
                   table->output_count > MPRIV_BATTERIES_LOADS_MAX
               ? 0U
               : ((table->capacity + 1U) * (2U * table->load_count * table->output_count + 2U) + 1U) *
                     sizeof(double);
}

/* next(s') = sum over s - x + y = s' of a(s) P(x, y | s), step being P(x, y | s) at [x][s]; returns the sum.
 */
static double advance(double *next, const double *a, const double *step, size_t states, size_t loads,
                      size_t y) {
    double sum = 0.0;
    size_t s, x;
    for (s = 0; s < states; s++) {
        next[s] = 0.0;
    }
    for (x = 0; x < loads; x++, step += states) {
        const size_t down = x > y ? x - y : 0U, up = y > x ? y - x : 0U;
        for (s = down; s + up < states; s++) {
            next[s + up - down] += a[s] * step[s];
        }
    }
    for (s = 0; s < states; s++) {
        sum += next[s];
    }
    return sum;
}

int mpriv_batteries_simulate(mpriv_battery_estimate *estimate, const mpriv_battery_thresholds *table,
                             size_t slots, const uint8_t seed[32], void *scratch, size_t scratch_length) {
    double means[MPRIV_BATTERIES_BATCHES];
    mpriv_sum all = {0.0, 0.0}, spread = {0.0, 0.0};
    source of;
    double *a, *next, *step, *logs, mean;
    size_t room, n, s, x, y, t, batch;
    int code;
    if (estimate == NULL || seed == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check(table);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    memset(estimate, 0, sizeof *estimate);
    if (code != MPRIV_OK) {
        return code;
    }
    if (slots == 0U || slots % MPRIV_BATTERIES_BATCHES != 0U) {
        return MPRIV_ERROR_RANGE;
    }
    if (scratch_length < mpriv_batteries_simulation_scratch_bytes(table)) {
        return MPRIV_ERROR_SCRATCH;
    }
    n = table->capacity + 1U;
    a = mpriv_reals(scratch, scratch_length, &room);
    next = a + n;
    step = next + n;
    logs = step + n * table->load_count * table->output_count;
    for (s = 0; s < n; s++) {
        a[s] = weight(table->initial_state, s);
        for (x = 0; x < table->load_count; x++) {
            const size_t at = (s * table->load_count + x) * table->output_count;
            for (y = 0; y < table->output_count; y++) {
                const double chance = weight(table->policy + at, y);
                step[(y * table->load_count + x) * n + s] = weight(table->loads, x) * chance;
                logs[at + y] = chance > 0.0 ? mpriv_log(chance) : 0.0;
            }
        }
    }
    open_source(&of, seed);
    s = pick(&of, table->initial_state);
    for (batch = 0; batch < MPRIV_BATTERIES_BATCHES; batch++) {
        mpriv_sum sum = {0.0, 0.0};
        for (t = 0; t < slots / MPRIV_BATTERIES_BATCHES; t++) {
            double *const spare = a;
            double chance, scale;
            size_t row, k;
            x = pick(&of, table->loads);
            row = (s * table->load_count + x) * table->output_count;
            y = pick(&of, table->policy + row);
            chance = advance(next, a, step + y * table->load_count * n, n, table->load_count, y);
            scale = 1.0 / chance;
            for (k = 0; k < n; k++) {
                next[k] *= scale;
            }
            mpriv_accumulate(&sum, logs[row + y] - mpriv_log(chance));
            a = next;
            next = spare;
            s = s + y - x;
        }
        means[batch] = mpriv_total(&sum) * (double)MPRIV_BATTERIES_BATCHES / (double)slots;
        mpriv_accumulate(&all, means[batch] / MPRIV_BATTERIES_BATCHES);
    }
    mean = mpriv_total(&all);
    for (batch = 0; batch < MPRIV_BATTERIES_BATCHES; batch++) {
        mpriv_accumulate(&spread, (means[batch] - mean) * (means[batch] - mean));
    }
    estimate->leakage_bits = mean * MPRIV_INVERSE_LN2;
    if (mpriv_total(&spread) > 0.0) {
        const double variance =
            mpriv_total(&spread) / ((double)MPRIV_BATTERIES_BATCHES * (MPRIV_BATTERIES_BATCHES - 1));
        /* The square root, without a libm. */
        estimate->deviation_bits = mpriv_exp(0.5 * mpriv_log(variance)) * MPRIV_INVERSE_LN2;
    }
    return MPRIV_OK;
}
