/* Every DREAM and hash entry point of the header, with strings of every length. */
#include "meter_privacy.h"
#include "fuzz.h"

#define PEERS 5U

typedef struct {
    block keys[PEERS];
    mpriv_peer peers[PEERS];
    mpriv_bytes bytes[PEERS];
    size_t count;
} peer_list;

/* Short lists; key_length 0 leaves the length of the keys to the input. */
static void take_peers(input *in, peer_list *list, size_t key_length) {
    size_t i;
    list->count = take_byte(in) % (PEERS + 1U);
    for (i = 0; i < list->count; i++) {
        const uint8_t choice = take_byte(in);
        list->peers[i].node = choice < 0x80U ? choice % 8U : (uint32_t)take_word(in, 4);
        list->keys[i] = take_block(in);
        if (key_length != 0U && choice % 8U != 7U) {
            free(list->keys[i].data);
            list->keys[i] = new_block(key_length);
            memset(list->keys[i].data, take_byte(in), key_length);
        }
        list->bytes[i].data = list->peers[i].key.data = pointer(&list->keys[i]);
        list->bytes[i].length = list->peers[i].key.length = list->keys[i].length;
    }
}

static void drop_peers(peer_list *list) {
    size_t i;
    for (i = 0; i < list->count; i++) {
        free(list->keys[i].data);
    }
}

/* Pieces or the whole: the same digest and the same tag. */
static void hash(input *in) {
    block key = take_block(in), data = take_block(in);
    const size_t cut = data.length == 0U ? 0U : take_byte(in) % data.length;
    uint8_t whole[32], pieces[32];
    mpriv_hmac_key prepared;
    mpriv_sha256 state;
    mpriv_sha256_init(&state);
    mpriv_sha256_update(&state, pointer(&data), data.length);
    mpriv_sha256_final(&state, whole);
    mpriv_sha256_init(&state);
    mpriv_sha256_update(&state, data.data, cut);
    mpriv_sha256_update(&state, data.data + cut, data.length - cut);
    mpriv_sha256_final(&state, pieces);
    CHECK(memcmp(whole, pieces, sizeof whole) == 0);
    mpriv_hmac_prepare(&prepared, pointer(&key), key.length);
    mpriv_hmac_init(&state, &prepared);
    mpriv_sha256_update(&state, pointer(&data), data.length);
    mpriv_hmac_final(&state, &prepared, whole);
    mpriv_hmac_init(&state, &prepared);
    mpriv_sha256_update(&state, data.data, cut);
    mpriv_sha256_update(&state, data.data + cut, data.length - cut);
    mpriv_hmac_final(&state, &prepared, pieces);
    CHECK(memcmp(whole, pieces, sizeof whole) == 0);
    mpriv_wipe(&prepared, sizeof prepared);
    free(key.data);
    free(data.data);
}

static void pseudorandom(input *in) {
    block key = take_block(in), m = take_block(in), out = take_output(in, m.length);
    const uint64_t slot = take_word(in, 8);
    mpriv_hmac_key prepared;
    int code;
    mpriv_hmac_prepare(&prepared, pointer(&key), key.length);
    code = take_byte(in) % 2U
               ? mpriv_dream_keystream(out.data, out.length, &prepared, slot, pointer(&m), m.length)
               : mpriv_dream_dummy_key(out.data, out.length, &prepared, slot, pointer(&m), m.length);
    check_output(code, &out);
    CHECK(code != MPRIV_OK || less(&out, &m));
    free(key.data);
    free(m.data);
    free(out.data);
}

static void select_partners(input *in) {
    const uint32_t node = take_byte(in) % 8U, expected = take_byte(in) % 8U;
    const uint64_t slot = take_word(in, 2);
    peer_list list;
    block selected;
    size_t i, chosen = 0;
    int code;
    take_peers(in, &list, MPRIV_KEY_BYTES);
    selected = new_block(list.count);
    memset(selected.data, GUARD, selected.length);
    code = mpriv_dream_select_partners(selected.data, node, slot, list.peers, list.count, expected);
    check_output(code, &selected);
    if (code == MPRIV_OK) {
        for (i = 0; i < list.count; i++) {
            CHECK(selected.data[i] <= 1U);
            chosen += selected.data[i];
        }
        CHECK(chosen > 0U && (expected != list.count || chosen == list.count));
    }
    CHECK(mpriv_dream_select_partners(selected.data, node, slot, list.peers, 0U, expected) ==
          MPRIV_ERROR_MALFORMED);
    free(selected.data);
    drop_peers(&list);
}

static void mask(input *in) {
    block m = take_block(in), stream = take_block(in), blind = take_block(in),
          out = take_output(in, m.length);
    const uint32_t node = take_byte(in) % 8U;
    const uint8_t choice = take_byte(in);
    const int64_t value = choice < 0x80U ? (int64_t)choice - 0x40 : (int64_t)take_word(in, 8);
    peer_list list;
    int code;
    take_peers(in, &list, 0U);
    code = mpriv_dream_mask(out.data, out.length, pointer(&m), m.length, node, value, pointer(&stream),
                            stream.length, list.peers, list.count, pointer(&blind), blind.length);
    check_output(code, &out);
    CHECK(code != MPRIV_OK || less(&out, &m));
    drop_peers(&list);
    free(m.data);
    free(stream.data);
    free(blind.data);
    free(out.data);
}

