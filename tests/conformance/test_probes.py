"""The probes of the message level: who passes them, and which fault fails which."""

from pathlib import Path

import pytest

from meter_privacy.conformance import declaration
from meter_privacy.conformance.declaration import Declaration
from meter_privacy.conformance.implementation import load_implementation
from meter_privacy.conformance.probes import make_probes
from meter_privacy.conformance.runner import Driver, Filters, Outcome, Report, Run
from meter_privacy.conformance.suite import Suite
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import Options, make_target
from meter_privacy.conformance.verdict import Verdict
from tests.conformance.device import Device, listening

ROOT = Path(__file__).resolve().parents[2]
ONLY = Filters(only=("target_protocol-message/*",))
# What a device does not check, and the probes that it fails.
BINARY_FAULTS = {
    "crc": {"wrong-crc"},
    "profile": {"profile-3"},
    "forgets": {"profile-3"},
    "session": {"stray-session"},
    "trailing": {"trailing-byte"},
    "opcode": {"unknown-opcode"},
}


def described(tables: Tables) -> Declaration:
    """A declaration of what the reference says of itself."""
    return declaration.from_description(load_implementation("reference", tables).describe())


def probe(name: str, tables: Tables, suite: Suite, options: Options | None = None) -> Report:
    """Run the probes only, against what the target declares."""
    path = ROOT / "conformance" / "declarations" / f"{name}.yaml"
    ours = declaration.load_declaration(path, tables) if path.is_file() else described(tables)
    return Run(make_target(name, options), tables, suite, ours, ONLY)()


def failed(report: Report) -> set[str]:
    """The last part of the ids of the probes that failed."""
    return {result.case.id.rpartition("/")[2] for result in report.failures()}


@pytest.mark.parametrize("name", ["reference", "native"])
def test_ours_pass_the_probes(tables: Tables, suite: Suite, name: str) -> None:
    """Behind serve, in JSON."""
    report = probe(name, tables, suite)
    assert report.outcome == Outcome.PARTIAL, [(r.case.id, r.reason) for r in report.failures()]
    assert report.counts() == {Verdict.PASSED: report.probes()}
    assert report.probes() >= 17
    reached = {name for result in report.results for name in result.case.requirements}
    assert reached == {"TARGET-2", "TARGET-3", "TARGET-5", "TARGET-6", "CONV-8"}


@pytest.mark.needs("make", "arm-none-eabi-gcc", "qemu-system-arm")
def test_the_emulated_device_passes_the_probes(tables: Tables, suite: Suite) -> None:
    """In frames, held to what it says of itself."""
    target = make_target("emulator:cortex-m3")
    try:
        target.start()
        ours = declaration.from_description(Driver(target, tables, {}).describe())
    finally:
        target.close()
    report = Run(make_target("emulator:cortex-m3"), tables, suite, ours, ONLY)()
    assert report.outcome == Outcome.PARTIAL, [(r.case.id, r.reason) for r in report.failures()]
    assert report.counts() == {Verdict.PASSED: report.probes()}


def test_a_faultless_device_passes_in_frames(tables: Tables, suite: Suite) -> None:
    """The reference behind the binary framing."""
    with listening(Device(tables, "binary")) as device:
        report = probe(f"tcp:127.0.0.1:{device.port}", tables, suite, Options("binary"))
    assert report.outcome == Outcome.PARTIAL, [(r.case.id, r.reason) for r in report.failures()]
    reached = {name for result in report.results for name in result.case.requirements}
    assert reached == {"TARGET-2", "TARGET-5", "TARGET-12", "TARGET-13", "TARGET-15"}


@pytest.mark.parametrize("fault", BINARY_FAULTS)
def test_a_careless_device_fails_the_probe_of_its_fault(tables: Tables, suite: Suite, fault: str) -> None:
    """And no other."""
    with listening(Device(tables, "binary", faults={fault})) as device:
        options = Options("binary", reset_command="true")
        report = probe(f"tcp:127.0.0.1:{device.port}", tables, suite, options)
    assert failed(report) == BINARY_FAULTS[fault]


def test_without_a_declaration_there_are_no_probes(tables: Tables, suite: Suite) -> None:
    """And the report says so."""
    report = Run(make_target("reference"), tables, suite, None, Filters(only=("dream-mask*",)))()
    assert not report.probed
    assert report.probes() == 0


@pytest.mark.parametrize("encoding", ["json", "binary"])
def test_probes_of_a_target_whose_operations_have_sessions(
    tables: Tables, suite: Suite, encoding: str
) -> None:
    """They are made of describe."""
    ours = Declaration("meter", "1", 1, ("published",), ("dream.meter_start",), described(tables).limits)
    probes = make_probes(tables, suite, ours, encoding)
    assert {case.operations for case in probes} == {("describe",)}
    assert len({case.id for case in probes}) == len(probes) > 10
    assert len({case.steps[0].message.id for case in probes if case.steps[0].message}) == len(probes)
