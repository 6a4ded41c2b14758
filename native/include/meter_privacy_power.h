/* libmeter_privacy, the privacy-power function: how much a meter's readings tell (leakage) when an
 * alternative energy source of limited average power feeds part of the load. The only part of the library
 * that has floating point; the conventions of meter_privacy.h hold, and besides:
 *
 * A load     is a list of count load levels, finite, increasing, from 0 to MPRIV_POWER_LOAD_MAX, with their
 * probabilities, which add up to one within 2^-40 and are divided by their sum. Loads, powers and slopes have
 * consistent units (a power is energy per slot, a slope is nats per unit of energy). malformed: count = 0, or
 * a number that is not finite. range: any other breach of these. Leakage    is in bits a slot unless the name
 * says nats. Timing     all inputs are public; no function makes a promise. Outputs    are all zero on an
 * error of the data. Scratch    is not wiped. Accuracy   binary64 in, binary64 out: a leakage is within
 * 10^-12 bits (absolute, or relative where it is above one bit) of the exact one for the given binary64
 * numbers, up to a million levels. Compile without -ffast-math, and for binary64 arithmetic that rounds each
 * operation once (not x87).
 */
#ifndef METER_PRIVACY_POWER_H
#define METER_PRIVACY_POWER_H

#include "meter_privacy.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MPRIV_POWER_LOAD_MAX 1000000000
#define MPRIV_POWER_USERS_MAX 64     /* independent users in one allocation */
#define MPRIV_POWER_CORRELATED_MAX 3 /* correlated users in one mpriv_privacy_power_blahut_arimoto */
#define MPRIV_POWER_MAX 1000000000000
#define MPRIV_POWER_SLOPE_MAX 1000000
#define MPRIV_POWER_ITERATIONS_MAX 500
#define MPRIV_POWER_TABLE_MAX 64 /* load levels of a policy table */

/* Scratch bytes of the exact functions below for `count` levels (over all users together), and of the
 * curve's.
 */
#define MPRIV_POWER_POINT_SCRATCH_BYTES(count) (((size_t)(count)) * 56U + 8U)
#define MPRIV_POWER_CURVE_SCRATCH_BYTES(count) (((size_t)(count)) * 80U + 8U)

/* A load of one user. */
typedef struct {
    const double *loads;
    const double *probabilities;
    size_t count;
} mpriv_user_load;

/* The load levels of one of several correlated users. */
typedef struct {
    const double *loads;
    size_t count;
} mpriv_levels;

/* A point of the lower boundary of I + sP, between certified bounds. */
typedef struct {
    double leakage_bits; /* of the policy that was found */
    double power;        /* of the policy that was found */
    double lower_nats;   /* lower <= min(I + sP) <= upper = I + sP of the policy */
    double upper_nats;
    uint32_t iterations;
} mpriv_privacy_power_bounds;

/* ---- Elementary functions in binary64, without a libm: exp within 1 ulp (2 where the result is subnormal),
 * expm1 within 1 ulp, log and log1p within 1 ulp. Outside their domain they answer as C's do. */

double mpriv_exp(double x);
double mpriv_expm1(double x);
double mpriv_log(double x);
double mpriv_log1p(double x);

/* ---- Exact for finite loads */

/* The two scratch macros as functions. */
size_t mpriv_privacy_power_point_scratch_bytes(size_t count);
size_t mpriv_privacy_power_curve_scratch_bytes(size_t count);

/* I(P) to *leakage_bits and -dI/dP in nats to *slope_nats: infinite at P = 0 where I > 0, and 0 for P at or
 * above the least power that hides everything (within 2^-50 of it, relative). output_probabilities (may be
 * null) receives the optimal law of the grid load, count numbers. power is finite, from 0, else malformed or
 * range. Time and memory are linear in count. Reads load, power; writes the outputs and scratch. */
