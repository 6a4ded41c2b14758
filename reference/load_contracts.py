"""The contracts of load management's stateless operations, as contracts.py has those of the other chapters.

What a meter, a user and a utility keep between operations is held to its invariants by the state machines'
tests instead. Signatures are verified, and X25519 is computed, by the functions that the reference uses too.
"""

import hmac
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from math import gcd, lcm, prod
from typing import Any

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from meter_privacy.reference.contracts import (
    Contract,
    are_factors,
    divided,
    is_encryption,
    is_modulus,
    is_unit,
)
from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import Refused
from meter_privacy.reference.modulus_proof import challenge
from meter_privacy.reference.paillier import is_prime

DOMAIN = b"meter-privacy/load-management/1/"
WORD = 2**32
ENERGY = 2**52
SEQUENCE = 2**53


def power(base: int, exponent: int, modulus: int) -> int:
    """base^exponent, from the lowest bit of the exponent on."""
    result = 1 % modulus
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base, exponent = base * base % modulus, exponent >> 1
    return result


def encrypts(c: int, n: int, m: int, r: int) -> bool:
    """c is the encryption of m under r, by the general form with g = n + 1."""
    return c == pow(n + 1, m, n * n) * pow(r, n, n * n) % (n * n)


def plaintext(p: int, q: int, c: int) -> int:
    """The plaintext, modulo one prime and the other: L_p(c^(p-1) mod p^2) over L_p((n + 1)^(p-1) mod p^2)."""
    n, parts = p * q, []
    for x in (p, q):
        top, bottom = ((pow(z, x - 1, x * x) - 1) // x for z in (c, n + 1))
        parts.append(top * pow(bottom, -1, x) % x)
    return (parts[0] * q * pow(q, -1, p) + parts[1] * p * pow(p, -1, q)) % n


# ---- The ring ------------------------------------------------------------------------------------


def fits_ring(n: int, members: int, maximum_wh: int) -> bool:
    """The largest total of a ring decodes."""
    return is_modulus(n) and 1 <= maximum_wh < WORD and members * maximum_wh <= (n - 1) // 2


def is_turn(n: int, maximum_wh: int, reading_wh: int, randomness: int) -> bool:
    """A reading and randomness that a member adds."""
    return fits_ring(n, 3, maximum_wh) and reading_wh in range(maximum_wh + 1) and is_unit(randomness, n, n)


def exchanged(private: bytes, public: bytes) -> bytes | None:
    """The X25519 secret, or None for a key of low order, for which every private key gives zero."""
    try:
        own = X25519PrivateKey.from_private_bytes(private)
        return own.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None


def are_members(group: bytes, members: Sequence[dict[str, Any]], least: int) -> bool:
    """A roster's members, each node and key once."""
    nodes = [member["node"] for member in members]
    keys = [member["signing_key"] for member in members]
    points = [int.from_bytes(m["sealing_key"], "little") % 2**255 % (2**255 - 19) for m in members]
    once = all(max(Counter(column).values(), default=0) <= 1 for column in (nodes, keys, points))
    sized = all(len(m["signing_key"]) == len(m["sealing_key"]) == 32 for m in members)
    return (
        len(group) == 16
        and 3 <= least <= len(members) <= 1024
        and sized
        and once
        and all(0 <= node < WORD for node in nodes)
        and all(exchanged(b"contract" * 4, m["sealing_key"]) is not None for m in members)
    )


def roster_hash(group: bytes, n: int, members: Sequence[dict[str, Any]], least: int, most: int) -> bytes:
    """The digest, hashed piece by piece."""
    size = len(f"{n:x}") + 1 >> 1
    digest = sha256(DOMAIN + b"roster\0" + group)
    for number, width in ((size, 4), (n, size), (most, 4), (least, 4), (len(members), 4)):
        digest.update(bytes.fromhex(f"{number:0{2 * width}x}"))
    for member in members:
        digest.update(bytes.fromhex(f"{member['node']:08x}"))
        digest.update(member["signing_key"])
        digest.update(member["sealing_key"])
    return digest.digest()


def is_place(interval: int, position: int) -> bool:
    """An interval and a place in a ring."""
    return 0 <= interval < SEQUENCE and 1 <= position <= 1024


# A message's types: the keys of the body, and what each holds: "d" a digest, "f" a flag, an integer the most
# that a number may be, "r" a residue and "c" a ciphertext as bytes.
FORMS: dict[int, dict[int, Any]] = {
    1: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: 1024, 5: "c"},
    2: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: "c", 5: "c"},
    3: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: WORD - 1, 5: WORD - 1, **dict.fromkeys(range(6, 12), "r")},
    4: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: "c", 5: "r"},
    5: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: "f"},
    6: {1: "d", 3: SEQUENCE - 1, 4: "f", 5: WORD - 1},
    7: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: "f"},
    8: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: SEQUENCE - 1},
    9: {1: "d", 2: WORD - 1, 3: SEQUENCE - 1, 4: 65535, 5: "f"},
}
OPTIONAL = {3: {8, 9, 10, 11}, 6: {5}}


def holds(form: Any, value: Any) -> bool:
    """Whether a value of a body is what its member says."""
    if form == "f":
        return type(value) is bool
    if isinstance(form, int):
        return type(value) is int and 0 <= value <= form
    most = {"d": 32, "r": 512, "c": 1024}[form]
    return isinstance(value, bytes) and len(value) <= most and (
        len(value) == 32 if form == "d" else not value.startswith(b"\0")
    )  # fmt: skip


