"""The privacy-power function (spec/privacy_power.md): what an alternative source can hide of a load, paper A.

Symbols are paper A's: X is a user's load, Y what the grid delivers, 0 <= Y <= X, P the average power E[X -
Y] of the source (in the unit of the loads), I(P) the least leakage at that power. x_1 < ... < x_n are the
loads, p their probabilities, s = -dI/dP the slope in nats per unit of load.

Inputs are exact rationals. Which block a load belongs to is decided with `DIGITS` digits; a tie below that is
harmless, because both partitions have the same c. Everything else is enclosed in interval arithmetic.
"""

import heapq
import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from meter_privacy.reference.errors import Exhausted, Malformed, ProofFailed, Range
from meter_privacy.reference.information import (
    IV,
    MP,
    Enclosure,
    Interval,
    Real,
    binary_entropy,
    bits,
    enclose,
    entropy_nats,
    exactly,
    hull,
    interval,
    mutual_information_nats,
    pmf,
    working_digits,
    x_ln_x,
)

MAXIMUM_LOAD = 10**9
MAXIMUM_POWER = 10**12
MAXIMUM_SLOPE = 10**6
SMALLEST_GAP = Fraction(1, 10**12)
TOLERANCE = Fraction(1, 10**12)
DECIMALS = 50
MOST_DECIMALS = 250
GUARD_DIGITS = 30
SMALL = 1e-3  # below it each term of the series of 1 - e^(-u) gives three digits
THRESHOLD_BITS = 32
BYTES_PER_SLOT = 4
# Where so many steps do not reach the gap, grids up to this size are solved by Newton's method, cubic in it.
PLAIN_STEPS = 200
NEWTON_POINTS = 128
NEWTON_STEPS = 60
NEWTON_FALL = 0.1

Number = Any


# ---- Inputs --------------------------------------------------------------------------------------


def check_real(name: str, value: Real, least: Real, most: Real, above: bool = False) -> None:
    """Range of a number: [least, most], or (least, most] with `above`. Raises Range."""
    if not (least < value if above else least <= value) or value > most:
        raise Range(f"{name} is outside {'(' if above else '['}{least}, {most}]")


def check_power(power: Fraction, above: bool = False) -> None:
    """Range of the average power of the source: from 0, without it where `above`. Raises Range."""
    check_real("power", power, 0, MAXIMUM_POWER, above)


def check_loads(loads: Sequence[Fraction], maximum: int) -> None:
    """Loads are at least 0 and strictly increasing. Raises Malformed for their number, Range for the rest."""
    if not 1 <= len(loads) <= maximum:
        raise Malformed(f"loads must have 1 to {maximum} elements")
    for load in loads:
        check_real("a load", load, 0, MAXIMUM_LOAD)
    if any(later <= earlier for earlier, later in itertools.pairwise(loads)):
        raise Range("loads must be strictly increasing")


def load_law(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], maximum: int
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """The checked levels and their probabilities, divided by their sum. Raises Malformed, Range."""
    if len(probabilities) != len(loads):
        raise Malformed("probabilities must have as many elements as loads")
    check_loads(loads, maximum)
    return tuple(Fraction(load) for load in loads), pmf(probabilities)


def mean(values: Iterable[Fraction], p: Iterable[Fraction]) -> Fraction:
    """The mean of a finite law."""
    return sum((value * mass for value, mass in zip(values, p, strict=True)), Fraction(0))


# ---- Policies ------------------------------------------------------------------------------------


def is_feasible(x: Sequence[Real], y: Sequence[Real]) -> bool:
    """Whether 0 <= y_i <= x_i for every user: nothing is wasted, nothing delayed.

    Source: paper A, Definition 1. Implements POWER-1.
    """
    return all(0 <= out <= load for load, out in zip(x, y, strict=True))


def distortion(x: Sequence[Real], y: Sequence[Real]) -> Real | None:
    """d(x, y) = sum (x_i - y_i), what the source gives; None (infinite) unless 0 <= y <= x.

    Source: paper A, equation (7), with negative grid loads excluded. Implements POWER-1, POWER-3.
    """
    return sum(x) - sum(y) if is_feasible(x, y) else None


def policy_leakage(
    loads: Sequence[Fraction],
    probabilities: Sequence[Fraction],
    policy: Sequence[Mapping[str, Sequence[Fraction]]],
) -> dict[str, Enclosure]:
    """Leakage in bits and average power of a policy without memory, policy[i]["probabilities"][j] = q(x_j |
    x_i).

    Each row is a law of its own and is divided by its sum. Raises Malformed for lengths, Range for bad loads
    or laws, and where a row gives probability to a grid load above its load.

    Source: paper A, Definition 1, equations (3), (4) for one slot. Implements POWER-1, POWER-2, POWER-3.
    """
    if len(policy) != len(loads) or any(len(row["probabilities"]) != len(loads) for row in policy):
        raise Malformed("a policy has one row for each load, and a row one probability for each")
    x, p = load_law(loads, probabilities, 64)
    rows = [pmf(row["probabilities"], f"policy[{index}]") for index, row in enumerate(policy)]
    if any(row[j] > 0 for i, row in enumerate(rows) for j in range(i + 1, len(x))):
        raise Range("a row gives probability to a grid load above its load")
    joint = [[mass * part for part in row] for mass, row in zip(p, rows, strict=True)]
    power = sum((joint[i][j] * (x[i] - x[j]) for i in range(len(x)) for j in range(i)), Fraction(0))
    return {"leakage_bits": enclose(bits(mutual_information_nats(joint)), 0), "power": exactly(power)}


Slots = tuple[Fraction, ...]
CausalPolicy = Callable[[Slots, Slots], Mapping[Fraction, Fraction]]


def leakage_rate(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], policy: CausalPolicy, slots: int
) -> tuple[Enclosure, Fraction]:
    """I_n in bits a slot and P_n of a causal policy over n slots with independent loads, by enumeration.

    `policy` gives, for the loads x^t so far and the grid loads y^(t-1) before, the law of y_t. Raises Range
    where it wastes, delays, or is no law.

    Source: paper A, equations (1) to (4). Implements POWER-1, POWER-2, POWER-3.
    """
    x, p = load_law(loads, probabilities, 64)
    joint: dict[tuple[Slots, Slots], Fraction] = {((), ()): Fraction(1)}
    for _ in range(slots):
        longer: dict[tuple[Slots, Slots], Fraction] = {}
        for (past, given), mass in joint.items():
            for load, chance in zip(x, p, strict=True):
                law = policy((*past, load), given)
                if sum(law.values()) != 1 or not all(0 <= y <= load and q >= 0 for y, q in law.items()):
                    raise Range("the policy is infeasible, or gives no law")
                for y, q in law.items():
                    key = ((*past, load), (*given, y))
                    longer[key] = longer.get(key, Fraction(0)) + mass * chance * q
        joint = longer
    rows, columns = sorted({pair[0] for pair in joint}), sorted({pair[1] for pair in joint})
    table = [[joint.get((row, column), Fraction(0)) for column in columns] for row in rows]
    power = sum((mass * (sum(past) - sum(given)) for (past, given), mass in joint.items()), Fraction(0))
    return enclose(bits(mutual_information_nats(table)) / slots, 0), power / slots


def block_policies(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], slots: int
) -> list[tuple[Fraction, tuple[Fraction, ...]]]:
    """The best deterministic block policies: (average power, masses of the grid sequences), by rising power.

    A block policy knows the n loads of a block beforehand and maps them to grid loads below them; its
    leakage is H(Y^n)/n. All maps are enumerated, the loads of a block in falling lexicographic order: after
    a sequence is placed no later one can be given the same grid loads, so of two beginnings with the same
    masses on what is still open only the power and the entropy of the closed masses count. Entropies are
    told apart from 10^-12 nat.

    Source: paper A, the remark below Remark 1.1. Implements POWER-6.
    """
    x, p = load_law(loads, probabilities, 64)
    sequences = list(itertools.product(range(len(x)), repeat=slots))
    places = {sequence: place for place, sequence in enumerate(sequences)}
    states: dict[tuple[Fraction, ...], list[tuple[Fraction, float, tuple[Fraction, ...]]]]
    states = {(Fraction(0),) * len(sequences): [(Fraction(0), 0.0, ())]}
    for sequence in reversed(sequences):
        mass = math.prod((p[index] for index in sequence), start=Fraction(1))
        moves = []
        for output in itertools.product(*(range(index + 1) for index in sequence)):
            given = sum((x[i] - x[j] for i, j in zip(sequence, output, strict=True)), Fraction(0))
            moves.append((places[output], mass * given / slots))
        grown: dict[tuple[Fraction, ...], list[tuple[Fraction, float, tuple[Fraction, ...]]]] = {}
        for masses, ways in states.items():
            for place, used in moves:
                changed = list(masses)
                changed[place] += mass
                closed = changed.pop()
                cost = -float(closed) * math.log(closed) if closed else 0.0
                kept = grown.setdefault(tuple(changed), [])
                law = (closed,) if closed else ()
                kept.extend((power + used, entropy + cost, (*past, *law)) for power, entropy, past in ways)
        states = {masses: _pareto(ways) for masses, ways in grown.items()}
    return [(power, law) for power, _, law in states[()]]


