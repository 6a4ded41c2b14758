/* libmeter_privacy: Paillier encryption, HMAC-SHA-256 and DREAM masking for meters and their suppliers.
 *
 * What holds for every function:
 *
 * Numbers are big-endian byte strings (pointer, length). An input may carry leading zero bytes; its length
 * is public, its value is public or secret as the prototype says. An output is written over its whole
 * length, with leading zeros. A length of zero is the number zero; its pointer may then be null.
 *
 * Return: 0, or a negative error. Errors -1 to -11 are the error classes of the target protocol and speak
 * about the data; MPRIV_ERROR_MISUSE and MPRIV_ERROR_SCRATCH speak about the call. Of several errors of the
 * data the first in the order malformed, range, not-invertible, policy is returned.
 *
 * Outputs are all zero on an error of the data, and untouched on a misuse of the call.
 *
 * Aliasing: no output may overlap an input, another output or the scratch memory. Inputs may overlap each
 * other.
 *
 * Scratch is memory of the caller, of any alignment; what a function wrote there is wiped before it
 * returns. More scratch gives a wider exponentiation window, hence speed, never another result.
 *
 * Timing: "constant time in x" says that neither the sequence of instructions nor any address depends on
 * the value of x. The length of x, and whether the call succeeds, are public. A name that ends in _vartime
 * makes no promise: all its inputs are public.
 *
 * Memory: nothing is allocated, nothing is kept between calls but which instructions the processor has; all
 * functions are reentrant.
 */
#ifndef METER_PRIVACY_H
#define METER_PRIVACY_H

#include <stddef.h>
#include <stdint.h>

#include "meter_privacy_config.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MPRIV_VERSION "0.1.0"

#if defined(__GNUC__)
#define MPRIV_CHECK __attribute__((warn_unused_result))
#else
#define MPRIV_CHECK
#endif

/* The closed list of error classes of the target protocol, in its order. */
#define MPRIV_OK 0
#define MPRIV_ERROR_MALFORMED (-1)
#define MPRIV_ERROR_RANGE (-2)
#define MPRIV_ERROR_NOT_IN_GROUP (-3)
#define MPRIV_ERROR_NOT_INVERTIBLE (-4)
#define MPRIV_ERROR_UNAUTHENTIC (-5)
#define MPRIV_ERROR_PROOF_FAILED (-6)
#define MPRIV_ERROR_EXPIRED (-7)
#define MPRIV_ERROR_REPLAYED (-8)
#define MPRIV_ERROR_POLICY (-9)
#define MPRIV_ERROR_STATE (-10)
#define MPRIV_ERROR_EXHAUSTED (-11)
/* A null pointer, or an output shorter than the prototype asks for. */
#define MPRIV_ERROR_MISUSE (-32)
/* The scratch memory is too small even for the narrowest window. */
#define MPRIV_ERROR_SCRATCH (-33)

#define MPRIV_MODULUS_BYTES_MAX 512 /* n has at most 4096 bits */
#define MPRIV_PRIME_BYTES_MAX 256   /* p and q have at most 2048 bits each */
#define MPRIV_SUM_MAX 1024          /* ciphertexts in one mpriv_paillier_add_vartime */
#define MPRIV_PARTNERS_MAX 4095     /* other meters of a cluster */
#define MPRIV_METERS_MAX 4096       /* meters of a cluster */
#define MPRIV_NOISE_TABLE_MAX 4096  /* thresholds of a table of noise */
#define MPRIV_MASK_BYTES 32         /* a masked value, keystream, dummy key or blind: at most 256 bits */
#define MPRIV_KEY_BYTES 32          /* a key of the pseudorandom function */
#define MPRIV_DIGEST_BYTES 32       /* SHA-256 */
#define MPRIV_WINDOW_MAX 5

/* Scratch bytes that give tables of 2^window powers, 1 <= window <= MPRIV_WINDOW_MAX, in every operation that
 * takes a public modulus of modulus_bytes; that give a table of 1 <= powers <= 32 in mpriv_paillier_encrypt and
 * mpriv_offline_power, which need less than the others; and that give 2^window powers in every operation that
 * takes the factors, of p_bytes and q_bytes. Constant expressions. */
