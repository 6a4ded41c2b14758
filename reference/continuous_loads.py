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

Real numbers are computed by mpmath with `digits` significant digits and at least 30 guard digits. They are
values and rest on mpmath's special functions; `uniform_enclosure` and `sandwich` give enclosures in interval
arithmetic. Operations compute every point at two precisions and answer with the margin that they agree in.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import MPContext
from mpmath.libmp import to_rational

from meter_privacy.reference.errors import Malformed, Range
from meter_privacy.reference.information import IV, Enclosure, enclose, exactly, interval, pmf
from meter_privacy.reference.privacy_power import leakage as finite_leakage

# A context of our own: whoever calls keeps the precision of mpmath's global one.
mp = MPContext()
mpf = mp.mpf

Number = Any
Real = Fraction | int

DIGITS = 34
GUARD_DIGITS = 30
MARGIN = mpf(10) ** -32
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


def _negligible(z: Number) -> bool:
    """Whether exp(-z) and its moments are nothing beside the working precision."""
    return bool(z > 4 * mp.prec + 1000)


def _exp_minus(z: Number) -> Number:
    return mpf(0) if _negligible(z) else mp.exp(-z)


def _lower_gamma(k: Number, z: Number) -> Number:
    """The integral of t^(k-1) e^-t from 0 to z."""
    return mp.gamma(k) if _negligible(z) else mp.gammainc(k, 0, z)


def _upper_gamma(k: Number, z: Number) -> Number:
    """The integral of t^(k-1) e^-t from z on."""
    return mpf(0) if _negligible(z) else mp.gammainc(k, z)


def _log_moment(k: Number, z: Number) -> Number:
    """The integral of t^(k-1) e^-t ln t from 0 to z.

    By parts: the lower incomplete gamma function times ln z, less the integral of gamma(k, t) / t, whose
    power series is the hypergeometric one.
    """
    if _negligible(z):
        return mp.gamma(k) * mp.digamma(k)
    series = z**k / k**2 * mp.hyp2f2(k, k, k + 1, k + 1, -z)
    return _lower_gamma(k, z) * mp.log(z) - series


# ---- Families -----------------------------------------------------------------------------------------


class Load(ABC):
    """A load with a density f on (0, end), continuous there. Methods work at mpmath's current precision."""

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


@dataclass(frozen=True)
class Uniform(Load):
    """Uniform on [0, width]."""

    width: Real

    @property
    def shape(self) -> str:
        return LOG_CONCAVE

    def mean(self) -> Number:
        return _real(self.width) / 2

    def entropy(self) -> Number:
        return mp.log(_real(self.width))

    def density(self, x: Number) -> Number:  # noqa: ARG002 (constant on the support)
        return 1 / _real(self.width)

    def score(self, x: Number) -> Number:  # noqa: ARG002 (constant on the support)
        return mpf(0)

    def score_limits(self) -> tuple[Number, Number]:
        return mpf(0), mpf(0)

    def below(self, x: Number) -> Number:
        return x / _real(self.width)

    def above(self, x: Number) -> Number:
        return 1 - self.below(x)

    def mean_below(self, x: Number) -> Number:
        return x * x / (2 * _real(self.width))

    def excess(self, x: Number) -> Number:
        return (_real(self.width) - x) ** 2 / (2 * _real(self.width))

    def information_below(self, x: Number) -> Number:
        return self.below(x) * self.entropy()

    def end(self) -> Number:
        return _real(self.width)

    def density_at_zero(self) -> Number:
        return 1 / _real(self.width)

    def jumps(self) -> tuple[tuple[Number, Number], ...]:
        height = 1 / _real(self.width)
        return (mpf(0), height), (_real(self.width), -height)


