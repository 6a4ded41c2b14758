/* A meter on the command line: its counter is a file, its announcement and the questions come on standard input,
 * its answers go to standard output. The power can be cut before or after the counter is written. */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "meter_privacy.h"

static const char *path, *fault;

static int read_counter(void *context, uint64_t *next_slot) {
    FILE *file = fopen(path, "r");
    (void)context;
    *next_slot = 0;
    if (strcmp(fault, "unreadable") == 0) {
        return 1;
    }
    if (file != NULL) {
        const int found = fscanf(file, "%" SCNu64, next_slot);
        (void)fclose(file);
        return found != 1;
    }
    return 0;
}

static int write_counter(void *context, uint64_t next_slot) {
    FILE *file;
    int code;
    (void)context;
    if (strcmp(fault, "cut-before") == 0) {
        (void)raise(SIGKILL);
    }
    if (strcmp(fault, "unwritable") == 0) {
        return 1;
    }
    if (strcmp(fault, "volatile") == 0) {
        return 0;
    }
    file = fopen(path, "w");
    if (file == NULL || fprintf(file, "%" PRIu64 "\n", next_slot) < 0 || fflush(file) != 0) {
        return 1;
    }
    code = fsync(fileno(file)) | fclose(file);
    if (strcmp(fault, "cut-after") == 0) {
        (void)raise(SIGKILL);
    }
    return code;
}

static void read_bytes(uint8_t *bytes, size_t length) {
    size_t i;
    for (i = 0; i < length; i++) {
        unsigned value;
        if (scanf(i == 0U ? " %2x" : "%2x", &value) != 1) {
            exit(3);
        }
        bytes[i] = (uint8_t)value;
    }
}

static int64_t read_number(void) {
    int64_t value;
    if (scanf("%" SCNd64, &value) != 1) {
        exit(3);
    }
    return value;
}

static void print_tag(int code, uint64_t number, const uint8_t tag[32], unsigned flag) {
    unsigned i;
    printf("%d %" PRIx64 " ", code, number);
    for (i = 0; i < 32U; i++) {
        printf("%02x", tag[i]);
    }
    printf(" %u\n", flag);
    (void)fflush(stdout);
}

int main(int argc, char **argv) {
    static uint8_t keys[3][32], peer_keys[MPRIV_PARTNERS_MAX + 1][32], tag[32];
    static mpriv_peer peers[MPRIV_PARTNERS_MAX + 1];
    static uint32_t missing[MPRIV_PARTNERS_MAX + 1];
    static mpriv_dream_member member;
    mpriv_dream_epoch epoch;
    mpriv_counter counter = {NULL, read_counter, write_counter};
    char command[16];
    size_t i;
    int code;
    if (argc != 3) {
        return 2;
    }
    path = argv[1];
    fault = argv[2];
    memset(&epoch, 0, sizeof epoch);
    epoch.node = (uint32_t)read_number();
    epoch.expected_partners = (uint32_t)read_number();
    epoch.tolerated_failures = (uint32_t)read_number();
    epoch.colluders = (uint32_t)read_number();
    epoch.maximum_wh = (uint32_t)read_number();
    epoch.tail_wh = (uint64_t)read_number();
    epoch.scale_wh = (uint64_t)read_number();
    epoch.modulus_bits = (uint32_t)read_number();
    epoch.first_slot = (uint64_t)read_number();
    epoch.last_slot = (uint64_t)read_number();
    read_bytes(keys[0], 32U);
    read_bytes(keys[1], 32U);
    read_bytes(keys[2], 32U);
    epoch.supplier_key = keys[0];
    epoch.blind_key = keys[1];
    epoch.digest = keys[2];
    epoch.count = (size_t)read_number();
    epoch.peers = peers;
    for (i = 0; i < epoch.count && i <= MPRIV_PARTNERS_MAX; i++) {
        peers[i].node = (uint32_t)read_number();
        peers[i].key.length = (size_t)read_number();
        read_bytes(peer_keys[i], 32U);
        peers[i].key.data = peer_keys[i];
    }
    code = mpriv_dream_member_start(&member, &epoch, &counter);
    printf("%d\n", code);
    (void)fflush(stdout);
    while (code == MPRIV_OK && scanf("%15s", command) == 1) {
        const uint64_t slot = (uint64_t)read_number();
        uint64_t number;
        uint8_t clamped = 0;
        int answer;
        if (strcmp(command, "report") == 0) {
            const int64_t reading = read_number();
            const int64_t share = read_number();
            answer = mpriv_dream_member_report(&number, tag, &clamped, &member, &epoch, &counter, slot,
                                               reading, share);
        } else {
            const size_t count = (size_t)read_number();
            for (i = 0; i < count && i <= MPRIV_PARTNERS_MAX; i++) {
                missing[i] = (uint32_t)read_number();
            }
            answer = mpriv_dream_member_reply(&number, tag, &member, &epoch, slot, missing, count);
        }
        print_tag(answer, number, tag, clamped);
    }
    mpriv_wipe(&member, sizeof member);
    return 0;
}
