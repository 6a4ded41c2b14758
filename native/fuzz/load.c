/* Every entry point of load management, with strings of every length, and what holds between them. */
#include "scratch.h"

#define LISTED 4U

typedef struct {
    block strings[LISTED];
    mpriv_bytes bytes[LISTED];
    size_t count;
} list;

static void take_list(input *in, list *made, size_t count) {
    size_t i;
    made->count = count;
    for (i = 0; i < count; i++) {
        made->strings[i] = take_block(in);
        made->bytes[i].data = pointer(&made->strings[i]);
        made->bytes[i].length = made->strings[i].length;
    }
}

static void drop_list(list *made) {
    size_t i;
    for (i = 0; i < made->count; i++) {
        free(made->strings[i].data);
    }
}

static block guarded(size_t length) {
    block made = new_block(length);
    memset(made.data, GUARD, length);
    return made;
}

/* What a first member sends is what a further one adds to 1. */
static void ring(input *in) {
    const uint8_t one[1] = {1};
    block n = take_block(in), r = take_block(in), previous = take_block(in);
    block first = guarded(2U * n.length), further = guarded(2U * n.length), none = {NULL, 0};
    const uint32_t most = (uint32_t)take_word(in, 4), reading = (uint32_t)take_word(in, 4);
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 2U));
    const int code = mpriv_load_ring_start(first.data, first.length, pointer(&n), n.length, most, reading,
                                           pointer(&r), r.length, scratch.memory.data, scratch.length);
    check_outputs(code, &first, &none);
    if (code == MPRIV_OK) {
        const int again = mpriv_load_ring_add(further.data, further.length, n.data, n.length, most, one, 1U,
                                              reading, r.data, r.length, scratch.memory.data, scratch.length);
        CHECK(again == MPRIV_ERROR_SCRATCH || (again == MPRIV_OK && same_number(&first, &further)));
    }
    memset(further.data, GUARD, further.length);
    check_outputs(mpriv_load_ring_add(further.data, further.length, pointer(&n), n.length, most,
                                      pointer(&previous), previous.length, reading, pointer(&r), r.length,
                                      scratch.memory.data, scratch.length),
                  &further, &none);
    drop_scratch(&scratch);
    free(n.data);
    free(r.data);
    free(previous.data);
    free(first.data);
    free(further.data);
}

/* Each of a day's ciphertexts opens as it was made, and one with the other's randomness only where both agree. */
static void day(input *in) {
    block n = take_block(in), r = take_block(in), s = take_block(in), word = new_block(4);
    block normal = guarded(2U * n.length), high = guarded(2U * n.length);
    const uint32_t most = (uint32_t)take_word(in, 4), use = (uint32_t)take_word(in, 4);
    const uint32_t more = (uint32_t)take_word(in, 4);
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 1U));
    const int code = mpriv_load_encrypt_day(normal.data, high.data, normal.length, pointer(&n), n.length,
                                            most, use, more, pointer(&r), r.length, pointer(&s), s.length,
                                            scratch.memory.data, scratch.length);
    check_outputs(code, &normal, &high);
    if (code == MPRIV_OK) {
        unsigned i;
        int opened;
        for (i = 0; i < 4U; i++) {
            word.data[i] = (uint8_t)(use >> (24U - 8U * i));
        }
        opened = mpriv_load_verify_opening(n.data, n.length, normal.data, normal.length, word.data, 4U,
                                           r.data, r.length, scratch.memory.data, scratch.length);
        CHECK(opened == MPRIV_OK || opened == MPRIV_ERROR_SCRATCH);
    }
    drop_scratch(&scratch);
    free(n.data);
    free(r.data);
    free(s.data);
    free(word.data);
    free(normal.data);
    free(high.data);
}

static void verify(input *in) {
    block n = take_block(in), c = take_block(in), m = take_block(in), r = take_block(in);
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 1U));
    check_code(mpriv_load_verify_opening(pointer(&n), n.length, pointer(&c), c.length, pointer(&m), m.length,
                                         pointer(&r), r.length, scratch.memory.data, scratch.length));
    drop_scratch(&scratch);
    free(n.data);
    free(c.data);
    free(m.data);
    free(r.data);
}

