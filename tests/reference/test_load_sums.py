"""Sums, bills, the modulus proof and messages of the reference: properties, and three hostile parties.

Each hostile party has a goal. Where it fails the test says which check stops it; where it succeeds the text
records it as a limit, and the test shows that too.
"""

import re
from collections import Counter
from itertools import combinations, pairwise
from math import gcd
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from meter_privacy.reference import billing, messages, modulus_proof, paillier, summation
from meter_privacy.reference.dream import public_key
from meter_privacy.reference.errors import (
    Malformed,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    Refused,
    Replayed,
    State,
    Unauthentic,
)
from meter_privacy.vectors.generators.load_management import seed
from meter_privacy.vectors.generators.primitives import ed25519_public

P, Q = 1009, 1013
N = P * Q
UNITS = st.integers(2, N - 1).filter(lambda r: gcd(r, N) == 1)
SPEC = Path(__file__).parents[2] / "spec" / "load_management.md"


def members(count: int) -> list[summation.SealingMember]:
    """So many members, each with keys of its own."""
    return [
        summation.SealingMember(
            node=node, signing_key=ed25519_public(seed(f"s{node}")), sealing_key=public_key(seed(f"x{node}"))
        )
        for node in range(count)
    ]


# ---- Rosters and rings ---------------------------------------------------------------------------


def test_rosters_bind_everything() -> None:
    """LOAD-1: the digest changes with group, modulus, each member, their order, the least size and Pmax."""
    group = members(5)
    digests = [
        summation.ring_roster(bytes(16), N, group[:4], 3, 100),
        summation.ring_roster(bytes(15) + b"\x01", N, group[:4], 3, 100),
        summation.ring_roster(bytes(16), N + 2, group[:4], 3, 100),
        summation.ring_roster(bytes(16), N, group[:3], 3, 100),
        summation.ring_roster(bytes(16), N, [*group[:3], group[4]], 3, 100),
        summation.ring_roster(bytes(16), N, group[3::-1], 3, 100),
        summation.ring_roster(bytes(16), N, group[:4], 4, 100),
        summation.ring_roster(bytes(16), N, group[:4], 3, 101),
    ]
    assert len(set(digests)) == len(digests)


@given(count=st.integers(1, 6), least=st.integers(3, 6))
def test_least_size(count: int, least: int) -> None:
    """LOAD-2: fewer members than agreed are refused, and no agreement goes below three."""
    if count < least:
        with pytest.raises(Policy):
            summation.ring_roster(bytes(16), N, members(count), least, 100)
    else:
        assert len(summation.ring_roster(bytes(16), N, members(count), least, 100)) == 32
    with pytest.raises(Range):
        summation.ring_roster(bytes(16), N, members(6), 2, 100)


@given(readings=st.lists(st.tuples(st.integers(0, 1000), UNITS), min_size=3, max_size=8))
def test_the_ring_sums(readings: list[tuple[int, int]]) -> None:
    """LOAD-4, LOAD-5, LOAD-6: whatever the readings and the randomness, the total is their sum."""
    message = summation.ring_start(N, 1000, *readings[0])
    for reading, randomness in readings[1:]:
        message = summation.ring_add(N, 1000, message, reading, randomness)
    total = sum(reading for reading, _ in readings)
    assert summation.ring_stop(P, Q, len(readings), 1000, message) == total


@given(lie=st.integers(1, 3000), honest=st.integers(0, 3000))
def test_a_member_that_lies(lie: int, honest: int) -> None:
    """LOAD-6: a member subtracts from the total: seen below zero, and not above it (a limit)."""
    forged = paillier.encrypt(N, honest, 5) * paillier.encrypt(N, N - lie, 7) % N**2
    if lie <= honest:
        assert summation.ring_stop(P, Q, 3, 1000, forged) == honest - lie
    else:
        with pytest.raises(Policy):
            summation.ring_stop(P, Q, 3, 1000, forged)


