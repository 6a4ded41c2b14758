"""Denominations, change, and the agreement on a value through the report server (spec/energy_tokens.md,
section Trading).

The referee's machine sees no name: it holds who may speak, what was said last, and that what is issued is
what was agreed.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from meter_privacy.reference.errors import Exhausted, Malformed, Policy, Range, Replayed, State, check
from meter_privacy.reference.sessions import begin, begun_as, check_begun
from meter_privacy.reference.token_keys import NUMBERS

DENOMINATIONS = 32
COUNT = 1 << 20
ROUNDS = 8
BUY, SELL = 0, 1
USER, UTILITY = 0, 1


# ---- Denominations and change --------------------------------------------------------------------


def check_denominations(denominations: Sequence[int]) -> None:
    """Refuse denominations that do not rise, or of which one does not divide the next.

    Errors: Malformed, Range. Implements TOKEN-29.
    """
    check(1 <= len(denominations) <= DENOMINATIONS, Malformed, "there are 1 to 32 denominations")
    check(all(1 <= value < NUMBERS for value in denominations), Range, "a denomination is out of range")
    pairs = list(pairwise(denominations))
    check(all(low < high for low, high in pairs), Range, "the denominations do not rise")
    check(all(high % low == 0 for low, high in pairs), Range, "a denomination does not divide the next")


def denominate(denominations: Sequence[int], amount_wh: int) -> list[int]:
    """The fewest tokens that make an amount: how many of each denomination, the largest first taken.

    denominations: watt-hours, rising, each dividing the next. amount_wh: in [0, 2^53).
    Errors: Malformed, Range; Policy where the least denomination does not divide the amount.
    Source: paper E, section 3.2, where Value is any number (E-ERRATUM-14, E-ERRATUM-18). Implements TOKEN-29.
    """
    check_denominations(denominations)
    check(0 <= amount_wh < NUMBERS, Range, "the amount is out of range")
    check(amount_wh % denominations[0] == 0, Policy, "the amount is none that tokens can make")
    counts, rest = [], amount_wh
    for value in reversed(denominations):
        counts.append(rest // value)
        rest %= value
    return counts[::-1]


def pay(denominations: Sequence[int], held: Sequence[int], amount_wh: int) -> dict[str, Any]:
    """Which of the tokens held to spend for an amount, and the change: least overpaid, then the fewest
    tokens.

    held: how many of each denomination, each at most 2^20. amount_wh: in [0, 2^53), made by tokens. Errors:
    Malformed, Range; Policy where the least denomination does not divide the amount; Exhausted where all that
    is held is less. Source: paper E, section 3.2, which has no change (E-ERRATUM-18).
    Implements TOKEN-29, TOKEN-30.
    """
    check(len(held) == len(denominations), Malformed, "there is not one count for each denomination")
    check_denominations(denominations)
    check(all(0 <= number <= COUNT for number in held), Range, "a count is out of range")
    check(0 <= amount_wh < NUMBERS, Range, "the amount is out of range")
    check(amount_wh % denominations[0] == 0, Policy, "the amount is none that tokens can make")
    worth = sum(number * value for number, value in zip(held, denominations, strict=True))
    check(worth >= amount_wh, Exhausted, "the tokens held are worth less")
    used, rest = [0] * len(held), amount_wh
    for place in reversed(range(len(held))):
        used[place] = min(held[place], rest // denominations[place])
        rest -= used[place] * denominations[place]
    if rest:
        # What is left is below every token not used yet: the least of these goes in, what it spares out.
        place = next(k for k, value in enumerate(denominations) if held[k] > used[k] and value > rest)
        used[place] += 1
        rest -= denominations[place]
        for needless in reversed(range(place)):
            number = min(used[needless], -rest // denominations[needless])
            used[needless] -= number
            rest += number * denominations[needless]
    return {"used": used, "change_wh": -rest, "change": denominate(denominations, -rest)}


# ---- The agreement on a value --------------------------------------------------------------------

IDLE, OFFERED, AGREED, DELIVERED, ISSUED, CLOSED = range(6)


def next_state(state: int, step: str) -> int:
    """The state after a step that is admissible in a state. Errors: Replayed, State. Implements TOKEN-31,
    TOKEN-32.
    """
    check(not (state == ISSUED and step == "issue"), Replayed, "the tokens were issued before")
    after = {
        (IDLE, "offer"): OFFERED,
        (OFFERED, "offer"): OFFERED,
        (OFFERED, "accept"): AGREED,
        (AGREED, "deliver"): DELIVERED,
        (DELIVERED, "issue"): ISSUED,
        (IDLE, "close"): CLOSED,
        (OFFERED, "close"): CLOSED,
        (AGREED, "close"): CLOSED,
    }
    check((state, step) in after, State, "the trade is not at this step")
    return after[state, step]


def trade_start(
    direction: int,
    energy_wh: int,
    denominations: Sequence[int],
    least_wh: int,
    most_wh: int,
    session: dict[str, Any],
) -> None:
    """Begin a trade: the user buys (0) or sells (1) energy; values between two bounds are on offer.

    energy_wh: watt-hours of energy, in [1, 2^53). denominations: those of the epoch. least_wh, most_wh: what
    a value may be, in [1, 2^53). Errors: Malformed, Range, State. Source: paper E, section 3.2, Trading
    Energy. Implements TOKEN-29, TOKEN-31.
    """
    check(direction in (BUY, SELL), Range, "a direction is 0 or 1")
    check(1 <= energy_wh < NUMBERS, Range, "the energy is out of range")
    check_denominations(denominations)
    check(1 <= least_wh <= most_wh < NUMBERS, Range, "the bounds are out of range")
    begin(
        session,
        "energy_tokens.trade",
        direction=direction,
        energy_wh=energy_wh,
        denominations=list(denominations),
        bounds=(least_wh, most_wh),
        state=IDLE,
        offers=0,
        speaker=None,
        value_wh=None,
    )


def trade_offer(party: int, value_wh: int, session: dict[str, Any]) -> int:
    """An offer by the user (0) or the utility (1), each in turn; how many more there may be.

    value_wh: in [1, 2^53), within the trade's bounds and one that tokens make.
    Errors: Range; Policy for a value outside; State out of turn; Exhausted after 8 offers.
    Source: paper E, section 3.2, Trading Energy. Implements TOKEN-31.
    """
    session = begun_as(session, "energy_tokens.trade")
    check(party in (USER, UTILITY), Range, "a party is 0 or 1")
    check(1 <= value_wh < NUMBERS, Range, "the value is out of range")
    if session:
        least, most = session["bounds"]
        check(least <= value_wh <= most, Policy, "the value is outside the trade's bounds")
        denominate(session["denominations"], value_wh)
    check_begun(session)
    after = next_state(session["state"], "offer")
    check(session["speaker"] != party, State, "it is the other party's turn")
    check(session["offers"] < ROUNDS, Exhausted, "all offers were made")
    session.update(state=after, speaker=party, value_wh=value_wh, offers=session["offers"] + 1)
    return ROUNDS - int(session["offers"])


def trade_accept(party: int, value_wh: int, session: dict[str, Any]) -> list[int]:
    """Accept the other party's last offer; the tokens of each denomination that it comes to.

    value_wh: the value accepted. Errors: Range; Policy where it is not the one offered; State.
    Source: paper E, section 3.2, Trading Energy. Implements TOKEN-29, TOKEN-31.
    """
    session = begun_as(session, "energy_tokens.trade")
    check(party in (USER, UTILITY), Range, "a party is 0 or 1")
    check(1 <= value_wh < NUMBERS, Range, "the value is out of range")
    if session and session["state"] == OFFERED:
        check(value_wh == session["value_wh"], Policy, "another value was offered")
    check_begun(session)
    after = next_state(session["state"], "accept")
    check(session["speaker"] != party, State, "nobody accepts what he has offered")
    session["state"] = after
    return denominate(session["denominations"], value_wh)


def trade_deliver(amount_wh: int, session: dict[str, Any]) -> None:
    """What is given for the tokens has come: the whole of the energy where the user sells, the whole value
    where he buys.

    amount_wh: in [1, 2^53). Errors: Range; Policy for another amount; State.
    Source: paper E, section 3.2, Trading Energy. Implements TOKEN-32.
    """
    session = begun_as(session, "energy_tokens.trade")
    check(1 <= amount_wh < NUMBERS, Range, "the amount is out of range")
    if session and session["state"] == AGREED:
        due = session["energy_wh"] if session["direction"] == SELL else session["value_wh"]
        check(amount_wh == due, Policy, "another amount was agreed")
    check_begun(session)
    session["state"] = next_state(session["state"], "deliver")


def trade_issue(counts: Sequence[int], session: dict[str, Any]) -> int:
    """Let the utility sign so many blinded messages of each denomination, once; how many they are.

    counts: as many as denominations, each in [0, 2^53). Errors: Malformed, Range; Replayed where they were
    issued; Policy for other counts than agreed; State. Source: paper E, section 3.2, Trading Energy.
    Implements TOKEN-32.
    """
    session = begun_as(session, "energy_tokens.trade")
    check(1 <= len(counts) <= DENOMINATIONS, Malformed, "there are 1 to 32 counts")
    check(all(0 <= number < NUMBERS for number in counts), Range, "a count is out of range")
    if session:
        check(session["state"] != ISSUED, Replayed, "the tokens were issued before")
        if session["state"] == DELIVERED:
            agreed = denominate(session["denominations"], session["value_wh"])
            check(list(counts) == agreed, Policy, "other tokens were agreed")
    check_begun(session)
    session["state"] = next_state(session["state"], "issue")
    return sum(counts)


def trade_close(session: dict[str, Any]) -> None:
    """Break a trade off, before anything was delivered. Errors: State, Replayed.

    Source: paper E, section 3.2, Trading Energy. Implements TOKEN-31.
    """
    session = begun_as(session, "energy_tokens.trade")
    check_begun(session)
    session["state"] = next_state(session["state"], "close")
