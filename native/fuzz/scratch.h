/* What two fuzzers share beyond fuzz.h: codes, outputs in pairs, and scratch memory that must come back wiped. */
#ifndef MPRIV_FUZZ_SCRATCH_H
#define MPRIV_FUZZ_SCRATCH_H

#include "meter_privacy.h"
#include "fuzz.h"

static inline void check_code(int code) {
    CHECK(code == MPRIV_OK || (code <= MPRIV_ERROR_MALFORMED && code >= MPRIV_ERROR_EXHAUSTED) ||
          code == MPRIV_ERROR_MISUSE || code == MPRIV_ERROR_SCRATCH);
}

/* The header's promise on two outputs or one. */
static inline void check_outputs(int code, const block *a, const block *b) {
    check_code(code);
    if (code == MPRIV_ERROR_MISUSE || code == MPRIV_ERROR_SCRATCH) {
        CHECK(all_are(a, GUARD) && all_are(b, GUARD));
    } else if (code != MPRIV_OK) {
        CHECK(all_are(a, 0) && all_are(b, 0));
    }
}

typedef struct {
    block memory;
    size_t length;
} scratch_memory;

static inline scratch_memory take_scratch(input *in, size_t enough) {
    const uint8_t choice = take_byte(in);
    scratch_memory made;
    made.length = choice < 0xE0U ? enough : (enough * (choice - 0xE0U)) / 32U;
    made.memory = new_block(made.length);
    memset(made.memory.data, GUARD, made.length);
    return made;
}

/* What a function wrote to its scratch memory it has wiped. */
static inline void drop_scratch(scratch_memory *scratch) {
    size_t i;
    for (i = 0; i < scratch->length; i++) {
        CHECK(scratch->memory.data[i] == 0 || scratch->memory.data[i] == GUARD);
    }
    free(scratch->memory.data);
}

#endif
