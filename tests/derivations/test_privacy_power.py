"""The closed forms of the privacy-power chapter, derived with sympy.

Where sympy cannot decide the sign of an expression for symbols, it is reduced to one whose sign is plain,
and the reduction is what is derived.
"""

import pytest
import sympy as sp

p, q, t, s, D, E, P, m, x, y, v, w, z, h = sp.symbols("p q t s D E P m x y v w z h", positive=True)


def entropy(a: sp.Expr) -> sp.Expr:
    """The binary entropy in nats."""
    return -a * sp.log(a) - (1 - a) * sp.log(1 - a)


def zero(expression: sp.Expr) -> bool:
    """Whether an expression simplifies to 0."""
    return bool(sp.simplify(sp.expand_log(sp.expand(expression), force=True)) == 0)


BINARY = t * sp.log(t) - (p + t) * sp.log(p + t) - (1 - p) * sp.log(1 - p)


def test_binary_mutual_information() -> None:
    """POWER-16: I(X;Y) of the joint law (p, 0; t, 1 - p - t) is the inner function of (11)."""
    joint = {("L", "L"): p, ("H", "L"): t, ("H", "H"): 1 - p - t}
    of_x, of_y = {"L": p, "H": 1 - p}, {"L": p + t, "H": 1 - p - t}
    information = sum(mass * sp.log(mass / (of_x[a] * of_y[b])) for (a, b), mass in joint.items())
    assert zero(sp.expand_log(information, force=True) - BINARY)


def test_binary_slope_convexity_and_end() -> None:
    """POWER-16: the slope is ln(t/(p + t)) < 0, the second derivative p/(t (p + t)) > 0, the end t = 1 - p
    is 0.
    """
    assert zero(sp.diff(BINARY, t) - sp.log(t) + sp.log(p + t))
    assert sp.simplify(sp.diff(BINARY, t, 2) - p / (t * (p + t))) == 0
    assert zero(BINARY.subs(t, 1 - p))
    assert zero(sp.limit(BINARY, t, 0) - entropy(p))


def test_binary_curves_cross() -> None:
    """POWER-16: curves for p and p' meet where t = 1 - p - p'."""
    other = BINARY.subs(p, q)
    assert zero((BINARY - other).subs(t, 1 - p - q))


def test_binary_allocation() -> None:
    """POWER-18: -dI/dP = s gives t = p (1 - pD)/pD with pD = 1 - e^(-s D), and t = 1 - p exactly where pD =
    p.
    """
    solution = p * sp.exp(-s * D) / (1 - sp.exp(-s * D))
    slope = -sp.diff(BINARY, t) / D
    assert sp.simplify(sp.exp(slope.subs(t, solution) * D) - sp.exp(s * D)) == 0
    pD = sp.Symbol("pD", positive=True)
    assert sp.solve(sp.Eq(p * (1 - pD) / pD, 1 - p), pD) == [p]


def test_binary_leakage_in_two_forms() -> None:
    """POWER-18, POWER-9, INFO-5: (13) is (14): h(p) - (p/pD) h(pD); and (A2) with two blocks is the same."""
    pD = sp.Symbol("pD", positive=True)
    at = BINARY.subs(t, p * (1 - pD) / pD)
    fourteen = entropy(p) - p / pD * entropy(pD)
    assert zero(at - fourteen)
    assert zero((entropy(p) - p * entropy(z) / (1 - z)) - fourteen.subs(pD, 1 - z))


