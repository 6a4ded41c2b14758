"""JSON Schemas (2020-12) of vector files, scripts and messages, derived from the tables of operations.

A schema holds a document to the grammar: which members, which types, which lengths. The bounds of
numbers are not in it, because a negative vector breaks them on purpose. What JSON Schema cannot say
(`1.0` counts as an integer there, a member that stands twice, lists of the same length) the reader of
vectors checks. Implements CONV-3 to CONV-9, TARGET-2, TARGET-4.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from meter_privacy.conformance.tables import ERROR_CLASSES, INT_LIMIT, PROFILES, Field, Operation, Tables

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCRIPT = "script.json"

# `$` of several regular expression dialects also stands before a last line feed; this does not.
_END = "(?![\\s\\S])"
_REAL = r"-?(?:0|[1-9][0-9]*)(?:(?:\.[0-9]+)?(?:e-?[1-9][0-9]*)?|/[1-9][0-9]*)"
_SLUG = "[a-z0-9][a-z0-9._-]*"


def _pattern(body: str) -> Schema:
    return {"type": "string", "pattern": f"^(?:{body}){_END}"}


def _object(properties: dict[str, Schema], optional: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in set(optional)],
        "additionalProperties": False,
    }


def _bytes(item: Field) -> Schema:
    if item.length is not None:
        return _pattern(f"[0-9a-f]{{{2 * item.length}}}")
    return {**_pattern("(?:[0-9a-f]{2})*"), "maxLength": 2 * (item.maximum_length or 0)}


def _present(item: Field, enclosures: bool) -> Schema:
    match item.type:
        case "int":
            return {"type": "integer", "minimum": 1 - INT_LIMIT, "maximum": INT_LIMIT - 1}
        case "bigint":
            return _pattern("0|-?[1-9a-f][0-9a-f]*" if item.signed else "0|[1-9a-f][0-9a-f]*")
        case "bytes":
            return _bytes(item)
        case "real":
            real = {**_pattern(_REAL), "maxLength": 1000}
            return {"anyOf": [real, _object({"lower": real, "upper": real})]} if enclosures else real
        case "text":
            return {"type": "string", "maxLength": item.maximum_length}
        case "list":
            assert item.items is not None
            return {
                "type": "array",
                "items": _value(item.items, enclosures),
                "minItems": item.minimum_items,
                "maxItems": item.maximum_items,
            }
    return field_schema(item.fields, enclosures)


def _value(item: Field, enclosures: bool) -> Schema:
    present = _present(item, enclosures)
    return {"anyOf": [present, {"type": "null"}]} if item.nullable else present


def field_schema(fields: Sequence[Field], enclosures: bool = False) -> Schema:
    """The schema of an object of fields; with `enclosures` a real may also be {lower, upper}."""
    return _object({item.name: _value(item, enclosures) for item in fields})


def error_classes(operation: Operation) -> list[str]:
    """The classes that an operation may answer, in the order in which checks are made."""
    of_rules = {rule.error_class for rule in operation.errors}
    return [name for name in ERROR_CLASSES if name in of_rules | {"malformed", "range"}]


def _expectation(operation: Operation) -> Schema:
    good = _object({"output": field_schema(operation.output, enclosures=True)})
    if operation.judge is not None:
        good = _object({"judged": {"const": operation.judge}})
    return {"oneOf": [good, _object({"error": {"enum": error_classes(operation)}})]}


_TEST_HEAD: dict[str, Schema] = {
    "id": _pattern(f"{_SLUG}(?:/{_SLUG})+"),
    "requirements": {
        "type": "array", "items": _pattern("[A-Z]+-[1-9][0-9]*"), "minItems": 1, "uniqueItems": True,
    },
    "flags": {"type": "array", "items": _pattern("[A-Z][A-Za-z0-9]*"), "uniqueItems": True},
    "source": {"type": "string", "minLength": 1},
    "comment": {"type": "string", "minLength": 1},
}  # fmt: skip

_RAW: Schema = {
    **_object(
        {"json": {"type": "string"}, "frame": _pattern("(?:[0-9a-f]{2})*")}, optional=["json", "frame"]
    ),
    "minProperties": 1,
}

_MALFORMED = _object({"error": {"const": "malformed"}})

_NOTE = _object(
    {
        "bug": {"type": "string", "minLength": 1},
        "effect": {"type": "string", "minLength": 1},
        "links": {"type": "array", "items": {"type": "string", "minLength": 1}},
    }
)


def _file(title: str, schema: str, names: dict[str, Schema], profiles: Sequence[str], test: Schema) -> Schema:
    count = {"type": "integer", "minimum": 0}
    head: dict[str, Schema] = {
        "schema": {"const": f"../schemas/{schema}"},
        "suite": _pattern("[0-9]+\\.[0-9]+\\.[0-9]+"),
        **names,
        "profile": {"enum": list(profiles)},
        "parameters": {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
        "limits": _object({"input_bytes": count, "output_bytes": count}),
        "notes": {
            "type": "object",
            "propertyNames": {"pattern": f"^[A-Z][A-Za-z0-9]*{_END}"},
            "additionalProperties": _NOTE,
        },
        "tests": {"type": "array", "items": test, "minItems": 1},
    }
    return {"$schema": DIALECT, "$id": schema, "title": title, **_object(head)}


def vector_schema(operation: Operation) -> Schema:
    """The schema of a file of vectors of one operation."""
    with_input = _object(
        {**_TEST_HEAD, "input": field_schema(operation.input), "expect": _expectation(operation)}
    )
    with_raw = _object({**_TEST_HEAD, "raw": _RAW, "expect": _MALFORMED})
    return _file(
        f"Vectors of {operation.name}",
        f"{operation.name}.json",
        {"operation": {"const": operation.name}},
        operation.profiles,
        {"oneOf": [with_input, with_raw]},
    )


def _step(operation: Operation) -> Schema:
    session = {"session": {"type": "string", "minLength": 1}} if operation.session else {}
    head: dict[str, Schema] = {"operation": {"const": operation.name}, **session}
    with_input = _object({**head, "input": field_schema(operation.input), "expect": _expectation(operation)})
    return {"oneOf": [with_input, _object({**head, "raw": _RAW, "expect": _MALFORMED})]}


def script_schema(tables: Tables) -> Schema:
    """The schema of a file of scripts: tests of several steps, over any operations of the tables."""
    operations = [operation for operation in tables.operations.values() if operation.name != "describe"]
    # The step's operation picks its schema: trying all of them would take the time of all.
    step = {
        "required": ["operation"],
        "properties": {"operation": {"enum": [operation.name for operation in operations]}},
        "allOf": [
            {"if": {"properties": {"operation": {"const": operation.name}}}, "then": _step(operation)}
            for operation in operations
        ],
    }
    steps = {"type": "array", "minItems": 1, "items": step}
    names: Schema = {
        "type": "array",
        "items": {"enum": [operation.name for operation in operations]},
        "minItems": 1,
        "uniqueItems": True,
    }
    test = _object({**_TEST_HEAD, "steps": steps})
    return _file("Scripts", SCRIPT, {"operations": names}, PROFILES, test)


def vector_schemas(tables: Tables) -> dict[str, Schema]:
    """All schemas of vectors/schemas by file name: one for each operation with a profile, one for scripts."""
    schemas = {
        f"{operation.name}.json": vector_schema(operation)
        for operation in tables.operations.values()
        if operation.profiles
    }
    schemas[SCRIPT] = script_schema(tables)
    return schemas


def _request(operation: Operation) -> Schema:
    members: dict[str, Schema] = {"id": {"type": "integer"}, "operation": {"const": operation.name}}
    if operation.profiles:
        members["profile"] = {"enum": list(operation.profiles)}
    if operation.session:
        members["session"] = {"type": "string"}
    members["input"] = field_schema(operation.input)
    return _object(members, optional=[] if operation.input else ["input"])


def _answer(operation: Operation) -> Schema:
    number: Schema = {"type": "integer"}
    text: Schema = {"type": "string"}
    error = _object({"class": {"enum": error_classes(operation)}, "detail": text}, optional=["detail"])
    # A request that is no JSON has no id to answer with.
    unread = _object({"class": {"const": "malformed"}, "detail": text}, optional=["detail"])
    return {
        "oneOf": [
            _object({"id": number, "output": field_schema(operation.output)}),
            _object({"id": number, "error": error}),
            _object({"id": {"type": "null"}, "error": unread}),
            _object({"id": number, "unsupported": _object({"reason": text}, optional=["reason"])}),
        ]
    }


def message_schema(operation: Operation, message: Literal["request", "answer"]) -> Schema:
    """The schema of an operation's request or answer line in the target protocol."""
    body = _request(operation) if message == "request" else _answer(operation)
    return {
        "$schema": DIALECT,
        "$id": f"{operation.name}.{message}.json",
        "title": f"{message.capitalize()} of {operation.name}",
        **body,
    }


def operation_schemas(operation: Operation) -> dict[str, Schema]:
    """All that concerns one operation: its file of vectors, where it has a profile, and its messages."""
    files = [vector_schema(operation)] if operation.profiles else []
    schemas = [*files, message_schema(operation, "request"), message_schema(operation, "answer")]
    return {schema["$id"]: schema for schema in schemas}
