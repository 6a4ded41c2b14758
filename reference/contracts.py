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

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from mpmath.ctx_mp import MPContext

from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import Unauthentic
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


def are_indices(order: int, indices: list[int]) -> bool:
    """Numbers in [1, q) in strict order, none above 31 in number."""
    return (
        sorted(set(indices)) == indices
        and 1 <= len(indices) <= 31
        and indices[0] >= 1
        and indices[-1] < order
    )


def is_order(order: int) -> bool:
    """An odd number of 2 to 3072 bits."""
    return order % 2 == 1 and 2 <= order.bit_length() <= 3072


def values_at(order: int, shares: list[dict[str, int]], points: list[int]) -> list[int] | None:
    """The polynomial through some shares at some points, by divided differences; None without inverses."""
    differences = [share["share"] for share in shares]
    for level in range(1, len(shares)):
        for k in reversed(range(level, len(shares))):
            step = shares[k]["index"] - shares[k - level]["index"]
            if gcd(step, order) != 1:
                return None
            differences[k] = (differences[k] - differences[k - 1]) * pow(step, -1, order) % order
    values = []
    for point in points:
        value = 0
        for share, difference in zip(reversed(shares), reversed(differences), strict=True):
            value = (value * (point - share["index"]) + difference) % order
        values.append(value)
    return values


def may_recover(order: int, threshold: int, shares: list[dict[str, int]]) -> bool:
    """Whether shares are enough, in bounds, and on one polynomial of degree t - 1."""
    indices = [share["index"] for share in shares]
    if not (
        is_order(order) and 2 <= threshold <= 16 and threshold <= len(shares) and are_indices(order, indices)
    ):
        return False
    if not all(0 <= share["share"] < order for share in shares):
        return False
    values = values_at(order, shares[:threshold], indices[threshold:])
    return values is not None and values == [share["share"] for share in shares[threshold:]]


# The squares modulo 2039 but for 1, by their definition.
TOY_SQUARES = {root * root % 2039 for root in range(2, 2038)} - {1}
TOY_GENERATOR = 4


def is_toy_element(group: str, element: bytes) -> bool:
    """Two bytes of a square modulo 2039 that is not 1. The contracts are about that group alone."""
    return group == "toy-2039" and len(element) == 2 and int.from_bytes(element, "big") in TOY_SQUARES


def toy_exponents(element: bytes) -> list[int]:
    """Every k in [0, 1019) with 4^k = element, by going through them."""
    power, found = 1, []
    for k in range(1019):
        found += [k] if power == int.from_bytes(element, "big") else []
        power = power * TOY_GENERATOR % 2039
    return found


REPORTING_SHARING: dict[str, Contract] = {
    "reporting.check_element": Contract(
        lambda group, element: is_toy_element(group, element), lambda _, **__: True
    ),
    "reporting.bounded_logarithm": Contract(
        lambda group, element, bound: (
            is_toy_element(group, element) and 0 <= bound < 1019 and toy_exponents(element)[0] <= bound
        ),
        lambda exponent, element, **_: [exponent] == toy_exponents(element),
    ),
    "reporting.server_key": Contract(
        lambda group, private_key: group == "toy-2039" and 1 <= private_key < 1019,
        lambda key, group, **_: is_toy_element(group, key),
    ),
    "reporting.share_secret": Contract(
        lambda order, secret, coefficients, indices: (
            is_order(order)
            and 1 <= len(coefficients) <= 15
            and all(0 <= number < order for number in (secret, *coefficients))
            and are_indices(order, indices)
            and len(indices) >= 2 * len(coefficients) + 1
        ),
        lambda shares, order, secret, coefficients, indices: (
            shares == [sum(a * i**j for j, a in enumerate([secret, *coefficients])) % order for i in indices]
        ),
    ),
    "reporting.recover_secret": Contract(
        lambda order, threshold, shares: may_recover(order, threshold, shares),
        lambda secret, order, threshold, shares: [secret] == values_at(order, shares[:threshold], [0]),
    ),
}


def are_increasing(numbers: list[int]) -> bool:
    """From 1 to 256 cell numbers in strict order."""
    return 1 <= len(numbers) <= 256 and all(
        0 <= a < b <= 1 << 16 for a, b in zip(numbers, [*numbers[1:], 1 << 16], strict=True)
    )


