"""The plan's invariants, and the integer logic of the comparisons, by CrossHair.

Each proof calls the reference, but for the sums under the DGK encryption, whose powers CrossHair cannot look
through; each fault beside it is a mistake that CrossHair must refute.
"""

from typing import Any

from meter_privacy.reference.comparison import are_apart, reading_level, threshold_level
from meter_privacy.reference.plan import (
    AVERAGE,
    _book,
    charge,
    split,
    user_month,
    user_reading,
    user_threshold,
)

GREATEST = 2**32 - 1


def charged_once(usage: int, threshold: int, peak: bool, allowance: int) -> bool:
    """
    pre: 0 <= usage < 2**32 and 0 <= threshold < 2**32 and 0 <= allowance < 2**52
    post: _
    """
    one = charge(usage, threshold if peak else None, allowance)
    return one["normal_wh"] + one["high_wh"] == usage and one["normal_wh"] >= 0 and one["high_wh"] >= 0


def charged_once_fault(usage: int, threshold: int, peak: bool, allowance: int) -> bool:
    """
    pre: 0 <= usage < 2**32 and 0 <= threshold < 2**32 and 0 <= allowance < 2**52
    post: _
    """
    # The interval in which the allowance ends is charged at the high rate as a whole.
    one = charge(usage, threshold if peak else None, allowance)
    high = usage if one["high_rate"] else 0
    return one["normal_wh"] + high == usage


def allowance_never_negative(usage: int, threshold: int, peak: bool, allowance: int) -> bool:
    """
    pre: 0 <= usage < 2**32 and 0 <= threshold < 2**32 and 0 <= allowance < 2**52
    post: _
    """
    left = charge(usage, threshold if peak else None, allowance)["allowance_wh"]
    return 0 <= left <= allowance


def allowance_never_negative_fault(usage: int, threshold: int, peak: bool, allowance: int) -> bool:
    """
    pre: 0 <= usage < 2**32 and 0 <= threshold < 2**32 and 0 <= allowance < 2**52
    post: _
    """
    # Lowered by the usage, whatever is left, as Algorithm 1 lowers it by one.
    high = charge(usage, threshold if peak else None, allowance)["high"]
    return allowance - high * usage >= 0


def counters_add_up(u1: int, u2: int, u3: int, p1: bool, p2: bool, p3: bool, t: int, left: int) -> bool:
    """
    pre: 0 <= u1 < 2**32 and 0 <= u2 < 2**32 and 0 <= u3 < 2**32 and 0 <= t < 2**32 and 0 <= left < 2**52
    post: _
    """
    normal = high = 0
    allowance, covered = left, 0
    for usage, peak in ((u1, p1), (u2, p2), (u3, p3)):
        one = charge(usage, t if peak else None, allowance)
        normal, high = normal + one["normal_wh"], high + one["high_wh"]
        covered += one["normal_wh"] if one["high"] else 0
        allowance = one["allowance_wh"]
    return normal + high == u1 + u2 + u3 and allowance + covered == left and allowance >= 0


def counters_add_up_fault(u1: int, u2: int, u3: int, p1: bool, p2: bool, p3: bool, t: int, left: int) -> bool:
    """
    pre: 0 <= u1 < 2**32 and 0 <= u2 < 2**32 and 0 <= u3 < 2**32 and 0 <= t < 2**32 and 0 <= left < 2**52
    post: _
    """
    # The allowance of the interval before is used again.
    covered = 0
    for usage, peak in ((u1, p1), (u2, p2), (u3, p3)):
        one = charge(usage, t if peak else None, left)
        covered += one["normal_wh"] if one["high"] else 0
    return covered <= left


def excess_only_without_allowance(usage: int, allowance: int) -> bool:
    """
    pre: 0 <= usage and 0 <= allowance
    post: _
    """
    covered, excess = split(usage, allowance)
    return covered + excess == usage and (excess == 0 or covered == allowance)


def excess_only_without_allowance_fault(usage: int, allowance: int) -> bool:
    """
    pre: 0 <= usage and 0 <= allowance
    post: _
    """
    # An interval that the allowance does not cover whole is excess whole.
    covered, excess = (usage, 0) if usage <= allowance else (0, usage)
    return covered + excess == usage and (excess == 0 or covered == allowance)


def started(allowance: int) -> dict[str, Any]:
    """A user's session after its start, with nothing in it that a signature is about."""
    return {
        "role": "load_management.user", "maximum_wh": GREATEST, "prices": (2, 5), "month": 0,
        "monthly_allowance_wh": allowance, "allowance_wh": allowance, "normal_wh": 0, "high_wh": 0,
        "lapsed": 0, "interval": -1, "pending_wh": None, "settled": None, "opening": None, "windows": [],
    }  # fmt: skip


