"""Billing and verification (spec/load_management.md): encrypted counters, an encrypted bill, its opening.

Paper D, section III-C. The customer has the key (n = p q, g = n + 1) and the utility only n. U_normal(j) and
U_high(j) are the counters of day j in watt-hours, P_normal and P_high integer prices for a watt-hour in the
tariff's smallest unit of money. The paper's check, to encrypt the bill again and to compare, never matches;
an opening (value, randomness) does.
"""

from collections.abc import Mapping, Sequence
from math import gcd, lcm, prod
from typing import Any, TypedDict

from meter_privacy.reference import paillier
from meter_privacy.reference.errors import (
    Malformed,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    State,
    check,
)
from meter_privacy.reference.sessions import begin, begun_as, check_begun

DAYS_MAXIMUM = 31
OPENINGS_MAXIMUM = 2 * DAYS_MAXIMUM
WH_MAXIMUM = 2**32 - 1
PRICE_MAXIMUM = 2**32 - 1


class Counters(TypedDict):
    """A day's two ciphertexts."""

    normal: int
    high: int


class Opening(TypedDict):
    """A value, the randomness that it was encrypted with, and the power that its ciphertext is taken to."""

    value: int
    randomness: int
    scalar: int


# ---- A day and a month ---------------------------------------------------------------------------


def encrypt_day(
    modulus: int,
    maximum_wh: int,
    normal_wh: int,
    high_wh: int,
    normal_randomness: int,
    high_randomness: int,
) -> dict[str, int]:
    """A day's counters, encrypted under the customer's key: normal and high.

    maximum_wh: the greatest use of a day, in [1, 2^32) and below n; both counters together are at most that.
    normal_randomness, high_randomness: units in [1, n), fresh, and not the same.
    Errors: Range, NotInvertible, Replayed. Source: paper D, III.C, step 1. Implements LOAD-12.
    """
    n = modulus
    paillier.check_modulus_field(n)
    check(1 <= maximum_wh <= min(WH_MAXIMUM, n - 1), Range, "the greatest use of a day is out of range")
    check(0 <= normal_wh <= maximum_wh, Range, "the normal counter is out of range")
    check(0 <= high_wh <= maximum_wh - normal_wh, Range, "the high counter is out of range")
    paillier.check_below("first randomness", normal_randomness, 1, n)
    paillier.check_below("second randomness", high_randomness, 1, n)
    normal = paillier.encrypt(n, normal_wh, normal_randomness)
    high = paillier.encrypt(n, high_wh, high_randomness)
    check(normal_randomness != high_randomness, Replayed, "both counters have the same randomness")
    return {"normal": normal, "high": high}


def check_month(
    modulus: int, counters: Sequence[Counters], days: int, maximum_wh: int, price_normal: int, price_high: int
) -> None:
    """Ranges of a month's records and of the tariff, the headroom of the bill included.

    Errors: Malformed, Range. Source: paper D, III.C, step 2, which leaves both out.
    Implements LOAD-13, LOAD-14.
    """
    n = modulus
    check(1 <= len(counters) <= DAYS_MAXIMUM, Malformed, "a month has 1 to 31 days")
    paillier.check_modulus_field(n)
    for counter in counters:
        paillier.check_below("normal counter", counter["normal"], 1, n * n)
        paillier.check_below("high counter", counter["high"], 1, n * n)
    check(days == len(counters), Range, "there is not one record for each day")
    check(1 <= maximum_wh <= WH_MAXIMUM, Range, "the greatest use of a day is out of range")
    check(0 <= price_normal <= PRICE_MAXIMUM, Range, "the normal price is out of range")
    check(0 <= price_high <= PRICE_MAXIMUM, Range, "the high price is out of range")


def check_bill_fits(n: int, days: int, maximum_wh: int, price_normal: int, price_high: int) -> None:
    """The largest bill is below n. Errors: Range. Implements LOAD-14."""
    largest = days * maximum_wh * (price_normal + price_high)
    check(largest < n, Range, "the largest bill does not fit")


def check_counters(n: int, counters: Sequence[Counters]) -> None:
    """All ciphertexts are units. Errors: NotInvertible. Implements LOAD-13."""
    for counter in counters:
        paillier.check_unit("normal counter", counter["normal"], n)
        paillier.check_unit("high counter", counter["high"], n)


