"""The privacy-power function in the C core: exact points and curves, Blahut-Arimoto, the policy sampler.

The functions have the names and fields of spec/operations/privacy_power.toml and compute in binary64, from
rationals rounded once: a load is first taken from the least one exactly, because only differences of loads
count. `point`, `breakpoints` and `minimise` are the same without the table's limits on sizes, for buffers of
binary64 numbers (`array.array("d")`, NumPy arrays). Loads are energies a slot in any unit, a power is the
average of such, a slope is in nats a unit. All inputs are public.
"""

import itertools
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import check_int
from meter_privacy.native.errors import Malformed, Range, check

MAXIMUM_LOAD = 10**9
MAXIMUM_POWER = 10**12
MAXIMUM_SLOPE = 10**6
SMALLEST_GAP = Fraction(1, 10**12)
SUM_TOLERANCE = Fraction(1, 2**40)
THRESHOLD_LIMIT = 1 << 32
BYTES_PER_SLOT = 4
MAXIMUM_SLOTS = 1024
MAXIMUM_RANDOM = 4096

Real = Fraction | float | int
Buffer = Any

_LOAD = "loads not from 0 to 10^9 and increasing, or no probabilities that add up to one"


# ---- Buffers of binary64 numbers -----------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A point of the curve; slope_nats is infinite at P = 0, and 0 where nothing leaks."""

    leakage_bits: float
    slope_nats: float


@dataclass(frozen=True)
class Breakpoints:
    """Where the optimal partition changes, by falling slope."""

    slopes_nats: "array[float]"
    powers: "array[float]"
    leakages_bits: "array[float]"


@dataclass(frozen=True)
class Bounds:
    """A policy near the least I + sP, and certified bounds on that, in nats."""

    leakage_bits: float
    power: float
    lower_nats: float
    upper_nats: float
    iterations: int


def _reals(count: int) -> Any:
    return ffi.from_buffer("double[]", array("d", bytes(8 * count)))


def _user(entry: Any, loads: Buffer, probabilities: Buffer) -> list[Any]:
    """Fill in an mpriv_user_load; returns what has to live as long as it does."""
    owners = [ffi.from_buffer("double[]", loads), ffi.from_buffer("double[]", probabilities)]
    if len(owners[0]) != len(owners[1]):
        raise Malformed("probabilities must have as many elements as loads")
    entry.loads, entry.probabilities = owners
    entry.count = len(owners[0])
    return owners


def point(loads: Buffer, probabilities: Buffer, power: float) -> Point:
    """I(P) in bits and -dI/dP in nats of any number of load levels, in linear time.

    Raises Malformed for unequal or empty buffers and numbers that are not finite, Range for bad loads, laws
    or powers. Source: paper A, equation (5), Theorem 2. Implements POWER-8, POWER-9.
    """
    load = ffi.new("mpriv_user_load *")
    _owners = _user(load, loads, probabilities)
    answer = ffi.new("double[2]")
    scratch = _reals(7 * load.count + 1)
    code = lib.mpriv_privacy_power_leakage(
        answer, answer + 1, ffi.NULL, load, power, scratch, 8 * len(scratch)
    )
    check(code, f"{_LOAD}, or a power out of range")
    return Point(answer[0], answer[1])


def breakpoints(loads: Buffer, probabilities: Buffer) -> Breakpoints:
    """The whole curve of any number of load levels. Raises as `point`.

    Source: paper A, equation (5), Theorem 2. Implements POWER-10.
    """
    load = ffi.new("mpriv_user_load *")
    _owners = _user(load, loads, probabilities)
    results = [array("d", bytes(8 * load.count)) for _ in range(3)]
    outputs = [ffi.from_buffer("double[]", result) for result in results]
    found = ffi.new("size_t *")
    length = lib.mpriv_privacy_power_curve_scratch_bytes(load.count)
    code = lib.mpriv_privacy_power_curve(*outputs, ffi.NULL, found, load, ffi.new("char[]", length), length)
    check(code, _LOAD)
    return Breakpoints(*(result[: found[0]] for result in results))


