"""The commands dream tables and dream homes: bands, definitions, checks against the target, exit codes."""

import json
import math
import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import dream_tables as study
from meter_privacy.conformance.studies import households
from meter_privacy.conformance.studies.dream_tables_command import EXCERPT
from meter_privacy.conformance.studies.dream_tables_report import conclusion, draw
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.readings import open_readings
from meter_privacy.conformance.tables import load_tables


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["dream", *map(str, arguments)])


GAUGE = households.gauge


@pytest.fixture(autouse=True)
def one_gate(monkeypatch: pytest.MonkeyPatch, gauged: list[households.Gauged]) -> None:
    """The gate's year is simulated once; tests/studies/test_households.py is about the gate."""
    monkeypatch.setattr(households, "gauge", lambda *_: gauged)


@pytest.fixture(scope="module")
def result(gauged: list[households.Gauged]) -> study.Result:
    """The study as the command makes it, on the reference."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(households, "gauge", lambda *_: gauged)
        return study.run(load_tables(), study.Asked(target="reference"), (EXCERPT, 96))


def test_what_reproduces_and_what_does_not(result: study.Result) -> None:
    """DREAM-79, DREAM-80, DREAM-81, DREAM-82, DREAM-83, DREAM-84: each band holds or fails as is said."""
    holds = {finding.what: finding.holds for finding in study.findings(result)}
    fails = {what for what, held in holds.items() if not held}
    assert fails == {
        "table 1 under another condition, in July: the same band",
        "table 1 under another condition, without electric heating: the same band",
        "table 3: every mean within a factor of 2 of the paper's",
    }
    assert len(holds) == 13
    assert len(study.outside_3(result)) == 6
    assert conclusion(result).startswith(
        "Table 1 is reproduced; without electric heating it is not; in July it is not. Tables 2 and 3 are not"
    )
    worse = replace(result, slope=-0.8)
    assert "Table 1 is not reproduced" in conclusion(worse)


def test_table_1_is_theorem_2_times_its_first_column(result: study.Result) -> None:
    """DREAM-79: the factors are 2 / B(1/2, 1/(1 - alpha)), to 1e-6."""
    for alpha, factor in zip(study.ALPHAS, result.factors, strict=True):
        k = 1 / (1 - float(alpha))
        beta = math.gamma(0.5) * math.gamma(k) / math.gamma(0.5 + k)
        assert factor == pytest.approx(2 / beta, abs=1e-6)
    for row in result.table_1:
        for cell, factor in zip(row.cells, result.factors, strict=True):
            assert cell.mean == pytest.approx(row.cells[0].mean * factor)
            assert cell.paper is not None


def test_errors_and_windows_by_plain_loops() -> None:
    """DREAM-79, DREAM-80: the definitions again, without numpy."""
    drawn = random.Random(7)
    readings = [[drawn.randrange(0, 4000) for _ in range(30)] for _ in range(12)]
    found = study.errors(np.asarray(readings), 5, 3, seed=9)
    for chosen, error in zip(study.clusters(12, 5, 3, seed=9), found, strict=True):
        assert len(set(chosen)) == 5
        own = [
            Fraction(max(readings[home][t] for home in chosen), sum(readings[home][t] for home in chosen) + 1)
            for t in range(30)
        ]
        assert error == pytest.approx(float(sum(own) / 30))
    losses = [Fraction(x, 4000) for x in readings[0]]
    for terms in (1, 3, 29, 30, 31):
        longest = min(terms, 30)
        by_hand = max(sum(losses[t : t + longest]) for t in range(30 - longest + 1))
        assert float(study.worst(np.asarray(losses, float), terms)) == pytest.approx(float(by_hand))


def test_the_numbers_of_a_table_are_of_a_user_of_the_cluster(result: study.Result) -> None:
    """DREAM-80, DREAM-81: no loss over s slots is above s, as no reading is above its cluster's largest."""
    for row in (*result.table_2, *result.table_3):
        for window, cell in zip(study.WINDOWS, row.cells, strict=True):
            assert 0 < cell.mean <= window
            assert cell.deviation <= study.largest_deviation(cell.mean, window) + 1e-9
    assert [row.count for row in result.table_2] == [40 * size for size in study.SIZES]


def test_largest_deviation() -> None:
    """DREAM-81: reached by numbers at both ends, exceeded by none."""
    drawn = random.Random(8)
    for _ in range(500):
        values = np.asarray([drawn.uniform(0, 4) for _ in range(drawn.randrange(1, 9))])
        assert values.std() <= study.largest_deviation(float(values.mean()), 4) + 1e-12
    ends = np.asarray([0, 0, 4, 0])
    assert ends.std() == pytest.approx(study.largest_deviation(1, 4))
    with pytest.raises(study.StudyError, match="no mean of 5"):
        study.largest_deviation(5, 4)


