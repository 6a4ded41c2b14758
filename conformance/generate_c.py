"""The C decoder of the binary framing, generated from the operation tables.

A device gets, for every operation, a struct of views into the payload, a function that checks the
whole grammar and the table's bounds, and a function that writes the answer. The code allocates
nothing, keeps nothing and does not recurse. Implements TARGET-13 to TARGET-15.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from importlib import resources
from pathlib import Path

from meter_privacy.conformance import expressions
from meter_privacy.conformance.tables import INT_LIMIT, PROFILES, Bound, Field, Operation, Tables

FILES = ("operations.h", "operations.c")

_TEMPLATES = "meter_privacy.conformance"
_C_NAMES = frozenset((
    "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else",
    "enum", "extern", "false", "float", "for", "goto", "if", "inline", "int", "long", "register",
    "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "true", "typedef",
    "union", "unsigned", "void", "volatile", "while",
))  # fmt: skip
_INT64 = 2**63
_SCALARS = {
    "int": "int64_t",
    "real": "double",
    "bigint": "mpriv_bigint",
    "bytes": "mpriv_octets",
    "text": "mpriv_octets",
}
# Randomness that a request brings along: fields of these semantic types.
RANDOMNESS = frozenset({"unit", "randomness", "long-randomness"})


class NotExpressible(Exception):
    """A bound is beyond what the generated code computes; it is left to the operation."""


def identifier(name: str) -> str:
    """A name of the tables as a C identifier."""
    flat = name.replace(".", "_").replace("-", "_")
    return flat + "_" if flat in _C_NAMES else flat


@dataclass(frozen=True)
class _Constant:
    value: int


@dataclass(frozen=True)
class _Int:
    """An int64_t expression and the interval that its value cannot leave."""

    code: str
    low: int
    high: int


@dataclass(frozen=True)
class _Big:
    """A pointer to an mpriv_bigint."""

    code: str
    bits: int


_Term = _Constant | _Int | _Big
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_SWAPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _literal(value: int) -> str:
    return f"INT64_C({value})"


def _int(code: str, low: int, high: int) -> _Int:
    if not -_INT64 < low <= high < _INT64:
        raise NotExpressible(code)
    return _Int(code, low, high)


def _field_interval(item: Field) -> tuple[int, int]:
    lows = [item.minimum.get(profile) for profile in PROFILES]
    low = min((b for b in lows if isinstance(b, int)), default=1 - INT_LIMIT)
    if any(not isinstance(b, int) for b in lows):
        low = 1 - INT_LIMIT
    return low, item.maximum if isinstance(item.maximum, int) else INT_LIMIT - 1


@dataclass
class _Scope:
    """What expressions may mention: the operation's top-level input fields, at `in->name`."""

    operation: Operation
    constants: list[str] = dataclass_field(default_factory=list)
    _numbers: dict[int, str] = dataclass_field(default_factory=dict)

    def field(self, name: str) -> Field:
        return next(item for item in self.operation.input if item.name == name)

    def number(self, value: int) -> str:
        """A static bigint of a constant; its name."""
        if value not in self._numbers:
            name = f"constant_{identifier(self.operation.name)}_{len(self._numbers)}"
            magnitude = abs(value).to_bytes((abs(value).bit_length() + 7) // 8, "big")
            octets = ", ".join(f"0x{byte:02X}" for byte in magnitude)
            self.constants += [
                f"static const uint8_t {name}_bytes[] = {{{octets}}};",
                f"static const mpriv_bigint {name} = {{{name}_bytes, {len(magnitude)}, {int(value < 0)}}};",
            ]
            self._numbers[value] = name
        return self._numbers[value]

    def term(self, node: ast.expr) -> _Term:
        text = ast.unparse(node)
        if not expressions.names_in(text):
            return _Constant(expressions.evaluate(text, {}))
        match node:
            case ast.Name(id=name):
                return self._variable(self.field(name))
            case ast.Call(func=ast.Name(id="count"), args=[ast.Name(id=name)]):
                item = self.field(name)
                return _int(f"(int64_t)in->{identifier(name)}.count", item.minimum_items, item.maximum_items)
            case ast.Call(func=ast.Name(id="bits"), args=[argument]):
                return self._bits(argument)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self._small(self.term(operand))
                return _int(f"(-{inner.code})", -inner.high, -inner.low)
            case ast.BinOp(left=left, op=(ast.Add() | ast.Sub() | ast.Mult()) as op, right=right):
                return self._arithmetic(self._small(self.term(left)), op, self._small(self.term(right)))
        raise NotExpressible(text)

    def _variable(self, item: Field) -> _Term:
        if item.nullable:
            raise NotExpressible(item.name)
        if item.type == "int":
            return _Int(f"in->{identifier(item.name)}", *_field_interval(item))
        if item.type == "bigint":
            return _Big(f"&in->{identifier(item.name)}", item.bit_limit())
        raise NotExpressible(item.name)

    def _bits(self, node: ast.expr) -> _Int:
        match node:
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                factors = self.term(left), self.term(right)
                if isinstance(factors[0], _Big) and isinstance(factors[1], _Big):
                    code = f"(int64_t)mpriv_product_bits({factors[0].code}, {factors[1].code})"
                    return _Int(code, 0, factors[0].bits + factors[1].bits)
            case ast.Name():
                value = self.term(node)
                if isinstance(value, _Big):
                    return _Int(f"(int64_t)mpriv_bits({value.code})", 0, value.bits)
        raise NotExpressible(ast.unparse(node))

    @staticmethod
    def _small(term: _Term) -> _Int:
        if isinstance(term, _Constant):
            return _int(_literal(term.value), term.value, term.value)
        if isinstance(term, _Int):
            return term
        raise NotExpressible(term.code)

    @staticmethod
    def _arithmetic(left: _Int, op: ast.operator, right: _Int) -> _Int:
        if isinstance(op, ast.Add):
            return _int(f"({left.code} + {right.code})", left.low + right.low, left.high + right.high)
        if isinstance(op, ast.Sub):
            return _int(f"({left.code} - {right.code})", left.low - right.high, left.high - right.low)
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return _int(f"({left.code} * {right.code})", min(ends), max(ends))

    def comparison(self, left: _Term, sign: str, right: _Term) -> str:
        """A C condition that is true where the comparison holds."""
        if not isinstance(left, _Big) and isinstance(right, _Big):
            return self.comparison(right, _SWAPPED[sign], left)
        if not isinstance(left, _Big):
            return f"{self._small(left).code} {sign} {self._small(right).code}"
        if isinstance(right, _Big):
            return f"mpriv_compare({left.code}, {right.code}) {sign} 0"
        if isinstance(right, _Int) or -_INT64 < right.value < _INT64:
            return f"mpriv_compare_int({left.code}, {self._small(right).code}) {sign} 0"
        exponent = right.value.bit_length() - 1
        if right.value == 1 << exponent and sign in ("<", ">="):
            return f"{'' if sign == '<' else '!'}mpriv_below_power({left.code}, {exponent})"
        return f"mpriv_compare({left.code}, &{self.number(right.value)}) {sign} 0"

    def bound(self, bound: Bound) -> _Term:
        return _Constant(bound) if isinstance(bound, int) else self.term(ast.parse(bound, mode="eval").body)

    def condition(self, text: str) -> str:
        """A C condition for an expression of an error rule."""
        node = ast.parse(text, mode="eval").body
        match node:
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[_]):
                power = ast.dump(ast.parse(f"{name} == 1 << (bits({name}) - 1)", mode="eval").body)
                number = self.field(name)
                if ast.dump(node) == power and number.type == "bigint" and not number.nullable:
                    return f"mpriv_is_power_of_two(&in->{identifier(name)})"
        return self._truth(node)

    def _truth(self, node: ast.expr) -> str:
        match node:
            case ast.BoolOp(op=op, values=parts):
                joint = " && " if isinstance(op, ast.And) else " || "
                return "(" + joint.join(f"({self._truth(part)})" for part in parts) + ")"
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.comparison(self.term(left), _COMPARISONS[type(op)], self.term(right))
        raise NotExpressible(ast.unparse(node))


