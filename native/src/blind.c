/* The receiver's side of blind RSA signatures: RFC 9474, with EMSA-PSS (RFC 8017, 9.1) over SHA-384, and with a
 * full-domain hash (TOKEN-14). */
#include "group.h"

#define SALT_BYTES 48U

typedef struct {
    mpriv_arena arena;
    mpriv_modular ring;
    mpriv_limb *n, *exponent;
    mpriv_limb *x, *y, *z;
    mpriv_limb *work; /* of an inversion: 4 limbs + 2 */
    uint8_t *encoded; /* of encoded_length bytes, with room for as many as n has */
    mpriv_limb *wide; /* a number of 128 bits more than n has */
    uint8_t *stream;  /* its bytes, in whole blocks of 32 */
    size_t limbs, bits, exponent_bits;
    size_t encoded_length, salt_length;
    uint8_t top; /* the bits that the first byte of an encoding may have */
    const mpriv_signer *signer;
    mpriv_blind_scheme scheme;
} blind_key;

#define WIDE_LIMBS MPRIV_LIMBS(16U)
#define STREAM_LIMBS MPRIV_LIMBS(16U + 32U)

size_t mpriv_blind_scratch_bytes(size_t modulus_bytes) {
    return MPRIV_BLIND_SCRATCH_BYTES(modulus_bytes);
}

/* The bit that an exponent is odd and in [3, n). */
static int blind_exponent(blind_key *key, const uint8_t *exponent, size_t length) {
    if (mpriv_load(key->exponent, key->limbs, exponent, length) != 0U ||
        mpriv_less(key->exponent, key->n, key->limbs) == 0U || (key->exponent[0] & 1U) == 0U) {
        return 0;
    }
    key->exponent_bits = mpriv_bits_vartime(key->exponent, key->limbs);
    return key->exponent_bits > 1U;
}

