"""Controllers: policies that hold, audits of tables, controllers with memory and cascades, the simulation."""

import hashlib
import itertools
import math
import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from meter_privacy.reference import batteries, cascade, cascade_search, controllers
from meter_privacy.reference.errors import Exhausted, Malformed, Range

F = Fraction
FAIR = (F(1, 2), F(1, 2))
TERNARY = (F(1, 4), F(1, 2), F(1, 4))
NARROW = F(1, 10**25)


def structured(p: tuple[Fraction, ...], capacity: int) -> tuple[tuple[Fraction, ...], list[dict[str, Any]]]:
    """The optimal initial law and its structured policy."""
    theta, _ = batteries.least_structured(p, capacity)
    return theta, batteries.as_rows(batteries.structured(p, theta))


def random_table(draw: random.Random, capacity: int, inputs: int) -> list[dict[str, Any]]:
    """A feasible table with weights from 1 to 4."""
    rows = []
    for s, x in itertools.product(range(capacity + 1), range(inputs)):
        low, high = batteries.output_range(capacity, s, x, inputs - 1)
        weights = [draw.randrange(1, 5) if low <= y <= high else 0 for y in range(inputs)]
        rows.append({"probabilities": [F(weight, sum(weights)) for weight in weights]})
    return rows


def held_controller(p: Sequence[Fraction], capacity: int, level: Fraction | None) -> list[dict[str, Any]]:
    """Best effort (no level) or a constant level as a controller: its state is (charge, last output or
    phase).
    """
    m = len(p) - 1
    memories = m + 1 if level is None else level.denominator
    states = []
    for s, g in itertools.product(range(capacity + 1), range(memories)):
        target = g if level is None else math.floor((g + 1) * level) - math.floor(g * level)
        moves = []
        for x, chance in enumerate(p):
            low, high = max(0, x - s), min(m, capacity - s + x)
            y = max(low, min(high, target))
            memory = y if level is None else (g + 1) % memories
            moves.append(
                {"load": x, "output": y, "next": (s - x + y) * memories + memory, "probability": F(1)}
            )
            assert chance >= 0
        states.append({"charge": s, "moves": moves})
    return states


def first(size: int) -> list[Fraction]:
    """The law that is sure of the first state."""
    return [F(1), *[F(0)] * (size - 1)]


# ---- Policies that hold --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "capacity", "expected"),
    [
        (FAIR, 1, 0.677867181055), (FAIR, 2, 0.519274632718), (FAIR, 4, 0.358310503200),
        (FAIR, 6, 0.276138892709), (TERNARY, 2, 0.810434074717), ((F(1, 10), F(9, 10)), 5, 0.121213596221),
    ],
)  # fmt: skip
def test_best_effort(p: tuple[Fraction, ...], capacity: int, expected: float) -> None:
    """BATTERY-19, BATTERY-21: enclosed to 1e-25, and between the audited bounds of the same controller."""
    found = controllers.best_effort_leakage(p, capacity)
    assert found.width < NARROW
    assert float(found) == pytest.approx(expected, abs=1e-11)
    controller = held_controller(p, capacity, None)
    block = 8 if len(p) == 2 else 5
    audit = controllers.controller_leakage_rate(p, capacity, controller, first(len(controller)), block)
    assert audit["lower_bits"].lower <= found.lower
    assert found.upper <= audit["upper_bits"].upper


@pytest.mark.parametrize(
    ("p", "capacity", "level", "charge"),
    [
        (FAIR, 2, F(1, 2), 0),
        (FAIR, 3, F(1, 3), 3),
        (TERNARY, 3, F(1), 1),
        (TERNARY, 2, F(5, 4), 0),
        (FAIR, 2, F(0), 1),
    ],
)
def test_holding_a_constant(p: tuple[Fraction, ...], capacity: int, level: Fraction, charge: int) -> None:
    """BATTERY-20, BATTERY-21: enclosed to 1e-25, and between the audited bounds of the same controller."""
    found = controllers.constant_holding_leakage(p, capacity, level, charge)
    assert found.width < NARROW
    controller = held_controller(p, capacity, level)
    initial = [F(i == charge * level.denominator) for i in range(len(controller))]
    audit = controllers.controller_leakage_rate(p, capacity, controller, initial, 6)
    assert audit["lower_bits"].lower <= found.upper
    assert found.lower <= audit["upper_bits"].upper
    assert audit["upper_bits"].upper - audit["lower_bits"].lower < F(1, 4)