MPRIV_CHECK int mpriv_privacy_power_leakage(double *leakage_bits, double *slope_nats,
                                            double *output_probabilities, const mpriv_user_load *load,
                                            double power, void *scratch, size_t scratch_length);

/* The optimal division of the power among user_count independent users, 1 to MPRIV_POWER_USERS_MAX, else
 * malformed: powers[i] and leakages_bits[i] of each, and the common slope as above. */
MPRIV_CHECK int mpriv_privacy_power_allocate(double *powers, double *leakages_bits, double *slope_nats,
                                             const mpriv_user_load *users, size_t user_count, double power,
                                             void *scratch, size_t scratch_length);

/* The optimal policy at slope s (as mpriv_privacy_power_leakage gives it, with output_probabilities) for the
 * load level of this index: row[j], the probability of the grid load loads[j], for j < count; 0 for
 * j > index. range: index >= count. */
MPRIV_CHECK int mpriv_privacy_power_policy_row(double *row, const mpriv_user_load *load,
                                               const double *output_probabilities, double slope_nats,
                                               size_t index);

/* The whole curve: the points at which two blocks of the optimal partition merge, by falling slope, one fewer
 * than levels of positive probability, to slopes_nats, powers and leakages_bits, each of count numbers, and
 * their number to *breakpoints. Between two of them the optimal partition stays. powers and leakages_bits may
 * both be null: the slopes take O(count log count), these O(count^1.5). merged (may be null) receives the
 * indices of the levels at which the boundaries vanish. */
MPRIV_CHECK int mpriv_privacy_power_curve(double *slopes_nats, double *powers, double *leakages_bits,
                                          size_t *merged, size_t *breakpoints, const mpriv_user_load *load,
                                          void *scratch, size_t scratch_length);

/* Reverse water-filling among user_count users with exponential loads of these means (finite, above 0):
 * level, powers[i] = min(level, means[i]), leakage_nats = sum of ln(means[i] / powers[i]). power is finite,
 * above 0. malformed: user_count = 0 or above MPRIV_POWER_USERS_MAX. */
MPRIV_CHECK int mpriv_privacy_power_allocate_exponential(double *level, double *powers, double *leakage_nats,
                                                         const double *means, size_t user_count,
                                                         double power);

/* ---- Blahut-Arimoto */

/* Scratch bytes of mpriv_privacy_power_blahut_arimoto; 0 for lists that it refuses. */
size_t mpriv_privacy_power_blahut_arimoto_scratch_bytes(const mpriv_levels *users, size_t user_count);

/* A law of the grid load and its policy q(y|x) for which I + sP is at most gap_nats above the least, with
 * certified bounds on that. Of 1 to MPRIV_POWER_CORRELATED_MAX users, else malformed, whose joint law
 * probabilities has one number for each point of the grid of their load levels (point_count of them, else
 * range), the last user's level changing fastest; P is the power of all together. slope_nats is above 0 and
 * at most MPRIV_POWER_SLOPE_MAX, gap_nats from 10^-12 to 1, else range. Starts from the uniform law, and
 * iterates Newton's method on the fixed-point equations of Blahut-Arimoto, q (1 - g) = m, m falling to 0:
 * O(point_count (counts[1] counts[2] + counts[2] + 1)^2) an iteration, O(point_count) for one user, where the
 * levels that Newton's method would keep give the fixed point in closed form as soon as they are the right
 * ones. The bounds are Blahut-Arimoto's, by running sums. exhausted: the gap was not reached within
 * MPRIV_POWER_ITERATIONS_MAX iterations; the bounds hold then too. The bounds allow 2^-48 (1 + |upper|) for
 * the rounding of binary64. output_probabilities may be null. */
MPRIV_CHECK int mpriv_privacy_power_blahut_arimoto(mpriv_privacy_power_bounds *bounds,
                                                   double *output_probabilities, const mpriv_levels *users,
                                                   size_t user_count, const double *probabilities,
                                                   size_t point_count, double slope_nats, double gap_nats,
                                                   void *scratch, size_t scratch_length);

