/* The privacy-power function of finite loads, exact by weighted isotonic regression.
 *
 * For a slope s the optimal partition of the levels into blocks is the coarsest one whose densities
 * p_B / (e^(-s x_b) - e^(-s x_b')) increase, with x_b the first level of block B and x_b' that of the next.
 * Falling slopes only merge blocks. On the partition, with D = x_b' - x_b,
 *     L(s) = min(I + sP) = s A - sum p_B ln(p_B / (1 - e^(-s D)))
 *     P(s) = L'(s) = A + sum p_B D / (e^(s D) - 1),    A = sum over blocks of p_k (x_k - x_b)
 * and I(P) = L(s) - s P at the s with P(s) = P, where L(s) - s P is stationary in s. */
#include "privacy_power.h"

/* A partition into blocks: first levels, masses in two parts, and A. */
typedef struct {
    double *start;
    double *mass;
    double *mass_lost;
    size_t count;
    mpriv_sum inside;
} partition;

/* One user: the finest partition that can still be needed, one to work in, and growth[] = e^(s D) - 1 of its
 * blocks; sums over the partition of work. */
typedef struct {
    partition base;
    partition work;
    double *growth;
    double power;
    double steepness; /* -dP/ds */
} user_state;

int mpriv_power_check(double power) {
    if (!mpriv_finite(power)) {
        return MPRIV_ERROR_MALFORMED;
    }
    return power < 0.0 || power > (double)MPRIV_POWER_MAX ? MPRIV_ERROR_RANGE : MPRIV_OK;
}

int mpriv_levels_check(const double *loads, size_t count) {
    size_t i;
    for (i = 0; i < count; i++) {
        if (!mpriv_finite(loads[i])) {
            return MPRIV_ERROR_MALFORMED;
        }
    }
    for (i = 0; i < count; i++) {
        if (loads[i] < 0.0 || loads[i] > (double)MPRIV_POWER_LOAD_MAX ||
            (i > 0U && loads[i] <= loads[i - 1U])) {
            return MPRIV_ERROR_RANGE;
        }
    }
    return MPRIV_OK;
}

int mpriv_probabilities_check(double *total, const double *probabilities, size_t count) {
    mpriv_sum sum = {0.0, 0.0};
    size_t i;
    int code = MPRIV_OK;
    for (i = 0; i < count; i++) {
        if (!mpriv_finite(probabilities[i])) {
            return MPRIV_ERROR_MALFORMED;
        }
        if (probabilities[i] < 0.0 || probabilities[i] > 1.0) {
            code = MPRIV_ERROR_RANGE;
        }
        mpriv_accumulate(&sum, probabilities[i]);
    }
    *total = mpriv_total(&sum);
    if (*total < 1.0 - 0x1p-40 || *total > 1.0 + 0x1p-40) {
        code = MPRIV_ERROR_RANGE;
    }
    return code;
}

int mpriv_load_check(double *total, const mpriv_user_load *load) {
    int levels, probabilities;
    *total = 0.0;
    if (load->loads == NULL || load->probabilities == NULL) {
        return load->count == 0U ? MPRIV_ERROR_MALFORMED : MPRIV_ERROR_MISUSE;
    }
    if (load->count == 0U) {
        return MPRIV_ERROR_MALFORMED;
    }
    levels = mpriv_levels_check(load->loads, load->count);
    probabilities = mpriv_probabilities_check(total, load->probabilities, load->count);
    if (levels == MPRIV_ERROR_MALFORMED || probabilities == MPRIV_ERROR_MALFORMED) {
        return MPRIV_ERROR_MALFORMED;
    }
    return levels != MPRIV_OK ? levels : probabilities;
}

/* The partition into single levels, without those of probability 0, which never are outputs. */
static void single_levels(partition *blocks, const mpriv_user_load *load, double total) {
    size_t i, n = 0;
    for (i = 0; i < load->count; i++) {
        if (load->probabilities[i] > 0.0) {
            blocks->start[n] = load->loads[i];
            blocks->mass[n] = load->probabilities[i] / total;
            blocks->mass_lost[n] = 0.0;
            n++;
        }
    }
    blocks->count = n;
    blocks->inside.value = 0.0;
    blocks->inside.lost = 0.0;
}