def test_holding_a_constant_at_the_ends() -> None:
    """BATTERY-20: a level of 0 or of the largest load drains or fills the battery and then passes everything
    on.
    """
    for level, charge in ((F(0), 2), (F(1), 0)):
        found = controllers.constant_holding_leakage(FAIR, 2, level, charge)
        assert found.lower <= 1 <= found.upper + NARROW
    with pytest.raises(Range):
        controllers.constant_holding_leakage(FAIR, 2, F(3, 2), 0)
    with pytest.raises(Range):
        controllers.constant_holding_leakage(FAIR, 2, F(1, 17), 0)
    with pytest.raises(Range):
        controllers.constant_holding_leakage(FAIR, 2, F(1, 2), 3)


def test_runs_that_are_too_long() -> None:
    """BATTERY-21: exhausted where a run outlasts 2^15 slots; a load that is certain leaks nothing."""
    rare = (1 - F(1, 10**6), F(1, 10**6))
    with pytest.raises(Exhausted):
        controllers.best_effort_leakage(rare, 2)
    with pytest.raises(Exhausted):
        controllers.constant_holding_leakage(rare, 2, F(0), 0)
    for certain in ((F(1), F(0)), (F(0), F(1)), (F(1),)):
        assert controllers.best_effort_leakage(certain, 3).upper == 0


def test_loads_that_hardly_vary() -> None:
    """BATTERY-21: runs from states that are hardly ever reached do not widen the rate."""
    rare = F(1, 10**12)
    found = controllers.constant_holding_leakage((rare, 1 - rare), 3, F(1, 2), 0)
    assert found.width < NARROW
    assert float(found) == pytest.approx(4.03058e-11, rel=1e-5)
    # One load in 10^12 slots shows: about log2(e/p) bits each time, less what two slots of the schedule hide.
    assert float(found) < 1e-12 * math.log2(math.e * 1e12)


def test_loads_that_never_vanish() -> None:
    """BATTERY-19: best effort with a load that is never 0, and loads of probability 0 that change nothing."""
    found = controllers.best_effort_leakage((F(0), F(1, 2), F(1, 2)), 2)
    controller = held_controller((F(0), F(1, 2), F(1, 2)), 2, None)
    audit = controllers.controller_leakage_rate((F(0), F(1, 2), F(1, 2)), 2, controller, first(9), 6)
    assert audit["lower_bits"].lower <= found.lower <= found.upper <= audit["upper_bits"].upper
    # From the first load on it is the binary load of 0 or 1, and the start is forgotten.
    assert abs(found.midpoint - controllers.best_effort_leakage(FAIR, 2).midpoint) < NARROW


# ---- Audits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_bounds_come_closer(seed: int) -> None:
    """BATTERY-23: the lower bound never falls, the upper one never rises, and T slots agree with them."""
    draw = random.Random(seed)
    loads, capacity = (2, 3)[seed % 2], (1, 2, 3, 2)[seed]
    p = [F(k + 1, sum(range(loads + 1))) for k in range(loads)]
    theta, rows = [F(1, capacity + 1)] * (capacity + 1), random_table(draw, capacity, loads)
    lowers, uppers = [], []
    for block in range(1, 7):
        answer = controllers.leakage_rate(p, theta, rows, block)
        lowers.append(answer["lower_bits"])
        uppers.append(answer["upper_bits"])
    assert all(a.lower <= b.upper for a, b in itertools.pairwise(lowers))
    assert all(b.lower <= a.upper for a, b in itertools.pairwise(uppers))
    assert lowers[-1].lower <= uppers[-1].upper
    assert uppers[-1].upper - lowers[-1].lower < uppers[0].upper - lowers[0].lower
    # I_T/T comes down to the rate within log2(C + 1)/T or so.
    T = 7
    leaked = float(batteries.finite_leakage(p, theta, rows, T))
    slack = (2 * math.log2(capacity + 1) + 2) / T
    assert float(lowers[-1]) - slack <= leaked <= float(uppers[-1]) + slack


