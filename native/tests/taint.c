/* Runs every operation that takes a secret with its secrets marked undefined, so that valgrind's memcheck
 * reports each branch and each address that depends on one. Successes and refusals alike: which of the two it
 * is may show, so that the return code is declared defined, and nothing else is.
 *
 * taint all runs every operation, taint NAME one; taint branch and taint load are controls that valgrind has
 * to refuse. Exit status 1: an operation did not return what it should; 2: no such name. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <valgrind/memcheck.h>

#include "../src/internal.h"
#include "meter_privacy_power.h"

#define SECRET(object) VALGRIND_MAKE_MEM_UNDEFINED(&(object), sizeof(object))

/* p and q of 64 and 72 bits: neither n nor q is a whole number of limbs. */
static uint8_t p[8] = {0xd3, 0x9f, 0x1c, 0x5a, 0x07, 0xe2, 0x4b, 0xb7};
static uint8_t q[9] = {0xb1, 0x2d, 0x8e, 0x66, 0x90, 0x3f, 0xc7, 0x15, 0x33};
static uint8_t n[17];
static uint8_t small[17] = {0x00, 0x42, 0x17};
static uint8_t large[17];
static uint8_t c[34] = {0x00, 0x31, 0x41, 0x59, 0x26, 0x53, 0x58, 0x97, 0x93, 0x23, 0x84, 0x62};
static uint8_t out[34];
static uint8_t scratch[MPRIV_FACTORS_SCRATCH_BYTES(8, 9, 4)];

static int observed(int code) {
    volatile int copy = code;
    (void)VALGRIND_MAKE_MEM_DEFINED((void *)(uintptr_t)&copy, sizeof copy);
    return copy;
}

static void set_modulus(void) {
    unsigned i, j, carry;
    for (i = 0; i < 8U; i++) {
        carry = 0;
        for (j = 0; j < 9U; j++) {
            carry += n[16U - i - j] + (unsigned)p[7U - i] * q[8U - j];
            n[16U - i - j] = (uint8_t)carry;
            carry >>= 8;
        }
        n[7U - i] = (uint8_t)carry;
    }
}

static int encrypt(void) {
    int good, refused;
    (void)SECRET(small);
    (void)SECRET(c);
    good = observed(mpriv_paillier_encrypt(out, sizeof out, n, sizeof n, small, sizeof small, small,
                                           sizeof small, scratch, sizeof scratch));
    refused = observed(mpriv_paillier_encrypt(out, sizeof out, n, sizeof n, large, sizeof large, small,
                                              sizeof small, scratch, sizeof scratch));
    return good == MPRIV_OK && refused == MPRIV_ERROR_RANGE;
}

static int encrypt_not_invertible(void) {
    (void)SECRET(p);
    return observed(mpriv_paillier_encrypt(out, sizeof out, n, sizeof n, small, sizeof small, p, sizeof p,
                                           scratch, sizeof scratch)) == MPRIV_ERROR_NOT_INVERTIBLE;
}

static int encrypt_with_factors(void) {
    int good, refused;
    (void)SECRET(p);
    (void)SECRET(q);
    (void)SECRET(small);
    (void)SECRET(large);
    good = observed(mpriv_paillier_encrypt_with_factors(out, sizeof out, p, sizeof p, q, sizeof q, small,
                                                        sizeof small, small, sizeof small, scratch,
                                                        sizeof scratch));
    refused =
        observed(mpriv_paillier_encrypt_with_factors(out, sizeof out, p, sizeof p, q, sizeof q, small,
                                                     sizeof small, p, sizeof p, scratch, sizeof scratch));
    return good == MPRIV_OK && refused == MPRIV_ERROR_NOT_INVERTIBLE &&
           observed(mpriv_paillier_encrypt_with_factors(out, sizeof out, p, sizeof p, p, sizeof p, small,
                                                        sizeof small, small, sizeof small, scratch,
                                                        sizeof scratch)) == MPRIV_ERROR_RANGE;
}

static int decrypt(void) {
    uint8_t m[17];
    (void)SECRET(p);
    (void)SECRET(q);
    (void)SECRET(c);
    (void)SECRET(large);
    return observed(mpriv_paillier_decrypt(m, sizeof m, p, sizeof p, q, sizeof q, c, sizeof c, scratch,
                                           sizeof scratch)) == MPRIV_OK &&
           observed(mpriv_paillier_decrypt(m, sizeof m, p, sizeof p, q, sizeof q, p, sizeof p, scratch,
                                           sizeof scratch)) == MPRIV_ERROR_NOT_INVERTIBLE;
}

