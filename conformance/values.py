"""Values as they cross the door in JSON: decoding, encoding and the tables' range checks.

`int` a JSON number, |x| < 2^53; `bigint` lower-case hexadecimal without prefix or leading zeros;
`bytes` lower-case hexadecimal; `real` a decimal or rational string; `text` a string; lists, records
and null. Implements CONV-3 to CONV-8.
"""

import itertools
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from meter_privacy.conformance import expressions
from meter_privacy.conformance.tables import INT_LIMIT, Field, Operation

_BIGINT = re.compile(r"0|[1-9a-f][0-9a-f]*")
_SIGNED_BIGINT = re.compile(r"0|-?[1-9a-f][0-9a-f]*")
_BYTES = re.compile(r"([0-9a-f]{2})*")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e-?[1-9][0-9]*)?")
_RATIONAL = re.compile(r"-?(0|[1-9][0-9]*)/([1-9][0-9]*)")
_REAL_LENGTH = 1000
_REAL_EXPONENT = 400
_LONG_DIGITS = 60
SUM_TOLERANCE = Fraction(1, 2**40)


class Refusal(Exception):
    """A request or an answer is refused with a class of the closed list.

    `requirement` is the rule of the grammar that was broken, where it is one.
    """

    def __init__(self, error_class: str, detail: str, requirement: str = "") -> None:
        super().__init__(detail)
        self.error_class = error_class
        self.detail = detail
        self.requirement = requirement


def _malformed(detail: str, requirement: str = "CONV-7") -> Refusal:
    return Refusal("malformed", detail, requirement)


def _kind(value: Any) -> str:
    """What a JSON value is that ought to be a text."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return {int: "a number", float: "a number", list: "a list", dict: "an object"}[type(value)]


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _malformed("a member stands twice", "CONV-8")
    return members


def _int(text: str) -> int:
    if text == "-0":
        raise _malformed("-0 is no integer of the grammar", "CONV-3")
    if len(text) > 20:
        raise _malformed("an integer is not below 2^53 in magnitude", "CONV-3")
    return int(text)


def _no_number(text: str) -> Any:
    raise _malformed(f"{text[:40]} is no integer", "CONV-3")


def parse_json(text: str) -> Any:
    """Read JSON text strictly: no duplicate members, no fractions, exponents, NaN or "-0".

    Raises Refusal "malformed".
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_int,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError) as error:
        raise _malformed("this is no JSON", "TARGET-1") from error


def decode_real(value: Any, name: str) -> Fraction:
    """The exact value of a decimal or rational string."""
    if not isinstance(value, str) or len(value) > _REAL_LENGTH:
        raise _malformed(f"{name} is no real: it must be a decimal or rational string", "CONV-6")
    if match := _DECIMAL.fullmatch(value):
        if match[3] and abs(int(match[3][1:])) > _REAL_EXPONENT:
            raise _malformed(f"{name} has an exponent beyond {_REAL_EXPONENT}", "CONV-6")
        return Fraction(value)
    if _RATIONAL.fullmatch(value):
        return Fraction(value)
    raise _malformed(f"{name} is no real: {value[:40]!r}", "CONV-6")


def encode_real(value: Any) -> str:
    """A real as a decimal or rational string: exact for rationals, 17 significant digits for floats.

    A rational that is longer than the grammar allows, as sums over many denominators are, has 60 digits.
    """
    if isinstance(value, int | Fraction):
        # A digit is more than 3 bits: so few bits are no more than 1000 characters. Others may have no str().
        if value.numerator.bit_length() + value.denominator.bit_length() <= 3 * (_REAL_LENGTH - 2):
            return str(value)
        with localcontext(prec=_LONG_DIGITS):
            value = Decimal(value.numerator) / Decimal(value.denominator)
        return _plain(str(value).lower())
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a real must be finite")
        return _plain(repr(value))
    return str(value).replace("e+", "e")


def _plain(text: str) -> str:
    return text.replace("e+", "e").replace("e-0", "e-")


