"""The integer parts of the privacy-power chapter, proved by CrossHair for every integer of their ranges.

Totals of weights are constants, so that a threshold is linear in the weights: a small one, one prime, and
the largest that the table of operations admits.
"""

from meter_privacy.reference.privacy_power import distortion, is_feasible, round_up, select, thresholds

FULL = 2**32
TOTAL = 1000
PRIME = 2**31 - 1
MOST = 2**32 - 1
LEVELS = (0, 10, 25, 26)


def threshold_of_two(weight: int) -> int:
    """
    pre: 0 <= weight <= PRIME
    post: _ * PRIME <= weight * FULL < (_ + 1) * PRIME
    """
    row = thresholds([weight, PRIME - weight])
    return row[0]


def threshold_of_two_fault(weight: int) -> int:
    """
    pre: 0 <= weight <= PRIME
    post: _ * PRIME <= weight * FULL < (_ + 1) * PRIME
    """
    return (weight * FULL + PRIME // 2) // PRIME


def thresholds_end_full(first: int, second: int) -> list[int]:
    """
    pre: 0 <= first <= TOTAL and 0 <= second <= TOTAL - first
    post: _[-1] == FULL
    post: 0 <= _[0] <= _[1] <= _[2]
    """
    return thresholds([first, second, TOTAL - first - second])


def thresholds_end_full_fault(first: int, second: int) -> list[int]:
    """
    pre: 0 <= first <= TOTAL and 0 <= second <= TOTAL - first
    post: _[-1] == FULL
    """
    weights = [first, second, TOTAL - first - second]
    each = [weight * FULL // TOTAL for weight in weights]
    return [each[0], each[0] + each[1], each[0] + each[1] + each[2]]


def no_more_power(first: int, second: int) -> int:
    """
    pre: 0 <= first <= MOST and 0 <= second <= MOST - first
    post: 0 <= _ < 2 * MOST
    """
    # What the smaller outputs lose against the policy, in units of 1/(2^32 total): never a gain.
    row = thresholds([first, second, MOST - first - second])
    return (first * FULL - row[0] * MOST) + ((first + second) * FULL - row[1] * MOST)


def no_more_power_fault(first: int, second: int) -> int:
    """
    pre: 0 <= first <= MOST and 0 <= second <= MOST - first
    post: 0 <= _ < 2 * MOST
    """
    row = [-(-first * FULL // MOST), -(-(first + second) * FULL // MOST)]
    return (first * FULL - row[0] * MOST) + ((first + second) * FULL - row[1] * MOST)


def selected_of_two(threshold: int, drawn: int) -> int:
    """
    pre: 0 <= threshold <= FULL and 0 <= drawn < FULL
    post: (_ == 0) == (drawn < threshold)
    post: _ in (0, 1)
    """
    return select([threshold, FULL], drawn)


def selected_of_two_fault(threshold: int, drawn: int) -> int:
    """
    pre: 0 <= threshold <= FULL and 0 <= drawn < FULL
    post: (_ == 0) == (drawn < threshold)
    """
    return sum(1 for bound in [threshold, FULL] if bound < drawn)


def selected_is_the_least(low: int, high: int, drawn: int) -> int:
    """
    pre: 0 <= low <= high <= FULL and 0 <= drawn < FULL
    post: drawn < [low, high, FULL][_]
    post: _ == 0 or [low, high, FULL][_ - 1] <= drawn
    """
    return select([low, high, FULL], drawn)


def selected_is_the_least_fault(low: int, high: int, drawn: int) -> int:
    """
    pre: 0 <= low <= high <= FULL and 0 <= drawn < FULL
    post: drawn < [low, high, FULL][_]
    """
    return sum(1 for bound in [low, high] if bound < drawn)


def never_above_the_load(low: int, drawn: int) -> int:
    """
    pre: 0 <= low <= FULL and 0 <= drawn < FULL
    post: _ <= 1
    """
    return select([low, FULL, FULL, FULL], drawn)


def never_above_the_load_fault(low: int, drawn: int) -> int:
    """
    pre: 0 <= low <= FULL and 0 <= drawn < FULL
    post: _ <= 1
    """
    return select([low, FULL - 1, FULL - 1, FULL], drawn)


def rounded_up(output: int) -> int:
    """
    pre: 0 <= output <= LEVELS[-1]
    post: LEVELS[_] >= output
    post: _ == 0 or LEVELS[_ - 1] < output
    """
    return round_up(LEVELS, output)  # type: ignore[arg-type]  # whole loads: no fractions for CrossHair


def rounded_up_fault(output: int) -> int:
    """
    pre: 0 <= output <= LEVELS[-1]
    post: LEVELS[_] >= output
    """
    return max(index for index, level in enumerate(LEVELS) if level <= output)


def source_gives_nothing_back(x: int, y: int, v: int, w: int) -> bool:
    """
    pre: 0 <= x and 0 <= v
    post: _
    """
    given = distortion([x, v], [y, w])
    if given is None:
        return not is_feasible([x, v], [y, w])
    return 0 <= given <= x + v and y <= x and w <= v


def source_gives_nothing_back_fault(x: int, y: int, v: int, w: int) -> bool:
    """
    pre: 0 <= x and 0 <= v
    post: _
    """
    given = x + v - y - w
    return given < 0 or (given <= x + v and y <= x and w <= v)
