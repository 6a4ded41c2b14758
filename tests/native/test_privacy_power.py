"""The C core's privacy-power function against the reference, convex solvers and its own bounds."""

import ctypes
import importlib
import itertools
import math
import random
import subprocess
from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from meter_privacy.native import privacy_power as native
from meter_privacy.native._core import ffi, lib
from meter_privacy.native.errors import Exhausted, Malformed, Range, Refused
from meter_privacy.reference import errors as reference_errors
from meter_privacy.reference import privacy_power as reference
from tests.native.solvers import COMPILERS, run_sanitized, undefined

NATIVE = Path(__file__).resolve().parents[2] / "native"
cvxpy: Any = importlib.import_module("cvxpy")
TOLERANCE = 1e-12
KINDS = ("uniform", "random", "rare", "zeros", "ties")
GRIDS = ("from zero", "no zero level", "uneven")


def law_of(generator: random.Random, count: int, kind: str) -> list[Fraction]:
    """A law in binary64 numbers."""
    draw: dict[str, Callable[[], float]] = {
        "uniform": lambda: 1.0,
        "random": generator.random,
        "rare": lambda: 10 ** -generator.uniform(0, 12),
        "zeros": lambda: generator.choice([0.0, generator.random()]),
        "ties": lambda: generator.choice([1.0, 2.0]),
    }
    weights = [Fraction(draw[kind]()) for _ in range(count)]
    weights[generator.randrange(count)] += Fraction(1, 1000)
    total = sum(weights, Fraction(0))
    return [Fraction(float(weight / total)) for weight in weights]


def levels_of(generator: random.Random, count: int, grid: str) -> list[Fraction]:
    if grid == "uneven":
        steps = (10 ** generator.uniform(-4, 2) for _ in range(count))
        return [Fraction(level) for level in itertools.accumulate(steps)]
    return [Fraction(index + (5 if grid == "no zero level" else 0)) for index in range(count)]


def maximum_power(loads: list[Fraction], law: list[Fraction]) -> Fraction:
    positive = [(x, p) for x, p in zip(loads, law, strict=True) if p]
    return sum((x * p for x, p in positive), Fraction(0)) / sum(law, Fraction(0)) - positive[0][0]


def cases(seed: str, number: int, counts: tuple[int, ...]) -> Iterator[tuple[list[Fraction], list[Fraction]]]:
    generator = random.Random(seed)
    for index in range(number):
        loads = levels_of(generator, generator.choice(counts), GRIDS[index % len(GRIDS)])
        yield loads, law_of(generator, len(loads), KINDS[index % len(KINDS)])


def middle(value: Any) -> float:
    return float(value.midpoint)


# ---- Elementary functions


def arguments(seed: str) -> Iterator[float]:
    generator = random.Random(seed)
    for _ in range(4000):
        yield generator.uniform(-1, 1)
        yield generator.uniform(-745, 709)
        yield math.ldexp(generator.uniform(-1, 1), -generator.randrange(60))
        yield math.ldexp(generator.uniform(0.5, 1), generator.randrange(-1070, 1024))
        yield 1 + math.ldexp(generator.uniform(-1, 1), -generator.randrange(53))


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("exp", -745.0, 709.7), ("expm1", -745.0, 709.7), ("log", 5e-324, 1e308), ("log1p", -1.0, 1e308)],
)
def test_elementary_functions_are_within_an_ulp(name: str, least: float, most: float) -> None:
    function, exact = getattr(lib, f"mpriv_{name}"), getattr(mpmath, name)
    with mpmath.workprec(200):
        for x in arguments(name):
            if least < x < most:
                expected = exact(mpmath.mpf(x))
                bound = 1 if abs(expected) >= 2**-1022 else 2
                error = abs(mpmath.mpf(function(x)) - expected) / math.ulp(float(expected))
                assert error < bound, (name, x)


