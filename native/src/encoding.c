/* Signed values as residues modulo n, and the headroom rule. */
#include "internal.h"

int mpriv_paillier_encode_signed(uint8_t *plaintext, size_t plaintext_length, const uint8_t *modulus,
                                 size_t modulus_length, uint8_t negative, const uint8_t *magnitude,
                                 size_t magnitude_length, void *scratch, size_t scratch_length) {
    mpriv_arena arena;
    mpriv_limb *n, *value, *twice, range, minus;
    size_t limbs;
    int code;
    if (plaintext == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(magnitude, magnitude_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return mpriv_refuse(plaintext, plaintext_length, code);
    }
    if (plaintext_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    limbs = MPRIV_LIMBS(modulus_length);
    if (mpriv_arena_init(&arena, scratch, scratch_length, 3U * limbs, 0U, 0U) == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    n = mpriv_take(&arena, limbs);
    value = mpriv_take(&arena, limbs);
    twice = mpriv_take(&arena, limbs);
    (void)mpriv_load(n, limbs, modulus, modulus_length);
    minus = (mpriv_limb)(negative & 1U);
    range = mpriv_nonzero((mpriv_limb)(negative >> 1));
    range = (mpriv_limb)(range | mpriv_load(value, limbs, magnitude, magnitude_length));
    /* n is odd: the range is symmetric, |value| <= (n - 1) / 2. */
    range = (mpriv_limb)(range | mpriv_add(twice, value, value, limbs));
    range = (mpriv_limb)(range | (mpriv_less(twice, n, limbs) ^ 1U));
    (void)mpriv_subtract(twice, n, value, limbs);
    mpriv_move_masked(value, twice, limbs, mpriv_mask(minus & mpriv_any(value, limbs)));
    mpriv_store(plaintext, plaintext_length, value, limbs, mpriv_mask((mpriv_limb)(range ^ 1U)));
    mpriv_arena_wipe(&arena);
    return mpriv_code(range, 0);
}

int mpriv_paillier_decode_signed(uint8_t *negative, uint8_t *magnitude, size_t magnitude_length,
                                 const uint8_t *modulus, size_t modulus_length, const uint8_t *plaintext,
                                 size_t plaintext_length, void *scratch, size_t scratch_length) {
    mpriv_arena arena;
    mpriv_limb *n, *value, *other, range, minus;
    size_t limbs;
    int code;
    if (negative == NULL || magnitude == NULL || mpriv_absent(modulus, modulus_length) ||
        mpriv_absent(plaintext, plaintext_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        *negative = 0;
        return mpriv_refuse(magnitude, magnitude_length, code);
    }
    if (magnitude_length < modulus_length) {
        return MPRIV_ERROR_MISUSE;
    }
    limbs = MPRIV_LIMBS(modulus_length);
    if (mpriv_arena_init(&arena, scratch, scratch_length, 3U * limbs, 0U, 0U) == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    n = mpriv_take(&arena, limbs);
    value = mpriv_take(&arena, limbs);
    other = mpriv_take(&arena, limbs);
    (void)mpriv_load(n, limbs, modulus, modulus_length);
    range = mpriv_load(value, limbs, plaintext, plaintext_length);
    range = (mpriv_limb)(range | (mpriv_less(value, n, limbs) ^ 1U));
    (void)mpriv_subtract(other, n, value, limbs);
    minus = mpriv_less(other, value, limbs);
    mpriv_move_masked(value, other, limbs, mpriv_mask(minus));
    mpriv_store(magnitude, magnitude_length, value, limbs, mpriv_mask((mpriv_limb)(range ^ 1U)));
    *negative = (uint8_t)(minus & (range ^ 1U));
    mpriv_arena_wipe(&arena);
    return mpriv_code(range, 0);
}

int mpriv_paillier_headroom_vartime(uint64_t *largest_sum_wh, const uint8_t *modulus, size_t modulus_length,
                                    uint32_t meters, uint32_t maximum_wh) {
    uint64_t sum, half = 0;
    size_t i;
    int code;
    if (largest_sum_wh == NULL || mpriv_absent(modulus, modulus_length)) {
        return MPRIV_ERROR_MISUSE;
    }
    *largest_sum_wh = 0;
    code = mpriv_modulus_vartime(&modulus, &modulus_length);
    if (code != MPRIV_OK) {
        return code;
    }
    if (meters == 0U) {
        return MPRIV_ERROR_RANGE;
    }
    sum = (uint64_t)meters * maximum_wh;
    /* n is odd, so that 2 sum < n exactly if sum <= floor(n / 2); beyond 65 bits every sum fits. */
    if (modulus_length < 9U || (modulus_length == 9U && modulus[0] == 1U)) {
        for (i = 0; i + 1U < modulus_length; i++) {
            half = half << 8 | modulus[i];
        }
        half = half << 7 | modulus[modulus_length - 1U] >> 1;
        if (sum > half) {
            return MPRIV_ERROR_RANGE;
        }
    }
    *largest_sum_wh = sum;
    return MPRIV_OK;
}
