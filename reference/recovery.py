"""DREAM: two rounds that survive missing meters.

Paper C, sections 5 and 6, in the order of the protocol: lists of missing meters, what a meter reveals, its
tag, the session of a meter over epochs and slots, and the session of the supplier for one slot.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, TypedDict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import cluster as clusters
from meter_privacy.reference import dream
from meter_privacy.reference.cluster import Parameters
from meter_privacy.reference.dream import DOMAIN, DummyKey, NodeKey
from meter_privacy.reference.errors import (
    Expired,
    NotInGroup,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.noise import clamp
from meter_privacy.reference.sessions import begin, begun_as, check_begun


class Supplier(TypedDict):
    """A supplier's certificate: term, Ed25519 and X25519 public keys, last slot, signature."""

    term: int
    signing_key: bytes
    public_key: bytes
    last_slot: int
    signature: bytes


class CertifiedMember(TypedDict):
    """A meter of a cluster with its certificate."""

    node: int
    public_key: bytes
    last_slot: int
    signature: bytes


class MemberReport(TypedDict):
    """What a meter sends in the first round; `clamped` stays in the meter."""

    ciphertext: int
    tag: bytes
    clamped: int


class Reply(TypedDict):
    """What a meter sends in the second round."""

    recovery: int
    tag: bytes


class SignedList(TypedDict):
    """The nodes that have not reported, in rising order, and the supplier's signature."""

    missing: list[int]
    signature: bytes


class DigestedList(TypedDict):
    """The signature of a list and its digest."""

    signature: bytes
    list: bytes


class Total(TypedDict):
    """A slot's centred total, and of how many meters it is."""

    total: int
    meters: int


# ---- Lists of missing meters: section 6, step 2 --------------------------------------------------


def missing_list(digest: bytes, slot: int, missing: Sequence[int]) -> bytes:
    """The bytes that the supplier signs. Source: paper C, section 6, step 2. Implements DREAM-62."""
    nodes = b"".join(dream._be32(node) for node in missing)
    return DOMAIN + b"missing\x00" + digest + dream._be64(slot) + dream._be32(len(missing)) + nodes


def _check_list(missing: Sequence[int]) -> None:
    dream._check_count(missing, 0, dream.METERS_MAXIMUM - 1, "missing")
    for node in missing:
        dream._check_ints(node=node)


def _check_rising(missing: Sequence[int]) -> None:
    for node in missing:
        dream._check_node(node)
    if any(left >= right for left, right in pairwise(missing)):
        raise Range("the nodes must be strictly increasing")


def sign_list(signing_private_key: bytes, digest: bytes, slot: int, missing: Sequence[int]) -> bytes:
    """The signature alone. Source: paper C, section 6, step 2. Implements DREAM-62."""
    message = missing_list(digest, slot, missing)
    return Ed25519PrivateKey.from_private_bytes(signing_private_key).sign(message)


def sign_missing(
    signing_private_key: bytes, digest: bytes, slot: int, missing: Sequence[int]
) -> DigestedList:
    """The supplier's Ed25519 signature over a slot's list of missing meters, and the list's SHA-256.

    `missing` holds at most 4095 nodes in strictly rising order; `digest` is the epoch's.
    Source: paper C, section 6, step 2 ("broadcasting the id of the non-responding nodes"); RFC 8032.
    Errors: malformed, range. Implements DREAM-62.
    """
    dream._check_bytes(32, signing_private_key=signing_private_key, digest=digest)
    dream._check_ints(slot=slot)
    _check_list(missing)
    dream._check_slot(slot)
    _check_rising(missing)
    listed = hashlib.sha256(missing_list(digest, slot, missing)).digest()
    return DigestedList(signature=sign_list(signing_private_key, digest, slot, missing), list=listed)


