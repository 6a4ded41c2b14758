/* An image of a device that runs each operation twice, with other secrets the second time, between marks. The plug-in
 * icount tells apart two runs that went through other instructions or to other addresses: none but the controls may.
 * secrets.h, which the test writes, has the two worlds of secrets and what is public to both. */
#include "internal.h"
#include "measure.h"
#include "secrets.h"

int main(void);
void uart_start(void);
void uart_write(uint8_t byte);

static world s; /* the world at work */
static uint8_t out[40], more[40], scratch[8192];
static uint8_t place[256];

static int encrypt(void) {
    return mpriv_paillier_encrypt(out, 34U, public_n, 17U, s.m, 17U, s.r, 17U, scratch, sizeof scratch);
}

static int rerandomise(void) {
    return mpriv_paillier_rerandomise(out, 34U, public_n, 17U, s.c, 34U, s.r, 17U, scratch, sizeof scratch);
}

static int online(void) {
    return mpriv_paillier_encrypt_online(out, 34U, public_n, 17U, s.m, 17U, s.record, 51U, scratch,
                                         sizeof scratch);
}

static int encrypt_with_factors(void) {
    return mpriv_paillier_encrypt_with_factors(out, 34U, s.p, 8U, s.q, 9U, s.m, 17U, s.r, 17U, scratch,
                                               sizeof scratch);
}

static int decrypt(void) {
    return mpriv_paillier_decrypt(out, 17U, s.p, 8U, s.q, 9U, s.c, 34U, scratch, sizeof scratch);
}

static int decrypt_blinded(void) {
    return mpriv_paillier_decrypt_blinded(out, 17U, s.p, 8U, s.q, 9U, s.c, 34U, s.b, 34U, scratch,
                                          sizeof scratch);
}

static int signed_values(void) {
    uint8_t negative = s.bit;
    const int code =
        mpriv_paillier_encode_signed(out, 17U, public_n, 17U, negative, s.m, 17U, scratch, sizeof scratch);
    return code + mpriv_paillier_decode_signed(&negative, more, 17U, public_n, 17U, out, 17U, scratch,
                                               sizeof scratch);
}

static int pseudorandom(void) {
    static const uint8_t modulus[9] = {1};
    mpriv_hmac_key key;
    int code;
    mpriv_hmac_prepare(&key, s.key, 32U);
    code = mpriv_dream_keystream(out, 9U, &key, 7U, modulus, 9U);
    code += mpriv_dream_dummy_key(out, 9U, &key, 7U, modulus, 9U);
    return code + mpriv_dream_authenticate(out, &key, place, 1U, 2U, modulus, 9U, s.p, 8U);
}

static int select_partners(void) {
    const mpriv_peer keys[2] = {{1U, {s.key, 32U}}, {9U, {s.another, 32U}}};
    return mpriv_dream_select_partners(out, 3U, 11U, keys, 2U, 2U);
}

static int mask(void) {
    static const uint8_t modulus[16] = {0xfe, 0xdc, 0xba, 0x98};
    const mpriv_peer keys[2] = {{1U, {s.p, 8U}}, {9U, {s.q, 9U}}};
    const mpriv_bytes list[2] = {{s.p, 8U}, {s.q, 9U}};
    uint8_t negative;
    const int code =
        mpriv_dream_mask(out, 16U, modulus, 16U, 3U, (int64_t)s.reading - 500, s.p, 8U, keys, 2U, s.q, 9U);
    return code + mpriv_dream_aggregate(&negative, out, 16U, modulus, 16U, list, list, 2U, list, 1U);
}

static int noise(void) {
    static const uint64_t table[3] = {UINT64_C(1) << 62, UINT64_C(1) << 63, UINT64_C(3) << 62};
    int64_t value;
    uint32_t held;
    int32_t share;
    uint8_t clamped;
    int code = mpriv_dream_clamp(&held, &clamped, s.reading, 500U);
    code += mpriv_dream_table_share(&share, table, 3U, s.key);
    return code + mpriv_dream_sanitise(&value, &clamped, s.reading, 5000U, 100U, table, 3U, s.key);
}

