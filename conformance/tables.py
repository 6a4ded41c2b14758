"""The tables of operations (`spec/operations/*.toml`), loaded and checked.

Everything that knows an operation's fields derives it from here: the JSON and the binary codec, the
schemas, the strategies, the tables in the text, the vendor's declaration, the generated C decoder.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from meter_privacy.conformance import expressions

PROTOCOL = 1
PROFILES = ("published", "hardened")

# Closed, and in the order in which checks are made (DESIGN of the target protocol).
ERROR_CLASSES = (
    "malformed", "range", "not-in-group", "not-invertible", "unauthentic", "proof-failed",
    "expired", "replayed", "policy", "state", "exhausted",
)  # fmt: skip

TYPES = ("int", "bigint", "bytes", "real", "text", "list", "record")

# JSON numbers are exact up to here in every language that reads them as binary64.
INT_LIMIT = 2**53
BIGINT_BITS = 65535 * 8

# What a target on a host takes, in bytes: no limit.
HOST_LIMIT = 2**31 - 1

Bound = int | str


class TableError(ValueError):
    """A table of operations contradicts itself or the format."""


@dataclass(frozen=True)
class Field:
    """One typed field of an operation, or an element of one.

    Bounds are integers or expressions over the operation's earlier top-level fields; `minimum` is a
    mapping from profiles, `above` excludes its value. `increasing` names the key of a list's records, or
    is true for a list of plain numbers. `sums_to` is what a list of reals adds up to, within 2^-40. A list
    in a record has the `same_length_as` a list before it in the same record, or else a top-level one.
    `choices` is a mapping from profiles to the values that a text may have.
    Attributes that do not go with the type are at their defaults.
    """

    name: str
    type: str
    semantic: str | None = None
    nullable: bool = False
    bits: int | None = None
    signed: bool = False
    odd: bool = False
    minimum: Mapping[str, Bound] = field(default_factory=dict)
    maximum: Bound | None = None
    above: Bound | None = None
    below: str | None = None
    centred: str | None = None
    distinct_from: str | None = None
    unit_modulo: str | None = None
    length: int | None = None
    maximum_length: int | None = None
    minimum_items: int = 0
    maximum_items: int = 0
    same_length_as: str | None = None
    unique: str | None = None
    increasing: str | bool | None = None
    sums_to: int | None = None
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    items: "Field | None" = None
    fields: tuple["Field", ...] = ()

    def bit_limit(self) -> int:
        """The largest length in bits that a bigint of this field may have."""
        return self.bits if self.bits is not None else BIGINT_BITS


@dataclass(frozen=True)
class ErrorRule:
    """When an operation answers an error class beyond the bounds of its fields.

    `unless` is an expression that holds where the error does not arise, where one can be written.
    """

    error_class: str
    when: str
    unless: str | None = None
    profiles: tuple[str, ...] = PROFILES


@dataclass(frozen=True)
class Operation:
    """A named pure function from typed inputs to typed outputs or an error class.

    Where outputs are not unique, `judge` names the operation that accepts or refuses them.
    """

    name: str
    opcode: int
    chapter: str
    summary: str
    profiles: tuple[str, ...]
    requirements: tuple[str, ...]
    numeric: str
    session: bool
    input: tuple[Field, ...]
    output: tuple[Field, ...]
    errors: tuple[ErrorRule, ...]
    judge: str | None = None


@dataclass(frozen=True)
class Chapter:
    """A chapter's slug, title and requirement prefix."""

    slug: str
    title: str
    prefix: str


@dataclass(frozen=True)
class Tables:
    """All operations, by name, in the order of the tables; and the chapters."""

    operations: Mapping[str, Operation]
    chapters: Mapping[str, Chapter]

    def by_opcode(self, opcode: int) -> Operation | None:
        """The operation of a binary opcode, or None."""
        return next((op for op in self.operations.values() if op.opcode == opcode), None)


_FIELD_KEYS = set(Field.__dataclass_fields__)
_NEEDS_TYPE = {
    "bits": "bigint", "signed": "bigint", "odd": "bigint", "unit_modulo": "bigint", "length": "bytes",
    "minimum_items": "list", "maximum_items": "list", "same_length_as": "list", "unique": "list",
    "increasing": "list", "sums_to": "list", "choices": "text", "items": "list", "fields": "record",
}  # fmt: skip


def _field(raw: Mapping[str, Any], where: str) -> Field:
    unknown = set(raw) - _FIELD_KEYS
    if unknown:
        raise TableError(f"{where}: unknown attributes {sorted(unknown)}")
    values = dict(raw)
    values.setdefault("name", "")
    kind = values.get("type")
    if kind not in TYPES:
        raise TableError(f"{where}: unknown type {kind!r}")
    for key in values:
        if _NEEDS_TYPE.get(key, kind) != kind:
            raise TableError(f"{where}: {key} does not go with {kind}")
    minimum = values.get("minimum")
    if minimum is not None:
        values["minimum"] = (
            dict(minimum) if isinstance(minimum, Mapping) else dict.fromkeys((*PROFILES, ""), minimum)
        )
    choices = values.get("choices", {})
    if not isinstance(choices, Mapping) or not set(choices) <= set(PROFILES):
        raise TableError(f"{where}: choices is a mapping from profiles to texts")
    if "above" in values and kind not in ("int", "bigint", "real"):
        raise TableError(f"{where}: above does not go with {kind}")
    if kind == "list":
        if "items" not in values or "maximum_items" not in values:
            raise TableError(f"{where}: a list needs items and maximum_items")
        values["items"] = _field(values["items"], f"{where}[]")
        plain = values["items"].type in ("int", "bigint", "real")
        if values.get("increasing") is not None and (values["increasing"] is True) != plain:
            raise TableError(f"{where}: increasing is true for numbers, and a key for records")
        if "sums_to" in values and values["items"].type != "real":
            raise TableError(f"{where}: sums_to goes with a list of reals")
    if kind == "record":
        values["fields"] = tuple(_field(part, f"{where}.{part.get('name')}") for part in values["fields"])
    if kind == "text" and "maximum_length" not in values:
        raise TableError(f"{where}: a text needs maximum_length")
    if kind == "bytes" and ("length" in values) == ("maximum_length" in values):
        raise TableError(f"{where}: bytes need either length or maximum_length")
    return Field(**values)


