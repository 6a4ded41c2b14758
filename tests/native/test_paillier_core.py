"""The C core's Paillier against Python's integers: limb sizes, toy keys exhaustively, carries, refusals."""

import random
from collections.abc import Callable
from functools import cache
from math import gcd
from typing import Any, NamedTuple

import pytest

from meter_privacy.native import paillier
from meter_privacy.native.errors import Malformed, NotInvertible, Range, Refused
from meter_privacy.vectors.generators.paillier_primes import factors

pytestmark = pytest.mark.usefixtures("core")

TOY_PRIMES = (3, 5, 7, 11, 13, 17)
TOY_KEYS = [(p, q) for p in TOY_PRIMES for q in TOY_PRIMES if p != q and p * q <= 91]
BITS = (4, 5, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 96, 127, 128, 129, 255, 257, 384, 511, 512)


def outcome(function: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except Refused as refusal:
        return refusal.error_class


def valid_factors(p: int, q: int) -> bool:
    return p != q and gcd(p * q, (p - 1) * (q - 1)) == 1


def expected_ciphertext(n: int, m: int, r: int) -> Any:
    if not (m < n and 0 < r < n):
        return "range"
    if gcd(r, n) != 1:
        return "not-invertible"
    return (1 + m * n) * pow(r, n, n * n) % (n * n)


def carry_shaped(generator: random.Random, bits: int, limb_bits: int) -> int:
    """A number whose limbs are mostly all zeros, all ones or next to them."""
    top = (1 << limb_bits) - 1
    shapes = (0, 1, 2, top, top - 1, top >> 1, (top >> 1) + 1)
    number = 0
    for _ in range(0, bits, limb_bits):
        limb = generator.choice(shapes) if generator.random() < 0.8 else generator.getrandbits(limb_bits)
        number = number << limb_bits | limb
    return number & ((1 << bits) - 1)


def modulus_of(number: int, bits: int) -> int:
    return max(15, number | 1 | 1 << (bits - 1))


def is_prime(number: int) -> bool:
    return number > 1 and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5, 7) if base < number)


def some_prime(generator: random.Random, bits: int, limb_bits: int) -> int:
    number: int = carry_shaped(generator, bits, limb_bits) | 1 | 1 << (bits - 1)
    while not is_prime(number):
        number += 2
    return number


def least_factor(number: int) -> int:
    return next(k for k in range(2, number + 1) if number % k == 0)


@pytest.mark.parametrize(("p", "q"), TOY_KEYS)
def test_every_plaintext_and_randomness_of_a_toy_key(p: int, q: int) -> None:
    n = p * q
    for m in range(n + 1):
        for r in range(n + 1):
            expected = expected_ciphertext(n, m, r)
            assert outcome(paillier.encrypt, n, m, r) == expected, (m, r)
            if expected != "range" and not valid_factors(p, q):
                expected = "not-invertible"
            assert outcome(paillier.encrypt_with_factors, p, q, m, r) == expected, (m, r)


@pytest.mark.parametrize(("p", "q"), TOY_KEYS)
def test_every_ciphertext_of_a_toy_key(p: int, q: int) -> None:
    n = p * q
    order = (p - 1) * (q - 1)
    for c in range(n * n + 1):
        if not 0 < c < n * n:
            expected: Any = "range"
        elif not valid_factors(p, q) or gcd(c, n) != 1:
            expected = "not-invertible"
        else:
            expected = (pow(c, order, n * n) - 1) // n * pow(order, -1, n) % n
        assert outcome(paillier.decrypt, p, q, c) == expected, c