def test_bounds_bracket_exact_rates() -> None:
    """BATTERY-23: structured policies leak J(theta) exactly, from any initial law; passing on leaks H(X)."""
    for p, capacity in ((FAIR, 2), (TERNARY, 2), ((F(1, 5), F(4, 5)), 3)):
        theta, rows = structured(p, capacity)
        exact = batteries.structured_leakage(p, theta)["leakage_bits"]
        for initial in (list(theta), first(capacity + 1)):
            answer = controllers.leakage_rate(p, initial, rows, 6)
            assert answer["lower_bits"].lower <= exact.upper
            assert exact.lower <= answer["upper_bits"].upper
            assert exact.midpoint - answer["lower_bits"].midpoint < F(1, 10)
            # Invariant: the upper bound is the rate, whatever the block.
            assert abs(answer["upper_bits"].midpoint - exact.midpoint) < NARROW
    identity = batteries.as_rows(
        tuple(tuple(tuple(F(x == y) for y in (0, 1)) for x in (0, 1)) for _ in range(3))
    )
    answer = controllers.leakage_rate(FAIR, [F(1, 3)] * 3, identity, 3)
    assert [float(answer[name]) for name in ("lower_bits", "upper_bits")] == pytest.approx([1, 1])


def test_closed_classes_and_periods() -> None:
    """BATTERY-22: classes that are reached, their periods, the exact probabilities of ending there, and the
    mean.
    """
    chain: list[list[int]] = [[1], [2, 3], [2], [4], [3], [5]]
    assert controllers.closed_classes(chain, [0]) == [(2,), (3, 4)]
    assert controllers.closed_classes(chain, [4, 5]) == [(3, 4), (5,)]
    assert [controllers.period(chain, members) for members in ((2,), (3, 4))] == [1, 2]
    assert controllers.period([[1, 2], [0], [3], [0]], (0, 1, 2, 3)) == 1
    assert controllers.period([[1, 3], [2], [0], [4], [0]], (0, 1, 2, 3, 4)) == 3
    # Capacity 2, load always 0: the state goes up by at most 1 a slot or stays, and 2 is the end.
    p = [F(1)]
    rows = [
        {"probabilities": [F(1, 3), F(2, 3)]},
        {"probabilities": [F(1), F(0)]},
        {"probabilities": [F(1), F(0)]},
    ]
    answer = controllers.leakage_rate(p, [F(1, 2), F(0), F(1, 2)], rows, 2)
    assert [(c["states"], c["period"]) for c in answer["classes"]] == [([1], 1), ([2], 1)]
    assert all(c["probability"].lower <= F(1, 2) <= c["probability"].upper for c in answer["classes"])
    # Two controllers in one: pass on for ever, or the best policy for ever, drawn at the start.
    theta, best = structured(FAIR, 1)

    def moves(rows: list[dict[str, Any]], s: int, base: int) -> list[dict[str, Any]]:
        return [
            {"load": x, "output": y, "next": base + s - x + y, "probability": chance}
            for x in (0, 1) for y, chance in enumerate(rows[2 * s + x]["probabilities"]) if chance
        ]  # fmt: skip

    identity = [{"probabilities": [F(1), F(0)]}, {"probabilities": [F(0), F(1)]}] * 2
    controller = [
        {"charge": s, "moves": moves(rows, s, base)}
        for rows, base in ((identity, 0), (best, 2))
        for s in (0, 1)
    ]
    mixed = controllers.controller_leakage_rate(FAIR, 1, controller, [F(1, 4), F(0), F(3, 8), F(3, 8)], 6)
    assert [c["states"] for c in mixed["classes"]] == [[0], [2, 3]]
    assert [float(c["probability"]) for c in mixed["classes"]] == pytest.approx([0.25, 0.75])
    assert float(mixed["upper_bits"]) == pytest.approx(0.25 * 1 + 0.75 * 0.5)
    assert theta == FAIR


