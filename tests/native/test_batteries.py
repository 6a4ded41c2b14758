"""The C core's batteries against the reference, closed forms and their own bounds."""

import ctypes
import hashlib
import itertools
import math
import random
import subprocess
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.native import batteries as native
from meter_privacy.native._core import ffi, lib
from meter_privacy.native.errors import Refused
from meter_privacy.native.operations import OPERATIONS as NATIVE
from meter_privacy.reference import errors as reference_errors
from meter_privacy.reference.batteries import judge_minimum_leakage
from meter_privacy.reference.operations import OPERATIONS as REFERENCE
from tests.native.solvers import COMPILERS, run_sanitized, undefined

SOURCES = Path(__file__).resolve().parents[2] / "native"
TOLERANCE = 1e-12
HALF = [Fraction(1, 2), Fraction(1, 2)]
QUARTERS = [Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)]

Rows = list[dict[str, list[Fraction]]]


# ---- Random batteries ----------------------------------------------------------------------------


def law_of(generator: random.Random, size: int) -> list[Fraction]:
    """A law in binary64 numbers, some of them 0 or small."""
    weights = [
        generator.choice([0.0, generator.random(), 10 ** -generator.uniform(0, 9)]) for _ in range(size)
    ]
    weights[generator.randrange(size)] += 0.1
    return [Fraction(weight / sum(weights)) for weight in weights]


def policy_of(generator: random.Random, capacity: int, loads: int, outputs: int) -> Rows:
    """A feasible policy, with moves of probability 0 and rows without a choice."""
    rows = []
    for state, load in itertools.product(range(capacity + 1), range(loads)):
        allowed = [y for y in range(outputs) if 0 <= state - load + y <= capacity]
        kept = generator.sample(allowed, generator.randrange(1, len(allowed) + 1))
        weights = [generator.random() if y in kept else 0.0 for y in range(outputs)]
        rows.append({"probabilities": [Fraction(weight / sum(weights)) for weight in weights]})
    return rows


def cases(seed: str, number: int) -> Iterator[tuple[random.Random, dict[str, Any], int]]:
    """A generator, one battery as the operations take it, and its number of outputs."""
    generator = random.Random(seed)
    for _ in range(number):
        capacity, loads = generator.randrange(1, 6), generator.randrange(1, 4)
        outputs = loads + generator.randrange(2)
        yield generator, {
            "probabilities": law_of(generator, loads),
            "initial_state": law_of(generator, capacity + 1),
            "policy": policy_of(generator, capacity, loads, outputs),
        }, outputs  # fmt: skip


