"""`meter-privacy spec check|matrix|splice|tables`: the traceability of the specification.

`check` walks from the papers to the requirements, from these to their evidence and to the operations, from
these to the reference functions and back, and reports every end that hangs loose. `matrix` shows the evidence
of each requirement in both polarities. `splice` and `write_tables` rewrite what the text derives from
elsewhere.

`check(root)` is for a checkout; `check()` finds the rooms of the installed package. Tests are not part of a
wheel: what only they can show is then reported as not checked, never passed over.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from rich.table import Table

from meter_privacy.conformance import spec_text
from meter_privacy.conformance.spec_text import (
    Entry,
    OperationTable,
    Page,
    Papers,
    Proof,
    Requirement,
    Rooms,
    TestFunction,
    TextError,
    VectorFile,
    VectorTest,
)

NOT_INSTALLED = "not checked here: tests are not installed"
SEVERITIES = ("security", "wrong", "ambiguous", "typographic", "correct")

_ENTRY_ID = re.compile(r"(?<![\w-])[A-E]-(?:ITEM|REMARK|FIGURE|TABLE|ERRATUM)-\d+(?![\w-])")
_IMPLEMENTS = re.compile(r"\bImplements\s+([^.]*)\.\s*$")
_ONLY_POSITIVE = re.compile(r"^\*Only positive in (\w+):\*[ \t]*(.*)$", re.M)
_WITHOUT_OPERATION = re.compile(r"^\*Without an operation:\*\s*(.*?):\s+(\S.*)$", re.S | re.M)

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """One loose end: where it is, which rule it breaks, and what is wrong.

    `severity` is "error", or "not checked" for what cannot be decided here. `line` is 0 for a whole file.
    """

    path: str
    line: int
    rule: str
    message: str
    severity: Literal["error", "not checked"] = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class MatrixRow:
    """What traces one requirement: numbers of vectors and scripts in both polarities, names of the rest."""

    requirement: Requirement
    positive_vectors: int
    negative_vectors: int
    positive_scripts: int
    negative_scripts: int
    distributions: int
    tests: tuple[str, ...]
    derivations: tuple[str, ...]
    proofs: tuple[str, ...]
    operations: tuple[str, ...]
    entries: tuple[str, ...]


class House:
    """Everything that the rules look at, read once; what cannot be read is a problem, not an exception."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.unreadable: list[Problem] = []

    def read(self, path: Path, reader: Callable[[], T], otherwise: T) -> T:
        """What the reader reads, or `otherwise` and a problem."""
        try:
            return reader()
        except (OSError, TextError, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            self.unreadable.append(Problem(self.rooms.show(path), 0, "unreadable", reason))
            return otherwise

    @cached_property
    def papers(self) -> Papers:
        """spec/papers.toml."""
        path = self.rooms.spec / "papers.toml"
        return self.read(path, lambda: spec_text.read_papers(path), Papers({}, {}, {}, ()))

    @cached_property
    def tables(self) -> list[OperationTable]:
        """The operation tables."""
        folder = self.rooms.spec / "operations"
        nothing: list[OperationTable] = []
        return self.read(folder, lambda: spec_text.read_operations(folder), nothing)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Chapter -> prefix of its requirements."""
        return {**self.papers.chapters, **{table.chapter: table.prefix for table in self.tables}}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches any requirement id."""
        return spec_text.requirement_pattern(tuple(self.prefixes.values()) or ("(?!)",))

    def ids(self, text: str) -> list[str]:
        """The requirement ids that a text names."""
        return spec_text.ids_in(text, self.pattern)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages of the specification."""
        pages = []
        for path in sorted(self.rooms.spec.glob("*.md")):
            page = self.read(path, partial(spec_text.read_page, path), None)
            if page is not None:
                pages.append(page)
        return pages

    @cached_property
    def stated(self) -> tuple[list[Requirement], list[Problem]]:
        """The requirements of all pages in order, and what is wrong with their form."""
        requirements: list[Requirement] = []
        problems: list[Problem] = []
        for page in self.pages:
            found, complaints = spec_text.requirements_of(page, tuple(self.prefixes.values()))
            requirements.extend(found)
            problems.extend(
                Problem(self.rooms.show(page.path), line, "requirement-form", complaint)
                for line, complaint in complaints
            )
        return requirements, problems

    @property
    def requirements(self) -> list[Requirement]:
        """The requirements of all pages, in order."""
        return self.stated[0]

    @cached_property
    def living(self) -> dict[str, Requirement]:
        """The requirements that bind, by id."""
        return {item.id: item for item in self.requirements if item.living}

    @cached_property
    def vectors(self) -> list[VectorFile]:
        """The vector files."""
        nothing: list[VectorFile] = []
        return self.read(
            self.rooms.vectors, lambda: spec_text.read_vectors(self.rooms.vectors), nothing
        )  # fmt: skip

    @cached_property
    def vector_tests(self) -> list[VectorTest]:
        """All tests of all vector files."""
        return [test for file in self.vectors for test in file.tests]

    @cached_property
    def tests(self) -> list[TestFunction]:
        """The test functions; none where tests are not installed."""
        folder = self.rooms.tests
        nothing: list[TestFunction] = []
        return nothing if folder is None else self.read(folder, lambda: spec_text.tests_of(folder), nothing)

    @cached_property
    def proofs(self) -> list[Proof]:
        """The prove-list; none where tests are not installed."""
        if self.rooms.tests is None:
            return []
        path = self.rooms.tests / "proofs" / "prove_list.toml"
        nothing: list[Proof] = []
        return self.read(path, lambda: spec_text.read_proofs(path), nothing)

    def in_folder(self, folder: str) -> list[TestFunction]:
        """The test functions of a folder below tests/."""
        tests = self.rooms.tests
        return [] if tests is None else [t for t in self.tests if t.path.is_relative_to(tests / folder)]

    def node_id(self, test: TestFunction) -> str:
        """A test as pytest names it from the top folder."""
        assert self.rooms.tests is not None
        return test.node_id(self.rooms.tests.parent)

    @cached_property
    def bindings(self) -> dict[str, str] | None:
        """Operation -> `module.function` of the reference, or None where that cannot be read."""
        path = self.rooms.reference / "operations.py"
        return self.read(path, lambda: spec_text.bindings_of(path), None)

    @cached_property
    def operations(self) -> dict[str, tuple[OperationTable, Mapping[str, Any]]]:
        """Operation name -> its table and its entry."""
        return {item["name"]: (table, item) for table in self.tables for item in table.operations}

    def reports(self, path: Path, line: int, rule: str, message: str) -> Problem:
        """A problem at a place of the house."""
        return Problem(self.rooms.show(path), line, rule, message)


# ---------------------------------------------------------------- papers


def _check_papers(house: House) -> Iterator[Problem]:
    path = house.rooms.spec / "papers.toml"

    def problem(rule: str, message: str) -> Problem:
        return house.reports(path, 0, rule, message)

    papers = house.papers
    for identifier, count in Counter(entry.id for entry in papers.entries).items():
        if count > 1:
            yield problem("entry-id", f"{identifier} is given {count} times")
    for entry in papers.entries:
        if not _is_well_formed(entry, papers):
            expected = f"{entry.paper.upper()}-{entry.kind.upper()}-<number>"
            yield problem(
                "entry-form", f"{entry.id}: paper, kind or chapter is unknown, or the id is not {expected}"
            )
            continue
        yield from (problem(rule, f"{entry.id}: {text}") for rule, text in _loose_ends_of(entry, house))
    for letter, paper in papers.papers.items():
        entries = [entry for entry in papers.entries if entry.paper == letter]
        for kind, numbers in paper.get("numbers", {}).items():
            have = {entry.id.rsplit("-", 1)[1] for entry in entries if entry.kind == kind}
            want = set(spec_text.numbers_of(numbers))
            for number in sorted(want ^ have, key=float):
                verb = "is missing" if number in want else "is not among the numbers that the paper has"
                yield problem("entry-missing", f"{letter.upper()}-{kind.upper()}-{number} {verb}")
        covered = {thing for entry in entries for thing in entry.covers}
        exists = {
            f"{thing} {number}"
            for thing, numbers in paper.get("objects", {}).items()
            for number in spec_text.numbers_of(numbers)
        }
        for thing in sorted(exists ^ covered):
            verb = "has no entry" if thing in exists else "is covered but is not among the paper's objects"
            yield problem("paper-object", f"paper {letter.upper()}: {thing} {verb}")
    for letter in {entry.paper for entry in papers.entries} - set(papers.papers):
        yield problem("entry-form", f"paper {letter!r} is not declared")
    asked = {(entry.paper, name) for entry in papers.entries for name in entry.requirements}
    for requirement in house.living.values():
        for letter in requirement.papers:
            if (letter, requirement.id) not in asked:
                yield house.reports(
                    requirement.path, requirement.line, "requirement-unasked",
                    f"{requirement.id} rests on paper {letter.upper()}, but no entry of that paper names it",
                )  # fmt: skip


def _is_well_formed(entry: Entry, papers: Papers) -> bool:
    return (
        entry.paper in spec_text.PAPERS
        and entry.kind in spec_text.KINDS
        and entry.chapter in papers.chapters
        and re.fullmatch(rf"{entry.paper.upper()}-{entry.kind.upper()}-[1-9]\d*", entry.id) is not None
        and bool(entry.where.strip() and entry.title.strip())
    )


def _loose_ends_of(entry: Entry, house: House) -> Iterator[tuple[str, str]]:
    for name in entry.requirements:
        if name not in house.living:
            yield "entry-requirement", f"{name} is no living requirement"
    needs_answer = entry.severity != "correct"
    if needs_answer and not entry.requirements and not entry.open:
        yield "entry-unanswered", "it has neither requirements nor the status open"
    if entry.open:
        page = next((page for page in house.pages if page.path.stem == entry.chapter), None)
        parts = house.papers.parts.get(entry.chapter, ())
        if page is None:
            if entry.part and entry.part not in parts:
                yield "entry-part", f"{entry.part!r} is no part of chapter {entry.chapter} that is missing"
        elif entry.part not in parts:
            yield (
                "entry-open",
                f"it is open, but {entry.chapter}.md is written and no part of it is missing for it",
            )
        elif spec_text.slug_of(entry.part) in {
            spec_text.slug_of(text) for _, level, text in page.headings() if level == 2
        }:
            yield "entry-open", f"it is open, but {entry.chapter}.md has its part {entry.part!r}"
    elif entry.part:
        yield "entry-part", "a part is missing only for an open entry"
    if entry.kind != "erratum":
        if entry.severity or entry.counterexample or entry.correction or entry.tests:
            yield "entry-form", "severity, counterexample, correction and tests belong to errata"
    elif entry.severity not in SEVERITIES or not entry.counterexample or not entry.correction:
        yield (
            "erratum-form",
            f"it needs a severity of {', '.join(SEVERITIES)}, a counterexample and a correction",
        )


# ---------------------------------------------------------------- requirements


def _check_requirements(house: House) -> Iterator[Problem]:
    requirements, problems = house.stated
    yield from problems
    by_prefix: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        by_prefix.setdefault(requirement.prefix, []).append(requirement)
        if house.prefixes.get(requirement.chapter) != requirement.prefix:
            yield house.reports(
                requirement.path, requirement.line, "requirement-chapter",
                f"{requirement.id} does not belong into {requirement.chapter}.md",
            )  # fmt: skip
        yield from _check_form(house, requirement)
    for prefix, listed in by_prefix.items():
        expected = 1
        seen: set[int] = set()
        for requirement in listed:
            if requirement.number in seen:
                rule, text = "requirement-reuse", f"{requirement.id} is stated twice"
            elif requirement.number != expected:
                rule, text = "requirement-gap", f"{requirement.id} stands where {prefix}-{expected} should"
            else:
                rule = ""
            if rule:
                yield house.reports(requirement.path, requirement.line, rule, text)
            seen.add(requirement.number)
            expected = max(seen) + 1


def _check_form(house: House, requirement: Requirement) -> Iterator[Problem]:
    def problem(message: str) -> Problem:
        return house.reports(
            requirement.path, requirement.line, "requirement-form", f"{requirement.id} {message}"
        )  # fmt: skip

    if not requirement.title:
        yield problem("has no title")
    if not requirement.living:
        if not requirement.metadata["Retired"].strip(" ."):
            yield problem("is retired without a reason")
        return
    if not requirement.source:
        yield problem("names no source")
    if not requirement.profiles or not set(requirement.profiles) <= set(spec_text.PROFILES):
        yield problem(f"binds none of the profiles {', '.join(spec_text.PROFILES)}, or another one")
    if not requirement.evidence:
        yield problem("declares no evidence")
    for kind in requirement.evidence:
        if kind not in spec_text.EVIDENCE:
            yield problem(f"declares {kind!r}, which is no kind of evidence")
    if not re.search(r"\bshall\b", requirement.text):
        yield problem("does not say what shall be")


def _check_mentions(house: House) -> Iterator[Problem]:
    """Ids named anywhere in the text and in tests' docstrings exist."""
    stated = {requirement.id for requirement in house.requirements}
    entries = {entry.id for entry in house.papers.entries}
    for page in house.pages:
        for number, line in enumerate(page.prose, 1):
            for name in house.ids(line):
                if name not in stated:
                    yield house.reports(page.path, number, "mention", f"{name} does not exist")
            for name in _ENTRY_ID.findall(line):
                if name not in entries:
                    yield house.reports(page.path, number, "mention", f"{name} is not in papers.toml")
    for test in house.tests:
        for name in house.ids(test.says):
            if name not in house.living:
                yield Problem(
                    house.node_id(test), test.line, "test-requirement", f"{name} is no living requirement"
                )
        for name in _ENTRY_ID.findall(test.says):
            if name not in entries:
                yield Problem(house.node_id(test), test.line, "mention", f"{name} is not in papers.toml")
    for proof in house.proofs:
        for name in proof.requirements:
            if name not in house.living:
                yield Problem(
                    "tests/proofs/prove_list.toml", 0, "proof-requirement",
                    f"{proof.function}: {name} is no living requirement",
                )  # fmt: skip


# ---------------------------------------------------------------- evidence


def _trace(house: House) -> list[MatrixRow]:
    vectors: dict[tuple[str, str, bool], int] = Counter()
    for test in house.vector_tests:
        for name in test.requirements:
            if test.positive:
                vectors[name, test.kind, True] += 1
            if test.negative:
                vectors[name, test.kind, False] += 1
    derivations = house.in_folder("derivations")
    named: dict[str, list[str]] = {}
    derived: dict[str, list[str]] = {}
    for function in house.tests:
        for name in house.ids(function.says):
            named.setdefault(name, []).append(house.node_id(function))
    for function in derivations:
        for name in house.ids(f"{function.says}\n{function.source}"):
            derived.setdefault(name, []).append(house.node_id(function))
    proven: dict[str, list[str]] = {}
    for proof in house.proofs:
        for name in proof.requirements:
            proven.setdefault(name, []).append(proof.function)
    bound: dict[str, list[str]] = {}
    for operation, (_, entry) in house.operations.items():
        for name in entry["requirements"]:
            bound.setdefault(name, []).append(operation)
    asked: dict[str, list[str]] = {}
    for item in house.papers.entries:
        for name in item.requirements:
            asked.setdefault(name, []).append(item.id)
    rows = []
    for requirement in house.requirements:
        name = requirement.id
        rows.append(
            MatrixRow(
                requirement,
                vectors[name, "vector", True],
                vectors[name, "vector", False],
                vectors[name, "script", True],
                vectors[name, "script", False],
                vectors[name, "distribution", True],
                tuple(t for t in named.get(name, ()) if t not in derived.get(name, ())),
                tuple(derived.get(name, ())),
                tuple(proven.get(name, ())),
                tuple(bound.get(name, ())),
                tuple(asked.get(name, ())),
            )
        )
    return rows


def _missing(row: MatrixRow, kind: str, tests_installed: bool) -> str | None:
    """What lacks of a kind of evidence; None where it is there."""
    name = row.requirement.id
    if kind in ("vector", "script"):
        positive, negative = (
            (row.positive_vectors, row.negative_vectors)
            if kind == "vector"
            else (row.positive_scripts, row.negative_scripts)
        )
        lacking = [
            polarity for polarity, count in (("positive", positive), ("negative", negative)) if not count
        ]
        return f"no {' and no '.join(lacking)} {kind} names {name}" if lacking else None
    if kind == "distribution":
        return None if row.distributions else f"no distribution test names {name}"
    if kind == "inspection":
        return None if row.requirement.evidence[kind] else "inspection without its reason in brackets"
    if not tests_installed:
        return NOT_INSTALLED
    if kind == "derivation":
        return None if row.derivations else f"no test in tests/derivations mentions {name}"
    if kind == "proof":
        return None if row.proofs else f"no entry of tests/proofs/prove_list.toml names {name}"
    return None if row.tests or row.derivations else f"no test names {name} in its docstring or a marker"


def _check_evidence(house: House) -> Iterator[Problem]:
    installed = house.rooms.tests is not None
    unchecked: dict[str, list[str]] = {}
    for row in _trace(house):
        requirement = row.requirement
        if not requirement.living:
            continue
        for kind in requirement.evidence:
            if kind not in spec_text.EVIDENCE:
                continue
            complaint = _missing(row, kind, installed)
            if complaint == NOT_INSTALLED:
                unchecked.setdefault(kind, []).append(requirement.id)
            elif complaint is not None:
                yield house.reports(
                    requirement.path, requirement.line, f"evidence-{kind}", f"{requirement.id}: {complaint}"
                )  # fmt: skip
    for kind, names in unchecked.items():
        yield Problem("tests", 0, f"evidence-{kind}", f"{NOT_INSTALLED}: {', '.join(names)}", "not checked")


def _check_profiles(house: House) -> Iterator[Problem]:
    """Vectors and scripts are there in every profile that the requirement binds, in both polarities.

    A profile in which nothing can go wrong is excused by a line `*Only positive in <profile>:* reason`.
    """
    seen: dict[tuple[str, str], set[str]] = {}
    for test in house.vector_tests:
        for name in test.requirements:
            polarities = seen.setdefault((name, test.profile), set())
            polarities.update({"positive"} if test.positive else ())
            polarities.update({"negative"} if test.negative else ())
    for requirement in house.living.values():
        reasons = dict(_ONLY_POSITIVE.findall(requirement.text))
        complaints = [
            f"is said to be only positive in {profile}, {fault}"
            for profile, reason in reasons.items()
            for fault in (
                *(["without a reason"] if not reason.strip() else ()),
                *(["which it does not bind"] if profile not in requirement.profiles else ()),
                *(
                    ["but has a negative test"]
                    if "negative" in seen.get((requirement.id, profile), ())
                    else ()
                ),
            )
        ]
        if {"vector", "script"} & set(requirement.evidence):
            for profile in requirement.profiles:
                wanted = {"positive"}
                if "vector" in requirement.evidence and profile not in reasons:
                    wanted.add("negative")
                lacking = sorted(wanted - seen.get((requirement.id, profile), set()))
                complaints.extend(f"has no {polarity} vector or script in {profile}" for polarity in lacking)
        for complaint in complaints:
            yield house.reports(
                requirement.path, requirement.line, "evidence-profile", f"{requirement.id} {complaint}"
            )


def _check_vectors(house: House) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for file in house.vectors:
        used = {flag for test in file.tests for flag in test.flags}
        for flag in sorted(used ^ set(file.notes)):
            text = "is used but has no note" if flag in used else "has a note but no test uses it"
            yield house.reports(file.path, 0, "flag", f"flag {flag} {text}")
        for test in file.tests:
            if test.id in seen:
                yield house.reports(file.path, 0, "vector-id", f"{test.id} is used twice")
            seen[test.id] = file.path
            if not test.requirements:
                yield house.reports(file.path, 0, "vector-requirement", f"{test.id} names no requirement")
            for name in test.requirements:
                if name not in house.living:
                    yield house.reports(
                        file.path, 0, "vector-requirement", f"{test.id}: {name} is no living requirement"
                    )
            if not test.positive and not test.negative:
                yield house.reports(file.path, 0, "vector-form", f"{test.id} expects nothing")
            for operation in test.operations:
                if operation not in house.operations:
                    yield house.reports(
                        file.path, 0, "vector-operation", f"{test.id}: {operation} is in no operation table"
                    )


# ---------------------------------------------------------------- operations and the reference


def _check_operations(house: House) -> Iterator[Problem]:
    excused = _excused(house)
    for table in house.tables:
        for operation in table.operations:
            name = operation["name"]
            if not operation["requirements"]:
                yield house.reports(table.path, 0, "operation-requirement", f"{name} has no requirement")
            for wanted in operation["requirements"]:
                if wanted not in house.living:
                    yield house.reports(
                        table.path, 0, "operation-requirement", f"{name}: {wanted} is no living requirement"
                    )
        used = {wanted for operation in table.operations for wanted in operation["requirements"]}
        for requirement in house.living.values():
            if requirement.prefix != table.prefix:
                continue
            if requirement.id not in used and requirement.id not in excused:
                yield house.reports(
                    requirement.path, requirement.line, "requirement-operation",
                    f"{requirement.id} goes with no operation, and no reason is stated "
                    f"(*Operation:* none (reason), or *Without an operation:* ids: reason)",
                )  # fmt: skip
            if requirement.id in used and requirement.id in excused:
                yield house.reports(
                    requirement.path, requirement.line, "requirement-operation",
                    f"{requirement.id} goes with an operation, but a reason is stated why it should not",
                )  # fmt: skip


def _excused(house: House) -> set[str]:
    excused = {
        requirement.id
        for requirement in house.requirements
        if re.match(r"none\s*\(.*\w.*\)", requirement.metadata.get("Operation", ""), re.S)
    }
    for page in house.pages:
        for paragraph in "\n".join(page.prose).split("\n\n"):
            match = _WITHOUT_OPERATION.search(paragraph)
            if match:
                excused.update(house.ids(match.group(1)))
    return excused


def _check_reference(house: House) -> Iterator[Problem]:
    bindings = house.bindings
    if bindings is None:
        return
    path = house.rooms.reference / "operations.py"
    # The operations of the protocol itself are the door's, not an implementation's.
    bound = {name: entry for name, (_, entry) in house.operations.items() if entry["profiles"]}
    for name in sorted(bound.keys() - bindings.keys()):
        yield house.reports(path, 0, "operation-unbound", f"{name} is bound to no function")
    for name in sorted(bindings.keys() - bound.keys()):
        yield house.reports(path, 0, "operation-unknown", f"{name} is bound but is in no operation table")
    for name in sorted(bindings.keys() & bound.keys()):
        find = partial(spec_text.find_function, house.rooms.reference, bindings[name])
        function = house.read(path, find, None)
        if function is None:
            yield house.reports(path, 0, "operation-unbound", f"{name}: {bindings[name]} does not exist")
            continue
        match = _IMPLEMENTS.search(function.docstring)
        said = set(house.ids(match.group(1))) if match else set()
        wanted = set(bound[name]["requirements"])
        if said != wanted:
            ending = f"Implements {', '.join(sorted(said, key=_order))}." if match else "no `Implements ...`"
            yield house.reports(
                function.path, function.line, "implements",
                f"{function.name} is bound to {name}, whose requirements are "
                f"{', '.join(sorted(wanted, key=_order))}, but its docstring ends with {ending}",
            )  # fmt: skip


def _check_docstrings(house: House) -> Iterator[Problem]:
    """What any function of the reference says that it implements is a living requirement."""
    nothing: dict[str, spec_text.Function] = {}
    for path in sorted(house.rooms.reference.glob("*.py")):
        functions = house.read(path, partial(spec_text.functions_of, path, path.stem), nothing)
        for function in functions.values():
            match = _IMPLEMENTS.search(function.docstring)
            for name in house.ids(match.group(1)) if match else []:
                if name not in house.living:
                    yield house.reports(
                        path, function.line, "implements", f"{function.name}: {name} is no living requirement"
                    )


def _order(identifier: str) -> tuple[str, int]:
    prefix, number = identifier.rsplit("-", 1)
    return prefix, int(number)


# ---------------------------------------------------------------- what the text derives from elsewhere


def _bound_text(value: object) -> str:
    text = str(value).replace("**", "^").replace("//", "/")
    return re.sub(r"\b1 << (\d+)\b", r"2^\1", text)


def _minimum_text(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [f"≥ {_bound_text(bound)} ({profile})" for profile, bound in value.items()]
    return [f"≥ {_bound_text(value)}"]


def _field_text(field: Mapping[str, Any]) -> str:
    kind = str(field["type"])
    about: list[str] = []
    if kind == "list":
        about.append(f"{field.get('minimum_items', 0)} to {field['maximum_items']}")
        about.extend(
            f"{label} {field[key]}"
            for key, label in (("same_length_as", "as many as"), ("unique", "each with another"))
            if key in field
        )
        if "increasing" in field:
            about.append(f"in the order of {field['increasing']}")
        items = field["items"]
        inner = (
            "(" + "; ".join(f"{part['name']}: {_field_text(part)}" for part in items["fields"]) + ")"
            if items["type"] == "record"
            else _field_text(items)
        )
        return f"list of {inner}, {', '.join(about)}"
    if kind == "record":
        return "(" + "; ".join(f"{part['name']}: {_field_text(part)}" for part in field["fields"]) + ")"
    if field.get("signed"):
        about.append("signed")
    if field.get("odd"):
        about.append("odd")
    if "length" in field:
        about.append(f"{field['length']} bytes")
    if "maximum_length" in field:
        about.append(f"at most {field['maximum_length']} bytes")
    if "choices" in field:
        about.extend(f"{' or '.join(choices)} ({profile})" for profile, choices in field["choices"].items())
    if "minimum" in field:
        about.extend(_minimum_text(field["minimum"]))
    if "maximum" in field:
        about.append(f"≤ {_bound_text(field['maximum'])}")
    if "below" in field:
        about.append(f"< {_bound_text(field['below'])}")
    if "centred" in field:
        about.append(f"centred modulo {_bound_text(field['centred'])}")
    if "distinct_from" in field:
        about.append(f"not {field['distinct_from']}")
    if "unit_modulo" in field:
        about.append(f"prime to {_bound_text(field['unit_modulo'])}")
    if "bits" in field:
        about.append(f"at most {field['bits']} bits")
    if field.get("nullable"):
        about.append("or null")
    return ", ".join([kind, *about])


def _error_text(rule: Mapping[str, Any]) -> str:
    profiles = rule.get("profiles")
    only = f" ({', '.join(profiles)} only)" if profiles else ""
    return f"`{rule['class']}`{only}: {rule['when']}"


def operations_text(table: OperationTable) -> str:
    """The generated part of a chapter: one table row for each operation, then each one's summary."""
    rows = [
        "| operation | opcode | profiles | input | output | refused beyond the bounds | requirements |",
        "|---|---|---|---|---|---|---|",
    ]
    for operation in table.operations:
        cells = [
            f"`{operation['name']}`",
            f"`{operation['opcode']:#06x}`",
            ", ".join(operation["profiles"]) or "none",
            "<br>".join(f"`{f['name']}`: {_field_text(f)}" for f in operation["input"]) or "nothing",
            "<br>".join(f"`{f['name']}`: {_field_text(f)}" for f in operation["output"]) or "nothing",
            "<br>".join(_error_text(rule) for rule in operation["errors"]) or "nothing",
            ", ".join(operation["requirements"]),
        ]
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    rows.append("")
    rows.extend(f"- `{operation['name']}`: {operation['summary']}" for operation in table.operations)
    return "\n" + "\n".join(rows) + "\n"


def _requirement_links(names: Iterable[str], house: House) -> str:
    links = []
    for name in names:
        requirement = house.living.get(name)
        if requirement is None:
            links.append(name)
        else:
            anchor = spec_text.slug_of(f"{name} {requirement.title}")
            links.append(f"[{name}]({requirement.path.name}#{anchor})")
    return ", ".join(links)


def _errata(house: House) -> list[Entry]:
    return [entry for entry in house.papers.entries if entry.kind == "erratum"]


def errata_text(house: House) -> str:
    """The generated sections of spec/errata.md: one for each erratum that is answered, wholly or in part."""
    sections = []
    for entry in _errata(house):
        if not entry.requirements:
            continue
        lines = [
            f"### {entry.id}",
            f"*Where:* paper {entry.paper.upper()}, {entry.where[:1].lower()}{entry.where[1:]}. "
            f"*Severity:* {entry.severity}.",
            "",
            f"*Finding:* {entry.title}",
            "",
            f"*Counterexample:* {entry.counterexample}",
            "",
            f"*Correction:* {entry.correction}",
            "",
            f"*Answered by:* {_requirement_links(entry.requirements, house)}."
            + (f" Still open: {entry.part}." if entry.open else ""),
        ]
        if entry.tests:
            lines += ["", f"*Shown by:* {', '.join(f'`{test}`' for test in entry.tests)}."]
        sections.append("\n".join(lines))
    return "\n" + "\n\n".join(sections) + "\n"


def open_errata_text(house: House) -> str:
    """The generated table of spec/errata.md: the errata that no requirement answers yet."""
    rows = ["| id | where | severity | finding | answered by |", "|---|---|---|---|---|"]
    for entry in _errata(house):
        if entry.requirements:
            continue
        later = (
            f"`{entry.chapter}`" + (f", {entry.part}" if entry.part else "")
            if entry.open
            else "nothing to answer"
        )
        cells = [entry.id, f"{entry.paper.upper()}, {entry.where}", entry.severity, entry.title, later]
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n" + "\n".join(rows) + "\n"


def _generated(house: House, page: Page) -> dict[str, str]:
    """Name of a generated block -> what it shall hold, for the blocks that the page must have."""
    blocks: dict[str, str] = {}
    for table in house.tables:
        if table.chapter == page.path.stem:
            blocks["operations"] = operations_text(table)
    if page.path.name == "errata.md":
        blocks["errata"] = errata_text(house)
        blocks["open-errata"] = open_errata_text(house)
    return blocks


def _check_derived(house: House) -> Iterator[Problem]:
    for page in house.pages:
        if page.unclosed is not None:
            yield house.reports(page.path, page.unclosed, "fence", "a code block is never closed")
        for name, wanted in _generated(house, page).items():
            block = house.read(page.path, partial(page.block, name), None)
            if block is None:
                yield house.reports(
                    page.path, 0, "generated", f"there is no block <!-- {name} --> that is closed"
                )
            elif block[1] != wanted:
                yield house.reports(
                    page.path,
                    block[0],
                    "generated",
                    f"the block {name} differs: run `meter-privacy spec tables`",
                )
        for fence in page.fences:
            if fence.splice is None:
                continue
            source = _spliced(house, page, fence)
            if source is None:
                yield house.reports(
                    page.path, fence.line, "splice", f"{fence.splice} is not in the reference"
                )
            elif tuple(fence.content) != source:
                yield house.reports(
                    page.path, fence.line, "splice",
                    f"the code differs from {fence.splice}: run `meter-privacy spec splice`",
                )  # fmt: skip
        yield from _check_claims(house, page)
        yield from _check_links(house, page)


def _spliced(house: House, page: Page, fence: spec_text.Fence) -> tuple[str, ...] | None:
    assert fence.splice is not None
    name = fence.splice
    function = house.read(page.path, lambda: spec_text.find_function(house.rooms.reference, name), None)
    if function is None:
        return None
    return tuple(f"{fence.indent}{line}" if line else "" for line in function.source.split("\n"))


def _check_claims(house: House, page: Page) -> Iterator[Problem]:
    for line, printed, expression in page.claims():
        try:
            number, digits = spec_text.printed_number(printed)
            value = spec_text.evaluate_claim(expression)
        except TextError as error:
            yield house.reports(page.path, line, "claim", str(error))
            continue
        # A number printed with a point is right when the value rounds to it; a whole number is the value.
        exact = isinstance(value, Fraction)
        half_unit = Fraction(1, 2) * Fraction(10) ** -digits
        near = abs(Fraction(value) - number) <= (half_unit if digits > 0 or not exact else 0)
        if not near:
            shown = value if exact and Fraction(value).denominator == 1 else float(value)
            yield house.reports(
                page.path, line, "claim", f"{printed} is printed, but {expression} is {shown}"
            )


def _check_links(house: House, page: Page) -> Iterator[Problem]:
    pages = {other.path.resolve(): other for other in house.pages}
    for line, target in page.links():
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.I):
            continue
        name, _, anchor = target.partition("#")
        path = (page.path.parent / name).resolve() if name else page.path.resolve()
        if not path.exists():
            if house.rooms.tests is None and not path.is_relative_to(house.rooms.spec.resolve()):
                yield Problem(
                    house.rooms.show(page.path), line, "link",
                    f"{target} leads out of the package: not checked here", "not checked",
                )  # fmt: skip
            else:
                yield house.reports(page.path, line, "link", f"{target} does not exist")
            continue
        if anchor and path.suffix == ".md":
            other = pages.get(path) or spec_text.read_page(path)
            if anchor not in other.anchors():
                yield house.reports(page.path, line, "link", f"{target}: there is no such heading")


# ---------------------------------------------------------------- errata


def _check_errata(house: House) -> Iterator[Problem]:
    path = house.rooms.spec / "papers.toml"
    installed = house.rooms.tests is not None
    tests = {house.node_id(test): test for test in house.in_folder("errata")}
    linked: set[str] = set()
    unchecked: list[str] = []
    for entry in _errata(house):
        linked.update(entry.tests)
        if not entry.open and entry.severity != "correct" and not entry.tests:
            yield house.reports(path, 0, "erratum-test", f"{entry.id} is answered but no test shows it")
        for name in entry.tests:
            if not installed:
                unchecked.append(name)
            elif name not in tests:
                yield house.reports(
                    path, 0, "erratum-test", f"{entry.id}: {name} does not exist in tests/errata"
                )
    for name in sorted(tests.keys() - linked):
        yield Problem(name, tests[name].line, "errata-test", "no erratum of papers.toml names this test")
    if unchecked:
        message = f"{NOT_INSTALLED}: {len(unchecked)} tests of errata"
        yield Problem("tests", 0, "erratum-test", message, "not checked")
    if not (house.rooms.spec / "errata.md").is_file():
        yield house.reports(house.rooms.spec / "errata.md", 0, "generated", "the file is missing")


# ---------------------------------------------------------------- the door


_RULES: Sequence[Callable[[House], Iterable[Problem]]] = (
    _check_papers,
    _check_requirements,
    _check_mentions,
    _check_evidence,
    _check_profiles,
    _check_vectors,
    _check_operations,
    _check_reference,
    _check_docstrings,
    _check_derived,
    _check_errata,
)


def house_of(root: Path | None = None) -> House:
    """The house of a checkout, or of the installed package where no root is given."""
    return House(spec_text.rooms_of(root) if root is not None else spec_text.installed_rooms())


def check(root: Path | None = None) -> list[Problem]:
    """Every loose end of the specification, in the order of the rules.

    `root` is the top folder of a checkout; without one the installed package is looked at, where tests are
    missing and what they show is reported with the severity "not checked". The specification holds if no
    problem has the severity "error".
    """
    house = house_of(root)
    problems = [problem for rule in _RULES for problem in rule(house)]
    return list(dict.fromkeys([*house.unreadable, *problems]))


def matrix(root: Path | None = None) -> list[MatrixRow]:
    """What traces each requirement, in the order of the text."""
    return _trace(house_of(root))


_COLUMNS = ("requirement", "evidence declared", "vectors +", "vectors −", "scripts +", "scripts −",
            "tests", "derivations", "proofs", "operations", "papers")  # fmt: skip


def _cells(row: MatrixRow) -> list[str]:
    counts = (
        row.positive_vectors, row.negative_vectors, row.positive_scripts, row.negative_scripts,
        len(row.tests), len(row.derivations), len(row.proofs),
    )  # fmt: skip
    declared = ", ".join(row.requirement.evidence) if row.requirement.living else "retired"
    return [
        f"{row.requirement.id} {row.requirement.title}",
        declared,
        *(str(count) if count else "" for count in counts),
        ", ".join(row.operations),
        ", ".join(row.entries),
    ]


def matrix_markdown(root: Path | None = None) -> str:
    """The matrix as a Markdown table."""
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + "---|" * len(_COLUMNS)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in _cells(row)) + " |" for row in matrix(root)
    ]
    return "\n".join(lines) + "\n"


