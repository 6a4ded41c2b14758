/* Part of meter_privacy.h, which includes it. The groups of prime order of spec/reporting.md. Public constants. */
#ifndef METER_PRIVACY_GROUPS_H
#define METER_PRIVACY_GROUPS_H

/* Numbers modulo a prime p, or the points of y^2 = x^3 - 3 x + b modulo p, p = 3 modulo 4. Of prime order q. */
typedef struct {
    mpriv_bytes p;
    mpriv_bytes q;
    mpriv_bytes b;           /* empty for numbers */
    mpriv_bytes generator;   /* g, encoded */
    mpriv_bytes independent; /* h, encoded, whose logarithm to g nobody knows */
    mpriv_bytes name;        /* without a final zero */
} mpriv_group;

extern const mpriv_group mpriv_group_toy_2039;
extern const mpriv_group mpriv_group_modp_1024_160;
extern const mpriv_group mpriv_group_modp_2048;
extern const mpriv_group mpriv_group_modp_3072;
extern const mpriv_group mpriv_group_p256;

/* The group of a name, or NULL. What calls this holds the constants of all of them. */
const mpriv_group *mpriv_group_named(const char *name, size_t length);

#endif
