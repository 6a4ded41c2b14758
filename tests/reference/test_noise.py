"""DREAM's noise against enumerations in exact fractions, against samples of a fixed size, and against itself.

The statistical tests draw a fixed number of shares from seeded bytes and refuse the law at a false-alarm rate
that is fixed here; the same test refuses shares that are made with a wrong shape, on one side, or added.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import MPContext

from meter_privacy.reference import accounting, contracts, dream, noise
from meter_privacy.reference.errors import Exhausted, Malformed, Range, Refused
from meter_privacy.reference.operations import DREAM_NOISE
from meter_privacy.vectors.generators.common import draw_bytes

MP = MPContext()
MP.dps = 60

# ---- Exactly -------------------------------------------------------------------------------------


def real(value: Fraction | int) -> Any:
    """A rational in mpmath."""
    return MP.mpf(Fraction(value).numerator) / Fraction(value).denominator


def coefficients(shape: Fraction, count: int) -> list[Fraction]:
    """(a)_g / g! for g = 0, ..., count - 1."""
    found = [Fraction(1)]
    for g in range(count - 1):
        found.append(found[-1] * (shape + g) / (g + 1))
    return found


def product(left: Sequence[Any], right: Sequence[Any], count: int | None = None) -> list[Any]:
    """The coefficients of a product of two series, or of polynomials."""
    length = len(left) + len(right) - 1 if count is None else count
    made = [0] * length
    for i, a in enumerate(left):
        for j, b in enumerate(right[: max(0, length - i)]):
            made[i + j] += a * b
    return made


@pytest.mark.parametrize(("meters", "count"), [(2, 40), (3, 40), (7, 30), (100, 15)])
def test_shares_of_n_meters_add_up_to_a_geometric_law(meters: int, count: int) -> None:
    """In fractions, for every p: n masses of shape 1/n convolve to those of shape 1. DREAM-34."""
    one = coefficients(Fraction(1, meters), count)
    total = [Fraction(1)]
    for _ in range(meters):
        total = product(total, one, count)
    assert total == [1] * count


@pytest.mark.parametrize("p", [Fraction(1, 2), Fraction(3, 5), Fraction(9, 10)])
def test_totals_are_private_exactly(p: Fraction) -> None:
    """Enumerated laws of a total: S apart, no output's ratio is above p^-S, and some reach it. DREAM-35.

    The noise of two meters of shape 1/2 each, by convolution of their sides and then of the two sides, with
    the infinite rest in closed form; p is rational here, so that everything is.
    """
    reach, depth = 6, 12
    half = coefficients(Fraction(1, 2), depth + 2 * reach)
    side = product(half, half, depth + 2 * reach)
    assert set(side) == {1}
    # P(D = d) (1 + p)/(1 - p): the sum over x of p^(2x + |d|), of which `depth` terms are convolved.
    masses = {}
    for d in range(-reach, reach + 1):
        partial = sum(side[x] * side[x + abs(d)] * p ** (2 * x + abs(d)) for x in range(depth))
        rest = p ** (2 * depth + abs(d)) / (1 - p * p)
        masses[d] = (partial + rest) * (1 - p * p)
    for sensitivity in range(1, reach):
        ratios = [masses[y] / masses[y - sensitivity] for y in range(-reach + sensitivity, reach + 1)]
        assert max(ratios) == p**-sensitivity
        assert min(ratios) == p**sensitivity


def test_fewer_meters_than_shares_lose_more_exactly() -> None:
    """Enumerated with enclosed rests: one of two shares, one of three, two of three. DREAM-37."""
    p = Fraction(7, 10)
    terms = 160
    for shape in (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3)):
        c = coefficients(shape, terms + 8)
        # Masses decrease: the rest after `terms` is below a geometric one.
        rest = p ** (2 * terms) / (1 - p * p)
        low = [sum(c[x] * c[x + d] * p ** (2 * x + d) for x in range(terms)) for d in range(8)]
        high = [partial + rest for partial in low]
        for s in range(1, 4):
            ratios = [(low[d] / high[d + s], high[d] / low[d + s]) for d in range(8 - s)]
            assert all(later[1] < earlier[0] for earlier, later in itertools.pairwise(ratios))
            assert ratios[0][0] > p**-s


def law_of_table(thresholds: Sequence[int], bits: int) -> list[int]:
    """2^bits times the masses of one side."""
    return [right - left for left, right in itertools.pairwise([0, *thresholds, 1 << bits])]


def total_law(side: Sequence[int], shares: int) -> list[int]:
    """The masses of a sum of shares, over a power of two."""
    share = product(side, side[::-1])
    total = share
    for _ in range(shares - 1):
        total = product(total, share)
    return total


def delta_of(law: Sequence[int], shift: int, factor: Fraction) -> Fraction:
    """The sum of the positive parts of Q(y) - factor Q(y - shift): delta, exactly, for that factor."""
    padded = [*([0] * shift), *law, *([0] * shift)]
    gaps = (a - factor * b for a, b in zip(padded[shift:], padded, strict=False))
    return sum((gap for gap in gaps if gap > 0), Fraction(0)) / sum(law)


E_BELOW = Fraction(271828182845904523536028747135266249775, 10**38)


@pytest.mark.parametrize(("scale", "sensitivity", "shares"), [(1, 1, 2), (2, 2, 2), (1, 1, 3), (3, 3, 1)])
def test_the_cost_of_a_table_is_enough_and_not_far_off(scale: int, sensitivity: int, shares: int) -> None:
    """delta of enumerated totals: what is accounted suffices, 20 times less does not. DREAM-42."""
    table = noise.noise_table(shares, Fraction(scale))
    law = total_law(law_of_table(table["thresholds"], 64), shares)
    exact = max(delta_of(law, s, E_BELOW ** (s // scale)) for s in range(scale, sensitivity + 1, scale))
    cost = accounting.table_delta(Fraction(sensitivity, scale), shares, table["distance_bits"].lower, 1)
    accounted = Fraction(MP.nstr(MP.power(2, -real(cost["delta_bits"].midpoint)), 40))
    assert exact <= accounted < 20 * exact


@pytest.mark.parametrize(("shares", "scale"), [(1, Fraction(3)), (100, Fraction(2)), (7, Fraction(9, 2))])
def test_a_table_is_as_near_its_law_as_it_says(shares: int, scale: Fraction) -> None:
    """The distance from other masses, and thresholds within half a unit of F. DREAM-39, DREAM-46."""
    table = noise.noise_table(shares, scale)
    p, shape = MP.exp(-1 / real(scale)), MP.mpf(1) / shares
    taken = [MP.mpf(mass) / 2**64 for mass in law_of_table(table["thresholds"], 64)]
    masses = [(1 - p) ** shape * p**g * MP.rf(shape, g) / MP.factorial(g) for g in range(len(taken))]
    distance = (sum(abs(a - b) for a, b in zip(taken, masses, strict=True)) + 1 - sum(masses)) / 2
    bits = real(table["distance_bits"].midpoint)
    assert abs(bits + MP.log(distance, 2)) < MP.mpf(10) ** -12
    assert bits > 54
    for g, threshold in enumerate(table["thresholds"]):
        assert abs(threshold - 2**64 * sum(masses[: g + 1])) <= MP.mpf(1) / 2 + MP.mpf(10) ** -20
    # A bound from the number of thresholds alone: half a unit each, and what is left beyond the last.
    assert distance < real(len(taken) + 4 * scale) / 2**64


# ---- By samples ----------------------------------------------------------------------------------

SHARES = 5
SCALE = Fraction(6)
SAMPLES = 4000
TOTALS = 1200
EXACT_SAMPLES = 200
FALSE_ALARM = MP.mpf(10) ** -6


def p_value(samples: Sequence[int], law: Callable[[int], Fraction], reach: int) -> Any:
    """Pearson's chi-square of samples against a law: each value up to `reach` and either tail is a class."""
    chances = [law(value) for value in range(-reach, reach + 1)]
    tail = (1 - sum(chances, Fraction(0))) / 2
    counts = Counter(max(-reach - 1, min(reach + 1, value)) for value in samples)
    classes = [(tail, -reach - 1), *zip(chances, range(-reach, reach + 1), strict=True), (tail, reach + 1)]
    # Classes are joined from the left until each expects five or more.
    joined: list[tuple[Fraction, int]] = []
    expected, seen = Fraction(0), 0
    for chance, value in classes:
        expected, seen = expected + chance * len(samples), seen + counts[value]
        if expected >= 5:
            joined.append((expected, seen))
            expected, seen = Fraction(0), 0
    joined[-1] = (joined[-1][0] + expected, joined[-1][1] + seen)
    statistic = sum(((o - e) ** 2 / e for e, o in joined), Fraction(0))
    half = real(statistic) / 2
    return MP.gammainc(MP.mpf(len(joined) - 1) / 2, half, MP.inf, regularized=True)