class _Writer:
    """Lines of C, indented."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depth = 0

    def __call__(self, *lines: str) -> None:
        for line in lines:
            if line.startswith("}"):
                self.depth -= 1
            self.lines.append("    " * self.depth + line if line else "")
            if line.endswith("{"):
                self.depth += 1

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def _element(item: Field) -> Field:
    assert item.items is not None
    return item.items


class _Generator:
    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.name = identifier(operation.name)
        self.scope = _Scope(operation)
        self.header = _Writer()
        self.body = _Writer()
        self.left_to_operation: list[str] = []

    # ---- types

    def _type(self, item: Field, path: str, output: bool) -> str:
        """The C type of a present value; the types of parts come out first."""
        if item.type == "record":
            self._struct(item.fields, path, output)
            return path
        if item.type == "list":
            element = self._element_type(item, path, output)
            if not output:
                return "mpriv_list"
            self.header("typedef struct {", f"const {element} *items;", "size_t count;", f"}} {path};", "")
            return path
        return _SCALARS[item.type]

    def _element_type(self, item: Field, path: str, output: bool) -> str:
        """The type of a list's elements: of a nullable one, a struct that says if it is present."""
        element = _element(item)
        if not element.nullable:
            return self._type(element, f"{path}_item", output)
        inner = self._type(element, f"{path}_item_value", output)
        self.header("typedef struct {", "uint8_t present;", f"{inner} value;", f"}} {path}_item;", "")
        return f"{path}_item"

    def _struct(self, fields: Sequence[Field], path: str, output: bool) -> None:
        types = [self._type(item, f"{path}_{identifier(item.name)}", output) for item in fields]
        self.header("typedef struct {")
        for item, kind in zip(fields, types, strict=True):
            if item.nullable:
                self.header(f"uint8_t {identifier(item.name)}_present;")
            self.header(f"{kind} {identifier(item.name)};")
        self.header(f"}} {path};", "")

    def _element_name(self, item: Field, path: str) -> str:
        element = _element(item)
        if element.nullable or element.type == "record":
            return f"{path}_item"
        return "mpriv_list" if element.type == "list" else _SCALARS[element.type]

    # ---- grammar

    def _readers(self, item: Field, path: str) -> None:
        """The functions that read the elements of the lists in a field, innermost first."""
        for part in item.fields:
            self._readers(part, f"{path}_{identifier(part.name)}")
        if item.type != "list":
            return
        element = _element(item)
        self._readers(element, f"{path}_item_value" if element.nullable else f"{path}_item")
        kind = self._element_name(item, path)
        short = path.removeprefix("mpriv_")
        signature = f"int mpriv_next_{short}(mpriv_reader *reader, {kind} *item)"
        self.header(f"/* Read one element of {self._dotted(path)}. */", f"{signature};", "")
        self.body(f"{signature} {{")
        if element.nullable:
            self._read_value(element, "item->present", "item->value", f"{path}_item_value")
        elif element.type == "record":
            self._read_fields(element.fields, "item->", f"{path}_item")
        else:
            self._read_value(element, "", "(*item)", f"{path}_item")
        self.body("return MPRIV_DECODE_OK;", "}", "")
        self.body(f"static int read_{short}(mpriv_reader *reader, mpriv_list *list) {{")
        self.body(
            f"if (mpriv_read_count(reader, {item.minimum_items}, {item.maximum_items}, &list->count)) {{",
            "return MPRIV_DECODE_MALFORMED;", "}",
            "list->data = reader->at;",
            "for (size_t i = 0; i < list->count; i++) {",
            f"{kind} item;",
            f"if (mpriv_next_{short}(reader, &item) != 0) {{",
            "return MPRIV_DECODE_MALFORMED;", "}", "}",
            "list->length = (size_t)(reader->at - list->data);",
            "return MPRIV_DECODE_OK;", "}", "",
        )  # fmt: skip

    def _dotted(self, path: str) -> str:
        return path.removeprefix(f"mpriv_{self.name}_") + f" of {self.operation.name}"

    def _read_fields(self, fields: Sequence[Field], target: str, path: str) -> None:
        for item in fields:
            name = identifier(item.name)
            self._read_value(item, f"{target}{name}_present", f"{target}{name}", f"{path}_{name}")

    def _read_value(self, item: Field, present: str, target: str, path: str) -> None:
        if item.nullable:
            self.body(
                f"if (mpriv_read_tag(reader, &{present}) != 0) {{", "return MPRIV_DECODE_MALFORMED;", "}",
                f"memset(&{target}, 0, sizeof {target});",
                f"if ({present}) {{",
            )  # fmt: skip
        if item.type == "record":
            self._read_fields(item.fields, f"{target}.", path)
        else:
            self.body(
                f"if ({self._read_call(item, target, path)} != 0) {{", "return MPRIV_DECODE_MALFORMED;", "}"
            )
        if item.nullable:
            self.body("}")

    @staticmethod
    def _read_call(item: Field, target: str, path: str) -> str:
        place = f"&{target}".replace("&(*item)", "item")
        match item.type:
            case "int" | "real":
                return f"mpriv_read_{item.type}(reader, {place})"
            case "bigint":
                return f"mpriv_read_bigint(reader, {int(item.signed)}, {place})"
            case "bytes":
                low = item.length if item.length is not None else 0
                high = item.length if item.length is not None else item.maximum_length
                return f"mpriv_read_octets(reader, {low}, {high}, {place})"
            case "text":
                return f"mpriv_read_text(reader, {item.maximum_length}, {place})"
        return f"read_{path.removeprefix('mpriv_')}(reader, {place})"

    # ---- bounds

    def _leave(self, what: str, text: str) -> None:
        self.left_to_operation.append(f"{what} {text}")

    def _failures(self, item: Field, value: str, path: str) -> Iterator[str]:
        """C conditions, each true where a bound of a present number is broken."""
        name = self._dotted(path).removesuffix(f" of {self.operation.name}")
        term: _Term = _Int(value, 1 - INT_LIMIT, INT_LIMIT - 1)
        if item.type == "bigint":
            term = _Big(f"&{value}".replace("&(*item)", "item"), item.bit_limit())
            if item.bits is not None:
                assert isinstance(term, _Big)
                yield f"mpriv_bits({term.code}) > {item.bits}"
        yield from self._minimum_failures(item, term, name)
        limits = (("at most", ">", item.maximum), ("above", "<=", item.above), ("below", ">=", item.below))
        for word, sign, bound in limits:
            if bound is not None:
                try:
                    yield self.scope.comparison(term, sign, self.scope.bound(bound))
                except NotExpressible:
                    self._leave(f"{name} {word}", str(bound))
        if item.centred is not None:
            try:
                modulus = self.scope.bound(item.centred)
                if not isinstance(modulus, _Big):
                    raise NotExpressible(item.centred)
                if isinstance(term, _Big):
                    yield f"!mpriv_centred({term.code}, {modulus.code})"
                else:
                    yield f"!mpriv_centred_int({value}, {modulus.code})"
            except NotExpressible:
                self._leave(f"{name} in the centred range of", item.centred)
        if item.odd:
            assert isinstance(term, _Big)
            yield f"!mpriv_is_odd({term.code})"

    def _minimum_failures(self, item: Field, term: _Term, name: str) -> Iterator[str]:
        codes = {"": "MPRIV_PROFILE_NONE"} | {p: f"MPRIV_PROFILE_{p.upper()}" for p in PROFILES}
        same = len(set(item.minimum.values())) == 1 and set(item.minimum) == set(codes)
        for profile, bound in item.minimum.items():
            if same and profile != "":
                continue
            if not same and profile not in (self.operation.profiles or ("",)):
                continue
            if item.type == "bigint" and not item.signed and isinstance(bound, int) and bound <= 0:
                continue
            try:
                failure = self.scope.comparison(term, "<", self.scope.bound(bound))
            except NotExpressible:
                self._leave(f"{name} at least", f"{bound} ({profile or 'every profile'})")
                continue
            yield failure if same else f"profile == {codes[profile]} && {failure}"

    def _real_failures(self, item: Field, value: str, path: str) -> Iterator[str]:
        """As `_failures`, of a real: bounds that are constants and exact in binary64."""
        name = self._dotted(path).removesuffix(f" of {self.operation.name}")
        minimum = set(item.minimum.values())
        limits = (
            ("at least", "<", minimum.pop() if len(minimum) == 1 else None),
            ("above", "<=", item.above),
            ("at most", ">", item.maximum),
            ("below", ">=", item.below),
        )
        for word, sign, bound in limits:
            if bound is None:
                continue
            text = str(bound)
            if expressions.names_in(text) or abs(constant := expressions.evaluate(text, {})) > INT_LIMIT:
                self._leave(f"{name} {word}", text)
            else:
                yield f"{value} {sign} {constant}.0"

    def _choice_failures(self, item: Field, value: str) -> Iterator[str]:
        place = f"&{value}".replace("&(*item)", "item")
        for profile, choices in item.choices.items():
            if profile in self.operation.profiles:
                none = " && ".join(f'!mpriv_text_is({place}, "{choice}")' for choice in choices)
                yield f"profile == MPRIV_PROFILE_{profile.upper()} && {none}"

    def _distinct_failure(self, item: Field, value: str) -> str | None:
        if item.distinct_from is None:
            return None
        other = self.scope.field(item.distinct_from)
        theirs = f"in->{identifier(other.name)}"
        kinds = {item.type, other.type}
        if kinds == {"int"}:
            equal = f"{value} == {theirs}"
        elif kinds == {"bigint"}:
            equal = f"mpriv_compare(&{value}, &{theirs}) == 0"
        elif kinds <= {"bytes", "text"}:
            equal = f"mpriv_octets_equal(&{value}, &{theirs})"
        else:
            self._leave("distinct from", item.distinct_from)
            return None
        return f"{theirs}_present && {equal}" if other.nullable else equal

    def _check_value(self, item: Field, present: str, value: str, path: str) -> list[str]:
        """Lines that check a value's bounds; none where there is nothing to check."""
        out = _Writer()
        failures = list(self._failures(item, value, path)) if item.type in ("int", "bigint") else []
        if item.type == "real":
            failures += self._real_failures(item, value, path)
        failures += self._choice_failures(item, value)
        if (distinct := self._distinct_failure(item, value)) is not None:
            failures.append(distinct)
        for failure in failures:
            out(f"if ({failure}) {{", "return MPRIV_DECODE_RANGE;", "}")
        if item.type == "record":
            out(*self._check_fields(item.fields, f"{value}.", path))
        if item.type == "list":
            out(*self._check_list(item, value, path))
        if item.nullable and out.lines:
            return [f"if ({present}) {{", *(line.strip() for line in out.lines), "}"]
        return [line.strip() for line in out.lines]

    def _check_fields(self, fields: Sequence[Field], source: str, path: str) -> list[str]:
        lines: list[str] = []
        for item in fields:
            name = identifier(item.name)
            lines += self._check_value(item, f"{source}{name}_present", f"{source}{name}", f"{path}_{name}")
        return lines

    def _check_list(self, item: Field, value: str, path: str) -> list[str]:
        element = _element(item)
        short = path.removeprefix("mpriv_")
        kind = self._element_name(item, path)
        lines: list[str] = []
        if element.nullable:
            inner = self._check_value(element, "item->present", "item->value", f"{path}_item_value")
        elif element.type == "record":
            inner = self._check_fields(element.fields, "item->", f"{path}_item")
        else:
            inner = self._check_value(element, "", "(*item)", f"{path}_item")
        if inner:
            own = f"const mpriv_{self.name}_input *in, uint8_t profile"
            self.body(f"static int check_each_{short}({own}, const {kind} *item) {{")
            self.body("(void)in;", "(void)profile;", *inner, "return MPRIV_DECODE_OK;", "}", "")
            self.body(
                f"static int check_{short}({own}, const mpriv_list *list) {{",
                "mpriv_reader reader = mpriv_list_reader(list);",
                "for (size_t i = 0; i < list->count; i++) {",
                f"{kind} item;",
                f"if (mpriv_next_{short}(&reader, &item) != 0 || "
                f"check_each_{short}(in, profile, &item) != 0) {{",
                "return MPRIV_DECODE_RANGE;", "}", "}",
                "return MPRIV_DECODE_OK;", "}", "",
            )  # fmt: skip
            place = f"&{value}".replace("&(*item)", "item")
            lines += [f"if (check_{short}(in, profile, {place}) != 0) {{", "return MPRIV_DECODE_RANGE;", "}"]
        if item.sums_to is not None:
            self._leave(self._dotted(path), f"adding up to {item.sums_to} within 2^-40")
        for key, unique in ((item.unique, True), (item.increasing, False)):
            if key is not None:
                self._order(item, key, unique, short, kind)
                place = f"&{value}".replace("&(*item)", "item")
                word = "unique" if unique else "increasing"
                lines += [f"if (!{word}_{short}({place})) {{", "return MPRIV_DECODE_RANGE;", "}"]
        return lines

    def _order(self, item: Field, key: str | bool, unique: bool, short: str, kind: str) -> None:
        """Functions that tell if a list is increasing (in a member, where it has records), or has none
        twice.
        """
        member, name = _element(item), ""
        if isinstance(key, str):
            member = next(part for part in _element(item).fields if part.name == key)
            name = f".{identifier(key)}"
        if member.nullable or member.type not in ("int", "bigint", "real"):
            raise NotExpressible(f"{self.operation.name}: {key} cannot order a list in C")
        less, equal = f"last{name} < item{name}", f"other{name} == item{name}"
        if member.type == "bigint":
            less = f"mpriv_compare(&last{name}, &item{name}) < 0"
            equal = f"mpriv_compare(&other{name}, &item{name}) == 0"
        self.body(
            f"static int increasing_{short}(const mpriv_list *list) {{",
            "mpriv_reader reader = mpriv_list_reader(list);",
            f"{kind} last;",
            "memset(&last, 0, sizeof last);",
            "for (size_t i = 0; i < list->count; i++) {",
            f"{kind} item;",
            f"if (mpriv_next_{short}(&reader, &item) != 0 || (i != 0 && !({less}))) {{",
            "return 0;", "}",
            "last = item;", "}",
            "return 1;", "}", "",
        )  # fmt: skip
        if not unique:
            return
        self.body(
            f"static int unique_{short}(const mpriv_list *list) {{",
            f"if (increasing_{short}(list)) {{",
            "return 1;", "}",
            "mpriv_reader reader = mpriv_list_reader(list);",
            "for (size_t i = 0; i < list->count; i++) {",
            f"{kind} item;",
            f"if (mpriv_next_{short}(&reader, &item) != 0) {{",
            "return 0;", "}",
            "mpriv_reader rest = reader;",
            "for (size_t j = i + 1; j < list->count; j++) {",
            f"{kind} other;",
            f"if (mpriv_next_{short}(&rest, &other) != 0 || {equal}) {{",
            "return 0;", "}", "}", "}",
            "return 1;", "}", "",
        )  # fmt: skip

    def _rule_failures(self) -> Iterator[tuple[str, str]]:
        for rule in self.operation.errors:
            if rule.error_class != "range":
                continue
            if rule.unless is None:
                self._leave("range where", rule.when)
                continue
            try:
                failure = f"!({self.scope.condition(rule.unless)})"
            except NotExpressible:
                self._leave("range unless", rule.unless)
                continue
            binding = [p for p in rule.profiles if p in self.operation.profiles]
            if set(binding) != set(self.operation.profiles):
                profiles = " || ".join(f"profile == MPRIV_PROFILE_{p.upper()}" for p in binding)
                failure = f"({profiles}) && {failure}"
            yield failure, rule.when

    # ---- functions

    def decoder(self) -> None:
        """The input struct and mpriv_decode_<operation>."""
        path = f"mpriv_{self.name}"
        fields = self.operation.input
        target = ""
        if fields:
            types = [self._type(item, f"{path}_{identifier(item.name)}", output=False) for item in fields]
            self.header("typedef struct {")
            for item, kind in zip(fields, types, strict=True):
                if item.nullable:
                    self.header(f"uint8_t {identifier(item.name)}_present;")
                self.header(f"{kind} {identifier(item.name)};")
            self.header(f"}} {path}_input;", "")
            target = f", {path}_input *out"
            for item in fields:
                self._readers(item, f"{path}_{identifier(item.name)}")
        for item in fields:
            for part in item.items.fields if item.items is not None else ():
                if part.same_length_as is not None:
                    self._leave(
                        "malformed unless", f"{part.name} in {item.name} is as long as {part.same_length_as}"
                    )
        # The helper functions of lists come out while the lines that call them are collected.
        checks = self._check_fields(fields, "in->", path)
        for failure, _ in self._rule_failures():
            checks += [f"if ({failure}) {{", "return MPRIV_DECODE_RANGE;", "}"]
        if checks:
            self.body(f"static int check_{self.name}(const {path}_input *in, uint8_t profile) {{")
            self.body("(void)profile;", *checks, "return MPRIV_DECODE_OK;", "}", "")
        signature = (
            f"int mpriv_decode_{self.name}(const uint8_t *payload, size_t length, uint8_t profile{target})"
        )
        self._left_comment()
        self.header(f"{signature};", "")
        self.body(
            f"{signature} {{", "mpriv_reader whole = {payload, length};", "mpriv_reader *reader = &whole;"
        )
        self._read_fields(fields, "out->", path)
        self.body("if (reader->left != 0) {", "return MPRIV_DECODE_MALFORMED;", "}")
        for item in fields:
            if item.same_length_as is not None:
                mine, theirs = identifier(item.name), identifier(item.same_length_as)
                self.body(
                    f"if (out->{mine}.count != out->{theirs}.count) {{", "return MPRIV_DECODE_MALFORMED;", "}"
                )
        if checks:
            self.body(f"return check_{self.name}(out, profile);", "}", "")
        else:
            self.body("(void)profile;", "return MPRIV_DECODE_OK;", "}", "")

    def _left_comment(self) -> None:
        unique = list(dict.fromkeys(self.left_to_operation))
        if unique:
            self.header("/* Left to the operation:")
            self.header(*(f" * - {text.replace('*/', '*')}" for text in unique), " */")

    def encoder(self) -> None:
        """The output struct and mpriv_encode_<operation>."""
        fields = self.operation.output
        path = f"mpriv_{self.name}_output"
        if not fields:
            return
        self._struct(fields, path, output=True)
        signature = f"int mpriv_encode_{self.name}(mpriv_writer *writer, const {path} *answer)"
        self.header(f"{signature};", "")
        self.body(f"{signature} {{")
        self._write_fields(fields, "answer->", 0)
        self.body("return writer->overflow ? MPRIV_ENCODE_OVERFLOW : MPRIV_ENCODE_OK;", "}", "")

    def _write_fields(self, fields: Sequence[Field], source: str, depth: int) -> None:
        for item in fields:
            name = identifier(item.name)
            self._write_value(item, f"{source}{name}_present", f"{source}{name}", depth)

    def _write_value(self, item: Field, present: str, value: str, depth: int) -> None:
        if item.nullable:
            self.body(f"mpriv_write_tag(writer, {present} != 0);", f"if ({present}) {{")
        match item.type:
            case "int" | "real":
                self.body(f"mpriv_write_{item.type}(writer, {value});")
            case "bigint":
                self.body(f"mpriv_write_bigint(writer, {int(item.signed)}, &{value});")
            case "bytes" | "text":
                self.body(f"mpriv_write_octets(writer, &{value});")
            case "record":
                self._write_fields(item.fields, f"{value}.", depth)
            case "list":
                index = f"i{depth}"
                self.body(
                    f"mpriv_write_count(writer, {value}.count);",
                    f"for (size_t {index} = 0; {index} < {value}.count; {index}++) {{",
                )
                element, place = _element(item), f"{value}.items[{index}]"
                if element.nullable:
                    self._write_value(element, f"{place}.present", f"{place}.value", depth + 1)
                else:
                    self._write_value(element, "", place, depth + 1)
                self.body("}")
        if item.nullable:
            self.body("}")


