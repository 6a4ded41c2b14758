"""Load management (spec/load_management.md): the meter's side in C, and what is heavy of the utility's side.

The functions have the names and fields of spec/operations/load_management.toml and load_comparison.toml.
Readings are in Wh; moduli, ciphertexts and randomness are residues without a unit. What a meter does with its
secrets is in the C core and in constant time. What the utility does with numbers that it is sent, and the
keeping of a meter's month, is put together here from the core's functions.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from meter_privacy.native import paillier
from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import WINDOW, byte_strings, check_word, natural, number, output
from meter_privacy.native.errors import Malformed, Policy, ProofFailed, Range, Refused, Replayed, State, check

DAYS_MAXIMUM = 31
LEAST_MEMBERS, MEMBERS_MAXIMUM = 3, 1024
WORD_MAXIMUM = (1 << 32) - 1
PRIME_BITS = 2048
OPENINGS_MAXIMUM: int = lib.MPRIV_OPENINGS_MAX
BITS_MAXIMUM: int = lib.MPRIV_LEVEL_BITS_MAX


class Counters(TypedDict):
    """A day's two ciphertexts."""

    normal: int
    high: int


class Opening(TypedDict):
    """A value, the randomness that it was encrypted with, and the power that its ciphertext is taken to."""

    value: int
    randomness: int
    scalar: int


def refuse_unless(condition: bool, refusal: type[Refused], detail: str) -> None:
    if not condition:
        raise refusal(detail)


def check_between(name: str, value: int, least: int, most: int) -> None:
    """Range unless least <= value <= most."""
    refuse_unless(least <= value <= most, Range, f"{name} is not between {least} and {most}")


def check_count(name: str, count: int, most: int) -> None:
    """Malformed unless 1 <= count <= most."""
    refuse_unless(1 <= count <= most, Malformed, f"there are not 1 to {most} {name}")


def check_modulus(modulus: int) -> None:
    """Range unless the modulus is odd and in [15, 2^4096)."""
    refuse_unless(
        modulus % 2 == 1 and 15 <= modulus < 1 << 4096, Range, "the modulus is even or out of range"
    )


def check_factors(p: int, q: int) -> None:
    """Range unless both are odd and in [3, 2^2048)."""
    for name, prime in (("p", p), ("q", q)):
        refuse_unless(prime % 2 == 1 and 3 <= prime < 1 << PRIME_BITS, Range, f"{name} is out of range")


# ---- The ring ------------------------------------------------------------------------------------


def ring_start(modulus: int, maximum_wh: int, reading_wh: int, randomness: int) -> int:
    """The first member's message: M_1 = E(P_1; r) under the utility's key.

    modulus: n. maximum_wh: Pmax in [1, 2^32), with 6 Pmax < n. reading_wh: P_1 in [0, Pmax].
    randomness: r in [1, n), a unit, fresh. Errors: Range, NotInvertible.
    Source: paper D, III.A, secure summation, step 2. Implements LOAD-4.
    """
    n = natural("the modulus", modulus)
    check_word("the greatest reading", maximum_wh)
    check_word("the reading", reading_wh)
    r = natural("the randomness", randomness, len(n))
    ciphertext = output(2 * len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), WINDOW)
    code = lib.mpriv_load_ring_start(
        ciphertext, 2 * len(n), n, len(n), maximum_wh, reading_wh, r, len(r), output(size), size
    )
    check(code, "a value is out of range, or the randomness is no unit modulo n")
    return number(ciphertext)


