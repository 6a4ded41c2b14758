"""The least bound of Theorem 1 over invariant policies (spec/batteries.md): a search, and what it certifies.

An initial law theta and a policy are invariant exactly where, for every v, the law M_v(x, w) of the load and
the output at s - x = v couples the masses P(x) theta(v + x) with themselves. So invariant batteries are the
points of a polytope in (theta, M), and Theorem 1's bound is H(X) + sum P ln (P/P_g), P the law of (S_A, X,
S_B, Y) and P_g that of (S_A, X, S_B): convex in each battery while the other stays as it is, not in both.
"""

import hashlib
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from meter_privacy.reference.batteries import (
    Law,
    Policy,
    as_rows,
    check_capacity,
    check_integer,
    check_length,
    load_pmf,
)
from meter_privacy.reference.cascade import Battery, cascade_bound, read_cascade, residuals
from meter_privacy.reference.errors import Malformed, ProofFailed, Range, Refused
from meter_privacy.reference.information import Enclosure, exactly

MAXIMUM_CAPACITY = 8
MAXIMUM_LOADS = 4
MAXIMUM_STARTS = 64
FIRST_BARRIER = 1e-2
LAST_BARRIER = 1e-11
LARGEST_GAP = Fraction(1, 10**6)
GAP_TOLERANCE = Fraction(1, 10**7)
TOLERANCE = Fraction(1, 10**9)
STREAM = b"meter-privacy/batteries/1/search\x00"

# A place (s, x, w) of a battery: state, input, output.
Place = tuple[int, int, int]
# Coefficients of an affine function of the free coordinates; None stands for the constant.
Affine = dict[int | None, Fraction]


def plus(*terms: tuple[int | Fraction, Affine]) -> Affine:
    """A linear combination of affine functions."""
    total: Affine = {}
    for factor, function in terms:
        for key, value in function.items():
            total[key] = total.get(key, Fraction(0)) + factor * value
    return {key: value for key, value in total.items() if value}


class Couplings:
    """The invariant batteries of a load and a capacity: theta and M as affine functions of free coordinates.

    Free are theta(0), ..., theta(C - 1), and of every M_v all but the last row and column. Implements
    BATTERY-8.
    """

    def __init__(self, p: Law, capacity: int) -> None:
        self.p = p
        self.capacity = capacity
        self.loads = [x for x, chance in enumerate(p) if chance > 0]
        self.size = capacity
        self.theta: list[Affine] = [{s: Fraction(1)} for s in range(capacity)]
        self.theta.append({None: Fraction(1), **{s: Fraction(-1) for s in range(capacity)}})
        self.groups: list[tuple[int, list[int]]] = []
        self.places: dict[Place, Affine] = {}
        for v in range(-max(self.loads), capacity + 1):
            inside = [x for x in self.loads if 0 <= v + x <= capacity]
            if inside:
                self.groups.append((v, inside))
                self._couple(v, inside)

    def _couple(self, v: int, inside: list[int]) -> None:
        masses = {x: plus((self.p[x], self.theta[v + x])) for x in inside}
        last = inside[-1]
        for x, w in itertools.product(inside[:-1], inside[:-1]):
            self.places[v + x, x, w] = {self.size: Fraction(1)}
            self.size += 1
        for x in inside[:-1]:
            row = [(-1, self.places[v + x, x, w]) for w in inside[:-1]]
            column = [(-1, self.places[v + w, w, x]) for w in inside[:-1]]
            self.places[v + x, x, last] = plus((1, masses[x]), *row)
            self.places[v + last, last, x] = plus((1, masses[x]), *column)
        rest = [(-1, self.places[v + last, last, w]) for w in inside[:-1]]
        self.places[v + last, last, last] = plus((1, masses[last]), *rest)

    def start(self, draw: Callable[[], float]) -> list[float]:
        """Free coordinates of a random battery inside the polytope: every M_v between the one that makes
        output and load independent and the one that passes the load on.
        """
        weights = [0.05 + draw() for _ in range(self.capacity + 1)]
        theta = [weight / sum(weights) for weight in weights]
        u = theta[:-1]
        for v, inside in self.groups:
            masses = {x: float(self.p[x]) * theta[v + x] for x in inside}
            share, total = 0.9 * draw(), sum(masses.values())
            for x, w in itertools.product(inside[:-1], inside[:-1]):
                u.append((1 - share) * masses[x] * masses[w] / total + share * masses[x] * (x == w))
        return u

    def battery(self, u: Sequence[float]) -> Battery:
        """The battery at free coordinates, in exact rationals; a load without probability is passed on."""
        exact = [Fraction(value) for value in u]

        def value(function: Affine) -> Fraction:
            return sum((c * (1 if k is None else exact[k]) for k, c in function.items()), Fraction(0))

        theta = tuple(value(function) for function in self.theta)
        outputs = range(len(self.p))
        q: Policy = tuple(
            tuple(
                tuple(
                    value(self.places[s, x, w]) / (self.p[x] * theta[s])
                    if (s, x, w) in self.places
                    else Fraction(0)
                    for w in outputs
                )
                if x in self.loads
                else tuple(Fraction(w == x) for w in outputs)
                for x in outputs
            )
            for s in range(self.capacity + 1)
        )
        return theta, q


