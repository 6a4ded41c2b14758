/* The operations of load management that are a meter's. */
#include "handlers.h"

static uint8_t ciphertexts[MPRIV_LEVEL_BITS_MAX * MPRIV_MODULUS_BYTES_MAX];
static mpriv_bigint places[MPRIV_LEVEL_BITS_MAX];
static mpriv_opening openings[MPRIV_OPENINGS_MAX];
static uint32_t multipliers[MPRIV_LEVEL_BITS_MAX];
static uint8_t order[MPRIV_LEVEL_BITS_MAX];

void forget_load_management(void) {
    mpriv_wipe(ciphertexts, sizeof ciphertexts);
    mpriv_wipe(multipliers, sizeof multipliers);
    mpriv_wipe(order, sizeof order);
}

int load_management_ring_start(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_ring_start_input in;
    mpriv_load_management_ring_start_output out;
    int status = DECODE(load_management_ring_start, &in);
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

int load_management_ring_add(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_ring_add_input in;
    mpriv_load_management_ring_add_output out;
    int status = DECODE(load_management_ring_add, &in);
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

int load_management_encrypt_day(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_encrypt_day_input in;
    mpriv_load_management_encrypt_day_output out;
    int status = DECODE(load_management_encrypt_day, &in);
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

int load_management_recover_opening(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_recover_opening_input in;
    mpriv_load_management_recover_opening_output out;
    int status = DECODE(load_management_recover_opening, &in);
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

int load_management_combine_openings(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_combine_openings_input in;
    mpriv_load_management_combine_openings_output out;
    int status = DECODE(load_management_combine_openings, &in);
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

int load_management_verify_opening(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_verify_opening_input in;
    int status = DECODE(load_management_verify_opening, &in);
    (void)writer; /* there is no output field */
    return status != 0
               ? status
               : mpriv_load_verify_opening(in.modulus.data, in.modulus.length, in.ciphertext.data,
                                           in.ciphertext.length, in.value.data, in.value.length,
                                           in.randomness.data, in.randomness.length, scratch, sizeof scratch);
}

int load_management_reading_level(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_reading_level_input in;
    mpriv_load_management_reading_level_output out;
    uint64_t level;
    int status = DECODE(load_management_reading_level, &in);
    if (status != 0 || (status = mpriv_load_reading_level(&level, (uint32_t)in.value_wh, (uint32_t)in.unit_wh,
                                                          (uint64_t)in.levels)) != 0) {
        return status;
    }
    out.level = (int64_t)level;
    return mpriv_encode_load_management_reading_level(writer, &out);
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

int load_management_dgk_response(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_dgk_response_input in;
    mpriv_load_management_dgk_response_output out;
    int status = DECODE(load_management_dgk_response, &in);
    if (status != 0 || (status = explicit_randomness()) != 0 ||
        (status = fill_list(lists[0], &in.bits, mpriv_next_load_management_dgk_response_bits)) != 0 ||
        (status = fill_list(lists[1], &in.randomness, mpriv_next_load_management_dgk_response_randomness)) !=
            0 ||
        (status = fill_words(multipliers, NULL, &in.multipliers,
                             mpriv_next_load_management_dgk_response_multipliers)) != 0 ||
        (status = fill_words(NULL, order, &in.order, mpriv_next_load_management_dgk_response_order)) != 0) {
        return status;
    }
    const mpriv_dgk_key key = {as_bytes(in.modulus), as_bytes(in.g), as_bytes(in.h), (uint32_t)in.u};
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

int load_management_dgk_audit(const request_view *request, mpriv_writer *writer) {
    mpriv_load_management_dgk_audit_input in;
    int status = DECODE(load_management_dgk_audit, &in);
    (void)writer; /* there is no output field */
    if (status != 0 ||
        (status = fill_list(lists[0], &in.bits, mpriv_next_load_management_dgk_audit_bits)) != 0 ||
        (status = fill_list(lists[1], &in.randomness, mpriv_next_load_management_dgk_audit_randomness)) !=
            0) {
        return status;
    }
    const mpriv_dgk_key key = {as_bytes(in.modulus), as_bytes(in.g), as_bytes(in.h), (uint32_t)in.u};
    return mpriv_load_dgk_audit(&key, lists[0], lists[1], in.bits.count, (uint64_t)in.threshold_level,
                                scratch, sizeof scratch);
}