class HostileNeighbour(RuleBasedStateMachine):
    """LOAD-7, LOAD-8: a neighbour that has the wire and all messages, but not member 1's key.

    Its goal: that member 2 takes in for interval t what member 1 did not send for it, or takes part twice.
    """

    def __init__(self) -> None:
        super().__init__()
        self.roster, self.key = seed("roster"), seed("member 1")
        self.public = ed25519_public(self.key)
        self.next_interval = 0
        self.sent: dict[int, bytes] = {}
        self.taken: list[tuple[int, int]] = []

    @rule(interval=st.integers(0, 6), reading=st.integers(0, 1000), randomness=UNITS)
    def member_sends(self, interval: int, reading: int, randomness: int) -> None:
        """Member 1 sends once an interval."""
        if interval not in self.sent:
            message = summation.ring_start(N, 1000, reading, randomness)
            self.sent[interval] = summation.sign_hop(self.key, self.roster, 1, interval, 1, N, message)

    def offer(self, interval: int, message: bytes) -> None:
        """Member 2 is offered a message for an interval."""
        try:
            ciphertext = summation.check_hop(
                self.public, self.roster, 1, interval, 1, self.next_interval, N, message
            )
        except Refused:
            return
        self.next_interval = interval + 1
        self.taken.append((interval, ciphertext))

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), interval=st.integers(0, 6))
    def replay(self, data: st.DataObject, interval: int) -> None:
        """Any message for any interval."""
        self.offer(interval, self.sent[data.draw(st.sampled_from(sorted(self.sent)))])

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), bit=st.integers(0, 8 * 100))
    def flip(self, data: st.DataObject, bit: int) -> None:
        """A message with a bit changed."""
        interval = data.draw(st.sampled_from(sorted(self.sent)))
        message = bytearray(self.sent[interval])
        message[bit // 8 % len(message)] ^= 1 << bit % 8
        self.offer(interval, bytes(message))

    @rule(interval=st.integers(0, 6), randomness=UNITS)
    def forge(self, interval: int, randomness: int) -> None:
        """A message under its own key."""
        ciphertext = paillier.encrypt(N, 1, randomness)
        self.offer(interval, summation.sign_hop(seed("stranger"), self.roster, 1, interval, 1, N, ciphertext))

    @invariant()
    def only_what_was_sent_and_once(self) -> None:
        """What member 2 took in was sent for its interval, and intervals increase."""
        assert all(early < late for (early, _), (late, _) in pairwise(self.taken))
        for interval, ciphertext in self.taken:
            body = cbor2.loads(self.sent[interval])[2]
            assert int.from_bytes(body[5], "big") == ciphertext


TestHostileNeighbour = HostileNeighbour.TestCase
TestHostileNeighbour.settings = settings(
    max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


@given(position=st.integers(1, 1024), interval=st.integers(0, 2**53 - 1), message=st.binary(max_size=200))
@settings(max_examples=30, deadline=None)
def test_sealed_hops_open_for_their_receiver_and_place(position: int, interval: int, message: bytes) -> None:
    """LOAD-9: the receiver opens it; another member, the utility, another place or interval does not."""
    receiver, roster = seed("receiver"), seed("roster")
    box = summation.seal_hop(seed("fresh"), public_key(receiver), roster, interval, position, message)
    assert len(box) == len(message) + 48
    assert summation.open_hop(receiver, roster, interval, position, box) == message
    for private, where, place in (
        (seed("utility"), interval, position),
        (receiver, interval ^ 1, position),
        (receiver, interval, position - 1 or 2),
    ):
        with pytest.raises(Unauthentic):
            summation.open_hop(private, roster, where, place, box)


def test_an_audit_finds_who_passed_on_unchanged() -> None:
    """LOAD-10: the second member passes on what it was sent, or adds an encryption of zero (a limit)."""
    roster, group = seed("roster"), members(3)
    listed = [summation.Member(node=m["node"], signing_key=m["signing_key"]) for m in group]

    def audit(values: list[int]) -> int:
        sent = [
            summation.sign_hop(seed(f"s{node}"), roster, node, 9, node + 1, N, value)
            for node, value in enumerate(values)
        ]
        return summation.audit_ring(roster, 9, N, listed, sent)

    first = summation.ring_start(N, 1000, 500, 3)
    second = summation.ring_add(N, 1000, first, 400, 5)
    third = summation.ring_add(N, 1000, second, 300, 7)
    assert audit([first, second, third]) == third
    with pytest.raises(Policy):
        audit([first, first, third])
    zero = paillier.rerandomise(N, first, 11)
    assert audit([first, zero, third]) == third


def test_an_audit_checks_in_the_order_of_the_classes() -> None:
    """LOAD-10: of several messages with faults the class that stands first answers, not the message."""
    listed = [summation.Member(node=node, signing_key=bytes(32)) for node in range(3)]

    def hop(value: int, position: int = 1) -> bytes:
        body = {1: bytes(32), 2: 0, 3: 9, 4: position, 5: summation.natural(value)}
        return messages.seal_body(seed("anybody"), messages.HOP, body)

    other = messages.seal_body(seed("anybody"), messages.RATE, {1: bytes(32), 2: 0, 3: 2**53, 4: True})
    faults = [(hop(2), Unauthentic), (hop(P), NotInvertible), (hop(2, 1025), Range), (hop(N * N), Range)]
    faults += [(hop(2)[:-1], Malformed), (other, Malformed)]
    for (first, _), (second, later) in combinations(faults, 2):
        for sent in ([first, second, second], [second, first, first]):
            with pytest.raises(later):
                summation.audit_ring(bytes(32), 9, N, listed, sent)


# ---- Bills ---------------------------------------------------------------------------------------

DAY = st.tuples(st.integers(0, 100), st.integers(0, 100))


@st.composite
def months(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[int], tuple[int, int]]:
    """Days, two randomnesses for each, and a tariff at which the largest bill fits."""
    days = draw(st.lists(DAY, min_size=1, max_size=6))
    randomness = draw(st.lists(UNITS, min_size=2 * len(days), max_size=2 * len(days), unique=True))
    return days, randomness, draw(st.tuples(st.integers(0, 300), st.integers(0, 300)))


@given(month=months(), shift=st.integers(1, N - 1), wrong=UNITS)
@settings(max_examples=60, deadline=None)
def test_a_bill_verifies_and_no_other_does(
    month: tuple[list[tuple[int, int]], list[int], tuple[int, int]], shift: int, wrong: int
) -> None:
    """LOAD-12, LOAD-16 to LOAD-18, LOAD-20 to LOAD-22: both sides agree on the bill and no other."""
    days, randomness, prices = month
    session: dict[str, Any] = {}
    billing.meter_start(P, Q, 200, len(days), session)
    counters = []
    for number, (normal, high) in enumerate(days, 1):
        r, s = randomness[2 * number - 2 : 2 * number]
        record = billing.meter_day(number, normal, high, r, s, session)
        assert record == billing.encrypt_day(N, 200, normal, high, r, s)
        counters.append(billing.Counters(normal=record["normal"], high=record["high"]))
    statement = billing.meter_bill(*prices, session)
    bill, combined = statement["bill"], statement["randomness"]
    assert bill == sum(normal * prices[0] + high * prices[1] for normal, high in days)
    if len({c[name] for c in counters for name in ("normal", "high")}) < 2 * len(counters):
        return
    aggregate = billing.aggregate_month(N, counters, len(days), 200, *prices)["bill"]
    assert billing.recover_opening(P, Q, aggregate) == {"value": bill, "randomness": combined}
    billing.verify_bill(N, counters, len(days), 200, *prices, bill, combined)
    with pytest.raises(ProofFailed):
        billing.verify_bill(N, counters, len(days), 200, *prices, (bill + shift) % N, combined)
    if wrong != combined:
        with pytest.raises(ProofFailed):
            billing.verify_bill(N, counters, len(days), 200, *prices, bill, wrong)
    assert billing.meter_verdict(aggregate, bill, session) == 1
    assert billing.meter_verdict(aggregate, bill + shift, session) == 0
    assert billing.meter_verdict(aggregate * pow(wrong, N, N**2) % N**2, bill, session) == 0


def test_the_meter_never_decrypts(monkeypatch: pytest.MonkeyPatch) -> None:
    """LOAD-22: with decryption taken away the meter gives every answer all the same."""
    monkeypatch.setattr(paillier, "decrypt", None)
    monkeypatch.setattr(paillier, "L", None)
    session: dict[str, Any] = {}
    billing.meter_start(P, Q, 200, 1, session)
    record = billing.meter_day(1, 5, 6, 7, 8, session)
    statement = billing.meter_bill(2, 3, session)
    own = pow(record["normal"], 2, N**2) * pow(record["high"], 3, N**2) % N**2
    assert billing.meter_verdict(own, statement["bill"], session) == 1
    assert billing.meter_verdict(record["normal"], 5, session) == 0


class HostileUtility(RuleBasedStateMachine):
    """LOAD-21, LOAD-22: a utility that asks the meter what it likes, with all records in hand.

    Its goal: an answer that differs between two homes with the same bill. Both homes answer each question;
    their totals differ, (10, 20) and (30, 8), and their bills at 3 and 5 are both 130.
    """

    def __init__(self) -> None:
        super().__init__()
        self.homes: list[dict[str, Any]] = [{}, {}]
        self.records = []
        for session, (normal, high) in zip(self.homes, ((10, 20), (30, 8)), strict=True):
            billing.meter_start(P, Q, 200, 1, session)
            self.records.append(billing.meter_day(1, normal, high, 17, 19, session))
        self.asked: Counter[str] = Counter()

    def same(self, question: str, *answers: Any) -> None:
        """Both homes answer alike."""
        self.asked[question] += 1
        assert answers[0] == answers[1]

    @rule(prices=st.one_of(st.just((3, 5)), st.tuples(st.integers(0, 9), st.integers(0, 9))))
    def bill(self, prices: tuple[int, int]) -> None:
        """A bill; the first one asked for is the tariff that was signed, and then no other is given."""
        answers: list[int | str] = []
        for session in self.homes:
            if session["prices"] is None:
                billing.meter_bill(3, 5, session)
            try:
                answers.append(billing.meter_bill(*prices, session)["bill"])
            except Refused as refusal:
                answers.append(refusal.error_class)
        self.same("bill", *answers)

    @rule(power=st.tuples(st.integers(-3, 3), st.integers(-3, 3)), figure=st.integers(0, 200))
    def verdict_on_a_product(self, power: tuple[int, int], figure: int) -> None:
        """A product of powers of the day's records, but for the bill's own, and any figure."""
        if power == (3, 5):
            return
        answers = []
        for session, record in zip(self.homes, self.records, strict=True):
            asked = pow(record["normal"], power[0], N**2) * pow(record["high"], power[1], N**2) % N**2
            try:
                answers.append(billing.meter_verdict(asked, figure, session))
            except State:
                answers.append(-1)
        self.same("verdict", *answers)


TestHostileUtility = HostileUtility.TestCase
TestHostileUtility.settings = settings(max_examples=20, stateful_step_count=10, deadline=None)


def test_two_tariffs_would_tell_the_totals() -> None:
    """LOAD-21: why there is one pair of prices: 3 u + 5 h = 130 and 3 u + 6 h = 150 have one solution."""
    solutions = [
        (u, h) for u in range(131) for h in range(131) if 3 * u + 5 * h == 130 and 3 * u + 6 * h == 150
    ]
    assert solutions == [(10, 20)]
    assert len([(u, h) for u in range(131) for h in range(131) if 3 * u + 5 * h == 130]) == 9


@given(claim=st.integers(0, N - 1), randomness=UNITS)
@settings(max_examples=200, deadline=None)
def test_a_hostile_customer_opens_only_the_truth(claim: int, randomness: int) -> None:
    """LOAD-17: under a good modulus no pair but the true one opens."""
    recorded = paillier.encrypt(N, 4711, 12345)
    if (claim, randomness) != (4711, 12345):
        with pytest.raises(ProofFailed):
            billing.verify_opening(N, recorded, claim, randomness)


def test_every_opening_of_a_toy_ciphertext() -> None:
    """LOAD-15, LOAD-17: of all 35 * 24 claims one is accepted."""
    recorded = paillier.encrypt(35, 17, 9)
    accepted = []
    for claim in range(35):
        for randomness in (r for r in range(1, 35) if gcd(r, 35) == 1):
            try:
                billing.verify_opening(35, recorded, claim, randomness)
            except ProofFailed:
                continue
            accepted.append((claim, randomness))
    assert accepted == [(17, 9)]
    assert billing.recover_opening(5, 7, recorded) == {"value": 17, "randomness": 9}


class Month(RuleBasedStateMachine):
    """LOAD-20: whatever days are asked for, each is closed once, in order, and the bill is theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.session: dict[str, Any] = {}
        billing.meter_start(P, Q, 100, 3, self.session)
        self.closed: list[tuple[int, int]] = []
        self.used: set[int] = set()

    @rule(
        day=st.integers(1, 4),
        use=st.tuples(st.integers(0, 60), st.integers(0, 60)),
        r=st.integers(2, 9),
        s=UNITS,
    )
    def close(self, day: int, use: tuple[int, int], r: int, s: int) -> None:
        """A day is closed, or refused and nothing is left of it."""
        before = repr(self.session)
        right = day == len(self.closed) + 1 and day <= 3 and sum(use) <= 100
        fresh = r != s and not self.used & {r, s}
        try:
            billing.meter_day(day, *use, r, s, self.session)
        except Refused:
            assert not (right and fresh)
            assert repr(self.session) == before
            return
        assert right
        assert fresh
        self.closed.append(use)
        self.used |= {r, s}

    @rule()
    def bill(self) -> None:
        """A bill comes only of a whole month."""
        if len(self.closed) < 3:
            with pytest.raises(State):
                billing.meter_bill(7, 9, self.session)
        else:
            wanted = sum(7 * u + 9 * h for u, h in self.closed)
            assert billing.meter_bill(7, 9, self.session)["bill"] == wanted


TestMonth = Month.TestCase
TestMonth.settings = settings(max_examples=30, stateful_step_count=15, deadline=None)


# ---- The modulus proof ---------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [16, 17, 24, 33, 64, 128])
def test_generated_primes_make_keys_with_proofs(bits: int) -> None:
    """LOAD-23, LOAD-24, LOAD-25, LOAD-26: two seeds, two primes, a key and its proof."""
    p, q = (modulus_proof.generate_prime(bits, seed(f"{name}/{bits}")) for name in "pq")
    assert p.bit_length() == q.bit_length() == bits
    assert p >> bits - 2 == q >> bits - 2 == 3
    modulus = paillier.key(p, q)["modulus"]
    assert modulus.bit_length() == 2 * bits
    rounds = 8 if bits > 16 else 9
    roots = modulus_proof.prove_modulus(p, q, bytes(32), rounds)
    modulus_proof.verify_modulus(modulus, bytes(32), roots)
    for index in range(rounds):
        assert pow(roots[index], modulus, modulus) == modulus_proof.challenge(
            modulus, bytes(32), rounds, index
        )


def test_challenges_bind_their_statement() -> None:
    """LOAD-24: the challenge changes with the modulus, the context, the number of rounds and the round."""
    challenges = {
        modulus_proof.challenge(N, bytes(32), 8, 0),
        modulus_proof.challenge(N, bytes(31) + b"\x01", 8, 0),
        modulus_proof.challenge(N, bytes(32), 9, 0),
        modulus_proof.challenge(N, bytes(32), 8, 1),
        modulus_proof.challenge(N + 2, bytes(32), 8, 0),
    }
    assert len(challenges) == 5


def test_proofs_of_bad_moduli_fail() -> None:
    """LOAD-26: for every odd n below 400 the best roots pass exactly where n is prime to its totient."""
    for modulus in range(15, 400, 2):
        totient = sum(gcd(x, modulus) == 1 for x in range(modulus))
        if totient == modulus - 1:
            continue
        roots = {pow(x, modulus, modulus): x for x in range(1, modulus)}
        challenges = [modulus_proof.challenge(modulus, bytes(32), 81, index) for index in range(81)]
        best = [roots.get(challenge, 1) for challenge in challenges]
        if gcd(modulus, totient) == 1:
            modulus_proof.verify_modulus(modulus, bytes(32), best)
        else:
            with pytest.raises(ProofFailed):
                modulus_proof.verify_modulus(modulus, bytes(32), best)


# ---- Messages ------------------------------------------------------------------------------------

ITEMS = st.recursive(
    st.one_of(st.integers(0, 2**64 - 1), st.binary(max_size=40), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(st.integers(0, 2**64 - 1), inner, max_size=5)
    ),
    max_leaves=8,
)


def depth(item: Any) -> int:
    """How deep an item is nested."""
    if isinstance(item, dict):
        return 1 + max(map(depth, item.values()), default=0)
    return 1 + max(map(depth, item), default=0) if isinstance(item, list) else 0


@given(item=ITEMS)
def test_encoding_is_that_of_cbor2_and_comes_back(item: Any) -> None:
    """LOAD-27: the encoding is cbor2's canonical one, and what is nested at most three deep is read back."""
    data = messages.encode(item)
    assert data == cbor2.dumps(item, canonical=True)
    if depth(item) <= 3:
        assert messages.decode(data) == item
    else:
        with pytest.raises(Malformed):
            messages.decode(data)


@given(data=st.binary(max_size=60))
@settings(max_examples=500)
def test_what_is_read_is_the_one_encoding(data: bytes) -> None:
    """LOAD-27: bytes are either refused or those that their item encodes to."""
    try:
        item = messages.decode(data)
    except Malformed:
        return
    assert messages.encode(item) == data


@given(item=ITEMS, place=st.integers(0, 200), bit=st.integers(0, 7))
def test_no_two_encodings_of_one_item(item: Any, place: int, bit: int) -> None:
    """LOAD-27: a changed byte is refused or is another item."""
    data = bytearray(messages.encode(item))
    data[place % len(data)] ^= 1 << bit
    try:
        other = messages.decode(bytes(data))
    except Malformed:
        return
    assert messages.encode(other) == bytes(data) != messages.encode(item)


def cddl() -> str:
    """The schemas of the reference as the text prints them."""
    lines = [f"{name}-type = {kind}" for kind, (name, _) in messages.SCHEMAS.items()]
    for name, parts in messages.SCHEMAS.values():
        lines.append(f"{name} = {{")
        optional = [part for part in parts if part.optional]
        for part in parts:
            if optional and part is optional[0]:
                lines.append("  ? (")
            kind = {
                "digest": "bytes .size 32",
                "flag": "bool",
                "uint": f"{part.least}..{part.most}",
                "natural": f"bytes .size (0..{part.most})",
            }[part.kind]
            lines.append(f"{'  ' * (1 + part.optional)}{part.key}: {kind}, ; {part.name}")
        lines += ["  ),"] if optional else []
        lines.append("}")
    return "\n".join(lines)


def test_the_text_prints_the_schemas() -> None:
    """LOAD-28: the CDDL in the text is that of the reference's schemas."""
    block = re.search(r"```cddl\n(.*?)\n```", SPEC.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    assert block[1].endswith(cddl())
    named = re.findall(r"\[1, ([\w-]+)-type, ([\w-]+), signature\]", block[1])
    assert (
        [pair[0] for pair in named]
        == [pair[1] for pair in named]
        == [s[0] for s in messages.SCHEMAS.values()]
    )


BODY = {1: bytes(32), 2: 7, 3: 81, 4: 12500}


@given(key=st.sampled_from(sorted(BODY)), value=st.one_of(ITEMS, st.just(None)))
def test_bodies_are_held_to_their_schema(key: int, value: Any) -> None:
    """LOAD-28: a member of another form, or missing (None), is malformed, a number out of bounds is range."""
    body = {k: v for k, v in {**BODY, key: value}.items() if v is not None}
    fits = isinstance(value, bytes) and len(value) == 32 if key == 1 else type(value) is int
    bound = {1: 0, 2: 2**32, 3: 2**53, 4: 2**53}[key]
    if not fits:
        with pytest.raises(Malformed):
            messages.check_body(messages.ALLOWANCE, body)
    elif key != 1 and value >= bound:
        with pytest.raises(Range):
            messages.check_body(messages.ALLOWANCE, body)
    else:
        assert messages.check_body(messages.ALLOWANCE, body) == body


@given(sequences=st.lists(st.integers(0, 20), min_size=1, max_size=10))
@settings(max_examples=25, deadline=None)
def test_sequence_numbers_increase(sequences: list[int]) -> None:
    """LOAD-29, LOAD-30: of messages in any order those are taken that are above all before."""
    secret, upcoming = seed("sender"), 0
    taken: list[int] = []
    for sequence in sequences:
        body = messages.encode({**BODY, 3: sequence})
        message = messages.sign_message(secret, messages.ALLOWANCE, body)
        try:
            messages.check_message(ed25519_public(secret), messages.ALLOWANCE, bytes(32), upcoming, message)
        except Replayed:
            assert taken
            assert sequence <= taken[-1]
            continue
        upcoming, taken = sequence + 1, [*taken, sequence]
    assert taken == sorted(set(taken))