#define MPRIV_ROUND_UP(bytes) ((((size_t)(bytes)) + 7U) / 8U * 8U)
#if MPRIV_LIMB_BITS == 32 && MPRIV_CONSTANT_TIME_MULTIPLY
#define MPRIV_WORK_PARTS 7U
#else
#define MPRIV_WORK_PARTS 4U
#endif
#define MPRIV_PUBLIC_SCRATCH_BYTES(modulus_bytes, window)                                                    \
    (MPRIV_ROUND_UP(modulus_bytes) * (10U + MPRIV_WORK_PARTS + (2U << (window))) + 256U)
#define MPRIV_ENCRYPT_SCRATCH_BYTES(modulus_bytes, powers)                                                   \
    (MPRIV_ROUND_UP(modulus_bytes) * (2U + MPRIV_WORK_PARTS + 2U * (powers)) + 128U)
#define MPRIV_FACTORS_SCRATCH_BYTES(p_bytes, q_bytes, window)                                                \
    ((MPRIV_ROUND_UP(p_bytes) + MPRIV_ROUND_UP(q_bytes)) * (32U + (2U << (window))) + 512U)

/* A big-endian number or a string of bytes inside a list. */
typedef struct {
    const uint8_t *data;
    size_t length;
} mpriv_bytes;

/* Another meter and what is shared with it: its pairwise key (mpriv_dream_select_partners) or the dummy key
 * of a slot (mpriv_dream_mask). */
typedef struct {
    uint32_t node;
    mpriv_bytes key;
} mpriv_peer;

/* The state of a SHA-256 computation. Opaque. */
typedef struct {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
} mpriv_sha256;

/* An HMAC-SHA-256 key, its two padded blocks already compressed. Opaque and secret. */
typedef struct {
    uint32_t inner[8];
    uint32_t outer[8];
} mpriv_hmac_key;

/* MPRIV_VERSION of the compiled library. */
const char *mpriv_version(void);

/* MPRIV_LIMB_BITS of the compiled library. */
unsigned mpriv_limb_bits(void);

/* The scratch macros as functions. */
size_t mpriv_public_scratch_bytes(size_t modulus_bytes, unsigned window);
size_t mpriv_encrypt_scratch_bytes(size_t modulus_bytes, size_t powers);
size_t mpriv_factors_scratch_bytes(size_t p_bytes, size_t q_bytes, unsigned window);

/* Overwrite length bytes at data by zeros that the optimiser keeps. */
void mpriv_wipe(void *data, size_t length);

/* ---- Paillier, g = n + 1 ------------------------------------------------------------------------------- */

/* A modulus n is odd, at least 15, at most 4096 bits, else range. Factors p and q are odd, at least 3,
 * distinct, at most MPRIV_PRIME_BYTES_MAX bytes long, else range; they need not have the same length. That
 * they are prime is for whoever makes the key to check. A ciphertext buffer holds at least twice the bytes
 * of n without leading zeros (with factors: twice p_length + q_length), a plaintext buffer at least its
 * bytes (with factors: p_length + q_length). */

/* c = (1 + m n) r^n mod n^2.
 * Reads modulus (public), plaintext (secret), randomness (secret); writes ciphertext, scratch.
 * range: plaintext >= n, randomness = 0 or >= n.
 * not-invertible: gcd(randomness, n) != 1.
 * Constant time in plaintext and randomness. */
MPRIV_CHECK int mpriv_paillier_encrypt(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                                       size_t modulus_length, const uint8_t *plaintext,
                                       size_t plaintext_length, const uint8_t *randomness,
                                       size_t randomness_length, void *scratch, size_t scratch_length);

/* The same ciphertext, computed modulo p^2 and q^2 by the holder of the factors.
 * Reads p, q, plaintext, randomness (all secret); writes ciphertext, scratch.
 * range: factors as above, plaintext >= p q, randomness = 0 or >= p q.
 * not-invertible: gcd(p q, (p - 1)(q - 1)) != 1, gcd(p, q) != 1, gcd(randomness, p q) != 1.
 * Constant time in all four. */
MPRIV_CHECK int mpriv_paillier_encrypt_with_factors(uint8_t *ciphertext, size_t ciphertext_length,
                                                    const uint8_t *p, size_t p_length, const uint8_t *q,
                                                    size_t q_length, const uint8_t *plaintext,
                                                    size_t plaintext_length, const uint8_t *randomness,
                                                    size_t randomness_length, void *scratch,
                                                    size_t scratch_length);

