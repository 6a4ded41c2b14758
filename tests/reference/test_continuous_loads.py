"""The reference for continuous loads: against fine discretisations, known values, and its own policies."""

from bisect import bisect_left
from fractions import Fraction
from itertools import pairwise
from math import exp, expm1, inf, log
from typing import Any

import pytest
from mpmath import mp as outside

from meter_privacy.reference import continuous_loads as module
from meter_privacy.reference import privacy_power as finite
from meter_privacy.reference.continuous_loads import (
    Gamma,
    HalfNormal,
    Hyperexponential,
    Load,
    Lomax,
    Point,
    Rayleigh,
    Uniform,
    Weibull,
    mp,
    mpf,
    point,
)
from meter_privacy.reference.errors import Malformed, Range
from meter_privacy.reference.information import enclose
from meter_privacy.reference.privacy_power import Curve

HALF = Fraction(1, 2)
LOADS: dict[str, Load] = {
    "uniform": Uniform(2),
    "exponential": Gamma(1, 1),
    "gamma 2": Gamma(2, 1),
    "gamma 7/2": Gamma(Fraction(7, 2), Fraction(1, 3)),
    "gamma 1/2": Gamma(HALF, 1),
    "weibull 3/2": Weibull(Fraction(3, 2), 1),
    "weibull 1/2": Weibull(HALF, 1),
    "rayleigh": Rayleigh(1),
    "half-normal": HalfNormal(1),
    "hyperexponential": Hyperexponential((HALF, HALF), (1, 4)),
    "lomax": Lomax(3, 1),
}
SHARES = (Fraction(1, 20), Fraction(3, 10), Fraction(3, 5), Fraction(9, 10))


def share_of_mean(load: Load, share: Fraction) -> Fraction:
    with mp.workdps(30):
        return share * Fraction(mp.nstr(load.mean(), 20))


def ln_width(start: float, end: float, s: float) -> float:
    """ln(e^{-s start} - e^{-s end})."""
    return -s * start + (0.0 if end == inf else log(-expm1(-s * (end - start))))


def isotonic(loads: list[float], masses: list[float], s: float) -> tuple[float, float, float]:
    """Power and leakage in nats of a finite load at a slope, and where its last block starts.

    Pool-adjacent-violators on the logarithms of mass over weight.
    """
    blocks: list[list[float]] = []
    for k, (x, p) in enumerate(zip(loads, masses, strict=True)):
        block = [x, p, loads[k + 1] if k + 1 < len(loads) else inf, p * x]
        while blocks and log(blocks[-1][1]) - ln_width(blocks[-1][0], blocks[-1][2], s) >= log(
            block[1]
        ) - ln_width(block[0], block[2], s):
            before = blocks.pop()
            block = [before[0], before[1] + block[1], block[2], before[3] + block[3]]
        blocks.append(block)
    power = sum(b[3] - b[0] * b[1] for b in blocks)
    leakage = -sum(b[1] * log(b[1]) for b in blocks)
    for b, after in pairwise(blocks):
        y = s * (after[0] - b[0])
        power += b[1] * (after[0] - b[0]) / expm1(y)
        leakage -= b[1] * (y / expm1(y) - log(-expm1(-y)))
    return power, leakage, blocks[-1][0]


def cells(load: Load, count: int) -> tuple[list[float], list[float], float]:
    """Middles of cells up to where the tail has 10^-7 of the mean, their masses, and the mean in the tail."""
    end = load.end()
    if end == mp.inf:
        end = load.mean()
        while load.excess(end) > load.mean() * mpf(10) ** -5:
            end *= mpf(5) / 4
    steep = 1 if load.density_at_zero() < mp.inf else 4
    edges = [end * (mpf(k) / count) ** steep for k in range(count + 1)]
    if end > 50 * load.mean():
        edges = [end * mp.expm1(mpf(8 * k) / count) / mp.expm1(8) for k in range(count + 1)]
    tails = [load.above(edge) for edge in edges]
    kept = [
        (float((low + high) / 2), float(p - q))
        for (low, high), (p, q) in zip(pairwise(edges), pairwise(tails), strict=True)
        if p > q
    ]
    total = sum(mass for _, mass in kept)
    return [x for x, _ in kept], [mass / total for _, mass in kept], float(load.excess(end))


