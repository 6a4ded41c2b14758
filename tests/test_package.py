"""The wheel built from the sdist, installed in a clean environment, certifies the C core."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command in an environment that knows nothing of the checkout."""
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PIP_", "VIRTUAL"))
    }
    keep = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**clean, **keep}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.timeout(900)
def test_wheel_from_the_sdist(tmp_path: Path) -> None:
    """The sdist holds all that the wheel needs; the wheel holds vectors and spec, and has the stable ABI."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path / "dist", cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert "-cp311-abi3-" in wheel.name
    venv.create(tmp_path / "clean", with_pip=True)
    python = tmp_path / "clean" / "bin" / "python"
    run(
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        "-c",
        ROOT / "constraints.txt",
        wheel,
        cwd=tmp_path,
    )
    command = tmp_path / "clean" / "bin" / "meter-privacy"
    report = tmp_path / "report.html"
    printed = run(command, "conform", "native", "--html", report, cwd=tmp_path)
    assert "certified" in printed.lower()
    assert "PAILLIER-7" in report.read_text(encoding="utf-8")
    assert "Traceback" not in run(command, "spec", "check", cwd=tmp_path)
