"""The closed forms of spec/privacy_power.md on loads with a density, by sympy.

What sympy does not follow: that the greatest convex minorant is optimal for a general density (proved in the
text; tests/reference checks it against the isotonic solution of fine discretisations and by integrating the
policy), and the incomplete moments of gamma loads beyond their power series.
"""

import sympy
from sympy import Derivative, Function, Rational, Symbol, exp, integrate, log, oo, rf, simplify, sqrt, symbols

a, b, s, x, P = symbols("a b s x P", positive=True)


def test_upper_cut_is_the_lagrangian_curve() -> None:
    """dI = -s dP along the cut, for any density: s = f/S, P = E[(X-a)^+] + F/s. POWER-30."""
    F, excess, information = Function("F")(a), Function("E")(a), Function("J")(a)
    f, S = F.diff(a), 1 - F
    slope = f / S
    power = excess + F / slope
    leakage = information - S * log(S) - F * (1 - log(slope))
    rules = {excess.diff(a): -S, information.diff(a): -f * log(f)}
    total = (leakage.diff(a) + slope * power.diff(a)).subs(rules)
    positive = Symbol("phi", positive=True)
    mass = Symbol("Phi", positive=True)
    total = total.subs(F.diff(a, 2), Symbol("g")).subs(F.diff(a), positive).subs(F, 1 - mass)
    assert simplify(sympy.expand_log(total, force=True)) == 0


def test_lower_cut_is_the_lagrangian_curve() -> None:
    """dI = -s dP along the cut, with s F = f (e^(s b) - 1). POWER-30."""
    F, M, above = Function("F")(b), Function("M")(b), Function("J")(b)
    slope = Function("s")(b)
    f, S = F.diff(b), 1 - F
    y = slope * b
    power = M + (b * f + S) / slope
    block = log(F) + y / (exp(y) - 1) - log(1 - exp(-y))
    leakage = above - F * block - S * (1 - log(slope))
    total = leakage.diff(b) + slope * power.diff(b)
    total = total.subs({M.diff(b): b * f, above.diff(b): f * log(f)})
    # The tangent condition, and its derivative for f'.
    density = slope * F / (exp(y) - 1)
    curvature = density.diff(b)
    total = total.subs(Derivative(F, (b, 2)), curvature).subs(f, density)
    total = (
        total.subs(Derivative(slope, b), Symbol("ds")).subs(slope, s).subs(F, Symbol("Phi", positive=True))
    )
    assert simplify(sympy.expand_log(simplify(total), force=True)) == 0


def test_ends_meet_the_shannon_lower_bound() -> None:
    """a = oo and b = 0 both give P = 1/s and I = h - 1 - ln P. POWER-21, POWER-30."""
    h = Symbol("h")
    for leakage in (h - 1 * (1 - log(s)), h - 0 - 1 * (1 - log(s))):
        assert simplify(leakage.subs(s, 1 / P) - (h - 1 - log(P))) == 0


def test_uniform_closed_form() -> None:
    """From the cut: t = 1 - a/b = 1 - sqrt(1 - 2 P / b), I = t - 1 - ln t, and dI/dP = -1/(t b). POWER-31."""
    t = Symbol("t", positive=True)
    cut = b * (1 - t)
    slope = (1 / b) / (1 - cut / b)
    power = simplify((b - cut) ** 2 / (2 * b) + (cut / b) / slope)
    assert simplify(power - b * (2 * t - t**2) / 2) == 0
    leakage = (cut / b) * log(b) - t * log(t) - (1 - t) * (1 - log(slope))
    leakage = sympy.expand_log(simplify(leakage), force=True)
    assert simplify(leakage - (t - 1 - log(t))) == 0
    root = 1 - sqrt(1 - 2 * P / b)
    assert simplify(power.subs(t, root) - P) == 0
    closed = root - 1 - log(root)
    assert simplify(closed.diff(P) + 1 / (root * b)) == 0
    # Convex, and zero with a kink at the mean.
    assert simplify(closed.diff(P, 2)).subs({b: 2, P: Rational(3, 10)}) > 0
    assert closed.subs(P, b / 2) == 0
    assert sympy.limit(closed.diff(P).subs(b, 2), P, 1, "-") == Rational(-1, 2)


def test_uniform_output_needs_no_atom_at_the_cut() -> None:
    """Atom 1/(s b) at zero and density 1/b to a = b - 1/s make mass 1. POWER-32."""
    assert simplify(1 / (s * b) + (b - 1 / s) / b) == 1
    # And the load capped at a comes out: at a, the overflow f(a)/s of the exponential is S(a).
    assert simplify((1 / b) / s - (1 - (b - 1 / s) / b)) == 0