@dataclass(frozen=True)
class Gamma(Load):
    """f(x) = x^(k-1) e^(-x/theta) / (Gamma(k) theta^k), k the order, theta the scale."""

    order: Real
    scale: Real

    @property
    def shape(self) -> str:
        return LOG_CONCAVE if self.order >= 1 else LOG_CONVEX

    def _split(self, x: Number) -> tuple[Number, Number, Number]:
        theta = _real(self.scale)
        return _real(self.order), theta, x / theta

    def mean(self) -> Number:
        return _real(self.order) * _real(self.scale)

    def entropy(self) -> Number:
        k, theta, _ = self._split(mpf(0))
        return k + mp.log(theta) + mp.loggamma(k) + (1 - k) * mp.digamma(k)

    def density(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return z ** (k - 1) * _exp_minus(z) / (mp.gamma(k) * theta)

    def score(self, x: Number) -> Number:
        k, theta, _ = self._split(x)
        return 1 / theta - (k - 1) / x

    def score_limits(self) -> tuple[Number, Number]:
        inverse = 1 / _real(self.scale)
        return (inverse if self.order == 1 else mp.inf if self.order < 1 else -mp.inf), inverse

    def below(self, x: Number) -> Number:
        k, _, z = self._split(x)
        return _lower_gamma(k, z) / mp.gamma(k)

    def above(self, x: Number) -> Number:
        k, _, z = self._split(x)
        return _upper_gamma(k, z) / mp.gamma(k)

    def mean_below(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return theta * _lower_gamma(k + 1, z) / mp.gamma(k)

    def excess(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        return (theta * _upper_gamma(k + 1, z) - x * _upper_gamma(k, z)) / mp.gamma(k)

    def information_below(self, x: Number) -> Number:
        k, theta, z = self._split(x)
        logs = mp.log(theta) + mp.loggamma(k)
        return logs * self.below(x) + self.mean_below(x) / theta - (k - 1) * _log_moment(k, z) / mp.gamma(k)

    def density_at_zero(self) -> Number:
        return 1 / _real(self.scale) if self.order == 1 else mp.inf if self.order < 1 else mpf(0)


class StretchedExponential(Load):
    """S(x) = exp(-(x/lambda)^k): what Weibull and Rayleigh loads have in common."""

    @abstractmethod
    def _order(self) -> Number:
        """k."""

    @abstractmethod
    def _scale(self) -> Number:
        """lambda."""

    @property
    def shape(self) -> str:
        return LOG_CONCAVE if self._order() >= 1 else LOG_CONVEX

    def _split(self, x: Number) -> tuple[Number, Number, Number]:
        k, scale = self._order(), self._scale()
        return k, scale, (x / scale) ** k

    def mean(self) -> Number:
        return self._scale() * mp.gamma(1 + 1 / self._order())

    def entropy(self) -> Number:
        k = self._order()
        return mp.euler * (1 - 1 / k) + mp.log(self._scale() / k) + 1

    def density(self, x: Number) -> Number:
        k, _, t = self._split(x)
        return k * t / x * _exp_minus(t)

    def score(self, x: Number) -> Number:
        k, _, t = self._split(x)
        return (k * t - (k - 1)) / x

    def score_limits(self) -> tuple[Number, Number]:
        if self._order() == 1:
            return 1 / self._scale(), 1 / self._scale()
        return (mp.inf, mpf(0)) if self._order() < 1 else (-mp.inf, mp.inf)

    def below(self, x: Number) -> Number:
        t = self._split(x)[2]
        return mpf(1) if _negligible(t) else -mp.expm1(-t)

    def above(self, x: Number) -> Number:
        return _exp_minus(self._split(x)[2])

    def mean_below(self, x: Number) -> Number:
        k, scale, t = self._split(x)
        return scale * _lower_gamma(1 + 1 / k, t)

    def excess(self, x: Number) -> Number:
        k, scale, t = self._split(x)
        return scale * _upper_gamma(1 / k, t) / k

    def information_below(self, x: Number) -> Number:
        k, scale, t = self._split(x)
        return (
            -mp.log(k / scale) * self.below(x)
            - (1 - 1 / k) * _log_moment(mpf(1), t)
            + _lower_gamma(mpf(2), t)
        )

    def density_at_zero(self) -> Number:
        return 1 / self._scale() if self._order() == 1 else mp.inf if self._order() < 1 else mpf(0)


@dataclass(frozen=True)
class Weibull(StretchedExponential):
    """S(x) = exp(-(x/lambda)^k), k the order and lambda the scale; k = 1 is exponential."""

    order: Real
    scale: Real

    def _order(self) -> Number:
        return _real(self.order)

    def _scale(self) -> Number:
        return _real(self.scale)


@dataclass(frozen=True)
class Rayleigh(StretchedExponential):
    """f(x) = x / sigma^2 exp(-x^2 / (2 sigma^2)): k = 2 and lambda = sigma sqrt(2)."""

    scale: Real

    def _order(self) -> Number:
        return mpf(2)

    def _scale(self) -> Number:
        return _real(self.scale) * mp.sqrt(2)


@dataclass(frozen=True)
class HalfNormal(Load):
    """|N(0, sigma^2)|, sigma the scale."""

    scale: Real

    @property
    def shape(self) -> str:
        return LOG_CONCAVE

    def _sigma(self) -> Number:
        return _real(self.scale)

    def density_at_zero(self) -> Number:
        return mp.sqrt(2 / mp.pi) / self._sigma()

    def mean(self) -> Number:
        return mp.sqrt(2 / mp.pi) * self._sigma()

    def entropy(self) -> Number:
        return (1 + mp.log(mp.pi / 2)) / 2 + mp.log(self._sigma())

    def _z(self, x: Number) -> Number:
        return (x / self._sigma()) ** 2 / 2

    def density(self, x: Number) -> Number:
        return self.density_at_zero() * _exp_minus(self._z(x))

    def score(self, x: Number) -> Number:
        return x / self._sigma() ** 2

    def score_limits(self) -> tuple[Number, Number]:
        return mpf(0), mp.inf

    def below(self, x: Number) -> Number:
        return mpf(1) if _negligible(self._z(x)) else mp.erf(mp.sqrt(self._z(x)))

    def above(self, x: Number) -> Number:
        return mpf(0) if _negligible(self._z(x)) else mp.erfc(mp.sqrt(self._z(x)))

    def mean_below(self, x: Number) -> Number:
        z = self._z(x)
        return self.mean() * (1 if _negligible(z) else -mp.expm1(-z))

    def excess(self, x: Number) -> Number:
        return self._sigma() ** 2 * self.density(x) - x * self.above(x)

    def information_below(self, x: Number) -> Number:
        below = self.below(x)
        return -mp.log(self.density_at_zero()) * below + (below - x * self.density(x)) / 2


@dataclass(frozen=True)
class Hyperexponential(Load):
    """One of several exponential loads, the i-th with probability w_i and mean m_i."""

    probabilities: tuple[Real, ...]
    means: tuple[Real, ...]

    @property
    def shape(self) -> str:
        return LOG_CONVEX

    def _phases(self) -> list[tuple[Number, Number]]:
        total = _real(sum(map(Fraction, self.probabilities), Fraction(0)))
        return [
            (_real(w) / total, _real(m)) for w, m in zip(self.probabilities, self.means, strict=True) if w
        ]

    def mean(self) -> Number:
        return mp.fsum(w * m for w, m in self._phases())

    def entropy(self) -> Number:
        return self.information_above(mpf(0))

    def density(self, x: Number) -> Number:
        return mp.fsum(w / m * _exp_minus(x / m) for w, m in self._phases())

    def score(self, x: Number) -> Number:
        phases = self._phases()
        slowest = 1 / max(m for _, m in phases)
        # Beside the slowest phase, so that nothing underflows far out.
        parts = [(w / m * _exp_minus(x * (1 / m - slowest)), 1 / m) for w, m in phases]
        return mp.fsum(part * rate for part, rate in parts) / mp.fsum(part for part, _ in parts)

    def score_limits(self) -> tuple[Number, Number]:
        return self.score(mpf(0)), 1 / max(m for _, m in self._phases())

    def below(self, x: Number) -> Number:
        return mp.fsum(w * (1 if _negligible(x / m) else -mp.expm1(-x / m)) for w, m in self._phases())

    def above(self, x: Number) -> Number:
        return mp.fsum(w * _exp_minus(x / m) for w, m in self._phases())

    def mean_below(self, x: Number) -> Number:
        return self.mean() - self.excess(x) - x * self.above(x)

    def excess(self, x: Number) -> Number:
        return mp.fsum(w * m * _exp_minus(x / m) for w, m in self._phases())

    def information_above(self, x: Number) -> Number:
        """By quadrature in v = exp(-x / (largest mean)), in which the density is a sum of powers."""
        phases = self._phases()
        longest = max(m for _, m in phases)
        first = mp.fsum(w for w, m in phases if m == longest)
        others = [(w, m) for w, m in phases if m != longest]
        v = _exp_minus(x / longest)
        # f = (first / longest) v (1 + g), and the logarithm of each factor is integrated by itself.
        linear = -self.above(x) * mp.log(first / longest) + (self.excess(x) + x * self.above(x)) / longest
        if not others or not v:
            return linear

        def integrand(u: Number) -> Number:
            g = mp.fsum(w * longest / (m * first) * u ** (longest / m - 1) for w, m in others)
            return first * (1 + g) * mp.log1p(g)

        # Powers below 1 at the end 0, and steep ones at the other, are what tanh-sinh is for.
        return linear - mp.quad(integrand, [0, v / 16, v / 2, v])

    def information_below(self, x: Number) -> Number:
        return self.entropy() - self.information_above(x)

    def density_at_zero(self) -> Number:
        return self.density(mpf(0))


@dataclass(frozen=True)
class Lomax(Load):
    """S(x) = (1 + x/sigma)^(-alpha), alpha > 1 the order and sigma the scale."""

    order: Real
    scale: Real

    @property
    def shape(self) -> str:
        return LOG_CONVEX

    def _split(self, x: Number) -> tuple[Number, Number, Number]:
        sigma = _real(self.scale)
        return _real(self.order), sigma, mp.log1p(x / sigma)

    def mean(self) -> Number:
        return _real(self.scale) / (_real(self.order) - 1)

    def entropy(self) -> Number:
        return self.information_above(mpf(0))

    def density(self, x: Number) -> Number:
        alpha, sigma, log = self._split(x)
        return alpha / sigma * mp.exp(-(alpha + 1) * log)

    def score(self, x: Number) -> Number:
        return (_real(self.order) + 1) / (_real(self.scale) + x)

    def score_limits(self) -> tuple[Number, Number]:
        return (_real(self.order) + 1) / _real(self.scale), mpf(0)

    def below(self, x: Number) -> Number:
        alpha, _, log = self._split(x)
        return -mp.expm1(-alpha * log)

    def above(self, x: Number) -> Number:
        alpha, _, log = self._split(x)
        return mp.exp(-alpha * log)

    def mean_below(self, x: Number) -> Number:
        return self.mean() - self.excess(x) - x * self.above(x)

    def excess(self, x: Number) -> Number:
        return self.above(x) * (_real(self.scale) + x) / (_real(self.order) - 1)

    def information_above(self, x: Number) -> Number:
        alpha, sigma, log = self._split(x)
        return self.above(x) * (-mp.log(alpha / sigma) + (alpha + 1) * (log + 1 / alpha))

    def information_below(self, x: Number) -> Number:
        return self.entropy() - self.information_above(x)

    def density_at_zero(self) -> Number:
        return _real(self.order) / _real(self.scale)


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
    below, above = load.below(a), load.above(a)
    # Beyond the working precision f / S cannot be formed, and is its asymptote, the score.
    s = load.density(a) / above if above else load.score(a)
    power = load.excess(a) + below / s
    tail = above * mp.log(above) if above else mpf(0)
    return Point(power, load.information_below(a) - tail - below * (1 - mp.log(s)), s, a)


def lower_cut(load: Load, b: Number) -> Point:
    """The point of a log-convex load at which loads below b come from the source wholly.

    s F(b) = f(b) (e^{s b} - 1); P = E[X; X <= b] + (b f(b) + S(b)) / s; with y = s b
    I = -E[ln f(X); X > b] - F(b) (ln F(b) + y / (e^y - 1) - ln(1 - e^-y)) - S(b) (1 - ln s).
    Implements POWER-30.
    """
    below, above, density = load.below(b), load.above(b), load.density(b)
    s = _lower_slope(load, b)
    y = s * b
    power = load.mean_below(b) + (b * density + above) / s
    block = mp.log(below) + y / mp.expm1(y) - mp.log(-mp.expm1(-y))
    leakage = load.information_above(b) - below * block - above * (1 - mp.log(s))
    return Point(power, leakage, s, b)


def critical_power(load: Load) -> Number:
    """P0: up to it the Shannon lower bound is met. 1 / sup(-f'/f), and 0 if f jumps down anywhere.

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


def point(load: Load, power: Real, digits: int = DIGITS) -> Point:
    """The point of the curve at a power 0 < P < E[X]: s to so many significant digits, I to so many decimals.

    Raises Range for a power outside: at 0 the leakage of a load with a density is infinite, from the mean on
    it is 0 and has no slope. Implements POWER-30, POWER-21.
    """
    check_power(power)
    with mp.workdps(_guarded(load, power, digits)):
        p = _real(power)
        if p >= load.mean():
            raise Range("nothing leaks from the mean load on")
        if isinstance(load, Uniform):
            t = 1 - mp.sqrt(1 - 2 * p / _real(load.width))
            found = Point(p, t - 1 - mp.log(t), 1 / (t * _real(load.width)), (1 - t) * _real(load.width))
        elif p <= critical_power(load):
            tight = mp.inf if load.shape == LOG_CONCAVE else mpf(0)
            found = Point(p, load.entropy() - 1 - mp.log(p), 1 / p, tight)
        else:
            at_cut = upper_cut if load.shape == LOG_CONCAVE else lower_cut
            sign = 1 if load.shape == LOG_CONCAVE else -1
            power_at = POWER_AT[load.shape]
            root = _root(lambda log: sign * (power_at(load, mp.exp(log)) - p), mp.log(load.mean()))
            near = at_cut(load, mp.exp(root))
            # The tangent: dI = -s dP takes out what the root has left.
            found = Point(
                p, near.leakage_nats + near.slope_nats * (near.power - p), near.slope_nats, near.cut
            )
    with mp.workdps(digits + 5):
        return Point(+found.power, max(mpf(0), +found.leakage_nats), +found.slope_nats, +found.cut)


def _upper_power(load: Load, a: Number) -> Number:
    above = load.above(a)
    return load.excess(a) + load.below(a) / (load.density(a) / above if above else load.score(a))


def _lower_slope(load: Load, b: Number) -> Number:
    ratio = load.below(b) / (b * load.density(b))
    # (e^y - 1) / y = ratio, which is above 1 as f falls: the branch of Lambert's W below -1.
    return (-1 / ratio - mp.lambertw(-mp.exp(-1 / ratio) / ratio, -1).real) / b


def _lower_power(load: Load, b: Number) -> Number:
    return load.mean_below(b) + (b * load.density(b) + load.above(b)) / _lower_slope(load, b)


POWER_AT: dict[str, Callable[[Load, Number], Number]] = {LOG_CONCAVE: _upper_power, LOG_CONVEX: _lower_power}


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


GRID_DIGITS = 60
GRID_UNIT = Fraction(1, 10**50)
GRID_MARGIN = Fraction(1, 10**30)
LN_2 = enclose(IV.log(2))


def _rational(value: Number) -> Fraction:
    return Fraction(int(mp.nint(value / _real(GRID_UNIT)))) * GRID_UNIT


def discretise(load: Load, step: Real, cells: int) -> Grid:
    """The load rounded down to 0, step, ..., (cells - 1) step, larger ones to the last.

    Probabilities are multiples of 10^-50, the last one what is left. Implements POWER-33.
    """
    with mp.workdps(GRID_DIGITS):
        d = _real(step)
        tails = [mpf(1)] + [max(mpf(0), load.above(min(k * d, load.end()))) for k in range(1, cells)]
        mean = d * mp.fsum(tails[1:])
        lost = _rational(load.mean() - mean) + GRID_UNIT
        beyond = load.excess(min((cells - 1) * d, load.end()))
        lost_below = max(Fraction(0), _rational(load.mean() - mean - beyond) - GRID_UNIT)
        masses = [
            _rational(high) - _rational(low) for high, low in zip(tails, [*tails[1:], mpf(0)], strict=True)
        ]
    return Grid(tuple(Fraction(step) * k for k in range(cells)), tuple(masses), lost, lost_below)


def sandwich(load: Load, power: Real, step: Real, cells: int) -> tuple[Fraction, Fraction | None]:
    """A lower and an upper bound on I(P) in nats by the exact curve of the load on a grid.

    With e = E[X - X_d] for the load X_d rounded down to multiples of d, and below the last of K levels:

        I_Xd(P + d - e) <= I_X(P) <= I_Xd(P - e).

    Below: a policy's grid load rounded down to the grid, and to the last level, is a function of it, leaks no
    more, and takes less than d from it; e here counts only what is lost below the last level. Above: a
    policy for X_d is one for X, and uses e more. None where P <= e, and the upper bound is infinite. The
    curve on the grid is enclosed; masses are rounded to 10^-50, whose effect, at most GRID_MARGIN, is added
    to both sides.

    Implements POWER-33.
    """
    check_power(power)
    grid = discretise(load, step, cells)

    def nats(at: Fraction) -> Enclosure:
        found = finite_leakage(grid.loads, grid.probabilities, at)["leakage_bits"]
        assert found is not None
        return Enclosure(found.lower * LN_2.lower, found.upper * LN_2.upper)

    low = nats(Fraction(power) + step - grid.lost_below).lower
    spare = Fraction(power) - grid.lost
    high = nats(spare).upper + GRID_MARGIN if spare > 0 else None
    return max(Fraction(0), low - GRID_MARGIN), high


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


def _around(value: Number, margin: Number) -> Enclosure:
    low, high = (Fraction(*map(int, to_rational(end._mpf_))) for end in (value - margin, value + margin))
    return Enclosure(max(low, Fraction(0)), high)


def curve_point(load: Load, power: Real) -> dict[str, Enclosure | None]:
    """Leakage in nats, slope s in nats per unit of load (None from the mean on), and the critical power.

    The point is computed at two precisions, 16 digits apart. They must agree to 10^-32, of s and of the
    critical power relatively, and the answer is the more precise one give or take that much. Raises
    ArithmeticError where they do not.
    """
    with mp.workdps(DIGITS + GUARD_DIGITS):
        critical = critical_power(load)
        answer: dict[str, Enclosure | None] = {
            "leakage_nats": exactly(0),
            "slope_nats": None,
            "critical_power": _around(critical, critical * MARGIN),
        }
        if _real(power) >= load.mean():
            return answer
        rough, fine = point(load, power), point(load, power, DIGITS + 16)
        if abs(rough.leakage_nats - fine.leakage_nats) > MARGIN:
            raise ArithmeticError("two precisions give two leakages")
        if abs(rough.slope_nats - fine.slope_nats) > MARGIN * fine.slope_nats:
            raise ArithmeticError("two precisions give two slopes")
        answer["leakage_nats"] = _around(fine.leakage_nats, MARGIN)
        answer["slope_nats"] = _around(fine.slope_nats, fine.slope_nats * MARGIN)
    if isinstance(load, Uniform):
        answer["leakage_nats"] = uniform_enclosure(load.width, power)
    return answer


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
