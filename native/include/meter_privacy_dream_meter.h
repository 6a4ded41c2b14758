/* Part of meter_privacy.h, which includes it. A meter's two rounds of DREAM over the slots of one epoch (spec/dream.md, DREAM-54 to DREAM-74), for a modulus
 * 2^b with b up to 64. The caller has taken in the announcement: certificates, signatures and parameters are
 * checked and the epoch's keys derived (DREAM-49, DREAM-58). Nothing is allocated; no state but the two structures. */
#ifndef METER_PRIVACY_DREAM_METER_H
#define METER_PRIVACY_DREAM_METER_H

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
 * M or c > count; m <= N Xmax + 2 T, or T >= 2^52.
 * policy: c > M, 2 M >= N - c.
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
