/* DREAM: pseudorandom keys, partner selection, masking and aggregation. */
#include "internal.h"

#define LIMBS MPRIV_LIMBS(MPRIV_MASK_BYTES)

static const uint8_t domain[22] = {'m', 'e', 't', 'e', 'r', '-', 'p', 'r', 'i', 'v', 'a',
                                   'c', 'y', '/', 'd', 'r', 'e', 'a', 'm', '/', '1', '/'};

static int same_vartime(const uint8_t *a, const uint8_t *b, size_t length) {
    size_t i = 0;
    while (i < length && a[i] == b[i]) {
        i++;
    }
    return i == length;
}

static void put_be(uint8_t *bytes, uint64_t value, unsigned length) {
    while (length-- > 0U) {
        bytes[length] = (uint8_t)value;
        value >>= 8;
    }
}

/* Starts HMAC(K, "meter-privacy/dream/1/" || label || 0x00 || ...). */
static void begin(mpriv_sha256 *hash, const mpriv_hmac_key *key, const char *label, size_t label_length) {
    const uint8_t end = 0;
    mpriv_hmac_init(hash, key);
    mpriv_sha256_update(hash, domain, sizeof domain);
    mpriv_sha256_update(hash, (const uint8_t *)label, label_length);
    mpriv_sha256_update(hash, &end, 1U);
}

static void prf(uint8_t output[32], const mpriv_hmac_key *key, const char *label, size_t label_length,
                uint64_t slot) {
    mpriv_sha256 hash;
    uint8_t slot_bytes[8];
    put_be(slot_bytes, slot, 8U);
    begin(&hash, key, label, label_length);
    mpriv_sha256_update(&hash, slot_bytes, sizeof slot_bytes);
    mpriv_hmac_final(&hash, key, output);
}

/* Strips the leading zeros of a mask modulus; MPRIV_ERROR_RANGE unless 2 <= m < 2^256. */
static int strip(const uint8_t **modulus, size_t *length) {
    const size_t bytes = mpriv_bytes_vartime(*modulus, *length);
    if (bytes == 0U || bytes > MPRIV_MASK_BYTES || (bytes == 1U && (*modulus)[*length - 1U] == 1U)) {
        return MPRIV_ERROR_RANGE;
    }
    *modulus += *length - bytes;
    *length = bytes;
    return MPRIV_OK;
}

/* b with m = 2^b, or 0 if the stripped m is not a power of two. */
static unsigned exponent_of_two_vartime(const uint8_t *modulus, size_t length) {
    unsigned top = modulus[0], bits = 0;
    size_t i;
    if ((top & (top - 1U)) != 0U) {
        return 0;
    }
    for (i = 1; i < length; i++) {
        if (modulus[i] != 0U) {
            return 0;
        }
    }
    while (top > 1U) {
        top >>= 1;
        bits++;
    }
    return bits + 8U * (unsigned)(length - 1U);
}

/* out = the last bytes of a value of the PRF modulo 2^bits. */
static void put_low_bits(uint8_t *out, size_t out_length, const uint8_t drawn[32], unsigned bits) {
    size_t i;
    memset(out, 0, out_length);
    for (i = 0; 8U * i < bits; i++) {
        const unsigned left = bits - 8U * (unsigned)i;
        const uint8_t keep = (uint8_t)(left >= 8U ? 0xFFU : (1U << left) - 1U);
        out[out_length - 1U - i] = drawn[31U - i] & keep;
    }
}