static int decrypt_blinded(void) {
    uint8_t m[17], one[1] = {1};
    (void)SECRET(p);
    (void)SECRET(q);
    (void)SECRET(c);
    (void)SECRET(one);
    return observed(mpriv_paillier_decrypt_blinded(m, sizeof m, p, sizeof p, q, sizeof q, c, sizeof c, one,
                                                   sizeof one, scratch, sizeof scratch)) == MPRIV_OK;
}

static int online(void) {
    uint8_t record[51];
    (void)SECRET(small);
    return observed(mpriv_offline_power(record, sizeof record, n, sizeof n, small, sizeof small, scratch,
                                        sizeof scratch)) == MPRIV_OK &&
           observed(mpriv_paillier_encrypt_online(out, sizeof out, n, sizeof n, small, sizeof small, record,
                                                  sizeof record, scratch, sizeof scratch)) == MPRIV_OK;
}

static uint8_t stored[51];
static int held;

static int read_slot(void *context, size_t slot, uint8_t *to, size_t length) {
    (void)context;
    (void)slot;
    if (held && length > 0U) {
        memcpy(to, stored, length);
    }
    return held;
}

static int write_slot(void *context, size_t slot, const uint8_t *from, size_t length) {
    (void)context;
    (void)slot;
    memcpy(stored, from, length);
    held = 1;
    return 0;
}

static int burn_slot(void *context, size_t slot) {
    (void)context;
    (void)slot;
    held = 0;
    return 0;
}

/* The first draw is above n, the second is 0: both are drawn again. */
static int draw_bytes(void *context, uint8_t *bytes, size_t length) {
    unsigned *drawn = context;
    memset(bytes, *drawn == 1U ? 0xff : *drawn == 2U ? 0 : (int)(0x21U + *drawn), length);
    (*drawn)++;
    (void)VALGRIND_MAKE_MEM_UNDEFINED(bytes, length);
    return 0;
}

/* Made beforehand, and taken. */
static int offline(void) {
    static uint8_t record[51];
    unsigned drawn = 0;
    const mpriv_memory memory = {NULL, 1U, read_slot, write_slot, burn_slot};
    const mpriv_source source = {&drawn, draw_bytes};
    int filled, taken;
    filled = observed(mpriv_offline_fill(&memory, 0U, &source, n, sizeof n, record, sizeof record, scratch,
                                         sizeof scratch));
    taken = observed(mpriv_offline_take(record, sizeof record, &memory));
    return filled == MPRIV_OK && taken == MPRIV_OK && drawn == 4U &&
           observed(mpriv_paillier_encrypt_online(out, sizeof out, n, sizeof n, small, sizeof small, record,
                                                  sizeof record, scratch, sizeof scratch)) == MPRIV_OK;
}

static int rerandomise(void) {
    (void)SECRET(c);
    (void)SECRET(small);
    return observed(mpriv_paillier_rerandomise(out, sizeof out, n, sizeof n, c, sizeof c, small, sizeof small,
                                               scratch, sizeof scratch)) == MPRIV_OK;
}

static int signed_values(void) {
    uint8_t negative = 1, m[17];
    int encoded, decoded;
    (void)SECRET(small);
    (void)SECRET(large);
    (void)SECRET(negative);
    encoded = observed(mpriv_paillier_encode_signed(m, sizeof m, n, sizeof n, negative, small, sizeof small,
                                                    scratch, sizeof scratch));
    decoded = observed(mpriv_paillier_decode_signed(&negative, out, sizeof out, n, sizeof n, m, sizeof m,
                                                    scratch, sizeof scratch));
    return encoded == MPRIV_OK && decoded == MPRIV_OK &&
           observed(mpriv_paillier_encode_signed(m, sizeof m, n, sizeof n, negative, large, sizeof large,
                                                 scratch, sizeof scratch)) == MPRIV_ERROR_RANGE;
}

static uint8_t key[32] = {0x0b, 0x1d, 0xee};
static uint8_t another[32] = {0x77, 0x08};
static uint8_t power[9] = {0x01};
static uint8_t modulus[16] = {0xfe, 0xdc, 0xba, 0x98};

static int hash(void) {
    mpriv_sha256 state;
    uint8_t message[200] = {1}, digest[32];
    (void)SECRET(message);
    mpriv_sha256_init(&state);
    mpriv_sha256_update(&state, message, 70U);
    mpriv_sha256_update(&state, message, sizeof message);
    mpriv_sha256_final(&state, digest);
    return 1;
}

