/* Part of meter_privacy.h, which includes it. The meter's dealing of spec/reporting.md: a reading, masked, and shares
 * of its mask that anybody can verify. Conventions as in meter_privacy.h. */
#ifndef METER_PRIVACY_REPORTING_H
#define METER_PRIVACY_REPORTING_H

#define MPRIV_SERVERS_MAX 31
#define MPRIV_THRESHOLD_MAX 16

/* A report server: its index and its encoded key. */
typedef struct {
    uint32_t index;
    mpriv_bytes public_key;
} mpriv_server;

/* What a dealing is bound to. Public. */
typedef struct {
    const mpriv_group *group;
    const mpriv_server *servers;
    size_t count;
    uint32_t threshold;
    uint32_t maximum_wh;
    uint32_t least;
} mpriv_sharing_roster;

/* Bytes of an encoded element; of a scalar; of randomness for a scalar; of scratch that gives tables of 2^window
 * elements, 1 <= window <= MPRIV_WINDOW_MAX. */
size_t mpriv_group_element_bytes(const mpriv_group *group);
size_t mpriv_group_scalar_bytes(const mpriv_group *group);
size_t mpriv_group_random_bytes(const mpriv_group *group);
size_t mpriv_sharing_scratch_bytes(const mpriv_group *group, unsigned window);

/* The digest that binds dealings to the roster.
 * malformed: count = 0 or > MPRIV_SERVERS_MAX, a key of another length.
 * range: a key that is no number; threshold t outside [2, MPRIV_THRESHOLD_MAX] or > count; indices that do not
 * rise from 1 to min(q, 2^16) - 1; maximum_wh = 0 or >= q; least outside [2, 1024]; a key twice.
 * not-in-group: a key. policy: a key is h, or count < 2 t - 1. */
MPRIV_CHECK int mpriv_sharing_roster_vartime(uint8_t digest[32], const mpriv_sharing_roster *roster,
                                             void *scratch, size_t scratch_length);

/* A dealing: t encoded commitments, the masked reading, count encrypted shares, the challenge and count responses,
 * one after the other without gaps.
 * Reads the roster, node, slot (public), reading_wh, random (secret, used once and wiped by the caller), which has
 * t + count times mpriv_group_random_bytes or more; writes the outputs, scratch.
 * Errors as for the roster; range also: slot >= 2^53, reading_wh > maximum_wh, a random scalar or a share is 0;
 * not-in-group: the masked reading is the neutral element; exhausted: too few random bytes.
 * Constant time in reading_wh and random. */
MPRIV_CHECK int mpriv_sharing_deal(uint8_t *commitments, uint8_t *masked, uint8_t *encrypted,
                                   uint8_t *challenge, uint8_t *responses, const mpriv_sharing_roster *roster,
                                   uint32_t node, uint64_t slot, uint32_t reading_wh, const uint8_t *random,
                                   size_t random_length, void *scratch, size_t scratch_length);

#endif
