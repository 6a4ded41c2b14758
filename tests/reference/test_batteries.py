"""One battery: states and policies, laws over several slots, invariance, and the least leakage."""

import importlib
import itertools
import math
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from meter_privacy.reference import batteries, cascade, cascade_search, controllers
from meter_privacy.reference.errors import Malformed, ProofFailed, Range, Refused

cvxpy: Any = importlib.import_module("cvxpy")

F = Fraction
FAIR = (F(1, 2), F(1, 2))
TERNARY = (F(1, 4), F(1, 2), F(1, 4))
NARROW = F(1, 10**25)


def law_of(weights: Sequence[int]) -> tuple[Fraction, ...]:
    """Weights divided by their sum."""
    return tuple(F(weight, sum(weights)) for weight in weights)


def random_policy(draw: random.Random, capacity: int, inputs: int, outputs: int) -> batteries.Policy:
    """A feasible policy with weights from 0 to 4."""
    table = []
    for s in range(capacity + 1):
        by_load = []
        for x in range(inputs):
            low, high = batteries.output_range(capacity, s, x, outputs - 1)
            weights = [draw.randrange(5) if low <= y <= high else 0 for y in range(outputs)]
            if not any(weights):
                weights[x] = 1
            by_load.append(law_of(weights))
        table.append(tuple(by_load))
    return tuple(table)


def random_law(draw: random.Random, size: int) -> tuple[Fraction, ...]:
    """A law with weights from 1 to 5."""
    return law_of([draw.randrange(1, 6) for _ in range(size)])


def information_bits(law: dict[tuple[Any, Any], Fraction]) -> float:
    """I of a joint law as the mean of log2 p(a, b)/(p(a) p(b))."""
    one: dict[Any, Fraction] = {}
    two: dict[Any, Fraction] = {}
    for (a, b), mass in law.items():
        one[a], two[b] = one.get(a, F(0)) + mass, two.get(b, F(0)) + mass
    return math.fsum(float(m) * math.log2(m / (one[a] * two[b])) for (a, b), m in law.items() if m)


# ---- States and policies -------------------------------------------------------------------------


def test_states() -> None:
    """BATTERY-1: s' = s - x + y, or range."""
    for C, s, x, y in itertools.product(range(1, 4), range(4), range(4), range(4)):
        if s > C:
            continue
        if 0 <= s - x + y <= C:
            assert batteries.next_state(C, s, x, y) == s - x + y
        else:
            with pytest.raises(Range):
                batteries.next_state(C, s, x, y)
    for bad in ((0, 0, 0, 0), (-1, 0, 0, 0), (2, 3, 0, 0), (2, -1, 1, 0), (2, 1, -1, 0), (2, 1, 1, -1)):
        with pytest.raises(Range):
            batteries.next_state(*bad)