def check_equivocation(
    signing_key: bytes,
    digest: bytes,
    slot: int,
    missing: Sequence[int],
    signature: bytes,
    other_missing: Sequence[int],
    other_signature: bytes,
) -> None:
    """Accept two different lists of one slot, both signed, as proof against the supplier.

    Source: paper C, section 6, step 2; RFC 8032, section 5.1.7.
    Errors: malformed, range, unauthentic, proof-failed (the lists are equal). Implements DREAM-69.
    """
    dream._check_bytes(32, signing_key=signing_key, digest=digest)
    dream._check_ints(slot=slot)
    _check_list(missing)
    _check_list(other_missing)
    dream._check_bytes(64, signature=signature, other_signature=other_signature)
    dream._check_slot(slot)
    _check_rising(missing)
    _check_rising(other_missing)
    dream.verify_strictly(signing_key, signature, missing_list(digest, slot, missing))
    dream.verify_strictly(signing_key, other_signature, missing_list(digest, slot, other_missing))
    if list(missing) == list(other_missing):
        raise ProofFailed("the two lists are the same")


# ---- What a meter reveals: section 6, step 3 -----------------------------------------------------


def recover(modulus: int, node: int, dummy_keys: Sequence[DummyKey], blind: int) -> int:
    """The sum of sign(i, j) dkey_ij over the missing partners j, plus C_i, modulo m.

    `dummy_keys` holds the unsigned dummy keys below m that the meter shares with its missing partners.
    Source: paper C, section 6, step 3. Errors: malformed, range. Implements DREAM-63.
    """
    # A modulus that is too long is of the class range; all that mask finds malformed comes before it.
    recovery = dream.mask(modulus, node, 0, 0, dummy_keys, blind)
    check(modulus <= clusters.MODULUS_LIMIT, Range, "the modulus is above 2^128")
    return recovery


def authenticate_reply(
    key: bytes, digest: bytes, node: int, slot: int, list: bytes, modulus: int, recovery: int
) -> bytes:
    """The tag of 32 bytes of a meter's reply under the epoch's key that it shares with the supplier.

    `list` is the SHA-256 of the list that is answered; the reply, below m = 2^b, enters big-endian in exactly
    ceil(b / 8) bytes. Source: paper C, section 3.1 ("pairwise MACs"); RFC 2104 with SHA-256.
    Errors: malformed, range. Implements DREAM-64.
    """
    dream._check_bytes(32, key=key, digest=digest, list=list)
    dream._check_ints(node=node, slot=slot)
    dream._check_naturals(modulus=modulus, recovery=recovery)
    dream._check_node(node)
    dream._check_slot(slot)
    clusters.check_short_modulus(modulus)
    if recovery >= modulus:
        raise Range("the reply is not below the modulus")
    width = ((modulus - 1).bit_length() + 7) // 8
    head = DOMAIN + b"reply\x00" + digest + dream._be32(node) + dream._be64(slot) + list
    return hmac.digest(key, head + recovery.to_bytes(width, "big"), hashlib.sha256)


# ---- The session of a meter ----------------------------------------------------------------------


def member_start(
    session: dict[str, Any],
    authority_public_key: bytes,
    cluster: bytes,
    node: int,
    private_key: bytes,
    blind_key: bytes,
    next_slot: int,
    next_epoch: int,
    term: int,
) -> None:
    """Start a member's session, at its first start and after each loss of power.

    `private_key` is its X25519 key, `blind_key` 32 secret bytes; `next_slot`, `next_epoch` and `term` are the
    least that it still takes, read from counters that survive the loss of power, 0 in a new meter.
    Source: paper C, sections 3.1 and 5.1. Errors: malformed, range, state. Implements DREAM-57, DREAM-74.
    """
    dream._check_bytes(32, authority_public_key=authority_public_key)
    dream._check_bytes(32, private_key=private_key, blind_key=blind_key)
    dream._check_bytes(16, cluster=cluster)
    dream._check_ints(node=node)
    dream._check_ints(next_slot=next_slot, next_epoch=next_epoch, term=term)
    dream._check_node(node)
    for name, number in (("next_slot", next_slot), ("next_epoch", next_epoch), ("term", term)):
        clusters.check_natural_number(name, number)
    begin(
        session,
        "dream.member",
        authority=authority_public_key,
        cluster=cluster,
        node=node,
        private_key=private_key,
        blind_key=blind_key,
        next_slot=next_slot,
        next_epoch=next_epoch,
        term=term,
        epoch=None,
        last=None,
    )


