"""Closed forms of reporting, derived: the ring closes, the score is the mean of a law."""

import sympy


def test_the_ring_closes() -> None:
    """REPORT-19: with z_s = u - x c_s the signer's step gives g^u and h^u again, for every c_s."""
    u, x, c, log_h = sympy.symbols("u x c log_h")
    z = u - x * c
    assert sympy.expand(z + x * c - u) == 0
    # h = g^log_h and I = h^x: the exponents of g in h^z I^c and in h^u.
    assert sympy.expand(log_h * z + log_h * x * c - log_h * u) == 0


def test_an_image_of_another_key_does_not_close() -> None:
    """REPORT-19: an image h^w with w != x fits both steps for one challenge alone, (v - u) / (w - x)."""
    u, v, x, w, c, z = sympy.symbols("u v x w c z")
    # g^z y^c = g^u and h^z I^c = h^v, which are hashed before c is known.
    solved = sympy.solve([z + x * c - u, z + w * c - v], [z, c], dict=True)
    assert len(solved) == 1
    assert sympy.simplify(solved[0][c] - (v - u) / (w - x)) == 0


def test_two_responses_to_one_nonce() -> None:
    """REPORT-19: a nonce that is used twice gives the private key."""
    u, x, c1, c2 = sympy.symbols("u x c1 c2")
    z1, z2 = u - x * c1, u - x * c2
    assert sympy.simplify((z1 - z2) / (c2 - c1) - x) == 0


def test_the_score_is_a_mean() -> None:
    """REPORT-31: the mean of p under p^a (1 - p)^b is (a + 1) / (a + b + 2)."""
    p = sympy.symbols("p", positive=True)
    for a, b in ((0, 0), (1, 0), (0, 1), (3, 2), (9, 1), (7, 7)):
        weight = p**a * (1 - p) ** b
        mean = sympy.integrate(p * weight, (p, 0, 1)) / sympy.integrate(weight, (p, 0, 1))
        assert mean == sympy.Rational(a + 1, a + b + 2)
