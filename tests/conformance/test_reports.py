"""What a person reads of a run: faults, their order, their requirements, and what there is to do next."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.runner import counted
from meter_privacy.conformance.targets import FORMS, TargetError, make_target

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("at_root")
ANIMAL = f"exec:{sys.executable} -m tests.conformance.zoo"


def conform(name: str, directory: Path, *options: str | Path) -> Result:
    """Run an animal, or any target, in this process."""
    target = f"{ANIMAL} {name}" if name[:1].isupper() else name
    arguments = ["conform", target, "--vectors", str(directory), *map(str, options)]
    return CliRunner().invoke(main, arguments)


def declared(tmp_path: Path, *lines: str) -> Path:
    """The honest animal's declaration with time limits."""
    form = CliRunner().invoke(main, ["declare", f"{ANIMAL} Honest"]).output
    head = form.replace("NAME OF THE SUPPLIER", "Example AG").partition("timeouts_seconds:")[0]
    path = tmp_path / "ics.yaml"
    path.write_text(head + "timeouts_seconds:\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    return path


def test_the_last_words_of_a_target_that_crashed(directory: Path, tmp_path: Path) -> None:
    """They stand under the first crash, and in every report, though the target was started again."""
    names = [tmp_path / name for name in ("r.json", "r.html", "r.zip")]
    options = ("--json", names[0], "--html", names[1], "--bundle", names[2])
    done = conform("DiesAtTheNth", directory, *options)
    assert done.output.count("the end of the target's standard error:") == 1
    assert "    out of memory\n" in done.output
    document = json.loads(names[0].read_text(encoding="utf-8"))
    assert document["log"].startswith("out of memory\n")
    logs = [result["log"] for result in document["results"] if result["verdict"] == "crashed"]
    assert logs
    assert set(logs) == {"out of memory"}
    assert "<pre>out of memory" in names[1].read_text(encoding="utf-8")
    with zipfile.ZipFile(names[2]) as archive:
        assert archive.read("target.log").decode() == document["log"]


@pytest.mark.parametrize(
    ("name", "words", "noted"),
    [
        ("NumbersForBigints", "against     CONV-4 Big integers", False),
        ("ExtraMember", "against     TARGET-4 ", False),
        ("WrongIds", "against     TARGET-3 ", False),
        ("PrintsItsThoughts", "against     TARGET-1 ", False),
        ("DiesAtTheNth", "against     TARGET-1 ", False),
        ("WrongClass", "against     the order of the checks: CONV-2 ", False),
        ("TakesTheModulus", "written to catch Edge: A bound is taken for one too many.", True),
    ],
)
def test_a_fault_is_not_blamed_on_the_flag(
    directory: Path, tmp_path: Path, name: str, words: str, noted: bool
) -> None:
    """The note is shown where the fault may be the one that the test was written to catch."""
    path = tmp_path / "r.json"
    done = conform(name, directory, "--json", path)
    assert words in done.output
    assert ("written to catch" in done.output) == noted
    document = json.loads(path.read_text(encoding="utf-8"))
    faulty = [result for result in document["results"] if result["verdict"] in ("failed", "crashed")]
    assert any(result["written_to_catch"] for result in faulty) == noted == bool(document["notes"])
    assert all(result.get("against") for result in faulty) != noted


def test_failures_come_with_the_smallest_request_first(directory: Path, tmp_path: Path) -> None:
    """Two of a kind on the terminal, all in the JSON, and at the end how many there are of each."""
    path = tmp_path / "r.json"
    done = conform("RefusesEverything", directory, "--json", path)
    requests = [line for line in done.output.splitlines() if line.startswith("  request ")]
    for operation in ("paillier.encrypt", "paillier.check_modulus", "dream.aggregate"):
        assert sum(f" {operation} " in line for line in requests) == 2
    lengths = [len(line.partition(") ")[2]) for line in requests]
    assert lengths == sorted(lengths)
    document = json.loads(path.read_text(encoding="utf-8"))
    failed = [result for result in document["results"] if result["verdict"] == "failed"]
    assert len(failed) > len(requests)
    assert f"... and {len(failed) - len(requests)} more that failed" in done.output
    summary = done.output.partition("What failed")[2]
    rows = [row.split("│") for row in summary.splitlines() if row.startswith("│")]
    assert sum(int(row[3]) for row in rows if row[3].strip()) == len(failed)


def test_a_run_in_which_nothing_ran(directory: Path, tmp_path: Path) -> None:
    """No tables, one reason, once, and the usual cause."""
    done = conform("HangsAtTheStart", directory, "--declaration", declared(tmp_path, "start: 1.0"))
    assert done.exit_code == 3
    assert "By chapter" not in done.output
    assert done.output.count("cannot be started") == 1
    assert "no answer within 1 s to describe; a program must flush its standard output" in done.output
    done = conform("DescribesInProse", directory)
    assert done.exit_code == 1
    assert "By chapter" not in done.output
    assert done.output.count("protocol is missing") == 1
    assert "1 finding " in done.output


def test_slow_work_is_announced_where_there_is_no_terminal(directory: Path) -> None:
    """On standard error, and without a number that is not known."""
    command = [sys.executable, "-m", "meter_privacy.conformance", "conform", f"{ANIMAL} Honest"]
    command += ["--vectors", str(directory), "--operation", "paillier.check_modulus", "--fresh", "3"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == ["making 3 fresh tests", "10 tests"]


def test_the_columns_are_explained(directory: Path, tmp_path: Path) -> None:
    """Those that appear, and no others."""
    done = conform("Honest", directory)
    assert "\nunsupported: tests of operations or profiles that the target does not describe" in done.output
    assert "not applicable:" not in done.output
    assert "message-level probes run with --declaration" in done.output
    held = conform("Honest", directory, "--declaration", declared(tmp_path, "default: 20"))
    assert held.exit_code == 0, held.output
    assert "probes of the message level" in held.output
    assert "unsupported:" not in conform("Honest", directory, "--operation", "dream.mask").output


def test_one_is_no_plural(directory: Path) -> None:
    """A test, a finding."""
    assert (counted(1, "finding"), counted(2, "finding")) == ("1 finding", "2 findings")
    done = conform("Honest", directory, "--only", "dream-mask-toy/first")
    assert "the 1 test run has passed" in done.output


def test_help_and_message_name_the_same_targets() -> None:
    """Every form of a target."""
    text = " ".join(CliRunner().invoke(main, ["conform", "--help"]).output.split())
    with pytest.raises(TargetError) as caught:
        make_target("toaster")
    for form in FORMS:
        assert form in text
        assert form in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--operation", "pailier.encrypt"],
         "--operation pailier.encrypt matches no test; the nearest operation is paillier.encrypt"),
        (["--only", "dream-masc*"],
         "--only dream-masc* matches no test's id; the nearest operation is dream.mask"),
        (["--only", "dream-mask*", "--operation", "paillier.add"], "the filters leave no test together"),
        (["--operation", "pailier.add", "--fresh", "3"], "the nearest operation is paillier.add"),
    ],
)  # fmt: skip
def test_a_filter_that_leaves_nothing_is_named(directory: Path, options: list[str], words: str) -> None:
    """With what may have been meant."""
    done = conform("Honest", directory, *options)
    assert done.exit_code == 2
    assert words in done.output


def test_an_unknown_time_limit_names_the_nearest(directory: Path, tmp_path: Path) -> None:
    """And not every operation."""
    path = declared(tmp_path, "pailier.encrypt: 3")
    done = conform("Honest", directory, "--declaration", path)
    assert done.exit_code == 2
    assert "'pailier.encrypt' is no known name; the nearest are paillier.encrypt" in done.output
    assert "dream.keystream" not in done.output
