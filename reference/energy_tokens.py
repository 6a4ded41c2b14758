"""Energy tokens: what a meter makes, has signed unseen, and spends once (spec/energy_tokens.md; paper E,
section 3).

A token is (v, x) = (g^-s, g^r) under the utility's signature. To spend it is to answer one challenge e with
y = r + e s; two answers give s and r to whoever sees both. The reference is not constant in time.
"""

from hashlib import sha256
from itertools import count
from math import gcd
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import blind_signatures
from meter_privacy.reference.blind_signatures import PSS_RANDOMIZED, check_public_key
from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import (
    Expired,
    Malformed,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    Unauthentic,
    check,
)
from meter_privacy.reference.groups import NAMES, Group, hash_to_field
from meter_privacy.reference.groups import group as group_of
from meter_privacy.reference.messages import be, decode, encode
from meter_privacy.reference.sessions import begin, begun_as, check_begun
from meter_privacy.reference.token_keys import (
    DOMAIN,
    FULL_DOMAIN_HASH,
    NUMBERS,
    RANDOMIZED_PSS,
    VERSION,
    Key,
    check_key,
    is_natural,
    natural,
    sized,
)

TOKEN_BYTES = 2048
TRANSCRIPT_BYTES = 4096
MESSAGE_BYTES = 1024


# ---- A token's identity --------------------------------------------------------------------------


def check_scalar(name: str, scalar: int, group: Group, least: int = 1) -> None:
    """Refuse a number that is no scalar. Errors: Range."""
    check(least <= scalar < group.order, Range, f"the {name} is not in [{least}, q)")


def identity(group: str, secret: int, nonce: int) -> dict[str, bytes]:
    """A token's identity: v = g^-s and x = g^r, encoded.

    group: a name of the groups. secret: s, nonce: r, each uniform in [1, q), fresh for every token; r is
    neither s nor -s, with which one response gives both away. Errors: Range. Source: paper E, section 3.2,
    modulo p in both (E-ERRATUM-10).
    Implements TOKEN-12, TOKEN-35.
    """
    g = group_of(group)
    check_scalar("secret", secret, g)
    check_scalar("nonce", nonce, g)
    check(nonce not in (secret, g.order - secret), Range, "the nonce is the secret or its negative")
    return {"v": g.encode(g.power(g.generator, -secret)), "x": g.encode(g.power(g.generator, nonce))}


def check_halves(group: str, v: bytes, x: bytes) -> None:
    """Refuse what cannot be a token's halves, elements or not.

    Errors: Malformed, Range. Implements TOKEN-12.
    """
    group_of(group).check_ranges([v, x])
    check(v != x, Range, "v is x: one response gives the secrets away")


def elements_of(group: str, v: bytes, x: bytes) -> tuple[Any, Any]:
    """The elements v and x of halves that `check_halves` takes.

    Errors: Range, NotInGroup. Implements TOKEN-12.
    """
    g = group_of(group)
    elements = g.decode(v), g.decode(x)
    check(g.multiply(*elements) != g.identity, Range, "v is the inverse of x")
    return elements


def token_message(scheme: int, value_wh: int, epoch: int, group: str, v: bytes, x: bytes) -> bytes:
    """What is signed: D || "token" || 00 || scheme || value || epoch || group || v || x, at most 1024 bytes.

    scheme in one byte, value and epoch in eight, each of the others behind its length in four.
    Errors: Malformed, Range, NotInGroup. Source: paper E, section 3.2, one message for both (E-ERRATUM-15).
    Implements TOKEN-12, TOKEN-13.
    """
    check_halves(group, v, x)
    check(scheme in (FULL_DOMAIN_HASH, RANDOMIZED_PSS), Range, "a scheme is 1 or 2")
    check(1 <= value_wh < NUMBERS, Range, "the value is out of range")
    check(0 <= epoch < NUMBERS, Range, "the epoch is out of range")
    elements_of(group, v, x)
    numbers = be(scheme, 1) + be(value_wh, 8) + be(epoch, 8)
    return DOMAIN + b"token\x00" + numbers + sized(group.encode()) + sized(v) + sized(x)


