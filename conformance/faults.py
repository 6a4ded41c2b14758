"""Faults that a valid input can be given, exactly one at a time: of the grammar, of a bound, of a rule.

The grammar's and the bounds' follow from the table alone, and so do those of rules that are written as
expressions. A rule that stands there in words is broken by an entry of CLASS_FAULTS.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from math import gcd
from typing import Any

from meter_privacy.conformance import expressions, primes
from meter_privacy.conformance.makers import (
    LOW_ORDER_POINTS,
    Maker,
    Values,
    in_range,
    violated_rule,
    written_rules,
)
from meter_privacy.conformance.tables import INT_LIMIT, Field, Operation
from meter_privacy.conformance.values import SUM_TOLERANCE, Refusal, decode_input, parse_json

Json = dict[str, Any]

# ---- Faults of the grammar -----------------------------------------------------------------------

Path = tuple[str | int, ...]


def _text(value: Any, path: Path, token: str) -> str:
    """A JSON value as text, with what stands at the path replaced by the token."""
    if not path:
        return token
    head, rest = path[0], path[1:]
    if isinstance(value, dict):
        members = (
            f"{json.dumps(name)}:{_text(part, rest, token) if name == head else json.dumps(part)}"
            for name, part in value.items()
        )
        return "{" + ",".join(members) + "}"
    parts = (
        _text(part, rest, token) if index == head else json.dumps(part) for index, part in enumerate(value)
    )
    return "[" + ",".join(parts) + "]"


def _places(fields: Sequence[Field], value: Json, path: Path = ()) -> Iterator[tuple[Path, Field, Any]]:
    """Every field of an input in JSON form, its first and last elements and their fields among them."""
    for item in fields:
        yield from _places_in(item, value[item.name], (*path, item.name))


def _places_in(item: Field, value: Any, path: Path) -> Iterator[tuple[Path, Field, Any]]:
    yield path, item, value
    if item.type == "list" and value:
        assert item.items is not None
        for index in sorted({0, len(value) - 1}):
            yield from _places_in(item.items, value[index], (*path, index))
    if item.type == "record" and value is not None:
        yield from _places(item.fields, value, path)


def _members_faults(value: Json) -> Iterator[tuple[str, str]]:
    inside = json.dumps(value)[1:-1]
    yield "unknown-member", "{" + inside + (", " if inside else "") + '"unknown": 1}'
    for name in value:
        yield f"missing-{name}", json.dumps({key: part for key, part in value.items() if key != name})
        yield f"duplicate-{name}", "{" + f"{inside}, {json.dumps(name)}: {json.dumps(value[name])}" + "}"
    yield "no-object", json.dumps(list(value.values()))


def _quoted(*faults: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in faults:
        yield name, json.dumps(text)


def _bigint_faults(item: Field, value: str) -> Iterator[tuple[str, str]]:
    digits = value.lstrip("-")
    sign = value[: len(value) - len(digits)]
    yield from _quoted(
        ("leading-zero", sign + "0" + digits),
        ("upper-case", sign + (digits.upper() if digits.upper() != digits else "A")),
        ("prefix", sign + "0x" + digits),
        ("empty", ""),
        ("minus-zero", "-0"),
        ("plus-sign", "+" + digits),
        ("space-before", " " + value),
        ("line-feed-behind", value + "\n"),
        ("underscore", digits + "_0"),
        ("fraction", digits + ".0"),
        ("no-digit", digits + "g"),
        ("full-width-digit", digits + "\uff11"),
    )
    if not item.signed:
        yield "negative", json.dumps("-" + (digits if digits != "0" else "1"))
    yield "number", str(int(digits, 16) % 1000)


def _int_faults(_: Field, value: int) -> Iterator[tuple[str, str]]:
    yield "fraction", f"{value}.0"
    yield "exponent", f"{value}e0"
    yield "text", json.dumps(str(value))
    yield "minus-zero", "-0"
    yield "leading-zero", f"0{abs(value)}"
    yield "beyond-2^53", str(INT_LIMIT)
    yield "beneath-minus-2^53", str(-INT_LIMIT)
    yield "twenty-one-digits", str(10**20)
    yield "not-a-number", "NaN"
    yield "true", "true"


def _bytes_faults(item: Field, value: str) -> Iterator[tuple[str, str]]:
    longest = item.length if item.length is not None else item.maximum_length or 0
    longer = value + "00" * (longest + 1 - len(value) // 2)
    yield from _quoted(("odd-digits", value + "0"), ("too-long", longer))
    yield from _quoted(("no-digit", "zz" + value[2:]), ("space-inside", value[:2] + "  " + value[4:]))
    if longest:
        yield "upper-case", json.dumps("AB" + value[2:])
    if item.length:
        yield from _quoted(("too-short", value[2:]), ("empty", ""))
    yield "number", "0"


def _real_faults(_: Field, value: str) -> Iterator[tuple[str, str]]:
    del value
    yield from _quoted(
        ("leading-zero", "01.5"), ("no-whole-part", ".5"), ("no-decimals", "1."), ("plus-sign", "+1"),
        ("upper-case-exponent", "1E3"), ("exponent-with-plus", "1e+3"), ("division-by-zero", "1/0"),
        ("negative-denominator", "1/-2"), ("space", "1 /2"), ("not-a-number", "NaN"),
        ("infinity", "Infinity"),
        ("huge-exponent", "1e401"), ("hexadecimal", "0x1p3"), ("empty", ""), ("comma", "0,5"),
    )  # fmt: skip
    yield "number", "0.5"
    yield "integer", "1"


def _text_faults(item: Field, value: str) -> Iterator[tuple[str, str]]:
    del value
    yield "number", "1"
    yield "lone-surrogate", '"\\ud800"'
    if (item.maximum_length or 0) < 2000:
        yield "too-long", json.dumps("x" * ((item.maximum_length or 0) + 1))


def _list_faults(item: Field, value: list[Any]) -> Iterator[tuple[str, str]]:
    yield "object", "{}"
    yield "text", '""'
    yield "null-element", json.dumps([*value, None])
    if item.minimum_items:
        yield "too-few", json.dumps(value[: item.minimum_items - 1])
    element = json.dumps(value[0]) if value else "0"
    if len(element) * item.maximum_items < 20_000:
        yield "too-many", "[" + ",".join([element] * (item.maximum_items + 1)) + "]"
    if item.same_length_as is not None and value:
        yield "one-more", json.dumps([*value, value[-1]])
        if len(value) > 1:
            yield "one-less", json.dumps(value[:-1])


_GRAMMAR: dict[str, Callable[[Field, Any], Iterator[tuple[str, str]]]] = {
    "bigint": _bigint_faults, "int": _int_faults, "bytes": _bytes_faults, "real": _real_faults,
    "text": _text_faults, "list": _list_faults, "record": lambda _, value: _members_faults(value),
}  # fmt: skip


def _shown(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def grammar_faults(operation: Operation, given: Json) -> Iterator[tuple[str, str]]:
    """Every fault of the grammar that a valid input in JSON form can be given: its tag, the text with it."""
    for fault, token in _members_faults(given):
        yield f"input: {fault}", token
    for path, item, value in _places(operation.input, given):
        faults = [] if value is None else list(_GRAMMAR[item.type](item, value))
        if not item.nullable:
            faults.append(("null", "null"))
        for fault, token in faults:
            yield f"{_shown(path)}: {fault}", _text(given, path, token)


def is_malformed(operation: Operation, text: str) -> bool:
    try:
        decode_input(operation, parse_json(text))
    except Refusal as refusal:
        return refusal.error_class == "malformed"
    return False


# ---- Faults of bounds and rules ------------------------------------------------------------------


def _with(values: Any, path: Path, replacement: Any) -> Any:
    """A copy of nested values with one of them replaced."""
    if not path:
        return replacement
    if isinstance(values, dict):
        return {**values, path[0]: _with(values[str(path[0])], path[1:], replacement)}
    assert isinstance(path[0], int)
    return [*values[: path[0]], _with(values[path[0]], path[1:], replacement), *values[path[0] + 1 :]]


def _beyond(maker: Maker, item: Field, value: int) -> Iterator[tuple[str, int]]:
    low, high = maker.bounds(item)
    step = 2 if item.odd else 1
    yield "one-below", low - step
    yield "zero", 0
    yield "minus-one", -1
    yield "one-above", high + step
    yield "above", high + 2 * step
    yield "wrapped", value + high + 1
    if item.bits is not None:
        yield "too-many-bits", (1 << item.bits) + 1
    if item.odd:
        yield "even", value - 1
        yield "even-above", value + 1
    if item.distinct_from is not None:
        yield f"equals-{item.distinct_from}", maker.scope[item.distinct_from]


def _grammatical(item: Field, value: Any) -> bool:
    if item.type == "text":
        return len(value.encode()) <= (item.maximum_length or 0)
    if item.type == "int":
        return bool(abs(value) < INT_LIMIT)
    return item.type != "bigint" or item.signed or bool(value >= 0)


def _disorder(item: Field, value: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    if item.sums_to is not None:
        yield "sum-above", [value[0] + SUM_TOLERANCE * 64, *value[1:]]
        yield "sum-below", [*value[:-1], value[-1] - SUM_TOLERANCE * 64]
    key = item.unique or item.increasing
    if key is None or len(value) < 2:
        return
    if key is True:
        yield "repeated", [value[1], *value[1:]]
        yield "not-increasing", [value[1], value[0], *value[2:]]
        return
    yield f"duplicate-{key}", [*value[:-1], {**value[-1], key: value[0][key]}]
    yield f"duplicate-{key}-beside", [value[0], {**value[1], key: value[0][key]}, *value[2:]]
    if item.increasing:
        yield "not-increasing", [value[1], value[0], *value[2:]]


def _no_choices(item: Field, value: str) -> Iterator[tuple[str, str]]:
    for choice in dict.fromkeys(choice for choices in item.choices.values() for choice in choices):
        yield f"is-{choice}", choice
    yield "one-more", value + "x"
    yield "one-less", value[:-1]
    yield "other-case", value.swapcase()
    yield "empty", ""


def range_faults(maker: Maker) -> Iterator[tuple[str, Values]]:
    """Every way to leave one bound of a valid input, all else as it is: its tag, the values."""
    values = maker.scope
    for path, item, value in _places(maker.operation.input, values):
        if value is None:
            continue
        candidates: Iterator[tuple[str, Any]] = iter(())
        if item.type in ("int", "bigint"):
            candidates = _beyond(maker, item, value)
        elif item.type == "real":
            low, high = maker.real_bounds(item)
            beyond = Fraction(1, 2**20)
            ends = (
                ("below", low - beyond),
                ("zero", Fraction(0)),
                ("above", high + beyond),
                ("far-above", 2 * high + 1),
            )
            candidates = iter(ends)
        elif item.type == "list":
            candidates = _disorder(item, value)
        elif item.type == "text":
            candidates = _no_choices(item, value)
        for fault, replacement in candidates:
            if not _grammatical(item, replacement):
                continue
            changed = _with(values, path, replacement)
            if not in_range(maker.operation, maker.profile, changed):
                yield f"{_shown(path)}: {fault}", changed


def _tweaks(maker: Maker, name: str) -> Iterator[Any]:
    """Values that might break a rule about a field: fewer bytes; for a number its neighbours, other fields,
    factors, bounds.
    """
    item = next(item for item in maker.operation.input if item.name == name)
    value = maker.scope[name]
    if isinstance(value, bytes) and item.length is None:
        yield from (value[:-1], value[: len(value) // 2], value[:0])
    if type(value) is not int:
        return
    low, high = maker.bounds(item)
    numbers = [other for other in maker.scope.values() if type(other) is int]
    for other in numbers:
        yield from (other, other + 1, other - 1)
    yield from (low, high, low + 1, high - 1, (low + high) // 2)
    for prime in (*maker.primes, 3, 5, 7):
        last = high // prime * prime
        yield from (prime, 3 * prime, last, last - prime, value * prime, value // prime * prime)
    if item.semantic == "prime":
        for prime in maker.primes:
            if prime.bit_length() <= 512:
                yield primes.linked(prime)
        for bits in (value.bit_length() - 1, value.bit_length() + 1, value.bit_length() // 2, 5):
            yield from primes.pool(bits) if bits in primes.SIZES else ()


def _still_prime(operation: Operation, name: str, value: Any) -> bool:
    """Whether a field that is to be prime stays so: that it is not is another fault."""
    semantic = next(item.semantic for item in operation.input if item.name == name)
    return semantic != "prime" or primes.is_prime(value)


def rule_faults(maker: Maker) -> Iterator[tuple[str, str, Values]]:
    """Ways to break one rule of the table, all bounds kept: the tag, the rule's class, the values."""
    operation, profile, values = maker.operation, maker.profile, maker.scope
    for rule, unless in written_rules(operation, profile):
        names = [item.name for item in operation.input if item.name in expressions.names_in(unless)]
        for name in names:
            seen = [values[name]]
            for value in _tweaks(maker, name):
                if value in seen:
                    continue
                seen.append(value)
                changed = {**values, name: value}
                item = next(item for item in operation.input if item.name == name)
                if not _grammatical(item, value) or not in_range(operation, profile, changed):
                    continue
                if violated_rule(operation, profile, changed) is rule and _still_prime(
                    operation, name, value
                ):
                    yield f"{name}: {rule.when}", rule.error_class, changed


