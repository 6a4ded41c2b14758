"""The runner: every case through a target, whatever the target does, and what it all amounts to.

Requests are pipelined within a window that is bounded in count and in bytes; after the first time that
the target is lost, the rest of the run goes one request at a time.
"""

import datetime
import difflib
import fnmatch
import hashlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any

from meter_privacy.conformance import declaration as declarations
from meter_privacy.conformance.declaration import Declaration
from meter_privacy.conformance.probes import make_probes
from meter_privacy.conformance.suite import Ask, Case, Json, Limits, Step, Suite
from meter_privacy.conformance.tables import Operation, Tables
from meter_privacy.conformance.targets import (
    START_SECONDS,
    Answer,
    CannotStart,
    Ended,
    Lost,
    MalformedAnswer,
    NotApplicable,
    Request,
    Target,
    TimedOut,
    shown,
)
from meter_privacy.conformance.values import Refusal, check_value
from meter_privacy.conformance.verdict import NoJudge, Verdict, actual_form, compare, expected_form

WINDOW_BYTES = 64 << 10
CONSECUTIVE_LOSSES = 10
TOTAL_LOSSES = 100
RESTART_ATTEMPTS = 3
FINISH_SECONDS = 1.0
# Lines of standard error that a report shows of a target that was lost.
LOG_LINES = 5

FAULTS = (Verdict.FAILED, Verdict.CRASHED, Verdict.TIMED_OUT)


class Outcome(StrEnum):
    """What a run amounts to."""

    CERTIFIED = "certified"
    PARTIAL = "partial"
    KNOWN_FAILURES = "known failures"
    NOT_CERTIFIED = "not certified"
    INCOMPLETE = "incomplete"


EXIT_CODES = {
    Outcome.CERTIFIED: 0,
    Outcome.PARTIAL: 0,
    Outcome.KNOWN_FAILURES: 0,
    Outcome.NOT_CERTIFIED: 1,
    Outcome.INCOMPLETE: 3,
}


class FilterError(ValueError):
    """A filter cannot be used, or leaves no test (usage)."""


@dataclass(frozen=True)
class Filters:
    """Which cases a run takes. A run with a filter in force is partial."""

    only: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None

    @property
    def in_force(self) -> list[str]:
        """Each filter in words."""
        words = [f"--only {pattern}" for pattern in self.only]
        words += [f"--profile {name}" for name in self.profiles]
        words += [f"--operation {pattern}" for pattern in self.operations]
        if self.shard is not None:
            words.append(f"--shard {self.shard[0]}/{self.shard[1]}")
        return words

    def takes(self, case: Case) -> bool:
        """Whether a case passes every filter."""
        if self.only and not any(fnmatch.fnmatchcase(case.id, pattern) for pattern in self.only):
            return False
        if self.profiles and case.profile not in self.profiles:
            return False
        if self.operations and not any(
            fnmatch.fnmatchcase(name, pattern) for name in case.operations for pattern in self.operations
        ):
            return False
        return self.shard is None or _shard(case.id, self.shard[1]) == self.shard[0] - 1


