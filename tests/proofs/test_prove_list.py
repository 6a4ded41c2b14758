"""Every function of prove_list.toml is confirmed by CrossHair over all paths, and its planted fault refuted.

CrossHair's exit code is 0 for "Not confirmed" too, so only what it prints counts.
"""

import ast
import os
import re
import site
import subprocess
import sys
import tempfile
import tomllib
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PROOFS: list[dict[str, Any]] = tomllib.loads((HERE / "prove_list.toml").read_text(encoding="utf-8"))["proofs"]
LINE = re.compile(r"^(?P<path>.*?):(?P<line>\d+): (?P<level>\w+): (?P<text>.*)$")
CONFIRMED = "Confirmed over all paths."
KEYS = {"file", "function", "fault_function", "requirements", "seconds"}


def functions(file: str) -> dict[str, ast.FunctionDef]:
    """The functions of a file of proofs, by name."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def postconditions(function: ast.FunctionDef) -> int:
    """The number of postconditions in a function's docstring."""
    return len(re.findall(r"^\s*post:", ast.get_docstring(function) or "", re.MULTILINE))


def environment(folder: Path) -> dict[str, str]:
    """Variables under which `python -S` finds what is found here, and meter_privacy as a folder of links.

    CrossHair reads the source of every package on the way to a function; of an editable install's package,
    which has no folder, it makes a NotADirectoryError.
    """
    package = folder / "meter_privacy"
    package.mkdir()
    for room in ("conformance", "reference"):
        (package / room).symlink_to(Path(str(import_module(f"meter_privacy.{room}").__file__)).parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *site.getsitepackages()])}


@lru_cache
def verdicts(file: str) -> dict[str, list[str]]:
    """What CrossHair prints about each function of a file."""
    seconds = max(proof["seconds"] for proof in PROOFS if proof["file"] == file)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable, "-S", "-m", "crosshair", "check", "--analysis_kind=PEP316", "--report_all",
                f"--per_condition_timeout={seconds}", str(HERE / file),
            ],
            capture_output=True, text=True, check=False, env=environment(Path(folder)),
        )  # fmt: skip
    known = functions(file)
    said: dict[str, list[str]] = {name: [] for name in known}
    for printed in done.stdout.splitlines():
        match = LINE.match(printed)
        assert match is not None, f"CrossHair printed {printed!r}; {done.stderr[-2000:]}"
        number = int(match["line"])
        owner = next(name for name, node in known.items() if node.lineno <= number <= (node.end_lineno or 0))
        said[owner].append(f"{match['level']}: {match['text']}")
    return said


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: f"{proof['file']}-{proof['function']}")
def test_confirmed_over_all_paths(proof: dict[str, Any]) -> None:
    said = verdicts(proof["file"])[proof["function"]]
    wanted = postconditions(functions(proof["file"])[proof["function"]])
    assert wanted > 0
    assert said == [f"info: {CONFIRMED}"] * wanted


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: f"{proof['file']}-{proof['fault_function']}")
def test_the_planted_fault_is_refuted(proof: dict[str, Any]) -> None:
    said = verdicts(proof["file"])[proof["fault_function"]]
    assert any(line.startswith("error: false when calling") for line in said), said


def test_the_list_is_whole() -> None:
    listed = [(proof["file"], proof[key]) for proof in PROOFS for key in ("function", "fault_function")]
    assert len(set(listed)) == len(listed)
    assert all(set(proof) == KEYS and proof["requirements"] for proof in PROOFS)
    files = {path.name for path in HERE.glob("*.py")} - {Path(__file__).name}
    assert files == {proof["file"] for proof in PROOFS}
    for file in sorted(files):
        with_contract = {name for name, node in functions(file).items() if postconditions(node)}
        assert with_contract == {name for where, name in listed if where == file}


@pytest.mark.parametrize("chapter", sorted({proof["file"].split("_")[0] for proof in PROOFS}))
def test_each_chapter_has_at_least_five(chapter: str) -> None:
    assert sum(proof["file"].startswith(f"{chapter}_") for proof in PROOFS) >= 5
