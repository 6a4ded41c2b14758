"""Paper C's tables 1 to 3 on simulated homes, table 1 on real ones, and the remarks of its section 7.

What the paper leaves open is fixed here, and said in `DEFINITIONS`. Theorem 2's factors come from a target;
errors and losses, which are computed here in bulk, are compared with a sample of its answers.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meter_privacy.conformance.studies import households
from meter_privacy.conformance.studies.households import Constants, Gauged, Homes, Traces
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.readings import (
    ReadingsFile,
    open_readings,
    parse_kwh,
    slot_time,
)
from meter_privacy.conformance.tables import Tables

SIZES = (100, 300, 500, 800, 1000)
ALPHAS = (Fraction(0), Fraction(1, 10), Fraction(3, 10), Fraction(1, 2))
WINDOWS = (3, 24, 48, 144)
PERIODS = (1, 5, 10, 15, 30)
GATE_HOMES = 84 * 120
CHECKED = 20
# Of users and appliances: enough homes to see each kind, few enough to be quick.
USER_CLUSTERS = 40
APPLIANCE_CLUSTERS = 200
AGGREGATES = 20_000
SHARES, LAMBDA_UNITS = 100, 100
STANDARD_ERRORS = 4

# What the paper prints, as (mean, deviation): by cluster size and alpha; by cluster size or appliance, and s.
PAPER_1: dict[int, tuple[tuple[float, float], ...]] = {
    100: ((0.118, 0.021), (0.135, 0.023), (0.150, 0.026), (0.177, 0.032)),
    300: ((0.047, 0.004), (0.050, 0.005), (0.054, 0.006), (0.070, 0.007)),
    500: ((0.029, 0.002), (0.031, 0.002), (0.036, 0.002), (0.044, 0.003)),
    800: ((0.019, 0.001), (0.020, 0.001), (0.023, 0.001), (0.028, 0.001)),
    1000: ((0.015, 0.0008), (0.016, 0.0008), (0.019, 0.001), (0.023, 0.001)),
}
PAPER_2: dict[int, tuple[tuple[float, float], ...]] = {
    100: ((2.34, 0.40), (9.05, 2.59), (14.18, 3.94), (26.24, 4.52)),
    300: ((2.02, 0.44), (7.60, 2.69), (11.81, 4.14), (20.95, 4.62)),
    500: ((1.87, 0.45), (7.04, 2.76), (10.90, 4.25), (19.01, 4.85)),
    800: ((1.76, 0.45), (6.64, 2.79), (10.27, 4.34), (17.56, 5.10)),
    1000: ((1.67, 0.47), (6.35, 2.87), (9.83, 4.47), (16.55, 5.40)),
}
PAPER_3: dict[str, tuple[tuple[float, float], ...]] = {
    "Lighting": ((0.91, 1.28), (2.68, 1.82), (3.63, 2.29), (4.89, 2.97)),
    "Cassette / CD Player": ((0.02, 0.04), (0.05, 0.05), (0.07, 0.05), (0.09, 0.07)),
    "Vacuum": ((1.67, 7.59), (1.82, 7.58), (1.90, 7.60), (1.94, 7.63)),
    "Personal computer": ((0.21, 0.32), (0.83, 0.49), (1.09, 0.58), (1.42, 0.83)),
    "TV": ((0.15, 0.47), (0.37, 0.52), (0.45, 0.58), (0.50, 0.63)),
    "Microwave": ((1.13, 4.23), (1.26, 4.24), (1.29, 4.27), (1.31, 4.29)),
    "Kettle": ((0.55, 2.71), (0.72, 2.73), (0.83, 2.76), (1.02, 2.79)),
    "Washing machine": ((1.23, 1.43), (1.96, 1.63), (2.55, 1.76), (3.07, 2.07)),
    "DESWH": ((3.34, 14.01), (6.13, 14.06), (7.83, 14.23), (10.85, 14.57)),
    "Storage heaters": ((3.22, 0.32), (20.20, 1.99), (30.45, 4.23), (30.45, 4.23)),
    "Refrigerator": ((0.44, 0.22), (1.06, 0.49), (1.40, 0.64), (1.92, 0.80)),
}

# The bands within which a table is called reproduced.
BAND_1 = 0.15
SLOPE, SLOPE_BAND = -0.89, 0.03
BAND_2 = 1.5
BAND_3 = 2.0
FOOTNOTE_8 = 0.01

DEFINITIONS = {
    "homes": "1 to 5 residents alike likely, appliances as often as the simulator's table has them",
    "day": "the paper does not say which; a weekday in January, or as asked. One day of each home",
    "reading": "mean power of a slot of ten minutes, in W: the + 1 of the error is 1 W",
    "lambda(t)": "the largest reading of the slot in the cluster, itself secret: for these tables only",
    "table 1": "200 random clusters; the mean over the day of lambda/(X + 1) of each; mean and deviation over"
    " clusters; other columns by Theorem 2's factor for the mean",
    "table 2": "users of 40 random clusters, each in its own; the worst window of s slots in the day, s"
    " terms; mean and deviation over users",
    "table 3": "N = 100, 200 clusters, the owners in whose home the appliance ran that day; all that it"
    " consumes, standby too; TV is a home's first television; otherwise as table 2",
}

Floats = NDArray[np.float32]
Step = Callable[[str], None]


class StudyError(ValueError):
    """The study cannot be made as asked."""


@dataclass(frozen=True)
class Asked:
    """What is asked of the study."""

    homes: int = 3000
    seed: int = 1
    month: int = 1
    weekend: bool = False
    clusters: int = 200
    target: str = "native"
    profile: str = "hardened"


@dataclass(frozen=True)
class Cell:
    """A mean and a deviation, beside the paper's where it prints one."""

    mean: float
    deviation: float
    paper: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        """Ours over the paper's; nan where it has none."""
        return self.mean / self.paper[0] if self.paper else float("nan")