def _pareto(
    ways: Iterable[tuple[Fraction, float, tuple[Fraction, ...]]],
) -> list[tuple[Fraction, float, tuple[Fraction, ...]]]:
    best: list[tuple[Fraction, float, tuple[Fraction, ...]]] = []
    for way in sorted(ways, key=lambda entry: entry[:2]):
        if not best or way[1] < best[-1][1] - 1e-12:
            best.append(way)
    return best


def block_leakage(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], slots: int, power: Fraction
) -> Enclosure:
    """The least leakage in bits a slot of a deterministic block policy of n slots at a power.

    Source: paper A, the remark below Remark 1.1. Implements POWER-6.
    """
    check_power(power)
    law = [masses for used, masses in block_policies(loads, probabilities, slots) if used <= power][-1]
    return enclose(bits(entropy_nats(law)) / slots, 0)


def round_up(loads: Sequence[Fraction], output: Fraction) -> int:
    """The index of the least load that is not below a grid load: the map of Theorem 2 on one user.

    Raises Malformed for the number of loads, Range for bad loads, a negative grid load, or one above all.

    Source: paper A, Theorem 2, equation (10), the lowest cell closed at zero. Implements POWER-7.
    """
    check_loads(loads, 1024)
    check_real("output", output, 0, MAXIMUM_LOAD)
    if output > loads[-1]:
        raise Range("the grid load is above every load")
    return next(index for index, load in enumerate(loads) if load >= output)


Channel = Mapping[Slots, Mapping[Slots, Fraction]]


def channel_leakage(law: Mapping[Slots, Fraction], channel: Channel) -> tuple[Enclosure, Fraction]:
    """I(X;Y) in bits and E[sum (X_i - Y_i)] of users with a joint law and any grid loads 0 <= y <= x.

    Raises Range where a row is no law, wastes or delays.

    Source: paper A, equations (3), (4) for one slot. Implements POWER-2, POWER-3.
    """
    outputs = sorted({y for row in channel.values() for y in row})
    if any(sum(row.values()) != 1 or min(row.values()) < 0 for row in channel.values()) or not all(
        is_feasible(x, y) for x, row in channel.items() for y in row
    ):
        raise Range("the channel is infeasible, or gives no law")
    joint = [[mass * channel[x].get(y, Fraction(0)) for y in outputs] for x, mass in law.items()]
    power = sum(
        (mass * q * (sum(x) - sum(y)) for x, mass in law.items() for y, q in channel[x].items()), Fraction(0)
    )
    return enclose(bits(mutual_information_nats(joint)), 0), power


def round_channel(
    levels: Sequence[Sequence[Fraction]], channel: Channel
) -> dict[Slots, dict[Slots, Fraction]]:
    """Theorem 2's map on a channel: each user's grid loads go up to the least of its load levels.

    What comes out is feasible, leaks no more and uses no more power. Raises as `round_up`.

    Source: paper A, Theorem 2, equation (10). Implements POWER-7.
    """
    moved: dict[Slots, dict[Slots, Fraction]] = {}
    for x, row in channel.items():
        moved[x] = {}
        for y, q in row.items():
            up = tuple(own[round_up(own, out)] for own, out in zip(levels, y, strict=True))
            moved[x][up] = moved[x].get(up, Fraction(0)) + q
    return moved


def mix_channels(first: Channel, second: Channel, share: Fraction) -> dict[Slots, dict[Slots, Fraction]]:
    """The second channel with probability `share`, else the first: Lemma 1's policy.

    Its power is the mixture of theirs, and its leakage at most the mixture. Raises Range for a share outside
    [0, 1]. Source: paper A, Lemma 1. Implements POWER-4.
    """
    check_real("share", share, 0, 1)
    mixed: dict[Slots, dict[Slots, Fraction]] = {}
    for x in first:
        mixed[x] = {y: (1 - share) * q for y, q in first[x].items()}
        for y, q in second[x].items():
            mixed[x][y] = mixed[x].get(y, Fraction(0)) + share * q
    return mixed


def pool(masses: Sequence[Real], weights: Sequence[Real]) -> list[int]:
    """Where the blocks of the isotonic regression of masses/weights begin, weights above 0.

    Pool adjacent violators, by products instead of quotients: exact for integers and rationals. Implements
    POWER-8.
    """
    blocks: list[tuple[int, Real, Real]] = []
    for index, (mass, weight) in enumerate(zip(masses, weights, strict=True)):
        blocks.append((index, mass, weight))
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            _, late_mass, late_weight = blocks.pop()
            start, early_mass, early_weight = blocks.pop()
            blocks.append((start, early_mass + late_mass, early_weight + late_weight))
    return [start for start, _, _ in blocks]


def law_of_decays(masses: Sequence[Fraction], decays: Sequence[Fraction]) -> list[Fraction]:
    """The optimal law of Y at a slope, exactly, for rational decays a_k = e^(-s (x_(k+1) - x_k)) in (0, 1).

    What the C core's laws for small cores are held to. Implements POWER-8, POWER-34.
    """
    whole = list(itertools.accumulate(decays, operator.mul, initial=Fraction(1)))
    weights = [a - b for a, b in itertools.pairwise([*whole, Fraction(0)])]
    starts = pool(masses, weights)
    law, before = [Fraction(0)] * len(masses), Fraction(0)
    for start, end in itertools.pairwise([*starts, len(masses)]):
        height = sum(masses[start:end], Fraction(0)) / sum(weights[start:end], Fraction(0))
        law[start], before = whole[start] * (height - before), height
    return law


# ---- The exact curve -----------------------------------------------------------------------------


def in_context(context: Any, value: Real) -> Number:
    """A rational as a number of mpmath's context, MP (rounded) or IV (enclosed)."""
    value = Fraction(value)
    return context.mpf(value.numerator) / context.mpf(value.denominator)


@dataclass(frozen=True)
class Block:
    """Consecutive loads that share one value of c: mass, width to the next block (None for the last), and the
    power E[X - start; X in block] that brings them down to their first load."""

    start: int
    mass: Fraction
    width: Fraction | None
    inner: Fraction


