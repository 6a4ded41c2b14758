"""The command leakage: its numbers, what it writes, its rules for readings, and its exit codes."""

import json
import math
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import leakage as module
from meter_privacy.conformance.studies import readings
from meter_privacy.conformance.studies.leakage_report import limit_at

EXCERPT = Path(readings.__file__).parent / "data" / "swiss_40_homes_w50.csv"

SMALL = (
    "home,date,t1,t2,t3,t4\n"
    "a,2020-12-07,0.4,0.1,0.2,0.3\n"
    "a,2020-12-08,,x,-1,9\n"
    "b,2020-12-07,0,0,0,0\n"
    "c,2020-12-07,1,1,1,1\n"
    "c,2020-12-08,1,1\n"
)


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["leakage", *map(str, arguments)])


def load(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text())
    return value


def entropy(masses: list[float]) -> float:
    return -sum(p * math.log2(p) for p in masses if p)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.csv"
    path.write_text(SMALL)
    return path


def write_load(folder: Path, **members: Any) -> Path:
    path = folder / "load.json"
    path.write_text(json.dumps(members))
    return path


def test_a_home_of_the_excerpt(tmp_path: Path) -> None:
    """Every number of the study against counting, and the curve between what must bound it."""
    out, picture = tmp_path / "l.json", tmp_path / "l.svg"
    result = call(EXCERPT, "--home", "5270903", "--power", "0.3", "--json", out, "--plot", picture)
    assert result.exit_code == 0, result.output
    assert "best policy" in result.stdout
    assert "slots as independent" in result.stdout
    study = load(out)

    (row,) = (line.split(",") for line in EXCERPT.read_text().splitlines() if line.startswith("5270903,"))
    values = [min(6250, round(float(cell) * 1000)) for cell in row[2:]]
    step = Fraction(max(values), 20)
    counts = [0] * 21
    for value in values:
        counts[int(value / step)] += 1
    p = [count / len(values) for count in counts]
    assert study["probabilities"] == pytest.approx(p)
    assert study["loads"] == pytest.approx([float(step * k) for k in range(21)])
    mean = sum(float(step * k) * mass for k, mass in enumerate(p))
    assert study["mean"] == pytest.approx(mean)
    assert study["lost_by_rounding_down"] == pytest.approx(sum(values) / len(values) - mean)
    assert study["power"] == pytest.approx(0.3 * mean)
    assert study["unprotected_bits"] == pytest.approx(entropy(p), abs=1e-12)

    # Time division by counting: Y = 0 with theta, else X.
    theta = 0.3
    zero = theta + (1 - theta) * p[0]
    hidden = [theta * mass / zero if k else p[0] / zero for k, mass in enumerate(p)]
    expected = entropy(p) - zero * entropy(hidden)
    assert study["time_division"]["leakage_bits"] == pytest.approx(expected, abs=1e-12)
    # Limiting: the first level whose power is affordable; H of what is left.
    limit = study["output_limit"]
    k = study["loads"].index(limit["level"])
    powers = [sum(max(0.0, float(step) * (j - c)) * p[j] for j in range(21)) for c in range(21)]
    assert limit["power"] == pytest.approx(powers[k])
    assert powers[k] <= study["power"] < powers[k - 1]
    assert limit["leakage_bits"] == pytest.approx(entropy([*p[:k], sum(p[k:])]), abs=1e-12)

    # The policy: feasible rows, and its own leakage and power.
    policy = study["optimum"]["policy"]
    best = study["optimum"]["leakage_bits"]
    assert all(sum(row) == pytest.approx(1) and not any(row[i + 1 :]) for i, row in enumerate(policy))
    output = [sum(p[i] * policy[i][j] for i in range(21)) for j in range(21)]
    information = entropy(output) - sum(p[i] * entropy(policy[i]) for i in range(21))
    assert information == pytest.approx(best, abs=1e-9)
    assert best < min(study["time_division"]["leakage_bits"], limit["leakage_bits"])

    curve = [point["leakage_bits"] for point in study["curve"]]
    assert curve[0] == pytest.approx(entropy(p), abs=1e-12)
    assert curve[-1] == 0
    assert all(a > b for a, b in pairwise(curve))
    assert all(point["leakage_bits"] <= point["time_division_bits"] + 1e-12 for point in study["curve"])
    assert len(study["breakpoints"]) == sum(map(bool, p)) - 1
    ElementTree.fromstring(picture.read_bytes())


