/* The meter's side of load management: its part in a ring, its bill and the comparison of its reading.
 * Included by meter_privacy.h, whose conventions hold here too. */
#ifndef METER_PRIVACY_LOAD_H
#define METER_PRIVACY_LOAD_H

#define MPRIV_OPENINGS_MAX 62          /* two counters for each day of a month */
#define MPRIV_LEVEL_BITS_MAX 32        /* bits of a level */
#define MPRIV_DGK_PLAINTEXTS_MAX 1021  /* u is at most that */
#define MPRIV_DGK_RANDOMNESS_BYTES 160 /* an exponent of h is below 2^1280 */

/* Scratch bytes that give tables of 2^window powers, 1 <= window <= MPRIV_WINDOW_MAX, in the functions that take
 * an mpriv_dgk_key. A constant expression. The functions that take factors need MPRIV_FACTORS_SCRATCH_BYTES, and the
 * others here MPRIV_PUBLIC_SCRATCH_BYTES. */
#define MPRIV_DGK_SCRATCH_BYTES(modulus_bytes, window)                                                       \
    (MPRIV_ROUND_UP(modulus_bytes) * (15U + MPRIV_WORK_PARTS + (1U << (window))) +                           \
     MPRIV_DGK_RANDOMNESS_BYTES + 256U)

/* The opening of a ciphertext, and the public power that the ciphertext is taken to. */
typedef struct {
    mpriv_bytes value, randomness;
    uint32_t scalar;
} mpriv_opening;

/* The utility's key of the comparison on encrypted bits: n odd, from 15 to 4096 bits, 2 <= g, h < n, and
 * 3 <= u <= MPRIV_DGK_PLAINTEXTS_MAX, else range. All public. */
typedef struct {
    mpriv_bytes modulus, g, h;
    uint32_t u;
} mpriv_dgk_key;

/* The utility's secrets: p and q odd, at least 3, at most MPRIV_PRIME_BYTES_MAX bytes long, v_p and v_q odd, at
 * least 3, at most 512 bits, u (public) as above, else range. */
typedef struct {
    mpriv_bytes p, q, v_p, v_q;
    uint32_t u;
} mpriv_dgk_factors;

/* MPRIV_DGK_SCRATCH_BYTES as a function. */
size_t mpriv_dgk_scratch_bytes(size_t modulus_bytes, unsigned window);

/* ---- The ring ------------------------------------------------------------------------------------------ */

/* M_1 = E(P_1; r).
 * Reads modulus, maximum_wh (public), reading_wh, randomness (secret); writes ciphertext, scratch.
 * range: maximum_wh = 0 or 6 maximum_wh >= n, reading_wh > maximum_wh, randomness = 0 or >= n.
 * not-invertible: gcd(randomness, n) != 1.
 * Constant time in reading_wh and randomness. */
MPRIV_CHECK int mpriv_load_ring_start(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                                      size_t modulus_length, uint32_t maximum_wh, uint32_t reading_wh,
                                      const uint8_t *randomness, size_t randomness_length, void *scratch,
                                      size_t scratch_length);

/* M_i = E(P_i; r) M_(i-1) mod n^2. Reads previous too, which is M_(i-1) (public, treated as secret).
 * Errors as mpriv_load_ring_start; in addition
 * range: previous = 0 or >= n^2.
 * not-invertible: gcd(previous, n) != 1.
 * Constant time in previous, reading_wh and randomness. */
MPRIV_CHECK int mpriv_load_ring_add(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                                    size_t modulus_length, uint32_t maximum_wh, const uint8_t *previous,
                                    size_t previous_length, uint32_t reading_wh, const uint8_t *randomness,
                                    size_t randomness_length, void *scratch, size_t scratch_length);

/* ---- The bill ------------------------------------------------------------------------------------------ */

