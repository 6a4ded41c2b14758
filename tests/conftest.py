"""Tests that need system programs: run where the programs are, listed where not, failed in CI."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable

import pytest

IN_CI = os.environ.get("CI", "").lower() == "true"

_not_run: dict[str, list[str]] = defaultdict(list)


def _lacking(item: pytest.Item) -> list[str]:
    named: Iterable[str] = (name for mark in item.iter_markers("needs") for name in mark.args)
    return sorted({name for name in named if shutil.which(name) is None})


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Hold a test back where a program that it needs is missing; in CI that is a failure."""
    lacking = _lacking(item)
    if not lacking:
        return
    reason = f"needs {', '.join(lacking)}: make tools installs them"
    if IN_CI:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Remember what will not be run here, for the closing summary."""
    for item in items:
        for name in _lacking(item):
            _not_run[name].append(item.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were not run and the one line that changes it."""
    if not _not_run or IN_CI:
        return
    terminalreporter.section("not run on this machine")
    for name, tests in sorted(_not_run.items()):
        terminalreporter.write_line(f"without {name}: {len(tests)} tests")
        for test in tests:
            terminalreporter.write_line(f"    {test}")
    terminalreporter.write_line("`make tools` installs what is missing (Debian and Ubuntu, as root)")
