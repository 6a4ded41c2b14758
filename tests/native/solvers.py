"""Checks of the solvers of public numbers, which are built apart from the rest of the core."""

import subprocess
from pathlib import Path

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "native"
COMPILERS = [pytest.param(name, marks=pytest.mark.needs(name)) for name in ("gcc", "clang")]
FREESTANDING = ("-std=c11", "-O2", "-fPIC", "-ffreestanding", "-fno-tree-loop-distribute-patterns")
SANITIZED = ("-std=c11", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")


def undefined(directory: Path, sources: list[str]) -> set[str]:
    """The symbols that the sources, linked into one object, still need."""
    made = directory / "solver.o"
    command = ["cc", *FREESTANDING, f"-I{NATIVE / 'include'}", "-nostdlib", "-r", "-o", str(made), *sources]
    subprocess.run(command, check=True)
    listed = subprocess.run(["nm", "-u", str(made)], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1] for line in listed.splitlines()}


def run_sanitized(directory: Path, compiler: str, driver: str, sources: list[str]) -> str:
    """What a driver beside this file prints when it runs clean under the sanitizers."""
    program = directory / "driver"
    command = [compiler, *SANITIZED, f"-I{NATIVE / 'include'}", str(Path(__file__).with_name(driver))]
    built = subprocess.run(
        [*command, *sources, "-lm", "-o", str(program)], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    ran = subprocess.run([str(program)], capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.strip()