def share_law(value: int) -> Fraction:
    """P(share = value)."""
    return noise.noise_law(SHARES, 1, SCALE, value).midpoint


def laplace(value: int) -> Fraction:
    """P(all shares = value)."""
    return noise.noise_law(SHARES, SHARES, SCALE, value).midpoint


def sides(label: str, shape: Fraction, count: int) -> list[int]:
    """Draws of one side from a table of any shape, eight bytes each."""
    made = noise.table_of(noise.Polya(shape, SCALE), 384)
    assert made is not None
    stream = draw_bytes(f"noise/{label}", 8 * count)
    return [noise.reached(made[0], int.from_bytes(stream[8 * i : 8 * i + 8], "big")) for i in range(count)]


def totals_of(values: Sequence[int], group: int) -> list[int]:
    """Sums of consecutive groups."""
    return [sum(values[start : start + group]) for start in range(0, len(values), group)]


def differences(values: Sequence[int]) -> list[int]:
    """The first of each pair less the second."""
    return [left - right for left, right in zip(values[::2], values[1::2], strict=True)]


def test_shares_from_the_table_follow_their_law() -> None:
    """4000 shares, at a false-alarm rate of 10^-6. DREAM-34, DREAM-40."""
    table = noise.noise_table(SHARES, SCALE)["thresholds"]
    stream = draw_bytes("noise/shares", 16 * SAMPLES)
    samples = [noise.table_share(table, stream[16 * i : 16 * i + 16]) for i in range(SAMPLES)]
    assert samples == differences(sides("shares", Fraction(1, SHARES), 2 * SAMPLES))
    assert p_value(samples, share_law, 12) > FALSE_ALARM