# ---- Scheme 1: a full-domain hash ----------------------------------------------------------------


def full_domain_hash(modulus: int, exponent: int, message: bytes) -> int:
    """H: a unit modulo n from the key and the message.

    message: at most 1024 bytes. Errors: Malformed, Range; NotInvertible where it is no unit.
    Source: RFC 9380, section 5.2; paper E, section 3.2 (E-ERRATUM-15). Implements TOKEN-14.
    """
    check(len(message) <= MESSAGE_BYTES, Malformed, "the message is longer than 1024 bytes")
    check_public_key(modulus, exponent)
    material = sized(natural(modulus)) + sized(natural(exponent)) + message
    [hashed] = hash_to_field(material, DOMAIN + b"full-domain-hash", modulus, 1)
    check(gcd(hashed, modulus) == 1, NotInvertible, "the hash shares a factor with n")
    return hashed


def fdh_blind(modulus: int, exponent: int, message: bytes, blinding: int) -> dict[str, int]:
    """The blinded hash H R^e mod n, and R^-1 mod n, which is kept.

    blinding: R, uniform in [2, n - 2], fresh. Errors: Malformed, Range, NotInvertible.
    Source: paper E, section 3.2, corrected (E-ERRATUM-11). Implements TOKEN-4, TOKEN-15.
    """
    check(len(message) <= MESSAGE_BYTES, Malformed, "the message is longer than 1024 bytes")
    check_public_key(modulus, exponent)
    check(2 <= blinding <= modulus - 2, Range, "the blinding factor is not in [2, n - 2]")
    hashed = full_domain_hash(modulus, exponent, message)
    check(gcd(blinding, modulus) == 1, NotInvertible, "the blinding factor shares a factor with n")
    blinded = hashed * pow(blinding, exponent, modulus) % modulus
    return {"blinded_message": blinded, "inverse": pow(blinding, -1, modulus)}


def fdh_finalize(modulus: int, exponent: int, message: bytes, blind_signature: int, inverse: int) -> int:
    """The signature z R^-1 mod n of the signer's answer z, if its e-th power is the hash.

    Errors: Malformed, Range, NotInvertible, Unauthentic. Source: paper E, section 3.2, corrected
    (E-ERRATUM-11). Implements TOKEN-6, TOKEN-15.
    """
    check(len(message) <= MESSAGE_BYTES, Malformed, "the message is longer than 1024 bytes")
    check_public_key(modulus, exponent)
    check(0 <= blind_signature < modulus, Range, "the answer is not below n")
    check(2 <= inverse <= modulus - 2, Range, "the inverse is not in [2, n - 2]")
    signature = blind_signature * inverse % modulus
    hashed = full_domain_hash(modulus, exponent, message)
    check(pow(signature, exponent, modulus) == hashed, Unauthentic, "the signature does not verify")
    return signature


# ---- Tokens --------------------------------------------------------------------------------------


def verify_signature(key: Key, v: bytes, x: bytes, prefix: bytes, signature: int) -> None:
    """Accept the signature on an identity by a key's scheme.

    Errors: Malformed, Range, NotInvertible, Unauthentic. Implements TOKEN-16.
    """
    n, e = key["modulus"], key["exponent"]
    message = token_message(key["scheme"], key["value_wh"], key["epoch"], key["group"], v, x)
    if key["scheme"] == RANDOMIZED_PSS:
        blind_signatures.verify(PSS_RANDOMIZED, n, e, prefix + message, signature)
    else:
        hashed = full_domain_hash(n, e, message)
        check(pow(signature, e, n) == hashed, Unauthentic, "the signature does not verify")


