/* What the parts of the device image know of each other. */
#ifndef MPRIV_FIRMWARE_H
#define MPRIV_FIRMWARE_H

#include <stddef.h>
#include <stdint.h>

#include "operations.h"

/* 1: the declared test image, which takes randomness from its requests. 0: production, which does not. */
#ifndef MPRIV_TEST_IMAGE
#define MPRIV_TEST_IMAGE 0
#endif

/* The largest payloads: what `describe` answers as limits. All of DREAM's largest cluster fits, and 1024
 * Paillier ciphertexts under a modulus of 512 bits. */
#ifndef MPRIV_FIRMWARE_INPUT_BYTES
#define MPRIV_FIRMWARE_INPUT_BYTES 262144
#endif
#ifndef MPRIV_FIRMWARE_OUTPUT_BYTES
#define MPRIV_FIRMWARE_OUTPUT_BYTES 32768
#endif

#define REQUEST_HEADER_BYTES 9 /* opcode, id, profile, session */
#define ANSWER_HEADER_BYTES 5  /* id, status */
#define CRC_BYTES 4
#define REQUEST_BYTES (REQUEST_HEADER_BYTES + MPRIV_FIRMWARE_INPUT_BYTES)
#define ANSWER_BYTES (ANSWER_HEADER_BYTES + MPRIV_FIRMWARE_OUTPUT_BYTES)

#define NO_ID 0xFFFFFFFFU
#define STATUS_OK 0
#define STATUS_UNSUPPORTED 254

/* The serial line. */
void uart_start(void);
uint8_t uart_read(void);
void uart_write(uint8_t byte);

/* Start anew, for want of an error class for what happened. */
_Noreturn void device_reset(void);

uint32_t frame_crc(const uint8_t *data, size_t length);

/* A frame on its way in: COBS undone byte by byte into buffer. To start, all is zero but buffer and size. */
typedef struct {
    uint8_t *buffer;
    size_t size;
    size_t length;
    uint8_t code; /* of the block under way; 0 before the first */
    uint8_t left; /* bytes until the next code */
    uint8_t overlong;
} frame_receiver;

#define FRAME_INCOMPLETE 0
#define FRAME_COMPLETE 1
#define FRAME_MALFORMED 2

/* Take one byte in. FRAME_COMPLETE: a body, its CRC right, of *length bytes, is in the buffer until the next
 * call. FRAME_MALFORMED: what ended here is no frame, or is longer than the buffer. Either way the next byte
 * begins a new frame. */
int frame_take(frame_receiver *receiver, uint8_t byte, size_t *length);

/* Send a body. It has room for the CRC behind it, which is written there. */
void frame_send(uint8_t *body, size_t length);

/* A request behind its header, and the function that answers an operation: it decodes, computes and encodes,
 * and returns 0 or a negative error class of meter_privacy.h. */
typedef struct {
    const uint8_t *payload;
    size_t length;
    uint8_t profile;
    uint16_t session; /* 0: none */
} request_view;

typedef int handler(const request_view *request, mpriv_writer *writer);

typedef struct {
    uint16_t opcode;
    handler *run;
} device_handler;

#define DEVICE_HANDLERS_MAX 64

/* What a device is: handlers.c says it of this one. describe is answered for it, and so is session.close for one
 * that has no sessions and no handler of it. */
typedef struct {
    const char *name;
    const char *version;
    const device_handler *handlers;
    size_t count;
    void (*forget)(void); /* wipes what a request left behind; may be NULL */
} device_description;

extern const device_description device;

/* Answer one request body. Returns the length of the answer's body; the caller wipes both. */
size_t answer_request(const uint8_t *request, size_t length, uint8_t answer[ANSWER_BYTES]);

/* The answer to what is no frame. */
size_t answer_no_frame(uint8_t answer[ANSWER_BYTES]);

#endif
