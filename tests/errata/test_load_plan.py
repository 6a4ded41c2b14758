"""What paper D prints about comparisons and the plan and does not hold, each with its counterexample.

The printed steps and Algorithm 1 live here only, line by line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import combinations, product
from math import ceil, floor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import comparison, messages, plan
from meter_privacy.reference.errors import Exhausted, Policy, ProofFailed, Range, Replayed
from meter_privacy.reference.paillier import is_prime

P, Q, N, E, D = 61, 53, 3233, 17, 2753


def roots(t: int, k: int) -> list[int]:
    """Section III-A, step 3, modulo N: y_1, ..., y_k."""
    return [pow((t + i) % N, D, N) for i in range(k)]


def printed_answer(y: Sequence[int], a: int, p: int) -> list[int]:
    """Steps 4 and 5: u_i = y_i mod p, and one more for i > a."""
    return [value % p + (i > a) for i, value in enumerate(y, start=1)]


def printed_condition(y: Sequence[int], p: int) -> bool:
    """Step 4: "all the z_i differ by at least 2"."""
    return all(abs(v % p - w % p) >= 2 for v, w in combinations(y, 2))


def test_a_message_below_zero() -> None:
    """D-ERRATUM-10, LOAD-33: c - b + 1 is negative in 45 cases, and says then that b >= 2."""
    cases = [(c, b) for c in range(N) for b in range(1, 11)]
    negative = [(c, b) for c, b in cases if c - b + 1 < 0]
    assert (len(negative), len(cases)) == (45, 32330)
    assert min(b for _, b in negative) == 2
    sent = comparison.yao_request(N, E, 4, 4, [pow(5, D, N)])
    assert 0 <= sent["message"] == 2 < N


def test_a_window_without_a_prime() -> None:
    """D-ERRATUM-11, LOAD-33, LOAD-34: 0 and 1 in a window leave no prime; without the check three positions
    are read.
    """
    y = roots(N - 1, 10)
    assert y[:3] == [N - 1, 0, 1]
    assert not any(printed_condition(y, p) for p in range(3, 20000) if is_prime(p))
    window = roots(N - 1 - 4, 10)
    u = printed_answer(window, 5, 47)
    known = {5: N - 1, 6: 0, 7: 1}
    assert [u[i - 1] == value % 47 for i, value in known.items()] == [True, False, False]
    for t in (N - 5, N - 1, 0, 1):
        with pytest.raises(Policy):
            comparison.yao_response(P, Q, E, 5, 2, t, [47])
    with pytest.raises(Exhausted):
        comparison.yao_request(N, E, 4, 2, [pow(1 + 1, D, N)])


def test_an_x_longer_than_the_modulus() -> None:
    """D-ERRATUM-12, LOAD-33: x of n bits may be N + 5, which comes back as 5; a fixed top bit marks b."""
    x = N + 5
    assert x.bit_length() == N.bit_length()
    b, a = 2, 5
    y = roots((pow(x, E, N) - b + 1) % N, 10)
    assert y[b - 1] == 5
    p = next(p for p in range(32, 64) if is_prime(p) and N % p)
    u = printed_answer(y, a, p)
    assert u[b - 1] != x % p
    candidates = []
    for x in range(2048, N - 1, 7):
        y = roots((pow(x, E, N) - 4) % N, 10)
        candidates.append(sum(value >= 2048 for value in y))
    assert 4 < Fraction(sum(candidates), len(candidates)) < Fraction(9, 2)
    for x in (0, 1, N - 1, N + 5):
        with pytest.raises(Range):
            comparison.yao_request(N, E, 4, 2, [x])


def test_what_the_distance_leaves_out() -> None:
    """D-ERRATUM-13, LOAD-35: z = p - 1 makes u = p; p may divide N; below 2 k there is no p."""
    z = [3, 10, 36]
    assert all(abs(v - w) >= 2 for v, w in combinations(z, 2))
    assert [printed_answer(z, a, 37)[2] for a in range(4)] == [37, 37, 37, 36]
    y = next(y for t in range(2, N) if printed_condition(y := roots(t, 4), 53))
    assert printed_condition(y, 53)
    assert N % 53 == 0
    assert not any(all(abs(v - w) >= 2 for v, w in combinations(z, 2)) for z in product(range(5), repeat=4))
    for prime in (3, 5):
        with pytest.raises(Exhausted):
            comparison.yao_response(P, Q, E, 4, 2, 2000, [prime])
    with pytest.raises(Exhausted):
        comparison.yao_response(P, Q, E, 4, 2, 2000, [53])


def test_a_reading_without_a_level() -> None:
    """D-ERRATUM-14, LOAD-31: nothing used asks for u_0, and a value above k for u_(k+1)."""
    u = printed_answer(roots(2000, 10), 5, 61)
    with pytest.raises(IndexError):
        u[11 - 1]
    assert {i for i, _ in enumerate(u, start=1)} == set(range(1, 11))
    assert comparison.reading_level(0, 50, 10) == 1
    assert comparison.reading_level(10**6, 50, 10) == 10
    with pytest.raises(Range):
        comparison.threshold_level(451, 50, 10)


def test_a_search_by_thresholds() -> None:
    """D-ERRATUM-15, LOAD-43, LOAD-56, LOAD-57: 15 thresholds find one of 20000 readings."""
    reading, low, high, asked = 13577, 0, 20000, 0
    while low + 1 < high:
        middle = (low + high) // 2
        level = comparison.threshold_level(middle, 1, 20001)
        asked += 1
        low, high = (middle, high) if comparison.reading_level(reading, 1, 20001) >= level else (low, middle)
    assert (low, asked) == (13577, 15)

    key = bytes(range(7, 39))
    session = settled_in_peak(key, 700, 650)
    x = 12345
    t = (pow(x, 65537, 1048573 * 1048571) - 13) % (1048573 * 1048571)
    given = (1048573, 1048571, 65537, t, [1048343, 1042997, 1000003])
    plan.user_compare_yao(session, *given)
    with pytest.raises(Replayed):
        plan.user_compare_yao(session, *given)
    with pytest.raises(Policy):
        plan.user_compare_yao(session, *given[:3], t + 100, given[4])
    with pytest.raises(ProofFailed):
        plan.user_audit_yao(session, x + 1)
    plan.user_audit_yao(session, x)


def settled_in_peak(key: bytes, usage_wh: int, threshold_wh: int) -> dict[str, object]:
    """A user's session whose interval 3 is settled as peak."""
    session: dict[str, object] = {}
    scope = bytes(range(50, 82))
    public = Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
    plan.user_start(session, public, scope, 4, 3000, 50, 64, 1000, 2, 3, 0, [])
    plan.user_reading(session, 3, usage_wh)
    body = {1: scope, 3: 3, 4: True, 5: threshold_wh}
    plan.user_settle(session, messages.seal_body(key, messages.GROUP_STATE, body))
    return session


