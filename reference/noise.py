"""The noise of DREAM (spec/dream.md, section Noise): shares, their laws, and how a meter draws them.

Paper C, sections 3.4, 4.1, 5.2 (phase 1) and 6 (sanitisation). Every share is a difference G1 - G2. The
paper's G has a gamma law of shape 1/n and scale lambda; the integer G has a Polya (negative binomial) law of
shape 1/n and p = exp(-1/lambda), of which n differences add up to a discrete Laplace variable exactly; n is
N - M. Sums run in integers scaled by a power of two, rounded down for a lower and up for an upper end; what
else is real is in interval arithmetic. Nothing here is a float.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Any

from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import to_rational

from meter_privacy.reference.errors import Exhausted, Malformed, Range
from meter_privacy.reference.information import Enclosure, enclose

METERS_MAXIMUM = 4096
READING_MAXIMUM_WH = (1 << 32) - 1
LAMBDA_MAXIMUM = 1 << 32
SERIES_LAMBDA_MAXIMUM = 512
TABLE_LAMBDA_MAXIMUM = 128
TABLE_MAXIMUM = 4096
VALUE_MAXIMUM = 1 << 40
SERIES_VALUE_MAXIMUM = 1 << 20
BEYOND = 700
GAMMA_BEYOND = 100
INT_LIMIT = 1 << 53

THRESHOLD_BITS = 64
DRAW_BYTES = 8
RANDOM_MAXIMUM = 64
PRECISION = 192
SERIES_PRECISION = 128
GUARD = 96

Interval = Any
Real = Fraction | int


# ---- Checks --------------------------------------------------------------------------------------


def check_ints(**fields: Any) -> None:
    """Integers of a message: below 2^53 in magnitude. Raises Malformed."""
    for name, value in fields.items():
        if type(value) is not int or abs(value) >= INT_LIMIT:
            raise Malformed(f"{name} is no integer below 2^53")


def check_reals(**fields: Any) -> None:
    """Exact reals. Raises Malformed."""
    for name, value in fields.items():
        if type(value) not in (int, Fraction):
            raise Malformed(f"{name} is no exact real")


def check_within(name: str, value: Real, least: Real, most: Real) -> None:
    """Raises Range where a number is outside [least, most]."""
    if not least <= value <= most:
        raise Range(f"{name} is outside [{least}, {most}]")


# ---- Enclosures ----------------------------------------------------------------------------------


@lru_cache
def intervals(precision: int) -> MPIntervalContext:
    """A context of interval arithmetic of a precision in bits, rounded up to a multiple of 64."""
    if precision % 64:
        return intervals(precision + -precision % 64)
    context = MPIntervalContext()
    context.prec = precision
    return context


def exact(iv: MPIntervalContext, value: Real) -> Interval:
    """The interval of a rational."""
    value = Fraction(value)
    return iv.mpf(value.numerator) / iv.mpf(value.denominator)


def ends(value: Interval) -> tuple[Fraction, Fraction]:
    """The rational ends of an interval."""
    low, high = (Fraction(*(int(part) for part in to_rational(end))) for end in value._mpi_)
    return low, high


def enclosure(value: Interval, least: Real | None = None, most: Real | None = None) -> Enclosure:
    """An interval as an enclosure, cut to where the number must be."""
    made = enclose(value, least)
    return made if most is None else Enclosure(made.lower, min(made.upper, Fraction(most)))


def series(iv: MPIntervalContext, z: Interval, ratio: Callable[[int], tuple[int, int]]) -> Interval:
    """The sum of 1, r(0) z, r(0) r(1) z^2, ..., where r(j) > 0 is a quotient of integers and z > 0.

    r tends to 1, and rises, falls, or falls and then rises. What comes after a term t_j is then at most
    t_j q / (1 - q), with q the larger of r(j) z and z, once q < 1.
    """
    bits = iv.prec
    low, high = ends(z)
    factors = floor(low * 2**bits), ceil(high * 2**bits)
    totals = []
    for up, factor in enumerate(factors):
        term = total = 1 << bits
        j = 0
        while True:
            over, under = ratio(j)
            if term.bit_length() <= total.bit_length() - bits + 16:
                q = max(Fraction(over, under), Fraction(1)) * Fraction(factors[1], 1 << bits)
                if q < 1:
                    totals.append(total + (ceil(term * q / (1 - q)) if up else 0))
                    break
            divisor = under << bits
            term = (term * over * factor + (divisor - 1 if up else 0)) // divisor
            total += term
            j += 1
    return iv.mpf([iv.mpf(totals[0]).a, iv.mpf(totals[1]).b]) / iv.mpf(1 << bits)


def exponential_series(
    iv: MPIntervalContext, z: Interval, divisor: Callable[[int], Fraction], harmonic: bool = False
) -> Interval:
    """The sum of z^j / (d(0) ... d(j - 1)), where d grows without bound; `harmonic` multiplies by H_j.

    Once q = z / d(j) is at most 1/4, the terms after t_j add up to at most t_j / 3, H_j times as much or, as
    H_(j + i) <= H_j + i, at most t_j (H_j + 1).
    """
    bits = iv.prec
    low, high = ends(z)
    totals = []
    for up, factor in enumerate((floor(low * 2**bits), ceil(high * 2**bits))):
        term = 1 << bits
        weight = 0 if harmonic else 1 << bits
        total = weight
        j = 0
        while True:
            by = divisor(j)
            if 4 * high <= by and term.bit_length() <= max(total.bit_length() - bits, 1) + 16:
                rest = -(-(term * (weight + (1 << bits))) >> bits) if harmonic else term
                totals.append(total + (rest + 1 if up else 0))
                break
            under = by.numerator << bits
            term = (term * by.denominator * factor + (under - 1 if up else 0)) // under
            j += 1
            if harmonic:
                weight += ((1 << bits) + (j - 1 if up else 0)) // j
            total += (term * weight + ((1 << bits) - 1 if up else 0)) >> bits
    return iv.mpf([iv.mpf(totals[0]).a, iv.mpf(totals[1]).b]) / iv.mpf(1 << bits)


# ---- The paper's continuous shares: section 4.1, Lemma 1 ------------------------------------------


def bessel_k(iv: MPIntervalContext, order: Fraction, z: Fraction) -> Interval:
    """K_v(z) for |v| < 1 and z > 0, by the power series of I_v, or of K_0 (DLMF 10.27.4, 10.31.2)."""
    square = exact(iv, z * z / 4)
    half = exact(iv, z / 2)
    if order == 0:
        even = exponential_series(iv, square, lambda j: Fraction((j + 1) ** 2))
        weighted = exponential_series(iv, square, lambda j: Fraction((j + 1) ** 2), harmonic=True)
        return weighted - (iv.log(half) + iv.euler) * even

    def bessel_i(v: Fraction) -> Interval:
        total = exponential_series(iv, square, lambda j: (j + 1) * (v + j + 1))
        return iv.exp(exact(iv, v) * iv.log(half)) / iv.gamma(exact(iv, v + 1)) * total

    return iv.pi * (bessel_i(-order) - bessel_i(order)) / (2 * iv.sin(exact(iv, order) * iv.pi))


def difference_density(shape: Fraction, scale: Fraction, x: Fraction) -> Interval:
    """The density at x > 0 of the difference of two gamma variables, in 1/Wh.

    f(x) = (z/2)^v K_v(z) / (lambda sqrt(pi) Gamma(k)) with v = k - 1/2 and z = x / lambda, for a shape k in
    (0, 3/2); at k = 1 it is the Laplace density exp(-x/lambda) / (2 lambda).
    Source: paper C, Lemma 1, [13]; its characteristic function is (1 + lambda^2 t^2)^-k. Implements DREAM-30.
    """
    z = x / scale
    iv = intervals(PRECISION + GUARD + 3 * ceil(z))
    if shape == 1:
        return iv.exp(-exact(iv, z)) / (2 * exact(iv, scale))
    v = shape - Fraction(1, 2)
    power = iv.exp(exact(iv, v) * iv.log(exact(iv, z / 2)))
    normal = exact(iv, scale) * iv.sqrt(iv.pi) * iv.gamma(exact(iv, shape))
    return power * bessel_k(iv, v, z) / normal


def gamma_share(shares: int, lambda_wh: Fraction, x_wh: Fraction) -> dict[str, Enclosure]:
    """The paper's share G(n, lambda) at x: density g and distribution function, and the density of G1 - G2.

    `shares` is n, 1 to 4096, and the shape is 1/n; `lambda_wh` the scale, 1 to 2^32; `x_wh` in
    [10^-9, 100 lambda]. g(x) = (x/lambda)^(1/n) exp(-x/lambda) / (x Gamma(1/n)). Densities are in 1/Wh.
    Source: paper C, section 4.1, Lemma 1. Errors: malformed, range. Implements DREAM-29, DREAM-30.
    """
    check_ints(shares=shares)
    check_reals(lambda_wh=lambda_wh, x_wh=x_wh)
    check_within("shares", shares, 1, METERS_MAXIMUM)
    check_within("lambda_wh", lambda_wh, 1, LAMBDA_MAXIMUM)
    check_within("x_wh", x_wh, Fraction(1, 10**9), LAMBDA_MAXIMUM)
    check_within("x_wh", x_wh, 0, GAMMA_BEYOND * lambda_wh)
    iv = intervals(PRECISION + GUARD)
    shape, z = Fraction(1, shares), Fraction(x_wh) / lambda_wh
    head = iv.exp(exact(iv, shape) * iv.log(exact(iv, z)) - exact(iv, z))
    density = head / (exact(iv, x_wh) * iv.gamma(exact(iv, shape)))
    tail = exponential_series(iv, exact(iv, z), lambda j: shape + j + 1)
    cumulative = head / iv.gamma(exact(iv, shape + 1)) * tail
    return {
        "density": enclosure(density, 0),
        "cumulative": enclosure(cumulative, 0, 1),
        "difference_density": enclosure(difference_density(shape, Fraction(lambda_wh), Fraction(x_wh)), 0),
    }


# ---- Integer shares ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Polya:
    """The negative binomial law of a shape r > 0 and p = exp(-1/lambda): P(k) = (r)_k / k! (1 - p)^r p^k."""

    shape: Fraction
    scale: Fraction

    def base(self, iv: MPIntervalContext) -> Interval:
        """p."""
        return iv.exp(-exact(iv, 1 / self.scale))

    def mass(self, iv: MPIntervalContext, k: int) -> Interval:
        """P(k), through gamma functions."""
        r = self.shape
        binomial = iv.gamma(exact(iv, r + k)) / (iv.gamma(exact(iv, r)) * iv.gamma(iv.mpf(k + 1)))
        start = iv.exp(exact(iv, r) * iv.log(1 - self.base(iv)))
        return binomial * start * iv.exp(-exact(iv, k / self.scale))

    def cumulative(self, iv: MPIntervalContext, k: int) -> Interval:
        """F(k) = P(0) + ... + P(k) = I_(1-p)(r, k + 1), a regularised incomplete beta function (DLMF 8.17.8).

        F(k) = (r + k) P(k) p / r times the sum over j of (1 - p)^j (r + k + 1)_j / (r + 1)_j, whose terms
        are positive and, once they fall, fall at least as fast as those of a geometric series.
        """
        r = self.shape
        a, b = r.numerator, r.denominator
        total = series(iv, 1 - self.base(iv), lambda j: (a + b * (k + 1 + j), a + b * (1 + j)))
        return exact(iv, (r + k) / r) * self.mass(iv, k) * self.base(iv) * total

    def exceeds(self, k: int, numerator: int, bits: int) -> bool:
        """Whether F(k) > numerator / 2^bits, decided by enclosures of growing precision.

        The two are never equal for 0 < numerator < 2^bits: p is transcendental, as lambda is rational
        (Lindemann), and F(k) = (1 - p)^r Q(p), with a rational polynomial Q, is algebraic only where p is.
        """
        if numerator <= 0 or numerator >= 1 << bits:
            return numerator <= 0
        wanted = Fraction(numerator, 1 << bits)
        precision = bits + GUARD
        while True:
            low, high = ends(self.cumulative(intervals(precision), k))
            if low > wanted or high < wanted:
                return low > wanted
            precision *= 2

    def quantile(self, numerator: int, bits: int, least: int = 0) -> int:
        """The least k with F(k) > numerator / 2^bits, where it is known to be `least` or more."""
        if self.exceeds(least, numerator, bits):
            return least
        below, above = least, least + 1
        while not self.exceeds(above, numerator, bits):
            below, above = above, above + 2 * (above - least)
        while above - below > 1:
            middle = (below + above) // 2
            if self.exceeds(middle, numerator, bits):
                above = middle
            else:
                below = middle
        return above


def polya_share(shares: int, lambda_units: Fraction, value: int) -> dict[str, Enclosure]:
    """One side G of an integer share at a value: P(G = value) and P(G <= value).

    `shares` is n = N - M, 1 to 4096, and the shape is 1/n; `lambda_units`, 1 to 2^32, in units of the
    readings; `value` from 0 to 700 lambda.
    Source: this project, for paper C, Lemma 1. Errors: malformed, range. Implements DREAM-34.
    """
    check_ints(shares=shares, value=value)
    check_reals(lambda_units=lambda_units)
    check_within("shares", shares, 1, METERS_MAXIMUM)
    check_within("lambda_units", lambda_units, 1, LAMBDA_MAXIMUM)
    check_within("value", value, 0, VALUE_MAXIMUM)
    check_within("value", value, 0, BEYOND * lambda_units)
    law = Polya(Fraction(1, shares), Fraction(lambda_units))
    iv = intervals(PRECISION + GUARD)
    return {
        "mass": enclosure(law.mass(iv, value), 0, 1),
        "cumulative": enclosure(law.cumulative(iv, value), 0, 1),
    }


def hypergeometric(iv: MPIntervalContext, a: Fraction, b: Fraction, c: int, z: Interval) -> Interval:
    """2F1(a, b; c; z) by its series, for 0 < z < 1, if a - 1 and b - c have one sign, or a = b and c = 2.

    In the first case the ratio of two terms is monotone. In the second it falls for a >= 3/2, and for a
    smaller a it falls to below 1 and then rises to 1.
    """
    an, ad, bn, bd = a.numerator, a.denominator, b.numerator, b.denominator

    def ratio(j: int) -> tuple[int, int]:
        return (an + ad * j) * (bn + bd * j), ad * bd * (1 + j) * (c + j)

    return series(iv, z, ratio)


def difference_mass(iv: MPIntervalContext, shape: Fraction, scale: Fraction, value: int) -> Interval:
    """P(X - Y = value) of independent X, Y with the Polya law of a shape; implements DREAM-35.

    (1 - p)^(2k) p^|v| (k)_|v| / |v|! 2F1(k, k + |v|; 1 + |v|; p^2).
    """
    v = abs(value)
    law = Polya(shape, scale)
    start = iv.exp(exact(iv, shape) * iv.log(1 - law.base(iv)))
    square = iv.exp(-exact(iv, 2 / scale))
    return law.mass(iv, v) * start * hypergeometric(iv, shape, shape + v, 1 + v, square)


def check_participants(shares: int, participants: int, lambda_units: Fraction) -> None:
    """The first three inputs of the laws of a total's noise."""
    check_within("shares", shares, 1, METERS_MAXIMUM)
    check_within("participants", participants, 1, METERS_MAXIMUM)
    check_within("lambda_units", lambda_units, 1, SERIES_LAMBDA_MAXIMUM)


