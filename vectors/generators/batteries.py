"""The vectors of the batteries chapter.

Independent sources: `paths` enumerates every course of one battery or of several in a row with rational
masses, and informations are evaluated from them by their definitions; stationary laws come from Gauss's
elimination on rationals; closed forms and sums over runs are evaluated by mpmath's global interval context.
The rest is the reference's.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import product
from math import comb
from typing import Any

from mpmath import iv

from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes
from meter_privacy.vectors.generators.reals import Chapter, as_enclosure, bits, exact, number, slug, texts

NAIVE = "rational enumeration"
CLOSED = "closed form by mpmath"
HAND = "by hand"
HALF = ["1/2", "1/2"]
BINOMIAL = ["1/4", "1/2", "1/4"]
BATTERY = Chapter("batteries", "BATTERY")
ids, note = BATTERY.ids, BATTERY.note
ERRATA = "spec/errata.md"


NOTES: dict[str, Json] = {
    "NoCapacity": note("a capacity of 0 or less is taken", "a battery that holds nothing is said to hide"),
    "LargeSize": note("a size above the table's bound is taken", "the table's bound stands for nothing"),
    "LeavesRange": note("the state is not held to 0..C", "energy from nowhere, or lost"),
    "UnlikelyMove": note(
        "infeasible moves of small probability, or from states and loads that never occur, are let pass",
        "the policy breaks down on the day on which they do occur",
    ),
    "FewerOutputs": note("a policy may have fewer outputs than loads", "a load that cannot be met"),
    "Shape": note("a table of another shape is read as far as it goes", "rows of another state's policy"),
    "RowNotLaw": note("rows are not tested for being laws", "a joint law that is none"),
    "NoLaw": note("the sum of probabilities is not tested", "a leakage of some other load"),
    "NegativeProbability": note("a negative probability passes where the sum is 1", "a negative leakage"),
    "Grammar": note("reals are parsed loosely", "a request that is no request is answered"),
    "Lengths": note("lists of a wrong length are cut", "another law"),
    "Gaps": note(
        "loads with a gap between them break the iteration", "NaN, or twice the least leakage", ERRATA
    ),
    "NotUnique": note("the one law that the reference answers is asked for", "right answers are refused"),
    "OneLoad": note("a sure load leads to an empty sum", "an error where nothing leaks"),
    "RareLoad": note("loads of 10^-9 are lost", "rare loads tell most"),
    "FairBinary": note("the angle is pi/(C + 2) or pi/(2C + 3)", "a least leakage that cannot be reached"),
    "MissesMinimum": note("the judge does not compute the minimum", "any leakage passes as the least"),
    "LeaksMore": note("the judge does not evaluate the law", "a leakage that its law does not reach"),
    "WrongUnit": note("nats are taken for bits", "a leakage that is 0.69 of what it should be"),
    "StartsFull": note(
        "best effort starts full, or from another output", "another run, and with it another rate"
    ),
    "HeldLimit": note("a forced output is cut at the held one", "the battery runs over"),
    "ForgetsMemory": note("the held output is dropped where the battery forces another", "constant holding"),
    "UnevenLevel": note(
        "the level is rounded once for all slots", "a battery that is always full or empty", ERRATA
    ),
    "LongRun": note("the sum over a run has no end", "a program that does not come back"),
    "StateTie": note("the state of a forced move depends on its order", "two implementations that differ"),
    "ForcedMove": note("forced moves are found from the load alone", "a choice where there is none"),
    "NotInvariant": note("invariance is asked of the mean over outputs", "a bound that does not hold"),
    "ZeroOutput": note("an output of probability zero divides by zero", "NaN for a residual"),
    "ZeroState": note("theta(s) = 0 divides by zero", "NaN for a policy that passes the load on"),
    "FutureLoads": note(
        "the information of later loads and outputs is dropped", "a chain of equalities that is none", ERRATA
    ),
    "LateStates": note("states after the first are counted in", "a leakage with what the utility never had"),
    "ThreeTerms": note(
        "the third term has no Y, or no states", "a bound above or below the true one", ERRATA
    ),
    "SecondInput": note("the second battery is held to the law of the load", "a residual of another battery"),
    "SymmetricOnly": note("both batteries are forced to be alike", "0.3228 where 0.3113 is reached", ERRATA),
    "NotStationary": note("the search's gap is not computed", "a pair that a small step betters"),
    "SumOfStates": note("the states' sum is taken without the law of their parts", "another policy"),
    "ClassOrder": note("a class is missed, or states without a way back count as one", "a rate of no class"),
    "Period": note("the period is left out, or power iteration never ends", "a stationary law that is none"),
    "TransientStart": note(
        "the initial law is not led into the classes", "the mean over classes, not the start"
    ),
    "LooseBlock": note("the block of n outputs is read as n + 1", "bounds of another block"),
    "Memory": note("a controller's states are merged by charge", "the leakage of another controller"),
    "NextCharge": note("the next state's charge is not tested", "energy that is not kept"),
    "HiddenStates": note("the states between batteries are taken as known", "an upper bound below the rate"),
    "Impossible": note("a sequence of probability zero gives a law", "NaN, or a division by zero"),
    "Underflow": note("the recursion is not scaled", "a probability of 2^-1000 becomes 0"),
    "StreamOrder": note("the random words are read in another order", "two simulations that do not agree"),
    "ExactThreshold": note("thresholds are rounded to nearest", "another path from the first boundary on"),
    "Batches": note("batches of unequal length, or the variance over 32", "an interval that is too narrow"),
    "PassOn": note("sums of states that never occur have no row", "a table with holes"),
    "Chain": note("the bound of two batteries is added up for three", "a bound above what one battery leaks"),
}


# ---- Independent sources -------------------------------------------------------------------------

Law = Sequence[Fraction]
Table = Sequence[Law]
# A battery: the law of its initial state, and its rows, loads fastest.
Battery = tuple[Law, Table]
# The initial states, the loads, what leaves each battery in each slot.
Path = tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[int, ...], ...]]


def fractions(values: Iterable[str | int | Fraction]) -> list[Fraction]:
    """Texts or numbers as rationals."""
    return [Fraction(value) for value in values]


def entropy(masses: Iterable[Fraction]) -> Any:
    """-sum m ln m in nats."""
    return -sum((number(m) * iv.log(number(m)) for m in masses if m), number(0))


def marginal(law: Mapping[Any, Fraction], of: Callable[[Any], Any]) -> dict[Any, Fraction]:
    """The law of a function of a point."""
    found: dict[Any, Fraction] = {}
    for point, mass in law.items():
        found[of(point)] = found.get(of(point), Fraction(0)) + mass
    return found


def information(law: Mapping[Any, Fraction], a: Callable[[Any], Any], b: Callable[[Any], Any]) -> Any:
    """I(A; B) in nats as the mean of ln p(a, b)/(p(a) p(b)); 0 exactly where that is 1 throughout."""
    of_a, of_b = marginal(law, a), marginal(law, b)
    pairs = marginal(law, lambda point: (a(point), b(point)))
    terms = [(mass, mass / (of_a[one] * of_b[other])) for (one, other), mass in pairs.items()]
    return sum((number(mass) * iv.log(number(ratio)) for mass, ratio in terms if ratio != 1), number(0))


def paths(p: Law, batteries: Sequence[Battery], slots: int) -> dict[Path, Fraction]:
    """Every course of batteries in a row, of positive probability."""
    found: dict[Path, Fraction] = {}

    def follow(
        start: tuple[int, ...],
        states: tuple[int, ...],
        xs: tuple[int, ...],
        flows: tuple[tuple[int, ...], ...],
        mass: Fraction,
    ) -> None:
        if len(xs) == slots:
            found[start, xs, flows] = found.get((start, xs, flows), Fraction(0)) + mass
            return
        for x, chance in enumerate(p):
            for leaves in product(*(range(len(rows[0])) for _, rows in batteries)):
                into, part, after = x, mass * chance, []
                for (theta, rows), state, out in zip(batteries, states, leaves, strict=True):
                    inputs = len(rows) // len(theta)
                    part *= rows[state * inputs + into][out]
                    after.append(state - into + out)
                    into = out
                if part:
                    follow(start, tuple(after), (*xs, x), (*flows, leaves), part)

    for start in product(*(range(len(theta)) for theta, _ in batteries)):
        mass = Fraction(1)
        for state, (theta, _) in zip(start, batteries, strict=True):
            mass *= theta[state]
        if mass:
            follow(start, start, (), (), mass)
    return found


def last(path: Path) -> tuple[int, ...]:
    """What the utility sees."""
    return tuple(flow[-1] for flow in path[2])


def leaks(p: Law, batteries: Sequence[Battery], slots: int) -> Any:
    """I(S_1, X^T; Y^T) in nats."""
    return information(paths(p, batteries, slots), lambda path: path[:2], last)


def solved(rows: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction]:
    """Gauss's elimination."""
    size = len(right)
    work = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for k in range(size):
        pivot = next(i for i in range(k, size) if work[i][k])
        work[k], work[pivot] = work[pivot], work[k]
        work[k] = [value / work[k][k] for value in work[k]]
        for i in range(size):
            if i != k and work[i][k]:
                work[i] = [a - work[i][k] * b for a, b in zip(work[i], work[k], strict=True)]
    return [row[-1] for row in work]


