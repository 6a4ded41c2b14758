"""Branch coverage of the C core by the vectors and the tests of tests/native together.

`python -m tests.native.coverage` builds the extension with gcov's counters, runs the vectors on it function
by function, the tests of the installed form and those of the solvers, and prints every branch that was never
taken or never fallen through. One that is not listed in coverage_exclusions.toml, and one that is listed and
not missing, fail.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NATIVE = ROOT / "native"
EXCLUSIONS = Path(__file__).with_name("coverage_exclusions.toml")
MODULE = "meter_privacy.native._core"
# SHA-256 in portable C: its block function in x86-64's instructions has no branch, and hides it.
FLAGS = ["-std=c11", "-O0", "-g", "--coverage", "-DMPRIV_SHA256_X86_64=0"]
RUN = ["-q", "-x", "-p", "no:cacheprovider", "--import-mode=importlib"]
VECTORS = ["tests/test_vectors.py", "-k", "test_functions_check_for_themselves and native"]
CORE_TESTS = [
    *(f"tests/native/test_{name}.py" for name in ("contract", "misuse", "paillier_core")),
    *(f"tests/native/test_{name}.py" for name in ("dream_core", "dream_epoch", "hash_core")),
    *(f"tests/native/test_{name}.py" for name in ("load_core", "noise", "trading_core")),
    *(f"tests/native/test_{name}.py" for name in ("offline_store", "faults")),
    "-k", "installed or offline or blinded or (trading_core and not ([64 or [32 or [16 or [8]))",
]  # fmt: skip

SOLVER_TESTS = [
    *(f"tests/native/test_{name}.py" for name in ("privacy_power", "batteries", "solver_calls")),
    "-k", "not sanitizers and not c_library and not unoptimised",  # which build the sources for themselves
]  # fmt: skip


@dataclass(frozen=True, order=True)
class Missing:
    """A line with branches that no test took, as (file, text of the line), and how many."""

    file: str
    text: str


def build(directory: Path) -> Path:
    """The extension with counters, compiled from a fresh directory."""
    from cffi import FFI

    scope: dict[str, Any] = {"__name__": "__cffi__", "__file__": str(NATIVE / "build_core.py")}
    exec(compile((NATIVE / "build_core.py").read_text(encoding="utf-8"), "build_core.py", "exec"), scope)
    ffi = FFI()
    ffi.cdef(scope["all_declarations"]())
    ffi.set_source(
        MODULE,
        '#include "meter_privacy_batteries.h"',
        sources=[str(source) for source in sorted((NATIVE / "src").glob("*.c"))],
        include_dirs=[str(NATIVE / "include")],
        extra_compile_args=FLAGS,
        extra_link_args=["--coverage"],
        py_limited_api=True,
    )
    return Path(ffi.compile(tmpdir=str(directory)))


def run_tests(extension: Path) -> int:
    """pytest in this process, with the extension in the place of the installed one."""
    import importlib.util

    import pytest

    import meter_privacy.native

    spec = importlib.util.spec_from_file_location(MODULE, extension)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    meter_privacy.native.__dict__["_core"] = module
    os.chdir(ROOT)

    def run(tests: list[str]) -> int:
        return int(pytest.main([*RUN, *tests]))

    return next((code for tests in (VECTORS, CORE_TESTS, SOLVER_TESTS) if (code := run(tests))), 0)


def measure(directory: Path) -> tuple[Counter[Missing], int]:
    """The missing branches, and the number of all branches. Raises RuntimeError where a run fails."""
    extension = build(directory)
    tests = [sys.executable, "-m", "tests.native.coverage", "--run", str(extension)]
    done = subprocess.run(tests, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the tests failed on the core with counters:\n{done.stdout[-4000:]}{done.stderr}")
    report = directory / "gcovr.json"
    command = [sys.executable, "-m", "gcovr", "--root", str(ROOT), "--filter", "native/src/"]
    command += ["--gcov-suspicious-hits-threshold", "0", "--json"]  # limbs are multiplied often
    subprocess.run([*command, str(report), str(directory)], cwd=ROOT, check=True, capture_output=True)
    missing: Counter[Missing] = Counter()
    count = 0
    for entry in json.loads(report.read_text(encoding="utf-8"))["files"]:
        source = (ROOT / entry["file"]).read_text(encoding="utf-8").splitlines()
        for line in entry["lines"]:
            branches = line["branches"] or [{"count": line["count"]}]
            count += len(line["branches"])
            if lost := sum(branch["count"] == 0 for branch in branches):
                missing[Missing(Path(entry["file"]).name, source[line["line_number"] - 1].strip())] += lost
    return missing, count


def exclusions() -> Counter[Missing]:
    """The listed branches. Every entry gives its reason."""
    listed: Counter[Missing] = Counter()
    for entry in tomllib.loads(EXCLUSIONS.read_text(encoding="utf-8"))["excluded"]:
        assert entry["reason"].strip()
        listed[Missing(entry["file"], entry["line"])] += entry["branches"]
    return listed


def main() -> int:
    """The gate of `make coverage`."""
    if sys.argv[1:2] == ["--run"]:
        return run_tests(Path(sys.argv[2]))
    import shutil

    directory = ROOT / "build" / "coverage"
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    missing, count = measure(directory)
    listed = exclusions()
    covered = 100 * (count - missing.total()) / count
    sys.stdout.write(f"branches of native/src: {count}, taken {covered:.2f} %, excluded {listed.total()}\n")
    for name, difference in (("missing", missing - listed), ("excluded and not missing", listed - missing)):
        for place, number in sorted(difference.items()):
            sys.stdout.write(f"{name}: {place.file}: {place.text}  ({number})\n")
    return 0 if missing == listed else 1


if __name__ == "__main__":
    sys.exit(main())
