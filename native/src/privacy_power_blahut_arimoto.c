/* min(I + sP) over policies, for one load or correlated ones, between certified bounds.
 *
 * With c_x = sum over y <= x of q_y e^(-s d(x, y)) and g_y = sum over x >= y of p_x e^(-s d(x, y)) / c_x, the
 * step of Blahut-Arimoto is q <- q g, and min(I + sP) <= U - sum q g ln g, U = -sum p ln c, for every law q.
 * From below it is bounded by sum p ln(w / p) - ln max G, with G_y = sum over x >= y of w_x e^(-s d(x, y)),
 * for all weights w > 0: w = p / c makes it U - ln max g. The least U has q (1 - g) = 0, g <= 1. Newton's
 * method follows q z = m, c w = p, G = 1 - z, as m falls to 0. c = A q is a running sum along each axis, and
 * A has an inverse with two diagonals an axis: so Newton's equations are banded in the unknown changes of c.
 */
#include "privacy_power.h"

#define VECTORS 12U
#define LEAST_PIVOT 0x1p-1000
#define FALL 0.03 /* of m, from one of Newton's steps to the next */
#define CORNERS (1U << MPRIV_POWER_CORRELATED_MAX)

typedef struct {
    size_t size;
    size_t users;
    size_t count[MPRIV_POWER_CORRELATED_MAX];
    size_t stride[MPRIV_POWER_CORRELATED_MAX];
    size_t band; /* the farthest off-diagonal */
    const double *loads[MPRIV_POWER_CORRELATED_MAX];
    double *decay[MPRIV_POWER_CORRELATED_MAX]; /* e^(-s (x_k - x_(k-1))); the first is 0 */
} grid;

