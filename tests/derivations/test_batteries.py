"""Derivations of the batteries chapter: the closed form, invariance, the slopes, the binary best effort."""

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp
from mpmath import mp

from meter_privacy.reference import controllers

z, a, s, k, p, n = sp.symbols("z a s k p n", positive=True)


def g(place: sp.Expr) -> sp.Expr:
    """sin a(k + 1)."""
    return sp.sin(a * (place + 1))


def theta_at(place: sp.Expr) -> sp.Expr:
    """The law of the state, up to a factor."""
    return g(place) * g(place + 1)


def laurent(masses: Sequence[sp.Expr], sign: int) -> sp.Expr:
    """The generating function of masses in z or 1/z."""
    return sum(m * z ** (sign * i) for i, m in enumerate(masses))


def test_closed_form_of_a_fair_binary_load() -> None:
    """BATTERY-17: with theta = g(s) g(s + 1), g(k) = sin a(k + 1), P_V(v) = cos a g(v + 1)^2, so D = -ln cos
    a.
    """
    assert sp.simplify(sp.expand_trig((theta_at(s) + theta_at(s + 1)) / 2 - sp.cos(a) * g(s + 1) ** 2)) == 0
    # exp(2 D) = theta(s)^2/(P_V(s) P_V(s - 1)) with P_V as just shown.
    squared = theta_at(s) ** 2 / (sp.cos(a) * g(s + 1) ** 2 * sp.cos(a) * g(s) ** 2)
    assert sp.simplify(squared - 1 / sp.cos(a) ** 2) == 0
    # The ends: theta vanishes at -1, and at C + 1 for a = pi/(C + 3), whatever C.
    C = sp.symbols("C", positive=True)
    assert theta_at(sp.Integer(-1)) == 0
    assert sp.simplify(theta_at(C + 1).subs(a, sp.pi / (C + 3))) == 0


def test_closed_form_for_large_batteries() -> None:
    """BATTERY-17: -log2 cos a is pi^2/(2 ln 2 (C + 3)^2) to leading order."""
    leading = sp.series(-sp.log(sp.cos(a)) / sp.log(2), a, 0, 4).removeO()
    assert sp.simplify(leading - a**2 / (2 * sp.log(2))) == 0


def test_slopes_of_the_leakage() -> None:
    """BATTERY-14: dJ/dtheta(s) = ln theta(s) - sum P(x) ln P_V(s - x), J = sum theta D, and J is convex."""
    t = sp.symbols("t0:3", positive=True)
    loads = (p, 1 - p)
    law = {v: sum(loads[x] * t[v + x] for x in (0, 1) if 0 <= v + x < 3) for v in range(-1, 3)}
    J = sum(x * sp.log(x) for x in t) - sum(mass * sp.log(mass) for mass in law.values())
    D = [sp.log(t[i]) - sum(loads[x] * sp.log(law[i - x]) for x in (0, 1)) for i in range(3)]
    assert all(sp.simplify(sp.diff(J, t[i]) - D[i]) == 0 for i in range(3))
    assert sp.simplify(sum(t[i] * D[i] for i in range(3)) - J) == 0
    # The second derivative along d is a sum of squares: what V leaves open of d/theta.
    d = sp.symbols("d0:3", real=True)
    second = sum(sp.diff(J, t[i], t[j]) * d[i] * d[j] for i in range(3) for j in range(3))
    squares = sum(
        loads[0] * t[v] * loads[1] * t[v + 1] / law[v] * (d[v] / t[v] - d[v + 1] / t[v + 1]) ** 2
        for v in (0, 1)
    )
    assert sp.simplify(second - squares) == 0


