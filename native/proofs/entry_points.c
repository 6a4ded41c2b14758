/* Eva runs every public entry point on unknown bytes: no run-time error. 32-bit limbs, the sizes below. */
#include <string.h>

#include "__fc_builtin.h"

#include "meter_privacy.c"

#define UNKNOWN(object) Frama_C_make_unknown((char *)(object), sizeof(object))

/* What is public is given: a modulus of two limbs, 2^39 - 19, and 2^64. */
static const uint8_t modulus[5] = {0x7f, 0xff, 0xff, 0xff, 0xed};
static const uint8_t mask_modulus[9] = {1};
static uint8_t plaintext[5], randomness[5], ciphertext[10], p[3], q[3], scalar[2], record[15], slots[2][15];
static uint8_t out[12], key_bytes[70], mask[9], keys[2][32], digest[32];
static uint32_t scratch[256], large_scratch[1024];
static uint8_t negative;
static uint64_t large;

static int paillier(void) {
    mpriv_bytes list[2] = {{ciphertext, 10}, {ciphertext, 3}};
    int code = 0;
    UNKNOWN(plaintext);
    UNKNOWN(randomness);
    UNKNOWN(ciphertext);
    UNKNOWN(p);
    UNKNOWN(q);
    UNKNOWN(scalar);
    code += mpriv_paillier_encrypt(out, 10, modulus, 5, plaintext, 5, randomness, 5, scratch, sizeof scratch);
    code +=
        mpriv_paillier_encrypt(out, 2, modulus + 4, 1, plaintext, 1, randomness, 0, scratch, sizeof scratch);
    code += mpriv_paillier_rerandomise(out, 10, modulus, 5, ciphertext, 10, randomness, 5, scratch,
                                       sizeof scratch);
    code +=
        mpriv_paillier_scale_vartime(out, 10, modulus, 5, ciphertext, 10, scalar, 2, scratch, sizeof scratch);
    code += mpriv_paillier_add_vartime(out, 10, modulus, 5, list, 2, scratch, sizeof scratch);
    code += mpriv_paillier_encrypt_with_factors(out, 12, p, 3, q, 3, plaintext, 5, randomness, 5, scratch,
                                                sizeof scratch);
    code += mpriv_paillier_decrypt(out, 6, p, 3, q, 3, ciphertext, 10, scratch, sizeof scratch);
    code += mpriv_paillier_decrypt_blinded(out, 6, p, 3, q, 3, ciphertext, 10, ciphertext, 10, scratch,
                                           sizeof scratch);
    code += mpriv_paillier_encode_signed(out, 5, modulus, 5, negative, plaintext, 5, scratch, sizeof scratch);
    code +=
        mpriv_paillier_decode_signed(&negative, out, 5, modulus, 5, plaintext, 5, scratch, sizeof scratch);
    code += mpriv_paillier_headroom_vartime(&large, modulus, 5, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                                            Frama_C_unsigned_int_interval(0, 0xFFFFFFFF));
    return code;
}

/* Memory and a source that fail, or not, as they please. */
static int read_slot(void *context, size_t slot, uint8_t *to, size_t length) {
    (void)context;
    if (length != 0U) {
        memcpy(to, slots[slot], length);
    }
    return Frama_C_interval(-1, 1);
}

static int write_slot(void *context, size_t slot, const uint8_t *from, size_t length) {
    (void)context;
    memcpy(slots[slot], from, length);
    return Frama_C_interval(-1, 0);
}

static int burn_slot(void *context, size_t slot) {
    (void)context;
    memset(slots[slot], 0, sizeof slots[slot]);
    return Frama_C_interval(-1, 0);
}

static int draw_bytes(void *context, uint8_t *bytes, size_t length) {
    size_t i;
    (void)context;
    for (i = 0; i < length; i++) {
        bytes[i] = (uint8_t)Frama_C_interval(0, 255);
    }
    return Frama_C_interval(0, 1);
}

