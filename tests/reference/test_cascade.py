"""Batteries in a cascade: joint laws, Theorem 1 and its chain, Theorem 2, more batteries, the search."""

import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from meter_privacy.reference import batteries, cascade, cascade_search
from meter_privacy.reference.errors import Malformed, ProofFailed, Range

F = Fraction
FAIR = (F(1, 2), F(1, 2))
TERNARY = (F(1, 4), F(1, 2), F(1, 4))
NARROW = F(1, 10**25)
SEED = b"\x2b" * 32
Point = tuple[Any, ...]
Part = Callable[[Point], Any]


def random_law(draw: random.Random, size: int) -> tuple[Fraction, ...]:
    """A law with weights from 1 to 5."""
    weights = [draw.randrange(1, 6) for _ in range(size)]
    return tuple(F(weight, sum(weights)) for weight in weights)


def random_policy(draw: random.Random, capacity: int, inputs: int, outputs: int) -> batteries.Policy:
    """A feasible policy with weights from 1 to 4."""
    table = []
    for s, x in itertools.product(range(capacity + 1), range(inputs)):
        low, high = batteries.output_range(capacity, s, x, outputs - 1)
        weights = [draw.randrange(1, 5) if low <= y <= high else 0 for y in range(outputs)]
        table.append(tuple(F(weight, sum(weights)) for weight in weights))
    return tuple(tuple(table[s * inputs : (s + 1) * inputs]) for s in range(capacity + 1))


def as_battery(theta: Sequence[Fraction], q: batteries.Policy) -> dict[str, Any]:
    """A battery in the form in which operations take it."""
    return {"initial_state": theta, "policy": batteries.as_rows(q)}


def random_battery(draw: random.Random, capacity: int, inputs: int, outputs: int) -> dict[str, Any]:
    """Any feasible battery."""
    return as_battery(random_law(draw, capacity + 1), random_policy(draw, capacity, inputs, outputs))


def random_invariant(draw: random.Random, p: tuple[Fraction, ...], capacity: int) -> dict[str, Any]:
    """Any invariant battery."""
    shape = cascade_search.Couplings(p, capacity)
    return as_battery(*shape.battery(shape.start(draw.random)))


def optimal_alone(p: tuple[Fraction, ...], capacity: int) -> dict[str, Any]:
    """The structured battery that leaks least by itself."""
    theta, _ = batteries.least_structured(p, capacity)
    return as_battery(theta, batteries.structured(p, theta))


def passes(capacity: int, loads: int) -> dict[str, Any]:
    """A full battery that passes everything on."""
    table = tuple(
        tuple(tuple(F(x == y) for y in range(loads)) for x in range(loads)) for _ in range(capacity + 1)
    )
    return as_battery([F(0)] * capacity + [F(1)], table)


def information(law: Mapping[Point, Fraction], left: Part, right: Part) -> float:
    """I of two functions of a point, as the mean of log2 p(l, r)/(p(l) p(r))."""
    both: dict[Any, Fraction] = {}
    one: dict[Any, Fraction] = {}
    two: dict[Any, Fraction] = {}
    for point, mass in law.items():
        a, b = left(point), right(point)
        both[a, b] = both.get((a, b), F(0)) + mass
        one[a], two[b] = one.get(a, F(0)) + mass, two.get(b, F(0)) + mass
    return math.fsum(float(m) * math.log2(m / (one[a] * two[b])) for (a, b), m in both.items() if m)


def given(law: Mapping[Point, Fraction], left: Part, right: Part, known: Part) -> float:
    """I of two functions of a point given a third."""
    whole = information(law, lambda z: (left(z), known(z)), right)
    return whole - information(law, known, right)


