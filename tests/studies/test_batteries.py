"""The command battery: its numbers, the controllers that it reads, what it writes, and its exit codes."""

import json
import math
import xml.etree.ElementTree as ElementTree
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main

HALF = [0.5, 0.5]
# Rows of a battery of capacity 1 and a load of 0 or 1.
TABLE = [[[0.5, 0.5], [0, 1]], [[1, 0], ["1/4", "3/4"]]]


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["battery", *map(str, arguments)])


def write(folder: Path, name: str, document: Any) -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def study(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    out = folder / "study.json"
    result = call(*arguments, "--json", out)
    assert result.exit_code == 0, result.output
    value: dict[str, Any] = json.loads(out.read_text())
    return value


@pytest.fixture
def load(tmp_path: Path) -> Path:
    return write(tmp_path, "load.json", {"probabilities": HALF, "unit": "kWh"})


def best_effort(loads: int, capacity: int) -> dict[str, Any]:
    """Best effort as a controller with memory: the last output and the charge, from output 0 and empty."""
    size = capacity + 1
    states = []
    for held, charge in product(range(loads), range(size)):
        moves = []
        for x in range(loads):
            y = min(max(held, x - charge, 0), capacity - charge + x, loads - 1)
            moves.append({"load": x, "output": y, "next": y * size + charge - x + y, "probability": 1})
        states.append({"charge": charge, "moves": moves})
    return {"controller": states}


def test_a_fair_load_and_the_best_policy_audited(tmp_path: Path, load: Path) -> None:
    """The least leakage is the closed form; the policy that is written reaches it; pictures are drawn."""
    best, picture = tmp_path / "best.json", tmp_path / "a.svg"
    first = study(tmp_path, "--capacity", "4", "--load", load, "--best", best, "--plot", picture)
    assert first["unprotected_bits"] == 1
    for point in first["curve"]:
        closed = -math.log2(math.cos(math.pi / (point["capacity"] + 3)))
        assert point["least_bits"] == pytest.approx(closed, abs=1e-12)
        assert point["least_bits"] < point["holding_bits"] < point["best_effort_bits"] < 1
    assert [point["capacity"] for point in first["curve"]] == list(range(1, 11))
    assert first["best_effort_bits"] == pytest.approx(0.358311, abs=1e-6)
    assert first["holding"]["level"] == 0.5
    assert "controller" not in first
    ElementTree.fromstring(picture.read_bytes())

    options = ("--capacity", "4", "--load", load, "--policy", best, "--plot", tmp_path / "b.png")
    second = study(tmp_path, *options)
    least = first["least"]["leakage_bits"]
    found = second["controller"]
    assert found["at_least_bits"] == pytest.approx(least, abs=1e-9)
    assert found["at_most_bits"] == pytest.approx(least, abs=1e-9)
    assert [one["block"] for one in found["blocks"]] == list(range(1, 12))
    for wide, narrow in pairwise(found["blocks"]):
        assert wide["lower_bits"] < narrow["lower_bits"] <= least + 1e-9
        assert narrow["upper_bits"] <= wide["upper_bits"] + 1e-12
    assert found["classes"][0]["states"] == [0, 1, 2, 3, 4]
    simulation = found["simulation"]
    assert simulation["slots"] == 10**6
    assert abs(simulation["leakage_bits"] - least) < simulation["half_width_bits"] < 0.01
    assert (tmp_path / "b.png").read_bytes().startswith(b"\x89PNG\r\n")


def test_the_same_again(tmp_path: Path, load: Path) -> None:
    """The same bytes for the same seed; another seed, another simulation."""
    policy = write(tmp_path, "policy.json", {"policy": TABLE})
    options = ("--capacity", "1", "--load", load, "--policy", policy, "--slots", "4096")
    runs = []
    for seed in ("1", "1", "2"):
        out, picture = tmp_path / "again.json", tmp_path / "again.svg"
        assert call(*options, "--seed", seed, "--json", out, "--plot", picture).exit_code == 0
        runs.append((out.read_bytes(), picture.read_bytes()))
    assert runs[0] == runs[1]
    estimates = [json.loads(out)["controller"]["simulation"]["leakage_bits"] for out, _ in runs]
    assert estimates[0] != estimates[2]


def test_native_and_reference_agree(tmp_path: Path, load: Path) -> None:
    policy = write(tmp_path, "policy.json", {"policy": TABLE, "initial_state": ["1/3", "2/3"]})
    options = ("--capacity", "1", "--load", load, "--policy", policy, "--block", "4", "--slots", "2048")
    native = study(tmp_path, *options)
    reference = study(tmp_path, *options, "--target", "reference", "--profile", "published")
    assert set(native["answered_by"].values()) == {"native"}
    assert set(reference["answered_by"].values()) == {"reference"}
    for one, other in zip(native["curve"], reference["curve"], strict=True):
        assert one == pytest.approx(other, abs=1e-12)
    for one, other in zip(native["controller"]["blocks"], reference["controller"]["blocks"], strict=True):
        assert one == pytest.approx(other, abs=1e-12)
    mine, theirs = native["controller"]["simulation"], reference["controller"]["simulation"]
    assert mine == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    "table",
    [
        TABLE,
        [row for state in TABLE for row in state],
        [{"probabilities": row} for state in TABLE for row in state],
    ],
)
def test_tables_nested_and_flat(tmp_path: Path, load: Path, table: list[Any]) -> None:
    """All forms are one policy; a binary one has the rate I(S, X; Y) of its stationary law."""
    policy = write(tmp_path, "policy.json", {"policy": table})
    found = study(tmp_path, "--capacity", "1", "--load", load, "--policy", policy, "--slots", "64")[
        "controller"
    ]
    # The state is a chain that leaves 0 with 1/4 and 1 with 1/8: it is 0 with 1/3.
    assert found["at_most_bits"] == pytest.approx(
        1 - (1 / 3) * 0.5 - (2 / 3) * 0.5 * 0.811278124459133, abs=1e-12
    )


