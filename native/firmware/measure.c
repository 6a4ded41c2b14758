/* The image that the ledger is measured with: it runs the operation whose letter comes in on the serial line
 * and says how that went. The plug-in icount counts the instructions between the two marks around it, and is
 * told there where the stack was and how deep it went. */
#include "internal.h"
#include "measure.h"

int main(void);

#define MODULUS_BYTES 256U
#define STACK 640U /* what the targets' stacks stay below in encryption */

static uint8_t modulus[MODULUS_BYTES], p[MODULUS_BYTES / 2U], q[MODULUS_BYTES / 2U];
static uint8_t plaintext[MODULUS_BYTES], randomness[MODULUS_BYTES], scalar[8];
static uint8_t ciphertext[2U * MODULUS_BYTES], out[2U * MODULUS_BYTES], record[3U * MODULUS_BYTES];
static uint8_t key_bytes[32], message[16], tag[32], selected[64];
static mpriv_hmac_key key;
static uint64_t
    scratch[MPRIV_FACTORS_SCRATCH_BYTES(MODULUS_BYTES / 2U, MODULUS_BYTES / 2U, MPRIV_WINDOW_MAX) / 8U];
static const mpriv_bytes two[2] = {{ciphertext, sizeof ciphertext}, {ciphertext, sizeof ciphertext}};
static mpriv_peer peers[64], dummies[8];

/* Bytes that look random, the same in each run. */
static void fill(uint8_t *to, size_t length, uint8_t seed) {
    size_t done;
    for (done = 0; done < length; done += sizeof tag) {
        const uint8_t counter[2] = {seed, (uint8_t)(done / sizeof tag)};
        mpriv_sha256 hash;
        mpriv_sha256_init(&hash);
        mpriv_sha256_update(&hash, counter, sizeof counter);
        mpriv_sha256_final(&hash, tag);
        memcpy(to + done, tag, length - done < sizeof tag ? length - done : sizeof tag);
    }
}

static uint32_t scratch_used;

static int encrypt(size_t scratch_bytes) {
    scratch_used = (uint32_t)scratch_bytes;
    return mpriv_paillier_encrypt(out, sizeof out, modulus, sizeof modulus, plaintext, sizeof plaintext,
                                  randomness, sizeof randomness, scratch, scratch_bytes);
}

static int encrypt_fast(void) {
    return encrypt(sizeof scratch);
}

/* With 6 KB and 3.5 KB for scratch and stack together. */
static int encrypt_6k(void) {
    return encrypt(6144U - STACK);
}

static int encrypt_3k5(void) {
    return encrypt(3584U - STACK);
}

/* The record is none of a power, which the time does not tell. */
static int encrypt_online(void) {
    scratch_used = MPRIV_ENCRYPT_SCRATCH_BYTES(MODULUS_BYTES, 1U);
    return mpriv_paillier_encrypt_online(out, sizeof out, modulus, sizeof modulus, plaintext,
                                         sizeof plaintext, record, sizeof record, scratch, scratch_used);
}

static int encrypt_with_factors(void) {
    return mpriv_paillier_encrypt_with_factors(out, sizeof out, p, sizeof p, q, sizeof q, plaintext,
                                               sizeof plaintext, randomness, sizeof randomness, scratch,
                                               sizeof scratch);
}

static int decrypt(void) {
    return mpriv_paillier_decrypt(out, MODULUS_BYTES, p, sizeof p, q, sizeof q, ciphertext, sizeof ciphertext,
                                  scratch, sizeof scratch);
}

static int add(void) {
    return mpriv_paillier_add_vartime(out, sizeof out, modulus, sizeof modulus, two, 2U, scratch,
                                      sizeof scratch);
}

static int scale(void) {
    return mpriv_paillier_scale_vartime(out, sizeof out, modulus, sizeof modulus, ciphertext,
                                        sizeof ciphertext, scalar, sizeof scalar, scratch, sizeof scratch);
}

static int rerandomise(void) {
    return mpriv_paillier_rerandomise(out, sizeof out, modulus, sizeof modulus, ciphertext, sizeof ciphertext,
                                      randomness, sizeof randomness, scratch, sizeof scratch);
}

static int hmac_prepare(void) {
    mpriv_hmac_prepare(&key, key_bytes, sizeof key_bytes);
    return MPRIV_OK;
}

static int hmac(void) {
    mpriv_sha256 hash;
    mpriv_hmac_init(&hash, &key);
    mpriv_sha256_update(&hash, message, sizeof message);
    mpriv_hmac_final(&hash, &key, tag);
    return MPRIV_OK;
}

static int keystream(void) {
    return mpriv_dream_keystream(tag, sizeof tag, &key, 17U, message, sizeof message);
}

static int select_partners(void) {
    return mpriv_dream_select_partners(selected, 7U, 17U, peers, 64U, 8U);
}

static int mask(void) {
    return mpriv_dream_mask(tag, sizeof tag, message, sizeof message, 7U, 1234, key_bytes, 8U, dummies, 8U,
                            key_bytes, 0U);
}

/* A meter of a thousand others, each of its keys 32 bytes in the table of moduli's place: only the keys' number
 * and their bytes cost. */
#define OTHERS 1000U
static mpriv_peer others[OTHERS];
static uint8_t pair_keys[OTHERS][MPRIV_KEY_BYTES];
static mpriv_dream_epoch epoch;
static mpriv_dream_member member;
static uint64_t next_slot;
static uint32_t missing[300];
static uint64_t thresholds[1024];