def ring_add(modulus: int, maximum_wh: int, previous: int, reading_wh: int, randomness: int) -> int:
    """A further member's message: M_i = E(P_i; r) M_(i-1) mod n^2.

    previous: M_(i-1) in [1, n^2), a unit. The others as in ring_start. Errors: Range, NotInvertible.
    Source: paper D, III.A, secure summation, step 3. Implements LOAD-5.
    """
    n, c = natural("the modulus", modulus), natural("the previous message", previous)
    check_word("the greatest reading", maximum_wh)
    check_word("the reading", reading_wh)
    r = natural("the randomness", randomness, len(n))
    ciphertext = output(2 * len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), WINDOW)
    code = lib.mpriv_load_ring_add(
        ciphertext, 2 * len(n), n, len(n), maximum_wh, c, len(c), reading_wh, r, len(r), output(size), size
    )
    check(code, "a value is out of range, or the previous message or the randomness is no unit modulo n")
    return number(ciphertext)


def ring_stop(p: int, q: int, members: int, maximum_wh: int, ciphertext: int) -> int:
    """The utility opens the last message M_N: the group's total in watt-hours, 0 to N Pmax.

    p, q: the utility's factors. members: N in [3, 1024]. maximum_wh: Pmax, with 2 N Pmax < n.
    Errors: Range; NotInvertible; Policy where the total is not one that N readings can have.
    Source: paper D, III.A, secure summation, step 4. Implements LOAD-3, LOAD-6.
    """
    check_factors(p, q)
    check_between("the number of members", members, LEAST_MEMBERS, MEMBERS_MAXIMUM)
    check_between("the greatest reading", maximum_wh, 1, min(WORD_MAXIMUM, (p * q - 1) // (2 * members)))
    total_wh = paillier.decrypt(p, q, ciphertext)
    refuse_unless(total_wh <= members * maximum_wh, Policy, "the members' readings cannot make this total")
    return total_wh


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
    n = natural("the modulus", modulus)
    for name, value in (
        ("greatest use", maximum_wh),
        ("normal counter", normal_wh),
        ("high counter", high_wh),
    ):
        check_word(f"the {name}", value)
    r = natural("the first randomness", normal_randomness, len(n))
    s = natural("the second randomness", high_randomness, len(n))
    normal, high = output(2 * len(n)), output(2 * len(n))
    size = lib.mpriv_encrypt_scratch_bytes(len(n), 1 << WINDOW)
    code = lib.mpriv_load_encrypt_day(
        normal, high, 2 * len(n), n, len(n), maximum_wh, normal_wh, high_wh,
        r, len(r), s, len(s), output(size), size,
    )  # fmt: skip
    check(code, "a value is out of range, a randomness is no unit modulo n, or both are the same")
    return {"normal": number(normal), "high": number(high)}


def check_month(
    modulus: int,
    counters: Sequence[Counters],
    days: int,
    maximum_wh: int,
    prices: tuple[int, int],
    claims: Mapping[str, tuple[int, int]],
) -> None:
    """Ranges of a month's records, of the tariff and of openings. Errors: Malformed, Range."""
    check_count("days", len(counters), DAYS_MAXIMUM)
    check_modulus(modulus)
    for counter in counters:
        check_between("a normal counter", counter["normal"], 1, modulus**2 - 1)
        check_between("a high counter", counter["high"], 1, modulus**2 - 1)
    refuse_unless(days == len(counters), Range, "there is not one record for each day")
    check_between("the greatest use of a day", maximum_wh, 1, WORD_MAXIMUM)
    for price in prices:
        check_between("a price", price, 0, WORD_MAXIMUM)
    for name, (value, randomness) in claims.items():
        check_between(f"the {name} value", value, 0, modulus - 1)
        check_between(f"the {name} randomness", randomness, 1, modulus - 1)
    check_bill_fits(modulus, days, maximum_wh, prices)


def check_bill_fits(modulus: int, days: int, maximum_wh: int, prices: tuple[int, int]) -> None:
    """Range unless the largest bill is below n."""
    refuse_unless(days * maximum_wh * sum(prices) < modulus, Range, "the largest bill does not fit")


def check_no_repetition(counters: Sequence[Counters]) -> None:
    """Replayed where a ciphertext stands twice."""
    listed = [ciphertext for counter in counters for ciphertext in (counter["normal"], counter["high"])]
    refuse_unless(len(set(listed)) == len(listed), Replayed, "a ciphertext stands in the month twice")


def month(modulus: int, counters: Sequence[Counters], prices: tuple[int, int]) -> dict[str, int]:
    """The encrypted totals and the encrypted bill. Errors: NotInvertible."""
    normal = paillier.add(modulus, [counter["normal"] for counter in counters])
    high = paillier.add(modulus, [counter["high"] for counter in counters])
    parts = [
        paillier.scale(modulus, total, price) for total, price in zip((normal, high), prices, strict=True)
    ]
    return {"normal": normal, "high": high, "bill": paillier.add(modulus, parts)}


def aggregate_month(
    modulus: int, counters: Sequence[Counters], days: int, maximum_wh: int, price_normal: int, price_high: int
) -> dict[str, int]:
    """The month's encrypted totals and encrypted bill.

    counters: one record for each of the month's 1 to 31 days, in their order. days: how many the month has.
    price_normal, price_high: in [0, 2^32). Errors: Malformed, Range, NotInvertible, Replayed where a
    ciphertext stands twice. Source: paper D, III.C, step 2. Implements LOAD-13, LOAD-14.
    """
    check_month(modulus, counters, days, maximum_wh, (price_normal, price_high), {})
    made = month(modulus, counters, (price_normal, price_high))
    check_no_repetition(counters)
    return made


# ---- Openings ------------------------------------------------------------------------------------


def recover_opening(p: int, q: int, ciphertext: int) -> dict[str, int]:
    """Value and randomness of a ciphertext: m by decryption, R = c^(n^-1 mod lambda) mod n, in constant time.

    p, q: factors as in paillier.decrypt, whose errors these are. ciphertext: c in [1, (p q)^2), a unit.
    Source: paper D, III.C, where the randomness is lost; spec/paillier.md. Implements LOAD-15.
    """
    x, y = natural("p", p), natural("q", q)
    both = len(x) + len(y)
    c = natural("the ciphertext", ciphertext, 2 * both)
    value, randomness = output(both), output(both)
    size = lib.mpriv_factors_scratch_bytes(len(x), len(y), WINDOW)
    code = lib.mpriv_load_recover_opening(
        value, randomness, both, x, len(x), y, len(y), c, len(c), output(size), size
    )
    check(code, "a factor or the ciphertext is out of range or shares a factor")
    return {"value": number(value), "randomness": number(randomness)}


def combine_openings(modulus: int, openings: Sequence[Opening]) -> dict[str, int]:
    """The opening of prod c_j^k_j: the value sum k_j m_j mod n and the randomness prod r_j^k_j mod n.

    openings: 1 to 62, each with a public scalar in [0, 2^32). In constant time in values and randomness.
    Errors: Malformed, Range, NotInvertible. Source: paper D, equations (1) and (2). Implements LOAD-16.
    """
    check_count("openings", len(openings), OPENINGS_MAXIMUM)
    n = natural("the modulus", modulus)
    values = [natural("a value", opening["value"], len(n)) for opening in openings]
    units = [natural("a randomness", opening["randomness"], len(n)) for opening in openings]
    array = ffi.new("mpriv_opening[]", len(openings))
    owners = [ffi.from_buffer(string) for string in (*values, *units)]
    for place, opening in enumerate(openings):
        check_word("a scalar", opening["scalar"])
        array[place].scalar = opening["scalar"]
        array[place].value.data, array[place].value.length = owners[place], len(values[place])
        array[place].randomness.data = owners[len(openings) + place]
        array[place].randomness.length = len(units[place])
    value, randomness = output(len(n)), output(len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), 1)
    code = lib.mpriv_load_combine_openings(
        value, randomness, len(n), n, len(n), array, len(openings), output(size), size
    )
    check(code, "not 1 to 62 openings, or a value is out of range, or a randomness is no unit modulo n")
    return {"value": number(value), "randomness": number(randomness)}


def verify_opening(modulus: int, ciphertext: int, value: int, randomness: int) -> None:
    """Accept an opening of a ciphertext: E(value; randomness) is the ciphertext.

    value: in [0, n). randomness: a unit in [1, n). Errors: Range, NotInvertible, ProofFailed.
    Source: paper D, III.C, step 4, corrected (D-ERRATUM-7). Implements LOAD-17.
    """
    n, c = natural("the modulus", modulus), natural("the ciphertext", ciphertext)
    m, r = natural("the value", value, len(n)), natural("the randomness", randomness, len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), WINDOW)
    code = lib.mpriv_load_verify_opening(n, len(n), c, len(c), m, len(m), r, len(r), output(size), size)
    check(code, "a value is out of range or no unit modulo n, or the opening is that of another ciphertext")


