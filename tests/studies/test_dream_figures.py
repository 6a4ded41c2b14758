"""Paper C's figures: what is drawn, and how the command ends."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.studies import dream_figures as module
from meter_privacy.conformance.studies import dream_tables, households
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.tables import load_tables


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["figures", "dream", *map(str, arguments)])


@pytest.fixture(autouse=True)
def no_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate has tests of its own."""
    monkeypatch.setattr(dream_tables, "GATE_HOMES", 84)
    monkeypatch.setattr(households, "check_gate", lambda _: None)


@pytest.fixture(scope="module")
def day() -> module.Noisy:
    """The day of figure 2."""
    with (
        pytest.MonkeyPatch.context() as patch,
        Parties(load_tables(), "reference", "published") as parties,
    ):
        patch.setattr(dream_tables, "GATE_HOMES", 84)
        patch.setattr(households, "check_gate", lambda _: None)
        return module.noisy_day(parties, 1)


def test_figure_2_shows_one_homes_shares(day: module.Noisy) -> None:
    """DREAM-86: shares of a hundredth of the noise, mostly nothing, drawn by the target."""
    assert day.readings_w.shape == (144,)
    assert day.readings_w.min() > 0
    assert (day.scales_w["cap"] == 25_000).all()
    assert (day.scales_w["largest"] >= day.readings_w).all()
    for shares in day.shares_w.values():
        # The law has P(0) between 0.8 and 0.95 for lambda between 1 and 25 kW and shape 1/100.
        assert 100 <= (shares == 0).sum() <= 140
        assert (np.abs(shares) > 1000).any()


def test_the_pictures_are_whole_and_the_same_each_time(day: module.Noisy, tmp_path: Path) -> None:
    """DREAM-86: two figures and a page; figure 2 has two panels, figure 1 a difference of two sides."""
    found = call("--out", tmp_path, "--target", "reference")
    assert found.exit_code == 0, found.output
    files = [tmp_path / name for name in ("figure_1.svg", "figure_2.svg", "index.html")]
    assert found.stdout.splitlines() == [str(file) for file in files]
    assert files[0].read_bytes() == module.draw(1, None, "svg")
    assert files[1].read_bytes() == module.draw(2, day, "svg")
    for number, panels in ((1, 1), (2, 2)):
        root = ElementTree.parse(tmp_path / f"figure_{number}.svg").getroot()
        found_axes = [part.get("id") for part in root.iter() if (part.get("id") or "").startswith("axes_")]
        assert len(found_axes) == panels
    text = (tmp_path / "index.html").read_text()
    assert "erratum 2" in text
    assert "erratum 9" in text


def test_how_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DREAM-86: 2 without the extra or for an unknown target, 3 where nothing can be written."""
    assert call("--out", tmp_path, "--target", "nobody").exit_code == 2
    (tmp_path / "blocked").write_text("")
    assert call("--out", tmp_path / "blocked" / "x").exit_code == 3
    monkeypatch.setattr(households, "PACKAGE", "no_such_package")
    found = call("--out", tmp_path)
    assert found.exit_code == 2
    assert "meter-privacy[households]" in found.stderr
