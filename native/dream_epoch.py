"""DREAM's meter in the C core: the keys and values of an epoch, its sessions, and the supplier's sums.

The functions have the names and fields of spec/operations/dream.toml and dream_protocol.toml. The core has no
X25519 and no Ed25519: a device's session starts from the keys of an epoch that was taken in elsewhere.
A modulus is at most 2^128, a device's at most 2^64. Public functions are in constant time in keys, masks and
values.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from meter_privacy.native import dream
from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import check_count, check_int, check_word, number, output, peers
from meter_privacy.native.dream import (
    DIGEST_BYTES,
    KEY_BYTES,
    MASK_BYTES,
    PARTNERS_MAXIMUM,
    _check_slot,
    _fixed,
    _natural,
)
from meter_privacy.native.errors import Malformed, Policy, Range, Replayed, State, check

SELECTION_BYTES = 8
DEVICE_MODULUS = 1 << 64


# ---- Keys and values of an epoch -----------------------------------------------------------------


def epoch_key(key: bytes, digest: bytes) -> bytes:
    """The key of 32 bytes that takes a long-lived key's place in one epoch.

    Errors: Malformed for a wrong length. Source: paper C, 5.1. Implements DREAM-54.
    """
    secret = _fixed("key", key, KEY_BYTES)
    named = _fixed("digest", digest, DIGEST_BYTES)
    made = output(DIGEST_BYTES)
    with dream.prepared(secret) as handle:
        check(lib.mpriv_dream_epoch_key(made, handle, named), "no key")
    return bytes(ffi.buffer(made))


def pair_values(key: bytes, slot: int, modulus: int) -> dict[str, int]:
    """The selection value in [0, 2^64) and the dummy key in [0, m) of two meters in a slot, from one HMAC.

    modulus: m = 2^b <= 2^128. Errors: Malformed, Range.
    Source: paper C, 5.2, steps 1 and 2. Implements DREAM-55.
    """
    secret = _fixed("key", key, KEY_BYTES)
    check_int("slot", slot)
    m = _natural(modulus)
    _check_slot(slot)
    selection, made = output(SELECTION_BYTES), output(MASK_BYTES)
    with dream.prepared(secret) as handle:
        code = lib.mpriv_dream_pair_values(selection, made, MASK_BYTES, handle, slot, m, len(m))
    check(code, "the modulus is no power of two from 2 to 2^128")
    return {"selection": number(selection), "dummy_key": number(made)}


def blind(key: bytes, slot: int, modulus: int) -> int:
    """C_i, the blind in [0, m) of a meter in a slot, under the epoch's key of its own secret.

    Errors: Malformed, Range. Source: paper C, 6, step 1. Implements DREAM-56.
    """
    secret = _fixed("key", key, KEY_BYTES)
    check_int("slot", slot)
    m = _natural(modulus)
    _check_slot(slot)
    made = output(MASK_BYTES)
    with dream.prepared(secret) as handle:
        code = lib.mpriv_dream_blind(made, MASK_BYTES, handle, slot, m, len(m))
    check(code, "the modulus is no power of two from 2 to 2^128")
    return number(made)


def recover(modulus: int, node: int, dummy_keys: Sequence[Mapping[str, Any]], blind: int) -> int:
    """The sum of the signed dummy keys over the missing partners, plus the blind, modulo m <= 2^128.

    Errors: Malformed, Range. Source: paper C, 6, step 3. Implements DREAM-63.
    """
    m, blinding = _natural(modulus), _natural(blind)
    check_int("node", node)
    check_count("dummy_keys", dummy_keys, 0, PARTNERS_MAXIMUM)
    for entry in dummy_keys:
        check_int("a partner's node", entry["node"])
    entries = [(entry["node"], _natural(entry["key"])) for entry in dummy_keys]
    for number_of_node in (node, *(partner for partner, _ in entries)):
        check_word("a node", number_of_node)
    array, _owners = peers(entries)
    made = output(MASK_BYTES)
    code = lib.mpriv_dream_recover(
        made, MASK_BYTES, m, len(m), node, array, len(entries), blinding, len(blinding)
    )
    check(code, "too many dummy keys, a modulus above 2^128, a number not below it, or a node twice")
    return number(made)


def authenticate_reply(
    key: bytes, digest: bytes, node: int, slot: int, list: bytes, modulus: int, recovery: int
) -> bytes:
    """The tag of 32 bytes of a meter's reply under the epoch's key that it shares with the supplier.

    Errors: Malformed, Range. Source: paper C, 3.1; RFC 2104. Implements DREAM-64.
    """
    secret = _fixed("key", key, KEY_BYTES)
    named = _fixed("digest", digest, DIGEST_BYTES)
    listed = _fixed("list", list, DIGEST_BYTES)
    check_int("node", node)
    check_int("slot", slot)
    m, opened = _natural(modulus), _natural(recovery)
    check_word("node", node)
    _check_slot(slot)
    tag = output(DIGEST_BYTES)
    with dream.prepared(secret) as handle:
        code = lib.mpriv_dream_authenticate_reply(
            tag, handle, named, node, slot, listed, m, len(m), opened, len(opened)
        )
    check(code, "the modulus is no power of two from 2 to 2^128, or the reply is not below it")
    return bytes(ffi.buffer(tag))


def check_cluster(
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
) -> int:
    """Refuse parameters that break the cluster's promise; answer M - c, the longest list of missing meters.

    Errors: Malformed, Range, Policy. Source: paper C, 5.2 and 6. Implements DREAM-49.
    """
    given = _cluster(
        meters, tolerated_failures, colluders, expected_partners, maximum_wh, tail_wh, scale_wh, modulus
    )
    limit = ffi.new("uint32_t *")
    check(lib.mpriv_dream_check_cluster_vartime(limit, *given), "the parameters of the cluster are unsafe")
    return int(limit[0])


def epoch_digest(
    epoch: int,
    first_slot: int,
    supplier: bytes,
    roster: bytes,
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
) -> bytes:
    """The SHA-256 over all that the meters of an epoch must agree on.

    Errors: Malformed, Range, Policy. Source: paper C, 5.1. Implements DREAM-52.
    """
    check_int("epoch", epoch)
    check_int("first_slot", first_slot)
    certificate = _fixed("supplier", supplier, DIGEST_BYTES)
    listed = _fixed("roster", roster, DIGEST_BYTES)
    given = _cluster(
        meters, tolerated_failures, colluders, expected_partners, maximum_wh, tail_wh, scale_wh, modulus
    )
    for count in (epoch, first_slot):
        _check_slot(count)
    digest = output(DIGEST_BYTES)
    code = lib.mpriv_dream_epoch_digest_vartime(digest, epoch, first_slot, certificate, listed, *given)
    check(code, "the parameters of the cluster are unsafe")
    return bytes(ffi.buffer(digest))


def _cluster(
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
) -> tuple[Any, ...]:
    """The arguments of the core, whose types hold them."""
    counts = (meters, tolerated_failures, colluders, expected_partners, maximum_wh)
    for count in (*counts, tail_wh, scale_wh):
        check_int("a parameter of the cluster", count)
    m = _natural(modulus)
    for count in counts:
        check_word("a parameter of the cluster", count)
    for count in (tail_wh, scale_wh):
        if count < 0:
            raise Range("T or lambda is negative")
    return (*counts, tail_wh, scale_wh, m, len(m))


# ---- A meter that needs nobody to be missing: section 5 ------------------------------------------


def meter_start(
    session: dict[str, Any],
    node: int,
    modulus: int,
    roster: bytes,
    supplier_key: bytes,
    keys: Sequence[Mapping[str, Any]],
    expected_partners: int,
) -> None:
    """Start a meter's session: its node, the cluster's m, roster digest and w, and all its keys.

    Errors: Malformed, Range, State. Source: paper C, 5.1. Implements DREAM-21.
    """
    check_int("node", node)
    check_int("expected_partners", expected_partners)
    _fixed("roster", roster, DIGEST_BYTES)
    entries = dream.node_keys(keys)
    dream.keystream(supplier_key, 0, modulus)
    with suppress(Policy):  # nobody in slot 0, which need not be reported
        dream.select_partners(node, 0, keys, expected_partners)
    if session:
        raise State("the session was started before")
    session.update(
        role="meter",
        node=node,
        modulus=modulus,
        roster=roster,
        supplier_key=supplier_key,
        keys=entries,
        expected_partners=expected_partners,
        last=None,
    )


def meter_report(session: dict[str, Any], slot: int, value: int) -> dict[str, Any]:
    """Report the value of a slot in Wh, once: the masked value and its tag.

    Errors: Malformed, Range, Replayed, Policy, State. Source: paper C, 5.2. Implements DREAM-22, DREAM-23.
    """
    check_int("slot", slot)
    check_int("value", value)
    _check_slot(slot)
    if session.get("role") != "meter":
        raise State("the session was not started by dream.meter_start")
    m, node, last = session["modulus"], session["node"], session["last"]
    dream.mask(m, node, value, 0, [], 0)
    if last is not None:
        if slot < last["slot"] or (slot == last["slot"] and value != last["value"]):
            raise Replayed("the slot was reported before")
        if slot == last["slot"]:
            return dict(last["report"])
    keys = [{"node": peer, "key": key} for peer, key in session["keys"]]
    partners = set(dream.select_partners(node, slot, keys, session["expected_partners"]))
    dummies = [
        {"node": peer, "key": dream.dummy_key(key, slot, m)}
        for peer, key in session["keys"]
        if peer in partners
    ]
    stream = dream.keystream(session["supplier_key"], slot, m)
    ciphertext = dream.mask(m, node, value, stream, dummies, 0)
    tag = dream.authenticate(session["supplier_key"], session["roster"], node, slot, m, ciphertext)
    report = {"ciphertext": ciphertext, "tag": tag}
    session["last"] = {"slot": slot, "value": value, "report": report}
    return dict(report)


# ---- A device: both rounds, from the keys of an epoch --------------------------------------------


class _Device:
    """The structures of a device in the core, made anew for each step from what the session holds."""

    def __init__(self, epoch: Mapping[str, Any], next_slot: int) -> None:
        self.array, self.owners = peers(epoch["keys"])
        self.next_slot = next_slot
        self.epoch = ffi.new("mpriv_dream_epoch *")
        for name in ("supplier_key", "blind_key", "digest"):
            self.owners.append(ffi.from_buffer(epoch[name]))
            setattr(self.epoch, name, self.owners[-1])
        for name in NUMBERS:
            setattr(self.epoch, name, epoch[name])
        self.epoch.peers, self.epoch.count = self.array, len(epoch["keys"])
        self.member = ffi.new("mpriv_dream_member *")
        read = ffi.callback("int(void *, uint64_t *)", self.read, error=-1)
        write = ffi.callback("int(void *, uint64_t)", self.write, error=-1)
        self.owners += [read, write]
        self.counter = ffi.new("mpriv_counter *", {"read": read, "write": write})

    def read(self, _context: Any, next_slot: Any) -> int:
        next_slot[0] = self.next_slot
        return 0

    def write(self, _context: Any, next_slot: int) -> int:
        self.next_slot = next_slot
        return 0


NUMBERS = (
    "node", "first_slot", "last_slot", "tail_wh", "scale_wh", "tolerated_failures", "colluders",
    "expected_partners", "maximum_wh", "modulus_bits",
)  # fmt: skip


def device_start(
    session: dict[str, Any],
    node: int,
    digest: bytes,
    first_slot: int,
    last_slot: int,
    supplier_key: bytes,
    blind_key: bytes,
    keys: Sequence[Mapping[str, Any]],
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
    next_slot: int,
) -> None:
    """Start the part of a member that holds an epoch's keys; next_slot is what its counter holds.

    modulus: 2^b <= 2^64. Errors: Malformed, Range, Policy, State.
    Source: paper C, 5.2 and 6. Implements DREAM-74, DREAM-75.
    """
    words = {
        "node": node,
        "tolerated_failures": tolerated_failures,
        "colluders": colluders,
        "expected_partners": expected_partners,
        "maximum_wh": maximum_wh,
    }
    slots = {"first_slot": first_slot, "last_slot": last_slot, "next_slot": next_slot}
    sizes = {"tail_wh": tail_wh, "scale_wh": scale_wh}
    for name, value in (words | slots | sizes).items():
        check_int(name, value)
    secrets = {"supplier_key": supplier_key, "blind_key": blind_key, "digest": digest}
    for name, secret in secrets.items():
        _fixed(name, secret, KEY_BYTES)
    entries = dream.node_keys(keys)
    _natural(modulus)
    for name, value in words.items():
        check_word(name, value)
    for peer, _ in entries:
        check_word("a node", peer)
    for name, value in (slots | sizes).items():
        if value < 0:
            raise Range(f"{name} is negative")
    if not 2 <= modulus <= DEVICE_MODULUS or modulus & (modulus - 1):
        raise Range("the modulus is no power of two from 2 to 2^64")
    epoch: dict[str, Any] = {**words, **slots, **sizes, **secrets, "keys": entries}
    epoch["modulus_bits"] = modulus.bit_length() - 1
    device = _Device(epoch, next_slot)
    code = lib.mpriv_dream_member_start(device.member, device.epoch, device.counter)
    check(code, "a node twice, in another order or the own one, or the parameters are unsafe")
    if session:
        raise State("the session was started before")
    session.update(role="device", epoch=epoch, member=bytes(ffi.buffer(device.member)), next_slot=next_slot)
    lib.mpriv_wipe(device.member, ffi.sizeof("mpriv_dream_member"))


def _resume(session: Mapping[str, Any]) -> _Device:
    if session.get("role") != "device":
        raise State("the session was not started by dream.device_start")
    device = _Device(session["epoch"], session["next_slot"])
    ffi.memmove(device.member, session["member"], ffi.sizeof("mpriv_dream_member"))
    return device


def _keep(session: dict[str, Any], device: _Device) -> None:
    session["member"] = bytes(ffi.buffer(device.member))
    session["next_slot"] = device.next_slot
    lib.mpriv_wipe(device.member, ffi.sizeof("mpriv_dream_member"))


def device_report(session: dict[str, Any], slot: int, reading_wh: int, share_wh: int) -> dict[str, Any]:
    """The first round: clamp the reading, add the share of noise, mask and blind, once a slot.

    Errors: Malformed, Range, Expired, Replayed, Policy, State.
    Source: paper C, 5.2 and 6, step 1. Implements DREAM-60, DREAM-61, DREAM-75.
    """
    for name, value in (("slot", slot), ("reading_wh", reading_wh), ("share_wh", share_wh)):
        check_int(name, value)
    _check_slot(slot)
    device = _resume(session)
    ciphertext, tag, clamped = ffi.new("uint64_t *"), output(DIGEST_BYTES), ffi.new("uint8_t *")
    code = lib.mpriv_dream_member_report(
        ciphertext, tag, clamped, device.member, device.epoch, device.counter, slot, reading_wh, share_wh
    )
    check(code, "the share, the slot or its value is refused, or nobody is a partner")
    _keep(session, device)
    return {"ciphertext": int(ciphertext[0]), "tag": bytes(ffi.buffer(tag)), "clamped": int(clamped[0])}


def device_reply(session: dict[str, Any], slot: int, missing: Sequence[int]) -> dict[str, Any]:
    """The second round: answer one list of missing meters a slot, whose signature was verified before.

    Errors: Malformed, Range, Expired, Replayed, Policy, State.
    Source: paper C, 6, steps 2 and 3. Implements DREAM-65 to DREAM-68, DREAM-75.
    """
    check_int("slot", slot)
    check_count("missing", missing, 0, PARTNERS_MAXIMUM)
    for node in missing:
        check_int("a node", node)
    _check_slot(slot)
    for node in missing:
        check_word("a node", node)
    if any(left >= right for left, right in pairwise(missing)):
        raise Range("the nodes must be strictly increasing")
    device = _resume(session)
    recovery, tag = ffi.new("uint64_t *"), output(DIGEST_BYTES)
    nodes = ffi.new("uint32_t[]", list(missing))
    code = lib.mpriv_dream_member_reply(recovery, tag, device.member, device.epoch, slot, nodes, len(missing))
    check(code, "the list or its slot is refused")
    _keep(session, device)
    return {"recovery": int(recovery[0]), "tag": bytes(ffi.buffer(tag))}


# ---- The supplier's sums, for m = 2^bits up to 2^64 ----------------------------------------------


def prepare_keys(keys: Sequence[bytes]) -> Any:
    """The keys of meters with their supplier, their padded blocks compressed, for slot_keystreams."""
    prepared = ffi.new("mpriv_hmac_key[]", len(keys))
    for place, key in enumerate(keys):
        lib.mpriv_hmac_prepare(prepared + place, _fixed("a key", key, KEY_BYTES), KEY_BYTES)
    return prepared


def slot_keystreams(bits: int, slot: int, prepared: Any) -> Any:
    """The keystreams of all meters in a slot, as words that slot_total takes. Errors: Malformed, Range.

    Source: paper C, 5.2, step 3. Implements DREAM-6.
    """
    check_int("bits", bits)
    check_int("slot", slot)
    check_word("bits", bits)
    _check_slot(slot)
    words = ffi.new("uint64_t[]", len(prepared))
    check(lib.mpriv_dream_slot_keystreams(words, bits, slot, prepared, len(prepared)), "bits is not 1 to 64")
    return words


def slot_total(bits: int, ciphertexts: Any, keystreams: Any, recoveries: Any) -> int:
    """The sum of the ciphertexts less the keystreams less the recoveries, in [-m/2, m/2), m = 2^bits.

    Each is a buffer of 64-bit words, of any number of meters. Errors: Malformed for lists of a wrong length;
    Range for a number not below m. Source: paper C, 5.3, and 6, step 4. Implements DREAM-15, DREAM-16.
    """
    check_int("bits", bits)
    check_word("bits", bits)
    words: list[Any] = [
        data if isinstance(data, ffi.CData) else ffi.from_buffer("uint64_t[]", data)
        for data in (ciphertexts, keystreams, recoveries)
    ]
    if len(words[0]) != len(words[1]):
        raise Malformed("there must be one keystream for each ciphertext")
    total = ffi.new("int64_t *")
    code = lib.mpriv_dream_slot_total(total, bits, words[0], words[1], len(words[0]), words[2], len(words[2]))
    check(code, "no ciphertext, bits is not 1 to 64, or a number is not below the modulus")
    return int(total[0])