@pytest.mark.parametrize("name", LOADS)
def test_against_a_fine_discretisation(name: str) -> None:
    """The isotonic form on 3000 cells approaches each point. POWER-30, POWER-21, POWER-31."""
    load = LOADS[name]
    with mp.workdps(20):
        loads, masses, _ = cells(load, 3000)
        widest = loads[-1] / 100
    for share in SHARES:
        at = point(load, share_of_mean(load, share))
        power, leakage, last = isotonic(loads, masses, float(at.slope_nats))
        mean = float(load.mean())
        assert leakage == pytest.approx(float(at.leakage_nats), abs=2e-3), share
        assert power == pytest.approx(float(at.power), abs=4e-3 * mean), share
        if load.shape == module.LOG_CONCAVE and at.cut < loads[-1] / 2:
            assert last == pytest.approx(float(at.cut), abs=widest)


@pytest.mark.parametrize("name", LOADS)
def test_the_value_is_that_of_its_own_policy(name: str) -> None:
    """Integrated numerically, the policy is a channel, and has the power and the leakage. POWER-32."""
    load = LOADS[name]
    at = point(load, share_of_mean(load, Fraction(3, 5)))
    with mp.workdps(20):
        law = module.output_law(load, at)
        cut = min(at.cut, load.end()) if load.shape == module.LOG_CONCAVE else at.cut
        end = load.end() if load.end() < mp.inf else mp.inf
        inner = [law.start, *(x for x in (load.mean() / 2, 2 * load.mean()) if law.start < x < law.top)]
        nodes = [*inner, law.top]
        assert law.atom + mp.quad(law.density, nodes) == pytest.approx(1, abs=1e-8)
        grid_mean = mp.quad(lambda y: y * law.density(y), nodes)
        assert load.mean() - grid_mean == pytest.approx(at.power, rel=1e-7)
        for x in (load.mean() / 3, load.mean() * mpf("1.5")):
            given = module.policy(load, at, x)
            mass = given.atom
            if given.top > given.start:
                mass += mp.quad(given.density, [given.start, given.top])
            assert mass == pytest.approx(1, abs=1e-9)
            assert given.density(x * mpf("1.0001")) == 0
            # Bayes: the load's law given the output is the same exponential as f_V, up to the cut.
            y = min(x, law.top) / 2
            if y > law.start and x < law.top:
                backward = given.density(y) * load.density(x) / law.density(y)
                assert backward == pytest.approx(at.slope_nats * mp.exp(-at.slope_nats * (x - y)), rel=1e-9)
        # I + s P = s E[X] - E[ln c(X)], by quadrature over the load.
        mids = [x for x in (cut, load.mean() / 8, load.mean(), 8 * load.mean()) if 0 < x < end]

        def term(x: Any) -> Any:
            density = load.density(x)
            return density * mp.log(module._height(load, at, x)) if density else density

        value = mp.quad(term, [0, *sorted(set(mids)), end])
        dual = at.slope_nats * load.mean() - value
        assert dual == pytest.approx(at.leakage_nats + at.slope_nats * at.power, abs=1e-6)


