"""The report as JUnit XML, for CI systems: one suite a chapter, one case a test."""

import json
import re
import xml.etree.ElementTree as ElementTree

from meter_privacy.conformance.runner import Report, Result
from meter_privacy.conformance.verdict import Verdict

# What XML 1.0 cannot carry, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = (Verdict.UNSUPPORTED, Verdict.NOT_APPLICABLE, Verdict.KNOWN_FAILURE)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _case(parent: ElementTree.Element, result: Result) -> str:
    """Add one test; "failures", "errors", "skipped" or nothing, as JUnit counts it."""
    case = ElementTree.SubElement(
        parent, "testcase", name=_clean(result.case.id), time=f"{result.seconds:.6f}",
        classname=f"{result.case.chapter}.{result.case.profile}",
    )  # fmt: skip
    if result.verdict == Verdict.PASSED:
        return ""
    if result.verdict in _SKIPPED and not result.answered_unsupported:
        ElementTree.SubElement(case, "skipped", message=_clean(f"{result.verdict}: {result.reason}"))
        return "skipped"
    failed = result.verdict == Verdict.FAILED or result.answered_unsupported
    element = ElementTree.SubElement(
        case, "failure" if failed else "error", type=str(result.verdict), message=_clean(result.reason)
    )
    expected = json.dumps(result.expected, ensure_ascii=False)
    actual = json.dumps(result.actual, ensure_ascii=False)
    names = ", ".join(result.case.requirements)
    element.text = _clean(f"requirements: {names}\nexpected: {expected}\nactual: {actual}\n")
    return "failures" if failed else "errors"


def _suite(
    root: ElementTree.Element, name: str, results: list[Result], timestamp: str
) -> ElementTree.Element:
    suite = ElementTree.SubElement(root, "testsuite", name=name, timestamp=timestamp)
    counted = [_case(suite, result) for result in results]
    suite.set("tests", str(len(results)))
    for kind in ("failures", "errors", "skipped"):
        suite.set(kind, str(counted.count(kind)))
    suite.set("time", f"{sum(result.seconds for result in results):.6f}")
    return suite


def render(report: Report) -> bytes:
    """The XML document. The findings and the end of the run are cases of the suite "run"."""
    timestamp = report.started.strftime("%Y-%m-%dT%H:%M:%S")
    root = ElementTree.Element("testsuites", name=_clean(f"meter-privacy conform {report.target}"))
    for chapter in sorted({result.case.chapter for result in report.results}):
        _suite(root, chapter, [r for r in report.results if r.case.chapter == chapter], timestamp)
    faults = [*report.findings, *([report.stopped] if report.stopped else [])]
    run = ElementTree.SubElement(
        root, "testsuite", name="run", timestamp=timestamp, tests=str(max(1, len(faults))),
        failures=str(len(faults)), errors="0", skipped="0", time=f"{report.seconds:.6f}",
    )  # fmt: skip
    for number, fault in enumerate(faults, start=1):
        case = ElementTree.SubElement(run, "testcase", name=f"finding {number}", classname="run", time="0")
        ElementTree.SubElement(case, "failure", type="finding", message=_clean(fault))
    if not faults:
        ElementTree.SubElement(run, "testcase", name="no findings", classname="run", time="0")
    totals = {
        kind: sum(int(suite.get(kind, "0")) for suite in root) for kind in ("tests", "failures", "errors")
    }
    for kind, count in totals.items():
        root.set(kind, str(count))
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
