"""What paper D prints about Paillier and does not hold, each with its counterexample and then the correction.

The printed formulas live here only. Floor division stands for the paper's L(x) = (x - 1)/n where it does
not come out even.
"""

from math import gcd, lcm

import pytest

from meter_privacy.reference import paillier
from meter_privacy.reference.errors import NotInvertible, Range


def printed_encrypt(n: int, m: int, r: int) -> int:
    """Section II.C: [m] = (m n + 1) r^n, for m and r in "Z_m", here reduced modulo n^2."""
    return (m * n + 1) * pow(r, n, n * n) % (n * n)


def printed_encrypt_general(n: int, g: int, m: int, r: int) -> int:
    """Section III.A, step 2: [M] = g^M r^n mod n^2."""
    return pow(g, m, n * n) * pow(r, n, n * n) % (n * n)


def printed_mu(p: int, q: int, g: int) -> int:
    """Section III.A, step 1: mu = L(g^lambda mod n^2)^-1 mod n; ValueError where there is none."""
    n = p * q
    return pow((pow(g, lcm(p - 1, q - 1), n * n) - 1) // n, -1, n)


def printed_decrypt(p: int, q: int, c: int, g: int | None = None) -> int:
    """Section III.A, step 3: M = L([M]^lambda mod n^2) mu mod n, without any check."""
    n = p * q
    u = pow(c, lcm(p - 1, q - 1), n * n)
    return (u - 1) // n * printed_mu(p, q, n + 1 if g is None else g) % n


def test_randomness_and_message_of_z_m() -> None:
    """D-ERRATUM-1: a random value that is no unit, or a message of n and more, decrypts to another
    message.
    """
    assert printed_decrypt(5, 7, printed_encrypt(35, 3, 5)) == 13
    assert printed_encrypt(35, 38, 2) == printed_encrypt(35, 3, 2) == 683
    assert printed_decrypt(5, 7, printed_encrypt(35, 38, 2)) == 3
    lost = [r for r in range(35) if printed_decrypt(5, 7, printed_encrypt(35, 3, r)) != 3]
    assert lost == [r for r in range(35) if gcd(r, 35) != 1]

    with pytest.raises(NotInvertible):
        paillier.encrypt(35, 3, 5)
    with pytest.raises(Range):
        paillier.encrypt(35, 38, 2)
    with pytest.raises(Range):
        paillier.encrypt(35, 3, 0)
    units = [r for r in range(1, 35) if gcd(r, 35) == 1]
    for m in range(35):
        assert {paillier.decrypt(5, 7, paillier.encrypt(35, m, r)) for r in units} == {m}


def test_short_form_for_every_generator() -> None:
    """D-ERRATUM-2: (m n + 1) r^n is g^m r^n for g = n + 1 only, and only modulo n^2."""
    assert printed_encrypt(35, 4, 2) == 88
    assert printed_encrypt_general(35, 2, 4, 2) == 288
    assert printed_encrypt(35, 2, 3) == 222
    assert printed_encrypt_general(35, 2, 2, 3) == 1203
    assert (4 * 35 + 1) * 2**35 == 4844723109888 > 35**2
    assert (4 * 35 + 1) * 2**35 != 36**4 * 2**35
    # Whoever shortens under a key of another g is misread. With g = 2 the plaintexts happen to agree,
    # for L(2^lambda) = lambda modulo 35 as for g = 36; with g = 3 they do not.
    assert printed_mu(5, 7, 2) == printed_mu(5, 7, 36) == 3
    assert printed_decrypt(5, 7, printed_encrypt(35, 4, 2), g=2) == 4
    assert printed_decrypt(5, 7, printed_encrypt(35, 4, 2), g=3) == 27
    assert printed_decrypt(5, 7, printed_encrypt_general(35, 3, 4, 2)) == 33

    for m in range(35):
        c = paillier.encrypt(35, m, 2)
        assert c == paillier.encrypt_with_generator(35, 36, m, 2) < 35**2
        assert paillier.decrypt(5, 7, c) == m
        c = paillier.encrypt_with_generator(35, 3, m, 2)
        assert paillier.decrypt_with_generator(5, 7, 3, c) == m


def valid_generators(p: int, q: int) -> tuple[int, int]:
    """How many units g modulo n^2 have a mu, and how many units there are."""
    n, lambda_ = p * q, lcm(p - 1, q - 1)
    units = [g for g in range(1, n * n) if gcd(g, n) == 1]
    return sum(gcd((pow(g, lambda_, n * n) - 1) // n, n) == 1 for g in units), len(units)


def test_primes_without_a_generator() -> None:
    """D-ERRATUM-3: where gcd(n, (p - 1)(q - 1)) != 1 no g has a mu, and a search for one never ends."""
    assert valid_generators(3, 7) == (0, 252)
    assert valid_generators(5, 11) == (0, 2200)
    assert valid_generators(7, 29) == (0, 34104)
    assert valid_generators(5, 7) == (576, 840)

    for p, q in ((3, 7), (5, 11), (7, 29)):
        with pytest.raises(NotInvertible):
            paillier.key(p, q)
        with pytest.raises(NotInvertible):
            paillier.key_with_generator(p, q, p * q + 1)
        with pytest.raises(NotInvertible):
            paillier.decrypt(p, q, 2)
    accepted = 0
    for g in range(1, 35**2):
        try:
            paillier.key_with_generator(5, 7, g)
        except NotInvertible:
            continue
        accepted += 1
    assert accepted == 576


def test_decryption_of_what_is_no_ciphertext() -> None:
    """D-ERRATUM-4: the printed decryption answers a message for numbers that no encryption gives."""
    assert [printed_decrypt(5, 7, c) for c in (0, 5, 35, 1225)] == [32, 13, 32, 32]
    assert (pow(5, 12, 1225) - 1) % 35 == 14
    ciphertexts = {printed_encrypt(35, m, r) for m in range(35) for r in range(35) if gcd(r, 35) == 1}
    assert ciphertexts == {c for c in range(1225) if gcd(c, 35) == 1}

    for c in (0, 1225):
        with pytest.raises(Range):
            paillier.decrypt(5, 7, c)
    refused = 0
    for c in range(1, 1225):
        if c in ciphertexts:
            assert (pow(c, 12, 1225) - 1) % 35 == 0
            assert 0 <= paillier.decrypt(5, 7, c) < 35
            continue
        refused += 1
        with pytest.raises(NotInvertible):
            paillier.decrypt(5, 7, c)
        with pytest.raises(NotInvertible):
            paillier.add(35, [1, c])
        with pytest.raises(NotInvertible):
            paillier.scale(35, c, 2)
        with pytest.raises(NotInvertible):
            paillier.rerandomise(35, c, 2)
    assert refused == 1224 - 840


def test_sums_that_wrap() -> None:
    """D-ERRATUM-5: the sum is one modulo n; too large a sum and a negative value wrap in silence."""
    twenty = printed_encrypt(35, 20, 2)
    assert printed_decrypt(5, 7, twenty * twenty % 1225) == 5
    assert printed_decrypt(5, 7, printed_encrypt(35, -3, 2)) == 32

    with pytest.raises(Range):
        paillier.headroom(35, 2, 20)
    with pytest.raises(Range):
        paillier.encrypt(35, -3, 2)
    assert paillier.headroom(35, 2, 8) == 16
    for first in range(-8, 9):
        for second in range(-8, 9):
            cs = [paillier.encrypt(35, paillier.encode_signed(35, v), 2) for v in (first, second)]
            total = paillier.decrypt(5, 7, paillier.add(35, cs))
            assert paillier.decode_signed(35, total) == first + second