static int pseudorandom(void) {
    mpriv_hmac_key prepared;
    uint8_t mask[9];
    int stream, dummy;
    (void)SECRET(key);
    mpriv_hmac_prepare(&prepared, key, sizeof key);
    stream = observed(mpriv_dream_keystream(mask, sizeof mask, &prepared, 7U, power, sizeof power));
    dummy = observed(mpriv_dream_dummy_key(mask, sizeof mask, &prepared, 7U, power, sizeof power));
    mpriv_hmac_prepare(&prepared, large, sizeof large);
    return stream == MPRIV_OK && dummy == MPRIV_OK;
}

static int authenticate(void) {
    static const uint8_t roster[32] = {5};
    mpriv_hmac_key prepared;
    uint8_t tag[32];
    (void)SECRET(key);
    mpriv_hmac_prepare(&prepared, key, sizeof key);
    return observed(mpriv_dream_authenticate(tag, &prepared, roster, 1U, 2U, power, sizeof power, p,
                                             sizeof p)) == MPRIV_OK;
}

static int select_partners(void) {
    mpriv_peer keys[2] = {{1U, {key, sizeof key}}, {9U, {another, sizeof another}}};
    uint8_t selected[2];
    int code;
    (void)SECRET(key);
    (void)SECRET(another);
    code = observed(mpriv_dream_select_partners(selected, 3U, 11U, keys, 2U, 1U));
    return (code == MPRIV_OK || code == MPRIV_ERROR_POLICY) &&
           observed(mpriv_dream_select_partners(selected, 3U, 11U, keys, 2U, 2U)) == MPRIV_OK;
}

static int mask(void) {
    mpriv_peer keys[2] = {{1U, {p, sizeof p}}, {9U, {q, sizeof q}}};
    int64_t value = -1234;
    int good, refused;
    (void)SECRET(p);
    (void)SECRET(q);
    (void)SECRET(value);
    (void)SECRET(small);
    (void)SECRET(another);
    good = observed(mpriv_dream_mask(out, sizeof out, modulus, sizeof modulus, 3U, value, p, sizeof p, keys,
                                     2U, q, sizeof q));
    refused = observed(mpriv_dream_mask(out, sizeof out, modulus, sizeof modulus, 3U, value, another,
                                        sizeof another, keys, 2U, q, sizeof q));
    return good == MPRIV_OK && refused == MPRIV_ERROR_RANGE;
}

static int aggregate(void) {
    mpriv_bytes masked[2] = {{p, sizeof p}, {q, sizeof q}};
    uint8_t negative;
    (void)SECRET(p);
    (void)SECRET(q);
    return observed(mpriv_dream_aggregate(&negative, out, sizeof out, modulus, sizeof modulus, masked, masked,
                                          2U, masked, 1U)) == MPRIV_OK;
}

static int noise(void) {
    static const uint64_t table[3] = {UINT64_C(1) << 62, UINT64_C(1) << 63, UINT64_C(3) << 62};
    int64_t reading = 1234, value;
    uint32_t held;
    int32_t share;
    uint8_t clamped;
    int cut, drawn, whole;
    (void)SECRET(reading);
    (void)SECRET(key);
    cut = observed(mpriv_dream_clamp(&held, &clamped, reading, 1000U));
    drawn = observed(mpriv_dream_table_share(&share, table, 3U, key));
    whole = observed(mpriv_dream_sanitise(&value, &clamped, reading, 5000U, 100U, table, 3U, key));
    return cut == MPRIV_OK && drawn == MPRIV_OK && whole == MPRIV_OK;
}

static int ring(void) {
    uint32_t reading = 1234, beyond = 1001;
    int first, further;
    (void)SECRET(c);
    (void)SECRET(small);
    (void)SECRET(reading);
    (void)SECRET(beyond);
    first = observed(mpriv_load_ring_start(out, sizeof out, n, sizeof n, 5000U, reading, small, sizeof small,
                                           scratch, sizeof scratch));
    further = observed(mpriv_load_ring_add(out, sizeof out, n, sizeof n, 5000U, c, sizeof c, reading, small,
                                           sizeof small, scratch, sizeof scratch));
    return first == MPRIV_OK && further == MPRIV_OK &&
           observed(mpriv_load_ring_start(out, sizeof out, n, sizeof n, 1000U, beyond, small, sizeof small,
                                          scratch, sizeof scratch)) == MPRIV_ERROR_RANGE;
}

