"""Frama-C on the C core: `python native/proofs/prove.py DIRECTORY` proves, and fails on what it prints.

WP proves the contracts of limbs.toml about a copy of the sources in the directory; Eva runs the entry points
of entry_points.c and solver_entry_points.c on unknown inputs of small sizes and must find no alarm. Frama-C's
exit code says neither.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Run:
    """Eva from one entry: its name, the sources to which it comes, and options."""

    entry: str
    sources: tuple[str, ...]
    options: tuple[str, ...]


@dataclass(frozen=True)
class Analysis:
    """A file of entries, the headers whose functions these call, and what writes a copy of the sources.

    What Eva cannot follow is put plainly, in the copy only: a text of the sources, what stands for it, why.
    """

    file: str
    headers: tuple[str, ...]
    copy: Callable[[Path], None]
    plain: tuple[tuple[str, str, str], ...]
    runs: tuple[Run, ...]


def amalgamation(place: Path) -> None:
    """Write the core without the solvers as one file and one header."""
    done = subprocess.run(
        [sys.executable, str(NATIVE / "amalgamate.py"), str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotProved(done.stderr)


def tree(place: Path) -> None:
    """Copy the sources as they are."""
    shutil.copytree(NATIVE / "src", place, ignore=shutil.ignore_patterns("*.o"), dirs_exist_ok=True)


SOLVER_HEADERS = ("meter_privacy_batteries.h", "meter_privacy_power.h")
HEADERS = tuple(sorted(path.name for path in (NATIVE / "include").glob("*.h")))
CORE = Analysis(
    file="entry_points.c",
    headers=tuple(name for name in HEADERS if name not in SOLVER_HEADERS),
    copy=amalgamation,
    plain=(
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
    ),
    runs=(Run("main", (), ("-eva-auto-loop-unroll", "256")),),
)  # fmt: skip

# Infinities and NaN are meant; to convert them to an integer is an alarm still. Allocation does not fail.
SOLVING = (
    "-warn-special-float", "none", "-eva-alloc-builtin", "fresh", "-eva-no-alloc-returns-null",
    "-eva-auto-loop-unroll", "64", "-eva-domains", "bitwise", "-eva-split-return", "auto",
)  # fmt: skip
CHECKS = ("elementary.c", "privacy_power.c")
SOLVERS = Analysis(
    file="solver_entry_points.c",
    headers=SOLVER_HEADERS,
    copy=tree,
    plain=(
        (
            "#define MPRIV_INFINITY (__builtin_inf())", "#define MPRIV_INFINITY (1.0 / 0.0)",
            "the same number, of a builtin that Eva does not know",
        ),
        (
            "const size_t past = (size_t)((uintptr_t)scratch % sizeof(double));", "const size_t past = 1U;",
            "the alignment that leaves least of the scratch; other ones are tested",
        ),
        (
            "#define GROUP 128U ", "#define GROUP 24U ",
            "groups of a curve of so few levels that Eva comes to its end",
        ),
        (
            "#define FEW_BLOCKS 512U ", "#define FEW_BLOCKS 96U ",
            "in the same proportion, by which the memory of the groups is divided",
        ),
        (
            "            x = pick(&of, table->loads);\n            row",
            "            x = pick(&of, table->loads);\n"
            "            /*@ split s; */\n            /*@ split x; */\n            row",
            "told apart by the state and the load, because the policy is",
        ),
        (
            "            chance = advance(", "            /*@ split y; */\n            chance = advance(",
            "told apart by the output too: the state after them is within the capacity",
        ),
    ),
    runs=(
        Run(
            "privacy_power",
            (
                *CHECKS, "privacy_power_curve.c", "privacy_power_exponential.c", "privacy_power_sample.c",
                "privacy_power_step.c",
            ),
            (
                *SOLVING, "-eva-slevel", "2000",
                "-eva-slevel-function", "merging_slope:10,solve:200,pool:200",
                "-inline-calls", "follow,leave,put,renew,settle",
            ),
        ),
        Run(
            "blahut_arimoto",
            (*CHECKS, "privacy_power_blahut_arimoto.c"),
            (
                *SOLVING, "-eva-slevel", "20", "-eva-slevel-function",
                "mpriv_levels_check:500,mpriv_privacy_power_blahut_arimoto:100,mpriv_probabilities_check:500",
            ),
        ),
        Run(
            "batteries",
            (
                *CHECKS, "batteries.c", "batteries_cascade.c", "batteries_chain.c", "batteries_holding.c",
                "batteries_minimum.c",
            ),
            (
                *SOLVING, "-eva-slevel", "2000", "-eva-slevel-function", "follow:10",
                "-eva-min-loop-unroll", "3", "-inline-calls", "reach",
            ),
        ),
        Run(
            "machines",
            (
                *CHECKS, "batteries.c", "batteries_chain.c", "batteries_rate.c", "batteries_simulate.c",
                "scratch.c", "sha256.c",
            ),
            (
                *SOLVING, "-eva-slevel", "20000", "-eva-slevel-function",
                "mpriv_batteries_simulate:200,pick:100", "-inline-calls", "reach",
            ),
        ),
        Run(
            "given",
            (
                *CHECKS, "batteries.c", "batteries_cascade.c", "batteries_chain.c", "batteries_holding.c",
                "batteries_minimum.c", "batteries_rate.c", "batteries_simulate.c",
                "privacy_power_blahut_arimoto.c", "privacy_power_curve.c", "privacy_power_exponential.c",
                "privacy_power_sample.c", "privacy_power_step.c", "scratch.c", "sha256.c",
            ),
            (*SOLVING, "-eva-slevel", "100000000"),
        ),
    ),
)  # fmt: skip

ANALYSES = (CORE, SOLVERS)


def public(header: str) -> set[str]:
    """The functions that a header declares, but those that are the vendor's to give."""
    return set(re.findall(r"^[a-zA-Z].*\b(mpriv_(?!external_)\w+)\(", header, re.M))


