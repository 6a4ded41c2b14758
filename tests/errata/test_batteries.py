"""What paper B prints and does not hold, each with its counterexample and then the correction.

The printed formulas live here only. Informations are computed from joint laws that are enumerated here.
"""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from meter_privacy.reference import batteries, cascade, cascade_search, controllers

F = Fraction
FAIR = [F(1, 2), F(1, 2)]
TERNARY = [F(1, 4), F(1, 2), F(1, 4)]
UNIFORM = (F(1, 2), F(1, 2))
Point = tuple[Any, ...]


def rows(*laws: Sequence[Fraction | int]) -> list[dict[str, list[Fraction]]]:
    """A table in the form in which operations take it."""
    return [{"probabilities": [F(part) for part in law]} for law in laws]


def passing(share: Fraction) -> list[dict[str, list[Fraction]]]:
    """Capacity 1, loads 0 and 1: pass the load on with this probability where there is a choice."""
    return rows((share, 1 - share), (0, 1), (1, 0), (1 - share, share))


STRUCTURED: dict[str, Any] = {"initial_state": UNIFORM, "policy": passing(F(1, 2))}


def information(
    law: Mapping[Point, Fraction], left: Callable[[Point], Any], right: Callable[[Point], Any]
) -> float:
    """I of two functions of a point, as the mean of log2 p(l, r)/(p(l) p(r))."""
    both: dict[Any, Fraction] = {}
    one: dict[Any, Fraction] = {}
    two: dict[Any, Fraction] = {}
    for point, mass in law.items():
        a, b = left(point), right(point)
        both[a, b] = both.get((a, b), F(0)) + mass
        one[a], two[b] = one.get(a, F(0)) + mass, two.get(b, F(0)) + mass
    return math.fsum(float(m) * math.log2(m / (one[a] * two[b])) for (a, b), m in both.items() if m)


def given(
    law: Mapping[Point, Fraction],
    left: Callable[[Point], Any],
    right: Callable[[Point], Any],
    known: Callable[[Point], Any],
) -> float:
    """I of two functions of a point given a third: I(l, k; r) - I(k; r)."""
    return information(law, lambda z: (left(z), known(z)), right) - information(law, known, right)


def cascade_law(p: list[Fraction], pair: list[dict[str, Any]], slots: int) -> dict[Point, Fraction]:
    """The law of (s_A,1, s_B,1, x^T, w^T, y^T)."""
    _, read = cascade.read_cascade(p, pair)
    return {
        (states, xs, tuple(w for w, _ in flows), tuple(y for _, y in flows)): mass
        for (states, xs, flows), mass in cascade.cascade_paths(tuple(p), read, slots).items()
    }


def test_infimum_and_limit_do_not_change_places() -> None:
    """B-ERRATUM-20: (18) = (19) fails at T = 1, and at every T by at most log2(C + 1)/T."""
    ones = rows((0, 1), (0, 1), (1, 0), (0, 1))
    empty = [F(1), F(0)]
    printed_right = float(batteries.minimum_leakage(FAIR, 1)["leakage_bits"])
    assert printed_right == 0.5
    assert float(batteries.finite_leakage(FAIR, empty, ones, 1)) == pytest.approx(0.0, abs=1e-30)
    for slots in range(1, 8):
        leaked = float(batteries.finite_leakage(FAIR, empty, ones, slots)) * slots
        assert leaked >= slots * printed_right - math.log2(2) - 1e-12
    # In the limit the same policy leaks more than the least rate.
    assert controllers.leakage_rate(FAIR, empty, ones, 3)["lower_bits"].lower > F(1, 2)


def step_of(law: Mapping[Point, Fraction], t: int) -> float:
    """I(S_A,1, S_B,1, X^(t+1), Y^(t+1); W_(t+1) | W^t), slots counted from 0."""

    def so_far(z: Point) -> Any:
        return z[0], z[1][: t + 1], z[3][: t + 1]

    def now(z: Point) -> Any:
        return z[2][t]

    def before(z: Point) -> Any:
        return z[2][:t]

    return given(law, so_far, now, before)


def test_dropping_the_future_is_an_inequality() -> None:
    """B-ERRATUM-21: the step of (11) without a letter, printed "=", drops later loads and outputs."""
    law = cascade_law(FAIR, [STRUCTURED, STRUCTURED], 2)
    whole = information(law, lambda z: (z[0], z[1], z[3]), lambda z: z[2])
    parts = sum(step_of(law, t) for t in range(2))
    assert whole == pytest.approx(1.327569, abs=1e-6)
    assert parts == pytest.approx(1.311278, abs=1e-6)
    assert whole > parts + 0.01


