"""Probes of the message level: requests whose members, frames or header are at fault, not their values.

They are made from the tables and from one valid input of an operation that the declaration lists, in the
encoding of the run. Each holds a whole message, so that nothing between here and the target repairs it.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from meter_privacy.conformance import framing
from meter_privacy.conformance.declaration import Declaration
from meter_privacy.conformance.suite import Case, Message, Step, Suite
from meter_privacy.conformance.tables import PROFILES, Field, Operation, Tables
from meter_privacy.conformance.values import Refusal, decode_fields

CHAPTER = "target_protocol"
# Ids of probes; the runner's own count from 1.
FIRST_ID = 0x4D500000
UNKNOWN_OPERATION = "meter.sing"
UNKNOWN_PROFILE = "draft"


_Found = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class _Base:
    """A request that would be answered."""

    operation: Operation
    profile: str | None
    input: Mapping[str, Any] | None


def _valid_input(suite: Suite, declared: Declaration, name: str, profiles: tuple[str, ...]) -> _Found | None:
    """The shortest input of an operation that a vector of a profile expects an output for."""
    found = [
        (case.profile, case.steps[0].input)
        for case in suite.cases
        if case.operations == (name,) and len(case.steps) == 1 and case.profile in profiles
        and case.steps[0].expect_output is not None and case.steps[0].input is not None
        and case.limits.within(declared.limits)
    ]  # fmt: skip
    return min(found, key=lambda pair: (_length(pair[1]), json.dumps(pair[1])), default=None)


def _length(value: Any) -> int:
    return len(json.dumps(value))


def _base(tables: Tables, suite: Suite, declared: Declaration) -> _Base:
    """The declared operation without a session of the shortest valid input, or `describe`."""
    found: list[_Base] = []
    for name in declared.operations:
        operation = tables.operations.get(name)
        if operation is None or operation.session or not operation.input:
            continue
        pair = _valid_input(suite, declared, name, declared.profiles)
        if pair is not None:
            found.append(_Base(operation, *pair))
    describe = _Base(tables.operations["describe"], None, None)
    return min(found, key=lambda base: _length(base.input), default=describe)


def _of_another_type(item: Field) -> Any:
    return [] if item.type != "list" else {}


@dataclass
class _Maker:
    """Counts the ids and writes the cases."""

    base: _Base
    profile: str
    encoding: str
    count: int = 0

    def number(self) -> int:
        self.count += 1
        return FIRST_ID + self.count

    def case(
        self,
        slug: str,
        data: bytes,
        error: str | None,
        requirements: tuple[str, ...],
        comment: str,
        answered: tuple[int | None, ...],
        operation: Operation | None = None,
    ) -> Case:
        """A case that expects an error class, or with None "unsupported"."""
        step = Step(
            operation=(operation or self.base.operation).name,
            message=Message(data, FIRST_ID + self.count, answered),
            expect_error=error,
            expect_unsupported=error is None,
        )
        return Case(
            id=f"{CHAPTER}-message/{self.encoding}/{slug}",
            chapter=CHAPTER,
            operations=(self.base.operation.name,),
            profile=self.profile,
            steps=(step,),
            requirements=requirements,
            source="made from the operation tables",
            comment=comment,
        )


def _json_probes(
    maker: _Maker, others: list[_Base], profiles: tuple[str, ...], describe: Operation
) -> Iterator[Case]:
    base = maker.base

    def members(number: int, asked: _Base = base) -> dict[str, Any]:
        head: dict[str, Any] = {"id": number, "operation": asked.operation.name}
        if asked.profile is not None:
            head["profile"] = asked.profile
        return head if asked.input is None else {**head, "input": asked.input}

    def line(value: Any) -> bytes:
        return json.dumps(value, separators=(",", ":")).encode() + b"\n"

    def probe(
        slug: str,
        error: str | None,
        requirements: tuple[str, ...],
        comment: str,
        change: Callable[[dict[str, Any]], Any],
        identified: bool = True,
        asked: _Base = base,
    ) -> Case:
        number = maker.number()
        data = line(change(members(number, asked)))
        answered = (number,) if identified else (None,)
        return maker.case(slug, data, error, requirements, comment, answered, asked.operation)

    def without(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda given: {key: value for key, value in given.items() if key != name}

    bad, two = "malformed", ("TARGET-2",)
    yield probe("unknown-member", bad, two, "a member that no request has", lambda m: {**m, "priority": 1})
    yield probe("stray-session", bad, two, "a session where there is none", lambda m: {**m, "session": "s1"})
    if base.profile is not None:
        yield probe("missing-profile", bad, two, "no profile", without("profile"))
        other = f"{base.profile} in a list"
        yield probe("profile-of-another-type", bad, two, other, lambda m: {**m, "profile": [m["profile"]]})
        yield probe("missing-input", bad, two, "no input where the operation has fields", without("input"))
        text = "the input is a list of its values"
        yield probe("input-of-another-type", bad, ("TARGET-2", "TARGET-6"), text,
                    lambda m: {**m, "input": list(m["input"].values())})  # fmt: skip
        first = base.operation.input[0]
        wrong = {first.name: _of_another_type(first)}
        yield probe("field-of-another-type", bad, ("TARGET-6",), f"{first.name} is of another type",
                    lambda m: {**m, "input": {**m["input"], **wrong}})  # fmt: skip
    yield probe("missing-operation", bad, two, "no operation", without("operation"))
    yield probe("describe-with-a-profile", bad, two, "describe takes no profile",
                lambda m: {**m, "profile": maker.profile}, asked=_Base(describe, None, None))  # fmt: skip

    number = maker.number()
    name = json.dumps(base.operation.name).encode()
    twice = line(members(number)).replace(b"{", b'{"operation":' + name + b",", 1)
    # A parser that refuses the line need not know its id.
    yield maker.case("member-twice", twice, bad, ("TARGET-2", "CONV-8"),
                     "the operation stands twice, with the same value", (number, None))  # fmt: skip

    five = ("TARGET-5",)
    yield probe("unknown-operation", None, five, "an operation that no table has",
                lambda m: {**m, "operation": UNKNOWN_OPERATION, "profile": maker.profile})  # fmt: skip
    if base.profile is not None:
        yield probe("unknown-profile", None, five, "a profile that there is not",
                    lambda m: {**m, "profile": UNKNOWN_PROFILE})  # fmt: skip
        for profile in profiles:
            asked = _Base(base.operation, profile, base.input)
            yield probe(f"undeclared-profile-{profile}", None, five, "a profile that is not declared",
                        dict, asked=asked)  # fmt: skip
    for asked in others:
        yield probe(f"undeclared-{asked.operation.name}", None, five, "an operation that is not declared",
                    dict, asked=asked)  # fmt: skip

    three = ("TARGET-3",)
    yield probe("no-id", bad, ("TARGET-2", "TARGET-3"), "no id", without("id"), identified=False)
    yield probe("id-of-another-type", bad, ("TARGET-2", "TARGET-3"), "the id is a text",
                lambda m: {**m, "id": str(m["id"])}, identified=False)  # fmt: skip
    yield probe("no-object", bad, three, "a line that is a JSON list", lambda m: [m], identified=False)
    cut = line(members(maker.number()))[:-2] + b"\n"
    yield maker.case("no-json", cut, bad, three, "a line that is no JSON: its end is missing", (None,))
    cut = line(members(maker.number()))[:-2] + b',"\xff":1}\n'
    # A program may see what is no UTF-8 only once it has read the id.
    yield maker.case("no-utf-8", cut, bad, three, "a line that is no UTF-8", (FIRST_ID + maker.count, None))


def _payload(asked: _Base) -> bytes:
    if asked.input is None:
        return b""
    try:
        values = decode_fields(asked.operation.input, asked.input)
        return framing.encode_payload(asked.operation.input, values)
    except (Refusal, ValueError, OverflowError):
        return b""


def _binary_probes(
    maker: _Maker, others: list[_Base], profiles: tuple[str, ...], unknown: int
) -> Iterator[Case]:
    base = maker.base
    code = 0 if base.profile is None else PROFILES.index(base.profile) + 1

    def body(opcode: int = base.operation.opcode, profile: int = code, session: int = 0,
             payload: bytes | None = None) -> bytes:  # fmt: skip
        head = framing.HEADER.pack(opcode, maker.number(), profile, session)
        return head + (_payload(base) if payload is None else payload)

    def probe(
        slug: str, error: str | None, requirements: tuple[str, ...], comment: str, frame: bytes,
        identified: bool = True, operation: Operation | None = None,
    ) -> Case:  # fmt: skip
        answered = (FIRST_ID + maker.count,) if identified else (None,)
        return maker.case(slug, frame, error, requirements, comment, answered, operation)

    bad, seal = "malformed", framing.seal
    whole = body()
    wrong = framing.cobs_encode(whole + (zlib.crc32(whole) ^ 1).to_bytes(4, "little"))
    yield probe("wrong-crc", bad, ("TARGET-12",), "one bit of the checksum is another", wrong, False)
    maker.number()
    broken = b"\xff" + b"\x4d" * 5 + b"\x00"
    yield probe("broken-cobs", bad, ("TARGET-12",), "the frame ends within a block", broken, False)
    short = seal(body()[:5])
    yield probe("short-header", bad, ("TARGET-13",), "the body ends within the id", short, False)
    # Eight bytes hold an id; whether it is read is not said.
    number = maker.number()
    eight = seal(framing.HEADER.pack(base.operation.opcode, number, code, 0)[:8])
    yield maker.case("header-without-its-end", eight, bad, ("TARGET-13",), "the body ends within the session",
                     (number, None))  # fmt: skip
    yield probe("profile-3", bad, ("TARGET-13",), "a profile byte that there is not", seal(body(profile=3)))
    yield probe("stray-session", bad, ("TARGET-2", "TARGET-13"), "a session number where there is none",
                seal(body(session=1)))  # fmt: skip
    if base.profile is not None:
        yield probe("missing-profile", bad, ("TARGET-2", "TARGET-13"), "profile 0 for an operation that has "
                    "profiles", seal(body(profile=0)))  # fmt: skip
        ends = _payload(base)[:-1]
        yield probe("payload-ends-early", bad, ("TARGET-15",), "the last byte of the payload is missing",
                    seal(body(payload=ends)))  # fmt: skip
    yield probe("trailing-byte", bad, ("TARGET-15",), "one byte behind the last field",
                seal(body(payload=_payload(base) + b"\x4d")))  # fmt: skip
    five = ("TARGET-5",)
    yield probe("unknown-opcode", None, five, "an opcode that no table has",
                seal(body(opcode=unknown, profile=PROFILES.index(maker.profile) + 1)))  # fmt: skip
    for profile in profiles if base.profile is not None else ():
        yield probe(f"undeclared-profile-{profile}", None, five, "a profile that is not declared",
                    seal(body(profile=PROFILES.index(profile) + 1)))  # fmt: skip
    for asked in others:
        assert asked.profile is not None
        frame = seal(body(asked.operation.opcode, PROFILES.index(asked.profile) + 1, 0, _payload(asked)))
        yield probe(f"undeclared-{asked.operation.name}", None, five, "an operation that is not declared",
                    frame, operation=asked.operation)  # fmt: skip


def _undeclared(tables: Tables, suite: Suite, declared: Declaration) -> list[_Base]:
    """The undeclared operations without a session, with a valid input where one is at hand."""
    others = []
    for operation in tables.operations.values():
        if operation.session or not operation.profiles or operation.name in declared.operations:
            continue
        usual = next((p for p in declared.profiles if p in operation.profiles), operation.profiles[0])
        found = _valid_input(suite, declared, operation.name, declared.profiles)
        others.append(_Base(operation, *(found or (usual, {}))))
    return others


def make_probes(tables: Tables, suite: Suite, declared: Declaration, encoding: str) -> list[Case]:
    """The probes of a declaration in an encoding, json or binary.

    They are tests of TARGET-2, TARGET-3, TARGET-5, TARGET-6, TARGET-12, TARGET-13, TARGET-15 and CONV-8.
    """
    base = _base(tables, suite, declared)
    maker = _Maker(base, base.profile or declared.profiles[0], encoding)
    others = _undeclared(tables, suite, declared)
    profiles = tuple(
        profile
        for profile in PROFILES
        if profile not in declared.profiles and profile in base.operation.profiles
    )
    if encoding == "json":
        return list(_json_probes(maker, others, profiles, tables.operations["describe"]))
    taken = {operation.opcode for operation in tables.operations.values()}
    unknown = next(opcode for opcode in range(0xFFFF, 0, -1) if opcode not in taken)
    return list(_binary_probes(maker, others, profiles, unknown))
