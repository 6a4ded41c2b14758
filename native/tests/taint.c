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
                      {"rerandomise", rerandomise},
                      {"signed-values", signed_values},
                      {"hash", hash},
                      {"pseudorandom", pseudorandom},
                      {"authenticate", authenticate},
                      {"select-partners", select_partners},
                      {"mask", mask},
                      {"aggregate", aggregate},
                      {"noise", noise},
                      {"device", device},
                      {"epoch-values", epoch_values},
                      {"slot-sums", slot_sums},
                      {"kernels", kernels},
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
