/* libmeter_privacy, rechargeable batteries: how much a meter's readings tell (leakage) when a battery between
 * the home and the grid charges and discharges at random. The conventions of meter_privacy_power.h hold, and
 * besides:
 *
 * A load     is 0, 1, ..., count - 1 units of energy a slot, with these probabilities, independent from slot
 * to slot. A battery   of capacity C has a state of charge 0, ..., C in the same units; in a slot of load x
 * and grid load y it goes from s to s - x + y. A policy   has a row of outputs probabilities for each state
 * and load, the load changing faster: row (s, x) is the law of the grid load 0, ..., outputs - 1, and gives
 * probability only where 0 <= s - x + y <= C. Rows add up to one within 2^-40 and are divided by their sum.
 * Leakage   is in bits a slot. Timing   all inputs are public; no function makes a promise. Accuracy   within
 * 10^-12 bits, absolute, of the exact value for the given binary64 numbers.
 */
#ifndef METER_PRIVACY_BATTERIES_H
#define METER_PRIVACY_BATTERIES_H

#include "meter_privacy_power.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MPRIV_BATTERIES_CAPACITY_MAX 1024
#define MPRIV_BATTERIES_LOADS_MAX 256 /* load levels, and grid load levels */
#define MPRIV_BATTERIES_ITERATIONS_MAX 500
#define MPRIV_BATTERIES_PERIOD_MAX 64
#define MPRIV_BATTERIES_UNITS_MAX 1000000 /* of energy, in the integer functions */
#define MPRIV_BATTERIES_STATES_MAX 1025
#define MPRIV_BATTERIES_BATCHES 32 /* of one simulation */
#define MPRIV_BATTERIES_BLOCK_MAX 64
#define MPRIV_BATTERIES_PATHS_MAX 4194304

/* Scratch bytes of mpriv_batteries_minimum_leakage. */
#define MPRIV_BATTERIES_MINIMUM_SCRATCH_BYTES(count, capacity)                                               \
    ((((size_t)(capacity)) + 1U) * ((((size_t)(count)) + 7U) * 8U + sizeof(size_t) + 1U) +                   \
     ((size_t)(count)) * 24U + 16U)

/* A least value, between certified bounds. */
typedef struct {
    double leakage_bits; /* of the law that was found */
    double lower_bits;   /* lower <= least <= upper */
    double upper_bits;
    uint32_t iterations;
} mpriv_battery_bounds;

/* One battery, its load, and its policy of (capacity + 1) load_count rows of output_count numbers. */
typedef struct {
    const double *probabilities;
    size_t load_count;
    size_t capacity;
    const double *policy;
    size_t output_count;
} mpriv_battery_controller;

/* A move of a controller: in state `from` under this load, to this output and state, with this probability
 * given the state and the load. */
typedef struct {
    uint32_t from;
    uint32_t load;
    uint32_t output;
    uint32_t to;
    double probability;
} mpriv_battery_move;

/* A controller of any finite number of states, from 1 to MPRIV_BATTERIES_STATES_MAX, which include the state
 * of charge: who sees a state, a load and an output knows the next state. The moves are sorted by output,
 * else malformed; the probabilities of a state's moves under a load add up to one as those of a row. That
 * energy is kept is for the caller to see to. */
typedef struct {
    const double *probabilities; /* of the load */
    size_t load_count;
    size_t states;
    size_t output_count;
    const mpriv_battery_move *moves;
    size_t move_count;
} mpriv_battery_machine;

/* A closed class of states: once in it, the controller does not leave it. */
typedef struct {
    size_t states; /* how many */
    size_t period;
    double probability; /* that the controller ends in it */
    double lower_bits;
    double upper_bits;
} mpriv_battery_class;

/* One battery in thresholds of 2^32: a number r drawn from [0, 2^32) means the least value k with
 * r < thresholds[k]. No threshold falls, and the last is 2^32. The policy's rows are as above. */
typedef struct {
    const uint64_t *loads;
    size_t load_count;
    const uint64_t *initial_state;
    size_t capacity;
    const uint64_t *policy;
    size_t output_count;
} mpriv_battery_thresholds;

/* Of two batteries: I(S_A, X; W), I(S_B, W; Y), I(S_A, S_B, X, Y; W), their sum with the last one taken off,
 * which is I(S_A, S_B, X; Y), and the residual of invariance of each. */
