/* SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104). */
#include "internal.h"

static const uint32_t initial[8] = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                    0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};

#if !MPRIV_EXTERNAL_SHA256
static const uint32_t constant[64] = {
    0x428a2f98U, 0x71374491U, 0xb5c0fbcfU, 0xe9b5dba5U, 0x3956c25bU, 0x59f111f1U, 0x923f82a4U, 0xab1c5ed5U,
    0xd807aa98U, 0x12835b01U, 0x243185beU, 0x550c7dc3U, 0x72be5d74U, 0x80deb1feU, 0x9bdc06a7U, 0xc19bf174U,
    0xe49b69c1U, 0xefbe4786U, 0x0fc19dc6U, 0x240ca1ccU, 0x2de92c6fU, 0x4a7484aaU, 0x5cb0a9dcU, 0x76f988daU,
    0x983e5152U, 0xa831c66dU, 0xb00327c8U, 0xbf597fc7U, 0xc6e00bf3U, 0xd5a79147U, 0x06ca6351U, 0x14292967U,
    0x27b70a85U, 0x2e1b2138U, 0x4d2c6dfcU, 0x53380d13U, 0x650a7354U, 0x766a0abbU, 0x81c2c92eU, 0x92722c85U,
    0xa2bfe8a1U, 0xa81a664bU, 0xc24b8b70U, 0xc76c51a3U, 0xd192e819U, 0xd6990624U, 0xf40e3585U, 0x106aa070U,
    0x19a4c116U, 0x1e376c08U, 0x2748774cU, 0x34b0bcb5U, 0x391c0cb3U, 0x4ed8aa4aU, 0x5b9cca4fU, 0x682e6ff3U,
    0x748f82eeU, 0x78a5636fU, 0x84c87814U, 0x8cc70208U, 0x90befffaU, 0xa4506cebU, 0xbef9a3f7U, 0xc67178f2U};
#endif

static void put32(uint8_t *bytes, uint32_t word) {
    bytes[0] = (uint8_t)(word >> 24);
    bytes[1] = (uint8_t)(word >> 16);
    bytes[2] = (uint8_t)(word >> 8);
    bytes[3] = (uint8_t)word;
}

#if !MPRIV_SHA256_THUMB && !MPRIV_SHA256_RISCV32 && !MPRIV_EXTERNAL_SHA256

static uint32_t rotate(uint32_t x, unsigned by) {
    return x >> by | x << (32U - by);
}

static uint32_t get32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* One step (FIPS 180-4, 6.2.2), after which not the words move on by one but their names. The majority of a, b
 * and c is b where a is b, else c; `before` is b ^ c, which was a ^ b one step earlier. */
#define STEP(a, b, c, d, e, f, g, h, i)                                                                      \
    do {                                                                                                     \
        const uint32_t now = a ^ b;                                                                          \
        h += k[i];                                                                                           \
        h += w[i];                                                                                           \
        h += rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);                                                   \
        h += g ^ (e & (f ^ g));                                                                              \
        d += h;                                                                                              \
        h += rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);                                                   \
        h += b ^ (before & now);                                                                             \
        before = now;                                                                                        \
    } while (0)

/* w[16] of the schedule from the words w[0], w[1], w[9] and w[14]. */
#define SCHEDULE(w0, w1, w9, w14)                                                                            \
    ((w0) + (rotate(w1, 7) ^ rotate(w1, 18) ^ (w1) >> 3) + (w9) +                                            \
     (rotate(w14, 17) ^ rotate(w14, 19) ^ (w14) >> 10))