def test_totals_follow_the_discrete_laplace_law() -> None:
    """1200 sums of five shares, at a false-alarm rate of 10^-6. DREAM-35."""
    shares = differences(sides("totals", Fraction(1, SHARES), 2 * SHARES * TOTALS))
    assert p_value(totals_of(shares, SHARES), laplace, 20) > FALSE_ALARM


def test_shares_of_the_exact_sampler_follow_their_law() -> None:
    """200 shares, at a false-alarm rate of 10^-6. DREAM-38."""
    stream = draw_bytes("noise/exact", 16 * EXACT_SAMPLES)
    samples = [
        noise.sample_share(SHARES, SCALE, stream[16 * i : 16 * i + 16])["share"] for i in range(EXACT_SAMPLES)
    ]
    assert p_value(samples, share_law, 12) > FALSE_ALARM


def wrong_totals() -> Iterable[tuple[str, list[int]]]:
    """Totals that are made as somebody might who misreads the paper."""
    count = 2 * SHARES * TOTALS
    narrow = sides("wrong", Fraction(1, 2 * SHARES), count)
    right = sides("wrong", Fraction(1, SHARES), count)
    yield "shape 1/N for N shares, of which half are missing", totals_of(differences(narrow), SHARES)
    yield "shape n", totals_of(differences(sides("wrong", Fraction(SHARES), count)), SHARES)
    yield "one side only", totals_of(right[: SHARES * TOTALS], SHARES)
    yield "G1 + G2", totals_of(right, 2 * SHARES)
    yield "two shares missing", totals_of(differences(right)[: 3 * TOTALS], 3)


def test_wrong_shapes_are_caught() -> None:
    """The same sample size and rate refuse each wrong way of drawing. DREAM-34, DREAM-35."""
    for what, samples in wrong_totals():
        assert len(samples) == TOTALS
        assert p_value(samples, laplace, 20) < FALSE_ALARM, what
    one_sided = sides("wrong", Fraction(1, SHARES), SAMPLES)
    added = [
        left + right
        for left, right in zip(one_sided, sides("more", Fraction(1, SHARES), SAMPLES), strict=True)
    ]
    wide = differences(sides("wrong", Fraction(1, SHARES - 1), 2 * SAMPLES))
    for samples in (one_sided, added, wide):
        assert p_value(samples, share_law, 12) < FALSE_ALARM


# ---- Sampler and table ---------------------------------------------------------------------------