@pytest.mark.parametrize("name", LOADS)
def test_the_slope_is_the_derivative_and_the_curve_is_convex(name: str) -> None:
    """s = -dI/dP; the curve falls and is convex; digits asked for are digits given. POWER-30."""
    load = LOADS[name]
    before: Point | None = None
    for share in (Fraction(k, 8) for k in range(1, 8)):
        power = share_of_mean(load, share)
        at = point(load, power)
        step = power / 10**8
        with mp.workdps(50):
            difference = point(load, power - step).leakage_nats - point(load, power + step).leakage_nats
            assert difference / (2 * mpf(step.numerator) / step.denominator) == pytest.approx(
                at.slope_nats, rel=1e-12
            )
            precise = point(load, power, 60)
            assert abs(precise.leakage_nats - at.leakage_nats) < mpf(10) ** -33
            assert abs(precise.slope_nats / at.slope_nats - 1) < mpf(10) ** -33
            bound = load.entropy() - 1 - mp.log(at.power)
            assert at.leakage_nats >= bound - mpf(10) ** -33
            if before is not None:
                assert before.leakage_nats > at.leakage_nats > 0
                assert before.slope_nats > at.slope_nats
        before = at


# Slopes at which one block is left: log-concave, the hazard at 0; log-convex, the score's limit.
ENDS = {
    "uniform": "0.5",
    "exponential": "1",
    "gamma 2": "0",
    "gamma 1/2": "1",
    "half-normal": "0.79788456080286535588",
    "hyperexponential": "0.25",
    "rayleigh": "0",
    "lomax": "0",
}


@pytest.mark.parametrize("name", ENDS)
def test_the_slope_at_the_end_of_the_curve(name: str) -> None:
    """Just below the mean, the slope is that of the kink at P = E[X]. POWER-30."""
    load = LOADS[name]
    slopes = [float(point(load, share_of_mean(load, 1 - Fraction(1, 10**k))).slope_nats) for k in (3, 6, 12)]
    wanted = float(ENDS[name])
    assert slopes[0] > slopes[1] > slopes[2] > wanted - 1e-15
    assert slopes[2] - wanted < (0.1 if name in ("hyperexponential", "gamma 1/2", "lomax") else 2e-6)


ORDERS = (Fraction(1, 10), HALF, Fraction(1), Fraction(7, 3), Fraction(2), Fraction(50), Fraction(101))


@pytest.mark.parametrize("order", ORDERS)
def test_enclosed_incomplete_gamma_functions(order: Fraction) -> None:
    """Against mpmath's at another precision, around where the asymptotic series begins. POWER-30."""
    for z in ("1e-12", "0.3", "1", "17.25", "600", "999", "1001", "4000"):
        with module._precision(260), outside.workdps(60):
            at, k = module.iv.mpf(z), outside.mpf(order.numerator) / order.denominator
            exact = outside.mpf(Fraction(z).numerator) / Fraction(z).denominator
            pairs = [
                (module.ENCLOSED.lower_gamma(order, at), outside.gammainc(k, 0, exact)),
                (module.ENCLOSED.upper_gamma(order, at), outside.gammainc(k, exact)),
                (module.ENCLOSED.gamma(order), outside.gamma(k)),
                (module.ENCLOSED.digamma(order), outside.digamma(k)),
            ]
            if float(z) < 100:
                with outside.workdps(120):
                    series = outside.hyp2f2(k, k, k + 1, k + 1, -exact) * exact**k / k**2
                    moment = outside.gammainc(k, 0, exact) * outside.log(exact) - series
                pairs.append((module.ENCLOSED.log_moment(order, at), moment))
            for found, value in pairs:
                low, high = (outside.mpf(str(end)[1:].split(",")[0]) for end in (found.a, found.b))
                slack = abs(value) * outside.mpf(10) ** -56
                assert low - slack <= value <= high + slack, (order, z)
                assert high - low <= abs(value) * outside.mpf(10) ** -50, (order, z)