typedef struct {
    double first_bits;
    double second_bits;
    double joint_bits;
    double bound_bits;
    double residuals[2];
} mpriv_cascade_terms;

typedef struct {
    double leakage_bits;
    double deviation_bits; /* estimated standard deviation of leakage_bits */
} mpriv_battery_estimate;

/* The state of charge after a slot, s - x + y. range: a capacity of 0, a number above
 * MPRIV_BATTERIES_UNITS_MAX, or a state before or after that is not from 0 to the capacity. */
MPRIV_CHECK int mpriv_batteries_next_state(uint32_t *next_state, uint32_t capacity, uint32_t state,
                                           uint32_t load, uint32_t output);

/* The least and the greatest output, up to largest_output, that leave the battery within 0 and its capacity;
 * where they are equal the move is forced. range: as above, or a load above largest_output. */
MPRIV_CHECK int mpriv_batteries_feasible_outputs(uint32_t *lowest, uint32_t *highest, uint32_t capacity,
                                                 uint32_t state, uint32_t largest_output, uint32_t load);

/* The least leakage of any policy of one battery: the minimum over laws of the initial state of
 * I(S - X; X), which a law reaches that is written to initial_state, capacity + 1 numbers. Not unique where
 * loads have gaps. malformed: count = 0, above MPRIV_BATTERIES_LOADS_MAX, or a number that is not finite.
 * range: another breach of a law, a capacity of 0 or above MPRIV_BATTERIES_CAPACITY_MAX. exhausted: the
 * bounds are not within 10^-12 nats; they hold then too. Alternating minimisation, then Newton's method:
 * O(capacity count^2) a step. */
MPRIV_CHECK int mpriv_batteries_minimum_leakage(mpriv_battery_bounds *bounds, double *initial_state,
                                                const double *probabilities, size_t count, size_t capacity,
                                                void *scratch, size_t scratch_length);
size_t mpriv_batteries_minimum_scratch_bytes(size_t count, size_t capacity);

/* The structured policy of a law of the initial state, capacity + 1 numbers: probabilities[y]
 * initial_state[s - x + y] / P(S - X = s - x), and y = x where that is 0 / 0; (capacity + 1) count rows of
 * count numbers. It is invariant. malformed, range: as above, or an initial law that is none. Scratch:
 * capacity + count + 1 doubles. */
MPRIV_CHECK int mpriv_batteries_structured_policy(double *policy, const double *probabilities, size_t count,
                                                  const double *initial_state, size_t capacity, void *scratch,
                                                  size_t scratch_length);

/* Its leakage rate I(S - X; X), and a lower bound on what any policy leaks that the law proves: 0 where it is
 * not positive. Refuses as above, with the same scratch. */
MPRIV_CHECK int mpriv_batteries_structured_leakage(double *leakage_bits, double *lower_bits,
                                                   const double *probabilities, size_t count,
                                                   const double *initial_state, size_t capacity,
                                                   void *scratch, size_t scratch_length);

/* The leakage rate of best effort, y_t = clip(y_(t-1), max(0, x - s), min(count - 1, C - s + x)) from y_0 = 0
 * and the state 0. malformed, range: as above. exhausted: a run of equal outputs goes on for more than 2^15
 * slots with a probability above 2^-100. */
MPRIV_CHECK int mpriv_batteries_best_effort_leakage(double *leakage_bits, const double *probabilities,
                                                    size_t count, size_t capacity, void *scratch,
                                                    size_t scratch_length);

/* The same for y_t = clip(outputs[(t - 1) mod period], ...) from the state of charge `charge`. malformed: a
 * period of 0 or above MPRIV_BATTERIES_PERIOD_MAX. range: an output that is no load, a charge above the
 * capacity. exhausted: a run without a forced output goes on so. */
MPRIV_CHECK int mpriv_batteries_constant_holding_leakage(double *leakage_bits, const double *probabilities,
                                                         size_t count, size_t capacity, const size_t *outputs,
                                                         size_t period, size_t charge, void *scratch,
                                                         size_t scratch_length);

/* Scratch bytes of both; period is 1 for best effort. 0 for sizes that they refuse. */
size_t mpriv_batteries_holding_scratch_bytes(size_t count, size_t capacity, size_t period);

