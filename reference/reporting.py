"""Measurements, prices and reports (spec/reporting.md): what a meter counts, what it owes, what it sends.

Paper E, section 2.2.1. A measurement is (j, cons_j, timestamp_j): its counter, watt-hours, and the second in
which its slot was measured. Messages are deterministic CBOR under Ed25519, as load management has them, with
this chapter's own types; a report may hold more than its type has, which whoever anonymises it throws away.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypedDict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import (
    Exhausted,
    Expired,
    Malformed,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.messages import Item, Member, decode, encode, has_form
from meter_privacy.reference.sessions import begin, begun_as, check_begun

DOMAIN = b"meter-privacy/reporting/1/"
VERSION = 1
SIGNED_BYTES = 4096
NUMBERS = 1 << 53
READING_MAXIMUM_WH = 2**32 - 1
PRICE_MAXIMUM = 2**32 - 1
MEASUREMENTS = 256
BANDS = 48
POLICIES = 16
DAY_MINUTES = 1440
DAY_SECONDS = 86400
EXTENSION = 32

POLICY, REPORT, SUMMARY, ANONYMOUS = 1, 2, 3, 4


class Band(TypedDict):
    """Prices hold from a minute of the day, UTC, to the next band or the day's end."""

    start_minute: int
    price: int


class Measurement(TypedDict):
    """cons_j and timestamp_j under their counter j."""

    counter: int
    consumption_wh: int
    timestamp: int


# ---- Messages ------------------------------------------------------------------------------------

SCOPE = Member(1, "scope", "digest")
MANY = "numbers"
SCHEMAS: dict[int, tuple[str, tuple[Member, ...]]] = {
    POLICY: (
        "policy",
        (
            SCOPE,
            Member(2, "sequence", "uint", NUMBERS - 1),
            Member(3, "effective-from", "uint", NUMBERS - 1),
            Member(4, "standing", "uint", PRICE_MAXIMUM),
            Member(5, "start-minutes", MANY, DAY_MINUTES - 1),
            Member(6, "prices", MANY, PRICE_MAXIMUM),
        ),
    ),
    REPORT: (
        "report",
        (
            SCOPE,
            Member(2, "node", "uint", 2**32 - 1),
            Member(3, "counter", "uint", NUMBERS - 1 - MEASUREMENTS),
            Member(4, "time", "uint", NUMBERS - 1),
            Member(5, "consumption-wh", MANY, READING_MAXIMUM_WH),
            Member(6, "timestamps", MANY, NUMBERS - 1),
        ),
    ),
    ANONYMOUS: (
        "anonymous-report",
        (
            SCOPE,
            Member(2, "period", "uint", NUMBERS - 1),
            Member(3, "counter", "uint", NUMBERS - 1 - MEASUREMENTS),
            Member(4, "time", "uint", NUMBERS - 1),
            Member(5, "consumption-wh", MANY, READING_MAXIMUM_WH),
            Member(6, "timestamps", MANY, NUMBERS - 1),
        ),
    ),
    SUMMARY: (
        "summary",
        (
            SCOPE,
            Member(2, "sequence", "uint", NUMBERS - 1),
            Member(3, "first-slot", "uint", NUMBERS - 1 - MEASUREMENTS),
            Member(4, "measurements", "uint", NUMBERS - 1),
            Member(5, "totals-wh", MANY, NUMBERS - 1),
            Member(6, "counts", MANY, 1024),
        ),
    ),
}
LONGEST = {POLICY: BANDS, REPORT: MEASUREMENTS, ANONYMOUS: MEASUREMENTS, SUMMARY: MEASUREMENTS}


