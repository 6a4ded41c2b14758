/* SHA-384 (FIPS 180-4), which RFC 9474 signs with. */
#include "internal.h"

static const uint64_t sha384_initial[8] = {0xcbbb9d5dc1059ed8U, 0x629a292a367cd507U, 0x9159015a3070dd17U,
                                           0x152fecd8f70e5939U, 0x67332667ffc00b31U, 0x8eb44a8768581511U,
                                           0xdb0c2e0d64f98fa7U, 0x47b5481dbefa4fa4U};

static const uint64_t sha512_constant[80] = {
    0x428a2f98d728ae22U, 0x7137449123ef65cdU, 0xb5c0fbcfec4d3b2fU, 0xe9b5dba58189dbbcU, 0x3956c25bf348b538U,
    0x59f111f1b605d019U, 0x923f82a4af194f9bU, 0xab1c5ed5da6d8118U, 0xd807aa98a3030242U, 0x12835b0145706fbeU,
    0x243185be4ee4b28cU, 0x550c7dc3d5ffb4e2U, 0x72be5d74f27b896fU, 0x80deb1fe3b1696b1U, 0x9bdc06a725c71235U,
    0xc19bf174cf692694U, 0xe49b69c19ef14ad2U, 0xefbe4786384f25e3U, 0x0fc19dc68b8cd5b5U, 0x240ca1cc77ac9c65U,
    0x2de92c6f592b0275U, 0x4a7484aa6ea6e483U, 0x5cb0a9dcbd41fbd4U, 0x76f988da831153b5U, 0x983e5152ee66dfabU,
    0xa831c66d2db43210U, 0xb00327c898fb213fU, 0xbf597fc7beef0ee4U, 0xc6e00bf33da88fc2U, 0xd5a79147930aa725U,
    0x06ca6351e003826fU, 0x142929670a0e6e70U, 0x27b70a8546d22ffcU, 0x2e1b21385c26c926U, 0x4d2c6dfc5ac42aedU,
    0x53380d139d95b3dfU, 0x650a73548baf63deU, 0x766a0abb3c77b2a8U, 0x81c2c92e47edaee6U, 0x92722c851482353bU,
    0xa2bfe8a14cf10364U, 0xa81a664bbc423001U, 0xc24b8b70d0f89791U, 0xc76c51a30654be30U, 0xd192e819d6ef5218U,
    0xd69906245565a910U, 0xf40e35855771202aU, 0x106aa07032bbd1b8U, 0x19a4c116b8d2d0c8U, 0x1e376c085141ab53U,
    0x2748774cdf8eeb99U, 0x34b0bcb5e19b48a8U, 0x391c0cb3c5c95a63U, 0x4ed8aa4ae3418acbU, 0x5b9cca4f7763e373U,
    0x682e6ff3d6b2b8a3U, 0x748f82ee5defb2fcU, 0x78a5636f43172f60U, 0x84c87814a1f0ab72U, 0x8cc702081a6439ecU,
    0x90befffa23631e28U, 0xa4506cebde82bde9U, 0xbef9a3f7b2c67915U, 0xc67178f2e372532bU, 0xca273eceea26619cU,
    0xd186b8c721c0c207U, 0xeada7dd6cde0eb1eU, 0xf57d4f7fee6ed178U, 0x06f067aa72176fbaU, 0x0a637dc5a2c898a6U,
    0x113f9804bef90daeU, 0x1b710b35131c471bU, 0x28db77f523047d84U, 0x32caab7b40c72493U, 0x3c9ebe0a15c9bebcU,
    0x431d67c49c100d4cU, 0x4cc5d4becb3e42b6U, 0x597f299cfc657e2aU, 0x5fcb6fab3ad6faecU, 0x6c44198c4a475817U};

static uint64_t sha512_rotate(uint64_t x, unsigned by) {
    return x >> by | x << (64U - by);
}

static uint64_t sha512_get(const uint8_t *bytes) {
    uint64_t word = 0;
    unsigned i;
    for (i = 0; i < 8U; i++) {
        word = word << 8 | bytes[i];
    }
    return word;
}

static void sha512_put(uint8_t *bytes, uint64_t word) {
    unsigned i;
    for (i = 8U; i-- > 0U;) {
        bytes[i] = (uint8_t)word;
        word >>= 8;
    }
}

/* The k-th of the words a to h in step t: not they move on by one, but their names. */
#define V(k) v[((k)-t) % 8U]

/* One block into the state (FIPS 180-4, 6.4.2). The schedule is a ring of sixteen words. */
static void sha512_compress(uint64_t state[8], const uint8_t block[128]) {
    uint64_t w[16], v[8];
    unsigned t;
    memcpy(v, state, sizeof v);
    for (t = 0; t < 80U; t++) {
        uint64_t *word = w + t % 16U;
        uint64_t first, second;
        if (t < 16U) {
            *word = sha512_get(block + (size_t)8U * t);
        } else {
            const uint64_t early = w[(t + 1U) % 16U], late = w[(t + 14U) % 16U];
            *word += (sha512_rotate(early, 1) ^ sha512_rotate(early, 8) ^ early >> 7) + w[(t + 9U) % 16U] +
                     (sha512_rotate(late, 19) ^ sha512_rotate(late, 61) ^ late >> 6);
        }
        first = V(7U) + (sha512_rotate(V(4U), 14) ^ sha512_rotate(V(4U), 18) ^ sha512_rotate(V(4U), 41)) +
                (V(6U) ^ (V(4U) & (V(5U) ^ V(6U)))) + sha512_constant[t] + *word;
        second = (sha512_rotate(V(0U), 28) ^ sha512_rotate(V(0U), 34) ^ sha512_rotate(V(0U), 39)) +
                 ((V(0U) & V(1U)) | (V(2U) & (V(0U) | V(1U))));
        V(3U) += first;
        V(7U) = first + second;
    }
    for (t = 0; t < 8U; t++) {
        state[t] += v[t];
    }
    mpriv_wipe(w, sizeof w);
    mpriv_wipe(v, sizeof v);
}

void mpriv_sha384_init(mpriv_sha384 *hash) {
    memset(hash, 0, sizeof *hash);
    memcpy(hash->state, sha384_initial, sizeof hash->state);
}

void mpriv_sha384_update(mpriv_sha384 *hash, const uint8_t *data, size_t length) {
    size_t used = (size_t)(hash->length % sizeof hash->block);
    hash->length += length;
    while (length > 0U) {
        const size_t room = sizeof hash->block - used, taken = length < room ? length : room;
        memcpy(hash->block + used, data, taken);
        data += taken;
        length -= taken;
        used += taken;
        if (used == sizeof hash->block) {
            sha512_compress(hash->state, hash->block);
            used = 0;
        }
    }
}

void mpriv_sha384_final(mpriv_sha384 *hash, uint8_t digest[48]) {
    const uint64_t bits = 8U * hash->length;
    static const uint8_t padding[128] = {0x80};
    const size_t used = (size_t)(hash->length % sizeof hash->block);
    uint8_t length[16] = {0};
    unsigned i;
    mpriv_sha384_update(hash, padding, used < 112U ? 112U - used : 240U - used);
    sha512_put(length + 8, bits);
    mpriv_sha384_update(hash, length, sizeof length);
    for (i = 0; i < 6U; i++) {
        sha512_put(digest + (size_t)8U * i, hash->state[i]);
    }
    mpriv_wipe(hash, sizeof *hash);
}
