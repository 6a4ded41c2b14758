"""Paper E's figure 2 and the payoffs of a deposit: their files, their numbers, and what cannot be drawn."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import tasking_figures as module


def run(*options: str) -> tuple[int, str]:
    """Exit code and output of the command."""
    done = CliRunner().invoke(main, ["figures", "tasking", *options])
    return done.exit_code, done.output


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_pictures_are_written(tmp_path: Path, kind: str) -> None:
    """TASK-22: two pictures and a page, the same the second time."""
    made = []
    for name in ("one", "two"):
        code, output = run("--out", str(tmp_path / name), "--format", kind)
        assert code == 0, output
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {f"figure_2.{kind}", f"deposit.{kind}", "index.html"}
    if kind == "svg":
        for name in ("figure_2.svg", "deposit.svg"):
            assert ElementTree.fromstring(made[0][name]).tag.endswith("svg")


def test_the_table_says_what_is_not_guaranteed(tmp_path: Path) -> None:
    """TASK-22: the user who worked for a utility that refuses has the cost, in both columns."""
    code, output = run("--out", str(tmp_path), "--cost", "233", "--deposit", "1597", "--reward", "610")
    assert code == 0
    assert output.count("-233") == 6
    assert output.count("-1597") == 3
    assert "377" in output


def test_every_step_of_the_script_is_drawn() -> None:
    """TASK-10: the arrows are the steps of the script, each once and in order."""
    assert module.steps_of() == list(module.ARROWS)


def test_what_cannot_be_drawn(tmp_path: Path) -> None:
    """Exit codes 2 and 3."""
    assert run("--out", str(tmp_path), "--reward", "1001")[0] == 2
    assert run("--out", str(tmp_path), "--target", "nobody")[0] == 2
    assert run("--out", str(tmp_path), "--cost", "-1")[0] == 2
    blocked = tmp_path / "file"
    blocked.write_text("here")
    assert run("--out", str(blocked / "x"))[0] == 3
