"""Information measures (spec/information.md): entropies and mutual information, enclosed.

Inputs are exact rationals. Every result that no rational equals is an `Enclosure`, two rationals between
which it lies, computed in interval arithmetic with `DIGITS` digits. Natural logarithms inside (nats);
`bits` is the one place where nats become bits.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import MPContext
from mpmath.ctx_iv import MPIntervalContext
from mpmath.libmp import to_rational

from meter_privacy.reference.errors import Malformed, Range

DIGITS = 80
SHOWN_DIGITS = 40
SMALLEST_BITS = 1200
SUM_TOLERANCE = Fraction(1, 2**40)
MAXIMUM_SYMBOLS = 1024
MAXIMUM_COLUMNS = 64

# Contexts of our own: whoever calls keeps the precision of mpmath's global ones.
IV = MPIntervalContext()
IV.dps = DIGITS
MP = MPContext()
MP.dps = DIGITS


@contextmanager
def working_digits(digits: int) -> Iterator[None]:
    """The precision of both contexts within."""
    before = IV.dps, MP.dps
    IV.dps = MP.dps = digits
    try:
        yield
    finally:
        IV.dps, MP.dps = before


Interval = Any
Real = Fraction | int


@dataclass(frozen=True)
class Enclosure:
    """A real number known to lie in [lower, upper]. As a text or a float it is the midpoint."""

    lower: Fraction
    upper: Fraction

    @property
    def midpoint(self) -> Fraction:
        """The rational halfway between the ends."""
        return (self.lower + self.upper) / 2

    @property
    def width(self) -> Fraction:
        """How far the ends are apart."""
        return self.upper - self.lower

    def __str__(self) -> str:
        number = self.midpoint
        return str(MP.nstr(MP.mpf(number.numerator) / number.denominator, SHOWN_DIGITS)).replace("+", "")

    def __float__(self) -> float:
        return float(self.midpoint)


def interval(value: Real) -> Interval:
    """The interval of an exact rational, outward rounded."""
    value = Fraction(value)
    return IV.mpf(value.numerator) / IV.mpf(value.denominator)


def hull(lower: Real, upper: Real) -> Interval:
    """The interval between two rationals, outward rounded."""
    return IV.mpf([interval(lower).a, interval(upper).b])


def _end(raw: Any, up: int) -> Fraction:
    """A binary number of mpmath as a rational; below 2^-1200 rounded to the next multiple of that."""
    sign, mantissa, exponent, length = raw
    if mantissa and exponent + length < -SMALLEST_BITS:
        return Fraction(up - int(sign), 1 << SMALLEST_BITS)
    return Fraction(*(int(part) for part in to_rational(raw)))


def enclose(value: Interval, least: Real | None = None) -> Enclosure:
    """The rational ends of an interval; a lower end below `least`, what the number cannot be below, is
    raised.
    """
    low, high = _end(value._mpi_[0], 0), _end(value._mpi_[1], 1)
    return Enclosure(low if least is None else max(low, Fraction(least)), high)


def exactly(value: Real) -> Enclosure:
    """The enclosure of a rational."""
    return Enclosure(Fraction(value), Fraction(value))


def bits(nats: Interval) -> Interval:
    """Nats as bits: divided by ln 2. Implements INFO-1."""
    return nats / IV.log(2)


def x_ln_x(x: Real) -> Interval:
    """x ln x for a rational x >= 0, with 0 ln 0 = 0. Implements INFO-2."""
    return IV.mpf(0) if x == 0 else interval(x) * IV.log(interval(x))


def pmf(values: Sequence[Fraction], name: str = "probabilities") -> tuple[Fraction, ...]:
    """The probabilities that a list means: its elements divided by their sum.

    Raises Range where an element is outside [0, 1] or the sum is more than 2^-40 away from 1, Malformed where
    the list is empty or longer than 1024. Implements INFO-3.
    """
    if not 1 <= len(values) <= MAXIMUM_SYMBOLS:
        raise Malformed(f"{name} must have 1 to {MAXIMUM_SYMBOLS} elements")
    if not all(0 <= value <= 1 for value in values):
        raise Range(f"{name} has an element outside [0, 1]")
    total = sum(values, Fraction(0))
    if abs(total - 1) > SUM_TOLERANCE:
        raise Range(f"{name} must add up to 1 within 2^-40")
    return tuple(Fraction(value) / total for value in values)


def entropy_nats(p: Sequence[Fraction]) -> Interval:
    """H(p) = -sum p ln p of exact masses, in nats; they need not add up to 1. Implements INFO-2, INFO-4."""
    return -sum((x_ln_x(mass) for mass in p), IV.mpf(0))


def entropy(probabilities: Sequence[Fraction]) -> Enclosure:
    """Entropy of a finite law, in bits.

    Raises Malformed for an empty or too long list, Range for elements outside [0, 1] or a sum away from 1.

    Source: paper A, Section II, below equation (3). Implements INFO-1, INFO-2, INFO-3, INFO-4.
    """
    return enclose(bits(entropy_nats(pmf(probabilities))), 0)


def binary_entropy(probability: Fraction) -> Enclosure:
    """h(p) = -p log2 p - (1 - p) log2 (1 - p), in bits, for p in [0, 1].

    Raises Range. Source: paper A, below equation (14). Implements INFO-1, INFO-2, INFO-5.
    """
    if not 0 <= probability <= 1:
        raise Range("probability is outside [0, 1]")
    return enclose(bits(entropy_nats((probability, 1 - probability))), 0)


def mutual_information_nats(joint: Sequence[Sequence[Fraction]]) -> Interval:
    """I(X;Y) = H(X) + H(Y) - H(X, Y) of exact joint masses, a row for each x, in nats. Implements INFO-6."""
    rows = [sum(row, Fraction(0)) for row in joint]
    columns = [sum(column, Fraction(0)) for column in zip(*joint, strict=True)]
    return entropy_nats(rows) + entropy_nats(columns) - entropy_nats([mass for row in joint for mass in row])


def mutual_information(columns: int, joint: Sequence[Fraction]) -> Enclosure:
    """Mutual information of a joint law that is given row by row, `columns` elements a row, in bits.

    Raises Malformed for the length of the list, Range for the number of columns, for elements outside [0, 1],
    a sum away from 1, or a last row that is not filled.

    Source: paper A, equation (3). Implements INFO-1, INFO-2, INFO-3, INFO-6.
    """
    if not 1 <= len(joint) <= MAXIMUM_SYMBOLS:
        raise Malformed(f"joint must have 1 to {MAXIMUM_SYMBOLS} elements")
    if not 1 <= columns <= MAXIMUM_COLUMNS:
        raise Range(f"columns is outside [1, {MAXIMUM_COLUMNS}]")
    masses = pmf(joint, "joint")
    if len(masses) % columns:
        raise Range("the joint law does not fill its last row")
    rows = [masses[start : start + columns] for start in range(0, len(masses), columns)]
    return enclose(bits(mutual_information_nats(rows)), 0)


def divergence(probabilities: Sequence[Fraction], reference: Sequence[Fraction]) -> Enclosure | None:
    """D(p || q) = sum p log2 (p / q) in bits, 0 log (0 / q) = 0; None where some p > 0 has q = 0.

    Raises Malformed for the lengths, Range for elements outside [0, 1] and for a sum away from 1.

    Source: paper A, [19]; Cover and Thomas, (2.26). Implements INFO-1, INFO-2, INFO-3, INFO-7.
    """
    if len(probabilities) != len(reference):
        raise Malformed("reference must have as many elements as probabilities")
    p, q = pmf(probabilities), pmf(reference, "reference")
    if any(left > 0 and right == 0 for left, right in zip(p, q, strict=True)):
        return None
    cross = sum(
        (interval(left) * IV.log(interval(right)) for left, right in zip(p, q, strict=True) if left > 0),
        IV.mpf(0),
    )
    return enclose(bits(-entropy_nats(p) - cross), 0)
