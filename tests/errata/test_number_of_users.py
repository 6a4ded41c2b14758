"""What paper A says of the number of users and does not hold."""

from fractions import Fraction

import pytest

from meter_privacy.reference import privacy_power

Users = list[tuple[str, str]]


def total(users: Users, power: Fraction) -> float:
    """The least total leakage in bits of users with two levels, (p, difference) each."""
    given = [{"probability": Fraction(p), "difference": Fraction(d)} for p, d in users]
    return sum(float(value) for value in privacy_power.binary(given, power)["leakages_bits"])


def mean(users: Users) -> Fraction:
    return sum(((1 - Fraction(p)) * Fraction(d) for p, d in users), Fraction(0))


def test_more_users_may_leak_less() -> None:
    """A-ERRATUM-35: with the users' means adding up to 1, leakage is said to rise with their number."""
    one: Users = [("1/2", "2")]
    two: Users = [("1/10", "5/9"), ("1/10", "5/9")]
    assert mean(one) == mean(two) == 1
    for power in (Fraction(0), Fraction(1, 100), Fraction(1, 2), Fraction(9, 10)):
        assert total(two, power) < total(one, power)
    assert total(one, Fraction(0)) == pytest.approx(1)
    assert total(two, Fraction(0)) == pytest.approx(0.937991, abs=1e-6)

    # It holds for users that differ in scale only: N users of 1/N of the load leak N times as much.
    for p in ("1/10", "1/2", "9/10"):
        for power in (Fraction(0), Fraction(1, 4), Fraction(9, 10)):
            leakages = []
            for count in (1, 2, 3):
                difference = str(1 / (count * (1 - Fraction(p))))
                leakages.append(total([(p, difference)] * count, power))
            assert leakages[1:] == pytest.approx([2 * leakages[0], 3 * leakages[0]])
