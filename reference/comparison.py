"""Secure comparison (spec/load_management.md): the utility learns whether P_i >= T, and no more of P_i.

Paper D, section III-A, in the order of the protocols: levels; Yao's comparison with RSA as the paper has it,
repaired (the published profile); the comparison of Damgard, Geisler and Kroigaard on encrypted bits, with
their cryptosystem as corrected in 2009 (the hardened profile); and the opening by which a user sees
afterwards that its comparison was with the group's threshold.

In Yao's comparison the user is Alice, who has the key, and the utility Bob, who learns the outcome; in the
other one the utility has the key. a is the reading's level and b the threshold's, both from 1 to k. The
functions are not constant time.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import gcd, lcm
from typing import Any

from meter_privacy.reference.errors import (
    Exhausted,
    Malformed,
    NotInGroup,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    check,
)
from meter_privacy.reference.paillier import is_prime

WH_LIMIT = 1 << 32
LEVELS_MAXIMUM = 1 << 32
YAO_LEVELS_MAXIMUM = 256
REQUEST_CANDIDATES = 16
RESPONSE_CANDIDATES = 64
PRIME_BITS = 2048
MODULUS_BITS = 4096
SUBGROUP_BITS = 512
RANDOMNESS_BITS = 1280
U_MAXIMUM = 1021
BITS_MAXIMUM = 32

# Residues may not be nearer than this: spec/load_management.md, "The prime".
DISTANCE = 3


def _check_between(least: int, most: int, **fields: int) -> None:
    for name, value in fields.items():
        check(least <= value <= most, Range, f"{name} is not in [{least}, {most}]")


def _check_count(items: Sequence[Any], least: int, most: int, name: str) -> None:
    check(least <= len(items) <= most, Malformed, f"{name} must have {least} to {most} elements")


def _check_odd(least: int, bits: int, **fields: int) -> None:
    for name, value in fields.items():
        check(least <= value < 1 << bits, Range, f"{name} is not in [{least}, 2^{bits})")
        check(value % 2 == 1, Range, f"{name} is even")


# ---- Levels --------------------------------------------------------------------------------------


def _check_ladder(value: int, unit_wh: int, levels: int) -> None:
    _check_between(0, WH_LIMIT - 1, value=value)
    _check_between(1, WH_LIMIT - 1, unit_wh=unit_wh)
    _check_between(2, LEVELS_MAXIMUM, levels=levels)


def reading_level(value_wh: int, unit_wh: int, levels: int) -> int:
    """The level a of a reading in Wh on a ladder of k levels, `unit_wh` apart: rounded down, saturating.

    Source: paper D, section III-A ("rounded to millions"), with v + 1 for v. Errors: range.
    Implements LOAD-31.
    """
    _check_ladder(value_wh, unit_wh, levels)
    return min(value_wh // unit_wh, levels - 1) + 1


def threshold_level(threshold_wh: int, unit_wh: int, levels: int) -> int:
    """The level b of a threshold in Wh: rounded up, and refused where the ladder ends below it.

    Source: paper D, section III-A. Errors: range. Implements LOAD-31.
    """
    _check_ladder(threshold_wh, unit_wh, levels)
    check(threshold_wh <= (levels - 1) * unit_wh, Range, "the threshold is above the last level")
    return -(-threshold_wh // unit_wh) + 1


def level_bits(levels: int) -> int:
    """l: the length in bits of the levels from 0 to k - 1."""
    return (levels - 1).bit_length()


# ---- Yao's comparison: section III-A, steps 1 to 6 -----------------------------------------------


def _check_exponent(exponent: int, modulus: int) -> None:
    check(exponent >= modulus.bit_length(), Range, "e is shorter than N is long")


def _check_rsa(p: int, q: int, exponent: int) -> None:
    check(p != q, Range, "the two primes are equal")
    _check_exponent(exponent, p * q)


def _check_public(modulus: int, exponent: int | None, levels: int, level: int) -> None:
    _check_odd(15, MODULUS_BITS, modulus=modulus)
    if exponent is not None:
        _check_odd(3, 64, exponent=exponent)
    _check_between(1, YAO_LEVELS_MAXIMUM, levels=levels)
    _check_between(1, levels, threshold_level=level)


def yao_key(p: int, q: int, exponent: int) -> dict[str, int]:
    """The user's RSA key: N = p q, and d with e d = 1 modulo lcm(p - 1, q - 1).

    e is at least as large as N is long: otherwise 2^e < N, and the utility would know the roots of more
    than one number of a window that it puts at 2^e, 3^e, ...
    Source: paper D, section III-A ("an RSA private/public key pair"); RFC 8017, section 3. Errors: range,
    not-invertible. Implements LOAD-32.
    """
    _check_odd(3, PRIME_BITS, p=p, q=q)
    _check_odd(3, 64, exponent=exponent)
    _check_rsa(p, q, exponent)
    check(is_prime(p) and is_prime(q), Range, "p or q is not prime")
    check_yao_key(p, q, exponent)
    return {"modulus": p * q, "private_exponent": pow(exponent, -1, lcm(p - 1, q - 1))}


def holds_a_fixed_point(message: int, levels: int, modulus: int) -> bool:
    """Whether t, t + 1, ..., t + k - 1 modulo N hold 0, 1 or N - 1, whose roots everybody knows.

    Source: paper D, section III-A, steps 3 and 4. Implements LOAD-33, LOAD-34.
    """
    return any((fixed - message) % modulus < levels for fixed in (0, 1, modulus - 1))


def holds_two_negatives(message: int, levels: int, modulus: int) -> bool:
    """Whether t, ..., t + k - 1 hold (N - 1)/2 and (N + 1)/2, and so numbers c and N - c on either side.

    The roots of these are y and N - y: u_i + u_j - N modulo p' says how many of the two stand above a.
    Source: paper D, section III-A, steps 3 to 5 (D-ERRATUM-33). Implements LOAD-33, LOAD-34.
    """
    return ((modulus - 1) // 2 - message) % modulus < levels - 1


def windows_meet(message: int, earlier: int, levels: int, modulus: int) -> bool:
    """Whether a window holds a number of an earlier one, or the negative of one.

    Two answers tell y modulo the product of their primes, but for the ones that were added: y is found by its
    power, and where one was added in both.
    Source: paper D, section III-A, steps 3 to 5 (D-ERRATUM-34). Implements LOAD-64.
    """
    negatives = (1 - earlier - levels) % modulus
    return any(
        (other - message) % modulus < levels or (message - other) % modulus < levels
        for other in (earlier, negatives)
    )


def yao_request(
    modulus: int, exponent: int, levels: int, threshold_level: int, candidates: Sequence[int]
) -> dict[str, int]:
    """The utility's message t = x^e - b + 1 mod N, and the index of the candidate x that it is made of.

    Candidates are drawn uniformly from [2, N - 2]. One whose window holds a fixed point, or two numbers of
    which one is the negative of the other, is passed over.
    Source: paper D, section III-A, steps 1 and 2. Errors: malformed, range, exhausted. Implements LOAD-33.
    """
    _check_count(candidates, 1, REQUEST_CANDIDATES, "candidates")
    _check_public(modulus, exponent, levels, threshold_level)
    for x in candidates:
        _check_between(2, modulus - 2, x=x)
    _check_exponent(exponent, modulus)
    for used, x in enumerate(candidates):
        message = (pow(x, exponent, modulus) - threshold_level + 1) % modulus
        fixed = holds_a_fixed_point(message, levels, modulus)
        if not fixed and not holds_two_negatives(message, levels, modulus):
            return {"message": message, "used": used}
    raise Exhausted("every candidate's window holds 0, 1 or N - 1, or both halves of N")


def are_apart(residues: Sequence[int], prime: int) -> bool:
    """Whether the u_i are from 1 to p' - 2 and any two at least three apart.

    It is a condition on what is sent, not on z, so that it says nothing about a: where it holds, z =
    u or u - 1 keeps the paper's distance of two and stays below p' - 1 for every a.
    Source: paper D, section III-A, step 4. Implements LOAD-35.
    """
    ordered = sorted(residues)
    inside = ordered[0] >= 1 and ordered[-1] <= prime - 2
    return inside and all(v - u >= DISTANCE for u, v in pairwise(ordered))


def yao_residues(roots: Sequence[int], reading_level: int, prime: int) -> list[int]:
    """u_i = y_i mod p' for i <= a, and one more above.

    Source: paper D, section III-A, steps 4 and 5. Implements LOAD-34.
    """
    return [y % prime + (i > reading_level) for i, y in enumerate(roots, start=1)]


def check_yao_answer(p: int, q: int, exponent: int, message: int, candidates: Sequence[int]) -> None:
    """Refuse what is out of range of a key, of the utility's message and of candidates for p'.

    Errors: malformed, range. Implements LOAD-34.
    """
    _check_count(candidates, 1, RESPONSE_CANDIDATES, "candidates")
    _check_odd(3, PRIME_BITS, p=p, q=q)
    _check_odd(3, 64, exponent=exponent)
    _check_between(0, p * q - 1, message=message)
    for prime in candidates:
        _check_odd(3, PRIME_BITS, candidate=prime)
    _check_rsa(p, q, exponent)
    for prime in candidates:
        check(is_prime(prime), Range, "a candidate is not prime")


def check_yao_key(p: int, q: int, exponent: int) -> None:
    """Refuse an exponent without an inverse. Errors: not-invertible. Implements LOAD-32."""
    check(gcd(exponent, (p - 1) * (q - 1)) == 1, NotInvertible, "e shares a factor with (p - 1)(q - 1)")


def yao_response(
    p: int,
    q: int,
    exponent: int,
    levels: int,
    reading_level: int,
    message: int,
    candidates: Sequence[int],
) -> dict[str, Any]:
    """The user's answer: p' and u_1, ..., u_k, and the index of the candidate that p' is.

    Candidates for p' are random primes of about half the length of N. One that is longer or divides N, or
    under which the u_i are not apart, is passed over.
    Source: paper D, section III-A, steps 3 to 5. Errors: malformed, range, not-invertible, policy,
    exhausted. Implements LOAD-34, LOAD-35.
    """
    check_yao_answer(p, q, exponent, message, candidates)
    _check_between(1, YAO_LEVELS_MAXIMUM, levels=levels)
    _check_between(1, levels, reading_level=reading_level)
    check_yao_key(p, q, exponent)
    modulus = p * q
    fixed = holds_a_fixed_point(message, levels, modulus)
    check(not fixed, Policy, "the window holds 0, 1 or N - 1")
    halves = holds_two_negatives(message, levels, modulus)
    check(not halves, Policy, "the window holds (N - 1)/2 and (N + 1)/2")

    d = pow(exponent, -1, lcm(p - 1, q - 1))
    roots = [pow((message + i) % modulus, d, modulus) for i in range(levels)]
    for used, prime in enumerate(candidates):
        residues = yao_residues(roots, reading_level, prime)
        short = 2 * prime.bit_length() <= modulus.bit_length() + 1
        if short and modulus % prime != 0 and are_apart(residues, prime):
            return {"prime": prime, "residues": residues, "used": used}
    raise Exhausted("no candidate for the prime is admissible")


def yao_outcome(
    modulus: int, levels: int, threshold_level: int, x: int, prime: int, residues: Sequence[int]
) -> int:
    """1 where u_b = x mod p', which is a >= b, and 0 where it is one more, which is a < b.

    Source: paper D, section III-A, step 6. Errors: malformed, range, proof-failed.
    Implements LOAD-35, LOAD-36.
    """
    _check_count(residues, 1, YAO_LEVELS_MAXIMUM, "residues")
    _check_public(modulus, None, levels, threshold_level)
    _check_between(2, modulus - 2, x=x)
    _check_odd(3 * levels, PRIME_BITS, prime=prime)
    _check_between(1, prime - 2, **{f"u_{i}": u for i, u in enumerate(residues, start=1)})
    check(len(residues) == levels, Range, "there are not k residues")
    check(2 * prime.bit_length() <= modulus.bit_length() + 1, Range, "p' is longer than half of N")
    check(modulus % prime != 0, Range, "p' divides N")
    check(is_prime(prime), Range, "p' is not prime")
    check(are_apart(residues, prime), Range, "two residues are less than three apart")
    above = residues[threshold_level - 1] - x % prime
    check(above in (0, 1), ProofFailed, "u_b is neither x mod p' nor the number after it")
    return 1 - above


def yao_audit(modulus: int, exponent: int, levels: int, threshold_level: int, x: int, message: int) -> None:
    """Accept a message that was made of this threshold and x, once both are known.

    Source: this project. Errors: range, proof-failed. Implements LOAD-43.
    """
    _check_public(modulus, exponent, levels, threshold_level)
    _check_between(2, modulus - 2, x=x)
    _check_between(0, modulus - 1, message=message)
    _check_exponent(exponent, modulus)
    made = (pow(x, exponent, modulus) - threshold_level + 1) % modulus
    check(made == message, ProofFailed, "the message is of another threshold, or of another x")


# ---- The cryptosystem of Damgard, Geisler and Kroigaard ------------------------------------------


def _check_private(p: int, q: int, u: int, v_p: int, v_q: int) -> None:
    _check_odd(3, PRIME_BITS, p=p, q=q)
    _check_between(3, U_MAXIMUM, u=u)
    _check_odd(3, SUBGROUP_BITS, v_p=v_p, v_q=v_q)


def _has_order(element: int, order_primes: Sequence[int], prime: int) -> bool:
    """Whether the order modulo a prime is exactly the product of these primes."""
    order = 1
    for factor in order_primes:
        order *= factor
    return pow(element, order, prime) == 1 and all(
        pow(element, order // factor, prime) != 1 for factor in order_primes
    )


def _join(at_p: int, at_q: int, p: int, q: int) -> int:
    """The residue modulo p q of two residues."""
    return (at_p + (at_q - at_p) * pow(p, -1, q) % q * p) % (p * q)


def dgk_key(p: int, q: int, u: int, v_p: int, v_q: int, base_g: int, base_h: int) -> dict[str, int]:
    """The utility's key: n = p q; g of order u v_p modulo p and u v_q modulo q, h of order v_p and v_q.

    The bases are drawn uniformly from [2, n); one that gives a smaller order is refused.
    Source: Damgard, Geisler and Kroigaard 2007, section 2, with v_p and v_q different as in the correction
    of 2009. Errors: range, not-in-group. Implements LOAD-37.
    """
    _check_private(p, q, u, v_p, v_q)
    n = p * q
    _check_between(2, n - 1, base_g=base_g, base_h=base_h)
    check(p != q and v_p != v_q, Range, "p = q, or v_p = v_q")
    check((p - 1) % (u * v_p) == 0, Range, "u v_p does not divide p - 1")
    check((q - 1) % (u * v_q) == 0, Range, "u v_q does not divide q - 1")
    check((q - 1) % v_p != 0 and (p - 1) % v_q != 0, Range, "v_p divides q - 1, or v_q divides p - 1")
    check(all(is_prime(k) for k in (p, q, u, v_p, v_q)), Range, "p, q, u, v_p or v_q is not prime")

    g_p, g_q = pow(base_g, (p - 1) // (u * v_p), p), pow(base_g, (q - 1) // (u * v_q), q)
    h_p, h_q = pow(base_h, (p - 1) // v_p, p), pow(base_h, (q - 1) // v_q, q)
    whole = (
        _has_order(g_p, (u, v_p), p)
        and _has_order(g_q, (u, v_q), q)
        and _has_order(h_p, (v_p,), p)
        and _has_order(h_q, (v_q,), q)
    )
    check(whole, NotInGroup, "a base gives an element of a smaller order")
    return {"modulus": n, "g": _join(g_p, g_q, p, q), "h": _join(h_p, h_q, p, q)}


def _check_dgk(modulus: int, u: int, g: int, h: int) -> None:
    _check_odd(15, MODULUS_BITS, modulus=modulus)
    _check_between(3, U_MAXIMUM, u=u)
    _check_between(2, modulus - 1, g=g, h=h)


def _check_units(modulus: int, **elements: int) -> None:
    for name, element in elements.items():
        check(gcd(element, modulus) == 1, NotInvertible, f"{name} shares a factor with n")


def _check_randomness(randomness: Sequence[int]) -> None:
    for r in randomness:
        check(1 <= r < 1 << RANDOMNESS_BITS, Range, f"randomness is not in [1, 2^{RANDOMNESS_BITS})")


def dgk_encrypt(modulus: int, u: int, g: int, h: int, plaintext: int, randomness: int) -> int:
    """E(m; r) = g^m h^r mod n, for m in [0, u).

    Source: Damgard, Geisler and Kroigaard 2007, section 2. Errors: range, not-invertible.
    Implements LOAD-38.
    """
    _check_dgk(modulus, u, g, h)
    _check_between(0, u - 1, plaintext=plaintext)
    _check_randomness([randomness])
    _check_units(modulus, g=g, h=h)
    return pow(g, plaintext, modulus) * pow(h, randomness, modulus) % modulus


def dgk_is_zero(p: int, q: int, u: int, v_p: int, v_q: int, ciphertext: int) -> int:
    """1 where the ciphertext holds 0, else 0: c^v_p = 1 modulo p, and c^v_q = 1 modulo q.

    Of an element of the group, c^v_p has an order that divides u, and holds 0 at both primes or at neither.
    Source: Damgard, Geisler and Kroigaard 2007, section 2. Errors: range, not-in-group. Implements LOAD-39.
    """
    _check_private(p, q, u, v_p, v_q)
    _check_between(1, p * q - 1, ciphertext=ciphertext)
    at_p, at_q = pow(ciphertext, v_p, p), pow(ciphertext, v_q, q)
    inside = pow(at_p, u, p) == 1 and pow(at_q, u, q) == 1 and (at_p == 1) == (at_q == 1)
    check(inside, NotInGroup, "c is not in the group of g and h")
    return int(at_p == 1)


def _check_room(u: int, bits: int) -> None:
    check(u > 3 * bits, Range, "u is not above 3 l for the l bits of a level")


def dgk_request(
    modulus: int, u: int, g: int, h: int, randomness: Sequence[int], threshold_level: int
) -> list[int]:
    """The utility's message: E(b_0), ..., E(b_(l-1)) for the l bits of b - 1, the lowest first.

    Source: Damgard, Geisler and Kroigaard 2007, section 3, step 1. Errors: malformed, range,
    not-invertible. Implements LOAD-40.
    """
    _check_count(randomness, 1, BITS_MAXIMUM, "randomness")
    _check_dgk(modulus, u, g, h)
    _check_randomness(randomness)
    _check_between(1, 1 << len(randomness), threshold_level=threshold_level)
    _check_room(u, len(randomness))
    _check_units(modulus, g=g, h=h)
    return [
        dgk_encrypt(modulus, u, g, h, (threshold_level - 1) >> i & 1, r) for i, r in enumerate(randomness)
    ]


def check_dgk_answer(
    modulus: int,
    u: int,
    g: int,
    h: int,
    bits: Sequence[int],
    multipliers: Sequence[int],
    randomness: Sequence[int],
    order: Sequence[int],
) -> None:
    """Refuse what is out of range of the utility's message and of the user's randomness.

    Errors: malformed, range. Implements LOAD-41.
    """
    _check_count(bits, 1, BITS_MAXIMUM, "bits")
    check(len(bits) == len(multipliers) == len(randomness) == len(order), Malformed, "lists differ in length")
    _check_dgk(modulus, u, g, h)
    _check_between(1, modulus - 1, **{f"bit_{i}": c for i, c in enumerate(bits)})
    _check_between(1, u - 1, **{f"multiplier_{i}": rho for i, rho in enumerate(multipliers)})
    _check_randomness(randomness)
    _check_between(0, len(bits) - 1, **{f"order_{i}": place for i, place in enumerate(order)})
    _check_room(u, len(bits))
    check(len(set(order)) == len(order), Range, "the order is no permutation of 0, ..., l - 1")


def check_dgk_units(modulus: int, g: int, h: int, bits: Sequence[int]) -> None:
    """Refuse what shares a factor with n. Errors: not-invertible. Implements LOAD-41."""
    _check_units(modulus, g=g, h=h, **{f"bit_{i}": c for i, c in enumerate(bits)})


def dgk_response(
    modulus: int,
    u: int,
    g: int,
    h: int,
    bits: Sequence[int],
    multipliers: Sequence[int],
    randomness: Sequence[int],
    order: Sequence[int],
    reading_level: int,
) -> list[int]:
    """The user's answer: E(rho_i c_i; ...) for c_i = 1 + a_i - b_i + 3 sum_(j > i) (a_j xor b_j), shuffled.

    One c_i is 0 where a < b, and else none. The ciphertext of bit i is sent in the place `order[i]`.
    Source: Damgard, Geisler and Kroigaard 2007, section 3, steps 2 and 3, with s = 1 fixed. Errors:
    malformed, range, not-invertible. Implements LOAD-41.
    """
    check_dgk_answer(modulus, u, g, h, bits, multipliers, randomness, order)
    _check_between(1, 1 << len(bits), reading_level=reading_level)
    check_dgk_units(modulus, g, h, bits)

    sent = [0] * len(bits)
    differing = 1
    for i in reversed(range(len(bits))):
        a_i = (reading_level - 1) >> i & 1
        negated = pow(bits[i], -1, modulus)
        c_i = pow(g, 1 + a_i, modulus) * negated * pow(differing, 3, modulus) % modulus
        sent[order[i]] = pow(c_i, multipliers[i], modulus) * pow(h, randomness[i], modulus) % modulus
        differing = differing * (g * negated if a_i else bits[i]) % modulus
    return sent


def dgk_outcome(p: int, q: int, u: int, v_p: int, v_q: int, levels: int, ciphertexts: Sequence[int]) -> int:
    """0 where one ciphertext holds 0, which is a < b, else 1.

    Source: Damgard, Geisler and Kroigaard 2007, section 3, step 4. Errors: malformed, range, not-in-group,
    proof-failed. Implements LOAD-39, LOAD-42.
    """
    _check_count(ciphertexts, 1, BITS_MAXIMUM, "ciphertexts")
    _check_private(p, q, u, v_p, v_q)
    _check_between(2, LEVELS_MAXIMUM, levels=levels)
    _check_between(1, p * q - 1, **{f"c_{i}": c for i, c in enumerate(ciphertexts)})
    check(len(ciphertexts) == level_bits(levels), Range, "there are not l ciphertexts")
    zeros = sum(dgk_is_zero(p, q, u, v_p, v_q, c) for c in ciphertexts)
    check(zeros <= 1, ProofFailed, "more than one ciphertext holds 0")
    return 1 - zeros


def dgk_audit(
    modulus: int,
    u: int,
    g: int,
    h: int,
    randomness: Sequence[int],
    threshold_level: int,
    bits: Sequence[int],
) -> None:
    """Accept encrypted bits that are those of this threshold under this randomness, once both are known.

    Source: this project. Errors: malformed, range, not-invertible, proof-failed. Implements LOAD-43.
    """
    check(len(bits) == len(randomness), Malformed, "lists differ in length")
    _check_count(bits, 1, BITS_MAXIMUM, "bits")
    _check_between(1, modulus - 1, **{f"bit_{i}": c for i, c in enumerate(bits)})
    made = dgk_request(modulus, u, g, h, randomness, threshold_level)
    check(made == list(bits), ProofFailed, "a ciphertext is of another bit, or of other randomness")
