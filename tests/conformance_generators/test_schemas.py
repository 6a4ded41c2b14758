"""The JSON Schemas derived from the tables: what they accept, and each kind of fault that they refuse."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from meter_privacy.conformance import schemas
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.tables import Tables, load_tables

Json = dict[str, Any]
Fault = Callable[[Json], None]

TABLES = load_tables()


def validator(schema: Json) -> jsonschema.Draft202012Validator:
    """A validator of a schema that is itself valid."""
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def vector_file() -> Json:
    """A file of vectors of dream.mask with one test of each kind."""
    head = {"requirements": ["DREAM-12"], "flags": [], "source": "reference", "comment": "a comment"}
    given = {
        "modulus": "100", "node": 2, "value": -3, "keystream": "7", "blind": "0",
        "dummy_keys": [{"node": 1, "key": "ff"}],
    }  # fmt: skip
    return {
        "schema": "../schemas/dream.mask.json",
        "suite": "1.0.0",
        "operation": "dream.mask",
        "profile": "published",
        "parameters": {"modulus_bits": 8, "label": "small"},
        "limits": {"input_bytes": 40, "output_bytes": 3},
        "notes": {"Wraps": {"bug": "b", "effect": "e", "links": ["https://example.org"]}},
        "tests": [
            {"id": "dream-mask/8/one", **head, "flags": ["Wraps"], "input": given,
             "expect": {"output": {"ciphertext": "3"}}},
            {"id": "dream-mask/8/two", **head, "input": {**given, "keystream": "100"},
             "expect": {"error": "range"}},
            {"id": "dream-mask/8/three", **head, "raw": {"json": "{", "frame": "00"},
             "expect": {"error": "malformed"}},
        ],
    }  # fmt: skip


def script_file() -> Json:
    """A file of scripts with a session."""
    steps = [
        {"operation": "dream.supplier_total", "session": "a", "input": {}, "expect": {"error": "state"}},
        {"operation": "dream.modulus", "input": {"meters": 2, "maximum_wh": 1, "tail_wh": 0},
         "expect": {"output": {"modulus": "4"}}},
        {"operation": "session.close", "session": "a", "input": {}, "expect": {"output": {}}},
    ]  # fmt: skip
    test = {
        "id": "dream-script/total/early", "requirements": ["DREAM-26"], "flags": [], "source": "reference",
        "comment": "c", "steps": steps,
    }  # fmt: skip
    names = ["dream.modulus", "dream.supplier_total", "session.close"]
    return {
        "schema": "../schemas/script.json", "suite": "1.0.0", "operations": names, "profile": "hardened",
        "parameters": {}, "limits": {"input_bytes": 0, "output_bytes": 0}, "notes": {}, "tests": [test],
    }  # fmt: skip


def test_every_schema_is_a_schema_and_closed() -> None:
    """Draft 2020-12, and no object without a closed list of members but `parameters`."""
    derived = schemas.vector_schemas(TABLES)
    assert set(derived) == {f"{n}.json" for n, op in TABLES.operations.items() if op.profiles} | {
        "script.json"
    }
    for operation in TABLES.operations.values():
        derived |= schemas.operation_schemas(operation)
    for name, schema in derived.items():
        validator(schema)
        assert schema["$id"] == name
        for part in objects(schema):
            assert part["additionalProperties"] is False or "properties" not in part, name


def objects(schema: Any) -> list[Json]:
    """Every schema of an object inside a schema."""
    if isinstance(schema, list):
        return [found for part in schema for found in objects(part)]
    if not isinstance(schema, dict):
        return []
    here = [schema] if schema.get("type") == "object" else []
    return here + [found for part in schema.values() for found in objects(part)]


def test_schemas_are_deterministic() -> None:
    """The same tables give the same text."""
    first, second = (json.dumps(schemas.vector_schemas(load_tables())) for _ in range(2))
    assert first == second


def test_good_files_pass() -> None:
    """A file with an input, a refusal and a test that breaks the grammar; a script with sessions."""
    validator(schemas.vector_schema(TABLES.operations["dream.mask"])).validate(vector_file())
    validator(schemas.script_schema(TABLES)).validate(script_file())


def change(*path: str | int, to: Any) -> Fault:
    """A fault: one value is another."""

    def fault(document: Json) -> None:
        place: Any = document
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = to

    return fault


def remove(*path: str | int) -> Fault:
    """A fault: one member is missing."""

    def fault(document: Json) -> None:
        place: Any = document
        for part in path[:-1]:
            place = place[part]
        del place[path[-1]]

    return fault


VECTOR_FAULTS = {
    "unknown member": change("extra", to=1),
    "missing member": remove("limits"),
    "another schema": change("schema", to="../schemas/dream.modulus.json"),
    "another operation": change("operation", to="dream.modulus"),
    "unknown profile": change("profile", to="draft"),
    "no version": change("suite", to="1.0"),
    "parameter that is a list": change("parameters", "sizes", to=[1]),
    "negative limit": change("limits", "input_bytes", to=-1),
    "unknown limit": change("limits", "time", to=1),
    "note without its bug": remove("notes", "Wraps", "bug"),
    "flag in lower case": change("notes", "wraps", to={"bug": "b", "effect": "e", "links": []}),
    "no tests": change("tests", to=[]),
    "id in upper case": change("tests", 0, "id", to="Dream/one"),
    "id with a line feed": change("tests", 0, "id", to="dream-mask/one\n"),
    "no requirement": change("tests", 0, "requirements", to=[]),
    "requirement 0": change("tests", 0, "requirements", to=["DREAM-0"]),
    "requirement twice": change("tests", 0, "requirements", to=["DREAM-1", "DREAM-1"]),
    "unknown member of a test": change("tests", 0, "result", to="valid"),
    "input and raw": change("tests", 0, "raw", to={"json": "{"}),
    "neither input nor raw": remove("tests", 0, "input"),
    "empty raw": change("tests", 2, "raw", to={}),
    "raw that expects another class": change("tests", 2, "expect", to={"error": "range"}),
    "raw that expects an output": change("tests", 2, "expect", to={"output": {"ciphertext": "3"}}),
    "output and error": change("tests", 0, "expect", "error", to="range"),
    "class that the operation does not answer": change("tests", 1, "expect", "error", to="expired"),
    "unknown class": change("tests", 1, "expect", "error", to="invalid"),
    "field missing": remove("tests", 0, "input", "blind"),
    "field unknown": change("tests", 0, "input", "nonce", to="0"),
    "bigint with a leading zero": change("tests", 0, "input", "modulus", to="0100"),
    "bigint in upper case": change("tests", 0, "input", "keystream", to="F"),
    "bigint with a sign": change("tests", 0, "input", "keystream", to="-f"),
    "bigint as a number": change("tests", 0, "input", "keystream", to=7),
    "bigint with a line feed": change("tests", 0, "input", "keystream", to="7\n"),
    "empty bigint": change("tests", 0, "input", "keystream", to=""),
    "int as a text": change("tests", 0, "input", "node", to="2"),
    "int beyond 2^53": change("tests", 0, "input", "node", to=2**53),
    "int that is true": change("tests", 0, "input", "node", to=True),
    "int with a fraction": change("tests", 0, "input", "node", to=1.5),
    "list that is an object": change("tests", 0, "input", "dummy_keys", to={}),
    "record without a field": remove("tests", 0, "input", "dummy_keys", 0, "key"),
    "record with another field": change("tests", 0, "input", "dummy_keys", 0, "sign", to=1),
    "null": change("tests", 0, "input", "blind", to=None),
    "output without its field": change("tests", 0, "expect", "output", to={}),
    "output with another field": change("tests", 0, "expect", "output", "carry", to="1"),
}

SCRIPT_FAULTS = {
    "no steps": change("tests", 0, "steps", to=[]),
    "unknown operation": change("tests", 0, "steps", 0, "operation", to="dream.guess"),
    "operation not listed as one": change("operations", to=["dream.guess"]),
    "operation listed twice": change("operations", to=["dream.modulus", "dream.modulus"]),
    "session missing": remove("tests", 0, "steps", 0, "session"),
    "session where there is none": change("tests", 0, "steps", 1, "session", to="a"),
    "input of another operation": change("tests", 0, "steps", 1, "input", to={}),
    "step without expectation": remove("tests", 0, "steps", 0, "expect"),
    "unknown member of a step": change("tests", 0, "steps", 0, "comment", to="c"),
    "expectation beside the steps": change("tests", 0, "expect", to={"error": "state"}),
}


@pytest.mark.parametrize("name", VECTOR_FAULTS)
def test_a_fault_in_a_file_of_vectors_is_refused(name: str) -> None:
    """Each kind of fault by itself."""
    document = copy.deepcopy(vector_file())
    VECTOR_FAULTS[name](document)
    assert not validator(schemas.vector_schema(TABLES.operations["dream.mask"])).is_valid(document)


@pytest.mark.parametrize("name", SCRIPT_FAULTS)
def test_a_fault_in_a_script_is_refused(name: str) -> None:
    """Each kind of fault by itself."""
    document = copy.deepcopy(script_file())
    SCRIPT_FAULTS[name](document)
    assert not validator(schemas.script_schema(TABLES)).is_valid(document)


TOY = """
chapter = "toy"
title = "Toy"
prefix = "TOY"
[[operations]]
name = "toy.all"
opcode = 0xf001
summary = "Every type."
profiles = ["published"]
requirements = ["TOY-1"]
numeric = "binary64"
session = false
input = [
  { name = "real", type = "real", nullable = true },
  { name = "text", type = "text", maximum_length = 4 },
  { name = "key", type = "bytes", length = 2 },
  { name = "data", type = "bytes", maximum_length = 2 },
  { name = "signed", type = "bigint", signed = true },
  { name = "list", type = "list", minimum_items = 1, maximum_items = 2, items = { type = "int" } },
]
output = [{ name = "real", type = "real" }]
errors = []
"""


@pytest.fixture
def toy(tmp_path: Path) -> Tables:
    """Tables with an operation that has every type."""
    (tmp_path / "toy.toml").write_text(TOY)
    return load_tables([tmp_path])


GIVEN = {"real": "-1/3", "text": "äöü", "key": "00ff", "data": "", "signed": "-f", "list": [1]}


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (
            "real",
            [None, "0", "-0.25", "1e-9", "2.5e3"],
            ["", "1.", ".5", "+1", "1e+3", "01", "1/0", "NaN", 0.5],
        ),
        ("text", ["", "abcd"], ["abcde", 1]),
        ("key", ["abcd"], ["", "ab", "abcdef", "ABCD", "abc", "ab cd"]),
        ("data", ["", "ab", "abcd"], ["a", "abcdef", None]),
        ("signed", ["0", "-1", "1"], ["-0", "--1", "-", "- 1"]),
        ("list", [[1], [1, -2]], [[], [1, 2, 3], [None], 1]),
    ],
)
def test_types_of_messages(toy: Tables, field: str, good: list[Any], bad: list[Any]) -> None:
    """CONV-3 to CONV-7: each type's grammar, in a request."""
    check = validator(schemas.message_schema(toy.operations["toy.all"], "request"))
    request = {"id": 1, "operation": "toy.all", "profile": "published", "input": GIVEN}
    check.validate(request)
    for value in good:
        check.validate({**request, "input": {**GIVEN, field: value}})
    for value in bad:
        assert not check.is_valid({**request, "input": {**GIVEN, field: value}}), value


