"""The ledger of the devices: what each operation of the C core costs on each, measured in the emulator.

`python -m meter_privacy.conformance.ledger` writes native/ledger.toml anew. Instructions are counted by a
plug-in of QEMU, exactly and repeatably; stack is measured by painting; code is what the linker keeps of the
core for a group of functions, or of the device for an operation. Cycles are not: QEMU has no model of them.
"""

import fcntl
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from meter_privacy.conformance import emulator, framing
from meter_privacy.conformance.code_size import Sections
from meter_privacy.conformance.suite import Case, load_suite
from meter_privacy.conformance.tables import Tables, load_tables
from meter_privacy.conformance.targets import CannotStart

ROOT = Path(__file__).resolve().parents[1]
FIRMWARE = ROOT / "native" / "firmware"
LEDGER = ROOT / "native" / "ledger.toml"
GROWTH = 0.01
QUICK = 20_000_000  # instructions, up to which an operation is measured in every test run
_BUILD = ROOT / "build"
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

OPERATIONS_HEADER = """\
# Each operation of the device image with a vector of the suite as its request: instructions and stack from
# the request's body to the answer's; code and constants (-O2; RISC-V's before the linker shortens calls) and
# static memory of its decoder, handler, core and encoder, for the largest sizes that the device takes.
"""

CONFIGURED_HEADER = """\
# The choices of meter_privacy_config.h, each by itself: code and constants (-Os) and static memory of all the
# device's operations, without the buffers of its frames, by the compiler that built them.
"""

LOAD_HEADER = """\
# Load management, moduli of 2048 bits: a member's first and further message of a ring, a day's two
# ciphertexts, the opening of a bill from those of thirty days, that of a ciphertext by the factors, the check
# of an opening, a reading's level, the answer to a comparison of 16 bits with randomness of 1280 bits.
"""


@dataclass(frozen=True)
class Work:
    """One thing that the measuring image does, and its letter there."""

    name: str
    letter: str
    quick: bool = False


WORK = (
    Work("paillier.encrypt", "a"),
    Work("paillier.encrypt-6k", "b"),
    Work("paillier.encrypt-3.5k", "m"),
    Work("paillier.encrypt-online", "n"),
    Work("paillier.encrypt_with_factors", "c"),
    Work("paillier.decrypt", "d"),
    Work("paillier.add", "e"),
    Work("paillier.scale", "f"),
    Work("paillier.rerandomise", "g"),
    Work("hmac-prepare", "h"),
    Work("hmac", "i"),
    Work("dream.keystream", "j"),
    Work("dream.select-partners", "k"),
    Work("dream.mask", "l"),
    Work("dream.sanitise", "r"),
    Work("dream.device_start", "o"),
    Work("dream.device_report", "p"),
    Work("dream.device_reply", "q"),
)

# The privacy-power function at 21 levels, in tables of its own behind the others: a step of Blahut-Arimoto,
# the optimal law, a row of thresholds, a slot of the sampler, and a day of 96 slots.
POWER_WORK = (
    Work("step-fixed", "A"),
    Work("step-binary32", "B"),
    Work("step-binary64", "C"),
    Work("law-fixed", "D"),
    Work("law-binary32", "E"),
    Work("thresholds", "F"),
    Work("select", "G"),
    Work("sample", "H"),
)

