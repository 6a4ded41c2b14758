"""What the generators of all chapters share: files of vectors, computed limits, seeded byte streams."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from meter_privacy.conformance import framing
from meter_privacy.conformance.implementation import Implementation, load_implementation
from meter_privacy.conformance.tables import Field, Operation, Tables, load_tables
from meter_privacy.conformance.values import (
    Refusal,
    check_lengths,
    decode_input,
    encode_fields,
    encode_value,
    parse_json,
)

SUITE = "1.0.0"
ROOT = Path(__file__).resolve().parents[1]

Json = dict[str, Any]


def stream(label: str) -> Iterator[bytes]:
    """32-byte blocks SHA-256(label || 0x00 || be64(counter)), counter = 0, 1, ..."""
    counter = 0
    while True:
        yield hashlib.sha256(label.encode() + b"\x00" + counter.to_bytes(8, "big")).digest()
        counter += 1


def be(number: int, width: int) -> bytes:
    """A number in so many bytes, big-endian."""
    return number.to_bytes(width, "big")


def draw_bytes(label: str, length: int) -> bytes:
    """The first bytes of a label's stream."""
    blocks = stream(label)
    drawn = b""
    while len(drawn) < length:
        drawn += next(blocks)
    return drawn[:length]


def draw_below(label: str, bound: int) -> int:
    """A number in [0, bound), drawn by rejection from a label's stream."""
    width = (bound.bit_length() + 7) // 8
    attempt = 0
    while True:
        drawn = int.from_bytes(draw_bytes(f"{label}/{attempt}", width), "big")
        value = drawn >> (8 * width - bound.bit_length())
        if value < bound:
            return value
        attempt += 1


@dataclass
class VectorFile:
    """One file of vectors: an operation (or a script) and a parameter set.

    `tests` are in the JSON form of the file. `notes` may hold more flags than are used: only those
    used are written.
    """

    chapter: str
    name: str
    profile: str
    operation: str | None = None
    parameters: Json = field(default_factory=dict)
    notes: Mapping[str, Json] = field(default_factory=dict)
    tests: list[Json] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The file's place below vectors/."""
        return Path(self.chapter) / f"{self.name}.json"

    def _id(self, slug: str) -> str:
        return f"{self.chapter}-{self.name}/{slug}" if "/" not in slug else slug

    def positive(
        self,
        slug: str,
        given: Json,
        output: Json | None = None,
        *,
        requirements: Sequence[str],
        comment: str,
        source: str = "reference",
        flags: Sequence[str] = (),
    ) -> None:
        """Add a test that expects an output: `output` if given (an independent source), else the reference's.

        Both `given` and `output` are in JSON form. Where an output is given the reference must agree: its
        enclosures of reals must meet those given, and the narrower of the two is what the test expects.
        """
        assert self.operation is not None
        answer = ask(self.operation, self.profile, given)
        if "output" not in answer:
            raise AssertionError(f"{self.path}: {slug}: the reference refuses: {answer}")
        judge = tables().operations[self.operation].judge
        if judge is not None:
            judged = ask(judge, self.profile, {**given, **_midpoints(answer["output"])})
            assert judged == {"output": {}}, f"{self.path}: {slug}: the judge refuses the reference: {judged}"
            answer = {"judged": judge}
        elif output is not None:
            try:
                answer = {"output": _agreed(output, answer["output"])}
            except ValueError as error:
                raise AssertionError(
                    f"{self.path}: {slug}: the reference disagrees with {source}: {error}"
                ) from error
        self._add(slug, requirements, flags, source, comment, {"input": given}, answer)

    def negative(
        self,
        slug: str,
        given: Json,
        error: str,
        *,
        requirements: Sequence[str],
        comment: str,
        source: str = "reference",
        flags: Sequence[str] = (),
    ) -> None:
        """Add a test that expects an error class; the reference must answer it."""
        assert self.operation is not None
        answer = ask(self.operation, self.profile, given)
        if answer != {"error": error}:
            raise AssertionError(f"{self.path}: {slug}: expected {error}, the reference answers {answer}")
        self._add(slug, requirements, flags, source, comment, {"input": given}, answer)

    def raw(
        self,
        slug: str,
        *,
        json_text: str | None = None,
        frame: bytes | None = None,
        requirements: Sequence[str],
        comment: str,
        source: str = "grammar",
        flags: Sequence[str] = (),
    ) -> None:
        """Add a test that breaks the grammar, as JSON text of the input, as a payload, or as both."""
        assert self.operation is not None
        operation = tables().operations[self.operation]
        raw: Json = {}
        if json_text is not None:
            raw["json"] = json_text
            refused = _refused(lambda: decode_input(operation, parse_json(json_text)))
            assert refused == "malformed", f"{self.path}: {slug}: this JSON is not malformed"
        if frame is not None:
            raw["frame"] = frame.hex()
            refused = _refused(lambda: decode_frame(operation, frame))
            assert refused == "malformed", f"{self.path}: {slug}: this frame is not malformed"
        self._add(slug, requirements, flags, source, comment, {"raw": raw}, {"error": "malformed"})

    def script(
        self,
        slug: str,
        steps: Sequence[Json],
        *,
        requirements: Sequence[str],
        comment: str,
        source: str = "reference",
        flags: Sequence[str] = (),
    ) -> None:
        """Add a script. A step is {operation, session?, input, expect?}; the reference answers each in order.

        A step's `expect`, where given, must be what the reference answers; else it is filled in.
        """
        implementation = _implementation(fresh=True)
        done = []
        for number, step in enumerate(steps):
            session = step.get("session")
            answer = _answer(implementation, step["operation"], self.profile, step["input"], session)
            if step.get("expect", answer) != answer:
                raise AssertionError(f"{self.path}: {slug}: step {number}: the reference answers {answer}")
            done.append({**step, "expect": answer})
        self._add(slug, requirements, flags, source, comment, {"steps": done}, None)

    def _add(
        self,
        slug: str,
        requirements: Sequence[str],
        flags: Sequence[str],
        source: str,
        comment: str,
        body: Json,
        expect: Json | None,
    ) -> None:
        test = {
            "id": self._id(slug),
            "requirements": list(requirements),
            "flags": list(flags),
            "source": source,
            "comment": comment,
            **body,
        }
        if expect is not None:
            test["expect"] = expect
        self.tests.append(test)

    def document(self) -> Json:
        """The file's content."""
        used = sorted({flag for test in self.tests for flag in test["flags"]})
        undefined = [flag for flag in used if flag not in self.notes]
        assert not undefined, f"{self.path}: flags without a note: {undefined}"
        names: dict[str, Any] = {"operation": self.operation}
        schema = f"../schemas/{self.operation}.json"
        if self.operation is None:
            steps = (step for test in self.tests for step in test["steps"])
            names = {"operations": sorted({step["operation"] for step in steps})}
            schema = "../schemas/script.json"
        return {
            "schema": schema,
            "suite": SUITE,
            **names,
            "profile": self.profile,
            "parameters": self.parameters,
            "limits": limits(self),
            "notes": {flag: self.notes[flag] for flag in used},
            "tests": self.tests,
        }


