"""What the tests of this folder share: the toy operation, built once."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest


def _load_toy() -> Any:
    path = Path(__file__).with_name("toy.py")
    spec = importlib.util.spec_from_file_location("meter_privacy_test_toy", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The toy operation's table and modules: `tables`, `reference`, `native`, `faulty`."""
    return _load_toy().build(tmp_path_factory.mktemp("toy"))