def noise_law(shares: int, participants: int, lambda_units: Fraction, value: int) -> Enclosure:
    """P(D = value) of the noise D in a total: the sum of `participants` integer shares of shape 1 / `shares`.

    One participant: a meter's share. As many as shares: the discrete Laplace law (1 - p)/(1 + p) p^|value|.
    `lambda_units` is 1 to 512, in units of the readings; |value| at most 2^20.
    Source: this project, for paper C, section 4.1 and section 6. Errors: malformed, range.
    Implements DREAM-34, DREAM-35.
    """
    check_ints(shares=shares, participants=participants, value=value)
    check_reals(lambda_units=lambda_units)
    check_participants(shares, participants, lambda_units)
    check_within("value", value, -SERIES_VALUE_MAXIMUM, SERIES_VALUE_MAXIMUM)
    check_within("participants", participants, 1, 16 * shares)
    iv = intervals(SERIES_PRECISION)
    return enclosure(difference_mass(iv, Fraction(participants, shares), Fraction(lambda_units), value), 0, 1)


# ---- Drawing a share -----------------------------------------------------------------------------


def draw(law: Polya, random: bytes) -> tuple[int, int]:
    """A value of the law from random bytes, and how many of them decided it, eight or more.

    The bytes are the binary expansion of U in [0, 1), the first byte first; the value is the least k with
    F(k) > U. After c bytes U lies in [u, u + 1) / 256^c: the value is decided when it is the same k for both
    ends. Errors: exhausted. Implements DREAM-38.
    """
    value = 0
    for consumed in range(DRAW_BYTES, len(random) + 1):
        bits = 8 * consumed
        u = int.from_bytes(random[:consumed], "big")
        if u + 1 < 1 << bits:
            value = law.quantile(u, bits, value)
            if law.exceeds(value, u + 1, bits):
                return value, consumed
    raise Exhausted("the random bytes do not decide the value")


