"""The runner's transports, filters, reports and exit codes."""

import contextlib
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import time
import uuid
import xml.etree.ElementTree as ElementTree
import zipfile
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from meter_privacy.conformance import declaration, known_failures
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.reports import terminal
from meter_privacy.conformance.runner import Filters, Outcome, Report, Run, natural
from meter_privacy.conformance.suite import (
    Case,
    Limits,
    Step,
    Suite,
    SuiteError,
    load_suite,
    requirement_texts,
)
from meter_privacy.conformance.tables import Field, Operation, Tables
from meter_privacy.conformance.targets import Answer, Options, TargetError, make_target
from meter_privacy.conformance.verdict import TOLERANCES, Verdict, accepts_real, compare
from meter_privacy.vectors.generators.common import draw_below
from tests.conformance.device import Device, listening

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.usefixtures("at_root")
DECLARATIONS = ROOT / "conformance" / "declarations"
# What an implementation without the sign rule gets wrong in the small suite.
FAILING = ["dream-mask-toy/both-signs", "dream-mask-toy/first"]
ANIMAL = f"exec:{sys.executable} -m tests.conformance.zoo"


def command(*arguments: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run(target: str, tables: Tables, suite: Suite, options: Options | None = None, **more: Any) -> Report:
    """Run a suite against a target."""
    return Run(make_target(target, options), tables, suite, **more)()


# ---------------------------------------------------------------- transports


@pytest.mark.parametrize(
    ("prefix", "encoding", "window"),
    [("tcp:127.0.0.1:", "json", None), ("tcp:127.0.0.1:", "binary", None), ("tcp:127.0.0.1:", "binary", 1),
     ("serial:socket://127.0.0.1:", "binary", None)],
)  # fmt: skip
def test_the_reference_behind_a_line(
    tables: Tables, suite: Suite, prefix: str, encoding: str, window: int | None
) -> None:
    """Over TCP and a serial URL, in both encodings, every test that has a form there passes."""
    framing = encoding if prefix.startswith("tcp") else None
    filters = Filters(operations=("paillier.encrypt", "dream.*"))
    with listening(Device(tables, encoding)) as device:
        report = run(
            f"{prefix}{device.port}", tables, suite, Options(framing, window=window), filters=filters
        )
    assert report.outcome == Outcome.PARTIAL, report.findings + [r.reason for r in report.failures()]
    counts = report.counts()
    assert set(counts) <= {Verdict.PASSED, Verdict.NOT_APPLICABLE}
    raw = [case for case in suite.cases if filters.takes(case) and case.steps[0].raw]
    without = sum(case.steps[0].raw_frame is None for case in raw) if encoding == "binary" else 0
    assert counts[Verdict.NOT_APPLICABLE] == without
    assert report.encoding == encoding


@pytest.mark.parametrize("encoding", ["json", "binary"])
def test_a_line_is_restarted_only_by_a_reset_command(tables: Tables, suite: Suite, encoding: str) -> None:
    """Without --reset-command the rest is not run: exit code 3. With it one test is lost."""
    with listening(Device(tables, encoding, {10})) as device:
        report = run(f"tcp:127.0.0.1:{device.port}", tables, suite, Options(encoding))
    assert report.outcome == Outcome.INCOMPLETE
    assert report.exit_code == 3
    assert "cannot be restarted without --reset-command" in report.stopped
    assert report.counts()[Verdict.CRASHED] == 1
    assert report.counts()[Verdict.NOT_RUN] > 10
    with listening(Device(tables, encoding, {10})) as device:
        report = run(f"tcp:127.0.0.1:{device.port}", tables, suite, Options(encoding, reset_command="true"))
    assert report.exit_code == 1
    assert report.restarts == 1
    assert report.counts()[Verdict.CRASHED] == 1
    assert report.counts()[Verdict.NOT_RUN] == 0


def test_a_reset_command_that_fails_ends_the_run(tables: Tables, suite: Suite) -> None:
    """The report says so and comes out whole."""
    with listening(Device(tables, "json", {10})) as device:
        report = run(f"tcp:127.0.0.1:{device.port}", tables, suite, Options(reset_command="false"))
    assert report.exit_code == 3
    assert "the reset command failed" in report.stopped
    assert len(report.results) == len(suite.cases)


@pytest.mark.parametrize("name", ["tcp:127.0.0.1:1", "serial:/dev/nowhere", "exec:/nowhere/meter"])
def test_what_cannot_be_reached(directory: Path, name: str) -> None:
    """Exit code 3 and a message."""
    done = command("conform", name, "--vectors", directory)
    assert done.exit_code == 3, done.output
    assert "the target cannot be started" in done.output


@pytest.mark.parametrize(
    "name",
    ["toaster", "tcp:host", "tcp:host:0", "exec:", "exec:'", "serial:", "serial:/dev/tty,fast", "native:x"],
)
def test_targets_that_do_not_exist(name: str) -> None:
    """Exit code 2 and a message."""
    with pytest.raises(TargetError):
        make_target(name)
    assert command("conform", name).exit_code == 2


def test_encodings_that_do_not_go(directory: Path) -> None:
    """A serial line is binary, native is JSON."""
    for name, encoding in (("serial:/dev/ttyS0", "json"), ("native", "binary")):
        assert command("conform", name, "--vectors", directory, "--framing", encoding).exit_code == 2


def test_ten_thousand_requests_within_a_minute(tables: Tables) -> None:
    """Pipelined, with operands of 512 bits, against the C core."""
    n = 1 << 511 | draw_below("modulus", 1 << 511) | 1
    cases = []
    for number in range(10000):
        m, r = draw_below(f"m{number}", n), draw_below(f"r{number}", n)
        given = {"modulus": f"{n:x}", "plaintext": f"{m:x}", "randomness": f"{r:x}"}
        expect: dict[str, Any] = {"expect_error": "not-invertible"}
        if math.gcd(r, n) == 1:
            ciphertext = (1 + m * n) * pow(r, n, n * n) % (n * n)
            expect = {"expect_output": {"ciphertext": f"{ciphertext:x}"}}
        step = Step("paillier.encrypt", given, **expect)
        cases.append(Case(f"paillier-load/{number}", "paillier", (step.operation,), "published", (step,)))
    suite = Suite("load", "0" * 64, {}, tuple(cases), "")
    began = time.monotonic()
    report = run("native", tables, suite, filters=Filters(only=("*",)))
    assert report.counts() == {Verdict.PASSED: 10000}
    assert time.monotonic() - began < 60


def test_no_child_survives(tables: Tables, suite: Suite) -> None:
    """Targets are ended with all their children."""
    token = f"child-of-{uuid.uuid4()}"
    report = run(f"{ANIMAL} LeavesAChild {token}", tables, suite, timeout=0.5)
    assert report.counts()[Verdict.TIMED_OUT] >= 1
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            assert token.encode() not in process.read_bytes()


def test_a_target_does_not_write_to_the_terminal() -> None:
    """What a target wrote is shown without markup and without the terminal's controls."""
    assert terminal.escape("a\x1b[2J[red]b\u202e\n") == "a\\x1b[2J\\[red]b\\u202e\\n"
    assert terminal.escape("Zähler ≥ 3") == "Zähler ≥ 3"


# ---------------------------------------------------------------- comparison


def test_reals_are_accepted_by_enclosure() -> None:
    """CONV-9: within the enclosure, widened by the numeric class and no more."""
    enclosure = {"lower": "0.5", "upper": "0.50000001"}
    assert accepts_real(enclosure, Fraction("0.500000005"), "exact")
    assert not accepts_real(enclosure, Fraction("0.4999999999999"), "exact")
    assert accepts_real(enclosure, Fraction("0.4999999999995"), "binary64")
    assert not accepts_real(enclosure, Fraction("0.499999999998"), "binary64")
    assert accepts_real({"lower": "1e6", "upper": "1e6"}, Fraction("1000000.0000009"), "binary64")
    assert not accepts_real({"lower": "1e6", "upper": "1e6"}, Fraction("1000000.000002"), "binary64")
    assert accepts_real("1/3", Fraction(1, 3), "exact")


def test_the_tolerances_are_those_of_the_text() -> None:
    """CONV-9: the table of numeric classes in the text is the one that verdicts use."""
    text = resources.files("meter_privacy.spec").joinpath("conventions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| ([0-9e-]+) \| ([0-9e-]+) \|$", text, re.MULTILINE)
    assert {name: (Fraction(absolute), Fraction(relative)) for name, absolute, relative in rows} == TOLERANCES


def test_outputs_are_compared_field_by_field() -> None:
    """Lists, records and nullable values; the differing paths are named."""
    fields = (
        Field("powers", "list", maximum_items=3, items=Field("", "real")),
        Field("best", "record", fields=(Field("node", "int"), Field("slope", "real", nullable=True))),
    )
    operation = Operation("toy.powers", 9, "toy", "", ("published",), (), "binary64", False, (), fields, ())
    step = Step(
        "toy.powers",
        {},
        expect_output={"powers": ["1", {"lower": "2", "upper": "2"}], "best": {"node": 3, "slope": None}},
    )

    def judge(powers: list[Fraction], node: int, slope: Fraction | None) -> str | None:
        output = {"powers": powers, "best": {"node": node, "slope": slope}}
        mismatch = compare(step, operation, Answer(output=output))
        return None if mismatch is None else mismatch.reason

    one, two = Fraction(1), Fraction(2)
    assert judge([one, two], 3, None) is None
    assert judge([one, one], 3, None) == "another value than expected: powers[1]"
    assert judge([one], 3, None) == "another value than expected: the number of elements of powers"
    assert judge([one, two], 4, one) == "another value than expected: best.node, best.slope"


# ---------------------------------------------------------------- filters, shards, limits


def test_shards_are_a_partition(suite: Suite) -> None:
    """Every test is in exactly one of n shards, and always in the same."""
    taken = [
        [case.id for case in suite.cases if Filters(shard=(i, 3)).takes(case)] for i in (1, 2, 3)
    ]  # fmt: skip
    assert sorted(name for part in taken for name in part) == sorted(case.id for case in suite.cases)
    assert all(taken)


def test_a_filtered_run_is_partial(directory: Path) -> None:
    """It exits with 0 and says that nothing is certified."""
    for options in (
        ["--only", "dream-mask*"],
        ["--shard", "1/2"],
        ["--profile", "published"],
        ["--operation", "dream.*"],
    ):
        done = command("conform", "reference", "--vectors", directory, *options)
        assert done.exit_code == 0, done.output
        assert "PARTIAL, NOT CERTIFIED" in done.output
        assert " ".join(options) in done.output


@pytest.mark.parametrize(
    "options",
    [["--only", "nothing*"], ["--shard", "3/2"], ["--shard", "0/2"], ["--shard", "x"], ["--profile", "x"]],
)
def test_filters_that_cannot_be_used(directory: Path, options: list[str]) -> None:
    """Exit code 2."""
    assert command("conform", "reference", "--vectors", directory, *options).exit_code == 2


def test_limits_take_larger_files_out(tables: Tables, suite: Suite) -> None:
    """They are unsupported by declaration, which is allowed as long as something is tested."""
    operations = ("paillier.encrypt", "dream.mask")
    limits = Limits(200, 20)
    declared = declaration.Declaration("honest", "1.0", 1, ("published",), operations, limits)
    report = run(f"{ANIMAL} Honest", tables, suite, declaration=declared)
    beyond = [result for result in report.results if "beyond the declared limits" in result.reason]
    assert all(not result.case.limits.within(limits) for result in beyond)
    assert all(result.verdict == Verdict.UNSUPPORTED and not result.faulty for result in beyond)
    sizes = {result.case.limits for result in report.results if result.verdict == Verdict.PASSED}
    assert sizes
    assert all(size.within(limits) for size in sizes)


# ---------------------------------------------------------------- declaration


def test_our_declarations_are_what_we_describe(tables: Tables) -> None:
    """native and reference describe themselves as their declarations say."""
    for name in ("native", "reference"):
        declared = declaration.load_declaration(DECLARATIONS / f"{name}.yaml", tables)
        done = command("declare", name)
        assert done.exit_code == 0
        described = _description(yaml.safe_load(done.output))
        assert declaration.differences(declared, described) == []


def _description(form: dict[str, Any]) -> dict[str, Any]:
    described = {name: form[name] for name in ("protocol", "operations", "profiles", "limits")}
    return {**described, "name": form["product"], "version": form["firmware"]["version"]}


def test_the_form_is_a_declaration_once_it_is_filled_in(
    tables: Tables, tmp_path: Path, directory: Path
) -> None:
    """`declare` writes the form; the supplier's name is missing until somebody writes it."""
    form = command("declare", f"{ANIMAL} Honest").output
    path = tmp_path / "ics.yaml"
    path.write_text(form, encoding="utf-8")
    with pytest.raises(declaration.DeclarationError, match="placeholder"):
        declaration.load_declaration(path, tables)
    path.write_text(form.replace(declaration.PLACEHOLDER, "Example AG"), encoding="utf-8")
    done = command("conform", f"{ANIMAL} Honest", "--vectors", directory, "--declaration", path)
    assert done.exit_code == 0, done.output
    assert f"CERTIFIED against the declaration {path}" in done.output


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("supplier:", "suplier:", "suplier"),
        ("protocol: 1", "protocol: 2", "protocol: 1 was expected"),
        ("- published", "- draft", "profiles.0: 'draft' is not one of"),
        ("- paillier.encrypt\n", "- paillier.teleport\n", "paillier.teleport"),
        ("version: '1.0'", "version: 1.0", "firmware.version: 1.0 is not of type 'string'"),
        ("default: 10.0", "default: -1", "timeouts_seconds.default"),
        ("supplier:", "product: twice\nsupplier:", "a member stands twice"),
        ("supplier:", "supplier: [", "ics.yaml"),
    ],
)
def test_declarations_that_cannot_be_used(tmp_path: Path, old: str, new: str, named: str) -> None:
    """Exit code 2, and the member is named."""
    form = command("declare", f"{ANIMAL} Honest").output.replace(declaration.PLACEHOLDER, "Example AG")
    assert old in form
    path = tmp_path / "ics.yaml"
    path.write_text(form.replace(old, new), encoding="utf-8")
    done = command("conform", f"{ANIMAL} Honest", "--declaration", path)
    assert done.exit_code == 2
    assert named in done.output


