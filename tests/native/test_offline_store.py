"""The two halves of an encryption: a power of the store is used once, whatever happens to the supply."""

from collections.abc import Iterator
from math import gcd
from typing import Any

import pytest

from meter_privacy.native import _core, paillier

ffi: Any = _core.ffi
lib: Any = _core.lib

P, Q = 0xD39F1C5A07E24BB7, 0xB12D8E66903FC71533
N = P * Q
MODULUS = N.to_bytes(17, "big")
RECORD = 3 * len(MODULUS)
SLOTS = 3
OK, STATE, EXHAUSTED = 0, -10, -11
EMPTY, FULL, BURNT = 0xFF, 0x0F, 0x00


class PowerLost(Exception):
    pass


class Flash:
    """Slots of a record and a marker byte, programmed byte by byte.

    After `budget` programmed bytes the power is gone: every later access fails until `restart`.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self.bytes = [bytearray([EMPTY]) + bytearray(RECORD) for _ in range(slots)]
        self.budget: int | None = None
        self.burns = True
        callback = ffi.callback
        self.keep = (
            callback("int(void *, size_t, uint8_t *, size_t)", self.read, error=-1),
            callback("int(void *, size_t, const uint8_t *, size_t)", self.write, error=-1),
            callback("int(void *, size_t)", self.burn, error=-1),
        )
        self.memory = ffi.new("mpriv_memory *")
        self.memory.slots = slots
        self.memory.read, self.memory.write, self.memory.burn = self.keep

    def restart(self) -> None:
        self.budget = None

    def program(self, slot: int, place: int, value: int) -> bool:
        if self.budget is not None:
            if self.budget == 0:
                return False
            self.budget -= 1
        self.bytes[slot][place] = value
        return True

    def read(self, _context: Any, slot: int, record: Any, length: int) -> int:
        if self.budget == 0:
            return -1
        if self.bytes[slot][0] != FULL:
            return 0
        if length:
            ffi.memmove(record, bytes(self.bytes[slot][1:]), length)
        return 1

    def write(self, _context: Any, slot: int, record: Any, length: int) -> int:
        """The marker goes first and comes back last."""
        data = bytes(ffi.buffer(record, length))
        done = self.program(slot, 0, EMPTY)
        done = done and all(self.program(slot, 1 + i, byte) for i, byte in enumerate(data))
        return 0 if done and self.program(slot, 0, FULL) else -1

    def burn(self, _context: Any, slot: int) -> int:
        if not self.burns:
            return 0
        done = self.program(slot, 0, BURNT)
        return 0 if done and all(self.program(slot, 1 + i, 0) for i in range(RECORD)) else -1

    def take(self) -> tuple[int, bytes]:
        record = ffi.new("uint8_t[]", [0xA5] * RECORD)
        code = lib.mpriv_offline_take(record, RECORD, self.memory)
        return code, bytes(ffi.buffer(record))

    def fill(self, slot: int, source: Any) -> int:
        record, size = ffi.new("uint8_t[]", [0xA5] * RECORD), lib.mpriv_public_scratch_bytes(len(MODULUS), 1)
        scratch = ffi.new("uint8_t[]", size)
        code = lib.mpriv_offline_fill(
            self.memory, slot, source.source, MODULUS, len(MODULUS), record, RECORD, scratch, size
        )
        assert not any(bytes(ffi.buffer(record)))
        return int(code)


class Source:
    """A random source that gives the strings of a list, then fails."""

    def __init__(self, strings: Iterator[bytes]) -> None:
        self.strings = strings
        self.keep = ffi.callback("int(void *, uint8_t *, size_t)", self.random, error=-1)
        self.source = ffi.new("mpriv_source *")
        self.source.random = self.keep

    def random(self, _context: Any, data: Any, length: int) -> int:
        string = next(self.strings, None)
        if string is None:
            return -1
        ffi.memmove(data, string, length)
        return 0


def counted() -> Iterator[bytes]:
    for i in range(1, 1000):
        yield (pow(3, 50 * i, N)).to_bytes(len(MODULUS), "big")


def filled() -> Flash:
    flash, source = Flash(), Source(counted())
    assert [flash.fill(slot, source) for slot in range(SLOTS)] == [OK] * SLOTS
    return flash


def test_zero_is_drawn_again_and_bits_above_the_modulus_are_cut() -> None:
    short = P * 29
    modulus = short.to_bytes(9, "big")
    assert modulus[0] < 0x20
    source = Source(iter([bytes([1] * 9), bytes(9), b"\xe0" + bytes(7) + b"\x02"]))
    flash, size = Flash(), lib.mpriv_encrypt_scratch_bytes(9, 1)
    record, scratch = ffi.new("uint8_t[]", 27), ffi.new("uint8_t[]", size)
    assert lib.mpriv_offline_fill(flash.memory, 0, source.source, modulus, 9, record, 27, scratch, size) == OK
    assert bytes(flash.bytes[0][1:28]) == paillier.offline_power(short, 2)


def test_every_power_is_given_once_and_then_none() -> None:
    flash = filled()
    taken = [flash.take() for _ in range(SLOTS)]
    assert [code for code, _ in taken] == [OK] * SLOTS
    assert len({record for _, record in taken}) == SLOTS
    assert flash.take() == (EXHAUSTED, bytes(RECORD))


def test_a_loss_of_power_at_every_step_of_taking_never_gives_a_power_twice() -> None:
    for step in range(RECORD + 2):
        flash = filled()
        flash.budget = step
        given = []
        code, record = flash.take()
        if code == OK:
            given.append(record)
        else:
            assert (code, record) == (STATE, bytes(RECORD))
        flash.restart()
        while (answer := flash.take())[0] == OK:
            given.append(answer[1])
        assert len(set(given)) == len(given) >= SLOTS - 1, step
        assert all(any(record) for record in given)


def test_a_loss_of_power_at_every_step_of_filling_gives_whole_powers_only() -> None:
    whole = {record for _, record in (filled().take() for _ in range(1))}
    source_record = next(iter(whole))
    for step in range(RECORD + 2):
        flash = Flash()
        flash.budget = step
        code = flash.fill(0, Source(counted()))
        assert code == (OK if step >= RECORD + 2 else STATE)
        flash.restart()
        assert flash.take() in {(EXHAUSTED, bytes(RECORD)), (OK, source_record)}


def test_a_memory_that_does_not_burn_gives_nothing() -> None:
    flash = filled()
    flash.burns = False
    assert flash.take() == (STATE, bytes(RECORD))


@pytest.mark.parametrize(
    "strings",
    [
        [],
        [bytes([7]) * 17],
        [bytes(17)] * 300,
        [b"\xff" * 17] * 300,
        [b"\x01" * 17] * 300,
        [b"\xff" * 16 + bytes([i % 256]) for i in range(300)],
    ],
    ids=["dead", "dies", "zero", "ones", "stuck", "never below n"],
)
def test_a_dead_random_source_fails_closed(strings: list[bytes]) -> None:
    flash = Flash()
    assert flash.fill(0, Source(iter(strings))) == EXHAUSTED
    assert flash.take() == (EXHAUSTED, bytes(RECORD))


@pytest.mark.parametrize("n", [N, 15 * 17, (1 << 127) - 1, (1 << 512) - 569])
def test_online_encryption_is_the_encryption(n: int) -> None:
    for i in range(1, 30):
        r, m = pow(5, 70 * i, n), pow(3, 90 * i, n)
        if r and gcd(r, n) == 1:
            record = paillier.offline_power(n, r)
            assert paillier.encrypt_online(n, m, record) == (1 + m * n) * pow(r, n, n * n) % (n * n)


def test_misuse_and_refusals() -> None:
    flash, source, null = filled(), Source(counted()).source, ffi.NULL
    size = lib.mpriv_public_scratch_bytes(17, 1)
    room, record, out = ffi.new("uint8_t[]", size), ffi.new("uint8_t[]", RECORD), ffi.new("uint8_t[]", 34)
    even = bytes(16) + b"\x10"
    misuse, scratch, refused = -32, -33, -2
    r = b"\x05"

    def fill(memory: Any, where: int, random: Any, n: Any, buffer: Any, length: int) -> int:
        return int(lib.mpriv_offline_fill(memory, where, random, n, 17, buffer, length, room, size))

    def power(buffer: Any, length: int, n: Any, number: Any, space: int) -> int:
        return int(lib.mpriv_offline_power(buffer, length, n, 17, number, 1, room, space))

    def online(n: Any, length: int, kept: int, space: int) -> int:
        return int(lib.mpriv_paillier_encrypt_online(out, length, n, 17, r, 1, record, kept, room, space))

    for memory, random, n, buffer in (
        (null, source, MODULUS, record),
        (flash.memory, null, MODULUS, record),
        (flash.memory, source, null, record),
        (flash.memory, source, MODULUS, null),
    ):
        assert fill(memory, 0, random, n, buffer, RECORD) == misuse
    assert fill(flash.memory, SLOTS, source, MODULUS, record, RECORD) == misuse
    assert fill(flash.memory, 0, source, MODULUS, record, RECORD - 1) == misuse
    assert fill(flash.memory, 0, source, even, record, RECORD) == refused
    assert power(null, RECORD, MODULUS, r, size) == misuse
    assert power(record, RECORD, null, r, size) == misuse
    assert power(record, RECORD, MODULUS, null, size) == misuse
    assert power(record, RECORD - 1, MODULUS, r, size) == misuse
    assert power(record, RECORD, even, r, size) == refused
    assert power(record, RECORD, MODULUS, r, 8) == scratch
    assert lib.mpriv_offline_take(null, RECORD, flash.memory) == misuse
    assert lib.mpriv_offline_take(record, RECORD, null) == misuse
    assert online(MODULUS, 33, RECORD, size) == online(MODULUS, 34, RECORD - 1, size) == misuse
    assert online(even, 34, RECORD, size) == refused
    assert online(MODULUS, 34, RECORD, 8) == scratch
