/* Paillier by the holder of the factors: modulo p^2 and q^2, joined by the Chinese remainder theorem. */
#include "internal.h"

/* One factor x of n = x y. */
typedef struct {
    mpriv_limb *m; /* x */
    size_t limbs, bits;
    unsigned accelerated;
} factor;

typedef struct {
    mpriv_arena arena;
    factor p, q;
    mpriv_limb *n, *plaintext, *number; /* p + q limbs; number has twice as many */
    mpriv_limb *share_p, *share_q;      /* pairs */
    mpriv_limb *two_r, *a, *b, *c, *d;  /* pairs modulo the factor at work */
    mpriv_limb *blinding;               /* twice p + q limbs */
    mpriv_limb *work, *table;
    mpriv_limb range, not_invertible;
    size_t limbs;
    unsigned window;
} private_key;

/* The bit that x is even or below 3. */
static mpriv_limb not_a_prime(const factor *x) {
    const mpriv_limb one =
        (mpriv_limb)((mpriv_any(x->m + 1, x->limbs - 1U) ^ 1U) & (mpriv_nonzero(x->m[0] ^ 1U) ^ 1U));
    return (mpriv_limb)((x->m[0] & 1U) ^ 1U) | one;
}

static int open_key(private_key *key, const uint8_t *p, size_t p_length, const uint8_t *q, size_t q_length,
                    void *scratch, size_t scratch_length) {
    size_t both, wide, entries;
    key->p.limbs = MPRIV_LIMBS(p_length);
    key->q.limbs = MPRIV_LIMBS(q_length);
    key->p.accelerated = mpriv_accelerated(key->p.limbs);
    key->q.accelerated = key->q.limbs == key->p.limbs ? key->p.accelerated : mpriv_accelerated(key->q.limbs);
    both = key->p.limbs + key->q.limbs;
    wide = key->p.limbs > key->q.limbs ? key->p.limbs : key->q.limbs;
    key->limbs = both;
    entries = mpriv_arena_init(&key->arena, scratch, scratch_length,
                               13U * both + 10U * wide + MPRIV_MODULAR_WORK(wide), 2U * wide, 2U * wide);
    for (key->window = 0; (size_t)2U << key->window <= entries; key->window++) {
    }
    if (key->window == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    key->p.m = mpriv_take(&key->arena, key->p.limbs);
    key->q.m = mpriv_take(&key->arena, key->q.limbs);
    key->n = mpriv_take(&key->arena, both);
    key->plaintext = mpriv_take(&key->arena, both);
    key->number = mpriv_take(&key->arena, 4U * both);
    key->share_p = mpriv_take(&key->arena, 2U * both);
    key->share_q = mpriv_take(&key->arena, 2U * both);
    key->blinding = mpriv_take(&key->arena, 2U * both);
    key->two_r = mpriv_take(&key->arena, 2U * wide);
    key->a = mpriv_take(&key->arena, 2U * wide);
    key->b = mpriv_take(&key->arena, 2U * wide);
    key->c = mpriv_take(&key->arena, 2U * wide);
    key->d = mpriv_take(&key->arena, 2U * wide);
    key->work = mpriv_take(&key->arena, MPRIV_MODULAR_WORK(wide));
    key->table = mpriv_take(&key->arena, (2U * wide) << key->window);
    (void)mpriv_load(key->p.m, key->p.limbs, p, p_length);
    (void)mpriv_load(key->q.m, key->q.limbs, q, q_length);
    key->p.bits = 8U * p_length;
    key->q.bits = 8U * q_length;
    mpriv_multiply(key->n, key->p.m, key->p.limbs, key->q.m, key->q.limbs);
    memset(key->number, 0, both * sizeof *key->number);
    memcpy(key->number, key->p.m, key->p.limbs * sizeof *key->number);
    memset(key->share_p, 0, both * sizeof *key->share_p);
    memcpy(key->share_p, key->q.m, key->q.limbs * sizeof *key->share_p);
    key->range = (mpriv_limb)(not_a_prime(&key->p) | not_a_prime(&key->q) |
                              mpriv_equal(key->number, key->share_p, both));
    key->not_invertible = 0;
    return MPRIV_OK;
}

static int check_lengths(size_t p_length, size_t q_length) {
    return p_length == 0U || p_length > MPRIV_PRIME_BYTES_MAX || q_length == 0U ||
                   q_length > MPRIV_PRIME_BYTES_MAX
               ? MPRIV_ERROR_RANGE
               : MPRIV_OK;
}

static int finish(private_key *key, uint8_t *out, size_t out_length, const mpriv_limb *number, size_t limbs) {
    const mpriv_limb failed = (mpriv_limb)(key->range | key->not_invertible);
    int code = mpriv_code(key->range, key->not_invertible);
    mpriv_store(out, out_length, number, limbs, mpriv_mask((mpriv_limb)(failed ^ 1U)));
    mpriv_arena_wipe(&key->arena);
    return code;
}

/* A ring modulo x and x^2. Doublings modulo x alone give B^n = r + q x modulo x, its Montgomery form of 1; q is -r / x
 * modulo B^n, which a reduction of r leaves. From there it is as in mpriv_modular_init. */
static void open_ring(private_key *key, mpriv_modular *ring, const factor *x) {
    const size_t n = x->limbs;
    unsigned bits;
    size_t i;
    mpriv_modular_init(ring, x->m, n, 1U, key->two_r, key->work, x->accelerated, 1U);
    mpriv_modular_word(ring, key->a, 1U, 2U);
    mpriv_modular_multiply(ring, key->a, key->a, key->two_r, 1U);
    memcpy(key->b, key->a, 2U * n * sizeof *key->b);
    (void)mpriv_montgomery(key->b, x->m, n, ring->neg_inverse);
    mpriv_modular_multiply(ring, key->b, key->b, key->two_r, 1U);
    mpriv_modular_leave(ring, key->b, 1U);
    memcpy(key->two_r, key->a, n * sizeof *key->two_r);
    memcpy(key->two_r + n, key->b, n * sizeof *key->two_r);
    for (i = 0; i < n; i++) {
        mpriv_modular_add(ring, key->two_r, key->two_r, key->two_r, 2U);
    }
    for (bits = 1U; bits < MPRIV_LIMB_BITS; bits *= 2U) {
        mpriv_modular_square(ring, key->two_r, key->two_r, 2U);
    }
}

/* Keeps whether a (y - 1) is a unit modulo x, which it is exactly if both factors are; leaves y in b. */
static void check_units(private_key *key, const mpriv_modular *ring, const mpriv_limb *a, const factor *x,
                        const factor *y) {
    mpriv_modular_reduce(ring, key->b, key->c, y->m, y->limbs, 1U);
    mpriv_modular_word(ring, key->c, 1U, 1U);
    mpriv_modular_multiply(ring, key->c, key->c, key->two_r, 1U);
    mpriv_modular_subtract(ring, key->c, key->b, key->c, 1U);
    mpriv_modular_multiply(ring, key->c, key->c, a, 1U);
    key->not_invertible =
        (mpriv_limb)(key->not_invertible | mpriv_shares_factor(x->m, key->c, x->limbs, key->work));
}

/* share = (1 + m n) r^n mod x^2, a pair, for n = x y: r^n = (r^y mod x)^x modulo x^2, since u = v modulo x
 * gives u^x = v^x modulo x^2, and m n = (m y) x. r is in key->number. ring is left set up for x. */
static void encrypt_share(private_key *key, mpriv_modular *ring, mpriv_limb *share, const factor *x,
                          const factor *y) {
    const size_t n = x->limbs;
    open_ring(key, ring, x);
    mpriv_modular_reduce(ring, key->a, key->b, key->number, key->limbs, 1U);
    check_units(key, ring, key->a, x, y);
    memcpy(key->d, key->b, n * sizeof *key->d);
    mpriv_modular_power(ring, key->a, key->a, y->m, y->bits, key->c, key->table, key->window, 1U);
    mpriv_modular_leave(ring, key->a, 1U);
    memset(key->a + n, 0, n * sizeof *key->a);
    mpriv_modular_multiply(ring, key->a, key->a, key->two_r, 2U);
    mpriv_modular_power(ring, key->a, key->a, x->m, x->bits, key->c, key->table, key->window, 2U);
    mpriv_modular_reduce(ring, key->b, key->c, key->plaintext, key->limbs, 1U);
    mpriv_modular_multiply(ring, key->b, key->b, key->d, 1U);
    mpriv_modular_leave(ring, key->b, 1U);
    mpriv_modular_word(ring, key->d, 1U, 2U);
    memcpy(key->d + n, key->b, n * sizeof *key->d);
    mpriv_modular_multiply(ring, share, key->a, key->d, 2U);
}

int mpriv_paillier_encrypt_with_factors(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *p,
                                        size_t p_length, const uint8_t *q, size_t q_length,
                                        const uint8_t *plaintext, size_t plaintext_length,
                                        const uint8_t *randomness, size_t randomness_length, void *scratch,
                                        size_t scratch_length) {
    private_key key;
    mpriv_modular ring;
    mpriv_limb excess, *square;
    size_t n;
    int code;
    if (ciphertext == NULL || mpriv_absent(p, p_length) || mpriv_absent(q, q_length) ||
        mpriv_absent(plaintext, plaintext_length) || mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_lengths(p_length, q_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(ciphertext, ciphertext_length, code);
    }
    if (ciphertext_length < 2U * (p_length + q_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = open_key(&key, p, p_length, q, q_length, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    excess = mpriv_load(key.plaintext, key.limbs, plaintext, plaintext_length);
    excess = (mpriv_limb)(excess | mpriv_load(key.number, key.limbs, randomness, randomness_length));
    key.range = (mpriv_limb)(key.range | excess | (mpriv_less(key.plaintext, key.n, key.limbs) ^ 1U));
    key.range = (mpriv_limb)(key.range | (mpriv_less(key.number, key.n, key.limbs) ^ 1U));
    key.range = (mpriv_limb)(key.range | (mpriv_any(key.number, key.limbs) ^ 1U));
    encrypt_share(&key, &ring, key.share_p, &key.p, &key.q);

    /* c = c_p + p^2 t with t = (c_q - c_p) p^-2 mod q^2. */
    mpriv_modular_join(&ring, key.blinding, key.share_p);
    memcpy(key.share_p, key.blinding, 2U * key.p.limbs * sizeof *key.share_p);
    encrypt_share(&key, &ring, key.share_q, &key.q, &key.p);
    n = key.q.limbs;
    mpriv_modular_reduce(&ring, key.a, key.b, key.p.m, key.p.limbs, 2U);
    /* The inverse of p B^n modulo q, times B^2n and out of the form, is that of p; then a step of Newton. */
    key.not_invertible = (mpriv_limb)(key.not_invertible | mpriv_inverse(key.b, key.a, key.q.m, n, key.work));
    memset(key.b + n, 0, n * sizeof *key.b);
    mpriv_modular_multiply(&ring, key.b, key.b, key.two_r, 1U);
    mpriv_modular_multiply(&ring, key.b, key.b, key.two_r, 2U);
    mpriv_modular_multiply(&ring, key.a, key.a, key.b, 2U);
    mpriv_modular_word(&ring, key.c, 1U, 2U);
    mpriv_modular_multiply(&ring, key.c, key.c, key.two_r, 2U);
    mpriv_modular_add(&ring, key.c, key.c, key.c, 2U);
    mpriv_modular_subtract(&ring, key.c, key.c, key.a, 2U);
    mpriv_modular_multiply(&ring, key.b, key.b, key.c, 2U);
    mpriv_modular_square(&ring, key.b, key.b, 2U);
    mpriv_modular_reduce(&ring, key.a, key.c, key.share_p, 2U * key.p.limbs, 2U);
    mpriv_modular_multiply(&ring, key.c, key.share_q, key.two_r, 2U);
    mpriv_modular_subtract(&ring, key.c, key.c, key.a, 2U);
    mpriv_modular_multiply(&ring, key.c, key.c, key.b, 2U);
    mpriv_modular_leave(&ring, key.c, 2U);
    mpriv_modular_join(&ring, key.share_q, key.c);

    n = key.p.limbs;
    square = key.number + 2U * key.limbs;
    mpriv_square(square, key.p.m, n);
    mpriv_multiply(key.number, square, 2U * n, key.share_q, 2U * key.q.limbs);
    excess = mpriv_add(key.number, key.number, key.share_p, 2U * n);
    (void)mpriv_add_word(key.number + 2U * n, 2U * key.q.limbs, excess);
    return finish(&key, ciphertext, ciphertext_length, key.number, 2U * key.limbs);
}

/* shares[k both] = m mod x, and inverses[k both] = y^-1 B^-n mod x: c^(x-1) = 1 + x L mod x^2 and
 * m = -L y^-1 mod x. c is in key->number. Where there is a blinding b, an encryption of 0, all is done for
 * k = 0 with c b and again for k = 1 with c b^2, which have the same m; only the inverse is copied, and each copy
 * held to y. ring is left set up for x. */
static void decrypt_shares(private_key *key, mpriv_modular *ring, mpriv_limb *shares, mpriv_limb *inverses,
                           const factor *x, const factor *y, unsigned rounds) {
    const size_t n = x->limbs;
    unsigned k, times;
    open_ring(key, ring, x);
    for (k = 0; k < rounds; k++) {
        mpriv_limb *share = shares + k * key->limbs, *inverse = inverses + k * key->limbs;
        mpriv_modular_reduce(ring, key->a, key->b, key->number, 2U * key->limbs, 2U);
        if (rounds > 1U) {
            mpriv_modular_reduce(ring, key->d, key->b, key->blinding, 2U * key->limbs, 2U);
            for (times = 0; times <= k; times++) {
                mpriv_modular_multiply(ring, key->a, key->a, key->d, 2U);
            }
        }
        if (k == 0U) {
            check_units(key, ring, key->a, x, y);
            key->not_invertible =
                (mpriv_limb)(key->not_invertible | mpriv_inverse(inverse, key->b, x->m, n, key->work));
        } else {
            memcpy(inverse, inverses, n * sizeof *inverse);
        }
        memcpy(key->d, x->m, n * sizeof *key->d);
        (void)mpriv_subtract_word(key->d, n, 1U);
        mpriv_modular_power(ring, key->a, key->a, key->d, x->bits, key->c, key->table, key->window, 2U);
        mpriv_modular_leave(ring, key->a, 2U);
        (void)mpriv_subtract_word(key->a, n, 1U);
        mpriv_disturb(inverse, n);
        mpriv_modular_reduce(ring, key->b, key->c, y->m, y->limbs, 1U);
        mpriv_modular_multiply(ring, key->b, key->b, inverse, 1U);
        mpriv_modular_multiply(ring, key->b, key->b, key->two_r, 1U);
        (void)mpriv_subtract_word(key->b, n, 1U);
        /* Not 1 modulo x: x is no prime, or the computation was disturbed. Where c is no unit or x and y share a
         * factor, that is the reason. */
        key->range = (mpriv_limb)(key->range | ((mpriv_any(key->a, n) | mpriv_any(key->b, n)) &
                                                (key->not_invertible ^ 1U)));
        mpriv_modular_multiply(ring, key->b, key->a + n, inverse, 1U);
        mpriv_modular_multiply(ring, key->b, key->b, key->two_r, 1U);
        mpriv_modular_multiply(ring, key->b, key->b, key->two_r, 1U);
        mpriv_modular_word(ring, key->c, 0U, 1U);
        mpriv_modular_subtract(ring, share, key->c, key->b, 1U);
        mpriv_disturb(share, n);
    }
}

/* plaintext = m_p + p t with t = (m_q - m_p) p^-1 mod q, for the shares and the inverse of one round. */
static void join_shares(private_key *key, const mpriv_modular *ring, mpriv_limb *plaintext, unsigned k) {
    const mpriv_limb *share_p = key->share_p + k * key->limbs, *share_q = key->share_q + k * key->limbs;
    const mpriv_limb *inverse = key->number + (2U + k) * key->limbs;
    mpriv_limb carry;
    mpriv_modular_reduce(ring, key->a, key->b, share_p, key->p.limbs, 1U);
    mpriv_modular_multiply(ring, key->c, share_q, key->two_r, 1U);
    mpriv_modular_subtract(ring, key->c, key->c, key->a, 1U);
    mpriv_modular_multiply(ring, key->c, key->c, inverse, 1U);
    mpriv_modular_multiply(ring, key->c, key->c, key->two_r, 1U);
    mpriv_multiply(plaintext, key->p.m, key->p.limbs, key->c, key->q.limbs);
    carry = mpriv_add(plaintext, plaintext, share_p, key->p.limbs);
    (void)mpriv_add_word(plaintext + key->p.limbs, key->q.limbs, carry);
    mpriv_disturb(plaintext, key->limbs);
}

/* z = c, and the bit that not 0 < c < n^2. */
static mpriv_limb load_ciphertext(private_key *key, mpriv_limb *z, const uint8_t *bytes, size_t length) {
    mpriv_limb *square = key->number + 2U * key->limbs;
    const mpriv_limb excess = mpriv_load(z, 2U * key->limbs, bytes, length);
    mpriv_square(square, key->n, key->limbs);
    return (mpriv_limb)(excess | (mpriv_less(z, square, 2U * key->limbs) ^ 1U) |
                        (mpriv_any(z, 2U * key->limbs) ^ 1U));
}

/* blinding is null where there is none. */
static int decrypt(uint8_t *plaintext, size_t plaintext_length, const uint8_t *p, size_t p_length,
                   const uint8_t *q, size_t q_length, const uint8_t *ciphertext, size_t ciphertext_length,
                   const uint8_t *blinding, size_t blinding_length, void *scratch, size_t scratch_length) {
    private_key key;
    mpriv_modular ring;
    mpriv_limb *inverses;
    const unsigned rounds = blinding == NULL ? 1U : 2U;
    int code;
    if (plaintext == NULL || mpriv_absent(p, p_length) || mpriv_absent(q, q_length) ||
        mpriv_absent(ciphertext, ciphertext_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_lengths(p_length, q_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(plaintext, plaintext_length, code);
    }
    if (plaintext_length < p_length + q_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = open_key(&key, p, p_length, q, q_length, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    key.range = (mpriv_limb)(key.range | load_ciphertext(&key, key.number, ciphertext, ciphertext_length));
    if (rounds > 1U) {
        key.range = (mpriv_limb)(key.range | load_ciphertext(&key, key.blinding, blinding, blinding_length));
    }
    inverses = key.number + 2U * key.limbs;
    decrypt_shares(&key, &ring, key.share_p, inverses, &key.p, &key.q, rounds);
    decrypt_shares(&key, &ring, key.share_q, inverses, &key.q, &key.p, rounds);
    join_shares(&key, &ring, key.plaintext, 0U);
    if (rounds > 1U) {
        join_shares(&key, &ring, key.blinding, 1U);
        key.range = (mpriv_limb)(key.range | ((mpriv_equal(key.plaintext, key.blinding, key.limbs) ^ 1U) &
                                              (key.not_invertible ^ 1U)));
    }
    return finish(&key, plaintext, plaintext_length, key.plaintext, key.limbs);
}

int mpriv_paillier_decrypt(uint8_t *plaintext, size_t plaintext_length, const uint8_t *p, size_t p_length,
                           const uint8_t *q, size_t q_length, const uint8_t *ciphertext,
                           size_t ciphertext_length, void *scratch, size_t scratch_length) {
    return decrypt(plaintext, plaintext_length, p, p_length, q, q_length, ciphertext, ciphertext_length, NULL,
                   0U, scratch, scratch_length);
}

int mpriv_paillier_decrypt_blinded(uint8_t *plaintext, size_t plaintext_length, const uint8_t *p,
                                   size_t p_length, const uint8_t *q, size_t q_length,
                                   const uint8_t *ciphertext, size_t ciphertext_length,
                                   const uint8_t *blinding, size_t blinding_length, void *scratch,
                                   size_t scratch_length) {
    if (blinding == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    return decrypt(plaintext, plaintext_length, p, p_length, q, q_length, ciphertext, ciphertext_length,
                   blinding, blinding_length, scratch, scratch_length);
}

/* exponent = y^-1 mod (x - 1), which is n^-1 there, in wide limbs: with v = (x - 1)^-1 mod y, y divides
 * (x - 1) v - 1, and the quotient k gives x - 1 - k. */
static void root_exponent(private_key *key, mpriv_modular *ring, mpriv_limb *exponent, const factor *x,
                          const factor *y, size_t wide) {
    mpriv_modular_init(ring, y->m, y->limbs, 1U, key->two_r, key->work, y->accelerated, 1U);
    memset(exponent, 0, wide * sizeof *exponent);
    memcpy(exponent, x->m, x->limbs * sizeof *exponent);
    (void)mpriv_subtract_word(exponent, wide, 1U);
    mpriv_modular_reduce(ring, key->a, key->b, exponent, x->limbs, 1U);
    key->not_invertible =
        (mpriv_limb)(key->not_invertible | mpriv_inverse(key->b, key->a, y->m, y->limbs, key->work));
    mpriv_modular_multiply(ring, key->b, key->b, key->two_r, 1U);
    memset(key->a, 0, 2U * wide * sizeof *key->a);
    mpriv_multiply(key->a, exponent, x->limbs, key->b, y->limbs);
    (void)mpriv_subtract_word(key->a, 2U * wide, 1U);
    memset(key->b, 0, wide * sizeof *key->b);
    memcpy(key->b, y->m, y->limbs * sizeof *key->b);
    /* The quotient by -y, as y divides what it is of. */
    (void)mpriv_montgomery(key->a, key->b, wide, mpriv_negated_inverse(y->m[0]));
    (void)mpriv_add(exponent, exponent, key->a, wide);
}

/* share = c^(n^-1 mod (x - 1)) mod x. c is in key->number, and ring is left set up for x. */
static void root_share(private_key *key, mpriv_modular *ring, mpriv_limb *share, const factor *x,
                       const factor *y) {
    const size_t wide = x->limbs > y->limbs ? x->limbs : y->limbs;
    mpriv_limb *const exponent = key->blinding;
    root_exponent(key, ring, exponent, x, y, wide);
    mpriv_modular_init(ring, x->m, x->limbs, 1U, key->two_r, key->work, x->accelerated, 1U);
    mpriv_modular_reduce(ring, key->a, key->b, key->number, 2U * key->limbs, 1U);
    mpriv_modular_power(ring, share, key->a, exponent, x->bits, key->c, key->table, key->window, 1U);
    mpriv_modular_leave(ring, share, 1U);
}

int mpriv_load_recover_opening(uint8_t *value, uint8_t *randomness, size_t opening_length, const uint8_t *p,
                               size_t p_length, const uint8_t *q, size_t q_length, const uint8_t *ciphertext,
                               size_t ciphertext_length, void *scratch, size_t scratch_length) {
    private_key key;
    mpriv_modular ring;
    mpriv_limb *inverses, good;
    int code;
    if (value == NULL || randomness == NULL || mpriv_absent(p, p_length) || mpriv_absent(q, q_length) ||
        mpriv_absent(ciphertext, ciphertext_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_lengths(p_length, q_length);
    if (code != MPRIV_OK) {
        memset(value, 0, opening_length);
        return mpriv_refuse(randomness, opening_length, code);
    }
    if (opening_length < p_length + q_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = open_key(&key, p, p_length, q, q_length, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    key.range = (mpriv_limb)(key.range | load_ciphertext(&key, key.number, ciphertext, ciphertext_length));
    inverses = key.number + 2U * key.limbs;
    decrypt_shares(&key, &ring, key.share_p, inverses, &key.p, &key.q, 1U);
    decrypt_shares(&key, &ring, key.share_q, inverses, &key.q, &key.p, 1U);
    join_shares(&key, &ring, key.plaintext, 0U);
    root_share(&key, &ring, key.share_p, &key.p, &key.q);
    root_share(&key, &ring, key.share_q, &key.q, &key.p);
    join_shares(&key, &ring, key.blinding, 0U);
    good = mpriv_mask((mpriv_limb)((key.range | key.not_invertible) ^ 1U));
    mpriv_store(value, opening_length, key.plaintext, key.limbs, good);
    return finish(&key, randomness, opening_length, key.blinding, key.limbs);
}