def stationary(p: Law, rows: Table, states: int) -> list[Fraction]:
    """The stationary law of a battery that has one closed class."""
    inputs = len(p)
    moves = [[Fraction(int(i == j)) for j in range(states)] for i in range(states)]
    for s, (x, chance) in product(range(states), enumerate(p)):
        for y, q in enumerate(rows[s * inputs + x]):
            if q:
                moves[s - x + y][s] -= chance * q
    moves[-1] = [Fraction(1)] * states
    return solved(moves, [Fraction(0)] * (states - 1) + [Fraction(1)])


def block_bounds(p: Law, law: Law, rows: Table, block: int) -> tuple[Any, Any]:
    """H(Y_n | Y^(n-1), S_1) and H(Y_n | Y^(n-1)), less H(Y | S, X), from the stationary law, in nats."""
    battery = [(law, rows)]
    long, short = paths(p, battery, block), paths(p, battery, block - 1)
    noise = sum(
        (
            number(law[s] * p[x]) * entropy(rows[s * len(p) + x])
            for s, x in product(range(len(law)), range(len(p)))
        ),
        number(0),
    )

    def seen(law_of_paths: Mapping[Path, Fraction], known: bool) -> Any:
        return entropy(marginal(law_of_paths, lambda path: (path[0] if known else (), last(path))).values())

    return seen(long, True) - seen(short, True) - noise, seen(long, False) - seen(short, False) - noise


def binary_least(capacity: int) -> Any:
    """-ln cos(pi/(C + 3))."""
    iv.dps = 60
    return -iv.log(iv.cos(iv.pi / (capacity + 3)))


def binary_best_effort(chance: Fraction, capacity: int) -> Any:
    """(B2) in nats: the entropies of two negative binomial laws, by their sums, the rest bounded."""

    def of_trials(success: Fraction) -> Any:
        total, left, count, wins = number(0), Fraction(1), capacity + 1, capacity + 1
        while left > Fraction(1, 2**120):
            mass = comb(count - 1, wins - 1) * success**wins * (1 - success) ** (count - wins)
            total -= number(mass) * iv.log(number(mass))
            left -= mass
            count += 1
        # What is left is spread over lengths that fall off at least geometrically: -p ln p stays below this.
        return total + iv.mpf([0, 1]) * number(left * 1000 * count)

    mean = number((capacity + 1) / chance + (capacity + 1) / (1 - chance))
    return (of_trials(chance) + of_trials(1 - chance)) / mean


# ---- Inputs --------------------------------------------------------------------------------------


def rows_of(table: Sequence[Sequence[Fraction | int | str]]) -> list[Json]:
    """A policy's field."""
    return [{"probabilities": texts(row)} for row in table]


def policy_field(table: Sequence[Sequence[Fraction | int | str]]) -> Json:
    """The field policy."""
    return {"policy": rows_of(table)}


def random_law(label: str, size: int, zeros: bool = False) -> list[Fraction]:
    """A law whose masses have a power of two as denominator."""
    weights = [
        0
        if zeros and draw_below(f"batteries/{label}/{k}/zero", 3) == 0
        else draw_below(f"batteries/{label}/{k}", 2**12)
        for k in range(size)
    ]
    total = 1 << (sum(weights) + 1).bit_length()
    weights[draw_below(f"batteries/{label}/rest", size)] += total - sum(weights)
    return [Fraction(weight, total) for weight in weights]


def random_table(label: str, capacity: int, inputs: int, outputs: int) -> list[list[Fraction]]:
    """A feasible policy of random rows."""
    table = []
    for s, x in product(range(capacity + 1), range(inputs)):
        feasible = [y for y in range(outputs) if 0 <= s - x + y <= capacity]
        law = random_law(f"{label}/{s}/{x}", len(feasible))
        row = [Fraction(0)] * outputs
        for y, mass in zip(feasible, law, strict=True):
            row[y] = mass
        table.append(row)
    return table


def copying(capacity: int, inputs: int) -> list[list[Fraction]]:
    """The policy that passes the load on."""
    return [
        [Fraction(int(x == y)) for y in range(inputs)] for _ in range(capacity + 1) for x in range(inputs)
    ]


def independent(p: Law, theta: Law) -> list[list[Fraction]]:
    """The structured policy of theta, by conditioning on V."""
    states, loads = range(len(theta)), range(len(p))
    table = []
    for s, x in product(states, loads):
        whole = sum((theta[t] * p[u] for t, u in product(states, loads) if t - u == s - x), Fraction(0))
        if whole:
            row = [
                theta[s - x + y] * p[y] / whole if 0 <= s - x + y < len(theta) else Fraction(0) for y in loads
            ]
        else:
            row = [Fraction(int(x == y)) for y in loads]
        table.append(row)
    return table


def field_of(battery: Battery) -> Json:
    """A battery of a cascade as a field."""
    return {"initial_state": texts(battery[0]), "policy": rows_of(battery[1])}


new = partial(BATTERY.new, NOTES)

Case = tuple[str, Json, Json | None, str, str]


def positives(file: VectorFile, need: Sequence[str], cases: Iterable[Case]) -> None:
    """Cases of a name, an input, the expected output (None: the reference's), its source, a flag or none."""
    for name, given, output, source, flag in cases:
        file.positive(
            slug(file, name),
            given,
            output,
            requirements=need,
            comment=name.replace("-", " "),
            source=source if output is not None else "reference",
            flags=[flag] if flag else [],
        )


def negatives(
    file: VectorFile,
    need: Sequence[str],
    base: Json,
    cases: Iterable[tuple[str, Json, str]],
    error: str = "range",
) -> None:
    """Cases of a name, what is changed in a good input, and a flag."""
    for name, changes, flag in cases:
        file.negative(
            slug(file, name),
            {**base, **changes},
            error,
            requirements=need,
            comment=name.replace("-", " "),
            flags=[flag],
        )


def raws(file: VectorFile, need: Sequence[str], base: Json, cases: Iterable[tuple[str, Json, str]]) -> None:
    """The same for what breaks the grammar; a member that is None is left out."""
    for name, changes, flag in cases:
        given = {key: value for key, value in {**base, **changes}.items() if value is not None}
        text = json.dumps(given, separators=(",", ":"))
        file.raw(
            slug(file, name), json_text=text, requirements=need, comment=name.replace("-", " "), flags=[flag]
        )


def bad_law(
    file: VectorFile,
    need: Sequence[str],
    base: Json,
    name: str = "probabilities",
    most: int = 17,
    few: bool = True,
) -> None:
    """How a law is refused: by its sum, by an element, by its length."""
    size = len(base[name])
    tail = ["0"] * (size - 2)
    key = name.replace("_", "-")
    sums = [
        (f"{key}-sum-above-one", {name: ["1/2", "0.5000001", *tail]}, "NoLaw"),
        (f"{key}-sum-below-one", {name: ["1/2", "0.4999999", *tail]}, "NoLaw"),
        (f"{key}-negative", {name: ["3/2", "-1/2", *tail]}, "NegativeProbability"),
    ]
    lengths: list[tuple[str, Json, str]] = [
        (f"{key}-too-long", {name: ["1", *(["0"] * most)]}, "Lengths"),
        (f"{key}-empty", {name: []}, "Lengths"),
        (f"{key}-nan", {name: ["NaN", "1", *tail]}, "Grammar"),
    ]
    negatives(file, need, base, sums[:1] if few else sums)
    raws(file, need, base, lengths[:1] if few else lengths)


def bad_capacity(file: VectorFile, need: Sequence[str], base: Json, most: int = 64) -> None:
    """Capacities that are refused."""
    cases = [
        ("no-capacity", {"capacity": 0}, "NoCapacity"),
        ("negative-capacity", {"capacity": -1}, "NoCapacity"),
        ("large-capacity", {"capacity": most + 1}, "LargeSize"),
    ]
    negatives(file, need, base, cases)


# A battery of capacity 1 with a load of 0 or 1: rows of (0, 0), (0, 1), (1, 0), (1, 1).
GOOD = [["1/2", "1/2"], ["0", "1"], ["1", "0"], ["1/2", "1/2"]]
BAD_TABLES = (
    ("takes-below-empty", [GOOD[0], ["1/2", "1/2"], *GOOD[2:]], "LeavesRange"),
    ("fills-above-full", [*GOOD[:2], ["1/2", "1/2"], GOOD[3]], "LeavesRange"),
    ("rarely-above-full", [*GOOD[:2], ["0.99999999999", "0.00000000001"], GOOD[3]], "UnlikelyMove"),
    ("row-sum", [["1/2", "1/4"], *GOOD[1:]], "RowNotLaw"),
    ("row-negative", [["3/2", "-1/2"], *GOOD[1:]], "RowNotLaw"),
    ("row-missing", GOOD[:3], "Shape"),
    ("row-too-many", [*GOOD, GOOD[0]], "Shape"),
    ("rows-of-two-lengths", [["1/2", "1/2", "0"], *GOOD[1:]], "Shape"),
    ("fewer-outputs-than-loads", [["1"]] * 4, "FewerOutputs"),
)
FEW = (1, 3)