/* One block into the state. */
static void compress_portable(uint32_t state[8], const uint8_t block[64]) {
    uint32_t words[64];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    uint32_t before = b ^ c, first, last, previous;
    unsigned t;
    for (t = 0; t < 16U; t++) {
        words[t] = get32(block + (size_t)4U * t);
    }
    first = words[0];
    previous = words[14];
    last = words[15];
    for (t = 0; t < 48U; t += 2U) {
        uint32_t *w = words + t;
        const uint32_t second = w[1];
        previous = SCHEDULE(first, second, w[9], previous);
        w[16] = previous;
        first = w[2];
        last = SCHEDULE(second, first, w[10], last);
        w[17] = last;
    }
    for (t = 0; t < 64U; t += 8U) {
        const uint32_t *w = words + t, *k = constant + t;
        STEP(a, b, c, d, e, f, g, h, 0);
        STEP(h, a, b, c, d, e, f, g, 1);
        STEP(g, h, a, b, c, d, e, f, 2);
        STEP(f, g, h, a, b, c, d, e, 3);
        STEP(e, f, g, h, a, b, c, d, 4);
        STEP(d, e, f, g, h, a, b, c, 5);
        STEP(c, d, e, f, g, h, a, b, 6);
        STEP(b, c, d, e, f, g, h, a, 7);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
    mpriv_wipe(words, sizeof words);
}

#endif

static void compress(uint32_t state[8], const uint8_t block[64]) {
#if MPRIV_EXTERNAL_SHA256
    mpriv_external_sha256_block(state, block);
#else
#if MPRIV_SHA256_THUMB && !defined(__ARM_FEATURE_UNALIGNED)
    uint32_t aligned[16];
    if ((uintptr_t)block % 4U != 0U) {
        memcpy(aligned, block, sizeof aligned);
        mpriv_sha256_block(state, (const uint8_t *)aligned, constant);
        mpriv_wipe(aligned, sizeof aligned);
        return;
    }
#endif
#if MPRIV_SHA256_X86_64
    if (mpriv_sha256_detect() == 0U) {
        compress_portable(state, block);
        return;
    }
#endif
#if MPRIV_SHA256_THUMB || MPRIV_SHA256_RISCV32 || MPRIV_SHA256_X86_64
    mpriv_sha256_block(state, block, constant);
#else
    compress_portable(state, block);
#endif
#endif
}

/* Throughout, the block is zero behind what has been taken in. */
static void begin(mpriv_sha256 *hash, const uint32_t state[8], uint64_t length) {
    memcpy(hash->state, state, sizeof hash->state);
    memset(hash->block, 0, sizeof hash->block);
    hash->length = length;
}

void mpriv_sha256_init(mpriv_sha256 *hash) {
    begin(hash, initial, 0U);
}

void mpriv_sha256_update(mpriv_sha256 *hash, const uint8_t *data, size_t length) {
    size_t filled = (size_t)(hash->length % 64U);
    if (length == 0U) {
        return;
    }
    hash->length += length;
    if (filled + length >= 64U) {
        if (filled > 0U) {
            memcpy(hash->block + filled, data, 64U - filled);
            compress(hash->state, hash->block);
            memset(hash->block, 0, sizeof hash->block);
            data += 64U - filled;
            length -= 64U - filled;
            filled = 0;
        }
        for (; length >= 64U; data += 64, length -= 64U) {
            compress(hash->state, data);
        }
    }
    /* Not from behind the data's end, be it nothing. */
    if (length > 0U) {
        memcpy(hash->block + filled, data, length);
    }
}

static void output(mpriv_sha256 *hash, uint8_t digest[32]) {
    const size_t filled = (size_t)(hash->length % 64U);
    unsigned i;
    hash->block[filled] = 0x80U;
    if (filled >= 56U) {
        compress(hash->state, hash->block);
        memset(hash->block, 0, sizeof hash->block);
    }
    put32(hash->block + 56, (uint32_t)(hash->length >> 29));
    put32(hash->block + 60, (uint32_t)hash->length << 3);
    compress(hash->state, hash->block);
    for (i = 0; i < 8U; i++) {
        put32(digest + (size_t)4U * i, hash->state[i]);
    }
}

void mpriv_sha256_final(mpriv_sha256 *hash, uint8_t digest[32]) {
    output(hash, digest);
    mpriv_wipe(hash, sizeof *hash);
}

static void pad(uint32_t state[8], const uint8_t key[64], uint8_t with) {
    uint8_t block[64];
    unsigned i;
    for (i = 0; i < 64U; i++) {
        block[i] = key[i] ^ with;
    }
    memcpy(state, initial, sizeof initial);
    compress(state, block);
    mpriv_wipe(block, sizeof block);
}

void mpriv_hmac_prepare(mpriv_hmac_key *prepared, const uint8_t *key, size_t length) {
    uint8_t block[64] = {0};
    if (length > 64U) {
        mpriv_sha256 hash;
        mpriv_sha256_init(&hash);
        mpriv_sha256_update(&hash, key, length);
        mpriv_sha256_final(&hash, block);
    } else if (length > 0U) {
        memcpy(block, key, length);
    }
    pad(prepared->inner, block, 0x36U);
    pad(prepared->outer, block, 0x5cU);
    mpriv_wipe(block, sizeof block);
}

void mpriv_hmac_init(mpriv_sha256 *hash, const mpriv_hmac_key *prepared) {
    begin(hash, prepared->inner, 64U);
}

void mpriv_hmac_final(mpriv_sha256 *hash, const mpriv_hmac_key *prepared, uint8_t tag[32]) {
    uint8_t inner[32];
    output(hash, inner);
    begin(hash, prepared->outer, 64U);
    mpriv_sha256_update(hash, inner, sizeof inner);
    mpriv_sha256_final(hash, tag);
    mpriv_wipe(inner, sizeof inner);
}
