"""The products of x86-64 and those of digits against Python's integers, on random and carry-shaped operands.

`python -m tests.native.test_kernels CASES [PROCESSES]` runs more cases of each than the tests do, from other
seeds.
"""

import itertools
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cffi import FFI

NATIVE = Path(__file__).resolve().parents[2] / "native"
LIMBS = (8, 16, 24, 32, 48, 64)
B = 1 << 64
# Where digits of 14 bits end with a limb (7, 14, 35), one group before the last (24), and meters' sizes.
DIGIT_LIMBS = (1, 2, 3, 5, 7, 8, 14, 24, 35, 64)
WORD = 1 << 32
DIGITS_DECLARATIONS = """
typedef struct {
    const uint32_t *m; size_t n; uint32_t neg_inverse; const uint32_t *two_r; uint32_t *work;
    unsigned accelerated;
} mpriv_modular;
void mpriv_digits_init(const mpriv_modular *);
void mpriv_modular_multiply(const mpriv_modular *, uint32_t *, const uint32_t *, const uint32_t *, unsigned);
void mpriv_digits_multiply(const mpriv_modular *, uint32_t *, const uint32_t *, const uint32_t *,
                           const uint32_t *, unsigned);
void mpriv_modular_square(const mpriv_modular *, uint32_t *, const uint32_t *, unsigned);
void mpriv_modular_leave(const mpriv_modular *, uint32_t *, unsigned);
"""
DECLARATIONS = """
unsigned mpriv_x86_64_detect(void);
void mpriv_x86_64_multiply(uint64_t *z, const uint64_t *a, const uint64_t *b, size_t n);
void mpriv_x86_64_square(uint64_t *z, const uint64_t *a, size_t n);
uint64_t mpriv_x86_64_montgomery(uint64_t *z, const uint64_t *m, size_t n, uint64_t neg_inverse);
typedef struct {
    const uint64_t *m; size_t n; uint64_t neg_inverse; const uint64_t *two_r; uint64_t *work;
    unsigned accelerated;
} mpriv_modular;
void mpriv_modular_multiply(const mpriv_modular *, uint64_t *, const uint64_t *, const uint64_t *, unsigned);
void mpriv_modular_square(const mpriv_modular *, uint64_t *, const uint64_t *, unsigned);
void mpriv_modular_add(const mpriv_modular *, uint64_t *, const uint64_t *, const uint64_t *, unsigned);
"""


def build(directory: Path, declarations: str = DECLARATIONS, *defines: str) -> tuple[Any, Any]:
    """The library with its inner functions visible: (ffi, lib)."""
    sources = sorted(str(source) for source in (NATIVE / "src").glob("*.c"))
    command = ["cc", "-std=c11", "-O2", "-shared", "-fPIC", *defines]
    command += [f"-I{NATIVE / 'include'}", *sources, "-o", str(library(directory, *defines))]
    subprocess.run(command, check=True)
    return opened(directory, declarations, *defines)


def library(directory: Path, *defines: str) -> Path:
    return directory / f"kernels{len(defines)}.so"


def opened(directory: Path, declarations: str = DECLARATIONS, *defines: str) -> tuple[Any, Any]:
    ffi = FFI()
    ffi.cdef(declarations)
    return ffi, ffi.dlopen(str(library(directory, *defines)))


