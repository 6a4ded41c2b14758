"""The contract of each operation, executable: which inputs it takes, and what then holds of its output.

`requires` says in one expression when an input is accepted; the function refuses exactly the others.
`ensures` relates the output to the input by another way than the function computes it. Tests and the fuzzer
run both against the reference; neither is part of answering a request. The hardened profile's sizes are
rules of the tables, not of contracts. Operations other than the key's are given prime factors.
"""

import hmac
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from math import gcd, lcm
from typing import Any

from meter_privacy.reference.groups import NAMES as GROUP_NAMES
from meter_privacy.reference.groups import group as group_of
from meter_privacy.reference.paillier import MAXIMUM_CIPHERTEXTS, MODULUS_BITS, PRIME_BITS, is_prime


@dataclass(frozen=True)
class Contract:
    """`requires(**input)` and `ensures(output, **input)`, with the operation's field names."""

    requires: Callable[..., bool]
    ensures: Callable[..., bool]


def is_modulus(n: int) -> bool:
    """A number that the table takes for a modulus."""
    return 15 <= n < 1 << MODULUS_BITS and n % 2 == 1


def are_factors(p: int, q: int) -> bool:
    """Two primes, in other operations than the key's taken for such, that may be the factors of a key."""
    odd = all(3 <= factor < 1 << PRIME_BITS and factor % 2 == 1 for factor in (p, q))
    return odd and p != q and gcd(p * q, (p - 1) * (q - 1)) == 1


def are_primes(p: int, q: int) -> bool:
    """Two primes that make a key."""
    return are_factors(p, q) and is_prime(p) and is_prime(q)


def is_unit(value: int, n: int, bound: int) -> bool:
    """A number in [1, bound) that is prime to n."""
    return 1 <= value < bound and gcd(value, n) == 1


