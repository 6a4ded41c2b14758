"""The proof that a modulus binds (spec/load_management.md): n is prime to its totient, and so squarefree.

The customer makes the key of the bills, and with n = p^2 q could open a bill to another amount. The proof is
that of Goldberg, Reyzin, Sagga and Baldimtsi, made non-interactive by a hash: n has no prime factor below
alpha, and numbers rho_i that nobody chose have n-th roots modulo n, alpha^rounds >= 2^128.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import count
from math import gcd, isqrt, lcm, prod

from meter_privacy.reference import paillier
from meter_privacy.reference.errors import Malformed, NotInvertible, ProofFailed, Range, check
from meter_privacy.reference.messages import DOMAIN

SECURITY_BITS = 128
ROUNDS_LEAST, ROUNDS_MOST = 8, 81
PRIME_BITS_LEAST, PRIME_BITS_MOST = 16, 2048


def be32(number: int) -> bytes:
    """A number in four bytes, big-endian."""
    return number.to_bytes(4, "big")


def expand(label: bytes, material: bytes, bits: int) -> int:
    """A number of `bits` bits from SHA-256(domain, label, material, block), blocks 0, 1, ...

    The blocks are joined and the excess is cut off at the end. Implements LOAD-23, LOAD-24.
    """
    blocks = range((bits + 255) // 256)
    stream = b"".join(sha256(DOMAIN + label + b"\x00" + material + be32(block)).digest() for block in blocks)
    size = (bits + 7) // 8
    return int.from_bytes(stream[:size], "big") >> (8 * size - bits)


def generate_prime(bits: int, seed: bytes) -> int:
    """The first prime among the candidates of a seed: odd random numbers, their two highest bits set.

    bits: in [16, 2048]. seed: 32 random bytes, fresh for every prime. Two different primes of one length make
    a key: n has exactly 2 bits bits, and gcd(n, (p - 1)(q - 1)) = 1.
    Errors: Malformed, Range. Source: FIPS 186-5, A.1.3, with the candidates' randomness fixed byte for byte.
    Implements LOAD-23.
    """
    check(len(seed) == 32, Malformed, "the seed has not 32 bytes")
    check(PRIME_BITS_LEAST <= bits <= PRIME_BITS_MOST, Range, "the length is not between 16 and 2048 bits")
    for index in count():
        candidate = expand(b"prime", seed + be32(bits) + be32(index), bits) | 3 << bits - 2 | 1
        if paillier.is_prime(candidate):
            return candidate
    raise AssertionError("there are primes of every length")


def smallest_factor(rounds: int) -> int:
    """alpha: the least integer with alpha^rounds >= 2^128; n must have no prime factor below it.

    rounds: in [8, 81]; 8 ask for 65536, 81 for 3. Source: Goldberg et al., section 3.2. Implements LOAD-24.
    """
    return paillier.integer_root(2**SECURITY_BITS - 1, rounds) + 1


@lru_cache
def primorial(bound: int) -> int:
    """The product of the odd primes below a bound of at most 65536. Implements LOAD-24."""
    return prod(k for k in range(3, bound, 2) if all(k % d for d in range(3, isqrt(k) + 1, 2)))


def challenge(modulus: int, context: bytes, rounds: int, index: int) -> int:
    """rho_i: a unit modulo n that the hash of n, the context, the number of rounds and i gives.

    Candidates of the length of n, one for each attempt 0, 1, ..., are refused until one is a unit below n.
    Source: Goldberg et al., section 3.2; Fiat and Shamir. Implements LOAD-24.
    """
    size = (modulus.bit_length() + 7) // 8
    material = be32(size) + modulus.to_bytes(size, "big") + context + be32(rounds) + be32(index)
    for attempt in count():
        rho = expand(b"modulus", material + be32(attempt), modulus.bit_length())
        if rho < modulus and gcd(rho, modulus) == 1:
            return rho
    raise AssertionError("there are units")


def prove_modulus(p: int, q: int, context: bytes, rounds: int) -> list[int]:
    """The proof: sigma_i = rho_i^(n^-1 mod lambda) mod n for each round.

    p, q: factors that paillier.key accepted. context: 32 bytes that say whose key it is and for what.
    Errors: Malformed; Range, also where p or q is below alpha; NotInvertible where n has no inverse modulo
    lambda. Source: Goldberg et al., section 3.2. Implements LOAD-24, LOAD-25.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    paillier.check_prime_field("p", p)
    paillier.check_prime_field("q", q)
    check(ROUNDS_LEAST <= rounds <= ROUNDS_MOST, Range, "the number of rounds is not between 8 and 81")
    paillier.check_distinct(p, q)
    check(min(p, q) >= smallest_factor(rounds), Range, "a prime is too small for this number of rounds")
    paillier.check_coprime_to_totient(p, q)
    check(gcd(p, q) == 1, NotInvertible, "p and q share a factor")
    n = p * q
    exponent = pow(n, -1, lcm(p - 1, q - 1))
    rhos = [challenge(n, context, rounds, index) for index in range(rounds)]
    return [
        paillier.garner(pow(rho, exponent % (p - 1), p), pow(rho, exponent % (q - 1), q), p, q)
        for rho in rhos
    ]


def verify_modulus(modulus: int, context: bytes, roots: Sequence[int]) -> None:
    """Accept the proof that gcd(n, phi(n)) = 1: n has no small factor, and sigma_i^n = rho_i modulo n.

    roots: sigma_1, sigma_2, ..., 8 to 81 of them, in [1, n). A false proof passes with a probability of at
    most 2^-128 for each try at the hash. Errors: Malformed, Range, ProofFailed.
    Source: Goldberg et al., section 3.2. Implements LOAD-24, LOAD-26.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    rounds = len(roots)
    check(ROUNDS_LEAST <= rounds <= ROUNDS_MOST, Malformed, "a proof has 8 to 81 roots")
    paillier.check_modulus_field(modulus)
    for root in roots:
        paillier.check_below("root", root, 1, modulus)
    small = gcd(modulus, primorial(smallest_factor(rounds)))
    check(small == 1, Range, "the modulus has a prime factor below the bound")
    check(not paillier.is_prime(modulus), Range, "the modulus is prime")
    for index, root in enumerate(roots):
        rho = challenge(modulus, context, rounds, index)
        check(pow(root, modulus, modulus) == rho, ProofFailed, "a root is not one of its challenge")
