/* Greatest common divisor and inverse by division steps (Bernstein and Yang, "Fast constant-time gcd
 * computation and modular inversion", CHES 2019, sections 8 and 11): a number of steps that depends on the
 * length alone, in batches that the lowest limbs decide. */
#include "internal.h"

/* Steps after which g is 0, for |f|, |g| < 2^bits. Theorem 11.2 asks for floor((49 bits + 57) / 17), and for
 * floor((49 bits + 80) / 17) below 46 bits: both are at most this, which needs no division. */
static size_t division_steps(size_t bits) {
    return 3U * bits + 5U;
}

/* As many steps as the lowest limb decides, with two bits to spare for signs. */
#define BATCH (MPRIV_LIMB_BITS - 2U)

/* (u v; q r), signed and in magnitude at most 2^BATCH, |u| + |v| too and |q| + |r| too: BATCH steps take
 * (f, g) to (u f + v g, q f + r g) / 2^BATCH. */
typedef struct {
    mpriv_limb u, v, q, r;
} matrix;

static void swap_masked(mpriv_limb mask, mpriv_limb *x, mpriv_limb *y) {
    const mpriv_limb both = (mpriv_limb)((*x ^ *y) & mask);
    *x ^= both;
    *y = (mpriv_limb)(((*y ^ both) ^ mask) - mask);
}

/* The matrix of the steps on the lowest limbs f and g, f odd. A step: if delta > 0 and g is odd, (delta, f, g)
 * becomes (1 - delta, g, (g - f)/2), else (1 + delta, f, (g + (g mod 2) f)/2). */
static int32_t steps(int32_t delta, mpriv_limb f, mpriv_limb g, matrix *m) {
    unsigned i;
    m->u = 1U;
    m->v = 0;
    m->q = 0;
    m->r = 1U;
    for (i = 0; i < BATCH; i++) {
        const mpriv_limb odd = mpriv_mask(g & 1U);
        const mpriv_limb positive = (mpriv_limb)(((uint32_t)-delta) >> 31);
        const mpriv_limb swap_bit = (mpriv_limb)(positive & g & 1U);
        const mpriv_limb swap = mpriv_mask(swap_bit);
        const int32_t sign = (int32_t)mpriv_barrier32(0U - (uint32_t)swap_bit);
        swap_masked(swap, &f, &g);
        swap_masked(swap, &m->u, &m->q);
        swap_masked(swap, &m->v, &m->r);
        g = (mpriv_limb)((mpriv_limb)(g + (f & odd)) >> 1);
        m->q = (mpriv_limb)(m->q + (m->u & odd));
        m->r = (mpriv_limb)(m->r + (m->v & odd));
        m->u = (mpriv_limb)(m->u << 1);
        m->v = (mpriv_limb)(m->v << 1);
        delta = ((delta ^ sign) - sign) + 1;
    }
    return delta;
}

/* A signed word as a mask of its sign and its magnitude. */
typedef struct {
    mpriv_limb sign, magnitude;
} factor;

static factor factor_of(mpriv_limb word) {
    factor x;
    x.sign = mpriv_mask((mpriv_limb)(word >> (MPRIV_LIMB_BITS - 1)));
    x.magnitude = (mpriv_limb)((word ^ x.sign) - x.sign);
    return x;
}

/* x u + y v, limb by limb: the carries of the two products, and of the negations that begin them. */
typedef struct {
    factor u, v;
    mpriv_limb minus_x, minus_y, high_x, high_y, previous;
} combination;

static void begin(combination *c, mpriv_limb u, mpriv_limb v) {
    memset(c, 0, sizeof *c);
    c->u = factor_of(u);
    c->v = factor_of(v);
    c->minus_x = (mpriv_limb)(c->u.sign & 1U);
    c->minus_y = (mpriv_limb)(c->v.sign & 1U);
}

/* The next limb of x, or of -x modulo a power of B where the sign says so. */
static mpriv_limb negate_masked(mpriv_limb x, mpriv_limb sign, mpriv_limb *carry) {
    const mpriv_double_limb t = (mpriv_double_limb)((mpriv_double_limb)(mpriv_limb)(x ^ sign) + *carry);
    *carry = (mpriv_limb)(t >> MPRIV_LIMB_BITS);
    return (mpriv_limb)t;
}

