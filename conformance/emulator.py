"""`emulator:CORE`: the device image in QEMU, its serial line on the target's byte stream."""

import fcntl
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from meter_privacy.conformance.targets import (
    BINARY_SECONDS,
    BinaryCodec,
    CannotStart,
    Options,
    ProcessStream,
    StreamTarget,
    TargetError,
)

# An image to run instead of the one that is built.
IMAGE_VARIABLE = "METER_PRIVACY_FIRMWARE"

_ROOT = Path(__file__).resolve().parents[1]
_FIRMWARE = _ROOT / "native" / "firmware"
_BUILD = _ROOT / "build" / "firmware"
_BUILD_SECONDS = 300.0


@dataclass(frozen=True)
class Machine:
    """How QEMU runs an image for a core, and how the image is built."""

    core: str
    emulator: str
    compiler: str
    board: str

    def command(self, image: Path) -> list[str]:
        """QEMU's command line. A device that resets itself has ended: it does not start again by itself."""
        options = ["-bios", "none"] if self.emulator == "qemu-system-riscv32" else []
        options += ["-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot"]
        return [self.emulator, "-M", self.board, *options, "-kernel", str(image)]


_ARM = ("qemu-system-arm", "arm-none-eabi-gcc")
MACHINES = {
    machine.core: machine
    for machine in (
        # QEMU has no Cortex-M0+ on a board with this much memory; a Cortex-M3 runs all of its instructions.
        Machine("cortex-m0plus", *_ARM, "mps2-an385"),
        Machine("cortex-m3", *_ARM, "mps2-an385"),
        Machine("cortex-m4", *_ARM, "mps2-an386"),
        Machine("cortex-m33", *_ARM, "mps2-an505"),
        Machine("riscv32", "qemu-system-riscv32", "riscv64-unknown-elf-gcc", "virt"),
    )
}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotStart(f"{name} is not installed; `make tools` installs it (Debian, Ubuntu; as root)")
    return found


def build_image(machine: Machine, variant: str = "test") -> Path:
    """The image of a machine, built where it is older than its sources; `variant` is test or production.

    Raises CannotStart where the sources, the compiler or make are missing, or the build fails.
    """
    if not (_FIRMWARE / "Makefile").is_file() or not (_ROOT / "native" / "src").is_dir():
        raise CannotStart(
            "the sources of the device image are not installed: name an image, as in "
            f"emulator:{machine.core},IMAGE or by {IMAGE_VARIABLE}, or run from a checkout of the project"
        )
    make = _program("make")
    _program(machine.compiler)
    image = _BUILD / machine.core / f"{variant}.elf"
    _BUILD.mkdir(parents=True, exist_ok=True)
    command = [make, "--no-print-directory", f"--directory={_FIRMWARE}", f"BUILD={_BUILD}", str(image)]
    with (_BUILD / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            built = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_BUILD_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise CannotStart(f"the device image was not built within {_BUILD_SECONDS:g} s") from error
    if built.returncode:
        raise CannotStart(f"the device image cannot be built:\n{built.stderr[-4000:]}")
    return image


def open_emulator(machine: Machine, image: Path | None) -> ProcessStream:
    """Start QEMU on an image, or on the one that is built. Raises CannotStart."""
    emulator = _program(machine.emulator)
    chosen = image or build_image(machine)
    if not chosen.is_file():
        raise CannotStart(f"there is no image {chosen}")
    return ProcessStream([emulator, *machine.command(chosen)[1:]])


def make_emulator(rest: str, options: Options) -> StreamTarget:
    """The target `emulator:CORE` or `emulator:CORE,IMAGE`. Raises TargetError."""
    core, _, named = rest.partition(",")
    machine = MACHINES.get(core)
    if machine is None:
        raise TargetError(f"emulator: needs one of {', '.join(MACHINES)}")
    if options.framing == "json":
        raise TargetError("an emulated device speaks the binary framing")
    name = named or os.environ.get(IMAGE_VARIABLE, "")
    image = Path(name) if name else None
    return StreamTarget(
        f"emulator:{rest}",
        BinaryCodec(),
        lambda: open_emulator(machine, image),
        # A device takes one request at a time.
        window=1 if options.window is None else options.window,
        default_seconds=BINARY_SECONDS,
    )
