"""Vectors as a C header: what is in it, and a device that tests itself by it, on the host and emulated."""

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from meter_privacy.conformance import emulator, framing
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.suite import load_suite
from meter_privacy.conformance.tables import load_tables

NATIVE = Path(__file__).resolve().parents[2] / "native"
FIRMWARE = NATIVE / "firmware"
SHARED = [FIRMWARE / f"{name}.c" for name in ("selftest", "dispatch", "operations")]
SHARED += sorted(FIRMWARE.glob("handlers*.c"))
CORE = sorted((NATIVE / "src").glob("*.c"))
SECONDS = 300.0
INCLUDES = [f"-I{FIRMWARE}", f"-I{NATIVE / 'include'}", "-DMPRIV_TEST_IMAGE=1"]
SUMMARY = re.compile(r"^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) unsupported$", re.M)


def export(directory: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["vectors", "export", "--format", "c-header", *options, str(directory)])
    assert done.exit_code == 0, done.output
    return (directory / "meter_privacy_vectors.h").read_text(encoding="utf-8")


def build(program: Path, header: Path) -> None:
    command = [
        "cc",
        "-std=c11",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Wconversion",
        "-Werror",
        *INCLUDES,
        f"-I{header}",
    ]
    files = [*SHARED, FIRMWARE / "uart_stdio.c", *CORE]
    subprocess.run([*command, *map(str, files), "-o", str(program)], check=True)


def summary(printed: bytes) -> tuple[int, int, int]:
    found = SUMMARY.search(printed.decode("ascii"))
    assert found is not None, printed
    return int(found[1]), int(found[2]), int(found[3])


def test_every_vector_is_in_the_header_or_counted(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["vectors", "export", "--format", "c-header", str(tmp_path)])
    assert done.exit_code == 0, done.output
    count = re.search(r": ([0-9]+) vectors$", done.output, re.M)
    assert count is not None
    left = [int(number) for number in re.findall(r"^left out: ([0-9]+) ", done.output, re.M)]
    assert int(count[1]) + sum(left) == len(load_suite(load_tables()).cases)
    assert int(count[1]) > 3000


def test_a_row_is_the_vector(tmp_path: Path) -> None:
    text = export(tmp_path, "--operation", "dream.modulus")
    tables = load_tables()
    operation = tables.operations["dream.modulus"]
    case = next(
        case for case in load_suite(tables).cases
        if case.operations == ("dream.modulus",) and not case.negative and not case.script
    )  # fmt: skip
    row = re.search(rf'^    \{{"{re.escape(case.id)}", (.*)\}},$', text, re.M)
    assert row is not None
    opcode, profile, status, out_length, in_length, request, answer = row[1].split(", ")
    assert (int(opcode, 16), int(profile), int(status)) == (
        operation.opcode, ("published", "hardened").index(case.profile) + 1, 0
    )  # fmt: skip
    arrays = {
        name: bytes(int(byte) for byte in body.replace("\n", " ").split(",") if byte.strip())
        for name, body in re.findall(r"^static const uint8_t (\w+)\[[0-9]+\] = \{([^}]*)\};", text, re.M)
    }
    step = case.steps[0]
    assert step.input is not None
    assert step.expect_output is not None
    assert arrays[request] == framing.encode_json_payload(operation.input, step.input)
    assert arrays[answer] == framing.encode_json_payload(operation.output, step.expect_output)
    assert (int(in_length), int(out_length)) == (len(arrays[request]), len(arrays[answer]))


def test_filters(tmp_path: Path) -> None:
    text = export(
        tmp_path, "--limit-input-bytes", "100", "--limit-output-bytes", "20", "--operation", "paillier.*"
    )
    sizes = re.search(r"_INPUT_BYTES ([0-9]+)\n.*_OUTPUT_BYTES ([0-9]+)\n", text)
    assert sizes is not None
    assert 0 < int(sizes[1]) <= 100
    assert 0 < int(sizes[2]) <= 20
    assert set(re.findall(r'^    \{"(\w+)-', text, re.M)) == {"paillier"}
    for options in (["--limit-input-bytes", "0"], ["--operation", "nothing.*"]):
        command = ["vectors", "export", "--format", "c-header", *options, str(tmp_path)]
        assert CliRunner().invoke(main, command).exit_code == 2


