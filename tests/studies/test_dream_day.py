"""The command dream-day: totals, what it writes, and its exit codes, on the reference and on the C core."""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import readings as module

EXCERPT = Path(module.__file__).parent / "data" / "swiss_40_homes_w50.csv"

SMALL = (
    "home,date,t1,t2,t3,t4\n"
    "a,2020-12-07,0.5,6.2,6.2,0.1\n"
    "b,2020-12-07,0.25,-1,6.2,0.2\n"
    "c,2020-12-07,0.125,461,6.2,0.3\n"
    "d,2020-12-07,0.0625,,1,0.4\n"
    "e,2020-12-07,0.0015,1,6.2,0.5\n"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.csv"
    path.write_text(SMALL)
    return path


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["dream-day", *map(str, arguments)])


def small_options(*more: str) -> list[str]:
    return ["--slots-per-day", "4", "--maximum-wh", "6250", "--target", "reference", *more]


def load(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text())
    return value


def module_target(folder: Path, body: str) -> str:
    """A target whose dream.mask is `body`, an expression over its inputs k."""
    path = folder / "faulty_meter.py"
    path.write_text(
        "import os\n"
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(): raise errors.Policy('not today')\n"
        f"def mask(**k): return {body}\n"
        "OPERATIONS = {**RIGHT, 'dream.mask': mask}\n"
    )
    return f"serve:{path}"


# Work grows with the square of the homes: all 40 by night.
@pytest.mark.parametrize(("homes", "handled"), [(15, 3), pytest.param(40, 131, marks=pytest.mark.nightly)])
def test_all_totals_of_the_excerpt_on_the_c_core(tmp_path: Path, homes: int, handled: int) -> None:
    out, picture = tmp_path / "day.json", tmp_path / "day.png"
    result = call(EXCERPT, "--day", "w50:3", "--homes", str(homes), "--json", out, "--plot", picture)
    assert result.exit_code == 0, result.output
    assert "96 of 96 totals recovered exactly." in result.stdout
    assert "not differentially private" in " ".join(result.stdout.split())
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")
    day = load(out)
    rows = [line.split(",") for line in EXCERPT.read_text().splitlines()[1:]][:homes]
    for slot in day["slots"]:
        cells = [row[2 + 192 + slot["slot"]] for row in rows]
        clamped = sum(min(6250, round(float(cell) * 1000)) for cell in cells)
        assert (slot["true_wh"], slot["recovered_wh"]) == (clamped, str(clamped))
        assert slot["equal"] is True
    assert len(day["slots"]) == 96
    assert len(day["handled"]) == handled
    assert day["answered_by"]["dream.mask"] == "native"
    assert day["answered_by"]["dream.public_key"] == "reference"
    assert "asked of reference" in result.stdout
    # Node, slot, and the counted ciphertext and tag: 8 + 8 + (2 + at most 8) + (2 + 32) bytes.
    assert {meter["reports"] for meter in day["meters"]} == {96}
    assert all(96 * 58 < meter["payload_bytes"] <= 96 * 60 < meter["frame_bytes"] for meter in day["meters"])
    assert all(meter["seconds"] > 0 for meter in day["meters"])
    ciphertexts = [report["ciphertext"] for report in day["shown"]["reports"]]
    assert len(set(ciphertexts)) == 96
    assert max(int(text, 16) for text in ciphertexts) > 1 << 63
    assert int(day["missing"]["recovered_wh"]) != day["missing"]["others_wh"]


def test_native_and_reference_send_the_same_bytes(tmp_path: Path) -> None:
    days = []
    for target, seed in (("native", "7"), ("reference", "7"), ("reference", "8")):
        out = tmp_path / f"{target}{seed}.json"
        options = ("--homes", "6", "--profile", "published", "--partners", "2", "--seed", seed)
        assert call(EXCERPT, "--target", target, "--json", out, *options).exit_code == 0
        days.append(load(out))
    native, reference, other = days
    for member in ("slots", "shown", "missing", "silent", "modulus", "roster"):
        assert native[member] == reference[member], member
    assert other["shown"]["reports"] != reference["shown"]["reports"]
    assert other["roster"] != reference["roster"]
    assert [slot["equal"] for slot in other["slots"]] == [True] * 96


@pytest.mark.parametrize("profile", ["published", "hardened"])
def test_a_small_day_by_the_rules(small: Path, tmp_path: Path, profile: str) -> None:
    out = tmp_path / "day.json"
    result = call(small, *small_options("--profile", profile, "--json", str(out), "--missing", "a:2"))
    assert result.exit_code == 0, result.output
    day = load(out)
    assert day["left_out"] == ["d"]
    assert [home["home"] for home in day["homes"]] == ["a", "b", "c", "e"]
    # The third slot fills more than half of the published modulus: a centred total would be negative.
    assert [slot["true_wh"] for slot in day["slots"]] == [877, 13450, 24800, 1100]
    assert [int(slot["recovered_wh"]) for slot in day["slots"]] == [877, 13450, 24800, 1100]
    assert int(day["modulus"], 16) == (32768 if profile == "published" else 1 << 64)
    assert day["rounded_readings"] == 1
    assert day["file_sum_wh"] == "493976.5"
    assert day["reported_sum_wh"] == 877 + 13450 + 24800 + 1100
    told = [(item["home"], item["time"], item["problem"], item["action"]) for item in day["handled"]]
    assert told == [
        ("b", "06:00", "negative", "becomes 0 Wh"),
        ("c", "06:00", "above the cap", "becomes 6250 Wh"),
        ("d", "06:00", "missing", "home left out of the day"),
    ]
    for home, time, problem, _ in told:
        assert any(home in line and time in line and problem in line for line in result.stdout.splitlines())
    missing = day["missing"]
    assert (missing["home"], missing["slot"], missing["others_wh"]) == ("a", 2, 18600)
    assert missing["recovered_wh"] not in ("18600", "24800")
    assert [entry["home"] for entry in missing["dropped"]] == ["a", "b", "c", "e"]
    assert f"{int(missing['recovered_wh']):,} Wh: nonsense" in result.stdout


