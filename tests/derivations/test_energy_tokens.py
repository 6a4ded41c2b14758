"""The closed forms of the energy-token chapter, by sympy and by all cases of small moduli."""

from math import gcd

import sympy


def test_unblinding() -> None:
    """(m R^e)^d R^-1 = m^d where R^(e d) = R. TOKEN-4, TOKEN-6."""
    m, r, e, d = sympy.symbols("m R e d", positive=True)
    answered = sympy.powdenest((m * r**e) ** d, force=True)
    unblinded = sympy.powsimp(sympy.expand_power_base(answered / r))
    ratio = sympy.simplify(unblinded / m**d)
    assert sympy.simplify(ratio - r ** (e * d - 1)) == 0
    for n, exponent in ((35, 5), (33, 3), (77, 7)):
        order = sympy.reduced_totient(n)
        private = pow(exponent, -1, int(order))
        for unit in (u for u in range(n) if gcd(u, n) == 1):
            assert pow(unit, exponent * private - 1, n) == 1


def test_blinding_is_uniform_for_a_permutation_alone() -> None:
    """m R^e takes each unit once where gcd(e, phi) = 1; else the coset of m shows. TOKEN-4."""
    n = 35
    units = [u for u in range(1, n) if gcd(u, n) == 1]
    for e in (5, 7, 11):
        assert all(sorted(m * pow(r, e, n) % n for r in units) == units for m in units)
    seen = {m: {m * pow(r, 3, n) % n for r in units} for m in units}
    assert len({frozenset(cosets) for cosets in seen.values()}) == 3


def test_verification_of_a_response() -> None:
    """g^(r + e s) g^(-s e) = g^r; so for identities of one group. TOKEN-12, TOKEN-21."""
    g, s, r, e = sympy.symbols("g s r e", positive=True)
    assert sympy.simplify(g ** (r + e * s) * (g**-s) ** e / g**r) == 1


def test_extraction() -> None:
    """(T1) solves both equations, and the determinant of the system is e' - e. TOKEN-27."""
    s, r, e, f = sympy.symbols("s r e f")
    y, z = r + e * s, r + f * s
    secret = sympy.cancel((y - z) / (e - f))
    assert sympy.simplify(secret - s) == 0
    assert sympy.simplify(y - e * secret - r) == 0
    assert sympy.Matrix([[1, e], [1, f]]).det() == f - e
    assert sympy.simplify((r + e * s).subs(r, -s) - (e - 1) * s) == 0


def test_unblinding_in_scheme_one() -> None:
    """(H R^e)^d / R = H^d for all H and R of small moduli; as printed for few. TOKEN-15."""
    for n, e in ((35, 5), (33, 3), (91, 5)):
        d = pow(e, -1, int(sympy.reduced_totient(n)))
        units = [u for u in range(1, n) if gcd(u, n) == 1]
        for h in units:
            assert all(pow(h * r**e, d, n) * pow(r, -1, n) % n == pow(h, d, n) for r in units)
        printed = [
            r for r in units if all(pow(r, e, n) * pow(r * h, d, n) % n == pow(h, d, n) for h in units)
        ]
        assert printed == [r for r in units if pow(r, e + d, n) == 1]


def test_at_most_one_unit_in_a_is_a_power() -> None:
    """Where a prime a divides e and phi(n), at most phi(n) / a units are e-th powers. TOKEN-8."""
    for n in (21, 35, 45, 63, 77, 91, 99, 105, 117):
        units = [u for u in range(1, n) if gcd(u, n) == 1]
        for e in (3, 5, 7, 9, 15):
            powers = {pow(u, e, n) for u in units}
            shared = [a for a in sympy.primefactors(e) if len(units) % a == 0]
            assert all(a * len(powers) <= len(units) for a in shared)
            assert bool(shared) == (len(powers) < len(units))