def token(key: Key, v: bytes, x: bytes, prefix: bytes, signature: int) -> bytes:
    """A token in its one encoding, [1, body] in deterministic CBOR; at most 2048 bytes.

    prefix: the 32 bytes of the randomized message in scheme 2, none in scheme 1. signature: in [2, n - 2].
    Errors: Malformed, Range, NotInGroup, NotInvertible, Unauthentic. Source: paper E, section 3.2.
    Implements TOKEN-12, TOKEN-16, TOKEN-17.
    """
    wanted = 32 if key["scheme"] == RANDOMIZED_PSS else 0
    check(len(prefix) == wanted, Malformed, "the prefix is not that of the scheme")
    check_halves(key["group"], v, x)
    check_key(key)
    check(2 <= signature <= key["modulus"] - 2, Range, "the signature is not in [2, n - 2]")
    verify_signature(key, v, x, prefix, signature)
    body = {
        1: key["scheme"],
        2: key["value_wh"],
        3: key["epoch"],
        4: key["group"].encode(),
        5: v,
        6: x,
        7: natural(signature),
    }
    return encode([VERSION, body | {8: prefix} if prefix else body])


def parse_token(data: bytes) -> dict[str, Any]:
    """The parts of a token, nothing verified: scheme, value, epoch, group, v, x, signature, prefix.

    Errors: Malformed, Range. Source: RFC 8949, section 4.2. Implements TOKEN-12, TOKEN-17.
    """
    check(len(data) <= TOKEN_BYTES, Malformed, "the token is longer than 2048 bytes")
    item = decode(data)
    check(isinstance(item, list) and len(item) == 2, Malformed, "the token is no array of two")
    assert isinstance(item, list)
    version, body = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(isinstance(body, dict), Malformed, "the body is no map")
    check(set(body) in (set(range(1, 8)), set(range(1, 9))), Malformed, "a member is missing or unknown")
    numbers = all(type(body[number]) is int for number in (1, 2, 3))
    strings = all(isinstance(body[number], bytes) for number in (4, 5, 6)) and is_natural(body[7])
    check(numbers and strings, Malformed, "a member has another form")
    prefix = body.get(8, b"")
    check((body[1] == RANDOMIZED_PSS) == (8 in body), Malformed, "scheme 2 has a prefix, and it alone")
    check(isinstance(prefix, bytes) and len(prefix) in (0, 32), Malformed, "the prefix has not 32 bytes")
    named = [name for name in NAMES if name.encode() == body[4]]
    if named:
        lengths = {len(body[5]), len(body[6])}
        check(lengths == {group_of(named[0]).element_bytes}, Malformed, "an element has another length")
    check(body[1] in (FULL_DOMAIN_HASH, RANDOMIZED_PSS), Range, "a scheme is 1 or 2")
    check(1 <= body[2] < NUMBERS and body[3] < NUMBERS, Range, "the value or the epoch is out of range")
    check(bool(named), Range, "no group has this name")
    check_halves(named[0], body[5], body[6])
    names = ("scheme", "value_wh", "epoch", "group", "v", "x", "signature", "prefix")
    signature = int.from_bytes(body[7], "big")
    parts = (body[1], body[2], body[3], named[0], body[5], body[6], signature, prefix)
    return dict(zip(names, parts, strict=True))


def read_token(key: Key, data: bytes) -> dict[str, Any]:
    """A token's parts, if its numbers can be those of a token of the key. Errors: Malformed, Range.

    Implements TOKEN-16, TOKEN-17.
    """
    parts = parse_token(data)
    check_key(key)
    check(2 <= parts["signature"] <= key["modulus"] - 2, Range, "the signature is not in [2, n - 2]")
    return parts


def check_members(key: Key, parts: dict[str, Any]) -> None:
    """Refuse halves that are no elements, and a hash that is no unit: what is looked at before signatures.

    Errors: Range, NotInGroup, NotInvertible. Implements TOKEN-12, TOKEN-14.
    """
    v, x = parts["v"], parts["x"]
    elements_of(parts["group"], v, x)
    if is_of(key, parts) and key["scheme"] == FULL_DOMAIN_HASH:
        message = token_message(key["scheme"], key["value_wh"], key["epoch"], key["group"], v, x)
        full_domain_hash(key["modulus"], key["exponent"], message)


