/* Every Paillier entry point of the header, with strings of every length, and what holds between them. */
#include "meter_privacy.h"
#include "fuzz.h"

/* Primes, so that the round trip is promised: 3, 5, 11, 23, 251, 65521, 2^61 - 1, 2^89 - 1. */
static const uint8_t primes[8][12] = {
    {3},
    {5},
    {11},
    {23},
    {251},
    {0xff, 0xf1},
    {0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
    {0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
static const size_t prime_lengths[8] = {1, 1, 1, 1, 1, 2, 8, 12};

static block take_prime(input *in) {
    const unsigned which = take_byte(in) % 8U;
    block prime = new_block(prime_lengths[which]);
    memcpy(prime.data, primes[which], prime.length);
    return prime;
}

typedef struct {
    block memory;
    uint8_t *data;
    size_t length;
} scratch_memory;

/* Scratch of any alignment; mostly enough. */
static scratch_memory take_scratch(input *in, size_t enough) {
    const uint8_t choice = take_byte(in);
    const size_t misaligned = choice % 8U;
    const size_t length = choice < 0xE0U ? enough : (enough * (choice - 0xE0U)) / 32U;
    scratch_memory made;
    made.memory = new_block(length + misaligned);
    made.data = made.memory.data + misaligned;
    made.length = length;
    memset(made.memory.data, GUARD, made.memory.length);
    return made;
}

/* What a function wrote to its scratch memory it has wiped. */
static void drop_scratch(scratch_memory *scratch) {
    size_t i;
    for (i = 0; i < scratch->memory.length; i++) {
        CHECK(scratch->memory.data[i] == 0 || scratch->memory.data[i] == GUARD);
    }
    free(scratch->memory.data);
}

static block product(const block *a, const block *b) {
    block made = new_block(a->length + b->length);
    size_t i, j;
    memset(made.data, 0, made.length);
    for (i = 0; i < a->length; i++) {
        unsigned carry = 0;
        for (j = 0; j < b->length; j++) {
            uint8_t *place = made.data + made.length - 1U - i - j;
            carry += *place + (unsigned)a->data[a->length - 1U - i] * b->data[b->length - 1U - j];
            *place = (uint8_t)carry;
            carry >>= 8;
        }
        made.data[made.length - 1U - i - b->length] = (uint8_t)carry;
    }
    return made;
}

static void encrypt(input *in) {
    block n = take_block(in), m = take_block(in), r = take_block(in), c = take_output(in, 2U * n.length);
    scratch_memory scratch = take_scratch(in, MPRIV_ENCRYPT_SCRATCH_BYTES(n.length, 1U + n.length % 32U));
    check_output(mpriv_paillier_encrypt(c.data, c.length, pointer(&n), n.length, pointer(&m), m.length,
                                        pointer(&r), r.length, scratch.data, scratch.length),
                 &c);
    drop_scratch(&scratch);
    free(n.data);
    free(m.data);
    free(r.data);
    free(c.data);
}

static void rerandomise(input *in) {
    block n = take_block(in), m = take_block(in), r = take_block(in), c = take_output(in, 2U * n.length);
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 2U));
    check_output(mpriv_paillier_rerandomise(c.data, c.length, pointer(&n), n.length, pointer(&m), m.length,
                                            pointer(&r), r.length, scratch.data, scratch.length),
                 &c);
    drop_scratch(&scratch);
    free(n.data);
    free(m.data);
    free(r.data);
    free(c.data);
}

static void scale(input *in) {
    block n = take_block(in), m = take_block(in), k = take_block(in), c = take_output(in, 2U * n.length);
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 3U));
    check_output(mpriv_paillier_scale_vartime(c.data, c.length, pointer(&n), n.length, pointer(&m), m.length,
                                              pointer(&k), k.length, scratch.data, scratch.length),
                 &c);
    drop_scratch(&scratch);
    free(n.data);
    free(m.data);
    free(k.data);
    free(c.data);
}

static void add(input *in) {
    block n = take_block(in), terms[6], c = take_output(in, 2U * n.length);
    mpriv_bytes list[6];
    const uint8_t choice = take_byte(in);
    const size_t count = choice % 7U, claimed = choice < 0xF0U ? count : MPRIV_SUM_MAX + 1U;
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 1U));
    size_t i;
    for (i = 0; i < count; i++) {
        terms[i] = take_block(in);
        list[i].data = pointer(&terms[i]);
        list[i].length = terms[i].length;
    }
    check_output(mpriv_paillier_add_vartime(c.data, c.length, pointer(&n), n.length, list, claimed,
                                            scratch.data, scratch.length),
                 &c);
    drop_scratch(&scratch);
    for (i = 0; i < count; i++) {
        free(terms[i].data);
    }
    free(n.data);
    free(c.data);
}

