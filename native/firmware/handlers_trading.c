/* The operations of paper E that are a meter's: dealings, tokens and marks. */
#include "handlers.h"

#define ELEMENT_BYTES 384
#define OUTPUTS (MPRIV_THRESHOLD_MAX + 2U * MPRIV_SERVERS_MAX + 2U)

static uint8_t made[OUTPUTS * ELEMENT_BYTES];
static mpriv_server servers[MPRIV_SERVERS_MAX];
static mpriv_octets commitments[MPRIV_THRESHOLD_MAX], encrypted[MPRIV_SERVERS_MAX];
static mpriv_bigint responses[MPRIV_SERVERS_MAX];
static uint32_t readings[MPRIV_RESULT_READINGS_MAX];

void forget_trading(void) {
    mpriv_wipe(made, sizeof made);
    mpriv_wipe(readings, sizeof readings);
}

/* The group of a name, which the decoder has compared with the groups' names. */
static const mpriv_group *group_of(mpriv_octets name) {
    return mpriv_group_named((const char *)name.data, name.length);
}

/* ---- Dealings */

typedef int next_server(mpriv_reader *reader, int64_t *index, mpriv_octets *key);

static int next_of_roster(mpriv_reader *reader, int64_t *index, mpriv_octets *key) {
    mpriv_reporting_sharing_roster_servers_item item;
    const int status = mpriv_next_reporting_sharing_roster_servers(reader, &item);
    *index = item.index;
    *key = item.public_key;
    return status;
}

static int next_of_dealing(mpriv_reader *reader, int64_t *index, mpriv_octets *key) {
    mpriv_reporting_deal_servers_item item;
    const int status = mpriv_next_reporting_deal_servers(reader, &item);
    *index = item.index;
    *key = item.public_key;
    return status;
}

static int fill_roster(mpriv_sharing_roster *roster, mpriv_octets group, const mpriv_list *list,
                       next_server *next) {
    mpriv_reader reader = mpriv_list_reader(list);
    for (size_t i = 0; i < list->count; i++) {
        int64_t index;
        mpriv_octets key;
        const int status = next(&reader, &index, &key);
        if (status != 0) {
            return status;
        }
        servers[i].index = (uint32_t)index;
        servers[i].public_key.data = key.data;
        servers[i].public_key.length = key.length;
    }
    roster->group = group_of(group);
    roster->servers = servers;
    roster->count = list->count;
    return 0;
}

int reporting_sharing_roster(const request_view *request, mpriv_writer *writer) {
    mpriv_reporting_sharing_roster_input in;
    mpriv_reporting_sharing_roster_output out;
    mpriv_sharing_roster roster;
    int status = DECODE(reporting_sharing_roster, &in);
    if (status != 0 || (status = fill_roster(&roster, in.group, &in.servers, next_of_roster)) != 0) {
        return status;
    }
    roster.threshold = (uint32_t)in.threshold;
    roster.maximum_wh = (uint32_t)in.maximum_wh;
    roster.least = (uint32_t)in.least;
    if ((status = mpriv_sharing_roster_vartime(made, &roster, scratch, sizeof scratch)) != 0) {
        return status;
    }
    out.digest = as_octets(made, 32);
    return mpriv_encode_reporting_sharing_roster(writer, &out);
}

