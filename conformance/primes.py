"""Pools of primes for the strategies: deterministic, of every size from 2 bits to 1536, and quick to have.

No key is made here: whoever reads this file knows the primes.
"""

import hashlib
from functools import lru_cache
from math import isqrt

SIZES = (
    2, 3, 4, 5, 6, 8, 12, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 96, 127, 128, 129, 160, 192, 255, 256,
    384, 512, 768, 1024, 1536,
)  # fmt: skip

_POOL = 4
_SMALL = tuple(k for k in range(3, 2000, 2) if all(k % d for d in range(3, isqrt(k) + 1, 2)))
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)

# How far behind its stream's number each prime stands: searching for these takes seconds.
_OFFSETS = {768: (146, 154, 630, 1034), 1024: (1094, 114, 1194, 532), 1536: (2810, 48, 234, 2140)}


def is_prime(candidate: int) -> bool:
    """Whether a number that nobody built to deceive is prime: trial division and twelve Miller-Rabin rounds.

    Exact below 2^64.
    """
    if candidate < 3 or candidate % 2 == 0:
        return candidate == 2
    for small in _SMALL:
        if candidate % small == 0:
            return candidate == small
    twos = ((candidate - 1) & (1 - candidate)).bit_length() - 1
    for base in _BASES:
        x = pow(base, (candidate - 1) >> twos, candidate)
        if x in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % candidate
            if x == candidate - 1:
                break
        else:
            return False
    return True


def expand(label: str, length: int) -> bytes:
    """The first bytes of the stream SHA-256(label || 0x00 || be64(counter)), counter = 0, 1, ..."""
    blocks = range((length + 31) // 32)
    head = label.encode() + b"\x00"
    return b"".join(hashlib.sha256(head + block.to_bytes(8, "big")).digest() for block in blocks)[:length]


def _start(bits: int, index: int) -> int:
    stream = expand(f"meter-privacy/strategies/prime/{bits}/{index}", (bits + 7) // 8)
    # With the two top bits set, the product of two of them has twice the length.
    return int.from_bytes(stream, "big") >> (-bits % 8) | 3 << (bits - 2) | 1


@lru_cache
def pool(bits: int) -> tuple[int, ...]:
    """Odd primes of exactly this length, ascending: all of them up to 5 bits, else up to four."""
    if bits <= 5:
        return tuple(k for k in range(1 << (bits - 1), 1 << bits) if k > 2 and is_prime(k))
    found = set()
    for index in range(_POOL):
        candidate = _start(bits, index)
        if bits in _OFFSETS:
            candidate += _OFFSETS[bits][index]
        else:
            while not is_prime(candidate):
                candidate = candidate + 2 if candidate + 2 < 1 << bits else (1 << (bits - 1)) + 1
        found.add(candidate)
    return tuple(sorted(found))


@lru_cache
def linked(prime: int) -> int:
    """A prime q = 2 k p + 1: p divides q - 1, so that n = p q shares the factor p with phi(n)."""
    candidate = 2 * prime + 1
    while not is_prime(candidate):
        candidate += 2 * prime
    return candidate
