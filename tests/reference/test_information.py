"""Information measures: identities, laws near one, refusals, and how narrow the enclosures are."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meter_privacy.reference import information as info
from meter_privacy.reference.errors import Malformed, Range

F = Fraction


def law(weights: list[int]) -> list[Fraction]:
    """Weights as a law."""
    return [F(weight, sum(weights)) for weight in weights]


weights = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)


@given(weights)
@settings(max_examples=60, deadline=None)
def test_entropy_against_floats(drawn: list[int]) -> None:
    """INFO-1, INFO-2, INFO-4: the sum in binary64, in bits, and an enclosure narrower than asked (INFO-8)."""
    p = law(drawn)
    answer = info.entropy(p)
    assert float(answer) == pytest.approx(-math.fsum(float(v) * math.log2(v) for v in p if v), abs=1e-12)
    assert answer.width < F(1, 10**60)
    assert 0 <= answer.lower <= answer.upper <= F(math.log2(len(p))) + F(1, 10**9)


@given(st.integers(1, 5), st.lists(st.integers(0, 50), min_size=5, max_size=25).filter(any))
@settings(max_examples=40, deadline=None)
def test_mutual_information_is_a_divergence(columns: int, drawn: list[int]) -> None:
    """INFO-6, INFO-7: I(X;Y) = D(p(x, y) || p(x) p(y)), at least 0 and at most each entropy."""
    drawn = drawn[: len(drawn) // columns * columns]
    if not any(drawn):
        drawn[0] = 1
    joint = law(drawn)
    rows = [joint[k : k + columns] for k in range(0, len(joint), columns)]
    x = [sum(row, F(0)) for row in rows]
    y = [sum(column, F(0)) for column in zip(*rows, strict=True)]
    product = [a * b for a in x for b in y]
    value = info.mutual_information(columns, joint)
    other = info.divergence(joint, product)
    assert other is not None
    assert max(value.lower, other.lower) <= min(value.upper, other.upper)
    assert value.lower <= min(info.entropy(x).upper, info.entropy(y).upper)


def test_laws_near_one() -> None:
    """INFO-3: within 2^-40 a law is divided by its sum; beyond it, and outside [0, 1], it is refused."""
    edge = F(1, 2**40)
    scaled = info.pmf([F(1, 2) + edge, F(1, 2)])
    assert sum(scaled) == 1
    assert scaled[0] > scaled[1]
    for bad in ([F(1, 2) + 2 * edge, F(1, 2)], [F(-1, 4), F(5, 4)], [F(3, 2), F(-1, 2)], [F(0)]):
        with pytest.raises(Range):
            info.pmf(bad)
    for length in (0, 1025):
        with pytest.raises(Malformed):
            info.pmf([F(1, max(length, 1))] * length)


def test_refusals() -> None:
    """INFO-3, INFO-5, INFO-6, INFO-7: what is no law, no table, no pair of laws."""
    with pytest.raises(Range):
        info.binary_entropy(F(101, 100))
    with pytest.raises(Range):
        info.mutual_information(2, [F(1, 3)] * 3)
    with pytest.raises(Range):
        info.mutual_information(0, [F(1)])
    with pytest.raises(Malformed):
        info.mutual_information(1, [])
    with pytest.raises(Malformed):
        info.divergence([F(1)], [F(1, 2), F(1, 2)])
    assert info.divergence([F(1, 2), F(1, 2)], [F(1), F(0)]) is None
    assert info.divergence([F(1), F(0)], [F(1, 2), F(1, 2)]) is not None


def test_enclosures() -> None:
    """INFO-8: outward rounding; a text is the midpoint; what is below 2^-1200 stays a small rational."""
    third = info.enclose(info.interval(F(1, 3)))
    assert third.lower < F(1, 3) < third.upper
    assert str(info.exactly(F(1, 4))) == "0.25"
    tiny = info.enclose(info.IV.exp(-100000))
    assert tiny.lower == 0
    assert 0 < tiny.upper <= F(1, 2**1200)
    negative = info.enclose(-info.IV.exp(-100000))
    assert negative.lower < 0 == negative.upper
    assert info.hull(F(1, 3), F(2, 3)).delta > 0.3
