"""Builds the extension module meter_privacy.native._core: the C core behind cffi, for the stable ABI.

`setup.py` names `native/build_core.py:ffibuilder`; `python native/build_core.py` builds in place.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from cffi import FFI

HERE = Path(__file__).resolve().parent
HEADERS = (
    HERE / "include" / "meter_privacy.h",
    *(
        header
        for header in sorted((HERE / "include").glob("meter_privacy_*.h"))
        if "config" not in header.name
    ),
)
MODULE = "meter_privacy.native._core"
COMPILE_ARGUMENTS = ["-std=c11", "-O3", "-fno-trapping-math", "-fvisibility=hidden"]


def declarations(header: str) -> str:
    """The types and prototypes of a public header, in the form that cffi parses.

    Comments, preprocessor lines and attributes go; numeric macros become constants.
    """
    constants = [
        f"#define {name} ..."
        for name in re.findall(r"^#define (MPRIV_\w+) \(?-?\d+\)?(?:\s|$)", header, re.M)
    ]
    body = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    body = re.sub(r"#ifdef __cplusplus\n.*?#endif", "", body, flags=re.S)
    body = re.sub(r"^extern const [^;]*;$", "", body, flags=re.M)
    body = re.sub(r"^#(?:[^\n]*\\\n)*[^\n]*$", "", body, flags=re.M)
    return "\n".join([*constants, body.replace("MPRIV_CHECK ", "")])


def all_declarations() -> str:
    """What the extension offers: the declarations of the public headers."""
    return "\n".join(declarations(header.read_text(encoding="utf-8")) for header in HEADERS)


def relative(path: Path) -> str:
    return Path(os.path.relpath(path)).as_posix()


def builder(directory: Path = HERE) -> FFI:
    """An FFI for the sources below `directory`, whose paths are relative, as setuptools wants them."""
    ffi = FFI()
    ffi.cdef(all_declarations())
    ffi.set_source(
        MODULE,
        '#include "meter_privacy_batteries.h"',
        sources=[relative(source) for source in sorted((directory / "src").glob("*.c"))],
        depends=[relative(header) for header in sorted(directory.glob("*/*.h"))],
        include_dirs=[relative(directory / "include")],
        extra_compile_args=COMPILE_ARGUMENTS,
        py_limited_api=True,
    )
    return ffi


def build_in_place() -> Path:
    """Compiles the module and puts it beside this file."""
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)
        built = Path(builder().compile(tmpdir=temporary))
        target = HERE / built.name
        shutil.copyfile(built, target.with_suffix(".new"))
        target.with_suffix(".new").replace(target)
        os.chdir(HERE)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"{build_in_place()}\n")
else:
    ffibuilder = builder()
