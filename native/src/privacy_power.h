/* What the sources of the privacy-power function share. Not installed. */
#ifndef METER_PRIVACY_PRIVACY_POWER_H
#define METER_PRIVACY_PRIVACY_POWER_H

#include "elementary.h"
#include "internal.h"

/* MPRIV_OK, malformed or range; the sum of the probabilities to *total. */
MPRIV_CHECK int mpriv_load_check(double *total, const mpriv_user_load *load);
MPRIV_CHECK int mpriv_probabilities_check(double *total, const double *probabilities, size_t count);
MPRIV_CHECK int mpriv_levels_check(const double *loads, size_t count);
MPRIV_CHECK int mpriv_power_check(double power);

static inline int mpriv_finite(double x) {
    return x - x == 0.0;
}

static inline double mpriv_abs(double x) {
    return x < 0.0 ? -x : x;
}

static inline double mpriv_at_least(double x, double least) {
    return x > least ? x : least;
}

/* The first double in scratch, and in *count how many there are. */
static inline double *mpriv_reals(void *scratch, size_t length, size_t *count) {
    const size_t past = (size_t)((uintptr_t)scratch % sizeof(double));
    const size_t skip = past == 0U ? 0U : sizeof(double) - past;
    if (scratch == NULL || length < skip) {
        *count = 0;
        return NULL;
    }
    *count = (length - skip) / sizeof(double);
    return (double *)(void *)((uint8_t *)scratch + skip);
}

/* Whether blocks with masses p and p', the first of which is apart from the second by D, and the second from
 * the third by D', stay two at a slope s: p (1 - e^(-s D')) < p' (e^(s D) - 1). Given are
 * growth = e^(s D) - 1 and next_fall = 1 - e^(-s D'). */
static inline int mpriv_apart(double mass, double next_mass, double growth, double next_fall) {
    double left = mass * next_fall, right = next_mass * growth;
    if (left < 0x1p-960 && right < 0x1p-960) {
        left = (mass * 0x1p500) * (next_fall * 0x1p500);
        right = (next_mass * 0x1p500) * (growth * 0x1p500);
    }
    return left < right;
}

/* 1 - e^-t of e^t - 1. */
static inline double mpriv_fall(double growth) {
    return growth < 0x1p60 ? growth / (1.0 + growth) : 1.0;
}

#endif