def controller_of(battery: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A policy as a controller, its states twice: it remembers whether the last output was 0."""
    loads, states = len(battery["probabilities"]), len(battery["initial_state"])
    found = []
    for _, state in itertools.product(range(2), range(states)):
        moves = []
        for load in range(loads):
            row = battery["policy"][state * loads + load]["probabilities"]
            for output, chance in enumerate(row):
                after = state - load + output + (states if output else 0)
                if chance > 0:
                    moves.append({"load": load, "output": output, "next": after, "probability": chance})
        found.append({"charge": state, "moves": moves})
    return found


def agree(expected: Any, found: Any) -> None:
    """Reals within 10^-12, all else equal."""
    if isinstance(expected, Mapping):
        assert expected.keys() == found.keys()
        for name, value in expected.items():
            agree(value, found[name])
    elif isinstance(expected, Sequence):
        assert len(expected) == len(found)
        for one, other in zip(expected, found, strict=True):
            agree(one, other)
    elif isinstance(expected, int):
        assert expected == found
    else:
        assert found == pytest.approx(float(expected), rel=TOLERANCE, abs=TOLERANCE)


def outcome(function: Callable[..., Any], given: Mapping[str, Any]) -> Any:
    """The answer, or the error class."""
    try:
        return function(**given)
    except (Refused, reference_errors.Refused) as refusal:
        return {"refused": refusal.error_class == "", "class": [ord(c) for c in refusal.error_class]}


def same(name: str, **given: Any) -> Any:
    """Native and reference answer alike, or refuse alike; native's answer."""
    found = outcome(NATIVE[f"batteries.{name}"], given)
    agree(outcome(REFERENCE[f"batteries.{name}"], given), found)
    return found


# ---- The least leakage ---------------------------------------------------------------------------


def test_minimum_is_the_reference_one_and_the_judge_accepts() -> None:
    generator = random.Random("minimum")
    for _ in range(60):
        p, capacity = law_of(generator, generator.randrange(1, 7)), generator.randrange(1, 13)
        found = native.minimum_leakage(p, capacity)
        expected = REFERENCE["batteries.minimum_leakage"](probabilities=p, capacity=capacity)
        agree(expected["leakage_bits"], found["leakage_bits"])
        law = [Fraction(mass) for mass in found["initial_state"]]
        judge_minimum_leakage(p, capacity, Fraction(found["leakage_bits"]), law)


@pytest.mark.parametrize(
    "p",
    [
        QUARTERS,
        [Fraction(1, 17)] * 17,
        [Fraction(1, 2), Fraction(0), Fraction(1, 2)],
        [Fraction(3, 10), Fraction(0), Fraction(0), Fraction(3, 10), Fraction(0), Fraction(4, 10)],
        [1 - Fraction(1, 10**9), Fraction(1, 10**9)],
        [Fraction(1, 2), Fraction(1, 2), Fraction(0), Fraction(1, 10**200)],
        [1 - Fraction(1, 10**200), Fraction(1, 10**200)],
    ],
)
def test_minimum_of_hard_laws(p: list[Fraction]) -> None:
    found = native.minimum_leakage(p, 40)
    law = [Fraction(mass) for mass in found["initial_state"]]
    judge_minimum_leakage(p, 40, Fraction(found["leakage_bits"]), law)


def bounds_of(p: list[float], capacity: int) -> tuple[Any, list[float]]:
    """The C function itself, without the table's limits."""
    law = ffi.from_buffer("double[]", array("d", p))
    state = ffi.new("double[]", capacity + 1)
    bounds = ffi.new("mpriv_battery_bounds *")
    length = lib.mpriv_batteries_minimum_scratch_bytes(len(p), capacity)
    scratch = ffi.new("char[]", length)
    assert lib.mpriv_batteries_minimum_leakage(bounds, state, law, len(p), capacity, scratch, length) == 0
    return bounds, list(state)


@pytest.mark.parametrize("capacity", [*range(1, 41), 100, 333, 1000, 1024])
def test_binary_minimum_has_its_closed_form(capacity: int) -> None:
    """-log2 cos(pi/(C + 3)), between its bounds, reached by products of sines."""
    bounds, state = bounds_of([0.5, 0.5], capacity)
    angle = math.pi / (capacity + 3)
    exact = -math.log1p(-2 * math.sin(angle / 2) ** 2) / math.log(2)
    assert bounds.leakage_bits == pytest.approx(exact, abs=1e-14)
    assert bounds.lower_bits <= exact <= bounds.upper_bits
    assert bounds.upper_bits - bounds.lower_bits < 1e-12
    assert bounds.iterations <= 20
    weights = [math.sin(angle * (s + 1)) * math.sin(angle * (s + 2)) for s in range(capacity + 1)]
    assert state == pytest.approx([weight / math.fsum(weights) for weight in weights], rel=1e-6, abs=1e-12)


def test_gaps_leave_the_battery_with_fewer_states() -> None:
    """A load of 0 or g uses every g-th state: the minimum of 0 or 1 with capacity floor(C / g)."""
    for gap, capacity in itertools.product(range(2, 6), range(1, 24)):
        p = [0.3] + [0.0] * (gap - 1) + [0.7]
        bounds, state = bounds_of(p, capacity)
        if capacity >= gap:
            inner, _ = bounds_of([0.3, 0.7], capacity // gap)
            assert bounds.leakage_bits == pytest.approx(inner.leakage_bits, abs=1e-13)
            assert sum(mass > 0 for mass in state) == capacity // gap + 1
        else:
            assert bounds.leakage_bits == pytest.approx(0.8812908992306926, abs=1e-13)
        assert bounds.lower_bits <= bounds.leakage_bits <= bounds.upper_bits


def test_bounds_hold_for_many_levels() -> None:
    """Wide alphabets and large batteries: bounds close together, and never more than with less capacity."""
    generator = random.Random("levels")
    for count in (3, 20, 64):
        weights = [generator.random() ** 4 for _ in range(count)]
        p = [weight / math.fsum(weights) for weight in weights]
        values = [bounds_of(p, capacity)[0] for capacity in (1, 10, 100, 500)]
        assert all(one.upper_bits - one.lower_bits < 2e-12 for one in values)
        assert all(a.leakage_bits > b.leakage_bits for a, b in itertools.pairwise(values))


# ---- One slot ------------------------------------------------------------------------------------


def test_states_and_forced_moves_are_the_reference_ones() -> None:
    for capacity, state, load, output in itertools.product((1, 3, 10**6), (0, 1, 3, 4), (0, 2), (0, 1, 5)):
        same("next_state", capacity=capacity, state=state, load=load, output=output)
        same("feasible_outputs", capacity=capacity, state=state, load=load, largest_output=output)
    for capacity, largest_output, largest_load in itertools.product(
        (0, 1, 2, 64, 65), (0, 2, 16, 17), (0, 1, 16)
    ):
        same("forced_moves", capacity=capacity, largest_output=largest_output, largest_load=largest_load)


def test_one_slot_is_the_reference_one() -> None:
    for _, battery, _ in cases("slot", 80):
        same("invariance", **battery)
        laws = {name: battery[name] for name in ("probabilities", "initial_state")}
        same("structured_leakage", **laws)
        policy = same("structured_policy", **laws)
        exact = [{"probabilities": [Fraction(value) for value in row["probabilities"]]} for row in policy]
        found = native.invariance(**laws, policy=exact)
        assert found["residual"] < 1e-9
        assert found["output_probabilities"] == pytest.approx([float(mass) for mass in laws["probabilities"]])


def test_cascade_bound_is_the_reference_one() -> None:
    for generator, battery, outputs in cases("cascade", 60):
        capacity = generator.randrange(1, 4)
        second = {
            "initial_state": law_of(generator, capacity + 1),
            "policy": policy_of(generator, capacity, outputs, outputs + generator.randrange(2)),
        }
        first = {name: battery[name] for name in ("initial_state", "policy")}
        found = same("cascade_bound", probabilities=battery["probabilities"], batteries=[first, second])
        parts = found["first_bits"] + found["second_bits"] - found["joint_bits"]
        assert found["bound_bits"] == pytest.approx(parts, abs=TOLERANCE)


# ---- Holding -------------------------------------------------------------------------------------


def test_holding_is_the_reference_one() -> None:
    generator = random.Random("holding")
    for _ in range(30):
        loads, capacity = generator.randrange(1, 4), generator.randrange(1, 6)
        weights = [generator.choice([0, generator.randrange(10, 100)]) for _ in range(loads)]
        weights[generator.randrange(loads)] += 10
        p = [Fraction(weight, sum(weights)) for weight in weights]
        same("best_effort_leakage", probabilities=p, capacity=capacity)
        level = Fraction(generator.randrange(8 * (loads - 1) + 1), generator.choice([1, 2, 3, 8]))
        charge = generator.randrange(capacity + 1)
        given = {"probabilities": p, "capacity": capacity, "initial_charge": charge}
        same("constant_holding_leakage", **given, level=min(level, Fraction(loads - 1)))


def test_runs_that_are_too_long_are_refused_alike() -> None:
    rare = [1 - Fraction(1, 10**6), Fraction(1, 10**6)]
    assert "refused" in same("best_effort_leakage", probabilities=rare, capacity=1)
    level = {"level": Fraction(0), "initial_charge": 0}
    assert "refused" in same("constant_holding_leakage", probabilities=rare, capacity=1, **level)
    assert same("best_effort_leakage", probabilities=[Fraction(0), Fraction(1)], capacity=3) == 0


def test_best_effort_of_fair_loads() -> None:
    """The values of the Markov renewal formula, which the study computed elsewhere."""
    for capacity, expected in ((1, 0.677867), (2, 0.519275), (4, 0.358311), (6, 0.276139)):
        assert native.best_effort_leakage(HALF, capacity) == pytest.approx(expected, abs=5e-7)


# ---- Rates of explicit controllers ---------------------------------------------------------------


def test_rates_are_the_reference_ones() -> None:
    several = 0
    for generator, battery, _ in cases("rate", 60):
        found = same("leakage_rate", **battery, block=generator.randrange(1, 5))
        several += len(found["classes"]) > 1
        assert sum(one["probability"] for one in found["classes"]) == pytest.approx(1)
    assert several > 3


def test_periods_are_the_reference_ones() -> None:
    """A battery that swings between its ends under a load of 1, and one that stays where it is."""
    swings = [[0, 1, 0], [0, 0, 1], [1, 0, 0], [1, 0, 0]]
    stays = [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0]]
    for table, periods in ((swings, [2]), (stays, [1, 1])):
        rows = [{"probabilities": [Fraction(chance) for chance in row]} for row in table]
        given = {"probabilities": [Fraction(0), Fraction(1)], "initial_state": HALF, "policy": rows}
        found = same("leakage_rate", **given, block=3)
        assert [one["period"] for one in found["classes"]] == periods
        assert found["upper_bits"] == 0


def test_controllers_with_memory_are_the_reference_ones() -> None:
    """A memory that is not used changes no bound of a class."""
    for generator, battery, _ in cases("memory", 25):
        states = len(battery["initial_state"])
        given = {"probabilities": battery["probabilities"], "block": generator.randrange(1, 4)}
        initial = battery["initial_state"] + [Fraction(0)] * states
        found = same(
            "controller_leakage_rate",
            **given,
            capacity=states - 1,
            controller=controller_of(battery),
            initial_state=initial,
        )
        plain = native.leakage_rate(**given, **{k: battery[k] for k in ("initial_state", "policy")})
        assert found["lower_bits"] <= found["upper_bits"]
        assert found["upper_bits"] == pytest.approx(plain["upper_bits"], abs=1e-9)


def test_bounds_draw_together_around_the_finite_leakage() -> None:
    """Longer blocks never loosen a bound, and what T slots leak a slot is never below the rate."""
    for _, battery, _ in cases("tight", 20):
        found = [native.leakage_rate(**battery, block=block) for block in (1, 2, 3, 5)]
        for wide, narrow in itertools.pairwise(found):
            assert wide["lower_bits"] <= narrow["lower_bits"] + TOLERANCE
            assert narrow["upper_bits"] <= wide["upper_bits"] + TOLERANCE
        assert found[-1]["lower_bits"] <= found[-1]["upper_bits"]


def test_binary_policies_have_a_single_letter_rate() -> None:
    """A binary battery is a birth and death chain: in its stationary law every policy is invariant, so that
    the upper bound of one slot is the rate, whatever the block (Burke's theorem)."""
    generator = random.Random("burke")
    for _ in range(20):
        capacity = generator.randrange(1, 6)
        policy = []
        for state, load in itertools.product(range(capacity + 1), range(2)):
            forced = {(0, 1): 1.0, (capacity, 0): 0.0}.get((state, load))
            chance = Fraction(generator.uniform(0.1, 0.9) if forced is None else forced)
            policy.append({"probabilities": [1 - chance, chance]})
        p = [Fraction(1, 3), Fraction(2, 3)]
        start = [Fraction(1)] + [Fraction(0)] * capacity
        given: dict[str, Any] = {"probabilities": p, "initial_state": start, "policy": policy}
        bounds = [native.leakage_rate(**given, block=block) for block in (1, 4)]
        assert bounds[0]["upper_bits"] == pytest.approx(bounds[1]["upper_bits"], abs=1e-13)
        least = native.minimum_leakage(p, capacity)["leakage_bits"]
        assert bounds[1]["upper_bits"] >= least - TOLERANCE


def test_forward_recursion_is_the_reference_one() -> None:
    refused = 0
    for generator, battery, outputs in cases("recursion", 60):
        seen = [generator.randrange(outputs) for _ in range(generator.randrange(1, 6))]
        refused += "refused" in same("forward_recursion", **battery, outputs=seen)
    assert 0 < refused < 60


def test_sequences_of_outputs_have_probability_one() -> None:
    for _, battery, outputs in cases("sequences", 10):
        total = 0.0
        for seen in itertools.product(range(outputs), repeat=3):
            answer = outcome(native.forward_recursion, {**battery, "outputs": seen})
            total += 0.0 if "refused" in answer else 2.0 ** -answer["information_bits"]
        assert total == pytest.approx(1, abs=1e-12)


def test_simulation_is_the_reference_one() -> None:
    for number, (_, battery, _) in enumerate(cases("simulate", 25)):
        seed = hashlib.sha256(bytes([number])).digest()
        same("simulate", **battery, slots=64 + 32 * (number % 3), seed=seed)


def structured(p: list[Fraction], capacity: int) -> dict[str, Any]:
    """The best policy of a battery, as the operations take it."""
    theta = [Fraction(mass) for mass in native.minimum_leakage(p, capacity)["initial_state"]]
    rows = native.structured_policy(p, theta)
    policy = [{"probabilities": [Fraction(value) for value in row["probabilities"]]} for row in rows]
    return {"probabilities": p, "initial_state": theta, "policy": policy}


@pytest.mark.parametrize(("p", "capacity"), [(HALF, 10), (QUARTERS, 4)])
def test_simulation_of_a_million_slots(p: list[Fraction], capacity: int) -> None:
    """Under half a second; the same again for the same seed; the interval holds the known rate."""
    best = structured(p, capacity)
    slots, seed = 10**6 // 32 * 32, hashlib.sha256(b"a million").digest()
    seconds, found = [], []
    for _ in range(3):
        begun = time.process_time()
        found.append(native.simulate(**best, slots=slots, seed=seed))
        seconds.append(time.process_time() - begun)
    assert min(seconds) < 0.5
    assert found[0] == found[1] == found[2]
    exact = native.minimum_leakage(p, capacity)["leakage_bits"]
    assert abs(found[0]["leakage_bits"] - exact) < found[0]["half_width_bits"] < 0.01
    assert native.simulate(**best, slots=slots, seed=bytes(31) + b"\1") != found[0]


# ---- Refusals ------------------------------------------------------------------------------------

THETA = [Fraction(1), Fraction(0)]
COPY: Rows = [{"probabilities": [Fraction(a), Fraction(1 - a)]} for a in (1, 0, 1, 0)]
BAD_LAWS: list[list[Any]] = [
    [],
    [Fraction(1, 18)] * 18,
    [Fraction(1, 2)] * 3,
    [Fraction(3, 2), Fraction(-1, 2)],
    [Fraction(1, 2), Fraction(1, 2) - Fraction(1, 10**6)],
]
BAD_POLICIES: list[list[Any]] = [
    [],
    COPY[:3],
    [*COPY, COPY[0]],
    [*COPY[:3], {"probabilities": []}],
    [*COPY[:3], {"probabilities": [Fraction(1)]}],
    [{"probabilities": [Fraction(1)]}] * 4,
    [*COPY[:3], {"probabilities": [Fraction(1, 2), Fraction(1, 3)]}],
    [*COPY[:3], {"probabilities": [Fraction(3, 2), Fraction(-1, 2)]}],
    [COPY[0], {"probabilities": [Fraction(1, 2), Fraction(1, 2)]}, *COPY[2:]],
    [*COPY[:2], {"probabilities": [Fraction(1) - Fraction(1, 10**11), Fraction(1, 10**11)]}, COPY[3]],
    [{"probabilities": [Fraction(1, 18)] * 18}] * 4,
]


@pytest.mark.parametrize("law", BAD_LAWS)
def test_bad_laws_are_refused_alike(law: list[Any]) -> None:
    for found in (
        same("minimum_leakage", probabilities=law, capacity=3),
        same("best_effort_leakage", probabilities=law, capacity=3),
        same("structured_policy", probabilities=law, initial_state=THETA),
        same("structured_leakage", probabilities=law, initial_state=THETA),
        same("invariance", probabilities=law, initial_state=THETA, policy=COPY),
        same("leakage_rate", probabilities=law, initial_state=THETA, policy=COPY, block=1),
    ):
        assert "refused" in found
    if len(law) != 18:
        assert "refused" in same("structured_policy", probabilities=HALF, initial_state=law)
        assert "refused" in same("invariance", probabilities=HALF, initial_state=law, policy=COPY)


@pytest.mark.parametrize("policy", BAD_POLICIES)
def test_bad_policies_are_refused_alike(policy: list[Any]) -> None:
    given = {"probabilities": HALF, "initial_state": THETA, "policy": policy}
    assert "refused" in same("check_policy", capacity=1, largest_load=1, policy=policy)
    assert "refused" in same("invariance", **given)
    assert "refused" in same("leakage_rate", **given, block=1)
    assert "refused" in same("forward_recursion", **given, outputs=[0])
    assert "refused" in same("simulate", **given, slots=64, seed=bytes(32))
    battery = {"initial_state": THETA, "policy": policy}
    good = {"initial_state": THETA, "policy": COPY}
    assert "refused" in same("cascade_bound", probabilities=HALF, batteries=[battery, good])
    assert "refused" in same("cascade_bound", probabilities=HALF, batteries=[good, battery])


def test_numbers_out_of_range_are_refused_alike() -> None:
    good = {"probabilities": HALF, "initial_state": THETA, "policy": COPY}
    for capacity in (-1, 0, 65):
        assert "refused" in same("minimum_leakage", probabilities=HALF, capacity=capacity)
        assert "refused" in same("best_effort_leakage", probabilities=HALF, capacity=capacity)
        assert "refused" in same("check_policy", capacity=capacity, largest_load=1, policy=COPY)
    for block in (0, 13, -1):
        assert "refused" in same("leakage_rate", **good, block=block)
    for slots in (0, 32, 65, 2**20 + 32):
        assert "refused" in same("simulate", **good, slots=slots, seed=bytes(32))
    for outputs in ([], [2], [-1], [0] * 1025):
        assert "refused" in same("forward_recursion", **good, outputs=outputs)
    assert "refused" in same("simulate", **good, slots=64, seed=bytes(31))
    holding = {"probabilities": HALF, "capacity": 2}
    for level, charge in ((Fraction(-1, 2), 0), (Fraction(3, 2), 0), (Fraction(1, 17), 0), (1, 3), (1, -1)):
        assert "refused" in same("constant_holding_leakage", **holding, level=level, initial_charge=charge)
    good_rate = same("leakage_rate", **good, block=1)
    assert good_rate["upper_bits"] == 1


def test_bad_controllers_are_refused_alike() -> None:
    battery = {"probabilities": HALF, "initial_state": THETA, "policy": COPY}
    good = controller_of(battery)
    initial = [*THETA, Fraction(0), Fraction(0)]

    def changed(state: int, **values: Any) -> list[dict[str, Any]]:
        moves = [dict(move) for move in good[state]["moves"]]
        moves[0].update({name: value for name, value in values.items() if name != "charge"})
        entry = {"charge": values.get("charge", good[state]["charge"]), "moves": moves}
        return [*good[:state], entry, *good[state + 1 :]]

    given = {"probabilities": HALF, "capacity": 1, "initial_state": initial, "block": 2}
    assert same("controller_leakage_rate", controller=good, **given)["upper_bits"] == 1
    for bad in (
        [],
        good[:3],
        changed(0, charge=2),
        changed(0, charge=1),
        changed(1, load=2),
        changed(1, output=17),
        changed(1, next=4),
        changed(1, next=0),
        changed(1, next=128),
        changed(1, probability=Fraction(1, 2)),
        changed(1, probability=Fraction(0)),
        changed(1, load=1, output=1),
        [*good[:3], {"charge": 1, "moves": []}],
        [*good[:3], {"charge": 1, "moves": good[3]["moves"] * 2}],
    ):
        assert "refused" in same("controller_leakage_rate", controller=bad, **given)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), "x", None])