# ---- The utility's verification ------------------------------------------------------------------


def verify_openings(
    modulus: int,
    counters: Sequence[Counters],
    days: int,
    maximum_wh: int,
    prices: tuple[int, int],
    claims: Mapping[str, tuple[int, int]],
) -> None:
    """Accept openings of some of the month's aggregates, which are computed here from the records."""
    check_month(modulus, counters, days, maximum_wh, prices, claims)
    recorded = month(modulus, counters, prices)
    made = {name: paillier.encrypt(modulus, *claim) for name, claim in claims.items()}
    opened = all(recorded[name] == ciphertext for name, ciphertext in made.items())
    refuse_unless(opened, ProofFailed, "an opening is that of another ciphertext")
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
    check_factors(p, q)
    check_between("the greatest use of a day", maximum_wh, 1, min(WORD_MAXIMUM, p * q - 1))
    check_between("the number of days", days, 1, DAYS_MAXIMUM)
    # Encryption by the factors makes the checks of a key: of E(0; 1) nothing else can be wrong.
    paillier.encrypt_with_factors(p, q, 0, 1)
    refuse_unless(not session, State, "the session was started before")
    session.update(role="bill", factors=(p, q), maximum_wh=maximum_wh, days=days, closed=[], prices=None)


def check_started(session: Mapping[str, Any]) -> None:
    """The session is a meter's month. Errors: State."""
    started = session.get("role") == "bill"
    refuse_unless(started, State, "the session was not started by load_management.meter_start")


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
    check_between("the day", day, 1, DAYS_MAXIMUM)
    check_between("the normal counter", normal_wh, 0, WORD_MAXIMUM)
    check_between("the high counter", high_wh, 0, WORD_MAXIMUM)
    refuse_unless(min(normal_randomness, high_randomness) >= 1, Range, "a randomness is out of range")
    check_started(session)
    (p, q), closed = session["factors"], session["closed"]
    check_between("the day", day, 1, session["days"])
    check_between("the use of the day", normal_wh + high_wh, 0, session["maximum_wh"])
    check_between("a randomness", max(normal_randomness, high_randomness), 1, p * q - 1)
    counters = {
        "normal": paillier.encrypt_with_factors(p, q, normal_wh, normal_randomness),
        "high": paillier.encrypt_with_factors(p, q, high_wh, high_randomness),
    }
    used = {randomness for *_, randomness in closed}
    fresh = normal_randomness != high_randomness and not used & {normal_randomness, high_randomness}
    refuse_unless(fresh, Replayed, "a randomness was used before")
    refuse_unless(2 * day > len(closed), Replayed, "the day was closed before")
    refuse_unless(2 * day == len(closed) + 2, State, "the day before is not closed")
    session["closed"] = [
        *closed, ("normal", normal_wh, normal_randomness), ("high", high_wh, high_randomness)
    ]  # fmt: skip
    return counters


