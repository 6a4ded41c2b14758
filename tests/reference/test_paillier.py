"""The Paillier reference: its contract on random inputs, its primality test, its special cases."""

from collections.abc import Callable
from hashlib import sha256
from math import gcd, isqrt
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from meter_privacy.reference import paillier
from meter_privacy.reference.contracts import CONTRACTS, PAILLIER, keeps_contract
from meter_privacy.reference.errors import Malformed, NotInvertible, Range, Replayed, State
from meter_privacy.reference.operations import OPERATIONS
from meter_privacy.vectors.generators import paillier_primes
from meter_privacy.vectors.generators.paillier_primes import ODD_SIZES, SIZES, factors

PSEUDOPRIMES = (
    2047, 1373653, 25326001, 3215031751, 2152302898747, 3474749660383, 341550071728321,
    3825123056546413051, 318665857834031151167461, 3317044064679887385961981,
)  # fmt: skip
CARMICHAEL = (561, 1105, 1729, 2465, 2821, 6601, 8911, 10585, 15841, 29341, 1024651, 9494101)

small_primes = st.sampled_from([3, 5, 7, 11, 13, 17, 23, 29, 31, 53, 61, 101])
nearly_primes = small_primes | st.integers(-3, 130) | st.sampled_from([561, 1729, 2047, 1009, 65537])
factors_given = small_primes | st.sampled_from([-3, 0, 1, 2, 4, 54])
moduli = st.builds(lambda p, q: p * q, small_primes, small_primes) | st.integers(-5, 4000)