static int day(void) {
    uint8_t high[34];
    uint32_t counter = 77;
    int good;
    (void)SECRET(small);
    (void)SECRET(c);
    (void)SECRET(counter);
    good = observed(mpriv_load_encrypt_day(out, high, sizeof out, n, sizeof n, 5000U, counter, counter, small,
                                           sizeof small, c, 17U, scratch, sizeof scratch));
    return good == MPRIV_OK &&
           observed(mpriv_load_encrypt_day(out, high, sizeof out, n, sizeof n, 5000U, counter, counter, small,
                                           sizeof small, small, sizeof small, scratch, sizeof scratch)) ==
               MPRIV_ERROR_REPLAYED;
}

static int opening(void) {
    const mpriv_opening openings[2] = {{{small, sizeof small}, {small, sizeof small}, 7U},
                                       {{small, sizeof small}, {c, 17U}, 0U}};
    uint8_t value[17], made[17];
    int combined, recovered;
    (void)SECRET(p);
    (void)SECRET(q);
    (void)SECRET(c);
    (void)SECRET(small);
    combined = observed(mpriv_load_combine_openings(value, made, sizeof made, n, sizeof n, openings, 2U,
                                                    scratch, sizeof scratch));
    recovered = observed(mpriv_load_recover_opening(value, made, sizeof made, p, sizeof p, q, sizeof q, c,
                                                    sizeof c, scratch, sizeof scratch));
    return combined == MPRIV_OK && recovered == MPRIV_OK &&
           observed(mpriv_load_verify_opening(n, sizeof n, c, sizeof c, value, sizeof value, made,
                                              sizeof made, scratch, sizeof scratch)) == MPRIV_OK &&
           observed(mpriv_load_verify_opening(n, sizeof n, c, sizeof c, small, sizeof small, made,
                                              sizeof made, scratch, sizeof scratch)) ==
               MPRIV_ERROR_PROOF_FAILED;
}

static int comparison(void) {
    static const uint8_t bit[2] = {0x12, 0x35};
    const mpriv_bytes bits[2] = {{bit, 1U}, {bit, 2U}}, randomness[2] = {{small, sizeof small}, {c, 17U}};
    const mpriv_dgk_key public = {{n, sizeof n}, {bit, 1U}, {bit, 2U}, 101U};
    const mpriv_dgk_factors secret = {{p, sizeof p}, {q, sizeof q}, {another, 9U}, {key, 9U}, 101U};
    uint32_t multipliers[2] = {5, 100}, plaintext = 40, value = 777;
    uint8_t order[2] = {1, 0}, sent[34], zero;
    uint64_t level = 3, made;
    int levelled, encrypted, requested, audited, answered, read;
    (void)SECRET(p);
    (void)SECRET(q);
    (void)SECRET(c);
    (void)SECRET(small);
    (void)SECRET(multipliers);
    (void)SECRET(plaintext);
    (void)SECRET(order);
    (void)SECRET(level);
    (void)SECRET(value);
    levelled = observed(mpriv_load_reading_level(&made, value, 100U, 16U));
    encrypted = observed(mpriv_load_dgk_encrypt(out, sizeof out, &public, plaintext, small, sizeof small,
                                                scratch, sizeof scratch));
    requested =
        observed(mpriv_load_dgk_request(sent, 17U, &public, randomness, 2U, level, scratch, sizeof scratch));
    answered = observed(mpriv_load_dgk_response(sent, 17U, &public, bits, multipliers, randomness, order, 2U,
                                                level, scratch, sizeof scratch));
    audited = observed(mpriv_load_dgk_audit(&public, bits, randomness, 2U, level, scratch, sizeof scratch));
    another[8] |= 1U;
    key[8] |= 1U;
    (void)SECRET(another);
    (void)SECRET(key);
    read = observed(mpriv_load_dgk_is_zero(&zero, &secret, c, 17U, scratch, sizeof scratch));
    return levelled == MPRIV_OK && encrypted == MPRIV_OK && requested == MPRIV_OK && answered == MPRIV_OK &&
           audited == MPRIV_ERROR_PROOF_FAILED && read == MPRIV_ERROR_NOT_IN_GROUP;
}

static int read_counter(void *context, uint64_t *next_slot) {
    *next_slot = *(const uint64_t *)context;
    return 0;
}

static int write_counter(void *context, uint64_t next_slot) {
    *(uint64_t *)context = next_slot;
    return 0;
}