def _non_units(maker: Maker) -> Iterator[tuple[str, Values]]:
    for path, item, value in _places(maker.operation.input, maker.scope):
        if item.unit_modulo is None or value is None:
            continue
        modulus = expressions.evaluate(item.unit_modulo, maker.scope)
        factors = [prime for prime in (*maker.primes, 3, 5, 7, 11, 13) if modulus % prime == 0]
        for factor in dict.fromkeys(factors):
            _, high = maker.bounds(item)
            for number in dict.fromkeys(
                (factor, value // factor * factor or factor, high // factor * factor)
            ):
                changed = _with(maker.scope, path, number)
                if number != value and in_range(maker.operation, maker.profile, changed):
                    yield f"{_shown(path)}: shares-a-factor", changed


def _low_order(maker: Maker) -> Iterator[tuple[str, Values]]:
    for path, item, _ in _places(maker.operation.input, maker.scope):
        if item.semantic == "x25519-public-key":
            for point in LOW_ORDER_POINTS:
                yield f"{_shown(path)}: low-order", _with(maker.scope, path, point)


# A Carmichael number, strong pseudoprimes to the first prime bases, squares.
_COMPOSITES = (9, 15, 21, 25, 561, 1729, 2047, 3215031751, 3825123056546413051, 318665857834031151167461)


def _composites(maker: Maker) -> Iterator[tuple[str, Values]]:
    for item in maker.operation.input:
        if item.semantic != "prime":
            continue
        bits = maker.scope[item.name].bit_length()
        halves = primes.pool(bits // 2) if bits // 2 in primes.SIZES else ()
        products = [a * b for a in halves for b in halves]
        for number in (*_COMPOSITES, *products):
            changed = {**maker.scope, item.name: number}
            whole = in_range(maker.operation, maker.profile, changed)
            rule = violated_rule(maker.operation, maker.profile, changed) if whole else None
            # The rules of the same class stand beside this one, those of later classes behind it.
            if whole and (rule is None or rule.error_class != "range"):
                yield f"{item.name}: not-prime", changed


def _no_moduli(maker: Maker) -> Iterator[tuple[str, Values]]:
    low, high = maker.free(maker.operation.input[0])
    for bits in primes.SIZES:
        for prime in primes.pool(bits):
            if low <= prime <= high:
                yield "modulus: prime", {"modulus": prime}
            for degree in (2, 3, 5):
                if low <= prime**degree <= high:
                    yield f"modulus: power-{degree}", {"modulus": prime**degree}


def _wrong_orders(maker: Maker) -> Iterator[tuple[str, Values]]:
    """Generators whose order n does not divide: residues of n-th powers, and 1 + k p n."""
    p, q = maker.scope["p"], maker.scope["q"]
    n = p * q
    for base in (1, 2, n - 1, n // 2):
        if gcd(base, n) == 1:
            yield "generator: an n-th power", {**maker.scope, "generator": pow(base, n, n * n)}
    for factor in (p, q):
        yield "generator: order too small", {**maker.scope, "generator": (1 + factor * n) % (n * n)}


def _same_point_twice(maker: Maker) -> Iterator[tuple[str, Values]]:
    members = maker.scope["members"]
    key = members[0]["public_key"]
    # X25519 does not read the highest bit.
    turned = key[:-1] + bytes([key[-1] ^ 0x80])
    for tag, again in (("same-public-key", key), ("same-point", turned)):
        twice = {**members[-1], "public_key": again}
        yield f"members: {tag}", {**maker.scope, "members": [*members[:-1], twice]}


def _few_partners(maker: Maker) -> Iterator[tuple[str, Values]]:
    changed = {**maker.scope, "expected_partners": 1}
    if in_range(maker.operation, maker.profile, changed):
        yield "expected_partners: few", changed


def _too_few_bytes(maker: Maker) -> Iterator[tuple[str, Values]]:
    """One byte less than the slots of the energy management unit take."""
    wanted = 4 * len(maker.scope["levels"])
    if len(maker.scope["random"]) >= wanted:
        yield "random: one-less", {**maker.scope, "random": maker.scope["random"][: wanted - 1]}


def _infeasible(maker: Maker) -> Iterator[tuple[str, Values]]:
    """A row of a battery's policy that empties or fills it beyond its range, or is longer than the others."""
    probabilities, rows = maker.scope["probabilities"], maker.scope["policy"]
    inputs = len(probabilities)
    capacity = len(rows) // inputs - 1
    outputs = len(rows[0]["probabilities"])
    if inputs > 1:
        for place, output in ((inputs - 1, 0), (capacity * inputs, outputs - 1)):
            law = [Fraction(y == output) for y in range(outputs)]
            yield f"policy[{place}]: infeasible", _with(maker.scope, ("policy", place, "probabilities"), law)
    if outputs < 17:
        longer = [*rows[-1]["probabilities"], Fraction(0)]
        yield "policy: ragged", _with(maker.scope, ("policy", len(rows) - 1, "probabilities"), longer)


@dataclass(frozen=True)
class ClassFault:
    """Faults against rules that the tables state in words only: for which operations, of which class."""

    operations: str
    error_class: str
    make: Callable[[Maker], Iterator[tuple[str, Values]]]
    certain: bool = True


CLASS_FAULTS = (
    ClassFault("*", "not-invertible", _non_units),
    ClassFault("*", "not-in-group", _low_order),
    ClassFault("paillier.key*", "range", _composites),
    ClassFault("paillier.check_modulus", "range", _no_moduli),
    ClassFault("paillier.key_with_generator", "not-invertible", _wrong_orders),
    ClassFault("paillier.decrypt_with_generator", "not-invertible", _wrong_orders),
    ClassFault("dream.roster_digest", "range", _same_point_twice),
    ClassFault("dream.select_partners", "policy", _few_partners, certain=False),
    ClassFault("privacy_power.sample", "exhausted", _too_few_bytes),
    ClassFault("batteries.invariance", "range", _infeasible),
    ClassFault("batteries.finite_leakage", "range", _infeasible),
    ClassFault("batteries.leakage_rate", "range", _infeasible),
    ClassFault("batteries.simulate", "range", _infeasible),
)


def class_faults(maker: Maker) -> Iterator[tuple[str, str | None, Values]]:
    """Ways to break a rule that stands in the table in words: tag, class (None if by luck only), values."""
    classes = {rule.error_class for rule in maker.operation.errors if maker.profile in rule.profiles}
    for fault in CLASS_FAULTS:
        if fault.error_class in classes and fnmatchcase(maker.operation.name, fault.operations):
            for tag, changed in fault.make(maker):
                yield tag, fault.error_class if fault.certain else None, changed