/* MPRIV_OK, or what a policy is refused for. malformed: count or outputs is 0 or above
 * MPRIV_BATTERIES_LOADS_MAX, or a number is not finite. range: the load, the capacity, a row that is no law,
 * or one that gives probability to a grid load that empties the battery below 0 or fills it above C. */
MPRIV_CHECK int mpriv_batteries_check_policy(const mpriv_battery_controller *controller);

/* The residual of invariance, max |P(S_2 = s | Y_1 = y) - P(S_1 = s)|, and the law of the output,
 * output_count numbers. malformed, range: as above, or an initial law that is none. Scratch: (capacity + 1)
 * output_count + 1 doubles. */
MPRIV_CHECK int mpriv_batteries_invariance(double *residual, double *output_probabilities,
                                           const mpriv_battery_controller *controller,
                                           const double *initial_state, void *scratch, size_t scratch_length);

/* Theorem 1 for a load that enters the first battery, whose output enters the second, with these laws of the
 * initial states: second->probabilities is not read. malformed: as above, or a second battery whose loads are
 * not as many as the first one's outputs. range: as above, for each. */
MPRIV_CHECK int
mpriv_batteries_cascade_bound(mpriv_cascade_terms *terms, const mpriv_battery_controller *first,
                              const double *first_state, const mpriv_battery_controller *second,
                              const double *second_state, void *scratch, size_t scratch_length);
size_t mpriv_batteries_cascade_scratch_bytes(const mpriv_battery_controller *first,
                                             const mpriv_battery_controller *second);

/* The leakage rate I(S, X^T; Y^T) / T of a controller as T grows, from a law of the initial state, `states`
 * numbers: at least *lower_bits and at most *upper_bits. These are I(S_t, X_t; Y_t | Y^(t-1)) for t = block
 * in the stationary laws of the closed classes, for the lower one with the initial state known, and draw
 * together as the block grows. classes and class_of have room for `states` of each: class_count of classes
 * are filled in, by their least states, without bounds where the controller cannot end, and class_of[s] is
 * the number of the class of s, from 1, or 0. malformed, range: as above; range, too: an initial law that is
 * none, a block of 0 or above MPRIV_BATTERIES_BLOCK_MAX, or output_count^(block - 1) above
 * MPRIV_BATTERIES_PATHS_MAX. */
MPRIV_CHECK int mpriv_batteries_leakage_rate(double *lower_bits, double *upper_bits,
                                             mpriv_battery_class *classes, size_t *class_count,
                                             size_t *class_of, const mpriv_battery_machine *machine,
                                             const double *initial_state, size_t block, void *scratch,
                                             size_t scratch_length);
size_t mpriv_batteries_rate_scratch_bytes(const mpriv_battery_machine *machine, size_t block);

/* -log2 P(y^T) of a sequence of outputs, and the law of the state after it to belief, `states` numbers.
 * malformed, range: as above; range, too: an output that is none, or a sequence of probability zero. */
MPRIV_CHECK int mpriv_batteries_forward_recursion(double *information_bits, double *belief,
                                                  const mpriv_battery_machine *machine,
                                                  const double *initial_state, const uint32_t *outputs,
                                                  size_t slots, void *scratch, size_t scratch_length);
size_t mpriv_batteries_recursion_scratch_bytes(const mpriv_battery_machine *machine);

/* An estimate of the leakage rate of a policy in thresholds: the mean over so many slots of log2 q(y | s, x)
 * - log2 P(y | outputs before), along one path; its deviation from MPRIV_BATTERIES_BATCHES batches. The path
 * takes the words, 32 bits, big-endian, of SHA-256("meter-privacy/batteries/1/simulate", 0x00, seed, counter
 * of 64 bits, big-endian), counter = 0, 1, ...: one for the initial state, then one for the load and one for
 * the output of each slot. malformed, range: as above; range, too: slots that are no positive multiple of
 * the batches. */
MPRIV_CHECK int mpriv_batteries_simulate(mpriv_battery_estimate *estimate,
                                         const mpriv_battery_thresholds *table, size_t slots,
                                         const uint8_t seed[32], void *scratch, size_t scratch_length);
size_t mpriv_batteries_simulation_scratch_bytes(const mpriv_battery_thresholds *table);

#ifdef __cplusplus
}
#endif

#endif
