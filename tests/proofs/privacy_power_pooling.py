"""Pooling of integer masses, and the levels of reverse water-filling, proved by CrossHair for every integer.

Weights are constants, so that what is compared is linear in the masses. Levels are compared as the power left
for the users behind, of which they are a rational share.
"""

from meter_privacy.reference.privacy_power import filled, pool

MOST = 2**31
TWO = (3, 5)
THREE = (2, 3, 7)


def pooled_two(first: int, second: int) -> list[int]:
    """
    pre: 0 <= first <= MOST and 0 <= second <= MOST
    post: _ == ([0, 1] if first * TWO[1] < second * TWO[0] else [0])
    """
    return pool([first, second], TWO)


def pooled_two_fault(first: int, second: int) -> list[int]:
    """
    pre: 0 <= first <= MOST and 0 <= second <= MOST
    post: _ == ([0, 1] if first * TWO[1] < second * TWO[0] else [0])
    """
    # Ties left apart.
    return [0, 1] if first * TWO[1] <= second * TWO[0] else [0]


def slope_between(masses: tuple[int, int, int], start: int, middle: int, end: int) -> int:
    """Above 0 where the later part of a stretch has the larger mean."""
    early = sum(masses[start:middle]) * sum(THREE[middle:end])
    late = sum(masses[middle:end]) * sum(THREE[start:middle])
    return late - early


def pooled_three(first: int, second: int, third: int) -> tuple[list[int], list[int], list[int]]:
    """
    pre: 0 <= first <= MOST and 0 <= second <= MOST and 0 <= third <= MOST
    post: all(rise > 0 for rise in _[1])
    post: all(rise <= 0 for rise in _[2])
    """
    # The means of the blocks rise, and within a block no end has a larger mean than what is before it.
    masses = (first, second, third)
    starts = pool(masses, THREE)
    bounds = [*starts, 3]
    between = [slope_between(masses, bounds[k], bounds[k + 1], bounds[k + 2]) for k in range(len(starts) - 1)]
    within = [
        slope_between(masses, bounds[k], middle, bounds[k + 1])
        for k in range(len(starts))
        for middle in range(bounds[k] + 1, bounds[k + 1])
    ]
    return starts, between, within


def pooled_three_fault(first: int, second: int, third: int) -> tuple[list[int], list[int], list[int]]:
    """
    pre: 0 <= first <= MOST and 0 <= second <= MOST and 0 <= third <= MOST
    post: all(rise > 0 for rise in _[1])
    post: all(rise <= 0 for rise in _[2])
    """
    # Pooling forwards only: a block is not compared again with the one before it.
    masses = (first, second, third)
    starts = [k for k in range(3) if k == 0 or masses[k - 1] * THREE[k] < masses[k] * THREE[k - 1]]
    bounds = [*starts, 3]
    between = [slope_between(masses, bounds[k], bounds[k + 1], bounds[k + 2]) for k in range(len(starts) - 1)]
    return starts, between, []


def level_of_three(low: int, middle: int, high: int, power: int) -> tuple[int, int]:
    """
    pre: 0 < low <= middle <= high <= MOST and 0 < power <= 3 * MOST
    post: _[1] == power - sum((low, middle, high)[: _[0]])
    post: _[0] == 0 or _[1] >= (low, middle, high)[_[0] - 1] * (3 - _[0])
    post: _[0] == 3 or _[1] < (low, middle, high)[_[0]] * (3 - _[0])
    """
    return filled([low, middle, high], power)


def level_of_three_fault(low: int, middle: int, high: int, power: int) -> tuple[int, int]:
    """
    pre: 0 < low <= middle <= high <= MOST and 0 < power <= 3 * MOST
    post: _[0] == 0 or _[1] >= (low, middle, high)[_[0] - 1] * (3 - _[0])
    """
    # A cap is taken as filled as soon as there is that much power left, whatever the others get.
    rest, full = power, 0
    for cap in (low, middle, high):
        if rest < cap:
            break
        rest, full = rest - cap, full + 1
    return full, rest
