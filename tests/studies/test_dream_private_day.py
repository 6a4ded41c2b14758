"""The command dream-day with noise, missing and colluding meters: what is opened, refused and written."""

import json
import math
import random
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import dream_private_day as module
from meter_privacy.conformance.studies import readings
from meter_privacy.conformance.studies.dream_day import DayError, derive
from meter_privacy.reference import cluster, noise
from meter_privacy.vectors.generators.common import draw_bytes

EXCERPT = Path(readings.__file__).parent / "data" / "swiss_40_homes_w50.csv"
CAP = 6250


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["dream-day", *map(str, arguments)])


def load(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text())
    return value


def write_homes(path: Path, homes: int, slots: int) -> Path:
    """A file of homes with readings of 0 to 6.2 kWh."""
    drawn = random.Random(homes)
    rows = (
        f"h{number}," + ",".join(f"{drawn.randrange(6200) / 1000}" for _ in range(slots))
        for number in range(homes)
    )
    path.write_text("home," + ",".join(f"s{slot}" for slot in range(slots)) + "\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def twelve(tmp_path: Path) -> Path:
    return write_homes(tmp_path / "twelve.csv", 12, 3)


def small(*more: str) -> list[str]:
    return ["--slots-per-day", "3", "--maximum-wh", str(CAP), "--target", "reference", *more]


def of_range(values: list[int], low: int, high: int) -> bool:
    return all(low <= value <= high for value in values)


def check_day(day: dict[str, Any], seed: str) -> None:
    """Everything that the file says again: registers, shares of noise, totals, losses."""
    given = day["parameters"]
    unit, scale = given["unit_wh"], Fraction(given["scale_wh"], given["unit_wh"])
    table = noise.noise_table(given["shares"], scale)
    assert given["shares"] == given["meters"] - given["tolerated_failures"]
    assert len(table["thresholds"]) == given["thresholds"]
    assert given["maximum_wh"] % unit == 0
    assert int(given["modulus"], 16) > given["meters"] * given["maximum_wh"] + 2 * given["tail_wh"]
    colluding = {node for node, home in enumerate(day["homes"]) if home["home"] in day["colluding"]}
    for slot in day["slots"]:
        present = set(range(given["meters"])) - set(slot["missing"])
        assert not colluding & set(slot["missing"])
        shares = [
            noise.table_share(table["thresholds"], derive(seed, "noise", day["day"], slot["slot"], node)[:16])
            for node in present
        ]
        assert slot["noise_wh"] == unit * sum(shares)
        assert slot["opened_wh"] == slot["reported_wh"] + slot["noise_wh"]
        assert abs(slot["reported_wh"] - slot["true_wh"]) < unit * len(present)
        wanted = Fraction(abs(slot["true_wh"] - slot["opened_wh"]), slot["true_wh"] + 1)
        assert slot["error"] == pytest.approx(float(wanted))
        assert slot["equal"] is True
    assert [item["answered"] for item in day["refusals"]] == ["policy", "state", "replayed", "policy"]
    view = day["view"]
    modulus = int(given["modulus"], 16)
    centred = (int(view["stripped"], 16) + modulus // 2) % modulus - modulus // 2
    # What is left looks like any number below m, which in the published profile is not much above the noise.
    assert centred != view["value_wh"]
    assert modulus < 1 << 64 or abs(centred) > given["tail_wh"] + CAP
    assert view["unknown"] == view["partners"] - len(colluding) + 1


@pytest.mark.parametrize("profile", ["published", "hardened"])
def test_a_small_day_again_by_hand(twelve: Path, tmp_path: Path, profile: str) -> None:
    """DREAM-88: 12 homes, 2 missing, 1 colluding: totals with their noise, refusals, losses."""
    out = tmp_path / "day.json"
    options = ("--fail", "2", "--collude", "1", "--profile", profile, "--epsilon", "1/2", "--seed", "s")
    result = call(twelve, *small(*options, "--json", str(out)))
    assert result.exit_code == 0, result.output
    assert "3 of 3 totals opened to exactly what was reported and its noise." in result.stdout
    day = load(out)
    check_day(day, "s")
    given = day["parameters"]
    assert (given["meters"], given["tolerated_failures"], given["colluders"]) == (12, 3, 1)
    assert (given["list_limit"], given["epsilon"], given["scale_wh"]) == (2, "1/2", 2 * CAP)
    assert given["unit_wh"] == 125
    assert [len(slot["missing"]) for slot in day["slots"]] == [2, 2, 2]
    assert day["law"]["loss"] == pytest.approx(0.5)
    assert day["law"]["day_epsilon"] == pytest.approx(1.5)
    # (1 + e^epsilon) h tau a slot, tau twice the distance of a side, h = n = 9, three slots.
    distance = float(noise.noise_table(9, Fraction(100))["distance_bits"].lower)
    expected = distance - math.log2((1 + math.exp(0.5)) * 9 * 2 * 3)
    assert day["law"]["delta_bits"] == pytest.approx(expected, rel=1e-6)
    for words in ("11 of 32", "a slot from which 3 meters are missing", "noise they do not know"):
        assert words in " ".join(result.stdout.split())
    for line in result.stdout.splitlines():
        assert len(line) <= 80


def test_37_of_100_meters_are_missing(tmp_path: Path) -> None:
    """DREAM-88: the noise was made for 63, and 63 report; one more is refused."""
    path = write_homes(tmp_path / "hundred.csv", 100, 1)
    out = tmp_path / "day.json"
    options = ("--homes", "100", "--slots-per-day", "1", "--maximum-wh", str(CAP), "--json", out)
    result = call(path, *options, "--fail", "37")
    assert result.exit_code == 0, result.output
    day = load(out)
    check_day(day, "1")
    assert len(day["slots"][0]["missing"]) == 37
    assert day["parameters"]["shares"] == 63
    assert day["law"]["loss"] == pytest.approx(1)
    assert day["cost"]["key_bytes"] == 99 * 32
    assert day["answered_by"]["dream.mask"] == "native"
    assert day["answered_by"]["dream.member_report"] == day["answered_by"]["dream.member_start"]
    gone = call(path, *options, "--fail", "37", "--home", f"h{day['slots'][0]['missing'][0]}")
    assert gone.exit_code == 2
    assert "is missing in every slot" in gone.stderr
    refused = call(path, *options, "--fail", "50")
    assert refused.exit_code == 2
    assert "tolerate M of at most 49" in refused.stderr


def test_a_part_of_the_excerpt_with_its_picture(tmp_path: Path) -> None:
    """DREAM-88: 96 slots of real homes; the noise has the magnitude of its law, within 5 standard errors."""
    out, picture = tmp_path / "day.json", tmp_path / "day.svg"
    options = (
        "--day",
        "w50:3",
        "--homes",
        "8",
        "--fail",
        "1",
        "--collude",
        "1",
        "--json",
        out,
        "--plot",
        picture,
    )
    result = call(EXCERPT, *options)
    assert result.exit_code == 0, result.output
    day = load(out)
    assert len(day["slots"]) == 96
    check_day(day, "1")
    law = day["law"]
    assert abs(day["mean_error_wh"] - law["mean_wh"]) < 5 * law["deviation_wh"] / 96**0.5
    assert len({slot["opened_wh"] for slot in day["slots"]}) > 60
    assert of_range([len(slot["missing"]) for slot in day["slots"]], 1, 1)
    assert day["shown"]["home"] not in day["colluding"]
    root = ElementTree.fromstring(picture.read_bytes())
    axes = [part.get("id") for part in root.iter() if (part.get("id") or "").startswith("axes_")]
    assert len(axes) == 5


def test_the_least_cluster(tmp_path: Path) -> None:
    """DREAM-88: two homes, nobody missing, M = 0; noise alone is asked for."""
    path = write_homes(tmp_path / "two.csv", 2, 3)
    out = tmp_path / "day.json"
    assert call(path, *small("--epsilon", "1", "--json", str(out))).exit_code == 0
    day = load(out)
    check_day(day, "1")
    assert day["parameters"]["shares"] == 2
    assert day["parameters"]["list_limit"] == 0


def test_more_slots_than_one_account_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DREAM-88: the loss of a home adds up over accounts; with slots of a minute a day takes two."""
    monkeypatch.setattr(module, "ACCOUNT_SLOTS", 4)
    path = write_homes(tmp_path / "two.csv", 2, 10)
    out = tmp_path / "day.json"
    options = ["--slots-per-day", "10", "--maximum-wh", str(CAP), "--target", "reference", "--epsilon", "4"]
    assert call(path, *options, "--json", str(out)).exit_code == 0
    day = load(out)
    given = day["parameters"]
    units = sum(day["shown"]["readings_wh"]) // given["unit_wh"]
    assert day["law"]["own_epsilon"] == pytest.approx(units * given["unit_wh"] / given["scale_wh"])


def test_few_partners_are_refused_where_a_meter_could_be_bare(twelve: Path, tmp_path: Path) -> None:
    """DREAM-88: w = 5 of 11 others leaves a meter bare too often."""
    result = call(twelve, *small("--fail", "2", "--profile", "published", "--partners", "5"))
    assert result.exit_code == 2
    assert "not safe" in result.stderr
    path = write_homes(tmp_path / "thirty.csv", 30, 1)
    out = tmp_path / "day.json"
    options = ["--slots-per-day", "1", "--maximum-wh", str(CAP), "--target", "reference", "--fail", "1"]
    options += ["--profile", "published", "--partners", "20", "--json", str(out)]
    assert call(path, *options).exit_code == 0
    day = load(out)
    check_day(day, "1")
    assert day["view"]["partners"] < 29


def test_registers_lose_nothing() -> None:
    """DREAM-88: units of a register, at most a reading's own rounded up."""
    drawn = random.Random(3)
    for _ in range(200):
        unit = drawn.choice([1, 5, 125, 6250])
        values = [drawn.randrange(CAP + 1) for _ in range(20)]
        units = module.register_units(values, unit)
        assert of_range(
            [count - -(-value // unit) for count, value in zip(units, values, strict=True)], -CAP, 0
        )
        for count, value in zip(accumulate(units), accumulate(values), strict=True):
            assert 0 <= value - unit * count < unit


def test_shares_are_drawn_as_meters_draw_them() -> None:
    """DREAM-88: the bisection here is the table search of the reference."""
    thresholds = noise.noise_table(7, Fraction(9))["thresholds"]
    for number in range(300):
        random_bytes = draw_bytes(f"private day/{number}", 16)
        assert module.drawn_share(thresholds, random_bytes) == noise.table_share(thresholds, random_bytes)
    edge = thresholds[3].to_bytes(8, "big") + (thresholds[0] - 1).to_bytes(8, "big")
    assert module.drawn_share(thresholds, edge) == noise.table_share(thresholds, edge) == 4


def test_units() -> None:
    """DREAM-88: the least divisor of the cap in which a table holds the scale."""
    assert module.unit_for(6250, 6250) == 125
    assert module.unit_for(6250, 12500) == 125
    assert module.unit_for(6250, 12501) == 250
    assert module.unit_for(7, 700) == 7
    for cap, scale, message in ((7, 701, "too small"), (6251, 60, "divisor|too large")):
        if scale < 100:
            assert module.unit_for(cap, scale) == 1
        else:
            with pytest.raises(DayError, match=message):
                module.unit_for(cap, scale)
    with pytest.raises(DayError, match="too large"):
        module.unit_for(10_007, 2000)


def test_the_most_that_may_be_missing() -> None:
    """DREAM-88: the bound that the command says is the one of the operation."""
    for meters in range(2, 14):
        for colluders in range(meters):
            most = (meters - colluders + 1) // 2 - 1
            safe = []
            for tolerated in range(meters):
                try:
                    cluster.check_views(meters, tolerated, colluders)
                except ValueError:
                    continue
                safe.append(tolerated)
            assert max(safe, default=-1) == (most if most >= colluders else -1)


def module_target(folder: Path, changes: dict[str, str]) -> str:
    """A target with operations that answer expressions over their inputs k."""
    path = folder / "faulty.py"
    lines = [f"OPERATIONS[{name!r}] = lambda **k: {body}" for name, body in changes.items()]
    path.write_text(
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "OPERATIONS = dict(RIGHT)\n" + "\n".join(lines) + "\n"
    )
    return f"serve:{path}"


TOTAL, REPORT, REPLY = "dream.collector_total", "dream.member_report", "dream.member_reply"


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        (TOTAL, f"{{**RIGHT['{TOTAL}'](**k), 'total': 5}}", "opens 5 where dream.aggregate sums"),
        (TOTAL, f"{{**RIGHT['{TOTAL}'](**k), 'meters': 9}}", "is of 9 meters, and not of 10"),
        ("dream.table_share", "RIGHT['dream.table_share'](**k) + 1", "dream.table_share draws"),
        ("dream.mask", "(RIGHT['dream.mask'](**k) + 1) % k['modulus']", "in slot 0 than dream.mask gives"),
        (REPORT, f"RIGHT['{REPORT}'](**{{**k, 'share_wh': 0}})", "than dream.mask gives"),
        ("dream.recover", "(RIGHT['dream.recover'](**k) + 1) % k['modulus']", "than dream.recover gives"),
        ("dream.authenticate", "bytes(32)", "sends another tag in slot 0 than dream.authenticate gives"),
        ("dream.authenticate_reply", "bytes(32)", "than dream.authenticate_reply gives"),
        ("dream.member_enrol", "bytes(32) if RIGHT['dream.member_enrol'](**k) else b''", "another epoch"),
        (
            REPLY,
            f"RIGHT['{REPLY}'](**k) if not k['session']['last']['list'] else k['session']['last']['reply']",
            "does not refuse dream.member_reply",
        ),
    ],
)
def test_faulty_parties_end_with_1(twelve: Path, tmp_path: Path, name: str, body: str, message: str) -> None:
    """DREAM-88: what a target does otherwise is found."""
    target = module_target(tmp_path, {name: body})
    result = call(twelve, *small("--fail", "2", "--target", target))
    assert result.exit_code == 1, result.output
    assert message in " ".join(result.output.split())


def test_a_target_without_all_of_a_role_does_not_play_it(twelve: Path, tmp_path: Path) -> None:
    """DREAM-88: a session is not shared out among targets."""
    out = tmp_path / "day.json"
    for missing, whose in (("", "own"), ("dream.member_leave", "reference")):
        target = module_target(tmp_path, {})
        path = tmp_path / "faulty.py"
        path.write_text(path.read_text() + f"OPERATIONS.pop({missing!r}, None)\n")
        assert call(twelve, *small("--fail", "1", "--target", target, "--json", str(out))).exit_code == 0
        answered = load(out)["answered_by"]
        assert answered["dream.member_report"] == (target if whose == "own" else "reference")
        assert answered["dream.collector_total"] == answered["dream.mask"] == target


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--fail", "6"], "tolerate M of at most 5"),
        (["--fail", "2", "--tolerate", "1"], "need M = 2: 1 is not between"),
        (["--fail", "3", "--collude", "3"], "tolerate M of at most 4"),
        (["--collude", "12"], "tolerate M"),
        (["--epsilon", "0"], "above 0 and at most 64"),
        (["--epsilon", "65"], "above 0 and at most 64"),
        (["--epsilon", "half"], "expected a number"),
        (["--epsilon", "0.009"], "epsilon is too small"),
        (["--fail", "-1"], "--fail"),
        (["--fail", "1", "--missing", "h1:0"], "--missing takes a report away from a day without noise"),
        (["--fail", "1", "--home", "nobody"], "does not take part"),
        (["--fail", "1", "--home", "h12"], "does not take part"),
        (["--fail", "1", "--partners", "3"], "in the hardened profile"),
        (["--fail", "1", "--partners", "12", "--profile", "published"], "1 to 11 partners"),
        (["--fail", "1", "--target", "nonsense"], "no target is named"),
    ],
)
def test_usage_errors_end_with_2(twelve: Path, options: list[str], message: str) -> None:
    """DREAM-88: what cannot be run safely is not run."""
    result = call(twelve, *small(), *options)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
