"""Rewards (spec/tasking.md): marks in results, payments and claims at a bank, coins that nobody can follow.

Paper E, section 2.3.2. A result is m, its salted digest c; the mark s commits to c under the nonce N. The
utility pays for s, and whoever shows N is paid. HMAC is HMAC-SHA-256 (RFC 2104, FIPS 180-4).
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from meter_privacy.reference import blind_signatures
from meter_privacy.reference.dream import has_low_order
from meter_privacy.reference.errors import (
    Exhausted,
    Expired,
    Malformed,
    NotInGroup,
    ProofFailed,
    Range,
    Refused,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.messages import be
from meter_privacy.reference.sessions import begin, begun_as, check_begun
from meter_privacy.reference.tasking import (
    DOMAIN,
    PAYMENT,
    RECEIPT,
    TIME_LIMIT,
    WORD_LIMIT,
    check_times,
    parse,
    verify,
)

READINGS = 256
PAYLOAD_BYTES = 1024
BOX_BYTES = 144
STORE = 1 << 20
KEYS = 256


# ---- The meter's mark ----------------------------------------------------------------------------


def check_result(task: bytes, readings: Sequence[int]) -> None:
    """Lengths and ranges of a result. Errors: Malformed, Range. Implements TASK-13."""
    check(len(task) == 16, Malformed, "the identifier has not 16 bytes")
    check(1 <= len(readings) <= READINGS, Malformed, "a result has 1 to 256 readings")
    check(all(0 <= reading < WORD_LIMIT for reading in readings), Range, "a reading is out of range")


def result_digest(task: bytes, readings: Sequence[int], salt: bytes) -> bytes:
    """c = HMAC(salt, D || "result" || 00 || T_id || be16(count) || be32 each reading). Implements TASK-13."""
    packed = b"".join(be(reading, 4) for reading in readings)
    head = DOMAIN + b"result\x00" + task + be(len(readings), 2)
    return hmac.digest(salt, head + packed, "sha256")


def mark_of(digest: bytes, nonce: bytes) -> bytes:
    """s = HMAC(N, D || "mark" || 00 || c). Implements TASK-14."""
    return hmac.digest(nonce, DOMAIN + b"mark\x00" + digest, "sha256")


def mark(task: bytes, readings: Sequence[int], salt: bytes, nonce: bytes) -> dict[str, bytes]:
    """The digest c of a result and the mark s that its reward is claimed by.

    task: T_id. readings: m, 1 to 256 numbers below 2^32. salt, nonce: 32 random bytes each, fresh and
    different: the utility is told the salt, and nobody before the claim the nonce N. Errors: Malformed,
    Range, Replayed where both are the same. Source: paper E, section 2.3.2, s = F(h(m), t, N), corrected.
    Implements TASK-13, TASK-14.
    """
    check(len(salt) == 32 and len(nonce) == 32, Malformed, "a byte string has a wrong length")
    check_result(task, readings)
    check(not hmac.compare_digest(salt, nonce), Replayed, "salt and nonce are the same")
    digest = result_digest(task, readings, salt)
    return {"digest": digest, "mark": mark_of(digest, nonce)}


# ---- From the meter to the utility ---------------------------------------------------------------


def box_cipher(shared: bytes, ephemeral_key: bytes, sealing_key: bytes, task: bytes) -> ChaCha20Poly1305:
    """A box's cipher, under a key that is used once. Source: RFC 5869, RFC 8439. Implements TASK-15."""
    info = DOMAIN + b"box\x00" + ephemeral_key + sealing_key + task
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, info).derive(shared))


def seal_mark(
    ephemeral_private_key: bytes, sealing_key: bytes, task: bytes, salt: bytes, digest: bytes, mark: bytes
) -> bytes:
    """Encrypt salt, digest and mark to the utility: ephemeral key, ciphertext of 96 bytes, tag, 144 in all.

    ephemeral_private_key: 32 random bytes, fresh for every box. sealing_key: the utility's X25519 key.
    Errors: Malformed, NotInGroup. Source: paper E, section 2.3.2 ("needs to be blinded"); RFC 7748, RFC 5869,
    RFC 8439. Implements TASK-15.
    """
    lengths = {len(part) for part in (ephemeral_private_key, sealing_key, salt, digest, mark)}
    check(lengths == {32} and len(task) == 16, Malformed, "a byte string has a wrong length")
    check(not has_low_order(sealing_key), NotInGroup, "the sealing key has low order")
    private = X25519PrivateKey.from_private_bytes(ephemeral_private_key)
    ephemeral = private.public_key().public_bytes_raw()
    shared = private.exchange(X25519PublicKey.from_public_bytes(sealing_key))
    cipher = box_cipher(shared, ephemeral, sealing_key, task)
    return ephemeral + cipher.encrypt(bytes(12), salt + digest + mark, None)