def test_feasible_outputs_and_forced_moves() -> None:
    """BATTERY-2: exactly the outputs that keep the state within 0..C, and the moves that leave one."""
    for C, m in itertools.product(range(1, 5), range(4)):
        forced = []
        for s, x in itertools.product(range(C + 1), range(m + 1)):
            kept = [y for y in range(m + 1) if 0 <= s - x + y <= C]
            found = batteries.feasible_outputs(C, s, m, x)
            assert kept == list(range(found["lowest"], found["highest"] + 1))
            assert x in kept
            if len(kept) == 1:
                forced.append({"state": s, "load": x, "output": kept[0]})
        assert batteries.forced_moves(C, m, m) == forced
        if m:
            assert forced == [
                {"state": 0, "load": m, "output": m},
                {"state": C, "load": 0, "output": 0},
            ]
    # More outputs than loads: an empty battery is then never forced.
    assert batteries.forced_moves(3, 2, 1) == [{"state": 3, "load": 0, "output": 0}]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda rows: rows[:-1], Range),
        (lambda rows: [*rows, rows[0]], Range),
        (lambda rows: rows[:0], Malformed),
        (lambda rows: [{"probabilities": [F(1, 2), F(1, 2), F(0)]}, *rows[1:]], Range),
        (lambda rows: [{"probabilities": [F(1)]}] * len(rows), Range),
        (lambda rows: [{"probabilities": [F(1, 2), F(1, 4)]}, *rows[1:]], Range),
        (lambda rows: [{"probabilities": [F(3, 2), F(-1, 2)]}, *rows[1:]], Range),
        (lambda rows: [rows[0], {"probabilities": [F(1, 10), F(9, 10)]}, *rows[2:]], Range),
        (lambda rows: [*rows[:-2], {"probabilities": [F(9, 10), F(1, 10)]}, rows[-1]], Range),
        (lambda rows: [{"probabilities": []}, *rows[1:]], Malformed),
    ],
)
def test_policies_that_are_none(change: Any, error: type[Refused]) -> None:
    """BATTERY-3: wrong shapes, rows that are no laws, infeasible outputs: refused wherever a policy goes."""
    good = batteries.as_rows(batteries.structured(FAIR, (F(1, 3),) * 3))
    batteries.check_policy(2, 1, good)
    bad = change(good)
    theta = [F(1, 3)] * 3
    for call in (
        lambda: batteries.check_policy(2, 1, bad),
        lambda: batteries.invariance(FAIR, theta, bad),
        lambda: batteries.joint_law(FAIR, theta, bad, 1),
        lambda: batteries.finite_leakage(FAIR, theta, bad, 1),
        lambda: controllers.leakage_rate(FAIR, theta, bad, 1),
        lambda: controllers.forward_recursion(FAIR, theta, bad, [0]),
        lambda: controllers.simulate(FAIR, theta, bad, 64, b"\x05" * 32),
        lambda: cascade.chain_bound(FAIR, [{"initial_state": theta, "policy": bad}]),
    ):
        with pytest.raises(error):
            call()


def test_capacities_that_are_none() -> None:
    """BATTERY-3: 0 and below are range, in every operation that takes a capacity."""
    for capacity in (0, -1, -64):
        for call in (
            lambda c=capacity: batteries.minimum_leakage(FAIR, c),
            lambda c=capacity: batteries.binary_minimum(c),
            lambda c=capacity: batteries.feasible_outputs(c, 0, 1, 1),
            lambda c=capacity: batteries.forced_moves(c, 1, 1),
            lambda c=capacity: batteries.check_policy(c, 1, [{"probabilities": [F(1), F(0)]}]),
            lambda c=capacity: controllers.best_effort_leakage(FAIR, c),
            lambda c=capacity: controllers.constant_holding_leakage(FAIR, c, F(1, 2), 0),
            lambda c=capacity: cascade_search.search_bound(FAIR, c, 1, 1, b"\x05" * 32),
        ):
            with pytest.raises(Range):
                call()
    with pytest.raises(Malformed):
        batteries.structured_policy(FAIR, [F(1)])


# ---- Laws over several slots ---------------------------------------------------------------------


@pytest.mark.parametrize(("capacity", "outputs", "slots"), [(1, 2, 3), (2, 2, 3), (2, 3, 2), (3, 2, 1)])
def test_law_of_one_battery(capacity: int, outputs: int, slots: int) -> None:
    """BATTERY-4: adds up to 1, loads independent of each other and of the state, states within 0..C."""
    draw = random.Random(f"law {capacity} {outputs}")
    p, theta = random_law(draw, 2), random_law(draw, capacity + 1)
    q = random_policy(draw, capacity, 2, outputs)
    points = batteries.joint_law(p, theta, batteries.as_rows(q), slots)
    assert sum(point["probability"].lower for point in points) == 1
    assert points == sorted(points, key=lambda point: (point["state"], point["loads"], point["outputs"]))
    loads: dict[tuple[Any, ...], Fraction] = {}
    for point in points:
        state = point["state"]
        mass = theta[state]
        for x, y in zip(point["loads"], point["outputs"], strict=True):
            mass *= p[x] * q[state][x][y]
            state += y - x
            assert 0 <= state <= capacity
        assert point["probability"].lower == mass == point["probability"].upper > 0
        key = (point["state"], *point["loads"])
        loads[key] = loads.get(key, F(0)) + mass
    for (s, *xs), mass in loads.items():
        assert mass == theta[s] * math.prod((p[x] for x in xs), start=F(1))