/* What goes out may be seen: ciphertexts, tags, replies. */
static int device(void) {
    static uint8_t secrets[5][32];
    static const uint8_t digest[32] = {6};
    static const uint32_t missing[1] = {9};
    mpriv_peer peers[3] = {{1U, {secrets[0], 32U}}, {9U, {secrets[1], 32U}}, {12U, {secrets[2], 32U}}};
    uint64_t next_slot = 4, masked, opened;
    const mpriv_counter counter = {&next_slot, read_counter, write_counter};
    mpriv_dream_epoch epoch;
    mpriv_dream_member member;
    int64_t reading = 1234, share = -17;
    uint8_t tag[32], clamped;
    unsigned i;
    memset(&epoch, 0, sizeof epoch);
    for (i = 0; i < 5U; i++) {
        secrets[i][0] = (uint8_t)i;
    }
    epoch.node = 5U;
    epoch.peers = peers;
    epoch.count = 3U;
    epoch.supplier_key = secrets[3];
    epoch.blind_key = secrets[4];
    epoch.digest = digest;
    epoch.last_slot = 90U;
    epoch.tail_wh = 50U;
    epoch.scale_wh = 1U;
    epoch.tolerated_failures = 1U;
    epoch.expected_partners = 3U;
    epoch.maximum_wh = 1000U;
    epoch.modulus_bits = 13U;
    (void)SECRET(secrets);
    (void)SECRET(reading);
    (void)SECRET(share);
    if (observed(mpriv_dream_member_start(&member, &epoch, &counter)) != MPRIV_OK ||
        observed(mpriv_dream_member_report(&masked, tag, &clamped, &member, &epoch, &counter, 7U, reading,
                                           share)) != MPRIV_OK ||
        observed(mpriv_dream_member_report(&masked, tag, &clamped, &member, &epoch, &counter, 7U, reading,
                                           share)) != MPRIV_OK ||
        observed(mpriv_dream_member_reply(&opened, tag, &member, &epoch, 7U, missing, 1U)) != MPRIV_OK) {
        return 0;
    }
    epoch.expected_partners = 2U;
    return observed(mpriv_dream_member_report(&masked, tag, &clamped, &member, &epoch, &counter, 8U, reading,
                                              share)) == MPRIV_OK &&
           observed(mpriv_dream_member_report(&masked, tag, &clamped, &member, &epoch, &counter, 9U, reading,
                                              share + 100)) == MPRIV_ERROR_RANGE;
}

static int epoch_values(void) {
    static const uint8_t digest[32] = {6};
    mpriv_hmac_key prepared;
    mpriv_peer keys[2] = {{1U, {p, sizeof p}}, {9U, {q, sizeof q}}};
    uint8_t selection[8], made[32];
    int good;
    (void)SECRET(key);
    (void)SECRET(p);
    (void)SECRET(q);
    mpriv_hmac_prepare(&prepared, key, sizeof key);
    good = observed(mpriv_dream_epoch_key(made, &prepared, digest)) == MPRIV_OK;
    good &= observed(mpriv_dream_pair_values(selection, out, sizeof out, &prepared, 7U, power,
                                             sizeof power)) == MPRIV_OK;
    good &= observed(mpriv_dream_blind(out, sizeof out, &prepared, 7U, power, sizeof power)) == MPRIV_OK;
    good &= observed(mpriv_dream_recover(out, sizeof out, modulus, sizeof modulus, 3U, keys, 2U, p,
                                         sizeof p)) == MPRIV_OK;
    return good && observed(mpriv_dream_authenticate_reply(made, &prepared, digest, 1U, 2U, digest, power,
                                                           sizeof power, digest, 8U)) == MPRIV_OK;
}

static int slot_sums(void) {
    mpriv_hmac_key prepared;
    uint64_t ciphertexts[3] = {5, 77, 1}, streams[3] = {9, 0, 4}, one[1];
    int64_t total;
    int good;
    (void)SECRET(key);
    (void)SECRET(ciphertexts);
    (void)SECRET(streams);
    mpriv_hmac_prepare(&prepared, key, sizeof key);
    good = observed(mpriv_dream_slot_keystreams(one, 33U, 7U, &prepared, 1U)) == MPRIV_OK;
    good &= observed(mpriv_dream_slot_total(&total, 33U, ciphertexts, streams, 3U, one, 1U)) == MPRIV_OK;
    return good && observed(mpriv_dream_slot_total(&total, 3U, ciphertexts, streams, 3U, one, 1U)) ==
                       MPRIV_ERROR_RANGE;
}

