"""The keys that tokens are signed with: one for each denomination and epoch (spec/energy_tokens.md, section
Keys).

A key is announced, signed by the utility, before anything is blinded. In scheme 1, paper E's repaired, its
exponent is derived from what it stands for; in scheme 2 it is 65537. A proof shows that x^e is a permutation:
else what blinding leaves of a message shows.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import count
from math import gcd, isqrt
from typing import Any, TypedDict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import blind_signatures
from meter_privacy.reference.blind_signatures import check_coprime, check_factors, check_public_key
from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import Malformed, Policy, ProofFailed, Range, check
from meter_privacy.reference.groups import NAMES, expand_message, hash_to_field
from meter_privacy.reference.messages import Item, be, decode, encode
from meter_privacy.reference.paillier import is_prime

DOMAIN = b"meter-privacy/energy-tokens/1/"
VERSION = 1
FULL_DOMAIN_HASH, RANDOMIZED_PSS = 1, 2
FIXED_EXPONENT = 65537
EXPONENT_BITS = 256
COUNTERS = 65536
NUMBERS = 1 << 53
ANNOUNCEMENT_BYTES = 1024
SECURITY_BITS, TRIAL_BOUND = 128, 65536


class Key(TypedDict):
    """What a token is verified against: the public key of one denomination and one epoch.

    scheme: 1 or 2. value_wh: watt-hours, in [1, 2^53). epoch, first_slot, last_slot: in [0, 2^53).
    """

    scheme: int
    value_wh: int
    epoch: int
    first_slot: int
    last_slot: int
    group: str
    modulus: int
    exponent: int


def sized(data: bytes) -> bytes:
    """A byte string behind its length in four bytes: what is joined so can be parted in one way only.

    Implements TOKEN-9.
    """
    return be(len(data), 4) + data


def natural(number: int) -> bytes:
    """A number as big-endian bytes without leading zeros."""
    return be(number, (number.bit_length() + 7) // 8)


def check_stated(key: Key) -> None:
    """Refuse what no key stands for; the numbers of the key aside. Errors: Range. Implements TOKEN-9."""
    check(key["scheme"] in (FULL_DOMAIN_HASH, RANDOMIZED_PSS), Range, "a scheme is 1 or 2")
    check(1 <= key["value_wh"] < NUMBERS, Range, "the value is out of range")
    for number in (key["epoch"], key["first_slot"], key["last_slot"]):
        check(0 <= number < NUMBERS, Range, "the epoch or a slot is out of range")
    check(key["group"] in NAMES, Range, "no group has this name")


def check_numbers(key: Key) -> None:
    """Refuse what cannot be a key's numbers. Errors: Range. Implements TOKEN-1, TOKEN-9."""
    check_public_key(key["modulus"], key["exponent"])
    check(key["first_slot"] <= key["last_slot"], Range, "the last slot is before the first")
    if key["scheme"] == RANDOMIZED_PSS:
        blind_signatures.encoded_bits(key["modulus"], blind_signatures.HASH_BYTES)


def check_key(key: Key) -> None:
    """Refuse a record that is no key. Errors: Range. Implements TOKEN-1, TOKEN-9."""
    check_stated(key)
    check_numbers(key)


# ---- The derived exponent ------------------------------------------------------------------------


def statement(key: Key) -> bytes:
    """m: what a key of scheme 1 stands for, each part with its length or of fixed length.

    Source: paper E, section 3.2, <Value || date || time>, made so that its parts can be told apart.
    Implements TOKEN-10.
    """
    stated = (key["value_wh"], key["epoch"], key["first_slot"], key["last_slot"])
    numbers = b"".join(be(number, 8) for number in stated)
    return DOMAIN + b"value\x00" + numbers + sized(key["group"].encode()) + sized(natural(key["modulus"]))


def derived_exponent(key: Key, mark: bytes, counter: int) -> int:
    """e_2 = F(m, Sig(m), counter): odd, of 256 bits or one less than N_2 has.

    mark: the utility's signature over m, 64 bytes. Source: paper E, section 3.2, with the counter that it
    lacks. Implements TOKEN-10.
    """
    bits = min(EXPONENT_BITS, key["modulus"].bit_length() - 1)
    hashed = expand_message(sized(statement(key)) + mark + be(counter, 4), DOMAIN + b"exponent", 32)
    return int.from_bytes(hashed, "big") >> (256 - bits) | 1


# ---- Announcements -------------------------------------------------------------------------------

UNSIGNED_KEYS = {1: "scheme", 2: "value_wh", 3: "epoch", 4: "first_slot", 5: "last_slot"}


def announcement_body(key: Key, counter: int | None = None, mark: bytes | None = None) -> dict[int, Item]:
    """The map that is signed; counter and mark in scheme 1 only. Implements TOKEN-9."""
    body: dict[int, Item] = {
        1: key["scheme"],
        2: key["value_wh"],
        3: key["epoch"],
        4: key["first_slot"],
        5: key["last_slot"],
        6: key["group"].encode(),
        7: natural(key["modulus"]),
        8: natural(key["exponent"]),
    }
    return body if counter is None or mark is None else body | {9: counter, 10: mark}


