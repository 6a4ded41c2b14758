"""The fuzzer finds planted faults, shrinks them, saves what replays, and survives targets that do not."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from meter_privacy.conformance import fuzz, schemas
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.suite import load_suite
from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.targets import make_target

TABLES = load_tables()

WRAPPED = """
import os, sys, time
from meter_privacy.reference import dream, errors, operations, paillier

NAME, VERSION = "planted", "1"
OPERATIONS = dict(operations.OPERATIONS)

{body}
"""

OFF_BY_ONE = """
def decode_signed(modulus, plaintext):
    return plaintext if 2 * plaintext <= modulus + 1 else plaintext - modulus
OPERATIONS["paillier.decode_signed"] = decode_signed
"""


IGNORES_SIGN = """
def mask(modulus, node, value, keystream, dummy_keys, blind):
    return (value + keystream + sum(entry["key"] for entry in dummy_keys) + blind) % modulus
OPERATIONS["dream.mask"] = mask
"""

WRONG_CLASS = """
def encrypt(modulus, plaintext, randomness):
    try:
        return paillier.encrypt(modulus, plaintext, randomness)
    except errors.NotInvertible as error:
        raise errors.Range(str(error)) from error
OPERATIONS["paillier.encrypt"] = encrypt
"""

REPLAYS = """
def meter_report(session, slot, value):
    if session.get("last") and slot < session["last"]["slot"]:
        session["last"] = None
    return dream.meter_report(session, slot, value)
OPERATIONS["dream.meter_report"] = meter_report
"""

CRASHES = """
def scale(modulus, ciphertext, scalar):
    if scalar > 3:
        os._exit(7)
    return paillier.scale(modulus, ciphertext, scalar)
OPERATIONS["paillier.scale"] = scale
"""

HANGS = """
def modulus(meters, maximum_wh, tail_wh):
    if tail_wh > 5:
        time.sleep(60)
    return dream.modulus(meters, maximum_wh, tail_wh)
OPERATIONS["dream.modulus"] = modulus
"""

NONSENSE = """
def headroom(modulus, meters, maximum_wh):
    if meters == 2:
        print("debug: two meters", flush=True)
    return paillier.headroom(modulus, meters, maximum_wh)
OPERATIONS["paillier.headroom"] = headroom
"""


@pytest.fixture
def planted(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a module around the reference with a fault."""

    def write(body: str) -> Path:
        path = tmp_path / "planted.py"
        path.write_text(WRAPPED.format(body=body))
        return path

    return write


def run(
    module: Path, seconds: float, *, wanted: str = "*", timeout: float | None = None, seed: int = 1
) -> fuzz.Progress:
    """Fuzz the reference against a module in the published profile."""
    targets = make_target("reference"), make_target(f"serve:{module}")
    return fuzz.fuzz(
        TABLES, targets, seconds=seconds, seed=seed, wanted=wanted, profile="published", timeout=timeout,
        most=1,
    )  # fmt: skip


def only(progress: fuzz.Progress, operation: str, module: Path, directory: Path) -> dict[str, Any]:
    """The one candidate about an operation; all others are of the same operation too. It must replay."""
    assert progress.disagreements
    assert {found.request.operation for found in progress.disagreements} == {operation}
    paths = list(fuzz.save(TABLES, progress.disagreements[:1], 1, directory))
    document: dict[str, Any] = json.loads(paths[0].read_text())
    script = "operations" in document
    schema = schemas.script_schema(TABLES) if script else schemas.vector_schema(TABLES.operations[operation])
    jsonschema.Draft202012Validator(schema).validate(document)
    assert len(load_suite(TABLES, directory).cases) == 1
    options = ["--vectors", str(directory), "--no-progress", "--only", "*"]
    faulty = CliRunner().invoke(main, ["conform", f"serve:{module}", *options])
    assert faulty.exit_code == 1, faulty.output
    good = CliRunner().invoke(main, ["conform", "reference", *options])
    assert good.exit_code == 0, good.output
    return document


