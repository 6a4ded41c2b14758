/* A meter's part in the ring, its encrypted counters and their openings. */
#include "public_key.h"

/* mpriv_modulus_vartime, and range unless 1 <= maximum_wh and 6 maximum_wh < n: a ring has three members. */
static int check_ring(const uint8_t **modulus, size_t *modulus_length, uint32_t maximum_wh) {
    uint64_t largest;
    const int code = mpriv_modulus_vartime(modulus, modulus_length);
    if (code != MPRIV_OK || maximum_wh == 0U) {
        return MPRIV_ERROR_RANGE;
    }
    return mpriv_paillier_headroom_vartime(&largest, *modulus, *modulus_length, 3U, maximum_wh);
}

int mpriv_load_ring_start(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                          size_t modulus_length, uint32_t maximum_wh, uint32_t reading_wh,
                          const uint8_t *randomness, size_t randomness_length, void *scratch,
                          size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares;
    uint8_t reading[4];
    int code;
    if (ciphertext == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_ring(&modulus, &modulus_length, maximum_wh);
    if (code != MPRIV_OK) {
        return mpriv_refuse(ciphertext, ciphertext_length, code);
    }
    if (ciphertext_length < 2U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 1U);
    if (code != MPRIV_OK) {
        return code;
    }
    mpriv_put_word(reading, reading_wh);
    range = mpriv_public_power(&key, randomness, randomness_length);
    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);
    range = (mpriv_limb)(range | mpriv_public_shift(&key, reading, sizeof reading));
    mpriv_wipe(reading, sizeof reading);
    range = (mpriv_limb)(range | mpriv_exceeds(reading_wh, maximum_wh));
    return mpriv_public_finish(&key, ciphertext, ciphertext_length, range, shares);
}

int mpriv_load_ring_add(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                        size_t modulus_length, uint32_t maximum_wh, const uint8_t *previous,
                        size_t previous_length, uint32_t reading_wh, const uint8_t *randomness,
                        size_t randomness_length, void *scratch, size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares;
    uint8_t reading[4];
    int code;
    if (ciphertext == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(previous, previous_length) || mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_ring(&modulus, &modulus_length, maximum_wh);
    if (code != MPRIV_OK) {
        return mpriv_refuse(ciphertext, ciphertext_length, code);
    }
    if (ciphertext_length < 2U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 2U);
    if (code != MPRIV_OK) {
        return code;
    }
    mpriv_put_word(reading, reading_wh);
    range = mpriv_public_ciphertext(&key, key.c, previous, previous_length);
    mpriv_modular_reduce(&key.ring, key.b, key.a, key.c, 2U * key.limbs, 2U);
    range = (mpriv_limb)(range | mpriv_public_power(&key, randomness, randomness_length));
    mpriv_modular_multiply(&key.ring, key.a, key.a, key.b, 2U);
    /* A product modulo n is a unit exactly if both factors are. */
    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);
    range = (mpriv_limb)(range | mpriv_public_shift(&key, reading, sizeof reading));
    mpriv_wipe(reading, sizeof reading);
    range = (mpriv_limb)(range | mpriv_exceeds(reading_wh, maximum_wh));
    return mpriv_public_finish(&key, ciphertext, ciphertext_length, range, shares);
}

/* Range unless 1 <= maximum_wh < n, for n without leading zeros. */
static int check_day(const uint8_t *modulus, size_t modulus_length, uint32_t maximum_wh) {
    uint32_t n = 0;
    size_t i;
    for (i = 0; i < modulus_length && modulus_length <= 4U; i++) {
        n = n << 8 | modulus[i];
    }
    return maximum_wh == 0U || (modulus_length <= 4U && maximum_wh >= n) ? MPRIV_ERROR_RANGE : MPRIV_OK;
}

