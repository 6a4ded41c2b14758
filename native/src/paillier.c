/* Paillier with a public modulus, g = n + 1. */
#include "public_key.h"

int mpriv_public_open(mpriv_public_key *key, const uint8_t *modulus, size_t length, void *scratch,
                      size_t scratch_length, unsigned parts) {
    const size_t limbs = MPRIV_LIMBS(length);
    mpriv_limb *two_r, *work;
    key->limbs = limbs;
    key->entries = mpriv_arena_init(&key->arena, scratch, scratch_length,
                                    (parts == 1U ? 3U : 9U) * limbs + MPRIV_MODULAR_WORK(limbs),
                                    parts * limbs, 2U * limbs);
    if (key->entries == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    key->n = mpriv_take(&key->arena, limbs);
    key->a = two_r = mpriv_take(&key->arena, 2U * limbs);
    if (parts == 2U) {
        two_r = mpriv_take(&key->arena, 2U * limbs);
        key->b = mpriv_take(&key->arena, 2U * limbs);
        key->c = mpriv_take(&key->arena, 2U * limbs);
    }
    work = mpriv_take(&key->arena, MPRIV_MODULAR_WORK(limbs));
    key->table = mpriv_take(&key->arena, (2U * key->entries - 2U + parts) * limbs);
    (void)mpriv_load(key->n, limbs, modulus, length);
    key->bits = mpriv_bits_vartime(key->n, limbs);
    mpriv_modular_init(&key->ring, key->n, limbs, key->bits, two_r, work, mpriv_accelerated(limbs), parts);
    return MPRIV_OK;
}

static mpriv_limb load_unit(const mpriv_public_key *key, mpriv_limb *z, const uint8_t *bytes, size_t length) {
    const size_t n = key->limbs;
    const mpriv_limb excess = mpriv_load(z, n, bytes, length);
    return (mpriv_limb)(excess | (mpriv_less(z, key->n, n) ^ 1U) | (mpriv_any(z, n) ^ 1U));
}

mpriv_limb mpriv_public_power(mpriv_public_key *key, const uint8_t *bytes, size_t length) {
    const mpriv_limb range = load_unit(key, key->table, bytes, length);
    mpriv_modular_multiply(&key->ring, key->table, key->table, key->ring.two_r, 1U);
    mpriv_modular_power_public(&key->ring, key->a, key->n, key->bits, key->table, key->entries, 1U);
    return range;
}

mpriv_limb mpriv_public_ciphertext(const mpriv_public_key *key, mpriv_limb *z, const uint8_t *bytes,
                                   size_t length) {
    const size_t n = key->limbs;
    const mpriv_limb excess = mpriv_load(z, 2U * n, bytes, length);
    mpriv_square(key->ring.work, key->n, n);
    return (mpriv_limb)(excess | (mpriv_less(z, key->ring.work, 2U * n) ^ 1U) | (mpriv_any(z, 2U * n) ^ 1U));
}

/* (1 + m n) (rho0 + rho1 n) = rho0 + (rho1 + m rho0) n; the product with m takes rho0 out of the form. */
mpriv_limb mpriv_public_shift(mpriv_public_key *key, const uint8_t *bytes, size_t length) {
    mpriv_limb *m = key->table;
    mpriv_limb range = mpriv_load(m, key->limbs, bytes, length);
    range = (mpriv_limb)(range | (mpriv_less(m, key->n, key->limbs) ^ 1U));
    mpriv_modular_multiply(&key->ring, m, m, key->a, 1U);
    mpriv_modular_leave(&key->ring, key->a, 2U);
    mpriv_modular_add(&key->ring, key->a + key->limbs, key->a + key->limbs, m, 1U);
    return range;
}

int mpriv_public_finish(mpriv_public_key *key, uint8_t *out, size_t out_length, mpriv_limb range,
                        mpriv_limb not_invertible) {
    const mpriv_limb failed = (mpriv_limb)(range | not_invertible);
    mpriv_modular_join(&key->ring, key->ring.work, key->a);
    mpriv_store(out, out_length, key->ring.work, 2U * key->limbs, mpriv_mask((mpriv_limb)(failed ^ 1U)));
    mpriv_arena_wipe(&key->arena);
    return mpriv_code(range, not_invertible);
}

int mpriv_paillier_encrypt(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                           size_t modulus_length, const uint8_t *plaintext, size_t plaintext_length,
                           const uint8_t *randomness, size_t randomness_length, void *scratch,
                           size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares;
    int code;
    if (ciphertext == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(plaintext, plaintext_length) || mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
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
    range = mpriv_public_power(&key, randomness, randomness_length);
    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);
    range = (mpriv_limb)(range | mpriv_public_shift(&key, plaintext, plaintext_length));
    return mpriv_public_finish(&key, ciphertext, ciphertext_length, range, shares);
}

int mpriv_offline_power(uint8_t *record, size_t record_length, const uint8_t *modulus, size_t modulus_length,
                        const uint8_t *randomness, size_t randomness_length, void *scratch,
                        size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares, good;
    int code;
    if (record == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(record, record_length, code);
    }
    if (record_length != 3U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 1U);
    if (code != MPRIV_OK) {
        return code;
    }
    range = mpriv_public_power(&key, randomness, randomness_length);
    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);
    /* The lower half of a pair in Montgomery form is the form of its lower half. */
    memcpy(key.table, key.a, key.limbs * sizeof *key.table);
    mpriv_modular_leave(&key.ring, key.a, 2U);
    good = mpriv_mask((mpriv_limb)((range | shares) ^ 1U));
    mpriv_store(record, modulus_length, key.table, key.limbs, good);
    mpriv_store(record + modulus_length, modulus_length, key.a, key.limbs, good);
    mpriv_store(record + 2U * modulus_length, modulus_length, key.a + key.limbs, key.limbs, good);
    mpriv_arena_wipe(&key.arena);
    return mpriv_code(range, shares);
}