def test_what_is_no_number_is_malformed(bad: Any) -> None:
    for call in (
        lambda: native.minimum_leakage([bad, 1], 1),
        lambda: native.structured_policy([1], [bad, 1]),
        lambda: native.check_policy(1, 0, [{"probabilities": [bad]}] * 2),
        lambda: native.constant_holding_leakage(HALF, 1, bad, 0),
        lambda: native.next_state(bad, 0, 0, 0),
        lambda: native.minimum_leakage(HALF, bad),
    ):
        with pytest.raises(Refused) as refusal:
            call()
        assert refusal.value.error_class == "malformed"


# ---- The C itself --------------------------------------------------------------------------------


def solver_sources() -> list[str]:
    """What the batteries need: themselves, checks and logarithms of the privacy-power function, SHA-256."""
    names = ("privacy_power.c", "elementary.c", "sha256.c", "kernels_sha256.c", "scratch.c", "limbs.c")
    return sorted(map(str, [*SOURCES.glob("src/batteries*.c"), *(SOURCES / "src" / name for name in names)]))


def test_the_c_functions_tell_misuse_and_scratch() -> None:
    bounds, state = ffi.new("mpriv_battery_bounds *"), ffi.new("double[3]")
    law = ffi.new("double[2]", [0.5, 0.5])
    length = lib.mpriv_batteries_minimum_scratch_bytes(2, 2)
    scratch = ffi.new("char[]", length)
    minimum = lib.mpriv_batteries_minimum_leakage
    assert minimum(bounds, state, law, 2, 2, scratch, length) == 0
    assert minimum(ffi.NULL, state, law, 2, 2, scratch, length) == lib.MPRIV_ERROR_MISUSE
    assert minimum(bounds, state, ffi.NULL, 2, 2, scratch, length) == lib.MPRIV_ERROR_MISUSE
    assert minimum(bounds, state, law, 2, 2, scratch, length - 8) == lib.MPRIV_ERROR_SCRATCH
    assert minimum(bounds, state, law, 0, 2, scratch, length) == lib.MPRIV_ERROR_MALFORMED
    assert minimum(bounds, state, law, 2, 0, scratch, length) == lib.MPRIV_ERROR_RANGE
    assert minimum(bounds, state, law, 2, 1025, scratch, length) == lib.MPRIV_ERROR_RANGE
    assert list(state) == [0, 0, 0]
    assert bounds.upper_bits == 0
    rate = ffi.new("double *")
    length = lib.mpriv_batteries_holding_scratch_bytes(2, 2, 1)
    scratch = ffi.new("char[]", length)
    effort = lib.mpriv_batteries_best_effort_leakage
    assert effort(rate, law, 2, 2, scratch, length) == 0
    assert effort(rate, law, 2, 2, scratch, length - 8) == lib.MPRIV_ERROR_SCRATCH
    assert (
        effort(rate, ffi.new("double[2]", [1 - 1e-9, 1e-9]), 2, 2, scratch, length)
        == lib.MPRIV_ERROR_EXHAUSTED
    )
    assert rate[0] == 0


