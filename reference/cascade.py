"""Batteries in a cascade (spec/batteries.md): joint laws, Theorem 1, Theorem 2, paper B.

The load X enters battery A, what A asks for, W, enters battery B, whose output Y the grid delivers. Each
battery knows its own state, input and output only. Everything holds for k batteries, A first; states are
tuples.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from meter_privacy.reference.batteries import (
    MAXIMUM_CAPACITY,
    MAXIMUM_POINTS,
    MAXIMUM_SLOTS,
    Law,
    Policy,
    as_rows,
    check_integer,
    check_length,
    check_paths,
    entropy_of_counts,
    invariance_residual,
    limited,
    load_pmf,
    output_law,
    read_policy,
    scaled,
    state_pmf,
)
from meter_privacy.reference.errors import Range
from meter_privacy.reference.information import (
    Enclosure,
    Interval,
    bits,
    enclose,
    entropy_nats,
    exactly,
)

MAXIMUM_BATTERIES = 4

Battery = tuple[Law, Policy]
Batteries = Sequence[Mapping[str, Any]]
States = tuple[int, ...]


def read_cascade(
    probabilities: Sequence[Fraction], batteries: Batteries, least: int = 1, most: int = MAXIMUM_BATTERIES
) -> tuple[Law, list[Battery]]:
    """The checked law of the load, and theta and q of each battery; a battery's inputs are the outputs of the
    one before. Raises Malformed, Range. Implements BATTERY-3.
    """
    check_length("batteries", batteries, least, most)
    p = load_pmf(probabilities)
    cascade: list[Battery] = []
    inputs = len(p)
    for battery in batteries:
        theta = state_pmf(battery["initial_state"])
        q = read_policy(battery["policy"], len(theta) - 1, inputs)
        cascade.append((theta, q))
        inputs = len(q[0][0])
    return p, cascade


def outputs_of(cascade: Sequence[Battery]) -> int:
    """The number of outputs of the last battery."""
    return len(cascade[-1][1][0][0])


def state_masses(cascade: Sequence[Battery]) -> dict[States, Fraction]:
    """The masses of the joint initial states, the states of a battery being independent of the others'."""
    return {
        states: math.prod(
            (theta[s] for s, (theta, _) in zip(states, cascade, strict=True)), start=Fraction(1)
        )
        for states in itertools.product(*(range(len(theta)) for theta, _ in cascade))
    }


def runs(cascade: Sequence[Battery], states: States, load: int) -> Iterator[tuple[States, Fraction]]:
    """What can leave each battery in a slot, first to last, with its probability."""
    laws: list[tuple[States, Fraction]] = [((), Fraction(1))]
    for s, (_, q) in zip(states, cascade, strict=True):
        laws = [
            ((*flows, out), mass * chance)
            for flows, mass in laws
            for out, chance in enumerate(q[s][flows[-1] if flows else load])
            if chance > 0
        ]
    yield from laws


def moved(states: States, load: int, flows: States) -> States:
    """The states after a slot."""
    return tuple(s - x + y for s, x, y in zip(states, (load, *flows), flows, strict=False))


# ---- Laws over several slots ---------------------------------------------------------------------

Path = tuple[States, tuple[int, ...], tuple[States, ...]]


def cascade_paths(
    p: Law, cascade: Sequence[Battery], slots: int, most: int | None = None
) -> dict[Path, Fraction]:
    """The law (6): mass of each (initial states, x^T, flows of each slot), `most` of them at most.

    Raises Range beyond that. Implements BATTERY-5.
    """
    law: dict[Path, tuple[Fraction, States]] = {
        (states, (), ()): (mass, states) for states, mass in state_masses(cascade).items() if mass > 0
    }
    for _ in range(slots):
        grown = (
            ((start, (*xs, x), (*slots_before, flows)), (mass * chance * part, moved(states, x, flows)))
            for (start, xs, slots_before), (mass, states) in law.items()
            for x, chance in enumerate(p)
            if chance > 0
            for flows, part in runs(cascade, states, x)
        )
        law = dict(limited(grown, most))
    return {path: mass for path, (mass, _) in law.items()}


def cascade_joint_law(
    probabilities: Sequence[Fraction], batteries: Batteries, slots: int
) -> list[dict[str, Any]]:
    """The law of (S_A,1, S_B,1, X^T, W^T, Y^T): its points of positive probability, in lexicographic order.

    Raises Malformed for lengths, Range for bad laws, infeasible policies, a number of slots outside 1..5, or
    more than 4096 points.

    Source: paper B, equation (6). Implements BATTERY-5.
    """
    p, cascade = read_cascade(probabilities, batteries, 2, 2)
    check_integer("slots", slots, 1, 5)
    points = [
        (states, xs, tuple(w for w, _ in flows), tuple(y for _, y in flows), mass)
        for (states, xs, flows), mass in cascade_paths(p, cascade, slots, MAXIMUM_POINTS).items()
    ]
    return [
        {
            "state_a": states[0],
            "state_b": states[1],
            "loads": list(xs),
            "between": list(ws),
            "outputs": list(ys),
            "probability": exactly(mass),
        }
        for states, xs, ws, ys, mass in sorted(points)
    ]


