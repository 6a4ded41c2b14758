/* Groups of prime order inside the library. Not installed. */
#ifndef METER_PRIVACY_GROUP_H
#define METER_PRIVACY_GROUP_H

#include "internal.h"

/* A group with the memory to compute in it. An element has `width` limbs: a residue modulo p in Montgomery form,
 * or X, Y and Z of a point in that form, Y^2 Z = X^3 - 3 X Z^2 + b Z^3, which is neutral where Z = 0. */
typedef struct {
    const mpriv_group *group;
    mpriv_modular field;   /* modulo p */
    mpriv_modular scalars; /* modulo q */
    mpriv_limb *one;       /* the Montgomery form of 1 modulo p */
    mpriv_limb *b;         /* of a curve only, as temporary, which has 8n limbs */
    mpriv_limb *temporary;
    mpriv_limb *hashed; /* for mpriv_group_hash_end */
    mpriv_limb *chosen; /* an element, for look-ups */
    mpriv_limb *table;
    size_t width;
    size_t q_bits;
    size_t wide_bytes; /* of a number that reduces to an even scalar: 128 bits more than q has */
    unsigned window;
} mpriv_group_room;

/* Limbs of an element. Bytes of scratch for a room, extra limbs and a table of 2^window elements. */
size_t mpriv_group_width(const mpriv_group *group);
size_t mpriv_group_scratch(const mpriv_group *group, size_t extra, unsigned window);
/* Sets the room up in the caller's scratch, of which extra limbs are left to take. The more scratch the larger the
 * table: MPRIV_ERROR_SCRATCH where there is none for two elements. */
MPRIV_CHECK int mpriv_group_open(mpriv_group_room *room, mpriv_arena *arena, const mpriv_group *group,
                                 void *scratch, size_t scratch_length, size_t extra);

/* z = what bytes encode, which are public and as many as an element has: MPRIV_ERROR_RANGE for a number that is
 * none, MPRIV_ERROR_NOT_IN_GROUP for no point of the curve; and whether it is of order q. */
MPRIV_CHECK int mpriv_group_load_vartime(const mpriv_group_room *room, mpriv_limb *z, const uint8_t *bytes,
                                         size_t length);
int mpriv_group_member_vartime(const mpriv_group_room *room, const mpriv_limb *z);
/* bytes[0..element_bytes) = x & mask, which loses its value; returns the bit that x is neutral, for which the
 * bytes mean nothing. */
mpriv_limb mpriv_group_encode(const mpriv_group_room *room, uint8_t *bytes, mpriv_limb *x, mpriv_limb mask);
/* z = x y. z may be x, but not y, unless all three are the same. */
void mpriv_group_multiply(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                          const mpriv_limb *y);
/* z = x^scalar for a scalar of as many limbs as q. z may be x. */
void mpriv_group_power(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                       const mpriv_limb *scalar);

/* z = the number in the bytes; returns the bit that it is not below q. */
mpriv_limb mpriv_group_scalar(const mpriv_group_room *room, mpriv_limb *z, const uint8_t *bytes,
                              size_t length);
/* z = the number in wide_bytes bytes, modulo q. */
void mpriv_group_scalar_wide(const mpriv_group_room *room, mpriv_limb *z, const uint8_t *bytes);
/* z = x y modulo q, for x and y below q. z may be x, but not y. */
void mpriv_group_scalar_multiply(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                                 const mpriv_limb *y);

/* expand_message_xmd of RFC 9380 with SHA-256 over what is hashed between begin and end, under a domain of at most
 * 255 bytes. stream has room for length rounded up to a multiple of 32. */
void mpriv_expand_begin(mpriv_sha256 *hash);
void mpriv_expand_end(uint8_t *stream, size_t length, mpriv_sha256 *hash, const char *label,
                      size_t label_length);
/* z = the scalar of what was hashed since mpriv_expand_begin (REPORT-4). */
void mpriv_group_hash_end(const mpriv_group_room *room, mpriv_limb *z, mpriv_sha256 *hash, const char *label,
                          size_t label_length);

#endif