/* MPRIV_OK and the shape, without decays, or malformed where a list is empty or too long. */
static int shape(grid *g, const mpriv_levels *users, size_t user_count) {
    size_t axis;
    g->size = 1U;
    g->band = 0;
    g->users = user_count;
    if (user_count == 0U || user_count > MPRIV_POWER_CORRELATED_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (axis = user_count; axis-- > 0U;) {
        if (users[axis].count == 0U || users[axis].count > (SIZE_MAX >> 16) / g->size) {
            return MPRIV_ERROR_MALFORMED;
        }
        g->count[axis] = users[axis].count;
        g->loads[axis] = users[axis].loads;
        g->stride[axis] = g->size;
        g->band += g->size;
        g->size *= users[axis].count;
    }
    /* More than reals_needed, whose bytes are a size then. */
    return g->size > SIZE_MAX / sizeof(double) / (VECTORS + g->band + 5U) ? MPRIV_ERROR_MALFORMED : MPRIV_OK;
}

static size_t reals_needed(const grid *g) {
    size_t axis, needed = g->size * (VECTORS + g->band + 1U);
    for (axis = 0; axis < g->users; axis++) {
        needed += g->count[axis];
    }
    return needed;
}

size_t mpriv_privacy_power_blahut_arimoto_scratch_bytes(const mpriv_levels *users, size_t user_count) {
    grid g;
    if (users == NULL || shape(&g, users, user_count) != MPRIV_OK) {
        return 0;
    }
    return (reals_needed(&g) + 1U) * sizeof(double);
}

/* v <- A v: at each x the sum over y <= x of v_y e^(-s d). Where moment is not null it becomes the same sum
 * with the factor d. */
static void lower_sums(const grid *g, double *v, double *moment) {
    size_t axis, base, k, i;
    if (moment != NULL) {
        memset(moment, 0, g->size * sizeof *moment);
    }
    if (g->users == 1U && moment == NULL) {
        for (k = 1; k < g->size; k++) {
            v[k] += g->decay[0][k] * v[k - 1U];
        }
        return;
    }
    for (axis = 0; axis < g->users; axis++) {
        const size_t stride = g->stride[axis], count = g->count[axis];
        for (base = 0; base < g->size; base += stride * count) {
            for (k = 1; k < count; k++) {
                const double decay = g->decay[axis][k];
                const double gap = g->loads[axis][k] - g->loads[axis][k - 1U];
                double *const to = v + base + k * stride;
                const double *const from = to - stride;
                for (i = 0; moment != NULL && i < stride; i++) {
                    double *const sum = moment + base + k * stride + i;
                    *sum += decay * (sum[-(ptrdiff_t)stride] + gap * from[i]);
                }
                for (i = 0; i < stride; i++) {
                    to[i] += decay * from[i];
                }
            }
        }
    }
}

/* v <- A^T v: at each y the sum over x >= y of v_x e^(-s d). */
static void upper_sums(const grid *g, double *v) {
    size_t axis, base, k, i;
    if (g->users == 1U) {
        for (k = g->size - 1U; k > 0U; k--) {
            v[k - 1U] += g->decay[0][k] * v[k];
        }
        return;
    }
    for (axis = 0; axis < g->users; axis++) {
        const size_t stride = g->stride[axis], count = g->count[axis];
        for (base = 0; base < g->size; base += stride * count) {
            for (k = count - 1U; k > 0U; k--) {
                const double decay = g->decay[axis][k];
                const double *const from = v + base + k * stride;
                double *const to = v + base + (k - 1U) * stride;
                for (i = 0; i < stride; i++) {
                    to[i] += decay * from[i];
                }
            }
        }
    }
}

/* v <- A^-1 v. */
static void lower_differences(const grid *g, double *v) {
    size_t axis, base, k, i;
    if (g->users == 1U) {
        for (k = g->size - 1U; k > 0U; k--) {
            v[k] -= g->decay[0][k] * v[k - 1U];
        }
        return;
    }
    for (axis = 0; axis < g->users; axis++) {
        const size_t stride = g->stride[axis], count = g->count[axis];
        for (base = 0; base < g->size; base += stride * count) {
            for (k = count - 1U; k > 0U; k--) {
                const double decay = g->decay[axis][k];
                double *const to = v + base + k * stride;
                const double *const from = to - stride;
                for (i = 0; i < stride; i++) {
                    to[i] -= decay * from[i];
                }
            }
        }
    }
}

/* v <- A^-T v. */
static void upper_differences(const grid *g, double *v) {
    size_t axis, base, k, i;
    if (g->users == 1U) {
        for (k = 1; k < g->size; k++) {
            v[k - 1U] -= g->decay[0][k] * v[k];
        }
        return;
    }
    for (axis = 0; axis < g->users; axis++) {
        const size_t stride = g->stride[axis], count = g->count[axis];
        for (base = 0; base < g->size; base += stride * count) {
            for (k = 1; k < count; k++) {
                const double decay = g->decay[axis][k];
                const double *const from = v + base + k * stride;
                double *const to = v + base + (k - 1U) * stride;
                for (i = 0; i < stride; i++) {
                    to[i] -= decay * from[i];
                }
            }
        }
    }
}

/* matrix <- diag(diagonal) + A^-T diag(weight) A^-1, its lower half by rows of band + 1 numbers. */
static void assemble(const grid *g, double *matrix, const double *diagonal, const double *weight) {
    const size_t row = g->band + 1U;
    size_t point, axis, a, b;
    if (g->users == 1U) {
        for (point = 0; point < g->size; point++) {
            const double decay = g->decay[0][point];
            matrix[2U * point] = -decay * weight[point];
            matrix[2U * point + 1U] = diagonal[point] + weight[point];
            if (point > 0U) {
                matrix[2U * point - 1U] += decay * decay * weight[point];
            }
        }
        return;
    }
    memset(matrix, 0, g->size * row * sizeof *matrix);
    for (point = 0; point < g->size; point++) {
        size_t place[CORNERS], corners = 1U;
        double coefficient[CORNERS];
        place[0] = point;
        coefficient[0] = 1.0;
        for (axis = 0; axis < g->users; axis++) {
            const size_t k = point / g->stride[axis] % g->count[axis];
            for (a = 0; k > 0U && a < corners; a++) {
                place[corners + a] = place[a] - g->stride[axis];
                coefficient[corners + a] = -g->decay[axis][k] * coefficient[a];
            }
            corners = k > 0U ? 2U * corners : corners;
        }
        matrix[point * row + g->band] += diagonal[point];
        for (a = 0; a < corners; a++) {
            for (b = 0; b < corners; b++) {
                if (place[b] <= place[a]) {
                    matrix[place[a] * row + g->band - (place[a] - place[b])] +=
                        weight[point] * coefficient[a] * coefficient[b];
                }
            }
        }
    }
}

static double dot(const double *a, const double *b, size_t n) {
    double even = 0.0, odd = 0.0;
    size_t i;
    for (i = 0; i + 1U < n; i += 2U) {
        even += a[i] * b[i];
        odd += a[i + 1U] * b[i + 1U];
    }
    return (n & 1U) != 0U ? even + odd + a[n - 1U] * b[n - 1U] : even + odd;
}

/* v <- matrix^-1 v for a positive definite matrix, which becomes L D L^T, the diagonal of L left out. */
static void solve_banded(double *matrix, double *v, double *scaled, size_t size, size_t band) {
    const size_t row = band + 1U;
    size_t i, j;
    if (band == 1U) {
        double pivot = matrix[1];
        for (j = 1; j < size; j++) {
            const double factor = matrix[2U * j] / pivot;
            pivot = matrix[2U * j + 1U] - factor * matrix[2U * j];
            pivot = mpriv_at_least(pivot, LEAST_PIVOT);
            matrix[2U * j] = factor;
            matrix[2U * j + 1U] = pivot;
            v[j] -= factor * v[j - 1U];
        }
        v[size - 1U] /= pivot;
        for (j = size - 1U; j-- > 0U;) {
            v[j] = v[j] / matrix[2U * j + 1U] - matrix[2U * j + 2U] * v[j + 1U];
        }
        return;
    }
    for (j = 0; j < size; j++) {
        double *const mine = matrix + j * row + band - j; /* mine[i] is the entry (j, i) */
        const size_t first = j > band ? j - band : 0U;
        double diagonal;
        for (i = first; i < j; i++) {
            const double *const other = matrix + i * row + band - i;
            mine[i] -= dot(mine + first, other + first, i - first);
        }
        for (i = first; i < j; i++) {
            scaled[i - first] = mine[i];
            mine[i] /= matrix[i * row + band];
        }
        diagonal = mine[j] - dot(mine + first, scaled, j - first);
        mine[j] = mpriv_at_least(diagonal, LEAST_PIVOT);
        v[j] -= dot(mine + first, v + first, j - first);
    }
    for (j = 0; j < size; j++) {
        v[j] /= matrix[j * row + band];
    }
    for (j = size; j-- > 0U;) {
        const double *const mine = matrix + j * row + band - j;
        for (i = j > band ? j - band : 0U; i < j; i++) {
            v[i] -= mine[i] * v[j];
        }
    }
}

/* The longest step not above 1 that keeps v + step change above 0, where v > 0. */
static double longest_step(const double *v, const double *change, size_t n) {
    double worst = -1.0;
    size_t i;
    for (i = 0; i < n; i++) {
        if (v[i] > 0.0 && change[i] < worst * v[i]) {
            worst = change[i] / v[i];
        }
    }
    return worst == -1.0 ? 1.0 : -1.0 / worst;
}

typedef struct {
    double *p, *q, *c, *g, *moment, *w, *z, *change, *step_q, *step_w, *step_z, *work, *matrix;
} vectors;

/* The step of Blahut-Arimoto at the law q / sum(q): c and g of q itself, and what they bound. */
static void certify_law(const grid *shape_of, const vectors *v, double slope,
                        mpriv_privacy_power_bounds *bounds) {
    const size_t n = shape_of->size;
    mpriv_sum total = {0.0, 0.0}, upper = {0.0, 0.0}, power = {0.0, 0.0}, shift = {0.0, 0.0};
    double scale, largest = 0.0, least, most, slack;
    size_t i;
    for (i = 0; i < n; i++) {
        mpriv_accumulate(&total, v->q[i]);
        v->c[i] = v->q[i];
    }
    scale = mpriv_total(&total);
    lower_sums(shape_of, v->c, v->moment);
    for (i = 0; i < n; i++) {
        v->g[i] = v->p[i] > 0.0 ? v->p[i] / v->c[i] : 0.0;
        if (v->p[i] > 0.0) {
            mpriv_accumulate(&upper, -v->p[i] * mpriv_log(v->c[i] / scale));
            mpriv_accumulate(&power, v->moment[i] * v->g[i]);
        }
    }
    upper_sums(shape_of, v->g);
    for (i = 0; i < n; i++) {
        const double g = v->g[i] * scale;
        largest = g > largest ? g : largest;
        if (g > 0.0) {
            mpriv_accumulate(&shift, v->q[i] * v->g[i] * mpriv_log(g));
        }
    }
    slack = 0x1p-48 * (1.0 + mpriv_abs(mpriv_total(&upper)));
    least = mpriv_total(&upper) - mpriv_log(largest) - slack;
    most = mpriv_total(&upper) - mpriv_total(&shift) + slack;
    bounds->lower_nats = least > bounds->lower_nats ? least : bounds->lower_nats;
    if (most < bounds->upper_nats) {
        const double leakage = most - slack - slope * mpriv_total(&power);
        bounds->upper_nats = most;
        bounds->power = mpriv_total(&power);
        bounds->leakage_bits = leakage > 0.0 ? leakage * MPRIV_INVERSE_LN2 : 0.0;
        memcpy(v->work, v->q, n * sizeof *v->q);
    }
}

/* The lower bound of w, which does not suffer where a rare load's p / c is not yet right. */
static void certify_weights(const grid *shape_of, const vectors *v, mpriv_privacy_power_bounds *bounds) {
    const size_t n = shape_of->size;
    mpriv_sum lower = {0.0, 0.0};
    double largest = 0.0, least;
    size_t i;
    memcpy(v->change, v->w, n * sizeof *v->w);
    upper_sums(shape_of, v->change);
    for (i = 0; i < n; i++) {
        largest = v->change[i] > largest ? v->change[i] : largest;
    }
    for (i = 0; i < n; i++) {
        if (v->p[i] > 0.0) {
            mpriv_accumulate(&lower, v->p[i] * (mpriv_log(v->w[i] / largest) - mpriv_log(v->p[i])));
        }
    }
    least = mpriv_total(&lower);
    least -= 0x1p-48 * (1.0 + mpriv_abs(least));
    bounds->lower_nats = least > bounds->lower_nats ? least : bounds->lower_nats;
}

/* Newton's step towards q z = target, c w = p; returns the mean of q z after it. By how much the whole step would
 * have put q above z is left in moment. */
static double advance(const grid *shape_of, const vectors *v, double target) {
    const size_t n = shape_of->size;
    double primal, dual, other, product = 0.0;
    size_t i;
    double *const per_c = v->g, *const per_q = v->moment;
    for (i = 0; i < n; i++) {
        per_c[i] = 1.0 / v->c[i];
        per_q[i] = 1.0 / v->q[i];
        v->step_q[i] = v->w[i] * per_c[i];
        v->step_z[i] = v->z[i] * per_q[i];
        v->change[i] = target * per_q[i] - 1.0;
    }
    assemble(shape_of, v->matrix, v->step_q, v->step_z);
    upper_differences(shape_of, v->change);
    for (i = 0; i < n; i++) {
        v->change[i] += v->p[i] * per_c[i];
    }
    solve_banded(v->matrix, v->change, v->step_q, n, shape_of->band);
    for (i = 0; i < n; i++) {
        v->step_w[i] = (v->p[i] - v->w[i] * (v->c[i] + v->change[i])) * per_c[i];
    }
    memcpy(v->step_q, v->change, n * sizeof *v->change);
    lower_differences(shape_of, v->step_q);
    for (i = 0; i < n; i++) {
        v->step_z[i] = (target - v->z[i] * (v->q[i] + v->step_q[i])) * per_q[i];
    }
    primal = 0.995 * longest_step(v->q, v->step_q, n);
    dual = longest_step(v->w, v->step_w, n);
    other = longest_step(v->z, v->step_z, n);
    dual = 0.995 * (other < dual ? other : dual);
    for (i = 0; i < n; i++) {
        v->moment[i] = v->q[i] + v->step_q[i] - v->z[i] - v->step_z[i];
        v->q[i] += primal * v->step_q[i];
        v->w[i] += dual * v->step_w[i];
        v->z[i] += dual * v->step_z[i];
        v->c[i] = v->q[i];
        product += v->q[i] * v->z[i];
    }
    lower_sums(shape_of, v->c, NULL);
    return product / (double)n;
}

/* One user: whether the law with g = 1 on the levels where Newton's step expects q above z has g <= 1 + gap
 * everywhere; it is left in change. Over the levels from one of these to the next, at a distance D, c is
 * sum(p) / (1 - e^(-s D)) times the decay since the first. */
static int settle(const grid *shape_of, const vectors *v, double gap) {
    const size_t n = shape_of->size;
    const double *const decay = shape_of->decay[0];
    double *const law = v->change, *const share = v->step_w;
    double carried = 0.0, g = 0.0;
    size_t start, next, k;
    for (start = 0; start < n; start = next) {
        double mass = v->p[start], fall = 1.0, c;
        for (next = start + 1U; next < n && !(v->moment[next] > 0.0); next++) {
            mass += v->p[next];
            fall *= decay[next];
            law[next] = 0.0;
        }
        if (!(v->moment[start] > 0.0)) { /* below the first of them: nothing may be there */
            if (mass > 0.0) {
                return 0;
            }
            memset(law, 0, next * sizeof *law);
            memset(share, 0, next * sizeof *share);
            continue;
        }
        fall = next < n ? fall * decay[next] : 0.0;
        c = mass / (1.0 - fall);
        if (!(c > 0.0) || !(c >= carried)) {
            return 0;
        }
        law[start] = c - carried;
        carried = c * fall;
        for (k = start; k < next; k++) {
            share[k] = v->p[k] / c;
            c *= k + 1U < next ? decay[k + 1U] : 1.0;
        }
    }
    for (k = n; k-- > 0U;) {
        g = share[k] + (k + 1U < n ? decay[k + 1U] * g : 0.0);
        if (g > 1.0 + gap) {
            return 0;
        }
    }
    return 1;
}

int mpriv_privacy_power_blahut_arimoto(mpriv_privacy_power_bounds *bounds, double *output_probabilities,
                                       const mpriv_levels *users, size_t user_count,
                                       const double *probabilities, size_t point_count, double slope_nats,
                                       double gap_nats, void *scratch, size_t scratch_length) {
    grid shape_of;
    vectors v;
    double *memory, total, scale, mean, largest = 0.0;
    size_t i, axis, n, room;
    int code, checked;
    if (bounds == NULL || users == NULL || probabilities == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = shape(&shape_of, users, user_count);
    for (axis = 0; code == MPRIV_OK && axis < user_count; axis++) {
        if (users[axis].loads == NULL) {
            return MPRIV_ERROR_MISUSE;
        }
    }
    memset(bounds, 0, sizeof *bounds);
    if (output_probabilities != NULL) {
        memset(output_probabilities, 0, point_count * sizeof *output_probabilities);
    }
    if (code != MPRIV_OK || point_count == 0U || !mpriv_finite(slope_nats) || !mpriv_finite(gap_nats)) {
        return MPRIV_ERROR_MALFORMED;
    }
    n = shape_of.size;
    code = slope_nats > 0.0 && slope_nats <= (double)MPRIV_POWER_SLOPE_MAX && gap_nats >= 1e-12 &&
                   gap_nats <= 1.0 && point_count == n
               ? MPRIV_OK
               : MPRIV_ERROR_RANGE;
    for (axis = 0; axis < user_count; axis++) {
        checked = mpriv_levels_check(users[axis].loads, users[axis].count);
        code = checked == MPRIV_ERROR_MALFORMED || code == MPRIV_OK ? checked : code;
    }
    checked = mpriv_probabilities_check(&total, probabilities, point_count);
    code = checked == MPRIV_ERROR_MALFORMED || code == MPRIV_OK ? checked : code;
    if (code != MPRIV_OK) {
        return code;
    }
    memory = mpriv_reals(scratch, scratch_length, &room);
    if (room < reals_needed(&shape_of)) {
        return MPRIV_ERROR_SCRATCH;
    }
    v.p = memory;
    v.q = v.p + n;
    v.c = v.q + n;
    v.g = v.c + n;
    v.moment = v.g + n;
    v.w = v.moment + n;
    v.z = v.w + n;
    v.change = v.z + n;
    v.step_q = v.change + n;
    v.step_w = v.step_q + n;
    v.step_z = v.step_w + n;
    v.work = v.step_z + n;
    v.matrix = v.work + n;
    memory = v.matrix + n * (shape_of.band + 1U);
    for (axis = 0; axis < user_count; axis++) {
        shape_of.decay[axis] = memory;
        memory += shape_of.count[axis];
        shape_of.decay[axis][0] = 0.0;
        for (i = 1; i < shape_of.count[axis]; i++) {
            shape_of.decay[axis][i] =
                mpriv_exp(-slope_nats * (shape_of.loads[axis][i] - shape_of.loads[axis][i - 1U]));
        }
    }
    for (i = 0; i < n; i++) {
        v.p[i] = probabilities[i] / total;
        v.q[i] = 1.0 / (double)n;
    }
    bounds->iterations = 1U;
    bounds->lower_nats = -MPRIV_INFINITY;
    bounds->upper_nats = MPRIV_INFINITY;
    memcpy(v.c, v.q, n * sizeof *v.q);
    lower_sums(&shape_of, v.c, NULL);
    for (i = 0; i < n; i++) {
        v.g[i] = v.p[i] > 0.0 ? v.p[i] / v.c[i] : 0.0;
    }
    upper_sums(&shape_of, v.g);
    /* A multiple of the uniform law is where m is large: w = p / c sums up to at most 1/2. */
    for (i = 0; i < n; i++) {
        largest = v.g[i] > largest ? v.g[i] : largest;
    }
    if (largest <= 1.0 + gap_nats) {
        certify_law(&shape_of, &v, slope_nats, bounds);
    }
    scale = 2.0 * largest;
    mean = 0.0;
    for (i = 0; i < n; i++) {
        v.w[i] = v.p[i] / (v.c[i] * scale);
        v.z[i] = 1.0 - v.g[i] / scale;
        v.q[i] *= scale;
        v.c[i] *= scale;
        mean += v.q[i] * v.z[i] / (double)n;
    }
    while (bounds->upper_nats - bounds->lower_nats > gap_nats) {
        if (bounds->iterations >= MPRIV_POWER_ITERATIONS_MAX) {
            code = MPRIV_ERROR_EXHAUSTED;
            break;
        }
        mean = advance(&shape_of, &v, FALL * mean > 1e-17 ? FALL * mean : 1e-17);
        bounds->iterations++;
        if (user_count == 1U && settle(&shape_of, &v, gap_nats)) {
            vectors settled = v;
            settled.q = v.change;
            settled.c = v.step_w;
            certify_law(&shape_of, &settled, slope_nats, bounds);
        }
        /* The bounds are about n mean apart: they are not worth their logarithms before. */
        if ((double)n * mean < 4.0 * gap_nats || bounds->iterations % 16U == 0U) {
            certify_law(&shape_of, &v, slope_nats, bounds);
            certify_weights(&shape_of, &v, bounds);
        }
    }
    for (i = 0, total = 0.0; i < n; i++) {
        total += v.work[i];
    }
    for (i = 0; output_probabilities != NULL && i < n; i++) {
        output_probabilities[i] = v.work[i] / total;
    }
    return code;
}
