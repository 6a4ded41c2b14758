"""DREAM: the supplier learns a cluster's total in a slot and no meter's reading.

Paper C, sections 4.2, 5.1, 5.2 and 5.3, in the order of the protocol: keys, keystream, dummy keys,
partners, masking, aggregation, modulus, certificates, the roster, reports, and the two sessions.
Readings are integers in Wh, slots are counted from 0, a node is a meter's number in its cluster.
X25519 (RFC 7748), Ed25519 (RFC 8032), HKDF (RFC 5869) and HMAC (RFC 2104) are cited, not restated.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, TypedDict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meter_privacy.reference.errors import (
    Expired,
    Malformed,
    NotInGroup,
    Policy,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.sessions import begin, begun_as, check_begun

DOMAIN = b"meter-privacy/dream/1/"

INT_LIMIT = 1 << 53
NODES = 1 << 32
MASK_MODULUS_LIMIT = 1 << 256
METERS_MAXIMUM = 4096
READING_MAXIMUM_WH = (1 << 32) - 1
TAIL_MAXIMUM_WH = (1 << 52) - 1

P_25519 = (1 << 255) - 19
ED25519_ORDER = (1 << 252) + 27742317777372353535851937790883648493


class DummyKey(TypedDict):
    """The unsigned dummy key that a meter shares with another one in a slot."""

    node: int
    key: int


class NodeKey(TypedDict):
    """A PRF key of 32 bytes and the node that it is shared with."""

    node: int
    key: bytes


class Member(TypedDict):
    """A meter of a cluster: its node and its X25519 public key."""

    node: int
    public_key: bytes


class Report(TypedDict):
    """What a meter sends in a slot: the masked reading and its tag."""

    ciphertext: int
    tag: bytes


# ---- Checks --------------------------------------------------------------------------------------


def _check_ints(**fields: Any) -> None:
    for name, value in fields.items():
        check(type(value) is int and abs(value) < INT_LIMIT, Malformed, f"{name} is no integer below 2^53")


def _check_naturals(**fields: Any) -> None:
    for name, value in fields.items():
        check(type(value) is int and value >= 0, Malformed, f"{name} is no natural number")


def _check_bytes(length: int, **fields: Any) -> None:
    for name, value in fields.items():
        check(type(value) is bytes and len(value) == length, Malformed, f"{name} must have {length} bytes")


def _check_count(items: Sequence[Any], least: int, most: int, name: str) -> None:
    check(least <= len(items) <= most, Malformed, f"{name} must have {least} to {most} elements")


def _check_node(node: int) -> None:
    check(0 <= node < NODES, Range, "a node is a number from 0 to 2^32 - 1")


def _check_slot(slot: int) -> None:
    check(slot >= 0, Range, "slots are counted from 0")


def _check_power_of_two(modulus: int) -> None:
    check(2 <= modulus < MASK_MODULUS_LIMIT, Range, "the modulus is below 2 or longer than 256 bits")
    check(modulus & (modulus - 1) == 0, Range, "the modulus is not a power of two")


def _check_distinct(nodes: Sequence[int]) -> None:
    for node in nodes:
        _check_node(node)
    check(len(set(nodes)) == len(nodes), Range, "a node is listed twice")


def _check_node_keys(keys: Sequence[NodeKey], least: int, most: int) -> None:
    _check_count(keys, least, most, "keys")
    for entry in keys:
        _check_ints(node=entry["node"])
        _check_bytes(32, key=entry["key"])


def _check_partners(node: int, keys: Sequence[NodeKey], expected_partners: int) -> None:
    nodes = [entry["node"] for entry in keys]
    _check_node(node)
    _check_distinct(nodes)
    check(node not in nodes, Range, "a meter shares no key with itself")
    check(1 <= expected_partners <= len(keys), Range, "w is not between 1 and N - 1")


# ---- Keys: section 5.1 ---------------------------------------------------------------------------


def public_key(private_key: bytes) -> bytes:
    """The X25519 public key of `private_key` (32 bytes each).

    Source: paper C, section 5.1 ("DH component"); RFC 7748, section 6.1.
    Errors: malformed. Implements DREAM-1.
    """
    _check_bytes(32, private_key=private_key)
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def x25519(private_key: bytes, peer_public_key: bytes) -> bytes:
    """The Diffie-Hellman secret of 32 bytes, refused where it is all zero.

    It is all zero exactly if the point has low order: a clamped scalar is a multiple of 8.
    Source: RFC 7748, sections 5 and 6.1. Errors: malformed, not-in-group. Implements DREAM-1, DREAM-2.
    """
    _check_bytes(32, private_key=private_key, peer_public_key=peer_public_key)
    try:
        peer = X25519PublicKey.from_public_bytes(peer_public_key)
        secret = X25519PrivateKey.from_private_bytes(private_key).exchange(peer)
    except ValueError as error:
        raise NotInGroup("the public key has low order") from error
    check(secret != bytes(32), NotInGroup, "the public key has low order")
    return secret


def pairwise_key(cluster: bytes, node: int, peer: int, private_key: bytes, peer_public_key: bytes) -> bytes:
    """K_ij: the key of 32 bytes that two meters of a cluster share, the same from either side.

    `cluster` has 16 bytes; `node` and `peer` are the two nodes, 0 to 2^32 - 1 and distinct.
    Source: paper C, section 5.1; RFC 7748, section 6.1; RFC 5869.
    Errors: malformed, range, not-in-group. Implements DREAM-1, DREAM-2, DREAM-3.
    """
    _check_bytes(16, cluster=cluster)
    _check_ints(node=node, peer=peer)
    _check_bytes(32, private_key=private_key, peer_public_key=peer_public_key)
    _check_node(node)
    _check_node(peer)
    check(node != peer, Range, "a meter shares no key with itself")
    low, high = sorted([public_key(private_key), peer_public_key])
    info = DOMAIN + b"pairwise\x00" + cluster + _be32(min(node, peer)) + _be32(max(node, peer)) + low + high
    return HKDF(SHA256(), 32, salt=None, info=info).derive(x25519(private_key, peer_public_key))


def supplier_key(cluster: bytes, node: int, private_key: bytes, peer_public_key: bytes) -> bytes:
    """K_i: the key of 32 bytes that a meter and the supplier share, the same from either side.

    `node` is the meter's number, whichever side computes; `cluster` has 16 bytes.
    Source: paper C, section 5.2, step 3 ("using the DH protocol as above"); RFC 7748; RFC 5869.
    Errors: malformed, range, not-in-group. Implements DREAM-1, DREAM-2, DREAM-4.
    """
    _check_bytes(16, cluster=cluster)
    _check_ints(node=node)
    _check_bytes(32, private_key=private_key, peer_public_key=peer_public_key)
    _check_node(node)
    low, high = sorted([public_key(private_key), peer_public_key])
    info = DOMAIN + b"supplier\x00" + cluster + _be32(node) + low + high
    return HKDF(SHA256(), 32, salt=None, info=info).derive(x25519(private_key, peer_public_key))


def _be32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def _be64(number: int) -> bytes:
    return number.to_bytes(8, "big")


# ---- Keystream, dummy keys, partners: section 5.2, steps 1 to 3 ----------------------------------


def prf(key: bytes, label: bytes, slot: int) -> bytes:
    """PRF(K, label, t): 32 bytes, of which label and slot take the place of the paper's r1 and r2.

    Source: paper C, section 5.2, steps 1 and 2; RFC 2104 with SHA-256. Implements DREAM-5.
    """
    return hmac.digest(key, DOMAIN + label + b"\x00" + _be64(slot), hashlib.sha256)


def keystream(key: bytes, slot: int, modulus: int) -> int:
    """K'_i(t), the mask in [0, m) that a meter shares with the supplier in a slot; m = 2^b, 1 <= b <= 255.

    Source: paper C, section 5.2, step 3. Errors: malformed, range. Implements DREAM-5, DREAM-6.
    """
    _check_bytes(32, key=key)
    _check_ints(slot=slot)
    _check_naturals(modulus=modulus)
    _check_slot(slot)
    _check_power_of_two(modulus)
    return int.from_bytes(prf(key, b"keystream", slot), "big") % modulus


def dummy_key(key: bytes, slot: int, modulus: int) -> int:
    """|dkey_ij(t)|, the dummy key in [0, m) that two meters share in a slot, without its sign.

    Source: paper C, section 5.2, step 2. Errors: malformed, range. Implements DREAM-5, DREAM-7.
    """
    _check_bytes(32, key=key)
    _check_ints(slot=slot)
    _check_naturals(modulus=modulus)
    _check_slot(slot)
    _check_power_of_two(modulus)
    return int.from_bytes(prf(key, b"dummy", slot), "big") % modulus


def selection_threshold(expected_partners: int, others: int) -> int:
    """floor(w 2^64 / (N - 1)): of the 2^64 values, those below it select a partner.

    Source: paper C, section 5.2, step 1.

    pre: 1 <= expected_partners <= others <= 4095
    post: 0 < __return__ <= 2**64
    post: (__return__ == 2**64) == (expected_partners == others)

    Implements DREAM-8.
    """
    return expected_partners * 2**64 // others


def select_partners(node: int, slot: int, keys: Sequence[NodeKey], expected_partners: int) -> list[int]:
    """The partners of `node` in a slot, in the order of `keys`, which has all N - 1 other meters.

    `expected_partners` is the paper's w, 1 to N - 1.
    Source: paper C, section 5.2, step 1. Errors: malformed, range, policy (nobody is selected).
    Implements DREAM-5, DREAM-8, DREAM-9.
    """
    _check_ints(node=node, slot=slot)
    _check_node_keys(keys, 1, METERS_MAXIMUM - 1)
    _check_ints(expected_partners=expected_partners)
    _check_slot(slot)
    _check_partners(node, keys, expected_partners)
    threshold = selection_threshold(expected_partners, len(keys))
    partners = [
        entry["node"]
        for entry in keys
        if int.from_bytes(prf(entry["key"], b"select", slot)[:8], "big") < threshold
    ]
    check(len(partners) >= 1, Policy, "no partner is selected: the supplier could unmask the value")
    return partners


# ---- Masking and aggregation: sections 5.2, step 3, and 5.3 --------------------------------------


def sign(node: int, peer: int) -> int:
    """(i - j) / |i - j|: the meter of the larger number adds a dummy key, the other subtracts it.

    Source: paper C, section 5.2, step 2.

    pre: node != peer
    post: __return__ * abs(node - peer) == node - peer

    Implements DREAM-13.
    """
    return 1 if node > peer else -1


def mask(
    modulus: int, node: int, value: int, keystream: int, dummy_keys: Sequence[DummyKey], blind: int
) -> int:
    """Enc(X) = X + K' + sum of sign(i, j) dkey_ij + C (mod m), in [0, m).

    `modulus` is 2 to 2^256 - 1 and need not be a power of two; `value` is in [-floor(m/2), ceil(m/2));
    `keystream`, every `key` and `blind` (0 for none) are below m; every node is in 0 to 2^32 - 1.
    Source: paper C, section 5.2, step 3, and section 6, step 1. Errors: malformed, range.
    Implements DREAM-12, DREAM-13, DREAM-14.
    """
    _check_naturals(modulus=modulus, keystream=keystream, blind=blind)
    _check_ints(node=node, value=value)
    _check_count(dummy_keys, 0, METERS_MAXIMUM - 1, "dummy_keys")
    for entry in dummy_keys:
        _check_ints(node=entry["node"])
        _check_naturals(key=entry["key"])
    nodes = [entry["node"] for entry in dummy_keys]
    check(2 <= modulus < MASK_MODULUS_LIMIT, Range, "the modulus is below 2 or longer than 256 bits")
    _check_node(node)
    check(centred(value, modulus) == value, Range, "the value is outside the centred range of the modulus")
    check(keystream < modulus, Range, "the keystream is not below the modulus")
    _check_distinct(nodes)
    check(node not in nodes, Range, "a meter shares no dummy key with itself")
    check(all(entry["key"] < modulus for entry in dummy_keys), Range, "a dummy key is not below the modulus")
    check(blind < modulus, Range, "the blind is not below the modulus")

    dummies = sum(sign(node, entry["node"]) * entry["key"] for entry in dummy_keys)
    return (value + keystream + dummies + blind) % modulus


def centred(residue: int, modulus: int) -> int:
    """The representative of a residue modulo m in [-floor(m/2), ceil(m/2)).

    Source: paper C, section 5.3, phase 2, which leaves the representative unsaid.

    pre: modulus >= 2
    post: -modulus <= 2 * __return__ < modulus
    post: (__return__ - residue) % modulus == 0

    Implements DREAM-16.
    """
    residue %= modulus
    return residue if 2 * residue < modulus else residue - modulus


def aggregate(
    modulus: int, ciphertexts: Sequence[int], keystreams: Sequence[int], recoveries: Sequence[int]
) -> int:
    """The centred sum of what the ciphertexts hide: sum of c - sum of K' - sum of recoveries (mod m).

    One keystream for each ciphertext; a recovery is what a meter reveals when others are missing (paper C,
    section 6): the signed sum of the dummy keys that it shares with them, plus its blind. All are below m.
    Source: paper C, section 5.3, and section 6, step 4. Errors: malformed, range.
    Implements DREAM-15, DREAM-16.
    """
    _check_count(ciphertexts, 1, METERS_MAXIMUM, "ciphertexts")
    _check_count(recoveries, 0, METERS_MAXIMUM, "recoveries")
    check(len(keystreams) == len(ciphertexts), Malformed, "there must be one keystream for each ciphertext")
    _check_naturals(modulus=modulus)
    for number in (*ciphertexts, *keystreams, *recoveries):
        _check_naturals(number=number)
    check(2 <= modulus < MASK_MODULUS_LIMIT, Range, "the modulus is below 2 or longer than 256 bits")
    for number in (*ciphertexts, *keystreams, *recoveries):
        check(number < modulus, Range, "a ciphertext, keystream or recovery is not below the modulus")

    return centred(sum(ciphertexts) - sum(keystreams) - sum(recoveries), modulus)


def total_wh(total: int, modulus: int, tail_wh: int) -> int:
    """The slot's sum in Wh: the representative of `total` modulo m in [-T, m - T).

    The sum of N clamped readings and noise within the tail T on either side is in [-T, N Xmax + T];
    where m is only just above N Xmax + 2 T, the upper half of that range is negative when centred.
    Source: paper C, section 5.3, phase 2.

    pre: 0 <= tail_wh < modulus
    post: -tail_wh <= __return__ < modulus - tail_wh
    post: (__return__ - total) % modulus == 0

    Implements DREAM-16.
    """
    return (total + tail_wh) % modulus - tail_wh


# ---- Parameters: sections 4.2 and 6 --------------------------------------------------------------


def _check_cluster(meters: int, maximum_wh: int, tail_wh: int) -> None:
    check(2 <= meters <= METERS_MAXIMUM, Range, "a cluster has 2 to 4096 meters")
    check(1 <= maximum_wh <= READING_MAXIMUM_WH, Range, "Xmax is not between 1 and 2^32 - 1 Wh")
    check(0 <= tail_wh <= TAIL_MAXIMUM_WH, Range, "T is not between 0 and 2^52 - 1 Wh")


def modulus(meters: int, maximum_wh: int, tail_wh: int) -> int:
    """m = 2^ceil(log2(N Xmax + 2 T + 1)), the least power of two above N Xmax + 2 T.

    `meters` is N, 2 to 4096; `maximum_wh` is Xmax, 1 to 2^32 - 1, what a reading is clamped to;
    `tail_wh` is T, 0 to 2^52 - 1, what the total's noise stays within on either side.
    Source: paper C, section 4.2, whose 2^ceil(log2(z N)) wraps. Errors: malformed, range.
    Implements DREAM-10.
    """
    _check_ints(meters=meters, maximum_wh=maximum_wh, tail_wh=tail_wh)
    _check_cluster(meters, maximum_wh, tail_wh)
    return 1 << (meters * maximum_wh + 2 * tail_wh).bit_length()


def check_parameters(
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    modulus: int,
) -> int:
    """Refuse a cluster whose parameters break its promise; answer m - (N Xmax + 2 T + 1) >= 0.

    `tolerated_failures` is M and `colluders` is c, both 0 to N - 1; `expected_partners` is w, 1 to N - 1;
    the others are those of `modulus`. M < (N - c) / 2 keeps the supplier from opening two disjoint sets.
    Source: paper C, sections 5.2 and 6, which leave w, M and m unbounded. Errors: malformed, range, policy.
    Implements DREAM-11.
    """
    _check_ints(meters=meters, tolerated_failures=tolerated_failures, colluders=colluders)
    _check_ints(expected_partners=expected_partners, maximum_wh=maximum_wh, tail_wh=tail_wh)
    _check_naturals(modulus=modulus)
    _check_cluster(meters, maximum_wh, tail_wh)
    check(0 <= tolerated_failures < meters, Range, "M is not between 0 and N - 1")
    check(0 <= colluders < meters, Range, "c is not between 0 and N - 1")
    check(1 <= expected_partners < meters, Range, "w is not between 1 and N - 1")
    _check_power_of_two(modulus)
    slack = modulus - (meters * maximum_wh + 2 * tail_wh + 1)
    check(slack >= 0, Range, "m does not hold every total: m <= N Xmax + 2 T")
    check(2 * tolerated_failures < meters - colluders, Policy, "M >= (N - c) / 2: two views could open")
    return slack


# ---- Certificates and the roster: sections 3.1 and 5.1 -------------------------------------------


def has_low_order(u: bytes) -> bool:
    """Whether an X25519 public key is one of the encodings of a point of order 1, 2, 4 or 8.

    Source: RFC 7748, section 6.1. Implements DREAM-2.
    """
    try:
        x25519(bytes(32), u)
    except NotInGroup:
        return True
    return False


def certificate_bytes(cluster: bytes, node: int, public_key: bytes, last_slot: int) -> bytes:
    """The bytes that the authority signs. Source: paper C, section 3.1. Implements DREAM-17."""
    return DOMAIN + b"certificate\x00" + cluster + _be32(node) + public_key + _be64(last_slot)


def certify(
    authority_private_key: bytes, cluster: bytes, node: int, public_key: bytes, last_slot: int
) -> bytes:
    """The authority's Ed25519 signature of 64 bytes over a meter's certificate.

    `last_slot` is the last slot in which the certificate holds; keys have 32 bytes, `cluster` 16.
    Source: paper C, sections 3.1 and 5.1; RFC 8032, section 5.1.6.
    Errors: malformed, range, not-in-group. Implements DREAM-17.
    """
    _check_bytes(32, authority_private_key=authority_private_key, public_key=public_key)
    _check_bytes(16, cluster=cluster)
    _check_ints(node=node, last_slot=last_slot)
    _check_node(node)
    _check_slot(last_slot)
    check(not has_low_order(public_key), NotInGroup, "the public key has low order")
    message = certificate_bytes(cluster, node, public_key, last_slot)
    return Ed25519PrivateKey.from_private_bytes(authority_private_key).sign(message)


def verify_strictly(authority_public_key: bytes, signature: bytes, message: bytes) -> None:
    """Ed25519 without cofactor, with one encoding of every value, under no key of low order.

    A canonical R needs no check of its own: it is compared with the encoding of [S]B - [h]A.
    Source: RFC 8032, sections 5.1.3 and 5.1.7. Errors: unauthentic. Implements DREAM-17.
    """
    y = int.from_bytes(authority_public_key, "little") % (1 << 255)
    s = int.from_bytes(signature[32:], "little")
    check(y < P_25519, Unauthentic, "the authority's key is not encoded canonically")
    check(s < ED25519_ORDER, Unauthentic, "S is not below the group's order")
    # RFC 7748, section 4.1: u = (1 + y) / (1 - y) is the same point on the Montgomery curve.
    u = (1 + y) * pow(1 - y, P_25519 - 2, P_25519) % P_25519
    check(not has_low_order(u.to_bytes(32, "little")), Unauthentic, "the authority's key has low order")
    try:
        Ed25519PublicKey.from_public_bytes(authority_public_key).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise Unauthentic("the signature does not verify under the authority's key") from error


def check_certificate(
    authority_public_key: bytes,
    cluster: bytes,
    node: int,
    public_key: bytes,
    last_slot: int,
    slot: int,
    signature: bytes,
) -> bytes:
    """Accept a meter's certificate in `slot`; answer the SHA-256 of the signed bytes.

    Source: paper C, sections 3.1 and 5.1; RFC 8032, section 5.1.7.
    Errors: malformed, range, not-in-group, unauthentic, expired. Implements DREAM-17, DREAM-18.
    """
    _check_bytes(32, authority_public_key=authority_public_key, public_key=public_key)
    _check_bytes(16, cluster=cluster)
    _check_bytes(64, signature=signature)
    _check_ints(node=node, last_slot=last_slot, slot=slot)
    _check_node(node)
    _check_slot(last_slot)
    _check_slot(slot)
    check(not has_low_order(public_key), NotInGroup, "the public key has low order")
    message = certificate_bytes(cluster, node, public_key, last_slot)
    verify_strictly(authority_public_key, signature, message)
    check(slot <= last_slot, Expired, "the slot is later than the certificate's last")
    return hashlib.sha256(message).digest()


def u_coordinate(public_key: bytes) -> int:
    """The number modulo p = 2^255 - 19 that an X25519 public key stands for: the highest bit is not read.

    Source: RFC 7748, section 5 (decodeUCoordinate). Implements DREAM-19.
    """
    return int.from_bytes(public_key, "little") % (1 << 255) % P_25519


def roster_digest(cluster: bytes, members: Sequence[Member]) -> bytes:
    """The SHA-256 that binds a cluster's messages to one list of 2 to 4096 members.

    Nodes increase strictly, no two public keys are the same u coordinate. The bytes enter as they were given.
    Source: paper C, section 5.1 (the broadcast of all DH components). Errors: malformed, range.
    Implements DREAM-19.
    """
    _check_bytes(16, cluster=cluster)
    _check_count(members, 2, METERS_MAXIMUM, "members")
    for member in members:
        _check_ints(node=member["node"])
        _check_bytes(32, public_key=member["public_key"])
    nodes = [member["node"] for member in members]
    _check_distinct(nodes)
    check(nodes == sorted(nodes), Range, "the nodes must be strictly increasing")
    points = {u_coordinate(member["public_key"]) for member in members}
    check(len(points) == len(members), Range, "a public key is listed twice")
    entries = b"".join(_be32(member["node"]) + member["public_key"] for member in members)
    return hashlib.sha256(DOMAIN + b"roster\x00" + cluster + _be32(len(members)) + entries).digest()


# ---- Reports: sections 3.1 (pairwise MACs) and 5.2, step 4 ---------------------------------------


def authenticate(key: bytes, roster: bytes, node: int, slot: int, modulus: int, ciphertext: int) -> bytes:
    """The tag of 32 bytes of a meter's report under the key that it shares with the supplier.

    The ciphertext, below m = 2^b, enters big-endian in exactly ceil(b / 8) bytes.
    Source: paper C, section 3.1 ("pairwise MACs"); RFC 2104 with SHA-256. Errors: malformed, range.
    Implements DREAM-20.
    """
    _check_bytes(32, key=key, roster=roster)
    _check_ints(node=node, slot=slot)
    _check_naturals(modulus=modulus, ciphertext=ciphertext)
    _check_node(node)
    _check_slot(slot)
    _check_power_of_two(modulus)
    check(ciphertext < modulus, Range, "the ciphertext is not below the modulus")
    width = ((modulus - 1).bit_length() + 7) // 8
    message = DOMAIN + b"report\x00" + roster + _be32(node) + _be64(slot) + ciphertext.to_bytes(width, "big")
    return hmac.digest(key, message, hashlib.sha256)


# ---- The meter's session: section 5.2 ------------------------------------------------------------


def meter_start(
    session: dict[str, Any],
    node: int,
    modulus: int,
    roster: bytes,
    supplier_key: bytes,
    keys: Sequence[NodeKey],
    expected_partners: int,
) -> None:
    """Start a meter's session: its node, the cluster's m, roster digest and w, and all its keys.

    Source: paper C, section 5.1. Errors: malformed, range, state. Implements DREAM-21.
    """
    _check_ints(node=node, expected_partners=expected_partners)
    _check_naturals(modulus=modulus)
    _check_bytes(32, roster=roster, supplier_key=supplier_key)
    _check_node_keys(keys, 1, METERS_MAXIMUM - 1)
    _check_power_of_two(modulus)
    _check_partners(node, keys, expected_partners)
    begin(
        session,
        "dream.meter",
        node=node,
        modulus=modulus,
        roster=roster,
        supplier_key=supplier_key,
        keys=[NodeKey(node=entry["node"], key=entry["key"]) for entry in keys],
        expected_partners=expected_partners,
        last=None,
    )


def is_resend(last_slot: int, last_value: int, slot: int, value: int) -> bool:
    """Whether the last report is asked for again; if not, the slot is a later one.

    Source: paper C, section 5.2. Errors: replayed. Implements DREAM-22, DREAM-23.
    """
    check(slot >= last_slot, Replayed, "the slot is earlier than the last one reported")
    check(slot > last_slot or value == last_value, Replayed, "the slot was reported with another value")
    return slot == last_slot


def meter_report(session: dict[str, Any], slot: int, value: int) -> Report:
    """Report the value of a slot in Wh, once: the masked value and its tag.

    The last slot with the same value again gives the same report; the last slot with another value, or an
    earlier slot, is refused. A refused report leaves the session as it was.
    Source: paper C, section 5.2. Errors: malformed, range, replayed, policy, state.
    Implements DREAM-22, DREAM-23.
    """
    session = begun_as(session, "dream.meter")
    _check_ints(slot=slot, value=value)
    _check_slot(slot)
    check_begun(session)
    m, last = session["modulus"], session["last"]
    check(centred(value, m) == value, Range, "the value is outside the centred range of the modulus")
    if last is not None and is_resend(last["slot"], last["value"], slot, value):
        return Report(ciphertext=last["ciphertext"], tag=last["tag"])

    partners = set(select_partners(session["node"], slot, session["keys"], session["expected_partners"]))
    dummy_keys = [
        DummyKey(node=entry["node"], key=dummy_key(entry["key"], slot, m))
        for entry in session["keys"]
        if entry["node"] in partners
    ]
    stream = keystream(session["supplier_key"], slot, m)
    ciphertext = mask(m, session["node"], value, stream, dummy_keys, 0)
    tag = authenticate(session["supplier_key"], session["roster"], session["node"], slot, m, ciphertext)
    session["last"] = {"slot": slot, "value": value, "ciphertext": ciphertext, "tag": tag}
    return Report(ciphertext=ciphertext, tag=tag)


# ---- The supplier's session: section 5.3 ---------------------------------------------------------


def supplier_start(
    session: dict[str, Any], slot: int, modulus: int, roster: bytes, keys: Sequence[NodeKey]
) -> None:
    """Start the supplier's session for one slot: the key with each of the cluster's 2 to 4096 meters.

    Source: paper C, section 5.3. Errors: malformed, range, state. Implements DREAM-24.
    """
    _check_ints(slot=slot)
    _check_naturals(modulus=modulus)
    _check_bytes(32, roster=roster)
    _check_node_keys(keys, 2, METERS_MAXIMUM)
    _check_slot(slot)
    _check_power_of_two(modulus)
    _check_distinct([entry["node"] for entry in keys])
    begin(
        session,
        "dream.supplier",
        slot=slot,
        modulus=modulus,
        roster=roster,
        keys={entry["node"]: entry["key"] for entry in keys},
        ciphertexts={},
    )


def supplier_receive(session: dict[str, Any], node: int, ciphertext: int, tag: bytes) -> int:
    """Take in one meter's report; answer how many meters have reported.

    Source: paper C, sections 3.1 and 5.3. Errors: malformed, range, unauthentic, replayed, state.
    Implements DREAM-25.
    """
    session = begun_as(session, "dream.supplier")
    _check_ints(node=node)
    _check_naturals(ciphertext=ciphertext)
    _check_bytes(32, tag=tag)
    _check_node(node)
    check(ciphertext < MASK_MODULUS_LIMIT, Range, "the ciphertext is longer than 256 bits")
    check_begun(session)
    m, keys, ciphertexts = session["modulus"], session["keys"], session["ciphertexts"]
    check(node in keys, Range, "the node is not on the roster")
    check(ciphertext < m, Range, "the ciphertext is not below the modulus")
    expected = authenticate(keys[node], session["roster"], node, session["slot"], m, ciphertext)
    check(hmac.compare_digest(expected, tag), Unauthentic, "the tag does not verify")
    check(node not in ciphertexts, Replayed, "the meter has reported in this slot already")
    session["ciphertexts"] = {**ciphertexts, node: ciphertext}
    return len(ciphertexts) + 1


def supplier_total(session: dict[str, Any]) -> int:
    """The slot's centred total, once every meter of the roster has reported.

    Source: paper C, section 5.3. Errors: state. Implements DREAM-26.
    """
    session = begun_as(session, "dream.supplier")
    check_begun(session)
    m, keys, ciphertexts = session["modulus"], session["keys"], session["ciphertexts"]
    check(len(ciphertexts) == len(keys), State, "a meter of the roster has not reported")
    keystreams = [keystream(keys[node], session["slot"], m) for node in ciphertexts]
    return aggregate(m, list(ciphertexts.values()), keystreams, [])