def test_a_controller_with_memory(tmp_path: Path, load: Path) -> None:
    """Best effort, given as one, leaks what best effort leaks."""
    policy = write(tmp_path, "controller.json", best_effort(2, 2))
    found = study(
        tmp_path, "--capacity", "2", "--load", load, "--policy", policy, "--plot", tmp_path / "c.svg"
    )
    assert found["controller"]["simulation"] is None
    exact = found["best_effort_bits"]
    assert found["controller"]["at_least_bits"] <= exact <= found["controller"]["at_most_bits"]
    assert found["controller"]["at_most_bits"] - found["controller"]["at_least_bits"] < 0.05


def test_loads_with_gaps_and_rare_ones(tmp_path: Path) -> None:
    """Whole loads may leave gaps; where a run has no end, there is a dash and the rest stays."""
    path = write(tmp_path, "gap.json", {"loads": [0, 2], "probabilities": HALF})
    found = study(tmp_path, "--capacity", "3", "--load", path, "--plot", tmp_path / "g.svg")
    assert found["probabilities"] == [0.5, 0, 0.5]
    assert found["least"]["leakage_bits"] == pytest.approx(0.5)
    rare = write(tmp_path, "rare.json", {"probabilities": ["0.99999", "0.00001"]})
    found = study(tmp_path, "--capacity", "2", "--load", rare, "--plot", tmp_path / "r.svg")
    assert found["best_effort_bits"] is None
    assert found["least"]["leakage_bits"] < 1e-4
    sure = write(tmp_path, "sure.json", {"probabilities": [0, 1]})
    found = study(tmp_path, "--capacity", "40", "--load", sure, "--plot", tmp_path / "s.svg")
    assert found["unprotected_bits"] == found["least"]["leakage_bits"] == 0
    assert len(found["curve"]) == 64


BAD_LOADS: list[Any] = [
    "{",
    [0.5, 0.5],
    {},
    {"probabilities": []},
    {"probabilities": [0.5, 0.6]},
    {"probabilities": [1.5, -0.5]},
    {"probabilities": [True, 0]},
    {"probabilities": ["nan", 1]},
    {"probabilities": ["1/0", 1]},
    {"probabilities": HALF, "loads": [0, 17]},
    {"probabilities": HALF, "loads": [1, 0]},
    {"probabilities": HALF, "loads": [0, 0.5]},
    {"probabilities": HALF, "loads": [0]},
    {"probabilities": HALF, "loads": [-1, 0]},
    {"probabilities": HALF, "unit": 3},
    {"probabilities": HALF, "more": 1},
]


@pytest.mark.parametrize("document", BAD_LOADS)
def test_bad_loads_are_refused(tmp_path: Path, document: Any) -> None:
    out = tmp_path / "out.json"
    path = write(tmp_path, "bad.json", document)
    result = call("--capacity", "2", "--load", path, "--json", out, "--best", tmp_path / "best.json")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error:")
    assert not out.exists()
    assert not (tmp_path / "best.json").exists()


