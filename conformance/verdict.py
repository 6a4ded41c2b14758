"""Verdicts: what an answer is worth beside what the test expects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from meter_privacy.conformance.suite import Json, Step
from meter_privacy.conformance.tables import Field, Operation
from meter_privacy.conformance.targets import Answer
from meter_privacy.conformance.values import decode_real, decode_value, encode_fields


class Verdict(StrEnum):
    """What became of one test."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    UNSUPPORTED = "unsupported"
    KNOWN_FAILURE = "known failure"
    NOT_APPLICABLE = "not applicable"
    NOT_RUN = "not run"


# Absolute and relative tolerance of each numeric class: a real x is accepted within
# max(absolute, relative |x|) of the expected enclosure.
TOLERANCES: Mapping[str, tuple[Fraction, Fraction]] = {
    "exact": (Fraction(0), Fraction(0)),
    "binary64": (Fraction(1, 10**12), Fraction(1, 10**12)),
    "binary32": (Fraction(1, 10**5), Fraction(1, 10**5)),
    "fixed-point": (Fraction(1, 10**4), Fraction(1, 10**4)),
}


# A judging operation and its input in JSON form -> the reference's answer in JSON form.
Judge = Callable[[str, Json], Json]


class NoJudge(RuntimeError):
    """An output is to be judged, and there is no reference to ask."""


@dataclass(frozen=True)
class Mismatch:
    """An answer that is not the expected one: why, and both sides in JSON form.

    `against` is the requirement of the fault where it is not what the test was written to catch.
    """

    reason: str
    expected: Any
    actual: Any
    against: str = ""


def expected_form(step: Step) -> Any:
    """What a step expects, in JSON form."""
    if step.expect_unsupported:
        return {"unsupported": "a reason"}
    if step.expect_error is not None:
        return {"error": step.expect_error}
    if step.expect_judge is not None:
        return {"judged": step.expect_judge}
    return {"output": step.expect_output}


def actual_form(operation: Operation, answer: Answer) -> Any:
    """What a target answered, in JSON form."""
    if answer.output is not None:
        return {"output": encode_fields(operation.output, answer.output)}
    if answer.error is not None:
        return {"error": answer.error, "detail": answer.detail}
    return {"unsupported": answer.unsupported}


def accepts_real(expected: Any, actual: Fraction, numeric: str) -> bool:
    """Whether a real lies in the expected enclosure, widened by the numeric class. Implements CONV-9."""
    absolute, relative = TOLERANCES[numeric]
    if isinstance(expected, Mapping):
        lower, upper = decode_real(expected["lower"], "lower"), decode_real(expected["upper"], "upper")
    else:
        lower = upper = decode_real(expected, "expected")
    slack = max(absolute, relative * max(abs(lower), abs(upper)))
    return lower - slack <= actual <= upper + slack


def _differing(item: Field, expected: Any, actual: Any, name: str, numeric: str) -> list[str]:
    """The paths of the values that differ; `expected` is in JSON form, `actual` is decoded."""
    if expected is None or actual is None:
        return [] if expected is actual else [name]
    match item.type:
        case "real":
            return [] if accepts_real(expected, actual, numeric) else [name]
        case "list":
            assert item.items is not None
            if len(expected) != len(actual):
                return [f"the number of elements of {name}"]
            pairs = enumerate(zip(expected, actual, strict=True))
            return [
                path
                for index, (left, right) in pairs
                for path in _differing(item.items, left, right, f"{name}[{index}]", numeric)
            ]
        case "record":
            return differing_fields(item.fields, expected, actual, numeric, f"{name}.")
    return [] if decode_value(item, expected, name) == actual else [name]


def differing_fields(
    fields: Sequence[Field],
    expected: Mapping[str, Any],
    actual: Mapping[str, Any],
    numeric: str,
    prefix: str = "",
) -> list[str]:
    """The paths of the fields in which a decoded output differs from the expected one in JSON form."""
    return [
        path
        for item in fields
        for path in _differing(item, expected[item.name], actual[item.name], prefix + item.name, numeric)
    ]


def compare(step: Step, operation: Operation, answer: Answer, judge: Judge | None = None) -> Mismatch | None:
    """Hold a decoded answer to a step; None where it is the expected one.

    `judge` asks the reference's judge, for a step whose output is judged. Raises NoJudge without one.
    """
    reason = _reason(step, operation, answer, judge)
    if reason is None:
        return None
    # Another class than the right one comes of checks in another order, not of the bug of the flag.
    against = "CONV-2" if step.expect_error is not None and answer.error is not None else ""
    return Mismatch(reason, expected_form(step), actual_form(operation, answer), against)


def judged_input(step_input: Json, operation: Operation, output: Mapping[str, Any]) -> dict[str, Any]:
    """What a judge is asked: the inputs, then the outputs, in JSON form."""
    return {**step_input, **encode_fields(operation.output, output)}


def _judged(step: Step, operation: Operation, output: Mapping[str, Any], judge: Judge | None) -> str | None:
    if judge is None:
        raise NoJudge(f"{operation.name} is judged by {step.expect_judge}, and no reference is there to ask")
    assert step.input is not None
    assert step.expect_judge is not None
    verdict = judge(step.expect_judge, judged_input(step.input, operation, output))
    if "output" in verdict:
        return None
    return f"{step.expect_judge} refuses the output: {verdict.get('error', verdict.get('unsupported'))}"


def _reason(step: Step, operation: Operation, answer: Answer, judge: Judge | None) -> str | None:
    if step.expect_unsupported:
        if answer.unsupported is not None:
            return None
        done = "answered" if answer.error is None else f"refused as {answer.error}"
        return f"{done} what must be answered unsupported"
    if answer.unsupported is not None:
        return f"answered unsupported, must be refused as {step.expect_error}"
    if step.expect_error is not None:
        if answer.output is not None:
            return f"accepted an input that must be refused as {step.expect_error}"
        if answer.error != step.expect_error:
            return f"refused as {answer.error}, must be refused as {step.expect_error}"
        return None
    if answer.output is None:
        return f"refused as {answer.error} an input that must be answered"
    if step.expect_judge is not None:
        return _judged(step, operation, answer.output, judge)
    assert step.expect_output is not None
    paths = differing_fields(operation.output, step.expect_output, answer.output, operation.numeric)
    return f"another value than expected: {', '.join(paths[:5])}" if paths else None
