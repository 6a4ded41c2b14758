"""The grammar of values in JSON and in the binary framing, and the tables' range checks."""

from fractions import Fraction
from typing import Any

import pytest

from meter_privacy.conformance import framing
from meter_privacy.conformance.tables import Field, Operation
from meter_privacy.conformance.values import (
    Refusal,
    check_ranges,
    decode_fields,
    decode_input,
    decode_value,
    encode_real,
    parse_json,
)


def refused(item: Field, text: str) -> str | None:
    """The class with which a JSON text is refused as a value of the field, or None."""
    try:
        decode_value(item, parse_json(text), "value")
    except Refusal as refusal:
        return refusal.error_class
    return None


INT = Field("value", "int")
BIGINT = Field("value", "bigint")
SIGNED = Field("value", "bigint", signed=True)
BYTES = Field("value", "bytes", length=2)
REAL = Field("value", "real")
TEXT = Field("value", "text", maximum_length=4)
LIST = Field("value", "list", minimum_items=1, maximum_items=2, items=INT)
RECORD = Field("value", "record", fields=(Field("a", "int"), Field("b", "bigint")))
NULLABLE = Field("value", "int", nullable=True)


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        (INT, "0", 0),
        (INT, "9007199254740991", 2**53 - 1),
        (INT, "-9007199254740991", 1 - 2**53),
        (BIGINT, '"0"', 0),
        (BIGINT, '"ff"', 255),
        (SIGNED, '"-ff"', -255),
        (BYTES, '"00fa"', b"\x00\xfa"),
        (REAL, '"0.25"', Fraction(1, 4)),
        (REAL, '"1e-9"', Fraction(1, 10**9)),
        (REAL, '"-1/3"', Fraction(-1, 3)),
        (TEXT, '"äö"', "äö"),
        (LIST, "[1, 2]", [1, 2]),
        (RECORD, '{"b": "1", "a": 2}', {"a": 2, "b": 1}),
        (NULLABLE, "null", None),
    ],
)
def test_grammar_accepts(item: Field, text: str, value: Any) -> None:
    """CONV-3, CONV-4, CONV-5, CONV-6, CONV-7: each type is read exactly."""
    decoded = decode_value(item, parse_json(text), "value")
    assert decoded == value
    assert type(decoded) is type(value)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        *[
            (INT, text)
            for text in (
                "9007199254740992",
                "-9007199254740992",
                "1.0",
                "1e3",
                "-0",
                "true",
                "false",
                '"1"',
                "null",
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "+1",
                "0x1",
                "[1]",
                "{}",
                "",
                "1 2",
                "123456789012345678901234567890",
            )
        ],
        *[
            (BIGINT, text)
            for text in (
                '""',
                '"00"',
                '"01"',
                '"A"',
                '"0x1"',
                '"-1"',
                '"-0"',
                '"+1"',
                '" 1"',
                '"1 "',
                '"1_0"',
                '"g"',
                '"1\\n"',
                '"１"',
                "1",
                "null",
                '["1"]',
            )
        ],
        *[(SIGNED, text) for text in ('"-0"', '"--1"', '"-01"', '"+1"', '"-"')],
        *[
            (BYTES, text)
            for text in ('"00f"', '"00FA"', '"00"', '"00fa00"', '"0x00"', '"00 fa"', "250", "null")
        ],
        *[
            (REAL, text)
            for text in (
                '"+1"',
                '"01"',
                '".5"',
                '"1."',
                '"1e+5"',
                '"1e05"',
                '"nan"',
                '"inf"',
                '"1/0"',
                '"1/03"',
                '"1/-3"',
                '"0x1p3"',
                '" 1"',
                '""',
                '"1e401"',
                "0.25",
                "1",
                '"1,5"',
                '"1E5"',
            )
        ],
        *[(TEXT, text) for text in ('"abcde"', '"äöü"', '"\\ud800"', "1")],
        *[(LIST, text) for text in ("[]", "[1, 2, 3]", "1", '"12"', "{}", '[1, "2"]')],
        *[
            (RECORD, text)
            for text in (
                '{"a": 1}',
                '{"a": 1, "b": "1", "c": 1}',
                '{"a": 1, "a": 1, "b": "1"}',
                "[]",
                "null",
                '{"A": 1, "b": "1"}',
            )
        ],
        (NULLABLE, '"null"'),
    ],
)
def test_grammar_refuses(item: Field, text: str) -> None:
    """CONV-3 to CONV-8: whatever is not in the grammar is `malformed`."""
    assert refused(item, text) == "malformed"


def test_deep_nesting_is_malformed() -> None:
    """CONV-8: nesting that a parser cannot hold is refused like any other text."""
    assert refused(LIST, "[" * 100_000) == "malformed"


