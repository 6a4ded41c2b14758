"""The planting of faults: what is changed and what is left alone, and that a fault is told from none."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests import mutants

C = """/* a + b */
#define TWICE(x) ((x) + (x))
int f(int a, const char *b) {
    int c = a < 3 ? a : 0x10;
    __asm volatile("add %0, 1");
    (void)g(b, '+');
    c += 1;
    return c;
}
"""

PYTHON = '''"""Adds 1 + 1."""


@decorated(1)
def f(a: int | None, b: list[int]) -> int | None:
    """Of 2 + 2."""
    c: int = 3
    if not a:
        raise ValueError("1 + 1")
    return a + c
'''


def planted(tmp_path: Path, name: str, text: str) -> list[tuple[str, str]]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    find = mutants.mutants_of_c if name.endswith(".c") else mutants.mutants_of_python
    return [(text[mutant.start : mutant.end].strip(), mutant.after) for mutant in find(file)]


def test_what_is_planted_in_c(tmp_path: Path) -> None:
    assert Counter(planted(tmp_path, "a.c", C)) == Counter(
        [
            ("<", "<="), ("<", ">="), ("3", "0"), ("3", "4"), ("*", "+"),
            ("(void)g(b, '+');", ";"), ("+=", "-="), ("1", "0"), ("1", "2"), ("c += 1;", ";"),
        ]
    )  # fmt: skip


def test_what_is_planted_in_python(tmp_path: Path) -> None:
    assert Counter(planted(tmp_path, "a.py", PYTHON)) == Counter(
        [("3", "0"), ("3", "4"), ("not", ""), ('raise ValueError("1 + 1")', "pass"), ("+", "-")]
    )


def test_a_place_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.c"
    file.write_text(C, encoding="utf-8")
    places = [mutant.place() for mutant in mutants.mutants_of_c(file)]
    assert places[1] == "a.c:4: int c = a < 3 ? a : 0x10;    `<` -> `<=`"
    assert places[-1] == "a.c:7: c += 1;    taken out"


class Side:
    """An implementation that a test makes: what `enter` does in the child."""

    package = "meter_privacy.reference"

    def __init__(self, enter: Any) -> None:
        self.enter = lambda _: enter()


class Cases:
    """Two cases; the second one fails, or none."""

    cases = (("first",), ("second",))
    seconds = (0.0, 0.0)

    def __init__(self, failing: str) -> None:
        self.failing = failing

    def passes(self, _functions: Any, name: str) -> bool:
        if name == self.failing == "second":
            return False
        while self.failing == "hang":
            pass
        if name == self.failing == "first":
            raise KeyError(name)
        return True


@pytest.mark.parametrize(
    ("failing", "enter", "verdict"),
    [
        ("", lambda: None, mutants.SURVIVED),
        ("second", lambda: None, 1),
        ("first", lambda: None, 0),
        ("", lambda: 1 / 0, mutants.BROKEN),
        ("", lambda: os.kill(os.getpid(), 9), mutants.BROKEN),
        ("hang", lambda: None, mutants.BROKEN),
    ],
    ids=["survives", "caught", "raises", "cannot be loaded", "dies", "hangs"],
)
def test_verdicts(tmp_path: Path, failing: str, enter: Any, verdict: int) -> None:
    side: Any = Side(enter)
    cases: Any = Cases(failing)
    assert mutants.tried(side, tmp_path, 10, cases, range(2)) == verdict