def test_every_pair_of_ciphertexts_scalars_and_randomness_of_15() -> None:
    n = 15
    units = [c for c in range(n * n) if gcd(c, n) == 1]
    for c in range(n * n + 1):
        inside = 0 < c < n * n
        for k in range(n + 1):
            error = "range" if not inside or k >= n else "not-invertible" if gcd(c, n) != 1 else None
            assert outcome(paillier.scale, n, c, k) == (error or pow(c, k, n * n)), (c, k)
            error = error or ("range" if k == 0 else "not-invertible" if gcd(k, n) != 1 else None)
            if k == 0:
                error = "range"
            assert outcome(paillier.rerandomise, n, c, k) == (error or c * pow(k, n, n * n) % (n * n)), (c, k)
        for d in units:
            error = "range" if not inside else "not-invertible" if gcd(c, n) != 1 else None
            assert outcome(paillier.add, n, [d, c]) == (error or c * d % (n * n)), (c, d)


@pytest.mark.parametrize("bits", BITS)
def test_random_and_carry_shaped_operands(limb_bits: int, bits: int) -> None:
    generator = random.Random(f"operands {bits}")
    for case in range(12):
        shaped = case % 3 != 0
        draw = carry_shaped if shaped else lambda source, size, _limb: source.getrandbits(size)
        n = modulus_of(draw(generator, bits, limb_bits), bits)
        square = n * n
        m, r = draw(generator, bits, limb_bits) % n, draw(generator, bits, limb_bits) % n
        for plaintext, randomness in ((m, r), (n - 1, n - 1), (0, 1), (m, n - 1 - r)):
            expected = expected_ciphertext(n, plaintext, randomness)
            assert outcome(paillier.encrypt, n, plaintext, randomness) == expected, (n, plaintext, randomness)
        c, d = (draw(generator, 2 * bits, limb_bits) % square for _ in range(2))
        for first, second in ((c, d), (square - 1, square - 1), (c, square - 1), (1, d)):
            unit = gcd(first * second, n) == 1
            refused = "not-invertible" if first and second else "range"
            assert outcome(paillier.add, n, [first, second]) == (first * second % square if unit else refused)
        unit = gcd(c, n) == 1
        refused = "not-invertible" if c else "range"
        assert outcome(paillier.scale, n, c, m) == (pow(c, m, square) if unit else refused)
        units = unit and gcd(r, n) == 1
        refused = "not-invertible" if c and r else "range"
        assert outcome(paillier.rerandomise, n, c, r) == (
            c * pow(r, n, square) % square if units else refused
        )


@pytest.mark.parametrize(
    ("p_bits", "q_bits"),
    [
        (2, 3),
        (3, 9),
        (8, 8),
        (2, 65),
        (16, 17),
        (32, 32),
        (31, 33),
        (64, 64),
        (65, 63),
        (9, 200),
        (200, 9),
        (128, 120),
        (256, 255),
    ],
)
def test_random_and_carry_shaped_factors(limb_bits: int, p_bits: int, q_bits: int) -> None:
    generator = random.Random(f"factors {p_bits} {q_bits}")
    for _ in range(6):
        p, q = (some_prime(generator, bits, limb_bits) for bits in (p_bits, q_bits))
        n = p * q
        m, r = (carry_shaped(generator, p_bits + q_bits, limb_bits) % n for _ in range(2))
        for plaintext, randomness in ((m, r), (n - 1, n - 1), (0, 1), (m, p), (m, n - q)):
            ciphertext = expected_ciphertext(n, plaintext, randomness)
            expected = ciphertext
            if p == q:
                expected = "range"
            elif not valid_factors(p, q) and ciphertext != "range":
                expected = "not-invertible"
            assert outcome(paillier.encrypt_with_factors, p, q, plaintext, randomness) == expected, (p, q)
            if isinstance(expected, int):
                assert paillier.encrypt(n, plaintext, randomness) == expected
                assert paillier.decrypt(p, q, expected) == plaintext