def check_body(kind: int, body: Item) -> dict[int, Any]:
    """Hold a decoded body to its type's schema, and answer it.

    The two arrays of a type have as many elements as each other. A report may have further members with keys
    from 32, of any kind: its signature covers them, and nobody reads them.
    Errors: Malformed where a member is missing, unknown or of another kind; Range where a number is beyond
    its bounds. Source: RFC 8610 for the schemas in the text. Implements REPORT-7.
    """
    check(kind in SCHEMAS, Malformed, "no message has this type")
    check(isinstance(body, dict), Malformed, "the body is no map")
    assert isinstance(body, dict)
    members = SCHEMAS[kind][1]
    known = {key for key in body if key < EXTENSION or kind != REPORT}
    check(known == {member.key for member in members}, Malformed, "a member is missing or unknown")
    for member in members:
        value = body[member.key]
        listed = isinstance(value, list) and all(type(number) is int for number in value)
        fits = listed if member.kind == MANY else has_form(member, value)
        check(fits, Malformed, f"{member.name} has another form")
    lengths = {len(body[member.key]) for member in members if member.kind == MANY}
    agree = len(lengths) == 1 and 1 <= min(lengths) <= LONGEST[kind]
    check(agree, Malformed, "the arrays are empty, too long, or of different lengths")
    for member in members:
        numbers = body[member.key] if member.kind == MANY else [body[member.key]]
        if member.kind != "digest":
            inside = all(member.least <= number <= member.most for number in numbers)
            check(inside, Range, f"{member.name} is out of range")
    return body


def signed_bytes(kind: int, body: dict[int, Any]) -> bytes:
    """What is signed: a label, and the encoding of [version, type, body]. Implements REPORT-8."""
    return DOMAIN + b"message\x00" + encode([VERSION, kind, body])


def seal_body(private_key: bytes, kind: int, body: dict[int, Any]) -> bytes:
    """A body as a signed message, [version, type, body, signature]. Implements REPORT-7, REPORT-8."""
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(signed_bytes(kind, body))
    return encode([VERSION, kind, body, signature])


def parse(message: bytes, kind: int) -> tuple[dict[int, Any], bytes]:
    """Body and signature of a message of a type, the signature not verified.

    Errors: Malformed, Range. Source: RFC 8949, section 4.2. Implements REPORT-7.
    """
    check(len(message) <= SIGNED_BYTES, Malformed, "the message is longer than 4096 bytes")
    item = decode(message)
    check(isinstance(item, list) and len(item) == 4, Malformed, "the message is no array of four")
    assert isinstance(item, list)
    version, said, body, signature = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(type(said) is int and said == kind, Malformed, "the message is of another type")
    check(isinstance(signature, bytes) and len(signature) == 64, Malformed, "the signature has not 64 bytes")
    assert isinstance(signature, bytes)
    return check_body(kind, body), signature


def verify(public_key: bytes, kind: int, body: dict[int, Any], signature: bytes, scope: bytes) -> None:
    """The signature verifies strictly, and the message is of this scope.

    Errors: Unauthentic. Source: RFC 8032, section 5.1.7. Implements REPORT-8.
    """
    verify_strictly(public_key, signature, signed_bytes(kind, body))
    check(body[SCOPE.key] == scope, Unauthentic, "the message is of another scope")


def check_keys(*keys: bytes) -> None:
    """Keys and digests have 32 bytes. Errors: Malformed."""
    check({len(key) for key in keys} <= {32}, Malformed, "a byte string has a wrong length")


def check_number(number: int, least: int, most: int, name: str) -> None:
    """A number between two others. Errors: Range."""
    check(least <= number <= most, Range, f"{name} is out of range")


# ---- Prices and fees -----------------------------------------------------------------------------


def check_bands(starts: Sequence[int]) -> None:
    """Bands begin with the day and rise. Errors: Range. Implements REPORT-9."""
    rising = starts[0] == 0 and all(a < b for a, b in pairwise(starts))
    check(rising, Range, "the bands do not begin with the day, or not one after the other")


def sign_policy(
    private_key: bytes,
    tariff: bytes,
    sequence: int,
    effective_from: int,
    standing: int,
    bands: Sequence[Band],
) -> bytes:
    """The utility's signed billing policy.

    private_key: Ed25519, 32 bytes. tariff: the 32 bytes that all meters at these prices have in common.
    sequence, effective_from: in [0, 2^53), the latter seconds since 1970 UTC. standing: per billing period,
    and prices per watt-hour, in [0, 2^32), in the smallest unit of money. bands: 1 to 48, the first from
    minute 0. Errors: Malformed, Range. Source: paper E, section 2.2.1. Implements REPORT-7, REPORT-8,
    REPORT-9.
    """
    check_keys(private_key, tariff)
    check(1 <= len(bands) <= BANDS, Malformed, "there are 1 to 48 bands")
    check_number(sequence, 0, NUMBERS - 1, "the sequence number")
    check_number(effective_from, 0, NUMBERS - 1, "the time")
    check_number(standing, 0, PRICE_MAXIMUM, "the standing charge")
    starts, prices = [b["start_minute"] for b in bands], [b["price"] for b in bands]
    for start, price in zip(starts, prices, strict=True):
        check_number(start, 0, DAY_MINUTES - 1, "a minute of the day")
        check_number(price, 0, PRICE_MAXIMUM, "a price")
    check_bands(starts)
    body = {1: tariff, 2: sequence, 3: effective_from, 4: standing, 5: starts, 6: prices}
    return seal_body(private_key, POLICY, body)


