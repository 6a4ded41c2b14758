"""Scripts of DREAM's device: a member that is given the keys of an epoch (paper C, sections 5.2 and 6).

Reports, replies and keys are those of the worlds of the protocol's scripts, put together apart from the
reference; what a device is started with is what its member derives from the announcement.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from meter_privacy.vectors.generators.common import Json, VectorFile, draw_bytes
from meter_privacy.vectors.generators.dream import LAST_NODE, LAST_SLOT, PROFILES, refused, step
from meter_privacy.vectors.generators.dream_protocol import (
    PARAMETERS,
    SLOT,
    Scripts,
    World,
    epoch_key,
    least_modulus,
    pair_values,
    world,
)


class Device:
    """The steps of one meter of a world."""

    def __init__(self, w: World, node: int, session: str = "d") -> None:
        self.world, self.node, self.session = w, node, session
        self.others = sorted(n for n in w.nodes if n != node)

    def given(self, **changed: Any) -> dict[str, Any]:
        """What the device is started with."""
        w, n = self.world, self.node
        return {
            "node": n,
            "digest": w.digest,
            "first_slot": w.first_slot,
            "last_slot": w.last_slot,
            "supplier_key": w.shared[n],
            "blind_key": epoch_key(w.blinds[n], w.digest),
            "keys": [{"node": p, "key": w.key(n, p)} for p in self.others],
            **{name: w.given[name] for name in PARAMETERS[1:]},
            "next_slot": 0,
            **changed,
        }

    def start(self, expect: Json | None = None, /, session: str | None = None, **changed: Any) -> Json:
        """The step that starts it."""
        return step("device_start", session or self.session, self.given(**changed), expect or {"output": {}})

    def send(
        self,
        slot: int,
        reading: int,
        share: int = 0,
        expect: Json | None = None,
        session: str | None = None,
    ) -> Json:
        """The step in which it reports."""
        fields = {"slot": slot, "reading_wh": reading, "share_wh": share}
        expected = expect or {"output": self.world.report(self.node, slot, reading, share)}
        return step("device_report", session or self.session, fields, expected)

    def answer(
        self, slot: int, missing: Sequence[int], expect: Json | None = None, session: str | None = None
    ) -> Json:
        """The step in which it answers a list."""
        expected = expect or {"output": self.world.reply(self.node, slot, missing)}
        fields = {"slot": slot, "missing": list(missing)}
        return step("device_reply", session or self.session, fields, expected)


def unselected(label: str, slot: int, w: int, others: int) -> bytes:
    """A key under which its meter is no partner in the slot."""
    threshold = w * 2**64 // others
    for attempt in range(1000):
        key = draw_bytes(f"{label}/{attempt}", 32)
        if pair_values(key, slot, 2)[0] >= threshold:
            return key
    raise AssertionError("no such key")


def without_partners(d: Device, slot: int) -> list[dict[str, Any]]:
    """Keys under which nobody is a partner in the slot."""
    count, w = len(d.others), d.world.given["expected_partners"]
    return [{"node": p, "key": unselected(f"dream/device/bare/{p}", slot, w, count)} for p in d.others]


def device_file(profile: str) -> VectorFile:
    """What a device answers and refuses."""
    made = Scripts("device", profile, least_modulus(profile))
    w = world(profile)
    d = Device(w, w.nodes[1])
    begin, two, tail = d.start(), d.others[:2], w.given["tail_wh"]
    sent = [begin, d.send(SLOT, 1234)]
    answered = d.answer(SLOT, two)

    made.add(
        "reports-and-replies",
        ("device", "report", "one_reply", "list_length", "slots"),
        "Slots rise; in each one report and one reply.",
        begin,
        d.send(100, 3999, 5),
        d.answer(100, []),
        d.send(101, 0, -3),
        d.answer(101, two),
        d.send(10**6, 77),
        d.answer(10**6, d.others[:1]),
    )
    for node in (w.nodes[0], w.nodes[2], w.nodes[-1]):
        other = Device(w, node)
        made.add(
            f"node-{node}",
            ("device", "report", "recovery"),
            "The signs of the dummy keys are those of this node.",
            other.start(),
            other.send(SLOT, 9, -1),
            other.answer(SLOT, other.others[-2:]),
            flags=["SignRule", "NodeIsUnsigned"],
        )
    made.add(
        "three-devices",
        ("device", "report", "recovery"),
        "Three devices at a time, each with a state of its own; two others are missing.",
        *(Device(w, n, f"d{n}").start() for n in w.nodes[:3]),
        *(Device(w, n, f"d{n}").send(SLOT, 100 + n % 7, n % 5) for n in w.nodes[:3]),
        *(Device(w, n, f"d{n}").answer(SLOT, sorted(w.nodes[3:])) for n in w.nodes[:3]),
        flags=["SessionMix"],
    )
    pair = World(f"dream/device/{profile}/pair", (4, 7), w.m, 0)
    for node in pair.nodes:
        two_meters = Device(pair, node)
        made.add(
            f"pair-{node}",
            ("device", "report"),
            "N = 2: one key, and nobody may be missing.",
            two_meters.start(),
            two_meters.send(SLOT, 17),
            two_meters.answer(SLOT, two_meters.others, refused("policy")),
            two_meters.answer(SLOT, []),
            flags=["AllMissing"],
        )
    colluding = world(profile, "colluder")
    c = Device(colluding, 8)
    made.add(
        "missing-and-colluding",
        ("device", "list_length"),
        "N = 7, M = 2, c = 1: two missing are too many.",
        c.start(),
        c.send(SLOT, 9),
        c.answer(SLOT, [2, 3], refused("policy")),
        c.answer(SLOT, [2]),
        flags=["LongList"],
    )
    if profile == "published":
        sparse = Device(world(profile, "sparse"), 12)
        made.add(
            "not-everybody-is-a-partner",
            ("device", "one_hmac", "recovery"),
            "w = 10 of 11: a missing meter that is no partner adds nothing.",
            sparse.start(),
            *(
                part
                for slot in range(SLOT, SLOT + 6)
                for part in (sparse.send(slot, slot % 50), sparse.answer(slot, sparse.others[slot % 5 :][:1]))
            ),
            flags=["ThresholdRounding", "SplitMask"],
        )
        made.add(
            "nobody-is-a-partner",
            ("device", "report"),
            "Nobody is selected in the slot; the next one is as any other.",
            sparse.start(keys=without_partners(sparse, SLOT)),
            sparse.send(SLOT, 5, expect=refused("policy")),
            sparse.answer(SLOT, [], refused("state")),
            flags=["NoPartner"],
        )
        for bits in (14, 24, 33, 63, 64):
            sized = World(f"dream/device/{bits}", (2, 5, 11), 2**bits, 1, scale_wh=1)
            s = Device(sized, 5)
            made.add(
                f"modulus-2-to-{bits}",
                ("device", "report", "reply_tag"),
                f"m = 2^{bits}.",
                s.start(),
                s.send(SLOT, 4000, 50),
                s.answer(SLOT, [2]),
                s.send(SLOT + 1, 0, -50),
                s.answer(SLOT + 1, [11]),
                flags=["LeadingZeros"],
            )

    made.add(
        "identical-resends",
        ("device", "resend", "one_reply"),
        "The same report and the same reply, as often as asked; another split of the same value too.",
        begin,
        d.send(SLOT, 500, 12),
        d.send(SLOT, 502, 10),
        d.answer(SLOT, two),
        d.send(SLOT, 500, 12),
        d.answer(SLOT, two),
        flags=["SlotReuse"],
    )
    made.add(
        "resend-clamped-otherwise",
        ("device", "resend"),
        "4001 is clamped to 4000: the same value and bytes; the flag is that of the reading asked with.",
        begin,
        d.send(SLOT, 4001, 7),
        d.send(SLOT, 4000, 7),
        d.send(SLOT, 4001, 7),
        d.send(SLOT + 1, 0, -50),
        d.send(SLOT + 1, -3, -50),
        flags=["Clamp"],
    )
    made.add(
        "second-value",
        ("device", "resend"),
        "Another reading in the slot, and the same with fresh noise.",
        begin,
        d.send(SLOT, 500, 30),
        d.send(SLOT, 501, 30, refused("replayed")),
        d.send(SLOT, 500, -8, refused("replayed")),
        d.send(SLOT, 500, 30),
        flags=["SlotReuse", "HalfDone"],
    )
    made.add(
        "slot-decreases",
        ("device", "report", "slots"),
        "An earlier slot is neither reported nor answered.",
        begin,
        d.send(SLOT, 500),
        d.send(SLOT + 1, 600),
        d.send(SLOT, 500, expect=refused("replayed")),
        d.send(SLOT - 1, 1, expect=refused("replayed")),
        d.answer(SLOT, [], refused("expired")),
        d.answer(SLOT + 1, []),
        flags=["WrongSlot"],
    )
    made.add(
        "clamped",
        ("device", "report"),
        "Xmax = 4000: it is not clamped; 4001, 2^53 - 1, -1 and 1 - 2^53 are, before the noise.",
        begin,
        d.send(SLOT, 4000, 7),
        d.send(SLOT + 1, 4001, 7),
        d.send(SLOT + 2, LAST_SLOT, -7),
        d.send(SLOT + 3, -1),
        d.send(SLOT + 4, -LAST_SLOT, 3),
        flags=["Clamp", "NegativeReading"],
    )
    made.add(
        "share-beyond-the-tail",
        ("device", "report"),
        "Shares of T + 1 and -T - 1; of T and -T.",
        begin,
        d.send(SLOT, 5, tail + 1, refused("range")),
        d.send(SLOT, 5, -tail - 1, refused("range")),
        d.send(SLOT, 5, LAST_SLOT, refused("range")),
        d.send(SLOT, 5, tail),
        d.send(SLOT + 1, 5, -tail),
        flags=["ShortTail", "HalfDone"],
    )
    made.add(
        "slots-of-the-epoch",
        ("device", "report"),
        "Before the first slot, after the last, below zero.",
        begin,
        d.send(99, 5, expect=refused("state")),
        d.send(10**6 + 1, 5, expect=refused("expired")),
        d.send(-1, 5, expect=refused("range")),
        d.send(100, 5),
        d.answer(-1, [], refused("range")),
        d.send(10**6, 5),
        flags=["WrongState", "Expired", "SlotWidth"],
    )
    made.add(
        "not-started",
        ("device",),
        "Nothing is answered before the start.",
        d.send(SLOT, 5, expect=refused("state")),
        d.answer(SLOT, [], refused("state")),
        begin,
        d.send(SLOT, 5),
        flags=["WrongState"],
    )
    made.add(
        "second-start",
        ("device",),
        "A second start is refused and changes nothing.",
        begin,
        d.send(SLOT, 5),
        d.start(refused("state")),
        d.send(SLOT, 5),
        d.answer(SLOT, []),
        flags=["WrongState", "HalfDone"],
    )

    def unsafe(slug: str, comment: str, flag: str, error: str, **changed: Any) -> None:
        """A start that is refused, and then the one that is not."""
        made.add(
            slug,
            ("device", "parameters"),
            comment,
            d.start(refused(error), **changed),
            begin,
            d.send(SLOT, 5),
            flags=[flag, "HalfDone"],
        )

    keys = d.given()["keys"]
    hardened = profile == "hardened"
    starts: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("node-below-zero", "The node is -1.", "NodeIsUnsigned", {"node": -1}),
        ("node-2-to-32", "The node has 33 bits.", "NodeIsUnsigned", {"node": 2**32}),
        ("own-key", "A key is the meter's own.", "OwnNode", {"node": d.others[1]}),
        ("key-twice", "A node has two keys.", "DuplicateNode", {"keys": [keys[0], keys[0], *keys[2:]]}),
        ("keys-fall", "The nodes of the keys fall.", "RosterOrder", {"keys": keys[::-1]}),
        ("no-partners", "w = 0.", "NoPartner", {"expected_partners": 0}),
        ("partners-above-keys", "w = N.", "NoPartner", {"expected_partners": 5}),
        ("failures-below-zero", "M = -1.", "UnsafeParameters", {"tolerated_failures": -1}),
        ("failures-above-keys", "M = N.", "UnsafeParameters", {"tolerated_failures": 5}),
        ("colluders-below-zero", "c = -1.", "UnsafeParameters", {"colluders": -1}),
        ("colluders-above-keys", "c = N.", "UnsafeParameters", {"colluders": 5}),
        ("maximum-zero", "Xmax = 0.", "UnsafeParameters", {"maximum_wh": 0}),
        ("maximum-2-to-32", "Xmax = 2^32.", "UnsafeParameters", {"maximum_wh": 2**32}),
        ("scale-zero", "lambda = 0: no noise at all.", "UnsafeParameters", {"scale_wh": 0}),
        ("tail-short", "T = 50 lambda - 1.", "ShortTail", {"tail_wh": tail - 1}),
        ("tail-below-zero", "T = -1.", "ShortTail", {"tail_wh": -1}),
        ("tail-2-to-52", "T = 2^52.", "ShortTail", {"tail_wh": 2**52}),
        ("modulus-2-to-65", "m = 2^65.", "SmallModulus", {"modulus": 2**65}),
        ("modulus-128-bits", "m = 2^128.", "SmallModulus", {"modulus": 2**128}),
        ("first-slot-below-zero", "The first slot is -1.", "SlotWidth", {"first_slot": -1}),
        ("last-slot-below-zero", "The last slot is -1.", "SlotWidth", {"last_slot": -1}),
        ("next-slot-below-zero", "The counter holds -1.", "SlotWidth", {"next_slot": -1}),
        *(
            [
                ("not-the-complete-graph", "w = N - 2.", "NoPartner", {"expected_partners": 3}),
                ("modulus-2-to-63", "m = 2^63.", "SmallModulus", {"modulus": 2**63}),
            ]
            if hardened
            else [
                ("modulus-no-power", "m = 2^32 - 2^8.", "NotPowerOfTwo", {"modulus": 2**32 - 2**8}),
                ("modulus-odd", "m = 2^32 + 1.", "NotPowerOfTwo", {"modulus": 2**32 + 1}),
                ("modulus-zero", "m = 0.", "SmallModulus", {"modulus": 0}),
                ("modulus-just-too-small", "N Xmax + 2 T = 2^15.", "ModulusRule",
                 {"modulus": 2**15, "maximum_wh": 6512, "tail_wh": 104, "scale_wh": 2}),
            ]
        ),
    )  # fmt: skip
    for slug, comment, flag, changed in starts:
        unsafe(slug, comment, flag, "range", **changed)
    starts = (
        ("colluders-above-failures", "c = M + 1.", "UnsafeParameters",
         {"tolerated_failures": 1, "colluders": 2}),
        ("split-view", "N = 5, M = 3.", "SplitView", {"tolerated_failures": 3}),
        ("split-view-by-colluders", "2 M = N - c.", "SplitView", {"tolerated_failures": 2, "colluders": 1}),
    )  # fmt: skip
    for slug, comment, flag, changed in starts:
        unsafe(slug, comment, flag, "policy", **changed)
    if not hardened:
        unsafe("too-few-partners", "w = 3 of 4.", "NoPartner", "policy", expected_partners=3)

    def refuses(slug: str, about: str, comment: str, flag: str, *steps: Json) -> None:
        made.add(slug, ("device", about), comment, *sent, *steps, answered, flags=[flag, "HalfDone"])

    itself = sorted([d.node, d.others[0]])
    refuses("own-node", "whose_ids", "The list names the meter itself.", "OwnNodeMissing",
            d.answer(SLOT, [d.node], refused("range")), d.answer(SLOT, itself, refused("range")))  # fmt: skip
    unknown = sorted([77, d.others[0]])
    refuses("unknown-node", "whose_ids", "The list names a node without a key.", "UnknownNode",
            d.answer(SLOT, [77], refused("range")), d.answer(SLOT, unknown, refused("range")),
            d.answer(SLOT, [LAST_NODE - 1], refused("range")))  # fmt: skip
    refuses("node-twice", "whose_ids", "A node stands twice on the list.", "DuplicateNode",
            d.answer(SLOT, [d.others[0]] * 2, refused("range")))  # fmt: skip
    refuses("list-falls", "whose_ids", "The list falls.", "RosterOrder",
            d.answer(SLOT, two[::-1], refused("range")))  # fmt: skip
    refuses("listed-node-2-to-32", "whose_ids", "A node of 33 bits.", "NodeIsUnsigned",
            d.answer(SLOT, [2**32], refused("range")))  # fmt: skip
    refuses("too-long", "list_length", "Three of five missing where M = 2.", "LongList",
            d.answer(SLOT, d.others[:3], refused("policy")))  # fmt: skip
    refuses("all-others", "list_length", "All others missing.", "AllMissing",
            d.answer(SLOT, d.others, refused("policy")))  # fmt: skip
    refuses("not-reported-yet", "slots", "A list for the next slot.", "WrongSlot",
            d.answer(SLOT + 1, two, refused("state")))  # fmt: skip
    made.add(
        "list-before-any-report",
        ("device", "slots"),
        "A list before anything was reported.",
        begin,
        d.answer(SLOT, [], refused("state")),
        d.send(SLOT, 9),
        d.answer(SLOT, []),
        flags=["WrongSlot"],
    )
    for slug, second in (("nobody", []), ("one-left-out", two[:1]), ("disjoint", d.others[2:4])):
        made.add(
            f"second-list-{slug}",
            ("device", "one_reply"),
            "A second list of the slot.",
            *sent,
            answered,
            d.answer(SLOT, second, refused("replayed")),
            answered,
            flags=["TwoLists"],
        )
    made.add(
        "reply-after-the-next-report",
        ("device", "slots", "one_reply"),
        "The slot is over with the next report, answered or not.",
        *sent,
        answered,
        d.send(SLOT + 1, 4),
        d.answer(SLOT, two, refused("expired")),
        d.answer(SLOT + 1, two),
        d.send(SLOT + 2, 4),
        d.answer(SLOT + 1, two, refused("expired")),
        flags=["WrongSlot"],
    )
    again = Device(w, d.node, "again")
    made.add(
        "loss-of-power-between-write-and-send",
        ("device", "power"),
        "The counter was written, the report was not sent: the slot is neither reported nor answered again.",
        *sent,
        again.start(next_slot=SLOT + 1),
        again.send(SLOT, 1234, expect=refused("replayed")),
        again.send(SLOT, 1300, expect=refused("replayed")),
        again.answer(SLOT, two, refused("expired")),
        again.send(SLOT + 1, 1300),
        again.answer(SLOT + 1, two),
        flags=["Rollback"],
    )
    made.add(
        "loss-of-power-before-the-write",
        ("device", "power"),
        "Nothing was written and nothing sent: the slot is free, for any value.",
        begin,
        again.start(next_slot=SLOT),
        again.send(SLOT - 1, 1, expect=refused("replayed")),
        again.send(SLOT, 1300),
        flags=["Rollback"],
    )
    made.add(
        "counter-behind-the-epoch",
        ("device", "power"),
        "The counter is behind the epoch's first slot, or beyond its last.",
        d.start(next_slot=3),
        d.send(99, 1, expect=refused("state")),
        d.send(100, 1),
        again.start(next_slot=LAST_SLOT),
        again.send(100, 1, expect=refused("replayed")),
        again.send(10**6, 1, expect=refused("replayed")),
        flags=["Rollback"],
    )
    return made.file


def files() -> Iterator[VectorFile]:
    """All files of this part."""
    for profile in PROFILES:
        yield device_file(profile)
