"""What paper E prints about energy tokens and does not hold, with its counterexample and the correction.

The printed steps live here only: raw RSA on v and x apart, a key for each token, F(token, date/time).
"""

import hashlib
from itertools import combinations, product
from math import gcd

import pytest

from meter_privacy.conformance.tables import load_tables
from meter_privacy.reference import blind_signatures, energy_tokens, token_keys, token_store, token_trade
from meter_privacy.reference.errors import (
    NotInGroup,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    Unauthentic,
)
from meter_privacy.reference.groups import group
from meter_privacy.vectors.generators.common import ask, draw_below
from meter_privacy.vectors.generators.energy_tokens import (
    NONCE,
    OTHER_NONCE,
    REPORT,
    SERVER,
    TOY,
    UTILITY,
    Held,
    Rsa,
    cbor,
    ed25519_public,
    fields,
    rsa_key,
    seed,
    signed,
    transcript,
)

P, Q, G = 2039, 1019, 4
# A modulus above p, so that v and x are residues of it; paper E does not say which is larger.
PRINTED = Rsa("printed", 1361, 1523, 65537)
N = PRINTED.n
S, R = 321, 700
V, X = pow(G, -S, P), pow(G, R, P)


def printed_challenge(token: object, date: str) -> int:
    """F(token, date/time), brought into Z_q."""
    return int.from_bytes(hashlib.sha256(f"{token}{date}".encode()).digest(), "big") % Q


def printed_signatures_hold(v: int, sigma_1: int, x: int, sigma_2: int) -> bool:
    """Section 3.2: both signatures are correct, under the one key, each for its half."""
    return pow(sigma_1, PRINTED.e, N) == v % N and pow(sigma_2, PRINTED.e, N) == x % N


def printed_spending_holds(v: int, x: int, e: int, y: int) -> bool:
    """x_i = g^y v_i^e_i mod p."""
    return pow(G, y, P) * pow(v, e, P) % P == x % P


def test_an_identity_modulo_two_numbers() -> None:
    """E-ERRATUM-10: x = g^r mod q does not verify modulo p; secrets of Z_p come back reduced. TOKEN-12."""
    printed_x = pow(G, 5, P) % Q
    assert (pow(G, 5, P), printed_x) == (1024, 5)
    e = 77
    y = (5 + e * S) % Q
    assert not printed_spending_holds(V, printed_x, e, y)
    assert printed_spending_holds(V, 1024, e, y)

    large = 1340
    responses = [(R + e * large) % Q for e in (3, 9)]
    assert energy_tokens.extract(Q, 3, responses[0], 9, responses[1])["secret"] == 321 == large % Q
    with pytest.raises(Range):
        energy_tokens.identity("toy-2039", large, R)
    assert energy_tokens.identity("toy-2039", S, R) == {"v": V.to_bytes(2, "big"), "x": X.to_bytes(2, "big")}


def test_unblinding_as_printed() -> None:
    """E-ERRATUM-11: R^e Sig(R v) is Sig(v) only where R^(e + d) = 1; (v R^e)^d / R always. TOKEN-15."""
    e, d = PRINTED.e, PRINTED.d
    works = [r for r in range(1, 3000) if pow(r, e, N) * PRINTED.sign(r * V) % N == PRINTED.sign(V)]
    assert works == [r for r in range(1, 3000) if pow(r, e + d, N) == 1] == [1]

    for r in (2, 77, N - 3):
        assert PRINTED.sign(V * pow(r, e, N)) * pow(r, -1, N) % N == PRINTED.sign(V)
    held = TOY.token()
    message = TOY.message(held.v, held.x)
    sent = energy_tokens.fdh_blind(TOY.rsa.n, TOY.rsa.e, message, 12345)
    answered = blind_signatures.blind_sign(TOY.rsa.p, TOY.rsa.q, TOY.rsa.e, sent["blinded_message"])
    with pytest.raises(Unauthentic):
        energy_tokens.fdh_finalize(TOY.rsa.n, TOY.rsa.e, message, answered, pow(12345, TOY.rsa.e, TOY.rsa.n))
    done = energy_tokens.fdh_finalize(TOY.rsa.n, TOY.rsa.e, message, answered, sent["inverse"])
    assert done == held.signature


def test_nobody_can_blind_or_verify() -> None:
    """E-ERRATUM-12: the printed token names no modulus: under three moduli it says three things.

    The announcement of TOKEN-9 comes before the blinding, and names all that TOKEN-17 leaves out.
    """
    moduli = (N, 1361 * 1531, 1367 * 1523)
    sigma = PRINTED.sign(V)
    assert [pow(sigma, PRINTED.e, n) == V for n in moduli] == [True, False, False]
    said = token_keys.check_announcement(ed25519_public(UTILITY), 1, "toy-2039", 60, TOY.announcement)
    assert (said["modulus"], said["exponent"], said["last_slot"]) == (TOY.rsa.n, TOY.rsa.e, 200)