@pytest.mark.parametrize(("loads", "outputs", "capacity"), [(2, 2, 1), (2, 3, 2), (3, 3, 1), (1, 2, 2)])
def test_leakage_over_slots(loads: int, outputs: int, capacity: int) -> None:
    """BATTERY-6: the recursion over outputs gives I(S_1, X^T; Y^T)/T of the enumerated law."""
    draw = random.Random(f"slots {loads} {outputs} {capacity}")
    p, theta = random_law(draw, loads), random_law(draw, capacity + 1)
    q = random_policy(draw, capacity, loads, outputs)
    for slots in (1, 2, 3):
        law = {((s, xs), ys): m for (s, xs, ys), m in batteries.trajectories(p, theta, q, slots).items()}
        found = batteries.finite_leakage(p, theta, batteries.as_rows(q), slots)
        assert float(found) == pytest.approx(information_bits(law) / slots, abs=1e-13)
        assert found.width < NARROW
    with pytest.raises(Range):
        batteries.finite_leakage(
            TERNARY, (F(1, 65),) * 65, batteries.as_rows(batteries.structured(TERNARY, (F(1, 65),) * 65)), 12
        )


# ---- Invariance ----------------------------------------------------------------------------------


def random_invariant(seed: int, p: tuple[Fraction, ...], capacity: int) -> tuple[Any, batteries.Policy]:
    """A random point of the polytope of invariant batteries."""
    shape = cascade_search.Couplings(p, capacity)
    return shape.battery(shape.start(random.Random(seed).random))


@pytest.mark.parametrize(("p", "capacity"), [(FAIR, 1), (FAIR, 3), (TERNARY, 2), (law_of((3, 0, 1, 2)), 3)])
def test_couplings_are_the_invariant_policies(p: tuple[Fraction, ...], capacity: int) -> None:
    """BATTERY-7, BATTERY-8: couplings have residual 0 and outputs of the load's law, other policies not."""
    for seed in range(4):
        theta, q = random_invariant(seed, p, capacity)
        answer = batteries.invariance(p, theta, batteries.as_rows(q))
        assert answer["residual"].upper == 0
        assert [mass.lower for mass in answer["output_probabilities"]] == list(p)
        # Conversely: shift mass within one row, and a column's sum is no longer the load's.
        s, x = next((s, x) for s in range(capacity + 1) for x in range(len(p)) if p[x] and max(q[s][x]) < 1)
        row = list(q[s][x])
        i, j = [y for y, mass in enumerate(row) if mass > 0][:2]
        row[i], row[j] = row[i] - row[i] / 3, row[j] + row[i] / 3
        other = tuple(
            tuple(tuple(row) if (a, b) == (s, x) else q[a][b] for b in range(len(p)))
            for a in range(capacity + 1)
        )
        assert batteries.invariance_residual(p, theta, other) > 0


def test_invariance_over_slots() -> None:
    """BATTERY-7: Y^T are independent with the load's law, and T slots leak T times what one does."""
    for p, capacity, slots in ((FAIR, 2, 4), (TERNARY, 1, 2), (law_of((1, 4)), 1, 4)):
        theta, q = random_invariant(7, p, capacity)
        law: dict[tuple[int, ...], Fraction] = {}
        for (_, _, ys), mass in batteries.trajectories(p, theta, q, slots).items():
            law[ys] = law.get(ys, F(0)) + mass
        assert all(mass == math.prod((p[y] for y in ys), start=F(1)) for ys, mass in law.items())
        one = batteries.finite_leakage(p, theta, batteries.as_rows(q), 1)
        for T in range(2, slots + 1):
            many = batteries.finite_leakage(p, theta, batteries.as_rows(q), T)
            assert abs(many.midpoint - one.midpoint) < NARROW
    # Far from invariant it is not so.
    ones = [{"probabilities": list(map(F, row))} for row in ((0, 1), (0, 1), (1, 0), (0, 1))]
    apart = [float(batteries.finite_leakage(FAIR, (F(1), F(0)), ones, T)) for T in (1, 2)]
    assert apart[1] > apart[0] + 0.1


