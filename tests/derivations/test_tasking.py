"""Derivations of the tasking chapter: what regions give away, and what a deposit is worth, by sympy."""

from itertools import product

import sympy

from meter_privacy.reference.deposit import deposit_payoffs


def test_three_sums_and_a_home() -> None:
    """TASK-6, (K1): with X, Y and z apart, two sums less the third are twice m_z; with the area, once."""
    x, y, z = sympy.symbols("Sigma_X Sigma_Y m_z", integer=True)
    assert sympy.expand((x + z) + (y + z) - (x + y)) == 2 * z
    ab, ac, bc = sympy.symbols("Sigma_ab Sigma_ac Sigma_bc", integer=True)
    area = ab + ac + bc + z
    assert sympy.expand((ab + ac + z) + (ab + bc + z) + (ac + bc + z) - 2 * area) == z


def test_a_combination_weighs_an_atom_alike() -> None:
    """TASK-6: a combination of the sums of three regions and the area has one weight in each atom."""
    weights = sympy.symbols("a_U a_1 a_2 a_3", rational=True)
    homes = {signs: sympy.Symbol("m" + "".join(map(str, signs))) for signs in product((0, 1), repeat=3)}
    total = weights[0] * sum(homes.values()) + sum(
        weights[1 + j] * sum(m for signs, m in homes.items() if signs[j]) for j in range(3)
    )
    for signs, m in homes.items():
        expected = weights[0] + sum(w * s for w, s in zip(weights[1:], signs, strict=True))
        assert sympy.expand(total).coeff(m) == sympy.expand(expected)


def test_the_payoffs_of_a_deposit() -> None:
    """TASK-22: both columns are the formulas; refusing is worth r with the refund, and costs the user c."""
    d, r, v, c = sympy.symbols("d r v c", positive=True)
    w, f = sympy.symbols("w f", integer=True)
    signed = (w * v - r, r - w * c)
    refused = (w * v - (1 - f) * d, -w * c)
    values = {d: 1000, r: 600, v: 900, c: 200}
    for refundable in (0, 1):
        for row in deposit_payoffs(1000, 600, 900, 200, refundable):
            formulas = signed if row["offered"] and row["agreed"] else refused
            given = {**values, w: row["worked"], f: refundable}
            assert [row["utility"], row["user"]] == [formula.subs(given) for formula in formulas]
    gain_of_refusing = sympy.expand(refused[0] - signed[0])
    assert gain_of_refusing.subs(f, 1) == r
    assert gain_of_refusing.subs(f, 0) == r - d
    # Refused, the user has no more than nothing, with the refund or without.
    assert refused[1].subs(w, 1) == -c
    assert f not in refused[1].free_symbols
