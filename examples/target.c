/* A target in C: the modulus rule of DREAM over the binary framing. Everything but the operation is shared. */
#include "firmware.h"

static int modulus(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_modulus_input in;
    mpriv_dream_modulus_output out;
    int status = mpriv_decode_dream_modulus(request->payload, request->length, request->profile, &in);
    if (status != 0) {
        return status;
    }
    uint64_t largest = (uint64_t)(in.meters * in.maximum_wh + 2 * in.tail_wh), m = 1;
    while (m <= largest) {
        m *= 2;
    }
    uint8_t bytes[8];
    for (unsigned i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(m >> (56 - 8 * i));
    }
    out.modulus = (mpriv_bigint){bytes, 8, 0};
    return mpriv_encode_dream_modulus(writer, &out);
}

static const device_handler handlers[] = {{MPRIV_OPCODE_DREAM_MODULUS, modulus}};
const device_description device = {"example", "1.0", handlers, 1, NULL};
