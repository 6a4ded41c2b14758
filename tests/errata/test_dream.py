"""What paper C prints of keys, partners, masks and modulus and does not hold, and what does.

Each test first does what is printed and asserts its counterexample, then does what the requirement says.
"""

import hashlib
import hmac
import math
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest

from meter_privacy.reference import dream
from meter_privacy.reference.errors import Policy, Range, Replayed
from meter_privacy.vectors.generators.common import draw_below, draw_bytes

M = 2**32
KEYS: list[dream.NodeKey] = [
    {"node": node, "key": draw_bytes(f"errata/dream/key/{node}", 32)} for node in range(1, 12)
]


def meter(node: int = 0, w: int = 11, modulus: int = M) -> dict[str, Any]:
    """A started session of a meter with eleven others."""
    session: dict[str, Any] = {}
    supplier_key = draw_bytes("errata/dream/supplier", 32)
    dream.meter_start(session, node, modulus, draw_bytes("errata/dream/roster", 32), supplier_key, KEYS, w)
    return session


def test_selection_by_a_number_between_zero_and_one() -> None:
    """C-ERRATUM-10: v / (2^8 - 1) <= w / (N - 1) selects too many, and somebody at w = 0. DREAM-8."""

    def printed(v: int, w: int, others: int) -> bool:
        return Fraction(v, 255) <= Fraction(w, others)

    selected = sum(printed(v, 16, 255) for v in range(256))
    assert selected == 17
    assert round(selected / 256, 6) == 0.066406
    assert round(16 / 255, 6) == 0.062745
    assert sum(printed(v, 0, 999) for v in range(256)) == 1

    # In binary64 the printed rule selects what it does not select in exact numbers: a pair may disagree.
    def in_binary64(v: int, w: int, others: int) -> bool:
        return v / 2**64 <= w / others

    threshold = dream.selection_threshold(1, 3)
    assert in_binary64(threshold + 100, 1, 3)
    assert not Fraction(threshold + 100, 2**64) <= Fraction(1, 3)

    for w, others in product((1, 2, 10, 998, 999), (999, 1000, 4095)):
        if w <= others:
            exact = dream.selection_threshold(w, others)
            assert 0 <= Fraction(w, others) - Fraction(exact, 2**64) < Fraction(1, 2**64)
    assert all(dream.selection_threshold(n, n) == 2**64 for n in range(1, 4096))
    with pytest.raises(Range):
        dream.select_partners(0, 5, KEYS, 0)


def test_a_meter_without_a_partner_is_exposed() -> None:
    """C-ERRATUM-11: w = 10 of N = 1000 exposes 6.2 readings a day, with half colluding 475. DREAM-9."""

    def exposed(w: int, honest_others: int, meters: int) -> float:
        alone = Fraction(999 - w, 999) ** honest_others
        return float(144 * meters * alone)

    assert exposed(10, 999, 1000) == pytest.approx(6.216, abs=0.001)
    assert exposed(10, 499, 500) == pytest.approx(475.448, abs=0.001)
    assert 0.9e-4 < exposed(40, 499, 500) < 1.1e-4
    assert exposed(998, 499, 500) < 1e-100

    # As printed: a slot in which nobody is selected, and the supplier subtracts its keystream.
    def printed(slot: int, value: int, supplier_key: bytes) -> int:
        threshold = dream.selection_threshold(1, len(KEYS))
        chosen = [
            e for e in KEYS if int.from_bytes(dream.prf(e["key"], b"select", slot)[:8], "big") < threshold
        ]
        dummies: list[dream.DummyKey] = [
            {"node": e["node"], "key": dream.dummy_key(e["key"], slot, M)} for e in chosen
        ]
        return dream.mask(M, 0, value, dream.keystream(supplier_key, slot, M), dummies, 0)

    supplier_key = draw_bytes("errata/dream/supplier", 32)
    read = [
        t
        for t in range(200)
        if (printed(t, 1234, supplier_key) - dream.keystream(supplier_key, t, M)) % M == 1234
    ]
    # (10/11)^11 = 0.35 of the slots.
    assert 50 < len(read) < 90

    session = meter(w=1)
    for slot in read[:5]:
        with pytest.raises(Policy):
            dream.meter_report(session, slot, 1234)
    others = [t for t in range(200) if t not in read]
    for slot in others[:5]:
        report = dream.meter_report(session, slot, 1234)
        assert (report["ciphertext"] - dream.keystream(supplier_key, slot, M)) % M != 1234


