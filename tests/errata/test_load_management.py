"""What paper D prints about sums and bills and does not hold, with its counterexample and the correction.

The printed steps live here only. E and D are Paillier with the numbers as the paper has them.
"""

from fractions import Fraction
from math import gcd, log

import pytest

from meter_privacy.reference import billing, modulus_proof, paillier, summation
from meter_privacy.reference.dream import public_key
from meter_privacy.reference.errors import Policy, ProofFailed, Range, Replayed, Unauthentic
from meter_privacy.vectors.generators.load_management import best_roots, seed
from meter_privacy.vectors.generators.paillier_primes import factors
from meter_privacy.vectors.generators.primitives import ed25519_public

P, Q = 1009, 1013
N = P * Q
READINGS = (700, 1500, 300)
RANDOMNESS = (2718, 31415, 161803)
CONTEXT = bytes.fromhex("5a") * 32


def printed_ring(readings: tuple[int, ...], randomness: tuple[int, ...]) -> list[int]:
    """Section III-A: [M_1] = E(P_1), [M_i] = [P_i] [M_(i-1)] mod n^2; all messages."""
    messages: list[int] = []
    for reading, r in zip(readings, randomness, strict=True):
        last = messages[-1] if messages else 1
        messages.append(paillier.encrypt(N, reading, r) * last % N**2)
    return messages


def quotient(upper: int, lower: int) -> int:
    """The decryption of one message divided by another, by the holder of the key."""
    return paillier.decrypt(P, Q, upper * pow(lower, -1, N**2) % N**2)


def test_the_key_holder_reads_between_two_messages() -> None:
    """D-ERRATUM-6: the utility, which owns the key, decrypts M_i / M_(i-1); M_1 is a reading by itself.

    Sealed hops (LOAD-9) keep the messages from it, and its own sealing key does not open them.
    """
    messages = printed_ring(READINGS, RANDOMNESS)
    assert paillier.decrypt(P, Q, messages[-1]) == sum(READINGS)
    assert paillier.decrypt(P, Q, messages[0]) == READINGS[0]
    assert [quotient(messages[i], messages[i - 1]) for i in (1, 2)] == [1500, 300]

    roster, receiver, utility = seed("roster"), seed("receiver"), seed("utility")
    for position, message in enumerate(messages, 1):
        hop = summation.sign_hop(seed(f"sign/{position}"), roster, position, 9, position, N, message)
        box = summation.seal_hop(seed(f"fresh/{position}"), public_key(receiver), roster, 9, position, hop)
        assert message.to_bytes(5, "big") not in box
        assert summation.open_hop(receiver, roster, 9, position, box) == hop
        with pytest.raises(Unauthentic):
            summation.open_hop(utility, roster, 9, position, box)


def test_two_neighbours_and_the_key() -> None:
    """D-ERRATUM-6, LOAD-9: no sealing prevents that members i - 1 and i + 1 hand M_(i-1) and M_i over."""
    messages = printed_ring(READINGS, RANDOMNESS)
    opened_by_neighbours = messages[0], messages[1]
    assert quotient(opened_by_neighbours[1], opened_by_neighbours[0]) == READINGS[1]


def test_a_second_run_without_one_member() -> None:
    """D-ERRATUM-6: the interval again without user 2 is user 2's reading; LOAD-8 has one run an interval."""
    whole = paillier.decrypt(P, Q, printed_ring(READINGS, RANDOMNESS)[-1])
    without = paillier.decrypt(P, Q, printed_ring((700, 300), (99, 101))[-1])
    assert whole - without == READINGS[1]

    key, roster, other = seed("sign/1"), seed("roster"), seed("roster without 2")
    public, first = ed25519_public(key), paillier.encrypt(N, 700, 99)
    again = summation.sign_hop(key, other, 1, 9, 1, N, first)
    with pytest.raises(Replayed):
        summation.check_hop(public, other, 1, 9, 1, 10, N, again)
    with pytest.raises(Unauthentic):
        summation.check_hop(public, roster, 1, 9, 1, 9, N, again)


def test_a_message_replaced_on_the_way() -> None:
    """D-ERRATUM-6, LOAD-7: who carries M_2 puts another encryption in its place, and no total shows it."""
    forged = paillier.encrypt(N, 427, 5)
    last = paillier.encrypt(N, READINGS[2], RANDOMNESS[2]) * forged % N**2
    assert paillier.decrypt(P, Q, last) == 727 != sum(READINGS)

    message = summation.sign_hop(seed("carrier"), seed("roster"), 2, 9, 2, N, forged)
    with pytest.raises(Unauthentic):
        summation.check_hop(ed25519_public(seed("sign/2")), seed("roster"), 2, 9, 2, 9, N, message)


