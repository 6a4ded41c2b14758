"""The C core's meter side of DREAM: both rounds against the generator's own sums, and the loss of power.

The counter is a file. The power is cut by SIGKILL within the counter's write: before it, or after it and
before anything was sent.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.vectors.generators.dream_protocol import SLOT, World, epoch_key, world

NATIVE = Path(__file__).resolve().parents[2] / "native"
SOURCES = [
    NATIVE / "src" / f"{name}.c"
    for name in ("dream_meter", "kernels_sha256", "limbs", "noise", "scratch", "sha256")
]

OK, MALFORMED, RANGE, EXPIRED, REPLAYED, POLICY, STATE, EXHAUSTED = 0, -1, -2, -7, -8, -9, -10, -11
NOTHING = "0 " + "00" * 32


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The driver, under the sanitizers."""
    program = tmp_path_factory.mktemp("dream_meter") / "driver"
    command = [
        "cc", "-std=c11", "-O1", "-g", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
        "-fsanitize=address,undefined", "-fno-sanitize-recover", f"-I{NATIVE / 'include'}",
        str(Path(__file__).with_name("dream_meter_driver.c")), *map(str, SOURCES), "-o", str(program),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return program


@dataclass
class Meter:
    """A meter of a world, driven step by step; each run is a start after a loss of power."""

    driver: Path
    counter: Path
    world: World
    node: int

    def epoch(self, **changed: Any) -> str:
        """The announcement as the driver reads it."""
        w, n = self.world, self.node
        others = [p for p in w.nodes if p != n]
        given = {
            "node": n, "w": w.given["expected_partners"], "M": w.given["tolerated_failures"],
            "c": w.given["colluders"], "maximum": w.given["maximum_wh"], "tail": w.given["tail_wh"],
            "scale": w.given["scale_wh"],
            "bits": w.m.bit_length() - 1, "first": w.first_slot, "last": w.last_slot,
            "supplier_key": w.shared[n].hex(), "blind_key": blind_key(w, n).hex(), "digest": w.digest.hex(),
            "count": len(others), "nodes": others, "length": 32, **changed,
        }  # fmt: skip
        peers = [f"{p} {given['length']} {w.key(n, others[k]).hex()}" for k, p in enumerate(given["nodes"])]
        fields = [str(value) for name, value in given.items() if name not in ("nodes", "length")]
        return " ".join([*fields, *peers[: given["count"]]])

    def run(self, steps: Sequence[str], fault: str = "none", **changed: Any) -> tuple[list[str], int]:
        """The lines that the driver prints, the first of them the start's, and its exit code."""
        text = "\n".join([self.epoch(**changed), *steps]) + "\n"
        done = subprocess.run(
            [self.driver, self.counter, fault], input=text, capture_output=True, text=True, check=False
        )
        assert "runtime error" not in done.stderr
        assert "Sanitizer" not in done.stderr
        return done.stdout.splitlines(), done.returncode

    def report(self, slot: int, reading: int, share: int = 0) -> str:
        """What a report must be."""
        sent = self.world.report(self.node, slot, reading, share)
        return f"{OK} {sent['ciphertext']} {sent['tag']} {sent['clamped']}"

    def reply(self, slot: int, missing: Sequence[int]) -> str:
        """What a reply must be."""
        sent = self.world.reply(self.node, slot, missing)
        return f"{OK} {sent['recovery']} {sent['tag']} 0"


def blind_key(w: World, node: int) -> bytes:
    """The epoch's key for blinds."""
    return epoch_key(w.blinds[node], w.digest)


def ask(slot: int, missing: Sequence[int]) -> str:
    """A list."""
    return " ".join(map(str, ("reply", slot, len(missing), *missing)))


@pytest.fixture(params=["published", "hardened", "sparse"])
def meter(request: pytest.FixtureRequest, driver: Path, tmp_path: Path) -> Meter:
    """A meter of each kind of cluster."""
    kind = "sparse" if request.param == "sparse" else "plain"
    w = world("published" if request.param == "sparse" else request.param, kind)
    return Meter(driver, tmp_path / "counter", w, w.nodes[1])


def test_two_rounds(meter: Meter) -> None:
    """Reports and replies are those put together elsewhere. DREAM-55, DREAM-56, DREAM-60 to DREAM-66."""
    other = [meter.world.nodes[3]]
    steps = [
        f"report {SLOT} 1234 -77", f"report {SLOT} 1234 -77", ask(SLOT, other), ask(SLOT, other),
        f"report {SLOT + 1} 4001 2000", ask(SLOT + 1, []), f"report {SLOT + 9} -5 0",
        f"report {SLOT + 9} 0 0",
    ]  # fmt: skip
    lines, code = meter.run(steps)
    assert code == 0
    again = meter.report(SLOT + 9, -5)
    assert lines == [
        "0", meter.report(SLOT, 1234, -77), meter.report(SLOT, 1234, -77), meter.reply(SLOT, other),
        meter.reply(SLOT, other), meter.report(SLOT + 1, 4001, 2000), meter.reply(SLOT + 1, []),
        again, again[:-1] + "0",
    ]  # fmt: skip
    assert meter.counter.read_text() == f"{SLOT + 10}\n"


def test_refusals(meter: Meter) -> None:
    """Each refusal answers nothing and leaves the slot as it was. DREAM-60 to DREAM-68."""
    w, n = meter.world, meter.node
    others = [p for p in w.nodes if p != n]
    tail, limit = w.given["tail_wh"], w.given["tolerated_failures"]
    refused = {
        f"report {SLOT} 5 {tail + 1}": RANGE, f"report {SLOT} 5 {-tail - 1}": RANGE,
        f"report {SLOT} 5 {-(2**63)}": RANGE, f"report {w.last_slot + 1} 5 0": EXPIRED,
        f"report {w.first_slot - 1} 5 0": STATE, ask(SLOT, []): STATE,
    }  # fmt: skip
    later = {
        f"report {SLOT} 6 0": REPLAYED, f"report {SLOT - 1} 5 0": REPLAYED, ask(SLOT, [n]): RANGE,
        ask(SLOT, [77]): RANGE, ask(SLOT, others[1::-1]): RANGE, ask(SLOT, [others[0]] * 2): RANGE,
        ask(SLOT, others[: limit + 1]): POLICY, ask(SLOT, others): POLICY, ask(SLOT - 1, []): EXPIRED,
        ask(SLOT + 1, []): STATE, ask(SLOT, [0] * 4096): MALFORMED,
    }  # fmt: skip
    steps = [*refused, f"report {SLOT} 5 0", *later]
    steps += [ask(SLOT, others[:1]), ask(SLOT, others[1:2]), ask(SLOT, [])]
    lines, code = meter.run(steps)
    assert code == 0
    expected = [
        *(f"{answer} {NOTHING}" for answer in refused.values()), meter.report(SLOT, 5)[:-2],
        *(f"{answer} {NOTHING}" for answer in later.values()), meter.reply(SLOT, others[:1])[:-2],
        f"{REPLAYED} {NOTHING}", f"{REPLAYED} {NOTHING}",
    ]  # fmt: skip
    assert [line[:-2] for line in lines[1:]] == expected


def test_unsafe_epochs(meter: Meter) -> None:
    """What a start refuses. DREAM-49, DREAM-57."""
    others = [p for p in meter.world.nodes if p != meter.node]
    for code, changed in (
        (MALFORMED, {"count": 0}), (MALFORMED, {"length": 31}), (RANGE, {"nodes": others[::-1]}),
        (RANGE, {"node": others[0]}), (RANGE, {"w": 0}), (RANGE, {"w": len(others) + 1}),
        (RANGE, {"bits": 0}), (RANGE, {"bits": 65}), (RANGE, {"bits": 8}), (RANGE, {"maximum": 0}),
        (RANGE, {"tail": 2**52}), (RANGE, {"tail": 1999}), (RANGE, {"scale": 0}),
        (RANGE, {"M": len(others) + 1}), (POLICY, {"c": 3, "M": 2}),
        (POLICY, {"M": len(others) // 2 + 1}),
    ):  # fmt: skip
        assert meter.run([f"report {SLOT} 5 0"], **changed)[0] == [str(code)], changed


def test_power_is_cut_between_write_and_send(meter: Meter) -> None:
    """The slot is lost: neither reported again nor answered, whatever the reading then is. DREAM-74."""
    lines, code = meter.run([f"report {SLOT} 1234 0"], fault="cut-after")
    assert (lines, code) == (["0"], -9)
    assert meter.counter.read_text() == f"{SLOT + 1}\n"
    steps = [f"report {SLOT} 1250 3", f"report {SLOT} 1234 0", ask(SLOT, []), f"report {SLOT + 1} 1250 3"]
    lines, code = meter.run(steps)
    assert code == 0
    assert [int(line.split()[0]) for line in lines] == [OK, REPLAYED, REPLAYED, EXPIRED, OK]
    for answer, line in zip((REPLAYED, REPLAYED, EXPIRED), lines[1:4], strict=True):
        assert line.startswith(f"{answer} {NOTHING}")
    assert lines[4] == meter.report(SLOT + 1, 1250, 3)


def test_power_is_cut_before_the_write(meter: Meter) -> None:
    """Nothing was sent, nothing is used: the slot may be reported, with any value. DREAM-74."""
    lines, code = meter.run([f"report {SLOT} 1234 0"], fault="cut-before")
    assert (lines, code) == (["0"], -9)
    assert not meter.counter.exists()
    assert meter.run([f"report {SLOT} 1250 3"])[0] == ["0", meter.report(SLOT, 1250, 3)]


def test_a_counter_that_fails(meter: Meter) -> None:
    """Without a counter nothing is sent, and the slot counts as used. DREAM-74."""
    assert meter.run([], fault="unreadable")[0] == [str(EXHAUSTED)]
    steps = [f"report {SLOT} 5 0", f"report {SLOT} 5 0", ask(SLOT, [])]
    lines, _ = meter.run(steps, fault="unwritable")
    assert [line[:-2] for line in lines[1:]] == [f"{c} {NOTHING}" for c in (EXHAUSTED, REPLAYED, EXPIRED)]


def test_a_volatile_counter_shows_the_difference(meter: Meter) -> None:
    """The fault that the test is for: two values of a slot under the same masks. DREAM-74."""
    first, second = (
        int(meter.run([f"report {SLOT} {reading} 0"], fault="volatile")[0][1].split()[1], 16)
        for reading in (1234, 1250)
    )
    assert (second - first) % meter.world.m == 16


def test_size_of_the_state(tmp_path: Path) -> None:
    """Beside the keys a meter keeps less than 2 KB. DREAM-57."""
    source = tmp_path / "size.c"
    size = "sizeof(mpriv_dream_member) + sizeof(mpriv_dream_epoch)"
    source.write_text(f'#include "meter_privacy.h"\nchar size[{size}];\n')
    subprocess.run(["cc", "-c", f"-I{NATIVE / 'include'}", source, "-o", tmp_path / "size.o"], check=True)
    listed = subprocess.run(
        ["nm", "-S", tmp_path / "size.o"], check=True, capture_output=True, text=True
    ).stdout
    assert int(listed.split()[1], 16) < 2048