static int offline(void) {
    const mpriv_memory memory = {NULL, 2U, read_slot, write_slot, burn_slot};
    const mpriv_source source = {NULL, draw_bytes};
    int code = 0;
    UNKNOWN(plaintext);
    UNKNOWN(randomness);
    UNKNOWN(slots);
    code += mpriv_offline_power(record, 15, modulus, 5, randomness, 5, scratch, sizeof scratch);
    code += mpriv_offline_fill(&memory, 1, &source, modulus, 5, record, 15, scratch, sizeof scratch);
    code += mpriv_offline_take(record, 15, &memory);
    UNKNOWN(record);
    code +=
        mpriv_paillier_encrypt_online(out, 10, modulus, 5, plaintext, 5, record, 15, scratch, sizeof scratch);
    return code;
}

static int dream(void) {
    mpriv_hmac_key key;
    mpriv_peer peers[2] = {{1U, {keys[0], 32}}, {2U, {keys[1], 32}}};
    mpriv_peer dummies[2] = {{1U, {mask, 9}}, {2U, {mask, 4}}};
    mpriv_bytes list[2] = {{mask, 9}, {mask, 1}};
    int code = 0;
    UNKNOWN(key_bytes);
    UNKNOWN(mask);
    UNKNOWN(keys);
    mpriv_hmac_prepare(&key, key_bytes, 70);
    mpriv_hmac_prepare(&key, key_bytes, 32);
    code += mpriv_dream_keystream(out, 9, &key, 7, mask_modulus, 9);
    code += mpriv_dream_dummy_key(out, 9, &key, 7, mask_modulus, 9);
    code += mpriv_dream_select_partners(out, 3, 7, peers, 2, 1);
    code += mpriv_dream_mask(out, 9, mask_modulus, 9, 3, Frama_C_long_long_interval(-1000, 1000), mask, 9,
                             dummies, 2, mask, 9);
    code += mpriv_dream_aggregate(&negative, out, 9, mask_modulus, 9, list, list, 2, list, 2);
    code += mpriv_dream_modulus_vartime(&large, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                                        Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), 5);
    code += mpriv_dream_check_parameters_vartime(out, 9, 5, 1, 1, 2, 1000, 5, mask_modulus, 9);
    code += mpriv_dream_roster_digest_vartime(digest, key_bytes, peers, 2);
    code += mpriv_dream_authenticate(digest, &key, keys[0], 3, 7, mask_modulus, 9, mask, 9);
    return code;
}

static int noise(void) {
    uint64_t thresholds[2] = {Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                              Frama_C_unsigned_int_interval(0, 0xFFFFFFFF)};
    uint32_t value;
    int32_t share;
    int64_t whole;
    uint8_t clamped;
    int code = 0;
    UNKNOWN(keys);
    code += mpriv_dream_clamp(&value, &clamped, Frama_C_long_long_interval(-1000, 1000),
                              Frama_C_unsigned_int_interval(0, 0xFFFFFFFF));
    code += mpriv_dream_table_share(&share, thresholds, 2, keys[0]);
    code += mpriv_dream_sanitise(&whole, &clamped, Frama_C_long_long_interval(-1000, 1000),
                                 Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                                 Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), thresholds, 2, keys[0]);
    return code;
}

static int load_management(void) {
    const mpriv_opening openings[2] = {{{plaintext, 5}, {randomness, 5}, 5U},
                                       {{scalar, 2}, {ciphertext, 5}, 0U}};
    const mpriv_bytes list[2] = {{randomness, 5}, {ciphertext, 5}};
    const mpriv_dgk_key key = {{modulus, 5}, {scalar, 2}, {plaintext, 5}, 101U};
    const mpriv_dgk_factors factors = {{p, 3}, {q, 3}, {scalar, 2}, {scalar, 2}, 11U};
    uint32_t multipliers[2] = {Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                               Frama_C_unsigned_int_interval(0, 0xFFFFFFFF)};
    uint8_t more[12], order[2];
    int code = 0;
    UNKNOWN(plaintext);
    UNKNOWN(randomness);
    UNKNOWN(ciphertext);
    UNKNOWN(p);
    UNKNOWN(q);
    UNKNOWN(scalar);
    UNKNOWN(order);
    code += mpriv_load_ring_start(out, 10, modulus, 5, 1000U, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                                  randomness, 5, scratch, sizeof scratch);
    code += mpriv_load_ring_add(out, 10, modulus, 5, 1000U, ciphertext, 10,
                                Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), randomness, 5, scratch,
                                sizeof scratch);
    code += mpriv_load_encrypt_day(
        out, more, 10, modulus, 5, 1000U, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
        Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), randomness, 5, ciphertext, 5, scratch, sizeof scratch);
    code += mpriv_load_combine_openings(out, more, 5, modulus, 5, openings, 2, scratch, sizeof scratch);
    code += mpriv_load_recover_opening(out, more, 6, p, 3, q, 3, ciphertext, 10, scratch, sizeof scratch);
    code += mpriv_load_verify_opening(modulus, 5, ciphertext, 10, plaintext, 5, randomness, 5, scratch,
                                      sizeof scratch);
    code += mpriv_load_reading_level(&large, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), 100U, 16U);
    code += mpriv_load_dgk_encrypt(out, 5, &key, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), randomness, 5,
                                   scratch, sizeof scratch);
    code += mpriv_load_dgk_request(out, 5, &key, list, 2, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                                   scratch, sizeof scratch);
    code += mpriv_load_dgk_response(out, 5, &key, list, multipliers, list, order, 2,
                                    Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), scratch, sizeof scratch);
    code += mpriv_load_dgk_audit(&key, list, list, 2, Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), scratch,
                                 sizeof scratch);
    code += mpriv_load_dgk_is_zero(&negative, &factors, ciphertext, 5, scratch, sizeof scratch);
    return code;
}