def sample_share(shares: int, lambda_units: Fraction, random: bytes) -> dict[str, int]:
    """An integer share G1 - G2, drawn exactly; `consumed` counts the bytes, G1's first.

    `shares` is n = N - M, `lambda_units` the scale in units of the readings, `random` at most 64 bytes.
    The time that it takes and the bytes that it uses depend on the share: meters draw from a table.
    Source: this project. Errors: malformed, range, exhausted. Implements DREAM-38, DREAM-45.
    """
    check_ints(shares=shares)
    check_reals(lambda_units=lambda_units)
    if type(random) is not bytes or len(random) > RANDOM_MAXIMUM:
        raise Malformed(f"random must have at most {RANDOM_MAXIMUM} bytes")
    check_within("shares", shares, 1, METERS_MAXIMUM)
    check_within("lambda_units", lambda_units, 1, LAMBDA_MAXIMUM)
    law = Polya(Fraction(1, shares), Fraction(lambda_units))
    first, consumed = draw(law, random)
    second, more = draw(law, random[consumed:])
    return {"share": first - second, "consumed": consumed + more}


def nearest(low: int, high: int, bits: int) -> int | None:
    """The integer nearest to a number in [low, high] / 2^bits, or None where the ends disagree.

    pre: 0 <= low <= high
    post: _ is None or abs(2 * _ * 2**bits - 2 * low) <= 2**bits

    Implements DREAM-39.
    """
    half = 1 << bits >> 1
    below, above = (low + half) >> bits, (high + half) >> bits
    return below if below == above else None


