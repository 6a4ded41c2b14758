"""Who computes in a study: a target, and the reference for the operations that the target does not have."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import (
    Answer,
    CannotStart,
    Lost,
    MalformedAnswer,
    NotApplicable,
    Request,
    StreamTarget,
    make_target,
)
from meter_privacy.conformance.values import encode_fields

REFERENCE = "reference"


class TargetLost(Exception):
    """A target went away, fell silent or answered out of turn under way."""


class WrongAnswer(Exception):
    """A target refused a sound request, answered it against the grammar, or cannot take it at all."""


@dataclass
class Parties:
    """The chosen target and the reference. `answered[operation]` is the target that answered it.

    `seconds` and `requests` are running totals of the exchanges: from the first request sent to the last
    answer received, without the encoding and decoding on this side.
    """

    tables: Tables
    target: str
    profile: str
    answered: dict[str, str] = field(default_factory=dict)
    described: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0
    requests: int = 0
    _running: dict[str, StreamTarget] = field(default_factory=dict)
    _roles: dict[str, str] = field(default_factory=dict)
    _number: int = 0

    def __enter__(self) -> Self:
        """Start the target. Raises TargetError (no such target), CannotStart, WrongAnswer."""
        try:
            self._start(self.target)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        for running in self._running.values():
            running.close()

    def _start(self, name: str) -> None:
        target = make_target(name)
        target.start()
        self._running[name] = target
        try:
            answer = self._exchange(target, "describe", None, [{}])[0]
        except TargetLost as lost:
            target.close()
            last = target.log().strip().splitlines()[-1:]
            raise CannotStart(": ".join([str(lost), *last])) from lost
        if answer.output is None:
            raise WrongAnswer(f"{name} does not answer describe: {answer.error or answer.unsupported}")
        self.described[name] = answer.output

    def _whose(self, operation: str, family: Sequence[str] = ()) -> str:
        """The target that computes an operation: the chosen one if it has it, else the reference.

        Steps of one session go to one target: the chosen one only if it has the whole family.
        """
        if operation not in self.answered:
            own = self.described[self.target]
            has = {operation, *family} <= set(own["operations"]) and self.profile in own["profiles"]
            whose = self.target if has else REFERENCE
            if whose not in self._running:
                self._start(whose)
            self.answered[operation] = whose
        return self.answered[operation]

    def _exchange(
        self,
        target: StreamTarget,
        name: str,
        profile: str | None,
        inputs: Iterable[Mapping[str, Any]],
        sessions: Sequence[int] | None = None,
    ) -> list[Answer]:
        operation = self.tables.operations[name]
        requests = []
        for place, values in enumerate(inputs):
            self._number = self._number % 0xFFFFFFF0 + 1
            encoded = encode_fields(operation.input, values)
            session = None if sessions is None else sessions[place]
            requests.append(Request(self._number, operation, profile, session, values=encoded))
        try:
            data = [target.codec.encode(request) for request in requests]
        except NotApplicable as error:
            raise WrongAnswer(f"{target.name} cannot be asked {name}: {error}") from error
        received: list[bytes] = []
        begun = time.perf_counter()
        try:
            for sent in range(len(data) + target.window):
                if sent < len(data):
                    target.send(data[sent])
                if sent >= target.window and len(received) < len(data):
                    received.append(target.receive(target.default_seconds))
            self.seconds += time.perf_counter() - begun
            self.requests += len(data)
            return [
                target.codec.decode(line, request) for line, request in zip(received, requests, strict=True)
            ]
        except Lost as lost:
            raise TargetLost(f"{target.name} at {name}: {lost}") from lost
        except MalformedAnswer as error:
            raise WrongAnswer(f"{target.name} at {name}: {error}") from error

    def ask_each(
        self,
        name: str,
        inputs: Iterable[Mapping[str, Any]],
        sessions: Sequence[int] | None = None,
        family: Sequence[str] = (),
    ) -> list[Answer]:
        """Ask one operation with many inputs, pipelined. Raises TargetLost, WrongAnswer.

        `sessions` are numbers from 1 on, one an input and none twice: steps of a session are not pipelined.
        `family` names the operations that the sessions take besides.
        """
        whose = self._whose(name, family)
        answers = self._exchange(self._running[whose], name, self.profile, inputs, sessions)
        for answer in answers:
            if answer.unsupported is not None:
                raise WrongAnswer(f"{whose} lists {name} and does not support it: {answer.unsupported}")
        return answers

    def step(self, role: str, name: str, steps: Mapping[int, Mapping[str, Any]]) -> list[Answer]:
        """One step of each of some sessions, by session number; all steps of a role go to one target.

        `role` is the beginning of the operations' names: the chosen target plays it only if it has them all.
        Raises TargetLost, WrongAnswer.
        """
        if role not in self._roles:
            own = self.described[self.target]
            needed = {operation for operation in self.tables.operations if operation.startswith(role)}
            has = needed <= set(own["operations"]) and self.profile in own["profiles"]
            self._roles[role] = self.target if has else REFERENCE
            if self._roles[role] not in self._running:
                self._start(self._roles[role])
        whose = self._roles[role]
        self.answered[name] = whose
        answers = self._exchange(self._running[whose], name, self.profile, steps.values(), steps)
        for answer in answers:
            if answer.unsupported is not None:
                raise WrongAnswer(f"{whose} lists {name} and does not support it: {answer.unsupported}")
        return answers

    def close_session(self, role: str, session: int) -> None:
        """Let a session be forgotten. Raises TargetLost, WrongAnswer."""
        self._exchange(self._running[self._roles[role]], "session.close", None, [{}], [session])

    def ask(self, name: str, inputs: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Ask one operation with many inputs, none of which may be refused; its single output field's values.

        Raises TargetLost, WrongAnswer.
        """
        output = self.tables.operations[name].output[0].name
        values = []
        for answer in self.ask_each(name, inputs):
            if answer.output is None:
                raise WrongAnswer(f"{self.answered[name]} refuses {name}: {answer.error}, {answer.detail}")
            values.append(answer.output[output])
        return values
