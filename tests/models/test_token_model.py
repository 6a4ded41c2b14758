"""The model of tokens.pml, checked by spin over all states; each planted fault is found."""

from pathlib import Path

import pytest

from tests.models.spin import verdict

MODEL = "tokens.pml"

pytestmark = pytest.mark.needs("spin", "cc")


SAFE = [
    (("TOKENS=1", "SERVERS=2", "KILLS=2"), 1000),
    (("TOKENS=1", "SERVERS=3", "KILLS=1"), 5000),
    (("TOKENS=2", "SERVERS=2", "KILLS=2"), 5000),
    pytest.param(("TOKENS=2", "SERVERS=3", "KILLS=3"), 100000, marks=pytest.mark.nightly),
]


@pytest.mark.parametrize(("settings", "least"), SAFE)
def test_no_token_is_credited_twice_and_what_was_told_holds(
    tmp_path: Path, settings: tuple[str, ...], least: int
) -> None:
    """Any deliveries to any process, killed anywhere. TOKEN-24, TOKEN-25, TOKEN-26."""
    errors, complete, states = verdict(MODEL, tmp_path, *settings)
    assert errors == 0
    assert complete
    assert states >= least


FAULTS = {
    "looked up before the lock": ("TOKENS=1", "SERVERS=2", "KILLS=0", "CHECK_THEN_SET"),
    "told before the commit": ("TOKENS=1", "SERVERS=1", "KILLS=1", "TELL_FIRST"),
    "a store that is lost": ("TOKENS=1", "SERVERS=1", "KILLS=1", "VOLATILE"),
    "a replay that is credited": ("TOKENS=1", "SERVERS=1", "KILLS=0", "RECREDIT"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    """Each rule that is left out shows. TOKEN-24, TOKEN-25, TOKEN-26."""
    errors, _, _ = verdict(MODEL, tmp_path, *FAULTS[fault])
    assert errors == 1
