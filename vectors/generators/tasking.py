"""Vectors of the tasking chapter: tasks, regions, marks, the bank, the deposit (paper E, section 2.3).

Expected values come from what stands here and not from the reference: messages by cbor2 and the Ed25519 of
the load-management generator, HMAC from RFC 2104, boxes from RFC 7748, 5869 and 8439 written out there,
regions by taking every union, intersection and difference, points of secp256k1 by adding. VectorFile holds
the reference to them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

import cbor2

from meter_privacy.vectors.generators import suites
from meter_privacy.vectors.generators.common import Json, VectorFile, be, draw_bytes
from meter_privacy.vectors.generators.energy_tokens import Rsa, rsa_key
from meter_privacy.vectors.generators.primitives import (
    LOW_ORDER,
    aead,
    ed25519_public,
    ed25519_sign,
    hkdf,
    public_key,
    x25519,
)
from meter_privacy.vectors.generators.suites import Chapter, note

CHAPTER = "tasking"
TASKING = Chapter(CHAPTER, "TASK")
ids, step = TASKING.ids, TASKING.step
DOMAIN = b"meter-privacy/tasking/1/"
PROFILES = ("published", "hardened")
PUBLISHED = "published"
CBOR2 = "cbor2 and the generator's own Ed25519"
SETS = "the generator's own sets of cells"
HMAC = "the generator's own HMAC of RFC 2104"
CIPHER = "the generator's own X25519, HKDF and ChaCha20-Poly1305"
CURVE = "the generator's own points of secp256k1, and scripts by hand"
CASES = "the generator's own cases"
PRICE, FREQUENCY, EXTENT, PAYMENT, RECEIPT = range(1, 6)
LAST, WORD = 2**53 - 1, 2**32 - 1
NOW = 1_900_000_000
DAY = 86_400


NOTES: dict[str, Json] = {
    "Deterministic": note(
        "a second encoding of a message is taken", "two readers see two messages under one signature"
    ),
    "Schema": note("a member's form or bounds are not checked", "numbers that mean nothing are acted on"),
    "Signature": note("a signature is not verified, or loosely", "anybody tasks meters or makes payments"),
    "Binding": note(
        "a message of another type, party or task is taken", "what was signed for one purpose serves another"
    ),
    "PrintedMessage": note(
        "the tuple of Algorithm 3's line 4 is sent in place of the task", "no task ever verifies"
    ),
    "Time": note("a timestamp or an expiry is not checked", "old tasks are played again"),
    "Replay": note(
        "an identifier, a mark or a number is taken twice", "a task runs or a reward is paid twice"
    ),
    "FewMeters": note("a region with fewer than k meters is taken", "a result is one home's"),
    "Difference": note(
        "a region is judged by itself or beside one other", "two answers subtracted are one home's"
    ),
    "Actual": note("eligible meters are counted where few answer", "a result is one home's"),
    "Limits": note("frequency, duration or extent is not limited", "a home's life is read off its results"),
    "Overlap": note("two tasks run in a cell at once", "their readings interleave to a finer period"),
    "Flag": note("a task that is to be dropped is flagged, or the reverse", "a policy that was not declared"),
    "WholeList": note("a meter is sent the tasks of its cell only", "asking for tasks says where it is"),
    "OptIn": note("a meter executes what its owner did not agree to", "consent is the utility's"),
    "Salt": note("the digest of a result is not salted", "the bank finds the reading by trying"),
    "Layout": note("a length or a width is left out of what is hashed", "two results have one digest"),
    "SameSecret": note("salt and nonce may be one", "the utility, who has the salt, claims the reward"),
    "LowOrderPoint": note("a key of low order is taken", "everybody knows what the box is sealed with"),
    "OtherReadings": note(
        "the digest is not held to the readings", "the report server changes what the meter measured"
    ),
    "Preimage": note("digest and nonce are not held to the mark", "anybody who saw the mark is paid"),
    "UnknownMark": note("a claim is paid that nobody paid for", "money out of nothing"),
    "Amount": note("a payment of nothing is booked", "a mark is used up for nothing"),
    "NoPoint": note("a key is not a point of the curve", "the deposit can never be paid out"),
    "OneSigner": note("both keys may be of one signer", "two of two is one of one"),
    "EarlyRefund": note("the lock time is not waited for", "the utility takes the deposit back at once"),
    "MissingSignature": note("one signature of two is enough", "either side takes the deposit alone"),
    "Order": note("a step is taken out of its place", "a session without keys or policy answers"),
    "Bound": note("a bound of the table is not checked", "a policy that protects nobody is declared"),
    "Grammar": note("a value of another type or length is taken", "two readers see two requests"),
    "Full": note("a full store forgets the oldest", "what was used can be used again"),
}


class Suite(suites.Suite):
    """A file of one operation."""

    def __init__(self, operation: str, profile: str, numbers: Sequence[int]) -> None:
        super().__init__(TASKING, operation, profile, profile, numbers, {}, NOTES)


def seed(label: str, length: int = 32) -> bytes:
    """Bytes of a label."""
    return draw_bytes(f"meter-privacy/tasking/{label}", length)


# ---- Messages, apart from the reference ----------------------------------------------------------

UTILITY, SERVER = seed("utility", 16), seed("server", 16)
SECRET, SERVER_SECRET, STRANGER = seed("utility/key"), seed("server/key"), seed("stranger")


@lru_cache
def public(secret: bytes) -> bytes:
    """An Ed25519 key."""
    return ed25519_public(secret)


def raw_message(secret: bytes, kind: int, body: bytes, version: bytes = b"\x01") -> bytes:
    """A message whose body has any encoding: the signature is good over what is there."""
    head = version + cbor2.dumps(kind)
    signature = ed25519_sign(secret, DOMAIN + b"message\x00" + b"\x83" + head + body)
    return b"\x84" + head + body + cbor2.dumps(signature)


def message(secret: bytes, kind: int, body: Mapping[int, Any]) -> bytes:
    """A signed message."""
    return raw_message(secret, kind, encoded(body))


def encoded(body: Mapping[int, Any]) -> bytes:
    """A body's encoding."""
    return cbor2.dumps(dict(body), canonical=True)


def task(
    kind: int,
    name: str,
    region: Sequence[int] = (1, 2),
    starts: int = NOW + 3600,
    period: int = 900,
    duration: int = 7200,
    more: Mapping[int, Any] | None = None,
) -> dict[int, Any]:
    """A task's body, issued a minute ago and good for a day."""
    body = {
        1: UTILITY,
        2: seed(f"task/{name}", 16),
        3: NOW - 60,
        4: NOW - 60 + DAY,
        5: list(region),
        6: starts,
    }
    rest: dict[int, Any] = {7: 21, 8: 34} if kind == PRICE else {7: period, 8: duration}
    return {**body, **rest, **({9: 5} if kind == EXTENT else {}), **(more or {})}


def payment(sequence: int, mark: bytes, amount: int = 250, expires: int = NOW + DAY) -> dict[int, Any]:
    """A payment's body."""
    return {1: UTILITY, 2: sequence, 3: mark, 4: expires, 5: amount}


def receipt(name: str, payload: bytes) -> dict[int, Any]:
    """A receipt's body."""
    digest = hashlib.sha256(DOMAIN + b"payload\x00" + payload).digest()
    return {1: SERVER, 2: seed(f"task/{name}", 16), 3: digest, 4: NOW}


def bodies() -> dict[str, tuple[int, dict[int, Any]]]:
    """One message of every type, and tasks at the ends of their bounds."""
    widest = [*range(255), 65535]
    return {
        "price": (PRICE, task(PRICE, "price")),
        "frequency": (FREQUENCY, task(FREQUENCY, "frequency")),
        "extent": (EXTENT, task(EXTENT, "extent")),
        "payment": (PAYMENT, payment(0, seed("mark"))),
        "receipt": (RECEIPT, receipt("frequency", seed("payload", 144))),
        "one-price": (PRICE, task(PRICE, "one-price", more={7: 0, 8: 0})),
        "widest-region": (FREQUENCY, task(FREQUENCY, "widest", widest)),
        "largest-numbers": (
            EXTENT,
            task(EXTENT, "largest", [65535], LAST, WORD, WORD, {3: LAST, 4: LAST, 9: 255}),
        ),
        "largest-payment": (PAYMENT, payment(LAST, seed("mark"), WORD, LAST)),
    }