def test_both_roles() -> None:
    """D-ERRATUM-16, LOAD-45: as printed the outcome is P >= T, exchanged T >= P; both hold at equality."""
    for reading, threshold in ((6, 7), (7, 7), (8, 7)):
        printed, exchanged = reading >= threshold, threshold >= reading
        assert (printed and exchanged) == (reading == threshold)
        # Algorithm 1, line 16, has neither of them but this one.
        assert (reading > threshold) == (not exchanged)
    assert (7 > 7) != (7 >= 7)


# ---- Algorithm 1 ---------------------------------------------------------------------------------


@dataclass
class Algorithm1:
    """The state of Algorithm 1 as it is printed: what no line sets stays as it was."""

    threshold: int
    f: Callable[[int], Fraction | int]
    allowances: list[int]
    group: str = ""
    states: dict[int, str] = field(default_factory=dict)
    rates: dict[int, str] = field(default_factory=dict)
    broadcasts: list[str] = field(default_factory=list)

    def interval(self, readings: Sequence[int]) -> None:
        """Lines 3 to 27."""
        total = sum(readings)
        user_threshold: Fraction | int = 0
        if total > self.threshold:
            self.group = "peak"
            user_threshold = self.f(total)
        else:
            self.group = "offpeak"
            self.rates = dict.fromkeys(range(len(readings)), "Normal")
        if self.group == "peak":
            self.broadcasts.append("peak")
            for i, reading in enumerate(readings):
                if reading > user_threshold:
                    self.states[i] = "high"
                    self.allowances[i] -= 1
                    if self.allowances[i] <= 0:
                        self.rates[i] = "High"
                else:
                    self.states[i] = "normal"
                    self.rates[i] = "Normal"


def by_the_text(readings: Sequence[int], threshold: int, policy: int = plan.AVERAGE) -> list[int]:
    """Who is high, as the reference has it."""
    users = [plan.Usage(usage_wh=reading, allowance_wh=0) for reading in readings]
    answer = plan.plan_interval(10**6, threshold, policy, 5, users)
    return [user["high"] for user in answer["users"]]