@pytest.mark.parametrize(
    ("place", "field", "value", "error"),
    [
        (0, "capacity", 1025, "MPRIV_ERROR_RANGE"),
        (1, "capacity", 1025, "MPRIV_ERROR_RANGE"),
        (1, "output_count", 257, "MPRIV_ERROR_MALFORMED"),
    ],
)
def test_a_cascade_of_refused_sizes_touches_no_scratch(
    place: int, field: str, value: int, error: str
) -> None:
    """Their scratch bytes are 0, so that there is none to touch."""
    law, policy, state = (ffi.new("double[]", [0.5] * size) for size in (2, 8, 2))
    row = {"probabilities": law, "load_count": 2, "capacity": 1, "policy": policy, "output_count": 2}
    pair = [ffi.new("mpriv_battery_controller *", row) for _ in range(2)]
    policy[2] = policy[5] = 0
    policy[3] = policy[4] = 1
    terms = ffi.new("mpriv_cascade_terms *")
    length = lib.mpriv_batteries_cascade_scratch_bytes(*pair)
    scratch = ffi.new("char[]", length)
    bound = lib.mpriv_batteries_cascade_bound
    assert bound(terms, pair[0], state, pair[1], state, scratch, length) == 0
    assert bound(terms, pair[0], state, pair[1], state, scratch, length - 16) == lib.MPRIV_ERROR_SCRATCH
    setattr(pair[place], field, value)
    assert lib.mpriv_batteries_cascade_scratch_bytes(*pair) == 0
    assert bound(terms, pair[0], state, pair[1], state, ffi.NULL, 0) == getattr(lib, error)
    assert terms.bound_bits == 0