def minimise(loads: Sequence[Buffer], probabilities: Buffer, slope_nats: float, gap_nats: float) -> Bounds:
    """Blahut-Arimoto for one user or up to three correlated ones; the last user's level changes fastest.

    Raises Malformed for numbers of users and levels, Range for the rest, Exhausted where 500 iterations do
    not reach the gap. Source: paper A, Section V-A, Theorem 1. Implements POWER-12, POWER-14.
    """
    users = ffi.new("mpriv_levels[]", len(loads))
    owners = [ffi.from_buffer("double[]", levels) for levels in loads]
    for user, owner in zip(users, owners, strict=True):
        user.loads, user.count = owner, len(owner)
    law = ffi.from_buffer("double[]", probabilities)
    length = lib.mpriv_privacy_power_blahut_arimoto_scratch_bytes(users, len(loads))
    bounds = ffi.new("mpriv_privacy_power_bounds *")
    code = lib.mpriv_privacy_power_blahut_arimoto(
        bounds,
        ffi.NULL,
        users,
        len(loads),
        law,
        len(law),
        slope_nats,
        gap_nats,
        ffi.new("char[]", max(1, length)),
        length,
    )
    check(code, f"{_LOAD}, a slope or gap out of range, or a gap that is not reached")
    return Bounds(bounds.leakage_bits, bounds.power, bounds.lower_nats, bounds.upper_nats, bounds.iterations)


# ---- Inputs of the operations --------------------------------------------------------------------


def _rational(name: str, value: Real) -> Fraction:
    try:
        return Fraction(value)
    except (TypeError, ValueError, OverflowError):
        raise Malformed(f"{name} is no finite number") from None


def _bounded(name: str, value: Real, most: Real, above: bool = False) -> float:
    number = _rational(name, value)
    if number < 0 or number > most or (above and number == 0):
        raise Range(f"{name} is not {'above' if above else 'from'} 0 and at most {most}")
    return float(number)


def _count(name: str, items: Sequence[Any], maximum: int) -> None:
    if not 1 <= len(items) <= maximum:
        raise Malformed(f"{name} must have 1 to {maximum} elements")


def _levels(loads: Sequence[Real], maximum: int) -> "array[float]":
    """The loads where all are binary64 numbers, else the loads less the first one."""
    _count("loads", loads, maximum)
    exact = [_rational("a load", load) for load in loads]
    if exact[0] < 0 or exact[-1] > MAXIMUM_LOAD:
        raise Range(f"a load is not from 0 to {MAXIMUM_LOAD}")
    if any(later <= earlier for earlier, later in itertools.pairwise(exact)):
        raise Range("loads must be strictly increasing")
    numbers = [float(load) for load in exact]
    if numbers != exact:
        numbers = [float(load - exact[0]) for load in exact]
    return array("d", numbers)


def _law(probabilities: Sequence[Real]) -> "array[float]":
    exact = [_rational("a probability", probability) for probability in probabilities]
    if not all(0 <= probability <= 1 for probability in exact):
        raise Range("a probability is not from 0 to 1")
    if abs(sum(exact, Fraction(-1))) > SUM_TOLERANCE:
        raise Range("probabilities must add up to 1 within 2^-40")
    return array("d", [float(probability) for probability in exact])


def _load(
    loads: Sequence[Real], probabilities: Sequence[Real], maximum: int
) -> "tuple[array[float], array[float]]":
    if len(probabilities) != len(loads):
        raise Malformed("probabilities must have as many elements as loads")
    return _levels(loads, maximum), _law(probabilities)


def _power(power: Real, above: bool = False) -> float:
    return _bounded("power", power, MAXIMUM_POWER, above)


# ---- Operations ----------------------------------------------------------------------------------


def leakage(loads: Sequence[Real], probabilities: Sequence[Real], power: Real) -> dict[str, float | None]:
    """I(P) in bits of one user with 1 to 1024 load levels, and the slope -dI/dP in nats a unit of load.

    The slope is None at P = 0 and from the power on that hides everything. Raises Malformed for lengths and
    numbers that are not finite, Range for bad loads, laws or powers.
    Source: paper A, equation (5), Theorem 2. Implements POWER-2, POWER-4, POWER-8, POWER-9.
    """
    law = _load(loads, probabilities, 1024)
    used = _power(power)
    found = point(*law, used)
    slope = found.slope_nats
    if slope == 0 and power < _whole_power(loads, probabilities):
        # Binary64 does not tell this power from the one that hides everything; the slope there is not zero.
        slope = point(*law, used * (1 - 2**-48)).slope_nats
    return {"leakage_bits": found.leakage_bits, "slope_nats": slope if 0 < slope < float("inf") else None}


