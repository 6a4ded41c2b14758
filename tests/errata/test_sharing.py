"""What paper E prints about sharing among report servers and does not hold, with its counterexample.

The printed steps live here only. The small numbers are modulo p = 2039, q = 1019, g = 4.
"""

import json
from itertools import combinations
from math import isqrt, log2

import pytest

from meter_privacy.conformance.implementation import load_implementation
from meter_privacy.conformance.serve import answer_line
from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.values import encode_fields
from meter_privacy.reference import pvss, pvss_server, sharing
from meter_privacy.reference.errors import Exhausted, Policy, ProofFailed, Range, Replayed, State
from meter_privacy.reference.groups import ModularGroup, group
from meter_privacy.vectors.generators.reporting_sharing import (
    WORLDS,
    dealt,
    homes,
    opened_sum,
)

P, Q, G = 2039, 1019, 4
CURVE = WORLDS["P-256", "hardened"]
TOY = WORLDS["toy-2039", "published"]


def printed_shares(
    h: int, coefficients: list[int], private: dict[int, int]
) -> tuple[list[int], dict[int, int]]:
    """Algorithm 2, lines 3 and 4: C_j = g^(alpha_j), Y_i = y_i^(p(i)), with y_i = h^(x_i)."""
    commitments = [pow(G, a, P) for a in coefficients]
    values = {i: sum(a * i**j for j, a in enumerate(coefficients)) for i in private}
    return commitments, {i: pow(pow(h, x, P), values[i] % Q, P) for i, x in private.items()}


def printed_recovery(shares: dict[int, int], chosen: tuple[int, ...], weights_of: tuple[int, ...]) -> int:
    """Algorithm 2, line 6: the product of S_i^(lambda_i), with the weights of some set of indices."""
    weights = sharing.lagrange(weights_of, Q)
    product = 1
    for i, weight in zip(chosen, weights, strict=True):
        product = product * pow(shares[i], weight, P) % P
    return product


def found(h: int, element: int) -> int:
    """The least exponent, by trying: what paper E leaves to be done."""
    return next(m for m in range(Q) if pow(h, m, P) == element)


def test_pairs_of_reading_and_time_do_not_add() -> None:
    """E-ERRATUM-3: alpha_0 = <cons, timestamp>; REPORT-34 shares the reading alone, the slot is public."""
    field = 32
    meters = [(5, 3_000_000_000), (10, 3_000_000_000)]
    total = sum(reading << field | time for reading, time in meters)
    assert (total >> field, total % 2**field) == (16, 6_000_000_000 - 2**field)

    readings = {(1, 95): 5, (2, 95): 10}
    dealings = dealt(TOY, readings)
    given = opened_sum(TOY, dealings, (1, 3))
    assert pvss.open_sum(**given, bound_wh=200) == 15


def test_the_commitment_shows_the_reading() -> None:
    """E-ERRATUM-4: C_0 = g^cons in a group of 2048 bits, and 13577 multiplications find it.

    REPORT-43 commits to a random number: no reading up to 20000 Wh explains what is published.
    """
    large = group("modp-2048")
    assert isinstance(large, ModularGroup)
    printed = large.power(large.generator, 13577)
    element, tried = 1, 0
    while element != printed:
        element, tried = element * large.generator % large.p, tried + 1
    assert tried == 13577

    roster = CURVE.roster()
    dealing = pvss.deal(**roster, node=1, slot=1, reading_wh=13577, randomness=CURVE.randomness("erratum"))
    members = group("P-256")
    candidates = set(sharing.baby_steps("P-256", 20000))
    published = [dealing["commitments"][0], dealing["masked"]]
    assert not candidates & {members.decode(encoding) for encoding in published}
    assert not candidates & set(members.decode_all(dealing["encrypted"]))


def test_what_is_recovered_is_no_number_and_wraps() -> None:
    """E-ERRATUM-5: h^(sum) needs a logarithm, and modulo q 1500 is 481; REPORT-47 bounds the sum below q."""
    h = 9
    readings = (700, 800)
    recovered = pow(h, sum(readings), P)
    assert recovered != 1500 % P
    assert found(h, recovered) == 481 == 1500 - Q

    dealings = dealt(TOY, {(1, 1): 90, (2, 1): 95})
    given = opened_sum(TOY, dealings, (1, 2))
    with pytest.raises(Range, match="not below the order"):
        pvss.open_sum(**given, bound_wh=1500)
    with pytest.raises(Exhausted):
        pvss.open_sum(**given, bound_wh=184)
    assert pvss.open_sum(**given, bound_wh=185) == 185