def fallen(context: Any, u: Any) -> Any:
    """1 - e^(-u) for u > 0; where the difference would lose digits, by the series, whose signs alternate."""
    if u > SMALL:
        return 1 - context.exp(-u)
    total = term = u
    for k in range(2, 3 + context.dps // 3):
        term = term * u / k
        total += term if k % 2 else -term
    return total + context.mpf([-1, 1]) * term if context is IV else total


def merge_slope(mass: Fraction, width: Fraction, next_mass: Fraction, next_width: Fraction | None) -> Number:
    """The slope s at which a block and the next have the same c: (e^(sD) - 1)/(1 - e^(-sD')) = p_B/p_B'.

    The blocks are apart above it. Zero where they are apart at every slope. The function p_B'(e^(sD) - 1) -
    p_B(1 - e^(-sD')) is convex in s and zero at 0, so Newton's method from the right comes down to its
    other zero without overshooting. Implements POWER-10.
    """
    D, p, p_next = (in_context(MP, value) for value in (width, mass, next_mass))
    if next_width is None:
        return MP.log1p(p / p_next) / D
    if next_mass * width >= mass * next_width:
        return MP.mpf(0)
    E = in_context(MP, next_width)
    s = MP.log1p(p / p_next) / D
    while True:
        rising, falling = MP.expm1(s * D), MP.expm1(-s * E)
        step = (p_next * rising + p * falling) / (p_next * D * (rising + 1) - p * E * (falling + 1))
        if step <= s * MP.mpf(10) ** (10 - MP.dps):
            return s
        s -= step


class Curve:
    """The exact privacy-power function of one user with a finite load.

    `levels` and `masses` are those of the loads with positive probability. `merges` is the path on which
    the partition coarsens as the slope falls: (slope, index of the load that stops being a block's first).

    Implements POWER-8, POWER-9, POWER-10.
    """

    def __init__(self, loads: Sequence[Fraction], p: Sequence[Fraction]) -> None:
        positive = [(load, mass) for load, mass in zip(loads, p, strict=True) if mass > 0]
        self.levels = tuple(load for load, _ in positive)
        self.masses = tuple(mass for _, mass in positive)
        self._merges: list[tuple[Number, int]] | None = None

    @property
    def maximum_power(self) -> Fraction:
        """P_max = E[X] - min supp X, from which on nothing leaks."""
        return mean(self.levels, self.masses) - self.levels[0]

    @property
    def merges(self) -> list[tuple[Number, int]]:
        """The merge path, by falling slope."""
        if self._merges is None:
            self._merges = list(self._path())
        return self._merges

    def _path(self) -> Iterator[tuple[Number, int]]:
        x = self.levels
        after: dict[int, int | None] = {i: i + 1 if i + 1 < len(x) else None for i in range(len(x))}
        before: dict[int, int | None] = {i: i - 1 if i else None for i in range(len(x))}
        mass = dict(enumerate(self.masses))
        heap: list[tuple[Number, int, int, Fraction, Fraction]] = []

        def width(i: int) -> Fraction | None:
            follower = after[i]
            return None if follower is None else x[follower] - x[i]

        def push(i: int | None) -> None:
            if i is not None and (j := after[i]) is not None:
                s = merge_slope(mass[i], x[j] - x[i], mass[j], width(j))
                heapq.heappush(heap, (-s, i, j, mass[i], mass[j]))

        for i in range(len(x)):
            push(i)
        while heap:
            negative, i, j, left, right = heapq.heappop(heap)
            if i not in mass or j not in mass or after[i] != j or (mass[i], mass[j]) != (left, right):
                continue
            yield -negative, j
            mass[i] += mass.pop(j)
            after[i] = follower = after.pop(j)
            if follower is not None:
                before[follower] = i
            push(i)
            push(before[i])

    def starts_after(self, merges: int) -> tuple[int, ...]:
        """The first loads of the blocks after a number of merges."""
        gone = {start for _, start in self.merges[:merges]}
        return tuple(i for i in range(len(self.levels)) if i not in gone)

    def starts_at(self, s: Number) -> tuple[int, ...]:
        """The first loads of the blocks at a slope, read off the merge path."""
        return self.starts_after(sum(1 for slope, _ in self.merges if slope >= s))

    def isotonic_starts(self, s: Number) -> tuple[int, ...]:
        """The same by pooling adjacent violators of ln c_B = ln p_B + s x_b - ln(1 - e^(-s D_B)).

        The weights w = e^(-s x_b) - e^(-s x_next) underflow and are never formed. Implements POWER-8.
        """
        x = [in_context(MP, level) for level in self.levels]
        stack: list[tuple[int, Fraction]] = []

        def log_ratio(start: int, mass: Fraction, end: int) -> Number:
            value = MP.log(in_context(MP, mass)) + s * x[start]
            return value if end == len(x) else value - MP.log(-MP.expm1(-s * (x[end] - x[start])))

        for start, mass in enumerate(self.masses):
            stack.append((start, mass))
            while len(stack) > 1:
                (i, left), (j, right) = stack[-2:]
                if log_ratio(i, left, j) < log_ratio(j, right, start + 1):
                    break
                stack[-2:] = [(i, left + right)]
        return tuple(start for start, _ in stack)

    def blocks(self, starts: Sequence[int]) -> tuple[Block, ...]:
        """The blocks of a partition."""
        found = []
        for place, start in enumerate(starts):
            end = starts[place + 1] if place + 1 < len(starts) else len(self.levels)
            x, p = self.levels[start:end], self.masses[start:end]
            width = None if end == len(self.levels) else self.levels[end] - x[0]
            mass = sum(p, Fraction(0))
            found.append(Block(start, mass, width, mean(x, p) - mass * x[0]))
        return tuple(found)


def inner_power(blocks: Iterable[Block]) -> Fraction:
    """sum_B inner_B, which the slope does not move."""
    return sum((block.inner for block in blocks), Fraction(0))


def falling_power(context: Any, blocks: Iterable[Block], s: Number) -> Number:
    """The sum over all blocks but the last of p_B D_B/(e^(s D_B) - 1)."""
    power = context.mpf(0)
    for block in blocks:
        if block.width is not None:
            D = in_context(context, block.width)
            power += in_context(context, block.mass) * D * context.exp(-s * D) / fallen(context, s * D)
    return power


def block_power(context: Any, blocks: Sequence[Block], s: Number) -> Number:
    """P(s) = sum_B inner_B + sum over all blocks but the last of p_B D_B/(e^(s D_B) - 1). Implements
    POWER-9.
    """
    return in_context(context, inner_power(blocks)) + falling_power(context, blocks, s)


def block_leakage_nats(blocks: Sequence[Block], s: Interval) -> Interval:
    """I(s) = H({p_B}) - sum over all blocks but the last of p_B h(z_B)/(1 - z_B), z_B = e^(-s D_B), in nats.

    Generalises paper A, equation (14). Implements POWER-9.
    """
    leakage = entropy_nats([block.mass for block in blocks])
    for block in blocks:
        if block.width is not None:
            u = s * interval(block.width)
            z, rest = IV.exp(-u), fallen(IV, u)
            leakage -= interval(block.mass) * (u * z - rest * IV.log(rest)) / rest
    return leakage


def around_root(s: Number) -> tuple[Fraction, Fraction]:
    """Numbers on both sides of a root that is found, 20 digits short of the working precision away."""
    centre, width = enclose(IV.mpf(s)).lower, Fraction(1, 10 ** (MP.dps - 20))
    return centre * (1 - width), centre * (1 + width)


def slope_at_power(blocks: Sequence[Block], power: Fraction, left: Number) -> Interval:
    """The slope at which a fixed partition has a power, enclosed; `left` is a slope below it.

    The logarithm of what falls of P(s) is convex, so Newton's method from the left climbs to the root without
    passing it. The result is proved by the signs of P(s) - P at both ends of the enclosure.
    """
    target = power - inner_power(blocks)
    wanted = MP.log(in_context(MP, target))
    terms = [
        (in_context(MP, block.mass), in_context(MP, block.width))
        for block in blocks
        if block.width is not None
    ]
    s = left
    while True:
        value, fall = MP.mpf(0), MP.mpf(0)
        for p, D in terms:
            z, rest = MP.exp(-s * D), fallen(MP, s * D)
            value += p * D * z / rest
            fall += p * D * D * z / rest**2
        step = (MP.log(value) - wanted) * value / fall
        s += step
        if step <= s * MP.mpf(10) ** (10 - MP.dps):
            break
    low, high = around_root(s)
    goal = interval(target)
    assert falling_power(IV, blocks, interval(low)).a >= goal.b, "the root lies below its enclosure"
    assert falling_power(IV, blocks, interval(high)).b <= goal.a, "the root lies above its enclosure"
    return hull(low, high)


def common_slope(curves: Sequence[Curve], power: Fraction) -> tuple[Interval, list[tuple[Block, ...]]]:
    """The slope at which users together use a power 0 < P < sum of P_max, and each one's partition there.

    The merges of all users, by falling slope, cut the curve of the sum into pieces on which all
    partitions stand still; bisection finds the piece. Implements POWER-9, POWER-17.
    """
    slopes = sorted((slope for curve in curves for slope, _ in curve.merges), reverse=True)

    def partitions(place: int) -> list[tuple[Block, ...]]:
        """On the piece that ends, downwards, at slopes[place]."""
        bound = slopes[place]
        counts = [sum(1 for slope, _ in curve.merges if slope > bound) for curve in curves]
        return [curve.blocks(curve.starts_after(n)) for curve, n in zip(curves, counts, strict=True)]

    low, high = 0, len(slopes) - 1
    while low < high:
        middle = (low + high) // 2
        blocks = [block for part in partitions(middle) for block in part]
        if falling_power(MP, blocks, slopes[middle]) >= in_context(MP, power - inner_power(blocks)):
            high = middle
        else:
            low = middle + 1
    parts = partitions(low)
    return slope_at_power([block for part in parts for block in part], power, slopes[low]), parts


def leakage(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], power: Fraction, decimals: int = DECIMALS
) -> dict[str, Enclosure | None]:
    """I(P) in bits of one user with a finite load, and the slope -dI/dP in nats a unit of load.

    The slope is None at P = 0, where it is infinite and the leakage is H(X), and at P >= P_max, where the
    leakage is 0. The leakage is enclosed to so many decimals, 1 to 250, and the slope to as many digits.
    Raises Malformed for lengths, Range for bad loads, laws, a negative power or too many decimals.

    Source: paper A, equation (5), Theorem 2; exact by isotonic regression. Implements POWER-2, POWER-4,
    POWER-8, POWER-9.
    """
    x, p = load_law(loads, probabilities, 1024)
    check_power(power)
    check_real("decimals", decimals, 1, MOST_DECIMALS)
    curve = Curve(x, p)
    if power >= curve.maximum_power:
        return {"leakage_bits": exactly(0), "slope_nats": None}
    with working_digits(decimals + GUARD_DIGITS):
        if power == 0:
            return {"leakage_bits": enclose(bits(entropy_nats(p)), 0), "slope_nats": None}
        s, (blocks,) = common_slope([curve], power)
        return {"leakage_bits": enclose(bits(block_leakage_nats(blocks, s)), 0), "slope_nats": enclose(s)}