@pytest.mark.parametrize("n", [2, 3, 4])
def test_point_on_a_partition(n: int) -> None:
    """POWER-9: from q_j = e^(-s x_j)(c_j - c_(j-1)) the power and I + s P of (A2), for n separate levels."""
    masses = sp.symbols(f"p0:{n}", positive=True)
    gaps = sp.symbols(f"d0:{n - 1}", positive=True)
    levels = [sum(gaps[:k]) for k in range(n)]
    zs = [sp.exp(-s * gap) for gap in gaps]
    c = [masses[k] * sp.exp(s * levels[k]) / (1 - zs[k] if k < n - 1 else 1) for k in range(n)]
    power = sum(
        masses[k] * (c[j] - (c[j - 1] if j else 0)) / c[k] * (levels[k] - levels[j])
        for k in range(n)
        for j in range(k + 1)
    )
    # On the simplex the weights w_k c_k are the masses, which is what the closed form uses.
    closed = sum(masses[k] * gaps[k] / (1 / zs[k] - 1) for k in range(n - 1))
    values = {**{masses[k]: sp.Rational(k + 1, n * (n + 1) // 2) for k in range(n)}}
    values |= {gap: sp.Rational(k + 2, 2) for k, gap in enumerate(gaps)}
    assert sp.simplify((power - closed).subs(values).subs(s, sp.log(3))) == 0
    value = s * sum(masses[k] * levels[k] for k in range(n)) - sum(masses[k] * sp.log(c[k]) for k in range(n))
    leakage = -sum(mass * sp.log(mass) for mass in masses) - sum(
        masses[k] * entropy(zs[k]) / (1 - zs[k]) for k in range(n - 1)
    )
    difference = (value - leakage - s * closed).subs(values).subs(s, sp.log(3))
    assert abs(sp.N(difference, 50)) < sp.Float("1e-40")


def test_slope_on_a_partition() -> None:
    """POWER-9: dI/ds = -s dP/ds on a fixed partition, block by block, so that dI/dP = -s."""
    power = p * D / (sp.exp(s * D) - 1)
    u = sp.exp(-s * D)
    leakage = -p * entropy(u) / (1 - u)
    derivative = sp.diff(leakage, s) + s * sp.diff(power, s)
    assert sp.simplify(sp.expand_log(sp.simplify(derivative), force=True)) == 0


def test_merging_is_monotone() -> None:
    """POWER-10: d/ds ln((e^(sD) - 1)/(1 - e^(-sE))) = D/(1 - e^(-sD)) - E/(e^(sE) - 1), above 1/s and below
    it.
    """
    ratio = sp.log(sp.exp(s * D) - 1) - sp.log(1 - sp.exp(-s * E))
    derivative = D / (1 - sp.exp(-s * D)) - E / (sp.exp(s * E) - 1)
    assert sp.simplify(sp.diff(ratio, s) - derivative) == 0
    # x/(1 - e^-x) > 1 > x/(e^x - 1): both say e^x > 1 + x.
    assert sp.series(x - (1 - sp.exp(-x)), x, 0, 4).removeO() == x**2 / 2 - x**3 / 6
    assert sp.series(sp.exp(x) - 1 - x, x, 0, 4).removeO() == x**2 / 2 + x**3 / 6


def test_uniform_levels_merge() -> None:
    """POWER-10: n - m single levels and a last block of m: the next merge is at s = ln(1 + 1/m)/D for m +
    1.
    """
    slope = sp.solve(sp.Eq(sp.exp(s * D) - 1, 1 / m), s)
    assert len(slope) == 1
    assert sp.simplify(slope[0] - sp.log(1 + 1 / m) / D) == 0
    # Before, single levels are apart: (e^u - 1)/(1 - e^-u) = e^u > 1.
    assert sp.simplify((sp.exp(x) - 1) / (1 - sp.exp(-x)) - sp.exp(x)) == 0


def test_entropy_of_an_exponential_variable() -> None:
    """POWER-19: the entropy of mean P is 1 + ln P, and by Gibbs the largest with that mean."""
    density = sp.exp(-v / P) / P
    assert sp.simplify(sp.integrate(-density * (-v / P - sp.log(P)), (v, 0, sp.oo)) - 1 - sp.log(P)) == 0
    # -E[ln density] depends on the mean only, whatever the law of V.
    mean = sp.Symbol("mean", positive=True)
    assert sp.expand(-(-mean / P - sp.log(P))).subs(mean, P) == 1 + sp.log(P)


def test_theorem_three() -> None:
    """POWER-21: L_X(w)(1 + P w) is the transform of f + P f' with an atom P f(0+) at 0, for gamma loads."""
    for k in (1, 2, 3):
        f = x ** (k - 1) * sp.exp(-x) / sp.factorial(k - 1)
        transform = sp.integrate(f * sp.exp(-w * x), (x, 0, sp.oo), conds="none")
        density = f + P * sp.diff(f, x)
        made = sp.integrate(sp.expand(density * sp.exp(-w * x)), (x, 0, sp.oo), conds="none") + P * f.subs(
            x, 0
        )
        assert sp.simplify(made - transform * (1 + P * w)) == 0
        growth = sp.diff(sp.exp(x / P) * f, x) * sp.exp(-x / P)
        assert sp.simplify(growth - density / P) == 0


def test_critical_power() -> None:
    """POWER-22: 1/sup(-f'/f): the mean for the exponential, the scale for gamma, 0 for Rayleigh."""
    score = sp.simplify(-sp.diff(sp.exp(-x / m), x) / sp.exp(-x / m))
    assert score == 1 / m
    gamma = x**2 * sp.exp(-x / m)
    assert sp.limit(sp.simplify(-sp.diff(gamma, x) / gamma), x, sp.oo) == 1 / m
    rayleigh = x * sp.exp(-(x**2) / 2)
    assert sp.limit(-sp.diff(rayleigh, x) / rayleigh, x, sp.oo) == sp.oo


def test_exponential_channel() -> None:
    """POWER-23: atom and density given x make mass 1, and average to the law of Y, for X exponential of
    mean m.
    """
    a = 1 / P - 1 / m
    atom = sp.exp(-x * a)
    density = a * sp.exp(-(x - y) * a)
    assert sp.simplify(atom + sp.integrate(density, (y, 0, x)) - 1) == 0
    bayes = sp.exp(-(x - y) / P) / P * (1 - P / m) / m * sp.exp(-y / m) / (sp.exp(-x / m) / m)
    assert sp.simplify(bayes / density) == 1
    law = sp.exp(-x / m) / m
    marginal = sp.simplify(sp.integrate(sp.simplify(atom * law), (x, 0, sp.oo)))
    assert sp.simplify(marginal - P / m) == 0


def test_exponential_leakage() -> None:
    """POWER-24: h(X) - h(V) = ln(m/P); the slope is 1/P, the same for all users below their mean: one
    level.
    """
    leakage = (1 + sp.log(m)) - (1 + sp.log(P))
    assert zero(leakage - sp.log(m / P))
    assert sp.diff(leakage, P) == -1 / P
    assert sp.diff(leakage, P, 2) == 1 / P**2
    level = sp.Symbol("level", positive=True)
    assert sp.solve(sp.Eq(1 / P, 1 / level), P) == [level]


def test_geometric_law() -> None:
    """POWER-15: generating functions: X = Y + V with Y an atom P/m at 0 and a geometric rest; the entropy
    is g.
    """
    gf = 1 / (1 + m * (1 - z))
    made = (P / m + (1 - P / m) * gf) / (1 + P * (1 - z))
    assert sp.simplify(made - gf) == 0
    # H = -E[ln] with ln p_k = k ln(m/(m+1)) - ln(m+1) and E[k] = m.
    g = (m + 1) * sp.log(m + 1) - m * sp.log(m)
    assert zero(-(m * (sp.log(m) - sp.log(m + 1)) - sp.log(m + 1)) - g)
