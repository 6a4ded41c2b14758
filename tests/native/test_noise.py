"""The C core's noise against searches and divisions in Python, in every form of the core."""

import bisect
import random
from typing import Any

import pytest

from meter_privacy.native import noise
from meter_privacy.native.errors import Malformed, Range

pytestmark = pytest.mark.usefixtures("core")

EDGES = (0, 1, 2**31, 2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**63 + 1, 2**64 - 2, 2**64 - 1)


def side(table: list[int], drawn: bytes) -> int:
    """How many thresholds a number reaches, by bisection."""
    return bisect.bisect_right(table, int.from_bytes(drawn, "big"))


def tables(generator: random.Random) -> list[list[int]]:
    """Tables of one threshold, of all edges, and of random ones of several sizes."""
    made = [[edge] for edge in EDGES]
    made.append(sorted(EDGES))
    for size in (2, 33, 1000, 4096):
        made.append(sorted({generator.randrange(2**64) for _ in range(size)}))
    return made


def draws(generator: random.Random, table: list[int]) -> list[bytes]:
    """Pairs of numbers on, beside and away from thresholds."""
    near = [(t + step) % 2**64 for t in (table[0], table[len(table) // 2], table[-1]) for step in (-1, 0, 1)]
    numbers = [*near, *EDGES, *(generator.randrange(2**64) for _ in range(5))]
    return [number.to_bytes(8, "big") + generator.choice(numbers).to_bytes(8, "big") for number in numbers]


def test_shares() -> None:
    """Both sides on every edge of a comparison of 64 bits. DREAM-40."""
    generator = random.Random(40)
    for table in tables(generator):
        for drawn in draws(generator, table):
            assert noise.table_share(table, drawn) == side(table, drawn[:8]) - side(table, drawn[8:])


def test_values() -> None:
    """Cut, rounded down, and a share added, for readings and units of every size. DREAM-27, DREAM-41."""
    generator = random.Random(41)
    whole = [(2**64 // 4097) * (k + 1) for k in range(4096)]
    for turn in range(600):
        unit = generator.choice(
            (1, 2, 3, 32, 1000, 2**16, 2**31 + 11, 2**32 - 1, generator.randrange(1, 2**32))
        )
        maximum = unit * generator.randrange(1, (2**32 - 1) // unit + 1)
        reading = generator.choice(
            (0, -1, maximum, maximum - 1, maximum + 1, 2**53 - 1, 1 - 2**53, generator.randrange(2**32),
             2**32 + generator.randrange(2**20), -(2**32) + 5, -generator.randrange(2**40), unit - 1, unit)
        )  # fmt: skip
        table = whole if turn % 60 == 0 else [2**62, 2**63, 2**63 + 2**62]
        drawn = generator.choice((b"\xff" * 8 + bytes(8), bytes(8) + b"\xff" * 8, generator.randbytes(16)))
        held = min(max(reading, 0), maximum)
        share = side(table, drawn[:8]) - side(table, drawn[8:])
        expected = {"value_wh": unit * (held // unit + share), "clamped": int(held != reading)}
        assert noise.sanitise(reading, maximum, unit, table, drawn) == expected
        assert noise.clamp(reading, maximum) == {"value_wh": held, "clamped": int(held != reading)}


def test_refusals() -> None:
    """Sizes are malformed; tables, caps and units are range. DREAM-27, DREAM-40, DREAM-41."""
    drawn = b"\x80" * 16
    whole = list(range(1, 4097))
    assert noise.table_share(whole, drawn) == 0
    cases: list[tuple[Any, list[int], bytes]] = [
        (Malformed, [], drawn), (Malformed, [*whole, 5000], drawn), (Malformed, [5], drawn[:15]),
        (Malformed, [5], drawn + b"1"), (Malformed, [-1], drawn), (Range, [2**64], drawn),
        (Range, [5, 5], drawn),
        (Range, [2**63, 5], drawn),
    ]  # fmt: skip
    for refusal, table, given in cases:
        with pytest.raises(refusal):
            noise.table_share(table, given)
        with pytest.raises(refusal):
            noise.sanitise(7, 100, 10, table, given)
    for maximum, unit in ((0, 1), (100, 0), (100, 101), (100, 33), (100, -1), (2**32, 1)):
        with pytest.raises(Range):
            noise.sanitise(7, maximum, unit, [5], drawn)
    for maximum in (0, -1, 2**32):
        with pytest.raises(Range):
            noise.clamp(7, maximum)
    for reading in (2**53, True):
        with pytest.raises(Malformed):
            noise.clamp(reading, 100)


def test_misuse_and_outputs_on_errors(interface: tuple[Any, Any]) -> None:
    """A null pointer is misuse and leaves outputs; an error of the data zeroes them. DREAM-40, DREAM-41."""
    ffi, lib = interface
    table, drawn = ffi.new("uint64_t[]", [5, 9]), ffi.new("uint8_t[]", b"\x80" * 16)
    falling = ffi.new("uint64_t[]", [9, 5])
    share, value, clamped, word = (
        ffi.new(kind, 7) for kind in ("int32_t *", "int64_t *", "uint8_t *", "uint32_t *")
    )
    misuse = lib.MPRIV_ERROR_MISUSE if hasattr(lib, "MPRIV_ERROR_MISUSE") else -32
    assert lib.mpriv_dream_table_share(ffi.NULL, table, 2, drawn) == misuse
    assert lib.mpriv_dream_table_share(share, ffi.NULL, 2, drawn) == misuse
    assert lib.mpriv_dream_table_share(share, table, 2, ffi.NULL) == misuse
    assert share[0] == 7
    assert lib.mpriv_dream_table_share(share, falling, 2, drawn) == -2
    assert share[0] == 0
    long = ffi.new("uint64_t[]", list(range(4097)))
    for count in (0, 4097):
        share[0] = 7
        assert lib.mpriv_dream_table_share(share, long, count, drawn) == -1
        assert share[0] == 0
    assert lib.mpriv_dream_clamp(ffi.NULL, clamped, 5, 9) == misuse
    assert lib.mpriv_dream_clamp(word, ffi.NULL, 5, 9) == misuse
    assert word[0] == 7
    assert lib.mpriv_dream_clamp(word, clamped, 5, 0) == -2
    assert (word[0], clamped[0]) == (0, 0)
    for value_at, clamped_at, table_at, drawn_at in (
        (ffi.NULL, clamped, table, drawn), (value, ffi.NULL, table, drawn), (value, clamped, ffi.NULL, drawn),
        (value, clamped, table, ffi.NULL),
    ):  # fmt: skip
        assert lib.mpriv_dream_sanitise(value_at, clamped_at, 5, 9, 3, table_at, 2, drawn_at) == misuse
    assert value[0] == 7
    clamped[0] = 7
    for arguments, code in (
        ((5, 9, 3, falling, 2), -2),
        ((5, 9, 3, table, 0), -1),
        ((5, 9, 3, long, 4097), -1),
        ((5, 9, 4, table, 2), -2),
    ):
        value[0], clamped[0] = 7, 7
        assert lib.mpriv_dream_sanitise(value, clamped, *arguments, drawn) == code
        assert (value[0], clamped[0]) == (0, 0)