def check_no_repetition(counters: Sequence[Counters]) -> None:
    """No ciphertext stands twice: a day sent again, or one randomness for one value. Implements LOAD-13."""
    listed = [counter[name] for counter in counters for name in ("normal", "high")]
    check(len(set(listed)) == len(listed), Replayed, "a ciphertext stands in the month twice")


def month(n: int, counters: Sequence[Counters], price_normal: int, price_high: int) -> dict[str, int]:
    """The products: [U_normal], [U_high] and [Bill] = [U_normal]^P_normal [U_high]^P_high mod n^2.

    Source: paper D, III.C, step 2, whose sums of ciphertexts are products. Implements LOAD-13.
    """
    normal = prod(counter["normal"] for counter in counters) % (n * n)
    high = prod(counter["high"] for counter in counters) % (n * n)
    bill = pow(normal, price_normal, n * n) * pow(high, price_high, n * n) % (n * n)
    return {"normal": normal, "high": high, "bill": bill}


def aggregate_month(
    modulus: int, counters: Sequence[Counters], days: int, maximum_wh: int, price_normal: int, price_high: int
) -> dict[str, int]:
    """The month's encrypted totals and encrypted bill.

    counters: one record for each of the month's 1 to 31 days, in their order. days: how many the month has.
    price_normal, price_high: in [0, 2^32). Errors: Malformed, Range, NotInvertible, Replayed where a
    ciphertext stands twice. Source: paper D, III.C, step 2. Implements LOAD-13, LOAD-14.
    """
    check_month(modulus, counters, days, maximum_wh, price_normal, price_high)
    check_bill_fits(modulus, days, maximum_wh, price_normal, price_high)
    check_counters(modulus, counters)
    check_no_repetition(counters)
    return month(modulus, counters, price_normal, price_high)


# ---- Openings ------------------------------------------------------------------------------------


def recover_opening(p: int, q: int, ciphertext: int) -> dict[str, int]:
    """Value and randomness of a ciphertext: m by decryption, R = c^(n^-1 mod lambda) mod n.

    p, q: factors that paillier.key accepted. Modulo n, c is R^n, and n is prime to lambda.
    Errors: Range, NotInvertible. Source: paper D, III.C, where the randomness is lost; spec/paillier.md.
    Implements LOAD-15.
    """
    value = paillier.decrypt(p, q, ciphertext)
    n, lambda_ = p * q, lcm(p - 1, q - 1)
    return {"value": value, "randomness": pow(ciphertext, pow(n, -1, lambda_), n)}


def combine_openings(modulus: int, openings: Sequence[Opening]) -> dict[str, int]:
    """The opening of prod c_j^k_j: the value sum k_j m_j mod n and the randomness prod r_j^k_j mod n.

    openings: 1 to 62, each with a scalar in [0, 2^32). Reducing modulo n loses nothing: (1 + n)^n and
    ((r + n) / r)^n are 1 modulo n^2. Errors: Malformed, Range, NotInvertible.
    Source: paper D, equations (1) and (2). Implements LOAD-16.
    """
    n = modulus
    check(1 <= len(openings) <= OPENINGS_MAXIMUM, Malformed, "there are 1 to 62 openings")
    paillier.check_modulus_field(n)
    for opening in openings:
        paillier.check_below("value", opening["value"], 0, n)
        paillier.check_below("randomness", opening["randomness"], 1, n)
        check(0 <= opening["scalar"] <= PRICE_MAXIMUM, Range, "a scalar is out of range")
    for opening in openings:
        paillier.check_unit("randomness", opening["randomness"], n)
    value = sum(opening["scalar"] * opening["value"] for opening in openings) % n
    randomness = prod(pow(opening["randomness"], opening["scalar"], n) for opening in openings) % n
    return {"value": value, "randomness": randomness}


def verify_opening(modulus: int, ciphertext: int, value: int, randomness: int) -> None:
    """Accept an opening of a ciphertext: E(value; randomness) is the ciphertext.

    value: in [0, n). randomness: a unit in [1, n). Errors: Range, NotInvertible, ProofFailed.
    Source: paper D, III.C, step 4, corrected (D-ERRATUM-7). Implements LOAD-17.
    """
    n = modulus
    paillier.check_modulus_field(n)
    paillier.check_below("ciphertext", ciphertext, 1, n * n)
    paillier.check_below("value", value, 0, n)
    paillier.check_below("randomness", randomness, 1, n)
    paillier.check_unit("ciphertext", ciphertext, n)
    paillier.check_unit("randomness", randomness, n)
    opened = paillier.encrypt(n, value, randomness) == ciphertext
    check(opened, ProofFailed, "the opening is that of another ciphertext")