def _shard(name: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % count


@dataclass(frozen=True)
class Result:
    """The verdict on one case; where it is not passed, why, and expected beside actual in JSON form.

    `against` is the requirement of a fault that is not what the test was written to catch; `log` the end
    of the standard error of a target that was lost.
    """

    case: Case
    verdict: Verdict
    reason: str = ""
    step: int = 0
    expected: Any = None
    actual: Any = None
    seconds: float = 0.0
    answered_unsupported: bool = False
    was: Verdict | None = None
    fresh: bool = False
    against: str = ""
    log: str = ""

    @property
    def faulty(self) -> bool:
        """Whether the target did something wrong here."""
        return self.verdict in FAULTS or self.answered_unsupported

    @property
    def caught(self) -> tuple[str, ...]:
        """The flags whose bug this failure speaks for."""
        faulty = Verdict.FAILED in (self.verdict, self.was)
        return self.case.flags if faulty and not self.against else ()

    @property
    def request(self) -> Step:
        """The step that the verdict is about."""
        return self.case.steps[self.step]


@dataclass
class Report:
    """A run from its start to its verdict."""

    target: str
    encoding: str
    suite: Suite
    tables: Tables
    filters: Filters
    started: datetime.datetime
    declaration: Declaration | None = None
    description: Mapping[str, Any] | None = None
    results: list[Result] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    stopped: str = ""
    incomplete: bool = False
    restarts: int = 0
    seconds: float = 0.0
    fresh: int = 0
    seed: str | None = None
    probed: bool = False
    log: str = ""

    @property
    def outcome(self) -> Outcome:
        """Certified, or the first reason why not."""
        if self.incomplete:
            return Outcome.INCOMPLETE
        if self.findings or self.stopped or any(result.faulty for result in self.results):
            return Outcome.NOT_CERTIFIED
        if any(result.verdict == Verdict.NOT_RUN for result in self.results):
            return Outcome.NOT_CERTIFIED
        if any(result.verdict == Verdict.KNOWN_FAILURE for result in self.results):
            return Outcome.KNOWN_FAILURES
        return Outcome.PARTIAL if self.filters.in_force else Outcome.CERTIFIED

    @property
    def exit_code(self) -> int:
        """0 certified or done, 1 the implementation failed, 3 the run could not be finished."""
        return EXIT_CODES[self.outcome]

    def verdict_line(self) -> str:
        """The outcome in one sentence."""
        counts = self.counts()
        against = "its own description"
        if self.declaration is not None and self.declaration.source is not None:
            against = f"the declaration {self.declaration.source}"
        match self.outcome:
            case Outcome.CERTIFIED:
                return f"CERTIFIED against {against}: {counted(counts[Verdict.PASSED], 'test')} passed"
            case Outcome.PARTIAL:
                number = counts[Verdict.PASSED]
                passed = f"all {number} tests run have passed" if number != 1 else "the 1 test run has passed"
                return f"PARTIAL, NOT CERTIFIED: {passed}, with {', '.join(self.filters.in_force)} in force"
            case Outcome.KNOWN_FAILURES:
                known = counts[Verdict.KNOWN_FAILURE]
                return f"DONE, NOT CERTIFIED: nothing new failed, {counted(known, 'known failure')}"
            case Outcome.INCOMPLETE:
                return f"INCOMPLETE, NOT CERTIFIED: {self.stopped}"
        wrong = [f"{counts[v]} {v}" for v in FAULTS if counts[v]]
        if lacking := sum(result.answered_unsupported for result in self.results):
            wrong.append(f"{lacking} declared and answered unsupported")
        if counts[Verdict.NOT_RUN]:
            wrong.append(f"{counts[Verdict.NOT_RUN]} not run")
        if self.findings:
            wrong.append(counted(len(self.findings), "finding"))
        return f"NOT CERTIFIED: {', '.join(wrong)}"

    def counts(self, take: Callable[[Result], bool] = lambda _: True) -> Counter[Verdict]:
        """How many results have each verdict."""
        return Counter(result.verdict for result in self.results if take(result))

    def probes(self) -> int:
        """How many of the results are of probes of the message level."""
        return sum(_is_probe(result.case) for result in self.results)

    def failures(self) -> list[Result]:
        """What must be put right."""
        return [result for result in self.results if result.faulty]

    def totals(self, keys: Callable[[Case], Sequence[str]]) -> dict[str, Counter[Verdict]]:
        """Verdicts by whatever `keys` says of a case, in order."""
        found: dict[str, Counter[Verdict]] = {}
        for result in self.results:
            for key in keys(result.case):
                found.setdefault(key, Counter())[result.verdict] += 1
        return dict(sorted(found.items(), key=lambda item: natural(item[0])))


def counted(number: int, noun: str) -> str:
    """A number and its noun, in the plural where there is not one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def natural(name: str) -> tuple[str, int]:
    """A key that sorts PAILLIER-2 before PAILLIER-10."""
    head, dash, number = name.rpartition("-")
    return (head, int(number)) if dash and number.isdecimal() else (name, 0)


Progress = Callable[[Result], None]


@dataclass
class _Sent:
    case: Case
    request: Request
    size: int


class _Stop(Exception):
    """The run ends here."""

    def __init__(self, reason: str, incomplete: bool) -> None:
        super().__init__(reason)
        self.incomplete = incomplete


class Driver:
    """Sends cases to one target and keeps its footing when the target loses its own."""

    def __init__(
        self,
        target: Target,
        tables: Tables,
        timeouts: Mapping[str, float],
        override: float | None = None,
        judge: Ask | None = None,
    ) -> None:
        self.target = target
        self.tables = tables
        self.timeouts = dict(timeouts)
        self.override = override
        self.restarts = 0
        self.changed: list[str] = []
        self.description: Mapping[str, Any] | None = None
        self._number = 0
        self._sessions = 0
        self._losses = 0
        self._consecutive = 0
        self._pipelined = True
        self.judge = judge

    def _ask_judge(self, profile: str, operation: str, given: Json) -> Json:
        if self.judge is None:
            raise NoJudge(f"{operation} decides, and no reference is there to ask")
        return self.judge(operation, profile, given)

    def limit(self, operation: str) -> float:
        """The time limit of an operation, in seconds."""
        if self.override is not None:
            return self.override
        default = self.timeouts.get("default", self.target.default_seconds)
        return self.timeouts.get(operation, default)

    def _request(self, name: str, profile: str | None, **more: Any) -> Request:
        self._number += 1
        operation = self.tables.operations[name]
        return Request(self._number, operation, profile if operation.profiles else None, **more)

    def _exchange(self, request: Request, seconds: float) -> Answer:
        self.target.send(self.target.codec.encode(request))
        return self.target.codec.decode(self.target.receive(seconds), request)

    def describe(self, seconds: float | None = None) -> Mapping[str, Any]:
        """Ask for the target's description. Raises Lost or MalformedAnswer."""
        request = self._request("describe", None, values={})
        answer = self._exchange(request, seconds or max(self.timeouts.get("start", START_SECONDS), 0.1))
        if answer.output is None:
            raise MalformedAnswer(f"describe is answered by {actual_form(request.operation, answer)}")
        try:
            for item in request.operation.output:
                check_value(item, answer.output[item.name], item.name, answer.output, "")
        except Refusal as refusal:
            raise MalformedAnswer(f"describe: {refusal.detail}") from refusal
        if self.description is None:
            self.description = answer.output
        elif answer.output != self.description and not self.changed:
            names = [name for name, value in answer.output.items() if value != self.description[name]]
            self.changed.append(f"describe changes in the course of the run: {', '.join(names)}")
        return answer.output

    def _restart(self) -> None:
        reason = ""
        for _ in range(RESTART_ATTEMPTS):
            try:
                self.restarts += 1
                self.target.start(again=True)
                self.describe()
                return
            except CannotStart as error:
                raise _Stop(str(error), incomplete=True) from error
            except (Lost, MalformedAnswer) as error:
                reason = str(error)
        raise _Stop(f"after a restart the target does not answer describe: {reason}", incomplete=True)

    def _lost(self) -> None:
        self._pipelined = False
        self._losses += 1
        self._consecutive += 1
        if self._consecutive >= CONSECUTIVE_LOSSES:
            raise _Stop(f"{self._consecutive} requests in a row were lost", incomplete=False)
        if self._losses >= TOTAL_LOSSES:
            raise _Stop(f"{self._losses} requests were lost", incomplete=False)
        self._restart()

    def run(self, cases: Sequence[Case], report: Callable[[Result], None]) -> _Stop | None:
        """Run all cases; answer why the run stopped early, if it did. Every case is reported."""
        waiting = deque(cases)
        flight: deque[_Sent] = deque()
        try:
            while waiting or flight:
                self._fill(waiting, flight, report)
                if flight:
                    self._take(waiting, flight, report)
        except _Stop as stop:
            for case in [*(sent.case for sent in flight), *waiting]:
                report(Result(case, Verdict.NOT_RUN, f"not run: {stop}"))
            return stop
        return None

    def _fill(
        self, waiting: deque[Case], flight: deque[_Sent], report: Callable[[Result], None]
    ) -> None:  # fmt: skip
        """Send cases as far as the window goes; a script runs from end to end when nothing is in flight."""
        size = sum(sent.size for sent in flight)
        window = self.target.window if self._pipelined else 1
        while waiting and len(flight) < window:
            case = waiting[0]
            if case.script or case.steps[0].session is not None:
                if flight:
                    return
                waiting.popleft()
                self._script(case, report)
                window = self.target.window if self._pipelined else 1
                continue
            request = self._of(case.steps[0], case.profile)
            try:
                data = self.target.codec.encode(request)
            except NotApplicable as error:
                waiting.popleft()
                report(Result(case, Verdict.NOT_APPLICABLE, str(error)))
                continue
            if flight and size + len(data) > WINDOW_BYTES:
                return
            waiting.popleft()
            self.target.send(data)
            flight.append(_Sent(case, request, len(data)))
            size += len(data)

    def _of(self, step: Step, profile: str, session: int | None = None) -> Request:
        if step.message is not None:
            operation = self.tables.operations[step.operation]
            return Request(step.message.id, operation, profile, message=step.message)
        return self._request(
            step.operation, profile, session=session, values=step.input,
            raw_json=step.raw_json, raw_frame=step.raw_frame,
        )  # fmt: skip

    def _take(
        self, waiting: deque[Case], flight: deque[_Sent], report: Callable[[Result], None]
    ) -> None:  # fmt: skip
        """Receive the answer to the first request in flight."""
        sent = flight[0]
        began = time.monotonic()
        try:
            data = self.target.receive(self.limit(sent.request.operation.name))
            result = self._judge(sent.case, 0, sent.request, data, time.monotonic() - began)
        except Lost as error:
            flight.popleft()
            report(_loss(sent.case, 0, error, time.monotonic() - began, self.target.last_words()))
            waiting.extendleft(reversed([other.case for other in flight]))
            flight.clear()
            self._lost()
            return
        flight.popleft()
        self._consecutive = 0
        report(result)

    def _judge(self, case: Case, index: int, request: Request, data: bytes, seconds: float) -> Result:
        step = case.steps[index]
        try:
            answer = self.target.codec.decode(data, request)
        except MalformedAnswer as error:
            came = shown(self.target.codec.readable(data), 2000)
            return Result(
                case, Verdict.FAILED, f"answer malformed: {error}", index, expected_form(step), came, seconds,
                against=error.requirement,
            )  # fmt: skip
        if answer.unsupported is not None and step.message is None:
            actual = actual_form(request.operation, answer)
            reason = (
                f"{request.operation.name} is declared, and answered unsupported: {shown(answer.unsupported)}"
            )
            return Result(
                case, Verdict.UNSUPPORTED, reason, index, expected_form(step), actual, seconds,
                answered_unsupported=True,
            )  # fmt: skip
        try:
            mismatch = compare(step, request.operation, answer, partial(self._ask_judge, case.profile))
        except NoJudge as error:
            return Result(case, Verdict.NOT_RUN, str(error), index, expected_form(step), None, seconds)
        if mismatch is None:
            return Result(case, Verdict.PASSED, seconds=seconds)
        return Result(
            case, Verdict.FAILED, mismatch.reason, index, mismatch.expected, mismatch.actual, seconds,
            against=mismatch.against,
        )  # fmt: skip

    def _script(self, case: Case, report: Callable[[Result], None]) -> None:
        """Run a script's steps one after the other up to the first that fails, then close its sessions."""
        sessions: dict[str, int] = {}
        open_sessions: dict[str, int] = {}
        began = time.monotonic()
        index = 0
        try:
            for index, step in enumerate(case.steps):
                if step.session is not None and step.session not in sessions:
                    self._sessions += 1
                    sessions[step.session] = self._sessions
                number = sessions.get(step.session or "")
                result = self._step(case, index, number)
                if step.operation == "session.close":
                    open_sessions.pop(step.session or "", None)
                elif step.session is not None:
                    open_sessions[step.session] = sessions[step.session]
                if result.verdict != Verdict.PASSED:
                    break
            for name, number in open_sessions.items():
                answer = self._exchange(
                    self._request("session.close", None, session=number, values={}),
                    self.limit("session.close"),
                )
                if answer.output is None and result.verdict == Verdict.PASSED:
                    result = Result(case, Verdict.FAILED, f"session.close of {name!r} is refused", index)
        except MalformedAnswer as error:
            result = Result(case, Verdict.FAILED, f"session.close: answer malformed: {error}", index)
        except Lost as error:
            report(_loss(case, index, error, time.monotonic() - began, self.target.last_words()))
            self._lost()
            return
        self._consecutive = 0
        report(_in_script(result, time.monotonic() - began))

    def _step(self, case: Case, index: int, session: int | None) -> Result:
        request = self._of(case.steps[index], case.profile, session)
        try:
            data = self.target.codec.encode(request)
        except NotApplicable as error:
            return Result(case, Verdict.NOT_APPLICABLE, str(error), index)
        self.target.send(data)
        began = time.monotonic()
        received = self.target.receive(self.limit(request.operation.name))
        return self._judge(case, index, request, received, time.monotonic() - began)


def _is_probe(case: Case) -> bool:
    return case.steps[0].message is not None


def _in_script(result: Result, seconds: float) -> Result:
    reason = result.reason
    if reason and len(result.case.steps) > 1:
        reason = f"step {result.step + 1} ({result.request.operation}): {reason}"
    return replace(result, reason=reason, seconds=seconds)


def _loss(case: Case, index: int, error: Lost, seconds: float, log: str) -> Result:
    verdict = Verdict.FAILED
    if isinstance(error, Ended):
        verdict = Verdict.CRASHED
    elif isinstance(error, TimedOut):
        verdict = Verdict.TIMED_OUT
    last = "\n".join(line[:300] for line in log.rstrip().splitlines()[-LOG_LINES:])
    result = Result(
        case, verdict, str(error), index, expected_form(case.steps[index]), None, seconds,
        against=error.requirement, log=last,
    )  # fmt: skip
    return _in_script(result, seconds)


def _excluded(case: Case, declared: Declaration, limits: Limits) -> Result | None:
    """A case that the declaration takes out of the run, with the reason."""
    lacking = [name for name in case.operations if name not in declared.operations and "." in name]
    lacking = [name for name in lacking if name != "session.close"]
    if lacking:
        return Result(case, Verdict.UNSUPPORTED, f"not declared: {', '.join(lacking)}")
    if case.profile not in declared.profiles:
        return Result(case, Verdict.UNSUPPORTED, f"not declared: profile {case.profile}")
    if not case.limits.within(limits):
        need = f"{case.limits.input_bytes} bytes in, {case.limits.output_bytes} bytes out"
        return Result(case, Verdict.UNSUPPORTED, f"beyond the declared limits: {need}")
    return None


def _nearest(pattern: str, names: Iterable[str], what: str) -> str:
    near = difflib.get_close_matches(pattern.strip("*?/"), sorted(set(names)), 1, 0.0)
    return f"; the nearest {what} is {near[0]}" if near else ""


def _operations_missed(filters: Filters, cases: Sequence[Case], tables: Tables) -> str:
    """Of the first pattern of --operation that no operation has the name of."""
    names = {name for name, operation in tables.operations.items() if operation.profiles}
    names |= {name for case in cases for name in case.operations}
    for pattern in filters.operations:
        if not fnmatch.filter(names, pattern):
            return f"--operation {pattern} matches nothing{_nearest(pattern, names, 'operation')}"
    return ""


def _nothing_left(filters: Filters, cases: Sequence[Case]) -> str:
    """Why the filters leave no test: the first pattern that matches nothing by itself, or all together."""
    names = {name for case in cases for name in case.operations}
    for pattern in filters.operations:
        if not fnmatch.filter(names, pattern):
            return f"--operation {pattern} matches no test{_nearest(pattern, names, 'operation')}"
    for pattern in filters.only:
        if not any(fnmatch.fnmatchcase(case.id, pattern) for case in cases):
            near = _nearest(pattern.replace("-", ".", 1).partition("/")[0], names, "operation")
            return f"--only {pattern} matches no test's id{near}"
    return f"the filters leave no test together: {', '.join(filters.in_force) or 'the suite is empty'}"


@dataclass
class Run:
    """One run of a suite against a target: what it is held to, and what it takes."""

    target: Target
    tables: Tables
    suite: Suite
    declaration: Declaration | None = None
    filters: Filters = field(default_factory=Filters)
    timeout: float | None = None
    known_failures: tuple[str, ...] = ()
    make_fresh: Callable[[tuple[Operation, ...], tuple[str, ...]], Sequence[Case]] | None = None
    seed: str | None = None
    judge: Ask | None = None
    on_total: Callable[[int], None] = lambda _: None
    on_result: Progress = lambda _: None

    def __call__(self) -> Report:
        """Run it. The report is whole, whatever the target does. Raises FilterError."""
        probes: list[Case] = []
        if self.declaration is not None:
            probes = make_probes(self.tables, self.suite, self.declaration, self.target.codec.name)
        cases = [*self.suite.cases, *probes]
        taken = [case for case in cases if self.filters.takes(case)]
        if not taken and self.make_fresh is None and not self.filters.shard:
            raise FilterError(_nothing_left(self.filters, cases))
        if missed := _operations_missed(self.filters, cases, self.tables):
            raise FilterError(missed)
        unknown = sorted(set(self.known_failures) - {case.id for case in cases})
        if unknown:
            raise FilterError(f"the known failures name no test of the suite: {', '.join(unknown[:5])}")
        report = Report(
            target=self.target.name,
            encoding=self.target.codec.name,
            suite=self.suite,
            tables=self.tables,
            filters=self.filters,
            started=datetime.datetime.now(datetime.UTC),
            declaration=self.declaration,
            seed=self.seed,
            probed=self.declaration is not None,
        )
        began = time.monotonic()
        try:
            self._run(report, taken)
        finally:
            self.target.close()
            report.log = self.target.log()
            report.seconds = time.monotonic() - began
        return report

    def _run(self, report: Report, taken: list[Case]) -> None:
        timeouts = self.declaration.timeouts if self.declaration is not None else {}
        driver = Driver(self.target, self.tables, timeouts, self.timeout, self.judge)
        declared = self._start(driver, report)
        if declared is None:
            report.results = [Result(case, Verdict.NOT_RUN, f"not run: {report.stopped}") for case in taken]
            return
        report.declaration = declared
        known = [op for op in self.tables.operations.values() if op.name in declared.operations]
        fresh: set[str] = set()
        if self.make_fresh is not None:
            made = self.make_fresh(tuple(known), declared.profiles)
            fresh = {case.id for case in made}
            report.fresh = len(made)
            # Probes come last: they are the likeliest to end a target for good.
            at = next((n for n, case in enumerate(taken) if _is_probe(case)), len(taken))
            taken = [*taken[:at], *made, *taken[at:]]
        results: dict[str, Result] = {}

        def note(result: Result) -> None:
            if result.case.id in fresh:
                result = replace(result, fresh=True)
            result = self._known(result, report)
            results[result.case.id] = result
            self.on_result(result)

        self.on_total(len(taken))
        run = []
        for case in taken:
            excluded = _excluded(case, declared, declared.limits)
            if excluded is None:
                run.append(case)
            else:
                note(excluded)
        stop = driver.run(run, note)
        report.results = [results[case.id] for case in taken]
        report.restarts = driver.restarts
        if stop is None:
            self._finish(driver, report)
        else:
            report.stopped = str(stop)
            report.incomplete = stop.incomplete
        report.findings += driver.changed
        self._cover(report, declared)

    def _start(self, driver: Driver, report: Report) -> Declaration | None:
        """Start the target and ask who it is; what it is held to, or None where the run ends here."""
        try:
            self.target.start()
            description = driver.describe()
        except (CannotStart, Ended, TimedOut) as error:
            report.stopped = f"the target cannot be started: {error}"
            if isinstance(error, TimedOut) and self.target.codec.name == "json":
                report.stopped += " to describe; a program must flush its standard output after each line"
            report.incomplete = True
            return None
        except (Lost, MalformedAnswer) as error:
            report.stopped = f"describe is not answered as it must be: {error}"
            report.findings.append(report.stopped)
            return None
        report.description = description
        unknown = [name for name in description["operations"] if not self._declarable(name)]
        report.findings += [f"describe lists {name}, which no table declares" for name in unknown]
        report.findings += [
            f"describe lists the unknown profile {name!r}"
            for name in description["profiles"]
            if name not in ("published", "hardened")
        ]
        report.findings += [
            f"describe lists {name!r} {count} times"
            for part in ("operations", "profiles")
            for name, count in Counter(description[part]).items()
            if count > 1
        ]
        if not description["operations"] or not description["profiles"]:
            report.findings.append("describe lists no operation or no profile: there is nothing to certify")
        if self.declaration is None:
            return declarations.from_description(description)
        report.findings += declarations.differences(self.declaration, description)
        return self.declaration

    def _declarable(self, name: str) -> bool:
        operation = self.tables.operations.get(name)
        return operation is not None and bool(operation.profiles)

    def _known(self, result: Result, report: Report) -> Result:
        if result.case.id not in self.known_failures:
            return result
        if result.faulty:
            return replace(
                result, verdict=Verdict.KNOWN_FAILURE, was=result.verdict, answered_unsupported=False
            )
        if result.verdict == Verdict.PASSED:
            report.findings.append(
                f"{result.case.id} is a known failure and no longer fails: remove it there"
            )
        return result

    def _finish(self, driver: Driver, report: Report) -> None:
        """Ask again who it is, end the requests, and see that nothing more comes."""
        try:
            driver.describe(driver.limit("describe"))
            left = self.target.finish(FINISH_SECONDS)
        except Lost as error:
            report.findings.append(f"describe at the end of the run: {error}")
            return
        except MalformedAnswer as error:
            report.findings.append(f"describe at the end of the run: answer malformed: {error}")
            return
        if left.strip(b"\r\n\x00 "):
            text = shown(self.target.codec.readable(left))
            report.findings.append(f"the target wrote what nobody asked for: {text!r}")

    def _cover(self, report: Report, declared: Declaration) -> None:
        """What is declared and touched by no test, an operation in a profile, is not certified."""
        if self.filters.in_force:
            return
        touched = {
            (name, result.case.profile)
            for result in report.results
            for name in result.case.operations
            if result.verdict not in (Verdict.UNSUPPORTED, Verdict.NOT_APPLICABLE)
            or result.answered_unsupported
        }
        for name in declared.operations:
            if not self._declarable(name):
                continue
            profiles = [p for p in declared.profiles if p in self.tables.operations[name].profiles]
            missed = [profile for profile in profiles if (name, profile) not in touched]
            if missed == profiles:
                report.findings.append(f"declared, and no test within the limits is for it: {name}")
            else:
                report.findings += [
                    f"declared, and no test within the limits is for it: {name} ({p})" for p in missed
                ]