@pytest.mark.parametrize("option", ["--operation=dream.sanitice", "--limit-output-bytes=-1", "--format=text"])
def test_what_leaves_nothing_is_refused(tmp_path: Path, option: str) -> None:
    """Nor is anything written."""
    command = ["vectors", "export", "--format", "c-header", option, str(tmp_path / "out")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("place", ["file/below", "taken"])
def test_a_path_that_cannot_be_written_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "taken" / "meter_privacy_vectors.h").mkdir(parents=True)
    command = [
        "vectors",
        "export",
        "--format",
        "c-header",
        "--operation",
        "dream.clamp",
        str(tmp_path / place),
    ]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 3, done.output
    assert "cannot be written" in done.output
    command = ["generate-c", str(tmp_path / "file" / "below")]
    assert CliRunner().invoke(main, command).exit_code == 3


@pytest.mark.needs("cc")
def test_the_host_tests_itself(tmp_path: Path) -> None:
    export(tmp_path, "--limit-input-bytes", "400")
    build(tmp_path / "selftest", tmp_path)
    done = subprocess.run([tmp_path / "selftest"], capture_output=True, check=False, timeout=SECONDS)
    passed, failed, unsupported = summary(done.stdout)
    assert (done.returncode, failed) == (0, 0)
    assert passed > 2000
    rows = re.findall(r'^    \{"', (tmp_path / "meter_privacy_vectors.h").read_text(encoding="utf-8"), re.M)
    assert passed + unsupported == len(rows)


@pytest.mark.needs("cc")
def test_a_wrong_device_finds_itself_out(tmp_path: Path) -> None:
    text = export(tmp_path, "--operation", "dream.modulus")
    lines = text.splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "mpriv_vector_bytes_2[" in line) + 1
    first, rest = lines[at].strip().split(",", 1)
    lines[at] = f"    {int(first) ^ 1},{rest}\n"
    (tmp_path / "meter_privacy_vectors.h").write_text("".join(lines), encoding="utf-8")
    build(tmp_path / "selftest", tmp_path)
    done = subprocess.run([tmp_path / "selftest"], capture_output=True, check=False, timeout=SECONDS)
    assert done.returncode == 1
    assert summary(done.stdout)[1] >= 1
    assert b"failed dream-modulus/" in done.stdout


@pytest.mark.needs("arm-none-eabi-gcc", "qemu-system-arm")
def test_the_emulated_cortex_m3_tests_itself(tmp_path: Path) -> None:
    export(tmp_path, "--limit-input-bytes", "120", "--limit-output-bytes", "120")
    image = tmp_path / "selftest.elf"
    files = [*SHARED, *(FIRMWARE / f"{name}.c" for name in ("memory", "startup_arm", "uart_cmsdk")), *CORE]
    command = [
        "arm-none-eabi-gcc", "-std=c11", "-mcpu=cortex-m3", "-mthumb", "-O2", "-Wall", "-Wextra", "-Werror",
        *INCLUDES, f"-I{tmp_path}", "-ffreestanding", "-fno-tree-loop-distribute-patterns", "-nostdlib",
        "-nostartfiles", f"-L{FIRMWARE}", "-T", str(FIRMWARE / "mps2-an385.ld"),
    ]  # fmt: skip
    subprocess.run([*command, *map(str, files), "-lgcc", "-o", str(image)], check=True)
    done = subprocess.run(
        emulator.MACHINES["cortex-m3"].command(image), stdin=subprocess.DEVNULL, capture_output=True,
        check=False, timeout=SECONDS,
    )  # fmt: skip
    passed, failed, _ = summary(done.stdout.rstrip(b"\x00"))
    assert failed == 0
    assert passed > 1000