def curve(loads: Sequence[Fraction], probabilities: Sequence[Fraction]) -> list[dict[str, Enclosure]]:
    """The breakpoints of the whole curve by falling slope: slope in nats, power, leakage in bits.

    One fewer than loads of positive probability. Between two neighbours the partition stands still; above the
    first slope every load is a block of its own, below the last one all are one block and P = P_max.
    Raises Malformed, Range.

    Source: paper A, equation (5), Theorem 2. Implements POWER-10.
    """
    whole = Curve(*load_law(loads, probabilities, 256))
    points = []
    for place, (slope, _) in enumerate(whole.merges):
        blocks = whole.blocks(whole.starts_after(place))
        s = hull(*around_root(slope))
        points.append(
            {
                "slope_nats": enclose(s),
                "power": enclose(block_power(IV, blocks, s), 0),
                "leakage_bits": enclose(bits(block_leakage_nats(blocks, s)), 0),
            }
        )
    return points


def optimal_policy(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], power: Fraction
) -> dict[str, list[Any]]:
    """The optimal policy at a power: the law of Y, and for each load x_i the law q(x_j | x_i) of Y.

    Loads of block k choose the first load of block b <= k with probability (c_b - c_(b-1))/c_k. It is
    unique on the loads of positive probability; a load of probability zero follows the block it lies in,
    and one below all blocks is passed on as it is. Raises Malformed, Range.

    Source: paper A, Theorem 1, Remark 1.1. Implements POWER-7, POWER-11.
    """
    x, p = load_law(loads, probabilities, 64)
    check_power(power)
    whole = Curve(x, p)
    zero, one = exactly(0), exactly(1)
    support = [i for i, mass in enumerate(p) if mass > 0]
    if power == 0:
        firsts, chances = list(range(len(x))), {i: {i: IV.mpf(1)} for i in range(len(x))}
    elif power >= whole.maximum_power:
        firsts, chances = [support[0]], {support[0]: {support[0]: IV.mpf(1)}}
    else:
        s, (blocks,) = common_slope([whole], power)
        firsts = [support[block.start] for block in blocks]
        c = [
            interval(b.mass)
            * IV.exp(s * interval(whole.levels[b.start] - whole.levels[0]))
            / (1 if b.width is None else fallen(IV, s * interval(b.width)))
            for b in blocks
        ]
        rises = [later - earlier for earlier, later in zip([IV.mpf(0), *c], c, strict=False)]
        chances = {
            first: {firsts[b]: rises[b] / c[k] for b in range(k + 1)} for k, first in enumerate(firsts)
        }
    block_of = [max((f for f in firsts if f <= i), default=None) for i in range(len(x))]
    rows = []
    output = [IV.mpf(0)] * len(x)
    for i, first in enumerate(block_of):
        law = {i: IV.mpf(1)} if first is None else chances[first]
        rows.append({"probabilities": [enclose(law[j], 0) if j in law else zero for j in range(len(x))]})
        for j, chance in law.items():
            output[j] += interval(p[i]) * chance
    whole_law = [
        one if len(support) == 1 and j == support[0] else enclose(v, 0) for j, v in enumerate(output)
    ]
    return {"output_probabilities": whole_law, "policy": rows}


def allocate(
    users: Sequence[Mapping[str, Sequence[Fraction]]], power: Fraction
) -> dict[str, list[Enclosure]]:
    """Divide a power among independent users with finite loads: each one's power, and leakage in bits.

    All users that still leak have one common slope; from the sum of their P_max on, each gets its P_max.
    Raises Malformed for lengths, Range for bad loads, laws or a negative power.

    Source: paper A, equations (8), (9). Implements POWER-17.
    """
    if not 1 <= len(users) <= 16:
        raise Malformed("users must have 1 to 16 elements")
    if any(len(user["probabilities"]) != len(user["loads"]) for user in users):
        raise Malformed("probabilities must have as many elements as loads")
    curves = [Curve(*load_law(user["loads"], user["probabilities"], 128)) for user in users]
    check_power(power)
    if power >= sum(one.maximum_power for one in curves):
        return {
            "powers": [exactly(one.maximum_power) for one in curves],
            "leakages_bits": [exactly(0) for _ in curves],
        }
    if power == 0:
        return {
            "powers": [exactly(0) for _ in curves],
            "leakages_bits": [enclose(bits(entropy_nats(one.masses)), 0) for one in curves],
        }
    s, parts = common_slope(curves, power)
    powers, leakages = [], []
    for blocks in parts:
        # One block is a user that is saturated at this slope.
        full = len(blocks) == 1
        powers.append(exactly(blocks[0].inner) if full else enclose(block_power(IV, blocks, s), 0))
        leakages.append(exactly(0) if full else enclose(bits(block_leakage_nats(blocks, s)), 0))
    return {"powers": powers, "leakages_bits": leakages}


# ---- Blahut-Arimoto ------------------------------------------------------------------------------


class Grid:
    """The product of the users' loads, the last user's fastest, and sums over all grid loads y <= x."""

    def __init__(self, users: Sequence[Sequence[Fraction]]) -> None:
        self.users = users
        self.size = math.prod(len(levels) for levels in users)

    def _axes(self) -> Iterator[tuple[int, int, Sequence[Fraction]]]:
        stride = self.size
        for levels in self.users:
            stride //= len(levels)
            yield stride, len(levels), levels

    def lower_sums(self, context: Any, q: Sequence[Number], s: Number) -> tuple[list[Number], list[Number]]:
        """At each x: sum over y <= x of q_y e^(-s d(x, y)), and the same with the factor d(x, y)."""
        total, moment = list(q), [context.mpf(0)] * self.size
        for stride, count, levels in self._axes():
            gaps = [in_context(context, b - a) for a, b in itertools.pairwise(levels)]
            decays = [context.exp(-s * gap) for gap in gaps]
            for i in range(self.size):
                place = i // stride % count
                if place:
                    a, gap = decays[place - 1], gaps[place - 1]
                    moment[i] += a * (moment[i - stride] + gap * total[i - stride])
                    total[i] += a * total[i - stride]
        return total, moment

    def upper_sums(self, context: Any, values: Sequence[Number], s: Number) -> list[Number]:
        """At each y: sum over x >= y of v_x e^(-s d(x, y))."""
        total = list(values)
        for stride, count, levels in self._axes():
            decays = [context.exp(-s * in_context(context, b - a)) for a, b in itertools.pairwise(levels)]
            for i in reversed(range(self.size)):
                place = i // stride % count
                if place + 1 < count:
                    total[i] += decays[place] * total[i + stride]
        return total


