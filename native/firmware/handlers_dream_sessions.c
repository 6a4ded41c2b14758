/* The sessions of DREAM's meters and devices. */
#include "handlers.h"

#define SESSIONS_MAX 6U

/* A meter of dream.meter_start, or a device of dream.device_start. */
typedef struct {
    uint16_t id; /* 0: free */
    uint8_t profile;
    uint8_t is_device;
    uint8_t reported; /* a meter's: there is a last report */
    uint32_t nodes[MPRIV_PARTNERS_MAX];
    uint8_t keys[MPRIV_PARTNERS_MAX][MPRIV_KEY_BYTES];
    uint8_t supplier_key[MPRIV_KEY_BYTES], blind_key[MPRIV_KEY_BYTES], digest[MPRIV_DIGEST_BYTES];
    mpriv_dream_epoch epoch; /* of a meter: node, count, w */
    mpriv_dream_member member;
    uint64_t next_slot; /* the counter, for as long as the session */
    uint64_t slot;
    int64_t value;
    uint8_t modulus[MPRIV_MASK_BYTES], ciphertext[MPRIV_MASK_BYTES], tag[MPRIV_DIGEST_BYTES];
} dream_session;

static dream_session sessions[SESSIONS_MAX];
static uint32_t listed[MPRIV_PARTNERS_MAX];

static dream_session *find_session(uint16_t id, uint8_t profile) {
    for (size_t i = 0; i < SESSIONS_MAX; i++) {
        if (sessions[i].id == id && sessions[i].profile == profile) {
            return &sessions[i];
        }
    }
    return NULL;
}

static dream_session *session_of(const request_view *request) {
    return find_session(request->session, request->profile);
}

/* A free session, or why there is none. */
static int session_open(const request_view *request, dream_session **opened) {
    if (session_of(request) != NULL) {
        return MPRIV_ERROR_STATE;
    }
    *opened = find_session(0, 0);
    if (*opened == NULL) {
        return MPRIV_ERROR_EXHAUSTED;
    }
    (*opened)->id = request->session;
    (*opened)->profile = request->profile;
    return MPRIV_OK;
}

int session_close(const request_view *request, mpriv_writer *writer) {
    int status = DECODE_NOTHING(session_close);
    (void)writer;
    for (size_t i = 0; status == 0 && i < SESSIONS_MAX; i++) {
        if (sessions[i].id == request->session) {
            mpriv_wipe(&sessions[i], sizeof sessions[i]);
        }
    }
    return status;
}

/* A session's keys are its own: a request's end with its answer. */
static void session_keys(dream_session *session, size_t count) {
    for (size_t i = 0; i < count; i++) {
        session->nodes[i] = peers[i].node;
        memcpy(session->keys[i], peers[i].key.data, MPRIV_KEY_BYTES);
    }
    session->epoch.count = count;
}

static void session_peers(const dream_session *session) {
    for (size_t i = 0; i < session->epoch.count; i++) {
        peers[i].node = session->nodes[i];
        peers[i].key.data = session->keys[i];
        peers[i].key.length = MPRIV_KEY_BYTES;
    }
}

NEXT_PEER(dream_meter_start_keys, key)

int dream_meter_start(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_meter_start_input in;
    mpriv_hmac_key key;
    dream_session *session;
    int status = DECODE(dream_meter_start, &in);
    (void)writer;
    if (status != 0) {
        return status;
    }
    if ((status = fill_peers(&in.keys, next_dream_meter_start_keys)) != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, in.supplier_key.data, in.supplier_key.length);
    status = mpriv_dream_keystream(number, MPRIV_MASK_BYTES, &key, 0, in.modulus.data, in.modulus.length);
    mpriv_wipe(&key, sizeof key);
    if (status != 0) {
        return status;
    }
    /* Whether somebody is selected in slot 0 does not matter. */
    status = mpriv_dream_select_partners(selected, (uint32_t)in.node, 0, peers, in.keys.count,
                                         (uint32_t)in.expected_partners);
    mpriv_wipe(selected, in.keys.count * sizeof selected[0]);
    if ((status != 0 && status != MPRIV_ERROR_POLICY) || (status = session_open(request, &session)) != 0) {
        return status;
    }
    session_keys(session, in.keys.count);
    session->epoch.node = (uint32_t)in.node;
    session->epoch.expected_partners = (uint32_t)in.expected_partners;
    memcpy(session->supplier_key, in.supplier_key.data, MPRIV_KEY_BYTES);
    memcpy(session->digest, in.roster.data, MPRIV_DIGEST_BYTES);
    memcpy(session->modulus + MPRIV_MASK_BYTES - in.modulus.length, in.modulus.data, in.modulus.length);
    return MPRIV_OK;
}