/* Both ways of encrypting give the same ciphertext, and where the factors are prime it decrypts. */
static void factors(input *in) {
    const int prime = take_byte(in) & 1;
    block p = prime ? take_prime(in) : take_block(in), q = prime ? take_prime(in) : take_block(in);
    block m = take_block(in), r = take_block(in), n = product(&p, &q);
    block c = take_output(in, 2U * n.length), same = new_block(2U * n.length), opened = new_block(n.length);
    scratch_memory scratch = take_scratch(
        in, MPRIV_FACTORS_SCRATCH_BYTES(p.length, q.length, 1U + take_byte(in) % MPRIV_WINDOW_MAX));
    scratch_memory fresh = {new_block(MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 2U)), NULL, 0};
    int code = mpriv_paillier_encrypt_with_factors(c.data, c.length, pointer(&p), p.length, pointer(&q),
                                                   q.length, pointer(&m), m.length, pointer(&r), r.length,
                                                   scratch.data, scratch.length);
    check_output(code, &c);
    if (code == MPRIV_OK) {
        CHECK(mpriv_paillier_encrypt(same.data, same.length, n.data, n.length, pointer(&m), m.length,
                                     pointer(&r), r.length, fresh.memory.data,
                                     fresh.memory.length) == MPRIV_OK);
        CHECK(same_number(&c, &same));
        memset(opened.data, GUARD, opened.length);
        code = mpriv_paillier_decrypt(opened.data, opened.length, p.data, p.length, q.data, q.length, c.data,
                                      c.length, scratch.data, scratch.length);
        check_output(code, &opened);
        if (prime) {
            CHECK(code == MPRIV_OK && same_number(&opened, &m));
        }
    }
    drop_scratch(&scratch);
    free(fresh.memory.data);
    free(p.data);
    free(q.data);
    free(m.data);
    free(r.data);
    free(n.data);
    free(c.data);
    free(same.data);
    free(opened.data);
}

static void decrypt(input *in) {
    block p = take_block(in), q = take_block(in), c = take_block(in);
    block m = take_output(in, p.length + q.length);
    scratch_memory scratch = take_scratch(in, MPRIV_FACTORS_SCRATCH_BYTES(p.length, q.length, 2U));
    check_output(mpriv_paillier_decrypt(m.data, m.length, pointer(&p), p.length, pointer(&q), q.length,
                                        pointer(&c), c.length, scratch.data, scratch.length),
                 &m);
    drop_scratch(&scratch);
    free(p.data);
    free(q.data);
    free(c.data);
    free(m.data);
}

static void decrypt_blinded(input *in) {
    block p = take_block(in), q = take_block(in), c = take_block(in), b = take_block(in);
    block m = take_output(in, p.length + q.length);
    scratch_memory scratch = take_scratch(in, MPRIV_FACTORS_SCRATCH_BYTES(p.length, q.length, 2U));
    check_output(mpriv_paillier_decrypt_blinded(m.data, m.length, pointer(&p), p.length, pointer(&q),
                                                q.length, pointer(&c), c.length, pointer(&b), b.length,
                                                scratch.data, scratch.length),
                 &m);
    drop_scratch(&scratch);
    free(p.data);
    free(q.data);
    free(c.data);
    free(b.data);
    free(m.data);
}

/* One slot of memory. */
typedef struct {
    uint8_t record[2200];
    size_t length;
    int held;
} one_slot;

static int read_slot(void *context, size_t slot, uint8_t *record, size_t length) {
    one_slot *memory = context;
    CHECK(slot == 0U);
    if (length > sizeof memory->record) {
        return -1; /* of a modulus that is too long for any record */
    }
    if (memory->held && length > 0U) {
        memcpy(record, memory->record, length);
    }
    return memory->held;
}

static int write_slot(void *context, size_t slot, const uint8_t *record, size_t length) {
    one_slot *memory = context;
    CHECK(slot == 0U && length <= sizeof memory->record);
    memcpy(memory->record, record, length);
    memory->held = 1;
    return 0;
}

static int burn_slot(void *context, size_t slot) {
    one_slot *memory = context;
    CHECK(slot == 0U);
    memory->held = 0;
    return 0;
}

