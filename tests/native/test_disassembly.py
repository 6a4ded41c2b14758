"""The C core's machine code for each device: no division, and no call but to itself and to what is listed.

A division takes a time of its operands, and so may a helper of the compiler's library: each that is called is
listed here with the functions that may call it and the reason why it may.
"""

import re
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "native"
# The solvers of privacy power and batteries see public data only and compute in floating point.
SOLVER = ("privacy_power", "batteries", "elementary")
SOURCES = [path for path in sorted((NATIVE / "src").glob("*.c")) if not path.name.startswith(SOLVER)]
LEVELS = ("-O2", "-O3", "-Os")

C_LIBRARY = {
    "memcpy": "all that the core needs of a C library; lengths are public",
    "memset": "all that the core needs of a C library; lengths are public",
}


@dataclass(frozen=True)
class Helper:
    """A function of the compiler's library, who may call it, and why."""

    callers: frozenset[str]
    reason: str


PUBLIC_PRODUCT = Helper(
    frozenset({
        "mpriv_paillier_headroom_vartime", "mpriv_dream_modulus_vartime", "sums_vartime",
        "mpriv_dream_check_parameters_vartime", "meter_check_epoch_vartime", "mpriv_dream_member_start",
        "mpriv_dream_check_cluster_vartime", "mpriv_dream_epoch_digest_vartime", "meter_ratio_vartime",
        "mpriv_dream_exposed_vartime",
    }),
    "a 64-bit product of numbers that are public: meters, their largest reading, an epoch's numbers",
)  # fmt: skip
PUBLIC_SHIFT = Helper(
    frozenset({"output", "put_be"}),
    "a 64-bit shift of a public length by the place of a byte",
)


@dataclass(frozen=True)
class Device:
    """A compiler's prefix, its options for a processor, and what of its library the core may call."""

    prefix: str
    options: tuple[str, ...]
    helpers: dict[str, Helper]
    division: str
    call: str


def arm(core: str, **helpers: Helper) -> Device:
    return Device(
        "arm-none-eabi-",
        (f"-mcpu={core}", "-mthumb"),
        helpers,
        r"[us]div",
        r"R_ARM_(?:THM_)?(?:CALL|JUMP\d+)",
    )


PUBLIC_MODULUS = Helper(
    frozenset({
        "meter_reduced", "mpriv_dream_member_start", "mpriv_dream_member_report", "mpriv_dream_member_reply",
    }),
    "a 64-bit shift by the public number of bits of DREAM's modulus",
)  # fmt: skip


DEVICES = {
    "cortex-m0plus": arm(
        "cortex-m0plus",
        __aeabi_lmul=PUBLIC_PRODUCT,
        __aeabi_llsl=PUBLIC_MODULUS,
        __aeabi_llsr=PUBLIC_SHIFT,
    ),
    "cortex-m23": arm(
        "cortex-m23",
        __aeabi_lmul=PUBLIC_PRODUCT,
        __aeabi_llsl=PUBLIC_MODULUS,
        __aeabi_llsr=PUBLIC_SHIFT,
    ),
    "cortex-m3": arm("cortex-m3"),
    "cortex-m4": arm("cortex-m4"),
    "cortex-m33": arm("cortex-m33"),
    "riscv32": Device(
        "riscv64-unknown-elf-",
        ("-march=rv32imac", "-mabi=ilp32"),
        {"__lshrdi3": PUBLIC_SHIFT, "__ashldi3": PUBLIC_MODULUS},
        r"div|divu|rem|remu",
        r"R_RISCV_(?:CALL(?:_PLT)?|JAL|RVC_JUMP)",
    ),
}

BUILDS = [
    pytest.param(name, level, marks=pytest.mark.needs(f"{device.prefix}gcc"), id=f"{name}{level}")
    for name, device in DEVICES.items()
    for level in LEVELS
]


