"""The model of recovery.pml, checked by spin over all states; each planted fault is found.

Neither spin's exit code nor the checker's tells: only the lines that they print count.
"""

import re
import subprocess
from pathlib import Path

import pytest

MODEL = Path(__file__).parent / "recovery.pml"
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
    return judged(done.stdout + done.stderr)


def judged(printed: str) -> tuple[int, bool, int]:
    """What a checker printed: the one line of errors, completeness, states."""
    errors, stored = ERRORS.findall(printed), STORED.findall(printed)
    assert len(errors) == len(stored) == 1, printed
    return int(errors[0]), not any(phrase in printed for phrase in INCOMPLETE), int(stored[0])


SAFE = [
    (("N=4", "M=1", "SLOTS=1"), 6000),
    (("N=3", "M=1", "SLOTS=2"), 40000),
    (("N=5", "M=1", "C=1", "SLOTS=1"), 100),
    pytest.param(("N=6", "M=2", "C=1", "SLOTS=1"), 200000, marks=pytest.mark.nightly),
    pytest.param(("N=5", "M=2", "SLOTS=1"), 100000, marks=pytest.mark.nightly),
]


@pytest.mark.parametrize(("settings", "least"), SAFE)
def test_no_order_of_questions_opens_two_sums(tmp_path: Path, settings: tuple[str, ...], least: int) -> None:
    """Any lists to any meters, with a loss of power. DREAM-65, DREAM-66, DREAM-67, DREAM-68, DREAM-74."""
    errors, complete, states = verdict(tmp_path, *settings)
    assert errors == 0
    assert complete
    assert states >= least


FAULTS = {
    "two halves": ("N=4", "M=2", "SLOTS=1"),
    "two answers": ("N=3", "M=1", "SLOTS=1", "ANSWERS_TWICE"),
    "a counter that is lost": ("N=3", "M=1", "SLOTS=1", "VOLATILE_COUNTER"),
    "old slots": ("N=3", "M=1", "SLOTS=2", "ANY_SLOT"),
    "colluders that are not counted": ("N=5", "M=2", "C=1", "SLOTS=1", "COUNTS_NO_COLLUDERS"),
    "long lists": ("N=4", "M=1", "SLOTS=1", "ANY_LENGTH"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    """Each rule that is left out shows. DREAM-49, DREAM-66, DREAM-67, DREAM-68, DREAM-74."""
    errors, _, _ = verdict(tmp_path, *FAULTS[fault])
    assert errors == 1


def test_a_search_that_was_cut_short_is_no_proof(tmp_path: Path) -> None:
    """A depth that is too small, and output without a verdict, are seen."""
    verdict(tmp_path, "N=3", "M=1", "SLOTS=1")
    done = subprocess.run(["./pan", "-m20"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert judged(done.stdout + done.stderr)[:2] == (0, False)
    with pytest.raises(AssertionError):
        judged("pan: out of memory")