def test_newton_step_of_the_minimum() -> None:
    """BATTERY-15: with u = ln theta the derivative of D is I - K, K the chain by way of V."""
    u = sp.symbols("u0:3", real=True)
    t = [sp.exp(x) for x in u]
    loads = (p, 1 - p)
    law = {v: sum(loads[x] * t[v + x] for x in (0, 1) if 0 <= v + x < 3) for v in range(-1, 3)}
    D = [u[i] - sum(loads[x] * sp.log(law[i - x]) for x in (0, 1)) for i in range(3)]
    K = sp.Matrix(
        3,
        3,
        lambda i, j: sum(
            loads[x] * loads[j - i + x] * t[j] / law[i - x] for x in (0, 1) if 0 <= j - i + x <= 1
        ),
    )
    jacobian = sp.Matrix(3, 3, lambda i, j: sp.diff(D[i], u[j]))
    assert sp.simplify(jacobian - (sp.eye(3) - K)) == sp.zeros(3, 3)
    assert sp.simplify(K * sp.ones(3, 1)) == sp.ones(3, 1)
    assert sp.simplify(sp.Matrix([t]) * K - sp.Matrix([t])) == sp.zeros(1, 3)


def test_invariance_gives_the_output_the_law_of_the_load() -> None:
    """BATTERY-7: theta(z) P_X(1/z) = theta(z) P_Y(1/z) has one solution P_Y, for theta on 0..2 and loads
    0..2.
    """
    theta = sp.symbols("t0:3", positive=True)
    load = sp.symbols("x0:3", positive=True)
    output = sp.symbols("y0:3")
    equation = sp.expand((laurent(theta, 1) * (laurent(load, -1) - laurent(output, -1))) * z**2)
    solution = sp.solve(sp.Poly(equation, z).all_coeffs(), output, dict=True)
    assert solution == [dict(zip(output, load, strict=True))]


def test_structured_policy_is_invariant() -> None:
    """BATTERY-9: the independent coupling of a_v with itself has a_v as both sums, and H(Y | S, X) = H(X |
    V).
    """
    masses = sp.symbols("m0:3", positive=True)
    total = sum(masses)
    M = sp.Matrix(3, 3, lambda i, j: masses[i] * masses[j] / total)
    assert all(sp.simplify(sum(M[i, j] for j in range(3)) - masses[i]) == 0 for i in range(3))
    assert all(sp.simplify(sum(M[i, j] for i in range(3)) - masses[j]) == 0 for j in range(3))
    # The row of every load is the law of X given V.
    assert all(sp.simplify(M[i, j] / masses[i] - masses[j] / total) == 0 for i in range(3) for j in range(3))


def test_best_effort_with_a_binary_load() -> None:
    """BATTERY-21: (B2), runs until the (C + 1)-th success; means from generating functions, and values
    against mpmath.
    """
    for capacity in (1, 2, 3):
        r = capacity + 1
        pgf = (p * z / (1 - (1 - p) * z)) ** r
        assert sp.simplify(sp.diff(pgf, z).subs(z, 1) - r / p) == 0
    with mp.workdps(30):
        for capacity, chance in ((1, "1/2"), (4, "1/3"), (2, "4/5")):
            q = sp.Rational(chance)
            r = capacity + 1

            def entropy(success: sp.Rational, r: int = r) -> mp.mpf:
                value = mp.mpf(success.p) / success.q
                masses = (
                    mp.binomial(t - 1, r - 1) * value**r * (1 - value) ** (t - r) for t in range(r, 900)
                )
                return -sum(mass * mp.log(mass, 2) for mass in masses if mass > mp.mpf(10) ** -200)

            expected = (entropy(q) + entropy(1 - q)) / (r / (mp.mpf(q.p) / q.q) + r / (1 - mp.mpf(q.p) / q.q))
            law = [Fraction(int((1 - q).p), int((1 - q).q)), Fraction(int(q.p), int(q.q))]
            found = controllers.best_effort_leakage(law, capacity)
            assert found.width < Fraction(1, 10**25)
            assert (
                abs(mp.mpf(found.midpoint.numerator) / found.midpoint.denominator - expected)
                < mp.mpf(10) ** -22
            )
