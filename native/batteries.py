"""Rechargeable batteries in the C core: the least leakage, explicit policies, what any of them leaks.

The functions have the names and fields of spec/operations/batteries.toml and compute in binary64, from
rationals rounded once; what is refused is decided on the rationals. A policy is given as rows, one for each
state and load, the loads fastest. Leakages are in bits a slot. All inputs are public.
"""

import itertools
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import check_int
from meter_privacy.native.errors import Malformed, Range, check

MAXIMUM_CAPACITY = 64
MAXIMUM_SYMBOLS = 17
MAXIMUM_UNITS = 10**6
MAXIMUM_ROWS = (MAXIMUM_CAPACITY + 1) * MAXIMUM_SYMBOLS
MAXIMUM_POINTS = 2**14
MAXIMUM_BLOCK = 12
MAXIMUM_CONTROLLER = 128
MAXIMUM_OUTPUTS = 1024
SEED_BYTES = 32
# Student's t with 31 degrees of freedom: 99 % of it lies between minus and plus this.
STUDENT_99 = 2.7440419
SUM_TOLERANCE = Fraction(1, 2**40)

Real = Fraction | float | int
Rows = Sequence[Mapping[str, Sequence[Real]]]
Law = list[Fraction]

_BAD = "no law, an infeasible policy, or a number out of range"


# ---- Inputs --------------------------------------------------------------------------------------


def _numbers(name: str, values: Sequence[Real], least: int, most: int) -> Law:
    """Finite numbers, so many of them. Raises Malformed."""
    if not least <= len(values) <= most:
        raise Malformed(f"{name} must have {least} to {most} elements")
    try:
        return [Fraction(value) for value in values]
    except (TypeError, ValueError, OverflowError):
        raise Malformed(f"{name} has an element that is no finite number") from None


def _check_law(name: str, law: Law) -> None:
    if not all(0 <= mass <= 1 for mass in law):
        raise Range(f"{name} has an element outside [0, 1]")
    if abs(sum(law, Fraction(-1))) > SUM_TOLERANCE:
        raise Range(f"{name} must add up to 1 within 2^-40")


