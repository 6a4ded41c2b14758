"""The small language of the operation tables' bounds: integers, field names, arithmetic, comparisons.

`modulus ** 2`, `count(keys)`, `gcd(randomness, modulus) == 1`. Field names mean the request's own
top-level input fields. Everything is exact: an integer, a truth value, or a rational where a field is real.
"""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any


class ExpressionError(ValueError):
    """An expression of a table is not in the language."""


def bits(value: int) -> int:
    """The length of an integer in bits; 0 has length 0."""
    return value.bit_length()


def count(items: Sequence[object]) -> int:
    """The number of elements of a list field."""
    return len(items)


@lru_cache
def primorial(limit: int) -> int:
    """The product of the primes up to `limit`."""
    sieve = bytearray([1]) * (limit + 1)
    product = 1
    for candidate in range(2, limit + 1):
        if sieve[candidate]:
            product *= candidate
            sieve[candidate * candidate :: candidate] = bytes(len(sieve[candidate * candidate :: candidate]))
    return product


FUNCTIONS: dict[str, Callable[..., int]] = {
    "bits": bits,
    "count": count,
    "gcd": math.gcd,
    "max": max,
    "min": min,
    "primorial": primorial,
    "sum": sum,
}

_ALLOWED = (
    ast.Expression, ast.Constant, ast.Name, ast.Load, ast.Call, ast.BinOp, ast.UnaryOp, ast.USub,
    ast.Add, ast.Sub, ast.Mult, ast.Pow, ast.FloorDiv, ast.Mod, ast.LShift,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.BoolOp, ast.And, ast.Or,
)  # fmt: skip


@lru_cache(maxsize=1024)
def _compile(text: str) -> tuple[Any, frozenset[str]]:
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"{text!r} is no expression") from error
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = set()
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(f"{text!r} uses {type(node).__name__}, which tables may not")
        if isinstance(node, ast.Constant) and type(node.value) is not int:
            raise ExpressionError(f"{text!r} holds a constant that is no integer")
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
            raise ExpressionError(f"{text!r} calls an unknown function")
        if isinstance(node, ast.Name) and node not in called:
            names.add(node.id)
    return compile(tree, "<table>", "eval"), frozenset(names)


def names_in(text: str) -> frozenset[str]:
    """The field names that an expression mentions."""
    return _compile(text)[1]


def evaluate_real(expression: int | str, fields: Mapping[str, Any]) -> Fraction:
    """The exact value of a bound of a real, which may be over real fields. Raises ExpressionError."""
    return Fraction(_value(expression, fields))


def evaluate(expression: int | str, fields: Mapping[str, Any]) -> int:
    """The value of a bound or condition, given the input fields decoded so far.

    Raises ExpressionError if it mentions a field that is not there.
    """
    return int(_value(expression, fields))


def _value(expression: int | str, fields: Mapping[str, Any]) -> int | Fraction:
    if isinstance(expression, int):
        return expression
    code, names = _compile(expression)
    missing = names - fields.keys()
    if missing:
        raise ExpressionError(f"{expression!r} mentions {sorted(missing)}, which no field so far is named")
    scope = {name: fields[name] for name in names}
    value: int | Fraction = eval(code, {"__builtins__": {}, **FUNCTIONS}, scope)
    return value