@pytest.mark.parametrize(
    "parts", [((4, 3),), ((Fraction(1, 10), 30), (2, HALF)), ((10**6, 999),), ((1, Fraction(1, 10**6)),)]
)
def test_the_enclosed_information_of_a_mixture(parts: tuple[tuple[Fraction, Fraction], ...]) -> None:
    """Taylor series with Cauchy's bound, against quadrature. POWER-30."""
    exact = tuple((Fraction(c), Fraction(rho)) for c, rho in parts)
    for start in (Fraction(0), Fraction(1, 3), Fraction(40)):
        with module._precision(240):
            found = enclose(module.ENCLOSED.mixture_information(exact, module.ENCLOSED.real(start)))
        with mp.workdps(40):
            value = module.ROUNDED.mixture_information(exact, module.ROUNDED.real(start))
        assert found.width < Fraction(1, 10**30)
        assert abs(module._exact(value) - found.midpoint) < found.width + abs(found.midpoint) / 10**28


@pytest.mark.parametrize("name", LOADS)
def test_the_enclosed_point_holds_the_computed_one(name: str) -> None:
    """Two arithmetics, one curve; enclosures far narrower than 10^-25. POWER-30, POWER-31, POWER-21."""
    load = LOADS[name]
    for share in (Fraction(1, 1000), *SHARES):
        power = share_of_mean(load, share)
        leakage, slope = module.enclosed_point(load, power)
        at = point(load, power, 60)
        for found, value in ((leakage, at.leakage_nats), (slope, at.slope_nats)):
            assert found.width < Fraction(1, 10**33) * max(Fraction(1), found.upper)
            assert (
                found.lower - Fraction(1, 10**55) <= module._exact(value) <= found.upper + Fraction(1, 10**55)
            )


def test_critical_powers() -> None:
    """POWER-22, in closed form for each family."""
    wanted: list[tuple[Load, Fraction | int]] = [
        (Gamma(1, Fraction(7, 3)), Fraction(7, 3)),
        (Gamma(2, 3), 3),
        (Gamma(HALF, 1), 0),
        (Hyperexponential((HALF, HALF), (1, 4)), Fraction(20, 17)),
        (Lomax(3, 1), Fraction(1, 4)),
        (Lomax(Fraction(5, 2), 7), 2),
        (Uniform(2), 0),
        (Rayleigh(1), 0),
        (HalfNormal(1), 0),
        (Weibull(1, 5), 5),
        (Weibull(3, 1), 0),
        (Weibull(HALF, 1), 0),
    ]
    for load, power in wanted:
        assert float(module.critical_power(load)) == pytest.approx(float(power), rel=1e-14), load
        assert load.critical() == power


@pytest.mark.parametrize("name", ["gamma 2", "hyperexponential", "lomax", "gamma 7/2"])
def test_both_sides_of_the_critical_power(name: str) -> None:
    """Up to P0 the curve is the unclipped Shannon lower bound, above it is higher. POWER-22."""
    load = LOADS[name]
    with mp.workdps(40):
        critical = Fraction(mp.nstr(module.critical_power(load), 36))
        for factor, tight in ((Fraction(999, 1000), True), (Fraction(11, 10), False)):
            power = critical * factor
            at = point(load, power)
            gap = at.leakage_nats - (load.entropy() - 1 - mp.log(at.power))
            assert (abs(gap) < mpf(10) ** -32) is tight
            assert gap > -(mpf(10) ** -32)
            assert module.deconvolve([module.piece_of(load)], at.power).tight is tight