def law_of_pair(p: Sequence[Fraction], pair: list[dict[str, Any]], slots: int) -> dict[Point, Fraction]:
    """The law of ((s_A, s_B), x^T, w^T, y^T)."""
    _, read = cascade.read_cascade(p, pair)
    paths = cascade.cascade_paths(tuple(p), read, slots)
    return {
        (start, xs, tuple(w for w, _ in flows), tuple(y for _, y in flows)): mass
        for (start, xs, flows), mass in paths.items()
    }


def states_at(z: Point, t: int) -> tuple[int, int]:
    """The states of both batteries at the beginning of slot t, counted from 0."""
    (a, b), xs, ws, ys = z
    return a - sum(xs[:t]) + sum(ws[:t]), b - sum(ws[:t]) + sum(ys[:t])


# ---- Laws ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacities", "alphabets", "slots"),
    [((1, 2), (2, 2, 2), 2), ((2, 1), (2, 3, 3), 1), ((1, 1), (2, 3, 4), 1)],
)
def test_law_of_a_cascade(capacities: tuple[int, int], alphabets: tuple[int, int, int], slots: int) -> None:
    """BATTERY-3, BATTERY-5: m_x <= m_w <= m_y, capacities apart; the product of each battery's own law."""
    draw = random.Random(f"{capacities} {alphabets}")
    p = random_law(draw, alphabets[0])
    pair = [
        random_battery(draw, c, i, o) for c, i, o in zip(capacities, alphabets, alphabets[1:], strict=False)
    ]
    points = cascade.cascade_joint_law(p, pair, slots)
    assert sum(point["probability"].lower for point in points) == 1
    _, ((theta_a, q_a), (theta_b, q_b)) = cascade.read_cascade(p, pair)
    for point in points:
        a, b = point["state_a"], point["state_b"]
        mass = theta_a[a] * theta_b[b]
        for x, w, y in zip(point["loads"], point["between"], point["outputs"], strict=True):
            mass *= p[x] * q_a[a][x][w] * q_b[b][w][y]
            a, b = a - x + w, b - w + y
            assert 0 <= a <= capacities[0]
            assert 0 <= b <= capacities[1]
        assert point["probability"].lower == mass > 0
    law = law_of_pair(p, pair, slots)
    assert information(law, lambda z: z[0][1], lambda z: (z[0][0], z[1])) == pytest.approx(0, abs=1e-14)
    # (X, S_A) -> W -> Y is a Markov chain given S_B.
    assert given(law, lambda z: (z[0][0], z[1]), lambda z: z[3], lambda z: (z[0][1], z[2])) == pytest.approx(
        0, abs=1e-13
    )


def test_alphabets_that_shrink() -> None:
    """BATTERY-3: a battery with fewer outputs than inputs is range, a cascade of none malformed."""
    draw = random.Random("shrink")
    wide, narrow = random_battery(draw, 1, 2, 3), random_battery(draw, 1, 2, 2)
    with pytest.raises(Range):
        cascade.cascade_bound(FAIR, [wide, narrow])
    with pytest.raises(Malformed):
        cascade.chain_bound(FAIR, [])
    with pytest.raises(Malformed):
        cascade.cascade_bound(FAIR, [narrow])


def test_leakage_of_a_cascade_over_slots() -> None:
    """BATTERY-6: the recursion gives I(S_A, S_B, X^T; Y^T)/T of the enumerated law; a battery that passes on
    adds nothing.
    """
    draw = random.Random("cascade slots")
    for alphabets, capacities in (((2, 2, 2), (1, 2)), ((2, 2, 3), (1, 1)), ((3, 3, 3), (1, 1))):
        p = random_law(draw, alphabets[0])
        pair = [
            random_battery(draw, c, i, o)
            for c, i, o in zip(capacities, alphabets, alphabets[1:], strict=False)
        ]
        for slots in (1, 2):
            law = law_of_pair(p, pair, slots)
            expected = information(law, lambda z: (z[0], z[1]), lambda z: z[3]) / slots
            assert float(cascade.cascade_finite_leakage(p, pair, slots)) == pytest.approx(expected, abs=1e-13)
    alone = optimal_alone(TERNARY, 2)
    for pair in ([alone, passes(1, 3)], [passes(1, 3), alone], [alone]):
        found = cascade.cascade_finite_leakage(TERNARY, pair, 2)
        whole = batteries.finite_leakage(TERNARY, alone["initial_state"], alone["policy"], 2)
        assert abs(found.midpoint - whole.midpoint) < NARROW


