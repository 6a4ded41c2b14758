"""The C core in the forms that the tests compare: every limb size, both ways of multiplying and masking."""

import fcntl
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cffi import FFI

from meter_privacy.native import (
    _core,
    buffers,
    dream,
    dream_epoch,
    energy_tokens,
    groups,
    load_management,
    noise,
    paillier,
    reporting,
    tasking,
)

NATIVE = Path(__file__).resolve().parents[2] / "native"

CORES = {
    "installed": None,
    "64": ["-DMPRIV_LIMB_BITS=64"],
    "64-portable-only": ["-DMPRIV_LIMB_BITS=64", "-DMPRIV_PORTABLE_ONLY=1"],
    "64-portable-barrier": ["-DMPRIV_LIMB_BITS=64", "-DMPRIV_PORTABLE_BARRIER=1"],
    "32": ["-DMPRIV_LIMB_BITS=32"],
    "32-constant-time-multiply": ["-DMPRIV_LIMB_BITS=32", "-DMPRIV_CONSTANT_TIME_MULTIPLY=1"],
    "16": ["-DMPRIV_LIMB_BITS=16"],
    "8": ["-DMPRIV_LIMB_BITS=8"],
}


# The modules that call the core.
BOUND = (
    buffers, dream, dream_epoch, energy_tokens, groups, load_management, noise, paillier, reporting, tasking,
)  # fmt: skip


def declarations() -> str:
    """What the builder of the extension gives cffi, with numbers where the compiler would fill them in."""
    source = (NATIVE / "build_core.py").read_text(encoding="utf-8")
    scope: dict[str, Any] = {"__name__": "__cffi__", "__file__": str(NATIVE / "build_core.py")}
    exec(compile(source, "build_core.py", "exec"), scope)
    lines = scope["all_declarations"]().splitlines()
    return "\n".join(line for line in lines if not line.startswith("#define"))


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Any, Any]]:
    """Builds a form of the core once in a run, whoever asks for it, and opens it: (ffi, lib)."""
    opened: dict[str, tuple[Any, Any]] = {}
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def form(name: str) -> tuple[Any, Any]:
        if name not in opened:
            flags = CORES[name]
            if flags is None:
                opened[name] = (_core.ffi, _core.lib)
            else:
                library = shared / f"core-{name}.so"
                sources = sorted(str(source) for source in (NATIVE / "src").glob("*.c"))
                command = ["cc", "-std=c11", "-O2", "-shared", "-fPIC", *flags, f"-I{NATIVE / 'include'}"]
                with (shared / f"core-{name}.lock").open("w") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX)
                    if not library.exists():
                        made = library.with_suffix(".made")
                        subprocess.run([*command, *sources, "-o", str(made)], check=True)
                        made.rename(library)
                ffi = FFI()
                ffi.cdef(declarations())
                opened[name] = (ffi, ffi.dlopen(str(library)))
        return opened[name]

    return form


@pytest.fixture(params=list(CORES))
def core(
    request: pytest.FixtureRequest,
    build: Callable[[str], tuple[Any, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """Each form in turn, put under the binding."""
    name: str = request.param
    ffi, lib = build(name)
    for module in BOUND:
        monkeypatch.setattr(module, "ffi", ffi)
        monkeypatch.setattr(module, "lib", lib)
    if name != "installed":
        assert lib.mpriv_limb_bits() == int(name.split("-")[0])
    return name


@pytest.fixture
def interface(core: str, build: Callable[[str], tuple[Any, Any]]) -> tuple[Any, Any]:
    """The core's (ffi, lib), for what the binding does not show."""
    return build(core)


@pytest.fixture
def limb_bits(core: str) -> int:
    return 64 if core == "installed" else int(core.split("-")[0])