def open_mark(private_key: bytes, task: bytes, readings: Sequence[int], box: bytes) -> dict[str, bytes]:
    """The digest and the mark of a result, if the box is of this task and these readings.

    private_key: the utility's, X25519. readings: m, as the report server passed them on.
    Errors: Malformed, Range, NotInGroup, Unauthentic, ProofFailed where the digest is not of these readings.
    Source: paper E, section 2.3.2; RFC 7748, RFC 5869, RFC 8439. Implements TASK-13, TASK-15.
    """
    check(len(private_key) == 32 and len(box) == BOX_BYTES, Malformed, "a byte string has a wrong length")
    check_result(task, readings)
    ephemeral = box[:32]
    check(not has_low_order(ephemeral), NotInGroup, "the ephemeral key has low order")
    private = X25519PrivateKey.from_private_bytes(private_key)
    shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    own = private.public_key().public_bytes_raw()
    try:
        opened = box_cipher(shared, ephemeral, own, task).decrypt(bytes(12), box[32:], None)
    except InvalidTag as error:
        raise Unauthentic("the tag does not verify") from error
    salt, digest, said = opened[:32], opened[32:64], opened[64:]
    right = hmac.compare_digest(digest, result_digest(task, readings, salt))
    check(right, ProofFailed, "the digest is of other readings")
    return {"digest": digest, "mark": said}


def payload_digest(payload: bytes) -> bytes:
    """SHA-256(D || "payload" || 00 || payload). Implements TASK-16."""
    return sha256(DOMAIN + b"payload\x00" + payload).digest()


def check_receipt(public_key: bytes, server: bytes, task: bytes, payload: bytes, message: bytes) -> int:
    """Accept a report server's receipt for a payload: when it was received, in seconds.

    public_key, server: the report server's. payload: the box, and behind it the blinded coin if there is one,
    144 to 1024 bytes. Errors: Malformed, Range, Unauthentic. Source: this project; paper E leaves the report
    server free to change s. Implements TASK-1, TASK-2, TASK-3, TASK-16.
    """
    lengths = (len(public_key), len(server), len(task))
    check(lengths == (32, 16, 16), Malformed, "a byte string has a wrong length")
    check(BOX_BYTES <= len(payload) <= PAYLOAD_BYTES, Malformed, "the payload has a wrong length")
    parsed = parse(message)
    verify(public_key, server, (RECEIPT,), parsed)
    body = parsed[1]
    check(body[2] == task, Unauthentic, "the receipt is of another task")
    check(body[3] == payload_digest(payload), Unauthentic, "the receipt is of another payload")
    return int(body[4])


# ---- The bank ------------------------------------------------------------------------------------


def bank_start(session: dict[str, Any], utility_key: bytes, utility: bytes, capacity: int) -> None:
    """Start a bank's account of a utility. capacity: the most payments, and the most coins, that it keeps.

    Errors: Malformed, Range, State. Source: paper E, section 2.3.2. Implements TASK-17.
    """
    check(len(utility_key) == 32 and len(utility) == 16, Malformed, "a byte string has a wrong length")
    check(1 <= capacity <= STORE, Range, "the capacity is out of range")
    begin(
        session,
        "tasking.bank",
        utility_key=utility_key,
        utility=utility,
        capacity=capacity,
        next_sequence=0,
        payments={},
        keys={},
        coins=set(),
    )


def payment_refusal(
    now: int, expires: int, sequence: int, next_sequence: int, known: bool, stored: int, capacity: int
) -> type[Refused] | None:
    """What speaks against a payment. known: its mark was paid before. Implements TASK-17."""
    if now > expires:
        return Expired
    if sequence < next_sequence or known:
        return Replayed
    return None if stored < capacity else Exhausted


def claim_refusal(now: int, expires: int, claimed: bool) -> type[Refused] | None:
    """What speaks against a claim of a mark that was paid for. Implements TASK-18."""
    if now > expires:
        return Expired
    return Replayed if claimed else None


def bank_payment(session: dict[str, Any], now: int, message: bytes) -> int:
    """Take in the utility's payment for a mark: its amount.

    Errors: Malformed, Range; Unauthentic; Expired; Replayed where the sequence number or the mark was used
    before; State; Exhausted. Source: paper E, section 2.3.2, <h(m), s, p_U>, corrected. Implements TASK-3,
    TASK-17.
    """
    session = begun_as(session, "tasking.bank")
    check_times(now)
    parsed = parse(message)
    check_begun(session)
    verify(session["utility_key"], session["utility"], (PAYMENT,), parsed)
    _, sequence, paid, expires, amount = (parsed[1][key] for key in range(1, 6))
    payments, known = session["payments"], paid in session["payments"]
    refusal = payment_refusal(
        now, expires, sequence, session["next_sequence"], known, len(payments), session["capacity"]
    )
    if refusal is not None:
        raise refusal("the payment is late, was made before, or finds no room")
    session["next_sequence"] = sequence + 1
    session["payments"][paid] = {"amount": amount, "expires": expires, "claimed": False}
    return int(amount)