def order_is_multiple_of_n(g: int, p: int, q: int) -> bool:
    """n divides the order of the unit g modulo n^2: no power that lacks a prime of n is 1."""
    n, lambda_ = p * q, lcm(p - 1, q - 1)
    return all(pow(g, lambda_ * n // prime, n * n) != 1 for prime in (p, q))


def is_encryption(c: int, m: int, p: int, q: int, g: int) -> bool:
    """c g^-m is an n-th power modulo n^2: its lambda-th power is 1."""
    n = p * q
    return 0 <= m < n and pow(c * pow(g, -m, n * n), lcm(p - 1, q - 1), n * n) == 1


def is_key(key: dict[str, int], p: int, q: int, g: int) -> bool:
    """n = p q, lambda is the exponent of the units modulo n, and L(g^lambda) mu = 1 modulo n."""
    n, lambda_, mu = key["modulus"], key["lambda"], key["mu"]
    exponent = lambda_ % (p - 1) == 0 == lambda_ % (q - 1) and lambda_ * gcd(p - 1, q - 1) == (p - 1) * (
        q - 1
    )
    return n == p * q and exponent and 0 < mu < n and pow(g, lambda_ * mu, n * n) == 1 + n


def is_power(value: int) -> bool:
    """A perfect power, found by rounding the real root up and down and trying both."""
    for degree in range(2, value.bit_length()):
        low, high = 1, 1 << (value.bit_length() // degree + 1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if middle**degree <= value else (low, middle)
        if low**degree == value:
            return True
    return False


PAILLIER: dict[str, Contract] = {
    "paillier.key": Contract(
        requires=lambda p, q: are_primes(p, q),
        ensures=lambda key, p, q: is_key(key, p, q, p * q + 1),
    ),
    "paillier.key_with_generator": Contract(
        requires=lambda p, q, generator: (
            are_primes(p, q)
            and is_unit(generator, p * q, (p * q) ** 2)
            and order_is_multiple_of_n(generator, p, q)
        ),
        ensures=lambda key, p, q, generator: is_key(key, p, q, generator),
    ),
    "paillier.check_modulus": Contract(
        requires=lambda modulus: is_modulus(modulus) and not is_prime(modulus) and not is_power(modulus),
        ensures=lambda bits, modulus: 1 << (bits - 1) <= modulus < 1 << bits,
    ),
    "paillier.encrypt": Contract(
        requires=lambda modulus, plaintext, randomness: (
            is_modulus(modulus) and 0 <= plaintext < modulus and is_unit(randomness, modulus, modulus)
        ),
        ensures=lambda c, modulus, plaintext, randomness: (
            is_unit(c, modulus, modulus**2)
            and c
            == pow(modulus + 1, plaintext, modulus**2) * pow(randomness, modulus, modulus**2) % modulus**2
        ),
    ),
    "paillier.encrypt_with_factors": Contract(
        requires=lambda p, q, plaintext, randomness: (
            are_factors(p, q)
            and gcd(p, q) == 1
            and 0 <= plaintext < p * q
            and is_unit(randomness, p * q, p * q)
        ),
        ensures=lambda c, p, q, plaintext, randomness: (
            is_unit(c, p * q, (p * q) ** 2)
            and c == (1 + plaintext * p * q) * pow(randomness, p * q, (p * q) ** 2) % (p * q) ** 2
        ),
    ),
    "paillier.encrypt_with_generator": Contract(
        requires=lambda modulus, generator, plaintext, randomness: (
            is_modulus(modulus)
            and is_unit(generator, modulus, modulus**2)
            and 0 <= plaintext < modulus
            and is_unit(randomness, modulus, modulus)
        ),
        ensures=lambda c, modulus, generator, plaintext, randomness: (
            is_unit(c, modulus, modulus**2)
            and c * pow(generator, -plaintext, modulus**2) % modulus**2
            == pow(randomness, modulus, modulus**2)
        ),
    ),
    "paillier.decrypt": Contract(
        requires=lambda p, q, ciphertext: are_factors(p, q) and is_unit(ciphertext, p * q, (p * q) ** 2),
        ensures=lambda m, p, q, ciphertext: is_encryption(ciphertext, m, p, q, p * q + 1),
    ),
    "paillier.decrypt_with_generator": Contract(
        requires=lambda p, q, generator, ciphertext: (
            are_factors(p, q)
            and is_unit(generator, p * q, (p * q) ** 2)
            and order_is_multiple_of_n(generator, p, q)
            and is_unit(ciphertext, p * q, (p * q) ** 2)
        ),
        ensures=lambda m, p, q, generator, ciphertext: is_encryption(ciphertext, m, p, q, generator),
    ),
    "paillier.add": Contract(
        requires=lambda modulus, ciphertexts: (
            1 <= len(ciphertexts) <= MAXIMUM_CIPHERTEXTS
            and is_modulus(modulus)
            and all(is_unit(c, modulus, modulus**2) for c in ciphertexts)
        ),
        ensures=lambda total, modulus, ciphertexts: (
            is_unit(total, modulus, modulus**2) and divided(total, ciphertexts, modulus**2) == 1
        ),
    ),
    "paillier.scale": Contract(
        requires=lambda modulus, ciphertext, scalar: (
            is_modulus(modulus) and is_unit(ciphertext, modulus, modulus**2) and 0 <= scalar < modulus
        ),
        ensures=lambda c, modulus, ciphertext, scalar: (
            is_unit(c, modulus, modulus**2)
            and c * pow(ciphertext, modulus - scalar, modulus**2) % modulus**2
            == pow(ciphertext, modulus, modulus**2)
        ),
    ),
    "paillier.rerandomise": Contract(
        requires=lambda modulus, ciphertext, randomness: (
            is_modulus(modulus)
            and is_unit(ciphertext, modulus, modulus**2)
            and is_unit(randomness, modulus, modulus)
        ),
        ensures=lambda c, modulus, ciphertext, randomness: (
            is_unit(c, modulus, modulus**2)
            and c * pow(randomness, -modulus, modulus**2) % modulus**2 == ciphertext
        ),
    ),
    "paillier.encode_signed": Contract(
        requires=lambda modulus, value: is_modulus(modulus) and 2 * abs(value) < modulus,
        ensures=lambda m, modulus, value: 0 <= m < modulus and (m - value) % modulus == 0,
    ),
    "paillier.decode_signed": Contract(
        requires=lambda modulus, plaintext: is_modulus(modulus) and 0 <= plaintext < modulus,
        ensures=lambda v, modulus, plaintext: 2 * abs(v) < modulus and (v - plaintext) % modulus == 0,
    ),
    "paillier.headroom": Contract(
        requires=lambda modulus, meters, maximum_wh: (
            is_modulus(modulus)
            and 1 <= meters < 2**32
            and 0 <= maximum_wh < 2**32
            and meters * maximum_wh <= modulus // 2
        ),
        ensures=lambda largest, modulus, meters, maximum_wh: (
            largest == meters * maximum_wh and -(modulus // 2) <= -largest <= largest <= modulus // 2
        ),
    ),
}


def divided(value: int, by: list[int], modulus: int) -> int:
    """The value divided by every number of a list, modulo a modulus."""
    for number in by:
        value = value * pow(number, -1, modulus) % modulus
    return value


NODES = 2**32
MASK_MODULI = 2**256


def are_ints(*values: Any) -> bool:
    """Integers of a message: below 2^53 in magnitude."""
    return all(type(value) is int and abs(value) < 2**53 for value in values)


def are_nodes(*nodes: int) -> bool:
    """Different numbers from 0 to 2^32 - 1."""
    return are_ints(*nodes) and all(0 <= node < NODES for node in nodes) and len(set(nodes)) == len(nodes)


def is_power_of_two(m: int) -> bool:
    """A modulus 2^1 to 2^255."""
    return m in {1 << b for b in range(1, 256)}


def is_cluster(meters: int, maximum_wh: int, tail_wh: int) -> bool:
    """N, Xmax and T as dream.modulus takes them."""
    return 2 <= meters <= 4096 and 1 <= maximum_wh < 2**32 and 0 <= tail_wh < 2**52


def low_bits(key: bytes, label: bytes, slot: int, m: int) -> int:
    """The PRF's low bits, by bytes cut off in front and a mask on what is left."""
    digest = hmac.new(key, b"meter-privacy/dream/1/%s\x00" % label, sha256)
    digest.update(slot.to_bytes(8, "big"))
    width = (m.bit_length() + 7) // 8
    return int.from_bytes(digest.digest()[-width:], "big") & (m - 1)


def peeled(ciphertext: int, m: int, node: int, dummy_keys: list[dict[str, int]]) -> int:
    """A ciphertext without its dummy keys, taken off one at a time."""
    for entry in dummy_keys:
        ciphertext = (ciphertext - entry["key"] if entry["node"] < node else ciphertext + entry["key"]) % m
    return ciphertext


def selects(key: bytes, slot: int, w: int, others: int) -> bool:
    """(v + 1)(N - 1) <= w 2^64, which is v < floor(w 2^64 / (N - 1)) without a division."""
    return (low_bits_first(key, slot) + 1) * others <= w * 2**64


def low_bits_first(key: bytes, slot: int) -> int:
    """The first 64 bits of the selection's PRF value, shifted down from the whole."""
    message = b"meter-privacy/dream/1/select\x00" + slot.to_bytes(8, "big")
    return int(hmac.new(key, message, sha256).hexdigest(), 16) >> 192


def may_select(node: int, slot: int, keys: list[dict[str, Any]], w: int) -> bool:
    """Whether the selection takes its input, somebody being selected."""
    named = are_nodes(node, *(entry["node"] for entry in keys))
    sized = 1 <= len(keys) <= 4095 and 1 <= w <= len(keys) and 0 <= slot < 2**53
    return named and sized and any(selects(entry["key"], slot, w, len(keys)) for entry in keys)


DREAM: dict[str, Contract] = {
    "dream.mask": Contract(
        lambda modulus, node, value, keystream, dummy_keys, blind: (
            2 <= modulus < MASK_MODULI
            and are_nodes(node, *(entry["node"] for entry in dummy_keys))
            and are_ints(value)
            and -modulus <= 2 * value < modulus
            and all(0 <= k < modulus for k in (keystream, blind, *(entry["key"] for entry in dummy_keys)))
        ),
        lambda ciphertext, modulus, node, value, keystream, dummy_keys, blind: (
            0 <= ciphertext < modulus
            and (peeled(ciphertext, modulus, node, dummy_keys) - keystream - blind - value) % modulus == 0
        ),
    ),
    "dream.aggregate": Contract(
        lambda modulus, ciphertexts, keystreams, recoveries: (
            2 <= modulus < MASK_MODULI
            and 1 <= len(ciphertexts) == len(keystreams) <= 4096
            and len(recoveries) <= 4096
            and all(0 <= number < modulus for number in (*ciphertexts, *keystreams, *recoveries))
        ),
        lambda total, modulus, ciphertexts, keystreams, recoveries: (
            -modulus <= 2 * total < modulus
            and sum(ciphertexts) % modulus == (total + sum(keystreams) + sum(recoveries)) % modulus
        ),
    ),
    "dream.keystream": Contract(
        lambda key, slot, modulus: len(key) == 32 and 0 <= slot < 2**53 and is_power_of_two(modulus),
        lambda stream, key, slot, modulus: stream == low_bits(key, b"keystream", slot, modulus),
    ),
    "dream.dummy_key": Contract(
        lambda key, slot, modulus: len(key) == 32 and 0 <= slot < 2**53 and is_power_of_two(modulus),
        lambda dummy, key, slot, modulus: dummy == low_bits(key, b"dummy", slot, modulus),
    ),
    "dream.select_partners": Contract(
        lambda node, slot, keys, expected_partners: may_select(node, slot, keys, expected_partners),
        lambda partners, slot, keys, expected_partners, **_: (
            partners == [e["node"] for e in keys if selects(e["key"], slot, expected_partners, len(keys))]
        ),
    ),
    "dream.modulus": Contract(
        lambda meters, maximum_wh, tail_wh: is_cluster(meters, maximum_wh, tail_wh),
        lambda modulus, meters, maximum_wh, tail_wh: (
            is_power_of_two(modulus) and modulus // 2 <= meters * maximum_wh + 2 * tail_wh < modulus
        ),
    ),
    "dream.check_parameters": Contract(
        lambda meters, tolerated_failures, colluders, expected_partners, maximum_wh, tail_wh, modulus: (
            is_cluster(meters, maximum_wh, tail_wh)
            and tolerated_failures >= 0
            and 0 <= colluders < meters
            and 1 <= expected_partners < meters
            and is_power_of_two(modulus)
            and modulus > meters * maximum_wh + 2 * tail_wh
            and tolerated_failures < Fraction(meters - colluders, 2)
        ),
        lambda slack, meters, maximum_wh, tail_wh, modulus, **_: (
            slack >= 0 and len(range(-tail_wh, meters * maximum_wh + tail_wh + 1)) + slack == modulus
        ),
    ),
}


def is_table(thresholds: list[int], random: bytes) -> bool:
    """Thresholds of 64 bits in strict order, and bytes for two sides."""
    ordered = sorted(set(thresholds)) == thresholds
    return (
        1 <= len(thresholds) <= 4096
        and ordered
        and 0 <= min(thresholds) <= max(thresholds) < 2**64
        and (len(random) == 16)
    )


def by_bisection(thresholds: list[int], random: bytes) -> int:
    """A share by halving the table instead of counting."""
    first, second = divmod(int.from_bytes(random, "big"), 2**64)
    return bisect_right(thresholds, first) - bisect_right(thresholds, second)


def is_capped(reading_wh: int, maximum_wh: int) -> bool:
    """A reading and a cap as dream.clamp takes them."""
    return are_ints(reading_wh, maximum_wh) and 1 <= maximum_wh < 2**32


NOISE: dict[str, Contract] = {
    "dream.clamp": Contract(
        lambda reading_wh, maximum_wh: is_capped(reading_wh, maximum_wh),
        lambda held, reading_wh, maximum_wh: (
            held["value_wh"] == sorted((0, reading_wh, maximum_wh))[1]
            and held["clamped"] == (reading_wh not in range(maximum_wh + 1))
        ),
    ),
    "dream.table_share": Contract(
        lambda thresholds, random: is_table(thresholds, random),
        lambda share, thresholds, random: share == by_bisection(thresholds, random),
    ),
    "dream.sanitise": Contract(
        lambda reading_wh, maximum_wh, unit_wh, thresholds, random: (
            is_capped(reading_wh, maximum_wh)
            and are_ints(unit_wh)
            and 1 <= unit_wh <= maximum_wh
            and gcd(unit_wh, maximum_wh) == unit_wh
            and is_table(thresholds, random)
        ),
        lambda made, reading_wh, maximum_wh, unit_wh, thresholds, random: (
            0
            <= sorted((0, reading_wh, maximum_wh))[1]
            - made["value_wh"]
            + unit_wh * by_bisection(thresholds, random)
            < unit_wh
            and made["value_wh"] % unit_wh == 0
        ),
    ),
    "dream.noise_scale": Contract(
        lambda maximum_wh, epsilon: is_capped(0, maximum_wh) and 0 < epsilon <= 64,
        lambda scale, maximum_wh, epsilon: scale * epsilon == maximum_wh,
    ),
    "dream.error": Contract(
        lambda total_wh, noisy_wh: are_ints(total_wh, noisy_wh) and total_wh >= 0,
        lambda error, total_wh, noisy_wh: (
            noisy_wh in (total_wh + error * (total_wh + 1), total_wh - error * (total_wh + 1))
        ),
    ),
}


def is_exponent(p: int, q: int, exponent: int) -> bool:
    """Two primes and an exponent that make a signer's key; outside the key's operation taken for such."""
    odd = all(3 <= factor < 1 << PRIME_BITS and factor % 2 == 1 for factor in (p, q))
    odd = odd and 3 <= exponent < p * q and exponent % 2 == 1
    return odd and p != q and gcd(exponent, (p - 1) * (q - 1)) == 1


def is_scalar(group: str, *scalars: int) -> bool:
    """Numbers in [1, q) of a group."""
    return group in GROUP_NAMES and all(1 <= scalar < group_of(group).order for scalar in scalars)


def are_denominations(denominations: Sequence[int]) -> bool:
    """Rising numbers, each dividing the next."""
    positive = 1 <= len(denominations) <= 32 and all(1 <= value < 2**53 for value in denominations)
    return positive and all(low < high and high % low == 0 for low, high in pairwise(denominations))


def total(counts: Sequence[int], values: Sequence[int]) -> int:
    """What tokens are worth."""
    return sum(number * value for number, value in zip(counts, values, strict=True))


def has_identity(made: dict[str, bytes], group: str, secret: int, nonce: int) -> bool:
    """v g^s = 1 and x g^(q - r) = 1."""
    g = group_of(group)
    v, x = g.decode(made["v"]), g.decode(made["x"])
    back = g.multiply(v, g.power(g.generator, secret)) == g.identity
    return bool(back and g.multiply(x, g.power(g.generator, g.order - nonce)) == g.identity)


ENERGY_TOKENS: dict[str, Contract] = {
    "energy_tokens.blind_key": Contract(
        lambda p, q, exponent: is_exponent(p, q, exponent) and is_prime(p) and is_prime(q),
        lambda key, p, q, exponent: (
            key["modulus"] == p * q
            and 0 < key["private_exponent"] < lcm(p - 1, q - 1)
            and all(exponent * key["private_exponent"] % (prime - 1) == 1 for prime in (p, q) if prime > 3)
        ),
    ),
    "energy_tokens.blind_sign": Contract(
        lambda p, q, exponent, blinded_message: (
            is_exponent(p, q, exponent)
            and 2 <= blinded_message <= p * q - 2
            and gcd(blinded_message, p * q) == 1
        ),
        lambda signature, p, q, exponent, blinded_message: (
            0 < signature < p * q and pow(signature, exponent, p * q) == blinded_message
        ),
    ),
    "energy_tokens.identity": Contract(
        lambda group, secret, nonce: (
            is_scalar(group, secret, nonce) and nonce not in (secret, group_of(group).order - secret)
        ),
        has_identity,
    ),
    "energy_tokens.respond": Contract(
        lambda group, secret, nonce, challenge: is_scalar(group, secret, nonce, challenge),
        lambda response, group, secret, nonce, challenge: (
            0 <= response < group_of(group).order
            and (response - challenge * secret - nonce) % group_of(group).order == 0
        ),
    ),
    "energy_tokens.extract": Contract(
        lambda order, challenge_1, response_1, challenge_2, response_2: (
            3 <= order < 2**4096
            and order % 2 == 1
            and all(0 <= k < order for k in (challenge_1, response_1, challenge_2, response_2))
            and gcd(challenge_1 - challenge_2, order) == 1
        ),
        lambda found, order, challenge_1, response_1, challenge_2, response_2: all(
            (found["nonce"] + e * found["secret"] - y) % order == 0
            for e, y in ((challenge_1, response_1), (challenge_2, response_2))
        ),
    ),
    "energy_tokens.denominate": Contract(
        lambda denominations, amount_wh: (
            are_denominations(denominations) and 0 <= amount_wh < 2**53 and amount_wh % denominations[0] == 0
        ),
        lambda counts, denominations, amount_wh: (
            total(counts, denominations) == amount_wh
            and all(
                number * low < high
                for number, low, high in zip(counts, denominations, denominations[1:], strict=False)
            )
        ),
    ),
    "energy_tokens.pay": Contract(
        lambda denominations, held, amount_wh: (
            are_denominations(denominations)
            and len(held) == len(denominations)
            and all(0 <= number <= 2**20 for number in held)
            and 0 <= amount_wh <= min(2**53 - 1, total(held, denominations))
            and amount_wh % denominations[0] == 0
        ),
        lambda paid, denominations, held, amount_wh: (
            all(0 <= used <= number for used, number in zip(paid["used"], held, strict=True))
            and total(paid["used"], denominations) - amount_wh == paid["change_wh"] >= 0
            and total(paid["change"], denominations) == paid["change_wh"]
            and all(
                value > paid["change_wh"]
                for used, value in zip(paid["used"], denominations, strict=True)
                if used
            )
        ),
    ),
}


CONTRACTS: dict[str, Contract] = {**PAILLIER, **DREAM, **NOISE, **ENERGY_TOKENS}


def keeps_contract(operation: str, function: Callable[..., Any], given: dict[str, Any]) -> bool:
    """Whether a function refuses what its contract refuses, and else answers what the contract ensures."""
    contract = CONTRACTS[operation]
    try:
        output = function(**given)
    except ValueError as error:
        return hasattr(error, "error_class") and not contract.requires(**given)
    return contract.requires(**given) and contract.ensures(output, **given)
