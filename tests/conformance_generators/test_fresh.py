"""Cases made on the spot: the seed decides, the reference answers, a third is negative."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from meter_privacy.conformance import fresh, fuzz, schemas
from meter_privacy.conformance.suite import Case
from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.targets import make_target
from meter_privacy.conformance.verdict import expected_form

TABLES = load_tables()
OPERATIONS = list(TABLES.operations.values())


@pytest.fixture
def oracle() -> Iterator[fuzz.Peer]:
    """The reference, started."""
    peer = fuzz.Peer(make_target("reference"), TABLES, 60.0)
    peer.start()
    yield peer
    peer.target.close()


def made(oracle: fuzz.Peer, count: int, seed: str, profile: str = "published", **more: Any) -> list[Case]:
    """Fresh cases of all operations in one profile."""
    return list(fresh.cases(TABLES, OPERATIONS, [profile], count, seed, oracle.ask, **more))


def test_count_and_polarity(oracle: fuzz.Peer) -> None:
    """As many cases as asked for, all different, a third negative, the operations among them."""
    cases = made(oracle, 960, "a", ask_session=oracle.ask)
    assert len(cases) == len({case.id for case in cases}) == 960
    assert sum(case.negative for case in cases) == 320
    expected = {operation.name for operation in OPERATIONS if "published" in operation.profiles}
    # Good inputs of one operation in fifty may be met in more cases only, as a dealing's roster of servers.
    missing = expected - {name for case in cases for name in case.operations}
    assert len(missing) <= len(expected) // 50, sorted(missing)
    assert {case.profile for case in cases} == {"published"}
    assert any(case.script for case in cases)
    assert {step.expect_error for case in cases for step in case.steps} > {"malformed", "range", None}


def test_the_seed_decides(oracle: fuzz.Peer) -> None:
    """The same seed gives the same cases, another one none of them but the simplest."""
    first, again, other = (made(oracle, 60, seed) for seed in ("a", "a", "b"))
    assert first == again
    common = {case.id for case in first} & {case.id for case in other}
    assert len(common) < 30


def test_without_sessions(oracle: fuzz.Peer) -> None:
    """A reference that is asked without sessions gives no case with one."""
    cases = made(oracle, 60, "a")
    assert len(cases) == 60
    assert all(step.session is None for case in cases for step in case.steps)


def test_cases_are_vectors(oracle: fuzz.Peer) -> None:
    """Each case, written as a file, is valid under its schema, and expects what the reference answers."""
    script = jsonschema.Draft202012Validator(schemas.script_schema(TABLES))
    for case in made(oracle, 40, "c"):
        schema = schemas.vector_schema(TABLES.operations[case.steps[0].operation])
        document = fuzz.document(case)
        (script if case.script else jsonschema.Draft202012Validator(schema)).validate(document)
        for step in case.steps:
            if step.input is not None:
                answer = oracle.ask(step.operation, case.profile, step.input)
                judged = step.expect_judge is not None
                assert answer.keys() == {"output"} if judged else answer == expected_form(step)


def test_a_refusing_reference_is_an_error(oracle: fuzz.Peer) -> None:
    """An operation that the reference lacks gives no case; a reference that fails ends the making."""

    def lacks(operation: str, profile: str, given: Any) -> Any:
        if operation.startswith("paillier"):
            return {"unsupported": "not here"}
        return oracle.ask(operation, profile, given)

    names = {name for case in fresh.cases(TABLES, OPERATIONS, ["published"], 40, "a", lacks)
             for name in case.operations if any(step.input is not None for step in case.steps)}  # fmt: skip
    assert names
    assert not any(name.startswith("paillier") for name in names)
    with pytest.raises(fresh.FreshError, match="the reference answers"):
        list(fresh.cases(TABLES, OPERATIONS, ["published"], 40, "a", lambda *_: {"failed": "crashed"}))


def test_nothing_wanted(oracle: fuzz.Peer) -> None:
    """No count, no operations, no cases."""
    assert made(oracle, 0, "a") == []
    assert list(fresh.cases(TABLES, [], ["published"], 5, "a", oracle.ask)) == []
