"""Shamir's sharing modulo a prime, and the logarithm of a sum (spec/reporting.md, Distributed trust).

A polynomial f of degree t - 1 has f(0) for its secret; server i holds f(i). Any t of the values fix f(0),
fewer say nothing of it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import gcd, isqrt, prod

from meter_privacy.reference import groups
from meter_privacy.reference.errors import (
    Exhausted,
    Malformed,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    check,
)
from meter_privacy.reference.groups import Element, Group

ORDER_BITS = 3072
THRESHOLD_MAXIMUM = 16
SERVERS_MAXIMUM = 31
BOUND_MAXIMUM = 2**32 - 1


def check_order(order: int) -> None:
    """Refuse what cannot be a prime order. Errors: Range."""
    check(3 <= order < 1 << ORDER_BITS and order % 2 == 1, Range, "the order is not an odd number in bounds")


def check_indices(order: int, indices: Sequence[int]) -> None:
    """Refuse evaluation points that are 0 modulo q, out of order, or there twice.

    Errors: Range; NotInvertible where q is no prime and a difference shares a factor with it.
    Implements REPORT-35.
    """
    rising = all(first < second for first, second in pairwise([0, *indices, min(order, 1 << 16)]))
    check(rising, Range, "indices rise strictly, from 1, below q and 2^16")


def check_threshold(threshold: int, servers: int) -> None:
    """Refuse a threshold outside [2, 16], or more than the servers. Errors: Range. Implements REPORT-36."""
    check(2 <= threshold <= THRESHOLD_MAXIMUM, Range, "a threshold is from 2 to 16")
    check(threshold <= servers, Range, "there are fewer servers, or shares, than the threshold")


def check_majority(threshold: int, servers: int) -> None:
    """Refuse n < 2 t - 1 servers. Errors: Policy. Implements REPORT-36."""
    check(servers >= 2 * threshold - 1, Policy, "n servers and a threshold t need n >= 2 t - 1")


def evaluate(coefficients: Sequence[int], point: int, order: int) -> int:
    """f(point) modulo q; coefficients from the constant term up."""
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * point + coefficient) % order
    return value


def lagrange(indices: Sequence[int], order: int, point: int = 0) -> list[int]:
    """lambda_i = product over j != i of (j - point) / (j - i) modulo q, for the indices that answered.

    f(point) = sum of lambda_i f(i) for f of degree below their number. Errors: NotInvertible where q is no
    prime. Source: paper E, 2.2.2, for the actual set and modulo q. Implements REPORT-37.
    """
    weights = []
    for i in indices:
        others = [j for j in indices if j != i]
        divisor = prod(j - i for j in others) % order
        check(gcd(divisor, order) == 1, NotInvertible, "a difference of indices has no inverse modulo q")
        weights.append(prod(j - point for j in others) * pow(divisor, -1, order) % order)
    return weights


def share_secret(order: int, secret: int, coefficients: Sequence[int], indices: Sequence[int]) -> list[int]:
    """The shares f(i) of a secret, f = secret + coefficients[0] x + coefficients[1] x^2 + ... modulo q.

    order: q, an odd prime below 2^3072 (taken for one). secret: in [0, q). coefficients: t - 1 of them in
    [0, q), fresh and even, 1 <= t - 1 <= 15. indices: of the n <= 31 servers, rising, in [1, q).
    Errors: Malformed, Range, Policy where n < 2 t - 1. Source: Shamir 1979; paper E, 2.2.2.
    Implements REPORT-34, REPORT-35, REPORT-36.
    """
    check(1 <= len(coefficients) < THRESHOLD_MAXIMUM, Malformed, "there are 1 to 15 coefficients")
    check(1 <= len(indices) <= SERVERS_MAXIMUM, Malformed, "there are 1 to 31 servers")
    check_order(order)
    check(all(0 <= a < order for a in (secret, *coefficients)), Range, "a coefficient is not below the order")
    check_indices(order, indices)
    check_threshold(len(coefficients) + 1, len(indices))
    check_majority(len(coefficients) + 1, len(indices))
    return [evaluate([secret, *coefficients], index, order) for index in indices]


def recover_secret(order: int, threshold: int, shares: Sequence[Mapping[str, int]]) -> int:
    """f(0) from t or more shares {index, share}: interpolated from the first t, which the others must fit.

    order: q, as in share_secret. threshold: t in [2, 16]. Errors: Malformed; Range, also for fewer than t;
    NotInvertible; ProofFailed for a further share that does not lie on the polynomial.
    Source: Shamir 1979; paper E, 2.2.2. Implements REPORT-35, REPORT-37, REPORT-38.
    """
    check(1 <= len(shares) <= SERVERS_MAXIMUM, Malformed, "there are 1 to 31 shares")
    check_order(order)
    check_threshold(threshold, len(shares))
    indices = [entry["index"] for entry in shares]
    check_indices(order, indices)
    check(all(0 <= entry["share"] < order for entry in shares), Range, "a share is not below the order")
    first = [entry["share"] for entry in shares[:threshold]]

    def at(point: int) -> int:
        weights = lagrange(indices[:threshold], order, point)
        return sum(weight * share for weight, share in zip(weights, first, strict=True)) % order

    secret = at(0)
    fits = all(at(entry["index"]) == entry["share"] for entry in shares[threshold:])
    check(fits, ProofFailed, "the shares lie on no polynomial of degree t - 1")
    return secret


@lru_cache(maxsize=4)
def baby_steps(name: str, count: int) -> dict[Element, int]:
    """g^0 to g^(count - 1), each with its exponent."""
    members = groups.group(name)
    power, steps = members.identity, {}
    for exponent in range(count):
        steps[power] = exponent
        power = members.multiply(power, members.generator)
    return steps


def logarithm(members: Group, element: Element, bound: int) -> int:
    """The m in [0, bound] with g^m = element, by baby steps and giant steps.

    With w = floor(sqrt(bound)) + 1 it keeps w elements and makes at most 2 w multiplications.
    Errors: Exhausted where there is no such m. Source: Shanks 1971. Implements REPORT-48.
    """
    width = isqrt(bound) + 1
    steps = baby_steps(members.name, width)
    giant = members.power(members.generator, -width)
    for block in range(width):
        if element in steps:
            found = block * width + steps[element]
            check(found <= bound, Exhausted, "the exponent is above the bound")
            return found
        element = members.multiply(element, giant)
    raise Exhausted("there is no exponent up to the bound")


def check_bound(members: Group, bound: int) -> None:
    """Refuse a bound of a sum that is not in [0, 2^32), or not below q. Errors: Range.

    Implements REPORT-47.
    """
    check(0 <= bound <= BOUND_MAXIMUM, Range, "the bound is not in [0, 2^32)")
    check(bound < members.order, Range, "the bound is not below the order of the group: sums would wrap")


def bounded_logarithm(group: str, element: bytes, bound: int) -> int:
    """The m in [1, bound] with g^m = element; the identity has no encoding, so 0 does not come up.

    Errors: Malformed, Range, NotInGroup, Exhausted. Source: paper E, 2.2.2, which leaves h^(sum) as it is.
    Implements REPORT-47, REPORT-48.
    """
    members = groups.group(group)
    members.check_range(element)
    check_bound(members, bound)
    return logarithm(members, members.decode(element), bound)