/* E[X] less the least load: the power that hides everything. */
static double whole_power(const partition *blocks) {
    mpriv_sum sum = {0.0, 0.0};
    size_t i;
    for (i = 1; i < blocks->count; i++) {
        mpriv_accumulate(&sum, blocks->mass[i] * (blocks->start[i] - blocks->start[0]));
    }
    return mpriv_total(&sum);
}

/* Pools adjacent blocks of base into work at the slope s > 0. */
static void pool(user_state *user, double s) {
    const partition *const base = &user->base;
    partition *const work = &user->work;
    double *const growth = user->growth;
    const double *const from = base->start;
    const size_t n = base->count;
    size_t k, top = 0;
    for (k = 0; k + 1U < n; k++) {
        growth[k] = mpriv_expm1_inline(s * (from[k + 1U] - from[k]));
    }
    growth[n - 1U] = MPRIV_INFINITY;
    work->inside = base->inside;
    for (k = 0; k < n; k++) {
        double start = from[k], mass = base->mass[k], mass_lost = base->mass_lost[k], up = growth[k];
        while (top > 0U && !mpriv_apart(work->mass[top - 1U], mass, growth[top - 1U], mpriv_fall(up))) {
            top--;
            mpriv_accumulate(&work->inside, (mass + mass_lost) * (start - work->start[top]));
            mass_lost += work->mass_lost[top] + mpriv_two_sum(&mass, work->mass[top], mass);
            start = work->start[top];
            up = k + 1U < n ? mpriv_expm1_inline(s * (from[k + 1U] - start)) : MPRIV_INFINITY;
        }
        work->start[top] = start;
        work->mass[top] = mass;
        work->mass_lost[top] = mass_lost;
        growth[top] = up;
        top++;
    }
    work->count = top;
}

/* P(s) and -P'(s) on work, whose growth is at s. */
static void measure(user_state *user) {
    const partition *const work = &user->work;
    mpriv_sum power = work->inside;
    double steepness = 0.0;
    size_t k;
    for (k = 0; k + 1U < work->count; k++) {
        const double width = work->start[k + 1U] - work->start[k];
        const double per_growth = width / user->growth[k];
        const double share = (work->mass[k] + work->mass_lost[k]) * per_growth;
        mpriv_accumulate(&power, share);
        steepness += share * (per_growth + width);
    }
    user->power = mpriv_total(&power);
    user->steepness = steepness;
}

/* L(s) - s power, in nats, on work. */
static double leakage_nats(const user_state *user, double s, double power) {
    const partition *const work = &user->work;
    mpriv_sum sum = {s * (work->inside.value - power), 0.0};
    size_t k;
    mpriv_accumulate(&sum, s * work->inside.lost);
    for (k = 0; k < work->count; k++) {
        const double mass = work->mass[k] + work->mass_lost[k];
        mpriv_accumulate(&sum, -mass * mpriv_log(mass / mpriv_fall(user->growth[k])));
    }
    return mpriv_total(&sum) > 0.0 ? mpriv_total(&sum) : 0.0;
}

static double entropy_nats(const partition *blocks) {
    mpriv_sum sum = {0.0, 0.0};
    size_t k;
    for (k = 0; k < blocks->count; k++) {
        mpriv_accumulate(&sum, -blocks->mass[k] * mpriv_log(blocks->mass[k]));
    }
    return mpriv_total(&sum);
}

/* The largest slope at which base is one block: min over k of -ln(P(X > x_k)) / (x_(k+1) - x_1). */
static double single_block_slope(const partition *base) {
    double least = MPRIV_INFINITY, above = 0.0, below = 0.0, slope;
    size_t k;
    /* Each from the smaller end, which would be lost in the difference from one; half way from either. */
    for (k = base->count - 1U; k > 0U && above < 0.6; k--) {
        above += base->mass[k] + base->mass_lost[k];
        slope = -mpriv_log(above) / (base->start[k] - base->start[0]);
        least = above < 0.6 && slope < least ? slope : least;
    }
    for (k = 1; k < base->count && below < 0.6; k++) {
        below += base->mass[k - 1U] + base->mass_lost[k - 1U];
        slope = -mpriv_log1p(-below) / (base->start[k] - base->start[0]);
        least = below < 0.6 && slope < least ? slope : least;
    }
    return least;
}