/* The report of a new slot into the session. */
static int meter_mask(dream_session *session, uint64_t slot, int64_t value) {
    mpriv_hmac_key key;
    const uint32_t node = session->epoch.node;
    session_peers(session);
    int status = mpriv_dream_select_partners(selected, node, slot, peers, session->epoch.count,
                                             session->epoch.expected_partners);
    if (status != 0) {
        return status;
    }
    mpriv_hmac_prepare(&key, session->supplier_key, MPRIV_KEY_BYTES);
    status = mpriv_dream_keystream(number, MPRIV_MASK_BYTES, &key, slot, session->modulus, MPRIV_MASK_BYTES);
    if (status == 0) {
        status = mpriv_dream_mask(session->ciphertext, MPRIV_MASK_BYTES, session->modulus, MPRIV_MASK_BYTES,
                                  node, value, number, MPRIV_MASK_BYTES, NULL, 0, NULL, 0);
    }
    for (size_t i = 0; status == 0 && i < session->epoch.count; i++) {
        mpriv_peer dummy = {session->nodes[i], {number, MPRIV_MASK_BYTES}};
        if (selected[i] == 0) {
            continue;
        }
        /* What is masked so far takes the blind's place. */
        memcpy(number + MPRIV_MASK_BYTES, session->ciphertext, MPRIV_MASK_BYTES);
        mpriv_hmac_prepare(&key, session->keys[i], MPRIV_KEY_BYTES);
        status =
            mpriv_dream_dummy_key(number, MPRIV_MASK_BYTES, &key, slot, session->modulus, MPRIV_MASK_BYTES);
        if (status == 0) {
            status =
                mpriv_dream_mask(session->ciphertext, MPRIV_MASK_BYTES, session->modulus, MPRIV_MASK_BYTES,
                                 node, 0, NULL, 0, &dummy, 1, number + MPRIV_MASK_BYTES, MPRIV_MASK_BYTES);
        }
    }
    mpriv_wipe(selected, session->epoch.count * sizeof selected[0]);
    if (status == 0) {
        mpriv_hmac_prepare(&key, session->supplier_key, MPRIV_KEY_BYTES);
        status = mpriv_dream_authenticate(session->tag, &key, session->digest, node, slot, session->modulus,
                                          MPRIV_MASK_BYTES, session->ciphertext, MPRIV_MASK_BYTES);
    }
    mpriv_wipe(&key, sizeof key);
    return status;
}

