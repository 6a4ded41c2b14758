"""What paper A prints and does not hold, each with its counterexample and then the correction.

The printed formulas live here only. Leakages of explicit policies are computed from their joint laws, so
that a correction is held to the definition and not to a formula of ours.
"""

import itertools
import math
from collections.abc import Callable, Mapping
from fractions import Fraction

import mpmath
import pytest

from meter_privacy.reference import information
from meter_privacy.reference import privacy_power as power
from meter_privacy.reference.errors import Range

F = Fraction
Joint = Mapping[tuple[Fraction, Fraction], Fraction]


def information_bits(joint: Joint) -> float:
    """I(X;Y) as the mean of log2 p(x, y)/(p(x) p(y))."""
    x: dict[Fraction, Fraction] = {}
    y: dict[Fraction, Fraction] = {}
    for (a, b), mass in joint.items():
        x[a], y[b] = x.get(a, F(0)) + mass, y.get(b, F(0)) + mass
    return math.fsum(float(m) * math.log2(m / (x[a] * y[b])) for (a, b), m in joint.items() if m)


def uniform(n: int) -> tuple[list[Fraction], list[Fraction]]:
    """Paper A's load of Figure 4: n levels, mean 1."""
    return [F(2 * k, n - 1) for k in range(n)], [F(1, n)] * n


def binary_bits(p: float, t: float) -> float:
    """The inner function of equation (11), in bits."""
    return t * math.log2(t) - (p + t) * math.log2(p + t) - (1 - p) * math.log2(1 - p)


def printed_bound(h: float, P: float) -> float:
    """Equation (15)."""
    return max(h - math.log(P), 0.0)


def test_entropy_of_an_exponential_variable() -> None:
    """A-ERRATUM-1: (h - ln P)^+ is above the leakage of an exponential load, and (18) divides power
    wrongly.
    """
    h = 1.0
    assert printed_bound(h, 0.5) == pytest.approx(1.693147180559945)
    truth = power.allocate_exponential([F(1)], F(1, 2))
    assert float(truth["leakage_nats"]) == pytest.approx(math.log(2))
    assert printed_bound(h, 0.5) > float(truth["leakage_nats"])
    # Means 1 and 2 at P = 2.9: the printed caps e^h are never reached, so that both get 1.45.
    level = 1.45
    assert level < math.exp(1) < math.exp(1 + math.log(2))
    assert (1 - math.log(level)) + (1 + math.log(2) - math.log(level)) == pytest.approx(1.9500, abs=1e-4)

    entropies = [F(1), F(1 + math.log(2))]
    bound = power.shannon_lower_bound(entropies, F(29, 10))
    assert [float(one) for one in bound["powers"]] == pytest.approx([1.0, 1.9])
    exact = power.allocate_exponential([F(1), F(2)], F(29, 10))
    assert (
        float(bound["bound_nats"]) == pytest.approx(float(exact["leakage_nats"])) == pytest.approx(0.0512933)
    )
    assert float(power.shannon_lower_bound([F(1)], F(1, 2))["bound_nats"]) == pytest.approx(math.log(2))


def test_limiting_has_no_factor_two() -> None:
    """A-ERRATUM-2: log2 N - ((N - k)/2N) log2(N - k) leaks with a constant grid load; without the 2 it is
    exact.
    """
    n = 21
    x, p = uniform(n)
    for k in range(n):
        joint: dict[tuple[Fraction, Fraction], Fraction] = {}
        for load, mass in zip(x, p, strict=True):
            joint[load, min(load, x[k])] = mass
        truth = information_bits(joint)
        printed = math.log2(n) - (n - k) / (2 * n) * math.log2(n - k)
        corrected = math.log2(n) - (n - k) / n * math.log2(n - k)
        assert corrected == pytest.approx(truth, abs=1e-12)
        answer = power.output_limit(x, p, k)
        assert float(answer["leakage_bits"]) == pytest.approx(truth, abs=1e-12)
        assert answer["power"].midpoint == F((n - 1 - k) * (n - k), 2 * n) * F(2, n - 1)
        assert (printed == pytest.approx(truth)) == (k == n - 1)
    assert math.log2(n) - 0.5 * math.log2(n) == pytest.approx(2.19616, abs=1e-5)
    assert float(power.output_limit(x, p, 10)["leakage_bits"]) == pytest.approx(2.58023, abs=1e-5)