def broken_encodings(kind: int, body: Mapping[int, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Bodies with the right values in another encoding than the one."""
    pairs = {k: cbor2.dumps(k) + cbor2.dumps(v, canonical=True) for k, v in body.items()}
    head, whole = bytes([0xA0 | len(body)]), b"".join(pairs[k] for k in sorted(pairs))
    rest = b"".join(pairs[k] for k in sorted(pairs) if k > 2)
    yield "trailing-byte", "A byte follows the body.", head + whole + b"\x00"
    yield "truncated", "The body's last byte is missing.", head + whole[:-1]
    yield "keys-out-of-order", "Key 2 stands before key 1.", head + pairs[2] + pairs[1] + rest
    twice = bytes([0xA0 | len(body) + 1]) + pairs[1] + pairs[1] + pairs[2] + rest
    yield "key-twice", "Key 1 stands twice, with one value.", twice
    wide = b"\x03" + b"\x1b" + be(body[3], 8) if kind in (PRICE, FREQUENCY, EXTENT) else pairs[3]
    assert wide != pairs[3]
    yield (
        "integer-too-wide",
        "The timestamp takes eight bytes.",
        head + pairs[1] + pairs[2] + wide + b"".join(pairs[k] for k in sorted(pairs) if k > 3),
    )
    yield "map-indefinite", "A map of indefinite length.", b"\xbf" + whole + b"\xff"
    array = b"\x05\x9f" + b"".join(cbor2.dumps(cell) for cell in body[5]) + b"\xff"
    yield (
        "array-indefinite",
        "A region of indefinite length.",
        head + b"".join(array if k == 5 else pairs[k] for k in sorted(pairs)),
    )


def broken_bodies(body: Mapping[int, Any]) -> Iterator[tuple[str, str, str, dict[int, Any]]]:
    """Bodies of a task with a period in the one encoding that the schema does not allow."""
    given = dict(body)
    yield "member-missing", "No duration.", "malformed", {k: v for k, v in given.items() if k != 8}
    yield "member-unknown", "A mark that a meter could be followed by.", "malformed", {**given, 10: seed("x")}
    yield "utility-short", "15 bytes.", "malformed", {**given, 1: UTILITY[:15]}
    yield "task-long", "17 bytes.", "malformed", {**given, 2: seed("x", 17)}
    yield "number-as-text", "The timestamp is a text.", "malformed", {**given, 3: "1900000000"}
    yield "number-floating", "The period is 900.0.", "malformed", {**given, 7: 900.5}
    yield "number-as-flag", "The duration is true.", "malformed", {**given, 8: True}
    yield "number-negative", "The period is -1.", "malformed", {**given, 7: -1}
    yield "region-empty", "No cell.", "malformed", {**given, 5: []}
    yield "region-long", "257 cells.", "malformed", {**given, 5: list(range(257))}
    yield "region-number", "A cell in place of a list.", "malformed", {**given, 5: 1}
    yield "region-falling", "Cell 2 before cell 1.", "range", {**given, 5: [2, 1]}
    yield "region-repeated", "Cell 1 twice.", "range", {**given, 5: [1, 1]}
    yield "cell-beyond", "Cell 2^16.", "range", {**given, 5: [1, 65536]}
    yield "issued-beyond", "A timestamp of 2^53.", "range", {**given, 3: 2**53, 4: 2**53 - 1}
    yield "period-zero", "No period.", "range", {**given, 7: 0}
    yield "duration-beyond", "A duration of 2^32.", "range", {**given, 8: 2**32}
    yield "expires-before-issue", "It expires a second early.", "range", {**given, 4: given[3] - 1}


def sign_files(profile: str) -> Iterator[VectorFile]:
    """Bodies signed."""
    suite = Suite("sign_message", profile, (1, 2, 3))
    for slug, (kind, body) in bodies().items():
        given = {"private_key": SECRET, "type": kind, "body": encoded(body)}
        signed = {"message": message(SECRET, kind, body)}
        suite.good(slug, f"A message of type {kind}.", given, signed, CBOR2)
    kind, body = bodies()["frequency"]
    given = {"private_key": SECRET, "type": kind, "body": encoded(body)}
    for slug, comment, data in broken_encodings(kind, body):
        suite.bad(slug, comment, {**given, "body": data}, "malformed", "Deterministic")
    for slug, comment, error, changed in broken_bodies(body):
        suite.bad(slug, comment, {**given, "body": encoded(changed)}, error, "Schema")
    suite.bad("type-of-another", "Type 3 over a body of type 2.", {**given, "type": 3}, "malformed", "Schema")
    for slug, comment, kind, change in (
        ("prices-exchanged", "The high price is the lower one.", PRICE, {7: 35, 8: 34}),
        ("quantities-none", "Nothing to measure.", EXTENT, {9: 0}),
        ("quantities-beyond", "A ninth bit.", EXTENT, {9: 256}),
    ):
        spoiled = encoded({**task(kind, slug), **change})
        suite.bad(slug, comment, {**given, "type": kind, "body": spoiled}, "range", "Schema")
    nothing = encoded({**payment(1, seed("mark")), 5: 0})
    suite.bad("amount-zero", "p_U = 0.", {**given, "type": 4, "body": nothing}, "range", "Amount")
    owed = encoded({**payment(1, seed("mark")), 5: -1})
    suite.bad("amount-negative", "p_U = -1.", {**given, "type": 4, "body": owed}, "malformed", "Amount")
    suite.bad("type-zero", "Type 0.", {**given, "type": 0}, "range", "Bound")
    suite.bad("type-six", "Type 6.", {**given, "type": 6}, "range", "Bound")
    suite.malformed("key-short", "31 bytes.", {**given, "private_key": SECRET[:31]})
    suite.malformed("body-long", "1901 bytes.", {**given, "body": bytes(1901)})
    yield suite.file


def printed(kind: int, body: Mapping[int, Any]) -> bytes:
    """Algorithm 3, line 4: <SM, cons, Ts, sigma> in place of the task, under the signature of the task."""
    signature = ed25519_sign(SECRET, DOMAIN + b"message\x00" + cbor2.dumps([1, kind, body], canonical=True))
    return cbor2.dumps([seed("meter", 16), 13577, NOW, signature], canonical=True)


def check_task_files(profile: str) -> Iterator[VectorFile]:
    """Tasks taken in."""
    suite = Suite("check_task", profile, (1, 2, 3, 4))
    kind, body = bodies()["frequency"]
    good = message(SECRET, kind, body)
    given = {
        "public_key": public(SECRET),
        "utility": UTILITY,
        "now": NOW,
        "lifetime_s": DAY,
        "message": good,
    }
    for slug in ("price", "frequency", "extent", "one-price", "widest-region"):
        kind, body = bodies()[slug]
        at = {**given, "message": message(SECRET, kind, body)}
        suite.good(slug, f"A task of type {kind}.", at, {"type": kind, "body": encoded(body)}, CBOR2)
    kind, body = bodies()["frequency"]
    output = {"type": kind, "body": encoded(body)}
    suite.good("last-second", "now = expires.", {**given, "now": body[4]}, output, CASES, "Time")
    suite.good("dated-ahead-300", "300 s ahead.", {**given, "now": body[3] - 300}, output, CASES, "Time")
    suite.bad("expired", "A second late.", {**given, "now": body[4] + 1}, "expired", "Time")
    suite.bad("dated-ahead-301", "301 s ahead.", {**given, "now": body[3] - 301}, "policy", "Time")
    suite.bad("lives-too-long", "A second too long.", {**given, "lifetime_s": DAY - 1}, "policy", "Time")
    flipped = bytes([*good[:-1], good[-1] ^ 1])
    suite.bad("signature-flipped", "A bit.", {**given, "message": flipped}, "unauthentic", "Signature")
    forged = message(STRANGER, kind, body)
    suite.bad("other-signer", "Another key.", {**given, "message": forged}, "unauthentic", "Signature")
    s = int.from_bytes(good[-32:], "little") + 2**252 + 27742317777372353535851937790883648493
    malleable = {**given, "message": good[:-32] + s.to_bytes(32, "little")}
    suite.bad("signature-s-plus-l", "S + L.", malleable, "unauthentic", "Signature")
    neutral = b"\x01" + bytes(31)
    small = {**given, "public_key": neutral, "message": good[:-64] + neutral + bytes(32)}
    suite.bad("key-of-order-one", "The neutral element as a key.", small, "unauthentic", "Signature")
    other = {**given, "utility": seed("other", 16)}
    suite.bad("other-utility", "Another utility.", other, "unauthentic", "Binding")
    paid = {**given, "message": message(SECRET, *bodies()["payment"])}
    suite.bad("a-payment", "A payment of the same utility.", paid, "unauthentic", "Binding")
    suite.bad(
        "the-printed-message",
        "The meter's tuple in place of the task.",
        {**given, "message": printed(kind, body)},
        "malformed",
        "PrintedMessage",
    )
    unsigned = {**given, "message": cbor2.dumps([1, kind, body], canonical=True)}
    suite.bad("signature-missing", "Three elements.", unsigned, "malformed", "Schema")
    version = {**given, "message": raw_message(SECRET, kind, encoded(body), b"\x02")}
    suite.bad("version-two", "Version 2.", version, "malformed", "Schema")
    unknown = {**given, "message": message(SECRET, 6, body)}
    suite.bad("type-unknown", "Type 6.", unknown, "malformed", "Schema")
    for slug, comment, data in broken_encodings(kind, body):
        changed = {**given, "message": raw_message(SECRET, kind, data)}
        suite.bad(slug, comment, changed, "malformed", "Deterministic")
    late = {**given, "message": message(SECRET, kind, {**body, 4: body[3] - 1})}
    suite.bad("expires-before-issue", "It expires before.", late, "range", "Schema")
    suite.bad("lifetime-zero", "No lifetime.", {**given, "lifetime_s": 0}, "range", "Bound")
    suite.malformed("utility-short", "15 bytes.", {**given, "utility": UTILITY[:15]})
    suite.malformed("message-long", "2049 bytes.", {**given, "message": bytes(2049)})
    yield suite.file


# ---- Regions -------------------------------------------------------------------------------------


def algebra(area: frozenset[int], regions: Sequence[frozenset[int]]) -> set[frozenset[int]]:
    """Everything that unions, intersections and differences make of the area and the regions."""
    found = {area, *regions}
    while True:
        more = {made for a, b in product(found, repeat=2) for made in (a | b, a & b, a - b)}
        if more <= found:
            return found
        found |= more


def flags_of(k: int, meters: Mapping[int, int], regions: Sequence[Sequence[int]]) -> list[int]:
    """What is to be found, from the whole algebra of the regions in force."""
    area = frozenset(meters)
    kept: list[frozenset[int]] = []
    found: list[int] = []
    for region in regions:
        made = algebra(area, [*kept, frozenset(region)])
        sizes = [sum(meters[cell] for cell in one) for one in made]
        few = sum(meters[cell] for cell in region) < k
        found.append((1 if few else 0) | (2 if any(0 < size < k for size in sizes) else 0))
        if found[-1] == 0:
            kept.append(frozenset(region))
    return found


def region_files(profile: str) -> Iterator[VectorFile]:
    """Rows of regions."""
    suite = Suite("region_verdict", profile, (6,))
    k = 2 if profile == PUBLISHED else 8
    one, more = 1, k
    homes = {cell: one for cell in range(1, 13 if profile == PUBLISHED else 33)}
    cells = {1: more, 2: more + 1, 3: more + 4, 7: 0, 9: more}
    half = len(homes) // 2
    first, last = list(range(1, half + 1)), list(range(half + 1, 2 * half + 1))
    spread = [*range(1, k + 1), 2 * k + 1]
    other = [*range(k + 1, 2 * k + 1), 2 * k + 1]
    cases: tuple[tuple[str, str, dict[int, int], list[list[int]]], ...] = (
        ("whole-area", "Everybody.", cells, [[1, 2, 3, 7, 9]]),
        ("one-cell", "A cell of k meters.", cells, [[1]]),
        ("cells-of-k", "Unions of cells of k.", cells, [[1, 2], [2, 3], [1, 3, 9], [2]]),
        ("empty-cell", "A cell without a meter beside others.", cells, [[1, 7], [1], [2, 3, 7]]),
        ("no-meter", "A region without a meter.", cells, [[7]]),
        ("two-halves", "Two halves of single homes.", homes, [first, last]),
        ("same-twice", "The same region again.", homes, [first, first]),
        ("few", "One meter short of k.", homes, [first[: k - 1]]),
        ("exactly-k", "k homes.", homes, [first[:k]]),
        ("differ-by-one", "The second has one home more.", homes, [first, [*first, half + 1]]),
        ("differ-by-k", "The second has k homes more.", homes, [first, [*first, *last[:k]]]),
        ("all-but-one", "Everybody but the last.", homes, [list(homes)[:-1]]),
        ("all-but-k", "Everybody but k.", homes, [list(homes)[:-k]]),
        ("meet-in-one", "Two regions share one home.", homes, [spread, other]),
        (
            "three-meet-in-one",
            "X + z, X + Y and Y + z: any two differ by k or more, and two of them less the third are twice "
            "the home z.",
            homes,
            [spread, list(range(1, 2 * k + 1)), other],
        ),
        ("dropped-is-not-kept", "What is found wanting binds nothing.", homes, [first[: k - 1], first[:k]]),
    )
    for slug, comment, meters, regions in cases:
        given = {
            "least_meters": k,
            "cells": [{"cell": cell, "meters": count} for cell, count in meters.items()],
            "regions": [{"cells": region} for region in regions],
        }
        found = flags_of(k, meters, regions)
        flag = "FewMeters" if 1 in [bit & 1 for bit in found] else "Difference"
        suite.good(slug, comment, given, {"flags": found}, SETS, flag)
    given = {
        "least_meters": k,
        "cells": [{"cell": cell, "meters": count} for cell, count in cells.items()],
        "regions": [{"cells": [1, 2]}],
    }
    suite.bad(
        "cell-unknown", "Cell 4 is not here.", {**given, "regions": [{"cells": [4]}]}, "policy", "Schema"
    )
    few = [{"cell": 1, "meters": k - 1}]
    alone = {**given, "cells": few, "regions": [{"cells": [1]}]}
    suite.bad("area-of-few", "The whole area is too small.", alone, "policy", "FewMeters")
    suite.bad("least-below", "k is below the profile's.", {**given, "least_meters": k - 1}, "range", "Bound")
    suite.bad("least-beyond", "k = 65536.", {**given, "least_meters": 65536}, "range", "Bound")
    turned = [{"cell": 2, "meters": k}, {"cell": 1, "meters": k}]
    suite.bad("cells-falling", "Cell 2 before cell 1.", {**given, "cells": turned}, "range", "Schema")
    twice = [{"cells": [1, 1]}]
    suite.bad("region-repeats", "Cell 1 twice.", {**given, "regions": twice}, "range", "Schema")
    crowd = [{"cell": 1, "meters": 2**20 + 1}]
    suite.bad("cell-too-large", "2^20 + 1 meters.", {**given, "cells": crowd}, "range", "Bound")
    suite.malformed("no-regions", "No region.", {**given, "regions": []})
    suite.malformed("region-empty", "A region without a cell.", {**given, "regions": [{"cells": []}]})
    yield suite.file


# ---- Marks and boxes -----------------------------------------------------------------------------


def hmac_sha256(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256 from its definition, for keys of at most 64 bytes (RFC 2104, section 2)."""
    padded = key + bytes(64 - len(key))
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in padded) + data).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in padded) + inner).digest()