def closed_month(session: Mapping[str, Any], prices: Mapping[str, int]) -> dict[str, int]:
    """The opening of some counters of all days, each taken price times. Errors: State."""
    check_started(session)
    refuse_unless(len(session["closed"]) == 2 * session["days"], State, "a day is not closed")
    p, q = session["factors"]
    openings = [
        Opening(value=value, randomness=randomness, scalar=prices[name])
        for name, value, randomness in session["closed"]
        if name in prices
    ]
    return combine_openings(p * q, openings)


def meter_bill(price_normal: int, price_high: int, session: dict[str, Any]) -> dict[str, int]:
    """The month's bill and its combined randomness, at one pair of prices for the session's life.

    Errors: Range, Policy for other prices than before, State. Source: paper D, III.C, step 3.
    Implements LOAD-14, LOAD-21.
    """
    check_between("the normal price", price_normal, 0, WORD_MAXIMUM)
    check_between("the high price", price_high, 0, WORD_MAXIMUM)
    check_started(session)
    (p, q), prices = session["factors"], (price_normal, price_high)
    check_bill_fits(p * q, session["days"], session["maximum_wh"], prices)
    refuse_unless(session["prices"] in (None, prices), Policy, "the bill was given at other prices")
    opening = closed_month(session, {"normal": price_normal, "high": price_high})
    session["prices"] = prices
    return {"bill": opening["value"], "randomness": opening["randomness"]}