/* The kernels are called by name: valgrind's processor does not say that it has the instructions. */
static int kernels(void) {
#if MPRIV_X86_64
    enum { N = 16 };
    mpriv_limb m[N], x[2 * N], y[2 * N], z[2 * N], work[MPRIV_MODULAR_WORK(N)];
    mpriv_modular ring;
    unsigned parts;
    memset(m, 0x55, sizeof m);
    memset(x, 0x33, sizeof x);
    memset(y, 0x44, sizeof y);
    (void)SECRET(m);
    (void)SECRET(x);
    (void)SECRET(y);
    ring.m = m;
    ring.n = N;
    ring.neg_inverse = mpriv_negated_inverse(m[0]);
    ring.work = work;
    for (parts = 1U; parts <= 2U; parts++) {
        mpriv_x86_64_modular_multiply(&ring, z, x, y, y + (parts - 1U) * N, parts);
        mpriv_x86_64_modular_square(&ring, z, z, parts);
        mpriv_x86_64_modular_add(&ring, z, z, y, parts);
    }
#endif
    return 1;
}

/* A key of RFC 9474 with e = 3, an r, and the signer's answer. */
static uint8_t signer_n[100] = {
    0xe6, 0x46, 0x42, 0xaf, 0xa6, 0xfb, 0xf0, 0x0f, 0xb4, 0xf9, 0x09, 0x83, 0x6b, 0x04, 0xa6, 0x12, 0x2c,
    0x92, 0x63, 0xf1, 0xe3, 0xc7, 0xc5, 0x71, 0xff, 0x80, 0x1c, 0x1a, 0x3a, 0x24, 0x47, 0x4c, 0x45, 0x04,
    0x26, 0x22, 0xd0, 0xe8, 0xd5, 0x26, 0xc3, 0x5d, 0xc7, 0x06, 0x99, 0x01, 0xd9, 0xc9, 0xf7, 0xee, 0x1b,
    0xfe, 0xd8, 0x73, 0x3d, 0x2e, 0x6b, 0xcc, 0x2a, 0x5c, 0x2d, 0x1c, 0xb1, 0x52, 0x18, 0x0e, 0xbd, 0xf8,
    0x3b, 0x9d, 0x51, 0x9a, 0xef, 0x51, 0x4d, 0x6b, 0xe3, 0x5e, 0x5c, 0x97, 0xf1, 0xeb, 0x58, 0x52, 0x0d,
    0xe5, 0xa6, 0xff, 0x00, 0x48, 0xe2, 0xeb, 0x33, 0x92, 0xf5, 0x2e, 0x52, 0x87, 0xbb, 0xc3};
static uint8_t blinding[100] = {
    0x75, 0x54, 0x7a, 0x75, 0x47, 0x91, 0xfa, 0x5c, 0xac, 0xec, 0xa5, 0x23, 0xae, 0x7d, 0x2e, 0x1a, 0x3a,
    0x25, 0x66, 0x5f, 0xb1, 0x08, 0x43, 0x7b, 0x31, 0x1f, 0x71, 0xdc, 0x40, 0x23, 0x77, 0xcd, 0x99, 0x09,
    0x48, 0x25, 0x9d, 0x7a, 0xce, 0x0d, 0x39, 0xba, 0x57, 0x80, 0x43, 0x10, 0x5c, 0x96, 0x71, 0x12, 0xec,
    0x99, 0x9e, 0x4e, 0x86, 0xb2, 0x8a, 0x19, 0xf4, 0x04, 0xb2, 0x0f, 0x16, 0xfa, 0x4f, 0x4b, 0x9b, 0xc7,
    0xc0, 0xb4, 0x46, 0x0e, 0x4f, 0xd1, 0x97, 0x9a, 0x46, 0xdd, 0xa5, 0xe2, 0xf5, 0x70, 0x7a, 0x60, 0x77,
    0x35, 0x72, 0x87, 0x85, 0x44, 0xda, 0xec, 0x8b, 0xc4, 0xaf, 0xa6, 0xe0, 0xbe, 0xa8, 0x84};
static uint8_t signer_answer[100] = {
    0x58, 0x7f, 0x20, 0x65, 0x0e, 0x61, 0x8a, 0x88, 0xde, 0x02, 0x10, 0xf0, 0x1a, 0x9f, 0x83, 0xe8, 0x7c,
    0xa7, 0xf6, 0x49, 0x66, 0x22, 0x18, 0xb9, 0xf9, 0x12, 0xf5, 0x97, 0xbf, 0xb1, 0x40, 0x9e, 0x8d, 0x97,
    0x6a, 0x96, 0x9b, 0x77, 0xf6, 0x95, 0xa7, 0xc6, 0x4f, 0x67, 0x80, 0x61, 0xbf, 0x38, 0xea, 0x41, 0x29,
    0x64, 0xe2, 0x16, 0xb6, 0x88, 0x61, 0xd6, 0xc6, 0xff, 0x28, 0x7b, 0x49, 0x67, 0x63, 0xdf, 0xd7, 0xf8,
    0xd0, 0x7a, 0xfd, 0x03, 0x15, 0xea, 0x1a, 0x56, 0xda, 0x2e, 0x6f, 0x88, 0x87, 0x32, 0x3e, 0xe6, 0x3e,
    0xec, 0x43, 0xd5, 0x5e, 0xe3, 0xe5, 0x84, 0x50, 0x08, 0x7d, 0xd0, 0x8f, 0x87, 0x6e, 0x48};

