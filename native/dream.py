"""DREAM masking in the C core: keystreams, dummy keys, partners, masks, sums, tags and the modulus rule.

The functions have the names and fields of spec/operations/dream.toml. A modulus m is in [2, 2^256), a node in
[0, 2^32), a slot in [0, 2^53), a key 32 bytes; readings and sums are Wh.
PRF(K, label, t) is HMAC-SHA-256(K, "meter-privacy/dream/1/" || label || 0x00 || t in 8 bytes).
Public functions of this module are in constant time in keys, masks and values.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import (
    byte_strings,
    check_count,
    check_int,
    check_word,
    number,
    output,
    peers,
    width,
)
from meter_privacy.native.errors import Malformed, Range, check

KEY_BYTES = 32
MASK_BYTES = 32
DIGEST_BYTES = 32
CLUSTER_BYTES = 16
PARTNERS_MAXIMUM = 4095


def mask(
    modulus: int, node: int, value: int, keystream: int, dummy_keys: Sequence[Mapping[str, Any]], blind: int
) -> int:
    """c = value + keystream + the sum of the signed dummy keys + blind, modulo m.

    value: in [-floor(m/2), ceil(m/2)), Wh. keystream, each key of dummy_keys, blind (0 for none): in [0, m).
    dummy_keys: at most 4095 of {node, key}; a key is added where `node` is the larger number, else
    subtracted. Errors: Malformed for a negative mask or a list too long; Range where a value is out of range,
    or a partner is the own node or is given twice.
    Source: paper C, 5.2, step 3, and 6, step 1. Implements DREAM-12, DREAM-13, DREAM-14.
    """
    m, stream, blinding = _natural(modulus), _natural(keystream), _natural(blind)
    check_int("node", node)
    check_int("value", value)
    check_count("dummy_keys", dummy_keys, 0, PARTNERS_MAXIMUM)
    for entry in dummy_keys:
        check_int("a partner's node", entry["node"])
    entries = [(entry["node"], _natural(entry["key"])) for entry in dummy_keys]
    for number_of_node in (node, *(partner for partner, _ in entries)):
        check_word("a node", number_of_node)
    array, _owners = peers(entries)
    ciphertext = output(MASK_BYTES)
    code = lib.mpriv_dream_mask(
        ciphertext,
        MASK_BYTES,
        m,
        len(m),
        node,
        value,
        stream,
        len(stream),
        array,
        len(entries),
        blinding,
        len(blinding),
    )
    check(
        code,
        "too many dummy keys, a number not below the modulus or not in its centred range, or a node twice",
    )
    return number(ciphertext)


def aggregate(
    modulus: int, ciphertexts: Sequence[int], keystreams: Sequence[int], recoveries: Sequence[int]
) -> int:
    """The sum of the ciphertexts less the keystreams less the recoveries, in [-floor(m/2), ceil(m/2)), Wh.

    1 to 4096 ciphertexts, as many keystreams, at most 4096 recoveries, all in [0, m).
    Errors: Malformed for lists of a wrong length or a negative number; Range for a number out of range.
    Source: paper C, 5.3, and 6, step 4. Implements DREAM-15, DREAM-16.
    """
    if len(ciphertexts) != len(keystreams):
        raise Malformed("there must be one keystream for each ciphertext")
    m = _natural(modulus)
    masked, _masked = byte_strings([_natural(item) for item in ciphertexts])
    streams, _streams = byte_strings([_natural(item) for item in keystreams])
    revealed, _revealed = byte_strings([_natural(item) for item in recoveries])
    negative, magnitude = output(1), output(MASK_BYTES)
    code = lib.mpriv_dream_aggregate(
        negative,
        magnitude,
        MASK_BYTES,
        m,
        len(m),
        masked,
        streams,
        len(ciphertexts),
        revealed,
        len(recoveries),
    )
    check(code, "not 1 to 4096 ciphertexts, too many recoveries, or a number not below the modulus")
    return -number(magnitude) if negative[0] else number(magnitude)


def keystream(key: bytes, slot: int, modulus: int) -> int:
    """The keystream K'_i(t) in [0, m) under the supplier's key; m is a power of two.

    Errors: Malformed for a key that is not 32 bytes; Range for a slot or modulus out of range.
    Source: paper C, 5.2, step 3. Implements DREAM-5, DREAM-6.
    """
    return _masked_prf(lib.mpriv_dream_keystream, key, slot, modulus)


def dummy_key(key: bytes, slot: int, modulus: int) -> int:
    """The unsigned dummy key in [0, m) of two meters in a slot under their pairwise key; m is a power of two.

    Errors: Malformed for a key that is not 32 bytes; Range for a slot or modulus out of range.
    Source: paper C, 5.2, step 2. Implements DREAM-5, DREAM-7.
    """
    return _masked_prf(lib.mpriv_dream_dummy_key, key, slot, modulus)


def select_partners(
    node: int, slot: int, keys: Sequence[Mapping[str, Any]], expected_partners: int
) -> list[int]:
    """The partners of a meter in a slot, in the order of `keys`.

    keys: 1 to 4095 of {node, key}, those shared with all N - 1 others. expected_partners: w in [1, N - 1].
    Errors: Malformed for a wrong length; Range for a node out of range, twice or the own one, or for w;
    Policy where nobody is selected.
    Source: paper C, 5.2, step 1. Implements DREAM-5, DREAM-8, DREAM-9.
    """
    check_int("node", node)
    check_int("slot", slot)
    check_int("expected_partners", expected_partners)
    entries = node_keys(keys)
    for number_of_node in (node, *(partner for partner, _ in entries)):
        check_word("a node", number_of_node)
    _check_slot(slot)
    check_word("expected_partners", expected_partners)
    array, _owners = peers(entries)
    selected = output(max(1, len(entries)))
    code = lib.mpriv_dream_select_partners(selected, node, slot, array, len(entries), expected_partners)
    check(
        code, "not 1 to 4095 keys, a node twice or the own one, w not between 1 and N - 1, or nobody selected"
    )
    return [partner for chosen, (partner, _) in zip(selected, entries, strict=True) if chosen]


def modulus(meters: int, maximum_wh: int, tail_wh: int) -> int:
    """m = 2^ceil(log2(N Xmax + 2 T + 1)): the least power of two that holds every sum.

    meters: N in [2, 4096]. maximum_wh: Xmax in [1, 2^32), Wh. tail_wh: T in [0, 2^52), Wh.
    Errors: Range where a value is out of range.
    Source: paper C, 4.2. Implements DREAM-10.
    """
    _check_cluster(meters, maximum_wh, tail_wh)
    power = ffi.new("uint64_t *")
    check(lib.mpriv_dream_modulus_vartime(power, meters, maximum_wh, tail_wh), "N, Xmax or T is out of range")
    return int(power[0])


def check_parameters(
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    modulus: int,
) -> int:
    """Refuse a cluster whose parameters break its promise; answer m - (N Xmax + 2 T + 1).

    tolerated_failures: M in [0, N). colluders: c in [0, N). expected_partners: w in [1, N). modulus: a power
    of two above N Xmax + 2 T; the others as for modulus().
    Errors: Range where a value is out of range; Policy where M >= (N - c) / 2.
    Source: paper C, 5.2 and 6. Implements DREAM-11.
    """
    for name, count in (
        ("tolerated_failures", tolerated_failures),
        ("colluders", colluders),
        ("expected_partners", expected_partners),
    ):
        check_int(name, count)
    m = _natural(modulus)
    _check_cluster(meters, maximum_wh, tail_wh)
    for count in (tolerated_failures, colluders, expected_partners):
        check_word("M, c or w", count)
    slack = output(MASK_BYTES)
    code = lib.mpriv_dream_check_parameters_vartime(
        slack,
        MASK_BYTES,
        meters,
        tolerated_failures,
        colluders,
        expected_partners,
        maximum_wh,
        tail_wh,
        m,
        len(m),
    )
    check(code, "N, M, c, w, Xmax, T or m is out of range, m is too small, or M >= (N - c) / 2")
    return number(slack)


def roster_digest(cluster: bytes, members: Sequence[Mapping[str, Any]]) -> bytes:
    """The SHA-256 over a cluster and its 2 to 4096 members {node, public_key}, by increasing node.

    Errors: Malformed for a wrong length; Range for nodes that do not increase or a public key given twice, in
    whatever encoding of its u coordinate.
    Source: paper C, 5.1. Implements DREAM-19.
    """
    name = _fixed("cluster", cluster, CLUSTER_BYTES)
    for member in members:
        check_int("a node", member["node"])
    entries = [
        (member["node"], _fixed("a public key", member["public_key"], KEY_BYTES)) for member in members
    ]
    for node, _ in entries:
        check_word("a node", node)
    array, _owners = peers(entries)
    digest = output(DIGEST_BYTES)
    code = lib.mpriv_dream_roster_digest_vartime(digest, name, array, len(entries))
    check(code, "not 2 to 4096 members, nodes that do not increase, or a public key twice")
    return bytes(ffi.buffer(digest))


def authenticate(key: bytes, roster: bytes, node: int, slot: int, modulus: int, ciphertext: int) -> bytes:
    """The tag of 32 bytes over roster, node, slot and ciphertext under the supplier's key.

    modulus: m, a power of two. ciphertext: in [0, m).
    Errors: Malformed for a wrong length; Range where a value is out of range.
    Source: paper C, 3.1; RFC 2104. Implements DREAM-20.
    """
    digest = _fixed("roster", roster, DIGEST_BYTES)
    secret = _fixed("key", key, KEY_BYTES)
    check_int("node", node)
    check_int("slot", slot)
    m, c = _natural(modulus), _natural(ciphertext)
    check_word("node", node)
    _check_slot(slot)
    tag = output(DIGEST_BYTES)
    with prepared(secret) as handle:
        code = lib.mpriv_dream_authenticate(tag, handle, digest, node, slot, m, len(m), c, len(c))
    check(code, "the modulus is no power of two, or the ciphertext is not below it")
    return bytes(ffi.buffer(tag))


def _masked_prf(function: Any, key: bytes, slot: int, modulus: int) -> int:
    secret = _fixed("key", key, KEY_BYTES)
    check_int("slot", slot)
    m = _natural(modulus)
    _check_slot(slot)
    mask_bytes = output(MASK_BYTES)
    with prepared(secret) as handle:
        code = function(mask_bytes, MASK_BYTES, handle, slot, m, len(m))
    check(code, "the modulus is no power of two in [2, 2^256)")
    return number(mask_bytes)


@contextmanager
def prepared(key: bytes) -> Iterator[Any]:
    """A key for the core's functions, wiped at the end."""
    handle = ffi.new("mpriv_hmac_key *")
    lib.mpriv_hmac_prepare(handle, _fixed("key", key, KEY_BYTES), KEY_BYTES)
    try:
        yield handle
    finally:
        lib.mpriv_wipe(handle, PREPARED_BYTES)


