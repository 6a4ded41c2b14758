"""Vectors and tests take every branch of the C core but those that are listed with a reason."""

from pathlib import Path

import pytest

from tests.native import coverage


@pytest.mark.nightly
@pytest.mark.needs("gcc", "gcov")
def test_every_branch_that_is_not_excluded_is_taken(tmp_path: Path) -> None:
    missing, count = coverage.measure(tmp_path)
    assert count > 3_000
    assert missing == coverage.exclusions()
