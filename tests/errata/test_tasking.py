"""What paper E prints about tasks and rewards and does not hold, each with its counterexample.

The printed steps live here only. Attacks run as printed and are then refused by the reference.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import cbor2
import pytest
from btclib.script.sig_hash import segwit_v0
from btclib.script.witness import Witness
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from meter_privacy.reference import deposit, deposit_transactions, rewards, tasking
from meter_privacy.reference.errors import Malformed, Policy, ProofFailed, Replayed, State, Unauthentic
from meter_privacy.vectors.generators.common import draw_bytes
from meter_privacy.vectors.generators.primitives import public_key

NOW = 1_900_000_000
UP, METER, TASK_ID = (draw_bytes(f"errata/tasking/{name}", 16) for name in ("up", "meter", "task"))
UP_KEY = draw_bytes("errata/tasking/key", 32)
UP_PUBLIC = Ed25519PrivateKey.from_private_bytes(UP_KEY).public_key().public_bytes_raw()
COST, REWARD = 200, 600


def seed(label: str, length: int = 32) -> bytes:
    """Bytes of a label."""
    return draw_bytes(f"errata/tasking/{label}", length)


def readings_of(homes: int) -> list[int]:
    """A reading for each home."""
    return [100 + 37 * home for home in range(homes)]


def verdict(k: int, homes: int, regions: Iterable[Iterable[int]]) -> list[int]:
    """What the reference finds, with one home in each cell."""
    cells: list[tasking.Cell] = [{"cell": home, "meters": 1} for home in range(homes)]
    return tasking.region_verdict(k, cells, [{"cells": sorted(region)} for region in regions])


def task_body(region: Sequence[int], name: str = "task", **changed: int) -> dict[int, Any]:
    """A task of a period."""
    body = {1: UP, 2: seed(name, 16), 3: NOW, 4: NOW + 1000, 5: list(region), 6: NOW, 7: 900, 8: 7200}
    return {**body, **{int(key[1:]): value for key, value in changed.items()}}


def signed(body: dict[int, Any], kind: int = tasking.FREQUENCY, key: bytes = UP_KEY) -> bytes:
    """A signed message."""
    return tasking.sign_message(key, kind, cbor2.dumps(body, canonical=True))


def started(meters: Sequence[int], k: int, region_policy: int = tasking.DROP) -> dict[str, Any]:
    """A task server."""
    session: dict[str, Any] = {}
    cells: list[tasking.Cell] = [{"cell": cell, "meters": count} for cell, count in enumerate(meters)]
    tasking.server_start(
        session, UP_PUBLIC, UP, k, cells, 1, 10**6, 10**9, 255, 10**6, region_policy, tasking.DROP, 64
    )
    return session


# ---- Algorithm 3 ---------------------------------------------------------------------------------


def printed_bytes(*parts: object) -> bytes:
    """What is signed, in some encoding that keeps the parts apart."""
    return cbor2.dumps(list(parts))


def test_the_printed_message_never_verifies() -> None:
    """E-ERRATUM-1, TASK-3: sigma is over (UP, t, Ts), the message is <SM, cons, Ts, sigma>, U verifies."""
    key = Ed25519PrivateKey.from_private_bytes(UP_KEY)
    t = [TASK_ID, NOW, 900, 7200]
    sigma = key.sign(printed_bytes(UP, t, NOW))
    meter, cons, timestamp, sent = METER, 13577, NOW, sigma
    user = METER
    for given in ((user, t, timestamp), (meter, cons, timestamp), (user, cons, timestamp)):
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(UP_PUBLIC).verify(sent, printed_bytes(*given))
    key.public_key().verify(sigma, printed_bytes(UP, t, NOW))
    message = signed(task_body([0]))
    assert tasking.check_task(UP_PUBLIC, UP, NOW, 1000, message)["type"] == tasking.FREQUENCY
    with pytest.raises(Malformed):
        tasking.check_task(UP_PUBLIC, UP, NOW, 1000, printed_bytes(meter, cons, timestamp, sigma))
    with pytest.raises(Unauthentic):
        tasking.check_task(UP_PUBLIC, METER, NOW, 1000, message)


# ---- Regions -------------------------------------------------------------------------------------


def printed_acceptable(k: int, region: Iterable[int]) -> bool:
    """Section 2.3.1: at least k meters can execute the task in the requested region."""
    return len(set(region)) >= k


def test_two_regions_that_differ_by_one_meter() -> None:
    """E-ERRATUM-19, TASK-6: A has 10 meters, B has them and one more; both pass, B - A is one reading."""
    readings = readings_of(30)
    a, b = set(range(10)), set(range(11))
    assert printed_acceptable(5, a)
    assert printed_acceptable(5, b)
    assert sum(readings[home] for home in b) - sum(readings[home] for home in a) == readings[10]
    assert verdict(5, 30, [a, b]) == [0, tasking.DIFFERENCE]
    assert verdict(5, 30, [a, set(range(15))]) == [0, 0]


def differ_enough(k: int, one: set[int], other: set[int]) -> bool:
    """The study's correction: the symmetric difference is of k meters or none."""
    return len(one ^ other) == 0 or len(one ^ other) >= k