class Bound:
    """f = sum P ln (P/P_g) in nats as a function of two batteries' places, and its derivatives."""

    def __init__(self, shape: Couplings, same: bool) -> None:
        self.shape = shape
        self.same = same
        self.size = shape.size if same else 2 * shape.size
        keys = list(shape.places)
        shift = 0 if same else shape.size

        def sparse(function: Affine, by: int) -> tuple[float, list[tuple[int, float]]]:
            return (
                float(function.get(None, Fraction(0))),
                [(k + by, float(c)) for k, c in function.items() if k is not None],
            )

        self.functions = [
            {
                **{key: sparse(shape.places[key], by) for key in keys},
                **{s: sparse(f, by) for s, f in enumerate(shape.theta)},
            }
            for by in (0, shift)
        ]
        inside = {(s, x) for s, x, _ in keys}
        self.cells = [
            (sa, x, sb, y, ways)
            for sa, x in sorted(inside)
            for sb in range(shape.capacity + 1)
            for y in shape.loads
            if (ways := [w for w in shape.loads if (sa, x, w) in shape.places and (sb, w, y) in shape.places])
        ]
        self.inverse = {w: 1 / float(shape.p[w]) for w in shape.loads}

    def values(self, u: Sequence[float]) -> list[dict[Any, float]]:
        """The masses of all places and states of both batteries."""
        return [
            {key: constant + sum(c * u[k] for k, c in linear) for key, (constant, linear) in one.items()}
            for one in self.functions
        ]

    def inner(self, values: Sequence[Mapping[Any, float]], barrier: float) -> float:
        """f less the barrier's sum of logarithms; infinite outside the polytope."""
        a, b = values
        if min(min(a.values()), min(b.values())) <= 0:
            return math.inf
        total = math.fsum(self._terms(a, b))
        return total - barrier * math.fsum(
            math.log(mass) for one in values for key, mass in one.items() if isinstance(key, tuple)
        )

    def _terms(self, a: Mapping[Any, float], b: Mapping[Any, float]) -> list[float]:
        terms = []
        for sa, x, sb, y, ways in self.cells:
            mass = sum(a[sa, x, w] * b[sb, w, y] * self.inverse[w] for w in ways)
            terms.append(mass * math.log(mass / (float(self.shape.p[x]) * a[sa] * b[sb])))
        return terms

    def derivatives(
        self, values: Sequence[Mapping[Any, float]], barrier: float
    ) -> tuple[list[float], list[list[float]]]:
        """Gradient and Hessian of `inner` in the free coordinates.

        With sum P = P_g over y, the derivative of sum P ln (P/P_g) is sum (dP ln (P/P_g)), the second one
        sum dP dP/P - sum dP_g dP_g/P_g + sum ln (P/P_g) ddP.
        """
        a, b = values
        fa, fb = self.functions
        gradient = [0.0] * self.size
        hessian = [[0.0] * self.size for _ in range(self.size)]

        def outer(left: Mapping[int, float], right: Mapping[int, float], factor: float) -> None:
            for i, one in left.items():
                row, scaled_one = hessian[i], one * factor
                for j, two in right.items():
                    row[j] += scaled_one * two

        for sa, x, sb, y, ways in self.cells:
            mass = sum(a[sa, x, w] * b[sb, w, y] * self.inverse[w] for w in ways)
            group = float(self.shape.p[x]) * a[sa] * b[sb]
            log = math.log(mass / group)
            slope: dict[int, float] = {}
            for w in ways:
                left, right = a[sa, x, w] * self.inverse[w], b[sb, w, y] * self.inverse[w]
                one, two = fa[sa, x, w][1], fb[sb, w, y][1]
                for k, c in one:
                    slope[k] = slope.get(k, 0.0) + right * c
                for k, c in two:
                    slope[k] = slope.get(k, 0.0) + left * c
                first, second = dict(one), dict(two)
                outer(first, second, log * self.inverse[w])
                outer(second, first, log * self.inverse[w])
            for k, c in slope.items():
                gradient[k] += c * log
            outer(slope, slope, 1 / mass)
        for (sa, x), sb in itertools.product(
            {(s, x) for s, x, *_ in self.cells}, range(self.shape.capacity + 1)
        ):
            chance = float(self.shape.p[x])
            slope = {}
            for k, c in fa[sa][1]:
                slope[k] = slope.get(k, 0.0) + c * b[sb] * chance
            for k, c in fb[sb][1]:
                slope[k] = slope.get(k, 0.0) + c * a[sa] * chance
            outer(slope, slope, -1 / (chance * a[sa] * b[sb]))
        for one_values, one_functions in zip(values, self.functions, strict=True):
            for key, (_, linear) in one_functions.items():
                if isinstance(key, tuple):
                    mass = one_values[key]
                    for k, c in linear:
                        gradient[k] -= barrier * c / mass
                    outer(dict(linear), dict(linear), barrier / mass**2)
        return gradient, hessian

    def minimise(self, u: list[float]) -> list[float]:
        """Newton's method on a falling barrier, with a shifted Hessian where it is not positive."""
        barrier = FIRST_BARRIER
        value = self.inner(self.values(u), barrier)
        for _ in range(400):
            gradient, hessian = self.derivatives(self.values(u), barrier)
            step = newton_step(gradient, hessian)
            fall = -sum(g * d for g, d in zip(gradient, step, strict=True))
            length = 1.0
            while length > 1e-12:
                trial = [x + length * d for x, d in zip(u, step, strict=True)]
                tried = self.inner(self.values(trial), barrier)
                if tried <= value - 1e-4 * length * fall:
                    u, value = trial, tried
                    break
                length /= 2
            if fall < 10 * barrier or length <= 1e-12:
                if barrier <= LAST_BARRIER and (fall < 1e-3 * barrier or length <= 1e-12):
                    break
                barrier = max(LAST_BARRIER, barrier / 10)
                value = self.inner(self.values(u), barrier)
        return u


