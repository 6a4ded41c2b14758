"""A report server that holds shares, and evidence of what was dealt or opened wrongly (spec/reporting.md).

The server takes in each reading once, opens it once, and only in sums of the agreed least number: two sums
that differ in one reading would show it. What is signed and wrong, a third party can see to be wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import groups, pvss
from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import (
    Malformed,
    NotInGroup,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    State,
    check,
)
from meter_privacy.reference.messages import be
from meter_privacy.reference.pvss import DEALINGS_MAXIMUM, DOMAIN, Server
from meter_privacy.reference.sessions import begin, begun_as, check_begun

Place = Mapping[str, int]
WRONG = (Malformed, Range, NotInGroup, ProofFailed)


# ---- The session of a server ---------------------------------------------------------------------


def server_start(
    group: str,
    threshold: int,
    servers: Sequence[Server],
    maximum_wh: int,
    least: int,
    index: int,
    private_key: int,
    session: dict[str, Any],
) -> bytes:
    """Begin to serve as server `index` of a roster: its digest.

    Errors: as sharing_roster; Range where the private key is not that of a server of this index; State where
    the session has begun. Implements REPORT-51.
    """
    members = groups.group(group)
    pvss.check_roster_fields(members, threshold, servers, maximum_wh, least)
    listed = {server["index"]: server["public_key"] for server in servers}
    own = listed.get(index) == pvss.server_key(group, private_key)
    check(own, Range, "the private key is not that of a server of this index")
    roster = pvss.sharing_roster(group, threshold, servers, maximum_wh, least)
    begin(
        session, "reporting.server",
        roster=(group, threshold, list(servers), maximum_wh, least), digest=roster,
        own=index, private_key=private_key, dealings={}, opened=set(),
    )  # fmt: skip
    return roster


def server_receive(
    node: int,
    slot: int,
    commitments: Sequence[bytes],
    masked: bytes,
    encrypted: Sequence[bytes],
    challenge: int,
    responses: Sequence[int],
    session: dict[str, Any],
) -> None:
    """Take in a dealing that verifies. A second one for the same node and slot is refused.

    Errors: as verify_dealing; Replayed; State before server_start. Implements REPORT-51.
    """
    session = begun_as(session, "reporting.server")
    check_begun(session)
    group, threshold, servers, maximum_wh, least = session["roster"]
    place = maximum_wh, least, node, slot
    pvss.verify_dealing(
        group, threshold, servers, *place, commitments, masked, encrypted, challenge, responses
    )
    dealings = session["dealings"]
    check((node, slot) not in dealings, Replayed, "this reading was dealt before")
    dealings[node, slot] = {"commitments": commitments, "masked": masked, "encrypted": encrypted}


def server_open(readings: Sequence[Place], randomness: bytes, session: dict[str, Any]) -> dict[str, Any]:
    """Open the sum of some readings, each of which was received and never opened: this server's share.

    readings: {node, slot}, in any order. randomness: as decrypt_share. Errors: Malformed, Range; Replayed
    where a reading stands twice or was opened; Policy for fewer than the least number; State for a reading
    not received; only then NotInGroup, where a product is the identity; Exhausted. Implements REPORT-51,
    REPORT-52.
    """
    session = begun_as(session, "reporting.server")
    check(1 <= len(readings) <= DEALINGS_MAXIMUM, Malformed, "there are 1 to 1024 readings")
    for reading in readings:
        pvss.check_place(reading["node"], reading["slot"])
    check_begun(session)
    group, _, servers, _, least = session["roster"]
    pvss.scalars(groups.group(group), randomness, 1)
    places = [(reading["node"], reading["slot"]) for reading in readings]
    fresh = len(set(places)) == len(places) and not session["opened"].intersection(places)
    check(fresh, Replayed, "a reading stands twice, or was opened before")
    check(len(places) >= least, Policy, "the sum is of fewer readings than agreed")
    check(all(place in session["dealings"] for place in places), State, "a reading was not received")
    dealings = [{"node": node, "slot": slot, **session["dealings"][node, slot]} for node, slot in places]
    total = pvss.sum_dealings(group, session["digest"], least, dealings)
    own = [server["index"] for server in servers].index(session["own"])
    opened = pvss.decrypt_share(
        group, total["context"], session["own"], session["private_key"], total["encrypted"][own], randomness
    )
    session["opened"].update(places)
    return {"context": total["context"], "encrypted": total["encrypted"][own], **opened}


# ---- Evidence ------------------------------------------------------------------------------------


def joined(*values: bytes | int) -> bytes:
    """Each value behind its length in two bytes; numbers big-endian without leading zeros."""
    texts = [v if isinstance(v, bytes) else be(v, (v.bit_length() + 7) // 8) for v in values]
    return b"".join(be(len(text), 2) + text for text in texts)


def dealing_bytes(
    roster: bytes,
    node: int,
    slot: int,
    commitments: Sequence[bytes],
    masked: bytes,
    encrypted: Sequence[bytes],
    challenge: int,
    responses: Sequence[int],
) -> bytes:
    """What a meter signs of a dealing; right or wrong, it is told apart from every other.

    Implements REPORT-53.
    """
    head = DOMAIN + b"signed-dealing\x00" + roster + be(node, 4) + be(slot, 8)
    counts = be(len(commitments), 2) + be(len(encrypted), 2) + be(len(responses), 2)
    return head + counts + joined(*commitments, masked, *encrypted, challenge, *responses)


def sign_dealing(
    private_key: bytes,
    roster: bytes,
    node: int,
    slot: int,
    commitments: Sequence[bytes],
    masked: bytes,
    encrypted: Sequence[bytes],
    challenge: int,
    responses: Sequence[int],
) -> bytes:
    """The meter's Ed25519 signature of its dealing.

    private_key: 32 bytes. Errors: Malformed, Range. Source: RFC 8032. Implements REPORT-53.
    """
    check(len(private_key) == len(roster) == 32, Malformed, "a byte string has a wrong length")
    pvss.check_place(node, slot)
    signed = dealing_bytes(roster, node, slot, commitments, masked, encrypted, challenge, responses)
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(signed)


def judge_dealing(
    signing_key: bytes,
    signature: bytes,
    group: str,
    threshold: int,
    servers: Sequence[Server],
    maximum_wh: int,
    least: int,
    node: int,
    slot: int,
    commitments: Sequence[bytes],
    masked: bytes,
    encrypted: Sequence[bytes],
    challenge: int,
    responses: Sequence[int],
) -> None:
    """Accept evidence against a meter: it signed this dealing, and the dealing is wrong.

    Errors: those of the roster; Unauthentic where the signature does not verify; ProofFailed where the
    dealing is right. Implements REPORT-53.
    """
    check(len(signing_key) == 32 and len(signature) == 64, Malformed, "a byte string has a wrong length")
    members = groups.group(group)
    pvss.check_roster_fields(members, threshold, servers, maximum_wh, least)
    pvss.check_place(node, slot)
    pvss.decode_keys(members, servers)
    roster = pvss.roster_digest(members, threshold, servers, maximum_wh, least)
    signed = dealing_bytes(roster, node, slot, commitments, masked, encrypted, challenge, responses)
    verify_strictly(signing_key, signature, signed)
    place = maximum_wh, least, node, slot
    try:
        pvss.verify_dealing(
            group, threshold, servers, *place, commitments, masked, encrypted, challenge, responses
        )
    except WRONG:
        return pvss.check_roster_policy(members, threshold, servers)
    raise ProofFailed("the dealing is right")


def share_bytes(context: bytes, index: int, share: bytes, challenge: int, response: int) -> bytes:
    """What a server signs of an opening. Implements REPORT-54."""
    return DOMAIN + b"signed-share\x00" + context + be(index, 2) + joined(share, challenge, response)


def sign_share(
    private_key: bytes, context: bytes, index: int, share: bytes, challenge: int, response: int
) -> bytes:
    """The server's Ed25519 signature of the share that it opened.

    private_key: 32 bytes. Errors: Malformed, Range. Source: RFC 8032. Implements REPORT-54.
    """
    check(len(private_key) == len(context) == 32, Malformed, "a byte string has a wrong length")
    check(1 <= index < 2**16, Range, "the index is out of range")
    signed = share_bytes(context, index, share, challenge, response)
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(signed)


def judge_share(
    signing_key: bytes,
    signature: bytes,
    group: str,
    threshold: int,
    servers: Sequence[Server],
    maximum_wh: int,
    least: int,
    readings: Sequence[Place],
    commitments: Sequence[bytes],
    masked: bytes,
    encrypted: Sequence[bytes],
    index: int,
    share: bytes,
    challenge: int,
    response: int,
) -> None:
    """Accept evidence against a server: it signed this share of this sum, and its proof does not verify.

    readings, commitments, masked, encrypted: the sum, as sum_dealings has it; the context that the server
    signed is computed from them, so nobody can put another sum under its share. readings: in rising order.
    Errors: those of the roster; Malformed, Range, NotInGroup of the sum; Unauthentic; ProofFailed where the
    share is right. Implements REPORT-54.
    """
    check(len(signing_key) == 32 and len(signature) == 64, Malformed, "a byte string has a wrong length")
    check(len(encrypted) == len(servers), Malformed, "there is not one encrypted share for each server")
    check(1 <= len(readings) <= DEALINGS_MAXIMUM, Malformed, "there are 1 to 1024 readings")
    check(len(commitments) == threshold, Malformed, "there are not t commitments")
    members = groups.group(group)
    products = [*commitments, masked, *encrypted]
    members.check_ranges([*(server["public_key"] for server in servers), *products])
    pvss.check_roster_fields(members, threshold, servers, maximum_wh, least)
    places = [(reading["node"], reading["slot"]) for reading in readings]
    for node, slot in places:
        pvss.check_place(node, slot)
    check(sorted(set(places)) == places, Range, "the readings do not rise strictly")
    indices = [server["index"] for server in servers]
    check(index in indices, Range, "the index is of no server listed")
    pvss.decode_keys(members, servers)
    members.decode_all(products)
    roster = pvss.roster_digest(members, threshold, servers, maximum_wh, least)
    context = pvss.sum_context(roster, places, products)
    verify_strictly(signing_key, signature, share_bytes(context, index, share, challenge, response))
    place = indices.index(index)
    statement = servers[place]["public_key"], encrypted[place], share
    try:
        pvss.verify_share(group, context, index, *statement, challenge, response)
    except WRONG:
        return pvss.check_roster_policy(members, threshold, servers)
    raise ProofFailed("the share is right")
