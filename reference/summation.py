"""Secure summation (spec/load_management.md): a ring of members adds encrypted readings for the utility.

Paper D, section III-A. P_i is the reading of member i in watt-hours, M_i its message: the product of the
encryptions of P_1 to P_i under the utility's key. Whoever has that key and two neighbouring messages reads
the member between them; signed hops say who sent what, and sealed hops keep the messages from the utility.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meter_privacy.reference import messages, paillier
from meter_privacy.reference.dream import has_low_order, u_coordinate, verify_strictly
from meter_privacy.reference.errors import Malformed, NotInGroup, Policy, Range, Replayed, Unauthentic, check
from meter_privacy.reference.messages import DOMAIN, be

LEAST_MEMBERS = 3
MEMBERS_MAXIMUM = 1024
READING_MAXIMUM_WH = 2**32 - 1
SEALED_OVERHEAD = 48


class Member(TypedDict):
    """A member of the ring: its node and its Ed25519 key."""

    node: int
    signing_key: bytes


class SealingMember(Member):
    """A member with the X25519 key that messages to it are sealed under."""

    sealing_key: bytes


# ---- The roster ----------------------------------------------------------------------------------


def ring_roster(
    group: bytes, modulus: int, members: Sequence[SealingMember], least_members: int, maximum_wh: int
) -> bytes:
    """The SHA-256 that binds messages to a group, the utility's n, the members in order, and Pmax.

    group: 16 bytes. modulus: the utility's n, odd, in [15, 2^4096). members: 1 to 1024, each node and each
    key once, in the order of the ring. least_members: in [3, 1024]. maximum_wh: Pmax in [1, 2^32), with
    2 N Pmax < n. Errors: Malformed, Range, NotInGroup, Policy where N < least_members.
    Source: paper D, III.A, secure summation, set-up. Implements LOAD-1, LOAD-2, LOAD-3.
    """
    lengths = {len(key) for member in members for key in (member["signing_key"], member["sealing_key"])}
    check(len(group) == 16 and lengths <= {32}, Malformed, "a byte string has a wrong length")
    check(1 <= len(members) <= MEMBERS_MAXIMUM, Malformed, "a ring has 1 to 1024 members")
    paillier.check_modulus_field(modulus)
    nodes = {member["node"] for member in members}
    check(all(0 <= node < 2**32 for node in nodes), Range, "a node is a number from 0 to 2^32 - 1")
    check(len(nodes) == len(members), Range, "a node is listed twice")
    check(
        LEAST_MEMBERS <= least_members <= MEMBERS_MAXIMUM,
        Range,
        "the least number of members is out of range",
    )
    check(1 <= maximum_wh <= READING_MAXIMUM_WH, Range, "the greatest reading is out of range")
    paillier.headroom(modulus, len(members), maximum_wh)
    check(
        len({member["signing_key"] for member in members}) == len(members),
        Range,
        "a signing key stands twice",
    )
    points = {u_coordinate(member["sealing_key"]) for member in members}
    check(len(points) == len(members), Range, "a sealing key stands twice")
    low = any(has_low_order(member["sealing_key"]) for member in members)
    check(not low, NotInGroup, "a sealing key has low order")
    check(len(members) >= least_members, Policy, "the group has fewer members than agreed")
    width = (modulus.bit_length() + 7) // 8
    entries = b"".join(be(m["node"], 4) + m["signing_key"] + m["sealing_key"] for m in members)
    head = DOMAIN + b"roster\x00" + group + be(width, 4) + be(modulus, width) + be(maximum_wh, 4)
    return hashlib.sha256(head + be(least_members, 4) + be(len(members), 4) + entries).digest()


# ---- The ring ------------------------------------------------------------------------------------


def check_reading(modulus: int, maximum_wh: int, reading_wh: int) -> None:
    """Ranges of the key and the reading: 0 <= P_i <= Pmax, and room for three members. Implements LOAD-4."""
    paillier.check_modulus_field(modulus)
    largest = min(READING_MAXIMUM_WH, (modulus - 1) // (2 * LEAST_MEMBERS))
    check(1 <= maximum_wh <= largest, Range, "the greatest reading is out of range")
    check(0 <= reading_wh <= maximum_wh, Range, "the reading is not between 0 and the greatest")


def ring_start(modulus: int, maximum_wh: int, reading_wh: int, randomness: int) -> int:
    """The first member's message: M_1 = E(P_1; r) under the utility's key.

    reading_wh: P_1 in [0, Pmax], watt-hours. randomness: r in [1, n), a unit, fresh.
    Errors: Range, NotInvertible. Source: paper D, III.A, secure summation, step 2. Implements LOAD-4.
    """
    check_reading(modulus, maximum_wh, reading_wh)
    return paillier.encrypt(modulus, reading_wh, randomness)


def ring_add(modulus: int, maximum_wh: int, previous: int, reading_wh: int, randomness: int) -> int:
    """A further member's message: M_i = E(P_i; r) M_(i-1) mod n^2.

    previous: M_(i-1) in [1, n^2), a unit. The others as in ring_start.
    Errors: Range, NotInvertible. Source: paper D, III.A, secure summation, step 3. Implements LOAD-5.
    """
    paillier.check_modulus_field(modulus)
    largest = min(READING_MAXIMUM_WH, (modulus - 1) // (2 * LEAST_MEMBERS))
    check(1 <= maximum_wh <= largest, Range, "the greatest reading is out of range")
    paillier.check_below("previous message", previous, 1, modulus**2)
    check_reading(modulus, maximum_wh, reading_wh)
    paillier.check_below("randomness", randomness, 1, modulus)
    paillier.check_unit("previous message", previous, modulus)
    return previous * paillier.encrypt(modulus, reading_wh, randomness) % modulus**2


def ring_stop(p: int, q: int, members: int, maximum_wh: int, ciphertext: int) -> int:
    """The utility opens the last message M_N: the group's total in watt-hours, 0 to N Pmax.

    p, q: the utility's factors. members: N in [3, 1024]. maximum_wh: Pmax, with 2 N Pmax < n.
    Errors: Range; NotInvertible; Policy where the total is not one that N readings can have.
    Source: paper D, III.A, secure summation, step 4, with the bound that it lacks. Implements LOAD-3, LOAD-6.
    """
    paillier.check_prime_field("p", p)
    paillier.check_prime_field("q", q)
    check(LEAST_MEMBERS <= members <= MEMBERS_MAXIMUM, Range, "a ring has 3 to 1024 members")
    largest = min(READING_MAXIMUM_WH, (p * q - 1) // (2 * members))
    check(1 <= maximum_wh <= largest, Range, "the greatest reading is out of range")
    total_wh = paillier.decrypt(p, q, ciphertext)
    check(total_wh <= members * maximum_wh, Policy, "the members' readings cannot make this total")
    return total_wh


# ---- Signed hops ---------------------------------------------------------------------------------


def check_place(interval: int, position: int) -> None:
    """Ranges of an interval and of a place in the ring. Implements LOAD-7."""
    check(0 <= interval < messages.SEQUENCES, Range, "the interval is out of range")
    check(1 <= position <= MEMBERS_MAXIMUM, Range, "the position is not between 1 and 1024")


def natural(number: int) -> bytes:
    """A number as big-endian bytes without leading zeros. Implements LOAD-28."""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def sign_hop(
    private_key: bytes, roster: bytes, node: int, interval: int, position: int, modulus: int, ciphertext: int
) -> bytes:
    """The signed message with which a member passes M_i on.

    private_key: the member's Ed25519 key. roster: ring_roster's digest. position: i in [1, 1024].
    Errors: Malformed, Range, NotInvertible. Source: paper D, III.A, secure summation, steps 2 and 3, which
    leave the sender unproven; RFC 8032. Implements LOAD-7, LOAD-27, LOAD-28, LOAD-29.
    """
    check(len(private_key) == 32 and len(roster) == 32, Malformed, "a byte string has a wrong length")
    check(0 <= node < 2**32, Range, "a node is a number from 0 to 2^32 - 1")
    check_place(interval, position)
    paillier.check_modulus_field(modulus)
    paillier.check_below("ciphertext", ciphertext, 1, modulus**2)
    paillier.check_unit("ciphertext", ciphertext, modulus)
    body = {1: roster, 2: node, 3: interval, 4: position, 5: natural(ciphertext)}
    return messages.seal_body(private_key, messages.HOP, body)


def hop_body(message: bytes) -> tuple[dict[int, Any], bytes]:
    """Body and signature of a hop's message, its form alone held. Errors: Malformed. Implements LOAD-28."""
    kind, body, signature = messages.unpack(message)
    check(kind == messages.HOP, Malformed, "the message is no hop")
    return body, signature