def matrix_table(root: Path | None = None) -> Table:
    """The matrix for a terminal; evidence that is declared and lacking is red."""
    house = house_of(root)
    table = Table(title="Requirements and their evidence", row_styles=["", "dim"])
    for place, name in enumerate(_COLUMNS):
        table.add_column(name, justify="right" if 2 <= place <= 8 else "left")
    for row in _trace(house):
        lacking = row.requirement.living and any(
            _missing(row, kind, house.rooms.tests is not None) for kind in row.requirement.evidence
        )
        table.add_row(*_cells(row), style="red" if lacking else None)
    return table


def _replace_block(text: str, name: str, content: str) -> str:
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    lines = text.split("\n")
    if start not in lines or end not in lines[lines.index(start) :]:
        return text
    first = lines.index(start)
    last = lines.index(end, first)
    return "\n".join([*lines[: first + 1], *content.split("\n"), *lines[last:]])


def write_tables(root: Path) -> list[Path]:
    """Rewrite the generated blocks of the text; the files that changed."""
    house = house_of(root)
    changed = []
    for page in house.pages:
        text = page.text
        for name, content in _generated(house, page).items():
            text = _replace_block(text, name, content)
        if text != page.text:
            page.path.write_text(text, encoding="utf-8")
            changed.append(page.path)
    return changed


def splice(root: Path) -> list[Path]:
    """Rewrite the code blocks that show reference functions; the files that changed.

    A block whose function does not exist stays as it is: `check` names it.
    """
    house = house_of(root)
    changed = []
    for page in house.pages:
        lines = page.text.split("\n")
        for fence in reversed(page.fences):
            source = _spliced(house, page, fence) if fence.splice else None
            if source is not None:
                lines[fence.line : fence.line + len(fence.content)] = source
        text = "\n".join(lines)
        if text != page.text:
            page.path.write_text(text, encoding="utf-8")
            changed.append(page.path)
    return changed