def digest_of(name: str, readings: Sequence[int], salt: bytes) -> bytes:
    """c."""
    packed = b"".join(be(reading, 4) for reading in readings)
    return hmac_sha256(salt, DOMAIN + b"result\x00" + seed(name, 16) + be(len(readings), 2) + packed)


def mark_of(digest: bytes, nonce: bytes) -> bytes:
    """s."""
    return hmac_sha256(nonce, DOMAIN + b"mark\x00" + digest)


RESULTS: dict[str, list[int]] = {
    "one-reading": [13577],
    "zero": [0],
    "two-readings": [0x00000102, 0x03040506],
    "two-others": [0x00010203, 0x04050600],
    "largest": [WORD, 0, WORD],
    "day": [(7919 * i) % 4000 for i in range(96)],
    "longest": [(104729 * i) % 2**32 for i in range(256)],
}


def mark_files(profile: str) -> Iterator[VectorFile]:
    """Digests and marks."""
    suite = Suite("mark", profile, (13, 14))
    for slug, readings in RESULTS.items():
        salt, nonce = seed(f"salt/{slug}"), seed(f"nonce/{slug}")
        given = {"task": seed("task/frequency", 16), "readings": readings, "salt": salt, "nonce": nonce}
        digest = digest_of("task/frequency", readings, salt)
        suite.good(
            slug,
            f"{len(readings)} readings.",
            given,
            {"digest": digest, "mark": mark_of(digest, nonce)},
            HMAC,
            "Layout" if slug.startswith("two") else "Salt",
        )
    salt, nonce = seed("salt/other"), seed("nonce/other")
    given = {"task": seed("task/extent", 16), "readings": [13577], "salt": salt, "nonce": nonce}
    digest = digest_of("task/extent", [13577], salt)
    suite.good(
        "other-task",
        "The same reading.",
        given,
        {"digest": digest, "mark": mark_of(digest, nonce)},
        HMAC,
        "Salt",
    )
    suite.bad("same-secret", "N is the salt.", {**given, "nonce": salt}, "replayed", "SameSecret")
    suite.bad("reading-beyond", "2^32.", {**given, "readings": [2**32]}, "range", "Schema")
    suite.bad("reading-negative", "-1 Wh.", {**given, "readings": [5, -1]}, "range", "Schema")
    suite.malformed("no-reading", "Nothing measured.", {**given, "readings": []})
    suite.malformed("readings-long", "257 readings.", {**given, "readings": [1] * 257})
    suite.malformed("nonce-short", "16 bits, which are inverted by trying.", {**given, "nonce": nonce[:2]})
    suite.malformed("salt-short", "31 bytes.", {**given, "salt": salt[:31]})
    suite.malformed("task-short", "15 bytes.", {**given, "task": given["task"][:15]})
    yield suite.file


def box_of(secret: bytes, receiver: bytes, name: str, plaintext: bytes) -> bytes:
    """A box."""
    ephemeral = public_key(secret)
    info = DOMAIN + b"box\x00" + ephemeral + receiver + seed(name, 16)
    return ephemeral + aead(hkdf(x25519(secret, receiver), info), bytes(12), plaintext)


BOX_SECRET = seed("utility/box")


def sealed_result(slug: str, task_name: str = "task/frequency") -> tuple[bytes, bytes, bytes, bytes]:
    """Salt, digest, mark and box of a result."""
    salt, nonce = seed(f"salt/{slug}"), seed(f"nonce/{slug}")
    digest = digest_of(task_name, RESULTS[slug], salt)
    mark = mark_of(digest, nonce)
    box = box_of(seed(f"ephemeral/{slug}"), public_key(BOX_SECRET), task_name, salt + digest + mark)
    return salt, digest, mark, box


