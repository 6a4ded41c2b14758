/* Work with a public Paillier modulus: what paillier.c and load_billing.c share. Not installed. */
#ifndef METER_PRIVACY_PUBLIC_KEY_H
#define METER_PRIVACY_PUBLIC_KEY_H

#include "internal.h"

/* Everything modulo n and n^2 that an operation works with. */
typedef struct {
    mpriv_arena arena;
    mpriv_modular ring;
    mpriv_limb *n;
    mpriv_limb *a, *b, *c; /* pairs */
    mpriv_limb *table;
    size_t limbs, bits, entries;
} mpriv_public_key;

/* MPRIV_OK or MPRIV_ERROR_SCRATCH. With parts = 1 there are neither b nor c, the first entry of the table has one
 * part, and two_r, mod n only, is in a. */
MPRIV_CHECK int mpriv_public_open(mpriv_public_key *key, const uint8_t *modulus, size_t length, void *scratch,
                                  size_t scratch_length, unsigned parts);

/* a = r^n in Montgomery form, which is a unit exactly if r is; returns the bit that not 0 < r < n. As r^n mod n^2
 * is that of every number in the class of r modulo n, the base is r B^n mod n, in one part. */
mpriv_limb mpriv_public_power(mpriv_public_key *key, const uint8_t *bytes, size_t length);

/* a = (1 + m n) a, out of the Montgomery form; returns the bit that not m < n. */
mpriv_limb mpriv_public_shift(mpriv_public_key *key, const uint8_t *bytes, size_t length);

/* z = the number c in 2n limbs; returns the bit that not 0 < c < n^2. */
mpriv_limb mpriv_public_ciphertext(const mpriv_public_key *key, mpriv_limb *z, const uint8_t *bytes,
                                   size_t length);

/* Writes the pair a, out of the Montgomery form, if both bits are 0, else zeros; wipes. */
MPRIV_CHECK int mpriv_public_finish(mpriv_public_key *key, uint8_t *out, size_t out_length, mpriv_limb range,
                                    mpriv_limb not_invertible);

#endif
