"""The vectors themselves: schemas, counts, ids, regeneration, and every answer asked without the door."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import gcd
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from meter_privacy.conformance import expressions
from meter_privacy.conformance.tables import Field, Operation, load_tables
from meter_privacy.conformance.values import (
    Refusal,
    check_ranges,
    check_value,
    decode_fields,
    decode_input,
    encode_fields,
)
from meter_privacy.conformance.verdict import differing_fields
from meter_privacy.native.operations import OPERATIONS as NATIVE
from meter_privacy.reference.operations import OPERATIONS as REFERENCE

ROOT = Path(__file__).resolve().parents[1] / "vectors"
TABLES = load_tables()
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.glob("*/*.json")
    if path.parent.name not in ("schemas", "generators")
)
Implementation = Mapping[str, Callable[..., Any]]


def load(name: str) -> dict[str, Any]:
    """A vector file's content."""
    document: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return document


def expectations(test: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a test or the steps of a script expect."""
    return [step["expect"] for step in test.get("steps", [test])]


def test_vectors_regenerate_byte_for_byte() -> None:
    """CONV-12: what is checked in is what the generators write."""
    done = subprocess.run(
        [sys.executable, "-m", "meter_privacy.vectors.generators", "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", FILES)
def test_files_keep_their_schema(name: str) -> None:
    """CONV-11: every file is valid under the schema that it names; every flag has a note."""
    document = load(name)
    schema = json.loads((ROOT / name).parent.joinpath(document["schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    used = {flag for test in document["tests"] for flag in test["flags"]}
    assert used == set(document["notes"])


def test_counts() -> None:
    """CONV-11: at least 400 vectors, at least two in five of them negative."""
    tests = [test for name in FILES for test in load(name)["tests"]]
    negative = sum(any("error" in expect for expect in expectations(test)) for test in tests)
    assert len(tests) >= 400
    assert negative >= 0.4 * len(tests)


def missing_ids(released: set[str], living: set[str], retired: set[str]) -> list[str]:
    """Ids that a release had and that are neither alive nor retired, and retired ids that live again."""
    return sorted(released - living - retired) + sorted(retired & living)


def test_ids_are_for_ever() -> None:
    """CONV-12: no id of the last release is gone without a reason, and none has come back."""
    living = {test["id"] for name in FILES for test in load(name)["tests"]}
    retired = tomllib.loads((ROOT / "retired.toml").read_text(encoding="utf-8"))["retired"]
    assert all(entry["reason"] for entry in retired)
    released = json.loads((ROOT / "released.json").read_text(encoding="utf-8"))
    ids = {test for file in released["files"].values() for test in file["ids"]}
    assert missing_ids(ids, living, {entry["id"] for entry in retired}) == []


def test_a_lost_id_is_found() -> None:
    """CONV-12: the comparison finds a lost id and a reused one."""
    assert missing_ids({"a", "b"}, {"b"}, set()) == ["a"]
    assert missing_ids({"a"}, {"b"}, {"a"}) == []
    assert missing_ids(set(), {"a"}, {"a"}) == ["a"]


def test_limits_stand_at_the_top() -> None:
    """CONV-13: every file states the payloads that it needs."""
    for name in FILES:
        limits = load(name)["limits"]
        assert set(limits) == {"input_bytes", "output_bytes"}
        assert limits["input_bytes"] > 0


Fault = tuple[str, str]


def is_refused(item: Field, value: Any, scope: Mapping[str, Any], profile: str) -> bool:
    """Whether one field's own bounds refuse a value."""
    try:
        check_value(item, value, item.name, scope, profile)
    except Refusal:
        return True
    return False


def without_bounds(item: Field) -> Field:
    """The type of a field, and of what it consists of, without any bound."""
    items = None if item.items is None else without_bounds(item.items)
    return Field(item.name, item.type, item.semantic, item.nullable, signed=True, items=items,
                 fields=tuple(without_bounds(part) for part in item.fields))  # fmt: skip


def faults_of_field(
    item: Field, value: Any, name: str, scope: Mapping[str, Any], profile: str
) -> Iterator[Fault]:
    """Every way in which a field breaks its table: interval, oddness and order each for itself."""
    if value is None:
        return
    if item.items is None and not item.fields:
        plain = replace(item, odd=False, distinct_from=None)
        if is_refused(plain, value, scope, profile):
            yield "range", f"{name} out of bounds"
        if item.odd and value % 2 == 0:
            yield "range", f"{name} even"
        if item.distinct_from is not None and value == scope[item.distinct_from]:
            yield "range", f"{name} not distinct"
        # For a field by itself a rule of the table says it; of elements a rule cannot speak.
        in_list = name != item.name
        if in_list and item.unit_modulo and gcd(value, expressions.evaluate(item.unit_modulo, scope)) != 1:
            yield "not-invertible", f"{name} no unit"
    if item.items is not None:
        for index, part in enumerate(value):
            yield from faults_of_field(item.items, part, f"{name}[{index}]", scope, profile)
        if is_refused(replace(item, items=without_bounds(item.items)), value, scope, profile):
            yield "range", f"{name} out of order"
    for part in item.fields:
        yield from faults_of_field(part, value[part.name], f"{name}.{part.name}", scope, profile)


def faults_of(operation: Operation, values: Mapping[str, Any], profile: str) -> list[Fault]:
    """Every bound and every rule of the table that an input breaks, not only the first."""
    found = [
        fault
        for item in operation.input
        for fault in faults_of_field(item, values[item.name], item.name, values, profile)
    ]
    for rule in operation.errors:
        if rule.unless is None or profile not in rule.profiles:
            continue
        try:
            holds = expressions.evaluate(rule.unless, values)
        except (ValueError, ZeroDivisionError):
            # A shift by a negative number: the rule says nothing of a value that is out of bounds.
            continue
        if not holds:
            found.append((rule.error_class, rule.when))
    return found


# Ids, the faults that come with the one that the id names, and why they cannot be had apart.
CONSEQUENCES = (
    (r"/.*(c|g|r)(-is)?-(zero|n|n-squared)$|/(zero|n-squared)-(first|middle|last)$",
     r"no unit|shares a factor with n$",
     "0 and the multiples of n share n with n"),
    (r"^paillier-(key|decrypt|encrypt-with-factors)/.*/(p|q)-(is-2|even|plus-one)$",
     r"even|out of bounds|\(p - 1\)\(q - 1\)",
     "2 divides an even prime and the other one less 1; the only even prime is below 3"),
    (r"/(p|q)-(is-0|is-1|one)$", r"even|\(p - 1\)\(q - 1\)",
     "for p = 1, (p - 1)(q - 1) = 0 is divisible by n; 0 is even"),
    (r"^paillier-key/4096/p-2049-bits$", r"differ in length", "no q of the table is as long"),
    (r"^paillier-check-modulus/", r"^modulus even$|below 1000", "2 is below 1000; 0 is even"),
    (r"^paillier-.*/modulus-zero$", r".", "0 is even, and nothing is below 0 nor a unit modulo 0"),
    (r"^dream-aggregate/.*/modulus-zero$", r"(ciphertexts|keystreams)\[0\] out of bounds",
     "nothing is below 0"),
    (r"^dream-check-certificate/.*/last-slot-negative$", r"later than the certificate's last",
     "every slot is later than a negative one"),
    (r"^dream-check-parameters/.*/(failures|colluders)-all$", r"^M >= \(N - c\) / 2",
     "for M = N or c = N, 2 M >= N - c"),
    (r"^dream-check-parameters/.*/one-meter$", r"^expected_partners", "w has to be 1 to N - 1 = 0"),
    (r"^dream-check-cluster/.*/(failures|colluders)-equal-meters$|^dream-epoch-digest/.*/failures-equal-meters$",
     r"^M >= \(N - c\) / 2|^c > M", "for M = N or c = N, 2 M >= N - c; and M < N = c"),
    (r"^dream-check-cluster/.*/failures-negative$", r"^c > M", "c >= 0 is more than a negative M"),
    (r"^dream-check-cluster/.*/one-meter$", r"^expected_partners", "w has to be 1 to N - 1 = 0"),
    (r"^dream-error-factors-alpha.*/above-one$", r"^alpha is above", "above 1 is above 4095/4096"),
    (r"^dream-gamma-share-laws/(at|below)-zero$", r"^x is below", "0 is below 10^-9"),
    (r"^dream-noise-(law|error)-sums.*/no-shares$", r"^more than 16", "one is more than 16 times none"),
    (r"^dream-sanitise-readings.*/unit-above-cap$", r"no multiple", "a multiple is not smaller"),
    (r"^dream-sanitise-readings.*/cap-zero$", r"^unit_wh out", "the unit has to be 1 to 0"),
    (r"^dream-check-parameters/.*/modulus-one$", r"^m is too small", "every total needs more than m = 1"),
)  # fmt: skip


def surplus(operation: Operation, test: Mapping[str, Any], profile: str) -> tuple[list[Fault], set[str]]:
    """What is wrong with a negative test beyond its one fault, and the reasons that excuse such faults.

    The one fault is the first of the expected class, or lies in a rule that the table states only in words.
    """
    expected = test["expect"]["error"]
    found = faults_of(operation, decode_input(operation, test["input"]), profile)
    first = next((fault for fault in found if fault[0] == expected), None)
    in_words = any(rule.unless is None and rule.error_class == expected for rule in operation.errors)
    if first is None and not in_words:
        return [(expected, "no such fault"), *found], set()
    rest = [fault for fault in found if fault is not first]
    reasons = {}
    for pattern, second, reason in CONSEQUENCES:
        if re.search(pattern, test["id"]):
            reasons.update({fault: reason for fault in rest if re.search(second, fault[1])})
    return [fault for fault in rest if fault not in reasons], set(reasons.values())


def negative_tests() -> Iterator[tuple[Operation, str, Mapping[str, Any]]]:
    """Every negative vector that keeps the grammar, with its operation and profile."""
    for name in FILES:
        document = load(name)
        operation = TABLES.operations.get(document.get("operation", ""))
        # Of laws and reals one fault often breaks two bounds, such as the sign of a probability and the sum.
        counted = operation is not None and operation.chapter in ("paillier", "dream")
        for test in document["tests"] if counted else ():
            if "input" in test and test["expect"].get("error", "malformed") != "malformed":
                assert operation is not None
                yield operation, document["profile"], test


def test_negative_vectors_are_wrong_in_one_way() -> None:
    """CONV-11: of all bounds and rules of the table a negative vector breaks one, or says why it cannot."""
    used: set[str] = set()
    wrong = {}
    count = 0
    for operation, profile, test in negative_tests():
        more, reasons = surplus(operation, test, profile)
        used |= reasons
        count += 1
        if more:
            wrong[test["id"]] = more
    assert wrong == {}
    assert count > 1000
    assert used == {reason for _, _, reason in CONSEQUENCES}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"modulus": "24", "randomness": "2"}, "range"),
        ({"plaintext": "23", "randomness": "5"}, "range"),
        ({"randomness": "5", "plaintext": "24"}, "not-invertible"),
        ({"randomness": "5"}, "range"),
        ({}, "range"),
    ],
)
def test_a_second_fault_is_found(change: dict[str, str], error: str) -> None:
    """CONV-11: two faults in one vector, or another than the expected one, do not pass."""
    given = {"modulus": "23", "plaintext": "3", "randomness": "2", **change}
    test = {"id": "planted", "input": given, "expect": {"error": error}}
    assert surplus(TABLES.operations["paillier.encrypt"], test, "published")[0]


