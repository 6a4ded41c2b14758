/* Requests to handlers, and their answers: what every device does alike. */
#include "firmware.h"
#include "meter_privacy.h"

#define PROFILE_BITS ((MPRIV_PUBLISHED ? 1U : 0U) | (MPRIV_HARDENED ? 2U : 0U))
_Static_assert(PROFILE_BITS != 0U, "MPRIV_PUBLISHED or MPRIV_HARDENED is in");

static int session_close(const request_view *request, mpriv_writer *writer) {
    (void)writer; /* no session is ever open */
    return mpriv_decode_session_close(request->payload, request->length, request->profile);
}

static mpriv_octets as_text(const char *text) {
    mpriv_octets value = {(const uint8_t *)text, 0};
    while (text[value.length] != 0) {
        value.length++;
    }
    return value;
}

static int describe(const request_view *request, mpriv_writer *writer) {
    static mpriv_octets names[DEVICE_HANDLERS_MAX];
    static mpriv_octets profiles[2];
    mpriv_describe_output out;
    int status = mpriv_decode_describe(request->payload, request->length, request->profile);
    if (status != 0) {
        return status;
    }
    out.protocol = 1;
    out.name = as_text(device.name);
    out.version = as_text(device.version);
    out.operations.items = names;
    out.operations.count = 0;
    for (size_t i = 0; i < device.count && i < DEVICE_HANDLERS_MAX; i++) {
        const mpriv_operation *operation = mpriv_operation_of(device.handlers[i].opcode);
        if ((operation->profiles & PROFILE_BITS) == 0) {
            continue; /* the protocol's own, or of no profile that is in */
        }
        names[out.operations.count++] = as_text(operation->name);
    }
    out.profiles.items = profiles;
    out.profiles.count = 0;
    if (MPRIV_PUBLISHED) {
        profiles[out.profiles.count++] = as_text("published");
    }
    if (MPRIV_HARDENED) {
        profiles[out.profiles.count++] = as_text("hardened");
    }
    out.limits.input_bytes = MPRIV_FIRMWARE_INPUT_BYTES;
    out.limits.output_bytes = MPRIV_FIRMWARE_OUTPUT_BYTES;
    return mpriv_encode_describe(writer, &out);
}

/* ---- Answers */

static const char *const details[] = {
    "",
    "the request breaks the grammar of its operation",
    "a value is outside its bounds",
    "a value is not in its group",
    "a value shares a factor with the modulus",
    "the tag does not verify",
    "the proof does not hold",
    "the value has expired",
    "the value was used before",
    MPRIV_TEST_IMAGE ? "the parameters break the operation's policy"
                     : "the parameters break the operation's policy, or bring their own randomness",
    "the session is not in the right state",
    "a resource is used up",
};

static size_t answer_text(uint8_t *answer, uint32_t id, uint8_t status, const char *text) {
    mpriv_writer writer = {answer + ANSWER_HEADER_BYTES, MPRIV_FIRMWARE_OUTPUT_BYTES, 0};
    for (unsigned i = 0; i < 4; i++) {
        answer[i] = (uint8_t)(id >> (8 * i));
    }
    answer[4] = status;
    if (status != STATUS_OK) {
        mpriv_octets detail = as_text(text);
        mpriv_write_octets(&writer, &detail);
    }
    return (size_t)(writer.at - answer);
}

static size_t answer_error(uint8_t *answer, uint32_t id, int error) {
    if (error > MPRIV_ERROR_MALFORMED || error < MPRIV_ERROR_EXHAUSTED) {
        device_reset(); /* a fault of this program: no answer is better than a wrong one */
    }
    return answer_text(answer, id, (uint8_t)-error, details[-error]);
}

size_t answer_no_frame(uint8_t answer[ANSWER_BYTES]) {
    return answer_text(answer, NO_ID, (uint8_t)-MPRIV_ERROR_MALFORMED, "this is no frame, or it is too long");
}

static uint32_t little_endian(const uint8_t *data, size_t length) {
    uint32_t value = 0;
    while (length-- != 0) {
        value = (value << 8) | data[length];
    }
    return value;
}

static handler *handler_of(uint32_t opcode) {
    if (opcode == MPRIV_OPCODE_DESCRIBE) {
        return describe;
    }
    for (size_t i = 0; i < device.count; i++) {
        if (device.handlers[i].opcode == opcode) {
            return device.handlers[i].run;
        }
    }
    return opcode == MPRIV_OPCODE_SESSION_CLOSE ? session_close : NULL;
}

size_t answer_request(const uint8_t *body, size_t length, uint8_t answer[ANSWER_BYTES]) {
    if (length < REQUEST_HEADER_BYTES) {
        return answer_no_frame(answer);
    }
    uint32_t opcode = little_endian(body, 2);
    uint32_t id = little_endian(body + 2, 4);
    uint32_t session = little_endian(body + 7, 2);
    request_view request = {body + REQUEST_HEADER_BYTES, length - REQUEST_HEADER_BYTES, body[6],
                            (uint16_t)session};
    const mpriv_operation *operation = mpriv_operation_of((uint16_t)opcode);
    handler *run = handler_of(opcode);
    if (request.profile > MPRIV_PROFILE_HARDENED) {
        return answer_error(answer, id, MPRIV_ERROR_MALFORMED);
    }
    if (operation == NULL || run == NULL) {
        return answer_text(answer, id, STATUS_UNSUPPORTED, "this device does not have the operation");
    }
    if ((operation->profiles == 0) != (request.profile == MPRIV_PROFILE_NONE)) {
        return answer_error(answer, id, MPRIV_ERROR_MALFORMED);
    }
    if (request.profile != MPRIV_PROFILE_NONE &&
        (((operation->profiles & PROFILE_BITS) >> (request.profile - 1)) & 1) == 0) {
        return answer_text(answer, id, STATUS_UNSUPPORTED,
                           "this device does not have the operation in this profile");
    }
    if ((operation->session != 0) != (session != 0)) {
        return answer_error(answer, id, MPRIV_ERROR_MALFORMED);
    }
    mpriv_writer writer = {answer + ANSWER_HEADER_BYTES, MPRIV_FIRMWARE_OUTPUT_BYTES, 0};
    int status = run(&request, &writer);
    if (device.forget != NULL) {
        device.forget();
    }
    if (status != MPRIV_OK) {
        return answer_error(answer, id, status);
    }
    if (writer.overflow) {
        device_reset();
    }
    (void)answer_text(answer, id, STATUS_OK, "");
    return (size_t)(writer.at - answer);
}
