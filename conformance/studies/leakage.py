"""What a home's meter gives away, and what an alternative source can hide of it, asked of a target.

Paper A, equation (5) and Section V.A, on a finite load: real readings of one home rounded down to levels, or
a load given as JSON. The paper's model takes slots as independent and alike; real ones are neither, so the
leakage here is that of one slot seen by itself.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.readings import (
    ABOVE,
    MISSING,
    NEGATIVE,
    ReadingsError,
    ReadingsFile,
    parse_kwh,
    reading_wh,
    rounded_watt_hours,
    watt_hours,
)
from meter_privacy.conformance.tables import Tables

EQUAL, QUANTILES = "equal", "quantiles"
MAXIMUM_LEVELS = 64
MAXIMUM_LOAD = 10**9
MAXIMUM_POWER = 10**12
STEPS = 50
# What a target's own policy may miss its own leakage and power by: binary64 with room.
POLICY_TOLERANCE = Fraction(1, 10**6)
NO_NUMBER = "missing or not a number"
BROKEN = "row that cannot be read"

RULES = {
    "unit": "kWh become whole Wh, half to even; a load is the energy of one slot",
    "negative": "becomes 0 Wh",
    "above the cap": "becomes the cap",
    "missing or not a number": "the reading is left out",
    "levels, equal": "from 0 to the home's largest reading in equal steps",
    "levels, quantiles": "the readings of rank floor(k n / L) of n, k = 0 ... L - 1, each level once",
    "rounding": "a reading goes down to the next level, so that a policy for levels never exceeds the load",
}


class LeakageError(ValueError):
    """The study cannot be made as asked."""


@dataclass(frozen=True)
class Home:
    """The readings of one home in Wh, in the file's order, and how many needed which rule."""

    name: str
    readings: tuple[int, ...]
    handled: Mapping[str, int]


@dataclass(frozen=True)
class Law:
    """A finite load. `lost` is what rounding down to levels took from the mean."""

    loads: tuple[Fraction, ...]
    probabilities: tuple[Fraction, ...]
    unit: str
    lost: Fraction = Fraction(0)

    @property
    def mean(self) -> Fraction:
        """E[X]."""
        return sum((x * p for x, p in zip(self.loads, self.probabilities, strict=True)), Fraction(0))

    @property
    def least(self) -> Fraction:
        """The least load that occurs."""
        return min(x for x, p in zip(self.loads, self.probabilities, strict=True) if p)


@dataclass(frozen=True)
class Choice:
    """What is asked: the power as a share of the mean load, or absolute in the load's unit."""

    target: str
    profile: str
    share: Fraction | None
    absolute: Fraction | None
    seed: int = 1


@dataclass(frozen=True)
class CurvePoint:
    """At a power: the least leakage in bits and its slope in nats a unit, and time division's leakage."""

    power: Fraction
    optimum: Fraction
    slope_nats: Fraction | None
    time_division: Fraction


@dataclass(frozen=True)
class LimitPoint:
    """Output limiting at a level: the power that it takes and the leakage in bits."""

    level: Fraction
    power: Fraction
    leakage: Fraction


@dataclass(frozen=True)
class Result:
    """A study of one load."""

    law: Law
    choice: Choice
    power: Fraction
    unprotected: Fraction
    optimum: CurvePoint
    limit: LimitPoint
    curve: tuple[CurvePoint, ...]
    breakpoints: tuple[Mapping[str, Fraction], ...]
    limits: tuple[LimitPoint, ...]
    output: tuple[Fraction, ...]
    policy: tuple[tuple[Fraction, ...], ...]
    policy_leakage: Fraction
    policy_power: Fraction
    sequence: tuple[int, ...]
    seen: tuple[int, ...]
    answered: Mapping[str, str]
    described: Mapping[str, Mapping[str, Any]]
    origin: Mapping[str, Any] = field(default_factory=dict)


# ---- Loads ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def reading_of(cell: str, maximum_wh: int) -> tuple[int | None, str]:
    """A cell's whole Wh, None where it has none, and which rule it needed, "" for none."""
    kwh = None if cell.strip().lower() in MISSING else parse_kwh(cell)
    if kwh is None:
        return None, NO_NUMBER
    rule = NEGATIVE if watt_hours(kwh) < 0 else ABOVE if rounded_watt_hours(kwh) > maximum_wh else ""
    return reading_wh(kwh, maximum_wh), rule


