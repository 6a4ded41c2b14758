/* A meter whose power can be cut: a device of DREAM with a counter, and a store of Paillier's powers that it fills
 * from its own source of randomness, both in memory that keeps what it holds. It takes its questions byte by byte
 * from the serial line and sends its answers there. Asked to, it stops within a write to that memory, says so, and
 * waits for the power to go: a test takes it away then, and starts it again. */
#include "firmware.h"
#include "internal.h"

int main(void);

#define PEERS 4U

/* Memory of the board that is there again after a loss of power. */
#ifndef KEPT_BASE
#define KEPT_BASE 0x21000000U
#endif

/* The counter twice, so that a write that breaks off leaves the older one. A record is valid where its check
 * says so; memory that was never written holds zeros. */
typedef struct {
    uint64_t next_slot;
    uint64_t check;
} record;

#define RECORDS 2U
#define CHECK UINT64_C(0x6d65746572736c6f)

/* Powers r^n, of moduli of up to 2048 bits. A slot holds one where its mark says so. */
#define SLOTS 2U
#define MODULUS_MAX 256U
#define FULL 0x6d6f6472U

typedef struct {
    uint32_t mark;
    uint8_t power[3U * MODULUS_MAX];
} stored;

static volatile record *const kept = (volatile record *)(uintptr_t)KEPT_BASE;
static volatile stored *const powers = (volatile stored *)(uintptr_t)(KEPT_BASE + RECORDS * sizeof(record));

enum { NEVER, BEFORE, WITHIN, AFTER, BEFORE_SENDING };
static uint8_t cut_at = NEVER;

static void cut(uint8_t here) {
    if (cut_at == here) {
        uart_write('!');
        for (;;) {
            __asm volatile("wfi");
        }
    }
}

static int is_valid(const volatile record *one) {
    return one->check == (one->next_slot ^ CHECK);
}

static int is_empty(const volatile record *one) {
    return one->check == 0U && one->next_slot == 0U;
}

static int read_counter(void *context, uint64_t *next_slot) {
    unsigned i;
    int found = 0;
    (void)context;
    *next_slot = 0;
    for (i = 0; i < RECORDS; i++) {
        if (is_valid(&kept[i])) {
            found = 1;
            *next_slot = kept[i].next_slot > *next_slot ? kept[i].next_slot : *next_slot;
        }
    }
    /* A first write that broke off: nothing was sent. Two records that both broke is no loss of power. */
    return found || is_empty(&kept[0]) || is_empty(&kept[1]) ? 0 : -1;
}

static int write_counter(void *context, uint64_t next_slot) {
    /* Over the one that is not the newest, or not valid. */
    const unsigned at =
        is_valid(&kept[0]) && (!is_valid(&kept[1]) || kept[1].next_slot < kept[0].next_slot) ? 1U : 0U;
    (void)context;
    cut(BEFORE);
    kept[at].check = 0;
    kept[at].next_slot = next_slot;
    cut(WITHIN);
    kept[at].check = next_slot ^ CHECK;
    __asm volatile("dsb" ::: "memory");
    cut(AFTER);
    return is_valid(&kept[at]) ? 0 : -1;
}

static int read_power(void *context, size_t slot, uint8_t *power, size_t length) {
    size_t i;
    (void)context;
    if (powers[slot].mark != FULL) {
        return 0;
    }
    for (i = 0; i < length; i++) {
        power[i] = powers[slot].power[i];
    }
    return 1;
}

static int write_power(void *context, size_t slot, const uint8_t *power, size_t length) {
    size_t i;
    (void)context;
    cut(BEFORE);
    powers[slot].mark = 0;
    for (i = 0; i < length; i++) {
        if (i == length / 2U) {
            cut(WITHIN);
        }
        powers[slot].power[i] = power[i];
    }
    powers[slot].mark = FULL;
    __asm volatile("dsb" ::: "memory");
    cut(AFTER);
    return 0;
}

static int burn_power(void *context, size_t slot) {
    size_t i;
    (void)context;
    cut(BEFORE);
    powers[slot].mark = 0;
    __asm volatile("dsb" ::: "memory");
    cut(WITHIN);
    for (i = 0; i < sizeof powers[slot].power; i++) {
        powers[slot].power[i] = 0;
    }
    cut(AFTER);
    return 0;
}

/* The board has no generator: the line stands for one, with its state and its bytes. */
static int draw(void *context, uint8_t *bytes, size_t length) {
    size_t i;
    (void)context;
    uart_write('?');
    uart_write((uint8_t)length);
    uart_write((uint8_t)(length >> 8U));
    if (uart_read() != 0U) {
        return -1;
    }
    for (i = 0; i < length; i++) {
        bytes[i] = uart_read();
    }
    return 0;
}

