"""One battery between the load and the grid (spec/batteries.md): states, policies, the least leakage.

Symbols are paper B's: X is the load of a slot, Y what the grid delivers, both whole units, S the state of a
battery of capacity C, s' = s - x + y. P is the law of X on 0..m_x, theta the law of S_1 on 0..C, q(y|s, x) a
policy, V = S - X. A policy is given as rows, one for each state and load, the loads fastest.

Inputs are exact rationals and so is every law made of them; entropies are enclosed in interval arithmetic.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from meter_privacy.reference.errors import Malformed, ProofFailed, Range
from meter_privacy.reference.information import (
    IV,
    MP,
    SUM_TOLERANCE,
    Enclosure,
    Interval,
    bits,
    enclose,
    entropy_nats,
    exactly,
    interval,
    pmf,
)

MAXIMUM_CAPACITY = 64
MAXIMUM_SYMBOLS = 17
MAXIMUM_UNITS = 10**6
MAXIMUM_POINTS = 4096
MAXIMUM_SLOTS = 12
MAXIMUM_PATHS = 2**14
CLOSED_FORM_CAPACITY = 256
TOLERANCE = Fraction(1, 10**12)
RESIDUAL_DIGITS = 45
STEPS = 400
LONGEST_STEP = 2.0
RARE = Fraction(1, 1 << 80)

Law = tuple[Fraction, ...]
Policy = tuple[tuple[Law, ...], ...]
Rows = Sequence[Mapping[str, Sequence[Fraction]]]


# ---- Inputs --------------------------------------------------------------------------------------


def check_integer(name: str, value: int, least: int, most: int) -> None:
    """Range of an integer, both ends included. Raises Range."""
    if not least <= value <= most:
        raise Range(f"{name} is outside [{least}, {most}]")


def check_capacity(capacity: int, most: int = MAXIMUM_CAPACITY) -> None:
    """A battery holds at least one unit. Raises Range."""
    check_integer("capacity", capacity, 1, most)


def check_length(name: str, values: Sequence[Any], least: int, most: int) -> None:
    """The number of elements of a list. Raises Malformed."""
    if not least <= len(values) <= most:
        raise Malformed(f"{name} must have {least} to {most} elements")


def load_pmf(probabilities: Sequence[Fraction]) -> Law:
    """The law of the load 0, 1, ..., divided by its sum. Raises Malformed, Range."""
    check_length("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    return pmf(probabilities)


def state_pmf(initial_state: Sequence[Fraction]) -> Law:
    """The law of the initial state 0..C, C at least 1, divided by its sum. Raises Malformed, Range."""
    check_length("initial_state", initial_state, 2, MAXIMUM_CAPACITY + 1)
    return pmf(initial_state, "initial_state")


# ---- States and moves ----------------------------------------------------------------------------


def next_state(capacity: int, state: int, load: int, output: int) -> int:
    """The state after a slot, s' = s - x + y. Raises Range where it leaves 0..C.

    Source: paper B, equations (1), (2), (3). Implements BATTERY-1.
    """
    check_capacity(capacity, MAXIMUM_UNITS)
    check_integer("state", state, 0, capacity)
    check_integer("load", load, 0, MAXIMUM_UNITS)
    check_integer("output", output, 0, MAXIMUM_UNITS)
    after = state - load + output
    if after < 0:
        raise Range("the state would be negative")
    if after > capacity:
        raise Range("the state would be above the capacity")
    return after


def output_range(capacity: int, state: int, load: int, largest_output: int) -> tuple[int, int]:
    """The least and the greatest output with 0 <= s - x + y <= C and 0 <= y <= m_y; for 0 <= x <= m_y."""
    return max(0, load - state), min(largest_output, capacity - state + load)


def feasible_outputs(capacity: int, state: int, largest_output: int, load: int) -> dict[str, int]:
    """The outputs that keep a battery within its range: all from the lowest to the highest.

    There is always one, the load itself; where it is the only one the move is forced. Raises Range.

    Source: paper B, Definition 1. Implements BATTERY-2.
    """
    check_capacity(capacity, MAXIMUM_UNITS)
    check_integer("state", state, 0, capacity)
    check_integer("largest_output", largest_output, 0, MAXIMUM_UNITS)
    check_integer("load", load, 0, largest_output)
    lowest, highest = output_range(capacity, state, load, largest_output)
    return {"lowest": lowest, "highest": highest}


def forced_moves(capacity: int, largest_output: int, largest_load: int) -> list[dict[str, int]]:
    """The states and loads that leave one output only, in the order of states and then of loads.

    Raises Range. Source: paper B, Definition 1. Implements BATTERY-2.
    """
    check_capacity(capacity)
    check_integer("largest_output", largest_output, 0, MAXIMUM_SYMBOLS - 1)
    check_integer("largest_load", largest_load, 0, largest_output)
    moves = []
    for state, load in itertools.product(range(capacity + 1), range(largest_load + 1)):
        lowest, highest = output_range(capacity, state, load, largest_output)
        if lowest == highest:
            moves.append({"state": state, "load": load, "output": lowest})
    return moves


# ---- Policies ------------------------------------------------------------------------------------


def read_policy(policy: Rows, capacity: int, inputs: int, name: str = "policy") -> Policy:
    """The checked table q[s][x][y], each row divided by its sum.

    Raises Malformed for the lengths of the lists, Range for rows that are no laws, for a table that has not
    one row for each state and input, rows of different lengths or fewer outputs than inputs, and for an
    output that leaves the battery's range.

    Source: paper B, Definition 1, with m_x <= m_y. Implements BATTERY-3.
    """
    check_length(name, policy, 1, (MAXIMUM_CAPACITY + 1) * MAXIMUM_SYMBOLS)
    for row in policy:
        check_length(f"a row of {name}", row["probabilities"], 1, MAXIMUM_SYMBOLS)
    laws = [pmf(row["probabilities"], f"{name}[{index}]") for index, row in enumerate(policy)]
    if len(laws) != (capacity + 1) * inputs:
        raise Range(f"{name} has not one row for each state and each input")
    outputs = len(laws[0])
    if any(len(law) != outputs for law in laws) or outputs < inputs:
        raise Range(f"{name} has rows of different lengths, or fewer outputs than inputs")
    table = tuple(tuple(laws[s * inputs : (s + 1) * inputs]) for s in range(capacity + 1))
    if any(not 0 <= s - x + y <= capacity for s, x, y, _ in moves_of(table)):
        raise Range(f"{name} gives probability to an output that leaves the battery's range")
    return table


def moves_of(policy: Policy) -> Iterator[tuple[int, int, int, Fraction]]:
    """Every (s, x, y) of positive probability q(y | s, x), with it."""
    for s, by_load in enumerate(policy):
        for x, row in enumerate(by_load):
            for y, chance in enumerate(row):
                if chance > 0:
                    yield s, x, y, chance


def check_policy(capacity: int, largest_load: int, policy: Rows) -> None:
    """Refuse what is no feasible policy of a battery: see `read_policy`. Implements BATTERY-3."""
    check_length("policy", policy, 1, (MAXIMUM_CAPACITY + 1) * MAXIMUM_SYMBOLS)
    check_capacity(capacity)
    check_integer("largest_load", largest_load, 0, MAXIMUM_SYMBOLS - 1)
    read_policy(policy, capacity, largest_load + 1)


def read_battery(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction], policy: Rows
) -> tuple[Law, Law, Policy]:
    """The checked P, theta and q of one battery. Raises Malformed, Range."""
    p, theta = load_pmf(probabilities), state_pmf(initial_state)
    return p, theta, read_policy(policy, len(theta) - 1, len(p))


def as_rows(policy: Policy) -> list[dict[str, list[Fraction]]]:
    """A table in the form in which operations take and give it."""
    return [{"probabilities": list(row)} for by_load in policy for row in by_load]


# ---- Laws over several slots ---------------------------------------------------------------------

Trajectory = tuple[int, tuple[int, ...], tuple[int, ...]]


def limited(points: Iterable[tuple[Any, Any]], most: int | None) -> Iterator[tuple[Any, Any]]:
    """The points of a law as far as they are enumerated; a law never loses points with more slots.

    Raises Range at the first one beyond `most`, where that is given.
    """
    for count, point in enumerate(points, 1):
        if most is not None and count > most:
            raise Range(f"the law has more than {most} points")
        yield point


def trajectories(
    p: Law, theta: Law, q: Policy, slots: int, most: int | None = None
) -> dict[Trajectory, Fraction]:
    """The law (7): mass of each (s_1, x^T, y^T) of positive probability, `most` of them at most.

    Raises Range beyond that. Implements BATTERY-4.
    """
    law: dict[Trajectory, tuple[Fraction, int]] = {
        (s, (), ()): (mass, s) for s, mass in enumerate(theta) if mass > 0
    }
    for _ in range(slots):
        grown = (
            ((start, (*xs, x), (*ys, y)), (mass * chance * part, s - x + y))
            for (start, xs, ys), (mass, s) in law.items()
            for x, chance in enumerate(p)
            if chance > 0
            for y, part in enumerate(q[s][x])
            if part > 0
        )
        law = dict(limited(grown, most))
    return {path: mass for path, (mass, _) in law.items()}


def joint_law(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction], policy: Rows, slots: int
) -> list[dict[str, Any]]:
    """The law of (S_1, X^T, Y^T): its points of positive probability, in lexicographic order.

    Raises Malformed for lengths, Range for bad laws, an infeasible policy, a number of slots outside 1..5,
    or more than 4096 points.

    Source: paper B, equation (7). Implements BATTERY-4.
    """
    p, theta, q = read_battery(probabilities, initial_state, policy)
    check_integer("slots", slots, 1, 5)
    return [
        {"state": s, "loads": list(xs), "outputs": list(ys), "probability": exactly(mass)}
        for (s, xs, ys), mass in sorted(trajectories(p, theta, q, slots, MAXIMUM_POINTS).items())
    ]


def scaled(values: Iterable[Fraction]) -> tuple[list[int], int]:
    """Rationals as integers over their common denominator."""
    listed = list(values)
    denominator = math.lcm(*(value.denominator for value in listed))
    return [int(value * denominator) for value in listed], denominator


def entropy_of_counts(counts: Iterable[int], total: int) -> Interval:
    """The entropy in nats of masses counts/total that add up to 1: ln total - sum N ln N / total."""
    weighted = sum((IV.mpf(count) * IV.log(IV.mpf(count)) for count in counts if count > 1), IV.mpf(0))
    return IV.log(IV.mpf(total)) - weighted / IV.mpf(total)


def row_entropies(q: Policy) -> list[list[Interval]]:
    """H(Y | S = s, X = x) in nats for every state and load."""
    return [[entropy_nats(row) for row in by_load] for by_load in q]


def state_laws(p: Law, theta: Law, q: Policy, slots: int) -> Iterator[Law]:
    """The laws of S_1, ..., S_T."""
    law = theta
    for _ in range(slots):
        yield law
        after = [Fraction(0)] * len(theta)
        for s, x, y, chance in moves_of(q):
            after[s - x + y] += law[s] * p[x] * chance
        law = tuple(after)


def output_counts(p: Law, theta: Law, q: Policy, slots: int) -> tuple[list[int], int]:
    """The masses of all output sequences y^T as integers, and what they are to be divided by."""
    start, unit = scaled(theta)
    flat, step = scaled(p[x] * chance for _, x, _, chance in moves_of(q))
    edges: dict[int, list[tuple[int, int, int]]] = {}
    for (s, x, y, _), weight in zip(moves_of(q), flat, strict=True):
        if weight:
            edges.setdefault(y, []).append((s, s - x + y, weight))
    layer = [start]
    for _ in range(slots):
        grown = []
        for vector in layer:
            for moves in edges.values():
                after = [0] * len(theta)
                for s, t, weight in moves:
                    after[t] += vector[s] * weight
                if any(after):
                    grown.append(after)
        layer = grown
    return [sum(vector) for vector in layer], unit * step**slots


def leakage_over(p: Law, theta: Law, q: Policy, slots: int) -> Interval:
    """I(S_1, X^T; Y^T) in nats. S_t is a function of S_1, X^(t-1), Y^(t-1), so that H(Y^T | S_1, X^T) is
    the sum of H(Y_t | S_t, X_t). Implements BATTERY-6."""
    entropies = row_entropies(q)
    known = sum(
        (
            interval(law[s] * p[x]) * entropies[s][x]
            for law in state_laws(p, theta, q, slots)
            for s in range(len(theta))
            for x in range(len(p))
        ),
        IV.mpf(0),
    )
    return entropy_of_counts(*output_counts(p, theta, q, slots)) - known


def check_paths(paths: int, what: str) -> None:
    """Refuse more than 2^14 things to enumerate. Raises Range."""
    if paths > MAXIMUM_PATHS:
        raise Range(f"there are more than 2^14 {what}")


def finite_leakage(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction], policy: Rows, slots: int
) -> Enclosure:
    """I(S_1, X^T; Y^T)/T of one battery, in bits a slot, by enumeration of the outputs.

    Raises Malformed, Range; Range for more than 2^14 pairs of a state and a sequence of outputs.

    Source: paper B, equation (5). Implements BATTERY-6.
    """
    p, theta, q = read_battery(probabilities, initial_state, policy)
    check_integer("slots", slots, 1, MAXIMUM_SLOTS)
    check_paths(len(theta) * len(q[0][0]) ** slots, "pairs of a state and a sequence of outputs")
    return enclose(bits(leakage_over(p, theta, q, slots)) / slots, 0)


# ---- Invariance ----------------------------------------------------------------------------------


def output_law(p: Law, theta: Law, q: Policy) -> Law:
    """The law of Y_1."""
    law = [Fraction(0)] * len(q[0][0])
    for s, x, y, chance in moves_of(q):
        law[y] += theta[s] * p[x] * chance
    return tuple(law)


def invariance_residual(p: Law, theta: Law, q: Policy) -> Fraction:
    """max |P(S_2 = s | Y_1 = y) - theta(s)| over all s and the y of positive probability.

    Zero: (theta, q) is invariant. Source: paper B, equations (8), (9). Implements BATTERY-7.
    """
    outputs = output_law(p, theta, q)
    after: dict[tuple[int, int], Fraction] = {}
    for s, x, y, chance in moves_of(q):
        key = (s - x + y, y)
        after[key] = after.get(key, Fraction(0)) + theta[s] * p[x] * chance
    return max(
        abs(after.get((s, y), Fraction(0)) / mass - theta[s])
        for y, mass in enumerate(outputs)
        if mass > 0
        for s in range(len(theta))
    )


def invariance(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction], policy: Rows
) -> dict[str, Any]:
    """The residual of the invariance conditions, and the law of the output, which under them is the load's.

    Raises Malformed, Range. Source: paper B, equations (8), (9). Implements BATTERY-7.
    """
    p, theta, q = read_battery(probabilities, initial_state, policy)
    return {
        "residual": exactly(invariance_residual(p, theta, q)),
        "output_probabilities": [exactly(mass) for mass in output_law(p, theta, q)],
    }


def difference_law(p: Law, theta: Law) -> dict[int, Fraction]:
    """The law of V = S - X, values of positive probability only."""
    law: dict[int, Fraction] = {}
    for (s, mass), (x, chance) in itertools.product(enumerate(theta), enumerate(p)):
        if mass * chance > 0:
            law[s - x] = law.get(s - x, Fraction(0)) + mass * chance
    return law


def structured(p: Law, theta: Law) -> Policy:
    """q(y | s, x) = P(y) theta(s - x + y)/P_V(s - x); y = x where P_V is 0. Implements BATTERY-9."""
    law = difference_law(p, theta)

    def chance(v: int, x: int, y: int) -> Fraction:
        if v not in law:
            return Fraction(x == y)
        return p[y] * theta[v + y] / law[v] if 0 <= v + y < len(theta) else Fraction(0)

    loads = range(len(p))
    return tuple(tuple(tuple(chance(s - x, x, y) for y in loads) for x in loads) for s in range(len(theta)))


def structured_policy(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction]
) -> list[dict[str, Any]]:
    """The structured policy of an initial law: invariant, and the best invariant one for that law.

    Raises Malformed, Range. Source: paper B, below (9); Li, Khisti and Mahajan. Implements BATTERY-9.
    """
    q = structured(load_pmf(probabilities), state_pmf(initial_state))
    return [{"probabilities": [exactly(part) for part in row["probabilities"]]} for row in as_rows(q)]


# ---- The least leakage of one battery ------------------------------------------------------------


def structured_nats(p: Law, theta: Law) -> Interval:
    """J(theta) = I(S - X; X) = H(S - X) - H(S) in nats. Implements BATTERY-9."""
    return entropy_nats(list(difference_law(p, theta).values())) - entropy_nats(theta)


def slopes_nats(p: Law, theta: Mapping[int, Fraction]) -> dict[int, Interval]:
    """D_theta(s) = ln theta(s) - sum_x P(x) ln P_V(s - x), the slope of J at a positive theta(s).

    theta need not add up to 1, for D does not change with its scale. Implements BATTERY-14.
    """
    v_law: dict[int, Fraction] = {}
    for (s, mass), (x, chance) in itertools.product(theta.items(), enumerate(p)):
        if chance > 0:
            v_law[s - x] = v_law.get(s - x, Fraction(0)) + mass * chance
    logs = {v: IV.log(interval(mass)) for v, mass in v_law.items()}
    return {
        s: IV.log(interval(mass))
        - sum((interval(c) * logs[s - x] for x, c in enumerate(p) if c > 0), IV.mpf(0))
        for s, mass in theta.items()
    }


def bounds_nats(p: Law, theta: Mapping[int, Fraction]) -> tuple[Interval, Interval]:
    """min D_theta(s) and J(theta) = sum theta D_theta/sum theta, between which the minimum over the laws on
    the states of theta lies; theta positive. Implements BATTERY-14.
    """
    slopes = slopes_nats(p, theta)
    total = sum(theta.values(), Fraction(0))
    mean = sum((interval(theta[s] / total) * slope for s, slope in slopes.items()), IV.mpf(0))
    lowest = IV.mpf([min(slope.a for slope in slopes.values()), min(slope.b for slope in slopes.values())])
    return lowest, mean


def structured_leakage(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction]
) -> dict[str, Enclosure]:
    """I(S - X; X) in bits, the leakage rate of the structured policy, and the least D_theta(s), in bits.

    The least leakage rate of the battery lies between the two. Where a state has probability 0 the law
    proves nothing, and the lower bound is 0. Raises Malformed, Range.

    Source: paper B, equation (12); this project. Implements BATTERY-9, BATTERY-14.
    """
    p, theta = load_pmf(probabilities), state_pmf(initial_state)
    leakage = enclose(bits(structured_nats(p, theta)), 0)
    if 0 in theta:
        return {"leakage_bits": leakage, "lower_bits": exactly(0)}
    lower, _ = bounds_nats(p, dict(enumerate(theta)))
    least = enclose(bits(lower))
    return {
        "leakage_bits": leakage,
        "lower_bits": Enclosure(max(least.lower, Fraction(0)), max(least.upper, Fraction(0))),
    }


def components(p: Law, capacity: int) -> list[tuple[int, ...]]:
    """The states 0..C in groups: two are joined where they differ by as much as two possible loads.

    J is the sum of what the groups give, and on a group it has one minimum, inside. Implements BATTERY-15.
    """
    loads = [x for x, chance in enumerate(p) if chance > 0]
    gaps = {b - a for a, b in itertools.combinations(loads, 2)}
    left, found = set(range(capacity + 1)), []
    while left:
        group, edge = set(), {min(left)}
        while edge:
            group |= edge
            edge = {s + sign * gap for s in edge for gap in gaps for sign in (1, -1)} & left - group
        left -= group
        found.append(tuple(sorted(group)))
    return found


def potentials(weights: Sequence[Sequence[float]], sources: Sequence[float]) -> list[float]:
    """The d with sum_t w(s, t)(d(s) - d(t)) = source(s), 0 at the last state.

    Weights are symmetric, sources add up to 0. By elimination in binary64, which subtracts no weights:
    states that hardly hang together are kept apart as well as others.
    """
    rows, right = [list(row) for row in weights], list(sources)
    size = len(right)
    pivots = [0.0] * size
    for k in range(size - 1):
        row = rows[k]
        pivots[k] = sum(row[k + 1 :])
        for i in range(k + 1, size):
            if share := row[i] / pivots[k]:
                right[i] += share * right[k]
                for j in range(k + 1, size):
                    rows[i][j] += share * row[j]
    answer = [0.0] * size
    for k in reversed(range(size - 1)):
        answer[k] = (right[k] + sum(rows[k][j] * answer[j] for j in range(k + 1, size))) / pivots[k]
    return answer


class Minimiser:
    """Minimises J over the laws on one group of states, in the logarithms u = ln theta.

    `context` is where it computes: binary64 or mpmath. Implements BATTERY-15.
    """

    def __init__(self, p: Law, states: Sequence[int]) -> None:
        self.p = p
        self.loads = [x for x, chance in enumerate(p) if chance > 0]
        self.states = states

    def slopes(self, context: Any, u: Sequence[Any]) -> tuple[list[Any], list[Any], dict[int, Any], Any]:
        """theta, D_theta, the law of V, and J(theta) = sum theta D_theta, theta adding up to 1."""
        weights = [context.exp(value) for value in u]
        total = sum(weights)
        theta = [weight / total for weight in weights]
        p = [context.mpf(self.p[x].numerator) / context.mpf(self.p[x].denominator) for x in self.loads]
        v_law: dict[int, Any] = {}
        for s, mass in zip(self.states, theta, strict=True):
            for x, chance in zip(self.loads, p, strict=True):
                v_law[s - x] = v_law.get(s - x, 0) + mass * chance
        logs = {v: context.log(mass) for v, mass in v_law.items()}
        slopes = [
            context.log(mass) - sum(chance * logs[s - x] for x, chance in zip(self.loads, p, strict=True))
            for s, mass in zip(self.states, theta, strict=True)
        ]
        return theta, slopes, v_law, sum(m * d for m, d in zip(theta, slopes, strict=True))

    def alternated(self, u: list[float], steps: int) -> list[float]:
        """So many steps theta(s) <- exp(sum_x P(x) ln P_V(s - x))/Z, none of which raises J."""
        for _ in range(steps):
            _, slopes, _, value = self.slopes(BINARY64, u)
            u = [a - d + value for a, d in zip(u, slopes, strict=True)]
        return u

    def weights(self, theta: Sequence[float], v_law: Mapping[int, float]) -> list[list[float]]:
        """theta(s) K(s, t) with K(s, t) = sum_x P(x) P(S = t | V = s - x), the chain whose stationary law is
        theta."""
        place = {s: i for i, s in enumerate(self.states)}
        rows = [[0.0] * len(theta) for _ in theta]
        for v, mass in v_law.items():
            joint = [
                (place[v + x], float(self.p[x]) * theta[place[v + x]]) for x in self.loads if v + x in place
            ]
            for (i, a), (j, b) in itertools.product(joint, joint):
                rows[i][j] += a * (b / mass)
        return rows

    def newton(self, theta: Sequence[float], weights: list[list[float]], gaps: Sequence[Any]) -> list[float]:
        """The step in u that (I - K) d = gap asks for, with sum theta d = 0."""
        step = potentials(weights, [float(mass * gap) for mass, gap in zip(theta, gaps, strict=True)])
        mean = sum(mass * part for mass, part in zip(theta, step, strict=True))
        return [part - mean for part in step]

    def run(self) -> list[Any]:
        """u at the minimum: alternating minimisation, Newton's method in binary64, Newton's method with
        80-digit residuals and the matrix of binary64. No state moves by more than LONGEST_STEP at once.
        """

        def cut(part: Any) -> Any:
            return max(-LONGEST_STEP, min(LONGEST_STEP, part))

        u = self.alternated([0.0] * len(self.states), 20)
        theta, slopes, v_law, value = self.slopes(BINARY64, u)
        for _ in range(STEPS):
            step = self.newton(theta, self.weights(theta, v_law), [value - d for d in slopes])
            trial = [a + cut(b) for a, b in zip(u, step, strict=True)]
            theta_, slopes_, v_law_, value_ = self.slopes(BINARY64, trial)
            if value_ > value + 1e-13 * (1 + value):
                # Newton's step went too far: a step of the alternating minimisation never raises J.
                trial = self.alternated(u, 1)
                theta_, slopes_, v_law_, value_ = self.slopes(BINARY64, trial)
            u, theta, slopes, v_law, value = trial, theta_, slopes_, v_law_, value_
            if max(map(abs, step)) < 1e-9:
                break
        exact = [MP.mpf(value) for value in u]
        for _ in range(STEPS):
            theta, residuals, v_law, mean = self.slopes(MP, exact)
            gaps = [mean - d for d in residuals]
            scale = max(abs(gap) for gap in gaps)
            if scale < MP.mpf(10) ** -RESIDUAL_DIGITS:
                break
            theta, v_law = list(map(float, theta)), {v: float(mass) for v, mass in v_law.items()}
            step = self.newton(theta, self.weights(theta, v_law), [gap / scale for gap in gaps])
            exact = [a + cut(scale * b) for a, b in zip(exact, step, strict=True)]
        return exact


class _Binary64:
    """Python's floats with the few names of an mpmath context that are used here."""

    exp = staticmethod(math.exp)
    log = staticmethod(math.log)

    @staticmethod
    def mpf(value: Any) -> Fraction | float:
        return Fraction(value)


