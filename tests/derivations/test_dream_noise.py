"""The closed forms of the section Noise of spec/dream.md, by sympy, and by series where it cannot follow.

Sympy does not sum hypergeometric terms of a symbolic shape; identities between power series are then compared
coefficient by coefficient, as polynomials in the shape k, which proves each coefficient for every shape.
"""

from fractions import Fraction
from itertools import product
from typing import Any

import sympy
from mpmath import MPContext
from sympy import Rational, exp, gamma, oo, sqrt, symbols

from meter_privacy.reference import accounting, noise

MP = MPContext()
k, p, z, x, t = symbols("k p z x t", positive=True)
ORDER = 8


def pochhammer(a: sympy.Expr, n: int) -> sympy.Expr:
    """(a)_n."""
    return sympy.prod([a + i for i in range(n)])


def polya(shape: sympy.Expr, n: int) -> sympy.Expr:
    """(a)_n / n!, the law's mass without (1 - p)^a p^n."""
    return sympy.expand(pochhammer(shape, n) / sympy.factorial(n))


def test_scale_keeps_the_promise() -> None:
    """A shift by Xmax costs a Laplace variable of scale Xmax / epsilon exactly epsilon. DREAM-28."""
    most, epsilon = symbols("X epsilon", positive=True)
    scale = most / epsilon
    y = sympy.Symbol("y", real=True)

    def log_density(centre: sympy.Expr) -> sympy.Expr:
        return -sympy.Abs(y - centre) / scale

    right = sympy.simplify((log_density(0) - log_density(-most)).subs(y, t))
    assert sympy.simplify(right - epsilon) == 0
    # In between the loss is linear, and so never larger.
    inside = sympy.simplify((log_density(0) - log_density(most)).subs(y, most * Rational(1, 3)))
    assert sympy.simplify(inside - epsilon / 3) == 0
    assert accounting.noise_scale(600, Fraction(1, 2)) == 1200


def test_gamma_share_is_a_law_with_its_characteristic_function() -> None:
    """The density integrates to 1 and has (1 + lambda s)^(-1/n) for Laplace transform. DREAM-29, DREAM-30."""
    scale, s = symbols("lambda s", positive=True)
    for n in (1, 2, 3, 100):
        a = Rational(1, n)
        density = x ** (a - 1) * exp(-x / scale) / (scale**a * gamma(a))
        transform = sympy.integrate(density * exp(-s * x), (x, 0, oo))
        assert sympy.simplify(transform / (1 + scale * s) ** (-a)) == 1
    # The transform continues to s = -i t, and a difference has the product of both signs.
    forth, back = 1 - sympy.I * scale * t, 1 + sympy.I * scale * t
    assert sympy.expand(forth * back) == 1 + scale**2 * t**2


def test_difference_density_is_a_bessel_function() -> None:
    """Basset's integral inverts (1 + l^2 t^2)^-k; by symbols for k = 1 and 2, else by quadrature. DREAM-30.

    Sympy does not integrate K_v of a symbolic order against a cosine.
    """
    # K_(1/2) and K_(3/2) are elementary (DLMF 10.49.12).
    scale = sympy.Symbol("lambda", positive=True)
    kernel = {1: sqrt(sympy.pi / (2 * z)) * exp(-z), 2: sqrt(sympy.pi / (2 * z)) * exp(-z) * (1 + 1 / z)}
    elementary = {1: exp(-z) / (2 * scale), 2: exp(-z) * (1 + z) / (4 * scale)}
    for shape in (1, 2):
        density = (
            (z / 2) ** Rational(2 * shape - 1, 2) * kernel[shape] / (scale * sqrt(sympy.pi) * gamma(shape))
        )
        assert sympy.simplify(density - elementary[shape]) == 0
    # The cosine transforms of e^-z and z e^-z are 1/(1 + t^2) and (1 - t^2)/(1 + t^2)^2.
    plain, tilted = 1 / (1 + t**2), (1 - t**2) / (1 + t**2) ** 2
    assert sympy.simplify((plain + tilted) / 2 - 1 / (1 + t**2) ** 2) == 0
    k_tested, at = Fraction(5, 4), MP.mpf(13) / 10

    def integrand(y: Any) -> Any:
        density = noise.difference_density(k_tested, Fraction(1), Fraction(str(y)))
        return MP.cos(at * y) * MP.mpf(str(noise.enclosure(density)))

    found = 2 * MP.quad(integrand, [0, 1, 4, 16], maxdegree=4)
    assert abs(found - (1 + at**2) ** (-MP.mpf(5) / 4)) < 1e-3
    # Towards 0 z^v K_v(z) tends to 2^(v - 1) Gamma(v): only I_(-v) stays, and the reflection formula.
    v = sympy.Symbol("v", positive=True)
    left = sympy.pi / (2 * sympy.sin(sympy.pi * v)) * 2**v / gamma(1 - v)
    assert sympy.simplify(sympy.gammasimp(left / (2 ** (v - 1) * gamma(v)))) == 1


