/* A device's answer to any request body: always a whole answer to that request, the same a second time. */
#include "firmware.h"
#include "meter_privacy.h"
#include "fuzz.h"

void uart_write(uint8_t byte) {
    (void)byte;
    abort();
}

/* A device that resets itself has found a fault of its own program. */
void device_reset(void) {
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    block body = new_block(size), answer = new_block(ANSWER_BYTES), again = new_block(ANSWER_BYTES);
    size_t length;
    if (size > 0U) {
        memcpy(body.data, data, size);
    }
    length = answer_request(body.data, size, answer.data);
    CHECK(length >= ANSWER_HEADER_BYTES && length <= ANSWER_BYTES);
    if (size >= REQUEST_HEADER_BYTES) {
        CHECK(memcmp(answer.data, data + 2, 4) == 0);
    }
    CHECK(answer.data[4] <= 11U || answer.data[4] == STATUS_UNSUPPORTED);
    CHECK(answer_request(body.data, size, again.data) == length);
    CHECK(memcmp(answer.data, again.data, length) == 0);
    free(body.data);
    free(answer.data);
    free(again.data);
    return 0;
}
