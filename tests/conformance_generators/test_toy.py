"""An operation is one table entry, one reference function, one native function: all else follows."""

import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis
import jsonschema
import pytest
from click.testing import CliRunner

from meter_privacy.conformance import framing, fresh, fuzz, generate_c, schemas, strategies
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.tables import Tables, load_tables
from meter_privacy.conformance.targets import Options, StreamTarget, make_target

SAMPLES = [{"time": 3, "value": -7}, {"time": 9, "value": 4}]
GIVEN = {"limit": 5, "weight": "1/2", "offset": None, "samples": SAMPLES}


@pytest.fixture
def tables(toy: Any) -> Tables:
    """The project's tables and the toy's."""
    return load_tables([toy.tables])


def served(toy: Any, module: Path) -> StreamTarget:
    """A module of the toy as a target."""
    return make_target(f"serve:{module}", Options(extra_tables=(str(toy.tables),)))


@pytest.fixture
def oracle(toy: Any, tables: Tables) -> Iterator[fuzz.Peer]:
    """The toy's reference, started."""
    peer = fuzz.Peer(served(toy, toy.reference), tables, 10.0)
    peer.start()
    yield peer
    peer.target.close()


@pytest.mark.parametrize("module", ["reference", "native"])
def test_it_is_served(toy: Any, module: str) -> None:
    """`serve MODULE --operations DIRECTORY` answers, checks the bounds and the grammar."""
    command = [sys.executable, "-m", "meter_privacy.conformance", "serve", str(getattr(toy, module))]
    bad = {**GIVEN, "limit": 1001}, {**GIVEN, "offset": 6}, {**GIVEN, "limit": "5"}, {**GIVEN, "samples": []}
    lines = [
        json.dumps({"id": number, "operation": "toy.clip", "profile": "published", "input": given})
        for number, given in enumerate((GIVEN, {**GIVEN, "offset": -3}, *bad))
    ]
    done = subprocess.run(
        [*command, "--operations", str(toy.tables)], input="\n".join(lines), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(6))
    assert answers[0]["output"]["total"] == -1
    assert Fraction(answers[0]["output"]["weighed"]) == Fraction(-1, 2)
    assert answers[1]["output"]["total"] == -4
    assert [answer["error"]["class"] for answer in answers[2:]] == [
        "range",
        "range",
        "malformed",
        "exhausted",
    ]


def test_it_is_framed_in_python(tables: Tables) -> None:
    """Every valid input comes back from the binary framing."""
    operation = tables.operations["toy.clip"]

    @hypothesis.settings(database=None, deadline=None, max_examples=100)
    @hypothesis.given(strategies.valid_inputs(operation, "published"))
    def check(given: dict[str, Any]) -> None:
        payload = framing.encode_json_payload(operation.input, given)
        decoded = framing.decode_payload(operation.input, payload)
        assert framing.encode_payload(operation.input, decoded) == payload
        assert {name: decoded[name] for name in ("limit", "offset", "samples")} == {
            name: given[name] for name in ("limit", "offset", "samples")
        }

    check()


READ_C = """
#include <stdio.h>
#include "operations.h"

int main(void) {
    static uint8_t payload[4096];
    size_t length = fread(payload, 1, sizeof payload, stdin);
    mpriv_toy_clip_input in;
    int status = mpriv_decode_toy_clip(payload, length, 1, &in);
    if (status != 0) {
        printf("%d", status);
        return 0;
    }
    mpriv_reader reader = mpriv_list_reader(&in.samples);
    long long sum = 0;
    for (uint16_t i = 0; i < in.samples.count; i++) {
        mpriv_toy_clip_samples_item item;
        if (mpriv_next_toy_clip_samples(&reader, &item) != 0)
            return 1;
        sum += (long long)item.time * item.value;
    }
    printf("%lld %g %d %lld %lld", (long long)in.limit, in.weight, in.offset_present,
           in.offset_present ? (long long)in.offset : 0, sum);
    return 0;
}
"""


