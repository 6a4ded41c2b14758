"""The closed forms of the comparisons and of the user threshold, derived."""

from fractions import Fraction
from itertools import product

import sympy

from meter_privacy.reference import comparison, plan


def test_what_the_bits_add_up_to() -> None:
    """LOAD-41: c_i is 0 exactly at the highest bit that differs, if b has it; else from 1 to 3 l - 1."""
    a, b, above = sympy.symbols("a b above", integer=True)
    c = 1 + a - b + 3 * above
    values = {(x, y): c.subs({a: x, b: y}) for x, y in product((0, 1), repeat=2)}
    assert values[0, 0] == values[1, 1] == 3 * above + 1
    assert values[1, 0] == 3 * above + 2
    assert values[0, 1] == 3 * above
    # `above` counts differing bits: 3 above = 0 asks for none, and nothing else can be 0.
    assert sympy.solve(sympy.Eq(values[0, 1], 0), above) == [0]
    length = sympy.symbols("l", integer=True, positive=True)
    assert sympy.expand(values[1, 0].subs(above, length - 1)) == 3 * length - 1


def test_the_test_for_zero() -> None:
    """LOAD-39: modulo p, (g^m h^r)^v_p = (g^v_p)^m, and g^v_p has the prime order u: 1 for m = 0 alone."""
    m, r, v, u = sympy.symbols("m r v_p u", integer=True, positive=True)
    # Exponents of one generator w of order u v_p: g = w, h = w^u.
    exponent = sympy.expand((m + u * r) * v)
    assert sympy.expand(exponent - m * v - r * u * v) == 0
    p, order_u, order_v = 2 * 23 * 7 + 1, 23, 7
    assert not sympy.isprime(p)
    p = next(p for p in range(2 * 23 * 7 + 1, 10**5, 2 * 23 * 7) if sympy.isprime(p))
    w = pow(sympy.primitive_root(p), (p - 1) // (order_u * order_v), p)
    h = pow(w, order_u, p)
    zeros = {
        plain for plain in range(order_u) for r in range(order_v)
        if pow(pow(w, plain, p) * pow(h, r, p), order_v, p) == 1
    }  # fmt: skip
    assert zeros == {0}


def test_the_condition_on_what_is_sent() -> None:
    """LOAD-35: u three apart and from 1 to p - 2: z two apart and below p - 1 for every a; p >= 3 k."""
    gap, left, right = sympy.symbols("gap left right", integer=True)
    distance = gap + left - right
    lowest = min(distance.subs({gap: 3, left: x, right: y}) for x, y in product((0, 1), repeat=2))
    assert lowest == 2
    k = sympy.symbols("k", integer=True, positive=True)
    last = 1 + 3 * (k - 1)
    assert sympy.expand(last + 2 - 3 * k) == 0
    for levels in range(1, 5):
        room = [
            p
            for p in range(3, 16)
            if any(comparison.are_apart(u, p) for u in product(range(p), repeat=levels))
        ]
        assert min(room, default=16) == 3 * levels


def test_the_average_without_rounding() -> None:
    """LOAD-48: P >= ceil(S / N) exactly where N P >= S, for integers P; likewise for multiples of a unit."""
    reading, meters, remainder, quotient = sympy.symbols("P N r q", integer=True)
    total = meters * quotient + remainder
    # r = 0: the threshold is q. 0 < r < N: it is q + 1, and N q < S <= N (q + 1).
    assert sympy.expand((meters * reading - total).subs({remainder: 0, reading: quotient})) == 0
    assert sympy.expand(total - meters * quotient) == remainder
    assert sympy.expand(meters * (quotient + 1) - total) == meters - remainder
    for meters_, total_, unit in product((3, 4, 7), range(60), (1, 5)):
        threshold = plan.user_threshold(meters_, 10**6, total_, plan.COARSE_AVERAGE, unit)
        assert threshold % unit == 0
        assert threshold - unit < Fraction(total_, meters_) <= threshold
