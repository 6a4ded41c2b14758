"""The privacy-power function of loads with a density (spec/privacy_power.md, Continuous loads).

Symbols are paper A's: X the load with density f, Y what the grid gives, P the average power of the
alternative source, I the leakage. F is the distribution function, S = 1 - F, s = -dI/dP the slope. All
leakages are in nats; loads, powers and scales are in one unit of the caller's choice, slopes in nats per that
unit.

At a slope s > 0 the optimum is the greatest convex minorant G of F against u(x) = 1 - exp(-s x). Its slope
c = dG/du is the output's law, dQ(y) = exp(-s y) dc(y), and

    I + s P = s E[X] - E[ln c(X)].

f e^{s x} / s is the slope of F itself. Where the score -f'/f rises (f log-concave), F is convex first and one
chord ends it: loads above a cut a are treated as a. Where it falls (f log-convex), one chord begins it: loads
below a cut b are taken from the source wholly. Everything is then a function of the cut. Where there is
neither chord, Paper A's Theorem 3 applies and the Shannon lower bound is met.

A load is written once for two arithmetics: `ROUNDED`, mpmath's numbers and special functions, finds the cut;
`ENCLOSED`, interval arithmetic with series whose remainders are bounded, proves the answer. Two cuts close
together, at powers proved to lie on either side of the one asked for, enclose leakage and slope, because the
one falls and the other does not rise with the power.
"""

import copy
import functools
import itertools
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from mpmath import MPContext
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import to_rational

from meter_privacy.reference.errors import Malformed, Range
from meter_privacy.reference.information import IV, MP, Enclosure, enclose, exactly, interval, pmf
from meter_privacy.reference.privacy_power import Curve, block_power, law_error
from meter_privacy.reference.privacy_power import leakage as finite_leakage

# Contexts of our own: whoever calls keeps the precision of mpmath's global ones.
mp = MPContext()
mpf = mp.mpf
iv = MPIntervalContext()

Number = Any
Real = Fraction | int

DIGITS = 34
GUARD_DIGITS = 30
LOG_CONCAVE, LOG_CONVEX = "log-concave", "log-convex"
LARGEST_SCALE = 10**9
LARGEST_POWER = 10**12
LARGEST_ORDER = 100
LARGEST_RATIO = 10**6
MAXIMUM_PHASES = 16
SMALLEST_ORDER = Fraction(1, 10)
SMALLEST_LOMAX_ORDER = Fraction(11, 10)
LEAST_RELATIVE_POWER = Fraction(1, 10**12)


def _real(value: Real) -> Number:
    exact = Fraction(value)
    return mpf(exact.numerator) / exact.denominator


def _exact(value: Number) -> Fraction:
    """What a number of mpmath is, exactly."""
    return Fraction(*(int(part) for part in to_rational(value._mpf_)))


# ---- Two arithmetics ----------------------------------------------------------------------------------


class Rounded:
    """mpmath's numbers, correct to about the working precision of `mp`."""

    context: Any = mp

    def real(self, value: Real) -> Number:
        """A rational."""
        return _real(value)

    def _negligible(self, z: Number) -> bool:
        """Whether exp(-z) and its moments are nothing beside the working precision."""
        return bool(z > 4 * mp.prec + 1000)

    def exp_minus(self, z: Number) -> Number:
        """exp(-z)."""
        return mpf(0) if self._negligible(z) else mp.exp(-z)

    def fall(self, z: Number) -> Number:
        """1 - exp(-z)."""
        return mpf(1) if self._negligible(z) else -mp.expm1(-z)

    def power(self, x: Number, exponent: Fraction) -> Number:
        """x to a rational power."""
        return x ** _real(exponent)

    def x_log_x(self, x: Number) -> Number:
        """x ln x, 0 at 0."""
        return x * mp.log(x) if x else x

    def gamma(self, k: Fraction) -> Number:
        """The gamma function."""
        return mp.gamma(_real(k))

    def digamma(self, k: Fraction) -> Number:
        """The logarithmic derivative of the gamma function."""
        return mp.digamma(_real(k))

    def lower_gamma(self, k: Fraction, z: Number) -> Number:
        """The integral of t^(k-1) e^-t from 0 to z."""
        return self.gamma(k) if self._negligible(z) else mp.gammainc(_real(k), 0, z)

    def upper_gamma(self, k: Fraction, z: Number) -> Number:
        """The integral of t^(k-1) e^-t from z on."""
        return mpf(0) if self._negligible(z) else mp.gammainc(_real(k), z)

    def tail_ratio(self, k: Fraction, z: Number) -> Number:
        """The same over z^(k-1) e^-z, which does not underflow."""
        if z < SERIES_UP_TO:
            return self.upper_gamma(k, z) * mp.exp(z) / self.power(z, k - 1)
        return _asymptotic(self, k, z)[0]

    def log_moment(self, k: Fraction, z: Number) -> Number:
        """The integral of t^(k-1) e^-t ln t from 0 to z.

        By parts: the lower incomplete gamma function times ln z, less the integral of gamma(k, t) / t, whose
        power series is the hypergeometric one.
        """
        if self._negligible(z):
            return self.gamma(k) * self.digamma(k)
        order = _real(k)
        series = z**order / order**2 * mp.hyp2f2(order, order, order + 1, order + 1, -z)
        return self.lower_gamma(k, z) * mp.log(z) - series

    def mixture_information(self, parts: "Sequence[tuple[Fraction, Fraction]]", start: Number) -> Number:
        """The integral of e^-t (1 + g) ln(1 + g) from `start` on, g = sum c e^(-rho t) over parts (c, rho).

        In v = e^-t, in which g is a sum of powers: powers below 1 at the end 0, and steep ones at the other,
        are what tanh-sinh is for.
        """
        v = self.exp_minus(start)
        if not parts or not v:
            return mpf(0)
        terms = [(_real(c), _real(rho)) for c, rho in parts]

        def integrand(u: Number) -> Number:
            g = mp.fsum(c * u**rho for c, rho in terms)
            return (1 + g) * mp.log1p(g)

        return mp.quad(integrand, [0, v / 16, v / 2, v])

    def lower_slope(self, ratio: Number) -> Number:
        """y > 0 with (e^y - 1) / y = ratio: by Lambert's W on its branch below -1."""
        return -1 / ratio - mp.lambertw(-mp.exp(-1 / ratio) / ratio, -1).real


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    """The working precision of `iv` within."""
    before, iv.prec = iv.prec, bits
    try:
        yield
    finally:
        iv.prec = before


def _between(low: Number, high: Number) -> Number:
    """From the lower end of one interval to the upper end of another."""
    return iv.mpf([low.a, high.b])


# Up to here the power series is summed, with as many more bits as its cancellation costs; beyond, the
# asymptotic one, whose least term is then far below any precision in use.
SERIES_UP_TO = 1000
BITS_PER_NAT = 1 / math.log(2)
# From FAR on, exp(-z) times any power of z in use is below TINY.
FAR = 1 << 40
TINY = iv.ldexp(1, -(1 << 40))


def _gamma_series(k: Fraction, z: Number) -> Number:
    """The integral of t^(k-1) e^-t from 0 to an exact z: z^k e^-z sum of z^n / (k (k+1) ... (k+n)).

    All terms are positive, and once n + k > 2 z each is less than half of the one before.
    """
    order = ENCLOSED.real(k)
    term = 1 / order
    total, n = term, 0
    while not (term < total * iv.ldexp(1, -iv.prec) and 2 * z < order + n + 1):
        n += 1
        term *= z / (order + n)
        total += term
    total += iv.mpf([0, term.b])
    return total * iv.exp(order * iv.log(z) - z)


def _tail_bound(k: Fraction, z: Number) -> Number:
    """[0, 2 z^(k-1) e^-z], in which the integral of t^(k-1) e^-t from z on lies if z >= 2 k: beyond z the
    integrand's logarithm falls by at least 1/2 a unit.
    """
    return iv.mpf([0, (2 * iv.exp((ENCLOSED.real(k) - 1) * iv.log(z) - z)).b])


