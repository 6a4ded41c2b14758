"""Frama-C on the C core: `python native/proofs/prove.py DIRECTORY` proves, and fails on what it prints.

WP proves the contracts of limbs.toml about a copy of the sources in the directory; Eva runs the entry points
of entry_points.c on unknown inputs of small sizes and must find no alarm. Frama-C's exit code says neither.
"""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NATIVE = HERE.parent
DEFINES = (
    "-DMPRIV_LIMB_BITS=32 -DMPRIV_PORTABLE_ONLY=1 -DMPRIV_PORTABLE_BARRIER=1 -DMPRIV_CONSTANT_TIME_MULTIPLY=0"
)
PRECISION = "2"
SECONDS = 60
PROVED = (
    "add_carry", "subtract_borrow", "multiply_accumulate", "mpriv_mask", "mpriv_select", "mpriv_add",
    "mpriv_subtract",
)  # fmt: skip


class NotProved(Exception):
    """What is not proved, or cannot be read."""


def span(text: str, function: str | None) -> tuple[int, int]:
    """Where a function's definition stands, to its closing brace in the first column."""
    if function is None:
        return 0, len(text)
    found = re.search(rf"^[a-z].*\b{function}\([^;]*?\) \{{$", text, re.M)
    if found is None:
        raise NotProved(f"there is no function {function}")
    return found.start(), text.index("\n}\n", found.end()) + 3


def annotated(text: str, annotations: list[dict[str, Any]]) -> str:
    """The source with each annotation beside its line. Raises NotProved where the line is not there once."""
    for annotation in annotations:
        start, end = span(text, annotation.get("function"))
        key = "before" if "before" in annotation else "after"
        line = f"\n{annotation[key]}\n"
        if text.count(line, start - 1 if start else 0, end) != 1:
            raise NotProved(f"not once in {annotation.get('function', 'the file')}: {annotation[key]}")
        at = text.index(line, start - 1 if start else 0, end) + (1 if key == "before" else len(line))
        text = text[:at] + annotation["text"].strip() + "\n" + text[at:]
    return text


def prepare(directory: Path) -> None:
    """Copy the sources, with the contracts in them."""
    files = {entry["source"]: entry["annotation"] for entry in contracts()["file"]}
    for source in sorted((NATIVE / "src").glob("*.[ch]")):
        text = source.read_text(encoding="utf-8")
        (directory / source.name).write_text(annotated(text, files.get(source.name, [])), encoding="utf-8")


def contracts() -> dict[str, Any]:
    return tomllib.loads((HERE / "limbs.toml").read_text(encoding="utf-8"))


def frama_c(directory: Path, *arguments: str, defines: str = DEFINES) -> str:
    """What Frama-C prints. Raises NotProved where it fails."""
    command = [
        "frama-c",
        "-c11",
        f"-cpp-extra-args=-I{NATIVE / 'include'} -I{directory} {defines}",
        *arguments,
    ]
    environment = {**os.environ, "WHY3CONFIG": str(HERE / "why3.conf")}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=directory, env=environment, check=False
    )
    if done.returncode or "user error" in done.stdout:
        raise NotProved(done.stdout[-3000:] + done.stderr[-3000:])
    return done.stdout


def weakest_precondition(directory: Path) -> str:
    """All goals of the listed functions: the line that Frama-C prints of them. Raises NotProved."""
    prepare(directory)
    printed = frama_c(
        directory, "-wp", "-wp-rte", "-wp-fct", ",".join(PROVED), "-wp-prover", "z3,cvc4,cvc5",
        "-wp-timeout", str(SECONDS), "-wp-par", "2", str(directory / "limbs.c"),
    )  # fmt: skip
    goals = re.search(r"Proved goals:\s+([0-9]+) / ([0-9]+)", printed)
    if goals is None or goals[1] != goals[2] or int(goals[2]) < 2 * len(PROVED):
        raise NotProved(printed[-6000:])
    return goals[0]


# What Eva cannot follow is put plainly, in its copy only: a text of the sources, what stands for it, and why.
PLAIN = (
    (
        "volatile mpriv_limb hidden = x;", "mpriv_limb hidden = x;",
        "the barrier is the identity, which is its contract",
    ),
    (
        "volatile uint32_t hidden = x;", "uint32_t hidden = x;",
        "the barrier is the identity, which is its contract",
    ),
    (
        "const size_t misaligned = (size_t)((uintptr_t)scratch % _Alignof(mpriv_limb));",
        "const size_t misaligned = 0U;",
        "the caller's scratch is aligned; other alignments are tested",
    ),
    (
        "        while (z != end) {", "        /*@ loop unroll 64; */\n        while (z != end) {",
        "gone through one by one: the end is a pointer, which does not show how often",
    ),
    (
        "    size_t bits = n * MPRIV_LIMB_BITS;\n",
        "    size_t bits = n * MPRIV_LIMB_BITS;\n    /*@ loop unroll 1024; */\n",
        "gone through one by one, for an exponent much shorter than its modulus",
    ),
)  # fmt: skip


def public(header: str) -> set[str]:
    """The functions that a header declares, but those that are the vendor's to give."""
    return set(re.findall(r"^[a-zA-Z].*\b(mpriv_(?!external_)\w+)\(", header, re.M))


def value_analysis(directory: Path) -> str:
    """No alarm, every property reached is proved, every public function gone through: Frama-C's two lines.

    Raises NotProved.
    """
    place = directory / "amalgamation"
    done = subprocess.run(
        [sys.executable, str(NATIVE / "amalgamate.py"), str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotProved(done.stderr)
    text = (place / "meter_privacy.c").read_text(encoding="utf-8")
    for honest, plain, _ in PLAIN:
        if text.count(honest) != 1:
            raise NotProved(f"not once in the sources: {honest}")
        text = text.replace(honest, plain)
    (place / "meter_privacy.c").write_text(text, encoding="utf-8")
    printed = frama_c(
        place, "-eva", "-eva-precision", PRECISION, "-eva-auto-loop-unroll", "256",
        str(HERE / "entry_points.c"),
        defines=f"-I{place} {DEFINES} '-D_Alignof(type)=4'",
    )  # fmt: skip
    return judged(printed, public((place / "meter_privacy.h").read_text(encoding="utf-8")))


def judged(printed: str, functions: Iterable[str] = ()) -> str:
    """Eva's verdict: both lines, for a precondition that does not hold is no alarm.

    Nor is one what Eva never came to: each of the functions has a state at its end, and main has one.
    """
    ended = set(re.findall(r"Values at end of function (\w+):\n(?!\s*NON TERMINATING)", printed))
    if lost := {"main", *functions} - ended:
        raise NotProved(f"no end of {', '.join(sorted(lost))}\n{printed[-3000:]}")
    alarms = re.search(r"([0-9]+) alarms? generated by the analysis", printed)
    share = re.search(r"([0-9]+)% of the logical properties reached have been proven", printed)
    if alarms is None or share is None or alarms[1] != "0" or share[1] != "100":
        raise NotProved(printed[-6000:])
    return f"{alarms[0]}; {share[0]}"


def main(directory: Path) -> int:
    directory.mkdir(parents=True, exist_ok=True)
    try:
        sys.stdout.write(f"Eva: {value_analysis(directory)}\n")
        sys.stdout.write(f"WP: {weakest_precondition(directory)}\n")
    except NotProved as failure:
        sys.stdout.write(f"not proved: {failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