@dataclass(frozen=True)
class Row:
    """A table's row: its name, cells by column, and of how many clusters, users or owners."""

    name: str
    cells: tuple[Cell, ...]
    count: int


@dataclass(frozen=True)
class Aggregator:
    """Noise of meters' shares beside that of a trusted aggregator: means of its magnitude, in units.

    `exact` is from the law, `drawn` from 20,000 totals with its standard error; `trusted` is the discrete
    Laplace that an aggregator would add.
    """

    alpha: float
    factor: float
    exact: float
    drawn: float
    standard_error: float
    trusted: float

    @property
    def agrees(self) -> bool:
        """Whether the totals drawn are within 4 standard errors of the law."""
        return abs(self.drawn - self.exact) <= STANDARD_ERRORS * self.standard_error


@dataclass(frozen=True)
class Real:
    """Table 1 on readings of a file: which homes were taken, and the error by cluster size."""

    name: str
    slots: int
    homes: int
    dropped: Mapping[str, int]
    days: int
    rows: tuple[Row, ...]
    slope: float


@dataclass(frozen=True)
class Result:
    """Everything of a study."""

    asked: Asked
    gauged: tuple[Gauged, ...]
    factors: tuple[float, ...]
    table_1: tuple[Row, ...]
    slope: float
    variants: Mapping[str, tuple[tuple[Row, ...], float]]
    table_2: tuple[Row, ...]
    readings_2: Mapping[str, tuple[Row, ...]]
    table_3: tuple[Row, ...]
    periods: Mapping[int, float]
    doubled: tuple[float, float]
    halved: tuple[float, float]
    aggregators: tuple[Aggregator, ...]
    real: Real | None
    checked: Mapping[str, int]
    answered: Mapping[str, str]


# ---- Clusters and errors -------------------------------------------------------------------------