def test_elementary_functions_outside_their_domain() -> None:
    infinity = float("inf")
    assert lib.mpriv_exp(710.0) == lib.mpriv_expm1(710.0) == lib.mpriv_log(infinity) == infinity
    assert lib.mpriv_exp(-746.0) == 0
    assert lib.mpriv_expm1(-infinity) == -1
    assert lib.mpriv_log(0.0) == lib.mpriv_log1p(-1.0) == -infinity
    assert math.isnan(lib.mpriv_log(-1.0))
    assert math.isnan(lib.mpriv_log1p(-2.0))
    for function in (lib.mpriv_exp, lib.mpriv_expm1, lib.mpriv_log, lib.mpriv_log1p):
        assert math.isnan(function(float("nan")))


# ---- Exact points


SHARES = (0.0, 1e-9, 1e-3, 0.1, 0.3, 0.5, 0.77, 0.95, 1 - 1e-6, 1 - 1e-9, 1.0, 1.5)


@pytest.mark.parametrize("part", range(4))
def test_leakage_is_the_reference_one(part: int) -> None:
    generator = random.Random(f"powers {part}")
    for loads, law in cases(f"leakage {part}", 260, (1, 2, 3, 4, 7, 12, 21)):
        power = Fraction(float(maximum_power(loads, law)) * generator.choice(SHARES))
        expected, found = reference.leakage(loads, law, power), native.leakage(loads, law, power)
        assert found["leakage_bits"] == pytest.approx(middle(expected["leakage_bits"]), rel=0, abs=TOLERANCE)
        if expected["slope_nats"] is None:
            assert found["slope_nats"] is None
        else:
            slope = middle(expected["slope_nats"])
            assert found["slope_nats"] == pytest.approx(slope, rel=TOLERANCE, abs=TOLERANCE)


def test_leakage_of_many_levels_is_the_reference_one() -> None:
    for loads, law in cases("many", 5, (200,)):
        power = Fraction(float(maximum_power(loads, law)) * 0.3)
        expected = reference.leakage(loads, law, power)
        found = native.leakage(loads, law, power)
        assert found["leakage_bits"] == pytest.approx(middle(expected["leakage_bits"]), rel=0, abs=TOLERANCE)


def test_uniform_load_of_a_million_levels_has_its_closed_form() -> None:
    """Paper A's uniform density: I = t - 1 - ln t with t = 1 - sqrt(1 - 2 P)."""
    count = 10**6
    loads, law = np.arange(count) / count, np.full(count, 1 / count)
    t = 1 - math.sqrt(1 - 2 * 0.15)
    exact = (t - 1 - math.log(t)) / math.log(2)
    assert native.point(loads, law, 0.15).leakage_bits == pytest.approx(exact, abs=1e-5)


def test_slopes_that_underflow_naive_weights() -> None:
    loads, law = [Fraction(k * 100) for k in range(11)], [Fraction(1, 11)] * 11
    power = Fraction(1, 10**12)
    expected, found = reference.leakage(loads, law, power), native.leakage(loads, law, power)
    slope = found["slope_nats"]
    assert slope is not None
    assert slope * 1000 > 300
    assert found["leakage_bits"] == pytest.approx(middle(expected["leakage_bits"]), abs=TOLERANCE)
    assert slope == pytest.approx(middle(expected["slope_nats"]), rel=TOLERANCE)


def test_powers_next_to_the_one_that_hides_everything() -> None:
    loads, law = [Fraction(k) for k in range(4)], [Fraction(1, 4)] * 4
    whole = Fraction(3, 2)
    assert native.leakage(loads, law, whole)["slope_nats"] is None
    assert native.leakage(loads, law, whole + 1) == {"leakage_bits": 0, "slope_nats": None}
    below = whole - Fraction(1, 10**30)
    expected = reference.leakage(loads, law, below)["slope_nats"]
    assert native.leakage(loads, law, below)["slope_nats"] == pytest.approx(middle(expected), rel=TOLERANCE)


def test_curve_is_the_reference_one() -> None:
    for loads, law in cases("curve", 60, (1, 2, 3, 8, 20)):
        expected, found = reference.curve(loads, law), native.curve(loads, law)
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            for name, value in one.items():
                assert value == pytest.approx(middle(other[name]), rel=TOLERANCE, abs=TOLERANCE)