def test_structured_policy() -> None:
    """BATTERY-9: invariant, of leakage I(S - X; X), and the best invariant policy for its initial law."""
    for p, capacity in ((FAIR, 2), (TERNARY, 2), (law_of((2, 1, 0, 1)), 3)):
        for seed in range(3):
            theta, q = random_invariant(seed, p, capacity)
            rows = [
                {"probabilities": [part.lower for part in row["probabilities"]]}
                for row in batteries.structured_policy(p, theta)
            ]
            assert batteries.invariance(p, theta, rows)["residual"].upper == 0
            leakage = batteries.structured_leakage(p, theta)["leakage_bits"]
            assert abs(batteries.finite_leakage(p, theta, rows, 2).midpoint - leakage.midpoint) < NARROW
            other = batteries.finite_leakage(p, theta, batteries.as_rows(q), 1)
            assert other.upper >= leakage.lower
    # Where S - X has no probability the load is passed on.
    answer = batteries.structured_policy(FAIR, [F(1), F(0), F(0)])
    assert [part.lower for part in answer[5]["probabilities"]] == [0, 1]


# ---- The least leakage ---------------------------------------------------------------------------


def convex_minimum(p: Sequence[Fraction], capacity: int) -> float:
    """min H(S - X) - H(S) in bits by a convex solver: a sum of relative entropies of theta and P_V."""
    theta = cvxpy.Variable(capacity + 1, nonneg=True)
    top = len(p) - 1
    terms = []
    for x, chance in enumerate(map(float, p)):
        if chance:
            place = np.zeros((capacity + 1, capacity + 1 + top))
            place[np.arange(capacity + 1), np.arange(capacity + 1) - x + top] = 1
            v_law = sum(
                float(c) * np.eye(capacity + 1 + top)[:, [s - i + top for s in range(capacity + 1)]]
                for i, c in enumerate(p)
            )
            terms.append(chance * cvxpy.sum(cvxpy.rel_entr(theta, place @ v_law @ theta)))
    problem = cvxpy.Problem(cvxpy.Minimize(sum(terms)), [cvxpy.sum(theta) == 1])
    problem.solve(solver="CLARABEL", tol_gap_abs=1e-11, tol_gap_rel=1e-11, tol_feas=1e-11)
    return float(problem.value) / math.log(2)


@pytest.mark.parametrize("p", [FAIR, TERNARY], ids=["binary", "ternary"])
@pytest.mark.parametrize("capacity", range(1, 11))
def test_minimum_against_a_convex_solver(p: tuple[Fraction, ...], capacity: int) -> None:
    """BATTERY-13: within 1e-8 of what a convex solver finds, and enclosed to 1e-25."""
    found = batteries.minimum_leakage(p, capacity)["leakage_bits"]
    assert found.width < NARROW
    assert float(found) == pytest.approx(convex_minimum(p, capacity), abs=1e-8)


def test_minimum_against_a_convex_solver_with_gaps() -> None:
    """BATTERY-13, BATTERY-15: loads with gaps, lopsided ones, ones that are never 0."""
    for weights, capacity in (
        ((1, 0, 1), 2),
        ((1, 0, 1), 3),
        ((1, 0, 2, 1), 5),
        ((0, 3, 1), 4),
        ((1, 0, 0, 1, 2), 2),
    ):
        p = law_of(weights)
        found = batteries.minimum_leakage(p, capacity)
        assert found["leakage_bits"].width < NARROW
        assert float(found["leakage_bits"]) == pytest.approx(convex_minimum(p, capacity), abs=1e-7)