/* The two counters of a day under the customer's own key: E(normal_wh; normal_randomness) to normal and
 * E(high_wh; high_randomness) to high, each ciphertext_length bytes long.
 * Reads modulus, maximum_wh (public), the counters and their randomness (secret); writes normal, high, scratch.
 * range: maximum_wh = 0 or >= n, normal_wh + high_wh > maximum_wh, a randomness = 0 or >= n.
 * not-invertible: a randomness shares a factor with n.
 * replayed: both counters have the same randomness.
 * Constant time in the counters and their randomness. */
MPRIV_CHECK int mpriv_load_encrypt_day(uint8_t *normal, uint8_t *high, size_t ciphertext_length,
                                       const uint8_t *modulus, size_t modulus_length, uint32_t maximum_wh,
                                       uint32_t normal_wh, uint32_t high_wh, const uint8_t *normal_randomness,
                                       size_t normal_randomness_length, const uint8_t *high_randomness,
                                       size_t high_randomness_length, void *scratch, size_t scratch_length);

/* The opening of the product of the ciphertexts' powers: sum(k m) mod n to value and prod(r^k) mod n to
 * randomness, each opening_length bytes long and at least as long as n.
 * Reads modulus, scalars k (public), values m and randomness r (secret); writes value, randomness, scratch.
 * malformed: count = 0 or > MPRIV_OPENINGS_MAX.
 * range: a value >= n, a randomness = 0 or >= n.
 * not-invertible: a randomness shares a factor with n.
 * Constant time in the values and their randomness. */
MPRIV_CHECK int mpriv_load_combine_openings(uint8_t *value, uint8_t *randomness, size_t opening_length,
                                            const uint8_t *modulus, size_t modulus_length,
                                            const mpriv_opening *openings, size_t count, void *scratch,
                                            size_t scratch_length);

/* What a ciphertext was made of: the plaintext to value, and c^(n^-1 mod lambda) mod n to randomness, each
 * opening_length bytes long and at least p_length + q_length.
 * Reads p, q (secret), ciphertext (public, treated as secret); writes value, randomness, scratch.
 * Errors as mpriv_paillier_decrypt. Constant time in all three. */
MPRIV_CHECK int mpriv_load_recover_opening(uint8_t *value, uint8_t *randomness, size_t opening_length,
                                           const uint8_t *p, size_t p_length, const uint8_t *q,
                                           size_t q_length, const uint8_t *ciphertext,
                                           size_t ciphertext_length, void *scratch, size_t scratch_length);

/* MPRIV_OK if the ciphertext is E(value; randomness).
 * Reads modulus (public), ciphertext, value, randomness (treated as secret); writes scratch.
 * range: ciphertext = 0 or >= n^2, value >= n, randomness = 0 or >= n.
 * not-invertible: the ciphertext or the randomness shares a factor with n.
 * proof-failed: it is another ciphertext.
 * Constant time in ciphertext, value and randomness. */
MPRIV_CHECK int mpriv_load_verify_opening(const uint8_t *modulus, size_t modulus_length,
                                          const uint8_t *ciphertext, size_t ciphertext_length,
                                          const uint8_t *value, size_t value_length,
                                          const uint8_t *randomness, size_t randomness_length, void *scratch,
                                          size_t scratch_length);

/* ---- The comparison ------------------------------------------------------------------------------------ */

/* min(floor(value_wh / unit_wh), levels - 1) + 1 to *level, from 1 to levels.
 * Reads unit_wh, levels (public), value_wh (secret).
 * range: unit_wh = 0, levels < 2 or > 2^32.
 * Constant time in value_wh. */
MPRIV_CHECK int mpriv_load_reading_level(uint64_t *level, uint32_t value_wh, uint32_t unit_wh,
                                         uint64_t levels);

/* E(m; r) = g^m h^r mod n to ciphertext, which holds at least the bytes of n without leading zeros.
 * Reads key (public), plaintext, randomness (secret); writes ciphertext, scratch.
 * range: plaintext >= u, randomness = 0 or >= 2^1280.
 * not-invertible: g or h shares a factor with n.
 * Constant time in plaintext and randomness. */