def test_the_printed_modulus_wraps() -> None:
    """C-ERRATUM-12: 2^ceil(log2(z N)) holds no largest total and no negative one. DREAM-10, DREAM-16."""

    def printed(z: int, meters: int) -> int:
        return 1 << math.ceil(math.log2(z * meters))

    m = printed(64, 4)
    assert m == 256
    assert sum([64] * 4) % m == 0
    # Noise carries totals below zero, and no representative is printed: -27 comes out as 485 modulo 512.
    assert -27 % 512 == 485
    # It wraps exactly where z N is a power of two.
    wrapping = [(z, n) for z in range(1, 65) for n in range(2, 65) if z * n % printed(z, n) != z * n]
    assert wrapping == [(z, n) for z in range(1, 65) for n in range(2, 65) if (z * n) & (z * n - 1) == 0]

    assert dream.modulus(4, 64, 0) == 512
    assert dream.centred(-27, 512) == -27
    for meters, maximum, tail in product((2, 3, 4, 5), (1, 3, 5, 8, 64), (0, 1, 3, 27)):
        m = dream.modulus(meters, maximum, tail)
        assert m // 2 < meters * maximum + 2 * tail + 1 <= m
        for total in range(-tail, meters * maximum + tail + 1):
            assert dream.total_wh(dream.centred(total, m), m, tail) == total
    with pytest.raises(Range):
        dream.check_parameters(4, 0, 0, 3, 64, 0, 256)
    # Centred alone, the largest total of a tight modulus is negative.
    assert dream.centred(2 * 8191, dream.modulus(2, 8191, 0)) == -2


def test_a_keystream_without_its_slot() -> None:
    """C-ERRATUM-14: K'_i that does not change is a one-time pad used twice. DREAM-6."""
    stream = draw_below("errata/dream/stream", M)
    first, second = ((value + stream) % M for value in (540, 500))
    assert (first - second) % M == 40

    key = draw_bytes("errata/dream/supplier", 32)
    streams = {dream.keystream(key, slot, M) for slot in range(1000)}
    assert len(streams) == 1000
    first, second = (
        dream.mask(M, 0, value, dream.keystream(key, slot, M), [], 0) for slot, value in ((7, 540), (8, 500))
    )
    assert (first - second) % M != 40


def test_repeated_public_values_repeat_every_mask() -> None:
    """C-ERRATUM-15: a supplier that repeats r1, r2 learns differences of readings. DREAM-5, DREAM-22."""

    def printed(value: int, r1: int, r2: int, stream: int) -> int:
        dummies: list[dream.DummyKey] = [
            {"node": e["node"], "key": int.from_bytes(dream.prf(e["key"], b"r2", r2), "big") % M}
            for e in KEYS
            if dream.prf(e["key"], b"r1", r1)[0] < 128
        ]
        return dream.mask(M, 0, value, stream, dummies, 0)

    # The supplier knows the keystreams of both slots, and takes them off.
    streams = [draw_below(f"errata/dream/streams/{t}", M) for t in (1, 2)]
    first, second = (printed(value, 31, 32, k) for value, k in zip((812, 799), streams, strict=True))
    assert ((first - streams[0]) - (second - streams[1])) % M == 13

    session = meter()
    key = session["supplier_key"]
    reports = [dream.meter_report(session, slot, value) for slot, value in ((1, 812), (2, 799))]
    bare = [r["ciphertext"] - dream.keystream(key, t, M) for t, r in zip((1, 2), reports, strict=True)]
    assert (bare[0] - bare[1]) % M != 13
    with pytest.raises(Replayed):
        dream.meter_report(session, 1, 799)
    inputs = {
        dream.prf(KEYS[0]["key"], label, t)
        for label in (b"keystream", b"dummy", b"select")
        for t in range(300)
    }
    assert len(inputs) == 900


def test_a_second_value_under_the_masks_of_a_slot() -> None:
    """C-ERRATUM-16: a retry with fresh noise shows the difference of the noise. DREAM-22, DREAM-23."""
    session = meter()
    stream = dream.keystream(session["supplier_key"], 5, M)
    dummies: list[dream.DummyKey] = [
        {"node": e["node"], "key": dream.dummy_key(e["key"], 5, M)} for e in KEYS
    ]
    noise = (17, -4, 230, -88)
    attempts = [dream.mask(M, 0, 1234 + g, stream, dummies, 0) for g in noise]
    assert [dream.centred(c - attempts[0], M) for c in attempts] == [g - noise[0] for g in noise]

    first = dream.meter_report(session, 5, 1234 + noise[0])
    assert first["ciphertext"] == attempts[0]
    for g in noise[1:]:
        with pytest.raises(Replayed):
            dream.meter_report(session, 5, 1234 + g)
    assert dream.meter_report(session, 5, 1234 + noise[0]) == first