def available() -> bool:
    """Whether this processor has the instructions."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        return False
    return "bmi2" in flags and "adx" in flags


def size(generator: random.Random, sizes: tuple[int, ...]) -> int:
    """Small sizes more often: a product takes the square of its size, and the edges are the same."""
    return generator.choices(sizes, [1 / n for n in sizes])[0]


SHAPES = [shape.to_bytes(8, "little") for shape in (0, 1, B - 1, B - 1, B // 2)]


def operand(generator: random.Random, limbs: int) -> int:
    """A number whose limbs are random, or all 0, 1, B - 1 and B/2 in a random order."""
    if generator.random() < 0.5:
        return generator.getrandbits(64 * limbs)
    return int.from_bytes(b"".join(generator.choices(SHAPES, k=limbs)), "little")


class Kernels:
    """The functions on Python's integers."""

    def __init__(self, ffi: Any, lib: Any) -> None:
        self.ffi, self.lib = ffi, lib

    def limbs(self, number: int, count: int) -> Any:
        array = self.ffi.new("uint64_t[]", count)
        self.ffi.memmove(array, number.to_bytes(8 * count, "little"), 8 * count)
        return array

    def number(self, array: Any) -> int:
        return int.from_bytes(self.ffi.buffer(array), "little")

    def case(self, generator: random.Random) -> None:
        n = size(generator, LIMBS)
        a, b = operand(generator, n), operand(generator, n)
        m = operand(generator, n) | 1 | generator.choice((0, 1)) << (64 * n - 1)
        m += 2 * (m == 1)
        z, left = self.limbs(0, 2 * n), self.limbs(a, n)
        self.lib.mpriv_x86_64_multiply(z, left, self.limbs(b, n), n)
        assert self.number(z) == a * b
        self.lib.mpriv_x86_64_square(z, left, n)
        assert self.number(z) == a * a
        neg_inverse = pow(-(m % B), -1, B)
        self.reduction(operand(generator, 2 * n), m, n, neg_inverse)
        self.pairs(a % m, b % m, operand(generator, n) % m, operand(generator, n) % m, m, n, neg_inverse)

    def reduction(self, t: int, m: int, n: int, neg_inverse: int) -> None:
        """The low half becomes the quotient q, the one for which t + q m ends in n limbs of 0."""
        z = self.limbs(t, 2 * n)
        carry = self.lib.mpriv_x86_64_montgomery(z, self.limbs(m, n), n, neg_inverse)
        found = self.number(z)
        quotient, high = found % B**n, found >> (64 * n)
        assert high + (carry << (64 * n)) << (64 * n) == t + quotient * m

    def pairs(self, x0: int, x1: int, y0: int, y1: int, m: int, n: int, neg_inverse: int) -> None:
        ring = self.ffi.new("mpriv_modular *")
        modulus, work, z = self.limbs(m, n), self.limbs(0, 4 * n + 4), self.limbs(0, 2 * n)
        ring.m, ring.n, ring.work, ring.neg_inverse = modulus, n, work, neg_inverse
        x, y = (self.limbs(low + (high << (64 * n)), 2 * n) for low, high in ((x0, x1), (y0, y1)))
        full, other = x0 + x1 * m, y0 + y1 * m
        for parts, square in ((1, m), (2, m * m)):
            for function, arguments, product, shift in (
                (self.lib.mpriv_modular_multiply, (x, y), full * other, 64 * n),
                (self.lib.mpriv_modular_square, (x,), full * full, 64 * n),
                (self.lib.mpriv_modular_add, (x, y), full + other, 0),
            ):
                ring.accelerated = 0
                function(ring, z, *arguments, parts)
                portable = bytes(self.ffi.buffer(z))[: 8 * n * parts]
                ring.accelerated = 1
                function(ring, z, *arguments, parts)
                found = self.number(z)
                assert portable == bytes(self.ffi.buffer(z))[: 8 * n * parts], (function, parts)
                low, high = found % B**n, found >> (64 * n)
                assert low < m
                if parts == 2:
                    assert high < m
                    low += high * m
                # B is a unit modulo m, so this is the one answer below the modulus.
                assert ((low << shift) - product) % square == 0, (function, parts)


DIGIT_SHAPES = (0, 1, 0x1FFF, 0x2000, 0x2000, 0x3FFF)
# Four digits of 14 bits are seven bytes.
FOUR_DIGITS = [
    sum(digit << (14 * i) for i, digit in enumerate(digits)).to_bytes(7, "little")
    for digits in itertools.product(DIGIT_SHAPES, repeat=4)
]


def shaped(generator: random.Random, bits: int) -> int:
    """A number: random, or of 14-bit digits like 0, the largest and the least, all alike or mixed."""
    kind = generator.random()
    if kind < 0.4:
        return generator.getrandbits(bits)
    fours = bits // 56 + 1
    if kind < 0.7:
        digit = generator.choice(DIGIT_SHAPES)
        data = sum(digit << (14 * i) for i in range(4)).to_bytes(7, "little") * fours
    else:
        data = b"".join(generator.choices(FOUR_DIGITS, k=fours))
    return int.from_bytes(data, "little") % (1 << bits)


