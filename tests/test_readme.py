"""The README shows the examples as they are, and what it tells a reader to type works."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "lines"), [("target.py", 40), ("vendor.py", 30), ("target.c", 30)])
def test_the_examples_stand_in_the_readme(name: str, lines: int) -> None:
    """The code of the README is the code of examples/, and short."""
    source = (ROOT / "examples" / name).read_text(encoding="utf-8")
    assert source in README
    assert sum(bool(line.strip()) for line in source.splitlines()) <= lines


def tool(*arguments: str) -> str:
    """What the command prints, where it succeeds."""
    done = subprocess.run(
        [sys.executable, "-m", "meter_privacy.conformance", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "command", ["examples/target.py", "-m meter_privacy.conformance serve examples/vendor.py"]
)
def test_the_python_examples_are_certified(command: str, tmp_path: Path) -> None:
    """A target of plain Python over JSON lines, and functions that are served, probes and all."""
    target = f"exec:{sys.executable} {command}"
    statement = tmp_path / "ics.yaml"
    statement.write_text(tool("declare", target).replace("NAME OF THE SUPPLIER", "Example"), encoding="utf-8")
    printed = tool("conform", target, "--declaration", str(statement))
    assert "CERTIFIED" in printed
    assert "TARGET-3" in printed


def test_the_c_example_is_certified() -> None:
    """A target of C over the binary framing, built as the README says."""
    subprocess.run(["make", "-s", "-C", "examples"], cwd=ROOT, check=True)
    assert "CERTIFIED" in tool("conform", "--framing", "binary", "exec:examples/build/target")


@pytest.mark.parametrize(
    "name",
    [
        "spec/paillier.md",
        "docs/report.png",
        "docs/dream-day.png",
        "docs/battery.png",
        "docs/market.png",
        "CONTRIBUTING.md",
    ],
)
def test_what_the_readme_points_to_is_there(name: str) -> None:
    """Pictures and pages that the README links."""
    assert f"({name})" in README
    assert (ROOT / name).stat().st_size > 0
