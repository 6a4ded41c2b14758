/* Batteries that hold their output: best effort, which holds the last one, and a constant in whole units.
 *
 * The output is the held one, or as near to it as the battery allows. Where the battery forces another one,
 * it is full or empty afterwards, and the output tells which: the outputs are a Markov renewal process. A run
 * goes from one forced output to the next. The outputs are all that a run draws (the policy has no
 * randomness), so that the leakage rate is (entropy of a run) / (mean length of a run), averaged over the
 * stationary law of the kinds of runs; and the entropy of a run is summed up slot by slot. */
#include "batteries.h"

#define RUN_MAX 32768U
#define RUN_REST 0x1p-100
typedef struct {
    const double *p;
    size_t loads;
    size_t capacity;
    const size_t *held; /* the output held in slot t of a run of this kind: held[t mod period] */
    size_t period;
    size_t phase;   /* of held, in the first slot of a run */
    int by_output;  /* whether the next run's kind is told by the forced output, or else by the phase */
    double *state;  /* two laws of the state of charge */
    double *forced; /* P(Y = y) in one slot */
} run;

/* The entropy in nats and the mean length of a run that starts in this state of charge, the length infinite
 * where RUN_MAX slots are too few; adds to next the probabilities of the kinds of the next run: 2 i where it
 * starts empty, 2 i + 1 full. */
static void follow(const run *of, size_t start, double *entropy, double *length, double *next) {
    const size_t n = of->capacity + 1U;
    double *law = of->state, *after = of->state + n;
    mpriv_sum bits = {0.0, 0.0}, slots = {0.0, 0.0};
    double left = 1.0;
    size_t t, s, x, y;
    for (s = 0; s < n; s++) {
        law[s] = s == start ? 1.0 : 0.0;
    }
    for (t = 0; left > RUN_REST; t++) {
        const size_t held = of->held[(of->phase + t) % of->period];
        double *const spare = law;
        double stays = 0.0;
        if (t == RUN_MAX) {
            *entropy = 0.0;
            *length = MPRIV_INFINITY;
            return;
        }
        for (s = 0; s < n; s++) {
            after[s] = 0.0;
        }
        for (y = 0; y < of->loads; y++) {
            of->forced[y] = 0.0;
        }
        for (x = 0; x < of->loads; x++) {
            const double chance = of->p[x];
            for (s = 0; chance > 0.0 && s < n; s++) {
                const double mass = law[s] * chance;
                if (s + held < x) {
                    of->forced[x - s] += mass;
                } else if (s + held - x > of->capacity) {
                    of->forced[of->capacity - s + x] += mass;
                } else {
                    after[s + held - x] += mass;
                }
            }
        }
        mpriv_accumulate(&slots, left);
        for (s = 0; s < n; s++) {
            stays += after[s];
        }
        mpriv_accumulate(&bits, stays > 0.0 ? -stays * mpriv_log(stays / left) : 0.0);
        for (y = 0; y < of->loads; y++) {
            const size_t place = of->by_output ? y : (of->phase + t + 1U) % of->period;
            if (of->forced[y] > 0.0) {
                mpriv_accumulate(&bits, -of->forced[y] * mpriv_log(of->forced[y] / left));
                next[2U * place + (y > held ? 0U : 1U)] += of->forced[y];
            }
        }
        left = stays;
        law = after;
        after = spare;
    }
    *entropy = mpriv_total(&bits);
    *length = mpriv_total(&slots);
}

static size_t kinds_of(size_t count, size_t period) {
    return 2U * (count > period ? count : period) + 1U;
}

size_t mpriv_batteries_holding_scratch_bytes(size_t count, size_t capacity, size_t period) {
    const size_t kinds = kinds_of(count, period);
    return count == 0U || count > MPRIV_BATTERIES_LOADS_MAX || capacity > MPRIV_BATTERIES_CAPACITY_MAX ||
                   period > MPRIV_BATTERIES_PERIOD_MAX
               ? 0U
               : (kinds * (kinds + 4U) + 2U * (capacity + 1U) + 2U * count + 1U) * sizeof(double) +
                     kinds * (6U * sizeof(size_t) + sizeof(mpriv_battery_class));
}

/* The leakage rate from the start in a run of the last kind, which has this state of charge. For best effort
 * constant is null. */