FIELDS = (
    Field("modulus", "bigint", bits=64, minimum={"published": 3, "hardened": "1 << 40"}, odd=True),
    Field("below", "bigint", below="modulus"),
    Field("centred", "int", centred="modulus"),
    Field(
        "other",
        "int",
        minimum={"published": -5, "hardened": -5},
        maximum="modulus - 1",
        distinct_from="centred",
    ),
    Field(
        "nodes",
        "list",
        maximum_items=3,
        unique="node",
        items=Field("", "record", fields=(Field("node", "int", distinct_from="other"),)),
    ),
    Field(
        "rising",
        "list",
        maximum_items=3,
        increasing="node",
        items=Field("", "record", fields=(Field("node", "int"),)),
    ),
    Field(
        "twins", "list", maximum_items=3, same_length_as="nodes", items=Field("", "bigint", below="modulus")
    ),
    Field("size", "text", maximum_length=9, choices={"published": ["small", "large"], "hardened": ["large"]}),
)
OPERATION = Operation(
    "toy.ranges", 1, "toy", "", ("published", "hardened"), (), "exact", False, FIELDS, (), ()
)
VALID: dict[str, Any] = {
    "modulus": 7,
    "below": 6,
    "centred": 3,
    "other": 6,
    "nodes": [{"node": 1}, {"node": 2}],
    "rising": [{"node": 1}, {"node": 2}],
    "twins": [0, 6],
    "size": "small",
}


def test_choices_are_those_of_the_profile() -> None:
    """CONV-2: what one profile takes is out of range in the other."""
    check_ranges(OPERATION, {**VALID, "modulus": (1 << 64) - 1, "size": "large"}, "hardened")
    with pytest.raises(Refusal, match="size is none of large") as refusal:
        check_ranges(OPERATION, {**VALID, "modulus": (1 << 64) - 1, "size": "small"}, "hardened")
    assert refusal.value.error_class == "range"


def test_ranges_accept() -> None:
    """CONV-2: the bounds themselves are inside."""
    check_ranges(OPERATION, VALID, "published")
    check_ranges(OPERATION, {**VALID, "centred": -3, "other": -5}, "published")


@pytest.mark.parametrize(
    "change",
    [
        {"modulus": 1},
        {"modulus": 8},
        {"modulus": (1 << 64) + 1},
        {"below": 7},
        {"centred": 4},
        {"centred": -4},
        {"other": -6},
        {"other": 7},
        {"other": 3},
        {"nodes": [{"node": 1}, {"node": 1}]},
        {"nodes": [{"node": 6}]},
        {"rising": [{"node": 2}, {"node": 1}]},
        {"rising": [{"node": 2}, {"node": 2}]},
        {"twins": [7]},
        {"size": "medium"},
        {"size": ""},
        {"size": "Small"},
    ],
)
def test_ranges_refuse(change: dict[str, Any]) -> None:
    """CONV-2: one past a bound is `range`."""
    with pytest.raises(Refusal) as caught:
        check_ranges(OPERATION, {**VALID, **change}, "published")
    assert caught.value.error_class == "range"


def test_profile_decides_which_sizes_are_too_small() -> None:
    """CONV-1: the same input is taken in one profile and refused in the other."""
    with pytest.raises(Refusal) as caught:
        check_ranges(OPERATION, VALID, "hardened")
    assert caught.value.error_class == "range"


def test_lists_that_must_agree_in_length() -> None:
    """CONV-2: a disagreement in length is grammar, and comes before every bound."""
    given = {
        "modulus": "1",
        "below": "6",
        "centred": 3,
        "other": 6,
        "nodes": [{"node": 1}],
        "rising": [],
        "twins": [],
    }
    with pytest.raises(Refusal) as caught:
        decode_input(OPERATION, given)
    assert caught.value.error_class == "malformed"


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 3), "1/3"), (0.1, "0.1"), (1e-9, "1e-9"), (1e300, "1e300"), (5, "5"), (Fraction(2), "2")],
)
def test_reals_are_written_in_their_own_grammar(value: Any, text: str) -> None:
    """CONV-6: what is written can be read, and is the same number."""
    assert encode_real(value) == text
    assert decode_value(REAL, text, "value") == Fraction(value) or float(Fraction(text)) == value


def test_a_rational_longer_than_the_grammar_is_written_with_60_digits() -> None:
    """CONV-6: sums over many denominators, the losses of a day's slots, exceed 1000 characters."""
    for sign, scale in ((1, 1), (-1, 10**300), (1, Fraction(1, 10**300))):
        long = sign * scale * sum(Fraction(1, (1 << 127) - 2 * k - 1) for k in range(144))
        text = encode_real(long)
        assert long.denominator.bit_length() > 4 * 1000
        assert len(text) < 75
        assert abs(Fraction(text) / long - 1) < Fraction(1, 10**58)


def test_int_bound_holds_in_frames_too() -> None:
    """CONV-3: 2^53 is malformed in the binary framing as well."""
    fields = (INT,)
    assert framing.decode_payload(fields, (2**53 - 1).to_bytes(8, "little")) == {"value": 2**53 - 1}
    with pytest.raises(Refusal):
        framing.decode_payload(fields, (2**53).to_bytes(8, "little"))


def test_fields_are_exactly_those_of_the_table() -> None:
    """CONV-8: a member in another case is another member."""
    with pytest.raises(Refusal):
        decode_fields(FIELDS[:1], {"Modulus": "7"})