def bad_tables(
    file: VectorFile, need: Sequence[str], base: Json, put: Callable[[list[Json]], Json], few: bool = True
) -> None:
    """How a policy is refused; `put` makes the changed fields of it."""
    kept = [case for k, case in enumerate(BAD_TABLES) if not few or k in FEW]
    negatives(file, need, base, [(name, put(rows_of(table)), flag) for name, table, flag in kept])
    lengths = [("no-rows", put([]), "Lengths"), ("empty-row", put(rows_of([[], *GOOD[1:]])), "Lengths")]
    raws(file, need, base, lengths[:1] if few else lengths)


# ---- States, moves, policies ---------------------------------------------------------------------


def state_files() -> Iterator[VectorFile]:
    """Integers: states, feasible outputs, forced moves."""
    need = ids("1")
    file = new("next_state", "units")
    positives(
        file,
        need,
        [
            (name, {"capacity": c, "state": s, "load": x, "output": y}, {"next_state": s - x + y}, HAND, flag)
            for name, c, s, x, y, flag in (
                ("stays", 4, 2, 1, 1, ""),
                ("gives", 4, 2, 2, 0, ""),
                ("takes", 4, 2, 0, 2, ""),
                ("empties", 1, 1, 1, 0, "LeavesRange"),
                ("fills", 1, 0, 0, 1, "LeavesRange"),
                ("more-load-than-it-holds", 3, 1, 5, 7, "LeavesRange"),
                ("a-million", 10**6, 0, 10**6, 2 * 10**6 - 10**6, "LargeSize"),
            )
        ],
    )
    base = {"capacity": 4, "state": 2, "load": 1, "output": 1}
    negatives(
        file,
        need,
        base,
        [
            ("below-empty", {"load": 4}, "LeavesRange"),
            ("above-full", {"output": 4}, "LeavesRange"),
            ("state-above-capacity", {"state": 5, "load": 2}, "LeavesRange"),
            ("negative-load", {"load": -1}, "LeavesRange"),
            ("no-capacity", {"capacity": 0, "state": 0}, "NoCapacity"),
            ("large-output", {"capacity": 10**6, "load": 2, "output": 10**6 + 1}, "LargeSize"),
        ],
    )
    raws(
        file,
        need,
        base,
        [("no-state", {"state": None}, "Grammar"), ("half-a-unit", {"load": 0.5}, "Grammar")],
    )
    yield file
    need = ids("2")
    file = new("feasible_outputs", "units")
    cases: list[Case] = []
    for name, c, s, m, x, low, high, flag in (
        ("choice", 2, 1, 2, 1, 0, 2, ""),
        ("must-take", 2, 0, 2, 1, 1, 2, "ForcedMove"),
        ("forced-empty", 2, 0, 2, 2, 2, 2, "ForcedMove"),
        ("forced-full", 2, 2, 2, 0, 0, 0, "ForcedMove"),
        ("little-room", 3, 3, 5, 1, 0, 1, ""),
        ("cut-at-the-largest-output", 9, 0, 3, 2, 2, 3, "HeldLimit"),
        ("no-output-at-all", 1, 0, 0, 0, 0, 0, "ForcedMove"),
        ("a-million", 10**6, 10**6, 10**6, 10**6, 0, 10**6, "LargeSize"),
    ):
        given = {"capacity": c, "state": s, "largest_output": m, "load": x}
        cases.append((name, given, {"lowest": low, "highest": high}, HAND, flag))
    positives(file, need, cases)
    base = {"capacity": 2, "state": 1, "largest_output": 2, "load": 1}
    negatives(
        file,
        need,
        base,
        [
            ("load-above-the-outputs", {"load": 3}, "FewerOutputs"),
            ("state-above-capacity", {"state": 3}, "LeavesRange"),
            ("negative-state", {"state": -1}, "LeavesRange"),
            ("no-capacity", {"capacity": 0, "state": 0}, "NoCapacity"),
        ],
    )
    yield file
    file = new("forced_moves", "tables")
    cases = []
    for name, c, outputs, loads in (
        ("binary", 3, 1, 1),
        ("ternary", 2, 2, 2),
        ("more-outputs", 2, 3, 1),
        ("no-load", 2, 1, 0),
        ("wide", 1, 4, 4),
    ):
        moves = []
        for s, x in product(range(c + 1), range(loads + 1)):
            left = [y for y in range(outputs + 1) if 0 <= s - x + y <= c]
            if len(left) == 1:
                moves.append({"state": s, "load": x, "output": left[0]})
        given = {"capacity": c, "largest_output": outputs, "largest_load": loads}
        cases.append((name, given, {"moves": moves}, NAIVE, "ForcedMove"))
    positives(file, need, cases)
    base = {"capacity": 2, "largest_output": 2, "largest_load": 1}
    bad_capacity(file, need, base)
    negatives(
        file,
        need,
        base,
        [
            ("loads-above-the-outputs", {"largest_load": 3}, "FewerOutputs"),
            ("too-many-outputs", {"largest_output": 17}, "LargeSize"),
        ],
    )
    yield file
    need = ids("3")
    file = new("check_policy", "tables")
    base = {"capacity": 1, "largest_load": 1, **policy_field(GOOD)}
    wide = random_table("check/wide", 3, 2, 4)
    positives(
        file,
        need,
        [
            ("good", base, {}, HAND, ""),
            ("passes-on", {"capacity": 5, "largest_load": 2, "policy": rows_of(copying(5, 3))}, {}, HAND, ""),
            (
                "more-outputs-than-loads",
                {"capacity": 3, "largest_load": 1, "policy": rows_of(wide)},
                {},
                HAND,
                "",
            ),
            (
                "nearly-laws",
                {**base, "policy": rows_of([["0.5000000000001", "1/2"], *GOOD[1:]])},
                {},
                HAND,
                "RowNotLaw",
            ),
            (
                "one-load",
                {"capacity": 1, "largest_load": 0, "policy": rows_of([["1"], ["1"]])},
                {},
                HAND,
                "OneLoad",
            ),
        ],
    )
    bad_capacity(file, need, base)
    bad_tables(file, need, base, lambda policy: {"policy": policy}, few=False)
    negatives(file, need, base, [("another-number-of-loads", {"largest_load": 2}, "Shape")])
    yield file


# ---- The least leakage ---------------------------------------------------------------------------


