/* DREAM: a meter's two rounds, with a counter that survives the loss of power. */
#include "internal.h"

static void meter_put_be(uint8_t *bytes, uint64_t value, unsigned length) {
    while (length-- > 0U) {
        bytes[length] = (uint8_t)value;
        value >>= 8;
    }
}

static uint64_t meter_get_be(const uint8_t bytes[8]) {
    uint64_t value = 0;
    unsigned i;
    for (i = 0; i < 8U; i++) {
        value = (value << 8) | bytes[i];
    }
    return value;
}

static int meter_same_vartime(const uint8_t a[32], const uint8_t b[32]) {
    unsigned i = 0;
    while (i < 32U && a[i] == b[i]) {
        i++;
    }
    return i == 32U;
}

static uint64_t meter_reduced(uint64_t value, uint32_t bits) {
    return bits == 64U ? value : value & (((uint64_t)1 << bits) - 1U);
}

/* 64 ones where bit is 1. Without the barrier a compiler may branch. */
static uint64_t meter_mask(uint32_t bit) {
    const uint32_t half = mpriv_barrier32(0U - bit);
    return ((uint64_t)mpriv_barrier32(half) << 32) | half;
}

/* The bit a < b. */
static uint32_t meter_below(uint64_t a, uint64_t b) {
    return mpriv_barrier32((uint32_t)(((~a & b) | ((~a | b) & (a - b))) >> 63));
}

static void meter_begin(mpriv_sha256 *hash, const char *label, size_t length) {
    static const char domain_name[] = "meter-privacy/dream/1/";
    mpriv_sha256_update(hash, (const uint8_t *)domain_name, sizeof domain_name - 1U);
    /* With the zero byte that ends a label. */
    mpriv_sha256_update(hash, (const uint8_t *)label, length);
}

/* PRF(K, label, slot); length counts the label's zero byte. */
static void meter_prf(uint8_t output[32], const uint8_t key[MPRIV_KEY_BYTES], const char *label,
                      size_t length, uint64_t slot) {
    mpriv_hmac_key prepared;
    mpriv_sha256 hash;
    uint8_t slot_bytes[8];
    meter_put_be(slot_bytes, slot, 8U);
    mpriv_hmac_prepare(&prepared, key, MPRIV_KEY_BYTES);
    mpriv_hmac_init(&hash, &prepared);
    meter_begin(&hash, label, length);
    mpriv_sha256_update(&hash, slot_bytes, sizeof slot_bytes);
    mpriv_hmac_final(&hash, &prepared, output);
    mpriv_wipe(&prepared, sizeof prepared);
}

/* The last 8 bytes of PRF(K, label, slot), a number modulo 2^64. */
static uint64_t meter_mask_of(const uint8_t key[MPRIV_KEY_BYTES], const char *label, size_t length,
                              uint64_t slot) {
    uint8_t output[32];
    uint64_t value;
    meter_prf(output, key, label, length, slot);
    value = meter_get_be(output + 24);
    mpriv_wipe(output, sizeof output);
    return value;
}

