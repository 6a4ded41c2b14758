"""The benchmark of the privacy-power function, part of `make bench`.

Blahut-Arimoto of the C core, numpy, dit and cvxpy minimise I + sP of the same load at the same slope, with
the distortion x - y for y <= x, all from the uniform law, numpy and the C core to the same certified gap. dit
stops where its own test says so, or after the iterations that it is told, and cvxpy at its own tolerance:
their errors are printed instead. The exact points and curves have no peer.

The C core is called with its arguments already laid out, as from C. Both sides show their best round. A
ratio's lowest and highest value over the loads close the report.
"""

import functools
import importlib
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from meter_privacy.native import privacy_power
from meter_privacy.native._core import ffi, lib

Array = Any
cvxpy: Any = importlib.import_module("cvxpy")
PATIENCE_SECONDS = 60.0
CHECK_EVERY = 10


def timed(call: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """The least time of a call in seconds, and its answer."""
    best, answer = math.inf, None
    for _ in range(rounds):
        start = time.perf_counter()
        answer = call()
        best = min(best, time.perf_counter() - start)
    return best, answer


def prepared(axes: list[Array], law: Array, slope: float, gap: float) -> Callable[[], int]:
    """A call of the C core's Blahut-Arimoto on arguments that are laid out once."""
    users, owners = ffi.new("mpriv_levels[]", len(axes)), [ffi.from_buffer("double[]", axis) for axis in axes]
    for user, owner in zip(users, owners, strict=True):
        user.loads, user.count = owner, len(owner)
    length = lib.mpriv_privacy_power_blahut_arimoto_scratch_bytes(users, len(axes))
    bounds, scratch = ffi.new("mpriv_privacy_power_bounds *"), ffi.new("char[]", length)
    masses, function = ffi.from_buffer("double[]", law), lib.mpriv_privacy_power_blahut_arimoto

    def call() -> int:
        assert owners
        code: int = function(
            bounds, ffi.NULL, users, len(axes), masses, len(law), slope, gap, scratch, length
        )
        return code

    assert call() == 0
    return call


def kernel_of(loads: Array, slope: float) -> Array:
    """e^(-s (x - y)) where y <= x, a row for each x, else 0."""
    differences = np.subtract.outer(loads, loads)
    return np.where(differences >= 0, np.exp(-slope * np.maximum(differences, 0)), 0.0)


def plain(kernel: Array, law: Array, gap: float) -> tuple[float, int]:
    """Blahut-Arimoto in numpy until U - ln max g <= min(I + sP) <= U is tight: U, and the iterations."""
    transposed = np.ascontiguousarray(kernel.T)
    q = np.full(len(law), 1 / len(law))
    start = time.perf_counter()
    for iteration in range(1, 10**9):
        c = kernel @ q
        g = transposed @ (law / c)
        if iteration % CHECK_EVERY == 0 and (
            math.log(g.max()) <= gap or time.perf_counter() - start > PATIENCE_SECONDS
        ):
            return float(-(law * np.log(c)).sum()), iteration
        q = q * g
    raise AssertionError("unreachable")


def convex(loads: Array, law: Array, slope: float) -> float:
    """The least I + sP by cvxpy's relative entropy and Clarabel."""
    differences = np.subtract.outer(loads, loads)
    joint = cvxpy.Variable((len(loads), len(loads)), nonneg=True)
    product = cvxpy.vstack([mass * cvxpy.sum(joint, axis=0) for mass in law])
    used = cvxpy.sum(cvxpy.multiply(joint, np.maximum(differences, 0)))
    objective = cvxpy.sum(cvxpy.rel_entr(joint, product)) + slope * used
    allowed = [cvxpy.sum(joint, axis=1) == law, cvxpy.multiply(joint, (differences < 0) * 1.0) == 0]
    problem = cvxpy.Problem(cvxpy.Minimize(objective), allowed)
    problem.solve(solver=cvxpy.CLARABEL)
    return float(problem.value)


def dit_minimum(loads: Array, law: Array, slope: float, iterations: int) -> float:
    """I + sP that dit reaches; it has no zero in its channel, so what y <= x forbids costs 10^3 nats."""
    from dit.rate_distortion.blahut_arimoto import blahut_arimoto

    differences = np.subtract.outer(loads, loads)
    costs = np.where(differences >= 0, differences, 1e3 / slope)
    found, _ = blahut_arimoto(
        law, slope / math.log(2), distortion=lambda *_: costs, max_iters=iterations, restarts=1
    )
    return float(found.rate * math.log(2) + slope * found.distortion)


def loads_of(count: int) -> Iterator[tuple[str, Array, Array]]:
    """Paper A's uniform load of mean 1 (figure 4), and one that falls off."""
    loads = np.arange(count) * (2 / (count - 1))
    yield "uniform", loads, np.full(count, 1 / count)
    falling = np.exp(-4 * np.arange(count) / count)
    yield "falling", loads, falling / falling.sum()


Ratios = dict[str, list[float]]


def blahut_arimoto(table: Table, ratios: Ratios) -> None:
    """One user: n = 21 to 1e-9 nat, n = 200 to 1e-6 nat, at the slopes of several powers."""
    for count, gap in ((21, 1e-9), (200, 1e-6)):
        for name, loads, law in loads_of(count):
            whole = float((loads * law).sum())
            for share in (0.3, 0.6, 0.9):
                slope = privacy_power.point(loads, law, share * whole).slope_nats
                work = f"Blahut-Arimoto {count}, {name}, P = {share} Pmax"
                found = privacy_power.minimise([loads], law, slope, gap)
                ours, _ = timed(prepared([loads], law, slope, gap), 500)
                kernel = kernel_of(loads, slope)
                peers: list[tuple[str, int, Callable[[], Any]]] = [
                    ("numpy", 3 if count == 21 else 1, functools.partial(plain, kernel, law, gap)),
                    ("dit", 3, functools.partial(dit_minimum, loads, law, slope, 1000)),
                ]
                if count == 21:
                    peers.append(("cvxpy", 2, functools.partial(convex, loads, law, slope)))
                for peer, rounds, call in peers:
                    theirs, value = timed(call, rounds)
                    if peer == "numpy":
                        assert value[0] >= found.lower_nats
                        shown = f"numpy, {value[1]} iterations ({found.iterations})"
                    else:
                        shown = f"{peer}, {value - found.lower_nats:+.1e} nat off"
                    row(table, work, ours, shown, theirs)
                    ratios.setdefault(f"Blahut-Arimoto {count}, {peer}", []).append(theirs / ours)


def row(table: Table, work: str, ours: float, peer: str, theirs: float) -> None:
    table.add_row(work, f"{ours * 1e3:.4f}", peer, f"{theirs * 1e3:.3f}", f"{theirs / ours:.0f}")


def correlated(table: Table, ratios: Ratios) -> None:
    """Two correlated users on a 21 x 21 grid to 1e-6 nat; the goal is 1 s."""
    levels = np.arange(21) * 0.1
    index = np.arange(21)
    law = np.exp(-0.3 * np.abs(np.subtract.outer(index, index)) - 0.1 * np.add.outer(index, index))
    joint = np.ascontiguousarray((law / law.sum()).ravel())
    for slope in (1.5, 3.0, 10.0):
        work = f"two correlated users, 21 x 21, s = {slope}"
        ours, _ = timed(prepared([levels, levels], joint, slope, 1e-6), 20)
        one = kernel_of(levels, slope)
        theirs, (_, iterations) = timed(functools.partial(plain, np.kron(one, one), joint, 1e-6), 1)
        row(table, work, ours, f"numpy, {iterations} iterations; goal 1000 ms", theirs)
        ratios.setdefault("correlated 21 x 21, numpy", []).append(theirs / ours)


def exact(table: Table) -> None:
    """Points at n = 10^4 to 10^6 (goal 0.3 s at the last), whole curves at n = 10^3, 10^4 (goal 1 s)."""
    generator = np.random.default_rng(1)
    for count in (10**4, 10**5, 10**6):
        for name, law in (("uniform", np.ones(count)), ("random", generator.random(count))):
            loads, p = np.arange(count) / count, law / law.sum()
            power = 0.3 * float((loads * p).sum())
            ours, _ = timed(functools.partial(privacy_power.point, loads, p, power), 5)
            goal = "300" if count == 10**6 else ""
            table.add_row(f"exact point, n = {count}, {name}", f"{ours * 1e3:.3f}", "goal", goal, "")
    for count in (10**3, 10**4):
        levels, weights = np.arange(count) / count, generator.random(count)
        ours, _ = timed(functools.partial(privacy_power.breakpoints, levels, weights / weights.sum()), 3)
        goal = "1000" if count == 10**4 else ""
        table.add_row(f"exact curve, n = {count}", f"{ours * 1e3:.3f}", "goal", goal, "")


def main() -> None:
    """Measure and print."""
    table = Table("work", "native ms", "peer, (native) iterations", "peer ms", "times as fast")
    ratios: Ratios = {}
    blahut_arimoto(table, ratios)
    correlated(table, ratios)
    exact(table)
    Console().print(table)
    for name, values in ratios.items():
        print(f"{name}: {min(values):,.0f} to {max(values):,.0f} times as fast")


if __name__ == "__main__":
    main()
