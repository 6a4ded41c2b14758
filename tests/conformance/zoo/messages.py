"""Animals that compute rightly and read the messages around the inputs carelessly."""

import json
import os
import sys
from typing import Any

from tests.conformance.zoo.honest import Json, Meter, Refused

MEMBERS = ("id", "operation", "profile", "session", "input")


class TakesUnknownMembers(Meter):
    """Does not mind members of a request that it does not know."""

    def answer(self, request: Json) -> Json:
        return super().answer({name: value for name, value in request.items() if name in MEMBERS})


class TakesSessions(Meter):
    """Does not mind a session where there is none."""

    def answer(self, request: Json) -> Json:
        return super().answer({name: value for name, value in request.items() if name != "session"})


class TakesRepeatedMembersOfRequests(Meter):
    """Takes the last of two members of the same name in a request, and in an input none."""

    def members(self, pairs: list[tuple[str, Any]]) -> Json:
        return dict(pairs) if "operation" in dict(pairs) else super().members(pairs)


class AssumesAProfile(Meter):
    """Takes a request without a profile for one of the published profile."""

    def answer(self, request: Json) -> Json:
        if request.get("operation") == "describe":
            return super().answer(request)
        return super().answer({"profile": "published", **request})


class AsksForAnInput(Meter):
    """Calls a missing input a matter of policy."""

    def answer(self, request: Json) -> Json:
        if request.get("operation") in self.operations and "input" not in request:
            return self.refusal(Refused("policy", "no input"))
        return super().answer(request)


class TakesInputsByPlace(Meter):
    """Takes a list of values for the operation's fields."""

    def answer(self, request: Json) -> Json:
        given = request.get("input")
        if isinstance(given, list) and len(given) == 1:
            return super().answer({**request, "input": {"modulus": given[0]}})
        return super().answer(request)


class RefusesTheUnknown(Meter):
    """Calls an operation that it does not have malformed."""

    def answer(self, request: Json) -> Json:
        answer = super().answer(request)
        lacking = "unsupported" in answer and request.get("operation") not in self.operations
        return self.refusal(Refused("malformed", "what?")) if lacking else answer


class TakesAnyProfile(Meter):
    """Answers in whatever profile it is asked."""

    def answer(self, request: Json) -> Json:
        if isinstance(request.get("profile"), str) and request.get("operation") != "describe":
            return super().answer({**request, "profile": "published"})
        return super().answer(request)


class HasMoreThanItLists(Meter):
    """Answers dream.aggregate and does not list it."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = [name for name in self.listed if name != "dream.aggregate"]


class DiesOnNoJson(Meter):
    """Ends with a trace at a line that is no JSON."""

    def handle(self, line: bytes) -> None:
        try:
            json.loads(line)
        except ValueError:
            print("Traceback: Expecting value", file=sys.stderr, flush=True)
            os._exit(1)
        super().handle(line)


class InventsAnId(Meter):
    """Answers the id 0 where a line has none."""

    def respond(self, line: bytes) -> Json:
        answer = super().respond(line)
        return {**answer, "id": 0} if answer["id"] is None and b'"id"' not in line else answer


class TakesTextsForIds(Meter):
    """Answers a request whose id is a text."""

    def parse(self, line: bytes) -> Json:
        try:
            request = json.loads(line)
        except ValueError:
            return super().parse(line)
        if isinstance(request, dict) and isinstance(request.get("id"), str):
            return {**request, "id": int(request["id"])}
        return super().parse(line)