@pytest.mark.parametrize("kind", ["random", "uniform", "geometric"])
def test_long_curves_go_through_the_exact_points(kind: str) -> None:
    count = 3000
    generator = np.random.default_rng(7)
    loads = np.arange(count) * 0.01
    law = {"random": generator.random(count), "uniform": np.ones(count), "geometric": np.exp(-loads)}[kind]
    if kind == "random":
        loads = np.cumsum(generator.random(count) ** 4 + 1e-6)
    law = law / law.sum()
    found = native.breakpoints(loads, law)
    assert len(found.slopes_nats) == count - 1
    assert all(b <= a for a, b in itertools.pairwise(found.slopes_nats))
    for index in range(0, count - 1, 97):
        point = native.point(loads, law, found.powers[index])
        assert found.leakages_bits[index] == pytest.approx(point.leakage_bits, abs=TOLERANCE)
        if point.slope_nats:
            assert found.slopes_nats[index] == pytest.approx(point.slope_nats, rel=1e-9)


def test_optimal_policy_is_the_reference_one() -> None:
    generator = random.Random("policy")
    for loads, law in cases("policy", 120, (1, 2, 3, 5, 9)):
        power = Fraction(float(maximum_power(loads, law)) * generator.choice(SHARES[:9]))
        expected, found = (
            reference.optimal_policy(loads, law, power),
            native.optimal_policy(loads, law, power),
        )
        rows = [row["probabilities"] for row in expected["policy"]]
        for mine, row in zip(found["policy"], rows, strict=True):
            assert mine["probabilities"] == pytest.approx([middle(value) for value in row], abs=1e-11)
        law_of_output = [middle(value) for value in expected["output_probabilities"]]
        assert found["output_probabilities"] == pytest.approx(law_of_output, abs=1e-11)


def test_allocate_is_the_reference_one() -> None:
    generator = random.Random("allocate")
    for _ in range(60):
        users = [
            {"loads": loads, "probabilities": law}
            for loads, law in cases(str(generator.random()), generator.randrange(1, 5), (1, 2, 3, 6))
        ]
        whole = sum(maximum_power(user["loads"], user["probabilities"]) for user in users)
        power = Fraction(float(whole) * generator.choice(SHARES))
        expected, found = reference.allocate(users, power), native.allocate(users, power)
        for name in ("powers", "leakages_bits"):
            values = [middle(value) for value in expected[name]]
            assert found[name] == pytest.approx(values, rel=TOLERANCE, abs=TOLERANCE)


def test_allocate_exponential_is_the_reference_one() -> None:
    generator = random.Random("exponential")
    for _ in range(300):
        means = [
            Fraction(generator.choice([1, 2, generator.random()])) for _ in range(generator.randrange(1, 9))
        ]
        power = Fraction(float(sum(means)) * generator.choice([1e-9, 0.1, 0.5, 0.9, 1, 2]))
        expected, found = (
            reference.allocate_exponential(means, power),
            native.allocate_exponential(means, power),
        )
        for name in ("level", "leakage_nats"):
            assert found[name] == pytest.approx(middle(expected[name]), rel=TOLERANCE, abs=TOLERANCE)
        assert found["powers"] == pytest.approx([middle(one) for one in expected["powers"]], rel=TOLERANCE)


def test_against_a_convex_solver() -> None:
    """I + sP at the exact point is the least over all joint laws, by cvxpy's relative entropy."""
    generator = random.Random("cvxpy")
    for loads, law in cases("cvxpy", 15, (2, 3, 5, 7)):
        positive = [
            (float(load / loads[-1]), float(mass)) for load, mass in zip(loads, law, strict=True) if mass
        ]
        x, p = [load for load, _ in positive], np.array([mass for _, mass in positive])
        power = (
            float(maximum_power(loads, law) / loads[-1]) * generator.uniform(0.1, 0.9) if len(x) > 1 else 0.0
        )
        exact = native.point(array("d", x), array("d", p), power)
        if not 0 < exact.slope_nats < 1e3:
            continue
        gaps = np.subtract.outer(x, x)
        joint = cvxpy.Variable((len(x), len(x)), nonneg=True)
        output = cvxpy.sum(joint, axis=0)
        product = cvxpy.vstack([mass * output for mass in p])
        used = cvxpy.sum(cvxpy.multiply(joint, np.maximum(gaps, 0)))
        objective = cvxpy.sum(cvxpy.rel_entr(joint, product)) + exact.slope_nats * used
        allowed = [cvxpy.sum(joint, axis=1) == p, cvxpy.multiply(joint, (gaps < 0) * 1.0) == 0]
        problem = cvxpy.Problem(cvxpy.Minimize(objective), allowed)
        problem.solve(solver=cvxpy.CLARABEL)
        least = exact.leakage_bits * math.log(2) + exact.slope_nats * power
        assert least == pytest.approx(problem.value, abs=5e-6)