def meter_totals(session: dict[str, Any]) -> dict[str, int]:
    """The month's two totals and their combined randomness: what the paper's statement opens beside the bill.

    Errors: State. Source: paper D, III.C, steps 3 and 4. Implements LOAD-19, LOAD-21.
    """
    normal, high = closed_month(session, {"normal": 1}), closed_month(session, {"high": 1})
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
    refuse_unless(ciphertext >= 1 and bill >= 0, Range, "a value is out of range")
    check_started(session)
    refuse_unless(session["prices"] is not None, State, "no bill was given in this session")
    price_normal, price_high = session["prices"]
    own = closed_month(session, {"normal": price_normal, "high": price_high})
    p, q = session["factors"]
    same = ciphertext == paillier.encrypt_with_factors(p, q, own["value"], own["randomness"])
    return int(same and bill == own["value"])


# ---- The comparison ------------------------------------------------------------------------------


def reading_level(value_wh: int, unit_wh: int, levels: int) -> int:
    """The level of a reading in Wh on a ladder of k levels, `unit_wh` apart: rounded down, saturating.

    value_wh: in [0, 2^32), in constant time. unit_wh: in [1, 2^32). levels: k in [2, 2^32].
    Source: paper D, section III-A. Errors: Range. Implements LOAD-31.
    """
    check_word("the reading", value_wh)
    check_word("the unit", unit_wh)
    check_between("the number of levels", levels, 2, 1 << 32)
    level = ffi.new("uint64_t *")
    check(lib.mpriv_load_reading_level(level, value_wh, unit_wh, levels), "the unit is out of range")
    return int(level[0])


class Key:
    """A public DGK key for the C core, and the numbers that it points to. Errors: Range."""

    def __init__(self, modulus: int, u: int, g: int, h: int) -> None:
        self.owners = [natural(name, x) for name, x in (("the modulus", modulus), ("g", g), ("h", h))]
        self.length = len(self.owners[0])
        self.held = [ffi.from_buffer(owner) for owner in self.owners]
        self.pointer = ffi.new("mpriv_dgk_key *")
        check_word("u", u)
        self.pointer.u = u
        parts = (self.pointer.modulus, self.pointer.g, self.pointer.h)
        for part, held, owner in zip(parts, self.held, self.owners, strict=True):
            part.data, part.length = held, len(owner)


def exponents(randomness: Sequence[int]) -> list[bytes]:
    """The random exponents in one length, which shows no more of them than their number does."""
    longest = max(len(natural("a randomness", r)) for r in randomness)
    return [natural("a randomness", r, longest) for r in randomness]