def _bounds(item: Field) -> Iterable[Bound]:
    yield from item.minimum.values()
    bounds = (item.maximum, item.above, item.below, item.centred, item.unit_modulo)
    yield from (bound for bound in bounds if bound is not None)
    if item.distinct_from is not None:
        yield item.distinct_from
    if item.items is not None:
        yield from _bounds(item.items)
    for part in item.fields:
        yield from _bounds(part)


def _misplaced_lengths(item: Field, known: Iterable[str]) -> Iterator[str]:
    """The lists in a field whose `same_length_as` is no list before them."""
    if item.same_length_as is not None and item.same_length_as not in known:
        yield item.same_length_as
    inner = [*known, item.name]
    if item.items is not None:
        yield from _misplaced_lengths(item.items, inner)
    for place, part in enumerate(item.fields):
        yield from _misplaced_lengths(part, [*inner, *(before.name for before in item.fields[:place])])


def _check_names(operation: Operation) -> None:
    known: set[str] = set()
    for item in operation.input:
        if item.name in known or not item.name.isidentifier():
            raise TableError(f"{operation.name}: bad or repeated field name {item.name!r}")
        for bound in _bounds(item):
            if isinstance(bound, str) and not expressions.names_in(bound) <= known:
                raise TableError(f"{operation.name}.{item.name}: {bound!r} is not about earlier fields")
        for wanted in _misplaced_lengths(item, known):
            raise TableError(f"{operation.name}.{item.name}: {wanted!r} is no list before this one")
        known.add(item.name)
    for rule in operation.errors:
        if rule.error_class not in ERROR_CLASSES:
            raise TableError(f"{operation.name}: unknown error class {rule.error_class!r}")
        if rule.unless is not None and not expressions.names_in(rule.unless) <= known:
            raise TableError(f"{operation.name}: {rule.unless!r} is not about its fields")


def _check_judge(operation: Operation, operations: Mapping[str, Operation]) -> None:
    """A judge takes the inputs and then the outputs of the operation that it judges, and answers nothing."""
    if operation.judge is None:
        return
    judge = operations.get(operation.judge)
    if judge is None:
        raise TableError(f"{operation.name}: no table declares its judge {operation.judge!r}")
    takes = [(item.name, item.type) for item in judge.input]
    if takes != [(item.name, item.type) for item in (*operation.input, *operation.output)] or judge.output:
        raise TableError(f"{judge.name} must take the inputs and the outputs of {operation.name} alone")
    if "proof-failed" not in {rule.error_class for rule in judge.errors}:
        raise TableError(f"{judge.name} must be able to answer proof-failed")


def _operation(raw: Mapping[str, Any], chapter: str) -> Operation:
    name = raw["name"]
    operation = Operation(
        name=name,
        opcode=raw["opcode"],
        chapter=chapter,
        summary=raw["summary"],
        profiles=tuple(raw["profiles"]),
        requirements=tuple(raw["requirements"]),
        numeric=raw["numeric"],
        session=raw.get("session", False),
        judge=raw.get("judge"),
        input=tuple(_field(part, f"{name}.{part.get('name')}") for part in raw["input"]),
        output=tuple(_field(part, f"{name}.{part.get('name')}") for part in raw["output"]),
        errors=tuple(
            ErrorRule(e["class"], e["when"], e.get("unless"), tuple(e.get("profiles", PROFILES)))
            for e in raw["errors"]
        ),
    )
    if not set(operation.profiles) <= set(PROFILES):
        raise TableError(f"{name}: unknown profile")
    if not 0 < operation.opcode < 0x10000:
        raise TableError(f"{name}: an opcode has 16 bits and is not 0")
    _check_names(operation)
    return operation


def load_tables(extra_directories: Iterable[Path] = ()) -> Tables:
    """Load the project's tables and those of further directories.

    Raises TableError where a table breaks the format or two operations share a name or an opcode.
    """
    directories = [resources.files("meter_privacy.spec") / "operations", *extra_directories]
    operations: dict[str, Operation] = {}
    chapters: dict[str, Chapter] = {}
    opcodes: dict[int, str] = {}
    for directory in directories:
        for file in sorted(directory.iterdir(), key=lambda entry: entry.name):
            if not file.name.endswith(".toml"):
                continue
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
            chapter = Chapter(raw["chapter"], raw["title"], raw["prefix"])
            chapters[chapter.slug] = chapter
            for entry in raw["operations"]:
                operation = _operation(entry, chapter.slug)
                if operation.name in operations:
                    raise TableError(f"{operation.name} is declared twice")
                if operation.opcode in opcodes:
                    raise TableError(f"{operation.name} and {opcodes[operation.opcode]} share an opcode")
                operations[operation.name] = operation
                opcodes[operation.opcode] = operation.name
    for operation in operations.values():
        _check_judge(operation, operations)
    return Tables(operations, chapters)
