"""The closed forms of the Paillier chapter, derived with sympy.

sympy has no residues modulo a symbolic n^2; a congruence is derived as polynomial division by n^2 (or by a
product of such symbols) with remainder. Where an exponent is symbolic sympy does not expand the binomial,
so the theorem is derived for its first values and its step from one exponent to the next, which together
are an induction. Carmichael's and Euler's theorems are number theory that sympy does not prove: they are
checked for every unit of the toy moduli.
"""

from math import gcd, lcm

import pytest
import sympy as sp

n, m, k, s, p, q, x, a, b = sp.symbols("n m k s p q x a b", integer=True, positive=True)


def modulo_square(expression: sp.Expr) -> sp.Expr:
    """The remainder of a polynomial in n by n^2."""
    return sp.expand(sp.rem(sp.expand(expression), n**2, n))


def test_powers_of_one_plus_n() -> None:
    """PAILLIER-7: (1 + n)^m = 1 + m n modulo n^2, by the binomial theorem, and by induction on m."""
    for exponent in range(8):
        assert modulo_square((1 + n) ** exponent) == sp.expand(1 + exponent * n)
    step = modulo_square((1 + m * n) * (1 + n))
    assert sp.expand(step - (1 + (m + 1) * n)) == 0


def test_terms_of_the_binomial_beyond_the_second() -> None:
    """PAILLIER-7: every further term C(m, k) n^k, k >= 2, is n^2 times an integer polynomial in n."""
    for exponent in range(2, 9):
        rest = sum(sp.binomial(exponent, j) * n**j for j in range(2, exponent + 1))
        assert sp.rem(rest, n**2, n) == 0


def test_l_of_the_power() -> None:
    """PAILLIER-3, PAILLIER-11: with g = n + 1, L(g^lambda) = lambda and L((1 + m n)^lambda) = m lambda, so mu
    = 1/lambda.
    """
    lambda_ = sp.Symbol("lambda", integer=True, positive=True)
    power = 1 + m * lambda_ * n
    step = modulo_square(power * (1 + m * n))
    assert sp.expand(step - (1 + m * (lambda_ + 1) * n)) == 0
    assert sp.simplify((power - 1) / n) == m * lambda_
    assert sp.simplify(((1 + lambda_ * n) - 1) / n) == lambda_


def test_l_with_a_general_generator() -> None:
    """PAILLIER-4, PAILLIER-12: g^lambda = 1 + a n gives L(g^(m lambda)) = m a: m comes back where a is a
    unit.
    """
    step = modulo_square((1 + m * a * n) * (1 + a * n))
    assert sp.expand(step - (1 + (m + 1) * a * n)) == 0
    assert sp.simplify(((1 + m * a * n) - 1) / n / a) == m


def test_plaintexts_add_and_scale() -> None:
    """PAILLIER-13, PAILLIER-14: (1 + a n)(1 + b n) = 1 + (a + b) n, and k-th powers multiply by k, modulo
    n^2.
    """
    assert sp.expand(modulo_square((1 + a * n) * (1 + b * n)) - (1 + (a + b) * n)) == 0
    for exponent in range(6):
        assert sp.expand(modulo_square((1 + a * n) ** exponent) - (1 + exponent * a * n)) == 0
    assert sp.expand(modulo_square((1 + k * a * n) * (1 + a * n)) - (1 + (k + 1) * a * n)) == 0


def test_rerandomising_keeps_the_plaintext() -> None:
    """PAILLIER-15: multiplying by an n-th power s leaves the factor 1 + m n as it is."""
    r = sp.Symbol("r", integer=True, positive=True)
    assert sp.simplify((1 + m * n) * r**n * s**n - (1 + m * n) * (r * s) ** n) == 0


def test_nth_powers_depend_on_r_modulo_n_only() -> None:
    """PAILLIER-6: (r + k n)^n = r^n modulo n^2, so that r is a residue modulo n and larger ones are
    aliases.
    """
    r = sp.Symbol("r", integer=True)
    for modulus in (3, 5, 15, 21):
        difference = sp.expand((r + k * modulus) ** modulus - r**modulus)
        assert all(c % modulus**2 == 0 for c in sp.Poly(difference, r, k).coeffs())