Edges = dict[tuple[int, int], list[tuple[int, int, int]]]


def cascade_edges(p: Law, cascade: Sequence[Battery]) -> tuple[list[States], Edges, int]:
    """The joint states, and for each (x, y) the moves (from, to, weight) with what the weights are to be
    divided by; what runs between the batteries is summed out.
    """
    states = list(state_masses(cascade))
    place = {joint: index for index, joint in enumerate(states)}
    chances: dict[tuple[int, int, int, int], Fraction] = {}
    for joint, (x, chance) in itertools.product(states, enumerate(p)):
        if chance > 0:
            for flows, part in runs(cascade, joint, x):
                key = (x, flows[-1], place[joint], place[moved(joint, x, flows)])
                chances[key] = chances.get(key, Fraction(0)) + chance * part
    weights, unit = scaled(chances.values())
    edges: Edges = {}
    for (x, y, i, j), weight in zip(chances, weights, strict=True):
        edges.setdefault((x, y), []).append((i, j, weight))
    return states, edges, unit


def pushed(vector: Sequence[int], moves: Sequence[tuple[int, int, int]]) -> list[int]:
    """A vector of masses after one slot with given labels."""
    after = [0] * len(vector)
    for i, j, weight in moves:
        after[j] += vector[i] * weight
    return after


def path_counts(
    start: list[int], labelled: Sequence[Sequence[tuple[int, int, int]]], slots: int
) -> list[int]:
    """The masses of all label sequences of positive probability."""
    layer = [start]
    for _ in range(slots):
        layer = [after for vector in layer for moves in labelled if any(after := pushed(vector, moves))]
    return [sum(vector) for vector in layer]


def by_output(edges: Edges) -> list[list[tuple[int, int, int]]]:
    """The moves that give each output, whatever the load."""
    outputs = sorted({y for _, y in edges})
    return [[move for (_, out), moves in edges.items() if out == y for move in moves] for y in outputs]


def cascade_leakage_over(p: Law, cascade: Sequence[Battery], slots: int) -> Interval:
    """I(S_1, X^T; Y^T) in nats, S_1 the initial states of all batteries. Implements BATTERY-6."""
    states, edges, unit = cascade_edges(p, cascade)
    masses = state_masses(cascade)
    start, whole = scaled(masses[joint] for joint in states)
    total = whole * unit**slots
    outputs = entropy_of_counts(path_counts(start, by_output(edges), slots), total)
    pairs = list(edges.values())
    all_counts = [
        count
        for i, mass in enumerate(start)
        if mass
        for count in path_counts([mass if j == i else 0 for j in range(len(start))], pairs, slots)
    ]
    known = entropy_nats(list(masses.values())) + slots * entropy_nats(p)
    return outputs + known - entropy_of_counts(all_counts, total)


def cascade_finite_leakage(probabilities: Sequence[Fraction], batteries: Batteries, slots: int) -> Enclosure:
    """I(S_A,1, S_B,1, ..., X^T; Y^T)/T of one to four batteries in a cascade, in bits a slot.

    Raises Malformed, Range; Range for more than 2^14 triples of joint states, loads and outputs.

    Source: paper B, equation (4). Implements BATTERY-6, BATTERY-27.
    """
    p, cascade = read_cascade(probabilities, batteries)
    check_integer("slots", slots, 1, MAXIMUM_SLOTS)
    joint = math.prod(len(theta) for theta, _ in cascade)
    check_paths(
        joint * (len(p) * outputs_of(cascade)) ** slots, "triples of initial states, loads and outputs"
    )
    return enclose(bits(cascade_leakage_over(p, cascade, slots)) / slots, 0)


# ---- Theorem 1 -----------------------------------------------------------------------------------


def information_between(law: Mapping[tuple[Any, Any], Fraction]) -> Interval:
    """I of the two variables of a sparse joint law, in nats."""
    rows: dict[Any, Fraction] = {}
    columns: dict[Any, Fraction] = {}
    for (row, column), mass in law.items():
        rows[row] = rows.get(row, Fraction(0)) + mass
        columns[column] = columns.get(column, Fraction(0)) + mass
    parts = (list(rows.values()), list(columns.values()), list(law.values()))
    return entropy_nats(parts[0]) + entropy_nats(parts[1]) - entropy_nats(parts[2])


