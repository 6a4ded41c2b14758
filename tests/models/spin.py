"""spin, run over all states of a model.

Neither spin's exit code nor the checker's tells: only the lines that they print count.
"""

import re
import subprocess
from pathlib import Path

ERRORS = re.compile(r"^State-vector \d+ byte, depth reached \d+, errors: (\d+)$", re.M)
STORED = re.compile(r"^\s*(\d+) states, stored", re.M)
INCOMPLETE = ("Search not completed", "max search depth too small", "out of memory", "hash-table is full")


def verdict(model: str, folder: Path, *settings: str) -> tuple[int, bool, int]:
    """Errors, whether the search was complete, and the number of states; of a checker made with settings."""
    path = Path(__file__).with_name(model)
    made = subprocess.run(
        ["spin", "-a", *(f"-D{name}" for name in settings), str(path)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Error" not in made.stdout + made.stderr, made.stdout
    subprocess.run(
        ["cc", "-O1", "-w", "-DSAFETY", "-o", "pan", "pan.c"], cwd=folder, check=True, capture_output=True
    )
    return checked(folder, depth=200_000)


def checked(folder: Path, depth: int) -> tuple[int, bool, int]:
    """The verdict of the checker that was made in a folder, down to a depth."""
    done = subprocess.run(["./pan", f"-m{depth}"], cwd=folder, capture_output=True, text=True, check=False)
    return judged(done.stdout + done.stderr)


def judged(printed: str) -> tuple[int, bool, int]:
    """What a checker printed: the one line of errors, completeness, states."""
    errors, stored = ERRORS.findall(printed), STORED.findall(printed)
    assert len(errors) == len(stored) == 1, printed
    return int(errors[0]), not any(phrase in printed for phrase in INCOMPLETE), int(stored[0])