/* One opening taken once is itself. */
static void combine(input *in) {
    block n = take_block(in), value = guarded(n.length), randomness = guarded(n.length);
    const uint8_t choice = take_byte(in);
    const size_t count = choice % (LISTED + 1U), claimed = choice < 0xF0U ? count : MPRIV_OPENINGS_MAX + 1U;
    mpriv_opening openings[LISTED];
    list values, units;
    scratch_memory scratch = take_scratch(in, MPRIV_PUBLIC_SCRATCH_BYTES(n.length, 1U));
    size_t i;
    int code;
    take_list(in, &values, count);
    take_list(in, &units, count);
    for (i = 0; i < count; i++) {
        openings[i].value = values.bytes[i];
        openings[i].randomness = units.bytes[i];
        openings[i].scalar = take_byte(in) < 0x40U ? 1U : (uint32_t)take_word(in, 4);
    }
    code = mpriv_load_combine_openings(value.data, randomness.data, n.length, pointer(&n), n.length, openings,
                                       claimed, scratch.memory.data, scratch.length);
    check_outputs(code, &value, &randomness);
    if (code == MPRIV_OK && count == 1U && openings[0].scalar == 1U) {
        CHECK(same_number(&value, &values.strings[0]) && same_number(&randomness, &units.strings[0]));
    }
    drop_list(&values);
    drop_list(&units);
    drop_scratch(&scratch);
    free(n.data);
    free(value.data);
    free(randomness.data);
}