# ---- Theorem 1 -----------------------------------------------------------------------------------

PAIRS = [
    (FAIR, [optimal_alone(FAIR, 1), optimal_alone(FAIR, 1)]),
    (FAIR, [random_invariant(random.Random(1), FAIR, 1), random_invariant(random.Random(2), FAIR, 1)]),
    (FAIR, [random_invariant(random.Random(3), FAIR, 2), random_invariant(random.Random(4), FAIR, 1)]),
    (
        TERNARY,
        [random_invariant(random.Random(5), TERNARY, 1), random_invariant(random.Random(6), TERNARY, 1)],
    ),
]


@pytest.mark.parametrize(("p", "pair"), PAIRS)
def test_terms_of_theorem_1(p: tuple[Fraction, ...], pair: list[dict[str, Any]]) -> None:
    """BATTERY-10: the three terms of the enumerated law, their sum, and identity with I(S_A, S_B, X; Y)."""
    law = law_of_pair(p, pair, 1)
    answer = cascade.cascade_bound(p, pair)
    first = information(law, lambda z: (z[0][0], z[1]), lambda z: z[2])
    second = information(law, lambda z: (z[0][1], z[2]), lambda z: z[3])
    joint = information(law, lambda z: (z[0], z[1], z[3]), lambda z: z[2])
    single = information(law, lambda z: (z[0], z[1]), lambda z: z[3])
    found = [float(answer[key]) for key in ("first_bits", "second_bits", "joint_bits", "bound_bits")]
    assert found == pytest.approx([first, second, joint, single], abs=1e-13)
    assert found[0] + found[1] - found[2] == pytest.approx(found[3], abs=1e-14)
    assert [value.upper for value in answer["residuals"]] == [0, 0]
    assert answer["bound_bits"].width < NARROW


def steps_of(law: Mapping[Point, Fraction], t: int) -> tuple[float, float, float, float]:
    """What is known of W_t, slots counted from 0: by initial states, loads and outputs until t, given
    W^(t-1); by all states besides; by the state, load and output of t; and by these without W^(t-1).
    """

    def until(z: Point) -> Any:
        return z[0], z[1][: t + 1], z[3][: t + 1]

    def with_states(z: Point) -> Any:
        return until(z), tuple(states_at(z, i) for i in range(t + 1))

    def now(z: Point) -> Any:
        return states_at(z, t), z[1][t], z[3][t]

    def target(z: Point) -> Any:
        return z[2][t]

    def before(z: Point) -> Any:
        return z[2][:t]

    known = [given(law, part, target, before) for part in (until, with_states, now)]
    return known[0], known[1], known[2], information(law, now, target)