def box_files(profile: str) -> Iterator[VectorFile]:
    """Marks sealed and opened."""
    seal, opened = Suite("seal_mark", profile, (15,)), Suite("open_mark", profile, (13, 15))
    for slug in ("one-reading", "zero", "day", "longest"):
        salt, digest, mark, box = sealed_result(slug)
        given = {
            "ephemeral_private_key": seed(f"ephemeral/{slug}"),
            "sealing_key": public_key(BOX_SECRET),
            "task": seed("task/frequency", 16),
            "salt": salt,
            "digest": digest,
            "mark": mark,
        }
        seal.good(slug, "Sealed to the utility.", given, {"box": box}, CIPHER, "Binding")
        back = {
            "private_key": BOX_SECRET,
            "task": seed("task/frequency", 16),
            "readings": RESULTS[slug],
            "box": box,
        }
        opened.good(slug, "Opened by it.", back, {"digest": digest, "mark": mark}, CIPHER)
    for name, u in sorted(LOW_ORDER.items()):
        low = u.to_bytes(32, "little")
        weak = {**given, "sealing_key": low}
        seal.bad(f"low-order-{name}", "A key of low order.", weak, "not-in-group", "LowOrderPoint")
        spoiled = {**back, "box": low + box[32:]}
        opened.bad(f"low-order-{name}", "A key of low order.", spoiled, "not-in-group", "LowOrderPoint")
    seal.malformed("salt-short", "31 bytes.", {**given, "salt": salt[:31]})
    for place, where in ((31, "key"), (40, "salt"), (70, "digest"), (100, "mark"), (143, "tag")):
        flipped = bytearray(box)
        flipped[place] ^= 1
        changed = {**back, "box": bytes(flipped)}
        opened.bad(f"{where}-flipped", "A bit of the box.", changed, "unauthentic", "Binding")
    other = {**back, "task": seed("task/extent", 16)}
    opened.bad("other-task", "Sealed for another task.", other, "unauthentic", "Binding")
    stranger = {**back, "private_key": seed("stranger/box")}
    opened.bad("other-utility", "Not the utility's key.", stranger, "unauthentic", "Binding")
    readings = [*RESULTS["longest"][:-1], 0]
    changed = {**back, "readings": readings}
    opened.bad("reading-changed", "The last reading.", changed, "proof-failed", "OtherReadings")
    changed = {**back, "readings": RESULTS["longest"][:-1]}
    opened.bad("reading-left-out", "One reading less.", changed, "proof-failed", "OtherReadings")
    bent = box_of(seed("ephemeral/bent"), public_key(BOX_SECRET), "task/frequency", salt + mark + mark)
    opened.bad(
        "digest-replaced", "A digest of nothing.", {**back, "box": bent}, "proof-failed", "OtherReadings"
    )
    opened.bad("reading-beyond", "2^32.", {**back, "readings": [2**32]}, "range", "Schema")
    opened.malformed("box-short", "143 bytes.", {**back, "box": box[:143]})
    yield seal.file
    yield opened.file


def receipt_files(profile: str) -> Iterator[VectorFile]:
    """Receipts of the report server."""
    suite = Suite("check_receipt", profile, (1, 2, 3, 16))
    payload = sealed_result("day")[3]
    body = receipt("frequency", payload)
    given = {
        "public_key": public(SERVER_SECRET),
        "server": SERVER,
        "task": seed("task/frequency", 16),
        "payload": payload,
        "message": message(SERVER_SECRET, RECEIPT, body),
    }
    suite.good("a-box", "A box.", given, {"received": NOW}, CBOR2)
    longer = payload + seed("blinded", 384)
    both = {
        **given,
        "payload": longer,
        "message": message(SERVER_SECRET, RECEIPT, receipt("frequency", longer)),
    }
    suite.good("a-box-and-a-coin", "A box and a blinded coin.", both, {"received": NOW}, CBOR2)
    swapped = sealed_result("zero")[3]
    suite.bad("other-box", "Another box.", {**given, "payload": swapped}, "unauthentic", "Binding")
    other = {**given, "task": seed("task/extent", 16)}
    suite.bad("other-task", "Another task.", other, "unauthentic", "Binding")
    suite.bad("other-server", "Another server.", {**given, "server": UTILITY}, "unauthentic", "Binding")
    forged = {**given, "message": message(STRANGER, RECEIPT, body)}
    suite.bad("other-signer", "Another key.", forged, "unauthentic", "Signature")
    stranger = {**given, "message": message(SERVER_SECRET, PAYMENT, payment(0, body[3]))}
    suite.bad("a-payment", "A payment.", stranger, "unauthentic", "Binding")
    short = {**given, "message": message(SERVER_SECRET, RECEIPT, {**body, 3: body[3][:31]})}
    suite.bad("digest-short", "31 bytes.", short, "malformed", "Schema")
    beyond = {**given, "message": message(SERVER_SECRET, RECEIPT, {**body, 4: 2**53})}
    suite.bad("received-beyond", "2^53.", beyond, "range", "Schema")
    cut = {**given, "payload": payload[:143]}
    suite.bad("payload-short", "143 bytes.", cut, "malformed", "Schema")
    suite.malformed("payload-long", "1025 bytes.", {**given, "payload": bytes(1025)})
    yield suite.file


# ---- Coins ---------------------------------------------------------------------------------------

EPOCH = 22


def coin_of(denomination: int, name: str, epoch: int = EPOCH) -> bytes:
    """A coin's input message."""
    body = DOMAIN + b"coin\x00" + be(denomination, 8) + be(epoch, 8) + seed(f"serial/{name}")
    return seed(f"prefix/{name}") + body


def mgf1(data: bytes, length: int) -> bytes:
    """The mask of RFC 8017, section B.2.1, with SHA-384."""
    blocks = (hashlib.sha384(data + be(number, 4)).digest() for number in range(length // 48 + 1))
    return b"".join(blocks)[:length]


def pss(key: Rsa, data: bytes, salt: bytes) -> int:
    """The number that is signed: EMSA-PSS (RFC 8017, section 9.1.1) with SHA-384; emBits = bits(n) - 1."""
    bits = key.n.bit_length() - 1
    length = (bits + 7) // 8
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(data).digest() + salt).digest()
    block = b"\x01".rjust(length - 49 - len(salt), b"\x00") + salt
    masked = int.from_bytes(block, "big") ^ int.from_bytes(mgf1(hashed, len(block)), "big")
    masked &= (1 << bits - 8 * 49) - 1
    return masked << 8 * 49 | int.from_bytes(hashed + b"\xbc", "big")


def coin_signature(key: Rsa, denomination: int, name: str, epoch: int = EPOCH) -> int:
    """A signature on a coin, made by the signer who sees it."""
    return key.sign(pss(key, coin_of(denomination, name, epoch), seed(f"pss/{name}", 48)))


def coin_files(profile: str) -> Iterator[VectorFile]:
    """Messages of coins."""
    suite = Suite("coin_message", profile, (19,))
    given: Json = {}
    for slug, denomination, epoch in (("one", 1, 0), ("usual", 250, EPOCH), ("largest", WORD, LAST)):
        given = {
            "denomination": denomination, "epoch": epoch,
            "serial": seed(f"serial/{slug}"), "prefix": seed(f"prefix/{slug}"),
        }  # fmt: skip
        output = {"input_message": coin_of(denomination, slug, epoch)}
        suite.good(slug, f"A coin of {denomination}.", given, output, CASES, "Layout")
    for slug, change in (
        ("denomination-zero", {"denomination": 0}),
        ("denomination-beyond", {"denomination": 2**32}),
        ("epoch-negative", {"epoch": -1}),
    ):
        suite.bad(slug, "Out of bounds.", {**given, **change}, "range", "Bound")
    suite.malformed("serial-short", "31 bytes.", {**given, "serial": given["serial"][:31]})
    suite.malformed("prefix-long", "33 bytes.", {**given, "prefix": given["prefix"] + b"\x01"})
    yield suite.file


def coin_scripts(profile: str) -> VectorFile:
    """Coins blindly signed, deposited, and what is no coin."""
    small = profile == PUBLISHED
    name = "1024" if small else "3072"
    key, second = rsa_key(name), rsa_key("2048" if small else "4096")
    file = VectorFile(CHAPTER, f"script-coins-{profile}", profile, notes=NOTES)
    start = {"utility_key": public(SECRET), "utility": UTILITY, "capacity": 2}

    def enter(script: Script, denomination: int, of: Rsa, expect: Json | str, **more: Any) -> None:
        given = {
            "denomination": denomination, "epoch": EPOCH, "modulus": of.n, "exponent": of.e,
            "expires": NOW + DAY, **more,
        }  # fmt: skip
        script.add("bank_coin_key", given, expect, "bank")

    def deposit(script: Script, coin: str, signature: int, expect: int | str, **more: Any) -> None:
        given = {
            "now": NOW, "denomination": 250, "epoch": EPOCH, "serial": seed(f"serial/{coin}"),
            "prefix": seed(f"prefix/{coin}"), "signature": signature, **more,
        }  # fmt: skip
        wanted: Json | str = {"amount": expect} if isinstance(expect, int) else expect
        script.add("bank_deposit", given, wanted, "bank")

    script = Script()
    script.add("bank_start", start, {}, "bank")
    enter(script, 250, key, {})
    coin = coin_of(250, "blind")
    given: Json = {
        "denomination": 250, "epoch": EPOCH, "serial": seed("serial/blind"), "prefix": seed("prefix/blind"),
    }  # fmt: skip
    script.add("coin_message", given, {"input_message": coin})
    salt, blinding = seed("pss/blind", 48), 2 + int.from_bytes(seed("blinding", 96), "big")
    encoded_coin = pss(key, coin, salt)
    blinded = encoded_coin * pow(blinding, key.e, key.n) % key.n
    inverse = pow(blinding, -1, key.n)
    shared = {"variant": 1, "modulus": key.n, "exponent": key.e, "input_message": coin}
    script.add(
        "energy_tokens.blind", {**shared, "salt": salt, "blinding": blinding},
        {"blinded_message": blinded, "inverse": inverse},
    )  # fmt: skip
    given = {"p": key.p, "q": key.q, "exponent": key.e, "blinded_message": blinded}
    script.add("energy_tokens.blind_sign", given, {"blind_signature": key.sign(blinded)})
    given = {**shared, "blind_signature": key.sign(blinded), "inverse": inverse}
    signature = key.sign(encoded_coin)
    script.add("energy_tokens.blind_finalize", given, {"signature": signature})
    deposit(script, "blind", signature, 250)
    write(
        file, "blind", script, (19,),
        "A coin from its blinding to its deposit; the signer sees a number that any coin could have made.",
    )  # fmt: skip

    script = Script()
    deposit(script, "early", 5, "state")
    enter(script, 250, key, "state")
    script.add("bank_start", start, {}, "bank")
    enter(script, 250, key, {})
    enter(script, 250, second, "replayed")
    enter(script, 100, key, "replayed")
    enter(script, 100, second, {})
    enter(script, 0, second, "range")
    enter(script, 500, second, "range", exponent=second.e + 1)
    enter(script, 500, second, "range", modulus=second.n + 1)
    good = coin_signature(key, 250, "a")
    deposit(script, "a", good, "state", denomination=251)
    deposit(script, "a", good, "state", epoch=EPOCH + 1)
    deposit(script, "a", good, "unauthentic", denomination=100)
    deposit(script, "b", good, "unauthentic")
    deposit(script, "a", good, "unauthentic", prefix=seed("prefix/b"))
    deposit(script, "a", 1, "unauthentic")
    deposit(script, "a", key.n - 1, "unauthentic")
    deposit(script, "a", key.n - good, "unauthentic")
    deposit(script, "a", key.n + good, "range")
    deposit(script, "a", coin_signature(key, 100, "a"), "unauthentic")
    deposit(script, "a", good, "expired", now=NOW + DAY + 1)
    deposit(script, "a", good, 250, now=NOW + DAY)
    deposit(script, "a", good, "replayed")
    deposit(script, "b", coin_signature(second, 100, "b"), 100, denomination=100)
    deposit(script, "c", coin_signature(key, 250, "c"), "exhausted")
    deposit(script, "b", coin_signature(second, 100, "b"), "replayed", denomination=100)
    write(
        file, "no-coins", script, (19,),
        "Another denomination, epoch, serial or prefix; no signatures; twice; too late; a full store.",
        "Replay", "Binding", "Signature", "Time", "Full", "Order", "Bound",
    )  # fmt: skip
    if small:
        script = Script()
        script.add("bank_start", start, {}, "bank")
        for number in range(256):
            enter(script, number + 1, key, {}, modulus=15 + 2 * number, exponent=3)
        enter(script, 257, key, "exhausted", exponent=3)
        write(file, "keys", script, (19,), "256 keys, and no more.", "Full")
    return file


# ---- The deposit ---------------------------------------------------------------------------------

FIELD = 2**256 - 2**32 - 977
BASE = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def added(p: tuple[int, int], q: tuple[int, int]) -> tuple[int, int]:
    """The sum of two points of secp256k1 that is not the neutral one (SEC 1, section 2.2.1)."""
    if p == q:
        slope = 3 * p[0] ** 2 * pow(2 * p[1], -1, FIELD)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, FIELD)
    x = (slope**2 - p[0] - q[0]) % FIELD
    return x, (slope * (p[0] - x) - p[1]) % FIELD