def test_expected_reals_may_be_enclosures(toy: Tables) -> None:
    """An expected real is a real or {lower, upper}; an answered one is a real."""
    expectation = validator(schemas.field_schema(toy.operations["toy.all"].output, enclosures=True))
    for value in ("0.5", {"lower": "0.25", "upper": "1/2"}):
        expectation.validate({"real": value})
    assert not expectation.is_valid({"real": {"lower": "0.25"}})
    answer = validator(schemas.message_schema(toy.operations["toy.all"], "answer"))
    answer.validate({"id": 1, "output": {"real": "0.5"}})
    assert not answer.is_valid({"id": 1, "output": {"real": {"lower": "0", "upper": "1"}}})


def test_messages() -> None:
    """Requests need what their operation needs; answers have exactly one body."""
    total = TABLES.operations["dream.supplier_total"]
    request = validator(schemas.message_schema(total, "request"))
    good = {"id": 1, "operation": "dream.supplier_total", "profile": "hardened", "session": "a"}
    request.validate(good)
    request.validate({**good, "input": {}})
    for name in good:
        assert not request.is_valid({key: value for key, value in good.items() if key != name})
    assert not request.is_valid({**good, "session": 1})
    describe = validator(schemas.message_schema(TABLES.operations["describe"], "request"))
    describe.validate({"id": 1, "operation": "describe"})
    assert not describe.is_valid({"id": 1, "operation": "describe", "profile": "published"})
    answer = validator(schemas.message_schema(total, "answer"))
    good_bodies: list[Json] = [
        {"id": 1, "output": {"total": "-5"}},
        {"id": 1, "error": {"class": "state", "detail": "d"}},
        {"id": None, "error": {"class": "malformed", "detail": "d"}},
        {"id": 1, "unsupported": {"reason": "r"}},
    ]
    bad_bodies: list[Json] = [
        {"id": 1},
        {"id": None, "output": {"total": "-5"}},
        {"id": 1, "error": {"class": "proof-failed", "detail": "d"}},
        {"id": 1, "output": {"total": "5"}, "error": {"class": "state", "detail": "d"}},
        {"id": 1, "output": {"total": 5}},
        {"id": 1, "output": {}},
    ]
    assert all(answer.is_valid(body) for body in good_bodies)
    assert not any(answer.is_valid(body) for body in bad_bodies)


def test_command() -> None:
    """`meter-privacy schemas` prints them all, or one operation's with its messages."""
    everything = CliRunner().invoke(main, ["schemas"])
    assert everything.exit_code == 0
    assert json.loads(everything.output) == schemas.vector_schemas(TABLES)
    one = CliRunner().invoke(main, ["schemas", "dream.mask"])
    names = ["dream.mask.json", "dream.mask.request.json", "dream.mask.answer.json"]
    assert list(json.loads(one.output)) == names
    assert CliRunner().invoke(main, ["schemas", "dream.guess"]).exit_code == 2