def test_the_schema_of_declarations_is_a_schema(tables: Tables) -> None:
    """And it lists every operation that can be declared."""
    schema = declaration.schema(tables)
    jsonschema.Draft202012Validator.check_schema(schema)
    listed = schema["properties"]["operations"]["items"]["enum"]
    assert listed == [op.name for op in tables.operations.values() if op.profiles]


# ---------------------------------------------------------------- known failures


def test_known_failures_must_keep_failing(tmp_path: Path, directory: Path) -> None:
    """The tool writes the file; with it the run is done; what no longer fails is an error."""
    path = tmp_path / "known.txt"
    vectors_option = ("--vectors", directory)
    assert (
        command("conform", f"{ANIMAL} NoSign", *vectors_option, "--write-known-failures", path).exit_code == 1
    )
    ids = known_failures.read(path)
    assert "dream-mask-toy/both-signs" in ids
    done = command("conform", f"{ANIMAL} NoSign", *vectors_option, "--known-failures", path)
    assert done.exit_code == 0
    assert f"DONE, NOT CERTIFIED: nothing new failed, {len(ids)} known failures" in done.output
    done = command("conform", f"{ANIMAL} Honest", *vectors_option, "--known-failures", path)
    assert done.exit_code == 1
    assert "no longer fails" in done.output
    done = command("conform", f"{ANIMAL} NoGcd", *vectors_option, "--known-failures", path)
    assert done.exit_code == 1
    path.write_text("dream-mask-toy/nothing\n", encoding="utf-8")
    done = command("conform", f"{ANIMAL} NoSign", *vectors_option, "--known-failures", path)
    assert done.exit_code == 2