# ---- The utility's verification ------------------------------------------------------------------


def verify_openings(
    modulus: int,
    counters: Sequence[Counters],
    days: int,
    maximum_wh: int,
    prices: tuple[int, int],
    claims: Mapping[str, tuple[int, int]],
) -> None:
    """Accept openings of some of the month's aggregates, which are computed here from the records.

    claims: of "normal", "high" and "bill", in this order. Implements LOAD-18, LOAD-19.
    """
    n = modulus
    check_month(n, counters, days, maximum_wh, *prices)
    for name, (value, randomness) in claims.items():
        paillier.check_below(f"{name} value", value, 0, n)
        paillier.check_below(f"{name} randomness", randomness, 1, n)
    check_bill_fits(n, days, maximum_wh, *prices)
    check_counters(n, counters)
    for name, (_, randomness) in claims.items():
        paillier.check_unit(f"{name} randomness", randomness, n)
    recorded = month(n, counters, *prices)
    for name, (value, randomness) in claims.items():
        verify_opening(n, recorded[name], value, randomness)
    check_no_repetition(counters)


def verify_bill(
    modulus: int,
    counters: Sequence[Counters],
    days: int,
    maximum_wh: int,
    price_normal: int,
    price_high: int,
    bill: int,
    bill_randomness: int,
) -> None:
    """Accept the customer's bill and its randomness against the recorded month; the totals stay hidden.

    The other inputs are those of aggregate_month.
    Errors: Malformed, Range, NotInvertible, ProofFailed, Replayed.
    Source: paper D, III.C, step 4, corrected (D-ERRATUM-7). Implements LOAD-14, LOAD-18.
    """
    claims = {"bill": (bill, bill_randomness)}
    verify_openings(modulus, counters, days, maximum_wh, (price_normal, price_high), claims)


def verify_statement(
    modulus: int,
    counters: Sequence[Counters],
    days: int,
    maximum_wh: int,
    price_normal: int,
    price_high: int,
    normal: int,
    normal_randomness: int,
    high: int,
    high_randomness: int,
    bill: int,
    bill_randomness: int,
) -> None:
    """Accept both totals and the bill, each with its randomness, against the recorded month.

    Errors: Malformed, Range, NotInvertible, ProofFailed, Replayed.
    Source: paper D, III.C, step 4, corrected (D-ERRATUM-7). Implements LOAD-14, LOAD-19.
    """
    claims = {
        "normal": (normal, normal_randomness),
        "high": (high, high_randomness),
        "bill": (bill, bill_randomness),
    }
    verify_openings(modulus, counters, days, maximum_wh, (price_normal, price_high), claims)


# ---- The meter's month ---------------------------------------------------------------------------


def meter_start(p: int, q: int, maximum_wh: int, days: int, session: dict[str, Any]) -> None:
    """Start a meter's month of 1 to 31 days under the customer's own key.

    Errors: Range, NotInvertible, State. Source: paper D, III.C, step 0. Implements LOAD-20.
    """
    paillier.check_prime_field("p", p)
    paillier.check_prime_field("q", q)
    check(1 <= maximum_wh <= min(WH_MAXIMUM, p * q - 1), Range, "the greatest use of a day is out of range")
    check(1 <= days <= DAYS_MAXIMUM, Range, "a month has 1 to 31 days")
    paillier.check_distinct(p, q)
    paillier.check_coprime_to_totient(p, q)
    check(gcd(p, q) == 1, NotInvertible, "p and q share a factor")
    begin(
        session,
        "load_management.meter",
        modulus=p * q,
        maximum_wh=maximum_wh,
        days=days,
        closed=[],
        prices=None,
    )


def check_turn(closed: int, day: int) -> None:
    """The day is the one after those that are closed, 1 to `closed`.

    Errors: Replayed for one of those; State where the day before is not closed. Implements LOAD-20.
    """
    check(day > closed, Replayed, "the day was closed before")
    check(day == closed + 1, State, "the day before is not closed")