@pytest.mark.parametrize(("p", "pair"), PAIRS)
def test_chain_of_theorem_1(p: tuple[Fraction, ...], pair: list[dict[str, Any]]) -> None:
    """BATTERY-11: steps (a) to (f) of (11) at T = 2: equalities, inequalities and their directions."""
    T = 2
    law = law_of_pair(p, pair, T)
    one = law_of_pair(p, pair, 1)

    def first(z: Point) -> Any:
        return z[0][0], z[1]

    def second(z: Point) -> Any:
        return z[0][1], z[2]

    def between(z: Point) -> Any:
        return z[2]

    leaked = information(law, lambda z: (z[0], z[1]), lambda z: z[3])
    whole = information(law, lambda z: (z[0], z[1], z[3]), between)
    a = information(law, first, between) + information(law, second, lambda z: z[3]) - whole
    letters = T * (information(one, first, between) + information(one, second, lambda z: z[3]))
    until, with_states, last, alone = zip(*(steps_of(law, t) for t in range(T)), strict=True)
    single = steps_of(one, 0)[3]
    slack = 1e-12
    assert leaked == pytest.approx(a, abs=slack), "(a)"
    assert information(law, first, between) == pytest.approx(
        T * information(one, first, between), abs=slack
    ), "(b)"
    assert a == pytest.approx(letters - whole, abs=slack), "(b)"
    assert whole >= sum(until) - slack, "the step without a letter"
    assert sum(until) == pytest.approx(sum(with_states), abs=slack), "(c)"
    assert all(more >= less - slack for more, less in zip(with_states, last, strict=True)), "(d)"
    assert all(more >= less - slack for more, less in zip(last, alone, strict=True)), "(e)"
    assert alone == pytest.approx((single,) * T, abs=slack), "(f)"
    assert leaked <= letters - T * single + slack
    assert float(cascade.cascade_bound(p, pair)["bound_bits"]) == pytest.approx(
        letters / T - single, abs=slack
    )


def test_chain_is_strict_somewhere() -> None:
    """BATTERY-11: for the structured pair of capacity 1 the unlettered step loses 0.016 bits, (d) and (e)
    nothing in the first slot.
    """
    p, pair = PAIRS[0]
    values = [float(cascade.cascade_finite_leakage(p, pair, T)) for T in range(1, 6)]
    assert values == pytest.approx([0.344361, 0.336215, 0.332047, 0.329673, 0.328186], abs=1e-6)
    bound = float(cascade.cascade_bound(p, pair)["bound_bits"])
    assert all(value <= bound + 1e-12 for value in values)
    assert values[-1] < bound - 0.01


# ---- Theorem 2 -----------------------------------------------------------------------------------


def history_policy(seed: str, capacity: int, outputs: int) -> cascade.HistoryPolicy:
    """A feasible policy that depends on the whole past, by a seeded generator for each past."""

    def policy(xs: tuple[int, ...], states: tuple[int, ...], ys: tuple[int, ...]) -> dict[int, Fraction]:
        draw = random.Random(f"{seed} {xs} {states} {ys}")
        low, high = batteries.output_range(capacity, states[-1], xs[-1], outputs - 1)
        weights = {y: draw.randrange(4) for y in range(low, high + 1)}
        if not any(weights.values()):
            weights[xs[-1]] = 1
        return {y: F(weight, sum(weights.values())) for y, weight in weights.items() if weight}

    return policy


@pytest.mark.parametrize(
    ("capacities", "outputs", "slots"),
    [((1, 1), 2, 1), ((1, 1), 2, 2), ((1, 1), 2, 3), ((1, 2), 2, 2), ((1, 1), 3, 2)],
)
def test_one_battery_does_what_two_do(capacities: tuple[int, int], outputs: int, slots: int) -> None:
    """BATTERY-12: Claim 1 for T = 1, 2, 3, policies with memory of everything: feasible, the same law."""
    draw = random.Random(f"claim {capacities} {outputs}")
    p = random_law(draw, 2)
    pair = [
        (random_law(draw, c + 1), history_policy(f"{k} {c}", c, outputs)) for k, c in enumerate(capacities)
    ]
    whole = cascade.summed(cascade.history_law(p, pair, slots))
    theta, policy = cascade.equivalent_history(whole, sum(capacities))
    # history_law refuses a policy that leaves 0..C_A + C_B.
    alone = cascade.summed(cascade.history_law(p, [(theta, policy)], slots))
    assert {key: mass for key, mass in alone.items() if mass} == {
        key: mass for key, mass in whole.items() if mass
    }
    two = {
        ((start, xs), tuple(f[-1] for f in flows)): m
        for (start, xs, flows), m in cascade.history_law(p, pair, slots).items()
    }
    one = {((s, xs), ys): m for (s, xs, ys), m in whole.items()}
    leaked = information(two, lambda z: z[0], lambda z: z[1])
    assert leaked >= information(one, lambda z: z[0], lambda z: z[1]) - 1e-12
    least = float(batteries.minimum_leakage(p, sum(capacities))["leakage_bits"])
    assert leaked >= slots * least - math.log2(sum(capacities) + 1)


