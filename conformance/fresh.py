"""Cases made on the spot: the fuzzer's strategies, a seed, and the reference's answers.

Published vectors can be hard-coded into a firmware; these cannot.
"""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import framing
from meter_privacy.conformance.scenarios import scenarios
from meter_privacy.conformance.scenes import Answer, Request, Scenario
from meter_privacy.conformance.strategies import LARGEST_BITS
from meter_privacy.conformance.suite import Ask, Case, Limits, Step
from meter_privacy.conformance.tables import Operation, Tables
from meter_privacy.conformance.values import decode_input

Json = Mapping[str, Any]

# (operation, profile, input in JSON form, session) -> as Ask answers.
AskSession = Callable[[str, str, Json, int], Json]

NEGATIVE_PART = 3
LARGEST_INPUT_BYTES = 4096
_ROUNDS = 8

Played = Sequence[tuple[Request, Answer]]


class FreshError(RuntimeError):
    """The reference gave no answer that a case could expect."""


def settings(examples: int, *phases: Phase) -> hypothesis.settings:
    """How Hypothesis is driven here: no database, no deadline, nothing printed."""
    return hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )


def derived_seed(*parts: object) -> int:
    """A seed of its own for each part of a run."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8], "big")


def _step(tables: Tables, request: Request, answer: Answer) -> Step:
    given = request.given
    judge = tables.operations[request.operation].judge if "output" in answer else None
    session = None if request.session is None else f"s{request.session}"
    if "output" not in answer and "error" not in answer:
        raise FreshError(f"{request.operation}: the reference answers {dict(answer)}")
    return Step(
        operation=request.operation,
        input=given.input,
        session=session,
        raw_json=given.raw,
        expect_output=answer.get("output") if judge is None else None,
        expect_error=answer.get("error"),
        expect_judge=judge,
    )


def payload_limits(tables: Tables, steps: Sequence[Step]) -> Limits:
    """The largest payloads of the binary framing that the steps need."""
    largest_input = largest_output = 0
    for step in steps:
        operation = tables.operations[step.operation]
        if step.input is not None:
            payload = framing.encode_payload(operation.input, decode_input(operation, dict(step.input)))
            largest_input = max(largest_input, len(payload))
        if step.expect_output is not None:
            payload = framing.encode_json_payload(operation.output, step.expect_output)
            largest_output = max(largest_output, len(payload))
    return Limits(largest_input, largest_output)


def make_case(tables: Tables, scenario: Scenario, played: Played, source: str, comment: str = "") -> Case:
    """What was asked and answered, as a case."""
    steps = tuple(_step(tables, request, answer) for request, answer in played)
    digest = hashlib.sha256(
        json.dumps(
            [[scenario.profile, s.operation, s.session, s.input, s.raw_json] for s in steps], default=dict
        ).encode()
    ).hexdigest()[:16]
    script = len(steps) > 1 or steps[0].session is not None
    last = tables.operations[steps[-1].operation]
    names = tuple(dict.fromkeys(step.operation for step in steps))
    tags = [request.given.tag for request, _ in played if request.given.tag != "valid"]
    kind = "script" if script else last.name.split(".", 1)[-1]
    return Case(
        id=f"{last.chapter}-{kind}/{source}/{digest}",
        chapter=last.chapter,
        operations=names,
        profile=scenario.profile,
        steps=steps,
        requirements=tuple(dict.fromkeys(r for name in names for r in tables.operations[name].requirements)),
        source=source,
        comment=comment or f"{scenario.name}: {'; '.join(tags) or 'valid'}",
        limits=payload_limits(tables, steps),
        script=script,
    )


@dataclass
class Oracle:
    """The reference, asked for what a request must be answered."""

    ask: Ask
    ask_session: AskSession | None
    session: int = 0

    def answer(self, request: Request, profile: str, base: int) -> Answer:
        """The reference's answer to a request of a scenario whose sessions are counted from `base`."""
        if request.given.input is None:
            # The strategies have held the text to the grammar, and a text is nothing to ask.
            return {"error": "malformed"}
        if request.session is None:
            return self.ask(request.operation, profile, request.given.input)
        if self.ask_session is None:
            raise FreshError(f"{request.operation} has a session, and the reference is asked without")
        self.session = max(self.session, base + request.session)
        return self.ask_session(request.operation, profile, request.given.input, base + request.session)

    def play(self, scenario: Scenario, draw: DrawFn) -> Played:
        """Play a scenario; nothing where the reference lacks one of its operations."""
        played: list[tuple[Request, Answer]] = []
        base = self.session
        play = scenario.play(draw)
        request = next(play, None)
        while request is not None:
            answer = self.answer(request, scenario.profile, base)
            if "unsupported" in answer:
                return []
            played.append((request, answer))
            try:
                request = play.send(answer)
            except StopIteration:
                break
        return played