int mpriv_paillier_rerandomise(uint8_t *fresh, size_t fresh_length, const uint8_t *modulus,
                               size_t modulus_length, const uint8_t *ciphertext, size_t ciphertext_length,
                               const uint8_t *randomness, size_t randomness_length, void *scratch,
                               size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares;
    int code;
    if (fresh == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(ciphertext, ciphertext_length) || mpriv_absent(randomness, randomness_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(fresh, fresh_length, code);
    }
    if (fresh_length < 2U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 2U);
    if (code != MPRIV_OK) {
        return code;
    }
    range = mpriv_public_ciphertext(&key, key.c, ciphertext, ciphertext_length);
    mpriv_modular_reduce(&key.ring, key.b, key.a, key.c, 2U * key.limbs, 2U);
    range = (mpriv_limb)(range | mpriv_public_power(&key, randomness, randomness_length));
    mpriv_modular_multiply(&key.ring, key.a, key.a, key.b, 2U);
    /* A product modulo n is a unit exactly if both factors are. */
    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);
    mpriv_modular_leave(&key.ring, key.a, 2U);
    return mpriv_public_finish(&key, fresh, fresh_length, range, shares);
}

int mpriv_paillier_scale_vartime(uint8_t *scaled, size_t scaled_length, const uint8_t *modulus,
                                 size_t modulus_length, const uint8_t *ciphertext, size_t ciphertext_length,
                                 const uint8_t *scalar, size_t scalar_length, void *scratch,
                                 size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range, shares;
    size_t bits;
    int code;
    if (scaled == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(ciphertext, ciphertext_length) || mpriv_absent(scalar, scalar_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(scaled, scaled_length, code);
    }
    if (scaled_length < 2U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 2U);
    if (code != MPRIV_OK) {
        return code;
    }
    range = mpriv_public_ciphertext(&key, key.c, ciphertext, ciphertext_length);
    range = (mpriv_limb)(range | mpriv_load(key.b, key.limbs, scalar, scalar_length));
    range = (mpriv_limb)(range | (mpriv_less(key.b, key.n, key.limbs) ^ 1U));
    mpriv_modular_reduce(&key.ring, key.table, key.a, key.c, 2U * key.limbs, 2U);
    shares = mpriv_shares_factor(key.n, key.table, key.limbs, key.ring.work);
    bits = mpriv_bits_vartime(key.b, key.limbs);
    if (bits == 0U) {
        mpriv_modular_word(&key.ring, key.a, 1U, 2U);
    } else {
        mpriv_modular_power_public(&key.ring, key.a, key.b, bits, key.table, key.entries, 2U);
        mpriv_modular_leave(&key.ring, key.a, 2U);
    }
    return mpriv_public_finish(&key, scaled, scaled_length, range, shares);
}

int mpriv_paillier_add_vartime(uint8_t *sum, size_t sum_length, const uint8_t *modulus, size_t modulus_length,
                               const mpriv_bytes *ciphertexts, size_t count, void *scratch,
                               size_t scratch_length) {
    mpriv_public_key key;
    mpriv_limb range = 0, shares;
    size_t i;
    int code;
    if (sum == NULL || mpriv_absent(modulus, modulus_length) || mpriv_absent(ciphertexts, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U || count > MPRIV_SUM_MAX) {
        return mpriv_refuse(sum, sum_length, MPRIV_ERROR_MALFORMED);
    }
    for (i = 0; i < count; i++) {
        if (mpriv_absent(ciphertexts[i].data, ciphertexts[i].length)) {
            return MPRIV_ERROR_MISUSE;
        }
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(sum, sum_length, code);
    }
    if (sum_length < 2U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_public_open(&key, modulus, modulus_length, scratch, scratch_length, 2U);
    if (code != MPRIV_OK) {
        return code;
    }
    for (i = 0; i < count; i++) {
        range = (mpriv_limb)(range | mpriv_public_ciphertext(&key, key.c, ciphertexts[i].data,
                                                             ciphertexts[i].length));
        if (i == 0U) {
            mpriv_modular_reduce(&key.ring, key.a, key.b, key.c, 2U * key.limbs, 2U);
        } else {
            mpriv_modular_reduce(&key.ring, key.b, key.table, key.c, 2U * key.limbs, 2U);
            mpriv_modular_multiply(&key.ring, key.a, key.a, key.b, 2U);
        }
    }
    /* The product is a unit exactly if every factor is. */
    shares = mpriv_shares_factor(key.n, key.a, key.limbs, key.ring.work);
    mpriv_modular_leave(&key.ring, key.a, 2U);
    return mpriv_public_finish(&key, sum, sum_length, range, shares);
}