def test_point_is_the_maximum_over_slopes_of_certified_minima() -> None:
    """I(P) = max over s of min(I + sP) - sP, with Blahut-Arimoto's minima: no isotonic regression in it."""
    for loads, law in cases("dual", 10, (3, 8, 15)):
        power = float(maximum_power(loads, law)) * 0.4
        x, p = array("d", map(float, loads)), array("d", map(float, law))
        exact = native.point(x, p, power)

        def below(log_slope: float, x: Any = x, p: Any = p, power: float = power) -> float:
            slope = math.exp(log_slope)
            return slope * power - native.minimise([x], p, slope, 1e-12).lower_nats

        centre = math.log(exact.slope_nats)
        best = minimize_scalar(
            below, bounds=(centre - 2, centre + 2), method="bounded", options={"xatol": 1e-9}
        )
        assert -best.fun / math.log(2) == pytest.approx(exact.leakage_bits, abs=1e-11)


# ---- Blahut-Arimoto


def test_bounds_hold_the_exact_minimum() -> None:
    generator = random.Random("bounds")
    for loads, law in cases("bounds", 1000, (1, 2, 3, 5, 10, 21, 64, 150, 500)):
        x, p = array("d", map(float, loads)), array("d", map(float, law))
        power = float(maximum_power(loads, law)) * generator.random() ** generator.choice([1, 4])
        exact = native.point(x, p, power) if power else native.Point(0.0, 0.0)
        if not 0 < exact.slope_nats < 1e6:
            continue
        gap = 10.0 ** -generator.randrange(0, 13)
        found = native.minimise([x], p, exact.slope_nats, gap)
        least = exact.leakage_bits * math.log(2) + exact.slope_nats * power
        assert found.lower_nats - 1e-14 <= least <= found.upper_nats + 1e-14
        assert found.upper_nats - found.lower_nats <= gap
        assert found.upper_nats == pytest.approx(
            found.leakage_bits * math.log(2) + exact.slope_nats * found.power, abs=1e-12
        )
        assert found.iterations <= 40


def test_the_reference_judge_accepts() -> None:
    generator = random.Random("judge")
    for loads, law in cases("judge", 60, (1, 2, 3, 5, 9)):
        slope = Fraction(10 ** generator.uniform(-2, 2))
        gap = Fraction(10.0 ** -generator.randrange(0, 9))
        found = native.blahut_arimoto(loads, law, slope, gap)
        answer = {name: Fraction(value) for name, value in found.items() if name != "iterations"}
        reference.judge_blahut_arimoto(loads, law, slope, gap, **answer, iterations=found["iterations"])


def joint_law(generator: random.Random, counts: list[int], zeros: bool) -> "array[float]":
    size = math.prod(counts)
    weights = [generator.random() ** 3 for _ in range(size)]
    if zeros:
        weights = [weight if generator.random() < 0.5 else 0.0 for weight in weights]
        weights[-1] = 1.0
    return array("d", [weight / math.fsum(weights) for weight in weights])


def plain_law(axes: list[Any], law: Any, slope: float, rounds: int) -> tuple[float, float]:
    """Bounds by plain Blahut-Arimoto on the whole matrix."""
    points = np.array(list(itertools.product(*axes)))
    differences = points[:, None, :] - points[None, :, :]
    kernel = np.where((differences >= 0).all(axis=2), np.exp(-slope * differences.sum(axis=2)), 0.0)
    p, q = np.array(law), np.full(len(points), 1 / len(points))
    for _ in range(rounds):
        c = np.maximum(kernel @ q, 1e-300)
        g = kernel.T @ (p / c)
        upper = -(p * np.log(c)).sum()
        lower = upper - math.log(g.max())
        q = q * g
    return lower, upper