def _decode_scalar(item: Field, value: Any, name: str) -> Any:
    match item.type:
        case "int":
            if type(value) is not int or abs(value) >= INT_LIMIT:
                raise _malformed(f"{name} must be an integer below 2^53 in magnitude", "CONV-3")
            return value
        case "bigint":
            grammar = _SIGNED_BIGINT if item.signed else _BIGINT
            if not isinstance(value, str):
                text = f"{name} must be a text of hexadecimal digits, and is {_kind(value)}"
                raise _malformed(text, "CONV-4")
            if not grammar.fullmatch(value):
                text = f"{name} must be lower-case hexadecimal without prefix or leading zeros"
                raise _malformed(text, "CONV-4")
            return int(value, 16)
        case "bytes":
            if not isinstance(value, str) or not _BYTES.fullmatch(value):
                raise _malformed(f"{name} must be bytes in lower-case hexadecimal", "CONV-5")
            return _length(item, bytes.fromhex(value), name)
        case "real":
            return decode_real(value, name)
        case "text":
            if not isinstance(value, str):
                raise _malformed(f"{name} must be a text")
            return _text(item, value, name)
    raise AssertionError(item.type)


def _length(item: Field, value: bytes, name: str) -> bytes:
    if item.length is not None and len(value) != item.length:
        raise _malformed(f"{name} must have {item.length} bytes, not {len(value)}", "CONV-5")
    if item.maximum_length is not None and len(value) > item.maximum_length:
        raise _malformed(f"{name} may have {item.maximum_length} bytes, not {len(value)}", "CONV-5")
    return value


def _text(item: Field, value: str, name: str) -> str:
    try:
        encoded = value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _malformed(f"{name} is no Unicode text") from error
    if item.maximum_length is not None and len(encoded) > item.maximum_length:
        raise _malformed(f"{name} may have {item.maximum_length} bytes of UTF-8")
    return value


def decode_value(item: Field, value: Any, name: str) -> Any:
    """Decode one JSON value against its field. Raises Refusal "malformed"."""
    if value is None and item.nullable:
        return None
    if item.type == "list":
        assert item.items is not None
        if not isinstance(value, list):
            raise _malformed(f"{name} must be a list")
        if not item.minimum_items <= len(value) <= item.maximum_items:
            raise _malformed(f"{name} must have {item.minimum_items} to {item.maximum_items} elements")
        return [decode_value(item.items, part, f"{name}[{index}]") for index, part in enumerate(value)]
    if item.type == "record":
        return decode_fields(item.fields, value, name + ".")
    return _decode_scalar(item, value, name)


def decode_fields(fields: Sequence[Field], value: Any, prefix: str = "") -> dict[str, Any]:
    """Decode a JSON object against a field list: every field present, none besides.

    Raises Refusal "malformed".
    """
    where = prefix.rstrip(".") or "the object"
    if not isinstance(value, dict):
        raise _malformed(f"{where} must be an object", "TARGET-4" if not prefix else "CONV-7")
    for item in fields:
        if item.name not in value:
            raise _malformed(f"{prefix}{item.name} is missing", "CONV-8")
    extra = value.keys() - {item.name for item in fields}
    if extra:
        raise _malformed(f"{where} has an unknown member {min(extra)[:40]!r}", "CONV-8")
    return {item.name: decode_value(item, value[item.name], prefix + item.name) for item in fields}


def _check_length(item: Field, value: Any, name: str, lists: Mapping[str, Any]) -> None:
    if value is None:
        return
    if item.same_length_as is not None and len(value) != len(lists[item.same_length_as]):
        raise _malformed(f"{name} must have as many elements as {item.same_length_as}")
    if item.items is not None and item.items.type in ("list", "record"):
        for index, part in enumerate(value):
            _check_length(item.items, part, f"{name}[{index}]", lists)
    for part in item.fields:
        _check_length(part, value[part.name], f"{name}.{part.name}", {**lists, **value})


def check_lengths(operation: Operation, values: Mapping[str, Any]) -> None:
    """Refuse lists whose lengths must agree and do not. Raises Refusal "malformed"."""
    for item in operation.input:
        _check_length(item, values[item.name], item.name, values)


def decode_input(operation: Operation, value: Any) -> dict[str, Any]:
    """Decode an operation's JSON input. Raises Refusal "malformed"."""
    values = decode_fields(operation.input, value)
    check_lengths(operation, values)
    return values


def _encode_scalar(item: Field, value: Any) -> Any:
    match item.type:
        case "int":
            return int(value)
        case "bigint":
            return f"{value:x}"
        case "bytes":
            return bytes(value).hex()
        case "real":
            return encode_real(value)
    return str(value)


def encode_value(item: Field, value: Any) -> Any:
    """Encode one Python value for JSON."""
    if value is None and item.nullable:
        return None
    if item.type == "list":
        assert item.items is not None
        return [encode_value(item.items, part) for part in value]
    if item.type == "record":
        return encode_fields(item.fields, value)
    return _encode_scalar(item, value)


