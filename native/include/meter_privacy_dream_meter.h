/* Part of meter_privacy.h, which includes it. An epoch of DREAM (spec/dream.md, DREAM-49 to DREAM-75): its keys and
 * values, the supplier's sums, and a meter's two rounds over the slots of the epoch for a modulus 2^b with b up to
 * 64. The library has no X25519 and no Ed25519: the vendor's does the key agreement and verifies certificates,
 * announcement and lists (DREAM-58, DREAM-65), and gives the pairwise keys. Nothing is allocated; no state but the
 * two structures. */
#ifndef METER_PRIVACY_DREAM_METER_H
#define METER_PRIVACY_DREAM_METER_H

/* ---- Keys and values of an epoch ---- */

/* Numbers as in meter_privacy.h. "A short modulus" is 2 <= m <= 2^128, else range; a power of two where said. */

/* HMAC-SHA-256(K, "meter-privacy/dream/1/epoch-key" || 0x00 || digest) to epoch_key: what takes the place of a
 * pairwise key, of the key with the supplier or of the blind key in an epoch.
 * Constant time in key. */
MPRIV_CHECK int mpriv_dream_epoch_key(uint8_t epoch_key[32], const mpriv_hmac_key *key,
                                      const uint8_t digest[32]);

/* The first 8 bytes of PRF(K, "pair", slot) to selection, the other 24 mod m to dummy_key, which holds at least
 * as many bytes as m. m is a short power of two.
 * Constant time in key. */
MPRIV_CHECK int mpriv_dream_pair_values(uint8_t selection[8], uint8_t *dummy_key, size_t dummy_key_length,
                                        const mpriv_hmac_key *key, uint64_t slot, const uint8_t *modulus,
                                        size_t modulus_length);

/* PRF(K, "blind", slot) mod m to blind, which holds at least as many bytes as m. m is a short power of two.
 * Constant time in key. */
MPRIV_CHECK int mpriv_dream_blind(uint8_t *blind, size_t blind_length, const mpriv_hmac_key *key,
                                  uint64_t slot, const uint8_t *modulus, size_t modulus_length);

/* What a meter opens in the second round: sum(node > partner ? key : -key) + blind mod m, over the dummy keys
 * with its missing partners. m is a short modulus. Otherwise as mpriv_dream_mask. */
MPRIV_CHECK int mpriv_dream_recover(uint8_t *recovery, size_t recovery_length, const uint8_t *modulus,
                                    size_t modulus_length, uint32_t node, const mpriv_peer *dummy_keys,
                                    size_t count, const uint8_t *blind, size_t blind_length);

/* HMAC-SHA-256(K, "meter-privacy/dream/1/reply" || 0x00 || digest || node in 4 bytes || slot in 8 bytes || list
 * || recovery in exactly ceil(log2(m) / 8) bytes) to tag. m is a short power of two.
 * Reads key (secret), the rest public. range: recovery >= m.
 * Constant time in key. */
MPRIV_CHECK int mpriv_dream_authenticate_reply(uint8_t tag[32], const mpriv_hmac_key *key,
                                               const uint8_t digest[32], uint32_t node, uint64_t slot,
                                               const uint8_t list[32], const uint8_t *modulus,
                                               size_t modulus_length, const uint8_t *recovery,
                                               size_t recovery_length);

/* M - c, the longest list of missing meters, to *list_limit, if the parameters of a cluster are safe (DREAM-49).
 * Public numbers as for mpriv_dream_check_parameters_vartime; scale_wh is the noise's lambda.
 * range: what is range there, m > 2^128, lambda = 0 or >= 2^52, T < 50 lambda.
 * policy: c > M, 2 M >= N - c, (1 - w / (N - 1))^(N - 1 - M) > 2^-29. */
MPRIV_CHECK int mpriv_dream_check_cluster_vartime(uint32_t *list_limit, uint32_t meters,
                                                  uint32_t tolerated_failures, uint32_t colluders,
                                                  uint32_t expected_partners, uint32_t maximum_wh,
                                                  uint64_t tail_wh, uint64_t scale_wh, const uint8_t *modulus,
                                                  size_t modulus_length);

/* The digest of an epoch (DREAM-52) over public numbers; what mpriv_dream_check_cluster_vartime refuses has
 * none. supplier is the digest of the supplier's certificate, roster that of the roster. */
MPRIV_CHECK int mpriv_dream_epoch_digest_vartime(uint8_t digest[32], uint64_t epoch, uint64_t first_slot,
                                                 const uint8_t supplier[32], const uint8_t roster[32],
                                                 uint32_t meters, uint32_t tolerated_failures,
                                                 uint32_t colluders, uint32_t expected_partners,
                                                 uint32_t maximum_wh, uint64_t tail_wh, uint64_t scale_wh,
                                                 const uint8_t *modulus, size_t modulus_length);

