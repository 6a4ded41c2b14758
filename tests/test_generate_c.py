"""The generated C decoder against the Python codec, over our tables and one that uses every type."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import cffi
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from meter_privacy.conformance import expressions, framing, generate_c
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.suite import load_suite
from meter_privacy.conformance.tables import PROFILES, Field, Operation, Tables, load_tables
from meter_privacy.conformance.values import Refusal, check_lengths, check_ranges, decode_input

ROOT = Path(__file__).resolve().parents[1]
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
PROFILE_CODES = {"": 0, **{profile: code for code, profile in enumerate(PROFILES, start=1)}}

TOY = """
chapter = "toy"
title = "Every type"
prefix = "TOY"

[[operations]]
name = "toy.everything"
opcode = 0x7001
summary = "Every type of field, bound and order."
profiles = ["published", "hardened"]
requirements = []
numeric = "binary64"
input = [
  { name = "int", type = "int", minimum = { published = -5, hardened = 0 }, maximum = 1000 },
  { name = "other", type = "int", distinct_from = "int", minimum = "int - 10", maximum = "3 * int + 20" },
  { name = "double", type = "real" },
  { name = "maybe_real", type = "real", nullable = true },
  { name = "title", type = "text", maximum_length = 12 },
  { name = "blob", type = "bytes", maximum_length = 9 },
  { name = "tag", type = "bytes", length = 4, distinct_from = "blob" },
  { name = "big", type = "bigint", signed = true, bits = 100, minimum = -1000, maximum = "1 << 90" },
  { name = "prime", type = "bigint", odd = true, bits = 72, minimum = { published = 3, hardened = "(1 << 65) + 1" } },
  { name = "maybe", type = "bigint", nullable = true, below = "prime" },
  { name = "centred_big", type = "bigint", signed = true, centred = "prime" },
  { name = "centred_int", type = "int", centred = "prime" },
  { name = "mixed", type = "bigint", below = "int + 7" },
  { name = "members", type = "list", minimum_items = 1, maximum_items = 6, unique = "node", items = { type = "record", fields = [
    { name = "node", type = "int", distinct_from = "other", minimum = 0 },
    { name = "share", type = "bigint", nullable = true, below = "prime" },
    { name = "name", type = "text", maximum_length = 3 },
  ] } },
  { name = "rising", type = "list", maximum_items = 4, increasing = "level", items = { type = "record", fields = [
    { name = "level", type = "bigint", signed = true },
  ] } },
  { name = "reals", type = "list", maximum_items = 3, same_length_as = "rising", items = { type = "real", nullable = true } },
  { name = "table", type = "list", maximum_items = 3, items = { type = "list", maximum_items = 2, items = { type = "int", maximum = 9 } } },
  { name = "point", type = "record", nullable = true, fields = [
    { name = "x", type = "real" },
    { name = "where", type = "record", fields = [{ name = "y", type = "int", maximum = "count(members)" }] },
    { name = "history", type = "list", maximum_items = 2, items = { type = "int" } },
  ] },
]
output = [
  { name = "int", type = "int" },
  { name = "double", type = "real" },
  { name = "maybe", type = "bigint", signed = true, nullable = true },
  { name = "name", type = "text", maximum_length = 20 },
  { name = "members", type = "list", maximum_items = 6, items = { type = "record", fields = [
    { name = "node", type = "int" },
    { name = "key", type = "bytes", maximum_length = 4 },
  ] } },
  { name = "reals", type = "list", maximum_items = 3, items = { type = "real", nullable = true } },
  { name = "table", type = "list", maximum_items = 3, items = { type = "list", maximum_items = 2, items = { type = "int" } } },
  { name = "point", type = "record", nullable = true, fields = [{ name = "x", type = "bigint" }] },
]
errors = [
  { class = "range", unless = "int == 0 or bits(prime) > 2 and big < 1 << 80", when = "the rule is broken" },
  { class = "range", profiles = ["hardened"], unless = "bits(prime * prime) >= 133", when = "the prime is small" },
]

