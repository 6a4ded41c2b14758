"""The report server (spec/reporting.md): it verifies, takes each measurement once, strips, totals, and signs.

Paper E, Algorithm 1, lines 4 to 7, and the ways of section 2.2.2 to trust no single server: readings divided
among servers by interval, and servers chosen by what became of their earlier work.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from meter_privacy.reference import ring_signature
from meter_privacy.reference.dream import P_25519, has_low_order
from meter_privacy.reference.errors import (
    Expired,
    Malformed,
    NotInGroup,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.messages import be, decode, encode
from meter_privacy.reference.reporting import (
    ANONYMOUS,
    DOMAIN,
    MEASUREMENTS,
    NUMBERS,
    READING_MAXIMUM_WH,
    REPORT,
    SIGNED_BYTES,
    SUMMARY,
    VERSION,
    Measurement,
    check_body,
    check_fresh,
    check_keys,
    check_measurements,
    check_not_ahead,
    check_number,
    check_report_body,
    check_slot_seconds,
    check_window,
    listed,
    parse,
    report_body,
    seal_body,
    verify,
)
from meter_privacy.reference.sessions import begin, begun_as, check_begun

LEAST_METERS = 3
METERS = 1024
SERVERS = 16
SLOTS = 256


class Member(TypedDict):
    """A meter of the group: its node and its Ed25519 key."""

    node: int
    signing_key: bytes


class Counted(TypedDict):
    """A measurement as the server knows it: whose it is, and its counter."""

    node: int
    counter: int
    consumption_wh: int
    timestamp: int


class SlotTotal(TypedDict):
    """What leaves the server of a slot: its number, the sum, and how many meters are in it."""

    slot: int
    total_wh: int
    meters: int


# ---- The roster ----------------------------------------------------------------------------------


def check_signing_key(public_key: bytes) -> None:
    """A key is encoded canonically and not of low order. Errors: NotInGroup. Implements REPORT-21."""
    y = int.from_bytes(public_key, "little") % (1 << 255)
    u = (1 + y) * pow(1 - y, P_25519 - 2, P_25519) % P_25519
    sound = y < P_25519 and not has_low_order(u.to_bytes(32, "little"))
    check(sound, NotInGroup, "a signing key is not canonical, or has low order")


def report_roster(
    group: bytes, members: Sequence[Member], least_meters: int, slot_seconds: int, maximum_wh: int
) -> bytes:
    """The SHA-256 that stands for a group: its meters and their keys, k, the slots' length, and Pmax.

    group: 16 bytes. members: 1 to 1024, in rising order of their nodes, each key once. least_meters: k in
    [3, 1024]. slot_seconds: a divisor of 86400, at least 60. maximum_wh: in [1, 2^32).
    Errors: Malformed, Range, NotInGroup, Policy where there are fewer than k. Source: paper E, section 2.2.1.
    Implements REPORT-21.
    """
    check(len(group) == 16, Malformed, "the group's name has not 16 bytes")
    check(1 <= len(members) <= METERS, Malformed, "a group has 1 to 1024 meters")
    check_keys(*(member["signing_key"] for member in members))
    nodes = [member["node"] for member in members]
    check(all(0 <= node < 2**32 for node in nodes), Range, "a node is a number from 0 to 2^32 - 1")
    check(nodes == sorted(set(nodes)), Range, "a node stands twice, or they are out of order")
    check_number(least_meters, LEAST_METERS, METERS, "the least number of meters")
    check_slot_seconds(slot_seconds)
    check_number(maximum_wh, 1, READING_MAXIMUM_WH, "the greatest reading")
    keys = {member["signing_key"] for member in members}
    check(len(keys) == len(members), Range, "a signing key stands twice")
    for member in members:
        check_signing_key(member["signing_key"])
    check(len(members) >= least_meters, Policy, "the group has fewer meters than agreed")
    entries = b"".join(be(member["node"], 4) + member["signing_key"] for member in members)
    head = DOMAIN + b"roster\x00" + group + be(least_meters, 4) + be(slot_seconds, 4) + be(maximum_wh, 4)
    return hashlib.sha256(head + be(len(members), 4) + entries).digest()


# ---- Algorithm 1, lines 5 and 6 ------------------------------------------------------------------


def deduplicate(reports: Iterable[Counted]) -> list[Counted]:
    """Each (node, counter) once; the same again is left out, another value in its place is refused.

    It is done before anything is stripped: of anonymous readings nobody can tell two equal ones from one sent
    twice. Errors: Replayed. Source: paper E, Algorithm 1, line 6, whose union of sets drops equal readings.
    Implements REPORT-22.
    """
    seen: dict[tuple[int, int], Counted] = {}
    for report in reports:
        known = seen.setdefault((report["node"], report["counter"]), report)
        check(known == report, Replayed, "a counter stands for two measurements")
    return list(seen.values())


def slot_totals(reports: Iterable[Counted], slot_seconds: int) -> list[SlotTotal]:
    """The sum of every slot over its measurements, and how many meters they are of; nothing else is left.

    Errors: Replayed where a meter has two measurements in a slot. Source: paper E, Algorithm 1, lines 5 and
    6, with a sum over a multiset. Implements REPORT-14, REPORT-22.
    """
    slots: dict[int, dict[int, int]] = {}
    for report in reports:
        slot = slots.setdefault(report["timestamp"] // slot_seconds, {})
        check(report["node"] not in slot, Replayed, "a meter has two measurements in one slot")
        slot[report["node"]] = report["consumption_wh"]
    return [
        {"slot": number, "total_wh": sum(slot.values()), "meters": len(slot)}
        for number, slot in sorted(slots.items())
    ]


def aggregate(slot_seconds: int, least_meters: int, reports: Sequence[Counted]) -> list[SlotTotal]:
    """Algorithm 1's lines 5 and 6 on verified measurements: slots, their totals, and how many meters each.

    slot_seconds: a divisor of 86400, at least 60. least_meters: k in [3, 1024]. reports: 1 to 4096.
    Errors: Malformed, Range, Replayed, Policy where a slot has measurements of fewer than k meters.
    Source: paper E, Algorithm 1, lines 5 and 6. Implements REPORT-14, REPORT-22, REPORT-23.
    """
    check(1 <= len(reports) <= 4096, Malformed, "there are 1 to 4096 measurements")
    check_slot_seconds(slot_seconds)
    check_number(least_meters, LEAST_METERS, METERS, "the least number of meters")
    for report in reports:
        check_number(report["node"], 0, 2**32 - 1, "a node")
        check_number(report["counter"], 0, NUMBERS - 1, "a counter")
        check_number(report["consumption_wh"], 0, READING_MAXIMUM_WH, "a reading")
        check_number(report["timestamp"], 0, NUMBERS - 1, "a time")
    totals = slot_totals(deduplicate(reports), slot_seconds)
    check_least(least_meters, [slot["meters"] for slot in totals])
    return totals


def check_least(least_meters: int, counts: Iterable[int]) -> None:
    """No slot has fewer than k meters. Errors: Policy. Implements REPORT-23."""
    check(all(count >= least_meters for count in counts), Policy, "a slot has fewer than k meters")


# ---- The server's session ------------------------------------------------------------------------


def server_start(
    session: dict[str, Any],
    private_key: bytes,
    group: bytes,
    members: Sequence[Member],
    least_meters: int,
    slot_seconds: int,
    maximum_wh: int,
    stale_seconds: int,
    early_seconds: int,
    next_sequence: int,
) -> bytes:
    """Start a server for a group of meters that sign their own reports; answer the roster's digest.

    private_key: the server's Ed25519 key. stale_seconds: in [1, 2678400]; early_seconds: in [0, 300].
    Errors: Malformed, Range, NotInGroup, Policy, State. Source: paper E, section 2.2.1.
    Implements REPORT-21, REPORT-24.
    """
    check_keys(private_key)
    check_number(next_sequence, 0, NUMBERS - 1, "the sequence number")
    check_window(0, stale_seconds, early_seconds)
    roster = report_roster(group, members, least_meters, slot_seconds, maximum_wh)
    start(session, private_key, roster, least_meters, slot_seconds, maximum_wh, stale_seconds, early_seconds)
    keys = {member["node"]: member["signing_key"] for member in members}
    session.update(next_sequence=next_sequence, keys=keys)
    return roster


def start(
    session: dict[str, Any],
    private_key: bytes,
    scope: bytes,
    least_meters: int,
    slot_seconds: int,
    maximum_wh: int,
    stale_seconds: int,
    early_seconds: int,
) -> None:
    """What both kinds of server keep. Errors: State. Implements REPORT-24."""
    begin(
        session, "reporting.report_server",
        private_key=private_key, scope=scope, least_meters=least_meters, slot_seconds=slot_seconds,
        maximum_wh=maximum_wh, stale_seconds=stale_seconds, early_seconds=early_seconds, taken={}, closed=[],
    )  # fmt: skip


def server_receive(session: dict[str, Any], message: bytes, now: int) -> int:
    """Take in a meter's signed report; answer how many measurements were new to the server: all or none.

    Errors: Malformed; Range; Unauthentic (the meter, the signature, the roster); Expired where the report is
    too old or one of its slots is closed; Replayed where a counter or a slot of this meter is taken; Policy
    where its time is yet to come; State. Source: paper E, Algorithm 1, line 4.
    Implements REPORT-7, REPORT-8, REPORT-12, REPORT-13, REPORT-22, REPORT-24.
    """
    session = begun_as(session, "reporting.report_server")
    body, signature = parse(message, REPORT)
    check_number(now, 0, NUMBERS - 1, "the time")
    check("keys" in session, State, "the session was not started, or takes anonymous reports")
    check_report_body(body, session["maximum_wh"])
    check(body[2] in session["keys"], Unauthentic, "the meter is not of the group")
    verify(session["keys"][body[2]], REPORT, body, signature, session["scope"])
    return take(session, body[2], body, now)


def take(session: dict[str, Any], who: int | bytes, body: dict[int, Any], now: int) -> int:
    """Keep the measurements of an authentic report, by counter and by slot of who sent it.

    Errors: Expired, Replayed, Policy. Implements REPORT-13, REPORT-22, REPORT-24, REPORT-26.
    """
    measurements = listed(body)
    slots = [measurement["timestamp"] // session["slot_seconds"] for measurement in measurements]
    check_fresh(body[4], now, session["stale_seconds"])
    closed = any(first <= slot < first + count for first, count in session["closed"] for slot in slots)
    check(not closed, Expired, "a slot is closed")
    taken = session["taken"].get(who, {})
    numbers = [measurement["counter"] for measurement in measurements]
    known = any(number in taken for number in numbers) or any(slot in slots for slot, _ in taken.values())
    check(not known and len(set(slots)) == len(slots), Replayed, "a counter or a slot of this meter is taken")
    check_not_ahead(body[4], now, session["early_seconds"])
    check("keys" in session or is_unmarked(body, session["slot_seconds"]), Policy, "the report bears a mark")
    new = zip(numbers, slots, measurements, strict=True)
    kept = {number: (slot, measurement["consumption_wh"]) for number, slot, measurement in new}
    session["taken"][who] = {**taken, **kept}
    return len(measurements)


def server_close(session: dict[str, Any], first_slot: int, slots: int) -> bytes:
    """Close slots and sign their summary: totals and numbers of meters. A slot is closed once.

    slots: 1 to 256. Errors: Range; Replayed where a slot is closed; Policy where one has fewer than k meters,
    and then none is closed; State. Source: paper E, Algorithm 1, lines 5 to 7.
    Implements REPORT-14, REPORT-23, REPORT-25.
    """
    session = begun_as(session, "reporting.report_server")
    check_number(first_slot, 0, NUMBERS - 1 - MEASUREMENTS, "the first slot")
    check_number(slots, 1, SLOTS, "the number of slots")
    check_begun(session)
    before = session["closed"]
    apart = all(first_slot + slots <= first or first + count <= first_slot for first, count in before)
    check(apart, Replayed, "a slot was closed before")
    readings: dict[int, list[int]] = {slot: [] for slot in range(first_slot, first_slot + slots)}
    for taken in session["taken"].values():
        for slot, consumption_wh in taken.values():
            if slot in readings:
                readings[slot].append(consumption_wh)
    counts = [len(readings[slot]) for slot in readings]
    check_least(session["least_meters"], counts)
    totals = [sum(readings[slot]) for slot in readings]
    sequence = session["next_sequence"]
    body = {1: session["scope"], 2: sequence, 3: first_slot, 4: sum(counts), 5: totals, 6: counts}
    session["next_sequence"] = sequence + 1
    session["closed"] = [*before, (first_slot, slots)]
    return seal_body(session["private_key"], SUMMARY, body)


# ---- Anonymous reports ---------------------------------------------------------------------------


def anonymous_body(ring: bytes, period: int, time: int, measurements: Sequence[Measurement]) -> bytes:
    """What an anonymous report's signature is over: the encoding of [version, type, body].

    period: in [0, 2^53). Errors: Malformed, Range. Source: paper E, section 2.2.1. Implements REPORT-26.
    """
    check_keys(ring)
    check(1 <= len(measurements) <= MEASUREMENTS, Malformed, "a report has 1 to 256 measurements")
    check_number(period, 0, NUMBERS - 1, "the period")
    check_number(time, 0, NUMBERS - 1, "the time")
    check_measurements(measurements)
    body = report_body(ring, period, time, measurements)
    check_body(ANONYMOUS, body)
    check_report_body(body, READING_MAXIMUM_WH)
    return encode([VERSION, ANONYMOUS, body])


def is_unmarked(body: dict[int, Any], slot_seconds: int) -> bool:
    """Whether an anonymous report's numbers tell no meter: counters are slots, and all seconds begin one.

    Source: paper E, section 2.2.1, footnote 1. Implements REPORT-26.
    """
    counters = range(body[3], body[3] + len(body[6]))
    return bool(body[4] % slot_seconds == 0 and body[6] == [number * slot_seconds for number in counters])


def anonymous_server_start(
    session: dict[str, Any],
    private_key: bytes,
    group: str,
    keys: Sequence[bytes],
    least_meters: int,
    period: int,
    slot_seconds: int,
    maximum_wh: int,
    stale_seconds: int,
    early_seconds: int,
    next_sequence: int,
) -> bytes:
    """Start a server for reports that are signed as one of a ring, in one period; answer the ring's digest.

    Errors: Malformed, Range, NotInGroup, Policy, State. Source: paper E, section 2.2.1.
    Implements REPORT-18, REPORT-24, REPORT-26.
    """
    check_keys(private_key)
    check_number(period, 0, NUMBERS - 1, "the period")
    check_slot_seconds(slot_seconds)
    check_number(maximum_wh, 1, READING_MAXIMUM_WH, "the greatest reading")
    check_number(next_sequence, 0, NUMBERS - 1, "the sequence number")
    check_window(0, stale_seconds, early_seconds)
    ring = ring_signature.ring_digest(group, keys, least_meters)
    start(session, private_key, ring, least_meters, slot_seconds, maximum_wh, stale_seconds, early_seconds)
    session.update(next_sequence=next_sequence, group=group, ring_keys=list(keys), period=period)
    return ring


def anonymous_server_receive(
    session: dict[str, Any],
    signed: bytes,
    image: bytes,
    challenge: int,
    responses: Sequence[int],
    now: int,
) -> int:
    """Take in an anonymous report: its key image stands where the meter's name would.

    Its counters are the numbers of its slots, and all its seconds begin one: nothing else tells meters apart.
    signed: the encoding of [version, type, body]. Errors: as server_receive; NotInGroup
    for the image, ProofFailed for the signature. Source: paper E, section 2.2.1. Implements REPORT-13,
    REPORT-20, REPORT-22, REPORT-24, REPORT-26.
    """
    session = begun_as(session, "reporting.report_server")
    check(len(signed) <= SIGNED_BYTES, Malformed, "the message is longer than 4096 bytes")
    item = decode(signed)
    check(isinstance(item, list) and len(item) == 3, Malformed, "the message is no array of three")
    assert isinstance(item, list)
    version, kind, content = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(type(kind) is int and kind == ANONYMOUS, Malformed, "the message is of another type")
    body = check_body(ANONYMOUS, content)
    check_number(now, 0, NUMBERS - 1, "the time")
    check("ring_keys" in session, State, "the session was not started, or takes signed reports")
    check_report_body(body, session["maximum_wh"])
    here = [body[1], body[2]] == [session["scope"], session["period"]]
    check(here, Unauthentic, "the report is of another ring or period")
    ring_signature.ring_verify(
        session["group"], session["ring_keys"], session["least_meters"], session["period"], signed,
        image, challenge, responses,
    )  # fmt: skip
    return take(session, image, body, now)


# ---- The utility's side --------------------------------------------------------------------------


def check_summary(
    public_key: bytes,
    roster: bytes,
    next_sequence: int,
    least_meters: int,
    meters: int,
    maximum_wh: int,
    message: bytes,
) -> dict[str, Any]:
    """Take in a report server's summary: its first slot, totals, and numbers of meters.

    public_key: the server's. meters: how many the group has, in [least_meters, 1024]. Errors: Malformed,
    Range, Unauthentic, Replayed; Policy where a slot has fewer than k or more than all meters, a total is
    more than those can use, or the counts do not add up to the number of measurements.
    Source: paper E, Algorithm 1, line 7. Implements REPORT-7, REPORT-8, REPORT-23, REPORT-27.
    """
    check_keys(public_key, roster)
    body, signature = parse(message, SUMMARY)
    check_number(next_sequence, 0, NUMBERS - 1, "the sequence number")
    check_number(least_meters, LEAST_METERS, METERS, "the least number of meters")
    check_number(meters, least_meters, METERS, "the number of meters")
    check_number(maximum_wh, 1, READING_MAXIMUM_WH, "the greatest reading")
    verify(public_key, SUMMARY, body, signature, roster)
    check(body[2] >= next_sequence, Replayed, "the sequence number was used before")
    totals, counts = body[5], body[6]
    check_least(least_meters, counts)
    check(max(counts) <= meters, Policy, "a slot has more meters than the group")
    possible = all(total <= count * maximum_wh for total, count in zip(totals, counts, strict=True))
    check(possible, Policy, "the meters cannot have used a total")
    check(sum(counts) == body[4], Policy, "the counts do not add up to the number of measurements")
    return {"sequence": body[2], "first_slot": body[3], "totals_wh": totals, "counts": counts}


def audit_summary(
    public_key: bytes,
    roster: bytes,
    members: Sequence[Member],
    slot_seconds: int,
    reports: Sequence[bytes],
    message: bytes,
) -> int:
    """Compare a summary with the signed reports that it is of; answer how many measurements it counts.

    For an auditor whom the meters trust with their reports. reports: 1 to 1024 messages. Errors: Malformed,
    Range, Unauthentic, ProofFailed where totals or counts are not those of the reports, Replayed as in
    `aggregate`. Source: paper E, Algorithm 1, line 6, and footnote 1. Implements REPORT-22, REPORT-28.
    """
    check_keys(public_key, roster, *(member["signing_key"] for member in members))
    check(1 <= len(members) <= METERS, Malformed, "a group has 1 to 1024 meters")
    check(1 <= len(reports) <= 1024, Malformed, "there are 1 to 1024 reports")
    parsed = [parse(report, REPORT) for report in reports]
    body, signature = parse(message, SUMMARY)
    check_slot_seconds(slot_seconds)
    keys = {member["node"]: member["signing_key"] for member in members}
    check(len(keys) == len(members), Range, "a node stands twice")
    for said, sealed in parsed:
        check(said[2] in keys, Unauthentic, "a meter is not of the group")
        verify(keys[said[2]], REPORT, said, sealed, roster)
    verify(public_key, SUMMARY, body, signature, roster)
    counted: list[Counted] = [{"node": said[2], **m} for said, _ in parsed for m in listed(said)]
    totals = {slot["slot"]: slot for slot in slot_totals(deduplicate(counted), slot_seconds)}
    empty: SlotTotal = {"slot": 0, "total_wh": 0, "meters": 0}
    places = range(body[3], body[3] + len(body[5]))
    true = [(totals.get(slot, empty)["total_wh"], totals.get(slot, empty)["meters"]) for slot in places]
    agrees = true == list(zip(body[5], body[6], strict=True)) and sum(body[6]) == body[4]
    check(agrees, ProofFailed, "the totals or counts are not those of the reports")
    return int(body[4])


# ---- Several servers -----------------------------------------------------------------------------


def is_balanced(assignment: Sequence[int], servers: int) -> bool:
    """No server has two intervals more than another. Implements REPORT-29."""
    sizes = [sum(1 for server in assignment if server == number) for number in range(servers)]
    return max(sizes) - min(sizes) <= 1


def split_intervals(
    interval_seconds: int,
    servers: int,
    first_interval: int,
    assignment: Sequence[int],
    measurements: Sequence[Measurement],
) -> list[dict[str, list[Measurement]]]:
    """Divide measurements among report servers by interval: for each server those that it is sent.

    interval_seconds: in [60, 86400], of a day a whole part. servers: 2 to 16. assignment: the server, from 0,
    of each interval from `first_interval` on, drawn at random for every period; 1 to 744. measurements: 1 to
    4096. Errors: Malformed; Range where a measurement is in none of the intervals; Policy where a server has
    two more intervals than another. Source: paper E, section 2.2.2, and figure 1. Implements REPORT-29.
    """
    check(1 <= len(assignment) <= 744, Malformed, "there are 1 to 744 intervals")
    check(1 <= len(measurements) <= 4096, Malformed, "there are 1 to 4096 measurements")
    check_slot_seconds(interval_seconds)
    check_number(servers, 2, SERVERS, "the number of servers")
    check_number(first_interval, 0, NUMBERS - 1 - 744, "the first interval")
    for server in assignment:
        check_number(server, 0, servers - 1, "a server")
    for measurement in measurements:
        check_number(measurement["counter"], 0, NUMBERS - 1, "a counter")
        check_number(measurement["consumption_wh"], 0, READING_MAXIMUM_WH, "a reading")
        check_number(measurement["timestamp"], 0, NUMBERS - 1, "a time")
    counters = [measurement["counter"] for measurement in measurements]
    check(len(set(counters)) == len(counters), Range, "a counter stands twice")
    parts: list[dict[str, list[Measurement]]] = [{"measurements": []} for _ in range(servers)]
    for measurement in measurements:
        place = measurement["timestamp"] // interval_seconds - first_interval
        check(0 <= place < len(assignment), Range, "a measurement is in none of the intervals")
        parts[assignment[place]]["measurements"].append(measurement)
    check(is_balanced(assignment, servers), Policy, "a server has two intervals more than another")
    return parts


def join_parts(
    first_slot: int, slots: int, least_meters: int, parts: Sequence[Mapping[str, Sequence[SlotTotal]]]
) -> dict[str, list[int]]:
    """The utility puts the servers' slots together: disjoint parts that leave no slot out.

    first_slot, slots: the period, of 1 to 4096 slots. least_meters: k in [3, 1024]. parts: of 2 to 16
    servers. Errors: Malformed; Range where a slot is not of the period; Replayed where two servers have the
    same; Policy where none has one, or one has fewer than k meters. Source: paper E, section 2.2.2.
    Implements REPORT-23, REPORT-30.
    """
    check(2 <= len(parts) <= SERVERS, Malformed, "there are 2 to 16 servers")
    check(all(len(part["slots"]) <= 4096 for part in parts), Malformed, "a part has at most 4096 slots")
    check_number(slots, 1, 4096, "the number of slots")
    check_number(first_slot, 0, NUMBERS - 1 - 4096, "the first slot")
    check_number(least_meters, LEAST_METERS, METERS, "the least number of meters")
    every = [slot for part in parts for slot in part["slots"]]
    for slot in every:
        check_number(slot["slot"], first_slot, first_slot + slots - 1, "a slot")
        check_number(slot["total_wh"], 0, NUMBERS - 1, "a total")
        check_number(slot["meters"], 0, METERS, "a number of meters")
    joined = {slot["slot"]: slot for slot in every}
    check(len(joined) == len(every), Replayed, "two parts overlap")
    check(len(joined) == slots, Policy, "no part has one of the slots")
    check_least(least_meters, [slot["meters"] for slot in every])
    ordered = [joined[slot] for slot in sorted(joined)]
    return {
        "totals_wh": [slot["total_wh"] for slot in ordered],
        "counts": [slot["meters"] for slot in ordered],
    }


# ---- Who serves ----------------------------------------------------------------------------------


class Candidate(TypedDict):
    """Who would serve, and how many periods it served well and badly."""

    node: int
    good: int
    bad: int


def reputation(good: int, bad: int) -> int:
    """floor(1000 (good + 1) / (good + bad + 2)), in thousandths: 500 for who is new.

    good, bad: periods served, each in [0, 2^32). Errors: Range.
    Source: the mean of the beta law of good + 1 and bad + 1; paper E, section 2.2.2, remark, gives no rule.
    Implements REPORT-31.
    """
    check_number(good, 0, 2**32 - 1, "the number of periods served well")
    check_number(bad, 0, 2**32 - 1, "the number of periods served badly")
    return 1000 * (good + 1) // (good + bad + 2)


def choose_aggregators(
    aggregators: int, threshold: int, least_score: int, seed: bytes, candidates: Sequence[Candidate]
) -> list[int]:
    """The nodes that serve: the best `aggregators` of those with the least score, by score and then by lot.

    aggregators: n in [1, 255]. threshold: t, with 2 t - 1 <= n. least_score: in [1, 1000]. seed: 32 bytes
    that nobody could foresee when the scores were made. candidates: 1 to 1024, each node once. Errors:
    Malformed, Range, Policy where fewer than 2 t - 1 have the least score: then t could be had against an
    honest majority. Source: paper E, section 2.2.2, remark. Implements REPORT-31, REPORT-32.
    """
    check(1 <= len(candidates) <= METERS, Malformed, "there are 1 to 1024 candidates")
    check(len(seed) == 32, Malformed, "the seed has not 32 bytes")
    check_number(aggregators, 1, 255, "the number of aggregators")
    check_number(threshold, 1, (aggregators + 1) // 2, "the threshold")
    check_number(least_score, 1, 1000, "the least score")
    for candidate in candidates:
        check_number(candidate["node"], 0, 2**32 - 1, "a node")
        reputation(candidate["good"], candidate["bad"])
    check(len({c["node"] for c in candidates}) == len(candidates), Range, "a node stands twice")

    def place(candidate: Candidate) -> tuple[int, bytes]:
        lot = hashlib.sha256(DOMAIN + b"lot\x00" + seed + be(candidate["node"], 4)).digest()
        return -reputation(candidate["good"], candidate["bad"]), lot

    trusted = [c for c in candidates if reputation(c["good"], c["bad"]) >= least_score]
    check(len(trusted) >= 2 * threshold - 1, Policy, "too few candidates have the least score")
    return sorted(candidate["node"] for candidate in sorted(trusted, key=place)[:aggregators])
