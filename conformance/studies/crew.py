"""Several processes of one target, so that a study uses more than one core."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import Answer

Inputs = Sequence[Mapping[str, Any]]


@dataclass
class Crew:
    """`processes` times the chosen target (and the reference for what it does not have), asked at once.

    A session lives in the process that its number gives.
    """

    tables: Tables
    target: str
    profile: str
    processes: int
    _parties: list[Parties] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        """Start them. Raises what Parties raises."""
        with ExitStack() as stack:
            for _ in range(self.processes):
                parties = Parties(self.tables, self.target, self.profile)
                self._parties.append(stack.enter_context(parties))
            self._pool = stack.enter_context(ThreadPoolExecutor(self.processes))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def answered(self) -> dict[str, str]:
        """Which target answered each operation."""
        return {name: target for parties in self._parties for name, target in parties.answered.items()}

    @property
    def described(self) -> dict[str, Mapping[str, Any]]:
        """What each target says of itself."""
        return {name: said for parties in self._parties for name, said in parties.described.items()}

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return sum(parties.requests for parties in self._parties)

    def _shared(
        self, places: Sequence[Sequence[int]], ask: Callable[[Parties, Sequence[int]], list[Answer]]
    ) -> list[Answer]:
        """Ask each process for its places; the answers in the order of the places."""
        busy = [(parties, own) for parties, own in zip(self._parties, places, strict=True) if own]
        parts = list(self._pool.map(lambda pair: ask(*pair), busy))
        found = {
            place: answer
            for (_, own), answers in zip(busy, parts, strict=True)
            for place, answer in zip(own, answers, strict=True)
        }
        return [found[place] for place in sorted(found)]

    def ask_each(self, name: str, inputs: Inputs) -> list[Answer]:
        """Ask one operation with many inputs. Raises TargetLost, WrongAnswer."""
        places = [range(index, len(inputs), self.processes) for index in range(self.processes)]
        return self._shared(
            places, lambda parties, own: parties.ask_each(name, [inputs[place] for place in own])
        )

    def ask(self, name: str, inputs: Inputs) -> list[Mapping[str, Any]]:
        """Ask one operation with many inputs, none of which may be refused.

        Raises TargetLost, WrongAnswer.
        """
        return [self._output(name, answer) for answer in self.ask_each(name, inputs)]

    def ask_one(self, name: str, **values: Any) -> Mapping[str, Any]:
        """Ask one operation once. Raises TargetLost, WrongAnswer."""
        return self.ask(name, [values])[0]

    def ask_sessions(
        self, name: str, steps: Sequence[tuple[int, Mapping[str, Any]]], family: Sequence[str]
    ) -> list[Mapping[str, Any]]:
        """A step of each of many sessions (numbers from 1 on, none twice). Raises TargetLost, WrongAnswer."""
        places: list[list[int]] = [[] for _ in self._parties]
        for place, (session, _) in enumerate(steps):
            places[session % self.processes].append(place)
        answers = self._shared(
            places,
            lambda parties, own: parties.ask_each(
                name, [steps[place][1] for place in own], [steps[place][0] for place in own], family
            ),
        )
        return [self._output(name, answer) for answer in answers]

    def ask_session(
        self, name: str, session: int, values: Mapping[str, Any], family: Sequence[str]
    ) -> Answer:
        """A step of one session, whatever comes of it. Raises TargetLost, WrongAnswer."""
        parties = self._parties[session % self.processes]
        return parties.ask_each(name, [values], [session], family)[0]

    def _output(self, name: str, answer: Answer) -> Mapping[str, Any]:
        if answer.output is None:
            raise WrongAnswer(f"{self.answered[name]} refuses {name}: {answer.error}, {answer.detail}")
        return answer.output