class _Binary64:
    """Python's floats with the few names of an mpmath context that are used here."""

    mpf = staticmethod(float)
    exp = staticmethod(math.exp)
    log = staticmethod(math.log)


@dataclass(frozen=True)
class Certificate:
    """A law q of grid loads, and what it proves: min(I + sP) lies in [lower, upper] nats."""

    lower: Enclosure
    upper: Enclosure
    leakage: Enclosure
    power: Enclosure


def certify(grid: Grid, p: Sequence[Fraction], q: Sequence[float], s: Fraction) -> Certificate:
    """Prove by interval arithmetic what a law of grid loads shows, whatever computed it.

    U = -sum p ln c with c_x = sum over y <= x of q_y e^(-s d), and U - ln max g <= min(I + sP) <= U with
    g_y = sum over x >= y of p_x e^(-s d)/c_x. The channel q(y|x) = q_y e^(-s d)/c_x has the power and
    leakage given.

    Source: paper A, Section V-A; the certificate is proved in the spec. Implements POWER-12.
    """
    law = [interval(Fraction(mass)) for mass in q]
    total = sum(law, IV.mpf(0))
    law = [mass / total for mass in law]
    slope = interval(s)
    c, moment = grid.lower_sums(IV, law, slope)
    positive = [i for i, mass in enumerate(p) if mass > 0]
    upper = -sum((interval(p[i]) * IV.log(c[i]) for i in positive), IV.mpf(0))
    g = grid.upper_sums(
        IV, [interval(p[i]) / c[i] if p[i] > 0 else IV.mpf(0) for i in range(grid.size)], slope
    )
    largest = IV.mpf([max(value.a for value in g), max(value.b for value in g)])
    power = sum((interval(p[i]) * moment[i] / c[i] for i in positive), IV.mpf(0))
    # g is 0 where no load is at or above y; elsewhere it is positive for certain.
    shift = sum((law[i] * g[i] * IV.log(g[i]) for i in range(grid.size) if q[i] > 0 and g[i] > 0), IV.mpf(0))
    return Certificate(
        enclose(upper - IV.log(largest)),
        enclose(upper),
        enclose(upper - slope * power - shift, 0),
        enclose(power, 0),
    )


def blahut_arimoto_law(
    grid: Grid, p: Sequence[Fraction], s: Fraction, gap: float, most: float = math.inf
) -> tuple[list[float], int] | None:
    """Iterate q <- q g^w from the uniform law until U - L = ln max g <= gap; the law and the steps taken.

    None where that takes more than `most` steps.

    w = 1 is the plain iteration, which never raises U. Longer steps are tried while U falls, and the first
    one that raises it is taken back. Nothing rests on these floats: `certify` proves what the law shows.
    Implements POWER-12.
    """
    slope, masses = float(s), [float(mass) for mass in p]
    q, best, exponent, before = [1 / grid.size] * grid.size, math.inf, 1.0, [1 / grid.size] * grid.size
    for iteration in itertools.count(1):
        c, _ = grid.lower_sums(_Binary64, q, slope)
        upper = -math.fsum(mass * math.log(value) for mass, value in zip(masses, c, strict=True) if mass > 0)
        if upper > best + 1e-15 * abs(best) and exponent > 1:
            q, exponent = before, 1.0
            best = math.inf
            continue
        if iteration > most:
            return None
        ratios = [mass / value if mass > 0 else 0.0 for mass, value in zip(masses, c, strict=True)]
        g = grid.upper_sums(_Binary64, ratios, slope)
        distance = math.log(max(g))
        if distance <= gap:
            return q, iteration
        best, before = upper, q
        # No factor overflows, and no level of which g is above 0 is lost for good.
        exponent = min(exponent, 500 / distance)
        moved = [
            max(mass * value**exponent, 1e-300) if value > 0 else 0.0
            for mass, value in zip(q, g, strict=True)
        ]
        total = math.fsum(moved)
        q = [mass / total for mass in moved]
        exponent *= 1.25
    raise AssertionError("unreachable")


def newton_law(grid: Grid, p: Sequence[Fraction], s: Fraction, gap: float) -> tuple[list[float], int] | None:
    """The same by Newton's method on q z = m, c w = p, z = 1 - sum over x >= y of w_x e^(-s d), m to 0.

    At m = 0 these say that g is 1 where q > 0 and nowhere more. From a multiple of the uniform law, and to a
    multiple of the law; q, w and z stay above 0. None where `NEWTON_STEPS` do not reach the gap.
    Implements POWER-12, POWER-14.
    """
    n, slope, masses = grid.size, float(s), [float(mass) for mass in p]
    columns = [_kernel_column(grid, y, slope) for y in range(n)]

    def lower(values: Sequence[float]) -> list[float]:
        return grid.lower_sums(_Binary64, values, slope)[0]

    def upper(values: Sequence[float]) -> list[float]:
        return grid.upper_sums(_Binary64, values, slope)

    q = [1 / n] * n
    g = upper([mass / value for mass, value in zip(masses, lower(q), strict=True)])
    scale = 2 * max(g)
    q, z = [scale / n] * n, [1 - one / scale for one in g]
    w = [mass / value for mass, value in zip(masses, lower(q), strict=True)]
    for step in range(1, NEWTON_STEPS + 1):
        c = lower(q)
        g = upper([mass / value for mass, value in zip(masses, c, strict=True)])
        # The law is q over its sum, whose g is larger by the sum.
        if math.log(max(g) * math.fsum(q)) <= gap:
            return q, step
        target = max(NEWTON_FALL * _dot(q, z) / n, 1e-17)
        weights = [weight / value for weight, value in zip(w, c, strict=True)]
        weighted = [[weight * one for weight, one in zip(weights, column, strict=True)] for column in columns]
        matrix = [[_dot(weighted[i], columns[j]) for j in range(i + 1)] for i in range(n)]
        for i in range(n):
            matrix[i][i] += z[i] / q[i]
        dq = _solve(matrix, [one - 1 + target / mass for one, mass in zip(g, q, strict=True)])
        dc = lower(dq)
        dw = [(m - v * (a + b)) / a for m, v, a, b in zip(masses, w, c, dc, strict=True)]
        dz = [(target - v * (a + b)) / a for v, a, b in zip(z, q, dq, strict=True)]
        primal, dual = _inside(q, dq), min(_inside(w, dw), _inside(z, dz))
        q = [a + primal * b for a, b in zip(q, dq, strict=True)]
        w = [a + dual * b for a, b in zip(w, dw, strict=True)]
        z = [a + dual * b for a, b in zip(z, dz, strict=True)]
    return None


def _kernel_column(grid: Grid, y: int, slope: float) -> list[float]:
    unit = [0.0] * grid.size
    unit[y] = 1.0
    return grid.lower_sums(_Binary64, unit, slope)[0]


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    total: float = sum(map(operator.mul, a, b))
    return total


def _inside(values: Sequence[float], changes: Sequence[float]) -> float:
    """Nearly the longest step up to 1 that keeps positive values positive."""
    worst = min(
        (change / value for value, change in zip(values, changes, strict=True) if value > 0), default=0
    )
    return 0.995 * min(1.0, -1 / worst if worst < 0 else 1.0)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve with a positive definite matrix, its lower half given and overwritten, by Cholesky's method."""
    n = len(right)
    for j, row in enumerate(matrix):
        for i in range(j):
            row[i] = (row[i] - _dot(row[:i], matrix[i][:i])) / matrix[i][i]
        row[j] = math.sqrt(max(row[j] - _dot(row[:j], row[:j]), 1e-300))
        right[j] = (right[j] - _dot(row[:j], right[:j])) / row[j]
    for j in reversed(range(n)):
        right[j] = (right[j] - math.fsum(matrix[i][j] * right[i] for i in range(j + 1, n))) / matrix[j][j]
    return right


def check_slope_and_gap(slope: Fraction, gap: Fraction) -> None:
    """Ranges of a slope in (0, 10^6] nats a unit and of a gap in [10^-12, 1] nat. Raises Range."""
    check_real("slope_nats", slope, 0, MAXIMUM_SLOPE, above=True)
    check_real("gap_nats", gap, 0, 1, above=True)
    if gap < SMALLEST_GAP:
        raise Range("the gap is below 10^-12 nat, which binary64 cannot certify")


