"""DREAM's functions called without the door: what is malformed is said before what is out of range.

CONV-2 orders the classes. Through the door the grammar has been checked before a function is asked, so that
only a direct call shows the order of a function's own checks.
"""

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance.tables import Field, Operation
from meter_privacy.conformance.values import decode_input
from meter_privacy.native import operations as native
from meter_privacy.reference import operations as reference
from meter_privacy.vectors.generators.common import tables

VECTORS = Path(__file__).parents[1] / "vectors" / "dream"
Place = tuple[str | int, ...]
# A hash over a roster of thousands, or 4096 thresholds, show no more than a short list does.
LONGEST = 512


def accepted() -> dict[str, dict[str, Any]]:
    """An input of each operation that is accepted, with the longest lists of at most LONGEST elements."""
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for path in sorted(VECTORS.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        for test in file["tests"]:
            for step in test.get("steps", [{"operation": file.get("operation"), **test}]):
                if "output" not in step.get("expect", {}) or not step["input"]:
                    continue
                lengths = [len(item) for item in step["input"].values() if isinstance(item, list)]
                size = sum(lengths) + 1
                if max(lengths, default=0) <= LONGEST and size > found.get(step["operation"], (0,))[0]:
                    found[step["operation"]] = size, step["input"]
    return {name: given for name, (_, given) in found.items()}


GIVEN = accepted()
CALLS = [
    (place.NAME, name)
    for place in (reference, native)
    for name in place.OPERATIONS
    if name.startswith("dream.") and name in GIVEN
]


def leaves(fields: Sequence[Field], values: Any, path: Place = ()) -> Iterator[tuple[Field, Place]]:
    """Every field of an input, the last element of each list, and where it stands."""
    for field in fields:
        here: Place = (*path, field.name)
        value, item = values[field.name], field
        while item.type == "list" and value:
            yield item, here
            here, value = (*here, len(value) - 1), value[-1]
            assert item.items is not None
            item = item.items
        if item.type == "record":
            yield from leaves(item.fields, value, here)
        else:
            yield item, here


def at(values: Any, path: Place) -> Any:
    for step in path:
        values = values[step]
    return values


def changed(values: dict[str, Any], path: Place, value: Any) -> dict[str, Any]:
    made = copy.deepcopy(values)
    at(made, path[:-1])[path[-1]] = value
    return made


def malformed(field: Field, value: Any) -> list[Any]:
    """What no value of a field is, whatever its bounds."""
    match field.type:
        case "int":
            return [True, 1.0, "1", None, 2**53, -(2**64)]
        case "bigint":
            return [True, 1.0, "1", None, -1]
        case "bytes":
            return [value + bytes(field.maximum_length or 1), "00", None, bytearray(value)]
        case "real":
            return [None, "1", 0.5]
        case "list":
            return [value[:1] * (field.maximum_items + 1)]
    raise AssertionError(field.type)


def out_of_range(field: Field, value: Any) -> list[Any]:
    """What has the type of a field and is out of its bounds, where it has some."""
    match field.type:
        case "int":
            return [-1] if field.minimum else []
        case "bigint":
            return [2**257]
        case "list":
            return [[*value, value[-1]]] if field.unique or field.increasing else []
    return []


def function(place: str, name: str) -> Callable[..., Any]:
    functions: dict[str, Callable[..., Any]] = {reference.NAME: reference, native.NAME: native}[
        place
    ].OPERATIONS
    return functions[name]


def answer(operation: Operation, call: Callable[..., Any], values: dict[str, Any]) -> Any:
    """The error class of a direct call; whatever is no refusal goes through."""
    try:
        call(**values, **({"session": {}} if operation.session else {}))
    except ValueError as refusal:
        return getattr(refusal, "error_class", repr(refusal))
    return "accepted"


@pytest.mark.parametrize(("place", "name"), CALLS)
def test_malformed_before_range(place: str, name: str) -> None:
    """Each field malformed, alone and beside another one that is out of range. CONV-2."""
    operation = tables().operations[name]
    values = decode_input(operation, GIVEN[name])
    fields = list(leaves(operation.input, values))
    spoilt = [
        changed(values, path, bad) for field, path in fields for bad in out_of_range(field, at(values, path))
    ]
    for field, path in fields:
        for bad in malformed(field, at(values, path)):
            for given in (values, *spoilt[:: max(1, len(spoilt) // 3)]):
                if given is values or at(given, path[:1]) == at(values, path[:1]):
                    answered = answer(operation, function(place, name), changed(given, path, bad))
                    assert answered == "malformed", (path, bad, answered)


def test_every_function_is_called() -> None:
    """All but those without an input, which have nothing that could be malformed."""
    without = {name for name, operation in tables().operations.items() if not operation.input}
    for place in (reference, native):
        asked = {name for where, name in CALLS if where == place.NAME}
        assert asked == {name for name in place.OPERATIONS if name.startswith("dream.")} - without
