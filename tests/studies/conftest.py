"""What the studies' tests share."""

import pytest

from meter_privacy.conformance.studies import households


@pytest.fixture(scope="session")
def gauged() -> list[households.Gauged]:
    """The gate's year with the seed 1: 5,040 days of homes that own everything."""
    return households.gauge(households.load_constants(), 84 * 60, 1)