def test_users_of_mixed_kinds_share_a_slope() -> None:
    """One slope for two levels, three levels and four densities; some saturated, all added up. POWER-17."""
    users: list[Curve | Load] = [
        Curve([Fraction(0), Fraction(3)], [HALF, HALF]),
        Curve([Fraction(1), Fraction(2), Fraction(5)], [Fraction(1, 4), HALF, Fraction(1, 4)]),
        Gamma(1, 2),
        Uniform(2),
        Gamma(3, HALF),
        Lomax(3, 1),
    ]

    def slope_of(user: Curve | Load, power: Fraction) -> float:
        if isinstance(user, Curve):
            return float(finite.leakage(user.levels, user.masses, power)["slope_nats"] or 0)
        return float(module.enclosed_point(user, power)[1])

    def leakage_of(user: Curve | Load, power: Fraction) -> float:
        if isinstance(user, Curve):
            return float(finite.leakage(user.levels, user.masses, power)["leakage_bits"] or 0) * log(2)
        return float(module.curve_point(user, power)["leakage_nats"] or 0)

    for power, silent in ((Fraction(1), 0), (Fraction(2), 0), (Fraction(7), 2)):
        powers, leakages = module.allocate_mixed(users, power)
        assert sum(powers) == power
        free = [(u, p) for u, p, leak in zip(users, powers, leakages, strict=True) if leak.upper > 0]
        assert len(users) - len(free) == silent
        slopes = [slope_of(user, used) for user, used in free]
        assert slopes == pytest.approx([slopes[0]] * len(slopes), rel=1e-13)
        total = sum(map(float, leakages))
        moved = [powers[users.index(user)] for user, _ in free]
        if len(free) > 1:
            shift = min(moved[:2]) / 7
            other = dict(zip(range(len(users)), powers, strict=True))
            first, second = users.index(free[0][0]), users.index(free[1][0])
            other[first] -= shift
            other[second] += shift
            assert sum(leakage_of(users[k], used) for k, used in other.items()) > total
    full, nothing = module.allocate_mixed(users, Fraction(20))
    assert [float(one) for one in nothing] == [0] * len(users)
    assert [float(one) for one in full] == pytest.approx([1.5, 1.5, 2, 1, 1.5, 0.5])
    with pytest.raises(Range):
        module.allocate_mixed(users, 0)
    with pytest.raises(Malformed):
        module.allocate_mixed([], 1)


def test_users_of_one_kind_are_divided_as_by_their_own_formula() -> None:
    """Exponential loads by water-filling, finite ones by the merge path. POWER-17, POWER-24."""
    means = [Fraction(1), Fraction(4), Fraction(3, 2)]
    powers, leakages = module.allocate_mixed([Gamma(1, mean) for mean in means], Fraction(9, 2))
    own = finite.allocate_exponential(means, Fraction(9, 2))
    assert [float(one) for one in powers] == pytest.approx([float(one) for one in own["powers"]], abs=1e-25)
    assert sum(map(float, leakages)) == pytest.approx(float(own["leakage_nats"]))
    laws = [([Fraction(0), Fraction(k)], [Fraction(1, k), 1 - Fraction(1, k)]) for k in (2, 3, 5)]
    for power in (Fraction(0), Fraction(2)):
        powers, leakages = module.allocate_mixed([Curve(*law) for law in laws], power)
        known = finite.allocate([{"loads": x, "probabilities": p} for x, p in laws], power)
        assert [float(one) for one in powers] == pytest.approx(
            [float(one) for one in known["powers"]], abs=1e-25
        )
        bits = [float(one) * log(2) for one in known["leakages_bits"]]
        assert [float(one) for one in leakages] == pytest.approx(bits)


def test_a_density_with_a_jump_inside() -> None:
    """Half the load starts 2 higher: atoms at 0 and 2, tight up to its mean. POWER-21."""
    with mp.workdps(30):

        def low(x: Any) -> Any:
            return mp.exp(-x) / 2

        def high(x: Any) -> Any:
            return (mp.exp(-x) + mp.exp(2 - x)) / 2

        two, one = mpf(2), mpf(1)
        pieces = [
            module.Piece(mpf(0), two, low, lambda x: -low(x), (low(mpf(0)), low(two)), one),
            module.Piece(two, mp.inf, high, lambda x: -high(x), (high(two), mpf(0)), one),
        ]
        for power in ("0.25", "0.999"):
            found = module.deconvolve(pieces, mpf(power))
            assert found.tight
            assert [float(place) for place, _ in found.atoms] == [0, 2]
            assert [float(mass) for _, mass in found.atoms] == pytest.approx([float(power) / 2] * 2)
            total = sum(mass for _, mass in found.atoms) + mp.quad(found.density, [0, 2, mp.inf])
            assert total == pytest.approx(1, abs=1e-20)
            # X = Y + V: the density comes back.
            x, p = mpf(3), mpf(power)
            back = sum(mass * mp.exp(-(x - place) / p) / p for place, mass in found.atoms)
            back += mp.quad(lambda y: found.density(y) * mp.exp(-(x - y) / p) / p, [0, 2, x])  # noqa: B023
            assert back == pytest.approx(high(x), rel=1e-18)
        assert not module.deconvolve(pieces, mpf("1.001")).tight
        # A jump downward, as at the end of a bounded load: never.
        assert not module.deconvolve([module.piece_of(Uniform(1))], mpf("0.001")).tight