def minimum_files() -> Iterator[VectorFile]:
    """The least leakage of one battery, judged; the judge; the closed form."""
    need = ids("13 14 15")
    file = new("minimum_leakage", "laws")
    rare = "0.000000001"
    cases: list[Case] = [
        (name, {"probabilities": p, "capacity": c}, None, "", flag)
        for name, p, c, flag in (
            *((f"fair-binary-{c}", HALF, c, "FairBinary") for c in (1, 2, 3, 5, 10, 20)),
            *((f"binomial-{c}", BINOMIAL, c, "") for c in (1, 2, 4, 6, 8, 10)),
            ("biased", ["9/10", "1/10"], 6, ""),
            ("rare", ["0.999999999", rare], 3, "RareLoad"),
            ("rare-among-three", ["1/2", "0.499999999", rare], 4, "RareLoad"),
            ("rare-joins-states", ["1/2", "0", "0.499999999999", "0.000000000001"], 3, "RareLoad"),
            ("rarer-joins-states", ["1/2", "0", "1/2", "1e-30"], 2, "RareLoad"),
            ("rarest-joins-states", ["1/2", "0", "1/2", "1e-50"], 3, "RareLoad"),
            ("rare-between", ["2/3", "3e-17", "1/3"], 3, "RareLoad"),
            ("rare-beside-a-sure-one", ["1e-40", "1", "1e-25"], 5, "RareLoad"),
            ("gap-small", ["1/2", "0", "1/2"], 2, "Gaps"),
            ("gap-two-laws", ["1/2", "0", "1/2"], 3, "NotUnique"),
            ("gap-no-room", ["1/2", "0", "0", "1/2"], 2, "Gaps"),
            ("gaps-joined", ["3/10", "0", "0", "3/10", "0", "2/5"], 9, "Gaps"),
            ("never-zero", ["0", "1/2", "1/2"], 4, "Gaps"),
            ("sure", ["0", "1"], 5, "OneLoad"),
            ("one-load", ["1"], 5, "OneLoad"),
            ("nearly-a-law", ["0.5000000000001", "1/2"], 4, "NoLaw"),
            ("seventeen", texts([Fraction(1, 17)] * 17), 12, "LargeSize"),
            ("largest-capacity", HALF, 64, "LargeSize"),
        )
    ]
    positives(file, need, cases)
    base = {"probabilities": HALF, "capacity": 3}
    bad_law(file, need, base, few=False)
    bad_capacity(file, need, base)
    raws(file, need, base, [("no-number", {"capacity": "3"}, "Grammar")])
    yield file
    need = ids("16")
    file = new("judge_minimum_leakage", "laws")
    third = {"probabilities": HALF, "capacity": 3}
    # At C = 3 the sines are 1/2, sqrt(3)/2 and 1: theta = 1 : 2 : 2 : 1, and the minimum 1 - log2(3)/2.
    good: Json = {
        **third,
        "leakage_bits": "0.20751874963942190927",
        "initial_state": ["1/6", "1/3", "1/3", "1/6"],
    }
    gap = {"probabilities": ["1/2", "0", "1/2"], "capacity": 3, "leakage_bits": "1/2"}
    positives(
        file,
        need,
        [
            (
                "fair-binary-1",
                {"probabilities": HALF, "capacity": 1, "leakage_bits": "0.5", "initial_state": HALF},
                {},
                HAND,
                "",
            ),
            ("fair-binary-3", good, {}, HAND, ""),
            ("fair-binary-3-rounded", {**good, "leakage_bits": "0.2075187496394"}, {}, HAND, ""),
            ("even-states", {**gap, "initial_state": ["1/2", "0", "1/2", "0"]}, {}, HAND, "NotUnique"),
            ("odd-states", {**gap, "initial_state": ["0", "1/2", "0", "1/2"]}, {}, HAND, "NotUnique"),
            ("all-states", {**gap, "initial_state": ["1/4"] * 4}, {}, HAND, "NotUnique"),
            (
                "sure-load",
                {
                    "probabilities": ["0", "1"],
                    "capacity": 2,
                    "leakage_bits": "0",
                    "initial_state": ["0", "0", "1"],
                },
                {},
                HAND,
                "OneLoad",
            ),
        ],
    )
    negatives(
        file,
        need,
        good,
        [
            ("leakage-too-low", {"leakage_bits": "0.20751874"}, "MissesMinimum"),
            ("leakage-too-high", {"leakage_bits": "0.20751876"}, "MissesMinimum"),
            ("leakage-in-nats", {"leakage_bits": "0.14384103622589046"}, "WrongUnit"),
            ("uniform-law", {"initial_state": ["1/4"] * 4}, "LeaksMore"),
            ("law-of-another-capacity", {"initial_state": ["1/2", "1/2"]}, "Lengths"),
            ("no-law", {"initial_state": []}, "Lengths"),
            ("law-sum", {"initial_state": ["1/6", "1/3", "1/3", "0.1666"]}, "NoLaw"),
            ("law-negative", {"initial_state": ["-1/6", "1/2", "1/2", "1/6"]}, "NegativeProbability"),
        ],
        "proof-failed",
    )
    negatives(file, need, good, [("no-capacity", {"capacity": 0}, "NoCapacity")])
    raws(file, need, good, [("leakage-nan", {"leakage_bits": "NaN"}, "Grammar")])
    yield file
    need = ids("17")
    file = new("binary_minimum", "capacities")
    cases = []
    iv.dps = 60
    for c in (1, 2, 3, 4, 7, 10, 33, 256):
        angle = iv.pi / (c + 3)
        weights = [iv.sin(angle * (s + 1)) * iv.sin(angle * (s + 2)) for s in range(c + 1)]
        law = [as_enclosure(weight / sum(weights)) for weight in weights]
        answer = {"leakage_bits": bits(binary_least(c)), "initial_state": law}
        cases.append((f"capacity-{c}", {"capacity": c}, answer, CLOSED, "FairBinary"))
    positives(file, need, cases)
    bad_capacity(file, need, {"capacity": 1}, 256)
    raws(
        file,
        need,
        {"capacity": 1},
        [("half", {"capacity": 1.5}, "Grammar"), ("none", {"capacity": None}, "Grammar")],
    )
    yield file


# ---- One battery over time -----------------------------------------------------------------------


def one_field(p: Sequence[Any], theta: Sequence[Any], table: Sequence[Sequence[Any]]) -> Json:
    """The fields of one battery."""
    return {"probabilities": texts(p), "initial_state": texts(theta), "policy": rows_of(table)}


def batteries_drawn(label: str) -> Iterator[tuple[str, Law, Law, list[list[Fraction]]]]:
    """Random batteries of several sizes."""
    for k, (capacity, loads, outputs) in enumerate(((1, 2, 2), (2, 2, 3), (2, 3, 3), (3, 2, 2))):
        name = f"{label}/{k}"
        p, theta = random_law(f"{name}/p", loads), random_law(f"{name}/theta", capacity + 1, zeros=k == 1)
        yield f"random-{k}", p, theta, random_table(name, capacity, loads, outputs)


GOOD_ONE = one_field(HALF, HALF, GOOD)


def slot_files() -> Iterator[VectorFile]:
    """Invariance and structured policies."""
    need = ids("7")
    file = new("invariance", "tables")
    cases: list[Case] = []
    for name, p, theta, table in batteries_drawn("invariance"):
        law = paths(p, [(theta, table)], 1)
        seen = marginal(law, last)
        after = marginal(law, lambda path: (path[0][0] - path[1][0] + last(path)[0], last(path)))
        residual = max(
            abs(after.get((s, y), Fraction(0)) / mass - theta[s])
            for y, mass in seen.items()
            for s in range(len(theta))
        )
        outputs = [exact(seen.get((y,), Fraction(0))) for y in range(len(table[0]))]
        answer = {"residual": exact(residual), "output_probabilities": outputs}
        cases.append((name, one_field(p, theta, table), answer, NAIVE, "NotInvariant"))
    half = fractions(HALF)
    fair = {"residual": exact(0), "output_probabilities": [exact(Fraction(1, 2))] * 2}
    cases += [
        ("structured", one_field(HALF, HALF, independent(half, half)), fair, HAND, ""),
        ("passes-on", one_field(HALF, ["1/3", "2/3"], copying(1, 2)), fair, HAND, ""),
        (
            "output-that-never-comes",
            one_field(["1", "0"], ["1/3", "2/3"], copying(1, 2)),
            {"residual": exact(0), "output_probabilities": [exact(1), exact(0)]},
            HAND,
            "ZeroOutput",
        ),
    ]
    positives(file, need, cases)
    bad_tables(file, need, GOOD_ONE, lambda policy: {"policy": policy})
    negatives(
        file,
        need,
        one_field(["1", "0"], ["1", "0"], GOOD),
        [
            (
                "infeasible-under-a-load-that-never-comes",
                {"policy": rows_of([GOOD[0], ["1", "0"], *GOOD[2:]])},
                "UnlikelyMove",
            ),
            (
                "infeasible-in-a-state-that-never-comes",
                {"policy": rows_of([*GOOD[:2], ["0", "1"], GOOD[3]])},
                "UnlikelyMove",
            ),
        ],
    )
    yield file
    need = ids("9")
    file = new("structured_policy", "laws")
    cases = []
    for name, p, theta in (
        ("fair", half, half),
        ("fair-best-of-3", half, fractions(["1/6", "1/3", "1/3", "1/6"])),
        ("binomial", fractions(BINOMIAL), random_law("structured/1", 4)),
        ("law-with-zeros", fractions(BINOMIAL), fractions(["0", "1", "0"])),
        ("gap", fractions(["1/2", "0", "1/2"]), fractions(["1/2", "0", "1/2", "0"])),
        ("never-zero", fractions(["0", "1"]), random_law("structured/2", 3)),
    ):
        rows = [{"probabilities": [exact(mass) for mass in row]} for row in independent(p, theta)]
        flag = "ZeroState" if 0 in theta or 0 in p else ""
        cases.append(
            (name, {"probabilities": texts(p), "initial_state": texts(theta)}, {"policy": rows}, NAIVE, flag)
        )
    positives(file, need, cases)
    base = {"probabilities": HALF, "initial_state": ["1/3", "1/3", "1/3"]}
    bad_law(file, need, base, "initial_state", 65)
    negatives(file, need, base, [("load-sum", {"probabilities": ["1/2", "1/4"]}, "NoLaw")])
    yield file
    need = ids("9 14")
    file = new("structured_leakage", "laws")
    cases = []
    for name, p, theta in (
        ("fair", half, half),
        ("uniform-3", half, fractions(["1/4"] * 4)),
        ("binomial", fractions(BINOMIAL), random_law("leakage/1", 4)),
        ("biased", fractions(["9/10", "1/10"]), random_law("leakage/2", 3)),
        ("rare-state", half, fractions(["0.999999999", "0.000000001"])),
    ):
        states = marginal(
            {(s, x): theta[s] * p[x] for s, x in product(range(len(theta)), range(len(p)))},
            lambda point: point[0] - point[1],
        )
        slopes = [
            iv.log(number(mass))
            - sum(number(chance) * iv.log(number(states[s - x])) for x, chance in enumerate(p))
            for s, mass in enumerate(theta)
        ]
        lower = iv.mpf([min(slope.a for slope in slopes), min(slope.b for slope in slopes)]) / iv.log(2)
        pairs = {(s, x): theta[s] * p[x] for s, x in product(range(len(theta)), range(len(p)))}
        answer = {
            "leakage_bits": bits(
                information(pairs, lambda point: point[0] - point[1], lambda point: point[1])
            ),
            "lower_bits": as_enclosure(lower) if lower.a > 0 else exact(0),
        }
        given = {"probabilities": texts(p), "initial_state": texts(theta)}
        cases.append((name, given, answer, NAIVE, "WrongUnit" if name == "fair" else ""))
    nothing = {"leakage_bits": exact(1), "lower_bits": exact(0)}
    cases.append(
        ("one-state", {"probabilities": HALF, "initial_state": ["0", "1"]}, nothing, HAND, "ZeroState")
    )
    positives(file, need, cases)
    bad_law(file, need, {"probabilities": HALF, "initial_state": HALF})
    yield file


