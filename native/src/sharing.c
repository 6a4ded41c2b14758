/* A meter's dealing: Schoenmakers' publicly verifiable sharing of the mask of a reading. */
#include "group.h"

static const char sharing_domain[] = "meter-privacy/reporting/1/";
#define DOMAIN_BYTES (sizeof sharing_domain - 1U)

/* A room, and what dealings keep beside it. */
typedef struct {
    mpriv_arena arena;
    mpriv_group_room room;
    mpriv_limb *x, *y;         /* elements */
    mpriv_limb *share, *w, *t; /* scalars */
    mpriv_limb *index, *challenge;
    uint8_t *encoding;
} dealer;

size_t mpriv_group_scalar_bytes(const mpriv_group *group) {
    return group->q.length;
}

size_t mpriv_group_random_bytes(const mpriv_group *group) {
    size_t bits = 8U * group->q.length;
    uint8_t top = group->q.data[0];
    while ((top & 0x80U) == 0U) {
        top = (uint8_t)(top << 1);
        bits--;
    }
    return (bits + 128U + 7U) / 8U;
}

static size_t dealer_limbs(const mpriv_group *group) {
    return 2U * mpriv_group_width(group) + 5U * MPRIV_LIMBS(group->q.length) +
           MPRIV_LIMBS(mpriv_group_element_bytes(group));
}

size_t mpriv_sharing_scratch_bytes(const mpriv_group *group, unsigned window) {
    return mpriv_group_scratch(group, dealer_limbs(group), window);
}

static int dealer_open(dealer *d, const mpriv_group *group, void *scratch, size_t scratch_length) {
    const size_t width = mpriv_group_width(group), q_n = MPRIV_LIMBS(group->q.length);
    const int code =
        mpriv_group_open(&d->room, &d->arena, group, scratch, scratch_length, dealer_limbs(group));
    if (code != MPRIV_OK) {
        return code;
    }
    d->x = mpriv_take(&d->arena, width);
    d->y = mpriv_take(&d->arena, width);
    d->share = mpriv_take(&d->arena, q_n);
    d->w = mpriv_take(&d->arena, q_n);
    d->t = mpriv_take(&d->arena, q_n);
    d->index = mpriv_take(&d->arena, q_n);
    d->challenge = mpriv_take(&d->arena, q_n);
    d->encoding = (uint8_t *)mpriv_take(&d->arena, MPRIV_LIMBS(mpriv_group_element_bytes(group)));
    return MPRIV_OK;
}

static void hash_number(mpriv_sha256 *hash, uint64_t number, unsigned length) {
    uint8_t bytes[8];
    unsigned i;
    for (i = length; i-- > 0U;) {
        bytes[i] = (uint8_t)number;
        number >>= 8;
    }
    mpriv_sha256_update(hash, bytes, length);
}

static int same_vartime(const uint8_t *a, const uint8_t *b, size_t length) {
    while (length > 0U && a[length - 1U] == b[length - 1U]) {
        length--;
    }
    return length == 0U;
}

/* z = a small number modulo q, which is larger. */
static void set_word(const mpriv_group_room *room, mpriv_limb *z, uint32_t word) {
    uint8_t bytes[4];
    unsigned i;
    for (i = 4U; i-- > 0U;) {
        bytes[i] = (uint8_t)word;
        word >>= 8;
    }
    (void)mpriv_load(z, room->scalars.n, bytes, sizeof bytes);
}

/* The bit that the number is below q. */
static mpriv_limb below_order(const mpriv_group *group, uint32_t number) {
    const mpriv_bytes *q = &group->q;
    uint32_t low = 0;
    size_t i;
    if (q->length > 4U) {
        return 1U;
    }
    for (i = 0; i < q->length; i++) {
        low = low << 8 | q->data[i];
    }
    return number < low;
}