@lru_cache
def point(label: str) -> bytes:
    """A compressed point of secp256k1."""
    found, base = None, BASE
    for bit in bin(int.from_bytes(seed(label), "big"))[:1:-1]:
        if bit == "1":
            found = base if found is None else added(found, base)
        base = added(base, base)
    assert found is not None
    return bytes([2 + found[1] % 2]) + be(found[0], 32)


def script_of(first: bytes, second: bytes, lock: bytes) -> dict[str, bytes]:
    """IF 2 <A> <B> 2 CHECKMULTISIG ELSE <time> CHECKLOCKTIMEVERIFY DROP <A> CHECKSIG ENDIF, and its hash."""
    one, two, time = (bytes([len(part)]) + part for part in (first, second, lock))
    script = b"\x63\x52" + one + two + b"\x52\xae\x67" + time + b"\xb1\x75" + one + b"\xac\x68"
    return {"script": script, "output_script": b"\x00\x20" + hashlib.sha256(script).digest()}


def deposit_files(profile: str) -> Iterator[VectorFile]:
    """Scripts, states and payoffs."""
    suite = Suite("deposit_script", profile, (20,))
    first, second = point("deposit/utility"), point("deposit/user")
    for slug, lock, number in (
        ("a-date", 1_900_000_000, "00b33f71"),
        ("first-time", 500_000_000, "0065cd1d"),
        ("sign-bit", 2**31, "0000008000"),
        ("last-time", WORD, "ffffffff00"),
    ):
        given = {"utility_key": first, "user_key": second, "lock_time": lock}
        made = script_of(first, second, bytes.fromhex(number))
        suite.good(slug, f"Locked until {lock}.", given, made, CURVE)
    swapped = {"utility_key": second, "user_key": first, "lock_time": NOW}
    suite.good(
        "keys-exchanged",
        "The other order.",
        swapped,
        script_of(second, first, NOW.to_bytes(4, "little")),
        CURVE,
    )
    given = {"utility_key": first, "user_key": second, "lock_time": NOW}
    suite.bad(
        "a-height", "A height and no time.", {**given, "lock_time": 499_999_999}, "range", "EarlyRefund"
    )
    suite.bad("lock-beyond", "2^32.", {**given, "lock_time": 2**32}, "range", "Bound")
    off = next(x for x in range(1, 99) if pow(x**3 + 7, (FIELD - 1) // 2, FIELD) != 1)
    for slug, comment, key in (
        ("key-off-the-curve", "x has no y.", b"\x02" + be(off, 32)),
        ("key-prefix-four", "The prefix of an uncompressed key.", b"\x04" + second[1:]),
        ("key-prefix-zero", "The prefix of infinity.", b"\x00" + second[1:]),
        ("key-x-beyond", "x + p, where x is small.", b"\x02" + be(FIELD + 1, 32)),
    ):
        suite.bad(slug, comment, {**given, "user_key": key}, "not-in-group", "NoPoint")
    suite.bad("same-key", "One key twice.", {**given, "user_key": first}, "policy", "OneSigner")
    negated = bytes([5 - first[0]]) + first[1:]
    suite.bad("negated-key", "A key and its negative.", {**given, "user_key": negated}, "policy", "OneSigner")
    suite.malformed("key-short", "32 bytes.", {**given, "user_key": second[1:]})
    yield suite.file

    suite = Suite("deposit_next", profile, (21,))
    given = {"state": 1, "event": 1, "signers": 3, "time": NOW - 5, "lock_time": NOW}
    for slug, comment, change, following in (
        ("fund", "The utility funds it.", {"state": 0, "event": 0, "signers": 1}, 1),
        ("pay", "Both sign.", {}, 2),
        ("pay-late", "Both sign after the lock time.", {"time": NOW + 5}, 2),
        ("refund", "The utility, a second after.", {"event": 2, "signers": 1, "time": NOW + 1}, 3),
        ("refund-both", "Both signed the refund.", {"event": 2, "time": WORD}, 3),
    ):
        suite.good(slug, comment, {**given, **change}, {"next": following}, CASES)
    for slug, comment, change, error, flag in (
        ("pay-utility-alone", "The user has not signed.", {"signers": 1}, "unauthentic", "MissingSignature"),
        ("pay-user-alone", "The utility has not.", {"signers": 2}, "unauthentic", "MissingSignature"),
        ("pay-nobody", "Nobody has.", {"signers": 0}, "unauthentic", "MissingSignature"),
        ("fund-by-user", "The user funds nothing.", {"state": 0, "event": 0, "signers": 2}, "unauthentic",
         "MissingSignature"),
        ("refund-by-user", "The user takes it.", {"event": 2, "signers": 2, "time": NOW + 9}, "unauthentic",
         "MissingSignature"),
        ("refund-at-lock", "At the lock time, not behind it.", {"event": 2, "signers": 1, "time": NOW},
         "policy", "EarlyRefund"),
        ("refund-early", "Before it.", {"event": 2, "signers": 1}, "policy", "EarlyRefund"),
        ("refund-early-both", "Both wait too.", {"event": 2}, "policy", "EarlyRefund"),
        ("pay-paid", "Paid before.", {"state": 2}, "replayed", "Replay"),
        ("refund-paid", "Paid before.", {"state": 2, "event": 2, "time": NOW + 9}, "replayed", "Replay"),
        ("pay-refunded", "Refunded before.", {"state": 3}, "replayed", "Replay"),
        ("pay-open", "Not funded.", {"state": 0}, "state", "Order"),
        ("fund-funded", "Funded before.", {"event": 0}, "state", "Order"),
        ("fund-paid", "Over.", {"state": 2, "event": 0}, "state", "Order"),
        ("state-four", "State 4.", {"state": 4}, "range", "Bound"),
        ("event-three", "Event 3.", {"event": 3}, "range", "Bound"),
        ("signers-four", "Signers 4.", {"signers": 4}, "range", "Bound"),
        ("lock-height", "A height.", {"lock_time": 499_999_999}, "range", "Bound"),
    ):  # fmt: skip
        suite.bad(slug, comment, {**given, **change}, error, flag)
    yield suite.file

    suite = Suite("deposit_payoffs", profile, (22,))
    cases = (
        ("with-refund", 1000, 600, 900, 200, 1),
        ("all-of-it", 1000, 1000, 900, 200, 1),
        ("largest", 2**52 - 1, 2**52 - 1, 2**52 - 1, 2**52 - 1, 1),
        ("nothing-worth", 1, 1, 0, 0, 1),
    )
    printed_case = (("as-printed", 1000, 600, 900, 200, 0),) if profile == PUBLISHED else ()
    for slug, locked, reward, value, cost, refundable in (*cases, *printed_case):
        rows = []
        for worked, offered, agreed in product((0, 1), repeat=3):
            paid = offered * agreed
            utility = value * worked - reward * paid - locked * (1 - paid) * (1 - refundable)
            row = {"worked": worked, "offered": offered, "agreed": agreed}
            rows.append({**row, "utility": utility, "user": reward * paid - cost * worked})
        given = {"deposit": locked, "reward": reward, "value": value, "cost": cost, "refundable": refundable}
        suite.good(slug, "Eight ways to end.", given, {"rows": rows}, CASES)
    given = {"deposit": 1000, "reward": 600, "value": 900, "cost": 200, "refundable": 1}
    for slug, change in (
        ("reward-above", {"reward": 1001}),
        ("reward-zero", {"reward": 0}),
        ("deposit-zero", {"deposit": 0}),
        ("value-negative", {"value": -1}),
        ("cost-beyond", {"cost": 2**52}),
        ("refundable-two", {"refundable": 2}),
    ):
        suite.bad(slug, "Out of bounds.", {**given, **change}, "range", "Bound")
    if profile != PUBLISHED:
        suite.bad("no-refund", "The deposit as printed.", {**given, "refundable": 0}, "range", "Bound")
    yield suite.file


# ---- The task server and the meter ---------------------------------------------------------------


def server(profile: str, **changed: Any) -> Json:
    """A task server's start: four cells of k or more, one of few, one empty."""
    k = 5 if profile == PUBLISHED else 8
    counts = {1: k, 2: k + 1, 3: 2 * k, 4: k, 5: k - 1, 6: 0, 7: 1}
    return {
        "utility_key": public(SECRET),
        "utility": UTILITY,
        "least_meters": k,
        "cells": [{"cell": cell, "meters": meters} for cell, meters in counts.items()],
        "minimum_period_s": 900,
        "maximum_duration_s": 7200,
        "budget_s": 4 * 7200,
        "quantities": 7,
        "lifetime_s": DAY,
        "region_policy": 1,
        "limits_policy": 1,
        "capacity": 8,
        **changed,
    }


class Script:
    """Steps of one party's session, and of the others between."""

    def __init__(self) -> None:
        self.steps: list[Json] = []

    def add(self, operation: str, given: Json, expect: Json | str, session: str | None = None) -> None:
        """A step."""
        self.steps.append(step(operation, given, expect, session))

    def register(self, kind: int, body: Mapping[int, Any], expect: int | str, now: int = NOW) -> bytes:
        """Send a task to the server; its message."""
        sent = message(SECRET, kind, body)
        self.sent(sent, expect, now)
        return sent

    def sent(self, data: bytes, expect: int | str, now: int = NOW) -> None:
        """Send any message to the server."""
        wanted: Json | str = expect if isinstance(expect, str) else {"flags": expect}
        self.add("server_register", {"now": now, "message": data}, wanted, "server")

    def release(self, name: str, counts: Mapping[int, int], expect: Mapping[int, int] | str) -> None:
        """Ask to release results; expected are the cells with their meters, or an error class."""
        given = {
            "task": seed(f"task/{name}", 16),
            "counts": [{"cell": cell, "meters": meters} for cell, meters in counts.items()],
        }
        wanted: Json | str = (
            expect if isinstance(expect, str) else {"cells": list(expect), "meters": sum(expect.values())}
        )
        self.add("server_release", given, wanted, "server")


def write(
    file: VectorFile, slug: str, script: Script, numbers: Sequence[int], comment: str, *flags: str
) -> None:
    """Put a script into a file."""
    file.script(
        f"tasking-script/{file.name.removeprefix('script-')}/{slug}",
        script.steps,
        requirements=ids(*numbers),
        comment=comment,
        source=CASES,
        flags=flags,
    )


def server_scripts(profile: str) -> VectorFile:
    """Task servers under hostile utilities."""
    file = VectorFile(CHAPTER, f"script-server-{profile}", profile, notes=NOTES)
    k = 5 if profile == PUBLISHED else 8

    script = Script()
    script.add("server_start", server(profile), {}, "server")
    script.register(FREQUENCY, task(FREQUENCY, "a", [1, 2]), 0)
    script.register(FREQUENCY, task(FREQUENCY, "a", [3]), "replayed")
    script.register(FREQUENCY, task(FREQUENCY, "old", [3]), "expired", NOW + 2 * DAY)
    script.register(FREQUENCY, task(FREQUENCY, "ahead", [3]), "policy", NOW - 361)
    script.register(FREQUENCY, task(FREQUENCY, "long", [3], more={4: NOW - 59 + DAY}), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "foreign", [3, 8]), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "b", [3], more={1: SERVER}), "unauthentic")
    script.sent(message(STRANGER, FREQUENCY, task(FREQUENCY, "b", [3])), "unauthentic")
    script.sent(message(SECRET, PAYMENT, payment(0, seed("mark"))), "unauthentic")
    script.sent(printed(FREQUENCY, task(FREQUENCY, "b", [3])), "malformed")
    script.register(FREQUENCY, task(FREQUENCY, "b", [3], more={7: 0}), "range")
    script.register(EXTENT, task(EXTENT, "b", [3]), 0)
    write(
        file, "hostile-tasks", script, (3, 4, 5, 9),
        "A task, its identifier again, an old one, a future one, one for ever, a foreign cell, forged ones.",
        "Replay", "Time", "Signature", "Binding", "PrintedMessage", "Schema",
    )  # fmt: skip

    script = Script()
    script.add("server_start", server(profile), {}, "server")
    script.register(FREQUENCY, task(FREQUENCY, "one", [7]), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "few", [5]), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "none", [6]), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "pair", [5, 7]), 0)
    script.register(FREQUENCY, task(FREQUENCY, "without", [1, 5], NOW + 90000), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "with", [1, 5, 6, 7], NOW + 90000), 0)
    script.register(FREQUENCY, task(FREQUENCY, "all-but-one", [1, 2, 3, 4, 5, 6], NOW + 180000), "policy")
    script.register(PRICE, task(PRICE, "price-few", [5]), "policy")
    script.register(PRICE, task(PRICE, "price", [1, 2, 3, 4, 5, 6, 7]), 0)
    write(
        file, "selective-tasks", script, (6, 9),
        f"Regions of 1, k - 1 and no meters; one that differs from an earlier one by one meter; k = {k}.",
        "FewMeters", "Difference",
    )  # fmt: skip

    script = Script()
    homes = [{"cell": cell, "meters": 1} for cell in range(1, 4 * k + 2)]
    script.add("server_start", server(profile, cells=homes), {}, "server")
    x, y, z = list(range(1, k + 1)), list(range(k + 1, 2 * k + 1)), 2 * k + 1
    script.register(FREQUENCY, task(FREQUENCY, "xz", [*x, z], NOW), 0)
    script.register(FREQUENCY, task(FREQUENCY, "yz", [*y, z], NOW + 90000), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "xy", [*x, *y], NOW + 180000), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "xyz", [*x, *y, z], NOW + 180000), 0)
    write(
        file, "three-regions", script, (6, 9),
        "X + z, Y + z, X + Y: any two differ by k or more, all three give one home away; the later two are "
        "dropped.",
        "Difference",
    )  # fmt: skip

    script = Script()
    script.add("server_start", server(profile, capacity=7), {}, "server")
    script.register(FREQUENCY, task(FREQUENCY, "fast", [1], period=899), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "long", [1], duration=7201), "policy")
    script.register(EXTENT, task(EXTENT, "wide", [1], more={9: 8}), "policy")
    script.register(EXTENT, task(EXTENT, "narrow", [1], more={9: 7}), 0)
    script.register(FREQUENCY, task(FREQUENCY, "inside", [1, 2], NOW + 3600 + 7199, duration=900), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "beside", [2], NOW + 3600), 0)
    script.register(FREQUENCY, task(FREQUENCY, "behind", [1, 2], NOW + 3600 + 7200), 0)
    script.register(FREQUENCY, task(FREQUENCY, "third", [1], NOW + 90000), 0)
    script.register(FREQUENCY, task(FREQUENCY, "fourth", [1], NOW + 180000), 0)
    script.register(FREQUENCY, task(FREQUENCY, "fifth", [1, 3], NOW + 270000, duration=1), "policy")
    script.register(PRICE, task(PRICE, "price", [1]), 0)
    script.register(FREQUENCY, task(FREQUENCY, "other", [3], NOW + 270000, duration=1), 0)
    script.register(FREQUENCY, task(FREQUENCY, "full", [4]), "exhausted")
    write(
        file, "greedy-tasks", script, (8, 9),
        "Period, duration, extent too far; two tasks at once in a cell; a cell's budget spent; a full store.",
        "Limits", "Overlap", "Full",
    )  # fmt: skip

    script = Script()
    script.add("server_start", server(profile, limits_policy=0), {}, "server")
    fast = script.register(FREQUENCY, task(FREQUENCY, "fast", [1, 2], period=60), 8)
    wide = script.register(
        EXTENT, task(EXTENT, "wide", [1], duration=7201, period=1, more={9: 128}), 8 + 16 + 32 + 64
    )
    script.register(FREQUENCY, task(FREQUENCY, "budget", [1], NOW + 90000, duration=30000), 16 + 128)
    script.register(FREQUENCY, task(FREQUENCY, "few", [7]), "policy")
    late = task(FREQUENCY, "late", [3], more={4: NOW + 2})
    short = script.register(FREQUENCY, late, 0)
    listed = [{"flags": 8, "message": fast}, {"flags": 120, "message": wide}]
    budget = message(SECRET, FREQUENCY, task(FREQUENCY, "budget", [1], NOW + 90000, duration=30000))
    listed.append({"flags": 144, "message": budget})
    both = [*listed, {"flags": 0, "message": short}]
    script.add("server_tasks", {"now": NOW + 2}, {"tasks": both}, "server")
    script.add("server_tasks", {"now": NOW + 3}, {"tasks": listed}, "server")
    script.add("server_tasks", {"now": NOW + 2 * DAY}, {"tasks": []}, "server")
    script.add("server_tasks", {"now": -1}, "range", "server")
    script.add("server_tasks", {"now": NOW}, "state", "nobody")
    write(
        file, "flagged-tasks", script, (8, 9, 10),
        "What asks for too much is flagged, what betrays too much dropped; the list is whole, whoever asks.",
        "Flag", "Limits", "WholeList", "Order",
    )  # fmt: skip

    script = Script()
    script.add("server_start", server(profile), {}, "server")
    script.register(FREQUENCY, task(FREQUENCY, "two", [1, 2]), 0)
    script.release("two", {1: k, 2: k + 2}, "policy")
    script.release("two", {1: k, 3: k}, "policy")
    script.release("none", {1: k}, "state")
    script.release("two", {1: 3, 2: k - 1}, {1: 3, 2: k - 1})
    script.release("two", {1: k, 2: k}, "replayed")
    # The release before has 3 meters in cell 1: a region of that cell alone would single them out.
    script.register(FREQUENCY, task(FREQUENCY, "half", [1], NOW + 90000), "policy")
    script.register(FREQUENCY, task(FREQUENCY, "again", [1, 2, 3], NOW + 90000), 0)
    script.release("again", {1: 1, 2: 1, 3: k}, {3: k})
    script.register(FREQUENCY, task(FREQUENCY, "four", [4], NOW + 90000), 0)
    script.release("four", {4: k - 1}, {})
    script.register(PRICE, task(PRICE, "price", [1, 2, 3]), 0)
    script.release("price", {1: k}, "policy")
    write(
        file, "few-answers", script, (7,),
        "Results of fewer than k meters of an atom are held back; a region that would cut a release falls.",
        "Actual", "Replay",
    )  # fmt: skip

    script = Script()
    script.register(FREQUENCY, task(FREQUENCY, "a", [1]), "state")
    script.release("a", {1: k}, "state")
    small = [{"cell": 1, "meters": k - 1}]
    script.add("server_start", server(profile, cells=small), "policy", "server")
    script.add("server_start", server(profile, least_meters=k - 4 if profile == PUBLISHED else 7), {}
               if profile == PUBLISHED and k - 4 >= 2 else "range", "server")  # fmt: skip
    script.add("server_start", server(profile, limits_policy=2), "range", "server")
    script.add("server_start", server(profile, capacity=65), "range", "server")
    script.add("server_start", server(profile, quantities=256), "range", "server")
    if profile != PUBLISHED:
        script.add("server_start", server(profile, region_policy=0), "range", "server")
    script.add("server_start", server(profile), {}, "server")
    script.add("server_start", server(profile), "state", "server")
    write(
        file, "starts", script, (6, 8, 9), "Servers that may not be started.", "Order", "Bound", "FewMeters"
    )

    if profile == PUBLISHED:
        script = Script()
        script.add("server_start", server(profile, region_policy=0), {}, "server")
        script.register(PRICE, task(PRICE, "price-few", [5]), 3)
        script.register(FREQUENCY, task(FREQUENCY, "few", [5]), 3)
        script.register(FREQUENCY, task(FREQUENCY, "nobody", [6]), 1)
        script.register(FREQUENCY, task(FREQUENCY, "all-but-one", [1, 2, 3, 4, 5, 6]), 2)
        script.release("few", {5: 4}, "policy")
        script.release("all-but-one", {1: 5, 2: 5}, "policy")
        script.register(FREQUENCY, task(FREQUENCY, "two", [1, 2], NOW + 90000), 0)
        script.release("two", {1: 2, 2: 6}, {1: 2, 2: 6})
        script.register(FREQUENCY, task(FREQUENCY, "half", [1], NOW + 180000), 4)
        script.release("half", {1: 5}, "policy")
        write(
            file, "flagged-regions", script, (6, 7, 9),
            "Regions that betray too much are flagged as the paper has it; their results are not released.",
            "Flag", "FewMeters", "Difference", "Actual",
        )  # fmt: skip
    return file