def read_policy(public_key: bytes, tariff: bytes, message: bytes) -> dict[int, Any]:
    """The body of a policy that the utility signed for a tariff.

    Errors: Malformed, Range, Unauthentic. Implements REPORT-9.
    """
    body, signature = parse(message, POLICY)
    check_bands(body[5])
    verify(public_key, POLICY, body, signature, tariff)
    return body


def check_policy(public_key: bytes, tariff: bytes, next_sequence: int, message: bytes) -> dict[str, Any]:
    """Take in a billing policy: its sequence number, effective date, standing charge and bands.

    next_sequence: the least number that has not been used, in [0, 2^53).
    Errors: Malformed, Range, Unauthentic, Replayed. Source: paper E, sections 2.2.1 and 2.3.
    Implements REPORT-7, REPORT-8, REPORT-9, REPORT-10.
    """
    check_keys(public_key, tariff)
    check_number(next_sequence, 0, NUMBERS - 1, "the sequence number")
    body = read_policy(public_key, tariff, message)
    check(body[2] >= next_sequence, Replayed, "the sequence number was used before")
    bands = [{"start_minute": m, "price": p} for m, p in zip(body[5], body[6], strict=True)]
    return {"sequence": body[2], "effective_from": body[3], "standing": body[4], "bands": bands}


def check_update(before: dict[int, Any], after: dict[int, Any]) -> None:
    """A policy that follows another has a later number and a later date. Implements REPORT-10.

    Errors: Replayed, Policy.
    """
    check(after[2] > before[2], Replayed, "the sequence number was used before")
    check(after[3] > before[3], Policy, "the policy would take effect before the one that it follows")


def price_at(starts: Sequence[int], prices: Sequence[int], timestamp: int) -> int:
    """The price of a watt-hour in a second: that of the last band that has begun in its day.

    Source: paper E, section 2.2.1, whose policy is not printed. Implements REPORT-11.
    """
    minute = timestamp // 60 % DAY_MINUTES
    return max((start, price) for start, price in zip(starts, prices, strict=True) if start <= minute)[1]


def policy_at(policies: Sequence[dict[int, Any]], timestamp: int) -> dict[int, Any]:
    """The policy in force in a second: the last whose effective date has come.

    Errors: Policy where there is none. Implements REPORT-11.
    """
    begun = [policy for policy in policies if policy[3] <= timestamp]
    check(bool(begun), Policy, "no billing policy is in force yet")
    return begun[-1]


def check_measurements(measurements: Sequence[Measurement]) -> None:
    """Ranges, counters that go up by one, times that go up. Errors: Range. Implements REPORT-6."""
    for measurement in measurements:
        check_number(measurement["counter"], 0, NUMBERS - 1, "a counter")
        check_number(measurement["consumption_wh"], 0, READING_MAXIMUM_WH, "a reading")
        check_number(measurement["timestamp"], 0, NUMBERS - 1, "a time")
    for before, after in pairwise(measurements):
        check(after["counter"] == before["counter"] + 1, Range, "a counter does not follow the one before")
        check(after["timestamp"] > before["timestamp"], Range, "time goes back or stands")