def test_periodic_controller() -> None:
    """BATTERY-22, BATTERY-23: a public schedule of period 2 tells nothing by itself, and its class has period
    2.
    """
    controller = held_controller([F(1)], 2, F(0))
    assert (
        controllers.controller_leakage_rate([F(1)], 2, controller, first(3), 3)["upper_bits"].upper < NARROW
    )
    schedule = held_controller(FAIR, 8, F(1, 2))
    found = controllers.controller_leakage_rate(FAIR, 8, schedule, [F(i == 8) for i in range(18)], 4)
    assert [c["period"] for c in found["classes"]] == [2]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c[0]["moves"].append(dict(c[0]["moves"][0])),
        lambda c: c[0]["moves"].pop(),
        lambda c: c[0]["moves"][0].update(next=5),
        lambda c: c[0]["moves"][0].update(next=127),
        lambda c: c[0]["moves"][0].update(output=1),
        lambda c: c[0]["moves"][0].update(probability=F(1, 2)),
        lambda c: c[0]["moves"][0].update(probability=F(0)),
        lambda c: c[0]["moves"][0].update(load=2),
        lambda c: c[0].update(charge=3),
    ],
)
def test_controllers_that_are_none(change: Any) -> None:
    """BATTERY-22: moves twice, loads without a law, next states that are none or of another charge."""
    controller = held_controller(FAIR, 2, None)
    controllers.controller_leakage_rate(FAIR, 2, controller, first(6), 1)
    change(controller)
    with pytest.raises(Range):
        controllers.controller_leakage_rate(FAIR, 2, controller, first(6), 1)
    with pytest.raises(Malformed):
        controllers.controller_leakage_rate(FAIR, 2, controller, first(5), 1)


def test_audit_of_a_cascade() -> None:
    """BATTERY-24: brackets the exact rate where the second battery passes on, comes closer with n, and stays
    below Theorem 1's bound and above the least of the sum of capacities.
    """
    theta, rows = structured(TERNARY, 1)
    alone: dict[str, Any] = {"initial_state": theta, "policy": rows}
    identity = batteries.as_rows(
        tuple(tuple(tuple(F(x == y) for y in range(3)) for x in range(3)) for _ in range(2))
    )
    passing: dict[str, Any] = {"initial_state": first(2), "policy": identity}
    exact = batteries.structured_leakage(TERNARY, theta)["leakage_bits"]
    for pair in ([alone, passing], [passing, alone], [alone]):
        answer = controllers.chain_leakage_rate(TERNARY, pair, 2)
        assert answer["lower_bits"].lower <= exact.upper
        assert exact.lower <= answer["upper_bits"].upper
    theta, rows = structured(FAIR, 1)
    two = [{"initial_state": theta, "policy": rows}] * 2
    answers = [controllers.chain_leakage_rate(FAIR, two, block) for block in (1, 2, 3, 4)]
    widths = [answer["upper_bits"].upper - answer["lower_bits"].lower for answer in answers]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < F(1, 500)
    assert all(a["lower_bits"].lower <= b["lower_bits"].upper for a, b in itertools.pairwise(answers))
    assert all(b["upper_bits"].lower <= a["upper_bits"].upper for a, b in itertools.pairwise(answers))
    bound = cascade.chain_bound(FAIR, two)["bound_bits"]
    assert answers[-1]["upper_bits"].upper < bound.lower
    assert answers[-1]["lower_bits"].lower > batteries.minimum_leakage(FAIR, 2)["leakage_bits"].upper
    # Three batteries, not invariant: no bound of Theorem 1, but an audit.
    draw = random.Random("three")
    three = [{"initial_state": first(2), "policy": random_table(draw, 1, 2)} for _ in range(3)]
    found = controllers.chain_leakage_rate(FAIR, three, 3)
    assert max(value.lower for value in cascade.chain_bound(FAIR, three)["residuals"]) > 0
    assert found["lower_bits"].lower <= found["upper_bits"].upper
    assert found["upper_bits"].upper >= batteries.minimum_leakage(FAIR, 3)["leakage_bits"].lower
    with pytest.raises(Range):
        controllers.chain_leakage_rate(FAIR, two, 7)
    with pytest.raises(Range):
        controllers.chain_leakage_rate(FAIR, two * 2, 6)


