/* The caller's scratch memory, wiping, and what the library says of itself. */
#include "internal.h"

const char *mpriv_version(void) {
    return MPRIV_VERSION;
}

unsigned mpriv_limb_bits(void) {
    return MPRIV_LIMB_BITS;
}

size_t mpriv_public_scratch_bytes(size_t modulus_bytes, unsigned window) {
    return MPRIV_PUBLIC_SCRATCH_BYTES(modulus_bytes, window);
}

size_t mpriv_encrypt_scratch_bytes(size_t modulus_bytes, size_t powers) {
    return MPRIV_ENCRYPT_SCRATCH_BYTES(modulus_bytes, powers);
}

size_t mpriv_factors_scratch_bytes(size_t p_bytes, size_t q_bytes, unsigned window) {
    return MPRIV_FACTORS_SCRATCH_BYTES(p_bytes, q_bytes, window);
}

size_t mpriv_dgk_scratch_bytes(size_t modulus_bytes, unsigned window) {
    return MPRIV_DGK_SCRATCH_BYTES(modulus_bytes, window);
}

void mpriv_wipe(void *data, size_t length) {
#if MPRIV_PORTABLE_BARRIER
    volatile uint8_t *bytes = data;
    size_t i;
    for (i = 0; i < length; i++) {
        bytes[i] = 0;
    }
#else
    if (length > 0U) {
        memset(data, 0, length);
        __asm__ volatile("" : : "r"(data) : "memory");
    }
#endif
}

size_t mpriv_arena_init(mpriv_arena *arena, void *scratch, size_t length, size_t fixed, size_t first,
                        size_t each) {
    const size_t misaligned = (size_t)((uintptr_t)scratch % _Alignof(mpriv_limb));
    const size_t padding = misaligned == 0U ? 0U : _Alignof(mpriv_limb) - misaligned;
    size_t limbs, needed = fixed + first, entries = 0;
    if (scratch == NULL || length < padding) {
        return 0;
    }
    limbs = (length - padding) / sizeof(mpriv_limb);
    while (entries < (size_t)1U << MPRIV_WINDOW_MAX && needed <= limbs) {
        needed += each;
        entries++;
    }
    arena->next = (mpriv_limb *)(void *)((uint8_t *)scratch + padding);
    arena->first = arena->next;
    return entries;
}

mpriv_limb *mpriv_take(mpriv_arena *arena, size_t n) {
    mpriv_limb *taken = arena->next;
    arena->next += n;
    return taken;
}

void mpriv_arena_wipe(mpriv_arena *arena) {
    mpriv_wipe(arena->first, (size_t)(arena->next - arena->first) * sizeof *arena->first);
}

int mpriv_modulus_vartime(const uint8_t **modulus, size_t *length) {
    const size_t bytes = mpriv_bytes_vartime(*modulus, *length);
    if (bytes == 0U || bytes > MPRIV_MODULUS_BYTES_MAX) {
        return MPRIV_ERROR_RANGE;
    }
    *modulus += *length - bytes;
    *length = bytes;
    return ((*modulus)[bytes - 1U] & 1U) == 0U || (bytes == 1U && (*modulus)[0] < 15U) ? MPRIV_ERROR_RANGE
                                                                                       : MPRIV_OK;
}
