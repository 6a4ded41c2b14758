/* Fault injection on decryption: one limb flipped at one point of the computation, in one bit or in all, in the lower
 * or in the upper half of the number that stands there. Built with MPRIV_FAULTS.
 *
 * Reads lines "p q c b expected" in hexadecimal without prefix; prints "points P refused R harmless H wrong W":
 * a disturbed decryption either refuses with a plaintext of zeros, or gives the right plaintext. */
#include <stdio.h>
#include <string.h>

#include "../src/internal.h"

static size_t point, target, bit, part, whole;
static int disturbed;

void mpriv_disturb(mpriv_limb *z, size_t n) {
    if (point == target) {
        const size_t at = part * n / 2U + bit / MPRIV_LIMB_BITS % (n / 2U == 0U ? 1U : n / 2U);
        z[at] ^=
            whole ? (mpriv_limb) ~(mpriv_limb)0U : (mpriv_limb)((mpriv_limb)1U << (bit % MPRIV_LIMB_BITS));
        disturbed = 1;
    }
    point++;
}

static size_t parse(uint8_t *bytes, const char *text) {
    const size_t length = strlen(text) / 2U;
    size_t i;
    for (i = 0; i < length; i++) {
        unsigned byte = 0;
        (void)sscanf(text + 2U * i, "%2x", &byte);
        bytes[i] = (uint8_t)byte;
    }
    return length;
}

int main(void) {
    static char line[5][1200];
    static uint8_t p[256], q[256], c[600], b[600], expected[600], m[600], zero[600];
    static uint8_t scratch[MPRIV_FACTORS_SCRATCH_BYTES(256, 256, 5)];
    size_t points, refused = 0, harmless = 0, wrong = 0;
    while (scanf("%1199s %1199s %1199s %1199s %1199s", line[0], line[1], line[2], line[3], line[4]) == 5) {
        const size_t p_n = parse(p, line[0]), q_n = parse(q, line[1]), c_n = parse(c, line[2]);
        const size_t b_n = parse(b, line[3]), m_n = parse(expected, line[4]);
        points = 0;
        for (target = 0; target == 0U || disturbed; target++) {
            size_t kind;
            for (kind = 0; kind < 4U; kind++) {
                int code;
                part = kind % 2U;
                whole = kind / 2U;
                point = 0;
                disturbed = 0;
                bit = (target * 37U + part * 11U) % 512U;
                memset(m, 0xA5, sizeof m);
                code = mpriv_paillier_decrypt_blinded(m, m_n, p, p_n, q, q_n, c, c_n, b, b_n, scratch,
                                                      sizeof scratch);
                if (!disturbed) {
                    wrong += code != MPRIV_OK || memcmp(m, expected, m_n) != 0;
                } else if (code != MPRIV_OK) {
                    refused++;
                    wrong += memcmp(m, zero, m_n) != 0;
                } else if (memcmp(m, expected, m_n) == 0) {
                    harmless++;
                } else {
                    wrong++;
                }
            }
            points += (size_t)disturbed;
        }
        (void)printf("points %zu refused %zu harmless %zu wrong %zu\n", points, refused, harmless, wrong);
    }
    return wrong == 0U ? 0 : 1;
}
