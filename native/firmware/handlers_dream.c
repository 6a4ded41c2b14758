/* The operations of DREAM, one by one; a meter's sessions are in handlers_dream_sessions.c. */
#include "handlers.h"

static int64_t partners[MPRIV_PARTNERS_MAX];
static uint64_t table[MPRIV_NOISE_TABLE_MAX];

NEXT_PEER(dream_mask_dummy_keys, key)
NEXT_PEER(dream_select_partners_keys, key)
NEXT_PEER(dream_roster_digest_members, public_key)
NEXT_PEER(dream_recover_dummy_keys, key)

int dream_mask(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_mask_input in;
    mpriv_dream_mask_output out;
    int status = DECODE(dream_mask, &in);
    if (status != 0) {
        return status;
    }
    if ((status = fill_peers(&in.dummy_keys, next_dream_mask_dummy_keys)) != 0) {
        return status;
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

int dream_aggregate(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_aggregate_input in;
    mpriv_dream_aggregate_output out;
    uint8_t negative = 0;
    int status = DECODE(dream_aggregate, &in);
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

int dream_keystream(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_keystream_input in;
    mpriv_dream_keystream_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_keystream, &in);
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

int dream_dummy_key(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_dummy_key_input in;
    mpriv_dream_dummy_key_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_dummy_key, &in);
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

int dream_select_partners(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_select_partners_input in;
    mpriv_dream_select_partners_output out;
    int status = DECODE(dream_select_partners, &in);
    if (status != 0) {
        return status;
    }
    if ((status = fill_peers(&in.keys, next_dream_select_partners_keys)) != 0) {
        return status;
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

int dream_modulus(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_modulus_input in;
    mpriv_dream_modulus_output out;
    uint64_t modulus = 0;
    int status = DECODE(dream_modulus, &in);
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

int dream_check_parameters(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_check_parameters_input in;
    mpriv_dream_check_parameters_output out;
    int status = DECODE(dream_check_parameters, &in);
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

int dream_roster_digest(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_roster_digest_input in;
    mpriv_dream_roster_digest_output out;
    int status = DECODE(dream_roster_digest, &in);
    if (status != 0) {
        return status;
    }
    if ((status = fill_peers(&in.members, next_dream_roster_digest_members)) != 0) {
        return status;
    }
    status = mpriv_dream_roster_digest_vartime(number, in.cluster.data, peers, in.members.count);
    if (status != 0) {
        return status;
    }
    out.digest = as_octets(number, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_roster_digest(writer, &out);
}

int dream_authenticate(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_authenticate_input in;
    mpriv_dream_authenticate_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_authenticate, &in);
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

int dream_clamp(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_clamp_input in;
    mpriv_dream_clamp_output out;
    uint32_t value;
    uint8_t clamped;
    int status = DECODE(dream_clamp, &in);
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

int dream_table_share(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_table_share_input in;
    mpriv_dream_table_share_output out;
    int32_t share;
    int status = DECODE(dream_table_share, &in);
    if (status != 0 || (status = explicit_randomness()) != 0 ||
        (status = fill_table(&in.thresholds, mpriv_next_dream_table_share_thresholds)) != 0 ||
        (status = mpriv_dream_table_share(&share, table, in.thresholds.count, in.random.data)) != 0) {
        return status;
    }
    out.share = share;
    return mpriv_encode_dream_table_share(writer, &out);
}

int dream_sanitise(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_sanitise_input in;
    mpriv_dream_sanitise_output out;
    uint8_t clamped;
    int status = DECODE(dream_sanitise, &in);
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

/* ---- An epoch's keys and values */

int dream_check_cluster(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_check_cluster_input in;
    mpriv_dream_check_cluster_output out;
    uint32_t limit;
    int status = DECODE(dream_check_cluster, &in);
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

int dream_epoch_digest(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_epoch_digest_input in;
    mpriv_dream_epoch_digest_output out;
    int status = DECODE(dream_epoch_digest, &in);
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

int dream_epoch_key(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_epoch_key_input in;
    mpriv_dream_epoch_key_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_epoch_key, &in);
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

int dream_pair_values(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_pair_values_input in;
    mpriv_dream_pair_values_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_pair_values, &in);
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

int dream_blind(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_blind_input in;
    mpriv_dream_blind_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_blind, &in);
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

int dream_recover(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_recover_input in;
    mpriv_dream_recover_output out;
    int status = DECODE(dream_recover, &in);
    if (status != 0) {
        return status;
    }
    if ((status = fill_peers(&in.dummy_keys, next_dream_recover_dummy_keys)) != 0) {
        return status;
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

int dream_authenticate_reply(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_authenticate_reply_input in;
    mpriv_dream_authenticate_reply_output out;
    mpriv_hmac_key key;
    int status = DECODE(dream_authenticate_reply, &in);
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