def scaled_masses(law: Polya, bits: int, count: int) -> list[tuple[int, int]]:
    """Lower and upper ends of P(0), ..., P(count - 1), times 2^bits."""
    iv = intervals(bits + GUARD)
    a, b = law.shape.numerator, law.shape.denominator
    start = ends(iv.exp(exact(iv, law.shape) * iv.log(1 - law.base(iv))))
    base = ends(law.base(iv))
    low, high = floor(start[0] * 2**bits), ceil(start[1] * 2**bits)
    down, up = floor(base[0] * 2**bits), ceil(base[1] * 2**bits)
    masses = []
    for k in range(count):
        masses.append((low, high))
        over, under = a + b * k, b * (k + 1) << bits
        low, high = low * over * down // under, -(-high * over * up // under)
    return masses


def table_of(law: Polya, bits: int) -> tuple[list[int], tuple[int, int]] | None:
    """The thresholds of a law and the ends of 2^bits times their total variation distance from it.

    None where enclosures of this many bits do not decide a rounding.
    """
    masses = scaled_masses(law, bits, TABLE_MAXIMUM + 2)
    thresholds: list[int] = []
    low = high = 0
    for k in range(TABLE_MAXIMUM + 1):
        low, high = low + masses[k][0], high + masses[k][1]
        threshold = nearest(low, high, bits - THRESHOLD_BITS)
        if threshold is None:
            return None
        if threshold >> THRESHOLD_BITS or (thresholds and threshold <= thresholds[-1]):
            return thresholds, distance_of(thresholds, masses, bits)
        thresholds.append(threshold)
    raise Range(f"the table would have more than {TABLE_MAXIMUM} thresholds")