/* A counter that fails, or not, as it pleases. */
static int read_counter(void *context, uint64_t *next_slot) {
    (void)context;
    *next_slot = 5;
    return Frama_C_interval(-1, 0);
}

static int write_counter(void *context, uint64_t next_slot) {
    (void)context;
    (void)next_slot;
    return Frama_C_interval(-1, 0);
}

static int device(void) {
    const mpriv_counter counter = {NULL, read_counter, write_counter};
    mpriv_peer peers[2] = {{1U, {keys[0], 32}}, {4U, {keys[1], 32}}};
    mpriv_dream_epoch epoch = {0};
    mpriv_dream_member member;
    uint32_t missing[2] = {1U, 4U};
    uint64_t sum;
    uint8_t clamped;
    int code;
    UNKNOWN(keys);
    UNKNOWN(key_bytes);
    epoch.node = 3U;
    epoch.peers = peers;
    epoch.count = 2U;
    epoch.supplier_key = key_bytes;
    epoch.blind_key = keys[1];
    epoch.digest = keys[0];
    epoch.last_slot = 90U;
    epoch.tail_wh = 50U;
    epoch.scale_wh = 1U;
    epoch.tolerated_failures = 1U;
    epoch.expected_partners = 2U;
    epoch.maximum_wh = 1000U;
    epoch.modulus_bits = 33U;
    code = mpriv_dream_member_start(&member, &epoch, &counter);
    code += mpriv_dream_member_report(&sum, digest, &clamped, &member, &epoch, &counter, 7U,
                                      Frama_C_long_long_interval(-1000, 1000),
                                      Frama_C_long_long_interval(-60, 60));
    code += mpriv_dream_member_report(&sum, digest, &clamped, &member, &epoch, &counter, 7U, 5, 1);
    code += mpriv_dream_member_reply(&sum, digest, &member, &epoch, 7U, missing, 1U);
    code += mpriv_dream_member_reply(&sum, digest, &member, &epoch, 7U, missing, 2U);
    return code;
}

static int epochs(void) {
    mpriv_hmac_key key;
    mpriv_peer dummies[2] = {{1U, {mask, 9}}, {2U, {mask, 4}}};
    uint64_t words[2], streams[1];
    uint32_t limit;
    int64_t total;
    uint8_t selection[8];
    int code = 0;
    UNKNOWN(key_bytes);
    UNKNOWN(mask);
    UNKNOWN(words);
    mpriv_hmac_prepare(&key, key_bytes, 32);
    code += mpriv_dream_epoch_key(digest, &key, key_bytes);
    code += mpriv_dream_pair_values(selection, out, 9, &key, 7, mask_modulus, 9);
    code += mpriv_dream_blind(out, 9, &key, 7, mask_modulus, 9);
    code += mpriv_dream_recover(out, 9, mask_modulus, 9, 3, dummies, 2, mask, 9);
    code +=
        mpriv_dream_authenticate_reply(digest, &key, key_bytes, 3, 7, key_bytes, mask_modulus, 9, mask, 9);
    code +=
        mpriv_dream_check_cluster_vartime(&limit, Frama_C_unsigned_int_interval(2, 9), 1, 0,
                                          Frama_C_unsigned_int_interval(1, 8), 1000, 50, 1, mask_modulus, 9);
    code += mpriv_dream_epoch_digest_vartime(digest, 1, 2, key_bytes, key_bytes, 5, 1, 0, 4, 1000, 50, 1,
                                             mask_modulus, 9);
    code += mpriv_dream_slot_keystreams(streams, 33, 7, &key, 1);
    code += mpriv_dream_slot_total(&total, 33, words, words, 2, streams, 1);
    return code;
}

