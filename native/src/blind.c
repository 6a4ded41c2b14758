/* RFC 9474: the client's side of blind RSA signatures, with EMSA-PSS (RFC 8017, 9.1) over SHA-384. */
#include "internal.h"

#define SALT_BYTES 48U

typedef struct {
    mpriv_arena arena;
    mpriv_modular ring;
    mpriv_limb *n, *exponent;
    mpriv_limb *x, *y, *z;
    mpriv_limb *work; /* of an inversion: 4 limbs + 2 */
    uint8_t *encoded; /* of encoded_length bytes, with room for as many bytes as n has */
    size_t limbs, exponent_bits;
    size_t encoded_length;
    uint8_t top; /* the bits that the first byte of an encoding may have */
} blind_key;

size_t mpriv_blind_scratch_bytes(size_t modulus_bytes) {
    return MPRIV_BLIND_SCRATCH_BYTES(modulus_bytes);
}

/* Everything modulo n. Of the space MPRIV_MODULAR_WORK, an inversion's and eight times n are used. */
static int blind_open(blind_key *key, const uint8_t *modulus, size_t length, const uint8_t *exponent,
                      size_t exponent_length, size_t salt_length, void *scratch, size_t scratch_length) {
    const size_t limbs = MPRIV_LIMBS(length);
    mpriv_limb *two_r, *work;
    size_t bits;
    if (mpriv_arena_init(&key->arena, scratch, scratch_length, 11U * limbs + 2U + MPRIV_MODULAR_WORK(limbs),
                         0U, 0U) == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    key->limbs = limbs;
    key->n = mpriv_take(&key->arena, limbs);
    key->exponent = mpriv_take(&key->arena, limbs);
    key->x = mpriv_take(&key->arena, limbs);
    key->y = mpriv_take(&key->arena, limbs);
    key->z = mpriv_take(&key->arena, limbs);
    key->encoded = (uint8_t *)mpriv_take(&key->arena, limbs);
    two_r = mpriv_take(&key->arena, limbs);
    key->work = mpriv_take(&key->arena, 4U * limbs + 2U);
    work = mpriv_take(&key->arena, MPRIV_MODULAR_WORK(limbs));
    (void)mpriv_load(key->n, limbs, modulus, length);
    bits = mpriv_bits_vartime(key->n, limbs);
    key->encoded_length = (bits + 6U) / 8U;
    key->top = (uint8_t)(0xffU >> (8U * key->encoded_length - (bits - 1U)));
    if (mpriv_load(key->exponent, limbs, exponent, exponent_length) != 0U ||
        mpriv_less(key->exponent, key->n, limbs) == 0U || (key->exponent[0] & 1U) == 0U ||
        mpriv_bits_vartime(key->exponent, limbs) < 2U ||
        key->encoded_length < MPRIV_SHA384_BYTES + salt_length + 2U) {
        return MPRIV_ERROR_RANGE;
    }
    key->exponent_bits = mpriv_bits_vartime(key->exponent, limbs);
    mpriv_modular_init(&key->ring, key->n, limbs, bits, two_r, work, mpriv_accelerated(limbs), 1U);
    return MPRIV_OK;
}

/* z = x^e, both in Montgomery form; z is not x. */
static void blind_power(const blind_key *key, mpriv_limb *z, const mpriv_limb *x) {
    size_t at = key->exponent_bits - 1U;
    memcpy(z, x, key->limbs * sizeof *z);
    while (at-- > 0U) {
        mpriv_modular_square(&key->ring, z, z, 1U);
        if (((key->exponent[at / MPRIV_LIMB_BITS] >> (at % MPRIV_LIMB_BITS)) & 1U) != 0U) {
            mpriv_modular_multiply(&key->ring, z, z, x, 1U);
        }
    }
}

/* z = the number in the bytes; returns the bit that it is not below n. */
static mpriv_limb blind_load(const blind_key *key, mpriv_limb *z, const uint8_t *bytes, size_t length) {
    const mpriv_limb excess = mpriv_load(z, key->limbs, bytes, length);
    return (mpriv_limb)(excess | (mpriv_less(z, key->n, key->limbs) ^ 1U));
}

/* The same for 2 <= z <= n - 2: what is left out hides nothing. */
static mpriv_limb blind_load_inner(const blind_key *key, mpriv_limb *z, const uint8_t *bytes, size_t length) {
    mpriv_limb range = blind_load(key, z, bytes, length);
    mpriv_limb *rest = key->work;
    unsigned i;
    /* 0 < z, 0 < z - 1, 0 < n - 1 - z */
    (void)mpriv_subtract(rest, key->n, z, key->limbs);
    (void)mpriv_subtract_word(rest, key->limbs, 1U);
    range = (mpriv_limb)(range | (mpriv_any(rest, key->limbs) ^ 1U));
    memcpy(rest, z, key->limbs * sizeof *rest);
    for (i = 0; i < 2U; i++) {
        range = (mpriv_limb)(range | (mpriv_any(rest, key->limbs) ^ 1U));
        (void)mpriv_subtract_word(rest, key->limbs, 1U);
    }
    return range;
}

/* The data block at the front of the encoding gets, or loses, MGF1(digest). */
static void blind_mask(const blind_key *key, const uint8_t *digest) {
    const size_t length = key->encoded_length - MPRIV_SHA384_BYTES - 1U;
    uint8_t output[MPRIV_SHA384_BYTES];
    size_t done = 0, i;
    uint8_t counter[4] = {0};
    for (; done < length; done += sizeof output) {
        mpriv_sha384 hash;
        mpriv_sha384_init(&hash);
        mpriv_sha384_update(&hash, digest, MPRIV_SHA384_BYTES);
        mpriv_sha384_update(&hash, counter, sizeof counter);
        mpriv_sha384_final(&hash, output);
        counter[3]++;
        for (i = 0; i < sizeof output && done + i < length; i++) {
            key->encoded[done + i] ^= output[i];
        }
    }
    mpriv_wipe(output, sizeof output);
    key->encoded[0] &= key->top;
}

/* SHA-384(eight zero bytes || SHA-384(message) || salt) */
static void blind_digest(uint8_t digest[MPRIV_SHA384_BYTES], const uint8_t *message, size_t length,
                         const uint8_t *salt, size_t salt_length) {
    static const uint8_t zeros[8] = {0};
    mpriv_sha384 hash;
    mpriv_sha384_init(&hash);
    mpriv_sha384_update(&hash, message, length);
    mpriv_sha384_final(&hash, digest);
    mpriv_sha384_init(&hash);
    mpriv_sha384_update(&hash, zeros, sizeof zeros);
    mpriv_sha384_update(&hash, digest, MPRIV_SHA384_BYTES);
    mpriv_sha384_update(&hash, salt, salt_length);
    mpriv_sha384_final(&hash, digest);
}

int mpriv_blind(uint8_t *blinded, size_t blinded_length, uint8_t *inverse, size_t inverse_length,
                const uint8_t *modulus, size_t modulus_length, const uint8_t *exponent,
                size_t exponent_length, const uint8_t *message, size_t message_length, const uint8_t *salt,
                size_t salt_length, const uint8_t *randomness, size_t randomness_length, void *scratch,
                size_t scratch_length) {
    blind_key key;
    uint8_t *digest;
    mpriv_limb range, shares, good;
    size_t block;
    int code;
    if (blinded == NULL || inverse == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(exponent, exponent_length) || mpriv_absent(message, message_length) ||
        mpriv_absent(salt, salt_length) || mpriv_absent(randomness, randomness_length) ||
        (salt_length != 0U && salt_length != SALT_BYTES)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code == MPRIV_OK) {
        if (blinded_length != modulus_length || inverse_length != modulus_length) {
            return MPRIV_ERROR_MISUSE;
        }
        code = blind_open(&key, modulus, modulus_length, exponent, exponent_length, salt_length, scratch,
                          scratch_length);
    }
    if (code == MPRIV_ERROR_SCRATCH) {
        return code;
    }
    if (code != MPRIV_OK) {
        memset(inverse, 0, inverse_length);
        return mpriv_refuse(blinded, blinded_length, code);
    }
    /* The encoding: a data block of zeros, a one and the salt, masked; the digest; a last byte. */
    block = key.encoded_length - MPRIV_SHA384_BYTES - 1U;
    digest = key.encoded + block;
    memset(key.encoded, 0, block);
    key.encoded[block - salt_length - 1U] = 1U;
    if (salt_length > 0U) {
        memcpy(key.encoded + block - salt_length, salt, salt_length);
    }
    blind_digest(digest, message, message_length, salt, salt_length);
    key.encoded[key.encoded_length - 1U] = 0xbcU;
    blind_mask(&key, digest);
    (void)mpriv_load(key.x, key.limbs, key.encoded, key.encoded_length);
    shares = mpriv_shares_factor(key.n, key.x, key.limbs, key.work);
    range = blind_load_inner(&key, key.y, randomness, randomness_length);
    shares = (mpriv_limb)(shares | mpriv_inverse(key.z, key.y, key.n, key.limbs, key.work));
    good = mpriv_mask((mpriv_limb)((range | shares) ^ 1U));
    mpriv_store(inverse, inverse_length, key.z, key.limbs, good);
    /* y = r in the form, z = r^e in the form, whose product with the number x is a number. */
    mpriv_modular_multiply(&key.ring, key.y, key.y, key.ring.two_r, 1U);
    blind_power(&key, key.z, key.y);
    mpriv_modular_multiply(&key.ring, key.z, key.z, key.x, 1U);
    mpriv_store(blinded, blinded_length, key.z, key.limbs, good);
    mpriv_arena_wipe(&key.arena);
    return mpriv_code(range, shares);
}

/* The bit that what stands in key->encoded is no encoding of the message. */
static mpriv_limb blind_wrong(const blind_key *key, const uint8_t *message, size_t message_length,
                              size_t salt_length) {
    const size_t block = key->encoded_length - MPRIV_SHA384_BYTES - 1U;
    const uint8_t *digest = key->encoded + block;
    uint8_t expected[MPRIV_SHA384_BYTES];
    uint8_t differs = (uint8_t)(key->encoded[key->encoded_length - 1U] ^ 0xbcU);
    size_t i;
    differs = (uint8_t)(differs | (key->encoded[0] & (uint8_t)~key->top));
    blind_mask(key, digest);
    for (i = 0; i + salt_length + 1U < block; i++) {
        differs = (uint8_t)(differs | key->encoded[i]);
    }
    differs = (uint8_t)(differs | (key->encoded[i] ^ 1U));
    blind_digest(expected, message, message_length, key->encoded + block - salt_length, salt_length);
    for (i = 0; i < sizeof expected; i++) {
        differs = (uint8_t)(differs | (expected[i] ^ digest[i]));
    }
    mpriv_wipe(expected, sizeof expected);
    return mpriv_nonzero(differs);
}

int mpriv_blind_finalise(uint8_t *signature, size_t signature_length, const uint8_t *modulus,
                         size_t modulus_length, const uint8_t *exponent, size_t exponent_length,
                         const uint8_t *message, size_t message_length, size_t salt_length,
                         const uint8_t *blind_signature, size_t blind_signature_length,
                         const uint8_t *inverse, size_t inverse_length, void *scratch,
                         size_t scratch_length) {
    blind_key key;
    mpriv_limb range, wrong, excess;
    int code;
    if (signature == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(exponent, exponent_length) || mpriv_absent(message, message_length) ||
        mpriv_absent(blind_signature, blind_signature_length) || mpriv_absent(inverse, inverse_length) ||
        (salt_length != 0U && salt_length != SALT_BYTES)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code == MPRIV_OK) {
        if (signature_length != modulus_length) {
            return MPRIV_ERROR_MISUSE;
        }
        code = blind_open(&key, modulus, modulus_length, exponent, exponent_length, salt_length, scratch,
                          scratch_length);
    }
    if (code == MPRIV_ERROR_SCRATCH) {
        return code;
    }
    if (code != MPRIV_OK) {
        return mpriv_refuse(signature, signature_length, code);
    }
    range = blind_load(&key, key.x, blind_signature, blind_signature_length);
    range = (mpriv_limb)(range | blind_load_inner(&key, key.y, inverse, inverse_length));
    mpriv_modular_multiply(&key.ring, key.x, key.x, key.ring.two_r, 1U);
    mpriv_modular_multiply(&key.ring, key.y, key.y, key.ring.two_r, 1U);
    mpriv_modular_multiply(&key.ring, key.x, key.x, key.y, 1U);
    blind_power(&key, key.z, key.x);
    mpriv_modular_leave(&key.ring, key.x, 1U);
    mpriv_modular_leave(&key.ring, key.z, 1U);
    mpriv_store(key.encoded, key.encoded_length, key.z, key.limbs, mpriv_mask(1U));
    /* What the encoding has no room for must be zero. */
    excess = mpriv_load(key.y, key.limbs, key.encoded, key.encoded_length);
    excess = (mpriv_limb)(excess | (mpriv_equal(key.y, key.z, key.limbs) ^ 1U));
    wrong = (mpriv_limb)(excess | blind_wrong(&key, message, message_length, salt_length));
    mpriv_store(signature, signature_length, key.x, key.limbs,
                mpriv_mask((mpriv_limb)((range | wrong) ^ 1U)));
    mpriv_arena_wipe(&key.arena);
    return mpriv_code_of(range, wrong, MPRIV_ERROR_UNAUTHENTIC);
}