/* m = L(c^lambda mod n^2) mu mod n, computed modulo p^2 and q^2.
 * Reads p, q (secret), ciphertext (public, treated as secret); writes plaintext, scratch.
 * range: factors as above, ciphertext = 0 or >= (p q)^2; also if c^(p-1) mod p or c^(q-1) mod q is not 1,
 * which no pair of primes gives.
 * not-invertible: gcd(p q, (p - 1)(q - 1)) != 1, gcd(p, q) != 1, gcd(ciphertext, p q) != 1.
 * Constant time in all three. */
MPRIV_CHECK int mpriv_paillier_decrypt(uint8_t *plaintext, size_t plaintext_length, const uint8_t *p,
                                       size_t p_length, const uint8_t *q, size_t q_length,
                                       const uint8_t *ciphertext, size_t ciphertext_length, void *scratch,
                                       size_t scratch_length);

/* The same plaintext from c b and again from c b^2, where the blinding b is an encryption of 0 under the same
 * key: the exponentiations then begin at numbers that nobody chose, and a computation that was disturbed
 * gives two plaintexts. b is an encryption of 0 with a fresh r for each decryption, which
 * mpriv_paillier_encrypt_with_factors makes fastest; b stays as secret as the factors.
 * Reads blinding (secret) too. Errors as mpriv_paillier_decrypt; in addition
 * range: blinding = 0 or >= (p q)^2, b no encryption of 0, or the two plaintexts differ.
 * not-invertible: gcd(blinding, p q) != 1.
 * Constant time in p, q, ciphertext and blinding. */
MPRIV_CHECK int mpriv_paillier_decrypt_blinded(uint8_t *plaintext, size_t plaintext_length, const uint8_t *p,
                                               size_t p_length, const uint8_t *q, size_t q_length,
                                               const uint8_t *ciphertext, size_t ciphertext_length,
                                               const uint8_t *blinding, size_t blinding_length, void *scratch,
                                               size_t scratch_length);

/* The product of count ciphertexts modulo n^2, 1 <= count <= MPRIV_SUM_MAX, else malformed.
 * Reads modulus, ciphertexts (public); writes sum, scratch.
 * range: a ciphertext = 0 or >= n^2.
 * not-invertible: a ciphertext shares a factor with n. */
MPRIV_CHECK int mpriv_paillier_add_vartime(uint8_t *sum, size_t sum_length, const uint8_t *modulus,
                                           size_t modulus_length, const mpriv_bytes *ciphertexts,
                                           size_t count, void *scratch, size_t scratch_length);

/* c^k mod n^2 for a public scalar k.
 * Reads modulus, ciphertext, scalar (public); writes scaled, scratch.
 * range: ciphertext = 0 or >= n^2, scalar >= n.
 * not-invertible: gcd(ciphertext, n) != 1. */
MPRIV_CHECK int mpriv_paillier_scale_vartime(uint8_t *scaled, size_t scaled_length, const uint8_t *modulus,
                                             size_t modulus_length, const uint8_t *ciphertext,
                                             size_t ciphertext_length, const uint8_t *scalar,
                                             size_t scalar_length, void *scratch, size_t scratch_length);

/* c r^n mod n^2.
 * Reads modulus, ciphertext (public), randomness (secret); writes fresh, scratch.
 * range: ciphertext = 0 or >= n^2, randomness = 0 or >= n.
 * not-invertible: gcd(ciphertext, n) != 1, gcd(randomness, n) != 1.
 * Constant time in ciphertext and randomness. */
MPRIV_CHECK int mpriv_paillier_rerandomise(uint8_t *fresh, size_t fresh_length, const uint8_t *modulus,
                                           size_t modulus_length, const uint8_t *ciphertext,
                                           size_t ciphertext_length, const uint8_t *randomness,
                                           size_t randomness_length, void *scratch, size_t scratch_length);

/* The residue modulo n of a signed value: magnitude, or n - magnitude where negative is 1.
 * Reads modulus (public), negative (0 or 1, secret), magnitude (secret); writes plaintext, scratch.
 * range: value outside [-floor(n/2), ceil(n/2)), or negative not 0 or 1.
 * Constant time in negative and magnitude. */
MPRIV_CHECK int mpriv_paillier_encode_signed(uint8_t *plaintext, size_t plaintext_length,
                                             const uint8_t *modulus, size_t modulus_length, uint8_t negative,
                                             const uint8_t *magnitude, size_t magnitude_length, void *scratch,
                                             size_t scratch_length);

