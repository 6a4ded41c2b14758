"""What the runner's tests share: the tables, and a small suite that is written once."""

from pathlib import Path

import pytest

from meter_privacy.conformance.suite import Suite, load_suite
from meter_privacy.conformance.tables import Tables, load_tables
from tests.conformance import vectors

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The project's tables."""
    return load_tables()


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the small suite."""
    return vectors.write(tmp_path_factory.mktemp("vectors"))


@pytest.fixture(scope="session")
def suite(tables: Tables, directory: Path) -> Suite:
    """The small suite."""
    return load_suite(tables, directory)


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Targets of the zoo are modules of the checkout."""
    monkeypatch.chdir(ROOT)