def _check_announcement(
    epoch: int,
    first_slot: int,
    supplier: Supplier,
    members: Sequence[CertifiedMember],
    given: Parameters,
    signature: bytes,
) -> None:
    """What can be checked of an announcement without a session, the bounds of its parameters apart."""
    dream._check_ints(epoch=epoch, first_slot=first_slot)
    dream._check_ints(term=supplier["term"], last_slot=supplier["last_slot"])
    dream._check_bytes(32, signing_key=supplier["signing_key"], public_key=supplier["public_key"])
    dream._check_bytes(64, signature=signature)
    dream._check_bytes(64, signature=supplier["signature"])
    dream._check_count(members, 2, dream.METERS_MAXIMUM, "members")
    for member in members:
        dream._check_ints(node=member["node"], last_slot=member["last_slot"])
        dream._check_bytes(32, public_key=member["public_key"])
        dream._check_bytes(64, signature=member["signature"])
    clusters.check_grammar(given)
    clusters.check_natural_number("epoch", epoch)
    dream._check_slot(first_slot)
    clusters.check_natural_number("term", supplier["term"])
    dream._check_slot(supplier["last_slot"])
    for member in members:
        dream._check_slot(member["last_slot"])


def _check_signatures(
    session: Mapping[str, Any], supplier: Supplier, members: Sequence[CertifiedMember]
) -> bytes:
    """Verify the authority's signatures; answer the supplier's certificate. Implements DREAM-50, DREAM-58."""
    authority, name = session["authority"], session["cluster"]
    certificate = clusters.supplier_certificate(
        name, supplier["term"], supplier["signing_key"], supplier["public_key"], supplier["last_slot"]
    )
    dream.verify_strictly(authority, supplier["signature"], certificate)
    for member in members:
        message = dream.certificate_bytes(name, member["node"], member["public_key"], member["last_slot"])
        dream.verify_strictly(authority, member["signature"], message)
    return certificate


def member_enrol(
    session: dict[str, Any],
    epoch: int,
    first_slot: int,
    supplier: Supplier,
    members: Sequence[CertifiedMember],
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
    signature: bytes,
) -> bytes:
    """Take in the announcement of an epoch and derive its keys; answer the epoch's digest.

    A slot in hand is given up. Nodes increase strictly; the parameters are those of `check_cluster`;
    `signature` is the supplier's over the digest. A refused announcement leaves the session as it was.
    Source: paper C, sections 3.1 and 5.1. Errors: malformed, range, not-in-group, unauthentic, expired,
    replayed, policy, state. Implements DREAM-51, DREAM-53, DREAM-54, DREAM-58.
    """
    session = begun_as(session, "dream.member")
    given = Parameters(
        len(members),
        tolerated_failures,
        colluders,
        expected_partners,
        maximum_wh,
        tail_wh,
        scale_wh,
        modulus,
    )
    _check_announcement(epoch, first_slot, supplier, members, given, signature)
    name = session.get("cluster", bytes(16))
    roster = dream.roster_digest(
        name, [dream.Member(node=member["node"], public_key=member["public_key"]) for member in members]
    )
    clusters.check_ranges(given)
    points = [supplier["public_key"], *(member["public_key"] for member in members)]
    check(not any(map(dream.has_low_order, points)), NotInGroup, "a public key has low order")
    check_begun(session)
    certificate = hashlib.sha256(_check_signatures(session, supplier, members)).digest()
    digest = clusters.digest_of(epoch, first_slot, certificate, roster, given)
    dream.verify_strictly(supplier["signing_key"], signature, clusters.announcement(digest))
    last_slot = min(supplier["last_slot"], *(member["last_slot"] for member in members))
    check(last_slot >= first_slot, Expired, "a certificate ends before the first slot")
    check(supplier["term"] >= session["term"], Expired, "the supplier's term is over")
    check(epoch >= session["next_epoch"], Replayed, "the epoch is not later than the last one")
    check(first_slot >= session["next_slot"], Replayed, "the epoch begins before the next slot")
    clusters.check_policy(given)
    node, private_key = session["node"], session["private_key"]
    own = (node, dream.public_key(private_key))
    listed = [(member["node"], member["public_key"]) for member in members]
    check(own in listed, Policy, "the meter is not on the roster with its own key")

    keys = [
        NodeKey(
            node=peer, key=clusters.epoch_key(dream.pairwise_key(name, node, peer, private_key, u), digest)
        )
        for peer, u in listed
        if peer != node
    ]
    supplier_key = dream.supplier_key(name, node, private_key, supplier["public_key"])
    session.update(next_epoch=epoch + 1, term=supplier["term"], last=None)
    session["epoch"] = {
        "digest": digest,
        "first_slot": first_slot,
        "last_slot": last_slot,
        "signing_key": supplier["signing_key"],
        "supplier_key": clusters.epoch_key(supplier_key, digest),
        "blind_key": clusters.epoch_key(session["blind_key"], digest),
        "keys": keys,
        "parameters": given,
    }
    return digest


