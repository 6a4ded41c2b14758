"""The ledger of the devices: what each operation of the C core costs on each, measured in the emulator.

`python -m meter_privacy.conformance.ledger` writes native/ledger.toml anew. Instructions are counted by a
plug-in of QEMU, exactly and repeatably; stack is measured by painting; code is what the linker keeps of the
core for a group of functions. Cycles are not measured: QEMU has no model of them.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from meter_privacy.conformance import emulator
from meter_privacy.conformance.targets import CannotStart

ROOT = Path(__file__).resolve().parents[1]
FIRMWARE = ROOT / "native" / "firmware"
LEDGER = ROOT / "native" / "ledger.toml"
GROWTH = 0.01
_SECONDS = 600.0

HEADER = """\
# What each operation costs on each device: `python -m meter_privacy.conformance.ledger` writes this file.
#
# paillier.*: a modulus of 2048 bits. encrypt has scratch for the largest table of powers; encrypt-6k and
# encrypt-3.5k have 6 KB and 3.5 KB for scratch and stack together; encrypt-online has r^n.
# add: two ciphertexts. scale: by a number of 64 bits.
# hmac: 16 bytes under a prepared key. select-partners: 64 keys. mask: 8 partners.
# dream.sanitise: a table of 1024 thresholds. dream.device_*: a thousand partners in the slot, whose keys are
# given as 32 bytes; 300 of them missing in the second round.
# instructions: executed from the call to the return. stack: bytes, painted. scratch: bytes handed over.
# code: bytes of text and constants that the linker keeps for the functions named.
"""

POWER_HEADER = """\
# The privacy-power function at 21 levels: a step of Blahut-Arimoto from the uniform law, the optimal law at a
# slope, a row of thresholds, one slot of the sampler, and a day of 96 slots with the check of the table.
"""

LOAD_HEADER = """\
# Load management, moduli of 2048 bits: a member's first and further message of a ring, a day's two
# ciphertexts, the opening of a bill from those of thirty days, that of a ciphertext by the factors, the check
# of an opening, a reading's level, the answer to a comparison of 16 bits with randomness of 1280 bits.
"""


@dataclass(frozen=True)
class Work:
    """One thing that the measuring image does: its letter there, and whether it is quick."""

    name: str
    letter: str
    quick: bool = False


WORK = (
    Work("paillier.encrypt", "a"),
    Work("paillier.encrypt-6k", "b"),
    Work("paillier.encrypt-3.5k", "m"),
    Work("paillier.encrypt-online", "n", quick=True),
    Work("paillier.encrypt_with_factors", "c"),
    Work("paillier.decrypt", "d"),
    Work("paillier.add", "e", quick=True),
    Work("paillier.scale", "f", quick=True),
    Work("paillier.rerandomise", "g"),
    Work("hmac-prepare", "h", quick=True),
    Work("hmac", "i", quick=True),
    Work("dream.keystream", "j", quick=True),
    Work("dream.select-partners", "k", quick=True),
    Work("dream.mask", "l", quick=True),
    Work("dream.sanitise", "r", quick=True),
    Work("dream.device_start", "o", quick=True),
    Work("dream.device_report", "p", quick=True),
    Work("dream.device_reply", "q", quick=True),
)

# The privacy-power function at 21 levels, in tables of its own behind the others: a step of Blahut-Arimoto,
# the optimal law, a row of thresholds, a slot of the sampler, and a day of 96 slots.
POWER_WORK = (
    Work("step-fixed", "A", quick=True),
    Work("step-binary32", "B", quick=True),
    Work("step-binary64", "C", quick=True),
    Work("law-fixed", "D", quick=True),
    Work("law-binary32", "E", quick=True),
    Work("thresholds", "F", quick=True),
    Work("select", "G", quick=True),
    Work("sample", "H", quick=True),
)

LOAD_WORK = (
    Work("ring-start", "0"),
    Work("ring-add", "1"),
    Work("encrypt-day", "2"),
    Work("combine-openings", "3", quick=True),
    Work("recover-opening", "4"),
    Work("verify-opening", "5"),
    Work("reading-level", "6", quick=True),
    Work("dgk-response", "7"),
)

# What the code of a group is: everything that the linker keeps for these functions, the C library apart.
CODE = {
    "paillier.encrypt": ("mpriv_paillier_encrypt",),
    "sha256-hmac": (
        "mpriv_hmac_prepare", "mpriv_hmac_init", "mpriv_hmac_final",
        "mpriv_sha256_init", "mpriv_sha256_update", "mpriv_sha256_final",
    ),
    "load_management": (
        "mpriv_load_ring_start", "mpriv_load_ring_add", "mpriv_load_encrypt_day",
        "mpriv_load_combine_openings", "mpriv_load_recover_opening", "mpriv_load_verify_opening",
        "mpriv_load_reading_level", "mpriv_load_dgk_response", "mpriv_load_dgk_audit",
    ),
}  # fmt: skip
LEVELS = ("-Os", "-O2")


@dataclass(frozen=True)
class Configuration:
    """A target and how the core is configured for it."""

    target: str
    name: str = "default"
    defines: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.target if self.name == "default" else f"{self.target}-{self.name}"

    @property
    def machine(self) -> emulator.Machine:
        return emulator.MACHINES[self.target]


CONFIGURATIONS = (
    *(Configuration(target) for target in emulator.MACHINES),
    Configuration("cortex-m3", "plain-multiply", ("-DMPRIV_CONSTANT_TIME_MULTIPLY=0",)),
)


def compiler_version(configuration: Configuration) -> str:
    """What the configuration's compiler says of itself. Raises CannotStart where there is none."""
    compiler = configuration.machine.compiler
    if shutil.which(compiler) is None:
        raise CannotStart(f"{compiler} is not installed; `make tools` installs it (Debian, Ubuntu; as root)")
    said = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0]