def hop_ciphertext(modulus: int, body: dict[int, Any]) -> int:
    """The ciphertext of a hop's body. Errors: Range. Implements LOAD-7, LOAD-28."""
    messages.check_bounds(messages.HOP, body)
    ciphertext = int.from_bytes(body[5], "big")
    paillier.check_modulus_field(modulus)
    paillier.check_below("ciphertext", ciphertext, 1, modulus**2)
    return ciphertext


def check_hop(
    public_key: bytes,
    roster: bytes,
    node: int,
    interval: int,
    position: int,
    next_interval: int,
    modulus: int,
    message: bytes,
) -> int:
    """Take in the message of the member before: M_(i-1), if it is of this roster, interval and place.

    public_key, node, position: those of the sender. next_interval: the least interval that the receiver has
    not taken part in; it keeps interval + 1 in its place before it answers.
    Errors: Malformed, Range, NotInvertible, Unauthentic, Replayed where interval < next_interval.
    Source: paper D, III.A, secure summation, step 3; RFC 8032. Implements LOAD-7, LOAD-8.
    """
    check(len(public_key) == 32 and len(roster) == 32, Malformed, "a byte string has a wrong length")
    check(0 <= node < 2**32, Range, "a node is a number from 0 to 2^32 - 1")
    check_place(interval, position)
    check(0 <= next_interval < messages.SEQUENCES, Range, "the interval is out of range")
    body, signature = hop_body(message)
    ciphertext = hop_ciphertext(modulus, body)
    paillier.check_unit("ciphertext", ciphertext, modulus)
    verify_strictly(public_key, signature, messages.signed_bytes(messages.HOP, body))
    said = [body[1], body[2], body[3], body[4]]
    check(said == [roster, node, interval, position], Unauthentic, "the message belongs elsewhere")
    check(interval >= next_interval, Replayed, "the interval was taken part in before")
    return ciphertext