def _far(k: Fraction) -> int:
    """Where the tail of t^k e^-t is nothing beside the working precision; above 2 k."""
    return 2 * math.ceil(k) + 64 + int(iv.prec)


@functools.lru_cache(maxsize=256)
def _complete(k: Fraction, prec: int, moment: bool) -> Number:
    """The gamma function at k > 0, or the integral of t^(k-1) e^-t ln t over all t > 0, as an interval.

    From series up to a z where the tail is bounded; the tail with ln t < t. `prec` is the working precision.
    """
    with _precision(prec):
        z = iv.mpf(_far(k))
        if not moment:
            return _gamma_series(k, z) + _tail_bound(k, z)
        return _log_moment_series(k, z) + _tail_bound(k + 1, z)


def _log_moment_series(k: Fraction, z: Number) -> Number:
    """The integral of t^(k-1) e^-t ln t from 0 to an exact z: gamma(k, z) ln z - sum of
    (-1)^n z^(k+n) / (n! (k+n)^2), whose terms fall and alternate from n > z on.
    """
    with _precision(iv.prec + int(2 * BITS_PER_NAT * float(z.b)) + 64):
        order = ENCLOSED.real(k)
        term, total, n = iv.mpf(1), 1 / order**2, 0
        while not (n > z and term < iv.ldexp(1, -iv.prec)):
            n += 1
            term *= z / n
            total += (-1) ** n * term / (order + n) ** 2
        total += iv.mpf([-term.b, term.b])
        integral = total * iv.exp(order * iv.log(z))
        return _gamma_series(k, z) * iv.log(z) - integral


def _upper_gamma_at(k: Fraction, z: Number) -> Number:
    """The integral of t^(k-1) e^-t from an exact z on.

    Up to SERIES_UP_TO what the series leaves of the whole; beyond, by the asymptotic series.
    """
    if z < SERIES_UP_TO:
        lifted = iv.prec + int(BITS_PER_NAT * float(z.b)) + 64
        with _precision(lifted):
            return _complete(k, lifted, False) - _gamma_series(k, z)
    return ENCLOSED.tail_ratio(k, z) * iv.exp((ENCLOSED.real(k) - 1) * iv.log(z) - z)


def _asymptotic(m: "Rounded | Enclosed", k: Fraction, z: Number) -> tuple[Number, Number]:
    """1 + (k-1)/z + (k-1)(k-2)/z^2 + ... for z of at least SERIES_UP_TO, and the first term left out.

    The error is between 0 and that term from (k-1) ... (k-j) with j >= k - 1 on (DLMF 8.11(i)).
    """
    order, small = m.real(k), m.context.ldexp(1, -m.context.prec)
    term, total, j = m.real(1), m.real(0), 0
    while j < k - 1 or not abs(term) < small:
        total += term
        j += 1
        term *= (order - j) / z
    return total, term