static uint64_t take(unsigned bytes) {
    uint64_t value = 0;
    unsigned i;
    for (i = 0; i < bytes; i++) {
        value |= (uint64_t)uart_read() << (8U * i);
    }
    return value;
}

static void answer(int code, uint64_t number, const uint8_t tag[32], uint8_t flag) {
    unsigned i;
    uart_write((uint8_t)-code);
    for (i = 0; i < 8U; i++) {
        uart_write((uint8_t)(number >> (8U * i)));
    }
    for (i = 0; i < 32U; i++) {
        uart_write(tag[i]);
    }
    uart_write(flag);
}

/* Fills a slot, or encrypts with one; one question for each. */
static void encryptor(uint8_t command) {
    static uint8_t modulus[MODULUS_MAX], plaintext[MODULUS_MAX], ciphertext[2U * MODULUS_MAX];
    static uint8_t power[3U * MODULUS_MAX];
    static uint64_t scratch[(MPRIV_PUBLIC_SCRATCH_BYTES(MODULUS_MAX, 4U) + 7U) / 8U];
    const mpriv_memory store = {NULL, SLOTS, read_power, write_power, burn_power};
    const mpriv_source source = {NULL, draw};
    const size_t slot = uart_read(), length = (size_t)take(2U) % (MODULUS_MAX + 1U);
    size_t i;
    int code;
    for (i = 0; i < length; i++) {
        modulus[i] = uart_read();
    }
    if (command == 'f') {
        code = mpriv_offline_fill(&store, slot, &source, modulus, length, power, 3U * length, scratch,
                                  sizeof scratch);
        uart_write((uint8_t)-code);
        return;
    }
    for (i = 0; i < length; i++) {
        plaintext[i] = uart_read();
    }
    code = mpriv_offline_take(power, 3U * length, &store);
    if (code == MPRIV_OK) {
        code = mpriv_paillier_encrypt_online(ciphertext, 2U * length, modulus, length, plaintext, length,
                                             power, 3U * length, scratch, sizeof scratch);
    } else {
        mpriv_wipe(ciphertext, sizeof ciphertext);
    }
    mpriv_wipe(power, sizeof power);
    cut(BEFORE_SENDING);
    uart_write((uint8_t)-code);
    for (i = 0; i < 2U * length; i++) {
        uart_write(ciphertext[i]);
    }
}

int main(void) {
    static uint8_t keys[PEERS + 3U][MPRIV_KEY_BYTES];
    static mpriv_peer peers[PEERS];
    static uint32_t missing[PEERS];
    const mpriv_counter counter = {NULL, read_counter, write_counter};
    static mpriv_dream_epoch epoch;
    static mpriv_dream_member member;
    uint8_t i, tag[32] = {0};
    uart_start();
    for (i = 0; i < PEERS + 3U; i++) {
        mpriv_sha256 hash;
        mpriv_sha256_init(&hash);
        mpriv_sha256_update(&hash, &i, 1U);
        mpriv_sha256_final(&hash, keys[i]);
    }
    for (i = 0; i < PEERS; i++) {
        peers[i].node = 3U * i + 1U;
        peers[i].key.data = keys[i];
        peers[i].key.length = MPRIV_KEY_BYTES;
    }
    epoch.node = 5U;
    epoch.peers = peers;
    epoch.count = PEERS;
    epoch.supplier_key = keys[PEERS];
    epoch.blind_key = keys[PEERS + 1U];
    epoch.digest = keys[PEERS + 2U];
    epoch.first_slot = 10U;
    epoch.last_slot = 1000U;
    epoch.tail_wh = 500U;
    epoch.scale_wh = 10U;
    epoch.tolerated_failures = 2U;
    epoch.expected_partners = PEERS;
    epoch.maximum_wh = 4000U;
    epoch.modulus_bits = 64U;
    answer(mpriv_dream_member_start(&member, &epoch, &counter), member.next_slot, tag, 0);
    for (;;) {
        const uint8_t command = uart_read();
        uint64_t number = 0, slot;
        uint8_t flag = 0;
        int code = MPRIV_ERROR_MISUSE;
        if (command == 'c') {
            cut_at = uart_read();
            continue;
        }
        if (command == 'f' || command == 'e') {
            encryptor(command);
            continue;
        }
        slot = take(8U);
        if (command == 'r') {
            const int64_t reading = (int64_t)take(8U), share = (int64_t)take(8U);
            code = mpriv_dream_member_report(&number, tag, &flag, &member, &epoch, &counter, slot, reading,
                                             share);
            cut(BEFORE_SENDING);
        } else {
            const size_t count = (size_t)take(1U) % (PEERS + 1U);
            for (i = 0; i < count; i++) {
                missing[i] = (uint32_t)take(4U);
            }
            code = mpriv_dream_member_reply(&number, tag, &member, &epoch, slot, missing, count);
        }
        answer(code, number, tag, flag);
    }
}