/* The plain hashes, and what the library says of itself. */
static int hashes(void) {
    mpriv_sha256 state;
    mpriv_sha384 longer;
    mpriv_hmac_key key;
    uint8_t digest_48[48];
    UNKNOWN(key_bytes);
    mpriv_sha256_init(&state);
    mpriv_sha256_update(&state, key_bytes, 3);
    mpriv_sha256_update(&state, key_bytes, sizeof key_bytes);
    mpriv_sha256_final(&state, digest);
    mpriv_sha384_init(&longer);
    mpriv_sha384_update(&longer, key_bytes, 63);
    mpriv_sha384_update(&longer, key_bytes, sizeof key_bytes);
    mpriv_sha384_final(&longer, digest_48);
    mpriv_hmac_prepare(&key, key_bytes, 65);
    mpriv_hmac_init(&state, &key);
    mpriv_sha256_update(&state, key_bytes, 3);
    mpriv_hmac_final(&state, &key, digest);
    mpriv_wipe(digest_48, sizeof digest_48);
    return (int)(mpriv_limb_bits() + mpriv_public_scratch_bytes(5, 1) + mpriv_encrypt_scratch_bytes(5, 2) +
                 mpriv_factors_scratch_bytes(3, 3, 1) + mpriv_dgk_scratch_bytes(5, 1) +
                 mpriv_blind_scratch_bytes(5)) +
           (mpriv_version()[0] == '\0');
}

/* A signer whose modulus is as given, and one whose modulus has room for an encoding without a salt or with one. */
static int blind(void) {
    static const uint8_t exponent[3] = {1, 0, 1}, three[1] = {3};
    uint8_t wide[99], blinded[99], inverse[99], answer[99], salt[48], message[3];
    const mpriv_signer small = {{modulus, 5}, {exponent, 3}};
    const mpriv_signer unsalted = {{wide, 51}, {three, 1}}, salted = {{wide, 99}, {three, 1}};
    int code = 0;
    memset(wide, 0xff, sizeof wide);
    UNKNOWN(message);
    UNKNOWN(salt);
    UNKNOWN(answer);
    UNKNOWN(inverse);
    code += mpriv_full_domain_hash(out, 5, &small, message, 3, scratch, sizeof scratch);
    code += mpriv_blind(blinded, 5, inverse, 5, &small, MPRIV_BLIND_FULL_DOMAIN, message, 3, NULL, answer, 5,
                        scratch, sizeof scratch);
    UNKNOWN(inverse);
    code += mpriv_blind_finalise(blinded, 5, &small, MPRIV_BLIND_FULL_DOMAIN, message, 3, answer, 5, inverse,
                                 5, scratch, sizeof scratch);
    code += mpriv_blind(blinded, 51, inverse, 51, &unsalted, MPRIV_BLIND_PSS_ZERO, message, 3, NULL, answer,
                        51, large_scratch, sizeof large_scratch);
    UNKNOWN(inverse);
    code += mpriv_blind_finalise(blinded, 51, &unsalted, MPRIV_BLIND_PSS_ZERO, message, 3, answer, 51,
                                 inverse, 51, large_scratch, sizeof large_scratch);
    code += mpriv_blind(blinded, 99, inverse, 99, &salted, MPRIV_BLIND_PSS, message, 3, salt, answer, 99,
                        large_scratch, sizeof large_scratch);
    UNKNOWN(inverse);
    code += mpriv_blind_finalise(blinded, 99, &salted, MPRIV_BLIND_PSS, message, 3, answer, 99, inverse, 99,
                                 large_scratch, sizeof large_scratch);
    return code;
}

