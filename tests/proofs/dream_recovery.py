"""DREAM's rules of recovery, by CrossHair: cancellation, one list a slot, its length, views, values.

Each proof calls the reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.cluster import check_views
from meter_privacy.reference.dream import centred, sign
from meter_privacy.reference.errors import Expired, Policy, Replayed, State
from meter_privacy.reference.noise import cut
from meter_privacy.reference.recovery import is_repeated, list_limit

WORD = 2**32
NODES = 2**32


def survivors(x1: int, x2: int, keys: tuple[int, int, int], blinds: tuple[int, int], reveal: int) -> int:
    """The total of the meters 1 and 2 of 1, 2 and 3, of which 3 is missing; `reveal` signs what 2 reveals."""
    k12, k13, k23 = keys
    c1 = (x1 + sign(1, 2) * k12 + sign(1, 3) * k13 + blinds[0]) % WORD
    c2 = (x2 + sign(2, 1) * k12 + sign(2, 3) * k23 + blinds[1]) % WORD
    r1 = (sign(1, 3) * k13 + blinds[0]) % WORD
    r2 = (reveal * k23 + blinds[1]) % WORD
    return centred(c1 + c2 - r1 - r2, WORD)


def replies_cancel(x1: int, x2: int, k12: int, k13: int, k23: int, b1: int, b2: int) -> int:
    """
    pre: -(2**20) <= x1 < 2**20 and -(2**20) <= x2 < 2**20
    pre: 0 <= k12 < WORD and 0 <= k13 < WORD and 0 <= k23 < WORD and 0 <= b1 < WORD and 0 <= b2 < WORD
    post: _ == x1 + x2
    """
    return survivors(x1, x2, (k12, k13, k23), (b1, b2), sign(2, 3))


def replies_cancel_fault(x1: int, x2: int, k12: int, k13: int, k23: int, b1: int, b2: int) -> int:
    """
    pre: -(2**20) <= x1 < 2**20 and -(2**20) <= x2 < 2**20
    pre: 0 <= k12 < WORD and 0 <= k13 < WORD and 0 <= k23 < WORD and 0 <= b1 < WORD and 0 <= b2 < WORD
    post: _ == x1 + x2
    """
    # Dummy keys are revealed without their sign.
    return survivors(x1, x2, (k12, k13, k23), (b1, b2), 1)


def is_answered(slot: int, reported: int, first: int, listed: int, count: int, limit: int) -> bool:
    """Whether a list is answered in a slot; `first` is the list that was answered, or -1."""
    try:
        is_repeated(slot, reported, reported + 1, first >= 0, first == listed, count, limit)
    except (Expired, Replayed, Policy, State):
        return False
    return True


def one_list_a_slot(reported: int, t1: int, l1: int, n1: int, t2: int, l2: int, n2: int, limit: int) -> bool:
    """
    pre: 0 <= reported and 0 <= t1 and 0 <= t2 and 0 <= l1 and 0 <= l2 and 0 <= limit
    post: _
    """
    one = is_answered(t1, reported, -1, l1, n1, limit)
    two = is_answered(t2, reported, l1 if one else -1, l2, n2, limit)
    right = (not one or (t1 == reported and n1 <= limit)) and (not two or t2 == reported)
    return right and (not (one and two) or l1 == l2) and (not two or one or n2 <= limit)


def one_list_a_slot_fault(
    reported: int, t1: int, l1: int, n1: int, t2: int, l2: int, n2: int, limit: int
) -> bool:
    """
    pre: 0 <= reported and 0 <= t1 and 0 <= t2 and 0 <= l1 and 0 <= l2 and 0 <= limit
    post: _
    """
    # Lists are compared by their length.
    one = is_answered(t1, reported, -1, n1, n1, limit) and n1 >= 0
    two = is_answered(t2, reported, n1 if one else -1, n2, n2, limit)
    return not (one and two) or l1 == l2


def enough_unlisted(meters: int, failures: int, colluders: int, listed: int) -> bool:
    """
    pre: 2 <= meters <= 4096 and 0 <= colluders <= failures < meters and 0 <= listed
    post: _
    """
    # Other honest meters that are not on the list that a meter answers.
    return (
        listed > list_limit(failures, colluders) or meters - 1 - colluders - listed >= meters - 1 - failures
    )


def enough_unlisted_fault(meters: int, failures: int, colluders: int, listed: int) -> bool:
    """
    pre: 2 <= meters <= 4096 and 0 <= colluders <= failures < meters and 0 <= listed
    post: _
    """
    # The rule |S| <= M, without the colluders.
    return listed > failures or meters - 1 - colluders - listed >= meters - 1 - failures


def views_meet(meters: int, failures: int, colluders: int, first: int, second: int) -> bool:
    """
    pre: 2 <= meters <= 4096 and 0 <= failures < meters and 0 <= colluders < meters
    pre: 0 <= first <= list_limit(failures, colluders) and 0 <= second <= list_limit(failures, colluders)
    post: _
    """
    # Of the honest meters, those outside either view: together fewer than all, so that one is in both.
    try:
        check_views(meters, failures, colluders)
    except Policy:
        return True
    return first + second < meters - colluders


def views_meet_fault(meters: int, failures: int, colluders: int, first: int, second: int) -> bool:
    """
    pre: 2 <= meters <= 4096 and 0 <= failures < meters and 0 <= colluders < meters
    pre: 0 <= first <= failures and 0 <= second <= failures
    post: _
    """
    # M <= (N - c) / 2 in the place of M < (N - c) / 2.
    if colluders > failures or 2 * failures > meters - colluders:
        return True
    return first + second < meters - colluders


def value_is_decoded(reading: int, share: int, maximum: int, tail: int) -> bool:
    """
    pre: 1 <= maximum and 0 <= tail and 2 * maximum + 2 * tail < WORD
    post: _
    """
    value = cut(reading, maximum) + share
    return not -tail <= share <= tail or centred(value % WORD, WORD) == value


def value_is_decoded_fault(reading: int, share: int, maximum: int, tail: int) -> bool:
    """
    pre: 1 <= maximum and 0 <= tail and 2 * maximum + 2 * tail < WORD
    post: _
    """
    # The noise is added before the reading is cut.
    value = cut(reading, maximum) + share
    return not -tail <= share <= tail or centred(cut(reading + share, maximum) % WORD, WORD) == value
