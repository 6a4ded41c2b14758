"""The C core's sources: no warning, no C library, no multiply or divide that takes a time of its operands."""

import re
import subprocess
from pathlib import Path

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "native"
SOURCES = sorted((NATIVE / "src").glob("*.c"))
WARNINGS = [
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Wconversion",
    "-Wshadow",
    "-Wvla",
    "-Wstrict-prototypes",
    "-Werror",
]
ALLOWED = {"memcpy", "memset"}
# The solvers of privacy power and batteries compute in floating point and on public data only.
PUBLIC = {path.stem for path in SOURCES if path.stem.startswith(("privacy_power", "batteries", "elementary"))}
INTEGER = [path for path in SOURCES if path.stem not in PUBLIC]


def objects(directory: Path, compiler: str, *flags: str, sources: list[Path] = SOURCES) -> list[Path]:
    made = []
    for source in sources:
        made.append(directory / f"{source.stem}.o")
        command = [compiler, "-std=c11", *WARNINGS, f"-I{NATIVE / 'include'}", *flags, "-c", str(source)]
        subprocess.run([*command, "-o", str(made[-1])], check=True)
    return made


def undefined(nm: str, made: list[Path]) -> set[str]:
    listing = subprocess.run([nm, *map(str, made)], capture_output=True, text=True, check=True).stdout
    return {
        symbol for symbol in re.findall(r"^\s+U (\S+)$", listing, re.M) if not symbol.startswith("mpriv_")
    }


def mutable(nm: str, made: list[Path]) -> list[str]:
    listing = subprocess.run([nm, *map(str, made)], capture_output=True, text=True, check=True).stdout
    return re.findall(r" [bBdDcC] (\S+)$", listing, re.M)


@pytest.mark.parametrize("limbs", ["64", "32", "16", "8"])
@pytest.mark.parametrize(
    "compiler",
    [
        pytest.param("gcc", marks=pytest.mark.needs("gcc")),
        pytest.param("clang", marks=pytest.mark.needs("clang")),
        pytest.param("clang-19", marks=pytest.mark.needs("clang-19")),
    ],
)
def test_no_warning_no_library_no_mutable_global(tmp_path: Path, compiler: str, limbs: str) -> None:
    # Where code may be moved, a constant with an address in it is written once, when it is loaded.
    # The solvers have no limbs.
    sources = SOURCES if limbs == "64" else INTEGER
    flags = ["-O2", "-fno-stack-protector", "-fno-pic", f"-DMPRIV_LIMB_BITS={limbs}"]
    made = objects(tmp_path, compiler, *flags, sources=sources)
    assert undefined("nm", made) <= ALLOWED
    # What the x86-64 processor can do is asked once: a virtual machine takes tens of microseconds to answer.
    assert all("asked" in name.split(".") for name in mutable("nm", made))


@pytest.mark.needs("gcc", "valgrind")
@pytest.mark.parametrize("limbs", ["64", "32", "16", "8"])
def test_no_undefined_behaviour_and_no_access_out_of_bounds(tmp_path: Path, limbs: str) -> None:
    """Every operation that takes a secret, under the address and the undefined-behaviour sanitiser."""
    program = tmp_path / "taint"
    sanitisers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    files = [*map(str, INTEGER), str(NATIVE / "src" / "privacy_power_sample.c")]
    files.append(str(NATIVE / "tests" / "taint.c"))
    include = f"-I{NATIVE / 'include'}"
    command = ["gcc", "-std=c11", "-g", "-O1", *sanitisers, f"-DMPRIV_LIMB_BITS={limbs}", include, *files]
    subprocess.run([*command, "-o", str(program)], check=True)
    report = subprocess.run([str(program), "all"], capture_output=True, text=True, check=False)
    assert report.returncode == 0, report.stderr


@pytest.mark.needs("arm-none-eabi-gcc")
@pytest.mark.parametrize("core", ["cortex-m3", "cortex-m4", "cortex-m33"])
@pytest.mark.parametrize("level", ["-O2", "-Os"])
def test_the_device_needs_no_library(tmp_path: Path, core: str, level: str) -> None:
    made = objects(tmp_path, "arm-none-eabi-gcc", f"-mcpu={core}", "-mthumb", level, "-ffreestanding")
    integer = [path for path in made if path.stem not in PUBLIC]
    assert undefined("arm-none-eabi-nm", integer) <= ALLOWED
    # Floating point and long division in software are the compiler's own.
    rest = undefined("arm-none-eabi-nm", made) - ALLOWED
    assert all(symbol.startswith("__aeabi_") for symbol in rest)
    assert mutable("arm-none-eabi-nm", made) == []


@pytest.mark.needs("arm-none-eabi-gcc")
@pytest.mark.parametrize("level", ["-O2", "-O3", "-Os"])
def test_cortex_m3_multiplies_in_constant_time(tmp_path: Path, level: str) -> None:
    """UMULL and UMLAL end early on a Cortex-M3; outside functions of public numbers none may stand.

    The plain multiply, as a control, has them.
    Nothing is divided at all.
    """
    public = {"mpriv_paillier_headroom_vartime", "mpriv_dream_modulus_vartime"}
    public |= {"mpriv_dream_check_parameters_vartime", "sums_vartime"}
    public |= {"mpriv_dream_exposed_vartime", "mpriv_dream_check_cluster_vartime"}
    public |= {"meter_check_epoch_vartime", "mpriv_dream_member_start"}  # the second contains the first
    found = {}
    for multiply in ("1", "0"):
        flags = (f"-DMPRIV_CONSTANT_TIME_MULTIPLY={multiply}",) if multiply == "0" else ()
        target = ("-mcpu=cortex-m3", "-mthumb", level, "-ffreestanding", *flags)
        made = objects(tmp_path, "arm-none-eabi-gcc", *target, sources=INTEGER)
        command = ["arm-none-eabi-objdump", "-d", *map(str, made)]
        listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        functions = re.split(r"^[0-9a-f]+ <([^>]+)>:$", listing, flags=re.M)
        bodies = dict(zip(functions[1::2], functions[2::2], strict=True))
        found[multiply] = {
            mnemonic: {
                name.split(".")[0] for name, body in bodies.items() if re.search(rf"\t{mnemonic}", body)
            }
            for mnemonic in ("[us]mull", "[us]mlal", "[us]div")
        }
    constant, plain = found["1"], found["0"]
    assert constant["[us]mull"] | constant["[us]mlal"] <= public
    assert not constant["[us]div"]
    assert not plain["[us]mull"] | plain["[us]mlal"] <= public