def places(buffer: Any, length: int) -> list[int]:
    """The numbers of `length` bytes that stand one behind the other in a buffer."""
    data = bytes(ffi.buffer(buffer))
    return [int.from_bytes(data[at : at + length], "big") for at in range(0, len(data), length)]


def check_level(level: int) -> None:
    """Range unless the level is from 1 to 2^32."""
    check_between("the level", level, 1, 1 << 32)


def dgk_encrypt(modulus: int, u: int, g: int, h: int, plaintext: int, randomness: int) -> int:
    """E(m; r) = g^m h^r mod n, for m in [0, u) and r in [1, 2^1280), in constant time in both.

    Source: Damgard, Geisler and Kroigaard 2007, section 2. Errors: Range, NotInvertible. Implements LOAD-38.
    """
    key, r = Key(modulus, u, g, h), natural("the randomness", randomness, 160)
    check_word("the plaintext", plaintext)
    ciphertext = output(key.length)
    size = lib.mpriv_dgk_scratch_bytes(key.length, WINDOW)
    code = lib.mpriv_load_dgk_encrypt(
        ciphertext, key.length, key.pointer, plaintext, r, len(r), output(size), size
    )
    check(code, "a value is out of range, or g or h is no unit modulo n")
    return number(ciphertext)


def dgk_is_zero(p: int, q: int, u: int, v_p: int, v_q: int, ciphertext: int) -> int:
    """1 where the ciphertext holds 0, else 0: c^v_p = 1 modulo p, and c^v_q = 1 modulo q, in constant time.

    Source: Damgard, Geisler and Kroigaard 2007, section 2. Errors: Range, NotInGroup. Implements LOAD-39.
    """
    secrets = (("p", p), ("q", q), ("v_p", v_p), ("v_q", v_q))
    owners = [natural(name, value) for name, value in secrets]
    held = [ffi.from_buffer(owner) for owner in owners]
    factors, zero = ffi.new("mpriv_dgk_factors *"), output(1)
    for place, ((name, _), owner) in enumerate(zip(secrets, owners, strict=True)):
        part = getattr(factors, name)
        part.data, part.length = held[place], len(owner)
    check_word("u", u)
    factors.u = u
    c = natural("the ciphertext", ciphertext, len(owners[0]) + len(owners[1]))
    size = lib.mpriv_factors_scratch_bytes(len(owners[0]), len(owners[1]), WINDOW)
    code = lib.mpriv_load_dgk_is_zero(zero, factors, c, len(c), output(size), size)
    check(code, "a value is out of range, or the ciphertext is not in the group of g and h")
    return int(zero[0])


def dgk_outcome(p: int, q: int, u: int, v_p: int, v_q: int, levels: int, ciphertexts: Sequence[int]) -> int:
    """0 where one ciphertext holds 0, which is a < b, else 1.

    Source: Damgard, Geisler and Kroigaard 2007, section 3, step 4. Errors: Malformed, Range, NotInGroup,
    ProofFailed. Implements LOAD-39, LOAD-42.
    """
    check_count("ciphertexts", len(ciphertexts), BITS_MAXIMUM)
    check_between("the number of levels", levels, 2, 1 << 32)
    for ciphertext in ciphertexts:
        check_between("a ciphertext", ciphertext, 1, p * q - 1)
    bits = (levels - 1).bit_length()
    refuse_unless(len(ciphertexts) == bits, Range, "there are not as many ciphertexts as a level has bits")
    zeros = sum(dgk_is_zero(p, q, u, v_p, v_q, ciphertext) for ciphertext in ciphertexts)
    refuse_unless(zeros <= 1, ProofFailed, "more than one ciphertext holds 0")
    return 1 - zeros