def newton_step(gradient: Sequence[float], hessian: list[list[float]]) -> list[float]:
    """-H^-1 g, H first moved up by a multiple of the unit matrix until Cholesky's factors exist."""
    size = len(gradient)
    largest = max(abs(hessian[i][i]) for i in range(size))
    shift = 0.0
    while True:
        lower: list[list[float]] = []
        for i in range(size):
            row: list[float] = []
            for j in range(i):
                before = lower[j]
                row.append((hessian[i][j] - sum(map(float.__mul__, row, before))) / before[j])
            pivot = hessian[i][i] + shift - sum(value * value for value in row)
            if pivot <= 1e-14 * abs(hessian[i][i]):
                break
            lower.append([*row, math.sqrt(pivot)])
        if len(lower) == size:
            break
        shift = max(10 * shift, 1e-6 * largest)
    half: list[float] = []
    for i, row in enumerate(lower):
        half.append((-gradient[i] - sum(map(float.__mul__, row, half))) / row[i])
    for i in reversed(range(size)):
        half[i] /= lower[i][i]
        for j in range(i):
            half[j] -= lower[i][j] * half[i]
    return half


# ---- The certificate -----------------------------------------------------------------------------


def least_linear(p: Law, capacity: int, costs: Mapping[Place, float], masses: Mapping[Place, float]) -> float:
    """A lower bound on the least sum of costs times M over all invariant batteries.

    For each v potentials a(x) + b(w) <= cost(x, w) are fitted where M has its mass; then the sum is at least
    min over s of sum P(x) (a + b at v = s - x). Exact where M is optimal. Implements BATTERY-18.
    """
    inside: dict[int, list[Place]] = {}
    for s, x, w in costs:
        inside.setdefault(s - x, []).append((s, x, w))
    potential: dict[tuple[int, int], float] = {}
    for v, places in inside.items():
        loads = sorted({x for _, x, _ in places})
        a, b = dict.fromkeys(loads, 0.0), dict.fromkeys(loads, 0.0)
        weight = {(x, w): max(masses[v + x, x, w], 1e-300) for x in loads for w in loads}
        for _ in range(400):
            for x in loads:
                parts = [(weight[x, w], costs[v + x, x, w] - b[w]) for w in loads]
                a[x] = sum(m * c for m, c in parts) / sum(m for m, _ in parts)
            for w in loads:
                parts = [(weight[x, w], costs[v + x, x, w] - a[x]) for x in loads]
                b[w] = sum(m * c for m, c in parts) / sum(m for m, _ in parts)
        for w in loads:
            b[w] = min(costs[v + x, x, w] - a[x] for x in loads)
        for x in loads:
            a[x] = min(costs[v + x, x, w] - b[w] for w in loads)
            potential[v + x, x] = a[x] + b[x]
    loads = [x for x, chance in enumerate(p) if chance > 0]
    return min(sum(float(p[x]) * potential[s, x] for x in loads) for s in range(capacity + 1))