#if MPRIV_LIMB_BITS == 32 && MPRIV_CONSTANT_TIME_MULTIPLY
#define multiply_word mpriv_multiply_word
#else
/* low + B *carry = a b + add + *carry */
static mpriv_limb multiply_word(mpriv_limb a, mpriv_limb b, mpriv_limb add, mpriv_limb *carry) {
    const mpriv_double_limb t =
        (mpriv_double_limb)((mpriv_double_limb)((mpriv_double_limb)a * b) + add + *carry);
    *carry = (mpriv_limb)(t >> MPRIV_LIMB_BITS);
    return (mpriv_limb)t;
}
#endif

static mpriv_limb combine(combination *c, mpriv_limb x, mpriv_limb y) {
    const mpriv_limb t = multiply_word(x, c->u.magnitude, 0, &c->high_x);
    return multiply_word(y, c->v.magnitude, t, &c->high_y);
}

/* z = x, which follows the limb before, without its lowest BATCH bits. */
static mpriv_limb shift(combination *c, mpriv_limb x) {
    const mpriv_limb z =
        (mpriv_limb)((mpriv_limb)(c->previous >> BATCH) | (mpriv_limb)(x << (MPRIV_LIMB_BITS - BATCH)));
    c->previous = x;
    return z;
}

/* (f, g) by the matrix, two's complement in n + 1 limbs. */
static void update(mpriv_limb *f, mpriv_limb *g, size_t n, const matrix *m) {
    combination next_f, next_g;
    size_t i;
    begin(&next_f, m->u, m->v);
    begin(&next_g, m->q, m->r);
    for (i = 0; i <= n; i++) {
        const mpriv_limb uf = negate_masked(f[i], next_f.u.sign, &next_f.minus_x);
        const mpriv_limb vg = negate_masked(g[i], next_f.v.sign, &next_f.minus_y);
        const mpriv_limb qf = negate_masked(f[i], next_g.u.sign, &next_g.minus_x);
        const mpriv_limb rg = negate_masked(g[i], next_g.v.sign, &next_g.minus_y);
        const mpriv_limb f_i = shift(&next_f, combine(&next_f, uf, vg));
        const mpriv_limb g_i = shift(&next_g, combine(&next_g, qf, rg));
        if (i > 0U) {
            f[i - 1U] = f_i;
            g[i - 1U] = g_i;
        }
    }
    /* Two bits are left, of which the upper is the sign. */
    f[n] = (mpriv_limb)((mpriv_limb)((next_f.previous >> BATCH) ^ 2U) - 2U);
    g[n] = (mpriv_limb)((mpriv_limb)((next_g.previous >> BATCH) ^ 2U) - 2U);
}

/* (d, e) by the matrix, modulo m: a negative factor takes m - d for d, and a multiple of m makes the sum
 * divisible by 2^BATCH. The sums stay below 2^(BATCH + 1) m. */