int mpriv_load_encrypt_day(uint8_t *normal, uint8_t *high, size_t ciphertext_length, const uint8_t *modulus,
                           size_t modulus_length, uint32_t maximum_wh, uint32_t normal_wh, uint32_t high_wh,
                           const uint8_t *normal_randomness, size_t normal_randomness_length,
                           const uint8_t *high_randomness, size_t high_randomness_length, void *scratch,
                           size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range = mpriv_exceeds((uint64_t)normal_wh + high_wh, maximum_wh), shares = 0, same, good;
    uint8_t counter[4];
    unsigned k;
    int code;
    if (normal == NULL || high == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(normal_randomness, normal_randomness_length) ||
        mpriv_absent(high_randomness, high_randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code == MPRIV_OK) {
        code = check_day(modulus, modulus_length, maximum_wh);
    }
    if (code != MPRIV_OK) {
        memset(high, 0, ciphertext_length);
        return mpriv_refuse(normal, ciphertext_length, code);
    }
    if (ciphertext_length < 2U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    for (k = 0; k < 2U; k++) {
        const uint8_t *const randomness = k == 0U ? normal_randomness : high_randomness;
        const size_t length = k == 0U ? normal_randomness_length : high_randomness_length;
        code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 1U);
        if (code != MPRIV_OK) {
            return code;
        }
        mpriv_put_word(counter, k == 0U ? normal_wh : high_wh);
        range = (mpriv_limb)(range | mpriv_public_power(&key, randomness, length));
        shares = (mpriv_limb)(shares | mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work));
        range = (mpriv_limb)(range | mpriv_public_shift(&key, counter, sizeof counter));
        code = mpriv_public_finish(&key, k == 0U ? normal : high, ciphertext_length, 0U, 0U);
    }
    mpriv_wipe(counter, sizeof counter);
    /* Below n both fit the limbs, and what is not below is out of range. */
    (void)mpriv_load(key.n, key.limbs, normal_randomness, normal_randomness_length);
    (void)mpriv_load(key.a, key.limbs, high_randomness, high_randomness_length);
    same = mpriv_equal(key.n, key.a, key.limbs);
    mpriv_arena_wipe(&key.arena);
    good = mpriv_mask((mpriv_limb)((range | shares | same) ^ 1U));
    mpriv_keep(normal, ciphertext_length, good);
    mpriv_keep(high, ciphertext_length, good);
    same = (mpriv_limb)(same & (range ^ 1U) & (shares ^ 1U));
    return mpriv_code(range, shares) + MPRIV_ERROR_REPLAYED * (int)same;
}