def test_order_of_the_units() -> None:
    """PAILLIER-2, PAILLIER-8: phi(n^2) = n phi(n), and p | q - 1 is the only way to a common factor with n,
    for p < q.
    """
    phi_square = sp.expand(p * (p - 1) * q * (q - 1))
    assert sp.expand(phi_square - p * q * (p - 1) * (q - 1)) == 0
    for first in sp.primerange(3, 80):
        for second in sp.primerange(first + 1, 80):
            common = gcd(first * second, (first - 1) * (second - 1)) != 1
            assert common == ((second - 1) % first == 0)


@pytest.mark.parametrize(("first", "second"), [(3, 5), (5, 7), (7, 11), (11, 13)])
def test_carmichael_exponent(first: int, second: int) -> None:
    """PAILLIER-10, PAILLIER-11: c^lambda = 1 modulo n and c^(n lambda) = 1 modulo n^2, for units only; lambda
    is least.
    """
    modulus, lambda_ = first * second, lcm(first - 1, second - 1)
    assert lambda_ == sp.reduced_totient(modulus)
    assert modulus * lambda_ == sp.reduced_totient(modulus**2)
    for c in range(1, modulus**2):
        exact = pow(c, lambda_, modulus) == 1
        assert exact == (gcd(c, modulus) == 1)
        assert not exact or pow(c, modulus * lambda_, modulus**2) == 1


def test_garner_is_the_chinese_remainder_theorem() -> None:
    """PAILLIER-8: residue_1 + m_1 ((residue_2 - residue_1) i mod m_2), i m_1 = 1 modulo m_2, has both
    residues.
    """
    first, second, t, u = sp.symbols("first second t u", integer=True)
    inverse = (1 + u * q) / p
    value = first + p * ((second - first) * inverse + t * q)
    assert sp.expand(sp.cancel((value - second) / q) - (u * (second - first) + p * t)) == 0
    whole = sp.Symbol("whole", integer=True)
    assert sp.expand((first + p * whole - first) / p - whole) == 0
    assert sp.expand((p - 1) + p * (q - 1) - (p * q - 1)) == 0


def test_signed_coding() -> None:
    """PAILLIER-16, PAILLIER-17: with n = 2 x + 1 the centred range [-x, x] holds n values, one for each
    residue.
    """
    odd = 2 * x + 1
    assert sp.simplify((x - (-x) + 1) - odd) == 0
    assert sp.simplify((x + 1) - odd - (-x)) == 0


def test_headroom() -> None:
    """PAILLIER-18: with n = 2 h + 1, N X <= h exactly where 2 N X < n."""
    meters, largest = sp.symbols("N X", integer=True, positive=True)
    beyond = sp.Symbol("beyond", integer=True, nonnegative=True)
    half = sp.Symbol("half", integer=True, positive=True)
    inside = (2 * half + 1 - 2 * meters * largest).subs(meters, (half - beyond) / largest)
    outside = (2 * half + 1 - 2 * meters * largest).subs(meters, (half + 1 + beyond) / largest)
    assert sp.expand(inside).is_positive
    assert sp.expand(outside).is_negative


def test_general_generators_are_a_coset_each() -> None:
    """PAILLIER-4, PAILLIER-9: g = (1 + n)^a b^n is valid exactly where gcd(a, n) = 1: phi(n) phi(n) of n
    phi(n) units.
    """
    for first, second in ((3, 5), (5, 7)):
        modulus, lambda_ = first * second, lcm(first - 1, second - 1)
        totient = (first - 1) * (second - 1)
        valid = 0
        for g in (g for g in range(1, modulus**2) if gcd(g, modulus) == 1):
            class_ = (pow(g, lambda_, modulus**2) - 1) // modulus * pow(lambda_, -1, modulus) % modulus
            valid += gcd(class_, modulus) == 1
        assert valid == totient * totient