[[operations]]
name = "toy.nothing"
opcode = 0x7002
summary = "No fields at all."
profiles = []
requirements = []
numeric = "exact"
input = []
output = []
errors = []
"""  # noqa: E501

# One or two fields each, so that what is drawn is dense around every bound.
SMALL = {
    "int": '{ name = "x", type = "int", minimum = { published = -5, hardened = 0 }, maximum = 9 }',
    "any_int": '{ name = "x", type = "int" }',
    "real": '{ name = "x", type = "real" }',
    "text": '{ name = "x", type = "text", maximum_length = 6 }',
    "fixed_bytes": '{ name = "x", type = "bytes", length = 2 }',
    "bytes": '{ name = "x", type = "bytes", maximum_length = 2 }',
    "nullable": '{ name = "x", type = "int", nullable = true, maximum = 3 }',
    "bigint": '{ name = "x", type = "bigint", bits = 9 }',
    "signed": '{ name = "x", type = "bigint", signed = true, bits = 10 }',
    "odd": '{ name = "x", type = "bigint", odd = true }',
    "long_bounds": '{ name = "x", type = "bigint", minimum = "1 << 64", maximum = "(1 << 65) + 12345" }',
    "signed_bounds": '{ name = "x", type = "bigint", signed = true, '
    'minimum = "-(1 << 70)", maximum = "1 << 66" }',
    "below": '{ name = "m", type = "bigint" }, { name = "x", type = "bigint", below = "m" }',
    "centred": '{ name = "m", type = "bigint", minimum = 1 }, '
    '{ name = "x", type = "bigint", signed = true, centred = "m" }',
    "centred_int": '{ name = "m", type = "bigint", minimum = 1 }, '
    '{ name = "x", type = "int", centred = "m" }',
    "sums": '{ name = "m", type = "int", minimum = 0, maximum = 50 }, '
    '{ name = "x", type = "int", minimum = "m - 3", maximum = "2 * m + 1" }',
    "mixed": '{ name = "m", type = "int" }, { name = "x", type = "bigint", signed = true, below = "m" }',
    "distinct": '{ name = "m", type = "bigint" }, { name = "x", type = "bigint", distinct_from = "m" }',
    "distinct_bytes": '{ name = "m", type = "bytes", length = 1 }, '
    '{ name = "x", type = "bytes", length = 1, distinct_from = "m" }',
    "list": '{ name = "x", type = "list", minimum_items = 1, maximum_items = 2, '
    'items = { type = "int", maximum = 1 } }',
    "same_length": '{ name = "m", type = "list", maximum_items = 3, items = { type = "int" } }, '
    '{ name = "x", type = "list", maximum_items = 3, same_length_as = "m", items = { type = "int" } }',
    "unique": '{ name = "x", type = "list", maximum_items = 5, unique = "k", '
    'items = { type = "record", fields = [{ name = "k", type = "int", minimum = 0, maximum = 9 }] } }',
    "increasing": '{ name = "x", type = "list", maximum_items = 3, increasing = "k", '
    'items = { type = "record", fields = [{ name = "k", type = "bigint", signed = true, bits = 3 }] } }',
    "counted": '{ name = "m", type = "list", maximum_items = 3, items = { type = "int" } }, '
    '{ name = "x", type = "int", minimum = 0, maximum = "count(m)" }',
}
for index, (small, fields) in enumerate(SMALL.items()):
    TOY += f"""