MOVE = {"load": 0, "output": 0, "next": 0, "probability": 1}
BAD_POLICIES: list[Any] = [
    "[",
    [],
    {},
    {"policy": TABLE, "controller": []},
    {"policy": TABLE, "more": 1},
    {"policy": 3},
    {"policy": []},
    {"policy": TABLE[:1]},
    {"policy": [[[1, 0]], [[1, 0]]]},
    {"policy": [[[0.5, 0.5], [0.5, 0.5]], TABLE[1]]},
    {"policy": [TABLE[0], [[0.5, 0.5], [0, 1]]]},
    {"policy": [[[0.5, 0.4], [0, 1]], TABLE[1]]},
    {"policy": [[[0.5, 0.5], [0, 1, 0]], TABLE[1]]},
    {"policy": [[[1], [1]], [[1], [1]]]},
    {"policy": TABLE, "initial_state": [1]},
    {"policy": TABLE, "initial_state": [0.5, 0.4]},
    {"controller": []},
    {"controller": [{"charge": 0}]},
    {"controller": [{"charge": 0.5, "moves": [MOVE]}]},
    {"controller": [{"charge": 0, "moves": []}]},
    {"controller": [{"charge": 0, "moves": [{**MOVE, "load": "0"}]}]},
    {"controller": [{"charge": 0, "moves": [{"load": 0}]}]},
    {"controller": [{"charge": 0, "moves": [MOVE]}]},
    {"controller": [{"charge": 7, "moves": [MOVE, {**MOVE, "load": 1, "output": 1}]}]},
]


@pytest.mark.parametrize("document", BAD_POLICIES)
def test_bad_policies_are_refused(tmp_path: Path, load: Path, document: Any) -> None:
    out = tmp_path / "out.json"
    policy = write(tmp_path, "policy.json", document)
    result = call("--capacity", "1", "--load", load, "--policy", policy, "--json", out)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Error:")
    assert not out.exists()


def test_bad_options_are_refused(tmp_path: Path, load: Path) -> None:
    policy = write(tmp_path, "policy.json", {"policy": TABLE})
    given = ("--capacity", "1", "--load", load)
    for arguments in (
        ("--load", load),
        ("--capacity", "1"),
        ("--capacity", "0", "--load", load),
        ("--capacity", "-2", "--load", load),
        ("--capacity", "65", "--load", load),
        ("--capacity", "1", "--load", tmp_path / "none.json"),
        (*given, "--policy", tmp_path / "none.json"),
        (*given, "--policy", policy, "--block", "13"),
        (*given, "--policy", policy, "--slots", "10"),
        (*given, "--block", "3"),
        (*given, "--slots", "64"),
        (*given, "--plot", tmp_path / "x.pdf"),
        (*given, "--json", tmp_path / "no" / "x.json"),
        (*given, "--best", tmp_path),
        (*given, "--target", "nobody"),
    ):
        assert call(*arguments).exit_code == 2, arguments
    wide = write(tmp_path, "wide.json", {"probabilities": [0.25] * 4})
    copying = [[[int(x == y) for y in range(4)] for x in range(4)] for _ in range(5)]
    table = write(tmp_path, "wide_policy.json", {"policy": copying})
    result = call("--capacity", "4", "--load", wide, "--policy", table, "--block", "6")
    assert result.exit_code == 2
    assert "at most 5" in result.stderr


@pytest.mark.parametrize(
    ("operation", "body", "message"),
    [
        ("leakage_rate", "{**f(**k), 'upper_bits': 0.25}", "less than the least"),
        ("minimum_leakage", "refuse()", "refuses"),
        ("best_effort_leakage", "refuse()", "refuses"),
    ],
)
def test_a_wrong_target_fails(tmp_path: Path, load: Path, operation: str, body: str, message: str) -> None:
    """A controller that leaks less than any can, and a refusal, are the implementation's failure."""
    target = tmp_path / "wrong.py"
    target.write_text(
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(): raise errors.Policy('not today')\n"
        f"f = RIGHT['batteries.{operation}']\n"
        f"def wrong(**k): return {body}\n"
        f"OPERATIONS = {{**RIGHT, 'batteries.{operation}': wrong}}\n"
    )
    policy = write(tmp_path, "policy.json", {"policy": TABLE})
    options = ("--capacity", "1", "--load", load, "--policy", policy, "--block", "2", "--slots", "64")
    result = call(*options, "--target", f"serve:{target}")
    assert result.exit_code == 1, result.output
    assert message in result.stderr
