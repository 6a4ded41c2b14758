"""The reference and the C core, asked the same for a minute."""

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 60


@pytest.mark.timeout(SECONDS + 120)
def test_reference_and_native_never_disagree(tmp_path: Path) -> None:
    """Differential fuzzing with a new seed in every run; a disagreement is kept and printed."""
    command = [sys.executable, "-m", "meter_privacy.conformance", "fuzz", "reference", "native"]
    done = subprocess.run(
        [
            *command,
            "--seconds",
            str(SECONDS),
            "--save",
            str(tmp_path / "candidates"),
        ],
        capture_output=True,
        text=True,
    )
    found = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("candidates/**/*.json"))
    assert done.returncode == 0, done.stdout + done.stderr + found
    assert "0 disagreements" in done.stdout
