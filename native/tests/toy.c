/* All of Paillier for toy moduli, with every window: every n, plaintext and randomness, every ciphertext, scalar and
 * pair of factors, against arithmetic that multiplies and divides as at school.
 *
 * toy LIMIT ROUNDS: encryption for every odd n from 15 to LIMIT, decryption for every pair of odd primes whose product
 * is at most LIMIT, and what takes a ciphertext and a second number for n to ROUNDS. LIMIT is at most 255. Prints the
 * numbers of cases; exit status 1 where one differs. */
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

enum { ROOM = 4096, NOT_INVERTIBLE = MPRIV_ERROR_NOT_INVERTIBLE, RANGE = MPRIV_ERROR_RANGE };

static uint8_t scratch[ROOM];
static unsigned long encrypted, decrypted, combined;

static unsigned greatest_common_divisor(unsigned a, unsigned b) {
    return b == 0U ? a : greatest_common_divisor(b, a % b);
}

/* base^exponent modulo m <= 2^16, one factor after the other. */
static unsigned power(unsigned base, unsigned exponent, unsigned m) {
    unsigned z = 1U % m;
    while (exponent-- > 0U) {
        z = z * (base % m) % m;
    }
    return z;
}

static int is_prime(unsigned n) {
    unsigned k;
    for (k = 2U; k * k <= n; k++) {
        if (n % k == 0U) {
            return 0;
        }
    }
    return n > 1U;
}

static void put(uint8_t *bytes, unsigned length, unsigned number) {
    while (length-- > 0U) {
        bytes[length] = (uint8_t)number;
        number >>= 8;
    }
}

