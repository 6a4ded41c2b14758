/* Every generated decoder of a payload and reader of a list's element; decoders.inc is made from
 * operations.h. */
#include "operations.h"
#include "meter_privacy.h"
#include "fuzz.h"

static int decode(unsigned opcode, const uint8_t *payload, size_t length, uint8_t profile) {
    switch (opcode) {
#define DECODER(opcode, name)                                                                                \
    case MPRIV_OPCODE_##opcode: {                                                                            \
        mpriv_##name##_input in;                                                                             \
        return mpriv_decode_##name(payload, length, profile, &in);                                           \
    }
#define DECODER_OF_NOTHING(opcode, name)                                                                     \
    case MPRIV_OPCODE_##opcode:                                                                              \
        return mpriv_decode_##name(payload, length, profile);
#define ELEMENT(number, name, type)
#include "decoders.inc"
#undef DECODER
#undef DECODER_OF_NOTHING
#undef ELEMENT
    default:
        return MPRIV_DECODE_MALFORMED;
    }
}

static int element(unsigned which, mpriv_reader *reader) {
    switch (which) {
#define DECODER(opcode, name)
#define DECODER_OF_NOTHING(opcode, name)
#define ELEMENT(number, name, type)                                                                          \
    case number: {                                                                                           \
        type item;                                                                                           \
        return mpriv_next_##name(reader, &item);                                                             \
    }
#include "decoders.inc"
    default:
        return MPRIV_DECODE_MALFORMED;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {data, size};
    const unsigned opcode = (unsigned)take_word(&in, 2), which = opcode & 0xFFU;
    const uint8_t profile = take_byte(&in) % 3U;
    block payload = new_block(in.left);
    mpriv_reader reader;
    int code;
    if (in.left > 0U) {
        memcpy(payload.data, in.at, in.left);
    }
    code = decode(opcode, payload.data, payload.length, profile);
    CHECK(code == MPRIV_DECODE_OK || code == MPRIV_DECODE_MALFORMED || code == MPRIV_DECODE_RANGE);
    reader.at = payload.data;
    reader.left = payload.length;
    while (reader.left > 0U) {
        const size_t before = reader.left;
        if (element(which, &reader) != MPRIV_DECODE_OK) {
            break;
        }
        CHECK(reader.left < before);
    }
    free(payload.data);
    return 0;
}