def stationarity_gap(p: Law, cascade: Sequence[Battery], same: bool) -> float:
    """How much f could fall, in nats, if it were linear: for the two batteries apart, the larger of both; for
    batteries that stay alike, for both together.

    For free batteries f is convex in each, so that no change of one of them alone lowers f by more.
    Implements BATTERY-18.
    """
    loads = [x for x, chance in enumerate(p) if chance > 0]
    chance = {x: float(p[x]) for x in loads}
    thetas = [[float(mass) for mass in theta] for theta, _ in cascade]
    places = [
        {
            (s, x, w): thetas[k][s] * chance[x] * float(q[s][x][w])
            for s in range(len(q))
            for x in loads
            for w in loads
            if 0 <= s - x + w < len(q)
        }
        for k, (_, q) in enumerate(cascade)
    ]
    logs: dict[tuple[int, int, int, int], float] = {}
    value = 0.0
    for sa, x, sb, y in itertools.product(range(len(thetas[0])), loads, range(len(thetas[1])), loads):
        mass = sum(places[0].get((sa, x, w), 0.0) * places[1].get((sb, w, y), 0.0) / chance[w] for w in loads)
        group = chance[x] * thetas[0][sa] * thetas[1][sb]
        logs[sa, x, sb, y] = math.log(mass / group) if mass > 0 and group > 0 else -745.0
        value += mass * logs[sa, x, sb, y] if mass > 0 else 0.0
    costs: list[dict[Place, float]] = [
        {
            (s, x, w): sum(m / chance[w] * logs[s, x, sb, y] for (sb, i, y), m in places[1].items() if i == w)
            for s, x, w in places[0]
        },
        {
            (s, w, y): sum(m / chance[w] * logs[sa, x, s, y] for (sa, x, o), m in places[0].items() if o == w)
            for s, w, y in places[1]
        },
    ]
    if same:
        both = {place: costs[0][place] + costs[1][place] for place in places[0]}
        return max(0.0, 2 * value - least_linear(p, len(thetas[0]) - 1, both, places[0]))
    gaps = [value - least_linear(p, len(thetas[k]) - 1, costs[k], places[k]) for k in (0, 1)]
    return max(0.0, *gaps)


# ---- Operations ----------------------------------------------------------------------------------


def random_numbers(seed: bytes, start: int) -> Callable[[], float]:
    """Numbers from 0 to 1, 32 bits each, from SHA-256 in counter mode."""

    def words() -> Any:
        for counter in itertools.count():
            message = STREAM + seed + start.to_bytes(8, "big") + counter.to_bytes(8, "big")
            block = hashlib.sha256(message).digest()
            yield from (int.from_bytes(block[i : i + 4], "big") / 2**32 for i in range(0, 32, 4))

    numbers = words()
    return lambda: float(next(numbers))