int dream_meter_report(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_meter_report_input in;
    mpriv_dream_meter_report_output out;
    dream_session *session = session_of(request);
    int status = DECODE(dream_meter_report, &in);
    if (status != 0) {
        return status;
    }
    if (session == NULL || session->is_device) {
        return MPRIV_ERROR_STATE;
    }
    const uint64_t slot = (uint64_t)in.slot;
    status = mpriv_dream_mask(number, MPRIV_MASK_BYTES, session->modulus, MPRIV_MASK_BYTES,
                              session->epoch.node, in.value, NULL, 0, NULL, 0, NULL, 0);
    if (status != 0) {
        return status;
    }
    if (session->reported &&
        (slot < session->slot || (slot == session->slot && in.value != session->value))) {
        return MPRIV_ERROR_REPLAYED;
    }
    if (!session->reported || slot > session->slot) {
        if ((status = meter_mask(session, slot, in.value)) != 0) {
            return status;
        }
        session->reported = 1;
        session->slot = slot;
        session->value = in.value;
    }
    out.ciphertext = as_bigint(session->ciphertext, MPRIV_MASK_BYTES, 0);
    out.tag = as_octets(session->tag, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_meter_report(writer, &out);
}

/* The counter of a session lives as long as it: what a test starts again with is what it kept itself. */
static int read_counter(void *context, uint64_t *next_slot) {
    *next_slot = *(const uint64_t *)context;
    return 0;
}

static int write_counter(void *context, uint64_t next_slot) {
    *(uint64_t *)context = next_slot;
    return 0;
}

NEXT_PEER(dream_device_start_keys, key)

int dream_device_start(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_device_start_input in;
    mpriv_dream_epoch epoch;
    mpriv_dream_member member;
    uint64_t next_slot;
    const mpriv_counter counter = {&next_slot, read_counter, write_counter};
    dream_session *session;
    unsigned bits = 0;
    int status = DECODE(dream_device_start, &in);
    (void)writer;
    if (status != 0) {
        return status;
    }
    if ((status = fill_peers(&in.keys, next_dream_device_start_keys)) != 0) {
        return status;
    }
    /* m = 2^bits: one bit of all is set. */
    for (size_t i = 0; i < in.modulus.length; i++) {
        for (unsigned k = 8U; k-- > 0U;) {
            if ((in.modulus.data[i] >> k) & 1U) {
                if (bits != 0U) {
                    return MPRIV_ERROR_RANGE;
                }
                bits = (unsigned)(8U * (in.modulus.length - 1U - i)) + k;
            }
        }
    }
    memset(&epoch, 0, sizeof epoch);
    epoch.node = (uint32_t)in.node;
    epoch.peers = peers;
    epoch.count = in.keys.count;
    epoch.supplier_key = in.supplier_key.data;
    epoch.blind_key = in.blind_key.data;
    epoch.digest = in.digest.data;
    epoch.first_slot = (uint64_t)in.first_slot;
    epoch.last_slot = (uint64_t)in.last_slot;
    epoch.tail_wh = (uint64_t)in.tail_wh;
    epoch.scale_wh = (uint64_t)in.scale_wh;
    epoch.tolerated_failures = (uint32_t)in.tolerated_failures;
    epoch.colluders = (uint32_t)in.colluders;
    epoch.expected_partners = (uint32_t)in.expected_partners;
    epoch.maximum_wh = (uint32_t)in.maximum_wh;
    epoch.modulus_bits = bits;
    next_slot = (uint64_t)in.next_slot;
    if ((status = mpriv_dream_member_start(&member, &epoch, &counter)) != 0 ||
        (status = session_open(request, &session)) != 0) {
        return status;
    }
    session_keys(session, in.keys.count);
    memcpy(session->supplier_key, in.supplier_key.data, MPRIV_KEY_BYTES);
    memcpy(session->blind_key, in.blind_key.data, MPRIV_KEY_BYTES);
    memcpy(session->digest, in.digest.data, MPRIV_DIGEST_BYTES);
    epoch.supplier_key = session->supplier_key;
    epoch.blind_key = session->blind_key;
    epoch.digest = session->digest;
    session->epoch = epoch;
    session->member = member;
    session->next_slot = next_slot;
    session->is_device = 1;
    return MPRIV_OK;
}

int dream_device_report(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_device_report_input in;
    mpriv_dream_device_report_output out;
    dream_session *session = session_of(request);
    uint64_t ciphertext;
    uint8_t clamped;
    int status = DECODE(dream_device_report, &in);
    /* The share of noise is randomness. */
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    if (session == NULL || !session->is_device) {
        return MPRIV_ERROR_STATE;
    }
    const mpriv_counter counter = {&session->next_slot, read_counter, write_counter};
    session_peers(session);
    status = mpriv_dream_member_report(&ciphertext, number + 8, &clamped, &session->member, &session->epoch,
                                       &counter, (uint64_t)in.slot, in.reading_wh, in.share_wh);
    if (status != 0) {
        return status;
    }
    out.ciphertext = from_uint64(ciphertext);
    out.tag = as_octets(number + 8, MPRIV_DIGEST_BYTES);
    out.clamped = clamped;
    return mpriv_encode_dream_device_report(writer, &out);
}

int dream_device_reply(const request_view *request, mpriv_writer *writer) {
    mpriv_dream_device_reply_input in;
    mpriv_dream_device_reply_output out;
    dream_session *session = session_of(request);
    uint64_t recovery;
    int status = DECODE(dream_device_reply, &in);
    if (status != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.missing);
    for (size_t i = 0; i < in.missing.count; i++) {
        int64_t node;
        if ((status = mpriv_next_dream_device_reply_missing(&reader, &node)) != 0) {
            return status;
        }
        listed[i] = (uint32_t)node;
        if (i > 0 && listed[i] <= listed[i - 1]) {
            return MPRIV_ERROR_RANGE;
        }
    }
    if (session == NULL || !session->is_device) {
        return MPRIV_ERROR_STATE;
    }
    session_peers(session);
    status = mpriv_dream_member_reply(&recovery, number + 8, &session->member, &session->epoch,
                                      (uint64_t)in.slot, listed, in.missing.count);
    if (status != 0) {
        return status;
    }
    out.recovery = from_uint64(recovery);
    out.tag = as_octets(number + 8, MPRIV_DIGEST_BYTES);
    return mpriv_encode_dream_device_reply(writer, &out);
}