def clusters(homes: int, size: int, count: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Random clusters of different homes, the same for the same seed."""
    random = np.random.default_rng([seed, 2, size])
    for _ in range(count):
        yield random.choice(homes, size, replace=False)


def errors(readings: NDArray[Any], size: int, count: int, seed: int) -> NDArray[np.float64]:
    """The error of each random cluster: the mean over slots of lambda(t) / (X_t + 1)."""
    found = []
    for chosen in clusters(len(readings), size, count, seed):
        here = readings[chosen].astype(np.float64)
        found.append(float((here.max(axis=0) / (here.sum(axis=0) + 1)).mean()))
    return np.asarray(found)


def slope_of(rows: Sequence[Row]) -> float:
    """The exponent of the cluster size in the error, by least squares of the logarithms."""
    sizes = np.log([float(row.name) for row in rows])
    means = np.log([row.cells[0].mean for row in rows])
    return float(np.polyfit(sizes, means, 1)[0])


def table_1(
    readings: NDArray[Any], sizes: Sequence[int], factors: Sequence[float], count: int, seed: int
) -> tuple[Row, ...]:
    """Mean and deviation over clusters of the error, times each alpha's factor."""
    rows = []
    for size in sizes:
        found = errors(readings, size, count, seed)
        mean, deviation = float(found.mean()), float(found.std())
        paper = PAPER_1.get(size, (None,) * len(factors))
        cells = (
            Cell(factor * mean, factor * deviation, paper[column]) for column, factor in enumerate(factors)
        )
        rows.append(Row(str(size), tuple(cells), count))
    return tuple(rows)


# ---- Losses over windows -------------------------------------------------------------------------


def window_sums(epsilons: NDArray[Any], terms: int) -> NDArray[np.float64]:
    """The sums over all windows of so many slots within the day, along the last axis."""
    sums = np.cumsum(epsilons, axis=-1, dtype=np.float64)
    first = np.zeros((*sums.shape[:-1], 1))
    padded = np.concatenate([first, sums], axis=-1)
    return np.asarray(padded[..., terms:] - padded[..., :-terms])


def worst(epsilons: NDArray[Any], terms: int) -> NDArray[np.float64]:
    """The loss of the worst window of so many slots; of the whole day where it has no more."""
    sums = window_sums(epsilons, min(terms, epsilons.shape[-1]))
    return np.asarray(sums.max(axis=-1))


def _cell(values: NDArray[np.float64], paper: tuple[float, float] | None) -> Cell:
    return Cell(float(values.mean()), float(values.std()), paper)


def user_epsilons(readings: Floats, size: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """X_t / lambda(t) of every user of each of 40 random clusters."""
    for chosen in clusters(len(readings), size, USER_CLUSTERS, seed):
        here = readings[chosen].astype(np.float64)
        yield here / here.max(axis=0)


def table_2(readings: Floats, sizes: Sequence[int], seed: int) -> dict[str, tuple[Row, ...]]:
    """The loss over windows by cluster size, in the reading of DREAM-47 and in three others."""
    ways: dict[str, list[Row]] = {
        "worst window, s terms": [],
        "worst window, s + 1 terms": [],
        "average window, s terms": [],
        "worst user, s terms": [],
    }
    for size in sizes:
        found: dict[str, list[list[NDArray[np.float64]]]] = {name: [[] for _ in WINDOWS] for name in ways}
        for epsilons in user_epsilons(readings, size, seed):
            for column, window in enumerate(WINDOWS):
                own = worst(epsilons, window)
                parts = (own, worst(epsilons, window + 1), window_sums(epsilons, window).mean(axis=-1))
                for name, part in zip(ways, (*parts, own.max(keepdims=True)), strict=True):
                    found[name][column].append(part)
        for name, columns in found.items():
            joined = [np.concatenate(parts) for parts in columns]
            paper = PAPER_2.get(size, (None,) * len(WINDOWS))
            cells = tuple(_cell(values, paper[column]) for column, values in enumerate(joined))
            ways[name].append(Row(str(size), cells, len(joined[0])))
    return {name: tuple(rows) for name, rows in ways.items()}


def _appliance_readings(traces: Traces, names: Sequence[str], appliance: str) -> tuple[Floats, NDArray[Any]]:
    """Power by home and slot of an appliance, and in which homes it ran."""
    if appliance == "Lighting":
        return traces.lighting_w, traces.lighting_w.max(axis=1) > 0
    power = np.zeros((len(traces.homes), households.SLOTS), np.float32)
    ran = np.zeros(len(traces.homes), np.bool_)
    pairs = traces.appliance == names.index("TV 1" if appliance == "TV" else appliance)
    power[traces.home[pairs]] = traces.slots_w[pairs]
    ran[traces.home[pairs]] = traces.used[pairs]
    return power, ran


def table_3(traces: Traces, names: Sequence[str], size: int, seed: int) -> tuple[Row, ...]:
    """The loss of appliances over windows, in clusters of one size."""
    readings = traces.ten_minutes_w
    chosen = list(clusters(len(readings), size, APPLIANCE_CLUSTERS, seed))
    scales = [readings[cluster].max(axis=0) for cluster in chosen]
    rows = []
    for appliance, paper in PAPER_3.items():
        power, ran = _appliance_readings(traces, names, appliance)
        owners = [cluster[ran[cluster]] for cluster in chosen]
        epsilons = np.concatenate([power[own] / scale for own, scale in zip(owners, scales, strict=True)])
        if len(epsilons):
            cells = tuple(_cell(worst(epsilons, s), paper[column]) for column, s in enumerate(WINDOWS))
            rows.append(Row(appliance, cells, len(epsilons)))
    return tuple(rows)


def largest_deviation(mean: float, most: float) -> float:
    """The largest standard deviation of numbers in [0, most] with this mean: sqrt(mean (most - mean)).

    From E[x (most - x)] >= 0. Raises StudyError where no such numbers have this mean.
    """
    if not 0 <= mean <= most:
        raise StudyError(f"numbers of [0, {most}] have no mean of {mean}")
    return float(np.sqrt(mean * (most - mean)))


def impossible_3() -> list[str]:
    """What in the paper's table 3 cannot be: X <= lambda bounds a slot's loss by 1, and so a window's."""
    found = []
    for appliance, cells in PAPER_3.items():
        for window, (mean, deviation) in zip(WINDOWS, cells, strict=True):
            terms = min(window + 1, households.SLOTS)
            if mean > window:
                found.append(f"{appliance}, s = {window}: a mean of {mean} of {window} terms of at most 1")
            limit = largest_deviation(mean, terms)
            if deviation > limit + 0.01:
                found.append(
                    f"{appliance}, s = {window}: a deviation of {deviation}, at most {limit:.2f} even with"
                    f" {terms} terms"
                )
    return found


# ---- Real homes ----------------------------------------------------------------------------------


def is_weekday(label: str) -> bool:
    """Whether a label, a date or the number of a day in a week that begins on a Monday, is a weekday's."""
    if match := re.fullmatch(r".*:([1-7])", label):
        return int(match[1]) <= 5
    try:
        return date.fromisoformat(label).weekday() < 5
    except ValueError:
        return True


def real_readings(file: ReadingsFile, maximum_kwh: float) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
    """Mean power in W by home, weekday and slot, of the homes that stay; how many were dropped, and why.

    Dropped: a home with a reading above the cap, with a negative one, or that is zero in more than 5 % of
    the slots; and one that lacks a reading on a weekday. Raises StudyError.
    """
    days = [label for label in file.days if is_weekday(label)]
    if not days:
        raise StudyError(f"{file.path} has no weekday")
    places = {label: index for index, label in enumerate(days)}
    values = {home: np.full((len(days), file.slots), np.nan) for home in file.homes}
    for piece in file.pieces():
        if piece.problem is None and piece.day in places:
            own, place = values[piece.home], places[piece.day]
            for slot, cell in enumerate(piece.cells, piece.slot):
                number = parse_kwh(cell)
                if number is None:
                    continue
                if not np.isnan(own[place, slot]):
                    raise StudyError(
                        f"{file.path}, line {piece.line}: home {piece.home} has a second value for"
                        f" {piece.day} {slot_time(slot, file.slots)}"
                    )
                own[place, slot] = float(number)
    dropped = {"incomplete": 0, "above the cap": 0, "negative": 0, "zero in over 5 %": 0}
    kept = {}
    for home, own in values.items():
        if np.isnan(own).any():
            dropped["incomplete"] += 1
        elif own.max() > maximum_kwh:
            dropped["above the cap"] += 1
        elif own.min() < 0:
            dropped["negative"] += 1
        elif (own == 0).mean() > 0.05:
            dropped["zero in over 5 %"] += 1
        else:
            kept[home] = own * 1000 * file.slots / 24
    return kept, dropped


def table_1_real(path: Path, slots: int, count: int, seed: int, maximum_w: int = 25_000) -> Real:
    """Table 1, alpha = 0, on the weekdays of a file. Raises ReadingsError, StudyError."""
    file = open_readings(path, slots)
    kept, dropped = real_readings(file, maximum_w * 24 / slots / 1000)
    sizes = [size for size in (100, 200, 300, 500, 800, 1000) if size <= len(kept)]
    if len(sizes) < 2:
        sizes = [size for size in (5, 10, 20) if size <= len(kept)]
    if len(sizes) < 2:
        raise StudyError(f"{path}: {len(kept)} homes stay, too few for clusters of two sizes")
    stacked = np.stack(list(kept.values()))
    rows = []
    for size in sizes:
        daily = np.stack([errors(stacked[:, day], size, count, seed) for day in range(stacked.shape[1])])
        own = daily.mean(axis=0)
        printed = PAPER_1[size][0] if size in PAPER_1 else None
        rows.append(Row(str(size), (Cell(float(own.mean()), float(own.std()), printed),), count))
    return Real(path.name, slots, len(kept), dropped, stacked.shape[1], tuple(rows), slope_of(rows))


# ---- The study -----------------------------------------------------------------------------------


def _outputs(parties: Parties, name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    outputs = []
    for answer in parties.ask_each(name, inputs):
        if answer.output is None:
            raise WrongAnswer(f"{parties.answered[name]} refuses {name}: {answer.error}, {answer.detail}")
        outputs.append(answer.output)
    return outputs


def theorem_2(parties: Parties) -> tuple[float, ...]:
    """The factor of the mean for each alpha."""
    answers = _outputs(parties, "dream.error_factors", [{"alpha": alpha} for alpha in ALPHAS])
    return tuple(float(answer["mean"]) for answer in answers)


def check_errors(parties: Parties, readings: Floats, size: int, seed: int) -> int:
    """Hold the errors of one cluster, in whole W, to the target's. Raises WrongAnswer."""
    chosen = next(clusters(len(readings), size, 1, seed))
    watts = np.rint(readings[chosen].astype(np.float64)).astype(int)
    scales, totals = watts.max(axis=0), watts.sum(axis=0)
    slots = range(0, watts.shape[1], max(1, watts.shape[1] // CHECKED))
    answers = _outputs(
        parties,
        "dream.expected_error",
        [
            {
                "meters": size, "tolerated_failures": 0, "missing": 0,
                "lambda_wh": Fraction(int(scales[slot])), "total_wh": int(totals[slot]),
            }
            for slot in slots
        ],
    )  # fmt: skip
    for slot, answer in zip(slots, answers, strict=True):
        own = scales[slot] / (totals[slot] + 1)
        if abs(float(answer["mean"]) - own) > 1e-9 * own:
            raise WrongAnswer(f"dream.expected_error answers {answer['mean']} where lambda/(X + 1) is {own}")
    return len(answers)


def check_accounts(parties: Parties, readings: Floats, size: int, seed: int) -> int:
    """Hold users' worst windows, in whole mW, to the target's accounts. Raises WrongAnswer."""
    chosen = next(clusters(len(readings), size, 1, seed))
    milliwatts = np.rint(readings[chosen].astype(np.float64) * 1000).astype(int)
    scales = milliwatts.max(axis=0)
    places = [(user, window) for user in range(CHECKED // len(WINDOWS)) for window in WINDOWS]
    answers = _outputs(
        parties,
        "dream.account",
        [
            {
                "consumptions_wh": [int(x) for x in milliwatts[user]],
                "lambdas_wh": [Fraction(int(scale)) for scale in scales],
                "window": window,
            }
            for user, window in places
        ],
    )
    for (user, window), answer in zip(places, answers, strict=True):
        own = float(worst(milliwatts[user] / scales, window))
        if abs(float(answer["worst_epsilon"]) - own) > 1e-9 * max(1.0, own):
            raise WrongAnswer(f"dream.account answers {answer['worst_epsilon']} where the windows give {own}")
    return len(answers)


def aggregators(parties: Parties, factors: Sequence[float], seed: int) -> tuple[Aggregator, ...]:
    """What N meters' integer shares add beside what a trusted aggregator would, for each alpha."""
    random = np.random.default_rng([seed, 3])
    p = float(np.exp(-1 / LAMBDA_UNITS))
    trusted = 2 * p / (1 - p * p)
    found = []
    for alpha, factor in zip(ALPHAS, factors, strict=True):
        shares = int(SHARES * (1 - alpha))
        cluster = {"shares": shares, "participants": SHARES, "lambda_units": Fraction(LAMBDA_UNITS)}
        exact = float(_outputs(parties, "dream.noise_error", [cluster])[0]["mean_units"])
        total = np.zeros(AGGREGATES, np.int64)
        for _ in range(SHARES):
            sides = random.negative_binomial(1 / shares, 1 - p, (2, AGGREGATES))
            total += sides[0] - sides[1]
        size = np.abs(total)
        error = float(size.std() / np.sqrt(AGGREGATES))
        found.append(Aggregator(float(alpha), factor, exact, float(size.mean()), error, trusted))
    return tuple(found)


def doubling(readings: Floats, count: int, seed: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """N = 100, and N = 200 with twice the noise: errors, and users' mean losses of the day (section 7.3)."""
    once, twice = (float(errors(readings, size, count, seed).mean()) for size in (100, 200))
    losses = [
        float(np.mean([epsilons.sum(axis=-1).mean() for epsilons in user_epsilons(readings, size, seed)]))
        for size in (100, 200)
    ]
    return (once, 2 * twice), (losses[0], losses[1] / 2)


def _variants(
    constants: Constants, asked: Asked, homes: Homes, traces: Traces, sizes: Sequence[int]
) -> dict[str, tuple[tuple[Row, ...], float]]:
    """Table 1, alpha = 0, under other conditions than the ones that the tables are made with."""
    heaters = [
        number
        for number, appliance in enumerate(constants.appliances)
        if appliance.name in ("Storage heaters", "Other electric space heating")
    ]
    cold = np.isin(traces.appliance, heaters)
    without = traces.ten_minutes_w.copy()
    np.subtract.at(without, traces.home[cold], traces.slots_w[cold])
    month = 7 if asked.month != 7 else 1
    other = Homes(homes.residents, homes.day, np.full(len(homes), month), homes.owned)
    readings = {
        "without electric heating": np.maximum(without, 0),
        "in July" if month == 7 else "in January": households.simulate(
            constants, other, asked.seed
        ).ten_minutes_w,
    }
    found = {}
    for name, power in readings.items():
        rows = table_1(power, sizes, [1.0], asked.clusters, asked.seed)
        found[name] = (rows, slope_of(rows))
    return found


def run(
    tables: Tables, asked: Asked, real: tuple[Path, int] | None = None, step: Step = lambda _: None
) -> Result:
    """Simulate, hold the gate, and make all tables.

    Raises MissingTables, GateFailed, StudyError, ReadingsError, TargetError, CannotStart, TargetLost,
    WrongAnswer.
    """
    sizes = [size for size in SIZES if size <= asked.homes]
    if len(sizes) < 2:
        raise StudyError(f"{asked.homes} homes are too few: the tables need clusters of 300 at least")
    on_homes = None if real is None else table_1_real(real[0], real[1], asked.clusters, asked.seed)
    constants = households.load_constants()
    step("the gate: a year of every appliance")
    gauged = households.gauge(constants, GATE_HOMES, asked.seed)
    households.check_gate(gauged)
    step(f"{asked.homes} homes")
    homes = households.draw_homes(constants, asked.homes, asked.seed, asked.month, asked.weekend)
    traces = households.simulate(constants, homes, asked.seed)
    readings = traces.ten_minutes_w
    names = [appliance.name for appliance in constants.appliances]
    with Parties(tables, asked.target, asked.profile) as parties:
        factors = theorem_2(parties)
        step("table 1")
        first = table_1(readings, sizes, factors, asked.clusters, asked.seed)
        step("table 1 under other conditions")
        variants = _variants(constants, asked, homes, traces, sizes)
        step("table 2")
        ways = table_2(readings, sizes, asked.seed)
        step("table 3")
        third = table_3(traces, names, sizes[0], asked.seed)
        step("remarks")
        periods = {
            minutes: float(errors(traces.means_w(minutes), sizes[0], asked.clusters, asked.seed).mean())
            for minutes in PERIODS
        }
        doubled, halved = doubling(readings, asked.clusters, asked.seed)
        found = aggregators(parties, factors, asked.seed)
        checked = {
            "errors": check_errors(parties, readings, sizes[0], asked.seed),
            "accounts": check_accounts(parties, readings, sizes[0], asked.seed),
        }
        answered = dict(parties.answered)
    return Result(
        asked=asked, gauged=tuple(gauged), factors=factors, table_1=first, slope=slope_of(first),
        variants=variants, table_2=next(iter(ways.values())), readings_2=dict(list(ways.items())[1:]),
        table_3=third, periods=periods, doubled=doubled, halved=halved, aggregators=found, real=on_homes,
        checked=checked, answered=answered,
    )  # fmt: skip


# ---- What holds ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """One statement about a reproduction: what is compared, whether it holds, and the numbers."""

    what: str
    holds: bool
    numbers: str


def _ratios(rows: Sequence[Row]) -> list[float]:
    return [cell.ratio for row in rows for cell in row.cells if cell.paper is not None]


def outside_3(result: Result) -> list[str]:
    """The means of table 3 beyond a factor of 2 of the paper's."""
    return [
        f"{row.name}, s = {window} ({cell.ratio:.2f})"
        for row in result.table_3
        for window, cell in zip(WINDOWS, row.cells, strict=True)
        if not 1 / BAND_3 <= cell.ratio <= BAND_3
    ]


def findings(result: Result) -> list[Finding]:
    """What reproduces and what does not, by the bands."""
    base = [row.cells[0].ratio for row in result.table_1]
    second = _ratios(result.table_2)
    outside = outside_3(result)
    by_size = [[row.cells[column].mean for row in result.table_2] for column in range(len(WINDOWS))]
    falling = all(before > after for means in by_size for before, after in pairwise(means))
    by_slot = [
        [cell.mean / window for window, cell in zip(WINDOWS, row.cells, strict=True)]
        for row in result.table_2
    ]
    shape = all(before > after for means in by_slot for before, after in pairwise(means))
    change = result.periods[5] - result.periods[15]
    count = sum(len(row.cells) for row in result.table_3)
    return [
        Finding(
            "table 1, alpha = 0: every size within 15 % of the paper's",
            all(abs(ratio - 1) <= BAND_1 for ratio in base),
            f"{min(base):.2f} to {max(base):.2f} of the paper's",
        ),
        Finding(
            "table 1: the error falls as N to the power -0.89, within 0.03",
            abs(result.slope - SLOPE) <= SLOPE_BAND,
            f"{result.slope:.3f}",
        ),
        *(
            Finding(
                f"table 1 under another condition, {name}: the same band",
                all(abs(row.cells[0].ratio - 1) <= BAND_1 for row in rows)
                and abs(slope - SLOPE) <= SLOPE_BAND,
                f"{', '.join(f'{row.cells[0].ratio:.2f}' for row in rows)}, slope {slope:.3f}",
            )
            for name, (rows, slope) in result.variants.items()
        ),
        Finding("table 2: falls with N in every column", falling, f"{len(by_size)} columns"),
        Finding("table 2: grows less than in proportion to s in every row", shape, f"{len(by_slot)} rows"),
        Finding(
            "table 2: every mean within a factor of 1.5 of the paper's",
            all(1 / BAND_2 <= ratio <= BAND_2 for ratio in second),
            f"{min(second):.2f} to {max(second):.2f} of the paper's",
        ),
        Finding(
            "table 3: every mean within a factor of 2 of the paper's",
            not outside,
            f"{count - len(outside)} of {count}" + (f"; not {', '.join(outside)}" if outside else ""),
        ),
        Finding(
            "footnote 8: from 5 to 15 minutes the error falls, by less than 0.01",
            0 < change < FOOTNOTE_8,
            f"N = 100: {result.periods[5]:.4f} to {result.periods[15]:.4f}",
        ),
        Finding(
            "section 7.3: twice the meters bear twice the noise at the same error, within 15 %",
            abs(result.doubled[1] / result.doubled[0] - 1) <= BAND_1,
            f"N = 100: {result.doubled[0]:.4f}; N = 200, twice lambda: {result.doubled[1]:.4f}",
        ),
        Finding(
            "section 7.3: and halve the loss, or better",
            result.halved[1] <= result.halved[0] / 2,
            f"a day's loss {result.halved[0]:.2f}, then {result.halved[1]:.2f}",
        ),
        Finding(
            "alpha = 0: the meters' shares are the noise of a trusted aggregator",
            abs(result.aggregators[0].exact / result.aggregators[0].trusted - 1) < 1e-9,
            f"mean magnitude {result.aggregators[0].exact:.6f} and {result.aggregators[0].trusted:.6f} units",
        ),
        Finding(
            "drawn shares follow Theorem 2 at every alpha, within 4 standard errors",
            all(item.agrees for item in result.aggregators),
            ", ".join(f"{item.drawn / item.trusted:.4f} ({item.factor:.4f})" for item in result.aggregators),
        ),
    ]


def as_json(result: Result) -> dict[str, Any]:
    """Everything of a study, for a machine."""

    def rows(listed: Sequence[Row]) -> list[dict[str, Any]]:
        return [asdict(row) for row in listed]

    return {
        "study": "dream-tables",
        "format": 1,
        "asked": asdict(result.asked),
        "definitions": DEFINITIONS,
        "tables_of": {
            "package": households.PACKAGE, "version": households.VERSION, "sha256": households.TABLES_SHA256,
        },
        "gate": [
            {
                "appliance": item.appliance.name, "table_kwh": item.appliance.kwh_a_year,
                "simulated_kwh": item.kwh_a_year, "ratio": item.ratio, "cycles_ratio": item.cycles_ratio,
            }
            for item in result.gauged
        ],
        "factors": dict(zip(map(str, ALPHAS), result.factors, strict=True)),
        "table_1": rows(result.table_1),
        "slope": result.slope,
        "variants": {
            name: {"rows": rows(listed), "slope": slope} for name, (listed, slope) in result.variants.items()
        },
        "windows": WINDOWS,
        "table_2": rows(result.table_2),
        "other_readings_of_table_2": {name: rows(listed) for name, listed in result.readings_2.items()},
        "table_3": rows(result.table_3),
        "impossible_in_table_3": impossible_3(),
        "sampling_periods": {str(minutes): error for minutes, error in result.periods.items()},
        "doubling": {"errors": result.doubled, "losses": result.halved},
        "aggregators": [asdict(item) for item in result.aggregators],
        "real": None if result.real is None else asdict(result.real),
        "findings": [asdict(item) for item in findings(result)],
        "compared_with_the_target": dict(result.checked),
        "answered_by": dict(sorted(result.answered.items())),
    }  # fmt: skip
