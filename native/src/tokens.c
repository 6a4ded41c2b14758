/* Energy tokens and rewards: what a meter makes and answers. */
#include "group.h"

/* A room with an element and three scalars. */
typedef struct {
    mpriv_arena arena;
    mpriv_group_room room;
    mpriv_limb *element;
    mpriv_limb *a, *b, *c;
} purse;

static size_t purse_limbs(const mpriv_group *group) {
    return mpriv_group_width(group) + 3U * MPRIV_LIMBS(group->q.length);
}

size_t mpriv_token_scratch_bytes(const mpriv_group *group, unsigned window) {
    return mpriv_group_scratch(group, purse_limbs(group), window);
}

static int purse_open(purse *p, const mpriv_group *group, void *scratch, size_t scratch_length) {
    const size_t q_n = MPRIV_LIMBS(group->q.length);
    const int code =
        mpriv_group_open(&p->room, &p->arena, group, scratch, scratch_length, purse_limbs(group));
    if (code != MPRIV_OK) {
        return code;
    }
    p->element = mpriv_take(&p->arena, mpriv_group_width(group));
    p->a = mpriv_take(&p->arena, q_n);
    p->b = mpriv_take(&p->arena, q_n);
    p->c = mpriv_take(&p->arena, q_n);
    return MPRIV_OK;
}

/* z = the number in the bytes; returns the bit that it is not in [1, q). */
static mpriv_limb purse_scalar(const purse *p, mpriv_limb *z, const uint8_t *bytes, size_t length) {
    const mpriv_limb above = mpriv_group_scalar(&p->room, z, bytes, length);
    return (mpriv_limb)(above | (mpriv_any(z, p->room.scalars.n) ^ 1U));
}

/* g^scalar & mask to bytes. */
static void purse_power(const purse *p, uint8_t *bytes, const mpriv_limb *scalar, mpriv_limb mask) {
    const mpriv_bytes *g = &p->room.group->generator;
    const int code = mpriv_group_load_vartime(&p->room, p->element, g->data, g->length);
    (void)code;
    mpriv_group_power(&p->room, p->element, p->element, scalar);
    (void)mpriv_group_encode(&p->room, bytes, p->element, mask);
}