static void update_modular(mpriv_limb *d, mpriv_limb *e, const mpriv_limb *m, size_t n, mpriv_limb inverse,
                           const matrix *by) {
    const mpriv_limb low = (mpriv_limb)((mpriv_limb) ~(mpriv_limb)0U >> (MPRIV_LIMB_BITS - BATCH));
    combination next_d, next_e;
    mpriv_limb borrow_d = 0, borrow_e = 0, times_d = 0, times_e = 0, high_d = 0, high_e = 0, ignored;
    size_t i;
    begin(&next_d, by->u, by->v);
    begin(&next_e, by->q, by->r);
    for (i = 0; i < n; i++) {
        const mpriv_double_limb minus_d = (mpriv_double_limb)((mpriv_double_limb)m[i] - d[i] - borrow_d);
        const mpriv_double_limb minus_e = (mpriv_double_limb)((mpriv_double_limb)m[i] - e[i] - borrow_e);
        mpriv_limb t = combine(&next_d, mpriv_select(next_d.u.sign, (mpriv_limb)minus_d, d[i]),
                               mpriv_select(next_d.v.sign, (mpriv_limb)minus_e, e[i]));
        mpriv_limb s = combine(&next_e, mpriv_select(next_e.u.sign, (mpriv_limb)minus_d, d[i]),
                               mpriv_select(next_e.v.sign, (mpriv_limb)minus_e, e[i]));
        borrow_d = (mpriv_limb)((mpriv_limb)(minus_d >> MPRIV_LIMB_BITS) & 1U);
        borrow_e = (mpriv_limb)((mpriv_limb)(minus_e >> MPRIV_LIMB_BITS) & 1U);
        if (i == 0U) {
            times_d = (mpriv_limb)(mpriv_multiply_low(t, inverse) & low);
            times_e = (mpriv_limb)(mpriv_multiply_low(s, inverse) & low);
        }
        t = shift(&next_d, multiply_word(m[i], times_d, t, &high_d));
        s = shift(&next_e, multiply_word(m[i], times_e, s, &high_e));
        if (i > 0U) {
            d[i - 1U] = t;
            e[i - 1U] = s;
        }
    }
    high_d = (mpriv_limb)(high_d + next_d.high_x + next_d.high_y);
    high_e = (mpriv_limb)(high_e + next_e.high_x + next_e.high_y);
    d[n - 1U] = shift(&next_d, high_d);
    e[n - 1U] = shift(&next_e, high_e);
    (void)mpriv_reduce_once(d, (mpriv_limb)(high_d >> BATCH), m, n, &ignored);
    (void)mpriv_reduce_once(e, (mpriv_limb)(high_e >> BATCH), m, n, &ignored);
}

static void start(mpriv_limb *f, mpriv_limb *g, const mpriv_limb *odd, const mpriv_limb *a, size_t n) {
    memcpy(f, odd, n * sizeof *f);
    memcpy(g, a, n * sizeof *g);
    f[n] = 0;
    g[n] = 0;
}

/* The bit that f, in n + 1 limbs, is neither 1 nor -1. */
static mpriv_limb not_a_unit(const mpriv_limb *f, size_t n) {
    mpriv_limb plus = f[0] ^ 1U, minus = (mpriv_limb)~f[0];
    size_t i;
    for (i = 1; i <= n; i++) {
        plus = (mpriv_limb)(plus | f[i]);
        minus = (mpriv_limb)(minus | (mpriv_limb)~f[i]);
    }
    return mpriv_nonzero(plus) & mpriv_nonzero(minus);
}

mpriv_limb mpriv_shares_factor(const mpriv_limb *odd, const mpriv_limb *a, size_t n, mpriv_limb *work) {
    mpriv_limb *f = work, *g = work + n + 1U;
    const size_t needed = division_steps(n * MPRIV_LIMB_BITS);
    size_t done;
    int32_t delta = 1;
    matrix m;
    start(f, g, odd, a, n);
    for (done = 0; done < needed; done += BATCH) {
        delta = steps(delta, f[0], g[0], &m);
        update(f, g, n, &m);
    }
    return not_a_unit(f, n);
}

mpriv_limb mpriv_inverse(mpriv_limb *z, const mpriv_limb *a, const mpriv_limb *m, size_t n,
                         mpriv_limb *work) {
    mpriv_limb *f = work, *g = f + n + 1U, *d = g + n + 1U, *t = d + n;
    const size_t needed = division_steps(n * MPRIV_LIMB_BITS);
    const mpriv_limb inverse = mpriv_negated_inverse(m[0]);
    size_t done;
    int32_t delta = 1;
    matrix by;
    start(f, g, m, a, n);
    /* Throughout f = d a and g = z a modulo m. */
    memset(d, 0, n * sizeof *d);
    memset(z, 0, n * sizeof *z);
    z[0] = 1U;
    for (done = 0; done < needed; done += BATCH) {
        delta = steps(delta, f[0], g[0], &by);
        update(f, g, n, &by);
        update_modular(d, z, m, n, inverse, &by);
    }
    /* f = +1 or -1: the inverse is d or m - d. */
    memcpy(t, m, n * sizeof *t);
    (void)mpriv_subtract(t, t, d, n);
    memcpy(z, d, n * sizeof *z);
    mpriv_move_masked(z, t, n, mpriv_mask((mpriv_limb)(f[n] & 1U)));
    return not_a_unit(f, n);
}
