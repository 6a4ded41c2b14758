/* What the fuzzers share: the input as a sequence of choices and byte strings.
 *
 * Every string stands in a block of exactly its length, so that the address sanitiser sees one byte too many.
 */
#ifndef MPRIV_FUZZ_H
#define MPRIV_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the contract forbids. */
#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

typedef struct {
    const uint8_t *at;
    size_t left;
} input;

typedef struct {
    uint8_t *data;
    size_t length;
} block;

static inline uint8_t take_byte(input *in) {
    uint8_t byte = 0;
    if (in->left > 0U) {
        byte = *in->at;
        in->at++;
        in->left--;
    }
    return byte;
}

static inline uint64_t take_word(input *in, unsigned bytes) {
    uint64_t word = 0;
    while (bytes-- > 0U) {
        word = word << 8 | take_byte(in);
    }
    return word;
}

static inline block new_block(size_t length) {
    block made = {malloc(length == 0U ? 1U : length), length};
    CHECK(made.data != NULL);
    return made;
}

/* A string: mostly short, sometimes as long as the limits of the header and beyond. */
static inline block take_block(input *in) {
    const uint8_t choice = take_byte(in);
    const size_t length = choice < 0xF8U ? choice % 40U : (size_t)(choice - 0xF0U) * 40U + take_byte(in);
    block made = new_block(length);
    const size_t given = length < in->left ? length : in->left;
    memset(made.data, 0, length);
    if (given > 0U) {
        memcpy(made.data, in->at, given);
    }
    in->at += given;
    in->left -= given;
    return made;
}

/* The pointer of an input string: null in every second case where it is empty. */
static inline const uint8_t *pointer(const block *string) {
    return string->length == 0U ? NULL : string->data;
}

static inline int all_are(const block *string, uint8_t byte) {
    size_t i;
    for (i = 0; i < string->length; i++) {
        if (string->data[i] != byte) {
            return 0;
        }
    }
    return 1;
}

static inline int less(const block *a, const block *b) {
    size_t longer = a->length > b->length ? a->length : b->length;
    while (longer-- > 0U) {
        const uint8_t x = longer < a->length ? a->data[a->length - 1U - longer] : 0U;
        const uint8_t y = longer < b->length ? b->data[b->length - 1U - longer] : 0U;
        if (x != y) {
            return x < y;
        }
    }
    return 0;
}

static inline int same_number(const block *a, const block *b) {
    return !less(a, b) && !less(b, a);
}

#define GUARD 0xA5

static inline block take_output(input *in, size_t expected) {
    const uint8_t choice = take_byte(in);
    block out = new_block(choice < 0xC0U ? expected + choice % 4U : choice - 0xC0U);
    memset(out.data, GUARD, out.length);
    return out;
}

/* The header's promise on outputs: one of its errors, zeroed on an error of the data, untouched on a misuse.
 */
static inline void check_output(int code, const block *out) {
    CHECK(code == MPRIV_OK || code == MPRIV_ERROR_MALFORMED || code == MPRIV_ERROR_RANGE ||
          code == MPRIV_ERROR_NOT_INVERTIBLE || code == MPRIV_ERROR_POLICY || code == MPRIV_ERROR_MISUSE ||
          code == MPRIV_ERROR_SCRATCH);
    if (code == MPRIV_ERROR_MISUSE || code == MPRIV_ERROR_SCRATCH) {
        CHECK(all_are(out, GUARD));
    } else if (code != MPRIV_OK) {
        CHECK(all_are(out, 0));
    }
}

#endif