MPRIV_CHECK int mpriv_load_dgk_encrypt(uint8_t *ciphertext, size_t ciphertext_length,
                                       const mpriv_dgk_key *key, uint32_t plaintext,
                                       const uint8_t *randomness, size_t randomness_length, void *scratch,
                                       size_t scratch_length);

/* The threshold's bits: E(bit i of threshold_level - 1; r_i) to the i-th of count places in ciphertexts, each
 * ciphertext_length bytes long and at least as long as n.
 * Reads key (public), randomness, threshold_level (secret); writes ciphertexts, scratch.
 * malformed: count = 0 or > MPRIV_LEVEL_BITS_MAX.
 * range: u <= 3 count, threshold_level = 0 or > 2^count, a randomness = 0 or >= 2^1280.
 * not-invertible: g or h shares a factor with n.
 * Constant time in randomness and threshold_level. */
MPRIV_CHECK int mpriv_load_dgk_request(uint8_t *ciphertexts, size_t ciphertext_length,
                                       const mpriv_dgk_key *key, const mpriv_bytes *randomness, size_t count,
                                       uint64_t threshold_level, void *scratch, size_t scratch_length);

/* The answer to bits b_i = bits[i]: for c_i = 1 + a_i - b_i + 3 sum over j > i of (a_j xor b_j), and a_i the bits
 * of reading_level - 1, E(rho_i c_i) with the randomness r_i more to the place order[i] of ciphertexts, each
 * ciphertext_length bytes long and at least as long as n. rho_i = multipliers[i].
 * Reads key, bits (public), multipliers, randomness, order, reading_level (secret); writes ciphertexts, scratch.
 * malformed: count = 0 or > MPRIV_LEVEL_BITS_MAX.
 * range: u <= 3 count, bits[i] = 0 or >= n, rho_i = 0 or >= u, a randomness = 0 or >= 2^1280, order no
 * permutation of 0, ..., count - 1, reading_level = 0 or > 2^count.
 * not-invertible: g, h or a bit shares a factor with n.
 * Constant time in multipliers, randomness, order and reading_level. */
MPRIV_CHECK int mpriv_load_dgk_response(uint8_t *ciphertexts, size_t ciphertext_length,
                                        const mpriv_dgk_key *key, const mpriv_bytes *bits,
                                        const uint32_t *multipliers, const mpriv_bytes *randomness,
                                        const uint8_t *order, size_t count, uint64_t reading_level,
                                        void *scratch, size_t scratch_length);

/* MPRIV_OK if the bits are those that mpriv_load_dgk_request makes.
 * Reads key, bits (public), randomness, threshold_level (treated as secret); writes scratch.
 * Errors as mpriv_load_dgk_request; in addition range: bits[i] = 0 or >= n; proof-failed: a bit is another
 * ciphertext.
 * Constant time in randomness and threshold_level. */
MPRIV_CHECK int mpriv_load_dgk_audit(const mpriv_dgk_key *key, const mpriv_bytes *bits,
                                     const mpriv_bytes *randomness, size_t count, uint64_t threshold_level,
                                     void *scratch, size_t scratch_length);

/* 1 to *zero where the ciphertext holds 0, else 0: whether c^v_p mod p and c^v_q mod q are 1.
 * Reads key, ciphertext (secret but for u); writes zero, scratch.
 * range: ciphertext = 0 or >= p q.
 * not-in-group: c^(u v_p) mod p or c^(u v_q) mod q is not 1, or only one of the two above is.
 * Constant time in key and ciphertext. */
MPRIV_CHECK int mpriv_load_dgk_is_zero(uint8_t *zero, const mpriv_dgk_factors *key, const uint8_t *ciphertext,
                                       size_t ciphertext_length, void *scratch, size_t scratch_length);

#endif
