"""Every animal of the zoo is refused for its fault, and the honest one beside it is certified."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from meter_privacy.conformance import fresh
from meter_privacy.conformance.conform import Oracle
from meter_privacy.conformance.declaration import Declaration
from meter_privacy.conformance.runner import Outcome, Report, Run
from meter_privacy.conformance.suite import Case, Limits, Suite
from meter_privacy.conformance.tables import Operation, Tables
from meter_privacy.conformance.targets import Options, make_target
from meter_privacy.conformance.verdict import Verdict
from tests.conformance.zoo.__main__ import animals

ROOT = Path(__file__).resolve().parents[2]
CLAIMED = ("paillier.encrypt", "paillier.check_modulus", "dream.mask", "dream.aggregate")

# The animal; the verdict that some test must have, or none where the run as a whole is at fault; a text
# that the reason or the finding must hold. All end with exit code 1.
FAULTS: dict[str, tuple[Verdict | None, str]] = {
    "HangsAtTheNth": (Verdict.TIMED_OUT, "no answer within 1 s"),
    "LeavesAChild": (Verdict.TIMED_OUT, "no answer within 1 s"),
    "SilentOnMalformed": (Verdict.TIMED_OUT, "no answer within 1 s"),
    "DiesAtTheNth": (Verdict.CRASHED, "exit status 3"),
    "DiesAtEveryRequest": (Verdict.CRASHED, "exit status 1"),
    "FallsByASignal": (Verdict.CRASHED, "SIGSEGV"),
    "ClosesItsOutput": (Verdict.CRASHED, "closed its standard output"),
    "BreaksOff": (Verdict.CRASHED, "breaks off after"),
    "OutOfOrder": (Verdict.FAILED, "expected the answer with id"),
    "FloodsBytes": (Verdict.FAILED, "flooded"),
    "FloodsLines": (Verdict.FAILED, "expected the answer with id"),
    "PrintsABanner": (None, "no JSON: 'Meter OS 4.2 ready'"),
    "PrintsItsThoughts": (Verdict.FAILED, "no JSON: 'masking...'"),
    "SaysGoodbye": (None, "wrote what nobody asked for: 'bye'"),
    "WrongIds": (Verdict.FAILED, "expected the answer with id"),
    "IdsAsText": (Verdict.FAILED, "expected the answer with id"),
    "AnswersTwice": (Verdict.FAILED, "expected the answer with id"),
    "NoUtf8": (Verdict.FAILED, "no UTF-8"),
    "NumbersForBigints": (Verdict.FAILED, "ciphertext must be a text of hexadecimal digits, and is a number"),
    "UpperCase": (Verdict.FAILED, "answer malformed: output: ciphertext must be lower-case"),
    "LeadingZeros": (Verdict.FAILED, "answer malformed: output: ciphertext must be lower-case"),
    "Prefixed": (Verdict.FAILED, "answer malformed: output: ciphertext must be lower-case"),
    "IntegersAsFloats": (Verdict.FAILED, "answer malformed: 4.0 is no integer"),
    "BooleansForIntegers": (Verdict.FAILED, "answer malformed: output: bits must be an integer"),
    "ExtraField": (Verdict.FAILED, "answer malformed: output: the object has an unknown member 'time_ms'"),
    "ExtraMember": (Verdict.FAILED, "answer malformed: besides id"),
    "MissingField": (Verdict.FAILED, "answer malformed: output: ciphertext is missing"),
    "BareOutput": (Verdict.FAILED, "answer malformed: output: the object must be an object"),
    "RepeatedMember": (Verdict.FAILED, "answer malformed: a member stands twice"),
    "OutputAndError": (Verdict.FAILED, "answer malformed: besides id"),
    "TextForClass": (Verdict.FAILED, "is no class of the closed list"),
    "ErrorAsText": (Verdict.FAILED, "answer malformed: error must be an object"),
    "WrongClass": (Verdict.FAILED, "refused as malformed, must be refused as range"),
    "RefusesEverything": (Verdict.FAILED, "refused as policy an input that must be answered"),
    "TakesRepeatedMembers": (Verdict.FAILED, "accepted an input that must be refused as malformed"),
    "TakesFloats": (Verdict.FAILED, "accepted an input that must be refused as malformed"),
    "TakesBooleans": (Verdict.FAILED, "accepted an input that must be refused as malformed"),
    "TakesUpperCase": (Verdict.FAILED, "accepted an input that must be refused as malformed"),
    "TakesUnknownFields": (Verdict.FAILED, "accepted an input that must be refused as malformed"),
    "ClaimsAnOperation": (Verdict.UNSUPPORTED, "paillier.add is declared, and answered unsupported"),
    "ClaimsAProfile": (Verdict.UNSUPPORTED, "paillier.encrypt is declared, and answered unsupported"),
    "ClaimsTheUnknown": (None, "describe lists paillier.teleport, which no table declares"),
    "ClaimsNothing": (None, "describe lists no operation"),
    "ClaimsTwice": (None, "describe lists 'paillier.encrypt' 2 times"),
    "ClaimsASmallMemory": (None, "no test within the limits is for it: paillier.encrypt"),
    "ClaimsAProfileBeyondItsMemory": (
        None,
        "is for it: dream.mask (hardened)",
    ),
    "ChangesItsMind": (None, "describe changes in the course of the run: version"),
    "AnotherProtocol": (None, "protocol is above 1"),
    "DescribesInProse": (None, "protocol is missing"),
    "TakesTheModulus": (Verdict.FAILED, "accepted an input that must be refused as range"),
    "TakesRandomnessN": (Verdict.FAILED, "refused as not-invertible, must be refused as range"),
    "TakesRandomnessZero": (Verdict.FAILED, "refused as not-invertible, must be refused as range"),
    "IgnoresRandomness": (Verdict.FAILED, "another value than expected: ciphertext"),
    "RaisesModuloN": (Verdict.FAILED, "another value than expected: ciphertext"),
    "ReducesThePlaintext": (Verdict.FAILED, "accepted an input that must be refused as range"),
    "NoGcd": (Verdict.FAILED, "accepted an input that must be refused as not-invertible"),
    "NoSign": (Verdict.FAILED, "another value than expected: ciphertext"),
    "OtherSign": (Verdict.FAILED, "another value than expected: ciphertext"),
    "NoBlind": (Verdict.FAILED, "another value than expected: ciphertext"),
    "NotCentred": (Verdict.FAILED, "another value than expected: total"),
    "OffAtTheMiddle": (Verdict.FAILED, "another value than expected: total"),
    "NoRecoveries": (Verdict.FAILED, "another value than expected: total"),
    "SixtyFourBits": (Verdict.FAILED, "another value than expected: ciphertext"),
}
# The animal; the probe of the message level that it fails; a text that the reason must hold.
MESSAGE_FAULTS: dict[str, tuple[str, str]] = {
    "TakesUnknownMembers": ("unknown-member", "accepted an input that must be refused as malformed"),
    "TakesSessions": ("stray-session", "accepted an input that must be refused as malformed"),
    "TakesRepeatedMembersOfRequests": ("member-twice", "accepted an input that must be refused as malformed"),
    "AssumesAProfile": ("missing-profile", "accepted an input that must be refused as malformed"),
    "AsksForAnInput": ("missing-input", "refused as policy, must be refused as malformed"),
    "TakesInputsByPlace": ("input-of-another-type", "accepted an input that must be refused as malformed"),
    "RefusesTheUnknown": ("unknown-operation", "refused as malformed what must be answered unsupported"),
    "TakesAnyProfile": ("unknown-profile", "answered what must be answered unsupported"),
    "HasMoreThanItLists": ("undeclared-dream.aggregate", "answered what must be answered unsupported"),
    "DiesOnNoJson": ("no-json", "exit status 1"),
    "InventsAnId": ("no-id", "expected the answer with id null"),
    "TakesTextsForIds": ("id-of-another-type", "expected the answer with id null"),
}
HANG = ("HangsAtTheNth", "LeavesAChild", "SilentOnMalformed")
CANNOT_START = ("DiesAtTheStart", "HangsAtTheStart")
CERTIFIED = ("Honest", "Loud", "Sparse", "Table")

Conform = Callable[..., Report]


@pytest.fixture
def conform(tables: Tables, suite: Suite, monkeypatch: pytest.MonkeyPatch) -> Conform:
    """Run an animal."""
    monkeypatch.chdir(ROOT)

    def run(
        name: str,
        declaration: Declaration | None = None,
        make_fresh: Callable[[tuple[Operation, ...], tuple[str, ...]], Sequence[Case]] | None = None,
    ) -> Report:
        command = f"exec:{sys.executable} -m tests.conformance.zoo {name}"
        if name == "Table":
            command += "".join(f" {suite.place}/{path}" for path in suite.files if "script" not in path)
        target = make_target(command, Options())
        # The patience with those that answer is for a busy machine.
        seconds = 1.0 if name in HANG else 20.0
        return Run(target, tables, suite, declaration, timeout=seconds, make_fresh=make_fresh)()

    return run


def reasons(report: Report, verdict: Verdict | None) -> list[str]:
    """What the report says against the target, of one kind."""
    if verdict is None:
        return [*report.findings, report.stopped]
    return [result.reason for result in report.results if result.verdict == verdict]


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_target_is_refused_for_its_fault(conform: Conform, suite: Suite, name: str) -> None:
    """The verdict and the reason are those of the fault, and every test is in the report."""
    verdict, words = FAULTS[name]
    report = conform(name)
    assert report.outcome == Outcome.NOT_CERTIFIED
    assert report.exit_code == 1
    assert any(words in reason for reason in reasons(report, verdict)), reasons(report, verdict)
    assert [result.case for result in report.results] == list(suite.cases)


@pytest.mark.parametrize(
    "name", ["DiesAtTheNth", "HangsAtTheNth", "ClosesItsOutput", "FloodsBytes", "BreaksOff"]
)
def test_a_lost_target_loses_one_request_at_a_time(conform: Conform, name: str) -> None:
    """After a restart the run goes on: what the fault does not touch has passed."""
    report = conform(name)
    counts = report.counts()
    faulty = sum(result.faulty for result in report.results)
    assert 1 <= faulty <= 4
    assert faulty == report.restarts
    assert counts[Verdict.NOT_RUN] == 0
    assert counts[Verdict.PASSED] > 25


def test_a_target_that_always_dies_does_not_keep_the_run(conform: Conform) -> None:
    """After ten losses in a row the rest is not run."""
    report = conform("DiesAtEveryRequest")
    assert report.counts()[Verdict.CRASHED] == 10
    assert "10 requests in a row were lost" in report.stopped
    assert report.counts()[Verdict.NOT_RUN] > 10


@pytest.mark.parametrize("name", CANNOT_START)
def test_a_target_that_cannot_start(conform: Conform, suite: Suite, name: str) -> None:
    """The run could not be finished: exit code 3, everything not run."""
    declared = Declaration(
        "honest", "1.0", 1, ("published",), CLAIMED, Limits(1 << 20, 1 << 20), {"start": 1.0}
    )
    report = conform(name, declared)
    assert report.outcome == Outcome.INCOMPLETE
    assert report.exit_code == 3
    assert "cannot be started" in report.stopped
    assert report.counts() == {Verdict.NOT_RUN: len(suite.cases) + report.probes()}
    if name == "DiesAtTheStart":
        assert "no licence" in report.log


@pytest.mark.parametrize("name", CERTIFIED)
def test_an_honest_target_is_certified(conform: Conform, name: str) -> None:
    """So is, without fresh tests, the one that has learnt the vectors by heart."""
    report = conform(name)
    assert report.outcome == Outcome.CERTIFIED, [r.reason for r in report.failures()] + report.findings
    assert report.exit_code == 0
    assert report.restarts == 0


def test_a_declaration_is_compared(conform: Conform) -> None:
    """The declaration must be what the target describes, in every member."""
    declared = Declaration("honest", "1.0", 1, ("published",), CLAIMED, Limits(1 << 20, 1 << 20))
    report = conform("Honest", declared)
    assert report.outcome == Outcome.CERTIFIED, [(r.case.id, r.reason) for r in report.failures()]
    assert report.probes() > 20
    for changed, words in (
        (replace(declared, product="other"), "product: declared 'other'"),
        (replace(declared, version="1.1"), "firmware.version: declared '1.1'"),
        (
            replace(declared, operations=CLAIMED[1:]),
            "operation paillier.encrypt: in the target's description",
        ),
        (replace(declared, profiles=("published", "hardened")), "profile hardened: declared, and not in"),
        (replace(declared, limits=Limits(1 << 19, 1 << 20)), "limits.input_bytes: declared 524288"),
    ):
        report = conform("Honest", changed)
        assert report.exit_code == 1
        assert any(finding.startswith(words) for finding in report.findings), report.findings


@pytest.mark.parametrize("name", MESSAGE_FAULTS)
def test_a_careless_reader_of_messages_is_refused(conform: Conform, name: str) -> None:
    """The vectors do not see it; held to a declaration it fails the probe of its fault."""
    slug, words = MESSAGE_FAULTS[name]
    claimed = tuple(op for op in CLAIMED if name != "HasMoreThanItLists" or op != "dream.aggregate")
    declared = Declaration("honest", "1.0", 1, ("published",), claimed, Limits(1 << 20, 1 << 20))
    assert conform(name).outcome == Outcome.CERTIFIED
    report = conform(name, declared)
    assert report.outcome == Outcome.NOT_CERTIFIED
    failed = {result.case.id: result.reason for result in report.failures()}
    assert all(case.startswith("target_protocol-message/json/") for case in failed)
    assert words in failed[f"target_protocol-message/json/{slug}"]


@pytest.mark.parametrize(
    ("name", "outcome"), [("Honest", Outcome.CERTIFIED), ("Table", Outcome.NOT_CERTIFIED)]
)
def test_fresh_tests_tell_knowing_by_heart(
    conform: Conform, tables: Tables, name: str, outcome: Outcome
) -> None:  # fmt: skip
    """Published vectors can be learnt by heart; tests made on the spot cannot."""
    oracle = Oracle(tables, Options())

    def make(operations: tuple[Operation, ...], profiles: tuple[str, ...]) -> Sequence[Case]:
        return list(fresh.cases(tables, operations, profiles, 80, "zoo", oracle.ask))

    try:
        report = conform(name, make_fresh=make)
    finally:
        oracle.close()
    assert report.fresh == 80
    assert report.outcome == outcome, [(r.case.id, r.reason) for r in report.failures()][:10]
    assert all(result.fresh for result in report.failures())


def test_every_animal_is_tried() -> None:
    """No animal is left out, and there are at least twenty."""
    assert set(animals()) == {*FAULTS, *MESSAGE_FAULTS, *CANNOT_START, *CERTIFIED}
    assert len(FAULTS) >= 20