def test_slots_of_any_length(result: study.Result) -> None:
    """DREAM-82: the error falls with the length of the slot, from 1 to 30 minutes."""
    values = list(result.periods.values())
    assert list(result.periods) == [1, 5, 10, 15, 30]
    assert values == sorted(values, reverse=True)
    assert values[2] == pytest.approx(result.table_1[0].cells[0].mean)


def test_drawn_noise_would_show_a_wrong_shape(result: study.Result) -> None:
    """DREAM-84: 20,000 totals and 4 standard errors tell each alpha's noise from the next one's.

    A right law is called wrong once in 16,000 times; the seed is fixed.
    """
    items = result.aggregators
    assert [item.agrees for item in items] == [True] * 4
    for item, other in pairwise(items):
        assert not replace(item, drawn=other.drawn, standard_error=other.standard_error).agrees
    assert items[0].exact == pytest.approx(items[0].trusted, rel=1e-9)
    assert items[3].exact / items[3].trusted == pytest.approx(1.5, abs=1e-3)


def test_real_homes(result: study.Result) -> None:
    """DREAM-85: the excerpt's weekdays, and which homes are dropped."""
    real = result.real
    assert real is not None
    assert (real.homes, real.days, real.slots) == (29, 5, 96)
    assert real.dropped == {"incomplete": 0, "above the cap": 5, "negative": 1, "zero in over 5 %": 5}
    assert [row.name for row in real.rows] == ["5", "10", "20"]
    means = [row.cells[0].mean for row in real.rows]
    assert means == sorted(means, reverse=True)
    assert -1 < real.slope < -0.6


def test_which_real_homes_stay(tmp_path: Path) -> None:
    """DREAM-85: one home for each reason, weekdays only, kWh to W."""
    path = tmp_path / "homes.csv"
    path.write_text(
        "home,date,a,b,c,d\n"
        + "".join(
            f"{name},{day},{cells}\n"
            for day in ("2020-12-11", "2020-12-12")
            for name, cells in (
                ("good", "1,2,3,4"), ("high", "1,2,3,151"), ("minus", "1,-2,3,4"), ("zero", "0,0,1,1"),
                ("blank", "1,,1,1"),
            )
        )
    )  # fmt: skip
    kept, dropped = study.real_readings(open_readings(path, 4), 150.0)
    assert list(kept) == ["good"]
    assert np.array_equal(kept["good"], [[1000 / 6, 2000 / 6, 500, 4000 / 6]])
    assert dropped == {"incomplete": 1, "above the cap": 1, "negative": 1, "zero in over 5 %": 1}
    assert study.is_weekday("w50:5")
    assert not study.is_weekday("w50:6")
    assert study.is_weekday("17")
    twice = tmp_path / "twice.csv"
    twice.write_text("home,time,kwh\na,2020-12-11T06:00,1\na,2020-12-11T06:00,1\n")
    with pytest.raises(study.StudyError, match="line 3: home a has a second value for 2020-12-11 06:00"):
        study.real_readings(open_readings(twice, 4), 150.0)
    sunday = tmp_path / "sunday.csv"
    sunday.write_text("home,date,a,b,c,d\na,2020-12-13,1,1,1,1\n")
    with pytest.raises(study.StudyError, match="no weekday"):
        study.real_readings(open_readings(sunday, 4), 150.0)
    with pytest.raises(study.StudyError, match="1 homes stay"):
        study.table_1_real(path, 4, 2, 1, 25_000)


def faulty(folder: Path, operation: str, change: str) -> str:
    """A target with one operation that answers `change`, an expression over its inputs k."""
    path = folder / "other.py"
    path.write_text(
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(): raise errors.Policy('not today')\n"
        f"NAME = {operation!r}\n"
        f"OPERATIONS = {{**RIGHT, NAME: lambda **k: {change}}}\n"
    )
    return f"serve:{path}"


def test_a_target_that_computes_otherwise_is_found(tmp_path: Path) -> None:
    """DREAM-79, DREAM-80: errors and losses are compared with the target's."""
    readings = np.random.default_rng(1).gamma(1, 500, (120, 144)).astype(np.float32)
    checks = {
        "dream.expected_error": (study.check_errors, "{**RIGHT[NAME](**k), 'mean': '0.1'}", "0.1 where|1/10"),
        "dream.account": (study.check_accounts, "{**RIGHT[NAME](**k), 'worst_epsilon': '1/7'}", "1/7"),
    }
    for operation, (check, change, message) in checks.items():
        with Parties(load_tables(), "reference", "published") as parties:
            assert check(parties, readings, 100, 1) == (21 if operation.endswith("error") else 20)
        target = faulty(tmp_path, operation, change)
        with (
            Parties(load_tables(), target, "published") as parties,
            pytest.raises(WrongAnswer, match=message),
        ):
            check(parties, readings, 100, 1)


