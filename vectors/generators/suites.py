"""What the protocol chapters' generators share: notes, requirement ids, files and steps in Python values."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meter_privacy.conformance import framing
from meter_privacy.conformance.values import Refusal, decode_input, encode_fields
from meter_privacy.vectors.generators.common import Json, VectorFile, tables

# The source of a refusal that the table of operations asks for.
TABLE = "operation table"
CWE = "https://cwe.mitre.org/data/definitions/{}.html"
RFC = "https://www.rfc-editor.org/rfc/rfc{}"


def note(bug: str, effect: str, *links: str) -> Json:
    """A flag's note."""
    return {"bug": bug, "effect": effect, "links": list(links)}


@dataclass(frozen=True)
class Chapter:
    """A chapter's name in operations and in requirement ids; operations may be named with or without it."""

    name: str
    requirement: str

    def ids(self, *numbers: int) -> list[str]:
        """Ids of this chapter's requirements."""
        return [f"{self.requirement}-{number}" for number in numbers]

    def full(self, operation: str) -> str:
        """An operation's name with its chapter."""
        return operation if "." in operation else f"{self.name}.{operation}"

    def fields(self, operation: str, values: Mapping[str, Any]) -> Json:
        """An operation's input in JSON form."""
        return encode_fields(tables().operations[self.full(operation)].input, values)

    def answer(self, operation: str, values: Mapping[str, Any]) -> Json:
        """An operation's output in JSON form."""
        return encode_fields(tables().operations[self.full(operation)].output, values)

    def payload(self, operation: str, values: Mapping[str, Any]) -> bytes:
        """An operation's input in the binary framing."""
        return framing.encode_payload(tables().operations[self.full(operation)].input, values)

    def step(
        self,
        operation: str,
        given: Mapping[str, Any],
        expect: Mapping[str, Any] | str | None,
        session: str | None = None,
    ) -> Json:
        """A step of a script; the expected output as values (None: no fields), or an error class."""
        placed = {"session": session} if session is not None else {}
        if isinstance(expect, str):
            expected: Json = {"error": expect}
        else:
            expected = {"output": self.answer(operation, expect or {})}
        return {
            "operation": self.full(operation),
            **placed,
            "input": self.fields(operation, given),
            "expect": expected,
        }


class File:
    """A file of one operation, with inputs and outputs given as Python values.

    `prefix` stands before the slugs; without it an id begins with the file's name.
    """

    def __init__(
        self,
        chapter: Chapter,
        operation: str,
        name: str,
        profile: str,
        numbers: Sequence[int],
        parameters: Json,
        notes: Mapping[str, Json],
        prefix: str = "",
    ) -> None:
        self.chapter, self.operation, self.numbers, self.prefix = chapter, operation, numbers, prefix
        stem = operation.replace("_", "-")
        full = chapter.full(operation)
        self.file = VectorFile(chapter.name, f"{stem}-{name}", profile, full, parameters, notes)

    def accepted(
        self,
        slug: str,
        comment: str,
        given: Mapping[str, Any],
        output: Mapping[str, Any],
        source: str,
        flags: Sequence[str],
    ) -> None:
        """A test that must be answered with an output that was computed apart from the reference."""
        self.file.positive(
            self.prefix + slug.lower(),
            self.chapter.fields(self.operation, given),
            self.chapter.answer(self.operation, output),
            requirements=self.chapter.ids(*self.numbers),
            comment=comment,
            source=source,
            flags=flags,
        )

    def refused(
        self,
        slug: str,
        comment: str,
        given: Mapping[str, Any],
        error: str,
        flags: Sequence[str],
        source: str = TABLE,
    ) -> None:
        """A test that must be refused by what its values say."""
        self.file.negative(
            self.prefix + slug.lower(),
            self.chapter.fields(self.operation, given),
            error,
            requirements=self.chapter.ids(*self.numbers),
            comment=comment,
            source=source,
            flags=flags,
        )

    def ungrammatical(self, slug: str, comment: str, text: str, flags: Sequence[str] = ("Grammar",)) -> None:
        """A test whose JSON text must be refused."""
        self.file.raw(
            self.prefix + slug.lower(),
            json_text=text,
            requirements=self.chapter.ids(*self.numbers),
            comment=comment,
            flags=flags,
        )


class Suite(File):
    """A file whose tests have an input each."""

    def good(
        self,
        slug: str,
        comment: str,
        given: Mapping[str, Any],
        output: Mapping[str, Any],
        source: str,
        *flags: str,
    ) -> None:
        """A test that must be answered with an output that was computed apart from the reference."""
        self.accepted(slug, comment, given, output, source, flags)

    def bad(self, slug: str, comment: str, given: Mapping[str, Any], error: str, *flags: str) -> None:
        """A test that must be refused by what its values say."""
        self.refused(slug, comment, given, error, flags)

    def malformed(self, slug: str, comment: str, given: Mapping[str, Any]) -> None:
        """A test that must be refused for the length of a field, as text and as a frame."""
        self.file.raw(
            self.prefix + slug,
            json_text=json.dumps(self.chapter.fields(self.operation, given)),
            frame=self.chapter.payload(self.operation, given),
            requirements=self.chapter.ids(*self.numbers),
            comment=comment,
            flags=("Grammar",),
        )


Fault = tuple[str, str, str, Json, str]


class Changes(File):
    """A file of valid inputs and of changes of them."""

    def bad(self, slug: str, error: str, comment: str, given: Json, *flags: str, source: str = TABLE) -> None:
        """A negative test; one that breaks the grammar as text."""
        members = self.chapter.fields(self.operation, given)
        try:
            decode_input(tables().operations[self.chapter.full(self.operation)], members)
        except Refusal:
            assert error == "malformed", slug
            self.ungrammatical(slug, comment, json.dumps(members), flags)
            return
        self.refused(slug, comment, given, error, flags, source)

    def faults(self, given: Json, *cases: Fault) -> None:
        """Negative tests: each a slug, a class, a comment, what is changed of the input, and a flag."""
        for slug, error, comment, change, flag in cases:
            self.bad(slug, error, comment, {**given, **change}, flag)

    def raw(self, slug: str, comment: str, given: Json, name: str, token: str) -> None:
        """A test whose field `name` is another JSON text."""
        members = self.chapter.fields(self.operation, given)
        text = ",".join(
            f"{json.dumps(key)}:{token if key == name else json.dumps(part)}" for key, part in members.items()
        )
        self.ungrammatical(slug, comment, "{" + text + "}")
