"""The privacy-power function on emulated devices: the measuring image's works, against the host bit for bit.

The ledger has what they cost; `conform emulator:...` runs the vectors of the operations that a device has.
"""

import math
import struct
import subprocess
from typing import Any

import numpy as np
import pytest

from meter_privacy.conformance import emulator, ledger
from meter_privacy.native import privacy_power
from meter_privacy.native._core import ffi, lib

LEVELS, SLOTS, STEPS = 21, 96, 60
LEFT = struct.Struct(f"<{LEVELS + 1}d{LEVELS}Q{2 * LEVELS + 1}f{2 * LEVELS + 1}I{SLOTS + 1}I4x")
RANDOMNESS = bytes((i * i + 7 * i + 53) % 256 for i in range(4 * SLOTS))
KINDS = {
    "step": ("double[]", 1.0, float(math.exp(-0.3))),
    "step_binary32": ("float[]", 1.0, float(np.float32(math.exp(-0.3)))),
    "step_fixed": ("uint32_t[]", 2**31, int(math.exp(-0.3) * 2**32)),
}


def after_steps(name: str, steps: int) -> tuple[list[Any], Any, list[Any]]:
    """The law and the largest ratio after steps from the uniform law, and the optimal law, on the host."""
    type_, one, decay = KINDS[name]
    exact = [(LEVELS - k) / (LEVELS * (LEVELS + 1) / 2) for k in range(LEVELS)]
    uniform: list[Any] = [1 / LEVELS] * LEVELS
    masses: list[Any] = exact
    if name == "step_fixed":
        uniform, masses = [2**31 // LEVELS] * LEVELS, [int(mass * one) for mass in exact]
    q, p, decays = ffi.new(type_, uniform), ffi.new(type_, masses), ffi.new(type_, [decay] * LEVELS)
    work, largest = ffi.new(type_, 4 * LEVELS), ffi.new(type_, 1)
    step = getattr(lib, f"mpriv_privacy_power_{name}")
    for _ in range(steps):
        assert step(q, largest, p, decays, LEVELS, work) == 0
    optimal = ffi.new(type_, LEVELS)
    law = getattr(lib, f"mpriv_privacy_power_{name.replace('step', 'law')}")
    assert law(optimal, p, decays, LEVELS, work) == 0
    return list(q), largest[0], list(optimal)


@pytest.mark.needs("make", "cc", "arm-none-eabi-gcc", "qemu-system-arm")
@pytest.mark.parametrize("core", ["cortex-m0plus", "cortex-m3"])
def test_devices_compute_the_bits_of_the_host(core: str) -> None:
    """POWER-12, POWER-27, POWER-28: steps in fixed point, binary32 and binary64, thresholds, the sampler."""
    image = emulator.build_image(emulator.MACHINES[core], "measure")
    letters = {work.name: work.letter for work in ledger.POWER_WORK}
    steps = "".join(letters[f"step-{kind}"] for kind in ("fixed", "binary32", "binary64")) * STEPS
    asked = (
        steps
        + letters["law-fixed"]
        + letters["law-binary32"]
        + letters["thresholds"]
        + letters["select"]
        + letters["sample"]
    )
    with subprocess.Popen(
        emulator.MACHINES[core].command(image), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for letter in asked:
            process.stdin.write(letter.encode())
            process.stdin.flush()
            assert process.stdout.read(5) == bytes(5)
        process.stdin.write(b"?")
        process.stdin.flush()
        left = LEFT.unpack(process.stdout.read(LEFT.size))
        process.kill()
    law64, rest = left[: LEVELS + 1], left[LEVELS + 1 :]
    row, rest = rest[:LEVELS], rest[LEVELS:]
    law32, rest = rest[: 2 * LEVELS + 1], rest[2 * LEVELS + 1 :]
    fixed, outputs, selected = rest[: 2 * LEVELS + 1], rest[2 * LEVELS + 1 : -1], rest[-1]
    for name, found in (("step", law64), ("step_binary32", law32), ("step_fixed", fixed)):
        q, largest, optimal = after_steps(name, STEPS)
        assert list(found[:LEVELS]) == q, name
        assert found[LEVELS] == largest, name
        assert list(found[LEVELS + 1 :]) in ([], optimal), name
    assert list(row) == privacy_power.thresholds([1] * LEVELS)
    table = [
        {"thresholds": privacy_power.thresholds([1] * (i + 1) + [0] * (LEVELS - 1 - i))}
        for i in range(LEVELS)
    ]
    levels = [slot % LEVELS for slot in range(SLOTS)]
    assert list(outputs) == privacy_power.sample(table, levels, RANDOMNESS)["outputs"]
    assert [selected] == privacy_power.sample(table, [LEVELS - 1], RANDOMNESS[:4])["outputs"]