def _epoch_of(session: Mapping[str, Any]) -> dict[str, Any]:
    epoch: dict[str, Any] | None = session.get("epoch")
    if epoch is None:
        raise State("the meter is in no epoch")
    return epoch


def member_leave(session: dict[str, Any]) -> None:
    """Leave the cluster: the keys of the epoch and the slot in hand are destroyed; the counters stay.

    Source: paper C, section 3.1 ("taken over by a new supplier"). Errors: state. Implements DREAM-59.
    """
    session = begun_as(session, "dream.member")
    _epoch_of(session)
    session.update(epoch=None, last=None)


def member_report(session: dict[str, Any], slot: int, reading_wh: int, share_wh: int) -> MemberReport:
    """The first round: (clamped reading + share) + K'_i + dummy keys + C_i (mod m), and its tag.

    `reading_wh` is clamped to [0, Xmax] before anything else; `share_wh`, the share of noise, is in [-T, T].
    The last slot with the same value again gives the same bytes; the slot counts as used before the report
    leaves. Source: paper C, section 5.2, and section 6, step 1.
    Errors: malformed, range, expired, replayed, policy, state. Implements DREAM-60, DREAM-61.
    """
    session = begun_as(session, "dream.member")
    dream._check_ints(slot=slot, reading_wh=reading_wh, share_wh=share_wh)
    dream._check_slot(slot)
    epoch, last = _epoch_of(session), session["last"]
    given: Parameters = epoch["parameters"]
    check(abs(share_wh) <= given.tail_wh, Range, "the share of noise is outside [-T, T]")
    check(slot <= epoch["last_slot"], Expired, "a certificate of the epoch ends before the slot")
    reading = clamp(reading_wh, given.maximum_wh)
    clamped, value = reading["clamped"], reading["value_wh"] + share_wh
    if last is not None and dream.is_resend(last["slot"], last["value"], slot, value):
        return MemberReport(ciphertext=last["ciphertext"], tag=last["tag"], clamped=clamped)
    check(slot >= session["next_slot"], Replayed, "the slot was used before")

    m, node = given.modulus, session["node"]
    threshold = dream.selection_threshold(given.expected_partners, given.meters - 1)
    drawn = [(entry["node"], clusters.pair_values(entry["key"], slot, m)) for entry in epoch["keys"]]
    partners = [
        DummyKey(node=peer, key=values["dummy_key"])
        for peer, values in drawn
        if values["selection"] < threshold
    ]
    check(len(partners) >= 1, Policy, "no partner is selected: the supplier could unmask the value")
    check(slot >= epoch["first_slot"], State, "the epoch begins later")
    blind = clusters.blind(epoch["blind_key"], slot, m)
    stream = dream.keystream(epoch["supplier_key"], slot, m)
    ciphertext = dream.mask(m, node, value, stream, partners, blind)
    tag = dream.authenticate(epoch["supplier_key"], epoch["digest"], node, slot, m, ciphertext)
    session["next_slot"] = slot + 1
    session["last"] = {
        "slot": slot,
        "value": value,
        "ciphertext": ciphertext,
        "tag": tag,
        "partners": partners,
        "blind": blind,
        "list": None,
        "reply": None,
    }
    return MemberReport(ciphertext=ciphertext, tag=tag, clamped=clamped)


def list_limit(tolerated_failures: int, colluders: int) -> int:
    """M - c: as many may be missing, since as many more as c are known to the supplier.

    Source: paper C, section 6.

    pre: 0 <= colluders <= tolerated_failures
    post: __return__ + colluders == tolerated_failures

    Implements DREAM-67.
    """
    return tolerated_failures - colluders


