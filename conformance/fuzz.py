"""Differential fuzzing: the same requests to two targets, whose answers must agree.

Outputs must be equal (reals within the numeric class of the operation), refusals of the same class. A target
that ends, hangs or answers nonsense disagrees as well; it is restarted. A disagreement is shrunk and kept as
a candidate for a vector.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance.fresh import Played, derived_seed, make_case, settings
from meter_privacy.conformance.scenarios import scenarios
from meter_privacy.conformance.scenes import Answer, Request, Scenario
from meter_privacy.conformance.strategies import LARGEST_BITS, Given
from meter_privacy.conformance.suite import Case, Step
from meter_privacy.conformance.tables import Operation, Tables
from meter_privacy.conformance.targets import (
    Ended,
    Lost,
    MalformedAnswer,
    NotApplicable,
    StreamTarget,
    TimedOut,
)
from meter_privacy.conformance.targets import Request as Message
from meter_privacy.conformance.values import decode_fields, encode_fields
from meter_privacy.conformance.verdict import differing_fields, expected_form

START_SECONDS = 30.0
SHRINK_SECONDS = 20.0
MOST_DISAGREEMENTS = 25
SUITE = "1.0.0"

_FIRST_EXAMPLES = 20
_MOST_EXAMPLES = 400


class FuzzError(RuntimeError):
    """The two targets cannot be compared."""


class _Enough(BaseException):
    """Time is up: goes through Hypothesis, which would take an Exception for a finding."""


class _Disagree(Exception):
    """Hypothesis shrinks what raises this."""


class Peer:
    """A target that is asked one request at a time and comes back when it is lost."""

    def __init__(self, target: StreamTarget, tables: Tables, seconds: float) -> None:
        self.target = target
        self.tables = tables
        self.seconds = seconds
        self.restarts = 0
        self.claimed: Mapping[str, tuple[str, ...]] = {}
        self._number = 0
        self._waiting: Message | None = None
        self._lost: Answer | None = None

    def start(self) -> None:
        """Start the target and ask what it claims. Raises CannotStart or FuzzError."""
        self.target.start()
        answer = self._exchange("describe", None, {}, START_SECONDS)
        output = answer.get("output")
        if output is None:
            raise FuzzError(f"{self.target.name} does not answer describe: {dict(answer)}")
        profiles = output["profiles"]
        operations = (self.tables.operations.get(name) for name in output["operations"])
        self.claimed = {
            operation.name: tuple(name for name in operation.profiles if name in profiles)
            for operation in operations
            if operation is not None
        }

    def _exchange(self, name: str, profile: str | None, values: Mapping[str, Any], seconds: float) -> Answer:
        self._number += 1
        message = Message(self._number, self.tables.operations[name], profile, values=values)
        self.target.send(self.target.codec.encode(message))
        return self._answer(message, seconds)

    def _answer(self, message: Message, seconds: float) -> Answer:
        try:
            answer = self.target.codec.decode(self.target.receive(seconds), message)
        except Lost as lost:
            kind = {Ended: "crashed", TimedOut: "timed out"}.get(type(lost), "nonsense")
            log = self.target.log().strip().splitlines() if kind == "crashed" else []
            detail = f"{lost}: {log[-1][:200]}" if log else str(lost)
            self.restarts += 1
            self.target.start(again=True)
            return {"failed": kind, "detail": detail}
        except MalformedAnswer as error:
            return {"failed": "nonsense", "detail": str(error)}
        if answer.output is not None:
            return {"output": encode_fields(message.operation.output, answer.output)}
        if answer.error is not None:
            return {"error": answer.error}
        return {"unsupported": answer.unsupported}

    def send(self, request: Request, profile: str, session: int | None) -> None:
        """Send a request without waiting. Raises NotApplicable where it has no form in the encoding."""
        self._number += 1
        operation = self.tables.operations[request.operation]
        message = Message(
            self._number, operation, profile if operation.profiles else None, session,
            values=request.given.input, raw_json=request.given.raw,
        )  # fmt: skip
        self.target.send(self.target.codec.encode(message))
        self._waiting = message

    def receive(self) -> Answer:
        """The answer to what was sent, or how the target failed."""
        assert self._waiting is not None
        return self._answer(self._waiting, self.seconds)

    def ask(
        self, operation: str, profile: str, given: Mapping[str, Any], session: int | None = None
    ) -> Answer:
        """Send one request and wait for its answer."""
        self.send(Request(operation, Given("asked", input=dict(given))), profile, session)
        return self.receive()

    def can_send(self, request: Request, profile: str, session: int | None) -> bool:
        """Whether the request has a form in the target's encoding."""
        operation = self.tables.operations[request.operation]
        message = Message(
            0, operation, profile, session, values=request.given.input, raw_json=request.given.raw
        )
        try:
            self.target.codec.encode(message)
        except NotApplicable:
            return False
        return True


