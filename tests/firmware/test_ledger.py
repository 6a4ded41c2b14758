"""The ledger of the devices: what is measured is what is recorded, and nothing has grown."""

import os
import subprocess
from pathlib import Path

import pytest

from meter_privacy.conformance import emulator, ledger

pytestmark = pytest.mark.needs(
    "make", "cc", "arm-none-eabi-gcc", "riscv64-unknown-elf-gcc", "qemu-system-arm", "qemu-system-riscv32"
)

# `make firmware` measures everything; otherwise what is quick.
WHOLE = os.environ.get("METER_PRIVACY_WHOLE_LEDGER") == "1"
KEYS = [pytest.param(configuration, id=configuration.key) for configuration in ledger.CONFIGURATIONS]


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


@pytest.mark.parametrize("configuration", KEYS)
def test_nothing_has_grown(
    recorded: dict[str, ledger.Entry], configuration: ledger.Configuration, tmp_path: Path
) -> None:
    entry = recorded[configuration.key]
    version = ledger.compiler_version(configuration)
    if version != entry.compiler:
        # Another compiler makes other code: its figures are reported, and held to nothing.
        print(f"{configuration.key}: recorded with {entry.compiler}, here is {version}")
    works = [work for work in ledger.WORK if work.quick or WHOLE]
    measured = ledger.measure(configuration, works, tmp_path)
    for name, sizes in ledger.code(configuration, tmp_path).items():
        measured[f"code of {name}"] = sizes
    measured |= ledger.measure(configuration, ledger.POWER_WORK, tmp_path)
    loads = [work for work in ledger.LOAD_WORK if work.quick or WHOLE]
    measured |= ledger.measure(configuration, loads, tmp_path)
    known = (
        entry.work
        | entry.power
        | entry.load
        | {f"code of {name}": sizes for name, sizes in entry.code.items()}
    )
    growth = {name: ledger.grown(known[name], row) for name, row in measured.items()}
    found = {name: lines for name, lines in growth.items() if lines}
    if version == entry.compiler:
        assert found == {}, (
            "write the ledger anew if this is meant: python -m meter_privacy.conformance.ledger"
        )
    elif found:
        print(found)


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