def test_it_is_framed_in_c(tables: Tables, tmp_path: Path) -> None:
    """The generated decoder reads it and holds it to the table's bounds."""
    generate_c.write(tables, tmp_path)
    (tmp_path / "read.c").write_text(READ_C)
    program = tmp_path / "read"
    subprocess.run(["cc", "-o", program, tmp_path / "read.c", tmp_path / "operations.c"], check=True)

    def read(**changes: Any) -> str:
        payload = framing.encode_json_payload(tables.operations["toy.clip"].input, {**GIVEN, **changes})
        return subprocess.run([program], input=payload, capture_output=True, check=True).stdout.decode()

    assert read() == "5 0.5 0 0 15"
    assert read(offset=-2, samples=[]) == "5 0.5 1 -2 0"
    refused = {read(limit=1001), read(offset=6), read(samples=SAMPLES[::-1])}
    assert len(refused) == 1
    assert int(refused.pop()) < 0


@pytest.fixture
def vectors(toy: Any, tables: Tables, oracle: fuzz.Peer, tmp_path: Path) -> Path:
    """Vectors of the toy operation, as its reference answers."""
    del toy
    operation = tables.operations["toy.clip"]
    validator = jsonschema.Draft202012Validator(schemas.vector_schema(operation))
    for case in fresh.cases(tables, [operation], ["published"], 60, "vectors", oracle.ask):
        document = fuzz.document(case)
        validator.validate(document)
        path = tmp_path / "toy" / f"{case.id.rsplit('/', 1)[-1]}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document))
    return tmp_path


def test_it_is_conformed(toy: Any, vectors: Path) -> None:
    """`conform` certifies the native function on the reference's vectors."""
    options = ["--operations", str(toy.tables), "--vectors", str(vectors), "--no-progress"]
    done = CliRunner().invoke(main, ["conform", f"serve:{toy.native}", *options])
    assert done.exit_code == 0, done.output
    assert "60 tests passed" in done.output


def fuzz_toy(toy: Any, second: Path, directory: Path, seconds: int = 3) -> Any:
    """`fuzz` the reference against another module."""
    names = [f"serve:{toy.reference}", f"serve:{second}"]
    options = ["--operations", str(toy.tables), "--seconds", str(seconds), "--seed", "1", "--no-progress"]
    return CliRunner().invoke(main, ["fuzz", *names, *options, "--save", str(directory)])


def test_it_is_fuzzed(toy: Any, tmp_path: Path) -> None:
    """The two modules agree on everything."""
    done = fuzz_toy(toy, toy.native, tmp_path / "candidates")
    assert done.exit_code == 0, done.output
    assert "0 disagreements" in done.output
    assert not (tmp_path / "candidates").exists()


def test_a_planted_fault_is_found_and_shrunk(toy: Any, tables: Tables, tmp_path: Path) -> None:
    """The fault shows one below the limit; the candidate has one sample and small numbers, and replays."""
    done = fuzz_toy(toy, toy.faulty, tmp_path / "candidates", seconds=6)
    assert done.exit_code == 1, done.output
    (path,) = (tmp_path / "candidates" / "toy").iterdir()
    document = json.loads(path.read_text())
    jsonschema.Draft202012Validator(schemas.vector_schema(tables.operations["toy.clip"])).validate(document)
    (test,) = document["tests"]
    (sample,) = test["input"]["samples"]
    assert sample["value"] + (test["input"]["offset"] or 0) == -test["input"]["limit"] - 1
    assert abs(sample["value"]) <= 20
    options = ["--operations", str(toy.tables), "--vectors", str(tmp_path / "candidates"), "--no-progress"]
    faulty = CliRunner().invoke(main, ["conform", f"serve:{toy.faulty}", *options])
    assert faulty.exit_code == 1, faulty.output
    native = CliRunner().invoke(main, ["conform", f"serve:{toy.native}", *options])
    assert native.exit_code == 0, native.output