def law_files() -> Iterator[VectorFile]:
    """Laws over several slots, and what they leak."""
    need = ids("4")
    file = new("joint_law", "slots")
    cases: list[Case] = []
    for (name, p, theta, table), slots in zip(batteries_drawn("joint"), (3, 2, 1, 2), strict=True):
        points = [
            {"state": s, "loads": list(xs), "outputs": list(last(path)), "probability": exact(mass)}
            for path, mass in paths(p, [(theta, table)], slots).items()
            for (s,), xs, _ in [path]
        ]
        points.sort(key=lambda point: (point["state"], point["loads"], point["outputs"]))
        cases.append(
            (name, {**one_field(p, theta, table), "slots": slots}, {"points": points}, NAIVE, "LateStates")
        )
    positives(file, need, cases)
    base = {**GOOD_ONE, "slots": 2}
    bad_tables(file, need, base, lambda policy: {"policy": policy})
    wide = {**one_field(["1/4"] * 4, ["1/4"] * 4, random_table("joint/wide", 3, 4, 4)), "slots": 3}
    negatives(
        file,
        need,
        base,
        [
            ("no-slots", {"slots": 0}, "LargeSize"),
            ("six-slots", {"slots": 6}, "LargeSize"),
            ("too-many-points", wide, "LargeSize"),
        ],
    )
    yield file
    need = ids("6")
    file = new("finite_leakage", "slots")
    cases = []
    for (name, p, theta, table), slots in zip(batteries_drawn("finite"), (4, 2, 2, 3), strict=True):
        answer = {"leakage_bits": bits(leaks(p, [(theta, table)], slots) / slots)}
        cases.append((name, {**one_field(p, theta, table), "slots": slots}, answer, NAIVE, "FutureLoads"))
    held = one_field(HALF, ["1", "0"], [["0", "1"], ["0", "1"], ["1", "0"], ["0", "1"]])
    cases.append(("fills-up", {**held, "slots": 1}, {"leakage_bits": exact(0)}, HAND, "FutureLoads"))
    cases.append(("fills-up-longer", {**held, "slots": 12}, None, "", "FutureLoads"))
    cases.append(
        (
            "passes-on",
            {**one_field(HALF, HALF, copying(1, 2)), "slots": 6},
            {"leakage_bits": exact(1)},
            HAND,
            "",
        )
    )
    positives(file, need, cases)
    bad_tables(file, need, base, lambda policy: {"policy": policy})
    negatives(
        file,
        need,
        base,
        [
            ("no-slots", {"slots": 0}, "LargeSize"),
            ("thirteen-slots", {"slots": 13}, "LargeSize"),
            ("too-many-sequences", {**wide, "slots": 7}, "LargeSize"),
        ],
    )
    yield file


# ---- Holding -------------------------------------------------------------------------------------


def holding_files() -> Iterator[VectorFile]:
    """Best effort and constant holding."""
    need = ids("19 21")
    file = new("best_effort_leakage", "loads")
    cases: list[Case] = []
    for name, chance, capacities in (
        ("fair", "1/2", (1, 2, 4, 6, 8, 10)),
        ("biased", "1/3", (1, 3)),
        ("likely", "9/10", (2,)),
    ):
        for c in capacities:
            p = Fraction(chance)
            answer = {"leakage_bits": bits(binary_best_effort(p, c))}
            given = {"probabilities": texts([1 - p, p]), "capacity": c}
            cases.append((f"{name}-{c}", given, answer, CLOSED, "HeldLimit"))
    zero = {"leakage_bits": exact(0)}
    cases += [
        ("sure", {"probabilities": ["0", "1"], "capacity": 3}, zero, HAND, "OneLoad"),
        ("one-load", {"probabilities": ["1"], "capacity": 3}, zero, HAND, "OneLoad"),
    ]
    for name, law, c, flag in (
        ("binomial-2", BINOMIAL, 2, "ForgetsMemory"),
        ("binomial-6", BINOMIAL, 6, "ForgetsMemory"),
        ("lopsided", ["1/10", "1/5", "3/10", "2/5"], 3, "ForgetsMemory"),
        ("never-zero", ["0", "1/2", "1/2"], 2, "StartsFull"),
        ("gap", ["1/2", "0", "1/2"], 3, "Gaps"),
        ("larger-outputs-listed", ["1/2", "1/2", "0"], 2, "HeldLimit"),
    ):
        cases.append((name, {"probabilities": law, "capacity": c}, None, "", flag))
    positives(file, need, cases)
    base = {"probabilities": HALF, "capacity": 3}
    bad_law(file, need, base)
    bad_capacity(file, need, base)
    rare = {"probabilities": ["0.99999", "0.00001"]}
    negatives(file, need, base, [("rare-load", rare, "LongRun")], "exhausted")
    yield file
    need = ids("20 21")
    file = new("constant_holding_leakage", "levels")
    cases = []
    one = {"leakage_bits": exact(1)}
    # Level 1 from a full battery: every load of 0 forces an output of 0, every load of 1 gives 1.
    for c in (1, 2):
        given = {"probabilities": HALF, "capacity": c, "level": "1", "initial_charge": c}
        cases.append((f"level-1-full-{c}", given, one, HAND, "UnevenLevel"))
    for name, law, c, level, charge, flag in (
        ("half-2", HALF, 2, "1/2", 0, "UnevenLevel"),
        ("half-2-full", HALF, 2, "1/2", 2, "UnevenLevel"),
        ("half-10", HALF, 10, "0.5", 0, ""),
        ("biased-third", ["2/3", "1/3"], 3, "1/3", 1, "UnevenLevel"),
        ("biased-half", ["1/4", "3/4"], 5, "1/2", 1, "StateTie"),
        ("binomial-1", BINOMIAL, 4, "1", 2, ""),
        ("binomial-three-halves", BINOMIAL, 2, "3/2", 0, "UnevenLevel"),
        ("sixteenths", ["3/16", "13/16"], 2, "13/16", 0, "UnevenLevel"),
        ("level-0", HALF, 2, "0", 1, "HeldLimit"),
    ):
        given = {"probabilities": law, "capacity": c, "level": level, "initial_charge": charge}
        cases.append((name, given, None, "", flag))
    sure = {"probabilities": ["0", "1"], "capacity": 2, "level": "1/2", "initial_charge": 0}
    cases.append(("sure", sure, zero, HAND, "OneLoad"))
    positives(file, need, cases)
    base = {"probabilities": HALF, "capacity": 2, "level": "1/2", "initial_charge": 0}
    bad_law(file, need, base)
    bad_capacity(file, need, base)
    negatives(
        file,
        need,
        base,
        [
            ("negative-level", {"level": "-1/2"}, "UnevenLevel"),
            ("level-above-the-loads", {"level": "3/2"}, "HeldLimit"),
            ("seventeenths", {"level": "8/17"}, "UnevenLevel"),
            ("charge-above-capacity", {"initial_charge": 3}, "LeavesRange"),
            ("negative-charge", {"initial_charge": -1}, "LeavesRange"),
        ],
    )
    negatives(file, need, base, [("rare-load", {**rare, "level": "0"}, "LongRun")], "exhausted")
    yield file


# ---- Cascades ------------------------------------------------------------------------------------


def cascades(label: str) -> Iterator[tuple[str, Law, list[Battery]]]:
    """Two random batteries each."""
    for k, (first, second, loads, between, outputs) in enumerate(
        ((1, 1, 2, 2, 2), (1, 2, 2, 2, 3), (2, 1, 2, 3, 3))
    ):
        name = f"{label}/{k}"
        a = (random_law(f"{name}/a", first + 1), random_table(f"{name}/a", first, loads, between))
        b = (
            random_law(f"{name}/b", second + 1, zeros=k == 1),
            random_table(f"{name}/b", second, between, outputs),
        )
        yield f"random-{k}", random_law(f"{name}/p", loads), [a, b]


def fields_of(p: Law, batteries: Sequence[Battery]) -> Json:
    """The fields of a cascade."""
    return {"probabilities": texts(p), "batteries": [field_of(battery) for battery in batteries]}


def structured_battery(p: Law, theta: Sequence[str]) -> Battery:
    """A structured battery."""
    return fractions(theta), independent(p, fractions(theta))