def may_judge_regions(least_meters: int, cells: list[dict[str, int]], regions: list[dict[str, Any]]) -> bool:
    """Regions of an area that has k meters at least."""
    numbers = [cell["cell"] for cell in cells]
    return (
        2 <= least_meters < 1 << 16
        and are_increasing(numbers)
        and all(0 <= cell["meters"] <= 1 << 20 for cell in cells)
        and sum(cell["meters"] for cell in cells) >= least_meters
        and 1 <= len(regions) <= 64
        and all(
            are_increasing(region["cells"]) and set(region["cells"]) <= set(numbers) for region in regions
        )
    )


def keeps_crowds(
    flags: list[int], least_meters: int, cells: list[dict[str, int]], regions: list[dict[str, Any]]
) -> bool:
    """The cells in the same of the regions in force have nobody or k together; 1 says: a region of few."""
    sizes = {cell["cell"]: cell["meters"] for cell in cells}
    together: dict[tuple[bool, ...], int] = {}
    for cell, meters in sizes.items():
        place = tuple(cell in r["cells"] for r, flag in zip(regions, flags, strict=True) if flag == 0)
        together[place] = together.get(place, 0) + meters
    few = [sum(sizes[cell] for cell in region["cells"]) < least_meters for region in regions]
    crowds = all(meters == 0 or meters >= least_meters for meters in together.values())
    return crowds and [flag & 1 for flag in flags] == [int(one) for one in few]


