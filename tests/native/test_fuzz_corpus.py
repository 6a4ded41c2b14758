"""The fuzzers' kept corpus, replayed under the address and the undefined-behaviour sanitiser.

Each fuzzer states what holds for its entry points and aborts where it does not; a planted fault is found.
"""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "native"
FUZZ = NATIVE / "fuzz"
FUZZERS = sorted(path.stem for path in (FUZZ / "corpus").glob("*.hex"))

pytestmark = pytest.mark.needs("clang", "make")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus", FUZZ / "corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


corpus = load()


def make(directory: Path, build: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", f"--directory={directory}", f"BUILD={build}", *targets]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("fuzzer", FUZZERS)
def test_the_corpus_breaks_nothing(tmp_path: Path, fuzzer: str) -> None:
    done = make(FUZZ, tmp_path, "replay", f"FUZZERS={fuzzer}")
    assert done.returncode == 0, done.stderr[-4000:]
    lines = len((FUZZ / "corpus" / f"{fuzzer}.hex").read_text(encoding="ascii").splitlines())
    assert len(re.findall(r"^Executed .*kept-[0-9]{4} in", done.stderr, re.M)) == lines > 50


CONSTANTS = {
    "mpriv_version",
    "mpriv_limb_bits",
    "mpriv_public_scratch_bytes",
    "mpriv_encrypt_scratch_bytes",
    "mpriv_factors_scratch_bytes",
    "mpriv_dgk_scratch_bytes",
}


def public() -> set[str]:
    """The functions of the headers, but those that are the vendor's to give."""
    paths = (NATIVE / "include").glob("*.h")
    header = "".join(path.read_text(encoding="utf-8") for path in paths)
    return set(re.findall(r"^(?:[a-zA-Z].*)?\b(mpriv_(?!external_)\w+)\(", header, re.M))


def test_every_entry_point_is_fuzzed() -> None:
    """Every function of the headers is called by a fuzzer, and every decoder has its line."""
    assert len(public()) > 120
    text = "".join(path.read_text(encoding="utf-8") for path in FUZZ.glob("*.c"))
    assert {name for name in public() if not re.search(rf"\b{name}[(,]", text)} == CONSTANTS


@pytest.mark.needs("gcc", "gcov")
def test_the_corpus_reaches_every_entry_point(tmp_path: Path) -> None:
    """Not only calls that the first check refuses: nearly every line behind them, too."""
    sources = sorted((NATIVE / "src").glob("*.c"))
    compiler = ["gcc", "-std=c11", "-O1", "--coverage", "-DMPRIV_TEST_IMAGE=1", "-DMPRIV_SHA256_X86_64=0"]
    compiler += [f"-I{NATIVE / 'include'}", f"-I{FUZZ}"]
    subprocess.run([*compiler, "-c", *map(str, sources)], cwd=tmp_path, check=True)
    objects = [f"{source.stem}.o" for source in sources]
    for fuzzer in ("dream", "load", "paillier", "solvers", "trading"):
        program = [str(FUZZ / "replay.c"), str(FUZZ / f"{fuzzer}.c"), *objects, "-o", f"{fuzzer}-replay"]
        subprocess.run([*compiler, *program], cwd=tmp_path, check=True)
        kept = tmp_path / f"kept-{fuzzer}"
        corpus.unpack(FUZZ / "corpus" / f"{fuzzer}.hex", kept)
        run = [str(tmp_path / f"{fuzzer}-replay"), *map(str, sorted(kept.iterdir()))]
        subprocess.run(run, cwd=tmp_path, check=True)
    counts = [str(tmp_path / f"{source.stem}.gcda") for source in sources]
    listing = subprocess.run(
        ["gcov", "--json-format", "--stdout", *counts],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    reached: set[str] = set()
    lines: dict[tuple[str, int], int] = {}
    for report in map(json.loads, listing.stdout.splitlines()):
        for file in report["files"]:
            if "/src/" in file["file"]:
                reached |= {entry["name"] for entry in file["functions"] if entry["execution_count"]}
                for entry in file["lines"]:
                    place = file["file"], entry["line_number"]
                    lines[place] = max(lines.get(place, 0), entry["count"])
    assert public() - reached == CONSTANTS
    assert len(lines) > 2_500
    assert sum(count > 0 for count in lines.values()) > 0.97 * len(lines)


def test_every_decoder_is_fuzzed(tmp_path: Path) -> None:
    done = make(FUZZ, tmp_path, str(tmp_path / "decoders.inc"))
    assert done.returncode == 0, done.stderr
    listed = (tmp_path / "decoders.inc").read_text(encoding="utf-8")
    header = (NATIVE / "firmware" / "operations.h").read_text(encoding="utf-8")
    decoders = set(re.findall(r"\bmpriv_decode_(\w+)\(", header))
    assert {
        name for _, name in re.findall(r"^DECODER(?:_OF_NOTHING)?\((\w+), (\w+)\)$", listed, re.M)
    } == decoders
    elements = set(re.findall(r"\bmpriv_next_(\w+)\(", header))
    assert set(re.findall(r"^ELEMENT\([0-9]+, (\w+), \w+\)$", listed, re.M)) == elements


PLANTED = {
    "a frame one byte too long is kept": (
        "frame", "firmware/frame.c", "if (receiver->length == receiver->size) {",
        "if (receiver->length > receiver->size) {",
    ),
    "a decoder reads past the end": (
        "decode", "firmware/operations.c", "if (reader->left < length) {", "if (reader->left + 1 < length) {",
    ),
    "a refused output is not zeroed": (
        "dream", "src/dream.c", "mpriv_mask((mpriv_limb)(range ^ 1U)));\n    mpriv_wipe(sum, sizeof sum);",
        "(mpriv_limb)-1);\n    mpriv_wipe(sum, sizeof sum);",
    ),
    "half of a refused answer is kept": (
        "load", "src/load_comparison.c", "mpriv_keep(out, length, mpriv_mask(",
        "mpriv_keep(out, length / 2U, mpriv_mask(",
    ),
    "the law before an impossible output is kept": (
        "solvers", "src/batteries_rate.c",
        "            memset(belief, 0, machine->states * sizeof *belief);", "",
    ),
    "scratch is sixteen limbs too short": (
        "paillier", "src/scratch.c", "&& needed <= limbs) {",
        "&& needed <= limbs + 16U) {",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    fuzzer, file, honest, faulty = PLANTED[fault]
    copy = tmp_path / "native"
    for room in ("include", "src", "firmware", "fuzz"):
        shutil.copytree(NATIVE / room, copy / room)
    text = (copy / file).read_text(encoding="utf-8")
    assert honest in text
    (copy / file).write_text(text.replace(honest, faulty), encoding="utf-8")
    done = make(copy / "fuzz", tmp_path / "build", "replay", f"FUZZERS={fuzzer}")
    assert done.returncode != 0
    assert re.search(r"ERROR: (AddressSanitizer|libFuzzer: deadly signal)", done.stderr), done.stderr[-2000:]