def is_of(key: Key, parts: dict[str, Any]) -> bool:
    """Whether a token says that it is of the key's kind, value and epoch."""
    stated = (key["scheme"], key["value_wh"], key["epoch"], key["group"])
    return stated == (parts["scheme"], parts["value_wh"], parts["epoch"], parts["group"])


def verify_token(key: Key, parts: dict[str, Any]) -> None:
    """Accept a token's parts, as `read_token` has them, if the key's holder signed them.

    Errors: Range, NotInGroup, NotInvertible, Unauthentic. Implements TOKEN-16, TOKEN-17.
    """
    check_members(key, parts)
    check(is_of(key, parts), Unauthentic, "the token is of another key")
    verify_signature(key, parts["v"], parts["x"], parts["prefix"], parts["signature"])


def check_window(key: Key, slot: int) -> None:
    """Refuse a slot after the key's last, and one before its first. Errors: Expired, Policy. Implements
    TOKEN-18.
    """
    check(slot <= key["last_slot"], Expired, "the token's last slot is past")
    check(slot >= key["first_slot"], Policy, "the token's first slot is still to come")


def check_token(key: Key, slot: int, token: bytes) -> dict[str, bytes]:
    """Take in a token: its identity, if it is of the key and in its time.

    slot: in [0, 2^53). Errors: Malformed, Range, NotInGroup, NotInvertible, Unauthentic, Expired, Policy.
    Source: paper E, sections 3.1 and 3.2. Implements TOKEN-12, TOKEN-16, TOKEN-17, TOKEN-18.
    """
    parts = read_token(key, token)
    check(0 <= slot < NUMBERS, Range, "the slot is out of range")
    verify_token(key, parts)
    check_window(key, slot)
    return {"v": parts["v"], "x": parts["x"]}


# ---- Spending ------------------------------------------------------------------------------------


def challenge(group: str, token: bytes, report: bytes, utility_nonce: bytes) -> int:
    """e: of the numbers modulo q of be32(length) || token || report || nonce || k, k = 0, 1, ..., the first
    not 0.

    token: at most 2048 bytes. report: the SHA-256 of the report that is paid for. utility_nonce: 32 bytes
    that the utility drew for this spending. k is one byte. Errors: Malformed, Range. Source: paper E, section
    3.2 (E-ERRATUM-16, E-ERRATUM-17, E-ERRATUM-18). Implements TOKEN-19.
    """
    check(len(token) <= TOKEN_BYTES, Malformed, "the token is longer than 2048 bytes")
    check(len(report) == 32 == len(utility_nonce), Malformed, "a byte string has not 32 bytes")
    g = group_of(group)
    for attempt in count():
        message = sized(token) + report + utility_nonce + be(attempt, 1)
        e = g.hash_to_scalar(message, DOMAIN + b"challenge")
        if e:
            return e
    raise AssertionError("a byte's numbers are enough")


def respond(group: str, secret: int, nonce: int, challenge: int) -> int:
    """The response y = r + e s mod q to a challenge.

    secret: s, nonce: r, challenge: e, each in [1, q). One token answers one challenge, ever: TOKEN-22.
    Errors: Range. Source: paper E, section 3.2; C. P. Schnorr, Journal of Cryptology 4 (1991). Implements
    TOKEN-20.
    """
    g = group_of(group)
    for name, scalar in (("secret", secret), ("nonce", nonce), ("challenge", challenge)):
        check_scalar(name, scalar, g)
    return (nonce + challenge * secret) % g.order


def answers(group: str, v: Any, x: Any, e: int, y: int) -> bool:
    """Whether x = g^y v^e. Source: paper E, section 3.2. Implements TOKEN-21."""
    g = group_of(group)
    return bool(g.product_of_powers([(g.generator, y), (v, e)]) == x)