def test_an_off_by_one_at_the_middle_of_the_modulus(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """Found within seconds, and shrunk to the smallest modulus: 15, where (n + 1) / 2 = 8 must be -7."""
    module = planted(OFF_BY_ONE)
    progress = run(module, 30, wanted="paillier.decode_signed")
    document = only(progress, "paillier.decode_signed", module, tmp_path / "candidates")
    (test,) = document["tests"]
    modulus, plaintext = (int(test["input"][name], 16) for name in ("modulus", "plaintext"))
    assert modulus <= 255
    assert plaintext == (modulus + 1) // 2
    assert test["expect"] == {"output": {"value": f"{plaintext - modulus:x}"}}
    assert "Found with seed 1" in test["comment"]


def test_an_ignored_sign(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """Found within seconds among all operations of DREAM; one dummy key is enough to show it."""
    module = planted(IGNORES_SIGN)
    progress = run(module, 30, wanted="dream.*")
    (test,) = only(progress, "dream.mask", module, tmp_path / "candidates")["tests"]
    (dummy,) = test["input"]["dummy_keys"]
    assert dummy["node"] > test["input"]["node"]
    assert int(test["input"]["modulus"], 16) <= 2**16


def test_a_wrong_class(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """A factor of n as randomness, refused as range: the candidate expects not-invertible."""
    module = planted(WRONG_CLASS)
    progress = run(module, 30, wanted="paillier.encrypt")
    (test,) = only(progress, "paillier.encrypt", module, tmp_path / "candidates")["tests"]
    assert test["expect"] == {"error": "not-invertible"}
    assert int(test["input"]["modulus"], 16) <= 255
    assert int(test["input"]["randomness"], 16) <= 15


def test_a_replay_in_a_session(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """A meter that reports an earlier slot: the candidate is a script that starts the session."""
    module = planted(REPLAYS)
    progress = run(module, 30, wanted="dream.meter_report")
    document = only(progress, "dream.meter_report", module, tmp_path / "candidates")
    (test,) = document["tests"]
    assert [step["operation"] for step in test["steps"]] == [
        "dream.meter_start", "dream.meter_report", "dream.meter_report",
    ]  # fmt: skip
    assert test["steps"][-1]["expect"] == {"error": "replayed"}


def test_a_crash(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """A target that ends is started again, and the smallest request that ends it is kept."""
    module = planted(CRASHES)
    progress = run(module, 30, wanted="paillier.scale")
    (test,) = only(progress, "paillier.scale", module, tmp_path / "candidates")["tests"]
    assert "crashed (it ended with exit status 7" in test["comment"]
    assert int(test["input"]["modulus"], 16) <= 2**16


def test_a_hang(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """A target that hangs loses the request after the time limit; shrinking does not take forever."""
    module = planted(HANGS)
    start = time.monotonic()
    progress = run(module, 20, wanted="dream.modulus", timeout=1.0)
    assert time.monotonic() - start < 60
    (found,) = progress.disagreements
    assert found.answers[1]["failed"] == "timed out"
    del tmp_path


def test_nonsense(planted: Callable[[str], Path]) -> None:
    """What is no JSON on standard output is a disagreement."""
    progress = run(planted(NONSENSE), 30, wanted="paillier.headroom")
    assert any(found.answers[1].get("failed") == "nonsense" for found in progress.disagreements)
    assert all((found.request.given.input or {})["meters"] == 2 for found in progress.disagreements)


def test_a_target_agrees_with_itself_and_quickly() -> None:
    """No disagreement, every operation that is wanted asked, and many requests a second."""
    targets = make_target("reference"), make_target("reference")
    progress = fuzz.fuzz(TABLES, targets, seconds=15, seed=5, profile="published", wanted="paillier.*")
    assert progress.disagreements == []
    expected = {name for name, op in TABLES.operations.items() if "published" in op.profiles}
    expected = {name for name in expected if name.startswith("paillier.")}
    assert set(progress.requests) == expected
    assert progress.requests.total() > 600
    assert {"output", "error range", "error malformed", "error not-invertible"} <= set(progress.answered)


def test_the_seed_decides() -> None:
    """The same seed gives the same requests, another one others."""

    def first_requests(seed: int) -> list[str]:
        sent: list[str] = []
        targets = make_target("reference"), make_target("reference")
        targets[0].traffic = lambda way, data: sent.append(data.decode()) if way == "sent" else None
        fuzz.fuzz(TABLES, targets, seconds=1.5, seed=seed, wanted="dream.mask", profile="published")
        return sent[:30]

    assert first_requests(1) == first_requests(1)
    assert first_requests(1) != first_requests(2)


def test_command(planted: Callable[[str], Path], tmp_path: Path) -> None:
    """Exit codes 0, 1, 2 and 3; what is printed names the operation, both answers and the file."""

    def command(*arguments: str) -> Any:
        return CliRunner().invoke(main, ["fuzz", *arguments, "--no-progress", "--save", str(tmp_path / "c")])

    agreed = command("reference", "reference", "--seconds", "1", "--operation", "dream.m*", "--seed", "7")
    assert agreed.exit_code == 0, agreed.output
    assert "seed 7: 0 disagreements" in agreed.output
    assert not (tmp_path / "c").exists()
    module = planted(WRONG_CLASS)
    found = command(
        "reference", f"serve:{module}", "--seconds", "6", "--operation", "paillier.encrypt", "--profile",
        "published",
    )  # fmt: skip
    assert found.exit_code == 1, found.output
    for text in ("disagreement on paillier.encrypt", "error not-invertible", "error range", "candidate"):
        assert text in found.output
    assert len(list((tmp_path / "c" / "paillier").iterdir())) == 1
    assert command("reference", "nobody", "--seconds", "1").exit_code == 2
    assert command("reference", "reference", "--seconds", "1", "--operation", "nothing").exit_code == 2
    assert command("reference", "tcp:127.0.0.1:9", "--seconds", "1").exit_code == 3
