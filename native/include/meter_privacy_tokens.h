/* Part of meter_privacy.h, which includes it. The meter's side of energy tokens and rewards: a token's identity, the
 * answer to a challenge (spec/energy_tokens.md), and the mark that a reward is claimed by (spec/tasking.md).
 * Conventions as in meter_privacy.h. */
#ifndef METER_PRIVACY_TOKENS_H
#define METER_PRIVACY_TOKENS_H

#define MPRIV_TOKEN_BYTES_MAX 2048
#define MPRIV_RESULT_READINGS_MAX 256

/* Bytes of scratch that give tables of 2^window elements, 1 <= window <= MPRIV_WINDOW_MAX. */
size_t mpriv_token_scratch_bytes(const mpriv_group *group, unsigned window);

/* v = g^-s and x = g^r, each encoded in mpriv_group_element_bytes.
 * Reads group (public), secret s and nonce r (secret); writes v, x, scratch.
 * range: s or r is 0 or >= q; r = s or r = q - s.
 * Constant time in secret and nonce. */
MPRIV_CHECK int mpriv_token_identity(uint8_t *v, uint8_t *x, const mpriv_group *group, const uint8_t *secret,
                                     size_t secret_length, const uint8_t *nonce, size_t nonce_length,
                                     void *scratch, size_t scratch_length);

/* The challenge of a spending, in mpriv_group_scalar_bytes: the scalar of the token behind its length, the report's
 * digest, the utility's nonce and a counter. All public.
 * malformed: a token longer than MPRIV_TOKEN_BYTES_MAX. */
MPRIV_CHECK int mpriv_token_challenge_vartime(uint8_t *challenge, const mpriv_group *group,
                                              const uint8_t *token, size_t token_length,
                                              const uint8_t report[32], const uint8_t utility_nonce[32],
                                              void *scratch, size_t scratch_length);

/* The response r + e s mod q to a challenge e, in mpriv_group_scalar_bytes. One token answers one challenge, ever.
 * Reads group, challenge (public), secret, nonce (secret); writes response, scratch.
 * range: one of the three is 0 or >= q.
 * Constant time in secret and nonce. */
MPRIV_CHECK int mpriv_token_respond(uint8_t *response, const mpriv_group *group, const uint8_t *secret,
                                    size_t secret_length, const uint8_t *nonce, size_t nonce_length,
                                    const uint8_t *challenge, size_t challenge_length, void *scratch,
                                    size_t scratch_length);

/* The salted digest of a result, and the mark under the nonce, TASK-13 and TASK-14.
 * Reads task (public), readings, salt, nonce (secret); writes digest, mark.
 * malformed: count = 0 or > MPRIV_RESULT_READINGS_MAX. replayed: salt and nonce are the same.
 * Constant time in readings, salt and nonce. */
MPRIV_CHECK int mpriv_task_mark(uint8_t digest[32], uint8_t mark[32], const uint8_t task[16],
                                const uint32_t *readings, size_t count, const uint8_t salt[32],
                                const uint8_t nonce[32]);

#endif