def distance_of(thresholds: Sequence[int], masses: Sequence[tuple[int, int]], bits: int) -> tuple[int, int]:
    """Ends of 2^bits times the total variation distance of a table's law from the law of the masses.

    Half of the sum of |P(k) - Q(k)| over the table's values 0, ..., K and of P(k) beyond them.
    """
    edges = [0, *(threshold << bits - THRESHOLD_BITS for threshold in thresholds), 1 << bits]
    low = high = 0
    for k, (left, right) in enumerate(itertools.pairwise(edges)):
        under, over = masses[k][0] - (right - left), masses[k][1] - (right - left)
        low += max(under, -over, 0)
        high += max(over, -under)
    reached = masses[: len(edges) - 1]
    low += max((1 << bits) - sum(over for _, over in reached), 0)
    high += (1 << bits) - sum(under for under, _ in reached)
    return low // 2, -(-high // 2)


def noise_table(shares: int, lambda_units: Fraction) -> dict[str, Any]:
    """The table from which a meter draws each side of its share, and how far a draw is from the law.

    Threshold k is 2^64 F(k), rounded to the nearest integer, as long as thresholds grow and are below 2^64.
    `distance_bits` is -log2 of the total variation distance of one side; a share has at most twice that.
    `shares` is n = N - M, 1 to 4096; `lambda_units`, 1 to 128, in units of the readings.
    Source: this project. Errors: malformed, range (more than 4096 thresholds).
    Implements DREAM-39, DREAM-46.
    """
    check_ints(shares=shares)
    check_reals(lambda_units=lambda_units)
    check_within("shares", shares, 1, METERS_MAXIMUM)
    check_within("lambda_units", lambda_units, 1, TABLE_LAMBDA_MAXIMUM)
    law = Polya(Fraction(1, shares), Fraction(lambda_units))
    bits = 2 * PRECISION
    while (made := table_of(law, bits)) is None:
        bits *= 2
    thresholds, (low, high) = made
    iv = intervals(PRECISION)
    distance = iv.mpf([exact(iv, Fraction(low, 1 << bits)).a, exact(iv, Fraction(high, 1 << bits)).b])
    return {"thresholds": thresholds, "distance_bits": enclosure(-iv.log(distance) / iv.log(2))}