def test_a_target_that_fails_ends_with_1(tmp_path: Path) -> None:
    out = tmp_path / "never.json"
    target = faulty(tmp_path, "dream.error_factors", "refuse()")
    found = call("tables", "--homes", "300", "--target", target, "--json", out)
    assert found.exit_code == 1
    assert "refuses dream.error_factors: policy, not today" in found.stderr
    assert not out.exists()


def test_the_command_prints_and_writes_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DREAM-79, DREAM-80, DREAM-81, DREAM-85: 500 homes, on the C core where it has the operation."""
    monkeypatch.setattr(study, "AGGREGATES", 1000)
    out, picture = tmp_path / "tables.json", tmp_path / "tables.svg"
    found = call("tables", "--homes", "500", "--clusters", "20", "--json", out, "--plot", picture)
    assert found.exit_code == 0, found.output
    text = " ".join(found.stdout.split())
    for words in (
        "All 33 are within 30%",
        "Table 1: the error",
        "Table 2: a user's loss",
        "Table 3: the loss by one appliance",
        "on real homes: swiss_40_homes_w50.csv",
        "Why the paper's table 3 cannot hold",
        "a mean of 3.34 of 3 terms of at most 1",
        "dream.error_factors",
    ):
        assert words in text
    assert max(len(line) for line in found.stdout.splitlines()) <= 80
    written = json.loads(out.read_text())
    assert [row["name"] for row in written["table_1"]] == ["100", "300", "500"]
    assert len(written["gate"]) == 33
    assert len(written["table_3"]) == 11
    assert len(written["impossible_in_table_3"]) == 8
    assert picture.read_text().startswith("<?xml")


def test_the_picture_is_the_same_each_time(result: study.Result) -> None:
    """DREAM-79: four panels."""
    picture = draw(result, "svg")
    assert picture == draw(result, "svg")
    assert [picture.count(f'id="axes_{number}"'.encode()) for number in range(1, 6)] == [1, 1, 1, 1, 0]


def test_no_table_without_the_gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """DREAM-78: exit code 1, the appliance is named, nothing is printed or written."""
    monkeypatch.setattr(study, "GATE_HOMES", 84)
    monkeypatch.setattr(households, "gauge", GAUGE)
    monkeypatch.setattr(households, "MEAN_ACTIVE_OCCUPANCY", 0.2)
    out = tmp_path / "tables.json"
    for arguments in (("tables", "--json", out), ("homes", out)):
        found = call(*arguments)
        assert found.exit_code == 1
        assert "does not pass its gate" in found.stderr
        assert "Kettle" in found.stderr
        assert not found.stdout
        assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tables", "--homes", "299"], "--homes"),
        (["tables", "--homes", "300", "--readings", "/nowhere.csv"], "No such file"),
        (["tables", "--plot", "tables.gif"], "ends in .svg or .png"),
        (["tables", "--json", "/nowhere/tables.json"], "no such folder"),
        (["tables", "--slots-per-day", "7"], "whole minutes"),
        (["tables", "--homes", "300", "--target", "nonsense"], "no target is named"),
        (["tables", "--month", "13"], "--month"),
        (["homes", "/nowhere/homes.csv"], "no such folder"),
        (["homes", "homes.csv", "--minutes", "7"], "no such slots"),
    ],
)
def test_usage_errors_end_with_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found = call(*arguments)
    assert found.exit_code == 2
    assert message in found.stderr
    assert "Traceback" not in found.output


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """DREAM-76: exit code 2."""
    monkeypatch.setattr(households, "PACKAGE", "no_such_package")
    found = call("tables")
    assert found.exit_code == 2
    assert "pip install 'meter-privacy[households]'" in found.stderr


def test_simulated_homes_are_a_file_of_readings(tmp_path: Path) -> None:
    """DREAM-77: what dream homes writes, dream-day reads."""
    path = tmp_path / "homes.csv"
    assert call("homes", path, "--homes", "7", "--minutes", "60").exit_code == 0
    file = open_readings(path, 24)
    assert (len(file.homes), file.days, file.layout) == (7, ["01-weekday"], "wide")
    day = file.read_day("01-weekday", 7, 25_000)
    constants = households.load_constants()
    traces = households.simulate(constants, households.draw_homes(constants, 7, 1), 1)
    expected = np.rint(traces.means_w(60)).astype(int)
    assert np.abs(np.asarray(list(day.readings.values())) - expected).max() <= 1
    assert not day.handled