/* Lengths and numbers of a roster, before its keys are looked at. */
static int check_fields_vartime(const mpriv_sharing_roster *roster) {
    const mpriv_group *group = roster->group;
    const size_t length = mpriv_group_element_bytes(group);
    size_t i, j;
    if (roster->count == 0U || roster->count > MPRIV_SERVERS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (i = 0; i < roster->count; i++) {
        if (roster->servers[i].public_key.length != length) {
            return MPRIV_ERROR_MALFORMED;
        }
    }
    if (roster->threshold < 2U || roster->threshold > MPRIV_THRESHOLD_MAX ||
        roster->threshold > roster->count || roster->maximum_wh == 0U ||
        below_order(group, roster->maximum_wh) == 0U || roster->least < 2U || roster->least > 1024U) {
        return MPRIV_ERROR_RANGE;
    }
    for (i = 0; i < roster->count; i++) {
        const mpriv_server *server = roster->servers + i;
        if (server->index <= (i == 0U ? 0U : server[-1].index) || server->index > 0xffffU ||
            below_order(group, server->index) == 0U) {
            return MPRIV_ERROR_RANGE;
        }
        for (j = 0; j < i; j++) {
            if (same_vartime(server->public_key.data, roster->servers[j].public_key.data, length)) {
                return MPRIV_ERROR_RANGE;
            }
        }
    }
    return MPRIV_OK;
}

/* The keys: all are numbers, then all are in the group, none is h, and there are enough of them. */
static int check_keys_vartime(const dealer *d, const mpriv_sharing_roster *roster) {
    const mpriv_bytes *h = &roster->group->independent;
    int found = MPRIV_OK;
    size_t i;
    for (i = 0; i < roster->count; i++) {
        const mpriv_bytes *key = &roster->servers[i].public_key;
        const int code = mpriv_group_load_vartime(&d->room, d->x, key->data, key->length);
        if (code == MPRIV_ERROR_RANGE) {
            return code;
        }
        if (code != MPRIV_OK || !mpriv_group_member_vartime(&d->room, d->x)) {
            found = MPRIV_ERROR_NOT_IN_GROUP;
        }
    }
    for (i = 0; found == MPRIV_OK && i < roster->count; i++) {
        if (same_vartime(roster->servers[i].public_key.data, h->data, h->length) ||
            roster->count + 1U < 2U * (size_t)roster->threshold) {
            found = MPRIV_ERROR_POLICY;
        }
    }
    return found;
}

static void roster_digest(uint8_t digest[32], const mpriv_sharing_roster *roster) {
    static const char label[] = "sharing-roster";
    const mpriv_group *group = roster->group;
    mpriv_sha256 hash;
    size_t i;
    mpriv_sha256_init(&hash);
    mpriv_sha256_update(&hash, (const uint8_t *)sharing_domain, DOMAIN_BYTES);
    mpriv_sha256_update(&hash, (const uint8_t *)label, sizeof label);
    hash_number(&hash, group->name.length, 1U);
    mpriv_sha256_update(&hash, group->name.data, group->name.length);
    mpriv_sha256_update(&hash, group->generator.data, group->generator.length);
    mpriv_sha256_update(&hash, group->independent.data, group->independent.length);
    hash_number(&hash, roster->maximum_wh, 4U);
    hash_number(&hash, roster->least, 2U);
    hash_number(&hash, roster->threshold, 2U);
    hash_number(&hash, roster->count, 2U);
    for (i = 0; i < roster->count; i++) {
        hash_number(&hash, roster->servers[i].index, 2U);
        mpriv_sha256_update(&hash, roster->servers[i].public_key.data, roster->servers[i].public_key.length);
    }
    mpriv_sha256_final(&hash, digest);
}

static int absent_roster(const mpriv_sharing_roster *roster) {
    size_t i;
    if (roster == NULL || roster->group == NULL || mpriv_absent(roster->servers, roster->count)) {
        return 1;
    }
    for (i = 0; i < roster->count && i < MPRIV_SERVERS_MAX; i++) {
        if (mpriv_absent(roster->servers[i].public_key.data, roster->servers[i].public_key.length)) {
            return 1;
        }
    }
    return 0;
}

int mpriv_sharing_roster_vartime(uint8_t digest[32], const mpriv_sharing_roster *roster, void *scratch,
                                 size_t scratch_length) {
    dealer d;
    int code;
    if (digest == NULL || absent_roster(roster)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_fields_vartime(roster);
    if (code == MPRIV_OK) {
        code = dealer_open(&d, roster->group, scratch, scratch_length);
        if (code != MPRIV_OK) {
            return code;
        }
        code = check_keys_vartime(&d, roster);
        mpriv_arena_wipe(&d.arena);
    }
    if (code != MPRIV_OK) {
        return mpriv_refuse(digest, 32U, code);
    }
    roster_digest(digest, roster);
    return MPRIV_OK;
}

/* z = the k-th random scalar; returns the bit that it is 0. */
static mpriv_limb draw_scalar(const dealer *d, mpriv_limb *z, const uint8_t *random, size_t k) {
    mpriv_group_scalar_wide(&d->room, z, random + k * d->room.wide_bytes);
    return mpriv_any(z, d->room.scalars.n) ^ 1U;
}

/* share = the polynomial at a server's index; returns the bit that it is 0. */
static mpriv_limb evaluate_share(const dealer *d, const uint8_t *random, uint32_t threshold, uint32_t index) {
    const mpriv_modular *scalars = &d->room.scalars;
    uint32_t j = threshold;
    set_word(&d->room, d->index, index);
    mpriv_modular_multiply(scalars, d->index, d->index, scalars->two_r, 1U);
    memset(d->share, 0, scalars->n * sizeof *d->share);
    while (j-- > 0U) {
        mpriv_modular_multiply(scalars, d->share, d->share, d->index, 1U);
        (void)draw_scalar(d, d->t, random, j);
        mpriv_modular_add(scalars, d->share, d->share, d->t, 1U);
    }
    return mpriv_any(d->share, scalars->n) ^ 1U;
}

/* The bit that one of so many random scalars is 0, or a share where all coefficients are there. */
static mpriv_limb drawn_zero(const dealer *d, const mpriv_sharing_roster *roster, const uint8_t *random,
                             size_t count) {
    mpriv_limb zero = 0;
    size_t i;
    for (i = 0; i < count; i++) {
        zero = (mpriv_limb)(zero | draw_scalar(d, d->t, random, i));
    }
    for (i = 0; count >= roster->threshold && i < roster->count; i++) {
        zero = (mpriv_limb)(zero | evaluate_share(d, random, roster->threshold, roster->servers[i].index));
    }
    return zero;
}

static void load_constant(const dealer *d, mpriv_limb *z, const mpriv_bytes *element) {
    const int code = mpriv_group_load_vartime(&d->room, z, element->data, element->length);
    (void)code;
}

/* Hashes base^scalar, and writes it to bytes where it is sent. */
static void hash_power(const dealer *d, mpriv_sha256 *hash, uint8_t *bytes, const mpriv_limb *base,
                       const mpriv_limb *scalar) {
    uint8_t *encoding = bytes == NULL ? d->encoding : bytes;
    mpriv_group_power(&d->room, d->y, base, scalar);
    (void)mpriv_group_encode(&d->room, encoding, d->y, mpriv_mask(1U));
    mpriv_sha256_update(hash, encoding, mpriv_group_element_bytes(d->room.group));
}

/* Clears what must not be seen, without a branch. */
static void keep_masked(uint8_t *bytes, size_t length, mpriv_limb mask) {
    size_t i;
    for (i = 0; i < length; i++) {
        bytes[i] &= (uint8_t)mask;
    }
}

/* range: the bit that the reading, a random scalar or a share is out of range. */
static int deal(const dealer *d, uint8_t *commitments, uint8_t *masked, uint8_t *encrypted,
                uint8_t *challenge, uint8_t *responses, const mpriv_sharing_roster *roster, uint32_t node,
                uint64_t slot, uint32_t reading_wh, const uint8_t *random, mpriv_limb range) {
    static const char label[] = "meter-privacy/reporting/1/dealing";
    const mpriv_group *group = roster->group;
    const mpriv_group_room *room = &d->room;
    const size_t length = mpriv_group_element_bytes(group), q_length = group->q.length, q_n = room->scalars.n;
    uint8_t digest[32];
    mpriv_sha256 hash;
    mpriv_limb neutral, good;
    size_t i;
    roster_digest(digest, roster);
    mpriv_expand_begin(&hash);
    mpriv_sha256_update(&hash, digest, sizeof digest);
    hash_number(&hash, node, 4U);
    hash_number(&hash, slot, 8U);
    load_constant(d, d->x, &group->generator);
    for (i = 0; i < roster->threshold; i++) {
        (void)draw_scalar(d, d->t, random, i);
        hash_power(d, &hash, commitments + i * length, d->x, d->t);
    }
    /* U = h^s g^reading */
    set_word(room, d->t, reading_wh);
    mpriv_group_power(room, d->y, d->x, d->t);
    load_constant(d, d->x, &group->independent);
    (void)draw_scalar(d, d->t, random, 0);
    mpriv_group_power(room, d->x, d->x, d->t);
    mpriv_group_multiply(room, d->x, d->x, d->y);
    neutral = mpriv_group_encode(room, masked, d->x, mpriv_mask(1U));
    mpriv_sha256_update(&hash, masked, length);
    for (i = 0; i < roster->count; i++) {
        const mpriv_server *server = roster->servers + i;
        (void)evaluate_share(d, random, roster->threshold, server->index);
        (void)draw_scalar(d, d->w, random, roster->threshold + i);
        load_constant(d, d->x, &group->generator);
        hash_power(d, &hash, NULL, d->x, d->share);
        load_constant(d, d->x, &server->public_key);
        hash_power(d, &hash, encrypted + i * length, d->x, d->share);
        load_constant(d, d->x, &group->generator);
        hash_power(d, &hash, NULL, d->x, d->w);
        load_constant(d, d->x, &server->public_key);
        hash_power(d, &hash, NULL, d->x, d->w);
    }
    mpriv_group_hash_end(room, d->challenge, &hash, label, sizeof label - 1U);
    mpriv_store(challenge, q_length, d->challenge, q_n, mpriv_mask(1U));
    mpriv_modular_multiply(&room->scalars, d->challenge, d->challenge, room->scalars.two_r, 1U);
    for (i = 0; i < roster->count; i++) {
        (void)evaluate_share(d, random, roster->threshold, roster->servers[i].index);
        (void)draw_scalar(d, d->w, random, roster->threshold + i);
        /* z = w - c f(i) */
        mpriv_modular_multiply(&room->scalars, d->share, d->share, d->challenge, 1U);
        mpriv_modular_subtract(&room->scalars, d->w, d->w, d->share, 1U);
        mpriv_store(responses + i * q_length, q_length, d->w, q_n, mpriv_mask(1U));
    }
    good = mpriv_mask((mpriv_limb)((range | neutral) ^ 1U));
    keep_masked(commitments, roster->threshold * length, good);
    keep_masked(masked, length, good);
    keep_masked(encrypted, roster->count * length, good);
    keep_masked(challenge, q_length, good);
    keep_masked(responses, roster->count * q_length, good);
    return mpriv_code_of(range, neutral, MPRIV_ERROR_NOT_IN_GROUP);
}

int mpriv_sharing_deal(uint8_t *commitments, uint8_t *masked, uint8_t *encrypted, uint8_t *challenge,
                       uint8_t *responses, const mpriv_sharing_roster *roster, uint32_t node, uint64_t slot,
                       uint32_t reading_wh, const uint8_t *random, size_t random_length, void *scratch,
                       size_t scratch_length) {
    dealer d;
    mpriv_limb range;
    int code;
    if (commitments == NULL || masked == NULL || encrypted == NULL || challenge == NULL ||
        responses == NULL || absent_roster(roster) || mpriv_absent(random, random_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = check_fields_vartime(roster);
    if (code == MPRIV_OK) {
        code = dealer_open(&d, roster->group, scratch, scratch_length);
        if (code != MPRIV_OK) {
            return code;
        }
        const size_t needed = roster->threshold + roster->count;
        size_t given = 0;
        while (given < needed && (given + 1U) * d.room.wide_bytes <= random_length) {
            given++;
        }
        range = (mpriv_limb)(((uint64_t)roster->maximum_wh - reading_wh) >> 63);
        range = (mpriv_limb)(range | (slot >> 53 != 0U));
        range = (mpriv_limb)(range | drawn_zero(&d, roster, random, given));
        code = check_keys_vartime(&d, roster);
        if (code == MPRIV_OK && given < needed) {
            code = MPRIV_ERROR_EXHAUSTED;
        }
        if (code == MPRIV_OK) {
            code = deal(&d, commitments, masked, encrypted, challenge, responses, roster, node, slot,
                        reading_wh, random, range);
            mpriv_arena_wipe(&d.arena);
            return code;
        }
        code = mpriv_code_of(range, 1U, code);
        mpriv_arena_wipe(&d.arena);
    }
    {
        /* What the outputs have room for is known only where the lists are not too long. */
        const size_t length = mpriv_group_element_bytes(roster->group), q_length = roster->group->q.length;
        const size_t t = roster->threshold < MPRIV_THRESHOLD_MAX ? roster->threshold : MPRIV_THRESHOLD_MAX;
        const size_t count = roster->count < MPRIV_SERVERS_MAX ? roster->count : MPRIV_SERVERS_MAX;
        memset(commitments, 0, t * length);
        memset(masked, 0, length);
        memset(encrypted, 0, count * length);
        memset(challenge, 0, q_length);
        memset(responses, 0, count * q_length);
    }
    return code;
}