@pytest.mark.parametrize("counts", [[3, 4], [5, 5], [1, 6], [2, 3, 4], [4, 1, 3]])
@pytest.mark.parametrize("zeros", [False, True])
def test_correlated_users_agree_with_the_plain_iteration(counts: list[int], zeros: bool) -> None:
    generator = random.Random(f"joint {counts} {zeros}")
    for _ in range(5):
        axes = [array("d", map(float, levels_of(generator, count, "uneven"))) for count in counts]
        axes = [array("d", [level / axis[-1] for level in axis]) for axis in axes]
        law = joint_law(generator, counts, zeros)
        slope = 10 ** generator.uniform(-1, 1)
        found = native.minimise(axes, law, slope, 1e-9)
        lower, upper = plain_law(axes, law, slope, 3000)
        assert found.upper_nats - found.lower_nats <= 1e-9
        assert found.lower_nats <= upper + 1e-12
        assert found.upper_nats >= lower - 1e-12
        assert upper - lower < 1e-2


def test_independent_users_add_up() -> None:
    """For independent users the joint minimum is the sum of each one's."""
    generator = random.Random("product")
    for _ in range(20):
        axes = [array("d", map(float, range(count))) for count in (4, 6)]
        laws = [np.array([float(mass) for mass in law_of(generator, len(axis), "random")]) for axis in axes]
        joint = np.ascontiguousarray(np.outer(*laws).ravel())
        slope = 10 ** generator.uniform(-1, 0.5)
        together = native.minimise(axes, joint, slope, 1e-11)
        single = [native.minimise([axis], law, slope, 1e-11) for axis, law in zip(axes, laws, strict=True)]
        assert together.lower_nats <= sum(one.upper_nats for one in single)
        assert together.upper_nats >= sum(one.lower_nats for one in single)


# ---- Plain steps


def exact_step(q: list[float], p: list[float], decays: list[float]) -> tuple[list[float], float]:
    c, g, sums = 0.0, 0.0, []
    for k, mass in enumerate(q):
        c = mass + (decays[k - 1] * c if k else 0.0)
        sums.append(c)
    ratios = [0.0] * len(q)
    for k in reversed(range(len(q))):
        g = p[k] / sums[k] + (decays[k] * g if k + 1 < len(q) else 0.0)
        ratios[k] = g
    return [mass * ratio for mass, ratio in zip(q, ratios, strict=True)], max(ratios)


@pytest.mark.parametrize(
    ("name", "type_", "one", "decay_one", "ratio_one", "tolerance"),
    [
        ("step", "double[]", 1.0, 1.0, 1.0, 1e-14),
        ("step_binary32", "float[]", 1.0, 1.0, 1.0, 1e-5),
        ("step_fixed", "uint32_t[]", 2**31, 2**32, 2**26, 2**-20),
    ],
)
def test_plain_steps(
    name: str, type_: str, one: float, decay_one: float, ratio_one: float, tolerance: float
) -> None:
    generator = random.Random(name)
    fixed = name == "step_fixed"
    step = getattr(lib, f"mpriv_privacy_power_{name}")
    for round_ in range(400):
        count = generator.choice([1, 2, 5, 21, 64])
        law = [float(mass) for mass in law_of(generator, count, generator.choice(KINDS))]
        decays = [math.exp(-generator.uniform(0.01, 3)) for _ in range(count - 1)]
        q = [1 / count] * count

        def given(values: list[float], scale: float) -> Any:
            return ffi.new(type_, [int(v * scale) if fixed else v for v in values] or 1)

        mine, p, a = given(q, one), given(law, one), given(decays, decay_one)
        work, largest = given([0.0] * count, 1.0), given([0.0], 1.0)
        for _ in range(1 + round_ % 3):
            expected, most = exact_step(
                [value / one for value in mine], [v / one for v in p], [v / decay_one for v in a][: count - 1]
            )
            assert step(mine, largest, p, a, count, work) == 0
            assert [value / one for value in mine] == pytest.approx(expected, abs=tolerance)
            if most < 60:
                assert largest[0] / ratio_one == pytest.approx(most, rel=1e-3 if fixed else 1e-4)