def session_charges_once(u1: int, u2: int, s1: bool, s2: bool, p1: bool, p2: bool, t: int, left: int) -> bool:
    """
    pre: 0 <= u1 < 2**32 and 0 <= u2 < 2**32 and 0 <= t < 2**32 and 0 <= left < 2**52
    post: _
    """
    # The session's own steps; a group state comes (s) or not, and says peak (p) or not.
    session = started(left)
    for interval, (usage, settled, peak) in enumerate(((u1, s1, p1), (u2, s2, p2))):
        user_reading(session, interval, usage)
        if settled:
            _book(session, t if peak else None)
        if session["allowance_wh"] < 0:
            return False
    month = user_month(session, 0)
    return (
        month["normal_wh"] + month["high_wh"] == u1 + u2
        and month["bill"] == 2 * month["normal_wh"] + 5 * month["high_wh"]
        and month["lapsed"] == (not s1) + (not s2)
        and session["allowance_wh"] == left
        and session["normal_wh"] == session["high_wh"] == 0
    )


def session_charges_once_fault(u1: int, u2: int, s1: bool, s2: bool, t: int, left: int) -> bool:
    """
    pre: 0 <= u1 < 2**32 and 0 <= u2 < 2**32 and 0 <= t < 2**32 and 0 <= left < 2**52
    post: _
    """
    # A reading that was charged still waits.
    session = started(left)
    for interval, (usage, settled) in enumerate(((u1, s1), (u2, s2))):
        user_reading(session, interval, usage)
        if settled:
            _book(session, t)
            session["pending_wh"] = usage
    month = user_month(session, 0)
    return month["normal_wh"] + month["high_wh"] == u1 + u2


def average_is_exact(usage: int, total: int) -> bool:
    """
    pre: 0 <= usage < 2**32 and 0 <= total <= 5 * (2**32 - 1)
    post: _
    """
    return (usage >= user_threshold(5, GREATEST, total, AVERAGE, 1)) == (5 * usage >= total)


def average_is_exact_fault(usage: int, total: int) -> bool:
    """
    pre: 0 <= usage < 2**32 and 0 <= total <= 5 * (2**32 - 1)
    post: _
    """
    # The average rounded down.
    return (usage >= total // 5) == (5 * usage >= total)


def levels_compare(value: int, threshold: int) -> bool:
    """
    pre: 0 <= value < 2**32 and 0 <= threshold <= 63 * 50
    post: _
    """
    # 64 levels of 50 Wh: never high below the threshold, always high from a unit above it on.
    at_least = reading_level(value, 50, 64) >= threshold_level(threshold, 50, 64)
    return (not at_least or value >= threshold) and (at_least or value < threshold + 50)


def levels_compare_fault(value: int, threshold: int) -> bool:
    """
    pre: 0 <= value < 2**32 and 0 <= threshold <= 63 * 50
    post: _
    """
    # The threshold rounded down.
    at_least = reading_level(value, 50, 64) >= threshold // 50 + 1
    return (not at_least or value >= threshold) and (at_least or value < threshold + 50)


def levels_of_one_wh(value: int, threshold: int) -> bool:
    """
    pre: 0 <= value < 2**32 and 0 <= threshold < 4096
    post: _
    """
    return (reading_level(value, 1, 4096) >= threshold_level(threshold, 1, 4096)) == (value >= threshold)


def levels_of_one_wh_fault(value: int, threshold: int) -> bool:
    """
    pre: 0 <= value < 2**32 and 0 <= threshold < 4096
    post: _
    """
    # A reading that does not saturate but wraps.
    return (value % 4096 + 1 >= threshold_level(threshold, 1, 4096)) == (value >= threshold)


def apart_whatever_a_is(u: int, v: int, prime: int, a: int) -> bool:
    """
    pre: 0 <= u and 0 <= v and 3 <= prime and 0 <= a <= 2
    post: _
    """
    if not are_apart([u, v], prime):
        return True
    z, w = u - (a < 1), v - (a < 2)
    return abs(z - w) >= 2 and 0 <= z < prime - 1 and 0 <= w < prime - 1


def apart_whatever_a_is_fault(u: int, v: int, prime: int, a: int) -> bool:
    """
    pre: 0 <= u and 0 <= v and 3 <= prime and 0 <= a <= 2
    post: _
    """
    # The paper's distance of two, put on u.
    if abs(u - v) < 2 or not (1 <= u <= prime - 2 and 1 <= v <= prime - 2):
        return True
    z, w = u - (a < 1), v - (a < 2)
    return abs(z - w) >= 2


def encrypted_sums(a: tuple[bool, bool, bool], b: tuple[bool, bool, bool], weight: int) -> list[int]:
    """c_i = 1 + a_i - b_i + weight * (bits above i that differ), the lowest bit first."""
    return [1 + a[i] - b[i] + weight * sum(a[j] != b[j] for j in range(i + 1, 3)) for i in range(3)]


def zero_where_below(a: tuple[bool, bool, bool], b: tuple[bool, bool, bool]) -> bool:
    """
    post: _
    """
    sums = encrypted_sums(a, b, 3)
    below = a[0] + 2 * a[1] + 4 * a[2] < b[0] + 2 * b[1] + 4 * b[2]
    return sums.count(0) == below and all(0 <= c < 9 for c in sums)


def zero_where_below_fault(a: tuple[bool, bool, bool], b: tuple[bool, bool, bool]) -> bool:
    """
    post: _
    """
    # The bits above are left out of the sum.
    sums = encrypted_sums(a, b, 0)
    below = a[0] + 2 * a[1] + 4 * a[2] < b[0] + 2 * b[1] + 4 * b[2]
    return (0 in sums) == below
