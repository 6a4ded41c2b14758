"""A board's outer memory, and meters whose power is off when a test ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.firmware.meter import KEPT_BYTES, Meter


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The outer memory of a new board."""
    file = tmp_path / "memory"
    with file.open("wb") as stream:
        stream.truncate(KEPT_BYTES)
    return file


@pytest.fixture
def power() -> Iterator[list[Meter]]:
    """The meters that run; at the end none does."""
    running: list[Meter] = []
    yield running
    for meter in running:
        meter.cut()
