/* Part of meter_privacy.h, which includes it. SHA-384, and the receiver of blind RSA signatures: a message is
 * blinded, and the signer's answer unblinded and verified. A message that RFC 9474 prepares by 32 random bytes in front
 * is for the caller to put together. Conventions as in meter_privacy.h. */
#ifndef METER_PRIVACY_BLIND_H
#define METER_PRIVACY_BLIND_H

#define MPRIV_SHA384_BYTES 48

/* The state of a SHA-384 computation. Opaque. */
typedef struct {
    uint64_t state[8];
    uint64_t length;
    uint8_t block[128];
} mpriv_sha384;

void mpriv_sha384_init(mpriv_sha384 *hash);
void mpriv_sha384_update(mpriv_sha384 *hash, const uint8_t *data, size_t length);
/* Writes the digest and wipes the state. */
void mpriv_sha384_final(mpriv_sha384 *hash, uint8_t digest[48]);

/* A signer's public key: an odd modulus n of at most 4096 bits, an odd exponent e, 3 <= e < n. */
typedef struct {
    mpriv_bytes modulus;
    mpriv_bytes exponent;
} mpriv_signer;

/* How a message becomes a number modulo n: by the full-domain hash of TOKEN-14, or by EMSA-PSS with a salt of 48
 * bytes or none. */
typedef enum {
    MPRIV_BLIND_FULL_DOMAIN = 0,
    MPRIV_BLIND_PSS = 1,
    MPRIV_BLIND_PSS_ZERO = 2
} mpriv_blind_scheme;

/* Scratch bytes of the functions below. A constant expression. */
#define MPRIV_BLIND_SCRATCH_BYTES(modulus_bytes)                                                             \
    (MPRIV_ROUND_UP(modulus_bytes) * (13U + MPRIV_WORK_PARTS) + 256U)
size_t mpriv_blind_scratch_bytes(size_t modulus_bytes);

/* For all: numbers that are written have exactly the bytes of n without leading zeros. The signer is public.
 * range: a modulus or exponent that is none, a modulus too short for the encoding.
 * not-invertible: the hash or the encoding of the message shares a factor with n. */

/* The full-domain hash of a message. Constant time in message. */
MPRIV_CHECK int mpriv_full_domain_hash(uint8_t *hash, size_t hash_length, const mpriv_signer *signer,
                                       const uint8_t *message, size_t message_length, void *scratch,
                                       size_t scratch_length);

/* m r^e mod n to blinded and r^-1 mod n to inverse, where m is the message's hash or encoding.
 * Reads message, salt, which only MPRIV_BLIND_PSS has, randomness r (secret); writes blinded, inverse, scratch.
 * range also: r < 2 or > n - 2. not-invertible also: r shares a factor with n.
 * Constant time in message, salt and randomness. */
MPRIV_CHECK int mpriv_blind(uint8_t *blinded, size_t blinded_length, uint8_t *inverse, size_t inverse_length,
                            const mpriv_signer *signer, mpriv_blind_scheme scheme, const uint8_t *message,
                            size_t message_length, const uint8_t *salt, const uint8_t *randomness,
                            size_t randomness_length, void *scratch, size_t scratch_length);

/* The signature on message from the signer's answer and the inverse of the blinding.
 * Reads message, blind_signature, inverse (secret); writes signature, scratch.
 * range also: blind_signature >= n, inverse < 2 or > n - 2.
 * unauthentic: the signature does not verify.
 * Constant time in message, blind_signature and inverse. */
MPRIV_CHECK int mpriv_blind_finalise(uint8_t *signature, size_t signature_length, const mpriv_signer *signer,
                                     mpriv_blind_scheme scheme, const uint8_t *message, size_t message_length,
                                     const uint8_t *blind_signature, size_t blind_signature_length,
                                     const uint8_t *inverse, size_t inverse_length, void *scratch,
                                     size_t scratch_length);

#endif