def test_needs_nothing_of_a_c_library(tmp_path: Path) -> None:
    assert undefined(tmp_path, solver_sources()) <= {"memcpy", "memset", "_GLOBAL_OFFSET_TABLE_"}


@pytest.mark.parametrize("compiler", COMPILERS)
def test_runs_clean_under_the_sanitizers(tmp_path: Path, compiler: str) -> None:
    assert run_sanitized(tmp_path, compiler, "batteries_driver.c", solver_sources()) == "200 batteries"


def test_an_unoptimised_build_gives_the_same(tmp_path: Path) -> None:
    library = tmp_path / "batteries.so"
    flags = ["-std=c11", "-O0", "-shared", "-fPIC", f"-I{SOURCES / 'include'}"]
    subprocess.run(["cc", *flags, *solver_sources(), "-o", str(library)], check=True)
    plain = ctypes.CDLL(str(library))
    for capacity in (1, 2, 5, 30):
        p = (ctypes.c_double * 3)(0.25, 0.5, 0.25)
        state, bounds = (ctypes.c_double * (capacity + 1))(), (ctypes.c_double * 4)()
        length = ctypes.c_size_t(lib.mpriv_batteries_minimum_scratch_bytes(3, capacity))
        scratch = ctypes.create_string_buffer(length.value)
        sizes = (ctypes.c_size_t(3), ctypes.c_size_t(capacity))
        assert plain.mpriv_batteries_minimum_leakage(bounds, state, p, *sizes, scratch, length) == 0
        mine, law = bounds_of([0.25, 0.5, 0.25], capacity)
        assert [mine.leakage_bits, mine.lower_bits, mine.upper_bits] == list(bounds)[:3]
        assert law == list(state)