def is_repeated(
    slot: int, in_hand: int, next_slot: int, answered: bool, is_same: bool, count: int, limit: int
) -> bool:
    """Whether the list that was answered is asked again; if not, it is one to be answered.

    `in_hand` is the slot reported last, or -1; `next_slot` the least that was not used; `answered` says
    whether a list of it was answered, `is_same` whether it is this one, of `count` nodes.
    Source: paper C, section 6, step 3. Errors: expired, replayed, policy, state.
    Implements DREAM-66, DREAM-67, DREAM-68.
    """
    check(slot == in_hand or slot >= next_slot, Expired, "the slot is over")
    if slot == in_hand and answered:
        check(is_same, Replayed, "another list of the slot was answered")
        return True
    check(count <= limit, Policy, "|S| + c > M: too few shares of noise would be left")
    check(slot == in_hand, State, "the slot has not been reported")
    return False


def member_reply(session: dict[str, Any], slot: int, missing: Sequence[int], signature: bytes) -> Reply:
    """The second round: the dummy keys shared with missing partners, plus the blind, for one list a slot.

    `missing` is in strictly rising order, of other members only, and signed by the epoch's supplier. The same
    list again gives the same bytes. Source: paper C, section 6, steps 2 and 3.
    Errors: malformed, range, unauthentic, expired, replayed, policy, state.
    Implements DREAM-65, DREAM-66, DREAM-67, DREAM-68.
    """
    session = begun_as(session, "dream.member")
    dream._check_ints(slot=slot)
    _check_list(missing)
    dream._check_bytes(64, signature=signature)
    dream._check_slot(slot)
    _check_rising(missing)
    epoch = _epoch_of(session)
    _check_members(epoch, missing)
    dream.verify_strictly(epoch["signing_key"], signature, missing_list(epoch["digest"], slot, missing))
    return _answer(session, slot, missing)


def _check_members(epoch: Mapping[str, Any], missing: Sequence[int]) -> None:
    others = {entry["node"] for entry in epoch["keys"]}
    check(others.issuperset(missing), Range, "a listed node is the meter itself or not on the roster")


def _answer(session: dict[str, Any], slot: int, missing: Sequence[int]) -> Reply:
    """The reply to a list of members whose signature was verified. Implements DREAM-63 to DREAM-68."""
    epoch, last = session["epoch"], session["last"]
    given: Parameters = epoch["parameters"]
    in_hand, answered = (-1, None) if last is None else (last["slot"], last["list"])
    limit, is_same = list_limit(given.tolerated_failures, given.colluders), answered == list(missing)
    reported = session["next_slot"]
    if is_repeated(slot, in_hand, reported, answered is not None, is_same, len(missing), limit):
        return Reply(recovery=last["reply"]["recovery"], tag=last["reply"]["tag"])

    dummy_keys = [entry for entry in last["partners"] if entry["node"] in set(missing)]
    recovery = recover(given.modulus, session["node"], dummy_keys, last["blind"])
    listed = hashlib.sha256(missing_list(epoch["digest"], slot, missing)).digest()
    key, digest = epoch["supplier_key"], epoch["digest"]
    tag = authenticate_reply(key, digest, session["node"], slot, listed, given.modulus, recovery)
    reply = Reply(recovery=recovery, tag=tag)
    session["last"] = {**last, "list": list(missing), "reply": reply.copy()}
    return reply


# ---- The session of a device: a member without its public-key operations -------------------------


