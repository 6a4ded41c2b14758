/* What the handlers share. */
#ifndef HANDLERS_H
#define HANDLERS_H

#include "firmware.h"
#include "meter_privacy.h"

#if __STDC_HOSTED__
#include <string.h>
#else
void *memcpy(void *target, const void *source, size_t length);
void *memset(void *target, int byte, size_t length);
#endif

#define LARGER(a, b) ((a) > (b) ? (a) : (b))
#define NUMBER_BYTES (2 * MPRIV_MODULUS_BYTES_MAX)
#define PUBLIC_SCRATCH MPRIV_PUBLIC_SCRATCH_BYTES(MPRIV_MODULUS_BYTES_MAX, MPRIV_WINDOW_MAX)
#define FACTORS_SCRATCH                                                                                      \
    MPRIV_FACTORS_SCRATCH_BYTES(MPRIV_PRIME_BYTES_MAX, MPRIV_PRIME_BYTES_MAX, MPRIV_WINDOW_MAX)
#define SCRATCH_BYTES LARGER(PUBLIC_SCRATCH, FACTORS_SCRATCH)

/* Memory of one request; nothing here outlives its answer. */
extern uint8_t scratch[SCRATCH_BYTES];
extern uint8_t number[NUMBER_BYTES];
extern uint8_t selected[MPRIV_PARTNERS_MAX];
extern mpriv_bytes lists[3][MPRIV_METERS_MAX];
extern mpriv_peer peers[MPRIV_METERS_MAX];

/* A handler's input, decoded: 0 or what is wrong with it. */
#define DECODE(operation, in)                                                                                \
    mpriv_decode_##operation(request->payload, request->length, request->profile, in)
#define DECODE_NOTHING(operation)                                                                            \
    mpriv_decode_##operation(request->payload, request->length, request->profile)

static inline mpriv_bigint as_bigint(const uint8_t *data, size_t length, uint8_t negative) {
    mpriv_bigint value = {data, length, negative};
    return value;
}

static inline mpriv_octets as_octets(const uint8_t *data, size_t length) {
    mpriv_octets value = {data, length};
    return value;
}

static inline mpriv_bytes as_bytes(mpriv_bigint value) {
    mpriv_bytes bytes = {value.data, value.length};
    return bytes;
}

/* The bytes of a 64-bit number, big-endian, in number. */
mpriv_bigint from_uint64(uint64_t value);

/* A list of numbers into target, which has room for it. */
typedef int next_number(mpriv_reader *reader, mpriv_bigint *item);
int fill_list(mpriv_bytes *target, const mpriv_list *list, next_number *next);

/* A list of nodes and their keys into peers. NEXT_PEER makes its reader: the records' decoder and the member that
 * is the key. */
typedef int next_peer(mpriv_reader *reader, mpriv_peer *peer);
int fill_peers(const mpriv_list *list, next_peer *next);
#define NEXT_PEER(list, member)                                                                              \
    static int next_##list(mpriv_reader *reader, mpriv_peer *peer) {                                         \
        mpriv_##list##_item item;                                                                            \
        const int status = mpriv_next_##list(reader, &item);                                                 \
        if (status == 0) {                                                                                   \
            peer->node = (uint32_t)item.node;                                                                \
            peer->key.data = item.member.data;                                                               \
            peer->key.length = item.member.length;                                                           \
        }                                                                                                    \
        return status;                                                                                       \
    }

/* A production image takes no randomness from outside: its own source is the only one. */
int explicit_randomness(void);

/* handlers_paillier.c */
handler paillier_encrypt, paillier_encrypt_with_factors, paillier_decrypt, paillier_add, paillier_scale,
    paillier_rerandomise, paillier_encode_signed, paillier_decode_signed, paillier_headroom;

/* handlers_privacy_power.c */
handler privacy_power_thresholds, privacy_power_sample;
void forget_privacy_power(void);

/* handlers_dream.c */
handler dream_mask, dream_aggregate, dream_keystream, dream_dummy_key, dream_select_partners, dream_modulus,
    dream_check_parameters, dream_roster_digest, dream_authenticate, dream_clamp, dream_table_share,
    dream_sanitise, dream_check_cluster, dream_epoch_digest, dream_epoch_key, dream_pair_values, dream_blind,
    dream_recover, dream_authenticate_reply;

/* handlers_dream_sessions.c */
handler session_close, dream_meter_start, dream_meter_report, dream_device_start, dream_device_report,
    dream_device_reply;

/* handlers_load_management.c */
handler load_management_ring_start, load_management_ring_add, load_management_encrypt_day,
    load_management_recover_opening, load_management_combine_openings, load_management_verify_opening,
    load_management_reading_level, load_management_dgk_response, load_management_dgk_audit;
void forget_load_management(void);

/* handlers_trading.c */
handler reporting_sharing_roster, reporting_deal;
handler energy_tokens_blind, energy_tokens_blind_finalize, energy_tokens_identity;
handler energy_tokens_full_domain_hash, energy_tokens_fdh_blind, energy_tokens_fdh_finalize;
handler energy_tokens_challenge, energy_tokens_respond;
handler tasking_mark;
void forget_trading(void);

#endif
