"""The model of tokens.pml, checked by spin over all states; each planted fault is found.

Neither spin's exit code nor the checker's tells: only the lines that they print count.
"""

import re
import subprocess
from pathlib import Path

import pytest

MODEL = Path(__file__).parent / "tokens.pml"
ERRORS = re.compile(r"^State-vector \d+ byte, depth reached \d+, errors: (\d+)$", re.M)
STORED = re.compile(r"^\s*(\d+) states, stored", re.M)
INCOMPLETE = ("Search not completed", "max search depth too small", "out of memory", "hash-table is full")

pytestmark = pytest.mark.needs("spin", "cc")


def verdict(folder: Path, *settings: str) -> tuple[int, bool, int]:
    """Errors, whether the search was complete, and the number of states; of a checker made with settings."""
    made = subprocess.run(
        ["spin", "-a", *(f"-D{name}" for name in settings), str(MODEL)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Error" not in made.stdout + made.stderr, made.stdout
    subprocess.run(
        ["cc", "-O1", "-w", "-DSAFETY", "-o", "pan", "pan.c"], cwd=folder, check=True, capture_output=True
    )
    done = subprocess.run(["./pan", "-m200000"], cwd=folder, capture_output=True, text=True, check=False)
    printed = done.stdout + done.stderr
    errors, stored = ERRORS.findall(printed), STORED.findall(printed)
    assert len(errors) == len(stored) == 1, printed
    return int(errors[0]), not any(phrase in printed for phrase in INCOMPLETE), int(stored[0])


SAFE = [
    (("TOKENS=1", "SERVERS=2", "KILLS=2"), 1000),
    (("TOKENS=1", "SERVERS=3", "KILLS=1"), 5000),
    (("TOKENS=2", "SERVERS=2", "KILLS=2"), 5000),
    pytest.param(("TOKENS=2", "SERVERS=3", "KILLS=3"), 100000, marks=pytest.mark.nightly),
]


@pytest.mark.parametrize(("settings", "least"), SAFE)
def test_no_token_is_credited_twice_and_what_was_told_holds(
    tmp_path: Path, settings: tuple[str, ...], least: int
) -> None:
    """Any deliveries to any process, killed anywhere. TOKEN-24, TOKEN-25, TOKEN-26."""
    errors, complete, states = verdict(tmp_path, *settings)
    assert errors == 0
    assert complete
    assert states >= least


FAULTS = {
    "looked up before the lock": ("TOKENS=1", "SERVERS=2", "KILLS=0", "CHECK_THEN_SET"),
    "told before the commit": ("TOKENS=1", "SERVERS=1", "KILLS=1", "TELL_FIRST"),
    "a store that is lost": ("TOKENS=1", "SERVERS=1", "KILLS=1", "VOLATILE"),
    "a replay that is credited": ("TOKENS=1", "SERVERS=1", "KILLS=0", "RECREDIT"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    """Each rule that is left out shows. TOKEN-24, TOKEN-25, TOKEN-26."""
    errors, _, _ = verdict(tmp_path, *FAULTS[fault])
    assert errors == 1
