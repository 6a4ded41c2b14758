"""The privacy-power function: the exact solver against certificates, enumeration, closed forms and
properties.
"""

import itertools
import math
import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath.libmp import to_rational

from meter_privacy.reference import information
from meter_privacy.reference import privacy_power as power
from meter_privacy.reference.errors import Exhausted, Malformed, ProofFailed, Range, Refused

F = Fraction
HALF = [F(1, 2), F(1, 2)]
Law = tuple[list[Fraction], list[Fraction]]


def random_law(rng: random.Random, largest: int = 12) -> Law:
    """Even and uneven levels, with and without 0, tiny probabilities, zeros, ties."""
    n = rng.randint(2, largest)
    kind = rng.choice(["even", "uneven", "tiny", "zeros", "ties"])
    first = rng.choice([0, 0, 1, 7])
    steps = [1 if kind in ("even", "ties") else rng.randint(1, 9) for _ in range(n - 1)]
    loads = [F(value, rng.choice([1, 1, 10])) for value in [first]]
    for step in steps:
        loads.append(loads[-1] + F(step, 4))
    weights = [1 if kind == "ties" else rng.randint(1, 1000) for _ in range(n)]
    if kind == "tiny":
        weights = [w * 10 ** rng.choice([0, 0, 6, 12]) for w in weights]
    if kind == "zeros":
        weights = [0 if rng.random() < 0.4 else w for w in weights]
        weights[rng.randrange(n)] = weights[rng.randrange(n)] = 500
    return loads, [F(w, sum(weights)) for w in weights]


def bits_at(law: Law, P: Fraction) -> float:
    """I(P) as a float."""
    return float(power.leakage(*law, P)["leakage_bits"])  # type: ignore[arg-type]