def _catalogue(operations: Sequence[Operation]) -> tuple[str, str]:
    lines = [f"#define MPRIV_OPCODE_{identifier(op.name).upper()} 0x{op.opcode:04X}" for op in operations]
    header = "\n".join(lines) + (
        f"\n\n#define MPRIV_OPERATIONS {len(operations)}\n"
        "extern const mpriv_operation mpriv_operations[MPRIV_OPERATIONS];\n"
        "/* The operation of an opcode, or a null pointer. */\n"
        "const mpriv_operation *mpriv_operation_of(uint16_t opcode);\n\n"
    )
    body = _Writer()
    body("const mpriv_operation mpriv_operations[MPRIV_OPERATIONS] = {")
    for operation in operations:
        profiles = sum(1 << PROFILES.index(profile) for profile in operation.profiles)
        randomness = any(item.semantic in RANDOMNESS for item in operation.input)
        body(
            f'{{"{operation.name}", 0x{operation.opcode:04X}, {profiles}, {int(operation.session)}, '
            f"{int(randomness)}}},"
        )
    body("};", "", "const mpriv_operation *mpriv_operation_of(uint16_t opcode) {")
    body("for (size_t i = 0; i < MPRIV_OPERATIONS; i++) {", "if (mpriv_operations[i].opcode == opcode) {")
    body("return &mpriv_operations[i];", "}", "}", "return NULL;", "}", "")
    return header, body.text()


def generate(tables: Tables) -> dict[str, str]:
    """The texts of the C files, by file name.

    Raises NotExpressible where a list is ordered by a member that C cannot compare.
    """
    templates = resources.files(_TEMPLATES) / "c"
    texts = {name: (templates / f"{name}.in").read_text(encoding="utf-8") for name in FILES}
    operations = list(tables.operations.values())
    catalogue = _catalogue(operations)
    headers, bodies = [catalogue[0]], [catalogue[1]]
    for operation in operations:
        generator = _Generator(operation)
        generator.decoder()
        generator.encoder()
        constants = "".join(f"{line}\n" for line in generator.scope.constants)
        headers.append(f"/* ---- {operation.name} */\n\n{generator.header.text()}")
        bodies.append(f"/* ---- {operation.name} */\n\n{constants}{generator.body.text()}")
    return {
        "operations.h": texts["operations.h"] + "".join(headers) + "#endif\n",
        "operations.c": texts["operations.c"] + "".join(bodies).rstrip("\n") + "\n",
    }


def write(tables: Tables, directory: Path) -> list[Path]:
    """Write the C files into a directory; answer their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in generate(tables).items():
        path = directory / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