def announce(
    private_key: bytes,
    scheme: int,
    value_wh: int,
    epoch: int,
    first_slot: int,
    last_slot: int,
    group: str,
    p: int,
    q: int,
) -> bytes:
    """The utility's signed announcement of a key: [1, body, signature] in deterministic CBOR, at most 1024
    bytes.

    private_key: Ed25519, 32 bytes. The others: those of a key; p, q: the factors of its modulus, primes. In
    scheme 1 the exponent is the derived one of the least counter with which it is 3 or more and prime to (p -
    1)(q - 1). Errors: Malformed; Range; NotInvertible where 65537 shares a factor with (p - 1)(q - 1).
    Source: paper E, section 3.2, with the message that it lacks. Implements TOKEN-1, TOKEN-9, TOKEN-10.
    """
    check(len(private_key) == 32, Malformed, "the private key has not 32 bytes")
    key = Key(
        scheme=scheme,
        value_wh=value_wh,
        epoch=epoch,
        first_slot=first_slot,
        last_slot=last_slot,
        group=group,
        modulus=p * q,
        exponent=FIXED_EXPONENT if scheme == RANDOMIZED_PSS else 3,
    )
    check_stated(key)
    check_factors(p, q, key["exponent"])
    check(p != q, Range, "the two primes are equal")
    check_numbers(key)
    check(is_prime(p) and is_prime(q), Range, "a factor is not prime")
    signer = Ed25519PrivateKey.from_private_bytes(private_key)
    if scheme == RANDOMIZED_PSS:
        check_coprime(p, q, FIXED_EXPONENT)
        body = announcement_body(key)
    else:
        mark = signer.sign(statement(key))
        for counter in range(COUNTERS):
            key["exponent"] = derived_exponent(key, mark, counter)
            if key["exponent"] >= 3 and gcd(key["exponent"], (p - 1) * (q - 1)) == 1:
                break
        else:
            raise AssertionError("one number in 89 serves at least")
        body = announcement_body(key, counter, mark)
    return encode([VERSION, body, signer.sign(announced_bytes(body))])


def announced_bytes(body: dict[int, Item]) -> bytes:
    """What the utility signs of an announcement. Implements TOKEN-9."""
    return DOMAIN + b"announcement\x00" + encode([VERSION, body])


def is_natural(item: Any) -> bool:
    """Whether an item is a number as big-endian bytes without leading zeros."""
    return isinstance(item, bytes) and item[:1] != b"\0"


def parse_announcement(announcement: bytes) -> tuple[Key, dict[int, Any], bytes]:
    """The key, the body and the signature of an announcement, the signature not verified.

    Errors: Malformed, Range. Source: RFC 8949, section 4.2. Implements TOKEN-9.
    """
    check(len(announcement) <= ANNOUNCEMENT_BYTES, Malformed, "the announcement is longer than 1024 bytes")
    item = decode(announcement)
    check(isinstance(item, list) and len(item) == 3, Malformed, "the announcement is no array of three")
    assert isinstance(item, list)
    version, body, signature = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(isinstance(body, dict), Malformed, "the body is no map")
    check(isinstance(signature, bytes) and len(signature) == 64, Malformed, "the signature has not 64 bytes")
    check(set(body) in (set(range(1, 9)), set(range(1, 11))), Malformed, "a member is missing or unknown")
    numbers = all(type(body[number]) is int for number in (*UNSIGNED_KEYS, *({9} & set(body))))
    check(numbers and isinstance(body[6], bytes), Malformed, "a member has another form")
    check(is_natural(body[7]) and is_natural(body[8]), Malformed, "a member has another form")
    marked = isinstance(body.get(10, bytes(64)), bytes) and len(body.get(10, bytes(64))) == 64
    check(marked, Malformed, "a member has another form")
    check((body[1] == FULL_DOMAIN_HASH) == (9 in body), Malformed, "scheme 1 alone has a counter and a mark")
    named = [name for name in NAMES if name.encode() == body[6]]
    key = Key(
        scheme=body[1], value_wh=body[2], epoch=body[3], first_slot=body[4], last_slot=body[5],
        group=named[0] if named else "", modulus=int.from_bytes(body[7], "big"),
        exponent=int.from_bytes(body[8], "big"),
    )  # fmt: skip
    check_key(key)
    check(body.get(9, 0) < COUNTERS, Range, "the counter is out of range")
    return key, body, signature


