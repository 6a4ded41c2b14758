"""The device in the configurations that its header offers: each answers every small vector as it should."""

import itertools
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.tables import load_tables
from tests.firmware.test_selftest import CORE, FIRMWARE, NATIVE, SECONDS, SHARED, SUMMARY

pytestmark = pytest.mark.needs("cc")

# Files of the device that do not change with its configuration.
SAME = [FIRMWARE / f"{name}.c" for name in ("selftest", "operations", "uart_stdio")]
DEVICE = [path for path in SHARED if path not in SAME]
SOLVERS = ("batteries", "elementary", "privacy_power")
CHANGING = DEVICE + [
    path for path in CORE if not path.name.startswith(SOLVERS) or path.name == "privacy_power_sample.c"
]
# A vendor's SHA-256 is that of the library's portable C here: what is tested is that it is asked, and alone.
EXTERNAL = """
#define MPRIV_EXTERNAL_SHA256 0
#define MPRIV_PORTABLE_ONLY 1
#define mpriv_sha256_init vendor_init
#define mpriv_sha256_update vendor_update
#define mpriv_sha256_final vendor_final
#define mpriv_hmac_prepare vendor_prepare
#define mpriv_hmac_init vendor_hmac_init
#define mpriv_hmac_final vendor_hmac_final
#include "sha256.c"
void mpriv_external_sha256_block(uint32_t state[8], const uint8_t block[64]);
void mpriv_external_sha256_block(uint32_t state[8], const uint8_t block[64]) {
    compress(state, block);
}
int mpriv_external_random(uint8_t *bytes, size_t length);
int mpriv_external_random(uint8_t *bytes, size_t length) {
    (void)bytes;
    return length != 0U;
}
"""
EVERY: list[dict[str, int | str]] = [
    dict(
        zip(("LIMB_BITS", "PORTABLE_ONLY", "EXTERNAL_SHA256", "EXTERNAL_RANDOM", "out"), chosen, strict=True)
    )
    for chosen in itertools.product((64, 32), (0, 1), (0, 1), (0, 1), ("", "PUBLISHED", "HARDENED"))
]
# Every choice made once, in both sizes of limbs.
SAMPLE: tuple[dict[str, int | str], ...] = (
    {"LIMB_BITS": 32, "CONSTANT_TIME_MULTIPLY": 1, "EXTERNAL_SHA256": 1, "out": "PUBLISHED"},
    {"LIMB_BITS": 64, "PORTABLE_ONLY": 1, "PORTABLE_BARRIER": 1, "EXTERNAL_RANDOM": 1, "out": "HARDENED"},
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vectors and what is the same in every configuration."""
    directory = tmp_path_factory.mktemp("configurations")
    command = ["vectors", "export", "--format", "c-header", "--limit-input-bytes", "100", str(directory)]
    assert CliRunner().invoke(main, command).exit_code == 0
    (directory / "vendor.c").write_text(EXTERNAL, encoding="utf-8")
    for source in SAME:
        compile_c(source, directory / f"{source.stem}.o", directory, {})
    return directory


def compile_c(source: Path, target: Path, vectors: Path, chosen: dict[str, int]) -> None:
    command = ["cc", "-std=c11", "-O1", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-DMPRIV_TEST_IMAGE=1"]
    command += [f"-I{place}" for place in (FIRMWARE, NATIVE / "include", NATIVE / "src", vectors)]
    command += [f"-DMPRIV_{name}={value}" for name, value in chosen.items()]
    subprocess.run([*command, "-c", str(source), "-o", str(target)], check=True)


def outcome(built: Path, directory: Path, configuration: dict[str, int | str]) -> tuple[int, int, int]:
    chosen = {name: value for name, value in configuration.items() if isinstance(value, int)}
    chosen |= {str(configuration["out"]): 0} if configuration["out"] else {}
    for source in CHANGING:
        compile_c(source, directory / f"{source.stem}.o", built, chosen)
    if chosen.get("EXTERNAL_SHA256"):
        limbs = {"LIMB_BITS": chosen["LIMB_BITS"]}
        compile_c(built / "vendor.c", directory / "vendor.o", built, limbs)
    elif chosen.get("EXTERNAL_RANDOM"):
        text = EXTERNAL[EXTERNAL.index("int mpriv_external_random") :]
        (directory / "random.c").write_text(
            f"#include <stddef.h>\n#include <stdint.h>\n{text}", encoding="utf-8"
        )
        compile_c(directory / "random.c", directory / "random.o", built, {})
    objects = [str(path) for place in (built, directory) for path in sorted(place.glob("*.o"))]
    program = directory / "selftest"
    subprocess.run(["cc", *objects, "-o", str(program)], check=True)
    done = subprocess.run([program], capture_output=True, check=False, timeout=SECONDS)
    found = SUMMARY.search(done.stdout.decode("ascii"))
    assert found is not None, done.stdout
    return int(found[1]), int(found[2]), int(found[3])


def name(configuration: dict[str, int | str]) -> str:
    return "-".join(f"{key}={value}" for key, value in configuration.items()).lower()


@pytest.mark.parametrize(
    "configuration",
    [
        *(pytest.param(chosen, id=name(chosen)) for chosen in SAMPLE),
        *(pytest.param(chosen, id=name(chosen), marks=pytest.mark.nightly) for chosen in EVERY),
    ],
)
def test_the_device_answers_every_small_vector(
    built: Path, tmp_path: Path, configuration: dict[str, int | str]
) -> None:
    table = (FIRMWARE / "handlers.c").read_text(encoding="utf-8")
    opcodes = {
        operation.opcode
        for operation in load_tables().operations.values()
        if f"MPRIV_OPCODE_{operation.name.replace('.', '_').upper()}," in table
    }
    rows = re.findall(
        r'^    \{"[^"]+", 0x([0-9A-F]{4}), ([12]), ',
        (built / "meter_privacy_vectors.h").read_text("utf-8"),
        re.M,
    )
    out = ("", "PUBLISHED", "HARDENED").index(str(configuration["out"]))
    answered = sum(int(opcode, 16) in opcodes and int(profile) != out for opcode, profile in rows)
    assert answered > 400
    assert outcome(built, tmp_path, configuration) == (answered, 0, len(rows) - answered)


def test_a_device_without_a_profile_cannot_be_built(tmp_path: Path) -> None:
    command = ["cc", "-std=c11", "-fsyntax-only", f"-I{FIRMWARE}", f"-I{NATIVE / 'include'}"]
    command += ["-DMPRIV_PUBLISHED=0", "-DMPRIV_HARDENED=0", str(FIRMWARE / "dispatch.c")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode != 0
    assert "MPRIV_PUBLISHED or MPRIV_HARDENED is in" in done.stderr
