"""The report as one JSON document; the HTML report is made from the same."""

import platform
from collections import Counter
from collections.abc import Mapping
from importlib import metadata
from typing import Any

from meter_privacy.conformance.runner import Report, Result
from meter_privacy.conformance.suite import RequirementText, Step
from meter_privacy.conformance.verdict import Verdict

Json = dict[str, Any]

FORMAT = 1
_DISTRIBUTIONS = ("meter-privacy", "cffi", "cryptography", "hypothesis", "mpmath", "pyserial")


def versions(report: Report) -> Json:
    """What ran: this tool, Python, the machine, the suite and the libraries."""
    libraries = {}
    for name in _DISTRIBUTIONS:
        try:
            libraries[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            libraries[name] = "not installed"
    return {
        "tool": libraries.pop("meter-privacy"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "suite": report.suite.version,
        "suite_sha256": report.suite.sha256,
        "libraries": libraries,
    }


def _totals(totals: Mapping[str, Counter[Verdict]]) -> Json:
    return {key: _counts(counts) for key, counts in totals.items()}


def _counts(counts: Counter[Verdict]) -> Json:
    return {str(verdict): counts[verdict] for verdict in Verdict if counts[verdict]}


def _given(step: Step) -> Json:
    given: Json = {"operation": step.operation}
    if step.session is not None:
        given["session"] = step.session
    if step.input is not None:
        given["input"] = step.input
    if step.raw_json is not None:
        given["raw_json"] = step.raw_json
    if step.raw_frame is not None:
        given["raw_frame"] = step.raw_frame.hex()
    if step.message is not None:
        given["message"] = message_text(step.message.data)
    return given


def message_text(data: bytes) -> str:
    """A whole message for people: a line as text, a frame in hexadecimal."""
    if data.endswith(b"\n"):
        return data[:-1].decode("utf-8", "backslashreplace")
    return data.hex()


def _result(result: Result) -> Json:
    case = result.case
    entry: Json = {
        "id": case.id,
        "verdict": str(result.verdict),
        "chapter": case.chapter,
        "operations": list(case.operations),
        "profile": case.profile,
        "requirements": list(case.requirements),
        "flags": list(case.flags),
        "seconds": round(result.seconds, 6),
    }
    if result.fresh:
        entry["fresh"] = True
    if result.was is not None:
        entry["was"] = str(result.was)
    if result.reason:
        entry["reason"] = result.reason
    if result.verdict != Verdict.PASSED:
        entry["comment"] = case.comment
    if result.faulty or result.verdict == Verdict.KNOWN_FAILURE:
        entry |= {"step": result.step + 1, "request": _given(result.request)}
        entry |= {"expected": result.expected, "actual": result.actual}
        entry |= {"written_to_catch": list(result.caught), "against": result.against, "log": result.log}
    return entry


def _cited(report: Report, texts: Mapping[str, RequirementText]) -> Json:
    """The requirements and the notes that the failures are about."""
    requirements: Json = {}
    notes: Json = {}
    for result in report.results:
        if result.faulty or result.verdict == Verdict.KNOWN_FAILURE:
            for name in (*result.case.requirements, result.against):
                if name in texts:
                    requirements[name] = {"title": texts[name].title, "text": texts[name].text}
            notes |= {flag: dict(result.case.notes[flag]) for flag in result.caught}
    return {"requirements": requirements, "notes": notes}


def build(report: Report, texts: Mapping[str, RequirementText]) -> Json:
    """The whole report."""
    declaration = report.declaration
    return {
        "format": FORMAT,
        "outcome": str(report.outcome),
        "verdict": report.verdict_line(),
        "exit_code": report.exit_code,
        "target": report.target,
        "encoding": report.encoding,
        "started": report.started.isoformat(timespec="seconds"),
        "seconds": round(report.seconds, 3),
        "versions": versions(report),
        "suite": {
            "version": report.suite.version,
            "sha256": report.suite.sha256,
            "files": dict(report.suite.files),
            "tests": len(report.suite.cases),
        },
        "declaration": {
            "source": declaration.source if declaration is not None else None,
            "document": dict(declaration.document) if declaration is not None else None,
        },
        "description": dict(report.description) if report.description is not None else None,
        "filters": report.filters.in_force,
        "fresh": {"count": report.fresh, "seed": report.seed},
        "message_probes": report.probes() if report.probed else None,
        "findings": list(report.findings),
        "stopped": report.stopped,
        "restarts": report.restarts,
        "totals": _counts(report.counts()),
        "by_chapter": _totals(report.totals(lambda case: (case.chapter,))),
        "by_requirement": _totals(report.totals(lambda case: case.requirements)),
        "by_profile": _totals(report.totals(lambda case: (case.profile,))),
        "by_operation": _totals(report.totals(lambda case: case.operations)),
        "results": [_result(result) for result in report.results],
        **_cited(report, texts),
        "log": report.log,
    }