def dgk_request(
    modulus: int, u: int, g: int, h: int, randomness: Sequence[int], threshold_level: int
) -> list[int]:
    """The utility's message: E(b_0), ..., E(b_(l-1)) for the l bits of b - 1, the lowest first.

    Source: Damgard, Geisler and Kroigaard 2007, section 3, step 1. Errors: Malformed, Range, NotInvertible.
    Implements LOAD-40.
    """
    check_count("random numbers", len(randomness), BITS_MAXIMUM)
    key, (array, _owners) = Key(modulus, u, g, h), byte_strings(exponents(randomness))
    check_level(threshold_level)
    made = output(key.length * len(randomness))
    size = lib.mpriv_dgk_scratch_bytes(key.length, WINDOW)
    code = lib.mpriv_load_dgk_request(
        made, key.length, key.pointer, array, len(randomness), threshold_level, output(size), size
    )
    check(code, "not 1 to 32 random numbers, a value is out of range, or g or h is no unit modulo n")
    return places(made, key.length)


def dgk_response(
    modulus: int,
    u: int,
    g: int,
    h: int,
    bits: Sequence[int],
    multipliers: Sequence[int],
    randomness: Sequence[int],
    order: Sequence[int],
    reading_level: int,
) -> list[int]:
    """The user's answer: E(rho_i c_i; ...) for c_i = 1 + a_i - b_i + 3 sum_(j > i) (a_j xor b_j), shuffled.

    One c_i is 0 where a < b, and else none. The ciphertext of bit i is sent in the place `order[i]`. In
    constant time in the multipliers, the randomness, the order and the level.
    Source: Damgard, Geisler and Kroigaard 2007, section 3, steps 2 and 3, with s = 1 fixed. Errors:
    Malformed, Range, NotInvertible. Implements LOAD-41.
    """
    count = len(bits)
    lengths = {len(multipliers), len(randomness), len(order)}
    refuse_unless(lengths == {count}, Malformed, "the lists differ in length")
    check_count("bits", count, BITS_MAXIMUM)
    key = Key(modulus, u, g, h)
    check_level(reading_level)
    for multiplier in multipliers:
        check_word("a multiplier", multiplier)
    for place in order:
        check_between("a place", place, 0, 255)
    sent, _sent_owners = byte_strings([natural("a bit", bit) for bit in bits])
    used, _used_owners = byte_strings(exponents(randomness))
    made = output(key.length * count)
    size = lib.mpriv_dgk_scratch_bytes(key.length, WINDOW)
    code = lib.mpriv_load_dgk_response(
        made, key.length, key.pointer, sent, ffi.new("uint32_t[]", list(multipliers)), used,
        ffi.new("uint8_t[]", list(order)), count, reading_level, output(size), size,
    )  # fmt: skip
    check(code, "not 1 to 32 bits, a value is out of range, or g, h or a bit is no unit modulo n")
    return places(made, key.length)


def dgk_audit(
    modulus: int,
    u: int,
    g: int,
    h: int,
    randomness: Sequence[int],
    threshold_level: int,
    bits: Sequence[int],
) -> None:
    """Accept encrypted bits that are those of this threshold under this randomness, once both are known.

    Source: this project. Errors: Malformed, Range, NotInvertible, ProofFailed. Implements LOAD-43.
    """
    refuse_unless(len(bits) == len(randomness), Malformed, "the lists differ in length")
    check_count("bits", len(bits), BITS_MAXIMUM)
    key = Key(modulus, u, g, h)
    check_level(threshold_level)
    sent, _sent_owners = byte_strings([natural("a bit", bit) for bit in bits])
    used, _used_owners = byte_strings(exponents(randomness))
    size = lib.mpriv_dgk_scratch_bytes(key.length, WINDOW)
    code = lib.mpriv_load_dgk_audit(key.pointer, sent, used, len(bits), threshold_level, output(size), size)
    check(code, "a value is out of range, g or h is no unit modulo n, or a bit is of another threshold")
