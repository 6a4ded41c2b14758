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

/* Memory of one request. */
extern uint8_t scratch[SCRATCH_BYTES];
extern uint8_t number[NUMBER_BYTES];

static inline mpriv_bigint as_bigint(const uint8_t *data, size_t length, uint8_t negative) {
    mpriv_bigint value = {data, length, negative};
    return value;
}

static inline mpriv_octets as_octets(const uint8_t *data, size_t length) {
    mpriv_octets value = {data, length};
    return value;
}

/* A production image takes no randomness from outside: its own source is the only one. */
int explicit_randomness(void);

/* handlers_trading.c */
handler reporting_sharing_roster, reporting_deal;
handler energy_tokens_blind, energy_tokens_blind_finalize, energy_tokens_identity;
handler energy_tokens_full_domain_hash, energy_tokens_fdh_blind, energy_tokens_fdh_finalize;
handler energy_tokens_challenge, energy_tokens_respond;
handler tasking_mark;
void forget_trading(void);

#endif
