"""The equations of sharing among servers, symbolically: exponents to the base g, with h = g^eta."""

from itertools import combinations
from math import prod

import sympy
from sympy import Rational, Symbol, expand, simplify, symbols

from meter_privacy.reference import sharing

X = Symbol("x")
ETA, C, M, S = symbols("eta c m s")


def polynomial(degree: int, name: str = "alpha") -> tuple[list[Symbol], sympy.Expr]:
    """Coefficients and f(x)."""
    coefficients = [Symbol(f"{name}_{j}") for j in range(degree + 1)]
    return coefficients, sum((a * X**j for j, a in enumerate(coefficients)), sympy.Integer(0))


def weights(indices: tuple[int, ...]) -> list[Rational]:
    """lambda_i of (R1)."""
    return [prod((Rational(j, j - i) for j in indices if j != i), start=Rational(1)) for i in indices]


def test_interpolation_at_zero() -> None:
    """REPORT-34, REPORT-37: sum of lambda_i f(i) = f(0) for degrees below the indices' number, not above."""
    for t in (2, 3, 4):
        coefficients, f = polynomial(t - 1)
        for indices in combinations((1, 2, 5, 7, 11), t):
            total = sum(w * f.subs(X, i) for w, i in zip(weights(indices), indices, strict=True))
            assert expand(total - coefficients[0]) == 0
        higher, g = polynomial(t)
        total = sum(
            w * g.subs(X, i) for w, i in zip(weights((1, 2, 5, 7)[:t]), (1, 2, 5, 7)[:t], strict=True)
        )
        assert expand(total - higher[0]) != 0


def test_weights_with_symbolic_indices() -> None:
    """REPORT-37: for any two and any three distinct indices."""
    for count in (2, 3):
        indices = symbols(f"i_1:{count + 1}")
        coefficients, f = polynomial(count - 1)
        total = 0
        for i in indices:
            weight = prod((j / (j - i) for j in indices if j != i), start=sympy.Integer(1))
            total += weight * f.subs(X, i)
        assert simplify(total - coefficients[0]) == 0


def test_weights_modulo_q_are_the_fractions() -> None:
    """REPORT-37: the reference's weights are the fractions of (R1), reduced modulo q."""
    for q in (1019, 2**255 - 19):
        for indices in combinations((1, 2, 5, 7, 1000), 3):
            expected = [int(w.p) * pow(int(w.q), -1, q) % q for w in weights(indices)]
            assert sharing.lagrange(indices, q) == expected


def test_the_meters_proof_verifies() -> None:
    """REPORT-44, REPORT-45: with z = w - c f(i), g^z X^c = g^w, y^z Y^c = y^w; X_i = product of C_j^(i^j)."""
    w, key = symbols("w x_i")
    coefficients, f = polynomial(2)
    for i in (1, 2, 7):
        share = f.subs(X, i)
        committed = sum(a * i**j for j, a in enumerate(coefficients))
        assert expand(committed - share) == 0
        z = w - C * share
        assert expand(z + C * committed - w) == 0
        base = ETA * key
        assert expand(base * z + C * (base * share) - base * w) == 0


def test_a_false_share_fails_but_for_one_challenge() -> None:
    """REPORT-45: with Y = y^(f(i) + d) and a, b free, both equations hold for at most one c unless d = 0."""
    a, b, z, key, share, d = symbols("a b z x_i f_i d")
    first = sympy.Eq(z + C * share, a)
    second = sympy.Eq(key * ETA * (z + C * (share + d)), b)
    [solution] = sympy.solve([first, second], [z, C], dict=True)
    assert simplify(solution[C] - (b / (key * ETA) - a) / d) == 0


def test_a_decrypted_share_verifies() -> None:
    """REPORT-46: S = Y^(1/x) is h^(f(i)); with z = w - c x, h^z y^c = h^w and S^z Y^c = S^w."""
    w, key, share = symbols("w x_i f_i")
    encrypted = ETA * key * share
    opened = simplify(encrypted / key)
    assert expand(opened - ETA * share) == 0
    z = w - C * key
    assert expand(ETA * z + C * (ETA * key) - ETA * w) == 0
    assert expand(opened * z + C * encrypted - opened * w) == 0


def test_the_masked_sum_opens() -> None:
    """REPORT-43, REPORT-49, REPORT-50: (R2), for two dealings, three servers of five and t = 3."""
    readings = symbols("m_1 m_2")
    (first, f), (second, g) = polynomial(2, "alpha"), polynomial(2, "beta")
    keys = {i: Symbol(f"x_{i}") for i in (1, 2, 5, 7, 300)}
    masked = ETA * first[0] + readings[0] + ETA * second[0] + readings[1]
    for chosen in combinations(keys, 3):
        mask = 0
        for weight, i in zip(weights(chosen), chosen, strict=True):
            summed = ETA * keys[i] * f.subs(X, i) + ETA * keys[i] * g.subs(X, i)
            mask += weight * summed / keys[i]
        assert expand(masked - mask - sum(readings)) == 0


def test_any_reading_explains_t_minus_1_shares() -> None:
    """REPORT-34: t - 1 shares and any secret have exactly one polynomial: they say nothing of it."""
    coefficients, f = polynomial(2)
    equations = [sympy.Eq(f.subs(X, i), Symbol(f"f_{i}")) for i in (2, 5)]
    solution = sympy.solve([*equations, sympy.Eq(coefficients[0], S)], coefficients, dict=True)
    assert len(solution) == 1
    assert set(solution[0]) == set(coefficients)
