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

static int read_counter(void *context, uint64_t *next_slot) {
    *next_slot = *(const uint64_t *)context;
    return 0;
}

static int write_counter(void *context, uint64_t next_slot) {
    CHECK(next_slot > *(const uint64_t *)context);
    *(uint64_t *)context = next_slot;
    return 0;
}

/* Whatever is asked, a slot goes out with one value and is opened for one list, and a refusal answers zeros. */
static void device(input *in) {
    enum { SLOTS = 8 };
    uint8_t keys[PEERS + 3U][MPRIV_KEY_BYTES], tag[32], zeros[32] = {0};
    mpriv_peer peers[PEERS];
    mpriv_dream_epoch epoch;
    mpriv_dream_member member;
    uint64_t next_slot = take_byte(in) % 4U, sent[SLOTS], opened[SLOTS];
    uint8_t has_sent[SLOTS] = {0}, has_opened[SLOTS] = {0};
    const mpriv_counter counter = {&next_slot, read_counter, write_counter};
    size_t i, left;
    memset(&epoch, 0, sizeof epoch);
    for (i = 0; i < PEERS + 3U; i++) {
        memset(keys[i], take_byte(in), MPRIV_KEY_BYTES);
        if (i < PEERS) {
            peers[i].node = 2U * (uint32_t)i + 1U;
            peers[i].key.data = keys[i];
            peers[i].key.length = MPRIV_KEY_BYTES;
        }
    }
    epoch.node = take_byte(in) % 12U;
    epoch.peers = peers;
    epoch.count = take_byte(in) % (PEERS + 1U);
    epoch.supplier_key = keys[PEERS];
    epoch.blind_key = keys[PEERS + 1U];
    epoch.digest = keys[PEERS + 2U];
    epoch.first_slot = take_byte(in) % 4U;
    epoch.last_slot = take_byte(in) % SLOTS;
    epoch.tail_wh = take_byte(in);
    epoch.scale_wh = take_byte(in) % 4U;
    epoch.tolerated_failures = take_byte(in) % 4U;
    epoch.colluders = take_byte(in) % 3U;
    epoch.expected_partners = take_byte(in) % (PEERS + 2U);
    epoch.maximum_wh = take_byte(in);
    epoch.modulus_bits = take_byte(in) % 66U;
    if (mpriv_dream_member_start(&member, &epoch, &counter) != MPRIV_OK) {
        return;
    }
    for (left = 24; left > 0U; left--) {
        const uint8_t choice = take_byte(in);
        const uint64_t slot = take_byte(in) % SLOTS;
        uint64_t number = 1;
        uint8_t clamped = 1;
        uint32_t missing[PEERS];
        const size_t count = choice % (PEERS + 1U);
        int code;
        if (choice >= 0xF0U) {
            CHECK(mpriv_dream_member_start(&member, &epoch, &counter) == MPRIV_OK);
            continue;
        }
        memset(tag, GUARD, sizeof tag);
        if (choice >= 0x80U) {
            const int64_t reading = (int64_t)take_byte(in) - 8, share = (int64_t)take_byte(in) - 0x80;
            code = mpriv_dream_member_report(&number, tag, &clamped, &member, &epoch, &counter, slot, reading,
                                             share);
            if (code == MPRIV_OK) {
                CHECK(!has_sent[slot] || sent[slot] == number);
                has_sent[slot] = 1;
                sent[slot] = number;
            }
        } else {
            for (i = 0; i < count; i++) {
                missing[i] = take_byte(in) % 12U;
            }
            code = mpriv_dream_member_reply(&number, tag, &member, &epoch, slot, missing, count);
            if (code == MPRIV_OK) {
                CHECK(has_sent[slot] && count + epoch.colluders <= epoch.tolerated_failures);
                CHECK(!has_opened[slot] || opened[slot] == number);
                has_opened[slot] = 1;
                opened[slot] = number;
            }
        }
        CHECK(code == MPRIV_OK || (number == 0U && memcmp(tag, zeros, sizeof tag) == 0));
    }
}

/* What an epoch agrees on beside its meters and its modulus. */
typedef struct {
    uint32_t failures, colluders, partners, maximum_wh;
    uint64_t tail_wh, scale_wh;
} agreement;