def test_a_hash_is_no_exponent() -> None:
    """E-ERRATUM-13: of 3000 hashes fewer than a third are odd and prime to phi, as is due. TOKEN-10.

    The expected share is that of the numbers prime to phi; four standard deviations are 3.4 %.
    """
    key = rsa_key("bits-64")
    phi = (key.p - 1) * (key.q - 1)
    hashes = [int.from_bytes(hashlib.sha256(k.to_bytes(4, "big")).digest(), "big") for k in range(3000)]
    share = sum(gcd(e, phi) == 1 for e in hashes) / 3000
    primes = [f for f in range(2, 10**5) if phi % f == 0 and all(f % d for d in range(2, int(f**0.5) + 1))]
    due = 1.0
    for prime in primes:
        due *= 1 - 1 / prime
    assert abs(share - due) < 0.035
    assert share < 0.4

    announced = token_keys.announce(UTILITY, 1, 500, 7, 100, 200, "toy-2039", key.p, key.q)
    e = token_keys.parse_announcement(announced)[0]["exponent"]
    assert e % 2 == 1
    assert gcd(e, phi) == 1
    with pytest.raises(NotInvertible):
        blind_signatures.key(key.p, key.q, 3 if phi % 3 == 0 else next(f for f in primes if f > 2))


def test_an_exponent_that_marks() -> None:
    """E-ERRATUM-13: a utility with e = 3 and 3 | p - 1 reads one mark at issuing and at spending.

    The cubic residue class of v R^3 is that of v. The proof of TOKEN-8 cannot be given for such a key.
    """
    p, q, e = 1423, 1511, 3
    n = p * q
    assert (p - 1) % 3 == 0

    def mark(number: int) -> int:
        return pow(number, (p - 1) // 3, p)

    identities = [pow(G, k, P) for k in range(2, 42)]
    for k, v in enumerate(identities):
        blinding = 2 + draw_below(f"tokens/errata/{k}", n - 3)
        assert gcd(blinding, n) != 1 or mark(v * pow(blinding, e, n)) == mark(v)
    assert len({mark(v) for v in identities}) == 3

    context = seed("context")
    with pytest.raises(NotInvertible):
        token_keys.prove_key(p, q, e, context)
    cubes = [token_keys.challenge(n, e, context, index) for index in range(token_keys.rounds(e))]
    roots = [pow(rho, pow(e, -1, q - 1), n) for rho in cubes]
    with pytest.raises(ProofFailed):
        token_keys.verify_key(n, e, context, roots)
    assert 15 <= sum(mark(rho) == 1 for rho in cubes) <= 40


def test_a_key_for_each_token_is_its_name() -> None:
    """E-ERRATUM-14: e_2 of <Value || date || time> stands in issue and token: each spending is found.

    With one key for value and epoch (TOKEN-11) all 40 have the same, and a second one is evidence.
    """
    withdrawals = [f"500||2026-01-01||12:{minute:02}" for minute in range(40)]
    exponents = [int.from_bytes(hashlib.sha256(m.encode()).digest(), "big") | 1 for m in withdrawals]
    spent = [exponents[(17 * k + 5) % 40] for k in range(40)]
    linked = [exponents.index(e) for e in spent]
    assert linked == [(17 * k + 5) % 40 for k in range(40)]

    keys = {(TOY.rsa.n, TOY.rsa.e) for _ in withdrawals}
    assert len(keys) == 1
    other = signed(UTILITY, b"announcement", {**TOY.body, 5: 201})
    token_keys.check_equivocation(ed25519_public(UTILITY), TOY.announcement, other)
    with pytest.raises(Range, match="two keys"):
        token_store.bank_start(UTILITY, ed25519_public(SERVER), [TOY.key, TOY.key], {})


def test_ten_pairs_from_one_withdrawal() -> None:
    """E-ERRATUM-15: from one withdrawal nine pairs over {1, v, x} pass, and (0, 0), without secrets.

    One signature on both halves (TOKEN-13, TOKEN-16) leaves the one pair.
    """
    sigma = {1: 1, V: PRINTED.sign(V), X: PRINTED.sign(X)}
    pairs = list(product((1, V, X), repeat=2))
    assert len(set(pairs)) == 9
    assert all(printed_signatures_hold(v, sigma[v], x, sigma[x]) for v, x in pairs)
    assert printed_signatures_hold(0, 0, 0, 0)
    logs = {1: 0, V: -S, X: R}
    spent = 0
    for v, x in pairs:
        # x = g^y v^e is an equation for y, whose logarithms the holder knows.
        e = printed_challenge((v, x), "12:00")
        spent += printed_spending_holds(v, x, e, (logs[x] - e * logs[v]) % Q)
    assert spent == 9
    assert printed_spending_holds(1, 1, printed_challenge((1, 1), "12:00"), 0)
    assert printed_spending_holds(0, 0, printed_challenge((0, 0), "12:00"), 5)
    square = V * V
    assert square >= P
    assert printed_signatures_hold(square, pow(sigma[V], 2, N), X, sigma[X])
    # A store that refuses v or x seen before, each in its place, still takes three and (1, 1) or (0, 0).
    best = max(
        len(chosen)
        for size in range(1, 5)
        for chosen in combinations([*pairs, (0, 0)], size)
        if len({v for v, _ in chosen}) == size == len({x for _, x in chosen})
    )
    assert best == 4

    held = TOY.token()
    one = (1).to_bytes(2, "big")
    for half_v, half_x in product((one, held.v, held.x), repeat=2):
        if (half_v, half_x) != (held.v, held.x):
            with pytest.raises((Unauthentic, NotInGroup, Range)):
                energy_tokens.check_token(TOY.key, 150, cbor([1, {**held.body, 5: half_v, 6: half_x}]))
    square_bytes = pow(int.from_bytes(held.v, "big"), 2, P).to_bytes(2, "big")
    with pytest.raises(Unauthentic):
        energy_tokens.check_token(TOY.key, 150, cbor([1, {**held.body, 5: square_bytes}]))


def test_numbers_that_are_not_in_the_group() -> None:
    """E-ERRATUM-15: v' = p - v of order 2 q passes for half of all challenges; v + p for all.

    REPORT-1 and TOKEN-17 take one encoding of an element of order q.
    """
    negative = P - V
    assert pow(negative, Q, P) == P - 1
    passed = sum(printed_spending_holds(negative, X, e, (R + e * S) % Q) for e in range(1, Q))
    assert passed == sum(e % 2 == 0 for e in range(1, Q)) == 509
    for same in (V + P, V + 31 * P):
        assert all(printed_spending_holds(same, X, e, (R + e * S) % Q) for e in range(1, Q))

    held = TOY.token()
    v = int.from_bytes(held.v, "big")
    for number, error in ((P - v, NotInGroup), (v + P, Range), (1, NotInGroup), (0, Range), (P, Range)):
        with pytest.raises(error):
            energy_tokens.check_token(TOY.key, 150, cbor([1, {**held.body, 5: number.to_bytes(2, "big")}]))


def test_equal_halves_give_both_secrets() -> None:
    """E-ERRATUM-15: v = x says r = -s, and one response gives s = y / (e - 1): refused by TOKEN-12."""
    s, e = 321, 77
    r = Q - s
    assert pow(G, -s, P) == pow(G, r, P)
    y = (r + e * s) % Q
    assert y * pow(e - 1, -1, Q) % Q == s
    with pytest.raises(Range):
        energy_tokens.identity("toy-2039", s, r)
    same = pow(G, r, P).to_bytes(2, "big")
    with pytest.raises(Range):
        energy_tokens.token_message(1, 500, 7, "toy-2039", same, same)


def test_one_second_one_challenge() -> None:
    """E-ERRATUM-16: at one time the printed challenges are equal, and give nothing. TOKEN-19, TOKEN-27.

    Two nonces, or two reports, make two challenges; the same transcript again is a replay and no evidence.
    """
    token = (V, X)
    first, second = (printed_challenge(token, "2026-01-01 12:00:00") for _ in range(2))
    assert first == second
    y = (R + first * S) % Q
    with pytest.raises(Replayed):
        energy_tokens.extract(Q, first, y, second, y)
    later = printed_challenge(token, "2026-01-01 12:00:01")
    assert energy_tokens.extract(Q, first, y, later, (R + later * S) % Q) == {"secret": S, "nonce": R}

    held = TOY.token()
    challenges = {
        held.challenge(REPORT, NONCE),
        held.challenge(REPORT, OTHER_NONCE),
        held.challenge(NONCE, NONCE),
    }
    assert len(challenges) == 3
    one, key = transcript(held.spending(REPORT, NONCE)), ed25519_public(SERVER)
    with pytest.raises(Replayed):
        energy_tokens.check_evidence(key, TOY.key, one, one, held.s, held.r)


def test_a_relay_spends_what_it_carries() -> None:
    """E-ERRATUM-17: token, y and date hold for any report that they go with; ours for one. TOKEN-19.

    Nor can a payment be denied: the receipt is the utility's signature. TOKEN-25.
    """
    token, date = (V, X), "2026-01-01 12:00:00"
    y = (R + printed_challenge(token, date) * S) % Q
    mine, stolen = ("the home's report", token, y, date), ("the relay's report", token, y, date)
    for _, sent, response, time in (mine, stolen):
        assert printed_spending_holds(*sent, printed_challenge(sent, time), response)

    held = TOY.token()
    spending = held.spending(REPORT, NONCE)
    bank: dict[str, object] = {}
    token_store.bank_start(UTILITY, ed25519_public(SERVER), [TOY.key], bank)
    token_store.bank_nonce(NONCE, bank)
    with pytest.raises(ProofFailed):
        token_store.bank_spend(150, transcript({**spending, "report": seed("relay")}), bank)
    taken = token_store.bank_spend(150, transcript(spending), bank)
    assert energy_tokens.check_receipt(ed25519_public(UTILITY), transcript(spending), taken["receipt"]) == 150


def test_evidence_that_the_utility_makes_alone() -> None:
    """E-ERRATUM-17: the utility draws s and r, signs, answers twice: the paper's strong evidence.

    Of TOKEN-28 it lacks the report server's signatures; and against a home's token it lacks the logarithm:
    every s fits one response.
    """
    s, r = 12, 34
    v, x = pow(G, -s, P), pow(G, r, P)
    sigma_1, sigma_2 = PRINTED.sign(v), PRINTED.sign(x)
    assert printed_signatures_hold(v, sigma_1, x, sigma_2)
    e, f = (printed_challenge((v, x), time) for time in ("12:00", "12:01"))
    y, z = (r + e * s) % Q, (r + f * s) % Q
    assert printed_spending_holds(v, x, e, y)
    assert printed_spending_holds(v, x, f, z)
    assert energy_tokens.extract(Q, e, y, f, z) == {"secret": s, "nonce": r}

    held = Held(TOY, s, r, b"")
    forged = [transcript(held.spending(REPORT, nonce), UTILITY) for nonce in (NONCE, OTHER_NONCE)]
    with pytest.raises(Unauthentic):
        energy_tokens.check_evidence(ed25519_public(SERVER), TOY.key, forged[0], forged[1], s, r)

    honest = TOY.token()
    e = honest.challenge(REPORT, NONCE)
    y = honest.respond(REPORT, NONCE)
    fitting = [(guess, (y - e * guess) % Q) for guess in range(1, Q)]
    assert all((r + e * s) % Q == y for s, r in fitting)
    assert sum(pow(G, -s, P) == int.from_bytes(honest.v, "big") for s, _ in fitting) == 1


def test_joined_texts_that_cannot_be_parted() -> None:
    """E-ERRATUM-18: 1 || 0213 is 10 || 213: two values, one m. Lengths come first. TOKEN-10, TOKEN-13."""
    assert "1" + "0213" == "10" + "213"
    moved = [
        TOY.key | {"value_wh": value, "epoch": epoch} for value, epoch in ((1, 213), (10, 213), (1, 10213))
    ]
    assert len({token_keys.statement(other) for other in moved}) == 3
    held = TOY.token()
    shifted = held.data + REPORT[:1], REPORT[1:] + NONCE[:1], NONCE[1:] + b"\0"
    assert held.data + REPORT + NONCE + b"\0" == b"".join(shifted)
    assert energy_tokens.challenge("toy-2039", *shifted) != held.challenge(REPORT, NONCE)
    with pytest.raises(Policy):
        token_trade.denominate([10, 50, 100], 10213)


def test_eighty_bits() -> None:
    """E-ERRATUM-22: a group of 160 bits takes 2^80 steps: the hardened profile refuses it. TOKEN-35."""
    small = group("modp-1024-160")
    assert small.order.bit_length() == 160
    given = {"group": "modp-1024-160", "secret": 3, "nonce": 5}
    assert "output" in ask("energy_tokens.identity", "published", fields("identity", given))
    assert ask("energy_tokens.identity", "hardened", fields("identity", given)) == {"error": "range"}
    table = load_tables().operations["energy_tokens.extract"]
    extracting = {"order": small.order, "challenge_1": 1, "response_1": 2, "challenge_2": 3, "response_2": 4}
    assert "output" in ask(table.name, "published", fields("extract", extracting))
    assert ask(table.name, "hardened", fields("extract", extracting)) == {"error": "range"}


def test_a_payment_that_is_not_the_reading() -> None:
    """E-ERRATUM-23: a report that says half, paid for what it says, passes every check: TOKEN-34."""
    held = TOY.token()
    half = hashlib.sha256(b"report: 500 Wh, of 1000 metered").digest()
    spending = held.spending(half, NONCE)
    assert energy_tokens.check_spending(TOY.key, 150, **spending) == held.challenge(half, NONCE)