def gathered(
    law: Mapping[Any, Fraction], left: Callable[[Any], Any], right: Callable[[Any], Any]
) -> Interval:
    """I of two functions of a point of a law, in nats."""
    joint: dict[tuple[Any, Any], Fraction] = {}
    for point, mass in law.items():
        if mass > 0:
            key = (left(point), right(point))
            joint[key] = joint.get(key, Fraction(0)) + mass
    return information_between(joint)


def residuals(p: Law, cascade: Sequence[Battery]) -> list[Fraction]:
    """How far each battery is from invariance under the law of its own input. Implements BATTERY-7."""
    found, law = [], p
    for theta, q in cascade:
        found.append(invariance_residual(law, theta, q))
        law = output_law(law, theta, q)
    return found


def cascade_bound(probabilities: Sequence[Fraction], batteries: Batteries) -> dict[str, Any]:
    """Theorem 1's terms I(S_A, X; W), I(S_B, W; Y), I(S_A, S_B, X, Y; W) and first + second - joint.

    In bits. The last equals I(S_A, S_B, X; Y) whatever the policies. It bounds the leakage rate where both
    residuals are 0. Raises Malformed, Range; Range for more than 2^14 points.

    Source: paper B, Theorem 1, equation (10). Implements BATTERY-7, BATTERY-10.
    """
    p, cascade = read_cascade(probabilities, batteries, 2, 2)
    points = math.prod(len(theta) for theta, _ in cascade) * len(p)
    points *= len(cascade[0][1][0][0]) * outputs_of(cascade)
    check_paths(points, "points of both states, the load, what runs between and the output")
    law = {(s, xs[0], *flows[0]): mass for (s, xs, flows), mass in cascade_paths(p, cascade, 1).items()}
    first = gathered(law, lambda point: (point[0][0], point[1]), lambda point: point[2])
    second = gathered(law, lambda point: (point[0][1], point[2]), lambda point: point[3])
    joint = gathered(law, lambda point: (point[0], point[1], point[3]), lambda point: point[2])
    return {
        "first_bits": enclose(bits(first), 0),
        "second_bits": enclose(bits(second), 0),
        "joint_bits": enclose(bits(joint), 0),
        "bound_bits": enclose(bits(first + second - joint), 0),
        "residuals": [exactly(value) for value in residuals(p, cascade)],
    }


def single_letter_nats(p: Law, cascade: Sequence[Battery]) -> Interval:
    """I(S_1, ..., S_k, X; Y) of one slot, in nats. Implements BATTERY-10, BATTERY-27."""
    return cascade_leakage_over(p, cascade, 1)


def chain_bound(probabilities: Sequence[Fraction], batteries: Batteries) -> dict[str, Any]:
    """I(S_1, ..., S_k, X; Y) in bits, which bounds the leakage rate where all residuals are 0.

    Raises Malformed, Range; Range for more than 2^14 points.

    Source: paper B, Theorem 1, for k batteries: this project. Implements BATTERY-7, BATTERY-27.
    """
    p, cascade = read_cascade(probabilities, batteries)
    joint = math.prod(len(theta) for theta, _ in cascade)
    check_paths(joint * len(p) * outputs_of(cascade), "points of the states, the load and the output")
    return {
        "bound_bits": enclose(bits(single_letter_nats(p, cascade)), 0),
        "residuals": [exactly(value) for value in residuals(p, cascade)],
    }


# ---- Theorem 2 -----------------------------------------------------------------------------------

# The inputs x^t, the own states s^t and the own outputs y^(t-1) of a battery -> the law of y_t.
HistoryPolicy = Callable[[tuple[int, ...], tuple[int, ...], tuple[int, ...]], Mapping[int, Fraction]]


def history_law(p: Law, batteries: Sequence[tuple[Law, HistoryPolicy]], slots: int) -> dict[Path, Fraction]:
    """The law (6) of batteries whose policies know all of their own past.

    Raises Range where a policy gives no law or leaves the battery's range. Implements BATTERY-3, BATTERY-5.
    """
    thetas = [theta for theta, _ in batteries]
    starts = itertools.product(*(range(len(theta)) for theta in thetas))
    law: dict[Path, Fraction] = {
        (start, (), ()): math.prod((t[s] for t, s in zip(thetas, start, strict=True)), start=Fraction(1))
        for start in starts
    }
    for _ in range(slots):
        grown: dict[Path, Fraction] = {}
        for ((start, xs, before), mass), (x, chance) in itertools.product(law.items(), enumerate(p)):
            ways: list[tuple[States, Fraction]] = [((), mass * chance)]
            for k, (theta, policy) in enumerate(batteries):
                given = xs if k == 0 else tuple(flows[k - 1] for flows in before)
                own = tuple(flows[k] for flows in before)
                states = tuple(
                    itertools.accumulate((b - a for a, b in zip(given, own, strict=True)), initial=start[k])
                )
                longer = []
                for flows, part in ways:
                    enters = flows[-1] if flows else x
                    out_law = policy((*given, enters), states, own)
                    whole = sum(out_law.values(), Fraction(0)) == 1
                    top = len(theta) - 1
                    if not whole or any(not 0 <= states[-1] - enters + y <= top for y in out_law):
                        raise Range("the policy is infeasible, or gives no law")
                    longer += [((*flows, y), part * q) for y, q in out_law.items() if q > 0]
                ways = longer
            for flows, part in ways:
                if part > 0:
                    key = (start, (*xs, x), (*before, flows))
                    grown[key] = grown.get(key, Fraction(0)) + part
        law = grown
    return law