def test_three_regions_that_differ_pairwise() -> None:
    """E-ERRATUM-43, TASK-6: X + z, Y + z, X + Y: any two differ by at least k, and together they give z."""
    k, readings = 5, readings_of(30)
    x, y, z = set(range(k)), set(range(k, 2 * k)), 2 * k
    regions = [x | {z}, y | {z}, x | y]
    assert all(differ_enough(k, one, other) for one in regions for other in regions)
    sums = [sum(readings[home] for home in region) for region in regions]
    assert sums[0] + sums[1] - sums[2] == 2 * readings[z]
    assert verdict(k, 30, regions) == [0, tasking.DIFFERENCE, tasking.DIFFERENCE]
    assert verdict(k, 30, reversed(regions)) == [0, tasking.DIFFERENCE, tasking.DIFFERENCE]


def test_three_regions_that_meet_pairwise() -> None:
    """E-ERRATUM-43, TASK-6: all differences and intersections of two are of k or more, with the area three
    give z.
    """
    k = 5
    ab, ac, bc = (set(range(start, start + k)) for start in (0, k, 2 * k))
    z = 3 * k
    a, b, c = ab | ac | {z}, ab | bc | {z}, ac | bc | {z}
    area = a | b | c
    readings = readings_of(len(area))
    for one, other in ((a, b), (a, c), (b, c)):
        assert min(len(one & other), len(one - other), len(other - one), len(area - one)) >= k
    sums = [sum(readings[home] for home in region) for region in (a, b, c, area)]
    assert sums[0] + sums[1] + sums[2] - 2 * sums[3] == readings[z]
    assert verdict(k, len(area), [a, b, c]) == [0, 0, tasking.DIFFERENCE]


def test_few_of_the_eligible_answer() -> None:
    """E-ERRATUM-19, TASK-7: 20 can, one does: the sum is that one's reading. It is held back."""
    readings = readings_of(20)
    eligible, actual = set(range(20)), {7}
    assert printed_acceptable(5, eligible)
    assert sum(readings[home] for home in actual) == readings[7]
    session = started([20, 20], 5)
    assert tasking.server_register(session, NOW, signed(task_body([0]))) == 0
    counts: list[tasking.Cell] = [{"cell": 0, "meters": 1}]
    released = tasking.server_release(session, seed("task", 16), counts)
    assert released == {"cells": [], "meters": 0}


def test_consent_that_betrays_a_neighbour() -> None:
    """E-ERRATUM-44, TASK-9, TASK-7: all homes but one agree to a task; the feeder has the total."""
    readings = readings_of(12)
    everybody, asked = set(range(12)), set(range(11))
    consented = {home: True for home in asked}
    assert all(consented.values())
    assert sum(readings[home] for home in everybody) - sum(readings[h] for h in asked) == readings[11]
    flagged = started([11, 1], 5, tasking.FLAG)
    assert tasking.server_register(flagged, NOW, signed(task_body([0]))) == tasking.DIFFERENCE
    with pytest.raises(Policy):
        tasking.server_release(flagged, seed("task", 16), [{"cell": 0, "meters": 11}])
    with pytest.raises(Policy):
        tasking.server_register(started([11, 1], 5), NOW, signed(task_body([0])))


# ---- The central bank ----------------------------------------------------------------------------


def h(reading: int) -> bytes:
    """The paper's hash of a measurement."""
    return hashlib.sha256(reading.to_bytes(4, "big")).digest()


def printed_mark(digest: bytes, task: bytes, nonce: bytes) -> bytes:
    """Section 2.3.2: s = F(h(m), t, N)."""
    return hashlib.sha256(digest + task + nonce).digest()


def bank() -> dict[str, Any]:
    """A bank's session."""
    session: dict[str, Any] = {}
    rewards.bank_start(session, UP_PUBLIC, UP, 100)
    return session


