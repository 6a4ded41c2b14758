"""The ledger of the devices: what is measured is what is recorded, and nothing has grown."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from meter_privacy.conformance import emulator, ledger
from meter_privacy.conformance.tables import load_tables

pytestmark = pytest.mark.needs(
    "make", "cc", "arm-none-eabi-gcc", "riscv64-unknown-elf-gcc", "qemu-system-arm", "qemu-system-riscv32"
)

# `make firmware` measures everything; otherwise what is quick.
WHOLE = os.environ.get("METER_PRIVACY_WHOLE_LEDGER") == "1"
TABLES = load_tables()
KEYS = [
    pytest.param(
        configuration, id=configuration.key, marks=pytest.mark.nightly if configuration.defines else ()
    )
    for configuration in ledger.CONFIGURATIONS
]


@pytest.fixture(scope="module")
def recorded() -> dict[str, ledger.Entry]:
    return ledger.load()


def test_every_configuration_and_all_work_is_recorded(recorded: dict[str, ledger.Entry]) -> None:
    assert list(recorded) == [configuration.key for configuration in ledger.CONFIGURATIONS]
    for entry in recorded.values():
        assert list(entry.work) == [work.name for work in ledger.WORK]
        assert list(entry.code) == list(ledger.CODE)
        assert list(entry.power) == [work.name for work in ledger.POWER_WORK]
        assert list(entry.load) == [work.name for work in ledger.LOAD_WORK]


def lines(entry: ledger.Entry) -> dict[str, dict[str, int]]:
    return entry.work | entry.power | entry.load | entry.operations | {
        f"code of {name}": sizes for name, sizes in entry.code.items()
    }  # fmt: skip


def test_every_operation_of_the_device_has_a_line(recorded: dict[str, ledger.Entry]) -> None:
    """What the device answers is in its table of handlers; a line has all four quantities."""
    table = (ledger.FIRMWARE / "handlers.c").read_text(encoding="utf-8")
    opcodes = {
        f"MPRIV_OPCODE_{name.replace('.', '_').upper()}": name
        for name, operation in TABLES.operations.items()
    }
    offered = {opcodes[opcode] for opcode in re.findall(r"^    \{(\w+),", table, re.M)} - {"session.close"}
    assert len(offered) > 50
    for key, entry in recorded.items():
        assert set(entry.operations) == offered, f"{key}: choose a vector in ledger.OPERATIONS"
        for name, row in entry.operations.items():
            assert set(row) == {"instructions", "stack", "code", "ram"}, name
            assert row["instructions"] > 100, name
            assert row["code"] > 100, name


def test_every_choice_of_the_header_has_a_line() -> None:
    header = (ledger.ROOT / "native" / "include" / "meter_privacy_config.h").read_text(encoding="utf-8")
    switches = set(re.findall(r"^#ifndef (MPRIV_\w+)$", header, re.M))
    chosen = {define[2:].split("=")[0] for defines in ledger.CHOICES.values() for define in defines}
    assert chosen == switches
    configured = ledger.load_configured()
    assert [target for targets in configured.values() for target in targets] == list(ledger.CHOICES_ON)
    for targets in configured.values():
        for rows in targets.values():
            assert list(rows) == list(ledger.CHOICES)
            # A profile that is out, and a block function that is the vendor's, are less code.
            for choice in ("hardened-only", "external-sha256"):
                assert rows[choice]["code"] < rows["default"]["code"]


@pytest.mark.parametrize("configuration", KEYS)
def test_nothing_has_grown(recorded: dict[str, ledger.Entry], configuration: ledger.Configuration) -> None:
    entry = recorded[configuration.key]
    version = ledger.compiler_version(configuration)
    known = lines(entry)

    def chosen(works: tuple[ledger.Work, ...]) -> list[ledger.Work]:
        return [work for work in works if WHOLE or known[work.name]["instructions"] <= ledger.QUICK]

    works = ledger.WORK + ledger.POWER_WORK + ledger.LOAD_WORK
    measured = ledger.measure(configuration, chosen(works))
    measured |= {f"code of {name}": sizes for name, sizes in ledger.code(configuration).items()}
    measured |= ledger.measure_operations(
        configuration,
        [
            name for name, row in entry.operations.items()
            if WHOLE or row["instructions"] <= ledger.QUICK
        ],
    )  # fmt: skip
    growth = {name: ledger.grown(known[name], row) for name, row in measured.items()}
    found = {name: lines for name, lines in growth.items() if lines}
    hold(configuration.key, entry.compiler, version, found)


def hold(key: str, recorded: str, version: str, found: dict[str, list[str]]) -> None:
    """Another compiler makes other code: its figures are reported, and held to nothing."""
    if version == recorded:
        assert found == {}, (
            "write the ledger anew if this is meant: python -m meter_privacy.conformance.ledger"
        )
    else:
        print(f"{key}: recorded with {recorded}, here is {version}: {found}")


@pytest.mark.nightly
@pytest.mark.parametrize("target", ledger.CHOICES_ON)
def test_no_choice_has_grown(target: str) -> None:
    version = ledger.compiler_version(ledger.Configuration(target))
    ((recorded, rows),) = [
        (compiler, targets[target])
        for compiler, targets in ledger.load_configured().items() if target in targets
    ]  # fmt: skip
    found = {
        choice: ledger.grown(rows[choice], ledger.configured(target, choice)) for choice in ledger.CHOICES
    }
    hold(target, recorded, version, {choice: growth for choice, growth in found.items() if growth})


def test_growth_is_more_than_one_per_cent() -> None:
    recorded = {"instructions": 1000, "stack": 100}
    assert ledger.grown(recorded, {"instructions": 1010, "stack": 100}) == []
    assert ledger.grown(recorded, {"instructions": 10, "stack": 100}) == []
    assert ledger.grown(recorded, {"instructions": 1011, "stack": 102}) == [
        "instructions: 1011, recorded 1000",
        "stack: 102, recorded 100",
    ]


def test_the_plug_in_counts_exactly(tmp_path: Path) -> None:
    """A loop of three instructions costs three more for each round, on every run."""
    source = tmp_path / "loop.c"
    source.write_text(
        """
