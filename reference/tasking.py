"""Tasks (spec/tasking.md): what a utility asks of meters, the task server that guards it, the meter that
agrees.

Paper E, section 2.3 and Algorithm 3. A task t has an identifier T_id, a timestamp Ts, a region, and what its
kind asks for. The region is a set of cells, the smallest areas that the server knows; every region is a union
of atoms, the classes of cells that no accepted region tells apart.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import (
    Exhausted,
    Expired,
    Malformed,
    Policy,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.messages import Item, Member, decode, encode
from meter_privacy.reference.sessions import begin, begun_as, check_begun

DOMAIN = b"meter-privacy/tasking/1/"
VERSION = 1
MESSAGE_BYTES, BODY_BYTES = 2048, 1900
TIME_LIMIT = 1 << 53
WORD_LIMIT = 1 << 32
CELLS, CELL_LIMIT = 256, 1 << 16
METERS_LIMIT = 1 << 20
TASKS = 64
CLOCK_S = 300

PRICE, FREQUENCY, EXTENT, PAYMENT, RECEIPT = range(1, 6)

# What a task server finds against a task; the first three are about its region.
SMALL, DIFFERENCE, ACTUAL, PERIOD, DURATION, QUANTITIES, OVERLAP, BUDGET = (1 << bit for bit in range(8))
REGION_FLAGS = SMALL | DIFFERENCE | ACTUAL
FLAG, DROP = 0, 1


class Cell(TypedDict):
    """A cell and a number of meters in it."""

    cell: int
    meters: int


class Region(TypedDict):
    """A set of cells, increasing."""

    cells: list[int]


# ---- Messages ------------------------------------------------------------------------------------

UTILITY = Member(1, "utility", "id")
TASK = (
    UTILITY,
    Member(2, "task", "id"),
    Member(3, "issued", "uint", TIME_LIMIT - 1),
    Member(4, "expires", "uint", TIME_LIMIT - 1),
    Member(5, "region", "cells", CELL_LIMIT - 1),
    Member(6, "starts", "uint", TIME_LIMIT - 1),
)
SERIES = (
    Member(7, "period-s", "uint", WORD_LIMIT - 1, 1),
    Member(8, "duration-s", "uint", WORD_LIMIT - 1, 1),
)
SCHEMAS: dict[int, tuple[str, tuple[Member, ...]]] = {
    PRICE: (
        "price",
        (
            *TASK,
            Member(7, "normal-price", "uint", WORD_LIMIT - 1),
            Member(8, "high-price", "uint", WORD_LIMIT - 1),
        ),
    ),
    FREQUENCY: ("frequency", (*TASK, *SERIES)),
    EXTENT: ("extent", (*TASK, *SERIES, Member(9, "quantities", "uint", 255, 1))),
    PAYMENT: (
        "payment",
        (
            UTILITY,
            Member(2, "sequence", "uint", TIME_LIMIT - 1),
            Member(3, "mark", "digest"),
            Member(4, "expires", "uint", TIME_LIMIT - 1),
            Member(5, "amount", "uint", WORD_LIMIT - 1, 1),
        ),
    ),
    RECEIPT: (
        "receipt",
        (
            Member(1, "server", "id"),
            Member(2, "task", "id"),
            Member(3, "payload-digest", "digest"),
            Member(4, "received", "uint", TIME_LIMIT - 1),
        ),
    ),
}


def has_form(member: Member, value: Item) -> bool:
    """Whether a value is of a member's kind, its numbers' bounds left aside. Implements TASK-2."""
    forms: dict[str, Callable[[], bool]] = {
        "uint": lambda: type(value) is int,
        "id": lambda: isinstance(value, bytes) and len(value) == 16,
        "digest": lambda: isinstance(value, bytes) and len(value) == 32,
        "cells": lambda: (
            isinstance(value, list) and 1 <= len(value) <= CELLS and all(type(cell) is int for cell in value)
        ),
    }
    return forms[member.kind]()


def check_bounds(member: Member, value: Any) -> None:
    """Hold a member of the right form to its bounds. Errors: Range. Implements TASK-2."""
    if member.kind == "cells":
        check(all(cell < CELL_LIMIT for cell in value), Range, "a cell is a number below 2^16")
        check(value == sorted(set(value)), Range, "the cells of a region must be strictly increasing")
    if member.kind == "uint":
        check(member.least <= value <= member.most, Range, f"{member.name} is out of range")


def check_body(kind: int, body: Item) -> dict[int, Any]:
    """Hold a decoded body to its type's schema, and answer it.

    Errors: Malformed where a member is missing, unknown or of another kind; Range where a number is beyond
    its bounds, a region's cells do not increase, a task expires before it is issued, or the high price is
    below the normal one. Source: paper E, Algorithm 3, line 2, which leaves it at three dots. Implements
    TASK-2.
    """
    check(kind in SCHEMAS, Malformed, "no message has this type")
    check(isinstance(body, dict), Malformed, "the body is no map")
    assert isinstance(body, dict)
    members = {member.key: member for member in SCHEMAS[kind][1]}
    check(set(body) == set(members), Malformed, "a member is missing or unknown")
    for key, value in body.items():
        check(has_form(members[key], value), Malformed, f"{members[key].name} has another form")
    for key, value in body.items():
        check_bounds(members[key], value)
    if kind in (PRICE, FREQUENCY, EXTENT):
        check(body[3] <= body[4], Range, "the task expires before it is issued")
    if kind == PRICE:
        check(body[7] <= body[8], Range, "the high price is below the normal price")
    return body


def signed_bytes(kind: int, body: dict[int, Any]) -> bytes:
    """What is signed: a label, and the encoding of [version, type, body]. Implements TASK-3."""
    return DOMAIN + b"message\x00" + encode([VERSION, kind, body])


def parse(message: bytes) -> tuple[int, dict[int, Any], bytes]:
    """Type, body and signature of a message, the signature not verified.

    Errors: Malformed, Range. Source: RFC 8949, section 4.2. Implements TASK-1, TASK-2.
    """
    check(len(message) <= MESSAGE_BYTES, Malformed, "the message is longer than 2048 bytes")
    item = decode(message)
    check(isinstance(item, list) and len(item) == 4, Malformed, "the message is no array of four")
    assert isinstance(item, list)
    version, kind, body, signature = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(type(kind) is int, Malformed, "the type is no number")
    check(isinstance(signature, bytes) and len(signature) == 64, Malformed, "the signature has not 64 bytes")
    return kind, check_body(kind, body), signature


def sign_message(private_key: bytes, type: int, body: bytes) -> bytes:
    """Sign a message's body, given in its encoding of at most 1900 bytes: at most 2048 bytes.

    private_key: Ed25519, 32 bytes. type: 1 price, 2 reporting frequency, 3 extent, 4 payment, 5 receipt.
    Errors: Malformed, Range where the body breaks its type's schema.
    Source: paper E, Algorithm 3, lines 1 to 4; RFC 8032; RFC 8949, section 4.2.
    Implements TASK-1, TASK-2, TASK-3.
    """
    check(len(private_key) == 32 and len(body) <= BODY_BYTES, Malformed, "a byte string has a wrong length")
    check(PRICE <= type <= RECEIPT, Range, "there is no such type")
    checked = check_body(type, decode(body))
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(signed_bytes(type, checked))
    return encode([VERSION, type, checked, signature])


def verify(
    public_key: bytes, party: bytes, kinds: Sequence[int], parsed: tuple[int, dict[int, Any], bytes]
) -> None:
    """Verify a parsed message: its signature, then that it is of one of the types and names the party.

    Source: paper E, Algorithm 3, line 5, with the signer that signs. Errors: Unauthentic. Implements TASK-3.
    """
    kind, body, signature = parsed
    verify_strictly(public_key, signature, signed_bytes(kind, body))
    check(kind in kinds, Unauthentic, "the message is of another type")
    check(body[1] == party, Unauthentic, "the message names another party")


# ---- Time ----------------------------------------------------------------------------------------


def check_times(now: int) -> None:
    """A time is a number of seconds. Errors: Range. Implements TASK-4."""
    check(0 <= now < TIME_LIMIT, Range, "the time is out of range")


def is_dated_ahead(now: int, issued: int) -> bool:
    """Whether a timestamp is later than clocks that differ by at most 300 s explain. Implements TASK-4."""
    return issued > now + CLOCK_S


def check_task(
    public_key: bytes, utility: bytes, now: int, lifetime_s: int, message: bytes
) -> dict[str, Any]:
    """Take in a task: its type and its body's encoding.

    public_key: the utility's, Ed25519. utility: its identifier, 16 bytes. now: seconds. lifetime_s: the
    longest time from issue to expiry. Errors: Malformed, Range; Unauthentic (signature, type, utility);
    Expired; Policy for a task dated more than 300 s ahead, or that lives too long. Source: paper E, Algorithm
    3, lines 4 and 5, corrected. Implements TASK-1, TASK-2, TASK-3, TASK-4.
    """
    check(len(public_key) == 32 and len(utility) == 16, Malformed, "a byte string has a wrong length")
    parsed = parse(message)
    check_times(now)
    check(1 <= lifetime_s < WORD_LIMIT, Range, "the lifetime is out of range")
    verify(public_key, utility, (PRICE, FREQUENCY, EXTENT), parsed)
    kind, body, _ = parsed
    check_dates(now, lifetime_s, body, lambda: None)
    return {"type": kind, "body": encode(body)}


def check_dates(now: int, lifetime_s: int, body: dict[int, Any], check_new: Callable[[], None]) -> None:
    """A task is of its time; `check_new` refuses one that was seen, and stands between. Implements TASK-4."""
    check(now <= body[4], Expired, "the task has expired")
    check_new()
    check(not is_dated_ahead(now, body[3]), Policy, "the task is dated ahead")
    check(body[4] - body[3] <= lifetime_s, Policy, "the task lives too long")


# ---- Regions -------------------------------------------------------------------------------------


def is_crowd(meters: int, least_meters: int) -> bool:
    """Nobody, or at least k. Source: paper E, section 2.3.1. Implements TASK-6, TASK-7."""
    return meters == 0 or meters >= least_meters


def refine(atoms: Sequence[int], inside: Sequence[bool]) -> list[int]:
    """The atoms of cells, numbered as they first occur, once a region is added: each is cut in two by it.

    atoms: the number of each cell's atom. inside: whether each cell is in the region. Two cells have the same
    number afterwards where they had the same before and the region has both or neither. Implements TASK-6.
    """
    numbers: dict[tuple[int, bool], int] = {}
    return [numbers.setdefault(pair, len(numbers)) for pair in zip(atoms, inside, strict=True)]


def totals(atoms: Sequence[int], meters: Sequence[int]) -> list[int]:
    """How many meters each atom has, by its number. Implements TASK-6, TASK-7."""
    found = [0] * (max(atoms) + 1)
    for atom, count in zip(atoms, meters, strict=True):
        found[atom] += count
    return found


def are_crowds(atoms: Sequence[int], meters: Sequence[int], least_meters: int) -> bool:
    """Whether every atom has nobody or at least k. Implements TASK-6, TASK-7."""
    return all(is_crowd(count, least_meters) for count in totals(atoms, meters))


def held_back(atoms: Sequence[int], actual: Sequence[int], least_meters: int) -> list[int]:
    """The meters of each cell whose results are passed on: none of an atom of fewer than k. Implements
    TASK-7.
    """
    crowds = [count >= least_meters for count in totals(atoms, actual)]
    return [count if crowds[atom] else 0 for count, atom in zip(actual, atoms, strict=True)]


def region_flags(
    least_meters: int,
    meters: Sequence[int],
    atoms: Sequence[int],
    released: Sequence[Sequence[int]],
    inside: Sequence[bool],
) -> int:
    """What is found against a region: SMALL, DIFFERENCE and ACTUAL, added.

    meters: the eligible ones of each cell. released: for each release before, the meters of each cell in it.
    Source: paper E, section 2.3.1, with the differences that it leaves out. Implements TASK-6, TASK-7.
    """
    own = sum(count for count, within in zip(meters, inside, strict=True) if within)
    cut = refine(atoms, inside)
    flags = SMALL if own < least_meters else 0
    flags |= 0 if are_crowds(cut, meters, least_meters) else DIFFERENCE
    whole = all(are_crowds(cut, counts, least_meters) for counts in released)
    return flags | (0 if whole else ACTUAL)


def check_cells(cells: Sequence[Cell]) -> None:
    """Ranges of a list of cells with meters. Errors: Malformed, Range. Implements TASK-6."""
    check(1 <= len(cells) <= CELLS, Malformed, "there are 1 to 256 cells")
    for cell in cells:
        check(0 <= cell["cell"] < CELL_LIMIT, Range, "a cell is a number below 2^16")
        check(0 <= cell["meters"] <= METERS_LIMIT, Range, "a cell has at most 2^20 meters")
    numbers = [cell["cell"] for cell in cells]
    check(numbers == sorted(set(numbers)), Range, "the cells must be strictly increasing")


def region_verdict(least_meters: int, cells: Sequence[Cell], regions: Sequence[Region]) -> list[int]:
    """What is found against each of a row of regions, those before it that nothing was found against in
    force.

    least_meters: k. cells: the eligible meters of every cell, by cell. regions: 1 to 64, each of 1 to 256
    cells that increase. Errors: Malformed, Range; Policy where all cells together have fewer than k meters,
    or a region has a cell that is not listed. Source: paper E, section 2.3.1. Implements TASK-6.
    """
    check(1 <= len(cells) <= CELLS, Malformed, "there are 1 to 256 cells")
    check(1 <= len(regions) <= TASKS, Malformed, "there are 1 to 64 regions")
    check(all(1 <= len(r["cells"]) <= CELLS for r in regions), Malformed, "a region has 1 to 256 cells")
    check_least(least_meters)
    check_cells(cells)
    for region in regions:
        check(min(region["cells"]) >= 0, Range, "a cell is a number below 2^16")
        check_bounds(TASK[4], list(region["cells"]))
    meters = [cell["meters"] for cell in cells]
    check(sum(meters) >= least_meters, Policy, "the whole area has too few meters")
    numbers = [cell["cell"] for cell in cells]
    check(all(set(r["cells"]) <= set(numbers) for r in regions), Policy, "a cell is not of this area")
    atoms, found = [0] * len(cells), []
    for region in regions:
        inside = [number in region["cells"] for number in numbers]
        found.append(region_flags(least_meters, meters, atoms, [], inside))
        if found[-1] == 0:
            atoms = refine(atoms, inside)
    return found


def check_least(least_meters: int) -> None:
    """Range of k. Errors: Range. Implements TASK-6."""
    check(2 <= least_meters < CELL_LIMIT, Range, "the least number of meters is out of range")


# ---- Limits --------------------------------------------------------------------------------------


def overlap(starts: int, duration: int, other_starts: int, other_duration: int) -> bool:
    """Whether [starts, starts + duration) and the other interval share a second. Implements TASK-8."""
    return starts < other_starts + other_duration and other_starts < starts + duration


def series_flags(
    body: dict[int, Any], minimum_period_s: int, maximum_duration_s: int, quantities: int, kind: int
) -> int:
    """What is found against a task's own numbers: PERIOD, DURATION and QUANTITIES, added.

    Source: paper E, section 2.3 (frequency, duration, extent). Implements TASK-8.
    """
    if kind == PRICE:
        return 0
    flags = PERIOD if body[7] < minimum_period_s else 0
    flags |= DURATION if body[8] > maximum_duration_s else 0
    return flags | (QUANTITIES if kind == EXTENT and body[9] & ~quantities else 0)


# ---- The task server -----------------------------------------------------------------------------


def server_start(
    session: dict[str, Any],
    utility_key: bytes,
    utility: bytes,
    least_meters: int,
    cells: Sequence[Cell],
    minimum_period_s: int,
    maximum_duration_s: int,
    budget_s: int,
    quantities: int,
    lifetime_s: int,
    region_policy: int,
    limits_policy: int,
    capacity: int,
) -> None:
    """Start a task server: whose tasks it takes, the eligible meters of each cell, its policy.

    least_meters: k. budget_s: the longest that a cell is tasked in all. quantities: a bit for each quantity
    that may be asked for. region_policy, limits_policy: 1 to drop a task that something is found against, 0
    to flag it. capacity: the most tasks. Errors: Malformed, Range, Policy, State. Source: paper E, section
    2.3.1. Implements TASK-6, TASK-8, TASK-9.
    """
    check(len(utility_key) == 32 and len(utility) == 16, Malformed, "a byte string has a wrong length")
    check(1 <= len(cells) <= CELLS, Malformed, "there are 1 to 256 cells")
    check_least(least_meters)
    check_cells(cells)
    for number in (minimum_period_s, maximum_duration_s, budget_s):
        check(1 <= number < WORD_LIMIT, Range, "a period or duration is out of range")
    check(0 <= quantities <= 255, Range, "the quantities are out of range")
    check(1 <= lifetime_s < WORD_LIMIT, Range, "the lifetime is out of range")
    for policy in (region_policy, limits_policy):
        check(policy in (FLAG, DROP), Range, "a policy is 0 to flag or 1 to drop")
    check(1 <= capacity <= TASKS, Range, "the capacity is out of range")
    meters = [cell["meters"] for cell in cells]
    check(sum(meters) >= least_meters, Policy, "the whole area has too few meters")
    begin(
        session,
        "tasking.server",
        utility_key=utility_key,
        utility=utility,
        least_meters=least_meters,
        cells=[cell["cell"] for cell in cells],
        meters=meters,
        atoms=[0] * len(cells),
        tasked_s=[0] * len(cells),
        minimum_period_s=minimum_period_s,
        maximum_duration_s=maximum_duration_s,
        budget_s=budget_s,
        quantities=quantities,
        lifetime_s=lifetime_s,
        region_policy=region_policy,
        limits_policy=limits_policy,
        capacity=capacity,
        tasks=[],
        released=[],
    )


def _schedule_flags(session: dict[str, Any], body: dict[int, Any], inside: Sequence[bool]) -> int:
    """What is found against a task beside those before it: OVERLAP and BUDGET, added. Implements TASK-8."""
    flags = 0
    for task in session["tasks"]:
        meets = task["series"] and overlap(body[6], body[8], task["body"][6], task["body"][8])
        if meets and set(task["body"][5]) & set(body[5]):
            flags = OVERLAP
    tasked = zip(session["tasked_s"], inside, strict=True)
    spent = any(within and seconds + body[8] > session["budget_s"] for seconds, within in tasked)
    return flags | (BUDGET if spent else 0)


def server_register(session: dict[str, Any], now: int, message: bytes) -> int:
    """Take in a task: what was found against it, 0 for nothing.

    Errors: Malformed, Range; Unauthentic; Expired; Replayed where the server has a task of this T_id; Policy
    where the task is dated ahead, lives too long, names a cell that is not of this area, or is dropped;
    State; Exhausted. Source: paper E, Algorithm 3, lines 4 to 6, corrected. Implements TASK-3, TASK-4,
    TASK-5, TASK-6, TASK-7, TASK-8, TASK-9.
    """
    session = begun_as(session, "tasking.server")
    parsed = parse(message)
    check_times(now)
    check_begun(session)
    verify(session["utility_key"], session["utility"], (PRICE, FREQUENCY, EXTENT), parsed)
    kind, body, _ = parsed

    def check_new() -> None:
        known = any(task["body"][2] == body[2] for task in session["tasks"])
        check(not known, Replayed, "there is a task of this identifier")

    check_dates(now, session["lifetime_s"], body, check_new)
    check(set(body[5]) <= set(session["cells"]), Policy, "a cell is not of this area")
    inside = [cell in body[5] for cell in session["cells"]]
    region = region_flags(
        session["least_meters"], session["meters"], session["atoms"], session["released"], inside
    )
    limits = series_flags(
        body, session["minimum_period_s"], session["maximum_duration_s"], session["quantities"], kind
    )
    series = kind != PRICE
    limits |= _schedule_flags(session, body, inside) if series else 0
    check(region == 0 or session["region_policy"] == FLAG, Policy, "the task's region betrays too much")
    check(limits == 0 or session["limits_policy"] == FLAG, Policy, "the task asks for too much")
    check(len(session["tasks"]) < session["capacity"], Exhausted, "there is no room for another task")
    if region == 0:
        session["atoms"] = refine(session["atoms"], inside)
    counted = series and region == 0
    if counted:
        session["tasked_s"] = [
            s + body[8] * within for s, within in zip(session["tasked_s"], inside, strict=True)
        ]
    session["tasks"].append(
        {
            "body": body,
            "kind": kind,
            "flags": region | limits,
            "series": counted,
            "message": message,
            "released": False,
        }
    )
    return region | limits


def server_tasks(session: dict[str, Any], now: int) -> list[dict[str, Any]]:
    """The tasks that have not expired, in the order of their registration, with what was found against each.

    Whoever asks gets the whole list, so that asking says nothing. Errors: Range, State.
    Source: paper E, Algorithm 3, lines 7 and 8. Implements TASK-10.
    """
    session = begun_as(session, "tasking.server")
    check_times(now)
    check_begun(session)
    live = (task for task in session["tasks"] if now <= task["body"][4])
    return [{"flags": task["flags"], "message": task["message"]} for task in live]


def server_release(session: dict[str, Any], task: bytes, counts: Sequence[Cell]) -> dict[str, Any]:
    """Which cells' results of a task the report server may pass on, together, and how many meters that are.

    task: T_id. counts: the meters that sent a result, by cell; none for a cell that is not listed. Results of
    an atom of fewer than k meters are held back. Errors: Malformed, Range; Replayed where the task's were
    released before; Policy for a task without results, one with a region that betrays too much, or counts
    that its region cannot have; State. Source: paper E, sections 2.2.1 and 2.3.1 (eligible is not actual).
    Implements TASK-7.
    """
    session = begun_as(session, "tasking.server")
    check(len(task) == 16, Malformed, "the identifier has not 16 bytes")
    check_cells(counts)
    check_begun(session)
    found = [entry for entry in session["tasks"] if entry["body"][2] == task]
    check(not any(entry["released"] for entry in found), Replayed, "the results were released before")
    check(all(entry["series"] for entry in found), Policy, "the task has no results that may be released")
    sent = {count["cell"]: count["meters"] for count in counts}
    eligible = dict(zip(session["cells"], session["meters"], strict=True))
    for entry in found:
        possible = all(c in entry["body"][5] and sent[c] <= eligible[c] for c in sent)
        check(possible, Policy, "the region of the task cannot have these counts")
    check(len(found) == 1, State, "there is no such task")
    actual = [sent.get(cell, 0) for cell in session["cells"]]
    kept = held_back(session["atoms"], actual, session["least_meters"])
    found[0]["released"] = True
    session["released"].append(kept)
    return {
        "cells": [cell for cell, count in zip(session["cells"], kept, strict=True) if count],
        "meters": sum(kept),
    }


# ---- The meter -----------------------------------------------------------------------------------


def meter_start(
    session: dict[str, Any],
    utility_key: bytes,
    utility: bytes,
    cell: int,
    types: int,
    flags: int,
    minimum_period_s: int,
    maximum_duration_s: int,
    quantities: int,
    lifetime_s: int,
) -> None:
    """Start a meter's part: whose tasks it takes, where it is, and what its owner agreed to.

    types: a bit for each type of task, 1 price, 2 frequency, 4 extent. flags: those of a task server that the
    owner puts up with. The others as in server_start. Errors: Malformed, Range, State.
    Source: paper E, section 2.3.1 ("the discretion of the SM"). Implements TASK-11.
    """
    check(len(utility_key) == 32 and len(utility) == 16, Malformed, "a byte string has a wrong length")
    check(0 <= cell < CELL_LIMIT, Range, "a cell is a number below 2^16")
    check(0 <= types <= 7, Range, "the types are out of range")
    check(0 <= flags <= 255, Range, "the flags are out of range")
    for number in (minimum_period_s, maximum_duration_s):
        check(1 <= number < WORD_LIMIT, Range, "a period or duration is out of range")
    check(0 <= quantities <= 255, Range, "the quantities are out of range")
    check(1 <= lifetime_s < WORD_LIMIT, Range, "the lifetime is out of range")
    begin(
        session,
        "tasking.meter",
        utility_key=utility_key,
        utility=utility,
        cell=cell,
        types=types,
        flags=flags,
        minimum_period_s=minimum_period_s,
        maximum_duration_s=maximum_duration_s,
        quantities=quantities,
        lifetime_s=lifetime_s,
        done={},
    )


def meter_task(session: dict[str, Any], now: int, flags: int, message: bytes) -> dict[str, Any]:
    """Agree to execute a task: its type and its body's encoding.

    flags: what the task server found against it. Errors: Malformed, Range; Unauthentic; Expired; Replayed
    where the meter has agreed to a task of this T_id that has not expired; Policy where the task is dated
    ahead, lives too long, is for other cells, or is more than the owner agreed to; State; Exhausted after 64
    tasks that live. Source: paper E, section 2.3.1, Algorithm 3, lines 7 and 8. Implements TASK-3, TASK-4,
    TASK-5, TASK-11, TASK-12.
    """
    session = begun_as(session, "tasking.meter")
    parsed = parse(message)
    check_times(now)
    check(0 <= flags <= 255, Range, "the flags are out of range")
    check_begun(session)
    verify(session["utility_key"], session["utility"], (PRICE, FREQUENCY, EXTENT), parsed)
    kind, body, _ = parsed
    live = {task: expires for task, expires in session["done"].items() if now <= expires}
    check_dates(
        now, session["lifetime_s"], body,
        lambda: check(body[2] not in live, Replayed, "the meter agreed to this task before"),
    )  # fmt: skip
    check(session["cell"] in body[5], Policy, "the task is for other cells")
    check(session["types"] >> (kind - 1) & 1 == 1, Policy, "the owner did not agree to this type")
    check(flags & ~session["flags"] == 0, Policy, "the owner does not put up with a task of these flags")
    beyond = series_flags(
        body, session["minimum_period_s"], session["maximum_duration_s"], session["quantities"], kind
    )
    check(beyond == 0, Policy, "the task is more than the owner agreed to")
    check(len(live) < TASKS, Exhausted, "the meter has no room for another task")
    session["done"] = {**live, body[2]: body[4]}
    return {"type": kind, "body": encode(body)}