def test_sign_of_oneself_and_the_sum_of_the_keys() -> None:
    """C-ERRATUM-17: no value at i = j; keys sum to zero modulo m only. DREAM-12, DREAM-13."""

    def printed(i: int, j: int) -> Fraction:
        return Fraction(i - j, abs(i - j))

    with pytest.raises(ZeroDivisionError):
        printed(4, 4)
    keys = (200, 56)
    assert sum(keys) != 0
    assert sum(keys) % 256 == 0
    # The text has v_i add and v_j subtract, whichever is larger: read so by both meters, nothing cancels.
    k = draw_below("errata/dream/pair", M)
    by_text_from_either_side = (100 + k) + (50 + k)
    assert by_text_from_either_side % M != 150

    for i, j in product((0, 1, 5, 2**31 - 1, 2**31, 2**32 - 1), repeat=2):
        if i != j:
            assert dream.sign(i, j) == printed(i, j)
            assert dream.sign(i, j) == -dream.sign(j, i)
    with pytest.raises(Range):
        dream.mask(M, 4, 100, 0, [{"node": 4, "key": k}], 0)
    one = dream.mask(M, 1, 100, 0, [{"node": 2, "key": k}], 0)
    two = dream.mask(M, 2, 50, 0, [{"node": 1, "key": k}], 0)
    assert (one + two) % M == 150
    # What hides that a value repeats is not the encryption, which draws nothing, but the slot's masks.
    session = meter()
    ciphertexts = [dream.meter_report(session, slot, 100)["ciphertext"] for slot in range(50)]
    assert len(set(ciphertexts)) == 50


def opened(meters: int, colluders: int, failures: int) -> bool:
    """Whether the supplier can open the sums of two different sets of survivors in one slot.

    Honest meters are 0 to N - c - 1 and answer one list of at most M missing ones each; the others any.
    """
    everybody = range(meters)
    honest = range(meters - colluders)
    views = [
        frozenset(everybody) - frozenset(missing)
        for size in range(failures + 1)
        for missing in combinations(everybody, size)
    ]
    return any(
        not any(node in first and node in second for node in honest)
        for first, second in combinations(views, 2)
    )


def test_split_views() -> None:
    """C-ERRATUM-20: M >= (N - c)/2 opens two disjoint halves; every view of small clusters. DREAM-11."""
    # As printed, any M < N will do.
    k = {pair: draw_below(f"errata/dream/split/{pair}", M) for pair in combinations(range(4), 2)}
    readings, blinds = (310, 25, 4000, 77), [draw_below(f"errata/dream/blind/{i}", M) for i in range(4)]

    def signed(i: int, j: int) -> int:
        return dream.sign(i, j) * k[min(i, j), max(i, j)]

    ciphertexts = [
        (readings[i] + blinds[i] + sum(signed(i, j) for j in range(4) if j != i)) % M for i in range(4)
    ]
    for view, missing in (((0, 1), (2, 3)), ((2, 3), (0, 1))):
        replies = [(sum(signed(i, j) for j in missing) + blinds[i]) % M for i in view]
        total = dream.aggregate(M, [ciphertexts[i] for i in view], [0, 0], replies)
        assert total == sum(readings[i] for i in view)

    for meters in range(2, 7):
        for colluders in range(meters - 1):
            for failures in range(meters - 1):
                try:
                    dream.check_parameters(meters, failures, colluders, 1, 1, 0, M)
                except Policy:
                    assert opened(meters, colluders, failures)
                else:
                    assert not opened(meters, colluders, failures)


def test_storage_of_keys() -> None:
    """C-ERRATUM-23: 16 Kb are 16 kB; a meter stores N - 1 keys, of which a slot uses l. DREAM-21."""
    printed_bits, b, meters = 16 * 1024, 128, 1000
    assert meters * b > printed_bits
    assert meters * b // 8 == 16000

    # As printed, l keys are stored: those of one slot are not those of another.
    w = 3
    used = {frozenset(dream.select_partners(0, t, KEYS, w)) for t in range(60) if selected(t, w)}
    assert len(used) > 30
    assert max(map(len, used)) < len(KEYS)
    stored = meter(w=w)["keys"]
    assert {entry["node"] for entry in stored} == frozenset().union(*used)


def selected(slot: int, w: int) -> bool:
    """Whether anybody is selected."""
    try:
        return bool(dream.select_partners(0, slot, KEYS, w))
    except Policy:
        return False


def test_encodings_that_are_left_open() -> None:
    """C-ERRATUM-24: a slot in 4 or in 8 bytes, two dummy keys, no total. DREAM-5, DREAM-15, DREAM-20."""
    key, slot = KEYS[0]["key"], 96

    def printed(width: int) -> int:
        digest = hmac.digest(key, slot.to_bytes(width, "big"), hashlib.sha256)
        return int.from_bytes(digest, "big") % M

    one = dream.mask(M, 1, 100, 0, [{"node": 2, "key": printed(4)}], 0)
    two = dream.mask(M, 2, 50, 0, [{"node": 1, "key": printed(8)}], 0)
    assert dream.aggregate(M, [one, two], [0, 0], []) != 150

    k = dream.dummy_key(key, slot, M)
    one = dream.mask(M, 1, 100, 0, [{"node": 2, "key": k}], 0)
    two = dream.mask(M, 2, 50, 0, [{"node": 1, "key": k}], 0)
    assert dream.aggregate(M, [one, two], [0, 0], []) == 150
    # Two rosters, two tags: who is shown another list sends reports that do not verify.
    tags = {
        dream.authenticate(key, draw_bytes(f"errata/dream/roster/{n}", 32), 1, slot, M, one) for n in (1, 2)
    }
    assert len(tags) == 2