def minimise(grid: Grid, p: Sequence[Fraction], s: Fraction, gap: Fraction) -> dict[str, Enclosure | int]:
    """Blahut-Arimoto on a grid until the certificate, taken outwards, is no wider than the gap. Implements
    POWER-12.
    """
    aimed = float(gap) * 0.9
    while True:
        small = grid.size <= NEWTON_POINTS
        found = blahut_arimoto_law(grid, p, s, aimed, PLAIN_STEPS if small else math.inf)
        found = found or newton_law(grid, p, s, aimed) or blahut_arimoto_law(grid, p, s, aimed)
        assert found is not None
        q, iterations = found
        proof = certify(grid, p, q, s)
        if proof.upper.upper - proof.lower.lower <= gap:
            break
        aimed *= 0.9
    leakage_bits = Enclosure(
        *(enclose(bits(interval(end)), 0).midpoint for end in (proof.leakage.lower, proof.leakage.upper))
    )
    return {
        "leakage_bits": leakage_bits,
        "power": proof.power,
        "lower_nats": exactly(proof.lower.lower),
        "upper_nats": exactly(proof.upper.upper),
        "iterations": iterations,
    }


def blahut_arimoto(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], slope_nats: Fraction, gap_nats: Fraction
) -> dict[str, Enclosure | int]:
    """Minimise I + sP of one user to a certified gap: lower <= min(I + sP) <= upper, upper - lower <= gap,
    in nats.

    Also the leakage in bits and the power of the policy found, and the number of iterations. Raises Malformed
    for lengths, Range for bad loads, laws, slopes and gaps.

    Source: paper A, Section V-A. Implements POWER-12.
    """
    x, p = load_law(loads, probabilities, 1024)
    check_slope_and_gap(slope_nats, gap_nats)
    return minimise(Grid([x]), p, slope_nats, gap_nats)


def refuse_unproved(
    optimum: Enclosure, slope: Fraction, gap: Fraction, answer: Mapping[str, Fraction], iterations: int
) -> None:
    """Refuse an answer of Blahut-Arimoto whose certificate contradicts an enclosure of min(I + sP).

    Every comparison allows 10^-12 (1 + |min| + s P). Raises ProofFailed. Implements POWER-13.
    """
    lower, upper, power = answer["lower_nats"], answer["upper_nats"], answer["power"]
    slack = TOLERANCE * (1 + abs(optimum.upper) + abs(slope * power))
    value = enclose(interval(answer["leakage_bits"]) * IV.log(2) + interval(slope * power))
    if iterations < 1:
        raise ProofFailed("an answer without an iteration")
    if answer["leakage_bits"] < 0 or power < 0:
        raise ProofFailed("leakage or power is negative")
    if upper - lower > gap + slack or upper < lower:
        raise ProofFailed("the interval is wider than the gap, or upside down")
    if lower > optimum.upper + slack or upper < optimum.lower - slack:
        raise ProofFailed("the optimum is not in the interval")
    if value.upper < optimum.lower - slack or value.lower > upper + slack:
        raise ProofFailed("leakage and power do not belong to the interval")


def judge_blahut_arimoto(
    loads: Sequence[Fraction],
    probabilities: Sequence[Fraction],
    slope_nats: Fraction,
    gap_nats: Fraction,
    leakage_bits: Fraction,
    power: Fraction,
    lower_nats: Fraction,
    upper_nats: Fraction,
    iterations: int,
) -> None:
    """Accept an answer of privacy_power.blahut_arimoto, or refuse it against the exact optimum at its slope.

    Raises Malformed and Range as that operation does, then ProofFailed. Implements POWER-13.
    """
    x, p = load_law(loads, probabilities, 1024)
    check_slope_and_gap(slope_nats, gap_nats)
    whole = Curve(x, p)
    s = interval(slope_nats)
    blocks = whole.blocks(whole.isotonic_starts(in_context(MP, slope_nats)))
    optimum = enclose(block_leakage_nats(blocks, s) + s * block_power(IV, blocks, s))
    answer = {
        "leakage_bits": leakage_bits,
        "power": power,
        "lower_nats": lower_nats,
        "upper_nats": upper_nats,
    }
    refuse_unproved(optimum, slope_nats, gap_nats, answer, iterations)


def joint_law(
    users: Sequence[Mapping[str, Sequence[Fraction]]], probabilities: Sequence[Fraction]
) -> tuple[Grid, tuple[Fraction, ...]]:
    """The grid of correlated users and their joint law over it. Raises Malformed, Range."""
    if not 1 <= len(users) <= 3:
        raise Malformed("users must have 1 to 3 elements")
    for user in users:
        check_loads(user["loads"], 32)
    p = pmf(probabilities)
    grid = Grid([tuple(user["loads"]) for user in users])
    if grid.size != len(p):
        raise Range("the joint law has not one probability for each point of the grid")
    return grid, p


def blahut_arimoto_joint(
    users: Sequence[Mapping[str, Sequence[Fraction]]],
    probabilities: Sequence[Fraction],
    slope_nats: Fraction,
    gap_nats: Fraction,
) -> dict[str, Enclosure | int]:
    """As `blahut_arimoto` for correlated users: the joint law over the grid of their loads, the last user
    fastest.

    The power is that of all users together, the leakage that of all their loads about all grid loads.
    Raises Malformed, Range. Source: paper A, Theorem 1, (5), (7). Implements POWER-14.
    """
    grid, p = joint_law(users, probabilities)
    check_slope_and_gap(slope_nats, gap_nats)
    return minimise(grid, p, slope_nats, gap_nats)


def judge_blahut_arimoto_joint(
    users: Sequence[Mapping[str, Sequence[Fraction]]],
    probabilities: Sequence[Fraction],
    slope_nats: Fraction,
    gap_nats: Fraction,
    leakage_bits: Fraction,
    power: Fraction,
    lower_nats: Fraction,
    upper_nats: Fraction,
    iterations: int,
) -> None:
    """Accept an answer of privacy_power.blahut_arimoto_joint, or refuse it against a certified interval of
    our own.

    Raises Malformed and Range as that operation does, then ProofFailed. Implements POWER-13, POWER-14.
    """
    grid, p = joint_law(users, probabilities)
    check_slope_and_gap(slope_nats, gap_nats)
    own = minimise(grid, p, slope_nats, gap_nats)
    lower, upper = own["lower_nats"], own["upper_nats"]
    assert isinstance(lower, Enclosure)
    assert isinstance(upper, Enclosure)
    answer = {
        "leakage_bits": leakage_bits,
        "power": power,
        "lower_nats": lower_nats,
        "upper_nats": upper_nats,
    }
    refuse_unproved(Enclosure(lower.lower, upper.upper), slope_nats, gap_nats, answer, iterations)


# ---- Countable loads -----------------------------------------------------------------------------