class Enclosed:
    """Intervals: every result contains the number. The precision is that of `iv`.

    Monotone functions of an interval z are taken at its ends, where the series are those of exact numbers.
    """

    context: Any = iv

    def real(self, value: Real) -> Number:
        """A rational."""
        exact = Fraction(value)
        return iv.mpf(exact.numerator) / iv.mpf(exact.denominator)

    def exp_minus(self, z: Number) -> Number:
        """exp(-z); far out only that it is tiny."""
        return iv.mpf([0, TINY]) if z.a > FAR else iv.exp(-z)

    def fall(self, z: Number) -> Number:
        """1 - exp(-z)."""
        return 1 - self.exp_minus(z)

    def power(self, x: Number, exponent: Fraction) -> Number:
        """x > 0 to a rational power."""
        return iv.exp(self.real(exponent) * iv.log(x))

    def x_log_x(self, x: Number) -> Number:
        """x ln x; what may be 0 is small here, and between -sqrt(x) and 0."""
        return x * iv.log(x) if x.a > 0 else iv.mpf([-iv.sqrt(x).b, 0])

    def gamma(self, k: Fraction) -> Number:
        """The gamma function."""
        return +_complete(k, iv.prec, False)

    def digamma(self, k: Fraction) -> Number:
        """The logarithmic derivative of the gamma function."""
        return _complete(k, iv.prec, True) / self.gamma(k)

    def lower_gamma(self, k: Fraction, z: Number) -> Number:
        """The integral of t^(k-1) e^-t from 0 to z."""
        if z.b > SERIES_UP_TO:
            return self.gamma(k) - self.upper_gamma(k, z)
        return _between(*(_gamma_series(k, iv.mpf(end)) for end in (z.a, z.b)))

    def upper_gamma(self, k: Fraction, z: Number) -> Number:
        """The integral of t^(k-1) e^-t from z on."""
        if z.a > FAR:
            return iv.mpf([0, TINY])
        return _between(*(_upper_gamma_at(k, iv.mpf(end)) for end in (z.b, z.a)))

    def tail_ratio(self, k: Fraction, z: Number) -> Number:
        """The same over z^(k-1) e^-z, which tends to 1: far out by the asymptotic series."""
        if z.a < SERIES_UP_TO:
            return self.upper_gamma(k, z) * iv.exp(z) / self.power(z, k - 1)
        ratio, omitted = _asymptotic(self, k, z)
        return ratio + _between(iv.mpf([min(omitted.a, 0), 0]), iv.mpf([0, max(omitted.b, 0)]))

    def log_moment(self, k: Fraction, z: Number) -> Number:
        """The integral of t^(k-1) e^-t ln t from 0 to z, which changes by t^(k-1) e^-t ln t dt.

        Beyond SERIES_UP_TO it is the whole one but for a tail, in which ln t < t.
        """
        if z.b > SERIES_UP_TO:
            return _complete(k, iv.prec, True) - iv.mpf([0, self.upper_gamma(k + 1, z).b])
        left = iv.mpf(z.a)
        change = self.power(z, k - 1) * iv.exp(-z) * iv.log(z) * iv.mpf([0, (z - left).b])
        return _log_moment_series(k, left) + change

    def mixture_information(self, parts: "Sequence[tuple[Fraction, Fraction]]", start: Number) -> Number:
        """The integral of e^-t (1 + g) ln(1 + g) from `start` on, g = sum c e^(-rho t) over parts (c, rho).

        The integrand is at most g(0) (1 + g(0)) e^-t: over the width of `start`, and as what is left out far
        away, where g falls. Between, `mixture_pieces`.
        """
        if not parts:
            return iv.mpf(0)
        # Of starts close together one integral does for all.
        place = max(Fraction(0), enclose(start).lower // START_GRAIN * START_GRAIN)
        left = self.real(place)
        terms = [(self.real(c), self.real(rho)) for c, rho in parts]
        g = sum((c * iv.exp(-rho * left) for c, rho in terms), iv.mpf(0))
        width = (start - left).b * g * (1 + g) * iv.exp(-left)
        return _mixture_pieces(tuple(parts), place, iv.prec) - iv.mpf([0, width.b])

    def lower_slope(self, ratio: Number) -> Number:
        """y > 0 with (e^y - 1) / y = ratio, which rises with y: a guess, and a proof on either side of it."""
        with mp.workprec(iv.prec):
            guess = ROUNDED.lower_slope(mpf(ratio.mid))
        for place in range(iv.prec - 12, 16, -8):
            low, high = (iv.mpf(guess) * (1 + side * iv.ldexp(1, -place)) for side in (-1, 1))
            if (iv.exp(low) - 1) / low <= ratio.a and (iv.exp(high) - 1) / high >= ratio.b:
                return _between(low, high)
        raise ArithmeticError("the slope is not enclosed")


TAYLOR_TERMS = 64
START_GRAIN = Fraction(1, 10**42)


@functools.lru_cache(maxsize=64)
def _mixture_pieces(parts: "tuple[tuple[Fraction, Fraction], ...]", start: Fraction, prec: int) -> Number:
    """The integral of v = e^-t h ln h from an exact start on, h = 1 + sum c e^(-rho t), enclosed.

    Taylor series on pieces [m - H, m + H], H = R/4. For |t - m| <= R, |h - h(m)| <= sum c e^(-rho m)
    (e^(rho R) - 1); with R so small that this is at most 0.9 h(m), ln h is analytic there, and by Cauchy the
    n-th coefficient of v is at most M / R^n with M = e^(R - m) 1.9 h(m) (ln h(m) + ln 10). Far away ln h <= g
    = h - 1 and the rest is at most h g e^-t.
    """
    with _precision(prec):
        terms = [(ENCLOSED.real(c), ENCLOSED.real(rho)) for c, rho in parts]
        floats = [(float(c), float(rho)) for c, rho in parts]
        total, place = iv.mpf(0), Fraction(start)
        while True:
            t = ENCLOSED.real(place)
            g = sum((c * iv.exp(-rho * t) for c, rho in terms), iv.mpf(0))
            rest = (1 + g) * g * iv.exp(-t)
            if rest < iv.ldexp(1, -prec // 2):
                return total + iv.mpf([0, rest.b])
            R = _radius(floats, float(place))
            total += _mixture_piece(terms, place + R / 4, R)
            place += R / 2


def _radius(parts: Sequence[tuple[float, float]], left: float) -> Fraction:
    """About the largest R up to 8 for which the condition of `_mixture_pieces` holds at left + R/4."""

    def holds(R: float) -> bool:
        middle = left + R / 4
        moved = sum(c * math.exp(min(rho * (R - middle), 700.0)) for c, rho in parts)
        still = sum(c * math.exp(-rho * middle) for c, rho in parts)
        return moved - still < 0.85 * (1 + still)

    R = 8.0
    while not holds(R):
        R *= 0.8
    return Fraction(R)


def _mixture_piece(terms: Sequence[tuple[Number, Number]], middle: Fraction, radius: Fraction) -> Number:
    m, R = ENCLOSED.real(middle), ENCLOSED.real(radius)
    H = R / 4
    weights = [c * iv.exp(-rho * m) for c, rho in terms]
    # Coefficients of powers of (t - m) / H, of h and of e^-t h, which is a sum of exponentials as well.
    h = [1 + sum(weights, iv.mpf(0))]
    bound = sum((w * (iv.exp(rho * R) - 1) for w, (_, rho) in zip(weights, terms, strict=True)), iv.mpf(0))
    if not bound <= h[0] * 9 / 10:
        raise ArithmeticError("the radius is too large")
    largest = iv.exp(R - m) * h[0] * 19 / 10 * (iv.log(h[0]) + iv.log(10))
    faded = [
        (iv.exp(-m), iv.mpf(1)),
        *((w * iv.exp(-m), 1 + rho) for w, (_, rho) in zip(weights, terms, strict=True)),
    ]
    mixed = [sum((w for w, _ in faded), iv.mpf(0))]
    for n in range(1, TAYLOR_TERMS):
        weights = [-w * rho * H / n for w, (_, rho) in zip(weights, terms, strict=True)]
        faded = [(-w * rate * H / n, rate) for w, rate in faded]
        h.append(sum(weights, iv.mpf(0)))
        mixed.append(sum((w for w, _ in faded), iv.mpf(0)))
    log, derivative = [iv.log(h[0])], [iv.mpf(0)]
    for n in range(1, TAYLOR_TERMS):
        inner = sum((derivative[k] * h[n - k] for k in range(1, n)), iv.mpf(0))
        log.append((h[n] - inner / n) / h[0])
        derivative.append(n * log[n])
    total = iv.mpf(0)
    for n in range(0, TAYLOR_TERMS, 2):
        total += 2 * H / (n + 1) * sum((mixed[k] * log[n - k] for k in range(n + 1)), iv.mpf(0))
    left_out = (2 * H * largest * iv.ldexp(1, -2 * TAYLOR_TERMS) * 16 / 15).b
    return total + iv.mpf([-left_out, left_out])


ROUNDED, ENCLOSED = Rounded(), Enclosed()


# ---- Families -----------------------------------------------------------------------------------------


class Load(ABC):
    """A load with a density f on (0, end), continuous there. Methods work at their arithmetic's precision."""

    m: Any = ROUNDED

    def enclosed(self) -> Self:
        """The same load in interval arithmetic."""
        twin = copy.copy(self)
        object.__setattr__(twin, "m", ENCLOSED)
        return twin

    @property
    @abstractmethod
    def shape(self) -> str:
        """LOG_CONCAVE or LOG_CONVEX. A load that is both says LOG_CONCAVE."""

    @abstractmethod
    def mean(self) -> Number:
        """E[X], the power at which nothing leaks."""

    @abstractmethod
    def entropy(self) -> Number:
        """The differential entropy h = -E[ln f(X)] in nats."""

    @abstractmethod
    def density(self, x: Number) -> Number:
        """f(x) for 0 < x < end."""

    @abstractmethod
    def score(self, x: Number) -> Number:
        """-f'(x) / f(x) for 0 < x < end."""

    @abstractmethod
    def score_limits(self) -> tuple[Number, Number]:
        """The score's limits at 0 and at the end; mp.inf where it has none."""

    @abstractmethod
    def below(self, x: Number) -> Number:
        """F(x)."""

    @abstractmethod
    def above(self, x: Number) -> Number:
        """S(x) = 1 - F(x), without cancellation."""

    @abstractmethod
    def mean_below(self, x: Number) -> Number:
        """E[X; X <= x]."""

    @abstractmethod
    def excess(self, x: Number) -> Number:
        """E[(X - x)^+]."""

    @abstractmethod
    def information_below(self, x: Number) -> Number:
        """-E[ln f(X); X <= x] in nats."""

    def information_above(self, x: Number) -> Number:
        """-E[ln f(X); X > x] in nats."""
        return self.entropy() - self.information_below(x)

    def hazard(self, x: Number) -> Number:
        """f(x) / S(x)."""
        return self.density(x) / self.above(x)

    def end(self) -> Number:
        """The least upper bound of the loads."""
        return mp.inf

    def jumps(self) -> tuple[tuple[Number, Number], ...]:
        """Where f jumps, 0 among them, and by how much: f(x+) - f(x-). Paper A's Delta_f."""
        at_zero = self.density_at_zero()
        return ((mpf(0), at_zero),) if at_zero else ()

    @abstractmethod
    def density_at_zero(self) -> Number:
        """f(0+)."""

    def critical(self) -> Fraction:
        """P0 = 1 / sup(-f'/f), exactly; 0 where the score is unbounded or f jumps down."""
        return Fraction(0)

    def rational_mean(self) -> Fraction | None:
        """E[X] where it is rational for certain."""
        return None


@dataclass(frozen=True)
class Uniform(Load):
    """Uniform on [0, width]."""

    width: Real

    @property
    def shape(self) -> str:
        return LOG_CONCAVE

    def mean(self) -> Number:
        return self.m.real(self.width) / 2

    def entropy(self) -> Number:
        return self.m.context.log(self.m.real(self.width))

    def density(self, x: Number) -> Number:  # noqa: ARG002 (constant on the support)
        return 1 / self.m.real(self.width)

    def score(self, x: Number) -> Number:  # noqa: ARG002 (constant on the support)
        return self.m.real(0)

    def score_limits(self) -> tuple[Number, Number]:
        return self.m.real(0), self.m.real(0)

    def below(self, x: Number) -> Number:
        return x / self.m.real(self.width)

    def above(self, x: Number) -> Number:
        return 1 - self.below(x)

    def mean_below(self, x: Number) -> Number:
        return x * x / (2 * self.m.real(self.width))

    def excess(self, x: Number) -> Number:
        return (self.m.real(self.width) - x) ** 2 / (2 * self.m.real(self.width))

    def information_below(self, x: Number) -> Number:
        return self.below(x) * self.entropy()

    def end(self) -> Number:
        return self.m.real(self.width)

    def rational_mean(self) -> Fraction:
        return Fraction(self.width) / 2

    def density_at_zero(self) -> Number:
        return 1 / self.m.real(self.width)

    def jumps(self) -> tuple[tuple[Number, Number], ...]:
        height = 1 / self.m.real(self.width)
        return (self.m.real(0), height), (self.m.real(self.width), -height)


@dataclass(frozen=True)
class Gamma(Load):
    """f(x) = x^(k-1) e^(-x/theta) / (Gamma(k) theta^k), k the order, theta the scale."""

    order: Real
    scale: Real

    @property
    def shape(self) -> str:
        return LOG_CONCAVE if self.order >= 1 else LOG_CONVEX

    def _split(self, x: Number) -> tuple[Fraction, Number, Number]:
        theta = self.m.real(self.scale)
        return Fraction(self.order), theta, x / theta

    def mean(self) -> Number:
        return self.m.real(self.rational_mean())

    def rational_mean(self) -> Fraction:
        return Fraction(self.order) * Fraction(self.scale)

    def critical(self) -> Fraction:
        return Fraction(self.scale) if self.order >= 1 else Fraction(0)

    def entropy(self) -> Number:
        k, theta, _ = self._split(self.m.real(0))
        log, order = self.m.context.log, self.m.real(k)
        return order + log(theta) + log(self.m.gamma(k)) + (1 - order) * self.m.digamma(k)

    def density(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return self.m.power(z, k - 1) * self.m.exp_minus(z) / (self.m.gamma(k) * theta)

    def score(self, x: Number) -> Number:
        k, theta, _ = self._split(x)
        return 1 / theta - self.m.real(k - 1) / x

    def score_limits(self) -> tuple[Number, Number]:
        inverse = 1 / self.m.real(self.scale)
        return (inverse if self.order == 1 else mp.inf if self.order < 1 else -mp.inf), inverse

    def below(self, x: Number) -> Number:
        k, _, z = self._split(x)
        return self.m.lower_gamma(k, z) / self.m.gamma(k)

    def above(self, x: Number) -> Number:
        k, _, z = self._split(x)
        return self.m.upper_gamma(k, z) / self.m.gamma(k)

    def mean_below(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return theta * self.m.lower_gamma(k + 1, z) / self.m.gamma(k)

    def hazard(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return 1 / (theta * self.m.tail_ratio(k, z))

    def excess(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return (theta * self.m.upper_gamma(k + 1, z) - x * self.m.upper_gamma(k, z)) / self.m.gamma(k)

    def information_below(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        logs = self.m.context.log(theta) + self.m.context.log(self.m.gamma(k))
        moment = self.m.real(k - 1) * self.m.log_moment(k, z) / self.m.gamma(k)
        return logs * self.below(x) + self.mean_below(x) / theta - moment

    def density_at_zero(self) -> Number:
        if self.order == 1:
            return 1 / self.m.real(self.scale)
        return mp.inf if self.order < 1 else self.m.real(0)


class StretchedExponential(Load):
    """S(x) = exp(-(x/lambda)^k): what Weibull and Rayleigh loads have in common."""

    @abstractmethod
    def _order(self) -> Fraction:
        """k."""

    @abstractmethod
    def _scale(self) -> Number:
        """lambda."""

    @property
    def shape(self) -> str:
        return LOG_CONCAVE if self._order() >= 1 else LOG_CONVEX

    def _split(self, x: Number) -> tuple[Number, Number, Number]:
        scale = self._scale()
        return self.m.real(self._order()), scale, self.m.power(x / scale, self._order())

    def mean(self) -> Number:
        return self._scale() * self.m.gamma(1 + 1 / self._order())

    def entropy(self) -> Number:
        k = self.m.real(self._order())
        # Euler's constant is -psi(1).
        return -self.m.digamma(Fraction(1)) * (1 - 1 / k) + self.m.context.log(self._scale() / k) + 1

    def density(self, x: Number) -> Number:
        k, _, t = self._split(x)
        return k * t / x * self.m.exp_minus(t)

    def score(self, x: Number) -> Number:
        k, _, t = self._split(x)
        return (k * t - (k - 1)) / x

    def score_limits(self) -> tuple[Number, Number]:
        if self._order() == 1:
            return 1 / self._scale(), 1 / self._scale()
        return (mp.inf, self.m.real(0)) if self._order() < 1 else (-mp.inf, mp.inf)

    def below(self, x: Number) -> Number:
        return self.m.fall(self._split(x)[2])

    def above(self, x: Number) -> Number:
        return self.m.exp_minus(self._split(x)[2])

    def hazard(self, x: Number) -> Number:
        k, _, t = self._split(x)
        return k * t / x

    def mean_below(self, x: Number) -> Number:
        _, scale, t = self._split(x)
        return scale * self.m.lower_gamma(1 + 1 / self._order(), t)

    def excess(self, x: Number) -> Number:
        k, scale, t = self._split(x)
        return scale * self.m.upper_gamma(1 / self._order(), t) / k

    def information_below(self, x: Number) -> Number:
        k, scale, t = self._split(x)
        return (
            -self.m.context.log(k / scale) * self.below(x)
            - (1 - 1 / k) * self.m.log_moment(Fraction(1), t)
            + self.m.lower_gamma(Fraction(2), t)
        )

    def density_at_zero(self) -> Number:
        if self._order() == 1:
            return 1 / self._scale()
        return mp.inf if self._order() < 1 else self.m.real(0)


@dataclass(frozen=True)
class Weibull(StretchedExponential):
    """S(x) = exp(-(x/lambda)^k), k the order and lambda the scale; k = 1 is exponential."""

    order: Real
    scale: Real

    def _order(self) -> Fraction:
        return Fraction(self.order)

    def rational_mean(self) -> Fraction | None:
        inverse = 1 / Fraction(self.order)
        whole = inverse.denominator == 1
        return Fraction(self.scale) * math.factorial(inverse.numerator) if whole else None

    def critical(self) -> Fraction:
        return Fraction(self.scale) if self.order == 1 else Fraction(0)

    def _scale(self) -> Number:
        return self.m.real(self.scale)


@dataclass(frozen=True)
class Rayleigh(StretchedExponential):
    """f(x) = x / sigma^2 exp(-x^2 / (2 sigma^2)): k = 2 and lambda = sigma sqrt(2)."""

    scale: Real

    def _order(self) -> Fraction:
        return Fraction(2)

    def _scale(self) -> Number:
        return self.m.real(self.scale) * self.m.context.sqrt(2)


@dataclass(frozen=True)
class HalfNormal(Load):
    """|N(0, sigma^2)|, sigma the scale."""

    scale: Real

    @property
    def shape(self) -> str:
        return LOG_CONCAVE

    def _sigma(self) -> Number:
        return self.m.real(self.scale)

    def density_at_zero(self) -> Number:
        return self.m.context.sqrt(2 / +self.m.context.pi) / self._sigma()

    def mean(self) -> Number:
        return self.m.context.sqrt(2 / +self.m.context.pi) * self._sigma()

    def entropy(self) -> Number:
        log, pi = self.m.context.log, +self.m.context.pi
        return (1 + log(pi / 2)) / 2 + log(self._sigma())

    def _z(self, x: Number) -> Number:
        return (x / self._sigma()) ** 2 / 2

    def density(self, x: Number) -> Number:
        return self.density_at_zero() * self.m.exp_minus(self._z(x))

    def score(self, x: Number) -> Number:
        return x / self._sigma() ** 2

    def score_limits(self) -> tuple[Number, Number]:
        return self.m.real(0), mp.inf

    def below(self, x: Number) -> Number:
        # The error function is the incomplete gamma function of order 1/2, of the square.
        return self.m.lower_gamma(Fraction(1, 2), self._z(x)) / self.m.context.sqrt(+self.m.context.pi)

    def above(self, x: Number) -> Number:
        return self.m.upper_gamma(Fraction(1, 2), self._z(x)) / self.m.context.sqrt(+self.m.context.pi)

    def hazard(self, x: Number) -> Number:
        return x / (self._sigma() ** 2 * self.m.tail_ratio(Fraction(1, 2), self._z(x)))

    def mean_below(self, x: Number) -> Number:
        return self.mean() * self.m.fall(self._z(x))

    def excess(self, x: Number) -> Number:
        return self._sigma() ** 2 * self.density(x) - x * self.above(x)

    def information_below(self, x: Number) -> Number:
        below = self.below(x)
        return -self.m.context.log(self.density_at_zero()) * below + (below - x * self.density(x)) / 2


@dataclass(frozen=True)
class Hyperexponential(Load):
    """One of several exponential loads, the i-th with probability w_i and mean m_i."""

    probabilities: tuple[Real, ...]
    means: tuple[Real, ...]

    @property
    def shape(self) -> str:
        return LOG_CONVEX

    def _exact(self) -> list[tuple[Fraction, Fraction]]:
        total = sum(map(Fraction, self.probabilities), Fraction(0))
        both = zip(self.probabilities, self.means, strict=True)
        return [(Fraction(w) / total, Fraction(m)) for w, m in both if w]

    def _phases(self) -> list[tuple[Number, Number]]:
        return [(self.m.real(w), self.m.real(m)) for w, m in self._exact()]

    def _sum(self, terms: Iterable[Number]) -> Number:
        return sum(terms, self.m.real(0))

    def mean(self) -> Number:
        return self.m.real(self.rational_mean())

    def rational_mean(self) -> Fraction:
        return sum((w * m for w, m in self._exact()), Fraction(0))

    def critical(self) -> Fraction:
        return Fraction(sum(w / m for w, m in self._exact()) / sum(w / m**2 for w, m in self._exact()))

    def entropy(self) -> Number:
        return self.information_above(self.m.real(0))

    def density(self, x: Number) -> Number:
        return self._sum(w / m * self.m.exp_minus(x / m) for w, m in self._phases())

    def score(self, x: Number) -> Number:
        phases = self._phases()
        slowest = self.m.real(1 / max(m for _, m in self._exact()))
        # Beside the slowest phase, so that nothing underflows far out.
        parts = [(w / m * self.m.exp_minus(x * (1 / m - slowest)), 1 / m) for w, m in phases]
        return self._sum(part * rate for part, rate in parts) / self._sum(part for part, _ in parts)

    def score_limits(self) -> tuple[Number, Number]:
        return 1 / self.m.real(self.critical()), self.m.real(1 / max(m for _, m in self._exact()))

    def below(self, x: Number) -> Number:
        return self._sum(w * self.m.fall(x / m) for w, m in self._phases())

    def above(self, x: Number) -> Number:
        return self._sum(w * self.m.exp_minus(x / m) for w, m in self._phases())

    def mean_below(self, x: Number) -> Number:
        return self.mean() - self.excess(x) - x * self.above(x)

    def excess(self, x: Number) -> Number:
        return self._sum(w * m * self.m.exp_minus(x / m) for w, m in self._phases())

    def information_above(self, x: Number) -> Number:
        """With f = (first / longest) e^-t (1 + g), t = x / longest: the logarithms of both factors apart."""
        exact = self._exact()
        longest = max(m for _, m in exact)
        first = sum((w for w, m in exact if m == longest), Fraction(0))
        others = [(w * longest / (m * first), longest / m - 1) for w, m in exact if m != longest]
        scale = self.m.real(longest)
        above = self.above(x)
        linear = (
            -above * self.m.context.log(self.m.real(first / longest)) + (self.excess(x) + x * above) / scale
        )
        return linear - self.m.real(first) * self.m.mixture_information(others, x / scale)

    def information_below(self, x: Number) -> Number:
        return self.entropy() - self.information_above(x)

    def density_at_zero(self) -> Number:
        return self.density(self.m.real(0))


@dataclass(frozen=True)
class Lomax(Load):
    """S(x) = (1 + x/sigma)^(-alpha), alpha > 1 the order and sigma the scale."""

    order: Real
    scale: Real

    @property
    def shape(self) -> str:
        return LOG_CONVEX

    def _split(self, x: Number) -> tuple[Number, Number, Number]:
        sigma = self.m.real(self.scale)
        return self.m.real(self.order), sigma, self.m.context.log(1 + x / sigma)

    def mean(self) -> Number:
        return self.m.real(self.rational_mean())

    def rational_mean(self) -> Fraction:
        return Fraction(self.scale) / (Fraction(self.order) - 1)

    def critical(self) -> Fraction:
        return Fraction(self.scale) / (Fraction(self.order) + 1)

    def entropy(self) -> Number:
        return self.information_above(self.m.real(0))

    def density(self, x: Number) -> Number:
        alpha, sigma, log = self._split(x)
        return alpha / sigma * self.m.context.exp(-(alpha + 1) * log)

    def score(self, x: Number) -> Number:
        return (self.m.real(self.order) + 1) / (self.m.real(self.scale) + x)

    def score_limits(self) -> tuple[Number, Number]:
        return (self.m.real(self.order) + 1) / self.m.real(self.scale), self.m.real(0)

    def below(self, x: Number) -> Number:
        alpha, _, log = self._split(x)
        return self.m.fall(alpha * log)

    def above(self, x: Number) -> Number:
        alpha, _, log = self._split(x)
        return self.m.context.exp(-alpha * log)

    def mean_below(self, x: Number) -> Number:
        return self.mean() - self.excess(x) - x * self.above(x)

    def excess(self, x: Number) -> Number:
        return self.above(x) * (self.m.real(self.scale) + x) / (self.m.real(self.order) - 1)

    def information_above(self, x: Number) -> Number:
        alpha, sigma, log = self._split(x)
        return self.above(x) * (-self.m.context.log(alpha / sigma) + (alpha + 1) * (log + 1 / alpha))

    def information_below(self, x: Number) -> Number:
        return self.entropy() - self.information_above(x)

    def density_at_zero(self) -> Number:
        return self.m.real(self.order) / self.m.real(self.scale)


# ---- The curve by its cut ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A point of the curve: power, leakage and slope s = -dI/dP, and the cut that is optimal there.

    Log-concave: `cut` is a, infinite where the Shannon lower bound is met. Log-convex: `cut` is b, zero where
    it is met.
    """

    power: Number
    leakage_nats: Number
    slope_nats: Number
    cut: Number


def upper_cut(load: Load, a: Number) -> Point:
    """The point of a log-concave load at which loads above a are treated as a.

    s = f(a) / S(a), the hazard rate; P = E[(X - a)^+] + F(a) / s;
    I = -E[ln f(X); X <= a] - S(a) ln S(a) - F(a) (1 - ln s). Implements POWER-30.
    """
    s, below = load.hazard(a), load.below(a)
    power = load.excess(a) + below / s
    leakage = load.information_below(a) - load.m.x_log_x(load.above(a)) - below * (1 - load.m.context.log(s))
    return Point(power, leakage, s, a)


def lower_cut(load: Load, b: Number) -> Point:
    """The point of a log-convex load at which loads below b come from the source wholly.

    s F(b) = f(b) (e^{s b} - 1); P = E[X; X <= b] + (b f(b) + S(b)) / s; with y = s b
    I = -E[ln f(X); X > b] - F(b) (ln F(b) + y / (e^y - 1) - ln(1 - e^-y)) - S(b) (1 - ln s).
    Implements POWER-30.
    """
    log, below, above, density = load.m.context.log, load.below(b), load.above(b), load.density(b)
    s = _lower_slope(load, b)
    y = s * b
    fall = load.m.fall(y)
    power = load.mean_below(b) + (b * density + above) / s
    block = log(below) + y * load.m.exp_minus(y) / fall - log(fall)
    leakage = load.information_above(b) - below * block - above * (1 - log(s))
    return Point(power, leakage, s, b)


def critical_power(load: Load) -> Number:
    """P0: up to it the Shannon lower bound is met. 1 / sup(-f'/f), and 0 if f jumps down anywhere.

    From the score's limits, between which it runs in one direction; `Load.critical` is the same exactly.
    Source: paper A, Remark 3.1, repaired. Implements POWER-22.
    """
    if any(height < 0 for _, height in load.jumps()):
        return mpf(0)
    largest = max(load.score_limits())
    return mpf(0) if largest == mp.inf else 1 / largest


def _root(function: Callable[[Number], Number], start: Number) -> Number:
    """Where a falling function is zero: steps that double, then false position (Illinois) and bisection."""
    low = high = start
    value_low = value_high = function(start)
    step = mpf(1)
    while value_high > 0:
        low, value_low, high = high, value_high, high + step
        value_high, step = function(high), 2 * step
    step = mpf(1)
    while value_low < 0:
        high, value_high, low = low, value_low, low - step
        value_low, step = function(low), 2 * step
    width = mp.ldexp(1, 16 - mp.prec)
    side = turn = 0
    while value_low > 0 > value_high and high - low > width * max(1, abs(low), abs(high)):
        turn += 1
        middle = (low + high) / 2
        if turn % 8:
            middle = high - value_high * (high - low) / (value_high - value_low)
        value = function(middle)
        if value > 0:
            low, value_low = middle, value
            value_high = value_high / 2 if side > 0 else value_high
            side = 1
        else:
            high, value_high = middle, value
            value_low = value_low / 2 if side < 0 else value_low
            side = -1
    return low if value_low == 0 else high


def _guarded(load: Load, power: Real, digits: int) -> int:
    """The working precision in digits: powers far below the mean cost as many digits more."""
    with mp.workdps(15):
        ratio = mp.log10(load.mean() / _real(power))
        return digits + GUARD_DIGITS + 2 * max(0, int(mp.ceil(ratio)))


def _cut(load: Load, power: Real) -> Number:
    """The cut at a power between P0 and the mean, at mpmath's current precision."""
    power_at, p = POWER_AT[load.shape], _real(power)
    sign = 1 if load.shape == LOG_CONCAVE else -1
    return mp.exp(_root(lambda log: sign * (power_at(load, mp.exp(log)) - p), mp.log(load.mean())))


def point(load: Load, power: Real, digits: int = DIGITS) -> Point:
    """The point of the curve at a power 0 < P < E[X]: s to so many significant digits, I to so many decimals.

    Raises Range for a power outside: at 0 the leakage of a load with a density is infinite, from the mean on
    it is 0 and has no slope. Implements POWER-30, POWER-21.
    """
    check_power(power)
    if saturated(load, power):
        raise Range("nothing leaks from the mean load on")
    with mp.workdps(_guarded(load, power, digits)):
        p = _real(power)
        if isinstance(load, Uniform):
            t = 1 - mp.sqrt(1 - 2 * p / _real(load.width))
            found = Point(p, t - 1 - mp.log(t), 1 / (t * _real(load.width)), (1 - t) * _real(load.width))
        elif power <= load.critical():
            tight = mp.inf if load.shape == LOG_CONCAVE else mpf(0)
            found = Point(p, load.entropy() - 1 - mp.log(p), 1 / p, tight)
        else:
            near = AT_CUT[load.shape](load, _cut(load, power))
            # The tangent: dI = -s dP takes out what the root has left.
            found = Point(
                p, near.leakage_nats + near.slope_nats * (near.power - p), near.slope_nats, near.cut
            )
    with mp.workdps(digits + 5):
        return Point(+found.power, max(mpf(0), +found.leakage_nats), +found.slope_nats, +found.cut)


def saturated(load: Load, power: Real) -> bool:
    """Whether a power is at least the mean load. Raises ArithmeticError for one too close to be told."""
    mean = load.rational_mean()
    if mean is not None:
        return power >= mean
    for bits in (128, 512, 2048):
        with _precision(bits):
            irrational, p = load.enclosed().mean(), ENCLOSED.real(power)
            if p.a > irrational.b or p.b < irrational.a:
                return bool(p.a > irrational.b)
    raise ArithmeticError("the power cannot be told from the mean load")


def _upper_power(load: Load, a: Number) -> Number:
    return load.excess(a) + load.below(a) / load.hazard(a)


def _lower_slope(load: Load, b: Number) -> Number:
    # The ratio is above 1 as f falls.
    return load.m.lower_slope(load.below(b) / (b * load.density(b))) / b


def _lower_power(load: Load, b: Number) -> Number:
    return load.mean_below(b) + (b * load.density(b) + load.above(b)) / _lower_slope(load, b)


POWER_AT: dict[str, Callable[[Load, Number], Number]] = {LOG_CONCAVE: _upper_power, LOG_CONVEX: _lower_power}
AT_CUT: dict[str, Callable[[Load, Number], Point]] = {LOG_CONCAVE: upper_cut, LOG_CONVEX: lower_cut}


# ---- Users of several kinds ---------------------------------------------------------------------------


def power_at_slope(user: Curve | Load, s: Number) -> Number:
    """P(s) of a user with a finite load, or with a density, at mpmath's current precision.

    From the slope on at which nothing leaks it is the largest power that is of use. Implements POWER-17.
    """
    if isinstance(user, Curve):
        return mpf(block_power(MP, user.blocks(user.isotonic_starts(MP.mpf(s))), MP.mpf(s)))
    if isinstance(user, Uniform):
        t = 1 / (s * _real(user.width))
        return user.mean() * (t * (2 - t) if t < 1 else 1)
    if s * _real(user.critical()) >= 1:
        return 1 / s
    concave = user.shape == LOG_CONCAVE
    if s <= (user.density_at_zero() if concave else user.score_limits()[1]):
        return user.mean()

    def above(log: Number) -> Number:
        """Falls with the cut."""
        at = mp.exp(log)
        return s - user.hazard(at) if concave else _lower_slope(user, at) - s

    return POWER_AT[user.shape](user, mp.exp(_root(above, mp.log(user.mean()))))


def allocate_mixed(users: Sequence[Curve | Load], power: Real) -> tuple[list[Fraction], list[Enclosure]]:
    """Divide a power among independent users of any kinds: their powers, and what each leaks, in nats.

    The powers have one common slope to 30 digits, and add up to the power asked for exactly, or are all that
    is of use. Leakages are those at these powers, enclosed. Raises Malformed without a user, Range for a
    power that is 0 where a load has a density, or negative.

    Source: paper A, equations (8), (9). Implements POWER-17.
    """
    if not users:
        raise Malformed("there is no user")
    finite = all(isinstance(user, Curve) for user in users)
    if power < 0 or (power == 0 and not finite):
        raise Range("power is negative, or 0 where the leakage is infinite")
    with mp.workdps(DIGITS + GUARD_DIGITS):
        most = [_real(u.maximum_power) if isinstance(u, Curve) else u.mean() for u in users]
        if power == 0 or _real(power) >= mp.fsum(most):
            found = most if power else [mpf(0)] * len(users)
        else:
            log = _root(
                lambda log: mp.fsum(power_at_slope(user, mp.exp(log)) for user in users) - _real(power),
                -mp.log(_real(power)),
            )
            found = [power_at_slope(user, mp.exp(log)) for user in users]
        powers = [Fraction(int(mp.nint(value * 10**DIGITS)), 10**DIGITS) for value in found]
        full = [value >= cap for value, cap in zip(found, most, strict=True)]
    free = [index for index, saturated_ in enumerate(full) if not saturated_]
    if power and free:
        powers[free[0]] += Fraction(power) - sum(powers, Fraction(0))
    leakages = []
    for user, used, silent in zip(users, powers, full, strict=True):
        if silent:
            leakages.append(exactly(0))
        elif isinstance(user, Curve):
            bits_ = finite_leakage(user.levels, user.masses, used)["leakage_bits"]
            assert bits_ is not None
            leakages.append(Enclosure(bits_.lower * LN_2.lower, bits_.upper * LN_2.upper))
        else:
            leakages.append(enclosed_point(user, used)[0])
    return powers, leakages


# ---- The optimal policy -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mixed:
    """A law of the grid load: an atom at zero, and a density elsewhere, zero outside (start, top)."""

    atom: Number
    density: Callable[[Number], Number]
    start: Number
    top: Number


def _height(load: Load, at: Point, x: Number) -> Number:
    """c(x): the slope of the convex minorant at a load, up to which e^{s y} dQ(y) adds up."""
    if load.shape == LOG_CONCAVE:
        x = min(x, at.cut)
        return load.density(x) * mp.exp(at.slope_nats * x) / at.slope_nats
    if x <= at.cut:
        return load.below(at.cut) / -mp.expm1(-at.slope_nats * at.cut)
    return load.density(x) * mp.exp(at.slope_nats * x) / at.slope_nats


def output_law(load: Load, at: Point) -> Mixed:
    """The law of Y at the optimum: density f + f'/s between the cuts, and an atom at zero.

    The atom is f(0+) / s where there is no lower block, else F(b) / (1 - e^{-s b}). There is none at the
    upper cut a, for the slope of the minorant does not jump there. Implements POWER-32.
    """
    concave = load.shape == LOG_CONCAVE
    start, top = (mpf(0), at.cut) if concave else (at.cut, load.end())
    whole = concave or not at.cut
    atom = load.density_at_zero() / at.slope_nats if whole else _height(load, at, mpf(0))

    def density(y: Number) -> Number:
        return load.density(y) * (1 - load.score(y) / at.slope_nats) if start < y < top else mpf(0)

    return Mixed(atom, density, start, top)


def policy(load: Load, at: Point, x: Number) -> Mixed:
    """The law of Y given a load X = x > 0 at the optimum: dQ(y) e^{s y} / c(x) on [0, x].

    A load above the cut a is treated as a; below the cut b, Y = 0. Implements POWER-32.
    """
    law, height = output_law(load, at), _height(load, at, x)
    top = min(x, law.top)

    def density(y: Number) -> Number:
        return law.density(y) * mp.exp(at.slope_nats * y) / height if y <= top else mpf(0)

    return Mixed(law.atom / height, density, law.start, top)


# ---- Theorem 3 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A density between two jumps: f and f' on (start, end), f's limits there, the supremum of -f'/f."""

    start: Number
    end: Number
    density: Callable[[Number], Number]
    derivative: Callable[[Number], Number]
    limits: tuple[Number, Number]
    largest_score: Number


@dataclass(frozen=True)
class Deconvolution:
    """g_Y of Theorem 3: atoms (place, mass) and a density; a law, and then Y's, exactly when `tight`."""

    atoms: tuple[tuple[Number, Number], ...]
    density: Callable[[Number], Number]
    tight: bool


def deconvolve(pieces: Sequence[Piece], power: Number) -> Deconvolution:
    """g_Y = f + P f' between the jumps, and an atom P (f(x+) - f(x-)) at each, at x = 0 with f(0-) = 0.

    It is what an exponential V of mean P, independent of Y, must be added to for X = Y + V. The Shannon lower
    bound is met if and only if no jump is downward and P (-f'/f) <= 1 everywhere between them; that is,
    e^{x/P} f(x) never falls.

    Source: paper A, Theorem 3 and equation (17), repaired: right limits are f(x+), the sum runs over all
    jumps, x = 0 among them, and f is absolutely continuous between them. Implements POWER-21.
    """
    atoms = []
    left = mpf(0)
    for piece in pieces:
        atoms.append((piece.start, power * (piece.limits[0] - left)))
        left = piece.limits[1]
    if pieces[-1].end != mp.inf:
        atoms.append((pieces[-1].end, -power * left))
    atoms = [(place, mass) for place, mass in atoms if mass]

    def density(y: Number) -> Number:
        for piece in pieces:
            if piece.start < y < piece.end:
                return piece.density(y) + power * piece.derivative(y)
        return mpf(0)

    smooth = all(power * piece.largest_score <= 1 for piece in pieces)
    return Deconvolution(tuple(atoms), density, smooth and all(0 <= mass < mp.inf for _, mass in atoms))


def piece_of(load: Load) -> Piece:
    """A load of one of the families as the one piece that its density is."""
    end = load.end()
    last = mpf(0) if end == mp.inf else load.density(end)
    return Piece(
        mpf(0), end, load.density, lambda x: -load.score(x) * load.density(x),
        (load.density_at_zero(), last), max(load.score_limits()),
    )  # fmt: skip


# ---- Enclosures ----------------------------------------------------------------------------------------


def uniform_enclosure(width: Real, power: Real) -> Enclosure:
    """I(P) = t - 1 - ln t, t = 1 - sqrt(1 - 2 P / width), in nats, for 0 < P <= width / 2.

    Raises Range. Implements POWER-31.
    """
    check_positive("width", width, LARGEST_SCALE)
    check_power(power)
    if 2 * Fraction(power) > width:
        raise Range("the power is above the mean load")
    # t = (2 P / width) / (1 + root): no cancellation where P is small.
    share = 2 * Fraction(power) / Fraction(width)
    t = interval(share) / (1 + IV.sqrt(interval(1 - share)))
    return enclose(t - 1 - IV.log(t), 0)


@dataclass(frozen=True)
class Grid:
    """A load rounded down to multiples of a step, and down to the last of them: its exact rational law.

    `lost` is E[X - X_d], what rounding takes from the mean, at most; `lost_below` is what it takes, at least,
    from the part below the last level.
    """

    loads: tuple[Fraction, ...]
    probabilities: tuple[Fraction, ...]
    lost: Fraction
    lost_below: Fraction


GRID_BITS = 256
GRID_UNIT = Fraction(1, 10**50)
LN_2 = enclose(IV.log(2))


def discretise(load: Load, step: Real, cells: int) -> Grid:
    """The load rounded down to 0, step, ..., (cells - 1) step, larger ones to the last.

    Probabilities are multiples of 10^-50, within twice that of the load's, the last one what is left.
    Implements POWER-33.
    """
    with _precision(GRID_BITS):
        twin = load.enclosed()
        end = twin.end()
        places = [twin.m.real(k * Fraction(step)) for k in range(1, cells)]
        tails = [twin.above(x) if end == mp.inf or x < end else iv.mpf(0) for x in places]
        inside = enclose(twin.mean() - twin.m.real(step) * sum(tails, iv.mpf(0)))
        beyond = twin.excess(places[-1]) if end == mp.inf or places[-1] < end else iv.mpf(0)
        below = inside.lower - enclose(beyond, 0).upper
        rounded = [*itertools.accumulate((Fraction(1), *map(_down, tails)), min), Fraction(0)]
    masses = tuple(high - low for high, low in itertools.pairwise(rounded))
    return Grid(
        tuple(Fraction(step) * k for k in range(cells)), masses, inside.upper, max(Fraction(0), below)
    )


def _down(tail: Number) -> Fraction:
    """An enclosed tail rounded down to a multiple of GRID_UNIT, within twice that of it."""
    found = enclose(tail, 0)
    if found.width > GRID_UNIT:
        raise ArithmeticError("a tail is not enclosed well enough")
    return found.lower // GRID_UNIT * GRID_UNIT


def sandwich(load: Load, power: Real, step: Real, cells: int) -> tuple[Fraction, Fraction | None]:
    """A lower and an upper bound on I(P) in nats by the exact curve of the load on a grid.

    With e = E[X - X_d] for the load X_d rounded down to multiples of d, and below the last of K levels:

        I_Xd(P + d - e) <= I_X(P) <= I_Xd(P - e).

    Below: a policy's grid load rounded down to the grid, and to the last level, is a function of it, leaks no
    more, and takes less than d from it; e here counts only what is lost below the last level. Above: a
    policy for X_d is one for X, and uses e more. None where P <= e, and the upper bound is infinite. The
    curve on the grid is enclosed; that its masses are rounded to 10^-50 costs a little power and leakage,
    which `law_error` bounds.

    Implements POWER-33.
    """
    check_power(power)
    grid = discretise(load, step, cells)
    shift, slack = law_error(2 * cells * GRID_UNIT, grid.loads)

    def nats(at: Fraction) -> Enclosure:
        found = finite_leakage(grid.loads, grid.probabilities, at)["leakage_bits"]
        assert found is not None
        return Enclosure(found.lower * LN_2.lower, found.upper * LN_2.upper)

    low = nats(Fraction(power) + step - grid.lost_below + shift).lower
    spare = Fraction(power) - grid.lost - shift
    high = nats(spare).upper + slack if spare > 0 else None
    return max(Fraction(0), low - slack), high


# Cuts this much to either side of the one that is found, in powers of ten, until both are proved.
CUT_DIGITS = (48, 44, 40, 36, 32)


def enclosed_point(load: Load, power: Real) -> tuple[Enclosure, Enclosure]:
    """Leakage in nats and slope at a power in (0, E[X]), enclosed.

    Two cuts, whose powers are proved to lie on either side, are points of a curve that falls and is convex.
    Raises ArithmeticError where no two cuts are proved. Implements POWER-21, POWER-30, POWER-31.
    """
    digits = _guarded(load, power, DIGITS + 16)
    with _precision(int(digits * math.log2(10)) + 32):
        twin, p = load.enclosed(), ENCLOSED.real(power)
        if isinstance(load, Uniform):
            share = 2 * p / twin.m.real(load.width)
            t = share / (1 + iv.sqrt(1 - share))
            return enclose(t - 1 - iv.log(t), 0), enclose(1 / (t * twin.m.real(load.width)))
        if power <= load.critical():
            return enclose(twin.entropy() - 1 - iv.log(p), 0), exactly(1 / Fraction(power))
        with mp.workdps(digits):
            cut = iv.mpf(_cut(load, power))
        for place in CUT_DIGITS:
            ends = [AT_CUT[load.shape](twin, cut * (1 + side * iv.mpf(10) ** -place)) for side in (-1, 1)]
            less, more = ends if load.shape == LOG_CONVEX else reversed(ends)
            if less.power <= p and p <= more.power:
                leakages = [enclose(end.leakage_nats, 0) for end in (more, less)]
                slopes = [enclose(end.slope_nats, 0) for end in (more, less)]
                return (
                    Enclosure(leakages[0].lower, leakages[1].upper),
                    Enclosure(slopes[0].lower, slopes[1].upper),
                )
    raise ArithmeticError("the cut is not enclosed")


# ---- Operations ----------------------------------------------------------------------------------------


def check_power(power: Real) -> None:
    """Range of a power: above 0, where a load with a density leaks without bound, and at most 10^12."""
    if not 0 < power <= LARGEST_POWER:
        raise Range(f"power is outside (0, {LARGEST_POWER}]")


def check_positive(name: str, value: Real, largest: int) -> None:
    """Range of a scale: above 0 and at most `largest`."""
    if not 0 < value <= largest:
        raise Range(f"{name} is outside (0, {largest}]")


def check_order(order: Real, smallest: Fraction) -> None:
    """Range of an order: at least `smallest`, at most 100."""
    if not smallest <= order <= LARGEST_ORDER:
        raise Range(f"order is outside [{smallest}, {LARGEST_ORDER}]")


def check_relative_power(power: Real, scale: Real) -> None:
    """Range of a power beside a load's scale: at least 10^-12 of it."""
    if power < scale * LEAST_RELATIVE_POWER:
        raise Range("power is below 10^-12 of the scale")


def curve_point(load: Load, power: Real) -> dict[str, Enclosure | None]:
    """Leakage in nats, slope s in nats per unit of load (None from the mean on), and the critical power."""
    critical = exactly(load.critical())
    if saturated(load, power):
        return {"leakage_nats": exactly(0), "slope_nats": None, "critical_power": critical}
    leakage, slope = enclosed_point(load, power)
    return {"leakage_nats": leakage, "slope_nats": slope, "critical_power": critical}


def uniform(width: Real, power: Real) -> dict[str, Enclosure | None]:
    """I(P) of a load uniform on [0, width]: t - 1 - ln t, t = 1 - sqrt(1 - 2 P / width); s = 1 / (t width).

    width in (0, 10^9], power in (0, 10^12] and at least 10^-12 width. Raises Range.
    Implements POWER-22, POWER-31.
    """
    check_positive("width", width, LARGEST_SCALE)
    check_power(power)
    check_relative_power(power, width)
    return curve_point(Uniform(width), power)


def gamma(order: Real, scale: Real, power: Real) -> dict[str, Enclosure | None]:
    """I(P) of a gamma load; order 1 is the exponential load.

    order in [1/10, 100], scale in (0, 10^9], power in (0, 10^12] and at least 10^-12 scale. Raises Range.
    Implements POWER-30, POWER-21, POWER-22.
    """
    check_order(order, SMALLEST_ORDER)
    check_positive("scale", scale, LARGEST_SCALE)
    check_power(power)
    check_relative_power(power, scale)
    return curve_point(Gamma(order, scale), power)


def weibull(order: Real, scale: Real, power: Real) -> dict[str, Enclosure | None]:
    """I(P) of a Weibull load.

    order in [1/10, 100], scale in (0, 10^9], power in (0, 10^12] and at least 10^-12 scale. Raises Range.
    Implements POWER-30, POWER-21, POWER-22.
    """
    check_order(order, SMALLEST_ORDER)
    check_positive("scale", scale, LARGEST_SCALE)
    check_power(power)
    check_relative_power(power, scale)
    return curve_point(Weibull(order, scale), power)


def rayleigh(scale: Real, power: Real) -> dict[str, Enclosure | None]:
    """I(P) of a Rayleigh load.

    scale in (0, 10^9], power in (0, 10^12] and at least 10^-12 scale. Raises Range. Implements POWER-22,
    POWER-30.
    """
    check_positive("scale", scale, LARGEST_SCALE)
    check_power(power)
    check_relative_power(power, scale)
    return curve_point(Rayleigh(scale), power)


def half_normal(scale: Real, power: Real) -> dict[str, Enclosure | None]:
    """I(P) of a half-normal load.

    scale in (0, 10^9], power in (0, 10^12] and at least 10^-12 scale. Raises Range. Implements POWER-22,
    POWER-30.
    """
    check_positive("scale", scale, LARGEST_SCALE)
    check_power(power)
    check_relative_power(power, scale)
    return curve_point(HalfNormal(scale), power)


def hyperexponential(
    probabilities: Sequence[Real], means: Sequence[Real], power: Real
) -> dict[str, Enclosure | None]:
    """I(P) of a load that is one of several exponential loads, the i-th with probability w_i and mean m_i.

    1 to 16 probabilities, as many means in (0, 10^9], none above 10^6 times another; power in (0, 10^12] and
    at least 10^-12 of the largest mean. Raises Malformed for the lengths, Range.
    Implements POWER-30, POWER-21, POWER-22.
    """
    if not 1 <= len(probabilities) <= MAXIMUM_PHASES or len(means) != len(probabilities):
        raise Malformed(f"probabilities and means must have the same 1 to {MAXIMUM_PHASES} elements")
    weights = pmf([Fraction(value) for value in probabilities])
    for mean in means:
        check_positive("a mean", mean, LARGEST_SCALE)
    check_power(power)
    if max(means) > min(means) * LARGEST_RATIO:
        raise Range(f"a mean is more than {LARGEST_RATIO} times another")
    check_relative_power(power, max(means))
    return curve_point(Hyperexponential(weights, tuple(means)), power)


def lomax(order: Real, scale: Real, power: Real) -> dict[str, Enclosure | None]:
    """I(P) of a Lomax load, S(x) = (1 + x / scale)^(-order).

    order in [11/10, 100], scale in (0, 10^9], power in (0, 10^12] and at least 10^-12 scale. Raises Range.
    Implements POWER-30, POWER-21, POWER-22.
    """
    check_order(order, SMALLEST_LOMAX_ORDER)
    check_positive("scale", scale, LARGEST_SCALE)
    check_power(power)
    check_relative_power(power, scale)
    return curve_point(Lomax(order, scale), power)
