/* The comparison on encrypted bits, with the cryptosystem of Damgard, Geisler and Kroigaard: E(m; r) = g^m h^r. */
#include "internal.h"

#define RANDOMNESS_LIMBS MPRIV_LIMBS(MPRIV_DGK_RANDOMNESS_BYTES)
#define SUBGROUP_BYTES 64U
#define SMALL_WINDOW 2U /* of exponents below u */
/* A c_i is 3 l at most, and has to stay below u. */
#define LEAST_U(count) (3U * (uint32_t)(count) + 1U)

/* A key at work; all elements are in one part and in Montgomery form. */
typedef struct {
    mpriv_arena arena;
    mpriv_modular ring;
    mpriv_limb *n, *one, *g;
    mpriv_limb *a, *b, *c, *d, *e, *f;
    mpriv_limb *chosen, *small; /* the table of an exponent below u */
    mpriv_limb *exponent;       /* RANDOMNESS_LIMBS */
    mpriv_limb *table;          /* entry k: the product of h^(2^(i teeth)) over the bits i of k */
    mpriv_limb range, not_invertible;
    size_t limbs, teeth;
    unsigned window, small_bits;
} dgk_state;

/* z = the number, in Montgomery form; notes that not least <= number < n. */
static void load_element(dgk_state *state, mpriv_limb *z, const mpriv_bytes *number, mpriv_limb least) {
    const size_t n = state->limbs;
    const mpriv_limb excess = mpriv_load(z, n, number->data, number->length);
    mpriv_modular_word(&state->ring, state->chosen, least, 1U);
    state->range = (mpriv_limb)(state->range | excess | (mpriv_less(z, state->n, n) ^ 1U) |
                                mpriv_less(z, state->chosen, n));
    mpriv_modular_multiply(&state->ring, z, z, state->ring.two_r, 1U);
}

/* table[k] for h in e, which is lost. */
static void fill_table(dgk_state *state) {
    const size_t n = state->limbs;
    size_t k, times;
    unsigned i;
    memcpy(state->table, state->one, n * sizeof *state->table);
    for (i = 0; i < state->window; i++) {
        for (k = 0; k < (size_t)1U << i; k++) {
            mpriv_modular_multiply(&state->ring, state->table + (((size_t)1U << i) + k) * n,
                                   state->table + k * n, state->e, 1U);
        }
        for (times = 0; times < state->teeth; times++) {
            mpriv_modular_square(&state->ring, state->e, state->e, 1U);
        }
    }
}