LOAD_WORK = (
    Work("ring-start", "0"),
    Work("ring-add", "1"),
    Work("encrypt-day", "2"),
    Work("combine-openings", "3"),
    Work("recover-opening", "4"),
    Work("verify-opening", "5"),
    Work("reading-level", "6"),
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

# The vector that an operation of the device is measured with: real sizes, hardened where there are. Of a
# script, the request of the operation that costs most.
_DEVICE, _METER = "dream-script/device-hardened/three-devices", "dream-script/slot-hardened/negative-total"
OPERATIONS = {
    "paillier.encrypt": "paillier-encrypt/2048/random",
    "paillier.encrypt_with_factors": "paillier-encrypt-with-factors/2048/r-near-n",
    "paillier.decrypt": "paillier-decrypt/2048/r-near-n",
    "paillier.add": "paillier-add/2048/two",
    "paillier.scale": "paillier-scale/2048/ones",
    "paillier.rerandomise": "paillier-rerandomise/2048/random",
    "paillier.encode_signed": "paillier-encode-signed/3072/least",
    "paillier.decode_signed": "paillier-decode-signed/3072/least",
    "paillier.headroom": "paillier-headroom/3072/largest",
    "privacy_power.thresholds": "privacy-power-thresholds-hardened/rows/random-21",
    "privacy_power.sample": "privacy-power-sample-hardened/table/two-hundred-slots",
    "dream.mask": "dream-mask/4095-partners/all-others",
    "dream.aggregate": "dream-aggregate/4096-meters/largest-total",
    "dream.keystream": "dream-keystream/published/modulus-2-to-255",
    "dream.dummy_key": "dream-dummy-key/published/modulus-2-to-255",
    "dream.select_partners": "dream-select-partners/1000-meters/ten-of-999",
    "dream.modulus": "dream-modulus/hardened/largest",
    "dream.check_parameters": "dream-check-parameters/hardened/largest-cluster",
    "dream.roster_digest": "dream-roster-digest/100-members/hundred-members",
    "dream.authenticate": "dream-authenticate/hardened/modulus-2-to-255",
    "dream.check_cluster": "dream-check-cluster/hardened/largest-modulus",
    "dream.epoch_digest": "dream-epoch-digest/hardened/modulus-2-to-128",
    "dream.epoch_key": "dream-epoch-key/published/key-all-ones",
    "dream.pair_values": "dream-pair-values/hardened/modulus-2-to-128",
    "dream.blind": "dream-blind/hardened/modulus-2-to-128",
    "dream.recover": "dream-recover/hardened/all-ones",
    "dream.authenticate_reply": "dream-authenticate-reply/hardened/modulus-2-to-128",
    "dream.clamp": "dream-clamp-readings/2147483648-of-2147483648",
    "dream.table_share": "dream-table-share-drawn-hardened/4096-thresholds",
    "dream.sanitise": "dream-sanitise-readings/largest-unit",
    "load_management.ring_start": "load-management-ring-start/2048/reading",
    "load_management.ring_add": "load-management-ring-add/2048/reading",
    "load_management.encrypt_day": "load-management-encrypt-day/2048/day",
    "load_management.recover_opening": "load-management-recover-opening/2048/bill",
    "load_management.combine_openings": "load-management-combine-openings/2048/bill",
    "load_management.verify_opening": "load-management-verify-opening/2048/bill",
    "load_management.reading_level": "load_management-reading-level-published/whole-range",
    "load_management.dgk_response": "load_management-dgk-response-2048/a-5-b-6",
    "load_management.dgk_audit": "load_management-dgk-audit-2048/opened",
    "reporting.sharing_roster": "reporting-sharing-roster-p-256/roster",
    "reporting.deal": "reporting-deal-p-256/reading",
    "energy_tokens.blind": "energy_tokens-blind-3072-hardened/without-salt",
    "energy_tokens.blind_finalize": "energy_tokens-script/market-hardened/hardened-life",
    "energy_tokens.identity": "energy_tokens-identity-hardened/p-256-3",
    "energy_tokens.full_domain_hash": "energy_tokens-full-domain-hash-published/modp-2048",
    "energy_tokens.fdh_blind": "energy_tokens-fdh-blind-published/modp-2048",
    "energy_tokens.fdh_finalize": "energy_tokens-fdh-finalize-published/modp-2048",
    "energy_tokens.challenge": "energy_tokens-challenge-hardened/p-256",
    "energy_tokens.respond": "energy_tokens-respond-hardened/p-256",
    "tasking.mark": "tasking-mark-published/longest",
    "dream.meter_start": _METER,
    "dream.meter_report": _METER,
    "dream.device_start": _DEVICE,
    "dream.device_report": _DEVICE,
    "dream.device_reply": _DEVICE,
}


# The choices of meter_privacy_config.h, and the targets that they are weighed on, one a compiler.
CHOICES = {
    "default": (),
    "plain-multiply": ("-DMPRIV_CONSTANT_TIME_MULTIPLY=0",),
    "constant-time-multiply": ("-DMPRIV_CONSTANT_TIME_MULTIPLY=1",),
    "limbs-16": ("-DMPRIV_LIMB_BITS=16",),
    "portable-only": ("-DMPRIV_PORTABLE_ONLY=1",),
    "portable-barrier": ("-DMPRIV_PORTABLE_BARRIER=1",),
    "external-sha256": ("-DMPRIV_EXTERNAL_SHA256=1",),
    "external-random": ("-DMPRIV_EXTERNAL_RANDOM=1",),
    "published-only": ("-DMPRIV_HARDENED=0",),
    "hardened-only": ("-DMPRIV_PUBLISHED=0",),
}
CHOICES_ON = ("cortex-m3", "riscv32")


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


@contextmanager
def _building(directory: Path) -> Iterator[None]:
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(configuration: Configuration, level: str, *goals: str) -> Path:
    """Bring the goals up to date: where they are. What the tests of the device build is built once."""
    plain = level == "-O2" and not configuration.defines
    build = _BUILD / "firmware" if plain else _BUILD / f"firmware-{configuration.name}{level}"
    command = ["make", "--no-print-directory", f"--directory={FIRMWARE}", f"BUILD={build}"]
    command += [f"TARGETS={configuration.target}"]
    command += [] if plain else [f"CFLAGS={' '.join((level, *configuration.defines))}"]
    with _building(build):
        done = subprocess.run([*command, *goals], capture_output=True, text=True)
    if done.returncode:
        raise CannotStart(f"the measuring image cannot be built:\n{done.stderr[-4000:]}")
    return build


def _tool(configuration: Configuration, name: str) -> str:
    return configuration.machine.compiler.removesuffix("gcc") + name


class Counted:
    """A measuring image that runs, and the plug-in that counts its instructions."""

    def __init__(self, configuration: Configuration, image: str) -> None:
        build = _make(configuration, "-O2", "measure")
        elf = build / configuration.target / f"{image}.elf"
        symbols = subprocess.run(
            [_tool(configuration, "nm"), str(elf)], capture_output=True, text=True, check=True
        ).stdout
        found = re.search(r"^([0-9a-f]+) T mark$", symbols, re.M)
        assert found is not None
        self._name = configuration.key
        self._marks = build / f"{configuration.key}-{image}-{os.getpid()}.marks"
        plugin = f"{build / 'icount.so'},mark={int(found[1], 16) & ~1:#x},out={self._marks}"
        command = [*configuration.machine.command(elf), "-plugin", plugin]
        if shutil.which(command[0]) is None:
            raise CannotStart(
                f"{command[0]} is not installed; `make tools` installs it (Debian, Ubuntu; as root)"
            )
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def __enter__(self) -> "Counted":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._marks.unlink(missing_ok=True)

    def send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        view = memoryview(data)
        while view:
            view = view[os.write(self._process.stdin.fileno(), view) :]

    def receive(self, count: int = 1) -> bytes:
        """The next bytes. Raises RuntimeError where they do not come."""
        assert self._process.stdout is not None
        data = b""
        until = time.monotonic() + _SECONDS
        while len(data) < count:
            ready = select.select([self._process.stdout], [], [], max(0.0, until - time.monotonic()))[0]
            more = os.read(self._process.stdout.fileno(), count - len(data)) if ready else b""
            if not more:
                raise RuntimeError(f"{self._name}: the emulator {'ended' if ready else 'did not answer'}")
            data += more
        return data

    def cost(self) -> dict[str, int]:
        """What the last work cost, of which an answer has come."""
        lines = [
            tuple(map(int, line.split()))
            for line in self._marks.read_text(encoding="utf-8").splitlines()[-3:]
        ]
        (begun, top), (ended, _), (_, deepest) = lines
        return {"instructions": ended - begun, "stack": top - deepest}


def measure(configuration: Configuration, works: Iterable[Work]) -> dict[str, dict[str, int]]:
    """Instructions, stack and scratch of each piece of work. Raises CannotStart, or RuntimeError where the
    operation itself fails."""
    rows: dict[str, dict[str, int]] = {}
    with Counted(configuration, "measure") as counted:
        for work in works:
            counted.send(work.letter.encode())
            answer = counted.receive(5)
            if answer[0]:
                raise RuntimeError(f"{configuration.key}: {work.name} failed with {-answer[0]}")
            rows[work.name] = {**counted.cost(), "scratch": int.from_bytes(answer[1:], "little")}
    return rows


@cache
def _suite() -> tuple[Tables, dict[str, Case]]:
    tables = load_tables()
    return tables, {case.id: case for case in load_suite(tables).cases if case.id in OPERATIONS.values()}


def _requests(tables: Tables, case: Case) -> Iterator[tuple[str, int, bytes, bytes]]:
    """The requests of a vector that the device takes: operation, session, payload, the answer's payload."""
    sessions: dict[str, int] = {}
    for step in case.steps:
        operation = tables.operations[step.operation]
        if step.operation not in OPERATIONS or step.input is None or step.expect_output is None:
            continue
        session = sessions.setdefault(step.session, len(sessions) + 1) if step.session else 0
        payload = framing.encode_json_payload(operation.input, step.input)
        yield (
            step.operation, session, payload,
            framing.encode_json_payload(operation.output, step.expect_output),
        )  # fmt: skip


def measure_operations(configuration: Configuration, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """Instructions and stack of each operation's request, code and static memory of what answers it.

    Raises CannotStart, or RuntimeError where the device answers something else than the vector says.
    """
    tables, cases = _suite()
    wanted = [name for name in OPERATIONS if name in set(names)]
    close = tables.operations["session.close"].opcode
    rows: dict[str, dict[str, int]] = {}
    with Counted(configuration, "requests") as counted:

        def ask(opcode: int, profile: str, session: int, payload: bytes) -> tuple[int, bytes]:
            counted.send(framing.encode_request(opcode, 1, profile, session, payload))
            frame = b""
            while not frame.endswith(b"\0"):
                frame += counted.receive()
            answer = framing.decode_answer(frame[:-1])
            return answer.status, answer.payload

        for identifier in dict.fromkeys(OPERATIONS[name] for name in wanted):
            case = cases[identifier]
            opened = set()
            for name, session, payload, expected in _requests(tables, case):
                is_wanted = name in wanted and OPERATIONS[name] == identifier
                if not is_wanted and session == 0:
                    continue
                opened |= {session} - {0}
                if ask(tables.operations[name].opcode, case.profile, session, payload) != (
                    framing.OK,
                    expected,
                ):
                    raise RuntimeError(f"{configuration.key}: {name} does not answer {identifier}")
                if is_wanted:
                    cost = counted.cost()
                    row = rows.setdefault(name, cost)
                    rows[name] = {key: max(row[key], cost[key]) for key in cost}
            for session in opened:
                ask(close, "", session, b"")
    sections = device_sections(configuration, "-O2")
    for name, row in rows.items():
        row["code"], row["ram"] = sections.kept([name.replace(".", "_")])
    return {name: rows[name] for name in OPERATIONS if name in rows}


def device_sections(configuration: Configuration, level: str) -> Sections:
    """The sections of the test image's operations. Raises CannotStart."""
    build = _make(configuration, level, "operations")
    objects = sorted((build / configuration.target).glob("*.o"))
    left_out = ("measure", "main", "mark", "meter.", "memory", "handlers-production", "frame")
    return Sections(
        _tool(configuration, "objdump"), [path for path in objects if not path.name.startswith(left_out)]
    )


def code(configuration: Configuration) -> dict[str, dict[str, int]]:
    """Bytes of text and constants that the linker keeps for each group of CODE, at each of LEVELS."""
    sizes: dict[str, dict[str, int]] = {group: {} for group in CODE}
    command = ["make", "--no-print-directory", f"--directory={FIRMWARE}", f"TARGETS={configuration.target}"]
    said = subprocess.run([*command, "flags"], capture_output=True, text=True, check=True).stdout
    flags = said.removeprefix("flags: ").split()
    sources = (FIRMWARE.parent / "src").glob("*.c")
    names = sorted(f"{source.stem}.o" for source in sources)
    for level in LEVELS:
        build = _make(configuration, level, "core")
        objects = [str(build / configuration.target / name) for name in names]
        for group, functions in CODE.items():
            options = ["-nostdlib", "-nostartfiles", "-Wl,--gc-sections", f"-Wl,-e,{functions[0]}"]
            options += [f"-Wl,-u,{function}" for function in functions]
            options += ["-Wl,--defsym=memcpy=0", "-Wl,--defsym=memset=0", "-Wl,-Ttext=0x10000"]
            with tempfile.NamedTemporaryFile(suffix=".elf") as linked:
                link = [
                    configuration.machine.compiler,
                    *flags,
                    *options,
                    "-o",
                    linked.name,
                    *objects,
                    "-lgcc",
                ]
                subprocess.run(link, check=True, capture_output=True)
                size = [_tool(configuration, "size"), linked.name]
                listing = subprocess.run(size, capture_output=True, text=True, check=True).stdout
            sizes[group][level.removeprefix("-")] = int(listing.splitlines()[1].split()[0])
    return sizes


@dataclass(frozen=True)
class Entry:
    """What the ledger says of a configuration."""

    compiler: str
    work: dict[str, dict[str, int]]
    code: dict[str, dict[str, int]]
    power: dict[str, dict[str, int]]
    load: dict[str, dict[str, int]]
    operations: dict[str, dict[str, int]]


def load(path: Path = LEDGER) -> dict[str, Entry]:
    """The ledger: configuration -> compiler, work, code, the works of two chapters, and operations."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: Entry(**entry) for key, entry in entries.items() if key != "configured"}


def load_configured(path: Path = LEDGER) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    """What the ledger says of the header's choices: compiler -> target -> choice -> code and RAM."""
    found: dict[str, dict[str, dict[str, dict[str, int]]]] = tomllib.loads(
        path.read_text(encoding="utf-8")
    ).get("configured", {})
    return found


def grown(recorded: dict[str, int], now: dict[str, int]) -> list[str]:
    """The quantities that are more than GROWTH above what is recorded."""
    return [
        f"{name}: {now[name]}, recorded {recorded[name]}"
        for name in recorded
        if now[name] > recorded[name] * (1 + GROWTH)
    ]


def _table(values: dict[str, int]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in values.items()) + " }"


def _part(key: str, rows: dict[str, dict[str, int]]) -> str:
    return "\n".join([f"[{key}]", *(f'"{name}" = {_table(row)}' for name, row in rows.items())]) + "\n"


def configured(target: str, choice: str) -> dict[str, int]:
    """Code and static memory of all operations of a target's device under a choice of the header."""
    sections = device_sections(Configuration(target, choice, CHOICES[choice]), "-Os")
    size, ram = sections.kept(["answer_request", "device"])
    return {"code": size, "ram": ram}


def write(path: Path = LEDGER) -> None:
    """Measure everything and write the ledger."""
    parts, powers, loads = [HEADER], [POWER_HEADER], [LOAD_HEADER]
    operations, choices = [OPERATIONS_HEADER], [CONFIGURED_HEADER]
    for configuration in CONFIGURATIONS:
        key, begun = configuration.key, time.monotonic()
        parts.append(f'[{key}]\ncompiler = "{compiler_version(configuration)}"\n')
        parts.append(_part(f"{key}.work", measure(configuration, WORK)))
        parts.append(_part(f"{key}.code", code(configuration)))
        powers.append(_part(f"{key}.power", measure(configuration, POWER_WORK)))
        loads.append(_part(f"{key}.load", measure(configuration, LOAD_WORK)))
        operations.append(_part(f"{key}.operations", measure_operations(configuration, OPERATIONS)))
        sys.stdout.write(f"{key}: {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()
    for target in CHOICES_ON:
        version = compiler_version(Configuration(target))
        rows = {choice: configured(target, choice) for choice in CHOICES}
        choices.append(_part(f'configured."{version}".{target}', rows))
    path.write_text("\n".join([*parts, *powers, *loads, *operations, *choices]), encoding="utf-8")


if __name__ == "__main__":
    write()