def check_response(parts: dict[str, Any], response: int) -> None:
    """Refuse a response that is no scalar of a token's group. Errors: Range. Implements TOKEN-21."""
    check(0 <= response < group_of(parts["group"]).order, Range, "the response is not below q")


def verify_response(
    parts: dict[str, Any], token: bytes, report: bytes, utility_nonce: bytes, response: int
) -> int:
    """The challenge, which is computed here, if the response of a verified token answers it.

    Errors: ProofFailed. Implements TOKEN-21.
    """
    group = parts["group"]
    e = challenge(group, token, report, utility_nonce)
    v, x = elements_of(group, parts["v"], parts["x"])
    check(answers(group, v, x, e, response), ProofFailed, "the response does not answer")
    return e


def check_spending(
    key: Key, slot: int, token: bytes, report: bytes, utility_nonce: bytes, response: int
) -> int:
    """Take in a spending, as far as it can be judged without the store of spent tokens; answer its challenge.

    Errors: those of check_token, and ProofFailed. Source: paper E, section 3.2.
    Implements TOKEN-16, TOKEN-18, TOKEN-19, TOKEN-21.
    """
    check(len(report) == 32 == len(utility_nonce), Malformed, "a byte string has not 32 bytes")
    parts = read_token(key, token)
    check(0 <= slot < NUMBERS, Range, "the slot is out of range")
    check_response(parts, response)
    verify_token(key, parts)
    found = verify_response(parts, token, report, utility_nonce, response)
    check_window(key, slot)
    return found


# ---- The meter's purse ---------------------------------------------------------------------------


def purse_start(group: str, secret: int, nonce: int, token: bytes, session: dict[str, Any]) -> None:
    """Put one token with its secrets into a purse.

    Errors: Malformed; Range; NotInGroup; ProofFailed where the secrets are not the token's; State where there
    is one. Source: paper E, section 3.2. Implements TOKEN-12, TOKEN-22.
    """
    parts = parse_token(token)
    made = identity(group, secret, nonce)
    elements_of(parts["group"], parts["v"], parts["x"])
    own = parts["group"] == group and made == {"v": parts["v"], "x": parts["x"]}
    check(own, ProofFailed, "the secrets are not the token's")
    begin(session, "energy_tokens.purse", group=group, secret=secret, nonce=nonce, token=token, answered=None)


def purse_spend(report: bytes, utility_nonce: bytes, session: dict[str, Any]) -> dict[str, int]:
    """Answer one challenge, and the same one again with the same bytes; another never.

    What was answered is kept before it is given. Errors: Malformed, Policy for a second challenge, State.
    Source: paper E, section 3.2. Implements TOKEN-19, TOKEN-20, TOKEN-22.
    """
    session = begun_as(session, "energy_tokens.purse")
    check(len(report) == 32 == len(utility_nonce), Malformed, "a byte string has not 32 bytes")
    if session:
        once = session["answered"] in (None, (report, utility_nonce))
        check(once, Policy, "the token has answered another challenge")
    check_begun(session)
    session["answered"] = (report, utility_nonce)
    e = challenge(session["group"], session["token"], report, utility_nonce)
    return {"challenge": e, "response": respond(session["group"], session["secret"], session["nonce"], e)}


# ---- Double spending -----------------------------------------------------------------------------


def extract(
    order: int, challenge_1: int, response_1: int, challenge_2: int, response_2: int
) -> dict[str, int]:
    """The secrets of a token that answered two challenges: s = (y - y') / (e - e'), r = y - e s, modulo q.

    order: q, an odd prime. The others: in [0, q). Errors: Range; NotInvertible where e - e' shares a factor
    with q, which is then no prime; ProofFailed where e = e' and y differs from y'; Replayed where both are
    the same. Source: paper E, section 3.2 (E-ERRATUM-16). Implements TOKEN-27.
    """
    check(3 <= order < 1 << 4096 and order % 2 == 1, Range, "the order is even or out of range")
    for number in (challenge_1, response_1, challenge_2, response_2):
        check(0 <= number < order, Range, "a number is not below the order")
    difference = (challenge_1 - challenge_2) % order
    shared = difference != 0 and gcd(difference, order) != 1
    check(not shared, NotInvertible, "the challenges' difference shares a factor with the order")
    if difference == 0:
        check(response_1 == response_2, ProofFailed, "one challenge has two responses")
        raise Replayed("the two transcripts are one")
    secret = (response_1 - response_2) * pow(difference, -1, order) % order
    return {"secret": secret, "nonce": (response_1 - challenge_1 * secret) % order}