FAIR = fractions(HALF)
GOOD_PAIR: list[Json] = [{"initial_state": HALF, "policy": rows_of(GOOD)}] * 2


def second_policy(policy: list[Json]) -> Json:
    """A good cascade but for the policy of the second battery."""
    return {"batteries": [GOOD_PAIR[0], {"initial_state": HALF, "policy": policy}]}


def cascade_files() -> Iterator[VectorFile]:
    """Two batteries and more."""
    base: Json = {"probabilities": HALF, "batteries": GOOD_PAIR}
    answer: Json
    need = ids("5")
    file = new("cascade_joint_law", "slots")
    cases: list[Case] = []
    for (name, p, pair), slots in zip(cascades("laws"), (2, 1, 1), strict=True):
        points = [
            {
                "state_a": starts[0],
                "state_b": starts[1],
                "loads": list(xs),
                "between": [w for w, _ in flows],
                "outputs": [y for _, y in flows],
                "probability": exact(mass),
            }
            for (starts, xs, flows), mass in paths(p, pair, slots).items()
        ]
        points.sort(key=lambda point: tuple(value for key, value in point.items() if key != "probability"))
        cases.append((name, {**fields_of(p, pair), "slots": slots}, {"points": points}, NAIVE, "SecondInput"))
    positives(file, need, cases)
    bad_tables(file, need, {**base, "slots": 1}, second_policy)
    negatives(
        file,
        need,
        {**base, "slots": 1},
        [("no-slots", {"slots": 0}, "LargeSize"), ("many", {"slots": 5}, "LargeSize")],
    )
    yield file
    need = ids("6 27")
    file = new("cascade_finite_leakage", "slots")
    cases = []
    for (name, p, pair), slots in zip(cascades("finite"), (3, 2, 2), strict=True):
        answer = {"leakage_bits": bits(leaks(p, pair, slots) / slots)}
        cases.append((name, {**fields_of(p, pair), "slots": slots}, answer, NAIVE, "FutureLoads"))
    alone = [structured_battery(FAIR, HALF)] * 2
    for slots in (1, 2, 4):
        answer = {"leakage_bits": bits(leaks(FAIR, alone, slots) / slots)}
        cases.append(
            (
                f"each-optimal-{slots}",
                {**fields_of(FAIR, alone), "slots": slots},
                answer,
                NAIVE,
                "FutureLoads",
            )
        )
    positives(file, need, cases)
    bad_tables(file, need, {**base, "slots": 2}, second_policy)
    negatives(
        file,
        need,
        {**base, "slots": 2},
        [("no-slots", {"slots": 0}, "LargeSize"), ("many", {"slots": 12}, "LargeSize")],
    )
    yield file
    need = ids("7 10")
    file = new("cascade_bound", "pairs")
    cases = []
    free = (FAIR, fractions_table([["2/3", "1/3"], ["0", "1"], ["1", "0"], ["1/3", "2/3"]]))
    invariant: list[tuple[str, Law, list[Battery], str]] = [
        ("each-optimal-alone", FAIR, alone, "ThreeTerms"),
        ("least-of-free-ones", FAIR, [alone[0], free], "SymmetricOnly"),
        ("free-ones-the-other-way-round", FAIR, [free, alone[0]], "SecondInput"),
        ("passes-on", FAIR, [(FAIR, copying(1, 2)), alone[0]], "ThreeTerms"),
        (
            "capacities-differ",
            FAIR,
            [alone[0], structured_battery(FAIR, ["1/6", "1/3", "1/3", "1/6"])],
            "ThreeTerms",
        ),
        ("binomial", fractions(BINOMIAL), [structured_battery(fractions(BINOMIAL), HALF)] * 2, "ThreeTerms"),
    ]
    for name, p, pair, flag in [
        *invariant,
        *((name, p, pair, "ThreeTerms") for name, p, pair in cascades("bound")),
    ]:
        law = paths(p, pair, 1)
        first = information(law, lambda at: (at[0][0], at[1]), lambda at: at[2][0][0])
        second = information(law, lambda at: (at[0][1], at[2][0][0]), lambda at: at[2][0][1])
        joint = information(law, lambda at: (at[0], at[1], at[2][0][1]), lambda at: at[2][0][0])
        whole = information(law, lambda at: (at[0], at[1]), lambda at: at[2][0][1])
        inner = [marginal(law, lambda at: at[2][0][0]).get(w, Fraction(0)) for w in range(len(pair[0][1][0]))]
        residuals = [exact(residual_of(p, pair[0])), exact(residual_of(inner, pair[1]))]
        answer = {
            "first_bits": bits(first),
            "second_bits": bits(second),
            "joint_bits": bits(joint),
            "bound_bits": bits(whole),
            "residuals": residuals,
        }
        cases.append((name, fields_of(p, pair), answer, NAIVE, flag))
    positives(file, need, cases)
    bad_tables(file, need, base, second_policy)
    raws(
        file,
        need,
        base,
        [
            ("one-battery", {"batteries": GOOD_PAIR[:1]}, "Lengths"),
            ("three-batteries", {"batteries": GOOD_PAIR + GOOD_PAIR[:1]}, "Lengths"),
        ],
    )
    yield file
    need = ids("7 27")
    file = new("chain_bound", "chains")
    cases = []
    for k in (1, 2, 3):
        chain = alone[:1] * k
        answer = {"bound_bits": bits(leaks(FAIR, chain, 1)), "residuals": [exact(0)] * k}
        cases.append((f"structured-{k}", fields_of(FAIR, chain), answer, NAIVE, "Chain"))
    cases.append(("structured-4", fields_of(FAIR, alone[:1] * 4), None, "", "Chain"))
    mixed = [alone[0], free, structured_battery(FAIR, ["1/4", "1/2", "1/4"])]
    answer = {"bound_bits": bits(leaks(FAIR, mixed, 1)), "residuals": [exact(0)] * 3}
    cases.append(("mixed-3", fields_of(FAIR, mixed), answer, NAIVE, "Chain"))
    positives(file, need, cases)
    bad_tables(file, need, base, second_policy)
    raws(
        file,
        need,
        base,
        [
            ("no-battery", {"batteries": []}, "Lengths"),
            ("five-batteries", {"batteries": GOOD_PAIR[:1] * 5}, "Lengths"),
        ],
    )
    yield file
    need = ids("24 27")
    file = new("chain_leakage_rate", "chains")
    short: Json = {**base, "block": 2}
    cases = [
        ("one-battery", {**fields_of(FAIR, alone[:1]), "block": 3}, None, "", "HiddenStates"),
        ("each-optimal-1", {**fields_of(FAIR, alone), "block": 1}, None, "", "HiddenStates"),
        ("each-optimal-3", {**fields_of(FAIR, alone), "block": 3}, None, "", "HiddenStates"),
        ("least-of-free-ones", {**fields_of(FAIR, [alone[0], free]), "block": 3}, None, "", "HiddenStates"),
        ("three-batteries", {**fields_of(FAIR, alone[:1] * 3), "block": 2}, None, "", "HiddenStates"),
        ("not-invariant", {**fields_of(*next(cascades("rate"))[1:]), "block": 2}, None, "", "HiddenStates"),
    ]
    positives(file, need, cases)
    bad_tables(file, need, short, second_policy)
    negatives(
        file,
        need,
        short,
        [("no-block", {"block": 0}, "LooseBlock"), ("block-of-seven", {"block": 7}, "LooseBlock")],
    )
    yield file
    need = ids("12")
    file = new("equivalent_policy", "pairs")
    cases = []
    for name, p, pair in [*cascades("whole"), ("each-optimal", FAIR, alone)]:
        whole = marginal(paths(p, pair, 1), lambda at: (sum(at[0]), at[1][0], at[2][0][1]))
        size = sum(len(theta) - 1 for theta, _ in pair) + 1
        outputs = len(pair[-1][1][0])
        sums = [Fraction(0)] * size
        for a, b in product(enumerate(pair[0][0]), enumerate(pair[1][0])):
            sums[a[0] + b[0]] += a[1] * b[1]
        rows = []
        for s, x in product(range(size), range(len(p))):
            given = sums[s] * p[x]
            row = [
                whole.get((s, x, y), Fraction(0)) / given if given else Fraction(int(x == y))
                for y in range(outputs)
            ]
            rows.append({"probabilities": [exact(mass) for mass in row]})
        answer = {"initial_state": [exact(mass) for mass in sums], "policy": rows}
        cases.append((name, fields_of(p, pair), answer, NAIVE, "SumOfStates"))
    corner = [(fractions(["1", "0"]), copying(1, 2)), (fractions(["0", "1"]), copying(1, 2))]
    cases.append(("sums-that-never-occur", fields_of(FAIR, corner), None, "", "PassOn"))
    positives(file, need, cases)
    bad_tables(file, need, base, second_policy)
    idle = (fractions(["1", *["0"] * 21]), copying(21, 2))
    negatives(file, need, fields_of(FAIR, [idle] * 3), [("42592-points", {}, "LargeSize")])
    raws(file, need, base, [("one-battery", {"batteries": GOOD_PAIR[:1]}, "Lengths")])
    yield file