static int read_counter(void *context, uint64_t *slot) {
    *slot = *(const uint64_t *)context;
    return 0;
}

static int write_counter(void *context, uint64_t slot) {
    *(uint64_t *)context = slot;
    return 0;
}

static const mpriv_counter counter = {&next_slot, read_counter, write_counter};

static int slot_start(void) {
    return mpriv_dream_member_start(&member, &epoch, &counter);
}

/* The first round, of a slot that was not reported before. */
static int slot_report(void) {
    uint64_t masked;
    uint8_t clamped;
    return mpriv_dream_member_report(&masked, tag, &clamped, &member, &epoch, &counter, next_slot, 1234, -5);
}

/* The second, with 300 meters missing. */
static int slot_reply(void) {
    uint64_t opened;
    return mpriv_dream_member_reply(&opened, tag, &member, &epoch, next_slot - 1U, missing, 300U);
}

static int sanitise(void) {
    int64_t value;
    uint8_t clamped;
    return mpriv_dream_sanitise(&value, &clamped, 1234, 6000U, 10U, thresholds, 1024U, key_bytes);
}

static int dream_set_up(void) {
    size_t i;
    for (i = 0; i < OTHERS; i++) {
        others[i].node = (uint32_t)i + 8U;
        fill(pair_keys[i], MPRIV_KEY_BYTES, (uint8_t)(i % 251U));
        others[i].key.data = pair_keys[i];
        others[i].key.length = MPRIV_KEY_BYTES;
    }
    for (i = 0; i < 300U; i++) {
        missing[i] = (uint32_t)(3U * i) + 8U;
    }
    for (i = 0; i < 1024U; i++) {
        thresholds[i] = ((uint64_t)i + 1U) << 53;
    }
    epoch.node = 7U;
    epoch.peers = others;
    epoch.count = OTHERS;
    epoch.supplier_key = epoch.blind_key = key_bytes;
    epoch.digest = modulus;
    epoch.last_slot = ~(uint64_t)0U;
    epoch.tail_wh = 300000U;
    epoch.scale_wh = 6000U;
    epoch.tolerated_failures = 300U;
    epoch.expected_partners = OTHERS;
    epoch.maximum_wh = 6000U;
    epoch.modulus_bits = 64U;
    return slot_start();
}

static int (*const operations[])(void) = {
    encrypt_fast, encrypt_6k,     encrypt_with_factors, decrypt,
    add,          scale,          rerandomise,          hmac_prepare,
    hmac,         keystream,      select_partners,      mask,
    encrypt_3k5,  encrypt_online, slot_start,           slot_report,
    slot_reply,   sanitise,
};

#define SCRATCH_FROM 2U  /* encrypt_with_factors */
#define SCRATCH_UP_TO 7U /* hmac_prepare */

static void set_up(void) {
    size_t i;
    fill(modulus, sizeof modulus, 'n');
    modulus[0] |= 0x80U;
    modulus[sizeof modulus - 1U] |= 1U;
    fill(plaintext, sizeof plaintext, 'm');
    plaintext[0] = 0;
    fill(key_bytes, sizeof key_bytes, 'k');
    fill(message, sizeof message, 's');
    message[0] = 1U;
    memset(message + 1, 0, sizeof message - 1U);
    fill(scalar, sizeof scalar, 'e');
    fill(record, sizeof record, 'r');
    record[0] = record[MODULUS_BYTES] = record[2U * MODULUS_BYTES] = 0;
    /* Powers of two share no factor with an odd number. */
    randomness[1] = 4U;
    ciphertext[1] = 16U;
    /* 2^1024 - 105 and 2^1023 + 1155. */
    memset(p, 0xFF, sizeof p);
    p[sizeof p - 1U] = 0x97U;
    q[0] = 0x80U;
    q[sizeof q - 2U] = 0x04U;
    q[sizeof q - 1U] = 0x83U;
    for (i = 0; i < 64U; i++) {
        peers[i].node = (uint32_t)i + 8U;
        peers[i].key.data = modulus + i;
        peers[i].key.length = sizeof key_bytes;
    }
    memcpy(dummies, peers, sizeof dummies);
    for (i = 0; i < 8U; i++) {
        dummies[i].key.length = 8U;
    }
}

int main(void) {
    uart_start();
    set_up();
    load_set_up();
    (void)hmac_prepare();
    if (power_set_up() != MPRIV_OK || dream_set_up() != MPRIV_OK) {
        device_reset();
    }
    for (;;) {
        const uint8_t letter = uart_read();
        const unsigned index = (unsigned)letter - 'a';
        int (*const power)(void) = power_operation(letter);
        int (*const load)(void) = load_operation(letter);
        int code = MPRIV_ERROR_MISUSE;
        unsigned i;
        scratch_used = index >= SCRATCH_FROM && index < SCRATCH_UP_TO ? (uint32_t)sizeof scratch : 0U;
        if (index < sizeof operations / sizeof *operations) {
            code = measured(operations[index]);
        } else if (power != NULL) {
            code = measured(power);
        } else if (load != NULL) {
            scratch_used = load_scratch(letter);
            code = measured(load);
        } else if (letter == '?') {
            power_report();
            continue;
        }
        uart_write((uint8_t)-code);
        for (i = 0; i < 4U; i++) {
            uart_write((uint8_t)(scratch_used >> (8U * i)));
        }
    }
}
