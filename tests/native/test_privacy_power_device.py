"""The fixed-point step and the policy sampler on emulated small cores: the host's bits, and their cost."""

import math
import subprocess
import time
from pathlib import Path

import pytest

from meter_privacy.native._core import ffi, lib

NATIVE = Path(__file__).resolve().parents[2] / "native"
COUNT, STEPS = 21, 400
# Instructions of a step and of a slot at 21 levels, and a tenth more than was measured.
BUDGETS = {"cortex-m3": (2610, 240), "cortex-m0plus": (9090, 400)}


def run(image: Path) -> list[int]:
    """The numbers that the device writes until it writes a full stop."""
    board = ["-M", "mps2-an385", "-display", "none", "-monitor", "none", "-serial", "stdio"]
    command = ["qemu-system-arm", *board, "-icount", "shift=0", "-kernel", str(image)]
    text = b""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        limit = time.monotonic() + 60
        while b"." not in text and time.monotonic() < limit:
            text += process.stdout.read(1)
        process.kill()
    return [int(line) for line in text.decode().strip(".").split()]


@pytest.mark.needs("arm-none-eabi-gcc", "qemu-system-arm")
@pytest.mark.parametrize("core", list(BUDGETS))
def test_small_cores(tmp_path: Path, core: str) -> None:
    image = tmp_path / "device.elf"
    files = [NATIVE / "src" / f"privacy_power_{part}.c" for part in ("step", "sample")]
    files += [
        NATIVE / "firmware" / "startup_arm.c",
        NATIVE / "firmware" / "memory.c",
        Path(__file__).with_name("privacy_power_device.c"),
    ]
    flags = [f"-mcpu={core}", "-mthumb", "-O2", "-std=c11", "-ffreestanding", "-nostdlib", "-nostartfiles"]
    flags += ["-ffunction-sections", "-Wl,--gc-sections", "-fno-tree-loop-distribute-patterns"]
    flags += [
        f"-I{NATIVE / 'include'}",
        f"-I{NATIVE / 'firmware'}",
        f"-L{NATIVE / 'firmware'}",
        f"-T{NATIVE / 'firmware' / 'mps2-an385.ld'}",
    ]
    subprocess.run(["arm-none-eabi-gcc", *flags, *map(str, files), "-lgcc", "-o", str(image)], check=True)
    step, slot, code, _passed, *law = run(image)
    assert code == 0
    q = ffi.new("uint32_t[]", [2**31 // COUNT] * COUNT)
    p = ffi.new("uint32_t[]", [2**31 // COUNT] * COUNT)
    decays = ffi.new("uint32_t[]", [int(math.exp(-0.3) * 2**32)] * COUNT)
    work, largest = ffi.new("uint32_t[]", COUNT), ffi.new("uint32_t *")
    for _ in range(STEPS):
        assert lib.mpriv_privacy_power_step_fixed(q, largest, p, decays, COUNT, work) == 0
    assert law == list(q)
    assert step <= BUDGETS[core][0]
    assert slot <= BUDGETS[core][1]