def test_a_meter_without_a_partner_stays_silent_and_the_rest_adds_up(tmp_path: Path) -> None:
    out = tmp_path / "day.json"
    options = ("--target", "reference", "--homes", "5", "--profile", "published", "--partners", "1")
    assert call(EXCERPT, *options, "--json", out).exit_code == 0
    day = load(out)
    assert day["silent"]
    for slot in day["slots"]:
        quiet = sum(entry["slot"] == slot["slot"] for entry in day["silent"])
        assert slot["meters"] == 5 - quiet
        assert slot["equal"] is True


def test_runs_of_handled_values_are_shown_20_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "noisy.csv"
    rows = [f"h{number},{','.join(['-1', '0.1'] * 24)}" for number in range(3)]
    path.write_text("home," + ",".join(f"s{slot}" for slot in range(48)) + "\n" + "\n".join(rows) + "\n")
    out = tmp_path / "day.json"
    result = call(path, "--slots-per-day", "48", "--target", "reference", "--json", out)
    assert result.exit_code == 0, result.output
    listed = [line.split() for line in result.stdout.splitlines() if "becomes 0 Wh" in line]
    assert [row[0] for row in listed if row[0] in ("h0", "h1", "h2")] == ["h0"] * 20
    assert "... and 52 more; --json writes all 72, one by one." in result.stdout
    assert len(load(out)["handled"]) == 72


def test_the_svg_is_whole_and_the_same_each_time(small: Path, tmp_path: Path) -> None:
    pictures = []
    for name in ("one.svg", "two.SVG"):
        picture = tmp_path / name
        assert call(small, *small_options("--plot", str(picture))).exit_code == 0
        pictures.append(picture.read_bytes())
    assert pictures[0] == pictures[1]
    root = ElementTree.fromstring(pictures[0])
    axes = [part.get("id") for part in root.iter() if (part.get("id") or "").startswith("axes_")]
    assert axes == ["axes_1", "axes_2", "axes_3", "axes_4"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.svg", "small.csv", "two.SVG"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--day", "2"], "has no day 2"),
        (["--plot", "day.gif"], "ends in .svg or .png"),
        (["--json", "/nowhere/day.json"], "no such folder"),
        (["--missing", "a"], "expected HOME:SLOT"),
        (["--missing", "nobody:1"], "with a home of the file"),
        (["--missing", "a:4"], "slots 0 to 3"),
        (["--missing", "a:06:15"], "no slot starts at 06:15"),
        (["--missing", "d:1"], "d is left out"),
        (["--home", "d"], "d is left out"),
        (["--home", "z"], "z does not take part"),
        (["--partners", "4"], "1 to 3 partners"),
        (["--partners", "2"], "in the hardened profile"),
        (["--slots-per-day", "7"], "whole minutes"),
        (["--target", "nonsense"], "no target is named"),
        (["--homes", "1"], "--homes"),
        (["--profile", "secret"], "--profile"),
    ],
)
def test_usage_errors_end_with_2(small: Path, options: list[str], message: str) -> None:
    result = call(small, *small_options(), *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_files_that_cannot_be_used_end_with_2(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    twice = tmp_path / "twice.csv"
    twice.write_text(SMALL + "a,2020-12-07,1,1,1,1\n")
    lonely = tmp_path / "lonely.csv"
    lonely.write_text("home,a,b,c,d\na,1,1,1,1\nb,1,x,1,1\n")
    for path, message in (
        (tmp_path / "none.csv", "No such file"),
        (empty, "is empty"),
        (twice, "home a has two rows"),
        (lonely, "1 homes can take part"),
    ):
        result = call(path, *small_options())
        assert (result.exit_code, message in result.stderr) == (2, True), result.output
    assert "not a number" in result.stdout


def test_targets_that_cannot_be_started_end_with_3(small: Path) -> None:
    dead = f"exec:{sys.executable} -c 'raise SystemExit(\"out of order\")'"
    for target, message in (("exec:/nowhere/meter", "No such file"), (dead, "out of order")):
        result = call(small, *small_options("--target", target))
        assert (result.exit_code, message in result.stderr) == (3, True), result.output


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("(RIGHT['dream.mask'](**k) + 1) % k['modulus']", "0 of 4 totals recovered"),
        ("k['value']", "0 of 4 totals recovered"),
        ("refuse()", "refuses dream.mask: policy, not today"),
        ("k['modulus'].bit_length() and os._exit(1)", "ended with exit status 1"),
        ("-1", "at dream.mask"),
    ],
)
def test_faulty_meters_end_with_1(small: Path, tmp_path: Path, body: str, message: str) -> None:
    out = tmp_path / "day.json"
    target = module_target(tmp_path, body)
    result = call(small, *small_options("--target", target, "--json", str(out)))
    assert result.exit_code == 1, result.output
    assert message in result.output
    assert "recovered exactly" not in result.output or load(out)["all_equal"] is False
