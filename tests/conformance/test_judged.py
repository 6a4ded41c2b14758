"""Outputs that are judged: the verdict asks the reference's judge, from a vector as from a made case."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance.conform import LateOracle
from meter_privacy.conformance.runner import Run
from meter_privacy.conformance.suite import Step, SuiteError, load_suite
from meter_privacy.conformance.tables import TableError, load_tables
from meter_privacy.conformance.targets import Answer, Options, make_target
from meter_privacy.conformance.values import decode_fields
from meter_privacy.conformance.verdict import NoJudge, Verdict, accepts_real, compare

NAME = "privacy_power.blahut_arimoto"
JUDGE = "privacy_power.judge_blahut_arimoto"
INPUT = {"loads": ["0", "1"], "probabilities": ["1/2", "1/2"], "slope_nats": "1", "gap_nats": "1e-6"}
TARGET = """
import json, sys
ANSWER = json.loads(sys.argv[1])
LIMITS = {"input_bytes": 65536, "output_bytes": 65536}
SELF = {"protocol": 1, "name": "toy", "version": "1", "operations": ["NAME"], "profiles": ["published"]}
for line in sys.stdin:
    request = json.loads(line)
    output = {**SELF, "limits": LIMITS} if request["operation"] == "describe" else ANSWER
    print(json.dumps({"id": request["id"], "output": output}), flush=True)
""".replace("NAME", NAME)


@pytest.fixture(scope="module")
def oracle() -> Any:
    """The reference, as the runner asks it."""
    made = LateOracle(load_tables(), Options())
    yield made
    made.close()


@pytest.fixture(scope="module")
def good(oracle: LateOracle) -> dict[str, Any]:
    """An answer of the reference itself."""
    answer = oracle.ask(NAME, "published", INPUT)
    return dict(answer["output"])


def wrong(good: dict[str, Any]) -> dict[str, Any]:
    """A certificate that misses the optimum by far."""
    return {**good, "lower_nats": "0.1", "upper_nats": "0.1000001"}


def test_compare_asks_the_judge(oracle: LateOracle, good: dict[str, Any]) -> None:
    """CONV-14: accepted where the judge answers, refused with its class where it refuses; never without
    it.
    """
    operation = load_tables().operations[NAME]
    step = Step(operation=NAME, input=INPUT, expect_judge=JUDGE)

    def ask(name: str, given: Any) -> Any:
        return oracle.ask(name, "published", given)

    fine = Answer(output=decode_fields(operation.output, good))
    assert compare(step, operation, fine, ask) is None
    bad = Answer(output=decode_fields(operation.output, wrong(good)))
    mismatch = compare(step, operation, bad, ask)
    assert mismatch is not None
    assert mismatch.reason == f"{JUDGE} refuses the output: proof-failed"
    assert mismatch.expected == {"judged": JUDGE}
    refused = compare(step, operation, Answer(error="range"), ask)
    assert refused is not None
    with pytest.raises(NoJudge):
        compare(step, operation, fine)


def vectors_at(root: Path, expect: dict[str, Any]) -> Path:
    """A suite of one file with one test."""
    document = {
        "schema": f"../schemas/{NAME}.json",
        "suite": "1.0.0",
        "operation": NAME,
        "profile": "published",
        "parameters": {},
        "limits": {"input_bytes": 100, "output_bytes": 40},
        "notes": {},
        "tests": [
            {
                "id": "privacy-power/toy/one",
                "requirements": ["POWER-12"],
                "flags": [],
                "source": "reference",
                "comment": "one",
                "input": INPUT,
                "expect": expect,
            }
        ],
    }
    folder = root / "privacy_power"
    folder.mkdir(parents=True)
    (folder / "toy.json").write_text(json.dumps(document), encoding="utf-8")
    return root


@pytest.mark.parametrize(("spoil", "verdict"), [(False, Verdict.PASSED), (True, Verdict.FAILED)])
def test_a_run_with_a_judge(
    tmp_path: Path, oracle: LateOracle, good: dict[str, Any], spoil: bool, verdict: Verdict
) -> None:
    """CONV-14: a target's certificate decides, whatever its numbers; a wrong one fails the run."""
    tables = load_tables()
    script = tmp_path / "target.py"
    script.write_text(TARGET, encoding="utf-8")
    answer = json.dumps(wrong(good) if spoil else good)
    suite = load_suite(tables, vectors_at(tmp_path / "vectors", {"judged": JUDGE}))
    target = make_target(f"exec:{sys.executable} {script} '{answer}'", Options())
    report = Run(target, tables, suite, judge=oracle.ask)()
    assert [result.verdict for result in report.results] == [verdict]