def is_body(kind: Any, body: Any) -> bool:
    """Whether a decoded body is one of its type."""
    if type(kind) is not int or kind not in FORMS or not isinstance(body, dict):
        return False
    form, optional = FORMS[kind], OPTIONAL.get(kind, set())
    keys = set(body) in (set(form), set(form) - optional)
    placed = kind != 1 or body.get(4) != 0
    return keys and placed and all(holds(form[key], value) for key, value in body.items())


def decoded(data: bytes) -> Any:
    """The item that the data is the canonical encoding of, by another codec; None where it is none."""
    try:
        item = cbor2.loads(data)
        return item if cbor2.dumps(item, canonical=True) == data else None
    except Exception:
        return None


def is_message(message: bytes) -> bool:
    """Whether bytes are a message of this version, its signature aside."""
    item = decoded(message) if len(message) <= 4096 else None
    return (
        isinstance(item, list)
        and len(item) == 4
        and type(item[0]) is int
        and item[0] == 1
        and is_body(item[1], item[2])
        and isinstance(item[3], bytes)
        and len(item[3]) == 64
    )


def is_signed(public_key: bytes, message: bytes) -> bool:
    """Whether a message's signature verifies."""
    *said, signature = cbor2.loads(message)
    try:
        verify_strictly(public_key, signature, DOMAIN + b"message\0" + cbor2.dumps(said, canonical=True))
    except Refused:
        return False
    return True


def carried(n: int, message: bytes) -> int | None:
    """The ciphertext of a hop, if it is a unit."""
    if not is_message(message) or (item := cbor2.loads(message))[1] != 1:
        return None
    ciphertext = int(item[2][5].hex() or "0", 16)
    return ciphertext if is_unit(ciphertext, n, n * n) else None


def is_hop_of(key: bytes, roster: bytes, node: int, interval: int, position: int, message: bytes) -> bool:
    """Whether a hop is signed and says what it should."""
    body = cbor2.loads(message)[2]
    return is_signed(key, message) and [body[k] for k in (1, 2, 3, 4)] == [roster, node, interval, position]


def sealing_key(shared: bytes, ephemeral: bytes, key: bytes, roster: bytes, at: tuple[int, int]) -> bytes:
    """HKDF-SHA-256 of one block, by HMAC."""
    info = DOMAIN + b"seal\0" + ephemeral + key + roster + at[0].to_bytes(8, "big") + at[1].to_bytes(4, "big")
    return hmac.digest(hmac.digest(bytes(32), shared, "sha256"), info + b"\x01", "sha256")


def unsealed(shared: bytes, key: bytes, roster: bytes, at: tuple[int, int], sealed: bytes) -> bytes | None:
    """The message in a sealed hop, or None where its tag is wrong."""
    try:
        cipher = ChaCha20Poly1305(sealing_key(shared, sealed[:32], key, roster, at))
        return cipher.decrypt(bytes(12), sealed[32:], None)
    except InvalidTag:
        return None


def public_of(private: bytes) -> bytes:
    """The X25519 key of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def opened_hop(
    private_key: bytes, roster: bytes, interval: int, position: int, sealed: bytes
) -> bytes | None:
    """The message that open_hop answers, or None."""
    shared = exchanged(private_key, sealed[:32])
    return (
        None
        if shared is None
        else unsealed(shared, public_of(private_key), roster, (interval, position), sealed)
    )


def is_signed_hop(message: bytes, private: bytes, body: list[Any]) -> bool:
    """A hop's message with this body, signed by this key."""
    key = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    said = dict(enumerate(body, 1))
    return is_message(message) and cbor2.loads(message)[:3] == [1, 1, said] and is_signed(key, message)


def is_ring(roster: bytes, interval: int, modulus: int, members: Any, messages: Sequence[bytes]) -> bool:
    """All messages of an interval, in their order, none passed on unchanged."""
    count = len(members)
    if not (3 <= count == len(messages) <= 1024 and is_modulus(modulus) and is_place(interval, 1)):
        return False
    nodes, passed = {m["node"] for m in members}, [carried(modulus, message) for message in messages]
    if len(nodes) < count or None in passed or any(not 0 <= node < WORD for node in nodes):
        return False
    every = all(
        is_hop_of(member["signing_key"], roster, member["node"], interval, place, message)
        for place, (member, message) in enumerate(zip(members, messages, strict=True), 1)
    )
    return every and all(passed[i] != passed[i + 1] for i in range(count - 1))


