"""The figures of paper A: what is drawn, and that the numbers in the captions are the computed ones."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from matplotlib.figure import Figure

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import privacy_power_figures as module
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.tables import load_tables
from meter_privacy.reference import privacy_power

Lines = dict[str, tuple[list[float], list[float]]]


@pytest.fixture(scope="module")
def drawn() -> dict[int, Lines]:
    """The labelled lines of each figure, as the reference answers them."""
    figures: dict[int, Lines] = {}
    with Parties(load_tables(), "reference", "published") as parties:

        def ask(name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
            return [answer.output or {} for answer in parties.ask_each(name, inputs)]

        for number, draw in module.DRAWINGS.items():
            axes = Figure().add_subplot()
            draw(axes, ask)
            figures[number] = {
                str(line.get_label()): (
                    np.asarray(line.get_xdata(), float).tolist(),
                    np.asarray(line.get_ydata(), float).tolist(),
                )
                for line in axes.get_lines()
            }
    return figures


def at(lines: Lines, label: str, power: float) -> float:
    x, y = lines[label]
    return min(zip(x, y, strict=True), key=lambda point: abs(point[0] - power))[1]


def test_the_files(tmp_path: Path) -> None:
    """Seven pictures with words in them, a page with all captions; the same bytes again."""
    runs = []
    for name in ("one", "two"):
        result = CliRunner().invoke(main, ["figures", "privacy-power", "--out", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
        runs.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert runs[0] == runs[1]
    assert sorted(runs[0]) == [*(f"figure_{number}.svg" for number in range(2, 9)), "index.html"]
    for name, data in runs[0].items():
        if name.endswith(".svg"):
            ElementTree.fromstring(data)
    page = runs[0]["index.html"].decode()
    for number, caption in module.CAPTIONS.items():
        assert f"figure_{number}.svg" in page
        assert caption.title in page


def test_figure_4_optimum_below_the_corrected_heuristics(drawn: dict[int, Lines]) -> None:
    """And the printed formulas above what is counted, where they are wrong."""
    lines = drawn[4]
    optimum, divided, limited = ("optimum, exact", "time division, exact", "output limiting, exact")
    for power, value in zip(*lines[divided], strict=True):
        if 0 < power < 1:
            assert at(lines, optimum, power) < value < at(lines, "time division as printed", power)
    for power, value in zip(*lines[limited], strict=True):
        if 0.01 < power < 0.99:
            assert at(lines, optimum, power) < value < at(lines, "output limiting as printed", power)
    assert at(lines, limited, 1) == 0
    assert at(lines, "output limiting as printed", 1) == pytest.approx(2.19616, abs=1e-5)
    assert at(lines, divided, 0.5) == pytest.approx(2.104, abs=0.02)
    assert max(y for y in lines[optimum][1]) == pytest.approx(4.392317, abs=1e-6)


def test_figure_3_curves_cross_where_they_should(drawn: dict[int, Lines]) -> None:
    crossings = sorted(zip(*drawn[3]["two curves cross"], strict=True))
    assert [round(x, 12) for x, _ in crossings] == [0.2, 0.2, 0.4, 0.6]
    for p, q, power in (("0.1", "0.5", 0.4), ("0.1", "0.3", 0.6)):
        users = [[(Fraction(value), Fraction(1))] for value in (p, q)]
        first, second = (
            privacy_power.binary(module.binary_users(user), Fraction(str(power)))["leakages_bits"][0]
            for user in users
        )
        assert float(first) == pytest.approx(float(second), abs=1e-14)


def test_figures_5_and_6_users_fall_silent(drawn: dict[int, Lines]) -> None:
    for number, users in ((5, module.FIGURE_5), (6, module.FIGURE_6)):
        silent = module.silent_from(users)
        for user, (p, difference) in enumerate(users):
            label = f"user {user + 1}: p = {float(p):g}, Δ = {float(difference):g}"
            for power, value in zip(*drawn[number][label], strict=True):
                assert (value == pytest.approx(0, abs=1e-9)) is (power >= silent[user] - 1e-9), (
                    number,
                    power,
                )
    assert module.silent_from(module.FIGURE_6) == pytest.approx([2.3812, 1.5269, 2.999], abs=1e-4)


def test_figure_6_user_1_is_concave_and_then_convex(drawn: dict[int, Lines]) -> None:
    """A-ERRATUM-12's counterexample, in equal steps of the power."""

    def second_difference(power: str) -> float:
        middle = Fraction(power)
        values = [
            float(
                privacy_power.binary(module.binary_users(module.FIGURE_6), middle + step)["leakages_bits"][0]
            )
            for step in (Fraction(-1, 100), Fraction(0), Fraction(1, 100))
        ]
        return values[0] - 2 * values[1] + values[2]

    assert [second_difference(power) < 0 for power in ("0.5", "1", "1.5", "1.6", "2", "2.3")] == [
        True
    ] * 3 + [False] * 3
    assert drawn[6]


def test_figure_7_more_users_may_leak_less(drawn: dict[int, Lines]) -> None:
    """The numbers of its caption; and at P = 0 the sum of the entropies."""
    totals = []
    for count in (1, 2, 3):
        users = module.figure_7_users(count)
        assert module.mean_of(users) == 1
        answer = privacy_power.binary(module.binary_users(users), Fraction(9, 10))
        totals.append(sum(float(value) for value in answer["leakages_bits"]))
        silent = sorted(module.silent_from(users))
        assert silent[-1] == pytest.approx(1)
    assert [round(total, 4) for total in totals] == [0.0519, 0.0692, 0.0483]
    assert [round(at(drawn[7], f"N = {count}", 0), 4) for count in (1, 2, 3)] == [1, 1.469, 1.938]
    assert "0.0483 bits beside 0.0692 and 0.0519" in module.CAPTIONS[7].wrong


def test_figure_8_is_n_times_the_logarithm(drawn: dict[int, Lines]) -> None:
    for count in (1, 2, 3):
        for power, value in zip(*drawn[8][f"N = {count}"], strict=True):
            assert value == pytest.approx(-count * log(power), abs=1e-9)
    assert at(drawn[8], "N = 1", 0.01) == pytest.approx(4.605, abs=0.1)


def test_figure_2_level() -> None:
    answer = privacy_power.allocate_exponential(list(module.FIGURE_2_MEANS), module.FIGURE_2_POWER)
    assert [float(power) for power in answer["powers"]] == [1, 2, 1.5]
    assert float(answer["level"]) == 2


def test_exit_codes(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert (
        run(main, ["figures", "privacy-power", "--out", str(tmp_path), "--target", "nobody"]).exit_code == 2
    )
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert run(main, ["figures", "privacy-power", "--out", str(blocked / "x")]).exit_code == 3
    target = tmp_path / "wrong.py"
    target.write_text(
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(**k): raise errors.Policy('not today')\n"
        "OPERATIONS = {**RIGHT, 'privacy_power.allocate_exponential': refuse}\n"
    )
    arguments = ["figures", "privacy-power", "--out", str(tmp_path), "--target", f"serve:{target}"]
    assert run(main, arguments).exit_code == 1