int mpriv_token_identity(uint8_t *v, uint8_t *x, const mpriv_group *group, const uint8_t *secret,
                         size_t secret_length, const uint8_t *nonce, size_t nonce_length, void *scratch,
                         size_t scratch_length) {
    purse p;
    mpriv_limb range, mask;
    size_t n;
    int code;
    if (v == NULL || x == NULL || group == NULL || mpriv_absent(secret, secret_length) ||
        mpriv_absent(nonce, nonce_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = purse_open(&p, group, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    n = p.room.scalars.n;
    range = purse_scalar(&p, p.a, secret, secret_length);
    range = (mpriv_limb)(range | purse_scalar(&p, p.b, nonce, nonce_length));
    range = (mpriv_limb)(range | mpriv_equal(p.a, p.b, n));
    (void)mpriv_subtract(p.c, p.room.scalars.m, p.a, n);
    range = (mpriv_limb)(range | mpriv_equal(p.c, p.b, n));
    mask = mpriv_mask((mpriv_limb)(range ^ 1U));
    purse_power(&p, v, p.c, mask);
    purse_power(&p, x, p.b, mask);
    mpriv_arena_wipe(&p.arena);
    return mpriv_code(range, 0);
}

int mpriv_token_challenge_vartime(uint8_t *challenge, const mpriv_group *group, const uint8_t *token,
                                  size_t token_length, const uint8_t report[32],
                                  const uint8_t utility_nonce[32], void *scratch, size_t scratch_length) {
    static const char label[] = "meter-privacy/energy-tokens/1/challenge";
    purse p;
    uint8_t length[4] = {0}, attempt = 0;
    int code;
    if (challenge == NULL || group == NULL || mpriv_absent(token, token_length) || report == NULL ||
        utility_nonce == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (token_length > MPRIV_TOKEN_BYTES_MAX) {
        return mpriv_refuse(challenge, group->q.length, MPRIV_ERROR_MALFORMED);
    }
    code = purse_open(&p, group, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    length[2] = (uint8_t)(token_length >> 8);
    length[3] = (uint8_t)token_length;
    do {
        mpriv_sha256 hash;
        mpriv_expand_begin(&hash);
        mpriv_sha256_update(&hash, length, sizeof length);
        mpriv_sha256_update(&hash, token, token_length);
        mpriv_sha256_update(&hash, report, 32U);
        mpriv_sha256_update(&hash, utility_nonce, 32U);
        mpriv_sha256_update(&hash, &attempt, 1U);
        mpriv_group_hash_end(&p.room, p.a, &hash, label, sizeof label - 1U);
        attempt++;
    } while (mpriv_any(p.a, p.room.scalars.n) == 0U);
    mpriv_store(challenge, group->q.length, p.a, p.room.scalars.n, mpriv_mask(1U));
    mpriv_arena_wipe(&p.arena);
    return MPRIV_OK;
}

int mpriv_token_respond(uint8_t *response, const mpriv_group *group, const uint8_t *secret,
                        size_t secret_length, const uint8_t *nonce, size_t nonce_length,
                        const uint8_t *challenge, size_t challenge_length, void *scratch,
                        size_t scratch_length) {
    purse p;
    mpriv_limb range;
    int code;
    if (response == NULL || group == NULL || mpriv_absent(secret, secret_length) ||
        mpriv_absent(nonce, nonce_length) || mpriv_absent(challenge, challenge_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = purse_open(&p, group, scratch, scratch_length);
    if (code != MPRIV_OK) {
        return code;
    }
    range = purse_scalar(&p, p.a, secret, secret_length);
    range = (mpriv_limb)(range | purse_scalar(&p, p.b, nonce, nonce_length));
    range = (mpriv_limb)(range | purse_scalar(&p, p.c, challenge, challenge_length));
    mpriv_group_scalar_multiply(&p.room, p.c, p.c, p.a);
    mpriv_modular_add(&p.room.scalars, p.c, p.c, p.b, 1U);
    mpriv_store(response, group->q.length, p.c, p.room.scalars.n, mpriv_mask((mpriv_limb)(range ^ 1U)));
    mpriv_arena_wipe(&p.arena);
    return mpriv_code(range, 0);
}

/* ---- Rewards ------------------------------------------------------------------------------------------- */

static const char tasking_domain[] = "meter-privacy/tasking/1/";

/* Begins HMAC(key, D || label || 00 ...); length counts the label's final zero. */
static void begin_labelled(mpriv_sha256 *hash, mpriv_hmac_key *prepared, const uint8_t key[32],
                           const char *label, size_t length) {
    mpriv_hmac_prepare(prepared, key, 32U);
    mpriv_hmac_init(hash, prepared);
    mpriv_sha256_update(hash, (const uint8_t *)tasking_domain, sizeof tasking_domain - 1U);
    mpriv_sha256_update(hash, (const uint8_t *)label, length);
}

int mpriv_task_mark(uint8_t digest[32], uint8_t mark[32], const uint8_t task[16], const uint32_t *readings,
                    size_t count, const uint8_t salt[32], const uint8_t nonce[32]) {
    mpriv_hmac_key prepared;
    mpriv_sha256 hash;
    uint8_t number[4], differs = 0;
    uint32_t same;
    size_t i;
    if (digest == NULL || mark == NULL || task == NULL || (readings == NULL && count != 0U) || salt == NULL ||
        nonce == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    if (count == 0U || count > MPRIV_RESULT_READINGS_MAX) {
        memset(mark, 0, 32U);
        return mpriv_refuse(digest, 32U, MPRIV_ERROR_MALFORMED);
    }
    begin_labelled(&hash, &prepared, salt, "result", sizeof "result");
    mpriv_sha256_update(&hash, task, 16U);
    number[0] = (uint8_t)(count >> 8);
    number[1] = (uint8_t)count;
    mpriv_sha256_update(&hash, number, 2U);
    for (i = 0; i < count; i++) {
        number[0] = (uint8_t)(readings[i] >> 24);
        number[1] = (uint8_t)(readings[i] >> 16);
        number[2] = (uint8_t)(readings[i] >> 8);
        number[3] = (uint8_t)readings[i];
        mpriv_sha256_update(&hash, number, 4U);
    }
    mpriv_hmac_final(&hash, &prepared, digest);
    begin_labelled(&hash, &prepared, nonce, "mark", sizeof "mark");
    mpriv_sha256_update(&hash, digest, 32U);
    mpriv_hmac_final(&hash, &prepared, mark);
    for (i = 0; i < 32U; i++) {
        differs = (uint8_t)(differs | (salt[i] ^ nonce[i]));
    }
    same = mpriv_barrier32(((uint32_t)differs - 1U) >> 31);
    for (i = 0; i < 32U; i++) {
        digest[i] &= (uint8_t)(same - 1U);
        mark[i] &= (uint8_t)(same - 1U);
    }
    mpriv_wipe(&prepared, sizeof prepared);
    mpriv_wipe(number, sizeof number);
    return -(int)(same * (uint32_t)-MPRIV_ERROR_REPLAYED);
}
