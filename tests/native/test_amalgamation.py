"""The one header and the one C file: written whole, compiled without a warning, right on every vector."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cffi import FFI

from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.values import Refusal, check_ranges, decode_input, encode_fields
from meter_privacy.native.operations import OPERATIONS
from tests.native.conftest import BOUND

ROOT = Path(__file__).resolve().parents[2]
NATIVE = ROOT / "native"
TABLES = load_tables()
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wvla", "-Werror"]
CHAPTERS = ("paillier", "dream")


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


amalgamate = load("amalgamate", NATIVE / "amalgamate.py")


@pytest.fixture(scope="module")
def amalgamation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("amalgamation")
    made = subprocess.run(
        [sys.executable, str(NATIVE / "amalgamate.py"), str(directory)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {Path(line).name for line in made.stdout.splitlines()} == {"meter_privacy.h", "meter_privacy.c"}
    return directory


@pytest.mark.parametrize(
    ("compiler", "options"),
    [
        pytest.param("gcc", [], marks=pytest.mark.needs("gcc"), id="gcc"),
        pytest.param("gcc", ["-DMPRIV_LIMB_BITS=32"], marks=pytest.mark.needs("gcc"), id="gcc-32"),
        pytest.param("clang", [], marks=pytest.mark.needs("clang"), id="clang"),
        *(
            pytest.param(
                "arm-none-eabi-gcc", [f"-mcpu={core}", "-mthumb", "-ffreestanding"],
                marks=pytest.mark.needs("arm-none-eabi-gcc"), id=core,
            )
            for core in ("cortex-m0plus", "cortex-m3", "cortex-m4", "cortex-m33")
        ),
        pytest.param(
            "riscv64-unknown-elf-gcc", ["-march=rv32imac", "-mabi=ilp32", "-ffreestanding"],
            marks=pytest.mark.needs("riscv64-unknown-elf-gcc"), id="riscv32",
        ),
    ],
)  # fmt: skip
def test_it_compiles_without_a_warning(amalgamation: Path, compiler: str, options: list[str]) -> None:
    command = [compiler, "-std=c11", "-O2", *WARNINGS, *options, "-c", str(amalgamation / "meter_privacy.c")]
    subprocess.run([*command, "-o", "/dev/null"], check=True)


def exported(library: Path) -> set[str]:
    listing = subprocess.run(
        ["nm", "--dynamic", "--defined-only", str(library)], capture_output=True, text=True, check=True
    )
    return {line.split()[-1] for line in listing.stdout.splitlines()}


def shared(directory: Path, sources: list[Path], include: Path) -> Path:
    library = directory / "libmeter_privacy.so"
    command = ["cc", "-std=c11", "-O2", "-shared", "-fPIC", f"-I{include}", *map(str, sources)]
    subprocess.run([*command, "-o", str(library)], check=True)
    return library


@pytest.fixture(scope="module")
def library(amalgamation: Path) -> Path:
    return shared(amalgamation, [amalgamation / "meter_privacy.c"], amalgamation)


@pytest.mark.needs("nm")
def test_it_exports_what_the_tree_exports(library: Path, tmp_path: Path) -> None:
    kept = [
        path for path in sorted((NATIVE / "src").glob("*.c")) if not path.name.startswith(amalgamate.SOLVER)
    ]
    tree = shared(tmp_path, kept, NATIVE / "include")
    assert exported(library) == exported(tree)


@pytest.fixture
def amalgamated(library: Path, amalgamation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared library of the one C file in the place of the installed core."""
    build = load("build_core_declarations", NATIVE / "build_core.py")
    header = (amalgamation / "meter_privacy.h").read_text(encoding="utf-8")
    lines = build.declarations(header).splitlines()
    ffi = FFI()
    ffi.cdef("\n".join(line for line in lines if not line.startswith("#define")))
    lib = ffi.dlopen(str(library))
    for module in BOUND:
        monkeypatch.setattr(module, "ffi", ffi)
        monkeypatch.setattr(module, "lib", lib)


def within(operation: str, values: dict[str, Any], profile: str) -> bool:
    try:
        check_ranges(TABLES.operations[operation], values, profile)
    except Refusal:
        return False
    return True


def answer(operation: str, values: dict[str, Any]) -> dict[str, Any]:
    try:
        result = OPERATIONS[operation](**values)
    except ValueError as error:
        return {"error": getattr(error, "error_class", repr(error))}
    fields = TABLES.operations[operation].output
    outputs = {fields[0].name: result} if len(fields) == 1 else dict(result or {})
    return {"output": encode_fields(fields, outputs)}


@pytest.mark.usefixtures("amalgamated")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_it_answers_every_vector(chapter: str) -> None:
    """Left out as in test_vectors.py: grammar, and sizes that only the profile refuses."""
    from meter_privacy.conformance.suite import load_suite

    asked = 0
    for case in load_suite(TABLES).cases:
        step = case.steps[0]
        if case.chapter != chapter or case.script or step.input is None or step.operation not in OPERATIONS:
            continue
        try:
            values = decode_input(TABLES.operations[step.operation], dict(step.input))
        except Refusal:
            continue
        if not within(step.operation, values, case.profile) and within(step.operation, values, "published"):
            continue
        expected = {"error": step.expect_error} if step.expect_error else {"output": step.expect_output}
        assert answer(step.operation, values) == expected, case.id
        asked += 1
    assert asked > 500


def test_a_source_that_is_not_taken_in_is_named(tmp_path: Path) -> None:
    for room in ("include", "src"):
        (tmp_path / room).mkdir()
        for source in (NATIVE / room).iterdir():
            if source.is_file():
                (tmp_path / room / source.name).write_bytes(source.read_bytes())
    (tmp_path / "src" / "orphan.h").write_text("int orphan;\n", encoding="utf-8")
    with pytest.raises(amalgamate.NotAmalgamated, match=r"orphan\.h"):
        amalgamate.amalgamate(tmp_path, tmp_path / "out")
