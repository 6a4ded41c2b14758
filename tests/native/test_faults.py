"""A limb flipped anywhere in a blinded decryption, in either half of either factor, gives no plaintext."""

import subprocess
from pathlib import Path

import pytest

from meter_privacy.native import paillier
from meter_privacy.native.errors import NotInvertible, Range
from meter_privacy.vectors.generators.paillier_primes import factors

NATIVE = Path(__file__).resolve().parents[2] / "native"


def key(bits: int) -> tuple[int, int, int, int, int, int]:
    """p, q, n, a plaintext, its ciphertext, a blinding."""
    p, q = factors(str(bits))
    n = p * q
    m = pow(3, 5000, n)
    c = (1 + m * n) * pow(7, n, n * n) % (n * n)
    return p, q, n, m, c, pow(pow(11, 4000, n), n, n * n)


@pytest.mark.parametrize("flags", [[], ["-DMPRIV_PORTABLE_ONLY=1"], ["-DMPRIV_LIMB_BITS=32"]], ids=str)
def test_a_flipped_limb_gives_no_plaintext(tmp_path: Path, flags: list[str]) -> None:
    program = tmp_path / "faults"
    solvers = ("batteries", "elementary", "privacy_power")
    core = [path for path in sorted((NATIVE / "src").glob("*.c")) if not path.name.startswith(solvers)]
    sources = [*map(str, core), str(NATIVE / "tests" / "faults.c")]
    command = ["cc", "-std=c11", "-O2", "-DMPRIV_FAULTS", *flags, f"-I{NATIVE / 'include'}", *sources]
    subprocess.run([*command, "-o", str(program)], check=True)
    bits = 512
    p, q, _, m, c, b = key(bits)
    widths = (bits // 16, bits // 16, bits // 4, bits // 4, bits // 8)
    line = " ".join(
        number.to_bytes(width, "big").hex() for number, width in zip((p, q, c, b, m), widths, strict=True)
    )
    report = subprocess.run([str(program)], input=line, capture_output=True, text=True, check=False)
    words = report.stdout.split()
    found = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    assert report.returncode == 0, report.stdout
    assert found["wrong"] == 0
    assert found["points"] > 4 * (bits // 2) // 5
    assert found["harmless"] == 0
    # One bit of a limb or all of them, in the lower or in the upper half.
    assert found["refused"] == 4 * found["points"]


@pytest.mark.parametrize("bits", [512, 1024, 2048])
def test_blinded_decryption_is_the_decryption(bits: int) -> None:
    p, q, n, m, c, b = key(bits)
    for blinding in (b, b * b % (n * n), 1):
        assert paillier.decrypt_blinded(p, q, c, blinding) == m
    for blinding in (0, n * n, (1 + n) * b % (n * n)):
        with pytest.raises(Range):
            paillier.decrypt_blinded(p, q, c, blinding)
    with pytest.raises(NotInvertible):
        paillier.decrypt_blinded(p, q, c, p)