def meter_scripts(profile: str) -> VectorFile:
    """A meter and what its owner agreed to."""
    file = VectorFile(CHAPTER, f"script-meter-{profile}", profile, notes=NOTES)
    start = {
        "utility_key": public(SECRET),
        "utility": UTILITY,
        "cell": 2,
        "types": 3,
        "flags": 0,
        "minimum_period_s": 900,
        "maximum_duration_s": 7200,
        "quantities": 1,
        "lifetime_s": DAY,
    }

    def take(
        script: Script,
        kind: int,
        body: Mapping[int, Any],
        error: str | None = None,
        flags: int = 0,
        now: int = NOW,
    ) -> None:
        given = {"now": now, "flags": flags, "message": message(SECRET, kind, body)}
        expect: Json | str = {"type": kind, "body": encoded(body)} if error is None else error
        script.add("meter_task", given, expect, "meter")

    script = Script()
    take(script, PRICE, task(PRICE, "early"), "state")
    script.add("meter_start", {**start, "types": 8}, "range", "meter")
    script.add("meter_start", start, {}, "meter")
    script.add("meter_start", start, "state", "meter")
    take(script, PRICE, task(PRICE, "a"))
    take(script, PRICE, task(PRICE, "a"), "replayed")
    take(script, FREQUENCY, task(FREQUENCY, "a"), "replayed")
    take(script, FREQUENCY, task(FREQUENCY, "b", [1, 3]), "policy")
    take(script, FREQUENCY, task(FREQUENCY, "b"), "policy", flags=8)
    take(script, FREQUENCY, task(FREQUENCY, "b", period=899), "policy")
    take(script, FREQUENCY, task(FREQUENCY, "b", duration=7201), "policy")
    take(script, EXTENT, task(EXTENT, "b", more={9: 1}), "policy")
    take(script, FREQUENCY, task(FREQUENCY, "b"), "policy", now=NOW - 361)
    take(script, FREQUENCY, task(FREQUENCY, "b"), "expired", now=NOW + DAY)
    take(script, FREQUENCY, task(FREQUENCY, "b", more={1: SERVER}), "unauthentic")
    take(script, FREQUENCY, task(FREQUENCY, "b"), "range", flags=256)
    take(script, FREQUENCY, task(FREQUENCY, "b", more={7: 0}), "range")
    take(script, FREQUENCY, task(FREQUENCY, "b"))
    forged = {"now": NOW, "flags": 0, "message": message(STRANGER, FREQUENCY, task(FREQUENCY, "c"))}
    script.add("meter_task", forged, "unauthentic", "meter")
    tuple_ = {"now": NOW, "flags": 0, "message": printed(FREQUENCY, task(FREQUENCY, "c"))}
    script.add("meter_task", tuple_, "malformed", "meter")
    paid = {"now": NOW, "flags": 0, "message": message(SECRET, PAYMENT, payment(0, seed("mark")))}
    script.add("meter_task", paid, "unauthentic", "meter")
    write(
        file, "consent", script, (3, 4, 5, 11, 12),
        "Prices and reporting frequencies are agreed to, for cell 2, unflagged, at most every 900 s.",
        "OptIn", "Replay", "Time", "Signature", "Binding", "Order", "PrintedMessage", "Schema", "Bound",
    )  # fmt: skip

    script = Script()
    script.add("meter_start", {**start, "types": 7, "flags": 40, "quantities": 5}, {}, "meter")
    take(script, EXTENT, task(EXTENT, "a"), flags=8)
    take(script, EXTENT, task(EXTENT, "b", more={9: 2}), "policy")
    take(script, EXTENT, task(EXTENT, "b"), flags=40)
    take(script, PRICE, task(PRICE, "c"), "policy", flags=1)
    take(script, PRICE, task(PRICE, "c", [2]), flags=0)
    write(file, "flags", script, (5, 11, 12), "An owner who puts up with two flags.", "OptIn", "Flag")

    script = Script()
    script.add("meter_start", start, {}, "meter")
    for number in range(64):
        take(script, PRICE, task(PRICE, f"many/{number}"))
    take(script, PRICE, task(PRICE, "many/64"), "exhausted")
    take(script, PRICE, task(PRICE, "many/0"), "replayed")
    fresh = task(PRICE, "fresh", more={3: NOW + DAY, 4: NOW + 2 * DAY})
    take(script, PRICE, fresh, now=NOW + DAY)
    write(file, "store", script, (5, 11), "64 tasks, no more until they have expired.", "Full", "Replay")
    return file


