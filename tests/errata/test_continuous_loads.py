"""What paper A prints of loads with a density and does not hold, and what does.

Each test first does what is printed and asserts its counterexample, then does what the requirement says.
"""

from fractions import Fraction
from math import exp, log
from typing import Any

import pytest

from meter_privacy.reference import continuous_loads as module
from meter_privacy.reference import privacy_power
from meter_privacy.reference.continuous_loads import Gamma, Piece, Rayleigh, Uniform, mp, mpf
from meter_privacy.reference.errors import Range

HALF = Fraction(1, 2)


def test_shannon_lower_bound() -> None:
    """A-ERRATUM-1: h(X) - ln P as a lower bound; the largest entropy at a mean P is 1 + ln P."""

    def printed_bound(entropy: float, power: float) -> float:
        return max(0.0, entropy - log(power))

    def printed_powers(entropies: list[float], power: float) -> list[float]:
        caps = [exp(entropy) for entropy in entropies]
        low, high = 0.0, max(caps)
        for _ in range(200):
            level = (low + high) / 2
            low, high = (level, high) if sum(min(level, cap) for cap in caps) < power else (low, level)
        return [min(high, cap) for cap in caps]

    # One exponential user of mean 1, entropy 1 nat: the leakage itself is ln 2.
    leakage = float(module.gamma(1, 1, HALF)["leakage_nats"] or 0)
    assert leakage == pytest.approx(log(2), abs=1e-12)
    assert printed_bound(1, 0.5) == pytest.approx(1.6931, abs=1e-4)
    assert printed_bound(1, 0.5) > leakage
    # Two of means 1 and 2 at P = 2.9, almost all they need.
    entropies = [1.0, 1 + log(2)]
    assert printed_powers(entropies, 2.9) == pytest.approx([1.45, 1.45])
    assert sum(printed_bound(h, 1.45) for h in entropies) == pytest.approx(1.9500, abs=1e-4)

    exact = [Fraction(h) for h in entropies]
    one = privacy_power.shannon_lower_bound(exact[:1], HALF)
    assert float(one["bound_nats"]) == pytest.approx(leakage, abs=1e-12)
    two = privacy_power.shannon_lower_bound(exact, Fraction("2.9"))
    assert [float(power) for power in two["powers"]] == pytest.approx([1, 1.9])
    true = sum(
        float(module.gamma(1, mean, power)["leakage_nats"] or 0)
        for mean, power in ((1, Fraction(1)), (2, Fraction("1.9")))
    )
    assert float(two["bound_nats"]) == pytest.approx(true, abs=1e-12)
    assert true == pytest.approx(0.05129, abs=1e-5)


def exponential_piece(mean: Any = 1) -> Piece:
    return module.piece_of(Gamma(1, mean))


def total_mass(found: module.Deconvolution, places: list[Any]) -> float:
    return float(sum(mass for _, mass in found.atoms) + mp.quad(found.density, places))


def test_sides_of_a_limit() -> None:
    """A-ERRATUM-4: f(x+) as the limit from the left turns every jump round, and the atom at zero negative."""
    f_below, f_above, power = 0, 1, HALF
    printed_jump = f_below - f_above
    assert power * printed_jump == -HALF

    found = module.deconvolve([exponential_piece()], mpf("0.5"))
    assert [(float(place), float(mass)) for place, mass in found.atoms] == [(0, 0.5)]
    assert found.tight


def test_the_jump_at_zero() -> None:
    """A-ERRATUM-5: a sum over jumps at positive loads only loses the atom at zero, and half the mass."""
    found = module.deconvolve([exponential_piece()], mpf("0.5"))
    assert float(mp.quad(found.density, [0, mp.inf])) == pytest.approx(0.5)

    assert total_mass(found, [0, mp.inf]) == pytest.approx(1)
    # All jumps count, those at the end too: a bounded load with a jump there never meets the bound.
    width_1 = module.deconvolve([module.piece_of(Uniform(1))], mpf("0.25"))
    assert [(float(place), float(mass)) for place, mass in width_1.atoms] == [(0, 0.25), (1, -0.25)]
    assert not width_1.tight
    for power in (Fraction(1, 1000), HALF / 2):
        bound = -1 - log(power)
        assert float(module.uniform(1, power)["leakage_nats"] or 0) > max(0.0, bound)


def cantor(x: Any) -> Any:
    """Cantor's function on [0, 1]: continuous, rising from 0 to 1, its derivative 0 almost everywhere."""
    value, weight = mpf(0), mpf(1) / 2
    for _ in range(60):
        x = 3 * x
        if x >= 2:
            value, x = value + weight, x - 2
        elif x > 1:
            return value + weight
        weight /= 2
    return value