def meter_day(
    day: int,
    normal_wh: int,
    high_wh: int,
    normal_randomness: int,
    high_randomness: int,
    session: dict[str, Any],
) -> dict[str, int]:
    """Close a day, in order and once: its two ciphertexts, whose openings the meter keeps.

    Errors: Range; NotInvertible; Replayed for a day or a randomness used before; State where the day before
    is not closed. Source: paper D, III.C, step 1. Implements LOAD-20.
    """
    session = begun_as(session, "load_management.meter")
    check(1 <= day <= DAYS_MAXIMUM, Range, "the day is out of range")
    check(0 <= normal_wh <= WH_MAXIMUM and 0 <= high_wh <= WH_MAXIMUM, Range, "a counter is out of range")
    check(min(normal_randomness, high_randomness) >= 1, Range, "a randomness is out of range")
    check_begun(session)
    closed = session["closed"]
    check(day <= session["days"], Range, "the day is beyond the month")
    counters = encrypt_day(
        session["modulus"], session["maximum_wh"], normal_wh, high_wh, normal_randomness, high_randomness
    )
    used = {opening["randomness"] for entry in closed for opening in entry.values()}
    check(not used & {normal_randomness, high_randomness}, Replayed, "a randomness was used before")
    check_turn(len(closed), day)
    openings = {
        "normal": {"value": normal_wh, "randomness": normal_randomness},
        "high": {"value": high_wh, "randomness": high_randomness},
    }
    session["closed"] = [*closed, openings]
    return counters


def closed_month(session: dict[str, Any]) -> list[dict[str, Any]]:
    """The openings of all days. Errors: State where a day is not closed. Implements LOAD-21."""
    check_begun(session)
    check(len(session["closed"]) == session["days"], State, "a day is not closed")
    closed: list[dict[str, Any]] = session["closed"]
    return closed


def weighted(closed: Sequence[Mapping[str, Any]], prices: Mapping[str, int]) -> list[Opening]:
    """The openings of some counters of all days, each with the price that its ciphertext is raised to."""
    return [
        Opening(value=entry[name]["value"], randomness=entry[name]["randomness"], scalar=price)
        for entry in closed
        for name, price in prices.items()
    ]


def meter_bill(price_normal: int, price_high: int, session: dict[str, Any]) -> dict[str, int]:
    """The month's bill and its combined randomness, at one pair of prices for the session's life.

    Two bills at different prices would be two equations for the two totals.
    Errors: Range, Policy for other prices than before, State. Source: paper D, III.C, step 3.
    Implements LOAD-14, LOAD-21.
    """
    session = begun_as(session, "load_management.meter")
    check(0 <= price_normal <= PRICE_MAXIMUM, Range, "the normal price is out of range")
    check(0 <= price_high <= PRICE_MAXIMUM, Range, "the high price is out of range")
    check_begun(session)
    n, prices = session["modulus"], (price_normal, price_high)
    check_bill_fits(n, session["days"], session["maximum_wh"], *prices)
    check(session["prices"] in (None, prices), Policy, "the bill was given at other prices")
    closed = closed_month(session)
    opening = combine_openings(n, weighted(closed, {"normal": price_normal, "high": price_high}))
    session["prices"] = prices
    return {"bill": opening["value"], "randomness": opening["randomness"]}


def meter_totals(session: dict[str, Any]) -> dict[str, int]:
    """The month's two totals and their combined randomness: what the paper's statement opens beside the bill.

    Errors: State. Source: paper D, III.C, steps 3 and 4. Implements LOAD-19, LOAD-21.
    """
    session = begun_as(session, "load_management.meter")
    closed = closed_month(session)
    normal = combine_openings(session["modulus"], weighted(closed, {"normal": 1}))
    high = combine_openings(session["modulus"], weighted(closed, {"high": 1}))
    return {
        "normal": normal["value"],
        "normal_randomness": normal["randomness"],
        "high": high["value"],
        "high_randomness": high["randomness"],
    }


def meter_verdict(ciphertext: int, bill: int, session: dict[str, Any]) -> int:
    """1 where the utility's encrypted bill and its figure are those of the meter's own record, else 0.

    The meter decrypts nothing that it is sent: it computes its own bill and its ciphertext and compares.
    Errors: Range; State before meter_bill. Source: paper D, III.C, step 4, corrected (D-ERRATUM-9).
    Implements LOAD-22.
    """
    session = begun_as(session, "load_management.meter")
    check(ciphertext >= 1 and bill >= 0, Range, "a value is out of range")
    check_begun(session)
    check(session["prices"] is not None, State, "no bill was given in this session")
    n, (price_normal, price_high) = session["modulus"], session["prices"]
    own = combine_openings(n, weighted(closed_month(session), {"normal": price_normal, "high": price_high}))
    same = ciphertext == paillier.encrypt(n, own["value"], own["randomness"])
    return int(same and bill == own["value"])
