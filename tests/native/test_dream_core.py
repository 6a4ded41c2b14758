"""The C core's DREAM masking against Python's integers, hashlib and hmac, in every form of the core."""

import hashlib
import hmac
import random
from typing import Any

import pytest

from meter_privacy.native import dream
from meter_privacy.native.errors import Malformed, Policy, Range

pytestmark = pytest.mark.usefixtures("core")

DOMAIN = b"meter-privacy/dream/1/"
MODULI = (
    2,
    3,
    4,
    5,
    255,
    256,
    257,
    (1 << 32) - 1,
    1 << 32,
    (1 << 63) + 1,
    1 << 64,
    (1 << 64) + 13,
    1 << 128,
    (1 << 255) + 1,
    (1 << 256) - 1,
)


def prf(key: bytes, label: bytes, slot: int) -> bytes:
    return hmac.digest(key, DOMAIN + label + b"\x00" + slot.to_bytes(8, "big"), "sha256")


def centred(residue: int, modulus: int) -> int:
    residue %= modulus
    return residue if residue < (modulus + 1) // 2 else residue - modulus


def entries(*pairs: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"node": node, "key": key} for node, key in pairs]


@pytest.mark.parametrize("modulus", MODULI)
def test_masks_and_sums(modulus: int) -> None:
    generator = random.Random(modulus)
    low, high = max(-(modulus // 2), -(1 << 53) + 1), min((modulus + 1) // 2 - 1, (1 << 53) - 1)
    for value in {low, high, 0, max(low, -1), min(high, 1), generator.randint(low, high)}:
        keys = [generator.choice((0, modulus - 1, generator.randrange(modulus))) for _ in range(5)]
        partners = generator.sample(range(1 << 32), 5)
        node = generator.choice([0, (1 << 32) - 1, 1 << 31])
        partners = [partner for partner in partners if partner != node]
        stream, blind = generator.randrange(modulus), generator.choice((0, modulus - 1))
        expected = value + stream + blind
        for partner, key in zip(partners, keys, strict=False):
            expected += key if node > partner else -key
        pairs = entries(*zip(partners, keys, strict=False))
        assert dream.mask(modulus, node, value, stream, pairs, blind) == expected % modulus
    numbers = [generator.choice((0, modulus - 1, generator.randrange(modulus))) for _ in range(30)]
    total = sum(numbers[:10]) - sum(numbers[10:20]) - sum(numbers[20:])
    assert dream.aggregate(modulus, numbers[:10], numbers[10:20], numbers[20:]) == centred(total, modulus)


def test_every_value_of_small_moduli() -> None:
    for modulus in range(2, 20):
        for residue in range(modulus):
            assert dream.aggregate(modulus, [residue], [0], []) == centred(residue, modulus)
            assert dream.aggregate(modulus, [0], [residue], []) == centred(-residue, modulus)
            assert dream.aggregate(modulus, [0], [0], [residue]) == centred(-residue, modulus)
        for value in range(-modulus - 1, modulus + 2):
            if centred(value, modulus) == value:
                assert dream.mask(modulus, 0, value, 0, [], 0) == value % modulus
            else:
                with pytest.raises(Range):
                    dream.mask(modulus, 0, value, 0, [], 0)


def test_the_masks_of_a_cluster_cancel() -> None:
    m, slot = 1 << 64, 9
    nodes = [3, 77, 78, 4000000000]
    shared = {
        frozenset((a, b)): hashlib.sha256(f"{min(a, b)} {max(a, b)}".encode()).digest()
        for a in nodes
        for b in nodes
        if a != b
    }
    supplier = {node: hashlib.sha256(f"supplier {node}".encode()).digest() for node in nodes}
    readings = {3: 0, 77: 460800, 78: -17, 4000000000: 1}
    masked = []
    for node in nodes:
        others = [
            {"node": other, "key": shared[frozenset((node, other))]} for other in nodes if other != node
        ]
        partners = dream.select_partners(node, slot, others, len(others))
        assert partners == [other for other in nodes if other != node]
        keys = [
            {"node": partner, "key": dream.dummy_key(shared[frozenset((node, partner))], slot, m)}
            for partner in partners
        ]
        masked.append(dream.mask(m, node, readings[node], dream.keystream(supplier[node], slot, m), keys, 0))
    streams = [dream.keystream(supplier[node], slot, m) for node in nodes]
    assert dream.aggregate(m, masked, streams, []) == sum(readings.values())


@pytest.mark.parametrize("bits", [1, 7, 8, 9, 63, 64, 65, 128, 254, 255])
def test_keystreams_dummy_keys_and_tags(bits: int) -> None:
    key, roster = hashlib.sha256(b"key").digest(), hashlib.sha256(b"roster").digest()
    m = 1 << bits
    for slot in (0, 1, 35040, (1 << 53) - 1):
        assert dream.keystream(key, slot, m) == int.from_bytes(prf(key, b"keystream", slot), "big") % m
        assert dream.dummy_key(key, slot, m) == int.from_bytes(prf(key, b"dummy", slot), "big") % m
        for c in (0, 1, m - 1):
            message = DOMAIN + b"report\x00" + roster + (7).to_bytes(4, "big") + slot.to_bytes(8, "big")
            message += c.to_bytes((bits + 7) // 8, "big")
            assert dream.authenticate(key, roster, 7, slot, m, c) == hmac.digest(key, message, "sha256")
    with pytest.raises(Range):
        dream.authenticate(key, roster, 7, 0, m, m)


@pytest.mark.parametrize("modulus", [0, 1, 3, 6, (1 << 64) + 1, (1 << 255) + (1 << 8), 1 << 256, 3 << 254])
def test_moduli_that_are_no_power_of_two(modulus: int) -> None:
    key = bytes(range(5, 37))
    with pytest.raises(Range):
        dream.keystream(key, 1, modulus)
    with pytest.raises(Range):
        dream.dummy_key(key, 1, modulus)
    with pytest.raises(Range):
        dream.authenticate(key, key, 1, 1, modulus, 0)
    with pytest.raises(Range):
        dream.check_parameters(5, 1, 1, 4, 1, 0, modulus)


@pytest.mark.parametrize("count", [1, 2, 3, 17, 400])
def test_partners(count: int) -> None:
    slot = 12
    keys: list[dict[str, Any]] = [
        {"node": 5 * i + 1, "key": hashlib.sha256(f"{count} {i}".encode()).digest()} for i in range(count)
    ]
    random.Random(count).shuffle(keys)
    for w in sorted({1, count // 2 or 1, count - 1 or 1, count}):
        limit = w * 2**64 // count
        expected = [
            entry["node"]
            for entry in keys
            if int.from_bytes(prf(bytes(entry["key"]), b"select", slot)[:8], "big") < limit
        ]
        if expected:
            assert dream.select_partners(0, slot, keys, w) == expected
        else:
            with pytest.raises(Policy):
                dream.select_partners(0, slot, keys, w)


def test_nobody_is_selected() -> None:
    keys: list[dict[str, Any]] = [
        {"node": i + 1, "key": hashlib.sha256(f"none {i}".encode()).digest()} for i in range(2)
    ]
    silent = next(
        slot
        for slot in range(100)
        if all(prf(bytes(entry["key"]), b"select", slot)[0] >= 128 for entry in keys)
    )
    with pytest.raises(Policy):
        dream.select_partners(0, silent, keys, 1)
    assert dream.select_partners(0, silent, keys, 2) == [1, 2]


def test_no_keys_are_malformed(interface: tuple[Any, Any]) -> None:
    ffi, lib = interface
    assert lib.mpriv_dream_select_partners(ffi.NULL, 0, 1, ffi.NULL, 0, 1) == -1


def test_refusals() -> None:
    key = bytes(range(1, 33))
    m = 1 << 64
    good: dict[str, Any] = {"node": 1, "key": key}
    with pytest.raises(Malformed):
        dream.select_partners(0, 1, [], 1)
    with pytest.raises(Malformed):
        dream.select_partners(0, 1, [{"node": i + 1, "key": key} for i in range(4096)], 1)
    with pytest.raises(Malformed):
        dream.select_partners(0, 1, [{"node": 1, "key": key[:31]}], 1)
    for keys, node, slot, w in (
        ([good], 1, 1, 1),
        ([good, good], 0, 1, 1),
        ([good], 0, -1, 1),
        ([good], 0, 1, 0),
        ([good], 0, 1, 2),
        ([good], 1 << 32, 1, 1),
        ([{"node": -1, "key": key}], 0, 1, 1),
    ):
        with pytest.raises(Range):
            dream.select_partners(node, slot, keys, w)
    for arguments in (
        (1, 0, 0, 0, [], 0),
        (0, 0, 0, 0, [], 0),
        (1 << 256, 0, 0, 0, [], 0),
        (m, 0, 0, m, [], 0),
        (m, 0, 0, 0, [], m),
        (m, 0, 0, 1 << 300, [], 0),
        (m, 0, 0, 0, entries((1, m)), 0),
        (m, 1, 0, 0, entries((1, 0)), 0),
        (m, 1, 0, 0, entries((2, 0), (2, 1)), 0),
        (m, 1 << 32, 0, 0, [], 0),
        (m, 1, 0, 0, entries((1 << 32, 0)), 0),
    ):
        with pytest.raises(Range):
            dream.mask(*arguments)
    for arguments in (
        (m, 0, 0, -1, [], 0),
        (m, 0, 1 << 53, 0, [], 0),
        (m, 0, 0, 0, entries((2, -1)), 0),
        (m, 0, 0, 0, entries(*((i + 1, 0) for i in range(4096))), 0),
    ):
        with pytest.raises(Malformed):
            dream.mask(*arguments)
    assert dream.mask(m, 0, 0, 0, entries(*((i + 1, 1) for i in range(4095))), 0) == m - 4095
    for lists in (
        ([], [], []),
        ([1], [], []),
        ([1] * 4097, [1] * 4097, []),
        ([1], [1], [0] * 4097),
        ([-1], [1], []),
    ):
        with pytest.raises(Malformed):
            dream.aggregate(m, *lists)
    for lists in (([m], [0], []), ([0], [m], []), ([0], [0], [m])):
        with pytest.raises(Range):
            dream.aggregate(m, *lists)
    assert dream.aggregate(m, [1] * 4096, [0] * 4096, [1] * 4096) == 0
    with pytest.raises(Malformed):
        dream.keystream(key[:31], 0, m)
    with pytest.raises(Range):
        dream.keystream(key, -1, m)
    with pytest.raises(Malformed):
        dream.keystream(key, 1 << 53, m)
    with pytest.raises(Malformed):
        dream.authenticate(key, key[1:], 0, 0, m, 0)


def test_modulus_rule() -> None:
    for meters in (2, 3, 100, 4096):
        for maximum in (1, 3, 460800, (1 << 32) - 1):
            for tail in (0, 1, 1000, (1 << 52) - 1):
                needed = meters * maximum + 2 * tail + 1
                m = dream.modulus(meters, maximum, tail)
                assert m // 2 < needed <= m
                assert m & (m - 1) == 0
                assert dream.check_parameters(meters, 0, 0, 1, maximum, tail, m) == m - needed
                assert dream.check_parameters(meters, 0, 0, 1, maximum, tail, 1 << 255) == (1 << 255) - needed
                with pytest.raises(Range):
                    dream.check_parameters(meters, 0, 0, 1, maximum, tail, m // 2)
    for arguments in ((1, 1, 0), (4097, 1, 0), (2, 0, 0), (2, 1 << 32, 0), (2, 1, -1), (2, 1, 1 << 52)):
        with pytest.raises(Range):
            dream.modulus(*arguments)
        with pytest.raises(Range):
            dream.check_parameters(arguments[0], 0, 0, 1, arguments[1], arguments[2], 1 << 255)


def test_parameters_of_a_cluster() -> None:
    for meters in range(2, 9):
        for failures in range(meters + 1):
            for colluders in range(meters + 1):
                for w in range(meters + 1):
                    call = (meters, failures, colluders, w, 10, 5, 1 << 64)
                    if failures >= meters or colluders >= meters or not 1 <= w < meters:
                        with pytest.raises(Range):
                            dream.check_parameters(*call)
                    elif 2 * failures >= meters - colluders:
                        with pytest.raises(Policy):
                            dream.check_parameters(*call)
                    else:
                        assert dream.check_parameters(*call) == (1 << 64) - 10 * meters - 11


def test_a_roster_has_each_point_once() -> None:
    """DREAM-19: of all encodings around 0 and around p the same u coordinate is refused, and only that."""
    prime = 2**255 - 19
    numbers = [*range(22), *range(prime - 3, 2**255)]
    encodings = [number | bit << 255 for number in numbers for bit in (0, 1)]
    for first in encodings:
        for second in encodings:
            members: list[dict[str, Any]] = [
                {"node": node, "public_key": key.to_bytes(32, "little")}
                for node, key in ((1, first), (4, 2**200), (5, second))
            ]
            if first % 2**255 % prime == second % 2**255 % prime:
                with pytest.raises(Range):
                    dream.roster_digest(bytes(16), members)
            else:
                data = b"".join(m["node"].to_bytes(4, "big") + m["public_key"] for m in members)
                data = DOMAIN + b"roster\x00" + bytes(16) + (3).to_bytes(4, "big") + data
                assert dream.roster_digest(bytes(16), members) == hashlib.sha256(data).digest()


def test_roster() -> None:
    cluster = bytes(range(16))
    members: list[dict[str, Any]] = [
        {"node": 7 * i, "public_key": hashlib.sha256(bytes([i])).digest()} for i in range(60)
    ]
    for count in (2, 3, 60):
        data = DOMAIN + b"roster\x00" + cluster + count.to_bytes(4, "big")
        for i in range(count):
            data += (7 * i).to_bytes(4, "big") + hashlib.sha256(bytes([i])).digest()
        assert dream.roster_digest(cluster, members[:count]) == hashlib.sha256(data).digest()
    for wrong in (members[1::-1], [members[0], members[0]], [members[0], {**members[0], "node": 3}]):
        with pytest.raises(Range):
            dream.roster_digest(cluster, wrong)
    for few in ([], members[:1]):
        with pytest.raises(Malformed):
            dream.roster_digest(cluster, few)
    with pytest.raises(Malformed):
        dream.roster_digest(cluster[:15], members)
    with pytest.raises(Malformed):
        dream.roster_digest(cluster, [members[0], {"node": 9, "public_key": b"short"}])
