"""Signing as one of k (spec/reporting.md): a linkable ring signature over a group of prime order.

Paper E, section 2.2.1, asks for group signatures and describes a key that k meters share. This is a signature
that any of k keys may have made, each of them a meter's own. It has a key image that is the same for all
signatures of one key in one period, so that a meter counts once, and another in every other period.
Source: Abe, Ohkubo and Suzuki, ASIACRYPT 2002, for the ring of challenges; Liu, Wei and Wong, ACISP 2004, for
the image.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from meter_privacy.reference.errors import Exhausted, Malformed, Policy, ProofFailed, Range, check
from meter_privacy.reference.groups import Element, Group
from meter_privacy.reference.groups import group as group_named
from meter_privacy.reference.reporting import DOMAIN, NUMBERS, SIGNED_BYTES, check_number

RING_MAXIMUM = 64
LEAST_RING = 3


def length_prefixed(*parts: bytes) -> bytes:
    """Byte strings behind their lengths in four bytes, so that no two lists read alike.

    Implements REPORT-19.
    """
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def check_ring(name: str, keys: Sequence[bytes], least_meters: int) -> list[Element]:
    """The keys' elements: each in the group, in the order of their encodings, none twice, k or more.

    Errors: Malformed, Range, NotInGroup. Implements REPORT-18.
    """
    g = group_named(name)
    check(1 <= len(keys) <= RING_MAXIMUM, Malformed, "a ring has 1 to 64 keys")
    check({len(key) for key in keys} == {g.element_bytes}, Malformed, "a key has a wrong length")
    for key in keys:
        g.check_range(key)
    check_number(least_meters, LEAST_RING, RING_MAXIMUM, "the least number of meters")
    check(list(keys) == sorted(set(keys)), Range, "a key stands twice, or they are out of order")
    return [g.decode(key) for key in keys]


def ring_digest(group: str, keys: Sequence[bytes], least_meters: int) -> bytes:
    """The SHA-256 that stands for a ring: its group, its keys and the least number k of them.

    keys: 1 to 64 encodings in rising order. least_meters: k in [3, 64].
    Errors: Malformed, Range, NotInGroup, Policy where there are fewer than k. Source: this project.
    Implements REPORT-1, REPORT-18.
    """
    check_ring(group, keys, least_meters)
    check(len(keys) >= least_meters, Policy, "the ring has fewer keys than agreed")
    return digest(group, keys, least_meters)


def digest(name: str, keys: Sequence[bytes], least_meters: int) -> bytes:
    """The digest of a ring that was checked. Implements REPORT-18."""
    head = length_prefixed(name.encode(), least_meters.to_bytes(4, "big"), *keys)
    return hashlib.sha256(DOMAIN + b"ring\x00" + head).digest()


def ring_key(group: str, private_key: int) -> bytes:
    """The public key y = g^x. private_key: x in [1, q).

    Errors: Range. Source: Liu, Wei and Wong 2004, section 4. Implements REPORT-18.
    """
    g = group_named(group)
    check_number(private_key, 1, g.order - 1, "the private key")
    return g.encode(g.power(g.generator, private_key))


def period_base(g: Group, ring: bytes, period: int) -> Element:
    """h: an element for each ring and period, whose logarithm nobody knows. Implements REPORT-19."""
    return g.hash_to_group(ring + period.to_bytes(8, "big"), DOMAIN + b"image")


def next_challenge(
    g: Group, ring: bytes, period: int, image: bytes, message: bytes, place: int, left: bytes, right: bytes
) -> int:
    """c_(i+1) of all that member i's step stands on. Implements REPORT-19."""
    said = length_prefixed(
        ring, period.to_bytes(8, "big"), image, message, place.to_bytes(4, "big"), left, right
    )
    return g.hash_to_scalar(said, DOMAIN + b"challenge")


