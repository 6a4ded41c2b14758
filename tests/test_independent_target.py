"""An implementation that was not written here is certified; broken ones are refused by name of the fault."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SERVE = f"{sys.executable} -m meter_privacy.conformance serve"


def conform(target: str, report: Path) -> tuple[int, str]:
    """Run the command as a vendor would; its exit code and all that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "meter_privacy.conformance", "conform", target, "--json", str(report)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_phe_is_certified(tmp_path: Path) -> None:
    """phe, with the checks that it lacks before it, answers every vector of its four operations."""
    code, printed = conform(f"exec:{SERVE} tests/phe_target.py", tmp_path / "report.json")
    assert code == 0, printed
    assert "certified" in printed.lower()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("    _unit(randomness, modulus)\n", "", "not-invertible"),
        ("r_value=randomness", "r_value=1", "ciphertext"),
        ("powmod(ciphertext, scalar,", "powmod(ciphertext, scalar % 2**32,", "paillier.scale"),
        (
            "powmod(ciphertext, scalar, modulus**2)",
            "paillier.EncryptedNumber(paillier.PaillierPublicKey(modulus), ciphertext)._raw_mul(scalar)",
            "paillier-scale/toy/largest",
        ),
    ],
    ids=["no gcd check", "randomness ignored", "scalar cut off", "large scalars taken for negative"],
)
def test_a_broken_one_is_refused(tmp_path: Path, old: str, new: str, named: str) -> None:
    """The fault is named, and nothing is certified."""
    source = (ROOT / "tests" / "phe_target.py").read_text(encoding="utf-8")
    assert old in source
    broken = tmp_path / "broken.py"
    broken.write_text(source.replace(old, new), encoding="utf-8")
    code, printed = conform(f"exec:{SERVE} {broken}", tmp_path / "report.json")
    assert code == 1, printed
    assert named in printed
    assert "not certified" in printed.lower()