def pay(session: dict[str, Any], mark: bytes, sequence: int = 0, amount: int = 250) -> None:
    """The utility pays for a mark."""
    body = {1: UP, 2: sequence, 3: mark, 4: NOW + 1000, 5: amount}
    rewards.bank_payment(session, NOW, signed(body, tasking.PAYMENT))


def test_the_unsalted_digest_is_found_by_trying() -> None:
    """E-ERRATUM-20, TASK-13: the bank is told h(230), and tries the readings. A salt ends that."""
    told = h(230)
    assert next(reading for reading in range(2**16) if h(reading) == told) == 230
    salt, nonce = seed("salt"), seed("nonce")
    made = rewards.mark(TASK_ID, [230], salt, nonce)
    # Without the salt the right reading looks like any other; with it, and only then, it verifies.
    guesses = {rewards.result_digest(TASK_ID, [230], seed(f"guess/{number}")) for number in range(200)}
    assert made["digest"] not in guesses
    assert made["digest"] == rewards.result_digest(TASK_ID, [230], salt)


def test_a_nonce_of_sixteen_bits() -> None:
    """E-ERRATUM-20, TASK-14: paper E bounds N nowhere; of 16 bits it is found, and the reward with it."""
    digest, nonce = h(230), (51966).to_bytes(2, "big")
    s = printed_mark(digest, TASK_ID, nonce)
    tried = (number.to_bytes(2, "big") for number in range(2**16))
    assert next(guess for guess in tried if printed_mark(digest, TASK_ID, guess) == s) == nonce
    with pytest.raises(Malformed):
        rewards.mark(TASK_ID, [230], seed("salt"), nonce)
    with pytest.raises(Malformed):
        rewards.bank_claim(bank(), NOW, s, digest, nonce)


def test_the_server_puts_its_own_mark() -> None:
    """E-ERRATUM-20, TASK-15, TASK-16: the server forwards s' of its own; printed, nobody can tell."""
    digest = h(230)
    s = printed_mark(digest, TASK_ID, seed("nonce"))
    own = printed_mark(digest, TASK_ID, seed("thief"))
    printed_payments = {own: 250}
    assert printed_mark(digest, TASK_ID, seed("thief")) in printed_payments
    assert s not in printed_payments
    # Ours: the mark is not seen; what is put in its place is not what the receipt is for.
    salt, nonce = seed("salt"), seed("nonce")
    made = rewards.mark(TASK_ID, [230], salt, nonce)
    utility = seed("utility/box")
    to = public_key(utility)
    box = rewards.seal_mark(seed("e1"), to, TASK_ID, salt, made["digest"], made["mark"])
    assert made["mark"] not in box
    server = seed("server/key")
    public = Ed25519PrivateKey.from_private_bytes(server).public_key().public_bytes_raw()
    body = {1: METER, 2: TASK_ID, 3: rewards.payload_digest(box), 4: NOW}
    receipt = signed(body, tasking.RECEIPT, server)
    thief = rewards.mark(TASK_ID, [230], seed("salt'"), seed("nonce'"))
    swapped = rewards.seal_mark(seed("e2"), to, TASK_ID, seed("salt'"), thief["digest"], thief["mark"])
    assert rewards.open_mark(utility, TASK_ID, [230], swapped)["mark"] == thief["mark"]
    assert rewards.check_receipt(public, METER, TASK_ID, box, receipt) == NOW
    with pytest.raises(Unauthentic):
        rewards.check_receipt(public, METER, TASK_ID, swapped, receipt)
    with pytest.raises(ProofFailed):
        rewards.open_mark(utility, TASK_ID, [231], box)


def test_a_claim_that_is_paid_twice() -> None:
    """E-ERRATUM-20, TASK-18: printed, the bank verifies s and pays, as often as it is shown."""
    digest, nonce = h(230), seed("nonce")
    payments = {printed_mark(digest, TASK_ID, nonce): 250}
    paid = 0
    for _ in range(2):
        if printed_mark(digest, TASK_ID, nonce) in payments:
            paid += payments[printed_mark(digest, TASK_ID, nonce)]
    assert paid == 500
    session = bank()
    made = rewards.mark(TASK_ID, [230], seed("salt"), nonce)
    with pytest.raises(State):
        rewards.bank_claim(session, NOW, made["mark"], made["digest"], nonce)
    pay(session, made["mark"])
    assert rewards.bank_claim(session, NOW, made["mark"], made["digest"], nonce) == 250
    with pytest.raises(Replayed):
        rewards.bank_claim(session, NOW, made["mark"], made["digest"], nonce)
    with pytest.raises(Replayed):
        pay(session, made["mark"], 1)