/* The signed value nearest to zero that a residue modulo n stands for: sign to *negative, magnitude to
 * magnitude, which holds at least as many bytes as n.
 * Reads modulus (public), plaintext (secret); writes negative, magnitude, scratch.
 * range: plaintext >= n.
 * Constant time in plaintext. */
MPRIV_CHECK int mpriv_paillier_decode_signed(uint8_t *negative, uint8_t *magnitude, size_t magnitude_length,
                                             const uint8_t *modulus, size_t modulus_length,
                                             const uint8_t *plaintext, size_t plaintext_length, void *scratch,
                                             size_t scratch_length);

/* meters * maximum_wh to *largest_sum_wh, if the sum decodes: 2 meters maximum_wh < n.
 * Reads modulus (public); writes largest_sum_wh.
 * range: it does not decode, or meters = 0. */
MPRIV_CHECK int mpriv_paillier_headroom_vartime(uint64_t *largest_sum_wh, const uint8_t *modulus,
                                                size_t modulus_length, uint32_t meters, uint32_t maximum_wh);

/* ---- Encryption in two halves -------------------------------------------------------------------------- */

/* The power r^n is made beforehand, kept as a record in non-volatile memory and used for one ciphertext: used
 * twice, it would show the difference of two plaintexts. A record is secret and 3 * modulus_length bytes long,
 * for a modulus without leading zeros; it is for the build (MPRIV_LIMB_BITS) that made it. */

/* Non-volatile memory of the caller, slots records long. Each function returns 0, but read, or a negative
 * number if it failed.
 * read: 1 if the slot holds a record, which it writes to record where length is not 0, else 0. A slot that
 * was being written or burnt when the power went holds none, or holds all of it.
 * write: makes the slot hold the record; what it held before is lost. On return that is durable.
 * burn: makes the slot hold none, for ever as regards that record. On return that is durable. */
typedef struct {
    void *context;
    size_t slots;
    int (*read)(void *context, size_t slot, uint8_t *record, size_t length);
    int (*write)(void *context, size_t slot, const uint8_t *record, size_t length);
    int (*burn)(void *context, size_t slot);
} mpriv_memory;

/* The caller's source of uniform, independent bytes. Returns 0, or another number if it failed. */
typedef struct {
    void *context;
    int (*random)(void *context, uint8_t *bytes, size_t length);
} mpriv_source;

/* The record of r^n to record.
 * Reads modulus (public), randomness (secret); writes record of exactly 3 bytes for each of n, scratch.
 * Errors as mpriv_paillier_encrypt. Constant time in randomness. */
MPRIV_CHECK int mpriv_offline_power(uint8_t *record, size_t record_length, const uint8_t *modulus,
                                    size_t modulus_length, const uint8_t *randomness,
                                    size_t randomness_length, void *scratch, size_t scratch_length);

/* Draws r and writes the record of r^n to the slot, through the buffer record, which is wiped. source may be null
 * with MPRIV_EXTERNAL_RANDOM.
 * exhausted: the source failed, gave the same bytes twice running, or nothing below n in 128 draws.
 * state: the memory could not be written. Else as mpriv_offline_power. */
MPRIV_CHECK int mpriv_offline_fill(const mpriv_memory *memory, size_t slot, const mpriv_source *source,
                                   const uint8_t *modulus, size_t modulus_length, uint8_t *record,
                                   size_t record_length, void *scratch, size_t scratch_length);

/* Burns a slot that holds a record, sees that it holds none, and only then gives the record.
 * exhausted: no slot holds one. state: the memory failed, or did not burn. */
MPRIV_CHECK int mpriv_offline_take(uint8_t *record, size_t record_length, const mpriv_memory *memory);

/* c = (1 + m n) r^n mod n^2 from the record of r^n.
 * Reads modulus (public), plaintext, record (secret); writes ciphertext, scratch. The caller wipes record.
 * range: plaintext >= n. Constant time in plaintext and record. */
MPRIV_CHECK int mpriv_paillier_encrypt_online(uint8_t *ciphertext, size_t ciphertext_length,
                                              const uint8_t *modulus, size_t modulus_length,
                                              const uint8_t *plaintext, size_t plaintext_length,
                                              const uint8_t *record, size_t record_length, void *scratch,
                                              size_t scratch_length);

/* ---- SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) -------------------------------------------------- */

/* Constant time in data and keys; lengths are public. data may be null where length is 0. These cannot
 * fail: null pointers elsewhere are not allowed. */

