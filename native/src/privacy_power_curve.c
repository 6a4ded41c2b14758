/* The whole privacy-power curve: the path on which the blocks of the optimal partition merge as the slope
 * falls. Neighbours B, B' merge at the root of (e^(s D) - 1) / (1 - e^(-s D')) = p_B / p_B'. */
#include "privacy_power.h"

#define CHUNK 64U
#define NODES 12U
#define GROUP 128U       /* breakpoints evaluated together */
#define FEW_BLOCKS 512U  /* below, each breakpoint is evaluated by itself */
#define GROUP_RATIO 1.25 /* between the slopes of a group */

/* Blocks by the number of their first level: a list in both directions, and a heap of those that have a next
 * one by the slope at which they merge with it. */
typedef struct {
    double *start;
    double *mass;
    double *mass_lost;
    double *root;
    uint32_t *next;
    uint32_t *previous;
    uint32_t *heap;
    uint32_t *place; /* of a block in the heap */
    uint32_t count;  /* of blocks at the beginning */
    uint32_t heap_count;
} path;

static void put(path *blocks, uint32_t place, uint32_t block) {
    blocks->heap[place] = block;
    blocks->place[block] = place;
}

/* Moves a block to its place in the heap after its root changed. */
static void settle(path *blocks, uint32_t block) {
    const double root = blocks->root[block];
    uint32_t place = blocks->place[block];
    while (place > 0U && blocks->root[blocks->heap[(place - 1U) / 2U]] < root) {
        put(blocks, place, blocks->heap[(place - 1U) / 2U]);
        place = (place - 1U) / 2U;
    }
    for (;;) {
        uint32_t child = 2U * place + 1U;
        if (child + 1U < blocks->heap_count &&
            blocks->root[blocks->heap[child + 1U]] > blocks->root[blocks->heap[child]]) {
            child++;
        }
        if (child >= blocks->heap_count || blocks->root[blocks->heap[child]] <= root) {
            break;
        }
        put(blocks, place, blocks->heap[child]);
        place = child;
    }
    put(blocks, place, block);
}

static void leave(path *blocks, uint32_t block) {
    const uint32_t place = blocks->place[block];
    const uint32_t last = blocks->heap[--blocks->heap_count];
    if (place < blocks->heap_count) {
        put(blocks, place, last);
        settle(blocks, last);
    }
}

/* The slope at which a block merges with the next one as they stand; 0 if they never do. */
static double merging_slope(const path *blocks, uint32_t block) {
    const uint32_t second = blocks->next[block];
    const uint32_t third = blocks->next[second];
    const double width = blocks->start[second] - blocks->start[block];
    const double ratio = blocks->mass[block] / blocks->mass[second];
    const double bounded = ratio < 0x1p1000 ? ratio : 0x1p1000;
    double relative, low = 0.0, high = mpriv_log1p(bounded), x = high;
    unsigned round;
    if (third == blocks->count) {
        return high / width;
    }
    relative = (blocks->start[third] - blocks->start[second]) / width;
    if (bounded * relative <= 1.0) {
        return 0.0;
    }
    /* Newton's method on the logarithm, x = s D, relative = D' / D. */
    for (round = 0; round < 100U && high - low > 0x1p-52 * high; round++) {
        const double growth = mpriv_expm1_inline(x), next_growth = mpriv_expm1_inline(relative * x);
        const double excess = mpriv_log_inline(growth / mpriv_fall(next_growth) / bounded);
        const double rise = 1.0 + 1.0 / growth - relative / next_growth;
        const double step = excess / rise;
        if (excess > 0.0) {
            high = x;
        } else {
            low = x;
        }
        if (step < 0x1p-52 * x && step > -0x1p-52 * x) {
            break;
        }
        x -= step;
        if (!(x > low && x < high)) {
            x = low + 0.5 * (high - low);
        }
    }
    return x / width;
}

static void renew(path *blocks, uint32_t block, double most) {
    const double root = merging_slope(blocks, block);
    blocks->root[block] = root < most ? root : most;
    settle(blocks, block);
}