def device_start(
    session: dict[str, Any],
    node: int,
    digest: bytes,
    first_slot: int,
    last_slot: int,
    supplier_key: bytes,
    blind_key: bytes,
    keys: Sequence[NodeKey],
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
    next_slot: int,
) -> None:
    """Start the part of a member that holds an epoch's keys: at the epoch's start, after each loss of power.

    `keys`, by rising node, `supplier_key` and `blind_key` are the epoch's; `next_slot` is what the counter
    holds that survives. Who gives them has taken in the announcement, as `member_enrol` does.
    Source: paper C, sections 5.2 and 6. Errors: malformed, range, policy, state.
    Implements DREAM-74, DREAM-75.
    """
    dream._check_ints(node=node, first_slot=first_slot, last_slot=last_slot, next_slot=next_slot)
    dream._check_bytes(32, digest=digest, supplier_key=supplier_key, blind_key=blind_key)
    dream._check_node_keys(keys, 1, dream.METERS_MAXIMUM - 1)
    given = Parameters(
        len(keys) + 1,
        tolerated_failures,
        colluders,
        expected_partners,
        maximum_wh,
        tail_wh,
        scale_wh,
        modulus,
    )
    clusters.check_grammar(given)
    dream._check_node(node)
    for slot in (first_slot, last_slot, next_slot):
        dream._check_slot(slot)
    nodes = [entry["node"] for entry in keys]
    _check_rising(nodes)
    check(node not in nodes, Range, "a key is the meter's own")
    clusters.check_ranges(given)
    check(modulus <= 1 << 64, Range, "the modulus is above 2^64")
    clusters.check_policy(given)
    epoch = {
        "digest": digest,
        "first_slot": first_slot,
        "last_slot": last_slot,
        "supplier_key": supplier_key,
        "blind_key": blind_key,
        "keys": [NodeKey(node=entry["node"], key=entry["key"]) for entry in keys],
        "parameters": given,
    }
    member = {"role": "dream.member", "node": node, "next_slot": next_slot, "epoch": epoch, "last": None}
    begin(session, "dream.device", member=member)


def device_report(session: dict[str, Any], slot: int, reading_wh: int, share_wh: int) -> MemberReport:
    """The first round of a device, as `member_report`.

    Source: paper C, section 5.2, and section 6, step 1.
    Errors: malformed, range, expired, replayed, policy, state. Implements DREAM-60, DREAM-61, DREAM-75.
    """
    session = begun_as(session, "dream.device")
    dream._check_ints(slot=slot, reading_wh=reading_wh, share_wh=share_wh)
    dream._check_slot(slot)
    check_begun(session)
    return member_report(session["member"], slot, reading_wh, share_wh)


def device_reply(session: dict[str, Any], slot: int, missing: Sequence[int]) -> Reply:
    """The second round of a device, as `member_reply`, for a list whose signature was verified before.

    Source: paper C, section 6, steps 2 and 3. Errors: malformed, range, expired, replayed, policy, state.
    Implements DREAM-65, DREAM-66, DREAM-67, DREAM-68, DREAM-75.
    """
    session = begun_as(session, "dream.device")
    dream._check_ints(slot=slot)
    _check_list(missing)
    dream._check_slot(slot)
    _check_rising(missing)
    check_begun(session)
    member = session["member"]
    _check_members(member["epoch"], missing)
    return _answer(member, slot, missing)


# ---- The session of the supplier -----------------------------------------------------------------


def collector_start(
    session: dict[str, Any],
    slot: int,
    modulus: int,
    digest: bytes,
    keys: Sequence[NodeKey],
    tolerated_failures: int,
    colluders: int,
    signing_private_key: bytes,
) -> None:
    """Start the supplier's session for one slot of an epoch: the epoch's key with each of 2 to 4096 meters.

    Nodes increase strictly; `tolerated_failures` is M and `colluders` c.
    Source: paper C, sections 5.3 and 6. Errors: malformed, range, policy, state. Implements DREAM-70.
    """
    dream._check_ints(slot=slot, tolerated_failures=tolerated_failures, colluders=colluders)
    dream._check_naturals(modulus=modulus)
    dream._check_bytes(32, digest=digest, signing_private_key=signing_private_key)
    dream._check_node_keys(keys, 2, dream.METERS_MAXIMUM)
    dream._check_slot(slot)
    clusters.check_short_modulus(modulus)
    _check_rising([entry["node"] for entry in keys])
    for name, number in (("M", tolerated_failures), ("c", colluders)):
        check(0 <= number < len(keys), Range, f"{name} is not between 0 and N - 1")
    clusters.check_views(len(keys), tolerated_failures, colluders)
    begin(
        session,
        "dream.collector",
        slot=slot,
        modulus=modulus,
        digest=digest,
        keys={entry["node"]: entry["key"] for entry in keys},
        limit=list_limit(tolerated_failures, colluders),
        signing_private_key=signing_private_key,
        ciphertexts={},
        closed=None,
        recoveries={},
    )