def test_the_sampler_and_the_table_are_coupled() -> None:
    """On the same 16 bytes the exact sampler and the table agree. DREAM-38, DREAM-40, DREAM-45."""
    for shares, scale in ((1, Fraction(4)), (100, Fraction(50))):
        table = noise.noise_table(shares, scale)["thresholds"]
        for turn in range(40):
            random = draw_bytes(f"noise/coupled/{shares}/{turn}", 16)
            exact = noise.sample_share(shares, scale, random)
            assert exact == {"share": noise.table_share(table, random), "consumed": 16}


@pytest.mark.parametrize(("shares", "edge"), [(1, 0), (1, 9), (100, 0), (100, 40)])
def test_bytes_are_taken_until_they_decide_and_no_longer(shares: int, edge: int) -> None:
    """Bytes of F(g) itself: undecided as long as they last, decided by the next one. DREAM-38."""
    law = noise.Polya(Fraction(1, shares), Fraction(12))
    low, high = noise.ends(law.cumulative(noise.intervals(512), edge))
    for count in (8, 11, 30):
        prefix = int(low * 256**count)
        assert prefix == int(high * 256**count)
        following = int(low * 256 ** (count + 1)) % 256
        digits = prefix.to_bytes(count, "big")
        with pytest.raises(Exhausted):
            noise.draw(law, digits)
        if following > 0:
            assert noise.draw(law, digits + bytes([following - 1])) == (edge, count + 1)
        if following < 255:
            above, used = noise.draw(law, digits + bytes([following + 1]) + bytes(24))
            assert (above > edge, used) == (True, count + 1) or used > count + 1