RING: dict[str, Contract] = {
    "load_management.ring_roster": Contract(
        lambda group, modulus, members, least_members, maximum_wh: (
            are_members(group, members, least_members) and fits_ring(modulus, len(members), maximum_wh)
        ),
        lambda digest, group, modulus, members, least_members, maximum_wh: (
            digest == roster_hash(group, modulus, members, least_members, maximum_wh)
        ),
    ),
    "load_management.ring_start": Contract(
        lambda modulus, maximum_wh, reading_wh, randomness: (
            is_turn(modulus, maximum_wh, reading_wh, randomness)
        ),
        lambda c, modulus, reading_wh, randomness, **_: encrypts(c, modulus, reading_wh, randomness),
    ),
    "load_management.ring_add": Contract(
        lambda modulus, maximum_wh, previous, reading_wh, randomness: (
            is_turn(modulus, maximum_wh, reading_wh, randomness) and is_unit(previous, modulus, modulus**2)
        ),
        lambda c, modulus, previous, reading_wh, randomness, **_: (
            is_unit(c, modulus, modulus**2)
            and encrypts(divided(c, [previous], modulus**2), modulus, reading_wh, randomness)
        ),
    ),
    "load_management.ring_stop": Contract(
        lambda p, q, members, maximum_wh, ciphertext: (
            are_factors(p, q)
            and 3 <= members <= 1024
            and fits_ring(p * q, members, maximum_wh)
            and is_unit(ciphertext, p * q, (p * q) ** 2)
            and plaintext(p, q, ciphertext) <= members * maximum_wh
        ),
        lambda total, p, q, ciphertext, **_: is_encryption(ciphertext, total, p, q, p * q + 1),
    ),
    "load_management.sign_hop": Contract(
        lambda private_key, roster, node, interval, position, modulus, ciphertext: (
            len(private_key) == len(roster) == 32
            and 0 <= node < WORD
            and is_place(interval, position)
            and is_modulus(modulus)
            and is_unit(ciphertext, modulus, modulus**2)
        ),
        lambda message, private_key, roster, node, interval, position, modulus, ciphertext: (
            carried(modulus, message) == ciphertext
            and is_signed_hop(
                message, private_key, [roster, node, interval, position, cbor2.loads(message)[2][5]]
            )
        ),
    ),
    "load_management.check_hop": Contract(
        lambda public_key, roster, node, interval, position, next_interval, modulus, message: (
            len(public_key) == len(roster) == 32
            and 0 <= node < WORD
            and is_place(interval, position)
            and 0 <= next_interval <= interval
            and is_modulus(modulus)
            and carried(modulus, message) is not None
            and is_hop_of(public_key, roster, node, interval, position, message)
        ),
        lambda c, modulus, message, **_: c == carried(modulus, message),
    ),
    "load_management.seal_hop": Contract(
        lambda ephemeral_private_key, sealing_key, roster, interval, position, message: (
            len(ephemeral_private_key) == len(sealing_key) == len(roster) == 32
            and len(message) <= 4096
            and is_place(interval, position)
            and exchanged(ephemeral_private_key, sealing_key) is not None
        ),
        lambda sealed, ephemeral_private_key, sealing_key, roster, interval, position, message: (
            sealed[:32] == public_of(ephemeral_private_key)
            and unsealed(
                exchanged(ephemeral_private_key, sealing_key) or b"",
                sealing_key, roster, (interval, position), sealed,
            ) == message
        ),
    ),
    "load_management.open_hop": Contract(
        lambda private_key, roster, interval, position, sealed: (
            len(private_key) == len(roster) == 32
            and 48 <= len(sealed) <= 4144
            and is_place(interval, position)
            and opened_hop(private_key, roster, interval, position, sealed) is not None
        ),
        lambda message, **given: message == opened_hop(**given),
    ),
    "load_management.audit_ring": Contract(
        lambda **given: is_ring(**given),
        lambda c, modulus, messages, **_: c == carried(modulus, messages[-1]),
    ),
}  # fmt: skip


# ---- Billing -------------------------------------------------------------------------------------


def is_month(
    n: int, counters: Sequence[dict[str, int]], days: int, maximum_wh: int, prices: tuple[int, int]
) -> bool:
    """Records of a month and a tariff whose largest bill fits."""
    listed = [c for counter in counters for c in (counter["normal"], counter["high"])]
    return (
        1 <= len(counters) == days <= 31
        and is_modulus(n)
        and all(is_unit(c, n, n * n) for c in listed)
        and 1 <= maximum_wh < WORD
        and all(0 <= price < WORD for price in prices)
        and days * maximum_wh * prices[0] + days * maximum_wh * prices[1] < n
        and max(Counter(listed).values()) == 1
    )


def weighed(n: int, counters: Sequence[dict[str, int]], normal: int, high: int) -> int:
    """The product over the days of both ciphertexts, each taken its own number of times."""
    return prod(pow(c["normal"], normal, n * n) * pow(c["high"], high, n * n) for c in counters) % (n * n)


def opens(n: int, c: int, value: int, randomness: int) -> bool:
    """The opening of a ciphertext."""
    return 0 <= value < n and is_unit(randomness, n, n) and encrypts(c, n, value, randomness)


def is_opening(opening: dict[str, int], n: int) -> bool:
    """An opening of anything, and the power that its ciphertext is taken to."""
    return (
        0 <= opening["value"] < n and is_unit(opening["randomness"], n, n) and 0 <= opening["scalar"] < WORD
    )


def product_of(n: int, openings: Sequence[dict[str, int]]) -> int:
    """The product of the powers of the ciphertexts that the openings are of."""
    made = (pow(n + 1, o["value"], n * n) * pow(o["randomness"], n, n * n) for o in openings)
    return prod(pow(c, o["scalar"], n * n) for c, o in zip(made, openings, strict=True)) % (n * n)


def nothing(output: Any, **_: Any) -> bool:
    """There is no output: that the input was accepted is all."""
    return output is None


