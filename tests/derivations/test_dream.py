"""The closed forms of spec/dream.md, by sympy, and exhaustively where sympy cannot follow."""

from fractions import Fraction
from itertools import combinations

import sympy
from sympy import Rational, ceiling, log

from meter_privacy.reference import dream


def test_dummy_keys_cancel_as_integers() -> None:
    """The signed dummy keys of any graph sum to zero before any reduction. DREAM-13, DREAM-15."""
    for meters in (2, 3, 5, 8):
        keys = {pair: sympy.Symbol(f"k_{pair[0]}_{pair[1]}") for pair in combinations(range(meters), 2)}
        chosen = {pair: sympy.Symbol(f"s_{pair[0]}_{pair[1]}") for pair in keys}
        masks = [
            sum(
                chosen[min(i, j), max(i, j)] * dream.sign(i, j) * keys[min(i, j), max(i, j)]
                for j in range(meters)
                if j != i
            )
            for i in range(meters)
        ]
        assert sympy.expand(sum(masks)) == 0


def test_recoveries_take_out_what_missing_meters_leave() -> None:
    """Survivors' ciphertexts minus their keystreams and recoveries leave their values. DREAM-14, DREAM-15."""
    meters, alive = 6, (0, 2, 3, 5)
    keys = {pair: sympy.Symbol(f"k_{pair[0]}_{pair[1]}") for pair in combinations(range(meters), 2)}
    values, streams, blinds = (sympy.symbols(f"{name}_0:{meters}") for name in ("x", "s", "c"))

    def signed(i: int, j: int) -> sympy.Expr:
        return dream.sign(i, j) * keys[min(i, j), max(i, j)]

    ciphertexts = [
        values[i] + streams[i] + blinds[i] + sum(signed(i, j) for j in range(meters) if j != i) for i in alive
    ]
    recoveries = [blinds[i] + sum(signed(i, j) for j in range(meters) if j not in alive) for i in alive]
    total = sum(ciphertexts) - sum(streams[i] for i in alive) - sum(recoveries)
    assert sympy.expand(total - sum(values[i] for i in alive)) == 0
    # With one recovery missing, its keys and its blind stay.
    left = sympy.expand(total + recoveries[0] - sum(values[i] for i in alive))
    assert left.free_symbols == {blinds[0], keys[0, 1], keys[0, 4]}


def test_modulus_has_a_place_for_every_total() -> None:
    """[-T, N Xmax + T] has N Xmax + 2 T + 1 members; m is the least power of two above. DREAM-10."""
    n, x, t = sympy.symbols("N X T", integer=True, positive=True)
    members = (n * x + t) - (-t) + 1
    assert sympy.expand(members - (n * x + 2 * t + 1)) == 0
    rule = 2 ** ceiling(log(members, 2))
    for meters, maximum, tail in ((2, 1, 1), (3, 5, 1), (4, 64, 27), (100, 4000, 20000), (7, 2**31, 2**40)):
        given = {n: meters, x: maximum, t: tail}
        assert rule.subs(given) == dream.modulus(meters, maximum, tail)
    # Centred decoding alone needs both ends inside: -m/2 <= -T and N X + T <= m/2 - 1.
    m = sympy.Symbol("m", positive=True)
    (bound,) = sympy.solve(sympy.Eq(n * x + t, m / 2 - 1), m)
    assert sympy.expand(bound - 2 * (n * x + t + 1)) == 0


def test_split_view_bound() -> None:
    """Two views without a common honest meter need M >= (N - c)/2. DREAM-11."""
    n, c, m = sympy.symbols("N c M", nonnegative=True)
    in_either_view = n - c - m
    (least,) = sympy.solve(sympy.Eq(2 * in_either_view, n - c), m)
    assert sympy.simplify(least - (n - c) / 2) == 0
    # More failures make the views smaller: beyond the bound they fit, below it they do not.
    assert sympy.diff(2 * in_either_view, m) == -2


def test_residues_are_uniform_for_powers_of_two_only() -> None:
    """A uniform number of 2^b has a uniform residue exactly if m divides 2^b. DREAM-6, DREAM-7."""
    values = 2**10
    for m in range(2, values):
        counts = [len(range(residue, values, m)) for residue in range(m)]
        assert (len(set(counts)) == 1) == (m & (m - 1) == 0)
    b, e = sympy.symbols("b e", integer=True, positive=True)
    assert sympy.simplify(2**b / 2**e - 2 ** (b - e)) == 0


def test_one_uniform_mask_hides_the_value() -> None:
    """X -> X + k is a permutation of Z_m for every X; the ciphertext's law does not depend on X. DREAM-14."""
    for m in (2, 3, 7, 16):
        low = -(m // 2)
        laws = {
            tuple(sorted(dream.mask(m, 1, value, k, [], 0) for k in range(m)))
            for value in range(low, low + m)
        }
        assert laws == {tuple(range(m))}
    x, y, k = sympy.symbols("x y k")
    assert sympy.expand((x + k) - (y + k)) == x - y


def test_probability_of_selection() -> None:
    """The threshold's share of 2^64 is w/(N - 1), short of it by less than 2^-64. DREAM-8."""
    for others in (1, 2, 3, 10, 999, 4095):
        for w in {1, (others + 1) // 2, others}:
            share = Fraction(dream.selection_threshold(w, others), 2**64)
            assert 0 <= Fraction(w, others) - share < Fraction(1, 2**64)


def test_exposure_without_a_partner() -> None:
    """No honest partner: (1 - w/(N - 1))^h, in the limit e^(-w h/(N - 1)). DREAM-9."""
    w, n, alpha = sympy.symbols("w n alpha", positive=True)
    honest = (1 - alpha) * n
    limit = sympy.limit((1 - w / n) ** honest, n, sympy.oo)
    assert sympy.simplify(limit - sympy.exp(-w * (1 - alpha))) == 0
    exact = (1 - Rational(10, 999)) ** 999 * 144 * 1000
    assert 6.21 < float(exact) < 6.22