def test_a_load_as_json(tmp_path: Path) -> None:
    """A binary load, against paper A's closed form (11)."""
    path = write_load(tmp_path, loads=[0, "10"], probabilities=[0.25, "3/4"], unit="kWh")
    out, picture = tmp_path / "out.json", tmp_path / "out.png"
    options = ("--power-absolute", "2.5", "--profile", "published", "--target", "reference")
    result = call(path, *options, "--json", out, "--plot", picture)
    assert result.exit_code == 0, result.output
    study = load(out)
    x = 0.25
    closed = x * math.log2(x) - (0.25 + x) * math.log2(0.25 + x) - 0.75 * math.log2(0.75)
    assert study["optimum"]["leakage_bits"] == pytest.approx(closed, abs=1e-12)
    assert study["optimum"]["policy"][1] == pytest.approx([1 / 3, 2 / 3])
    assert study["unit"] == "kWh"
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")
    assert study["answered_by"]["privacy_power.leakage"] == "reference"


def test_native_and_reference_agree(tmp_path: Path) -> None:
    """The C core, which is the default, and the reference draw one curve and one policy."""
    studies = []
    for options in ((), ("--target", "reference")):
        out = tmp_path / "study.json"
        assert (
            call(EXCERPT, "--home", "5270903", "--spacing", "quantiles", "--json", out, *options).exit_code
            == 0
        )
        studies.append(load(out))
    native, reference = studies
    assert native["answered_by"]["privacy_power.leakage"] == "native"
    assert native["answered_by"]["privacy_power.time_division"] == "reference"
    for left, right in zip(native["curve"], reference["curve"], strict=True):
        assert left["leakage_bits"] == pytest.approx(right["leakage_bits"], abs=1e-12)
    for left, right in zip(native["optimum"]["policy"], reference["optimum"]["policy"], strict=True):
        assert left == pytest.approx(right, abs=1e-9)


@pytest.mark.parametrize("power", ["0", "1", "3"])
def test_no_power_and_more_than_enough(tmp_path: Path, power: str) -> None:
    path = write_load(tmp_path, loads=[0, 1, 4], probabilities=[0.5, 0.25, 0.25])
    out = tmp_path / "out.json"
    assert call(path, "--power", power, "--json", out, "--plot", tmp_path / "p.svg").exit_code == 0
    study = load(out)
    assert study["optimum"]["leakage_bits"] == pytest.approx(1.5 if power == "0" else 0, abs=1e-12)
    assert study["optimum"]["slope_nats"] is None