void mpriv_sha256_init(mpriv_sha256 *hash);
void mpriv_sha256_update(mpriv_sha256 *hash, const uint8_t *data, size_t length);
/* Writes the digest and wipes the state. */
void mpriv_sha256_final(mpriv_sha256 *hash, uint8_t digest[32]);

/* Reads length bytes of key (secret, any length); writes prepared, which the caller wipes by mpriv_wipe. */
void mpriv_hmac_prepare(mpriv_hmac_key *prepared, const uint8_t *key, size_t length);
/* The tag over everything between init and final is the HMAC under the same prepared key. */
void mpriv_hmac_init(mpriv_sha256 *hash, const mpriv_hmac_key *prepared);
void mpriv_hmac_final(mpriv_sha256 *hash, const mpriv_hmac_key *prepared, uint8_t tag[32]);

/* ---- DREAM --------------------------------------------------------------------------------------------- */

/* PRF(K, label, slot) = HMAC-SHA-256(K, "meter-privacy/dream/1/" || label || 0x00 || slot in 8 bytes). A
 * modulus m is public, 2 <= m < 2^256, else range. Where "power of two" is said, anything else is range. */

/* PRF(K, "keystream", slot) mod m to keystream, which holds at least as many bytes as m.
 * Reads key (secret), modulus (public, a power of two).
 * Constant time in key. */
MPRIV_CHECK int mpriv_dream_keystream(uint8_t *keystream, size_t keystream_length, const mpriv_hmac_key *key,
                                      uint64_t slot, const uint8_t *modulus, size_t modulus_length);

/* PRF(K, "dummy", slot) mod m, otherwise as mpriv_dream_keystream. */
MPRIV_CHECK int mpriv_dream_dummy_key(uint8_t *dummy_key, size_t dummy_key_length, const mpriv_hmac_key *key,
                                      uint64_t slot, const uint8_t *modulus, size_t modulus_length);

/* selected[i] = 1 if the peer keys[i] is a partner of node in this slot, else 0: the first 8 bytes of
 * PRF(K, "select", slot) are less than floor(w 2^64 / count), or w = count. w = expected_partners.
 * Reads node, slot, nodes of keys, w (public), the 32-byte keys (secret); writes count bytes of selected.
 * malformed: count = 0 or > MPRIV_PARTNERS_MAX, a key that is not 32 bytes.
 * range: a node equal to the own one or given twice; w = 0 or > count.
 * policy: nobody is selected.
 * Constant time in the keys and in who is selected. */
MPRIV_CHECK int mpriv_dream_select_partners(uint8_t *selected, uint32_t node, uint64_t slot,
                                            const mpriv_peer *keys, size_t count, uint32_t expected_partners);

/* c = value + keystream + sum(node > partner ? key : -key) + blind mod m to ciphertext, which holds at
 * least as many bytes as m without leading zeros.
 * Reads modulus, node, nodes of dummy_keys (public), value, keystream, keys, blind (secret).
 * malformed: count > MPRIV_PARTNERS_MAX.
 * range: value outside [-floor(m/2), ceil(m/2)); keystream, a key or blind >= m; a partner equal to node or
 * given twice.
 * Constant time in value, keystream, keys and blind. */
MPRIV_CHECK int mpriv_dream_mask(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                                 size_t modulus_length, uint32_t node, int64_t value,
                                 const uint8_t *keystream, size_t keystream_length,
                                 const mpriv_peer *dummy_keys, size_t count, const uint8_t *blind,
                                 size_t blind_length);

/* sum(ciphertexts) - sum(keystreams) - sum(recoveries) mod m, read in [-floor(m/2), ceil(m/2)): sign to
 * *negative, magnitude to magnitude, which holds at least as many bytes as m without leading zeros.
 * Reads modulus (public), the numbers of the lists (secret).
 * malformed: count = 0, count or recovery_count > MPRIV_METERS_MAX.
 * range: a number >= m.
 * Constant time in the numbers of the lists. */
MPRIV_CHECK int mpriv_dream_aggregate(uint8_t *negative, uint8_t *magnitude, size_t magnitude_length,
                                      const uint8_t *modulus, size_t modulus_length,
                                      const mpriv_bytes *ciphertexts, const mpriv_bytes *keystreams,
                                      size_t count, const mpriv_bytes *recoveries, size_t recovery_count);

/* 2^ceil(log2(N Xmax + 2 T + 1)) to *modulus. Public numbers: 2 <= meters <= 4096, 1 <= maximum_wh, tail_wh
 * < 2^52, else range. */