def test_continuity_is_not_enough() -> None:
    """A-ERRATUM-6: a density that rises by Cantor's function is continuous, and g_Y is no law."""
    # f = (1 + Cantor)/3.5 on (0, 1), then 2/3.5 e^-(x-1): the masses are 1.5/3.5 and 2/3.5.
    scale = mpf("3.5")
    with mp.workdps(20):
        pieces = [
            Piece(
                mpf(0), mpf(1), lambda x: (1 + cantor(x)) / scale, lambda _: mpf(0),
                (1 / scale, 2 / scale), mpf(0),
            ),
            Piece(
                mpf(1), mp.inf, lambda x: 2 / scale * mp.exp(1 - x), lambda x: -2 / scale * mp.exp(1 - x),
                (2 / scale, mpf(0)), mpf(1),
            ),
        ]  # fmt: skip
        power = mpf("0.5")
        found = module.deconvolve(pieces, power)
        assert [float(place) for place, _ in found.atoms] == [0]
        # By symmetry the integral of Cantor's function is 1/2.
        mass = found.atoms[0][1] + (1 + mpf(1) / 2) / scale + mp.quad(found.density, [1, mp.inf])
        assert float(1 - mass) == pytest.approx(float(power / scale))
        # Absolutely continuous with the same ends: the rise is in the derivative, and nothing is lost.
        pieces[0] = Piece(
            mpf(0), mpf(1), lambda x: (1 + x) / scale, lambda _: 1 / scale,
            (1 / scale, 2 / scale), mpf(0),
        )  # fmt: skip
        found = module.deconvolve(pieces, power)
        assert found.tight
        assert total_mass(found, [0, 1, mp.inf]) == pytest.approx(1)


def test_critical_power() -> None:
    """A-ERRATUM-7: with the positive part, strict inequality above P0 fails; and P0 may be 0."""
    power = Fraction(3, 2)
    leakage = float(module.gamma(1, 1, power)["leakage_nats"] or 0)
    clipped = max(0.0, 1 - 1 - log(power))
    assert leakage == clipped == 0

    critical = module.gamma(1, 1, power)["critical_power"]
    assert float(critical or 0) == 1 < power
    assert leakage > 1 - 1 - log(power)
    for load in (Uniform(1), Rayleigh(1)):
        assert module.critical_power(load) == 0
        for small in (Fraction(2, 5), Fraction(1, 5)):
            at = module.point(load, small)
            with mp.workdps(30):
                assert at.leakage_nats > load.entropy() - 1 - mp.log(at.power) + mpf(10) ** -12


def test_leakage_without_power() -> None:
    """A-ERRATUM-13: the sum of the entropies for vanishing power. A density leaks without bound."""
    printed = 1.0
    leakage = float(module.gamma(1, 1, Fraction(1, 100))["leakage_nats"] or 0)
    assert leakage == pytest.approx(4.605, abs=1e-3)
    assert leakage > printed

    for k in (3, 6, 9):
        for answer in (module.gamma(1, 1, Fraction(1, 10**k)), module.uniform(1, Fraction(1, 10**k))):
            assert float(answer["leakage_nats"] or 0) > 2.3 * k - 1.1
    with pytest.raises(Range):
        module.uniform(1, 0)
    # A finite load has the sum of the entropies, in bits.
    finite = privacy_power.leakage([Fraction(0), Fraction(1)], [HALF, HALF], Fraction(0))
    assert float(finite["leakage_bits"] or 0) == 1


def test_the_output_is_mixed() -> None:
    """A-ERRATUM-17: the best grid load of a load with a density called continuous; it has an atom at zero."""
    for load, atom in ((Gamma(1, 2), 0.35), (Uniform(2), None)):
        at = module.point(load, Fraction(7, 10))
        law = module.output_law(load, at)
        without = float(mp.quad(law.density, [0, min(law.top, mpf(80))]))
        assert without < 0.9
        assert without + float(law.atom) == pytest.approx(1, abs=1e-9)
        if atom is not None:
            assert float(law.atom) == pytest.approx(atom)


def test_the_range_of_the_channel() -> None:
    """A-ERRATUM-18: the printed channel has mass above the load, and for P above the mean no law at all."""
    mean, power, x = 2.0, 0.7, 1.0

    def printed(y: float) -> float:
        output = (1 - power / mean) / mean * exp(-y / mean)
        return mean / power * exp(-(x - y) / power) * exp(x / mean) * output

    assert printed(1.5) > 0
    atom = mean / power * exp(-x / power) * exp(x / mean) * power / mean
    up_to = float(mp.quad(lambda y: printed(float(y)), [0, 1]))
    assert atom + up_to == pytest.approx(1)
    assert atom + up_to + float(mp.quad(lambda y: printed(float(y)), [1, 2])) > 2.5
    assert (1 - 2.5 / mean) / mean < 0

    at = module.point(Gamma(1, 2), Fraction(7, 10))
    given = module.policy(Gamma(1, 2), at, mpf(1))
    assert given.density(mpf("1.5")) == 0
    assert float(given.atom) == pytest.approx(atom)
    assert float(given.density(mpf("0.5"))) == pytest.approx(printed(0.5))
    channel = privacy_power.exponential_channel(Fraction(2), Fraction(7, 10), Fraction(1), HALF)
    assert float(channel["density"]) == pytest.approx(printed(0.5))
    for arguments in (
        (Fraction(2), Fraction(5, 2), Fraction(1), HALF),
        (Fraction(2), HALF, HALF, Fraction(1)),
    ):
        with pytest.raises(Range):
            privacy_power.exponential_channel(*arguments)