def check_search(
    probabilities: Sequence[Fraction], capacity: int, same: int, starts: int, seed: bytes
) -> Law:
    """The checks of both operations. Raises Malformed, Range."""
    if len(seed) != 32:
        raise Malformed("seed must have 32 bytes")
    p = load_pmf(probabilities)
    check_capacity(capacity, MAXIMUM_CAPACITY)
    check_integer("same", same, 0, 1)
    check_integer("starts", starts, 1, MAXIMUM_STARTS)
    if len(p) > MAXIMUM_LOADS:
        raise Range(f"there are more than {MAXIMUM_LOADS} loads")
    return p


def as_batteries(cascade: Sequence[Battery]) -> list[dict[str, Any]]:
    """Batteries in the form in which operations take and give them."""
    return [
        {
            "initial_state": [exactly(mass) for mass in theta],
            "policy": [
                {"probabilities": [exactly(part) for part in row["probabilities"]]} for row in as_rows(q)
            ],
        }
        for theta, q in cascade
    ]


def search_bound(
    probabilities: Sequence[Fraction], capacity: int, same: int, starts: int, seed: bytes
) -> dict[str, Any]:
    """The lowest bound of Theorem 1 that a search from random starts finds, in bits, its gap and its
    batteries.

    `same` is 1 for batteries alike, 0 for free ones; seed of 32 bytes. The batteries are exactly invariant,
    so that their bound holds whatever the search did; that there is no lower one is not claimed. The gap is
    that of `stationarity_gap`. Raises Malformed, Range.

    Source: paper B, Section IV, curve 2; this project. Implements BATTERY-8, BATTERY-18.
    """
    p = check_search(probabilities, capacity, same, starts, seed)
    shape = Couplings(p, capacity)
    bound = Bound(shape, bool(same))
    found: list[tuple[float, list[float]]] = []
    for start in range(starts):
        draw = random_numbers(seed, start)
        u = shape.start(draw)
        u = bound.minimise(u if same else u + shape.start(draw))
        found.append((bound.inner(bound.values(u), 0.0), u))
    _, best = min(found)
    cascade = [shape.battery(best[: shape.size]), shape.battery(best[-shape.size :])]
    batteries = [{"initial_state": theta, "policy": as_rows(q)} for theta, q in cascade]
    return {
        "bound_bits": cascade_bound(probabilities, batteries)["bound_bits"],
        "gap_bits": stationarity_gap(p, cascade, bool(same)) / math.log(2),
        "batteries": as_batteries(cascade),
    }


def judge_search_bound(
    probabilities: Sequence[Fraction],
    capacity: int,
    same: int,
    starts: int,
    seed: bytes,
    bound_bits: Fraction,
    gap_bits: Fraction,
    batteries: Sequence[Mapping[str, Any]],
) -> None:
    """Refuse an answer of `search_bound` that does not hold, with 10^-9 to spare for the bound and the
    residuals.

    Raises Malformed, Range for the inputs; ProofFailed for what is no pair of feasible and invariant
    batteries of that capacity, alike where asked, for another bound, and for a gap above 10^-6 or below the
    batteries'.

    Source: this project. Implements BATTERY-18.
    """
    check_length("batteries", batteries, 0, 2)
    p = check_search(probabilities, capacity, same, starts, seed)
    try:
        _, cascade = read_cascade(probabilities, batteries, 2, 2)
        value: Enclosure = cascade_bound(probabilities, batteries)["bound_bits"]
    except Refused as error:
        raise ProofFailed(f"no pair of batteries: {error}") from error
    if any(len(theta) != capacity + 1 or len(q[0][0]) != len(p) for theta, q in cascade):
        raise ProofFailed("a battery has another capacity or other outputs")
    if max(residuals(p, cascade)) > TOLERANCE:
        raise ProofFailed("a battery is not invariant")
    if same and cascade[0] != cascade[1]:
        raise ProofFailed("the batteries are not alike")
    if not value.lower - TOLERANCE <= bound_bits <= value.upper + TOLERANCE:
        raise ProofFailed("the batteries have another bound")
    gap = Fraction(stationarity_gap(p, cascade, bool(same)) / math.log(2))
    if not 0 <= gap_bits <= LARGEST_GAP or gap > gap_bits + GAP_TOLERANCE:
        raise ProofFailed("the batteries are not stationary, or less so than the gap says")
