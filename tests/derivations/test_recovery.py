"""The closed forms of DREAM's cluster and recovery, by sympy, or exactly where sympy cannot follow."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

import sympy

from meter_privacy.reference import cluster, dream


def test_replies_take_out_what_missing_meters_leave() -> None:
    """Reports minus replies are the values, for every set of missing meters of five. DREAM-63, DREAM-73."""
    meters = range(5)
    keys = {pair: sympy.Symbol(f"k_{pair[0]}_{pair[1]}") for pair in combinations(meters, 2)}
    values, blinds = (sympy.symbols(f"{name}_0:5") for name in ("x", "c"))

    def signed(i: int, j: int) -> sympy.Expr:
        return dream.sign(i, j) * keys[min(i, j), max(i, j)]

    for size in range(4):
        for missing in combinations(meters, size):
            present = [i for i in meters if i not in missing]
            reports = {
                i: values[i] + blinds[i] + sum(signed(i, j) for j in meters if j != i) for i in present
            }
            replies = {i: blinds[i] + sum(signed(i, j) for j in missing) for i in present}
            total = sum(reports[i] - replies[i] for i in present)
            assert sympy.expand(total - sum(values[i] for i in present)) == 0
            # A meter that reported and never replied: its blind stays, and its keys with the missing.
            lost = present[0]
            left = sympy.expand(total + replies[lost] - sum(values[i] for i in present))
            assert left.free_symbols == {blinds[lost], *(keys[min(lost, j), max(lost, j)] for j in missing)}


def test_an_unlisted_honest_partner() -> None:
    """(1 - w/(N - 1))^(N - 1 - M) is the share of graphs without one, counted exactly. DREAM-49."""
    w, others, honest = sympy.symbols("w n h", positive=True)
    miss = (1 - w / others) ** honest
    assert sympy.simplify(miss.subs({w: others})) == 0
    # Each of n others is a partner with p = w/n; of these h are honest and report: no success in h trials.
    for n, h, p in product((3, 5), (1, 2, 3), (Fraction(1, 3), Fraction(3, 5))):
        none = sum(comb(n - h, k) * p**k * (1 - p) ** (n - k) for k in range(n - h + 1))
        assert none == (1 - p) ** h
    for meters, failures, partners in product((2, 5, 12, 100, 1000), (0, 1, 40, 499), (1, 4, 10, 40, 99)):
        if 2 * failures < meters and partners < meters:
            exact = (1 - Fraction(partners, meters - 1)) ** (meters - 1 - failures)
            assert cluster.is_exposed_too_often(meters, failures, partners) == (exact > Fraction(1, 2**29))


def test_fifty_scales_of_tail() -> None:
    """2 P(E1 + E2 > T) = 2 (1 + T/lambda) e^(-T/lambda) < 2^-64 at T = 50 lambda, not at 45. DREAM-49."""
    x, t = sympy.symbols("x t", positive=True)
    tail = sympy.integrate(x * sympy.exp(-x), (x, t, sympy.oo))
    assert sympy.simplify(tail - (1 + t) * sympy.exp(-t)) == 0
    assert (2 * tail).subs(t, cluster.TAIL_FACTOR) < sympy.Rational(1, 2**64)
    assert (2 * tail).subs(t, 45) > sympy.Rational(1, 2**64)
    # Shape N / (N - M) below 2 for every M < N / 2, so that two exponential variables are more than enough.
    for meters in range(2, 60):
        for failures in range((meters + 1) // 2):
            assert Fraction(meters, meters - failures) < 2
    # A geometric variable is the whole part of an exponential one: P(floor(E) >= k) = e^(-k/lambda).
    k, scale = sympy.symbols("k lambda", positive=True)
    exponential = sympy.integrate(sympy.exp(-x / scale) / scale, (x, k, sympy.oo))
    assert sympy.simplify(exponential - sympy.exp(-k / scale)) == 0


def test_costs_of_a_slot() -> None:
    """What shared blinds and keys would take in a slot of a thousand meters. DREAM-73."""
    meters, share, key = 1000, 16, 32
    assert (meters - 1, (meters - 1) * share, (meters - 1) * key) == (999, 15984, 31968)
    # The message of a pair's one HMAC fits behind the key's block: 9 bytes of padding.
    message = len(dream.DOMAIN) + len(b"pair\x00") + 8
    assert message == 35
    assert message + 9 <= 64
