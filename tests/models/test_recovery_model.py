"""The model of recovery.pml, checked by spin over all states; each planted fault is found."""

from pathlib import Path

import pytest

from tests.models.spin import checked, judged, verdict

MODEL = "recovery.pml"

pytestmark = pytest.mark.needs("spin", "cc")


SAFE = [
    (("N=4", "M=1", "SLOTS=1"), 6000),
    (("N=3", "M=1", "SLOTS=2"), 40000),
    (("N=5", "M=1", "C=1", "SLOTS=1"), 100),
    pytest.param(("N=6", "M=2", "C=1", "SLOTS=1"), 200000, marks=pytest.mark.nightly),
    pytest.param(("N=5", "M=2", "SLOTS=1"), 100000, marks=pytest.mark.nightly),
]


@pytest.mark.parametrize(("settings", "least"), SAFE)
def test_no_order_of_questions_opens_two_sums(tmp_path: Path, settings: tuple[str, ...], least: int) -> None:
    """Any lists to any meters, with a loss of power. DREAM-65, DREAM-66, DREAM-67, DREAM-68, DREAM-74."""
    errors, complete, states = verdict(MODEL, tmp_path, *settings)
    assert errors == 0
    assert complete
    assert states >= least


FAULTS = {
    "two halves": ("N=4", "M=2", "SLOTS=1"),
    "two answers": ("N=3", "M=1", "SLOTS=1", "ANSWERS_TWICE"),
    "a counter that is lost": ("N=3", "M=1", "SLOTS=1", "VOLATILE_COUNTER"),
    "old slots": ("N=3", "M=1", "SLOTS=2", "ANY_SLOT"),
    "colluders that are not counted": ("N=5", "M=2", "C=1", "SLOTS=1", "COUNTS_NO_COLLUDERS"),
    "long lists": ("N=4", "M=1", "SLOTS=1", "ANY_LENGTH"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    """Each rule that is left out shows. DREAM-49, DREAM-66, DREAM-67, DREAM-68, DREAM-74."""
    errors, _, _ = verdict(MODEL, tmp_path, *FAULTS[fault])
    assert errors == 1


def test_a_search_that_was_cut_short_is_no_proof(tmp_path: Path) -> None:
    """A depth that is too small, and output without a verdict, are seen."""
    verdict(MODEL, tmp_path, "N=3", "M=1", "SLOTS=1")
    assert checked(tmp_path, depth=20)[:2] == (0, False)
    with pytest.raises(AssertionError):
        judged("pan: out of memory")