def _check_range(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise Range(f"{name} is outside [{least}, {most}]")


def _law(law: Law) -> Any:
    return ffi.from_buffer("double[]", array("d", [float(mass) for mass in law]))


def _reals(count: int) -> Any:
    return ffi.from_buffer("double[]", array("d", bytes(8 * count)))


def _scratch(length: int) -> tuple[Any, int]:
    return ffi.new("char[]", max(1, length)), length


class _Policy:
    """The rows of a policy: the lengths of lists at once, the rest when they are checked."""

    def __init__(self, rows: Rows, name: str = "policy") -> None:
        self.name = name
        if not 1 <= len(rows) <= MAXIMUM_ROWS:
            raise Malformed(f"{name} must have 1 to {MAXIMUM_ROWS} elements")
        self.rows = [_numbers(f"a row of {name}", row["probabilities"], 1, MAXIMUM_SYMBOLS) for row in rows]

    @property
    def outputs(self) -> int:
        return len(self.rows[0])

    def check(self, capacity: int, inputs: int) -> None:
        """Raises Range."""
        for row in self.rows:
            _check_law(f"a row of {self.name}", row)
        if len(self.rows) != (capacity + 1) * inputs:
            raise Range(f"{self.name} has not one row for each state and each input")
        if any(len(row) != self.outputs for row in self.rows) or self.outputs < inputs:
            raise Range(f"{self.name} has rows of different lengths, or fewer outputs than inputs")
        for index, row in enumerate(self.rows):
            state, load = divmod(index, inputs)
            if any(mass > 0 and not 0 <= state - load + y <= capacity for y, mass in enumerate(row)):
                raise Range(f"{self.name} gives probability to an output that leaves the battery's range")

    def flat(self) -> Any:
        return _law([mass for row in self.rows for mass in row])


def _battery(loads: int, capacity: int, policy: _Policy, probabilities: Any = None) -> tuple[Any, list[Any]]:
    """An mpriv_battery_controller, and what has to live as long as it does."""
    table = policy.flat()
    controller = ffi.new("mpriv_battery_controller *")
    controller.probabilities = ffi.NULL if probabilities is None else probabilities
    controller.load_count, controller.capacity = loads, capacity
    controller.policy, controller.output_count = table, policy.outputs
    return controller, [controller, table, probabilities]


class _One:
    """The checked battery of probabilities, initial_state and policy. Raises Malformed, Range."""

    def __init__(self, probabilities: Sequence[Real], initial_state: Sequence[Real], policy: Rows) -> None:
        p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
        theta = _numbers("initial_state", initial_state, 2, MAXIMUM_CAPACITY + 1)
        q = _Policy(policy)
        _check_law("probabilities", p)
        _check_law("initial_state", theta)
        q.check(len(theta) - 1, len(p))
        self.states, self.outputs = len(theta), q.outputs
        self.theta = _law(theta)
        self.controller, self._owners = _battery(len(p), len(theta) - 1, q, _law(p))


def _load(probabilities: Sequence[Real], capacity: int) -> Any:
    """The checked load of a battery. Raises Malformed, Range."""
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    check_int("capacity", capacity)
    _check_law("probabilities", p)
    _check_range("capacity", capacity, 1, MAXIMUM_CAPACITY)
    return _law(p)


# ---- States and moves ----------------------------------------------------------------------------


def next_state(capacity: int, state: int, load: int, output: int) -> int:
    """The state after a slot, s - x + y. Raises Range. Source: paper B, (1) to (3). Implements BATTERY-1."""
    values = {"capacity": capacity, "state": state, "load": load, "output": output}
    for name, value in values.items():
        check_int(name, value)
        _check_range(name, value, 0, MAXIMUM_UNITS)
    after = ffi.new("uint32_t *")
    check(lib.mpriv_batteries_next_state(after, capacity, state, load, output), "the state leaves its range")
    return int(after[0])


def feasible_outputs(capacity: int, state: int, largest_output: int, load: int) -> dict[str, int]:
    """The least and the greatest output that keep the battery within its range; equal where it is forced.

    Raises Range. Source: paper B, Definition 1. Implements BATTERY-2.
    """
    values = {"capacity": capacity, "state": state, "largest_output": largest_output, "load": load}
    for name, value in values.items():
        check_int(name, value)
        _check_range(name, value, 0, MAXIMUM_UNITS)
    ends = ffi.new("uint32_t[2]")
    code = lib.mpriv_batteries_feasible_outputs(ends, ends + 1, capacity, state, largest_output, load)
    check(code, "no capacity, a state above it, or a load above the largest output")
    return {"lowest": int(ends[0]), "highest": int(ends[1])}


def forced_moves(capacity: int, largest_output: int, largest_load: int) -> list[dict[str, int]]:
    """The states and loads that leave one output only, by states and then loads.

    Raises Range. Source: paper B, Definition 1. Implements BATTERY-2.
    """
    for name, value, least, most in (
        ("capacity", capacity, 1, MAXIMUM_CAPACITY),
        ("largest_output", largest_output, 0, MAXIMUM_SYMBOLS - 1),
        ("largest_load", largest_load, 0, min(largest_output, MAXIMUM_SYMBOLS - 1)),
    ):
        check_int(name, value)
        _check_range(name, value, least, most)
    moves = []
    for state in range(capacity + 1):
        for load in range(largest_load + 1):
            ends = feasible_outputs(capacity, state, largest_output, load)
            if ends["lowest"] == ends["highest"]:
                moves.append({"state": state, "load": load, "output": ends["lowest"]})
    return moves


def check_policy(capacity: int, largest_load: int, policy: Rows) -> None:
    """Refuse a table that is no feasible policy: lengths Malformed, all else Range.

    Source: paper B, Definition 1. Implements BATTERY-3.
    """
    q = _Policy(policy)
    check_int("capacity", capacity)
    check_int("largest_load", largest_load)
    _check_range("capacity", capacity, 1, MAXIMUM_CAPACITY)
    _check_range("largest_load", largest_load, 0, MAXIMUM_SYMBOLS - 1)
    q.check(capacity, largest_load + 1)
    uniform = _law([Fraction(1, largest_load + 1)] * (largest_load + 1))
    controller, _owners = _battery(largest_load + 1, capacity, q, uniform)
    check(lib.mpriv_batteries_check_policy(controller), _BAD)


# ---- One battery ---------------------------------------------------------------------------------


def minimum_leakage(probabilities: Sequence[Real], capacity: int) -> dict[str, Any]:
    """min I(S - X; X) over the laws of S on 0..C in bits, and a law that reaches it.

    Raises Malformed for lengths and numbers that are not finite, Range for bad laws or capacities.
    Source: paper B, equation (12). Implements BATTERY-13, BATTERY-14, BATTERY-15.
    """
    law = _load(probabilities, capacity)
    bounds, state = ffi.new("mpriv_battery_bounds *"), _reals(capacity + 1)
    scratch = _scratch(lib.mpriv_batteries_minimum_scratch_bytes(len(law), capacity))
    check(lib.mpriv_batteries_minimum_leakage(bounds, state, law, len(law), capacity, *scratch), _BAD)
    return {"leakage_bits": bounds.leakage_bits, "initial_state": list(state)}


def structured_policy(
    probabilities: Sequence[Real], initial_state: Sequence[Real]
) -> list[dict[str, list[float]]]:
    """The structured policy of an initial law: P(y) theta(s - x + y)/P(S - X = s - x).

    Raises Malformed, Range. Source: paper B, below (9). Implements BATTERY-9.
    """
    p, theta = _laws(probabilities, initial_state)
    loads, states = len(p), len(theta)
    rows = _reals(states * loads * loads)
    scratch = _scratch(8 * (states + loads))
    check(lib.mpriv_batteries_structured_policy(rows, p, loads, theta, states - 1, *scratch), _BAD)
    flat = list(rows)
    return [{"probabilities": flat[at : at + loads]} for at in range(0, len(flat), loads)]


def structured_leakage(probabilities: Sequence[Real], initial_state: Sequence[Real]) -> dict[str, float]:
    """I(S - X; X) of an initial law in bits, and the lower bound on every policy's leakage that it proves.

    Raises Malformed, Range. Source: paper B, equation (12). Implements BATTERY-9, BATTERY-14.
    """
    p, theta = _laws(probabilities, initial_state)
    answer = ffi.new("double[2]")
    scratch = _scratch(8 * (len(p) + len(theta)))
    code = lib.mpriv_batteries_structured_leakage(
        answer, answer + 1, p, len(p), theta, len(theta) - 1, *scratch
    )
    check(code, _BAD)
    return {"leakage_bits": answer[0], "lower_bits": answer[1]}


def _laws(probabilities: Sequence[Real], initial_state: Sequence[Real]) -> tuple[Any, Any]:
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    theta = _numbers("initial_state", initial_state, 2, MAXIMUM_CAPACITY + 1)
    _check_law("probabilities", p)
    _check_law("initial_state", theta)
    return _law(p), _law(theta)


def invariance(probabilities: Sequence[Real], initial_state: Sequence[Real], policy: Rows) -> dict[str, Any]:
    """max |P(S_2 = s | Y_1 = y) - P(S_1 = s)|, and the law of the output.

    Raises Malformed, Range. Source: paper B, equations (8), (9). Implements BATTERY-7.
    """
    one = _One(probabilities, initial_state, policy)
    residual, law = ffi.new("double *"), _reals(one.outputs)
    scratch = _scratch(8 * (one.states * one.outputs + 1))
    check(lib.mpriv_batteries_invariance(residual, law, one.controller, one.theta, *scratch), _BAD)
    return {"residual": residual[0], "output_probabilities": list(law)}


def best_effort_leakage(probabilities: Sequence[Real], capacity: int) -> float:
    """The leakage rate in bits of holding the last output as long as the battery allows.

    Raises Malformed, Range; Exhausted for a run of more than 2^15 slots.
    Source: paper B, Section IV. Implements BATTERY-19, BATTERY-21.
    """
    law = _load(probabilities, capacity)
    answer = ffi.new("double *")
    scratch = _scratch(lib.mpriv_batteries_holding_scratch_bytes(len(law), capacity, 1))
    code = lib.mpriv_batteries_best_effort_leakage(answer, law, len(law), capacity, *scratch)
    check(code, "no law, a capacity out of range, or a run of more than 2^15 slots")
    return float(answer[0])


def constant_holding_leakage(
    probabilities: Sequence[Real], capacity: int, level: Real, initial_charge: int
) -> float:
    """The leakage rate in bits of y_t as near as the battery allows to floor(t level) - floor((t - 1) level).

    The denominator of the level is at most 16. Raises Malformed, Range; Exhausted for a run of more than 2^15
    slots. Source: paper B, Section IV. Implements BATTERY-20, BATTERY-21.
    """
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    exact = _numbers("level", [level], 1, 1)[0]
    check_int("capacity", capacity)
    check_int("initial_charge", initial_charge)
    _check_law("probabilities", p)
    _check_range("capacity", capacity, 1, MAXIMUM_CAPACITY)
    if not 0 <= exact <= len(p) - 1:
        raise Range("the level is not from 0 to the largest load")
    _check_range("initial_charge", initial_charge, 0, capacity)
    if exact.denominator > 16:
        raise Range("the denominator of the level is above 16")
    period = exact.denominator
    outputs = ffi.new(
        "size_t[]",
        [t * exact.numerator // period - (t - 1) * exact.numerator // period for t in range(1, period + 1)],
    )
    answer, law = ffi.new("double *"), _law(p)
    scratch = _scratch(lib.mpriv_batteries_holding_scratch_bytes(len(p), capacity, period))
    code = lib.mpriv_batteries_constant_holding_leakage(
        answer, law, len(p), capacity, outputs, period, initial_charge, *scratch
    )
    check(code, "a run without a forced output of more than 2^15 slots")
    return float(answer[0])


# ---- Two batteries -------------------------------------------------------------------------------


def cascade_bound(probabilities: Sequence[Real], batteries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Theorem 1's three terms, its bound in bits, and the residual of invariance of each of two batteries.

    Raises Malformed, Range; Range for more than 2^14 points of both states, the load, what runs between the
    batteries, and the output. Source: paper B, equation (10). Implements BATTERY-7, BATTERY-10.
    """
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    if len(batteries) != 2:
        raise Malformed("batteries must have 2 elements")
    thetas = [
        _numbers("initial_state", battery["initial_state"], 2, MAXIMUM_CAPACITY + 1) for battery in batteries
    ]
    policies = [_Policy(battery["policy"]) for battery in batteries]
    _check_law("probabilities", p)
    inputs, points = len(p), len(p)
    for theta, policy in zip(thetas, policies, strict=True):
        _check_law("initial_state", theta)
        policy.check(len(theta) - 1, inputs)
        inputs = policy.outputs
        points *= len(theta) * inputs
    if points > MAXIMUM_POINTS:
        raise Range("there are more than 2^14 points")
    first, _first = _battery(len(p), len(thetas[0]) - 1, policies[0], _law(p))
    second, _second = _battery(policies[0].outputs, len(thetas[1]) - 1, policies[1])
    terms = ffi.new("mpriv_cascade_terms *")
    states = [_law(theta) for theta in thetas]
    scratch = _scratch(lib.mpriv_batteries_cascade_scratch_bytes(first, second))
    check(lib.mpriv_batteries_cascade_bound(terms, first, states[0], second, states[1], *scratch), _BAD)
    return {
        "first_bits": terms.first_bits,
        "second_bits": terms.second_bits,
        "joint_bits": terms.joint_bits,
        "bound_bits": terms.bound_bits,
        "residuals": list(terms.residuals),
    }


# ---- Rates of explicit controllers ---------------------------------------------------------------

# From, load, output, to, probability given state and load.
Move = tuple[int, int, int, int, Fraction]


class _Machine:
    """An mpriv_battery_machine: moves sorted by output, those of probability zero left out."""

    def __init__(self, p: Law, states: int, outputs: int, moves: Iterable[Move]) -> None:
        listed = sorted((move for move in moves if move[4] > 0), key=lambda move: move[2])
        self.states = states
        self.outputs = outputs
        self.law = _law(p)
        self.moves = ffi.new("mpriv_battery_move[]", max(1, len(listed)))
        for entry, (start, load, output, end, chance) in zip(self.moves, listed, strict=False):
            entry.load, entry.output, entry.to, entry.probability = load, output, end, float(chance)
            setattr(entry, "from", start)
        self.pointer = ffi.new("mpriv_battery_machine *")
        self.pointer.probabilities, self.pointer.load_count = self.law, len(p)
        self.pointer.states, self.pointer.output_count = states, outputs
        self.pointer.moves, self.pointer.move_count = self.moves, len(listed)

    def rate(self, initial_state: Law, block: int) -> dict[str, Any]:
        """The bounds of a block, and the closed classes that the initial law can end in."""
        answer, count = ffi.new("double[2]"), ffi.new("size_t *")
        classes = ffi.new("mpriv_battery_class[]", self.states)
        class_of = ffi.new("size_t[]", self.states)
        scratch = _scratch(lib.mpriv_batteries_rate_scratch_bytes(self.pointer, block))
        code = lib.mpriv_batteries_leakage_rate(
            answer, answer + 1, classes, count, class_of, self.pointer, _law(initial_state), block, *scratch
        )
        check(code, _BAD)
        members: dict[int, list[int]] = {}
        for state, number in enumerate(class_of):
            members.setdefault(number, []).append(state)
        return {
            "lower_bits": answer[0],
            "upper_bits": answer[1],
            "classes": [
                {
                    "states": members[number],
                    "period": one.period,
                    "probability": min(1.0, one.probability),
                    "lower_bits": one.lower_bits,
                    "upper_bits": one.upper_bits,
                }
                for number, one in enumerate(classes[0 : count[0]], start=1)
                if one.probability > 0
            ],
        }


def _table(
    probabilities: Sequence[Real], initial_state: Sequence[Real], policy: Rows
) -> tuple[_Machine, Law]:
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    theta = _numbers("initial_state", initial_state, 2, MAXIMUM_CAPACITY + 1)
    q = _Policy(policy)
    _check_law("probabilities", p)
    _check_law("initial_state", theta)
    q.check(len(theta) - 1, len(p))
    moves = (
        (*divmod(index, len(p)), output, index // len(p) - index % len(p) + output, chance)
        for index, row in enumerate(q.rows)
        for output, chance in enumerate(row)
    )
    return _Machine(p, len(theta), q.outputs, moves), theta


def _check_block(block: int, states: int, outputs: int) -> None:
    _check_range("block", block, 1, MAXIMUM_BLOCK)
    if states * outputs**block > MAXIMUM_POINTS:
        raise Range("there are more than 2^14 pairs of a state and a block of outputs")


def leakage_rate(
    probabilities: Sequence[Real], initial_state: Sequence[Real], policy: Rows, block: int
) -> dict[str, Any]:
    """Bounds in bits on the leakage rate of a policy from blocks of outputs, and the closed classes.

    Raises Malformed, Range; Range for more than 2^14 pairs of a state and a block of outputs.
    Source: paper B, equation (5). Implements BATTERY-22, BATTERY-23.
    """
    check_int("block", block)
    machine, theta = _table(probabilities, initial_state, policy)
    _check_block(block, machine.states, machine.outputs)
    return machine.rate(theta, block)


def controller_leakage_rate(
    probabilities: Sequence[Real],
    capacity: int,
    controller: Sequence[Mapping[str, Any]],
    initial_state: Sequence[Real],
    block: int,
) -> dict[str, Any]:
    """The same for a controller with memory: states that carry a charge, and moves from each.

    Raises Malformed, Range. Source: paper B, equation (5), Definition 1. Implements BATTERY-22, BATTERY-23.
    """
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    theta = _numbers("initial_state", initial_state, 1, MAXIMUM_CONTROLLER)
    if not 1 <= len(controller) <= MAXIMUM_CONTROLLER or len(theta) != len(controller):
        raise Malformed(f"controller must have 1 to {MAXIMUM_CONTROLLER} elements, initial_state as many")
    listed: list[list[tuple[int, int, int, Fraction]]] = []
    for state in controller:
        if not 1 <= len(state["moves"]) <= MAXIMUM_SYMBOLS**2:
            raise Malformed(f"moves must have 1 to {MAXIMUM_SYMBOLS**2} elements")
        check_int("charge", state["charge"])
        for move in state["moves"]:
            for name in ("load", "output", "next"):
                check_int(name, move[name])
        chances = _numbers(
            "probabilities of moves", [move["probability"] for move in state["moves"]], 1, MAXIMUM_SYMBOLS**2
        )
        listed.append(
            [
                (move["load"], move["output"], move["next"], chance)
                for move, chance in zip(state["moves"], chances, strict=True)
            ]
        )
    check_int("capacity", capacity)
    check_int("block", block)
    _check_law("probabilities", p)
    _check_range("capacity", capacity, 1, MAXIMUM_CAPACITY)
    charges = [state["charge"] for state in controller]
    for charge, moves in zip(charges, listed, strict=True):
        _check_range("charge", charge, 0, capacity)
        for load, output, after, chance in moves:
            _check_range("load", load, 0, len(p) - 1)
            _check_range("output", output, 0, MAXIMUM_SYMBOLS - 1)
            _check_range("next", after, 0, MAXIMUM_CONTROLLER - 1)
            if not 0 < chance <= 1:
                raise Range("a probability is outside (0, 1]")
    _check_law("initial_state", theta)
    _check_range("block", block, 1, MAXIMUM_BLOCK)
    for charge, moves in zip(charges, listed, strict=True):
        if len({(load, output) for load, output, _, _ in moves}) != len(moves):
            raise Range("a load and an output stand twice in a state")
        for load, output, after, _ in moves:
            if after >= len(controller) or charges[after] != charge - load + output:
                raise Range("a next state is none, or has not the charge s - x + y")
        for load in range(len(p)):
            total = sum((chance for x, _, _, chance in moves if x == load), Fraction(-1))
            if abs(total) > SUM_TOLERANCE:
                raise Range("the probabilities of a load do not add up to 1")
    outputs = sorted({output for moves in listed for _, output, _, _ in moves})
    _check_block(block, len(controller), len(outputs))
    machine = _Machine(
        p,
        len(controller),
        len(outputs),
        (
            (state, load, outputs.index(output), after, chance)
            for state, moves in enumerate(listed)
            for load, output, after, chance in moves
        ),
    )
    return machine.rate(theta, block)


def forward_recursion(
    probabilities: Sequence[Real], initial_state: Sequence[Real], policy: Rows, outputs: Sequence[int]
) -> dict[str, Any]:
    """-log2 P(y^T) in bits of 1 to 1024 outputs, and the law of the state after them.

    Raises Malformed, Range; Range for an output that the policy has not, or a sequence of probability zero.
    Source: paper B, Section IV. Implements BATTERY-25.
    """
    if not 1 <= len(outputs) <= MAXIMUM_OUTPUTS:
        raise Malformed(f"outputs must have 1 to {MAXIMUM_OUTPUTS} elements")
    for output in outputs:
        check_int("an output", output)
    machine, theta = _table(probabilities, initial_state, policy)
    if not all(0 <= output < machine.outputs for output in outputs):
        raise Range("an output is none of the policy's")
    information, belief = ffi.new("double *"), _reals(machine.states)
    scratch = _scratch(lib.mpriv_batteries_recursion_scratch_bytes(machine.pointer))
    code = lib.mpriv_batteries_forward_recursion(
        information,
        belief,
        machine.pointer,
        _law(theta),
        ffi.new("uint32_t[]", list(outputs)),
        len(outputs),
        *scratch,
    )
    check(code, "a sequence of probability zero")
    return {"information_bits": information[0], "belief": list(belief)}


def _thresholds(law: Law) -> list[int]:
    """floor(2^32 (p_0 + ... + p_k)) of the law divided by its sum."""
    total = sum(law, Fraction(0))
    return [math.floor(partial * 2**32 / total) for partial in itertools.accumulate(law)]


def simulate(
    probabilities: Sequence[Real], initial_state: Sequence[Real], policy: Rows, slots: int, seed: bytes
) -> dict[str, float]:
    """An estimate of the leakage rate in bits from one run, and half of its 99 % confidence interval.

    64 to 2^20 slots, a multiple of 32; a seed of 32 bytes. Raises Malformed, Range.
    Source: paper B, Section IV. Implements BATTERY-25, BATTERY-26.
    """
    p = _numbers("probabilities", probabilities, 1, MAXIMUM_SYMBOLS)
    theta = _numbers("initial_state", initial_state, 2, MAXIMUM_CAPACITY + 1)
    q = _Policy(policy)
    check_int("slots", slots)
    if len(seed) != SEED_BYTES:
        raise Malformed(f"seed must have {SEED_BYTES} bytes")
    _check_law("probabilities", p)
    _check_law("initial_state", theta)
    q.check(len(theta) - 1, len(p))
    _check_range("slots", slots, 64, 2**20)
    if slots % lib.MPRIV_BATTERIES_BATCHES:
        raise Range("the slots do not fill 32 batches")
    table = ffi.new("mpriv_battery_thresholds *")
    loads, states = (ffi.new("uint64_t[]", _thresholds(law)) for law in (p, theta))
    rows = ffi.new("uint64_t[]", [step for row in q.rows for step in _thresholds(row)])
    table.loads, table.load_count = loads, len(p)
    table.initial_state, table.capacity = states, len(theta) - 1
    table.policy, table.output_count = rows, q.outputs
    estimate = ffi.new("mpriv_battery_estimate *")
    scratch = _scratch(lib.mpriv_batteries_simulation_scratch_bytes(table))
    check(lib.mpriv_batteries_simulate(estimate, table, slots, ffi.from_buffer(seed), *scratch), _BAD)
    return {
        "leakage_bits": estimate.leakage_bits,
        "half_width_bits": STUDENT_99 * estimate.deviation_bits,
    }