int mpriv_load_combine_openings(uint8_t *value, uint8_t *randomness, size_t opening_length,
                                const uint8_t *modulus, size_t modulus_length, const mpriv_opening *openings,
                                size_t count, void *scratch, size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range = 0, shares, good, *base, *power, *all, *sum, *made, *one, scalar[MPRIV_LIMBS(4U)];
    uint8_t word[4];
    size_t i, n;
    unsigned bit;
    int code;
    if (value == NULL || randomness == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(openings, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U || count > MPRIV_OPENINGS_MAX) {
        memset(value, 0, opening_length);
        return mpriv_refuse(randomness, opening_length, MPRIV_ERROR_MALFORMED);
    }
    for (i = 0; i < count; i++) {
        if (mpriv_absent(openings[i].value.data, openings[i].value.length) ||
            mpriv_absent(openings[i].randomness.data, openings[i].randomness.length)) {
            return MPRIV_ERROR_MISUSE;
        }
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        memset(value, 0, opening_length);
        return mpriv_refuse(randomness, opening_length, code);
    }
    if (opening_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 2U);
    if (code != MPRIV_OK) {
        return code;
    }
    /* All modulo n and in one part; what is left of the pairs is room. */
    n = key.limbs;
    sum = key.a;
    base = key.a + n;
    made = key.b;
    power = key.b + n;
    all = key.c;
    one = key.c + n;
    mpriv_modular_word(&key.ring, sum, 0U, 1U);
    mpriv_modular_word(&key.ring, one, 1U, 1U);
    mpriv_modular_multiply(&key.ring, one, one, key.ring.two_r, 1U);
    memcpy(made, one, n * sizeof *made);
    memcpy(all, one, n * sizeof *all);
    for (i = 0; i < count; i++) {
        const mpriv_bytes *const m = &openings[i].value, *const r = &openings[i].randomness;
        range = (mpriv_limb)(range | mpriv_load(base, n, r->data, r->length) | (mpriv_any(base, n) ^ 1U));
        range = (mpriv_limb)(range | (mpriv_less(base, key.n, n) ^ 1U));
        mpriv_modular_multiply(&key.ring, base, base, key.ring.two_r, 1U);
        mpriv_modular_multiply(&key.ring, all, all, base, 1U);
        memcpy(power, one, n * sizeof *power);
        for (bit = 32U; bit-- > 0U;) {
            if (openings[i].scalar >> bit != 0U) {
                mpriv_modular_square(&key.ring, power, power, 1U);
            }
            if ((openings[i].scalar >> bit & 1U) != 0U) {
                mpriv_modular_multiply(&key.ring, power, power, base, 1U);
            }
        }
        mpriv_modular_multiply(&key.ring, made, made, power, 1U);
        mpriv_put_word(word, openings[i].scalar);
        (void)mpriv_load(scalar, MPRIV_LIMBS(4U), word, sizeof word);
        mpriv_modular_reduce(&key.ring, power, key.table, scalar, MPRIV_LIMBS(4U), 1U);
        range = (mpriv_limb)(range | mpriv_load(base, n, m->data, m->length));
        range = (mpriv_limb)(range | (mpriv_less(base, key.n, n) ^ 1U));
        mpriv_modular_multiply(&key.ring, base, base, power, 1U);
        mpriv_modular_add(&key.ring, sum, sum, base, 1U);
    }
    /* The product is a unit exactly if every factor is. */
    shares = mpriv_shares_factor(key.n, all, n, key.ring.work);
    mpriv_modular_leave(&key.ring, made, 1U);
    good = mpriv_mask((mpriv_limb)((range | shares) ^ 1U));
    mpriv_store(value, opening_length, sum, n, good);
    mpriv_store(randomness, opening_length, made, n, good);
    mpriv_arena_wipe(&key.arena);
    return mpriv_code(range, shares);
}

int mpriv_load_verify_opening(const uint8_t *modulus, size_t modulus_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, const uint8_t *value, size_t value_length,
                              const uint8_t *randomness, size_t randomness_length, void *scratch,
                              size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares, other;
    int code;
    if (mpriv_absent(modulus, modulus_length) || mpriv_absent(ciphertext, ciphertext_length) ||
        mpriv_absent(value, value_length) || mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return code;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 2U);
    if (code != MPRIV_OK) {
        return code;
    }
    range = mpriv_public_ciphertext(&key, key.c, ciphertext, ciphertext_length);
    mpriv_modular_reduce(&key.ring, key.b, key.a, key.c, 2U * key.limbs, 1U);
    shares = mpriv_shares_factor(key.n, key.b, key.limbs, key.ring.work);
    range = (mpriv_limb)(range | mpriv_public_power(&key, randomness, randomness_length));
    shares = (mpriv_limb)(shares | mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work));
    range = (mpriv_limb)(range | mpriv_public_shift(&key, value, value_length));
    mpriv_modular_join(&key.ring, key.ring.work, key.a);
    other = mpriv_equal(key.ring.work, key.c, 2U * key.limbs) ^ 1U;
    mpriv_arena_wipe(&key.arena);
    other = (mpriv_limb)(other & (range ^ 1U) & (shares ^ 1U));
    return mpriv_code(range, shares) + MPRIV_ERROR_PROOF_FAILED * (int)other;
}