def transcript_body(token: bytes, report: bytes, utility_nonce: bytes, response: int) -> dict[int, Any]:
    """The map of a transcript. Implements TOKEN-28."""
    return {1: token, 2: report, 3: utility_nonce, 4: natural(response)}


def transcribed_bytes(body: dict[int, Any]) -> bytes:
    """What a report server signs of a transcript. Implements TOKEN-28."""
    return DOMAIN + b"transcript\x00" + encode([VERSION, body])


def forward(private_key: bytes, token: bytes, report: bytes, utility_nonce: bytes, response: int) -> bytes:
    """The report server's signed transcript of a spending that it relays: [1, body, signature].

    private_key: Ed25519. response: below 2^4096. The token is not looked into: that is the utility's part.
    Errors: Malformed, Range. Source: paper E, section 3.2 and figure 3 (E-ERRATUM-17). Implements TOKEN-28.
    """
    lengths = (len(private_key), len(report), len(utility_nonce))
    check(
        lengths == (32, 32, 32) and len(token) <= TOKEN_BYTES, Malformed, "a byte string has a wrong length"
    )
    check(0 <= response < 1 << 4096, Range, "the response is out of range")
    body = transcript_body(token, report, utility_nonce, response)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(transcribed_bytes(body))
    return encode([VERSION, body, signature])


def parse_transcript(transcript: bytes) -> tuple[dict[str, Any], dict[int, Any], bytes]:
    """The spending that a transcript holds, its body and its signature, which is not verified.

    Errors: Malformed, Range. Source: RFC 8949, section 4.2. Implements TOKEN-28.
    """
    check(len(transcript) <= TRANSCRIPT_BYTES, Malformed, "the transcript is longer than 4096 bytes")
    item = decode(transcript)
    check(isinstance(item, list) and len(item) == 3, Malformed, "the transcript is no array of three")
    assert isinstance(item, list)
    version, body, signature = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(isinstance(body, dict) and set(body) == {1, 2, 3, 4}, Malformed, "a member is missing or unknown")
    check(
        all(isinstance(body[number], bytes) for number in (1, 2, 3)), Malformed, "a member has another form"
    )
    check(is_natural(body[4]) and len(body[4]) <= 512, Malformed, "a member has another form")
    check(len(body[2]) == 32 == len(body[3]), Malformed, "a byte string has not 32 bytes")
    check(isinstance(signature, bytes) and len(signature) == 64, Malformed, "the signature has not 64 bytes")
    spending = {
        "token": body[1],
        "report": body[2],
        "utility_nonce": body[3],
        "response": int.from_bytes(body[4], "big"),
    }
    return spending, body, signature