def fee(
    public_key: bytes, tariff: bytes, policies: Sequence[bytes], measurements: Sequence[Measurement]
) -> int:
    """What a billing period costs: standing charge + sum of price(timestamp_j) cons_j, an integer.

    policies: 1 to 16 signed messages, in their order; each measurement is charged by the one in force in
    its second, the standing charge is that of the first measurement's. measurements: 1 to 4096.
    Errors: Malformed; Range; Unauthentic; Replayed, Policy by check_update; Policy without a policy in force.
    Source: paper E, section 2.2.1. Implements REPORT-6, REPORT-9, REPORT-10, REPORT-11.
    """
    check_keys(public_key, tariff)
    check(1 <= len(policies) <= POLICIES, Malformed, "there are 1 to 16 policies")
    check(1 <= len(measurements) <= 4096, Malformed, "there are 1 to 4096 measurements")
    parsed = [parse(message, POLICY)[0] for message in policies]
    check_measurements(measurements)
    for body in parsed:
        check_bands(body[5])
    bodies = [read_policy(public_key, tariff, message) for message in policies]
    check(all(b[2] > a[2] for a, b in pairwise(bodies)), Replayed, "a sequence number was used before")
    for before, after in pairwise(bodies):
        check_update(before, after)
    owed: int = policy_at(bodies, measurements[0]["timestamp"])[4]
    for measurement in measurements:
        policy = policy_at(bodies, measurement["timestamp"])
        owed += price_at(policy[5], policy[6], measurement["timestamp"]) * measurement["consumption_wh"]
    return owed


# ---- Reports -------------------------------------------------------------------------------------


def check_report_body(body: dict[int, Any], maximum_wh: int) -> None:
    """Readings within Pmax, times that go up, none later than the report. Errors: Range.

    Implements REPORT-12.
    """
    check(max(body[5]) <= maximum_wh, Range, "a reading is greater than the greatest")
    rising = all(a < b for a, b in pairwise(body[6]))
    check(rising and body[6][-1] <= body[4], Range, "time goes back, or stands, or runs ahead of the report")


def report_body(scope: bytes, place: int, time: int, measurements: Sequence[Measurement]) -> dict[int, Any]:
    """The body of a report, from a node or in a period. Implements REPORT-12."""
    consumption = [measurement["consumption_wh"] for measurement in measurements]
    times = [measurement["timestamp"] for measurement in measurements]
    return {1: scope, 2: place, 3: measurements[0]["counter"], 4: time, 5: consumption, 6: times}


def sign_report(
    private_key: bytes, roster: bytes, node: int, time: int, measurements: Sequence[Measurement]
) -> bytes:
    """A meter's report: <SM, cons, Ts, sigma>, for one measurement or many that follow each other.

    time: Ts, the report's own second, not before the last measurement's. measurements: 1 to 256.
    Errors: Malformed, Range. Source: paper E, Algorithm 1, lines 1 to 3. Implements REPORT-6, REPORT-7,
    REPORT-8, REPORT-12.
    """
    check_keys(private_key, roster)
    check(1 <= len(measurements) <= MEASUREMENTS, Malformed, "a report has 1 to 256 measurements")
    check_number(node, 0, 2**32 - 1, "the node")
    check_number(time, 0, NUMBERS - 1, "the time")
    check_measurements(measurements)
    body = report_body(roster, node, time, measurements)
    check_body(REPORT, body)
    check_report_body(body, READING_MAXIMUM_WH)
    return seal_body(private_key, REPORT, body)


def check_fresh(time: int, now: int, stale_seconds: int) -> None:
    """A report is taken up to `stale_seconds` after its time. Errors: Expired. Implements REPORT-13."""
    check(time >= now - stale_seconds, Expired, "the report is too old")


def check_not_ahead(time: int, now: int, early_seconds: int) -> None:
    """A report's time is at most `early_seconds` ahead of the clock. Errors: Policy. Implements REPORT-13."""
    check(time <= now + early_seconds, Policy, "the report's time is yet to come")


def check_window(now: int, stale_seconds: int, early_seconds: int) -> None:
    """Ranges of a clock and of the window around it. Errors: Range. Implements REPORT-13."""
    check_number(now, 0, NUMBERS - 1, "the time")
    check_number(stale_seconds, 1, 31 * DAY_SECONDS, "the window behind")
    check_number(early_seconds, 0, 300, "the window ahead")


def check_report(
    public_key: bytes,
    roster: bytes,
    node: int,
    maximum_wh: int,
    now: int,
    stale_seconds: int,
    early_seconds: int,
    message: bytes,
) -> dict[str, Any]:
    """Verify a report by itself: its time, and its measurements, of what the type has and nothing else.

    maximum_wh: Pmax in [1, 2^32). now: the receiver's clock. The report's time is in
    [now - stale_seconds, now + early_seconds].
    Errors: Malformed, Range, Unauthentic, Expired, Policy. Source: paper E, Algorithm 1, line 4.
    Implements REPORT-7, REPORT-8, REPORT-12, REPORT-13, REPORT-14.
    """
    check_keys(public_key, roster)
    body, signature = parse(message, REPORT)
    check_number(node, 0, 2**32 - 1, "the node")
    check_number(maximum_wh, 1, READING_MAXIMUM_WH, "the greatest reading")
    check_window(now, stale_seconds, early_seconds)
    check_report_body(body, maximum_wh)
    verify(public_key, REPORT, body, signature, roster)
    check(body[2] == node, Unauthentic, "the report is of another meter")
    check_fresh(body[4], now, stale_seconds)
    check_not_ahead(body[4], now, early_seconds)
    return {"time": body[4], "measurements": listed(body)}


