"""The chains of paper E's chapters reach what strategies alone do not: the rules behind signatures."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import token_scenarios
from meter_privacy.conformance.implementation import load_implementation
from meter_privacy.conformance.scenes import Play, Stage
from meter_privacy.conformance.serve import answer_line
from meter_privacy.conformance.tables import load_tables

TABLES = load_tables()
REFERENCE = load_implementation("reference", TABLES)
NUMBERS = itertools.count()
# By chain: how often it is played, and what must come of it: an operation, and its answers.
REACHED: dict[str, tuple[int, dict[str, str]]] = {
    "energy tokens: a blind signature": (
        120,
        {"energy_tokens.blind_finalize": "output malformed range unauthentic"},
    ),
    "energy tokens: a hashed signature": (120, {"energy_tokens.fdh_finalize": "output unauthentic"}),
    "energy tokens: a token twice spent": (
        60,
        {
            "energy_tokens.check_announcement": "output range unauthentic",
            "energy_tokens.check_equivocation": "output proof-failed",
            "energy_tokens.token": "output range unauthentic",
            "energy_tokens.check_token": "output unauthentic",
            "energy_tokens.check_spending": "output unauthentic",
            "energy_tokens.purse_spend": "output policy state",
            "energy_tokens.bank_spend": "output replayed state unauthentic",
            "energy_tokens.bank_receipt": "output state",
            "energy_tokens.check_receipt": "output",
            "energy_tokens.check_evidence": "output replayed",
        },
    ),
    "reporting: dealings": (
        120,
        {
            "reporting.verify_dealing": "output not-in-group proof-failed",
            "reporting.judge_dealing": "output proof-failed unauthentic",
            "reporting.sum_dealings": "output policy",
            "reporting.verify_share": "output proof-failed",
            "reporting.open_sum": "output exhausted",
        },
    ),
    "reporting: a ring": (
        120,
        {
            "reporting.ring_verify": "output not-in-group proof-failed",
            "reporting.anonymous_server_receive": "output policy proof-failed unauthentic",
        },
    ),
    "reporting: a report": (
        120,
        {
            "reporting.check_report": "output range unauthentic",
            "reporting.check_conflict": "output proof-failed",
            "reporting.check_policy": "output range replayed unauthentic",
            "reporting.fee": "output policy replayed",
        },
    ),
    "tasking: tasks": (
        120,
        {
            "tasking.sign_message": "output malformed range",
            "tasking.check_task": "output expired policy range unauthentic",
            "tasking.server_register": "output expired policy range unauthentic",
            "tasking.server_release": "output policy state",
            "tasking.meter_task": "output expired policy unauthentic",
        },
    ),
    "tasking: a reward": (
        120,
        {
            "tasking.open_mark": "output not-in-group unauthentic",
            "tasking.bank_payment": "output expired range replayed unauthentic",
            "tasking.bank_claim": "output proof-failed replayed state",
        },
    ),
}


def answers(play: Callable[[DrawFn], Play], examples: int) -> set[tuple[str, str]]:
    """The operations of a chain, each with what the reference answered in the published profile."""
    seen = set()

    def run(draw: DrawFn) -> None:
        number, running = next(NUMBERS), play(draw)
        request = next(running, None)
        while request is not None:
            head: dict[str, Any] = {"id": 1, "operation": request.operation, "profile": "published"}
            if request.session is not None:
                head["session"] = f"{number}-{request.session}"
            answer = answer_line(REFERENCE, json.dumps({**head, "input": request.given.input}).encode())
            found = "output" if "output" in answer else answer["error"]["class"]
            seen.add((request.operation, found))
            try:
                request = running.send({"error": found} if "error" in answer else answer)
            except StopIteration:
                return

    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.seed(7)
    @hypothesis.given(st.composite(run)())
    def check(_: None) -> None:
        """The example is played by being drawn."""

    check()
    return seen


@pytest.mark.parametrize("name", REACHED)
def test_a_chain_reaches_what_is_behind_a_signature(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each operation is answered, and refused with each class that only what was signed can meet."""
    monkeypatch.setattr(token_scenarios, "_group", lambda _draw, _stage: "toy-2039")
    [(play, operations)] = [(play, ops) for one, play, ops in token_scenarios.CHAINS if one == name]
    stage = Stage(TABLES, "published", 512)
    examples, wanted = REACHED[name]
    seen = answers(lambda draw: play(stage, draw), examples)
    assert {(operation, one) for operation, some in wanted.items() for one in some.split()} <= seen
    assert {operation for operation, found in seen if found == "output"} >= {
        operation for operation in operations if not operation.endswith("_close")
    }


def test_every_chain_is_held_to_something() -> None:
    """The chains are those of the table above, and each is about one of its own operations."""
    assert [name for name, _, _ in token_scenarios.CHAINS] == list(REACHED)
    for name, _, operations in token_scenarios.CHAINS:
        assert set(token_scenarios.FOCUS[name]) <= set(operations)
