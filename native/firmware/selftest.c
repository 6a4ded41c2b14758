/* A device that tests itself: every vector of meter_privacy_vectors.h through the dispatch, the outcome as text
 * on the serial line. Linked in the place of main.c; `meter-privacy vectors export` writes the header. */
#include "firmware.h"
#include "meter_privacy.h"
#include "meter_privacy_vectors.h"

_Static_assert(MPRIV_VECTORS_INPUT_BYTES <= MPRIV_FIRMWARE_INPUT_BYTES, "export with --limit-input-bytes");
_Static_assert(MPRIV_VECTORS_OUTPUT_BYTES <= MPRIV_FIRMWARE_OUTPUT_BYTES, "export with --limit-output-bytes");

int main(void);

static uint8_t request[REQUEST_HEADER_BYTES + MPRIV_VECTORS_INPUT_BYTES];
static uint8_t answer[ANSWER_BYTES];

static void say(const char *text) {
    while (*text != 0) {
        uart_write((uint8_t)*text);
        text++;
    }
}

static void say_number(uint32_t number) {
    uint32_t power = 1000000000U;
    int begun = 0;
    for (; power != 0U; power = power / 10U) {
        unsigned digit = 0;
        for (; number >= power; number -= power) {
            digit++;
        }
        begun |= digit != 0U || power == 1U;
        if (begun) {
            uart_write((uint8_t)('0' + digit));
        }
    }
}

/* Whether the device answers the vector as it is written. */
static int holds(const mpriv_vector *vector, uint32_t id) {
    size_t length = 0, i;
    request[length++] = (uint8_t)vector->opcode;
    request[length++] = (uint8_t)(vector->opcode >> 8);
    for (i = 0; i < 4; i++) {
        request[length++] = (uint8_t)(id >> (8 * i));
    }
    request[length++] = vector->profile;
    request[length++] = 0;
    request[length++] = 0;
    for (i = 0; i < vector->request_length; i++) {
        request[length++] = vector->request[i];
    }
    length = answer_request(request, length, answer);
    if (length < ANSWER_HEADER_BYTES || answer[4] != vector->status) {
        return 0;
    }
    for (i = 0; i < 4; i++) {
        if (answer[i] != (uint8_t)(id >> (8 * i))) {
            return 0;
        }
    }
    if (vector->status != STATUS_OK) {
        return 1; /* the text of a refusal is free */
    }
    if (length != ANSWER_HEADER_BYTES + (size_t)vector->answer_length) {
        return 0;
    }
    for (i = 0; i < vector->answer_length; i++) {
        if (answer[ANSWER_HEADER_BYTES + i] != vector->answer[i]) {
            return 0;
        }
    }
    return 1;
}

int main(void) {
    uint32_t passed = 0, failed = 0, unsupported = 0;
    uart_start();
    for (uint32_t i = 0; i < MPRIV_VECTORS; i++) {
        if (holds(&mpriv_vectors[i], i + 1U)) {
            passed++;
        } else if (answer[4] == STATUS_UNSUPPORTED) {
            unsupported++;
        } else {
            failed++;
            say("failed ");
            say(mpriv_vectors[i].id);
            say("\n");
        }
    }
    say_number(passed);
    say(" passed, ");
    say_number(failed);
    say(" failed, ");
    say_number(unsupported);
    say(" unsupported\n");
    mpriv_wipe(request, sizeof request);
    mpriv_wipe(answer, sizeof answer);
    uart_write(0);
    return failed == 0U && passed != 0U ? 0 : 1;
}
