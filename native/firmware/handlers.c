/* What this device is: its operations, each decoded, computed and encoded by a handler in its chapter's file. */
#include "handlers.h"

uint8_t scratch[SCRATCH_BYTES];
uint8_t number[NUMBER_BYTES];
uint8_t selected[MPRIV_PARTNERS_MAX];
mpriv_bytes lists[3][MPRIV_METERS_MAX];
mpriv_peer peers[MPRIV_METERS_MAX];

mpriv_bigint from_uint64(uint64_t value) {
    for (unsigned i = 0; i < 8; i++) {
        number[i] = (uint8_t)(value >> (56 - 8 * i));
    }
    return as_bigint(number, 8, 0);
}

int fill_list(mpriv_bytes *target, const mpriv_list *list, next_number *next) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        mpriv_bigint item;
        int status = next(&reader, &item);
        if (status != 0) {
            return status;
        }
        target[i].data = item.data;
        target[i].length = item.length;
    }
    return MPRIV_OK;
}

int fill_peers(const mpriv_list *list, next_peer *next) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int status = next(&reader, &peers[i]);
        if (status != 0) {
            return status;
        }
    }
    return MPRIV_OK;
}

int explicit_randomness(void) {
    return MPRIV_TEST_IMAGE ? MPRIV_OK : MPRIV_ERROR_POLICY;
}

static void forget(void) {
    mpriv_wipe(number, sizeof number);
    forget_privacy_power();
    forget_load_management();
    forget_trading();
}

static const device_handler handlers[] = {
    {MPRIV_OPCODE_PAILLIER_ENCRYPT, paillier_encrypt},
    {MPRIV_OPCODE_PAILLIER_ENCRYPT_WITH_FACTORS, paillier_encrypt_with_factors},
    {MPRIV_OPCODE_PAILLIER_DECRYPT, paillier_decrypt},
    {MPRIV_OPCODE_PAILLIER_ADD, paillier_add},
    {MPRIV_OPCODE_PAILLIER_SCALE, paillier_scale},
    {MPRIV_OPCODE_PAILLIER_RERANDOMISE, paillier_rerandomise},
    {MPRIV_OPCODE_PAILLIER_ENCODE_SIGNED, paillier_encode_signed},
    {MPRIV_OPCODE_PAILLIER_DECODE_SIGNED, paillier_decode_signed},
    {MPRIV_OPCODE_PAILLIER_HEADROOM, paillier_headroom},
    {MPRIV_OPCODE_PRIVACY_POWER_THRESHOLDS, privacy_power_thresholds},
    {MPRIV_OPCODE_PRIVACY_POWER_SAMPLE, privacy_power_sample},
    {MPRIV_OPCODE_DREAM_MASK, dream_mask},
    {MPRIV_OPCODE_DREAM_AGGREGATE, dream_aggregate},
    {MPRIV_OPCODE_DREAM_KEYSTREAM, dream_keystream},
    {MPRIV_OPCODE_DREAM_DUMMY_KEY, dream_dummy_key},
    {MPRIV_OPCODE_DREAM_SELECT_PARTNERS, dream_select_partners},
    {MPRIV_OPCODE_DREAM_MODULUS, dream_modulus},
    {MPRIV_OPCODE_DREAM_CHECK_PARAMETERS, dream_check_parameters},
    {MPRIV_OPCODE_DREAM_ROSTER_DIGEST, dream_roster_digest},
    {MPRIV_OPCODE_DREAM_AUTHENTICATE, dream_authenticate},
    {MPRIV_OPCODE_DREAM_CHECK_CLUSTER, dream_check_cluster},
    {MPRIV_OPCODE_DREAM_EPOCH_DIGEST, dream_epoch_digest},
    {MPRIV_OPCODE_DREAM_EPOCH_KEY, dream_epoch_key},
    {MPRIV_OPCODE_DREAM_PAIR_VALUES, dream_pair_values},
    {MPRIV_OPCODE_DREAM_BLIND, dream_blind},
    {MPRIV_OPCODE_DREAM_RECOVER, dream_recover},
    {MPRIV_OPCODE_DREAM_AUTHENTICATE_REPLY, dream_authenticate_reply},
    {MPRIV_OPCODE_DREAM_CLAMP, dream_clamp},
    {MPRIV_OPCODE_DREAM_TABLE_SHARE, dream_table_share},
    {MPRIV_OPCODE_DREAM_SANITISE, dream_sanitise},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_RING_START, load_management_ring_start},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_RING_ADD, load_management_ring_add},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_ENCRYPT_DAY, load_management_encrypt_day},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_RECOVER_OPENING, load_management_recover_opening},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_COMBINE_OPENINGS, load_management_combine_openings},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_VERIFY_OPENING, load_management_verify_opening},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_READING_LEVEL, load_management_reading_level},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_RESPONSE, load_management_dgk_response},
    {MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_AUDIT, load_management_dgk_audit},
    {MPRIV_OPCODE_REPORTING_SHARING_ROSTER, reporting_sharing_roster},
    {MPRIV_OPCODE_REPORTING_DEAL, reporting_deal},
    {MPRIV_OPCODE_ENERGY_TOKENS_BLIND, energy_tokens_blind},
    {MPRIV_OPCODE_ENERGY_TOKENS_BLIND_FINALIZE, energy_tokens_blind_finalize},
    {MPRIV_OPCODE_ENERGY_TOKENS_IDENTITY, energy_tokens_identity},
#if MPRIV_PUBLISHED
    {MPRIV_OPCODE_ENERGY_TOKENS_FULL_DOMAIN_HASH, energy_tokens_full_domain_hash},
    {MPRIV_OPCODE_ENERGY_TOKENS_FDH_BLIND, energy_tokens_fdh_blind},
    {MPRIV_OPCODE_ENERGY_TOKENS_FDH_FINALIZE, energy_tokens_fdh_finalize},
#endif
    {MPRIV_OPCODE_ENERGY_TOKENS_CHALLENGE, energy_tokens_challenge},
    {MPRIV_OPCODE_ENERGY_TOKENS_RESPOND, energy_tokens_respond},
    {MPRIV_OPCODE_TASKING_MARK, tasking_mark},
    {MPRIV_OPCODE_SESSION_CLOSE, session_close},
    {MPRIV_OPCODE_DREAM_METER_START, dream_meter_start},
    {MPRIV_OPCODE_DREAM_METER_REPORT, dream_meter_report},
    {MPRIV_OPCODE_DREAM_DEVICE_START, dream_device_start},
    {MPRIV_OPCODE_DREAM_DEVICE_REPORT, dream_device_report},
    {MPRIV_OPCODE_DREAM_DEVICE_REPLY, dream_device_reply},
};

const device_description device = {
    MPRIV_TEST_IMAGE ? "meter-privacy-firmware (test image)" : "meter-privacy-firmware (production image)",
    MPRIV_VERSION,
    handlers,
    sizeof handlers / sizeof handlers[0],
    forget,
};