[[operations]]
name = "small.{small}"
opcode = {0x7100 + index}
summary = "A small one."
profiles = ["published", "hardened"]
requirements = []
numeric = "exact"
input = [{fields}]
output = []
errors = []
"""

# Bytes at the edges of the grammar.
EDGES = {
    "any_int": [
        "00 00 00 00 00 00 20 00", "ff ff ff ff ff ff 1f 00", "00 00 00 00 00 00 e0 ff",
        "01 00 00 00 00 00 e0 ff",
        "00 00 00 00 00 00 00 80", "00 00 00 00 00 00 00", "00 00 00 00 00 00 00 00 00",
    ],
    "real": [
        "00 00 00 00 00 00 f0 7f", "00 00 00 00 00 00 f0 ff", "00 00 00 00 00 00 f8 7f",
        "ff ff ff ff ff ff ef 7f",
        "01 00 00 00 00 00 00 80",
    ],
    "text": [
        (bytes([len(octets), 0]) + octets).hex()
        for octets in (
            b"", b"abcdef", b"abcdefg", b"\x7f", b"\x80", b"\xc1\xbf", b"\xc2\x80", b"\xc2", b"\xdf\xc0",
            b"\xe0\x9f\xbf", b"\xe0\xa0\x80", b"\xed\x9f\xbf", b"\xed\xa0\x80", b"\xee\x80\x80", b"\xef\xbf",
            b"\xe1\x80\x7f", b"\xf0\x8f\xbf\xbf", b"\xf0\x90\x80\x80", b"\xf4\x8f\xbf\xbf",
            b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf1\x80\x80\xc0", b"a\xc3\xa9", b"\xff",
        )
    ],
    "fixed_bytes": ["01 00 01", "02 00 01 02", "03 00 01 02 03", "02 00 01", "02"],
    "bytes": ["00 00", "02 00 01 02", "03 00 01 02 03"],
    "nullable": [
        "00", "01 03 00 00 00 00 00 00 00", "01 04 00 00 00 00 00 00 00", "02", "02 03 00 00 00 00 00 00 00",
        "01", "",
    ],
    "bigint": ["00 00", "01 00 00", "02 00 01 ff", "02 00 02 00", "02 00 00 01", "02 00 01", "01", ""],
    "signed": [
        "00 00 00", "01 00 00", "00 02 00 03 ff", "01 02 00 03 ff", "01 02 00 04 00", "02 01 00 01",
        "01 01 00 00",
    ],
    "odd": ["00 00", "01 00 01", "01 00 02", "02 00 01 00", "02 00 02 01"],
    "list": [
        "00 00", "01 00" + "01" + "00" * 7, "02 00" + "00" * 16, "03 00" + "00" * 24, "02 00" + "00" * 15,
    ],
}  # fmt: skip


class Library:
    """A compiled decoder and the struct layouts of its header."""

    def __init__(self, tables: Tables, directory: Path) -> None:
        self.tables = tables
        header, source = generate_c.write(tables, directory)
        library = directory / "operations.so"
        command = ["cc", "-O1", *WARNINGS, "-shared", "-fPIC", "-o", str(library), str(source)]
        subprocess.run(command, check=True)
        lines = [line for line in header.read_text().splitlines() if not line.startswith("#")]
        text = "\n".join(lines).replace("MPRIV_OPERATIONS", str(len(tables.operations)))
        self.ffi: Any = cffi.FFI()
        self.ffi.cdef(text)
        self.lib: Any = self.ffi.dlopen(str(library))

    def decode(self, operation: Operation, payload: bytes, profile: str) -> int | dict[str, Any]:
        """The status of a refusal, or the decoded values."""
        name = generate_c.identifier(operation.name)
        buffer = self.ffi.new("uint8_t[]", payload)
        function = getattr(self.lib, f"mpriv_decode_{name}")
        if not operation.input:
            status: int = function(buffer, len(payload), PROFILE_CODES[profile])
            return status or {}
        out = self.ffi.new(f"mpriv_{name}_input *")
        status = function(buffer, len(payload), PROFILE_CODES[profile], out)
        return status or self.fields(operation.input, out, f"mpriv_{name}")

    def fields(self, fields: Sequence[Field], struct: Any, path: str) -> dict[str, Any]:
        values = {}
        for item in fields:
            name = generate_c.identifier(item.name)
            present = not item.nullable or getattr(struct, f"{name}_present")
            value = getattr(struct, name)
            values[item.name] = self.value(item, value, f"{path}_{name}") if present else None
        return values

    def value(self, item: Field, value: Any, path: str) -> Any:
        match item.type:
            case "int":
                return int(value)
            case "real":
                return Fraction(value)
            case "bigint":
                magnitude = int.from_bytes(self.ffi.buffer(value.data, value.length)[:], "big")
                return -magnitude if value.negative else magnitude
            case "bytes":
                return self.ffi.buffer(value.data, value.length)[:]
            case "text":
                return self.ffi.buffer(value.data, value.length)[:].decode()
            case "list":
                return self.elements(item, value, path)
        return self.fields(item.fields, value, path)

    def elements(self, item: Field, value: Any, path: str) -> list[Any]:
        assert item.items is not None
        function = getattr(self.lib, "mpriv_next_" + path.removeprefix("mpriv_"))
        place = self.ffi.new("mpriv_list *", value)
        reader = self.ffi.new("mpriv_reader *", self.lib.mpriv_list_reader(place))
        kind = self.ffi.typeof(function).args[1]
        found = []
        for _ in range(value.count):
            element = self.ffi.new(kind)
            assert function(reader, element) == 0
            if item.items.nullable:
                inner = f"{path}_item_value"
                found.append(self.value(item.items, element.value, inner) if element.present else None)
            else:
                found.append(self.value(item.items, element[0], f"{path}_item"))
        assert reader.left == 0
        return found


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(load_tables(), tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory = tmp_path_factory.mktemp("toy")
    (directory / "toy.toml").write_text(TOY)
    return Library(load_tables([directory]), directory)


def verdict(operation: Operation, payload: bytes, profile: str) -> int | dict[str, Any]:
    """What the Python codec says: -1 malformed, -2 range, or the values."""
    try:
        values = framing.decode_payload(operation.input, payload)
        check_lengths(operation, values)
        check_ranges(operation, values, profile)
    except Refusal as refusal:
        return {"malformed": -1, "range": -2}[refusal.error_class]
    return values


def bounds(item: Field, scope: Mapping[str, Any]) -> Iterator[int]:
    """Numbers at which a field's verdict changes."""
    given = [*item.minimum.values(), item.maximum, item.below]
    for bound in (bound for bound in given if bound is not None):
        with suppress(ZeroDivisionError):  # a divisor that is itself out of its range
            yield expressions.evaluate(bound, scope)
    if item.centred is not None:
        modulus = expressions.evaluate(item.centred, scope)
        yield from (-(modulus // 2), (modulus + 1) // 2)
    if item.bits is not None:
        yield 1 << item.bits


def number(draw: st.DrawFn, item: Field, scope: Mapping[str, Any]) -> int:
    edges = {edge + step for edge in (0, *bounds(item, scope)) for step in (-1, 0, 1)}
    edges |= {value for value in scope.values() if isinstance(value, int)}
    if draw(st.booleans()) and (spread := sorted(edges)):
        value = draw(st.integers(spread[0], max(spread[-1], spread[0] + 1000)))
    else:
        value = draw(st.sampled_from(sorted(edges)))
    if item.odd and draw(st.integers(0, 9)):
        value |= 1
    if item.type == "int":
        return max(1 - 2**53, min(value, 2**53 - 1))
    return value if item.signed else abs(value)


def value_of(draw: st.DrawFn, item: Field, scope: Mapping[str, Any]) -> Any:
    if item.nullable and draw(st.booleans()):
        return None
    match item.type:
        case "int" | "bigint":
            return number(draw, item, scope)
        case "real":
            return Fraction(draw(st.floats(allow_nan=False, allow_infinity=False)))
        case "bytes":
            length = item.length
            return draw(st.binary(min_size=length or 0, max_size=length or item.maximum_length))
        case "text":
            return draw(st.text(max_size=(item.maximum_length or 0) // 4 + 1))
        case "list":
            assert item.items is not None
            if item.same_length_as is not None and item.same_length_as in scope and draw(st.integers(0, 9)):
                count = len(scope[item.same_length_as])
            else:
                count = draw(st.integers(item.minimum_items, min(item.maximum_items, item.minimum_items + 3)))
            listed = [value_of(draw, item.items, scope) for _ in range(count)]
            if item.increasing and draw(st.booleans()):
                listed.sort(key=None if item.increasing is True else lambda part: part[item.increasing])
            return listed
    return {part.name: value_of(draw, part, scope) for part in item.fields}


@st.composite
def payloads(draw: st.DrawFn, operations: Sequence[Operation]) -> tuple[Operation, bytes, str]:
    """An operation, a payload for it that may be broken in one place, and a profile."""
    operation = draw(st.sampled_from(operations))
    values: dict[str, Any] = {}
    for item in operation.input:
        values[item.name] = value_of(draw, item, values)
    payload = bytearray(framing.encode_payload(operation.input, values))
    match draw(st.sampled_from(["none", "none", "none", "flip", "cut", "insert", "append", "zero"])):
        case "flip" if payload:
            payload[draw(st.integers(0, len(payload) - 1))] ^= draw(st.integers(1, 255))
        case "cut" if payload:
            del payload[draw(st.integers(0, len(payload) - 1)) :]
        case "insert":
            payload.insert(draw(st.integers(0, len(payload))), draw(st.integers(0, 255)))
        case "append":
            payload += draw(st.binary(min_size=1, max_size=4))
        case "zero" if payload:
            payload[draw(st.integers(0, len(payload) - 1))] = 0
    return operation, bytes(payload), draw(st.sampled_from(operation.profiles or ("",)))


def left_bounds(operation: Operation, grammar: bool = False) -> bool:
    """Whether the table has bounds, or lengths in records, that the decoder leaves to the operation."""
    generator = generate_c._Generator(operation)
    generator.decoder()
    left = [text for text in generator.left_to_operation if "where" not in text]
    return any(text.startswith("malformed unless") == grammar for text in left)


def compare(library: Library, case: tuple[Operation, bytes, str]) -> None:
    operation, payload, profile = case
    expected, found = verdict(operation, payload, profile), library.decode(operation, payload, profile)
    if expected == -2 and found != -2 and left_bounds(operation):
        assert found != -1
        found = expected
    if expected == -1 and found != -1 and left_bounds(operation, grammar=True):
        found = expected
    assert found == expected


OURS = list(load_tables().operations.values())


@settings(max_examples=1000, deadline=None)
@given(case=payloads(OURS))
def test_ours_agrees_with_the_python_codec(ours: Library, case: tuple[Operation, bytes, str]) -> None:
    compare(ours, case)


@settings(max_examples=1500, deadline=None)
@given(data=st.data())
def test_every_type_agrees_with_the_python_codec(toy: Library, data: st.DataObject) -> None:
    operations = [op for op in toy.tables.operations.values() if op.chapter == "toy"]
    compare(toy, data.draw(payloads(operations)))


@pytest.mark.parametrize("small", SMALL)
def test_a_small_operation_agrees_around_its_bounds(toy: Library, small: str) -> None:
    operation = toy.tables.operations[f"small.{small}"]
    seen = set()
    for octets in EDGES.get(small, []):
        for profile in PROFILES:
            compare(toy, (operation, bytes.fromhex(octets), profile))

    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    @given(case=payloads([operation]))
    def agree(case: tuple[Operation, bytes, str]) -> None:
        compare(toy, case)
        found = verdict(*case)
        seen.add(found if isinstance(found, int) else 0)

    agree()
    bounded = small not in ("any_int", "real", "text", "fixed_bytes", "bytes", "same_length")
    assert seen == ({0, -1, -2} if bounded else {0, -1})


def test_every_type_decodes(toy: Library) -> None:
    operation = toy.tables.operations["toy.everything"]
    prime = (1 << 66) + 3
    values: dict[str, Any] = {
        "int": 7, "other": -3, "double": Fraction(-3, 8), "maybe_real": None, "title": "Zähler",
        "blob": b"\x00",
        "tag": b"tags", "big": -1000, "prime": prime, "maybe": prime - 1, "centred_big": -(prime // 2),
        "centred_int": -(2**53) + 1, "mixed": 13,
        "members": [{"node": 9, "share": None, "name": "é"}, {"node": 4, "share": 0, "name": ""}],
        "rising": [{"level": -5}, {"level": -4}, {"level": 1 << 200}],
        "reals": [None, Fraction(1, 2), Fraction(0)], "table": [[], [9, -9], [1]],
        "point": {"x": Fraction(5), "where": {"y": 2}, "history": [1, 2]},
    }  # fmt: skip
    payload = framing.encode_payload(operation.input, values)
    for profile in PROFILES:
        assert verdict(operation, payload, profile) == values
        assert toy.decode(operation, payload, profile) == values
    for end in range(len(payload)):
        assert toy.decode(operation, payload[:end], "published") == -1


@pytest.mark.parametrize("operation", OURS, ids=lambda op: op.name)
def test_every_operation_of_ours_has_a_decodable_input(ours: Library, operation: Operation) -> None:
    profile = operation.profiles[0] if operation.profiles else ""
    values = acceptable(operation)
    payload = framing.encode_payload(operation.input, values)
    assert verdict(operation, payload, profile) == values
    assert ours.decode(operation, payload, profile) == values
    for end in range(len(payload)):
        assert ours.decode(operation, payload[:end], profile) == -1
    assert ours.decode(operation, payload + b"\x00", profile) == -1


@cache
def published_inputs() -> dict[str, dict[str, Any]]:
    """Of each operation the shortest input among the vectors that has an output, in its first profile."""
    tables = load_tables()
    found: dict[str, dict[str, Any]] = {}
    for case in load_suite(tables).cases:
        for step in case.steps:
            if step.expect_error is not None or step.expect_unsupported or step.input is None:
                continue
            operation = tables.operations[step.operation]
            if operation.profiles and case.profile != operation.profiles[0]:
                continue
            text = json.dumps(step.input)
            if step.operation not in found or len(text) < len(json.dumps(found[step.operation])):
                found[step.operation] = dict(step.input)
    return found


def acceptable(operation: Operation) -> dict[str, Any]:
    """An input that is answered; binary64 stands for its rationals."""
    given = decode_input(operation, published_inputs().get(operation.name, {}))
    return framing.decode_payload(operation.input, framing.encode_payload(operation.input, given))


@pytest.mark.parametrize(
    ("bits", "status"), [(3071, -2), (3072, 0), (4096, 0), (4097, -2)], ids=lambda value: str(value)
)
def test_the_hardened_profile_bounds_the_modulus(ours: Library, bits: int, status: int) -> None:
    operation = ours.tables.operations["paillier.encrypt"]
    modulus = (1 << (bits - 1)) + 1
    payload = framing.encode_payload(
        operation.input, {"modulus": modulus, "plaintext": modulus - 1, "randomness": 2}
    )
    found = ours.decode(operation, payload, "hardened")
    assert (found == status) if status else isinstance(found, dict)


@given(left=st.integers(0, 2**90), right=st.integers(0, 2**70))
def test_product_bits(ours: Library, left: int, right: int) -> None:
    numbers = []
    for value in (left, right):
        magnitude = value.to_bytes((value.bit_length() + 7) // 8, "big")
        data = ours.ffi.new("uint8_t[]", magnitude)
        numbers.append((data, ours.ffi.new("mpriv_bigint *", (data, len(magnitude), 0))))
    assert ours.lib.mpriv_product_bits(numbers[0][1], numbers[1][1]) == (left * right).bit_length()


def test_answers_are_encoded_as_python_encodes_them(toy: Library) -> None:
    operation = toy.tables.operations["toy.everything"]
    values: dict[str, Any] = {
        "int": -(2**53) + 1,
        "double": Fraction(-3, 8),
        "maybe": -0x0102,
        "name": "Zähler",
        "members": [{"node": 7, "key": b"\x00\x01"}, {"node": 8, "key": b""}],
        "reals": [None, Fraction(1, 2)],
        "table": [[], [1, -1]],
        "point": {"x": 0},
    }
    new, keep = toy.ffi.new, []

    def held(kind: str, value: Any) -> Any:
        keep.append(new(kind, value))
        return keep[-1]

    answer = new("mpriv_toy_everything_output *")
    answer.int_, answer.double_ = values["int"], float(values["double"])
    answer.maybe_present = 1
    answer.maybe = (held("uint8_t[]", [0, 0, 1, 2]), 4, 1)
    text = values["name"].encode()
    answer.name = (held("uint8_t[]", text), len(text))
    members = [(7, (held("uint8_t[]", [0, 1]), 2)), (8, (toy.ffi.NULL, 0))]
    answer.members = (held("mpriv_toy_everything_output_members_item[]", members), 2)
    answer.reals = (held("mpriv_toy_everything_output_reals_item[]", [(0, 0.0), (1, 0.5)]), 2)
    row = held("int64_t[]", [1, -1])
    answer.table = (held("mpriv_toy_everything_output_table_item[]", [(toy.ffi.NULL, 0), (row, 2)]), 2)
    answer.point_present = 1
    answer.point.x = (held("uint8_t[]", [0, 0]), 2, 0)
    expected = framing.encode_payload(operation.output, values)
    for size in (len(expected), len(expected) - 1):
        place = new("uint8_t[]", size)
        writer = new("mpriv_writer *", (place, size, 0))
        fits = toy.lib.mpriv_encode_toy_everything(writer, answer) == 0
        assert fits == (size == len(expected))
        assert not fits or toy.ffi.buffer(place)[:] == expected


def test_the_catalogue_says_what_the_tables_say(ours: Library) -> None:
    entries = list(ours.lib.mpriv_operations)
    names = [ours.ffi.string(entry.name).decode() for entry in entries]
    found = [(name, e.opcode, e.profiles, e.session) for name, e in zip(names, entries, strict=True)]
    expected = [
        (op.name, op.opcode, sum(1 << PROFILES.index(p) for p in op.profiles), int(op.session)) for op in OURS
    ]
    assert found == expected
    taking = [name for name, entry in zip(names, entries, strict=True) if entry.randomness]
    assert taking == [
        op.name for op in OURS if any(item.semantic in generate_c.RANDOMNESS for item in op.input)
    ]
    assert {"paillier.encrypt", "load_management.generate_prime"} <= set(taking)
    assert ours.lib.mpriv_operation_of(0x7FFF) == ours.ffi.NULL
    describe = ours.lib.mpriv_operation_of(1)
    assert ours.ffi.string(describe.name) == b"describe"


def test_the_checked_in_files_are_what_the_tables_give() -> None:
    for name, text in generate_c.generate(load_tables()).items():
        assert (ROOT / "native/firmware" / name).read_text() == text, (
            "run meter-privacy generate-c native/firmware"
        )


def test_the_command_writes_both_files_with_further_tables(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "toy.toml").write_text(TOY)
    result = CliRunner().invoke(main, ["generate-c", str(tmp_path / "c"), "--operations", str(tables)])
    assert result.exit_code == 0, result.output
    for name in generate_c.FILES:
        assert "mpriv_decode_toy_everything" in (tmp_path / "c" / name).read_text()


@pytest.mark.parametrize(
    "compiler",
    [
        pytest.param(command, marks=pytest.mark.needs(command.split()[0]))
        for command in ("gcc", "clang", "arm-none-eabi-gcc -mcpu=cortex-m3 -ffreestanding")
    ],
)
@pytest.mark.parametrize("tables", ["ours", "toy"])
def test_no_compiler_warns(
    compiler: str, tables: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    program, *options = compiler.split()
    library: Library = request.getfixturevalue(tables)
    _, source = generate_c.write(library.tables, tmp_path)
    command = [program, *options, "-O2", *WARNINGS, "-c", "-o", str(tmp_path / "o.o"), str(source)]
    subprocess.run(command, check=True)