def limits(file: VectorFile) -> Json:
    """The largest payloads of the binary framing that the file's tests need."""
    largest_input = largest_output = 0
    for test in file.tests:
        for step in test.get("steps", [{"operation": file.operation, **test}]):
            operation = tables().operations[step["operation"]]
            if "input" in step:
                values = decode_input(operation, step["input"])
                largest_input = max(largest_input, len(framing.encode_payload(operation.input, values)))
            elif "frame" in step["raw"]:
                largest_input = max(largest_input, len(step["raw"]["frame"]) // 2)
            if "judged" in step["expect"]:
                answer = ask(operation.name, file.profile, step["input"])
                output = framing.encode_json_payload(operation.output, answer["output"])
                largest_output = max(largest_output, len(output))
            if "output" in step["expect"]:
                output = framing.encode_json_payload(operation.output, step["expect"]["output"])
                largest_output = max(largest_output, len(output))
    return {"input_bytes": largest_input, "output_bytes": largest_output}


_cache: dict[str, Any] = {}


def tables() -> Tables:
    """The project's tables."""
    if "tables" not in _cache:
        _cache["tables"] = load_tables()
    loaded: Tables = _cache["tables"]
    return loaded


def _implementation(fresh: bool = False) -> Implementation:
    if fresh or "reference" not in _cache:
        loaded = load_implementation("reference", tables())
        if fresh:
            return loaded
        _cache["reference"] = loaded
    cached: Implementation = _cache["reference"]
    return cached


def decode_frame(operation: Operation, payload: bytes) -> Json:
    """Decode a payload of the binary framing. Raises Refusal "malformed"."""
    values = framing.decode_payload(operation.input, payload)
    check_lengths(operation, values)
    return values


def _refused(call: Callable[[], object]) -> str | None:
    try:
        call()
    except Refusal as refusal:
        return refusal.error_class
    return None


def _answer(
    implementation: Implementation, name: str, profile: str, given: Json, session: str | None
) -> Json:
    operation = implementation.operation(name, profile)
    try:
        output = implementation.call(operation, decode_input(operation, given), profile, session)
    except Refusal as refusal:
        return {"error": refusal.error_class}
    if operation.numeric == "exact":
        return {"output": encode_fields(operation.output, output)}
    return {"output": {item.name: expected(item, output[item.name]) for item in operation.output}}


ENCLOSURE_DIGITS = 34
SMALLEST_DECIMAL = Fraction(1, 10**380)


def decimal(value: Fraction, up: bool) -> str:
    """A rational as a decimal of 34 significant digits, rounded outwards; exact where it is that short."""
    if abs(value) < SMALLEST_DECIMAL:
        away = value != 0 and (value > 0) == up
        return ("1e-380" if up else "-1e-380") if away else "0"
    exponent = len(str(abs(value.numerator))) - len(str(value.denominator)) - ENCLOSURE_DIGITS
    scaled = value * Fraction(10) ** -exponent
    digits = -((-scaled.numerator) // scaled.denominator) if up else scaled.numerator // scaled.denominator
    while digits % 10 == 0 and digits:
        digits, exponent = digits // 10, exponent + 1
    if 0 <= exponent <= 6:
        return str(digits * 10**exponent)
    if -ENCLOSURE_DIGITS - 8 <= exponent < 0:
        sign, text = ("-" if digits < 0 else ""), str(abs(digits)).rjust(1 - exponent, "0")
        return f"{sign}{text[:exponent]}.{text[exponent:]}"
    return f"{digits}e{exponent}" if digits else "0"


def enclosure(lower: Fraction, upper: Fraction) -> Json:
    """An expected real, rounded outwards to decimals."""
    return {"lower": decimal(lower, up=False), "upper": decimal(upper, up=True)}


def expected(item: Field, value: Any) -> Any:
    """A value that the reference answers, as a test expects it: reals as enclosures."""
    if value is None:
        return None
    if item.type == "real":
        lower = Fraction(getattr(value, "lower", value))
        upper = Fraction(getattr(value, "upper", value))
        return enclosure(lower, upper)
    if item.type == "list":
        assert item.items is not None
        return [expected(item.items, part) for part in value]
    if item.type == "record":
        return {part.name: expected(part, value[part.name]) for part in item.fields}
    return encode_value(item, value)


def _midpoints(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"lower", "upper"}:
            return str((Fraction(value["lower"]) + Fraction(value["upper"])) / 2)
        return {name: _midpoints(part) for name, part in value.items()}
    return [_midpoints(part) for part in value] if isinstance(value, list) else value


def _agreed(given: Any, answered: Any) -> Any:
    """Both sides' common value, of two enclosures the narrower. Raises ValueError where there is none."""
    if isinstance(answered, Mapping) and answered.keys() == {"lower", "upper"}:
        both = given if isinstance(given, Mapping) else {"lower": given, "upper": given}
        ends = [[Fraction(side[end]) for end in ("lower", "upper")] for side in (both, answered)]
        if max(ends[0][0], ends[1][0]) > min(ends[0][1], ends[1][1]):
            raise ValueError(f"{dict(both)} and {dict(answered)} do not meet")
        return both if ends[0][1] - ends[0][0] < ends[1][1] - ends[1][0] else answered
    if isinstance(answered, Mapping) and isinstance(given, Mapping) and answered.keys() == given.keys():
        return {name: _agreed(given[name], part) for name, part in answered.items()}
    if isinstance(answered, list) and isinstance(given, list) and len(answered) == len(given):
        return [_agreed(left, right) for left, right in zip(given, answered, strict=True)]
    if given != answered:
        raise ValueError(f"{given} is not {answered}")
    return answered


def ask(operation: str, profile: str, given: Json) -> Json:
    """What the reference answers to an input in JSON form: {"output": ...} or {"error": class}."""
    return _answer(_implementation(), operation, profile, given, None)


def render(document: Json) -> str:
    """A document as the text of its file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


Generator = Callable[[], Iterator[VectorFile]]


def in_profile(file: VectorFile, profile: str) -> VectorFile:
    """The same tests in another profile, under ids of their own."""
    name = f"{file.name}-{profile}"
    tests = [{**test, "id": test["id"].replace("/", f"-{profile}/", 1)} for test in file.tests]
    return replace(file, name=name, profile=profile, tests=tests)


def is_negative(test: Json) -> bool:
    """Whether a test expects a refusal; of a script, whether any step does."""
    steps = test.get("steps", [test])
    return any("error" in step["expect"] for step in steps)