def fractions_table(rows: Sequence[Sequence[str]]) -> list[list[Fraction]]:
    """Rows of texts as rationals."""
    return [fractions(row) for row in rows]


def residual_of(p: Law, battery: Battery) -> Fraction:
    """max |P(S_2 = s | Y = y) - theta(s)| of one battery."""
    theta, _ = battery
    law = paths(p, [battery], 1)
    seen = marginal(law, last)
    after = marginal(law, lambda path: (path[0][0] - path[1][0] + last(path)[0], last(path)))
    states = range(len(theta))
    return max(
        abs(after.get((s, y), Fraction(0)) / mass - theta[s]) for y, mass in seen.items() for s in states
    )


def search_files() -> Iterator[VectorFile]:
    """The search for a low bound, judged, and its judge."""
    need = ids("18")
    file = new("search_bound", "searches")
    base: Json = {
        "probabilities": HALF,
        "capacity": 1,
        "same": 1,
        "starts": 1,
        "seed": draw_bytes("batteries/search", 32).hex(),
    }
    positives(
        file,
        need,
        [
            ("alike-1", base, None, "", "NotStationary"),
            ("free-1", {**base, "same": 0}, None, "", "SymmetricOnly"),
            ("alike-2", {**base, "capacity": 2, "starts": 2}, None, "", "NotStationary"),
            ("free-2", {**base, "capacity": 2, "same": 0}, None, "", "SymmetricOnly"),
            ("binomial-1", {**base, "probabilities": BINOMIAL}, None, "", "NotStationary"),
            ("binomial-2", {**base, "probabilities": BINOMIAL, "capacity": 2}, None, "", "NotStationary"),
        ],
    )
    bad_law(file, need, base)
    bad_capacity(file, need, base, 8)
    negatives(
        file,
        need,
        base,
        [
            ("five-loads", {"probabilities": ["1/5"] * 5}, "LargeSize"),
            ("neither-alike-nor-free", {"same": 2}, "SymmetricOnly"),
            ("no-start", {"starts": 0}, "LargeSize"),
            ("many-starts", {"starts": 65}, "LargeSize"),
        ],
    )
    raws(file, need, base, [("short-seed", {"seed": "00" * 31 + "1"}, "Grammar")])
    yield file
    file = new("judge_search_bound", "pairs")
    free = {
        "initial_state": HALF,
        "policy": rows_of([["2/3", "1/3"], ["0", "1"], ["1", "0"], ["1/3", "2/3"]]),
    }
    structured = {"initial_state": HALF, "policy": rows_of(independent(FAIR, FAIR))}
    # h(1/4) - 1/2
    good: Json = {
        **base,
        "same": 0,
        "bound_bits": "0.31127812445913286391",
        "gap_bits": "0.00000001",
        "batteries": [structured, free],
    }
    alike = {**good, "same": 1}
    positives(file, need, [("free-1", good, {}, HAND, "SymmetricOnly")])
    lopsided = {"initial_state": ["1/3", "2/3"], "policy": free["policy"]}
    negatives(
        file,
        need,
        good,
        [
            ("another-bound", {"bound_bits": "0.3112782"}, "MissesMinimum"),
            ("large-gap", {"gap_bits": "0.000002"}, "NotStationary"),
            ("not-invariant", {"batteries": [structured, lopsided]}, "NotInvariant"),
            (
                "not-stationary",
                {"batteries": [structured, structured], "bound_bits": "0.34436093777043353"},
                "NotStationary",
            ),
            ("one-battery", {"batteries": [structured]}, "Lengths"),
        ],
        "proof-failed",
    )
    negatives(file, need, alike, [("not-alike", {}, "SymmetricOnly")], "proof-failed")
    negatives(file, need, good, [("no-capacity", {"capacity": 0}, "NoCapacity")])
    yield file


# ---- Audits --------------------------------------------------------------------------------------


def best_effort_controller(p: Sequence[str], capacity: int) -> list[Json]:
    """Best effort as a controller whose states are the last output and the charge."""
    size = capacity + 1
    states = []
    for held, s in product(range(len(p)), range(size)):
        moves = []
        for x in range(len(p)):
            y = min(max(held, x - s, 0), capacity - s + x, len(p) - 1)
            moves.append({"load": x, "output": y, "next": y * size + s - x + y, "probability": "1"})
        states.append({"charge": s, "moves": moves})
    return states


def audit_files() -> Iterator[VectorFile]:
    """Rates of explicit controllers, by bounds and by simulation."""
    need = ids("22 23")
    file = new("leakage_rate", "tables")
    cases: list[Case] = []
    for (name, p, theta, table), block in zip(batteries_drawn("rate"), (3, 2, 2, 3), strict=True):
        law = stationary(p, table, len(theta))
        if 0 in law:
            cases.append((name, {**one_field(p, theta, table), "block": block}, None, "", "ClassOrder"))
            continue
        low, high = (bits(value) for value in block_bounds(p, law, table, block))
        members = {"states": list(range(len(theta))), "period": 1, "probability": exact(1)}
        answer = {
            "lower_bits": low,
            "upper_bits": high,
            "classes": [{**members, "lower_bits": low, "upper_bits": high}],
        }
        cases.append((name, {**one_field(p, theta, table), "block": block}, answer, NAIVE, "LooseBlock"))
    one = exact(1)

    def classes(*listed: tuple[list[int], int, Fraction, Json]) -> Json:
        return {
            "lower_bits": one if listed[0][3] == one else exact(0),
            "upper_bits": one if listed[0][3] == one else exact(0),
            "classes": [
                {"states": s, "period": d, "probability": exact(c), "lower_bits": v, "upper_bits": v}
                for s, d, c, v in listed
            ],
        }

    stays = one_field(HALF, ["1/3", "2/3"], copying(1, 2))
    swings = one_field(["0", "1"], HALF, [["0", "1", "0"], ["0", "0", "1"], ["1", "0", "0"], ["1", "0", "0"]])
    fills = [["0", "1"], ["0", "1"], ["1", "0"], ["0", "1"]]
    full = one_field(HALF, ["1", "0"], fills)
    zero = exact(0)
    cases += [
        (
            "two-classes",
            {**stays, "block": 2},
            classes(([0], 1, Fraction(1, 3), one), ([1], 1, Fraction(2, 3), one)),
            HAND,
            "TransientStart",
        ),
        (
            "one-of-two-classes",
            {**stays, "initial_state": ["0", "1"], "block": 2},
            classes(([1], 1, Fraction(1), one)),
            HAND,
            "ClassOrder",
        ),
        ("period-2", {**swings, "block": 4}, classes(([0, 1], 2, Fraction(1), zero)), HAND, "Period"),
        (
            "leaves-its-start",
            {**full, "block": 3},
            classes(([1], 1, Fraction(1), one)),
            HAND,
            "TransientStart",
        ),
        (
            "unlike-classes",
            {
                **one_field(
                    HALF,
                    ["0", "1", "0", "0"],
                    [*copying(0, 2), ["1", "0"], ["1/4", "3/4"], ["1/4", "3/4"], ["0", "1"], *copying(0, 2)],
                ),
                "block": 3,
            },
            None,
            "",
            "TransientStart",
        ),
        (
            "structured",
            {**one_field(HALF, HALF, independent(FAIR, FAIR)), "block": 4},
            None,
            "",
            "LooseBlock",
        ),
        ("long-block", {**one_field(HALF, HALF, GOOD), "block": 12}, None, "", "LooseBlock"),
    ]
    positives(file, need, cases)
    base: Json = {**GOOD_ONE, "block": 2}
    bad_tables(file, need, base, lambda policy: {"policy": policy}, few=False)
    negatives(
        file,
        need,
        base,
        [
            ("no-block", {"block": 0}, "LooseBlock"),
            ("block-of-thirteen", {"block": 13}, "LooseBlock"),
            ("too-many-blocks", {**one_field(BINOMIAL, HALF, copying(1, 3)), "block": 9}, "LooseBlock"),
        ],
    )
    yield file
    file = new("controller_leakage_rate", "controllers")
    cases = []
    for name, loads, c, block in (
        ("best-effort-1", HALF, 1, 5),
        ("best-effort-2", HALF, 2, 5),
        ("best-effort-binomial", BINOMIAL, 2, 3),
    ):
        controller = best_effort_controller(loads, c)
        start = ["1", *(["0"] * (len(controller) - 1))]
        given = {
            "probabilities": loads,
            "capacity": c,
            "controller": controller,
            "initial_state": start,
            "block": block,
        }
        cases.append((name, given, None, "", "Memory"))
    small = best_effort_controller(HALF, 1)
    base = {
        "probabilities": HALF,
        "capacity": 1,
        "controller": small,
        "initial_state": ["1", "0", "0", "0"],
        "block": 2,
    }
    # One state without a choice: the load is passed on.
    passing = [
        {"charge": 0, "moves": [{"load": x, "output": x, "next": 0, "probability": "1"} for x in (0, 1)]}
    ]
    told = {
        "lower_bits": one,
        "upper_bits": one,
        "classes": [{"states": [0], "period": 1, "probability": one, "lower_bits": one, "upper_bits": one}],
    }
    cases.append(("one-state", {**base, "controller": passing, "initial_state": ["1"]}, told, HAND, "Memory"))
    # The load comes out one slot later: the state remembers it, and holds what is not yet asked for.
    late = [
        {
            "charge": 1 - (held == 1),
            "moves": [{"load": x, "output": held, "next": x, "probability": "1"} for x in (0, 1)],
        }
        for held in (0, 1)
    ]
    cases.append(
        ("a-slot-late", {**base, "controller": late, "initial_state": HALF, "block": 3}, None, "", "Memory")
    )
    positives(file, need, cases)

    def move(state: int, **changes: Any) -> Json:
        moves = [dict(one) for one in small[state]["moves"]]
        moves[0].update(changes)
        return {"controller": [*small[:state], {**small[state], "moves": moves}, *small[state + 1 :]]}

    negatives(
        file,
        need,
        base,
        [
            ("charge-above-capacity", {"controller": [{**small[0], "charge": 2}, *small[1:]]}, "LeavesRange"),
            ("another-charge", {"controller": [{**small[0], "charge": 1}, *small[1:]]}, "NextCharge"),
            ("next-of-another-charge", move(0, next=1), "NextCharge"),
            ("next-that-is-none", move(0, next=4), "NextCharge"),
            ("half-a-law", move(0, probability="1/2"), "RowNotLaw"),
            ("no-probability", move(0, probability="0"), "RowNotLaw"),
            ("load-that-is-none", move(0, load=2), "Shape"),
            ("same-move-twice", move(0, load=1, output=1), "StateTie"),
            ("initial-sum", {"initial_state": ["1/2", "0", "0", "0"]}, "NoLaw"),
            ("no-capacity", {"capacity": 0}, "NoCapacity"),
            ("no-block", {"block": 0}, "LooseBlock"),
        ],
    )
    raws(
        file,
        need,
        base,
        [
            ("no-states", {"controller": [], "initial_state": []}, "Lengths"),
            ("no-moves", {"controller": [{"charge": 0, "moves": []}, *small[1:]]}, "Lengths"),
            ("initial-too-short", {"initial_state": ["1"]}, "Lengths"),
        ],
    )
    yield file
    need = ids("25")
    file = new("forward_recursion", "outputs")
    cases = []
    for name, p, theta, table in batteries_drawn("recursion"):
        courses = paths(p, [(theta, table)], 3)
        wanted = sorted({last(path) for path in courses})
        seen = wanted[draw_below(f"batteries/recursion/{name}", len(wanted))]
        after = marginal(
            {path: mass for path, mass in courses.items() if last(path) == seen},
            lambda path: path[0][0] - sum(path[1]) + sum(last(path)),
        )
        total = sum(after.values(), Fraction(0))
        answer = {
            "information_bits": bits(-iv.log(number(total))),
            "belief": [exact(after.get(s, Fraction(0)) / total) for s in range(len(theta))],
        }
        cases.append((name, {**one_field(p, theta, table), "outputs": list(seen)}, answer, NAIVE, ""))
    copied = one_field(HALF, ["1/3", "2/3"], copying(1, 2))
    cases.append(
        (
            "a-thousand-outputs",
            {**copied, "outputs": [k % 2 for k in range(1000)]},
            {"information_bits": exact(1000), "belief": [exact(Fraction(1, 3)), exact(Fraction(2, 3))]},
            HAND,
            "Underflow",
        )
    )
    positives(file, need, cases)
    base = {**GOOD_ONE, "outputs": [0, 1, 1]}
    bad_tables(file, need, base, lambda policy: {"policy": policy})
    negatives(
        file,
        need,
        base,
        [
            ("output-that-is-none", {"outputs": [0, 2]}, "Shape"),
            ("sequence-that-cannot-be", {**one_field(HALF, ["1", "0"], fills), "outputs": [0]}, "Impossible"),
        ],
    )
    raws(
        file,
        need,
        base,
        [("no-outputs", {"outputs": []}, "Lengths"), ("many-outputs", {"outputs": [0] * 1025}, "Lengths")],
    )
    yield file
    yield simulate_file()


