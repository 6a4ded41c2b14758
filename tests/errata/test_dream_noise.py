"""What paper C prints of its noise and does not hold, and what does.

Each test first does what is printed and asserts its counterexample, then does what the requirement says.
"""

import math
import struct
from fractions import Fraction

import pytest
import sympy
from mpmath import MPContext

from meter_privacy.reference import accounting, noise
from meter_privacy.reference.errors import Range

MP = MPContext()
MP.dps = 30


def test_the_printed_laplace_density_diverges() -> None:
    """C-ERRATUM-1: e^(|x|/lambda) / (2 lambda) has the mass 22025 on [-10, 10]. DREAM-30."""
    x = sympy.Symbol("x", real=True)
    printed = sympy.integrate(sympy.exp(sympy.Abs(x)) / 2, (x, -10, 10))
    assert int(printed) == 22025
    meant = sympy.integrate(sympy.exp(-sympy.Abs(x)) / 2, (x, -10, 10))
    assert round(float(meant), 5) == 0.99995
    for at in (Fraction(1, 3), Fraction(2), Fraction(17, 2)):
        density = noise.gamma_share(1, Fraction(1), at)["difference_density"]
        assert math.isclose(float(density), math.exp(-float(at)) / 2)


def test_figure_1_adds_the_two_sides() -> None:
    """C-ERRATUM-2: the sum of all G1 + G2 is never negative and has mean 2 lambda. DREAM-34, DREAM-35."""
    # n pairs of sides of shape 1/n are one Polya variable of shape 2.
    scale = Fraction(500)
    iv = noise.intervals(noise.PRECISION)
    p = noise.Polya(Fraction(2), scale).base(iv)
    low, high = noise.ends(2 * p / (1 - p))
    assert 999 <= low < high < 1000
    # A total of 0 is possible for f = 0 and impossible for f = 1: the loss has no bound.
    assert noise.ends(noise.Polya(Fraction(2), scale).mass(iv, 0))[0] > 0
    for value in (-5, -1, 0, 1, 5):
        left, right = (noise.noise_law(7, 7, scale, v) for v in (value, -value))
        assert left == right
        assert left.lower > 0


