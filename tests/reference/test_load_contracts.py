"""Load management's operations keep their contracts on the vectors, accepted and refused; faults do not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.values import decode_input
from meter_privacy.reference.load_contracts import LOAD
from meter_privacy.reference.operations import OPERATIONS

ROOT = Path(__file__).resolve().parents[2] / "vectors" / "load_management"
TABLES = load_tables()
# The larger sizes take the same paths, in seconds.
LARGE = ("2048", "3072", "1536")
FILES = sorted(path.name for path in ROOT.glob("*.json") if not path.stem.endswith(LARGE))
# There are no others of these.
EXTRA = ("seal-hop-3072.json", "open-hop-3072.json")


def keeps(operation: str, function: Callable[..., Any], given: dict[str, Any]) -> bool:
    """Whether a function refuses what its contract refuses, and else answers what the contract ensures."""
    contract = LOAD[operation]
    try:
        output = function(**given)
    except ValueError as error:
        return hasattr(error, "error_class") and not contract.requires(**given)
    return contract.requires(**given) and contract.ensures(output, **given)


def given_in(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, operation, input) of the tests of a file that have a decoded form."""
    document = json.loads((ROOT / name).read_text(encoding="utf-8"))
    operation = document.get("operation")
    if operation in LOAD:
        for test in document["tests"]:
            if "input" in test:
                yield test["id"], operation, decode_input(TABLES.operations[operation], test["input"])


def changed(value: Any) -> Iterator[Any]:
    """Outputs that differ from one in one place."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: other} for other in changed(part))
    elif isinstance(value, list):
        yield value[:-1]
        for place, part in enumerate(value[:2]):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in changed(part))
    elif isinstance(value, bytes):
        yield value + b"\0"
        yield value[:-1]
        yield value[:-1] + bytes([value[-1] ^ 1]) if value else b"\1"
    elif value is None:
        yield 0
    else:
        yield value + 1
        yield value - 1


@pytest.mark.parametrize("name", [*FILES, *EXTRA])
def test_contracts_on_the_vectors(name: str) -> None:
    refused = 0
    for identity, operation, given in given_in(name):
        function = OPERATIONS[operation]
        try:
            accepted = keeps(operation, function, given)
        except Exception as error:  # a contract that does not hold an input out, with its name
            raise AssertionError(identity) from error
        assert accepted, identity
        refused += not LOAD[operation].requires(**given)


def test_every_stateless_operation_has_a_contract_and_vectors_of_both_kinds() -> None:
    stateless = {
        name
        for name, operation in TABLES.operations.items()
        if name.startswith("load_management.") and not operation.session
    }
    assert stateless == set(LOAD)
    seen: dict[str, set[bool]] = {}
    for name in (*FILES, *EXTRA):
        for _, operation, given in given_in(name):
            if len(seen.get(operation, ())) < 2:
                seen.setdefault(operation, set()).add(LOAD[operation].requires(**given))
    assert {name for name in stateless if seen.get(name) != {True, False}} <= {
        "load_management.generate_prime"
    }


@pytest.mark.parametrize("name", [*FILES, *EXTRA])
def test_a_contract_refutes_every_other_output(name: str) -> None:
    """Of the first input that is accepted, an output that differs anywhere breaks the contract."""
    for identity, operation, given in given_in(name):
        contract = LOAD[operation]
        if contract.requires(**given):
            output = OPERATIONS[operation](**given)
            for other in changed(output):
                assert not contract.ensures(other, **given), (identity, other)
            break
