/* r^n mod n^2 beside OpenSSL and GMP, in turns: a line "power bits core openssl gmp openssl/core gmp/core" of
 * medians of processor time in microseconds and of a round's ratios for each length, and lines of the parts.
 * Built by tests/bench.py. */
#include <gmp.h>
#include <openssl/bn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "internal.h"

#define LIMBS_MAX 64U
#define ROUNDS 21

static mpriv_limb modulus[LIMBS_MAX], base[LIMBS_MAX], two_r[2U * LIMBS_MAX], result[2U * LIMBS_MAX];
static mpriv_limb work[MPRIV_MODULAR_WORK(LIMBS_MAX)], other[2U * LIMBS_MAX];
#define ENTRIES ((size_t)1U << MPRIV_WINDOW_MAX)
static mpriv_limb table[2U * LIMBS_MAX * ENTRIES];

static double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times) {
    qsort(times, ROUNDS, sizeof *times, by_size);
    return times[ROUNDS / 2];
}

/* From the state x: a fixed sequence (Marsaglia's xorshift64). */
static uint64_t next(uint64_t *x) {
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

static void number(mpz_t z, const mpriv_limb *limbs, size_t n) {
    mpz_import(z, n, -1, sizeof *limbs, 0, 0, limbs);
}

static int power(size_t n) {
    static uint64_t seed = 0x9e3779b97f4a7c15U;
    const unsigned accelerated = mpriv_accelerated(n);
    double core[ROUNDS], openssl[ROUNDS], gmp[ROUNDS], over_openssl[ROUNDS], over_gmp[ROUNDS], start;
    mpriv_modular ring;
    mpz_t z_n, z_square, z_base, z_result, z_core;
    BIGNUM *b_square, *b_n, *b_base, *b_result;
    BN_CTX *context = BN_CTX_new();
    char *text;
    size_t i;
    int round, right;
    for (i = 0; i < n; i++) {
        modulus[i] = next(&seed);
        base[i] = next(&seed);
    }
    modulus[0] |= 1U;
    modulus[n - 1U] |= (mpriv_limb)1U << 63;
    base[n - 1U] >>= 1;
    mpz_inits(z_n, z_square, z_base, z_result, z_core, NULL);
    number(z_n, modulus, n);
    number(z_base, base, n);
    mpz_mul(z_square, z_n, z_n);
    b_n = b_square = b_base = NULL;
    text = mpz_get_str(NULL, 16, z_n);
    (void)BN_hex2bn(&b_n, text);
    free(text);
    text = mpz_get_str(NULL, 16, z_square);
    (void)BN_hex2bn(&b_square, text);
    free(text);
    text = mpz_get_str(NULL, 16, z_base);
    (void)BN_hex2bn(&b_base, text);
    free(text);
    b_result = BN_new();
    for (round = 0; round < ROUNDS; round++) {
        start = now();
        /* As encryption does it: mpriv_public_power. */
        mpriv_modular_init(&ring, modulus, n, n * MPRIV_LIMB_BITS, two_r, work, accelerated, 1U);
        mpriv_modular_multiply(&ring, table, base, two_r, 1U);
        mpriv_modular_power_public(&ring, result, modulus, n * MPRIV_LIMB_BITS, table, ENTRIES, 1U);
        mpriv_modular_leave(&ring, result, 2U);
        mpriv_modular_join(&ring, other, result);
        core[round] = now() - start;
        start = now();
        (void)BN_mod_exp_mont_consttime(b_result, b_base, b_n, b_square, context, NULL);
        openssl[round] = now() - start;
        start = now();
        mpz_powm_sec(z_result, z_base, z_n, z_square);
        gmp[round] = now() - start;
        over_openssl[round] = openssl[round] / core[round];
        over_gmp[round] = gmp[round] / core[round];
    }
    number(z_core, other, 2U * n);
    text = BN_bn2hex(b_result);
    right = mpz_cmp(z_core, z_result) == 0;
    (void)mpz_set_str(z_core, text, 16);
    right = right && mpz_cmp(z_core, z_result) == 0;
    OPENSSL_free(text);
    (void)printf("power %zu %.1f %.1f %.1f %.3f %.3f\n", n * MPRIV_LIMB_BITS, median(core), median(openssl),
                 median(gmp), median(over_openssl), median(over_gmp));
    mpz_clears(z_n, z_square, z_base, z_result, z_core, NULL);
    BN_free(b_n);
    BN_free(b_square);
    BN_free(b_base);
    BN_free(b_result);
    BN_CTX_free(context);
    return right;
}

static void parts(size_t n) {
    const int calls = 1000;
    mpriv_modular ring;
    double times[2][ROUNDS], start;
    int round, i;
    mpriv_modular_init(&ring, modulus, n, 1U, two_r, work, mpriv_accelerated(n), 2U);
    for (round = 0; round < ROUNDS; round++) {
        start = now();
        for (i = 0; i < calls; i++) {
            mpriv_modular_square(&ring, result, result, 2U);
        }
        times[0][round] = (now() - start) / calls;
        start = now();
        for (i = 0; i < calls; i++) {
            mpriv_modular_multiply(&ring, result, result, two_r, 2U);
        }
        times[1][round] = (now() - start) / calls;
    }
    (void)printf("square %zu %.3f\nmultiply %zu %.3f\n", n * MPRIV_LIMB_BITS, median(times[0]),
                 n * MPRIV_LIMB_BITS, median(times[1]));
}

int main(void) {
    static const size_t lengths[] = {32U, 48U};
    size_t i;
    for (i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (!power(lengths[i])) {
            (void)fprintf(stderr, "the results differ\n");
            return 1;
        }
        parts(lengths[i]);
    }
    return 0;
}
