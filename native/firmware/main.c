/* The device: requests in from the serial line, answers out. */
#include "firmware.h"
#include "meter_privacy.h"

int main(void);

static uint8_t request[REQUEST_BYTES + CRC_BYTES];
static uint8_t answer[ANSWER_BYTES + CRC_BYTES];

int main(void) {
    frame_receiver receiver = {request, sizeof request, 0, 0, 0, 0};
    uart_start();
    for (;;) {
        size_t length = 0;
        int event = frame_take(&receiver, uart_read(), &length);
        if (event == FRAME_COMPLETE) {
            size_t answered = answer_request(request, length, answer);
            mpriv_wipe(request, length + CRC_BYTES);
            frame_send(answer, answered);
            mpriv_wipe(answer, answered + CRC_BYTES);
        } else if (event == FRAME_MALFORMED) {
            mpriv_wipe(request, sizeof request);
            frame_send(answer, answer_no_frame(answer));
        }
    }
}
