"""What DREAM's noise costs and protects (spec/dream.md, section Noise): scale, loss, error, tail.

Paper C, sections 3.3 to 3.5, Theorem 2 of section 6, and section 7.3. Losses are in nats, as epsilon is.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Any

from meter_privacy.reference.errors import Malformed, Range
from meter_privacy.reference.information import Enclosure
from meter_privacy.reference.noise import (
    LAMBDA_MAXIMUM,
    METERS_MAXIMUM,
    PRECISION,
    READING_MAXIMUM_WH,
    SERIES_PRECISION,
    Interval,
    Polya,
    check_ints,
    check_participants,
    check_reals,
    check_within,
    difference_density,
    difference_mass,
    enclosure,
    exact,
    hypergeometric,
    intervals,
)

EPSILON_MAXIMUM = 64
SLOTS_MAXIMUM = 1024
ACCOUNTED_SLOTS_MAXIMUM = 1 << 24
SENSITIVITY_MAXIMUM = 1 << 16
TAIL_LAMBDA_MAXIMUM = 1 << 16
SUM_BITS = 4096
ROUNDED_BITS = 256


# ---- Differential privacy: sections 3.3, 3.4, 7.3 -------------------------------------------------


def noise_scale(maximum_wh: int, epsilon: Fraction) -> Fraction:
    """lambda = Xmax / epsilon, in Wh: the scale with which a slot's total costs a home at most epsilon.

    Source: paper C, Theorem 1, with the public cap for the sensitivity. Errors: malformed, range.
    Implements DREAM-28.
    """
    check_ints(maximum_wh=maximum_wh)
    check_reals(epsilon=epsilon)
    check_within("maximum_wh", maximum_wh, 1, READING_MAXIMUM_WH)
    if not 0 < epsilon <= EPSILON_MAXIMUM:
        raise Range(f"epsilon is outside (0, {EPSILON_MAXIMUM}]")
    return maximum_wh / Fraction(epsilon)


def account(consumptions_wh: Sequence[int], lambdas_wh: Sequence[Fraction], window: int) -> dict[str, Any]:
    """epsilon of each slot, of each window of `window` slots, of the worst window, and of all slots.

    A consumption is a user's, for the privacy of all that the user does, or one appliance's. A slot costs
    X_t / lambda(t), slots add up, and the window of s slots that starts at t is t, ..., t + s - 1.
    Source: paper C, section 3.3 (composition), Example 1, section 7.3. Errors: malformed, range.
    Implements DREAM-33, DREAM-47.
    """
    if not 1 <= len(consumptions_wh) <= SLOTS_MAXIMUM or len(lambdas_wh) != len(consumptions_wh):
        raise Malformed(f"there must be 1 to {SLOTS_MAXIMUM} consumptions and as many scales")
    check_ints(window=window, **{f"consumption {t}": x for t, x in enumerate(consumptions_wh)})
    check_reals(**{f"scale {t}": scale for t, scale in enumerate(lambdas_wh)})
    for consumption in consumptions_wh:
        check_within("a consumption", consumption, 0, READING_MAXIMUM_WH)
    for scale in lambdas_wh:
        check_within("a scale", scale, 1, LAMBDA_MAXIMUM)
    check_within("window", window, 1, len(consumptions_wh))
    slots = [Fraction(x) / scale for x, scale in zip(consumptions_wh, lambdas_wh, strict=True)]
    numerators, denominator = over_one_denominator(slots)
    sums = [0, *accumulate(numerators)]
    windows = [after - before for before, after in zip(sums, sums[window:], strict=False)]
    return {
        "slot_epsilons": slots,
        "window_epsilons": [Fraction(total, denominator) for total in windows],
        "worst_epsilon": Fraction(max(windows), denominator),
        "total_epsilon": Fraction(sums[-1], denominator),
    }


def over_one_denominator(losses: Sequence[Fraction]) -> tuple[list[int], int]:
    """The numerators of losses over a denominator of them all.

    Where it would have more than 4096 bits it is 2^256, and they are rounded down: a thousand scales that
    were written with hundreds of digits have a sum that takes hours, and nobody reads.
    """
    common = 1
    for loss in losses:
        common = lcm(common, loss.denominator)
        if common.bit_length() > SUM_BITS:
            common = 1 << ROUNDED_BITS
            break
    return [loss.numerator * common // loss.denominator for loss in losses], common


def noise_loss(
    shares: int, participants: int, lambda_units: Fraction, sensitivity_units: int
) -> dict[str, Enclosure | None]:
    """The exact loss of a total whose noise comes from `participants` honest shares of shape 1 / `shares`.

    The largest |ln P(f + D = y) / P(f' + D = y)| over all y and all f, f' at most `sensitivity_units` apart,
    with integer shares, and with the paper's continuous ones (None where it has no bound). With
    k = participants / shares it is S / lambda for k >= 1; below that ln P(D = 0) / P(D = S), and for
    densities that have a value at 0, which is for k > 1/2, ln f(0) / f(S).
    Source: this project, for paper C, section 6. Errors: malformed, range. Implements DREAM-37, DREAM-44.
    """
    check_ints(shares=shares, participants=participants, sensitivity_units=sensitivity_units)
    check_reals(lambda_units=lambda_units)
    check_participants(shares, participants, lambda_units)
    check_within("sensitivity_units", sensitivity_units, 1, SENSITIVITY_MAXIMUM)
    check_within("sensitivity_units", sensitivity_units, 1, 64 * lambda_units)
    k, scale = Fraction(participants, shares), Fraction(lambda_units)
    iv = intervals(SERIES_PRECISION)
    if k >= 1:
        loss = enclosure(exact(iv, sensitivity_units / scale))
        return {"loss_nats": loss, "continuous_loss_nats": loss}
    at_zero = difference_mass(iv, k, scale, 0)
    loss = enclosure(iv.log(at_zero / difference_mass(iv, k, scale, sensitivity_units)), 0)
    if 2 * k <= 1:
        return {"loss_nats": loss, "continuous_loss_nats": None}
    v = exact(iv, k - Fraction(1, 2))
    peak = iv.gamma(v) / (2 * iv.sqrt(iv.pi) * exact(iv, scale) * iv.gamma(exact(iv, k)))
    beside = difference_density(k, scale, Fraction(sensitivity_units))
    return {"loss_nats": loss, "continuous_loss_nats": enclosure(iv.log(peak / beside), 0)}


def table_delta(epsilon: Fraction, shares: int, distance_bits: Fraction, slots: int) -> dict[str, Any]:
    """What drawing from a table costs over some slots: epsilon, and -log2 of a delta that goes with it.

    delta = (1 + e^epsilon) h tau a slot, where h = `shares` honest shares carry the noise and each is within
    tau of its law in total variation: twice 2^-`distance_bits`, for its two sides. Slots add up in both.
    Source: this project. Errors: malformed, range. Implements DREAM-42.
    """
    check_ints(shares=shares, slots=slots)
    check_reals(epsilon=epsilon, distance_bits=distance_bits)
    check_within("epsilon", epsilon, 0, EPSILON_MAXIMUM)
    check_within("shares", shares, 1, METERS_MAXIMUM)
    check_within("distance_bits", distance_bits, 1, 1024)
    check_within("slots", slots, 1, ACCOUNTED_SLOTS_MAXIMUM)
    iv = intervals(PRECISION)
    factor = (1 + iv.exp(exact(iv, epsilon))) * 2 * shares * slots
    return {
        "total_epsilon": slots * Fraction(epsilon),
        "delta_bits": enclosure(exact(iv, distance_bits) - iv.log(factor) / iv.log(2)),
    }


# ---- Utility: section 3.5, Theorem 2 of section 6 --------------------------------------------------


def error(total_wh: int, noisy_wh: int) -> Fraction:
    """delta_t = |f - f^| / (f + 1) of a total f >= 0 and its noisy value f^.

    Source: paper C, Definition 2. Errors: malformed, range. Implements DREAM-31.
    """
    check_ints(total_wh=total_wh, noisy_wh=noisy_wh)
    check_within("total_wh", total_wh, 0, (1 << 53) - 1)
    return Fraction(abs(total_wh - noisy_wh), total_wh + 1)


def laplace_factors(k: Fraction) -> tuple[Interval, Interval]:
    """Mean and deviation of |D| / lambda, where D is a difference of two gamma variables of shape k.

    E|D| / lambda = 2 / B(1/2, k), and D has the variance 2 k lambda^2.
    Source: paper C, Theorem 2, for k = 1/(1 - alpha). Implements DREAM-32.
    """
    iv = intervals(PRECISION)
    half = exact(iv, Fraction(1, 2))
    beta = iv.gamma(half) * iv.gamma(exact(iv, k)) / iv.gamma(exact(iv, k) + half)
    return 2 / beta, iv.sqrt(2 * exact(iv, k) - 4 / beta**2)


def error_factors(alpha: Fraction) -> dict[str, Enclosure]:
    """Mean and deviation of the error over lambda / (X + 1), when the noise was made for alpha N missing.

    2 / B(1/2, 1/(1 - alpha)) and sqrt(2/(1 - alpha) - 4 / B(1/2, 1/(1 - alpha))^2), for alpha in
    [0, 4095/4096].
    Source: paper C, Theorem 2. Errors: malformed, range. Implements DREAM-32.
    """
    check_reals(alpha=alpha)
    check_within("alpha", alpha, 0, 1 - Fraction(1, METERS_MAXIMUM))
    mean, deviation = laplace_factors(1 / (1 - Fraction(alpha)))
    return {"mean": enclosure(mean, 0), "deviation": enclosure(deviation, 0)}


def expected_error(
    meters: int, tolerated_failures: int, missing: int, lambda_wh: Fraction, total_wh: int
) -> dict[str, Enclosure]:
    """mu(t) and sigma(t) of a total of N - `missing` meters whose shares were made for M missing ones.

    `missing` is 0 to M; the noise has the shape (N - missing) / (N - M). `total_wh` is X_t, what is there.
    Source: paper C, Definition 2, Theorem 2. Errors: malformed, range.
    Implements DREAM-31, DREAM-32, DREAM-44.
    """
    check_ints(meters=meters, tolerated_failures=tolerated_failures, missing=missing)
    check_reals(lambda_wh=lambda_wh)
    check_ints(total_wh=total_wh)
    check_within("meters", meters, 2, METERS_MAXIMUM)
    check_within("tolerated_failures", tolerated_failures, 0, meters - 1)
    check_within("missing", missing, 0, tolerated_failures)
    check_within("lambda_wh", lambda_wh, 1, LAMBDA_MAXIMUM)
    check_within("total_wh", total_wh, 0, (1 << 53) - 1)
    mean, deviation = laplace_factors(Fraction(meters - missing, meters - tolerated_failures))
    factor = exact(intervals(PRECISION), Fraction(lambda_wh) / (total_wh + 1))
    return {"mean": enclosure(mean * factor, 0), "deviation": enclosure(deviation * factor, 0)}


def noise_error(shares: int, participants: int, lambda_units: Fraction) -> dict[str, Enclosure]:
    """Mean and deviation of |D|, in units of the readings, for the integer noise D of some participants.

    With k = participants / shares, q = P(D = 0) and m = E[X; X = Y] of the two sides X and Y of D,
    E|D| = 2 (p k q + (1 + p) m) / (1 - p), and D has the variance 2 k p / (1 - p)^2.
    Source: this project, the discrete form of paper C, Theorem 2. Errors: malformed, range.
    Implements DREAM-36.
    """
    check_ints(shares=shares, participants=participants)
    check_reals(lambda_units=lambda_units)
    check_participants(shares, participants, lambda_units)
    check_within("participants", participants, 1, 16 * shares)
    k, scale = Fraction(participants, shares), Fraction(lambda_units)
    iv = intervals(SERIES_PRECISION)
    p = Polya(k, scale).base(iv)
    shape = exact(iv, k)
    start = iv.exp(2 * shape * iv.log(1 - p))
    equal = start * hypergeometric(iv, k, k, 1, p * p)
    weighted = start * (shape * p) ** 2 * hypergeometric(iv, k + 1, k + 1, 2, p * p)
    mean = 2 * (p * shape * equal + (1 + p) * weighted) / (1 - p)
    deviation = iv.sqrt(2 * shape * p / (1 - p) ** 2 - mean**2)
    return {"mean_units": enclosure(mean, 0), "deviation_units": enclosure(deviation, 0)}


def noise_tail(meters: int, tolerated_failures: int, lambda_units: Fraction, bits: int) -> int:
    """T: all N meters' noise D is within [-T, T] but for a probability of at most 2^-`bits`.

    D = X - Y, either side Polya of shape N / (N - M), and |D| > T asks for X > T or Y > T: T is the least
    number with 2 P(X > T) <= 2^-bits. In units of the readings.
    Source: paper C, footnote 5; this project. Errors: malformed, range. Implements DREAM-43, DREAM-48.
    """
    check_ints(meters=meters, tolerated_failures=tolerated_failures, bits=bits)
    check_reals(lambda_units=lambda_units)
    check_within("meters", meters, 2, METERS_MAXIMUM)
    check_within("tolerated_failures", tolerated_failures, 0, meters - 1)
    check_within("lambda_units", lambda_units, 1, TAIL_LAMBDA_MAXIMUM)
    check_within("bits", bits, 1, 128)
    law = Polya(Fraction(meters, meters - tolerated_failures), Fraction(lambda_units))
    return law.quantile((1 << (bits + 1)) - 1, bits + 1)