def summed(law: Mapping[Path, Fraction]) -> dict[tuple[int, tuple[int, ...], tuple[int, ...]], Fraction]:
    """The law of (S_A,1 + S_B,1 + ..., X^T, Y^T). Implements BATTERY-12."""
    whole: dict[tuple[int, tuple[int, ...], tuple[int, ...]], Fraction] = {}
    for (start, xs, flows), mass in law.items():
        key = (sum(start), xs, tuple(slot[-1] for slot in flows))
        whole[key] = whole.get(key, Fraction(0)) + mass
    return whole


def equivalent_history(
    whole: Mapping[tuple[int, tuple[int, ...], tuple[int, ...]], Fraction], capacity: int
) -> tuple[Law, HistoryPolicy]:
    """Claim 1: theta_J and q^J of one battery that has this law of (S_J,1, X^T, Y^T).

    q^J(y_t | x^t, s_J,1, y^(t-1)) is the conditional law of Y_t; the state s_J,1 is read off s_J^t. Histories
    of probability 0 pass the load on.

    Source: paper B, equations (22), (23), (28). Implements BATTERY-12.
    """
    slots = max(len(xs) for _, xs, _ in whole)
    after: dict[tuple[int, tuple[int, ...], tuple[int, ...]], Fraction] = {}
    for (start, xs, ys), mass in whole.items():
        for t in range(slots + 1):
            for cut in {(start, xs[:t], ys[:t]), (start, xs[: t + 1], ys[:t])}:
                after[cut] = after.get(cut, Fraction(0)) + mass
    theta = tuple(after.get((s, (), ()), Fraction(0)) for s in range(capacity + 1))

    def policy(xs: tuple[int, ...], states: tuple[int, ...], ys: tuple[int, ...]) -> dict[int, Fraction]:
        given = after.get((states[0], xs, ys), Fraction(0))
        if given == 0:
            return {xs[-1]: Fraction(1)}
        lasts = {
            y[-1] for s, x, y in after if len(y) == len(xs) and x == xs and y[:-1] == ys and s == states[0]
        }
        return {y: after[states[0], xs, (*ys, y)] / given for y in sorted(lasts)}

    return theta, policy


def equivalent_policy(probabilities: Sequence[Fraction], batteries: Batteries) -> dict[str, Any]:
    """theta_J and the first slot's q^J of the one battery that does what batteries in a cascade do.

    Its capacity is the sum of theirs. A sum of states that has probability 0 passes the load on. Raises
    Malformed, Range; Range where the capacities add up to more than 64, or for more than 2^14 points.

    Source: paper B, Claim 1, equations (20) to (26). Implements BATTERY-12.
    """
    p, cascade = read_cascade(probabilities, batteries, 2)
    capacity = sum(len(theta) - 1 for theta, _ in cascade)
    if capacity > MAXIMUM_CAPACITY:
        raise Range(f"the capacities add up to more than {MAXIMUM_CAPACITY}")
    joint = math.prod(len(law) for law, _ in cascade)
    check_paths(joint * len(p) * outputs_of(cascade), "points of the states, the load and the output")
    theta = [Fraction(0)] * (capacity + 1)
    outputs = outputs_of(cascade)
    table = [[[Fraction(0)] * outputs for _ in p] for _ in theta]
    for states, mass in state_masses(cascade).items():
        if mass > 0:
            theta[sum(states)] += mass
            for x in range(len(p)):
                for flows, part in runs(cascade, states, x):
                    table[sum(states)][x][flows[-1]] += mass * part
    q = tuple(
        tuple(
            tuple(part / mass for part in row) if mass else tuple(Fraction(x == y) for y in range(outputs))
            for x, row in enumerate(by_load)
        )
        for by_load, mass in zip(table, theta, strict=True)
    )
    rows = [{"probabilities": [exactly(part) for part in row["probabilities"]]} for row in as_rows(q)]
    return {"initial_state": [exactly(mass) for mass in theta], "policy": rows}