# ---- The forward recursion and the simulation ----------------------------------------------------


def test_forward_recursion() -> None:
    """BATTERY-25: probabilities of all sequences add up to 1 and are those of the enumerated law, and so is
    the law of the state behind them.
    """
    draw = random.Random("forward")
    p, theta, rows = (F(1, 3), F(2, 3)), (F(1, 2), F(1, 3), F(1, 6)), random_table(draw, 2, 2)
    q = batteries.read_policy(rows, 2, 2)
    slots = 4
    masses: dict[tuple[int, ...], list[Fraction]] = {}
    for (s, xs, ys), mass in batteries.trajectories(p, theta, q, slots).items():
        masses.setdefault(ys, [F(0)] * 3)[s - sum(xs) + sum(ys)] += mass
    for ys in itertools.product((0, 1), repeat=slots):
        if ys not in masses:
            with pytest.raises(Range):
                controllers.forward_recursion(p, theta, rows, ys)
            continue
        answer = controllers.forward_recursion(p, theta, rows, ys)
        total = sum(masses[ys])
        assert float(answer["information_bits"]) == pytest.approx(-math.log2(total), abs=1e-13)
        for found, mass in zip(answer["belief"], masses[ys], strict=True):
            assert found.lower <= mass / total <= found.upper
    with pytest.raises(Range):
        controllers.forward_recursion(p, theta, rows, [0, 2])
    ones = [{"probabilities": [F(0), F(1)]}, {"probabilities": [F(0), F(1)]},
            {"probabilities": [F(1), F(0)]}, {"probabilities": [F(0), F(1)]}]  # fmt: skip
    with pytest.raises(Range):
        controllers.forward_recursion(FAIR, [F(1), F(0)], ones, [0])
    with pytest.raises(Malformed):
        controllers.forward_recursion(FAIR, [F(1), F(0)], ones, [])