static int rate(double *leakage_bits, const double *probabilities, size_t count, double total,
                size_t capacity, const size_t *constant, size_t period, size_t charge, void *scratch,
                size_t scratch_length) {
    const size_t kinds = kinds_of(count, period), start = kinds - 1U;
    mpriv_sum sum = {0.0, 0.0};
    run of;
    double *moves, *entropy, *length, *law, *settled, *p;
    mpriv_battery_class *classes;
    size_t *order, *depth, *mark, *queue, room, found, done, waiting, k, s;
    if (scratch_length < mpriv_batteries_holding_scratch_bytes(count, capacity, period)) {
        return MPRIV_ERROR_SCRATCH;
    }
    moves = mpriv_reals(scratch, scratch_length, &room);
    entropy = moves + kinds * kinds;
    length = entropy + kinds;
    law = length + kinds;
    settled = law + kinds;
    of.state = settled + kinds;
    of.forced = of.state + 2U * (capacity + 1U);
    p = of.forced + count;
    classes = (mpriv_battery_class *)(void *)(p + count);
    order = (size_t *)(void *)(classes + kinds);
    depth = order + 2U * kinds;
    mark = depth + 2U * kinds;
    queue = mark + kinds;
    for (k = 0; k < count; k++) {
        p[k] = probabilities[k] / total;
        if (p[k] == 1.0) {
            return MPRIV_OK; /* nothing to tell */
        }
    }
    of.p = p;
    of.loads = count;
    of.capacity = capacity;
    of.by_output = constant == NULL;
    of.period = constant == NULL ? 1U : period;
    memset(moves, 0, kinds * kinds * sizeof *moves);
    /* The runs that can come, from the first one on; the others stay where they are. */
    for (k = 0; k < kinds; k++) {
        mark[k] = 0;
    }
    queue[0] = start;
    mark[start] = 1U;
    for (done = 0, waiting = 1U; done < waiting; done++) {
        const size_t kind = queue[done], place = kind / 2U;
        const size_t held = kind == start ? 0U : place;
        of.held = constant == NULL ? &held : constant;
        of.phase = constant == NULL || kind == start ? 0U : place;
        s = kind == start ? charge : (kind % 2U == 0U ? 0U : capacity);
        follow(&of, s, &entropy[kind], &length[kind], moves + kind * kinds);
        for (k = 0; k < kinds; k++) {
            if (moves[kind * kinds + k] > 0.0 && mark[k] == 0U) {
                mark[k] = 1U;
                queue[waiting++] = k;
            }
        }
    }
    for (k = 0; k < kinds; k++) {
        moves[k * kinds + k] += mark[k] == 0U ? 1.0 : 0.0;
        settled[k] = k == start ? 1.0 : 0.0;
    }
    found = mpriv_chain_classes(classes, mark, moves, kinds, order, depth);
    mpriv_chain_settle(settled, moves, kinds, mark);
    for (done = 0; done < waiting; done++) {
        /* A run of a kind that does not come back does not matter, for it has no choice of classes: the largest
         * load for long enough and then the least one, or the one or the other, end in one state wherever they
         * begin. */
        if (length[queue[done]] == MPRIV_INFINITY && mark[queue[done]] != 0U) {
            return MPRIV_ERROR_EXHAUSTED;
        }
    }
    for (k = 0; k < found; k++) {
        mpriv_sum told = {0.0, 0.0}, slots = {0.0, 0.0};
        double weight = 0.0;
        for (s = 0; s < kinds; s++) {
            weight += mark[s] == k + 1U ? settled[s] : 0.0;
        }
        if (weight == 0.0) {
            continue;
        }
        mpriv_chain_stationary(law, moves, kinds, mark, k + 1U);
        for (s = 0; s < kinds; s++) {
            if (law[s] > 0.0) {
                mpriv_accumulate(&told, law[s] * entropy[s]);
                mpriv_accumulate(&slots, law[s] * length[s]);
            }
        }
        mpriv_accumulate(&sum, weight * mpriv_total(&told) / mpriv_total(&slots));
    }
    *leakage_bits = mpriv_at_least(mpriv_total(&sum), 0.0) * MPRIV_INVERSE_LN2;
    return MPRIV_OK;
}

int mpriv_batteries_best_effort_leakage(double *leakage_bits, const double *probabilities, size_t count,
                                        size_t capacity, void *scratch, size_t scratch_length) {
    double total;
    int code;
    if (leakage_bits == NULL || (probabilities == NULL && count != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    *leakage_bits = 0.0;
    code = mpriv_battery_check(&total, probabilities, count, capacity);
    return code != MPRIV_OK ? code
                            : rate(leakage_bits, probabilities, count, total, capacity, NULL, 1U, 0U, scratch,
                                   scratch_length);
}

int mpriv_batteries_constant_holding_leakage(double *leakage_bits, const double *probabilities, size_t count,
                                             size_t capacity, const size_t *outputs, size_t period,
                                             size_t charge, void *scratch, size_t scratch_length) {
    double total;
    size_t k;
    int code;
    if (leakage_bits == NULL || outputs == NULL || (probabilities == NULL && count != 0U)) {
        return MPRIV_ERROR_MISUSE;
    }
    *leakage_bits = 0.0;
    code = mpriv_battery_check(&total, probabilities, count, capacity);
    if (period == 0U || period > MPRIV_BATTERIES_PERIOD_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (k = 0; code == MPRIV_OK && k < period; k++) {
        code = outputs[k] < count ? MPRIV_OK : MPRIV_ERROR_RANGE;
    }
    if (code == MPRIV_OK && charge > capacity) {
        code = MPRIV_ERROR_RANGE;
    }
    return code != MPRIV_OK ? code
                            : rate(leakage_bits, probabilities, count, total, capacity, outputs, period,
                                   charge, scratch, scratch_length);
}