def around(bound: int) -> st.SearchStrategy[int]:
    """Integers in and around [0, bound)."""
    return st.integers(-2, bound + 2) | st.sampled_from([0, 1, bound - 1, bound, bound + 1, bound // 2])


@st.composite
def inputs(draw: st.DrawFn, operation: str) -> dict[str, Any]:
    """Inputs of an operation, about half of them legal."""
    fields: dict[str, Any] = {}
    names = operation_fields(operation)
    if "p" in names:
        candidates = nearly_primes if operation.startswith("paillier.key") else factors_given
        fields["p"], fields["q"] = draw(candidates), draw(candidates)
    else:
        fields["modulus"] = draw(moduli)
    n = abs(fields["p"] * fields["q"] if "p" in names else fields["modulus"])
    for name in names[len(fields) :]:
        match name:
            case "ciphertext" | "generator":
                fields[name] = draw(around(n * n))
            case "ciphertexts":
                fields[name] = draw(st.lists(around(n * n), max_size=4))
            case "value":
                fields[name] = draw(
                    st.integers(-n - 2, n + 2) | st.sampled_from([n // 2, -(n // 2), n // 2 + 1])
                )
            case "meters" | "maximum_wh":
                fields[name] = draw(st.integers(-1, 80) | st.sampled_from([2**32 - 1, 2**32]))
            case _:
                fields[name] = draw(around(n))
    return fields


def operation_fields(operation: str) -> list[str]:
    """The names of a function's arguments."""
    code = OPERATIONS[operation].__code__
    return list(code.co_varnames[: code.co_argcount])


@pytest.mark.parametrize("operation", sorted(PAILLIER))
def test_contract(operation: str) -> None:
    """Every operation refuses exactly what its contract refuses: PAILLIER-1 to PAILLIER-18."""
    accepted = 0

    @settings(max_examples=400, deadline=None, derandomize=True)
    @given(inputs(operation))
    def run(fields: dict[str, Any]) -> None:
        nonlocal accepted
        assert keeps_contract(operation, OPERATIONS[operation], fields)
        accepted += CONTRACTS[operation].requires(**fields)

    run()
    assert accepted >= 5


def test_every_operation_has_a_contract() -> None:
    stateless = {name for name in OPERATIONS if name.startswith("paillier.") and "encryptor" not in name}
    assert stateless == set(PAILLIER)


def fault_plaintext(modulus: int, plaintext: int, randomness: int) -> int:
    return paillier.encrypt(modulus, plaintext % modulus, randomness)


def fault_randomness(modulus: int, plaintext: int, randomness: int) -> int:
    paillier.encrypt(modulus, plaintext, randomness)
    return paillier.encrypt(modulus, plaintext, 2)


@pytest.mark.parametrize(
    ("fault", "fields"),
    [
        (fault_plaintext, {"modulus": 35, "plaintext": 35, "randomness": 2}),
        (fault_randomness, {"modulus": 35, "plaintext": 3, "randomness": 4}),
    ],
)
def test_a_contract_refutes_faults(fault: Callable[..., int], fields: dict[str, int]) -> None:
    assert keeps_contract("paillier.encrypt", paillier.encrypt, fields)
    assert not keeps_contract("paillier.encrypt", fault, fields)


def test_primality_of_all_small_numbers() -> None:
    """PAILLIER-1: is_prime is right for every number to 20000, and across the end of trial division."""
    for candidate in (*range(-2, 20000), *range(997**2 - 200, 1009**2 + 200)):
        prime = candidate > 1 and all(candidate % d for d in range(2, min(isqrt(candidate), 1100) + 1))
        assert paillier.is_prime(candidate) == prime


@pytest.mark.parametrize("composite", [*PSEUDOPRIMES, *CARMICHAEL])
def test_special_composites(composite: int) -> None:
    """PAILLIER-1: numbers built to pass Fermat's test, or Miller-Rabin to fixed bases, are refused."""
    assert not sympy.isprime(composite)
    assert not paillier.is_prime(composite)
    with pytest.raises(Range):
        paillier.key(composite, 65537)


def test_primality_of_large_numbers() -> None:
    """PAILLIER-1: large primes are accepted; their products, squares and neighbours are not."""
    for size in (64, 128, 256, 512):
        prime = int(sympy.nextprime(1 << (size - 1)))
        assert paillier.is_prime(prime)
        assert not paillier.is_prime(prime * prime)
        assert not any(paillier.is_prime(c) for c in range((1 << (size - 1)) + 1, prime))


def test_miller_rabin_bases() -> None:
    """PAILLIER-1: a base lies in [2, n - 2], differs by index and by candidate, and never changes."""
    for candidate in (9, 1009 * 1013, 2**521 - 1):
        bases = [paillier.miller_rabin_base(candidate, index) for index in range(40)]
        assert all(2 <= base <= candidate - 2 for base in bases)
        assert len(set(bases)) > min(candidate // 4, 39)
    mersenne = 2**127 - 1
    digest = sha256(mersenne.to_bytes(16, "big") + bytes(3) + b"\x05" + bytes(4)).digest()
    assert paillier.miller_rabin_base(mersenne, 5) == 2 + int.from_bytes(digest, "big") % (mersenne - 3)
    assert paillier.miller_rabin_base(2**127 - 1, 0) != paillier.miller_rabin_base(2**127 + 1, 0)


def test_perfect_powers() -> None:
    """PAILLIER-5: is_perfect_power finds every odd a^k, and nothing else."""
    powers = {a**k for a in range(3, 400, 2) for k in range(2, 18) if a**k < 160000}
    for value in range(3, 160000, 2):
        assert paillier.is_perfect_power(value) == (value in powers)
    for base, degree in ((3, 2579), (2**61 - 1, 67), (10**300 + 1, 3), (10**600 + 3, 2)):
        value = base**degree
        assert paillier.integer_root(value, degree) == base
        assert paillier.integer_root(value - 1, degree) == base - 1
        assert paillier.is_perfect_power(value)
        assert not paillier.is_perfect_power(value + 2)


def test_screening_accepts_every_modulus_of_the_vectors() -> None:
    """PAILLIER-5: no key's n is refused, and its length is right."""
    for name in (*map(str, SIZES), *(f"bits-{bits}" for bits in ODD_SIZES)):
        p, q = factors(name)
        assert paillier.check_modulus(p * q) == (p * q).bit_length() == int(name.removeprefix("bits-"))


def test_exhaustive_round_trip() -> None:
    """PAILLIER-7, PAILLIER-11: every plaintext and every unit of n = 35, and every unit modulo n^2 is hit
    once.
    """
    units = [r for r in range(1, 35) if gcd(r, 35) == 1]
    seen = set()
    for m in range(35):
        for r in units:
            c = paillier.encrypt(35, m, r)
            assert c == paillier.encrypt_with_factors(5, 7, m, r) == paillier.encrypt_with_factors(7, 5, m, r)
            assert paillier.decrypt(5, 7, c) == m
            seen.add(c)
    assert seen == {c for c in range(1, 35 * 35) if gcd(c, 35) == 1}


@pytest.mark.parametrize("size", ["512", "1024", "2048", "3072"])
def test_recovering_the_randomness(size: str) -> None:
    """PAILLIER-7, PAILLIER-11: the holder of the factors finds the opening, and it encrypts to the same
    bytes.
    """
    p, q = factors(size)
    n, lambda_ = p * q, paillier.key(p, q)["lambda"]
    c = paillier.encrypt(n, 590450, n - 2**70)
    r = pow(c, pow(n, -1, lambda_), n)
    assert r == n - 2**70
    assert paillier.encrypt(n, paillier.decrypt(p, q, c), r) == c
    assert paillier.encrypt(n, 590449, r) != c


def test_sum_of_many_meters() -> None:
    """PAILLIER-13, PAILLIER-15, PAILLIER-18: a thousand meters' readings come back as their sum."""
    p, q = factors("512")
    n = p * q
    readings = [(number * 7919) % 15001 - 5000 for number in range(1024)]
    assert paillier.headroom(n, 1024, 15000) == 1024 * 15000
    cs = [paillier.encrypt(n, paillier.encode_signed(n, v), 2 + number) for number, v in enumerate(readings)]
    total = paillier.rerandomise(n, paillier.add(n, cs), 2**100 + 7)
    assert paillier.decode_signed(n, paillier.decrypt(p, q, total)) == sum(readings)


def test_lists_that_are_refused() -> None:
    """PAILLIER-13: no ciphertext, and more than 1024."""
    with pytest.raises(Malformed):
        paillier.add(15, [])
    with pytest.raises(Malformed):
        paillier.add(15, [1] * 1025)
    assert paillier.add(15, [1] * 1024) == 1


def test_the_first_check_that_fails_decides() -> None:
    """PAILLIER-6, PAILLIER-10: range comes before not-invertible."""
    with pytest.raises(Range):
        paillier.encrypt(35, 35, 5)
    with pytest.raises(Range):
        paillier.add(35, [5, 0])
    with pytest.raises(Range):
        paillier.decrypt(11, 11, 11)
    with pytest.raises(NotInvertible):
        paillier.decrypt(3, 7, 3)


def test_factors_that_share_a_factor() -> None:
    """PAILLIER-8, PAILLIER-11, PAILLIER-12: they are refused, also where n is prime to (p - 1)(q - 1)."""
    for p, q in ((9, 15), (15, 9), (3, 9), (33, 39), (15, 35)):
        with pytest.raises(NotInvertible):
            paillier.encrypt_with_factors(p, q, 5, 2)
        with pytest.raises(NotInvertible):
            paillier.decrypt(p, q, 2)
        with pytest.raises(NotInvertible):
            paillier.decrypt_with_generator(p, q, p * q + 1, 2)


@pytest.mark.parametrize("name", sorted(paillier_primes.stored()["keys"]))
def test_keys_of_the_vectors(name: str) -> None:
    """PAILLIER-1, PAILLIER-2: the kept keys are of primes, independent but where the name says otherwise."""
    p, q = factors(name)
    if name.startswith("dependent"):
        assert (q - 1) % p == 0
        assert paillier.is_prime(p)
        assert paillier.is_prime(q)
        with pytest.raises(NotInvertible):
            paillier.key(p, q)
    else:
        assert paillier.key(p, q)["modulus"] == p * q


@pytest.mark.parametrize("name", ["512", "1024", *(f"bits-{bits}" for bits in ODD_SIZES)])
def test_primes_are_derived_as_documented(name: str) -> None:
    bits = int(name.removeprefix("bits-"))
    label = name.removeprefix("bits-")
    derived = (
        paillier_primes.prime(f"{label}/p", bits // 2),
        paillier_primes.prime(f"{label}/q", bits - bits // 2),
    )
    assert derived == factors(name)


@pytest.mark.parametrize("size", [2048, 3072, 4096])
def test_large_primes_are_candidates_of_their_stream(size: int) -> None:
    """The first prime is not searched again here, for it takes minutes; each is a candidate of its stream."""
    for letter, kept in zip("pq", factors(str(size)), strict=True):
        bits = size // 2
        candidates = (paillier_primes.draw(f"{size}/{letter}", bits, number) for number in range(20 * bits))
        assert any(0b11 << (bits - 2) | drawn % (1 << (bits - 2)) | 1 == kept for drawn in candidates)


def test_no_randomness_twice_in_a_session() -> None:
    """PAILLIER-19: two ciphertexts under one r show the difference, so the session refuses the second."""
    n = 35
    shown = paillier.encrypt(n, 7, 2) * pow(paillier.encrypt(n, 4, 2), -1, n * n) % (n * n)
    assert shown == 1 + (7 - 4) * n == 106
    session: dict[str, Any] = {}
    paillier.encryptor_start(n, session)
    assert paillier.encryptor_encrypt(7, 2, session) == paillier.encrypt(n, 7, 2)
    for plaintext in (4, 7):
        with pytest.raises(Replayed):
            paillier.encryptor_encrypt(plaintext, 2, session)
    with pytest.raises(Range):
        paillier.encryptor_encrypt(n, 3, session)
    assert paillier.encryptor_encrypt(4, 3, session) == paillier.encrypt(n, 4, 3)
    with pytest.raises(State):
        paillier.encryptor_start(n, session)
    with pytest.raises(State):
        paillier.encryptor_encrypt(4, 3, {})