def test_theorem_3_transform() -> None:
    """The transform of f + P f' and the atom P f(0+) is (1 + P s) times that of f. POWER-21."""
    m, k = symbols("m k", positive=True)
    loads = [
        exp(-x / m) / m,
        x * exp(-x / m) / m**2,
        x**2 * exp(-x / m) / (2 * m**3),
        exp(-x) / 2 + exp(-x / 4) / 8,
    ]
    for f in loads:

        def transform(g: sympy.Expr) -> sympy.Expr:
            return integrate(sympy.expand(g * exp(-s * x)), (x, 0, oo), conds="none")

        atom = P * f.subs(x, 0)
        assert simplify(transform(f + P * f.diff(x)) + atom - (1 + P * s) * transform(f)) == 0
    assert k.is_positive


def test_scores_and_critical_powers() -> None:
    """P0 = 1/sup(-f'/f): gamma theta (k >= 1), hyperexponential 20/17, Lomax sigma/(alpha + 1). POWER-22."""
    k, theta, alpha, sigma = symbols("k theta alpha sigma", positive=True)

    def score(f: sympy.Expr) -> sympy.Expr:
        return simplify(-f.diff(x) / f)

    gamma = x ** (k - 1) * exp(-x / theta)
    assert simplify(score(gamma) - (1 / theta - (k - 1) / x)) == 0
    assert simplify(score(gamma).diff(x) - (k - 1) / x**2) == 0
    mixed = exp(-x) / 2 + exp(-x / 4) / 8
    assert 1 / score(mixed).subs(x, 0) == Rational(20, 17)
    lomax = (1 + x / sigma) ** (-alpha - 1)
    assert simplify(1 / score(lomax).subs(x, 0) - sigma / (alpha + 1)) == 0
    rayleigh = x * exp(-(x**2) / 2)
    assert sympy.limit(score(rayleigh), x, oo) == oo


def test_hazard_of_gamma_two() -> None:
    """s = a/(1 + a), so a = s/(1 - s). POWER-30."""
    f = x * exp(-x)
    hazard = simplify(f / integrate(f, (x, x, oo)))
    (cut,) = sympy.solve(sympy.Eq(hazard, s), x)
    assert simplify(cut - s / (1 - s)) == 0


def test_log_moment_series() -> None:
    """z^k/k^2 2F2(k,k;k+1,k+1;-z) is the integral of gamma(k,t)/t, term by term. POWER-30."""
    k = Symbol("k", positive=True)
    for n in range(12):
        coefficient = simplify(rf(k, n) ** 2 / rf(k + 1, n) ** 2 / k**2)
        assert simplify(coefficient - 1 / (k + n) ** 2) == 0
        # gamma(k, t)/t = sum (-1)^n t^(k+n-1) / (n! (k+n)), integrated once more.
        term = integrate(x ** (k + n - 1) / (k + n), (x, 0, a))
        assert simplify(term - a ** (k + n) / (k + n) ** 2) == 0


def test_entropies_and_moments() -> None:
    """Half-normal, Rayleigh and Lomax: entropy and mean by integration. POWER-30."""
    half_normal = sqrt(2 / sympy.pi) * exp(-(x**2) / 2)
    value = integrate(half_normal * (x**2 / 2 - log(sqrt(2 / sympy.pi))), (x, 0, oo))
    assert simplify(value - (1 + log(sympy.pi / 2)) / 2) == 0
    t = Symbol("t", positive=True)
    # Rayleigh with t = x^2/2: -ln f = t - ln(2 t)/2.
    value = integrate(exp(-t) * (t - log(2 * t) / 2), (t, 0, oo))
    lam, k = sqrt(2), 2
    assert simplify(value - (sympy.EulerGamma * (1 - Rational(1, k)) + log(lam / k) + 1)) == 0
    alpha = Symbol("alpha", positive=True)
    # Lomax with L = ln(1 + x), exponential of rate alpha.
    value = integrate(alpha * exp(-alpha * t) * (-log(alpha) + (alpha + 1) * t), (t, 0, oo))
    assert simplify(value - (-log(alpha) + (alpha + 1) / alpha)) == 0


def test_what_the_grid_costs() -> None:
    """The two shifts of the sandwich add up to one step: (P + d - e) - (P - e) = d. POWER-33."""
    d, e = symbols("d e", positive=True)
    assert sympy.expand((P + d - e) - (P - e)) == d
