"""The messages of load management: deterministic CBOR (RFC 8949, section 4.2), one schema for each type.

A message is the array [version, type, body, signature]. The body is a map with unsigned integers as keys; the
signature, Ed25519 (RFC 8032), is over the encoding of [version, type, body] behind a domain label. Paper D
prints no format: section IV-B names Apache MINA and leaves the rest open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import Malformed, Range, Replayed, Unauthentic, check

DOMAIN = b"meter-privacy/load-management/1/"
VERSION = 1
MESSAGE_BYTES = 4096
BODY_BYTES = 4000
SEQUENCES = 1 << 53

UNSIGNED, BYTES, ARRAY, MAP, SIMPLE = 0, 2, 4, 5, 7
FALSE, TRUE = 20, 21

Item = int | bool | bytes | list[Any] | dict[int, Any]


def be(number: int, width: int) -> bytes:
    """A number in `width` bytes, big-endian."""
    return number.to_bytes(width, "big")


# ---- Deterministic CBOR --------------------------------------------------------------------------


def argument_width(argument: int) -> int:
    """How many bytes the argument of a head takes: 0, 1, 2, 4 or 8, the least that hold it; 0 below 24.

    argument: in [0, 2^64). Source: RFC 8949, sections 3 and 4.2.1. Implements LOAD-27.
    """
    if argument < 24:
        return 0
    if argument < 2**8:
        return 1
    if argument < 2**16:
        return 2
    return 4 if argument < 2**32 else 8


def encode_head(major: int, argument: int) -> bytes:
    """The head of a data item: major type and argument in as few bytes as it takes.

    major: in [0, 7]. argument: in [0, 2^64). Source: RFC 8949, sections 3 and 4.2.1. Implements LOAD-27.
    """
    check(argument < 2**64, Range, "the argument is longer than 64 bits")
    width = argument_width(argument)
    if width == 0:
        return bytes([major << 5 | argument])
    return bytes([major << 5 | 23 + width.bit_length()]) + be(argument, width)


def encode(item: Item) -> bytes:
    """The one encoding of an item: an unsigned integer, a byte string, an array, a map, false or true.

    A map has unsigned integers as keys. Errors: Range for a number outside [0, 2^64).
    Source: RFC 8949, section 4.2.1. Implements LOAD-27.
    """
    if isinstance(item, bool):
        return bytes([SIMPLE << 5 | (TRUE if item else FALSE)])
    if isinstance(item, int):
        check(item >= 0, Range, "a number is negative")
        return encode_head(UNSIGNED, item)
    if isinstance(item, bytes):
        return encode_head(BYTES, len(item)) + item
    if isinstance(item, list):
        return encode_head(ARRAY, len(item)) + b"".join(encode(part) for part in item)
    # Shorter encodings of unsigned integers are smaller in bytes, so that the order of numbers is theirs too.
    pairs = (encode(key) + encode(item[key]) for key in sorted(item))
    return encode_head(MAP, len(item)) + b"".join(pairs)


def decode_head(data: bytes, place: int) -> tuple[int, int, int]:
    """Major type, argument and the place behind the head at a place of the data.

    Errors: Malformed where the data ends, an argument has a shorter head, or a length is indefinite.
    Source: RFC 8949, sections 3 and 4.2.1. Implements LOAD-27.
    """
    check(place < len(data), Malformed, "the data ends within an item")
    major, code = data[place] >> 5, data[place] & 31
    if code < 24:
        return major, code, place + 1
    check(code <= 27, Malformed, "a length is indefinite or reserved")
    width = 1 << code - 24
    check(place + 1 + width <= len(data), Malformed, "the data ends within a head")
    argument = int.from_bytes(data[place + 1 : place + 1 + width], "big")
    check(width == argument_width(argument), Malformed, "a head is longer than it need be")
    return major, argument, place + 1 + width


def decode_at(data: bytes, place: int, depth: int) -> tuple[Item, int]:
    """The item at a place of the data, nested at most `depth` deep, and the place behind it.

    Errors: Malformed. Source: RFC 8949, section 4.2.1. Implements LOAD-27.
    """
    major, argument, place = decode_head(data, place)
    if major == UNSIGNED:
        return argument, place
    if major == BYTES:
        check(argument <= len(data) - place, Malformed, "the data ends within a byte string")
        return data[place : place + argument], place + argument
    if major == SIMPLE and argument in (FALSE, TRUE) and data[place - 1] & 31 == argument:
        return argument == TRUE, place
    check(major in (ARRAY, MAP), Malformed, "an item is of a type that no message has")
    check(depth > 0, Malformed, "the items are nested too deep")
    # Each element takes at least one byte: a count beyond the data is refused before it is believed.
    check(argument <= len(data) - place, Malformed, "the data ends within an array or a map")
    if major == ARRAY:
        items: list[Item] = []
        for _ in range(argument):
            item, place = decode_at(data, place, depth - 1)
            items.append(item)
        return items, place
    pairs: dict[int, Item] = {}
    last = -1
    for _ in range(argument):
        key, place = decode_at(data, place, depth - 1)
        check(type(key) is int, Malformed, "a key is no unsigned integer")
        assert isinstance(key, int)
        check(key > last, Malformed, "a key stands twice or out of order")
        last = key
        pairs[key], place = decode_at(data, place, depth - 1)
    return pairs, place


def decode(data: bytes) -> Item:
    """The item that the data is the one encoding of, nested at most three deep.

    Errors: Malformed. Source: RFC 8949, section 4.2.1. Implements LOAD-27.
    """
    item, place = decode_at(data, 0, 3)
    check(place == len(data), Malformed, "bytes follow the item")
    return item


# ---- Schemas -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """A member of a body: its key and name, its kind, and the kind's bounds.

    kind "uint": a number from `least` to `most`. "digest": 32 bytes. "natural": a number as big-endian bytes
    without leading zeros, at most `most` of them. "flag": false or true.
    """

    key: int
    name: str
    kind: str
    most: int = 0
    least: int = 0
    optional: bool = False


SCOPE = Member(1, "scope", "digest")
NODE = Member(2, "node", "uint", 2**32 - 1)
SEQUENCE = Member(3, "sequence", "uint", SEQUENCES - 1)
MODULUS_BYTES, CIPHERTEXT_BYTES = 512, 1024


def ciphertext(key: int, name: str) -> Member:
    """A member that holds a ciphertext."""
    return Member(key, name, "natural", CIPHERTEXT_BYTES)


def residue(key: int, name: str, optional: bool = False) -> Member:
    """A member that holds a residue modulo n."""
    return Member(key, name, "natural", MODULUS_BYTES, optional=optional)


HOP, DAY, STATEMENT, FIGURE, VERDICT, GROUP_STATE, RATE, ALLOWANCE, APPLIANCE = range(1, 10)
SCHEMAS: dict[int, tuple[str, tuple[Member, ...]]] = {
    HOP: (
        "hop",
        (SCOPE, NODE, SEQUENCE, Member(4, "position", "uint", 1024, 1), ciphertext(5, "ciphertext")),
    ),
    DAY: ("day", (SCOPE, NODE, SEQUENCE, ciphertext(4, "normal"), ciphertext(5, "high"))),
    STATEMENT: (
        "statement",
        (
            SCOPE,
            NODE,
            SEQUENCE,
            Member(4, "price-normal", "uint", 2**32 - 1),
            Member(5, "price-high", "uint", 2**32 - 1),
            residue(6, "bill"),
            residue(7, "bill-randomness"),
            residue(8, "normal", optional=True),
            residue(9, "normal-randomness", optional=True),
            residue(10, "high", optional=True),
            residue(11, "high-randomness", optional=True),
        ),
    ),
    FIGURE: ("figure", (SCOPE, NODE, SEQUENCE, ciphertext(4, "bill-ciphertext"), residue(5, "bill"))),
    VERDICT: ("verdict", (SCOPE, NODE, SEQUENCE, Member(4, "accepted", "flag"))),
    GROUP_STATE: (
        "group-state",
        (
            SCOPE,
            SEQUENCE,
            Member(4, "peak", "flag"),
            Member(5, "threshold-wh", "uint", 2**32 - 1, optional=True),
        ),
    ),
    RATE: ("rate", (SCOPE, NODE, SEQUENCE, Member(4, "high", "flag"))),
    ALLOWANCE: ("allowance", (SCOPE, NODE, SEQUENCE, Member(4, "allowance-wh", "uint", SEQUENCES - 1))),
    APPLIANCE: (
        "appliance",
        (SCOPE, NODE, SEQUENCE, Member(4, "appliance", "uint", 65535), Member(5, "enabled", "flag")),
    ),
}


def has_form(member: Member, value: Item) -> bool:
    """Whether a value is of a member's kind, its numbers' bounds left aside. Implements LOAD-28."""
    forms: dict[str, Callable[[], bool]] = {
        "uint": lambda: type(value) is int,
        "flag": lambda: type(value) is bool,
        "digest": lambda: isinstance(value, bytes) and len(value) == 32,
        "natural": lambda: isinstance(value, bytes) and len(value) <= member.most and value[:1] != b"\0",
    }
    return forms[member.kind]()


def check_form(kind: int, body: Item) -> dict[int, Any]:
    """Hold a decoded body to its type's schema, its numbers' bounds left aside, and answer it.

    Errors: Malformed where a member is missing, unknown or of another kind, or where some of the optional
    members stand without the others. Source: RFC 8610 for the schemas in the text. Implements LOAD-28.
    """
    check(kind in SCHEMAS, Malformed, "no message has this type")
    check(isinstance(body, dict), Malformed, "the body is no map")
    assert isinstance(body, dict)
    members = {member.key: member for member in SCHEMAS[kind][1]}
    needed = {key for key, member in members.items() if not member.optional}
    check(set(body) in (needed, set(members)), Malformed, "a member is missing or unknown")
    for key, value in body.items():
        check(has_form(members[key], value), Malformed, f"{members[key].name} has another form")
    return body


def check_bounds(kind: int, body: dict[int, Any]) -> None:
    """Hold the numbers of a body of the right form to their bounds. Errors: Range. Implements LOAD-28."""
    for member in SCHEMAS[kind][1]:
        if member.kind == "uint" and member.key in body:
            inside = member.least <= body[member.key] <= member.most
            check(inside, Range, f"{member.name} is out of range")


def check_body(kind: int, body: Item) -> dict[int, Any]:
    """Hold a decoded body to its type's schema, and answer it.

    Errors: Malformed, Range. Source: RFC 8610 for the schemas in the text. Implements LOAD-28.
    """
    formed = check_form(kind, body)
    check_bounds(kind, formed)
    return formed


# ---- Signatures and sequence numbers -------------------------------------------------------------


def signed_bytes(kind: int, body: dict[int, Any]) -> bytes:
    """What is signed: a label, and the encoding of [version, type, body]. Implements LOAD-29."""
    return DOMAIN + b"message\x00" + encode([VERSION, kind, body])


def seal_body(private_key: bytes, kind: int, body: dict[int, Any]) -> bytes:
    """A checked body as a signed message. Implements LOAD-27, LOAD-29."""
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(signed_bytes(kind, body))
    return encode([VERSION, kind, body, signature])


def unpack(message: bytes) -> tuple[int, dict[int, Any], bytes]:
    """Type, body and signature of a message; neither are its numbers' bounds held, nor is it verified.

    Errors: Malformed. Source: RFC 8949, section 4.2. Implements LOAD-27, LOAD-28.
    """
    check(len(message) <= MESSAGE_BYTES, Malformed, "the message is longer than 4096 bytes")
    item = decode(message)
    check(isinstance(item, list) and len(item) == 4, Malformed, "the message is no array of four")
    assert isinstance(item, list)
    version, kind, body, signature = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(type(kind) is int, Malformed, "the type is no number")
    check(isinstance(signature, bytes) and len(signature) == 64, Malformed, "the signature has not 64 bytes")
    return kind, check_form(kind, body), signature


def parse(message: bytes) -> tuple[int, dict[int, Any], bytes]:
    """Type, body and signature of a message, the signature not verified.

    Errors: Malformed, Range. Source: RFC 8949, section 4.2. Implements LOAD-27, LOAD-28.
    """
    kind, body, signature = unpack(message)
    check_bounds(kind, body)
    return kind, body, signature


def sign_message(private_key: bytes, type: int, body: bytes) -> bytes:
    """Sign a message's body, given in its encoding of at most 4000 bytes: at most 4096 bytes.

    private_key: Ed25519, 32 bytes. type: in [1, 9]. Errors: Malformed, Range where the body breaks its type's
    schema. Source: RFC 8032; RFC 8949, section 4.2. Implements LOAD-27, LOAD-28, LOAD-29.
    """
    check(len(private_key) == 32 and len(body) <= BODY_BYTES, Malformed, "a byte string has a wrong length")
    check(1 <= type <= 9, Range, "there is no such type")
    return seal_body(private_key, type, check_body(type, decode(body)))


def check_message(
    public_key: bytes, type: int, scope: bytes, next_sequence: int, message: bytes
) -> dict[str, bytes | int]:
    """Take in a message of a type and a scope; answer its body's encoding and its sequence number.

    public_key: the sender's, Ed25519. scope: the 32 bytes of the roster or the contract. next_sequence: the
    least number that has not been used, in [0, 2^53); the caller keeps sequence + 1 in its place.
    Errors: Malformed, Range, Unauthentic (the signature, the type, the scope), Replayed.
    Source: RFC 8032; RFC 8949, section 4.2. Implements LOAD-27, LOAD-28, LOAD-29, LOAD-30.
    """
    check(len(public_key) == 32 and len(scope) == 32, Malformed, "a byte string has a wrong length")
    kind, body, signature = parse(message)
    check(1 <= type <= 9, Range, "there is no such type")
    check(0 <= next_sequence < SEQUENCES, Range, "the sequence number is out of range")
    verify_strictly(public_key, signature, signed_bytes(kind, body))
    check(kind == type, Unauthentic, "the message is of another type")
    check(body[SCOPE.key] == scope, Unauthentic, "the message is of another scope")
    check(body[SEQUENCE.key] >= next_sequence, Replayed, "the sequence number was used before")
    return {"body": encode(body), "sequence": body[SEQUENCE.key]}