def test_three_terms_are_one_information() -> None:
    """B-ERRATUM-22: (10) is I(S_A, S_B, X; Y), whether the batteries are invariant or not."""
    odd: dict[str, Any] = {"initial_state": [F(2, 3), F(1, 3)], "policy": passing(F(1, 5))}
    for pair in ([STRUCTURED, STRUCTURED], [STRUCTURED, odd], [odd, STRUCTURED], [odd, odd]):
        answer = cascade.cascade_bound(FAIR, pair)
        law = cascade_law(FAIR, pair, 1)
        single = information(law, lambda z: (z[0], z[1]), lambda z: z[3])
        assert float(answer["bound_bits"]) == pytest.approx(single, abs=1e-14)
        terms = [float(answer[name]) for name in ("first_bits", "second_bits", "joint_bits")]
        assert terms[0] + terms[1] - terms[2] == pytest.approx(single, abs=1e-14)


def test_invariance_of_one_battery_does_not_depend_on_the_other() -> None:
    """B-ERRATUM-23: (8) gives W the load's own law, so that (9) is a condition on battery B alone."""
    invariant: list[dict[str, Any]] = [
        {"initial_state": UNIFORM, "policy": passing(F(share, 7))} for share in range(8)
    ]
    for a, b in itertools.product(invariant, invariant):
        assert [value.upper for value in cascade.cascade_bound(FAIR, [a, b])["residuals"]] == [0, 0]
        law = batteries.invariance(FAIR, UNIFORM, a["policy"])["output_probabilities"]
        assert [mass.midpoint for mass in law] == FAIR
    # Behind a battery that is not invariant the printed (9) is another condition, which the same B breaks.
    full: dict[str, Any] = {"initial_state": [F(0), F(1)], "policy": passing(F(1, 2))}
    residuals = cascade.cascade_bound(FAIR, [full, invariant[4]])["residuals"]
    assert residuals[0].lower > 0
    assert residuals[1].lower > 0


def test_alike_is_not_free_and_bounds_are_not_leakages() -> None:
    """B-ERRATUM-24: the minimum over all invariant pairs is lower than curve 2, and comparing bounds proves
    nothing of leakages: an audit does.
    """
    seed = b"\x24" * 32
    alike = cascade_search.search_bound(FAIR, 1, 1, 4, seed)
    assert float(alike["bound_bits"]) == pytest.approx(0.3227864, abs=1e-7)
    free = [STRUCTURED, {"initial_state": UNIFORM, "policy": passing(F(2, 3))}]
    answer = cascade.cascade_bound(FAIR, free)
    assert [value.upper for value in answer["residuals"]] == [0, 0]
    quarter = -(math.log2(0.25) / 4 + 0.75 * math.log2(0.75))
    assert float(answer["bound_bits"]) == pytest.approx(quarter - 0.5, abs=1e-14)
    assert answer["bound_bits"].upper < alike["bound_bits"].lower - F(1, 100)
    # Each optimal alone leaks more than the symmetric pair, by audited rates and not by their bounds.
    pair = {
        "initial_state": [mass.lower for mass in alike["batteries"][0]["initial_state"]],
        "policy": rows(
            *([part.lower for part in row["probabilities"]] for row in alike["batteries"][0]["policy"])
        ),
    }
    each = controllers.chain_leakage_rate(FAIR, [STRUCTURED, STRUCTURED], 5)
    symmetric = controllers.chain_leakage_rate(FAIR, [pair, pair], 5)
    apart = controllers.chain_leakage_rate(FAIR, free, 5)
    assert each["upper_bits"].upper < cascade.cascade_bound(FAIR, [STRUCTURED] * 2)["bound_bits"].lower
    assert each["lower_bits"].lower > F(3220, 10**4)
    assert symmetric["upper_bits"].upper < F(3134, 10**4)
    assert apart["upper_bits"].upper < F(3113, 10**4)


def test_initial_states_alone_say_nothing_of_later_ones() -> None:
    """B-ERRATUM-25: the sums in (27) are of initial states, so that its indicator is always one; and Claim
    1's policy given x^(t-1) instead of x^t is neither feasible nor of the right law.
    """
    law = cascade_law(FAIR, [STRUCTURED, STRUCTURED], 2)
    for (start, xs, ws, ys), mass in law.items():
        # S_(A,k+1) + S_(B,k+1) is a function of what is printed: the indicator restates its definition.
        a, b = start[0] - xs[0] + ws[0], start[1] - ws[0] + ys[0]
        assert mass > 0
        assert a + b == sum(start) - xs[0] + ys[0]
    first = cascade_law(FAIR, [STRUCTURED, STRUCTURED], 1)
    empty = {x: F(0) for x in (0, 1)}
    for (start, xs, _, ys), mass in first.items():
        if sum(start) == 0 and ys[0] == 0:
            empty[xs[0]] += mass
    mass_of_empty = sum((m for (start, *_), m in first.items() if sum(start) == 0), F(0))
    printed = sum(empty.values()) / mass_of_empty
    assert printed > 0, "the printed policy gives y = 0 from an empty battery whatever the load"
    assert empty[1] == 0, "and with x = 1 that would make the state negative"
    corrected = cascade.equivalent_policy(FAIR, [STRUCTURED, STRUCTURED])
    batteries.check_policy(
        2, 1, rows(*([p.lower for p in row["probabilities"]] for row in corrected["policy"]))
    )