def test_shape_n_for_shape_one_over_n() -> None:
    """C-ERRATUM-3: N = 100, shape n: the deviation is 100 times larger, the mean 113 times. DREAM-29."""
    # Variance of a share 2 a lambda^2 at shape a: N shares of shape N against N of shape 1/N.
    assert math.isqrt(100 * 100 // (100 * Fraction(1, 100))) == 100
    mean, _ = accounting.laplace_factors(Fraction(100 * 100))
    assert round(float(noise.enclosure(mean))) == 113
    right, _ = accounting.laplace_factors(Fraction(100, 100))
    assert float(noise.enclosure(right)) == 1


def test_the_printed_error_formula() -> None:
    """C-ERRATUM-4: 1 / X_(t+1) is 1/10 where 1 / (X_t + 1) is 1/1001. DREAM-31."""
    now, later, scale = 1000, 10, 1
    assert Fraction(scale, later) == Fraction(1, 10)
    expected = accounting.expected_error(10, 0, 0, Fraction(scale), now)
    for name in ("mean", "deviation"):
        assert expected[name].lower <= Fraction(1, 1001) <= expected[name].upper
    assert accounting.error(now, now - 1) == accounting.error(now, now + 1) == Fraction(1, 1001)


def test_windows_of_s_plus_one_slots() -> None:
    """C-ERRATUM-7: from t to t + s are s + 1 slots: 84 to 108 are 25. DREAM-33, DREAM-47."""
    assert len(range(84, 108 + 1)) == 25
    assert len(range(108, 120 + 1)) == 13
    # Where no slot costs more than 1, three slots cost at most 3, and the printed sum up to 4.
    scale, slots = [Fraction(700)] * 6, [700] * 6
    assert sum(Fraction(x) / s for x, s in zip(slots[1:5], scale[1:5], strict=True)) == 4
    account = accounting.account(slots, scale, 3)
    assert account["worst_epsilon"] == 3
    assert account["window_epsilons"] == [3] * 4


def test_noise_scaled_to_the_largest_reading() -> None:
    """C-ERRATUM-9: readings (100, 1) and (1, 1) get the scales 100 and 1; 101 then loses 94.4. DREAM-28."""

    def log_density(y: int, readings: tuple[int, int]) -> float:
        scale = max(readings)
        return -abs(y - sum(readings)) / scale - math.log(2 * scale)

    def loss(y: int) -> float:
        return log_density(y, (100, 1)) - log_density(y, (1, 1))

    assert round(loss(101), 1) == 94.4
    assert loss(10_000) > 9000
    # A cap of 100, whatever the readings are, and epsilon = 1.
    scale = accounting.noise_scale(100, Fraction(1))
    promised = accounting.noise_loss(2, 2, scale, 100)["loss_nats"]
    assert promised is not None
    assert promised.lower <= 1 <= promised.upper
    assert noise.clamp(250, 100) == {"value_wh": 100, "clamped": 1}


def half(value: float) -> float:
    """A number rounded to binary16."""
    rounded: float = struct.unpack("<e", struct.pack("<e", value))[0]
    return rounded


def test_laplace_noise_in_floating_point_is_not_private() -> None:
    """C-ERRATUM-13: outputs that one reading reaches and another cannot. DREAM-34, DREAM-35, DREAM-38.

    All of binary16, and a stretch of binary64; and shares of 1000 meters that are zero.
    """

    # Inverse transform: sign * lambda * ln U for every U = k / 2^11, rounded after each operation.
    draws = {sign * half(math.log(k / 2**11)) for k in range(1, 2**11) for sign in (1, -1)}
    reached = [{half(reading + draw) for draw in draws} for reading in (0, 1)]
    only = [reached[0] - reached[1], reached[1] - reached[0]]
    assert min(len(outputs) for outputs in only) > 300

    # In binary64: outputs of the reading 0 for 400 neighbouring U that no U reaches from 1.
    unreachable = 0
    for k in range(2**51, 2**51 + 400):
        output = math.log(k / 2**53)
        centre = round(math.exp(output - 1) * 2**53)
        around = (1 + math.log(j / 2**53) for j in range(centre - 12, centre + 13))
        unreachable += output not in around
    assert unreachable > 100

    # P(G < 2^-1075) for the gamma share of 1000 meters, in units of lambda: what binary64 rounds to zero.
    vanishing = MP.gammainc(MP.mpf(1) / 1000, 0, MP.ldexp(1, -1075), regularized=True)
    assert 0.47 < vanishing < 0.49

    # The integer law reaches every integer from every reading, with a bounded ratio.
    for value in range(-40, 41):
        here, there = (noise.noise_law(3, 3, Fraction(2), value - reading) for reading in (0, 2))
        assert (
            Fraction(27182, 10000) ** -1 - Fraction(1, 1000)
            < here.lower / there.upper
            < Fraction(27183, 10000)
        )
    # And a comparison in binary64 decides wrongly where the exact one does not: F(0).
    law = noise.Polya(Fraction(1, 1000), Fraction(3000))
    low, high = noise.ends(law.mass(noise.intervals(256), 0))
    as_float = float(low)
    assert Fraction(as_float) < low or Fraction(as_float) > high
    above = math.floor(low * 2**120)
    assert Fraction(above, 2**120) != Fraction(as_float)
    assert law.exceeds(0, above, 120)
    assert not law.exceeds(0, above + 1, 120)
    assert float(Fraction(above, 2**120)) == float(Fraction(above + 1, 2**120)) == as_float


def test_more_missing_than_the_noise_was_made_for() -> None:
    """C-ERRATUM-22: half the shares at lambda = 20 lose 2.49 where 1 is promised. DREAM-37."""
    losses = accounting.noise_loss(2, 1, Fraction(20), 20)
    assert losses["loss_nats"] is not None
    assert round(float(losses["loss_nats"]), 2) == 2.49
    assert losses["continuous_loss_nats"] is None
    continuous = {Fraction(9, 10): 1.19, Fraction(3, 4): 1.61, Fraction(5, 8): 2.27}
    for shape, expected in continuous.items():
        lost = accounting.noise_loss(shape.denominator, shape.numerator, Fraction(40), 40)
        assert lost["continuous_loss_nats"] is not None
        assert round(float(lost["continuous_loss_nats"]), 2) == expected
    growing = [
        float(str(accounting.noise_loss(2, 1, Fraction(scale), scale)["loss_nats"]))
        for scale in (20, 100, 500)
    ]
    assert growing == sorted(growing)
    assert growing[-1] > growing[0] + 0.4


def test_m_missing_and_not_fewer() -> None:
    """C-ERRATUM-26: with M missing, and not only with fewer, the noise is whole. DREAM-37, DREAM-44."""
    for missing, whole in ((29, True), (30, True), (31, False)):
        loss = accounting.noise_loss(70, 100 - missing, Fraction(50), 50)["loss_nats"]
        assert loss is not None
        assert (loss.lower <= 1 <= loss.upper) == whole
        assert whole or loss.lower > 1
    accounting.expected_error(100, 30, 30, Fraction(50), 0)
    with pytest.raises(Range):
        accounting.expected_error(100, 30, 31, Fraction(50), 0)


def test_failures_and_colluders_count_together() -> None:
    """C-ERRATUM-29: N = 100, M = 30, 30 missing, 20 colluding: 50 of 70 shares, which lose 1.7. DREAM-44."""
    loss = accounting.noise_loss(70, 100 - 30 - 20, Fraction(100), 100)["loss_nats"]
    assert loss is not None
    assert round(float(loss), 2) == 1.7
    # M = 50 covers both.
    loss = accounting.noise_loss(50, 50, Fraction(100), 100)["loss_nats"]
    assert loss is not None
    assert loss.lower <= 1 <= loss.upper