/* Solves sum P_i(s) = power for 0 < power < sum of the whole powers. Leaves each user's work at the returned
 * slope, or within an ulp of it; *rest is the difference. */
static double solve(user_state *users, size_t user_count, double power, double *rest) {
    double low = 0.0, high, s, levels = 1.0;
    unsigned round;
    size_t i;
    for (i = 0; i < user_count; i++) {
        levels += mpriv_log((double)users[i].base.count);
    }
    /* s P(s) <= L(s) <= H(X) */
    high = levels / power;
    high = mpriv_finite(high) ? high : 0x1p1023;
    s = 1.0 / power < high ? 1.0 / power : 0.5 * high;
    for (round = 0;; round++) {
        double total = 0.0, steepness = 0.0, step, next;
        int single = 1;
        for (i = 0; i < user_count; i++) {
            pool(&users[i], s);
            measure(&users[i]);
            total += users[i].power;
            steepness += users[i].steepness;
            single &= users[i].work.count == 1U;
        }
        /* Newton's method on ln P, kept between what is known to lie on either side. */
        step = total > 0.0 ? total / steepness * mpriv_log(total / power) : -MPRIV_INFINITY;
        step = single ? 0.0 : step;
        *rest = s + step >= low && s + step <= high ? step : 0.0;
        if (round >= 400U || (!single && ((step < 0x1p-51 * s && step > -0x1p-51 * s) ||
                                          mpriv_abs(total - power) <= 0x1p-52 * power))) {
            return s;
        }
        if (total > power) {
            low = s;
            if (single) {
                for (i = 0; i < user_count; i++) {
                    const double bound = single_block_slope(&users[i].base);
                    next = bound;
                    low = i == 0U || next < low ? next : low;
                }
            }
        } else {
            high = s;
            for (i = 0; i < user_count; i++) {
                const partition spare = users[i].base;
                users[i].base = users[i].work;
                users[i].work = spare;
            }
        }
        next = s + step;
        if (single || !(next > low && next < high)) {
            /* Halve in the logarithm where the ends are far apart. */
            if (low > 0.0 && high < 4.0 * low) {
                next = low + 0.5 * (high - low);
            } else {
                const double floor_s = low > 0.0 ? low : high * 0x1p-60;
                next = mpriv_exp(0.5 * (mpriv_log(floor_s) + mpriv_log(high)));
            }
            if (!(next > low && next < high)) {
                round = 400U;
            }
        }
        s = next;
    }
}

static void zero(double *numbers, size_t count) {
    if (numbers != NULL) {
        memset(numbers, 0, count * sizeof *numbers);
    }
}

/* Takes the arrays of a partition of n blocks off *memory. */
static void take(partition *blocks, double **memory, size_t n) {
    blocks->start = *memory;
    blocks->mass = *memory + n;
    blocks->mass_lost = *memory + 2U * n;
    *memory += 3U * n;
}

/* The optimal law of the grid load: q_b = p_B / (1 - e^(-s D)) - p_B' / (e^(s D') - 1), with B' before B. */
static void output_law(double *law, const mpriv_user_load *load, const user_state *user) {
    const partition *const work = &user->work;
    mpriv_sum sum = {0.0, 0.0};
    double earlier = 0.0;
    size_t i, k = 0;
    for (i = 0; i < load->count; i++) {
        law[i] = 0.0;
        if (k < work->count && load->loads[i] == work->start[k]) {
            law[i] = mpriv_at_least(work->mass[k] / mpriv_fall(user->growth[k]) - earlier, 0.0);
            earlier = work->mass[k] / user->growth[k];
            mpriv_accumulate(&sum, law[i]);
            k++;
        }
    }
    for (i = 0; i < load->count; i++) {
        law[i] /= mpriv_total(&sum);
    }
}

