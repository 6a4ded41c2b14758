"""The benchmark of the privacy-power function, part of `make bench`.

Blahut-Arimoto of the C core, numpy, dit and cvxpy minimise I + sP of the same load at the same slope, with
the distortion x - y for y <= x, all from the uniform law, numpy and the C core to the same certified gap. dit
stops after a number of iterations that it is told, and cvxpy at its own tolerance: their errors are printed
instead. The exact points and curves have no peer.
"""

import functools
import importlib
import importlib.util
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from meter_privacy.native import privacy_power

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


def plain(loads: Array, law: Array, slope: float, gap: float) -> tuple[float, int]:
    """Blahut-Arimoto in numpy until U - ln max g <= min(I + sP) <= U is tight: U, and the iterations."""
    differences = np.subtract.outer(loads, loads)
    kernel = np.where(differences >= 0, np.exp(-slope * np.maximum(differences, 0)), 0.0)
    transposed = np.ascontiguousarray(kernel.T)
    q = np.full(len(loads), 1 / len(loads))
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


def blahut_arimoto(table: Table) -> None:
    """One user: n = 21 to 1e-9 nat, n = 200 to 1e-6 nat, at the slopes of several powers."""
    for count, gap in ((21, 1e-9), (200, 1e-6)):
        for name, loads, law in loads_of(count):
            whole = float((loads * law).sum())
            for share in (0.3, 0.6, 0.9):
                slope = privacy_power.point(loads, law, share * whole).slope_nats
                work = f"Blahut-Arimoto {count}, {name}, P = {share} Pmax"
                ours, found = timed(functools.partial(privacy_power.minimise, [loads], law, slope, gap), 50)
                theirs, (upper, iterations) = timed(
                    functools.partial(plain, loads, law, slope, gap), 2 if count == 21 else 1
                )
                assert upper >= found.lower_nats
                peer = f"numpy, {iterations} iterations ({found.iterations})"
                row(table, work, ours, peer, theirs)
                if share == 0.6:
                    if importlib.util.find_spec("dit"):
                        took, value = timed(functools.partial(dit_minimum, loads, law, slope, 1000), 2)
                        row(table, work, ours, f"dit, {value - found.lower_nats:.1e} nat above", took)
                    if count == 21:
                        took, value = timed(functools.partial(convex, loads, law, slope), 1)
                        row(table, work, ours, f"cvxpy, {value - found.lower_nats:+.1e} nat off", took)


def row(table: Table, work: str, ours: float, peer: str, theirs: float) -> None:
    table.add_row(work, f"{ours * 1e3:.3f}", peer, f"{theirs * 1e3:.3f}", f"{theirs / ours:.0f}")


def correlated(table: Table) -> None:
    """Two correlated users on a 21 x 21 grid to 1e-6 nat; the goal is 1 s."""
    levels = np.arange(21) * 0.1
    index = np.arange(21)
    law = np.exp(-0.3 * np.abs(np.subtract.outer(index, index)) - 0.1 * np.add.outer(index, index))
    joint = np.ascontiguousarray((law / law.sum()).ravel())
    for slope in (1.5, 3.0, 10.0):
        ours, _ = timed(functools.partial(privacy_power.minimise, [levels, levels], joint, slope, 1e-6), 10)
        table.add_row(f"two correlated users, 21 x 21, s = {slope}", f"{ours * 1e3:.3f}", "goal", "1000", "")


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
    blahut_arimoto(table)
    correlated(table)
    exact(table)
    Console().print(table)


if __name__ == "__main__":
    main()