@dataclass(frozen=True)
class Disagreement:
    """Two answers to one request, and all that was asked before it in the scenario."""

    scenario: Scenario
    played: Played
    answers: tuple[Answer, Answer]
    names: tuple[str, str]
    reproducible: bool = True

    @property
    def request(self) -> Request:
        """The request that is answered in two ways."""
        return self.played[-1][0]

    @property
    def signature(self) -> tuple[str, ...]:
        """What one report is enough of."""
        return (self.request.operation, self.scenario.profile, *map(_kind, self.answers))

    @property
    def size(self) -> int:
        """Smaller is easier to read."""
        steps = [[r.given.input, r.given.raw] for r, _ in self.played]
        return len(json.dumps(steps)) + 1000 * len(steps)


def _kind(answer: Answer) -> str:
    for name in ("error", "failed"):
        if name in answer:
            return f"{name} {answer[name]}"
    return next(iter(answer))


@dataclass
class Progress:
    """How far a run has come."""

    started: float
    seconds: float
    examples: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)
    repeats: Counter[tuple[str, ...]] = field(default_factory=Counter)
    scenario: str = ""

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Requests a second, each to both targets."""
        return self.requests.total() / max(self.elapsed, 1e-9)


@dataclass
class Fuzzer:
    """Plays scenarios against two started targets until the time is up."""

    tables: Tables
    peers: tuple[Peer, Peer]
    seed: int
    report: Callable[[Progress], None] = lambda _: None
    most: int = MOST_DISAGREEMENTS
    _session: int = 0

    def run(self, found: Sequence[Scenario], seconds: float) -> Progress:
        """Play the scenarios in turn, longer from round to round. Raises CannotStart."""
        progress = Progress(time.monotonic(), seconds)
        until = progress.started + seconds
        examples = _FIRST_EXAMPLES
        # A scenario of long operations may not take the time of all others.
        slice_seconds = max(0.25, seconds / (2 * len(found)))
        round_number = 0
        while time.monotonic() < until and len(progress.disagreements) < self.most:
            for scenario in found:
                if time.monotonic() >= until or len(progress.disagreements) >= self.most:
                    break
                progress.scenario = f"{scenario.name} ({scenario.profile})"
                end = min(until, time.monotonic() + slice_seconds)
                self._play(scenario, examples, derived_seed(self.seed, round_number, scenario.name,
                                                            scenario.profile), end, progress)  # fmt: skip
            examples = min(2 * examples, _MOST_EXAMPLES)
            round_number += 1
        return progress

    def _play(self, scenario: Scenario, examples: int, seed: int, until: float, progress: Progress) -> None:
        best: Disagreement | None = None
        shrunk_until = 0.0
        known = {found.signature for found in progress.disagreements}

        def run(draw: DrawFn) -> None:
            nonlocal best, shrunk_until
            if time.monotonic() >= (until if best is None else shrunk_until):
                raise _Enough
            found = self._example(scenario, draw, progress)
            if found is None:
                return
            if found.signature in known:
                progress.repeats[found.signature] += 1
                return
            if best is None:
                shrunk_until = time.monotonic() + SHRINK_SECONDS
            elif found.signature != best.signature:
                return
            if best is None or found.size <= best.size:
                best = found
            raise _Disagree

        @hypothesis.seed(seed)
        @settings(examples, Phase.generate, Phase.shrink)
        @hypothesis.given(st.composite(run)())
        def play(_: None) -> None:
            """Hypothesis has run the example by drawing it."""

        try:
            play()
        except (_Enough, _Disagree, hypothesis.errors.Flaky):
            if best is not None:
                progress.disagreements.append(self._alone(best))
        self.report(progress)

    def _example(self, scenario: Scenario, draw: DrawFn, progress: Progress) -> Disagreement | None:
        """Play one example; None where the targets agree."""
        progress.examples += 1
        if progress.examples % 50 == 0:
            self.report(progress)
        base, self._session = self._session, self._session + 8
        used: set[int] = set()
        played: list[tuple[Request, Answer]] = []
        play = scenario.play(draw)
        request = next(play, None)
        try:
            while request is not None:
                session = None if request.session is None else base + request.session
                if session is not None:
                    used.add(session)
                if not all(peer.can_send(request, scenario.profile, session) for peer in self.peers):
                    return None
                answers = self._both(request, scenario.profile, session)
                progress.requests[request.operation] += 1
                progress.answered[_kind(answers[0])] += 1
                played.append((request, answers[0]))
                if not self.agree(request, answers, scenario.profile):
                    names = (self.peers[0].target.name, self.peers[1].target.name)
                    return Disagreement(scenario, tuple(played), answers, names)
                request = play.send(answers[0])
        except StopIteration:
            pass
        finally:
            play.close()
            for session in used:
                self._both(Request("session.close", Given("valid", input={})), scenario.profile, session)
        return None

    def _both(self, request: Request, profile: str, session: int | None) -> tuple[Answer, Answer]:
        for peer in self.peers:
            peer.send(request, profile, session)
        first, second = (peer.receive() for peer in self.peers)
        return first, second

    def agree(self, request: Request, answers: tuple[Answer, Answer], profile: str) -> bool:
        """Whether two answers are the same, reals within the operation's numeric class.

        Outputs that are not unique need not be: then the operation's judge must accept both.
        """
        first, second = answers
        if "failed" in first or "failed" in second:
            return False
        if "output" not in first or "output" not in second:
            return _kind(first) == _kind(second)
        operation = self.tables.operations[request.operation]
        judge = self._judge_of(operation, profile)
        if judge is not None and request.given.input is not None:
            given = request.given.input
            asked = [Request(judge[1], Given("valid", input={**given, **a["output"]})) for a in answers]
            return all("output" in self._asked(judge[0], one, profile) for one in asked)
        decoded = decode_fields(operation.output, second["output"])
        return not differing_fields(operation.output, first["output"], decoded, operation.numeric)

    def _judge_of(self, operation: Operation, profile: str) -> tuple[Peer, str] | None:
        """Who of the two can judge an operation's outputs, and by which operation."""
        name = operation.judge
        if name is None:
            return None
        return next(((peer, name) for peer in self.peers if profile in peer.claimed.get(name, ())), None)

    @staticmethod
    def _asked(peer: Peer, request: Request, profile: str) -> Answer:
        peer.send(request, profile, None)
        return peer.receive()

    def _alone(self, found: Disagreement) -> Disagreement:
        """The last request without those before it, where it needs none; and whether it happens again."""
        request = found.request
        played: Played = found.played
        if request.session is None:
            played = played[-1:]
        else:
            played = [(step, answer) for step, answer in played if step.session == request.session]
        base, self._session = self._session, self._session + 8
        again: tuple[Answer, Answer] | None = None
        for step, _ in played:
            session = None if step.session is None else base + step.session
            again = self._both(step, found.scenario.profile, session)
        assert again is not None
        return Disagreement(
            found.scenario,
            played,
            found.answers,
            found.names,
            not self.agree(request, again, found.scenario.profile),
        )


