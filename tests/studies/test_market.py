"""The command market: flows, what it writes, each way of cheating with its evidence, and its exit codes."""

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import market as module
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.studies.readings import open_readings
from meter_privacy.conformance.tables import load_tables

ROWS = {
    "a": (0.1, 0.3, 0.25, 0.2),
    "b": (0.05, 0, 0.4, 0.02),
    "c": (0.2, 0.2, 0.9, 0.1),
    "d": (0.3, 0, 0, 0.1),
}
USED = {home: round(1000 * sum(row)) for home, row in ROWS.items()}


def write(folder: Path) -> Path:
    """Four homes, four slots of six hours."""
    path = folder / "small.csv"
    lines = ["home,date,t1,t2,t3,t4"]
    lines += [",".join((home, "2020-12-07", *map(str, row))) for home, row in ROWS.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


def call(folder: Path, *arguments: str | Path) -> Result:
    """The command in the published profile: hardened keys take longer and show nothing else."""
    options = ("--slots-per-day", "4", "--homes", "4", "--sellers", "1", "--profile", "published")
    return CliRunner().invoke(main, ["market", str(write(folder)), *options, *map(str, arguments)])


def test_a_day_of_four_homes_and_a_report_that_is_replayed(tmp_path: Path) -> None:
    """All totals are right, every home pays for what it used and is rewarded, and no reading counts twice."""
    out, picture = tmp_path / "day.json", tmp_path / "day.svg"
    result = call(tmp_path, "--cheat", "replay-report", "--json", out, "--plot", picture)
    assert result.exit_code == 0, result.output
    assert "The evidence holds." in result.stdout
    assert "4 of 4 slots' totals are right." in result.stdout
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    day: dict[str, Any] = json.loads(out.read_text())
    assert {home["name"]: home["used_wh"] for home in day["homes"]} == USED
    for home in day["homes"]:
        assert home["paid_wh"] - home["change_wh"] == max(500, -(-home["used_wh"] // 500) * 500)
        assert home["reward"] == module.REWARD
    totals = [round(1000 * sum(row[slot] for row in ROWS.values())) for slot in range(4)]
    assert [slot["told_wh"] for slot in day["slots"]] == totals
    assert day["peak"] == {"told_wh": max(totals), "true_wh": max(totals), "slot": 2}
    assert day["homes"][0]["fee"] == 1250 + 11 * 100 + 29 * (300 + 250 + 200)
    sizes = {item["what"]: item["size"] for item in day["hidden"]}
    assert sizes["a report"] == sizes["a reading in a slot's total"] == sizes["a task's result"] == 4
    paid = [home["paid_wh"] for home in day["homes"]]
    assert sizes["a day's payment, by its amount"] == min(map(paid.count, paid))
    assert set(day["seen"]) == {"report server", "utility", "each share server", "task server", "bank"}
    assert sum(home["tokens"] for home in day["homes"]) == sum(
        count for what, count in day["seen"]["utility"].items() if what.startswith("a blinded token")
    )
    assert [step["refused"] for step in day["cheat"]["steps"]] == ["replayed", "replayed", None, None]
    images = [value for what, value in day["cheat"]["evidence"] if what.startswith("key image")]
    assert images[0] == images[1]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, module.Result]]:
    """A day that was lived, at its end a token spent twice; the run goes on."""
    file = open_readings(write(tmp_path_factory.mktemp("market")), 4)
    day = file.read_day(file.find_day(None), 4, 6250)
    choice = module.Choice("reference", "published", 6250, "1", 1, "double-spend")
    with Parties(load_tables(), "reference", "published") as parties:
        run = module._Run(parties, file, day, choice, lambda *_: None)
        yield run, run.run()


def test_a_token_that_is_spent_twice(lived: tuple[Any, module.Result]) -> None:
    """The bank finds the secrets, a third party is convinced, and one spending convicts nobody."""
    caught = lived[1].caught
    assert caught is not None
    assert caught.holds
    assert [step.refused for step in caught.steps] == [None, None, "replayed"]
    node, token, _ = lived[0].last_spent
    assert caught.who == f"home {lived[0].names[node]}"
    assert dict(caught.evidence)["secret s, extracted"] == f"{token.secret:x}"


@pytest.mark.parametrize(
    ("cheat", "refusals"),
    [
        ("relay_spend", ["proof-failed", None]),
        ("selective_task", ["policy", "policy"]),
        ("bad_share", ["proof-failed", None, "proof-failed"]),
    ],
)
def test_cheats_are_caught(lived: tuple[Any, module.Result], cheat: str, refusals: list[str | None]) -> None:
    """Each is refused, and what shows it convinces a third party and convicts nobody else."""
    lived[0].steps.clear()
    lived[0].evidence.clear()
    caught = getattr(lived[0], cheat)()
    assert caught.holds
    assert [step.refused for step in caught.steps] == refusals
    assert caught.evidence


def test_a_bank_that_takes_tokens_twice(tmp_path: Path) -> None:
    """An implementation that lets double spending through fails, with exit code 1."""
    faulty = tmp_path / "forgetful_bank.py"
    faulty.write_text(
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def spend(slot, transcript, session):\n"
        "    session['by_v'], session['by_x'] = {}, {}\n"
        "    return RIGHT['energy_tokens.bank_spend'](slot=slot, transcript=transcript, session=session)\n"
        "OPERATIONS = {**RIGHT, 'energy_tokens.bank_spend': spend}\n"
    )
    result = call(tmp_path, "--cheat", "double-spend", "--target", f"serve:{faulty}")
    assert result.exit_code == 1, result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--profile", "hardened"], "for 9 to 64"),
        (["--sellers", "5"], "5 homes cannot sell"),
        (["--plot", "day.txt"], "ends in .svg or .png"),
        (["--target", "nobody:"], "nobody"),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, arguments: list[str], message: str) -> None:
    """Exit code 2, and why."""
    result = call(tmp_path, *arguments)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