static int ring(void) {
    return mpriv_load_ring_add(out, 34U, public_n, 17U, 5000U, s.c, 34U, s.reading, s.r, 17U, scratch,
                               sizeof scratch);
}

static int opening(void) {
    return mpriv_load_recover_opening(out, more, 17U, s.p, 8U, s.q, 9U, s.c, 34U, scratch, sizeof scratch);
}

static int comparison(void) {
    static const uint8_t bit[2] = {0x12, 0x35};
    static uint8_t sent[34];
    const mpriv_bytes bits[2] = {{bit, 1U}, {bit, 2U}}, randomness[2] = {{s.m, 17U}, {s.r, 17U}};
    const mpriv_dgk_key key = {{public_n, 17U}, {bit, 1U}, {bit, 2U}, 101U};
    const uint32_t multipliers[2] = {s.multiplier, 7U};
    const uint8_t order[2] = {s.bit, (uint8_t)(1U - s.bit)};
    uint64_t level;
    int code = mpriv_load_reading_level(&level, s.reading, 100U, 16U);
    code += mpriv_load_dgk_request(sent, 17U, &key, randomness, 2U, s.reading & 3U, scratch, sizeof scratch);
    return code + mpriv_load_dgk_response(sent, 17U, &key, bits, multipliers, randomness, order, 2U,
                                          s.reading >> 1 & 3U, scratch, sizeof scratch);
}

static int token(void) {
    static const uint8_t challenge[2] = {3, 1};
    const int code = mpriv_token_identity(out, more, &mpriv_group_toy_2039, s.secret, 2U, s.nonce, 2U,
                                          scratch, sizeof scratch);
    return code + mpriv_token_respond(out, &mpriv_group_toy_2039, s.secret, 2U, s.nonce, 2U, challenge, 2U,
                                      scratch, sizeof scratch);
}

static int reward(void) {
    const uint32_t readings[2] = {s.reading, 7U};
    return mpriv_task_mark(out, more, place, readings, 2U, s.key, s.another);
}

static int deal(void) {
    static const uint8_t keys[3][2] = {{0x00, 0x10}, {0x00, 0x40}, {0x01, 0x00}};
    static const mpriv_server servers[3] = {{2U, {keys[0], 2U}}, {7U, {keys[1], 2U}}, {12U, {keys[2], 2U}}};
    static const mpriv_sharing_roster roster = {&mpriv_group_toy_2039, servers, 3U, 2U, 1000U, 2U};
    return mpriv_sharing_deal(out, out + 4, out + 6, out + 12, out + 14, &roster, 9U, 77U, s.reading,
                              s.random, 90U, scratch, sizeof scratch);
}

static int blind(void) {
    static const uint8_t three[1] = {3};
    static const mpriv_signer signer = {{public_n, 17U}, {three, 1U}};
    return mpriv_blind(out, 17U, more, 17U, &signer, MPRIV_BLIND_FULL_DOMAIN, s.key, 32U, NULL, s.r, 17U,
                       scratch, sizeof scratch);
}

static int planted_branch(void) {
    volatile uint8_t seen = 0;
    if (s.bit != 0U) {
        seen = 1U;
    }
    return seen & 0;
}

static int planted_load(void) {
    return ((const volatile uint8_t *)place)[s.key[0]] & 0;
}

static int (*const operations[])(void) = {
    encrypt,         rerandomise,   online,       encrypt_with_factors, decrypt,
    decrypt_blinded, signed_values, pseudorandom, select_partners,      mask,
    noise,           ring,          opening,      comparison,           token,
    reward,          deal,          blind,        planted_branch,       planted_load,
};

/* Nothing else is between the marks. */
__attribute__((noinline)) static int run(int (*operation)(void)) {
    int code;
    mark(place);
    code = operation();
    mark(place);
    return code;
}

/* Two bytes for each operation: its two codes. */
int main(void) {
    size_t i;
    unsigned k;
    uart_start();
    for (i = 0; i < sizeof operations / sizeof *operations; i++) {
        for (k = 0; k < 2U; k++) {
            memcpy(&s, &worlds[k], sizeof s);
            memset(out, 0, sizeof out);
            uart_write((uint8_t)-run(operations[i]));
        }
    }
    for (;;) {
    }
}
