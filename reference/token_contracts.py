"""Contracts of paper E's operations that blind, prove, share and choose, as contracts.py has the others'.

What is ensured is the equation that an answer has to solve, where the function computes the answer.
"""

from collections.abc import Sequence
from hashlib import sha256
from math import gcd
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import pvss, report_server
from meter_privacy.reference.blind_signatures import pss_encode, pss_verify
from meter_privacy.reference.contracts import Contract, is_exponent, is_scalar
from meter_privacy.reference.errors import Refused
from meter_privacy.reference.groups import NAMES, hash_to_field
from meter_privacy.reference.groups import group as group_of
from meter_privacy.reference.token_keys import challenge

# By variant: the bytes of the salt and of the prefix.
LENGTHS = {1: (48, 32), 2: (0, 32), 3: (48, 0), 4: (0, 0)}
SCALAR_BYTES = {"toy-2039": 18, "modp-1024-160": 36, "modp-2048": 272, "modp-3072": 400, "P-256": 48}


def is_public_key(modulus: int, exponent: int) -> bool:
    """Odd numbers in their bounds."""
    return 15 <= modulus < 1 << 4096 and modulus % 2 == 1 == exponent % 2 and 3 <= exponent < modulus


def is_element(group: str, encoding: bytes) -> bool:
    """Whether it is the encoding of an element."""
    try:
        group_of(group).decode(encoding)
    except Refused:
        return False
    return True


# ---- Blind signatures ----------------------------------------------------------------------------


def is_blindable(
    variant: int, modulus: int, exponent: int, input_message: bytes, salt: bytes, blinding: int
) -> bool:
    """A message of the variant, a key that it fits in, and units."""
    salt_bytes, prefix_bytes = LENGTHS.get(variant, (-1, 0))
    sized = len(salt) == salt_bytes and prefix_bytes <= len(input_message) <= 4128
    fits = modulus.bit_length() - 1 >= 8 * (48 + salt_bytes) + 9
    if not (sized and fits and is_public_key(modulus, exponent) and 2 <= blinding <= modulus - 2):
        return False
    encoded = int.from_bytes(pss_encode(input_message, modulus.bit_length() - 1, salt), "big")
    return gcd(encoded * blinding, modulus) == 1