def law_error(error: Fraction, levels: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """How far a change of a law by `error` in total variation may move powers, and leakages in nats.

    Powers by at most e x_n and leakages by at most 2 (e ln n + h(e)). Implements POWER-15, POWER-33.
    """
    if not error:
        return Fraction(0), Fraction(0)
    nats = 2 * (interval(error) * IV.log(len(levels)) + entropy_nats((error, 1 - error)))
    return error * levels[-1], enclose(nats).upper


def sandwich(cut: Curve, rest: Fraction, error: Fraction, power: Fraction) -> Enclosure:
    """I(P) in nats of a load that a finite one, cut off at its largest level, comes near.

    `rest` bounds E[X - min(X, x_n)], `error` the total variation between the law of min(X, x_n) and the
    finite one. I_cut(P) <= I(P) <= I_cut(P - rest). Implements POWER-15.
    """
    shift, slack = law_error(error, cut.levels)
    ends = []
    for used in (power + shift, max(Fraction(0), power - rest - shift)):
        if used >= cut.maximum_power:
            ends.append(exactly(0))
        elif used == 0:
            ends.append(enclose(entropy_nats(cut.masses), 0))
        else:
            s, (blocks,) = common_slope([cut], used)
            ends.append(enclose(block_leakage_nats(blocks, s), 0))
    return Enclosure(max(Fraction(0), ends[0].lower - slack), ends[1].upper + slack)


def geometric_truncated(mean_load: Fraction, power: Fraction, levels: int) -> Enclosure:
    """I(P) in nats of P(X = k) = m^k/(m + 1)^(k + 1), from `levels` levels; the error is m
    (m/(m+1))^(levels - 1).

    Implements POWER-15.
    """
    ratio = mean_load / (mean_load + 1)
    masses = [(1 - ratio) * ratio**k for k in range(levels - 1)] + [ratio ** (levels - 1)]
    cut = Curve([Fraction(k) for k in range(levels)], masses)
    return sandwich(cut, mean_load * ratio ** (levels - 1), Fraction(0), power)


def poisson_truncated(mean_load: Fraction, power: Fraction, levels: int) -> Enclosure:
    """I(P) in nats of a Poisson load, from `levels` > mean levels and masses rounded to 10^-70.

    E[(X - n)^+] <= p_(n+1)/(1 - mean/(n + 2))^2 with n = levels - 1. Implements POWER-15.
    """
    grain = 10**70
    mass = IV.exp(-interval(mean_load))
    masses = []
    for k in range(levels - 1):
        masses.append(Fraction(int(enclose(mass).lower * grain), grain))
        mass *= interval(mean_load) / (k + 1)
    masses.append(1 - sum(masses, Fraction(0)))
    tail = enclose(mass * interval(mean_load) / levels).upper
    rest = tail / (1 - mean_load / (levels + 1)) ** 2
    cut = Curve([Fraction(k) for k in range(levels)], masses)
    return sandwich(cut, rest, Fraction(2 * levels, grain), power)


def geometric(mean: Fraction, power: Fraction) -> Enclosure:
    """I(P) in bits of a geometric load 0, 1, 2, ... of a mean: g(mean) - g(P), g(m) = (m+1) ln(m+1) - m ln m.

    Zero from P = mean on. Raises Range. Source: the discrete Shannon lower bound, tight here. Implements
    POWER-15.
    """
    check_real("mean", mean, 0, 10**6, above=True)
    check_power(power)
    if power >= mean:
        return exactly(0)

    def g(m: Fraction) -> Interval:
        return x_ln_x(m + 1) - x_ln_x(m)

    return enclose(bits(g(mean) - g(power)), 0)


# ---- Loads with two levels -----------------------------------------------------------------------


def binary_leakage(probability: Fraction, difference: Fraction, power: Fraction) -> Enclosure:
    """I_B(P) in bits of one user with P(X = L) = p and H - L = Delta: equation (11), clipped at P = Delta
    (1 - p).

    Source: paper A, equation (11). Implements POWER-16.
    """
    check_real("probability", probability, 0, 1)
    check_real("difference", difference, 0, MAXIMUM_LOAD, above=True)
    check_power(power)
    t = power / difference
    if probability in (0, 1) or t >= 1 - probability:
        return exactly(0)
    return enclose(bits(x_ln_x(t) - x_ln_x(probability + t) - x_ln_x(1 - probability)), 0)


def binary(users: Sequence[Mapping[str, Fraction]], power: Fraction) -> dict[str, Any]:
    """Independent users with two levels: powers by (12), leakages by (14) in bits, and the common slope in
    nats.

    A user is {probability: P(X = L), difference: H - L}. The slope is None at P = 0 (infinite) and where
    every user is saturated; then each has its Delta (1 - p). A user with p of 0 or 1 leaks nothing and gets
    nothing. Raises Malformed for the number of users, Range for the rest.

    Source: paper A, equations (11) to (14). Implements POWER-16, POWER-17, POWER-18.
    """
    if not 1 <= len(users) <= 64:
        raise Malformed("users must have 1 to 64 elements")
    for user in users:
        check_real("probability", user["probability"], 0, 1)
        check_real("difference", user["difference"], 0, MAXIMUM_LOAD, above=True)
    check_power(power)
    laws = [(user["probability"], user["difference"]) for user in users]
    caps = [D * (1 - p) if 0 < p < 1 else Fraction(0) for p, D in laws]
    if power >= sum(caps):
        return {
            "powers": [exactly(c) for c in caps],
            "leakages_bits": [exactly(0)] * len(caps),
            "slope_nats": None,
        }
    if power == 0:
        found = [binary_entropy(p) for p, _ in laws]
        return {"powers": [exactly(0)] * len(caps), "leakages_bits": found, "slope_nats": None}
    # User i is saturated at slopes up to -ln(1 - p)/Delta, where p = 1 - e^(-s Delta).
    ends = sorted(
        (
            (-MP.log(in_context(MP, 1 - p)) / in_context(MP, D), i)
            for i, (p, D) in enumerate(laws)
            if 0 < p < 1
        ),
        reverse=True,
    )

    def blocks(saturated: Sequence[int]) -> list[Block]:
        return [
            Block(0, p, None, cap) if i in saturated else Block(0, p, D, Fraction(0))
            for i, ((p, D), cap) in enumerate(zip(laws, caps, strict=True))
            if 0 < p < 1
        ]

    for place, (end, _) in enumerate(ends):
        saturated = [i for _, i in ends[:place]]
        if place == len(ends) - 1 or block_power(MP, blocks(saturated), end) >= in_context(MP, power):
            break
    s = slope_at_power(blocks(saturated), power, end)
    powers, leakages = [], []
    for i, ((p, D), cap) in enumerate(zip(laws, caps, strict=True)):
        if i in saturated or not 0 < p < 1:
            powers.append(exactly(cap))
            leakages.append(exactly(0))
            continue
        z = IV.exp(-s * interval(D))
        own = 1 - z
        powers.append(enclose(interval(D) * interval(p) * z / own, 0))
        h = s * interval(D) * z - own * IV.log(own)
        leakages.append(enclose(bits(entropy_nats((p, 1 - p)) - interval(p) / own * h), 0))
    return {"powers": powers, "leakages_bits": leakages, "slope_nats": enclose(s)}


# ---- Exponential loads and the Shannon lower bound -----------------------------------------------


def filled(caps: Sequence[Number], power: Number) -> tuple[int, Number]:
    """How many of the users, by rising cap, get their whole cap, and the power that is left for the others.

    The first cap that is above an equal share of what is left for it and those behind is the first not to be
    filled. Implements POWER-20, POWER-24.
    """
    rest = power
    for full, cap in enumerate(caps):
        if rest < cap * (len(caps) - full):
            return full, rest
        rest -= cap
    return len(caps), rest


def reverse_waterfilling(caps: Sequence[Number], power: Number) -> tuple[Number, list[Number]]:
    """The level with sum min(level, cap_i) = power, and the terms; caps and level are the largest where all
    are full.

    Exact for rationals. Source: paper A, Section IV-A, Figure 2. Implements POWER-20, POWER-24.
    """
    ordered = sorted(caps, key=lambda cap: cap if isinstance(cap, Fraction) else enclose(cap).midpoint)
    full, rest = filled(ordered, power)
    if full == len(ordered):
        return ordered[-1], list(caps)
    level = rest / (len(ordered) - full)
    return level, [level if level < one else one for one in caps]


def allocate_exponential(means: Sequence[Fraction], power: Fraction) -> dict[str, Any]:
    """Reverse water-filling among exponential loads: rational level and powers, and the leakage in nats.

    P_i = min(level, mean_i), leakage sum (ln(mean_i/level))^+. From P = sum of the means on every user has
    its mean and the level is the largest mean. Raises Malformed for the number of means, Range for means
    and power not above 0: the leakage grows without bound as P falls to 0.

    Source: paper A, equations (20), (21). Implements POWER-24.
    """
    if not 1 <= len(means) <= 64:
        raise Malformed("means must have 1 to 64 elements")
    for value in means:
        check_real("a mean", value, 0, MAXIMUM_LOAD, above=True)
    check_power(power, above=True)
    level, powers = reverse_waterfilling([Fraction(value) for value in means], Fraction(power))
    total = sum((IV.log(interval(value / level)) for value in means if value > level), IV.mpf(0))
    return {
        "level": exactly(level),
        "powers": [exactly(one) for one in powers],
        "leakage_nats": enclose(total, 0),
    }


def shannon_lower_bound(entropies_nats: Sequence[Fraction], power: Fraction) -> dict[str, Any]:
    """The bound sum (h_i - 1 - ln level)^+ in nats for users with differential entropies h_i, the level and
    the powers.

    P_i = min(level, e^(h_i - 1)); from their sum on the bound is 0 and the level the largest e^(h_i - 1).
    Raises Malformed for the number of users, Range for an entropy outside [-100, 100] and a power not above
    0.

    Source: paper A, equations (15), (16), (18), (19), corrected by the entropy 1 + ln P of an exponential
    variable. Implements POWER-19, POWER-20.
    """
    if not 1 <= len(entropies_nats) <= 64:
        raise Malformed("entropies_nats must have 1 to 64 elements")
    for h in entropies_nats:
        check_real("an entropy", h, -100, 100)
    check_power(power, above=True)
    caps = [IV.exp(interval(h - 1)) for h in entropies_nats]
    level, powers = reverse_waterfilling(caps, interval(power))
    bound = sum(
        (interval(h - 1) - IV.log(level) for h, cap in zip(entropies_nats, caps, strict=True) if level < cap),
        IV.mpf(0),
    )
    return {
        "level": enclose(level),
        "powers": [enclose(one) for one in powers],
        "bound_nats": enclose(bound, 0),
    }


def exponential_channel(
    mean: Fraction, power: Fraction, load: Fraction, output: Fraction
) -> dict[str, Enclosure]:
    """The optimal channel of an exponential load at P <= mean: atom at Y = 0 and density at Y = y, given X
    = x, and of Y.

    For 0 < y <= x. The atom is e^(-x (1/P - 1/mean)), the law of Y has an atom P/mean. Raises Range.

    Source: paper A, Section IV-A, with the factor u(x - y) and P <= mean. Implements POWER-23.
    """
    check_real("mean", mean, 0, MAXIMUM_LOAD, above=True)
    check_real("power", power, 0, mean, above=True)
    check_real("load", load, 0, 100 * mean)
    check_real("output", output, 0, load, above=True)
    kept = (1 - power / mean) / mean
    conditional = kept * mean / power
    exponent = -(load - output) / power + load / mean - output / mean
    return {
        "atom": enclose(IV.exp(interval(load / mean - load / power)), 0),
        "density": enclose(interval(conditional) * IV.exp(interval(exponent)), 0),
        "output_atom": exactly(power / mean),
        "output_density": enclose(interval(kept) * IV.exp(interval(-output / mean)), 0),
    }


# ---- Heuristics ----------------------------------------------------------------------------------


def time_division(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], power: Fraction
) -> dict[str, Enclosure]:
    """With probability `share` = min(1, P/E[X]) the source gives the whole load, else the grid: leakage in
    bits.

    Y = 0 with probability share + (1 - share) P(X = 0), because a load of zero looks the same. Raises
    Malformed, Range.

    Source: paper A, Section V-A, Time Division, corrected. Implements POWER-25.
    """
    x, p = load_law(loads, probabilities, 1024)
    check_power(power)
    average = mean(x, p)
    share = Fraction(1) if power >= average else Fraction(power) / average
    zero = p[0] if x[0] == 0 else Fraction(0)
    kept = [(1 - share) * mass for load, mass in zip(x, p, strict=True) if load > 0]
    unsure = interval(1 - zero) * entropy_nats((share, 1 - share))
    value = entropy_nats([1 - sum(kept, Fraction(0)), *kept]) - unsure
    return {"leakage_bits": exactly(0) if share == 1 else enclose(bits(value), 0), "share": exactly(share)}