def midpoints(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as a target gives it."""
    return {key: value if isinstance(value, int) else value.midpoint for key, value in answer.items()}


@pytest.mark.parametrize("seed", range(8))
def test_exact_solver_in_certified_intervals(seed: int) -> None:
    """POWER-8, POWER-9, POWER-12, POWER-13: I + sP of the exact point lies in Blahut-Arimoto's interval,
    240 laws.
    """
    rng = random.Random(seed)
    for _ in range(30):
        law = random_law(rng)
        curve = power.Curve(*law)
        if curve.maximum_power == 0:
            continue
        P = curve.maximum_power * F(rng.randint(1, 99), 100)
        point = power.leakage(*law, P)
        leakage, slope = point["leakage_bits"], point["slope_nats"]
        assert leakage is not None
        assert slope is not None
        assert leakage.width < F(1, 10**25)
        s = F(float(slope))
        found = midpoints(power.blahut_arimoto(*law, s, F(1, 10**7)))
        value = float(leakage) * math.log(2) + float(s * P)
        assert found["lower_nats"] - F(1, 10**9) <= value <= found["upper_nats"] + F(1, 10**9)
        assert 0 <= found["upper_nats"] - found["lower_nats"] <= F(1, 10**7)
        power.judge_blahut_arimoto(*law, s, F(1, 10**7), **found)


def test_paths_and_pools_agree() -> None:
    """POWER-8, POWER-10: the merge path and pooling at a slope give one partition, for 60 laws."""
    rng = random.Random(20)
    for _ in range(60):
        curve = power.Curve(*random_law(rng))
        slopes = [slope for slope, _ in curve.merges]
        assert slopes == sorted(slopes, reverse=True)
        assert len(slopes) == len(curve.levels) - 1
        for slope in slopes:
            for s in (slope * F(999, 1000).numerator / 1000, slope * 1001 / 1000):
                assert curve.starts_at(s) == curve.isotonic_starts(s)


@pytest.mark.parametrize("decimals", [1, 25, 50, 120, 250])
def test_as_many_decimals_as_asked(decimals: int) -> None:
    """POWER-9: two levels against (11) at another precision; enclosures within each other."""
    loads, p, P = [F(0), F(3)], [F(1, 3), F(2, 3)], F(3, 7)
    found = power.leakage(loads, p, P, decimals)
    leakage, slope = found["leakage_bits"], found["slope_nats"]
    assert leakage is not None
    assert slope is not None
    assert leakage.width < F(1, 10**decimals) > slope.width
    with mpmath.workdps(300):
        t, mass = mpmath.mpf(1) / 7, mpmath.mpf(1) / 3
        value = (
            t * mpmath.log(t, 2) - (mass + t) * mpmath.log(mass + t, 2) - (1 - mass) * mpmath.log(1 - mass, 2)
        )
        exact = F(*map(int, to_rational(value._mpf_)))
        assert leakage.lower - F(1, 10**290) <= exact <= leakage.upper + F(1, 10**290)
    coarse = power.leakage(loads, p, P)["leakage_bits"]
    assert coarse is not None
    assert coarse.lower <= leakage.upper
    assert leakage.lower <= coarse.upper
    for wrong in (0, 251):
        with pytest.raises(Range):
            power.leakage(loads, p, P, wrong)


def test_breakpoints_lie_on_the_curve() -> None:
    """POWER-10: at each breakpoint's power the point has its slope and leakage; the last is P_max with 0."""
    rng = random.Random(5)
    for _ in range(12):
        law = random_law(rng, 7)
        points = power.curve(*law)
        for point in points[:-1]:
            at = power.leakage(*law, point["power"].midpoint)
            assert float(at["leakage_bits"]) == pytest.approx(float(point["leakage_bits"]), abs=1e-15)  # type: ignore[arg-type]
            assert float(at["slope_nats"]) == pytest.approx(float(point["slope_nats"]), rel=1e-9)  # type: ignore[arg-type]
        if points:
            assert float(points[-1]["power"]) == pytest.approx(float(power.Curve(*law).maximum_power))
            assert float(points[-1]["leakage_bits"]) == pytest.approx(0, abs=1e-30)
    n = 9
    uniform = power.curve([F(k) for k in range(n)], [F(1, n)] * n)
    wanted = [math.log(1 + 1 / (m - 1)) for m in range(2, n + 1)]
    assert [float(point["slope_nats"]) for point in uniform] == pytest.approx(wanted)


laws = st.integers(0, 2**32).map(lambda seed: random_law(random.Random(seed), 8))


@given(laws, st.lists(st.integers(0, 1000), min_size=3, max_size=3, unique=True).map(sorted))
@settings(max_examples=40, deadline=None)
def test_monotone_convex_and_corners(law: Law, places: list[int]) -> None:
    """POWER-4: I falls, is convex, is H(X) at 0 and 0 from P_max on."""
    most = power.Curve(*law).maximum_power
    P = [most * F(place, 1000) for place in places]
    at = [bits_at(law, value) for value in P]
    assert at[0] >= at[1] - 1e-13 >= at[2] - 2e-13
    if most:
        weight = float((P[1] - P[0]) / (P[2] - P[0]))
        assert at[1] <= (1 - weight) * at[0] + weight * at[2] + 1e-12
    assert bits_at(law, F(0)) == pytest.approx(float(information.entropy(law[1])))
    for beyond in (most, most + 1):
        assert power.leakage(*law, beyond) == {"leakage_bits": information.exactly(0), "slope_nats": None}


@given(laws, st.integers(1, 999))
@settings(max_examples=40, deadline=None)
def test_optimal_policy_has_its_power_and_leakage(law: Law, place: int) -> None:
    """POWER-1, POWER-2, POWER-3, POWER-11: the policy, evaluated by the definitions, gives P and I(P)."""
    P = power.Curve(*law).maximum_power * F(place, 1000)
    policy = power.optimal_policy(*law, P)
    rows = []
    for i, row in enumerate(policy["policy"]):
        chances = [one.midpoint for one in row["probabilities"]]
        assert all(chance == 0 for chance in chances[i + 1 :])
        rows.append({"probabilities": [chance / sum(chances) for chance in chances]})
    answer = power.policy_leakage(*law, rows)
    assert float(answer["power"]) == pytest.approx(float(P), abs=1e-15)
    assert float(answer["leakage_bits"]) == pytest.approx(bits_at(law, P), abs=1e-14)
    output = [float(one) for one in policy["output_probabilities"]]
    assert math.fsum(output) == pytest.approx(1)
    assert all(mass == 0 for mass, p in zip(output, law[1], strict=True) if p == 0)


@given(laws, st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_no_policy_is_better(law: Law, seed: int) -> None:
    """POWER-5: random feasible policies leak at least I of their power."""
    rng = random.Random(seed)
    rows = []
    for i in range(len(law[0])):
        weights = [rng.randint(0, 5) for _ in range(i)] + [1]
        rows.append({"probabilities": [F(w, sum(weights)) for w in weights] + [F(0)] * (len(law[0]) - i - 1)})
    answer = power.policy_leakage(*law, rows)
    assert float(answer["leakage_bits"]) >= bits_at(law, answer["power"].midpoint) - 1e-12


def test_policies_with_memory() -> None:
    """POWER-2, POWER-3, POWER-5: over n = 1 to 4 slots memory does not help; without it I_n = I_1."""
    loads, p = [F(0), F(1)], [F(1, 3), F(2, 3)]

    def memoryless(past: tuple[Fraction, ...], _: tuple[Fraction, ...]) -> dict[Fraction, Fraction]:
        return {F(0): F(1)} if past[-1] == 0 else {F(0): F(1, 4), F(1): F(3, 4)}

    def greedy(past: tuple[Fraction, ...], given: tuple[Fraction, ...]) -> dict[Fraction, Fraction]:
        saved = len(past) > 1 and given[-1] == past[-2]
        return {F(0) if past[-1] == 0 or saved else F(1): F(1)}

    one, P = power.leakage_rate(loads, p, memoryless, 1)
    for n in (2, 3, 4):
        rate, used = power.leakage_rate(loads, p, memoryless, n)
        assert used == P == F(1, 6)
        assert float(rate) == pytest.approx(float(one), abs=1e-30)
        rate, used = power.leakage_rate(loads, p, greedy, n)
        assert float(rate) >= bits_at((loads, p), used)
    with pytest.raises(Range):
        power.leakage_rate(loads, p, lambda past, _: {past[-1] + 1: F(1)}, 1)
    with pytest.raises(Range):
        power.leakage_rate(loads, p, lambda past, _: {past[-1]: F(1, 2)}, 1)


def entropy_bits(masses: Mapping[Any, float]) -> float:
    return -math.fsum(mass * math.log2(mass) for mass in masses.values() if mass)


def shared(joint: Mapping[tuple[Any, Any], float]) -> float:
    """The mutual information of a joint law in bits."""
    sides: tuple[dict[Any, float], dict[Any, float]] = ({}, {})
    for pair, mass in joint.items():
        for side, symbol in zip(sides, pair, strict=True):
            side[symbol] = side.get(symbol, 0.0) + mass
    return entropy_bits(sides[0]) + entropy_bits(sides[1]) - entropy_bits(joint)


@given(laws, st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_the_converse_chain(law: Law, seed: int) -> None:
    """POWER-5: each inequality of (6a) to (6g) for random causal policies of two slots."""
    rng = random.Random(seed)
    loads, p = (law[0][:3], law[1][:3])
    if sum(p) == 0:
        p = [F(1), *[F(0)] * (len(p) - 1)]
    p = [mass / sum(p) for mass in p]
    rows: dict[Any, dict[int, float]] = {}

    def drawn(past: tuple[int, ...], given_: tuple[int, ...]) -> dict[int, float]:
        if (past, given_) not in rows:
            weights = [rng.random() ** 3 for _ in range(past[-1] + 1)]
            rows[past, given_] = {j: weight / math.fsum(weights) for j, weight in enumerate(weights)}
        return rows[past, given_]

    whole: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}
    for i, j in itertools.product(range(len(loads)), repeat=2):
        for a, first in drawn((i,), ()).items():
            for b, second in drawn((i, j), (a,)).items():
                whole[(i, j), (a, b)] = float(p[i] * p[j]) * first * second
    single, powers = [], []
    for slot in range(2):
        joint: dict[tuple[int, int], float] = {}
        for (x, y), mass in whole.items():
            joint[x[slot], y[slot]] = joint.get((x[slot], y[slot]), 0.0) + mass
        single.append(shared(joint))
        powers.append(math.fsum(mass * float(loads[x] - loads[y]) for (x, y), mass in joint.items()))
    # sum_t H(X_t | X^(t-1), Y^n) from the whole: H(X_1 | Y^2) + H(X_2 | X_1, Y^2).
    outputs: dict[Any, float] = {}
    with_first: dict[Any, float] = {}
    for (x, y), mass in whole.items():
        outputs[y] = outputs.get(y, 0.0) + mass
        with_first[x[0], y] = with_first.get((x[0], y), 0.0) + mass
    chain = (entropy_bits(with_first) - entropy_bits(outputs)) + (
        entropy_bits(whole) - entropy_bits(with_first)
    )
    leakage = 2 * entropy_bits({k: float(mass) for k, mass in enumerate(p)}) - chain
    assert leakage == pytest.approx(shared(whole), abs=1e-10)
    assert leakage >= sum(single) - 1e-9
    at = [bits_at((loads, p), F(P)) for P in powers]
    assert all(mine >= least - 1e-9 for mine, least in zip(single, at, strict=True))
    assert sum(at) / 2 >= bits_at((loads, p), F(sum(powers) / 2)) - 1e-9


@pytest.mark.parametrize(
    ("loads", "p", "slots"),
    [
        ([F(0), F(1)], [F(1, 3), F(2, 3)], 2),
        ([F(0), F(1)], [F(1, 3), F(2, 3)], 3),
        ([F(1), F(2), F(4)], [F(1, 2), F(1, 6), F(1, 3)], 1),
    ],
)
def test_block_policies_by_brute_force(loads: list[Fraction], p: list[Fraction], slots: int) -> None:
    """POWER-6: the pruned enumeration finds what all maps have: 16 of two slots, 4096 of three."""
    sequences = list(itertools.product(range(len(loads)), repeat=slots))
    options = [list(itertools.product(*(range(i + 1) for i in x))) for x in sequences]
    masses = [math.prod(float(p[k]) for k in x) for x in sequences]
    given_up = [
        {y: sum(float(loads[i] - loads[j]) for i, j in zip(x, y, strict=True)) / slots for y in ys}
        for x, ys in zip(sequences, options, strict=True)
    ]
    found: list[tuple[float, float]] = []
    for outputs in itertools.product(*options):
        law: dict[tuple[int, ...], float] = {}
        used = 0.0
        for mass, y, lost in zip(masses, outputs, given_up, strict=True):
            law[y] = law.get(y, 0.0) + mass
            used += mass * lost[y]
        found.append((used, entropy_bits(law) / slots))
    for P in (F(0), F(1, 9), F(1, 4), F(1, 2), F(2, 3), F(4, 3)):
        best = min(value for used, value in found if used <= float(P) + 1e-12)
        assert float(power.block_leakage(loads, p, slots, P)) == pytest.approx(best)
        assert best >= bits_at((loads, p), P) - 1e-12


def random_channel(rng: random.Random, levels: list[list[Fraction]]) -> dict[Any, dict[Any, Fraction]]:
    """A channel of users with any grid loads up to the load, not only levels."""
    channel = {}
    for x in itertools.product(*levels):
        outs = [tuple(load * F(rng.randint(0, 6), 6) for load in x) for _ in range(rng.randint(1, 4))]
        weights = {y: rng.randint(1, 9) for y in outs}
        channel[x] = {y: F(weight, sum(weights.values())) for y, weight in weights.items()}
    return channel


@given(st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_theorem_2_and_lemma_1_on_channels(seed: int) -> None:
    """POWER-4, POWER-7: rounding is feasible and costs neither leakage nor power; mixing is convex."""
    rng = random.Random(seed)
    levels = [random_law(rng, 4)[0] for _ in range(rng.randint(1, 2))]
    points = list(itertools.product(*levels))
    weights = [rng.randint(0, 9) for _ in points]
    weights[0] += 1
    law = {x: F(weight, sum(weights)) for x, weight in zip(points, weights, strict=True)}
    one, two = random_channel(rng, levels), random_channel(rng, levels)
    (leak, used), (other, given_) = power.channel_leakage(law, one), power.channel_leakage(law, two)
    rounded = power.round_channel(levels, one)
    assert all(y in points for row in rounded.values() for y in row)
    less, needed = power.channel_leakage(law, rounded)
    assert less.lower <= leak.upper
    assert needed <= used
    share = F(rng.randint(0, 10), 10)
    mixed, between = power.channel_leakage(law, power.mix_channels(one, two, share))
    assert between == (1 - share) * used + share * given_
    assert mixed.lower <= (1 - share) * leak.upper + share * other.upper
    with pytest.raises(Range):
        power.channel_leakage(law, {x: {tuple(v + 1 for v in x): F(1)} for x in points})
    with pytest.raises(Range):
        power.mix_channels(one, two, F(3, 2))


@given(laws, st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_rounding_up(law: Law, place: int) -> None:
    """POWER-7: feasible for every load at or above, never below the grid load, and the least such level."""
    loads = law[0]
    y = loads[-1] * F(place, 1000)
    level = loads[power.round_up(loads, y)]
    assert level >= y
    assert all(load >= level for load in loads if load >= y)


def test_zero_levels_and_zero_probabilities_change_nothing() -> None:
    """POWER-7, POWER-8: a level of probability 0, or a level 0 that is no load, changes neither I nor s."""
    law = ([F(1), F(2), F(4)], [F(1, 2), F(1, 4), F(1, 4)])
    more = ([F(0), F(1), F(3, 2), F(2), F(4), F(5)], [F(0), F(1, 2), F(0), F(1, 4), F(1, 4), F(0)])
    for P in (F(1, 10), F(1, 2), F(9, 10)):
        assert power.leakage(*law, P) == power.leakage(*more, P)


@pytest.mark.parametrize("n", [100, 500])
def test_large_laws(n: int) -> None:
    """POWER-8, POWER-9: an enclosure at n levels, with probabilities from 10^-12 on, and scaling of the
    loads.
    """
    rng = random.Random(n)
    weights = [10 ** rng.randint(0, 12) for _ in range(n)]
    p = [F(w, sum(weights)) for w in weights]
    loads = [F(k) for k in itertools.accumulate(rng.randint(1, 9) for _ in range(n))]
    P = power.Curve(loads, p).maximum_power / 7
    point = power.leakage(loads, p, P)
    scaled = power.leakage([load / 1024 for load in loads], p, P / 1024)
    assert point["leakage_bits"] is not None
    assert point["leakage_bits"].width < F(1, 10**25)
    assert float(point["leakage_bits"]) == pytest.approx(float(scaled["leakage_bits"]), abs=1e-25)  # type: ignore[arg-type]
    assert 1024 * float(point["slope_nats"]) == pytest.approx(float(scaled["slope_nats"]))  # type: ignore[arg-type]


def test_users_share_a_slope() -> None:
    """POWER-17: powers add up, slopes are equal, an even division leaks more; saturation; order is no
    matter.
    """
    rng = random.Random(3)
    for _ in range(10):
        drawn = [random_law(rng, 6) for _ in range(3)]
        users = [{"loads": loads, "probabilities": p} for loads, p in drawn]
        most = [power.Curve(*law).maximum_power for law in drawn]
        P = sum(most, F(0)) * F(rng.randint(1, 90), 100)
        answer = power.allocate(users, P)
        powers = [one.midpoint for one in answer["powers"]]
        assert float(sum(powers)) == pytest.approx(float(P))
        slopes = []
        for law, given_power, cap in zip(drawn, powers, most, strict=True):
            if 0 < given_power < cap:
                slopes.append(float(power.leakage(*law, given_power)["slope_nats"]))  # type: ignore[arg-type]
        assert slopes == pytest.approx([slopes[0]] * len(slopes))
        total = math.fsum(float(one) for one in answer["leakages_bits"])
        even = math.fsum(bits_at(law, min(P / 3, cap)) for law, cap in zip(drawn, most, strict=True))
        assert total <= even + 1e-12
        turned = power.allocate(users[::-1], P)
        assert [float(one) for one in turned["powers"]] == pytest.approx([float(one) for one in powers[::-1]])


def test_two_levels_three_ways() -> None:
    """POWER-16, POWER-17, POWER-18: (11), (12) to (14), and the general solver agree, also in their
    totals.
    """
    rng = random.Random(8)
    for _ in range(20):
        users = [
            {"probability": F(rng.randint(1, 99), 100), "difference": F(rng.randint(1, 50), 10)}
            for _ in range(3)
        ]
        general = [
            {"loads": [F(0), u["difference"]], "probabilities": [u["probability"], 1 - u["probability"]]}
            for u in users
        ]
        P = sum((u["difference"] * (1 - u["probability"]) for u in users), F(0)) * F(rng.randint(1, 110), 100)
        closed, solved = power.binary(users, P), power.allocate(general, P)
        for key in ("powers", "leakages_bits"):
            assert [float(v) for v in closed[key]] == pytest.approx(
                [float(v) for v in solved[key]], abs=1e-25
            )
        for user, used, leak in zip(users, closed["powers"], closed["leakages_bits"], strict=True):
            direct = power.binary_leakage(user["probability"], user["difference"], used.midpoint)
            assert float(direct) == pytest.approx(float(leak), abs=1e-25)


def test_correlated_users() -> None:
    """POWER-14, POWER-13: equal loads are one user of twice the step; independent ones add up; anything is
    judged.
    """
    two = [{"loads": [F(0), F(1)]}] * 2
    gap, s = F(1, 10**8), F(1, 2)
    equal = midpoints(power.blahut_arimoto_joint(two, [F(1, 2), F(0), F(0), F(1, 2)], s, gap))
    single = midpoints(power.blahut_arimoto([F(0), F(2)], HALF, s, gap))
    assert float(equal["upper_nats"]) == pytest.approx(float(single["upper_nats"]), abs=2e-8)
    apart = midpoints(power.blahut_arimoto_joint(two, [F(1, 4)] * 4, s, gap))
    alone = midpoints(power.blahut_arimoto([F(0), F(1)], HALF, s, gap))
    assert float(apart["upper_nats"]) == pytest.approx(2 * float(alone["upper_nats"]), abs=4e-8)
    for law, found in (([F(1, 2), F(0), F(0), F(1, 2)], equal), ([F(1, 4)] * 4, apart)):
        power.judge_blahut_arimoto_joint(two, law, s, gap, **found)
        with pytest.raises(ProofFailed):
            power.judge_blahut_arimoto_joint(
                two, law, s, gap, **{**found, "lower_nats": found["lower_nats"] - 1}
            )
    three = [{"loads": [F(0), F(1), F(3)]}] * 2
    weights = [random.Random(1).randint(1, 9) for _ in range(9)]
    law = [F(w, sum(weights)) for w in weights]
    found = midpoints(power.blahut_arimoto_joint(three, law, F(1), F(1, 10**6)))
    power.judge_blahut_arimoto_joint(three, law, F(1), F(1, 10**6), **found)


def test_the_judge_refuses() -> None:
    """POWER-13: each fault of a certificate that is otherwise good."""
    law = ([F(0), F(1), F(2)], [F(1, 2), F(1, 4), F(1, 4)])
    s, gap = F(2), F(1, 10**6)
    good = midpoints(power.blahut_arimoto(*law, s, gap))
    power.judge_blahut_arimoto(*law, s, gap, **good)
    up, down = F(1, 10**5), -F(1, 10**5)
    for change in (
        {"lower_nats": good["lower_nats"] + down},
        {"upper_nats": good["upper_nats"] + up},
        {"lower_nats": good["lower_nats"] + up, "upper_nats": good["upper_nats"] + up},
        {"lower_nats": good["lower_nats"] + down, "upper_nats": good["upper_nats"] + down},
        {"leakage_bits": good["leakage_bits"] * F(99, 100)},
        {"power": good["power"] * F(101, 100)},
        {"power": F(-1)},
        {"leakage_bits": F(-1)},
        {"iterations": 0},
    ):
        with pytest.raises(ProofFailed):
            power.judge_blahut_arimoto(*law, s, gap, **{**good, **change})


def test_acceleration_certifies_soon() -> None:
    """POWER-12: figure 4's load to 10^-9 nat within a few thousand iterations, certified by intervals."""
    loads, p = [F(k, 10) for k in range(21)], [F(1, 21)] * 21
    for s in (F(1, 2), F(2), F(7, 2), F(10)):
        found = power.blahut_arimoto(loads, p, s, F(1, 10**9))
        assert isinstance(found["iterations"], int)
        assert found["iterations"] < 5000
        power.judge_blahut_arimoto(loads, p, s, F(1, 10**9), **midpoints(found))


def test_a_load_that_is_nearly_certain() -> None:
    """POWER-12, POWER-14: 10^-12 of probability elsewhere: no power of g overflows, no level is lost."""
    rare = F(1, 10**12 + 1)
    loads = [F(0), F(5, 4), F(11, 8)]
    for law in ([rare, F(0), 1 - rare], [1 - rare, F(0), rare], [rare, 1 - 2 * rare, rare]):
        for s in (F(1, 8), F(1), F(40)):
            for gap in (F(1, 10**6), F(1, 10**12)):
                found = midpoints(power.blahut_arimoto_joint([{"loads": loads}], law, s, gap))
                power.judge_blahut_arimoto(loads, law, s, gap, **found)


def test_countable_loads() -> None:
    """POWER-15: the closed form of the geometric load lies in every cut's enclosure; Poisson cuts are
    nested.
    """
    for mean, P in ((F(1), F(1, 4)), (F(2), F(1, 2)), (F(1, 5), F(1, 10))):
        closed = float(power.geometric(mean, P)) * math.log(2)
        widths = []
        for levels in (12, 24, 48):
            cut = power.geometric_truncated(mean, P, levels)
            assert float(cut.lower) - 1e-15 <= closed <= float(cut.upper) + 1e-15
            widths.append(cut.width)
        assert widths[0] > widths[1] > widths[2]
    coarse, fine = (power.poisson_truncated(F(2), F(1, 2), levels) for levels in (14, 40))
    assert coarse.lower <= fine.upper
    assert fine.lower <= coarse.upper
    assert fine.width < F(1, 10**25) < coarse.width
    assert power.geometric(F(1), F(2)) == information.exactly(0)


def test_exponential_loads() -> None:
    """POWER-20, POWER-24: levels are exact rationals, powers add up, slopes 1/level; the bound is tight."""
    rng = random.Random(4)
    for _ in range(30):
        means = [F(rng.randint(1, 40), 7) for _ in range(5)]
        P = sum(means, F(0)) * F(rng.randint(1, 99), 100)
        answer = power.allocate_exponential(means, P)
        powers = [one.midpoint for one in answer["powers"]]
        level = answer["level"].midpoint
        assert sum(powers) == P
        assert powers == [min(level, one) for one in means]
        entropies = [F(1 + math.log(one)) for one in means]
        bound = power.shannon_lower_bound(entropies, P)
        assert float(bound["bound_nats"]) == pytest.approx(float(answer["leakage_nats"]), abs=1e-12)
        assert float(bound["level"]) == pytest.approx(float(level))
        assert math.fsum(float(one) for one in bound["powers"]) == pytest.approx(float(P))
    full = power.allocate_exponential([F(1), F(2)], F(10))
    assert full["level"].midpoint == 2
    assert [one.midpoint for one in full["powers"]] == [1, 2]


@given(laws, st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_heuristics_are_policies(law: Law, place: int) -> None:
    """POWER-25, POWER-26: both equal their policies' leakage and power, and are not below the optimum."""
    loads, p = law
    average = power.mean(loads, p)
    P = average * F(place, 100)
    divided = power.time_division(loads, p, P)
    if loads[0] == 0:
        share = divided["share"].midpoint
        rows = [
            {"probabilities": [share * (j == 0) + (1 - share) * (j == i) for j in range(len(loads))]}
            for i in range(len(loads))
        ]
        same = power.policy_leakage(loads, p, rows)
        assert float(same["leakage_bits"]) == pytest.approx(float(divided["leakage_bits"]), abs=1e-20)
        assert same["power"].midpoint == P
    assert float(divided["leakage_bits"]) >= bits_at(law, P) - 1e-12
    for level in range(len(loads)):
        limited = power.output_limit(loads, p, level)
        rows = [
            {"probabilities": [F(int(j == min(i, level))) for j in range(len(loads))]}
            for i in range(len(loads))
        ]
        same = power.policy_leakage(loads, p, rows)
        assert float(same["leakage_bits"]) == pytest.approx(float(limited["leakage_bits"]), abs=1e-20)
        assert same["power"] == limited["power"]
        assert float(limited["leakage_bits"]) >= bits_at(law, limited["power"].midpoint) - 1e-12


def test_the_unit_keeps_its_power() -> None:
    """POWER-27, POWER-28: the table is a policy with at most the power asked for, and the leakage nearly
    that.
    """
    rng = random.Random(6)
    for _ in range(10):
        law = random_law(rng, 8)
        P = power.Curve(*law).maximum_power * F(rng.randint(1, 99), 100)
        table = power.unit_table(*law, P)
        rows = []
        for row in table:
            t = [0, *row["thresholds"]]
            rows.append({"probabilities": [F(b - a, 2**32) for a, b in itertools.pairwise(t)]})
        real = power.policy_leakage(*law, rows)
        assert real["power"].midpoint <= P
        assert float(real["power"]) == pytest.approx(float(P), abs=1e-6)
        assert float(real["leakage_bits"]) == pytest.approx(bits_at(law, P), abs=1e-6)


def test_the_sampler_is_exact() -> None:
    """POWER-28: over all 2^8 values of the high byte, thresholds that are multiples of 2^24 come out
    exactly.
    """
    row = [3 << 24, 100 << 24, 2**32]
    table = [{"thresholds": [2**32] * 3}, {"thresholds": [7, 2**32, 2**32]}, {"thresholds": row}]
    counts = [0, 0, 0]
    for low in (0, 1, 2**24 - 1):
        draws = b"".join(((high << 24) + low).to_bytes(4, "little") for high in range(256))
        answer = power.sample(table, [2] * 256, draws)
        assert answer["consumed"] == 1024
        assert isinstance(answer["outputs"], list)
        for j in answer["outputs"]:
            counts[j] += 1
    assert counts == [9, 291, 468]
    with pytest.raises(Exhausted):
        power.sample(table, [0, 1], b"\x5a" * 7)


def test_figures() -> None:
    """POWER-29: what the figures show: figure 4's order, figure 6's saturation, figure 8's curves."""
    loads, p = [F(k, 10) for k in range(21)], [F(1, 21)] * 21
    for P in (F(1, 10), F(1, 2), F(9, 10)):
        best = bits_at((loads, p), P)
        assert float(power.time_division(loads, p, P)["leakage_bits"]) > best + 0.01
    for level in range(1, 20):
        limited = power.output_limit(loads, p, level)
        assert float(limited["leakage_bits"]) > bits_at((loads, p), limited["power"].midpoint) + 0.01
    users = [
        {"probability": q, "difference": d}
        for q, d in ((F(9, 10), F(10)), (F(1, 2), F(2)), (F(1, 10), F(111, 100)))
    ]
    for at, saturated in ((1.526, 0), (1.528, 1), (2.380, 1), (2.383, 2), (2.9985, 2), (2.9995, 3)):
        leaks = power.binary(users, F(at))["leakages_bits"]
        assert sum(1 for one in leaks if float(one) == 0) == saturated
    for n in (1, 2, 3):
        answer = power.allocate_exponential([F(1, n)] * n, F(1, 4))
        assert float(answer["leakage_nats"]) == pytest.approx(n * math.log(4))


GOOD = {"loads": [F(0), F(1)], "probabilities": HALF}
BAD_LAWS: list[tuple[dict[str, list[Fraction]], type[Refused]]] = [
    ({"loads": [], "probabilities": []}, Malformed),
    ({"loads": [F(0)], "probabilities": HALF}, Malformed),
    ({"loads": [F(1), F(0)], "probabilities": HALF}, Range),
    ({"loads": [F(1), F(1)], "probabilities": HALF}, Range),
    ({"loads": [F(-1), F(1)], "probabilities": HALF}, Range),
    ({"loads": [F(0), F(1)], "probabilities": [F(3, 2), F(-1, 2)]}, Range),
    ({"loads": [F(0), F(1)], "probabilities": [F(1, 2), F(1, 3)]}, Range),
]


@pytest.mark.parametrize(("bad", "refusal"), BAD_LAWS)
def test_bad_laws_are_refused(bad: dict[str, list[Fraction]], refusal: type[Refused]) -> None:
    """POWER-1, POWER-9: an error class, never a number, from every function that takes a load."""
    rows = [{"probabilities": [F(1), F(0)]}] * len(bad["loads"])
    calls: list[Callable[[], object]] = [
        lambda: power.leakage(bad["loads"], bad["probabilities"], F(1, 4)),
        lambda: power.curve(**bad),
        lambda: power.optimal_policy(**bad, power=F(1, 4)),
        lambda: power.allocate([GOOD, bad], F(1, 4)),
        lambda: power.blahut_arimoto(**bad, slope_nats=F(1), gap_nats=F(1, 100)),
        lambda: power.time_division(**bad, power=F(1, 4)),
        lambda: power.output_limit(**bad, level=0),
        lambda: power.policy_leakage(**bad, policy=rows),
    ]
    for call in calls:
        with pytest.raises(refusal):
            call()


def test_bad_numbers_are_refused() -> None:
    """POWER-4, POWER-12, POWER-16, POWER-23, POWER-24, POWER-27: powers, slopes, gaps, means, weights out
    of range.
    """
    calls: list[Callable[[], object]] = [
        lambda: power.leakage(GOOD["loads"], GOOD["probabilities"], F(-1)),
        lambda: power.allocate([GOOD], F(-1)),
        lambda: power.allocate_exponential([F(1)], F(0)),
        lambda: power.allocate_exponential([F(0)], F(1)),
        lambda: power.shannon_lower_bound([F(101)], F(1)),
        lambda: power.blahut_arimoto(**GOOD, slope_nats=F(0), gap_nats=F(1, 2)),
        lambda: power.blahut_arimoto(**GOOD, slope_nats=F(1), gap_nats=F(1, 10**13)),
        lambda: power.binary([{"probability": F(2), "difference": F(1)}], F(1)),
        lambda: power.exponential_channel(F(1), F(2), F(1), F(1)),
        lambda: power.geometric(F(0), F(1)),
        lambda: power.output_limit(**GOOD, level=2),
        lambda: power.round_up([F(0), F(1)], F(2)),
        lambda: power.thresholds([0, 0]),
        lambda: power.thresholds([2**31, 2**31]),
        lambda: power.blahut_arimoto_joint([GOOD, GOOD], HALF, F(1), F(1, 2)),
        lambda: power.policy_leakage(**GOOD, policy=[{"probabilities": HALF}, {"probabilities": HALF}]),
    ]
    for call in calls:
        with pytest.raises(Range):
            call()
    for malformed in (
        lambda: power.thresholds([]),
        lambda: power.allocate([], F(1)),
        lambda: power.binary([], F(1)),
    ):
        with pytest.raises(Malformed):
            malformed()


def test_a_single_load_leaks_nothing() -> None:
    """POWER-4: whatever the power, and in every operation."""
    for load in (F(0), F(7)):
        for P in (F(0), F(1)):
            assert bits_at(([load], [F(1)]), P) == 0
            assert float(power.time_division([load], [F(1)], P)["leakage_bits"]) < 1e-60
        assert power.curve([load], [F(1)]) == []


@pytest.mark.parametrize("digits", [5, 30, 75, 85, 300])
@pytest.mark.parametrize("used", [F(1, 10**6), F(1, 3), F(99, 100)])
def test_tiny_masses(digits: int, used: Fraction) -> None:
    """POWER-9: of a load of 0 with probability e, else 1, the slope at P is ln(1 + e/P) below P_max = 1 - e.

    Nothing is lost in 1 - e^(-s), however small s is.
    """
    e = F(1, 10**digits)
    answer = power.leakage([F(0), F(1)], [e, 1 - e], used)
    found, told = answer["slope_nats"], answer["leakage_bits"]
    assert found is not None
    assert told is not None
    with mpmath.workdps(400):
        slope = mpmath.log1p(mpmath.mpf(e.numerator) / e.denominator * used.denominator / used.numerator)
        exact = F(*(int(part) for part in to_rational(slope._mpf_)))
    slack = exact / 10**40
    assert exact - slack <= found.lower <= found.upper <= exact + slack
    assert told.lower <= e * (4 * digits + 2)


def test_a_power_that_is_told_by_a_tiny_mass() -> None:
    """POWER-9: what is left of the power when the blocks' own is taken away, is one in 10^17 of it."""
    loads = [F(load) for load in (1e5, 100000.001, 200000.001, 300000.001, 400000.001)]
    law = [1.5086507192496553e-293, 0.49964912463232436, 0.000701750735351399, 5.757770785387525e-63]
    masses = [F(mass) for mass in (*law, law[1])]
    answer = power.leakage(loads, masses, F(149964.91346313714))
    found, told = answer["slope_nats"], answer["leakage_bits"]
    assert found is not None
    assert told is not None
    assert 0 < found.lower < found.upper < F(1, 10**280)
    assert told.upper < F(1, 10**49)
    points = power.curve(loads, masses)
    assert len(points) == 4
    assert all(point["slope_nats"].lower > 0 for point in points)
