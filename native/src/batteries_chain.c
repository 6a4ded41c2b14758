/* Markov chains: closed classes, their periods, stationary laws, and where a law ends. States are taken out of
 * a chain one after the other, without a subtraction. */
#include "batteries.h"

static size_t gcd(size_t a, size_t b) {
    while (b != 0U) {
        const size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Writes to order the states that first reaches, itself first, and to depth (SIZE_MAX elsewhere) how many
 * moves the shortest way has; returns their number. */
static size_t reach(const double *moves, size_t n, size_t first, size_t *order, size_t *depth) {
    size_t count = 1U, k, s;
    for (s = 0; s < n; s++) {
        depth[s] = SIZE_MAX;
    }
    order[0] = first;
    depth[first] = 0;
    for (k = 0; k < count; k++) {
        for (s = 0; s < n; s++) {
            if (moves[order[k] * n + s] > 0.0 && depth[s] == SIZE_MAX) {
                depth[s] = depth[order[k]] + 1U;
                order[count++] = s;
            }
        }
    }
    return count;
}

size_t mpriv_chain_classes(mpriv_battery_class *classes, size_t *mark, const double *moves, size_t n,
                           size_t *order, size_t *depth) {
    size_t found = 0, s, k, to;
    for (s = 0; s < n; s++) {
        mark[s] = SIZE_MAX;
    }
    for (s = 0; s < n; s++) {
        size_t count, period = 0;
        int closed = 1;
        if (mark[s] != SIZE_MAX) {
            continue;
        }
        count = reach(moves, n, s, order, depth);
        for (k = 0; k < count; k++) {
            for (to = 0; to < n; to++) {
                if (moves[order[k] * n + to] > 0.0) {
                    const size_t longer = depth[order[k]] + 1U;
                    period = gcd(period, longer > depth[to] ? longer - depth[to] : depth[to] - longer);
                }
            }
        }
        /* Closed where every state that it reaches reaches it. */
        for (k = 1; closed && k < count; k++) {
            size_t *const other_order = order + n, *const other_depth = depth + n;
            (void)reach(moves, n, order[k], other_order, other_depth);
            closed = other_depth[s] != SIZE_MAX;
        }
        if (!closed) {
            mark[s] = 0;
            continue;
        }
        classes[found].states = count;
        classes[found].period = period;
        found++;
        for (k = 0; k < count; k++) {
            mark[order[k]] = found;
        }
    }
    return found;
}

void mpriv_chain_stationary(double *law, double *moves, size_t n, const size_t *mark, size_t which) {
    double total = 0.0;
    size_t s, i, j;
    for (s = n; s-- > 0U;) {
        double leaves = 0.0;
        law[s] = 0.0;
        for (j = 0; mark[s] == which && j < s; j++) {
            leaves += mark[j] == which ? moves[s * n + j] : 0.0;
        }
        if (leaves == 0.0) {
            continue;
        }
        for (i = 0; i < s; i++) {
            moves[i * n + s] = mark[i] == which ? moves[i * n + s] / leaves : 0.0;
            for (j = 0; moves[i * n + s] > 0.0 && j < s; j++) {
                moves[i * n + j] += mark[j] == which ? moves[i * n + s] * moves[s * n + j] : 0.0;
            }
        }
    }
    for (s = 0; s < n; s++) {
        if (mark[s] != which) {
            continue;
        }
        law[s] = total == 0.0 ? 1.0 : 0.0;
        for (i = 0; total > 0.0 && i < s; i++) {
            law[s] += law[i] * moves[i * n + s];
        }
        total += law[s];
    }
    for (s = 0; s < n; s++) {
        law[s] /= total;
    }
}

void mpriv_chain_settle(double *law, double *moves, size_t n, const size_t *mark) {
    size_t s, i, j;
    for (s = n; s-- > 0U;) {
        double leaves = 0.0;
        if (mark[s] != 0U) {
            continue;
        }
        for (j = 0; j < n; j++) {
            leaves += j != s && (mark[j] != 0U || j < s) ? moves[s * n + j] : 0.0;
        }
        for (j = 0; j < n; j++) {
            const double share = j != s && (mark[j] != 0U || j < s) ? moves[s * n + j] / leaves : 0.0;
            law[j] += share * law[s];
            for (i = 0; share > 0.0 && i < s; i++) {
                moves[i * n + j] += mark[i] == 0U ? moves[i * n + s] * share : 0.0;
            }
        }
        law[s] = 0.0;
    }
}
