/* clang-format off */
/* The operations of the target protocol for a device: decoding of requests, encoding of answers.
 *
 * Written by `meter-privacy generate-c` from the operation tables: do not edit, generate again.
 */
#include "operations.h"

#if __STDC_HOSTED__
#include <string.h>
#else
void *memcpy(void *target, const void *source, size_t length);
void *memset(void *target, int byte, size_t length);
#endif

#define INT_LIMIT 9007199254740992 /* 2^53 */

static int take(mpriv_reader *reader, size_t length, const uint8_t **taken) {
    if (reader->left < length) {
        return MPRIV_DECODE_MALFORMED;
    }
    *taken = reader->at;
    reader->at += length;
    reader->left -= length;
    return MPRIV_DECODE_OK;
}

static int take_16(mpriv_reader *reader, size_t *value) {
    const uint8_t *bytes;
    if (take(reader, 2, &bytes) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    *value = (size_t)bytes[0] | ((size_t)bytes[1] << 8);
    return MPRIV_DECODE_OK;
}

static int take_64(mpriv_reader *reader, uint64_t *value) {
    const uint8_t *bytes;
    if (take(reader, 8, &bytes) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    *value = 0;
    for (unsigned i = 0; i < 8; i++) {
        *value |= (uint64_t)bytes[i] << (8 * i);
    }
    return MPRIV_DECODE_OK;
}

mpriv_reader mpriv_list_reader(const mpriv_list *list) {
    mpriv_reader reader = {list->data, list->length};
    return reader;
}

int mpriv_read_tag(mpriv_reader *reader, uint8_t *tag) {
    const uint8_t *byte;
    if (take(reader, 1, &byte) != 0 || *byte > 1) {
        return MPRIV_DECODE_MALFORMED;
    }
    *tag = *byte;
    return MPRIV_DECODE_OK;
}

int mpriv_read_int(mpriv_reader *reader, int64_t *value) {
    uint64_t bits;
    if (take_64(reader, &bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    memcpy(value, &bits, sizeof *value);
    if (*value <= -INT_LIMIT || *value >= INT_LIMIT) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_read_real(mpriv_reader *reader, double *value) {
    uint64_t bits;
    if (take_64(reader, &bits) != 0 || ((bits >> 52) & 0x7FF) == 0x7FF) {
        return MPRIV_DECODE_MALFORMED;
    }
    memcpy(value, &bits, sizeof *value);
    return MPRIV_DECODE_OK;
}

int mpriv_read_bigint(mpriv_reader *reader, int is_signed, mpriv_bigint *value) {
    value->negative = 0;
    if (is_signed && mpriv_read_tag(reader, &value->negative) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (take_16(reader, &value->length) != 0 || take(reader, value->length, &value->data) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (value->length == 0 ? value->negative != 0 : value->data[0] == 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_read_octets(mpriv_reader *reader, size_t minimum, size_t maximum, mpriv_octets *value) {
    if (take_16(reader, &value->length) != 0 || take(reader, value->length, &value->data) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (value->length < minimum || value->length > maximum) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

/* The length of the UTF-8 sequence at data, 0 where there is none (Unicode, table 3-7). */
static size_t utf8_sequence(const uint8_t *data, size_t left) {
    uint8_t first = data[0];
    size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    uint8_t least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || length > left) {
        return 0;
    }
    if (length > 1 && (data[1] < least || data[1] > most)) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((data[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

int mpriv_read_text(mpriv_reader *reader, size_t maximum, mpriv_octets *value) {
    if (mpriv_read_octets(reader, 0, maximum, value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    for (size_t at = 0; at < value->length;) {
        size_t length = utf8_sequence(value->data + at, value->length - at);
        if (length == 0) {
            return MPRIV_DECODE_MALFORMED;
        }
        at += length;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_read_count(mpriv_reader *reader, size_t minimum, size_t maximum, size_t *count) {
    if (take_16(reader, count) != 0 || *count < minimum || *count > maximum) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static void put(mpriv_writer *writer, const uint8_t *data, size_t length) {
    if (writer->overflow || writer->left < length) {
        writer->overflow = 1;
        return;
    }
    if (length != 0) {
        memcpy(writer->at, data, length);
    }
    writer->at += length;
    writer->left -= length;
}

static void put_64(mpriv_writer *writer, uint64_t value) {
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
    put(writer, bytes, sizeof bytes);
}

void mpriv_write_tag(mpriv_writer *writer, uint8_t tag) {
    put(writer, &tag, 1);
}

void mpriv_write_int(mpriv_writer *writer, int64_t value) {
    put_64(writer, (uint64_t)value);
}

void mpriv_write_real(mpriv_writer *writer, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_64(writer, bits);
}

void mpriv_write_count(mpriv_writer *writer, size_t count) {
    uint8_t bytes[2] = {(uint8_t)count, (uint8_t)(count >> 8)};
    if (count > 0xFFFF) {
        writer->overflow = 1;
    }
    put(writer, bytes, sizeof bytes);
}

void mpriv_write_octets(mpriv_writer *writer, const mpriv_octets *value) {
    mpriv_write_count(writer, value->length);
    put(writer, value->data, value->length);
}

void mpriv_write_bigint(mpriv_writer *writer, int is_signed, const mpriv_bigint *value) {
    mpriv_octets magnitude = {value->data, value->length};
    while (magnitude.length != 0 && magnitude.data[0] == 0) {
        magnitude.data++;
        magnitude.length--;
    }
    if (is_signed) {
        mpriv_write_tag(writer, value->negative && magnitude.length != 0);
    }
    mpriv_write_octets(writer, &magnitude);
}

size_t mpriv_bits(const mpriv_bigint *value) {
    size_t bits = 0;
    unsigned top = value->length == 0 ? 0 : value->data[0];
    for (unsigned i = 0; i < 8; i++) {
        bits += (top >> i) != 0;
    }
    return value->length == 0 ? 0 : 8 * (value->length - 1) + bits;
}

/* The byte of weight 256^place. */
static unsigned byte_at(const mpriv_bigint *value, size_t place) {
    return place < value->length ? value->data[value->length - 1 - place] : 0;
}

size_t mpriv_product_bits(const mpriv_bigint *left, const mpriv_bigint *right) {
    size_t columns = left->length + right->length;
    uint64_t carry = 0;
    unsigned top = 0;
    if (left->length == 0 || right->length == 0) {
        return 0;
    }
    /* Only the carry into the highest column is kept: the product itself is nowhere stored. */
    for (size_t column = 0; column < columns; column++) {
        size_t first = column < right->length ? 0 : column - right->length + 1;
        for (size_t i = first; i <= column && i < left->length; i++) {
            carry += (uint64_t)byte_at(left, i) * byte_at(right, column - i);
        }
        if (column + 2 >= columns) {
            top |= (unsigned)(carry & 0xFF) << (column + 2 == columns ? 0 : 8);
        }
        carry >>= 8;
    }
    size_t bits = 8 * (columns - 2);
    for (unsigned i = 0; i < 16; i++) {
        bits += (top >> i) != 0;
    }
    return bits;
}

/* The comparison of left * 2^doubled with right, of magnitudes. */
static int compare_magnitudes(const mpriv_bigint *left, unsigned doubled, const mpriv_bigint *right) {
    size_t length = (left->length > right->length ? left->length : right->length) + doubled;
    unsigned borrow = 0;
    unsigned carry = 0;
    unsigned differs = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned shifted = (byte_at(left, i) << doubled) | carry;
        carry = shifted >> 8;
        unsigned difference = (shifted & 0xFF) - byte_at(right, i) - borrow;
        borrow = (difference >> 8) & 1;
        differs |= difference & 0xFF;
    }
    return (int)((differs + 0xFF) >> 8) - 2 * (int)borrow;
}

int mpriv_compare(const mpriv_bigint *left, const mpriv_bigint *right) {
    if (left->negative != right->negative) {
        return left->negative ? -1 : 1;
    }
    return left->negative ? compare_magnitudes(right, 0, left) : compare_magnitudes(left, 0, right);
}

static mpriv_bigint from_int(int64_t value, uint8_t bytes[8]) {
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    mpriv_bigint number = {bytes, 8, value < 0};
    for (unsigned i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(magnitude >> (56 - 8 * i));
    }
    return number;
}

int mpriv_compare_int(const mpriv_bigint *left, int64_t right) {
    uint8_t bytes[8];
    mpriv_bigint number = from_int(right, bytes);
    return mpriv_compare(left, &number);
}

int mpriv_below_power(const mpriv_bigint *value, size_t exponent) {
    return value->negative || mpriv_bits(value) <= exponent;
}

int mpriv_centred(const mpriv_bigint *value, const mpriv_bigint *modulus) {
    int order = compare_magnitudes(value, 1, modulus);
    return order < (value->negative ? 1 : 0);
}

int mpriv_centred_int(int64_t value, const mpriv_bigint *modulus) {
    uint8_t bytes[8];
    mpriv_bigint number = from_int(value, bytes);
    return mpriv_centred(&number, modulus);
}

int mpriv_is_odd(const mpriv_bigint *value) {
    return (int)(byte_at(value, 0) & 1);
}

int mpriv_is_power_of_two(const mpriv_bigint *value) {
    unsigned bits = 0;
    for (size_t i = 0; i < value->length; i++) {
        for (unsigned shift = 0; shift < 8; shift++) {
            bits += (unsigned)(value->data[i] >> shift) & 1;
        }
    }
    return bits == 1 && !value->negative;
}

int mpriv_text_is(const mpriv_octets *value, const char *text) {
    size_t i = 0;
    while (i < value->length && text[i] != 0 && value->data[i] == (uint8_t)text[i]) {
        i++;
    }
    return i == value->length && text[i] == 0;
}

int mpriv_octets_equal(const mpriv_octets *left, const mpriv_octets *right) {
    unsigned differs = 0;
    if (left->length != right->length) {
        return 0;
    }
    for (size_t i = 0; i < left->length; i++) {
        differs |= (unsigned)(left->data[i] ^ right->data[i]);
    }
    return differs == 0;
}

const mpriv_operation mpriv_operations[MPRIV_OPERATIONS] = {
    {"batteries.minimum_leakage", 0x0501, 3, 0, 0},
    {"batteries.judge_minimum_leakage", 0x0502, 3, 0, 0},
    {"batteries.best_effort_leakage", 0x0503, 3, 0, 0},
    {"batteries.constant_holding_leakage", 0x0504, 3, 0, 0},
    {"batteries.binary_minimum", 0x0505, 3, 0, 0},
    {"batteries.next_state", 0x0506, 3, 0, 0},
    {"batteries.feasible_outputs", 0x0507, 3, 0, 0},
    {"batteries.forced_moves", 0x0508, 3, 0, 0},
    {"batteries.check_policy", 0x0509, 3, 0, 0},
    {"batteries.invariance", 0x050A, 3, 0, 0},
    {"batteries.structured_policy", 0x050B, 3, 0, 0},
    {"batteries.structured_leakage", 0x050C, 3, 0, 0},
    {"batteries.joint_law", 0x050D, 3, 0, 0},
    {"batteries.cascade_joint_law", 0x050E, 3, 0, 0},
    {"batteries.finite_leakage", 0x050F, 3, 0, 0},
    {"batteries.cascade_finite_leakage", 0x0510, 3, 0, 0},
    {"batteries.cascade_bound", 0x0511, 3, 0, 0},
    {"batteries.chain_bound", 0x0512, 3, 0, 0},
    {"batteries.leakage_rate", 0x0513, 3, 0, 0},
    {"batteries.controller_leakage_rate", 0x0514, 3, 0, 0},
    {"batteries.chain_leakage_rate", 0x0515, 3, 0, 0},
    {"batteries.forward_recursion", 0x0516, 3, 0, 0},
    {"batteries.simulate", 0x0517, 3, 0, 0},
    {"batteries.equivalent_policy", 0x0518, 3, 0, 0},
    {"batteries.search_bound", 0x0519, 3, 0, 0},
    {"batteries.judge_search_bound", 0x051A, 3, 0, 0},
    {"dream.mask", 0x0201, 3, 0, 0},
    {"dream.aggregate", 0x0202, 3, 0, 0},
    {"dream.public_key", 0x0203, 3, 0, 0},
    {"dream.pairwise_key", 0x0204, 3, 0, 0},
    {"dream.supplier_key", 0x0205, 3, 0, 0},
    {"dream.keystream", 0x0206, 3, 0, 0},
    {"dream.dummy_key", 0x0207, 3, 0, 0},
    {"dream.select_partners", 0x0208, 3, 0, 0},
    {"dream.modulus", 0x0209, 3, 0, 0},
    {"dream.check_parameters", 0x020A, 3, 0, 0},
    {"dream.certify", 0x020B, 3, 0, 0},
    {"dream.check_certificate", 0x020C, 3, 0, 0},
    {"dream.roster_digest", 0x020D, 3, 0, 0},
    {"dream.authenticate", 0x020E, 3, 0, 0},
    {"dream.meter_start", 0x0210, 3, 1, 0},
    {"dream.meter_report", 0x0211, 3, 1, 0},
    {"dream.supplier_start", 0x0212, 3, 1, 0},
    {"dream.supplier_receive", 0x0213, 3, 1, 0},
    {"dream.supplier_total", 0x0214, 3, 1, 0},
    {"dream.clamp", 0x0240, 3, 0, 0},
    {"dream.noise_scale", 0x0241, 3, 0, 0},
    {"dream.account", 0x0242, 3, 0, 0},
    {"dream.error", 0x0243, 3, 0, 0},
    {"dream.error_factors", 0x0244, 3, 0, 0},
    {"dream.expected_error", 0x0245, 3, 0, 0},
    {"dream.gamma_share", 0x0246, 1, 0, 0},
    {"dream.polya_share", 0x0247, 3, 0, 0},
    {"dream.noise_law", 0x0248, 3, 0, 0},
    {"dream.noise_error", 0x0249, 3, 0, 0},
    {"dream.noise_loss", 0x024A, 3, 0, 0},
    {"dream.sample_share", 0x024B, 3, 0, 0},
    {"dream.noise_table", 0x024C, 3, 0, 0},
    {"dream.table_share", 0x024D, 3, 0, 0},
    {"dream.sanitise", 0x024E, 3, 0, 0},
    {"dream.table_delta", 0x024F, 3, 0, 0},
    {"dream.noise_tail", 0x0250, 3, 0, 0},
    {"dream.check_cluster", 0x0260, 3, 0, 0},
    {"dream.certify_supplier", 0x0261, 3, 0, 0},
    {"dream.epoch_digest", 0x0262, 3, 0, 0},
    {"dream.announce", 0x0263, 3, 0, 0},
    {"dream.epoch_key", 0x0264, 3, 0, 0},
    {"dream.pair_values", 0x0265, 3, 0, 0},
    {"dream.blind", 0x0266, 3, 0, 0},
    {"dream.sign_missing", 0x0267, 3, 0, 0},
    {"dream.recover", 0x0268, 3, 0, 0},
    {"dream.authenticate_reply", 0x0269, 3, 0, 0},
    {"dream.check_equivocation", 0x026A, 3, 0, 0},
    {"dream.member_start", 0x0270, 3, 1, 0},
    {"dream.member_enrol", 0x0271, 3, 1, 0},
    {"dream.member_leave", 0x0272, 3, 1, 0},
    {"dream.member_report", 0x0273, 3, 1, 0},
    {"dream.member_reply", 0x0274, 3, 1, 0},
    {"dream.collector_start", 0x0278, 3, 1, 0},
    {"dream.collector_receive", 0x0279, 3, 1, 0},
    {"dream.collector_close", 0x027A, 3, 1, 0},
    {"dream.collector_reply", 0x027B, 3, 1, 0},
    {"dream.collector_total", 0x027C, 3, 1, 0},
    {"energy_tokens.blind_key", 0x0901, 3, 0, 0},
    {"energy_tokens.blind_prepare", 0x0902, 3, 0, 0},
    {"energy_tokens.blind", 0x0903, 3, 0, 0},
    {"energy_tokens.blind_sign", 0x0904, 3, 0, 0},
    {"energy_tokens.blind_finalize", 0x0905, 3, 0, 0},
    {"energy_tokens.blind_verify", 0x0906, 3, 0, 0},
    {"information.entropy", 0x0301, 3, 0, 0},
    {"information.binary_entropy", 0x0302, 3, 0, 0},
    {"information.mutual_information", 0x0303, 3, 0, 0},
    {"information.divergence", 0x0304, 3, 0, 0},
    {"load_management.reading_level", 0x0640, 3, 0, 0},
    {"load_management.threshold_level", 0x0641, 3, 0, 0},
    {"load_management.yao_key", 0x0642, 1, 0, 0},
    {"load_management.yao_request", 0x0643, 1, 0, 0},
    {"load_management.yao_response", 0x0644, 1, 0, 0},
    {"load_management.yao_outcome", 0x0645, 1, 0, 0},
    {"load_management.yao_audit", 0x0646, 1, 0, 0},
    {"load_management.dgk_key", 0x0648, 3, 0, 0},
    {"load_management.dgk_encrypt", 0x0649, 3, 0, 0},
    {"load_management.dgk_is_zero", 0x064A, 3, 0, 0},
    {"load_management.dgk_request", 0x064B, 3, 0, 0},
    {"load_management.dgk_response", 0x064C, 3, 0, 0},
    {"load_management.dgk_outcome", 0x064D, 3, 0, 0},
    {"load_management.dgk_audit", 0x064E, 3, 0, 0},
    {"load_management.assign_groups", 0x0650, 3, 0, 0},
    {"load_management.group_state", 0x0651, 3, 0, 0},
    {"load_management.charge", 0x0652, 3, 0, 0},
    {"load_management.plan_interval", 0x0653, 3, 0, 0},
    {"load_management.user_start", 0x0658, 3, 1, 0},
    {"load_management.user_reading", 0x0659, 3, 1, 0},
    {"load_management.user_settle", 0x065A, 3, 1, 0},
    {"load_management.user_compare_yao", 0x065B, 1, 1, 0},
    {"load_management.user_compare_dgk", 0x065C, 3, 1, 0},
    {"load_management.user_audit_yao", 0x065D, 1, 1, 0},
    {"load_management.user_audit_dgk", 0x065E, 3, 1, 0},
    {"load_management.user_signals", 0x0660, 3, 1, 0},
    {"load_management.user_month", 0x0661, 3, 1, 0},
    {"load_management.utility_start", 0x0668, 3, 1, 0},
    {"load_management.utility_total", 0x0669, 3, 1, 0},
    {"load_management.utility_outcome", 0x066A, 3, 1, 0},
    {"load_management.ring_roster", 0x0600, 3, 0, 0},
    {"load_management.ring_start", 0x0601, 3, 0, 1},
    {"load_management.ring_add", 0x0602, 3, 0, 1},
    {"load_management.ring_stop", 0x0603, 3, 0, 0},
    {"load_management.sign_hop", 0x0604, 3, 0, 0},
    {"load_management.check_hop", 0x0605, 3, 0, 0},
    {"load_management.seal_hop", 0x0606, 2, 0, 1},
    {"load_management.open_hop", 0x0607, 2, 0, 0},
    {"load_management.audit_ring", 0x0608, 3, 0, 0},
    {"load_management.encrypt_day", 0x0610, 3, 0, 1},
    {"load_management.aggregate_month", 0x0611, 3, 0, 0},
    {"load_management.recover_opening", 0x0612, 3, 0, 0},
    {"load_management.combine_openings", 0x0613, 3, 0, 0},
    {"load_management.verify_opening", 0x0614, 3, 0, 0},
    {"load_management.verify_bill", 0x0615, 3, 0, 0},
    {"load_management.verify_statement", 0x0616, 1, 0, 0},
    {"load_management.meter_start", 0x0618, 3, 1, 0},
    {"load_management.meter_day", 0x0619, 3, 1, 1},
    {"load_management.meter_bill", 0x061A, 3, 1, 0},
    {"load_management.meter_totals", 0x061B, 1, 1, 0},
    {"load_management.meter_verdict", 0x061C, 3, 1, 0},
    {"load_management.generate_prime", 0x0620, 3, 0, 1},
    {"load_management.prove_modulus", 0x0621, 3, 0, 0},
    {"load_management.verify_modulus", 0x0622, 3, 0, 0},
    {"load_management.sign_message", 0x0630, 3, 0, 0},
    {"load_management.check_message", 0x0631, 3, 0, 0},
    {"paillier.key", 0x0101, 3, 0, 0},
    {"paillier.key_with_generator", 0x0102, 1, 0, 0},
    {"paillier.check_modulus", 0x0103, 3, 0, 0},
    {"paillier.encrypt", 0x0104, 3, 0, 1},
    {"paillier.encrypt_with_factors", 0x0105, 3, 0, 1},
    {"paillier.encrypt_with_generator", 0x0106, 1, 0, 1},
    {"paillier.decrypt", 0x0107, 3, 0, 0},
    {"paillier.decrypt_with_generator", 0x0108, 1, 0, 0},
    {"paillier.add", 0x0109, 3, 0, 0},
    {"paillier.scale", 0x010A, 3, 0, 0},
    {"paillier.rerandomise", 0x010B, 3, 0, 1},
    {"paillier.encode_signed", 0x010C, 3, 0, 0},
    {"paillier.decode_signed", 0x010D, 3, 0, 0},
    {"paillier.headroom", 0x010E, 3, 0, 0},
    {"paillier.encryptor_start", 0x0110, 3, 1, 0},
    {"paillier.encryptor_encrypt", 0x0111, 3, 1, 1},
    {"privacy_power.leakage", 0x0401, 3, 0, 0},
    {"privacy_power.allocate", 0x0402, 3, 0, 0},
    {"privacy_power.allocate_exponential", 0x0403, 3, 0, 0},
    {"privacy_power.blahut_arimoto", 0x0404, 3, 0, 0},
    {"privacy_power.judge_blahut_arimoto", 0x0405, 3, 0, 0},
    {"privacy_power.blahut_arimoto_joint", 0x0406, 3, 0, 0},
    {"privacy_power.judge_blahut_arimoto_joint", 0x0407, 3, 0, 0},
    {"privacy_power.curve", 0x0408, 3, 0, 0},
    {"privacy_power.optimal_policy", 0x0409, 3, 0, 0},
    {"privacy_power.policy_leakage", 0x040A, 3, 0, 0},
    {"privacy_power.round_up", 0x040B, 3, 0, 0},
    {"privacy_power.binary", 0x040C, 3, 0, 0},
    {"privacy_power.shannon_lower_bound", 0x040D, 3, 0, 0},
    {"privacy_power.exponential_channel", 0x040E, 3, 0, 0},
    {"privacy_power.geometric", 0x040F, 3, 0, 0},
    {"privacy_power.time_division", 0x0410, 3, 0, 0},
    {"privacy_power.output_limit", 0x0411, 3, 0, 0},
    {"privacy_power.thresholds", 0x0412, 3, 0, 0},
    {"privacy_power.sample", 0x0413, 3, 0, 0},
    {"privacy_power.uniform", 0x0480, 3, 0, 0},
    {"privacy_power.gamma", 0x0481, 3, 0, 0},
    {"privacy_power.weibull", 0x0482, 3, 0, 0},
    {"privacy_power.rayleigh", 0x0483, 3, 0, 0},
    {"privacy_power.half_normal", 0x0484, 3, 0, 0},
    {"privacy_power.hyperexponential", 0x0485, 3, 0, 0},
    {"privacy_power.lomax", 0x0486, 3, 0, 0},
    {"describe", 0x0001, 0, 0, 0},
    {"session.close", 0x0002, 0, 1, 0},
    {"tasking.sign_message", 0x0801, 3, 0, 0},
    {"tasking.check_task", 0x0802, 3, 0, 0},
    {"tasking.region_verdict", 0x0803, 3, 0, 0},
    {"tasking.server_start", 0x0804, 3, 1, 0},
    {"tasking.server_register", 0x0805, 3, 1, 0},
    {"tasking.server_tasks", 0x0806, 3, 1, 0},
    {"tasking.server_release", 0x0807, 3, 1, 0},
    {"tasking.meter_start", 0x0808, 3, 1, 0},
    {"tasking.meter_task", 0x0809, 3, 1, 0},
    {"tasking.mark", 0x0810, 3, 0, 1},
    {"tasking.seal_mark", 0x0811, 3, 0, 1},
    {"tasking.open_mark", 0x0812, 3, 0, 0},
    {"tasking.check_receipt", 0x0813, 3, 0, 0},
    {"tasking.bank_start", 0x0814, 3, 1, 0},
    {"tasking.bank_payment", 0x0815, 3, 1, 0},
    {"tasking.bank_claim", 0x0816, 3, 1, 0},
    {"tasking.coin_message", 0x0817, 3, 0, 1},
    {"tasking.bank_coin_key", 0x0818, 3, 1, 0},
    {"tasking.bank_deposit", 0x0819, 3, 1, 0},
    {"tasking.deposit_script", 0x0820, 3, 0, 0},
    {"tasking.deposit_next", 0x0821, 3, 0, 0},
    {"tasking.deposit_payoffs", 0x0822, 3, 0, 0},
};

const mpriv_operation *mpriv_operation_of(uint16_t opcode) {
    for (size_t i = 0; i < MPRIV_OPERATIONS; i++) {
        if (mpriv_operations[i].opcode == opcode) {
            return &mpriv_operations[i];
        }
    }
    return NULL;
}

/* ---- batteries.minimum_leakage */

int mpriv_next_batteries_minimum_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_minimum_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_minimum_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_minimum_leakage_probabilities(const mpriv_batteries_minimum_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_minimum_leakage_probabilities(const mpriv_batteries_minimum_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_minimum_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_minimum_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_minimum_leakage(const mpriv_batteries_minimum_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_minimum_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_minimum_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_minimum_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_minimum_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_minimum_leakage(out, profile);
}

int mpriv_encode_batteries_minimum_leakage(mpriv_writer *writer, const mpriv_batteries_minimum_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_count(writer, answer->initial_state.count);
    for (size_t i0 = 0; i0 < answer->initial_state.count; i0++) {
        mpriv_write_real(writer, answer->initial_state.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.judge_minimum_leakage */

int mpriv_next_batteries_judge_minimum_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_minimum_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_minimum_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_judge_minimum_leakage_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_minimum_leakage_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_minimum_leakage_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_judge_minimum_leakage_probabilities(const mpriv_batteries_judge_minimum_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_judge_minimum_leakage_probabilities(const mpriv_batteries_judge_minimum_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_minimum_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_judge_minimum_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_judge_minimum_leakage(const mpriv_batteries_judge_minimum_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_judge_minimum_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_judge_minimum_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_judge_minimum_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_judge_minimum_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->leakage_bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_judge_minimum_leakage_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_judge_minimum_leakage(out, profile);
}

/* ---- batteries.best_effort_leakage */

int mpriv_next_batteries_best_effort_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_best_effort_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_best_effort_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_best_effort_leakage_probabilities(const mpriv_batteries_best_effort_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_best_effort_leakage_probabilities(const mpriv_batteries_best_effort_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_best_effort_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_best_effort_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_best_effort_leakage(const mpriv_batteries_best_effort_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_best_effort_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_best_effort_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_best_effort_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_best_effort_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_best_effort_leakage(out, profile);
}

int mpriv_encode_batteries_best_effort_leakage(mpriv_writer *writer, const mpriv_batteries_best_effort_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.constant_holding_leakage */

int mpriv_next_batteries_constant_holding_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_constant_holding_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_constant_holding_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_constant_holding_leakage_probabilities(const mpriv_batteries_constant_holding_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_constant_holding_leakage_probabilities(const mpriv_batteries_constant_holding_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_constant_holding_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_constant_holding_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_constant_holding_leakage(const mpriv_batteries_constant_holding_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_constant_holding_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->level < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->initial_charge < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->initial_charge > in->capacity) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_constant_holding_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_constant_holding_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_constant_holding_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->initial_charge) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_constant_holding_leakage(out, profile);
}

int mpriv_encode_batteries_constant_holding_leakage(mpriv_writer *writer, const mpriv_batteries_constant_holding_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.binary_minimum */

static int check_batteries_binary_minimum(const mpriv_batteries_binary_minimum_input *in, uint8_t profile) {
    (void)profile;
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(256)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_binary_minimum(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_binary_minimum_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_binary_minimum(out, profile);
}

int mpriv_encode_batteries_binary_minimum(mpriv_writer *writer, const mpriv_batteries_binary_minimum_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_count(writer, answer->initial_state.count);
    for (size_t i0 = 0; i0 < answer->initial_state.count; i0++) {
        mpriv_write_real(writer, answer->initial_state.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.next_state */

static int check_batteries_next_state(const mpriv_batteries_next_state_input *in, uint8_t profile) {
    (void)profile;
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(1000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->state < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->state > in->capacity) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->load < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->load > INT64_C(1000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->output < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->output > INT64_C(1000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(((in->state - in->load) + in->output) >= INT64_C(0))) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(((in->state - in->load) + in->output) <= in->capacity)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_next_state(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_next_state_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->load) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->output) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_next_state(out, profile);
}

int mpriv_encode_batteries_next_state(mpriv_writer *writer, const mpriv_batteries_next_state_output *answer) {
    mpriv_write_int(writer, answer->next_state);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.feasible_outputs */

static int check_batteries_feasible_outputs(const mpriv_batteries_feasible_outputs_input *in, uint8_t profile) {
    (void)profile;
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(1000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->state < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->state > in->capacity) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_output < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_output > INT64_C(1000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->load < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->load > in->largest_output) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_feasible_outputs(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_feasible_outputs_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->largest_output) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->load) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_feasible_outputs(out, profile);
}

int mpriv_encode_batteries_feasible_outputs(mpriv_writer *writer, const mpriv_batteries_feasible_outputs_output *answer) {
    mpriv_write_int(writer, answer->lowest);
    mpriv_write_int(writer, answer->highest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.forced_moves */

static int check_batteries_forced_moves(const mpriv_batteries_forced_moves_input *in, uint8_t profile) {
    (void)profile;
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_output < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_output > INT64_C(16)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_load < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_load > in->largest_output) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_forced_moves(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_forced_moves_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->largest_output) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->largest_load) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_forced_moves(out, profile);
}

int mpriv_encode_batteries_forced_moves(mpriv_writer *writer, const mpriv_batteries_forced_moves_output *answer) {
    mpriv_write_count(writer, answer->moves.count);
    for (size_t i0 = 0; i0 < answer->moves.count; i0++) {
        mpriv_write_int(writer, answer->moves.items[i0].state);
        mpriv_write_int(writer, answer->moves.items[i0].load);
        mpriv_write_int(writer, answer->moves.items[i0].output);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.check_policy */

int mpriv_next_batteries_check_policy_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_check_policy_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_check_policy_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_check_policy_policy(mpriv_reader *reader, mpriv_batteries_check_policy_policy_item *item) {
    if (read_batteries_check_policy_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_check_policy_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_check_policy_policy_item item;
        if (mpriv_next_batteries_check_policy_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_check_policy_policy_item_probabilities(const mpriv_batteries_check_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_check_policy_policy_item_probabilities(const mpriv_batteries_check_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_check_policy_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_check_policy_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_check_policy_policy(const mpriv_batteries_check_policy_input *in, uint8_t profile, const mpriv_batteries_check_policy_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_check_policy_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_check_policy_policy(const mpriv_batteries_check_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_check_policy_policy_item item;
        if (mpriv_next_batteries_check_policy_policy(&reader, &item) != 0 || check_each_batteries_check_policy_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_check_policy(const mpriv_batteries_check_policy_input *in, uint8_t profile) {
    (void)profile;
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_load < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->largest_load > INT64_C(16)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_check_policy_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((in->capacity + INT64_C(1)) * (in->largest_load + INT64_C(1))))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_check_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_check_policy_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->largest_load) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_check_policy_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_check_policy(out, profile);
}

/* ---- batteries.invariance */

int mpriv_next_batteries_invariance_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_invariance_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_invariance_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_invariance_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_invariance_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_invariance_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_invariance_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_invariance_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_invariance_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_invariance_policy(mpriv_reader *reader, mpriv_batteries_invariance_policy_item *item) {
    if (read_batteries_invariance_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_invariance_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_invariance_policy_item item;
        if (mpriv_next_batteries_invariance_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_invariance_probabilities(const mpriv_batteries_invariance_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_invariance_probabilities(const mpriv_batteries_invariance_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_invariance_probabilities(&reader, &item) != 0 || check_each_batteries_invariance_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_invariance_initial_state(const mpriv_batteries_invariance_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_invariance_initial_state(const mpriv_batteries_invariance_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_invariance_initial_state(&reader, &item) != 0 || check_each_batteries_invariance_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_invariance_policy_item_probabilities(const mpriv_batteries_invariance_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_invariance_policy_item_probabilities(const mpriv_batteries_invariance_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_invariance_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_invariance_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_invariance_policy(const mpriv_batteries_invariance_input *in, uint8_t profile, const mpriv_batteries_invariance_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_invariance_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_invariance_policy(const mpriv_batteries_invariance_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_invariance_policy_item item;
        if (mpriv_next_batteries_invariance_policy(&reader, &item) != 0 || check_each_batteries_invariance_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_invariance(const mpriv_batteries_invariance_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_invariance_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_invariance_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_invariance_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((int64_t)in->initial_state.count * (int64_t)in->probabilities.count))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_invariance(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_invariance_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_invariance_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_invariance_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_invariance_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_invariance(out, profile);
}

int mpriv_encode_batteries_invariance(mpriv_writer *writer, const mpriv_batteries_invariance_output *answer) {
    mpriv_write_real(writer, answer->residual);
    mpriv_write_count(writer, answer->output_probabilities.count);
    for (size_t i0 = 0; i0 < answer->output_probabilities.count; i0++) {
        mpriv_write_real(writer, answer->output_probabilities.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.structured_policy */

int mpriv_next_batteries_structured_policy_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_structured_policy_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_policy_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_structured_policy_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_structured_policy_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_policy_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_structured_policy_probabilities(const mpriv_batteries_structured_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_structured_policy_probabilities(const mpriv_batteries_structured_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_policy_probabilities(&reader, &item) != 0 || check_each_batteries_structured_policy_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_structured_policy_initial_state(const mpriv_batteries_structured_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_structured_policy_initial_state(const mpriv_batteries_structured_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_policy_initial_state(&reader, &item) != 0 || check_each_batteries_structured_policy_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_structured_policy(const mpriv_batteries_structured_policy_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_structured_policy_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_structured_policy_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_structured_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_structured_policy_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_structured_policy_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_structured_policy_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_structured_policy(out, profile);
}

int mpriv_encode_batteries_structured_policy(mpriv_writer *writer, const mpriv_batteries_structured_policy_output *answer) {
    mpriv_write_count(writer, answer->policy.count);
    for (size_t i0 = 0; i0 < answer->policy.count; i0++) {
        mpriv_write_count(writer, answer->policy.items[i0].probabilities.count);
        for (size_t i1 = 0; i1 < answer->policy.items[i0].probabilities.count; i1++) {
            mpriv_write_real(writer, answer->policy.items[i0].probabilities.items[i1]);
        }
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.structured_leakage */

int mpriv_next_batteries_structured_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_structured_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_structured_leakage_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_structured_leakage_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_leakage_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_structured_leakage_probabilities(const mpriv_batteries_structured_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_structured_leakage_probabilities(const mpriv_batteries_structured_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_structured_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_structured_leakage_initial_state(const mpriv_batteries_structured_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_structured_leakage_initial_state(const mpriv_batteries_structured_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_structured_leakage_initial_state(&reader, &item) != 0 || check_each_batteries_structured_leakage_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_structured_leakage(const mpriv_batteries_structured_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_structured_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_structured_leakage_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_structured_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_structured_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_structured_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_structured_leakage_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_structured_leakage(out, profile);
}

int mpriv_encode_batteries_structured_leakage(mpriv_writer *writer, const mpriv_batteries_structured_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->lower_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.joint_law */

int mpriv_next_batteries_joint_law_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_joint_law_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_joint_law_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_joint_law_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_joint_law_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_joint_law_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_joint_law_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_joint_law_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_joint_law_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_joint_law_policy(mpriv_reader *reader, mpriv_batteries_joint_law_policy_item *item) {
    if (read_batteries_joint_law_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_joint_law_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_joint_law_policy_item item;
        if (mpriv_next_batteries_joint_law_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_joint_law_probabilities(const mpriv_batteries_joint_law_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_joint_law_probabilities(const mpriv_batteries_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_joint_law_probabilities(&reader, &item) != 0 || check_each_batteries_joint_law_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_joint_law_initial_state(const mpriv_batteries_joint_law_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_joint_law_initial_state(const mpriv_batteries_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_joint_law_initial_state(&reader, &item) != 0 || check_each_batteries_joint_law_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_joint_law_policy_item_probabilities(const mpriv_batteries_joint_law_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_joint_law_policy_item_probabilities(const mpriv_batteries_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_joint_law_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_joint_law_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_joint_law_policy(const mpriv_batteries_joint_law_input *in, uint8_t profile, const mpriv_batteries_joint_law_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_joint_law_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_joint_law_policy(const mpriv_batteries_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_joint_law_policy_item item;
        if (mpriv_next_batteries_joint_law_policy(&reader, &item) != 0 || check_each_batteries_joint_law_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_joint_law(const mpriv_batteries_joint_law_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_joint_law_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_joint_law_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_joint_law_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots > INT64_C(5)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((int64_t)in->initial_state.count * (int64_t)in->probabilities.count))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_joint_law(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_joint_law_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_joint_law_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_joint_law_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_joint_law_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_joint_law(out, profile);
}

int mpriv_encode_batteries_joint_law(mpriv_writer *writer, const mpriv_batteries_joint_law_output *answer) {
    mpriv_write_count(writer, answer->points.count);
    for (size_t i0 = 0; i0 < answer->points.count; i0++) {
        mpriv_write_int(writer, answer->points.items[i0].state);
        mpriv_write_count(writer, answer->points.items[i0].loads.count);
        for (size_t i1 = 0; i1 < answer->points.items[i0].loads.count; i1++) {
            mpriv_write_int(writer, answer->points.items[i0].loads.items[i1]);
        }
        mpriv_write_count(writer, answer->points.items[i0].outputs.count);
        for (size_t i1 = 0; i1 < answer->points.items[i0].outputs.count; i1++) {
            mpriv_write_int(writer, answer->points.items[i0].outputs.items[i1]);
        }
        mpriv_write_real(writer, answer->points.items[i0].probability);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.cascade_joint_law */

int mpriv_next_batteries_cascade_joint_law_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_joint_law_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_joint_law_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_joint_law_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_joint_law_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_joint_law_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_joint_law_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_cascade_joint_law_batteries_item_policy_item *item) {
    if (read_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_joint_law_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_joint_law_batteries_item_policy_item item;
        if (mpriv_next_batteries_cascade_joint_law_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_joint_law_batteries(mpriv_reader *reader, mpriv_batteries_cascade_joint_law_batteries_item *item) {
    if (read_batteries_cascade_joint_law_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_cascade_joint_law_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_joint_law_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 2, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_joint_law_batteries_item item;
        if (mpriv_next_batteries_cascade_joint_law_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_joint_law_probabilities(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_joint_law_probabilities(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_joint_law_probabilities(&reader, &item) != 0 || check_each_batteries_cascade_joint_law_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_joint_law_batteries_item_initial_state(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_joint_law_batteries_item_initial_state(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_joint_law_batteries_item_initial_state(&reader, &item) != 0 || check_each_batteries_cascade_joint_law_batteries_item_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_joint_law_batteries_item_policy(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_batteries_cascade_joint_law_batteries_item_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_joint_law_batteries_item_policy(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_joint_law_batteries_item_policy_item item;
        if (mpriv_next_batteries_cascade_joint_law_batteries_item_policy(&reader, &item) != 0 || check_each_batteries_cascade_joint_law_batteries_item_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_joint_law_batteries(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_batteries_cascade_joint_law_batteries_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_cascade_joint_law_batteries_item_initial_state(in, profile, &item->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_cascade_joint_law_batteries_item_policy(in, profile, &item->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_joint_law_batteries(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_joint_law_batteries_item item;
        if (mpriv_next_batteries_cascade_joint_law_batteries(&reader, &item) != 0 || check_each_batteries_cascade_joint_law_batteries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_joint_law(const mpriv_batteries_cascade_joint_law_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_cascade_joint_law_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_cascade_joint_law_batteries(in, profile, &in->batteries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots > INT64_C(5)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_cascade_joint_law(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_cascade_joint_law_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_cascade_joint_law_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_cascade_joint_law_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_cascade_joint_law(out, profile);
}

int mpriv_encode_batteries_cascade_joint_law(mpriv_writer *writer, const mpriv_batteries_cascade_joint_law_output *answer) {
    mpriv_write_count(writer, answer->points.count);
    for (size_t i0 = 0; i0 < answer->points.count; i0++) {
        mpriv_write_int(writer, answer->points.items[i0].state_a);
        mpriv_write_int(writer, answer->points.items[i0].state_b);
        mpriv_write_count(writer, answer->points.items[i0].loads.count);
        for (size_t i1 = 0; i1 < answer->points.items[i0].loads.count; i1++) {
            mpriv_write_int(writer, answer->points.items[i0].loads.items[i1]);
        }
        mpriv_write_count(writer, answer->points.items[i0].between.count);
        for (size_t i1 = 0; i1 < answer->points.items[i0].between.count; i1++) {
            mpriv_write_int(writer, answer->points.items[i0].between.items[i1]);
        }
        mpriv_write_count(writer, answer->points.items[i0].outputs.count);
        for (size_t i1 = 0; i1 < answer->points.items[i0].outputs.count; i1++) {
            mpriv_write_int(writer, answer->points.items[i0].outputs.items[i1]);
        }
        mpriv_write_real(writer, answer->points.items[i0].probability);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.finite_leakage */

int mpriv_next_batteries_finite_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_finite_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_finite_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_finite_leakage_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_finite_leakage_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_finite_leakage_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_finite_leakage_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_finite_leakage_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_finite_leakage_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_finite_leakage_policy(mpriv_reader *reader, mpriv_batteries_finite_leakage_policy_item *item) {
    if (read_batteries_finite_leakage_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_finite_leakage_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_finite_leakage_policy_item item;
        if (mpriv_next_batteries_finite_leakage_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_finite_leakage_probabilities(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_finite_leakage_probabilities(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_finite_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_finite_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_finite_leakage_initial_state(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_finite_leakage_initial_state(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_finite_leakage_initial_state(&reader, &item) != 0 || check_each_batteries_finite_leakage_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_finite_leakage_policy_item_probabilities(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_finite_leakage_policy_item_probabilities(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_finite_leakage_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_finite_leakage_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_finite_leakage_policy(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const mpriv_batteries_finite_leakage_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_finite_leakage_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_finite_leakage_policy(const mpriv_batteries_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_finite_leakage_policy_item item;
        if (mpriv_next_batteries_finite_leakage_policy(&reader, &item) != 0 || check_each_batteries_finite_leakage_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_finite_leakage(const mpriv_batteries_finite_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_finite_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_finite_leakage_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_finite_leakage_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots > INT64_C(12)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((int64_t)in->initial_state.count * (int64_t)in->probabilities.count))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_finite_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_finite_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_finite_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_finite_leakage_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_finite_leakage_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_finite_leakage(out, profile);
}

int mpriv_encode_batteries_finite_leakage(mpriv_writer *writer, const mpriv_batteries_finite_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.cascade_finite_leakage */

int mpriv_next_batteries_cascade_finite_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_finite_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_finite_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_finite_leakage_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_finite_leakage_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_cascade_finite_leakage_batteries_item_policy_item *item) {
    if (read_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_finite_leakage_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_finite_leakage_batteries_item_policy_item item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_finite_leakage_batteries(mpriv_reader *reader, mpriv_batteries_cascade_finite_leakage_batteries_item *item) {
    if (read_batteries_cascade_finite_leakage_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_cascade_finite_leakage_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_finite_leakage_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_finite_leakage_batteries_item item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_finite_leakage_probabilities(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_finite_leakage_probabilities(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_finite_leakage_probabilities(&reader, &item) != 0 || check_each_batteries_cascade_finite_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_finite_leakage_batteries_item_initial_state(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_finite_leakage_batteries_item_initial_state(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries_item_initial_state(&reader, &item) != 0 || check_each_batteries_cascade_finite_leakage_batteries_item_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_finite_leakage_batteries_item_policy(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_batteries_cascade_finite_leakage_batteries_item_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_finite_leakage_batteries_item_policy(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_finite_leakage_batteries_item_policy_item item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy(&reader, &item) != 0 || check_each_batteries_cascade_finite_leakage_batteries_item_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_finite_leakage_batteries(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_batteries_cascade_finite_leakage_batteries_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_cascade_finite_leakage_batteries_item_initial_state(in, profile, &item->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_cascade_finite_leakage_batteries_item_policy(in, profile, &item->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_finite_leakage_batteries(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_finite_leakage_batteries_item item;
        if (mpriv_next_batteries_cascade_finite_leakage_batteries(&reader, &item) != 0 || check_each_batteries_cascade_finite_leakage_batteries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_finite_leakage(const mpriv_batteries_cascade_finite_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_cascade_finite_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_cascade_finite_leakage_batteries(in, profile, &in->batteries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots > INT64_C(12)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_cascade_finite_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_cascade_finite_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_cascade_finite_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_cascade_finite_leakage_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_cascade_finite_leakage(out, profile);
}

int mpriv_encode_batteries_cascade_finite_leakage(mpriv_writer *writer, const mpriv_batteries_cascade_finite_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.cascade_bound */

int mpriv_next_batteries_cascade_bound_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_bound_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_bound_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_bound_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_bound_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_bound_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_bound_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_bound_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_cascade_bound_batteries_item_policy_item *item) {
    if (read_batteries_cascade_bound_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_bound_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_bound_batteries_item_policy_item item;
        if (mpriv_next_batteries_cascade_bound_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_cascade_bound_batteries(mpriv_reader *reader, mpriv_batteries_cascade_bound_batteries_item *item) {
    if (read_batteries_cascade_bound_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_cascade_bound_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_cascade_bound_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 2, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_bound_batteries_item item;
        if (mpriv_next_batteries_cascade_bound_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_bound_probabilities(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_bound_probabilities(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_bound_probabilities(&reader, &item) != 0 || check_each_batteries_cascade_bound_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_bound_batteries_item_initial_state(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_bound_batteries_item_initial_state(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_bound_batteries_item_initial_state(&reader, &item) != 0 || check_each_batteries_cascade_bound_batteries_item_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_bound_batteries_item_policy_item_probabilities(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_bound_batteries_item_policy_item_probabilities(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_cascade_bound_batteries_item_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_cascade_bound_batteries_item_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_bound_batteries_item_policy(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_batteries_cascade_bound_batteries_item_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_cascade_bound_batteries_item_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_bound_batteries_item_policy(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_bound_batteries_item_policy_item item;
        if (mpriv_next_batteries_cascade_bound_batteries_item_policy(&reader, &item) != 0 || check_each_batteries_cascade_bound_batteries_item_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_cascade_bound_batteries(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_batteries_cascade_bound_batteries_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_cascade_bound_batteries_item_initial_state(in, profile, &item->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_cascade_bound_batteries_item_policy(in, profile, &item->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_bound_batteries(const mpriv_batteries_cascade_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_cascade_bound_batteries_item item;
        if (mpriv_next_batteries_cascade_bound_batteries(&reader, &item) != 0 || check_each_batteries_cascade_bound_batteries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_cascade_bound(const mpriv_batteries_cascade_bound_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_cascade_bound_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_cascade_bound_batteries(in, profile, &in->batteries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_cascade_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_cascade_bound_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_cascade_bound_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_cascade_bound_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_cascade_bound(out, profile);
}

int mpriv_encode_batteries_cascade_bound(mpriv_writer *writer, const mpriv_batteries_cascade_bound_output *answer) {
    mpriv_write_real(writer, answer->first_bits);
    mpriv_write_real(writer, answer->second_bits);
    mpriv_write_real(writer, answer->joint_bits);
    mpriv_write_real(writer, answer->bound_bits);
    mpriv_write_count(writer, answer->residuals.count);
    for (size_t i0 = 0; i0 < answer->residuals.count; i0++) {
        mpriv_write_real(writer, answer->residuals.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.chain_bound */

int mpriv_next_batteries_chain_bound_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_bound_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_bound_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_bound_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_bound_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_bound_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_bound_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_bound_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_chain_bound_batteries_item_policy_item *item) {
    if (read_batteries_chain_bound_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_bound_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_bound_batteries_item_policy_item item;
        if (mpriv_next_batteries_chain_bound_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_bound_batteries(mpriv_reader *reader, mpriv_batteries_chain_bound_batteries_item *item) {
    if (read_batteries_chain_bound_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_chain_bound_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_bound_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_bound_batteries_item item;
        if (mpriv_next_batteries_chain_bound_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_bound_probabilities(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_bound_probabilities(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_bound_probabilities(&reader, &item) != 0 || check_each_batteries_chain_bound_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_bound_batteries_item_initial_state(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_bound_batteries_item_initial_state(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_bound_batteries_item_initial_state(&reader, &item) != 0 || check_each_batteries_chain_bound_batteries_item_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_bound_batteries_item_policy_item_probabilities(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_bound_batteries_item_policy_item_probabilities(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_bound_batteries_item_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_chain_bound_batteries_item_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_bound_batteries_item_policy(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_batteries_chain_bound_batteries_item_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_chain_bound_batteries_item_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_bound_batteries_item_policy(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_bound_batteries_item_policy_item item;
        if (mpriv_next_batteries_chain_bound_batteries_item_policy(&reader, &item) != 0 || check_each_batteries_chain_bound_batteries_item_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_bound_batteries(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_batteries_chain_bound_batteries_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_chain_bound_batteries_item_initial_state(in, profile, &item->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_chain_bound_batteries_item_policy(in, profile, &item->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_bound_batteries(const mpriv_batteries_chain_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_bound_batteries_item item;
        if (mpriv_next_batteries_chain_bound_batteries(&reader, &item) != 0 || check_each_batteries_chain_bound_batteries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_bound(const mpriv_batteries_chain_bound_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_chain_bound_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_chain_bound_batteries(in, profile, &in->batteries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_chain_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_chain_bound_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_chain_bound_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_chain_bound_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_chain_bound(out, profile);
}

int mpriv_encode_batteries_chain_bound(mpriv_writer *writer, const mpriv_batteries_chain_bound_output *answer) {
    mpriv_write_real(writer, answer->bound_bits);
    mpriv_write_count(writer, answer->residuals.count);
    for (size_t i0 = 0; i0 < answer->residuals.count; i0++) {
        mpriv_write_real(writer, answer->residuals.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.leakage_rate */

int mpriv_next_batteries_leakage_rate_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_leakage_rate_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_leakage_rate_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_leakage_rate_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_leakage_rate_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_leakage_rate_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_leakage_rate_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_leakage_rate_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_leakage_rate_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_leakage_rate_policy(mpriv_reader *reader, mpriv_batteries_leakage_rate_policy_item *item) {
    if (read_batteries_leakage_rate_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_leakage_rate_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_leakage_rate_policy_item item;
        if (mpriv_next_batteries_leakage_rate_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_leakage_rate_probabilities(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_leakage_rate_probabilities(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_leakage_rate_probabilities(&reader, &item) != 0 || check_each_batteries_leakage_rate_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_leakage_rate_initial_state(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_leakage_rate_initial_state(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_leakage_rate_initial_state(&reader, &item) != 0 || check_each_batteries_leakage_rate_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_leakage_rate_policy_item_probabilities(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_leakage_rate_policy_item_probabilities(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_leakage_rate_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_leakage_rate_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_leakage_rate_policy(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const mpriv_batteries_leakage_rate_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_leakage_rate_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_leakage_rate_policy(const mpriv_batteries_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_leakage_rate_policy_item item;
        if (mpriv_next_batteries_leakage_rate_policy(&reader, &item) != 0 || check_each_batteries_leakage_rate_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_leakage_rate(const mpriv_batteries_leakage_rate_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_leakage_rate_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_leakage_rate_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_leakage_rate_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->block < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->block > INT64_C(12)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((int64_t)in->initial_state.count * (int64_t)in->probabilities.count))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_leakage_rate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_leakage_rate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_leakage_rate_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_leakage_rate_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_leakage_rate_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->block) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_leakage_rate(out, profile);
}

int mpriv_encode_batteries_leakage_rate(mpriv_writer *writer, const mpriv_batteries_leakage_rate_output *answer) {
    mpriv_write_real(writer, answer->lower_bits);
    mpriv_write_real(writer, answer->upper_bits);
    mpriv_write_count(writer, answer->classes.count);
    for (size_t i0 = 0; i0 < answer->classes.count; i0++) {
        mpriv_write_count(writer, answer->classes.items[i0].states.count);
        for (size_t i1 = 0; i1 < answer->classes.items[i0].states.count; i1++) {
            mpriv_write_int(writer, answer->classes.items[i0].states.items[i1]);
        }
        mpriv_write_int(writer, answer->classes.items[i0].period);
        mpriv_write_real(writer, answer->classes.items[i0].probability);
        mpriv_write_real(writer, answer->classes.items[i0].lower_bits);
        mpriv_write_real(writer, answer->classes.items[i0].upper_bits);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.controller_leakage_rate */

int mpriv_next_batteries_controller_leakage_rate_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_controller_leakage_rate_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_controller_leakage_rate_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_controller_leakage_rate_controller_item_moves(mpriv_reader *reader, mpriv_batteries_controller_leakage_rate_controller_item_moves_item *item) {
    if (mpriv_read_int(reader, &item->load) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->output) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->next) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &item->probability) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_controller_leakage_rate_controller_item_moves(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 289, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_controller_leakage_rate_controller_item_moves_item item;
        if (mpriv_next_batteries_controller_leakage_rate_controller_item_moves(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_controller_leakage_rate_controller(mpriv_reader *reader, mpriv_batteries_controller_leakage_rate_controller_item *item) {
    if (mpriv_read_int(reader, &item->charge) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_controller_leakage_rate_controller_item_moves(reader, &item->moves) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_controller_leakage_rate_controller(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 128, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_controller_leakage_rate_controller_item item;
        if (mpriv_next_batteries_controller_leakage_rate_controller(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_controller_leakage_rate_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_controller_leakage_rate_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 128, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_controller_leakage_rate_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_controller_leakage_rate_probabilities(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_controller_leakage_rate_probabilities(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_controller_leakage_rate_probabilities(&reader, &item) != 0 || check_each_batteries_controller_leakage_rate_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_controller_leakage_rate_controller_item_moves(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const mpriv_batteries_controller_leakage_rate_controller_item_moves_item *item) {
    (void)in;
    (void)profile;
    if (item->load < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->load > ((int64_t)in->probabilities.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->output < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->output > INT64_C(16)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->next < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->next > INT64_C(127)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->probability <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->probability > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_controller_leakage_rate_controller_item_moves(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_controller_leakage_rate_controller_item_moves_item item;
        if (mpriv_next_batteries_controller_leakage_rate_controller_item_moves(&reader, &item) != 0 || check_each_batteries_controller_leakage_rate_controller_item_moves(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_controller_leakage_rate_controller(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const mpriv_batteries_controller_leakage_rate_controller_item *item) {
    (void)in;
    (void)profile;
    if (item->charge < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->charge > in->capacity) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_controller_leakage_rate_controller_item_moves(in, profile, &item->moves) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_controller_leakage_rate_controller(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_controller_leakage_rate_controller_item item;
        if (mpriv_next_batteries_controller_leakage_rate_controller(&reader, &item) != 0 || check_each_batteries_controller_leakage_rate_controller(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_controller_leakage_rate_initial_state(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_controller_leakage_rate_initial_state(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_controller_leakage_rate_initial_state(&reader, &item) != 0 || check_each_batteries_controller_leakage_rate_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_controller_leakage_rate(const mpriv_batteries_controller_leakage_rate_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_controller_leakage_rate_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_controller_leakage_rate_controller(in, profile, &in->controller) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_controller_leakage_rate_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->block < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->block > INT64_C(12)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_controller_leakage_rate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_controller_leakage_rate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_controller_leakage_rate_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_controller_leakage_rate_controller(reader, &out->controller) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_controller_leakage_rate_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->block) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->initial_state.count != out->controller.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_controller_leakage_rate(out, profile);
}

int mpriv_encode_batteries_controller_leakage_rate(mpriv_writer *writer, const mpriv_batteries_controller_leakage_rate_output *answer) {
    mpriv_write_real(writer, answer->lower_bits);
    mpriv_write_real(writer, answer->upper_bits);
    mpriv_write_count(writer, answer->classes.count);
    for (size_t i0 = 0; i0 < answer->classes.count; i0++) {
        mpriv_write_count(writer, answer->classes.items[i0].states.count);
        for (size_t i1 = 0; i1 < answer->classes.items[i0].states.count; i1++) {
            mpriv_write_int(writer, answer->classes.items[i0].states.items[i1]);
        }
        mpriv_write_int(writer, answer->classes.items[i0].period);
        mpriv_write_real(writer, answer->classes.items[i0].probability);
        mpriv_write_real(writer, answer->classes.items[i0].lower_bits);
        mpriv_write_real(writer, answer->classes.items[i0].upper_bits);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.chain_leakage_rate */

int mpriv_next_batteries_chain_leakage_rate_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_leakage_rate_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_leakage_rate_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_leakage_rate_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_leakage_rate_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_leakage_rate_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_chain_leakage_rate_batteries_item_policy_item *item) {
    if (read_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_leakage_rate_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_leakage_rate_batteries_item_policy_item item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_chain_leakage_rate_batteries(mpriv_reader *reader, mpriv_batteries_chain_leakage_rate_batteries_item *item) {
    if (read_batteries_chain_leakage_rate_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_chain_leakage_rate_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_chain_leakage_rate_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_leakage_rate_batteries_item item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_leakage_rate_probabilities(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_leakage_rate_probabilities(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_leakage_rate_probabilities(&reader, &item) != 0 || check_each_batteries_chain_leakage_rate_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_leakage_rate_batteries_item_initial_state(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_leakage_rate_batteries_item_initial_state(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries_item_initial_state(&reader, &item) != 0 || check_each_batteries_chain_leakage_rate_batteries_item_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_leakage_rate_batteries_item_policy(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_batteries_chain_leakage_rate_batteries_item_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_leakage_rate_batteries_item_policy(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_leakage_rate_batteries_item_policy_item item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries_item_policy(&reader, &item) != 0 || check_each_batteries_chain_leakage_rate_batteries_item_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_chain_leakage_rate_batteries(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_batteries_chain_leakage_rate_batteries_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_chain_leakage_rate_batteries_item_initial_state(in, profile, &item->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_chain_leakage_rate_batteries_item_policy(in, profile, &item->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_leakage_rate_batteries(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_chain_leakage_rate_batteries_item item;
        if (mpriv_next_batteries_chain_leakage_rate_batteries(&reader, &item) != 0 || check_each_batteries_chain_leakage_rate_batteries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_chain_leakage_rate(const mpriv_batteries_chain_leakage_rate_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_chain_leakage_rate_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_chain_leakage_rate_batteries(in, profile, &in->batteries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->block < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->block > INT64_C(6)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_chain_leakage_rate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_chain_leakage_rate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_chain_leakage_rate_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_chain_leakage_rate_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->block) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_chain_leakage_rate(out, profile);
}

int mpriv_encode_batteries_chain_leakage_rate(mpriv_writer *writer, const mpriv_batteries_chain_leakage_rate_output *answer) {
    mpriv_write_real(writer, answer->lower_bits);
    mpriv_write_real(writer, answer->upper_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.forward_recursion */

int mpriv_next_batteries_forward_recursion_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_forward_recursion_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_forward_recursion_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_forward_recursion_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_forward_recursion_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_forward_recursion_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_forward_recursion_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_forward_recursion_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_forward_recursion_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_forward_recursion_policy(mpriv_reader *reader, mpriv_batteries_forward_recursion_policy_item *item) {
    if (read_batteries_forward_recursion_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_forward_recursion_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_forward_recursion_policy_item item;
        if (mpriv_next_batteries_forward_recursion_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_forward_recursion_outputs(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_forward_recursion_outputs(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_batteries_forward_recursion_outputs(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_forward_recursion_probabilities(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_forward_recursion_probabilities(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_forward_recursion_probabilities(&reader, &item) != 0 || check_each_batteries_forward_recursion_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_forward_recursion_initial_state(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_forward_recursion_initial_state(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_forward_recursion_initial_state(&reader, &item) != 0 || check_each_batteries_forward_recursion_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_forward_recursion_policy_item_probabilities(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_forward_recursion_policy_item_probabilities(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_forward_recursion_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_forward_recursion_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_forward_recursion_policy(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const mpriv_batteries_forward_recursion_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_forward_recursion_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_forward_recursion_policy(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_forward_recursion_policy_item item;
        if (mpriv_next_batteries_forward_recursion_policy(&reader, &item) != 0 || check_each_batteries_forward_recursion_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_forward_recursion_outputs(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(16)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_forward_recursion_outputs(const mpriv_batteries_forward_recursion_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_batteries_forward_recursion_outputs(&reader, &item) != 0 || check_each_batteries_forward_recursion_outputs(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_forward_recursion(const mpriv_batteries_forward_recursion_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_forward_recursion_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_forward_recursion_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_forward_recursion_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_forward_recursion_outputs(in, profile, &in->outputs) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((int64_t)in->initial_state.count * (int64_t)in->probabilities.count))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_forward_recursion(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_forward_recursion_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_forward_recursion_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_forward_recursion_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_forward_recursion_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_forward_recursion_outputs(reader, &out->outputs) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_forward_recursion(out, profile);
}

int mpriv_encode_batteries_forward_recursion(mpriv_writer *writer, const mpriv_batteries_forward_recursion_output *answer) {
    mpriv_write_real(writer, answer->information_bits);
    mpriv_write_count(writer, answer->belief.count);
    for (size_t i0 = 0; i0 < answer->belief.count; i0++) {
        mpriv_write_real(writer, answer->belief.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.simulate */

int mpriv_next_batteries_simulate_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_simulate_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_simulate_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_simulate_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_simulate_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_simulate_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_simulate_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_simulate_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_simulate_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_simulate_policy(mpriv_reader *reader, mpriv_batteries_simulate_policy_item *item) {
    if (read_batteries_simulate_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_simulate_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_simulate_policy_item item;
        if (mpriv_next_batteries_simulate_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_simulate_probabilities(const mpriv_batteries_simulate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_simulate_probabilities(const mpriv_batteries_simulate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_simulate_probabilities(&reader, &item) != 0 || check_each_batteries_simulate_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_simulate_initial_state(const mpriv_batteries_simulate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_simulate_initial_state(const mpriv_batteries_simulate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_simulate_initial_state(&reader, &item) != 0 || check_each_batteries_simulate_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_simulate_policy_item_probabilities(const mpriv_batteries_simulate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_simulate_policy_item_probabilities(const mpriv_batteries_simulate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_simulate_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_simulate_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_simulate_policy(const mpriv_batteries_simulate_input *in, uint8_t profile, const mpriv_batteries_simulate_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_simulate_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_simulate_policy(const mpriv_batteries_simulate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_simulate_policy_item item;
        if (mpriv_next_batteries_simulate_policy(&reader, &item) != 0 || check_each_batteries_simulate_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_simulate(const mpriv_batteries_simulate_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_simulate_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_simulate_initial_state(in, profile, &in->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_simulate_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots < INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots > INT64_C(1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->policy.count == ((int64_t)in->initial_state.count * (int64_t)in->probabilities.count))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_simulate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_simulate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_simulate_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_simulate_initial_state(reader, &out->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_simulate_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->seed) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_simulate(out, profile);
}

int mpriv_encode_batteries_simulate(mpriv_writer *writer, const mpriv_batteries_simulate_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->half_width_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.equivalent_policy */

int mpriv_next_batteries_equivalent_policy_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_equivalent_policy_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_equivalent_policy_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_equivalent_policy_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_equivalent_policy_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 65, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_equivalent_policy_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_equivalent_policy_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_equivalent_policy_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_equivalent_policy_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_equivalent_policy_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_equivalent_policy_batteries_item_policy_item *item) {
    if (read_batteries_equivalent_policy_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_equivalent_policy_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1105, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_equivalent_policy_batteries_item_policy_item item;
        if (mpriv_next_batteries_equivalent_policy_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_equivalent_policy_batteries(mpriv_reader *reader, mpriv_batteries_equivalent_policy_batteries_item *item) {
    if (read_batteries_equivalent_policy_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_equivalent_policy_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_equivalent_policy_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 4, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_equivalent_policy_batteries_item item;
        if (mpriv_next_batteries_equivalent_policy_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_equivalent_policy_probabilities(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_equivalent_policy_probabilities(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_equivalent_policy_probabilities(&reader, &item) != 0 || check_each_batteries_equivalent_policy_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_equivalent_policy_batteries_item_initial_state(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_equivalent_policy_batteries_item_initial_state(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_equivalent_policy_batteries_item_initial_state(&reader, &item) != 0 || check_each_batteries_equivalent_policy_batteries_item_initial_state(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_equivalent_policy_batteries_item_policy_item_probabilities(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_equivalent_policy_batteries_item_policy_item_probabilities(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_equivalent_policy_batteries_item_policy_item_probabilities(&reader, &item) != 0 || check_each_batteries_equivalent_policy_batteries_item_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_equivalent_policy_batteries_item_policy(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_batteries_equivalent_policy_batteries_item_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_equivalent_policy_batteries_item_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_equivalent_policy_batteries_item_policy(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_equivalent_policy_batteries_item_policy_item item;
        if (mpriv_next_batteries_equivalent_policy_batteries_item_policy(&reader, &item) != 0 || check_each_batteries_equivalent_policy_batteries_item_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_equivalent_policy_batteries(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_batteries_equivalent_policy_batteries_item *item) {
    (void)in;
    (void)profile;
    if (check_batteries_equivalent_policy_batteries_item_initial_state(in, profile, &item->initial_state) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_equivalent_policy_batteries_item_policy(in, profile, &item->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_equivalent_policy_batteries(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_equivalent_policy_batteries_item item;
        if (mpriv_next_batteries_equivalent_policy_batteries(&reader, &item) != 0 || check_each_batteries_equivalent_policy_batteries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_equivalent_policy(const mpriv_batteries_equivalent_policy_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_equivalent_policy_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_batteries_equivalent_policy_batteries(in, profile, &in->batteries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_equivalent_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_equivalent_policy_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_equivalent_policy_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_equivalent_policy_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_equivalent_policy(out, profile);
}

int mpriv_encode_batteries_equivalent_policy(mpriv_writer *writer, const mpriv_batteries_equivalent_policy_output *answer) {
    mpriv_write_count(writer, answer->initial_state.count);
    for (size_t i0 = 0; i0 < answer->initial_state.count; i0++) {
        mpriv_write_real(writer, answer->initial_state.items[i0]);
    }
    mpriv_write_count(writer, answer->policy.count);
    for (size_t i0 = 0; i0 < answer->policy.count; i0++) {
        mpriv_write_count(writer, answer->policy.items[i0].probabilities.count);
        for (size_t i1 = 0; i1 < answer->policy.items[i0].probabilities.count; i1++) {
            mpriv_write_real(writer, answer->policy.items[i0].probabilities.items[i1]);
        }
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.search_bound */

int mpriv_next_batteries_search_bound_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_search_bound_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_search_bound_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_search_bound_probabilities(const mpriv_batteries_search_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_search_bound_probabilities(const mpriv_batteries_search_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_search_bound_probabilities(&reader, &item) != 0 || check_each_batteries_search_bound_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_search_bound(const mpriv_batteries_search_bound_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_search_bound_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->same < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->same > INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->starts < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->starts > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->probabilities.count <= INT64_C(4))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_search_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_search_bound_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_search_bound_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->same) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->starts) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->seed) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_search_bound(out, profile);
}

int mpriv_encode_batteries_search_bound(mpriv_writer *writer, const mpriv_batteries_search_bound_output *answer) {
    mpriv_write_real(writer, answer->bound_bits);
    mpriv_write_real(writer, answer->gap_bits);
    mpriv_write_count(writer, answer->batteries.count);
    for (size_t i0 = 0; i0 < answer->batteries.count; i0++) {
        mpriv_write_count(writer, answer->batteries.items[i0].initial_state.count);
        for (size_t i1 = 0; i1 < answer->batteries.items[i0].initial_state.count; i1++) {
            mpriv_write_real(writer, answer->batteries.items[i0].initial_state.items[i1]);
        }
        mpriv_write_count(writer, answer->batteries.items[i0].policy.count);
        for (size_t i1 = 0; i1 < answer->batteries.items[i0].policy.count; i1++) {
            mpriv_write_count(writer, answer->batteries.items[i0].policy.items[i1].probabilities.count);
            for (size_t i2 = 0; i2 < answer->batteries.items[i0].policy.items[i1].probabilities.count; i2++) {
                mpriv_write_real(writer, answer->batteries.items[i0].policy.items[i1].probabilities.items[i2]);
            }
        }
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- batteries.judge_search_bound */

int mpriv_next_batteries_judge_search_bound_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_search_bound_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_search_bound_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_judge_search_bound_batteries_item_initial_state(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_search_bound_batteries_item_initial_state(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 9, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_search_bound_batteries_item_initial_state(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_judge_search_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_search_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 17, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_search_bound_batteries_item_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_judge_search_bound_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_judge_search_bound_batteries_item_policy_item *item) {
    if (read_batteries_judge_search_bound_batteries_item_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_search_bound_batteries_item_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 153, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_judge_search_bound_batteries_item_policy_item item;
        if (mpriv_next_batteries_judge_search_bound_batteries_item_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_batteries_judge_search_bound_batteries(mpriv_reader *reader, mpriv_batteries_judge_search_bound_batteries_item *item) {
    if (read_batteries_judge_search_bound_batteries_item_initial_state(reader, &item->initial_state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_judge_search_bound_batteries_item_policy(reader, &item->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_batteries_judge_search_bound_batteries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 2, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_batteries_judge_search_bound_batteries_item item;
        if (mpriv_next_batteries_judge_search_bound_batteries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_batteries_judge_search_bound_probabilities(const mpriv_batteries_judge_search_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_judge_search_bound_probabilities(const mpriv_batteries_judge_search_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_batteries_judge_search_bound_probabilities(&reader, &item) != 0 || check_each_batteries_judge_search_bound_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_batteries_judge_search_bound(const mpriv_batteries_judge_search_bound_input *in, uint8_t profile) {
    (void)profile;
    if (check_batteries_judge_search_bound_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->same < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->same > INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->starts < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->starts > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->probabilities.count <= INT64_C(4))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_batteries_judge_search_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_judge_search_bound_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_batteries_judge_search_bound_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->same) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->starts) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->seed) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->bound_bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->gap_bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_batteries_judge_search_bound_batteries(reader, &out->batteries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_batteries_judge_search_bound(out, profile);
}

/* ---- dream.mask */

int mpriv_next_dream_mask_dummy_keys(mpriv_reader *reader, mpriv_dream_mask_dummy_keys_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &item->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_mask_dummy_keys(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_mask_dummy_keys_item item;
        if (mpriv_next_dream_mask_dummy_keys(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_mask_dummy_keys(const mpriv_dream_mask_input *in, uint8_t profile, const mpriv_dream_mask_dummy_keys_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node == in->node) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&item->key, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_mask_dummy_keys(const mpriv_dream_mask_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_mask_dummy_keys_item item;
        if (mpriv_next_dream_mask_dummy_keys(&reader, &item) != 0 || check_each_dream_mask_dummy_keys(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_mask_dummy_keys(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_mask_dummy_keys_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_mask_dummy_keys_item item;
        if (mpriv_next_dream_mask_dummy_keys(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_dream_mask_dummy_keys(const mpriv_list *list) {
    if (increasing_dream_mask_dummy_keys(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_mask_dummy_keys_item item;
        if (mpriv_next_dream_mask_dummy_keys(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_dream_mask_dummy_keys_item other;
            if (mpriv_next_dream_mask_dummy_keys(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_dream_mask(const mpriv_dream_mask_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_centred_int(in->value, &in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->keystream, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_mask_dummy_keys(in, profile, &in->dummy_keys) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_dream_mask_dummy_keys(&in->dummy_keys)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->blind, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_mask(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_mask_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->keystream) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_mask_dummy_keys(reader, &out->dummy_keys) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->blind) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_mask(out, profile);
}

int mpriv_encode_dream_mask(mpriv_writer *writer, const mpriv_dream_mask_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.aggregate */

int mpriv_next_dream_aggregate_ciphertexts(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_aggregate_ciphertexts(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_aggregate_ciphertexts(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_dream_aggregate_keystreams(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_aggregate_keystreams(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_aggregate_keystreams(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_dream_aggregate_recoveries(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_aggregate_recoveries(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_aggregate_recoveries(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_aggregate_ciphertexts(const mpriv_dream_aggregate_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_aggregate_ciphertexts(const mpriv_dream_aggregate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_aggregate_ciphertexts(&reader, &item) != 0 || check_each_dream_aggregate_ciphertexts(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_dream_aggregate_keystreams(const mpriv_dream_aggregate_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_aggregate_keystreams(const mpriv_dream_aggregate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_aggregate_keystreams(&reader, &item) != 0 || check_each_dream_aggregate_keystreams(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_dream_aggregate_recoveries(const mpriv_dream_aggregate_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_aggregate_recoveries(const mpriv_dream_aggregate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_aggregate_recoveries(&reader, &item) != 0 || check_each_dream_aggregate_recoveries(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_aggregate(const mpriv_dream_aggregate_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_aggregate_ciphertexts(in, profile, &in->ciphertexts) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_aggregate_keystreams(in, profile, &in->keystreams) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_aggregate_recoveries(in, profile, &in->recoveries) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_aggregate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_aggregate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_aggregate_ciphertexts(reader, &out->ciphertexts) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_aggregate_keystreams(reader, &out->keystreams) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_aggregate_recoveries(reader, &out->recoveries) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->keystreams.count != out->ciphertexts.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_aggregate(out, profile);
}

int mpriv_encode_dream_aggregate(mpriv_writer *writer, const mpriv_dream_aggregate_output *answer) {
    mpriv_write_bigint(writer, 1, &answer->total);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.public_key */

int mpriv_decode_dream_public_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_public_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_dream_public_key(mpriv_writer *writer, const mpriv_dream_public_key_output *answer) {
    mpriv_write_octets(writer, &answer->public_key);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.pairwise_key */

static int check_dream_pairwise_key(const mpriv_dream_pairwise_key_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->peer < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->peer > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->peer == in->node) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_pairwise_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_pairwise_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->peer) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->peer_public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_pairwise_key(out, profile);
}

int mpriv_encode_dream_pairwise_key(mpriv_writer *writer, const mpriv_dream_pairwise_key_output *answer) {
    mpriv_write_octets(writer, &answer->key);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.supplier_key */

static int check_dream_supplier_key(const mpriv_dream_supplier_key_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_supplier_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_supplier_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->peer_public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_supplier_key(out, profile);
}

int mpriv_encode_dream_supplier_key(mpriv_writer *writer, const mpriv_dream_supplier_key_output *answer) {
    mpriv_write_octets(writer, &answer->key);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.keystream */

static int check_dream_keystream(const mpriv_dream_keystream_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_keystream(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_keystream_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_keystream(out, profile);
}

int mpriv_encode_dream_keystream(mpriv_writer *writer, const mpriv_dream_keystream_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->keystream);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.dummy_key */

static int check_dream_dummy_key(const mpriv_dream_dummy_key_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_dummy_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_dummy_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_dummy_key(out, profile);
}

int mpriv_encode_dream_dummy_key(mpriv_writer *writer, const mpriv_dream_dummy_key_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->key);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.select_partners */

int mpriv_next_dream_select_partners_keys(mpriv_reader *reader, mpriv_dream_select_partners_keys_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_select_partners_keys(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_select_partners_keys_item item;
        if (mpriv_next_dream_select_partners_keys(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_select_partners_keys(const mpriv_dream_select_partners_input *in, uint8_t profile, const mpriv_dream_select_partners_keys_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node == in->node) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_select_partners_keys(const mpriv_dream_select_partners_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_select_partners_keys_item item;
        if (mpriv_next_dream_select_partners_keys(&reader, &item) != 0 || check_each_dream_select_partners_keys(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_select_partners_keys(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_select_partners_keys_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_select_partners_keys_item item;
        if (mpriv_next_dream_select_partners_keys(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_dream_select_partners_keys(const mpriv_list *list) {
    if (increasing_dream_select_partners_keys(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_select_partners_keys_item item;
        if (mpriv_next_dream_select_partners_keys(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_dream_select_partners_keys_item other;
            if (mpriv_next_dream_select_partners_keys(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_dream_select_partners(const mpriv_dream_select_partners_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_select_partners_keys(in, profile, &in->keys) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_dream_select_partners_keys(&in->keys)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->expected_partners < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->expected_partners < (int64_t)in->keys.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expected_partners > (int64_t)in->keys.count) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_select_partners(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_select_partners_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_select_partners_keys(reader, &out->keys) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expected_partners) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_select_partners(out, profile);
}

int mpriv_encode_dream_select_partners(mpriv_writer *writer, const mpriv_dream_select_partners_output *answer) {
    mpriv_write_count(writer, answer->partners.count);
    for (size_t i0 = 0; i0 < answer->partners.count; i0++) {
        mpriv_write_int(writer, answer->partners.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.modulus */

static int check_dream_modulus(const mpriv_dream_modulus_input *in, uint8_t profile) {
    (void)profile;
    if (in->meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_modulus_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tail_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_modulus(out, profile);
}

int mpriv_encode_dream_modulus(mpriv_writer *writer, const mpriv_dream_modulus_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->modulus);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.check_parameters */

static int check_dream_check_parameters(const mpriv_dream_check_parameters_input *in, uint8_t profile) {
    (void)profile;
    if (in->meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->expected_partners < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->expected_partners < (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expected_partners > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->modulus, ((in->meters * in->maximum_wh) + (INT64_C(2) * in->tail_wh))) > 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_check_parameters(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_parameters_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->colluders) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expected_partners) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tail_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_check_parameters(out, profile);
}

int mpriv_encode_dream_check_parameters(mpriv_writer *writer, const mpriv_dream_check_parameters_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->slack);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.certify */

static int check_dream_certify(const mpriv_dream_certify_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->last_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_certify(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_certify_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->authority_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->last_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_certify(out, profile);
}

int mpriv_encode_dream_certify(mpriv_writer *writer, const mpriv_dream_certify_output *answer) {
    mpriv_write_octets(writer, &answer->signature);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.check_certificate */

static int check_dream_check_certificate(const mpriv_dream_check_certificate_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->last_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_check_certificate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_certificate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->authority_public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->last_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &out->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_check_certificate(out, profile);
}

int mpriv_encode_dream_check_certificate(mpriv_writer *writer, const mpriv_dream_check_certificate_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.roster_digest */

int mpriv_next_dream_roster_digest_members(mpriv_reader *reader, mpriv_dream_roster_digest_members_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_roster_digest_members(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_roster_digest_members_item item;
        if (mpriv_next_dream_roster_digest_members(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_roster_digest_members(const mpriv_dream_roster_digest_input *in, uint8_t profile, const mpriv_dream_roster_digest_members_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_roster_digest_members(const mpriv_dream_roster_digest_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_roster_digest_members_item item;
        if (mpriv_next_dream_roster_digest_members(&reader, &item) != 0 || check_each_dream_roster_digest_members(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_roster_digest_members(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_roster_digest_members_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_roster_digest_members_item item;
        if (mpriv_next_dream_roster_digest_members(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_roster_digest(const mpriv_dream_roster_digest_input *in, uint8_t profile) {
    (void)profile;
    if (check_dream_roster_digest_members(in, profile, &in->members) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_roster_digest_members(&in->members)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_roster_digest(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_roster_digest_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_roster_digest_members(reader, &out->members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_roster_digest(out, profile);
}

int mpriv_encode_dream_roster_digest(mpriv_writer *writer, const mpriv_dream_roster_digest_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.authenticate */

static int check_dream_authenticate(const mpriv_dream_authenticate_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->ciphertext, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_authenticate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_authenticate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_authenticate(out, profile);
}

int mpriv_encode_dream_authenticate(mpriv_writer *writer, const mpriv_dream_authenticate_output *answer) {
    mpriv_write_octets(writer, &answer->tag);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.meter_start */

int mpriv_next_dream_meter_start_keys(mpriv_reader *reader, mpriv_dream_meter_start_keys_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_meter_start_keys(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_meter_start_keys_item item;
        if (mpriv_next_dream_meter_start_keys(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_meter_start_keys(const mpriv_dream_meter_start_input *in, uint8_t profile, const mpriv_dream_meter_start_keys_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node == in->node) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_meter_start_keys(const mpriv_dream_meter_start_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_meter_start_keys_item item;
        if (mpriv_next_dream_meter_start_keys(&reader, &item) != 0 || check_each_dream_meter_start_keys(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_meter_start_keys(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_meter_start_keys_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_meter_start_keys_item item;
        if (mpriv_next_dream_meter_start_keys(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_dream_meter_start_keys(const mpriv_list *list) {
    if (increasing_dream_meter_start_keys(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_meter_start_keys_item item;
        if (mpriv_next_dream_meter_start_keys(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_dream_meter_start_keys_item other;
            if (mpriv_next_dream_meter_start_keys(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_dream_meter_start(const mpriv_dream_meter_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_meter_start_keys(in, profile, &in->keys) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_dream_meter_start_keys(&in->keys)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->expected_partners < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->expected_partners < (int64_t)in->keys.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expected_partners > (int64_t)in->keys.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_meter_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->supplier_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_meter_start_keys(reader, &out->keys) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expected_partners) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_meter_start(out, profile);
}

/* ---- dream.meter_report */

static int check_dream_meter_report(const mpriv_dream_meter_report_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_meter_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_meter_report_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_meter_report(out, profile);
}

int mpriv_encode_dream_meter_report(mpriv_writer *writer, const mpriv_dream_meter_report_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    mpriv_write_octets(writer, &answer->tag);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.supplier_start */

int mpriv_next_dream_supplier_start_keys(mpriv_reader *reader, mpriv_dream_supplier_start_keys_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_supplier_start_keys(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_supplier_start_keys_item item;
        if (mpriv_next_dream_supplier_start_keys(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_supplier_start_keys(const mpriv_dream_supplier_start_input *in, uint8_t profile, const mpriv_dream_supplier_start_keys_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_supplier_start_keys(const mpriv_dream_supplier_start_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_supplier_start_keys_item item;
        if (mpriv_next_dream_supplier_start_keys(&reader, &item) != 0 || check_each_dream_supplier_start_keys(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_supplier_start_keys(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_supplier_start_keys_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_supplier_start_keys_item item;
        if (mpriv_next_dream_supplier_start_keys(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_dream_supplier_start_keys(const mpriv_list *list) {
    if (increasing_dream_supplier_start_keys(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_supplier_start_keys_item item;
        if (mpriv_next_dream_supplier_start_keys(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_dream_supplier_start_keys_item other;
            if (mpriv_next_dream_supplier_start_keys(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_dream_supplier_start(const mpriv_dream_supplier_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_supplier_start_keys(in, profile, &in->keys) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_dream_supplier_start_keys(&in->keys)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_supplier_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_supplier_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_supplier_start_keys(reader, &out->keys) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_supplier_start(out, profile);
}

/* ---- dream.supplier_receive */

static int check_dream_supplier_receive(const mpriv_dream_supplier_receive_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 256) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_supplier_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_supplier_receive_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->tag) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_supplier_receive(out, profile);
}

int mpriv_encode_dream_supplier_receive(mpriv_writer *writer, const mpriv_dream_supplier_receive_output *answer) {
    mpriv_write_int(writer, answer->received);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.supplier_total */

int mpriv_decode_dream_supplier_total(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_dream_supplier_total(mpriv_writer *writer, const mpriv_dream_supplier_total_output *answer) {
    mpriv_write_bigint(writer, 1, &answer->total);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.clamp */

static int check_dream_clamp(const mpriv_dream_clamp_input *in, uint8_t profile) {
    (void)profile;
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_clamp(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_clamp_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->reading_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_clamp(out, profile);
}

int mpriv_encode_dream_clamp(mpriv_writer *writer, const mpriv_dream_clamp_output *answer) {
    mpriv_write_int(writer, answer->value_wh);
    mpriv_write_int(writer, answer->clamped);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.noise_scale */

static int check_dream_noise_scale(const mpriv_dream_noise_scale_input *in, uint8_t profile) {
    (void)profile;
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->epsilon <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->epsilon > 64.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_noise_scale(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_scale_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->epsilon) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_noise_scale(out, profile);
}

int mpriv_encode_dream_noise_scale(mpriv_writer *writer, const mpriv_dream_noise_scale_output *answer) {
    mpriv_write_real(writer, answer->lambda_wh);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.account */

int mpriv_next_dream_account_consumptions_wh(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_account_consumptions_wh(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_account_consumptions_wh(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_dream_account_lambdas_wh(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_account_lambdas_wh(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_dream_account_lambdas_wh(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_account_consumptions_wh(const mpriv_dream_account_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_account_consumptions_wh(const mpriv_dream_account_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_account_consumptions_wh(&reader, &item) != 0 || check_each_dream_account_consumptions_wh(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_dream_account_lambdas_wh(const mpriv_dream_account_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 4294967296.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_account_lambdas_wh(const mpriv_dream_account_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_dream_account_lambdas_wh(&reader, &item) != 0 || check_each_dream_account_lambdas_wh(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_account(const mpriv_dream_account_input *in, uint8_t profile) {
    (void)profile;
    if (check_dream_account_consumptions_wh(in, profile, &in->consumptions_wh) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_account_lambdas_wh(in, profile, &in->lambdas_wh) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->window < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->window > (int64_t)in->consumptions_wh.count) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_account(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_account_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_dream_account_consumptions_wh(reader, &out->consumptions_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_account_lambdas_wh(reader, &out->lambdas_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->window) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->lambdas_wh.count != out->consumptions_wh.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_account(out, profile);
}

int mpriv_encode_dream_account(mpriv_writer *writer, const mpriv_dream_account_output *answer) {
    mpriv_write_count(writer, answer->slot_epsilons.count);
    for (size_t i0 = 0; i0 < answer->slot_epsilons.count; i0++) {
        mpriv_write_real(writer, answer->slot_epsilons.items[i0]);
    }
    mpriv_write_count(writer, answer->window_epsilons.count);
    for (size_t i0 = 0; i0 < answer->window_epsilons.count; i0++) {
        mpriv_write_real(writer, answer->window_epsilons.items[i0]);
    }
    mpriv_write_real(writer, answer->worst_epsilon);
    mpriv_write_real(writer, answer->total_epsilon);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.error */

static int check_dream_error(const mpriv_dream_error_input *in, uint8_t profile) {
    (void)profile;
    if (in->total_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_error(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_error_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->total_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->noisy_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_error(out, profile);
}

int mpriv_encode_dream_error(mpriv_writer *writer, const mpriv_dream_error_output *answer) {
    mpriv_write_real(writer, answer->error);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.error_factors */

static int check_dream_error_factors(const mpriv_dream_error_factors_input *in, uint8_t profile) {
    (void)profile;
    if (in->alpha < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->alpha > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_error_factors(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_error_factors_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->alpha) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_error_factors(out, profile);
}

int mpriv_encode_dream_error_factors(mpriv_writer *writer, const mpriv_dream_error_factors_output *answer) {
    mpriv_write_real(writer, answer->mean);
    mpriv_write_real(writer, answer->deviation);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.expected_error */

static int check_dream_expected_error(const mpriv_dream_expected_error_input *in, uint8_t profile) {
    (void)profile;
    if (in->meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->missing < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->missing > in->tolerated_failures) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_wh < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_wh > 4294967296.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->total_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_expected_error(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_expected_error_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->missing) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->total_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_expected_error(out, profile);
}

int mpriv_encode_dream_expected_error(mpriv_writer *writer, const mpriv_dream_expected_error_output *answer) {
    mpriv_write_real(writer, answer->mean);
    mpriv_write_real(writer, answer->deviation);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.gamma_share */

static int check_dream_gamma_share(const mpriv_dream_gamma_share_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_wh < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_wh > 4294967296.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->x_wh <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->x_wh > 4294967296.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_gamma_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_gamma_share_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->x_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_gamma_share(out, profile);
}

int mpriv_encode_dream_gamma_share(mpriv_writer *writer, const mpriv_dream_gamma_share_output *answer) {
    mpriv_write_real(writer, answer->density);
    mpriv_write_real(writer, answer->cumulative);
    mpriv_write_real(writer, answer->difference_density);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.polya_share */

static int check_dream_polya_share(const mpriv_dream_polya_share_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 4294967296.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value > INT64_C(1099511627776)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_polya_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_polya_share_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_polya_share(out, profile);
}

int mpriv_encode_dream_polya_share(mpriv_writer *writer, const mpriv_dream_polya_share_output *answer) {
    mpriv_write_real(writer, answer->mass);
    mpriv_write_real(writer, answer->cumulative);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.noise_law */

static int check_dream_noise_law(const mpriv_dream_noise_law_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->participants < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->participants > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 512.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value < INT64_C(-1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value > INT64_C(1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(in->participants <= (INT64_C(16) * in->shares))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_noise_law(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_law_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->participants) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_noise_law(out, profile);
}

int mpriv_encode_dream_noise_law(mpriv_writer *writer, const mpriv_dream_noise_law_output *answer) {
    mpriv_write_real(writer, answer->mass);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.noise_error */

static int check_dream_noise_error(const mpriv_dream_noise_error_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->participants < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->participants > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 512.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(in->participants <= (INT64_C(16) * in->shares))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_noise_error(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_error_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->participants) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_noise_error(out, profile);
}

int mpriv_encode_dream_noise_error(mpriv_writer *writer, const mpriv_dream_noise_error_output *answer) {
    mpriv_write_real(writer, answer->mean_units);
    mpriv_write_real(writer, answer->deviation_units);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.noise_loss */

static int check_dream_noise_loss(const mpriv_dream_noise_loss_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->participants < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->participants > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 512.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->sensitivity_units < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->sensitivity_units > INT64_C(65536)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_noise_loss(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_loss_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->participants) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->sensitivity_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_noise_loss(out, profile);
}

int mpriv_encode_dream_noise_loss(mpriv_writer *writer, const mpriv_dream_noise_loss_output *answer) {
    mpriv_write_real(writer, answer->loss_nats);
    mpriv_write_tag(writer, answer->continuous_loss_nats_present != 0);
    if (answer->continuous_loss_nats_present) {
        mpriv_write_real(writer, answer->continuous_loss_nats);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.sample_share */

static int check_dream_sample_share(const mpriv_dream_sample_share_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 4294967296.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_sample_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_sample_share_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 64, &out->random) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_sample_share(out, profile);
}

int mpriv_encode_dream_sample_share(mpriv_writer *writer, const mpriv_dream_sample_share_output *answer) {
    mpriv_write_int(writer, answer->share);
    mpriv_write_int(writer, answer->consumed);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.noise_table */

static int check_dream_noise_table(const mpriv_dream_noise_table_input *in, uint8_t profile) {
    (void)profile;
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 128.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_noise_table(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_table_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_noise_table(out, profile);
}

int mpriv_encode_dream_noise_table(mpriv_writer *writer, const mpriv_dream_noise_table_output *answer) {
    mpriv_write_count(writer, answer->thresholds.count);
    for (size_t i0 = 0; i0 < answer->thresholds.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->thresholds.items[i0]);
    }
    mpriv_write_real(writer, answer->distance_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.table_share */

int mpriv_next_dream_table_share_thresholds(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_table_share_thresholds(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_table_share_thresholds(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_table_share_thresholds(const mpriv_dream_table_share_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_table_share_thresholds(const mpriv_dream_table_share_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_table_share_thresholds(&reader, &item) != 0 || check_each_dream_table_share_thresholds(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_table_share_thresholds(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_bigint last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_table_share_thresholds(&reader, &item) != 0 || (i != 0 && !(mpriv_compare(&last, &item) < 0))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_table_share(const mpriv_dream_table_share_input *in, uint8_t profile) {
    (void)profile;
    if (check_dream_table_share_thresholds(in, profile, &in->thresholds) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_table_share_thresholds(&in->thresholds)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_table_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_table_share_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_dream_table_share_thresholds(reader, &out->thresholds) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->random) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_table_share(out, profile);
}

int mpriv_encode_dream_table_share(mpriv_writer *writer, const mpriv_dream_table_share_output *answer) {
    mpriv_write_int(writer, answer->share);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.sanitise */

int mpriv_next_dream_sanitise_thresholds(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_sanitise_thresholds(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_sanitise_thresholds(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_sanitise_thresholds(const mpriv_dream_sanitise_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_sanitise_thresholds(const mpriv_dream_sanitise_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_sanitise_thresholds(&reader, &item) != 0 || check_each_dream_sanitise_thresholds(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_sanitise_thresholds(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_bigint last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_dream_sanitise_thresholds(&reader, &item) != 0 || (i != 0 && !(mpriv_compare(&last, &item) < 0))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_sanitise(const mpriv_dream_sanitise_input *in, uint8_t profile) {
    (void)profile;
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh > in->maximum_wh) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_sanitise_thresholds(in, profile, &in->thresholds) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_sanitise_thresholds(&in->thresholds)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_sanitise(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_sanitise_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->reading_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->unit_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_sanitise_thresholds(reader, &out->thresholds) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->random) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_sanitise(out, profile);
}

int mpriv_encode_dream_sanitise(mpriv_writer *writer, const mpriv_dream_sanitise_output *answer) {
    mpriv_write_int(writer, answer->value_wh);
    mpriv_write_int(writer, answer->clamped);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.table_delta */

static int check_dream_table_delta(const mpriv_dream_table_delta_input *in, uint8_t profile) {
    (void)profile;
    if (in->epsilon < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->epsilon > 64.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->shares > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->distance_bits < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->distance_bits > 1024.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slots > INT64_C(16777216)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_table_delta(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_table_delta_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->epsilon) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->shares) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->distance_bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_table_delta(out, profile);
}

int mpriv_encode_dream_table_delta(mpriv_writer *writer, const mpriv_dream_table_delta_output *answer) {
    mpriv_write_real(writer, answer->total_epsilon);
    mpriv_write_real(writer, answer->delta_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.noise_tail */

static int check_dream_noise_tail(const mpriv_dream_noise_tail_input *in, uint8_t profile) {
    (void)profile;
    if (in->meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units < 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lambda_units > 65536.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->bits < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->bits > INT64_C(128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_noise_tail(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_tail_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lambda_units) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_noise_tail(out, profile);
}

int mpriv_encode_dream_noise_tail(mpriv_writer *writer, const mpriv_dream_noise_tail_output *answer) {
    mpriv_write_int(writer, answer->tail_units);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.check_cluster */

static const uint8_t constant_dream_check_cluster_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_check_cluster_0 = {constant_dream_check_cluster_0_bytes, 17, 0};
static int check_dream_check_cluster(const mpriv_dream_check_cluster_input *in, uint8_t profile) {
    (void)profile;
    if (in->meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->expected_partners < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->expected_partners < (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expected_partners > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_check_cluster_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->modulus, ((in->meters * in->maximum_wh) + (INT64_C(2) * in->tail_wh))) > 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(in->tail_wh >= (INT64_C(50) * in->scale_wh))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_check_cluster(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_cluster_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->colluders) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expected_partners) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tail_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->scale_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_check_cluster(out, profile);
}

int mpriv_encode_dream_check_cluster(mpriv_writer *writer, const mpriv_dream_check_cluster_output *answer) {
    mpriv_write_int(writer, answer->list_limit);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.certify_supplier */

static int check_dream_certify_supplier(const mpriv_dream_certify_supplier_input *in, uint8_t profile) {
    (void)profile;
    if (in->term < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->last_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_certify_supplier(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_certify_supplier_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->authority_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->term) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->signing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->last_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_certify_supplier(out, profile);
}

int mpriv_encode_dream_certify_supplier(mpriv_writer *writer, const mpriv_dream_certify_supplier_output *answer) {
    mpriv_write_octets(writer, &answer->signature);
    mpriv_write_octets(writer, &answer->digest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.epoch_digest */

static const uint8_t constant_dream_epoch_digest_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_epoch_digest_0 = {constant_dream_epoch_digest_0_bytes, 17, 0};
static int check_dream_epoch_digest(const mpriv_dream_epoch_digest_input *in, uint8_t profile) {
    (void)profile;
    if (in->epoch < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->first_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4096)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->expected_partners < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->expected_partners < (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expected_partners > (in->meters - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_epoch_digest_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->modulus, ((in->meters * in->maximum_wh) + (INT64_C(2) * in->tail_wh))) > 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(in->tail_wh >= (INT64_C(50) * in->scale_wh))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_epoch_digest(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_epoch_digest_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->epoch) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->first_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->supplier) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->colluders) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expected_partners) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tail_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->scale_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_epoch_digest(out, profile);
}

int mpriv_encode_dream_epoch_digest(mpriv_writer *writer, const mpriv_dream_epoch_digest_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.announce */

int mpriv_decode_dream_announce(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_announce_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->signing_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_dream_announce(mpriv_writer *writer, const mpriv_dream_announce_output *answer) {
    mpriv_write_octets(writer, &answer->signature);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.epoch_key */

int mpriv_decode_dream_epoch_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_epoch_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_dream_epoch_key(mpriv_writer *writer, const mpriv_dream_epoch_key_output *answer) {
    mpriv_write_octets(writer, &answer->key);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.pair_values */

static const uint8_t constant_dream_pair_values_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_pair_values_0 = {constant_dream_pair_values_0_bytes, 17, 0};
static int check_dream_pair_values(const mpriv_dream_pair_values_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_pair_values_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_pair_values(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_pair_values_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_pair_values(out, profile);
}

int mpriv_encode_dream_pair_values(mpriv_writer *writer, const mpriv_dream_pair_values_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->selection);
    mpriv_write_bigint(writer, 0, &answer->dummy_key);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.blind */

static const uint8_t constant_dream_blind_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_blind_0 = {constant_dream_blind_0_bytes, 17, 0};
static int check_dream_blind(const mpriv_dream_blind_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_blind_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_blind(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_blind_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_blind(out, profile);
}

int mpriv_encode_dream_blind(mpriv_writer *writer, const mpriv_dream_blind_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->blind);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.sign_missing */

int mpriv_next_dream_sign_missing_missing(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_sign_missing_missing(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_sign_missing_missing(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_sign_missing_missing(const mpriv_dream_sign_missing_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_sign_missing_missing(const mpriv_dream_sign_missing_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_sign_missing_missing(&reader, &item) != 0 || check_each_dream_sign_missing_missing(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_sign_missing_missing(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_sign_missing_missing(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_sign_missing(const mpriv_dream_sign_missing_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_sign_missing_missing(in, profile, &in->missing) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_sign_missing_missing(&in->missing)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_sign_missing(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_sign_missing_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->signing_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_sign_missing_missing(reader, &out->missing) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_sign_missing(out, profile);
}

int mpriv_encode_dream_sign_missing(mpriv_writer *writer, const mpriv_dream_sign_missing_output *answer) {
    mpriv_write_octets(writer, &answer->signature);
    mpriv_write_octets(writer, &answer->list);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.recover */

static const uint8_t constant_dream_recover_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_recover_0 = {constant_dream_recover_0_bytes, 17, 0};
int mpriv_next_dream_recover_dummy_keys(mpriv_reader *reader, mpriv_dream_recover_dummy_keys_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &item->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_recover_dummy_keys(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_recover_dummy_keys_item item;
        if (mpriv_next_dream_recover_dummy_keys(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_recover_dummy_keys(const mpriv_dream_recover_input *in, uint8_t profile, const mpriv_dream_recover_dummy_keys_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node == in->node) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&item->key, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_recover_dummy_keys(const mpriv_dream_recover_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_recover_dummy_keys_item item;
        if (mpriv_next_dream_recover_dummy_keys(&reader, &item) != 0 || check_each_dream_recover_dummy_keys(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_recover_dummy_keys(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_recover_dummy_keys_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_recover_dummy_keys_item item;
        if (mpriv_next_dream_recover_dummy_keys(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_dream_recover_dummy_keys(const mpriv_list *list) {
    if (increasing_dream_recover_dummy_keys(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_recover_dummy_keys_item item;
        if (mpriv_next_dream_recover_dummy_keys(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_dream_recover_dummy_keys_item other;
            if (mpriv_next_dream_recover_dummy_keys(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_dream_recover(const mpriv_dream_recover_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_recover_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_recover_dummy_keys(in, profile, &in->dummy_keys) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_dream_recover_dummy_keys(&in->dummy_keys)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->blind, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_recover(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_recover_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_recover_dummy_keys(reader, &out->dummy_keys) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->blind) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_recover(out, profile);
}

int mpriv_encode_dream_recover(mpriv_writer *writer, const mpriv_dream_recover_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->recovery);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.authenticate_reply */

static const uint8_t constant_dream_authenticate_reply_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_authenticate_reply_0 = {constant_dream_authenticate_reply_0_bytes, 17, 0};
static int check_dream_authenticate_reply(const mpriv_dream_authenticate_reply_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_authenticate_reply_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->recovery, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_authenticate_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_authenticate_reply_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->list) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->recovery) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_authenticate_reply(out, profile);
}

int mpriv_encode_dream_authenticate_reply(mpriv_writer *writer, const mpriv_dream_authenticate_reply_output *answer) {
    mpriv_write_octets(writer, &answer->tag);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.check_equivocation */

int mpriv_next_dream_check_equivocation_missing(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_check_equivocation_missing(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_check_equivocation_missing(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_dream_check_equivocation_other_missing(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_check_equivocation_other_missing(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_check_equivocation_other_missing(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_check_equivocation_missing(const mpriv_dream_check_equivocation_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_check_equivocation_missing(const mpriv_dream_check_equivocation_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_check_equivocation_missing(&reader, &item) != 0 || check_each_dream_check_equivocation_missing(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_check_equivocation_missing(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_check_equivocation_missing(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_dream_check_equivocation_other_missing(const mpriv_dream_check_equivocation_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_check_equivocation_other_missing(const mpriv_dream_check_equivocation_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_check_equivocation_other_missing(&reader, &item) != 0 || check_each_dream_check_equivocation_other_missing(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_check_equivocation_other_missing(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_check_equivocation_other_missing(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_check_equivocation(const mpriv_dream_check_equivocation_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_check_equivocation_missing(in, profile, &in->missing) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_check_equivocation_missing(&in->missing)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_check_equivocation_other_missing(in, profile, &in->other_missing) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_check_equivocation_other_missing(&in->other_missing)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_check_equivocation(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_equivocation_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->signing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_check_equivocation_missing(reader, &out->missing) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &out->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_check_equivocation_other_missing(reader, &out->other_missing) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &out->other_signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_check_equivocation(out, profile);
}

/* ---- dream.member_start */

static int check_dream_member_start(const mpriv_dream_member_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->next_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->next_epoch < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->term < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_member_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->authority_public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->cluster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->blind_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->next_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->next_epoch) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->term) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_member_start(out, profile);
}

/* ---- dream.member_enrol */

static const uint8_t constant_dream_member_enrol_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_member_enrol_0 = {constant_dream_member_enrol_0_bytes, 17, 0};
int mpriv_next_dream_member_enrol_members(mpriv_reader *reader, mpriv_dream_member_enrol_members_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->last_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &item->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_member_enrol_members(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_member_enrol_members_item item;
        if (mpriv_next_dream_member_enrol_members(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_member_enrol_members(const mpriv_dream_member_enrol_input *in, uint8_t profile, const mpriv_dream_member_enrol_members_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->last_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_member_enrol_members(const mpriv_dream_member_enrol_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_member_enrol_members_item item;
        if (mpriv_next_dream_member_enrol_members(&reader, &item) != 0 || check_each_dream_member_enrol_members(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_member_enrol_members(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_member_enrol_members_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_member_enrol_members_item item;
        if (mpriv_next_dream_member_enrol_members(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_member_enrol(const mpriv_dream_member_enrol_input *in, uint8_t profile) {
    (void)profile;
    if (in->epoch < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->first_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->supplier.term < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->supplier.last_slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_member_enrol_members(in, profile, &in->members) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_member_enrol_members(&in->members)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > ((int64_t)in->members.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders > ((int64_t)in->members.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->expected_partners < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->expected_partners < ((int64_t)in->members.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expected_partners > ((int64_t)in->members.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tail_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_member_enrol_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->modulus, (((int64_t)in->members.count * in->maximum_wh) + (INT64_C(2) * in->tail_wh))) > 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(in->tail_wh >= (INT64_C(50) * in->scale_wh))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_member_enrol(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_enrol_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->epoch) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->first_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->supplier.term) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->supplier.signing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->supplier.public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->supplier.last_slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &out->supplier.signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_member_enrol_members(reader, &out->members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->colluders) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expected_partners) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tail_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->scale_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &out->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_member_enrol(out, profile);
}

int mpriv_encode_dream_member_enrol(mpriv_writer *writer, const mpriv_dream_member_enrol_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.member_leave */

int mpriv_decode_dream_member_leave(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

/* ---- dream.member_report */

static int check_dream_member_report(const mpriv_dream_member_report_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_member_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_report_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->reading_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->share_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_member_report(out, profile);
}

int mpriv_encode_dream_member_report(mpriv_writer *writer, const mpriv_dream_member_report_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    mpriv_write_octets(writer, &answer->tag);
    mpriv_write_int(writer, answer->clamped);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.member_reply */

int mpriv_next_dream_member_reply_missing(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_member_reply_missing(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 4095, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_member_reply_missing(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_member_reply_missing(const mpriv_dream_member_reply_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_member_reply_missing(const mpriv_dream_member_reply_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_member_reply_missing(&reader, &item) != 0 || check_each_dream_member_reply_missing(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_member_reply_missing(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_dream_member_reply_missing(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_member_reply(const mpriv_dream_member_reply_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_member_reply_missing(in, profile, &in->missing) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_member_reply_missing(&in->missing)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_member_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_reply_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_member_reply_missing(reader, &out->missing) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 64, 64, &out->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_member_reply(out, profile);
}

int mpriv_encode_dream_member_reply(mpriv_writer *writer, const mpriv_dream_member_reply_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->recovery);
    mpriv_write_octets(writer, &answer->tag);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.collector_start */

static const uint8_t constant_dream_collector_start_0_bytes[] = {0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
static const mpriv_bigint constant_dream_collector_start_0 = {constant_dream_collector_start_0_bytes, 17, 0};
int mpriv_next_dream_collector_start_keys(mpriv_reader *reader, mpriv_dream_collector_start_keys_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_dream_collector_start_keys(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 2, 4096, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_collector_start_keys_item item;
        if (mpriv_next_dream_collector_start_keys(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_dream_collector_start_keys(const mpriv_dream_collector_start_input *in, uint8_t profile, const mpriv_dream_collector_start_keys_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_dream_collector_start_keys(const mpriv_dream_collector_start_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_collector_start_keys_item item;
        if (mpriv_next_dream_collector_start_keys(&reader, &item) != 0 || check_each_dream_collector_start_keys(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_dream_collector_start_keys(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_dream_collector_start_keys_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_dream_collector_start_keys_item item;
        if (mpriv_next_dream_collector_start_keys(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_dream_collector_start(const mpriv_dream_collector_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->slot < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 129) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->modulus, &constant_dream_collector_start_0) > 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_dream_collector_start_keys(in, profile, &in->keys) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_dream_collector_start_keys(&in->keys)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->tolerated_failures > ((int64_t)in->keys.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->colluders > ((int64_t)in->keys.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_is_power_of_two(&in->modulus))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_collector_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_collector_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->slot) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_dream_collector_start_keys(reader, &out->keys) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->tolerated_failures) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->colluders) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->signing_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_collector_start(out, profile);
}

/* ---- dream.collector_receive */

static int check_dream_collector_receive(const mpriv_dream_collector_receive_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 128) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_collector_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_collector_receive_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->tag) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_collector_receive(out, profile);
}

int mpriv_encode_dream_collector_receive(mpriv_writer *writer, const mpriv_dream_collector_receive_output *answer) {
    mpriv_write_int(writer, answer->received);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.collector_close */

int mpriv_decode_dream_collector_close(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_dream_collector_close(mpriv_writer *writer, const mpriv_dream_collector_close_output *answer) {
    mpriv_write_count(writer, answer->missing.count);
    for (size_t i0 = 0; i0 < answer->missing.count; i0++) {
        mpriv_write_int(writer, answer->missing.items[i0]);
    }
    mpriv_write_octets(writer, &answer->signature);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.collector_reply */

static int check_dream_collector_reply(const mpriv_dream_collector_reply_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->recovery) > 128) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_dream_collector_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_collector_reply_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->recovery) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->tag) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_dream_collector_reply(out, profile);
}

int mpriv_encode_dream_collector_reply(mpriv_writer *writer, const mpriv_dream_collector_reply_output *answer) {
    mpriv_write_int(writer, answer->replied);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- dream.collector_total */

int mpriv_decode_dream_collector_total(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_dream_collector_total(mpriv_writer *writer, const mpriv_dream_collector_total_output *answer) {
    mpriv_write_bigint(writer, 1, &answer->total);
    mpriv_write_int(writer, answer->meters);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- energy_tokens.blind_key */

static int check_energy_tokens_blind_key(const mpriv_energy_tokens_blind_key_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_energy_tokens_blind_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_energy_tokens_blind_key(out, profile);
}

int mpriv_encode_energy_tokens_blind_key(mpriv_writer *writer, const mpriv_energy_tokens_blind_key_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->modulus);
    mpriv_write_bigint(writer, 0, &answer->private_exponent);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- energy_tokens.blind_prepare */

static int check_energy_tokens_blind_prepare(const mpriv_energy_tokens_blind_prepare_input *in, uint8_t profile) {
    (void)profile;
    if (in->variant < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->variant > INT64_C(4)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_energy_tokens_blind_prepare(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_prepare_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->variant) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4096, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 32, &out->prefix) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_energy_tokens_blind_prepare(out, profile);
}

int mpriv_encode_energy_tokens_blind_prepare(mpriv_writer *writer, const mpriv_energy_tokens_blind_prepare_output *answer) {
    mpriv_write_octets(writer, &answer->input_message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- energy_tokens.blind */

static int check_energy_tokens_blind(const mpriv_energy_tokens_blind_input *in, uint8_t profile) {
    (void)profile;
    if (in->variant < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->variant > INT64_C(4)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->exponent, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->blinding) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->blinding, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_energy_tokens_blind(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->variant) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4128, &out->input_message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 48, &out->salt) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->blinding) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_energy_tokens_blind(out, profile);
}

int mpriv_encode_energy_tokens_blind(mpriv_writer *writer, const mpriv_energy_tokens_blind_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->blinded_message);
    mpriv_write_bigint(writer, 0, &answer->inverse);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- energy_tokens.blind_sign */

static int check_energy_tokens_blind_sign(const mpriv_energy_tokens_blind_sign_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->blinded_message) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->blinded_message, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_energy_tokens_blind_sign(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_sign_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->blinded_message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_energy_tokens_blind_sign(out, profile);
}

int mpriv_encode_energy_tokens_blind_sign(mpriv_writer *writer, const mpriv_energy_tokens_blind_sign_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->blind_signature);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- energy_tokens.blind_finalize */

static int check_energy_tokens_blind_finalize(const mpriv_energy_tokens_blind_finalize_input *in, uint8_t profile) {
    (void)profile;
    if (in->variant < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->variant > INT64_C(4)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->exponent, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->blind_signature) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->blind_signature, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->inverse) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->inverse, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_energy_tokens_blind_finalize(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_finalize_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->variant) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4128, &out->input_message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->blind_signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->inverse) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_energy_tokens_blind_finalize(out, profile);
}

int mpriv_encode_energy_tokens_blind_finalize(mpriv_writer *writer, const mpriv_energy_tokens_blind_finalize_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->signature);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- energy_tokens.blind_verify */

static int check_energy_tokens_blind_verify(const mpriv_energy_tokens_blind_verify_input *in, uint8_t profile) {
    (void)profile;
    if (in->variant < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->variant > INT64_C(4)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->exponent, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->signature) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->signature, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_energy_tokens_blind_verify(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_verify_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->variant) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4128, &out->input_message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_energy_tokens_blind_verify(out, profile);
}

/* ---- information.entropy */

int mpriv_next_information_entropy_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_information_entropy_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_entropy_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_information_entropy_probabilities(const mpriv_information_entropy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_information_entropy_probabilities(const mpriv_information_entropy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_entropy_probabilities(&reader, &item) != 0 || check_each_information_entropy_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_information_entropy(const mpriv_information_entropy_input *in, uint8_t profile) {
    (void)profile;
    if (check_information_entropy_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_information_entropy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_entropy_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_information_entropy_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_information_entropy(out, profile);
}

int mpriv_encode_information_entropy(mpriv_writer *writer, const mpriv_information_entropy_output *answer) {
    mpriv_write_real(writer, answer->entropy_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- information.binary_entropy */

static int check_information_binary_entropy(const mpriv_information_binary_entropy_input *in, uint8_t profile) {
    (void)profile;
    if (in->probability < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->probability > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_information_binary_entropy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_binary_entropy_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->probability) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_information_binary_entropy(out, profile);
}

int mpriv_encode_information_binary_entropy(mpriv_writer *writer, const mpriv_information_binary_entropy_output *answer) {
    mpriv_write_real(writer, answer->entropy_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- information.mutual_information */

int mpriv_next_information_mutual_information_joint(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_information_mutual_information_joint(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_mutual_information_joint(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_information_mutual_information_joint(const mpriv_information_mutual_information_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_information_mutual_information_joint(const mpriv_information_mutual_information_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_mutual_information_joint(&reader, &item) != 0 || check_each_information_mutual_information_joint(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_information_mutual_information(const mpriv_information_mutual_information_input *in, uint8_t profile) {
    (void)profile;
    if (in->columns < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->columns > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_information_mutual_information_joint(in, profile, &in->joint) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_information_mutual_information(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_mutual_information_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->columns) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_information_mutual_information_joint(reader, &out->joint) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_information_mutual_information(out, profile);
}

int mpriv_encode_information_mutual_information(mpriv_writer *writer, const mpriv_information_mutual_information_output *answer) {
    mpriv_write_real(writer, answer->information_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- information.divergence */

int mpriv_next_information_divergence_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_information_divergence_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_divergence_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_information_divergence_reference(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_information_divergence_reference(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_divergence_reference(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_information_divergence_probabilities(const mpriv_information_divergence_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_information_divergence_probabilities(const mpriv_information_divergence_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_divergence_probabilities(&reader, &item) != 0 || check_each_information_divergence_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_information_divergence_reference(const mpriv_information_divergence_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_information_divergence_reference(const mpriv_information_divergence_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_information_divergence_reference(&reader, &item) != 0 || check_each_information_divergence_reference(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_information_divergence(const mpriv_information_divergence_input *in, uint8_t profile) {
    (void)profile;
    if (check_information_divergence_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_information_divergence_reference(in, profile, &in->reference) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_information_divergence(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_divergence_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_information_divergence_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_information_divergence_reference(reader, &out->reference) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->reference.count != out->probabilities.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_information_divergence(out, profile);
}

int mpriv_encode_information_divergence(mpriv_writer *writer, const mpriv_information_divergence_output *answer) {
    mpriv_write_tag(writer, answer->divergence_bits_present != 0);
    if (answer->divergence_bits_present) {
        mpriv_write_real(writer, answer->divergence_bits);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.reading_level */

static int check_load_management_reading_level(const mpriv_load_management_reading_level_input *in, uint8_t profile) {
    (void)profile;
    if (in->value_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(4294967296)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_reading_level(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_reading_level_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->value_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->unit_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_reading_level(out, profile);
}

int mpriv_encode_load_management_reading_level(mpriv_writer *writer, const mpriv_load_management_reading_level_output *answer) {
    mpriv_write_int(writer, answer->level);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.threshold_level */

static int check_load_management_threshold_level(const mpriv_load_management_threshold_level_input *in, uint8_t profile) {
    (void)profile;
    if (in->threshold_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(4294967296)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_threshold_level(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_threshold_level_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->threshold_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->unit_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_threshold_level(out, profile);
}

int mpriv_encode_load_management_threshold_level(mpriv_writer *writer, const mpriv_load_management_threshold_level_output *answer) {
    mpriv_write_int(writer, answer->level);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.yao_key */

static int check_load_management_yao_key(const mpriv_load_management_yao_key_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->exponent, (int64_t)mpriv_product_bits(&in->p, &in->q)) >= 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_yao_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_yao_key(out, profile);
}

int mpriv_encode_load_management_yao_key(mpriv_writer *writer, const mpriv_load_management_yao_key_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->modulus);
    mpriv_write_bigint(writer, 0, &answer->private_exponent);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.yao_request */

int mpriv_next_load_management_yao_request_candidates(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_yao_request_candidates(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 16, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_yao_request_candidates(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_yao_request_candidates(const mpriv_load_management_yao_request_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_yao_request_candidates(const mpriv_load_management_yao_request_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_yao_request_candidates(&reader, &item) != 0 || check_each_load_management_yao_request_candidates(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_yao_request(const mpriv_load_management_yao_request_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(256)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level > in->levels) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_yao_request_candidates(in, profile, &in->candidates) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->exponent, (int64_t)mpriv_bits(&in->modulus)) >= 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_yao_request(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_request_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_yao_request_candidates(reader, &out->candidates) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_yao_request(out, profile);
}

int mpriv_encode_load_management_yao_request(mpriv_writer *writer, const mpriv_load_management_yao_request_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->message);
    mpriv_write_int(writer, answer->used);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.yao_response */

int mpriv_next_load_management_yao_response_candidates(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_yao_response_candidates(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_yao_response_candidates(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_yao_response_candidates(const mpriv_load_management_yao_response_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(item)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_yao_response_candidates(const mpriv_load_management_yao_response_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_yao_response_candidates(&reader, &item) != 0 || check_each_load_management_yao_response_candidates(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_yao_response(const mpriv_load_management_yao_response_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(256)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_level > in->levels) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->message) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_yao_response_candidates(in, profile, &in->candidates) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->exponent, (int64_t)mpriv_product_bits(&in->p, &in->q)) >= 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_yao_response(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_response_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->reading_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_yao_response_candidates(reader, &out->candidates) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_yao_response(out, profile);
}

int mpriv_encode_load_management_yao_response(mpriv_writer *writer, const mpriv_load_management_yao_response_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->prime);
    mpriv_write_count(writer, answer->residues.count);
    for (size_t i0 = 0; i0 < answer->residues.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->residues.items[i0]);
    }
    mpriv_write_int(writer, answer->used);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.yao_outcome */

int mpriv_next_load_management_yao_outcome_residues(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_yao_outcome_residues(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_yao_outcome_residues(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_yao_outcome_residues(const mpriv_load_management_yao_outcome_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_yao_outcome_residues(const mpriv_load_management_yao_outcome_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_yao_outcome_residues(&reader, &item) != 0 || check_each_load_management_yao_outcome_residues(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_yao_outcome(const mpriv_load_management_yao_outcome_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(256)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level > in->levels) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->x) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->x, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->prime) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->prime, (INT64_C(3) * in->levels)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->prime)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_yao_outcome_residues(in, profile, &in->residues) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((int64_t)in->residues.count == in->levels)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!((INT64_C(2) * (int64_t)mpriv_bits(&in->prime)) <= ((int64_t)mpriv_bits(&in->modulus) + INT64_C(1)))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_yao_outcome(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_outcome_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->x) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->prime) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_yao_outcome_residues(reader, &out->residues) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_yao_outcome(out, profile);
}

int mpriv_encode_load_management_yao_outcome(mpriv_writer *writer, const mpriv_load_management_yao_outcome_output *answer) {
    mpriv_write_int(writer, answer->at_least);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.yao_audit */

static int check_load_management_yao_audit(const mpriv_load_management_yao_audit_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(256)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level > in->levels) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->x) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->x, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->message) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->message, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->exponent, (int64_t)mpriv_bits(&in->modulus)) >= 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_yao_audit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_audit_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->x) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_yao_audit(out, profile);
}

/* ---- load_management.dgk_key */

static int check_load_management_dgk_key(const mpriv_load_management_dgk_key_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->p, 1023)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->q, 1023)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->v_p) > 512) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->v_p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->v_p, 223)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->v_p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->v_q) > 512) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->v_q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->v_q, 223)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->v_q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->base_g) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->base_g, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->base_h) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->base_h, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(((mpriv_compare(&in->p, &in->q) != 0) && (mpriv_compare(&in->v_p, &in->v_q) != 0)))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->v_p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->v_q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->base_g) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->base_h) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_key(out, profile);
}

int mpriv_encode_load_management_dgk_key(mpriv_writer *writer, const mpriv_load_management_dgk_key_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->modulus);
    mpriv_write_bigint(writer, 0, &answer->g);
    mpriv_write_bigint(writer, 0, &answer->h);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.dgk_encrypt */

static int check_load_management_dgk_encrypt(const mpriv_load_management_dgk_encrypt_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 2047)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->g) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->g, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->g, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->h) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->h, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->h, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->plaintext < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->plaintext > (in->u - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->randomness) > 1280) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->randomness, 128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_encrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_encrypt_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->g) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->h) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->plaintext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_encrypt(out, profile);
}

int mpriv_encode_load_management_dgk_encrypt(mpriv_writer *writer, const mpriv_load_management_dgk_encrypt_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.dgk_is_zero */

static int check_load_management_dgk_is_zero(const mpriv_load_management_dgk_is_zero_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->p, 1023)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->q, 1023)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->v_p) > 512) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->v_p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->v_p, 223)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->v_p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->v_q) > 512) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->v_q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->v_q, 223)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->v_q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_is_zero(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_is_zero_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->v_p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->v_q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_is_zero(out, profile);
}

int mpriv_encode_load_management_dgk_is_zero(mpriv_writer *writer, const mpriv_load_management_dgk_is_zero_output *answer) {
    mpriv_write_int(writer, answer->zero);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.dgk_request */

int mpriv_next_load_management_dgk_request_randomness(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_request_randomness(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_request_randomness(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_request_randomness(const mpriv_load_management_dgk_request_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 1280) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(item, 128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_request_randomness(const mpriv_load_management_dgk_request_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_request_randomness(&reader, &item) != 0 || check_each_load_management_dgk_request_randomness(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_request(const mpriv_load_management_dgk_request_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 2047)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->g) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->g, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->g, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->h) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->h, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->h, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_request_randomness(in, profile, &in->randomness) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < ((INT64_C(3) * (int64_t)in->randomness.count) + INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_request(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_request_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->g) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->h) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_request_randomness(reader, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_request(out, profile);
}

int mpriv_encode_load_management_dgk_request(mpriv_writer *writer, const mpriv_load_management_dgk_request_output *answer) {
    mpriv_write_count(writer, answer->bits.count);
    for (size_t i0 = 0; i0 < answer->bits.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->bits.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.dgk_response */

int mpriv_next_load_management_dgk_response_bits(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_response_bits(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_response_bits(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_dgk_response_multipliers(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_response_multipliers(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_dgk_response_multipliers(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_dgk_response_randomness(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_response_randomness(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_response_randomness(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_dgk_response_order(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_response_order(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_dgk_response_order(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_response_bits(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_response_bits(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_response_bits(&reader, &item) != 0 || check_each_load_management_dgk_response_bits(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_response_multipliers(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > (in->u - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_response_multipliers(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_dgk_response_multipliers(&reader, &item) != 0 || check_each_load_management_dgk_response_multipliers(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_response_randomness(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 1280) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(item, 128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_response_randomness(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_response_randomness(&reader, &item) != 0 || check_each_load_management_dgk_response_randomness(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_response_order(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > ((int64_t)in->bits.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_response_order(const mpriv_load_management_dgk_response_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_dgk_response_order(&reader, &item) != 0 || check_each_load_management_dgk_response_order(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_response(const mpriv_load_management_dgk_response_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 2047)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->g) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->g, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->g, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->h) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->h, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->h, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_response_bits(in, profile, &in->bits) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < ((INT64_C(3) * (int64_t)in->bits.count) + INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_response_multipliers(in, profile, &in->multipliers) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_response_randomness(in, profile, &in->randomness) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_response_order(in, profile, &in->order) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_response(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_response_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->g) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->h) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_response_bits(reader, &out->bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_response_multipliers(reader, &out->multipliers) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_response_randomness(reader, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_response_order(reader, &out->order) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->reading_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->multipliers.count != out->bits.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->randomness.count != out->bits.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->order.count != out->bits.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_response(out, profile);
}

int mpriv_encode_load_management_dgk_response(mpriv_writer *writer, const mpriv_load_management_dgk_response_output *answer) {
    mpriv_write_count(writer, answer->ciphertexts.count);
    for (size_t i0 = 0; i0 < answer->ciphertexts.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->ciphertexts.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.dgk_outcome */

int mpriv_next_load_management_dgk_outcome_ciphertexts(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_outcome_ciphertexts(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_outcome_ciphertexts(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_outcome_ciphertexts(const mpriv_load_management_dgk_outcome_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_outcome_ciphertexts(const mpriv_load_management_dgk_outcome_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_outcome_ciphertexts(&reader, &item) != 0 || check_each_load_management_dgk_outcome_ciphertexts(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_outcome(const mpriv_load_management_dgk_outcome_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->p, 1023)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->q, 1023)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->v_p) > 512) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->v_p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->v_p, 223)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->v_p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->v_q) > 512) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->v_q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->v_q, 223)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->v_q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(4294967296)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_outcome_ciphertexts(in, profile, &in->ciphertexts) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_outcome(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_outcome_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->v_p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->v_q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_outcome_ciphertexts(reader, &out->ciphertexts) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_outcome(out, profile);
}

int mpriv_encode_load_management_dgk_outcome(mpriv_writer *writer, const mpriv_load_management_dgk_outcome_output *answer) {
    mpriv_write_int(writer, answer->at_least);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.dgk_audit */

int mpriv_next_load_management_dgk_audit_randomness(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_audit_randomness(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_audit_randomness(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_dgk_audit_bits(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_dgk_audit_bits(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_audit_bits(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_audit_randomness(const mpriv_load_management_dgk_audit_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 1280) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(item, 128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_audit_randomness(const mpriv_load_management_dgk_audit_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_audit_randomness(&reader, &item) != 0 || check_each_load_management_dgk_audit_randomness(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_dgk_audit_bits(const mpriv_load_management_dgk_audit_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_audit_bits(const mpriv_load_management_dgk_audit_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_dgk_audit_bits(&reader, &item) != 0 || check_each_load_management_dgk_audit_bits(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_dgk_audit(const mpriv_load_management_dgk_audit_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 2047)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->g) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->g, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->g, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->h) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->h, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->h, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_audit_randomness(in, profile, &in->randomness) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < ((INT64_C(3) * (int64_t)in->randomness.count) + INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_level < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_dgk_audit_bits(in, profile, &in->bits) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_dgk_audit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_audit_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->g) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->h) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_audit_randomness(reader, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_dgk_audit_bits(reader, &out->bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->bits.count != out->randomness.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_dgk_audit(out, profile);
}

/* ---- load_management.assign_groups */

int mpriv_next_load_management_assign_groups_users(mpriv_reader *reader, mpriv_load_management_assign_groups_users_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->plan) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->last_month_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_assign_groups_users(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_assign_groups_users_item item;
        if (mpriv_next_load_management_assign_groups_users(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_assign_groups_users(const mpriv_load_management_assign_groups_input *in, uint8_t profile, const mpriv_load_management_assign_groups_users_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->plan < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->plan > INT64_C(255)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->last_month_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->last_month_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_assign_groups_users(const mpriv_load_management_assign_groups_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_assign_groups_users_item item;
        if (mpriv_next_load_management_assign_groups_users(&reader, &item) != 0 || check_each_load_management_assign_groups_users(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_load_management_assign_groups_users(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_load_management_assign_groups_users_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_assign_groups_users_item item;
        if (mpriv_next_load_management_assign_groups_users(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_load_management_assign_groups_users(const mpriv_list *list) {
    if (increasing_load_management_assign_groups_users(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_assign_groups_users_item item;
        if (mpriv_next_load_management_assign_groups_users(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_load_management_assign_groups_users_item other;
            if (mpriv_next_load_management_assign_groups_users(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_load_management_assign_groups(const mpriv_load_management_assign_groups_input *in, uint8_t profile) {
    (void)profile;
    if (profile == MPRIV_PROFILE_PUBLISHED && in->least_members < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->least_members < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->least_members > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_assign_groups_users(in, profile, &in->users) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_load_management_assign_groups_users(&in->users)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_assign_groups(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_assign_groups_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->least_members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_assign_groups_users(reader, &out->users) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_assign_groups(out, profile);
}

int mpriv_encode_load_management_assign_groups(mpriv_writer *writer, const mpriv_load_management_assign_groups_output *answer) {
    mpriv_write_count(writer, answer->groups.count);
    for (size_t i0 = 0; i0 < answer->groups.count; i0++) {
        mpriv_write_int(writer, answer->groups.items[i0].plan);
        mpriv_write_count(writer, answer->groups.items[i0].nodes.count);
        for (size_t i1 = 0; i1 < answer->groups.items[i0].nodes.count; i1++) {
            mpriv_write_int(writer, answer->groups.items[i0].nodes.items[i1]);
        }
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.group_state */

static int check_load_management_group_state(const mpriv_load_management_group_state_input *in, uint8_t profile) {
    (void)profile;
    if (profile == MPRIV_PROFILE_PUBLISHED && in->meters < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->meters < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->total_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->total_wh > (in->meters * in->maximum_wh)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->group_threshold_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->group_threshold_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->threshold_policy < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->threshold_policy < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_policy > INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->parameter_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->parameter_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_group_state(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_group_state_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->total_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->group_threshold_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->parameter_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_group_state(out, profile);
}

int mpriv_encode_load_management_group_state(mpriv_writer *writer, const mpriv_load_management_group_state_output *answer) {
    mpriv_write_int(writer, answer->peak);
    mpriv_write_tag(writer, answer->threshold_wh_present != 0);
    if (answer->threshold_wh_present) {
        mpriv_write_int(writer, answer->threshold_wh);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.charge */

static int check_load_management_charge(const mpriv_load_management_charge_input *in, uint8_t profile) {
    (void)profile;
    if (in->usage_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->usage_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_wh_present) {
        if (in->threshold_wh < INT64_C(0)) {
            return MPRIV_DECODE_RANGE;
        }
        if (in->threshold_wh > INT64_C(4294967295)) {
            return MPRIV_DECODE_RANGE;
        }
    }
    if (in->allowance_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->allowance_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_charge(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_charge_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->usage_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_tag(reader, &out->threshold_wh_present) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    memset(&out->threshold_wh, 0, sizeof out->threshold_wh);
    if (out->threshold_wh_present) {
        if (mpriv_read_int(reader, &out->threshold_wh) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    if (mpriv_read_int(reader, &out->allowance_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_charge(out, profile);
}

int mpriv_encode_load_management_charge(mpriv_writer *writer, const mpriv_load_management_charge_output *answer) {
    mpriv_write_int(writer, answer->high);
    mpriv_write_int(writer, answer->high_rate);
    mpriv_write_int(writer, answer->normal_wh);
    mpriv_write_int(writer, answer->high_wh);
    mpriv_write_int(writer, answer->allowance_wh);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.plan_interval */

int mpriv_next_load_management_plan_interval_users(mpriv_reader *reader, mpriv_load_management_plan_interval_users_item *item) {
    if (mpriv_read_int(reader, &item->usage_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->allowance_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_plan_interval_users(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 3, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_plan_interval_users_item item;
        if (mpriv_next_load_management_plan_interval_users(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_plan_interval_users(const mpriv_load_management_plan_interval_input *in, uint8_t profile, const mpriv_load_management_plan_interval_users_item *item) {
    (void)in;
    (void)profile;
    if (item->usage_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->usage_wh > in->maximum_wh) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->allowance_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->allowance_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_plan_interval_users(const mpriv_load_management_plan_interval_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_plan_interval_users_item item;
        if (mpriv_next_load_management_plan_interval_users(&reader, &item) != 0 || check_each_load_management_plan_interval_users(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_plan_interval(const mpriv_load_management_plan_interval_input *in, uint8_t profile) {
    (void)profile;
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->group_threshold_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->group_threshold_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->threshold_policy < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->threshold_policy < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_policy > INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->parameter_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->parameter_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_plan_interval_users(in, profile, &in->users) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)in->users.count >= INT64_C(8))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_plan_interval(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_plan_interval_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->group_threshold_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->parameter_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_plan_interval_users(reader, &out->users) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_plan_interval(out, profile);
}

int mpriv_encode_load_management_plan_interval(mpriv_writer *writer, const mpriv_load_management_plan_interval_output *answer) {
    mpriv_write_int(writer, answer->total_wh);
    mpriv_write_int(writer, answer->peak);
    mpriv_write_tag(writer, answer->threshold_wh_present != 0);
    if (answer->threshold_wh_present) {
        mpriv_write_int(writer, answer->threshold_wh);
    }
    mpriv_write_count(writer, answer->users.count);
    for (size_t i0 = 0; i0 < answer->users.count; i0++) {
        mpriv_write_int(writer, answer->users.items[i0].high);
        mpriv_write_int(writer, answer->users.items[i0].high_rate);
        mpriv_write_int(writer, answer->users.items[i0].normal_wh);
        mpriv_write_int(writer, answer->users.items[i0].high_wh);
        mpriv_write_int(writer, answer->users.items[i0].allowance_wh);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.user_start */

int mpriv_next_load_management_user_start_deferrable(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_start_deferrable(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 0, 16, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_start_deferrable(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_start_deferrable(const mpriv_load_management_user_start_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_start_deferrable(const mpriv_load_management_user_start_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_start_deferrable(&reader, &item) != 0 || check_each_load_management_user_start_deferrable(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_load_management_user_start_deferrable(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_start_deferrable(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_load_management_user_start(const mpriv_load_management_user_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(4294967296)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->allowance_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->allowance_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->normal_price < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->normal_price > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->high_price < in->normal_price) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->high_price > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->month < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->month > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_user_start_deferrable(in, profile, &in->deferrable) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_load_management_user_start_deferrable(&in->deferrable)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->utility_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->scope) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->unit_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->allowance_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->normal_price) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->high_price) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->month) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_user_start_deferrable(reader, &out->deferrable) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_start(out, profile);
}

/* ---- load_management.user_reading */

static int check_load_management_user_reading(const mpriv_load_management_user_reading_input *in, uint8_t profile) {
    (void)profile;
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->usage_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->usage_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_reading(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_reading_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->usage_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_reading(out, profile);
}

int mpriv_encode_load_management_user_reading(mpriv_writer *writer, const mpriv_load_management_user_reading_output *answer) {
    mpriv_write_int(writer, answer->lapsed);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.user_settle */

int mpriv_decode_load_management_user_settle(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_settle_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 0, 4096, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_load_management_user_settle(mpriv_writer *writer, const mpriv_load_management_user_settle_output *answer) {
    mpriv_write_int(writer, answer->high);
    mpriv_write_int(writer, answer->high_rate);
    mpriv_write_int(writer, answer->normal_wh);
    mpriv_write_int(writer, answer->high_wh);
    mpriv_write_int(writer, answer->allowance_wh);
    mpriv_write_bigint(writer, 0, &answer->bill);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.user_compare_yao */

int mpriv_next_load_management_user_compare_yao_candidates(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_compare_yao_candidates(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_compare_yao_candidates(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_compare_yao_candidates(const mpriv_load_management_user_compare_yao_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(item)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_yao_candidates(const mpriv_load_management_user_compare_yao_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_compare_yao_candidates(&reader, &item) != 0 || check_each_load_management_user_compare_yao_candidates(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_yao(const mpriv_load_management_user_compare_yao_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 64) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->message) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_user_compare_yao_candidates(in, profile, &in->candidates) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare_int(&in->exponent, (int64_t)mpriv_product_bits(&in->p, &in->q)) >= 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_compare_yao(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_compare_yao_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_user_compare_yao_candidates(reader, &out->candidates) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_compare_yao(out, profile);
}

int mpriv_encode_load_management_user_compare_yao(mpriv_writer *writer, const mpriv_load_management_user_compare_yao_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->prime);
    mpriv_write_count(writer, answer->residues.count);
    for (size_t i0 = 0; i0 < answer->residues.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->residues.items[i0]);
    }
    mpriv_write_int(writer, answer->used);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.user_compare_dgk */

int mpriv_next_load_management_user_compare_dgk_bits(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_compare_dgk_bits(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_compare_dgk_bits(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_user_compare_dgk_multipliers(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_compare_dgk_multipliers(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_compare_dgk_multipliers(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_user_compare_dgk_randomness(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_compare_dgk_randomness(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_compare_dgk_randomness(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_user_compare_dgk_order(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_compare_dgk_order(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_compare_dgk_order(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_compare_dgk_bits(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_dgk_bits(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_compare_dgk_bits(&reader, &item) != 0 || check_each_load_management_user_compare_dgk_bits(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_compare_dgk_multipliers(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > (in->u - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_dgk_multipliers(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_compare_dgk_multipliers(&reader, &item) != 0 || check_each_load_management_user_compare_dgk_multipliers(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_compare_dgk_randomness(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 1280) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(item, 128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_dgk_randomness(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_compare_dgk_randomness(&reader, &item) != 0 || check_each_load_management_user_compare_dgk_randomness(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_compare_dgk_order(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > ((int64_t)in->bits.count - INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_dgk_order(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_user_compare_dgk_order(&reader, &item) != 0 || check_each_load_management_user_compare_dgk_order(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_compare_dgk(const mpriv_load_management_user_compare_dgk_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 2047)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->g) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->g, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->g, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->h) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->h, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->h, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_user_compare_dgk_bits(in, profile, &in->bits) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u < ((INT64_C(3) * (int64_t)in->bits.count) + INT64_C(1))) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->u > INT64_C(1021)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_user_compare_dgk_multipliers(in, profile, &in->multipliers) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_user_compare_dgk_randomness(in, profile, &in->randomness) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_user_compare_dgk_order(in, profile, &in->order) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_compare_dgk(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_compare_dgk_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->g) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->h) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_user_compare_dgk_bits(reader, &out->bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->u) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_user_compare_dgk_multipliers(reader, &out->multipliers) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_user_compare_dgk_randomness(reader, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_user_compare_dgk_order(reader, &out->order) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->multipliers.count != out->bits.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->randomness.count != out->bits.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->order.count != out->bits.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_compare_dgk(out, profile);
}

int mpriv_encode_load_management_user_compare_dgk(mpriv_writer *writer, const mpriv_load_management_user_compare_dgk_output *answer) {
    mpriv_write_count(writer, answer->ciphertexts.count);
    for (size_t i0 = 0; i0 < answer->ciphertexts.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->ciphertexts.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.user_audit_yao */

static int check_load_management_user_audit_yao(const mpriv_load_management_user_audit_yao_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->x) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->x, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_audit_yao(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_audit_yao_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->x) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_audit_yao(out, profile);
}

/* ---- load_management.user_audit_dgk */

int mpriv_next_load_management_user_audit_dgk_randomness(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_user_audit_dgk_randomness(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_audit_dgk_randomness(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_user_audit_dgk_randomness(const mpriv_load_management_user_audit_dgk_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 1280) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(item, 128)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_audit_dgk_randomness(const mpriv_load_management_user_audit_dgk_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_user_audit_dgk_randomness(&reader, &item) != 0 || check_each_load_management_user_audit_dgk_randomness(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_user_audit_dgk(const mpriv_load_management_user_audit_dgk_input *in, uint8_t profile) {
    (void)profile;
    if (check_load_management_user_audit_dgk_randomness(in, profile, &in->randomness) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_audit_dgk(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_audit_dgk_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_load_management_user_audit_dgk_randomness(reader, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_audit_dgk(out, profile);
}

/* ---- load_management.user_signals */

int mpriv_decode_load_management_user_signals(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_signals_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_load_management_user_signals(mpriv_writer *writer, const mpriv_load_management_user_signals_output *answer) {
    mpriv_write_count(writer, answer->messages.count);
    for (size_t i0 = 0; i0 < answer->messages.count; i0++) {
        mpriv_write_octets(writer, &answer->messages.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.user_month */

static int check_load_management_user_month(const mpriv_load_management_user_month_input *in, uint8_t profile) {
    (void)profile;
    if (in->month < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->month > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_user_month(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_month_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->month) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_user_month(out, profile);
}

int mpriv_encode_load_management_user_month(mpriv_writer *writer, const mpriv_load_management_user_month_output *answer) {
    mpriv_write_int(writer, answer->normal_wh);
    mpriv_write_int(writer, answer->high_wh);
    mpriv_write_int(writer, answer->lapsed);
    mpriv_write_bigint(writer, 0, &answer->bill);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.utility_start */

int mpriv_next_load_management_utility_start_members(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_utility_start_members(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 3, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_utility_start_members(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_utility_start_members(const mpriv_load_management_utility_start_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_utility_start_members(const mpriv_load_management_utility_start_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_utility_start_members(&reader, &item) != 0 || check_each_load_management_utility_start_members(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_load_management_utility_start_members(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_load_management_utility_start_members(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_load_management_utility_start(const mpriv_load_management_utility_start_input *in, uint8_t profile) {
    (void)profile;
    if (check_load_management_utility_start_members(in, profile, &in->members) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_load_management_utility_start_members(&in->members)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->unit_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->levels > INT64_C(4294967296)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->group_threshold_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->group_threshold_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->threshold_policy < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->threshold_policy < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->threshold_policy > INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->parameter_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->parameter_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(in->parameter_wh <= in->maximum_wh)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)in->members.count >= INT64_C(8))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_utility_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_utility_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->scope) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_utility_start_members(reader, &out->members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->unit_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->group_threshold_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->threshold_policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->parameter_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_utility_start(out, profile);
}

/* ---- load_management.utility_total */

static int check_load_management_utility_total(const mpriv_load_management_utility_total_input *in, uint8_t profile) {
    (void)profile;
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->total_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->total_wh > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_utility_total(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_utility_total_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->total_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_utility_total(out, profile);
}

int mpriv_encode_load_management_utility_total(mpriv_writer *writer, const mpriv_load_management_utility_total_output *answer) {
    mpriv_write_int(writer, answer->peak);
    mpriv_write_tag(writer, answer->threshold_wh_present != 0);
    if (answer->threshold_wh_present) {
        mpriv_write_int(writer, answer->threshold_wh);
    }
    mpriv_write_octets(writer, &answer->message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.utility_outcome */

static int check_load_management_utility_outcome(const mpriv_load_management_utility_outcome_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->at_least < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->at_least > INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_utility_outcome(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_utility_outcome_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->at_least) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_utility_outcome(out, profile);
}

int mpriv_encode_load_management_utility_outcome(mpriv_writer *writer, const mpriv_load_management_utility_outcome_output *answer) {
    mpriv_write_int(writer, answer->outstanding);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.ring_roster */

int mpriv_next_load_management_ring_roster_members(mpriv_reader *reader, mpriv_load_management_ring_roster_members_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->signing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->sealing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_ring_roster_members(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_ring_roster_members_item item;
        if (mpriv_next_load_management_ring_roster_members(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_ring_roster_members(const mpriv_load_management_ring_roster_input *in, uint8_t profile, const mpriv_load_management_ring_roster_members_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_ring_roster_members(const mpriv_load_management_ring_roster_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_ring_roster_members_item item;
        if (mpriv_next_load_management_ring_roster_members(&reader, &item) != 0 || check_each_load_management_ring_roster_members(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_load_management_ring_roster_members(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_load_management_ring_roster_members_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_ring_roster_members_item item;
        if (mpriv_next_load_management_ring_roster_members(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_load_management_ring_roster_members(const mpriv_list *list) {
    if (increasing_load_management_ring_roster_members(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_ring_roster_members_item item;
        if (mpriv_next_load_management_ring_roster_members(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_load_management_ring_roster_members_item other;
            if (mpriv_next_load_management_ring_roster_members(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_load_management_ring_roster(const mpriv_load_management_ring_roster_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_ring_roster_members(in, profile, &in->members) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_load_management_ring_roster_members(&in->members)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->least_members < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->least_members < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->least_members > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_ring_roster(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_roster_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 16, 16, &out->group) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_ring_roster_members(reader, &out->members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->least_members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_ring_roster(out, profile);
}

int mpriv_encode_load_management_ring_roster(mpriv_writer *writer, const mpriv_load_management_ring_roster_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.ring_start */

static int check_load_management_ring_start(const mpriv_load_management_ring_start_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_wh > in->maximum_wh) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_ring_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->reading_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_ring_start(out, profile);
}

int mpriv_encode_load_management_ring_start(mpriv_writer *writer, const mpriv_load_management_ring_start_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.ring_add */

static int check_load_management_ring_add(const mpriv_load_management_ring_add_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->previous) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->previous, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->previous, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reading_wh > in->maximum_wh) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_ring_add(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_add_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->previous) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->reading_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_ring_add(out, profile);
}

int mpriv_encode_load_management_ring_add(mpriv_writer *writer, const mpriv_load_management_ring_add_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.ring_stop */

static int check_load_management_ring_stop(const mpriv_load_management_ring_stop_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->members < INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->members < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->members > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_ring_stop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_stop_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_ring_stop(out, profile);
}

int mpriv_encode_load_management_ring_stop(mpriv_writer *writer, const mpriv_load_management_ring_stop_output *answer) {
    mpriv_write_int(writer, answer->total_wh);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.sign_hop */

static int check_load_management_sign_hop(const mpriv_load_management_sign_hop_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_sign_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_sign_hop_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->position) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_sign_hop(out, profile);
}

int mpriv_encode_load_management_sign_hop(mpriv_writer *writer, const mpriv_load_management_sign_hop_output *answer) {
    mpriv_write_octets(writer, &answer->message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.check_hop */

static int check_load_management_check_hop(const mpriv_load_management_check_hop_input *in, uint8_t profile) {
    (void)profile;
    if (in->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->next_interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_check_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_check_hop_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->position) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->next_interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4096, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_check_hop(out, profile);
}

int mpriv_encode_load_management_check_hop(mpriv_writer *writer, const mpriv_load_management_check_hop_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.seal_hop */

static int check_load_management_seal_hop(const mpriv_load_management_seal_hop_input *in, uint8_t profile) {
    (void)profile;
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_seal_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_seal_hop_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->ephemeral_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->sealing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->position) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4096, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_seal_hop(out, profile);
}

int mpriv_encode_load_management_seal_hop(mpriv_writer *writer, const mpriv_load_management_seal_hop_output *answer) {
    mpriv_write_octets(writer, &answer->sealed);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.open_hop */

static int check_load_management_open_hop(const mpriv_load_management_open_hop_input *in, uint8_t profile) {
    (void)profile;
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->position > INT64_C(1024)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_open_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_open_hop_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->position) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4144, &out->sealed) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_open_hop(out, profile);
}

int mpriv_encode_load_management_open_hop(mpriv_writer *writer, const mpriv_load_management_open_hop_output *answer) {
    mpriv_write_octets(writer, &answer->message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.audit_ring */

int mpriv_next_load_management_audit_ring_members(mpriv_reader *reader, mpriv_load_management_audit_ring_members_item *item) {
    if (mpriv_read_int(reader, &item->node) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &item->signing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_audit_ring_members(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 3, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_audit_ring_members_item item;
        if (mpriv_next_load_management_audit_ring_members(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_load_management_audit_ring_messages(mpriv_reader *reader, mpriv_octets *item) {
    if (mpriv_read_octets(reader, 0, 4096, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_audit_ring_messages(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_octets item;
        if (mpriv_next_load_management_audit_ring_messages(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_audit_ring_members(const mpriv_load_management_audit_ring_input *in, uint8_t profile, const mpriv_load_management_audit_ring_members_item *item) {
    (void)in;
    (void)profile;
    if (item->node < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->node > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_audit_ring_members(const mpriv_load_management_audit_ring_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_audit_ring_members_item item;
        if (mpriv_next_load_management_audit_ring_members(&reader, &item) != 0 || check_each_load_management_audit_ring_members(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_load_management_audit_ring_members(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_load_management_audit_ring_members_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_audit_ring_members_item item;
        if (mpriv_next_load_management_audit_ring_members(&reader, &item) != 0 || (i != 0 && !(last.node < item.node))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int unique_load_management_audit_ring_members(const mpriv_list *list) {
    if (increasing_load_management_audit_ring_members(list)) {
        return 1;
    }
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_audit_ring_members_item item;
        if (mpriv_next_load_management_audit_ring_members(&reader, &item) != 0) {
            return 0;
        }
        mpriv_reader rest = reader;
        for (size_t j = i + 1; j < list->count; j++) {
            mpriv_load_management_audit_ring_members_item other;
            if (mpriv_next_load_management_audit_ring_members(&rest, &other) != 0 || other.node == item.node) {
                return 0;
            }
        }
    }
    return 1;
}

static int check_load_management_audit_ring(const mpriv_load_management_audit_ring_input *in, uint8_t profile) {
    (void)profile;
    if (in->interval < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_audit_ring_members(in, profile, &in->members) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!unique_load_management_audit_ring_members(&in->members)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_audit_ring(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_audit_ring_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->roster) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->interval) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_audit_ring_members(reader, &out->members) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_audit_ring_messages(reader, &out->messages) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->messages.count != out->members.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_audit_ring(out, profile);
}

int mpriv_encode_load_management_audit_ring(mpriv_writer *writer, const mpriv_load_management_audit_ring_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.encrypt_day */

static int check_load_management_encrypt_day(const mpriv_load_management_encrypt_day_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->normal_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->normal_wh > in->maximum_wh) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->high_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->high_wh > (in->maximum_wh - in->normal_wh)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->normal_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->normal_randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->normal_randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->high_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->high_randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->high_randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_encrypt_day(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_encrypt_day_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->normal_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->high_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->normal_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->high_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_encrypt_day(out, profile);
}

int mpriv_encode_load_management_encrypt_day(mpriv_writer *writer, const mpriv_load_management_encrypt_day_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->normal);
    mpriv_write_bigint(writer, 0, &answer->high);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.aggregate_month */

int mpriv_next_load_management_aggregate_month_counters(mpriv_reader *reader, mpriv_load_management_aggregate_month_counters_item *item) {
    if (mpriv_read_bigint(reader, 0, &item->normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &item->high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_aggregate_month_counters(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 31, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_aggregate_month_counters_item item;
        if (mpriv_next_load_management_aggregate_month_counters(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_aggregate_month_counters(const mpriv_load_management_aggregate_month_input *in, uint8_t profile, const mpriv_load_management_aggregate_month_counters_item *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(&item->normal) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->normal, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&item->normal, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&item->high) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->high, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&item->high, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_aggregate_month_counters(const mpriv_load_management_aggregate_month_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_aggregate_month_counters_item item;
        if (mpriv_next_load_management_aggregate_month_counters(&reader, &item) != 0 || check_each_load_management_aggregate_month_counters(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_aggregate_month(const mpriv_load_management_aggregate_month_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_aggregate_month_counters(in, profile, &in->counters) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->days < (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->days < (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->days > (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_normal < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->price_normal < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_normal > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_high < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->price_high < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_high > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_aggregate_month(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_aggregate_month_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_aggregate_month_counters(reader, &out->counters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->days) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_aggregate_month(out, profile);
}

int mpriv_encode_load_management_aggregate_month(mpriv_writer *writer, const mpriv_load_management_aggregate_month_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->normal);
    mpriv_write_bigint(writer, 0, &answer->high);
    mpriv_write_bigint(writer, 0, &answer->bill);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.recover_opening */

static int check_load_management_recover_opening(const mpriv_load_management_recover_opening_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_recover_opening(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_recover_opening_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_recover_opening(out, profile);
}

int mpriv_encode_load_management_recover_opening(mpriv_writer *writer, const mpriv_load_management_recover_opening_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->value);
    mpriv_write_bigint(writer, 0, &answer->randomness);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.combine_openings */

int mpriv_next_load_management_combine_openings_openings(mpriv_reader *reader, mpriv_load_management_combine_openings_openings_item *item) {
    if (mpriv_read_bigint(reader, 0, &item->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &item->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->scalar) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_combine_openings_openings(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 62, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_combine_openings_openings_item item;
        if (mpriv_next_load_management_combine_openings_openings(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_combine_openings_openings(const mpriv_load_management_combine_openings_input *in, uint8_t profile, const mpriv_load_management_combine_openings_openings_item *item) {
    (void)in;
    (void)profile;
    if (mpriv_compare(&item->value, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&item->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&item->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->scalar < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->scalar > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_combine_openings_openings(const mpriv_load_management_combine_openings_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_combine_openings_openings_item item;
        if (mpriv_next_load_management_combine_openings_openings(&reader, &item) != 0 || check_each_load_management_combine_openings_openings(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_combine_openings(const mpriv_load_management_combine_openings_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_combine_openings_openings(in, profile, &in->openings) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_combine_openings(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_combine_openings_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_combine_openings_openings(reader, &out->openings) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_combine_openings(out, profile);
}

int mpriv_encode_load_management_combine_openings(mpriv_writer *writer, const mpriv_load_management_combine_openings_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->value);
    mpriv_write_bigint(writer, 0, &answer->randomness);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.verify_opening */

static int check_load_management_verify_opening(const mpriv_load_management_verify_opening_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->value) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->value, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_verify_opening(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_opening_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_verify_opening(out, profile);
}

/* ---- load_management.verify_bill */

int mpriv_next_load_management_verify_bill_counters(mpriv_reader *reader, mpriv_load_management_verify_bill_counters_item *item) {
    if (mpriv_read_bigint(reader, 0, &item->normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &item->high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_verify_bill_counters(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 31, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_verify_bill_counters_item item;
        if (mpriv_next_load_management_verify_bill_counters(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_verify_bill_counters(const mpriv_load_management_verify_bill_input *in, uint8_t profile, const mpriv_load_management_verify_bill_counters_item *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(&item->normal) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->normal, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&item->normal, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&item->high) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->high, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&item->high, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_verify_bill_counters(const mpriv_load_management_verify_bill_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_verify_bill_counters_item item;
        if (mpriv_next_load_management_verify_bill_counters(&reader, &item) != 0 || check_each_load_management_verify_bill_counters(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_verify_bill(const mpriv_load_management_verify_bill_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_verify_bill_counters(in, profile, &in->counters) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->days < (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->days < (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->days > (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_normal < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->price_normal < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_normal > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_high < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->price_high < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_high > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->bill) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->bill, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->bill_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->bill_randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->bill_randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_verify_bill(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_bill_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_verify_bill_counters(reader, &out->counters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->days) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->bill) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->bill_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_verify_bill(out, profile);
}

/* ---- load_management.verify_statement */

int mpriv_next_load_management_verify_statement_counters(mpriv_reader *reader, mpriv_load_management_verify_statement_counters_item *item) {
    if (mpriv_read_bigint(reader, 0, &item->normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &item->high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_verify_statement_counters(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 31, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_verify_statement_counters_item item;
        if (mpriv_next_load_management_verify_statement_counters(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_verify_statement_counters(const mpriv_load_management_verify_statement_input *in, uint8_t profile, const mpriv_load_management_verify_statement_counters_item *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(&item->normal) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->normal, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&item->high) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&item->high, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_verify_statement_counters(const mpriv_load_management_verify_statement_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_load_management_verify_statement_counters_item item;
        if (mpriv_next_load_management_verify_statement_counters(&reader, &item) != 0 || check_each_load_management_verify_statement_counters(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_verify_statement(const mpriv_load_management_verify_statement_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_verify_statement_counters(in, profile, &in->counters) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->days < (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->days > (int64_t)in->counters.count) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_normal < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_normal > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_high < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_high > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->normal) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->normal, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->normal_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->normal_randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->high) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->high, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->high_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->high_randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->bill) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->bill, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->bill_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->bill_randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_verify_statement(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_statement_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_verify_statement_counters(reader, &out->counters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->days) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->normal_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->high_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->bill) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->bill_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_verify_statement(out, profile);
}

/* ---- load_management.meter_start */

static int check_load_management_meter_start(const mpriv_load_management_meter_start_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->days < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->days > INT64_C(31)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->days) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_meter_start(out, profile);
}

/* ---- load_management.meter_day */

static int check_load_management_meter_day(const mpriv_load_management_meter_day_input *in, uint8_t profile) {
    (void)profile;
    if (in->day < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->day > INT64_C(31)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->normal_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->normal_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->high_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->high_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->normal_randomness) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->normal_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->normal_randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->high_randomness) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->high_randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->high_randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_meter_day(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_day_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->day) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->normal_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->high_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->normal_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->high_randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_meter_day(out, profile);
}

int mpriv_encode_load_management_meter_day(mpriv_writer *writer, const mpriv_load_management_meter_day_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->normal);
    mpriv_write_bigint(writer, 0, &answer->high);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.meter_bill */

static int check_load_management_meter_bill(const mpriv_load_management_meter_bill_input *in, uint8_t profile) {
    (void)profile;
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_normal < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->price_normal < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_normal > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->price_high < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->price_high < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->price_high > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_meter_bill(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_bill_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->price_normal) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->price_high) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_meter_bill(out, profile);
}

int mpriv_encode_load_management_meter_bill(mpriv_writer *writer, const mpriv_load_management_meter_bill_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->bill);
    mpriv_write_bigint(writer, 0, &answer->randomness);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.meter_totals */

int mpriv_decode_load_management_meter_totals(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_load_management_meter_totals(mpriv_writer *writer, const mpriv_load_management_meter_totals_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->normal);
    mpriv_write_bigint(writer, 0, &answer->normal_randomness);
    mpriv_write_bigint(writer, 0, &answer->high);
    mpriv_write_bigint(writer, 0, &answer->high_randomness);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.meter_verdict */

static int check_load_management_meter_verdict(const mpriv_load_management_meter_verdict_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->ciphertext) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->bill) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_meter_verdict(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_verdict_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->bill) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_meter_verdict(out, profile);
}

int mpriv_encode_load_management_meter_verdict(mpriv_writer *writer, const mpriv_load_management_meter_verdict_output *answer) {
    mpriv_write_int(writer, answer->accepted);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.generate_prime */

static int check_load_management_generate_prime(const mpriv_load_management_generate_prime_input *in, uint8_t profile) {
    (void)profile;
    if (profile == MPRIV_PROFILE_PUBLISHED && in->bits < INT64_C(16)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->bits < INT64_C(1536)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->bits > INT64_C(2048)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_generate_prime(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_generate_prime_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->seed) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_generate_prime(out, profile);
}

int mpriv_encode_load_management_generate_prime(mpriv_writer *writer, const mpriv_load_management_generate_prime_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->prime);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.prove_modulus */

static int check_load_management_prove_modulus(const mpriv_load_management_prove_modulus_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->rounds < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->rounds > INT64_C(81)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_prove_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_prove_modulus_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->context) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->rounds) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_prove_modulus(out, profile);
}

int mpriv_encode_load_management_prove_modulus(mpriv_writer *writer, const mpriv_load_management_prove_modulus_output *answer) {
    mpriv_write_count(writer, answer->roots.count);
    for (size_t i0 = 0; i0 < answer->roots.count; i0++) {
        mpriv_write_bigint(writer, 0, &answer->roots.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.verify_modulus */

int mpriv_next_load_management_verify_modulus_roots(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_load_management_verify_modulus_roots(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 8, 81, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_verify_modulus_roots(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_load_management_verify_modulus_roots(const mpriv_load_management_verify_modulus_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(item, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_verify_modulus_roots(const mpriv_load_management_verify_modulus_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_load_management_verify_modulus_roots(&reader, &item) != 0 || check_each_load_management_verify_modulus_roots(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_load_management_verify_modulus(const mpriv_load_management_verify_modulus_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_load_management_verify_modulus_roots(in, profile, &in->roots) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_verify_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_modulus_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->context) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_load_management_verify_modulus_roots(reader, &out->roots) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_verify_modulus(out, profile);
}

/* ---- load_management.sign_message */

static int check_load_management_sign_message(const mpriv_load_management_sign_message_input *in, uint8_t profile) {
    (void)profile;
    if (in->type < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->type > INT64_C(9)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_sign_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_sign_message_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->type) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4000, &out->body) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_sign_message(out, profile);
}

int mpriv_encode_load_management_sign_message(mpriv_writer *writer, const mpriv_load_management_sign_message_output *answer) {
    mpriv_write_octets(writer, &answer->message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- load_management.check_message */

static int check_load_management_check_message(const mpriv_load_management_check_message_input *in, uint8_t profile) {
    (void)profile;
    if (in->type < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->type > INT64_C(9)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->next_sequence < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_load_management_check_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_check_message_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->type) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->scope) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->next_sequence) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4096, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_load_management_check_message(out, profile);
}

int mpriv_encode_load_management_check_message(mpriv_writer *writer, const mpriv_load_management_check_message_output *answer) {
    mpriv_write_octets(writer, &answer->body);
    mpriv_write_int(writer, answer->sequence);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.key */

static int check_paillier_key(const mpriv_paillier_key_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_bits(&in->p) == (int64_t)mpriv_bits(&in->q))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_key(out, profile);
}

int mpriv_encode_paillier_key(mpriv_writer *writer, const mpriv_paillier_key_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->modulus);
    mpriv_write_bigint(writer, 0, &answer->lambda);
    mpriv_write_bigint(writer, 0, &answer->mu);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.key_with_generator */

static int check_paillier_key_with_generator(const mpriv_paillier_key_with_generator_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->generator, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_key_with_generator(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_key_with_generator_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->generator) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_key_with_generator(out, profile);
}

int mpriv_encode_paillier_key_with_generator(mpriv_writer *writer, const mpriv_paillier_key_with_generator_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->modulus);
    mpriv_write_bigint(writer, 0, &answer->lambda);
    mpriv_write_bigint(writer, 0, &answer->mu);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.check_modulus */

static int check_paillier_check_modulus(const mpriv_paillier_check_modulus_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_check_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_check_modulus_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_check_modulus(out, profile);
}

int mpriv_encode_paillier_check_modulus(mpriv_writer *writer, const mpriv_paillier_check_modulus_output *answer) {
    mpriv_write_int(writer, answer->bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.encrypt */

static int check_paillier_encrypt(const mpriv_paillier_encrypt_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->plaintext, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_encrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encrypt_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->plaintext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_encrypt(out, profile);
}

int mpriv_encode_paillier_encrypt(mpriv_writer *writer, const mpriv_paillier_encrypt_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.encrypt_with_factors */

static int check_paillier_encrypt_with_factors(const mpriv_paillier_encrypt_with_factors_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_encrypt_with_factors(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encrypt_with_factors_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->plaintext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_encrypt_with_factors(out, profile);
}

int mpriv_encode_paillier_encrypt_with_factors(mpriv_writer *writer, const mpriv_paillier_encrypt_with_factors_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.encrypt_with_generator */

static int check_paillier_encrypt_with_generator(const mpriv_paillier_encrypt_with_generator_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->generator, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->plaintext, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_encrypt_with_generator(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encrypt_with_generator_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->generator) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->plaintext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_encrypt_with_generator(out, profile);
}

int mpriv_encode_paillier_encrypt_with_generator(mpriv_writer *writer, const mpriv_paillier_encrypt_with_generator_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.decrypt */

static int check_paillier_decrypt(const mpriv_paillier_decrypt_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((profile == MPRIV_PROFILE_HARDENED) && !((int64_t)mpriv_product_bits(&in->p, &in->q) >= INT64_C(3072))) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_decrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_decrypt_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_decrypt(out, profile);
}

int mpriv_encode_paillier_decrypt(mpriv_writer *writer, const mpriv_paillier_decrypt_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->plaintext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.decrypt_with_generator */

static int check_paillier_decrypt_with_generator(const mpriv_paillier_decrypt_with_generator_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->p) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->p, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->p)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->q) > 2048) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->q, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->q)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->generator, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!(mpriv_compare(&in->p, &in->q) != 0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_decrypt_with_generator(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_decrypt_with_generator_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->p) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->q) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->generator) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_decrypt_with_generator(out, profile);
}

int mpriv_encode_paillier_decrypt_with_generator(mpriv_writer *writer, const mpriv_paillier_decrypt_with_generator_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->plaintext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.add */

int mpriv_next_paillier_add_ciphertexts(mpriv_reader *reader, mpriv_bigint *item) {
    if (mpriv_read_bigint(reader, 0, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_paillier_add_ciphertexts(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_paillier_add_ciphertexts(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_paillier_add_ciphertexts(const mpriv_paillier_add_input *in, uint8_t profile, const mpriv_bigint *item) {
    (void)in;
    (void)profile;
    if (mpriv_bits(item) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(item, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(item, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_paillier_add_ciphertexts(const mpriv_paillier_add_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        if (mpriv_next_paillier_add_ciphertexts(&reader, &item) != 0 || check_each_paillier_add_ciphertexts(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_paillier_add(const mpriv_paillier_add_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_paillier_add_ciphertexts(in, profile, &in->ciphertexts) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_add(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_add_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_paillier_add_ciphertexts(reader, &out->ciphertexts) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_add(out, profile);
}

int mpriv_encode_paillier_add(mpriv_writer *writer, const mpriv_paillier_add_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.scale */

static int check_paillier_scale(const mpriv_paillier_scale_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->scalar, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->scalar, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_scale(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_scale_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->scalar) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_scale(out, profile);
}

int mpriv_encode_paillier_scale(mpriv_writer *writer, const mpriv_paillier_scale_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.rerandomise */

static int check_paillier_rerandomise(const mpriv_paillier_rerandomise_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->ciphertext) > 8192) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->ciphertext, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->ciphertext, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->randomness, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_rerandomise(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_rerandomise_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->ciphertext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_rerandomise(out, profile);
}

int mpriv_encode_paillier_rerandomise(mpriv_writer *writer, const mpriv_paillier_rerandomise_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.encode_signed */

static int check_paillier_encode_signed(const mpriv_paillier_encode_signed_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->value) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_centred(&in->value, &in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_encode_signed(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encode_signed_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 1, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_encode_signed(out, profile);
}

int mpriv_encode_paillier_encode_signed(mpriv_writer *writer, const mpriv_paillier_encode_signed_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->plaintext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.decode_signed */

static int check_paillier_decode_signed(const mpriv_paillier_decode_signed_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->plaintext) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->plaintext, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_decode_signed(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_decode_signed_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->plaintext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_decode_signed(out, profile);
}

int mpriv_encode_paillier_decode_signed(mpriv_writer *writer, const mpriv_paillier_decode_signed_output *answer) {
    mpriv_write_bigint(writer, 1, &answer->value);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.headroom */

static int check_paillier_headroom(const mpriv_paillier_headroom_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->meters > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_wh > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_headroom(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_headroom_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_wh) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_headroom(out, profile);
}

int mpriv_encode_paillier_headroom(mpriv_writer *writer, const mpriv_paillier_headroom_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->largest_sum_wh);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- paillier.encryptor_start */

static int check_paillier_encryptor_start(const mpriv_paillier_encryptor_start_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_encryptor_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encryptor_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_encryptor_start(out, profile);
}

/* ---- paillier.encryptor_encrypt */

static int check_paillier_encryptor_encrypt(const mpriv_paillier_encryptor_encrypt_input *in, uint8_t profile) {
    (void)profile;
    if (mpriv_bits(&in->plaintext) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->randomness) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->randomness, INT64_C(1)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->randomness, INT64_C(2)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_paillier_encryptor_encrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encryptor_encrypt_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_bigint(reader, 0, &out->plaintext) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->randomness) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_paillier_encryptor_encrypt(out, profile);
}

int mpriv_encode_paillier_encryptor_encrypt(mpriv_writer *writer, const mpriv_paillier_encryptor_encrypt_output *answer) {
    mpriv_write_bigint(writer, 0, &answer->ciphertext);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.leakage */

int mpriv_next_privacy_power_leakage_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_leakage_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_leakage_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_leakage_loads(const mpriv_privacy_power_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_leakage_loads(const mpriv_privacy_power_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_leakage_loads(&reader, &item) != 0 || check_each_privacy_power_leakage_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_leakage_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_leakage_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_leakage_probabilities(const mpriv_privacy_power_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_leakage_probabilities(const mpriv_privacy_power_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_leakage_probabilities(&reader, &item) != 0 || check_each_privacy_power_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_leakage(const mpriv_privacy_power_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_leakage_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_leakage_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_leakage_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_leakage(out, profile);
}

int mpriv_encode_privacy_power_leakage(mpriv_writer *writer, const mpriv_privacy_power_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.allocate */

int mpriv_next_privacy_power_allocate_users_item_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_allocate_users_item_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 128, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_users_item_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_allocate_users_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_allocate_users_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 128, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_users_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_allocate_users(mpriv_reader *reader, mpriv_privacy_power_allocate_users_item *item) {
    if (read_privacy_power_allocate_users_item_loads(reader, &item->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_allocate_users_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_allocate_users(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 16, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_allocate_users_item item;
        if (mpriv_next_privacy_power_allocate_users(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_allocate_users_item_loads(const mpriv_privacy_power_allocate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_allocate_users_item_loads(const mpriv_privacy_power_allocate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_users_item_loads(&reader, &item) != 0 || check_each_privacy_power_allocate_users_item_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_allocate_users_item_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_users_item_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_allocate_users_item_probabilities(const mpriv_privacy_power_allocate_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_allocate_users_item_probabilities(const mpriv_privacy_power_allocate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_users_item_probabilities(&reader, &item) != 0 || check_each_privacy_power_allocate_users_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_allocate_users(const mpriv_privacy_power_allocate_input *in, uint8_t profile, const mpriv_privacy_power_allocate_users_item *item) {
    (void)in;
    (void)profile;
    if (check_privacy_power_allocate_users_item_loads(in, profile, &item->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_allocate_users_item_loads(&item->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_allocate_users_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_allocate_users(const mpriv_privacy_power_allocate_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_allocate_users_item item;
        if (mpriv_next_privacy_power_allocate_users(&reader, &item) != 0 || check_each_privacy_power_allocate_users(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_allocate(const mpriv_privacy_power_allocate_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_allocate_users(in, profile, &in->users) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_allocate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_allocate_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_allocate_users(reader, &out->users) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_allocate(out, profile);
}

int mpriv_encode_privacy_power_allocate(mpriv_writer *writer, const mpriv_privacy_power_allocate_output *answer) {
    mpriv_write_count(writer, answer->powers.count);
    for (size_t i0 = 0; i0 < answer->powers.count; i0++) {
        mpriv_write_real(writer, answer->powers.items[i0]);
    }
    mpriv_write_count(writer, answer->leakages_bits.count);
    for (size_t i0 = 0; i0 < answer->leakages_bits.count; i0++) {
        mpriv_write_real(writer, answer->leakages_bits.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.allocate_exponential */

int mpriv_next_privacy_power_allocate_exponential_means(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_allocate_exponential_means(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_exponential_means(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_allocate_exponential_means(const mpriv_privacy_power_allocate_exponential_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_allocate_exponential_means(const mpriv_privacy_power_allocate_exponential_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_allocate_exponential_means(&reader, &item) != 0 || check_each_privacy_power_allocate_exponential_means(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_allocate_exponential(const mpriv_privacy_power_allocate_exponential_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_allocate_exponential_means(in, profile, &in->means) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_allocate_exponential(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_allocate_exponential_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_allocate_exponential_means(reader, &out->means) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_allocate_exponential(out, profile);
}

int mpriv_encode_privacy_power_allocate_exponential(mpriv_writer *writer, const mpriv_privacy_power_allocate_exponential_output *answer) {
    mpriv_write_real(writer, answer->level);
    mpriv_write_count(writer, answer->powers.count);
    for (size_t i0 = 0; i0 < answer->powers.count; i0++) {
        mpriv_write_real(writer, answer->powers.items[i0]);
    }
    mpriv_write_real(writer, answer->leakage_nats);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.blahut_arimoto */

int mpriv_next_privacy_power_blahut_arimoto_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_blahut_arimoto_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_blahut_arimoto_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_blahut_arimoto_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_blahut_arimoto_loads(const mpriv_privacy_power_blahut_arimoto_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto_loads(const mpriv_privacy_power_blahut_arimoto_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_loads(&reader, &item) != 0 || check_each_privacy_power_blahut_arimoto_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_blahut_arimoto_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_blahut_arimoto_probabilities(const mpriv_privacy_power_blahut_arimoto_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto_probabilities(const mpriv_privacy_power_blahut_arimoto_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_probabilities(&reader, &item) != 0 || check_each_privacy_power_blahut_arimoto_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto(const mpriv_privacy_power_blahut_arimoto_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_blahut_arimoto_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_blahut_arimoto_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_blahut_arimoto_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats > 1000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_blahut_arimoto(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_blahut_arimoto_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_blahut_arimoto_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_blahut_arimoto_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->slope_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->gap_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_blahut_arimoto(out, profile);
}

int mpriv_encode_privacy_power_blahut_arimoto(mpriv_writer *writer, const mpriv_privacy_power_blahut_arimoto_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->power);
    mpriv_write_real(writer, answer->lower_nats);
    mpriv_write_real(writer, answer->upper_nats);
    mpriv_write_int(writer, answer->iterations);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.judge_blahut_arimoto */

int mpriv_next_privacy_power_judge_blahut_arimoto_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_judge_blahut_arimoto_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_judge_blahut_arimoto_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_judge_blahut_arimoto_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_judge_blahut_arimoto_loads(const mpriv_privacy_power_judge_blahut_arimoto_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto_loads(const mpriv_privacy_power_judge_blahut_arimoto_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_loads(&reader, &item) != 0 || check_each_privacy_power_judge_blahut_arimoto_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_judge_blahut_arimoto_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_judge_blahut_arimoto_probabilities(const mpriv_privacy_power_judge_blahut_arimoto_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto_probabilities(const mpriv_privacy_power_judge_blahut_arimoto_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_probabilities(&reader, &item) != 0 || check_each_privacy_power_judge_blahut_arimoto_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto(const mpriv_privacy_power_judge_blahut_arimoto_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_judge_blahut_arimoto_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_judge_blahut_arimoto_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_judge_blahut_arimoto_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats > 1000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_judge_blahut_arimoto(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_judge_blahut_arimoto_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_judge_blahut_arimoto_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_judge_blahut_arimoto_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->slope_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->gap_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->leakage_bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lower_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->upper_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->iterations) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_judge_blahut_arimoto(out, profile);
}

/* ---- privacy_power.blahut_arimoto_joint */

int mpriv_next_privacy_power_blahut_arimoto_joint_users_item_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_blahut_arimoto_joint_users_item_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_users_item_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_blahut_arimoto_joint_users(mpriv_reader *reader, mpriv_privacy_power_blahut_arimoto_joint_users_item *item) {
    if (read_privacy_power_blahut_arimoto_joint_users_item_loads(reader, &item->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_blahut_arimoto_joint_users(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 3, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_blahut_arimoto_joint_users_item item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_users(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_blahut_arimoto_joint_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_blahut_arimoto_joint_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_blahut_arimoto_joint_users_item_loads(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto_joint_users_item_loads(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_users_item_loads(&reader, &item) != 0 || check_each_privacy_power_blahut_arimoto_joint_users_item_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_blahut_arimoto_joint_users_item_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_users_item_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_blahut_arimoto_joint_users(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_privacy_power_blahut_arimoto_joint_users_item *item) {
    (void)in;
    (void)profile;
    if (check_privacy_power_blahut_arimoto_joint_users_item_loads(in, profile, &item->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_blahut_arimoto_joint_users_item_loads(&item->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto_joint_users(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_blahut_arimoto_joint_users_item item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_users(&reader, &item) != 0 || check_each_privacy_power_blahut_arimoto_joint_users(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_blahut_arimoto_joint_probabilities(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto_joint_probabilities(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_blahut_arimoto_joint_probabilities(&reader, &item) != 0 || check_each_privacy_power_blahut_arimoto_joint_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_blahut_arimoto_joint(const mpriv_privacy_power_blahut_arimoto_joint_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_blahut_arimoto_joint_users(in, profile, &in->users) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_blahut_arimoto_joint_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats > 1000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_blahut_arimoto_joint(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_blahut_arimoto_joint_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_blahut_arimoto_joint_users(reader, &out->users) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_blahut_arimoto_joint_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->slope_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->gap_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_blahut_arimoto_joint(out, profile);
}

int mpriv_encode_privacy_power_blahut_arimoto_joint(mpriv_writer *writer, const mpriv_privacy_power_blahut_arimoto_joint_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->power);
    mpriv_write_real(writer, answer->lower_nats);
    mpriv_write_real(writer, answer->upper_nats);
    mpriv_write_int(writer, answer->iterations);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.judge_blahut_arimoto_joint */

int mpriv_next_privacy_power_judge_blahut_arimoto_joint_users_item_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_judge_blahut_arimoto_joint_users_item_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 32, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_users_item_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_judge_blahut_arimoto_joint_users(mpriv_reader *reader, mpriv_privacy_power_judge_blahut_arimoto_joint_users_item *item) {
    if (read_privacy_power_judge_blahut_arimoto_joint_users_item_loads(reader, &item->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_judge_blahut_arimoto_joint_users(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 3, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_judge_blahut_arimoto_joint_users_item item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_users(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_judge_blahut_arimoto_joint_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_judge_blahut_arimoto_joint_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_judge_blahut_arimoto_joint_users_item_loads(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto_joint_users_item_loads(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_users_item_loads(&reader, &item) != 0 || check_each_privacy_power_judge_blahut_arimoto_joint_users_item_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_judge_blahut_arimoto_joint_users_item_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_users_item_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_judge_blahut_arimoto_joint_users(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_privacy_power_judge_blahut_arimoto_joint_users_item *item) {
    (void)in;
    (void)profile;
    if (check_privacy_power_judge_blahut_arimoto_joint_users_item_loads(in, profile, &item->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_judge_blahut_arimoto_joint_users_item_loads(&item->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto_joint_users(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_judge_blahut_arimoto_joint_users_item item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_users(&reader, &item) != 0 || check_each_privacy_power_judge_blahut_arimoto_joint_users(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_judge_blahut_arimoto_joint_probabilities(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto_joint_probabilities(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_judge_blahut_arimoto_joint_probabilities(&reader, &item) != 0 || check_each_privacy_power_judge_blahut_arimoto_joint_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_judge_blahut_arimoto_joint(const mpriv_privacy_power_judge_blahut_arimoto_joint_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_judge_blahut_arimoto_joint_users(in, profile, &in->users) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_judge_blahut_arimoto_joint_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->slope_nats > 1000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->gap_nats > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_judge_blahut_arimoto_joint(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_judge_blahut_arimoto_joint_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_judge_blahut_arimoto_joint_users(reader, &out->users) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_judge_blahut_arimoto_joint_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->slope_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->gap_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->leakage_bits) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->lower_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->upper_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->iterations) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_judge_blahut_arimoto_joint(out, profile);
}

/* ---- privacy_power.curve */

int mpriv_next_privacy_power_curve_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_curve_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_curve_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_curve_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_curve_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_curve_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_curve_loads(const mpriv_privacy_power_curve_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_curve_loads(const mpriv_privacy_power_curve_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_curve_loads(&reader, &item) != 0 || check_each_privacy_power_curve_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_curve_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_curve_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_curve_probabilities(const mpriv_privacy_power_curve_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_curve_probabilities(const mpriv_privacy_power_curve_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_curve_probabilities(&reader, &item) != 0 || check_each_privacy_power_curve_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_curve(const mpriv_privacy_power_curve_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_curve_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_curve_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_curve_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_curve(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_curve_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_curve_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_curve_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_curve(out, profile);
}

int mpriv_encode_privacy_power_curve(mpriv_writer *writer, const mpriv_privacy_power_curve_output *answer) {
    mpriv_write_count(writer, answer->breakpoints.count);
    for (size_t i0 = 0; i0 < answer->breakpoints.count; i0++) {
        mpriv_write_real(writer, answer->breakpoints.items[i0].slope_nats);
        mpriv_write_real(writer, answer->breakpoints.items[i0].power);
        mpriv_write_real(writer, answer->breakpoints.items[i0].leakage_bits);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.optimal_policy */

int mpriv_next_privacy_power_optimal_policy_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_optimal_policy_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_optimal_policy_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_optimal_policy_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_optimal_policy_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_optimal_policy_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_optimal_policy_loads(const mpriv_privacy_power_optimal_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_optimal_policy_loads(const mpriv_privacy_power_optimal_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_optimal_policy_loads(&reader, &item) != 0 || check_each_privacy_power_optimal_policy_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_optimal_policy_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_optimal_policy_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_optimal_policy_probabilities(const mpriv_privacy_power_optimal_policy_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_optimal_policy_probabilities(const mpriv_privacy_power_optimal_policy_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_optimal_policy_probabilities(&reader, &item) != 0 || check_each_privacy_power_optimal_policy_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_optimal_policy(const mpriv_privacy_power_optimal_policy_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_optimal_policy_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_optimal_policy_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_optimal_policy_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_optimal_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_optimal_policy_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_optimal_policy_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_optimal_policy_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_optimal_policy(out, profile);
}

int mpriv_encode_privacy_power_optimal_policy(mpriv_writer *writer, const mpriv_privacy_power_optimal_policy_output *answer) {
    mpriv_write_count(writer, answer->output_probabilities.count);
    for (size_t i0 = 0; i0 < answer->output_probabilities.count; i0++) {
        mpriv_write_real(writer, answer->output_probabilities.items[i0]);
    }
    mpriv_write_count(writer, answer->policy.count);
    for (size_t i0 = 0; i0 < answer->policy.count; i0++) {
        mpriv_write_count(writer, answer->policy.items[i0].probabilities.count);
        for (size_t i1 = 0; i1 < answer->policy.items[i0].probabilities.count; i1++) {
            mpriv_write_real(writer, answer->policy.items[i0].probabilities.items[i1]);
        }
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.policy_leakage */

int mpriv_next_privacy_power_policy_leakage_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_policy_leakage_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_policy_leakage_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_policy_leakage_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_policy_leakage_policy_item_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_policy_leakage_policy_item_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_policy_item_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_policy_leakage_policy(mpriv_reader *reader, mpriv_privacy_power_policy_leakage_policy_item *item) {
    if (read_privacy_power_policy_leakage_policy_item_probabilities(reader, &item->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_policy_leakage_policy(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_policy_leakage_policy_item item;
        if (mpriv_next_privacy_power_policy_leakage_policy(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_policy_leakage_loads(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_policy_leakage_loads(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_loads(&reader, &item) != 0 || check_each_privacy_power_policy_leakage_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_policy_leakage_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_policy_leakage_probabilities(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_policy_leakage_probabilities(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_probabilities(&reader, &item) != 0 || check_each_privacy_power_policy_leakage_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_policy_leakage_policy_item_probabilities(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_policy_leakage_policy_item_probabilities(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_policy_leakage_policy_item_probabilities(&reader, &item) != 0 || check_each_privacy_power_policy_leakage_policy_item_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_policy_leakage_policy(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const mpriv_privacy_power_policy_leakage_policy_item *item) {
    (void)in;
    (void)profile;
    if (check_privacy_power_policy_leakage_policy_item_probabilities(in, profile, &item->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_policy_leakage_policy(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_policy_leakage_policy_item item;
        if (mpriv_next_privacy_power_policy_leakage_policy(&reader, &item) != 0 || check_each_privacy_power_policy_leakage_policy(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_policy_leakage(const mpriv_privacy_power_policy_leakage_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_policy_leakage_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_policy_leakage_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_policy_leakage_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_policy_leakage_policy(in, profile, &in->policy) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_policy_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_policy_leakage_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_policy_leakage_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_policy_leakage_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_policy_leakage_policy(reader, &out->policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->policy.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_policy_leakage(out, profile);
}

int mpriv_encode_privacy_power_policy_leakage(mpriv_writer *writer, const mpriv_privacy_power_policy_leakage_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.round_up */

int mpriv_next_privacy_power_round_up_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_round_up_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_round_up_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_round_up_loads(const mpriv_privacy_power_round_up_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_round_up_loads(const mpriv_privacy_power_round_up_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_round_up_loads(&reader, &item) != 0 || check_each_privacy_power_round_up_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_round_up_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_round_up_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_privacy_power_round_up(const mpriv_privacy_power_round_up_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_round_up_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_round_up_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->output < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->output > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_round_up(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_round_up_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_round_up_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->output) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_round_up(out, profile);
}

int mpriv_encode_privacy_power_round_up(mpriv_writer *writer, const mpriv_privacy_power_round_up_output *answer) {
    mpriv_write_int(writer, answer->index);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.binary */

int mpriv_next_privacy_power_binary_users(mpriv_reader *reader, mpriv_privacy_power_binary_users_item *item) {
    if (mpriv_read_real(reader, &item->probability) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &item->difference) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_binary_users(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_binary_users_item item;
        if (mpriv_next_privacy_power_binary_users(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_binary_users(const mpriv_privacy_power_binary_input *in, uint8_t profile, const mpriv_privacy_power_binary_users_item *item) {
    (void)in;
    (void)profile;
    if (item->probability < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->probability > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->difference <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->difference > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_binary_users(const mpriv_privacy_power_binary_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_binary_users_item item;
        if (mpriv_next_privacy_power_binary_users(&reader, &item) != 0 || check_each_privacy_power_binary_users(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_binary(const mpriv_privacy_power_binary_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_binary_users(in, profile, &in->users) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_binary(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_binary_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_binary_users(reader, &out->users) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_binary(out, profile);
}

int mpriv_encode_privacy_power_binary(mpriv_writer *writer, const mpriv_privacy_power_binary_output *answer) {
    mpriv_write_count(writer, answer->powers.count);
    for (size_t i0 = 0; i0 < answer->powers.count; i0++) {
        mpriv_write_real(writer, answer->powers.items[i0]);
    }
    mpriv_write_count(writer, answer->leakages_bits.count);
    for (size_t i0 = 0; i0 < answer->leakages_bits.count; i0++) {
        mpriv_write_real(writer, answer->leakages_bits.items[i0]);
    }
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.shannon_lower_bound */

int mpriv_next_privacy_power_shannon_lower_bound_entropies_nats(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_shannon_lower_bound_entropies_nats(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_shannon_lower_bound_entropies_nats(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_shannon_lower_bound_entropies_nats(const mpriv_privacy_power_shannon_lower_bound_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < -100.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 100.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_shannon_lower_bound_entropies_nats(const mpriv_privacy_power_shannon_lower_bound_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_shannon_lower_bound_entropies_nats(&reader, &item) != 0 || check_each_privacy_power_shannon_lower_bound_entropies_nats(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_shannon_lower_bound(const mpriv_privacy_power_shannon_lower_bound_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_shannon_lower_bound_entropies_nats(in, profile, &in->entropies_nats) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_shannon_lower_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_shannon_lower_bound_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_shannon_lower_bound_entropies_nats(reader, &out->entropies_nats) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_shannon_lower_bound(out, profile);
}

int mpriv_encode_privacy_power_shannon_lower_bound(mpriv_writer *writer, const mpriv_privacy_power_shannon_lower_bound_output *answer) {
    mpriv_write_real(writer, answer->level);
    mpriv_write_count(writer, answer->powers.count);
    for (size_t i0 = 0; i0 < answer->powers.count; i0++) {
        mpriv_write_real(writer, answer->powers.items[i0]);
    }
    mpriv_write_real(writer, answer->bound_nats);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.exponential_channel */

static int check_privacy_power_exponential_channel(const mpriv_privacy_power_exponential_channel_input *in, uint8_t profile) {
    (void)profile;
    if (in->mean <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->mean > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->load < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->output <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_exponential_channel(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_exponential_channel_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->mean) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->load) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->output) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_exponential_channel(out, profile);
}

int mpriv_encode_privacy_power_exponential_channel(mpriv_writer *writer, const mpriv_privacy_power_exponential_channel_output *answer) {
    mpriv_write_real(writer, answer->atom);
    mpriv_write_real(writer, answer->density);
    mpriv_write_real(writer, answer->output_atom);
    mpriv_write_real(writer, answer->output_density);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.geometric */

static int check_privacy_power_geometric(const mpriv_privacy_power_geometric_input *in, uint8_t profile) {
    (void)profile;
    if (in->mean <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->mean > 1000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_geometric(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_geometric_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->mean) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_geometric(out, profile);
}

int mpriv_encode_privacy_power_geometric(mpriv_writer *writer, const mpriv_privacy_power_geometric_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.time_division */

int mpriv_next_privacy_power_time_division_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_time_division_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_time_division_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_time_division_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_time_division_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_time_division_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_time_division_loads(const mpriv_privacy_power_time_division_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_time_division_loads(const mpriv_privacy_power_time_division_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_time_division_loads(&reader, &item) != 0 || check_each_privacy_power_time_division_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_time_division_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_time_division_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_time_division_probabilities(const mpriv_privacy_power_time_division_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_time_division_probabilities(const mpriv_privacy_power_time_division_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_time_division_probabilities(&reader, &item) != 0 || check_each_privacy_power_time_division_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_time_division(const mpriv_privacy_power_time_division_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_time_division_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_time_division_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_time_division_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_time_division(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_time_division_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_time_division_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_time_division_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_time_division(out, profile);
}

int mpriv_encode_privacy_power_time_division(mpriv_writer *writer, const mpriv_privacy_power_time_division_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->share);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.output_limit */

int mpriv_next_privacy_power_output_limit_loads(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_output_limit_loads(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_output_limit_loads(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_output_limit_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_output_limit_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_output_limit_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_output_limit_loads(const mpriv_privacy_power_output_limit_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_output_limit_loads(const mpriv_privacy_power_output_limit_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_output_limit_loads(&reader, &item) != 0 || check_each_privacy_power_output_limit_loads(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_privacy_power_output_limit_loads(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    double last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_output_limit_loads(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_privacy_power_output_limit_probabilities(const mpriv_privacy_power_output_limit_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_output_limit_probabilities(const mpriv_privacy_power_output_limit_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_output_limit_probabilities(&reader, &item) != 0 || check_each_privacy_power_output_limit_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_output_limit(const mpriv_privacy_power_output_limit_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_output_limit_loads(in, profile, &in->loads) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_privacy_power_output_limit_loads(&in->loads)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_output_limit_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->level < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->level >= (int64_t)in->loads.count) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_output_limit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_output_limit_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_output_limit_loads(reader, &out->loads) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_output_limit_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->level) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->probabilities.count != out->loads.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_output_limit(out, profile);
}

int mpriv_encode_privacy_power_output_limit(mpriv_writer *writer, const mpriv_privacy_power_output_limit_output *answer) {
    mpriv_write_real(writer, answer->leakage_bits);
    mpriv_write_real(writer, answer->power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.thresholds */

int mpriv_next_privacy_power_thresholds_weights(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_thresholds_weights(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_privacy_power_thresholds_weights(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_thresholds_weights(const mpriv_privacy_power_thresholds_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_thresholds_weights(const mpriv_privacy_power_thresholds_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_privacy_power_thresholds_weights(&reader, &item) != 0 || check_each_privacy_power_thresholds_weights(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_thresholds(const mpriv_privacy_power_thresholds_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_thresholds_weights(in, profile, &in->weights) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_thresholds(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_thresholds_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_thresholds_weights(reader, &out->weights) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_thresholds(out, profile);
}

int mpriv_encode_privacy_power_thresholds(mpriv_writer *writer, const mpriv_privacy_power_thresholds_output *answer) {
    mpriv_write_count(writer, answer->thresholds.count);
    for (size_t i0 = 0; i0 < answer->thresholds.count; i0++) {
        mpriv_write_int(writer, answer->thresholds.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.sample */

int mpriv_next_privacy_power_sample_table_item_thresholds(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_sample_table_item_thresholds(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_privacy_power_sample_table_item_thresholds(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_sample_table(mpriv_reader *reader, mpriv_privacy_power_sample_table_item *item) {
    if (read_privacy_power_sample_table_item_thresholds(reader, &item->thresholds) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_sample_table(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_sample_table_item item;
        if (mpriv_next_privacy_power_sample_table(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_sample_levels(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_sample_levels(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 1024, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_privacy_power_sample_levels(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_sample_table_item_thresholds(const mpriv_privacy_power_sample_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967296)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_sample_table_item_thresholds(const mpriv_privacy_power_sample_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_privacy_power_sample_table_item_thresholds(&reader, &item) != 0 || check_each_privacy_power_sample_table_item_thresholds(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_sample_table(const mpriv_privacy_power_sample_input *in, uint8_t profile, const mpriv_privacy_power_sample_table_item *item) {
    (void)in;
    (void)profile;
    if (check_privacy_power_sample_table_item_thresholds(in, profile, &item->thresholds) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_sample_table(const mpriv_privacy_power_sample_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_privacy_power_sample_table_item item;
        if (mpriv_next_privacy_power_sample_table(&reader, &item) != 0 || check_each_privacy_power_sample_table(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_sample_levels(const mpriv_privacy_power_sample_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) >= (int64_t)in->table.count) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_sample_levels(const mpriv_privacy_power_sample_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_privacy_power_sample_levels(&reader, &item) != 0 || check_each_privacy_power_sample_levels(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_sample(const mpriv_privacy_power_sample_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_sample_table(in, profile, &in->table) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_sample_levels(in, profile, &in->levels) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_sample(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_sample_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_sample_table(reader, &out->table) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_sample_levels(reader, &out->levels) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 4096, &out->random) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_sample(out, profile);
}

int mpriv_encode_privacy_power_sample(mpriv_writer *writer, const mpriv_privacy_power_sample_output *answer) {
    mpriv_write_count(writer, answer->outputs.count);
    for (size_t i0 = 0; i0 < answer->outputs.count; i0++) {
        mpriv_write_int(writer, answer->outputs.items[i0]);
    }
    mpriv_write_int(writer, answer->consumed);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.uniform */

static int check_privacy_power_uniform(const mpriv_privacy_power_uniform_input *in, uint8_t profile) {
    (void)profile;
    if (in->width <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->width > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_uniform(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_uniform_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->width) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_uniform(out, profile);
}

int mpriv_encode_privacy_power_uniform(mpriv_writer *writer, const mpriv_privacy_power_uniform_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.gamma */

static int check_privacy_power_gamma(const mpriv_privacy_power_gamma_input *in, uint8_t profile) {
    (void)profile;
    if (in->order <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->order > 100.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_gamma(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_gamma_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->order) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->scale) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_gamma(out, profile);
}

int mpriv_encode_privacy_power_gamma(mpriv_writer *writer, const mpriv_privacy_power_gamma_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.weibull */

static int check_privacy_power_weibull(const mpriv_privacy_power_weibull_input *in, uint8_t profile) {
    (void)profile;
    if (in->order <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->order > 100.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_weibull(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_weibull_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->order) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->scale) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_weibull(out, profile);
}

int mpriv_encode_privacy_power_weibull(mpriv_writer *writer, const mpriv_privacy_power_weibull_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.rayleigh */

static int check_privacy_power_rayleigh(const mpriv_privacy_power_rayleigh_input *in, uint8_t profile) {
    (void)profile;
    if (in->scale <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_rayleigh(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_rayleigh_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->scale) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_rayleigh(out, profile);
}

int mpriv_encode_privacy_power_rayleigh(mpriv_writer *writer, const mpriv_privacy_power_rayleigh_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.half_normal */

static int check_privacy_power_half_normal(const mpriv_privacy_power_half_normal_input *in, uint8_t profile) {
    (void)profile;
    if (in->scale <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_half_normal(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_half_normal_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->scale) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_half_normal(out, profile);
}

int mpriv_encode_privacy_power_half_normal(mpriv_writer *writer, const mpriv_privacy_power_half_normal_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.hyperexponential */

int mpriv_next_privacy_power_hyperexponential_probabilities(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_hyperexponential_probabilities(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 16, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_hyperexponential_probabilities(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_privacy_power_hyperexponential_means(mpriv_reader *reader, double *item) {
    if (mpriv_read_real(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_privacy_power_hyperexponential_means(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 16, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_hyperexponential_means(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_hyperexponential_probabilities(const mpriv_privacy_power_hyperexponential_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) < 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_hyperexponential_probabilities(const mpriv_privacy_power_hyperexponential_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_hyperexponential_probabilities(&reader, &item) != 0 || check_each_privacy_power_hyperexponential_probabilities(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_each_privacy_power_hyperexponential_means(const mpriv_privacy_power_hyperexponential_input *in, uint8_t profile, const double *item) {
    (void)in;
    (void)profile;
    if ((*item) <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_hyperexponential_means(const mpriv_privacy_power_hyperexponential_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        double item;
        if (mpriv_next_privacy_power_hyperexponential_means(&reader, &item) != 0 || check_each_privacy_power_hyperexponential_means(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_privacy_power_hyperexponential(const mpriv_privacy_power_hyperexponential_input *in, uint8_t profile) {
    (void)profile;
    if (check_privacy_power_hyperexponential_probabilities(in, profile, &in->probabilities) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_privacy_power_hyperexponential_means(in, profile, &in->means) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_hyperexponential(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_hyperexponential_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (read_privacy_power_hyperexponential_probabilities(reader, &out->probabilities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_privacy_power_hyperexponential_means(reader, &out->means) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (out->means.count != out->probabilities.count) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_hyperexponential(out, profile);
}

int mpriv_encode_privacy_power_hyperexponential(mpriv_writer *writer, const mpriv_privacy_power_hyperexponential_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- privacy_power.lomax */

static int check_privacy_power_lomax(const mpriv_privacy_power_lomax_input *in, uint8_t profile) {
    (void)profile;
    if (in->order <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->order > 100.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->scale > 1000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power <= 0.0) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->power > 1000000000000.0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_privacy_power_lomax(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_lomax_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_real(reader, &out->order) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->scale) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_real(reader, &out->power) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_privacy_power_lomax(out, profile);
}

int mpriv_encode_privacy_power_lomax(mpriv_writer *writer, const mpriv_privacy_power_lomax_output *answer) {
    mpriv_write_real(writer, answer->leakage_nats);
    mpriv_write_tag(writer, answer->slope_nats_present != 0);
    if (answer->slope_nats_present) {
        mpriv_write_real(writer, answer->slope_nats);
    }
    mpriv_write_real(writer, answer->critical_power);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- describe */

int mpriv_decode_describe(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_describe(mpriv_writer *writer, const mpriv_describe_output *answer) {
    mpriv_write_int(writer, answer->protocol);
    mpriv_write_octets(writer, &answer->name);
    mpriv_write_octets(writer, &answer->version);
    mpriv_write_count(writer, answer->operations.count);
    for (size_t i0 = 0; i0 < answer->operations.count; i0++) {
        mpriv_write_octets(writer, &answer->operations.items[i0]);
    }
    mpriv_write_count(writer, answer->profiles.count);
    for (size_t i0 = 0; i0 < answer->profiles.count; i0++) {
        mpriv_write_octets(writer, &answer->profiles.items[i0]);
    }
    mpriv_write_int(writer, answer->limits.input_bytes);
    mpriv_write_int(writer, answer->limits.output_bytes);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- session.close */

int mpriv_decode_session_close(const uint8_t *payload, size_t length, uint8_t profile) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

/* ---- tasking.sign_message */

static int check_tasking_sign_message(const mpriv_tasking_sign_message_input *in, uint8_t profile) {
    (void)profile;
    if (in->type < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->type > INT64_C(5)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_sign_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_sign_message_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->type) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 1900, &out->body) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_sign_message(out, profile);
}

int mpriv_encode_tasking_sign_message(mpriv_writer *writer, const mpriv_tasking_sign_message_output *answer) {
    mpriv_write_octets(writer, &answer->message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.check_task */

static int check_tasking_check_task(const mpriv_tasking_check_task_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lifetime_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lifetime_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_check_task(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_check_task_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->utility) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->lifetime_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 2048, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_check_task(out, profile);
}

int mpriv_encode_tasking_check_task(mpriv_writer *writer, const mpriv_tasking_check_task_output *answer) {
    mpriv_write_int(writer, answer->type);
    mpriv_write_octets(writer, &answer->body);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.region_verdict */

int mpriv_next_tasking_region_verdict_cells(mpriv_reader *reader, mpriv_tasking_region_verdict_cells_item *item) {
    if (mpriv_read_int(reader, &item->cell) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_region_verdict_cells(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_region_verdict_cells_item item;
        if (mpriv_next_tasking_region_verdict_cells(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_tasking_region_verdict_regions_item_cells(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_region_verdict_regions_item_cells(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_region_verdict_regions_item_cells(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

int mpriv_next_tasking_region_verdict_regions(mpriv_reader *reader, mpriv_tasking_region_verdict_regions_item *item) {
    if (read_tasking_region_verdict_regions_item_cells(reader, &item->cells) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_region_verdict_regions(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 64, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_region_verdict_regions_item item;
        if (mpriv_next_tasking_region_verdict_regions(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_tasking_region_verdict_cells(const mpriv_tasking_region_verdict_input *in, uint8_t profile, const mpriv_tasking_region_verdict_cells_item *item) {
    (void)in;
    (void)profile;
    if (item->cell < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->cell > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->meters < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->meters > INT64_C(1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_region_verdict_cells(const mpriv_tasking_region_verdict_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_region_verdict_cells_item item;
        if (mpriv_next_tasking_region_verdict_cells(&reader, &item) != 0 || check_each_tasking_region_verdict_cells(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_tasking_region_verdict_cells(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_tasking_region_verdict_cells_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_region_verdict_cells_item item;
        if (mpriv_next_tasking_region_verdict_cells(&reader, &item) != 0 || (i != 0 && !(last.cell < item.cell))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_tasking_region_verdict_regions_item_cells(const mpriv_tasking_region_verdict_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_region_verdict_regions_item_cells(const mpriv_tasking_region_verdict_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_region_verdict_regions_item_cells(&reader, &item) != 0 || check_each_tasking_region_verdict_regions_item_cells(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_tasking_region_verdict_regions_item_cells(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    int64_t last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_region_verdict_regions_item_cells(&reader, &item) != 0 || (i != 0 && !(last < item))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_each_tasking_region_verdict_regions(const mpriv_tasking_region_verdict_input *in, uint8_t profile, const mpriv_tasking_region_verdict_regions_item *item) {
    (void)in;
    (void)profile;
    if (check_tasking_region_verdict_regions_item_cells(in, profile, &item->cells) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_tasking_region_verdict_regions_item_cells(&item->cells)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_region_verdict_regions(const mpriv_tasking_region_verdict_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_region_verdict_regions_item item;
        if (mpriv_next_tasking_region_verdict_regions(&reader, &item) != 0 || check_each_tasking_region_verdict_regions(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_region_verdict(const mpriv_tasking_region_verdict_input *in, uint8_t profile) {
    (void)profile;
    if (profile == MPRIV_PROFILE_PUBLISHED && in->least_meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->least_meters < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->least_meters > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_tasking_region_verdict_cells(in, profile, &in->cells) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_tasking_region_verdict_cells(&in->cells)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_tasking_region_verdict_regions(in, profile, &in->regions) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_region_verdict(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_region_verdict_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->least_meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_tasking_region_verdict_cells(reader, &out->cells) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_tasking_region_verdict_regions(reader, &out->regions) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_region_verdict(out, profile);
}

int mpriv_encode_tasking_region_verdict(mpriv_writer *writer, const mpriv_tasking_region_verdict_output *answer) {
    mpriv_write_count(writer, answer->flags.count);
    for (size_t i0 = 0; i0 < answer->flags.count; i0++) {
        mpriv_write_int(writer, answer->flags.items[i0]);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.server_start */

int mpriv_next_tasking_server_start_cells(mpriv_reader *reader, mpriv_tasking_server_start_cells_item *item) {
    if (mpriv_read_int(reader, &item->cell) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_server_start_cells(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_server_start_cells_item item;
        if (mpriv_next_tasking_server_start_cells(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_tasking_server_start_cells(const mpriv_tasking_server_start_input *in, uint8_t profile, const mpriv_tasking_server_start_cells_item *item) {
    (void)in;
    (void)profile;
    if (item->cell < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->cell > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->meters < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->meters > INT64_C(1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_server_start_cells(const mpriv_tasking_server_start_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_server_start_cells_item item;
        if (mpriv_next_tasking_server_start_cells(&reader, &item) != 0 || check_each_tasking_server_start_cells(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_tasking_server_start_cells(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_tasking_server_start_cells_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_server_start_cells_item item;
        if (mpriv_next_tasking_server_start_cells(&reader, &item) != 0 || (i != 0 && !(last.cell < item.cell))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_tasking_server_start(const mpriv_tasking_server_start_input *in, uint8_t profile) {
    (void)profile;
    if (profile == MPRIV_PROFILE_PUBLISHED && in->least_meters < INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->least_meters < INT64_C(8)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->least_meters > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    if (check_tasking_server_start_cells(in, profile, &in->cells) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_tasking_server_start_cells(&in->cells)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->minimum_period_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->minimum_period_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_duration_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_duration_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->budget_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->budget_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->quantities < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->quantities > INT64_C(255)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lifetime_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lifetime_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->region_policy < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->region_policy < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->region_policy > INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->limits_policy < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->limits_policy > INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(64)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_server_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->utility_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->utility) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->least_meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_tasking_server_start_cells(reader, &out->cells) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->minimum_period_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_duration_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->budget_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->quantities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->lifetime_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->region_policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->limits_policy) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_server_start(out, profile);
}

/* ---- tasking.server_register */

static int check_tasking_server_register(const mpriv_tasking_server_register_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_server_register(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_register_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 2048, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_server_register(out, profile);
}

int mpriv_encode_tasking_server_register(mpriv_writer *writer, const mpriv_tasking_server_register_output *answer) {
    mpriv_write_int(writer, answer->flags);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.server_tasks */

static int check_tasking_server_tasks(const mpriv_tasking_server_tasks_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_server_tasks(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_tasks_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_server_tasks(out, profile);
}

int mpriv_encode_tasking_server_tasks(mpriv_writer *writer, const mpriv_tasking_server_tasks_output *answer) {
    mpriv_write_count(writer, answer->tasks.count);
    for (size_t i0 = 0; i0 < answer->tasks.count; i0++) {
        mpriv_write_int(writer, answer->tasks.items[i0].flags);
        mpriv_write_octets(writer, &answer->tasks.items[i0].message);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.server_release */

int mpriv_next_tasking_server_release_counts(mpriv_reader *reader, mpriv_tasking_server_release_counts_item *item) {
    if (mpriv_read_int(reader, &item->cell) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &item->meters) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_server_release_counts(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_server_release_counts_item item;
        if (mpriv_next_tasking_server_release_counts(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_tasking_server_release_counts(const mpriv_tasking_server_release_input *in, uint8_t profile, const mpriv_tasking_server_release_counts_item *item) {
    (void)in;
    (void)profile;
    if (item->cell < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->cell > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->meters < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (item->meters > INT64_C(1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_server_release_counts(const mpriv_tasking_server_release_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_server_release_counts_item item;
        if (mpriv_next_tasking_server_release_counts(&reader, &item) != 0 || check_each_tasking_server_release_counts(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int increasing_tasking_server_release_counts(const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    mpriv_tasking_server_release_counts_item last;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_tasking_server_release_counts_item item;
        if (mpriv_next_tasking_server_release_counts(&reader, &item) != 0 || (i != 0 && !(last.cell < item.cell))) {
            return 0;
        }
        last = item;
    }
    return 1;
}

static int check_tasking_server_release(const mpriv_tasking_server_release_input *in, uint8_t profile) {
    (void)profile;
    if (check_tasking_server_release_counts(in, profile, &in->counts) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!increasing_tasking_server_release_counts(&in->counts)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_server_release(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_release_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 16, 16, &out->task) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_tasking_server_release_counts(reader, &out->counts) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_server_release(out, profile);
}

int mpriv_encode_tasking_server_release(mpriv_writer *writer, const mpriv_tasking_server_release_output *answer) {
    mpriv_write_count(writer, answer->cells.count);
    for (size_t i0 = 0; i0 < answer->cells.count; i0++) {
        mpriv_write_int(writer, answer->cells.items[i0]);
    }
    mpriv_write_int(writer, answer->meters);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.meter_start */

static int check_tasking_meter_start(const mpriv_tasking_meter_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->cell < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->cell > INT64_C(65535)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->types < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->types > INT64_C(7)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->flags < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->flags > INT64_C(255)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->minimum_period_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->minimum_period_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_duration_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->maximum_duration_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->quantities < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->quantities > INT64_C(255)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lifetime_s < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lifetime_s > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_meter_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->utility_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->utility) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->cell) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->types) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->flags) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->minimum_period_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->maximum_duration_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->quantities) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->lifetime_s) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_meter_start(out, profile);
}

/* ---- tasking.meter_task */

static int check_tasking_meter_task(const mpriv_tasking_meter_task_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->flags < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->flags > INT64_C(255)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_meter_task(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_meter_task_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->flags) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 2048, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_meter_task(out, profile);
}

int mpriv_encode_tasking_meter_task(mpriv_writer *writer, const mpriv_tasking_meter_task_output *answer) {
    mpriv_write_int(writer, answer->type);
    mpriv_write_octets(writer, &answer->body);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.mark */

int mpriv_next_tasking_mark_readings(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_mark_readings(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_mark_readings(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_tasking_mark_readings(const mpriv_tasking_mark_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_mark_readings(const mpriv_tasking_mark_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_mark_readings(&reader, &item) != 0 || check_each_tasking_mark_readings(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_mark(const mpriv_tasking_mark_input *in, uint8_t profile) {
    (void)profile;
    if (check_tasking_mark_readings(in, profile, &in->readings) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_mark(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_mark_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 16, 16, &out->task) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_tasking_mark_readings(reader, &out->readings) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->salt) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->nonce) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_mark(out, profile);
}

int mpriv_encode_tasking_mark(mpriv_writer *writer, const mpriv_tasking_mark_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    mpriv_write_octets(writer, &answer->mark);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.seal_mark */

int mpriv_decode_tasking_seal_mark(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_seal_mark_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->ephemeral_private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->sealing_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->task) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->salt) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->mark) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_tasking_seal_mark(mpriv_writer *writer, const mpriv_tasking_seal_mark_output *answer) {
    mpriv_write_octets(writer, &answer->box);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.open_mark */

int mpriv_next_tasking_open_mark_readings(mpriv_reader *reader, int64_t *item) {
    if (mpriv_read_int(reader, item) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return MPRIV_DECODE_OK;
}

static int read_tasking_open_mark_readings(mpriv_reader *reader, mpriv_list *list) {
    if (mpriv_read_count(reader, 1, 256, &list->count)) {
        return MPRIV_DECODE_MALFORMED;
    }
    list->data = reader->at;
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_open_mark_readings(reader, &item) != 0) {
            return MPRIV_DECODE_MALFORMED;
        }
    }
    list->length = (size_t)(reader->at - list->data);
    return MPRIV_DECODE_OK;
}

static int check_each_tasking_open_mark_readings(const mpriv_tasking_open_mark_input *in, uint8_t profile, const int64_t *item) {
    (void)in;
    (void)profile;
    if ((*item) < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if ((*item) > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_open_mark_readings(const mpriv_tasking_open_mark_input *in, uint8_t profile, const mpriv_list *list) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t item;
        if (mpriv_next_tasking_open_mark_readings(&reader, &item) != 0 || check_each_tasking_open_mark_readings(in, profile, &item) != 0) {
            return MPRIV_DECODE_RANGE;
        }
    }
    return MPRIV_DECODE_OK;
}

static int check_tasking_open_mark(const mpriv_tasking_open_mark_input *in, uint8_t profile) {
    (void)profile;
    if (check_tasking_open_mark_readings(in, profile, &in->readings) != 0) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_open_mark(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_open_mark_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->private_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->task) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (read_tasking_open_mark_readings(reader, &out->readings) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 144, 144, &out->box) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_open_mark(out, profile);
}

int mpriv_encode_tasking_open_mark(mpriv_writer *writer, const mpriv_tasking_open_mark_output *answer) {
    mpriv_write_octets(writer, &answer->digest);
    mpriv_write_octets(writer, &answer->mark);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.check_receipt */

int mpriv_decode_tasking_check_receipt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_check_receipt_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->public_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->server) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->task) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 1024, &out->payload) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 2048, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    (void)profile;
    return MPRIV_DECODE_OK;
}

int mpriv_encode_tasking_check_receipt(mpriv_writer *writer, const mpriv_tasking_check_receipt_output *answer) {
    mpriv_write_int(writer, answer->received);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.bank_start */

static int check_tasking_bank_start(const mpriv_tasking_bank_start_input *in, uint8_t profile) {
    (void)profile;
    if (in->capacity < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->capacity > INT64_C(1048576)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_bank_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_start_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 32, 32, &out->utility_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 16, 16, &out->utility) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->capacity) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_bank_start(out, profile);
}

/* ---- tasking.bank_payment */

static int check_tasking_bank_payment(const mpriv_tasking_bank_payment_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_bank_payment(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_payment_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 0, 2048, &out->message) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_bank_payment(out, profile);
}

int mpriv_encode_tasking_bank_payment(mpriv_writer *writer, const mpriv_tasking_bank_payment_output *answer) {
    mpriv_write_int(writer, answer->amount);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.bank_claim */

static int check_tasking_bank_claim(const mpriv_tasking_bank_claim_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_bank_claim(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_claim_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->mark) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->digest) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->nonce) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_bank_claim(out, profile);
}

int mpriv_encode_tasking_bank_claim(mpriv_writer *writer, const mpriv_tasking_bank_claim_output *answer) {
    mpriv_write_int(writer, answer->amount);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.coin_message */

static int check_tasking_coin_message(const mpriv_tasking_coin_message_input *in, uint8_t profile) {
    (void)profile;
    if (in->denomination < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->denomination > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->epoch < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_coin_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_coin_message_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->denomination) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->epoch) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->serial) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->prefix) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_coin_message(out, profile);
}

int mpriv_encode_tasking_coin_message(mpriv_writer *writer, const mpriv_tasking_coin_message_output *answer) {
    mpriv_write_octets(writer, &answer->input_message);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.bank_coin_key */

static int check_tasking_bank_coin_key(const mpriv_tasking_bank_coin_key_input *in, uint8_t profile) {
    (void)profile;
    if (in->denomination < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->denomination > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->epoch < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->modulus) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->modulus, INT64_C(15)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_below_power(&in->modulus, 3071)) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->modulus)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->exponent) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && mpriv_compare_int(&in->exponent, INT64_C(3)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && mpriv_compare_int(&in->exponent, INT64_C(65537)) < 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_compare(&in->exponent, &in->modulus) >= 0) {
        return MPRIV_DECODE_RANGE;
    }
    if (!mpriv_is_odd(&in->exponent)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->expires < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_bank_coin_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_coin_key_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->denomination) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->epoch) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->modulus) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->exponent) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->expires) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_bank_coin_key(out, profile);
}

/* ---- tasking.bank_deposit */

static int check_tasking_bank_deposit(const mpriv_tasking_bank_deposit_input *in, uint8_t profile) {
    (void)profile;
    if (in->now < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->denomination < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->denomination > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->epoch < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (mpriv_bits(&in->signature) > 4096) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_bank_deposit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_deposit_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->now) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->denomination) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->epoch) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->serial) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 32, 32, &out->prefix) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_bigint(reader, 0, &out->signature) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_bank_deposit(out, profile);
}

int mpriv_encode_tasking_bank_deposit(mpriv_writer *writer, const mpriv_tasking_bank_deposit_output *answer) {
    mpriv_write_int(writer, answer->amount);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.deposit_script */

static int check_tasking_deposit_script(const mpriv_tasking_deposit_script_input *in, uint8_t profile) {
    (void)profile;
    if (in->lock_time < INT64_C(500000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lock_time > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_deposit_script(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_deposit_script_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_octets(reader, 33, 33, &out->utility_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_octets(reader, 33, 33, &out->user_key) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->lock_time) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_deposit_script(out, profile);
}

int mpriv_encode_tasking_deposit_script(mpriv_writer *writer, const mpriv_tasking_deposit_script_output *answer) {
    mpriv_write_octets(writer, &answer->script);
    mpriv_write_octets(writer, &answer->output_script);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.deposit_next */

static int check_tasking_deposit_next(const mpriv_tasking_deposit_next_input *in, uint8_t profile) {
    (void)profile;
    if (in->state < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->state > INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->event < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->event > INT64_C(2)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->signers < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->signers > INT64_C(3)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->time < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->time > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lock_time < INT64_C(500000000)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->lock_time > INT64_C(4294967295)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_deposit_next(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_deposit_next_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->state) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->event) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->signers) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->time) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->lock_time) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_deposit_next(out, profile);
}

int mpriv_encode_tasking_deposit_next(mpriv_writer *writer, const mpriv_tasking_deposit_next_output *answer) {
    mpriv_write_int(writer, answer->next);
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}

/* ---- tasking.deposit_payoffs */

static int check_tasking_deposit_payoffs(const mpriv_tasking_deposit_payoffs_input *in, uint8_t profile) {
    (void)profile;
    if (in->deposit < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->deposit > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reward < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->reward > in->deposit) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->value > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->cost < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->cost > INT64_C(4503599627370495)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_PUBLISHED && in->refundable < INT64_C(0)) {
        return MPRIV_DECODE_RANGE;
    }
    if (profile == MPRIV_PROFILE_HARDENED && in->refundable < INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    if (in->refundable > INT64_C(1)) {
        return MPRIV_DECODE_RANGE;
    }
    return MPRIV_DECODE_OK;
}

int mpriv_decode_tasking_deposit_payoffs(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_deposit_payoffs_input *out) {
    mpriv_reader whole = {payload, length};
    mpriv_reader *reader = &whole;
    if (mpriv_read_int(reader, &out->deposit) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->reward) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->value) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->cost) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (mpriv_read_int(reader, &out->refundable) != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    if (reader->left != 0) {
        return MPRIV_DECODE_MALFORMED;
    }
    return check_tasking_deposit_payoffs(out, profile);
}

int mpriv_encode_tasking_deposit_payoffs(mpriv_writer *writer, const mpriv_tasking_deposit_payoffs_output *answer) {
    mpriv_write_count(writer, answer->rows.count);
    for (size_t i0 = 0; i0 < answer->rows.count; i0++) {
        mpriv_write_int(writer, answer->rows.items[i0].worked);
        mpriv_write_int(writer, answer->rows.items[i0].offered);
        mpriv_write_int(writer, answer->rows.items[i0].agreed);
        mpriv_write_int(writer, answer->rows.items[i0].utility);
        mpriv_write_int(writer, answer->rows.items[i0].user);
    }
    return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;
}
