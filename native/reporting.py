"""The meter's dealing of a reading in the C core.

The functions have the names and fields of spec/operations/reporting_sharing.toml. Readings are Wh. Public
functions of this module are in constant time in readings and randomness.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import WINDOW, check_int, check_word, number, output
from meter_privacy.native.errors import Malformed, Range, check
from meter_privacy.native.groups import group_of

SERVERS_MAXIMUM = 31
THRESHOLD_MAXIMUM = 16
SLOTS = 1 << 53

Server = Mapping[str, Any]


def sharing_roster(
    group: str, threshold: int, servers: Sequence[Server], maximum_wh: int, least: int
) -> bytes:
    """The SHA-256 that binds dealings to a group, a threshold, the servers and their keys.

    threshold: t in [2, 16]. servers: n of them, 2 t - 1 <= n <= 31, each {index, public_key}, indices rising.
    maximum_wh: the greatest reading, below q. least: from 2 to 1024.
    Errors: Malformed, Range, NotInGroup, Policy. Implements REPORT-35, REPORT-36, REPORT-41.
    """
    roster, _owners = _roster(group, threshold, servers, maximum_wh, least)
    digest, (scratch, length) = output(32), _scratch(roster.group)
    check(lib.mpriv_sharing_roster_vartime(digest, roster, scratch, length), "the roster is refused")
    return bytes(ffi.buffer(digest))


def deal(
    group: str,
    threshold: int,
    servers: Sequence[Server],
    maximum_wh: int,
    least: int,
    node: int,
    slot: int,
    reading_wh: int,
    randomness: bytes,
) -> dict[str, Any]:
    """The meter's dealing: commitments, the masked reading, encrypted shares, and the proof (c, z_i).

    group to least: the roster. reading_wh: in [0, maximum_wh]. randomness: t + n scalars' worth of bytes.
    Errors: Malformed, Range, NotInGroup, Policy, Exhausted.
    Source: paper E, Algorithm 2; Schoenmakers 1999. Implements REPORT-42, REPORT-43, REPORT-44.
    """
    if type(randomness) is not bytes:
        raise Malformed("the randomness is no byte string")
    roster, _owners = _roster(group, threshold, servers, maximum_wh, least)
    for name, value in (("node", node), ("slot", slot), ("reading_wh", reading_wh)):
        check_int(name, value)
    check_word("node", node)
    check_word("reading_wh", reading_wh)
    if not 0 <= slot < SLOTS:
        raise Range("the slot is out of range")
    count, element = len(servers), lib.mpriv_group_element_bytes(roster.group)
    scalar = lib.mpriv_group_scalar_bytes(roster.group)
    # Room for what the core writes zeros to where the threshold is refused.
    commitments, masked = output(THRESHOLD_MAXIMUM * element), output(element)
    encrypted, challenge, responses = output(count * element), output(scalar), output(count * scalar)
    scratch, length = _scratch(roster.group)
    code = lib.mpriv_sharing_deal(
        commitments, masked, encrypted, challenge, responses, roster, node, slot, reading_wh,
        randomness, len(randomness), scratch, length,
    )  # fmt: skip
    check(code, "the roster, the reading or the randomness is refused")
    return {
        "commitments": _pieces(commitments, element, threshold),
        "masked": bytes(ffi.buffer(masked)),
        "encrypted": _pieces(encrypted, element, count),
        "challenge": number(challenge),
        "responses": [int.from_bytes(piece, "big") for piece in _pieces(responses, scalar, count)],
    }


def _pieces(buffer: Any, size: int, count: int) -> list[bytes]:
    joined = bytes(ffi.buffer(buffer))
    return [joined[k * size : (k + 1) * size] for k in range(count)]


def _scratch(group: Any) -> tuple[Any, int]:
    length = lib.mpriv_sharing_scratch_bytes(group, WINDOW)
    return output(length), length


def _roster(
    group: str, threshold: int, servers: Sequence[Server], maximum_wh: int, least: int
) -> tuple[Any, list[Any]]:
    """An mpriv_sharing_roster, and the owners that have to live as long as it does."""
    for name, value in (("threshold", threshold), ("maximum_wh", maximum_wh), ("least", least)):
        check_int(name, value)
    if not 1 <= len(servers) <= SERVERS_MAXIMUM:
        raise Malformed(f"there are 1 to {SERVERS_MAXIMUM} servers")
    members = group_of(group)
    owners = [ffi.from_buffer(server["public_key"]) for server in servers]
    array = ffi.new("mpriv_server[]", len(servers))
    if any(len(owner) != lib.mpriv_group_element_bytes(members) for owner in owners):
        raise Malformed("a key has another length than an element")
    for entry, owner, server in zip(array, owners, servers, strict=True):
        check_int("an index", server["index"])
        check_word("an index", server["index"])
        entry.index = server["index"]
        entry.public_key.data = owner
        entry.public_key.length = len(owner)
    for name, value in (("threshold", threshold), ("maximum_wh", maximum_wh), ("least", least)):
        check_word(name, value)
    roster = ffi.new("mpriv_sharing_roster *")
    roster.group = members
    roster.servers, roster.count = array, len(servers)
    roster.threshold, roster.maximum_wh, roster.least = threshold, maximum_wh, least
    return roster, [*owners, array]