def ring_sign(
    group: str,
    keys: Sequence[bytes],
    least_meters: int,
    private_key: int,
    period: int,
    message: bytes,
    nonce: int,
    responses: Sequence[int],
) -> dict[str, Any]:
    """Sign as one of the ring: the key image h^x, the first challenge, and a response for each key.

    From the signer s on: c_(s+1) of (g^u, h^u), c_(i+1) of (g^z_i y_i^c_i, h^z_i I^c_i), at last z_s = u - x
    c_s.

    private_key: x in [1, q), of one of the keys. period: in [0, 2^53). message: at most 4096 bytes. nonce:
    uniform in [1, q), fresh, secret. responses: of the others, in the order of their keys, uniform in [0, q),
    fresh. Errors: Malformed, Range, NotInGroup, Policy where the ring has fewer than k keys, or not this
    one's; Exhausted where the randomness makes an element that has no encoding, which happens in the toy
    group. Source: Liu, Wei and Wong 2004, section 4, with the period in the base of the image.
    Implements REPORT-2, REPORT-3, REPORT-4, REPORT-18, REPORT-19.
    """
    g, x = group_named(group), private_key
    count = len(keys)
    check(len(responses) == count - 1, Malformed, "there is not one response for each other key")
    check(len(message) <= SIGNED_BYTES, Malformed, "the message is longer than 4096 bytes")
    check_number(x, 1, g.order - 1, "the private key")
    check_number(period, 0, NUMBERS - 1, "the period")
    check_number(nonce, 1, g.order - 1, "the nonce")
    for response in responses:
        check_number(response, 0, g.order - 1, "a response")
    elements = check_ring(g.name, keys, least_meters)
    check(count >= least_meters, Policy, "the ring has fewer keys than agreed")
    own = g.encode(g.power(g.generator, x))
    check(own in keys, Policy, "the private key is none of the ring's")
    signer = list(keys).index(own)
    ring = digest(g.name, keys, least_meters)
    h = period_base(g, ring, period)
    image_element = g.power(h, x)
    image = g.encode(image_element)
    z = [*responses[:signer], 0, *responses[signer:]]
    c = [0] * count
    left, right = g.power(g.generator, nonce), g.power(h, nonce)
    for step in range(1, count + 1):
        before, place = (signer + step - 1) % count, (signer + step) % count
        c[place] = next_challenge(g, ring, period, image, message, before, g.encode(left), g.encode(right))
        if place != signer:
            left = g.product_of_powers([(g.generator, z[place]), (elements[place], c[place])])
            right = g.product_of_powers([(h, z[place]), (image_element, c[place])])
            possible = g.identity not in (left, right)
            check(possible, Exhausted, "the randomness makes an element that has no encoding")
    z[signer] = (nonce - x * c[signer]) % g.order
    return {"image": image, "challenge": c[0], "responses": z}


def ring_verify(
    group: str,
    keys: Sequence[bytes],
    least_meters: int,
    period: int,
    message: bytes,
    image: bytes,
    challenge: int,
    responses: Sequence[int],
) -> None:
    """Accept a signature of one of the ring, or refuse it: the challenges come round.

    Errors: Malformed, Range, NotInGroup, ProofFailed, Policy where the ring has fewer than k keys.
    Source: Liu, Wei and Wong 2004, section 4. Implements REPORT-18, REPORT-20.
    """
    g = group_named(group)
    check(len(responses) == len(keys), Malformed, "there is not one response for each key")
    check(len(message) <= SIGNED_BYTES, Malformed, "the message is longer than 4096 bytes")
    check(len(image) == g.element_bytes, Malformed, "the image has a wrong length")
    check_number(period, 0, NUMBERS - 1, "the period")
    g.check_range(image)
    check_number(challenge, 0, g.order - 1, "the challenge")
    for response in responses:
        check_number(response, 0, g.order - 1, "a response")
    elements = check_ring(g.name, keys, least_meters)
    image_element = g.decode(image)
    ring = digest(g.name, keys, least_meters)
    h = period_base(g, ring, period)
    c = challenge
    for place, (y, z) in enumerate(zip(elements, responses, strict=True)):
        left = g.product_of_powers([(g.generator, z), (y, c)])
        right = g.product_of_powers([(h, z), (image_element, c)])
        check(g.identity not in (left, right), ProofFailed, "a step leads to the identity")
        c = next_challenge(g, ring, period, image, message, place, g.encode(left), g.encode(right))
    check(c == challenge, ProofFailed, "the challenges do not come round")
    check(len(keys) >= least_meters, Policy, "the ring has fewer keys than agreed")