def test_the_weights_are_those_of_who_answered() -> None:
    """E-ERRATUM-6: the product over i = 1 to t with servers {1, 3, 5}; REPORT-37 takes the actual set."""
    h, private = 9, {1: 33, 2: 77, 3: 5, 4: 210, 5: 801}
    _, encrypted = printed_shares(h, [150, 77, 601], private)
    shares = {i: pow(y, pow(private[i], -1, Q), P) for i, y in encrypted.items()}
    assert found(h, printed_recovery(shares, (1, 2, 3), (1, 2, 3))) == 150
    assert found(h, printed_recovery(shares, (1, 3, 5), (1, 2, 3))) != 150
    for chosen in combinations(private, 3):
        assert found(h, printed_recovery(shares, chosen, chosen)) == 150

    dealings = dealt(CURVE, homes(CURVE))
    total = sum(homes(CURVE).values())
    assert pvss.open_sum(**opened_sum(CURVE, dealings, (1, 5, 300)), bound_wh=total) == total


def test_indices_that_are_zero_modulo_q_and_inverses_modulo_p_minus_1() -> None:
    """E-ERRATUM-6: p(0), p(q), equal indices modulo q; 1/x modulo p - 1 is not for even x. REPORT-35."""
    coefficients = [150, 77]
    for index in (0, Q):
        assert sharing.evaluate(coefficients, index, Q) == 150
    with pytest.raises(ValueError, match="not invertible"):
        pow((Q + 3) - 3, -1, Q)
    with pytest.raises(ValueError, match="not invertible"):
        pow(210, -1, P - 1)
    for indices in ([0, 1, 2], [1, 2, Q], [1, 2, Q + 1], [2, 1, 3], [1, 1, 2]):
        with pytest.raises(Range):
            sharing.share_secret(Q, 150, [77], indices)


def test_a_false_share_makes_subsets_disagree() -> None:
    """E-ERRATUM-7: nothing printed keeps a meter from Y_3 = y_3^(p(3) + 5); REPORT-45 finds it."""
    h, private = 9, {1: 33, 2: 77, 3: 5}
    _, encrypted = printed_shares(h, [150, 77], private)
    encrypted[3] = pow(pow(h, private[3], P), 150 + 77 * 3 + 50, P)
    shares = {i: pow(y, pow(private[i], -1, Q), P) for i, y in encrypted.items()}
    totals = [found(h, printed_recovery(shares, chosen, chosen)) for chosen in combinations(private, 2)]
    assert totals == [150, 125, 50]

    world = CURVE
    false = world.deal(7, 95, 42, world.randomness("false"), false_share=(5, 50))
    with pytest.raises(ProofFailed):
        pvss.verify_dealing(**world.roster(), node=7, slot=95, **false)


def test_a_server_moves_the_total() -> None:
    """E-ERRATUM-7: server 1 sends S_1 h^(40 / lambda_1) and makes 190 of 150; REPORT-46 asks for a proof."""
    h, private = 9, {1: 33, 2: 77, 3: 5}
    _, encrypted = printed_shares(h, [150, 77], private)
    shares = {i: pow(y, pow(private[i], -1, Q), P) for i, y in encrypted.items()}
    weight = sharing.lagrange((1, 2), Q)[0]
    shares[1] = shares[1] * pow(h, 40 * pow(weight, -1, Q) % Q, P) % P
    assert found(h, printed_recovery(shares, (1, 2), (1, 2))) == 190

    given = opened_sum(TOY, dealt(TOY, homes(TOY)), (1, 2))
    members = group("toy-2039")
    honest = members.decode(given["shares"][0]["share"])
    moved = members.encode(members.multiply(honest, members.power(pvss.second_generator(members), 7)))
    given["shares"][0] = {**given["shares"][0], "share": moved}
    with pytest.raises(ProofFailed):
        pvss.open_sum(**given, bound_wh=500)


def test_generators_with_a_known_relation() -> None:
    """E-ERRATUM-8: h = g^2, and C_0^2 = h^(alpha_0) for everybody, without a server; REPORT-39 hashes h.

    In the masked form the same h gives U / C_0^2 = g^m.
    """
    h = pow(G, 2, P)
    commitments, _ = printed_shares(h, [150, 77], {1: 33, 2: 77, 3: 5})
    assert pow(commitments[0], 2, P) == pow(h, 150, P)
    s, m = 601, 42
    masked = pow(h, s, P) * pow(G, m, P) % P
    assert found(G, masked * pow(pow(G, s, P), -2, P) % P) == m

    members = group("P-256")
    second = pvss.second_generator(members)
    assert second not in sharing.baby_steps("P-256", 20000)
    assert members.encode(second) == pvss.generators("P-256")["h"]