def test_the_printed_check_never_matches() -> None:
    """D-ERRATUM-7: the bill encrypted again is another ciphertext for every randomness but one.

    With the combined randomness (LOAD-16, LOAD-18) it matches, and a bill of one less is refused.
    """
    days = ((40, 3, 2, 3), (35, 0, 5, 7), (50, 9, 11, 13))
    prices = (21, 34)
    counters = [
        billing.Counters(normal=paillier.encrypt(N, u, r), high=paillier.encrypt(N, h, s))
        for u, h, r, s in days
    ]
    bill = sum(u * prices[0] + h * prices[1] for u, h, _, _ in days)
    recorded = billing.aggregate_month(N, counters, 3, 100, *prices)["bill"]
    r_normal, r_high = 2 * 5 * 11, 3 * 7 * 13
    matching = pow(r_normal, prices[0], N) * pow(r_high, prices[1], N) % N
    tried = [*range(1, 1000), matching]
    assert [r for r in tried if gcd(r, N) == 1 and paillier.encrypt(N, bill, r) == recorded] == [matching]

    openings = [
        billing.Opening(value=day[place], randomness=day[place + 2], scalar=prices[place])
        for day in days
        for place in (0, 1)
    ]
    combined = {"value": bill, "randomness": matching}
    assert billing.combine_openings(N, openings) == combined == billing.recover_opening(P, Q, recorded)
    billing.verify_bill(N, counters, 3, 100, *prices, bill, matching)
    with pytest.raises(ProofFailed):
        billing.verify_bill(N, counters, 3, 100, *prices, bill - 1, matching)


def test_the_only_matching_randomness_of_a_toy_key() -> None:
    """D-ERRATUM-7: exhaustively for n = 35: of the 24 encryptions of a bill one is that of the record."""
    recorded = paillier.encrypt(35, 9, 4) * paillier.encrypt(35, 8, 11) % 35**2
    matching = [r for r in range(1, 35) if gcd(r, 35) == 1 and paillier.encrypt(35, 17, r) == recorded]
    assert matching == [4 * 11 % 35]


def test_a_modulus_that_is_not_squarefree_opens_twice() -> None:
    """D-ERRATUM-8: n = 45: each of the 1080 pairs of a value and a randomness shares its ciphertext with two.

    n = 21 is squarefree and 3 divides 7 - 1: values are bound there, randomness is not. LOAD-26 refuses both,
    whatever roots are offered.
    """
    opened: dict[int, set[int]] = {}
    for m in range(45):
        for r in (r for r in range(1, 45) if gcd(r, 45) == 1):
            opened.setdefault(paillier.encrypt(45, m, r), set()).add(m)
    assert len(opened) == 360
    assert all(len(values) == 3 for values in opened.values())
    assert opened[62] == {7, 22, 37}
    values_21: dict[int, set[int]] = {}
    for m in range(21):
        for r in (r for r in range(1, 21) if gcd(r, 21) == 1):
            values_21.setdefault(paillier.encrypt(21, m, r), set()).add(m)
    assert len(values_21) == 84
    assert all(len(values) == 1 for values in values_21.values())

    billing.verify_opening(45, 62, 7, 2)
    billing.verify_opening(45, 62, 22, 17)
    for n in (45, 21):
        with pytest.raises(ProofFailed):
            modulus_proof.verify_modulus(n, CONTEXT, best_roots(n, CONTEXT, 81))


def test_bills_of_real_size_shift() -> None:
    """D-ERRATUM-8: n = 1009^k 1013 of 3072 bits passes the screening, and a bill opens 1022117 lower.

    s^n = (1 + n)^rad(n) modulo n^2 is solved modulo each prime power; the opening (m - rad(n), r s) is then
    as good as (m, r). The proof refuses n for its small factors (8 rounds).
    """
    k = 1
    while (P**k * Q).bit_length() < 3072:
        k += 1
    n, step = P**k * Q, P * Q
    assert paillier.check_modulus(n) == n.bit_length() >= 3072
    target = (1 + step * n) % n**2
    # Modulo p^2k the target is 1 modulo p^(k+1), where the logarithm of 1 + w is w. Its p^k-th root is the
    # exponential of w / p^k, a sum of k terms, as p is above k.
    prime_power = P ** (2 * k)
    cofactor = pow(Q, -1, P ** (2 * k - 1) * (P - 1))
    z = (pow(target, cofactor, prime_power) - 1) // P**k
    root = term = 1
    for j in range(1, k + 1):
        term = term * z * pow(j, -1, prime_power) % prime_power
        root = (root + term) % prime_power
    assert pow(root, n, prime_power) == target % prime_power
    # Modulo q^2 the target is 1 and so is the root.
    s = paillier.garner(root, 1, prime_power, Q**2)
    assert pow(s, n, n**2) == target

    bill, r = 5_000_000, 123456789
    recorded = paillier.encrypt(n, bill, r)
    billing.verify_opening(n, recorded, bill, r)
    billing.verify_opening(n, recorded, bill - step, r * s % n)
    with pytest.raises(Range):
        modulus_proof.verify_modulus(n, CONTEXT, [1] * 8)