PREPARED_BYTES = 64


def node_keys(keys: Sequence[Mapping[str, Any]]) -> list[tuple[int, bytes]]:
    """1 to 4095 nodes and their keys of 32 bytes, of which only the grammar was checked."""
    check_count("keys", keys, 1, PARTNERS_MAXIMUM)
    for entry in keys:
        check_int("a node", entry["node"])
    return [(entry["node"], _fixed("a key", entry["key"], KEY_BYTES)) for entry in keys]


def _natural(value: int) -> bytes:
    if type(value) is not int or value < 0:
        raise Malformed("not a natural number")
    return value.to_bytes(width(value), "big")


def _fixed(name: str, value: bytes, length: int) -> bytes:
    if type(value) is not bytes or len(value) != length:
        raise Malformed(f"{name} must have {length} bytes")
    return value


def _check_slot(slot: int) -> None:
    if slot < 0:
        raise Range("slots are counted from 0")


def _check_cluster(meters: int, maximum_wh: int, tail_wh: int) -> None:
    check_int("meters", meters)
    check_int("maximum_wh", maximum_wh)
    check_int("tail_wh", tail_wh)
    check_word("meters", meters)
    check_word("maximum_wh", maximum_wh)
    if tail_wh < 0:
        raise Range("T is negative")