def test_equivalent_policy_of_the_first_slot() -> None:
    """BATTERY-12: the table of the operation gives the law of the sum of states, the load and the output."""
    draw = random.Random("equivalent")
    for alphabets, capacities in (((2, 2, 2), (1, 1)), ((2, 3, 4), (2, 1)), ((3, 3, 3, 3), (1, 1, 1))):
        p = random_law(draw, alphabets[0])
        listed = [
            random_battery(draw, c, i, o)
            for c, i, o in zip(capacities, alphabets, alphabets[1:], strict=False)
        ]
        answer = cascade.equivalent_policy(p, listed)
        theta = [mass.lower for mass in answer["initial_state"]]
        rows = [{"probabilities": [part.lower for part in row["probabilities"]]} for row in answer["policy"]]
        _, read = cascade.read_cascade(p, listed)
        whole = cascade.summed(cascade.cascade_paths(p, read, 1))
        q = batteries.read_policy(rows, sum(capacities), len(p))
        assert whole == batteries.trajectories(p, tuple(theta), q, 1)
    # A sum of states without probability passes the load on.
    empty = as_battery([F(1), F(0)], batteries.structured(FAIR, (F(1), F(0))))
    answer = cascade.equivalent_policy(FAIR, [empty, empty])
    assert [part.lower for part in answer["policy"][4]["probabilities"]] == [1, 0]
    with pytest.raises(Range):
        cascade.equivalent_policy(FAIR, [passes(33, 2), passes(32, 2)])
    with pytest.raises(Range, match="points"):
        cascade.equivalent_policy(FAIR, [passes(21, 2)] * 3)


# ---- More batteries ------------------------------------------------------------------------------


def test_any_number_of_batteries() -> None:
    """BATTERY-27: the bound for k batteries, above what they leak over T slots and above the least of kC."""
    alone = optimal_alone(FAIR, 1)
    bounds = [cascade.chain_bound(FAIR, [alone] * k) for k in (1, 2, 3, 4)]
    values = [float(answer["bound_bits"]) for answer in bounds]
    assert values == pytest.approx([0.5, 0.344361, 0.297681, 0.284060], abs=1e-6)
    assert [float(cascade.cascade_bound(FAIR, [alone] * 2)["bound_bits"])] == pytest.approx(
        [values[1]], abs=1e-14
    )
    for k, value in enumerate(values, 1):
        assert [residual.upper for residual in bounds[k - 1]["residuals"]] == [0] * k
        assert value >= float(batteries.minimum_leakage(FAIR, k)["leakage_bits"]) - 1e-15
        for slots in (2, 3):
            assert float(cascade.cascade_finite_leakage(FAIR, [alone] * k, slots)) <= value + 1e-12
    mixed = [random_invariant(random.Random(k), FAIR, c) for k, c in enumerate((1, 2, 1))]
    bound = float(cascade.chain_bound(FAIR, mixed)["bound_bits"])
    assert float(cascade.cascade_finite_leakage(FAIR, mixed, 2)) <= bound + 1e-12
    assert bound >= float(batteries.minimum_leakage(FAIR, 4)["leakage_bits"])


# ---- The search ----------------------------------------------------------------------------------