def test_randomness_that_repeats() -> None:
    """D-ERRATUM-9: c / c' under one r is 1 + (m - m') n, read without a key; LOAD-12 refuses it."""
    first, second = paillier.encrypt(N, 1750, 77), paillier.encrypt(N, 1500, 77)
    assert (first * pow(second, -1, N**2) % N**2 - 1) // N == 250
    assert paillier.scale(N, first, 0) == 1
    with pytest.raises(Replayed):
        billing.encrypt_day(N, 2000, 1750, 0, 77, 77)


def test_a_sum_of_ciphertexts_is_none() -> None:
    """D-ERRATUM-9: the printed sum of encrypted days is no month; their product is (LOAD-13)."""
    days = [paillier.encrypt(N, use, r) for use, r in ((40, 5), (35, 6), (50, 7))]
    assert paillier.decrypt(P, Q, sum(days) % N**2) != 125
    product = days[0] * days[1] * days[2] % N**2
    assert paillier.decrypt(P, Q, product) == 125


def test_the_printed_verification_is_an_oracle() -> None:
    """D-ERRATUM-9: the customer who decrypts what the utility sends decrypts a day; LOAD-22 answers 0."""
    session: dict[str, object] = {}
    billing.meter_start(P, Q, 1000, 2, session)
    first = billing.meter_day(1, 450, 30, 5, 6, session)
    billing.meter_day(2, 300, 60, 7, 8, session)
    printed_answer = paillier.decrypt(P, Q, first["normal"])
    assert printed_answer == 450
    billing.meter_bill(1, 1, session)
    # Whatever figure goes with the day's record, and each costs the utility a question: no difference.
    assert {billing.meter_verdict(first["normal"], figure, session) for figure in range(1000)} == {0}
    with pytest.raises(Policy):
        billing.meter_bill(1, 2, session)


def test_prices_are_whole() -> None:
    """D-ERRATUM-9: [a]^(1/2) is a square root modulo n^2, and a rounded price another bill (LOAD-14)."""
    price = Fraction(1, 2)
    assert paillier.decrypt(P, Q, pow(paillier.encrypt(N, 7, 5), int(price), N**2)) == 0 != 7 * price
    assert paillier.decrypt(P, Q, paillier.scale(N, paillier.encrypt(N, 7, 5), 1)) == 7 == 2 * (7 * price)


def test_groups_of_one_and_two() -> None:
    """D-ERRATUM-19: of a group of one the total is the reading; of two, either member subtracts his own."""
    assert paillier.decrypt(P, Q, printed_ring((7,), (3,))[-1]) == 7
    assert paillier.decrypt(P, Q, printed_ring((7, 5), (3, 4))[-1]) - 5 == 7
    members = [
        summation.SealingMember(
            node=node, signing_key=ed25519_public(seed(f"s{node}")), sealing_key=public_key(seed(f"x{node}"))
        )
        for node in (1, 2)
    ]
    for count in (1, 2):
        with pytest.raises(Policy):
            summation.ring_roster(bytes(16), N, members[:count], 3, 100)


def test_keys_are_not_one() -> None:
    """D-ERRATUM-20: the product of ciphertexts under two moduli is the sum under neither; LOAD-1 binds n."""
    left, right = paillier.encrypt(35, 3, 2), paillier.encrypt(33, 4, 2)
    assert paillier.decrypt(5, 7, left * right % 35**2) != 7
    assert paillier.decrypt(3, 11, left * right % 33**2) != 7


def test_factoring_is_not_exponential() -> None:
    """D-ERRATUM-21: exp((64/9 ln n)^(1/3) (ln ln n)^(2/3)) falls behind every 2^(b/k)."""

    def exponent(bits: int) -> float:
        size = bits * log(2)
        return float((64 / 9 * size) ** (1 / 3) * log(size) ** (2 / 3) / log(2))

    rates = [exponent(bits) / bits for bits in (1024, 2048, 4096, 8192, 16384)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 3 * rates[-1]


def test_a_message_is_not_its_plaintext() -> None:
    """D-ERRATUM-22: with [M_1] = E(P_1) the letter M_1 is P_1, and step 4's sum is one modulo n (LOAD-6)."""
    assert paillier.encrypt(N, 700, 3) != 700
    near = N // 2
    wrapped = paillier.encrypt(N, near, 3) * paillier.encrypt(N, near + 2, 5) % N**2
    assert paillier.decrypt(P, Q, wrapped) == 1 != 2 * near + 2
    with pytest.raises(Policy):
        summation.ring_stop(P, Q, 3, 100, paillier.encrypt(N, 301, 3))


def test_the_printed_key_of_real_size() -> None:
    """D-ERRATUM-8, LOAD-23, LOAD-26: a key of 2048 bits has a proof, for its own context only."""
    p, q = factors("2048")
    roots = modulus_proof.prove_modulus(p, q, CONTEXT, 8)
    modulus_proof.verify_modulus(p * q, CONTEXT, roots)
    with pytest.raises(ProofFailed):
        modulus_proof.verify_modulus(p * q, bytes(32), roots)