/* One plain step of Blahut-Arimoto for one user: q[k] <- q[k] g[k], max g to *largest, with count numbers in
 * q, p and work, and decays[k] = e^(-s (x[k + 1] - x[k])) for k < count - 1. ln(max g) bounds how far I + sP
 * of the law q from before is above the least. It keeps the sum of q, whatever it is. p is a law, q positive
 * where p is; that is for the caller to see to. malformed: count = 0. One step in binary32 is within 10^-5
 * (absolute) of the exact one for up to 64 levels. */
MPRIV_CHECK int mpriv_privacy_power_step(double *q, double *largest, const double *p, const double *decays,
                                         size_t count, double *work);
MPRIV_CHECK int mpriv_privacy_power_step_binary32(float *q, float *largest, const float *p,
                                                  const float *decays, size_t count, float *work);

/* The same in fixed point: p and q are multiples of 2^-31, decays of 2^-32, work and *largest of 2^-26, where
 * everything from 64 on is 64 - 2^-26. No q falls below 2^-31. One step is within 2^-20 (absolute) of the
 * exact one for up to 64 levels where every g is below 64, as it is from the uniform law. Integer
 * instructions only. */
MPRIV_CHECK int mpriv_privacy_power_step_fixed(uint32_t *q, uint32_t *largest, const uint32_t *p,
                                               const uint32_t *decays, size_t count, uint32_t *work);

/* The law of the grid load that is optimal at a slope, in closed form by pooling: q from p and decays as above,
 * with 4 count numbers in work. O(count), without a logarithm. malformed: count = 0. Within 10^-5 (absolute) of
 * the exact law in binary32 for up to 64 levels; in fixed point within 2^-20 there, where no decay is above
 * 1 - 2^-8. */
MPRIV_CHECK int mpriv_privacy_power_law(double *q, const double *p, const double *decays, size_t count,
                                        double *work);
MPRIV_CHECK int mpriv_privacy_power_law_binary32(float *q, const float *p, const float *decays, size_t count,
                                                 float *work);
MPRIV_CHECK int mpriv_privacy_power_law_fixed(uint32_t *q, const uint32_t *p, const uint32_t *decays,
                                              size_t count, uint32_t *work);

/* ---- The energy management unit, in integers
 * A policy table has a row of count thresholds for each of count load levels, 1 to MPRIV_POWER_TABLE_MAX,
 * else malformed: a number r drawn from [0, 2^32) means the least grid level j with r < row[j]. A row does
 * not fall, and the one of level i has 2^32 at i, else range. */

/* thresholds[j] = floor(2^32 (weights[0] + ... + weights[j]) / sum). malformed: count as above. range: the
 * weights add up to 0, or to 2^32 or more. */
MPRIV_CHECK int mpriv_privacy_power_thresholds(uint64_t *thresholds, const uint32_t *weights, size_t count);

/* MPRIV_OK, malformed or range for a table of count rows, one after the other. */
MPRIV_CHECK int mpriv_privacy_power_check_table(const uint64_t *table, size_t count);

/* The grid level that a row of a table gives for four random bytes, little-endian. Constant time in random
 * and in the row. */
uint32_t mpriv_privacy_power_select(const uint64_t *row, size_t count, const uint8_t random[4]);

/* The grid level of each of `slots` load levels to outputs; slot t takes bytes 4 t to 4 t + 3 of random.
 * range: the table, or a level that is no row. exhausted: fewer than 4 slots bytes. */
MPRIV_CHECK int mpriv_privacy_power_sample(uint32_t *outputs, const uint64_t *table, size_t count,
                                           const uint32_t *levels, size_t slots, const uint8_t *random,
                                           size_t random_length);

#ifdef __cplusplus
}
#endif

#endif
