"""Paillier's offline store on the emulated processors: a dead source of randomness, and the loss of power."""

import random
from math import gcd
from pathlib import Path

import pytest

from tests.firmware.meter import (
    AFTER,
    BEFORE,
    BEFORE_SENDING,
    CORES,
    EXHAUSTED,
    OK,
    WITHIN,
    Meter,
)

P, Q = 0xD39F1C5A07E24BB7, 0xB12D8E66903FC71533
N = P * Q
LENGTH = 17
SLOTS = 2
# What the store's slots take of the kept memory, behind the counter.
COUNTER, SLOT = 32, 4 + 3 * 256
NONE = (EXHAUSTED, 0)

needs_programs = pytest.mark.needs("make", "arm-none-eabi-gcc", "qemu-system-arm")


class Encryptor(Meter):
    """The meter with its own source, which is asked over the line."""

    def ask(self, command: bytes, slot: int, *numbers: int, length: int = LENGTH) -> None:
        parts = [number.to_bytes(length, "big") for number in numbers]
        self.send(command + bytes([slot]) + length.to_bytes(2, "little") + b"".join(parts))

    def fill(self, slot: int, draws: list[bytes | None], modulus: int = N, length: int = LENGTH) -> int:
        """Fills a slot; the source gives these strings and fails at None, and when there are no more."""
        self.ask(b"f", slot, modulus, length=length)
        left = iter(draws)
        while (said := self.read(1)) == b"?":
            assert int.from_bytes(self.read(2), "little") == length
            drawn = next(left, None)
            self.send(b"\x01" if drawn is None else b"\x00" + drawn)
        return said[0]

    def encrypt(self, plaintext: int, modulus: int = N, length: int = LENGTH) -> tuple[int, int]:
        self.ask(b"e", 0, modulus, plaintext, length=length)
        return self.read(1)[0], int.from_bytes(self.read(2 * length), "big")


def drawn(r: int, length: int = LENGTH) -> list[bytes | None]:
    """What a source gives that r is drawn from: the first string is only to see that the next one differs."""
    return [(r + 1).to_bytes(length, "big"), r.to_bytes(length, "big")]


def encryption(plaintext: int, r: int, modulus: int = N) -> tuple[int, int]:
    return OK, (1 + plaintext * modulus) * pow(r, modulus, modulus**2) % modulus**2


def store(kept: Path) -> bytes:
    """What the outer memory holds of the store."""
    with kept.open("rb") as stream:
        stream.seek(COUNTER)
        return stream.read(SLOTS * SLOT)


R = [pow(3, 50 * i, N) for i in range(1, 6)]


@needs_programs
@pytest.mark.parametrize("core", CORES)
def test_a_dead_source_of_randomness_fails_closed(core: str, kept: Path, power: list[Meter]) -> None:
    """Nothing is kept of what it gave, nothing is encrypted; a source that lives again fills the store."""
    meter = Encryptor(core, kept)
    power.append(meter)
    dead: dict[str, list[bytes | None]] = {
        "dead": [],
        "dies at the second draw": [bytes([7]) * LENGTH],
        "fails once": [bytes([7]) * LENGTH, None, bytes([9]) * LENGTH],
        "all zero": [bytes(LENGTH)] * 300,
        "all ones": [b"\xff" * LENGTH] * 300,
        "stuck": [b"\x01" * LENGTH] * 300,
        "stuck later": [R[0].to_bytes(LENGTH, "big"), *[b"\xff" * LENGTH] * 300],
        "never below n": [b"\xff" * 16 + bytes([i % 256]) for i in range(300)],
    }
    for name, draws in dead.items():
        assert meter.fill(0, draws) == EXHAUSTED, name
        assert meter.encrypt(42) == NONE, name
        assert not any(store(kept)), name
    assert meter.fill(0, drawn(R[0])) == OK
    assert meter.fill(1, [b"\x01" * LENGTH] * 2) == EXHAUSTED
    assert meter.encrypt(42) == encryption(42, R[0])
    assert meter.encrypt(42) == NONE
    assert not any(store(kept))


@needs_programs
@pytest.mark.parametrize("core", CORES)
def test_an_encryption_of_2048_bits_from_its_own_source(core: str, kept: Path, power: list[Meter]) -> None:
    rng = random.Random(2048)
    modulus = rng.getrandbits(2048) | 1 << 2047 | 1
    r = next(r for r in iter(lambda: rng.randrange(1, modulus), 0) if gcd(r, modulus) == 1)
    plaintext = rng.randrange(modulus)
    meter = Encryptor(core, kept)
    power.append(meter)
    assert meter.fill(1, drawn(r, 256), modulus, 256) == OK
    assert meter.encrypt(plaintext, modulus, 256) == encryption(plaintext, r, modulus)
    assert meter.encrypt(plaintext, modulus, 256) == NONE


@needs_programs
@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize("place", [BEFORE, WITHIN, AFTER, BEFORE_SENDING])
def test_no_power_is_used_twice_when_the_supply_goes_in_an_encryption(
    core: str, place: int, kept: Path, power: list[Meter]
) -> None:
    """Once its slot is burnt a power is lost. Before, nobody has got anything of it."""
    first = Encryptor(core, kept)
    power.append(first)
    assert [first.fill(slot, drawn(R[slot])) for slot in range(SLOTS)] == [OK, OK]
    first.stop_at(place)
    first.ask(b"e", 0, N, 1000)
    assert first.read(1) == b"!"
    first.cut()
    second = Encryptor(core, kept)
    power.append(second)
    left = R[:SLOTS] if place == BEFORE else R[1:SLOTS]
    assert [second.encrypt(2000) for _ in range(SLOTS)] == [
        *(encryption(2000, r) for r in left), *[NONE] * (SLOTS - len(left)),
    ]  # fmt: skip
    assert second.fill(0, drawn(R[2])) == OK
    assert second.encrypt(3000) == encryption(3000, R[2])


@needs_programs
@pytest.mark.parametrize("place", [BEFORE, WITHIN, AFTER])
def test_a_slot_holds_a_whole_power_or_none_when_the_supply_goes_in_filling(
    place: int, kept: Path, power: list[Meter]
) -> None:
    first = Encryptor("cortex-m3", kept)
    power.append(first)
    first.stop_at(place)
    first.ask(b"f", 0, N)
    for draw in drawn(R[0]):
        assert first.read(3) == b"?" + LENGTH.to_bytes(2, "little")
        assert draw is not None
        first.send(b"\x00" + draw)
    assert first.read(1) == b"!"
    first.cut()
    second = Encryptor("cortex-m3", kept)
    power.append(second)
    assert second.encrypt(7) == (encryption(7, R[0]) if place == AFTER else NONE)
    assert second.encrypt(7) == NONE
