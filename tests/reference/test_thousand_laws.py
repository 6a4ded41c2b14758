"""The exact solver on 1,000 random laws: in Blahut-Arimoto's certified interval, and at the least of a convex
program that an interior-point solver knows as cones only.

Among the laws are levels without probability, loads without a zero level, uneven grids, probabilities from
10^-12 on, ties, and up to 500 levels. All are in binary64, so that every solver has the same.
"""

import importlib
import itertools
import math
import random
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from meter_privacy.native import privacy_power as native
from meter_privacy.reference import privacy_power as reference

# What cvxpy solves such programs with.
clarabel: Any = importlib.import_module("clarabel")
PARTS, LAWS = 20, 50
GAP = 1e-9
KINDS = ("uniform", "random", "rare", "zeros", "ties")
# What the program by the definition, of n (n + 1) / 2 exponential cones, is asked of.
JOINT_LEVELS = 7


@dataclass(frozen=True)
class Case:
    """A load, a power inside its curve, and the reference's point there."""

    loads: list[Fraction]
    law: list[Fraction]
    power: Fraction
    nats: float
    slope: float


def weights_of(rng: random.Random, count: int, kind: str) -> list[float]:
    match kind:
        case "uniform":
            return [1.0] * count
        case "random":
            return [rng.random() for _ in range(count)]
        case "rare":
            return [10 ** -rng.uniform(0, 12) for _ in range(count)]
        case "zeros":
            return [rng.choice([0.0, 1.0, rng.random()]) for _ in range(count)]
        case _:
            return [rng.choice([1.0, 2.0]) for _ in range(count)]


def loads_of(rng: random.Random, count: int) -> list[Fraction]:
    first = rng.choice([0, 0, 1, 7])
    match rng.choice(["even", "uneven", "steep"]):
        case "even":
            steps = [1.0] * (count - 1)
        case "uneven":
            steps = [rng.uniform(0.1, 3) for _ in range(count - 1)]
        case _:
            steps = [10 ** rng.uniform(-3, 1) for _ in range(count - 1)]
    return [Fraction(load) for load in itertools.accumulate(steps, initial=float(first))]


def size_of(rng: random.Random, part: int, index: int) -> int:
    """Mostly small, in each part one of 61 to 150 levels, and in every fourth one of 300 to 500."""
    if index == 0:
        return rng.randint(61, 150)
    if index == 1 and part % 4 == 0:
        return rng.randint(300, 500) if part else 500
    return rng.randint(2, 9) if index % 5 else rng.randint(10, 40)


def cases(part: int) -> Iterator[Case]:
    rng = random.Random(f"thousand laws, part {part}")
    for index in range(LAWS):
        count = size_of(rng, part, index)
        kind = KINDS[(part + index) % len(KINDS)]
        loads, weights = loads_of(rng, count), weights_of(rng, count, kind)
        if sum(map(bool, weights)) < 2:
            weights[0] = weights[-1] = 1.0
        total = math.fsum(weights)
        law = [Fraction(weight / total) for weight in weights]
        power = Fraction(
            float(reference.Curve(loads, law).maximum_power) * rng.choice([0.01, 0.2, 0.6, 0.95])
        )
        found = reference.leakage(loads, law, power)
        leakage, slope = found["leakage_bits"], found["slope_nats"]
        assert leakage is not None
        assert slope is not None
        assert leakage.width < Fraction(1, 10**25)
        yield Case(loads, law, power, float(leakage) * math.log(2), float(slope))


def solve(cost: Any, equal: Any, bound: Any, cones: list[Any]) -> float:
    """The least of cost x over A x + s = b with s in the cones, by Clarabel."""
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-9
    # Steps near the boundary of the cones stall on laws with rare loads.
    settings.max_step_fraction = 0.9
    nothing = sp.csc_matrix((len(cost), len(cost)))
    solution = clarabel.DefaultSolver(nothing, cost, sp.csc_matrix(equal), bound, cones, settings).solve()
    assert str(solution.status) in ("Solved", "AlmostSolved")
    return float(solution.obj_val)


