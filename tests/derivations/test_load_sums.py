"""The closed forms of sums, bills and the modulus proof, derived with sympy and counted for small moduli.

sympy has no residues modulo a symbolic n^2: a congruence is derived as polynomial division by n^2. Group
orders (Cauchy, the kernel of x -> x^n) are number theory that sympy does not prove: they are counted for
every odd modulus up to a bound.
"""

from math import gcd, prod

import pytest
import sympy as sp

from meter_privacy.reference import billing, modulus_proof, paillier, summation

n, m, k, r, t, a, b = sp.symbols("n m k r t a b", integer=True, positive=True)


def modulo_square(expression: sp.Expr) -> sp.Expr:
    """The remainder of a polynomial in n by n^2."""
    return sp.expand(sp.rem(sp.expand(expression), n**2, n))


def units(modulus: int) -> list[int]:
    """The units modulo a small modulus."""
    return [x for x in range(1, modulus) if gcd(x, modulus) == 1]


def test_a_product_of_messages_is_the_sum() -> None:
    """LOAD-5, LOAD-13: (1 + a n)(1 + b n) = 1 + (a + b) n modulo n^2, so M_N encrypts the sum."""
    assert modulo_square((1 + a * n) * (1 + b * n) - (1 + (a + b) * n)) == 0
    message = summation.ring_start(1022117, 1000, 10, 3)
    for reading, randomness in ((20, 5), (30, 7)):
        message = summation.ring_add(1022117, 1000, message, reading, randomness)
    assert message == paillier.encrypt(1022117, 60, 3 * 5 * 7)


def test_the_quotient_of_neighbours_is_a_reading() -> None:
    """LOAD-5, equation (L1): (1 + (a + b) n) = (1 + a n)(1 + b n), and 1 - a n is the inverse of 1 + a n."""
    assert modulo_square((1 + a * n) * (1 - a * n)) == 1
    assert modulo_square((1 + (a + b) * n) * (1 - a * n) - (1 + b * n)) == 0


def test_a_power_multiplies_value_and_randomness() -> None:
    """LOAD-13, LOAD-16, equation (L3): (1 + m n)^k = 1 + k m n, by induction on k, and (r^n)^k = (r^k)^n."""
    assert modulo_square((1 + k * m * n) * (1 + m * n) - (1 + (k + 1) * m * n)) == 0
    assert sp.simplify((r**n) ** k - (r**k) ** n) == 0


def test_reducing_modulo_n_loses_nothing() -> None:
    """LOAD-16: (1 + n)^n = 1 modulo n^2, and (r + t n)^n = r^n, as all further terms hold n^2.

    sympy does not expand an n-th power for a symbolic n: the second term of the binomial holds n (t n), and
    the rest is checked for small n.
    """
    assert modulo_square(1 + n * n) == 1
    assert sp.rem(sp.expand(n * t * n), n**2, n) == 0
    for modulus in range(3, 60, 2):
        assert pow(1 + modulus, modulus, modulus**2) == 1
        for x in units(modulus):
            powers = {pow(x + shift * modulus, modulus, modulus**2) for shift in range(5)}
            assert len(powers) == 1


def test_recovered_randomness() -> None:
    """LOAD-15: c = R^n modulo n, and (R^n)^(1/n mod lambda) = R: for every unit of toy keys."""
    for p, q in ((3, 5), (5, 7), (7, 11), (11, 13)):
        for value in range(0, p * q, 3):
            for x in units(p * q):
                opening = billing.recover_opening(p, q, paillier.encrypt(p * q, value, x))
                assert opening == {"value": value, "randomness": x}


def radical(modulus: int) -> int:
    """The product of the primes that divide an odd modulus."""
    return prod(d for d in range(3, modulus + 1, 2) if modulus % d == 0 and sp.isprime(d))


@pytest.mark.parametrize("modulus", range(3, 100, 2))
def test_openings_differ_by_multiples_of_the_radical(modulus: int) -> None:
    """LOAD-26, equation (L4): (1 + n)^d is an n-th power modulo n^2 exactly where rad(n) divides d."""
    square = modulus**2
    powers = {pow(x, modulus, square) for x in range(1, square) if gcd(x, modulus) == 1}
    differences = [d for d in range(modulus) if (1 + d * modulus) % square in powers]
    assert differences == list(range(0, modulus, radical(modulus)))


@pytest.mark.parametrize("modulus", range(3, 200, 2))
def test_share_of_challenges_with_a_root(modulus: int) -> None:
    """LOAD-26: all units are n-th powers exactly where gcd(n, phi(n)) = 1, and then n is squarefree.

    Else at most one unit in d is one, d the least common prime.
    """
    group = units(modulus)
    powers = {pow(x, modulus, modulus) for x in group}
    common = gcd(modulus, len(group))
    if common == 1:
        assert len(powers) == len(group)
        assert radical(modulus) == modulus
    else:
        least = min(d for d in range(3, common + 1, 2) if common % d == 0)
        assert least * len(powers) <= len(group)


def test_bounds_of_the_rounds() -> None:
    """LOAD-24: alpha is the least integer with alpha^m >= 2^128, and the table's values are those."""
    for rounds in range(8, 82):
        alpha = modulus_proof.smallest_factor(rounds)
        assert alpha**rounds >= 2**128 > (alpha - 1) ** rounds
    assert [modulus_proof.smallest_factor(rounds) for rounds in (8, 13, 81)] == [2**16, 921, 3]


def test_primes_of_one_length_make_a_key() -> None:
    """LOAD-23: with the two highest bits set, (3/4)^2 > 1/2: the product has 2 b bits.

    And q < 2 p: p divides q - 1 only as q - 1 = p, where q - 1 is even and p odd.
    """
    assert sp.Rational(3, 4) ** 2 > sp.Rational(1, 2)
    bits = 8
    primes = [x for x in range(3 << bits - 2, 1 << bits) if sp.isprime(x)]
    for p in primes:
        for q in primes:
            if p != q:
                assert (p * q).bit_length() == 2 * bits
                assert gcd(p * q, (p - 1) * (q - 1)) == 1