/* Runs along the path; the k-th merge is at slopes[k] and removes the boundary before block merged[k]. */
static void follow(path *blocks, double *slopes, uint32_t *merged) {
    uint32_t i, k;
    blocks->heap_count = blocks->count - 1U;
    for (i = 0; i < blocks->count; i++) {
        blocks->next[i] = i + 1U;
        blocks->previous[i] = i - 1U;
        put(blocks, i, i);
        blocks->root[i] = 0.0;
    }
    for (i = blocks->count - 1U; i-- > 0U;) {
        renew(blocks, i, MPRIV_INFINITY);
    }
    for (k = 0; k + 1U < blocks->count; k++) {
        const uint32_t block = blocks->heap[0], second = blocks->next[block];
        const double slope = blocks->root[block];
        slopes[k] = slope;
        merged[k] = second;
        blocks->mass_lost[block] +=
            blocks->mass_lost[second] +
            mpriv_two_sum(&blocks->mass[block], blocks->mass[block], blocks->mass[second]);
        if (blocks->next[second] == blocks->count) {
            leave(blocks, block);
        } else {
            leave(blocks, second);
        }
        blocks->next[block] = blocks->next[second];
        if (blocks->next[block] != blocks->count) {
            blocks->previous[blocks->next[block]] = block;
            renew(blocks, block, slope);
        }
        if (block != 0U) {
            renew(blocks, blocks->previous[block], slope);
        }
    }
}

/* A partition: its blocks but the last, each with its end; the last one; and A (see privacy_power.c). */
typedef struct {
    double *start;
    double *end;
    double *mass;
    size_t count;
    double last_start;
    double last_mass;
    mpriv_sum inside;
} partition;

/* sum p D / (e^(s D) - 1) and sum p ln(p / (1 - e^(-s D))) over the blocks but the last. */
static void block_sums(double *share, double *term, const partition *blocks, double s) {
    mpriv_sum shares = {0.0, 0.0}, terms = {0.0, 0.0};
    size_t from, i;
    for (from = 0; from < blocks->count; from += CHUNK) {
        double each_share[CHUNK], each_term[CHUNK], share_sum = 0.0, term_sum = 0.0;
        const size_t length = blocks->count - from < CHUNK ? blocks->count - from : CHUNK;
        for (i = 0; i < length; i++) {
            const size_t k = from + i;
            const double width = blocks->end[k] - blocks->start[k];
            const double inverse = 1.0 / mpriv_expm1_inline(s * width);
            each_share[i] = blocks->mass[k] * (width * inverse);
            each_term[i] = blocks->mass[k] * mpriv_log_inline(blocks->mass[k] * (1.0 + inverse));
        }
        for (i = 0; i < length; i++) {
            share_sum += each_share[i];
            term_sum += each_term[i];
        }
        mpriv_accumulate(&shares, share_sum);
        mpriv_accumulate(&terms, term_sum);
    }
    *share = mpriv_total(&shares);
    *term = mpriv_total(&terms);
}

/* P(s) and I in bits from the sums over all blocks but the last. */
static void point(double *power, double *leakage_bits, const partition *blocks, double share, double term,
                  double s) {
    mpriv_sum leakage = {-term, 0.0};
    mpriv_accumulate(&leakage, -blocks->last_mass * mpriv_log(blocks->last_mass));
    mpriv_accumulate(&leakage, -s * share);
    *power = mpriv_total(&blocks->inside) + share;
    *leakage_bits = mpriv_total(&leakage) > 0.0 ? mpriv_total(&leakage) * MPRIV_INVERSE_LN2 : 0.0;
}

