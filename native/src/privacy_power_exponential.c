/* Reverse water-filling among independent users with exponential loads. */
#include "privacy_power.h"

int mpriv_privacy_power_allocate_exponential(double *level, double *powers, double *leakage_nats,
                                             const double *means, size_t user_count, double power) {
    mpriv_sum below = {0.0, 0.0}, leakage = {0.0, 0.0};
    double filled = 0.0, top = 0.0;
    size_t i, left = user_count;
    int code = mpriv_power_check(power);
    if (level == NULL || powers == NULL || leakage_nats == NULL || means == NULL) {
        return MPRIV_ERROR_MISUSE;
    }
    *level = *leakage_nats = 0.0;
    if (user_count == 0U || user_count > MPRIV_POWER_USERS_MAX) {
        return MPRIV_ERROR_MALFORMED;
    }
    memset(powers, 0, user_count * sizeof *powers);
    code = power == 0.0 ? MPRIV_ERROR_RANGE : code;
    for (i = 0; i < user_count; i++) {
        if (!mpriv_finite(means[i])) {
            code = MPRIV_ERROR_MALFORMED;
        } else if (code == MPRIV_OK && !(means[i] > 0.0 && means[i] <= (double)MPRIV_POWER_LOAD_MAX)) {
            code = MPRIV_ERROR_RANGE;
        }
    }
    if (code != MPRIV_OK) {
        return code;
    }
    /* Fills the users up in the order of their means, until the level no longer reaches the next one's. */
    while (left > 0U) {
        double next = MPRIV_INFINITY, count = 0.0;
        for (i = 0; i < user_count; i++) {
            if (means[i] > filled) {
                next = means[i] < next ? means[i] : next;
            }
        }
        *level = (power - mpriv_total(&below)) / (double)left;
        if (*level < next) {
            break;
        }
        for (i = 0; i < user_count; i++) {
            count += means[i] == next ? 1.0 : 0.0;
        }
        mpriv_accumulate(&below, next * count);
        left -= (size_t)count;
        filled = top = next;
    }
    *level = left == 0U ? top : *level;
    for (i = 0; i < user_count; i++) {
        powers[i] = means[i] < *level ? means[i] : *level;
        mpriv_accumulate(&leakage, powers[i] < means[i] ? mpriv_log(means[i] / powers[i]) : 0.0);
    }
    *leakage_nats = mpriv_total(&leakage);
    return MPRIV_OK;
}