def _whole_power(loads: Sequence[Real], probabilities: Sequence[Real]) -> Fraction:
    """E[X] - min X, exactly: the power that hides everything."""
    law = [(Fraction(x), Fraction(p)) for x, p in zip(loads, probabilities, strict=True) if p > 0]
    return sum((x * p for x, p in law), Fraction(0)) / sum(p for _, p in law) - law[0][0]


def curve(loads: Sequence[Real], probabilities: Sequence[Real]) -> list[dict[str, float]]:
    """The breakpoints of the whole curve of 1 to 256 levels, by falling slope: slope in nats, power, leakage.

    One fewer than loads of positive probability. Raises as `leakage`.
    Source: paper A, equation (5), Theorem 2. Implements POWER-10.
    """
    found = breakpoints(*_load(loads, probabilities, 256))
    return [
        {"slope_nats": slope, "power": power, "leakage_bits": leakage_bits}
        for slope, power, leakage_bits in zip(
            found.slopes_nats, found.powers, found.leakages_bits, strict=True
        )
    ]


def optimal_policy(loads: Sequence[Real], probabilities: Sequence[Real], power: Real) -> dict[str, list[Any]]:
    """The optimal policy of 1 to 64 levels at a power: for each load the law of the grid load, and its law
    over all.

    A load of probability zero follows the block that it lies in; one below all blocks is passed on as it is.
    Raises as `leakage`. Source: paper A, Theorem 1, Remark 1.1. Implements POWER-7, POWER-11.
    """
    levels, law = _load(loads, probabilities, 64)
    used = _power(power)
    count = len(levels)
    load = ffi.new("mpriv_user_load *")
    _owners = _user(load, levels, law)
    answer, scratch, output = ffi.new("double[2]"), _reals(7 * count + 1), _reals(count)
    code = lib.mpriv_privacy_power_leakage(answer, answer + 1, output, load, used, scratch, 8 * len(scratch))
    check(code, f"{_LOAD}, or a power out of range")
    # Where one load is sure, power 0 hides everything; loads of probability zero stay all the same.
    slope = answer[1] if used > 0 else float("inf")
    rows = []
    for index in range(count):
        row = _reals(count)
        check(lib.mpriv_privacy_power_policy_row(row, load, output, slope, index), "no such level")
        rows.append({"probabilities": list(row)})
    return {"output_probabilities": list(output), "policy": rows}


def allocate(users: Sequence[Mapping[str, Sequence[Real]]], power: Real) -> dict[str, list[float]]:
    """Divide a power among 1 to 16 independent users of 1 to 128 levels: each one's power, and leakage.

    Raises as `leakage`. Source: paper A, equations (8), (9). Implements POWER-17.
    """
    _count("users", users, 16)
    laws = [_load(user["loads"], user["probabilities"], 128) for user in users]
    used = _power(power)
    array_of_users = ffi.new("mpriv_user_load[]", len(laws))
    _owners = [_user(entry, *law) for entry, law in zip(array_of_users, laws, strict=True)]
    powers, leakages, slope = _reals(len(laws)), _reals(len(laws)), ffi.new("double *")
    scratch = _reals(7 * sum(len(levels) for levels, _ in laws) + 1)
    code = lib.mpriv_privacy_power_allocate(
        powers, leakages, slope, array_of_users, len(laws), used, scratch, 8 * len(scratch)
    )
    check(code, f"{_LOAD}, or a power out of range")
    return {"powers": list(powers), "leakages_bits": list(leakages)}


def allocate_exponential(means: Sequence[Real], power: Real) -> dict[str, Any]:
    """Reverse water-filling among 1 to 64 users with exponential loads: level, powers, and leakage in nats.

    Means and power are above 0. Raises as `leakage`. Source: paper A, equations (20), (21). Implements
    POWER-24.
    """
    _count("means", means, 64)
    numbers = array("d", [_bounded("a mean", mean, MAXIMUM_LOAD, above=True) for mean in means])
    used = _power(power, above=True)
    answer, powers = ffi.new("double[2]"), _reals(len(numbers))
    code = lib.mpriv_privacy_power_allocate_exponential(
        answer, powers, answer + 1, ffi.from_buffer("double[]", numbers), len(numbers), used
    )
    check(code, "means or power are not above 0, or too large")
    return {"level": answer[0], "powers": list(powers), "leakage_nats": answer[1]}


