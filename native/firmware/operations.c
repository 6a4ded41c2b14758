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
    {"describe", 0x0001, 0, 0, 0},
    {"session.close", 0x0002, 0, 1, 0},
};

const mpriv_operation *mpriv_operation_of(uint16_t opcode) {
    for (size_t i = 0; i < MPRIV_OPERATIONS; i++) {
        if (mpriv_operations[i].opcode == opcode) {
            return &mpriv_operations[i];
        }
    }
    return NULL;
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
