/* What the sources of the batteries share. Not installed. */
#ifndef METER_PRIVACY_BATTERIES_INTERNAL_H
#define METER_PRIVACY_BATTERIES_INTERNAL_H

#include "meter_privacy_batteries.h"
#include "privacy_power.h"

/* MPRIV_OK, malformed or range for a load law and a capacity; the sum of the probabilities to *total. */
MPRIV_CHECK int mpriv_battery_check(double *total, const double *probabilities, size_t count,
                                    size_t capacity);

/* What mpriv_batteries_check_policy says, and then of the initial law. */
MPRIV_CHECK int mpriv_controller_check(const mpriv_battery_controller *controller,
                                       const double *initial_state);

/* ---- batteries_chain.c. moves[s * n + s'] is the probability of going from s to s', of n states. ---------
 */

/* Marks every state by the number of its closed class, from 1, or by 0 where it is in none, and fills in
 * classes but for probabilities and bounds, by least state; returns their number. order and depth have 2n
 * numbers. */
size_t mpriv_chain_classes(mpriv_battery_class *classes, size_t *mark, const double *moves, size_t n,
                           size_t *order, size_t *depth);
/* Moves the law's mass from the states of no class to the classes. Spoils their rows in moves. */
void mpriv_chain_settle(double *law, double *moves, size_t n, const size_t *mark);
/* The law in class `which` that a move does not change; 0 elsewhere. Spoils the rows and columns of the class
 * in moves, and the columns of what mpriv_chain_settle has spoilt. */
void mpriv_chain_stationary(double *law, double *moves, size_t n, const size_t *mark, size_t which);

/* -p ln p, 0 at 0. */
static inline double mpriv_entropy_term(double p) {
    return p > 0.0 ? -p * mpriv_log(p) : 0.0;
}

#endif