MPRIV_CHECK int mpriv_dream_modulus_vartime(uint64_t *modulus, uint32_t meters, uint32_t maximum_wh,
                                            uint64_t tail_wh);

/* m - (N Xmax + 2 T + 1) to slack, which holds at least as many bytes as m without leading zeros, if the
 * parameters of a cluster keep its promise. Public numbers: N = meters, M = tolerated_failures, c =
 * colluders, w = expected_partners; modulus is a power of two.
 * range: N, Xmax, T as for mpriv_dream_modulus_vartime, M >= N, c >= N, w = 0 or >= N, m <= N Xmax + 2 T.
 * policy: 2 M >= N - c. */
MPRIV_CHECK int mpriv_dream_check_parameters_vartime(uint8_t *slack, size_t slack_length, uint32_t meters,
                                                     uint32_t tolerated_failures, uint32_t colluders,
                                                     uint32_t expected_partners, uint32_t maximum_wh,
                                                     uint64_t tail_wh, const uint8_t *modulus,
                                                     size_t modulus_length);

/* SHA-256("meter-privacy/dream/1/roster" || 0x00 || cluster || count in 4 bytes || node in 4 bytes ||
 * public key || ...) to digest, over 2 to MPRIV_METERS_MAX members, whose key is the public key of 32
 * bytes. All public.
 * malformed: another count, a key that is not 32 bytes.
 * range: nodes that do not increase, a public key twice: the same u coordinate, whatever its encoding. */
MPRIV_CHECK int mpriv_dream_roster_digest_vartime(uint8_t digest[32], const uint8_t cluster[16],
                                                  const mpriv_peer *members, size_t count);

/* HMAC-SHA-256(K, "meter-privacy/dream/1/report" || 0x00 || roster || node in 4 bytes || slot in 8 bytes ||
 * ciphertext in exactly ceil(log2(m) / 8) bytes) to tag.
 * Reads key (secret), the rest public; modulus is a power of two.
 * range: ciphertext >= m.
 * Constant time in key. */
MPRIV_CHECK int mpriv_dream_authenticate(uint8_t tag[32], const mpriv_hmac_key *key, const uint8_t roster[32],
                                         uint32_t node, uint64_t slot, const uint8_t *modulus,
                                         size_t modulus_length, const uint8_t *ciphertext,
                                         size_t ciphertext_length);

/* ---- DREAM: the noise of a reading --------------------------------------------------------------------- */

/* A table of noise is public: 1 to MPRIV_NOISE_TABLE_MAX thresholds, else malformed, that grow, else range.
 * 8 random bytes, big-endian, give one side of a share: the number of thresholds that they reach. */

/* The number of [0, maximum_wh] that is nearest to reading_wh, and to *clamped whether it is another one.
 * Reads reading_wh (secret), maximum_wh (public).
 * range: maximum_wh = 0.
 * Constant time in reading_wh. */
MPRIV_CHECK int mpriv_dream_clamp(uint32_t *value_wh, uint8_t *clamped, int64_t reading_wh,
                                  uint32_t maximum_wh);

/* The share of 16 random bytes: the first 8 bytes' side less the last 8 bytes' side.
 * Reads thresholds (public), random (secret, used once and wiped by the caller).
 * malformed, range: the table.
 * Constant time in random. */
MPRIV_CHECK int mpriv_dream_table_share(int32_t *share, const uint64_t *thresholds, size_t count,
                                        const uint8_t random[16]);

/* What a meter masks: reading_wh, cut to [0, maximum_wh] and down to a multiple of unit_wh, plus unit_wh
 * times the share of the random bytes; to *clamped whether the reading was cut.
 * Reads maximum_wh, unit_wh, thresholds (public), reading_wh, random (secret).
 * malformed, range: the table. range: unit_wh = 0 or no divisor of maximum_wh > 0.
 * Constant time in reading_wh and random. */
MPRIV_CHECK int mpriv_dream_sanitise(int64_t *value_wh, uint8_t *clamped, int64_t reading_wh,
                                     uint32_t maximum_wh, uint32_t unit_wh, const uint64_t *thresholds,
                                     size_t count, const uint8_t random[16]);

#include "meter_privacy_dream_meter.h"
#include "meter_privacy_load.h"

#include "meter_privacy_blind.h"

#include "meter_privacy_groups.h"

#include "meter_privacy_reporting.h"

#include "meter_privacy_tokens.h"

#ifdef __cplusplus
}
#endif

#endif
