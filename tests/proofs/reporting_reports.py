"""Fees, windows, deduplication, and the choice of servers, by CrossHair.

Each proof calls the reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.errors import Refused
from meter_privacy.reference.report_server import check_least, is_balanced, reputation
from meter_privacy.reference.reporting import check_fresh, check_measurements, check_not_ahead, price_at

LAST = 2**53 - 1


def fresh(time: int, now: int, stale: int, early: int) -> bool:
    """Whether the reference takes a report's time."""
    try:
        check_fresh(time, now, stale)
        check_not_ahead(time, now, early)
    except Refused:
        return False
    return True


def window(time: int, now: int, stale: int, early: int) -> bool:
    """
    pre: 0 <= time <= LAST and 0 <= now <= LAST
    pre: 1 <= stale <= 2678400 and 0 <= early <= 300
    post: _
    """
    return fresh(time, now, stale, early) == (-early <= now - time <= stale)


def window_fault(time: int, now: int, stale: int, early: int) -> bool:
    """
    pre: 0 <= time <= LAST and 0 <= now <= LAST
    pre: 1 <= stale <= 2678400 and 0 <= early <= 300
    post: _
    """
    # The window is taken to end before its last second.
    return fresh(time, now, stale, early) == (-early <= now - time < stale)


def band(first: int, second: int, timestamp: int) -> bool:
    """
    pre: 0 < first < second < 1440
    pre: 0 <= timestamp <= LAST
    post: _
    """
    minute = timestamp // 60 % 1440
    price = price_at([0, first, second], [11, 29, 17], timestamp)
    return price == (11 if minute < first else 29 if minute < second else 17)


def band_fault(first: int, second: int, timestamp: int) -> bool:
    """
    pre: 0 < first < second < 1440
    pre: 0 <= timestamp <= LAST
    post: _
    """
    # A band is taken to begin a minute late.
    minute = timestamp // 60 % 1440
    price = price_at([0, first, second], [11, 29, 17], timestamp)
    return price == (11 if minute <= first else 29 if minute <= second else 17)


def follows(counter: int, next_counter: int, time: int, next_time: int) -> bool:
    """Whether the reference takes two measurements as following each other."""
    try:
        check_measurements(
            [
                {"counter": counter, "consumption_wh": 1, "timestamp": time},
                {"counter": next_counter, "consumption_wh": 1, "timestamp": next_time},
            ]
        )
    except Refused:
        return False
    return True


def measurements_follow(counter: int, next_counter: int, time: int, next_time: int) -> bool:
    """
    pre: 0 <= counter <= LAST and 0 <= next_counter <= LAST
    pre: 0 <= time <= LAST and 0 <= next_time <= LAST
    post: _
    """
    return follows(counter, next_counter, time, next_time) == (
        next_counter - counter == 1 and next_time - time >= 1
    )


def measurements_follow_fault(counter: int, next_counter: int, time: int, next_time: int) -> bool:
    """
    pre: 0 <= counter <= LAST and 0 <= next_counter <= LAST
    pre: 0 <= time <= LAST and 0 <= next_time <= LAST
    post: _
    """
    # Time is taken to be allowed to stand.
    return follows(counter, next_counter, time, next_time) == (
        next_counter - counter == 1 and next_time >= time
    )


def score_in_bounds(good: int, bad: int) -> bool:
    """
    pre: 0 <= good < 2**32 and 0 <= bad < 2**32
    post: _
    """
    score = reputation(good, bad)
    return 0 <= score < 1000 and score * (good + bad + 2) <= 1000 * (good + 1)


def score_in_bounds_fault(good: int, bad: int) -> bool:
    """
    pre: 0 <= good < 2**32 and 0 <= bad < 2**32
    post: _
    """
    # Who was never bad is taken to have the whole score.
    return (reputation(good, bad) >= 750) == (bad == 0)


def balanced(first: int, second: int, third: int, fourth: int) -> bool:
    """
    pre: 0 <= first < 2 and 0 <= second < 2 and 0 <= third < 2 and 0 <= fourth < 2
    post: _
    """
    return is_balanced([first, second, third, fourth], 2) == (first + second + third + fourth == 2)


def balanced_fault(first: int, second: int, third: int, fourth: int) -> bool:
    """
    pre: 0 <= first < 2 and 0 <= second < 2 and 0 <= third < 2 and 0 <= fourth < 2
    post: _
    """
    # One interval against three is taken to be balanced.
    return is_balanced([first, second, third, fourth], 2) == (1 <= first + second + third + fourth <= 3)


def least(k: int, first: int, second: int) -> bool:
    """
    pre: 3 <= k <= 1024 and 0 <= first <= 1024 and 0 <= second <= 1024
    post: _
    """
    try:
        check_least(k, [first, second])
    except Refused:
        return min(first, second) < k
    return min(first, second) >= k


def least_fault(k: int, first: int, second: int) -> bool:
    """
    pre: 3 <= k <= 1024 and 0 <= first <= 1024 and 0 <= second <= 1024
    post: _
    """
    # It is taken to be enough that one slot has k meters.
    try:
        check_least(k, [first, second])
    except Refused:
        return max(first, second) < k
    return True