def audit_ring(
    roster: bytes, interval: int, modulus: int, members: Sequence[Member], messages: Sequence[bytes]
) -> int:
    """Check the messages of all members of an interval; answer the last ciphertext.

    For somebody who has not the utility's key: with it the same messages show every reading.
    Errors: Malformed, Range, NotInvertible, Unauthentic, Policy where M_i = M_(i-1).
    Source: paper D, III.A, secure summation; this project. Implements LOAD-10.
    """
    check(len(members) == len(messages), Malformed, "there is not one message of each member")
    check(LEAST_MEMBERS <= len(members) <= MEMBERS_MAXIMUM, Malformed, "a ring has 3 to 1024 members")
    check(len({m["node"] for m in members}) == len(members), Range, "a node is listed twice")
    bodies = [hop_body(message)[0] for message in messages]
    passed = [hop_ciphertext(modulus, body) for body in bodies]
    for ciphertext in passed:
        paillier.check_unit("ciphertext", ciphertext, modulus)
    for position, (member, message) in enumerate(zip(members, messages, strict=True), 1):
        check_hop(member["signing_key"], roster, member["node"], interval, position, 0, modulus, message)
    changed = all(before != after for before, after in pairwise(passed))
    check(changed, Policy, "a member has passed a message on unchanged")
    return passed[-1]


# ---- Sealed hops ---------------------------------------------------------------------------------


def sealing_cipher(
    shared: bytes, ephemeral_key: bytes, sealing_key: bytes, roster: bytes, interval: int, position: int
) -> ChaCha20Poly1305:
    """The cipher of one hop, under a key that is used once. Source: RFC 5869, RFC 8439. Implements LOAD-9."""
    info = DOMAIN + b"seal\x00" + ephemeral_key + sealing_key + roster + be(interval, 8) + be(position, 4)
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, info).derive(shared))


def seal_hop(
    ephemeral_private_key: bytes,
    sealing_key: bytes,
    roster: bytes,
    interval: int,
    position: int,
    message: bytes,
) -> bytes:
    """Encrypt a hop's message to the receiver: ephemeral key of 32 bytes, ciphertext, tag of 16 bytes.

    ephemeral_private_key: 32 random bytes, fresh for every message. sealing_key: the receiver's X25519 key.
    position: the sender's. As the key of the cipher is fresh, its nonce is zero.
    Errors: Malformed, Range, NotInGroup. Source: RFC 7748, RFC 5869, RFC 8439. Implements LOAD-9.
    """
    lengths = {len(ephemeral_private_key), len(sealing_key), len(roster)}
    check(lengths == {32} and len(message) <= messages.MESSAGE_BYTES, Malformed, "a wrong length")
    check_place(interval, position)
    check(not has_low_order(sealing_key), NotInGroup, "the sealing key has low order")
    private = X25519PrivateKey.from_private_bytes(ephemeral_private_key)
    ephemeral = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(sealing_key))
    cipher = sealing_cipher(shared, ephemeral, sealing_key, roster, interval, position)
    return ephemeral + cipher.encrypt(bytes(12), message, None)


def open_hop(private_key: bytes, roster: bytes, interval: int, position: int, sealed: bytes) -> bytes:
    """Decrypt a hop's message, sealed for the holder of `private_key` by the member at `position`.

    Errors: Malformed, Range, NotInGroup, Unauthentic. Source: RFC 7748, RFC 5869, RFC 8439.
    Implements LOAD-9.
    """
    check(len(private_key) == 32 and len(roster) == 32, Malformed, "a byte string has a wrong length")
    most = messages.MESSAGE_BYTES + SEALED_OVERHEAD
    check(SEALED_OVERHEAD <= len(sealed) <= most, Malformed, "the sealed message has a wrong length")
    check_place(interval, position)
    ephemeral = sealed[:32]
    check(not has_low_order(ephemeral), NotInGroup, "the ephemeral key has low order")
    private = X25519PrivateKey.from_private_bytes(private_key)
    shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    own = private.public_key().public_bytes_raw()
    try:
        cipher = sealing_cipher(shared, ephemeral, own, roster, interval, position)
        return cipher.decrypt(bytes(12), sealed[32:], None)
    except InvalidTag as error:
        raise Unauthentic("the tag does not verify") from error
