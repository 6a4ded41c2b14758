/* A program of a vendor's: it encrypts with exactly the scratch memory that the header says, and brings what the
 * installed library was built to be given. */
#include <meter_privacy.h>
#include <meter_privacy_batteries.h>
#include <meter_privacy_power.h>
#include <string.h>

#if MPRIV_EXTERNAL_SHA256
static int blocks;

static uint32_t rotate(uint32_t x, unsigned by) {
    return x >> by | x << (32U - by);
}

/* FIPS 180-4, 6.2.2; its constants are the fractional parts of cube roots of primes, 4.2.2. */
void mpriv_external_sha256_block(uint32_t state[8], const uint8_t block[64]) {
    uint32_t w[64], k[64], v[8];
    unsigned t, prime = 1;
    for (t = 0; t < 64U; t++) {
        unsigned divisor;
        long double root = 1, cube;
        do {
            prime++;
            for (divisor = 2; prime % divisor != 0U; divisor++) {
            }
        } while (divisor != prime);
        for (int i = 0; i < 60; i++) {
            cube = root * root * root;
            root -= (cube - prime) / (3 * root * root);
        }
        k[t] = (uint32_t)((root - (unsigned)root) * 4294967296.0L);
        w[t] = t < 16U ? (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 |
                             (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3]
                       : (rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ w[t - 2] >> 10) + w[t - 7] +
                             (rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ w[t - 15] >> 3) + w[t - 16];
    }
    memcpy(v, state, sizeof v);
    for (t = 0; t < 64U; t++) {
        const uint32_t one = v[7] + (rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25)) +
                             ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[t] + w[t];
        const uint32_t two = (rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22)) +
                             ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + two;
    }
    for (t = 0; t < 8U; t++) {
        state[t] += v[t];
    }
    blocks++;
}
#endif

#if MPRIV_EXTERNAL_RANDOM
static int source_is_dead;
static uint8_t counter;

int mpriv_external_random(uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bytes[i] = source_is_dead ? 0 : (uint8_t)(37U * ++counter);
    }
    return 0;
}

static uint8_t kept[3];
static int is_kept;

static int read_slot(void *context, size_t slot, uint8_t *record, size_t length) {
    (void)context;
    (void)slot;
    memcpy(record, kept, length);
    return is_kept;
}

static int write_slot(void *context, size_t slot, const uint8_t *record, size_t length) {
    (void)context;
    (void)slot;
    memcpy(kept, record, length);
    return (is_kept = 1) - 1;
}

static int burn_slot(void *context, size_t slot) {
    (void)context;
    (void)slot;
    return is_kept = 0;
}

/* What is made of a source that lives is a ciphertext of 7, and nothing is made of one that is dead. */
static int randomness(const uint8_t n[1], const uint8_t m[1], void *scratch, size_t length) {
    const mpriv_memory memory = {NULL, 1, read_slot, write_slot, burn_slot};
    static const uint8_t p[1] = {3}, q[1] = {5};
    uint8_t record[3], c[2], plaintext[2], more[MPRIV_FACTORS_SCRATCH_BYTES(1, 1, 1)];
    source_is_dead = 1;
    if (mpriv_offline_fill(&memory, 0, NULL, n, 1, record, 3, scratch, length) != MPRIV_ERROR_EXHAUSTED ||
        is_kept) {
        return 5;
    }
    source_is_dead = 0;
    for (int tries = 0; !is_kept && tries < 100; tries++) {
        (void)!mpriv_offline_fill(&memory, 0, NULL, n, 1, record, 3, scratch, length); /* a unit modulo 15 */
    }
    if (mpriv_offline_take(record, 3, &memory) != MPRIV_OK || is_kept ||
        mpriv_paillier_encrypt_online(c, 2, n, 1, m, 1, record, 3, scratch, length) != MPRIV_OK ||
        mpriv_paillier_decrypt(plaintext, 2, p, 1, q, 1, c, 2, more, sizeof more) != MPRIV_OK) {
        return 6;
    }
    return plaintext[0] == 0 && plaintext[1] == m[0] ? 0 : 7;
}
#endif

int main(void) {
    static const uint8_t n[1] = {15}, m[1] = {7}, r[1] = {2};
    static const uint8_t abc[4] = {0xba, 0x78, 0x16, 0xbf}; /* FIPS 180-4's example begins so */
    uint8_t c[2], digest[32], scratch[MPRIV_PUBLIC_SCRATCH_BYTES(1, 1)];
    mpriv_sha256 hash;
    if (strcmp(mpriv_version(), MPRIV_VERSION) != 0 || mpriv_limb_bits() != MPRIV_LIMB_BITS ||
        mpriv_public_scratch_bytes(1, 1) != sizeof scratch) {
        return 1;
    }
    /* (1 + 7 * 15) 2^15 mod 225 = 106 * 143 mod 225 = 83 */
    if (mpriv_paillier_encrypt(c, 2, n, 1, m, 1, r, 1, scratch, sizeof scratch) != MPRIV_OK) {
        return 2;
    }
    if (c[0] != 0 || c[1] != 83) {
        return 3;
    }
    mpriv_sha256_init(&hash);
    mpriv_sha256_update(&hash, (const uint8_t *)"abc", 3);
    mpriv_sha256_final(&hash, digest);
    if (memcmp(digest, abc, sizeof abc) != 0) {
        return 4;
    }
#if MPRIV_EXTERNAL_SHA256
    if (blocks != 1) {
        return 8;
    }
#endif
#if MPRIV_EXTERNAL_RANDOM
    return randomness(n, m, scratch, sizeof scratch);
#else
    return 0;
#endif
}