def check_evidence(
    server_key: bytes, key: Key, transcript_1: bytes, transcript_2: bytes, secret: int, nonce: int
) -> None:
    """Accept two transcripts and the secrets as evidence that the holder of a token spent it twice.

    server_key: Ed25519, the report server's that relayed both. secret, nonce: s and r, in [1, q). Errors:
    Malformed; Range; NotInGroup; NotInvertible; Unauthentic (a transcript or the token); ProofFailed (two
    tokens, a response that does not answer, other secrets); Replayed where both are one. Source: paper E,
    section 3.2 (E-ERRATUM-16, E-ERRATUM-17). Implements TOKEN-16, TOKEN-21, TOKEN-27, TOKEN-28.
    """
    check(len(server_key) == 32, Malformed, "the public key has not 32 bytes")
    parsed = [parse_transcript(transcript) for transcript in (transcript_1, transcript_2)]
    spendings = [spending for spending, _, _ in parsed]
    tokens = [parse_token(spending["token"]) for spending in spendings]
    g = group_of(key["group"])
    check_scalar("secret", secret, g)
    check_scalar("nonce", nonce, g)
    for spending, parts in zip(spendings, tokens, strict=True):
        read_token(key, spending["token"])
        check_response(parts, spending["response"])
    for parts in tokens:
        check_members(key, parts)
    for (_, body, signature), parts in zip(parsed, tokens, strict=True):
        verify_strictly(server_key, signature, transcribed_bytes(body))
        verify_token(key, parts)
    check(spendings[0]["token"] == spendings[1]["token"], ProofFailed, "the transcripts are of two tokens")
    e, f = (verify_response(tokens[0], **spending) for spending in spendings)
    v, x = g.power(g.generator, -secret), g.power(g.generator, nonce)
    own = (v, x) == elements_of(key["group"], tokens[0]["v"], tokens[0]["x"])
    check(own, ProofFailed, "the secrets are others")
    found = extract(g.order, e, spendings[0]["response"], f, spendings[1]["response"])
    check(found == {"secret": secret, "nonce": nonce}, ProofFailed, "the secrets are others")


# ---- Receipts ------------------------------------------------------------------------------------


def spending_digest(transcript: bytes) -> bytes:
    """The SHA-256 of what is spent, without the server's signature: the same spending has one digest.

    Errors: Malformed. Implements TOKEN-25.
    """
    _, body, _ = parse_transcript(transcript)
    return sha256(DOMAIN + b"spending\x00" + encode([VERSION, body])).digest()


def receipt(private_key: bytes, slot: int, transcript: bytes) -> bytes:
    """The utility's signed receipt for a spending: [1, {1: slot, 2: digest}, signature].

    private_key: the utility's, Ed25519. slot: in [0, 2^53). Errors: Malformed, Range.
    Source: paper E, section 3.2 (E-ERRATUM-17). Implements TOKEN-25.
    """
    check(len(private_key) == 32, Malformed, "the private key has not 32 bytes")
    digest = spending_digest(transcript)
    check(0 <= slot < NUMBERS, Range, "the slot is out of range")
    body: dict[int, Any] = {1: slot, 2: digest}
    signed = DOMAIN + b"receipt\x00" + encode([VERSION, body])
    return encode([VERSION, body, Ed25519PrivateKey.from_private_bytes(private_key).sign(signed)])


def check_receipt(public_key: bytes, transcript: bytes, receipt: bytes) -> int:
    """The slot at which the utility took this spending.

    public_key: the utility's. Errors: Malformed; Unauthentic, also for a receipt of another spending.
    Source: paper E, section 3.2 (E-ERRATUM-17). Implements TOKEN-25.
    """
    check(len(public_key) == 32 and len(receipt) <= 128, Malformed, "a byte string has a wrong length")
    digest = spending_digest(transcript)
    item = decode(receipt)
    check(isinstance(item, list) and len(item) == 3, Malformed, "the receipt is no array of three")
    assert isinstance(item, list)
    version, body, signature = item
    check(type(version) is int and version == VERSION, Malformed, "the version is not 1")
    check(isinstance(body, dict) and set(body) == {1, 2}, Malformed, "a member is missing or unknown")
    check(type(body[1]) is int and isinstance(body[2], bytes), Malformed, "a member has another form")
    check(len(body[2]) == 32, Malformed, "the digest has not 32 bytes")
    check(isinstance(signature, bytes) and len(signature) == 64, Malformed, "the signature has not 64 bytes")
    check(body[1] < NUMBERS, Range, "the slot is out of range")
    verify_strictly(public_key, signature, DOMAIN + b"receipt\x00" + encode([VERSION, body]))
    check(body[2] == digest, Unauthentic, "the receipt is of another spending")
    slot: int = body[1]
    return slot
