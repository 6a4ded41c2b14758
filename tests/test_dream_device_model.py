"""A device's two rounds, written again from the text with the standard library's HMAC alone.

What the reference and the C core answer to steps in any order is compared with it, bit for bit and class for
class. DREAM-8, DREAM-13, DREAM-14, DREAM-20, DREAM-27, DREAM-55, DREAM-56, DREAM-60 to DREAM-68, DREAM-74,
DREAM-75.
"""

import copy
import hashlib
import hmac
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from meter_privacy.native import operations as native
from meter_privacy.reference import operations as reference

DOMAIN = b"meter-privacy/dream/1/"
LAST = 2**53 - 1
Answer = dict[str, Any] | str


def mac(key: bytes, label: bytes, *parts: bytes) -> bytes:
    return hmac.new(key, DOMAIN + label + b"\0" + b"".join(parts), hashlib.sha256).digest()


def number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def be(value: int, length: int) -> bytes:
    return value.to_bytes(length, "big")


@dataclass
class Device:
    """What the text says of a device that was started; a report in hand, and the list that was answered."""

    node: int
    digest: bytes
    first_slot: int
    last_slot: int
    supplier_key: bytes
    blind_key: bytes
    keys: dict[int, bytes]
    tolerated_failures: int
    colluders: int
    expected_partners: int
    maximum_wh: int
    tail_wh: int
    bits: int
    next_slot: int
    in_hand: dict[str, Any] = field(default_factory=dict)

    def start(self) -> dict[str, Any]:
        """The input of dream.device_start."""
        names = (
            "node", "digest", "first_slot", "last_slot", "supplier_key", "blind_key", "tolerated_failures",
            "colluders", "expected_partners", "maximum_wh", "tail_wh", "next_slot",
        )  # fmt: skip
        keys = [{"node": node, "key": key} for node, key in sorted(self.keys.items())]
        given = {name: getattr(self, name) for name in names}
        return {**given, "keys": keys, "scale_wh": self.tail_wh // 50, "modulus": 1 << self.bits}

    def sum_of(self, partners: dict[int, int]) -> int:
        return sum(key if self.node > peer else -key for peer, key in partners.items())

    def report(self, slot: int, reading_wh: int, share_wh: int) -> Answer:
        cut = min(max(reading_wh, 0), self.maximum_wh)
        value, clamped = cut + share_wh, int(cut != reading_wh)
        if slot < 0 or abs(share_wh) > self.tail_wh:
            return "range"
        if slot > self.last_slot:
            return "expired"
        if self.in_hand and slot == self.in_hand["slot"]:
            again = {**self.in_hand["report"], "clamped": clamped}
            return again if value == self.in_hand["value"] else "replayed"
        if slot < self.next_slot:
            return "replayed"
        partners = {}
        for peer, key in self.keys.items():
            drawn = mac(key, b"pair", be(slot, 8))
            if number(drawn[:8]) < self.expected_partners * 2**64 // len(self.keys):
                partners[peer] = number(drawn[8:]) % (1 << self.bits)
        if not partners:
            return "policy"
        if slot < self.first_slot:
            return "state"
        stream = number(mac(self.supplier_key, b"keystream", be(slot, 8)))
        blind = number(mac(self.blind_key, b"blind", be(slot, 8)))
        masked = (value + stream + self.sum_of(partners) + blind) % (1 << self.bits)
        sealed = (self.digest, be(self.node, 4), be(slot, 8), be(masked, -(-self.bits // 8)))
        report = {"ciphertext": masked, "tag": mac(self.supplier_key, b"report", *sealed)}
        self.in_hand = {
            "slot": slot, "value": value, "report": report, "partners": partners, "blind": blind,
            "answered": None,
        }  # fmt: skip
        self.next_slot = slot + 1
        return {**report, "clamped": clamped}

    def reply(self, slot: int, missing: list[int]) -> Answer:
        rising = missing == sorted(set(missing)) and all(0 <= node < 2**32 for node in missing)
        if slot < 0 or not rising or not set(missing) <= set(self.keys):
            return "range"
        is_in_hand = bool(self.in_hand) and slot == self.in_hand["slot"]
        if not is_in_hand and slot < self.next_slot:
            return "expired"
        if is_in_hand and self.in_hand["answered"] is not None:
            answered, reply = self.in_hand["answered"]
            return dict(reply) if answered == missing else "replayed"
        if len(missing) + self.colluders > self.tolerated_failures:
            return "policy"
        if not is_in_hand:
            return "state"
        listed = {peer: key for peer, key in self.in_hand["partners"].items() if peer in missing}
        revealed = (self.sum_of(listed) + self.in_hand["blind"]) % (1 << self.bits)
        nodes = b"".join(be(node, 4) for node in missing)
        signed = DOMAIN + b"missing\0" + self.digest + be(slot, 8) + be(len(missing), 4) + nodes
        sealed = (
            self.digest, be(self.node, 4), be(slot, 8), hashlib.sha256(signed).digest(),
            be(revealed, -(-self.bits // 8)),
        )  # fmt: skip
        reply = {"recovery": revealed, "tag": mac(self.supplier_key, b"reply", *sealed)}
        self.in_hand["answered"] = (list(missing), reply)
        return dict(reply)


def drawn_device(draw: random.Random) -> Device:
    """Any device of a small cluster or one with w < N - 1; some slots are before its epoch, some after."""
    count = draw.choice((3, 5, 6, 9, 40))
    nodes = draw.sample((*range(count), 2**31, 2**31 + 1, 2**32 - 2, 2**32 - 1), count)
    colluders = 0 if count == 3 else draw.choice((0, 0, 1))
    failures = draw.randrange(colluders, (count - colluders + 1) // 2)
    return Device(
        nodes[0], draw.randbytes(32), draw.randrange(7), draw.choice((8, 9, LAST - 1)), draw.randbytes(32),
        draw.randbytes(32), {node: draw.randbytes(32) for node in nodes[1:]}, failures, colluders,
        36 if count == 40 else count - 1,
        50, 100, draw.choice((16, 20, 33, 64)), draw.randrange(6),
    )  # fmt: skip


def drawn_step(draw: random.Random, device: Device) -> tuple[str, dict[str, Any]]:
    """A report or a list, near what was done before."""
    slots = [*range(11), -1, LAST, LAST - 1]
    slot = device.in_hand["slot"] if device.in_hand and draw.random() < 0.6 else draw.choice(slots)
    if draw.random() < 0.5:
        reading, share = (
            draw.choice((-1, 0, 10, 11, 50, 51, LAST, -LAST)),
            draw.choice((-101, -100, -1, 0, 1, 100)),
        )
        return "report", {"slot": slot, "reading_wh": reading, "share_wh": share}
    known = sorted(draw.sample(sorted(device.keys), draw.randrange(min(4, len(device.keys) + 1))))
    answered = (device.in_hand.get("answered") or (known,))[0]
    others = [*known, device.node], [*known, 77], known[::-1], [*known, 2**32], known, known, known, answered
    return "reply", {"slot": slot, "missing": list(draw.choice(others))}


def answered(place: Any, step: str, given: dict[str, Any], session: dict[str, Any]) -> Answer:
    """What an implementation answers; a refusal leaves its session as it was."""
    before = copy.deepcopy(session)
    try:
        answer: Answer = place.OPERATIONS[f"dream.device_{step}"](session=session, **given)
    except ValueError as refusal:
        assert session == before
        return str(getattr(refusal, "error_class", repr(refusal)))
    return answer


@pytest.mark.parametrize("place", [reference, native], ids=["reference", "native"])
def test_a_device_answers_as_the_text_says(place: Any) -> None:
    """2,400 steps of 80 devices, of which some lose their power."""
    draw, met = random.Random("test/dream/device"), Counter[str]()
    for _ in range(80):
        device, session = drawn_device(draw), {}  # type: Device, dict[str, Any]
        assert answered(place, "start", device.start(), session) is None
        for _ in range(30):
            step, given = drawn_step(draw, device)
            expected = getattr(device, step)(**given)
            assert answered(place, step, given, session) == expected, (step, given)
            met[f"{step} {expected if isinstance(expected, str) else 'answered'}"] += 1
            if draw.random() < 0.05:
                device.in_hand, session = {}, {}
                assert answered(place, "start", device.start(), session) is None
    classes = ("answered", "range", "expired", "replayed", "state")
    both = {f"{step} {name}" for step in ("report", "reply") for name in classes}
    assert set(met) == both | {"reply policy"}
    assert min(met.values()) >= 8, met