int reporting_deal(const request_view *request, mpriv_writer *writer) {
    mpriv_reporting_deal_input in;
    mpriv_reporting_deal_output out;
    mpriv_sharing_roster roster;
    int status = DECODE(reporting_deal, &in);
    if (status != 0 || (status = explicit_randomness()) != 0 ||
        (status = fill_roster(&roster, in.group, &in.servers, next_of_dealing)) != 0) {
        return status;
    }
    roster.threshold = (uint32_t)in.threshold;
    roster.maximum_wh = (uint32_t)in.maximum_wh;
    roster.least = (uint32_t)in.least;
    const size_t element = mpriv_group_element_bytes(roster.group);
    const size_t scalar = mpriv_group_scalar_bytes(roster.group), count = roster.count;
    uint8_t *shares = made + MPRIV_THRESHOLD_MAX * element, *masked = shares + count * element;
    uint8_t *challenge = masked + element, *answers = challenge + scalar;
    status = mpriv_sharing_deal(made, masked, shares, challenge, answers, &roster, (uint32_t)in.node,
                                (uint64_t)in.slot, (uint32_t)in.reading_wh, in.randomness.data,
                                in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    for (size_t i = 0; i < roster.threshold; i++) {
        commitments[i] = as_octets(made + i * element, element);
    }
    for (size_t i = 0; i < count; i++) {
        encrypted[i] = as_octets(shares + i * element, element);
        responses[i] = as_bigint(answers + i * scalar, scalar, 0);
    }
    out.commitments.items = commitments;
    out.commitments.count = roster.threshold;
    out.masked = as_octets(masked, element);
    out.encrypted.items = encrypted;
    out.encrypted.count = count;
    out.challenge = as_bigint(challenge, scalar, 0);
    out.responses.items = responses;
    out.responses.count = count;
    return mpriv_encode_reporting_deal(writer, &out);
}

/* ---- Blind signatures */

/* Of RFC 9474's variants 1 to 4. */
static const struct {
    mpriv_blind_scheme scheme;
    size_t salt_bytes, prefix_bytes;
} variants[] = {{MPRIV_BLIND_PSS, 48, 32},
                {MPRIV_BLIND_PSS_ZERO, 0, 32},
                {MPRIV_BLIND_PSS, 48, 0},
                {MPRIV_BLIND_PSS_ZERO, 0, 0}};

static int blind(mpriv_bigint *blinded, mpriv_bigint *inverse, mpriv_bigint modulus, mpriv_bigint exponent,
                 mpriv_blind_scheme scheme, mpriv_octets message, const uint8_t *salt,
                 mpriv_bigint blinding) {
    const mpriv_signer signer = {as_bytes(modulus), as_bytes(exponent)};
    const size_t length = modulus.length;
    const int status =
        mpriv_blind(number, length, made, length, &signer, scheme, message.data, message.length, salt,
                    blinding.data, blinding.length, scratch, sizeof scratch);
    *blinded = as_bigint(number, length, 0);
    *inverse = as_bigint(made, length, 0);
    return status;
}

static int finalise(mpriv_bigint *signature, mpriv_bigint modulus, mpriv_bigint exponent,
                    mpriv_blind_scheme scheme, mpriv_octets message, mpriv_bigint blind_signature,
                    mpriv_bigint inverse) {
    const mpriv_signer signer = {as_bytes(modulus), as_bytes(exponent)};
    const int status = mpriv_blind_finalise(number, modulus.length, &signer, scheme, message.data,
                                            message.length, blind_signature.data, blind_signature.length,
                                            inverse.data, inverse.length, scratch, sizeof scratch);
    *signature = as_bigint(number, modulus.length, 0);
    return status;
}

int energy_tokens_blind(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_blind_input in;
    mpriv_energy_tokens_blind_output out;
    int status = DECODE(energy_tokens_blind, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    if (in.input_message.length < variants[in.variant - 1].prefix_bytes ||
        in.salt.length != variants[in.variant - 1].salt_bytes) {
        return MPRIV_ERROR_MALFORMED;
    }
    status = blind(&out.blinded_message, &out.inverse, in.modulus, in.exponent,
                   variants[in.variant - 1].scheme, in.input_message, in.salt.data, in.blinding);
    return status != 0 ? status : mpriv_encode_energy_tokens_blind(writer, &out);
}

int energy_tokens_blind_finalize(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_blind_finalize_input in;
    mpriv_energy_tokens_blind_finalize_output out;
    int status = DECODE(energy_tokens_blind_finalize, &in);
    if (status != 0) {
        return status;
    }
    if (in.input_message.length < variants[in.variant - 1].prefix_bytes) {
        return MPRIV_ERROR_MALFORMED;
    }
    status = finalise(&out.signature, in.modulus, in.exponent, variants[in.variant - 1].scheme,
                      in.input_message, in.blind_signature, in.inverse);
    return status != 0 ? status : mpriv_encode_energy_tokens_blind_finalize(writer, &out);
}

int energy_tokens_full_domain_hash(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_full_domain_hash_input in;
    mpriv_energy_tokens_full_domain_hash_output out;
    int status = DECODE(energy_tokens_full_domain_hash, &in);
    if (status != 0) {
        return status;
    }
    const mpriv_signer signer = {as_bytes(in.modulus), as_bytes(in.exponent)};
    status = mpriv_full_domain_hash(number, in.modulus.length, &signer, in.message.data, in.message.length,
                                    scratch, sizeof scratch);
    out.hash = as_bigint(number, in.modulus.length, 0);
    return status != 0 ? status : mpriv_encode_energy_tokens_full_domain_hash(writer, &out);
}

int energy_tokens_fdh_blind(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_fdh_blind_input in;
    mpriv_energy_tokens_fdh_blind_output out;
    int status = DECODE(energy_tokens_fdh_blind, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    status = blind(&out.blinded_message, &out.inverse, in.modulus, in.exponent, MPRIV_BLIND_FULL_DOMAIN,
                   in.message, NULL, in.blinding);
    return status != 0 ? status : mpriv_encode_energy_tokens_fdh_blind(writer, &out);
}

int energy_tokens_fdh_finalize(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_fdh_finalize_input in;
    mpriv_energy_tokens_fdh_finalize_output out;
    int status = DECODE(energy_tokens_fdh_finalize, &in);
    if (status != 0) {
        return status;
    }
    status = finalise(&out.signature, in.modulus, in.exponent, MPRIV_BLIND_FULL_DOMAIN, in.message,
                      in.blind_signature, in.inverse);
    return status != 0 ? status : mpriv_encode_energy_tokens_fdh_finalize(writer, &out);
}

/* ---- Tokens */

int energy_tokens_identity(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_identity_input in;
    mpriv_energy_tokens_identity_output out;
    int status = DECODE(energy_tokens_identity, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    const mpriv_group *group = group_of(in.group);
    const size_t length = mpriv_group_element_bytes(group);
    status = mpriv_token_identity(made, made + length, group, in.secret.data, in.secret.length, in.nonce.data,
                                  in.nonce.length, scratch, sizeof scratch);
    out.v = as_octets(made, length);
    out.x = as_octets(made + length, length);
    return status != 0 ? status : mpriv_encode_energy_tokens_identity(writer, &out);
}

int energy_tokens_challenge(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_challenge_input in;
    mpriv_energy_tokens_challenge_output out;
    int status = DECODE(energy_tokens_challenge, &in);
    if (status != 0) {
        return status;
    }
    const mpriv_group *group = group_of(in.group);
    status = mpriv_token_challenge_vartime(made, group, in.token.data, in.token.length, in.report.data,
                                           in.utility_nonce.data, scratch, sizeof scratch);
    out.challenge = as_bigint(made, mpriv_group_scalar_bytes(group), 0);
    return status != 0 ? status : mpriv_encode_energy_tokens_challenge(writer, &out);
}

int energy_tokens_respond(const request_view *request, mpriv_writer *writer) {
    mpriv_energy_tokens_respond_input in;
    mpriv_energy_tokens_respond_output out;
    int status = DECODE(energy_tokens_respond, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    const mpriv_group *group = group_of(in.group);
    status =
        mpriv_token_respond(made, group, in.secret.data, in.secret.length, in.nonce.data, in.nonce.length,
                            in.challenge.data, in.challenge.length, scratch, sizeof scratch);
    out.response = as_bigint(made, mpriv_group_scalar_bytes(group), 0);
    return status != 0 ? status : mpriv_encode_energy_tokens_respond(writer, &out);
}

/* ---- Rewards */

int tasking_mark(const request_view *request, mpriv_writer *writer) {
    mpriv_tasking_mark_input in;
    mpriv_tasking_mark_output out;
    int status = DECODE(tasking_mark, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    mpriv_reader reader = mpriv_list_reader(&in.readings);
    for (size_t i = 0; i < in.readings.count; i++) {
        int64_t reading;
        if ((status = mpriv_next_tasking_mark_readings(&reader, &reading)) != 0) {
            return status;
        }
        readings[i] = (uint32_t)reading;
    }
    status = mpriv_task_mark(made, made + 32, in.task.data, readings, in.readings.count, in.salt.data,
                             in.nonce.data);
    out.digest = as_octets(made, 32);
    out.mark = as_octets(made + 32, 32);
    return status != 0 ? status : mpriv_encode_tasking_mark(writer, &out);
}