__attribute__((naked)) void mark(const volatile void *at) { __asm volatile("ldrb r0, [r0]\\n\\tbx lr"); }
static void loop(unsigned rounds) {
    __asm volatile("1: nop\\n\\tsubs %0, %0, #1\\n\\tbne 1b" : "+r"(rounds) : : "cc");
}
void reset_handler(void);
__attribute__((naked)) void reset_handler(void) { __asm volatile("bl run"); }
void run(void) {
    mark((void *)0x20000000);
    loop(1000);
    mark((void *)0x20000010);
    loop(2000);
    mark((void *)0x20000020);
    *(volatile unsigned *)0xE000ED0C = 0x05FA0004;
    for (;;) { }
}
__attribute__((section(".vectors"), used)) static void *const vectors[2] = {
    (void *)0x20001000, (void *)reset_handler};
""",
        encoding="utf-8",
    )
    image, plugin = tmp_path / "loop.elf", tmp_path / "icount.so"
    script = tmp_path / "loop.ld"
    script.write_text(
        "SECTIONS { . = 0; .text : { KEEP(*(.vectors)) *(.text*) } /DISCARD/ : { *(.ARM.exidx*) } }\n",
        encoding="utf-8",
    )
    build = ["arm-none-eabi-gcc", "-mcpu=cortex-m3", "-mthumb", "-O1", "-nostdlib", "-nostartfiles"]
    subprocess.run([*build, "-T", str(script), str(source), "-o", str(image)], check=True)
    own = ledger.FIRMWARE / "icount" / "icount.c"
    subprocess.run(["cc", "-shared", "-fPIC", str(own), "-o", str(plugin)], check=True)
    symbols = subprocess.run(["arm-none-eabi-nm", str(image)], capture_output=True, text=True, check=True)
    mark = next(int(line.split()[0], 16) & ~1 for line in symbols.stdout.splitlines() if " T mark" in line)
    seen = []
    for run in range(2):
        out = tmp_path / f"{run}.marks"
        machine = emulator.MACHINES["cortex-m3"]
        option = ["-plugin", f"{plugin},mark={mark:#x},out={out}"]
        subprocess.run([*machine.command(image), *option], check=True, stdin=subprocess.DEVNULL, timeout=60)
        seen.append([tuple(map(int, line.split())) for line in out.read_text().splitlines()])
    assert seen[0] == seen[1]
    (first, a), (second, b), (third, c) = seen[0]
    assert (a, b, c) == (0x20000000, 0x20000010, 0x20000020)
    assert (third - second) - (second - first) == 3 * 1000
