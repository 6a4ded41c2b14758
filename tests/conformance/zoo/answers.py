# ruff: noqa: ARG002 - an animal ignores on purpose what it ought to use.
"""Animals that answer in time and in order, but wrongly: in form, in class, or in claim."""

import json
from typing import Any

from tests.conformance.zoo.honest import Json, Meter, Refused


class NumbersForBigints(Meter):
    """Answers bigints as JSON numbers."""

    def hexadecimal(self, value: int) -> Any:
        return value


class UpperCase(Meter):
    """Answers upper-case hexadecimal."""

    def hexadecimal(self, value: int) -> Any:
        return f"{value:X}"


class LeadingZeros(Meter):
    """Answers whole bytes."""

    def hexadecimal(self, value: int) -> Any:
        text = super().hexadecimal(value)
        return text if text.startswith("-") else f"0{text}"


class Prefixed(Meter):
    """Answers with 0x."""

    def hexadecimal(self, value: int) -> Any:
        return hex(value)


class IntegersAsFloats(Meter):
    """Answers 5.0 for 5."""

    def check_modulus(self, given: Json) -> Json:
        return {"bits": float(super().check_modulus(given)["bits"])}


class BooleansForIntegers(Meter):
    """Answers true where a length in bits belongs."""

    def check_modulus(self, given: Json) -> Json:
        return {"bits": bool(super().check_modulus(given)["bits"])}


class ExtraField(Meter):
    """Adds a field to an output."""

    def accept(self, answer: Json) -> Json:
        return {"output": {**answer["output"], "time_ms": 3}}


class ExtraMember(Meter):
    """Adds a member to an answer."""

    def accept(self, answer: Json) -> Json:
        return {**answer, "time_ms": 3}


class MissingField(Meter):
    """Leaves the output empty."""

    def accept(self, answer: Json) -> Json:
        return {"output": {}}


class BareOutput(Meter):
    """Answers the value itself instead of an object with it."""

    def accept(self, answer: Json) -> Json:
        return {"output": next(iter(answer["output"].values()))}


class RepeatedMember(Meter):
    """Writes a member twice."""

    def render(self, answer: Json) -> str:
        text = super().render(answer)
        if "output" in answer and "ciphertext" in answer["output"]:
            text = text.replace('"output"', '"output": null, "output"')
        return text


class OutputAndError(Meter):
    """Answers an output and an error."""

    def accept(self, answer: Json) -> Json:
        return {**answer, **self.refusal(Refused("policy", "not sure"))}


class TextForClass(Meter):
    """Writes a sentence where the class belongs."""

    def refusal(self, refused: Refused) -> Json:
        return {"error": {"class": f"Error: {refused.detail}", "detail": ""}}


class ErrorAsText(Meter):
    """Answers an error that is no object."""

    def refusal(self, refused: Refused) -> Json:
        return {"error": refused.error_class}


class WrongClass(Meter):
    """Calls every refusal malformed."""

    def refusal(self, refused: Refused) -> Json:
        return super().refusal(Refused("malformed", refused.detail))


class RefusesEverything(Meter):
    """Is never wrong, for it never answers."""

    def accept(self, answer: Json) -> Json:
        return self.refusal(Refused("policy", "maintenance"))


class TakesRepeatedMembers(Meter):
    """Takes the last of two members of the same name."""

    def members(self, pairs: list[tuple[str, Any]]) -> Json:
        return dict(pairs)


class TakesFloats(Meter):
    """Takes 1.0 for 1."""

    def fraction(self, text: str) -> Any:
        return int(float(text))


class TakesBooleans(Meter):
    """Takes true for 1."""

    def integer(self, value: Any) -> int:
        return super().integer(int(value) if isinstance(value, bool) else value)


class TakesUpperCase(Meter):
    """Takes upper-case hexadecimal."""

    def bigint(self, value: Any) -> int:
        return super().bigint(value.lower() if isinstance(value, str) else value)


class TakesUnknownFields(Meter):
    """Does not mind fields that it does not know."""

    def fields(self, given: Json, *names: str) -> None:
        super().fields({name: value for name, value in given.items() if name in names}, *names)


class ClaimsAnOperation(Meter):
    """Lists paillier.add and does not have it."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = [*self.listed, "paillier.add"]


class ClaimsAProfile(Meter):
    """Lists the hardened profile and does not have it."""

    def __init__(self) -> None:
        super().__init__()
        self.profiles = ["published", "hardened"]


class ClaimsTheUnknown(Meter):
    """Lists an operation that no table has."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = [*self.listed, "paillier.teleport"]


class ClaimsNothing(Meter):
    """Lists no operation, so that it cannot fail."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = []


class ClaimsTwice(Meter):
    """Lists its first operation twice."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = [*self.listed, self.listed[0]]


class ClaimsASmallMemory(Meter):
    """Declares limits that leave no test of it."""

    def describe(self) -> Json:
        return {**super().describe(), "limits": {"input_bytes": 1, "output_bytes": 1}}


class ClaimsAProfileBeyondItsMemory(Meter):
    """Declares limits that leave tests of one of its profiles only."""

    def __init__(self) -> None:
        super().__init__()
        self.profiles = ["published", "hardened"]

    def describe(self) -> Json:
        return {**super().describe(), "limits": {"input_bytes": 300, "output_bytes": 300}}


class ChangesItsMind(Meter):
    """Describes itself otherwise each time."""

    def describe(self) -> Json:
        return {**super().describe(), "version": f"1.{self.count}"}


class AnotherProtocol(Meter):
    """Speaks protocol 2."""

    def describe(self) -> Json:
        return {**super().describe(), "protocol": 2}


class DescribesInProse(Meter):
    """Answers describe with a sentence."""

    def answer(self, request: Json) -> Json:
        if request.get("operation") == "describe":
            return {"output": {"text": json.dumps("a fine meter")}}
        return super().answer(request)