def listed(body: dict[int, Any]) -> list[Measurement]:
    """The measurements of a report, and nothing else of it. Implements REPORT-14."""
    return [
        {"counter": body[3] + i, "consumption_wh": wh, "timestamp": second}
        for i, (wh, second) in enumerate(zip(body[5], body[6], strict=True))
    ]


def check_shared_report(
    public_key: bytes,
    roster: bytes,
    holders: int,
    least_meters: int,
    maximum_wh: int,
    now: int,
    stale_seconds: int,
    early_seconds: int,
    message: bytes,
) -> dict[str, Any]:
    """A report under the key that k meters hold in common: paper E's "same group signature key".

    It names node 0. Whoever holds the key makes any number of these, and none tells another's from his own.
    holders: how many meters have the key. Errors: Malformed, Range, Unauthentic, Expired, Policy where
    holders < least_meters. Source: paper E, section 2.2.1. Implements REPORT-15.
    """
    check_keys(public_key, roster)
    parse(message, REPORT)
    check_number(holders, 1, 1024, "the number of holders")
    check_number(least_meters, 3, 1024, "the least number of meters")
    taken = check_report(public_key, roster, 0, maximum_wh, now, stale_seconds, early_seconds, message)
    check(holders >= least_meters, Policy, "the key has fewer holders than agreed")
    return taken


def check_conflict(public_key: bytes, type: int, first: bytes, second: bytes) -> None:
    """Accept two signed messages of one sender that cannot both be true, as evidence against him.

    type: 1 two policies of a tariff, or 3 two summaries of a roster, with one sequence number and different
    bodies; 2 two reports of a meter with different measurements under one counter.
    Errors: Malformed, Range, Unauthentic, ProofFailed where both can be true. Source: this project.
    Implements REPORT-16.
    """
    check_keys(public_key)
    check_number(type, POLICY, SUMMARY, "the type")
    one, one_signature = parse(first, type)
    other, other_signature = parse(second, type)
    verify(public_key, type, one, one_signature, one[1])
    verify(public_key, type, other, other_signature, other[1])
    same_place = one[1] == other[1] and one[2] == other[2]
    check(same_place and contradict(type, one, other), ProofFailed, "both messages can be true")


def contradict(kind: int, one: dict[int, Any], other: dict[int, Any]) -> bool:
    """Whether two bodies of one sender say different things of one place. Implements REPORT-16."""
    if kind != REPORT:
        return one != other
    first = {m["counter"]: m for m in listed(one)}
    return any(first.get(m["counter"], m) != m for m in listed(other))


# ---- A meter's session ---------------------------------------------------------------------------


def meter_start(
    session: dict[str, Any],
    private_key: bytes,
    roster: bytes,
    node: int,
    slot_seconds: int,
    maximum_wh: int,
    next_counter: int,
    utility_key: bytes,
    tariff: bytes,
    policy: bytes,
) -> None:
    """Start a meter: its key, its group, its counter, and the billing policy that it was given.

    slot_seconds: a divisor of 86400, at least 60. next_counter: j, 0 for a new meter.
    Errors: Malformed, Range, Unauthentic, State. Source: paper E, section 2.2.1. Implements REPORT-6,
    REPORT-17.
    """
    check_keys(private_key, roster, utility_key, tariff)
    body, _ = parse(policy, POLICY)
    check_number(node, 0, 2**32 - 1, "the node")
    check_slot_seconds(slot_seconds)
    check_number(maximum_wh, 1, READING_MAXIMUM_WH, "the greatest reading")
    check_number(next_counter, 0, NUMBERS - 1 - MEASUREMENTS, "the counter")
    body = read_policy(utility_key, tariff, policy)
    begin(
        session, "reporting.meter",
        private_key=private_key, roster=roster, node=node, slot_seconds=slot_seconds, maximum_wh=maximum_wh,
        next_counter=next_counter, utility_key=utility_key, tariff=tariff, policies=[body], last=-1,
        pending=[], measurements=0, consumption_wh=0, fee=0,
    )  # fmt: skip


