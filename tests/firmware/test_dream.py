"""DREAM's device on the emulated processors: the chapter, the cost of a slot, and the loss of power."""

import hashlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from meter_privacy.conformance import ledger
from meter_privacy.conformance.cli import main
from meter_privacy.reference import recovery
from meter_privacy.reference.errors import Refused
from tests.firmware.meter import AFTER, BEFORE, BEFORE_SENDING, CORES, EXPIRED, OK, REPLAYED, WITHIN, Meter


@pytest.mark.needs("make", "arm-none-eabi-gcc", "qemu-system-arm")
@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize(
    ("patterns", "least"),
    [
        (("dream-script/device-*", "dream-script/meter-published/*"), 133),
        pytest.param(("dream-*",), 1700, marks=pytest.mark.nightly),
    ],
)
def test_the_chapter_passes_on_the_device(
    tmp_path: Path, core: str, patterns: tuple[str, ...], least: int
) -> None:
    """Sessions over the serial line. DREAM-21 to DREAM-23, DREAM-60 to DREAM-68, DREAM-75."""
    report = tmp_path / "report.json"
    only = [word for pattern in patterns for word in ("--only", pattern)]
    result = CliRunner().invoke(
        main, ["conform", f"emulator:{core}", *only, "--no-progress", "--json", str(report)]
    )
    assert result.exit_code == 0, result.output
    verdicts = [result["verdict"] for result in json.loads(report.read_text())["results"]]
    assert verdicts.count("passed") >= least
    assert set(verdicts) <= {"passed", "not applicable", "unsupported"}


def test_a_slot_of_a_thousand_partners_stays_within_its_bounds() -> None:
    """12 million instructions on a Cortex-M3 from keys of 32 bytes, and less than 2 KB of memory beside them.

    Of the structures a Cortex-M3 keeps less than 320 bytes: the test in C says so. DREAM-55, DREAM-75.
    """
    for key, entry in ledger.load().items():
        rounds = [entry.work["dream.device_report"], entry.work["dream.device_reply"]]
        if key == "cortex-m3":
            assert rounds[0]["instructions"] <= 12_000_000
        for row in (*rounds, entry.work["dream.device_start"], entry.work["dream.sanitise"]):
            assert row["stack"] + 320 < 2048, key
            assert row["scratch"] == 0


@pytest.mark.needs("arm-none-eabi-gcc")
def test_the_structures_are_small(tmp_path: Path) -> None:
    """What a meter keeps of an epoch and of the slot in hand. DREAM-75."""
    source = tmp_path / "size.c"
    sizes = "sizeof(mpriv_dream_member) + sizeof(mpriv_dream_epoch) + sizeof(mpriv_counter)"
    source.write_text(
        f'#include "meter_privacy.h"\n_Static_assert({sizes} <= 320, "too large");\n', encoding="utf-8"
    )
    include = f"-I{ledger.FIRMWARE.parent / 'include'}"
    command = ["arm-none-eabi-gcc", "-std=c11", "-mcpu=cortex-m3", "-mthumb", include, "-c", str(source)]
    subprocess.run([*command, "-o", str(tmp_path / "size.o")], check=True)


class Member(Meter):
    """The meter asked for its two rounds."""

    def report(self, slot: int, reading: int, share: int = 0) -> None:
        numbers = (number.to_bytes(8, "little", signed=True) for number in (slot, reading, share))
        self.send(b"r" + b"".join(numbers))

    def reply(self, slot: int, missing: Sequence[int]) -> None:
        nodes = b"".join(node.to_bytes(4, "little") for node in missing)
        self.send(b"l" + slot.to_bytes(8, "little") + bytes([len(missing)]) + nodes)


def reference(next_slot: int) -> dict[str, Any]:
    """The same device in the reference."""
    keys = [hashlib.sha256(bytes([k])).digest() for k in range(7)]
    session: dict[str, Any] = {}
    recovery.device_start(
        session, node=5, digest=keys[6], first_slot=10, last_slot=1000,
        supplier_key=keys[4], blind_key=keys[5],
        keys=[{"node": 3 * k + 1, "key": keys[k]} for k in range(4)], tolerated_failures=2, colluders=0,
        expected_partners=4, maximum_wh=4000, tail_wh=500, scale_wh=10, modulus=2**64, next_slot=next_slot,
    )  # fmt: skip
    return session


def expected(session: dict[str, Any], slot: int, reading: int, share: int = 0) -> tuple[int, int, bytes, int]:
    sent = recovery.device_report(session, slot, reading, share)
    return OK, sent["ciphertext"], sent["tag"], sent["clamped"]


def refused(code: int) -> tuple[int, int, bytes, int]:
    return code, 0, bytes(32), 0


@pytest.mark.needs("make", "arm-none-eabi-gcc", "qemu-system-arm")
@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize("place", [AFTER, BEFORE_SENDING])
def test_a_slot_is_not_used_twice_when_the_power_goes_between_write_and_send(
    core: str, place: int, kept: Path, power: list[Meter]
) -> None:
    """The counter holds the slot, the report was not sent: it is neither reported nor answered. DREAM-74."""
    session = reference(0)
    first = Member(core, kept)
    power.append(first)
    assert first.started == refused(OK)
    first.report(20, 1234, -7)
    assert first.receive() == expected(session, 20, 1234, -7)
    first.stop_at(place)
    first.report(21, 1500)
    assert first.read(1) == b"!"
    first.cut()

    second = Member(core, kept)
    power.append(second)
    assert second.started == (OK, 22, bytes(32), 0)
    session = reference(22)
    for slot in (20, 21):
        for reading in (1500, 1600):
            second.report(slot, reading)
            assert second.receive() == refused(REPLAYED)
            with pytest.raises(Refused):
                recovery.device_report(session, slot, reading, 0)
        second.reply(slot, [])
        assert second.receive() == refused(EXPIRED)
    second.report(22, 1600, 5)
    assert second.receive() == expected(session, 22, 1600, 5)
    second.reply(22, [1, 7])
    answer = recovery.device_reply(session, 22, [1, 7])
    assert second.receive() == (OK, answer["recovery"], answer["tag"], 0)
    second.cut()
    third = Member(core, kept)
    power.append(third)
    assert third.started == (OK, 23, bytes(32), 0)


@pytest.mark.needs("make", "arm-none-eabi-gcc", "qemu-system-arm")
@pytest.mark.parametrize("place", [BEFORE, WITHIN])
def test_a_write_that_breaks_off_leaves_the_slot_free(place: int, kept: Path, power: list[Meter]) -> None:
    """Nothing was sent: the counter holds what it held, and any value may be reported. DREAM-74."""
    for slot in (20, 21, 22):
        meter = Member("cortex-m3", kept)
        power.append(meter)
        assert meter.started[:2] == (OK, 0 if slot == 20 else slot)
        meter.stop_at(place)
        meter.report(slot, 1000)
        assert meter.read(1) == b"!"
        meter.cut()
        again = Member("cortex-m3", kept)
        power.append(again)
        assert again.started[:2] == (OK, 0 if slot == 20 else slot)
        again.report(slot, 2000, 9)
        assert again.receive() == expected(reference(0), slot, 2000, 9)
        again.cut()