def stream(label: bytes, material: bytes, bits: int) -> int:
    """The first bits of the blocks' digests, one after the other."""
    number = 0
    for block in range(-(-bits // 256)):
        digest = sha256(DOMAIN + label + b"\0" + material + block.to_bytes(4, "big"))
        number = number << 256 | int(digest.hexdigest(), 16)
    return number >> -bits % 256


def first_prime(bits: int, seed: bytes) -> int:
    """The candidate at which Fermat's test to base 2, and then the test of the reference, first pass."""
    index = 0
    while True:
        candidate = stream(b"prime", seed + bits.to_bytes(4, "big") + index.to_bytes(4, "big"), bits)
        candidate |= 1 | 1 << bits - 1 | 1 << bits - 2
        if pow(2, candidate - 1, candidate) == 1 and is_prime(candidate):
            return candidate
        index += 1


def has_small_factor(n: int, rounds: int) -> bool:
    """A factor d with d^rounds < 2^128, by trial."""
    d = 3
    while d**rounds < 1 << 128:
        if n % d == 0:
            return True
        d += 2
    return False


BILLING: dict[str, Contract] = {
    "load_management.encrypt_day": Contract(
        lambda modulus, maximum_wh, normal_wh, high_wh, normal_randomness, high_randomness: (
            is_modulus(modulus)
            and 1 <= maximum_wh < min(WORD, modulus)
            and min(normal_wh, high_wh) >= 0
            and normal_wh + high_wh <= maximum_wh
            and all(is_unit(r, modulus, modulus) for r in (normal_randomness, high_randomness))
            and normal_randomness != high_randomness
        ),
        lambda made, modulus, normal_wh, high_wh, normal_randomness, high_randomness, **_: (
            encrypts(made["normal"], modulus, normal_wh, normal_randomness)
            and encrypts(made["high"], modulus, high_wh, high_randomness)
        ),
    ),
    "load_management.aggregate_month": Contract(
        lambda modulus, counters, days, maximum_wh, price_normal, price_high: is_month(
            modulus, counters, days, maximum_wh, (price_normal, price_high)
        ),
        lambda made, modulus, counters, price_normal, price_high, **_: (
            divided(made["normal"], [counter["normal"] for counter in counters], modulus**2) == 1
            and divided(made["high"], [counter["high"] for counter in counters], modulus**2) == 1
            and made["bill"] == weighed(modulus, counters, price_normal, price_high)
        ),
    ),
    "load_management.recover_opening": Contract(
        lambda p, q, ciphertext: are_factors(p, q) and is_unit(ciphertext, p * q, (p * q) ** 2),
        lambda opening, p, q, ciphertext: opens(p * q, ciphertext, opening["value"], opening["randomness"]),
    ),
    "load_management.combine_openings": Contract(
        lambda modulus, openings: (
            1 <= len(openings) <= 62 and is_modulus(modulus) and all(is_opening(o, modulus) for o in openings)
        ),
        lambda made, modulus, openings: opens(
            modulus, product_of(modulus, openings), made["value"], made["randomness"]
        ),
    ),
    "load_management.verify_opening": Contract(
        lambda modulus, ciphertext, value, randomness: (
            is_modulus(modulus) and opens(modulus, ciphertext, value, randomness)
        ),
        nothing,
    ),
    "load_management.verify_bill": Contract(
        lambda modulus, counters, days, maximum_wh, price_normal, price_high, bill, bill_randomness: (
            is_month(modulus, counters, days, maximum_wh, (price_normal, price_high))
            and opens(modulus, weighed(modulus, counters, price_normal, price_high), bill, bill_randomness)
        ),
        nothing,
    ),
    "load_management.verify_statement": Contract(
        lambda modulus, counters, days, maximum_wh, price_normal, price_high, **claims: (
            is_month(modulus, counters, days, maximum_wh, (price_normal, price_high))
            and all(
                opens(
                    modulus, weighed(modulus, counters, *powers), claims[name], claims[f"{name}_randomness"]
                )
                for name, powers in (
                    ("normal", (1, 0)),
                    ("high", (0, 1)),
                    ("bill", (price_normal, price_high)),
                )
            )
        ),
        nothing,
    ),
    "load_management.generate_prime": Contract(
        lambda bits, seed: len(seed) == 32 and 16 <= bits <= 2048,
        lambda prime, bits, seed: prime == first_prime(bits, seed),
    ),
    "load_management.prove_modulus": Contract(
        lambda p, q, context, rounds: (
            len(context) == 32
            and 8 <= rounds <= 81
            and are_factors(p, q)
            and not has_small_factor(p, rounds)
            and not has_small_factor(q, rounds)
        ),
        lambda roots, p, q, context, rounds: (
            len(roots) == rounds
            and all(
                0 < root < p * q and power(root, p * q, p * q) == challenge(p * q, context, rounds, index)
                for index, root in enumerate(roots)
            )
        ),
    ),
    "load_management.verify_modulus": Contract(
        lambda modulus, context, roots: (
            len(context) == 32
            and 8 <= len(roots) <= 81
            and is_modulus(modulus)
            and all(0 < root < modulus for root in roots)
            and not has_small_factor(modulus, len(roots))
            and not is_prime(modulus)
            and all(
                power(root, modulus, modulus) == challenge(modulus, context, len(roots), index)
                for index, root in enumerate(roots)
            )
        ),
        nothing,
    ),
}

MESSAGES: dict[str, Contract] = {
    "load_management.sign_message": Contract(
        lambda private_key, type, body: (
            len(private_key) == 32 and len(body) <= 4000 and is_body(type, decoded(body))
        ),
        lambda message, private_key, type, body: (
            is_message(message)
            and cbor2.loads(message)[:3] == [1, type, cbor2.loads(body)]
            and is_signed(
                Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw(), message
            )
        ),
    ),
    "load_management.check_message": Contract(
        lambda public_key, type, scope, next_sequence, message: (
            len(public_key) == len(scope) == 32
            and is_message(message)
            and cbor2.loads(message)[1] == type
            and cbor2.loads(message)[2][1] == scope
            and 0 <= next_sequence <= cbor2.loads(message)[2][3]
            and is_signed(public_key, message)
        ),
        lambda taken, message, **_: (
            decoded(taken["body"]) == cbor2.loads(message)[2]
            and taken["body"] in message
            and taken["sequence"] == cbor2.loads(message)[2][3]
        ),
    ),
}


# ---- The comparison ------------------------------------------------------------------------------


def is_ladder(value: int, unit_wh: int, levels: int) -> bool:
    """A value, a unit and a number of levels."""
    return 0 <= value < WORD and 1 <= unit_wh < WORD and 2 <= levels <= WORD


def is_odd(value: int, bits: int) -> bool:
    """An odd number from 3 on, of at most so many bits."""
    return (
        value in range(3, 1 << bits, 2) if bits <= 62 else value > 2 and value % 2 == 1 and value >> bits == 0
    )


def is_rsa(n: int, exponent: int, levels: int, level: int) -> bool:
    """The public side of Yao's comparison."""
    return is_modulus(n) and is_odd(exponent, 64) and n >> exponent == 0 and 1 <= level <= levels <= 256


def is_open_window(message: int, levels: int, n: int) -> bool:
    """The window t, ..., t + k - 1, listed, holds none of 0, 1, N - 1 and not both halves of N."""
    window = {(message + i) % n for i in range(levels)}
    return not window & {0, 1, n - 1} and not window >= {n // 2, n // 2 + 1}


def are_spread(residues: Sequence[int], prime: int) -> bool:
    """From 1 to p' - 2, any two at least three apart."""
    pairs = ((u, v) for i, u in enumerate(residues) for v in residues[:i])
    return all(0 < u < prime - 1 for u in residues) and all(abs(u - v) > 2 for u, v in pairs)


def rsa_roots(p: int, q: int, exponent: int, message: int, levels: int) -> list[int]:
    """The e-th roots of a window, modulo one prime and the other."""
    made = []
    for i in range(levels):
        t = (message + i) % (p * q)
        at_p, at_q = (pow(t, pow(exponent, -1, x - 1), x) for x in (p, q))
        made.append((at_p * q * pow(q, -1, p) + at_q * p * pow(p, -1, q)) % (p * q))
    return made


def answers(p: int, q: int, exponent: int, levels: int, level: int, message: int, prime: int) -> list[int]:
    """What the user sends under a prime, or nothing where the prime is not admissible."""
    n = p * q
    roots = rsa_roots(p, q, exponent, message, levels)
    sent = [y % prime + (1 if i >= level else 0) for i, y in enumerate(roots)]
    short = prime.bit_length() <= (n.bit_length() + 1) // 2
    return sent if short and n % prime and are_spread(sent, prime) else []


def is_yao_answer(p: int, q: int, exponent: int, levels: int, level: int, message: int, primes: Any) -> bool:
    """What the user answers."""
    return (
        1 <= len(primes) <= 64
        and is_odd(p, 2048)
        and is_odd(q, 2048)
        and p != q
        and all(is_odd(prime, 2048) and is_prime(prime) for prime in primes)
        and is_rsa(p * q, exponent, levels, level)
        and gcd(exponent, p - 1) == gcd(exponent, q - 1) == 1
        and 0 <= message < p * q
        and is_open_window(message, levels, p * q)
        and any(answers(p, q, exponent, levels, level, message, prime) for prime in primes)
    )


def is_dgk(n: int, u: int, g: int, h: int, count: int = 0) -> bool:
    """A public key of the comparison on bits, for so many bits."""
    return (
        is_modulus(n)
        and max(3, 3 * count + 1) <= u <= 1021
        and all(x > 1 and is_unit(x, n, n) for x in (g, h))
    )


def are_exponents(*randomness: int) -> bool:
    """Random exponents of h."""
    return all(r > 0 and r >> 1280 == 0 for r in randomness)


def is_dgk_request(n: int, u: int, g: int, h: int, randomness: Sequence[int], level: int) -> bool:
    """What the utility asks with."""
    count = len(randomness)
    return (
        1 <= count <= 32
        and is_dgk(n, u, g, h, count)
        and are_exponents(*randomness)
        and 0 <= level - 1 < 1 << count
    )


def holds_bits(sent: Sequence[int], n: int, g: int, h: int, randomness: Sequence[int], level: int) -> bool:
    """The ciphertexts are those of the level's binary digits, as text, under the randomness."""
    digits = f"{level - 1:0{len(randomness)}b}"[::-1]
    return len(sent) == len(randomness) and all(
        0 < c < n and c == power(h, r, n) * (g if digit == "1" else 1) % n
        for c, r, digit in zip(sent, randomness, digits, strict=True)
    )


def are_dgk_primes(p: int, q: int, u: int, v_p: int, v_q: int) -> bool:
    """The fields of the utility's factors."""
    return all(is_odd(x, 2048) for x in (p, q)) and 3 <= u <= 1021 and all(is_odd(v, 512) for v in (v_p, v_q))


def zero_at(prime: int, u: int, v: int, c: int) -> int | None:
    """1 where c is 0 there, else 0; None outside of the group."""
    inside = pow(c, u * v, prime) == 1
    return int(pow(c, v, prime) == 1) if inside else None


def is_zero(p: int, q: int, u: int, v_p: int, v_q: int, c: int) -> int | None:
    """1 where c holds 0 at both primes, 0 where at neither, None otherwise."""
    at = {zero_at(p, u, v_p, c), zero_at(q, u, v_q, c)}
    return at.pop() if len(at) == 1 else None


def is_dgk_key(p: int, q: int, u: int, v_p: int, v_q: int, base_g: int, base_h: int) -> bool:
    """Primes and bases that make a key: the bases' own orders say those of g and h."""
    if not (are_dgk_primes(p, q, u, v_p, v_q) and p != q and v_p != v_q):
        return False
    divides = all((x - 1) % (u * v) == 0 for x, v in ((p, v_p), (q, v_q)))
    apart = (p - 1) % v_q != 0 and (q - 1) % v_p != 0
    bases = all(1 < base < p * q and gcd(base, p * q) == 1 for base in (base_g, base_h))
    if not (divides and apart and bases and all(is_prime(x) for x in (p, q, u, v_p, v_q))):
        return False
    return all(
        pow(base_g, (x - 1) // u, x) != 1
        and pow(base_g, (x - 1) // v, x) != 1
        and pow(base_h, (x - 1) // v, x) != 1
        for x, v in ((p, v_p), (q, v_q))
    )


def is_dgk_made(key: dict[str, int], p: int, q: int, u: int, v_p: int, v_q: int, g: int, h: int) -> bool:
    """g and h are the bases' powers at both primes."""
    n = p * q
    return key["modulus"] == n and all(
        0 < key["g"] < n > key["h"] > 0
        and (key["g"] - pow(g, (x - 1) // (u * v), x)) % x == 0
        and (key["h"] - pow(h, (x - 1) // v, x)) % x == 0
        for x, v in ((p, v_p), (q, v_q))
    )


def is_dgk_answer(
    n: int, u: int, g: int, h: int, bits: Any, multipliers: Any, randomness: Any, order: Any, level: int
) -> bool:
    """What the user answers with."""
    count = len(bits)
    return (
        1 <= count <= 32
        and count == len(multipliers) == len(randomness)
        and sorted(order) == list(range(count))
        and is_dgk(n, u, g, h, count)
        and all(is_unit(c, n, n) for c in bits)
        and all(0 < rho < u for rho in multipliers)
        and are_exponents(*randomness)
        and 0 <= level - 1 < 1 << count
    )


def dgk_answer(
    n: int, g: int, h: int, bits: Any, multipliers: Any, randomness: Any, order: Any, level: int
) -> list[int]:
    """The answer, each ciphertext with its exponents of g, h and of the bits added up."""
    digits = f"{level - 1:0{len(bits)}b}"[::-1]
    made = {}
    for i, rho in enumerate(multipliers):
        of_g, of_bits = 1 + int(digits[i]), [0] * len(bits)
        of_bits[i] -= 1
        for j in range(i + 1, len(bits)):
            of_g += 3 * int(digits[j])
            of_bits[j] += 3 - 6 * int(digits[j])
        c = pow(g, rho * of_g, n) * pow(h, randomness[i], n)
        made[order[i]] = prod((pow(b, rho * e, n) for b, e in zip(bits, of_bits, strict=True)), start=c) % n
    return [made[place] for place in range(len(bits))]


COMPARISON: dict[str, Contract] = {
    "load_management.reading_level": Contract(
        lambda value_wh, unit_wh, levels: is_ladder(value_wh, unit_wh, levels),
        lambda level, value_wh, unit_wh, levels: (
            1 <= level <= levels
            and (level - 1) * unit_wh <= value_wh
            and (level == levels or value_wh < level * unit_wh)
        ),
    ),
    "load_management.threshold_level": Contract(
        lambda threshold_wh, unit_wh, levels: (
            is_ladder(threshold_wh, unit_wh, levels) and threshold_wh <= unit_wh * (levels - 1)
        ),
        lambda level, threshold_wh, unit_wh, levels: (
            1 <= level <= levels and (level - 2) * unit_wh < threshold_wh <= (level - 1) * unit_wh
        ),
    ),
    "load_management.yao_key": Contract(
        lambda p, q, exponent: (
            is_odd(p, 2048)
            and is_odd(q, 2048)
            and p != q
            and is_rsa(p * q, exponent, 1, 1)
            and is_prime(p)
            and is_prime(q)
            and gcd(exponent, p - 1) == gcd(exponent, q - 1) == 1
        ),
        lambda key, p, q, exponent: (
            key["modulus"] == p * q
            and 0 < key["private_exponent"] < lcm(p - 1, q - 1)
            and all(key["private_exponent"] * exponent % (x - 1) == 1 % (x - 1) for x in (p, q))
        ),
    ),
    "load_management.yao_request": Contract(
        lambda modulus, exponent, levels, threshold_level, candidates: (
            1 <= len(candidates) <= 16
            and is_rsa(modulus, exponent, levels, threshold_level)
            and all(1 < x < modulus - 1 for x in candidates)
            and any(
                is_open_window(power(x, exponent, modulus) - threshold_level + 1, levels, modulus)
                for x in candidates
            )
        ),
        lambda made, modulus, exponent, levels, threshold_level, candidates: (
            0 <= made["message"] < modulus
            and made["used"] in range(len(candidates))
            and is_open_window(made["message"], levels, modulus)
            and (made["message"] + threshold_level - 1) % modulus
            == power(candidates[made["used"]], exponent, modulus)
            and not any(
                is_open_window(power(x, exponent, modulus) - threshold_level + 1, levels, modulus)
                for x in candidates[: made["used"]]
            )
        ),
    ),
    "load_management.yao_response": Contract(
        lambda p, q, exponent, levels, reading_level, message, candidates: is_yao_answer(
            p, q, exponent, levels, reading_level, message, candidates
        ),
        lambda made, p, q, exponent, levels, reading_level, message, candidates: (
            made["used"] in range(len(candidates))
            and made["prime"] == candidates[made["used"]]
            and made["residues"] == answers(p, q, exponent, levels, reading_level, message, made["prime"])
            and not any(
                answers(p, q, exponent, levels, reading_level, message, prime)
                for prime in candidates[: made["used"]]
            )
        ),
    ),
    "load_management.yao_outcome": Contract(
        lambda modulus, levels, threshold_level, x, prime, residues: (
            is_modulus(modulus)
            and 1 <= threshold_level <= levels == len(residues) <= 256
            and 1 < x < modulus - 1
            and is_odd(prime, 2048)
            and prime >= 3 * levels
            and prime.bit_length() <= (modulus.bit_length() + 1) // 2
            and modulus % prime != 0
            and is_prime(prime)
            and are_spread(residues, prime)
            and residues[threshold_level - 1] - x % prime in (0, 1)
        ),
        lambda at_least, threshold_level, x, prime, residues, **_: (
            at_least == ((x - residues[threshold_level - 1]) % prime == 0)
        ),
    ),
    "load_management.yao_audit": Contract(
        lambda modulus, exponent, levels, threshold_level, x, message: (
            is_rsa(modulus, exponent, levels, threshold_level)
            and 1 < x < modulus - 1
            and 0 <= message < modulus
            and (message + threshold_level - 1 - power(x, exponent, modulus)) % modulus == 0
        ),
        nothing,
    ),
    "load_management.dgk_key": Contract(
        lambda p, q, u, v_p, v_q, base_g, base_h: is_dgk_key(p, q, u, v_p, v_q, base_g, base_h),
        lambda key, p, q, u, v_p, v_q, base_g, base_h: is_dgk_made(key, p, q, u, v_p, v_q, base_g, base_h),
    ),
    "load_management.dgk_encrypt": Contract(
        lambda modulus, u, g, h, plaintext, randomness: (
            is_dgk(modulus, u, g, h) and 0 <= plaintext < u and are_exponents(randomness)
        ),
        lambda c, modulus, g, h, plaintext, randomness, **_: (
            0 < c < modulus and divided(c, [g] * plaintext, modulus) == power(h, randomness, modulus)
        ),
    ),
    "load_management.dgk_is_zero": Contract(
        lambda p, q, u, v_p, v_q, ciphertext: (
            are_dgk_primes(p, q, u, v_p, v_q)
            and 0 < ciphertext < p * q
            and is_zero(p, q, u, v_p, v_q, ciphertext) is not None
        ),
        lambda zero, **given: zero == is_zero(*given.values()),
    ),
    "load_management.dgk_request": Contract(
        lambda modulus, u, g, h, randomness, threshold_level: is_dgk_request(
            modulus, u, g, h, randomness, threshold_level
        ),
        lambda bits, modulus, g, h, randomness, threshold_level, **_: holds_bits(
            bits, modulus, g, h, randomness, threshold_level
        ),
    ),
    "load_management.dgk_response": Contract(
        lambda modulus, u, g, h, bits, multipliers, randomness, order, reading_level: is_dgk_answer(
            modulus, u, g, h, bits, multipliers, randomness, order, reading_level
        ),
        lambda sent, modulus, g, h, bits, multipliers, randomness, order, reading_level, **_: (
            sent == dgk_answer(modulus, g, h, bits, multipliers, randomness, order, reading_level)
        ),
    ),
    "load_management.dgk_outcome": Contract(
        lambda p, q, u, v_p, v_q, levels, ciphertexts: (
            are_dgk_primes(p, q, u, v_p, v_q)
            and 2 <= levels <= WORD
            and len(ciphertexts) == len(f"{levels - 1:b}")
            and all(0 < c < p * q for c in ciphertexts)
            and all(is_zero(p, q, u, v_p, v_q, c) is not None for c in ciphertexts)
            and sum(is_zero(p, q, u, v_p, v_q, c) or 0 for c in ciphertexts) < 2
        ),
        lambda at_least, p, q, u, v_p, v_q, ciphertexts, **_: (
            at_least == all(is_zero(p, q, u, v_p, v_q, c) == 0 for c in ciphertexts)
        ),
    ),
    "load_management.dgk_audit": Contract(
        lambda modulus, u, g, h, randomness, threshold_level, bits: (
            is_dgk_request(modulus, u, g, h, randomness, threshold_level)
            and holds_bits(bits, modulus, g, h, randomness, threshold_level)
        ),
        nothing,
    ),
}


# ---- The plan ------------------------------------------------------------------------------------


def are_users(least: int, users: Sequence[dict[str, int]]) -> bool:
    """Users who can be cut into groups."""
    return (
        3 <= least <= 1024
        and 1 <= len(users) <= 1024
        and len({user["node"] for user in users}) == len(users)
        and all(0 <= user["node"] < WORD and 0 <= user["plan"] < 256 for user in users)
        and all(0 <= user["last_month_wh"] < ENERGY for user in users)
        and min(Counter(user["plan"] for user in users).values()) >= least
    )


def are_groups(groups: Sequence[dict[str, Any]], least: int, users: Sequence[dict[str, int]]) -> bool:
    """As many groups as the least size allows, in order of plan, total and node, as even as can be."""
    place = {user["node"]: (user["plan"], user["last_month_wh"], user["node"]) for user in users}
    listed = [node for group in groups for node in group["nodes"]]
    sizes: dict[int, list[int]] = {}
    for group in groups:
        sizes.setdefault(group["plan"], []).append(len(group["nodes"]))
    return (
        listed == sorted(place, key=lambda node: place[node])
        and all(place[node][0] == group["plan"] for group in groups for node in group["nodes"])
        and all(
            column == sorted(column, reverse=True)
            and column[0] - column[-1] <= 1
            and sum(column) // least == len(column)
            for column in sizes.values()
        )
    )


def is_state(
    state: dict[str, Any], meters: int, most: int, total: int, limit: int, policy: int, unit: int
) -> bool:
    """Peak and threshold, by what each of them bounds."""
    threshold = state["threshold_wh"]
    if total < limit:
        return state["peak"] == 0 and threshold is None
    if state["peak"] != 1 or not 0 <= threshold <= most:
        return False
    if policy == 2:
        return bool(threshold == sorted((unit, most))[0])
    step = unit if policy == 1 else 1
    enough, least = meters * threshold >= total, (threshold - step) * meters < total
    return threshold == most and (most - 1) * meters < total + step * meters if threshold % step else (
        (enough and least) or (threshold == most and not enough)
    )  # fmt: skip


def is_charged(charged: dict[str, Any], usage: int, threshold: int | None, allowance: int) -> bool:
    """Every watt-hour once, the allowance lowered by what it covers, and the high rate for the rest alone."""
    normal, excess, left = charged["normal_wh"], charged["high_wh"], charged["allowance_wh"]
    high = threshold is not None and usage >= threshold
    return (
        normal + excess == usage
        and min(normal, excess, left) >= 0
        and charged["high"] == high
        and charged["high_rate"] == (excess > 0)
        and left == allowance - (normal if high else 0)
        and (excess == 0 or (high and left == 0))
    )


def are_plan_numbers(maximum_wh: int, limit: int, policy: int, unit: int) -> bool:
    """A group's greatest reading, threshold and policy."""
    return 1 <= maximum_wh < WORD and 0 <= limit < ENERGY and policy in (0, 1, 2) and 1 <= unit < WORD


PLAN: dict[str, Contract] = {
    "load_management.assign_groups": Contract(
        lambda least_members, users: are_users(least_members, users),
        lambda groups, least_members, users: are_groups(groups, least_members, users),
    ),
    "load_management.group_state": Contract(
        lambda meters, maximum_wh, total_wh, group_threshold_wh, threshold_policy, parameter_wh: (
            are_plan_numbers(maximum_wh, group_threshold_wh, threshold_policy, parameter_wh)
            and 3 <= meters <= 1024
            and 0 <= total_wh <= meters * maximum_wh
        ),
        lambda state, meters, maximum_wh, total_wh, group_threshold_wh, threshold_policy, parameter_wh: (
            is_state(
                state, meters, maximum_wh, total_wh, group_threshold_wh, threshold_policy, parameter_wh
            )
        ),
    ),
    "load_management.charge": Contract(
        lambda usage_wh, threshold_wh, allowance_wh: (
            0 <= usage_wh < WORD
            and (threshold_wh is None or 0 <= threshold_wh < WORD)
            and 0 <= allowance_wh < ENERGY
        ),
        lambda charged, usage_wh, threshold_wh, allowance_wh: (
            is_charged(charged, usage_wh, threshold_wh, allowance_wh)
        ),
    ),
    "load_management.plan_interval": Contract(
        lambda maximum_wh, group_threshold_wh, threshold_policy, parameter_wh, users: (
            are_plan_numbers(maximum_wh, group_threshold_wh, threshold_policy, parameter_wh)
            and 3 <= len(users) <= 1024
            and all(
                0 <= user["usage_wh"] <= maximum_wh and 0 <= user["allowance_wh"] < ENERGY for user in users
            )
        ),
        lambda made, maximum_wh, group_threshold_wh, threshold_policy, parameter_wh, users: (
            made["total_wh"] == sum(user["usage_wh"] for user in users)
            and is_state(
                made, len(users), maximum_wh, made["total_wh"], group_threshold_wh, threshold_policy,
                parameter_wh,
            )
            and len(made["users"]) == len(users)
            and all(
                is_charged(charged, user["usage_wh"], made["threshold_wh"], user["allowance_wh"])
                for charged, user in zip(made["users"], users, strict=True)
            )
        ),
    ),
}  # fmt: skip


LOAD: dict[str, Contract] = {**RING, **BILLING, **MESSAGES, **COMPARISON, **PLAN}