def least_mutual_information(case: Case) -> float:
    """min I(X;Y) in nats over all channels with Y <= X and E[X - Y] <= P: the definition.

    Columns: q(y | x) for y <= x, then bounds t(x, y) on its share of the information,
    q ln(q / Q(y)) <= t with Q(y) = sum p q, which is an exponential cone.
    """
    positive = [(float(x), float(p)) for x, p in zip(case.loads, case.law, strict=True) if p]
    x, p = np.array([load for load, _ in positive]), np.array([mass for _, mass in positive])
    pairs = [(k, j) for k in range(len(x)) for j in range(k + 1)]
    count = len(pairs)
    place = {pair: index for index, pair in enumerate(pairs)}
    rows, bound = [], []
    for k in range(len(x)):
        rows.append({place[k, j]: 1.0 for j in range(k + 1)})
        bound.append(1.0)
    rows.append({place[k, j]: p[k] * (x[k] - x[j]) / float(case.power) for k, j in pairs})
    bound.append(1.0)
    for index in range(count):
        rows.append({index: -1.0})
        bound.append(0.0)
    for index, (_, j) in enumerate(pairs):
        rows += [{count + index: 1.0}, {index: -1.0}]
        rows.append({place[i, j]: -p[i] for i in range(j, len(x))})
        bound += [0.0, 0.0, 0.0]
    matrix = sp.lil_matrix((len(rows), 2 * count))
    for row, entries in enumerate(rows):
        for column, value in entries.items():
            matrix[row, column] = value
    cones = [clarabel.ZeroConeT(len(x)), clarabel.NonnegativeConeT(1 + count)]
    cones += [clarabel.ExponentialConeT()] * count
    return solve(np.r_[np.zeros(count), [p[k] for k, _ in pairs]], matrix, np.array(bound), cones)


def least_lagrangian(case: Case) -> float:
    """min over laws q of Y of -sum p ln sum_(y <= x) q(y) e^(-s(x - y)), with an exponential cone a level.

    Columns: those sums c, of which q_k = c_k - e^(-s(x_k - x_(k-1))) c_(k-1), then bounds on ln c.
    """
    x = np.array([float(load - case.loads[0]) for load in case.loads])
    p = np.array([float(mass) for mass in case.law])
    n, kept = len(x), np.flatnonzero(p)
    q = sp.eye(n) - sp.diags(np.exp(-case.slope * np.diff(x)), -1)
    of_c = sp.hstack([q, sp.csr_matrix((n, len(kept)))])
    whole = sp.csr_matrix(np.ones((1, n))) @ of_c
    entries = np.arange(len(kept))
    # Rows of a cone in turn: ln c, 1, c.
    in_cones = sp.csr_matrix(
        (-np.ones(2 * len(kept)), (np.r_[3 * entries, 3 * entries + 2], np.r_[n + entries, kept])),
        shape=(3 * len(kept), n + len(kept)),
    )
    bound = np.r_[1.0, np.zeros(n), np.tile([0.0, 1.0, 0.0], len(kept))]
    cones = [clarabel.ZeroConeT(1), clarabel.NonnegativeConeT(n)]
    cones += [clarabel.ExponentialConeT()] * len(kept)
    return solve(np.r_[np.zeros(n), -p[kept]], sp.vstack([whole, -of_c, in_cones]), bound, cones)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_exact_solver_on_a_thousand_laws(part: int) -> None:
    """POWER-5, POWER-8, POWER-9, POWER-12."""
    for case in cases(part):
        value = case.nats + case.slope * float(case.power)
        x = array("d", [float(load - case.loads[0]) for load in case.loads])
        bounds = native.minimise([x], array("d", map(float, case.law)), case.slope, GAP)
        assert bounds.upper_nats - bounds.lower_nats <= GAP
        assert bounds.lower_nats - 1e-12 * (1 + value) <= value <= bounds.upper_nats + 1e-12 * (1 + value)
        assert least_lagrangian(case) == pytest.approx(value, abs=1e-6)
        if sum(map(bool, case.law)) <= JOINT_LEVELS:
            assert least_mutual_information(case) == pytest.approx(case.nats, abs=1e-5)