def test_fixed_point_iteration_comes_to_the_exact_minimum() -> None:
    count, slope = 21, 3.0
    loads = [k / 10 for k in range(count)]
    law = [math.exp(-4 * k / count) for k in range(count)]
    law = [mass / sum(law) for mass in law]
    p = ffi.new("uint32_t[]", [int(mass * 2**31) for mass in law])
    q = ffi.new("uint32_t[]", [2**31 // count] * count)
    decays = ffi.new("uint32_t[]", [int(math.exp(-slope * 0.1) * 2**32)] * (count - 1))
    work, largest = ffi.new("uint32_t[]", count), ffi.new("uint32_t *")
    for _ in range(3000):
        assert lib.mpriv_privacy_power_step_fixed(q, largest, p, decays, count, work) == 0
    found = [value / 2**31 for value in q]
    c, upper = 0.0, 0.0
    for k, mass in enumerate(found):
        c = mass + (math.exp(-slope * 0.1) * c if k else 0.0)
        upper -= law[k] * math.log(c / sum(found))
    exact = native.minimise([array("d", loads)], array("d", law), slope, 1e-10)
    assert exact.lower_nats <= upper + 1e-9
    assert upper <= exact.upper_nats + 2**-16
    assert largest[0] / 2**26 == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize(
    ("name", "type_", "one", "decay_one", "tolerance"),
    [
        ("law", "double[]", 1, 1, 1e-13),
        ("law_binary32", "float[]", 1, 1, 1e-5),
        ("law_fixed", "uint32_t[]", 2**31, 2**32, 2**-20),
    ],
)
def test_the_law_at_a_slope(name: str, type_: str, one: int, decay_one: int, tolerance: float) -> None:
    """POWER-8, POWER-34: exact for the numbers given, whatever the arithmetic; zeros, ties, rare loads."""
    generator = random.Random(name)
    fixed = name == "law_fixed"
    law = getattr(lib, f"mpriv_privacy_power_{name}")
    for round_ in range(400):
        count = 64 if round_ % 100 == 0 else generator.choice([1, 2, 5, 21])
        masses = [float(mass) for mass in law_of(generator, count, KINDS[round_ % len(KINDS)])]
        least = 1 / 255 if fixed else 1e-6
        steps = [10 ** generator.uniform(math.log10(least), 0.5) for _ in range(count - 1)]
        decays = [
            math.exp(-step) for step in (steps if round_ % 2 else [steps[0]] * len(steps) if steps else [])
        ]

        def given(values: list[float], scale: int) -> Any:
            return ffi.new(type_, [int(v * scale) if fixed else v for v in values] or 1)

        p, a = given(masses, one), given(decays, decay_one)
        q, work = ffi.new(type_, count), ffi.new(type_, 4 * count)
        assert law(q, p, a, count, work) == 0
        exact = reference.law_of_decays(
            [Fraction(v) / one for v in p], [Fraction(v) / decay_one for v in list(a)[: count - 1]]
        )
        assert [float(Fraction(v) / one) for v in q] == pytest.approx(
            [float(v) for v in exact], abs=tolerance
        )
        assert all(mass or not out for mass, out in zip(list(p), list(q), strict=True))
    assert law(ffi.NULL, p, a, count, work) == lib.MPRIV_ERROR_MISUSE
    assert law(q, p, a, 0, work) == lib.MPRIV_ERROR_MALFORMED


# ---- The energy management unit


def test_thresholds_are_the_reference_ones() -> None:
    generator = random.Random("thresholds")
    for _ in range(500):
        weights = [
            generator.choice([0, 1, generator.randrange(2**26)]) for _ in range(generator.randrange(1, 65))
        ]
        if sum(weights):
            assert native.thresholds(weights) == reference.thresholds(weights)
    assert native.thresholds([2**32 - 1]) == [2**32]
    for refused in ([0, 0], [2**31, 2**31], [2**32], [-1, 2]):
        with pytest.raises(Range):
            native.thresholds(refused)


def test_sampler_is_the_reference_one() -> None:
    generator = random.Random("sample")
    for _ in range(100):
        count = generator.randrange(1, 65)
        table = []
        for index in range(count):
            weights = [generator.choice([0, generator.randrange(2**20)]) for _ in range(index)] + [1]
            table.append({"thresholds": native.thresholds(weights + [0] * (count - 1 - index))})
        levels = [generator.randrange(count) for _ in range(generator.randrange(1, 100))]
        drawn = generator.randbytes(4 * len(levels) + generator.randrange(9))
        assert native.sample(table, levels, drawn) == reference.sample(table, levels, drawn)


def test_sampler_at_every_boundary() -> None:
    table = [
        {"thresholds": [2**32] * 3},
        {"thresholds": [7, 2**32, 2**32]},
        {"thresholds": [0, 2**31, 2**32]},
    ]
    for level, drawn, output in (
        (0, 2**32 - 1, 0),
        (1, 6, 0),
        (1, 7, 1),
        (2, 0, 1),
        (2, 2**31 - 1, 1),
        (2, 2**31, 2),
        (2, 2**32 - 1, 2),
    ):
        assert native.sample(table, [level], drawn.to_bytes(4, "little"))["outputs"] == [output]


def test_sampler_refuses() -> None:
    good = [{"thresholds": [2**32, 2**32]}, {"thresholds": [5, 2**32]}]
    with pytest.raises(Exhausted):
        native.sample(good, [0, 1], bytes(7))
    for table in (
        [{"thresholds": [2**32 - 1, 2**32]}, good[1]],
        [good[0], {"thresholds": [2**32, 5]}],
        [good[0], {"thresholds": [2**32 + 1, 2**32]}],
    ):
        with pytest.raises(Range):
            native.sample(table, [0], bytes(4))
    with pytest.raises(Range):
        native.sample(good, [2], bytes(4))
    with pytest.raises(Malformed):
        native.sample([{"thresholds": [2**32]}, good[1]], [0], bytes(4))


# ---- Refusals


def outcome(function: Callable[..., Any], *values: Any) -> str:
    try:
        function(*values)
    except (Refused, reference_errors.Refused) as refusal:
        return refusal.error_class
    return ""


BAD_LOADS: list[tuple[str, list[Any], list[Any], Any]] = [
    ("malformed", [], [], 1),
    ("malformed", [0, 1], [1], 1),
    ("range", [0, 0], [Fraction(1, 2)] * 2, 1),
    ("range", [1, 0], [Fraction(1, 2)] * 2, 1),
    ("range", [-1, 0], [Fraction(1, 2)] * 2, 1),
    ("range", [0, 10**9 + 1], [Fraction(1, 2)] * 2, 1),
    ("range", [0, 1], [Fraction(-1, 2), Fraction(3, 2)], 1),
    ("range", [0, 1], [Fraction(1, 2), Fraction(1, 3)], 1),
    ("range", [0, 1], [Fraction(1, 2)] * 2, -1),
    ("range", [0, 1], [Fraction(1, 2)] * 2, 10**12 + 1),
]


@pytest.mark.parametrize(("error", "loads", "law", "power"), BAD_LOADS)
def test_both_refuse_alike(error: str, loads: list[Any], law: list[Any], power: Any) -> None:
    for name in ("leakage", "optimal_policy"):
        assert outcome(getattr(native, name), loads, law, power) == error
        assert outcome(getattr(reference, name), loads, law, power) == error
    users = [{"loads": loads, "probabilities": law}]
    assert outcome(native.allocate, users, power) == error
    if 0 <= power <= 10**12:
        assert outcome(native.curve, loads, law) == error
        assert outcome(native.blahut_arimoto, loads, law, 1, Fraction(1, 1000)) == error
        buffers = [array("d", map(float, values)) for values in (loads, law)]
        assert outcome(native.point, *buffers, float(power)) == error


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_not_finite_are_malformed(bad: float) -> None:
    for loads, law, power in (
        ([0, bad], [0.5, 0.5], 0.1),
        ([0, 1], [0.5, bad], 0.1),
        ([0, 1], [0.5, 0.5], bad),
    ):
        assert outcome(native.leakage, loads, law, power) == "malformed"
        buffers = [array("d", map(float, values)) for values in (loads, law)]
        assert outcome(native.point, *buffers, float(power)) == "malformed"
    assert outcome(native.minimise, [array("d", [0, 1])], array("d", [0.5, 0.5]), bad, 0.1) == "malformed"
    assert outcome(native.allocate_exponential, [bad], 1) == "malformed"


def test_blahut_arimoto_refuses() -> None:
    loads, law = [0, 1], [Fraction(1, 2)] * 2
    for slope, gap in ((0, 1), (-1, 1), (10**6 + 1, 1), (1, 0), (1, 2), (1, Fraction(1, 10**13))):
        assert outcome(native.blahut_arimoto, loads, law, slope, gap) == "range"
        assert outcome(reference.blahut_arimoto, loads, law, slope, gap) == "range"
    users = [{"loads": [0, 1]}, {"loads": [0, 1]}]
    assert outcome(native.blahut_arimoto_joint, users, law, 1, 1) == "range"
    assert outcome(native.blahut_arimoto_joint, users * 2, [Fraction(1, 16)] * 16, 1, 1) == "malformed"


def test_too_little_scratch_is_told() -> None:
    load = ffi.new("mpriv_user_load *")
    x, p = array("d", [0.0, 1.0]), array("d", [0.5, 0.5])
    load.loads, load.probabilities, load.count = (
        ffi.from_buffer("double[]", x),
        ffi.from_buffer("double[]", p),
        2,
    )
    out = ffi.new("double[2]")
    needed = lib.mpriv_privacy_power_point_scratch_bytes(2)
    for length, code in ((needed, 0), (needed - 16, lib.MPRIV_ERROR_SCRATCH)):
        scratch = ffi.new("char[]", length)
        assert lib.mpriv_privacy_power_leakage(out, out + 1, ffi.NULL, load, 0.1, scratch, length) == code


def test_lists_whose_scratch_has_no_size_are_malformed() -> None:
    """Their levels can be counted, but not the bytes of the scratch, which once came out as a few."""
    bounds, law = ffi.new("mpriv_privacy_power_bounds *"), ffi.new("double[1]", [1.0])
    needed = lib.mpriv_privacy_power_blahut_arimoto_scratch_bytes
    function = lib.mpriv_privacy_power_blahut_arimoto
    for counts in ((2**23, 2**24), (1, 2**32), (2**16, 2**15, 2**16)):
        users = ffi.new("mpriv_levels[]", [{"loads": law, "count": count} for count in counts])
        assert needed(users, len(counts)) == 0
        code = function(bounds, ffi.NULL, users, len(counts), law, 1, 1.0, 0.5, ffi.NULL, 0)
        assert code == lib.MPRIV_ERROR_MALFORMED
    users = ffi.new("mpriv_levels[]", [{"loads": law, "count": 2**20} for _ in range(2)])
    assert needed(users, 2) == 8 * (2**40 * (13 + 2**20 + 1) + 2**21 + 1)


# ---- The C itself


def power_sources() -> list[str]:
    return sorted(
        str(path) for path in [*NATIVE.glob("src/privacy_power*.c"), NATIVE / "src" / "elementary.c"]
    )


def test_needs_nothing_of_a_c_library(tmp_path: Path) -> None:
    assert undefined(tmp_path, power_sources()) <= {"memcpy", "memset", "_GLOBAL_OFFSET_TABLE_"}


@pytest.mark.parametrize("compiler", COMPILERS)
def test_runs_clean_under_the_sanitizers(tmp_path: Path, compiler: str) -> None:
    assert run_sanitized(tmp_path, compiler, "privacy_power_driver.c", power_sources()) == "2000 loads"


def test_an_unoptimised_build_gives_the_same(tmp_path: Path) -> None:
    library = tmp_path / "power.so"
    flags = ["-std=c11", "-O0", "-shared", "-fPIC", f"-I{NATIVE / 'include'}"]
    subprocess.run(["cc", *flags, *power_sources(), "-o", str(library)], check=True)
    plain = ctypes.CDLL(str(library))
    for name in ("exp", "expm1", "log", "log1p"):
        other = getattr(plain, f"mpriv_{name}")
        other.restype, other.argtypes = ctypes.c_double, [ctypes.c_double]
        mine = getattr(lib, f"mpriv_{name}")
        values = [x for x in itertools.islice(arguments("plain"), 2000) if x > 0]
        assert [other(x) for x in values] == [mine(x) for x in values]