def test_numbers_of_a_simulation() -> None:
    """BATTERY-26: the bytes of SHA-256 in counter mode, four at a time, against thresholds of 2^32."""
    seed = bytes(range(7, 39))
    stream = controllers.Stream(seed)
    label = b"meter-privacy/batteries/1/simulate\x00"
    words = b"".join(hashlib.sha256(label + seed + k.to_bytes(8, "big")).digest() for k in range(3))
    expected = [int.from_bytes(words[i : i + 4], "big") for i in range(0, 96, 4)]
    steps = [2**30, 2**31, 2**32]
    drawn = [stream.draw(steps) for _ in range(24)]
    assert drawn == [0 if word < 2**30 else 1 if word < 2**31 else 2 for word in expected]
    assert controllers.thresholds((F(1, 3), F(0), F(2, 3))) == [2**32 // 3, 2**32 // 3, 2**32]
    assert controllers.weights_of([5, 5, 2**32]) == [5, 0, 2**32 - 5]


def test_simulation() -> None:
    """BATTERY-26: the mean information density of the run, computed another way; its interval."""
    p, (theta, rows), seed, slots = FAIR, structured(FAIR, 2), b"\x3c" * 32, 128
    answer = controllers.simulate(p, theta, rows, slots, seed)
    assert answer["leakage_bits"].width < NARROW
    stream = controllers.Stream(seed)
    q = batteries.read_policy(rows, 2, 2)
    s = stream.draw(controllers.thresholds(theta))
    belief, densities = [float(mass) for mass in theta], []
    for _ in range(slots):
        x = stream.draw(controllers.thresholds(p))
        y = stream.draw(controllers.thresholds(q[s][x]))
        joint = [0.0] * 3
        for i, load in itertools.product(range(3), (0, 1)):
            if 0 <= i - load + y <= 2:
                joint[i - load + y] += belief[i] * float(p[load] * q[i][load][y])
        densities.append(math.log2(q[s][x][y] / sum(joint)))
        belief, s = [mass / sum(joint) for mass in joint], s - x + y
    assert float(answer["leakage_bits"]) == pytest.approx(sum(densities) / slots, abs=1e-7)
    batches = [sum(densities[i : i + 4]) / 4 for i in range(0, slots, 4)]
    spread = sum((b - sum(batches) / 32) ** 2 for b in batches)
    assert float(answer["half_width_bits"]) == pytest.approx(
        2.7440419 * math.sqrt(spread / 32 / 31), abs=1e-6
    )
    for slots, seed in ((32, b"\x3c" * 32), (100, b"\x3c" * 32), (2**20 + 32, b"\x3c" * 32)):
        with pytest.raises(Range):
            controllers.simulate(p, theta, rows, slots, seed)
    with pytest.raises(Malformed):
        controllers.simulate(p, theta, rows, 64, b"\x3c" * 31)


def test_simulated_intervals_hold() -> None:
    """BATTERY-26: of 40 runs of 8192 slots at least 37 intervals of 99 % hold the exact rate (fewer with
    probability 1e-3)."""
    theta, rows = structured(FAIR, 1)
    exact = float(batteries.structured_leakage(FAIR, theta)["leakage_bits"])
    held = 0
    for run in range(40):
        answer = controllers.simulate(FAIR, theta, rows, 8192, hashlib.sha256(b"%d" % run).digest())
        held += abs(answer["leakage_bits"] - exact) <= answer["half_width_bits"]
    assert held >= 37


def test_simulation_in_binary64_and_enclosed() -> None:
    """BATTERY-26: the enclosed sums of a short run are those of binary64."""
    p, theta = TERNARY, batteries.least_structured(TERNARY, 2)[0]
    q = batteries.structured(p, theta)
    exact = controllers.density_sums(p, theta, q, 256, b"\x77" * 32, exact=True)
    floats = controllers.density_sums(p, theta, q, 256, b"\x77" * 32, exact=False)
    for enclosed, value in zip(exact, floats, strict=True):
        assert float(enclosed.mid) == pytest.approx(value, abs=1e-11)
        assert float(enclosed.delta) < 1e-60


# ---- The figure ----------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [FAIR, TERNARY], ids=["binary", "ternary"])
@pytest.mark.parametrize("capacity", [1, 2, 3, 4, 5])
def test_order_of_the_curves(p: tuple[Fraction, ...], capacity: int) -> None:
    """BATTERY-28: least < alike < each optimal alone < holding the mean < best effort, from enclosures."""
    theta, rows = structured(p, capacity)
    each = {"initial_state": theta, "policy": rows}
    mean = sum((x * chance for x, chance in enumerate(p)), F(0))
    curves = [
        batteries.minimum_leakage(p, 2 * capacity)["leakage_bits"],
        cascade_search.search_bound(p, capacity, 1, 1, b"\x28" * 32)["bound_bits"],
        cascade.cascade_bound(p, [each, each])["bound_bits"],
        controllers.constant_holding_leakage(p, 2 * capacity, mean, 0),
        controllers.best_effort_leakage(p, 2 * capacity),
    ]
    assert all(curve.width < NARROW for curve in curves)
    assert all(lower.upper < higher.lower for lower, higher in itertools.pairwise(curves))
