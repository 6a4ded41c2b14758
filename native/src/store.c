/* Encryption in two halves: powers r^n made beforehand and kept in non-volatile memory, each for one use.
 *
 * A record is rho0 B^n mod n, rho0 and rho1, each as long as n, for r^n = rho0 + rho1 n modulo n^2: then
 * (1 + m n) r^n = rho0 + (rho1 + m rho0 mod n) n. */
#include "internal.h"

#define DRAWS 128U /* each is below n with probability at least 1/2 */

#if MPRIV_EXTERNAL_RANDOM
static int linked(void *context, uint8_t *bytes, size_t length) {
    (void)context;
    return mpriv_external_random(bytes, length);
}
#endif

/* The bit that both are the same. */
static uint32_t same(const uint8_t *a, const uint8_t *b, size_t length) {
    uint32_t difference = 0;
    size_t i;
    for (i = 0; i < length; i++) {
        difference |= (uint32_t)(a[i] ^ b[i]);
    }
    return mpriv_barrier32(difference - 1U) >> 31;
}

/* r uniform in [1, n) to bytes; a source that fails, or repeats itself, ends it. before is for the draw before. How
 * often was drawn may show: it says nothing about the last draw. */
static int draw(uint8_t *bytes, uint8_t *before, const mpriv_source *source, const uint8_t *modulus,
                size_t length) {
    unsigned top = 0xFFU, tries;
    while ((top >> 1) >= modulus[0]) {
        top >>= 1;
    }
    if (source->random(source->context, before, length) != 0) {
        return MPRIV_ERROR_EXHAUSTED;
    }
    for (tries = 0; tries < DRAWS; tries++) {
        uint32_t borrow = 0, any = 0;
        size_t i;
        if (source->random(source->context, bytes, length) != 0 ||
            mpriv_declassified(same(bytes, before, length)) != 0U) {
            return MPRIV_ERROR_EXHAUSTED;
        }
        memcpy(before, bytes, length);
        bytes[0] = (uint8_t)(bytes[0] & top);
        for (i = length; i-- > 0U;) {
            borrow = (((uint32_t)bytes[i] - modulus[i] - borrow) >> 8) & 1U;
            any |= bytes[i];
        }
        if (mpriv_declassified(borrow & mpriv_barrier32((any + 0xFFU) >> 8)) != 0U) {
            return MPRIV_OK;
        }
    }
    return MPRIV_ERROR_EXHAUSTED;
}

int mpriv_offline_fill(const mpriv_memory *memory, size_t slot, const mpriv_source *source,
                       const uint8_t *modulus, size_t modulus_length, uint8_t *record, size_t record_length,
                       void *scratch, size_t scratch_length) {
    uint8_t r[MPRIV_MODULUS_BYTES_MAX] = {0}, before[MPRIV_MODULUS_BYTES_MAX];
    int code;
#if MPRIV_EXTERNAL_RANDOM
    static const mpriv_source external = {NULL, linked};
    source = source == NULL ? &external : source;
#endif
    if (memory == NULL || source == NULL || record == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(record, record_length, code);
    }
    if (slot >= memory->slots || record_length != 3U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    code = draw(r, before, source, modulus, modulus_length);
    if (code == MPRIV_OK) {
        code = mpriv_offline_power(record, record_length, modulus, modulus_length, r, modulus_length, scratch,
                                   scratch_length);
        code = -(int)mpriv_declassified((uint32_t)-code);
    }
    if (code == MPRIV_OK && memory->write(memory->context, slot, record, record_length) != 0) {
        code = MPRIV_ERROR_STATE;
    }
    mpriv_wipe(r, sizeof r);
    mpriv_wipe(before, sizeof before);
    mpriv_wipe(record, record_length);
    return code;
}

int mpriv_offline_take(uint8_t *record, size_t record_length, const mpriv_memory *memory) {
    int code = MPRIV_ERROR_EXHAUSTED;
    size_t slot;
    if (record == NULL || memory == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    for (slot = 0; slot < memory->slots && code == MPRIV_ERROR_EXHAUSTED; slot++) {
        const int found = memory->read(memory->context, slot, record, record_length);
        if (found == 1) {
            /* Burnt, and seen to be, before anybody gets it: after a loss of power it is lost, not used twice. */
            code =
                memory->burn(memory->context, slot) == 0 && memory->read(memory->context, slot, NULL, 0U) == 0
                    ? MPRIV_OK
                    : MPRIV_ERROR_STATE;
        } else if (found != 0) {
            code = MPRIV_ERROR_STATE;
        }
    }
    if (code != MPRIV_OK) {
        mpriv_wipe(record, record_length);
    }
    return code;
}

int mpriv_paillier_encrypt_online(uint8_t *ciphertext, size_t ciphertext_length, const uint8_t *modulus,
                                  size_t modulus_length, const uint8_t *plaintext, size_t plaintext_length,
                                  const uint8_t *record, size_t record_length, void *scratch,
                                  size_t scratch_length) {
    mpriv_arena arena;
    mpriv_limb *n, *m, *x, *t, range, top, ignored;
    size_t limbs;
    int code;
    if (ciphertext == NULL || record == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(plaintext, plaintext_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(ciphertext, ciphertext_length, code);
    }
    if (ciphertext_length < 2U * modulus_length || record_length != 3U * modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    limbs = MPRIV_LIMBS(modulus_length);
    if (mpriv_arena_init(&arena, scratch, scratch_length, 5U * limbs, 0U, 0U) == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    n = mpriv_take(&arena, limbs);
    m = mpriv_take(&arena, limbs);
    x = mpriv_take(&arena, limbs);
    t = mpriv_take(&arena, 2U * limbs);
    (void)mpriv_load(n, limbs, modulus, modulus_length);
    range = mpriv_load(m, limbs, plaintext, plaintext_length);
    range = (mpriv_limb)(range | (mpriv_less(m, n, limbs) ^ 1U));
    (void)mpriv_load(x, limbs, record, modulus_length);
    mpriv_multiply(t, m, limbs, x, limbs);
    top = mpriv_montgomery(t, n, limbs, mpriv_negated_inverse(n[0]));
    (void)mpriv_reduce_once(t + limbs, top, n, limbs, &ignored);
    (void)mpriv_load(m, limbs, record + 2U * modulus_length, modulus_length);
    top = mpriv_add(m, m, t + limbs, limbs);
    (void)mpriv_reduce_once(m, top, n, limbs, &ignored);
    (void)mpriv_load(x, limbs, record + modulus_length, modulus_length);
    mpriv_multiply(t, m, limbs, n, limbs);
    (void)mpriv_add_word(t + limbs, limbs, mpriv_add(t, t, x, limbs));
    mpriv_store(ciphertext, ciphertext_length, t, 2U * limbs, mpriv_mask((mpriv_limb)(range ^ 1U)));
    mpriv_arena_wipe(&arena);
    return mpriv_code(range, 0);
}