def test_the_claim_tells_the_bank_the_task() -> None:
    """E-ERRATUM-20, TASK-18: <h(m), t, s, N> names the task, whose region is k homes; ours has s, c and N."""
    regions = {TASK_ID: set(range(5)), seed("other", 16): set(range(5, 900))}
    claim = (h(230), TASK_ID, printed_mark(h(230), TASK_ID, seed("nonce")), seed("nonce"))
    assert len(regions[claim[1]]) == 5
    # The same reading for two tasks: without the salt the claim fits neither better than the other.
    for task in regions:
        made = rewards.mark(task, [230], seed("salt"), seed("nonce"))
        ours = made["mark"] + made["digest"] + seed("nonce")
        assert len(ours) == 96
        assert task not in ours
        assert all(h(reading) not in ours for reading in range(1000))


def test_the_mark_is_no_signature() -> None:
    """E-ERRATUM-25, TASK-14: whoever has h(m), t and N makes s; it commits and authenticates nobody."""
    maker = printed_mark(h(230), TASK_ID, seed("nonce"))
    anybody = printed_mark(h(230), TASK_ID, seed("nonce"))
    assert maker == anybody
    made = rewards.mark(TASK_ID, [230], seed("salt"), seed("nonce"))
    by_hand = hmac.new(seed("nonce"), b"meter-privacy/tasking/1/mark\x00" + made["digest"], "sha256")
    assert made["mark"] == by_hand.digest()


# ---- Bitcoin -------------------------------------------------------------------------------------


def test_the_user_is_not_sure_of_the_reward() -> None:
    """E-ERRATUM-21, TASK-22: the user worked, the utility does not sign: the user has its cost."""
    printed = deposit.deposit_payoffs(1000, REWARD, 900, COST, 0)
    after_work = [row for row in printed if row["worked"] and not row["offered"]]
    assert [row["user"] for row in after_work] == [-COST, -COST]
    # "U will block the deposit transaction": it costs the utility, and gives the user nothing.
    assert {row["utility"] for row in after_work} == {900 - 1000}
    # The same block without any work: the deposit is held to ransom.
    ransom = [row for row in printed if not row["worked"] and row["offered"] and not row["agreed"]]
    assert [(row["utility"], row["user"]) for row in ransom] == [(-1000, 0)]
    # With the refund's branch the ransom is gone, and so is what the commitment was worth.
    ours = deposit.deposit_payoffs(1000, REWARD, 900, COST, 1)
    assert all(row["utility"] >= 0 for row in ours if not row["offered"])
    kept = [row["utility"] for row in ours if row["worked"] and not row["offered"]]
    paid = [row["utility"] for row in ours if row["worked"] and row["offered"] and row["agreed"]]
    assert min(kept) - Fraction(REWARD) == max(paid)


def test_a_deposit_that_both_must_sign_for() -> None:
    """E-ERRATUM-21, TASK-20, TASK-21: printed, a lock time later nobody gets it back; the refund's branch
    does.
    """
    utility, user = (int.from_bytes(seed(name), "big") >> 1 for name in ("btc/utility", "btc/user"))
    keys = [deposit_transactions.public_key(key) for key in (utility, user)]
    one, two = (bytes([len(key)]) + key for key in keys)
    script = b"\x52" + one + two + b"\x52\xae"
    output = b"\x00\x20" + hashlib.sha256(script).digest()
    back = {deposit_transactions.key_hash_script(keys[0]): 90_000}
    previous = (seed("btc/funding"), 0)

    def spent(signers: Sequence[int], lock_time: int) -> bool:
        made = deposit_transactions.unsigned(previous, back, lock_time, deposit_transactions.NOT_FINAL)
        digest = segwit_v0(script, made, 0, deposit_transactions.SIGHASH_ALL, 100_000)
        signatures = [deposit_transactions.sign(key, digest) for key in signers]
        made.vin[0].script_witness = Witness([b"", *signatures, script])
        return deposit_transactions.is_valid(made.serialize(include_witness=True), output, 100_000)

    assert spent([utility, user], 0)
    for lock_time, signers in product((0, NOW, 2**32 - 1), ([utility], [user], [utility, utility])):
        assert not spent(signers, lock_time)
    ours = deposit.deposit_script(keys[0], keys[1], NOW)
    refund = deposit_transactions.refund(previous, 100_000, ours["script"], back, utility, NOW)
    assert deposit_transactions.is_valid(refund, ours["output_script"], 100_000)
    assert not deposit_transactions.is_final(refund, NOW)
    assert deposit_transactions.is_final(refund, NOW + 1)