# ---- The bank ------------------------------------------------------------------------------------


def bank_scripts(profile: str) -> VectorFile:
    """A bank under hostile claimants and a careless utility."""
    file = VectorFile(CHAPTER, f"script-bank-{profile}", profile, notes=NOTES)
    start = {"utility_key": public(SECRET), "utility": UTILITY, "capacity": 3}
    names = list(RESULTS)
    nonces = {name: seed(f"nonce/{name}") for name in names}
    digests = {name: sealed_result(name)[1] for name in names}
    marks = {name: sealed_result(name)[2] for name in names}

    def pay(
        script: Script, body: Mapping[int, Any], error: str | None = None, now: int = NOW, **more: Any
    ) -> None:
        secret, kind = more.get("secret", SECRET), more.get("kind", PAYMENT)
        given = {"now": now, "message": message(secret, kind, body)}
        script.add("bank_payment", given, {"amount": body[5]} if error is None else error, "bank")

    def claim(script: Script, name: str, expect: int | str, now: int = NOW, **changed: Any) -> None:
        given = {"now": now, "mark": marks[name], "digest": digests[name], "nonce": nonces[name], **changed}
        script.add("bank_claim", given, {"amount": expect} if isinstance(expect, int) else expect, "bank")

    script = Script()
    claim(script, names[0], "state")
    pay(script, payment(0, marks[names[0]]), "state")
    script.add("bank_start", {**start, "capacity": 0}, "range", "bank")
    script.add("bank_start", start, {}, "bank")
    script.add("bank_start", start, "state", "bank")
    claim(script, names[0], "state")
    pay(script, payment(0, marks[names[0]], 250))
    claim(script, names[1], "state")
    claim(script, names[0], "proof-failed", nonce=nonces[names[1]])
    claim(script, names[0], "proof-failed", digest=digests[names[1]])
    claim(
        script,
        names[0],
        "proof-failed",
        digest=digest_of("task/extent", RESULTS[names[0]], seed(f"salt/{names[0]}")),
    )
    claim(script, names[0], "proof-failed", nonce=seed(f"salt/{names[0]}"))
    claim(script, names[0], "proof-failed", mark=marks[names[1]])
    claim(script, names[0], 250)
    claim(script, names[0], "replayed")
    claim(script, names[0], "proof-failed", nonce=bytes(32))
    claim(script, names[0], "expired", now=NOW + DAY + 1)
    claim(script, names[0], "range", now=-1)
    write(
        file, "claims", script, (14, 17, 18),
        "An unknown mark, wrong nonces and digests, another task's digest, the claim, and the claim again.",
        "UnknownMark", "Preimage", "Replay", "Order", "Time", "Bound",
    )  # fmt: skip

    script = Script()
    script.add("bank_start", start, {}, "bank")
    pay(script, payment(7, marks[names[0]], 1))
    pay(script, payment(7, marks[names[1]]), "replayed")
    pay(script, payment(6, marks[names[1]]), "replayed")
    pay(script, payment(8, marks[names[0]]), "replayed")
    pay(script, payment(8, marks[names[1]], 0), "range")
    pay(script, payment(8, marks[names[1]], 2**32), "range")
    pay(script, {**payment(8, marks[names[1]]), 3: marks[names[1]][:31]}, "malformed")
    pay(script, {**payment(8, marks[names[1]]), 6: digests[names[1]]}, "malformed")
    pay(script, payment(8, marks[names[1]]), "unauthentic", secret=STRANGER)
    pay(script, {**payment(8, marks[names[1]]), 1: SERVER}, "unauthentic")
    pay(script, payment(8, marks[names[1]]), "expired", now=NOW + DAY + 1)
    pay(script, payment(9, marks[names[1]], WORD, NOW))
    claim(script, names[1], "expired", now=NOW + 1)
    claim(script, names[1], WORD)
    pay(script, payment(LAST, marks[names[2]]))
    pay(script, payment(LAST, marks[names[3]]), "replayed")
    write(
        file, "payments", script, (3, 17, 18),
        "Numbers and marks used before, nothing paid, forged and expired ones, one at the last second.",
        "Replay", "Amount", "Signature", "Binding", "Time", "Schema",
    )  # fmt: skip

    script = Script()
    script.add("bank_start", start, {}, "bank")
    for number in range(3):
        pay(script, payment(number, marks[names[number]], number + 1))
    pay(script, payment(3, marks[names[3]]), "exhausted")
    claim(script, names[0], 1)
    pay(script, payment(3, marks[names[3]]), "exhausted")
    claim(script, names[0], "replayed")
    claim(script, names[2], 3)
    write(
        file,
        "store",
        script,
        (17, 18),
        "A bank of three payments: what was claimed is not forgotten.",
        "Full",
        "Replay",
    )
    return file