static int blind_open(blind_key *key, const mpriv_signer *signer, mpriv_blind_scheme scheme, void *scratch,
                      size_t scratch_length) {
    const uint8_t *modulus = signer->modulus.data;
    size_t length = signer->modulus.length, limbs;
    mpriv_limb *two_r, *work;
    const int code = mpriv_modulus_vartime(&modulus, &length);
    if (code != MPRIV_OK) {
        return code;
    }
    limbs = MPRIV_LIMBS(length);
    if (mpriv_arena_init(&key->arena, scratch, scratch_length,
                         13U * limbs + 2U + WIDE_LIMBS + STREAM_LIMBS + MPRIV_MODULAR_WORK(limbs), 0U,
                         0U) == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    key->limbs = limbs;
    key->signer = signer;
    key->scheme = scheme;
    key->n = mpriv_take(&key->arena, limbs);
    key->exponent = mpriv_take(&key->arena, limbs);
    key->x = mpriv_take(&key->arena, limbs);
    key->y = mpriv_take(&key->arena, limbs);
    key->z = mpriv_take(&key->arena, limbs);
    key->encoded = (uint8_t *)mpriv_take(&key->arena, limbs);
    key->wide = mpriv_take(&key->arena, limbs + WIDE_LIMBS);
    key->stream = (uint8_t *)mpriv_take(&key->arena, limbs + STREAM_LIMBS);
    two_r = mpriv_take(&key->arena, limbs);
    key->work = mpriv_take(&key->arena, 4U * limbs + 2U);
    work = mpriv_take(&key->arena, MPRIV_MODULAR_WORK(limbs));
    (void)mpriv_load(key->n, limbs, modulus, length);
    key->bits = mpriv_bits_vartime(key->n, limbs);
    key->encoded_length = (key->bits + 6U) / 8U;
    key->top = (uint8_t)(0xffU >> (8U * key->encoded_length - (key->bits - 1U)));
    key->salt_length = scheme == MPRIV_BLIND_PSS ? SALT_BYTES : 0U;
    if (!blind_exponent(key, signer->exponent.data, signer->exponent.length) ||
        (scheme != MPRIV_BLIND_FULL_DOMAIN &&
         key->encoded_length < MPRIV_SHA384_BYTES + key->salt_length + 2U)) {
        mpriv_arena_wipe(&key->arena);
        return MPRIV_ERROR_RANGE;
    }
    mpriv_modular_init(&key->ring, key->n, limbs, key->bits, two_r, work, mpriv_accelerated(limbs), 1U);
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

/* A byte string behind its length in four bytes, without leading zeros. */
static void blind_sized(mpriv_sha256 *hash, const mpriv_bytes *number) {
    const size_t length = mpriv_bytes_vartime(number->data, number->length);
    uint8_t bytes[4] = {0};
    bytes[2] = (uint8_t)(length >> 8);
    bytes[3] = (uint8_t)length;
    mpriv_sha256_update(hash, bytes, sizeof bytes);
    mpriv_sha256_update(hash, number->data + (number->length - length), length);
}

/* z = the full-domain hash of the message; returns the bit that it shares a factor with n. */
static mpriv_limb blind_hash(const blind_key *key, mpriv_limb *z, const uint8_t *message, size_t length) {
    static const char label[] = "meter-privacy/energy-tokens/1/full-domain-hash";
    const size_t size = (key->bits + 128U + 7U) / 8U, limbs = MPRIV_LIMBS(size);
    mpriv_sha256 hash;
    mpriv_expand_begin(&hash);
    blind_sized(&hash, &key->signer->modulus);
    blind_sized(&hash, &key->signer->exponent);
    mpriv_sha256_update(&hash, message, length);
    mpriv_expand_end(key->stream, size, &hash, label, sizeof label - 1U);
    (void)mpriv_load(key->wide, limbs, key->stream, size);
    mpriv_modular_reduce(&key->ring, z, key->work, key->wide, limbs, 1U);
    mpriv_modular_leave(&key->ring, z, 1U);
    return mpriv_shares_factor(key->n, z, key->limbs, key->work);
}

/* z = the encoding of the message by EMSA-PSS: a data block of zeros, a one and the salt, masked; the digest; a last
 * byte. Returns the bit that it shares a factor with n. */
static mpriv_limb blind_encode(const blind_key *key, mpriv_limb *z, const uint8_t *message, size_t length,
                               const uint8_t *salt) {
    const size_t block = key->encoded_length - MPRIV_SHA384_BYTES - 1U;
    uint8_t *digest = key->encoded + block;
    memset(key->encoded, 0, block);
    key->encoded[block - key->salt_length - 1U] = 1U;
    if (key->salt_length > 0U) {
        memcpy(key->encoded + block - key->salt_length, salt, key->salt_length);
    }
    blind_digest(digest, message, length, salt, key->salt_length);
    key->encoded[key->encoded_length - 1U] = 0xbcU;
    blind_mask(key, digest);
    (void)mpriv_load(z, key->limbs, key->encoded, key->encoded_length);
    return mpriv_shares_factor(key->n, z, key->limbs, key->work);
}

/* The bit that the number z is no encoding of the message. */
static mpriv_limb blind_wrong(const blind_key *key, const mpriv_limb *z, const uint8_t *message,
                              size_t message_length) {
    const size_t block = key->encoded_length - MPRIV_SHA384_BYTES - 1U, salt_length = key->salt_length;
    const uint8_t *digest = key->encoded + block;
    uint8_t expected[MPRIV_SHA384_BYTES];
    uint8_t differs;
    mpriv_limb excess;
    size_t i;
    mpriv_store(key->encoded, key->encoded_length, z, key->limbs, mpriv_mask(1U));
    /* What the encoding has no room for must be zero. */
    (void)mpriv_load(key->y, key->limbs, key->encoded, key->encoded_length);
    excess = (mpriv_limb)(mpriv_equal(key->y, z, key->limbs) ^ 1U);
    differs = (uint8_t)(key->encoded[key->encoded_length - 1U] ^ 0xbcU);
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
    return (mpriv_limb)(excess | mpriv_nonzero(differs));
}

/* z = the hash of the message, or its encoding; returns the bit that it shares a factor with n. */
static mpriv_limb blind_message(const blind_key *key, mpriv_limb *z, const uint8_t *message, size_t length,
                                const uint8_t *salt) {
    return key->scheme == MPRIV_BLIND_FULL_DOMAIN ? blind_hash(key, z, message, length)
                                                  : blind_encode(key, z, message, length, salt);
}

static int blind_absent(const mpriv_signer *signer, mpriv_blind_scheme scheme, const uint8_t *message,
                        size_t message_length) {
    return signer == NULL || mpriv_absent(signer->modulus.data, signer->modulus.length) ||
           mpriv_absent(signer->exponent.data, signer->exponent.length) || scheme > MPRIV_BLIND_PSS_ZERO ||
           mpriv_absent(message, message_length);
}

/* Whether an output has the length of n, if that is any. */
static int blind_fits(const mpriv_signer *signer, size_t length) {
    const size_t bytes = mpriv_bytes_vartime(signer->modulus.data, signer->modulus.length);
    return bytes == 0U || length == bytes;
}

int mpriv_full_domain_hash(uint8_t *hash, size_t hash_length, const mpriv_signer *signer,
                           const uint8_t *message, size_t message_length, void *scratch,
                           size_t scratch_length) {
    blind_key key;
    mpriv_limb shares;
    int code;
    if (hash == NULL || blind_absent(signer, MPRIV_BLIND_FULL_DOMAIN, message, message_length) ||
        !blind_fits(signer, hash_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = blind_open(&key, signer, MPRIV_BLIND_FULL_DOMAIN, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code == MPRIV_ERROR_SCRATCH ? code : mpriv_refuse(hash, hash_length, code);
    }
    shares = blind_hash(&key, key.x, message, message_length);
    mpriv_store(hash, hash_length, key.x, key.limbs, mpriv_mask((mpriv_limb)(shares ^ 1U)));
    mpriv_arena_wipe(&key.arena);
    return mpriv_code(0, shares);
}

int mpriv_blind(uint8_t *blinded, size_t blinded_length, uint8_t *inverse, size_t inverse_length,
                const mpriv_signer *signer, mpriv_blind_scheme scheme, const uint8_t *message,
                size_t message_length, const uint8_t *salt, const uint8_t *randomness,
                size_t randomness_length, void *scratch, size_t scratch_length) {
    blind_key key;
    mpriv_limb range, shares, good;
    int code;
    if (blinded == NULL || inverse == NULL || blind_absent(signer, scheme, message, message_length) ||
        (scheme == MPRIV_BLIND_PSS && salt == NULL) || mpriv_absent(randomness, randomness_length) ||
        !blind_fits(signer, blinded_length) || !blind_fits(signer, inverse_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = blind_open(&key, signer, scheme, scratch, scratch_length);
    if (code != MPRIV_OK) {
        if (code != MPRIV_ERROR_SCRATCH) {
            memset(inverse, 0, inverse_length);
            memset(blinded, 0, blinded_length);
        }
        return code;
    }
    shares = blind_message(&key, key.x, message, message_length, salt);
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

int mpriv_blind_finalise(uint8_t *signature, size_t signature_length, const mpriv_signer *signer,
                         mpriv_blind_scheme scheme, const uint8_t *message, size_t message_length,
                         const uint8_t *blind_signature, size_t blind_signature_length,
                         const uint8_t *inverse, size_t inverse_length, void *scratch,
                         size_t scratch_length) {
    blind_key key;
    mpriv_limb range, shares = 0, wrong, good;
    int code;
    if (signature == NULL || blind_absent(signer, scheme, message, message_length) ||
        mpriv_absent(blind_signature, blind_signature_length) || mpriv_absent(inverse, inverse_length) ||
        !blind_fits(signer, signature_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = blind_open(&key, signer, scheme, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code == MPRIV_ERROR_SCRATCH ? code : mpriv_refuse(signature, signature_length, code);
    }
    range = blind_load(&key, key.x, blind_signature, blind_signature_length);
    range = (mpriv_limb)(range | blind_load_inner(&key, key.y, inverse, inverse_length));
    mpriv_modular_multiply(&key.ring, key.x, key.x, key.ring.two_r, 1U);
    mpriv_modular_multiply(&key.ring, key.y, key.y, key.ring.two_r, 1U);
    mpriv_modular_multiply(&key.ring, key.x, key.x, key.y, 1U);
    blind_power(&key, key.z, key.x);
    mpriv_modular_leave(&key.ring, key.x, 1U);
    mpriv_modular_leave(&key.ring, key.z, 1U);
    if (scheme == MPRIV_BLIND_FULL_DOMAIN) {
        shares = blind_hash(&key, key.y, message, message_length);
        wrong = (mpriv_limb)(mpriv_equal(key.y, key.z, key.limbs) ^ 1U);
    } else {
        wrong = blind_wrong(&key, key.z, message, message_length);
    }
    good = mpriv_mask((mpriv_limb)((range | shares | wrong) ^ 1U));
    mpriv_store(signature, signature_length, key.x, key.limbs, good);
    mpriv_arena_wipe(&key.arena);
    /* Of both, what comes first: a hash that is no unit also cannot be a power of what is. */
    return mpriv_code_of(range, (mpriv_limb)(shares | wrong), MPRIV_ERROR_UNAUTHENTIC + (int)(shares & 1U));
}
