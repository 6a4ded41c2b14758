/* The whole privacy-power curve: the path on which the blocks of the optimal partition merge as the slope
 * falls. Neighbours B, B' merge at the root of (e^(s D) - 1) / (1 - e^(-s D')) = p_B / p_B'. */
#include "privacy_power.h"

#define CHUNK 64U

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

/* P(s) and I in bits at slope s for n blocks. */
static void values(double *power, double *leakage_bits, const double *start, const double *mass, size_t n,
                   const mpriv_sum *inside, double s) {
    const double last = mass[n - 1U];
    mpriv_sum spent = *inside, leakage = {s * inside->value, s * inside->lost};
    size_t from, i;
    for (from = 0; from + 1U < n; from += CHUNK) {
        double share[CHUNK], term[CHUNK], share_sum = 0.0, term_sum = 0.0;
        const size_t length = n - 1U - from < CHUNK ? n - 1U - from : CHUNK;
        for (i = 0; i < length; i++) {
            const size_t k = from + i;
            const double width = start[k + 1U] - start[k];
            const double inverse = 1.0 / mpriv_expm1_inline(s * width);
            share[i] = mass[k] * (width * inverse);
            term[i] = mass[k] * mpriv_log_inline(mass[k] * (1.0 + inverse));
        }
        for (i = 0; i < length; i++) {
            share_sum += share[i];
            term_sum += term[i];
        }
        mpriv_accumulate(&spent, share_sum);
        mpriv_accumulate(&leakage, -term_sum);
    }
    *power = mpriv_total(&spent);
    *leakage_bits = 0.0;
    mpriv_accumulate(&leakage, -last * mpriv_log(last));
    mpriv_accumulate(&leakage, -s * *power);
    if (mpriv_total(&leakage) > 0.0) {
        *leakage_bits = mpriv_total(&leakage) * MPRIV_INVERSE_LN2;
    }
}

/* Merges the block that starts at first into the one before it; returns the number of blocks that are left.
 */
static size_t remove_boundary(double *start, double *mass, size_t n, double first, mpriv_sum *inside) {
    size_t low = 0, high = n - 1U;
    while (high - low > 1U) {
        const size_t middle = low + (high - low) / 2U;
        if (start[middle] < first) {
            low = middle;
        } else {
            high = middle;
        }
    }
    mpriv_accumulate(inside, mass[high] * (start[high] - start[low]));
    mass[low] += mass[high];
    for (; high + 1U < n; high++) {
        start[high] = start[high + 1U];
        mass[high] = mass[high + 1U];
    }
    return n - 1U;
}

int mpriv_privacy_power_curve(double *slopes_nats, double *powers, double *leakages_bits, size_t *merged,
                              size_t *breakpoints, const mpriv_user_load *load, void *scratch,
                              size_t scratch_length) {
    path blocks;
    mpriv_sum inside = {0.0, 0.0};
    double total, *memory, *start, *mass;
    uint32_t *order, *level;
    size_t i, n = 0, room;
    int code;
    if (slopes_nats == NULL || breakpoints == NULL || load == NULL ||
        (powers == NULL) != (leakages_bits == NULL)) {
        return MPRIV_ERROR_MISUSE;
    }
    *breakpoints = 0;
    code = mpriv_load_check(&total, load);
    if (code == MPRIV_ERROR_MISUSE) {
        return code;
    }
    memset(slopes_nats, 0, load->count * sizeof *slopes_nats);
    if (powers != NULL && leakages_bits != NULL) {
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
    if (room / 10U < load->count || load->count > UINT32_MAX - 1U) {
        return MPRIV_ERROR_SCRATCH;
    }
    start = memory;
    mass = start + load->count;
    blocks.start = mass + load->count;
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
            start[n] = blocks.start[n] = load->loads[i];
            mass[n] = blocks.mass[n] = load->probabilities[i] / total;
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
    for (i = 0; powers != NULL && leakages_bits != NULL && i + 1U < blocks.count; i++) {
        values(&powers[i], &leakages_bits[i], start, mass, n, &inside, slopes_nats[i]);
        n = remove_boundary(start, mass, n, blocks.start[order[i]], &inside);
    }
    return MPRIV_OK;
}

size_t mpriv_privacy_power_curve_scratch_bytes(size_t count) {
    return MPRIV_POWER_CURVE_SCRATCH_BYTES(count);
}