/* floor(w 2^64 / count), and 0 for w = count, where everybody is selected. */
static uint64_t meter_threshold_vartime(uint32_t w, uint32_t count) {
    uint64_t quotient = 0;
    uint32_t rest = w == count ? 0U : w;
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

/* The signed dummy key with a peer, 0 where it is no partner; *selected gets the bit that it is one. */
static uint64_t meter_dummy(uint32_t *selected, const mpriv_dream_epoch *epoch, const mpriv_peer *peer,
                            uint64_t threshold, uint64_t slot) {
    const uint32_t everybody = epoch->expected_partners == epoch->count ? 1U : 0U;
    uint8_t output[32];
    uint64_t v, key;
    uint32_t below;
    meter_prf(output, peer->key.data, "pair", 5U, slot);
    v = meter_get_be(output);
    below = meter_below(v, threshold);
    *selected = below | everybody;
    key = meter_get_be(output + 24) & meter_mask(*selected);
    mpriv_wipe(output, sizeof output);
    return epoch->node > peer->node ? key : (uint64_t)0 - key;
}

/* The number of bytes that a residue takes in a tag. */
static unsigned meter_width(const mpriv_dream_epoch *epoch) {
    return (unsigned)((epoch->modulus_bits + 7U) / 8U);
}

/* HMAC under the supplier's key of D || label || 0 || digest || node || slot || list (if any) || residue. */
static void meter_tag(uint8_t tag[32], const mpriv_dream_epoch *epoch, const char *label, size_t length,
                      uint64_t slot, const uint8_t *list, uint64_t residue) {
    mpriv_hmac_key prepared;
    mpriv_sha256 hash;
    uint8_t numbers[12], masked[8];
    meter_put_be(numbers, epoch->node, 4U);
    meter_put_be(numbers + 4, slot, 8U);
    meter_put_be(masked, residue, meter_width(epoch));
    mpriv_hmac_prepare(&prepared, epoch->supplier_key, MPRIV_KEY_BYTES);
    mpriv_hmac_init(&hash, &prepared);
    meter_begin(&hash, label, length);
    mpriv_sha256_update(&hash, epoch->digest, 32U);
    mpriv_sha256_update(&hash, numbers, sizeof numbers);
    if (list != NULL) {
        mpriv_sha256_update(&hash, list, 32U);
    }
    mpriv_sha256_update(&hash, masked, meter_width(epoch));
    mpriv_hmac_final(&hash, &prepared, tag);
    mpriv_wipe(&prepared, sizeof prepared);
}

static int meter_check_peers_vartime(const mpriv_dream_epoch *epoch) {
    size_t i;
    if (epoch->count == 0U || epoch->count > MPRIV_PARTNERS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (i = 0; i < epoch->count; i++) {
        if (epoch->peers[i].key.data == NULL) {
            return MPRIV_ERROR_MISUSE;
        }
        if (epoch->peers[i].key.length != MPRIV_KEY_BYTES) {
            return MPRIV_ERROR_MALFORMED;
        }
    }
    for (i = 0; i < epoch->count; i++) {
        if (epoch->peers[i].node == epoch->node ||
            (i > 0U && epoch->peers[i].node <= epoch->peers[i - 1U].node)) {
            return MPRIV_ERROR_RANGE;
        }
    }
    return MPRIV_OK;
}

/* floor((value factor + rest) / divisor) for value < 2^52 and factor, divisor < 2^12. */
static uint64_t meter_ratio_vartime(uint64_t value, uint32_t factor, uint32_t rest, uint32_t divisor) {
    uint64_t product = value * factor + rest, quotient = 0;
    uint32_t left = 0;
    unsigned i;
    for (i = 0; i < 64U; i++) {
        left = (left << 1) | (uint32_t)(product >> 63);
        product <<= 1;
        quotient <<= 1;
        if (left >= divisor) {
            left -= divisor;
            quotient |= 1U;
        }
    }
    return quotient;
}

/* A power of (others - w) / others as value 2^-places, rounded up at 52 bits. That is enough to compare it with
 * 2^-29 for every cluster: a test compares the ones that are nearest in integers. */
int mpriv_dream_exposed_vartime(uint32_t others, uint32_t tolerated_failures, uint32_t w) {
    const uint64_t one = (uint64_t)1 << 51;
    const uint32_t kept = others - w;
    uint64_t value = one;
    unsigned places = 51;
    uint32_t honest;
    if (kept == 0U) {
        return 0;
    }
    for (honest = others - tolerated_failures; honest > 0U && places <= 80U; honest--) {
        value = meter_ratio_vartime(value, kept, others - 1U, others);
        while (value < one) {
            value <<= 1;
            places++;
        }
    }
    return places < 80U || (places == 80U && value > one);
}

static int meter_check_epoch_vartime(const mpriv_dream_epoch *epoch) {
    const uint64_t tail_limit = (uint64_t)1 << 52;
    uint64_t meters, most;
    int code;
    if (epoch == NULL || epoch->peers == NULL || epoch->supplier_key == NULL || epoch->blind_key == NULL ||
        epoch->digest == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = meter_check_peers_vartime(epoch);
    if (code != MPRIV_OK) {
        return code;
    }
    meters = (uint64_t)epoch->count + 1U;
    if (epoch->expected_partners == 0U || epoch->expected_partners > epoch->count ||
        epoch->maximum_wh == 0U || epoch->tail_wh >= tail_limit || epoch->modulus_bits == 0U ||
        epoch->modulus_bits > 64U || epoch->tolerated_failures >= meters || epoch->colluders >= meters ||
        epoch->scale_wh == 0U || epoch->scale_wh >= tail_limit || epoch->tail_wh < 50U * epoch->scale_wh) {
        return MPRIV_ERROR_RANGE;
    }
    most = meters * epoch->maximum_wh + 2U * epoch->tail_wh;
    if (meter_reduced(most, epoch->modulus_bits) != most) {
        return MPRIV_ERROR_RANGE;
    }
    if (epoch->colluders > epoch->tolerated_failures ||
        2U * (uint64_t)epoch->tolerated_failures >= meters - epoch->colluders ||
        mpriv_dream_exposed_vartime((uint32_t)epoch->count, epoch->tolerated_failures,
                                    epoch->expected_partners)) {
        return MPRIV_ERROR_POLICY;
    }
    return MPRIV_OK;
}

int mpriv_dream_member_start(mpriv_dream_member *member, const mpriv_dream_epoch *epoch,
                             const mpriv_counter *counter) {
    int code;
    if (member == NULL || counter == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    code = meter_check_epoch_vartime(epoch);
    if (code != MPRIV_ERROR_MISUSE) {
        mpriv_wipe(member, sizeof *member);
    }
    if (code != MPRIV_OK) {
        return code;
    }
    if (counter->read(counter->context, &member->next_slot) != 0) {
        return MPRIV_ERROR_EXHAUSTED;
    }
    return MPRIV_OK;
}

static int meter_report(uint64_t *ciphertext, uint8_t tag[32], mpriv_dream_member *member,
                        const mpriv_dream_epoch *epoch, const mpriv_counter *counter, uint64_t slot,
                        uint32_t value_wh, int64_t share_wh) {
    uint64_t threshold, sum;
    const uint64_t share = (uint64_t)share_wh;
    uint32_t selected, any = 0;
    int64_t value;
    size_t i;
    /* -T <= share <= T as share + T <= 2 T. */
    if (mpriv_declassified(meter_below(2U * epoch->tail_wh, share + epoch->tail_wh)) != 0U) {
        return MPRIV_ERROR_RANGE;
    }
    value = (int64_t)value_wh + share_wh;
    if (slot > epoch->last_slot) {
        return MPRIV_ERROR_EXPIRED;
    }
    if (member->reported && slot == member->slot) {
        const uint64_t other = (uint64_t)value ^ (uint64_t)member->value_wh;
        if (mpriv_declassified((uint32_t)((other | (0U - other)) >> 63)) != 0U) {
            return MPRIV_ERROR_REPLAYED;
        }
        *ciphertext = member->ciphertext;
        memcpy(tag, member->tag, 32U);
        return MPRIV_OK;
    }
    if (slot < member->next_slot) {
        return MPRIV_ERROR_REPLAYED;
    }
    threshold = meter_threshold_vartime(epoch->expected_partners, (uint32_t)epoch->count);
    sum = (uint64_t)value + meter_mask_of(epoch->supplier_key, "keystream", 10U, slot) +
          meter_mask_of(epoch->blind_key, "blind", 6U, slot);
    for (i = 0; i < epoch->count; i++) {
        sum += meter_dummy(&selected, epoch, &epoch->peers[i], threshold, slot);
        any |= selected;
    }
    if (mpriv_declassified(any) == 0U) {
        return MPRIV_ERROR_POLICY;
    }
    if (slot < epoch->first_slot) {
        return MPRIV_ERROR_STATE;
    }
    /* The slot is used from here on, whatever becomes of the write. */
    member->next_slot = slot + 1U;
    member->reported = 0;
    member->replied = 0;
    if (counter->write(counter->context, slot + 1U) != 0) {
        return MPRIV_ERROR_EXHAUSTED;
    }
    member->slot = slot;
    member->value_wh = value;
    member->ciphertext = meter_reduced(sum, epoch->modulus_bits);
    meter_tag(member->tag, epoch, "report", 7U, slot, NULL, member->ciphertext);
    member->reported = 1;
    *ciphertext = member->ciphertext;
    memcpy(tag, member->tag, 32U);
    return MPRIV_OK;
}

int mpriv_dream_member_report(uint64_t *ciphertext, uint8_t tag[32], uint8_t *clamped,
                              mpriv_dream_member *member, const mpriv_dream_epoch *epoch,
                              const mpriv_counter *counter, uint64_t slot, int64_t reading_wh,
                              int64_t share_wh) {
    uint32_t value_wh;
    int code;
    if (ciphertext == NULL || tag == NULL || clamped == NULL || member == NULL || epoch == NULL ||
        counter == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *ciphertext = 0;
    memset(tag, 0, 32U);
    code = mpriv_dream_clamp(&value_wh, clamped, reading_wh, epoch->maximum_wh);
    if (code == MPRIV_OK) {
        code = meter_report(ciphertext, tag, member, epoch, counter, slot, value_wh, share_wh);
    }
    if (code != MPRIV_OK) {
        *clamped = 0;
    }
    return code;
}

/* Whether all nodes of a rising list are peers, and the digest of the list. */
static int meter_list_vartime(uint8_t digest[32], const mpriv_dream_epoch *epoch, uint64_t slot,
                              const uint32_t *missing, size_t count) {
    mpriv_sha256 hash;
    uint8_t numbers[12];
    size_t i, place = 0;
    meter_put_be(numbers, slot, 8U);
    meter_put_be(numbers + 8, count, 4U);
    mpriv_sha256_init(&hash);
    meter_begin(&hash, "missing", 8U);
    mpriv_sha256_update(&hash, epoch->digest, 32U);
    mpriv_sha256_update(&hash, numbers, 12U);
    for (i = 0; i < count; i++) {
        while (place < epoch->count && epoch->peers[place].node < missing[i]) {
            place++;
        }
        if (place == epoch->count || epoch->peers[place].node != missing[i]) {
            return 0;
        }
        place++;
        meter_put_be(numbers, missing[i], 4U);
        mpriv_sha256_update(&hash, numbers, 4U);
    }
    mpriv_sha256_final(&hash, digest);
    return 1;
}

int mpriv_dream_member_reply(uint64_t *recovery, uint8_t tag[32], mpriv_dream_member *member,
                             const mpriv_dream_epoch *epoch, uint64_t slot, const uint32_t *missing,
                             size_t count) {
    uint8_t list[32];
    uint64_t threshold, sum;
    uint32_t selected;
    size_t i, place = 0;
    int in_hand;
    if (recovery == NULL || tag == NULL || member == NULL || epoch == NULL || mpriv_absent(missing, count)) {
        return MPRIV_ERROR_MISUSE;
    }
    *recovery = 0;
    memset(tag, 0, 32U);
    if (count > MPRIV_PARTNERS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    if (!meter_list_vartime(list, epoch, slot, missing, count)) {
        return MPRIV_ERROR_RANGE;
    }
    in_hand = member->reported && slot == member->slot;
    if (!in_hand && slot < member->next_slot) {
        return MPRIV_ERROR_EXPIRED;
    }
    if (in_hand && member->replied) {
        if (!meter_same_vartime(list, member->list)) {
            return MPRIV_ERROR_REPLAYED;
        }
        *recovery = member->recovery;
        memcpy(tag, member->reply_tag, 32U);
        return MPRIV_OK;
    }
    if (count + epoch->colluders > epoch->tolerated_failures) {
        return MPRIV_ERROR_POLICY;
    }
    if (!in_hand) {
        return MPRIV_ERROR_STATE;
    }
    threshold = meter_threshold_vartime(epoch->expected_partners, (uint32_t)epoch->count);
    sum = meter_mask_of(epoch->blind_key, "blind", 6U, slot);
    for (i = 0; i < count; i++) {
        while (epoch->peers[place].node != missing[i]) {
            place++;
        }
        sum += meter_dummy(&selected, epoch, &epoch->peers[place], threshold, slot);
    }
    member->recovery = meter_reduced(sum, epoch->modulus_bits);
    memcpy(member->list, list, sizeof list);
    meter_tag(member->reply_tag, epoch, "reply", 6U, slot, list, member->recovery);
    member->replied = 1;
    *recovery = member->recovery;
    memcpy(tag, member->reply_tag, 32U);
    return MPRIV_OK;
}
