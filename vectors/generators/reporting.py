"""Vectors of reports, prices, rings and report servers (paper E; spec/reporting.md).

Expected values come from what stands here and not from the reference: messages from cbor2, signatures by this
folder's own Ed25519, rings by its own arithmetic modulo p and on P-256 in affine coordinates, hashing to the
group by its own expand_message_xmd, sums and fees by
counting. VectorFile.positive holds the reference to them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import cbor2

from meter_privacy.vectors.generators import groups, suites
from meter_privacy.vectors.generators.common import Json, VectorFile, be, draw_below, draw_bytes
from meter_privacy.vectors.generators.groups import FIELD, Curve, on_curve
from meter_privacy.vectors.generators.primitives import L as ORDER_25519
from meter_privacy.vectors.generators.primitives import P as P_25519
from meter_privacy.vectors.generators.primitives import ed25519_public, ed25519_sign, hash_to_field
from meter_privacy.vectors.generators.suites import CWE, RFC, Chapter, note

CHAPTER = "reporting"
REPORTING = Chapter(CHAPTER, "REPORT")
ids, step = REPORTING.ids, REPORTING.step
DOMAIN = b"meter-privacy/reporting/1/"
PUBLISHED, HARDENED = "published", "hardened"
PROFILES = (PUBLISHED, HARDENED)
POLICY, REPORT, SUMMARY, ANONYMOUS = 1, 2, 3, 4
LAST = 2**53 - 1
SLOT, MIDNIGHT, MAXIMUM = 900, 19676 * 86400, 6000

CBOR2 = "cbor2, and this folder's own Ed25519 (RFC 8032, section 5.1)"
COUNTING = "counting"
OWN_RING = "this folder's own arithmetic modulo p and on P-256, and its own RFC 9380"
DIGEST = "SHA-256 over the bytes that the text gives"
NOTES = {
    "SetUnion": note(
        "readings are put together as a set",
        "two homes that use the same count as one, and the total is wrong",
        CWE.format(682),
    ),
    "CountedTwice": note(
        "a measurement is not known by meter and counter",
        "a report sent again is added again",
        CWE.format(294),
    ),
    "Stale": note("the report's time is not looked at", "old reports are taken as new", CWE.format(294)),
    "SmallGroup": note(
        "a total of fewer than k meters is handed out", "it shows a home, or nearly", CWE.format(359)
    ),
    "Signature": note(
        "a signature is not verified, or loosely",
        "anybody reports for a home",
        CWE.format(347),
        RFC.format(8032) + "#section-5.1.7",
    ),
    "Binding": note(
        "a message is taken for another group, meter, tariff or period",
        "what was said elsewhere is counted here",
        CWE.format(345),
    ),
    "Deterministic": note(
        "another encoding than the one of RFC 8949, section 4.2.1, is taken",
        "two byte strings for one message: evidence and logs no longer tell them apart",
        RFC.format(8949) + "#section-4.2.1",
        CWE.format(1286),
    ),
    "Schema": note(
        "a message is not held to the schema of its type",
        "fields are read that are not there, or that the signer never meant",
        RFC.format(8610),
        CWE.format(20),
    ),
    "Distinguisher": note(
        "what no type has goes through the server",
        "the utility finds its mark again, and the meter with it",
        CWE.format(359),
    ),
    "Retroactive": note(
        "a policy changes the price of what was used already",
        "bills are what the utility likes",
        CWE.format(841),
    ),
    "Replay": note("a sequence number is used again", "an old price or summary is taken", CWE.format(294)),
    "Price": note("the price of another second is taken", "bills are wrong", CWE.format(682)),
    "Order": note(
        "counters or times that do not go up are taken",
        "measurements are counted twice or left out unseen",
        CWE.format(20),
    ),
    "ReadingRange": note(
        "a reading or a total that cannot be is taken", "one meter falsifies the total", CWE.format(20)
    ),
    "CountMismatch": note(
        "counts that do not agree are taken", "a meter was left out or invented", CWE.format(354)
    ),
    "Evidence": note(
        "messages that do not contradict each other are taken as evidence",
        "an honest party is accused",
        CWE.format(347),
    ),
    "RosterRepeats": note("a meter or a key stands twice", "one home makes up a group", CWE.format(694)),
    "LowOrderKey": note(
        "a key of low order, or one that is not canonical, is taken",
        "one signature verifies for every message",
        RFC.format(8032) + "#section-5.1.7",
        CWE.format(347),
    ),
    "Group": note(
        "an element is not held to the group",
        "a key image is varied by a factor of low order",
        CWE.format(354),
    ),
    "WrongChallenge": note(
        "a challenge does not depend on all that was said",
        "a signature is used again for another message, period, or ring",
        CWE.format(345),
    ),
    "Overlap": note(
        "parts that overlap, or leave slots out, are put together",
        "slots count twice or not",
        CWE.format(682),
    ),
    "Unbalanced": note("one server is sent more than its part", "it sees the home's day", CWE.format(359)),
    "FewServers": note(
        "fewer servers than honest majorities need are chosen",
        "those who cheat have the threshold",
        CWE.format(657),
    ),
    "WrongState": note(
        "a step is answered out of turn", "a session is begun or ended twice", CWE.format(372)
    ),
    "HalfDone": note(
        "a refused step leaves something behind", "later steps are answered differently", CWE.format(460)
    ),
    "Grammar": note(
        "the grammar of a request is not held to",
        "what one implementation reads differs from what another reads",
        CWE.format(20),
    ),
}


class Suite(suites.Suite):
    """A file of one operation, with ids of three parts."""

    def __init__(self, operation: str, name: str, profile: str, numbers: Sequence[int], **parameters: Any):
        prefix = f"{CHAPTER}-{operation.replace('_', '-')}/{name}/"
        super().__init__(REPORTING, operation, name, profile, numbers, parameters, NOTES, prefix)


def seed(label: str) -> bytes:
    """32 bytes of a label."""
    return draw_bytes(f"meter-privacy/reporting/{label}", 32)


def dumps(item: Any) -> bytes:
    """cbor2's canonical encoding."""
    return cbor2.dumps(item, canonical=True)


def seal(secret: bytes, kind: int, body: Mapping[int, Any], version: int = 1) -> bytes:
    """A signed message."""
    signature = ed25519_sign(secret, DOMAIN + b"message\x00" + dumps([version, kind, body]))
    return dumps([version, kind, body, signature])


def seal_raw(secret: bytes, kind: int, body: bytes) -> bytes:
    """A signed message whose body has any encoding: the signature is good over what is there."""
    head = b"\x01" + dumps(kind)
    signature = ed25519_sign(secret, DOMAIN + b"message\x00\x83" + head + body)
    return b"\x84" + head + body + dumps(signature)


def loose(message: bytes) -> bytes:
    """The message with S + L in place of S, which a loose verifier takes."""
    s = int.from_bytes(message[-32:], "little") + ORDER_25519
    return message[:-32] + s.to_bytes(32, "little")


def flipped(message: bytes) -> bytes:
    """The message with a bit of its signature's R changed."""
    return message[:-64] + bytes([message[-64] ^ 1]) + message[-63:]


# Every encoding of the neutral point verifies R = encoding, S = 0 for a verifier that takes low orders.
NEUTRAL = be(1, 1) + bytes(31)


def low_order_message(kind: int, body: Mapping[int, Any]) -> bytes:
    """A message that verifies under the neutral point without its being checked."""
    return dumps([1, kind, body, NEUTRAL + bytes(32)])


@dataclass(frozen=True)
class World:
    """A group of meters, their utility and a report server."""

    profile: str

    @property
    def least(self) -> int:
        """k."""
        return 3 if self.profile == PUBLISHED else 8

    @property
    def nodes(self) -> list[int]:
        """One meter more than k, the first and the last with extreme numbers."""
        return [0, *(17 * place + 3 for place in range(1, self.least)), 2**32 - 1]

    @cached_property
    def secrets(self) -> dict[int, bytes]:
        """The meters' Ed25519 keys."""
        return {node: seed(f"meter/{node}") for node in self.nodes}

    @cached_property
    def members(self) -> list[Any]:
        """The roster."""
        return [{"node": node, "signing_key": ed25519_public(self.secrets[node])} for node in self.nodes]

    group = draw_bytes("meter-privacy/reporting/group", 16)
    utility, server = seed("utility"), seed("server")
    tariff = seed("tariff")

    @cached_property
    def roster(self) -> bytes:
        """The roster's digest."""
        return self.digest()

    def digest(self, slot: int = SLOT, maximum: int = MAXIMUM) -> bytes:
        """The roster's digest with other parameters."""
        data = DOMAIN + b"roster\x00" + self.group + be(self.least, 4) + be(slot, 4) + be(maximum, 4)
        data += be(len(self.members), 4)
        for member in self.members:
            data += be(member["node"], 4) + member["signing_key"]
        return hashlib.sha256(data).digest()

    def reading(self, node: int, slot: int) -> int:
        """A reading; in slot 2 all meters have the same one."""
        return 250 if slot == 2 else draw_below(f"meter-privacy/reporting/reading/{node}/{slot}", 900)

    def measurements(self, node: int, first: int, count: int, offset: int = 7) -> list[dict[str, int]]:
        """Measurements of a meter, one a slot, counted from 100."""
        return [
            {
                "counter": 100 + first + place,
                "consumption_wh": self.reading(node, first + place),
                "timestamp": MIDNIGHT + SLOT * (first + place) + offset,
            }
            for place in range(count)
        ]

    def body(self, node: int, first: int, count: int, /, **changed: Any) -> dict[int, Any]:
        """The body of a report."""
        taken = self.measurements(node, first, count)
        body = {
            1: self.roster,
            2: node,
            3: taken[0]["counter"],
            4: taken[-1]["timestamp"] + 30,
            5: [m["consumption_wh"] for m in taken],
            6: [m["timestamp"] for m in taken],
        }
        names = {"roster": 1, "node": 2, "counter": 3, "time": 4, "consumption": 5, "timestamps": 6}
        return {**body, **{names[name]: value for name, value in changed.items()}}

    def report(self, node: int, first: int, count: int, /, **changed: Any) -> bytes:
        """A report, signed by its meter."""
        return seal(self.secrets[node], REPORT, self.body(node, first, count, **changed))

    def totals(self, first: int, count: int) -> list[int]:
        """Totals of slots over all meters."""
        return [sum(self.reading(node, slot) for node in self.nodes) for slot in range(first, first + count)]

    def summary_body(self, sequence: int, first: int, count: int, **changed: Any) -> dict[int, Any]:
        """The body of a summary of all meters."""
        counts = [len(self.nodes)] * count
        body = {
            1: self.roster,
            2: sequence,
            3: MIDNIGHT // SLOT + first,
            4: sum(counts),
            5: self.totals(first, count),
            6: counts,
        }
        names = {"roster": 1, "first_slot": 3, "measurements": 4, "totals": 5, "counts": 6}
        return {**body, **{names[name]: value for name, value in changed.items()}}

    def summary(self, sequence: int, first: int, count: int, **changed: Any) -> bytes:
        """A summary, signed by the server."""
        return seal(self.server, SUMMARY, self.summary_body(sequence, first, count, **changed))


WORLDS = {profile: World(profile) for profile in PROFILES}


def policy_body(sequence: int, start: int, standing: int, bands: Sequence[tuple[int, int]]) -> dict[int, Any]:
    """The body of a billing policy."""
    return {
        1: World.tariff,
        2: sequence,
        3: start,
        4: standing,
        5: [minute for minute, _ in bands],
        6: [price for _, price in bands],
    }


NIGHT_AND_DAY = [(0, 11), (360, 29), (1320, 11)]
TOP = 2**32 - 1


def policy(sequence: int, start: int, standing: int, bands: Sequence[tuple[int, int]]) -> bytes:
    """A billing policy that the utility signed."""
    return seal(World.utility, POLICY, policy_body(sequence, start, standing, bands))