def available(peers: tuple[Peer, Peer]) -> dict[str, tuple[str, ...]]:
    """The operations that both targets claim, with the profiles that both claim."""
    first, second = (peer.claimed for peer in peers)
    return {
        name: tuple(profile for profile in first[name] if profile in second[name])
        for name in first
        if name in second and first[name]
    }


def fuzz(
    tables: Tables,
    targets: tuple[StreamTarget, StreamTarget],
    *,
    seconds: float,
    seed: int,
    wanted: str = "*",
    profile: str | None = None,
    largest_bits: int = LARGEST_BITS,
    timeout: float | None = None,
    report: Callable[[Progress], None] = lambda _: None,
    most: int = MOST_DISAGREEMENTS,
) -> Progress:
    """Fuzz two targets for so many seconds over all operations that both claim and `wanted` (a glob) takes.

    Ends early after the `most` disagreements; those of one operation with the same two answers are one.

    Raises CannotStart where a target cannot be (re)started, FuzzError where there is nothing to compare.
    """
    peers = (
        Peer(targets[0], tables, timeout or targets[0].default_seconds),
        Peer(targets[1], tables, timeout or targets[1].default_seconds),
    )
    try:
        for peer in peers:
            peer.start()
        both = available(peers)
        if profile is not None:
            both = {name: (profile,) for name, profiles in both.items() if profile in profiles}
        found = scenarios(tables, both, wanted=wanted, largest_bits=largest_bits)
        if not found:
            raise FuzzError("there is no operation that both targets claim and that is wanted")
        return Fuzzer(tables, peers, seed, report, most).run(found, seconds)
    finally:
        for target in targets:
            target.close()


