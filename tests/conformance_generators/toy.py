"""A toy operation: one table, one reference function, one native function, and nothing else."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

TABLE = """
chapter = "toy"
title = "Toy"
prefix = "TOY"

[[operations]]
name = "toy.clip"
opcode = 0x7e01
summary = "Clip samples to a limit, either way, after an offset; sum them; weigh the sum."
profiles = ["published"]
requirements = ["TOY-1"]
numeric = "binary64"
input = [
  { name = "limit", type = "int", minimum = 0, maximum = 1000 },
  { name = "weight", type = "real" },
  { name = "offset", type = "int", nullable = true, minimum = -10, maximum = "limit" },
  { name = "samples", type = "list", maximum_items = 8, increasing = "time", items = { type = "record", fields = [
    { name = "time", type = "int", minimum = 0, maximum = 95 },
    { name = "value", type = "int", minimum = -5000, maximum = 5000 },
  ] } },
]
output = [{ name = "total", type = "int" }, { name = "weighed", type = "real" }]
errors = [{ class = "exhausted", when = "there are no samples" }]
"""  # noqa: E501 (a table gives each field one line)

REFERENCE = """
class Exhausted(ValueError):
    error_class = "exhausted"

def clip(limit, weight, offset, samples):
    if not samples:
        raise Exhausted("there are no samples")
    shifted = [sample["value"] + (offset or 0) for sample in samples]
    total = sum(max(-limit, min(limit, value)) for value in shifted)
    return {"total": total, "weighed": total * weight}

NAME, VERSION = "Toy reference", "1"
OPERATIONS = {"toy.clip": clip}
"""

NATIVE_C = """
#include <stddef.h>
#include <stdint.h>

int toy_clip(int64_t limit, double weight, int has_offset, int64_t offset, const int64_t *values,
             size_t count, int64_t *total, double *weighed) {
    if (count == 0)
        return -11;
    *total = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t value = values[i] + (has_offset ? offset : 0);
        if (value > limit)
            value = limit;
#ifdef PLANTED_FAULT
        if (value < -limit - 1)
#else
        if (value < -limit)
#endif
            value = -limit;
        *total += value;
    }
    *weighed = (double)*total * weight;
    return 0;
}
"""

NATIVE = """
import ctypes

library = ctypes.CDLL({library!r})

class Exhausted(ValueError):
    error_class = "exhausted"

def clip(limit, weight, offset, samples):
    total, weighed = ctypes.c_int64(), ctypes.c_double()
    values = (ctypes.c_int64 * len(samples))(*(sample["value"] for sample in samples))
    status = library.toy_clip(
        ctypes.c_int64(limit), ctypes.c_double(float(weight)), offset is not None,
        ctypes.c_int64(offset or 0), values, ctypes.c_size_t(len(samples)),
        ctypes.byref(total), ctypes.byref(weighed),
    )
    if status:
        raise Exhausted("there are no samples")
    return {{"total": total.value, "weighed": weighed.value}}

NAME, VERSION = "Toy native", "1"
OPERATIONS = {{"toy.clip": clip}}
"""


@dataclass(frozen=True)
class Toy:
    """The toy operation's directory of tables and its modules."""

    tables: Path
    reference: Path
    native: Path
    faulty: Path


def build(directory: Path) -> Toy:
    """Write the table and the modules, compile the native function right and with a planted fault."""
    (directory / "tables").mkdir()
    (directory / "tables" / "toy.toml").write_text(TABLE)
    (directory / "toy_reference.py").write_text(REFERENCE)
    (directory / "toy.c").write_text(NATIVE_C)
    for name, flags in (("toy_native", []), ("toy_faulty", ["-DPLANTED_FAULT"])):
        library = directory / f"{name}.so"
        command = ["cc", "-std=c11", "-Wall", "-Werror", "-O2", "-shared", "-fPIC", *flags]
        subprocess.run([*command, "-o", library, directory / "toy.c"], check=True)
        (directory / f"{name}.py").write_text(NATIVE.format(library=str(library)))
    return Toy(
        directory / "tables",
        directory / "toy_reference.py",
        directory / "toy_native.py",
        directory / "toy_faulty.py",
    )
