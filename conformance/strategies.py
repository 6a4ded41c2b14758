"""Hypothesis strategies derived from the tables of operations: valid inputs, and inputs with one fault.

`makers` draws what is valid and `faults` spoils it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from meter_privacy.conformance.faults import (
    class_faults,
    grammar_faults,
    is_malformed,
    range_faults,
    rule_faults,
)
from meter_privacy.conformance.makers import Maker, Values, pick, violated_rule
from meter_privacy.conformance.tables import Operation
from meter_privacy.conformance.values import Refusal, check_ranges, decode_input, encode_fields

LARGEST_BITS = 512

Json = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """An input as a target gets it: in JSON form, or as text that breaks the grammar.

    `tag` is "valid" or "<field>: <fault>"; `error_class` is what the fault must be answered with.
    """

    tag: str
    input: Json | None = None
    raw: str | None = None
    error_class: str | None = None


def encode(operation: Operation, values: Mapping[str, Any]) -> Json:
    """Values in Python form as an input in JSON form."""
    return encode_fields(operation.input, values)


def draw_valid(
    draw: DrawFn,
    operation: Operation,
    profile: str,
    largest_bits: int = LARGEST_BITS,
    fixed: Mapping[str, Any] | None = None,
) -> Maker:
    """Draw a valid input; `Maker.scope` holds its values. Rarely a rule cannot be met and is broken."""
    maker = Maker(draw, operation, profile, largest_bits)
    maker.input(fixed)
    for _ in range(3):
        if violated_rule(operation, profile, maker.scope) is None:
            break
        maker = Maker(draw, operation, profile, largest_bits)
        maker.input(fixed)
    return maker


def draw_fault(
    draw: DrawFn, maker: Maker, kinds: Sequence[str] = ("rule", "range", "grammar")
) -> Given | None:
    """Give a valid input one fault, of one of the kinds; None where it can have none."""
    operation = maker.operation
    kind = pick(draw, kinds)
    if kind == "grammar" or not operation.input:
        faults = list(grammar_faults(operation, encode(operation, maker.scope)))
        tag, text = pick(draw, faults)
        return Given(tag, raw=text, error_class="malformed") if is_malformed(operation, text) else None
    found: list[tuple[str, str | None, Values]]
    if kind == "range":
        found = [(tag, "range", changed) for tag, changed in range_faults(maker)]
    else:
        found = [*rule_faults(maker), *class_faults(maker)]
    if not found:
        return None
    # By the tag first, so that a rule with many ways to break it does not crowd out the others.
    tags = list(dict.fromkeys(tag for tag, _, _ in found))
    tag = pick(draw, tags)
    tag, error_class, changed = pick(draw, [entry for entry in found if entry[0] == tag])
    return Given(tag, input=encode(operation, changed), error_class=error_class)


def draw_given(draw: DrawFn, operation: Operation, profile: str, largest_bits: int = LARGEST_BITS) -> Given:
    """Draw an input: about half of the time valid, else with one fault."""
    maker = draw_valid(draw, operation, profile, largest_bits)
    kind = draw(st.integers(0, 9))
    if kind >= 5:
        kinds = (("rule",), ("range",), ("rule",), ("range",), ("grammar",))[kind - 5]
        for wanted in (kinds, ("range", "grammar"), ("grammar",)):
            fault = draw_fault(draw, maker, wanted)
            if fault is not None:
                return fault
    return Given("valid", input=encode(operation, maker.scope))


def valid_inputs(
    operation: Operation, profile: str, largest_bits: int = LARGEST_BITS
) -> SearchStrategy[Json]:
    """Inputs in JSON form that keep every bound and every rule that the table writes as an expression."""

    @st.composite
    def inputs(draw: DrawFn) -> Json:
        return encode(operation, draw_valid(draw, operation, profile, largest_bits).scope)

    return inputs().filter(lambda given: _is_valid(operation, profile, given))


def _is_valid(operation: Operation, profile: str, given: Json) -> bool:
    values = decode_input(operation, given)
    try:
        check_ranges(operation, values, profile)
    except Refusal:
        return False
    return violated_rule(operation, profile, values) is None


def mutated_inputs(
    operation: Operation,
    profile: str,
    largest_bits: int = LARGEST_BITS,
    kinds: Sequence[str] = ("rule", "range", "grammar"),
) -> SearchStrategy[Given]:
    """Inputs with exactly one fault, of the kinds "rule", "range" and "grammar"; the tag says which."""

    @st.composite
    def inputs(draw: DrawFn) -> Given | None:
        maker = draw_valid(draw, operation, profile, largest_bits)
        return draw_fault(draw, maker, kinds)

    return cast("SearchStrategy[Given]", inputs().filter(lambda given: given is not None))
