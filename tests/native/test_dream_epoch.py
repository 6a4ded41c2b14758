"""The C core's keys and values of an epoch, a device's sessions and the supplier's sums, in every form.

Against hashlib, hmac and Python's integers; the sessions against the scripts of the suite.
"""

import hashlib
import hmac
import json
import math
import random
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from meter_privacy.conformance.implementation import load_implementation
from meter_privacy.conformance.serve import answer_line
from meter_privacy.conformance.tables import load_tables
from meter_privacy.native import dream_epoch
from meter_privacy.native.errors import Exhausted, Malformed, Policy, Range, check
from meter_privacy.native.operations import OPERATIONS

pytestmark = pytest.mark.usefixtures("core")

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "dream"
SCRIPTS = [
    f"script-{name}-{profile}" for name in ("device", "meter") for profile in ("published", "hardened")
]
DOMAIN = b"meter-privacy/dream/1/"
KEY, DIGEST = hashlib.sha256(b"key").digest(), hashlib.sha256(b"digest").digest()


def prf(key: bytes, label: bytes, slot: int) -> bytes:
    return hmac.digest(key, DOMAIN + label + b"\x00" + slot.to_bytes(8, "big"), "sha256")


def test_keys_and_values() -> None:
    """DREAM-54, DREAM-55, DREAM-56, DREAM-63, DREAM-64."""
    generator = random.Random(5)
    assert dream_epoch.epoch_key(KEY, DIGEST) == hmac.digest(KEY, DOMAIN + b"epoch-key\0" + DIGEST, "sha256")
    for bits in (*range(1, 18), 63, 64, 65, 127, 128):
        m, slot = 1 << bits, generator.randrange(1 << 53)
        drawn = prf(KEY, b"pair", slot)
        selection, dummy = int.from_bytes(drawn[:8], "big"), int.from_bytes(drawn[8:], "big") % m
        assert dream_epoch.pair_values(KEY, slot, m) == {"selection": selection, "dummy_key": dummy}
        assert dream_epoch.blind(KEY, slot, m) == int.from_bytes(prf(KEY, b"blind", slot), "big") % m
        recovery = generator.randrange(m)
        message = DOMAIN + b"reply\0" + DIGEST + (7).to_bytes(4, "big") + slot.to_bytes(8, "big") + KEY
        tag = hmac.digest(KEY, message + recovery.to_bytes((bits + 7) // 8, "big"), "sha256")
        assert dream_epoch.authenticate_reply(KEY, DIGEST, 7, slot, KEY, m, recovery) == tag
        with pytest.raises(Range):
            dream_epoch.authenticate_reply(KEY, DIGEST, 7, slot, KEY, m, m)
        for modulus in {m, m - 1} - {1}:
            keys = [generator.randrange(modulus) for _ in range(4)]
            pairs = [{"node": node, "key": key} for node, key in zip((1, 6, 8, 9), keys, strict=True)]
            expected = (keys[0] + keys[1] - keys[2] - keys[3] + modulus - 1) % modulus
            assert dream_epoch.recover(modulus, 7, pairs, modulus - 1) == expected
    for modulus in (0, 1, 3, 2**128 + 1, 2**128 + 2**8, 2**129, 2**136, 2**255):
        for function in (dream_epoch.pair_values, dream_epoch.blind):
            with pytest.raises(Range):
                function(KEY, 0, modulus)
        with pytest.raises(Range):
            dream_epoch.authenticate_reply(KEY, DIGEST, 7, 0, KEY, modulus, 0)
        if modulus != 3:
            with pytest.raises(Range):
                dream_epoch.recover(modulus, 7, [], 0)


@pytest.mark.parametrize("name", SCRIPTS)
def test_sessions(name: str) -> None:
    """Every script through the door, refusals too. DREAM-57, DREAM-60 to DREAM-68, DREAM-75."""
    native = load_implementation("native", load_tables())
    document = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    for test in document["tests"]:
        for step in test["steps"]:
            if step["operation"] not in OPERATIONS or "raw" in step:
                break
            request = {
                "id": 1,
                "profile": document["profile"],
                **step,
                "session": test["id"] + step["session"],
            }
            del request["expect"]
            answer = answer_line(native, json.dumps(request).encode())
            got = {"error": answer["error"]["class"]} if "error" in answer else {"output": answer["output"]}
            assert got == step["expect"], (test["id"], step)


def cluster(**changed: int) -> dict[str, int]:
    given = {"meters": 1000, "tolerated_failures": 300, "colluders": 100, "expected_partners": 999}
    given |= {"maximum_wh": 6000, "tail_wh": 300_000, "scale_wh": 6000, "modulus": 2**64}
    return given | changed


def is_exposed(others: int, honest: int, w: int) -> bool:
    return bool((others - w) ** honest << 29 > others**honest)


def nearest() -> list[tuple[int, int, int]]:
    """The clusters (others, honest, w) whose exposure is nearest to 2^-29, on either side or equal."""
    found = []
    for others in range(2, 4096):
        honest = np.arange(others // 2 + 1, others + 1, dtype=np.float64)
        low = np.floor(others * np.exp2(-29 / honest))
        for kept in (low, low + 1):
            valid = (kept >= 1) & (kept < others)
            with np.errstate(divide="ignore"):
                gap = np.abs(honest * np.log2(kept / others) + 29)
            for place in np.flatnonzero(valid & (gap < 1e-5)):
                found.append((others, int(honest[place]), others - int(kept[place])))
    return found


def test_exposure_is_decided_as_in_integers(core: str) -> None:
    """The core rounds a power of 52 bits up: so it must not round over the bound, nearest clusters first.

    All others are further from it than 4095 roundings of 2^-51. DREAM-49.
    """
    if core not in ("installed", "32"):
        return
    cases = nearest()
    assert len(cases) > 20
    assert any((others - w) ** h << 29 == others**h for others, h, w in cases)
    assert 4095 * 2**-51 / math.log(2) < 1e-5
    generator = random.Random(3)
    for _ in range(200):
        others = generator.randrange(1, 4096)
        honest = generator.randrange(others // 2 + 1, others + 1)
        near = others - int(others * 2 ** (-29 / honest)) + generator.randrange(-2, 3)
        cases.append((others, honest, min(max(near, 1), others)))
    for others, honest, w in cases:
        given = cluster(
            meters=others + 1, tolerated_failures=others - honest, colluders=0, expected_partners=w
        )
        if is_exposed(others, honest, w):
            with pytest.raises(Policy):
                dream_epoch.check_cluster(**given)
        else:
            assert dream_epoch.check_cluster(**given) == others - honest, given


def test_supplier_sums() -> None:
    """Keystreams and totals of a slot as words. DREAM-6, DREAM-15, DREAM-16."""
    generator = random.Random(9)
    keys = [generator.randbytes(32) for _ in range(9)]
    prepared = dream_epoch.prepare_keys(keys)
    for bits in (1, 2, 7, 8, 31, 32, 33, 63, 64):
        m = 1 << bits
        streams = dream_epoch.slot_keystreams(bits, 77, prepared)
        expected = [int.from_bytes(prf(key, b"keystream", 77), "big") % m for key in keys]
        assert list(streams) == expected
        sums = array("Q", [generator.choice((0, m - 1, generator.randrange(m))) for _ in keys])
        opened = array("Q", [generator.randrange(m) for _ in range(4)])
        total = (sum(sums) - sum(expected) - sum(opened)) % m
        centred = total - m if 2 * total >= m else total
        assert dream_epoch.slot_total(bits, sums, streams, opened) == centred
        assert dream_epoch.slot_total(bits, array("Q", [0]), array("Q", [m // 2]), array("Q")) == -m // 2
        if bits < 64:
            for place in range(3):
                lists = [array("Q", [0, 0]) for _ in range(3)]
                lists[place][1] = m
                with pytest.raises(Range):
                    dream_epoch.slot_total(bits, *lists)
    for bits in (0, 65):
        with pytest.raises(Range):
            dream_epoch.slot_keystreams(bits, 77, prepared)
        with pytest.raises(Range):
            dream_epoch.slot_total(bits, array("Q", [0]), array("Q", [0]), array("Q"))
    with pytest.raises(Malformed):
        dream_epoch.slot_total(64, array("Q"), array("Q"), array("Q"))
    with pytest.raises(Malformed):
        dream_epoch.slot_total(64, array("Q", [1]), array("Q"), array("Q"))


class Member:
    """A device in the core, with a counter that can fail."""

    def __init__(self, ffi: Any, lib: Any) -> None:
        self.ffi, self.lib = ffi, lib
        self.readable, self.writable, self.held = True, True, 5
        self.keys = [ffi.new("uint8_t[]", list(hashlib.sha256(bytes([k])).digest())) for k in range(6)]
        peers = [(node, (self.keys[node], 32)) for node in (0, 1, 3)]
        self.peers = ffi.new("mpriv_peer[]", peers)
        self.epoch = ffi.new("mpriv_dream_epoch *", {
            "node": 2, "peers": self.peers, "count": 3, "supplier_key": self.keys[4],
            "blind_key": self.keys[5], "digest": self.keys[2], "first_slot": 3, "last_slot": 90,
            "tail_wh": 50, "scale_wh": 1, "tolerated_failures": 1, "colluders": 0, "expected_partners": 3,
            "maximum_wh": 1000, "modulus_bits": 13,
        })  # fmt: skip
        self.member = ffi.new("mpriv_dream_member *")
        self.callbacks = (
            ffi.callback("int(void *, uint64_t *)", self.read, error=-1),
            ffi.callback("int(void *, uint64_t)", self.write, error=-1),
        )
        self.counter = ffi.new("mpriv_counter *", dict(zip(("read", "write"), self.callbacks, strict=True)))

    def read(self, _context: Any, next_slot: Any) -> int:
        next_slot[0] = self.held
        return 0 if self.readable else -1

    def write(self, _context: Any, next_slot: int) -> int:
        self.held = next_slot
        return 0 if self.writable else -1

    def start(self) -> int:
        code: int = self.lib.mpriv_dream_member_start(self.member, self.epoch, self.counter)
        return code

    def report(self, slot: int, share: int = 0) -> tuple[int, int, bytes, int]:
        number, tag, clamped = (
            self.ffi.new("uint64_t *", 9),
            self.ffi.new("uint8_t[]", 32),
            self.ffi.new("uint8_t *", 9),
        )
        code = self.lib.mpriv_dream_member_report(
            number, tag, clamped, self.member, self.epoch, self.counter, slot, 5000, share
        )
        return code, number[0], bytes(self.ffi.buffer(tag)), clamped[0]

    def reply(self, slot: int, *missing: int) -> int:
        number, tag = self.ffi.new("uint64_t *"), self.ffi.new("uint8_t[]", 32)
        nodes = self.ffi.new("uint32_t[]", list(missing))
        code: int = self.lib.mpriv_dream_member_reply(
            number, tag, self.member, self.epoch, slot, nodes, len(missing)
        )
        return code


@pytest.fixture
def member(interface: tuple[Any, Any]) -> Member:
    return Member(*interface)


def test_a_counter_that_fails(member: Member) -> None:
    """Nothing is answered that the counter does not hold. DREAM-74."""
    member.readable = False
    assert member.start() == -11
    member.readable = True
    assert member.start() == 0
    assert member.report(4) == (-8, 0, bytes(32), 0)
    member.writable = False
    assert member.report(7) == (-11, 0, bytes(32), 0)
    member.writable = True
    assert member.report(7) == (-8, 0, bytes(32), 0)
    assert member.reply(7) == -7
    code, _, tag, clamped = member.report(8)
    assert (code, clamped) == (0, 1)
    assert tag != bytes(32)
    assert member.held == 9
    assert member.report(8, 51) == (-2, 0, bytes(32), 0)
    assert [member.reply(8, node) for node in (4, 2**32 - 1, 2)] == [-2, -2, -2]
    with pytest.raises(Exhausted):
        check(-11, "the counter")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("peers", None, -32), ("supplier_key", None, -32), ("blind_key", None, -32), ("digest", None, -32),
        ("count", 0, -1), ("count", 4096, -1), ("node", 1, -2), ("node", 3, -2), ("expected_partners", 0, -2),
        ("expected_partners", 4, -2), ("maximum_wh", 0, -2), ("tail_wh", 2**52, -2), ("modulus_bits", 0, -2),
        ("modulus_bits", 65, -2), ("modulus_bits", 12, -2), ("tolerated_failures", 4, -2),
        ("colluders", 4, -2), ("scale_wh", 0, -2), ("scale_wh", 2**52, -2), ("scale_wh", 2, -2),
        ("colluders", 2, -9), ("tolerated_failures", 2, -9), ("expected_partners", 2, -9),
    ],
)  # fmt: skip
def test_epochs_that_no_device_starts_with(member: Member, field: str, value: int | None, code: int) -> None:
    """DREAM-49, DREAM-75."""
    setattr(member.epoch, field, member.ffi.NULL if value is None else value)
    assert member.start() == code


def test_peers_that_no_device_starts_with(member: Member) -> None:
    """A key too short, a key that is not there, and nodes that do not rise. DREAM-75."""
    changes: list[tuple[Callable[[], None], int]] = [
        (lambda: setattr(member.peers[1].key, "length", 31), -1),
        (lambda: setattr(member.peers[1].key, "data", member.ffi.NULL), -32),
        (lambda: setattr(member.peers[1], "node", 0), -2),
    ]
    for change, code in changes:
        member = Member(member.ffi, member.lib)
        change()
        assert member.start() == code


def test_a_report_without_a_cap(member: Member) -> None:
    """What start refuses is refused in a slot, too."""
    assert member.start() == 0
    member.epoch.maximum_wh = 0
    assert member.report(8) == (-2, 0, bytes(32), 0)
    assert member.reply(8, *[0] * 4096) == -1
    assert member.lib.mpriv_dream_member_start(member.ffi.NULL, member.epoch, member.counter) == -32
    assert member.lib.mpriv_dream_member_start(member.member, member.ffi.NULL, member.counter) == -32


def test_sizes_that_the_binding_does_not_pass_on(interface: tuple[Any, Any]) -> None:
    """Lists too long, numbers too large by one. DREAM-40, DREAM-41, DREAM-49, DREAM-63."""
    ffi, lib = interface
    share, value, clamped = ffi.new("int32_t *", 7), ffi.new("int64_t *", 7), ffi.new("uint8_t *", 7)
    table = ffi.new("uint64_t[]", list(range(4097)))
    for count in (0, 4097):
        assert lib.mpriv_dream_table_share(share, table, count, bytes(16)) == -1
        assert lib.mpriv_dream_sanitise(value, clamped, 5, 10, 1, table, count, bytes(16)) == -1
        assert (share[0], value[0], clamped[0]) == (0, 0, 0)
    limit, modulus = ffi.new("uint32_t *", 7), (1 << 64).to_bytes(9, "big")
    for scale in (0, 1 << 52):
        code = lib.mpriv_dream_check_cluster_vartime(limit, 5, 1, 1, 4, 1000, 1 << 51, scale, modulus, 9)
        assert (code, limit[0]) == (-2, 0)
    key = ffi.new("uint8_t[]", 9)
    peers = ffi.new("mpriv_peer[]", [(node + 1, (key, 9)) for node in range(4096)])
    opened = ffi.new("uint8_t[]", [7] * 9)
    assert lib.mpriv_dream_recover(opened, 9, modulus, 9, 0, peers, 4096, key, 9) == -1
    assert bytes(ffi.buffer(opened)) == bytes(9)