def encode_fields(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Encode Python values for JSON, in the order of the fields."""
    return {item.name: encode_value(item, values[item.name]) for item in fields}


def _check_number(item: Field, value: int, name: str, scope: Mapping[str, Any], profile: str) -> None:
    if item.type == "bigint" and value.bit_length() > item.bit_limit():
        raise Refusal("range", f"{name} is longer than {item.bits} bits")
    minimum = item.minimum.get(profile, 0 if item.type == "bigint" and not item.signed else None)
    if minimum is not None and value < (least := expressions.evaluate(minimum, scope)):
        raise Refusal("range", f"{name} is below {_shown(least)}")
    if item.maximum is not None and value > (most := expressions.evaluate(item.maximum, scope)):
        raise Refusal("range", f"{name} is above {_shown(most)}")
    if item.above is not None and value <= (most := expressions.evaluate(item.above, scope)):
        raise Refusal("range", f"{name} is not above {_shown(most)}")
    if item.below is not None and value >= expressions.evaluate(item.below, scope):
        raise Refusal("range", f"{name} is not below {item.below}")
    if item.centred is not None:
        modulus = expressions.evaluate(item.centred, scope)
        if not -(modulus // 2) <= value < (modulus + 1) // 2:
            raise Refusal("range", f"{name} is outside the centred range of {item.centred}")
    if item.odd and value % 2 == 0:
        raise Refusal("range", f"{name} is even")


def _shown(number: int) -> str:
    return str(number) if number.bit_length() <= 64 else f"a bound of {number.bit_length()} bits"


def _check_order(item: Field, value: Sequence[Any], name: str) -> None:
    if key := item.unique:
        keys = [part[key] for part in value]
        if len(set(keys)) != len(keys):
            raise Refusal("range", f"{name} has the same {key} twice")
    if item.increasing is not None:
        keys = [part[item.increasing] for part in value] if item.increasing is not True else [*value]
        if any(later <= earlier for earlier, later in itertools.pairwise(keys)):
            raise Refusal("range", f"{name} must be strictly increasing")


def _check_real(item: Field, value: Fraction, name: str, scope: Mapping[str, Any], profile: str) -> None:
    minimum = item.minimum.get(profile)
    if minimum is not None and value < expressions.evaluate_real(minimum, scope):
        raise Refusal("range", f"{name} is below {minimum}")
    if item.above is not None and value <= expressions.evaluate_real(item.above, scope):
        raise Refusal("range", f"{name} is not above {item.above}")
    if item.maximum is not None and value > expressions.evaluate_real(item.maximum, scope):
        raise Refusal("range", f"{name} is above {item.maximum}")
    if item.below is not None and value >= expressions.evaluate_real(item.below, scope):
        raise Refusal("range", f"{name} is not below {item.below}")


def _check_sum(item: Field, value: Sequence[Fraction], name: str) -> None:
    if item.sums_to is not None and abs(sum(value, Fraction(0)) - item.sums_to) > SUM_TOLERANCE:
        raise Refusal("range", f"{name} must add up to {item.sums_to} within 2^-40")


def check_value(item: Field, value: Any, name: str, scope: Mapping[str, Any], profile: str) -> None:
    """Check a decoded value against its field's bounds. Raises Refusal "range"."""
    if value is None:
        return
    if item.type in ("int", "bigint"):
        _check_number(item, value, name, scope, profile)
    if item.type == "real":
        _check_real(item, value, name, scope, profile)
    if item.type == "text" and value not in item.choices.get(profile, [value]):
        raise Refusal("range", f"{name} is none of {', '.join(item.choices[profile])}")
    if item.distinct_from is not None and value == scope[item.distinct_from]:
        raise Refusal("range", f"{name} must differ from {item.distinct_from}")
    if item.type == "list":
        assert item.items is not None
        for index, part in enumerate(value):
            check_value(item.items, part, f"{name}[{index}]", scope, profile)
        _check_order(item, value, name)
        _check_sum(item, value, name)
    for part in item.fields:
        check_value(part, value[part.name], f"{name}.{part.name}", scope, profile)


def check_ranges(operation: Operation, values: Mapping[str, Any], profile: str) -> None:
    """Check decoded inputs against the table, in its order of fields, then its range rules.

    Raises Refusal "range".
    """
    scope: dict[str, Any] = {}
    for item in operation.input:
        check_value(item, values[item.name], item.name, scope, profile)
        scope[item.name] = values[item.name]
    for rule in operation.errors:
        binding = rule.error_class == "range" and profile in rule.profiles
        if binding and rule.unless is not None and not expressions.evaluate(rule.unless, scope):
            raise Refusal("range", rule.when)
