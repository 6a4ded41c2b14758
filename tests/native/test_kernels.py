"""The products of x86-64 against Python's integers, on random and on carry-shaped operands.

`python -m tests.native.test_kernels CASES` runs more cases than the test does, from another seed.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from cffi import FFI

NATIVE = Path(__file__).resolve().parents[2] / "native"
LIMBS = (8, 16, 24, 32, 48, 64)
B = 1 << 64
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


def build(directory: Path) -> tuple[Any, Any]:
    """The library with its inner functions visible: (ffi, lib)."""
    library = directory / "kernels.so"
    sources = sorted(str(source) for source in (NATIVE / "src").glob("*.c"))
    command = ["cc", "-std=c11", "-O2", "-shared", "-fPIC", f"-I{NATIVE / 'include'}", *sources]
    subprocess.run([*command, "-o", str(library)], check=True)
    ffi = FFI()
    ffi.cdef(DECLARATIONS)
    return ffi, ffi.dlopen(str(library))


def available() -> bool:
    """Whether this processor has the instructions."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        return False
    return "bmi2" in flags and "adx" in flags


def operand(generator: random.Random, limbs: int) -> int:
    """A number whose limbs are random, or all 0, 1, B - 1 and B/2 in a random order."""
    if generator.random() < 0.5:
        return generator.getrandbits(64 * limbs)
    return sum(generator.choice((0, 1, B - 1, B - 1, B // 2)) << (64 * i) for i in range(limbs))


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
        n = generator.choice(LIMBS)
        a, b = operand(generator, n), operand(generator, n)
        m = operand(generator, n) | 1 | generator.choice((0, 1)) << (64 * n - 1)
        m += 2 * (m == 1)
        z = self.limbs(0, 2 * n)
        self.lib.mpriv_x86_64_multiply(z, self.limbs(a, n), self.limbs(b, n), n)
        assert self.number(z) == a * b
        self.lib.mpriv_x86_64_square(z, self.limbs(a, n), n)
        assert self.number(z) == a * a
        self.reduction(operand(generator, 2 * n), m, n)
        for accelerated in (1, 0):
            self.pairs(a % m, b % m, operand(generator, n) % m, operand(generator, n) % m, m, n, accelerated)

    def reduction(self, t: int, m: int, n: int) -> None:
        inverse = pow(-m, -1, B**n)
        quotient = t * inverse % B**n
        z = self.limbs(t, 2 * n)
        carry = self.lib.mpriv_x86_64_montgomery(z, self.limbs(m, n), n, inverse % B)
        assert (carry << (128 * n)) + self.number(z) == t + quotient * m + quotient

    def pairs(self, x0: int, x1: int, y0: int, y1: int, m: int, n: int, accelerated: int) -> None:
        ring = self.ffi.new("mpriv_modular *")
        modulus, work, z = self.limbs(m, n), self.limbs(0, 4 * n + 4), self.limbs(0, 2 * n)
        ring.m, ring.n, ring.work, ring.accelerated = modulus, n, work, accelerated
        ring.neg_inverse = pow(-m, -1, B)
        x, y = (self.limbs(low + (high << (64 * n)), 2 * n) for low, high in ((x0, x1), (y0, y1)))
        full, other, shift = x0 + x1 * m, y0 + y1 * m, pow(B, -n, m * m)
        for parts, square in ((1, m), (2, m * m)):
            for function, arguments, expected in (
                (self.lib.mpriv_modular_multiply, (x, y), full * other * shift % square),
                (self.lib.mpriv_modular_square, (x,), full * full * shift % square),
                (self.lib.mpriv_modular_add, (x, y), (full + other) % square),
            ):
                function(ring, z, *arguments, parts)
                found = self.number(z)
                low, high = found % B**n, found >> (64 * n)
                assert low < m
                if parts == 2:
                    assert high < m
                    low += high * m
                assert low == expected, (function, parts, accelerated)


@pytest.mark.skipif(not available(), reason="the processor has no mulx, adcx and adox")
def test_kernels(tmp_path: Path) -> None:
    kernels = Kernels(*build(tmp_path))
    assert kernels.lib.mpriv_x86_64_detect()
    generator = random.Random("kernels")
    for _ in range(1_000):  # 15 products each
        kernels.case(generator)


if __name__ == "__main__":
    cases = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        wide = Kernels(*build(Path(temporary)))
        source = random.Random(f"kernels {cases}")
        for _ in range(cases):
            wide.case(source)
    sys.stdout.write(f"{cases} cases agree\n")