def output_limit(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], level: int
) -> dict[str, Enclosure]:
    """Y = min(X, x_level), levels counted from 0: leakage H(Y) in bits and power E[(X - x_level)^+].

    Raises Malformed, Range. Source: paper A, Section V-A, Limit Maximum Output Load, corrected. Implements
    POWER-26.
    """
    x, p = load_law(loads, probabilities, 1024)
    if not 0 <= level < len(x):
        raise Range("level is no index of a load")
    law = [*p[:level], sum(p[level:], Fraction(0))]
    power = sum(
        (mass * (load - x[level]) for load, mass in zip(x[level:], p[level:], strict=True)), Fraction(0)
    )
    return {"leakage_bits": enclose(bits(entropy_nats(law)), 0), "power": exactly(power)}


# ---- The energy management unit ------------------------------------------------------------------


def thresholds(weights: Sequence[int]) -> list[int]:
    """Thresholds t_j = floor(2^32 (w_0 + ... + w_j)/sum w) of a row of weights of the outputs 0, 1, ...

    A 32-bit number r means the least j with r < t_j. Rounding down moves probability to larger grid loads
    only, so that a table never uses more power than its policy, and each probability is met within 2^-32.
    Raises Malformed for the number of weights, Range for a weight outside [0, 2^32), or a sum that is zero
    or 2^32 or more.

    Source: this project. Implements POWER-27.
    """
    if not 1 <= len(weights) <= 64:
        raise Malformed("weights must have 1 to 64 elements")
    if not all(0 <= weight < 1 << THRESHOLD_BITS for weight in weights):
        raise Range("a weight is outside [0, 2^32)")
    total = sum(weights)
    if not 1 <= total < 1 << THRESHOLD_BITS:
        raise Range("the weights add up to zero, or to 2^32 or more")
    return [(partial << THRESHOLD_BITS) // total for partial in itertools.accumulate(weights)]


def select(row: Sequence[int], drawn: int) -> int:
    """The least output whose threshold is above the number drawn. Implements POWER-28."""
    return sum(1 for threshold in row if threshold <= drawn)


def sample(
    table: Sequence[Mapping[str, Sequence[int]]], levels: Sequence[int], random: bytes
) -> dict[str, list[int] | int]:
    """Run the energy management unit: for each slot's load level the level taken from the grid.

    Slot t reads bytes 4t to 4t + 3 of `random`, little-endian, whatever its row; `consumed` counts them.
    Raises Malformed for lengths, Range for a level that is no row, a threshold outside [0, 2^32], a row
    that falls or does not reach 2^32 at its own level, Exhausted for fewer than four bytes a slot.

    Source: paper A, Remark 1.1; the integer form is this project's. Implements POWER-27, POWER-28.
    """
    if not 1 <= len(table) <= 64 or not 1 <= len(levels) <= 1024 or len(random) > 4096:
        raise Malformed("table, levels or random are too short or too long")
    if any(len(row["thresholds"]) != len(table) for row in table):
        raise Malformed("every row must have as many thresholds as the table has rows")
    for row in table:
        for threshold in row["thresholds"]:
            check_real("a threshold", threshold, 0, 1 << THRESHOLD_BITS)
    for level in levels:
        check_real("a level", level, 0, len(table) - 1)
    for index, row in enumerate(table):
        if any(later < earlier for earlier, later in itertools.pairwise(row["thresholds"])):
            raise Range(f"row {index} of the table falls")
        if row["thresholds"][index] != 1 << THRESHOLD_BITS:
            raise Range(f"row {index} gives probability to a level above its own")
    consumed = BYTES_PER_SLOT * len(levels)
    if len(random) < consumed:
        raise Exhausted("fewer than four bytes a slot")
    outputs = []
    for slot, level in enumerate(levels):
        drawn = int.from_bytes(random[BYTES_PER_SLOT * slot : BYTES_PER_SLOT * (slot + 1)], "little")
        outputs.append(select(table[level]["thresholds"], drawn))
    return {"outputs": outputs, "consumed": consumed}


def unit_table(
    loads: Sequence[Fraction], probabilities: Sequence[Fraction], power: Fraction
) -> list[dict[str, list[int]]]:
    """The table of the unit for the optimal policy at a power, from weights of 31 bits.

    `policy_leakage` of its rows, thresholds divided by 2^32, reports what the unit really leaks and uses.
    Source: this project. Implements POWER-27.
    """
    scale = 1 << (THRESHOLD_BITS - 1)
    rows = []
    for index, row in enumerate(optimal_policy(loads, probabilities, power)["policy"]):
        law = row["probabilities"]
        weights = [int(chance.lower * scale) for chance in law]
        weights[index] += scale - sum(weights)
        rows.append({"thresholds": thresholds(weights)})
    return rows