/* Primes that make keys: 11, 23, 65521, 2^61 - 1. */
static const uint8_t primes[4][8] = {
    {11}, {23}, {0xff, 0xf1}, {0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
static const size_t prime_lengths[4] = {1, 1, 2, 8};

/* What is recovered under primes makes the ciphertext again. */
static void recover(input *in) {
    const uint8_t choice = take_byte(in);
    const int prime = (choice & 1) != 0;
    block p = prime ? new_block(prime_lengths[choice / 2U % 4U]) : take_block(in);
    block q = prime ? new_block(prime_lengths[choice / 8U % 4U]) : take_block(in), c = take_block(in);
    block value = guarded(p.length + q.length), randomness = guarded(p.length + q.length);
    block again = guarded(2U * (p.length + q.length));
    scratch_memory scratch = take_scratch(in, MPRIV_FACTORS_SCRATCH_BYTES(p.length, q.length, 2U));
    int code;
    if (prime) {
        memcpy(p.data, primes[choice / 2U % 4U], p.length);
        memcpy(q.data, primes[choice / 8U % 4U], q.length);
    }
    code = mpriv_load_recover_opening(value.data, randomness.data, value.length, pointer(&p), p.length,
                                      pointer(&q), q.length, pointer(&c), c.length, scratch.memory.data,
                                      scratch.length);
    check_outputs(code, &value, &randomness);
    if (code == MPRIV_OK && prime) {
        CHECK(mpriv_paillier_encrypt_with_factors(
                  again.data, again.length, p.data, p.length, q.data, q.length, value.data, value.length,
                  randomness.data, randomness.length, scratch.memory.data, scratch.length) == MPRIV_OK);
        CHECK(same_number(&again, &c));
    }
    drop_scratch(&scratch);
    free(p.data);
    free(q.data);
    free(c.data);
    free(value.data);
    free(randomness.data);
    free(again.data);
}

/* A level is the quotient and one, or the last. */
static void levels(input *in) {
    const uint32_t value = (uint32_t)take_word(in, 4), unit = (uint32_t)take_word(in, 1 + take_byte(in) % 4U);
    const uint64_t most = take_word(in, 1 + take_byte(in) % 5U);
    uint64_t level = 7;
    const int code = mpriv_load_reading_level(&level, value, unit, most);
    if (unit == 0U || most < 2U || most > (UINT64_C(1) << 32)) {
        CHECK(code == MPRIV_ERROR_RANGE && level == 0U);
    } else {
        CHECK(code == MPRIV_OK && level == (value / unit < most - 1U ? value / unit : most - 1U) + 1U);
    }
}

/* The audit takes what was requested; a permutation moves what the response holds. */
static void comparison(input *in) {
    block n = take_block(in), g = take_block(in), h = take_block(in);
    const mpriv_dgk_key key = {{pointer(&n), n.length},
                               {pointer(&g), g.length},
                               {pointer(&h), h.length},
                               (uint32_t)take_word(in, 2)};
    const uint8_t choice = take_byte(in);
    const size_t count = choice % (LISTED + 1U);
    const uint64_t level = take_byte(in) < 0xE0U ? take_byte(in) % 17U : take_word(in, 8);
    uint32_t multipliers[LISTED];
    uint8_t order[LISTED];
    list bits, randomness;
    block sent = guarded(count * n.length), one = guarded(n.length), none = {NULL, 0};
    scratch_memory scratch = take_scratch(in, MPRIV_DGK_SCRATCH_BYTES(n.length, 1U + choice % 5U));
    size_t i;
    int code;
    take_list(in, &bits, count);
    take_list(in, &randomness, count);
    for (i = 0; i < count; i++) {
        multipliers[i] = (uint32_t)take_word(in, 2);
        order[i] = take_byte(in) % 5U;
    }
    code = mpriv_load_dgk_encrypt(one.data, one.length, &key, (uint32_t)take_word(in, 2), pointer(&g),
                                  g.length, scratch.memory.data, scratch.length);
    check_outputs(code, &one, &none);
    check_code(mpriv_load_dgk_audit(&key, bits.bytes, randomness.bytes, count, level, scratch.memory.data,
                                    scratch.length));
    code = mpriv_load_dgk_response(sent.data, n.length, &key, bits.bytes, multipliers, randomness.bytes,
                                   order, count, level, scratch.memory.data, scratch.length);
    check_outputs(code, &sent, &none);
    memset(sent.data, GUARD, sent.length);
    code = mpriv_load_dgk_request(sent.data, n.length, &key, randomness.bytes, count, level,
                                  scratch.memory.data, scratch.length);
    check_outputs(code, &sent, &none);
    if (code == MPRIV_OK) {
        for (i = 0; i < count; i++) {
            bits.bytes[i].data = sent.data + i * n.length;
            bits.bytes[i].length = n.length;
        }
        CHECK(mpriv_load_dgk_audit(&key, bits.bytes, randomness.bytes, count, level, scratch.memory.data,
                                   scratch.length) == MPRIV_OK);
    }
    drop_list(&bits);
    drop_list(&randomness);
    drop_scratch(&scratch);
    free(n.data);
    free(g.data);
    free(h.data);
    free(sent.data);
    free(one.data);
}

static void outcome(input *in) {
    list parts;
    block c, zero = guarded(1U), none = {NULL, 0};
    mpriv_dgk_factors key;
    scratch_memory scratch;
    take_list(in, &parts, 4U);
    c = take_block(in);
    key.p = parts.bytes[0];
    key.q = parts.bytes[1];
    key.v_p = parts.bytes[2];
    key.v_q = parts.bytes[3];
    key.u = (uint32_t)take_word(in, 2);
    scratch = take_scratch(in, MPRIV_FACTORS_SCRATCH_BYTES(key.p.length, key.q.length, 1U));
    check_outputs(
        mpriv_load_dgk_is_zero(zero.data, &key, pointer(&c), c.length, scratch.memory.data, scratch.length),
        &zero, &none);
    CHECK(zero.data[0] <= 1U || zero.data[0] == GUARD);
    drop_list(&parts);
    drop_scratch(&scratch);
    free(c.data);
    free(zero.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void (*const operations[])(input *) = {ring,    day,    verify,     combine,
                                                  recover, levels, comparison, outcome};
    input in = {data, size};
    operations[take_byte(&in) % (sizeof operations / sizeof *operations)](&in);
    return 0;
}
