/* What the compiler and the core expect of a C library. */
#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict to, const void *restrict from, size_t length);
void *memset(void *to, int byte, size_t length);

/* Words may stand for objects of any type. */
typedef uint32_t __attribute__((may_alias)) word;

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
    uint8_t *target = to;
    const uint8_t *source = from;
    if ((((uintptr_t)to | (uintptr_t)from) & 3U) == 0) {
        for (; length >= 16; length -= 16, target += 16, source += 16) {
            word a = ((const word *)(const void *)source)[0], b = ((const word *)(const void *)source)[1];
            word c = ((const word *)(const void *)source)[2], d = ((const word *)(const void *)source)[3];
            ((word *)(void *)target)[0] = a;
            ((word *)(void *)target)[1] = b;
            ((word *)(void *)target)[2] = c;
            ((word *)(void *)target)[3] = d;
        }
    }
    for (; length != 0; length--) {
        *target++ = *source++;
    }
    return to;
}

void *memset(void *to, int byte, size_t length) {
    uint8_t *target = to;
    const word pattern = (uint8_t)byte * UINT32_C(0x01010101);
    if (((uintptr_t)to & 3U) == 0) {
        for (; length >= 16; length -= 16, target += 16) {
            ((word *)(void *)target)[0] = pattern;
            ((word *)(void *)target)[1] = pattern;
            ((word *)(void *)target)[2] = pattern;
            ((word *)(void *)target)[3] = pattern;
        }
    }
    for (; length != 0; length--) {
        *target++ = (uint8_t)byte;
    }
    return to;
}