BINARY64: Any = _Binary64()


@lru_cache(maxsize=256)
def least_structured(p: Law, capacity: int) -> tuple[Law, Interval]:
    """A law that reaches min J, and the minimum enclosed, in nats.

    Loads rarer than RARE are left out of the search, and come back in the bounds: with e their probability,
    J is at least 1 - e times what it is without them. Implements BATTERY-15.
    """
    rare = sum((chance for chance in p if chance < RARE), Fraction(0))
    common = tuple(chance / (1 - rare) if chance >= RARE else Fraction(0) for chance in p)
    if max(common) == 1:
        law = tuple(Fraction(1, capacity + 1) for _ in range(capacity + 1))
        return law, IV.mpf([0, structured_nats(p, law).b if rare else 0])
    found: list[tuple[Interval, Interval, dict[int, Fraction]]] = []
    shapes = set()
    for group in components(common, capacity):
        shape = tuple(s - group[0] for s in group)
        if shape in shapes:
            continue
        shapes.add(shape)
        u = Minimiser(common, group).run()
        weights = {s: enclose(IV.mpf(MP.exp(value))).lower for s, value in zip(group, u, strict=True)}
        found.append((*bounds_nats(common, weights), weights))
    lowest = min(lower.a for lower, _, _ in found)
    _, upper, weights = min(found, key=lambda entry: entry[1].b)
    total = sum(weights.values(), Fraction(0))
    law = tuple(weights.get(s, Fraction(0)) / total for s in range(capacity + 1))
    if rare:
        lowest, upper = (interval(1 - rare) * lowest).a, structured_nats(p, law)
    return law, IV.mpf([lowest, upper.b])


