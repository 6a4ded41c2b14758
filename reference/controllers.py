"""Controllers of a battery and what they leak (spec/batteries.md): holding policies, and any other.

A holding policy has a target for each slot, which the utility knows, and delivers what comes nearest to it.
It tells nothing until the battery forces it off the target; then it is empty (y above the target) or full
(below), so that the outputs are a Markov renewal process, whose entropy rate is a sum over the lengths of the
runs.

Any other finite-state controller makes the outputs a hidden Markov process. Its entropy rate is enclosed by
conditional entropies of blocks, and estimated by the forward recursion on a simulated run.
"""

import hashlib
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from mpmath.libmp import from_man_exp, mpf_log, to_fixed

from meter_privacy.reference.batteries import (
    MAXIMUM_SLOTS,
    Law,
    Policy,
    Rows,
    check_capacity,
    check_integer,
    check_length,
    check_paths,
    entropy_of_counts,
    load_pmf,
    moves_of,
    output_range,
    read_battery,
    row_entropies,
    scaled,
)
from meter_privacy.reference.cascade import (
    Batteries,
    Battery,
    cascade_edges,
    outputs_of,
    read_cascade,
    state_masses,
)
from meter_privacy.reference.errors import Exhausted, Malformed, Range
from meter_privacy.reference.information import (
    IV,
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

MAXIMUM_CONTROLLER = 128
MAXIMUM_JOINT_STATES = 128
MAXIMUM_DENOMINATOR = 16
MAXIMUM_OUTPUTS = 1024
LONGEST_RUN = 2**15
RUN_LEFT = 2**100
RARE_RUN_DONE = 2**240
# How far runs are followed where that takes no longer: the closer, the narrower the enclosure.
RUN_DONE = 2**140
WIDEST = Fraction(1, 10**25)
TOO_LONG = "a run goes on for more than 2^15 slots with a probability above 2^-100"
RUN_BITS = 320
LOG_BITS = 160
BATCHES = 32
# Student's t with 31 degrees of freedom: 99 % of it lies between minus and plus this.
STUDENT_99 = Fraction(27440419, 10**7)
STREAM = b"meter-privacy/batteries/1/simulate\x00"

Number = Any


# ---- Chains --------------------------------------------------------------------------------------


def closed_classes(chain: Sequence[Iterable[int]], starts: Iterable[int]) -> list[tuple[int, ...]]:
    """The closed classes that can be reached from some states, in the order of their least states.

    `chain[i]` are the states to which i can go. Implements BATTERY-22.
    """
    reach = []
    for i in range(len(chain)):
        seen, edge = {i}, [i]
        while edge:
            fresh = {j for k in edge for j in chain[k]} - seen
            seen |= fresh
            edge = list(fresh)
        reach.append(seen)
    reached = set().union(*(reach[i] for i in starts)) if chain else set()
    closed = {tuple(sorted(reach[i])) for i in reached if all(i in reach[j] for j in reach[i])}
    return sorted(closed)


def period(chain: Sequence[Iterable[int]], members: Sequence[int]) -> int:
    """The period of a closed class: the greatest common divisor of the lengths of its ways back.

    Implements BATTERY-22.
    """
    depth = {members[0]: 0}
    queue, divisor = [members[0]], 0
    for i in queue:
        for j in chain[i]:
            if j in depth:
                divisor = math.gcd(divisor, depth[i] + 1 - depth[j])
            else:
                depth[j] = depth[i] + 1
                queue.append(j)
    return divisor


def eliminate(rows: dict[int, dict[int, Number]], state: int) -> None:
    """Take a state out of a chain: whoever goes there goes on to where it leads. Nothing is subtracted."""
    out = rows.pop(state)
    out.pop(state, None)
    leaving = sum(out.values())
    for row in rows.values():
        into = row.pop(state, None)
        if into is not None:
            for j, weight in out.items():
                share = into * weight / leaving
                row[j] = row[j] + share if j in row else share


def absorbed(
    rows: Sequence[Mapping[int, Number]], start: Law, classes: Sequence[Sequence[int]]
) -> list[Number]:
    """The probability of ending in each closed class. Implements BATTERY-22."""
    home = {i: k for k, members in enumerate(classes) for i in members}
    origin = -1
    chain: dict[int, dict[int, Number]] = {i: dict(row) for i, row in enumerate(rows) if i not in home}
    chain[origin] = {
        i: interval(mass) if isinstance(mass, Fraction) else mass for i, mass in enumerate(start) if mass
    }
    for i in list(chain):
        if i != origin:
            if any(i in row for j, row in chain.items() if j != i):
                eliminate(chain, i)
            else:
                del chain[i]
    ends: list[Number] = [0] * len(classes)
    for i, mass in chain[origin].items():
        ends[home[i]] = ends[home[i]] + mass
    return ends


def stationary(rows: Sequence[Mapping[int, Interval]], members: Sequence[int]) -> dict[int, Interval]:
    """The stationary law of a closed class, by eliminating its states one by one (Grassmann, Taksar, Heyman).

    A state that is left with a probability not known to three digits is not eliminated before others: it is
    left so rarely that the class spends its time there. Implements BATTERY-22.
    """
    chain = {i: dict(rows[i]) for i in members}
    history = []
    while len(chain) > 1:
        best: tuple[int, Interval] | None = None
        for i in sorted(chain, reverse=True):
            leaving = sum((weight for j, weight in chain[i].items() if j != i), IV.mpf(0))
            if best is None or leaving.a > best[1].a:
                best = i, leaving
            if leaving.a > 1000 * leaving.delta.b:
                best = i, leaving
                break
        assert best is not None
        i, leaving = best
        history.append((i, leaving, {j: row[i] for j, row in chain.items() if j != i and i in row}))
        eliminate(chain, i)
    (last,) = chain
    masses: dict[int, Interval] = {last: IV.mpf(1)}
    for i, total, into in reversed(history):
        masses[i] = sum((masses[j] * weight for j, weight in into.items()), IV.mpf(0)) / total
    whole = sum(masses.values(), IV.mpf(0))
    return {i: mass / whole for i, mass in masses.items()}


# ---- Holding policies ----------------------------------------------------------------------------


Run: TypeAlias = tuple[Any, int]


@dataclass(frozen=True)
class Holding:
    """A policy that holds a target: y = clip(target(g), lowest, highest), g what the utility knows too.

    `held` gives g after a slot on target, `forced` after one off it, from g and y.
    """

    target: Callable[[Any], int]
    held: Callable[[Any], Any]
    forced: Callable[[Any, int], Any]


def entropy_term(mass: int) -> int:
    """-p ln p for p = mass/2^320, as an integer over 2^480."""
    if mass == 0:
        return 0
    return -mass * int(to_fixed(mpf_log(from_man_exp(mass, -RUN_BITS), LOG_BITS + 20), LOG_BITS))


class Renewal:
    """The runs of a holding policy: the law of the length and the end of one, by its start (g, s).

    Masses are integers over 2^320. Each slot rounds every one of them down, by less than 2^-320.

    Implements BATTERY-21.
    """

    def __init__(self, p: Law, capacity: int, policy: Holding) -> None:
        self.p, self.unit = scaled(p)
        self.capacity = capacity
        self.policy = policy
        self.slots: dict[Run, list[tuple[int, int, int, bool]]] = {}

    def slot(self, g: Any, s: int) -> list[tuple[int, int, int, bool]]:
        """For each load its weight, the output, the state after it, and whether it is on target."""
        if (g, s) in self.slots:
            return self.slots[g, s]
        found = self.slots[g, s] = []
        target = self.policy.target(g)
        for x, weight in enumerate(self.p):
            if weight:
                lowest, highest = output_range(self.capacity, s, x, len(self.p) - 1)
                y = max(lowest, min(highest, target))
                found.append((weight, y, s - x + y, y == target))
        return found

    def held(self, start: Run) -> list[Run]:
        """Every (g, s) that a run can pass through."""
        seen, queue = {start}, [start]
        for g, s in queue:
            for _, _, after, on in self.slot(g, s):
                way = (self.policy.held(g), after)
                if on and way not in seen:
                    seen.add(way)
                    queue.append(way)
        return queue

    def ends(self, start: Run) -> set[Run]:
        """The starts of the runs that may follow."""
        return {
            (self.policy.forced(g, y), after)
            for g, s in self.held(start)
            for _, y, after, on in self.slot(g, s)
            if not on
        }

    def mean_bound(self, start: Run) -> int:
        """A bound on the mean length of a run from any (g, s) that this one can pass through: twice a number
        of slots that a run outlasts with a probability of at most 1/2, rounded up.

        Raises Exhausted where 2^15 slots are too few.
        """
        whole = 1 << 64
        ways = self.held(start)
        moves = {
            (g, s): [(weight, (self.policy.held(g), after)) for weight, _, after, on in self.slot(g, s) if on]
            for g, s in ways
        }
        lasts = dict.fromkeys(ways, whole)
        for slots in range(1, LONGEST_RUN + 1):
            lasts = {
                way: -(-sum(weight * lasts[after] for weight, after in on) // self.unit)
                for way, on in moves.items()
            }
            if 2 * max(lasts.values()) <= whole:
                return 2 * slots
        raise Exhausted(TOO_LONG)

    def run(self, start: Run, wanted: int) -> tuple[dict[Run, Interval], Interval, Interval]:
        """Where a run leads, its mean length, and the entropy of its length and end in nats.

        It is followed until 1/wanted of it is left, or for 2^15 slots. Raises Exhausted where more than
        2^-100 is left then. Implements BATTERY-21.
        """
        whole = 1 << RUN_BITS
        bound = self.mean_bound(start)
        goes = dict.fromkeys(self.ends(start), 0)
        g, vector, left = start[0], {start[1]: whole}, whole
        length = entropy = slots = 0
        while left * wanted > whole and slots < LONGEST_RUN:
            slots += 1
            length += left
            on_target: dict[int, int] = {}
            off: dict[tuple[int, int], int] = {}
            for s, mass in vector.items():
                for weight, y, after, on in self.slot(g, s):
                    if on:
                        on_target[after] = on_target.get(after, 0) + mass * weight
                    else:
                        off[y, after] = off.get((y, after), 0) + mass * weight
            for (y, after), mass in off.items():
                part = mass // self.unit
                goes[self.policy.forced(g, y), after] += part
                entropy += entropy_term(part)
            vector = {s: mass // self.unit for s, mass in on_target.items()}
            left, g = sum(vector.values()), self.policy.held(g)
        if left * RUN_LEFT > whole:
            raise Exhausted(TOO_LONG)
        lost = slots * (self.capacity + 1 + len(self.p))
        beyond = interval(Fraction(left + lost, whole))
        up = IV.mpf([0, 1])
        share = {end: interval(Fraction(mass, whole)) + beyond * up for end, mass in sorted(goes.items())}
        mean = (
            interval(Fraction(length, whole))
            + (beyond * bound + interval(Fraction(lost * slots, whole))) * up
        )
        # The rest of a run has a mean of at most `bound`, so an entropy of at most ln bound + 1; its end has
        # at most ln(m + 1).
        tail = beyond * (1 - IV.log(beyond) + IV.log(IV.mpf(bound)) + IV.log(IV.mpf(len(self.p))))
        # -p ln p moves by less than d ln(1/d) + d where p moves by d; the logarithms are good to 2^-160 and
        # more.
        rounding = interval(Fraction(lost * slots * len(self.p) * RUN_BITS, whole)) + IV.mpf(2) ** (
            4 - LOG_BITS
        )
        centre = interval(Fraction(entropy, 1 << (RUN_BITS + LOG_BITS)))
        return share, mean, centre + tail * up + rounding * IV.mpf([-1, 1])


def held_rate(p: Law, capacity: int, policy: Holding, start: Run) -> Interval:
    """The entropy rate of the outputs of a holding policy in nats a slot, which is its leakage rate.

    The starts of runs are a Markov chain that the utility sees; on each of its closed classes the rate is the
    mean entropy of a run divided by its mean length. Raises Exhausted. Implements BATTERY-21.
    """
    if sum(1 for chance in p if chance > 0) == 1:
        return IV.mpf(0)
    renewal = Renewal(p, capacity, policy)
    starts = [start]
    chain: list[list[int]] = []
    for way in starts:
        after = sorted(renewal.ends(way))
        starts += [end for end in after if end not in starts]
        chain.append([starts.index(end) for end in after])
    classes = closed_classes(chain, [0])
    for wanted in (RUN_DONE, RARE_RUN_DONE):
        rate = renewal_rate(renewal, starts, classes, wanted)
        if enclose(rate).width <= WIDEST:
            return rate
    raise Exhausted(TOO_LONG)


def renewal_rate(
    renewal: Renewal, starts: Sequence[Run], classes: Sequence[Sequence[int]], wanted: int
) -> Interval:
    """The rate in nats from runs followed until 1/wanted is left.

    Where a start rarely leads to another, the law of the starts needs more of them than the entropies do.
    Implements BATTERY-21.
    """
    needed = range(len(starts)) if len(classes) > 1 else classes[0]
    runs = {i: renewal.run(starts[i], wanted) for i in needed}
    rows = [
        {starts.index(end): share for end, share in runs[i][0].items()} if i in runs else {}
        for i in range(len(starts))
    ]
    first = tuple(Fraction(i == 0) for i in range(len(starts)))
    ends = absorbed(rows, first, classes) if len(classes) > 1 else [IV.mpf(1)]
    rate = IV.mpf(0)
    for share, members in zip(ends, classes, strict=True):
        law = stationary(rows, members)
        entropy = sum((law[i] * runs[i][2] for i in members), IV.mpf(0))
        rate += share * entropy / sum((law[i] * runs[i][1] for i in members), IV.mpf(0))
    return rate


# g is the last output.
BEST_EFFORT = Holding(target=lambda g: g, held=lambda g: g, forced=lambda _, y: y)


def best_effort_leakage(probabilities: Sequence[Fraction], capacity: int) -> Enclosure:
    """The leakage rate in bits of best effort, which holds its last output; y_0 = s_1 = 0.

    y_t = clip(y_(t-1), max(0, x - s), min(m, C - s + x)).

    Raises Malformed, Range; Exhausted where a run of equal outputs lasts for more than 2^15 slots with a
    probability above 2^-100.

    Source: paper B, Section IV, curve 4, defined here. Implements BATTERY-19, BATTERY-21.
    """
    p = load_pmf(probabilities)
    check_capacity(capacity)
    return enclose(bits(held_rate(p, capacity, BEST_EFFORT, (0, 0))), 0)


def schedule(level: Fraction) -> Holding:
    """Hold a constant level in whole units: floor(t level) - floor((t - 1) level) in slot t, g = t - 1 modulo
    the denominator. Implements BATTERY-20.
    """
    return Holding(
        target=lambda g: math.floor((g + 1) * level) - math.floor(g * level),
        held=lambda g: (g + 1) % level.denominator,
        forced=lambda g, _: (g + 1) % level.denominator,
    )


def constant_holding_leakage(
    probabilities: Sequence[Fraction], capacity: int, level: Fraction, initial_charge: int
) -> Enclosure:
    """The leakage rate in bits of holding a constant level as well as whole units and the battery allow.

    y_t = clip(floor(t level) - floor((t - 1) level), max(0, x - s), min(m, C - s + x)). Raises Malformed,
    Range; Range for a denominator above 16; Exhausted where a run on target lasts for more than 2^15 slots
    with a probability above 2^-100.

    Source: paper B, Section IV, curve 5, defined here. Implements BATTERY-20, BATTERY-21.
    """
    p = load_pmf(probabilities)
    check_capacity(capacity)
    if not 0 <= level <= len(p) - 1:
        raise Range("level is outside the range of the loads")
    check_integer("initial_charge", initial_charge, 0, capacity)
    if Fraction(level).denominator > MAXIMUM_DENOMINATOR:
        raise Range(f"level has a denominator above {MAXIMUM_DENOMINATOR}")
    return enclose(bits(held_rate(p, capacity, schedule(Fraction(level)), (0, initial_charge))), 0)


# ---- Finite-state controllers --------------------------------------------------------------------

# From, to, weight: what moves in a slot under one label.
Moves = list[tuple[int, int, int]]


@dataclass(frozen=True)
class Machine:
    """A controller as what the utility sees of it: moves by (load, output), with weights over `unit`.

    `known` is H(Y | S, X) of each state in nats where who knows the loads and the outputs can follow the
    states. Where what runs between batteries hides them it is None, and `charges`, the sum of what the
    batteries of each state hold, is what can be followed.
    """

    size: int
    moves: dict[tuple[int, int], Moves]
    unit: int
    known: Sequence[Interval] | None
    charges: Sequence[int] = ()

    def outputs(self) -> list[Moves]:
        """The moves of each output, whatever the load."""
        seen = sorted({y for _, y in self.moves})
        return [[move for (_, y), moves in self.moves.items() if y == out for move in moves] for out in seen]

    def chain(self) -> list[dict[int, Interval]]:
        """The transition probabilities of the states."""
        rows: list[dict[int, int]] = [{} for _ in range(self.size)]
        for moves in self.moves.values():
            for i, j, weight in moves:
                rows[i][j] = rows[i].get(j, 0) + weight
        unit = IV.mpf(self.unit)
        return [{j: IV.mpf(weight) / unit for j, weight in sorted(row.items())} for row in rows]


def machine(
    size: int, labelled: Iterable[tuple[int, int, int, int, Fraction]], known: Sequence[Interval]
) -> Machine:
    """A controller from (from, load, output, to, probability of load and output)."""
    listed = [entry for entry in labelled if entry[4] > 0]
    weights, unit = scaled(entry[4] for entry in listed)
    moves: dict[tuple[int, int], Moves] = {}
    for (i, x, y, j, _), weight in zip(listed, weights, strict=True):
        moves.setdefault((x, y), []).append((i, j, weight))
    return Machine(size, moves, unit, known)


def block_masses(labels: Sequence[Moves], size: int, members: Sequence[int], slots: int) -> list[list[int]]:
    """For each sequence of labels of positive probability its masses from every member, as integers over
    unit^slots."""
    inside = set(members)
    layer = [[1 if i in inside else 0 for i in range(size)]]
    for _ in range(slots):
        grown = []
        for vector in layer:
            for moves in labels:
                before = [0] * size
                for i, j, weight in moves:
                    if i in inside:
                        before[i] += weight * vector[j]
                if any(before):
                    grown.append(before)
        layer = grown
    return [[vector[i] for i in members] for vector in layer]


def block_entropies(
    one: Machine, labels: Sequence[Moves], law: Mapping[int, Interval], slots: int, groups: Sequence[int]
) -> tuple[Interval, Interval]:
    """H of a block of labels together with the group of the first state, and H of the block given the first
    state, in nats, from the stationary law of a class."""
    members = sorted(law)
    masses = block_masses(labels, one.size, members, slots)
    total = one.unit**slots
    whole = IV.mpf(total)
    free = IV.mpf(0)
    for row in masses:
        parts: dict[int, Interval] = {}
        for i, count in zip(members, row, strict=True):
            if count:
                part = law[i] * IV.mpf(count) / whole
                parts[groups[i]] = parts[groups[i]] + part if groups[i] in parts else part
        free -= sum((part * IV.log(part) for part in parts.values()), IV.mpf(0))
    given = sum(
        (law[i] * entropy_of_counts((row[k] for row in masses), total) for k, i in enumerate(members)),
        IV.mpf(0),
    )
    return free, given


def rate_bounds(
    one: Machine, labels: Sequence[Moves], law: Mapping[int, Interval], block: int, groups: Sequence[int]
) -> tuple[Interval, Interval]:
    """Lower and upper bound on the entropy rate of labels in nats: the entropy of the last of a block, given
    those before and the first state, and given those before and the group of the first state. Implements
    BATTERY-23.
    """
    free, given = block_entropies(one, labels, law, block, groups)
    free_before, given_before = block_entropies(one, labels, law, block - 1, groups)
    return given - given_before, free - free_before


def class_bounds(one: Machine, law: Mapping[int, Interval], block: int) -> tuple[Interval, Interval]:
    """Lower and upper bound on the leakage rate on a closed class with this stationary law, in nats.

    The rate is the entropy rate of the outputs less that of the outputs given the loads. The second is H(Y |
    S, X) where the states can be followed. Else it is that of loads and outputs together less H(X), bounded
    likewise, and the first gets blocks of twice the length. Implements BATTERY-23, BATTERY-24.
    """
    alike = [0] * one.size
    if one.known is not None:
        low, high = rate_bounds(one, one.outputs(), law, block, alike)
        known = sum((law[i] * one.known[i] for i in law), IV.mpf(0))
        return low - known, high - known
    low, high = rate_bounds(one, one.outputs(), law, 2 * block, alike)
    pairs = [one.moves[label] for label in sorted(one.moves)]
    pair_low, pair_high = rate_bounds(one, pairs, law, block, one.charges)
    loads: dict[int, int] = {}
    for (x, _), moves in one.moves.items():
        loads[x] = loads.get(x, 0) + sum(weight for i, _, weight in moves if i == min(law))
    entropy = entropy_of_counts(loads.values(), one.unit)
    return low - (pair_high - entropy), high - (pair_low - entropy)


def floor_zero(value: Interval) -> Enclosure:
    """An enclosure in bits of a bound on what is never negative."""
    found = enclose(bits(value))
    return Enclosure(max(found.lower, Fraction(0)), max(found.upper, Fraction(0)))


def audit(one: Machine, initial: Law, block: int) -> dict[str, Any]:
    """Bounds on a controller's leakage rate, and its closed classes. Implements BATTERY-22, BATTERY-23."""
    rows = one.chain()
    classes = closed_classes(rows, [i for i, mass in enumerate(initial) if mass > 0])
    ends = absorbed(rows, initial, classes) if len(classes) > 1 else [IV.mpf(1)]
    found = []
    lower = upper = IV.mpf(0)
    for share, members in zip(ends, classes, strict=True):
        low, high = class_bounds(one, stationary(rows, members), block)
        found.append(
            {
                "states": list(members),
                "period": period(rows, members),
                "probability": enclose(share, 0) if len(classes) > 1 else exactly(1),
                "lower_bits": floor_zero(low),
                "upper_bits": floor_zero(high),
            }
        )
        lower += share * low
        upper += share * high
    return {"lower_bits": floor_zero(lower), "upper_bits": floor_zero(upper), "classes": found}


def table_machine(p: Law, q: Policy) -> Machine:
    """A table q(y | s, x) as a controller whose states are those of the battery."""
    entropies = row_entropies(q)
    known = [sum((interval(c) * h for c, h in zip(p, row, strict=True)), IV.mpf(0)) for row in entropies]
    return machine(len(q), ((s, x, y, s - x + y, p[x] * c) for s, x, y, c in moves_of(q)), known)


def leakage_rate(
    probabilities: Sequence[Fraction], initial_state: Sequence[Fraction], policy: Rows, block: int
) -> dict[str, Any]:
    """Lower and upper bound in bits on the leakage rate of a table q(y | s, x), from blocks of n outputs.

    The lower one never falls as n grows, the upper one never rises. With the closed classes of states that
    can be reached, their periods, and the probability of ending in each. Raises Malformed, Range; Range for
    more than 2^14 pairs of a state and a block.

    Source: paper B, equation (5); Cover and Thomas, Theorem 4.5.1. Implements BATTERY-22, BATTERY-23.
    """
    p, theta, q = read_battery(probabilities, initial_state, policy)
    check_integer("block", block, 1, MAXIMUM_SLOTS)
    check_paths(len(theta) * len(q[0][0]) ** block, "pairs of a state and a block of outputs")
    return audit(table_machine(p, q), theta, block)


def read_controller(
    p: Law, capacity: int, controller: Sequence[Mapping[str, Any]]
) -> list[list[tuple[int, int, int, Fraction]]]:
    """The moves (load, output, next, probability) of each state, the probabilities of a load divided by their
    sum.

    Raises Malformed for lengths, Range for the rest. Implements BATTERY-22.
    """
    check_length("controller", controller, 1, MAXIMUM_CONTROLLER)
    for state in controller:
        check_length("moves", state["moves"], 1, 289)
    for state in controller:
        check_integer("charge", state["charge"], 0, capacity)
        for move in state["moves"]:
            check_integer("load", move["load"], 0, len(p) - 1)
            check_integer("output", move["output"], 0, 16)
            check_integer("next", move["next"], 0, MAXIMUM_CONTROLLER - 1)
            if not 0 < move["probability"] <= 1:
                raise Range("a probability is outside (0, 1]")
    table = []
    for state in controller:
        pairs = [(move["load"], move["output"]) for move in state["moves"]]
        if len(set(pairs)) != len(pairs):
            raise Range("a load and an output stand twice in a state")
        sums = [Fraction(0)] * len(p)
        for move in state["moves"]:
            sums[move["load"]] += move["probability"]
            after = state["charge"] - move["load"] + move["output"]
            if move["next"] >= len(controller) or controller[move["next"]]["charge"] != after:
                raise Range("a next state is none, or has not the charge s - x + y")
        if any(abs(total - 1) > SUM_TOLERANCE for total in sums):
            raise Range("the probabilities of a load do not add up to 1")
        table.append(
            [(m["load"], m["output"], m["next"], m["probability"] / sums[m["load"]]) for m in state["moves"]]
        )
    return table


def controller_leakage_rate(
    probabilities: Sequence[Fraction],
    capacity: int,
    controller: Sequence[Mapping[str, Any]],
    initial_state: Sequence[Fraction],
    block: int,
) -> dict[str, Any]:
    """The bounds of `leakage_rate` for a controller with memory: states with a charge, and moves from each.

    A state, a load and an output have one next state, so that who knows the loads can follow the states.
    Raises Malformed, Range; Range for more than 2^14 pairs of a state and a block.

    Source: paper B, equation (5), Definition 1. Implements BATTERY-22, BATTERY-23.
    """
    if len(initial_state) != len(controller):
        raise Malformed("initial_state must have as many elements as controller")
    p = load_pmf(probabilities)
    check_capacity(capacity)
    table = read_controller(p, capacity, controller)
    initial = pmf(initial_state, "initial_state")
    check_integer("block", block, 1, MAXIMUM_SLOTS)
    outputs = {y for moves in table for _, y, _, _ in moves}
    check_paths(len(table) * len(outputs) ** block, "pairs of a state and a block of outputs")
    known = []
    for moves in table:
        rows: list[list[Fraction]] = [[] for _ in p]
        for x, _, _, chance in moves:
            rows[x].append(chance)
        known.append(
            sum((interval(c) * entropy_nats(row) for c, row in zip(p, rows, strict=True)), IV.mpf(0))
        )
    labelled = (
        (i, x, y, after, p[x] * chance) for i, moves in enumerate(table) for x, y, after, chance in moves
    )
    return audit(machine(len(table), labelled, known), initial, block)


def chain_leakage_rate(
    probabilities: Sequence[Fraction], batteries: Batteries, block: int
) -> dict[str, Enclosure]:
    """Lower and upper bound in bits on the leakage rate of one to four batteries in a cascade.

    From blocks of n loads and outputs, and of 2n outputs.
    Raises Malformed, Range; Range for more than 128 joint states, or 2^14 pairs of joint states and blocks.

    Source: paper B, equation (4), Section V. Implements BATTERY-24, BATTERY-27.
    """
    p, cascade = read_cascade(probabilities, batteries)
    check_integer("block", block, 1, MAXIMUM_SLOTS // 2)
    joint = math.prod(len(theta) for theta, _ in cascade)
    if joint > MAXIMUM_JOINT_STATES:
        raise Range(f"there are more than {MAXIMUM_JOINT_STATES} joint states")
    longest = outputs_of(cascade) ** block * max(len(p), outputs_of(cascade)) ** block
    check_paths(joint * longest, "joint states and blocks of n slots, or of 2n outputs")
    found = audit(cascade_machine(p, cascade), tuple(state_masses(cascade).values()), block)
    return {"lower_bits": found["lower_bits"], "upper_bits": found["upper_bits"]}


def cascade_machine(p: Law, cascade: Sequence[Battery]) -> Machine:
    """Batteries in a cascade as one controller whose states are the joint states. Implements BATTERY-24."""
    states, edges, unit = cascade_edges(p, cascade)
    return Machine(len(states), edges, unit, None, [sum(joint) for joint in states])


# ---- The forward recursion -----------------------------------------------------------------------


def forward_recursion(
    probabilities: Sequence[Fraction],
    initial_state: Sequence[Fraction],
    policy: Rows,
    outputs: Sequence[int],
) -> dict[str, Any]:
    """-log2 P(y^T) in bits, and the law of the state after the outputs y^T.

    Raises Malformed, Range; Range for an output that the policy has not, or a sequence of probability 0.

    Source: paper B, Section IV ("the simulation technique"). Implements BATTERY-25.
    """
    check_length("outputs", outputs, 1, MAXIMUM_OUTPUTS)
    p, theta, q = read_battery(probabilities, initial_state, policy)
    for y in outputs:
        check_integer("an output", y, 0, len(q[0][0]) - 1)
    one = table_machine(p, q)
    moves: dict[int, Moves] = {}
    for (_, y), listed in one.moves.items():
        moves.setdefault(y, []).extend(listed)
    vector, whole = scaled(theta)
    for y in outputs:
        after = [0] * len(theta)
        for i, j, weight in moves.get(y, []):
            after[j] += vector[i] * weight
        vector = after
    total = sum(vector)
    if total == 0:
        raise Range("the sequence of outputs has probability 0")
    information = IV.log(IV.mpf(whole) * IV.mpf(one.unit) ** len(outputs) / IV.mpf(total))
    return {
        "information_bits": enclose(bits(information), 0),
        "belief": [enclose(IV.mpf(mass) / IV.mpf(total), 0) for mass in vector],
    }


# ---- Simulation ----------------------------------------------------------------------------------


def thresholds(law: Law) -> list[int]:
    """floor(2^32 (p_0 + ... + p_k)) for each k. Implements BATTERY-26."""
    return [math.floor(total * 2**32) for total in itertools.accumulate(law)]


class Stream:
    """32-bit numbers, the bytes of SHA-256(label, seed, 0), SHA-256(label, seed, 1), ..., four at a time,
    big-endian; the counter has 64 bits, big-endian. Implements BATTERY-26.
    """

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self.counter = 0
        self.words: list[int] = []

    def draw(self, steps: Sequence[int]) -> int:
        """The first place whose threshold is above the next number."""
        if not self.words:
            block = hashlib.sha256(STREAM + self.seed + self.counter.to_bytes(8, "big")).digest()
            self.words = [int.from_bytes(block[i : i + 4], "big") for i in reversed(range(0, 32, 4))]
            self.counter += 1
        word = self.words.pop()
        return next(place for place, step in enumerate(steps) if word < step)


def simulate(
    probabilities: Sequence[Fraction],
    initial_state: Sequence[Fraction],
    policy: Rows,
    slots: int,
    seed: bytes,
) -> dict[str, Any]:
    """Estimate of the leakage rate in bits from one run, and half of its 99 % confidence interval's width.

    The estimate is the mean over T slots of log2 q(y_t | s_t, x_t) - log2 P(y_t | y^(t-1)), the second by the
    forward recursion. The interval takes 32 batches for independent and normal; it says nothing of closed
    classes that the run did not end in. Every law is first rounded to weights over 2^32, and it is the
    rounded controller's rate that is estimated. Slots 64 to 2^20, a multiple of 32; seed of 32 bytes. Up to
    2^12 slots the answers are enclosures, beyond that binary64. Raises Malformed, Range.

    Source: paper B, Section IV. Implements BATTERY-25, BATTERY-26.
    """
    if len(seed) != 32:
        raise Malformed("seed must have 32 bytes")
    p, theta, q = read_battery(probabilities, initial_state, policy)
    check_integer("slots", slots, 64, 2**20)
    if slots % BATCHES:
        raise Range(f"the slots do not fill {BATCHES} batches")
    sums = density_sums(p, theta, q, slots, seed, exact=slots <= 2**12)
    context = IV if slots <= 2**12 else math
    means = [value * BATCHES / slots for value in sums]
    mean = sum(means) / BATCHES
    squares = sum((value - mean) * (value - mean) for value in means) / (BATCHES * (BATCHES - 1))
    if context is math:
        return {"leakage_bits": mean, "half_width_bits": float(STUDENT_99) * math.sqrt(squares)}
    width = interval(STUDENT_99) * IV.sqrt(IV.mpf([max(squares.a, IV.mpf(0).a), squares.b]))
    return {"leakage_bits": enclose(mean), "half_width_bits": enclose(width, 0)}


def density_sums(p: Law, theta: Law, q: Policy, slots: int, seed: bytes, exact: bool) -> list[Any]:
    """The sum of the information density over each of 32 batches, in bits.

    The forward variables P(y^t, s_(t+1)) are not normalised but doubled 64 times whenever their sum falls
    below 2^-64, so that intervals stay narrow. Implements BATTERY-25, BATTERY-26.
    """
    number: Callable[[float], Any] = IV.mpf if exact else float
    log: Callable[[Any], Any] = IV.log if exact else math.log
    load_steps, start_steps = thresholds(p), thresholds(theta)
    steps = [[thresholds(row) for row in by_load] for by_load in q]
    loads = weights_of(load_steps)
    weights = [[weights_of(row) for row in by_load] for by_load in steps]
    moves: list[list[tuple[int, int, Any]]] = [[] for _ in q[0][0]]
    for s, x, y, _ in moves_of(q):
        if product := loads[x] * weights[s][x][y]:
            moves[y].append((s, s - x + y, number(product) / number(2**64)))
    small, large = number(2.0**-64), number(2.0**64)
    stream = Stream(seed)
    s = stream.draw(start_steps)
    masses = [number(weight) / number(2**32) for weight in weights_of(start_steps)]
    before, doublings = log(sum(masses)), 0
    sums = []
    for _ in range(BATCHES):
        drawn: Counter[int] = Counter()
        for _ in range(slots // BATCHES):
            x = stream.draw(load_steps)
            y = stream.draw(steps[s][x])
            after = [number(0)] * len(theta)
            for i, j, weight in moves[y]:
                after[j] += masses[i] * weight
            masses = after
            if sum(masses) < small:
                masses = [mass * large for mass in masses]
                doublings += 64
            drawn[weights[s][x][y]] += 1
            s = s - x + y
        now = log(sum(masses)) - doublings * log(number(2))
        known = sum(count * log(number(weight) / number(2**32)) for weight, count in sorted(drawn.items()))
        sums.append((known - now + before) / log(number(2)))
        before = now
    return sums


def weights_of(steps: Sequence[int]) -> list[int]:
    """The weights over 2^32 that thresholds give."""
    return [b - a for a, b in itertools.pairwise([0, *steps])]