def test_minimum_with_gaps() -> None:
    """BATTERY-15: groups of states apart, boundary optima, many optima, and loads that are certain."""
    assert batteries.components((F(1, 2), F(0), F(1, 2)), 3) == [(0, 2), (1, 3)]
    assert batteries.components((F(1, 3), F(0), F(1, 3), F(1, 3)), 3) == [(0, 1, 2, 3)]
    assert batteries.components((F(1, 2), F(0), F(0), F(1, 2)), 1) == [(0,), (1,)]
    edge = batteries.minimum_leakage((F(1, 2), F(0), F(1, 2)), 2)
    assert [mass.lower for mass in edge["initial_state"]] == [F(1, 2), 0, F(1, 2)]
    assert edge["leakage_bits"].lower <= F(1, 2) <= edge["leakage_bits"].upper
    # A load of 0 or g needs whole g: capacity C is as good as C // g for a load of 0 or 1.
    for C, g in ((7, 2), (8, 3), (20, 5)):
        wide = batteries.minimum_leakage((F(1, 2), *[F(0)] * (g - 1), F(1, 2)), C)["leakage_bits"]
        unit = batteries.minimum_leakage(FAIR, C // g)["leakage_bits"]
        assert abs(wide.midpoint - unit.midpoint) < NARROW
    many = (F(1, 2), F(0), F(1, 2))
    for theta in ((F(1, 2), F(0), F(1, 2), F(0)), (F(0), F(1, 2), F(0), F(1, 2)), (F(1, 8), F(3, 8)) * 2):
        batteries.judge_minimum_leakage(many, 3, F(1, 2), theta)
    for certain in ((F(1),), (F(0), F(1)), (F(0), F(0), F(1))):
        answer = batteries.minimum_leakage(certain, 4)
        assert answer["leakage_bits"].upper == 0
    # Shifting every load by a constant changes nothing.
    shifted = batteries.minimum_leakage((F(0), F(0), *TERNARY), 4)["leakage_bits"]
    assert abs(shifted.midpoint - batteries.minimum_leakage(TERNARY, 4)["leakage_bits"].midpoint) < NARROW


@hypothesis.settings(max_examples=40, deadline=None, derandomize=True, database=None)
@hypothesis.given(
    st.lists(st.integers(0, 9), min_size=2, max_size=5).filter(lambda w: sum(map(bool, w)) > 1),
    st.integers(1, 8),
    st.data(),
)
def test_every_law_encloses_the_minimum(weights: list[int], capacity: int, data: st.DataObject) -> None:
    """BATTERY-14, BATTERY-15: min D <= J* <= J for any law; the minimum is always enclosed narrowly."""
    p = law_of(weights)
    least = batteries.minimum_leakage(p, capacity)["leakage_bits"]
    assert least.width < NARROW
    theta = law_of(data.draw(st.lists(st.integers(1, 50), min_size=capacity + 1, max_size=capacity + 1)))
    answer = batteries.structured_leakage(p, theta)
    assert answer["lower_bits"].lower <= least.upper
    assert answer["leakage_bits"].upper >= least.lower
    assert answer["lower_bits"].lower <= answer["leakage_bits"].upper


def test_certificate_is_tight_at_the_optimum() -> None:
    """BATTERY-14: at the optimal law both bounds are the minimum; without a state the lower one is 0."""
    for p in (FAIR, TERNARY):
        theta = [mass.lower for mass in batteries.minimum_leakage(p, 5)["initial_state"]]
        answer = batteries.structured_leakage(p, theta)
        assert answer["leakage_bits"].upper - answer["lower_bits"].lower < F(1, 10**40)
    without = batteries.structured_leakage(FAIR, [F(1, 2), F(1, 2), F(0)])
    assert without["lower_bits"].upper == 0


@pytest.mark.parametrize(("p", "capacity"), [(FAIR, 4), (TERNARY, 3), (law_of((7, 1, 2)), 5)])
def test_alternating_minimisation(p: tuple[Fraction, ...], capacity: int) -> None:
    """BATTERY-14, BATTERY-15: each step proves bounds around the minimum, which come closer, the upper one
    without ever rising.
    """
    least = batteries.minimum_leakage(p, capacity)["leakage_bits"]
    minimiser = batteries.Minimiser(p, range(capacity + 1))
    u, proved = [0.0] * (capacity + 1), []
    for _ in range(40):
        theta = [F(math.exp(value)) for value in u]
        theta = [mass / sum(theta) for mass in theta]
        proved.append(batteries.structured_leakage(p, theta))
        assert proved[-1]["lower_bits"].lower <= least.upper
        assert least.lower <= proved[-1]["leakage_bits"].upper
        u = minimiser.alternated(u, 1)
    rounding = F(1, 10**14)
    for earlier, later in itertools.pairwise(proved):
        assert later["leakage_bits"].lower <= earlier["leakage_bits"].upper + rounding
    gaps = [answer["leakage_bits"].upper - answer["lower_bits"].lower for answer in proved]
    assert gaps[-1] < gaps[0] / 20


def rare_law(rng: random.Random) -> list[Fraction]:
    """Loads of every rarity down to 10^-30, some beyond, so that some states hardly hang together."""
    chances = (F(1, 10 ** rng.randint(0, 30)), F(1), F(1, 10 ** rng.randint(0, 300)), F(0))
    weights = [rng.choice(chances) * rng.randint(1, 99) for _ in range(rng.randint(1, 5))]
    weights.append(F(1))
    return [weight / sum(weights) for weight in weights]


def test_rare_loads() -> None:
    """BATTERY-15: the enclosure is narrow whatever the rarity, and the law that is found reaches it.

    For a load of 0 with probability 1 - e the minimum is at most H(e); for 0 or 2 and e of 3 it is no further
    than that from what the even states leak alone.
    """
    rng = random.Random(15)
    for _ in range(60):
        p, capacity = rare_law(rng), rng.randint(1, 8)
        answer = batteries.minimum_leakage(p, capacity)
        least = answer["leakage_bits"]
        assert least.upper - least.lower < F(1, 10**14), p
        law = [mass.lower for mass in answer["initial_state"]]
        batteries.judge_minimum_leakage(p, capacity, least.lower, law)
        reached = batteries.structured_leakage(p, law)["leakage_bits"]
        assert reached.lower <= least.upper
        assert least.lower <= reached.upper
    for digits in (3, 9, 16, 17, 24, 25, 30, 300):
        e = F(1, 10**digits)
        slack = e * (4 * digits + 2) + F(1, 10**70)
        least = batteries.minimum_leakage([1 - e, e], 5)["leakage_bits"]
        assert 0 <= least.lower <= least.upper < slack
        least = batteries.minimum_leakage([F(1, 2), F(0), F(1, 2) - e, e], 2)["leakage_bits"]
        assert F(1, 2) - slack < least.lower <= least.upper < F(1, 2) + slack


def test_closed_form() -> None:
    """BATTERY-17: the formula lies in the solver's enclosure, the law is the solver's, up to capacity 64."""
    for capacity in (*range(1, 13), 31, 64):
        found, closed = batteries.minimum_leakage(FAIR, capacity), batteries.binary_minimum(capacity)
        assert found["leakage_bits"].lower <= closed["leakage_bits"].upper
        assert closed["leakage_bits"].lower <= found["leakage_bits"].upper
        for ours, theirs in zip(found["initial_state"], closed["initial_state"], strict=True):
            assert abs(ours.midpoint - theirs.midpoint) < NARROW
    assert float(batteries.binary_minimum(1)["leakage_bits"]) == 0.5


def test_judge() -> None:
    """BATTERY-16: accepts the reference and an answer in binary64, refuses every other one."""
    answer = batteries.minimum_leakage(TERNARY, 4)
    value, law = answer["leakage_bits"].midpoint, [mass.lower for mass in answer["initial_state"]]
    rounded = [F(float(mass)) for mass in law]
    batteries.judge_minimum_leakage(TERNARY, 4, value, law)
    batteries.judge_minimum_leakage(TERNARY, 4, F(float(value)), rounded)
    tiny = F(1, 10**11)
    for leakage, theta in (
        (value + tiny, law),
        (value - tiny, law),
        (value, law[:-1]),
        (value, [*law, F(0)]),
        (value, [*law[:-1], law[-1] + F(1, 10**6)]),
        (value, [F(1, 5)] * 5),
        (value, [law[0] + law[1] + F(1, 100), -F(1, 100), *law[2:]]),
        (value, []),
    ):
        with pytest.raises(ProofFailed):
            batteries.judge_minimum_leakage(TERNARY, 4, leakage, theta)


@hypothesis.settings(max_examples=25, deadline=None, derandomize=True, database=None)
@hypothesis.given(st.integers(0, 10**6), st.integers(2, 3), st.integers(1, 3), st.integers(0, 1))
def test_no_policy_beats_the_minimum(seed: int, loads: int, capacity: int, extra: int) -> None:
    """BATTERY-13: the audited rate of random feasible policies is never below the minimum, and what T slots
    leak is never below T minima less log2(C + 1).
    """
    draw = random.Random(seed)
    p, theta = random_law(draw, loads), random_law(draw, capacity + 1)
    rows = batteries.as_rows(random_policy(draw, capacity, loads, loads + extra))
    least = batteries.minimum_leakage(p, capacity)["leakage_bits"]
    assert controllers.leakage_rate(p, theta, rows, 3)["upper_bits"].upper >= least.lower
    for slots in (1, 2, 3):
        leaked = float(batteries.finite_leakage(p, theta, rows, slots))
        assert slots * leaked >= slots * float(least) - math.log2(capacity + 1) - 1e-12