STREAM = b"meter-privacy/batteries/1/simulate\x00"


def simulated(p: Law, theta: Law, table: Table, slots: int, seed: bytes) -> tuple[Any, Any]:
    """The estimate and half of its interval's width, from the definitions, in intervals."""
    iv.dps = 60
    digests = b"".join(
        hashlib.sha256(STREAM + seed + counter.to_bytes(8, "big")).digest()
        for counter in range(slots // 4 + 1)
    )
    words = iter(int.from_bytes(digests[at : at + 4], "big") for at in range(0, len(digests), 4))

    def weights(law: Law) -> list[int]:
        steps = [int(sum(law[: k + 1], Fraction(0)) * 2**32) for k in range(len(law))]
        return [step - (steps[k - 1] if k else 0) for k, step in enumerate(steps)]

    def pick(law: list[int]) -> int:
        word = next(words)
        return next(k for k in range(len(law)) if word < sum(law[: k + 1]))

    loads, starts, rows = weights(p), weights(theta), [weights(row) for row in table]
    state = pick(starts)
    belief = [number(Fraction(weight, 2**32)) for weight in starts]
    sums = [iv.mpf(0)] * 32
    for t in range(slots):
        x = pick(loads)
        row = rows[state * len(p) + x]
        y = pick(row)
        after = [iv.mpf(0)] * len(theta)
        for s, u in product(range(len(theta)), range(len(p))):
            weight = loads[u] * rows[s * len(p) + u][y]
            if weight:
                after[s - u + y] += belief[s] * number(Fraction(weight, 2**64))
        chance = sum(after, iv.mpf(0))
        belief = [mass / chance for mass in after]
        sums[t * 32 // slots] += iv.log(number(Fraction(row[y], 2**32))) - iv.log(chance)
        state = state - x + y
    means = [value * 32 / slots / iv.log(2) for value in sums]
    mean = sum(means, iv.mpf(0)) / 32
    spread = sum(((value - mean) ** 2 for value in means), iv.mpf(0)) / (32 * 31)
    spread = iv.mpf([max(spread.a, iv.mpf(0).a), spread.b])
    return mean, number(Fraction("2.7440419")) * iv.sqrt(spread)


def simulate_file() -> VectorFile:
    """Simulations, their random words and their intervals."""
    need = ids("25 26")
    file = new("simulate", "runs")
    cases: list[Case] = []
    for (name, p, theta, table), slots in zip(batteries_drawn("simulate"), (64, 96, 64, 128), strict=True):
        seed = draw_bytes(f"batteries/simulate/{name}", 32)
        mean, width = simulated(p, theta, table, slots, seed)
        answer = {"leakage_bits": as_enclosure(mean), "half_width_bits": as_enclosure(width)}
        given = {**one_field(p, theta, table), "slots": slots, "seed": seed.hex()}
        cases.append((name, given, answer, NAIVE, "StreamOrder"))
    seed = draw_bytes("batteries/simulate/rounded", 32)
    thirds = one_field(["1/3", "2/3"], ["1/6", "1/3", "1/2"], random_table("simulate/thirds", 2, 2, 2))
    p, theta = fractions(thirds["probabilities"]), fractions(thirds["initial_state"])
    mean, width = simulated(p, theta, [fractions(row["probabilities"]) for row in thirds["policy"]], 64, seed)
    answer = {"leakage_bits": as_enclosure(mean), "half_width_bits": as_enclosure(width)}
    cases.append(("thirds", {**thirds, "slots": 64, "seed": seed.hex()}, answer, NAIVE, "ExactThreshold"))
    best = one_field(HALF, HALF, independent(FAIR, FAIR))
    cases.append(("longer", {**best, "slots": 1024, "seed": seed.hex()}, None, "", "Batches"))
    told = {"leakage_bits": exact(1), "half_width_bits": exact(0)}
    copied = {**one_field(HALF, ["1", "0"], copying(1, 2)), "slots": 64, "seed": seed.hex()}
    cases.append(("nothing-hidden", copied, told, HAND, "Batches"))
    positives(file, need, cases)
    base: Json = {**GOOD_ONE, "slots": 64, "seed": seed.hex()}
    bad_tables(file, need, base, lambda policy: {"policy": policy})
    negatives(
        file,
        need,
        base,
        [
            ("few-slots", {"slots": 32}, "Batches"),
            ("not-full-batches", {"slots": 65}, "Batches"),
            ("many-slots", {"slots": 2**20 + 32}, "LargeSize"),
        ],
    )
    raws(
        file,
        need,
        base,
        [("short-seed", {"seed": "ab" * 31}, "Lengths"), ("long-seed", {"seed": "ab" * 33}, "Lengths")],
    )
    return file


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    yield from state_files()
    yield from minimum_files()
    yield from slot_files()
    yield from law_files()
    yield from holding_files()
    yield from cascade_files()
    yield from search_files()
    yield from audit_files()
