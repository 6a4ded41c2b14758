"""Valid inputs of an operation, drawn field by field from its table.

Types and bounds are enough for a new operation; semantic types only refine (primes, moduli whose factors are
known, points, generators). Integers lean towards their bounds, towards limb sizes and towards limbs of ones.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, isqrt, prod
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import expressions, group_elements, primes
from meter_privacy.conformance.tables import ERROR_CLASSES, INT_LIMIT, ErrorRule, Field, Operation
from meter_privacy.conformance.values import Refusal, check_value

T = TypeVar("T")
Values = dict[str, Any]

_LIMBS = (8, 16, 31, 32, 33, 53, 63, 64, 65, 96, 128, 192, 255, 256, 384, 512, 1024, 2048, 3072, 4096)
_DIRECT_BITS = 600
_NODES = (0, 1, 2, 3, 4, 5, 7, 8, 255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1)
_SLOTS = (0, 1, 2, 95, 2**16, 2**32 - 1, 2**32, 2**53 - 2, 2**53 - 1)

_P = 2**255 - 19
_ORDER_8 = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
# Every u whose point has order 1, 2, 4 or 8, in each encoding of 255 bits, and with the ignored top bit.
LOW_ORDER_POINTS = tuple(
    (u | top << 255).to_bytes(32, "little") for top in (0, 1) for u in (0, 1, *_ORDER_8, _P - 1, _P, _P + 1)
)


def pick(draw: DrawFn, choices: Sequence[T]) -> T:
    """One of the choices; shrinks towards the first."""
    return choices[draw(st.integers(0, len(choices) - 1))]


def _size(draw: DrawFn, sizes: Sequence[int]) -> int:
    """A size in bits: any of them, or one of the three largest, which cost the most and find the most."""
    size: int = pick(draw, sizes if draw(st.integers(0, 1)) == 0 else sizes[-3:])
    return size


def _up_to(draw: DrawFn, span: int) -> int:
    """A number in [0, span]; a long one is stretched from 32 bits, because it is not worth drawing."""
    if span.bit_length() <= _DIRECT_BITS:
        return draw(st.integers(0, span))
    seed = draw(st.integers(0, 2**32 - 1))
    stretched = primes.expand(f"meter-privacy/strategies/{seed}", (span.bit_length() + 71) // 8)
    return int.from_bytes(stretched, "big") % (span + 1)


def edge_integer(draw: DrawFn, low: int, high: int) -> int:
    """A number in [low, high], low <= high, leaning towards where implementations fail."""
    span = high - low
    zero = max(low, min(high, 0))
    if span <= 16:
        return (
            low + draw(st.integers(0, span))
            if zero == low
            else zero + draw(st.integers(low - zero, high - zero))
        )
    match draw(st.integers(0, 7)):
        case 0:
            return min(high, zero + draw(st.integers(0, min(span, 255))))
        case 1:
            return high - draw(st.integers(0, 2))
        case 2:
            return max(low, min(high, zero + draw(st.integers(-255, 255))))
        case 3:
            fitting = [bits for bits in _LIMBS if bits < high.bit_length()] or [high.bit_length() - 1]
            value = (1 << pick(draw, fitting)) + draw(st.integers(-1, 1))
            return value if low <= value <= high else high
        case 4:
            return max(low, min(high, _limbs(draw, high)))
        case 5:
            return low + draw(st.integers(0, 2))
        case 6:
            return (low + high) // 2 + draw(st.integers(-1, 2))
    return low + _up_to(draw, span)


def _limbs(draw: DrawFn, high: int) -> int:
    """Whole limbs of ones and of zeros, as long as `high`."""
    width = pick(draw, (8, 16, 32, 64))
    count = -(-high.bit_length() // width)
    ones = draw(st.integers(0, 2 ** min(count, 64) - 1))
    value = sum(((1 << width) - 1) << (width * place) for place in range(count) if ones >> (place % 64) & 1)
    return value if value <= high else value >> 1 & (1 << (high.bit_length() - 1)) - 1


def _byte_string(draw: DrawFn, length: int) -> bytes:
    """Bytes that do not look alike in two fields, unless they are all zeros or ones."""
    match draw(st.integers(0, 9)):
        case 8:
            return bytes(length)
        case 9:
            return b"\xff" * length
    seed = draw(st.integers(0, 2**32 - 1))
    return primes.expand(f"meter-privacy/strategies/bytes/{seed}", length)


def _known(expression: str, scope: Mapping[str, Any]) -> bool:
    return expressions.names_in(expression) <= scope.keys()


def written_rules(operation: Operation, profile: str) -> Iterator[tuple[ErrorRule, str]]:
    for rule in operation.errors:
        if rule.unless is not None and profile in rule.profiles:
            yield rule, rule.unless


def violated_rule(operation: Operation, profile: str, values: Values) -> ErrorRule | None:
    """The first rule with an `unless`, in the order of the classes, that decoded inputs break."""
    broken = [
        rule for rule, unless in written_rules(operation, profile) if not expressions.evaluate(unless, values)
    ]
    return min(broken, key=lambda rule: ERROR_CLASSES.index(rule.error_class), default=None)


def in_range(operation: Operation, profile: str, values: Values) -> bool:
    """Whether decoded inputs keep every bound of their fields."""
    scope: Values = {}
    try:
        for item in operation.input:
            check_value(item, values[item.name], item.name, scope, profile)
            scope[item.name] = values[item.name]
    except Refusal:
        return False
    return True


class Maker:
    """Draws one operation's valid input, field by field; knows the primes that went into it."""

    def __init__(self, draw: DrawFn, operation: Operation, profile: str, largest_bits: int) -> None:
        self.draw = draw
        self.operation = operation
        self.profile = profile
        self.largest_bits = largest_bits
        self.scope: Values = {}
        self.primes: list[int] = []
        self.size: int | None = None
        self.record: Values = {}
        self.sizes: dict[str, int] = {}

    def input(self, fixed: Mapping[str, Any] | None = None) -> Values:
        """Every field's value in Python form; those in `fixed` are taken as they are."""
        for item in self.operation.input:
            given = fixed is not None and item.name in fixed
            self.scope[item.name] = fixed[item.name] if fixed and given else self._settled(item)
        return self.scope

    def holds(self, name: str, value: Any) -> bool:
        """Whether the rules that can be judged by now hold with this value of a top-level field."""
        scope = {**self.scope, name: value}
        return all(
            expressions.evaluate(unless, scope)
            for _, unless in written_rules(self.operation, self.profile)
            if name in expressions.names_in(unless) and _known(unless, scope)
        )

    def _settled(self, item: Field) -> Any:
        value = self.value(item)
        if self.holds(item.name, value) or item.type not in ("int", "bigint"):
            return value
        low, high = self.bounds(item)
        nearby = (low, high, low + 1, high - 1, value + 1, value - 1, (low + high) // 2)
        return next((v for v in nearby if self.fits(item, v) and self.holds(item.name, v)), value)

    def fits(self, item: Field, value: Any) -> bool:
        try:
            check_value(item, value, item.name, self.scope, self.profile)
        except Refusal:
            return False
        modulus = item.unit_modulo
        return modulus is None or gcd(value, expressions.evaluate(modulus, self.scope)) == 1

    def bounds(self, item: Field) -> tuple[int, int]:
        """The least and the greatest value of an int or bigint field, both included."""
        if item.type == "int":
            low, high = 1 - INT_LIMIT, INT_LIMIT - 1
        else:
            high = (1 << item.bit_limit()) - 1
            low = -high if item.signed else 0
        if self.profile in item.minimum:
            low = max(low, expressions.evaluate(item.minimum[self.profile], self.scope))
        if item.maximum is not None:
            high = min(high, expressions.evaluate(item.maximum, self.scope))
        if item.above is not None:
            low = max(low, expressions.evaluate(item.above, self.scope) + 1)
        if item.below is not None:
            high = min(high, expressions.evaluate(item.below, self.scope) - 1)
        if item.centred is not None:
            modulus = expressions.evaluate(item.centred, self.scope)
            low, high = max(low, -(modulus // 2)), min(high, (modulus + 1) // 2 - 1)
        return low, high

    def free(self, item: Field) -> tuple[int, int]:
        """The bounds, where nothing but `bits` bounds a number brought down to the largest size wanted."""
        low, high = self.bounds(item)
        if item.below is None and item.centred is None and item.maximum is None:
            wanted = max(self.largest_bits, low.bit_length() + 1)
            if high.bit_length() > wanted:
                high = (1 << wanted) - 1
                low = max(low, -high)
        return low, high

    def value(self, item: Field) -> Any:
        """A value of any field; its bounds are those that hold in the scope so far."""
        if item.nullable and self.draw(st.booleans()):
            return None
        refine = _SEMANTICS.get(item.semantic or "")
        if refine is not None and (value := refine(self, item)) is not None and self.fits(item, value):
            return value
        match item.type:
            case "int" | "bigint":
                return self._number(item)
            case "bytes":
                return _byte_string(self.draw, self._length(item))
            case "real":
                return self._real(item)
            case "text":
                return self._text(item)
            case "list":
                return self._list(item)
        outer, self.record = self.record, {}
        for part in item.fields:
            self.record[part.name] = self.value(part)
        made, self.record = self.record, outer
        return made

    def _number(self, item: Field) -> int:
        low, high = self.free(item)
        if low > high:
            return low
        value = edge_integer(self.draw, low, high)
        if item.odd and value % 2 == 0:
            value += 1 if value < high else -1
        if not self.fits(item, value):
            step = 2 if item.odd else 1
            around = (value + sign * step * k for k in range(1, 40) for sign in (1, -1))
            value = next((v for v in around if low <= v <= high and self.fits(item, v)), value)
        return value

    def _length(self, item: Field) -> int:
        if item.length is not None:
            return item.length
        assert item.maximum_length is not None
        return pick(self.draw, sorted({0, 1, min(32, item.maximum_length), item.maximum_length}))

    def real_bounds(self, item: Field) -> tuple[Fraction, Fraction]:
        """The least and the greatest value of a real field; open ends are moved in by 2^-20."""
        inside = Fraction(1, 2**20)
        low = expressions.evaluate_real(item.minimum.get(self.profile, -1000), self.scope)
        if item.above is not None:
            low = expressions.evaluate_real(item.above, self.scope) + inside
        high = low + 2000
        if item.maximum is not None:
            high = expressions.evaluate_real(item.maximum, self.scope)
        if item.below is not None:
            high = expressions.evaluate_real(item.below, self.scope) - inside
        return low, high

    def _real(self, item: Field) -> Fraction:
        low, high = self.real_bounds(item)
        zero = max(low, min(high, Fraction(0)))
        match self.draw(st.integers(0, 3)):
            case 0:
                return zero
            case 1:
                return pick(self.draw, (low, high, (low + high) / 2))
            case 2:
                return max(low, min(high, Fraction(1, 2 ** self.draw(st.integers(0, 30)))))
        return low + (high - low) * Fraction(self.draw(st.integers(0, 1024)), 1024)

    def _text(self, item: Field) -> str:
        if self.profile in item.choices:
            return pick(self.draw, item.choices[self.profile])
        drawn = self.draw(st.text(st.characters(codec="utf-8"), max_size=min(item.maximum_length or 0, 20)))
        return drawn.encode()[: item.maximum_length].decode(errors="ignore")

    def count(self, item: Field) -> int:
        """How many elements a list gets."""
        if item.same_length_as is not None:
            lists = {**self.scope, **self.record}
            name = item.same_length_as
            return len(lists[name]) if name in lists else self.sizes[name]
        least = item.minimum_items
        sizes = [least + extra for extra in (0, 1, 2, 3, 4, 16) if least + extra <= item.maximum_items]
        return pick(self.draw, sizes)

    def _list(self, item: Field) -> list[Any]:
        assert item.items is not None
        self.sizes[item.name] = count = self.count(item)
        if item.sums_to is not None:
            return _shares(self.draw, count, item.sums_to)
        if item.increasing is True:
            return _rising(self, item, count)
        elements: list[Any] = []
        key = item.unique or (item.increasing if isinstance(item.increasing, str) else None)
        for _ in range(count):
            element = self.value(item.items)
            if key is not None and not self._separate(item.items, element, elements, key):
                continue
            elements.append(self._unlike(element, elements))
        if isinstance(item.increasing, str):
            elements.sort(key=lambda element: element[item.increasing])
        return elements

    def _separate(self, record: Field, element: Values, others: Sequence[Values], key: str) -> bool:
        """Move a record's key to where no other one has it; False where there is no room."""
        part = next(part for part in record.fields if part.name == key)
        taken = {other[key] for other in others}
        candidates = (element[key] + step for step in (*range(64), *range(-1, -64, -1)))
        free = (value for value in candidates if value not in taken and self.fits(part, value))
        element[key] = next(free, None)
        return element[key] is not None

    def _unlike(self, element: Any, others: Sequence[Any]) -> Any:
        """A record whose byte strings no other one has: the same key or point twice is a fault of its own."""
        if not isinstance(element, dict):
            return element
        for name, value in element.items():
            if isinstance(value, bytes) and any(
                _point_of(other[name]) == _point_of(value) for other in others
            ):
                element[name] = primes.expand(f"{value.hex()}/{len(others)}", len(value))
        return element


def _point_of(data: bytes) -> bytes | int:
    """What two byte strings must differ in: of 32 bytes the u coordinate, which has several encodings."""
    return int.from_bytes(data, "little") % 2**255 % _P if len(data) == 32 else data


# ---- Semantic types ------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _prime_sizes(names: tuple[str, ...], rules: tuple[str, ...], largest_bits: int) -> tuple[int, ...]:
    """The sizes with which primes of these names can keep these rules, none larger than need be."""
    fitting: list[int] = []
    for bits in primes.SIZES:
        scope = dict(zip(names, reversed(primes.pool(bits)), strict=False))
        judged = (rule for rule in rules if _known(rule, scope))
        if len(scope) == len(names) and all(expressions.evaluate(rule, scope) for rule in judged):
            fitting.append(bits)
            if 2 * bits > largest_bits:
                break
    return tuple(bits for bits in fitting if 2 * bits <= largest_bits) or tuple(fitting) or primes.SIZES[:8]


def _prime(maker: Maker, item: Field) -> int | None:
    names = tuple(field.name for field in maker.operation.input if field.semantic == "prime")
    rules = tuple(unless for _, unless in written_rules(maker.operation, maker.profile))
    sizes = _prime_sizes(names, rules, maker.largest_bits)
    if maker.size is None or (maker.draw(st.integers(0, 15)) == 15):
        maker.size = _size(maker.draw, sizes)
    candidates = [
        prime
        for prime in primes.pool(maker.size)
        if prime not in maker.primes and maker.fits(item, prime) and maker.holds(item.name, prime)
    ]
    if not candidates:
        candidates = [
            prime
            for bits in sizes
            for prime in primes.pool(bits)
            if prime not in maker.primes and maker.fits(item, prime) and maker.holds(item.name, prime)
        ]
    if not candidates:
        return None
    prime: int = pick(maker.draw, candidates)
    maker.primes.append(prime)
    return prime


def _answer_prime(maker: Maker, _: Field) -> int | None:
    """A prime of at most half the length of the product of the two primes drawn before it."""
    bits = (prod(maker.primes[:2]).bit_length() + 1) // 2
    fitting = [size for size in primes.SIZES if size <= bits]
    return int(pick(maker.draw, primes.pool(fitting[-1]))) if fitting else None


def _modulus(maker: Maker, item: Field) -> int | None:
    low, high = maker.free(item)
    sizes = [bits for bits in primes.SIZES if 2 * bits <= high.bit_length() and 4**bits > low]
    unwritten = any(rule.unless is None for rule in maker.operation.errors if rule.error_class == "range")
    if not sizes or (not unwritten and maker.draw(st.integers(0, 7)) == 7):
        return None
    size = _size(maker.draw, sizes)
    p = pick(maker.draw, primes.pool(size))
    q = pick(
        maker.draw,
        [q for bits in dict.fromkeys((size, min(sizes))) for q in primes.pool(bits) if q != p]
        or [primes.linked(p)],
    )
    if not maker.holds(item.name, p * q):
        return None
    maker.primes += [p, q]
    return int(p * q)


def _power_of_two(maker: Maker, item: Field) -> int | None:
    low, high = maker.free(item)
    powers = [1 << k for k in range((low - 1).bit_length(), high.bit_length())]
    fitting = [power for power in powers if maker.holds(item.name, power)]
    edges = [power for power in fitting if power in (fitting[0], fitting[-1], 2**32, 2**63, 2**64, 2**128)]
    if not fitting:
        return None
    return int(pick(maker.draw, edges if maker.draw(st.booleans()) else fitting))


def _mask_modulus(maker: Maker, item: Field) -> int | None:
    return _power_of_two(maker, item) if maker.draw(st.booleans()) else None


def _generator(maker: Maker, item: Field) -> int | None:
    """n + 1, 1 + k n, or (1 + k n) b^n modulo n^2, k and b units: n divides the order of each."""
    _, high = maker.bounds(item)
    n = isqrt(high + 1)
    if n * n != high + 1 or n < 2:
        return None
    kind = maker.draw(st.integers(0, 2))
    if kind == 0:
        return n + 1
    k = _unit(maker.draw, n)
    if kind == 1:
        return (1 + k * n) % (n * n)
    return (1 + k * n) * pow(_unit(maker.draw, n), n, n * n) % (n * n)


def _unit(draw: DrawFn, n: int) -> int:
    value = edge_integer(draw, 1, n - 1)
    return next(k for k in itertools.count(value) if gcd(k, n) == 1) % n


def _node(maker: Maker, item: Field) -> int | None:
    value: int = pick(maker.draw, _NODES)
    others = (*range(value, value + 4), *range(value - 4, value))
    return next((node for node in others if maker.fits(item, node)), None)


def _slot(maker: Maker, item: Field) -> int | None:
    value: int = pick(maker.draw, _SLOTS)
    return value if maker.fits(item, value) else None


def _point(maker: Maker, item: Field) -> bytes | None:
    """Any u but those of low order: points of the curve, of its twist, encodings that are not reduced."""
    if item.length != 32:
        return None
    match maker.draw(st.integers(0, 9)):
        case 0:
            return (9).to_bytes(32, "little")
        case 1:
            u = maker.draw(st.sampled_from((2, 3, 4, 5, _P - 2, _P + 2, _P + 9, 2**255 - 1)))
            return int(u).to_bytes(32, "little")
        case 2:
            return (9 | 1 << 255).to_bytes(32, "little")
    point = _byte_string(maker.draw, 32)
    return point if point not in LOW_ORDER_POINTS else (9).to_bytes(32, "little")


def _shares(draw: DrawFn, count: int, total: int) -> list[Fraction]:
    """Non-negative rationals that add up exactly: equal ones, lopsided ones, zeros among them."""
    kind = draw(st.integers(0, 3))
    parts = [1 if kind == 0 else draw(st.integers(0, (16, 1, 1000)[kind - 1])) for _ in range(count)]
    if kind == 3:
        parts[draw(st.integers(0, count - 1))] += 10**12
    if not any(parts):
        parts[draw(st.integers(0, count - 1))] = 1
    return [Fraction(part * total, sum(parts)) for part in parts]


def _rising(maker: Maker, item: Field, count: int) -> list[Any]:
    """Strictly increasing numbers from the least value on or above it, evenly spaced or not."""
    assert item.items is not None
    unit = Fraction(1, 8) if item.items.type == "real" else 1
    low = maker.real_bounds(item.items)[0] if item.items.type == "real" else maker.bounds(item.items)[0]
    steps = [maker.draw(st.integers(0, 8)), *(maker.draw(st.integers(1, 16)) for _ in range(count - 1))]
    if maker.draw(st.booleans()):
        steps = [steps[0], *([steps[-1]] * (count - 1))]
    return [low + unit * total for total in itertools.accumulate(steps)]


def _moderate(maker: Maker, item: Field) -> Fraction | None:
    """A slope or a power of the order of one, which is where the loads that are drawn make a difference."""
    least = 1 if item.above is not None else 0
    return Fraction(maker.draw(st.integers(least, 64)), 2 ** maker.draw(st.integers(0, 6)))


def _gap(maker: Maker, _: Field) -> Fraction:
    return Fraction(1, 10 ** maker.draw(st.integers(2, 8)))


def _policy(maker: Maker, item: Field) -> list[Values]:
    """One law for each load, with nothing above the load."""
    count = maker.count(item)
    rows = (_shares(maker.draw, place + 1, 1) for place in range(count))
    return [{"probabilities": [*row, *([Fraction(0)] * (count - len(row)))]} for row in rows]


def _table(maker: Maker, _: Field) -> list[Values]:
    """Thresholds that reach 2^32 at each row's own level."""
    count = pick(maker.draw, (1, 2, 3, 4, 21))
    rows = [sorted(maker.draw(st.integers(0, 2**32)) for _ in range(place)) for place in range(count)]
    return [{"thresholds": [*row, *([2**32] * (count - len(row)))]} for row in rows]


def _weights(maker: Maker, _: Field) -> list[int]:
    count = pick(maker.draw, (1, 2, 3, 21))
    largest = pick(maker.draw, (1, 16, (2**32 - 1) // count))
    weights = [maker.draw(st.integers(0, largest)) for _ in range(count)]
    return weights if any(weights) else [*weights[:-1], 1]


def _grid(maker: Maker, item: Field) -> list[Values]:
    """The loads of one to three users on a small grid."""
    assert item.items is not None
    loads = item.items.fields[0]
    return [
        {"loads": _rising(maker, loads, maker.draw(st.integers(1, 3)))}
        for _ in range(maker.draw(st.integers(1, 3)))
    ]


def _grid_pmf(maker: Maker, _: Field) -> list[Fraction]:
    return _shares(maker.draw, prod(len(user["loads"]) for user in maker.scope["users"]), 1)


def _permutation(maker: Maker, item: Field) -> list[int]:
    return list(maker.draw(st.permutations(range(maker.count(item)))))


def _sampler_bytes(maker: Maker, item: Field) -> bytes:
    spare = pick(maker.draw, (0, 0, 1, 4))
    length = min(4 * len(maker.scope["levels"]) + spare, item.maximum_length or 0)
    return _byte_string(maker.draw, length)


def _small_pmf(maker: Maker, item: Field) -> list[Fraction]:
    """A law of few values: tables over several of them are large, and say no more."""
    return _shares(maker.draw, item.minimum_items + maker.draw(st.integers(0, 2)), 1)


def _feasible_rows(draw: DrawFn, capacity: int, inputs: int, outputs: int) -> list[Values]:
    """A law for each state and input, with nothing that would empty or fill the battery beyond its range."""
    rows = []
    for state, load in itertools.product(range(capacity + 1), range(inputs)):
        low, high = max(0, load - state), min(outputs - 1, capacity - state + load)
        law = _shares(draw, high - low + 1, 1)
        after = [Fraction(0)] * (outputs - 1 - high)
        rows.append({"probabilities": [*([Fraction(0)] * low), *law, *after]})
    return rows


def _charging_policy(maker: Maker, _: Field) -> list[Values]:
    """A feasible policy of a battery, with as many outputs as loads or one more."""
    scope = maker.scope
    capacity = scope["capacity"] if "capacity" in scope else len(scope["initial_state"]) - 1
    inputs = scope["largest_load"] + 1 if "largest_load" in scope else len(scope["probabilities"])
    outputs = min(17, inputs + maker.draw(st.integers(0, 1)))
    return _feasible_rows(maker.draw, capacity, inputs, outputs)


def _batteries(maker: Maker, item: Field) -> list[Values]:
    """Small batteries in a cascade, each with a law of its initial state and a feasible policy."""
    inputs = len(maker.scope["probabilities"])
    made = []
    for _ in range(maker.draw(st.integers(item.minimum_items, min(3, item.maximum_items)))):
        capacity = maker.draw(st.integers(1, 2))
        outputs = min(17, inputs + maker.draw(st.integers(0, 1)))
        rows = _feasible_rows(maker.draw, capacity, inputs, outputs)
        made.append({"initial_state": _shares(maker.draw, capacity + 1, 1), "policy": rows})
        inputs = outputs
    return made


def _controller(maker: Maker, _: Field) -> list[Values]:
    """A state for each charge and last output, whose moves lead to where the charge and the output are."""
    capacity, loads = maker.scope["capacity"], len(maker.scope["probabilities"])
    capacity, outputs = min(capacity, 3), min(loads, 3)
    rows = _feasible_rows(maker.draw, capacity, loads, loads)
    states = []
    for charge, _last in itertools.product(range(capacity + 1), range(outputs)):
        moves = [
            {
                "load": load,
                "output": output,
                "next": (charge - load + output) * outputs + output % outputs,
                "probability": chance,
            }
            for load in range(loads)
            for output, chance in enumerate(rows[charge * loads + load]["probabilities"])
            if chance > 0
        ]
        states.append({"charge": charge, "moves": moves})
    return states


def _few_loads(maker: Maker, _: Field) -> int:
    return maker.draw(st.integers(0, 3))


def _few_slots(maker: Maker, item: Field) -> int:
    least: int = maker.bounds(item)[0]
    return least + maker.draw(st.integers(0, 1))


def _simulated_slots(maker: Maker, _: Field) -> int:
    return 32 * maker.draw(st.integers(2, 16))


def _charging_outputs(maker: Maker, item: Field) -> list[int]:
    """Outputs that a policy gives with positive probability, following a battery that it charges."""
    p, theta = maker.scope["probabilities"], maker.scope["initial_state"]
    rows = maker.scope["policy"]
    state = next(s for s, mass in enumerate(theta) if mass > 0)
    outputs = []
    for _ in range(maker.draw(st.integers(1, min(12, item.maximum_items)))):
        load = pick(maker.draw, [x for x, mass in enumerate(p) if mass > 0])
        row = rows[state * len(p) + load]["probabilities"]
        output = pick(maker.draw, [y for y, mass in enumerate(row) if mass > 0])
        outputs.append(output)
        state += output - load
    return outputs


def _held_capacity(maker: Maker, _: Field) -> int:
    """Mostly small: runs of a large battery are long."""
    return pick(maker.draw, (1, 2, 3, 4, 6))


def _level(maker: Maker, _: Field) -> Fraction:
    most = len(maker.scope["probabilities"]) - 1
    return min(Fraction(most), Fraction(maker.draw(st.integers(0, 4 * most)), pick(maker.draw, (1, 2, 3))))


def _group(maker: Maker, item: Field) -> str | None:
    """Mostly the small group, in which everything is quick, and the curve; now and then a large prime's."""
    names = (*[group_elements.TOY] * 4, *[group_elements.CURVE] * 3, group_elements.MODULAR)
    fitting = [name for name in names if name in item.choices[maker.profile]]
    return pick(maker.draw, fitting) if fitting else None


def _group_of(maker: Maker) -> str:
    """The group that elements and scalars are of."""
    name = maker.scope.get("group")
    known = (group_elements.TOY, group_elements.MODULAR, group_elements.CURVE)
    return name if name in known else group_elements.TOY


def _group_element(maker: Maker, _: Field) -> bytes:
    return group_elements.element(_group_of(maker), maker.draw(st.integers(0, 2**32 - 1)))


def _scalar(maker: Maker, item: Field) -> int:
    least: int = maker.bounds(item)[0]
    return edge_integer(maker.draw, least, group_elements.order(_group_of(maker)) - 1)


def _threshold(maker: Maker, _: Field) -> int:
    return pick(maker.draw, (2, 2, 2, 3, 4))


def _server_index(maker: Maker, _: Field) -> int:
    return maker.draw(st.integers(1, 500))


def _greatest_reading(maker: Maker, _: Field) -> int:
    """Below every group's order, also where many of them are added."""
    return pick(maker.draw, (1, 2, 255, 256, 500, 1018))


def _search_bound(maker: Maker, _: Field) -> int:
    """Small: what is looked for up to a bound takes its root in steps."""
    return pick(maker.draw, (0, 1, 2, 500, 1018))


def _long_randomness(maker: Maker, item: Field) -> bytes:
    """Mostly as much as may be needed."""
    length = item.maximum_length or 0
    return _byte_string(maker.draw, pick(maker.draw, (length, length, length, length // 2, 32)))


_SEMANTICS: dict[str, Callable[[Maker, Field], Any]] = {
    "prime": _prime,
    "answer-prime": _answer_prime,
    "modulus": _modulus,
    "mask-modulus": _mask_modulus,
    "mask-modulus-power-of-two": _power_of_two,
    "generator": _generator,
    "node": _node,
    "slot": _slot,
    "x25519-public-key": _point,
    "slope": _moderate,
    "power": _moderate,
    "gap": _gap,
    "policy": _policy,
    "table": _table,
    "weights": _weights,
    "grid": _grid,
    "grid-pmf": _grid_pmf,
    "sampler-bytes": _sampler_bytes,
    "small-pmf": _small_pmf,
    "charging-policy": _charging_policy,
    "batteries": _batteries,
    "controller": _controller,
    "few-loads": _few_loads,
    "slots": _few_slots,
    "simulated-slots": _simulated_slots,
    "charging-outputs": _charging_outputs,
    "held-capacity": _held_capacity,
    "held-level": _level,
    "permutation": _permutation,
    "group": _group,
    "group-element": _group_element,
    "scalar": _scalar,
    "threshold": _threshold,
    "server-index": _server_index,
    "greatest-reading": _greatest_reading,
    "search-bound": _search_bound,
    "long-randomness": _long_randomness,
}