static void aggregate(input *in) {
    block m = take_block(in), out = take_output(in, m.length);
    peer_list sums, streams, recoveries;
    uint8_t negative = 7;
    size_t count, i;
    int code;
    take_peers(in, &sums, 0U);
    take_peers(in, &streams, 0U);
    take_peers(in, &recoveries, 0U);
    count = sums.count < streams.count ? sums.count : streams.count;
    code = mpriv_dream_aggregate(&negative, out.data, out.length, pointer(&m), m.length, sums.bytes,
                                 streams.bytes, count, recoveries.bytes, recoveries.count);
    check_output(code, &out);
    if (code == MPRIV_OK) {
        unsigned carry = 0;
        CHECK(negative <= 1U && less(&out, &m));
        /* Centred: 2 |total| <= m. */
        for (i = out.length; i-- > 0U;) {
            carry |= (unsigned)out.data[i] << 1;
            out.data[i] = (uint8_t)carry;
            carry = carry >> 8;
        }
        CHECK(carry != 0U || !less(&m, &out));
    } else {
        CHECK(negative == (code == MPRIV_ERROR_MISUSE ? 7U : 0U));
    }
    drop_peers(&sums);
    drop_peers(&streams);
    drop_peers(&recoveries);
    free(m.data);
    free(out.data);
}

static void parameters(input *in) {
    const uint32_t meters = (uint32_t)take_word(in, 2), failures = take_byte(in), colluders = take_byte(in);
    const uint32_t partners = take_byte(in), maximum = (uint32_t)take_word(in, 4);
    const uint64_t tail = take_word(in, 7);
    block m = take_block(in), out = take_output(in, m.length);
    uint64_t modulus = 1;
    const int code = mpriv_dream_modulus_vartime(&modulus, meters, maximum, tail);
    CHECK(code == MPRIV_OK ? modulus > 2U * tail && (modulus & (modulus - 1U)) == 0U
                           : code == MPRIV_ERROR_RANGE && modulus == 0U);
    check_output(mpriv_dream_check_parameters_vartime(out.data, out.length, meters, failures, colluders,
                                                      partners, maximum, tail, pointer(&m), m.length),
                 &out);
    free(m.data);
    free(out.data);
}

static void roster(input *in) {
    uint8_t cluster[16];
    peer_list list;
    block digest = new_block(32U);
    size_t i;
    memset(digest.data, GUARD, digest.length);
    for (i = 0; i < sizeof cluster; i++) {
        cluster[i] = take_byte(in);
    }
    take_peers(in, &list, MPRIV_KEY_BYTES);
    check_output(mpriv_dream_roster_digest_vartime(digest.data, cluster, list.peers, list.count), &digest);
    drop_peers(&list);
    free(digest.data);
}

static void authenticate(input *in) {
    block key = take_block(in), m = take_block(in), c = take_block(in), tag = new_block(32U);
    const uint32_t node = (uint32_t)take_word(in, 4);
    mpriv_hmac_key prepared;
    uint8_t digest[32];
    memset(digest, take_byte(in), sizeof digest);
    memset(tag.data, GUARD, tag.length);
    mpriv_hmac_prepare(&prepared, pointer(&key), key.length);
    check_output(mpriv_dream_authenticate(tag.data, &prepared, digest, node, 9U, pointer(&m), m.length,
                                          pointer(&c), c.length),
                 &tag);
    free(key.data);
    free(m.data);
    free(c.data);
    free(tag.data);
}

/* Values stay on the grid of the unit, and shares within the table. */
static void noise(input *in) {
    const size_t count = take_byte(in) % 5U;
    const uint32_t maximum = (uint32_t)take_word(in, 4), unit = take_byte(in);
    const int64_t reading = (int64_t)(take_word(in, 6) << 16) / 65536;
    uint64_t thresholds[4] = {0};
    uint8_t random[16], clamped = GUARD;
    uint32_t held;
    int32_t share = GUARD;
    int64_t value = GUARD;
    size_t i;
    int code;
    for (i = 0; i < count; i++) {
        thresholds[i] = (i == 0U ? 0U : thresholds[i - 1U]) + (take_word(in, 2) << 47);
    }
    for (i = 0; i < sizeof random; i++) {
        random[i] = take_byte(in);
    }
    code = mpriv_dream_table_share(&share, thresholds, count, random);
    CHECK(code == MPRIV_OK ? share <= (int32_t)count && -share <= (int32_t)count : share == 0);
    code = mpriv_dream_clamp(&held, &clamped, reading, maximum);
    CHECK(code == MPRIV_OK ? held <= maximum && clamped == (reading != (int64_t)held) : held == 0U);
    code = mpriv_dream_sanitise(&value, &clamped, reading, maximum, unit, thresholds, count, random);
    CHECK(code == MPRIV_OK ? value == (int64_t)(held / unit * unit) + share * (int64_t)unit : value == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static void (*const operations[])(input *) = {hash,      pseudorandom, select_partners, mask,
                                                  aggregate, parameters,   roster,          authenticate};
    input in = {data, size};
    operations[take_byte(&in) % (sizeof operations / sizeof *operations)](&in);
    noise(&in);
    return 0;
}