def test_no_quantile_is_off_by_one() -> None:
    """The least k with F(k) > u, for every u of a coarse grid, by adding up masses. DREAM-38."""
    for shape, scale in (
        (Fraction(1, 3), Fraction(5, 2)),
        (Fraction(1), Fraction(40)),
        (Fraction(7, 2), Fraction(3)),
    ):
        law = noise.Polya(shape, scale)
        sums = list(itertools.accumulate(low for low, _ in noise.scaled_masses(law, 256, 400)))
        for u in (*range(0, 256, 17), 255):
            wanted = next(k for k, total in enumerate(sums) if total > u << 248)
            assert law.quantile(u, 8) == wanted
            assert law.quantile(u, 8, wanted // 2) == wanted


def test_a_modulus_with_the_tail_holds_the_noise() -> None:
    """The range of m has place for every total whose noise is within the tail. DREAM-48."""
    for meters, failures, unit, scale, bits in (
        (100, 30, 32, 90, 64),
        (10, 4, 1, 50, 40),
        (1000, 300, 100, 60, 64),
    ):
        most = unit * 150
        tail = unit * accounting.noise_tail(meters, failures, Fraction(scale), bits)
        m = dream.modulus(meters, most, tail)
        for total in (-tail, 0, meters * most, meters * most + tail):
            assert dream.total_wh(dream.centred(total % m, m), m, tail) == total
        # A tail made for N - M shares alone is beyond by more than 2^-bits.
        short = unit * accounting.noise_tail(meters, 0, Fraction(scale), bits)
        law = noise.Polya(Fraction(meters, meters - failures), Fraction(scale))
        assert not law.exceeds(short // unit, (1 << bits) - 1, bits)
        assert law.exceeds(tail // unit, (1 << bits) - 1, bits)


def test_the_tail_holds() -> None:
    """2 P(X > T) <= 2^-b < 2 P(X > T - 1), and a Laplace tail is too short with M > 0. DREAM-43."""
    for meters, failures, scale, bits in ((100, 30, 40, 64), (10, 9, 3, 20), (5, 0, 7, 30)):
        tail = accounting.noise_tail(meters, failures, Fraction(scale), bits)
        shape, p = MP.mpf(meters) / (meters - failures), MP.exp(-MP.mpf(1) / scale)
        beyond = [MP.betainc(t + 1, shape, 0, p, regularized=True) for t in (tail, tail - 1)]
        assert 2 * beyond[0] <= MP.ldexp(1, -bits) < 2 * beyond[1]
        assert (tail > accounting.noise_tail(meters, 0, Fraction(scale), bits)) == (failures > 0)


# ---- Numbers that are known ----------------------------------------------------------------------


def test_theorem_2_at_known_points() -> None:
    """Elementary values of the beta function. DREAM-31, DREAM-32."""
    known = {
        Fraction(0): Fraction(1),
        Fraction(1, 2): Fraction(3, 2),
        Fraction(2, 3): Fraction(15, 8),
        Fraction(3, 4): Fraction(35, 16),
    }
    for alpha, mean in known.items():
        found = accounting.error_factors(alpha)
        variance = 2 / (1 - alpha) - mean * mean
        assert found["mean"].lower <= mean <= found["mean"].upper
        assert found["deviation"].lower ** 2 <= variance <= found["deviation"].upper ** 2
        assert found["mean"].width + found["deviation"].width < Fraction(1, 10**50)
    assert accounting.error(9, 10) == Fraction(1, 10)


def test_example_1() -> None:
    """Example 1: lambda = 1200 for everybody; 1/2, 5/12 and 1/6. DREAM-28, DREAM-33, DREAM-47."""
    scale = accounting.noise_scale(600, Fraction(1, 2))
    assert scale == 1200
    for readings, total in (
        ((300, 300), Fraction(1, 2)),
        ((100, 400), Fraction(5, 12)),
        ((50, 150), Fraction(1, 6)),
    ):
        account = accounting.account(readings, [scale] * 2, 2)
        assert account["total_epsilon"] == account["worst_epsilon"] == total
    assert accounting.account((300, 300), [scale] * 2, 1)["slot_epsilons"] == [Fraction(1, 4)] * 2


def test_sums_of_long_rationals_do_not_take_hours() -> None:
    """A thousand scales of hundreds of digits: a sum is short by less than 2^-240. DREAM-33."""
    scales = [Fraction(7**550 + t, 7**549 - 2 * t) for t in range(1024)]
    account = accounting.account([2**32 - 1 - t for t in range(1024)], scales, 512)
    assert account["slot_epsilons"][3] == Fraction(2**32 - 4) / scales[3]
    for t in (0, 512):
        with MP.workprec(1000):
            exact = MP.fsum(real(loss) for loss in account["slot_epsilons"][t : t + 512])
            assert 0 <= exact - real(account["window_epsilons"][t]) < MP.mpf(2) ** -240
    assert account["worst_epsilon"] == max(account["window_epsilons"])
    assert account["total_epsilon"] == account["window_epsilons"][0] + account["window_epsilons"][512]


def test_the_discrete_theorem_tends_to_the_paper_s() -> None:
    """Mean and deviation over lambda tend to Theorem 2's factors as 1/lambda^2. DREAM-36."""
    for shares, participants in ((70, 100), (10, 10), (3, 2)):
        mean, _ = accounting.laplace_factors(Fraction(participants, shares))
        limit = noise.enclosure(mean).midpoint
        gaps = [
            abs(
                accounting.noise_error(shares, participants, Fraction(scale))["mean_units"].midpoint / scale
                - limit
            )
            for scale in (10, 20, 40)
        ]
        for wide, near in itertools.pairwise(gaps):
            assert Fraction(24, 10) < wide / near < Fraction(45, 10)


def test_a_reading_is_cut_to_its_cap_and_down_to_its_unit() -> None:
    """The largest and smallest values with the smallest table. DREAM-27, DREAM-41."""
    ones, zeros = b"\xff" * 8, bytes(8)
    for reading, flag, kept in ((-7, 1, 0), (0, 0, 0), (149, 0, 100), (500, 0, 500), (501, 1, 500)):
        assert noise.clamp(reading, 500) == {"value_wh": min(max(reading, 0), 500), "clamped": flag}
        for random, share in ((ones + zeros, 1), (zeros + ones, -1), (ones + ones, 0)):
            made = noise.sanitise(reading, 500, 50 * 2, [2**63], random)
            assert made == {"value_wh": kept + 100 * share, "clamped": flag}


@st.composite
def contract_inputs(draw: st.DrawFn, operation: str) -> dict[str, Any]:
    """Inputs near every bound, about half of which a contract takes."""
    small, edge = st.integers(-2, 9), st.sampled_from([0, 1, 2**32 - 1, 2**32, 2**53 - 1, 2**53])
    reading, unit = draw(st.one_of(small, edge)), draw(small)
    maximum = draw(st.one_of(st.just(6), st.integers(0, 12), edge))
    if operation == "dream.noise_scale":
        epsilons = [Fraction(0), Fraction(-1), Fraction(1, 3), Fraction(2), Fraction(64), Fraction(65)]
        epsilon = draw(st.sampled_from(epsilons))
        return {"maximum_wh": maximum, "epsilon": epsilon}
    if operation == "dream.error":
        return {"total_wh": reading, "noisy_wh": draw(st.one_of(small, edge))}
    if operation == "dream.clamp":
        return {"reading_wh": reading, "maximum_wh": maximum}
    numbers = st.sampled_from([0, 1, 5, 2**63 - 1, 2**63, 2**64 - 1])
    thresholds = draw(st.lists(numbers, max_size=5))
    if draw(st.integers(0, 3)):
        thresholds = sorted({*thresholds, 7})
    thresholds += [2**64] * (draw(st.integers(0, 9)) == 0)
    sides = draw(numbers).to_bytes(8, "big") + draw(numbers).to_bytes(8, "big")
    random = sides[: draw(st.sampled_from([16, 16, 16, 16, 15]))]
    if operation == "dream.table_share":
        return {"thresholds": thresholds, "random": random}
    return {
        "reading_wh": reading, "maximum_wh": maximum, "unit_wh": unit, "thresholds": thresholds,
        "random": random,
    }  # fmt: skip


@pytest.mark.parametrize("operation", sorted(contracts.NOISE))
def test_contract(operation: str) -> None:
    """Every operation refuses exactly what its contract refuses. DREAM-27, DREAM-40, DREAM-41."""
    counts = {True: 0, False: 0}

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(contract_inputs(operation))
    def run(fields: dict[str, Any]) -> None:
        assert contracts.keeps_contract(operation, DREAM_NOISE[operation], fields)
        counts[contracts.NOISE[operation].requires(**fields)] += 1

    run()
    assert min(counts.values()) >= 10, counts


REFUSALS: list[tuple[type[Refused], Callable[[], object]]] = [
    (Malformed, lambda: noise.clamp(True, 5)),
    (Malformed, lambda: noise.clamp(2**53, 5)),
    (Range, lambda: noise.clamp(1, 0)),
    (Malformed, lambda: noise.sample_share(3, 1.5, bytes(16))),  # type: ignore[arg-type]
    (Malformed, lambda: noise.sample_share(3, Fraction(2), bytearray(16))),  # type: ignore[arg-type]
    (Malformed, lambda: noise.sample_share(0, Fraction(2), b"\x01" * 65)),
    (Range, lambda: noise.sample_share(0, Fraction(2), b"")),
    (Exhausted, lambda: noise.sample_share(3, Fraction(2), b"\x01" * 15)),
    (Range, lambda: noise.noise_table(1, Fraction(103))),
    (Range, lambda: noise.noise_table(1, Fraction(129))),
    (Malformed, lambda: noise.table_share([-1, 5], bytes(16))),
    (Malformed, lambda: noise.table_share([], bytes(16))),
    (Malformed, lambda: noise.table_share([5], bytes(15))),
    (Range, lambda: noise.table_share([1 << 64], bytes(16))),
    (Range, lambda: noise.table_share([5, 5], bytes(16))),
    (Malformed, lambda: noise.sanitise(1, 0, 1, [], bytes(16))),
    (Range, lambda: noise.sanitise(1, 100, 33, [5], bytes(16))),
    (Range, lambda: noise.gamma_share(1, Fraction(1), Fraction(101))),
    (Range, lambda: noise.polya_share(1, Fraction(1), 701)),
    (Range, lambda: noise.noise_law(1, 17, Fraction(1), 0)),
    (Range, lambda: accounting.noise_scale(5, Fraction(0))),
    (Malformed, lambda: accounting.account([1, 2], [Fraction(3)], 1)),
    (Malformed, lambda: accounting.account([], [], 1)),
    (Range, lambda: accounting.account([1], [Fraction(3)], 2)),
    (Range, lambda: accounting.error(-1, 0)),
    (Range, lambda: accounting.error_factors(Fraction(1))),
    (Range, lambda: accounting.error_factors(Fraction(-1, 2))),
    (Range, lambda: accounting.expected_error(10, 3, 4, Fraction(1), 0)),
    (Range, lambda: accounting.noise_error(1, 17, Fraction(1))),
    (Range, lambda: accounting.noise_loss(1, 1, Fraction(1), 65)),
    (Range, lambda: accounting.table_delta(Fraction(1), 0, Fraction(50), 1)),
    (Range, lambda: accounting.noise_tail(10, 10, Fraction(1), 1)),
]


@pytest.mark.parametrize("case", range(len(REFUSALS)))
def test_refusals_of_direct_calls(case: int) -> None:
    """Functions make their own checks, malformed before range. DREAM-27 to DREAM-43."""
    refusal, call = REFUSALS[case]
    with pytest.raises(refusal):
        call()
