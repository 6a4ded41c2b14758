"""Paper D's figure 1: what the detector reads, what is left of it, and that the words say the numbers."""

import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import load_figures as module
from meter_privacy.conformance.studies.load_figures import Use
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.tables import load_tables


@pytest.fixture(scope="module")
def figure() -> module.Figure1:
    with Parties(load_tables(), "reference", "published") as parties:
        return module.compute(parties)


def test_the_total_betrays_the_uses(figure: module.Figure1) -> None:
    """Most uses are read off a minute's totals, none off a quarter of an hour's means or the group's."""
    right = module.found(figure.uses, figure.read)
    assert len(figure.uses) == 38
    assert right >= 0.8 * len(figure.uses)
    names = {appliance.name for appliance in module.APPLIANCES}
    assert len({use.appliance for use in figure.read} & names) >= len(names) - 1
    assert module.found(figure.uses, figure.coarse) == 0
    assert figure.group_found == 0
    assert figure.group_uses > 1000


def test_the_simulated_trace_is_the_sum_of_its_uses(figure: module.Figure1) -> None:
    power = {appliance.name: appliance.power_w for appliance in module.APPLIANCES}
    for minute, total in enumerate(figure.trace):
        running = sum(power[use.appliance] for use in figure.uses if use.start <= minute < use.end)
        assert abs(total - module.STANDBY_W - running) <= module.NOISE_W
    for name in power:
        own = [use for use in figure.uses if use.appliance == name]
        assert all(a.end <= b.start for a, b in pairwise(own))


def test_the_detector_by_hand() -> None:
    """A kettle and an oven that overlap; a rise of no appliance's height; a use that does not end."""
    trace = [70] * 10 + [2020] * 3 + [4470] * 2 + [2520] * 30 + [70] * 5 + [600] * 5 + [70] * 5 + [180] * 10
    assert module.read_appliances(trace) == [Use("kettle", 10, 15), Use("oven", 13, 45)]
    assert module.found([Use("kettle", 11, 15)], [Use("kettle", 10, 15), Use("kettle", 10, 15)]) == 1
    assert module.found([Use("oven", 10, 15)], [Use("kettle", 10, 15)]) == 0
    assert module.found([Use("kettle", 10, 18)], [Use("kettle", 10, 15)]) == 0
    assert module.averaged([1, 2, 3, 5], 2) == [1, 1, 4, 4]


def test_what_the_utility_gets(figure: module.Figure1) -> None:
    """Totals, peaks and bits again from the traces."""
    traces = [module.trace_of(home, module.uses_of(home)) for home in range(module.HOMES)]
    energies = [[sum(trace[60 * h : 60 * h + 60]) // 60 for h in range(24)] for trace in traces]
    totals = [sum(column) for column in zip(*energies, strict=True)]
    assert figure.totals_wh == totals
    assert figure.peaks == [total >= 900 * 30 for total in totals]
    assert 0 < sum(figure.peaks) < 24
    for hour, high in figure.high.items():
        threshold = -(-totals[hour] // (100 * 30)) * 100
        assert high == (energies[0][hour] >= threshold)
    assert {hour for hour, peak in enumerate(figure.peaks) if peak} == figure.high.keys()


def test_the_words_say_the_numbers(figure: module.Figure1) -> None:
    words = " ".join(text for _, text in module.captions(figure))
    right = module.found(figure.uses, figure.read)
    assert f"names {len(figure.read)} uses from the total alone, {right} of them" in words
    assert f"{len(figure.high)} hours of peak, {sum(figure.high.values())} of them" in words


def test_the_files(tmp_path: Path) -> None:
    """A picture and a page; the same bytes again, whichever target computes."""
    runs = []
    for name, target in (("one", "native"), ("two", "reference")):
        result = CliRunner().invoke(
            main, ["figures", "load-management", "--out", str(tmp_path / name), "--target", target]
        )
        assert result.exit_code == 0, result.output
        runs.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert runs[0] == runs[1]
    assert sorted(runs[0]) == ["figure_1.svg", "index.html"]
    ElementTree.fromstring(runs[0]["figure_1.svg"])
    assert b"LOAD-63" in runs[0]["index.html"]


def test_a_target_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "faulty.py"
    path.write_text(
        "from meter_privacy.reference import errors\n"
        "def refuse(**k): raise errors.Range('no')\n"
        "OPERATIONS = {'load_management.plan_interval': refuse}\n"
    )
    out = str(tmp_path / "out")
    result = CliRunner().invoke(
        main, ["figures", "load-management", "--out", out, "--target", f"serve:{path}"]
    )
    assert result.exit_code == 1
    assert "plan_interval is refused: range" in result.stderr
    nowhere = CliRunner().invoke(main, ["figures", "load-management", "--out", out, "--target", "nowhere:1"])
    assert nowhere.exit_code == 2