@pytest.mark.parametrize(("n", "printed", "exact"), [(2, 0.5, 0.311278), (21, 2.196159, 2.104044)])
def test_a_load_of_zero_looks_like_the_source(n: int, printed: float, exact: float) -> None:
    """A-ERRATUM-3: time division leaks less than log2 N (1 - P/E X) where 0 is a load."""
    x, p = uniform(n)
    share = F(1, 2)
    assert math.log2(n) * float(1 - share) == pytest.approx(printed, abs=1e-6)
    joint: dict[tuple[Fraction, Fraction], Fraction] = {}
    for load, mass in zip(x, p, strict=True):
        joint[load, F(0)] = joint.get((load, F(0)), F(0)) + mass * share
        joint[load, load] = joint.get((load, load), F(0)) + mass * (1 - share)
    assert information_bits(joint) == pytest.approx(exact, abs=1e-6)
    assert information_bits(joint) < printed - 0.05
    assert float(power.time_division(x, p, F(1, 2))["leakage_bits"]) == pytest.approx(exact, abs=1e-6)
    lifted = [load + 1 for load in x]
    at = power.time_division(lifted, p, F(1))
    assert float(at["leakage_bits"]) == pytest.approx(math.log2(n) / 2)


def exponential(x: float) -> float:
    """The density of Exp with mean 1, 0 below 0."""
    return math.exp(-x) if x >= 0 else 0.0


def output_mass(P: float, atom_at_zero: bool) -> float:
    """Total mass of f + P f' on (0, inf), with or without the atom at 0, for the exponential load of mean
    1.
    """
    density = float(mpmath.quad(lambda y: (1 - P) * mpmath.exp(-y), [0, mpmath.inf]))
    return density + (P * exponential(0.0) if atom_at_zero else 0.0)


def test_one_sided_limits() -> None:
    """A-ERRATUM-4: with the limits as described the exponential load has an atom of negative mass at zero."""
    from_the_left, from_the_right = exponential(-1e-12), exponential(1e-12)
    P = 0.5
    printed = P * (from_the_left - from_the_right)
    assert printed == pytest.approx(-0.5)
    assert P * (from_the_right - from_the_left) == pytest.approx(0.5)
    assert float(power.exponential_channel(F(1), F(1, 2), F(1), F(1))["output_atom"]) == 0.5


def test_the_jump_at_zero() -> None:
    """A-ERRATUM-5: without the jump at 0 half of the mass is lost; a jump down gives a negative atom."""
    assert output_mass(0.5, atom_at_zero=False) == pytest.approx(0.5)
    assert output_mass(0.5, atom_at_zero=True) == pytest.approx(1.0)
    # Uniform on [0, 1]: f falls by 1 at x = 1, an atom of -P for every P > 0, so the bound is never tight.
    for P in (0.01, 0.1, 0.4):
        assert P * (0.0 - 1.0) < 0


