"""Extraction, the store's verdicts, the order of a trade, amounts in tokens, by CrossHair.

Each proof calls the reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.energy_tokens import extract
from meter_privacy.reference.errors import ProofFailed, Refused, Replayed, State
from meter_privacy.reference.token_store import (
    ACCEPTED,
    DOUBLE_SPENT,
    HALF_SEEN,
    NONCE_USED,
    REPLAYED,
    judge,
)
from meter_privacy.reference.token_trade import (
    AGREED,
    CLOSED,
    DELIVERED,
    ISSUED,
    OFFERED,
    denominate,
    next_state,
)

ORDER = 5
STEPS = ("offer", "accept", "deliver", "issue", "close")


def secrets_come_back(s: int, r: int, e: int, f: int) -> bool:
    """
    pre: 0 <= s < ORDER and 0 <= r < ORDER and 0 <= e < ORDER and 0 <= f < ORDER
    post: _
    """
    try:
        found = extract(ORDER, e, (r + e * s) % ORDER, f, (r + f * s) % ORDER)
    except Replayed:
        return e == f
    return found == {"secret": s, "nonce": r}


def secrets_come_back_fault(s: int, r: int, e: int, f: int) -> bool:
    """
    pre: 0 <= s < ORDER and 0 <= r < ORDER and 0 <= e < ORDER and 0 <= f < ORDER
    post: _
    """
    # y = r - e s, the sign of another paper.
    try:
        found = extract(ORDER, e, (r - e * s) % ORDER, f, (r - f * s) % ORDER)
    except Replayed:
        return e == f
    return found == {"secret": s, "nonce": r}


def one_challenge_gives_nothing(e: int, y: int, z: int) -> bool:
    """
    pre: 0 <= e < ORDER and 0 <= y < ORDER and 0 <= z < ORDER
    post: _
    """
    try:
        extract(ORDER, e, y, e, z)
    except Replayed:
        return y == z
    except ProofFailed:
        return y != z
    return False


def one_challenge_gives_nothing_fault(e: int, y: int, z: int) -> bool:
    """
    pre: 0 <= e < ORDER and 0 <= y < ORDER and 0 <= z < ORDER
    post: _
    """
    # Every refusal counts as a replay.
    try:
        extract(ORDER, e, y, e, z)
    except Refused:
        return y == z
    return False


def spend_all(first: int, second: int, third: int, pairs: bool) -> list[tuple[int, int, int]]:
    """Three claims in their order, each with a nonce of its own; which were accepted. One is 2 v + x."""
    by_v: dict[int, tuple[int, int, int]] = {}
    by_x: dict[int, tuple[int, int, int]] = {}
    accepted = []
    for digest, number in enumerate((first, second, third)):
        v, x = number // 2, number % 2
        mine = (v, x, digest)
        seen_v, seen_x = by_v.get(v), by_x.get(x)
        if pairs and seen_v != seen_x:
            seen_v = seen_x = None  # looked up as a pair alone
        outcome = judge(
            None if seen_v is None else bytes([seen_v[2]]),
            None if seen_x is None else bytes([seen_x[2]]),
            seen_v == seen_x,
            0,
            bytes([digest]),
        )
        if outcome == ACCEPTED:
            by_v[v] = by_x[x] = mine
            accepted.append(mine)
    return accepted


def no_half_is_accepted_twice(first: int, second: int, third: int) -> bool:
    """
    pre: 0 <= first < 4 and 0 <= second < 4 and 0 <= third < 4
    post: _
    """
    accepted = spend_all(first, second, third, False)
    return len({v for v, _, _ in accepted}) == len(accepted) == len({x for _, x, _ in accepted})


def no_half_is_accepted_twice_fault(first: int, second: int, third: int) -> bool:
    """
    pre: 0 <= first < 4 and 0 <= second < 4 and 0 <= third < 4
    post: _
    """
    accepted = spend_all(first, second, third, True)
    return len({v for v, _, _ in accepted}) == len(accepted) == len({x for _, x, _ in accepted})


def verdict(seen_v: bool, seen_x: bool, together: bool, used: bool, same: bool) -> int:
    """The judgement of a claim with a nonce that was given."""
    kept, mine = b"kept", b"kept" if same else b"mine"
    return judge(kept if seen_v else None, kept if seen_x else None, together, int(used), mine)


def accepted_only_if_new(seen_v: bool, seen_x: bool, together: bool, used: bool, same: bool) -> bool:
    """
    pre: together == (seen_v and seen_x) or not together
    post: _
    """
    outcome = verdict(seen_v, seen_x, together, used, same)
    if outcome in (ACCEPTED, NONCE_USED):
        return not seen_v and not seen_x and used == (outcome == NONCE_USED)
    if outcome == HALF_SEEN:
        return (seen_v or seen_x) and not together
    return seen_v and seen_x and same == (outcome == REPLAYED)


def accepted_only_if_new_fault(seen_v: bool, seen_x: bool, together: bool, used: bool, same: bool) -> bool:
    """
    pre: together == (seen_v and seen_x) or not together
    post: _
    """
    # A replay is taken for a double spending.
    outcome = verdict(seen_v, seen_x, together, used, same)
    return outcome != DOUBLE_SPENT or same


def walk(first: int, second: int, third: int) -> list[str]:
    """The steps that are taken of three that are tried after an offer."""
    state, taken = OFFERED, []
    for number in (first, second, third):
        try:
            state = next_state(state, STEPS[number])
        except (Replayed, State):
            continue
        taken.append(STEPS[number])
    return taken


def issued_after_delivery(first: int, second: int, third: int) -> bool:
    """
    pre: 0 <= first < 5 and 0 <= second < 5 and 0 <= third < 5
    post: _
    """
    taken = walk(first, second, third)
    return "issue" not in taken or taken == ["accept", "deliver", "issue"]


def issued_after_delivery_fault(first: int, second: int, third: int) -> bool:
    """
    pre: 0 <= first < 5 and 0 <= second < 5 and 0 <= third < 5
    post: _
    """
    # What was agreed is thought never to be broken off.
    taken = walk(first, second, third)
    return "accept" not in taken or "close" not in taken


def nothing_follows_the_end(step: int, state: int) -> bool:
    """
    pre: 0 <= step < 5 and 0 <= state <= CLOSED
    post: _
    """
    try:
        after = next_state(state, STEPS[step])
    except Replayed:
        return state == ISSUED
    except State:
        return True
    return state not in (ISSUED, CLOSED) and (after != CLOSED or state < DELIVERED)


def nothing_follows_the_end_fault(step: int, state: int) -> bool:
    """
    pre: 0 <= step < 5 and 0 <= state <= CLOSED
    post: _
    """
    # A trade is thought to be over at the agreement.
    try:
        next_state(state, STEPS[step])
    except (Replayed, State):
        return True
    return state < AGREED


def tokens_make_the_amount(amount: int) -> bool:
    """
    pre: 0 <= amount < 2**53
    post: _
    """
    try:
        ones, tens, hundreds = denominate([10, 50, 100], amount)
    except Refused:
        return amount % 10 != 0
    return 10 * ones + 50 * tens + 100 * hundreds == amount and 0 <= ones < 5 and 0 <= tens < 2


def tokens_make_the_amount_fault(amount: int) -> bool:
    """
    pre: 0 <= amount < 2**53
    post: _
    """
    # Nothing is thought to be refused.
    try:
        ones, _, _ = denominate([10, 50, 100], amount)
    except Refused:
        return False
    return 0 <= ones < 5