/* The block that holds the level first; it is not in the last one. */
static size_t find(const partition *blocks, double first) {
    size_t low = 0, high = blocks->count;
    while (high - low > 1U) {
        const size_t middle = low + (high - low) / 2U;
        if (blocks->start[middle] <= first) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static void copy_block(partition *to, size_t at, const partition *from, size_t k) {
    to->start[at] = from->start[k];
    to->end[at] = from->end[k];
    to->mass[at] = from->mass[k];
}

static void exchange(double *pair) {
    const double first = pair[0];
    pair[0] = pair[1];
    pair[1] = first;
}

/* Merges the block that starts at first into the one before it. */
static void remove_boundary(partition *blocks, double first) {
    size_t k = blocks->count - 1U;
    if (first == blocks->last_start) {
        mpriv_accumulate(&blocks->inside, blocks->last_mass * (first - blocks->start[k]));
        blocks->last_mass += blocks->mass[k];
        blocks->last_start = blocks->start[k];
    } else {
        k = find(blocks, first);
        mpriv_accumulate(&blocks->inside, blocks->mass[k] * (first - blocks->start[k - 1U]));
        blocks->end[k - 1U] = blocks->end[k];
        blocks->mass[k - 1U] += blocks->mass[k];
        /* An exchange, because compilers make a call of memmove of a plain copy. */
        for (; k + 1U < blocks->count; k++) {
            exchange(&blocks->start[k]);
            exchange(&blocks->end[k]);
            exchange(&blocks->mass[k]);
        }
    }
    blocks->count--;
}

/* cos((2 i + 1) pi / 24), Chebyshev's points, and (-1)^i sin((2 i + 1) pi / 24), the weights of barycentric
 * interpolation there. On an interval of slopes with ends in the ratio GROUP_RATIO the functions of a block are
 * analytic in an ellipse that makes each further point 17 times as exact. */
static const double nodes[NODES] = {0x1.fb9ea92ec689bp-1,  0x1.d906bcf328d46p-1,  0x1.963268b572492p-1,
                                    0x1.37af93f9513eap-1,  0x1.87de2a6aea964p-2,  0x1.0b5150f6da2d5p-3,
                                    -0x1.0b5150f6da2d1p-3, -0x1.87de2a6aea95ep-2, -0x1.37af93f9513eap-1,
                                    -0x1.963268b572491p-1, -0x1.d906bcf328d46p-1, -0x1.fb9ea92ec689bp-1};
static const double weights[NODES] = {0x1.0b5150f6da2d0p-3,  -0x1.87de2a6aea963p-2, 0x1.37af93f9513eap-1,
                                      -0x1.963268b572492p-1, 0x1.d906bcf328d46p-1,  -0x1.fb9ea92ec689bp-1,
                                      0x1.fb9ea92ec689bp-1,  -0x1.d906bcf328d47p-1, 0x1.963268b572492p-1,
                                      -0x1.37af93f9513ecp-1, 0x1.87de2a6aea965p-2,  -0x1.0b5150f6da2dfp-3};

static double interpolate(const double *values, double at) {
    double above = 0.0, below = 0.0;
    size_t i;
    for (i = 0; i < NODES; i++) {
        /* At a node its value, for the others weigh nothing beside it; elsewhere 2^-900 is lost. */
        const double apart = (at - nodes[i]) + 0x1p-900;
        above += weights[i] / apart * values[i];
        below += weights[i] / apart;
    }
    return above / below;
}

/* How many of the next breakpoints are evaluated together: blocks that stand still are summed at the nodes of
 * their slopes only. */
static size_t group_length(const partition *blocks, const double *slopes) {
    double narrowest = MPRIV_INFINITY;
    size_t length = 1U, k;
    if (blocks->count < FEW_BLOCKS) {
        return 1U;
    }
    for (k = 0; k < blocks->count; k++) {
        const double width = blocks->end[k] - blocks->start[k];
        narrowest = width < narrowest ? width : narrowest;
    }
    while (length < GROUP && slopes[length] * GROUP_RATIO >= slopes[0] &&
           (slopes[0] - slopes[length]) * narrowest <= 1.0) {
        length++;
    }
    return length < 2U * NODES ? 1U : length;
}

/* Evaluates `length` breakpoints, at which the boundaries before the levels firsts[order[]] vanish. marks has a
 * number for each block; still and moving have the arrays of partitions. */
static void evaluate_group(double *powers, double *leakages_bits, partition *blocks, const double *slopes,
                           const double *firsts, const uint32_t *order, size_t length, uint32_t *marks,
                           partition *still, partition *moving) {
    const double centre = 0.5 * (slopes[0] + slopes[length - 1U]);
    const double half = 0.5 * (slopes[0] - slopes[length - 1U]);
    double shares[NODES], terms[NODES];
    size_t k, j, i;
    for (k = 0; k < blocks->count; k++) {
        marks[k] = 0;
    }
    for (j = 0; j < length; j++) {
        const double first = firsts[order[j]];
        k = first == blocks->last_start ? blocks->count : find(blocks, first);
        marks[k - 1U] = 1U;
        if (k < blocks->count) {
            marks[k] = 1U;
        }
    }
    still->count = moving->count = 0;
    for (k = 0; k < blocks->count; k++) {
        partition *const to = marks[k] != 0U ? moving : still;
        copy_block(to, to->count++, blocks, k);
    }
    moving->last_start = blocks->last_start;
    moving->last_mass = blocks->last_mass;
    moving->inside = blocks->inside;
    for (i = 0; i < NODES; i++) {
        block_sums(&shares[i], &terms[i], still, centre + half * nodes[i]);
    }
    for (j = 0; j < length; j++) {
        const double at = half > 0.0 ? (slopes[j] - centre) / half : 0.0;
        double share, term;
        block_sums(&share, &term, moving, slopes[j]);
        point(&powers[j], &leakages_bits[j], moving, share + interpolate(shares, at),
              term + interpolate(terms, at), slopes[j]);
        remove_boundary(moving, firsts[order[j]]);
    }
    for (i = j = k = 0; i < still->count || j < moving->count; k++) {
        if (j == moving->count || (i < still->count && still->start[i] < moving->start[j])) {
            copy_block(blocks, k, still, i++);
        } else {
            copy_block(blocks, k, moving, j++);
        }
    }
    blocks->count = k;
    blocks->last_start = moving->last_start;
    blocks->last_mass = moving->last_mass;
    blocks->inside = moving->inside;
}

int mpriv_privacy_power_curve(double *slopes_nats, double *powers, double *leakages_bits, size_t *merged,
                              size_t *breakpoints, const mpriv_user_load *load, void *scratch,
                              size_t scratch_length) {
    path blocks;
    partition all, still, moving;
    double total, *memory;
    uint32_t *order, *level;
    size_t i, n = 0, room;
    int code;
    if (slopes_nats == NULL || breakpoints == NULL || load == NULL ||
        (powers == NULL) != (leakages_bits == NULL)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (load->count > UINT32_MAX - 1U) {
        return MPRIV_ERROR_SCRATCH;
    }
    code = mpriv_load_check(&total, load);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    *breakpoints = 0;
    memset(slopes_nats, 0, load->count * sizeof *slopes_nats);
    if (powers != NULL) {
        memset(powers, 0, load->count * sizeof *powers);
        memset(leakages_bits, 0, load->count * sizeof *leakages_bits);
    }
    if (merged != NULL) {
        memset(merged, 0, load->count * sizeof *merged);
    }
    if (code != MPRIV_OK) {
        return code;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    if (room / 10U < load->count) {
        return MPRIV_ERROR_SCRATCH;
    }
    all.start = memory;
    all.end = all.start + load->count;
    all.mass = all.end + load->count;
    blocks.start = all.mass + load->count;
    blocks.mass = blocks.start + load->count;
    blocks.mass_lost = blocks.mass + load->count;
    blocks.root = blocks.mass_lost + load->count;
    blocks.next = (uint32_t *)(void *)(blocks.root + load->count);
    blocks.previous = blocks.next + load->count;
    blocks.heap = blocks.previous + load->count;
    blocks.place = blocks.heap + load->count;
    order = blocks.place + load->count;
    level = order + load->count;
    for (i = 0; i < load->count; i++) {
        if (load->probabilities[i] > 0.0) {
            all.start[n] = blocks.start[n] = load->loads[i];
            all.mass[n] = blocks.mass[n] = load->probabilities[i] / total;
            blocks.mass_lost[n] = 0.0;
            level[n] = (uint32_t)i;
            n++;
        }
    }
    blocks.count = (uint32_t)n;
    follow(&blocks, slopes_nats, order);
    *breakpoints = n - 1U;
    for (i = 0; merged != NULL && i + 1U < blocks.count; i++) {
        merged[i] = level[order[i]];
    }
    if (powers == NULL) {
        return MPRIV_OK;
    }
    for (i = 0; i + 1U < n; i++) {
        all.end[i] = all.start[i + 1U];
    }
    all.count = n - 1U;
    all.last_start = all.start[n - 1U];
    all.last_mass = all.mass[n - 1U];
    all.inside.value = all.inside.lost = 0.0;
    /* The path is known: its memory, but for the levels, is free. */
    still.start = blocks.mass;
    still.end = blocks.mass_lost;
    still.mass = blocks.root;
    moving.start = blocks.root + load->count;
    moving.end = moving.start + 2U * GROUP;
    moving.mass = moving.end + 2U * GROUP;
    for (i = 0; i + 1U < n;) {
        const size_t length = group_length(&all, slopes_nats + i);
        if (length == 1U) {
            double share, term;
            block_sums(&share, &term, &all, slopes_nats[i]);
            point(&powers[i], &leakages_bits[i], &all, share, term, slopes_nats[i]);
            remove_boundary(&all, blocks.start[order[i]]);
        } else {
            evaluate_group(powers + i, leakages_bits + i, &all, slopes_nats + i, blocks.start, order + i,
                           length, level, &still, &moving);
        }
        i += length;
    }
    return MPRIV_OK;
}

size_t mpriv_privacy_power_curve_scratch_bytes(size_t count) {
    return MPRIV_POWER_CURVE_SCRATCH_BYTES(count);
}