def cantor(x: Fraction, digits: int = 60) -> Fraction:
    """Cantor's function on [0, 1], to that many ternary digits."""
    value, scale = F(0), F(1, 2)
    for _ in range(digits):
        x *= 3
        digit = min(int(x), 2)
        x -= digit
        if digit == 1:
            return value + scale
        value += scale * (digit // 2)
        scale /= 2
    return value


def test_continuity_is_not_enough() -> None:
    """A-ERRATUM-6: f rising by Cantor's function has f' = 0 almost everywhere, and f + P f' loses the
    rise.
    """
    # On [0, 1] take f = 1/2 + cantor: mass 1, f(0+) = 1/2, f(1-) = 3/2, f(1+) = 0.
    grid = [F(k, 3**6) for k in range(3**6 + 1)]
    flat = sum(1 for a, b in itertools.pairwise(grid) if cantor(a) == cantor(b))
    assert flat > len(grid) * 0.9
    mass = math.fsum(float(F(1, 2) + cantor(x)) / len(grid) for x in grid)
    assert mass == pytest.approx(1.0, abs=1e-2)
    P = 0.25
    printed = mass + P * (0.5 - 0.0) + P * (0.0 - 1.5)
    assert printed == pytest.approx(1 - P, abs=1e-2)
    # The measure d(f) of the rise has mass cantor(1) - cantor(0) = 1, which completes the law.
    assert printed + P * float(cantor(F(1)) - cantor(F(0))) == pytest.approx(1.0, abs=1e-2)


def test_the_critical_power_with_the_positive_part() -> None:
    """A-ERRATUM-7: above P = E X leakage and clipped bound are both 0; the critical power may be 0."""
    for P in (F(3, 2), F(5)):
        leakage = float(power.allocate_exponential([F(1)], P)["leakage_nats"])
        assert leakage == 0.0 == max(1.0 - 1.0 - math.log(P), 0.0)
        assert not leakage > max(-math.log(P), 0.0)
        assert leakage > 1.0 - 1.0 - math.log(P)
    # Rayleigh: -f'/f = x - 1/x is unbounded, so that no P > 0 is below 1/sup.
    assert [x - 1 / x > 1000 for x in (10.0, 1001.0)] == [False, True]


def test_the_lowest_cell() -> None:
    """A-ERRATUM-8: cells (x-, x] with x- the next smaller number of {0} and the levels lose Y = 0."""
    levels = [F(1), F(2)]

    def printed(y: Fraction) -> list[Fraction]:
        below = [max([v for v in (F(0), *levels) if v < x]) for x in levels]
        return [x for x, low in zip(levels, below, strict=True) if low < y <= x]

    assert printed(F(0)) == []
    assert printed(F(3, 2)) == [F(2)]
    assert power.round_up(levels, F(0)) == 0
    # With the lowest cell closed the constant grid load 1 hides as much as 0 and needs 1 less power.
    answer = power.leakage(levels, [F(1, 2)] * 2, F(1, 2))
    assert answer["leakage_bits"] == information.exactly(0)


def test_negative_grid_loads() -> None:
    """A-ERRATUM-9: (7) prices a grid load below zero like any other."""

    def printed(x: Fraction, y: Fraction) -> Fraction | None:
        return x - y if y <= x else None

    assert printed(F(1), F(-5)) == 6
    assert power.distortion([F(1)], [F(-5)]) is None
    assert power.distortion([F(1)], [F(2)]) is None
    assert power.distortion([F(3), F(2)], [F(1), F(2)]) == 2


def test_the_unit_of_the_slope() -> None:
    """A-ERRATUM-10: lambda of (12) is -dI/dP in nats; in bits it is another number, and the powers are the
    same.
    """
    users = [{"probability": p, "difference": F(1)} for p in (F(9, 10), F(1, 2), F(1, 10))]
    answer = power.binary(users, F(1, 2))
    slope = float(answer["slope_nats"])
    assert slope == pytest.approx(0.916291, abs=1e-6)
    step = 1e-6

    def total(P: float) -> float:
        found = power.binary(users, F(P))["leakages_bits"]
        return math.fsum(float(one) for one in found)

    measured = (total(0.5 - step) - total(0.5 + step)) / (2 * step)
    assert measured == pytest.approx(1.321928, abs=1e-5)
    assert measured == pytest.approx(slope / math.log(2), abs=1e-5)
    assert power.binary(users, F(0))["slope_nats"] is None
    assert power.binary(users, F(3))["slope_nats"] is None


def test_a_function_defined_by_itself() -> None:
    """A-ERRATUM-11: I_B = (I_B)^+ holds for any non-negative function; the inner one is not the leakage."""
    candidates: list[Callable[[float], float]] = [lambda t: 0.0 * t, lambda t: t, lambda t: 1.0 - t]
    for candidate in candidates:
        assert all(candidate(t) == max(candidate(t), 0.0) for t in (0.1, 0.4, 0.9))
    assert binary_bits(0.5, 0.5) == pytest.approx(0.0)
    # Beyond saturation the inner function would go below zero.
    assert binary_bits(0.5, 0.7) < 0
    assert power.binary_leakage(F(1, 2), F(1), F(7, 10)) == information.exactly(0)


def test_the_curve_of_user_one() -> None:
    """A-ERRATUM-12: user 1's leakage in Figure 6 is concave only until user 2 is saturated, then convex."""
    laws = ((F(9, 10), F(10)), (F(1, 2), F(2)), (F(1, 10), F(111, 100)))
    users = [{"probability": p, "difference": d} for p, d in laws]

    def first(P: float) -> float:
        return float(power.binary(users, F(P))["leakages_bits"][0])

    def second_difference(P: float) -> float:
        return first(P - 0.01) - 2 * first(P) + first(P + 0.01)

    assert all(second_difference(P) < 0 for P in (0.3, 0.8, 1.2, 1.5))
    assert all(second_difference(P) > 0 for P in (1.56, 1.8, 2.2, 2.35))
    second = [float(power.binary(users, F(P))["leakages_bits"][1]) for P in (1.5265, 1.5275)]
    assert second[0] > 0 == second[1]
    assert first(2.381) > 0 == first(2.3815)


def test_no_power_at_all() -> None:
    """A-ERRATUM-13: the leakage of an exponential load passes its entropy and grows without bound."""
    entropy = 1.0
    leakages = [float(power.allocate_exponential([F(1)], F(1, 10**k))["leakage_nats"]) for k in (2, 4, 8, 16)]
    assert leakages[0] == pytest.approx(4.605, abs=1e-3)
    assert all(b > a > entropy for a, b in itertools.pairwise(leakages))
    with pytest.raises(Range):
        power.allocate_exponential([F(1)], F(0))
    finite = power.leakage([F(0), F(1)], [F(1, 2)] * 2, F(0))
    assert finite["leakage_bits"] == information.entropy([F(1, 2)] * 2)


def test_the_same_energy_from_the_source() -> None:
    """A-ERRATUM-14: users above the level get the same from the source, not from the grid."""
    means = [F(1), F(2)]
    answer = power.allocate_exponential(means, F(1))
    source = [one.midpoint for one in answer["powers"]]
    assert source == [F(1, 2), F(1, 2)]
    assert [m - given for m, given in zip(means, source, strict=True)] == [F(1, 2), F(3, 2)]


def test_not_decreasing_in_p() -> None:
    """A-ERRATUM-15: at P = 0.01 the leakage rises and then falls with p; it decreases in P."""
    values = [float(power.binary_leakage(p, F(1), F(1, 100))) for p in (F(1, 10), F(1, 2), F(9, 10))]
    assert values == pytest.approx([0.42065, 0.92899, 0.38957], abs=1e-5)
    assert values[0] < values[1] > values[2]
    for p in (F(1, 10), F(1, 2), F(9, 10)):
        along = [power.binary_leakage(p, F(1), F(k, 100)).upper for k in range(1, int(100 * (1 - p)))]
        assert all(later < earlier for earlier, later in itertools.pairwise(along))


def test_equal_means() -> None:
    """A-ERRATUM-16: 1.11 * 0.9 is not 1; with 10/9 the three means of Figure 6 are equal."""
    assert F(111, 100) * F(9, 10) == F(999, 1000)
    laws = ((F(9, 10), F(10)), (F(1, 2), F(2)), (F(1, 10), F(10, 9)))
    assert {d * (1 - p) for p, d in laws} == {1}
    answer = power.binary([{"probability": p, "difference": d} for p, d in laws], F(3))
    assert [one.midpoint for one in answer["powers"]] == [1, 1, 1]


def test_grid_loads_with_atoms() -> None:
    """A-ERRATUM-17: the optimal grid load of an exponential load is exactly 0 with probability P/mean."""
    for P in (F(1, 10), F(1, 2), F(9, 10)):
        at = power.exponential_channel(F(1), P, F(2), F(1))
        assert at["output_atom"].midpoint == P > 0
        continuous = float(mpmath.quad(lambda y, P=P: (1 - P) * mpmath.exp(-y), [0, mpmath.inf]))
        assert continuous == pytest.approx(float(1 - P))
        assert continuous < 1


def test_the_range_of_the_channel() -> None:
    """A-ERRATUM-18: without y <= x the printed channel has a mass above 1; with it exactly 1."""
    mean, P, x = 2.0, 0.7, 1.0

    def printed(y: float) -> float:
        law = (1 - P / mean) / mean * math.exp(-y / mean)
        return mean / P * math.exp(-(x - y) / P) * math.exp(x / mean) * law

    atom = math.exp(-x / P + x / mean)
    assert printed(3.0) > 1
    assert atom + float(mpmath.quad(printed, [0, 3 * x])) > 5
    assert atom + float(mpmath.quad(printed, [0, x])) == pytest.approx(1.0)
    answer = power.exponential_channel(F(2), F(7, 10), F(1), F(1, 2))
    assert float(answer["atom"]) == pytest.approx(atom)
    assert float(answer["density"]) == pytest.approx(printed(0.5))
    with pytest.raises(Range):
        power.exponential_channel(F(2), F(7, 10), F(1), F(3))
    with pytest.raises(Range):
        power.exponential_channel(F(2), F(5, 2), F(1), F(1, 2))


def test_readings_of_one_slot() -> None:
    """A-ERRATUM-19: [Y_1(1), ..., Y_N(t)] takes user 1 from slot 1, so that it breaks Y(t) <= X(t)."""
    X = {(1, 1): 5, (2, 1): 5, (1, 2): 1, (2, 2): 5}
    Y = {key: load - 1 for key, load in X.items()}
    t = 2
    printed = [Y[1, 1], Y[2, t]]
    corrected = [Y[1, t], Y[2, t]]
    loads = [X[1, t], X[2, t]]
    assert not power.is_feasible(loads, printed)
    assert power.is_feasible(loads, corrected)


def test_efficiently_computed() -> None:
    """A-ERRATUM-30: joint loads grow exponentially with the users; a countable load needs a cut with an
    error.
    """
    assert 21**20 > 2**87
    errors = []
    for levels in (10, 20, 40):
        cut = power.geometric_truncated(F(1), F(1, 4), levels)
        errors.append(cut.width)
        truth = power.geometric(F(1), F(1, 4))
        assert float(cut.lower) - 1e-12 <= float(truth) * math.log(2) <= float(cut.upper) + 1e-12
    assert errors[0] > errors[1] > errors[2] > 0


def test_countably_many_jumps() -> None:
    """A-ERRATUM-31: a density with a jump at every 1/k has no last jump D, yet its law of Y has mass 1."""
    # f = w_k on (1/(k+1), 1/k], w_k rising towards 0 is excluded by the jumps down; let it fall to the left.
    heights = [F(1, k) for k in range(1, 400)]
    places = [F(1, k) for k in range(1, 401)]
    mass = sum((h * (a - b) for h, (a, b) in zip(heights, itertools.pairwise(places), strict=True)), F(0))
    jumps = [*(a - b for a, b in itertools.pairwise(heights)), heights[-1]]
    for D in (3, 50, 398):
        assert sum(jumps[:D]) < heights[0]
    assert sum(jumps) == heights[0]
    # f(1+) - f(1-) = -heights[0] takes back what all rises bring: f + P f' has the mass of f.
    P = F(1, 3)
    assert mass + P * (sum(jumps) - heights[0]) == mass


def test_a_block_of_one_slot() -> None:
    """A-ERRATUM-32: a deterministic policy of a short block leaks more than the optimum, which it nears in
    the limit.
    """
    loads, p, P = [F(0), F(1)], [F(1, 2)] * 2, F(1, 4)
    single = power.leakage(loads, p, P)["leakage_bits"]
    assert single is not None
    assert float(power.block_leakage(loads, p, 1, P)) == 1.0
    blocks = [float(power.block_leakage(loads, p, n, P)) for n in (1, 2, 3, 4)]
    assert blocks == pytest.approx([1.0, 0.405639, 0.432932, 0.405410], abs=1e-6)
    assert all(value > float(single) + 0.09 for value in blocks)
    assert min(blocks) == blocks[3]