def functions(
    directory: Path, device: Device, level: str, sources: list[Path], *defines: str
) -> dict[str, str]:
    """The disassembly of each function, with its relocations."""
    made: list[str] = []
    for source in sources:
        made.append(str(directory / f"{source.stem}.o"))
        command = [f"{device.prefix}gcc", "-std=c11", *device.options, level, "-ffreestanding", *defines]
        include = [f"-I{NATIVE / 'include'}", f"-I{NATIVE / 'src'}"]
        subprocess.run([*command, *include, "-c", str(source), "-o", made[-1]], check=True)
    listing = subprocess.run(
        [f"{device.prefix}objdump", "-d", "-r", *made], capture_output=True, text=True, check=True
    ).stdout
    parts = re.split(r"^[0-9a-f]+ <([^>]+)>:$", listing, flags=re.M)
    found: dict[str, str] = defaultdict(str)
    function = ""
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        # A name that begins with a dot is a place within the function before it.
        function = name.split(".")[0] or function
        found[function] += body
    return found


def divisions(device: Device, found: dict[str, str]) -> set[str]:
    """The functions in which a division instruction stands."""
    return {name for name, body in found.items() if re.search(rf"\t(?:{device.division})(?:\.w)?\t", body)}


def calls(device: Device, found: dict[str, str]) -> dict[str, set[str]]:
    """What each symbol outside of the core is called by."""
    made: dict[str, set[str]] = defaultdict(set)
    for name, body in found.items():
        for symbol in re.findall(rf"{device.call}\s+(\w[\w.]*)", body):
            if symbol.split(".")[0] not in found:
                made[symbol].add(name)
    return made


@pytest.mark.parametrize(("name", "level"), BUILDS)
def test_no_division_and_no_call_that_is_not_listed(tmp_path: Path, name: str, level: str) -> None:
    device = DEVICES[name]
    found = functions(tmp_path, device, level, SOURCES)
    assert len(found) > 40
    assert divisions(device, found) == set()
    outside = calls(device, found)
    assert outside.keys() >= C_LIBRARY.keys()
    for symbol, callers in outside.items():
        if symbol not in C_LIBRARY:
            assert symbol in device.helpers, f"{symbol} is called by {sorted(callers)}"
            assert callers <= device.helpers[symbol].callers, symbol


def long_multiplies(found: dict[str, str]) -> set[str]:
    """The functions with a multiplication to 64 bits, whose time on a Cortex-M3 depends on its operands."""
    long = re.compile(r"\t(?:[us]m(?:ull|lal)|umaal)(?:\.w)?\t")
    return {name for name, body in found.items() if long.search(body)}


@pytest.mark.needs("arm-none-eabi-gcc")
@pytest.mark.parametrize("level", LEVELS)
def test_only_public_numbers_go_through_a_long_multiply_on_a_cortex_m3(tmp_path: Path, level: str) -> None:
    device = DEVICES["cortex-m3"]
    assert long_multiplies(functions(tmp_path, device, level, SOURCES)) <= PUBLIC_PRODUCT.callers
    plain = functions(tmp_path, device, level, SOURCES, "-DMPRIV_CONSTANT_TIME_MULTIPLY=0")
    assert "mpriv_rows_32" in long_multiplies(plain)


CONTROL = """
#include <stdint.h>
uint32_t quotient(uint32_t a, uint32_t b) { return a / b; }
int32_t rest(int32_t a, int32_t b) { return a % b; }
uint64_t wide(uint64_t a, uint64_t b) { return a / b; }
"""


@pytest.mark.parametrize(("name", "level"), BUILDS)
def test_a_planted_division_is_seen(tmp_path: Path, name: str, level: str) -> None:
    """As an instruction where the processor has one, as a call where it has none."""
    device = DEVICES[name]
    source = tmp_path / "control.c"
    source.write_text(CONTROL, encoding="utf-8")
    found = functions(tmp_path, device, level, [source])
    seen = divisions(device, found) | {name for callers in calls(device, found).values() for name in callers}
    assert seen == {"quotient", "rest", "wide"}
    assert ("quotient" in divisions(device, found)) == (name != "cortex-m0plus")