static unsigned get(const uint8_t *bytes, unsigned length) {
    unsigned number = 0, i;
    for (i = 0; i < length; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

/* What an operation answered, beside what it should: a number, or an error with zeros. */
static void check(const char *what, int code, unsigned found, int error, unsigned expected, unsigned n,
                  unsigned a, unsigned b) {
    if (code != error || found != (error == MPRIV_OK ? expected : 0U)) {
        (void)printf("%s n %u, %u, %u: %d %u, not %d %u\n", what, n, a, b, code, found, error, expected);
        exit(1);
    }
}

static unsigned ciphertext_of(unsigned n, unsigned m, unsigned r) {
    const unsigned square = n * n;
    return (1U + m * n) % square * power(r, n, square) % square;
}

/* The class of what takes a plaintext and randomness. */
static int refusal(unsigned n, unsigned m, unsigned r) {
    if (m >= n || r == 0U || r >= n) {
        return RANGE;
    }
    return greatest_common_divisor(r, n) != 1U ? NOT_INVERTIBLE : MPRIV_OK;
}

/* The bytes that an operation's scratch needs for so many entries of its table, of which the first fits in least. */
static size_t room(size_t least, unsigned entries, size_t each) {
    const size_t bytes = least + (entries - 1U) * each * sizeof(mpriv_limb);
    if (bytes > sizeof scratch) {
        exit(2);
    }
    return bytes;
}

static void encryption(unsigned n) {
    uint8_t modulus[1], plaintext[1], randomness[1], out[2], record[3];
    size_t least = 0;
    unsigned entries, m, r;
    put(modulus, 1U, n);
    randomness[0] = 1U;
    plaintext[0] = 1U;
    while (mpriv_paillier_encrypt(out, 2U, modulus, 1U, plaintext, 1U, randomness, 1U, scratch, least) ==
           MPRIV_ERROR_SCRATCH) {
        least++;
    }
    for (entries = 1U; entries <= 1U << MPRIV_WINDOW_MAX; entries *= 2U) {
        const size_t given = room(least, entries, 2U * MPRIV_LIMBS((size_t)1U));
        for (r = 0; r <= n; r++) {
            int recorded;
            put(randomness, 1U, r);
            recorded = mpriv_offline_power(record, 3U, modulus, 1U, randomness, 1U, scratch, given);
            if (recorded != refusal(n, 0, r)) {
                check("record", recorded, 0, refusal(n, 0, r), 0, n, r, entries);
            }
            for (m = 0; m <= n; m++) {
                const unsigned expected = ciphertext_of(n, m, r);
                int code;
                put(plaintext, 1U, m);
                code = mpriv_paillier_encrypt(out, 2U, modulus, 1U, plaintext, 1U, randomness, 1U, scratch,
                                              given);
                check("encrypt", code, get(out, 2U), refusal(n, m, r), expected, n, m, r);
                encrypted++;
                if (recorded == MPRIV_OK && entries == 1U) {
                    code = mpriv_paillier_encrypt_online(out, 2U, modulus, 1U, plaintext, 1U, record, 3U,
                                                         scratch, sizeof scratch);
                    check("online", code, get(out, 2U), m < n ? MPRIV_OK : RANGE, expected, n, m, r);
                }
            }
        }
    }
}

static void signed_values(unsigned n) {
    uint8_t modulus[1], value[1], out[1], negative;
    unsigned minus, a;
    put(modulus, 1U, n);
    for (a = 0; a <= n; a++) {
        int code;
        put(value, 1U, a);
        for (minus = 0; minus < 2U; minus++) {
            code = mpriv_paillier_encode_signed(out, 1U, modulus, 1U, (uint8_t)minus, value, 1U, scratch,
                                                sizeof scratch);
            check("encode", code, out[0], 2U * a < n ? MPRIV_OK : RANGE, minus != 0U ? (n - a) % n : a, n, a,
                  minus);
        }
        code =
            mpriv_paillier_decode_signed(&negative, out, 1U, modulus, 1U, value, 1U, scratch, sizeof scratch);
        check("decode", code, out[0] + 256U * negative, a < n ? MPRIV_OK : RANGE,
              2U * a < n ? a : n - a + 256U, n, a, 0);
    }
}

/* Every ciphertext with every scalar and every randomness, and with every other ciphertext. */
static void combination(unsigned n) {
    const unsigned square = n * n;
    uint8_t modulus[1], first[2], second[2], out[2];
    const mpriv_bytes both[2] = {{first, 2U}, {second, 2U}};
    size_t least = 0;
    unsigned c, k, entries;
    put(modulus, 1U, n);
    put(first, 2U, 1U);
    put(second, 2U, 1U);
    while (mpriv_paillier_rerandomise(out, 2U, modulus, 1U, first, 2U, second, 2U, scratch, least) ==
           MPRIV_ERROR_SCRATCH) {
        least++;
    }
    for (c = 0; c <= square; c++) {
        const int unit = greatest_common_divisor(c, n) == 1U, bad = c == 0U || c == square;
        put(first, 2U, c);
        for (k = 0; k <= n; k++) {
            const int coprime = unit && greatest_common_divisor(k, n) == 1U;
            const unsigned scaled = power(c, k, square), fresh = c % square * power(k, n, square) % square;
            put(second, 2U, k);
            for (entries = 1U; entries <= 1U << MPRIV_WINDOW_MAX; entries *= 2U) {
                const size_t given = room(least, entries, 2U * MPRIV_LIMBS((size_t)1U));
                int code =
                    mpriv_paillier_scale_vartime(out, 2U, modulus, 1U, first, 2U, second, 2U, scratch, given);
                check("scale", code, get(out, 2U),
                      bad || k == n ? RANGE
                      : unit        ? MPRIV_OK
                                    : NOT_INVERTIBLE,
                      scaled, n, c, k);
                code =
                    mpriv_paillier_rerandomise(out, 2U, modulus, 1U, first, 2U, second, 2U, scratch, given);
                check("rerandomise", code, get(out, 2U),
                      bad || k == 0U || k == n ? RANGE
                      : coprime                ? MPRIV_OK
                                               : NOT_INVERTIBLE,
                      fresh, n, c, k);
                combined += 2U;
            }
        }
        for (k = 0; k <= square; k++) {
            const int all = unit && greatest_common_divisor(k, n) == 1U;
            int code;
            put(second, 2U, k);
            code = mpriv_paillier_add_vartime(out, 2U, modulus, 1U, both, 2U, scratch, sizeof scratch);
            check("add", code, get(out, 2U),
                  bad || k == 0U || k == square ? RANGE
                  : all                         ? MPRIV_OK
                                                : NOT_INVERTIBLE,
                  c % square * (k % square) % square, n, c, k);
            combined++;
        }
    }
}

/* The plaintext of a unit c: the m with c^order = 1 + m order n modulo n^2. */
static unsigned plaintext_of(unsigned n, unsigned order, unsigned c) {
    const unsigned quotient = (power(c, order, n * n) - 1U) / n;
    unsigned m = 0;
    while (m * order % n != quotient) {
        m++;
    }
    return m;
}

static void factors(unsigned p, unsigned q, unsigned rounds) {
    const unsigned n = p * q, square = n * n, order = (p - 1U) * (q - 1U);
    const int valid = p != q && greatest_common_divisor(n, order) == 1U;
    uint8_t p_byte[1], q_byte[1], first[2], second[2], out[4];
    size_t least = 0;
    unsigned window, c, r;
    put(p_byte, 1U, p);
    put(q_byte, 1U, q);
    while (mpriv_paillier_decrypt(out, 2U, p_byte, 1U, q_byte, 1U, first, 2U, scratch, least) ==
           MPRIV_ERROR_SCRATCH) {
        least++;
    }
    for (window = 1U; window <= MPRIV_WINDOW_MAX; window++) {
        /* The least scratch has the first two entries. */
        const size_t given = room(least, (1U << window) - 1U, 2U * MPRIV_LIMBS((size_t)1U));
        for (c = 0; c <= square; c++) {
            const int range = c == 0U || c == square || p == q, unit = greatest_common_divisor(c, n) == 1U;
            const int error = range ? RANGE : valid && unit ? MPRIV_OK : NOT_INVERTIBLE;
            const unsigned expected = error == MPRIV_OK ? plaintext_of(n, order, c) : 0U;
            int code;
            put(first, 2U, c);
            code = mpriv_paillier_decrypt(out, 2U, p_byte, 1U, q_byte, 1U, first, 2U, scratch, given);
            check("decrypt", code, get(out, 2U), error, expected, n, c, window);
            decrypted++;
            for (r = 1U; error == MPRIV_OK && n <= rounds && r < n; r++) {
                if (greatest_common_divisor(r, n) == 1U) {
                    put(second, 2U, power(r, n, square));
                    code = mpriv_paillier_decrypt_blinded(out, 2U, p_byte, 1U, q_byte, 1U, first, 2U, second,
                                                          2U, scratch, given);
                    check("blinded", code, get(out, 2U), MPRIV_OK, expected, n, c, r);
                    decrypted++;
                }
            }
        }
        for (c = 0; c <= n; c++) {
            for (r = 0; r <= n; r++) {
                int code, error = p == q ? RANGE : refusal(n, c, r);
                put(first, 2U, c);
                put(second, 2U, r);
                code = mpriv_paillier_encrypt_with_factors(out, 4U, p_byte, 1U, q_byte, 1U, first, 2U, second,
                                                           2U, scratch, given);
                error = error != RANGE && !valid ? NOT_INVERTIBLE : error;
                check("encrypt with factors", code, get(out, 4U), error, ciphertext_of(n, c, r), n, c, r);
                encrypted++;
            }
        }
    }
}

int main(int argc, char **argv) {
    const unsigned limit = argc == 3 ? (unsigned)atoi(argv[1]) : 0U,
                   rounds = argc == 3 ? (unsigned)atoi(argv[2]) : 0U;
    unsigned n, p, q;
    if (limit > 255U || rounds > limit) {
        return 2;
    }
    for (n = 15U; n <= limit; n += 2U) {
        encryption(n);
        signed_values(n);
        if (n <= rounds) {
            combination(n);
        }
    }
    for (p = 3U; p * 3U <= limit; p += 2U) {
        for (q = 3U; p * q <= limit; q += 2U) {
            if (is_prime(p) && is_prime(q)) {
                factors(p, q, rounds);
            }
        }
    }
    (void)printf("bits %u encrypted %lu decrypted %lu combined %lu\n", mpriv_limb_bits(), encrypted,
                 decrypted, combined);
    return 0;
}