def reached(thresholds: Sequence[int], drawn: int) -> int:
    """How many thresholds a 64-bit number reaches: the least k with drawn < threshold k.

    Implements DREAM-40.
    """
    return sum(1 for threshold in thresholds if threshold <= drawn)


def check_table(thresholds: Sequence[int], random: bytes) -> None:
    """What is malformed in a table and its random bytes."""
    if not 1 <= len(thresholds) <= TABLE_MAXIMUM:
        raise Malformed(f"thresholds must have 1 to {TABLE_MAXIMUM} elements")
    for threshold in thresholds:
        if type(threshold) is not int or threshold < 0:
            raise Malformed("a threshold is no natural number")
    if type(random) is not bytes or len(random) != 2 * DRAW_BYTES:
        raise Malformed(f"random must have {2 * DRAW_BYTES} bytes")


def check_thresholds(thresholds: Sequence[int]) -> None:
    """Thresholds have 64 bits and grow. Raises Range."""
    if any(threshold >> THRESHOLD_BITS for threshold in thresholds):
        raise Range("a threshold is longer than 64 bits")
    if any(later <= earlier for earlier, later in itertools.pairwise(thresholds)):
        raise Range("thresholds must be strictly increasing")


def table_share(thresholds: Sequence[int], random: bytes) -> int:
    """A share G1 - G2 from a table: each side is how many thresholds eight bytes, big-endian, reach.

    Always 16 bytes, G1's first.
    Source: this project. Errors: malformed, range. Implements DREAM-40, DREAM-45.
    """
    check_table(thresholds, random)
    check_thresholds(thresholds)
    first, second = (int.from_bytes(random[at : at + DRAW_BYTES], "big") for at in (0, DRAW_BYTES))
    return reached(thresholds, first) - reached(thresholds, second)