def test_threshold_and_servers() -> None:
    """E-ERRATUM-9: with t = 1 every server reads alone, with n = t one silent one stops all. REPORT-36."""
    h, private = 9, {1: 33, 2: 77}
    _, encrypted = printed_shares(h, [150], private)
    assert {found(h, pow(y, pow(private[i], -1, Q), P)) for i, y in encrypted.items()} == {150}

    with pytest.raises(Range):
        sharing.check_threshold(1, 5)
    with pytest.raises(Range):
        sharing.check_threshold(6, 5)
    with pytest.raises(Policy):
        sharing.check_majority(3, 4)


def test_two_sums_that_differ_in_one_meter() -> None:
    """E-ERRATUM-9: servers that add whatever they are asked to show a reading; REPORT-51 opens each once."""
    readings = {(1, 95): 42, (2, 95): 77, (3, 95): 11}
    dealings = dealt(TOY, readings)
    with_all = pvss.open_sum(**opened_sum(TOY, dealings, (1, 2)), bound_wh=300)
    without = pvss.open_sum(**opened_sum(TOY, dealings[1:], (1, 2)), bound_wh=300)
    assert with_all - without == 42

    session: dict[str, object] = {}
    pvss_server.server_start(**TOY.roster(), index=1, private_key=TOY.private[1], session=session)
    for dealing in dealings:
        pvss_server.server_receive(**dealing, session=session)
    places = [{"node": node, "slot": slot} for node, slot in readings]
    randomness = TOY.randomness("errata", 1)
    pvss_server.server_open(places, randomness, session)
    with pytest.raises(Replayed):
        pvss_server.server_open(places[1:], randomness, session)
    with pytest.raises(State):
        pvss_server.server_open([{"node": 8, "slot": 1}, {"node": 9, "slot": 1}], randomness, session)


def test_who_learns_the_sum() -> None:
    """E-ERRATUM-26: t servers can open the sum without the utility, whichever paragraph one follows.

    REPORT-50 has the utility open it from shares sent to it; fewer than t servers cannot: with t - 1 shares
    of the toy group every sum is as good as another.
    """
    given = opened_sum(TOY, dealt(TOY, homes(TOY)), (2, 3))
    total = pvss.open_sum(**given, bound_wh=500)
    assert total == sum(homes(TOY).values())
    members = group("toy-2039")
    h = pvss.second_generator(members)
    share = members.decode(given["shares"][0]["share"])
    weights = sharing.lagrange([2, 3], Q)
    masked = members.decode(given["masked"])
    possible = set()
    for guess in range(Q):
        other = members.power(h, guess)
        mask = members.product_of_powers([(share, weights[0]), (other, weights[1])])
        possible.add(members.multiply(masked, members.invert(mask)))
    assert len(possible) == Q
    with pytest.raises(Range):
        pvss.open_sum(**{**given, "shares": given["shares"][:1]}, bound_wh=500)


def generic_steps(p: int, q: int, g: int, exponent: int) -> int:
    """Multiplications of a generic logarithm in a subgroup of order q."""
    width = isqrt(q) + 1
    small = {pow(g, j, p): j for j in range(width)}
    giant, element = pow(g, -width, p), pow(g, exponent, p)
    for block in range(width):
        if element in small:
            assert (block * width + small[element]) % q == exponent
            return width + block
        element = element * giant % p
    raise AssertionError


def test_the_printed_sizes() -> None:
    """E-ERRATUM-22: the work is the root of q, however long p is; 160 bits give 80. REPORT-1 refuses them.

    Subgroups of 20 and 28 bits modulo primes of 512 bits; and the hardened profile on the sizes of the paper.
    """
    worst = []
    for q, cofactor in ((1048583, 2**492), (268435459, 2**484)):
        k = next(k for k in range(cofactor, cofactor + 10**5) if k % 2 == 0 and is_probable_prime(k * q + 1))
        p = k * q + 1
        g = next(e for e in (pow(b, k, p) for b in range(2, 50)) if e != 1)
        assert p.bit_length() >= 512
        worst.append(generic_steps(p, q, g, q - 1))
    assert abs(log2(worst[1] / worst[0]) - 4) < 0.01

    small = group("modp-1024-160")
    assert log2(small.order) / 2 < 80
    element = small.encode(small.generator)
    tables = load_tables()
    reference = load_implementation("reference", tables)
    operation = tables.operations["reporting.check_element"]
    for profile, expected in (("published", "output"), ("hardened", "range")):
        given = encode_fields(operation.input, {"group": "modp-1024-160", "element": element})
        line = {"id": 1, "operation": operation.name, "profile": profile, "input": given}
        answer = answer_line(reference, json.dumps(line).encode())
        assert answer.get("error", {}).get("class", "output") == expected


def is_probable_prime(n: int) -> bool:
    return all(pow(base, n - 1, n) == 1 for base in (2, 3, 5))