def minimum_leakage(probabilities: Sequence[Fraction], capacity: int) -> dict[str, Any]:
    """min I(S - X; X) over the laws of S on 0..C, in bits, and a law that reaches it.

    No controller of a battery of that capacity leaks less, and the structured policy of that law leaks as
    much. The law is unique where no two loads leave a gap; else it is one of several. Raises Malformed,
    Range.

    Source: paper B, Theorem 2, equation (12). Implements BATTERY-13, BATTERY-14, BATTERY-15.
    """
    p = load_pmf(probabilities)
    check_capacity(capacity)
    law, value = least_structured(p, capacity)
    return {"leakage_bits": enclose(bits(value), 0), "initial_state": [exactly(mass) for mass in law]}


def judge_minimum_leakage(
    probabilities: Sequence[Fraction],
    capacity: int,
    leakage_bits: Fraction,
    initial_state: Sequence[Fraction],
) -> None:
    """Refuse an answer of `minimum_leakage`, each comparison with 10^-12 to spare.

    Raises Malformed, Range for the inputs; ProofFailed where the law has not C + 1 masses from 0 on that add
    up to 1 within 2^-40, where the leakage is away from the minimum, or the law leaks more than it.

    Source: this project. Implements BATTERY-16.
    """
    check_length("initial_state", initial_state, 0, MAXIMUM_CAPACITY + 1)
    p = load_pmf(probabilities)
    check_capacity(capacity)
    if len(initial_state) != capacity + 1 or any(mass < 0 for mass in initial_state):
        raise ProofFailed("the law has not one mass from 0 on for each state")
    total = sum(initial_state, Fraction(0))
    if abs(total - 1) > SUM_TOLERANCE:
        raise ProofFailed("the law does not add up to 1 within 2^-40")
    least = enclose(bits(least_structured(p, capacity)[1]), 0)
    if not least.lower - TOLERANCE <= leakage_bits <= least.upper + TOLERANCE:
        raise ProofFailed("the leakage is not the minimum")
    reached = enclose(bits(structured_nats(p, tuple(mass / total for mass in initial_state))), 0)
    if reached.lower > least.upper + TOLERANCE:
        raise ProofFailed("the law leaks more than the minimum")


def binary_minimum(capacity: int) -> dict[str, Any]:
    """The minimum for a load that is 0 or 1 with equal probability: -log2 cos a, a = pi/(C + 3), in bits.

    The law that reaches it is proportional to sin(a(s + 1)) sin(a(s + 2)). Capacity 1..256. Raises Range.

    Source: this project. Implements BATTERY-17.
    """
    check_capacity(capacity, CLOSED_FORM_CAPACITY)
    a = IV.pi / (capacity + 3)
    weights = [IV.sin(a * (s + 1)) * IV.sin(a * (s + 2)) for s in range(capacity + 1)]
    total = sum(weights, IV.mpf(0))
    return {
        "leakage_bits": enclose(bits(-IV.log(IV.cos(a))), 0),
        "initial_state": [enclose(weight / total, 0) for weight in weights],
    }
