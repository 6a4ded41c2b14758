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
                      {"ring", ring},
                      {"day", day},
                      {"opening", opening},
                      {"comparison", comparison},
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