def end_to_end(profile: str) -> VectorFile:
    """Figure 2: from the task to the reward, in the order of its steps."""
    file = VectorFile(CHAPTER, f"script-reward-{profile}", profile, notes=NOTES)
    k = 5 if profile == PUBLISHED else 8
    body = task(FREQUENCY, "frequency", [1, 2])
    sent = message(SECRET, FREQUENCY, body)
    salt, digest, mark, box = sealed_result("day")
    name = seed("task/frequency", 16)
    script = Script()
    script.add("server_start", server(profile), {}, "server")
    script.add(
        "meter_start",
        {
            "utility_key": public(SECRET), "utility": UTILITY, "cell": 2, "types": 2, "flags": 0,
            "minimum_period_s": 900, "maximum_duration_s": 7200, "quantities": 0, "lifetime_s": DAY,
        },
        {},
        "meter",
    )  # fmt: skip
    script.add("bank_start", {"utility_key": public(SECRET), "utility": UTILITY, "capacity": 9}, {}, "bank")
    given: Json = {"private_key": SECRET, "type": FREQUENCY, "body": encoded(body)}
    script.add("sign_message", given, {"message": sent})
    script.sent(sent, 0)
    script.add("server_tasks", {"now": NOW + 60}, {"tasks": [{"flags": 0, "message": sent}]}, "server")
    given = {"now": NOW + 60, "flags": 0, "message": sent}
    script.add("meter_task", given, {"type": FREQUENCY, "body": encoded(body)}, "meter")
    given = {"task": name, "readings": RESULTS["day"], "salt": salt, "nonce": seed("nonce/day")}
    script.add("mark", given, {"digest": digest, "mark": mark})
    given = {
        "ephemeral_private_key": seed("ephemeral/day"), "sealing_key": public_key(BOX_SECRET), "task": name,
        "salt": salt, "digest": digest, "mark": mark,
    }  # fmt: skip
    script.add("seal_mark", given, {"box": box})
    signed = message(SERVER_SECRET, RECEIPT, receipt("frequency", box))
    given = {"private_key": SERVER_SECRET, "type": RECEIPT, "body": encoded(receipt("frequency", box))}
    script.add("sign_message", given, {"message": signed})
    place = {"public_key": public(SERVER_SECRET), "server": SERVER, "task": name}
    script.add("check_receipt", {**place, "payload": box, "message": signed}, {"received": NOW})
    script.release("frequency", {1: k, 2: k}, {1: k, 2: k})
    opened = {"private_key": BOX_SECRET, "task": name, "readings": RESULTS["day"], "box": box}
    script.add("open_mark", opened, {"digest": digest, "mark": mark})
    paid = payment(0, mark, 250)
    given = {"private_key": SECRET, "type": PAYMENT, "body": encoded(paid)}
    script.add("sign_message", given, {"message": message(SECRET, PAYMENT, paid)})
    given = {"now": NOW + 120, "message": message(SECRET, PAYMENT, paid)}
    script.add("bank_payment", given, {"amount": 250}, "bank")
    given = {"now": NOW + 999, "mark": mark, "digest": digest, "nonce": seed("nonce/day")}
    script.add("bank_claim", given, {"amount": 250}, "bank")
    write(
        file, "figure-2", script, (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18),
        "The steps of figure 2 in their order, every message between.",
    )  # fmt: skip

    # The report server puts a box of its own in place of the meter's; the receipt says otherwise.
    swapped_salt, swapped_nonce = seed("salt/thief"), seed("nonce/thief")
    swapped_digest = digest_of("task/frequency", RESULTS["day"], swapped_salt)
    swapped_mark = mark_of(swapped_digest, swapped_nonce)
    swapped = box_of(
        seed("ephemeral/thief"),
        public_key(BOX_SECRET),
        "task/frequency",
        swapped_salt + swapped_digest + swapped_mark,
    )
    script = Script()
    script.add("bank_start", {"utility_key": public(SECRET), "utility": UTILITY, "capacity": 9}, {}, "bank")
    opened = {"private_key": BOX_SECRET, "task": name, "readings": RESULTS["day"], "box": swapped}
    script.add("open_mark", opened, {"digest": swapped_digest, "mark": swapped_mark})
    given = {"now": NOW + 120, "message": message(SECRET, PAYMENT, payment(0, swapped_mark, 250))}
    script.add("bank_payment", given, {"amount": 250}, "bank")
    given = {"now": NOW + 999, "mark": mark, "digest": digest, "nonce": seed("nonce/day")}
    script.add("bank_claim", given, "state", "bank")
    script.add("check_receipt", {**place, "payload": box, "message": signed}, {"received": NOW})
    script.add("check_receipt", {**place, "payload": swapped, "message": signed}, "unauthentic")
    write(
        file, "server-swaps-the-mark", script, (15, 16, 18),
        "The meter's claim finds nothing; its receipt is for a box that the utility never got.",
        "UnknownMark", "Binding",
    )  # fmt: skip
    return file


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    for profile in PROFILES:
        for made in (
            sign_files,
            check_task_files,
            region_files,
            mark_files,
            box_files,
            receipt_files,
            coin_files,
            deposit_files,
        ):
            yield from made(profile)
        yield server_scripts(profile)
        yield meter_scripts(profile)
        yield bank_scripts(profile)
        yield coin_scripts(profile)
        yield end_to_end(profile)