def test_the_uniform_optimum_has_no_atom_at_its_cut() -> None:
    """Its output is an atom 1/(s b) at zero and the load's own density up to the cut. POWER-31."""
    at = point(Uniform(2), Fraction(3, 10))
    with mp.workdps(30):
        law = module.output_law(Uniform(2), at)
        assert law.atom + at.cut / 2 == pytest.approx(1, abs=1e-25)
        assert law.atom == pytest.approx(1 / (2 * at.slope_nats), abs=1e-25)
    count = 2000
    loads = [2 * (k + 0.5) / count for k in range(count)]
    s = float(at.slope_nats)
    _, _, last = isotonic(loads, [1 / count] * count, s)
    index = bisect_left(loads, last)
    # q at the last output: e^{-s x} (c_last - c_before), beside the 1/count of each output before it.
    height_before = (1 / count) / (exp(-s * loads[index - 1]) - exp(-s * loads[index]))
    height_last = (count - index) / count / exp(-s * last)
    assert 0 <= exp(-s * last) * (height_last - height_before) < 1.5 / count


def test_uniform_in_closed_form_and_enclosed() -> None:
    """POWER-31."""
    for width, power in ((2, Fraction(3, 10)), (2, Fraction(1, 10**12)), (Fraction(7, 3), Fraction(7, 6))):
        found = module.uniform_enclosure(width, power)
        assert found.width < Fraction(1, 10**60)
        with outside.workdps(70):
            t = 1 - outside.sqrt(1 - 2 * outside.mpf(power.numerator) / power.denominator / width)
            value = t - 1 - outside.log(t)
            assert abs(value - outside.mpf(str(found))) < outside.mpf(10) ** -35
        if 2 * power < width:
            assert abs(float(point(Uniform(width), power).leakage_nats) - float(found)) < 1e-14
    assert float(module.uniform_enclosure(2, Fraction(3, 10))) == pytest.approx(0.975261496964838, abs=1e-15)


@pytest.mark.parametrize("name", LOADS)
def test_the_sandwich_holds_the_point(name: str) -> None:
    """Both bounds, on a coarse grid; a finer one is tighter. POWER-33."""
    load = LOADS[name]
    with mp.workdps(30):
        top = load.end() if load.end() < mp.inf else 8 * load.mean()
        top = Fraction(mp.nstr(top, 10))
    power = share_of_mean(load, Fraction(3, 10))
    value = Fraction(mp.nstr(point(load, power).leakage_nats, 30))
    widths = []
    for count in (20, 60):
        low, high = module.sandwich(load, power, top / count, count)
        assert high is not None
        assert low < value < high
        widths.append(high - low)
    assert widths[1] < widths[0] * Fraction(4, 5)
    # Where rounding alone takes the whole power, there is no bound above.
    assert module.sandwich(load, power / 10**4, top / 20, 20)[1] is None