/* drawn = PRF(K, label, slot), and its low bits to out. */
static int masked_prf(uint8_t *out, size_t out_length, uint8_t drawn[32], const mpriv_hmac_key *key,
                      const char *label, size_t label_length, uint64_t slot, const uint8_t *modulus,
                      size_t modulus_length) {
    unsigned bits;
    int code;
    if (out == NULL || key == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = strip(&modulus, &modulus_length);
    bits = code == MPRIV_OK ? exponent_of_two_vartime(modulus, modulus_length) : 0U;
    if (bits == 0U) {
        return mpriv_refuse(out, out_length, MPRIV_ERROR_RANGE);
    }
    if (out_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    prf(drawn, key, label, label_length, slot);
    put_low_bits(out, out_length, drawn, bits);
    return MPRIV_OK;
}

/* The same without the rest of the value. */
static int low_bits_of_prf(uint8_t *out, size_t out_length, const mpriv_hmac_key *key, const char *label,
                           size_t label_length, uint64_t slot, const uint8_t *modulus,
                           size_t modulus_length) {
    uint8_t drawn[32];
    const int code =
        masked_prf(out, out_length, drawn, key, label, label_length, slot, modulus, modulus_length);
    mpriv_wipe(drawn, sizeof drawn);
    return code;
}

int mpriv_dream_keystream(uint8_t *keystream, size_t keystream_length, const mpriv_hmac_key *key,
                          uint64_t slot, const uint8_t *modulus, size_t modulus_length) {
    return low_bits_of_prf(keystream, keystream_length, key, "keystream", 9U, slot, modulus, modulus_length);
}

int mpriv_dream_dummy_key(uint8_t *dummy_key, size_t dummy_key_length, const mpriv_hmac_key *key,
                          uint64_t slot, const uint8_t *modulus, size_t modulus_length) {
    return low_bits_of_prf(dummy_key, dummy_key_length, key, "dummy", 5U, slot, modulus, modulus_length);
}

/* Whether a peer is the own node or comes twice. */
static int clash_vartime(uint32_t node, const mpriv_peer *peers, size_t count) {
    size_t i, j;
    for (i = 0; i < count; i++) {
        if (peers[i].node == node) {
            return 1;
        }
        for (j = 0; j < i; j++) {
            if (peers[i].node == peers[j].node) {
                return 1;
            }
        }
    }
    return 0;
}

/* floor(w 2^64 / count) for w < count. */
static uint64_t threshold_vartime(uint32_t w, uint32_t count) {
    uint64_t quotient = 0;
    uint32_t rest = w;
    unsigned i;
    for (i = 0; i < 64U; i++) {
        rest <<= 1;
        quotient <<= 1;
        if (rest >= count) {
            rest -= count;
            quotient |= 1U;
        }
    }
    return quotient;
}

int mpriv_dream_select_partners(uint8_t *selected, uint32_t node, uint64_t slot, const mpriv_peer *keys,
                                size_t count, uint32_t expected_partners) {
    mpriv_hmac_key key;
    uint8_t output[32];
    uint8_t limit[8];
    uint32_t any = 0, everybody;
    size_t i;
    unsigned k;
    if (mpriv_absent(keys, count) || mpriv_absent(selected, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U) {
        return MPRIV_ERROR_MALFORMED;
    }
    if (count > MPRIV_PARTNERS_MAX) {
        return mpriv_refuse(selected, count, MPRIV_ERROR_MALFORMED);
    }
    for (i = 0; i < count; i++) {
        if (keys[i].key.data == NULL) {
            return MPRIV_ERROR_MISUSE;
        }
        if (keys[i].key.length != MPRIV_KEY_BYTES) {
            return mpriv_refuse(selected, count, MPRIV_ERROR_MALFORMED);
        }
    }
    if (clash_vartime(node, keys, count) || expected_partners == 0U || expected_partners > count) {
        return mpriv_refuse(selected, count, MPRIV_ERROR_RANGE);
    }
    everybody = expected_partners == count ? 1U : 0U;
    put_be(limit, everybody ? 0U : threshold_vartime(expected_partners, (uint32_t)count), 8U);
    for (i = 0; i < count; i++) {
        uint32_t borrow = 0;
        mpriv_hmac_prepare(&key, keys[i].key.data, MPRIV_KEY_BYTES);
        prf(output, &key, "select", 6U, slot);
        for (k = 8U; k-- > 0U;) {
            borrow = ((uint32_t)output[k] - limit[k] - borrow) >> 31;
        }
        selected[i] = (uint8_t)(borrow | everybody);
        any |= selected[i];
    }
    mpriv_wipe(&key, sizeof key);
    mpriv_wipe(output, sizeof output);
    return (int)(any ^ 1U) * MPRIV_ERROR_POLICY;
}

/* z = the number, returns the bit that it is not below m. */
static mpriv_limb load_below(mpriv_limb *z, const mpriv_limb *m, const uint8_t *bytes, size_t length) {
    const mpriv_limb excess = mpriv_load(z, LIMBS, bytes, length);
    return (mpriv_limb)(excess | (mpriv_less(z, m, LIMBS) ^ 1U));
}

/* sum = sum + z modulo m, or sum - z. */
static void accumulate(mpriv_limb *sum, const mpriv_limb *z, const mpriv_limb *m, int subtract) {
    if (subtract) {
        const mpriv_limb borrow = mpriv_subtract(sum, sum, z, LIMBS);
        (void)mpriv_add_masked(sum, m, LIMBS, mpriv_mask(borrow));
    } else {
        mpriv_limb reduced;
        const mpriv_limb carry = mpriv_add(sum, sum, z, LIMBS);
        (void)mpriv_reduce_once(sum, carry, m, LIMBS, &reduced);
    }
}

int mpriv_dream_mask(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                     size_t modulus_length, uint32_t node, int64_t value, const uint8_t *keystream,
                     size_t keystream_length, const mpriv_peer *dummy_keys, size_t count,
                     const uint8_t *blind, size_t blind_length) {
    mpriv_limb m[LIMBS], sum[LIMBS], term[LIMBS];
    mpriv_limb range, negative;
    uint8_t magnitude_bytes[8];
    uint64_t minus, magnitude;
    size_t i;
    int code;
    if (ciphertext == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(keystream, keystream_length) || mpriv_absent(dummy_keys, count) ||
        mpriv_absent(blind, blind_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count > MPRIV_PARTNERS_MAX) {
        return mpriv_refuse(ciphertext, ciphertext_length, MPRIV_ERROR_MALFORMED);
    }
    for (i = 0; i < count; i++) {
        if (mpriv_absent(dummy_keys[i].key.data, dummy_keys[i].key.length)) {
            return MPRIV_ERROR_MISUSE;
        }
    }
    code = strip(&modulus, &modulus_length);
    if (code != MPRIV_OK || clash_vartime(node, dummy_keys, count)) {
        return mpriv_refuse(ciphertext, ciphertext_length, MPRIV_ERROR_RANGE);
    }
    if (ciphertext_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    (void)mpriv_load(m, LIMBS, modulus, modulus_length);

    /* 2 |value| < m, or = m for the least value of an even m. */
    minus = (uint64_t)value >> 63;
    negative = mpriv_barrier((mpriv_limb)minus);
    magnitude = ((uint64_t)value ^ (0U - minus)) + minus;
    put_be(magnitude_bytes, magnitude, 8U);
    (void)mpriv_load(sum, LIMBS, magnitude_bytes, sizeof magnitude_bytes);
    (void)mpriv_add(term, sum, sum, LIMBS);
    range = (mpriv_limb)((mpriv_less(term, m, LIMBS) | (negative & mpriv_equal(term, m, LIMBS))) ^ 1U);
    (void)mpriv_subtract(term, m, sum, LIMBS);
    mpriv_move_masked(sum, term, LIMBS, mpriv_mask(negative));

    range = (mpriv_limb)(range | load_below(term, m, keystream, keystream_length));
    accumulate(sum, term, m, 0);
    for (i = 0; i < count; i++) {
        range = (mpriv_limb)(range | load_below(term, m, dummy_keys[i].key.data, dummy_keys[i].key.length));
        accumulate(sum, term, m, node < dummy_keys[i].node);
    }
    range = (mpriv_limb)(range | load_below(term, m, blind, blind_length));
    accumulate(sum, term, m, 0);
    mpriv_store(ciphertext, ciphertext_length, sum, LIMBS, mpriv_mask((mpriv_limb)(range ^ 1U)));
    mpriv_wipe(sum, sizeof sum);
    mpriv_wipe(term, sizeof term);
    mpriv_wipe(magnitude_bytes, sizeof magnitude_bytes);
    return mpriv_code(range, 0);
}

/* sum = sum +- every number of the list; returns the bit that one is not below m. */
static mpriv_limb accumulate_list(mpriv_limb *sum, const mpriv_limb *m, const mpriv_bytes *list, size_t count,
                                  int subtract) {
    mpriv_limb term[LIMBS];
    mpriv_limb range = 0;
    size_t i;
    for (i = 0; i < count; i++) {
        range = (mpriv_limb)(range | load_below(term, m, list[i].data, list[i].length));
        accumulate(sum, term, m, subtract);
    }
    mpriv_wipe(term, sizeof term);
    return range;
}

static int list_absent(const mpriv_bytes *list, size_t count) {
    size_t i;
    if (mpriv_absent(list, count)) {
        return 1;
    }
    for (i = 0; i < count; i++) {
        if (mpriv_absent(list[i].data, list[i].length)) {
            return 1;
        }
    }
    return 0;
}

int mpriv_dream_aggregate(uint8_t *negative, uint8_t *magnitude, size_t magnitude_length,
                          const uint8_t *modulus, size_t modulus_length, const mpriv_bytes *ciphertexts,
                          const mpriv_bytes *keystreams, size_t count, const mpriv_bytes *recoveries,
                          size_t recovery_count) {
    mpriv_limb m[LIMBS], sum[LIMBS], other[LIMBS];
    mpriv_limb range, minus, overflow;
    if (negative == NULL || magnitude == NULL || mpriv_absent(modulus, modulus_length) ||
        list_absent(ciphertexts, count) || list_absent(keystreams, count) ||
        list_absent(recoveries, recovery_count)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U || count > MPRIV_METERS_MAX || recovery_count > MPRIV_METERS_MAX) {
        *negative = 0;
        return mpriv_refuse(magnitude, magnitude_length, MPRIV_ERROR_MALFORMED);
    }
    if (strip(&modulus, &modulus_length) != MPRIV_OK) {
        *negative = 0;
        return mpriv_refuse(magnitude, magnitude_length, MPRIV_ERROR_RANGE);
    }
    if (magnitude_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    (void)mpriv_load(m, LIMBS, modulus, modulus_length);
    memset(sum, 0, sizeof sum);
    range = accumulate_list(sum, m, ciphertexts, count, 0);
    range = (mpriv_limb)(range | accumulate_list(sum, m, keystreams, count, 1));
    range = (mpriv_limb)(range | accumulate_list(sum, m, recoveries, recovery_count, 1));
    overflow = mpriv_add(other, sum, sum, LIMBS);
    minus = (mpriv_limb)(overflow | (mpriv_less(other, m, LIMBS) ^ 1U));
    (void)mpriv_subtract(other, m, sum, LIMBS);
    mpriv_move_masked(sum, other, LIMBS, mpriv_mask(minus));
    mpriv_store(magnitude, magnitude_length, sum, LIMBS, mpriv_mask((mpriv_limb)(range ^ 1U)));
    *negative = (uint8_t)(minus & (range ^ 1U));
    mpriv_wipe(sum, sizeof sum);
    mpriv_wipe(other, sizeof other);
    return mpriv_code(range, 0);
}

/* N Xmax + 2 T + 1, or 0 where a number is out of range. */
static uint64_t sums_vartime(uint32_t meters, uint32_t maximum_wh, uint64_t tail_wh) {
    if (meters < 2U || meters > MPRIV_METERS_MAX || maximum_wh == 0U || tail_wh >= (uint64_t)1U << 52) {
        return 0;
    }
    return (uint64_t)meters * maximum_wh + 2U * tail_wh + 1U;
}

int mpriv_dream_modulus_vartime(uint64_t *modulus, uint32_t meters, uint32_t maximum_wh, uint64_t tail_wh) {
    const uint64_t values = sums_vartime(meters, maximum_wh, tail_wh);
    uint64_t power = 1;
    if (modulus == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *modulus = 0;
    if (values == 0U) {
        return MPRIV_ERROR_RANGE;
    }
    while (power < values) {
        power <<= 1;
    }
    *modulus = power;
    return MPRIV_OK;
}

int mpriv_dream_check_parameters_vartime(uint8_t *slack, size_t slack_length, uint32_t meters,
                                         uint32_t tolerated_failures, uint32_t colluders,
                                         uint32_t expected_partners, uint32_t maximum_wh, uint64_t tail_wh,
                                         const uint8_t *modulus, size_t modulus_length) {
    const uint64_t values = sums_vartime(meters, maximum_wh, tail_wh);
    mpriv_limb m[LIMBS], needed[LIMBS];
    uint8_t bytes[8];
    if (slack == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (values == 0U || tolerated_failures >= meters || colluders >= meters || expected_partners == 0U ||
        expected_partners >= meters || strip(&modulus, &modulus_length) != MPRIV_OK ||
        exponent_of_two_vartime(modulus, modulus_length) == 0U) {
        return mpriv_refuse(slack, slack_length, MPRIV_ERROR_RANGE);
    }
    if (slack_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    put_be(bytes, values, 8U);
    (void)mpriv_load(m, LIMBS, modulus, modulus_length);
    (void)mpriv_load(needed, LIMBS, bytes, sizeof bytes);
    if (mpriv_subtract(m, m, needed, LIMBS) != 0U) {
        return mpriv_refuse(slack, slack_length, MPRIV_ERROR_RANGE);
    }
    if (2U * tolerated_failures >= meters - colluders) {
        return mpriv_refuse(slack, slack_length, MPRIV_ERROR_POLICY);
    }
    mpriv_store(slack, slack_length, m, LIMBS, (mpriv_limb) ~(mpriv_limb)0U);
    return MPRIV_OK;
}

/* RFC 7748, section 5, reads 255 bits of an X25519 public key and takes them modulo p = 2^255 - 19. */
static int encodes_vartime(const uint8_t key[MPRIV_KEY_BYTES], const uint8_t number[MPRIV_KEY_BYTES]) {
    return (key[31] & 0x7fU) == number[31] && same_vartime(key, number, 31U);
}

/* Whether one of count members has the u coordinate of key: only a u below 19 has a second encoding in 255
 * bits, u + p. */
static int is_listed_vartime(const mpriv_peer *members, size_t count, const uint8_t key[MPRIV_KEY_BYTES]) {
    uint8_t u[MPRIV_KEY_BYTES], prime[MPRIV_KEY_BYTES], zero[MPRIV_KEY_BYTES];
    int small;
    size_t i;
    memset(zero, 0, sizeof zero);
    memset(prime, 0xff, sizeof prime);
    prime[0] = 0xedU;
    prime[31] = 0x7fU;
    memcpy(u, key, sizeof u);
    u[31] &= 0x7fU;
    if (u[0] >= prime[0] && same_vartime(u + 1, prime + 1, 31U)) {
        u[0] = (uint8_t)(u[0] - prime[0]);
        memset(u + 1, 0, sizeof u - 1U);
    }
    small = u[0] < 19U && same_vartime(u + 1, zero + 1, 31U);
    prime[0] = (uint8_t)(prime[0] + u[0]);
    for (i = 0; i < count; i++) {
        if (encodes_vartime(members[i].key.data, u) ||
            (small && encodes_vartime(members[i].key.data, prime))) {
            return 1;
        }
    }
    return 0;
}

int mpriv_dream_roster_digest_vartime(uint8_t digest[32], const uint8_t cluster[16],
                                      const mpriv_peer *members, size_t count) {
    mpriv_sha256 hash;
    uint8_t number[4];
    size_t i;
    if (digest == NULL || cluster == NULL || mpriv_absent(members, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count < 2U || count > MPRIV_METERS_MAX) {
        return mpriv_refuse(digest, 32U, MPRIV_ERROR_MALFORMED);
    }
    for (i = 0; i < count; i++) {
        if (members[i].key.data == NULL) {
            return MPRIV_ERROR_MISUSE;
        }
        if (members[i].key.length != MPRIV_KEY_BYTES) {
            return mpriv_refuse(digest, 32U, MPRIV_ERROR_MALFORMED);
        }
    }
    for (i = 0; i < count; i++) {
        if (i > 0U && members[i].node <= members[i - 1U].node) {
            return mpriv_refuse(digest, 32U, MPRIV_ERROR_RANGE);
        }
        if (is_listed_vartime(members, i, members[i].key.data)) {
            return mpriv_refuse(digest, 32U, MPRIV_ERROR_RANGE);
        }
    }
    mpriv_sha256_init(&hash);
    mpriv_sha256_update(&hash, domain, sizeof domain);
    mpriv_sha256_update(&hash, (const uint8_t *)"roster", 7U);
    mpriv_sha256_update(&hash, cluster, 16U);
    put_be(number, count, 4U);
    mpriv_sha256_update(&hash, number, sizeof number);
    for (i = 0; i < count; i++) {
        put_be(number, members[i].node, 4U);
        mpriv_sha256_update(&hash, number, sizeof number);
        mpriv_sha256_update(&hash, members[i].key.data, MPRIV_KEY_BYTES);
    }
    mpriv_sha256_final(&hash, digest);
    return MPRIV_OK;
}

/* ---- Keys and values of an epoch */

/* m <= 2^128, leading zeros apart. */
static int short_vartime(const uint8_t *modulus, size_t length) {
    const size_t bytes = mpriv_bytes_vartime(modulus, length);
    size_t i;
    if (bytes <= 16U) {
        return 1;
    }
    modulus += length - bytes;
    for (i = 1; i < bytes && modulus[i] == 0U; i++) {
    }
    return bytes == 17U && modulus[0] == 1U && i == bytes;
}

int mpriv_dream_epoch_key(uint8_t epoch_key[32], const mpriv_hmac_key *key, const uint8_t digest[32]) {
    mpriv_sha256 hash;
    if (epoch_key == NULL || key == NULL || digest == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    begin(&hash, key, "epoch-key", 9U);
    mpriv_sha256_update(&hash, digest, 32U);
    mpriv_hmac_final(&hash, key, epoch_key);
    return MPRIV_OK;
}

int mpriv_dream_pair_values(uint8_t selection[8], uint8_t *dummy_key, size_t dummy_key_length,
                            const mpriv_hmac_key *key, uint64_t slot, const uint8_t *modulus,
                            size_t modulus_length) {
    uint8_t output[32];
    int code;
    if (selection == NULL || dummy_key == NULL || key == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (!short_vartime(modulus, modulus_length)) {
        memset(selection, 0, 8U);
        return mpriv_refuse(dummy_key, dummy_key_length, MPRIV_ERROR_RANGE);
    }
    code = masked_prf(dummy_key, dummy_key_length, output, key, "pair", 4U, slot, modulus, modulus_length);
    if (code == MPRIV_OK) {
        memcpy(selection, output, 8U);
        mpriv_wipe(output, sizeof output);
    } else if (code == MPRIV_ERROR_RANGE) {
        memset(selection, 0, 8U);
    }
    return code;
}

int mpriv_dream_blind(uint8_t *blind, size_t blind_length, const mpriv_hmac_key *key, uint64_t slot,
                      const uint8_t *modulus, size_t modulus_length) {
    if (blind == NULL || key == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (!short_vartime(modulus, modulus_length)) {
        return mpriv_refuse(blind, blind_length, MPRIV_ERROR_RANGE);
    }
    return low_bits_of_prf(blind, blind_length, key, "blind", 5U, slot, modulus, modulus_length);
}

int mpriv_dream_recover(uint8_t *recovery, size_t recovery_length, const uint8_t *modulus,
                        size_t modulus_length, uint32_t node, const mpriv_peer *dummy_keys, size_t count,
                        const uint8_t *blind, size_t blind_length) {
    if (recovery == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count <= MPRIV_PARTNERS_MAX && !short_vartime(modulus, modulus_length)) {
        return mpriv_refuse(recovery, recovery_length, MPRIV_ERROR_RANGE);
    }
    return mpriv_dream_mask(recovery, recovery_length, modulus, modulus_length, node, 0, NULL, 0U, dummy_keys,
                            count, blind, blind_length);
}

/* The tag over head of 32 bytes, node, slot, list of 32 bytes or none, and residue, under a label. */
static int tag_of(uint8_t tag[32], const mpriv_hmac_key *key, const char *label, size_t label_length,
                  const uint8_t head[32], uint32_t node, uint64_t slot, const uint8_t *list,
                  const uint8_t *modulus, size_t modulus_length, const uint8_t *residue,
                  size_t residue_length) {
    mpriv_sha256 hash;
    uint8_t numbers[12], masked[MPRIV_MASK_BYTES];
    mpriv_limb m[LIMBS], c[LIMBS];
    unsigned bits, bytes;
    bits =
        strip(&modulus, &modulus_length) == MPRIV_OK ? exponent_of_two_vartime(modulus, modulus_length) : 0U;
    if (bits == 0U) {
        return mpriv_refuse(tag, 32U, MPRIV_ERROR_RANGE);
    }
    (void)mpriv_load(m, LIMBS, modulus, modulus_length);
    if (load_below(c, m, residue, residue_length) != 0U) {
        return mpriv_refuse(tag, 32U, MPRIV_ERROR_RANGE);
    }
    bytes = (bits + 7U) / 8U;
    mpriv_store(masked, bytes, c, LIMBS, (mpriv_limb) ~(mpriv_limb)0U);
    put_be(numbers, node, 4U);
    put_be(numbers + 4, slot, 8U);
    begin(&hash, key, label, label_length);
    mpriv_sha256_update(&hash, head, 32U);
    mpriv_sha256_update(&hash, numbers, sizeof numbers);
    if (list != NULL) {
        mpriv_sha256_update(&hash, list, 32U);
    }
    mpriv_sha256_update(&hash, masked, bytes);
    mpriv_hmac_final(&hash, key, tag);
    return MPRIV_OK;
}

int mpriv_dream_authenticate(uint8_t tag[32], const mpriv_hmac_key *key, const uint8_t roster[32],
                             uint32_t node, uint64_t slot, const uint8_t *modulus, size_t modulus_length,
                             const uint8_t *ciphertext, size_t ciphertext_length) {
    if (tag == NULL || key == NULL || roster == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(ciphertext, ciphertext_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    return tag_of(tag, key, "report", 6U, roster, node, slot, NULL, modulus, modulus_length, ciphertext,
                  ciphertext_length);
}

int mpriv_dream_authenticate_reply(uint8_t tag[32], const mpriv_hmac_key *key, const uint8_t digest[32],
                                   uint32_t node, uint64_t slot, const uint8_t list[32],
                                   const uint8_t *modulus, size_t modulus_length, const uint8_t *recovery,
                                   size_t recovery_length) {
    if (tag == NULL || key == NULL || digest == NULL || list == NULL ||
        mpriv_absent(modulus, modulus_length) || mpriv_absent(recovery, recovery_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    if (!short_vartime(modulus, modulus_length)) {
        return mpriv_refuse(tag, 32U, MPRIV_ERROR_RANGE);
    }
    return tag_of(tag, key, "reply", 5U, digest, node, slot, list, modulus, modulus_length, recovery,
                  recovery_length);
}

int mpriv_dream_check_cluster_vartime(uint32_t *list_limit, uint32_t meters, uint32_t tolerated_failures,
                                      uint32_t colluders, uint32_t expected_partners, uint32_t maximum_wh,
                                      uint64_t tail_wh, uint64_t scale_wh, const uint8_t *modulus,
                                      size_t modulus_length) {
    uint8_t slack[MPRIV_MASK_BYTES];
    int code;
    if (list_limit == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    *list_limit = 0;
    if (scale_wh == 0U || scale_wh >= (uint64_t)1U << 52 || tail_wh < 50U * scale_wh ||
        !short_vartime(modulus, modulus_length)) {
        return MPRIV_ERROR_RANGE;
    }
    code =
        mpriv_dream_check_parameters_vartime(slack, sizeof slack, meters, tolerated_failures, colluders,
                                             expected_partners, maximum_wh, tail_wh, modulus, modulus_length);
    if (code != MPRIV_OK) {
        return code;
    }
    if (colluders > tolerated_failures ||
        mpriv_dream_exposed_vartime(meters - 1U, tolerated_failures, expected_partners)) {
        return MPRIV_ERROR_POLICY;
    }
    *list_limit = tolerated_failures - colluders;
    return MPRIV_OK;
}

int mpriv_dream_epoch_digest_vartime(uint8_t digest[32], uint64_t epoch, uint64_t first_slot,
                                     const uint8_t supplier[32], const uint8_t roster[32], uint32_t meters,
                                     uint32_t tolerated_failures, uint32_t colluders,
                                     uint32_t expected_partners, uint32_t maximum_wh, uint64_t tail_wh,
                                     uint64_t scale_wh, const uint8_t *modulus, size_t modulus_length) {
    mpriv_sha256 hash;
    uint8_t numbers[40];
    uint32_t list_limit;
    int code;
    if (digest == NULL || supplier == NULL || roster == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_dream_check_cluster_vartime(&list_limit, meters, tolerated_failures, colluders,
                                             expected_partners, maximum_wh, tail_wh, scale_wh, modulus,
                                             modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(digest, 32U, code);
    }
    (void)strip(&modulus, &modulus_length);
    mpriv_sha256_init(&hash);
    mpriv_sha256_update(&hash, domain, sizeof domain);
    mpriv_sha256_update(&hash, (const uint8_t *)"epoch", 6U);
    put_be(numbers, epoch, 8U);
    put_be(numbers + 8, first_slot, 8U);
    mpriv_sha256_update(&hash, numbers, 16U);
    mpriv_sha256_update(&hash, supplier, 32U);
    mpriv_sha256_update(&hash, roster, 32U);
    put_be(numbers, meters, 4U);
    put_be(numbers + 4, tolerated_failures, 4U);
    put_be(numbers + 8, colluders, 4U);
    put_be(numbers + 12, expected_partners, 4U);
    put_be(numbers + 16, maximum_wh, 4U);
    put_be(numbers + 20, tail_wh, 8U);
    put_be(numbers + 28, scale_wh, 8U);
    put_be(numbers + 36, exponent_of_two_vartime(modulus, modulus_length), 4U);
    mpriv_sha256_update(&hash, numbers, sizeof numbers);
    mpriv_sha256_final(&hash, digest);
    return MPRIV_OK;
}

/* ---- The supplier's sums */

/* m - 1 for m = 2^bits, 0 for bits that are none. */
static uint64_t word_mask_vartime(uint32_t bits) {
    uint64_t mask = 0;
    uint32_t i;
    for (i = 0; bits <= 64U && i < bits; i++) {
        mask = (mask << 1) | 1U;
    }
    return mask;
}

int mpriv_dream_slot_keystreams(uint64_t *keystreams, uint32_t bits, uint64_t slot,
                                const mpriv_hmac_key *keys, size_t count) {
    const uint64_t keep = word_mask_vartime(bits);
    uint8_t output[32];
    size_t i;
    unsigned k;
    if (mpriv_absent(keystreams, count) || mpriv_absent(keys, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    for (i = 0; i < count; i++) {
        uint64_t value = 0;
        if (keep != 0U) {
            prf(output, &keys[i], "keystream", 9U, slot);
            for (k = 24U; k < 32U; k++) {
                value = (value << 8) | output[k];
            }
        }
        keystreams[i] = value & keep;
    }
    mpriv_wipe(output, sizeof output);
    return keep == 0U ? MPRIV_ERROR_RANGE : MPRIV_OK;
}

/* The sum of the words modulo 2^64; *excess gets the bits of all of them. */
static uint64_t sum_of(uint64_t *excess, const uint64_t *words, size_t count) {
    uint64_t sum = 0, bits = 0;
    size_t i;
    for (i = 0; i < count; i++) {
        sum += words[i];
        bits |= words[i];
    }
    *excess |= bits;
    return sum;
}

int mpriv_dream_slot_total(int64_t *total, uint32_t bits, const uint64_t *ciphertexts,
                           const uint64_t *keystreams, size_t count, const uint64_t *recoveries,
                           size_t recovery_count) {
    const uint64_t keep = word_mask_vartime(bits), half = keep ^ (keep >> 1);
    uint64_t sum, excess = 0;
    uint32_t range;
    if (total == NULL || mpriv_absent(ciphertexts, count) || mpriv_absent(keystreams, count) ||
        mpriv_absent(recoveries, recovery_count)) {
        return MPRIV_ERROR_MISUSE;
    }
    *total = 0;
    if (count == 0U) {
        return MPRIV_ERROR_MALFORMED;
    }
    sum = sum_of(&excess, ciphertexts, count);
    sum -= sum_of(&excess, keystreams, count);
    sum -= sum_of(&excess, recoveries, recovery_count);
    excess &= ~keep;
    range = mpriv_barrier32((uint32_t)((excess | (0U - excess)) >> 63) | (keep == 0U));
    /* The residue's upper half is negative: its top bit counts -m/2. */
    sum = ((sum & keep) ^ half) - half;
    sum &= (uint64_t)range - 1U;
    memcpy(total, &sum, sizeof sum);
    return (int)range * MPRIV_ERROR_RANGE;
}