def plainly(place: Path, plain: Iterable[tuple[str, str, str]]) -> None:
    """Put the texts in place of those in the sources. Raises NotProved where one is not there once."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(place.glob("*.[ch]"))}
    for honest, put, _ in plain:
        holders = [path for path, text in texts.items() for _ in range(text.count(honest))]
        if len(holders) != 1:
            raise NotProved(f"not once in the sources: {honest}")
        texts[holders[0]] = texts[holders[0]].replace(honest, put)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


def eva(directory: Path, analysis: Analysis, run: Run) -> str:
    """What Eva prints of a run. Raises NotProved where it fails."""
    place = directory / run.entry
    analysis.copy(place)
    plainly(place, analysis.plain)
    return frama_c(
        place, "-eva", "-main", run.entry, "-eva-precision", PRECISION, *run.options,
        str(HERE / analysis.file), *(str(place / source) for source in run.sources),
        defines=f"{DEFINES} '-D_Alignof(type)=4'",
    )  # fmt: skip


def value_analysis(directory: Path, analysis: Analysis) -> dict[str, str]:
    """No alarm, every property reached is proved: Frama-C's two lines of each run.

    Between them the runs go through every public function. Raises NotProved.
    """
    texts = [(NATIVE / "include" / name).read_text(encoding="utf-8") for name in analysis.headers]
    functions = {name for text in texts for name in public(text)}
    verdicts = {}
    for run in analysis.runs:
        printed = eva(directory, analysis, run)
        verdicts[run.entry] = judged(printed, run.entry)
        functions -= ended(printed)
    if functions:
        raise NotProved(f"no end of {', '.join(sorted(functions))}")
    return verdicts


def ended(printed: str) -> set[str]:
    """The functions that have a state at their end: what Eva never came to raises no alarm either."""
    return set(re.findall(r"Values at end of function (\w+):\n(?!\s*NON TERMINATING)", printed))


def judged(printed: str, entry: str = "main") -> str:
    """Eva's verdict: both lines, for a precondition that does not hold is no alarm.

    Nor is one what Eva never came to, or what it had no code of: the entry has a state at its end.
    """
    if entry not in ended(printed) or "Neither code nor specification" in printed:
        raise NotProved(f"no end of {entry}, or no code of what it calls\n{printed[-6000:]}")
    alarms = re.search(r"([0-9]+) alarms? generated by the analysis", printed)
    share = re.search(r"([0-9]+)% of the logical properties reached have been proven", printed)
    if alarms is None or share is None or alarms[1] != "0" or share[1] != "100":
        raise NotProved(printed[-6000:])
    return f"{alarms[0]}; {share[0]}"


def main(directory: Path) -> int:
    directory.mkdir(parents=True, exist_ok=True)
    try:
        for analysis in ANALYSES:
            for entry, verdict in value_analysis(directory, analysis).items():
                sys.stdout.write(f"Eva, {analysis.file}, {entry}: {verdict}\n")
        sys.stdout.write(f"WP: {weakest_precondition(directory)}\n")
    except NotProved as failure:
        sys.stdout.write(f"not proved: {failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