class _Enough(BaseException):
    """Goes through Hypothesis, which would take an Exception for a finding."""


def _draw(
    scenario: Scenario, examples: int, seed: int, oracle: Oracle, take: Callable[[Played], bool]
) -> None:
    """Play a scenario until `take` has enough, at most so many times."""

    first = True

    def run(draw: DrawFn) -> None:
        nonlocal first
        played = oracle.play(scenario, draw)
        if first:
            # Hypothesis begins with the simplest example whatever the seed: no fresh one.
            first = False
        elif not take(played):
            raise _Enough

    @hypothesis.seed(seed)
    @settings(examples, Phase.generate)
    @hypothesis.given(st.composite(run)())
    def collect(_: None) -> None:
        """Hypothesis has run the example by drawing it."""

    with contextlib.suppress(_Enough):
        collect()


def _wanted_profiles(operations: Sequence[Operation], profiles: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {
        operation.name: tuple(name for name in operation.profiles if name in profiles)
        for operation in operations
        if operation.profiles
    }


def cases(
    tables: Tables,
    operations: Sequence[Operation],
    profiles: Sequence[str],
    count: int,
    seed: int | str,
    ask: Ask,
    ask_session: AskSession | None = None,
    largest_bits: int = LARGEST_BITS,
) -> Iterator[Case]:
    """Make `count` different cases of the operations in the profiles, about a third of them negative.

    The same seed gives the same cases. `ask` is the reference; without `ask_session`, which is to know of no
    sessions yet, no case has a session.
    Fewer cases come where the operations' inputs are exhausted. Raises FreshError where the reference
    does not answer.
    """
    available = _wanted_profiles(operations, profiles)
    found = [
        scenario
        for scenario in scenarios(tables, available, largest_bits=largest_bits)
        if ask_session is not None or not any(tables.operations[name].session for name in scenario.operations)
    ]
    seen: set[str] = set()
    wanted = {True: count // NEGATIVE_PART, False: count - count // NEGATIVE_PART}
    oracle = Oracle(ask, ask_session)
    for number in range(_ROUNDS):
        left = wanted[True] + wanted[False]
        # Later rounds fill up what operations with few inputs could not give.
        share = left if number >= _ROUNDS // 2 else max(left // max(len(found), 1), 1)
        for scenario in found:
            negative = min(wanted[True], max(share // NEGATIVE_PART, 1)) if scenario.spoils else 0
            quota = {True: negative, False: min(wanted[False], share - negative)}
            made: list[Case] = []

            def take(played: Played, quota: dict[bool, int] = quota, made: list[Case] = made) -> bool:
                case = make_case(tables, scenario, played, "fresh") if played else None  # noqa: B023 (called within its round)
                if case and quota[case.negative] and case.id not in seen and _fits(case):
                    quota[case.negative] -= 1
                    seen.add(case.id)
                    made.append(case)
                return quota[True] + quota[False] > 0

            if quota[True] + quota[False]:
                own_seed = derived_seed(seed, number, scenario.name, scenario.profile)
                _draw(scenario, min(4 * share + 8, 1000), own_seed, oracle, take)
            for case in made:
                wanted[case.negative] -= 1
                yield case


def _fits(case: Case) -> bool:
    return case.limits.input_bytes <= LARGEST_INPUT_BYTES