def test_files_of_known_failures(tmp_path: Path) -> None:
    """Comments and empty lines are left out; anything else must be one id."""
    path = tmp_path / "known.txt"
    path.write_text("# head\n\na/b/c  # why\nd/e\n", encoding="utf-8")
    assert known_failures.read(path) == ("a/b/c", "d/e")
    for text in ("a b\n", "a\na\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(known_failures.KnownFailuresError):
            known_failures.read(path)


# ---------------------------------------------------------------- reports


def test_all_reports_of_a_failing_run(tmp_path: Path, directory: Path) -> None:
    """Terminal, JSON, JUnit, HTML and bundle tell the same."""
    names = {kind: tmp_path / "out" / f"report.{kind}" for kind in ("json", "junit", "html", "zip")}
    done = command(
        "conform", f"{ANIMAL} NoSign", "--vectors", directory, "--json", names["json"],
        "--junit", names["junit"], "--html", names["html"], "--bundle", names["zip"],
    )  # fmt: skip
    assert done.exit_code == 1
    for words in (
        "FAILED dream-mask-toy/both-signs",
        "expected",
        "actual",
        "DREAM-13",
        "NOT CERTIFIED: 2 failed",
    ):
        assert words in done.output
    document = json.loads(names["json"].read_text(encoding="utf-8"))
    failed = [result for result in document["results"] if result["verdict"] == "failed"]
    assert [result["id"] for result in failed] == FAILING
    assert failed[0]["expected"]["output"].keys() == failed[0]["actual"]["output"].keys() == {"ciphertext"}
    assert failed[0]["request"]["input"]["node"] == 5
    assert document["requirements"]["DREAM-13"]["text"]
    assert document["totals"]["failed"] == document["by_chapter"]["dream"]["failed"] == len(FAILING)
    _check_junit(names["junit"].read_bytes(), document)
    _check_html(names["html"].read_text(encoding="utf-8"), document)
    _check_bundle(names["zip"], document)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        p.name for p in names.values()
    )