def test_the_grid_loses_what_it_says() -> None:
    """The grid's law adds up to 1, and its mean is the load's less what is lost. POWER-33."""
    grid = module.discretise(Gamma(1, 1), Fraction(1, 4), 30)
    assert sum(grid.probabilities) == 1
    assert all(mass > 0 for mass in grid.probabilities)
    mean = sum(x * p for x, p in zip(grid.loads, grid.probabilities, strict=True))
    assert abs(grid.lost - (1 - mean)) < Fraction(1, 10**48)
    # Memoryless: what is lost below the last level is the loss in one cell, but for the tail.
    in_cell = 1 - 0.25 / expm1(0.25)
    assert float(grid.lost_below) == pytest.approx(in_cell - exp(-7.25) * in_cell, rel=2e-3)
    assert grid.lost_below < in_cell < grid.lost


def test_gamma_of_order_two_in_closed_form() -> None:
    """a = s / (1 - s) for scale 1 and s < 1, and the mean at s = 0. POWER-30."""
    for share in (Fraction(3, 5), Fraction(9, 10)):
        at = point(Gamma(2, 1), 2 * share)
        with mp.workdps(30):
            assert at.cut == pytest.approx(at.slope_nats / (1 - at.slope_nats), rel=1e-28)
    assert point(Gamma(2, 1), 1).cut == mp.inf
    assert float(point(Gamma(2, 1), 1).leakage_nats) == pytest.approx(0.57721566490153286, abs=1e-16)


def test_two_names_of_one_load_agree() -> None:
    """Orders that make one family another; scales that only rescale. POWER-30."""
    power = Fraction(2, 5)
    pairs: list[tuple[Load, Load]] = [
        (Gamma(1, 3), Weibull(1, 3)),
        (Gamma(1, 3), Hyperexponential((Fraction(1, 4), Fraction(3, 4)), (3, 3))),
        (Gamma(1, 3), Hyperexponential((1, 0), (3, 5))),
    ]
    for left, right in pairs:
        a, b = point(left, power), point(right, power)
        assert a.leakage_nats == pytest.approx(b.leakage_nats, abs=1e-30)
        assert a.slope_nats == pytest.approx(b.slope_nats, abs=1e-30)
    with mp.workdps(40):
        assert point(Rayleigh(1), 1).leakage_nats == pytest.approx(
            point(Weibull(2, Fraction(mp.nstr(mp.sqrt(2), 38))), 1).leakage_nats, abs=1e-30
        )
    for make in (Uniform, Rayleigh, HalfNormal, lambda m: Lomax(3, m), lambda m: Gamma(HALF, m)):
        small, large = point(make(1), Fraction(1, 5)), point(make(10), 2)
        assert small.leakage_nats == pytest.approx(large.leakage_nats, abs=1e-30)
        assert small.slope_nats == pytest.approx(10 * large.slope_nats, rel=1e-30)


def test_near_an_exponential_load() -> None:
    """An order a little above 1 puts the cut at 10^3010; nothing overflows. POWER-30."""
    at = point(Weibull(Fraction(10001, 10000), 1), HALF)
    assert mp.log10(at.cut) == pytest.approx(3009.8657, abs=0.001)
    assert float(at.leakage_nats) == pytest.approx(log(2), abs=5e-5)


def number(answer: dict[str, Any], name: str) -> float:
    assert answer[name] is not None
    return float(answer[name])


def test_what_operations_answer() -> None:
    """At and above the mean nothing leaks and no slope is given. POWER-21, POWER-22, POWER-30, POWER-31."""
    for answer in (
        module.uniform(2, 1),
        module.uniform(2, 5),
        module.gamma(3, 2, 6),
        module.hyperexponential([HALF, HALF], [1, 4], 3),
        module.lomax(3, 1, HALF),
    ):
        assert number(answer, "leakage_nats") == 0
        assert answer["slope_nats"] is None
    answer = module.gamma(1, 2, HALF)
    assert number(answer, "leakage_nats") == pytest.approx(log(4))
    assert number(answer, "slope_nats") == pytest.approx(2)
    assert number(answer, "critical_power") == 2
    for function in (module.rayleigh, module.half_normal):
        assert number(function(1, Fraction(1, 10)), "leakage_nats") > 1
    assert number(module.weibull(HALF, 1, 1), "leakage_nats") == pytest.approx(0.420183612890388)


