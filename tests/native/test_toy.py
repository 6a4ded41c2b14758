"""All of Paillier in toy sizes, with limbs of 8 and of 4 bits and every window.

native/tests/toy.c has its own arithmetic, and takes every modulus, plaintext, randomness, ciphertext, scalar
and pair of factors up to a limit; in the nightly run up to the largest modulus of one byte.
"""

import subprocess
from math import gcd
from pathlib import Path

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "native"
SOURCES = [
    NATIVE / "src" / f"{name}.c"
    for name in ("encoding", "factors", "gcd", "limbs", "modular", "paillier", "scratch", "store")
]
# Limbs of 4 bits are clang's _BitInt, which no register constraint takes.
FORMS = {
    8: ("gcc", ["-DMPRIV_LIMB_BITS=8"]),
    4: ("clang", ["-DMPRIV_LIMB_BITS=4", "-DMPRIV_PORTABLE_BARRIER=1"]),
}
WINDOWS = {8: 5, 4: 3}


def program(directory: Path, bits: int, source: Path = NATIVE / "src") -> Path:
    compiler, flags = FORMS[bits]
    made = directory / "toy"
    command = [compiler, "-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", *flags]
    command += [f"-I{NATIVE / 'include'}", *(str(source / path.name) for path in SOURCES)]
    subprocess.run([*command, f"-I{source}", str(NATIVE / "tests" / "toy.c"), "-o", str(made)], check=True)
    return made


def pairs(limit: int) -> list[tuple[int, int]]:
    """Two odd primes, in either order, whose product is at most the limit."""
    primes = [n for n in range(3, limit, 2) if all(n % k for k in range(2, n))]
    return [(p, q) for p in primes for q in primes if p * q <= limit]


def counted(program: Path, limit: int, rounds: int) -> dict[str, int]:
    done = subprocess.run(
        [str(program), str(limit), str(rounds)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    words = done.stdout.split()
    return dict(zip(words[::2], map(int, words[1::2]), strict=True))


def everything(bits: int, limit: int, rounds: int) -> dict[str, int]:
    """How many cases there are: with tables of 2^0 to 2^window entries, and by factors of 2^1 on."""
    windows, keys = WINDOWS[bits], pairs(limit)
    valid = [(p, q) for p, q in keys if p != q and gcd(p * q, (p - 1) * (q - 1)) == 1 and p * q <= rounds]
    few = range(15, rounds + 1, 2)
    return {
        "bits": bits,
        "encrypted": (windows + 1) * sum((n + 1) ** 2 for n in range(15, limit + 1, 2))
        + windows * sum((p * q + 1) ** 2 for p, q in keys),
        # Every ciphertext, and of a good key every unit with every blinding.
        "decrypted": windows * sum((p * q) ** 2 + 1 for p, q in keys)
        + windows * sum(p * q * ((p - 1) * (q - 1)) ** 2 for p, q in valid),
        "combined": sum(2 * (windows + 1) * (n * n + 1) * (n + 1) + (n * n + 1) ** 2 for n in few),
    }


@pytest.mark.parametrize(
    "bits",
    [pytest.param(bits, marks=pytest.mark.needs(compiler)) for bits, (compiler, _) in FORMS.items()],
)
@pytest.mark.parametrize(("limit", "rounds"), [(39, 15), pytest.param(255, 21, marks=pytest.mark.nightly)])
def test_every_case(tmp_path: Path, bits: int, limit: int, rounds: int) -> None:
    assert counted(program(tmp_path, bits), limit, rounds) == everything(bits, limit, rounds)


FAULTS = {
    "a carry lost behind a product": (
        "limbs.c", "*carry = (mpriv_limb)(t >> MPRIV_LIMB_BITS);\n    return (mpriv_limb)t;\n#endif",
        "*carry = (mpriv_limb)((t >> MPRIV_LIMB_BITS) & (mpriv_limb)-2);\n    return (mpriv_limb)t;\n#endif",
    ),
    "the table's last entry": (
        "modular.c", "done < length && entry < (mpriv_limb)(1U << window); entry++) {",
        "done < length && entry + 1U < (1U << window); entry++) {",
    ),
    "an odd power of the table": (
        "modular.c", "multiply_odd(ring, entry, table, i - 1U, base_parts);",
        "multiply_odd(ring, entry, table, i > 2U ? i - 2U : i - 1U, base_parts);",
    ),
    "a plaintext as large as n": (
        "paillier.c", "range = (mpriv_limb)(range | (mpriv_less(m, key->n, key->limbs) ^ 1U));", "",
    ),
}  # fmt: skip


@pytest.mark.needs("gcc")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    file, honest, faulty = FAULTS[fault]
    copy = tmp_path / "src"
    copy.mkdir()
    for source in (NATIVE / "src").iterdir():
        if source.suffix in (".c", ".h"):
            text = source.read_text(encoding="utf-8")
            if source.name == file:
                assert honest in text
                text = text.replace(honest, faulty)
            (copy / source.name).write_text(text, encoding="utf-8")
    done = subprocess.run([str(program(tmp_path, 8, copy)), "39", "15"], capture_output=True, check=False)
    assert done.returncode == 1