def _check_junit(data: bytes, document: dict[str, Any]) -> None:
    root = ElementTree.fromstring(data)
    chapters = [suite for suite in root if suite.get("name") != "run"]
    cases = [case for suite in chapters for case in suite]
    assert len(cases) == len(document["results"])
    assert [case.get("name") for case in cases if case.find("failure") is not None] == FAILING
    assert root.get("failures") == str(len(FAILING))


def _check_html(text: str, document: dict[str, Any]) -> None:
    for word in ("<script", "http://", "src=", "@import", "<link", "url("):
        assert word not in text
    assert document["suite"]["sha256"] in text
    assert "dream-mask-toy/both-signs" in text
    assert "not-certified" in text
    for result in document["results"]:
        assert result["id"] in text


def _check_bundle(path: Path, document: dict[str, Any]) -> None:
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    lines = [line.split("  ") for line in contents.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    assert {
        "declaration.yaml",
        "report.json",
        "report.html",
        "junit.xml",
        "traffic.jsonl",
        "versions.json",
    } <= set(sums)
    assert json.loads(contents["report.json"]) == document
    traffic = [json.loads(line) for line in contents["traffic.jsonl"].decode().splitlines()]
    assert {entry["direction"] for entry in traffic} == {"sent", "received"}
    times = [entry["time"] for entry in traffic]
    assert all(abs(time.time() - moment) < 600 for moment in times)
    assert sum(entry["direction"] == "sent" for entry in traffic) > 25


def test_a_report_on_standard_output_stands_alone(directory: Path) -> None:
    """With --json - the terminal's report goes to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "meter_privacy.conformance", "conform", f"{ANIMAL} Honest",
         "--vectors", directory, "--json", "-"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "certified"
    assert "CERTIFIED" in done.stderr
    assert command("conform", "reference", "--json", "-", "--html", "-").exit_code == 2


def test_texts_with_control_characters_survive_every_report(
    tmp_path: Path, tables: Tables, suite: Suite
) -> None:
    """What a target writes cannot break a report."""
    nasty = tmp_path / "nasty.py"
    detail = r"\x00\x1b[31m]]><script>alert(1)</script>[/red]"
    nasty.write_text(
        "import sys\nfrom tests.conformance.zoo.honest import Meter\n"
        "class Nasty(Meter):\n"
        "    def refusal(self, refused):\n"
        f"        return {{'error': {{'class': 'policy', 'detail': '{detail}'}}}}\n"
        "Nasty().run()\n",
        encoding="utf-8",
    )
    code = f"exec:env PYTHONPATH={ROOT} {sys.executable} {nasty}"
    outputs = [tmp_path / name for name in ("r.json", "r.xml", "r.html")]
    done = command(
        "conform",
        code,
        "--vectors",
        suite.place,
        "--json",
        outputs[0],
        "--junit",
        outputs[1],
        "--html",
        outputs[2],
    )
    assert done.exit_code == 1, done.output
    json.loads(outputs[0].read_text(encoding="utf-8"))
    ElementTree.fromstring(outputs[1].read_bytes())
    assert "<script>" not in outputs[2].read_text(encoding="utf-8")
    assert tables.operations


def test_a_file_that_cannot_be_written(directory: Path) -> None:
    """Exit code 3."""
    done = command("conform", f"{ANIMAL} Honest", "--vectors", directory, "--json", "/proc/none/report.json")
    assert done.exit_code == 3
    assert "cannot be written" in done.output


def test_a_device_is_written_to_and_not_replaced(directory: Path, tmp_path: Path) -> None:
    """A name that is no regular file, such as /dev/null, stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        options = ("--vectors", directory, "--only", "dream-aggregate*", "--junit", pipe)
        assert command("conform", f"{ANIMAL} Honest", *options).exit_code == 0
        assert ElementTree.fromstring(os.read(reader, 1 << 16)).tag == "testsuites"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


TOY_TABLE = """
chapter = "toy"
title = "Toy"
prefix = "TOY"

[[operations]]
name = "toy.halve"
opcode = 0x7f01
summary = "Half of an even number."
profiles = ["published"]
requirements = ["TOY-1"]
numeric = "exact"
input = [{ name = "number", type = "bigint", bits = 64 }]
output = [{ name = "half", type = "bigint", bits = 64 }]
errors = [{ class = "range", unless = "number % 2 == 0", when = "the number is odd" }]
"""
TOY_MODULE = "NAME, VERSION = 'toy', '1'\nOPERATIONS = {'toy.halve': lambda number: number // DIVISOR}\n"


@pytest.mark.parametrize(("divisor", "code"), [(2, 0), (4, 1)])
def test_a_table_and_a_function_are_all_that_an_operation_needs(
    tmp_path: Path, divisor: int, code: int
) -> None:
    """A toy operation is served, conformed, and refused where it is wrong."""
    step = {"requirements": ["TOY-1"], "flags": [], "source": "by hand", "comment": ""}
    document = {
        "schema": "", "suite": "1", "operation": "toy.halve", "profile": "published", "parameters": {},
        "limits": {"input_bytes": 4, "output_bytes": 3}, "notes": {},
        "tests": [
            {"id": "toy-halve/even", **step, "input": {"number": "12"}, "expect": {"output": {"half": "9"}}},
            {"id": "toy-halve/odd", **step, "input": {"number": "13"}, "expect": {"error": "range"}},
            {"id": "toy-halve/raw", **step, "raw": {"json": "[]"}, "expect": {"error": "malformed"}},
        ],
    }  # fmt: skip
    for name, text in (
        ("tables/toy.toml", TOY_TABLE),
        ("toy_module.py", TOY_MODULE.replace("DIVISOR", str(divisor))),
        ("vectors/toy/halve.json", json.dumps(document)),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    done = command(
        "conform", f"serve:{tmp_path / 'toy_module.py'}", "--operations", tmp_path / "tables",
        "--vectors", tmp_path / "vectors",
    )  # fmt: skip
    assert done.exit_code == code, done.output
    assert ("another value than expected: half" in done.output) == bool(code)


# ---------------------------------------------------------------- the suite


def test_the_published_suite_is_its_manifest(tables: Tables, tmp_path: Path) -> None:
    """A file that is not the manifest's is refused, and so is one too many or too few."""
    published = ROOT / "vectors"
    manifest = json.loads((published / "manifest.json").read_text(encoding="utf-8"))
    path = next(iter(manifest["files"]))
    copy = tmp_path / path
    copy.parent.mkdir(parents=True)
    data = (published / path).read_bytes()
    for changed, files in (
        (data + b" ", {path: manifest["files"][path]}),
        (data, {}),
        (data, {path: manifest["files"][path], "other/file.json": manifest["files"][path]}),
    ):
        copy.write_bytes(changed)
        (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "files": files}), encoding="utf-8")
        with pytest.raises(SuiteError):
            load_suite(tables, tmp_path)
        assert command("conform", "reference", "--vectors", tmp_path).exit_code == 2
    copy.write_bytes(data)
    listing = {**manifest, "files": {path: manifest["files"][path]}}
    (tmp_path / "manifest.json").write_text(json.dumps(listing), encoding="utf-8")
    assert load_suite(tables, tmp_path).cases