def bank_claim(session: dict[str, Any], now: int, mark: bytes, digest: bytes, nonce: bytes) -> int:
    """Pay out what was paid for a mark, once, to whoever shows its digest and nonce: the amount.

    Errors: Malformed, Range; ProofFailed where s is not made of c and N; Expired; Replayed; State where
    nothing was paid for the mark. Source: paper E, section 2.3.2, <h(m), t, s, N>, corrected. Implements
    TASK-14, TASK-18.
    """
    session = begun_as(session, "tasking.bank")
    check(
        all(len(part) == 32 for part in (mark, digest, nonce)), Malformed, "a byte string has a wrong length"
    )
    check_times(now)
    check(hmac.compare_digest(mark_of(digest, nonce), mark), ProofFailed, "the mark is not made of these")
    check_begun(session)
    payment = session["payments"].get(mark)
    check(payment is not None, State, "nothing was paid for this mark")
    refusal = claim_refusal(now, payment["expires"], payment["claimed"])
    if refusal is not None:
        raise refusal("the payment has expired, or was claimed before")
    payment["claimed"] = True
    return int(payment["amount"])


# ---- Coins ---------------------------------------------------------------------------------------


def check_coin(denomination: int, epoch: int, serial: bytes, prefix: bytes) -> None:
    """Lengths and ranges of a coin. Errors: Malformed, Range. Implements TASK-19."""
    check(len(serial) == 32 and len(prefix) == 32, Malformed, "a byte string has a wrong length")
    check(1 <= denomination < WORD_LIMIT, Range, "the denomination is out of range")
    check(0 <= epoch < TIME_LIMIT, Range, "the epoch is out of range")


def coin_message(denomination: int, epoch: int, serial: bytes, prefix: bytes) -> bytes:
    """The input message that a coin is a signature on: prefix || D || "coin" || 00 || be64 || be64 || serial.

    denomination: what the coin is worth. epoch: that of its key. serial, prefix: 32 random bytes each, fresh;
    the prefix is that of RFC 9474. Errors: Malformed, Range. Source: paper E, section 2.3.2 ("coins can be
    constructed by the user"); RFC 9474, section 4.1. Implements TASK-19.
    """
    check_coin(denomination, epoch, serial, prefix)
    coin = DOMAIN + b"coin\x00" + be(denomination, 8) + be(epoch, 8) + serial
    return blind_signatures.prepare(blind_signatures.PSS_RANDOMIZED, coin, prefix)


def bank_coin_key(
    session: dict[str, Any], denomination: int, epoch: int, modulus: int, exponent: int, expires: int
) -> None:
    """Enter the utility's key for one denomination and one epoch; its coins are taken until `expires`.

    modulus, exponent: n and e of an RSA key. Errors: Range, Replayed where there is a key of this
    denomination and epoch, or this modulus is another's; State; Exhausted after 256 keys. Source: paper E,
    section 2.3.2, with section 3.2. Implements TASK-19.
    """
    session = begun_as(session, "tasking.bank")
    check_coin(denomination, epoch, bytes(32), bytes(32))
    blind_signatures.check_public_key(modulus, exponent)
    check_times(expires)
    check_begun(session)
    known = session["keys"]
    check((denomination, epoch) not in known, Replayed, "there is a key of this denomination and epoch")
    check(all(key["modulus"] != modulus for key in known.values()), Replayed, "the modulus is another key's")
    check(len(known) < KEYS, Exhausted, "there is no room for another key")
    known[denomination, epoch] = {"modulus": modulus, "exponent": exponent, "expires": expires}


def bank_deposit(
    session: dict[str, Any],
    now: int,
    denomination: int,
    epoch: int,
    serial: bytes,
    prefix: bytes,
    signature: int,
) -> int:
    """Pay out a coin, once, to whoever has it: its denomination.

    signature: that of `energy_tokens.blind_finalize` on the coin's message. Errors: Malformed, Range;
    Unauthentic; Expired; Replayed where a coin of this serial was taken before; State where there is no key
    of this denomination and epoch; Exhausted. Source: paper E, section 2.3.2; RFC 9474, section 4.5.
    Implements TASK-19.
    """
    session = begun_as(session, "tasking.bank")
    check_times(now)
    message = coin_message(denomination, epoch, serial, prefix)
    check(0 <= signature < 1 << blind_signatures.MODULUS_BITS, Range, "the signature is out of range")
    check_begun(session)
    key = session["keys"].get((denomination, epoch))
    check(key is not None, State, "there is no key of this denomination and epoch")
    variant = blind_signatures.PSS_RANDOMIZED
    blind_signatures.verify(variant, key["modulus"], key["exponent"], message, signature)
    check(now <= key["expires"], Expired, "the epoch's coins have expired")
    check(serial not in session["coins"], Replayed, "the coin was taken before")
    check(len(session["coins"]) < session["capacity"], Exhausted, "there is no room for another coin")
    session["coins"].add(serial)
    return denomination
