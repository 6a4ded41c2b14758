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
