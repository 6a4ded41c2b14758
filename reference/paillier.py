"""Paillier encryption (spec/paillier.md): the additively homomorphic scheme of paper D's sums and bills.

Symbols are paper D's: p and q are the primes, n = p q the modulus, lambda = lcm(p - 1, q - 1), g the
generator (n + 1 unless a function takes another), m the plaintext, r the randomness, c the ciphertext. L(u)
= (u - 1) / n.

Readings and sums are integer watt-hours; the functions themselves only see residues. All integers are
exact. The functions are not constant time: they state what is computed, and native/ is where secrets are
protected.
"""

from hashlib import sha256
from math import gcd, isqrt, lcm
from typing import Any

from meter_privacy.reference.errors import Malformed, NotInvertible, Range, Replayed
from meter_privacy.reference.sessions import begin, begun_as, check_begun

SMALLEST_PRIME = 3
SMALLEST_MODULUS = 15
PRIME_BITS = 2048
MODULUS_BITS = 4096
MAXIMUM_CIPHERTEXTS = 1024
MAXIMUM_COUNT = 2**32 - 1

MILLER_RABIN_BASES = 40
SMALL_PRIMES = tuple(k for k in range(2, 1000) if all(k % d for d in range(2, isqrt(k) + 1)))


def miller_rabin_base(candidate: int, index: int) -> int:
    """The Miller-Rabin base of an index 0, 1, ... for an odd candidate > 4: in [2, candidate - 2].

    SHA-256 of the candidate, the index and a block counter, as many blocks as make 128 bits more than the
    candidate has, reduced modulo candidate - 3. The bases depend on the candidate, so that no composite can
    be built for them in advance, and they need no random source.

    Source: Miller-Rabin as in FIPS 186-5, B.3.1, the bases derived instead of drawn. Implements PAILLIER-1.
    """
    size = (candidate.bit_length() + 7) // 8
    material = candidate.to_bytes(size, "big") + index.to_bytes(4, "big")
    blocks = [sha256(material + block.to_bytes(4, "big")).digest() for block in range((size + 16 + 31) // 32)]
    return 2 + int.from_bytes(b"".join(blocks), "big") % (candidate - 3)


def is_prime(candidate: int) -> bool:
    """Whether the candidate is prime: trial division by the primes below 1000, then 40 Miller-Rabin rounds.

    Exact below 997^2. Above, a prime is always accepted, and a composite is a strong liar to at most a
    quarter of the bases, so that one accepted here costs its maker about 4^40 = 2^80 trials of composites
    of the worst kind.

    Source: FIPS 186-5, B.3.1. Implements PAILLIER-1.
    """
    if candidate < 2:
        return False
    for small in SMALL_PRIMES:
        if candidate % small == 0:
            return candidate == small
    if candidate < SMALL_PRIMES[-1] ** 2:
        return True
    twos = ((candidate - 1) & -(candidate - 1)).bit_length() - 1
    odd = (candidate - 1) >> twos
    for index in range(MILLER_RABIN_BASES):
        x = pow(miller_rabin_base(candidate, index), odd, candidate)
        if x in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % candidate
            if x == candidate - 1:
                break
        else:
            return False
    return True


def integer_root(value: int, degree: int) -> int:
    """The largest integer whose degree-th power is at most value >= 1, by Newton's method.

    Implements PAILLIER-5.
    """
    root = 1 << -(-value.bit_length() // degree)
    while True:
        smaller = ((degree - 1) * root + value // root ** (degree - 1)) // degree
        if smaller >= root:
            return root
        root = smaller


def is_perfect_power(value: int) -> bool:
    """Whether an odd value > 1 is a^k for some integers a > 1 and k > 1.

    Implements PAILLIER-5.
    """
    degrees = [k for k in range(2, value.bit_length()) if all(k % d for d in range(2, isqrt(k) + 1))]
    return any(integer_root(value, k) ** k == value for k in degrees)


def L(u: int, n: int) -> int:
    """L(u) = (u - 1) / n, exact for u = 1 modulo n, as c^lambda is for every unit c (Carmichael).

    Source: paper D, III.A, key generation. Implements PAILLIER-11, PAILLIER-12.
    """
    return (u - 1) // n


def check_prime_field(name: str, value: int) -> None:
    """Range of a factor: odd, at least 3, at most 2048 bits. Only the key operations test primality."""
    if not SMALLEST_PRIME <= value < 1 << PRIME_BITS:
        raise Range(f"{name} is not in [3, 2^{PRIME_BITS})")
    if value % 2 == 0:
        raise Range(f"{name} is even")


def check_modulus_field(n: int) -> None:
    """Range of a modulus: odd, at least 15 = 3 * 5, at most 4096 bits."""
    if not SMALLEST_MODULUS <= n < 1 << MODULUS_BITS:
        raise Range(f"the modulus is not in [15, 2^{MODULUS_BITS})")
    if n % 2 == 0:
        raise Range("the modulus is even")


def check_below(name: str, value: int, minimum: int, bound: int) -> None:
    """Range of a residue: minimum <= value < bound."""
    if not minimum <= value < bound:
        raise Range(f"the {name} is not in [{minimum}, bound)")


def check_unit(name: str, value: int, n: int) -> None:
    """A unit modulo n, equally modulo n^2: gcd(value, n) = 1."""
    if gcd(value, n) != 1:
        raise NotInvertible(f"the {name} shares a factor with n")


def check_distinct(p: int, q: int) -> None:
    """p and q differ: modulo n = p^2 the units have exponent p (p - 1), and c^(p - 1) is not 1 for all."""
    if p == q:
        raise Range("the two primes are equal")


def check_primes(p: int, q: int) -> None:
    """p and q are prime."""
    if not is_prime(p) or not is_prime(q):
        raise Range("p or q is not prime")


def check_coprime_to_totient(p: int, q: int) -> None:
    """gcd(n, phi(n)) = 1, without which lambda has no inverse modulo n."""
    if gcd(p * q, (p - 1) * (q - 1)) != 1:
        raise NotInvertible("n shares a factor with (p - 1)(q - 1)")


def key(p: int, q: int) -> dict[str, int]:
    """Make the key pair of two primes, g = n + 1: n = p q, lambda = lcm(p - 1, q - 1), mu = lambda^-1 mod n.

    p, q: distinct odd primes in [3, 2^2048). Returns modulus n (public), lambda and mu (secret). L(g^lambda
    mod n^2) is lambda modulo n for g = n + 1, which is why mu is its inverse.

    Errors: Range where p or q is even, too small or too large, where p = q, or where one is not prime;
    NotInvertible where gcd(n, (p - 1)(q - 1)) != 1.

    Source: paper D, II.C (g = n + 1) and III.A, key generation. Implements PAILLIER-1, PAILLIER-2,
    PAILLIER-3.
    """
    check_prime_field("p", p)
    check_prime_field("q", q)
    check_distinct(p, q)
    check_primes(p, q)
    check_coprime_to_totient(p, q)
    n = p * q
    lambda_ = lcm(p - 1, q - 1)
    mu = pow(lambda_, -1, n)
    return {"modulus": n, "lambda": lambda_, "mu": mu}


def key_with_generator(p: int, q: int, generator: int) -> dict[str, int]:
    """Make the key pair of two given primes and a given g: mu = L(g^lambda mod n^2)^-1 mod n.

    p, q: as in key. generator: in [1, n^2). Returns modulus n (public, together with g), lambda and mu
    (secret).

    Errors: those of key; Range where g is out of range; NotInvertible where g shares a factor with n, or
    where n does not divide the order of g modulo n^2, which is exactly when mu does not exist.

    Source: paper D, III.A, key generation. Implements PAILLIER-1, PAILLIER-2, PAILLIER-4.
    """
    check_prime_field("p", p)
    check_prime_field("q", q)
    n = p * q
    check_below("generator", generator, 1, n * n)
    check_distinct(p, q)
    check_primes(p, q)
    check_coprime_to_totient(p, q)
    check_unit("generator", generator, n)
    lambda_ = lcm(p - 1, q - 1)
    mu = generator_inverse(generator, lambda_, n)
    return {"modulus": n, "lambda": lambda_, "mu": mu}


def generator_inverse(generator: int, lambda_: int, n: int) -> int:
    """mu = L(g^lambda mod n^2)^-1 mod n, for a unit g.

    Errors: NotInvertible where n does not divide the order of g modulo n^2.

    Source: paper D, III.A, key generation. Implements PAILLIER-4, PAILLIER-12.
    """
    exponent = L(pow(generator, lambda_, n * n), n)
    if gcd(exponent, n) != 1:
        raise NotInvertible("n does not divide the order of g")
    return pow(exponent, -1, n)


def check_modulus(modulus: int) -> int:
    """Refuse a foreign modulus that cannot be one, as far as that shows without its factors; answer its bits.

    modulus: odd, in [15, 2^4096). An accepted modulus may still have three factors, a square factor or
    gcd(n, phi(n)) > 1: only a proof from its maker excludes those. The hardened profile's length and its
    bound on small factors are rules of the table of operations.

    Errors: Range where the modulus is even, out of range, prime, or a perfect power a^k with k > 1.

    Source: paper D, III.A, key generation, seen from the side that did not make the key. Implements
    PAILLIER-5.
    """
    check_modulus_field(modulus)
    if is_prime(modulus):
        raise Range("the modulus is prime")
    if is_perfect_power(modulus):
        raise Range("the modulus is a perfect power")
    return modulus.bit_length()


def encrypt(modulus: int, plaintext: int, randomness: int) -> int:
    """Encrypt with g = n + 1: c = (1 + m n) r^n mod n^2.

    modulus: n, odd, in [15, 2^4096). plaintext: m in [0, n), never reduced. randomness: r in [1, n), a unit
    modulo n, fresh and uniform for every encryption. Returns c in [1, n^2), a unit.

    Errors: Range where a value is out of range; NotInvertible where r shares a factor with n.

    Source: paper D, II.C, the formula for [m], with m and r modulo n. Implements PAILLIER-6, PAILLIER-7.
    """
    n, m, r = modulus, plaintext, randomness
    check_modulus_field(n)
    check_below("plaintext", m, 0, n)
    check_below("randomness", r, 1, n)
    check_unit("randomness", r, n)
    return (1 + m * n) * pow(r, n, n * n) % (n * n)


def encryptor_start(modulus: int, session: dict[str, Any]) -> None:
    """Start an encryptor's session under the modulus n, odd, in [15, 2^4096); no randomness is used yet.

    Errors: Range; State where the session was started before. Source: this project. Implements PAILLIER-19.
    """
    check_modulus_field(modulus)
    begin(session, "paillier.encryptor", modulus=modulus, used=set())


def encryptor_encrypt(plaintext: int, randomness: int, session: dict[str, Any]) -> int:
    """Encrypt m as encrypt does, under the session's modulus, with an r that the session has not used.

    c / c' = (1 + (m - m') n) for two ciphertexts under one r, which shows m - m' to everybody. Only an r
    that gave a ciphertext counts as used. Returns c in [1, n^2), a unit.

    Errors: Range and NotInvertible as encrypt; Replayed for an r used before; State before encryptor_start.

    Source: paper D, III.C, where randomness may repeat. Implements PAILLIER-19.
    """
    session = begun_as(session, "paillier.encryptor")
    check_begun(session)
    ciphertext = encrypt(session["modulus"], plaintext, randomness)
    if randomness in session["used"]:
        raise Replayed("the session has used the randomness before")
    session["used"].add(randomness)
    return ciphertext


def encrypt_with_factors(p: int, q: int, plaintext: int, randomness: int) -> int:
    """Encrypt as encrypt does, by the holder of the factors: modulo p^2 and q^2, joined by Garner's formula.

    p, q: factors that key accepted. plaintext: m in [0, p q). randomness: r in [1, p q), a unit modulo p q.
    Returns the same c that encrypt returns for n = p q.

    Errors: Range where a value is out of range or p = q; NotInvertible where gcd(n, (p - 1)(q - 1)) != 1,
    where p and q share a factor, or where r shares a factor with n.

    Source: paper D, II.C; the Chinese remainder theorem. Implements PAILLIER-6, PAILLIER-7, PAILLIER-8.
    """
    m, r = plaintext, randomness
    check_prime_field("p", p)
    check_prime_field("q", q)
    n = p * q
    check_below("plaintext", m, 0, n)
    check_below("randomness", r, 1, n)
    check_distinct(p, q)
    check_coprime_to_totient(p, q)
    check_unit("p", p, q)
    check_unit("randomness", r, n)
    c_p = (1 + m * n) * pow(r, n, p * p) % (p * p)
    c_q = (1 + m * n) * pow(r, n, q * q) % (q * q)
    return garner(c_p, c_q, p * p, q * q)


def garner(residue_1: int, residue_2: int, modulus_1: int, modulus_2: int) -> int:
    """The one x in [0, modulus_1 modulus_2) with these residues modulo two coprime moduli.

    Source: Garner's formula for the Chinese remainder theorem. Implements PAILLIER-8.
    """
    return residue_1 + modulus_1 * ((residue_2 - residue_1) * pow(modulus_1, -1, modulus_2) % modulus_2)


def encrypt_with_generator(modulus: int, generator: int, plaintext: int, randomness: int) -> int:
    """Encrypt with a general g: c = g^m r^n mod n^2.

    modulus: n, odd, in [15, 2^4096). generator: g in [1, n^2), a unit, which key_with_generator accepted.
    plaintext: m in [0, n). randomness: r in [1, n), a unit modulo n. Returns c in [1, n^2), a unit. Without
    the factors nobody can see whether n divides the order of g; decrypt_with_generator refuses a g for
    which it does not.

    Errors: Range where a value is out of range; NotInvertible where g or r shares a factor with n.

    Source: paper D, III.A, encryption. Implements PAILLIER-9.
    """
    n, g, m, r = modulus, generator, plaintext, randomness
    check_modulus_field(n)
    check_below("generator", g, 1, n * n)
    check_below("plaintext", m, 0, n)
    check_below("randomness", r, 1, n)
    check_unit("generator", g, n)
    check_unit("randomness", r, n)
    return pow(g, m, n * n) * pow(r, n, n * n) % (n * n)


def decrypt(p: int, q: int, ciphertext: int) -> int:
    """Decrypt with g = n + 1: m = L(c^lambda mod n^2) mu mod n, mu = lambda^-1 mod n.

    p, q: factors that key accepted. ciphertext: c in [1, n^2), a unit. Returns m in [0, n).

    Errors: Range where a value is out of range or p = q; NotInvertible where gcd(n, (p - 1)(q - 1)) != 1,
    where p and q share a factor, or where c shares a factor with n. Other factors that are no primes are not
    specified: here they give some number, where the C core refuses.

    Source: paper D, III.A, decryption. Implements PAILLIER-10, PAILLIER-11.
    """
    check_prime_field("p", p)
    check_prime_field("q", q)
    n, c = p * q, ciphertext
    check_below("ciphertext", c, 1, n * n)
    check_distinct(p, q)
    check_coprime_to_totient(p, q)
    check_unit("p", p, q)
    check_unit("ciphertext", c, n)
    lambda_ = lcm(p - 1, q - 1)
    mu = pow(lambda_, -1, n)
    return L(pow(c, lambda_, n * n), n) * mu % n


def decrypt_with_generator(p: int, q: int, generator: int, ciphertext: int) -> int:
    """Decrypt with a general g: m = L(c^lambda mod n^2) mu mod n, mu = L(g^lambda mod n^2)^-1 mod n.

    p, q: factors that key_with_generator accepted. generator: g in [1, n^2), a unit. ciphertext: c in [1,
    n^2), a unit. Returns m in [0, n).

    Errors: Range where a value is out of range or p = q; NotInvertible where gcd(n, (p - 1)(q - 1)) != 1,
    where p and q share a factor, where g shares a factor with n or n does not divide its order, or where c
    shares a factor with n.

    Source: paper D, III.A, decryption. Implements PAILLIER-10, PAILLIER-12.
    """
    check_prime_field("p", p)
    check_prime_field("q", q)
    n, g, c = p * q, generator, ciphertext
    check_below("generator", g, 1, n * n)
    check_below("ciphertext", c, 1, n * n)
    check_distinct(p, q)
    check_coprime_to_totient(p, q)
    check_unit("p", p, q)
    check_unit("generator", g, n)
    lambda_ = lcm(p - 1, q - 1)
    mu = generator_inverse(g, lambda_, n)
    check_unit("ciphertext", c, n)
    return L(pow(c, lambda_, n * n), n) * mu % n


def add(modulus: int, ciphertexts: list[int]) -> int:
    """Add plaintexts: the product of the ciphertexts modulo n^2, whose plaintext is the sum modulo n.

    modulus: n, odd, in [15, 2^4096). ciphertexts: 1 to 1024 of them, each in [1, n^2) and a unit. Returns a
    ciphertext; its randomness is the product of theirs, and it is no fresh one: see rerandomise.

    Errors: Malformed where the list is empty or too long; Range where a value is out of range;
    NotInvertible where a ciphertext shares a factor with n.

    Source: paper D, equation (1). Implements PAILLIER-13.
    """
    n = modulus
    if not 1 <= len(ciphertexts) <= MAXIMUM_CIPHERTEXTS:
        raise Malformed(f"not 1 to {MAXIMUM_CIPHERTEXTS} ciphertexts")
    check_modulus_field(n)
    for c in ciphertexts:
        check_below("ciphertext", c, 1, n * n)
    for c in ciphertexts:
        check_unit("ciphertext", c, n)
    total = 1
    for c in ciphertexts:
        total = total * c % (n * n)
    return total


def scale(modulus: int, ciphertext: int, scalar: int) -> int:
    """Multiply the plaintext by a public scalar: c^k mod n^2, whose plaintext is k m modulo n.

    modulus: n, odd, in [15, 2^4096). ciphertext: c in [1, n^2), a unit. scalar: k in [0, n); the negative
    factor -k is n - k. Returns a ciphertext; for k = 0 it is 1, which hides nothing, and the hardened
    profile refuses that scalar.

    Errors: Range where a value is out of range; NotInvertible where c shares a factor with n.

    Source: paper D, equation (2). Implements PAILLIER-14.
    """
    n, c, k = modulus, ciphertext, scalar
    check_modulus_field(n)
    check_below("ciphertext", c, 1, n * n)
    check_below("scalar", k, 0, n)
    check_unit("ciphertext", c, n)
    return pow(c, k, n * n)


def rerandomise(modulus: int, ciphertext: int, randomness: int) -> int:
    """Give a ciphertext new randomness and keep its plaintext: c r^n mod n^2.

    modulus: n, odd, in [15, 2^4096). ciphertext: c in [1, n^2), a unit. randomness: r in [1, n), a unit
    modulo n, fresh and uniform.

    Errors: Range where a value is out of range; NotInvertible where c or r shares a factor with n.

    Source: paper D, equation (1) with an encryption of zero. Implements PAILLIER-15.
    """
    n, c, r = modulus, ciphertext, randomness
    check_modulus_field(n)
    check_below("ciphertext", c, 1, n * n)
    check_below("randomness", r, 1, n)
    check_unit("ciphertext", c, n)
    check_unit("randomness", r, n)
    return c * pow(r, n, n * n) % (n * n)


def encode_signed(modulus: int, value: int) -> int:
    """Represent a signed value by its residue modulo n: v mod n.

    modulus: n, odd, in [15, 2^4096). value: v in [-(n - 1)/2, (n - 1)/2], the centred range. Returns m in
    [0, n).

    Errors: Range where a value is out of range.

    Source: paper D leaves negative values out; see spec/errata.md. Implements PAILLIER-16.
    """
    check_modulus_field(modulus)
    if not -(modulus // 2) <= value <= modulus // 2:
        raise Range("the value is outside the centred range of n")
    return value % modulus


def decode_signed(modulus: int, plaintext: int) -> int:
    """Read a residue modulo n as the signed value nearest to zero: m where m <= (n - 1)/2, else m - n.

    modulus: n, odd, in [15, 2^4096). plaintext: m in [0, n). Returns v in [-(n - 1)/2, (n - 1)/2].

    Errors: Range where a value is out of range.

    Source: paper D leaves negative values out; see spec/errata.md. Implements PAILLIER-17.
    """
    check_modulus_field(modulus)
    check_below("plaintext", plaintext, 0, modulus)
    return plaintext if plaintext <= modulus // 2 else plaintext - modulus


def headroom(modulus: int, meters: int, maximum_wh: int) -> int:
    """The headroom rule: a sum of N readings of magnitude at most maximum_wh decodes if 2 N maximum_wh < n.

    modulus: n, odd, in [15, 2^4096). meters: N in [1, 2^32). maximum_wh: in [0, 2^32), watt-hours. Returns
    N maximum_wh, watt-hours.

    Errors: Range where a value is out of range, or where the largest sum does not fit.

    Source: paper D, III.A, secure summation, which leaves the bound out; see spec/errata.md. Implements
    PAILLIER-18.
    """
    check_modulus_field(modulus)
    check_below("number of meters", meters, 1, MAXIMUM_COUNT + 1)
    check_below("maximum reading", maximum_wh, 0, MAXIMUM_COUNT + 1)
    largest_sum_wh = meters * maximum_wh
    if 2 * largest_sum_wh >= modulus:
        raise Range("the largest sum does not fit: 2 N maximum_wh >= n")
    return largest_sum_wh
