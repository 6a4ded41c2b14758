/* The image that the ledger measures requests with: the test image, but that each request is answered between
 * marks, from its body to its answer's. */
#include "measure.h"
#include "meter_privacy.h"

int main(void);

static uint8_t request[REQUEST_BYTES + CRC_BYTES];
static uint8_t answer[ANSWER_BYTES + CRC_BYTES];
static size_t length;

static int answer_it(void) {
    length = answer_request(request, length, answer);
    return 0;
}

int main(void) {
    frame_receiver receiver = {request, sizeof request, 0, 0, 0, 0};
    uart_start();
    for (;;) {
        if (frame_take(&receiver, uart_read(), &length) == FRAME_COMPLETE) {
            (void)measured(answer_it);
            frame_send(answer, length);
        }
    }
}