/* A curve y^2 = x^3 - 3 x + 94 of prime order, small enough to follow. */
static const uint8_t curve_p[5] = {0x04, 0x00, 0x00, 0x30, 0x63};
static const uint8_t curve_q[5] = {0x03, 0xff, 0xfd, 0xe4, 0xf9};
static const uint8_t curve_b[5] = {0x00, 0x00, 0x00, 0x00, 0x5e};
static const uint8_t curve_generator[6] = {0x02, 0x00, 0x00, 0x00, 0x00, 0x01};
static const uint8_t curve_independent[6] = {0x02, 0x03, 0x0b, 0xc5, 0x0e, 0x85};
static const mpriv_group curve = {{curve_p, 5},         {curve_q, 5},           {curve_b, 5},
                                  {curve_generator, 6}, {curve_independent, 6}, {curve_q, 3}};

static int dealings(const mpriv_group *group) {
    const size_t element = mpriv_group_element_bytes(group), scalar_bytes = mpriv_group_scalar_bytes(group);
    uint8_t server_keys[3][6], random[5 * 22], commitments[2 * 6], masked[6], encrypted[3 * 6], challenge[5];
    uint8_t responses[3 * 5];
    const mpriv_server servers[3] = {
        {1U, {server_keys[0], element}},
        {Frama_C_unsigned_int_interval(0, 0xFFFFFFFF), {server_keys[1], element}},
        {7U, {server_keys[2], element}}};
    const mpriv_sharing_roster roster = {group,
                                         servers,
                                         3U,
                                         2U,
                                         Frama_C_unsigned_int_interval(0, 0xFFFFFFFF),
                                         Frama_C_unsigned_int_interval(0, 0xFFFFFFFF)};
    const size_t bytes = mpriv_sharing_scratch_bytes(group, 1U);
    const uint64_t slot = Frama_C_unsigned_long_long_interval(0, 0xFFFFFFFFFFFFFFFF);
    const uint32_t reading = Frama_C_unsigned_int_interval(0, 0xFFFFFFFF);
    int code = 0;
    UNKNOWN(server_keys);
    UNKNOWN(random);
    code += mpriv_sharing_roster_vartime(digest, &roster, large_scratch, bytes);
    code += mpriv_sharing_deal(commitments, masked, encrypted, challenge, responses, &roster, 3U, slot,
                               reading, random, 5U * mpriv_group_random_bytes(group), large_scratch, bytes);
    code += mpriv_sharing_deal(commitments, masked, encrypted, challenge, responses, &roster, 3U, slot,
                               reading, random, scalar_bytes, large_scratch, bytes);
    return code;
}

static int tokens(const mpriv_group *group) {
    uint8_t v[6], x[6], challenge[5], response[5], report[32], nonce[5], secret[5];
    const size_t bytes = mpriv_token_scratch_bytes(group, 1U), length = mpriv_group_scalar_bytes(group);
    int code = 0;
    UNKNOWN(secret);
    UNKNOWN(nonce);
    UNKNOWN(report);
    UNKNOWN(challenge);
    code += mpriv_token_identity(v, x, group, secret, length, nonce, length, large_scratch, bytes);
    code += mpriv_token_respond(response, group, secret, length, nonce, length, challenge, length,
                                large_scratch, bytes);
    code += mpriv_token_challenge_vartime(challenge, group, secret, 3U, report, report, large_scratch, bytes);
    return code;
}

static int rewards(void) {
    uint32_t readings[3];
    uint8_t task[16], mark[32];
    UNKNOWN(readings);
    UNKNOWN(task);
    UNKNOWN(keys);
    return mpriv_task_mark(digest, mark, task, readings, Frama_C_unsigned_int_interval(1, 3), keys[0],
                           keys[1]);
}

static int trading(void) {
    static const char name[8] = "toy-2039";
    const mpriv_group *toy = mpriv_group_named(name, 8);
    if (toy == NULL || mpriv_group_named(name, Frama_C_unsigned_int_interval(0, 7)) != NULL) {
        return 1;
    }
    return blind() + dealings(toy) + dealings(&curve) + tokens(toy) + tokens(&curve) + rewards();
}

int main(void) {
    return paillier() + offline() + dream() + noise() + device() + epochs() + load_management() + hashes() +
           trading();
}