def _make(configuration: Configuration, build: Path, flags: str, *goals: str) -> str:
    command = ["make", "--no-print-directory", f"--directory={FIRMWARE}", f"BUILD={build}"]
    command += [f"TARGETS={configuration.target}", f"CFLAGS={' '.join((flags, *configuration.defines))}"]
    done = subprocess.run([*command, *goals], capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(f"the measuring image cannot be built:\n{done.stderr[-4000:]}")
    return done.stdout


def _tool(configuration: Configuration, name: str) -> str:
    return configuration.machine.compiler.removesuffix("gcc") + name


def measure(configuration: Configuration, works: Iterable[Work], build: Path) -> dict[str, dict[str, int]]:
    """Instructions, stack and scratch of each piece of work. Raises CannotStart, or RuntimeError where the
    operation itself fails."""
    _make(configuration, build, "-O2", "measure")
    image = build / configuration.target / "measure.elf"
    symbols = subprocess.run(
        [_tool(configuration, "nm"), str(image)], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"^([0-9a-f]+) T mark$", symbols, re.M)
    assert found is not None
    marks = build / f"{configuration.key}.marks"
    machine = configuration.machine
    plugin = f"{build / 'icount.so'},mark={int(found[1], 16) & ~1:#x},out={marks}"
    command = [*machine.command(image), "-plugin", plugin]
    if shutil.which(command[0]) is None:
        raise CannotStart(
            f"{command[0]} is not installed; `make tools` installs it (Debian, Ubuntu; as root)"
        )
    rows: dict[str, dict[str, int]] = {}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        for work in works:
            process.stdin.write(work.letter.encode())
            answer = process.stdout.read(5)
            while len(answer) < 5:
                more = process.stdout.read(5 - len(answer))
                if not more:
                    raise RuntimeError(f"{configuration.key}: the emulator ended in {work.name}")
                answer += more
            if answer[0]:
                raise RuntimeError(f"{configuration.key}: {work.name} failed with {-answer[0]}")
            lines = [
                tuple(map(int, line.split())) for line in marks.read_text(encoding="utf-8").splitlines()[-3:]
            ]
            (begun, top), (ended, _), (_, deepest) = lines
            rows[work.name] = {
                "instructions": ended - begun,
                "stack": top - deepest,
                "scratch": int.from_bytes(answer[1:], "little"),
            }
    finally:
        process.kill()
        process.wait()
    return rows


def code(configuration: Configuration, build: Path) -> dict[str, dict[str, int]]:
    """Bytes of text and constants that the linker keeps for each group of CODE, at each of LEVELS."""
    sizes: dict[str, dict[str, int]] = {group: {} for group in CODE}
    for level in LEVELS:
        directory = build / f"code{level}"
        _make(configuration, directory, level, "core")
        objects = sorted(map(str, (directory / configuration.target / "core").glob("*.o")))
        for group, functions in CODE.items():
            linked = directory / f"{group}.elf"
            options = ["-nostdlib", "-nostartfiles", "-Wl,--gc-sections", f"-Wl,-e,{functions[0]}"]
            options += [f"-Wl,-u,{function}" for function in functions]
            options += ["-Wl,--defsym=memcpy=0", "-Wl,--defsym=memset=0", "-Wl,-Ttext=0x10000"]
            flags = re.search(r"^flags: (.*)$", _make(configuration, directory, level, "flags"), re.M)
            assert flags is not None
            command = [configuration.machine.compiler, *flags[1].split(), *options, "-o", str(linked)]
            subprocess.run([*command, *objects, "-lgcc"], check=True, capture_output=True)
            listing = subprocess.run(
                [_tool(configuration, "size"), str(linked)], capture_output=True, text=True, check=True
            ).stdout.splitlines()[1]
            sizes[group][level.removeprefix("-")] = int(listing.split()[0])
    return sizes


@dataclass(frozen=True)
class Entry:
    """What the ledger says of a configuration."""

    compiler: str
    work: dict[str, dict[str, int]]
    code: dict[str, dict[str, int]]
    power: dict[str, dict[str, int]]
    load: dict[str, dict[str, int]]


def load(path: Path = LEDGER) -> dict[str, Entry]:
    """The ledger: configuration -> compiler, work, code, and the works of two chapters."""
    return {key: Entry(**entry) for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def grown(recorded: dict[str, int], now: dict[str, int]) -> list[str]:
    """The quantities that are more than GROWTH above what is recorded."""
    return [
        f"{name}: {now[name]}, recorded {recorded[name]}"
        for name in recorded
        if now[name] > recorded[name] * (1 + GROWTH)
    ]


def _table(values: dict[str, int]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in values.items()) + " }"


def write(path: Path = LEDGER) -> None:
    """Measure everything and write the ledger."""
    parts = [HEADER]
    powers, loads = [POWER_HEADER], [LOAD_HEADER]
    for configuration in CONFIGURATIONS:
        with tempfile.TemporaryDirectory() as directory:
            build = Path(directory)
            lines = [f"[{configuration.key}]", f'compiler = "{compiler_version(configuration)}"']
            lines += ["", f"[{configuration.key}.work]"]
            for name, row in measure(configuration, WORK, build).items():
                lines.append(f'"{name}" = {_table(row)}')
            lines += ["", f"[{configuration.key}.code]"]
            for group, sizes in code(configuration, build).items():
                lines.append(f'"{group}" = {_table(sizes)}')
            parts.append("\n".join(lines) + "\n")
            powers.append(chapter_part(configuration, "power", POWER_WORK, build))
            loads.append(chapter_part(configuration, "load", LOAD_WORK, build))
            sys.stdout.write(f"{parts[-1]}\n{powers[-1]}\n{loads[-1]}\n")
            sys.stdout.flush()
    path.write_text("\n".join([*parts, *powers, *loads]), encoding="utf-8")


def chapter_part(configuration: Configuration, chapter: str, works: Iterable[Work], build: Path) -> str:
    """The table of a chapter's works under a configuration, measured."""
    lines = [f"[{configuration.key}.{chapter}]"]
    for name, row in measure(configuration, works, build).items():
        lines.append(f'"{name}" = {_table(row)}')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write()