def test_more_or_at_least() -> None:
    """D-ERRATUM-17, LOAD-47, LOAD-48, LOAD-49: > in Algorithm 1 and >= in the text; the rounded average."""
    equal = Algorithm1(0, lambda total: Fraction(total, 3), [9, 9, 9])
    equal.interval([5, 5, 5])
    assert list(equal.states.values()) == ["normal"] * 3
    assert by_the_text([5, 5, 5], 0) == [1, 1, 1]
    at_the_threshold = Algorithm1(15, lambda total: Fraction(total, 3), [9, 9, 9])
    at_the_threshold.interval([5, 5, 5])
    assert at_the_threshold.group == "offpeak"
    assert by_the_text([5, 5, 5], 15) == [1, 1, 1]
    readings = [7, 5, 5]
    average = Fraction(sum(readings), 3)
    rounded = [[int(reading >= to(average)) for reading in readings] for to in (floor, ceil)]
    assert rounded == [[1, 1, 1], [1, 0, 0]]
    exact = [int(3 * reading >= sum(readings)) for reading in readings]
    assert by_the_text(readings, 0) == exact == [1, 0, 0]


def test_the_allowance_of_algorithm_1() -> None:
    """D-ERRATUM-18, LOAD-50, LOAD-53, LOAD-54, LOAD-59: an interval for a Wh, a test after the fall, below
    zero, and rates and states that outlive their interval.
    """
    printed = Algorithm1(0, lambda total: total // 3, [8, 0, 0])
    left, text, after = 8, [], []
    for _ in range(3):
        printed.interval([4, 1, 1])
        after.append(printed.allowances[0])
        left = plan.charge(4, 2, left)["allowance_wh"]
        text.append(left)
    assert (after, text) == ([7, 6, 5], [4, 0, 0])

    last = Algorithm1(0, lambda total: total // 3, [1, 0, 0])
    last.interval([4, 1, 1])
    assert last.rates[0] == "High"
    assert plan.charge(1, 0, 1)["high_rate"] == 0

    below = Algorithm1(0, lambda total: total // 3, [1, 0, 0])
    for _ in range(5):
        below.interval([4, 1, 1])
    assert below.allowances[0] == -4
    assert plan.charge(4, 2, 0)["allowance_wh"] == 0

    below.allowances[0] = 100
    below.interval([4, 1, 1])
    assert below.rates[0] == "High"
    assert plan.charge(4, 2, 100)["high_rate"] == 0

    below.threshold = 10**6
    below.interval([1, 1, 1])
    assert below.group == "offpeak"
    assert below.states[0] == "high"
    assert below.broadcasts == ["peak"] * 6
    assert plan.charge(1, None, 100)["high"] == 0


def test_what_a_group_reveals() -> None:
    """D-ERRATUM-19, LOAD-48, LOAD-63: in a group of two the average is the other reading."""
    own, other = 12, 7
    threshold = Fraction(own + other, 2)
    assert 2 * threshold - own == other
    with pytest.raises(Range):
        plan.group_state(2, 100, own + other, 0, plan.AVERAGE, 1)
    exact = [plan.group_state(3, 100, total, 0, plan.AVERAGE, 1)["threshold_wh"] for total in range(301)]
    coarse = [
        plan.group_state(3, 100, total, 0, plan.COARSE_AVERAGE, 25)["threshold_wh"] for total in range(301)
    ]
    assert max(exact.count(one) for one in set(exact)) == 3
    assert {coarse.count(one) for one in (25, 50, 75, 100)} == {75}


# ---- What the list did not have yet ---------------------------------------------------------------


def test_a_window_of_cubes() -> None:
    """D-ERRATUM-30, LOAD-32: with e = 3 and t = 2 one answer tells three comparisons."""
    p, q, k = 1048571, 1048433, 64
    n = p * q
    d = pow(3, -1, (p - 1) * (q - 1))
    prime = 1048343
    known = {i: root for root in (2, 3, 4) for i in [root**3 - 1]}
    assert known == {7: 2, 26: 3, 63: 4}
    for a in (5, 7, 25, 26, 62, 63, 64):
        y = [pow(2 + i, d, n) for i in range(k)]
        u = printed_answer(y, a, prime)
        assert [u[i - 1] == root for i, root in known.items()] == [a >= 7, a >= 26, a >= 63]
    with pytest.raises(Range):
        comparison.yao_key(p, q, 3)
    with pytest.raises(Range):
        comparison.yao_response(p, q, 3, k, 5, 2, [prime])


def test_a_distance_that_tells() -> None:
    """D-ERRATUM-31, LOAD-35: among z two apart, u = (7, 6) has one a; the condition on u leaves them all."""

    def possible(u: Sequence[int], admissible: Callable[[list[int]], bool]) -> list[int]:
        return [a for a in range(len(u) + 1) if admissible([v - (i > a) for i, v in enumerate(u, start=1)])]

    def printed(z: list[int], p: int = 11) -> bool:
        return all(abs(v - w) >= 2 for v, w in combinations(z, 2)) and all(0 <= v < p - 1 for v in z)

    assert possible([7, 6], printed) == [1]
    assert possible([10, 4], printed) == [0]
    assert possible([0, 4], printed) == [1, 2]
    for k, p in ((2, 11), (3, 17)):
        accepted = [u for u in product(range(p), repeat=k) if comparison.are_apart(u, p)]
        assert accepted
        for u in accepted:
            assert possible(u, partial(printed, p=p)) == list(range(k + 1))


def test_an_allowance_that_the_utility_cannot_keep() -> None:
    """D-ERRATUM-32, LOAD-63: two readings with the same outcome leave different allowances."""
    high = [plan.charge(usage, 650, 1000) for usage in (700, 900)]
    assert [one["high"] for one in high] == [1, 1]
    assert [one["allowance_wh"] for one in high] == [300, 100]


def test_a_window_about_the_middle() -> None:
    """D-ERRATUM-33, LOAD-33, LOAD-34: y and N - y on either side of the middle tell a, whatever it is."""
    assert [(y + z) % N for y, z in zip(roots(1615, 4), reversed(roots(1615, 4)), strict=True)] == [0] * 4
    p, q, e, k = 1048571, 1048433, 65537, 8
    n = p * q
    d, t, prime = pow(e, -1, (p - 1) * (q - 1)), (n + 1) // 2 - k // 2, 1048343
    y = [pow(t + i, d, n) for i in range(k)]
    assert comparison.are_apart([value % prime for value in y], prime)
    for a in range(1, k + 1):
        u = printed_answer(y, a, prime)
        above = [(u[i] + u[k - 1 - i] - n) % prime for i in range(k // 2)]
        told = [b for b in range(1, k + 1) if above == [(i + 1 > b) + (k - i > b) for i in range(k // 2)]]
        assert told == [a]
        with pytest.raises(Policy):
            comparison.yao_response(p, q, e, k, a, t, [prime])
    with pytest.raises(Exhausted):
        comparison.yao_request(n, e, k, 1, [pow(t, d, n)])
    for harmless in ((n + 1) // 2, (n - 1) // 2 - k + 1):
        assert not comparison.holds_two_negatives(harmless, k, n)
        assert comparison.holds_two_negatives(harmless + (-1 if harmless > t else 1), k, n)


def test_one_message_twice() -> None:
    """D-ERRATUM-34, LOAD-64: two answers to one message tell every y, and both readings; so do negatives."""
    p, q, e, k = 1048571, 1048433, 65537, 16
    n = p * q
    d = pow(e, -1, (p - 1) * (q - 1))
    candidates = ([1048343, 1048309, 1048217], [1048007, 1047989, 1047961])
    x, b = 123456789, 9
    t = (pow(x, e, n) - b + 1) % n

    def reached(first: int, second: int, sign: int) -> list[int]:
        """a of both intervals, read out of the two answers alone; every opening was right."""
        again = t if sign == 1 else (1 - t - k) % n
        one = comparison.yao_response(p, q, e, k, first, t, candidates[0])
        two = comparison.yao_response(p, q, e, k, second, again, candidates[1])
        m_1, m_2 = one["prime"], two["prime"]
        counts = [0, 0]
        for i in range(k):
            j = i if sign == 1 else k - 1 - i
            for added in product((0, 1), repeat=2):
                at_1 = one["residues"][i] - added[0]
                at_2 = (
                    two["residues"][j] - added[1] if sign == 1 else n - two["residues"][j] + added[1]
                ) % m_2
                y = at_1 + (at_2 - at_1) * pow(m_1, -1, m_2) % m_2 * m_1
                if any(pow(z, e, n) == (t + i) % n for z in range(y, n, m_1 * m_2)):
                    counts[0] += 1 - added[0]
                    counts[1] += 1 - added[1]
        return counts

    assert pow((t + 3) % n, d, n) != t
    for first, second in ((5, 12), (1, 16), (9, 9)):
        assert reached(first, second, 1) == [first, second]
        assert reached(first, second, -1) == [first, second]
    for shift in range(1 - k, k):
        assert comparison.windows_meet((t + shift) % n, t, k, n)
        assert comparison.windows_meet((1 - t - k + shift) % n, t, k, n)
    for far in ((t + k) % n, (t - k) % n, (1 - t) % n, (1 - t - 2 * k) % n):
        assert not comparison.windows_meet(far, t, k, n)
