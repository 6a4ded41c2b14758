"""The suite: vectors, their manifest, and the requirements' texts, loaded from the package or a directory.

A `Case` is one test as the runner sees it, wherever it came from: a published vector, a script, or a
case made on the spot.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from meter_privacy.conformance.tables import ERROR_CLASSES, PROFILES, Operation, Tables
from meter_privacy.conformance.values import Refusal, decode_fields

Json = Mapping[str, Any]

# Operation, profile and input in JSON form give {"output": ...}, {"error": class} or {"unsupported": reason}.
Ask = Callable[[str, str, Json], Json]

MANIFEST = "manifest.json"
RELEASED = "released.json"


class SuiteError(ValueError):
    """A vector file or the manifest cannot be used."""


@dataclass(frozen=True)
class Message:
    """A whole message on the wire: its bytes with their end, its id, and the ids that may come back.

    None among `answered` is null in JSON and FFFFFFFF in the binary framing.
    """

    data: bytes
    id: int
    answered: tuple[int | None, ...]


@dataclass(frozen=True)
class Step:
    """One request of a case and what it must be answered.

    Either `input` (in JSON form) is given, or the text and the frame that break the grammar, or a whole
    message. Exactly one of `expect_output` (in JSON form, enclosures for reals), `expect_error`,
    `expect_unsupported` and `expect_judge` (the operation of the reference that accepts or refuses the
    output) is given.
    """

    operation: str
    input: Json | None = None
    session: str | None = None
    raw_json: str | None = None
    raw_frame: bytes | None = None
    expect_output: Json | None = None
    expect_error: str | None = None
    message: Message | None = None
    expect_unsupported: bool = False
    expect_judge: str | None = None

    @property
    def raw(self) -> bool:
        """Whether the step breaks the grammar on purpose."""
        return self.input is None


@dataclass(frozen=True)
class Limits:
    """The largest payloads of the binary framing, in bytes, without header and checksum."""

    input_bytes: int = 0
    output_bytes: int = 0

    def within(self, other: "Limits") -> bool:
        """Whether `other` is at least as large on both sides."""
        return self.input_bytes <= other.input_bytes and self.output_bytes <= other.output_bytes


@dataclass(frozen=True)
class Case:
    """One test: a request and its expected answer, or a script of several."""

    id: str
    chapter: str
    operations: tuple[str, ...]
    profile: str
    steps: tuple[Step, ...]
    requirements: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    notes: Mapping[str, Json] = field(default_factory=dict)
    source: str = ""
    comment: str = ""
    limits: Limits = field(default_factory=Limits)
    script: bool = False

    @property
    def negative(self) -> bool:
        """Whether a step expects an error, or "unsupported"."""
        return any(step.expect_error is not None or step.expect_unsupported for step in self.steps)


@dataclass(frozen=True)
class Suite:
    """The cases of a directory of vectors, in the order of its files, and what identifies them."""

    version: str
    sha256: str
    files: Mapping[str, str]
    cases: tuple[Case, ...]
    place: str


@dataclass(frozen=True)
class RequirementText:
    """A requirement as it stands in spec/: its title and its normative text."""

    id: str
    title: str
    text: str


def _vector_files(directory: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(directory.iterdir(), key=lambda found: found.name):
        path = prefix + entry.name
        if entry.is_dir():
            if not prefix and entry.name in ("schemas", "generators", "__pycache__"):
                continue
            yield from _vector_files(entry, path + "/")
        elif entry.name.endswith(".json") and path not in (MANIFEST, RELEASED):
            yield path, entry


def _expectation(operation: Operation, expect: Any, where: str) -> dict[str, Any]:
    if not isinstance(expect, dict) or len(expect) != 1 or not expect.keys() <= {"output", "error", "judged"}:
        raise SuiteError(f"{where}: expect must hold either output, error or judged")
    if "judged" in expect:
        if operation.judge is None or expect["judged"] != operation.judge:
            raise SuiteError(f"{where}: {operation.name} is judged by {operation.judge or 'nobody'}")
        return {"expect_judge": operation.judge}
    if "error" in expect:
        if expect["error"] not in ERROR_CLASSES:
            raise SuiteError(f"{where}: {expect['error']!r} is no error class")
        return {"expect_error": expect["error"]}
    try:
        decode_fields(operation.output, _lower_ends(expect["output"]))
    except Refusal as refusal:
        raise SuiteError(f"{where}: the expected output: {refusal.detail}") from refusal
    return {"expect_output": expect["output"]}


def _lower_ends(value: Any) -> Any:
    """The value with every enclosure of a real replaced by its lower end."""
    if isinstance(value, dict):
        if value.keys() == {"lower", "upper"}:
            if Fraction(value["lower"]) > Fraction(value["upper"]):
                raise Refusal("malformed", "an enclosure's lower end is above its upper end")
            return value["lower"]
        return {key: _lower_ends(part) for key, part in value.items()}
    return [_lower_ends(part) for part in value] if isinstance(value, list) else value


def _step(tables: Tables, raw: Json, name: str, where: str) -> Step:
    operation = tables.operations.get(name)
    if operation is None:
        raise SuiteError(f"{where}: no table declares the operation {name!r}")
    given: dict[str, Any] = {}
    if "raw" in raw:
        if not raw["raw"] or not raw["raw"].keys() <= {"json", "frame"}:
            raise SuiteError(f"{where}: raw must hold json, frame or both")
        text = raw["raw"].get("json")
        if text is not None and ("\n" in text or "\r" in text):
            raise SuiteError(f"{where}: raw json must stand on one line")
        given["raw_json"] = text
        if "frame" in raw["raw"]:
            given["raw_frame"] = bytes.fromhex(raw["raw"]["frame"])
    elif isinstance(raw.get("input"), dict):
        given["input"] = raw["input"]
    else:
        raise SuiteError(f"{where}: a step needs input or raw")
    session = raw.get("session")
    if operation.session != isinstance(session, str):
        raise SuiteError(f"{where}: {name} {'needs a' if operation.session else 'takes no'} session")
    return Step(operation=name, session=session, **given, **_expectation(operation, raw.get("expect"), where))


def _cases(tables: Tables, document: Json, path: str) -> Iterator[Case]:
    profile = document["profile"]
    if profile not in PROFILES:
        raise SuiteError(f"{path}: unknown profile {profile!r}")
    limits = Limits(document["limits"]["input_bytes"], document["limits"]["output_bytes"])
    for test in document["tests"]:
        where = f"{path}: {test['id']}"
        script = "steps" in test
        raw_steps = test["steps"] if script else [{**test, "operation": document["operation"]}]
        steps = tuple(_step(tables, step, step["operation"], where) for step in raw_steps)
        names = tuple(dict.fromkeys(step.operation for step in steps))
        missing = [flag for flag in test["flags"] if flag not in document["notes"]]
        if missing:
            raise SuiteError(f"{where}: flags without a note: {', '.join(missing)}")
        yield Case(
            id=test["id"],
            chapter=path.split("/")[0] if "/" in path else tables.operations[names[0]].chapter,
            operations=names,
            profile=profile,
            steps=steps,
            requirements=tuple(test["requirements"]),
            flags=tuple(test["flags"]),
            notes={flag: document["notes"][flag] for flag in test["flags"]},
            source=test["source"],
            comment=test["comment"],
            limits=limits,
            script=script,
        )


def _compare_with_manifest(manifest: Json, digests: Mapping[str, str]) -> None:
    listed = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    for path in sorted(listed.keys() | digests.keys()):
        if path not in digests:
            raise SuiteError(f"{path} is in the manifest and not there")
        if path not in listed:
            raise SuiteError(f"{path} is not in the manifest")
        if listed[path] != digests[path]:
            raise SuiteError(f"{path} is not the file of the manifest: its SHA-256 differs")


def load_suite(tables: Tables, directory: Path | None = None) -> Suite:
    """Load every vector file of the package, or of a directory, and hold it to its manifest.

    A directory without a manifest is taken as it is; the suite's hash is then over its files' hashes.
    Raises SuiteError.
    """
    root: Traversable = resources.files("meter_privacy.vectors") if directory is None else directory
    if not root.is_dir():
        raise SuiteError(f"there is no directory of vectors {directory}")
    cases: list[Case] = []
    digests: dict[str, str] = {}
    version = "unversioned"
    for path, entry in _vector_files(root):
        data = entry.read_bytes()
        digests[path] = hashlib.sha256(data).hexdigest()
        try:
            document = json.loads(data)
            cases += _cases(tables, document, path)
            version = document["suite"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, SuiteError):
                raise
            raise SuiteError(f"{path} is no file of vectors: {type(error).__name__}: {error}") from error
    ids = [case.id for case in cases]
    if len(set(ids)) != len(ids):
        repeated = sorted({name for name in ids if ids.count(name) > 1})
        raise SuiteError(f"ids stand twice: {', '.join(repeated[:5])}")
    manifest = root / MANIFEST
    if manifest.is_file():
        data = manifest.read_bytes()
        listing = json.loads(data)
        _compare_with_manifest(listing, digests)
        return Suite(listing["suite"], hashlib.sha256(data).hexdigest(), digests, tuple(cases), str(root))
    summary = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
    return Suite(version, hashlib.sha256(summary.encode()).hexdigest(), digests, tuple(cases), str(root))


_HEADING = re.compile(r"^### ([A-Z]+-[0-9]+)(?: (.*))?$")


def requirement_texts() -> dict[str, RequirementText]:
    """Every requirement of spec/*.md by its id, without its line of metadata, code and tables."""
    found: dict[str, RequirementText] = {}
    for file in sorted(resources.files("meter_privacy.spec").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".md"):
            for name, title, lines in _sections(file.read_text(encoding="utf-8")):
                found[name] = RequirementText(name, title, _prose(lines))
    return found


def _sections(text: str) -> Iterator[tuple[str, str, list[str]]]:
    name, title, lines = "", "", list[str]()
    for line in [*text.splitlines(), "# end"]:
        heading = _HEADING.match(line)
        if heading or re.match(r"^#{1,3} ", line):
            if name:
                yield name, title, lines
            name, title, lines = (heading[1], heading[2] or "", []) if heading else ("", "", [])
        else:
            lines.append(line)


def _prose(lines: list[str]) -> str:
    kept: list[str] = []
    fenced = False
    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith(("*Source:*", "|", "<!--")):
            kept.append(line.strip())
    text = re.sub(r"<!--.*?-->", "", " ".join(kept))
    return re.sub(r"\s+", " ", text).strip()