def blahut_arimoto(
    loads: Sequence[Real], probabilities: Sequence[Real], slope_nats: Real, gap_nats: Real
) -> dict[str, Any]:
    """Minimise I + sP of one user with 1 to 1024 levels: lower <= min(I + sP) <= upper = I + sP, in nats.

    The gap is from 10^-12 to 1 nat. Raises as `leakage`. Source: paper A, Section V-A. Implements POWER-12.
    """
    levels, law = _load(loads, probabilities, 1024)
    return _minimised([levels], law, slope_nats, gap_nats)


def blahut_arimoto_joint(
    users: Sequence[Mapping[str, Sequence[Real]]],
    probabilities: Sequence[Real],
    slope_nats: Real,
    gap_nats: Real,
) -> dict[str, Any]:
    """As `blahut_arimoto` for 1 to 3 correlated users of 1 to 32 levels, whose joint law has one probability
    for each point of their grid, the last user's level changing fastest; at most 1024 points.

    Raises Range, too, where there is not one probability for each point.
    Source: paper A, Theorem 1, equations (5), (7). Implements POWER-14.
    """
    _count("users", users, 3)
    _count("probabilities", probabilities, 1024)
    axes = [_levels(user["loads"], 32) for user in users]
    return _minimised(axes, _law(probabilities), slope_nats, gap_nats)


def _minimised(axes: "list[array[float]]", law: "array[float]", slope: Real, gap: Real) -> dict[str, Any]:
    s, g = _bounded("slope_nats", slope, MAXIMUM_SLOPE, above=True), _bounded("gap_nats", gap, 1, above=True)
    if _rational("gap_nats", gap) < SMALLEST_GAP:
        raise Range("the gap is below 10^-12 nat, which binary64 cannot certify")
    found = minimise(axes, law, s, g)
    return {
        "leakage_bits": found.leakage_bits,
        "power": found.power,
        "lower_nats": found.lower_nats,
        "upper_nats": found.upper_nats,
        "iterations": found.iterations,
    }


def thresholds(weights: Sequence[int]) -> list[int]:
    """t_j = floor(2^32 (w_0 + ... + w_j) / sum w) for 1 to 64 weights in [0, 2^32) of the outputs 0, 1, ...

    Raises Malformed for their number, Range for a weight, or a sum that is zero or 2^32 or more.
    Implements POWER-27.
    """
    _count("weights", weights, lib.MPRIV_POWER_TABLE_MAX)
    for weight in weights:
        check_int("a weight", weight)
    if not all(0 <= weight < THRESHOLD_LIMIT for weight in weights):
        raise Range("a weight is outside [0, 2^32)")
    row = ffi.new("uint64_t[]", len(weights))
    code = lib.mpriv_privacy_power_thresholds(row, ffi.new("uint32_t[]", list(weights)), len(weights))
    check(code, "the weights add up to zero, or to 2^32 or more")
    return list(row)


def sample(
    table: Sequence[Mapping[str, Sequence[int]]], levels: Sequence[int], random: bytes
) -> dict[str, list[int] | int]:
    """Run the energy management unit: for each slot's load level the level taken from the grid.

    Slot t reads bytes 4t to 4t + 3 of `random`, little-endian. Raises Malformed for lengths, Range for a
    level that is no row, and a row that falls or does not reach 2^32 at its own level, Exhausted for fewer
    than four bytes a slot. Source: paper A, Remark 1.1. Implements POWER-27, POWER-28.
    """
    _count("table", table, lib.MPRIV_POWER_TABLE_MAX)
    _count("levels", levels, MAXIMUM_SLOTS)
    if len(random) > MAXIMUM_RANDOM or any(len(row["thresholds"]) != len(table) for row in table):
        raise Malformed("random is too long, or a row has not as many thresholds as the table has rows")
    flat = [threshold for row in table for threshold in row["thresholds"]]
    for number in (*flat, *levels):
        check_int("a threshold or level", number)
    if not all(0 <= threshold <= THRESHOLD_LIMIT for threshold in flat):
        raise Range("a threshold is outside [0, 2^32]")
    if not all(0 <= level < len(table) for level in levels):
        raise Range("a level is no row of the table")
    outputs = ffi.new("uint32_t[]", len(levels))
    code = lib.mpriv_privacy_power_sample(
        outputs,
        ffi.new("uint64_t[]", flat),
        len(table),
        ffi.new("uint32_t[]", list(levels)),
        len(levels),
        ffi.from_buffer(random),
        len(random),
    )
    check(code, "a row falls or gives probability to a level above its own, or too few random bytes")
    return {"outputs": list(outputs), "consumed": BYTES_PER_SLOT * len(levels)}
