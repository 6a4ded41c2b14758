/* Part of meter_privacy.h, which includes it. SHA-384, and the client of RFC 9474: a message is blinded, and the
 * signer's answer unblinded and verified. RSABSSA-SHA384-PSS with a salt of 48 bytes or none; a message that is
 * prepared by 32 random bytes in front is for the caller to put together. Conventions as in meter_privacy.h. */
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

/* Scratch bytes of the functions below. A constant expression. */
#define MPRIV_BLIND_SCRATCH_BYTES(modulus_bytes)                                                             \
    (MPRIV_ROUND_UP(modulus_bytes) * (11U + MPRIV_WORK_PARTS) + 128U)
size_t mpriv_blind_scratch_bytes(size_t modulus_bytes);

/* EMSA-PSS(message) r^e mod n to blinded and r^-1 mod n to inverse, each of exactly the bytes of n.
 * Reads modulus, exponent (public), message, salt, randomness r (secret); writes blinded, inverse, scratch.
 * A modulus is odd and has at most 4096 bits; an exponent is odd, 3 <= e < n; a salt has 48 bytes or none.
 * range: modulus or exponent are not; r < 2 or > n - 2; a modulus too short for the encoding.
 * not-invertible: r or the encoded message shares a factor with n.
 * Constant time in message, salt and randomness. */
MPRIV_CHECK int mpriv_blind(uint8_t *blinded, size_t blinded_length, uint8_t *inverse, size_t inverse_length,
                            const uint8_t *modulus, size_t modulus_length, const uint8_t *exponent,
                            size_t exponent_length, const uint8_t *message, size_t message_length,
                            const uint8_t *salt, size_t salt_length, const uint8_t *randomness,
                            size_t randomness_length, void *scratch, size_t scratch_length);

/* The signature on message, of exactly the bytes of n, from the signer's answer and the inverse of the blinding.
 * Reads modulus, exponent (public), message, blind_signature, inverse (secret); writes signature, scratch.
 * range: modulus and exponent as above; blind_signature >= n, inverse < 2 or > n - 2.
 * unauthentic: the signature does not verify.
 * Constant time in message, blind_signature and inverse. */
MPRIV_CHECK int mpriv_blind_finalise(uint8_t *signature, size_t signature_length, const uint8_t *modulus,
                                     size_t modulus_length, const uint8_t *exponent, size_t exponent_length,
                                     const uint8_t *message, size_t message_length, size_t salt_length,
                                     const uint8_t *blind_signature, size_t blind_signature_length,
                                     const uint8_t *inverse, size_t inverse_length, void *scratch,
                                     size_t scratch_length);

#endif
