"""What scenarios are made of: requests, and the stage that they are played on.

A scenario is a generator: it yields requests and is sent the answers, so that what one operation answers
goes into the next.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis.strategies import DrawFn

from meter_privacy.conformance.makers import Maker
from meter_privacy.conformance.strategies import Given, draw_valid, encode
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.values import decode_fields

Json = dict[str, Any]
# {"output": {...}} in JSON form, {"error": class}, or whatever else came of a request.
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """One request of a scenario; sessions are numbered from 1 within the scenario."""

    operation: str
    given: Given
    session: int | None = None


Play = Generator[Request, Answer, None]


@dataclass(frozen=True)
class Scenario:
    """Requests that belong together, of one profile; `operations` must all be there to play it.

    Where it does not `spoil` inputs, nothing in it is made to be refused.
    """

    name: str
    profile: str
    operations: tuple[str, ...]
    play: Callable[[DrawFn], Play]
    spoils: bool = True


@dataclass(frozen=True)
class Stage:
    """Where a scenario is played: the tables, a profile, the largest size of what is drawn."""

    tables: Tables
    profile: str
    largest_bits: int

    def valid(self, draw: DrawFn, name: str, fixed: Mapping[str, Any] | None = None) -> Maker:
        """Draw a valid input of an operation, some of its fields fixed, in Python form."""
        operation = self.tables.operations[name]
        return draw_valid(draw, operation, self.profile, self.largest_bits, fixed)

    def request(
        self, draw: DrawFn, name: str, fixed: Mapping[str, Any] | None = None, session: int | None = None
    ) -> Request:
        """A request with a valid input."""
        maker = self.valid(draw, name, fixed)
        return Request(name, Given("valid", input=encode(maker.operation, maker.scope)), session)

    def output(self, name: str, answer: Answer) -> Json | None:
        """An answer's output in Python form; None where there is none."""
        given = answer.get("output")
        return None if given is None else decode_fields(self.tables.operations[name].output, given)

    def ask(
        self, draw: DrawFn, name: str, fixed: Mapping[str, Any] | None = None, session: int | None = None
    ) -> Generator[Request, Answer, Json | None]:
        """Yield a valid request; return its output in Python form, None where it was refused."""
        answer = yield self.request(draw, name, fixed, session)
        return self.output(name, answer)