def test_a_run_without_a_judge_does_not_pass(tmp_path: Path, good: dict[str, Any]) -> None:
    """CONV-14: what nobody judged is not run, and the run is not certified."""
    tables = load_tables()
    script = tmp_path / "target.py"
    script.write_text(TARGET, encoding="utf-8")
    suite = load_suite(tables, vectors_at(tmp_path / "vectors", {"judged": JUDGE}))
    target = make_target(f"exec:{sys.executable} {script} '{json.dumps(good)}'", Options())
    report = Run(target, tables, suite)()
    assert [result.verdict for result in report.results] == [Verdict.NOT_RUN]
    assert report.exit_code != 0


@pytest.mark.parametrize(
    "expect", [{"judged": NAME}, {"judged": "nobody"}, {"judged": JUDGE, "error": "range"}, {"judges": JUDGE}]
)
def test_expectations_that_are_none(tmp_path: Path, expect: dict[str, Any]) -> None:
    """CONV-14: only the operation's own judge can be named."""
    with pytest.raises(SuiteError):
        load_suite(load_tables(), vectors_at(tmp_path / "vectors", expect))


HEAD = 'chapter = "toy"\ntitle = "Toy"\nprefix = "TOY"\n'


def toy(name: str, opcode: int, fields: str, output: str, errors: str, judge: str = "") -> str:
    """A table's entry."""
    return (
        f'[[operations]]\nname = "toy.{name}"\nopcode = {opcode}\nsummary = ""\nprofiles = ["published"]\n'
        f'requirements = []\nnumeric = "binary64"\n{judge}\ninput = [{fields}]\noutput = [{output}]\n'
        f"errors = [{errors}]\n"
    )


X, Y = '{ name = "x", type = "real" }', '{ name = "y", type = "real" }'
PROOF = '{ class = "proof-failed", when = "wrong" }'


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (toy("judge", 0x7F01, f"{X}, {Y}", "", PROOF), None),
        (toy("judge", 0x7F01, X, "", PROOF), "must take the inputs and the outputs"),
        (toy("judge", 0x7F01, f"{Y}, {X}", "", PROOF), "must take the inputs and the outputs"),
        (toy("judge", 0x7F01, f"{X}, {Y}", '{ name = "z", type = "int" }', PROOF), "must take the inputs"),
        (toy("judge", 0x7F01, f"{X}, {Y}", "", ""), "proof-failed"),
        (toy("other", 0x7F01, f"{X}, {Y}", "", PROOF), "no table declares its judge"),
    ],
)
def test_what_a_judge_is(tmp_path: Path, entry: str, complaint: str | None) -> None:
    """CONV-14: it takes the inputs and the outputs in order, answers nothing, and can refuse."""
    judged = toy("judged", 0x7F00, X, Y, "", 'judge = "toy.judge"')
    (tmp_path / "toy.toml").write_text(HEAD + judged + entry, encoding="utf-8")
    if complaint is None:
        assert load_tables([tmp_path]).operations["toy.judged"].judge == "toy.judge"
    else:
        with pytest.raises(TableError, match=complaint):
            load_tables([tmp_path])


def test_enclosures_are_widened_by_the_class() -> None:
    """CONV-9: absolute near zero, relative further out, both sides."""
    near = {"lower": "0.1", "upper": "0.2"}
    inside = (Fraction(1, 10), Fraction(3, 20), Fraction(1, 5) + Fraction(1, 10**12))
    assert all(accepts_real(near, value, "binary64") for value in inside)
    outside = (Fraction(1, 5) + Fraction(2, 10**12), Fraction(1, 10) - Fraction(2, 10**12))
    assert not any(accepts_real(near, value, "binary64") for value in outside)
    far = {"lower": "1000000", "upper": "1000000"}
    assert accepts_real(far, 10**6 + Fraction(1, 10**6), "binary64")
    assert not accepts_real(far, 10**6 + Fraction(2, 10**6), "binary64")