class Digits:
    """The products modulo m and m^2 of digits, on Python's integers."""

    def __init__(self, ffi: Any, lib: Any) -> None:
        self.ffi, self.lib = ffi, lib

    def limbs(self, number: int, count: int) -> Any:
        array = self.ffi.new("uint32_t[]", count)
        self.ffi.memmove(array, number.to_bytes(4 * count, "little"), 4 * count)
        return array

    def case(self, generator: random.Random) -> None:
        n = size(generator, DIGIT_LIMBS)
        bits = 32 * n
        m = shaped(generator, bits) | 1
        m += 2 * (m == 1)
        ring = self.ffi.new("mpriv_modular *")
        modulus, work, z = self.limbs(m, n), self.limbs(0, 439 * n // 64 + 24), self.limbs(0, 2 * n)
        ring.m, ring.n, ring.work, ring.neg_inverse = modulus, n, work, pow(-(m % WORD), -1, WORD)
        self.lib.mpriv_digits_init(ring)
        x0, x1, y0, y1 = (shaped(generator, bits) % m for _ in range(4))
        if generator.random() < 0.2:
            x0, x1, y0, y1 = m - 1, m - 1, m - 1, m - 1
        x, y = (self.limbs(low + (high << bits), 2 * n) for low, high in ((x0, x1), (y0, y1)))
        full, other = x0 + x1 * m, y0 + y1 * m
        for parts, modulo in ((1, m), (2, m * m)):
            self.lib.mpriv_modular_multiply(ring, z, x, y, parts)
            self.check(z, full * other, modulo, m, n, parts)
            self.lib.mpriv_modular_square(ring, z, x, parts)
            self.check(z, full * full, modulo, m, n, parts)
            self.ffi.memmove(z, x, 8 * n)
            self.lib.mpriv_modular_leave(ring, z, parts)
            self.check(z, full, modulo, m, n, parts)
        self.lib.mpriv_digits_multiply(ring, z, x, y, self.ffi.NULL, 2)
        self.check(z, full * y0, modulo, m, n, 2)
        # The one operand that need not be reduced.
        wide = shaped(generator, bits)
        self.lib.mpriv_modular_multiply(ring, z, self.limbs(wide, 2 * n), y, 2)
        self.check(z, wide * other, modulo, m, n, 2)

    def check(self, z: Any, product: int, modulo: int, m: int, n: int, parts: int) -> None:
        """z is reduced and 2^(32 n) z = product modulo m or m^2, in which 2 is a unit."""
        found = int.from_bytes(self.ffi.buffer(z), "little")
        low, high = found % (1 << (32 * n)), found >> (32 * n)
        assert low < m
        if parts == 2:
            assert high < m
            low += high * m
        assert ((low << (32 * n)) - product) % modulo == 0, (m, n, parts)


DIGITS = (DIGITS_DECLARATIONS, "-DMPRIV_LIMB_BITS=32", "-DMPRIV_CONSTANT_TIME_MULTIPLY=1")


def test_digits(tmp_path: Path) -> None:
    digits = Digits(*build(tmp_path, *DIGITS))
    generator = random.Random("digits")
    for _ in range(5_000):  # 8 products each
        digits.case(generator)


@pytest.mark.skipif(not available(), reason="the processor has no mulx, adcx and adox")
def test_kernels(tmp_path: Path) -> None:
    kernels = Kernels(*build(tmp_path))
    assert kernels.lib.mpriv_x86_64_detect()
    generator = random.Random("kernels")
    for _ in range(4_000):  # 15 products each
        kernels.case(generator)


BATCH = 10_000


def batch(number: int, cases: int, directory: Path) -> int:
    """So many cases of each from the batch's own seed, by which it can be run again alone."""
    generator = random.Random(f"kernels {number}")
    narrow = Digits(*opened(directory, *DIGITS))
    wide = Kernels(*opened(directory)) if available() else None
    for _ in range(cases):
        narrow.case(generator)
        if wide:
            wide.case(generator)
    return cases


def main(cases: int, processes: int) -> None:
    batches = [min(BATCH, cases - start) for start in range(0, cases, BATCH)]
    with tempfile.TemporaryDirectory() as temporary, ProcessPoolExecutor(processes) as pool:
        directory = Path(temporary)
        build(directory)
        build(directory, *DIGITS)
        done = 0
        for agreed in pool.map(batch, range(len(batches)), batches, itertools.repeat(directory)):
            done += agreed
            sys.stdout.write(f"{done} cases of each agree\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count() or 1)