static int allocate(double *powers, double *leakages_bits, double *slope_nats, double *law,
                    const mpriv_user_load *users, size_t user_count, double power, void *scratch,
                    size_t scratch_length) {
    user_state states[MPRIV_POWER_USERS_MAX];
    mpriv_sum whole = {0.0, 0.0};
    double totals[MPRIV_POWER_USERS_MAX];
    double rest = 0.0, s;
    double *memory;
    size_t i, room, needed = 0;
    int code = mpriv_power_check(power);
    if (powers == NULL || leakages_bits == NULL || slope_nats == NULL || users == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (user_count == 0U || user_count > MPRIV_POWER_USERS_MAX) {
        *slope_nats = 0.0;
        return MPRIV_ERROR_MALFORMED;
    }
    for (i = 0; i < user_count; i++) {
        const int checked = mpriv_load_check(&totals[i], &users[i]);
        if (checked == MPRIV_ERROR_MISUSE) {
            return checked;
        }
        code = code == MPRIV_OK || checked == MPRIV_ERROR_MALFORMED ? checked : code;
        needed += users[i].count;
    }
    *slope_nats = 0.0;
    zero(powers, user_count);
    zero(leakages_bits, user_count);
    if (code != MPRIV_OK) {
        zero(law, users[0].count);
        return code;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    if (room / 7U < needed) {
        return MPRIV_ERROR_SCRATCH;
    }
    for (i = 0; i < user_count; i++) {
        take(&states[i].base, &memory, users[i].count);
        take(&states[i].work, &memory, users[i].count);
        states[i].growth = memory;
        memory += users[i].count;
        single_levels(&states[i].base, &users[i], totals[i]);
        powers[i] = whole_power(&states[i].base);
        mpriv_accumulate(&whole, powers[i]);
    }
    if (power >= mpriv_total(&whole) * (1.0 - 0x1p-50)) {
        for (i = 0; law != NULL && i < users[0].count; i++) {
            law[i] = users[0].loads[i] == states[0].base.start[0] ? 1.0 : 0.0;
        }
        return MPRIV_OK;
    }
    if (power == 0.0) {
        s = MPRIV_INFINITY;
        for (i = 0; i < user_count; i++) {
            pool(&states[i], s);
            powers[i] = 0.0;
            leakages_bits[i] = entropy_nats(&states[i].base) * MPRIV_INVERSE_LN2;
        }
    } else {
        s = solve(states, user_count, power, &rest);
        for (i = 0; i < user_count; i++) {
            const double found = states[i].power - rest * states[i].steepness;
            powers[i] = user_count == 1U ? power : found;
            leakages_bits[i] = leakage_nats(&states[i], s, powers[i]) * MPRIV_INVERSE_LN2;
        }
    }
    if (law != NULL) {
        output_law(law, &users[0], &states[0]);
    }
    *slope_nats = s + rest;
    return MPRIV_OK;
}

int mpriv_privacy_power_allocate(double *powers, double *leakages_bits, double *slope_nats,
                                 const mpriv_user_load *users, size_t user_count, double power, void *scratch,
                                 size_t scratch_length) {
    return allocate(powers, leakages_bits, slope_nats, NULL, users, user_count, power, scratch,
                    scratch_length);
}

int mpriv_privacy_power_leakage(double *leakage_bits, double *slope_nats, double *output_probabilities,
                                const mpriv_user_load *load, double power, void *scratch,
                                size_t scratch_length) {
    double used;
    if (load == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    return allocate(&used, leakage_bits, slope_nats, output_probabilities, load, 1U, power, scratch,
                    scratch_length);
}

size_t mpriv_privacy_power_point_scratch_bytes(size_t count) {
    return MPRIV_POWER_POINT_SCRATCH_BYTES(count);
}

int mpriv_privacy_power_policy_row(double *row, const mpriv_user_load *load,
                                   const double *output_probabilities, double slope_nats, size_t index) {
    double sum = 0.0;
    size_t j, first = index + 1U;
    if (row == NULL || load == NULL || load->loads == NULL || output_probabilities == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    zero(row, load->count);
    if (index >= load->count) {
        return MPRIV_ERROR_RANGE;
    }
    /* A level of a block does as the block's first one; below all blocks, or at power 0, it stays. */
    while (first > 0U && !(output_probabilities[first - 1U] > 0.0)) {
        first--;
    }
    if (first == 0U || !mpriv_finite(slope_nats)) {
        row[index] = 1.0;
        return MPRIV_OK;
    }
    for (j = 0; j < first; j++) {
        row[j] =
            output_probabilities[j] * mpriv_exp(-slope_nats * (load->loads[first - 1U] - load->loads[j]));
        sum += row[j];
    }
    for (j = 0; j < first; j++) {
        row[j] /= sum;
    }
    return MPRIV_OK;
}