def collector_receive(session: dict[str, Any], node: int, ciphertext: int, tag: bytes) -> int:
    """Take in one meter's report; answer how many meters have reported.

    Source: paper C, sections 3.1 and 6, step 1. Errors: malformed, range, unauthentic, replayed, state.
    Implements DREAM-70.
    """
    session = begun_as(session, "dream.collector")
    dream._check_ints(node=node)
    dream._check_naturals(ciphertext=ciphertext)
    dream._check_bytes(32, tag=tag)
    dream._check_node(node)
    check(ciphertext < clusters.MODULUS_LIMIT, Range, "the ciphertext is longer than 128 bits")
    check_begun(session)
    m, keys, ciphertexts = session["modulus"], session["keys"], session["ciphertexts"]
    check(node in keys, Range, "the node is not on the roster")
    check(ciphertext < m, Range, "the ciphertext is not below the modulus")
    expected = dream.authenticate(keys[node], session["digest"], node, session["slot"], m, ciphertext)
    check(hmac.compare_digest(expected, tag), Unauthentic, "the tag does not verify")
    check(node not in ciphertexts, Replayed, "the meter has reported in this slot already")
    check(session["closed"] is None, State, "the first round is closed")
    session["ciphertexts"] = {**ciphertexts, node: ciphertext}
    return len(ciphertexts) + 1


def collector_close(session: dict[str, Any]) -> SignedList:
    """Close the first round: the signed list of those who have not reported, the same whenever asked.

    Source: paper C, section 6, step 2. Errors: policy, state. Implements DREAM-71.
    """
    session = begun_as(session, "dream.collector")
    check_begun(session)
    if session["closed"] is None:
        missing = sorted(session["keys"].keys() - session["ciphertexts"].keys())
        check(len(missing) <= session["limit"], Policy, "|S| + c > M: the slot is given up")
        signature = sign_list(session["signing_private_key"], session["digest"], session["slot"], missing)
        session["closed"] = SignedList(missing=missing, signature=signature)
    closed = _closed_list(session)
    return SignedList(missing=list(closed["missing"]), signature=closed["signature"])


def _closed_list(session: Mapping[str, Any]) -> SignedList:
    closed: SignedList | None = session.get("closed")
    if closed is None:
        raise State("the first round is not closed")
    return closed


def collector_reply(session: dict[str, Any], node: int, recovery: int, tag: bytes) -> int:
    """Take in one meter's reply; answer how many meters have replied.

    Source: paper C, sections 3.1 and 6, step 3. Errors: malformed, range, unauthentic, replayed, state.
    Implements DREAM-72.
    """
    session = begun_as(session, "dream.collector")
    dream._check_ints(node=node)
    dream._check_naturals(recovery=recovery)
    dream._check_bytes(32, tag=tag)
    dream._check_node(node)
    check(recovery < clusters.MODULUS_LIMIT, Range, "the reply is longer than 128 bits")
    check_begun(session)
    m, recoveries, slot = session["modulus"], session["recoveries"], session["slot"]
    check(node in session["ciphertexts"], Range, "the node has not reported")
    check(recovery < m, Range, "the reply is not below the modulus")
    closed = _closed_list(session)
    answered = hashlib.sha256(missing_list(session["digest"], slot, closed["missing"])).digest()
    key, digest = session["keys"][node], session["digest"]
    expected = authenticate_reply(key, digest, node, slot, answered, m, recovery)
    check(hmac.compare_digest(expected, tag), Unauthentic, "the tag does not verify")
    check(node not in recoveries, Replayed, "the meter has replied already")
    session["recoveries"] = {**recoveries, node: recovery}
    return len(recoveries) + 1


def collector_total(session: dict[str, Any]) -> Total:
    """The slot's centred total and of how many meters it is, once every one that reported has replied.

    Both sums are over those who reported; a slot with a reply missing is given up.
    Source: paper C, section 6, step 4. Errors: state. Implements DREAM-73.
    """
    session = begun_as(session, "dream.collector")
    _closed_list(session)
    m, keys, ciphertexts = session["modulus"], session["keys"], session["ciphertexts"]
    check(len(session["recoveries"]) == len(ciphertexts), State, "a meter that reported has not replied")
    keystreams = [dream.keystream(keys[node], session["slot"], m) for node in ciphertexts]
    total = dream.aggregate(m, list(ciphertexts.values()), keystreams, list(session["recoveries"].values()))
    return Total(total=total, meters=len(ciphertexts))