def test_a_silent_home_leaks_nothing(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    for home in ("b", "c"):
        arguments = ("--home", home, "--slots-per-day", "4", "--json", out, "--plot", tmp_path / "p.png")
        assert call(small, *arguments).exit_code == 0
        assert load(out)["unprotected_bits"] == 0


def test_rules_for_readings(small: Path, tmp_path: Path) -> None:
    """Missing cells are left out, negative ones become 0, large ones the cap; all are counted."""
    out = tmp_path / "out.json"
    arguments = ("--home", "a", "--slots-per-day", "4", "--maximum-wh", "800", "--levels", "5", "--json", out)
    result = call(small, *arguments)
    assert result.exit_code == 0, result.output
    study = load(out)
    assert study["origin"]["handled"] == {
        "missing or not a number": 2,
        "negative": 1,
        "above the cap": 1,
    }
    # 400 100 200 300 0 800 by levels 0 200 400 600 800.
    assert study["loads"] == [0, 200, 400, 600, 800]
    assert study["probabilities"] == pytest.approx([2 / 6, 2 / 6, 1 / 6, 0, 1 / 6])
    file = readings.open_readings(small, 4)
    assert module.read_homes(file, "c", 5000)["c"].handled == {module.BROKEN: 1}
    # The default home is the one of the median mean: b 0, a 300, c 800.
    assert module.choose_home(module.read_homes(file, None, 800), None).name == "a"


def test_levels() -> None:
    values = [5, 1, 9, 3, 3, 7, 3, 8]
    assert module.levels_of(values, 4, module.EQUAL) == tuple(map(Fraction, (0, 3, 6, 9)))
    assert module.levels_of(values, 4, module.QUANTILES) == tuple(map(Fraction, (1, 3, 5, 8)))
    assert module.levels_of([0, 0], 4, module.EQUAL) == (Fraction(0),)
    for spacing in (module.EQUAL, module.QUANTILES):
        law = module.quantise(values, 4, spacing)
        assert sum(law.probabilities) == 1
        assert law.mean + law.lost == Fraction(sum(values), len(values))
        assert law.lost >= 0
        assert all(law.loads[module.place(law.loads, value)] <= value for value in values)
    assert module.quantise(values, 4, module.QUANTILES).probabilities == (
        Fraction(1, 8), Fraction(3, 8), Fraction(2, 8), Fraction(2, 8),
    )  # fmt: skip


def test_draws_follow_the_row() -> None:
    row = (Fraction(1, 4), Fraction(0), Fraction(3, 4), Fraction(0))
    draws = [module.draw_output(row, (k + 0.5) / 1000) for k in range(1000)]
    assert [draws.count(k) for k in range(4)] == [250, 0, 750, 0]
    assert module.draw_output(row, 1.0) == 2


def test_the_strictest_affordable_limit() -> None:
    limits = [module.LimitPoint(Fraction(k), Fraction(3 - k), Fraction(k)) for k in range(4)]
    assert [limit_at(limits, Fraction(power)).level for power in (0, 1, 2, 3, 9)] == [3, 2, 1, 0, 0]


BAD_LOADS: list[dict[str, Any]] = [
    {"loads": [0, 1]},
    {"loads": [0, 1], "probabilities": [1]},
    {"loads": [1, 0], "probabilities": [0.5, 0.5]},
    {"loads": [0, 0], "probabilities": [0.5, 0.5]},
    {"loads": [-1, 0], "probabilities": [0.5, 0.5]},
    {"loads": [0, 1], "probabilities": [0.5, 0.6]},
    {"loads": [0, 1], "probabilities": [1.5, -0.5]},
    {"loads": [0, True], "probabilities": [0.5, 0.5]},
    {"loads": [0, "nan"], "probabilities": [0.5, 0.5]},
    {"loads": [0, "1/0"], "probabilities": [0.5, 0.5]},
    {"loads": [0, 10**10], "probabilities": [0.5, 0.5]},
    {"loads": [], "probabilities": []},
    {"loads": [0, 1], "probabilities": [0.5, 0.5], "more": 1},
    {"loads": 3, "probabilities": [1]},
]


@pytest.mark.parametrize("members", BAD_LOADS)
def test_bad_loads_are_refused(tmp_path: Path, members: dict[str, Any]) -> None:
    result = call(write_load(tmp_path, **members))
    assert result.exit_code == 2
    assert result.stderr.startswith("Error:")


def test_bad_options_are_refused(small: Path, tmp_path: Path) -> None:
    path = write_load(tmp_path, loads=[0, 1], probabilities=[0.5, 0.5])
    for arguments in (
        (path, "--power", "-0.1"),
        (path, "--power", "much"),
        (path, "--power", "0.1", "--power-absolute", "3"),
        (path, "--home", "a"),
        (path, "--plot", tmp_path / "x.pdf"),
        (path, "--json", tmp_path / "no" / "x.json"),
        (path, "--target", "nobody"),
        (tmp_path / "none.csv",),
        (tmp_path / "none.json",),
        (small, "--home", "z", "--slots-per-day", "4"),
        (small, "--slots-per-day", "7"),
        (small, "--levels", "65"),
    ):
        assert call(*arguments).exit_code == 2, arguments
    (tmp_path / "broken.json").write_text("{")
    assert call(tmp_path / "broken.json").exit_code == 2


@pytest.mark.parametrize(
    ("operation", "body", "message"),
    [
        (
            "optimal_policy",
            "{**f(**k), 'policy': [{'probabilities': [1, 0]}, {'probabilities': [0, 1]}]}",
            "leakage",
        ),
        ("leakage", "refuse()", "refuses"),
    ],
)
def test_a_wrong_target_fails(tmp_path: Path, operation: str, body: str, message: str) -> None:
    """A policy that is not the best one, and a refusal, are the implementation's failure."""
    target = tmp_path / "wrong.py"
    target.write_text(
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(): raise errors.Policy('not today')\n"
        f"f = RIGHT['privacy_power.{operation}']\n"
        f"def wrong(**k): return {body}\n"
        f"OPERATIONS = {{**RIGHT, 'privacy_power.{operation}': wrong}}\n"
    )
    path = write_load(tmp_path, loads=[0, 1], probabilities=[0.5, 0.5])
    result = call(path, "--target", f"serve:{target}")
    assert result.exit_code == 1, result.output
    assert message in result.stderr
