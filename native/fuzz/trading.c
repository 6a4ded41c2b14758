/* Every entry point of paper E, with strings of every length, and what holds between them. */
#include "scratch.h"

static const mpriv_group *const groups[3] = {&mpriv_group_toy_2039, &mpriv_group_p256,
                                             &mpriv_group_modp_1024_160};

static const mpriv_group *take_group(input *in) {
    const uint8_t choice = take_byte(in);
    CHECK(mpriv_group_named("P-256", 5U) == groups[1] && mpriv_group_named("P-25", 4U) == NULL);
    return groups[choice < 0xC0U ? 0U : choice < 0xF8U ? 1U : 2U];
}

static block guarded(size_t length) {
    block made = new_block(length);
    memset(made.data, GUARD, length);
    return made;
}

/* Pieces or the whole: the same digest. */
static void digest(input *in) {
    block data = take_block(in);
    const size_t cut = data.length == 0U ? 0U : take_byte(in) % data.length;
    uint8_t whole[48], pieces[48];
    mpriv_sha384 state;
    mpriv_sha384_init(&state);
    mpriv_sha384_update(&state, data.data, data.length);
    mpriv_sha384_final(&state, whole);
    mpriv_sha384_init(&state);
    mpriv_sha384_update(&state, data.data, cut);
    mpriv_sha384_update(&state, data.data + cut, data.length - cut);
    mpriv_sha384_final(&state, pieces);
    CHECK(memcmp(whole, pieces, sizeof whole) == 0);
    free(data.data);
}

/* What is blinded and unblinded is the hash; a blinding and its inverse undo each other. */
static void blind(input *in) {
    block n = take_block(in), e = take_block(in), message = take_block(in), r = take_block(in);
    const mpriv_blind_scheme scheme = (mpriv_blind_scheme)(take_byte(in) % 3U);
    block blinded = take_output(in, n.length), inverse = guarded(blinded.length);
    block hash = guarded(blinded.length), signature = guarded(blinded.length);
    const mpriv_signer signer = {{pointer(&n), n.length}, {pointer(&e), e.length}};
    scratch_memory scratch = take_scratch(in, mpriv_blind_scratch_bytes(n.length));
    uint8_t salt[48];
    int code;
    memset(salt, take_byte(in), sizeof salt);
    CHECK(mpriv_blind_scratch_bytes(7U) == MPRIV_BLIND_SCRATCH_BYTES(7U));
    code = mpriv_full_domain_hash(hash.data, hash.length, &signer, pointer(&message), message.length,
                                  scratch.memory.data, scratch.length);
    check_outputs(code, &hash, &hash);
    code = mpriv_blind(blinded.data, blinded.length, inverse.data, inverse.length, &signer, scheme,
                       pointer(&message), message.length, salt, pointer(&r), r.length, scratch.memory.data,
                       scratch.length);
    check_outputs(code, &blinded, &inverse);
    if (code == MPRIV_OK && scheme == MPRIV_BLIND_FULL_DOMAIN) {
        /* Nobody signed: the blinded hash itself is no signature but where e-th powers do nothing. */
        block other = guarded(blinded.length), back = guarded(blinded.length);
        CHECK(!less(&inverse, &hash) || less(&inverse, &n));
        CHECK(less(&blinded, &n) && less(&hash, &n));
        code = mpriv_blind(other.data, other.length, back.data, back.length, &signer, scheme,
                           pointer(&message), message.length, NULL, inverse.data, inverse.length,
                           scratch.memory.data, scratch.length);
        CHECK(code == MPRIV_OK && same_number(&back, &r));
        free(other.data);
        free(back.data);
    }
    code = mpriv_blind_finalise(signature.data, signature.length, &signer, scheme, pointer(&message),
                                message.length, blinded.data, blinded.length, inverse.data, inverse.length,
                                scratch.memory.data, scratch.length);
    check_outputs(code, &signature, &signature);
    drop_scratch(&scratch);
    free(n.data);
    free(e.data);
    free(message.data);
    free(r.data);
    free(blinded.data);
    free(inverse.data);
    free(hash.data);
    free(signature.data);
}

/* A token's identity does not depend on the scratch memory, a response is below q. */
static void token(input *in) {
    const mpriv_group *group = take_group(in);
    const size_t element = mpriv_group_element_bytes(group), scalar = mpriv_group_scalar_bytes(group);
    const unsigned window = 1U + take_byte(in) % 3U;
    block secret = take_block(in), nonce = take_block(in), given = take_block(in);
    block v = guarded(element), x = guarded(element), w = guarded(element), y = guarded(element);
    block challenge = guarded(scalar), response = guarded(scalar);
    scratch_memory scratch = take_scratch(in, mpriv_token_scratch_bytes(group, window));
    scratch_memory most = take_scratch(in, mpriv_token_scratch_bytes(group, 4U));
    uint8_t report[32], utility_nonce[32];
    int code, again;
    memset(report, take_byte(in), sizeof report);
    memset(utility_nonce, take_byte(in), sizeof utility_nonce);
    code = mpriv_token_identity(v.data, x.data, group, pointer(&secret), secret.length, pointer(&nonce),
                                nonce.length, scratch.memory.data, scratch.length);
    check_outputs(code, &v, &x);
    again = mpriv_token_identity(w.data, y.data, group, pointer(&secret), secret.length, pointer(&nonce),
                                 nonce.length, most.memory.data, most.length);
    check_outputs(again, &w, &y);
    if (code == MPRIV_OK && again == MPRIV_OK) {
        CHECK(memcmp(v.data, w.data, element) == 0 && memcmp(x.data, y.data, element) == 0);
    }
    code = mpriv_token_challenge_vartime(challenge.data, group, pointer(&given), given.length, report,
                                         utility_nonce, scratch.memory.data, scratch.length);
    check_outputs(code, &challenge, &challenge);
    code = mpriv_token_respond(response.data, group, pointer(&secret), secret.length, pointer(&nonce),
                               nonce.length, challenge.data, challenge.length, scratch.memory.data,
                               scratch.length);
    check_outputs(code, &response, &response);
    drop_scratch(&scratch);
    drop_scratch(&most);
    free(secret.data);
    free(nonce.data);
    free(given.data);
    free(v.data);
    free(x.data);
    free(w.data);
    free(y.data);
    free(challenge.data);
    free(response.data);
}