@pytest.mark.parametrize("bits", [1023, 1025, 2048, 3071, 4096])
def test_large_carry_shaped_operands(limb_bits: int, bits: int) -> None:
    if limb_bits < 32:
        bits //= 4
    generator = random.Random(f"large {bits}")
    n = modulus_of(carry_shaped(generator, bits, limb_bits), bits)
    square = n * n
    m, r = (
        carry_shaped(generator, bits, limb_bits) % n,
        unit_below(carry_shaped(generator, bits, limb_bits) % n, n),
    )
    assert paillier.encrypt(n, m, r) == (1 + m * n) * pow(r, n, square) % square
    c, d = (unit_below(carry_shaped(generator, 2 * bits, limb_bits) % square, n) for _ in range(2))
    assert paillier.add(n, [c, d, square - 1]) == -c * d % square


def unit_below(number: int, n: int) -> int:
    """The largest unit modulo n up to a number, itself reduced below n^2."""
    return next(unit for unit in range(number % (n * n), 0, -1) if gcd(unit, n) == 1)


class RealSize(NamedTuple):
    """A key, its operands, and what Python's integers make of them."""

    n: int
    p: int
    q: int
    m: int
    r: int
    k: int
    c: int
    tripled: int
    scaled: int
    fresh: int


@cache
def real_size(bits: int) -> RealSize:
    p, q = factors(str(bits))
    n = p * q
    square = n * n
    generator = random.Random(f"real {bits}")
    m, r, k = (generator.randrange(1, n) for _ in range(3))
    c = (1 + m * n) * pow(r, n, square) % square
    return RealSize(n, p, q, m, r, k, c, pow(c, 3, square), pow(c, k, square), c * pow(k, n, square) % square)


@pytest.mark.parametrize("bits", [512, 1024, 2048, 3072, 4096])
def test_real_sizes(limb_bits: int, bits: int) -> None:
    if limb_bits < 32:
        bits = min(bits, 1024)
    real = real_size(bits)
    n, p, q, m, r, k, c = real.n, real.p, real.q, real.m, real.r, real.k, real.c
    assert paillier.encrypt(n, m, r) == c
    assert paillier.encrypt_with_factors(p, q, m, r) == c
    assert paillier.decrypt(p, q, c) == m
    assert paillier.add(n, [c, c, c]) == real.tripled
    assert paillier.scale(n, c, k) == real.scaled
    assert paillier.rerandomise(n, c, k) == real.fresh


@pytest.mark.parametrize("bits", [512, 1024])
def test_the_largest_and_the_longest_numbers(bits: int) -> None:
    n = (1 << bits) - 1
    r = next(r for r in range(n - 1, 0, -1) if gcd(r, n) == 1)
    assert paillier.encrypt(n, n - 1, r) == expected_ciphertext(n, n - 1, r)
    with pytest.raises(Range):
        paillier.encrypt(n, n, r)
    with pytest.raises(Range):
        paillier.encrypt(n, 0, n)
    with pytest.raises(Range):
        paillier.encrypt(n, 1 << (4 * bits), r)


@pytest.mark.parametrize("n", [0, 1, 13, 14, 16, 1 << 4095, (1 << 4096) + 1, (1 << 4200) + 1, -15])
def test_range_errors_of_the_modulus(n: int) -> None:
    calls: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
        (paillier.encrypt, (n, 0, 1)),
        (paillier.add, (n, [1])),
        (paillier.scale, (n, 1, 1)),
        (paillier.rerandomise, (n, 1, 1)),
        (paillier.encode_signed, (n, 0)),
        (paillier.decode_signed, (n, 0)),
        (paillier.headroom, (n, 1, 1)),
    ]
    for function, arguments in calls:
        assert outcome(function, *arguments) == "range", function


def test_range_errors_of_the_factors() -> None:
    for p, q in (
        (1, 5),
        (5, 1),
        (0, 5),
        (5, 0),
        (2, 5),
        (5, 4),
        (5, 5),
        (7, 7),
        ((1 << 2048) + 1, 5),
        (-3, 5),
    ):
        with pytest.raises(Range):
            paillier.encrypt_with_factors(p, q, 0, 1)
        with pytest.raises(Range):
            paillier.decrypt(p, q, 1)