@pytest.mark.parametrize(
    "answer",
    [
        module.uniform(2, Fraction(3, 10)),
        module.gamma(Fraction(7, 2), Fraction(1, 3), HALF),
        module.weibull(HALF, 1, 1),
        module.lomax(3, 1, Fraction(2, 5)),
        module.hyperexponential([HALF, HALF], [1, 4], 2),
    ],
)
def test_answers_are_narrow_and_hold_more_digits(answer: dict[str, Any]) -> None:
    for name in ("leakage_nats", "slope_nats"):
        found = answer[name]
        assert 0 < found.lower <= found.upper
        assert found.width <= Fraction(3, 10**32) * max(Fraction(1), found.upper)


def test_a_cut_that_is_not_proved_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that stops early does not move an answer, it withholds it. POWER-30."""
    right = module.gamma(2, 1, Fraction(3, 2))["leakage_nats"]
    assert right is not None
    real = module._cut
    for digits, proved in ((60, True), (40, True), (25, False)):
        monkeypatch.setattr(
            module, "_cut", lambda load, power, digits=digits: real(load, power) * (1 + mpf(10) ** -digits)
        )
        if proved:
            found = module.gamma(2, 1, Fraction(3, 2))["leakage_nats"]
            assert found is not None
            assert found.lower <= right.upper
            assert right.lower <= found.upper
        else:
            with pytest.raises(ArithmeticError):
                module.gamma(2, 1, Fraction(3, 2))


def test_a_slope_that_is_not_proved_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for Lambert's function, whose value is only a guess. POWER-30."""
    monkeypatch.setattr(module.Rounded, "lower_slope", lambda self, ratio: mp.log(ratio))  # noqa: ARG005 (patched)
    with module._precision(200), pytest.raises(ArithmeticError):
        module.ENCLOSED.lower_slope(module.iv.mpf(3))


REFUSED: list[tuple[Any, tuple[Any, ...], type[Exception]]] = [
    (module.uniform, (0, 1), Range),
    (module.uniform, (10**9 + 1, 1), Range),
    (module.uniform, (2, 0), Range),
    (module.uniform, (2, -1), Range),
    (module.uniform, (2, 10**12 + 1), Range),
    (module.uniform, (2, Fraction(1, 10**12)), Range),
    (module.gamma, (Fraction(1, 11), 1, 1), Range),
    (module.gamma, (101, 1, 1), Range),
    (module.gamma, (2, 0, 1), Range),
    (module.weibull, (0, 1, 1), Range),
    (module.weibull, (2, -1, 1), Range),
    (module.rayleigh, (0, 1), Range),
    (module.half_normal, (-1, 1), Range),
    (module.lomax, (1, 1, 1), Range),
    (module.lomax, (2, 1, 0), Range),
    (module.hyperexponential, ([], [], 1), Malformed),
    (module.hyperexponential, ([1], [1, 2], 1), Malformed),
    (module.hyperexponential, ([HALF, HALF], [1, 0], 1), Range),
    (module.hyperexponential, ([HALF, HALF], [1, 10**7], 1), Range),
    (module.hyperexponential, ([HALF, Fraction(1, 4)], [1, 2], 1), Range),
    (module.hyperexponential, ([Fraction(3, 2), -HALF], [1, 2], 1), Range),
    (module.uniform_enclosure, (2, Fraction(11, 10)), Range),
    (module.point, (Uniform(2), 1), Range),
]


@pytest.mark.parametrize(("function", "arguments", "error"), REFUSED)
def test_refusals(function: Any, arguments: tuple[Any, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        function(*arguments)