/* Up to four servers, mostly with keys of the group: a dealing is made where the roster has a digest. */
static void deal(input *in) {
    static const uint8_t squares[4][2] = {{0, 16}, {0, 64}, {1, 0}, {4, 0}};
    const mpriv_group *group = take_group(in);
    const size_t element = mpriv_group_element_bytes(group), scalar = mpriv_group_scalar_bytes(group);
    mpriv_server servers[4];
    mpriv_sharing_roster roster;
    block keys[4], random = new_block(take_byte(in) * 3U), digest = guarded(32U);
    block commitments, masked = guarded(element), encrypted, challenge = guarded(scalar), responses;
    scratch_memory scratch = take_scratch(in, mpriv_sharing_scratch_bytes(group, 2U));
    uint32_t index = 0, reading;
    uint64_t slot;
    size_t i;
    int listed, dealt;
    roster.group = group;
    roster.servers = servers;
    roster.count = take_byte(in) % 5U;
    for (i = 0; i < roster.count; i++) {
        const uint8_t choice = take_byte(in);
        keys[i] = take_block(in);
        if (choice < 0xE0U) {
            free(keys[i].data);
            keys[i] = new_block(element);
            memcpy(keys[i].data, group == groups[0] ? squares[i] : group->generator.data, element);
            keys[i].data[0] ^= (uint8_t)(group == groups[1] ? choice & 1U : 0U);
        }
        index += 1U + take_byte(in) % 7U;
        servers[i].index = choice % 16U == 15U ? (uint32_t)take_word(in, 4) : index;
        servers[i].public_key.data = pointer(&keys[i]);
        servers[i].public_key.length = keys[i].length;
    }
    roster.threshold = take_byte(in) % 4U;
    roster.maximum_wh = (uint32_t)take_word(in, 2);
    roster.least = 2U + take_byte(in) % 4U;
    for (i = 0; i < random.length; i++) {
        random.data[i] = take_byte(in);
    }
    commitments = guarded(roster.threshold * element);
    encrypted = guarded(roster.count * element);
    responses = guarded(roster.count * scalar);
    listed = mpriv_sharing_roster_vartime(digest.data, &roster, scratch.memory.data, scratch.length);
    check_outputs(listed, &digest, &digest);
    slot = take_word(in, 7);
    reading = (uint32_t)take_word(in, 2);
    dealt = mpriv_sharing_deal(commitments.data, masked.data, encrypted.data, challenge.data, responses.data,
                               &roster, 3U, slot, reading, pointer(&random), random.length,
                               scratch.memory.data, scratch.length);
    check_outputs(dealt, &commitments, &masked);
    check_outputs(dealt, &encrypted, &challenge);
    check_outputs(dealt, &responses, &responses);
    CHECK(dealt != MPRIV_OK || listed == MPRIV_OK);
    CHECK(random.length < 7U * mpriv_group_random_bytes(group) || dealt != MPRIV_ERROR_EXHAUSTED);
    for (i = 0; i < roster.count; i++) {
        free(keys[i].data);
    }
    drop_scratch(&scratch);
    free(random.data);
    free(digest.data);
    free(commitments.data);
    free(masked.data);
    free(encrypted.data);
    free(challenge.data);
    free(responses.data);
}

static void mark(input *in) {
    uint32_t readings[4];
    uint8_t task[16], salt[32], nonce[32];
    block made = guarded(32U), of = guarded(32U);
    const size_t count = take_byte(in) % 5U;
    size_t i;
    int code;
    for (i = 0; i < 4U; i++) {
        readings[i] = (uint32_t)take_word(in, 4);
    }
    memset(task, take_byte(in), sizeof task);
    memset(salt, take_byte(in), sizeof salt);
    memset(nonce, take_byte(in), sizeof nonce);
    code = mpriv_task_mark(of.data, made.data, task, readings, count, salt, nonce);
    check_outputs(code, &of, &made);
    CHECK(code == (count == 0U           ? MPRIV_ERROR_MALFORMED
                   : salt[0] == nonce[0] ? MPRIV_ERROR_REPLAYED
                                         : MPRIV_OK));
    free(made.data);
    free(of.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void (*const operations[])(input *) = {digest, blind, token, deal, mark};
    input in = {data, size};
    operations[take_byte(&in) % (sizeof operations / sizeof *operations)](&in);
    return 0;
}
