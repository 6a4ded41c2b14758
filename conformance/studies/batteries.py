"""What a rechargeable battery of some capacity can hide of a load, and what a given controller of it leaks.

Paper B on one battery: the least leakage that a capacity can reach (Theorem 2, step (b)), best effort and
holding the mean beside it, and bounds on the leakage rate of a controller that is given as a table or with a
memory, all asked of a target. Energy is in whole units; slots are taken as independent and alike.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Any

from meter_privacy.conformance.studies.parties import REFERENCE, Parties, WrongAnswer
from meter_privacy.conformance.tables import Tables

MAXIMUM_CAPACITY = 64
MAXIMUM_LOAD = 16
MAXIMUM_STATES = 128
LONGEST_BLOCK = 12
MAXIMUM_PAIRS = 2**14
SHOWN_CAPACITY = 10
MILLION = 10**6
REFERENCE_SLOTS = 2**15
BATCHES = 32
EXHAUSTED = "exhausted"
LARGEST_DENOMINATOR = 16
SUM_TOLERANCE = Fraction(1, 2**40)

Steps = Callable[[str], None]


class BatteryError(ValueError):
    """The study cannot be made as asked."""


@dataclass(frozen=True)
class Load:
    """The law of a load of 0, 1, ... whole units a slot."""

    probabilities: tuple[Fraction, ...]
    unit: str

    @property
    def mean(self) -> Fraction:
        """E[X]."""
        return sum((x * p for x, p in enumerate(self.probabilities)), Fraction(0))

    @property
    def entropy_bits(self) -> float:
        """H(X), what leaks without a battery."""
        return sum((-float(p) * log2(p) for p in self.probabilities if 0 < p < 1), 0.0)


@dataclass(frozen=True)
class Controller:
    """A table q(y | s, x), or states that carry a charge and moves; and the law of the initial state."""

    initial_state: tuple[Fraction, ...]
    policy: tuple[tuple[Fraction, ...], ...] = ()
    states: tuple[Mapping[str, Any], ...] = ()

    @property
    def outputs(self) -> int:
        """How many outputs there are."""
        if self.policy:
            return len(self.policy[0])
        return len({move["output"] for state in self.states for move in state["moves"]})

    def pairs(self, block: int) -> int:
        """How many pairs there are of a state and a block of outputs."""
        count: int = len(self.initial_state) * self.outputs**block
        return count

    def longest_block(self) -> int:
        """The longest block that the bounds can be asked for."""
        fits = [n for n in range(1, LONGEST_BLOCK + 1) if self.pairs(n) <= MAXIMUM_PAIRS]
        return max(fits, default=1)


@dataclass(frozen=True)
class Choice:
    """What is asked; `block` and `slots` are None for the most that is sensible."""

    capacity: int
    target: str
    profile: str
    block: int | None = None
    slots: int | None = None
    seed: str = "1"


@dataclass(frozen=True)
class Bounds:
    """Bounds from one length of blocks, in bits a slot."""

    block: int
    lower: Fraction
    upper: Fraction


@dataclass(frozen=True)
class Audit:
    """What a controller leaks: bounds by length of block, closed classes, and a simulation."""

    bounds: tuple[Bounds, ...]
    classes: tuple[Mapping[str, Any], ...]
    slots: int | None
    estimate: Fraction | None
    half_width: Fraction | None


@dataclass(frozen=True)
class Point:
    """At a capacity: the least leakage, best effort, and holding the mean; None where a run has no end."""

    capacity: int
    least: Fraction
    best_effort: Fraction | None
    holding: Fraction | None


@dataclass(frozen=True)
class Result:
    """A study of one load and battery."""

    load: Load
    choice: Choice
    level: Fraction
    curve: tuple[Point, ...]
    initial_state: tuple[Fraction, ...]
    policy: tuple[tuple[Fraction, ...], ...]
    audit: Audit | None
    answered: Mapping[str, str]
    described: Mapping[str, Mapping[str, Any]]
    origin: Mapping[str, Any] = field(default_factory=dict)

    @property
    def chosen(self) -> Point:
        """The point of the capacity asked for."""
        return next(point for point in self.curve if point.capacity == self.choice.capacity)

    @property
    def at_least(self) -> Fraction:
        """What the given controller leaks at least: what its bounds say, or the least of any controller."""
        assert self.audit is not None
        return min(max(self.audit.bounds[-1].lower, self.chosen.least), self.audit.bounds[-1].upper)


# ---- Files ---------------------------------------------------------------------------------------


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise BatteryError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BatteryError(f"{path} is no JSON: {error}") from error


def _exact(value: Any, name: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise BatteryError(f'{name}: expected numbers, or texts such as "1/3"')
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise BatteryError(f"{name}: {str(value)[:40]!r} is no finite number") from error


def _law(values: Any, name: str) -> tuple[Fraction, ...]:
    """A list of probabilities, divided by their sum."""
    if not isinstance(values, list) or not values:
        raise BatteryError(f"{name}: expected a list of probabilities")
    law = tuple(_exact(value, name) for value in values)
    total = sum(law, Fraction(0))
    if any(mass < 0 for mass in law) or abs(total - 1) > SUM_TOLERANCE:
        raise BatteryError(f"{name}: probabilities must be at least 0 and add up to 1")
    return tuple(mass / total for mass in law)


def read_load(path: Path) -> Load:
    """A load from JSON: {"probabilities": [...]} of 0, 1, ... units a slot, or of whole numbers in "loads".

    A text "unit" names the unit. Raises BatteryError.
    """
    document = _document(path)
    if not isinstance(document, dict) or not {"probabilities"} <= document.keys() <= {
        "loads", "probabilities", "unit",
    }:  # fmt: skip
        raise BatteryError(f"{path}: expected an object with probabilities, and perhaps loads and unit")
    law, unit = _law(document["probabilities"], f"{path}, probabilities"), document.get("unit", "units")
    if not isinstance(unit, str):
        raise BatteryError(f"{path}: unit must be a text")
    loads = document.get("loads", list(range(len(law))))
    whole = isinstance(loads, list) and all(type(load) is int for load in loads)
    if not whole or len(loads) != len(law) or loads[0] < 0 or any(b <= a for a, b in pairwise(loads)):
        raise BatteryError(
            f"{path}: loads must be whole numbers from 0, increasing, one for each probability"
        )
    if loads[-1] > MAXIMUM_LOAD:
        raise BatteryError(f"{path}: loads must be at most {MAXIMUM_LOAD} units: count in larger units")
    spread = [Fraction(0)] * (loads[-1] + 1)
    for load, mass in zip(loads, law, strict=True):
        spread[load] = mass
    return Load(tuple(spread), unit)


def read_controller(path: Path, load: Load, capacity: int) -> Controller:
    """A controller from JSON: {"policy": q[s][x][y], "initial_state": [...]}, or in the place of policy
    "controller", a list of {"charge", "moves": [{"load", "output", "next", "probability"}]}.

    A table may be flat too, one row or one record of probabilities for each state and load, the loads
    fastest. Without an initial state the battery starts empty, or in the controller's first state. Raises
    BatteryError for another shape; what the numbers must keep is for the target to say.
    """
    document = _document(path)
    kind = {"policy", "controller"} & document.keys() if isinstance(document, dict) else set()
    if len(kind) != 1 or not document.keys() <= kind | {"initial_state"}:
        raise BatteryError(f"{path}: expected an object with policy or controller, and perhaps initial_state")
    policy: tuple[tuple[Fraction, ...], ...] = ()
    states: tuple[Mapping[str, Any], ...] = ()
    if "policy" in document:
        policy = _table(document["policy"], path, capacity, len(load.probabilities))
        size = capacity + 1
    else:
        states = _states(document["controller"], path)
        size = len(states)
    initial = tuple(Fraction(int(k == 0)) for k in range(size))
    if "initial_state" in document:
        initial = _law(document["initial_state"], f"{path}, initial_state")
        if len(initial) != size:
            raise BatteryError(f"{path}: initial_state has {len(initial)} probabilities for {size} states")
    return Controller(initial, policy, states)


def _table(table: Any, path: Path, capacity: int, loads: int) -> tuple[tuple[Fraction, ...], ...]:
    """The rows of a table, nested or flat."""
    if not isinstance(table, list):
        raise BatteryError(f"{path}: policy must be a list")
    nested = all(isinstance(part, list) and part and isinstance(part[0], list) for part in table)
    rows: list[Any] = [row for part in table for row in part] if nested and table else table
    if nested and table and any(len(part) != loads for part in table):
        raise BatteryError(f"{path}: a state of the policy has not one row for each of the {loads} loads")
    if len(rows) != (capacity + 1) * loads:
        raise BatteryError(
            f"{path}: the policy has {len(rows)} rows; capacity {capacity} and {loads} loads need"
            f" {(capacity + 1) * loads}"
        )
    found = []
    for index, row in enumerate(rows):
        if isinstance(row, dict) and row.keys() == {"probabilities"}:
            row = row["probabilities"]
        state, x = divmod(index, loads)
        law = _law(row, f"{path}, the row of state {state} and load {x}")
        for y, mass in enumerate(law):
            if mass and not 0 <= state - x + y <= capacity:
                raise BatteryError(
                    f"{path}: in state {state} under load {x} the output {y} would lead to the state"
                    f" {state - x + y}, outside 0 to {capacity}"
                )
        found.append(law)
    if any(len(row) != len(found[0]) for row in found) or len(found[0]) < loads:
        raise BatteryError(f"{path}: rows of different lengths, or fewer outputs than loads")
    if len(found[0]) > MAXIMUM_LOAD + 1:
        raise BatteryError(f"{path}: outputs must be at most {MAXIMUM_LOAD}")
    return tuple(found)


def _states(controller: Any, path: Path) -> tuple[Mapping[str, Any], ...]:
    """The states of a controller with memory."""
    if not isinstance(controller, list) or not 1 <= len(controller) <= MAXIMUM_STATES:
        raise BatteryError(f"{path}: controller must be a list of 1 to {MAXIMUM_STATES} states")
    states = []
    for index, state in enumerate(controller):
        name = f"{path}, state {index} of the controller"
        if (
            not isinstance(state, dict)
            or state.keys() != {"charge", "moves"}
            or type(state["charge"]) is not int
        ):
            raise BatteryError(f"{name}: expected a whole charge, and moves")
        if not isinstance(state["moves"], list) or not state["moves"]:
            raise BatteryError(f"{name}: moves must be a list that is not empty")
        moves = []
        for move in state["moves"]:
            if not isinstance(move, dict) or move.keys() != {"load", "output", "next", "probability"}:
                raise BatteryError(f"{name}: a move has load, output, next and probability")
            if any(type(move[member]) is not int for member in ("load", "output", "next")):
                raise BatteryError(f"{name}: load, output and next must be whole")
            moves.append({**move, "probability": _exact(move["probability"], name)})
        states.append({"charge": state["charge"], "moves": moves})
    return tuple(states)


# ---- The study -----------------------------------------------------------------------------------


def _ask(
    parties: Parties, name: str, inputs: Sequence[Mapping[str, Any]], allowed: str | None = None
) -> Iterator[Mapping[str, Any] | None]:
    """All outputs; None for a refusal of the class that is allowed. Raises WrongAnswer for another."""
    for answer in parties.ask_each(f"batteries.{name}", inputs):
        if answer.output is None and (allowed is None or answer.error != allowed):
            whose = parties.answered[f"batteries.{name}"]
            raise WrongAnswer(f"{whose} refuses batteries.{name}: {answer.error}, {answer.detail}")
        yield answer.output


def _curve(
    parties: Parties, load: Load, capacities: Sequence[int], level: Fraction
) -> tuple[list[Point], Any]:
    """The points of the capacities, and the answer about the least leakage at the last of them."""
    asked = [{"probabilities": list(load.probabilities), "capacity": capacity} for capacity in capacities]
    least = list(_ask(parties, "minimum_leakage", asked))
    effort = list(_ask(parties, "best_effort_leakage", asked, EXHAUSTED))
    held = [{**entry, "level": level, "initial_charge": 0} for entry in asked]
    holding = list(_ask(parties, "constant_holding_leakage", held, EXHAUSTED))
    points = []
    for capacity, one, two, three in zip(capacities, least, effort, holding, strict=True):
        assert one is not None
        points.append(
            Point(
                capacity,
                one["leakage_bits"],
                None if two is None else two["leakage_bits"],
                None if three is None else three["leakage_bits"],
            )
        )
    return points, least[-1]


def _audit(parties: Parties, load: Load, choice: Choice, controller: Controller, step: Steps) -> Audit:
    """Ask for the bounds of every block up to the longest, and simulate a table."""
    longest = choice.block or controller.longest_block()
    given: dict[str, Any] = {
        "probabilities": list(load.probabilities), "initial_state": list(controller.initial_state),
    }  # fmt: skip
    if controller.policy:
        name = "leakage_rate"
        given["policy"] = [{"probabilities": list(row)} for row in controller.policy]
    else:
        name = "controller_leakage_rate"
        given |= {"capacity": choice.capacity, "controller": list(controller.states)}
    bounds = []
    classes: Sequence[Mapping[str, Any]] = ()
    for block in range(1, longest + 1):
        step(f"bounds from blocks of {block}")
        (answer,) = parties.ask_each(f"batteries.{name}", [{**given, "block": block}])
        if answer.output is None:
            raise BatteryError(f"the controller is refused: {answer.error}, {answer.detail}")
        bounds.append(Bounds(block, answer.output["lower_bits"], answer.output["upper_bits"]))
        classes = answer.output["classes"]
    if not controller.policy:
        return Audit(tuple(bounds), tuple(classes), None, None, None)
    step("simulation")
    parties.ask_each("batteries.simulate", [])
    slots = choice.slots or (
        MILLION if parties.answered["batteries.simulate"] != REFERENCE else REFERENCE_SLOTS
    )
    seed = hashlib.sha256(f"meter-privacy battery {choice.seed}".encode()).digest()
    (found,) = _ask(parties, "simulate", [{**given, "slots": slots // BATCHES * BATCHES, "seed": seed}])
    assert found is not None
    return Audit(
        tuple(bounds),
        tuple(classes),
        slots // BATCHES * BATCHES,
        found["leakage_bits"],
        found["half_width_bits"],
    )


def run(
    tables: Tables,
    load: Load,
    choice: Choice,
    controller: Controller | None,
    origin: Mapping[str, Any],
    step: Steps,
) -> Result:
    """Ask the target for everything about a battery; `step` is told what is under way.

    Raises TargetError, CannotStart, TargetLost, WrongAnswer, BatteryError.
    """
    last = min(MAXIMUM_CAPACITY, max(SHOWN_CAPACITY, 2 * choice.capacity))
    capacities = [k for k in range(1, last + 1) if k != choice.capacity] + [choice.capacity]
    level = load.mean.limit_denominator(LARGEST_DENOMINATOR)
    with Parties(tables, choice.target, choice.profile) as parties:
        audit = _audit(parties, load, choice, controller, step) if controller is not None else None
        step("the least leakage of each capacity, and what holding leaks")
        curve, best = _curve(parties, load, capacities, level)
        step("the best policy")
        theta = list(best["initial_state"])
        total = sum(theta, Fraction(0))
        law = {
            "probabilities": list(load.probabilities), "initial_state": [mass / total for mass in theta],
        }  # fmt: skip
        (rows,) = _ask(parties, "structured_policy", [law])
        assert rows is not None
        answered, described = dict(parties.answered), dict(parties.described)
    if audit is not None and audit.bounds[-1].upper < best["leakage_bits"] - Fraction(1, 10**9):
        raise WrongAnswer("the controller is said to leak less than the least that its battery can reach")
    return Result(
        load=load, choice=choice, level=level, curve=tuple(sorted(curve, key=lambda point: point.capacity)),
        initial_state=tuple(theta), policy=tuple(tuple(row["probabilities"]) for row in rows["policy"]),
        audit=audit, answered=answered, described=described, origin=origin,
    )  # fmt: skip


# ---- For machines --------------------------------------------------------------------------------


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def nested(policy: Sequence[Sequence[Fraction]], loads: int) -> list[list[list[float]]]:
    """q[s][x][y] of flat rows."""
    rows = [[float(mass) for mass in row] for row in policy]
    return [rows[at : at + loads] for at in range(0, len(rows), loads)]


def best_policy(result: Result) -> dict[str, Any]:
    """The policy that reaches the least leakage, in the form that --policy reads: every row adds up to 1.

    Binary64 numbers do not; they are written as such, and read as what they are divided by their sum.
    """
    return {
        "initial_state": [float(mass) for mass in result.initial_state],
        "policy": nested(result.policy, len(result.load.probabilities)),
    }


def as_json(result: Result) -> dict[str, Any]:
    """Everything of a study; leakages in bits a slot."""
    audit, chosen = result.audit, result.chosen
    document: dict[str, Any] = {
        "study": "battery",
        "format": 1,
        "model": "slots are taken as independent and alike; the battery loses nothing",
        "origin": dict(result.origin),
        "unit": result.load.unit,
        "probabilities": [float(p) for p in result.load.probabilities],
        "mean": float(result.load.mean),
        "capacity": result.choice.capacity,
        "profile": result.choice.profile,
        "target": result.choice.target,
        "answered_by": dict(sorted(result.answered.items())),
        "implementations": {
            target: {"name": described["name"], "version": described["version"]}
            for target, described in result.described.items()
        },
        "unprotected_bits": result.load.entropy_bits,
        "least": {"leakage_bits": float(chosen.least), **best_policy(result)},
        "best_effort_bits": _number(chosen.best_effort),
        "holding": {"level": float(result.level), "leakage_bits": _number(chosen.holding)},
        "curve": [
            {
                "capacity": point.capacity,
                "least_bits": float(point.least),
                "best_effort_bits": _number(point.best_effort),
                "holding_bits": _number(point.holding),
            }
            for point in result.curve
        ],
    }
    if audit is not None:
        document["controller"] = {
            "at_least_bits": float(result.at_least),
            "at_most_bits": float(audit.bounds[-1].upper),
            "blocks": [
                {"block": one.block, "lower_bits": float(one.lower), "upper_bits": float(one.upper)}
                for one in audit.bounds
            ],
            "classes": [
                {
                    "states": list(one["states"]),
                    "period": one["period"],
                    "probability": float(one["probability"]),
                    "lower_bits": float(one["lower_bits"]),
                    "upper_bits": float(one["upper_bits"]),
                }
                for one in audit.classes
            ],
            "simulation": None
            if audit.slots is None
            else {
                "slots": audit.slots,
                "seed": result.choice.seed,
                "leakage_bits": _number(audit.estimate),
                "half_width_bits": _number(audit.half_width),
                "confidence": 0.99,
            },
        }
    return document