static int open_key(dgk_state *state, const mpriv_bytes *modulus, const mpriv_dgk_key *key,
                    const mpriv_bytes *randomness, size_t count, void *scratch, size_t scratch_length) {
    const size_t n = MPRIV_LIMBS(modulus->length);
    size_t entries, i, longest = 0;
    mpriv_limb *two_r, *work;
    entries = mpriv_arena_init(&state->arena, scratch, scratch_length,
                               15U * n + MPRIV_MODULAR_WORK(n) + RANDOMNESS_LIMBS, n, n);
    for (state->window = 0; (size_t)2U << state->window <= entries; state->window++) {
    }
    if (state->window == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    state->limbs = n;
    state->n = mpriv_take(&state->arena, n);
    two_r = mpriv_take(&state->arena, n);
    state->one = mpriv_take(&state->arena, n);
    state->g = mpriv_take(&state->arena, n);
    state->a = mpriv_take(&state->arena, n);
    state->b = mpriv_take(&state->arena, n);
    state->c = mpriv_take(&state->arena, n);
    state->d = mpriv_take(&state->arena, n);
    state->e = mpriv_take(&state->arena, n);
    state->f = mpriv_take(&state->arena, n);
    state->chosen = mpriv_take(&state->arena, n);
    state->small = mpriv_take(&state->arena, n << SMALL_WINDOW);
    work = mpriv_take(&state->arena, MPRIV_MODULAR_WORK(n));
    state->exponent = mpriv_take(&state->arena, RANDOMNESS_LIMBS);
    state->table = mpriv_take(&state->arena, n << state->window);
    (void)mpriv_load(state->n, n, modulus->data, modulus->length);
    mpriv_modular_init(&state->ring, state->n, n, mpriv_bits_vartime(state->n, n), two_r, work,
                       mpriv_accelerated(n), 1U);
    state->range = 0;
    for (state->small_bits = 0; (key->u - 1U) >> state->small_bits != 0U; state->small_bits++) {
    }
    for (i = 0; i < count; i++) {
        longest = randomness[i].length > longest ? randomness[i].length : longest;
    }
    longest = longest > MPRIV_DGK_RANDOMNESS_BYTES ? MPRIV_DGK_RANDOMNESS_BYTES : longest;
    for (state->teeth = 0; state->teeth * state->window < 8U * longest; state->teeth++) {
    }
    mpriv_modular_word(&state->ring, state->one, 1U, 1U);
    mpriv_modular_multiply(&state->ring, state->one, state->one, two_r, 1U);
    load_element(state, state->g, &key->g, 2U);
    load_element(state, state->e, &key->h, 2U);
    /* A product modulo n is a unit exactly if both factors are. */
    mpriv_modular_multiply(&state->ring, state->a, state->g, state->e, 1U);
    state->not_invertible = mpriv_shares_factor(state->n, state->a, n, work);
    fill_table(state);
    return MPRIV_OK;
}

/* mpriv_refuse where there is an output. */
static int refuse(uint8_t *out, size_t length, int code) {
    return out == NULL ? code : mpriv_refuse(out, length, code);
}

/* Opens the key for a list of bits, which may be null, and of randomness, with an output for each of them. On an
 * error of the data the outputs are zeroed. */
static int begin(dgk_state *state, uint8_t *out, size_t out_length, const mpriv_dgk_key *key,
                 const mpriv_bytes *bits, const mpriv_bytes *randomness, size_t count, uint32_t least_u,
                 void *scratch, size_t scratch_length) {
    mpriv_bytes modulus;
    size_t i;
    int code;
    if (key == NULL || mpriv_absent(randomness, count) ||
        mpriv_absent(key->modulus.data, key->modulus.length) || mpriv_absent(key->g.data, key->g.length) ||
        mpriv_absent(key->h.data, key->h.length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U || count > MPRIV_LEVEL_BITS_MAX) {
        return refuse(out, count * out_length, MPRIV_ERROR_MALFORMED);
    }
    for (i = 0; i < count; i++) {
        if (mpriv_absent(randomness[i].data, randomness[i].length) ||
            (bits != NULL && mpriv_absent(bits[i].data, bits[i].length))) {
            return MPRIV_ERROR_MISUSE;
        }
    }
    modulus = key->modulus;
    code = mpriv_modulus_vartime(&modulus.data, &modulus.length);
    if (code != MPRIV_OK || key->u < least_u || key->u > MPRIV_DGK_PLAINTEXTS_MAX) {
        return refuse(out, count * out_length, MPRIV_ERROR_RANGE);
    }
    if (out != NULL && out_length < modulus.length) {
        return MPRIV_ERROR_MISUSE;
    }
    return open_key(state, &modulus, key, randomness, count, scratch, scratch_length);
}

/* z = h^r; notes that not 0 < r < 2^1280. */
static void power_of_h(dgk_state *state, mpriv_limb *z, const mpriv_bytes *r) {
    const mpriv_limb excess = mpriv_load(state->exponent, RANDOMNESS_LIMBS, r->data, r->length);
    size_t j;
    unsigned i;
    state->range = (mpriv_limb)(state->range | excess | (mpriv_any(state->exponent, RANDOMNESS_LIMBS) ^ 1U));
    memcpy(z, state->one, state->limbs * sizeof *z);
    for (j = state->teeth; j-- > 0U;) {
        mpriv_limb index = 0;
        for (i = 0; i < state->window; i++) {
            const size_t at = i * state->teeth + j;
            if (at < RANDOMNESS_LIMBS * MPRIV_LIMB_BITS) {
                const mpriv_limb bit =
                    (mpriv_limb)(state->exponent[at / MPRIV_LIMB_BITS] >> (at % MPRIV_LIMB_BITS)) & 1U;
                index = (mpriv_limb)(index | (mpriv_limb)(bit << i));
            }
        }
        mpriv_modular_square(&state->ring, z, z, 1U);
        mpriv_look_up(state->chosen, state->table, state->limbs, state->window, index);
        mpriv_modular_multiply(&state->ring, z, z, state->chosen, 1U);
    }
}

/* z = base^small for a secret small below u; z may be base. */
static void power_small(dgk_state *state, mpriv_limb *z, const mpriv_limb *base, uint32_t small) {
    uint8_t bytes[4];
    mpriv_limb exponent[MPRIV_LIMBS(4U)];
    mpriv_put_word(bytes, small);
    (void)mpriv_load(exponent, MPRIV_LIMBS(4U), bytes, sizeof bytes);
    mpriv_modular_power(&state->ring, z, base, exponent, state->small_bits, state->chosen, state->small,
                        SMALL_WINDOW, 1U);
    mpriv_wipe(bytes, sizeof bytes);
    mpriv_wipe(exponent, sizeof exponent);
}

/* The bit that not 1 <= level <= 2^count. */
static mpriv_limb no_level(uint64_t level, size_t count) {
    const uint32_t high = (uint32_t)((level - 1U) >> 32), low = (uint32_t)(level - 1U);
    return mpriv_exceeds(high | (count < MPRIV_LEVEL_BITS_MAX ? low >> count : 0U), 0U);
}

/* The bit at a public place of a level less one. */
static mpriv_limb bit_of(uint64_t level, size_t place) {
    return (mpriv_limb)(((uint32_t)(level - 1U) >> place) & 1U);
}

/* a = E(bit; r) out of the Montgomery form, for bit i of the level. */
static void encrypt_bit(dgk_state *state, const mpriv_bytes *r, uint64_t level, size_t i) {
    const mpriv_limb bit = bit_of(level, i);
    power_of_h(state, state->a, r);
    memcpy(state->b, state->one, state->limbs * sizeof *state->b);
    mpriv_move_masked(state->b, state->g, state->limbs, mpriv_mask(bit));
    mpriv_modular_multiply(&state->ring, state->a, state->a, state->b, 1U);
    mpriv_modular_leave(&state->ring, state->a, 1U);
}

/* Zeroes what was written unless both bits are 0, and wipes. */
static int finish(dgk_state *state, uint8_t *out, size_t length) {
    mpriv_keep(out, length, mpriv_mask((mpriv_limb)((state->range | state->not_invertible) ^ 1U)));
    mpriv_arena_wipe(&state->arena);
    return mpriv_code(state->range, state->not_invertible);
}

int mpriv_load_reading_level(uint64_t *level, uint32_t value_wh, uint32_t unit_wh, uint64_t levels) {
    uint64_t rest = 0;
    uint32_t quotient = 0, most, mask;
    unsigned i;
    if (level == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (unit_wh == 0U || levels < 2U || levels - 1U > UINT32_MAX) {
        *level = 0;
        return MPRIV_ERROR_RANGE;
    }
    for (i = 32U; i-- > 0U;) {
        uint32_t bit;
        rest = rest << 1 | ((value_wh >> i) & 1U);
        bit = (uint32_t)mpriv_exceeds(unit_wh, rest) ^ 1U;
        rest -= unit_wh & mpriv_barrier32(0U - bit);
        quotient = quotient << 1 | bit;
    }
    most = (uint32_t)(levels - 1U);
    mask = mpriv_barrier32(0U - (uint32_t)mpriv_exceeds(quotient, most));
    *level = (uint64_t)(quotient ^ (mask & (quotient ^ most))) + 1U;
    return MPRIV_OK;
}

int mpriv_load_dgk_encrypt(uint8_t *ciphertext, size_t ciphertext_length, const mpriv_dgk_key *key,
                           uint32_t plaintext, const uint8_t *randomness, size_t randomness_length,
                           void *scratch, size_t scratch_length) {
    const mpriv_bytes r = {randomness, randomness_length};
    dgk_state state;
    int code;
    if (ciphertext == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = begin(&state, ciphertext, ciphertext_length, key, NULL, &r, 1U, 3U, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    state.range = (mpriv_limb)(state.range | (mpriv_exceeds(key->u, plaintext) ^ 1U));
    power_of_h(&state, state.a, &r);
    power_small(&state, state.b, state.g, plaintext);
    mpriv_modular_multiply(&state.ring, state.a, state.a, state.b, 1U);
    mpriv_modular_leave(&state.ring, state.a, 1U);
    mpriv_store(ciphertext, ciphertext_length, state.a, state.limbs, mpriv_mask(1U));
    return finish(&state, ciphertext, ciphertext_length);
}

int mpriv_load_dgk_request(uint8_t *ciphertexts, size_t ciphertext_length, const mpriv_dgk_key *key,
                           const mpriv_bytes *randomness, size_t count, uint64_t threshold_level,
                           void *scratch, size_t scratch_length) {
    dgk_state state;
    size_t i;
    int code;
    if (ciphertexts == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = begin(&state, ciphertexts, ciphertext_length, key, NULL, randomness, count, LEAST_U(count),
                 scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    state.range = (mpriv_limb)(state.range | no_level(threshold_level, count));
    for (i = 0; i < count; i++) {
        encrypt_bit(&state, &randomness[i], threshold_level, i);
        mpriv_store(ciphertexts + i * ciphertext_length, ciphertext_length, state.a, state.limbs,
                    mpriv_mask(1U));
    }
    return finish(&state, ciphertexts, count * ciphertext_length);
}

/* The bit that the order is no permutation of 0, ..., count - 1. */
static mpriv_limb no_permutation(const uint8_t *order, size_t count) {
    mpriv_limb bad = 0;
    size_t i, j;
    for (i = 0; i < count; i++) {
        bad = (mpriv_limb)(bad | (mpriv_exceeds(count, order[i]) ^ 1U));
        for (j = 0; j < i; j++) {
            bad = (mpriv_limb)(bad | (mpriv_nonzero((mpriv_limb)(order[i] ^ order[j])) ^ 1U));
        }
    }
    return bad;
}

/* Adds the bytes of a to the place of that number, a secret one, by writing to all. */
static void put_at(uint8_t *out, size_t length, size_t count, const mpriv_limb *a, size_t n, uint8_t number) {
    size_t place, k;
    for (place = 0; place < count; place++) {
        const mpriv_limb differs = mpriv_nonzero((mpriv_limb)(number ^ place));
        const mpriv_limb mask = mpriv_mask((mpriv_limb)(differs ^ 1U));
        uint8_t *const end = out + (place + 1U) * length;
        for (k = 0; k < length && k < n * MPRIV_LIMB_BYTES; k++) {
            const mpriv_limb limb = (mpriv_limb)(a[k / MPRIV_LIMB_BYTES] & mask);
            end[-1 - (ptrdiff_t)k] |= (uint8_t)(limb >> (8U * (k % MPRIV_LIMB_BYTES)));
        }
    }
}

/* f = the inverse of the product of all bits, which is a unit exactly if each is. */
static void invert_bits(dgk_state *state, const mpriv_bytes *bits, size_t count) {
    const mpriv_modular *const ring = &state->ring;
    size_t i;
    memcpy(state->b, state->one, state->limbs * sizeof *state->b);
    for (i = 0; i < count; i++) {
        load_element(state, state->c, &bits[i], 1U);
        mpriv_modular_multiply(ring, state->b, state->b, state->c, 1U);
    }
    state->not_invertible = (mpriv_limb)(state->not_invertible | mpriv_inverse(state->f, state->b, state->n,
                                                                               state->limbs, ring->work));
    /* The inverse of x B^n, times B^2n and out of the form twice, is in the form. */
    mpriv_modular_multiply(ring, state->f, state->f, ring->two_r, 1U);
    mpriv_modular_multiply(ring, state->f, state->f, ring->two_r, 1U);
}

/* c = E(b_i) and b = E(-b_i), where f is the inverse of the product of the bits up to i; f is then that of those
 * up to i - 1. An inversion costs more than all these products. */
static void take_bit(dgk_state *state, const mpriv_bytes *bits, size_t i) {
    const mpriv_modular *const ring = &state->ring;
    size_t j;
    memcpy(state->b, state->f, state->limbs * sizeof *state->b);
    for (j = 0; j < i; j++) {
        load_element(state, state->c, &bits[j], 1U);
        mpriv_modular_multiply(ring, state->b, state->b, state->c, 1U);
    }
    load_element(state, state->c, &bits[i], 1U);
    mpriv_modular_multiply(ring, state->f, state->f, state->c, 1U);
}

int mpriv_load_dgk_response(uint8_t *ciphertexts, size_t ciphertext_length, const mpriv_dgk_key *key,
                            const mpriv_bytes *bits, const uint32_t *multipliers,
                            const mpriv_bytes *randomness, const uint8_t *order, size_t count,
                            uint64_t reading_level, void *scratch, size_t scratch_length) {
    dgk_state state;
    size_t i;
    int code;
    if (ciphertexts == NULL || mpriv_absent(bits, count) || mpriv_absent(multipliers, count) ||
        mpriv_absent(order, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = begin(&state, ciphertexts, ciphertext_length, key, bits, randomness, count, LEAST_U(count),
                 scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    state.range = (mpriv_limb)(state.range | no_level(reading_level, count) | no_permutation(order, count));
    memset(ciphertexts, 0, count * ciphertext_length);
    invert_bits(&state, bits, count);
    /* e = E(sum over j > i of a_j xor b_j) but for randomness: at first E(0) = 1. */
    memcpy(state.e, state.one, state.limbs * sizeof *state.e);
    for (i = count; i-- > 0U;) {
        const mpriv_limb set = mpriv_mask(bit_of(reading_level, i));
        const mpriv_modular *const ring = &state.ring;
        const mpriv_limb too_large = mpriv_exceeds(key->u, multipliers[i]) ^ 1U;
        state.range = (mpriv_limb)(state.range | too_large | (mpriv_exceeds(multipliers[i], 0U) ^ 1U));
        take_bit(&state, bits, i);
        mpriv_modular_square(ring, state.a, state.e, 1U);
        mpriv_modular_multiply(ring, state.a, state.a, state.e, 1U);
        mpriv_modular_multiply(ring, state.a, state.a, state.b, 1U);
        mpriv_modular_multiply(ring, state.b, state.b, state.g, 1U);
        memcpy(state.d, state.one, state.limbs * sizeof *state.d);
        mpriv_move_masked(state.d, state.g, state.limbs, set);
        mpriv_modular_multiply(ring, state.d, state.d, state.g, 1U);
        mpriv_modular_multiply(ring, state.a, state.a, state.d, 1U);
        mpriv_move_masked(state.c, state.b, state.limbs, set);
        mpriv_modular_multiply(ring, state.e, state.e, state.c, 1U);
        power_small(&state, state.a, state.a, multipliers[i]);
        power_of_h(&state, state.d, &randomness[i]);
        mpriv_modular_multiply(ring, state.a, state.a, state.d, 1U);
        mpriv_modular_leave(ring, state.a, 1U);
        put_at(ciphertexts, ciphertext_length, count, state.a, state.limbs, order[i]);
    }
    return finish(&state, ciphertexts, count * ciphertext_length);
}

int mpriv_load_dgk_audit(const mpriv_dgk_key *key, const mpriv_bytes *bits, const mpriv_bytes *randomness,
                         size_t count, uint64_t threshold_level, void *scratch, size_t scratch_length) {
    dgk_state state;
    mpriv_limb other = 0;
    size_t i;
    int code;
    if (mpriv_absent(bits, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = begin(&state, NULL, 0U, key, bits, randomness, count, LEAST_U(count), scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    state.range = (mpriv_limb)(state.range | no_level(threshold_level, count));
    for (i = 0; i < count; i++) {
        load_element(&state, state.c, &bits[i], 1U);
        mpriv_modular_leave(&state.ring, state.c, 1U);
        encrypt_bit(&state, &randomness[i], threshold_level, i);
        other = (mpriv_limb)(other | (mpriv_equal(state.a, state.c, state.limbs) ^ 1U));
    }
    other = (mpriv_limb)(other & (state.range ^ 1U) & (state.not_invertible ^ 1U));
    return finish(&state, NULL, 0U) + MPRIV_ERROR_PROOF_FAILED * (int)other;
}

/* What the answers of the user are read with. */
typedef struct {
    mpriv_arena arena;
    mpriv_limb *p, *q, *n, *c;
    mpriv_limb *two_r, *a, *one, *chosen, *work, *table; /* modulo the factor at work */
    mpriv_limb *exponent;
    mpriv_limb range, outside;
    unsigned window, small_bits;
} dgk_reader;

/* The bit that z, of n > 0 limbs, is even or 1. */
static mpriv_limb no_odd_prime(const mpriv_limb *z, size_t n) {
    const mpriv_limb one = (mpriv_limb)((mpriv_any(z + 1, n - 1U) ^ 1U) & (mpriv_nonzero(z[0] ^ 1U) ^ 1U));
    return (mpriv_limb)((z[0] & 1U) ^ 1U) | one;
}

/* The bit that c^v = 1 modulo m; notes where c^(u v) is not. */
static mpriv_limb vanishes(dgk_reader *opened, const mpriv_limb *m, size_t n, size_t both,
                           const mpriv_bytes *v, uint32_t u) {
    mpriv_modular ring;
    mpriv_limb zero, excess;
    uint8_t word[4];
    mpriv_modular_init(&ring, m, n, 1U, opened->two_r, opened->work, mpriv_accelerated(n), 1U);
    mpriv_modular_reduce(&ring, opened->a, opened->chosen, opened->c, both, 1U);
    excess = mpriv_load(opened->exponent, MPRIV_LIMBS(SUBGROUP_BYTES), v->data, v->length);
    excess = (mpriv_limb)(excess | no_odd_prime(opened->exponent, MPRIV_LIMBS(SUBGROUP_BYTES)));
    opened->range = (mpriv_limb)(opened->range | excess);
    mpriv_modular_power(&ring, opened->a, opened->a, opened->exponent,
                        8U * (v->length < SUBGROUP_BYTES ? v->length : SUBGROUP_BYTES), opened->chosen,
                        opened->table, opened->window, 1U);
    mpriv_modular_word(&ring, opened->one, 1U, 1U);
    mpriv_modular_multiply(&ring, opened->one, opened->one, opened->two_r, 1U);
    zero = mpriv_equal(opened->a, opened->one, n);
    mpriv_put_word(word, u);
    (void)mpriv_load(opened->exponent, MPRIV_LIMBS(SUBGROUP_BYTES), word, sizeof word);
    mpriv_modular_power(&ring, opened->a, opened->a, opened->exponent, opened->small_bits, opened->chosen,
                        opened->table, opened->window, 1U);
    opened->outside = (mpriv_limb)(opened->outside | (mpriv_equal(opened->a, opened->one, n) ^ 1U));
    return zero;
}

int mpriv_load_dgk_is_zero(uint8_t *zero, const mpriv_dgk_factors *key, const uint8_t *ciphertext,
                           size_t ciphertext_length, void *scratch, size_t scratch_length) {
    dgk_reader opened;
    mpriv_limb at_p, at_q;
    size_t p, q, wide, entries;
    if (zero == NULL || key == NULL || mpriv_absent(key->p.data, key->p.length) ||
        mpriv_absent(key->q.data, key->q.length) || mpriv_absent(key->v_p.data, key->v_p.length) ||
        mpriv_absent(key->v_q.data, key->v_q.length) || mpriv_absent(ciphertext, ciphertext_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (key->p.length == 0U || key->p.length > MPRIV_PRIME_BYTES_MAX || key->q.length == 0U ||
        key->q.length > MPRIV_PRIME_BYTES_MAX || key->v_p.length == 0U || key->v_q.length == 0U ||
        key->u < 3U || key->u > MPRIV_DGK_PLAINTEXTS_MAX) {
        return mpriv_refuse(zero, 1U, MPRIV_ERROR_RANGE);
    }
    p = MPRIV_LIMBS(key->p.length);
    q = MPRIV_LIMBS(key->q.length);
    wide = p > q ? p : q;
    entries = mpriv_arena_init(
        &opened.arena, scratch, scratch_length,
        3U * (p + q) + 4U * wide + MPRIV_MODULAR_WORK(wide) + MPRIV_LIMBS(SUBGROUP_BYTES), wide, wide);
    for (opened.window = 0; (size_t)2U << opened.window <= entries; opened.window++) {
    }
    if (opened.window == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    opened.p = mpriv_take(&opened.arena, p);
    opened.q = mpriv_take(&opened.arena, q);
    opened.n = mpriv_take(&opened.arena, p + q);
    opened.c = mpriv_take(&opened.arena, p + q);
    opened.two_r = mpriv_take(&opened.arena, wide);
    opened.a = mpriv_take(&opened.arena, wide);
    opened.one = mpriv_take(&opened.arena, wide);
    opened.chosen = mpriv_take(&opened.arena, wide);
    opened.work = mpriv_take(&opened.arena, MPRIV_MODULAR_WORK(wide));
    opened.exponent = mpriv_take(&opened.arena, MPRIV_LIMBS(SUBGROUP_BYTES));
    opened.table = mpriv_take(&opened.arena, wide << opened.window);
    for (opened.small_bits = 0; key->u >> opened.small_bits != 0U; opened.small_bits++) {
    }
    (void)mpriv_load(opened.p, p, key->p.data, key->p.length);
    (void)mpriv_load(opened.q, q, key->q.data, key->q.length);
    mpriv_multiply(opened.n, opened.p, p, opened.q, q);
    opened.range = mpriv_load(opened.c, p + q, ciphertext, ciphertext_length);
    opened.range = (mpriv_limb)(opened.range | (mpriv_any(opened.c, p + q) ^ 1U) |
                                (mpriv_less(opened.c, opened.n, p + q) ^ 1U) | no_odd_prime(opened.p, p) |
                                no_odd_prime(opened.q, q));
    opened.outside = 0;
    at_p = vanishes(&opened, opened.p, p, p + q, &key->v_p, key->u);
    at_q = vanishes(&opened, opened.q, q, p + q, &key->v_q, key->u);
    mpriv_arena_wipe(&opened.arena);
    opened.outside = (mpriv_limb)((opened.outside | (at_p ^ at_q)) & (opened.range ^ 1U));
    *zero = (uint8_t)(at_p & (opened.range ^ 1U) & (opened.outside ^ 1U));
    return mpriv_code(opened.range, 0U) + MPRIV_ERROR_NOT_IN_GROUP * (int)opened.outside;
}