def is_secp256k1_point(key: bytes) -> bool:
    """A compressed point: a root of x^3 + 7 exists, found by taking it."""
    p = 2**256 - 2**32 - 977
    x = int.from_bytes(key[1:], "big")
    root = pow(x**3 + 7, (p + 1) // 4, p)
    return len(key) == 33 and key[0] in (2, 3) and x < p and (root * root - x**3 - 7) % p == 0


def is_lock(time: int) -> bool:
    """A lock time in seconds."""
    return 500_000_000 <= time < 1 << 32


def are_amounts(deposit: int, reward: int, value: int, cost: int, refundable: int) -> bool:
    """A deposit that holds its reward, and what work is worth and costs."""
    below = all(0 <= number < 1 << 52 for number in (deposit, value, cost))
    return below and 1 <= reward <= deposit and refundable in (0, 1)


TASKING: dict[str, Contract] = {
    "tasking.region_verdict": Contract(
        lambda least_meters, cells, regions: may_judge_regions(least_meters, cells, regions),
        lambda flags, least_meters, cells, regions: keeps_crowds(flags, least_meters, cells, regions),
    ),
    "tasking.mark": Contract(
        lambda task, readings, salt, nonce: (
            len(task) == 16
            and 1 <= len(readings) <= 256
            and all(0 <= reading < 1 << 32 for reading in readings)
            and len(salt) == len(nonce) == 32
            and salt != nonce
        ),
        lambda made, salt, nonce, **_: (
            made["mark"] == hmac.digest(nonce, b"meter-privacy/tasking/1/mark\x00" + made["digest"], "sha256")
            and len(made["digest"]) == 32
            and made["digest"] not in (salt, nonce, made["mark"])
        ),
    ),
    "tasking.coin_message": Contract(
        lambda denomination, epoch, serial, prefix: (
            1 <= denomination < 1 << 32 and 0 <= epoch < 1 << 53 and len(serial) == len(prefix) == 32
        ),
        lambda message, denomination, epoch, serial, prefix: (
            len(message) == 109
            and message.startswith(prefix)
            and message.endswith(denomination.to_bytes(8, "big") + epoch.to_bytes(8, "big") + serial)
        ),
    ),
    "tasking.deposit_script": Contract(
        lambda utility_key, user_key, lock_time: (
            is_secp256k1_point(utility_key)
            and is_secp256k1_point(user_key)
            and utility_key[1:] != user_key[1:]
            and is_lock(lock_time)
        ),
        lambda made, utility_key, user_key, lock_time: (
            made["script"].count(utility_key) == 2
            and made["script"].count(user_key) == 1
            and made["output_script"] == b"\x00\x20" + sha256(made["script"]).digest()
            and lock_time.to_bytes(4, "little") in made["script"]
        ),
    ),
    "tasking.deposit_next": Contract(
        lambda state, event, signers, time, lock_time: (
            0 <= time < 1 << 32
            and is_lock(lock_time)
            and (state, event) in ((0, 0), (1, 1), (1, 2))
            and (signers == 3 or (signers == 1 and event != 1))
            and (event != 2 or time > lock_time)
        ),
        lambda following, event, **_: following == event + 1,
    ),
    "tasking.deposit_payoffs": Contract(
        lambda deposit, reward, value, cost, refundable: are_amounts(
            deposit, reward, value, cost, refundable
        ),
        lambda rows, deposit, value, cost, refundable, **_: (
            len(rows) == 8
            and all(
                row["utility"] + row["user"] + (not (refundable or row["offered"] * row["agreed"])) * deposit
                == row["worked"] * (value - cost)
                for row in rows
            )
        ),
    ),
}


def are_measurements(measurements: list[dict[str, int]]) -> bool:
    """Counters and times of a message, readings of 32 bits."""
    return all(
        are_ints(*m.values()) and m["counter"] >= 0 <= m["timestamp"] and 0 <= m["consumption_wh"] < 2**32
        for m in measurements
    )


def divides_a_day(seconds: int) -> bool:
    """A length of slots or intervals."""
    return 60 <= seconds <= 86400 and 86400 % seconds == 0


def counted(reports: list[dict[str, int]], slot_seconds: int) -> list[dict[str, int]] | None:
    """Slots by sorting what was sent and going through it once; None where two things do not agree."""
    whole = {(r["node"], r["counter"], r["consumption_wh"], r["timestamp"]) for r in reports}
    rows = sorted((second // slot_seconds, node, j, wh) for node, j, wh, second in whole)
    known = {(row[1], row[2]) for row in rows}
    placed = {(row[0], row[1]) for row in rows}
    if not len(rows) == len(known) == len(placed):
        return None
    return [
        {
            "slot": s,
            "total_wh": sum(row[3] for row in rows if row[0] == s),
            "meters": sum(r[0] == s for r in rows),
        }
        for s in sorted({row[0] for row in rows})
    ]


REPORTING: dict[str, Contract] = {
    "reporting.aggregate": Contract(
        lambda slot_seconds, least_meters, reports: (
            divides_a_day(slot_seconds)
            and 3 <= least_meters <= 1024
            and 1 <= len(reports) <= 4096
            and are_measurements(reports)
            and all(0 <= r["node"] < NODES for r in reports)
            and all(
                slot["meters"] >= least_meters for slot in counted(reports, slot_seconds) or [{"meters": 0}]
            )
        ),
        lambda slots, slot_seconds, reports, **_: slots == counted(reports, slot_seconds),
    ),
    "reporting.split_intervals": Contract(
        lambda interval_seconds, servers, first_interval, assignment, measurements: (
            divides_a_day(interval_seconds)
            and 2 <= servers <= 16
            and 0 <= first_interval <= 2**53 - 745
            and 1 <= len(assignment) <= 744
            and set(assignment) <= set(range(servers))
            and 1 <= len(measurements) <= 4096
            and are_measurements(measurements)
            and len({m["counter"] for m in measurements}) == len(measurements)
            and all(
                m["timestamp"] // interval_seconds - first_interval in range(len(assignment))
                for m in measurements
            )
            and len(assignment) // servers
            <= min(map(assignment.count, range(servers)))
            <= max(map(assignment.count, range(servers)))
            <= -(-len(assignment) // servers)
        ),
        lambda parts, interval_seconds, servers, first_interval, assignment, measurements: (
            len(parts) == servers
            and sum(len(part["measurements"]) for part in parts) == len(measurements)
            and all(
                m in parts[assignment[m["timestamp"] // interval_seconds - first_interval]]["measurements"]
                for m in measurements
            )
        ),
    ),
    "reporting.join_parts": Contract(
        lambda first_slot, slots, least_meters, parts: (
            are_ints(first_slot, slots)
            and 0 <= first_slot <= 2**53 - 4097
            and 1 <= slots <= 4096
            and 3 <= least_meters <= 1024
            and 2 <= len(parts) <= 16
            and all(len(part["slots"]) <= 4096 for part in parts)
            and sorted(row["slot"] for part in parts for row in part["slots"])
            == list(range(first_slot, first_slot + slots))
            and all(
                least_meters <= row["meters"] <= 1024 and row["total_wh"] in range(2**53)
                for part in parts
                for row in part["slots"]
            )
        ),
        lambda joined, first_slot, parts, **_: all(
            joined["totals_wh"][row["slot"] - first_slot] == row["total_wh"]
            and joined["counts"][row["slot"] - first_slot] == row["meters"]
            for part in parts
            for row in part["slots"]
        ),
    ),
    "reporting.reputation": Contract(
        lambda good, bad: all(0 <= number < 2**32 for number in (good, bad)),
        lambda score, good, bad: score == Fraction(1000 * good + 1000, good + bad + 2) // 1,
    ),
}


# ---- DREAM's cluster and recovery: from the requirements' bytes ----------------------------------

HEAD = b"meter-privacy/dream/1/"


def is_short_power(m: int) -> bool:
    """A modulus 2^1 to 2^128."""
    return m in {1 << b for b in range(1, 129)}


def are_keys(*values: bytes) -> bool:
    """Strings of 32 bytes."""
    return all(type(value) is bytes and len(value) == 32 for value in values)


def are_counted(*values: int) -> bool:
    """Slots, epochs and terms."""
    return are_ints(*values) and min(values) >= 0


def is_safe(
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
    **_: Any,
) -> bool:
    """The parameters of a cluster, with the exposure as a quotient."""
    if not (
        is_cluster(meters, maximum_wh, tail_wh)
        and 1 <= expected_partners < meters
        and scale_wh >= 1
        and 50 * scale_wh <= tail_wh
        and is_short_power(modulus)
        and modulus > meters * maximum_wh + 2 * tail_wh
        and 0 <= colluders <= tolerated_failures < Fraction(meters - colluders, 2)
    ):
        return False
    missed = Fraction(meters - 1 - expected_partners, meters - 1)
    return bool(missed ** (meters - 1 - tolerated_failures) <= Fraction(1, 1 << 29))


def tag_of(key: bytes, label: bytes, *parts: bytes) -> bytes:
    """An HMAC under the chapter's domain, its message in parts."""
    made = hmac.new(key, HEAD + label + b"\x00", sha256)
    for part in parts:
        made.update(part)
    return made.digest()


def drawn(key: bytes, label: bytes, slot: int) -> int:
    """A value of the PRF as a number."""
    return int(tag_of(key, label, slot.to_bytes(8, "big")).hex(), 16)


def is_list(missing: list[int]) -> bool:
    """Nodes in rising order."""
    return len(missing) <= 4095 and (not missing or are_nodes(*missing)) and missing == sorted(missing)


def list_message(digest: bytes, slot: int, missing: list[int]) -> bytes:
    """What is signed of a list of missing meters."""
    numbers = [len(missing), *missing]
    return HEAD + b"missing\x00" + digest + slot.to_bytes(8, "big") + b"".join(
        number.to_bytes(4, "big") for number in numbers
    )  # fmt: skip


def is_signed_by(private: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is that of a private key's public key."""
    try:
        Ed25519PrivateKey.from_private_bytes(private).public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def is_verified(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the strict verification takes it."""
    try:
        verify_strictly(public, signature, message)
    except Unauthentic:
        return False
    return True


def agrees(public: bytes) -> bool:
    """Whether a public key gives a shared secret: low order gives zeros, which the library refuses."""
    try:
        X25519PrivateKey.from_private_bytes(bytes([8]) * 32).exchange(
            X25519PublicKey.from_public_bytes(public)
        )
    except ValueError:
        return False
    return True


def supplier_message(
    cluster: bytes, term: int, signing_key: bytes, public_key: bytes, last_slot: int
) -> bytes:
    """What the authority signs of a supplier."""
    numbers = (term.to_bytes(8, "big"), last_slot.to_bytes(8, "big"))
    return HEAD + b"supplier-certificate\x00" + cluster + numbers[0] + signing_key + public_key + numbers[1]


def is_epoch_digest(
    digest: bytes, epoch: int, first_slot: int, supplier: bytes, roster: bytes, **given: int
) -> bool:
    """The digest over fields laid out by name and width."""
    hashed = sha256(HEAD + b"epoch\x00")
    hashed.update(epoch.to_bytes(8, "big") + first_slot.to_bytes(8, "big") + supplier + roster)
    widths = {"meters": 4, "tolerated_failures": 4, "colluders": 4, "expected_partners": 4, "maximum_wh": 4}
    for name, width in {**widths, "tail_wh": 8, "scale_wh": 8}.items():
        hashed.update(given[name].to_bytes(width, "big"))
    hashed.update((len(f"{given['modulus']:b}") - 1).to_bytes(4, "big"))
    return hashed.digest() == digest


PROTOCOL: dict[str, Contract] = {
    "dream.check_cluster": Contract(
        is_safe, lambda limit, tolerated_failures, colluders, **_: limit + colluders == tolerated_failures
    ),
    "dream.epoch_digest": Contract(
        lambda epoch, first_slot, supplier, roster, **given: (
            are_counted(epoch, first_slot) and are_keys(supplier, roster) and is_safe(**given)
        ),
        is_epoch_digest,
    ),
    "dream.certify_supplier": Contract(
        lambda authority_private_key, cluster, term, signing_key, public_key, last_slot: (
            are_keys(authority_private_key, signing_key, public_key)
            and len(cluster) == 16
            and are_counted(term, last_slot)
            and agrees(public_key)
        ),
        lambda made, authority_private_key, **signed: (
            is_signed_by(authority_private_key, made["signature"], supplier_message(**signed))
            and made["digest"] == sha256(supplier_message(**signed)).digest()
        ),
    ),
    "dream.announce": Contract(
        lambda signing_private_key, digest: are_keys(signing_private_key, digest),
        lambda signature, signing_private_key, digest: is_signed_by(
            signing_private_key, signature, HEAD + b"announcement\x00" + digest
        ),
    ),
    "dream.epoch_key": Contract(
        lambda key, digest: are_keys(key, digest),
        lambda made, key, digest: made == tag_of(key, b"epoch-key", digest),
    ),
    "dream.pair_values": Contract(
        lambda key, slot, modulus: are_keys(key) and are_counted(slot) and is_short_power(modulus),
        lambda made, key, slot, modulus: (
            made["selection"] == drawn(key, b"pair", slot) >> 192
            and made["dummy_key"] == drawn(key, b"pair", slot) & (modulus - 1)
        ),
    ),
    "dream.blind": Contract(
        lambda key, slot, modulus: are_keys(key) and are_counted(slot) and is_short_power(modulus),
        lambda made, key, slot, modulus: made == drawn(key, b"blind", slot) & (modulus - 1),
    ),
    "dream.sign_missing": Contract(
        lambda signing_private_key, digest, slot, missing: (
            are_keys(signing_private_key, digest) and are_counted(slot) and is_list(missing)
        ),
        lambda made, signing_private_key, **listed: (
            is_signed_by(signing_private_key, made["signature"], list_message(**listed))
            and made["list"] == sha256(list_message(**listed)).digest()
        ),
    ),
    "dream.recover": Contract(
        lambda modulus, node, dummy_keys, blind: (
            2 <= modulus <= 1 << 128
            and len(dummy_keys) <= 4095
            and are_nodes(node, *(entry["node"] for entry in dummy_keys))
            and all(0 <= key < modulus for key in (blind, *(entry["key"] for entry in dummy_keys)))
        ),
        lambda made, modulus, node, dummy_keys, blind: (
            0 <= made < modulus and peeled(made, modulus, node, dummy_keys) == blind
        ),
    ),
    "dream.authenticate_reply": Contract(
        lambda key, digest, node, slot, list, modulus, recovery: (
            are_keys(key, digest, list)
            and are_nodes(node)
            and are_counted(slot)
            and is_short_power(modulus)
            and 0 <= recovery < modulus
        ),
        lambda tag, key, digest, node, slot, list, modulus, recovery: (
            tag
            == tag_of(
                key, b"reply", digest, node.to_bytes(4, "big"), slot.to_bytes(8, "big"), list,
                recovery.to_bytes((len(f"{modulus:b}") + 6) // 8, "big"),
            )
        ),
    ),
    "dream.check_equivocation": Contract(
        lambda signing_key, digest, slot, missing, signature, other_missing, other_signature: (
            are_keys(signing_key, digest)
            and are_counted(slot)
            and is_list(missing)
            and is_list(other_missing)
            and missing != other_missing
            and is_verified(signing_key, signature, list_message(digest, slot, missing))
            and is_verified(signing_key, other_signature, list_message(digest, slot, other_missing))
        ),
        lambda nothing, **_: nothing is None,
    ),
}  # fmt: skip


# ---- DREAM's laws of noise: by other formulas, in floating point of 60 digits --------------------

MP = MPContext()
MP.dps = 60
DIGITS = Fraction(1, 10**28)


def real(value: Fraction | int) -> Any:
    """A rational in floating point."""
    value = Fraction(value)
    return MP.mpf(value.numerator) / value.denominator


def encloses(made: Any, value: Any) -> bool:
    """Both ends are the value but for 28 digits, or as much of nothing."""
    margin = real(DIGITS) * max(abs(value), real(DIGITS))
    return bool(value - margin <= real(made.lower) <= real(made.upper) <= value + margin)


def base_of(lambda_units: Fraction) -> Any:
    """p."""
    return MP.exp(-1 / real(lambda_units))


def polya_mass(shape: Fraction, p: Any, k: int) -> Any:
    """P(k) by the beta function: (1 - p)^r p^k / (k B(r, k))."""
    start = (1 - p) ** real(shape)
    return start if k == 0 else start * p**k / (k * MP.beta(real(shape), k))


def polya_beyond(shape: Fraction, p: Any, k: int) -> Any:
    """P(X > k) = I_p(k + 1, r)."""
    return MP.betainc(k + 1, real(shape), 0, p, regularized=True)


def is_number(value: Any) -> bool:
    """An exact real."""
    return type(value) in (int, Fraction)


def is_scaled(shares: int, lambda_units: Fraction, most: int) -> bool:
    """A number of shares and a scale."""
    return are_ints(shares) and 1 <= shares <= 4096 and is_number(lambda_units) and 1 <= lambda_units <= most


def is_summed(shares: int, participants: int, lambda_units: Fraction) -> bool:
    """A total's noise."""
    return (
        is_scaled(shares, lambda_units, 512)
        and are_ints(participants)
        and 1 <= participants <= min(4096, 16 * shares)
    )


def factors_hold(made: dict[str, Any], k: Fraction, factor: Fraction | int = 1) -> bool:
    """E|D| = 2 Gamma(k + 1/2) / (sqrt(pi) Gamma(k)), and the second moment 2 k."""
    mean = 2 * MP.gammaprod([real(k) + MP.mpf(1) / 2], [real(k)]) / MP.sqrt(MP.pi)
    deviation = MP.sqrt(2 * real(k) - mean**2)
    return encloses(made["mean"], mean * real(factor)) and encloses(
        made["deviation"], deviation * real(factor)
    )


def accounts(
    made: dict[str, Any], consumptions_wh: list[int], lambdas_wh: list[Fraction], window: int
) -> bool:
    """Each slot by division, each window by its own sum; sums of long rationals may be a little short."""
    slots = [Fraction(x) / scale for x, scale in zip(consumptions_wh, lambdas_wh, strict=True)]
    windows = [sum(slots[t : t + window]) for t in range(len(slots) - window + 1)]
    sums = [*windows, sorted(windows)[-1], sum(slots)]
    answers = [*made["window_epsilons"], made["worst_epsilon"], made["total_epsilon"]]
    short = Fraction(1, 2**240) if sum(slot.denominator.bit_length() for slot in slots) > 4096 else 0
    return bool(
        made["slot_epsilons"] == slots
        and len(answers) == len(sums)
        and all(0 <= exact - answer <= short for exact, answer in zip(sums, answers, strict=True))
    )


def gamma_holds(made: dict[str, Any], shares: int, lambda_wh: Fraction, x_wh: Fraction) -> bool:
    """The incomplete gamma function and the Bessel function of the library."""
    r, scale, x = MP.mpf(1) / shares, real(lambda_wh), real(x_wh)
    z, v = x / scale, r - MP.mpf(1) / 2
    below = MP.gammainc(r, 0, z, regularized=True)
    density = z ** (r - 1) * MP.exp(-z) / (scale * MP.gamma(r))
    both = (z / 2) ** v * MP.besselk(v, z) / (scale * MP.sqrt(MP.pi) * MP.gamma(r))
    pairs = (("density", density), ("cumulative", below), ("difference_density", both))
    return all(encloses(made[name], value) for name, value in pairs)


def difference_of(shares: int, participants: int, lambda_units: Fraction, value: int) -> Any:
    """P(D = value) by the library's hypergeometric function."""
    k, v, p = Fraction(participants, shares), abs(value), base_of(lambda_units)
    head = polya_mass(k, p, v) * (1 - p) ** real(k)
    return head * MP.hyp2f1(real(k), real(k) + v, v + 1, p * p)


def error_holds(made: dict[str, Any], shares: int, participants: int, lambda_units: Fraction) -> bool:
    """Mean and deviation have the second moment 2 k p / (1 - p)^2, and the mean is between its bounds."""
    k, p = real(Fraction(participants, shares)), base_of(lambda_units)
    mean, deviation = (real(made[name].midpoint) for name in ("mean_units", "deviation_units"))
    moment = 2 * k * p / (1 - p) ** 2
    near = abs(mean**2 + deviation**2 - moment) <= real(DIGITS) * moment * 1000
    limit = 2 * MP.gammaprod([k + MP.mpf(1) / 2], [k]) / MP.sqrt(MP.pi) * real(lambda_units)
    return bool(near and mean <= limit * (1 + real(DIGITS)))


def loss_holds(
    made: dict[str, Any], shares: int, participants: int, lambda_units: Fraction, sensitivity_units: int
) -> bool:
    """S / lambda where the shares suffice, else the quotient of two masses; unbounded up to half a share."""
    if participants >= shares:
        exact = real(Fraction(sensitivity_units) / lambda_units)
        return encloses(made["loss_nats"], exact) and encloses(made["continuous_loss_nats"], exact)
    masses = [difference_of(shares, participants, lambda_units, v) for v in (0, sensitivity_units)]
    unbounded = made["continuous_loss_nats"] is None
    return encloses(made["loss_nats"], MP.log(masses[0] / masses[1])) and unbounded == (
        2 * participants <= shares
    )


def threshold_of(shares: int, lambda_units: Fraction, k: int) -> int:
    """2^64 F(k), rounded, by the beta function."""
    beyond = polya_beyond(Fraction(1, shares), base_of(lambda_units), k)
    return int(MP.nint((1 - beyond) * 2**64))


def is_end(shares: int, lambda_units: Fraction, k: int) -> bool:
    """Whether a table has no threshold k any more."""
    threshold = threshold_of(shares, lambda_units, k)
    return threshold >= 1 << 64 or threshold <= threshold_of(shares, lambda_units, k - 1)


def ends_in_time(shares: int, lambda_units: Fraction) -> bool:
    """Whether a table ends by 4096: its thresholds grow for certain where a mass is more than 2^-64."""
    p, k = base_of(lambda_units), 4096
    while k > 0 and polya_mass(Fraction(1, shares), p, k) * 2**64 <= 1:
        if is_end(shares, lambda_units, k):
            return True
        k -= 1
    return False


def table_holds(made: dict[str, Any], shares: int, lambda_units: Fraction) -> bool:
    """First, middle and last threshold by the beta function; the next one would not be a threshold."""
    table = made["thresholds"]
    places = (0, len(table) // 2, len(table) - 1)
    right = all(threshold_of(shares, lambda_units, k) == table[k] for k in places)
    return right and is_end(shares, lambda_units, len(table)) and table == sorted(set(table))


def sample_holds(made: dict[str, int], shares: int, lambda_units: Fraction, random: bytes) -> bool:
    """Both sides by adding up masses, each of as few bytes, but eight, as decide it."""
    p, r, at, sides = base_of(lambda_units), real(Fraction(1, shares)), 0, []
    for _ in range(2):
        for end in range(at + 8, len(random) + 1):
            u, bits = int.from_bytes(random[at:end], "big"), 8 * (end - at)
            below, mass, k = MP.mpf(0), (1 - p) ** r, 0
            while below + mass <= MP.mpf(u) / MP.mpf(2) ** bits:
                below, mass, k = below + mass, mass * (r + k) / (k + 1) * p, k + 1
            if below + mass > MP.mpf(u + 1) / MP.mpf(2) ** bits:
                break
        else:
            return False
        sides.append(k)
        at = end
    return made == {"share": sides[0] - sides[1], "consumed": at}


def tail_holds(tail: int, meters: int, tolerated_failures: int, lambda_units: Fraction, bits: int) -> bool:
    """The least T: P(X > T) is within 2^-(b + 1), P(X > T - 1) is not."""
    p, r = base_of(lambda_units), Fraction(meters, meters - tolerated_failures)
    bound = MP.mpf(2) ** -(bits + 1)
    return bool(polya_beyond(r, p, tail) <= bound and (tail == 0 or polya_beyond(r, p, tail - 1) > bound))


LAWS: dict[str, Contract] = {
    "dream.account": Contract(
        lambda consumptions_wh, lambdas_wh, window: (
            1 <= len(consumptions_wh) == len(lambdas_wh) <= 1024
            and are_ints(window, *consumptions_wh)
            and all(0 <= x < 2**32 for x in consumptions_wh)
            and all(is_number(scale) and 1 <= scale <= 2**32 for scale in lambdas_wh)
            and 1 <= window <= len(consumptions_wh)
        ),
        accounts,
    ),
    "dream.error_factors": Contract(
        lambda alpha: is_number(alpha) and 0 <= alpha <= Fraction(4095, 4096),
        lambda made, alpha: factors_hold(made, 1 / (1 - Fraction(alpha))),
    ),
    "dream.expected_error": Contract(
        lambda meters, tolerated_failures, missing, lambda_wh, total_wh: (
            are_ints(meters, tolerated_failures, missing, total_wh)
            and 2 <= meters <= 4096
            and 0 <= missing <= tolerated_failures < meters
            and is_number(lambda_wh)
            and 1 <= lambda_wh <= 2**32
            and total_wh >= 0
        ),
        lambda made, meters, tolerated_failures, missing, lambda_wh, total_wh: factors_hold(
            made,
            Fraction(meters - missing, meters - tolerated_failures),
            Fraction(lambda_wh) / (total_wh + 1),
        ),
    ),
    "dream.gamma_share": Contract(
        lambda shares, lambda_wh, x_wh: (
            is_scaled(shares, lambda_wh, 2**32)
            and is_number(x_wh)
            and Fraction(1, 10**9) <= x_wh <= min(2**32, 100 * lambda_wh)
        ),
        gamma_holds,
    ),
    "dream.polya_share": Contract(
        lambda shares, lambda_units, value: (
            is_scaled(shares, lambda_units, 2**32)
            and are_ints(value)
            and 0 <= value <= min(2**40, 700 * lambda_units)
        ),
        lambda made, shares, lambda_units, value: encloses(
            made["mass"], polya_mass(Fraction(1, shares), base_of(lambda_units), value)
        ),
    ),
    "dream.noise_law": Contract(
        lambda shares, participants, lambda_units, value: (
            is_summed(shares, participants, lambda_units) and are_ints(value) and abs(value) <= 2**20
        ),
        lambda mass, **given: encloses(mass, difference_of(**given)),
    ),
    "dream.noise_error": Contract(is_summed, error_holds),
    "dream.noise_loss": Contract(
        lambda shares, participants, lambda_units, sensitivity_units: (
            is_scaled(shares, lambda_units, 512)
            and are_ints(participants, sensitivity_units)
            and 1 <= participants <= 4096
            and 1 <= sensitivity_units <= min(2**16, 64 * lambda_units)
        ),
        loss_holds,
    ),
    "dream.sample_share": Contract(
        lambda shares, lambda_units, random: (
            is_scaled(shares, lambda_units, 2**32) and 16 <= len(random) <= 64
        ),
        sample_holds,
    ),
    "dream.noise_table": Contract(
        lambda shares, lambda_units: (
            is_scaled(shares, lambda_units, 128) and ends_in_time(shares, lambda_units)
        ),
        table_holds,
    ),
    "dream.table_delta": Contract(
        lambda epsilon, shares, distance_bits, slots: (
            is_number(epsilon)
            and 0 <= epsilon <= 64
            and is_scaled(shares, Fraction(1), 1)
            and is_number(distance_bits)
            and 1 <= distance_bits <= 1024
            and are_ints(slots)
            and 1 <= slots <= 2**24
        ),
        lambda made, epsilon, shares, distance_bits, slots: (
            made["total_epsilon"] == epsilon * slots
            and encloses(
                made["delta_bits"],
                real(distance_bits) - MP.log(2 * shares * slots * (1 + MP.exp(real(epsilon))), 2),
            )
        ),
    ),
    "dream.noise_tail": Contract(
        lambda meters, tolerated_failures, lambda_units, bits: (
            are_ints(meters, tolerated_failures, bits)
            and 2 <= meters <= 4096
            and 0 <= tolerated_failures < meters
            and is_number(lambda_units)
            and 1 <= lambda_units <= 2**16
            and 1 <= bits <= 128
        ),
        tail_holds,
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


CONTRACTS: dict[str, Contract] = {
    **PAILLIER,
    **DREAM,
    **NOISE,
    **PROTOCOL,
    **LAWS,
    **REPORTING,
    **REPORTING_SHARING,
    **TASKING,
    **ENERGY_TOKENS,
}


def keeps_contract(operation: str, function: Callable[..., Any], given: dict[str, Any]) -> bool:
    """Whether a function refuses what its contract refuses, and else answers what the contract ensures."""
    contract = CONTRACTS[operation]
    try:
        output = function(**given)
    except ValueError as error:
        return hasattr(error, "error_class") and not contract.requires(**given)
    return contract.requires(**given) and contract.ensures(output, **given)