def read_homes(file: ReadingsFile, wanted: str | None, maximum_wh: int) -> dict[str, Home]:
    """Every home's readings over the whole file, or the wanted one's. Raises ReadingsError."""
    if wanted is not None and wanted not in file.homes:
        raise ReadingsError(f"{file.path} has no home {wanted}")
    values: dict[str, dict[tuple[str, int], int]] = {}
    handled: dict[str, Counter[str]] = {}
    for piece in file.pieces():
        if not piece.home or wanted not in (None, piece.home):
            continue
        own, counts = values.setdefault(piece.home, {}), handled.setdefault(piece.home, Counter())
        if piece.problem is not None or piece.day is None:
            counts[BROKEN] += 1
            continue
        for offset, cell in enumerate(piece.cells):
            place = (piece.day, piece.slot + offset)
            if place in own:
                raise ReadingsError(f"{file.path}, line {piece.line}: home {piece.home} has this slot twice")
            reading, rule = reading_of(cell, maximum_wh)
            if rule:
                counts[rule] += 1
            if reading is not None:
                own[place] = reading
    days = {label: position for position, label in enumerate(file.days)}
    return {
        home: Home(
            home, tuple(own[place] for place in sorted(own, key=lambda at: (days[at[0]], at[1]))),
            dict(handled[home]),
        )
        for home, own in values.items()
    }  # fmt: skip


