/* Load management in the measuring image, under moduli of 2048 bits: the works that are digits. */
#include "measure.h"
#include "meter_privacy.h"

enum { MODULUS_BYTES = 256, PRIME_BYTES = 128, BITS = 16, DAYS = 30 };

static uint8_t modulus[MODULUS_BYTES], p[PRIME_BYTES], q[PRIME_BYTES], g[MODULUS_BYTES], h[MODULUS_BYTES];
static uint8_t randomness[MODULUS_BYTES], other[MODULUS_BYTES], value[4],
    exponents[BITS][MPRIV_DGK_RANDOMNESS_BYTES];
static uint8_t ciphertext[2 * MODULUS_BYTES], out[BITS * MODULUS_BYTES], more[2 * MODULUS_BYTES], order[BITS];
static uint32_t multipliers[BITS];
static uint64_t level;
static mpriv_bytes bits[BITS], powers[BITS];
static mpriv_opening openings[2 * DAYS];
static uint64_t scratch[MPRIV_FACTORS_SCRATCH_BYTES(PRIME_BYTES, PRIME_BYTES, MPRIV_WINDOW_MAX) / 8U];

static int ring_start(void) {
    return mpriv_load_ring_start(out, sizeof ciphertext, modulus, sizeof modulus, 60000U, 1234U, randomness,
                                 sizeof randomness, scratch, sizeof scratch);
}

static int ring_add(void) {
    return mpriv_load_ring_add(out, sizeof ciphertext, modulus, sizeof modulus, 60000U, ciphertext,
                               sizeof ciphertext, 1234U, randomness, sizeof randomness, scratch,
                               sizeof scratch);
}

static int encrypt_day(void) {
    return mpriv_load_encrypt_day(out, more, sizeof more, modulus, sizeof modulus, 60000U, 1234U, 567U,
                                  randomness, sizeof randomness, other, sizeof other, scratch,
                                  sizeof scratch);
}

static int combine_openings(void) {
    return mpriv_load_combine_openings(out, more, MODULUS_BYTES, modulus, sizeof modulus, openings, 2U * DAYS,
                                       scratch, sizeof scratch);
}

static int recover_opening(void) {
    return mpriv_load_recover_opening(out, more, MODULUS_BYTES, p, sizeof p, q, sizeof q, ciphertext,
                                      sizeof ciphertext, scratch, sizeof scratch);
}

/* The opening is of another ciphertext, which the time does not tell. */
static int verify_opening(void) {
    const int code =
        mpriv_load_verify_opening(modulus, sizeof modulus, ciphertext, sizeof ciphertext, value, sizeof value,
                                  randomness, sizeof randomness, scratch, sizeof scratch);
    return code == MPRIV_ERROR_PROOF_FAILED ? MPRIV_OK : code;
}

static int reading_level(void) {
    return mpriv_load_reading_level(&level, 1234U, 10U, 65536U);
}

static int dgk_response(void) {
    const mpriv_dgk_key key = {{modulus, sizeof modulus}, {g, sizeof g}, {h, sizeof h}, 1021U};
    return mpriv_load_dgk_response(out, MODULUS_BYTES, &key, bits, multipliers, powers, order, BITS, 1234U,
                                   scratch, sizeof scratch);
}

static int (*const operations[])(void) = {ring_start,      ring_add,       encrypt_day,   combine_openings,
                                          recover_opening, verify_opening, reading_level, dgk_response};

int (*load_operation(uint8_t letter))(void) {
    const unsigned index = (unsigned)letter - '0';
    return index < sizeof operations / sizeof *operations ? operations[index] : NULL;
}

uint32_t load_scratch(uint8_t letter) {
    return letter == '6' ? 0U : (uint32_t)sizeof scratch;
}

/* Powers of two share no factor with an odd number; p and q are 2^1024 - 105 and 2^1023 + 1155. */
void load_set_up(void) {
    size_t i, j;
    for (i = 0; i < MODULUS_BYTES; i++) {
        modulus[i] = (uint8_t)(i * i + 7U * i + 53U);
    }
    modulus[0] |= 0x80U;
    modulus[MODULUS_BYTES - 1] |= 1U;
    randomness[1] = 4U;
    other[2] = 8U;
    value[1] = 77U;
    ciphertext[1] = 16U;
    g[3] = 2U;
    h[1] = 64U;
    for (i = 0; i < sizeof p; i++) {
        p[i] = 0xFFU;
    }
    p[sizeof p - 1U] = 0x97U;
    q[0] = 0x80U;
    q[sizeof q - 2U] = 0x04U;
    q[sizeof q - 1U] = 0x83U;
    for (i = 0; i < BITS; i++) {
        for (j = 0; j < MPRIV_DGK_RANDOMNESS_BYTES; j++) {
            exponents[i][j] = (uint8_t)(j * j + 11U * j + i + 1U);
        }
        powers[i].data = exponents[i];
        powers[i].length = MPRIV_DGK_RANDOMNESS_BYTES;
        bits[i].data = ciphertext;
        bits[i].length = MODULUS_BYTES;
        multipliers[i] = (uint32_t)(1000U - i);
        order[i] = (uint8_t)(BITS - 1U - i);
    }
    for (i = 0; i < 2U * DAYS; i++) {
        openings[i].value.data = value;
        openings[i].value.length = sizeof value;
        openings[i].randomness.data = randomness;
        openings[i].randomness.length = sizeof randomness;
        openings[i].scalar = i < DAYS ? 31U : 47U;
    }
}
