"""The vectors themselves: schemas, counts, ids, regeneration, and every answer asked without the door."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.values import Refusal, check_ranges, decode_input, encode_fields
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
        if any(isinstance(value, dict) for value in expected.get("output", {}).values()):
            continue
        assert answer(functions, operation, values) == expected, test["id"]