/* ---- The supplier's sums, for m = 2^bits with bits from 1 to 64, else range ---- */

/* PRF(keys[i], "keystream", slot) mod m to keystreams[i].
 * Reads keys (secret), the rest public. Constant time in keys. */
MPRIV_CHECK int mpriv_dream_slot_keystreams(uint64_t *keystreams, uint32_t bits, uint64_t slot,
                                            const mpriv_hmac_key *keys, size_t count);

/* sum(ciphertexts) - sum(keystreams) - sum(recoveries) mod m to *total, read in [-m/2, m/2). Any count > 0,
 * else malformed. range: a number >= m.
 * Constant time in the numbers. */
MPRIV_CHECK int mpriv_dream_slot_total(int64_t *total, uint32_t bits, const uint64_t *ciphertexts,
                                       const uint64_t *keystreams, size_t count, const uint64_t *recoveries,
                                       size_t recovery_count);

/* ---- A meter's two rounds ---- */

/* A number that survives the loss of power and only grows: the vendor's. Both answer 0 for success. */
typedef struct {
    void *context;
    /* The least slot that was not used, 0 in a new meter. */
    int (*read)(void *context, uint64_t *next_slot);
    /* Answers 0 only when read will answer next_slot, or a later one, after any loss of power. */
    int (*write)(void *context, uint64_t next_slot);
} mpriv_counter;

/* An epoch, as announced. The caller keeps it unchanged, and its keys secret. */
typedef struct {
    uint32_t node;
    /* All other meters by increasing node, with the pair's key of the epoch, 32 bytes. */
    const mpriv_peer *peers;
    size_t count;
    /* 32 bytes each: the epoch's keys with the supplier and for the blinds, its digest (public). */
    const uint8_t *supplier_key;
    const uint8_t *blind_key;
    const uint8_t *digest;
    uint64_t first_slot;
    uint64_t last_slot;
    uint64_t tail_wh;
    uint64_t scale_wh;
    uint32_t tolerated_failures;
    uint32_t colluders;
    uint32_t expected_partners;
    uint32_t maximum_wh;
    uint32_t modulus_bits;
} mpriv_dream_epoch;

/* The slot in hand. Opaque; wiped by mpriv_wipe. */
typedef struct {
    uint64_t next_slot;
    uint64_t slot;
    uint64_t ciphertext;
    uint64_t recovery;
    int64_t value_wh;
    uint8_t tag[32];
    uint8_t list[32];
    uint8_t reply_tag[32];
    uint8_t reported;
    uint8_t replied;
} mpriv_dream_member;

/* Starts with the epoch and the slot that the counter holds; again after every loss of power.
 * malformed: count = 0 or > MPRIV_PARTNERS_MAX, a key that is not 32 bytes.
 * range: nodes that do not increase, the own one among them; w = 0 or > count; b = 0 or > 64; Xmax = 0;
 * M or c > count; m <= N Xmax + 2 T, or T >= 2^52; lambda = 0 or T < 50 lambda.
 * policy: c > M, 2 M >= N - c, (1 - w / count)^(count - M) > 2^-29.
 * exhausted: the counter cannot be read. */
MPRIV_CHECK int mpriv_dream_member_start(mpriv_dream_member *member, const mpriv_dream_epoch *epoch,
                                         const mpriv_counter *counter);

/* The first round: the report of a slot and its tag, and whether the reading was clamped, which is not sent.
 * The counter is written before anything is answered; the same slot and value again give the same answer.
 * Reads reading_wh, share_wh and the keys (secret), the rest public.
 * range: the share is outside [-T, T]. expired: slot > last_slot. replayed: the slot was used, or with another
 * value. policy: no partner is selected. state: slot < first_slot.
 * exhausted: the counter could not be written; the slot counts as used.
 * Constant time in reading, share and keys; whether there is a partner, and a value that was sent before is the
 * same, shows. */
MPRIV_CHECK int mpriv_dream_member_report(uint64_t *ciphertext, uint8_t tag[32], uint8_t *clamped,
                                          mpriv_dream_member *member, const mpriv_dream_epoch *epoch,
                                          const mpriv_counter *counter, uint64_t slot, int64_t reading_wh,
                                          int64_t share_wh);

/* The second round: the reply to a list of missing meters and its tag, once a slot. The caller has verified the
 * supplier's signature of this list. The same list again gives the same answer.
 * Reads the keys (secret), the rest public.
 * malformed: count > MPRIV_PARTNERS_MAX. range: nodes that do not increase, are unknown or the own one.
 * expired: the slot is over. replayed: another list was answered. policy: count + c > M. state: not reported.
 * Constant time in keys. */
MPRIV_CHECK int mpriv_dream_member_reply(uint64_t *recovery, uint8_t tag[32], mpriv_dream_member *member,
                                         const mpriv_dream_epoch *epoch, uint64_t slot,
                                         const uint32_t *missing, size_t count);

#endif
