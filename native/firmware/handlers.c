/* The operations of this device: each handler decodes, calls the core, encodes. */
#include "handlers.h"
#include "meter_privacy_power.h"

/* Memory of one request; nothing here outlives its answer. */
uint8_t scratch[SCRATCH_BYTES];
uint8_t number[NUMBER_BYTES];
static uint8_t selected[MPRIV_PARTNERS_MAX];
static int64_t partners[MPRIV_PARTNERS_MAX];
static mpriv_bytes lists[3][MPRIV_METERS_MAX];
static mpriv_peer peers[MPRIV_METERS_MAX];
static uint64_t table[MPRIV_NOISE_TABLE_MAX];

/* The bytes of a 64-bit number, big-endian, in number. */
static mpriv_bigint from_uint64(uint64_t value) {
    for (unsigned i = 0; i < 8; i++) {
        number[i] = (uint8_t)(value >> (56 - 8 * i));
    }
    return as_bigint(number, 8, 0);
}

int explicit_randomness(void) {
    return MPRIV_TEST_IMAGE ? MPRIV_OK : MPRIV_ERROR_POLICY;
}

/* ---- Paillier */

static int paillier_encrypt(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_encrypt_input in;
    mpriv_paillier_encrypt_output out;
    int status = mpriv_decode_paillier_encrypt(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_encrypt(number, length, in.modulus.data, in.modulus.length, in.plaintext.data,
                                    in.plaintext.length, in.randomness.data, in.randomness.length, scratch,
                                    sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_encrypt(writer, &out);
}

static int paillier_encrypt_with_factors(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_encrypt_with_factors_input in;
    mpriv_paillier_encrypt_with_factors_output out;
    int status =
        mpriv_decode_paillier_encrypt_with_factors(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * (in.p.length + in.q.length);
    status = mpriv_paillier_encrypt_with_factors(
        number, length, in.p.data, in.p.length, in.q.data, in.q.length, in.plaintext.data,
        in.plaintext.length, in.randomness.data, in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_encrypt_with_factors(writer, &out);
}

static int paillier_decrypt(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_decrypt_input in;
    mpriv_paillier_decrypt_output out;
    int status = mpriv_decode_paillier_decrypt(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.p.length + in.q.length;
    status = mpriv_paillier_decrypt(number, length, in.p.data, in.p.length, in.q.data, in.q.length,
                                    in.ciphertext.data, in.ciphertext.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.plaintext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_decrypt(writer, &out);
}

static int paillier_add(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_add_input in;
    mpriv_paillier_add_output out;
    int status = mpriv_decode_paillier_add(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.ciphertexts);
    for (size_t i = 0; i < in.ciphertexts.count; i++) {
        mpriv_bigint item;
        if ((status = mpriv_next_paillier_add_ciphertexts(&reader, &item)) != 0) {
            return status;
        }
        lists[0][i].data = item.data;
        lists[0][i].length = item.length;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_add_vartime(number, length, in.modulus.data, in.modulus.length, lists[0],
                                        in.ciphertexts.count, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_add(writer, &out);
}

static int paillier_scale(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_scale_input in;
    mpriv_paillier_scale_output out;
    int status = mpriv_decode_paillier_scale(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_scale_vartime(number, length, in.modulus.data, in.modulus.length,
                                          in.ciphertext.data, in.ciphertext.length, in.scalar.data,
                                          in.scalar.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_scale(writer, &out);
}

static int paillier_rerandomise(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_rerandomise_input in;
    mpriv_paillier_rerandomise_output out;
    int status = mpriv_decode_paillier_rerandomise(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_rerandomise(number, length, in.modulus.data, in.modulus.length,
                                        in.ciphertext.data, in.ciphertext.length, in.randomness.data,
                                        in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_rerandomise(writer, &out);
}

static int paillier_encode_signed(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_encode_signed_input in;
    mpriv_paillier_encode_signed_output out;
    int status =
        mpriv_decode_paillier_encode_signed(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.modulus.length;
    status =
        mpriv_paillier_encode_signed(number, length, in.modulus.data, in.modulus.length, in.value.negative,
                                     in.value.data, in.value.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.plaintext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_encode_signed(writer, &out);
}

static int paillier_decode_signed(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_decode_signed_input in;
    mpriv_paillier_decode_signed_output out;
    uint8_t negative = 0;
    int status =
        mpriv_decode_paillier_decode_signed(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.modulus.length;
    status = mpriv_paillier_decode_signed(&negative, number, length, in.modulus.data, in.modulus.length,
                                          in.plaintext.data, in.plaintext.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.value = as_bigint(number, length, negative);
    return mpriv_encode_paillier_decode_signed(writer, &out);
}

static int paillier_headroom(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_headroom_input in;
    mpriv_paillier_headroom_output out;
    uint64_t largest = 0;
    int status = mpriv_decode_paillier_headroom(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    status = mpriv_paillier_headroom_vartime(&largest, in.modulus.data, in.modulus.length,
                                             (uint32_t)in.meters, (uint32_t)in.maximum_wh);
    if (status != 0) {
        return status;
    }
    out.largest_sum_wh = from_uint64(largest);
    return mpriv_encode_paillier_headroom(writer, &out);
}

/* ---- The privacy-power function: the energy management unit */

#define SLOTS_MAX 1024U

static uint64_t policy_table[MPRIV_POWER_TABLE_MAX * MPRIV_POWER_TABLE_MAX];
static uint32_t levels[SLOTS_MAX], outputs[SLOTS_MAX];
static int64_t integers[SLOTS_MAX];

static int privacy_power_thresholds(const request_view *request, mpriv_writer *writer) {
    mpriv_privacy_power_thresholds_input in;
    mpriv_privacy_power_thresholds_output out;
    int status =
        mpriv_decode_privacy_power_thresholds(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.weights);
    for (size_t i = 0; i < in.weights.count; i++) {
        int64_t weight;
        if ((status = mpriv_next_privacy_power_thresholds_weights(&reader, &weight)) != 0) {
            return status;
        }
        levels[i] = (uint32_t)weight;
    }
    status = mpriv_privacy_power_thresholds(policy_table, levels, in.weights.count);
    if (status != 0) {
        return status;
    }
    for (size_t i = 0; i < in.weights.count; i++) {
        integers[i] = (int64_t)policy_table[i];
    }
    out.thresholds.items = integers;
    out.thresholds.count = in.weights.count;
    return mpriv_encode_privacy_power_thresholds(writer, &out);
}

static int privacy_power_sample(const request_view *request, mpriv_writer *writer) {
    mpriv_privacy_power_sample_input in;
    mpriv_privacy_power_sample_output out;
    int status = mpriv_decode_privacy_power_sample(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    const size_t count = in.table.count, slots = in.levels.count;
    mpriv_reader reader = mpriv_list_reader(&in.table);
    for (size_t i = 0; i < count; i++) {
        mpriv_privacy_power_sample_table_item row;
        if ((status = mpriv_next_privacy_power_sample_table(&reader, &row)) != 0) {
            return status;
        }
        if (row.thresholds.count != count) {
            return MPRIV_ERROR_MALFORMED;
        }
        mpriv_reader thresholds = mpriv_list_reader(&row.thresholds);
        for (size_t j = 0; j < count; j++) {
            int64_t threshold;
            status = mpriv_next_privacy_power_sample_table_item_thresholds(&thresholds, &threshold);
            if (status != 0) {
                return status;
            }
            policy_table[i * count + j] = (uint64_t)threshold;
        }
    }
    reader = mpriv_list_reader(&in.levels);
    for (size_t i = 0; i < slots; i++) {
        int64_t level;
        if ((status = mpriv_next_privacy_power_sample_levels(&reader, &level)) != 0) {
            return status;
        }
        levels[i] = (uint32_t)level;
    }
    if ((status = mpriv_privacy_power_check_table(policy_table, count)) != 0 ||
        (status = explicit_randomness()) != 0) {
        return status;
    }
    status = mpriv_privacy_power_sample(outputs, policy_table, count, levels, slots, in.random.data,
                                        in.random.length);
    if (status != 0) {
        return status;
    }
    for (size_t i = 0; i < slots; i++) {
        integers[i] = outputs[i];
    }
    out.outputs.items = integers;
    out.outputs.count = slots;
    out.consumed = (int64_t)(4U * slots);
    return mpriv_encode_privacy_power_sample(writer, &out);
}

/* ---- DREAM */

static int dream_mask(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_mask_input in;
    mpriv_dream_mask_output out;
    int status = mpriv_decode_dream_mask(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.dummy_keys);
    for (size_t i = 0; i < in.dummy_keys.count; i++) {
        mpriv_dream_mask_dummy_keys_item item;
        if ((status = mpriv_next_dream_mask_dummy_keys(&reader, &item)) != 0) {
            return status;
        }
        peers[i].node = (uint32_t)item.node;
        peers[i].key.data = item.key.data;
        peers[i].key.length = item.key.length;
    }
    size_t length = in.modulus.length;
    status = mpriv_dream_mask(number, length, in.modulus.data, in.modulus.length, (uint32_t)in.node, in.value,
                              in.keystream.data, in.keystream.length, peers, in.dummy_keys.count,
                              in.blind.data, in.blind.length);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_dream_mask(writer, &out);
}

typedef int next_number(mpriv_reader *reader, mpriv_bigint *item);

static int fill_list(mpriv_bytes *target, const mpriv_list *list, next_number *next) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        int status = next(&reader, &item);
        if (status != 0) {
            return status;
        }
        target[i].data = item.data;
        target[i].length = item.length;
    }
    return MPRIV_OK;
}

static int dream_aggregate(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_aggregate_input in;
    mpriv_dream_aggregate_output out;
    uint8_t negative = 0;
    int status = mpriv_decode_dream_aggregate(request->payload, request->length, request->profile, &in);
    if (status != 0 ||
        (status = fill_list(lists[0], &in.ciphertexts, mpriv_next_dream_aggregate_ciphertexts)) != 0 ||
        (status = fill_list(lists[1], &in.keystreams, mpriv_next_dream_aggregate_keystreams)) != 0 ||
        (status = fill_list(lists[2], &in.recoveries, mpriv_next_dream_aggregate_recoveries)) != 0) {
        return status;
    }
    size_t length = in.modulus.length;
    status = mpriv_dream_aggregate(&negative, number, length, in.modulus.data, in.modulus.length, lists[0],
                                   lists[1], in.ciphertexts.count, lists[2], in.recoveries.count);
    if (status != 0) {
        return status;
    }
    out.total = as_bigint(number, length, negative);
    return mpriv_encode_dream_aggregate(writer, &out);
}

static int dream_keystream(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_keystream_input in;
    mpriv_dream_keystream_output out;
    mpriv_hmac_key key;
    int status = mpriv_decode_dream_keystream(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_keystream(number, in.modulus.length, &key, (uint64_t)in.slot, in.modulus.data,
                                   in.modulus.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.keystream = as_bigint(number, in.modulus.length, 0);
    return mpriv_encode_dream_keystream(writer, &out);
}

static int dream_dummy_key(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_dummy_key_input in;
    mpriv_dream_dummy_key_output out;
    mpriv_hmac_key key;
    int status = mpriv_decode_dream_dummy_key(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_dummy_key(number, in.modulus.length, &key, (uint64_t)in.slot, in.modulus.data,
                                   in.modulus.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.key = as_bigint(number, in.modulus.length, 0);
    return mpriv_encode_dream_dummy_key(writer, &out);
}

static int dream_select_partners(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_select_partners_input in;
    mpriv_dream_select_partners_output out;
    int status = mpriv_decode_dream_select_partners(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.keys);
    for (size_t i = 0; i < in.keys.count; i++) {
        mpriv_dream_select_partners_keys_item item;
        if ((status = mpriv_next_dream_select_partners_keys(&reader, &item)) != 0) {
            return status;
        }
        peers[i].node = (uint32_t)item.node;
        peers[i].key.data = item.key.data;
        peers[i].key.length = item.key.length;
    }
    status = mpriv_dream_select_partners(selected, (uint32_t)in.node, (uint64_t)in.slot, peers, in.keys.count,
                                         (uint32_t)in.expected_partners);
    if (status != 0) {
        return status;
    }
    out.partners.items = partners;
    out.partners.count = 0;
    for (size_t i = 0; i < in.keys.count; i++) {
        if (selected[i]) {
            partners[out.partners.count++] = peers[i].node;
        }
    }
    status = mpriv_encode_dream_select_partners(writer, &out);
    mpriv_wipe(selected, in.keys.count * sizeof selected[0]);
    mpriv_wipe(partners, out.partners.count * sizeof partners[0]);
    return status;
}

static int dream_modulus(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_modulus_input in;
    mpriv_dream_modulus_output out;
    uint64_t modulus = 0;
    int status = mpriv_decode_dream_modulus(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    status = mpriv_dream_modulus_vartime(&modulus, (uint32_t)in.meters, (uint32_t)in.maximum_wh,
                                         (uint64_t)in.tail_wh);
    if (status != 0) {
        return status;
    }
    out.modulus = from_uint64(modulus);
    return mpriv_encode_dream_modulus(writer, &out);
}

static int dream_check_parameters(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_check_parameters_input in;
    mpriv_dream_check_parameters_output out;
    int status =
        mpriv_decode_dream_check_parameters(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    status = mpriv_dream_check_parameters_vartime(number, in.modulus.length, (uint32_t)in.meters,
                                                  (uint32_t)in.tolerated_failures, (uint32_t)in.colluders,
                                                  (uint32_t)in.expected_partners, (uint32_t)in.maximum_wh,
                                                  (uint64_t)in.tail_wh, in.modulus.data, in.modulus.length);
    if (status != 0) {
        return status;
    }
    out.slack = as_bigint(number, in.modulus.length, 0);
    return mpriv_encode_dream_check_parameters(writer, &out);
}

static int dream_roster_digest(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_roster_digest_input in;
    mpriv_dream_roster_digest_output out;
    int status = mpriv_decode_dream_roster_digest(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.members);
    for (size_t i = 0; i < in.members.count; i++) {
        mpriv_dream_roster_digest_members_item item;
        if ((status = mpriv_next_dream_roster_digest_members(&reader, &item)) != 0) {
            return status;
        }
        peers[i].node = (uint32_t)item.node;
        peers[i].key.data = item.public_key.data;
        peers[i].key.length = item.public_key.length;
    }
    status = mpriv_dream_roster_digest_vartime(number, in.cluster.data, peers, in.members.count);
    if (status != 0) {
        return status;
    }
    out.digest = as_octets(number, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_roster_digest(writer, &out);
}

static int dream_authenticate(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_authenticate_input in;
    mpriv_dream_authenticate_output out;
    mpriv_hmac_key key;
    int status = mpriv_decode_dream_authenticate(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_authenticate(number, &key, in.roster.data, (uint32_t)in.node, (uint64_t)in.slot,
                                      in.modulus.data, in.modulus.length, in.ciphertext.data,
                                      in.ciphertext.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.tag = as_octets(number, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_authenticate(writer, &out);
}

static int dream_clamp(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_clamp_input in;
    mpriv_dream_clamp_output out;
    uint32_t value;
    uint8_t clamped;
    int status = mpriv_decode_dream_clamp(request->payload, request->length, request->profile, &in);
    if (status != 0 ||
        (status = mpriv_dream_clamp(&value, &clamped, in.reading_wh, (uint32_t)in.maximum_wh)) != 0) {
        return status;
    }
    out.value_wh = value;
    out.clamped = clamped;
    return mpriv_encode_dream_clamp(writer, &out);
}

static int fill_table(const mpriv_list *list, next_number *next) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        int status = next(&reader, &item);
        if (status != 0) {
            return status;
        }
        table[i] = 0;
        for (size_t j = 0; j < item.length; j++) {
            table[i] = (table[i] << 8) | item.data[j];
        }
    }
    return MPRIV_OK;
}

static int dream_table_share(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_table_share_input in;
    mpriv_dream_table_share_output out;
    int32_t share;
    int status = mpriv_decode_dream_table_share(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0 ||
        (status = fill_table(&in.thresholds, mpriv_next_dream_table_share_thresholds)) != 0 ||
        (status = mpriv_dream_table_share(&share, table, in.thresholds.count, in.random.data)) != 0) {
        return status;
    }
    out.share = share;
    return mpriv_encode_dream_table_share(writer, &out);
}

static int dream_sanitise(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_sanitise_input in;
    mpriv_dream_sanitise_output out;
    uint8_t clamped;
    int status = mpriv_decode_dream_sanitise(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0 ||
        (status = fill_table(&in.thresholds, mpriv_next_dream_sanitise_thresholds)) != 0 ||
        (status = mpriv_dream_sanitise(&out.value_wh, &clamped, in.reading_wh, (uint32_t)in.maximum_wh,
                                       (uint32_t)in.unit_wh, table, in.thresholds.count, in.random.data)) !=
            0) {
        return status;
    }
    out.clamped = clamped;
    return mpriv_encode_dream_sanitise(writer, &out);
}

/* ---- Load management */

static uint8_t ciphertexts[MPRIV_LEVEL_BITS_MAX * MPRIV_MODULUS_BYTES_MAX];
static mpriv_bigint places[MPRIV_LEVEL_BITS_MAX];
static mpriv_opening openings[MPRIV_OPENINGS_MAX];
static uint32_t multipliers[MPRIV_LEVEL_BITS_MAX];
static uint8_t order[MPRIV_LEVEL_BITS_MAX];

static int load_ring_start(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_ring_start_input in;
    mpriv_load_management_ring_start_output out;
    int status =
        mpriv_decode_load_management_ring_start(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_load_ring_start(number, length, in.modulus.data, in.modulus.length,
                                   (uint32_t)in.maximum_wh, (uint32_t)in.reading_wh, in.randomness.data,
                                   in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_load_management_ring_start(writer, &out);
}

static int load_ring_add(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_ring_add_input in;
    mpriv_load_management_ring_add_output out;
    int status =
        mpriv_decode_load_management_ring_add(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_load_ring_add(number, length, in.modulus.data, in.modulus.length, (uint32_t)in.maximum_wh,
                                 in.previous.data, in.previous.length, (uint32_t)in.reading_wh,
                                 in.randomness.data, in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_load_management_ring_add(writer, &out);
}

static int load_encrypt_day(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_encrypt_day_input in;
    mpriv_load_management_encrypt_day_output out;
    int status =
        mpriv_decode_load_management_encrypt_day(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_load_encrypt_day(
        number, ciphertexts, length, in.modulus.data, in.modulus.length, (uint32_t)in.maximum_wh,
        (uint32_t)in.normal_wh, (uint32_t)in.high_wh, in.normal_randomness.data, in.normal_randomness.length,
        in.high_randomness.data, in.high_randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.normal = as_bigint(number, length, 0);
    out.high = as_bigint(ciphertexts, length, 0);
    return mpriv_encode_load_management_encrypt_day(writer, &out);
}

static int load_recover_opening(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_recover_opening_input in;
    mpriv_load_management_recover_opening_output out;
    int status = mpriv_decode_load_management_recover_opening(request->payload, request->length,
                                                              request->profile, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.p.length + in.q.length;
    status = mpriv_load_recover_opening(number, ciphertexts, length, in.p.data, in.p.length, in.q.data,
                                        in.q.length, in.ciphertext.data, in.ciphertext.length, scratch,
                                        sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.value = as_bigint(number, length, 0);
    out.randomness = as_bigint(ciphertexts, length, 0);
    return mpriv_encode_load_management_recover_opening(writer, &out);
}

static int load_combine_openings(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_combine_openings_input in;
    mpriv_load_management_combine_openings_output out;
    int status = mpriv_decode_load_management_combine_openings(request->payload, request->length,
                                                               request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.openings);
    for (size_t i = 0; i < in.openings.count; i++) {
        mpriv_load_management_combine_openings_openings_item item;
        if ((status = mpriv_next_load_management_combine_openings_openings(&reader, &item)) != 0) {
            return status;
        }
        openings[i].value.data = item.value.data;
        openings[i].value.length = item.value.length;
        openings[i].randomness.data = item.randomness.data;
        openings[i].randomness.length = item.randomness.length;
        openings[i].scalar = (uint32_t)item.scalar;
    }
    size_t length = in.modulus.length;
    status = mpriv_load_combine_openings(number, ciphertexts, length, in.modulus.data, in.modulus.length,
                                         openings, in.openings.count, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.value = as_bigint(number, length, 0);
    out.randomness = as_bigint(ciphertexts, length, 0);
    return mpriv_encode_load_management_combine_openings(writer, &out);
}

static int load_verify_opening(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_verify_opening_input in;
    int status =
        mpriv_decode_load_management_verify_opening(request->payload, request->length, request->profile, &in);
    (void)writer; /* there is no output field */
    return status != 0
               ? status
               : mpriv_load_verify_opening(in.modulus.data, in.modulus.length, in.ciphertext.data,
                                           in.ciphertext.length, in.value.data, in.value.length,
                                           in.randomness.data, in.randomness.length, scratch, sizeof scratch);
}

static int load_reading_level(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_reading_level_input in;
    mpriv_load_management_reading_level_output out;
    uint64_t level;
    int status =
        mpriv_decode_load_management_reading_level(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = mpriv_load_reading_level(&level, (uint32_t)in.value_wh, (uint32_t)in.unit_wh,
                                                          (uint64_t)in.levels)) != 0) {
        return status;
    }
    out.level = (int64_t)level;
    return mpriv_encode_load_management_reading_level(writer, &out);
}

static mpriv_bytes as_bytes(const mpriv_bigint *value) {
    mpriv_bytes bytes = {value->data, value->length};
    return bytes;
}

typedef int next_integer(mpriv_reader *reader, int64_t *item);

static int fill_words(uint32_t *words, uint8_t *bytes, const mpriv_list *list, next_integer *next) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        int status = next(&reader, &item);
        if (status != 0) {
            return status;
        }
        if (words != NULL) {
            words[i] = (uint32_t)item;
        } else {
            bytes[i] = (uint8_t)item;
        }
    }
    return MPRIV_OK;
}

static int load_dgk_response(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_dgk_response_input in;
    mpriv_load_management_dgk_response_output out;
    int status =
        mpriv_decode_load_management_dgk_response(request->payload, request->length, request->profile, &in);
    if (status != 0 || (status = explicit_randomness()) != 0 ||
        (status = fill_list(lists[0], &in.bits, mpriv_next_load_management_dgk_response_bits)) != 0 ||
        (status = fill_list(lists[1], &in.randomness, mpriv_next_load_management_dgk_response_randomness)) !=
            0 ||
        (status = fill_words(multipliers, NULL, &in.multipliers,
                             mpriv_next_load_management_dgk_response_multipliers)) != 0 ||
        (status = fill_words(NULL, order, &in.order, mpriv_next_load_management_dgk_response_order)) != 0) {
        return status;
    }
    const mpriv_dgk_key key = {as_bytes(&in.modulus), as_bytes(&in.g), as_bytes(&in.h), (uint32_t)in.u};
    const size_t count = in.bits.count, length = in.modulus.length;
    status = mpriv_load_dgk_response(ciphertexts, length, &key, lists[0], multipliers, lists[1], order, count,
                                     (uint64_t)in.reading_level, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    for (size_t i = 0; i < count; i++) {
        places[i] = as_bigint(ciphertexts + i * length, length, 0);
    }
    out.ciphertexts.items = places;
    out.ciphertexts.count = count;
    return mpriv_encode_load_management_dgk_response(writer, &out);
}

static int load_dgk_audit(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_dgk_audit_input in;
    int status =
        mpriv_decode_load_management_dgk_audit(request->payload, request->length, request->profile, &in);
    (void)writer; /* there is no output field */
    if (status != 0 ||
        (status = fill_list(lists[0], &in.bits, mpriv_next_load_management_dgk_audit_bits)) != 0 ||
        (status = fill_list(lists[1], &in.randomness, mpriv_next_load_management_dgk_audit_randomness)) !=
            0) {
        return status;
    }
    const mpriv_dgk_key key = {as_bytes(&in.modulus), as_bytes(&in.g), as_bytes(&in.h), (uint32_t)in.u};
    return mpriv_load_dgk_audit(&key, lists[0], lists[1], in.bits.count, (uint64_t)in.threshold_level,
                                scratch, sizeof scratch);
}

/* ---- DREAM: an epoch's keys and values */

static int dream_check_cluster(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_check_cluster_input in;
    mpriv_dream_check_cluster_output out;
    uint32_t limit;
    int status = mpriv_decode_dream_check_cluster(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    status = mpriv_dream_check_cluster_vartime(&limit, (uint32_t)in.meters, (uint32_t)in.tolerated_failures,
                                               (uint32_t)in.colluders, (uint32_t)in.expected_partners,
                                               (uint32_t)in.maximum_wh, (uint64_t)in.tail_wh,
                                               (uint64_t)in.scale_wh, in.modulus.data, in.modulus.length);
    if (status != 0) {
        return status;
    }
    out.list_limit = limit;
    return mpriv_encode_dream_check_cluster(writer, &out);
}

static int dream_epoch_digest(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_epoch_digest_input in;
    mpriv_dream_epoch_digest_output out;
    int status = mpriv_decode_dream_epoch_digest(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    status = mpriv_dream_epoch_digest_vartime(
        number, (uint64_t)in.epoch, (uint64_t)in.first_slot, in.supplier.data, in.roster.data,
        (uint32_t)in.meters, (uint32_t)in.tolerated_failures, (uint32_t)in.colluders,
        (uint32_t)in.expected_partners, (uint32_t)in.maximum_wh, (uint64_t)in.tail_wh, (uint64_t)in.scale_wh,
        in.modulus.data, in.modulus.length);
    if (status != 0) {
        return status;
    }
    out.digest = as_octets(number, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_epoch_digest(writer, &out);
}

static int dream_epoch_key(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_epoch_key_input in;
    mpriv_dream_epoch_key_output out;
    mpriv_hmac_key key;
    int status = mpriv_decode_dream_epoch_key(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_epoch_key(number, &key, in.digest.data);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.key = as_octets(number, MPRIV_KEY_BYTES);
    return mpriv_encode_dream_epoch_key(writer, &out);
}

static int dream_pair_values(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_pair_values_input in;
    mpriv_dream_pair_values_output out;
    mpriv_hmac_key key;
    int status = mpriv_decode_dream_pair_values(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_pair_values(number, number + 8, in.modulus.length, &key, (uint64_t)in.slot,
                                     in.modulus.data, in.modulus.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.selection = as_bigint(number, 8, 0);
    out.dummy_key = as_bigint(number + 8, in.modulus.length, 0);
    return mpriv_encode_dream_pair_values(writer, &out);
}

static int dream_blind(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_blind_input in;
    mpriv_dream_blind_output out;
    mpriv_hmac_key key;
    int status = mpriv_decode_dream_blind(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_blind(number, in.modulus.length, &key, (uint64_t)in.slot, in.modulus.data,
                               in.modulus.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.blind = as_bigint(number, in.modulus.length, 0);
    return mpriv_encode_dream_blind(writer, &out);
}

static int dream_recover(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_recover_input in;
    mpriv_dream_recover_output out;
    int status = mpriv_decode_dream_recover(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.dummy_keys);
    for (size_t i = 0; i < in.dummy_keys.count; i++) {
        mpriv_dream_recover_dummy_keys_item item;
        if ((status = mpriv_next_dream_recover_dummy_keys(&reader, &item)) != 0) {
            return status;
        }
        peers[i].node = (uint32_t)item.node;
        peers[i].key.data = item.key.data;
        peers[i].key.length = item.key.length;
    }
    status =
        mpriv_dream_recover(number, in.modulus.length, in.modulus.data, in.modulus.length, (uint32_t)in.node,
                            peers, in.dummy_keys.count, in.blind.data, in.blind.length);
    if (status != 0) {
        return status;
    }
    out.recovery = as_bigint(number, in.modulus.length, 0);
    return mpriv_encode_dream_recover(writer, &out);
}

static int dream_authenticate_reply(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_authenticate_reply_input in;
    mpriv_dream_authenticate_reply_output out;
    mpriv_hmac_key key;
    int status =
        mpriv_decode_dream_authenticate_reply(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.key.data, in.key.length);
    status = mpriv_dream_authenticate_reply(number, &key, in.digest.data, (uint32_t)in.node,
                                            (uint64_t)in.slot, in.list.data, in.modulus.data,
                                            in.modulus.length, in.recovery.data, in.recovery.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    out.tag = as_octets(number, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_authenticate_reply(writer, &out);
}

/* ---- DREAM: sessions */

#define SESSIONS_MAX 6U

/* A meter of dream.meter_start, or a device of dream.device_start. */
typedef struct {
    uint16_t id; /* 0: free */
    uint8_t is_device;
    uint8_t reported; /* a meter's: there is a last report */
    uint32_t nodes[MPRIV_PARTNERS_MAX];
    uint8_t keys[MPRIV_PARTNERS_MAX][MPRIV_KEY_BYTES];
    uint8_t supplier_key[MPRIV_KEY_BYTES], blind_key[MPRIV_KEY_BYTES], digest[MPRIV_DIGEST_BYTES];
    mpriv_dream_epoch epoch; /* of a meter: node, count, w */
    mpriv_dream_member member;
    uint64_t next_slot; /* the counter, for as long as the session */
    uint64_t slot;
    int64_t value;
    uint8_t modulus[MPRIV_MASK_BYTES], ciphertext[MPRIV_MASK_BYTES], tag[MPRIV_DIGEST_BYTES];
} dream_session;

static dream_session sessions[SESSIONS_MAX];
static uint32_t listed[MPRIV_PARTNERS_MAX];

static dream_session *session_of(uint16_t id) {
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        if (sessions[i].id == id) {
            return &sessions[i];
        }
    }
    return NULL;
}

/* A free session, or why there is none. */
static int session_open(uint16_t id, dream_session **opened) {
    if (session_of(id) != NULL) {
        return MPRIV_ERROR_STATE;
    }
    *opened = session_of(0);
    if (*opened == NULL) {
        return MPRIV_ERROR_EXHAUSTED;
    }
    (*opened)->id = id;
    return MPRIV_OK;
}

static int session_close(const request_view *request, mpriv_writer *writer) {
    dream_session *session = session_of(request->session);
    int status = mpriv_decode_session_close(request->payload, request->length, request->profile);
    (void)writer;
    if (status == 0 && session != NULL) {
        mpriv_wipe(session, sizeof *session);
    }
    return status;
}

/* A session's keys are its own: a request's end with its answer. */
static void session_keys(dream_session *session, size_t count) {
    for (size_t i = 0; i < count; i++) {
        session->nodes[i] = peers[i].node;
        memcpy(session->keys[i], peers[i].key.data, MPRIV_KEY_BYTES);
    }
    session->epoch.count = count;
}

static void session_peers(const dream_session *session) {
    for (size_t i = 0; i < session->epoch.count; i++) {
        peers[i].node = session->nodes[i];
        peers[i].key.data = session->keys[i];
        peers[i].key.length = MPRIV_KEY_BYTES;
    }
}

static int dream_meter_start(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_meter_start_input in;
    mpriv_hmac_key key;
    dream_session *session;
    int status = mpriv_decode_dream_meter_start(request->payload, request->length, request->profile, &in);
    (void)writer;
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.keys);
    for (size_t i = 0; i < in.keys.count; i++) {
        mpriv_dream_meter_start_keys_item item;
        if ((status = mpriv_next_dream_meter_start_keys(&reader, &item)) != 0) {
            return status;
        }
        peers[i].node = (uint32_t)item.node;
        peers[i].key.data = item.key.data;
        peers[i].key.length = item.key.length;
    }
    mpriv_hmac_prepare(&key, in.supplier_key.data, in.supplier_key.length);
    status = mpriv_dream_keystream(number, MPRIV_MASK_BYTES, &key, 0, in.modulus.data, in.modulus.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    /* Whether somebody is selected in slot 0 does not matter. */
    status = mpriv_dream_select_partners(selected, (uint32_t)in.node, 0, peers, in.keys.count,
                                         (uint32_t)in.expected_partners);
    mpriv_wipe(selected, in.keys.count * sizeof selected[0]);
    if ((status != 0 && status != MPRIV_ERROR_POLICY) ||
        (status = session_open(request->session, &session)) != 0) {
        return status;
    }
    session_keys(session, in.keys.count);
    session->epoch.node = (uint32_t)in.node;
    session->epoch.expected_partners = (uint32_t)in.expected_partners;
    memcpy(session->supplier_key, in.supplier_key.data, MPRIV_KEY_BYTES);
    memcpy(session->digest, in.roster.data, MPRIV_DIGEST_BYTES);
    memcpy(session->modulus + MPRIV_MASK_BYTES - in.modulus.length, in.modulus.data, in.modulus.length);
    return MPRIV_OK;
}

/* The report of a new slot into the session. */
static int meter_mask(dream_session *session, uint64_t slot, int64_t value) {
    mpriv_hmac_key key;
    const uint32_t node = session->epoch.node;
    session_peers(session);
    int status = mpriv_dream_select_partners(selected, node, slot, peers, session->epoch.count,
                                             session->epoch.expected_partners);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, session->supplier_key, MPRIV_KEY_BYTES);
    status = mpriv_dream_keystream(number, MPRIV_MASK_BYTES, &key, slot, session->modulus, MPRIV_MASK_BYTES);
    if (status == 0) {
        status = mpriv_dream_mask(session->ciphertext, MPRIV_MASK_BYTES, session->modulus, MPRIV_MASK_BYTES,
                                  node, value, number, MPRIV_MASK_BYTES, NULL, 0, NULL, 0);
    }
    for (size_t i = 0; status == 0 && i < session->epoch.count; i++) {
        mpriv_peer dummy = {session->nodes[i], {number, MPRIV_MASK_BYTES}};
        if (selected[i] == 0) {
            continue;
        }
        /* What is masked so far takes the blind's place. */
        memcpy(number + MPRIV_MASK_BYTES, session->ciphertext, MPRIV_MASK_BYTES);
        mpriv_hmac_prepare(&key, session->keys[i], MPRIV_KEY_BYTES);
        status =
            mpriv_dream_dummy_key(number, MPRIV_MASK_BYTES, &key, slot, session->modulus, MPRIV_MASK_BYTES);
        if (status == 0) {
            status =
                mpriv_dream_mask(session->ciphertext, MPRIV_MASK_BYTES, session->modulus, MPRIV_MASK_BYTES,
                                 node, 0, NULL, 0, &dummy, 1, number + MPRIV_MASK_BYTES, MPRIV_MASK_BYTES);
        }
    }
    mpriv_wipe(selected, session->epoch.count * sizeof selected[0]);
    if (status == 0) {
        mpriv_hmac_prepare(&key, session->supplier_key, MPRIV_KEY_BYTES);
        status = mpriv_dream_authenticate(session->tag, &key, session->digest, node, slot, session->modulus,
                                          MPRIV_MASK_BYTES, session->ciphertext, MPRIV_MASK_BYTES);
    }
    mpriv_wipe(&key, sizeof key);
    return status;
}

static int dream_meter_report(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_meter_report_input in;
    mpriv_dream_meter_report_output out;
    dream_session *session = session_of(request->session);
    int status = mpriv_decode_dream_meter_report(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    if (session == NULL || session->is_device) {
        return MPRIV_ERROR_STATE;
    }
    const uint64_t slot = (uint64_t)in.slot;
    status = mpriv_dream_mask(number, MPRIV_MASK_BYTES, session->modulus, MPRIV_MASK_BYTES,
                              session->epoch.node, in.value, NULL, 0, NULL, 0, NULL, 0);
    if (status != 0) {
        return status;
    }
    if (session->reported &&
        (slot < session->slot || (slot == session->slot && in.value != session->value))) {
        return MPRIV_ERROR_REPLAYED;
    }
    if (!session->reported || slot > session->slot) {
        if ((status = meter_mask(session, slot, in.value)) != 0) {
            return status;
        }
        session->reported = 1;
        session->slot = slot;
        session->value = in.value;
    }
    out.ciphertext = as_bigint(session->ciphertext, MPRIV_MASK_BYTES, 0);
    out.tag = as_octets(session->tag, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_meter_report(writer, &out);
}

/* The counter of a session lives as long as it: what a test starts again with is what it kept itself. */
static int read_counter(void *context, uint64_t *next_slot) {
    *next_slot = *(const uint64_t *)context;
    return 0;
}

static int write_counter(void *context, uint64_t next_slot) {
    *(uint64_t *)context = next_slot;
    return 0;
}

static int dream_device_start(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_device_start_input in;
    mpriv_dream_epoch epoch;
    mpriv_dream_member member;
    uint64_t next_slot;
    const mpriv_counter counter = {&next_slot, read_counter, write_counter};
    dream_session *session;
    unsigned bits = 0;
    int status = mpriv_decode_dream_device_start(request->payload, request->length, request->profile, &in);
    (void)writer;
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.keys);
    for (size_t i = 0; i < in.keys.count; i++) {
        mpriv_dream_device_start_keys_item item;
        if ((status = mpriv_next_dream_device_start_keys(&reader, &item)) != 0) {
            return status;
        }
        peers[i].node = (uint32_t)item.node;
        peers[i].key.data = item.key.data;
        peers[i].key.length = item.key.length;
    }
    /* m = 2^bits: one bit of all is set. */
    for (size_t i = 0; i < in.modulus.length; i++) {
        for (unsigned k = 8U; k-- > 0U;) {
            if ((in.modulus.data[i] >> k) & 1U) {
                if (bits != 0U) {
                    return MPRIV_ERROR_RANGE;
                }
                bits = (unsigned)(8U * (in.modulus.length - 1U - i)) + k;
            }
        }
    }
    memset(&epoch, 0, sizeof epoch);
    epoch.node = (uint32_t)in.node;
    epoch.peers = peers;
    epoch.count = in.keys.count;
    epoch.supplier_key = in.supplier_key.data;
    epoch.blind_key = in.blind_key.data;
    epoch.digest = in.digest.data;
    epoch.first_slot = (uint64_t)in.first_slot;
    epoch.last_slot = (uint64_t)in.last_slot;
    epoch.tail_wh = (uint64_t)in.tail_wh;
    epoch.scale_wh = (uint64_t)in.scale_wh;
    epoch.tolerated_failures = (uint32_t)in.tolerated_failures;
    epoch.colluders = (uint32_t)in.colluders;
    epoch.expected_partners = (uint32_t)in.expected_partners;
    epoch.maximum_wh = (uint32_t)in.maximum_wh;
    epoch.modulus_bits = bits;
    next_slot = (uint64_t)in.next_slot;
    if ((status = mpriv_dream_member_start(&member, &epoch, &counter)) != 0 ||
        (status = session_open(request->session, &session)) != 0) {
        return status;
    }
    session_keys(session, in.keys.count);
    memcpy(session->supplier_key, in.supplier_key.data, MPRIV_KEY_BYTES);
    memcpy(session->blind_key, in.blind_key.data, MPRIV_KEY_BYTES);
    memcpy(session->digest, in.digest.data, MPRIV_DIGEST_BYTES);
    epoch.supplier_key = session->supplier_key;
    epoch.blind_key = session->blind_key;
    epoch.digest = session->digest;
    session->epoch = epoch;
    session->member = member;
    session->next_slot = next_slot;
    session->is_device = 1;
    return MPRIV_OK;
}

static int dream_device_report(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_device_report_input in;
    mpriv_dream_device_report_output out;
    dream_session *session = session_of(request->session);
    uint64_t ciphertext;
    uint8_t clamped;
    int status = mpriv_decode_dream_device_report(request->payload, request->length, request->profile, &in);
    /* The share of noise is randomness. */
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    if (session == NULL || !session->is_device) {
        return MPRIV_ERROR_STATE;
    }
    const mpriv_counter counter = {&session->next_slot, read_counter, write_counter};
    session_peers(session);
    status = mpriv_dream_member_report(&ciphertext, number + 8, &clamped, &session->member, &session->epoch,
                                       &counter, (uint64_t)in.slot, in.reading_wh, in.share_wh);
    if (status != 0) {
        return status;
    }
    out.ciphertext = from_uint64(ciphertext);
    out.tag = as_octets(number + 8, MPRIV_DIGEST_BYTES);
    out.clamped = clamped;
    return mpriv_encode_dream_device_report(writer, &out);
}

static int dream_device_reply(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_device_reply_input in;
    mpriv_dream_device_reply_output out;
    dream_session *session = session_of(request->session);
    uint64_t recovery;
    int status = mpriv_decode_dream_device_reply(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.missing);
    for (size_t i = 0; i < in.missing.count; i++) {
        int64_t node;
        if ((status = mpriv_next_dream_device_reply_missing(&reader, &node)) != 0) {
            return status;
        }
        listed[i] = (uint32_t)node;
        if (i > 0 && listed[i] <= listed[i - 1]) {
            return MPRIV_ERROR_RANGE;
        }
    }
    if (session == NULL || !session->is_device) {
        return MPRIV_ERROR_STATE;
    }
    session_peers(session);
    status = mpriv_dream_member_reply(&recovery, number + 8, &session->member, &session->epoch,
                                      (uint64_t)in.slot, listed, in.missing.count);
    if (status != 0) {
        return status;
    }
    out.recovery = from_uint64(recovery);
    out.tag = as_octets(number + 8, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_device_reply(writer, &out);
}

/* ---- The protocol's own */

static void forget(void) {
    mpriv_wipe(number, sizeof number);
    mpriv_wipe(levels, sizeof levels);
    mpriv_wipe(outputs, sizeof outputs);
    mpriv_wipe(integers, sizeof integers);
    mpriv_wipe(ciphertexts, sizeof ciphertexts);
    mpriv_wipe(multipliers, sizeof multipliers);
    mpriv_wipe(order, sizeof order);
    forget_trading();
}

static const device_handler handlers[] = {
    {MPRIV_OPCODE_PAILLIER_ENCRYPT, paillier_encrypt},
    {MPRIV_OPCODE_PAILLIER_ENCRYPT_WITH_FACTORS, paillier_encrypt_with_factors},
    {MPRIV_OPCODE_PAILLIER_DECRYPT, paillier_decrypt},
    {MPRIV_OPCODE_PAILLIER_ADD, paillier_add},
    {MPRIV_OPCODE_PAILLIER_SCALE, paillier_scale},
    {MPRIV_OPCODE_PAILLIER_RERANDOMISE, paillier_rerandomise},
    {MPRIV_OPCODE_PAILLIER_ENCODE_SIGNED, paillier_encode_signed},
    {MPRIV_OPCODE_PAILLIER_DECODE_SIGNED, paillier_decode_signed},
    {MPRIV_OPCODE_PAILLIER_HEADROOM, paillier_headroom},
    {MPRIV_OPCODE_PRIVACY_POWER_THRESHOLDS, privacy_power_thresholds},
    {MPRIV_OPCODE_PRIVACY_POWER_SAMPLE, privacy_power_sample},
    {MPRIV_OPCODE_DREAM_MASK, dream_mask},
    {MPRIV_OPCODE_DREAM_AGGREGATE, dream_aggregate},
    {MPRIV_OPCODE_DREAM_KEYSTREAM, dream_keystream},
    {MPRIV_OPCODE_DREAM_DUMMY_KEY, dream_dummy_key},
    {MPRIV_OPCODE_DREAM_SELECT_PARTNERS, dream_select_partners},
    {MPRIV_OPCODE_DREAM_MODULUS, dream_modulus},
    {MPRIV_OPCODE_DREAM_CHECK_PARAMETERS, dream_check_parameters},
    {MPRIV_OPCODE_DREAM_ROSTER_DIGEST, dream_roster_digest},
    {MPRIV_OPCODE_DREAM_AUTHENTICATE, dream_authenticate},
    {MPRIV_OPCODE_DREAM_CHECK_CLUSTER, dream_check_cluster},
    {MPRIV_OPCODE_DREAM_EPOCH_DIGEST, dream_epoch_digest},
    {MPRIV_OPCODE_DREAM_EPOCH_KEY, dream_epoch_key},
    {MPRIV_OPCODE_DREAM_PAIR_VALUES, dream_pair_values},
    {MPRIV_OPCODE_DREAM_BLIND, dream_blind},
    {MPRIV_OPCODE_DREAM_RECOVER, dream_recover},
    {MPRIV_OPCODE_DREAM_AUTHENTICATE_REPLY, dream_authenticate_reply},
    {MPRIV_OPCODE_DREAM_CLAMP, dream_clamp},
    {MPRIV_OPCODE_DREAM_TABLE_SHARE, dream_table_share},
    {MPRIV_OPCODE_DREAM_SANITISE, dream_sanitise},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_RING_START, load_ring_start},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_RING_ADD, load_ring_add},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_ENCRYPT_DAY, load_encrypt_day},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_RECOVER_OPENING, load_recover_opening},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_COMBINE_OPENINGS, load_combine_openings},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_VERIFY_OPENING, load_verify_opening},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_READING_LEVEL, load_reading_level},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_RESPONSE, load_dgk_response},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_AUDIT, load_dgk_audit},
    {MPRIV_OPCODE_REPORTING_SHARING_ROSTER, reporting_sharing_roster},
    {MPRIV_OPCODE_REPORTING_DEAL, reporting_deal},
    {MPRIV_OPCODE_ENERGY_TOKENS_BLIND, energy_tokens_blind},
    {MPRIV_OPCODE_ENERGY_TOKENS_BLIND_FINALIZE, energy_tokens_blind_finalize},
    {MPRIV_OPCODE_ENERGY_TOKENS_IDENTITY, energy_tokens_identity},
    {MPRIV_OPCODE_ENERGY_TOKENS_FULL_DOMAIN_HASH, energy_tokens_full_domain_hash},
    {MPRIV_OPCODE_ENERGY_TOKENS_FDH_BLIND, energy_tokens_fdh_blind},
    {MPRIV_OPCODE_ENERGY_TOKENS_FDH_FINALIZE, energy_tokens_fdh_finalize},
    {MPRIV_OPCODE_ENERGY_TOKENS_CHALLENGE, energy_tokens_challenge},
    {MPRIV_OPCODE_ENERGY_TOKENS_RESPOND, energy_tokens_respond},
    {MPRIV_OPCODE_TASKING_MARK, tasking_mark},
    {MPRIV_OPCODE_SESSION_CLOSE, session_close},
    {MPRIV_OPCODE_DREAM_METER_START, dream_meter_start},
    {MPRIV_OPCODE_DREAM_METER_REPORT, dream_meter_report},
    {MPRIV_OPCODE_DREAM_DEVICE_START, dream_device_start},
    {MPRIV_OPCODE_DREAM_DEVICE_REPORT, dream_device_report},
    {MPRIV_OPCODE_DREAM_DEVICE_REPLY, dream_device_reply},
};

const device_description device = {
    MPRIV_TEST_IMAGE ? "meter-privacy-firmware (test image)" : "meter-privacy-firmware (production image)",
    MPRIV_VERSION,
    handlers,
    sizeof handlers / sizeof handlers[0],
    forget,
};