def is_blinded(
    made: dict[str, int],
    modulus: int,
    exponent: int,
    input_message: bytes,
    salt: bytes,
    blinding: int,
    **_: int,
) -> bool:
    """What is blinded, times R^-e, is an encoding that verifies; R times the inverse is 1."""
    bits = modulus.bit_length() - 1
    encoded = made["blinded_message"] * pow(made["inverse"], exponent, modulus) % modulus
    whole = encoded >> bits == 0 and pss_verify(
        input_message, encoded.to_bytes((bits + 7) // 8, "big"), bits, len(salt)
    )
    return whole and made["inverse"] * blinding % modulus == 1 and 0 <= made["blinded_message"] < modulus


def hashed(modulus: int, exponent: int, message: bytes) -> int:
    """The full-domain hash of the lengths, the key and the message."""
    parts = [n.to_bytes((n.bit_length() + 7) // 8, "big") for n in (modulus, exponent)]
    material = b"".join(len(part).to_bytes(4, "big") + part for part in parts) + message
    return hash_to_field(material, b"meter-privacy/energy-tokens/1/full-domain-hash", modulus, 1)[0]


def is_hashable(modulus: int, exponent: int, message: bytes) -> bool:
    """A key, and a message whose hash is a unit."""
    sized = len(message) <= 1024 and is_public_key(modulus, exponent)
    return sized and gcd(hashed(modulus, exponent, message), modulus) == 1


def rounds(exponent: int) -> int:
    """How many roots show that e is prime to phi(n): a^m >= 2^128 for the least prime a of e below 65536."""
    least = next((a for a in range(3, 65536, 2) if exponent % a == 0), 65536)
    wanted = 1
    while least**wanted < 1 << 128:
        wanted += 1
    return wanted


def are_roots(roots: Sequence[int], modulus: int, exponent: int, context: bytes) -> bool:
    """Each root's e-th power is its challenge."""
    return all(
        1 <= root < modulus and pow(root, exponent, modulus) == challenge(modulus, exponent, context, number)
        for number, root in enumerate(roots)
    )


# ---- Transcripts ---------------------------------------------------------------------------------


def is_forwarded(
    transcript: bytes, private_key: bytes, token: bytes, report: bytes, utility_nonce: bytes, response: int
) -> bool:
    """Another library reads the four members, and the server's key verifies them."""
    version, body, signature = cbor2.loads(transcript)
    number = response.to_bytes((response.bit_length() + 7) // 8, "big")
    signed = b"meter-privacy/energy-tokens/1/transcript\0" + cbor2.dumps([1, body], canonical=True)
    try:
        Ed25519PrivateKey.from_private_bytes(private_key).public_key().verify(signature, signed)
    except InvalidSignature:
        return False
    return bool(version == 1 and body == {1: token, 2: report, 3: utility_nonce, 4: number})


# ---- Shares and servers --------------------------------------------------------------------------


def is_decryptable(
    group: str, context: bytes, index: int, private_key: int, encrypted: bytes, randomness: bytes
) -> bool:
    """An element, a key, an index, and bytes that give a number that is not 0."""
    if group not in NAMES or len(context) != 32 or not is_element(group, encrypted):
        return False
    q, size = group_of(group).order, SCALAR_BYTES[group]
    drawn = int.from_bytes(randomness[:size], "big") % q
    return (
        len(randomness) >= size and drawn > 0 and 1 <= index < min(q, 2**16) and is_scalar(group, private_key)
    )


def is_decrypted(
    opened: dict[str, Any],
    group: str,
    context: bytes,
    index: int,
    private_key: int,
    encrypted: bytes,
    randomness: bytes,
) -> bool:
    """S^x = Y, and the proof verifies under h^x."""
    members = group_of(group)
    public_key = pvss.server_key(group, private_key)
    try:
        pvss.verify_share(group, context, index, public_key, encrypted, **opened)
    except Refused:
        return False
    back = members.encode(members.power(members.decode(opened["share"]), private_key))
    return len(randomness) > 0 and back == encrypted


def score(candidate: report_server.Candidate) -> int:
    """What is left to believe, in thousandths."""
    return 1000 * (candidate["good"] + 1) // (candidate["good"] + candidate["bad"] + 2)


def are_chosen(
    nodes: Sequence[int],
    aggregators: int,
    threshold: int,
    least_score: int,
    seed: bytes,
    candidates: Sequence[report_server.Candidate],
) -> bool:
    """As many as there can be, and nobody who was left out stands before one who was chosen."""

    def place(candidate: report_server.Candidate) -> tuple[int, bytes]:
        lot = b"meter-privacy/reporting/1/lot\0" + seed + candidate["node"].to_bytes(4, "big")
        return -score(candidate), sha256(lot).digest()

    trusted = [candidate for candidate in candidates if score(candidate) >= least_score]
    inside = [place(candidate) for candidate in trusted if candidate["node"] in nodes]
    outside = [place(candidate) for candidate in trusted if candidate["node"] not in nodes]
    counted = len(nodes) == len(inside) == min(aggregators, len(trusted)) >= 2 * threshold - 1
    return counted and list(nodes) == sorted(set(nodes)) and (not outside or max(inside) < min(outside))


def may_be_chosen(
    aggregators: int,
    threshold: int,
    least_score: int,
    seed: bytes,
    candidates: Sequence[report_server.Candidate],
) -> bool:
    """Candidates once each, and enough of them with the least score."""
    bounds = 1 <= aggregators <= 255 and 1 <= threshold <= (aggregators + 1) // 2 and 1 <= least_score <= 1000
    listed = 1 <= len(candidates) <= 1024 and len(seed) == 32
    counts = all(
        0 <= c["node"] < 2**32 and 0 <= c["good"] < 2**32 and 0 <= c["bad"] < 2**32 for c in candidates
    )
    once = len({candidate["node"] for candidate in candidates}) == len(candidates)
    enough = sum(score(c) >= least_score for c in candidates) >= 2 * threshold - 1 if counts else False
    return bounds and listed and counts and once and enough


PAPER_E: dict[str, Contract] = {
    "energy_tokens.blind": Contract(is_blindable, is_blinded),
    "energy_tokens.full_domain_hash": Contract(
        is_hashable,
        lambda number, modulus, exponent, message: number == hashed(modulus, exponent, message),
    ),
    "energy_tokens.fdh_blind": Contract(
        lambda modulus, exponent, message, blinding: (
            is_hashable(modulus, exponent, message)
            and 2 <= blinding <= modulus - 2
            and gcd(blinding, modulus) == 1
        ),
        lambda made, modulus, exponent, message, blinding: (
            made["blinded_message"] * pow(made["inverse"], exponent, modulus) % modulus
            == hashed(modulus, exponent, message)
            and made["inverse"] * blinding % modulus == 1
        ),
    ),
    "energy_tokens.fdh_finalize": Contract(
        lambda modulus, exponent, message, blind_signature, inverse: (
            is_hashable(modulus, exponent, message)
            and 0 <= blind_signature < modulus
            and 2 <= inverse <= modulus - 2
            and pow(blind_signature, exponent, modulus) * pow(inverse, exponent, modulus) % modulus
            == hashed(modulus, exponent, message)
        ),
        lambda signature, modulus, blind_signature, inverse, **_: (
            (signature - blind_signature * inverse) % modulus == 0 <= signature < modulus
        ),
    ),
    "energy_tokens.prove_key": Contract(
        lambda p, q, exponent, context: is_exponent(p, q, exponent) and len(context) == 32,
        lambda roots, p, q, exponent, context: (
            len(roots) == rounds(exponent) and are_roots(roots, p * q, exponent, context)
        ),
    ),
    "energy_tokens.verify_key": Contract(
        lambda modulus, exponent, context, roots: (
            is_public_key(modulus, exponent)
            and len(context) == 32
            and rounds(exponent) <= len(roots) <= 81
            and are_roots(roots, modulus, exponent, context)
        ),
        lambda nothing, **_: nothing is None,
    ),
    "energy_tokens.forward": Contract(
        lambda private_key, token, report, utility_nonce, response: (
            len(private_key) == len(report) == len(utility_nonce) == 32
            and len(token) <= 2048
            and 0 <= response < 1 << 4096
        ),
        is_forwarded,
    ),
    "reporting.decrypt_share": Contract(is_decryptable, is_decrypted),
    "reporting.choose_aggregators": Contract(may_be_chosen, are_chosen),
}