def as_input(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The batteries of an answer as a judge takes them."""
    return [
        {
            "initial_state": [F(str(mass)) for mass in battery["initial_state"]],
            "policy": [
                {"probabilities": [F(str(part)) for part in row["probabilities"]]}
                for row in battery["policy"]
            ],
        }
        for battery in answer["batteries"]
    ]


@pytest.mark.parametrize(
    ("p", "capacity", "same", "expected"),
    [
        (FAIR, 1, 1, 0.3227863516), (FAIR, 1, 0, 0.3112781245), (FAIR, 2, 1, 0.1720768269),
        (FAIR, 2, 0, 0.1567507329), (FAIR, 3, 1, 0.1099733780), (FAIR, 3, 0, 0.0952518047),
        (TERNARY, 1, 1, 0.5395095396), (TERNARY, 2, 0, 0.2763222314),
    ],
)  # fmt: skip
def test_search(p: tuple[Fraction, ...], capacity: int, same: int, expected: float) -> None:
    """BATTERY-18: every start ends at the same bound, stationary, invariant, between the bounds of Theorem 2
    and of batteries each optimal alone; the judge agrees.
    """
    for start in range(3):
        answer = cascade_search.search_bound(p, capacity, same, 1, bytes([start + 1]) * 32)
        assert float(answer["bound_bits"]) == pytest.approx(expected, abs=2e-9)
    least = batteries.minimum_leakage(p, 2 * capacity)["leakage_bits"]
    each = cascade.cascade_bound(p, [optimal_alone(p, capacity)] * 2)["bound_bits"]
    assert least.upper < answer["bound_bits"].lower
    assert answer["bound_bits"].upper < each.lower
    assert 0 <= answer["gap_bits"] < 1e-7
    given_batteries = as_input(answer)
    assert max(cascade.residuals(*cascade.read_cascade(p, given_batteries))) < NARROW
    arguments = (p, capacity, same, 1, SEED, answer["bound_bits"].midpoint, F(answer["gap_bits"]))
    cascade_search.judge_search_bound(*arguments, given_batteries)


def test_search_is_a_local_minimum() -> None:
    """BATTERY-18: no random invariant battery beside the one found lowers the bound of free batteries."""
    answer = cascade_search.search_bound(FAIR, 2, 0, 2, SEED)
    found = as_input(answer)
    for seed in range(20):
        other = random_invariant(random.Random(seed), FAIR, 2)
        for pair in ([other, found[1]], [found[0], other]):
            gap = F(answer["gap_bits"]) + NARROW
            assert cascade.cascade_bound(FAIR, pair)["bound_bits"].upper >= answer["bound_bits"].lower - gap


def test_judge_of_the_search() -> None:
    """BATTERY-18: another bound, a gap too large or too small, batteries that are not alike, not invariant,
    not stationary, of another capacity, infeasible or missing are refused.
    """
    answer = cascade_search.search_bound(FAIR, 1, 1, 1, SEED)
    found, bound, gap = as_input(answer), answer["bound_bits"].midpoint, F(answer["gap_bits"])
    head = (FAIR, 1, 1, 1, SEED)
    cascade_search.judge_search_bound(*head, bound, gap, found)
    alone = optimal_alone(FAIR, 1)
    loose = cascade.cascade_bound(FAIR, [alone, alone])["bound_bits"].midpoint
    shifted = {**found[0], "initial_state": [F(1, 3), F(2, 3)]}
    infeasible = {**found[0], "policy": found[0]["policy"][::-1]}
    for wrong in (
        (bound + F(1, 10**8), gap, found),
        (bound, F(1, 10**5), found),
        (bound, F(-1, 10**9), found),
        (bound, gap, [found[0], alone]),
        (bound, gap, [shifted, shifted]),
        (bound, gap, [infeasible, infeasible]),
        (bound, gap, found[:1]),
        (loose, F(0), [alone, alone]),
        (bound, gap, [optimal_alone(FAIR, 2)] * 2),
    ):
        with pytest.raises(ProofFailed):
            cascade_search.judge_search_bound(*head, *wrong)
    with pytest.raises(Range):
        cascade_search.search_bound((F(1, 5),) * 5, 1, 1, 1, SEED)
    with pytest.raises(Malformed):
        cascade_search.search_bound(FAIR, 1, 1, 1, b"short")