def test_a_history_says_more_than_a_state() -> None:
    """B-ERRATUM-26: q(Y_t | W_t, S_B,t) and q(Y_t | W^t, S_B^t, Y^(t-1)) are two classes of policies."""

    def held(xs: tuple[int, ...], states: tuple[int, ...], ys: tuple[int, ...]) -> dict[int, Fraction]:
        lowest, highest = batteries.output_range(2, states[-1], xs[-1], 1)
        return {max(lowest, min(highest, ys[-1] if ys else 0)): F(1)}

    law = cascade.history_law(tuple(FAIR), [((F(1, 3),) * 3, held)], 3)
    # The law of y_3 at s_3 = 1, x_3 = 0, by the last output and without it.
    masses = {(before, y): F(0) for before in (0, 1) for y in (0, 1)}
    for (start, xs, flows), mass in law.items():
        ys = [y for (y,) in flows]
        if start[0] - sum(xs[:2]) + sum(ys[:2]) == 1 and xs[2] == 0:
            masses[ys[1], ys[2]] += mass
    assert all(masses[before, 1 - before] == 0 < masses[before, before] for before in (0, 1))


def test_bits_a_slot_and_limits() -> None:
    """B-ERRATUM-27: nothing in the rate knows of seconds; and (14) without its limit gives a value for each
    T.
    """
    rate = float(batteries.finite_leakage(FAIR, UNIFORM, passing(F(1, 2)), 1))
    assert rate == 0.5
    assert rate / 900 != rate / 60, "bits a second depend on the length of a slot"
    values = [float(cascade.cascade_finite_leakage(FAIR, [STRUCTURED] * 2, T)) for T in range(1, 6)]
    assert values == pytest.approx([0.344361, 0.336215, 0.332047, 0.329673, 0.328186], abs=1e-6)
    assert len({round(value, 4) for value in values}) == 5
    limit = controllers.chain_leakage_rate(FAIR, [STRUCTURED] * 2, 4)
    assert limit["upper_bits"].upper < F(values[-1])


def test_holding_a_constant_needs_a_definition() -> None:
    """B-ERRATUM-28: "holding the output to a constant" leaves the level and the start open, and with them the
    leakage; so does "the well known best effort algorithm".
    """
    level_1 = controllers.constant_holding_leakage(FAIR, 2, F(1), 2)
    assert level_1.lower <= 1 <= level_1.upper
    level_half = controllers.constant_holding_leakage(FAIR, 2, F(1, 2), 0)
    assert float(level_half) == pytest.approx(0.4244345465, abs=1e-9)
    held = controllers.best_effort_leakage(FAIR, 2)
    assert float(held) == pytest.approx(0.5192746327, abs=1e-9)
    # Passing the load on whenever that is feasible would be an effort too: it always is, and leaks
    # everything.
    identity = rows(*((1, 0) if x == 0 else (0, 1) for _, x in itertools.product(range(3), range(2))))
    rate = controllers.leakage_rate(FAIR, [F(1), F(0), F(0)], identity, 2)
    assert float(rate["lower_bits"]) == pytest.approx(1.0)


def test_stray_words_are_no_condition() -> None:
    """B-ERRATUM-29: "binary input case" before Theorem 2 is no condition: it holds for three loads."""
    theta = (F(1, 3), F(1, 3), F(1, 3))
    battery = {
        "initial_state": theta,
        "policy": batteries.as_rows(batteries.structured(tuple(TERNARY), theta)),
    }
    least = float(batteries.minimum_leakage(TERNARY, 4)["leakage_bits"])
    for slots in (1, 2, 3):
        leaked = float(cascade.cascade_finite_leakage(TERNARY, [battery] * 2, slots))
        assert leaked >= least - math.log2(5) / slots
    # The law of the structured pair is invariant, so that even one slot is above the limit.
    assert float(cascade.cascade_finite_leakage(TERNARY, [battery] * 2, 3)) > least


def test_one_semicolon() -> None:
    """B-ERRATUM-33: as an information of three variables I(S, X, W) is negative; I(S, X; W) is meant."""
    law = cascade_law(FAIR, [STRUCTURED, STRUCTURED], 1)
    printed = information(law, lambda z: z[0][0], lambda z: z[1])
    printed -= given(law, lambda z: z[0][0], lambda z: z[1], lambda z: z[2])
    meant = information(law, lambda z: (z[0][0], z[1]), lambda z: z[2])
    assert printed == pytest.approx(-0.122556, abs=1e-6)
    assert meant == pytest.approx(0.5)


def test_two_loads_under_one_caption() -> None:
    """B-ERRATUM-34: "for Binary Input" stands under curves of which half are not."""
    for capacity in (2, 4):
        binary = batteries.minimum_leakage(FAIR, capacity)["leakage_bits"]
        ternary = batteries.minimum_leakage(TERNARY, capacity)["leakage_bits"]
        assert ternary.lower > binary.upper + F(1, 10)