def banded(bands: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    """Bands as the operations have them."""
    return [{"start_minute": minute, "price": price} for minute, price in bands]


# ---- Prices and fees -----------------------------------------------------------------------------


def policy_files() -> Iterator[VectorFile]:
    """sign_policy, check_policy and fee."""
    for profile in PROFILES:
        suite = Suite("sign_policy", profile, profile, (7, 8, 9))
        given = {
            "private_key": World.utility,
            "tariff": World.tariff,
            "sequence": 3,
            "effective_from": MIDNIGHT,
            "standing": 1250,
            "bands": banded(NIGHT_AND_DAY),
        }
        signed = {"message": policy(3, MIDNIGHT, 1250, NIGHT_AND_DAY)}
        suite.good("three-bands", "Night, day and night.", given, signed, CBOR2)
        one = {**given, "bands": banded([(0, 0)]), "standing": 0, "sequence": 0, "effective_from": 0}
        suite.good("free", "One band at no price.", one, {"message": policy(0, 0, 0, [(0, 0)])}, CBOR2)
        most = [(30 * place, TOP) for place in range(48)]
        full = {**given, "bands": banded(most), "standing": TOP, "sequence": LAST, "effective_from": LAST}
        suite.good(
            "largest",
            "48 bands, every number the largest.",
            full,
            {"message": policy(LAST, LAST, TOP, most)},
            CBOR2,
        )
        for slug, comment, bands in (
            ("no-midnight", "The first band begins at minute 1.", [(1, 11), (360, 29)]),
            ("band-twice", "Two bands begin at one minute.", [(0, 11), (360, 29), (360, 30)]),
            ("bands-backwards", "A band begins before the one before.", [(0, 11), (360, 29), (300, 30)]),
            ("minute-1440", "A band begins on the next day.", [(0, 11), (1440, 29)]),
            ("price-too-large", "A price of 2^32.", [(0, 2**32)]),
            ("price-negative", "A price below zero.", [(0, -1)]),
        ):
            suite.bad(slug, comment, {**given, "bands": banded(bands)}, "range", "Price")
        suite.bad(
            "standing-negative", "A standing charge below zero.", {**given, "standing": -1}, "range", "Price"
        )
        suite.malformed("no-band", "No band at all.", {**given, "bands": []})
        suite.malformed(
            "49-bands",
            "A band more than there may be.",
            {**given, "bands": banded([(m, 1) for m in range(49)])},
        )
        suite.malformed("short-key", "A key of 31 bytes.", {**given, "private_key": World.utility[:31]})
        yield suite.file
        yield check_policy_file(profile)
        yield fee_file(profile)


def check_policy_file(profile: str) -> VectorFile:
    """check_policy."""
    suite = Suite("check_policy", profile, profile, (7, 8, 9, 10))
    message = policy(3, MIDNIGHT, 1250, NIGHT_AND_DAY)
    given = {
        "public_key": ed25519_public(World.utility),
        "tariff": World.tariff,
        "next_sequence": 3,
        "message": message,
    }
    answer = {"sequence": 3, "effective_from": MIDNIGHT, "standing": 1250, "bands": banded(NIGHT_AND_DAY)}
    suite.good("next", "The next policy.", given, answer, CBOR2)
    suite.good(
        "numbers-left-out", "A later number than the next.", {**given, "next_sequence": 0}, answer, CBOR2
    )
    suite.bad("number-used", "Its number was used.", {**given, "next_sequence": 4}, "replayed", "Replay")
    suite.bad(
        "other-tariff",
        "Signed for another tariff.",
        {**given, "tariff": seed("tariff/2")},
        "unauthentic",
        "Binding",
    )
    suite.bad(
        "other-key",
        "Signed by somebody else.",
        {**given, "public_key": ed25519_public(World.server)},
        "unauthentic",
        "Signature",
    )
    message_faults(
        suite, given, "message", POLICY, policy_body(3, MIDNIGHT, 1250, NIGHT_AND_DAY), World.utility
    )
    for slug, comment, bands in (
        ("no-midnight", "Signed, and the first band begins at minute 1.", [(1, 11)]),
        ("bands-backwards", "Signed, and a band begins before the one before.", [(0, 11), (9, 1), (8, 1)]),
        ("minute-1440", "Signed, and a band begins on the next day.", [(0, 11), (1440, 29)]),
        ("price-too-large", "Signed, and a price of 2^32.", [(0, 2**32)]),
    ):
        suite.bad(slug, comment, {**given, "message": policy(3, MIDNIGHT, 0, bands)}, "range", "Schema")
    return suite.file


def message_faults(
    suite: Suite, given: Mapping[str, Any], field: str, kind: int, body: Mapping[int, Any], secret: bytes
) -> None:
    """What is wrong with an encoding or a signature, one thing at a time."""
    message = seal(secret, kind, body)
    raw, keys = dumps(body), sorted(body)
    first, rest = raw[:1], raw[1:]
    later = {**body, keys[-1] + 1: 5}
    swapped = {key: body[key] for key in (*keys[:-2], keys[-1], keys[-2])}
    dictionary = first + b"".join(dumps(key) + dumps(value) for key, value in swapped.items())
    twice = bytes([first[0] + 1]) + dumps(keys[0]) + dumps(body[keys[0]]) + rest
    lists = [key for key in keys if isinstance(body[key], list)]
    number = next(key for key in keys if isinstance(body[key], int))
    wide = first + b"".join(
        dumps(key) + (b"\x1b" + be(body[key], 8) if key == number else dumps(body[key])) for key in keys
    )
    for slug, comment, wrong, flag in (
        (
            "long-number",
            "A number in eight bytes that fits fewer.",
            seal_raw(secret, kind, wide),
            "Deterministic",
        ),
        ("trailing-byte", "A byte behind the message.", message + b"\x00", "Deterministic"),
        ("cut-short", "The last byte is missing.", message[:-1], "Deterministic"),
        (
            "long-key",
            "A key of the map in two bytes.",
            seal_raw(secret, kind, first + b"\x18" + rest),
            "Deterministic",
        ),
        ("key-twice", "A key of the map stands twice.", seal_raw(secret, kind, twice), "Deterministic"),
        (
            "keys-out-of-order",
            "The last two keys are exchanged.",
            seal_raw(secret, kind, dictionary),
            "Deterministic",
        ),
        ("version-2", "Version 2.", seal(secret, kind, body, 2), "Schema"),
        ("type-0", "Type 0.", seal(secret, 0, body), "Schema"),
        ("unknown-member", "A member that no type has.", seal(secret, kind, later), "Schema"),
        (
            "member-missing",
            "The last member is missing.",
            seal(secret, kind, {k: body[k] for k in keys[:-1]}),
            "Schema",
        ),
        ("negative-number", "A number below zero.", seal(secret, kind, {**body, number: -1}), "Schema"),
        (
            "number-as-text",
            "A text in place of a number.",
            seal(secret, kind, {**body, number: "7"}),
            "Schema",
        ),
        (
            "text-not-utf-8",
            "A text that is no UTF-8 in place of the scope.",
            seal_raw(secret, kind, raw.replace(b"\x58\x20" + body[1], b"\x78\x20" + b"\xff" * 32)),
            "Schema",
        ),
        ("short-scope", "A scope of 31 bytes.", seal(secret, kind, {**body, 1: body[1][:31]}), "Schema"),
        (
            "arrays-differ",
            "One array is longer than the other.",
            seal(secret, kind, {**body, lists[0]: [*body[lists[0]], 1439]}),
            "Schema",
        ),
        (
            "arrays-empty",
            "Both arrays are empty.",
            seal(secret, kind, {**body, **{k: [] for k in lists}}),
            "Schema",
        ),
    ):
        suite.bad(slug, comment, {**given, field: wrong}, "malformed", flag)
    key = {name: ed25519_public(secret) for name in ("public_key",) if name in given}
    for slug, comment, wrong, public in (
        ("loose-s", "S + L in place of S.", loose(message), None),
        ("bit-flipped", "A bit of R is changed.", flipped(message), None),
        (
            "low-order-key",
            "A key of low order, under which everything verifies.",
            low_order_message(kind, body),
            NEUTRAL,
        ),
        (
            "key-not-canonical",
            "The same key as p + 1.",
            low_order_message(kind, body),
            (P_25519 + 1).to_bytes(32, "little"),
        ),
    ):
        changed = {} if public is None else {"public_key": public}
        if public is None or key:
            suite.bad(slug, comment, {**given, field: wrong, **changed}, "unauthentic", "Signature")
    if not suite.operation.endswith("conflict"):
        large = {**given, field: message + bytes(4097 - len(message))}
        suite.malformed("too-long", "A message of 4097 bytes.", large)


def fee_file(profile: str) -> VectorFile:
    """fee."""
    suite = Suite("fee", profile, profile, (6, 9, 10, 11))
    first = policy(0, MIDNIGHT - 86400, 1250, NIGHT_AND_DAY)
    second = policy(1, MIDNIGHT + 43200, 700, [(0, 31)])

    def used(*pairs: tuple[int, int]) -> list[dict[str, int]]:
        """Measurements at seconds after midnight."""
        return [
            {"counter": 5 + place, "consumption_wh": wh, "timestamp": MIDNIGHT + second}
            for place, (second, wh) in enumerate(pairs)
        ]

    given = {
        "public_key": ed25519_public(World.utility),
        "tariff": World.tariff,
        "policies": [first, second],
        "measurements": used((0, 100), (21600, 200), (50000, 300)),
    }
    total = 1250 + 100 * 11 + 200 * 29 + 300 * 31
    suite.good("two-policies", "Night, day, and the second policy.", given, {"fee": total}, COUNTING, "Price")
    for slug, comment, pairs, fee in (
        ("last-second-of-night", "A second before six.", [(21599, 7)], 1250 + 77),
        ("first-second-of-day", "Six o'clock.", [(21600, 7)], 1250 + 203),
        ("last-second-before", "The last second of the first policy.", [(43199, 7)], 1250 + 203),
        ("effective-second", "The second in which the second policy begins.", [(43200, 7)], 700 + 217),
        (
            "next-day",
            "The bands begin again at midnight; the second policy has one.",
            [(86400 + 5, 7)],
            700 + 217,
        ),
        ("nothing-used", "The standing charge is owed even so.", [(0, 0)], 1250),
        ("largest-reading", "2^32 - 1 Wh.", [(0, TOP)], 1250 + 11 * TOP),
    ):
        suite.good(slug, comment, {**given, "measurements": used(*pairs)}, {"fee": fee}, COUNTING, "Price")
    dear = policy(0, 0, TOP, [(0, TOP)])
    many = used(*((900 * place, TOP) for place in range(64)))
    suite.good(
        "beyond-64-bits",
        "A fee longer than 64 bits.",
        {**given, "policies": [dear], "measurements": many},
        {"fee": TOP + 64 * TOP**2},
        COUNTING,
    )
    for slug, comment, measured in (
        (
            "counter-left-out",
            "A counter is left out.",
            [used((0, 1))[0], {**used((900, 1))[0], "counter": 7}],
        ),
        ("counter-twice", "A counter stands twice.", [used((0, 1))[0], used((900, 1))[0]]),
        ("time-stands", "Two measurements of one second.", used((900, 1), (900, 1))),
        ("time-goes-back", "A measurement is earlier than the one before.", used((900, 1), (899, 1))),
    ):
        suite.bad(slug, comment, {**given, "measurements": measured}, "range", "Order")
    suite.bad(
        "reading-too-large",
        "A reading of 2^32.",
        {**given, "measurements": used((0, 2**32))},
        "range",
        "ReadingRange",
    )
    suite.bad(
        "reading-negative",
        "A reading below zero.",
        {**given, "measurements": used((0, -1))},
        "range",
        "ReadingRange",
    )
    early = {**given, "measurements": used((-86401, 1))}
    suite.bad("no-policy-yet", "A second before the first policy.", early, "policy", "Price")
    same = policy(0, MIDNIGHT + 43200, 700, [(0, 31)])
    suite.bad(
        "number-used",
        "Both policies have one number.",
        {**given, "policies": [first, same]},
        "replayed",
        "Replay",
    )
    back = policy(1, MIDNIGHT - 86400, 700, [(0, 31)])
    suite.bad(
        "not-later",
        "The second policy begins with the first.",
        {**given, "policies": [first, back]},
        "policy",
        "Retroactive",
    )
    other = seal(World.server, POLICY, policy_body(1, MIDNIGHT + 43200, 700, [(0, 31)]))
    suite.bad(
        "other-signer",
        "The second policy is signed by somebody else.",
        {**given, "policies": [first, other]},
        "unauthentic",
        "Signature",
    )
    suite.bad(
        "loose-s", "S + L in place of S.", {**given, "policies": [loose(first)]}, "unauthentic", "Signature"
    )
    suite.bad(
        "other-tariff",
        "Policies of another tariff.",
        {**given, "tariff": seed("tariff/2")},
        "unauthentic",
        "Binding",
    )
    late = seal(World.utility, POLICY, policy_body(1, MIDNIGHT + 43200, 700, [(1, 31)]))
    suite.bad(
        "no-midnight",
        "The second policy has no price at midnight.",
        {**given, "policies": [first, late]},
        "range",
        "Schema",
    )
    suite.bad(
        "trailing-byte",
        "A byte behind a policy.",
        {**given, "policies": [first + b"\x00"]},
        "malformed",
        "Deterministic",
    )
    suite.malformed("no-policy", "No policy.", {**given, "policies": []})
    suite.malformed("nothing-measured", "No measurement.", {**given, "measurements": []})
    return suite.file


# ---- Reports -------------------------------------------------------------------------------------


def report_files() -> Iterator[VectorFile]:
    """report_roster, sign_report, check_report, check_shared_report, check_conflict."""
    for profile in PROFILES:
        world = WORLDS[profile]
        yield roster_file(world)
        yield sign_report_file(world)
        yield check_report_file(world)
        if profile == PUBLISHED:
            yield shared_file(world)
        yield conflict_file(world)


def roster_file(world: World) -> VectorFile:
    """report_roster."""
    suite = Suite("report_roster", world.profile, world.profile, (21,))
    given = {
        "group": world.group,
        "members": world.members,
        "least_meters": world.least,
        "slot_seconds": SLOT,
        "maximum_wh": MAXIMUM,
    }
    suite.good("group", "One meter more than k.", given, {"digest": world.roster}, DIGEST)
    suite.good(
        "day",
        "A slot a day.",
        {**given, "slot_seconds": 86400},
        {"digest": world.digest(86400)},
        DIGEST,
        "Binding",
    )
    suite.good(
        "minute",
        "A slot a minute, the largest reading.",
        {**given, "slot_seconds": 60, "maximum_wh": TOP},
        {"digest": world.digest(60, TOP)},
        DIGEST,
        "Binding",
    )
    few = {**given, "members": world.members[: world.least - 1]}
    suite.bad("fewer-than-k", "One meter fewer than k.", few, "policy", "SmallGroup")
    suite.bad(
        "k-too-small",
        "A smaller k than the profile has.",
        {**given, "least_meters": world.least - 1},
        "range",
        "SmallGroup",
    )
    members = world.members
    twice = [*members[:-1], {**members[-1], "signing_key": members[0]["signing_key"]}]
    suite.bad("key-twice", "Two meters have one key.", {**given, "members": twice}, "range", "RosterRepeats")
    suite.bad(
        "node-twice",
        "A node stands twice.",
        {**given, "members": [members[0], *members]},
        "range",
        "RosterRepeats",
    )
    suite.bad(
        "out-of-order",
        "Two nodes are exchanged.",
        {**given, "members": [members[1], members[0], *members[2:]]},
        "range",
        "Binding",
    )
    for name, key in (
        ("neutral", NEUTRAL),
        ("order-2", (P_25519 - 1).to_bytes(32, "little")),
        ("order-4", bytes(32)),
        ("not-canonical", (P_25519 + 3).to_bytes(32, "little")),
    ):
        low = [*members[:-1], {**members[-1], "signing_key": key}]
        suite.bad(
            f"key-{name}",
            "A key that no meter can have.",
            {**given, "members": low},
            "not-in-group",
            "LowOrderKey",
        )
    suite.bad(
        "slots-of-7-minutes",
        "A day is no whole number of slots.",
        {**given, "slot_seconds": 420 + 1},
        "range",
        "Order",
    )
    suite.bad("slots-of-a-second", "A slot of 59 seconds.", {**given, "slot_seconds": 59}, "range", "Order")
    suite.bad("no-greatest", "A greatest reading of 0.", {**given, "maximum_wh": 0}, "range", "ReadingRange")
    suite.malformed("no-meter", "No meter at all.", {**given, "members": []})
    suite.malformed("short-name", "A name of 15 bytes.", {**given, "group": world.group[:15]})
    return suite.file


def sign_report_file(world: World) -> VectorFile:
    """sign_report."""
    suite = Suite("sign_report", world.profile, world.profile, (6, 7, 8, 12))
    node = world.nodes[1]
    given = {
        "private_key": world.secrets[node],
        "roster": world.roster,
        "node": node,
        "time": world.body(node, 0, 4)[4],
        "measurements": world.measurements(node, 0, 4),
    }
    suite.good("four", "Four measurements.", given, {"message": world.report(node, 0, 4)}, CBOR2)
    now = {**given, "time": given["measurements"][-1]["timestamp"]}
    suite.good(
        "at-once",
        "The report's second is its last measurement's.",
        now,
        {"message": world.report(node, 0, 4, time=now["time"])},
        CBOR2,
    )
    whole = {**given, "measurements": world.measurements(node, 0, 256), "time": world.body(node, 0, 256)[4]}
    suite.good("most", "256 measurements.", whole, {"message": world.report(node, 0, 256)}, CBOR2)
    edge = {"counter": LAST - 256, "consumption_wh": TOP, "timestamp": LAST}
    last = {**given, "node": TOP, "time": LAST, "measurements": [edge]}
    body = {1: world.roster, 2: TOP, 3: LAST - 256, 4: LAST, 5: [TOP], 6: [LAST]}
    suite.good(
        "largest",
        "Every number the largest.",
        last,
        {"message": seal(world.secrets[node], REPORT, body)},
        CBOR2,
    )
    m = given["measurements"]
    for slug, comment, measured in (
        ("counter-left-out", "A counter is left out.", [m[0], m[2]]),
        ("counter-twice", "A counter stands twice.", [m[0], {**m[1], "counter": m[0]["counter"]}]),
        ("time-stands", "Two measurements of one second.", [m[0], {**m[1], "timestamp": m[0]["timestamp"]}]),
        ("time-goes-back", "The second is earlier than the first.", [m[1], {**m[2], "timestamp": 5}]),
        ("counter-at-its-end", "A counter beyond the last.", [{**edge, "counter": LAST - 255}]),
    ):
        suite.bad(slug, comment, {**given, "measurements": measured, "time": LAST}, "range", "Order")
    suite.bad(
        "ahead-of-report",
        "A measurement later than its report.",
        {**given, "time": m[-1]["timestamp"] - 1},
        "range",
        "Order",
    )
    suite.bad("node-too-large", "A node of 2^32.", {**given, "node": 2**32}, "range", "Grammar")
    suite.malformed("nothing", "No measurement.", {**given, "measurements": []})
    suite.malformed(
        "too-many", "257 measurements.", {**given, "measurements": world.measurements(node, 0, 257)}
    )
    return suite.file


def check_report_file(world: World) -> VectorFile:
    """check_report."""
    suite = Suite("check_report", world.profile, world.profile, (7, 8, 12, 13, 14))
    node = world.nodes[1]
    body, secret = world.body(node, 0, 4), world.secrets[node]
    given = {
        "public_key": ed25519_public(secret),
        "roster": world.roster,
        "node": node,
        "maximum_wh": MAXIMUM,
        "now": body[4],
        "stale_seconds": 3600,
        "early_seconds": 60,
        "message": seal(secret, REPORT, body),
    }
    answer = {"time": body[4], "measurements": world.measurements(node, 0, 4)}
    suite.good("four", "Four measurements.", given, answer, CBOR2)
    suite.good(
        "as-old-as-may-be",
        "In the window's first second.",
        {**given, "now": body[4] + 3600},
        answer,
        CBOR2,
        "Stale",
    )
    suite.good(
        "as-early-as-may-be",
        "In the window's last second.",
        {**given, "now": body[4] - 60},
        answer,
        CBOR2,
        "Stale",
    )
    marks = {**body, 32: b"mark of the utility", 65535: [1, 2], 2**64 - 1: True}
    suite.good(
        "marks",
        "Members that no type has are signed, and left out.",
        {**given, "message": seal(secret, REPORT, marks)},
        answer,
        CBOR2,
        "Distinguisher",
    )
    suite.bad("too-old", "A second too old.", {**given, "now": body[4] + 3601}, "expired", "Stale")
    suite.bad("too-early", "A second too early.", {**given, "now": body[4] - 61}, "policy", "Stale")
    message_faults(suite, given, "message", REPORT, body, secret)
    low = {**body, 31: b"mark"}
    suite.bad(
        "low-mark",
        "A further member with key 31.",
        {**given, "message": seal(secret, REPORT, low)},
        "malformed",
        "Schema",
    )
    deep = seal(secret, REPORT, {**body, 40: [[1]]})
    suite.bad(
        "deep-mark",
        "A further member that is nested too deep.",
        {**given, "message": deep},
        "malformed",
        "Deterministic",
    )
    other = world.nodes[2]
    suite.bad("other-meter", "It names another meter.", {**given, "node": other}, "unauthentic", "Binding")
    suite.bad(
        "other-key",
        "Under another meter's key.",
        {**given, "public_key": ed25519_public(world.secrets[other])},
        "unauthentic",
        "Signature",
    )
    suite.bad(
        "other-roster", "Of another group.", {**given, "roster": seed("roster")}, "unauthentic", "Binding"
    )
    large = seal(secret, REPORT, {**body, 5: [MAXIMUM + 1, *body[5][1:]]})
    suite.bad(
        "reading-too-large",
        "A reading above the group's greatest.",
        {**given, "message": large},
        "range",
        "ReadingRange",
    )
    stands = seal(secret, REPORT, {**body, 6: [body[6][0], *body[6][:3]]})
    suite.bad(
        "time-stands", "Two measurements of one second.", {**given, "message": stands}, "range", "Order"
    )
    ahead = seal(secret, REPORT, {**body, 4: body[6][-1] - 1})
    suite.bad(
        "ahead-of-report",
        "A measurement later than its report.",
        {**given, "message": ahead},
        "range",
        "Order",
    )
    end = seal(secret, REPORT, {**body, 3: LAST - 255})
    suite.bad("counter-at-its-end", "A counter beyond the last.", {**given, "message": end}, "range", "Order")
    node_large = seal(secret, REPORT, {**body, 2: 2**32})
    suite.bad(
        "node-too-large", "A node of 2^32 is signed.", {**given, "message": node_large}, "range", "Schema"
    )
    suite.bad(
        "window-of-300", "A window of 301 seconds ahead.", {**given, "early_seconds": 301}, "range", "Stale"
    )
    return suite.file


def shared_file(world: World) -> VectorFile:
    """check_shared_report: the paper's shared key, in the published profile alone."""
    suite = Suite("check_shared_report", world.profile, world.profile, (15,))
    shared = seed("shared")
    body = {**world.body(world.nodes[1], 0, 2), 2: 0}
    given = {
        "public_key": ed25519_public(shared),
        "roster": world.roster,
        "holders": 3,
        "least_meters": 3,
        "maximum_wh": MAXIMUM,
        "now": body[4],
        "stale_seconds": 3600,
        "early_seconds": 0,
        "message": seal(shared, REPORT, body),
    }
    measured = world.measurements(world.nodes[1], 0, 2)
    suite.good(
        "three-holders", "One of three signed it.", given, {"time": body[4], "measurements": measured}, CBOR2
    )
    suite.bad("two-holders", "Fewer than k have the key.", {**given, "holders": 2}, "policy", "SmallGroup")
    suite.bad("too-old", "A second too old.", {**given, "now": body[4] + 3601}, "expired", "Stale")
    suite.bad("too-early", "A second too early.", {**given, "now": body[4] - 1}, "policy", "Stale")
    named = seal(shared, REPORT, {**body, 2: 5})
    suite.bad("names-a-meter", "It names a meter.", {**given, "message": named}, "unauthentic", "Binding")
    suite.bad(
        "own-key",
        "Signed with a meter's own key.",
        {**given, "message": world.report(world.nodes[1], 0, 2, node=0)},
        "unauthentic",
        "Signature",
    )
    suite.bad(
        "trailing-byte",
        "A byte behind the message.",
        {**given, "message": given["message"] + b"\x00"},
        "malformed",
        "Deterministic",
    )
    suite.bad("k-too-small", "k is 2.", {**given, "least_meters": 2}, "range", "SmallGroup")
    return suite.file


def conflict_file(world: World) -> VectorFile:
    """check_conflict."""
    suite = Suite("check_conflict", world.profile, world.profile, (16,))
    node = world.nodes[1]
    meter, utility, server = (
        ed25519_public(key) for key in (world.secrets[node], world.utility, world.server)
    )
    first = world.report(node, 0, 4)
    changed = world.measurements(node, 2, 3)
    consumption = [m["consumption_wh"] + (m["counter"] == 103) for m in changed]
    second = world.report(node, 2, 3, consumption=consumption)
    report = {"public_key": meter, "type": REPORT, "first": first, "second": second}
    prices = policy(3, MIDNIGHT, 1250, NIGHT_AND_DAY)
    dearer = policy(3, MIDNIGHT, 1250, [(0, 12), *NIGHT_AND_DAY[1:]])
    tariff = {"public_key": utility, "type": POLICY, "first": prices, "second": dearer}
    one, other = world.summary(1, 0, 2), world.summary(1, 0, 2, totals=[world.totals(0, 1)[0], 1])
    summary = {"public_key": server, "type": SUMMARY, "first": one, "second": other}
    suite.good("two-prices", "A meter was given another price.", tariff, {}, CBOR2, "Evidence")
    suite.good("two-readings", "One counter, two readings.", report, {}, CBOR2, "Evidence")
    suite.good("two-summaries", "One number, two totals.", summary, {}, CBOR2, "Evidence")
    moved = [m["timestamp"] + 1 for m in changed]
    suite.good(
        "two-times",
        "One counter, two seconds.",
        {**report, "second": world.report(node, 2, 3, timestamps=moved)},
        {},
        CBOR2,
    )
    for slug, comment, given, second_message in (
        ("same-twice", "The same message twice.", report, first),
        ("agreeing-overlap", "Two reports overlap and agree.", report, world.report(node, 2, 3)),
        (
            "no-overlap",
            "Two reports of different counters.",
            report,
            world.report(node, 4, 2, consumption=[1, 2]),
        ),
        ("next-policy", "Two policies with two numbers.", tariff, policy(4, MIDNIGHT, 0, [(0, 1)])),
        ("next-summary", "Two summaries with two numbers.", summary, world.summary(2, 0, 2, totals=[1, 1])),
        (
            "other-roster",
            "Two summaries of two groups.",
            summary,
            world.summary(1, 0, 2, roster=seed("r"), totals=[1, 1]),
        ),
        (
            "marks-alone",
            "Two reports differ in a further member alone.",
            report,
            seal(world.secrets[node], REPORT, {**world.body(node, 0, 4), 32: 1}),
        ),
    ):
        suite.bad(slug, comment, {**given, "second": second_message}, "proof-failed", "Evidence")
    foreign = seal(world.secrets[world.nodes[2]], REPORT, world.body(node, 2, 3, consumption=consumption))
    suite.bad(
        "made-up",
        "Somebody else signed the second.",
        {**report, "second": foreign},
        "unauthentic",
        "Evidence",
    )
    suite.bad(
        "loose-s", "S + L in the second.", {**report, "second": loose(second)}, "unauthentic", "Signature"
    )
    suite.bad("other-type", "Policies given as reports.", {**tariff, "type": REPORT}, "malformed", "Schema")
    suite.bad(
        "trailing-byte",
        "A byte behind the first.",
        {**report, "first": first + b"\x00"},
        "malformed",
        "Deterministic",
    )
    suite.bad("type-4", "A type that is not signed with Ed25519.", {**report, "type": 4}, "range", "Schema")
    return suite.file


# ---- The server's totals -------------------------------------------------------------------------


def total_files() -> Iterator[VectorFile]:
    """aggregate, check_summary, audit_summary."""
    for profile in PROFILES:
        world = WORLDS[profile]
        yield aggregate_file(world)
        yield check_summary_file(world)
        yield audit_file(world)


def aggregate_file(world: World) -> VectorFile:
    """aggregate."""
    suite = Suite("aggregate", world.profile, world.profile, (14, 22, 23))
    first = MIDNIGHT // SLOT

    def counted(slots: Sequence[int], nodes: Sequence[int] = world.nodes) -> list[dict[str, int]]:
        """Measurements of slots."""
        return [{"node": n, **world.measurements(n, slot, 1)[0]} for slot in slots for n in nodes]

    def totals(slots: Sequence[int]) -> dict[str, Any]:
        """What comes of them."""
        sums = [world.totals(slot, 1)[0] for slot in slots]
        return {
            "slots": [
                {"slot": first + slot, "total_wh": total, "meters": len(world.nodes)}
                for slot, total in zip(slots, sums, strict=True)
            ]
        }

    given = {"slot_seconds": SLOT, "least_meters": world.least, "reports": counted([0])}
    suite.good("slot", "One slot of all meters.", given, totals([0]), COUNTING)
    suite.good(
        "equal-readings",
        "All meters used the same: each counts.",
        {**given, "reports": counted([2])},
        totals([2]),
        COUNTING,
        "SetUnion",
    )
    again = [*counted([0]), counted([0])[1], counted([0])[1]]
    suite.good(
        "sent-again",
        "A measurement that is sent three times counts once.",
        {**given, "reports": again},
        totals([0]),
        COUNTING,
        "CountedTwice",
    )
    mixed = counted([3, 0, 2])
    suite.good(
        "any-order",
        "Slots in any order come out in theirs.",
        {**given, "reports": mixed[1:] + mixed[:1]},
        totals([0, 2, 3]),
        COUNTING,
        "Distinguisher",
    )
    moved = [{**m, "timestamp": m["timestamp"] + 3 * place} for place, m in enumerate(counted([0]))]
    suite.good(
        "seconds-differ",
        "Each meter has a second of its own.",
        {**given, "reports": moved},
        totals([0]),
        COUNTING,
        "Distinguisher",
    )
    offset = [{**m, "counter": m["counter"] * 3 + place} for place, m in enumerate(counted([0]))]
    suite.good(
        "counters-differ",
        "Each meter counts from elsewhere.",
        {**given, "reports": offset},
        totals([0]),
        COUNTING,
        "Distinguisher",
    )
    exactly = {**given, "reports": counted([0], world.nodes[: world.least])}
    total = sum(world.reading(n, 0) for n in world.nodes[: world.least])
    suite.good(
        "exactly-k",
        "k meters.",
        exactly,
        {"slots": [{"slot": first, "total_wh": total, "meters": world.least}]},
        COUNTING,
    )
    rows = counted([0])
    value = [*rows, {**rows[0], "consumption_wh": rows[0]["consumption_wh"] + 1}]
    suite.bad(
        "two-values",
        "A counter stands for two readings.",
        {**given, "reports": value},
        "replayed",
        "CountedTwice",
    )
    elsewhere = [*rows, {**rows[0], "timestamp": rows[0]["timestamp"] + SLOT}]
    suite.bad(
        "two-times",
        "A counter stands for two seconds.",
        {**given, "reports": elsewhere},
        "replayed",
        "CountedTwice",
    )
    slot_twice = [*rows, {**rows[0], "counter": 999, "timestamp": rows[0]["timestamp"] + 1}]
    suite.bad(
        "slot-twice",
        "A meter has two measurements in a slot.",
        {**given, "reports": slot_twice},
        "replayed",
        "CountedTwice",
    )
    few = counted([0], world.nodes[: world.least - 1])
    suite.bad("fewer-than-k", "One meter fewer than k.", {**given, "reports": few}, "policy", "SmallGroup")
    padded = [*few, *few]
    suite.bad(
        "padded",
        "One meter fewer than k, each sent twice.",
        {**given, "reports": padded},
        "policy",
        "SmallGroup",
    )
    partly = [*counted([0]), *counted([1], world.nodes[:1])]
    suite.bad(
        "second-slot-small",
        "The second slot has one meter.",
        {**given, "reports": partly},
        "policy",
        "SmallGroup",
    )
    suite.bad(
        "reading-negative",
        "A reading below zero.",
        {**given, "reports": [{**rows[0], "consumption_wh": -1}, *rows[1:]]},
        "range",
        "ReadingRange",
    )
    suite.bad(
        "slots-of-7-minutes",
        "A day is no whole number of slots.",
        {**given, "slot_seconds": 421},
        "range",
        "Order",
    )
    suite.bad(
        "k-too-small",
        "A smaller k than the profile has.",
        {**given, "least_meters": world.least - 1},
        "range",
        "SmallGroup",
    )
    suite.malformed("nothing", "No measurement.", {**given, "reports": []})
    return suite.file


def check_summary_file(world: World) -> VectorFile:
    """check_summary."""
    suite = Suite("check_summary", world.profile, world.profile, (7, 8, 23, 27))
    n = len(world.nodes)
    given = {
        "public_key": ed25519_public(world.server),
        "roster": world.roster,
        "next_sequence": 4,
        "least_meters": world.least,
        "meters": n,
        "maximum_wh": MAXIMUM,
        "message": world.summary(4, 0, 3),
    }
    first = MIDNIGHT // SLOT
    answer = {"sequence": 4, "first_slot": first, "totals_wh": world.totals(0, 3), "counts": [n] * 3}
    suite.good("three-slots", "Three slots of all meters.", given, answer, CBOR2)
    most = world.summary(4, 0, 3, totals=[n * MAXIMUM, 0, 5])
    suite.good(
        "most-and-nothing",
        "The most that the meters can use, and nothing.",
        {**given, "message": most},
        {**answer, "totals_wh": [n * MAXIMUM, 0, 5]},
        CBOR2,
    )
    fewer = world.summary(4, 0, 3, counts=[n, world.least, n], measurements=2 * n + world.least)
    suite.good(
        "exactly-k",
        "k meters in a slot.",
        {**given, "message": fewer},
        {**answer, "counts": [n, world.least, n]},
        CBOR2,
    )
    suite.good(
        "numbers-left-out", "A later number than the next.", {**given, "next_sequence": 0}, answer, CBOR2
    )
    suite.bad("number-used", "Its number was used.", {**given, "next_sequence": 5}, "replayed", "Replay")
    less = world.least - 1
    for slug, comment, changed, flag in (
        (
            "fewer-than-k",
            "A slot of fewer than k meters.",
            {"counts": [n, less, n], "measurements": 2 * n + less},
            "SmallGroup",
        ),
        (
            "more-than-all",
            "A slot of more meters than there are.",
            {"counts": [n, n + 1, n], "measurements": 3 * n + 1},
            "CountMismatch",
        ),
        (
            "total-too-large",
            "A total that the meters cannot have used.",
            {"totals": [0, n * MAXIMUM + 1, 0]},
            "ReadingRange",
        ),
        (
            "counts-do-not-add-up",
            "The counts are not the number of measurements.",
            {"measurements": 3 * n - 1},
            "CountMismatch",
        ),
        (
            "measurements-more",
            "More measurements than the counts.",
            {"measurements": 3 * n + 1},
            "CountMismatch",
        ),
    ):
        suite.bad(slug, comment, {**given, "message": world.summary(4, 0, 3, **changed)}, "policy", flag)
    suite.bad(
        "other-roster", "Of another group.", {**given, "roster": seed("roster")}, "unauthentic", "Binding"
    )
    suite.bad(
        "other-server",
        "Of another server.",
        {**given, "public_key": ed25519_public(world.utility)},
        "unauthentic",
        "Signature",
    )
    message_faults(suite, given, "message", SUMMARY, world.summary_body(4, 0, 3), world.server)
    suite.bad(
        "fewer-meters-than-k",
        "A group of fewer than k.",
        {**given, "meters": world.least - 1},
        "range",
        "SmallGroup",
    )
    return suite.file


def audit_file(world: World) -> VectorFile:
    """audit_summary."""
    suite = Suite("audit_summary", world.profile, world.profile, (22, 28))
    n = len(world.nodes)
    reports = [world.report(node, 1, 2) for node in world.nodes]
    given = {
        "public_key": ed25519_public(world.server),
        "roster": world.roster,
        "members": world.members,
        "slot_seconds": SLOT,
        "reports": reports,
        "message": world.summary(4, 1, 2),
    }
    suite.good("true", "Two slots of all meters.", given, {"measurements": 2 * n}, COUNTING)
    suite.good(
        "sent-again",
        "A report that came twice counts once.",
        {**given, "reports": [*reports, reports[0]]},
        {"measurements": 2 * n},
        COUNTING,
        "CountedTwice",
    )
    totals = world.totals(1, 2)
    united = [sum({world.reading(node, slot) for node in world.nodes}) for slot in (1, 2)]
    for slug, comment, changed, flag in (
        ("set", "Equal readings were counted once.", {"totals": united}, "SetUnion"),
        (
            "added-twice",
            "A reading was added twice.",
            {"totals": [totals[0] + world.reading(world.nodes[0], 1), totals[1]]},
            "CountedTwice",
        ),
        (
            "left-out",
            "A meter is left out of a slot.",
            {
                "totals": [totals[0] - world.reading(world.nodes[0], 1), totals[1]],
                "counts": [n - 1, n],
                "measurements": 2 * n - 1,
            },
            "CountMismatch",
        ),
        (
            "invented",
            "A meter is invented.",
            {"counts": [n + 1, n], "measurements": 2 * n + 1},
            "CountMismatch",
        ),
        (
            "measurements",
            "The number of measurements is one less.",
            {"measurements": 2 * n - 1},
            "CountMismatch",
        ),
        (
            "other-slots",
            "The totals stand at another slot.",
            {"first_slot": MIDNIGHT // SLOT + 2},
            "CountMismatch",
        ),
    ):
        suite.bad(
            slug, comment, {**given, "message": world.summary(4, 1, 2, **changed)}, "proof-failed", flag
        )
    node = world.nodes[0]
    extra = world.report(node, 2, 1, consumption=[1])
    suite.bad(
        "two-values",
        "A meter has reported two readings for a counter.",
        {**given, "reports": [*reports, extra]},
        "replayed",
        "CountedTwice",
    )
    forged = seal(world.secrets[world.nodes[1]], REPORT, world.body(node, 1, 2))
    suite.bad(
        "forged-report",
        "A report is not signed by its meter.",
        {**given, "reports": [forged, *reports[1:]]},
        "unauthentic",
        "Signature",
    )
    suite.bad(
        "stranger",
        "A report of a meter that is not on the roster.",
        {**given, "members": world.members[1:]},
        "unauthentic",
        "Binding",
    )
    suite.bad(
        "other-server",
        "The summary is another server's.",
        {**given, "public_key": ed25519_public(world.utility)},
        "unauthentic",
        "Signature",
    )
    suite.bad(
        "trailing-byte",
        "A byte behind a report.",
        {**given, "reports": [reports[0] + b"\x00", *reports[1:]]},
        "malformed",
        "Deterministic",
    )
    node_large = seal(world.secrets[node], REPORT, world.body(node, 1, 2, node=2**32))
    spoiled = {**given, "reports": [node_large, *reports[1:]]}
    suite.bad("node-too-large", "A report of node 2^32.", spoiled, "range", "Schema")
    suite.bad(
        "odd-slots", "A day is no whole number of slots.", {**given, "slot_seconds": 421}, "range", "Order"
    )
    suite.malformed("no-report", "No report.", {**given, "reports": []})
    return suite.file


# ---- Rings, computed apart from the reference ----------------------------------------------------


def lengths(*parts: bytes) -> bytes:
    """Byte strings behind their lengths."""
    return b"".join(be(len(part), 4) + part for part in parts)


class Ring:
    """A ring, and signatures in it."""

    def __init__(self, name: str, label: str, members: int, least: int) -> None:
        self.group, self.least, self.label = groups.members(name), least, label
        self.signed: dict[tuple[int, int, bytes, str], dict[str, Any]] = {}
        q = self.group.q
        secrets = [1 + draw_below(f"meter-privacy/ring/{name}/{label}/{i}", q - 1) for i in range(members)]
        pairs = sorted((self.group.encode(self.group.power(self.group.g, x)), x) for x in secrets)
        self.keys, self.secrets = [key for key, _ in pairs], [x for _, x in pairs]
        assert len(set(self.keys)) == members
        head = lengths(self.group.name.encode(), be(least, 4), *self.keys)
        self.digest = hashlib.sha256(DOMAIN + b"ring\x00" + head).digest()

    def challenge(self, period: int, image: bytes, message: bytes, place: int, left: Any, right: Any) -> int:
        """The challenge after a step."""
        encode = self.group.encode
        said = lengths(self.digest, be(period, 8), image, message, be(place, 4), encode(left), encode(right))
        return hash_to_field(said, DOMAIN + b"challenge", self.group.q)[0]

    def image_base(self, period: int) -> Any:
        """h, the base of the images of a period."""
        return self.group.hash(self.digest + be(period, 8), DOMAIN + b"image")

    def randomness(self, label: str) -> tuple[int, list[int]]:
        """A nonce and the others' responses."""
        q, name = self.group.q, f"meter-privacy/ring/{self.group.name}/{self.label}/{label}"
        count = len(self.keys) - 1
        return 1 + draw_below(name, q - 1), [draw_below(f"{name}/{i}", q) for i in range(count)]

    def sign(self, signer: int, period: int, message: bytes, label: str = "r") -> dict[str, Any]:
        """A signature: every step's elements as powers of the two bases, whose logarithms are known here."""
        key = (signer, period, message, label)
        if key not in self.signed:
            self.signed[key] = self._sign(*key)
        return self.signed[key]

    def _sign(self, signer: int, period: int, message: bytes, label: str) -> dict[str, Any]:
        group, q = self.group, self.group.q
        x, count = self.secrets[signer], len(self.keys)
        nonce, others = self.randomness(label)
        base = self.image_base(period)
        image = group.encode(group.power(base, x))
        responses = [*others[:signer], 0, *others[signer:]]
        challenges = [0] * count
        left, right = nonce, nonce
        for step in range(1, count + 1):
            before, place = (signer + step - 1) % count, (signer + step) % count
            elements = group.power(group.g, left), group.power(base, right)
            challenges[place] = self.challenge(period, image, message, before, *elements)
            left = (responses[place] + self.secrets[place] * challenges[place]) % q
            right = (responses[place] + x * challenges[place]) % q
        responses[signer] = (nonce - x * challenges[signer]) % q
        return {"image": image, "challenge": challenges[0], "responses": responses}

    def given(self) -> dict[str, Any]:
        """The fields of a ring."""
        return {"group": self.group.name, "keys": self.keys, "least_meters": self.least}


@lru_cache
def ring(name: str, members: int, least: int, label: str = "ring") -> Ring:
    """A ring, made once."""
    return Ring(name, label, members, least)


RINGS = (
    ("toy-2039", PUBLISHED, 4, 3),
    ("modp-2048", PUBLISHED, 3, 3),
    ("P-256", PUBLISHED, 3, 3),
    ("P-256", HARDENED, 9, 8),
)
MESSAGE = b"twenty past seven: 250 Wh"


def outside(name: str) -> dict[str, tuple[bytes, str]]:
    """Byte strings that are no elements, each with the class that it is refused with."""
    group = groups.members(name)
    if isinstance(group, Curve):
        x = next(x for x in range(5, 100) if on_curve(x) is None)
        return {
            "no-point": (b"\x02" + be(x, 32), "not-in-group"),
            "coordinate-p": (b"\x02" + be(FIELD, 32), "range"),
            "first-byte": (b"\x04" + be(group.g[0], 32), "range"),
        }
    minus = group.p - group.g
    return {
        "identity": (be(1, group.width), "not-in-group"),
        "order-2": (be(group.p - 1, group.width), "not-in-group"),
        "minus-g": (be(minus, group.width), "not-in-group"),
        "zero": (bytes(group.width), "range"),
        "p": (be(group.p, group.width), "range"),
    }


def ring_files() -> Iterator[VectorFile]:
    """ring_key, ring_digest, ring_sign, ring_verify."""
    for name, profile, members, least in RINGS:
        label = f"{name.lower()}-{profile}"
        this = ring(name, members, least)
        yield ring_key_file(this, label, profile)
        yield ring_digest_file(this, label, profile)
        yield ring_sign_file(this, label, profile)
        yield ring_verify_file(this, label, profile)


def ring_key_file(this: Ring, label: str, profile: str) -> VectorFile:
    """ring_key."""
    suite = Suite("ring_key", label, profile, (18,), group=this.group.name)
    q, encode, g = this.group.q, this.group.encode, this.group.g
    given = {"group": this.group.name, "private_key": this.secrets[0]}
    suite.good("drawn", "A drawn key.", given, {"public_key": this.keys[0]}, OWN_RING)
    suite.good(
        "one", "x = 1 gives the generator.", {**given, "private_key": 1}, {"public_key": encode(g)}, OWN_RING
    )
    inverse = encode(this.group.power(g, q - 1))
    suite.good(
        "last",
        "x = q - 1 gives its inverse.",
        {**given, "private_key": q - 1},
        {"public_key": inverse},
        OWN_RING,
    )
    suite.bad("zero", "x = 0.", {**given, "private_key": 0}, "range", "Group")
    suite.bad("order", "x = q.", {**given, "private_key": q}, "range", "Group")
    suite.bad("no-group", "A group that there is not.", {**given, "group": "P-255"}, "range", "Group")
    if profile == HARDENED:
        for weak in ("toy-2039", "modp-1024-160", "modp-2048", "modp-3072"):
            suite.bad(
                weak,
                "A group that the profile does not have.",
                {"group": weak, "private_key": 5},
                "range",
                "Group",
            )
    return suite.file


def ring_digest_file(this: Ring, label: str, profile: str) -> VectorFile:
    """ring_digest."""
    suite = Suite("ring_digest", label, profile, (1, 18), group=this.group.name)
    given, keys = this.given(), this.keys
    suite.good("ring", "A ring.", given, {"digest": this.digest}, OWN_RING)
    few = ring(this.group.name, this.least, this.least, "few")
    suite.good("exactly-k", "A ring of k.", few.given(), {"digest": few.digest}, OWN_RING)
    suite.bad(
        "fewer-than-k", "A ring of k - 1.", {**given, "keys": keys[: this.least - 1]}, "policy", "SmallGroup"
    )
    suite.bad(
        "k-too-small",
        "A smaller k than the profile has.",
        {**given, "least_meters": this.least - 1},
        "range",
        "SmallGroup",
    )
    suite.bad(
        "key-twice",
        "A key stands twice.",
        {**given, "keys": sorted([keys[0], *keys])},
        "range",
        "RosterRepeats",
    )
    suite.bad(
        "out-of-order",
        "Two keys are exchanged.",
        {**given, "keys": [keys[1], keys[0], *keys[2:]]},
        "range",
        "Binding",
    )
    for name, (key, error) in outside(this.group.name).items():
        spoiled = sorted([*keys[1:], key])
        suite.bad(f"key-{name}", "A key that is no element.", {**given, "keys": spoiled}, error, "Group")
    suite.bad(
        "short-key",
        "A key with a byte less.",
        {**given, "keys": [*keys[:-1], keys[-1][:-1]]},
        "malformed",
        "Grammar",
    )
    suite.malformed("no-key", "No key at all.", {**given, "keys": []})
    return suite.file


def ring_sign_file(this: Ring, label: str, profile: str) -> VectorFile:
    """ring_sign."""
    suite = Suite("ring_sign", label, profile, (2, 3, 4, 18, 19), group=this.group.name)
    q, last = this.group.q, len(this.keys) - 1
    toy = this.group.name == "toy-2039"

    def given(signer: int, period: int, message: bytes, name: str = "r") -> dict[str, Any]:
        """The input of a signature."""
        nonce, others = this.randomness(name)
        return {
            **this.given(),
            "private_key": this.secrets[signer],
            "period": period,
            "message": message,
            "nonce": nonce,
            "responses": others,
        }

    first = given(0, 20261101, MESSAGE)
    suite.good("first", "The first of the ring signs.", first, this.sign(0, 20261101, MESSAGE), OWN_RING)
    if this.group.name == "modp-2048":  # powers of that length are slow, and say no more
        suite.bad("nonce-zero", "A nonce of 0.", {**first, "nonce": 0}, "range", "WrongChallenge")
        suite.bad("nonce-order", "A nonce of q.", {**first, "nonce": q}, "range", "WrongChallenge")
        return suite.file
    suite.good(
        "last",
        "The last of the ring signs.",
        given(last, 20261101, MESSAGE),
        this.sign(last, 20261101, MESSAGE),
        OWN_RING,
    )
    suite.good(
        "next-period",
        "Another period, another image.",
        given(0, 20261102, MESSAGE),
        this.sign(0, 20261102, MESSAGE),
        OWN_RING,
        "WrongChallenge",
    )
    suite.good("empty", "An empty message in period 0.", given(1, 0, b""), this.sign(1, 0, b""), OWN_RING)
    suite.good(
        "longest",
        "4096 bytes in the last period.",
        given(1, LAST, bytes(4096)),
        this.sign(1, LAST, bytes(4096)),
        OWN_RING,
    )
    stranger = next(
        x for x in range(2, 1000) if this.group.encode(this.group.power(this.group.g, x)) not in this.keys
    )
    suite.bad(
        "stranger",
        "A key that is none of the ring's.",
        {**first, "private_key": stranger},
        "policy",
        "Binding",
    )
    suite.bad("nonce-zero", "A nonce of 0.", {**first, "nonce": 0}, "range", "WrongChallenge")
    suite.bad("nonce-order", "A nonce of q.", {**first, "nonce": q}, "range", "WrongChallenge")
    suite.bad(
        "response-order",
        "A response of q.",
        {**first, "responses": [q, *first["responses"][1:]]},
        "range",
        "Group",
    )
    suite.bad("key-order", "A private key of q + 1.", {**first, "private_key": q + 1}, "range", "Group")
    suite.bad(
        "response-missing",
        "A response too few.",
        {**first, "keys": this.keys, "responses": [*first["responses"], 1]},
        "malformed",
        "Grammar",
    )
    suite.bad(
        "out-of-order",
        "Two keys are exchanged.",
        {**first, "keys": [this.keys[1], this.keys[0], *this.keys[2:]]},
        "range",
        "Binding",
    )
    name, (wrong, error) = next((k, v) for k, v in outside(this.group.name).items() if v[1] == "not-in-group")
    suite.bad(
        f"key-{name}",
        "A key that is no element.",
        {**first, "keys": sorted([*this.keys[1:], wrong])},
        error,
        "Group",
    )
    if toy:
        nonce, others = this.randomness("r")
        signed = this.sign(0, 20261101, MESSAGE)
        c = this.challenge(
            20261101,
            signed["image"],
            MESSAGE,
            0,
            this.group.power(4, nonce),
            this.group.power(this.image_base(20261101), nonce),
        )
        dead = -this.secrets[1] * c % q
        suite.bad(
            "no-encoding",
            "The second step is the identity.",
            {**first, "responses": [dead, *others[1:]]},
            "exhausted",
            "Group",
        )
    suite.malformed("too-long", "A message of 4097 bytes.", {**first, "message": bytes(4097)})
    return suite.file


def ring_verify_file(this: Ring, label: str, profile: str) -> VectorFile:
    """ring_verify."""
    suite = Suite("ring_verify", label, profile, (18, 20), group=this.group.name)
    q, last = this.group.q, len(this.keys) - 1
    signed = this.sign(0, 20261101, MESSAGE)
    given = {**this.given(), "period": 20261101, "message": MESSAGE, **signed}
    suite.good("first", "Signed by the first of the ring.", given, {}, OWN_RING)
    if this.group.name == "modp-2048":
        suite.bad(
            "other-period", "Another period.", {**given, "period": 20261102}, "proof-failed", "WrongChallenge"
        )
        for name, (image, error) in outside(this.group.name).items():
            suite.bad(
                f"image-{name}", "An image that is no element.", {**given, "image": image}, error, "Group"
            )
        return suite.file
    suite.good("last", "Signed by the last.", {**given, **this.sign(last, 20261101, MESSAGE)}, {}, OWN_RING)
    z, c = signed["responses"], signed["challenge"]
    other = this.sign(1, 20261101, MESSAGE)["image"]
    next_image = this.sign(0, 20261102, MESSAGE)["image"]
    for slug, comment, changed in (
        ("other-message", "A byte of the message is changed.", {"message": MESSAGE[:-1] + b"H"}),
        ("message-with-tail", "A byte behind the message.", {"message": MESSAGE + b"\x00"}),
        ("other-period", "Another period.", {"period": 20261102}),
        ("other-image", "Another member's image.", {"image": other}),
        ("other-periods-image", "The image of another period.", {"image": next_image}),
        ("response", "A response is one more.", {"responses": [*z[:-1], (z[-1] + 1) % q]}),
        ("challenge", "The challenge is one more.", {"challenge": (c + 1) % q}),
        ("turned", "The responses are turned by one.", {"responses": z[1:] + z[:1]}),
    ):
        suite.bad(slug, comment, {**given, **changed}, "proof-failed", "WrongChallenge")
    if len(this.keys) > this.least:
        fewer = {"keys": this.keys[:-1], "responses": z[:-1]}
        suite.bad(
            "key-left-out",
            "A key is left out of the ring.",
            {**given, **fewer},
            "proof-failed",
            "WrongChallenge",
        )
    else:
        foreign = ring(this.group.name, len(this.keys), this.least, "other")
        suite.bad(
            "other-ring",
            "The keys of another ring.",
            {**given, "keys": foreign.keys},
            "proof-failed",
            "WrongChallenge",
        )
    for name, (image, error) in outside(this.group.name).items():
        suite.bad(f"image-{name}", "An image that is no element.", {**given, "image": image}, error, "Group")
    suite.bad(
        "response-order",
        "A response with q added.",
        {**given, "responses": [z[0] + q, *z[1:]]},
        "range",
        "Group",
    )
    suite.bad(
        "challenge-order", "The challenge with q added.", {**given, "challenge": c + q}, "range", "Group"
    )
    suite.bad(
        "response-missing", "A response too few.", {**given, "responses": z[:-1]}, "malformed", "Grammar"
    )
    suite.bad(
        "short-image",
        "An image with a byte less.",
        {**given, "image": signed["image"][:-1]},
        "malformed",
        "Grammar",
    )
    suite.bad(
        "k-too-small",
        "A smaller k than the profile has.",
        {**given, "least_meters": this.least - 1},
        "range",
        "SmallGroup",
    )
    small = Ring(this.group.name, "small", this.least - 1, this.least)
    alone = {**small.given(), "period": 5, "message": MESSAGE, **small.sign(0, 5, MESSAGE)}
    suite.bad("fewer-than-k", "A good signature in a ring of k - 1.", alone, "policy", "SmallGroup")
    return suite.file


# ---- Several servers -----------------------------------------------------------------------------


def server_files() -> Iterator[VectorFile]:
    """anonymous_body, split_intervals, join_parts, reputation, choose_aggregators."""
    for profile in PROFILES:
        world = WORLDS[profile]
        yield body_file(world)
        yield split_file(world)
        yield join_file(world)
        yield reputation_file(profile)
        yield choice_file(profile)


def anonymous(world: World, scope: bytes, node: int, first: int, count: int, period: int) -> dict[int, Any]:
    """The body of an anonymous report: counters are slots, seconds their first."""
    slots = range(MIDNIGHT // SLOT + first, MIDNIGHT // SLOT + first + count)
    return {
        1: scope,
        2: period,
        3: slots[0],
        4: (slots[-1] + 1) * SLOT,
        5: [world.reading(node, first + place) for place in range(count)],
        6: [slot * SLOT for slot in slots],
    }


def body_file(world: World) -> VectorFile:
    """anonymous_body."""
    suite = Suite("anonymous_body", world.profile, world.profile, (26,))
    node = world.nodes[1]
    body = anonymous(world, seed("ring"), node, 0, 3, 12)
    measured = [
        {"counter": body[3] + i, "consumption_wh": wh, "timestamp": t}
        for i, (wh, t) in enumerate(zip(body[5], body[6], strict=True))
    ]
    given = {"ring": seed("ring"), "period": 12, "time": body[4], "measurements": measured}
    suite.good("three", "Three measurements.", given, {"signed": dumps([1, ANONYMOUS, body])}, CBOR2)
    one = {**body, 4: body[6][0], 5: body[5][:1], 6: body[6][:1]}
    suite.good(
        "one",
        "One, at once.",
        {**given, "time": one[4], "measurements": measured[:1]},
        {"signed": dumps([1, ANONYMOUS, one])},
        CBOR2,
    )
    suite.bad(
        "counter-left-out",
        "A counter is left out.",
        {**given, "measurements": [measured[0], measured[2]]},
        "range",
        "Order",
    )
    suite.bad(
        "ahead-of-report",
        "A measurement later than its report.",
        {**given, "time": body[6][-1] - 1},
        "range",
        "Order",
    )
    suite.malformed("nothing", "No measurement.", {**given, "measurements": []})
    return suite.file


def split_file(world: World) -> VectorFile:
    """split_intervals."""
    suite = Suite("split_intervals", world.profile, world.profile, (29,))
    measured = world.measurements(world.nodes[1], 0, 24)
    order = [2, 0, 1, 1, 2, 0]
    given = {
        "interval_seconds": 3600,
        "servers": 3,
        "first_interval": MIDNIGHT // 3600,
        "assignment": order,
        "measurements": measured,
    }

    def parts(assignment: Sequence[int], servers: int) -> dict[str, Any]:
        """What each server is sent."""
        return {
            "parts": [
                {"measurements": [m for i, m in enumerate(measured) if assignment[i // 4] == server]}
                for server in range(servers)
            ]
        }

    suite.good("six-hours", "Six hours over three servers.", given, parts(order, 3), COUNTING)
    uneven = [0, 1, 0, 1, 0, 3]
    suite.bad(
        "unbalanced",
        "One server has three intervals, two have one or none.",
        {**given, "assignment": uneven, "servers": 4},
        "policy",
        "Unbalanced",
    )
    suite.bad("all-to-one", "One server has all.", {**given, "assignment": [0] * 6}, "policy", "Unbalanced")
    four = [0, 1, 2, 3, 0, 1]
    suite.good(
        "one-more",
        "Two servers have one interval more.",
        {**given, "assignment": four, "servers": 4},
        parts(four, 4),
        COUNTING,
    )
    suite.bad(
        "counter-twice",
        "A counter stands twice: the parts would overlap.",
        {**given, "measurements": [*measured, measured[3]]},
        "range",
        "Overlap",
    )
    suite.bad(
        "outside",
        "A measurement behind the last interval.",
        {**given, "measurements": world.measurements(world.nodes[1], 0, 25)},
        "range",
        "Overlap",
    )
    suite.bad(
        "before",
        "A measurement before the first interval.",
        {**given, "first_interval": MIDNIGHT // 3600 + 1},
        "range",
        "Overlap",
    )
    suite.bad(
        "no-such-server",
        "A server that there is not.",
        {**given, "assignment": [3, *order[1:]]},
        "range",
        "Overlap",
    )
    suite.bad(
        "one-server",
        "One server alone.",
        {**given, "servers": 1, "assignment": [0] * 6},
        "range",
        "Unbalanced",
    )
    suite.bad(
        "odd-interval",
        "A day is no whole number of intervals.",
        {**given, "interval_seconds": 3601},
        "range",
        "Order",
    )
    suite.malformed("no-interval", "No interval.", {**given, "assignment": []})
    return suite.file


def join_file(world: World) -> VectorFile:
    """join_parts."""
    suite = Suite("join_parts", world.profile, world.profile, (23, 30))
    first, n = MIDNIGHT // SLOT, len(world.nodes)
    slots = [{"slot": first + s, "total_wh": world.totals(s, 1)[0], "meters": n} for s in range(6)]
    split = [{"slots": slots[0:2] + slots[5:]}, {"slots": slots[2:4]}, {"slots": [slots[4]]}]
    given = {"first_slot": first, "slots": 6, "least_meters": world.least, "parts": split}
    whole = {"totals_wh": world.totals(0, 6), "counts": [n] * 6}
    suite.good("three-servers", "Six slots of three servers.", given, whole, COUNTING)
    suite.good(
        "turned",
        "The order of the parts does not matter.",
        {**given, "parts": split[1:] + split[:1]},
        whole,
        COUNTING,
    )
    suite.good(
        "empty-part", "A server without a slot.", {**given, "parts": [*split, {"slots": []}]}, whole, COUNTING
    )
    twice = [*split[:2], {"slots": [slots[4], slots[0]]}]
    suite.bad("overlap", "Two servers have a slot.", {**given, "parts": twice}, "replayed", "Overlap")
    one_twice = [{"slots": [*split[0]["slots"], slots[0]]}, *split[1:]]
    suite.bad(
        "slot-twice", "A server has a slot twice.", {**given, "parts": one_twice}, "replayed", "Overlap"
    )
    suite.bad("left-out", "No server has the fifth slot.", {**given, "parts": split[:2]}, "policy", "Overlap")
    suite.bad("outside", "A slot behind the period.", {**given, "slots": 5}, "range", "Overlap")
    suite.bad("before", "A slot before the period.", {**given, "first_slot": first + 1}, "range", "Overlap")
    few = [*split[:2], {"slots": [{**slots[4], "meters": world.least - 1}]}]
    suite.bad(
        "fewer-than-k", "A slot of fewer than k meters.", {**given, "parts": few}, "policy", "SmallGroup"
    )
    suite.malformed("one-part", "One part alone.", {**given, "parts": [{"slots": slots}]})
    return suite.file


def reputation_file(profile: str) -> VectorFile:
    """reputation."""
    suite = Suite("reputation", profile, profile, (31,))
    for good, bad, score in (
        (0, 0, 500),
        (1, 0, 666),
        (0, 1, 333),
        (9, 0, 909),
        (9, 1, 833),
        (998, 0, 999),
        (0, 999, 0),
        (TOP, 0, 999),
        (0, TOP, 0),
        (TOP, TOP, 500),
    ):
        given = {"good": good, "bad": bad}
        suite.good(f"{good}-{bad}", f"{good} periods well, {bad} badly.", given, {"score": score}, COUNTING)
    suite.bad("negative", "Fewer than none.", {"good": 0, "bad": -1}, "range", "Grammar")
    suite.bad("too-many", "2^32 periods.", {"good": 2**32, "bad": 0}, "range", "Grammar")
    return suite.file


def choice_file(profile: str) -> VectorFile:
    """choose_aggregators."""
    suite = Suite("choose_aggregators", profile, profile, (31, 32))
    served = [(11, 9, 0), (12, 9, 0), (13, 20, 1), (14, 3, 3), (15, 0, 0), (16, 0, 9), (17, 9, 0), (0, 9, 0)]
    candidates = [{"node": node, "good": good, "bad": bad} for node, good, bad in served]
    lot_seed = seed("lot")

    def expected(count: int, least: int, drawn: bytes = lot_seed) -> dict[str, Any]:
        """The best, and then by lot."""
        keyed = [
            (
                -(1000 * (good + 1) // (good + bad + 2)),
                hashlib.sha256(DOMAIN + b"lot\x00" + drawn + be(node, 4)).digest(),
                node,
            )
            for node, good, bad in served
        ]
        fit = [entry for entry in keyed if -entry[0] >= least]
        return {"nodes": sorted(node for _, _, node in sorted(fit)[:count])}

    given = {"aggregators": 3, "threshold": 2, "least_score": 500, "seed": lot_seed, "candidates": candidates}
    suite.good(
        "three", "The best three; four are alike, and the lot decides.", given, expected(3, 500), COUNTING
    )
    other = seed("lot/2")
    suite.good("other-lot", "Another seed.", {**given, "seed": other}, expected(3, 500, other), COUNTING)
    suite.good(
        "fewer-than-n",
        "Seven are wanted, five have the score.",
        {**given, "aggregators": 7, "least_score": 900},
        expected(7, 900),
        COUNTING,
    )
    suite.good(
        "turned",
        "The candidates' order does not matter.",
        {**given, "candidates": candidates[::-1]},
        expected(3, 500),
        COUNTING,
    )
    suite.bad(
        "too-few",
        "Four have the score, and 2 t - 1 is five.",
        {**given, "aggregators": 5, "threshold": 3, "least_score": 909, "candidates": candidates[1:]},
        "policy",
        "FewServers",
    )
    suite.bad("none", "None has the score.", {**given, "least_score": 1000}, "policy", "FewServers")
    suite.bad("threshold-too-large", "2 t - 1 is above n.", {**given, "threshold": 3}, "range", "FewServers")
    suite.bad("no-least-score", "A least score of 0.", {**given, "least_score": 0}, "range", "FewServers")
    suite.bad(
        "node-twice",
        "A candidate stands twice.",
        {**given, "candidates": [*candidates, candidates[0]]},
        "range",
        "RosterRepeats",
    )
    suite.malformed("no-candidate", "No candidate.", {**given, "candidates": []})
    suite.malformed("short-seed", "A seed of 31 bytes.", {**given, "seed": lot_seed[:31]})
    return suite.file


# ---- Scripts -------------------------------------------------------------------------------------


def script_files() -> Iterator[VectorFile]:
    """A meter's month in small, a server's day, a day with planted marks, an anonymous day, evidence."""
    for profile in PROFILES:
        world = WORLDS[profile]
        yield meter_script(world)
        yield server_script(world)
        yield marks_script(world)
        yield anonymous_script(world)
        yield evidence_script(world)


def script_file(world: World, name: str) -> VectorFile:
    """An empty file of scripts."""
    return VectorFile(CHAPTER, f"script-{name}-{world.profile}", world.profile, notes=NOTES)


def meter_script(world: World) -> VectorFile:
    """A meter's session: prices, measurements, two reports, the fee."""
    file = script_file(world, "meter")
    prefix = f"reporting-script/meter-{world.profile}/"
    node = world.nodes[1]
    prices = policy(0, MIDNIGHT - 86400, 1250, NIGHT_AND_DAY)
    start = {
        "private_key": world.secrets[node],
        "roster": world.roster,
        "node": node,
        "slot_seconds": SLOT,
        "maximum_wh": MAXIMUM,
        "next_counter": 100,
        "utility_key": ed25519_public(world.utility),
        "tariff": world.tariff,
        "policy": prices,
    }
    measured = world.measurements(node, 0, 5)

    def measure(place: int, expect: str | None = None, **changed: int) -> Json:
        """Measure slot `place`."""
        m = measured[place]
        given = {"consumption_wh": m["consumption_wh"], "timestamp": m["timestamp"], **changed}
        return step("meter_measure", given, expect or {"counter": m["counter"]}, "meter")

    report = world.report(node, 0, 2)
    later = world.report(node, 2, 3)
    wh = [m["consumption_wh"] for m in measured]
    dearer = policy(2, measured[2]["timestamp"] + 1, 700, [(0, 31)])
    before = policy(1, measured[1]["timestamp"] - 1, 700, [(0, 31)])
    at = policy(1, measured[2]["timestamp"], 700, [(0, 31)])
    fee = 1250 + 11 * sum(wh[:3]) + 31 * sum(wh[3:])

    def update(message: bytes, expect: str | None = None, number: int = 2) -> Json:
        """Give the meter a policy."""
        return step("meter_policy", {"message": message}, expect or {"sequence": number}, "meter")

    file.script(
        prefix + "period",
        [
            step("meter_start", start, {}, "meter"),
            measure(0),
            measure(1),
            step("meter_report", {"time": report_time(report)}, {"message": report}, "meter"),
            measure(2),
            update(dearer),
            measure(3),
            measure(4),
            step("meter_report", {"time": report_time(later)}, {"message": later}, "meter"),
            step("meter_fee", {}, {"measurements": 5, "consumption_wh": sum(wh), "fee": fee}, "meter"),
        ],
        requirements=ids(6, 10, 11, 12, 17),
        comment="Five measurements in two reports, a new price between, and the fee.",
        source=CBOR2,
        flags=["Price"],
    )
    file.script(
        prefix + "refused",
        [
            step("meter_measure", {"consumption_wh": 1, "timestamp": MIDNIGHT}, "state", "meter"),
            step("meter_report", {"time": MIDNIGHT}, "state", "meter"),
            step("meter_fee", {}, "state", "meter"),
            update(dearer, "state"),
            step("meter_start", {**start, "policy": loose(prices)}, "unauthentic", "meter"),
            step("meter_start", {**start, "slot_seconds": 421}, "range", "meter"),
            step("meter_start", {**start, "tariff": seed("tariff/2")}, "unauthentic", "meter"),
            step("meter_start", {**start, "policy": prices + b"\x00"}, "malformed", "meter"),
            step("meter_start", start, {}, "meter"),
            step("meter_start", start, "state", "meter"),
            step("meter_report", {"time": MIDNIGHT}, "state", "meter"),
            step("meter_fee", {}, "state", "meter"),
            measure(0, "range", consumption_wh=MAXIMUM + 1),
            measure(0, "policy", timestamp=MIDNIGHT - 86401),
            measure(0),
            measure(0, "replayed"),
            measure(0, "replayed", timestamp=measured[0]["timestamp"] + 1),
            measure(0, "replayed", timestamp=MIDNIGHT - 1),
            measure(1),
            step("meter_report", {"time": measured[1]["timestamp"] - 1}, "replayed", "meter"),
            measure(2),
            update(before, "policy"),
            update(at, "policy"),
            update(policy(0, LAST, 0, [(0, 1)]), "replayed"),
            update(policy(1, MIDNIGHT - 86400, 0, [(0, 1)]), "policy"),
            update(flipped(dearer), "unauthentic"),
            update(policy(1, LAST, 0, [(1, 1)]), "range"),
            update(dearer + b"\x00", "malformed"),
            update(dearer),
            update(dearer, "replayed"),
            *(update(policy(3 + i, MIDNIGHT + 86400 + i, 0, [(0, 1)]), None, 3 + i) for i in range(14)),
            update(policy(99, LAST, 0, [(0, 1)]), "exhausted"),
            step(
                "meter_report",
                {"time": world.body(node, 0, 3)[4]},
                {"message": world.report(node, 0, 3)},
                "meter",
            ),
            step("meter_report", {"time": LAST}, "state", "meter"),
            step(
                "meter_fee",
                {},
                {"measurements": 3, "consumption_wh": sum(wh[:3]), "fee": 1250 + 11 * sum(wh[:3])},
                "meter",
            ),
            step("meter_fee", {}, "state", "meter"),
        ],
        requirements=ids(6, 10, 11, 17),
        comment="Steps out of turn, slots twice, prices that reach back: nothing is left of them.",
        source=CBOR2,
        flags=["HalfDone", "WrongState", "Retroactive", "Order"],
    )
    full = world.measurements(node, 0, 257)
    file.script(
        prefix + "full",
        [
            step("meter_start", start, {}, "meter"),
            *(
                step(
                    "meter_measure",
                    {"consumption_wh": m["consumption_wh"], "timestamp": m["timestamp"]},
                    {"counter": m["counter"]},
                    "meter",
                )
                for m in full[:256]
            ),
            step(
                "meter_measure",
                {"consumption_wh": 1, "timestamp": full[256]["timestamp"]},
                "exhausted",
                "meter",
            ),
            step(
                "meter_report",
                {"time": world.body(node, 0, 256)[4]},
                {"message": world.report(node, 0, 256)},
                "meter",
            ),
            step(
                "meter_measure",
                {"consumption_wh": 1, "timestamp": full[256]["timestamp"]},
                {"counter": full[256]["counter"]},
                "meter",
            ),
        ],
        requirements=ids(12, 17),
        comment="256 measurements wait, another is refused until they are reported.",
        source=CBOR2,
        flags=["HalfDone"],
    )
    return file


def report_time(message: bytes) -> int:
    """The second that a report says."""
    second: int = cbor2.loads(message)[2][4]
    return second


def opened(world: World) -> dict[str, Any]:
    """The input of server_start."""
    return {
        "private_key": world.server,
        "group": world.group,
        "members": world.members,
        "least_meters": world.least,
        "slot_seconds": SLOT,
        "maximum_wh": MAXIMUM,
        "stale_seconds": 3600,
        "early_seconds": 60,
        "next_sequence": 4,
    }


def receive(message: bytes, expect: str | int, now: int | None = None) -> Json:
    """Hand a report to the server when it is made, or later."""
    given = {"message": message, "now": report_time(message) if now is None else now}
    answer: Mapping[str, Any] | str = expect if isinstance(expect, str) else {"measurements": expect}
    return step("report_server_receive", given, answer, "server")


def close(first: int, slots: int, expect: bytes | str) -> Json:
    """Close slots."""
    answer: Mapping[str, Any] | str = expect if isinstance(expect, str) else {"message": expect}
    return step(
        "report_server_close", {"first_slot": MIDNIGHT // SLOT + first, "slots": slots}, answer, "server"
    )


def server_script(world: World) -> VectorFile:
    """A server's session."""
    file = script_file(world, "report-server")
    prefix = f"reporting-script/report-server-{world.profile}/"
    start = step("report_server_start", opened(world), {"roster": world.roster}, "server")
    nodes = world.nodes
    file.script(
        prefix + "day",
        [
            start,
            *(receive(world.report(node, 0, 3), 3) for node in nodes),
            close(0, 2, world.summary(4, 0, 2)),
            *(receive(world.report(node, 3, 2), 2) for node in reversed(nodes)),
            close(2, 3, world.summary(5, 2, 3)),
            step(
                "check_summary",
                {
                    "public_key": ed25519_public(world.server),
                    "roster": world.roster,
                    "next_sequence": 5,
                    "least_meters": world.least,
                    "meters": len(nodes),
                    "maximum_wh": MAXIMUM,
                    "message": world.summary(5, 2, 3),
                },
                {
                    "sequence": 5,
                    "first_slot": MIDNIGHT // SLOT + 2,
                    "totals_wh": world.totals(2, 3),
                    "counts": [len(nodes)] * 3,
                },
            ),
        ],
        requirements=ids(12, 14, 22, 23, 24, 25, 27),
        comment="Every meter reports twice, the server closes twice, the utility takes a summary in.",
        source=CBOR2,
        flags=["SetUnion"],
    )
    node, other = nodes[1], nodes[2]
    mine = world.report(node, 0, 3)
    stranger = seal(seed("stranger"), REPORT, world.body(77, 0, 3))
    changed = world.report(node, 2, 1, consumption=[1])
    overlapping = world.report(node, 2, 2)
    moved = world.report(node, 1, 1, counter=500, timestamps=[MIDNIGHT + SLOT + 8])
    two_in_slot = world.report(node, 4, 2, timestamps=[MIDNIGHT + 4 * SLOT, MIDNIGHT + 4 * SLOT + 1])
    rest = [receive(world.report(n, 0, 3), 3) for n in nodes if n != node]
    file.script(
        prefix + "refused",
        [
            receive(mine, "state"),
            close(0, 1, "state"),
            step(
                "report_server_start",
                {**opened(world), "members": world.members[: world.least - 1]},
                "policy",
                "server",
            ),
            step("report_server_start", {**opened(world), "slot_seconds": 421}, "range", "server"),
            step(
                "report_server_start",
                {
                    **opened(world),
                    "members": [{**world.members[0], "signing_key": NEUTRAL}, *world.members[1:]],
                },
                "not-in-group",
                "server",
            ),
            start,
            step("report_server_start", opened(world), "state", "server"),
            receive(mine, "expired", report_time(mine) + 3601),
            receive(mine, "policy", report_time(mine) - 61),
            receive(mine, 3, report_time(mine) + 3600),
            receive(mine, "replayed"),
            receive(mine, "expired", report_time(mine) + 3601),
            receive(changed, "replayed"),
            receive(overlapping, "replayed"),
            receive(moved, "replayed"),
            receive(two_in_slot, "replayed"),
            receive(stranger, "unauthentic"),
            receive(loose(world.report(other, 0, 3)), "unauthentic"),
            receive(world.report(other, 0, 3, node=nodes[0]), "unauthentic"),
            receive(world.report(other, 0, 3, roster=seed("roster")), "unauthentic"),
            receive(world.report(other, 0, 1, consumption=[MAXIMUM + 1]), "range"),
            step(
                "report_server_receive", {"message": mine + b"\x00", "now": MIDNIGHT}, "malformed", "server"
            ),
            step(
                "anonymous_server_receive",
                {
                    "signed": dumps([1, ANONYMOUS, anonymous(world, seed("ring"), node, 0, 1, 0)]),
                    "image": bytes(33),
                    "challenge": 1,
                    "responses": [1],
                    "now": MIDNIGHT,
                },
                "state",
                "server",
            ),
            *rest[: world.least - 2],
            close(0, 3, "policy"),
            *rest[world.least - 2 :],
            close(0, 4, "policy"),
            close(0, 3, world.summary(4, 0, 3)),
            close(0, 3, "replayed"),
            close(2, 2, "replayed"),
            receive(world.report(node, 2, 2, counter=900), "expired"),
            receive(mine, "expired"),
        ],
        requirements=ids(13, 21, 22, 23, 24, 25),
        comment="Reports too old, too early, twice, changed, forged, of closed slots: an honest total.",
        source=CBOR2,
        flags=["HalfDone", "CountedTwice", "Stale", "SmallGroup", "WrongState", "Signature"],
    )
    return file


def marks_script(world: World) -> VectorFile:
    """The same day with planted marks and without: one summary."""
    file = script_file(world, "marks")
    prefix = f"reporting-script/marks-{world.profile}/"
    start = step("report_server_start", opened(world), {"roster": world.roster}, "server")
    summary = world.summary(4, 0, 3)
    marked = []
    for place, node in enumerate(world.nodes):
        body = world.body(node, 0, 3)
        body[3] += 1000 * place
        body[6] = [second + 11 * place for second in body[6]]
        body[4] = body[6][-1] + place
        body.update({32: seed(f"mark/{place}"), 33 + place: [place, True]})
        marked.append(receive(seal(world.secrets[node], REPORT, body), 3))
    common: dict[str, Any] = {"requirements": ids(14), "source": CBOR2, "flags": ["Distinguisher"]}
    file.script(
        prefix + "plain",
        [start, *(receive(world.report(node, 0, 3), 3) for node in world.nodes), close(0, 3, summary)],
        comment="A day without marks.",
        **common,
    )
    file.script(
        prefix + "marked",
        [start, *reversed(marked), close(0, 3, summary)],
        comment="Members, counters, seconds and an order of arrival that tell each meter: the same summary.",
        **common,
    )
    body = {**world.body(world.nodes[0], 0, 3), 7: b"mark"}
    file.script(
        prefix + "low-key",
        [
            start,
            receive(seal(world.secrets[world.nodes[0]], REPORT, body), "malformed"),
            *(receive(world.report(node, 0, 3), 3) for node in world.nodes),
            close(0, 3, summary),
        ],
        comment="A mark below key 32 is no further member.",
        **common,
    )
    return file


def anonymous_script(world: World) -> VectorFile:
    """A day of reports that are signed as one of a ring."""
    file = script_file(world, "anonymous")
    prefix = f"reporting-script/anonymous-{world.profile}/"
    name = "toy-2039" if world.profile == PUBLISHED else "P-256"
    this = ring(name, len(world.nodes), world.least, "script")
    period = 20261101
    begin = {**opened(world), **this.given(), "period": period}
    begin = {
        key: begin[key]
        for key in (
            "private_key",
            "group",
            "keys",
            "least_meters",
            "period",
            "slot_seconds",
            "maximum_wh",
            "stale_seconds",
            "early_seconds",
            "next_sequence",
        )
    }
    start = step("anonymous_server_start", begin, {"ring": this.digest}, "server")
    used: dict[int, int] = {}

    def hand_in(
        place: int,
        first: int,
        count: int,
        expect: str | int,
        when: int = 0,
        spoil: Mapping[str, Any] | None = None,
        **changed: Any,
    ) -> Json:
        """The report of the meter at a place of the ring."""
        keys = {
            "scope": 1,
            "period": 2,
            "counter": 3,
            "time": 4,
            "consumption": 5,
            "timestamps": 6,
            "mark": 32,
        }
        body = anonymous(world, this.digest, world.nodes[place], first, count, period)
        body |= {keys[key]: value for key, value in changed.items()}
        said = dumps([1, ANONYMOUS, body])
        used[place] = used.get(place, 0) + 1
        signed = this.sign(place, period, said, f"{place}/{used[place]}")
        answer: Mapping[str, Any] | str = expect if isinstance(expect, str) else {"measurements": expect}
        given = {"signed": said, **signed, "now": body[4] + when, **(spoil or {})}
        return step("anonymous_server_receive", given, answer, "server")

    def summary(sequence: int, first: int, count: int) -> bytes:
        """The summary of the ring's slots."""
        return seal(world.server, SUMMARY, world.summary_body(sequence, first, count, roster=this.digest))

    everybody = range(len(world.nodes))
    file.script(
        prefix + "day",
        [
            start,
            *(hand_in(place, 0, 3, 3) for place in everybody),
            close(0, 3, summary(4, 0, 3)),
        ],
        requirements=ids(14, 18, 20, 22, 24, 25, 26),
        comment="Every meter reports as one of the ring; the summary is that of signed reports.",
        source=OWN_RING,
        flags=["SetUnion"],
    )
    if world.profile == HARDENED:  # the rest is the same, and slow on the curve
        file.script(
            prefix + "refused",
            [
                start,
                hand_in(0, 0, 1, 1),
                hand_in(0, 0, 1, "replayed", consumption=[5000]),
                hand_in(1, 0, 1, "proof-failed", spoil={"challenge": 5}),
                hand_in(1, 0, 1, "not-in-group", spoil={"image": outside(name)["no-point"][0]}),
                hand_in(1, 0, 1, "policy", counter=7),
                close(0, 1, "policy"),
            ],
            requirements=ids(13, 18, 20, 22, 23, 24, 25, 26),
            comment="A meter that reports twice, a forged signature, a mark.",
            source=OWN_RING,
            flags=["CountedTwice", "Distinguisher", "WrongChallenge", "Group", "SmallGroup"],
        )
        apart = sorted([*this.keys[1:], outside(name)["no-point"][0]])
        few, cut = this.keys[: world.least - 1], [this.keys[0][:-1], *this.keys[1:]]
        late = hand_in(1, 0, 1, "expired", 3601)
        file.script(
            prefix + "begin",
            [
                {**late, "expect": {"error": "state"}},
                step("anonymous_server_start", {**begin, "keys": few}, "policy", "server"),
                step("anonymous_server_start", {**begin, "keys": this.keys[::-1]}, "range", "server"),
                step("anonymous_server_start", {**begin, "keys": apart}, "not-in-group", "server"),
                step("anonymous_server_start", {**begin, "keys": cut}, "malformed", "server"),
                start,
                step("anonymous_server_start", begin, "state", "server"),
                late,
                hand_in(1, 0, 1, "unauthentic", period=period + 1),
                hand_in(1, 0, 1, "malformed", spoil={"responses": [1]}),
                hand_in(1, 0, 1, "range", spoil={"challenge": this.group.q}),
            ],
            requirements=ids(13, 18, 20, 24, 26),
            comment="Rings that are none, a session begun twice, reports that are late or of another period.",
            source=OWN_RING,
            flags=["Group", "SmallGroup"],
        )
        return file
    first = hand_in(0, 0, 1, 1)
    again = {**first, "expect": {"error": "replayed"}}
    wrong = {"image": outside(name)["order-2"][0]}
    off_grid = [MIDNIGHT + 7]
    slot = MIDNIGHT // SLOT
    file.script(
        prefix + "refused",
        [
            {**first, "expect": {"error": "state"}},
            step(
                "anonymous_server_start", {**begin, "keys": this.keys[: world.least - 1]}, "policy", "server"
            ),
            step("anonymous_server_start", {**begin, "keys": this.keys[::-1]}, "range", "server"),
            step(
                "anonymous_server_start",
                {**begin, "keys": sorted([*this.keys[1:], wrong["image"]])},
                "not-in-group",
                "server",
            ),
            step(
                "anonymous_server_start",
                {**begin, "keys": [this.keys[0][:-1], *this.keys[1:]]},
                "malformed",
                "server",
            ),
            start,
            step("anonymous_server_start", begin, "state", "server"),
            first,
            again,
            hand_in(0, 0, 1, "replayed", consumption=[5000]),
            hand_in(1, 0, 1, "expired", 3601),
            hand_in(1, 0, 1, "policy", -61),
            hand_in(1, 0, 1, "unauthentic", scope=seed("ring")),
            hand_in(1, 0, 1, "unauthentic", period=period + 1),
            hand_in(1, 0, 1, "proof-failed", spoil={"challenge": 5}),
            hand_in(1, 0, 1, "not-in-group", spoil=wrong),
            hand_in(1, 0, 1, "malformed", spoil={"responses": [1]}),
            hand_in(1, 0, 1, "range", spoil={"challenge": this.group.q}),
            hand_in(1, 0, 1, "malformed", mark=b"mark"),
            hand_in(1, 0, 1, "policy", counter=7),
            hand_in(1, 0, 1, "policy", timestamps=off_grid),
            hand_in(1, 0, 1, "policy", time=(slot + 1) * SLOT + 1),
            hand_in(1, 0, 1, "range", consumption=[MAXIMUM + 1]),
            step(
                "report_server_receive",
                {"message": world.report(world.nodes[1], 0, 1), "now": MIDNIGHT + SLOT},
                "state",
                "server",
            ),
            *(hand_in(place, 0, 1, 1) for place in range(1, world.least - 1)),
            close(0, 1, "policy"),
            *(hand_in(place, 0, 1, 1) for place in range(world.least - 1, len(world.nodes))),
            close(0, 1, summary(4, 0, 1)),
            again | {"expect": {"error": "expired"}},
        ],
        requirements=ids(13, 14, 18, 20, 22, 23, 24, 25, 26),
        comment="A meter that reports twice, marks, other periods, forged signatures: an honest total.",
        source=OWN_RING,
        flags=["CountedTwice", "Distinguisher", "WrongChallenge", "Group", "SmallGroup", "HalfDone"],
    )
    return file


def evidence_script(world: World) -> VectorFile:
    """Contradictions that are found, and that hold against nobody else."""
    file = script_file(world, "evidence")
    prefix = f"reporting-script/evidence-{world.profile}/"
    node, other = world.nodes[1], world.nodes[2]
    one, two = world.report(node, 0, 2), world.report(node, 1, 1, consumption=[1])
    claim = {"public_key": ed25519_public(world.secrets[node]), "type": REPORT, "first": one, "second": two}
    file.script(
        prefix + "two-readings",
        [
            step("report_server_start", opened(world), {"roster": world.roster}, "server"),
            receive(one, 2),
            receive(two, "replayed"),
            step("check_conflict", claim, {}),
            step(
                "check_conflict", {**claim, "public_key": ed25519_public(world.secrets[other])}, "unauthentic"
            ),
            step("check_conflict", {**claim, "second": one}, "proof-failed"),
        ],
        requirements=ids(16, 24),
        comment="One counter with two readings: refused, and evidence against that meter alone.",
        source=CBOR2,
        flags=["Evidence"],
    )
    dearer = policy(0, MIDNIGHT, 1250, [(0, 12)])
    price = {"public_key": ed25519_public(world.utility), "tariff": world.tariff, "next_sequence": 0}
    claim = {"public_key": price["public_key"], "type": POLICY, "first": dearer}
    shown = {"sequence": 0, "effective_from": MIDNIGHT, "standing": 1250}
    file.script(
        prefix + "two-prices",
        [
            step("check_policy", {**price, "message": dearer}, {**shown, "bands": banded([(0, 12)])}),
            step(
                "check_policy",
                {**price, "message": policy(0, MIDNIGHT, 1250, NIGHT_AND_DAY)},
                {**shown, "bands": banded(NIGHT_AND_DAY)},
            ),
            step("check_conflict", {**claim, "second": policy(0, MIDNIGHT, 1250, NIGHT_AND_DAY)}, {}),
        ],
        requirements=ids(9, 16),
        comment="Two meters of one tariff were given two policies of one number, and compare them.",
        source=CBOR2,
        flags=["Evidence"],
    )
    return file


def files() -> Iterator[VectorFile]:
    """The files of reports, prices, rings and report servers."""
    yield from policy_files()
    yield from report_files()
    yield from total_files()
    yield from ring_files()
    yield from server_files()
    yield from script_files()