def choose_home(homes: Mapping[str, Home], wanted: str | None) -> Home:
    """The wanted home, or the one of the median mean reading. Raises ReadingsError."""
    if wanted is not None:
        home = homes[wanted]
        if not home.readings:
            raise ReadingsError(f"home {wanted} has no reading that can be used")
        return home
    full = [home for home in homes.values() if home.readings]
    if not full:
        raise ReadingsError("no home has a reading that can be used")
    full.sort(key=lambda home: (Fraction(sum(home.readings), len(home.readings)), home.name))
    return full[len(full) // 2]


def levels_of(readings: Sequence[int], count: int, spacing: str) -> tuple[Fraction, ...]:
    """The levels that readings are rounded down to, increasing, the first not above the least reading."""
    if spacing == QUANTILES:
        ordered = sorted(readings)
        return tuple(sorted({Fraction(ordered[rank * len(ordered) // count]) for rank in range(count)}))
    top = max(readings)
    if top == 0 or count == 1:
        return (Fraction(0),)
    return tuple(Fraction(top * k, count - 1) for k in range(count))


def place(levels: Sequence[Fraction], reading: int) -> int:
    """The index of the greatest level not above a reading."""
    return max(index for index, level in enumerate(levels) if level <= reading)


def quantise(readings: Sequence[int], count: int, spacing: str) -> Law:
    """The empirical law of readings rounded down to levels."""
    levels = levels_of(readings, count, spacing)
    index = {reading: place(levels, reading) for reading in set(readings)}
    counts = Counter(index[reading] for reading in readings)
    probabilities = tuple(Fraction(counts[k], len(readings)) for k in range(len(levels)))
    law = Law(levels, probabilities, "Wh")
    return Law(levels, probabilities, "Wh", Fraction(sum(readings), len(readings)) - law.mean)


def _exact(value: Any, name: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise LeakageError(f'{name}: expected numbers, or texts such as "1/3"')
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise LeakageError(f"{name}: {str(value)[:40]!r} is no finite number") from error


def read_law(path: Path) -> Law:
    """A load from JSON: {"loads": [...], "probabilities": [...], "unit": "Wh"}. Raises LeakageError."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise LeakageError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise LeakageError(f"{path} is no JSON: {error}") from error
    if not isinstance(document, dict) or not {"loads", "probabilities"} <= document.keys() <= {
        "loads", "probabilities", "unit",
    }:  # fmt: skip
        raise LeakageError(f"{path}: expected an object with loads and probabilities, and perhaps unit")
    loads, probabilities = document["loads"], document["probabilities"]
    unit = document.get("unit", "units")
    if not isinstance(loads, list) or not isinstance(probabilities, list) or not isinstance(unit, str):
        raise LeakageError(f"{path}: loads and probabilities must be lists, unit a text")
    if not 1 <= len(loads) <= MAXIMUM_LEVELS or len(loads) != len(probabilities):
        raise LeakageError(f"{path}: expected 1 to {MAXIMUM_LEVELS} loads, and as many probabilities")
    x = tuple(_exact(value, "loads") for value in loads)
    p = tuple(_exact(value, "probabilities") for value in probabilities)
    if x[0] < 0 or any(b <= a for a, b in pairwise(x)):
        raise LeakageError(f"{path}: loads must be at least 0 and strictly increasing")
    if x[-1] > MAXIMUM_LOAD:
        raise LeakageError(f"{path}: loads must be at most {MAXIMUM_LOAD}")
    if any(mass < 0 for mass in p) or abs(sum(p, Fraction(0)) - 1) > Fraction(1, 2**40):
        raise LeakageError(f"{path}: probabilities must be at least 0 and add up to 1")
    total = sum(p, Fraction(0))
    return Law(x, tuple(mass / total for mass in p), unit)


# ---- The study -----------------------------------------------------------------------------------


def _ask(parties: Parties, name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All output fields of answers, none of which may be a refusal."""
    outputs = []
    for answer in parties.ask_each(name, inputs):
        if answer.output is None:
            raise WrongAnswer(f"{parties.answered[name]} refuses {name}: {answer.error}, {answer.detail}")
        outputs.append(answer.output)
    return outputs


def _curve(parties: Parties, law: Law, powers: Sequence[Fraction]) -> list[CurvePoint]:
    load = {"loads": list(law.loads), "probabilities": list(law.probabilities)}
    asked = [{**load, "power": power} for power in powers]
    exact = _ask(parties, "privacy_power.leakage", asked)
    divided = _ask(parties, "privacy_power.time_division", asked)
    return [
        CurvePoint(power, best["leakage_bits"], best["slope_nats"], other["leakage_bits"])
        for power, best, other in zip(powers, exact, divided, strict=True)
    ]


def draw_output(row: Sequence[Fraction], chance: float) -> int:
    """The index of the grid load that a uniform number in [0, 1) picks from a row of the policy."""
    total = 0.0
    for index, probability in enumerate(row):
        total += float(probability)
        if chance < total:
            return index
    return max(index for index, probability in enumerate(row) if probability)


def _chosen_power(law: Law, choice: Choice) -> Fraction:
    power = choice.absolute
    if power is None:
        power = law.mean * (choice.share or 0)
    if not 0 <= power <= MAXIMUM_POWER:
        raise LeakageError(f"a power must be from 0 to {MAXIMUM_POWER}")
    return power


def run(
    tables: Tables, law: Law, choice: Choice, sequence: Sequence[int], origin: Mapping[str, Any]
) -> Result:
    """Ask the target for everything about a load. `sequence` is what the policy is shown at work on.

    Raises TargetError, CannotStart, TargetLost, WrongAnswer, LeakageError.
    """
    power = _chosen_power(law, choice)
    load = {"loads": list(law.loads), "probabilities": list(law.probabilities)}
    powers = [law.mean * step / STEPS for step in range(STEPS + 1)]
    with Parties(tables, choice.target, choice.profile) as parties:
        chosen, *curve = _curve(parties, law, [power, *powers])
        breakpoints = _ask(parties, "privacy_power.curve", [load])[0]["breakpoints"]
        limits = [
            LimitPoint(level, answer["power"], answer["leakage_bits"])
            for level, answer in zip(
                law.loads,
                _ask(
                    parties,
                    "privacy_power.output_limit",
                    [{**load, "level": index} for index in range(len(law.loads))],
                ),
                strict=True,
            )
        ]
        best = _ask(parties, "privacy_power.optimal_policy", [{**load, "power": power}])[0]
        own = _ask(parties, "privacy_power.policy_leakage", [{**load, "policy": best["policy"]}])[0]
        answered, described = dict(parties.answered), dict(parties.described)
    policy = tuple(tuple(row["probabilities"]) for row in best["policy"])
    _check_policy(law, power, chosen, policy, own)
    stream = random.Random(choice.seed)
    seen = tuple(draw_output(policy[index], stream.random()) for index in sequence)
    affordable = [point for point in limits if point.power <= power]
    return Result(
        law=law, choice=choice, power=power, unprotected=curve[0].optimum, optimum=chosen,
        limit=affordable[0], curve=tuple(curve), breakpoints=tuple(breakpoints), limits=tuple(limits),
        output=tuple(best["output_probabilities"]), policy=policy, policy_leakage=own["leakage_bits"],
        policy_power=own["power"], sequence=tuple(sequence), seen=seen, answered=answered,
        described=described, origin=origin,
    )  # fmt: skip


def _check_policy(
    law: Law, power: Fraction, chosen: CurvePoint, policy: Sequence[Sequence[Fraction]],
    own: Mapping[str, Fraction],
) -> None:  # fmt: skip
    """The policy must have the leakage and the power that it is the best for. Raises WrongAnswer."""
    size = len(law.loads)
    if len(policy) != size or any(len(row) != size for row in policy):
        raise WrongAnswer("privacy_power.optimal_policy answers no policy of this load's size")
    if abs(own["leakage_bits"] - chosen.optimum) > POLICY_TOLERANCE:
        raise WrongAnswer("the optimal policy does not have the leakage that the curve says")
    if own["power"] > power + POLICY_TOLERANCE * max(Fraction(1), law.mean):
        raise WrongAnswer("the optimal policy uses more than the power")


def sequence_of(law: Law, readings: Sequence[int] | None, slots: int, seed: int) -> tuple[int, ...]:
    """Levels for the picture of the policy at work: the first day of readings, else draws from the law."""
    if readings is not None:
        return tuple(place(law.loads, reading) for reading in readings[:slots])
    stream = random.Random(f"load {seed}")
    return tuple(draw_output(law.probabilities, stream.random()) for _ in range(slots))


# ---- For machines --------------------------------------------------------------------------------


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def as_json(result: Result) -> dict[str, Any]:
    """Everything of a study: powers in the load's unit, leakages in bits a slot, slopes in nats a unit."""
    law = result.law
    return {
        "study": "leakage",
        "format": 1,
        "model": "slots are taken as independent and alike; the leakage is that of one slot",
        "origin": dict(result.origin),
        "unit": law.unit,
        "loads": [float(x) for x in law.loads],
        "probabilities": [float(p) for p in law.probabilities],
        "mean": float(law.mean),
        "lost_by_rounding_down": float(law.lost),
        "profile": result.choice.profile,
        "target": result.choice.target,
        "answered_by": dict(sorted(result.answered.items())),
        "implementations": {
            target: {"name": described["name"], "version": described["version"]}
            for target, described in result.described.items()
        },
        "power": float(result.power),
        "unprotected_bits": float(result.unprotected),
        "optimum": {
            "leakage_bits": float(result.optimum.optimum),
            "slope_nats": _number(result.optimum.slope_nats),
            "output_probabilities": [float(q) for q in result.output],
            "policy": [[float(q) for q in row] for row in result.policy],
            "policy_leakage_bits": float(result.policy_leakage),
            "policy_power": float(result.policy_power),
        },
        "time_division": {"leakage_bits": float(result.optimum.time_division)},
        "output_limit": {
            "level": float(result.limit.level),
            "power": float(result.limit.power),
            "leakage_bits": float(result.limit.leakage),
        },
        "curve": [
            {
                "power": float(point.power),
                "leakage_bits": float(point.optimum),
                "slope_nats": _number(point.slope_nats),
                "time_division_bits": float(point.time_division),
            }
            for point in result.curve
        ],
        "breakpoints": [
            {name: _number(value) for name, value in breakpoint.items()} for breakpoint in result.breakpoints
        ],
        "output_limits": [
            {"level": float(p.level), "power": float(p.power), "leakage_bits": float(p.leakage)}
            for p in result.limits
        ],
    }  # fmt: skip