def check_slot_seconds(slot_seconds: int) -> None:
    """A slot is a part of a day. Errors: Range. Implements REPORT-6."""
    check_number(slot_seconds, 60, DAY_SECONDS, "the length of a slot")
    check(DAY_SECONDS % slot_seconds == 0, Range, "a day is no whole number of slots")


def meter_policy(session: dict[str, Any], message: bytes) -> int:
    """Take in an update of the billing policy; answer its sequence number.

    Errors: Malformed, Range, Unauthentic, Replayed, Policy where it would change the price of what was
    measured already, State, Exhausted at 16 policies. Source: paper E, sections 2.2.1 and 2.3.
    Implements REPORT-10, REPORT-17.
    """
    session = begun_as(session, "reporting.meter")
    body, signature = parse(message, POLICY)
    check_bands(body[5])
    check_begun(session)
    verify(session["utility_key"], POLICY, body, signature, session["tariff"])
    check_update(session["policies"][-1], body)
    check(body[3] > session["last"], Policy, "the policy would change the price of what was measured already")
    check(len(session["policies"]) < POLICIES, Exhausted, "there is no room for another policy")
    session["policies"].append(body)
    return int(body[2])


def meter_measure(session: dict[str, Any], consumption_wh: int, timestamp: int) -> int:
    """Count a measurement and charge it; answer its counter j.

    Errors: Range; Replayed where its slot is not after the last; Policy without a policy in force; State;
    Exhausted where 256 measurements wait to be reported. Source: paper E, section 2.2.1.
    Implements REPORT-6, REPORT-11, REPORT-17.
    """
    session = begun_as(session, "reporting.meter")
    check_number(consumption_wh, 0, READING_MAXIMUM_WH, "the reading")
    check_number(timestamp, 0, NUMBERS - 1, "the time")
    check_begun(session)
    check(consumption_wh <= session["maximum_wh"], Range, "the reading is greater than the greatest")
    slot = timestamp // session["slot_seconds"]
    later = session["last"] < 0 or slot > session["last"] // session["slot_seconds"]
    check(later, Replayed, "the slot was measured before, or time goes back")
    policy = policy_at(session["policies"], timestamp)
    check(len(session["pending"]) < MEASUREMENTS, Exhausted, "256 measurements wait to be reported")
    counter: int = session["next_counter"]
    measurement = {"counter": counter, "consumption_wh": consumption_wh, "timestamp": timestamp}
    session["pending"].append(measurement)
    session["next_counter"], session["last"] = counter + 1, timestamp
    session["fee"] += (policy[4] if session["measurements"] == 0 else 0) + (
        price_at(policy[5], policy[6], timestamp) * consumption_wh
    )
    session["measurements"] += 1
    session["consumption_wh"] += consumption_wh
    return counter


def meter_report(session: dict[str, Any], time: int) -> bytes:
    """Report all that was measured since the last report, each measurement once.

    Errors: Range; Replayed where `time` is before the last measurement; State where nothing waits.
    Source: paper E, Algorithm 1, lines 1 to 3. Implements REPORT-12, REPORT-17.
    """
    session = begun_as(session, "reporting.meter")
    check_number(time, 0, NUMBERS - 1, "the time")
    check_begun(session)
    check(time >= session["last"], Replayed, "the report's time is before the last measurement")
    check(bool(session["pending"]), State, "there is nothing to report")
    message = sign_report(
        session["private_key"], session["roster"], session["node"], time, session["pending"]
    )
    session["pending"] = []
    return message


def meter_fee(session: dict[str, Any]) -> dict[str, int]:
    """End the billing period: how many measurements, their energy, and the fee. A new period begins.

    Errors: State where nothing was measured. Source: paper E, section 2.2.1. Implements REPORT-11, REPORT-17.
    """
    session = begun_as(session, "reporting.meter")
    check(bool(session) and session["measurements"] > 0, State, "nothing was measured")
    names = ("measurements", "consumption_wh", "fee")
    owed = {name: session[name] for name in names}
    session.update(dict.fromkeys(names, 0))
    return owed