def test_theorem_2() -> None:
    """E|D| = 2 lambda / B(1/2, k) and Var D = 2 k lambda^2, from the density. DREAM-32."""
    v = k - Rational(1, 2)

    # The integral of x^(m - 1) K_v(x) is 2^(m - 2) Gamma((m - v)/2) Gamma((m + v)/2) (DLMF 10.43.19).
    def moment(m: int) -> sympy.Expr:
        power = m + 1 + v
        integral = 2 ** (power - 2) * gamma((power - v) / 2) * gamma((power + v) / 2)
        return 2 * 2 ** (-v) * integral / (sqrt(sympy.pi) * gamma(k))

    assert sympy.simplify(sympy.gammasimp(moment(0))) == 1
    mean = sympy.gammasimp(moment(1) * gamma(k) * gamma(Rational(1, 2)) / (2 * gamma(k + Rational(1, 2))))
    assert sympy.simplify(mean) == 1
    assert sympy.simplify(sympy.gammasimp(moment(2)) - 2 * k) == 0
    # k = 1 / (1 - alpha) gives what is printed, and the two factors' ratio tends to sqrt(pi/2 - 1).
    alpha = sympy.Symbol("alpha", positive=True)
    assert sympy.simplify((2 * k).subs(k, 1 / (1 - alpha)) - 2 / (1 - alpha)) == 0
    large = MP.mpf(10) ** 9
    found = large * MP.exp(2 * (MP.loggamma(large) - MP.loggamma(large + MP.mpf(1) / 2))) * MP.pi / 2 - 1
    assert abs(found - (MP.pi / 2 - 1)) < 1e-5
    assert abs(sympy.sqrt(sympy.pi / 2 - 1).evalf() - 0.7555) < 1e-4
    half = accounting.error_factors(Fraction(1, 2))
    assert half["mean"].lower <= Fraction(3, 2) <= half["mean"].upper


def test_losses_of_slots_add_up() -> None:
    """Log-likelihood ratios of independent slots add: the sum of X_t / lambda(t) is reached. DREAM-33."""
    readings, scales = symbols("X_1:4", positive=True), symbols("l_1:4", positive=True)
    outputs = symbols("y_1:4", positive=True)

    def log_likelihood(shift: bool) -> sympy.Expr:
        return sum(
            -sympy.Abs(y + (r if shift else 0)) / s for y, r, s in zip(outputs, readings, scales, strict=True)
        )

    lost = sympy.simplify(log_likelihood(False) - log_likelihood(True))
    assert sympy.simplify(lost - sum(r / s for r, s in zip(readings, scales, strict=True))) == 0


def test_polya_shares_add_up_for_every_shape() -> None:
    """Shapes add: Vandermonde's identity, for all shapes; n times 1/n is 1. DREAM-34, DREAM-35."""
    a, b = symbols("a b")
    for n in range(ORDER):
        left = sum(polya(a, i) * polya(b, n - i) for i in range(n + 1))
        assert sympy.expand(left - polya(a + b, n)) == 0
        assert polya(sympy.Integer(1), n) == 1


def test_the_difference_of_two_geometric_variables_is_discrete_laplace() -> None:
    """(1 - p)^2 sum p^(2j + d) = (1 - p)/(1 + p) p^d, by partial fractions. DREAM-35."""
    generating = (1 - p) ** 2 / ((1 - p * z) * (1 - p / z))
    parts = (1 - p) / (1 + p) * (1 / (1 - p * z) + (p / z) / (1 - p / z))
    assert sympy.simplify(generating - parts) == 0
    # Shifting by one costs -ln p = 1 / lambda: S of them cost S / lambda.
    scale = sympy.Symbol("lambda", positive=True)
    assert sympy.simplify(-sympy.log(exp(-1 / scale)) - 1 / scale) == 0