static int blind_signature(void) {
    static const uint8_t three[1] = {3}, text[] = "token of the taint test";
    static uint8_t message[sizeof text - 1U], salt[48], blinded[100], inverse[100], signature[100];
    static uint8_t memory[MPRIV_BLIND_SCRATCH_BYTES(100)];
    const mpriv_signer signer = {{signer_n, sizeof signer_n}, {three, sizeof three}};
    mpriv_sha384 state;
    int hashed, good, refused;
    memcpy(message, text, sizeof message);
    mpriv_sha384_init(&state);
    mpriv_sha384_update(&state, (const uint8_t *)"salt", 4U);
    mpriv_sha384_final(&state, salt);
    (void)SECRET(message);
    (void)SECRET(salt);
    (void)SECRET(blinding);
    (void)SECRET(signer_answer);
    hashed = observed(mpriv_full_domain_hash(signature, sizeof signature, &signer, message, sizeof message,
                                             memory, sizeof memory));
    refused = observed(mpriv_blind(blinded, sizeof blinded, inverse, sizeof inverse, &signer,
                                   MPRIV_BLIND_FULL_DOMAIN, message, sizeof message, NULL, blinding, 0U,
                                   memory, sizeof memory));
    good = observed(mpriv_blind(blinded, sizeof blinded, inverse, sizeof inverse, &signer, MPRIV_BLIND_PSS,
                                message, sizeof message, salt, blinding, sizeof blinding, memory,
                                sizeof memory));
    if (hashed != MPRIV_OK || refused != MPRIV_ERROR_RANGE || good != MPRIV_OK) {
        return 0;
    }
    good = observed(mpriv_blind_finalise(signature, sizeof signature, &signer, MPRIV_BLIND_PSS, message,
                                         sizeof message, signer_answer, sizeof signer_answer, inverse,
                                         sizeof inverse, memory, sizeof memory));
    refused = observed(mpriv_blind_finalise(signature, sizeof signature, &signer, MPRIV_BLIND_FULL_DOMAIN,
                                            message, sizeof message, signer_answer, sizeof signer_answer,
                                            inverse, sizeof inverse, memory, sizeof memory));
    return good == MPRIV_OK && refused == MPRIV_ERROR_UNAUTHENTIC;
}

static int token(void) {
    static uint8_t secret[32], nonce[32], v[33], x[33], memory[8000];
    static const uint8_t challenge[2] = {3, 1}, task[16] = {1};
    uint32_t readings[2] = {7, 9};
    int made, answered, marked, refused;
    memset(secret, 0x31, sizeof secret);
    memset(nonce, 0x32, sizeof nonce);
    (void)SECRET(secret);
    (void)SECRET(nonce);
    (void)SECRET(readings);
    made = observed(mpriv_token_identity(v, x, &mpriv_group_p256, secret, sizeof secret, nonce, sizeof nonce,
                                         memory, sizeof memory));
    refused = observed(mpriv_token_identity(v, x, &mpriv_group_toy_2039, secret, sizeof secret, nonce,
                                            sizeof nonce, memory, sizeof memory));
    answered = observed(mpriv_token_respond(v, &mpriv_group_p256, secret, sizeof secret, nonce, sizeof nonce,
                                            challenge, sizeof challenge, memory, sizeof memory));
    marked = observed(mpriv_task_mark(v, x, task, readings, 2U, secret, nonce));
    return made == MPRIV_OK && refused == MPRIV_ERROR_RANGE && answered == MPRIV_OK && marked == MPRIV_OK &&
           observed(mpriv_task_mark(v, x, task, readings, 2U, secret, secret)) == MPRIV_ERROR_REPLAYED;
}

