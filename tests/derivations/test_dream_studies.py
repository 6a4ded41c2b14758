"""Closed forms of the chapter's parts Simulator and Studies, by sympy."""

import sympy as sp


def test_the_probability_of_a_start() -> None:
    """DREAM-76: a minute's starts, summed over the minutes in which one can happen, are the table's cycles.

    Of T minutes a cycle and the pause after it take s + d each, n times; in each of the others a start has
    the probability a b, of mean a b'.
    """
    a, n, T, s, d, b = sp.symbols("a n T s d b", positive=True)
    (solved,) = sp.solve(sp.Eq(a * b * (T - n * (s + d)), n), a)
    assert sp.simplify(solved - n / (T - n * (s + d)) / b) == 0
    # The mean of 70 E^1.1, E exponential of mean 1, is 73 minutes, the table's for a television.
    e = sp.symbols("e", positive=True)
    mean = sp.integrate(70 * e ** sp.Rational(11, 10) * sp.exp(-e), (e, 0, sp.oo))
    assert abs(float(mean) - 73) < 0.5


def test_the_largest_deviation() -> None:
    """DREAM-81: the variance of numbers in [0, b] of mean m is m (b - m) less E[x (b - x)], which is >= 0."""
    b, m, square = sp.symbols("b m square", real=True)
    variance = square - m**2
    shortfall = b * m - square
    assert sp.expand(m * (b - m) - variance - shortfall) == 0
    # A law on two points 0 and b leaves no shortfall.
    p = sp.symbols("p", positive=True)
    two = {m: p * b, square: p * b**2}
    assert sp.simplify(shortfall.subs(two)) == 0
    assert sp.simplify((m * (b - m) - variance).subs(two)) == 0


def test_joined_slots() -> None:
    """DREAM-82: joined, two slots have at most the mean of their errors, weighted by consumption.

    With the largest readings M and L, M - u_k and L - v_k are home k's, u_k and v_k not negative.
    """
    largest, other, total, rest = sp.symbols("M L X Y", positive=True)
    slacks = [sp.symbols(f"u{k} v{k}", nonnegative=True) for k in range(3)]
    for u, v in slacks:
        joined = (largest - u) + (other - v)
        assert sp.expand(largest + other - joined).is_nonnegative
    mean = (total * (largest / total) + rest * (other / rest)) / (total + rest)
    assert sp.simplify(mean - (largest + other) / (total + rest)) == 0
