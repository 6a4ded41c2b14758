/* The frame decoder on any stream of bytes; what it takes in, sent again, is taken in again. */
#include "firmware.h"
#include "meter_privacy.h"
#include "fuzz.h"

static uint8_t line[8192];
static size_t sent;

void uart_write(uint8_t byte) {
    CHECK(sent < sizeof line);
    line[sent++] = byte;
}

static int take_line(block *buffer, size_t *length) {
    frame_receiver receiver = {buffer->data, buffer->length, 0, 0, 0, 0};
    int event = FRAME_INCOMPLETE;
    size_t i;
    for (i = 0; i < sent; i++) {
        CHECK(event == FRAME_INCOMPLETE);
        event = frame_take(&receiver, line[i], length);
    }
    return event;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const size_t sizes[] = {0, 3, 4, 5, 300, 1024};
    input in = {data, size};
    block buffer = new_block(sizes[take_byte(&in) % (sizeof sizes / sizeof *sizes)]);
    frame_receiver receiver = {buffer.data, buffer.length, 0, 0, 0, 0};
    while (in.left > 0U) {
        size_t length = 0, again = 0;
        if (frame_take(&receiver, take_byte(&in), &length) == FRAME_COMPLETE) {
            block body = new_block(length + CRC_BYTES), copy = new_block(length + CRC_BYTES);
            CHECK(length + CRC_BYTES <= buffer.length);
            memcpy(body.data, buffer.data, length);
            sent = 0;
            frame_send(body.data, length);
            CHECK(take_line(&copy, &again) == FRAME_COMPLETE);
            CHECK(again == length && memcmp(copy.data, buffer.data, length) == 0);
            free(body.data);
            free(copy.data);
        }
    }
    /* Any body is taken in as it was sent. */
    {
        block body = new_block(size + CRC_BYTES), copy = new_block(size + CRC_BYTES);
        size_t length = 0;
        if (size > 0U) {
            memcpy(body.data, data, size);
        }
        sent = 0;
        frame_send(body.data, size);
        CHECK(take_line(&copy, &length) == FRAME_COMPLETE);
        CHECK(length == size && (size == 0U || memcmp(copy.data, data, size) == 0));
        free(body.data);
        free(copy.data);
    }
    free(buffer.data);
    return 0;
}