def test_stein_identity_and_the_discrete_theorem() -> None:
    """(x + 1) P(x + 1) = p (k + x) P(x), and E|D| from it, in power series of p. DREAM-36."""
    for n in range(ORDER):
        assert sympy.expand((n + 1) * polya(k, n + 1) - (k + n) * polya(k, n)) == 0
    # E|D| / (1 - p)^(2k) on both sides as series in p with coefficients that are polynomials in k.
    masses = [polya(k, n) for n in range(ORDER)]
    left = sum(
        abs(i - j) * masses[i] * masses[j] * p ** (i + j)
        for i, j in product(range(ORDER), repeat=2)
        if i + j < ORDER
    )
    equal = sum(masses[i] ** 2 * p ** (2 * i) for i in range(ORDER) if 2 * i < ORDER)
    weighted = sum(i * masses[i] ** 2 * p ** (2 * i) for i in range(ORDER) if 2 * i < ORDER)
    right = 2 * (p * k * equal + (1 + p) * weighted)
    difference = sympy.Poly(sympy.expand(left * (1 - p) - right), p)
    assert all(difference.coeff_monomial(p**n) == 0 for n in range(ORDER - 1))
    # The variance of one side is k p / (1 - p)^2, from the logarithm of its generating function.
    u = sympy.Symbol("u")
    cumulants = sympy.series(k * (sympy.log(1 - p) - sympy.log(1 - p * exp(u))), u, 0, 3).removeO()
    assert sympy.simplify(2 * cumulants.coeff(u, 2) - k * p / (1 - p) ** 2) == 0
    # k = 1.
    q, m = (1 - p) / (1 + p), p**2 / (1 + p) ** 2
    assert sympy.simplify(2 * (p * q + (1 + p) * m) / (1 - p) - 2 * p / (1 - p**2)) == 0


def test_where_the_loss_is_largest() -> None:
    """For k < 1 masses of D are log-convex, for k >= 1 log-concave, and their ratio tends to p. DREAM-37."""
    iv = noise.intervals(192)
    for shape in (Fraction(1, 50), Fraction(1, 2), Fraction(9, 10), Fraction(1), Fraction(3, 2), Fraction(7)):
        masses = [noise.ends(noise.difference_mass(iv, shape, Fraction(3), d)) for d in range(40)]
        for (a_low, a_high), (b_low, b_high), (c_low, c_high) in zip(
            masses, masses[1:], masses[2:], strict=False
        ):
            if shape < 1:
                assert a_low * c_low > b_high**2
            elif shape > 1:
                assert a_high * c_high < b_low**2
            else:
                assert a_low * c_low <= b_high**2
                assert a_high * c_high >= b_low**2
        # Across zero P(D = 1) P(D = -1) < P(D = 0)^2 for every shape.
        assert masses[1][1] ** 2 < masses[0][0] ** 2
    # (k)_g / g! are moments of the beta law with density u^(k - 1) (1 - u)^(-k) / B(k, 1 - k), 0 < k < 1.
    for g in range(4):
        u_moment = gamma(k + g) * gamma(1 - k) / gamma(g + 1)
        assert sympy.simplify(sympy.gammasimp(u_moment / (gamma(k) * gamma(1 - k)) - polya(k, g))) == 0


def test_distribution_function_is_an_incomplete_beta_function() -> None:
    """F(g) as the series of DLMF 8.17.8, coefficient by coefficient in x = 1 - p. DREAM-38, DREAM-39."""
    y = sympy.Symbol("y")
    for g in range(4):
        # Both sides divided by (1 - p)^k, as series in y = 1 - p.
        masses = sympy.Poly(sympy.expand(sum(polya(k, i) * (1 - y) ** i for i in range(g + 1))), y)
        power = sympy.Poly(sympy.expand((1 - y) ** (g + 1)), y)
        head = (k + g) / k * polya(k, g)
        terms = [pochhammer(k + g + 1, j) / pochhammer(k + 1, j) for j in range(6)]
        for j in range(6):
            cross = sum(power.coeff_monomial(y**i) * terms[j - i] for i in range(j + 1))
            assert sympy.cancel(head * cross - masses.coeff_monomial(y**j)) == 0


def test_delta_of_summands_that_are_near_their_laws() -> None:
    """Distances of independent summands add up at most, and so does delta. DREAM-42."""
    e, tau, h, r = symbols("E tau h R", positive=True)
    # Q <= P + h tau, P <= E P', P' <= Q' + h tau.
    chain = (e * (r + h * tau) + h * tau).expand()
    assert sympy.expand(chain - (e * r + (1 + e) * h * tau)) == 0
    assert sympy.diff(chain, r) == e
    # One summand exchanged at a time: a b - c d = (a - c) b + c (b - d), total mass 1 each.
    a, b, c, d = symbols("a b c d")
    assert sympy.expand((a - c) * b + c * (b - d) - (a * b - c * d)) == 0
    cost = accounting.table_delta(Fraction(0), 5, Fraction(20), 3)
    assert cost["delta_bits"].lower <= 20 - 1 - sympy.log(2 * 15, 2).evalf(30) + Fraction(1, 10**20)