def test_positive_vectors_break_nothing() -> None:
    """CONV-11: the counting of faults finds none where an output is expected."""
    for name in FILES:
        document = load(name)
        operation = TABLES.operations.get(document.get("operation", ""))
        # Of laws and reals one fault often breaks two bounds, such as the sign of a probability and the sum.
        counted = operation is not None and operation.chapter in ("paillier", "dream")
        for test in document["tests"] if counted else ():
            if "output" in test["expect"]:
                assert operation is not None
                values = decode_input(operation, test["input"])
                assert faults_of(operation, values, document["profile"]) == [], test["id"]


def refused_by_ranges(operation: str, values: dict[str, Any], profile: str) -> bool:
    """Whether the table's ranges refuse the input in a profile."""
    try:
        check_ranges(TABLES.operations[operation], values, profile)
    except Refusal:
        return True
    return False


def answer(functions: Implementation, operation: str, values: dict[str, Any]) -> dict[str, Any]:
    """What a function answers when it is called without the door."""
    try:
        result = functions[operation](**values)
    except Exception as error:
        error_class = getattr(error, "error_class", None)
        if error_class is None:
            raise
        return {"error": error_class}
    fields = TABLES.operations[operation].output
    outputs = {fields[0].name: result} if len(fields) == 1 else dict(result or {})
    return {"output": encode_fields(fields, outputs)}


@pytest.mark.parametrize("functions", [REFERENCE, NATIVE], ids=["reference", "native"])
@pytest.mark.parametrize("name", FILES)
def test_functions_check_for_themselves(name: str, functions: Implementation) -> None:
    """CONV-2: without the door, reference and native answer every vector, its error classes too.

    Left out are grammar, which functions never see, and sizes that only the profile refuses.
    """
    document = load(name)
    operation = document.get("operation")
    if operation is None or operation not in functions:
        return
    for test in document["tests"]:
        if "raw" in test:
            continue
        try:
            values = decode_input(TABLES.operations[operation], test["input"])
        except Refusal:
            continue
        profile = document["profile"]
        if refused_by_ranges(operation, values, profile) and not refused_by_ranges(
            operation, values, "published"
        ):
            continue
        expected = test["expect"]
        got = answer(functions, operation, values)
        if "output" in expected and "output" in got:
            fields, numeric = TABLES.operations[operation].output, TABLES.operations[operation].numeric
            decoded = decode_fields(fields, got["output"])
            assert differing_fields(fields, expected["output"], decoded, numeric) == [], test["id"]
        elif "judged" in expected:
            assert "output" in got, test["id"]
        else:
            assert got == expected, test["id"]