static void take_cluster(input *in, agreement *cluster) {
    cluster->failures = take_byte(in);
    cluster->colluders = take_byte(in);
    cluster->partners = take_byte(in);
    cluster->maximum_wh = take_byte(in);
    cluster->tail_wh = take_word(in, 3);
    cluster->scale_wh = take_word(in, 2);
}

static void epoch_values(input *in) {
    block key = take_block(in), m = take_block(in), residue = take_block(in), out = take_output(in, m.length);
    block tag = new_block(32U);
    const uint64_t slot = take_word(in, 8);
    uint8_t digest[32], selection[8];
    uint32_t limit = 7, meters;
    mpriv_hmac_key prepared;
    agreement cluster;
    peer_list list;
    int code;
    memset(digest, take_byte(in), sizeof digest);
    mpriv_hmac_prepare(&prepared, pointer(&key), key.length);
    check_output(mpriv_dream_epoch_key(tag.data, &prepared, digest), &tag);
    memset(tag.data, GUARD, tag.length);
    check_output(mpriv_dream_authenticate_reply(tag.data, &prepared, digest, 3U, slot, digest, pointer(&m),
                                                m.length, pointer(&residue), residue.length),
                 &tag);
    switch (take_byte(in) % 3U) {
    case 0:
        code =
            mpriv_dream_pair_values(selection, out.data, out.length, &prepared, slot, pointer(&m), m.length);
        break;
    case 1:
        code = mpriv_dream_blind(out.data, out.length, &prepared, slot, pointer(&m), m.length);
        break;
    default:
        take_peers(in, &list, 0U);
        code = mpriv_dream_recover(out.data, out.length, pointer(&m), m.length, take_byte(in) % 8U,
                                   list.peers, list.count, pointer(&residue), residue.length);
        drop_peers(&list);
        break;
    }
    check_output(code, &out);
    CHECK(code != MPRIV_OK || less(&out, &m));
    meters = (uint32_t)take_word(in, 2);
    take_cluster(in, &cluster);
    code = mpriv_dream_check_cluster_vartime(&limit, meters, cluster.failures, cluster.colluders,
                                             cluster.partners, cluster.maximum_wh, cluster.tail_wh,
                                             cluster.scale_wh, pointer(&m), m.length);
    CHECK(code == MPRIV_OK ? limit < MPRIV_METERS_MAX : limit == 0U);
    memset(tag.data, GUARD, tag.length);
    meters = take_byte(in);
    take_cluster(in, &cluster);
    check_output(mpriv_dream_epoch_digest_vartime(tag.data, slot, slot, digest, digest, meters,
                                                  cluster.failures, cluster.colluders, cluster.partners,
                                                  cluster.maximum_wh, cluster.tail_wh, cluster.scale_wh,
                                                  pointer(&m), m.length),
                 &tag);
    free(key.data);
    free(m.data);
    free(residue.data);
    free(out.data);
    free(tag.data);
}

static void slot_sums(input *in) {
    const uint32_t bits = take_byte(in) % 67U;
    const size_t count = take_byte(in) % 5U, opened = take_byte(in) % 3U;
    uint64_t ciphertexts[4], streams[4] = {0}, recoveries[2];
    mpriv_hmac_key keys[4];
    int64_t total = 1;
    size_t i;
    int code;
    for (i = 0; i < 4U; i++) {
        const uint8_t byte = take_byte(in);
        ciphertexts[i] = take_word(in, 8);
        recoveries[i % 2U] = take_word(in, 4);
        mpriv_hmac_prepare(&keys[i], &byte, 1U);
    }
    code = mpriv_dream_slot_keystreams(streams, bits, take_word(in, 7), keys, count);
    CHECK((code == MPRIV_OK) == (bits >= 1U && bits <= 64U));
    code = mpriv_dream_slot_total(&total, bits, ciphertexts, streams, count, recoveries, opened);
    if (code == MPRIV_OK) {
        CHECK(bits == 64U || (total >= -((int64_t)1 << (bits - 1U)) && total < (int64_t)1 << (bits - 1U)));
    } else {
        CHECK(total == 0);
    }
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
                                                  aggregate, parameters,   roster,          authenticate,
                                                  device,    epoch_values, slot_sums};
    input in = {data, size};
    operations[take_byte(&in) % (sizeof operations / sizeof *operations)](&in);
    noise(&in);
    return 0;
}
