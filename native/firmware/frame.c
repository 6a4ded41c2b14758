/* COBS frames with a CRC-32. */
#include "firmware.h"

/* Reflected, polynomial 0xEDB88320, four bits at a time. */
static const uint32_t crc_of_nibble[16] = {
    0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
    0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
};

uint32_t frame_crc(const uint8_t *data, size_t length) {
    uint32_t crc = 0xFFFFFFFFU;
    for (size_t i = 0; i < length; i++) {
        crc ^= data[i];
        crc = (crc >> 4) ^ crc_of_nibble[crc & 15];
        crc = (crc >> 4) ^ crc_of_nibble[crc & 15];
    }
    return ~crc;
}

static void keep(frame_receiver *receiver, uint8_t byte) {
    if (receiver->length == receiver->size) {
        receiver->overlong = 1;
    } else {
        receiver->buffer[receiver->length++] = byte;
    }
}

static int end_of_frame(const frame_receiver *receiver, size_t *length) {
    if (receiver->code == 0) {
        return FRAME_INCOMPLETE;
    }
    if (receiver->left != 0 || receiver->overlong || receiver->length < CRC_BYTES) {
        return FRAME_MALFORMED;
    }
    size_t body = receiver->length - CRC_BYTES;
    uint32_t crc = frame_crc(receiver->buffer, body);
    for (unsigned i = 0; i < CRC_BYTES; i++) {
        if (receiver->buffer[body + i] != (uint8_t)(crc >> (8 * i))) {
            return FRAME_MALFORMED;
        }
    }
    *length = body;
    return FRAME_COMPLETE;
}

int frame_take(frame_receiver *receiver, uint8_t byte, size_t *length) {
    if (byte == 0) {
        int event = end_of_frame(receiver, length);
        receiver->length = 0;
        receiver->code = 0;
        receiver->left = 0;
        receiver->overlong = 0;
        return event;
    }
    if (receiver->left != 0) {
        keep(receiver, byte);
        receiver->left--;
        return FRAME_INCOMPLETE;
    }
    if (receiver->code != 0 && receiver->code != 0xFF) {
        keep(receiver, 0);
    }
    receiver->code = byte;
    receiver->left = (uint8_t)(byte - 1);
    return FRAME_INCOMPLETE;
}

void frame_send(uint8_t *body, size_t length) {
    uint32_t crc = frame_crc(body, length);
    for (unsigned i = 0; i < CRC_BYTES; i++) {
        body[length++] = (uint8_t)(crc >> (8 * i));
    }
    size_t at = 0;
    for (;;) {
        size_t run = 0;
        while (run < 254 && at + run < length && body[at + run] != 0) {
            run++;
        }
        uart_write((uint8_t)(run + 1));
        for (size_t i = 0; i < run; i++) {
            uart_write(body[at + i]);
        }
        at += run;
        if (run == 254) {
            continue;
        }
        if (at == length) {
            break;
        }
        at++;
    }
    uart_write(0);
}
