"""The task server's policy, the bank's state and the deposit's, by CrossHair.

Each proof calls the reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.deposit import FUNDED, PAID, REFUNDED, USER, UTILITY, deposit_next
from meter_privacy.reference.errors import Refused
from meter_privacy.reference.rewards import claim_refusal, payment_refusal
from meter_privacy.reference.tasking import (
    are_crowds,
    held_back,
    is_crowd,
    is_dated_ahead,
    overlap,
    refine,
    totals,
)

LOCK = 1_900_000_000


def overlap_is_a_common_second(starts: int, duration: int, other: int, other_duration: int) -> bool:
    """
    pre: 0 <= starts < 2**53 and 0 <= other < 2**53 and 1 <= duration < 2**32 and 1 <= other_duration < 2**32
    post: _
    """
    first, last = max(starts, other), min(starts + duration, other + other_duration) - 1
    return overlap(starts, duration, other, other_duration) == (first <= last)


def overlap_is_a_common_second_fault(starts: int, duration: int, other: int, other_duration: int) -> bool:
    """
    pre: 0 <= starts < 2**53 and 0 <= other < 2**53 and 1 <= duration < 2**32 and 1 <= other_duration < 2**32
    post: _
    """
    # Only whether the second begins within the first.
    first, last = max(starts, other), min(starts + duration, other + other_duration) - 1
    return (starts <= other < starts + duration) == (first <= last)


def ahead_by_more_than_the_clocks(now: int, issued: int) -> bool:
    """
    pre: 0 <= now < 2**53 and 0 <= issued < 2**53
    post: _
    """
    return is_dated_ahead(now, issued) == (issued - now > 300)


def ahead_by_more_than_the_clocks_fault(now: int, issued: int) -> bool:
    """
    pre: 0 <= now < 2**53 and 0 <= issued < 2**53
    post: _
    """
    # The distance, whichever way.
    return is_dated_ahead(now, issued) == (abs(issued - now) > 300)


def refined_by_both(a: bool, b: bool, c: bool, d: bool) -> bool:
    """
    post: _
    """
    # Two cells stay together exactly where neither region tells them apart.
    cut = refine(refine([0, 0], [a, b]), [c, d])
    return (cut[0] == cut[1]) == (a == b and c == d)


def refined_by_both_fault(a: bool, b: bool, c: bool, d: bool) -> bool:
    """
    post: _
    """
    # The second region alone.
    cut = refine([0, 0], [c, d])
    return (cut[0] == cut[1]) == (a == b and c == d)


def count(meters: tuple[int, int, int], kept: tuple[bool, bool, bool]) -> int:
    """The meters of some of three cells."""
    return sum(n for n, inside in zip(meters, kept, strict=True) if inside)


def set_algebra_finds_crowds(
    x: int, y: int, z: int, a: tuple[bool, bool, bool], b: tuple[bool, bool, bool]
) -> bool:
    """
    pre: 0 <= x <= 9 and 0 <= y <= 9 and 0 <= z <= 9
    post: _
    """
    meters = (x, y, z)
    if not are_crowds(refine(refine([0, 0, 0], a), b), meters, 5):
        return True
    both = (a[0] and b[0], a[1] and b[1], a[2] and b[2])
    less = (a[0] and not b[0], a[1] and not b[1], a[2] and not b[2])
    return all(is_crowd(count(meters, one), 5) for one in (a, b, both, less))


def set_algebra_finds_crowds_fault(
    x: int, y: int, z: int, a: tuple[bool, bool, bool], b: tuple[bool, bool, bool]
) -> bool:
    """
    pre: 0 <= x <= 9 and 0 <= y <= 9 and 0 <= z <= 9
    post: _
    """
    # Each region by itself, as the paper has it.
    meters = (x, y, z)
    if not (is_crowd(count(meters, a), 5) and is_crowd(count(meters, b), 5)):
        return True
    less = (a[0] and not b[0], a[1] and not b[1], a[2] and not b[2])
    return is_crowd(count(meters, less), 5)


def what_is_passed_on_is_of_crowds(x: int, y: int, z: int, a: tuple[bool, bool, bool]) -> bool:
    """
    pre: 0 <= x <= 9 and 0 <= y <= 9 and 0 <= z <= 9
    post: _
    """
    atoms = refine([0, 0, 0], a)
    kept = held_back(atoms, [x, y, z], 5)
    return are_crowds(atoms, kept, 5) and all(n in (0, m) for n, m in zip(kept, (x, y, z), strict=True))


def what_is_passed_on_is_of_crowds_fault(x: int, y: int, z: int, a: tuple[bool, bool, bool]) -> bool:
    """
    pre: 0 <= x <= 9 and 0 <= y <= 9 and 0 <= z <= 9
    post: _
    """
    # The region's total is looked at, not the atoms'.
    atoms = refine([0, 0, 0], a)
    kept = [x, y, z] if x + y + z >= 5 else [0, 0, 0]
    return all(is_crowd(n, 5) for n in totals(atoms, kept))


def after(state: int, event: int, signers: int, time: int) -> int:
    """The state after an event that may be refused."""
    try:
        return deposit_next(state, event, signers, time, LOCK)
    except Refused:
        return state


def spent_once(state: int, event: int, signers: int, time: int) -> bool:
    """
    pre: PAID <= state <= REFUNDED and 0 <= event <= 2 and 0 <= signers <= 3 and 0 <= time < 2**32
    post: _
    """
    return after(state, event, signers, time) == state


def spent_once_fault(state: int, event: int, signers: int, time: int) -> bool:
    """
    pre: FUNDED <= state <= REFUNDED and 0 <= event <= 2 and 0 <= signers <= 3 and 0 <= time < 2**32
    post: _
    """
    # As if a deposit that is funded were spent.
    return after(state, event, signers, time) == state


def nobody_takes_it_alone_early(event: int, signers: int, time: int) -> bool:
    """
    pre: 0 <= event <= 2 and 0 <= signers <= 3 and 0 <= time < 2**32
    post: _
    """
    end = after(FUNDED, event, signers, time)
    alone = signers != UTILITY | USER
    return not (alone and end == PAID) and not (end == REFUNDED and (time <= LOCK or not signers & UTILITY))


def nobody_takes_it_alone_early_fault(event: int, signers: int, time: int) -> bool:
    """
    pre: 0 <= event <= 2 and 0 <= signers <= 3 and 0 <= time < 2**32
    post: _
    """
    # As if the refund had to wait a second more than it has.
    return not (after(FUNDED, event, signers, time) == REFUNDED and time <= LOCK + 1)


def paid_out_once(now: int, again: int, expires: int) -> bool:
    """
    pre: 0 <= now < 2**53 and 0 <= again < 2**53 and 0 <= expires < 2**53
    post: _
    """
    claimed, paid = False, 0
    for time in (now, again):
        if claim_refusal(time, expires, claimed) is None:
            claimed, paid = True, paid + 1
    return paid == int(now <= expires or again <= expires)


def paid_out_once_fault(now: int, again: int, expires: int) -> bool:
    """
    pre: 0 <= now < 2**53 and 0 <= again < 2**53 and 0 <= expires < 2**53
    post: _
    """
    # The bank does not write down that it paid.
    return sum(claim_refusal(time, expires, False) is None for time in (now, again)) <= 1


def numbers_rise(first: int, second: int, now: int, expires: int, stored: int) -> bool:
    """
    pre: 0 <= first < 2**53 and 0 <= second < 2**53 and 0 <= now < 2**53 and 0 <= expires < 2**53
    pre: 0 <= stored <= 9
    post: _
    """
    next_sequence, taken = 0, 0
    if payment_refusal(now, expires, first, next_sequence, False, stored, 9) is None:
        next_sequence, taken = first + 1, taken + 1
    second_taken = payment_refusal(now, expires, second, next_sequence, False, stored + taken, 9) is None
    return (not (taken and second_taken) or second > first) and stored + taken + second_taken <= 9


def numbers_rise_fault(first: int, second: int, now: int, expires: int, stored: int) -> bool:
    """
    pre: 0 <= first < 2**53 and 0 <= second < 2**53 and 0 <= now < 2**53 and 0 <= expires < 2**53
    pre: 0 <= stored <= 9
    post: _
    """
    # The number itself is kept in place of the next.
    next_sequence, taken = 0, 0
    if payment_refusal(now, expires, first, next_sequence, False, stored, 9) is None:
        next_sequence, taken = first, taken + 1
    second_taken = payment_refusal(now, expires, second, next_sequence, False, stored + taken, 9) is None
    return not (taken and second_taken) or second > first