@pytest.mark.parametrize(
    ("old", "new"),
    [('"range"', '"rnge"'), ('"paillier.encrypt"', '"paillier.encript"'), ('"expect"', '"expects"'),
     ('"published"', '"draft"'), ('"ciphertext": "', '"ciphertext": "0'), ("{", "")],
)  # fmt: skip
def test_vectors_that_cannot_be_used(
    tables: Tables, directory: Path, tmp_path: Path, old: str, new: str
) -> None:
    """They are refused before anything is run."""
    text = (directory / "paillier" / "encrypt-toy.json").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "broken.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SuiteError, match=r"broken\.json"):
        load_suite(tables, tmp_path)


def test_requirements_are_quoted_from_the_text() -> None:
    """Title and normative sentence, without the line of metadata."""
    texts = requirement_texts()
    assert texts["TARGET-8"].title == "Sessions"
    assert texts["TARGET-8"].text.startswith("The steps of one session shall share a state")
    assert "*Source:*" not in texts["TARGET-8"].text


def test_names_sort_by_their_numbers() -> None:
    """DREAM-2 stands before DREAM-10."""
    names = ["DREAM-10", "CONV-3", "DREAM-2", "dream"]
    assert sorted(names, key=natural) == ["CONV-3", "DREAM-2", "DREAM-10", "dream"]