def check_announcement(
    public_key: bytes, scheme: int, group: str, modulus_bits: int, announcement: bytes
) -> dict[str, Any]:
    """Take in an announcement of the utility: the key, and its id, the SHA-256 of the announcement.

    public_key: the utility's, Ed25519. scheme, group, modulus_bits: what the receiver asks for; modulus_bits
    is the least length of the modulus, in [4, 4096]. Errors: Malformed; Range; Unauthentic; ProofFailed where
    a derived exponent is another or 65537 is not the exponent of scheme 2; Policy where the scheme, the group
    or the length is not what was asked for. Source: paper E, section 3.2. Implements TOKEN-9, TOKEN-10.
    """
    check(len(public_key) == 32, Malformed, "the public key has not 32 bytes")
    key, body, signature = parse_announcement(announcement)
    check(scheme in (FULL_DOMAIN_HASH, RANDOMIZED_PSS), Range, "a scheme is 1 or 2")
    check(group in NAMES, Range, "no group has this name")
    check(4 <= modulus_bits <= blind_signatures.MODULUS_BITS, Range, "the least length is out of range")
    verify_strictly(public_key, signature, announced_bytes(body))
    if key["scheme"] == FULL_DOMAIN_HASH:
        verify_strictly(public_key, body[10], statement(key))
        exponent = derived_exponent(key, body[10], body[9])
    else:
        exponent = FIXED_EXPONENT
    check(key["exponent"] == exponent, ProofFailed, "the exponent is not the one that it must be")
    asked = key["scheme"] == scheme and key["group"] == group
    check(
        asked and key["modulus"].bit_length() >= modulus_bits, Policy, "the key is not of the kind asked for"
    )
    return {**key, "key_id": sha256(announcement).digest()}


def check_equivocation(public_key: bytes, first: bytes, second: bytes) -> None:
    """Accept two announcements as evidence that the utility announced two keys for one value and epoch.

    Errors: Malformed; Range; Unauthentic; ProofFailed where both say the same or stand for other tokens.
    Source: paper E, section 3.2 (E-ERRATUM-14). Implements TOKEN-11.
    """
    check(len(public_key) == 32, Malformed, "the public key has not 32 bytes")
    parsed = [parse_announcement(announcement) for announcement in (first, second)]
    for _, body, signature in parsed:
        verify_strictly(public_key, signature, announced_bytes(body))
    (one, one_body, _), (other, other_body, _) = parsed
    rivals = (one["value_wh"], one["epoch"]) == (other["value_wh"], other["epoch"]) and one_body != other_body
    check(rivals, ProofFailed, "the two announcements do not contradict each other")


# ---- The proof that x^e is a permutation ---------------------------------------------------------


@lru_cache
def small_primes(bound: int) -> tuple[int, ...]:
    """The odd primes below a bound of at most 65536."""
    return tuple(k for k in range(3, bound, 2) if all(k % d for d in range(3, isqrt(k) + 1, 2)))


def rounds(exponent: int) -> int:
    """The least m with a^m >= 2^128, a the least prime factor of e, or 65536 where e has none below.

    exponent: odd, at least 3. From 8 for 65537 to 81 for a multiple of 3. Implements TOKEN-8.
    """
    least = next((prime for prime in small_primes(TRIAL_BOUND) if exponent % prime == 0), TRIAL_BOUND)
    return next(m for m in count(1) if least**m >= 1 << SECURITY_BITS)


def challenge(modulus: int, exponent: int, context: bytes, index: int) -> int:
    """rho_i: a unit modulo n that the hash of n, e, the context and i gives. Implements TOKEN-8."""
    material = sized(natural(modulus)) + sized(natural(exponent)) + context + be(index, 4)
    for attempt in count():
        [rho] = hash_to_field(material + be(attempt, 4), DOMAIN + b"permutation", modulus, 1)
        if gcd(rho, modulus) == 1:
            return rho
    raise AssertionError("there are units")


def prove_key(p: int, q: int, exponent: int, context: bytes) -> list[int]:
    """The proof that gcd(e, phi(n)) = 1: the e-th root modulo n of each challenge.

    p, q, exponent: those of a key. context: 32 bytes, the key's id. Errors: Malformed, Range, NotInvertible.
    Source: Goldberg, Reyzin, Sagga and Baldimtsi, ASIACRYPT 2019, with e in the place of n. Implements
    TOKEN-1, TOKEN-8.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    check_factors(p, q, exponent)
    check(gcd(p, q) == 1, Range, "the two primes are equal, or share a factor")
    check_coprime(p, q, exponent)
    challenges = (challenge(p * q, exponent, context, index) for index in range(rounds(exponent)))
    return [blind_signatures.private_power(p, q, exponent, rho) for rho in challenges]


def verify_key(modulus: int, exponent: int, context: bytes, roots: Sequence[int]) -> None:
    """Accept the proof that x^e is a permutation of the units modulo n.

    roots: as many as `rounds` asks for, in [1, n). Where a prime a divides e and phi(n), at most one unit in
    a is an e-th power: a false proof passes with 2^-128 for each try at the hash. Errors: Malformed, Range,
    ProofFailed. Source: Goldberg et al., section 3. Implements TOKEN-1, TOKEN-8.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    check(1 <= len(roots) <= 81, Malformed, "a proof has 1 to 81 roots")
    check_public_key(modulus, exponent)
    for root in roots:
        check(1 <= root < modulus, Range, "a root is not in [1, n)")
    check(len(roots) >= rounds(exponent), ProofFailed, "the proof has too few roots")
    for index, root in enumerate(roots):
        rho = challenge(modulus, exponent, context, index)
        check(pow(root, exponent, modulus) == rho, ProofFailed, "a root is not one of its challenge")
