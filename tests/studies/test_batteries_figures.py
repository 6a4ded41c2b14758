"""Paper B's figure 2: its curves, that the numbers in its captions are the computed ones, and its files."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import batteries_figures as module
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.tables import load_tables


@pytest.fixture(scope="module")
def panels() -> dict[str, module.Points]:
    """All curves of both panels, as the C core and the reference answer them."""
    with Parties(load_tables(), "native", "published") as parties:

        def ask(name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
            return [answer.output or {} for answer in parties.ask_each(name, inputs)]

        return {title: module.points_of(ask, load, 1, lambda _: None) for title, load in module.LOADS.items()}


def test_order_of_the_curves(panels: dict[str, module.Points]) -> None:
    """(1) below ours below (2) below (3) below (5) below (4), everywhere, and all of them fall."""
    order = ("least", "free", "alike", "alone", "holding", "best_effort")
    for points in panels.values():
        for column in range(len(module.CAPACITIES)):
            assert all(points[low][column] < points[high][column] for low, high in pairwise(order))
        for values in points.values():
            assert len(values) == len(module.CAPACITIES)
            assert all(a > b for a, b in pairwise(values))


def test_numbers_known_elsewhere(panels: dict[str, module.Points]) -> None:
    """The study's values for C = 1, 2, 3, and those of the captions."""
    known = {
        "least": (0.305758, 0.150451, 0.089739),
        "free": (0.311278, 0.156751, 0.095252),
        "alike": (0.322786, 0.172077, 0.109973),
        "alone": (0.344361, 0.207651, 0.146465),
        "best_effort": (0.519275, 0.358311, 0.276139),
    }
    points = panels["fair binary load"]
    for name, values in known.items():
        assert [float(value) for value in points[name][:3]] == pytest.approx(values, abs=6e-7)
    wrong = dict(module.CAPTIONS)["What the paper gets wrong"]
    assert (
        f"{float(points['alike'][0]):.4f} bits where free ones reach {float(points['free'][0]):.4f}" in wrong
    )
    ternary = panels["binomial ternary load"]
    assert float(ternary["least"][4]) == pytest.approx(0.079784067, abs=1e-9)


def test_the_files(tmp_path: Path) -> None:
    """One picture and a page with captions and numbers; the same bytes again."""
    runs = []
    for name in ("one", "two"):
        options = ["figures", "batteries", "--out", str(tmp_path / name), "--starts", "1"]
        result = CliRunner().invoke(main, options)
        assert result.exit_code == 0, result.output
        runs.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert runs[0] == runs[1]
    assert sorted(runs[0]) == ["figure_2.svg", "index.html"]
    ElementTree.fromstring(runs[0]["figure_2.svg"])
    page = runs[0]["index.html"].decode()
    assert "0.305758" in page
    for heading, _ in module.CAPTIONS:
        assert heading in page


def wrong_target(folder: Path, operation: str, body: str) -> str:
    target = folder / "wrong.py"
    target.write_text(
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(): raise errors.Policy('not today')\n"
        f"f = RIGHT['batteries.{operation}']\n"
        f"def wrong(**k): return {body}\n"
        f"OPERATIONS = {{**RIGHT, 'batteries.{operation}': wrong}}\n"
    )
    return f"serve:{target}"


@pytest.mark.parametrize(
    ("operation", "body", "message"),
    [
        ("best_effort_leakage", "refuse()", "refuses"),
        ("cascade_bound", "{**f(**k), 'residuals': [0, 1]}", "not invariant"),
        ("search_bound", "{**f(**k), 'bound_bits': 0.3}", "the bound that it says"),
        ("minimum_leakage", "{**f(**k), 'leakage_bits': 0.5}", "below curve"),
    ],
)
def test_a_wrong_target_fails(tmp_path: Path, operation: str, body: str, message: str) -> None:
    out = tmp_path / "out"
    options = ["figures", "batteries", "--out", str(out), "--starts", "1"]
    result = CliRunner().invoke(main, [*options, "--target", wrong_target(tmp_path, operation, body)])
    assert result.exit_code == 1, result.output
    assert message in result.stderr
    assert not list(out.iterdir())


def test_exit_codes(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["figures", "batteries", "--out", str(tmp_path), "--target", "nobody"]).exit_code == 2
    assert run(main, ["figures", "batteries", "--out", str(tmp_path), "--starts", "0"]).exit_code == 2
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert run(main, ["figures", "batteries", "--out", str(blocked / "x")]).exit_code == 3


def test_a_law_is_read_as_divided_by_its_sum() -> None:
    one = {
        "initial_state": [Fraction(1), Fraction(3)],
        "policy": [{"probabilities": [Fraction(-1, 9), Fraction(2)]}],
    }
    pair = module._pair(one, one)
    assert pair[1]["initial_state"] == [Fraction(1, 4), Fraction(3, 4)]
    assert pair[0]["policy"][0]["probabilities"] == [0, 1]
