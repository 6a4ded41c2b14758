/* DREAM: a reading is cut to its cap, and gets a share of the noise from a table of thresholds. */
#include "internal.h"

/* The bit a >= b. */
static uint32_t reaches(uint64_t a, uint64_t b) {
    const uint64_t borrow = (~a & b) | ((~a | b) & (a - b));
    return mpriv_barrier32((uint32_t)(borrow >> 63)) ^ 1U;
}

static uint64_t big_endian(const uint8_t bytes[8]) {
    uint32_t high = 0, low = 0;
    unsigned i;
    for (i = 0; i < 4U; i++) {
        high = (high << 8) | bytes[i];
        low = (low << 8) | bytes[4U + i];
    }
    return ((uint64_t)high << 32) | low;
}

static int check_vartime(const uint64_t *thresholds, size_t count) {
    size_t i;
    if (count == 0U || count > MPRIV_NOISE_TABLE_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    for (i = 1; i < count; i++) {
        if (thresholds[i] <= thresholds[i - 1U]) {
            return MPRIV_ERROR_RANGE;
        }
    }
    return MPRIV_OK;
}

/* The number of thresholds that the first 8 bytes reach less the number that the last 8 reach. */
static int32_t draw(const uint64_t *thresholds, size_t count, const uint8_t random[16]) {
    const uint64_t first = big_endian(random), second = big_endian(random + 8);
    uint32_t share = 0;
    size_t i;
    for (i = 0; i < count; i++) {
        share += reaches(first, thresholds[i]);
        share -= reaches(second, thresholds[i]);
    }
    return (int32_t)share;
}

/* The nearest number of [0, maximum], and the bit that it is another one. */
static uint32_t cut(uint32_t *clamped, int64_t reading, uint32_t maximum) {
    const uint64_t x = (uint64_t)reading;
    const uint32_t negative = mpriv_barrier32((uint32_t)(x >> 63));
    const uint32_t above = (negative ^ 1U) & (reaches(maximum, x) ^ 1U);
    const uint32_t keep = mpriv_barrier32(0U - ((negative | above) ^ 1U));
    *clamped = negative | above;
    return ((uint32_t)x & keep) | (maximum & mpriv_barrier32(0U - above));
}

/* value mod unit for unit > 0, a bit at a time: no instruction divides. */
static uint32_t remainder_of(uint32_t value, uint32_t unit) {
    uint64_t rest = 0;
    unsigned i;
    for (i = 0; i < 32U; i++) {
        rest += rest + (value >> 31);
        value <<= 1;
        rest -= unit & (uint64_t)mpriv_barrier32(0U - reaches(rest, unit));
    }
    return (uint32_t)rest;
}

/* 64 bits of a mask of 32. Without the barrier a compiler may multiply by 2^32 + 1. */
static uint64_t widened(uint32_t mask) {
    return ((uint64_t)mpriv_barrier32(mask) << 32) | mask;
}

/* share times unit modulo 2^64 for |share| <= 2^13, by doubling: no instruction multiplies. */
static uint64_t product(int32_t share, uint32_t unit) {
    const uint32_t sign = mpriv_barrier32(0U - ((uint32_t)share >> 31));
    const uint64_t negate = widened(sign);
    uint32_t magnitude = ((uint32_t)share ^ sign) - sign;
    uint64_t addend = unit, sum = 0;
    unsigned i;
    for (i = 0; i < 14U; i++) {
        sum += addend & widened(mpriv_barrier32(0U - (magnitude & 1U)));
        addend += addend;
        magnitude >>= 1;
    }
    return (sum ^ negate) - negate;
}

/* A number of 63 bits that is kept in two's complement, as the language does not promise the conversion. */
static int64_t signed_of(uint64_t value) {
    int64_t copy;
    memcpy(&copy, &value, sizeof copy);
    return copy;
}

int mpriv_dream_clamp(uint32_t *value_wh, uint8_t *clamped, int64_t reading_wh, uint32_t maximum_wh) {
    uint32_t changed;
    if (value_wh == NULL || clamped == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *value_wh = 0;
    *clamped = 0;
    if (maximum_wh == 0U) {
        return MPRIV_ERROR_RANGE;
    }
    *value_wh = cut(&changed, reading_wh, maximum_wh);
    *clamped = (uint8_t)changed;
    return MPRIV_OK;
}

int mpriv_dream_table_share(int32_t *share, const uint64_t *thresholds, size_t count,
                            const uint8_t random[16]) {
    int code;
    if (share == NULL || thresholds == NULL || random == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *share = 0;
    code = check_vartime(thresholds, count);
    if (code == MPRIV_OK) {
        *share = draw(thresholds, count, random);
    }
    return code;
}

int mpriv_dream_sanitise(int64_t *value_wh, uint8_t *clamped, int64_t reading_wh, uint32_t maximum_wh,
                         uint32_t unit_wh, const uint64_t *thresholds, size_t count,
                         const uint8_t random[16]) {
    uint32_t value, changed;
    int32_t share;
    int code;
    if (value_wh == NULL || clamped == NULL || thresholds == NULL || random == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *value_wh = 0;
    *clamped = 0;
    if (count == 0U || count > MPRIV_NOISE_TABLE_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    if (unit_wh == 0U || unit_wh > maximum_wh || remainder_of(maximum_wh, unit_wh) != 0U) {
        return MPRIV_ERROR_RANGE;
    }
    code = check_vartime(thresholds, count);
    if (code == MPRIV_OK) {
        value = cut(&changed, reading_wh, maximum_wh);
        value -= remainder_of(value, unit_wh);
        share = draw(thresholds, count, random);
        *value_wh = signed_of(value + product(share, unit_wh));
        *clamped = (uint8_t)changed;
    }
    return code;
}
