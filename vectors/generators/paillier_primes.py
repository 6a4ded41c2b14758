"""The primes behind the Paillier vectors, and how each was derived.

`prime(label, bits)` draws candidates number 0, 1, ... from the SHA-256 counter stream named
"meter-privacy/paillier/prime/<label>/<number>": the low `bits` bits of its first ceil(bits / 8) bytes,
with the two highest and the lowest bit set; the first that is prime is taken. Two primes with their
two highest bits set have a product of exactly the sum of their lengths. `derive()` makes every key and
every single prime; `data/paillier_primes.json` keeps the outcome, and a test derives it again.

Everybody knows these factors: a key of this file protects nothing.
"""

import json
from functools import lru_cache
from math import gcd
from pathlib import Path

from meter_privacy.reference.paillier import is_prime
from meter_privacy.vectors.generators.common import draw_bytes

DATA = Path(__file__).parent / "data" / "paillier_primes.json"

SIZES = (512, 1024, 2048, 3072, 4096)
ODD_SIZES = (63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 513)
EDGES = (256, 512)


def draw(label: str, bits: int, number: int) -> int:
    """The low `bits` bits of the stream of candidate `number`."""
    drawn = draw_bytes(f"meter-privacy/paillier/prime/{label}/{number}", (bits + 7) // 8)
    return int.from_bytes(drawn, "big") % (1 << bits)


def prime(label: str, bits: int, top: int = 0b11) -> int:
    """The prime of a label: the first prime candidate of `bits` bits whose highest bits are `top`'s."""
    width = top.bit_length()
    number = 0
    while True:
        low = draw(label, bits, number) % (1 << (bits - width))
        candidate = top << (bits - width) | low | 1
        if is_prime(candidate):
            return candidate
        number += 1


def beside(limit: int, p: int, step: int) -> int:
    """The prime q nearest to limit / p with p q above (step 2) or below (step -2) the limit."""
    q = limit // p | 1
    while (p * q - limit) * step < 0 or not is_prime(q):
        q += step
    return q


def dependent(label: str, bits: int, p: int) -> int:
    """A prime q = 2 k p + 1 of `bits` bits, so that p divides q - 1 and gcd(n, phi(n)) = p."""
    number = 0
    while True:
        width = bits - p.bit_length()
        k = draw(label, width, number) | 1 << (width - 2)
        q = 2 * k * p + 1
        if q.bit_length() == bits and is_prime(q):
            return q
        number += 1


def chernick(label: str, bits: int) -> int:
    """The first Carmichael number (6k + 1)(12k + 1)(18k + 1) with a k of `bits` bits drawn from the label."""
    k = draw(label, bits, 0) | 1 << (bits - 1)
    while not all(is_prime(factor * k + 1) for factor in (6, 12, 18)):
        k += 1
    return (6 * k + 1) * (12 * k + 1) * (18 * k + 1)


def derive() -> dict[str, dict[str, list[int]]]:
    """Every key (p, q) and every single number by its name."""
    keys: dict[str, list[int]] = {}
    for bits in SIZES:
        keys[str(bits)] = [prime(f"{bits}/p", bits // 2), prime(f"{bits}/q", bits // 2)]
    for bits in ODD_SIZES:
        keys[f"bits-{bits}"] = [prime(f"{bits}/p", bits // 2), prime(f"{bits}/q", bits - bits // 2)]
    for bits in EDGES:
        p = prime(f"edge-{bits}/p", bits // 2)
        keys[f"above-{bits}"] = [p, beside(1 << bits, p, 2)]
        keys[f"below-{bits}"] = [p, beside(1 << bits, p, -2)]
    keys["unequal-512"] = [prime("unequal-512/p", 160), prime("unequal-512/q", 352)]
    keys["unequal-3072"] = [prime("unequal-3072/p", 1500), prime("unequal-3072/q", 1572)]
    keys["short-3071"] = [prime("short-3071/p", 1536, 0b1000), prime("short-3071/q", 1536, 0b1000)]
    for name, (p_bits, q_bits) in {"dependent-512": (200, 312), "dependent-3072": (1036, 2044)}.items():
        p = prime(f"{name}/p", p_bits)
        keys[name] = [p, dependent(f"{name}/q", q_bits, p)]
    singles = {
        "prime-512": [prime("single-512", 512)],
        "prime-3072": [prime("single-3072", 3072)],
        "prime-2049": [prime("single-2049", 2049)],
        "prime-768": [prime("single-768", 768)],
        "carmichael-512": [chernick("carmichael", 168)],
    }
    for name, (p, q) in keys.items():
        assert (gcd(p * q, (p - 1) * (q - 1)) == 1) != name.startswith("dependent"), name
    return {"keys": keys, "singles": singles}


@lru_cache
def stored() -> dict[str, dict[str, list[int]]]:
    """What the data file keeps."""
    raw = json.loads(DATA.read_text(encoding="utf-8"))
    return {
        kind: {name: [int(number, 16) for number in numbers] for name, numbers in entries.items()}
        for kind, entries in raw.items()
    }


def factors(name: str) -> tuple[int, int]:
    """The p and q of a key."""
    p, q = stored()["keys"][name]
    return p, q


def single(name: str) -> int:
    """A number that stands alone."""
    return stored()["singles"][name][0]


def write() -> None:
    """Derive everything and write the data file."""
    data = {
        kind: {name: [f"{number:x}" for number in numbers] for name, numbers in entries.items()}
        for kind, entries in derive().items()
    }
    DATA.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