def test_range_comes_before_not_invertible() -> None:
    with pytest.raises(Range):
        paillier.encrypt(15, 15, 3)
    with pytest.raises(Range):
        paillier.encrypt_with_factors(3, 7, 21, 1)
    with pytest.raises(Range):
        paillier.decrypt(3, 7, 0)
    with pytest.raises(NotInvertible):
        paillier.decrypt(3, 7, 1)
    with pytest.raises(NotInvertible):
        paillier.decrypt(7, 3, 1)


def test_composite_factors() -> None:
    """What no pair of primes gives is refused; a shared factor is named as one."""
    with pytest.raises(NotInvertible):
        paillier.encrypt_with_factors(15, 35, 1, 2)
    with pytest.raises(NotInvertible):
        paillier.decrypt(15, 11, 2)
    with pytest.raises(Range):
        paillier.decrypt(35, 13, 2)


def test_factors_that_share_a_factor() -> None:
    """PAILLIER-8, PAILLIER-11: whatever the message, the shared factor is the reason."""
    for p in range(3, 64, 2):
        for q in range(3, 64, 2):
            if p == q or gcd(p, q) == 1:
                continue
            for number in (1, 2, p - 1, p, p * q - 1):
                with pytest.raises(NotInvertible):
                    paillier.encrypt_with_factors(p, q, number, number)
                with pytest.raises(NotInvertible):
                    paillier.decrypt(p, q, number)


def test_lists_of_ciphertexts() -> None:
    with pytest.raises(Malformed):
        paillier.add(15, [])
    with pytest.raises(Malformed):
        paillier.add(15, [1] * 1025)
    assert paillier.add(15, [2] * 1024) == pow(2, 1024, 225)
    assert paillier.add(15, [17]) == 17
    with pytest.raises(Range):
        paillier.add(15, [1, 225, 3])
    with pytest.raises(NotInvertible):
        paillier.add(15, [1, 3, 1])


def test_signed_values_of_every_small_modulus() -> None:
    for n in range(15, 300, 2):
        half = n // 2
        for value in range(-half, half + 1):
            assert paillier.encode_signed(n, value) == value % n
            assert paillier.decode_signed(n, value % n) == value
        for value in (-half - 1, half + 1, n, -n, 1 << 64):
            with pytest.raises(Range):
                paillier.encode_signed(n, value)
        with pytest.raises(Range):
            paillier.decode_signed(n, n)


@pytest.mark.parametrize("bits", [64, 65, 128, 1024, 4096])
def test_signed_values_at_the_edge(bits: int) -> None:
    for n in ((1 << bits) - 1, (1 << (bits - 1)) + 1):
        half = n // 2
        for value in (-half, -half + 1, -1, 0, 1, half - 1, half):
            assert paillier.encode_signed(n, value) == value % n
            assert paillier.decode_signed(n, value % n) == value
        for value in (-half - 1, half + 1):
            with pytest.raises(Range):
                paillier.encode_signed(n, value)


def test_headroom() -> None:
    word = (1 << 32) - 1
    for meters, maximum in ((1, 0), (1, 7), (3, 5), (word, word), (word, 1), (1 << 31, 2), (1000, 460800)):
        largest = meters * maximum
        for n in (
            15,
            17,
            2 * largest - 1,
            2 * largest + 1,
            2 * largest + 3,
            (1 << 64) - 1,
            (1 << 64) + 1,
            (1 << 65) - 1,
            (1 << 65) + 1,
            (1 << 72) + 1,
            (1 << 4096) - 1,
        ):
            if n < 15:
                continue
            if 2 * largest < n:
                assert paillier.headroom(n, meters, maximum) == largest
            else:
                with pytest.raises(Range):
                    paillier.headroom(n, meters, maximum)
    for meters, maximum in ((0, 1), (1 << 32, 1), (1, 1 << 32), (-1, 1), (1, -1)):
        with pytest.raises(Range):
            paillier.headroom(101, meters, maximum)