static int draw(void *context, uint8_t *bytes, size_t length) {
    input *in = context;
    while (length-- > 0U) {
        *bytes++ = take_byte(in);
    }
    return in->left == 0U ? 1 : 0;
}

/* A record is taken once, and gives the ciphertext that encryption gives. */
static void offline(input *in) {
    static one_slot slot;
    block n = take_block(in), m = take_block(in), r = take_block(in), record, c, same;
    scratch_memory scratch = take_scratch(in, MPRIV_ENCRYPT_SCRATCH_BYTES(n.length, 1U));
    const mpriv_memory memory = {&slot, 1U, read_slot, write_slot, burn_slot};
    const mpriv_source source = {in, draw};
    size_t zeros = 0;
    int code;
    while (zeros < n.length && n.data[zeros] == 0U) {
        zeros++;
    }
    record = new_block(3U * (n.length - zeros));
    c = new_block(2U * n.length);
    same = new_block(2U * n.length);
    slot.held = 0;
    memset(record.data, GUARD, record.length);
    memset(c.data, GUARD, c.length);
    code = mpriv_offline_power(record.data, record.length, pointer(&n), n.length, pointer(&r), r.length,
                               scratch.data, scratch.length);
    check_output(code, &record);
    if (code == MPRIV_OK) {
        code = mpriv_paillier_encrypt_online(c.data, c.length, n.data, n.length, pointer(&m), m.length,
                                             record.data, record.length, scratch.data, scratch.length);
        if (code == MPRIV_OK) {
            CHECK(mpriv_paillier_encrypt(same.data, same.length, n.data, n.length, pointer(&m), m.length,
                                         pointer(&r), r.length, scratch.data, scratch.length) == MPRIV_OK);
            CHECK(same_number(&c, &same));
        }
    }
    code = mpriv_offline_fill(&memory, 0U, &source, pointer(&n), n.length, record.data, record.length,
                              scratch.data, scratch.length);
    if (code == MPRIV_OK) {
        CHECK(mpriv_offline_take(record.data, record.length, &memory) == MPRIV_OK);
    }
    CHECK(mpriv_offline_take(record.data, record.length, &memory) != MPRIV_OK);
    drop_scratch(&scratch);
    free(n.data);
    free(m.data);
    free(r.data);
    free(record.data);
    free(c.data);
    free(same.data);
}

/* Decoding is the inverse of encoding. */
static void signed_values(input *in) {
    block n = take_block(in), value = take_block(in), plain = take_output(in, n.length);
    block back = take_output(in, n.length);
    uint8_t sign = take_byte(in) % 3U, decoded = 7U;
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 0U));
    int code = mpriv_paillier_encode_signed(plain.data, plain.length, pointer(&n), n.length, sign,
                                            pointer(&value), value.length, scratch.data, scratch.length);
    check_output(code, &plain);
    if (code == MPRIV_OK) {
        CHECK(less(&plain, &n));
        code = mpriv_paillier_decode_signed(&decoded, back.data, back.length, n.data, n.length, plain.data,
                                            plain.length, scratch.data, scratch.length);
        check_output(code, &back);
        if (code == MPRIV_OK) {
            block zero = {NULL, 0};
            CHECK(same_number(&back, &value));
            CHECK(decoded == (same_number(&value, &zero) ? 0U : sign));
        }
    } else {
        check_output(mpriv_paillier_decode_signed(&decoded, back.data, back.length, pointer(&n), n.length,
                                                  pointer(&value), value.length, scratch.data,
                                                  scratch.length),
                     &back);
        CHECK(decoded == 7U || decoded <= 1U);
    }
    drop_scratch(&scratch);
    free(n.data);
    free(value.data);
    free(plain.data);
    free(back.data);
}

static void headroom(input *in) {
    block n = take_block(in);
    const uint32_t meters = (uint32_t)take_word(in, 4), maximum = (uint32_t)take_word(in, 4);
    uint64_t largest = 1;
    const int code = mpriv_paillier_headroom_vartime(&largest, pointer(&n), n.length, meters, maximum);
    CHECK(code == MPRIV_OK ? largest == (uint64_t)meters * maximum
                           : code == MPRIV_ERROR_RANGE && largest == 0);
    free(n.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void (*const operations[])(input *) = {encrypt,         rerandomise, scale,         add,
                                                  factors,         decrypt,     signed_values, headroom,
                                                  decrypt_blinded, offline};
    input in = {data, size};
    operations[take_byte(&in) % (sizeof operations / sizeof *operations)](&in);
    return 0;
}