# ---- Sanitisation: section 5.2, phase 1 ----------------------------------------------------------


def clamp(reading_wh: int, maximum_wh: int) -> dict[str, int]:
    """A reading cut to [0, Xmax], and 1 for `clamped` where that changed it.

    Source: paper C, section 3.4; the cap is this project's. Errors: malformed, range. Implements DREAM-27.
    """
    check_ints(reading_wh=reading_wh, maximum_wh=maximum_wh)
    check_within("maximum_wh", maximum_wh, 1, READING_MAXIMUM_WH)
    value = cut(reading_wh, maximum_wh)
    return {"value_wh": value, "clamped": int(value != reading_wh)}


def cut(reading: int, maximum: int) -> int:
    """The number of [0, maximum] that is nearest to a reading.

    pre: maximum >= 0
    post: 0 <= _ <= maximum
    post: _ == reading or (_ == 0 and reading < 0) or (_ == maximum and reading > maximum)

    Implements DREAM-27.
    """
    return 0 if reading < 0 else maximum if reading > maximum else reading


def sanitise(
    reading_wh: int, maximum_wh: int, unit_wh: int, thresholds: Sequence[int], random: bytes
) -> dict[str, int]:
    """What a meter masks: its reading, cut to [0, Xmax] and down to a multiple of the unit, plus a share.

    `unit_wh` is the unit of the table's noise, a divisor of Xmax; the value is a multiple of it. `clamped` is
    1 where the reading was outside [0, Xmax].
    Source: paper C, section 5.2, phase 1. Errors: malformed, range. Implements DREAM-27, DREAM-41.
    """
    check_ints(reading_wh=reading_wh, maximum_wh=maximum_wh, unit_wh=unit_wh)
    check_table(thresholds, random)
    check_within("maximum_wh", maximum_wh, 1, READING_MAXIMUM_WH)
    check_within("unit_wh", unit_wh, 1, maximum_wh)
    check_thresholds(thresholds)
    if maximum_wh % unit_wh:
        raise Range("Xmax is no multiple of the unit")
    value = cut(reading_wh, maximum_wh)
    units = value // unit_wh + table_share(thresholds, random)
    return {"value_wh": unit_wh * units, "clamped": int(value != reading_wh)}