# ---- Candidates ----------------------------------------------------------------------------------


def _expectation(found: Disagreement) -> Answer:
    """What the candidate expects: the first target's answer, or the second's where the first gave none."""
    for answer in found.answers:
        if "output" in answer or "error" in answer:
            return answer
    return {"error": found.request.given.error_class or "malformed"}


def describe_answer(answer: Answer) -> str:
    """An answer for people."""
    if "output" in answer:
        return json.dumps(answer["output"], ensure_ascii=False)
    detail = f" ({answer['detail']})" if "detail" in answer else ""
    return _kind(answer) + detail


def candidate(tables: Tables, found: Disagreement, seed: int) -> Case:
    """A disagreement as a case whose last step is in question."""
    said = "; ".join(
        f"{name} answers {describe_answer(answer)}"
        for name, answer in zip(found.names, found.answers, strict=True)
    )
    once = "" if found.reproducible else " It did not happen again when it was asked again."
    comment = f"{found.request.given.tag}. {said}. Found with seed {seed}.{once}"
    played = [*found.played[:-1], (found.request, _expectation(found))]
    return make_case(tables, found.scenario, played, "fuzz", comment)


def _body(step: Step) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if step.input is not None:
        body["input"] = step.input
    else:
        body["raw"] = {"json": step.raw_json}
    return {**body, "expect": expected_form(step)}


def _session(step: Step) -> dict[str, str]:
    return {} if step.session is None else {"session": step.session}


def document(case: Case) -> dict[str, Any]:
    """A case as a file of vectors with one test."""
    head = {
        "id": case.id, "requirements": list(case.requirements), "flags": list(case.flags),
        "source": case.source, "comment": case.comment,
    }  # fmt: skip
    if case.script:
        names: dict[str, Any] = {"operations": sorted(case.operations)}
        steps = [
            {
                "operation": step.operation,
                **({"session": step.session} if step.session else {}),
                **_body(step),
            }
            for step in case.steps
        ]
        test, schema = {**head, "steps": steps}, "script"
    else:
        names = {"operation": case.steps[0].operation}
        test, schema = {**head, **_body(case.steps[0])}, case.steps[0].operation
    return {
        "schema": f"../schemas/{schema}.json",
        "suite": SUITE,
        **names,
        "profile": case.profile,
        "parameters": {},
        "limits": {"input_bytes": case.limits.input_bytes, "output_bytes": case.limits.output_bytes},
        "notes": {},
        "tests": [test],
    }


def save(tables: Tables, found: Sequence[Disagreement], seed: int, directory: Path) -> Iterator[Path]:
    """Write each disagreement as a file of vectors, in a folder for its chapter."""
    for disagreement in found:
        case = candidate(tables, disagreement, seed)
        name = disagreement.request.operation.split(".", 1)[-1]
        path = directory / case.chapter / f"{name}-fuzz-{case.id.rsplit('/', 1)[-1]}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document(case), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        yield path