/* In the toy group: what is done on the curve, a token's identity shows. */
static int deal(void) {
    static const uint8_t keys[3][2] = {{0x00, 0x10}, {0x00, 0x40}, {0x01, 0x00}};
    static uint8_t random[90], outputs[40], memory[4000];
    mpriv_server servers[3];
    mpriv_sharing_roster roster;
    uint32_t reading = 700U, i;
    for (i = 0; i < 3U; i++) {
        servers[i].index = 5U * i + 2U;
        servers[i].public_key.data = keys[i];
        servers[i].public_key.length = sizeof keys[i];
    }
    roster.group = &mpriv_group_toy_2039;
    roster.servers = servers;
    roster.count = 3U;
    roster.threshold = 2U;
    roster.maximum_wh = 1000U;
    roster.least = 2U;
    memset(random, 0x5c, sizeof random);
    random[3] = 7U;
    (void)SECRET(random);
    (void)SECRET(reading);
    return observed(mpriv_sharing_deal(outputs, outputs + 4, outputs + 6, outputs + 12, outputs + 14, &roster,
                                       9U, 77U, reading, random, sizeof random, memory, sizeof memory)) ==
           MPRIV_OK;
}

static int sampler(void) {
    static uint64_t row[3] = {1U, (uint64_t)1 << 31, (uint64_t)1 << 32};
    static uint8_t random[4] = {0xff, 0xff, 0xff, 0x7f};
    uint32_t level;
    (void)SECRET(row);
    (void)SECRET(random);
    level = mpriv_privacy_power_select(row, 3U, random);
    (void)VALGRIND_MAKE_MEM_DEFINED(&level, sizeof level);
    return level == 1U;
}

static int planted_branch(void) {
    volatile int seen = 0;
    (void)SECRET(key);
    if (key[0] & 1U) {
        seen = 1;
    }
    (void)VALGRIND_MAKE_MEM_DEFINED((void *)(uintptr_t)&seen, sizeof seen);
    return seen == 1;
}

static int planted_load(void) {
    static volatile uint8_t table[256];
    volatile uint8_t found;
    (void)SECRET(key);
    found = table[key[0]];
    (void)VALGRIND_MAKE_MEM_DEFINED((void *)(uintptr_t)&found, sizeof found);
    return found == 0;
}

/* What an operation marked as secret may be public to the next. */
static void publish(void) {
    (void)VALGRIND_MAKE_MEM_DEFINED(p, sizeof p);
    (void)VALGRIND_MAKE_MEM_DEFINED(q, sizeof q);
    (void)VALGRIND_MAKE_MEM_DEFINED(c, sizeof c);
    (void)VALGRIND_MAKE_MEM_DEFINED(small, sizeof small);
    (void)VALGRIND_MAKE_MEM_DEFINED(large, sizeof large);
    (void)VALGRIND_MAKE_MEM_DEFINED(key, sizeof key);
    (void)VALGRIND_MAKE_MEM_DEFINED(another, sizeof another);
    (void)VALGRIND_MAKE_MEM_DEFINED(blinding, sizeof blinding);
    (void)VALGRIND_MAKE_MEM_DEFINED(signer_answer, sizeof signer_answer);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        int (*run)(void);
    } operations[] = {{"encrypt", encrypt},
                      {"encrypt-not-invertible", encrypt_not_invertible},
                      {"encrypt-with-factors", encrypt_with_factors},
                      {"decrypt", decrypt},
                      {"decrypt-blinded", decrypt_blinded},
                      {"online", online},
                      {"offline", offline},
                      {"rerandomise", rerandomise},
                      {"signed-values", signed_values},
                      {"hash", hash},
                      {"pseudorandom", pseudorandom},
                      {"authenticate", authenticate},
                      {"select-partners", select_partners},
                      {"mask", mask},
                      {"aggregate", aggregate},
                      {"noise", noise},
                      {"ring", ring},
                      {"day", day},
                      {"opening", opening},
                      {"comparison", comparison},
                      {"device", device},
                      {"epoch-values", epoch_values},
                      {"slot-sums", slot_sums},
                      {"kernels", kernels},
                      {"blind-signature", blind_signature},
                      {"token", token},
                      {"deal", deal},
                      {"sampler", sampler},
                      {"branch", planted_branch},
                      {"load", planted_load}};
    const size_t controls = 2, count = sizeof operations / sizeof *operations;
    size_t i;
    int known = 0;
    set_modulus();
    memset(large, 0xff, sizeof large);
    for (i = 0; argc == 2 && i < count; i++) {
        if (strcmp(argv[1], operations[i].name) == 0 ||
            (strcmp(argv[1], "all") == 0 && i + controls < count)) {
            known = 1;
            publish();
            if (!operations[i].run()) {
                (void)fprintf(stderr, "%s did not return what it should\n", operations[i].name);
                return 1;
            }
        }
    }
    return known ? 0 : 2;
}
