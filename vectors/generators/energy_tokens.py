"""Vectors of the energy-token chapter (paper E, section 3), of RFC 9474 first.

Expected values come from what stands here and not from the reference: the RFC's own numbers, signatures of
the library cryptography where they are deterministic, plain powers modulo n. VectorFile.positive and script
hold the reference to them.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from math import gcd, lcm
from pathlib import Path
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from mpmath import mp

from meter_privacy.reference import blind_signatures
from meter_privacy.vectors.generators import paillier_primes
from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes
from meter_privacy.vectors.generators.suites import Changes, Chapter, note

CHAPTER = "energy_tokens"
TOKEN = Chapter(CHAPTER, "TOKEN")
ids, fields = TOKEN.ids, TOKEN.fields
RFC = "RFC 9474, appendix A"
LIBRARY = "the library cryptography"
POWERS = "the generator's own powers"
DATA = Path(__file__).parent / "data" / "rfc9474.json"


NOTES: dict[str, Json] = {
    "Bound": note("a bound of the table is not checked", "numbers that mean nothing are computed with"),
    "Composite": note("a number is taken for a prime unseen", "the signature is none, or factors leak"),
    "NoInverse": note("e may share a factor with (p - 1)(q - 1)", "there is no private exponent"),
    "NonUnit": note("a number that shares a factor with n is taken", "a factor of the key is given away"),
    "FixedPoint": note("0, 1 or n - 1 is taken", "nothing is hidden, or a number signs itself"),
    "Prefix": note("the random prefix is left out or of another length", "a signer can guess the message"),
    "Salt": note("the salt's length is not held to the variant", "signatures of two variants"),
    "ShortModulus": note("the modulus may be too short for the encoding", "the padding is cut"),
    "OddLength": note("n of 8 k + 1 bits: the encoding is a byte shorter than n", "a byte is lost"),
    "Forgery": note("a signature is not verified", "anybody makes tokens"),
    "Variant": note("the salt's length is not checked in verifying", "a signature of another variant passes"),
    "Canonical": note("a number of n or above is reduced", "one signature has two encodings"),
    "SmallSize": note("a size below the profile's is taken", "the key can be broken"),
    "FewRounds": note("a proof with too few roots is taken", "an exponent that marks users passes"),
    "FalseProof": note("a proof is not verified", "an exponent that marks users passes"),
    "Encoding": note("a second encoding is taken", "two readers see two tokens, and a store sees one as new"),
    "OtherKind": note("a key of another kind than asked for is taken", "a weak key is used"),
    "DerivedExponent": note("the exponent is not derived again", "the utility chooses a mark"),
    "Equivocation": note("two keys for one value pass", "the key is the name of its user"),
    "Scalar": note("0 or q is taken for a secret", "one response gives a secret away"),
    "Related": note("v = x or v x = 1 is taken", "one response gives both secrets away"),
    "Subgroup": note("an element's order is not checked", "a token has several identities"),
    "Swapped": note("v and x may change places", "one token is spent as two"),
    "OtherToken": note("value, epoch or key are not held to the token", "a cheap token buys much"),
    "Window": note("the token's time is not checked", "the store can never forget"),
    "ForeignChallenge": note("the challenge is taken from the payer", "a spending is made without secrets"),
    "OtherReport": note("the report is not bound", "who relays a spending has it for itself"),
    "Replay": note("the same spending is taken again", "it is credited twice, or called a cheat"),
    "DoubleSpend": note("a second spending goes unseen", "one token pays twice"),
    "HalfSeen": note("v and x are looked up as a pair alone", "one half makes several tokens"),
    "Nonce": note("a nonce is taken twice, or from nowhere", "challenges are chosen by the payer"),
    "NoEvidence": note("what is no evidence is taken for it", "an honest home is accused"),
    "Receipt": note("a receipt is lost or of another spending", "a payment can be denied"),
    "Denomination": note("an amount is rounded, or has a token of its own", "a value is a name"),
    "Change": note("more is paid than need be", "change that says what was paid"),
    "Turn": note("a party speaks out of turn, or twice", "an agreement that one side made"),
    "OtherValue": note("another value or amount passes", "what is issued is not what was agreed"),
    "Grammar": note("a value of another type is taken", "two readers see two requests"),
}


class Suite(Changes):
    """A file of one operation: valid inputs, and changes of them."""

    def __init__(
        self, operation: str, name: str, profile: str, numbers: Sequence[int], parameters: Json | None = None
    ) -> None:
        super().__init__(TOKEN, operation, name, profile, numbers, parameters or {}, NOTES)

    def good(
        self, slug: str, comment: str, given: Json, output: Json, *flags: str, source: str = POWERS
    ) -> None:
        """A positive test with an answer of its own."""
        self.accepted(slug, comment, given, output, source, flags)


# ---- Blind signatures ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rsa:
    """A signer's key."""

    name: str
    p: int
    q: int
    e: int = 65537

    @property
    def n(self) -> int:
        """The modulus."""
        return self.p * self.q

    @cached_property
    def d(self) -> int:
        """The private exponent."""
        return pow(self.e, -1, lcm(self.p - 1, self.q - 1))

    def sign(self, number: int) -> int:
        """The power d modulo n, without halves."""
        return pow(number, self.d, self.n)

    def pss(self, message: bytes) -> int:
        """The signature without a salt, by the library."""
        numbers = rsa.RSAPrivateNumbers(
            self.p,
            self.q,
            self.d,
            self.d % (self.p - 1),
            self.d % (self.q - 1),
            pow(self.q, -1, self.p),
            rsa.RSAPublicNumbers(self.e, self.n),
        )
        private = numbers.private_key(unsafe_skip_rsa_key_validation=True)
        scheme = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length=0)
        return int.from_bytes(private.sign(message, scheme, hashes.SHA384()), "big")


@lru_cache
def rsa_key(name: str) -> Rsa:
    """A key whose factors everybody knows."""
    return Rsa(name, *paillier_primes.factors(name))


@cache
def rfc() -> Json:
    """The RFC's numbers."""
    loaded: Json = json.loads(DATA.read_text(encoding="utf-8"))
    return loaded


def rfc_key() -> Rsa:
    """The RFC's key."""
    return Rsa("rfc9474", int(rfc()["key"]["p"], 16), int(rfc()["key"]["q"], 16), int(rfc()["key"]["e"], 16))


def blind_key_files(profile: str) -> Iterator[VectorFile]:
    """Keys, and what is none."""
    suite = Suite("blind_key", profile, profile, (1,))
    keys = [rfc_key(), rsa_key("3072")]
    if profile == "published":
        keys = [Rsa("3233", 61, 53, 17), rsa_key("bits-128")]
    for key in keys:
        given = {"p": key.p, "q": key.q, "exponent": key.e}
        d = int(rfc()["key"]["d"], 16) if key.name == "rfc9474" else key.d
        # The RFC prints the inverse modulo (p - 1)(q - 1), or a smaller one.
        output = {"modulus": key.n, "private_exponent": d % lcm(key.p - 1, key.q - 1)}
        suite.good(f"key-{key.name}", "d is the inverse modulo lcm(p - 1, q - 1).", given, output)
    key = keys[-1]
    given = {"p": key.p, "q": key.q, "exponent": key.e}
    suite.bad("p-equals-q", "range", "The primes are equal.", {**given, "q": key.p}, "Bound")
    suite.bad("exponent-even", "range", "e is even.", {**given, "exponent": 65536}, "Bound")
    suite.bad("exponent-one", "range", "e is 1.", {**given, "exponent": 1}, "Bound")
    suite.bad("exponent-n", "range", "e is not below n.", {**given, "exponent": key.n}, "Bound")
    shared = next(f for f in range(3, 10**6, 2) if (key.p - 1) * (key.q - 1) % f == 0)
    suite.bad(
        "exponent-without-inverse",
        "not-invertible",
        "e is an odd divisor of (p - 1)(q - 1).",
        {**given, "exponent": shared},
        "NoInverse",
    )
    if profile == "hardened":
        p, q = paillier_primes.factors("short-3071")
        suite.bad("modulus-3071", "range", "A modulus of 3071 bits.", {**given, "p": p, "q": q}, "SmallSize")
    else:
        suite.bad("p-composite", "range", "561 is a Carmichael number.", {**given, "p": 561}, "Composite")
        suite.bad("p-even", "range", "p is even.", {**given, "p": key.p + 1}, "Bound")
        suite.raw("exponent-signed", "A sign stands before e.", given, "exponent", '"-3"')
    yield suite.file


def blind_rfc_files(profile: str) -> Iterator[VectorFile]:
    """The RFC's four cases, step by step."""
    key = rfc_key()
    prepare = Suite("blind_prepare", profile, profile, (2,))
    blind = Suite("blind", f"rfc9474-{profile}", profile, (1, 2, 3, 4))
    sign = Suite("blind_sign", f"rfc9474-{profile}", profile, (1, 5))
    finalize = Suite("blind_finalize", f"rfc9474-{profile}", profile, (1, 2, 3, 6))
    verify = Suite("blind_verify", f"rfc9474-{profile}", profile, (1, 2, 3, 7))
    for variant, case in enumerate(rfc()["cases"], 1):
        slug = case["name"].removeprefix("RSABSSA-SHA384-").lower()
        number = {name: int(case[name], 16) for name in ("inv", "blinded_msg", "blind_sig", "sig")}
        text = {name: bytes.fromhex(case[name]) for name in ("msg", "msg_prefix", "prepared_msg", "salt")}
        given: Json = {"variant": variant, "message": text["msg"], "prefix": text["msg_prefix"]}
        prepare.good(slug, "The RFC's case.", given, {"input_message": text["prepared_msg"]}, source=RFC)
        wrong = b"" if text["msg_prefix"] else text["prepared_msg"][:32]
        prepare.bad(
            f"{slug}-other-prefix",
            "malformed",
            "A prefix is missing, or there where none belongs.",
            {**given, "prefix": wrong},
            "Prefix",
        )
        public = {
            "variant": variant,
            "modulus": key.n,
            "exponent": key.e,
            "input_message": text["prepared_msg"],
        }
        given = {**public, "salt": text["salt"], "blinding": pow(number["inv"], -1, key.n)}
        output = {"blinded_message": number["blinded_msg"], "inverse": number["inv"]}
        blind.good(slug, "The RFC's case.", given, output, source=RFC)
        wrong = b"" if text["salt"] else draw_bytes("tokens/salt", 48)
        blind.bad(
            f"{slug}-other-salt",
            "malformed",
            "A salt is missing, or there where none belongs.",
            {**given, "salt": wrong},
            "Salt",
        )
        signed = {"p": key.p, "q": key.q, "exponent": key.e, "blinded_message": number["blinded_msg"]}
        sign.good(slug, "The RFC's case.", signed, {"blind_signature": number["blind_sig"]}, source=RFC)
        given = {**public, "blind_signature": number["blind_sig"], "inverse": number["inv"]}
        finalize.good(slug, "The RFC's case.", given, {"signature": number["sig"]}, source=RFC)
        finalize.bad(
            f"{slug}-other-answer",
            "unauthentic",
            "The signer's answer is to another message.",
            {**given, "blind_signature": (number["blind_sig"] + 1) % key.n},
            "Forgery",
        )
        given = {**public, "signature": number["sig"]}
        verify.good(slug, "The RFC's case.", given, {}, source=RFC)
        verify.bad(
            f"{slug}-as-another-variant",
            "unauthentic",
            "The salt has another length.",
            {**given, "variant": variant + 1 if variant % 2 else variant - 1},
            "Variant",
        )
        verify.bad(
            f"{slug}-negated",
            "unauthentic",
            "n - s: the power is n - m.",
            {**given, "signature": key.n - number["sig"]},
            "Forgery",
        )
    prepare.bad(
        "variant-zero",
        "range",
        "There is no variant 0.",
        {"variant": 0, "message": b"e", "prefix": b""},
        "Bound",
    )
    prepare.bad(
        "variant-five",
        "range",
        "There is no variant 5.",
        {"variant": 5, "message": b"e", "prefix": b""},
        "Bound",
    )
    prefix = draw_bytes("tokens/prefix", 32)
    given = {"variant": 2, "message": b"", "prefix": prefix}
    prepare.good("empty-message", "The message is empty.", given, {"input_message": prefix}, "Prefix")
    prepare.bad("prefix-of-31", "malformed", "A byte is missing.", {**given, "prefix": prefix[:31]}, "Prefix")
    prepare.raw("message-odd", "A digit is missing.", given, "message", '"abc"')
    for suite in (prepare, blind, sign, finalize, verify):
        yield suite.file


def blind_own_files(profile: str, name: str) -> Iterator[VectorFile]:
    """A key of this project: variant 4, whose signatures the library makes too, and what is refused."""
    key = rsa_key(name)
    label = f"{name}-{profile}"
    blind = Suite("blind", label, profile, (1, 2, 3, 4), {"modulus": f"{key.n:x}"})
    sign = Suite("blind_sign", label, profile, (1, 5), {"modulus": f"{key.n:x}"})
    finalize = Suite("blind_finalize", label, profile, (1, 2, 3, 6), {"modulus": f"{key.n:x}"})
    verify = Suite("blind_verify", label, profile, (1, 2, 3, 7), {"modulus": f"{key.n:x}"})
    flags = ("OddLength",) if key.n.bit_length() % 8 == 1 else ()
    message = draw_bytes("tokens/prefix", 32) + b"a token"
    signature = key.pss(message)
    blinding = 2 + draw_below(f"tokens/blinding/{name}", key.n - 3)
    public: Json = {"variant": 4, "modulus": key.n, "exponent": key.e, "input_message": message}
    given: Json = {**public, "salt": b"", "blinding": blinding}
    encoded = pow(signature, key.e, key.n)
    inverse = pow(blinding, -1, key.n)
    blinded = encoded * pow(blinding, key.e, key.n) % key.n
    output = {"blinded_message": blinded, "inverse": inverse}
    blind.good("without-salt", "The encoding is that of the library.", given, output, *flags, source=LIBRARY)
    blind.faults(
        given,
        ("blinding-zero", "range", "R is 0.", {"blinding": 0}, "FixedPoint"),
        ("blinding-one", "range", "R is 1: nothing is hidden.", {"blinding": 1}, "FixedPoint"),
        ("blinding-minus-one", "range", "R is n - 1.", {"blinding": key.n - 1}, "FixedPoint"),
        ("blinding-n", "range", "R is n.", {"blinding": key.n}, "Bound"),
        ("blinding-p", "not-invertible", "R is a factor of n.", {"blinding": key.p}, "NonUnit"),
        ("modulus-even", "range", "n is even.", {"modulus": key.n + 1}, "Bound"),
        ("exponent-even", "range", "e is even.", {"exponent": 65536}, "Bound"),
        ("exponent-one", "range", "e is 1.", {"exponent": 1}, "Bound"),
        ("salt-of-47", "malformed", "A byte is missing.", {"variant": 3, "salt": bytes(47)}, "Salt"),
        (
            "no-prefix",
            "malformed",
            "31 bytes hold no prefix.",
            {"variant": 2, "input_message": bytes(31)},
            "Prefix",
        ),
    )
    signed: Json = {"p": key.p, "q": key.q, "exponent": key.e, "blinded_message": blinded}
    answered = key.sign(blinded)
    sign.good("without-salt", "The power d, without halves.", signed, {"blind_signature": answered}, *flags)
    swapped = {**signed, "p": key.q, "q": key.p}
    sign.good("factors-exchanged", "q is the first.", swapped, {"blind_signature": answered})
    sign.faults(
        signed,
        ("message-zero", "range", "z is 0.", {"blinded_message": 0}, "FixedPoint"),
        ("message-one", "range", "z is 1.", {"blinded_message": 1}, "FixedPoint"),
        ("message-minus-one", "range", "z is n - 1.", {"blinded_message": key.n - 1}, "FixedPoint"),
        ("message-n", "range", "z is n.", {"blinded_message": key.n}, "Canonical"),
        ("message-above", "range", "z + n is z reduced.", {"blinded_message": key.n + 2}, "Canonical"),
        ("message-p", "not-invertible", "z is a factor of n.", {"blinded_message": key.p}, "NonUnit"),
        ("exponent-even", "range", "e is even.", {"exponent": 65536}, "Bound"),
    )
    if profile == "published":
        composite = {**signed, "p": 91, "q": 11, "exponent": 7, "blinded_message": 5}
        sign.bad("p-composite", "range", "91 = 7 * 13: s^e is not z.", composite, "Composite")
        sign.bad(
            "factors-share",
            "range",
            "91 and 7 share 7: q has no inverse.",
            {**composite, "q": 7},
            "Composite",
        )
    given = {**public, "blind_signature": answered, "inverse": inverse}
    finalize.good(
        "without-salt", "The library's signature.", given, {"signature": signature}, *flags, source=LIBRARY
    )
    finalize.faults(
        given,
        ("inverse-of-another", "unauthentic", "R of another run.", {"inverse": inverse ^ 2}, "Forgery"),
        ("not-unblinded", "unauthentic", "R is not divided by.", {"inverse": blinding}, "Forgery"),
        ("answer-n", "range", "The answer is n.", {"blind_signature": key.n}, "Canonical"),
        ("answer-above", "range", "n + the answer.", {"blind_signature": key.n + answered}, "Canonical"),
        ("inverse-zero", "range", "R^-1 is 0.", {"inverse": 0}, "Bound"),
        ("inverse-one", "range", "R^-1 is 1.", {"inverse": 1}, "FixedPoint"),
        ("message-changed", "unauthentic", "Another message.", {"input_message": message + b"s"}, "Forgery"),
        (
            "no-prefix",
            "malformed",
            "31 bytes hold no prefix.",
            {"variant": 2, "input_message": message[:31]},
            "Prefix",
        ),
    )
    given = {**public, "signature": signature}
    verify.good("without-salt", "The library's signature.", given, {}, *flags, source=LIBRARY)
    randomized = {**given, "variant": 2}
    verify.good(
        "randomized", "The same bytes, the first 32 of them the prefix.", randomized, {}, source=LIBRARY
    )
    verify.faults(
        given,
        ("signature-zero", "unauthentic", "0.", {"signature": 0}, "FixedPoint"),
        ("signature-one", "unauthentic", "1.", {"signature": 1}, "FixedPoint"),
        ("signature-n", "range", "n.", {"signature": key.n}, "Canonical"),
        ("signature-above", "range", "n + the signature.", {"signature": key.n + signature}, "Canonical"),
        ("signature-changed", "unauthentic", "One bit.", {"signature": signature ^ 1}, "Forgery"),
        ("message-changed", "unauthentic", "One bit.", {"input_message": message[:-1] + b"o"}, "Forgery"),
        (
            "squared",
            "unauthentic",
            "The signature's square.",
            {"signature": pow(signature, 2, key.n)},
            "Forgery",
        ),
        ("other-exponent", "unauthentic", "e is 3.", {"exponent": 3}, "Forgery"),
        (
            "no-prefix",
            "malformed",
            "31 bytes hold no prefix.",
            {"variant": 2, "input_message": message[:31]},
            "Prefix",
        ),
    )
    for suite in (blind, sign, finalize, verify):
        yield suite.file


def blind_short_files() -> Iterator[VectorFile]:
    """Moduli at and below the least length for an encoding."""
    suite = Suite("blind_verify", "short", "published", (3, 7))
    message = draw_bytes("tokens/prefix", 32)
    short = rsa_key("bits-257")
    given = {"variant": 4, "modulus": short.n, "exponent": short.e, "input_message": message, "signature": 2}
    suite.bad("modulus-257", "range", "257 bits hold no SHA-384.", given, "ShortModulus")
    enough = rsa_key("512")
    given |= {"modulus": enough.n, "signature": enough.pss(message)}
    suite.good("modulus-512", "512 bits hold it, without a salt.", given, {}, "ShortModulus", source=LIBRARY)
    suite.bad("salted-512", "range", "512 bits hold no salt.", {**given, "variant": 3}, "ShortModulus")
    yield suite.file
    public: Json = {"variant": 4, "modulus": short.n, "exponent": short.e, "input_message": message}
    blinding: Json = {"salt": b"", "blinding": 3}
    unblinding: Json = {"blind_signature": 2, "inverse": 3}
    for operation, requirements, rest in (
        ("blind", (3, 4), blinding),
        ("blind_finalize", (3, 6), unblinding),
    ):
        suite = Suite(operation, "short", "published", requirements)
        given = {**public, **rest}
        suite.bad("modulus-257", "range", "257 bits hold no SHA-384.", given, "ShortModulus")
        given |= {"variant": 3, "modulus": enough.n}
        if operation == "blind":
            given["salt"] = draw_bytes("tokens/salt", 48)
        suite.bad("salted-512", "range", "512 bits hold no salt.", given, "ShortModulus")
        yield suite.file


# ---- Independent arithmetic ----------------------------------------------------------------------

DOMAIN = b"meter-privacy/energy-tokens/1/"
SLOT_RANGE = (100, 200)
SPENT_AT = 150
CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ORDER_160 = 0xF518AA8781A8DF278ABA4E7D64B7CB9D49462353
CURVE_PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
# RFC 3526, group 14: 2^2048 - 2^1984 - 1 + 2^64 (floor(2^1918 pi) + 124476).
with mp.workprec(2100):
    PRIME_2048 = 2**2048 - 2**1984 - 1 + 2**64 * (int(mp.floor(mp.pi * 2**1918)) + 124476)
LIBRARIES = "the libraries cbor2 and cryptography, and the generator's own arithmetic"


def seed(label: str) -> bytes:
    """32 bytes of a label."""
    return draw_bytes(f"tokens/{label}", 32)


@cache
def ed25519_public(private: bytes) -> bytes:
    """The public key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def ed25519_sign(private: bytes, message: bytes) -> bytes:
    """A signature, which is deterministic; a test holds the library to the generators' own Ed25519."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


UTILITY, SERVER, STRANGER = seed("utility"), seed("server"), seed("stranger")


def length(data: bytes, width: int = 4) -> bytes:
    """A byte string behind its length."""
    return len(data).to_bytes(width, "big") + data


def minimal(number: int) -> bytes:
    """Big-endian, without leading zeros."""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def expand(message: bytes, domain: bytes, size: int) -> bytes:
    """expand_message_xmd, as RFC 9380 writes it."""
    tail = domain + bytes([len(domain)])
    b0 = hashlib.sha256(bytes(64) + message + size.to_bytes(2, "big") + b"\0" + tail).digest()
    blocks = [hashlib.sha256(b0 + b"\1" + tail).digest()]
    while 32 * len(blocks) < size:
        last = int.from_bytes(b0, "big") ^ int.from_bytes(blocks[-1], "big")
        blocks.append(hashlib.sha256(last.to_bytes(32, "big") + bytes([len(blocks) + 1]) + tail).digest())
    return b"".join(blocks)[:size]


def residue(message: bytes, label: bytes, modulus: int) -> int:
    """A number modulo m, of 128 bits more before it is reduced."""
    size = -(-(modulus.bit_length() + 128) // 8)
    return int.from_bytes(expand(message, DOMAIN + label, size), "big") % modulus


@dataclass(frozen=True)
class Logs:
    """A group, with powers of its generator alone: by pow, or on the curve by the library."""

    name: str
    order: int
    prime: int
    generator: int = 0

    def power(self, exponent: int) -> bytes:
        """g^exponent, encoded."""
        if self.name == "P-256":
            point = ec.derive_private_key(exponent % self.order, ec.SECP256R1()).public_key()
            return point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
        number = pow(self.generator, exponent % self.order, self.prime)
        return number.to_bytes((self.prime.bit_length() + 7) // 8, "big")


LOGS = {
    "toy-2039": Logs("toy-2039", 1019, 2039, 4),
    "modp-2048": Logs("modp-2048", (PRIME_2048 - 1) // 2, PRIME_2048, 2),
    "P-256": Logs("P-256", CURVE_ORDER, CURVE_PRIME),
}


def cbor(item: Any) -> bytes:
    """Deterministic CBOR, by the library cbor2."""
    return cbor2.dumps(item, canonical=True)


def signed(private: bytes, label: bytes, body: Any) -> bytes:
    """[1, body, signature]."""
    return cbor([1, body, ed25519_sign(private, DOMAIN + label + b"\0" + cbor([1, body]))])


@dataclass(frozen=True)
class Market:
    """A key of the utility's, and what is made under it, by this module alone."""

    name: str
    scheme: int
    group: str
    factors: str
    value_wh: int = 500
    epoch: int = 7

    @property
    def logs(self) -> Logs:
        """The group."""
        return LOGS[self.group]

    @cached_property
    def rsa(self) -> Rsa:
        """The key with its exponent."""
        plain = rsa_key(self.factors)
        return plain if self.scheme == 2 else Rsa(self.factors, plain.p, plain.q, self.derived[0])

    @cached_property
    def mark(self) -> bytes:
        """The signature over what the key stands for."""
        return ed25519_sign(UTILITY, self.statement)

    @property
    def statement(self) -> bytes:
        """m."""
        numbers = (self.value_wh, self.epoch, *SLOT_RANGE)
        head = b"".join(number.to_bytes(8, "big") for number in numbers)
        return (
            DOMAIN
            + b"value\0"
            + head
            + length(self.group.encode())
            + length(minimal(rsa_key(self.factors).n))
        )

    @cached_property
    def derived(self) -> tuple[int, int]:
        """The exponent of scheme 1 and its counter."""
        plain = rsa_key(self.factors)
        bits = min(256, plain.n.bit_length() - 1)
        for counter in range(1000):
            material = length(self.statement) + self.mark + counter.to_bytes(4, "big")
            e = int.from_bytes(expand(material, DOMAIN + b"exponent", 32), "big") >> (256 - bits) | 1
            if e > 1 and gcd(e, (plain.p - 1) * (plain.q - 1)) == 1:
                return e, counter
        raise AssertionError(self.name)

    @property
    def key(self) -> Any:
        """The record."""
        first, last = SLOT_RANGE
        return {
            "scheme": self.scheme,
            "value_wh": self.value_wh,
            "epoch": self.epoch,
            "first_slot": first,
            "last_slot": last,
            "group": self.group,
            "modulus": self.rsa.n,
            "exponent": self.rsa.e,
        }

    @property
    def body(self) -> Any:
        """The announcement's map."""
        key = self.key
        made: Any = {
            1: self.scheme,
            2: self.value_wh,
            3: self.epoch,
            4: SLOT_RANGE[0],
            5: SLOT_RANGE[1],
            6: self.group.encode(),
            7: minimal(key["modulus"]),
            8: minimal(key["exponent"]),
        }
        return made | {9: self.derived[1], 10: self.mark} if self.scheme == 1 else made

    @cached_property
    def announcement(self) -> bytes:
        """Signed."""
        return signed(UTILITY, b"announcement", self.body)

    def message(self, v: bytes, x: bytes) -> bytes:
        """What is signed of a token."""
        head = bytes([self.scheme]) + self.value_wh.to_bytes(8, "big") + self.epoch.to_bytes(8, "big")
        return DOMAIN + b"token\0" + head + length(self.group.encode()) + length(v) + length(x)

    def hashed(self, message: bytes) -> int:
        """The full-domain hash."""
        head = length(minimal(self.rsa.n)) + length(minimal(self.rsa.e))
        return residue(head + message, b"full-domain-hash", self.rsa.n)

    def sign(self, v: bytes, x: bytes, prefix: bytes) -> int:
        """The signature on an identity; in scheme 2 with a salt of its own."""
        message = self.message(v, x)
        if self.scheme == 1:
            return self.rsa.sign(self.hashed(message))
        # The salt is free: the encoding by the reference is held to the library in tests.
        encoded = blind_signatures.pss_encode(
            prefix + message, self.rsa.n.bit_length() - 1, draw_bytes(f"tokens/salt/{self.name}", 48)
        )
        return self.rsa.sign(int.from_bytes(encoded, "big"))

    def token(self, name: str = "first") -> "Held":
        """A token of a name."""
        q = self.logs.order
        s = 1 + draw_below(f"tokens/s/{self.name}/{name}", q - 1)
        r = 1 + draw_below(f"tokens/r/{self.name}/{name}", q - 1)
        return Held(self, s, r, seed(f"prefix/{name}") if self.scheme == 2 else b"")


@dataclass(frozen=True)
class Held:
    """A token with its secrets."""

    market: Market
    s: int
    r: int
    prefix: bytes

    @cached_property
    def v(self) -> bytes:
        """g^-s."""
        return self.market.logs.power(-self.s)

    @cached_property
    def x(self) -> bytes:
        """g^r."""
        return self.market.logs.power(self.r)

    @cached_property
    def signature(self) -> int:
        """The utility's."""
        return self.market.sign(self.v, self.x, self.prefix)

    @property
    def body(self) -> Any:
        """The token's map."""
        market = self.market
        made = {
            1: market.scheme,
            2: market.value_wh,
            3: market.epoch,
            4: market.group.encode(),
            5: self.v,
            6: self.x,
            7: minimal(self.signature),
        }
        return made | {8: self.prefix} if self.prefix else made

    @property
    def data(self) -> bytes:
        """Encoded."""
        return cbor([1, self.body])

    def challenge(self, report: bytes, nonce: bytes, data: bytes | None = None) -> int:
        """e."""
        given = length(self.data if data is None else data) + report + nonce
        for attempt in range(256):
            e = residue(given + bytes([attempt]), b"challenge", self.market.logs.order)
            if e:
                return e
        raise AssertionError

    def respond(self, report: bytes, nonce: bytes) -> int:
        """y."""
        return (self.r + self.challenge(report, nonce) * self.s) % self.market.logs.order

    def spending(self, report: bytes, nonce: bytes) -> Any:
        """The fields of a spending."""
        return {
            "token": self.data,
            "report": report,
            "utility_nonce": nonce,
            "response": self.respond(report, nonce),
        }


def transcript(spending: Json, private: bytes = SERVER) -> bytes:
    """Signed by the report server."""
    body: Any = {
        1: spending["token"],
        2: spending["report"],
        3: spending["utility_nonce"],
        4: minimal(spending["response"]),
    }
    return signed(private, b"transcript", body)


def receipt_of(given: bytes, slot: int, private: bytes = UTILITY) -> bytes:
    """The utility's receipt for a transcript."""
    version, body, _ = cbor2.loads(given)
    digest = hashlib.sha256(DOMAIN + b"spending\0" + cbor([version, body])).digest()
    said: Any = {1: slot, 2: digest}
    return signed(private, b"receipt", said)


def outside(logs: Logs, element: bytes) -> bytes:
    """What is in range and no element of the group: p - v, and on the curve an x that no point has."""
    if logs.name != "P-256":
        return (logs.prime - int.from_bytes(element, "big")).to_bytes(len(element), "big")
    square = (logs.prime - 1) // 2
    sides = ((c, (c**3 - 3 * c + CURVE_B) % logs.prime) for c in range(logs.prime - 1, 0, -1))
    found = next(c for c, side in sides if pow(side, square, logs.prime) == logs.prime - 1)
    return b"\2" + found.to_bytes(32, "big")


@dataclass(frozen=True)
class Outside(Held):
    """A token that is signed and spent as any other, but for its v, which is no element."""

    @cached_property
    def v(self) -> bytes:
        """Outside the group."""
        return outside(self.market.logs, super().v)


TINY_MODULUS, TINY_EXPONENT = 35, 5


@dataclass(frozen=True)
class Tiny(Market):
    """A key of scheme 1 with n = 35, with which one hash in three is no unit."""

    @cached_property
    def rsa(self) -> Rsa:
        """n = 5 * 7; d = e^-1 modulo lcm(4, 6) serves numbers that are no units too."""
        return Rsa(self.name, 5, 7, TINY_EXPONENT)

    def shared(self) -> "Held":
        """A token whose hash shares a factor with n, whose signature's e-th power is that hash."""
        tokens = (self.token(f"tiny/{k}") for k in range(99))
        held = (token for token in tokens if gcd(self.hashed(self.message(token.v, token.x)), 35) in (5, 7))
        return next(token for token in held if 2 <= token.signature <= TINY_MODULUS - 2)


TINY = Tiny("tiny", 1, "toy-2039", "35")
TOY = Market("toy", 1, "toy-2039", "bits-64")
MODP = Market("modp-2048", 1, "modp-2048", "2048")
CURVE = Market("P-256", 2, "P-256", "1024")
HARDENED = Market("hardened", 2, "P-256", "3072")
REPORT, NONCE, OTHER_NONCE = seed("report"), seed("nonce"), seed("another nonce")


def markets(profile: str) -> tuple[Market, ...]:
    """Those whose files a profile has."""
    return (TOY, CURVE) if profile == "published" else (HARDENED,)


# ---- Keys ----------------------------------------------------------------------------------------


def roots_of(key: Rsa, context: bytes, number: int) -> list[int]:
    """e-th roots of the challenges."""
    found = []
    head = length(minimal(key.n)) + length(minimal(key.e)) + context
    for index in range(number):
        material = head + index.to_bytes(4, "big")
        rho = next(
            rho
            for attempt in range(1000)
            if gcd(rho := residue(material + attempt.to_bytes(4, "big"), b"permutation", key.n), key.n) == 1
        )
        found.append(key.sign(rho))
    return found


def key_proof_files(profile: str) -> Iterator[VectorFile]:
    """Proofs that x^e is a permutation."""
    context = seed("context")
    prove = Suite("prove_key", profile, profile, (8,))
    verify = Suite("verify_key", profile, profile, (8,))
    plain = rsa_key("bits-64" if profile == "published" else "3072")
    keys = [(plain, 8)]
    if profile == "published":
        least = next(e for e in (3, 5, 7, 11, 13) if gcd(e, (plain.p - 1) * (plain.q - 1)) == 1)
        count = next(m for m in range(1, 99) if least**m >= 2**128)
        keys += [(Rsa("least", plain.p, plain.q, least), count), (Rsa("35", 5, 7, 5), 56)]
    for key, count in keys:
        given: Json = {"p": key.p, "q": key.q, "exponent": key.e, "context": context}
        roots = roots_of(key, context, count)
        slug = f"exponent-{key.e}-of-{key.n.bit_length()}-bits"
        prove.good(slug, f"{count} rounds.", given, {"roots": roots})
        public: Json = {"modulus": key.n, "exponent": key.e, "context": context, "roots": roots}
        verify.good(slug, f"{count} rounds.", public, {})
        short = {**public, "roots": roots[:-1]}
        verify.bad(f"{slug}-one-round-less", "proof-failed", "A root is missing.", short, "FewRounds")
    key, count = keys[0]
    given = {"p": key.p, "q": key.q, "exponent": key.e, "context": context}
    shared = next(f for f in range(3, 10**6, 2) if (key.p - 1) * (key.q - 1) % f == 0)
    prove.faults(
        given,
        ("p-equals-q", "range", "The primes are equal.", {"q": key.p}, "Bound"),
        ("exponent-even", "range", "e is even.", {"exponent": 65536}, "Bound"),
        ("context-of-31", "malformed", "A byte is missing.", {"context": context[1:]}, "Grammar"),
    )
    roots = roots_of(key, context, count)
    public = {"modulus": key.n, "exponent": key.e, "context": context, "roots": roots}
    verify.faults(
        public,
        (
            "root-negated",
            "proof-failed",
            "n - sigma.",
            {"roots": [key.n - roots[0], *roots[1:]]},
            "FalseProof",
        ),
        ("roots-exchanged", "proof-failed", "The order.", {"roots": roots[::-1]}, "FalseProof"),
        ("root-zero", "range", "sigma is 0.", {"roots": [0, *roots[1:]]}, "Bound"),
        ("root-n", "range", "sigma is n.", {"roots": [*roots[:-1], key.n]}, "Canonical"),
        ("no-roots", "malformed", "The list is empty.", {"roots": []}, "Grammar"),
        ("other-context", "proof-failed", "Another key's id.", {"context": seed("x")}, "FalseProof"),
    )
    divisor = ("exponent-without-inverse", "e divides phi.")
    other = {**public, "exponent": 65539}
    if profile == "published":
        prove.bad(divisor[0], "not-invertible", divisor[1], {**given, "exponent": shared}, "NoInverse")
        verify.bad("other-exponent", "proof-failed", "e is 65539.", other, "FalseProof")
    else:
        prove.bad("exponent-3", "range", "The exponent is 65537.", {**given, "exponent": 3}, "OtherKind")
        verify.bad("other-exponent", "range", "The exponent is 65537.", other, "OtherKind")
    yield prove.file
    yield verify.file


# The first primes p = 131074 (2^j + k) + 1 above 2^512 and 2^1536, so that 65537 divides p - 1.
DIVIDED = {"published": 131074 * (2**495 + 347) + 1, "hardened": 131074 * (2**1519 + 1165) + 1}


def announce_files(profile: str) -> Iterator[VectorFile]:
    """Announcements made."""
    suite = Suite("announce", profile, profile, (1, 9, 10) if profile == "published" else (1, 9))
    for market in (TOY, CURVE, MODP) if profile == "published" else (HARDENED,):
        plain = rsa_key(market.factors)
        given: Json = {
            "private_key": UTILITY,
            "scheme": market.scheme,
            "value_wh": 500,
            "epoch": 7,
            "first_slot": 100,
            "last_slot": 200,
            "group": market.group,
            "p": plain.p,
            "q": plain.q,
        }
        comment = f"Scheme {market.scheme}, {market.group}."
        suite.good(market.name, comment, given, {"announcement": market.announcement}, source=LIBRARIES)
    market = markets(profile)[0]
    plain = rsa_key(market.factors)
    given = {**given, "scheme": market.scheme, "group": market.group, "p": plain.p, "q": plain.q}
    suite.faults(
        given,
        ("scheme-zero", "range", "There is no scheme 0.", {"scheme": 0}, "Bound"),
        ("scheme-three", "range", "There is no scheme 3.", {"scheme": 3}, "Bound"),
        ("value-zero", "range", "A token of nothing.", {"value_wh": 0}, "Bound"),
        ("last-before-first", "range", "It ends before it begins.", {"last_slot": 99}, "Window"),
        ("p-equals-q", "range", "The primes are equal.", {"q": plain.p}, "Bound"),
        ("no-such-group", "range", "No group has this name.", {"group": "P-257"}, "Bound"),
    )
    if profile == "published":
        suite.faults(
            given,
            ("p-composite", "range", "561 is a Carmichael number.", {"p": 561}, "Composite"),
            ("short-for-pss", "range", "64 bits hold no PSS.", {"scheme": 2}, "ShortModulus"),
        )
        given |= {"scheme": 2, "q": rsa_key("1024").q}
    else:
        p, q = paillier_primes.factors("short-3071")
        suite.faults(
            given,
            ("scheme-one", "range", "The hardened profile has scheme 2.", {"scheme": 1}, "SmallSize"),
            ("modulus-3071", "range", "3071 bits.", {"p": p, "q": q}, "SmallSize"),
            ("group-toy", "range", "A toy group.", {"group": "toy-2039"}, "SmallSize"),
        )
    divided = DIVIDED[profile]
    suite.bad(
        "exponent-divides", "not-invertible", "65537 divides p - 1.", {**given, "p": divided}, "NoInverse"
    )
    yield suite.file


def check_announcement_files(profile: str) -> Iterator[VectorFile]:
    """Announcements taken in."""
    numbers = (9, 10) if profile == "published" else (9,)
    suite = Suite("check_announcement", profile, profile, numbers)
    for market in markets(profile):
        bits = market.rsa.n.bit_length()
        given: Json = {
            "public_key": ed25519_public(UTILITY),
            "scheme": market.scheme,
            "group": market.group,
            "modulus_bits": bits,
            "announcement": market.announcement,
        }
        key_id = hashlib.sha256(market.announcement).digest()
        output = {**market.key, "key_id": key_id}
        suite.good(market.name, f"Scheme {market.scheme}.", given, output, source=LIBRARIES)

        def said(change: Any, private: bytes = UTILITY, market: Market = market) -> Json:
            return {"announcement": signed(private, b"announcement", {**market.body, **change})}

        data, name = market.announcement, market.name
        suite.faults(
            given,
            (f"{name}-other-signer", "unauthentic", "A stranger's.", said({}, STRANGER), "Forgery"),
            (
                f"{name}-bit",
                "unauthentic",
                "A bit.",
                {"announcement": data[:-1] + bytes([data[-1] ^ 1])},
                "Forgery",
            ),
            (f"{name}-trailing", "malformed", "A byte follows.", {"announcement": data + b"\0"}, "Encoding"),
            (f"{name}-cut", "malformed", "A byte is missing.", {"announcement": data[:-1]}, "Encoding"),
            (
                f"{name}-version",
                "malformed",
                "Version 2.",
                {"announcement": b"\x83\x02" + data[2:]},
                "Encoding",
            ),
            (
                f"{name}-leading-zero",
                "malformed",
                "n begins with 0.",
                said({7: b"\0" + market.body[7]}),
                "Encoding",
            ),
            (f"{name}-member-11", "malformed", "An unknown member.", said({11: 0}), "Encoding"),
            (f"{name}-value-zero", "range", "A value of 0, signed.", said({2: 0}), "Bound"),
            (
                f"{name}-modulus-even",
                "range",
                "An even n, signed.",
                said({7: minimal(market.rsa.n + 1)}),
                "Bound",
            ),
            (f"{name}-slots", "range", "It ends before it begins.", said({5: 99}), "Window"),
            (f"{name}-exponent-even", "range", "e is even.", said({8: b"\4"}), "Bound"),
            (f"{name}-exponent-one", "range", "e is 1.", said({8: b"\1"}), "Bound"),
            (f"{name}-other-exponent", "proof-failed", "e is 3.", said({8: b"\3"}), "DerivedExponent"),
            (
                f"{name}-too-short",
                "policy",
                "A bit more was asked for.",
                {"modulus_bits": bits + 1},
                "OtherKind",
            ),
        )
        if profile == "published":
            other = 3 - market.scheme
            suite.faults(
                given,
                (
                    f"{name}-other-scheme",
                    "policy",
                    "The other scheme was asked for.",
                    {"scheme": other},
                    "OtherKind",
                ),
                (f"{name}-other-group", "policy", "Another group.", {"group": "modp-2048"}, "OtherKind"),
            )
        if market.scheme == 1:
            suite.faults(
                given,
                (
                    f"{name}-counter",
                    "proof-failed",
                    "A later counter.",
                    said({9: market.derived[1] + 1}),
                    "DerivedExponent",
                ),
                (f"{name}-counter-large", "range", "The counter is 65536.", said({9: 65536}), "Bound"),
                (f"{name}-mark", "unauthentic", "The mark is of another.", said({10: bytes(64)}), "Forgery"),
                (f"{name}-mark-short", "malformed", "63 bytes.", said({10: bytes(63)}), "Encoding"),
            )
    yield suite.file


def equivocation_file(profile: str) -> VectorFile:
    """Two announcements that contradict each other."""
    rivals = Suite("check_equivocation", profile, profile, (11,))
    market = markets(profile)[-1]
    first, other = market.announcement, signed(UTILITY, b"announcement", {**market.body, 5: 201})
    later = signed(UTILITY, b"announcement", {**market.body, 3: 8})
    given: Json = {"public_key": ed25519_public(UTILITY), "first": first, "second": other}
    rivals.good("two-keys", "One value and epoch, two last slots.", given, {}, source=LIBRARIES)
    rivals.good(
        "exchanged", "In the other order.", {**given, "first": other, "second": first}, {}, source=LIBRARIES
    )
    rivals.faults(
        given,
        ("the-same", "proof-failed", "One announcement twice.", {"second": first}, "Equivocation"),
        ("other-epoch", "proof-failed", "Two epochs.", {"second": later}, "Equivocation"),
        (
            "forged",
            "unauthentic",
            "The second is a stranger's.",
            {"second": signed(STRANGER, b"announcement", {**market.body, 5: 201})},
            "Forgery",
        ),
        ("cut", "malformed", "A byte is missing.", {"second": other[:-1]}, "Encoding"),
        (
            "slots",
            "range",
            "It ends before it begins.",
            {"second": signed(UTILITY, b"announcement", {**market.body, 5: 9})},
            "Window",
        ),
    )
    return rivals.file


# ---- Tokens --------------------------------------------------------------------------------------


def identity_files(profile: str) -> Iterator[VectorFile]:
    """Identities, and the message that is signed."""
    suite = Suite("identity", profile, profile, (12, 35) if profile == "hardened" else (12,))
    names = ("toy-2039", "P-256", "modp-2048") if profile == "published" else ("P-256",)
    source = "the library cryptography, and plain powers"
    for name in names:
        logs = LOGS[name]
        q = logs.order
        pairs = [(1, 2), (q - 1, 2), (321 % q, 700 % q)] if name != "modp-2048" else [(321, 700)]
        pairs += [(1 + draw_below(f"tokens/{name}/s", q - 1), 1 + draw_below(f"tokens/{name}/r", q - 1))]
        for number, (s, r) in enumerate(pairs):
            output = {"v": logs.power(-s), "x": logs.power(r)}
            given: Json = {"group": name, "secret": s, "nonce": r}
            suite.good(f"{name}-{number}", "v = g^-s, x = g^r.", given, output, source=source)
        suite.faults(
            {"group": name, "secret": 321, "nonce": 700},
            (f"{name}-secret-zero", "range", "s is 0: v is 1.", {"secret": 0}, "Scalar"),
            (f"{name}-nonce-zero", "range", "r is 0: x is 1.", {"nonce": 0}, "Scalar"),
            (f"{name}-secret-q", "range", "s is q.", {"secret": q}, "Scalar"),
            (f"{name}-nonce-q", "range", "r is q.", {"nonce": q}, "Scalar"),
            (f"{name}-nonce-is-secret", "range", "v x = 1.", {"nonce": 321}, "Related"),
            (f"{name}-nonce-is-negative", "range", "v = x.", {"nonce": q - 321}, "Related"),
        )
    given = {"group": names[0], "secret": 321, "nonce": 700}
    suite.bad("no-such-group", "range", "No group has this name.", {**given, "group": "P-384"}, "Bound")
    if profile == "hardened":
        for weak in ("toy-2039", "modp-1024-160", "modp-2048"):
            suite.bad(
                f"group-{weak}",
                "range",
                "A group of the published profile.",
                {**given, "group": weak},
                "SmallSize",
            )
    yield suite.file

    message = Suite("token_message", profile, profile, (12, 13))
    for market in markets(profile):
        held = market.token()
        v, x, name = held.v, held.x, market.group
        given = {"scheme": market.scheme, "value_wh": 500, "epoch": 7, "group": name, "v": v, "x": x}
        message.good(name, "Both halves in one message.", given, {"message": market.message(v, x)})
        size, prime = len(v), market.logs.prime
        message.faults(
            given,
            (f"{name}-equal", "range", "v is x.", {"v": x}, "Related"),
            (f"{name}-inverse", "range", "v x = 1.", {"v": market.logs.power(-held.r)}, "Related"),
            (f"{name}-short", "malformed", "A byte is missing.", {"v": v[1:]}, "Grammar"),
            (f"{name}-long", "malformed", "A byte before.", {"x": b"\0" + x}, "Canonical"),
            (f"{name}-value-zero", "range", "A token of nothing.", {"value_wh": 0}, "Bound"),
        )
        if name == "P-256":
            twisted = next(
                c
                for k in range(1, 99)
                if pow(((c := prime - k) ** 3 - 3 * c + CURVE_B) % prime, (prime - 1) // 2, prime)
                == prime - 1
            )
            message.faults(
                given,
                (
                    f"{name}-no-point",
                    "not-in-group",
                    "No point has this x.",
                    {"x": b"\2" + twisted.to_bytes(32, "big")},
                    "Subgroup",
                ),
                (
                    f"{name}-above-p",
                    "range",
                    "The coordinate is p.",
                    {"x": b"\2" + prime.to_bytes(32, "big")},
                    "Canonical",
                ),
                (f"{name}-first-byte", "range", "It begins with 04.", {"v": b"\4" + v[1:]}, "Canonical"),
            )
        else:

            def as_bytes(number: int, size: int = size) -> bytes:
                return number.to_bytes(size, "big")

            negative = as_bytes(prime - int.from_bytes(v, "big"))
            message.faults(
                given,
                (f"{name}-one", "not-in-group", "v is 1.", {"v": as_bytes(1)}, "Subgroup"),
                (
                    f"{name}-minus-one",
                    "not-in-group",
                    "v is p - 1, of order 2.",
                    {"v": as_bytes(prime - 1)},
                    "Subgroup",
                ),
                (f"{name}-negative", "not-in-group", "p - v.", {"v": negative}, "Subgroup"),
                (f"{name}-zero", "range", "x is 0.", {"x": as_bytes(0)}, "Bound"),
                (f"{name}-p", "range", "x is p.", {"x": as_bytes(prime)}, "Canonical"),
                (
                    f"{name}-unreduced",
                    "range",
                    "v + p.",
                    {"v": as_bytes(int.from_bytes(v, "big") + prime)},
                    "Canonical",
                ),
            )
    yield message.file


def fdh_files() -> Iterator[VectorFile]:
    """Scheme 1: hash, blinding, unblinding."""
    hashing = Suite("full_domain_hash", "published", "published", (14,))
    blind = Suite("fdh_blind", "published", "published", (4, 15))
    finalize = Suite("fdh_finalize", "published", "published", (6, 15))
    for market in (TOY, MODP):
        key, held = market.rsa, market.token()
        message = market.message(held.v, held.x)
        hashed = market.hashed(message)
        public: Json = {"modulus": key.n, "exponent": key.e, "message": message}
        hashing.good(market.name, "RFC 9380, written again.", public, {"hash": hashed})
        blinding = 2 + draw_below(f"tokens/fdh/{market.name}", key.n - 3)
        blinded, inverse = hashed * pow(blinding, key.e, key.n) % key.n, pow(blinding, -1, key.n)
        given: Json = {**public, "blinding": blinding}
        blind.good(market.name, "H R^e.", given, {"blinded_message": blinded, "inverse": inverse})
        final: Json = {**public, "blind_signature": key.sign(blinded), "inverse": inverse}
        finalize.good(market.name, "H^d.", final, {"signature": key.sign(hashed)})
    key, held = TOY.rsa, TOY.token()
    public = {"modulus": key.n, "exponent": key.e, "message": TOY.message(held.v, held.x)}
    hashing.good("empty", "No message.", {**public, "message": b""}, {"hash": TOY.hashed(b"")})
    small: Json = {"modulus": 35, "exponent": 5, "message": b""}
    head = length(b"\x23") + length(b"\5")
    shares = next(
        bytes([k]) for k in range(99) if gcd(residue(head + bytes([k]), b"full-domain-hash", 35), 35) > 1
    )
    hashing.faults(
        {**small, "message": shares},
        ("shares-a-factor", "not-invertible", "The hash is no unit modulo 35.", {}, "NonUnit"),
        ("modulus-even", "range", "n is even.", {"modulus": 36}, "Bound"),
        ("exponent-even", "range", "e is even.", {"exponent": 4}, "Bound"),
        ("exponent-n", "range", "e is n.", {"exponent": 35}, "Bound"),
        ("message-long", "malformed", "1025 bytes.", {"message": bytes(1025)}, "Grammar"),
    )
    hashed = TOY.hashed(public["message"])
    blinding = 2 + draw_below("tokens/fdh/toy", key.n - 3)
    blinded, inverse = hashed * pow(blinding, key.e, key.n) % key.n, pow(blinding, -1, key.n)
    blind.faults(
        {**public, "blinding": blinding},
        ("blinding-zero", "range", "R is 0.", {"blinding": 0}, "FixedPoint"),
        ("blinding-one", "range", "R is 1.", {"blinding": 1}, "FixedPoint"),
        ("blinding-minus-one", "range", "R is n - 1.", {"blinding": key.n - 1}, "FixedPoint"),
        ("blinding-p", "not-invertible", "R is p.", {"blinding": key.p}, "NonUnit"),
        (
            "hash-no-unit",
            "not-invertible",
            "H is no unit.",
            {**small, "message": shares, "blinding": 2},
            "NonUnit",
        ),
    )
    finalize.faults(
        {**public, "blind_signature": key.sign(blinded), "inverse": inverse},
        (
            "printed-unblinding",
            "unauthentic",
            "As printed: times R^e.",
            {"inverse": pow(blinding, key.e, key.n)},
            "Forgery",
        ),
        ("other-answer", "unauthentic", "One more.", {"blind_signature": key.sign(blinded) + 1}, "Forgery"),
        ("answer-n", "range", "The answer is n.", {"blind_signature": key.n}, "Canonical"),
        ("inverse-one", "range", "R^-1 is 1.", {"inverse": 1}, "FixedPoint"),
        ("other-message", "unauthentic", "Another message.", {"message": b"free"}, "Forgery"),
        (
            "hash-no-unit",
            "not-invertible",
            "H is no unit.",
            {**small, "message": shares, "blind_signature": 3, "inverse": 2},
            "NonUnit",
        ),
    )
    for suite in (hashing, blind, finalize):
        yield suite.file


def token_files(profile: str) -> Iterator[VectorFile]:
    """Tokens made and taken in."""
    make = Suite("token", profile, profile, (12, 16, 17))
    take = Suite("check_token", profile, profile, (12, 16, 17, 18))
    for market in markets(profile):
        held, other = market.token(), market.token("second")
        key, n, name = market.key, market.rsa.n, market.name
        given: Json = {
            "key": key,
            "v": held.v,
            "x": held.x,
            "prefix": held.prefix,
            "signature": held.signature,
        }
        make.good(name, f"Scheme {market.scheme}.", given, {"token": held.data}, source=LIBRARIES)
        wrong = b"" if held.prefix else seed("prefix")
        make.faults(
            given,
            (
                f"{name}-swapped",
                "unauthentic",
                "v and x change places.",
                {"v": held.x, "x": held.v},
                "Swapped",
            ),
            (f"{name}-prefix", "malformed", "The other scheme's prefix.", {"prefix": wrong}, "Prefix"),
            (f"{name}-signature-zero", "range", "0.", {"signature": 0}, "FixedPoint"),
            (f"{name}-signature-one", "range", "1.", {"signature": 1}, "FixedPoint"),
            (f"{name}-signature-minus-one", "range", "n - 1.", {"signature": n - 1}, "FixedPoint"),
            (
                f"{name}-signature-unreduced",
                "range",
                "n + s.",
                {"signature": n + held.signature},
                "Canonical",
            ),
            (
                f"{name}-signature-negated",
                "unauthentic",
                "n - s.",
                {"signature": n - held.signature},
                "Forgery",
            ),
            (f"{name}-other-half", "unauthentic", "x of another token.", {"x": other.x}, "Forgery"),
            (f"{name}-value", "unauthentic", "Worth more.", {"key": {**key, "value_wh": 5000}}, "OtherToken"),
            (f"{name}-epoch", "unauthentic", "The next epoch.", {"key": {**key, "epoch": 8}}, "OtherToken"),
            (f"{name}-exponent", "range", "e is n.", {"key": {**key, "exponent": n}}, "Bound"),
            (
                f"{name}-slots",
                "range",
                "It ends before it begins.",
                {"key": {**key, "last_slot": 99}},
                "Window",
            ),
            (f"{name}-equal", "range", "v is x.", {"v": held.x}, "Related"),
        )
        apart = Outside(market, held.s, held.r, held.prefix)
        change: Json = {"v": apart.v, "signature": apart.signature}
        make.bad(f"{name}-outside", "not-in-group", "v is no element.", {**given, **change}, "Subgroup")
        body = held.body

        def said(change: Any, body: Any = body) -> Json:
            return {"token": cbor([1, {**body, **change}])}

        given = {"key": key, "slot": SPENT_AT, "token": held.data}
        output = {"v": held.v, "x": held.x}
        take.good(name, "In its time.", given, output, source=LIBRARIES)
        take.good(f"{name}-first-slot", "The first slot.", {**given, "slot": 100}, output, "Window")
        take.good(f"{name}-last-slot", "The last slot.", {**given, "slot": 200}, output, "Window")
        data, missing = held.data, {k: v for k, v in body.items() if k != 6}
        twice = data[:1] + data[1:2] + bytes([data[2] + 1]) + b"\1" + bytes([market.scheme]) + data[3:]
        take.faults(
            given,
            (f"{name}-expired", "expired", "A slot after.", {"slot": 201}, "Window"),
            (f"{name}-too-early", "policy", "A slot before.", {"slot": 99}, "Window"),
            (f"{name}-value-said", "unauthentic", "The token says 5000.", said({2: 5000}), "OtherToken"),
            (f"{name}-epoch-said", "unauthentic", "The token says epoch 8.", said({3: 8}), "OtherToken"),
            (
                f"{name}-foreign-key",
                "unauthentic",
                "The key of epoch 8.",
                {"key": {**key, "epoch": 8}},
                "OtherToken",
            ),
            (
                f"{name}-swapped",
                "unauthentic",
                "v and x change places.",
                said({5: held.x, 6: held.v}),
                "Swapped",
            ),
            (f"{name}-equal", "range", "v is x.", said({5: held.x}), "Related"),
            (
                f"{name}-signature-above",
                "range",
                "n + s.",
                said({7: minimal(n + held.signature)}),
                "Canonical",
            ),
            (f"{name}-signature-zero", "range", "0.", said({7: b""}), "FixedPoint"),
            (f"{name}-signature-one", "range", "1.", said({7: b"\1"}), "FixedPoint"),
            (
                f"{name}-leading-zero",
                "malformed",
                "The signature begins with 0.",
                said({7: b"\0" + body[7]}),
                "Encoding",
            ),
            (f"{name}-version-2", "malformed", "Version 2.", {"token": b"\x82\2" + data[2:]}, "Encoding"),
            (f"{name}-trailing", "malformed", "A byte follows.", {"token": data + b"\0"}, "Encoding"),
            (f"{name}-cut", "malformed", "A byte is missing.", {"token": data[:-1]}, "Encoding"),
            (f"{name}-member-twice", "malformed", "The scheme stands twice.", {"token": twice}, "Encoding"),
            (
                f"{name}-member-missing",
                "malformed",
                "There is no x.",
                {"token": cbor([1, missing])},
                "Encoding",
            ),
            (f"{name}-member-9", "malformed", "An unknown member.", said({9: 0}), "Encoding"),
            (
                f"{name}-long-head",
                "malformed",
                "1 in two bytes.",
                {"token": b"\x82\x18\1" + data[2:]},
                "Encoding",
            ),
            (f"{name}-signed-value", "malformed", "A negative value.", said({2: -1}), "Encoding"),
            (f"{name}-value-zero", "range", "A value of 0.", said({2: 0}), "Bound"),
            (f"{name}-no-such-group", "range", "No group has this name.", said({4: b"P-384"}), "Bound"),
            (f"{name}-short-element", "malformed", "v is a byte short.", said({5: held.v[1:]}), "Encoding"),
            (
                f"{name}-other-scheme",
                "malformed",
                "The other scheme's members.",
                said({1: 3 - market.scheme}),
                "Encoding",
            ),
            (
                f"{name}-scheme-3",
                "malformed" if market.scheme == 2 else "range",
                "Scheme 3.",
                said({1: 3}),
                "Bound",
            ),
        )
        if market.group == "toy-2039":
            negative = (2039 - int.from_bytes(held.v, "big")).to_bytes(2, "big")
            take.faults(
                given,
                (f"{name}-negative", "not-in-group", "p - v.", said({5: negative}), "Subgroup"),
                (f"{name}-one", "not-in-group", "v is 1.", said({5: b"\0\1"}), "Subgroup"),
                (f"{name}-p", "range", "v is p.", said({5: (2039).to_bytes(2, "big")}), "Canonical"),
            )
        take.bad(
            f"{name}-outside", "not-in-group", "v is no element.", {**given, "token": apart.data}, "Subgroup"
        )
    if profile == "published":
        shared = TINY.shared()
        given = {
            "key": TINY.key,
            "v": shared.v,
            "x": shared.x,
            "prefix": b"",
            "signature": shared.signature,
        }
        comment = "The hash is no unit modulo 35, and the signature's e-th power."
        make.bad("tiny-hash-no-unit", "not-invertible", comment, given, "NonUnit")
        given = {"key": TINY.key, "slot": SPENT_AT, "token": shared.data}
        take.bad("tiny-hash-no-unit", "not-invertible", comment, given, "NonUnit")
    yield make.file
    yield take.file


# ---- Spending ------------------------------------------------------------------------------------


def zero_first() -> bytes:
    """A nonce with which the first scalar is 0 in the toy group."""
    held = TOY.token()
    nonces = (k.to_bytes(32, "big") for k in range(10**5))
    given = length(held.data) + REPORT
    return next(n for n in nonces if residue(given + n + b"\0", b"challenge", 1019) == 0)


def challenge_files(profile: str) -> Iterator[VectorFile]:
    """Challenges and responses."""
    suite = Suite("challenge", profile, profile, (19,))
    respond = Suite("respond", profile, profile, (20,))
    for market in (*markets(profile), MODP) if profile == "published" else markets(profile):
        held, name = market.token(), market.group
        q = market.logs.order
        given: Json = {"group": name, "token": held.data, "report": REPORT, "utility_nonce": NONCE}
        e = held.challenge(REPORT, NONCE)
        suite.good(name, "RFC 9380, written again.", given, {"challenge": e})
        answer = {"response": (held.r + e * held.s) % q}
        answering: Json = {"group": name, "secret": held.s, "nonce": held.r, "challenge": e}
        respond.good(name, "r + e s.", answering, answer)
        ends: Json = {"group": name, "secret": q - 1, "nonce": 1, "challenge": 1}
        respond.good(f"{name}-ends", "1 + (q - 1): y is 0.", ends, {"response": 0}, "Scalar")
        respond.faults(
            answering,
            (f"{name}-challenge-zero", "range", "e is 0: y is r.", {"challenge": 0}, "Scalar"),
            (f"{name}-challenge-q", "range", "e is q.", {"challenge": q}, "Scalar"),
            (f"{name}-secret-zero", "range", "s is 0.", {"secret": 0}, "Scalar"),
            (f"{name}-nonce-zero", "range", "r is 0: y gives s.", {"nonce": 0}, "Scalar"),
            (f"{name}-nonce-q", "range", "r is q.", {"nonce": q}, "Scalar"),
        )
    market = markets(profile)[0]
    held = market.token()
    given = {"group": market.group, "token": held.data, "report": REPORT, "utility_nonce": NONCE}
    if profile == "published":
        nonce = zero_first()
        second = residue(length(held.data) + REPORT + nonce + b"\1", b"challenge", 1019)
        suite.good(
            "zero-first",
            "The first scalar is 0.",
            {**given, "utility_nonce": nonce},
            {"challenge": second},
            "Scalar",
        )
    other = held.data + REPORT[:1]
    shifted = {**given, "token": other, "report": REPORT[1:] + NONCE[:1], "utility_nonce": NONCE[1:] + b"\0"}
    moved = held.challenge(REPORT[1:] + NONCE[:1], NONCE[1:] + b"\0", other)
    suite.good(
        "parts-moved", "The same bytes parted elsewhere.", shifted, {"challenge": moved}, "OtherReport"
    )
    suite.good(
        "no-token",
        "An empty token.",
        {**given, "token": b""},
        {"challenge": held.challenge(REPORT, NONCE, b"")},
    )
    suite.faults(
        given,
        ("token-long", "malformed", "2049 bytes.", {"token": bytes(2049)}, "Grammar"),
        ("report-of-31", "malformed", "A byte is missing.", {"report": REPORT[1:]}, "Grammar"),
        ("nonce-of-33", "malformed", "A byte more.", {"utility_nonce": NONCE + b"\0"}, "Grammar"),
        ("no-such-group", "range", "No group has this name.", {"group": "ristretto"}, "Bound"),
    )
    yield suite.file
    yield respond.file


def spending_files(profile: str) -> Iterator[VectorFile]:
    """Spendings judged without the store."""
    suite = Suite("check_spending", profile, profile, (16, 18, 19, 21))
    if profile == "published":
        shared = TINY.shared()
        given: Json = {"key": TINY.key, "slot": SPENT_AT, **shared.spending(REPORT, NONCE)}
        comment = "The hash is no unit modulo 35, and the signature's e-th power."
        suite.bad("tiny-hash-no-unit", "not-invertible", comment, given, "NonUnit")
    for market in markets(profile):
        held, other, name, q = market.token(), market.token("second"), market.name, market.logs.order
        spending = held.spending(REPORT, NONCE)
        given = {"key": market.key, "slot": SPENT_AT, **spending}
        e = held.challenge(REPORT, NONCE)
        suite.good(name, "x = g^y v^e.", given, {"challenge": e})
        y = spending["response"]
        late = held.spending(REPORT, OTHER_NONCE)
        suite.faults(
            given,
            (
                f"{name}-other-report",
                "proof-failed",
                "The relay's own report.",
                {"report": seed("relay")},
                "OtherReport",
            ),
            (
                f"{name}-other-nonce",
                "proof-failed",
                "Another nonce.",
                {"utility_nonce": OTHER_NONCE},
                "Nonce",
            ),
            (f"{name}-response-above", "range", "y + q.", {"response": y + q}, "Canonical"),
            (f"{name}-response-q", "range", "q.", {"response": q}, "Canonical"),
            (
                f"{name}-response-other",
                "proof-failed",
                "That of another nonce.",
                {"response": late["response"]},
                "ForeignChallenge",
            ),
            (f"{name}-response-negated", "proof-failed", "q - y.", {"response": q - y}, "ForeignChallenge"),
            (f"{name}-response-zero", "proof-failed", "0.", {"response": 0}, "ForeignChallenge"),
            (
                f"{name}-other-token",
                "proof-failed",
                "Another token, signed too.",
                {"token": other.data},
                "ForeignChallenge",
            ),
            (f"{name}-expired", "expired", "A slot after.", {"slot": 201}, "Window"),
            (f"{name}-too-early", "policy", "A slot before.", {"slot": 99}, "Window"),
            (
                f"{name}-foreign-key",
                "unauthentic",
                "The key of epoch 8.",
                {"key": {**market.key, "epoch": 8}},
                "OtherToken",
            ),
            (f"{name}-token-cut", "malformed", "A byte is missing.", {"token": held.data[:-1]}, "Encoding"),
            (
                f"{name}-outside",
                "not-in-group",
                "v is no element.",
                Outside(market, held.s, held.r, held.prefix).spending(REPORT, NONCE),
                "Subgroup",
            ),
        )
        # y and e chosen first, x made to fit: without secrets, if the verifier takes the payer's e.
        if market.scheme == 1:
            chosen, picked = 5, 7
            forged = market.logs.power(chosen - held.s * picked)
            fit = Held(market, held.s, (chosen - held.s * picked) % q, b"")
            suite.bad(
                f"{name}-fitted",
                "proof-failed",
                "x = g^5 v^7, signed: the challenge is not 7.",
                {
                    **given,
                    "token": cbor([1, {**held.body, 6: forged, 7: minimal(fit.signature)}]),
                    "response": 5,
                },
                "ForeignChallenge",
            )
    yield suite.file


def extract_files(profile: str) -> Iterator[VectorFile]:
    """Secrets out of two responses."""
    suite = Suite("extract", profile, profile, (27,))
    orders = {"P-256": CURVE_ORDER}
    if profile == "published":
        orders = {"1019": 1019, "3": 3, "P-256": CURVE_ORDER, "modp-2048": LOGS["modp-2048"].order}
    for name, q in orders.items():
        s, r = (321, 700) if q == 1019 else (1 + draw_below(f"tokens/x/{name}/{k}", q - 1) for k in "sr")
        cases = [
            ("drawn", draw_below(f"tokens/e/{name}", q), draw_below(f"tokens/f/{name}", q)),
            ("wraps", 0, q - 1),
        ]
        if q == 3:
            cases = [("drawn", 1, 2)]
        for slug, e, f in cases:
            given: Json = {
                "order": q,
                "challenge_1": e,
                "response_1": (r + e * s) % q,
                "challenge_2": f,
                "response_2": (r + f * s) % q,
            }
            suite.good(
                f"{name}-{slug}",
                "s and r that the responses were made of.",
                given,
                {"secret": s, "nonce": r},
                "DoubleSpend",
            )
        turned = {**given, "challenge_1": f, "response_1": given["response_2"]}
        turned |= {"challenge_2": e, "response_2": given["response_1"]}
        suite.good(
            f"{name}-exchanged", "In the other order.", turned, {"secret": s, "nonce": r}, "DoubleSpend"
        )
        same = {**given, "challenge_2": e, "response_2": given["response_1"]}
        off = {**same, "response_2": (given["response_1"] + 1) % q}
        suite.bad(f"{name}-replay", "replayed", "One transcript twice.", same, "Replay")
        suite.bad(f"{name}-one-challenge", "proof-failed", "One challenge, two responses.", off, "NoEvidence")
        suite.faults(
            given,
            (f"{name}-challenge-q", "range", "e is q.", {"challenge_1": q}, "Canonical"),
            (f"{name}-response-q", "range", "y' is q.", {"response_2": q}, "Canonical"),
        )
    if profile == "published":
        given = {"order": 15, "challenge_1": 4, "response_1": 1, "challenge_2": 1, "response_2": 2}
        suite.faults(
            given,
            ("order-composite", "not-invertible", "e - e' is 3, the order 15.", {}, "Composite"),
            ("order-even", "range", "The order is even.", {"order": 16}, "Bound"),
        )
    else:
        small = {"challenge_1": 1, "response_1": 2, "challenge_2": 3, "response_2": 4}
        weak = {"order": ORDER_160, **small}
        suite.bad("order-160-bits", "range", "An order of 160 bits.", weak, "SmallSize")
    yield suite.file


def twice(held: Held) -> Json:
    """Two transcripts of one token."""
    nonces = (NONCE, OTHER_NONCE)
    one, two = (transcript(held.spending(REPORT, nonce)) for nonce in nonces)
    return {"transcript_1": one, "transcript_2": two}


def evidence_files(profile: str) -> Iterator[VectorFile]:
    """Transcripts, receipts and evidence."""
    relay = Suite("forward", profile, profile, (28,))
    give = Suite("receipt", profile, profile, (25,))
    take = Suite("check_receipt", profile, profile, (25,))
    prove = Suite("check_evidence", profile, profile, (16, 21, 27, 28))
    for market in markets(profile):
        held, other, name, q = market.token(), market.token("second"), market.name, market.logs.order
        first, second = held.spending(REPORT, NONCE), held.spending(REPORT, OTHER_NONCE)
        one, two = transcript(first), transcript(second)
        relay.good(
            name,
            "cbor2 and Ed25519.",
            {"private_key": SERVER, **first},
            {"transcript": one},
            source=LIBRARIES,
        )
        given: Json = {
            "server_key": ed25519_public(SERVER),
            "key": market.key,
            "transcript_1": one,
            "transcript_2": two,
            "secret": held.s,
            "nonce": held.r,
        }
        prove.good(name, "Two nonces.", given, {}, "DoubleSpend", source=LIBRARIES)
        reports = transcript(held.spending(seed("other"), NONCE))
        prove.good(
            f"{name}-two-reports",
            "One nonce, two reports.",
            {**given, "transcript_2": reports},
            {},
            "DoubleSpend",
            source=LIBRARIES,
        )
        unsigned = cbor([1, cbor2.loads(two)[1], bytes(64)])
        late = {**second, "response": (second["response"] + 1) % q}
        prove.faults(
            given,
            (f"{name}-one-twice", "replayed", "One transcript twice.", {"transcript_2": one}, "NoEvidence"),
            (
                f"{name}-unsigned",
                "unauthentic",
                "No signature of the server's.",
                {"transcript_2": unsigned},
                "NoEvidence",
            ),
            (
                f"{name}-utility-signs",
                "unauthentic",
                "The utility signs in its place.",
                {"transcript_2": transcript(second, UTILITY)},
                "NoEvidence",
            ),
            (
                f"{name}-other-server",
                "unauthentic",
                "Another server's key.",
                {"server_key": ed25519_public(STRANGER)},
                "NoEvidence",
            ),
            (
                f"{name}-two-tokens",
                "proof-failed",
                "Two tokens.",
                {"transcript_2": transcript(other.spending(REPORT, NONCE))},
                "NoEvidence",
            ),
            (f"{name}-no-answer", "proof-failed", "y + 1.", {"transcript_2": transcript(late)}, "NoEvidence"),
            (
                f"{name}-other-secret",
                "proof-failed",
                "s + 1.",
                {"secret": held.s % (q - 1) + 1},
                "NoEvidence",
            ),
            (f"{name}-other-nonce", "proof-failed", "r + 1.", {"nonce": held.r % (q - 1) + 1}, "NoEvidence"),
            (f"{name}-secret-zero", "range", "s is 0.", {"secret": 0}, "Scalar"),
            (f"{name}-secret-q", "range", "s is q.", {"secret": q}, "Scalar"),
            (
                f"{name}-response-above",
                "range",
                "y + q.",
                {"transcript_2": transcript({**second, "response": second["response"] + q})},
                "Canonical",
            ),
            (
                f"{name}-foreign-key",
                "unauthentic",
                "The key of epoch 8.",
                {"key": {**market.key, "epoch": 8}},
                "OtherToken",
            ),
            (f"{name}-trailing", "malformed", "A byte follows.", {"transcript_1": one + b"\0"}, "Encoding"),
            (
                f"{name}-outside",
                "not-in-group",
                "v is no element.",
                twice(Outside(market, held.s, held.r, held.prefix)),
                "Subgroup",
            ),
        )
        if profile == "published" and market is TOY:
            shared = TINY.shared()
            change: Json = {"key": TINY.key, "secret": shared.s, "nonce": shared.r, **twice(shared)}
            comment = "The hash is no unit modulo 35, and the signature's e-th power."
            prove.bad("tiny-hash-no-unit", "not-invertible", comment, {**given, **change}, "NonUnit")
        given = {"private_key": UTILITY, "slot": SPENT_AT, "transcript": one}
        receipt = receipt_of(one, SPENT_AT)
        give.good(name, "cbor2 and Ed25519.", given, {"receipt": receipt}, source=LIBRARIES)
        # Another signature of the server's on the same spending has the same digest.
        give.good(
            f"{name}-other-server",
            "The digest leaves the signature out.",
            {**given, "transcript": transcript(first, STRANGER)},
            {"receipt": receipt},
            "Receipt",
            source=LIBRARIES,
        )
        give.bad(
            f"{name}-cut", "malformed", "A byte is missing.", {**given, "transcript": one[:-1]}, "Encoding"
        )
        checking: Json = {"public_key": ed25519_public(UTILITY), "transcript": one, "receipt": receipt}
        take.good(name, "The slot.", checking, {"slot": SPENT_AT}, source=LIBRARIES)
        version, body, signature = cbor2.loads(receipt)
        take.faults(
            checking,
            (
                f"{name}-other-spending",
                "unauthentic",
                "Of another spending.",
                {"receipt": receipt_of(two, SPENT_AT)},
                "Receipt",
            ),
            (
                f"{name}-forged",
                "unauthentic",
                "A stranger's.",
                {"receipt": receipt_of(one, SPENT_AT, STRANGER)},
                "Forgery",
            ),
            (
                f"{name}-slot-changed",
                "unauthentic",
                "Another slot.",
                {"receipt": cbor([version, {**body, 1: 151}, signature])},
                "Forgery",
            ),
            (f"{name}-trailing", "malformed", "A byte follows.", {"receipt": receipt + b"\0"}, "Encoding"),
            (
                f"{name}-slot-large",
                "range",
                "The slot is 2^53.",
                {"receipt": receipt_of(one, 2**53)},
                "Bound",
            ),
        )
    relay.good(
        "empty-token",
        "It is not looked into.",
        {"private_key": SERVER, **first, "token": b""},
        {"transcript": transcript({**first, "token": b""})},
        source=LIBRARIES,
    )
    relay.faults(
        {"private_key": SERVER, **first},
        ("token-long", "malformed", "2049 bytes.", {"token": bytes(2049)}, "Grammar"),
        ("report-of-31", "malformed", "A byte is missing.", {"report": REPORT[1:]}, "Grammar"),
        ("response-long", "range", "2^4096.", {"response": 2**4096}, "Bound"),
    )
    give.bad("slot-negative", "range", "Slot -1.", {**given, "slot": -1}, "Bound")
    for suite in (relay, give, take, prove):
        yield suite.file


# ---- Value ---------------------------------------------------------------------------------------


def by_trying(denominations: Sequence[int], held: Sequence[int], amount: int) -> int:
    """The least sum of tokens held that covers an amount, of all sums."""
    sums = {0}
    for value, number in zip(denominations, held, strict=True):
        sums = {total + k * value for total in sums for k in range(number + 1)}
    return min(total for total in sums if total >= amount)


def value_files(profile: str) -> Iterator[VectorFile]:
    """Amounts in tokens, and change."""
    suite = Suite("denominate", profile, profile, (29,))
    for slug, values, amount, counts in (
        ("whole", [10, 50, 100], 260, [1, 1, 2]),
        ("zero", [10, 50, 100], 0, [0, 0, 0]),
        ("one-kind", [7], 21, [3]),
        ("powers-of-two", [1, 2, 4, 8, 16], 23, [1, 1, 1, 0, 1]),
        ("largest", [1, 2**52], 2**53 - 1, [2**52 - 1, 1]),
    ):
        suite.good(slug, "By hand.", {"denominations": values, "amount_wh": amount}, {"counts": counts})
    given: Json = {"denominations": [10, 50, 100], "amount_wh": 260}
    suite.faults(
        given,
        ("remainder", "policy", "265 is no multiple of 10.", {"amount_wh": 265}, "Denomination"),
        ("falling", "range", "They fall.", {"denominations": [50, 10]}, "Denomination"),
        ("repeated", "range", "One stands twice.", {"denominations": [10, 10]}, "Denomination"),
        ("not-dividing", "range", "20 does not divide 50.", {"denominations": [10, 20, 50]}, "Denomination"),
        ("zero-kind", "range", "A token of nothing.", {"denominations": [0, 10]}, "Bound"),
        ("negative", "range", "A negative amount.", {"amount_wh": -10}, "Bound"),
        ("none", "malformed", "No denominations.", {"denominations": []}, "Grammar"),
    )
    yield suite.file

    pay = Suite("pay", profile, profile, (29, 30))
    values = [1, 2, 4, 8]
    for slug, held, amount, used, change in (
        ("exact", [1, 1, 1, 1], 13, [1, 0, 1, 1], [0, 0, 0, 0]),
        ("nothing", [1, 0, 0, 0], 0, [0, 0, 0, 0], [0, 0, 0, 0]),
        ("one-large", [0, 0, 0, 1], 3, [0, 0, 0, 1], [1, 0, 1, 0]),
        ("small-ones-spared", [1, 0, 1, 1], 7, [0, 0, 0, 1], [1, 0, 0, 0]),
        ("small-ones-needed", [1, 1, 0, 1], 10, [0, 1, 0, 1], [0, 0, 0, 0]),
        ("all", [3, 2, 1, 1], 19, [3, 2, 1, 1], [0, 0, 0, 0]),
        ("least-unused", [0, 0, 2, 1], 5, [0, 0, 2, 0], [1, 1, 0, 0]),
    ):
        total = sum(k * value for k, value in zip(used, values, strict=True))
        assert total == by_trying(values, held, amount), slug
        output: Json = {"used": used, "change_wh": total - amount, "change": change}
        pay.good(
            slug,
            "Of all sums the least.",
            {"denominations": values, "held": held, "amount_wh": amount},
            output,
            "Change",
        )
    given = {"denominations": [10, 50], "held": [2, 1], "amount_wh": 60}
    pay.faults(
        given,
        ("too-little", "exhausted", "70 are held.", {"amount_wh": 80}, "Change"),
        ("remainder", "policy", "65.", {"amount_wh": 65}, "Denomination"),
        ("not-dividing", "range", "10 does not divide 25.", {"denominations": [10, 25]}, "Denomination"),
        ("count-negative", "range", "-1 tokens.", {"held": [2, -1]}, "Bound"),
        ("count-large", "range", "2^20 + 1 tokens.", {"held": [2, 2**20 + 1]}, "Bound"),
        ("lists-differ", "malformed", "Three counts of two kinds.", {"held": [2, 1, 0]}, "Grammar"),
    )
    yield pay.file


# ---- Scripts -------------------------------------------------------------------------------------


def step(operation: str, session: str | None, given: Json, output: Json | str | None = None) -> Json:
    """One step, with what is expected of it: an output, a class, or whatever the reference answers."""
    made = TOKEN.step(operation, given, {} if output is None else output, session)
    return made if output is not None else {k: v for k, v in made.items() if k != "expect"}


def key_members(market: Market) -> Json:
    """A key's record in JSON form."""
    given = {"private_key": UTILITY, "server_key": ed25519_public(SERVER), "keys": [market.key]}
    members: Json = fields("bank_start", given)["keys"][0]
    return members


class Scripts:
    """A file of scripts."""

    def __init__(self, name: str, profile: str) -> None:
        self.name, self.profile = name, profile
        self.file = VectorFile(CHAPTER, f"script-{name}-{profile}", profile, parameters={}, notes=NOTES)

    def add(
        self, slug: str, steps: Sequence[Json], numbers: Sequence[int], comment: str, *flags: str
    ) -> None:
        """One script."""
        self.file.script(
            f"{CHAPTER}-script/{self.name}-{self.profile}/{slug.lower()}",
            steps,
            requirements=ids(*numbers),
            comment=comment,
            source=LIBRARIES,
            flags=flags,
        )


def bank_scripts(profile: str) -> VectorFile:
    """The utility's session."""
    scripts = Scripts("bank", profile)
    for market in markets(profile):
        held, other, q = market.token(), market.token("second"), market.logs.order
        name = market.name
        start = step(
            "bank_start",
            "bank",
            {"private_key": UTILITY, "server_key": ed25519_public(SERVER), "keys": [market.key]},
            {},
        )
        nonces = [step("bank_nonce", "bank", {"utility_nonce": nonce}, {}) for nonce in (NONCE, OTHER_NONCE)]
        first, second = held.spending(REPORT, NONCE), held.spending(REPORT, OTHER_NONCE)
        one, two = transcript(first), transcript(second)

        def spend(given: bytes, output: Json | str, slot: int = SPENT_AT) -> Json:
            return step("bank_spend", "bank", {"slot": slot, "transcript": given}, output)

        def accepted(given: bytes, slot: int = SPENT_AT) -> Json:
            output = {
                "outcome": 0,
                "receipt": receipt_of(given, slot),
                "first": None,
                "secret": None,
                "nonce": None,
            }
            return spend(given, output, slot)

        scripts.add(
            f"{name}-two-tokens",
            [start, *nonces, accepted(one), accepted(transcript(other.spending(REPORT, OTHER_NONCE)), 200)],
            (11, 16, 18, 21, 23, 24, 25),
            "Two tokens of one key, each with its nonce, for one report.",
        )
        proof = {
            "server_key": ed25519_public(SERVER),
            "key": market.key,
            "transcript_1": one,
            "secret": held.s,
            "nonce": held.r,
        }
        double = {"outcome": 1, "receipt": None, "first": one, "secret": held.s, "nonce": held.r}
        scripts.add(
            f"{name}-double-spend",
            [
                start,
                *nonces,
                accepted(one),
                spend(two, double),
                spend(two, double),
                step("check_evidence", None, {**proof, "transcript_2": two}, {}),
            ],
            (24, 27, 28),
            "The second spending is answered with the first and with the secrets, each time: evidence.",
            "DoubleSpend",
        )
        unsigned = cbor([1, cbor2.loads(two)[1], bytes(64)])
        scripts.add(
            f"{name}-no-evidence",
            [
                start,
                *nonces,
                accepted(one),
                spend(two, double),
                spend(unsigned, "unauthentic"),
                step("check_evidence", None, {**proof, "transcript_2": unsigned}, "unauthentic"),
                step("check_evidence", None, {**proof, "transcript_2": one}, "replayed"),
            ],
            (24, 27, 28),
            "What the server did not sign is no evidence, nor is a replay.",
            "NoEvidence",
        )
        reports = transcript(held.spending(seed("other"), NONCE))
        scripts.add(
            f"{name}-two-reports-one-nonce",
            [start, *nonces, accepted(one), spend(reports, double)],
            (19, 24, 27),
            "The nonce is the same, the report is not: two challenges.",
            "DoubleSpend",
        )
        again = step("bank_receipt", "bank", {"transcript": one}, {"receipt": receipt_of(one, SPENT_AT)})
        missing = step("bank_receipt", "bank", {"transcript": two}, "state")
        resigned = transcript(first, SERVER)
        scripts.add(
            f"{name}-replay",
            [
                start,
                *nonces,
                accepted(one),
                spend(one, "replayed"),
                spend(resigned, "replayed", 160),
                again,
                missing,
            ],
            (24, 25, 27),
            "The same spending again is no second one, and has its receipt.",
            "Replay",
            "Receipt",
        )
        half_v = Held(market, held.s, other.r, held.prefix)
        half_x = Held(market, other.s, held.r, held.prefix)
        halves = [transcript(half.spending(REPORT, OTHER_NONCE)) for half in (half_v, half_x)]
        scripts.add(
            f"{name}-halves",
            [
                start,
                *nonces,
                accepted(one),
                *(spend(half, "replayed") for half in halves),
                accepted(transcript(other.spending(REPORT, OTHER_NONCE))),
            ],
            (16, 24),
            "Tokens that are signed, with one half of a token that was spent; then one with neither.",
            "HalfSeen",
        )
        later = replace(market, epoch=8)
        elsewhere = transcript(replace(held, market=later).spending(REPORT, OTHER_NONCE))
        both = {**start, "input": {**start["input"], "keys": [*start["input"]["keys"], key_members(later)]}}
        scripts.add(
            f"{name}-two-epochs",
            [both, *nonces, accepted(one), spend(elsewhere, double)],
            (11, 24, 27),
            "One identity, signed in two epochs: it is spent, and two answers give its secrets.",
            "DoubleSpend",
        )
        used = transcript(other.spending(REPORT, NONCE))
        unknown = transcript(other.spending(REPORT, seed("never given")))
        scripts.add(
            f"{name}-nonces",
            [
                start,
                *nonces,
                step("bank_nonce", "bank", {"utility_nonce": NONCE}, "replayed"),
                accepted(one),
                spend(used, "replayed"),
                spend(unknown, "state"),
                step("bank_nonce", "bank", {"utility_nonce": NONCE}, "replayed"),
            ],
            (23, 24),
            "A nonce given twice, used for a second token, or never given.",
            "Nonce",
        )
        late = {**second, "response": (second["response"] + 1) % q}
        swapped = Held(market, held.s, held.r, held.prefix)
        foreign = signed(
            SERVER,
            b"transcript",
            {1: cbor([1, {**held.body, 3: 8}]), 2: REPORT, 3: NONCE, 4: minimal(first["response"])},
        )
        scripts.add(
            f"{name}-refusals-leave-nothing",
            [
                start,
                *nonces,
                spend(transcript(late), "proof-failed"),
                spend(transcript(second, STRANGER), "unauthentic"),
                spend(foreign, "unauthentic"),
                spend(one, "expired", 201),
                spend(one, "policy", 99),
                spend(one[:-1], "malformed"),
                spend(transcript({**first, "report": seed("relay")}), "proof-failed"),
                spend(transcript({**first, "response": first["response"] + q}), "range"),
                accepted(transcript(swapped.spending(REPORT, NONCE))),
            ],
            (16, 18, 19, 21, 24),
            "What is refused is not remembered: the token is good afterwards.",
            "OtherReport",
            "Window",
        )
        apart = transcript(Outside(market, held.s, held.r, held.prefix).spending(REPORT, OTHER_NONCE))
        cut = step("bank_receipt", "bank", {"transcript": one[:-1]}, "malformed")
        scripts.add(
            f"{name}-receipt-of-nothing",
            [start, *nonces, accepted(one), cut, spend(apart, "not-in-group"), again],
            (12, 24, 25),
            "A transcript that is none has no receipt, and one with a v that is no element is not taken.",
            "Encoding",
            "Subgroup",
        )
        scripts.add(
            f"{name}-not-started",
            [
                spend(one, "state"),
                step("bank_nonce", "bank", {"utility_nonce": NONCE}, "state"),
                step("bank_receipt", "bank", {"transcript": one}, "state"),
                start,
                {**start, "expect": {"error": "state"}},
            ],
            (23, 24, 25),
            "Nothing before the start, and one start.",
        )
        twice = [market.key, {**market.key, "last_slot": 300}]
        given = {"private_key": UTILITY, "server_key": ed25519_public(SERVER), "keys": twice}
        bad_slots = {**given, "keys": [{**market.key, "last_slot": 99}]}
        scripts.add(
            f"{name}-two-keys",
            [
                step("bank_start", "bank", given, "range"),
                step("bank_start", "bank", bad_slots, "range"),
                start,
            ],
            (9, 11),
            "One value and epoch has one key.",
            "Equivocation",
        )
    if profile == "published":
        held = TOY.token()
        negative = (2039 - int.from_bytes(held.v, "big")).to_bytes(2, "big")
        spending = {**held.spending(REPORT, NONCE), "token": cbor([1, {**held.body, 5: negative}])}
        start = step(
            "bank_start",
            "bank",
            {"private_key": UTILITY, "server_key": ed25519_public(SERVER), "keys": [TOY.key]},
            {},
        )
        outside = step(
            "bank_spend", "bank", {"slot": SPENT_AT, "transcript": transcript(spending)}, "not-in-group"
        )
        scripts.add(
            "outside-the-group", [start, outside], (12, 24), "p - v in a signed transcript.", "Subgroup"
        )
        start = step(
            "bank_start",
            "bank",
            {"private_key": UTILITY, "server_key": ed25519_public(SERVER), "keys": [TINY.key]},
            {},
        )
        given_out = step("bank_nonce", "bank", {"utility_nonce": NONCE}, {})
        shared = transcript(TINY.shared().spending(REPORT, NONCE))
        no_unit = step("bank_spend", "bank", {"slot": SPENT_AT, "transcript": shared}, "not-invertible")
        scripts.add(
            "tiny-hash-no-unit",
            [start, given_out, no_unit],
            (14, 24),
            "The hash is no unit modulo 35, and the signature's e-th power.",
            "NonUnit",
        )
        several = [step("bank_nonce", "bank", {"utility_nonce": seed(f"open/{k}")}, {}) for k in range(64)]
        full = step("bank_nonce", "bank", {"utility_nonce": seed("open/64")}, "exhausted")
        scripts.add("too-many-nonces", [start, *several, full], (23,), "64 nonces are open.", "Nonce")
    return scripts.file


def purse_scripts(profile: str) -> VectorFile:
    """The meter's side."""
    scripts = Scripts("purse", profile)
    for market in markets(profile):
        held, name = market.token(), market.name
        given: Json = {"group": market.group, "secret": held.s, "nonce": held.r, "token": held.data}
        start = step("purse_start", "meter", given, {})
        answer = {"challenge": held.challenge(REPORT, NONCE), "response": held.respond(REPORT, NONCE)}

        def spend(report: bytes, nonce: bytes, output: Json | str) -> Json:
            return step("purse_spend", "meter", {"report": report, "utility_nonce": nonce}, output)

        scripts.add(
            f"{name}-one-answer",
            [
                start,
                spend(REPORT, NONCE, answer),
                spend(REPORT, NONCE, answer),
                spend(REPORT, OTHER_NONCE, "policy"),
                spend(seed("other"), NONCE, "policy"),
                spend(REPORT, NONCE, answer),
            ],
            (19, 20, 22),
            "The same again is answered, another challenge never.",
            "DoubleSpend",
        )
        repeated = [start, *(spend(REPORT, NONCE, answer) for _ in range(3))]
        scripts.add(f"{name}-again", repeated, (19, 20, 22), "One challenge three times.", "Receipt")
        q = market.logs.order
        scripts.add(
            f"{name}-start",
            [
                spend(REPORT, NONCE, "state"),
                step("purse_start", "meter", {**given, "secret": held.s % (q - 1) + 1}, "proof-failed"),
                step("purse_start", "meter", {**given, "nonce": held.s}, "range"),
                step("purse_start", "meter", {**given, "secret": 0}, "range"),
                step("purse_start", "meter", {**given, "token": held.data + b"\0"}, "malformed"),
                start,
                {**start, "expect": {"error": "state"}},
                spend(REPORT, NONCE, answer),
            ],
            (12, 22),
            "The secrets must be the token's.",
            "Related",
        )
    if profile == "published":
        held = TOY.token()
        outside = cbor([1, {**held.body, 5: b"\0\1"}])
        given = {"group": "toy-2039", "secret": held.s, "nonce": held.r, "token": outside}
        scripts.add(
            "outside-the-group",
            [step("purse_start", "meter", given, "not-in-group")],
            (12, 22),
            "v is 1.",
            "Subgroup",
        )
    return scripts.file


def trade_scripts(profile: str) -> VectorFile:
    """Negotiation, delivery, issuing."""
    scripts = Scripts("trade", profile)
    start = {
        "direction": 1,
        "energy_wh": 1200,
        "denominations": [10, 50, 100],
        "least_wh": 500,
        "most_wh": 2000,
    }

    def begin(**change: Any) -> Json:
        return step("trade_start", "trade", {**start, **change}, {})

    def offer(party: int, value: int, output: int | str) -> Json:
        expected = output if isinstance(output, str) else {"remaining": output}
        return step("trade_offer", "trade", {"party": party, "value_wh": value}, expected)

    def accept(party: int, value: int, output: list[int] | str) -> Json:
        expected = output if isinstance(output, str) else {"counts": output}
        return step("trade_accept", "trade", {"party": party, "value_wh": value}, expected)

    def deliver(amount: int, error: str | None = None) -> Json:
        return step("trade_deliver", "trade", {"amount_wh": amount}, error or {})

    def issue(counts: list[int], output: int | str) -> Json:
        expected = output if isinstance(output, str) else {"tokens": output}
        return step("trade_issue", "trade", {"counts": counts}, expected)

    def close(error: str | None = None) -> Json:
        return step("trade_close", "trade", {}, error or {})

    scripts.add(
        "sell",
        [
            begin(),
            offer(0, 1500, 7),
            offer(1, 900, 6),
            offer(0, 1160, 5),
            accept(1, 1160, [1, 1, 11]),
            deliver(1200),
            issue([1, 1, 11], 13),
        ],
        (31, 32),
        "The user sells: offers, agreement, energy, tokens.",
    )
    scripts.add(
        "buy",
        [
            begin(direction=0),
            offer(1, 1100, 7),
            accept(0, 1100, [0, 0, 11]),
            deliver(1100),
            issue([0, 0, 11], 11),
        ],
        (31, 32),
        "The user buys: the price comes first.",
    )
    scripts.add(
        "turns",
        [
            begin(),
            offer(0, 1500, 7),
            offer(0, 1400, "state"),
            accept(0, 1500, "state"),
            offer(1, 900, 6),
            accept(1, 900, "state"),
            accept(0, 900, [0, 0, 9]),
        ],
        (31,),
        "Nobody speaks twice or accepts what he has offered.",
        "Turn",
    )
    scripts.add(
        "price-mismatch",
        [
            begin(),
            offer(1, 900, 7),
            accept(0, 910, "policy"),
            accept(0, 890, "policy"),
            accept(0, 900, [0, 0, 9]),
            deliver(1199, "policy"),
            deliver(1201, "policy"),
            deliver(1200),
            issue([0, 0, 10], "policy"),
            issue([0, 18, 0], "policy"),
            issue([0, 0, 9, 0], "policy"),
            issue([0, 0, 9], 9),
        ],
        (31, 32),
        "Another value, another amount, other tokens of the same sum.",
        "OtherValue",
    )
    scripts.add(
        "no-denomination",
        [
            begin(),
            offer(0, 905, "policy"),
            offer(0, 490, "policy"),
            offer(0, 2010, "policy"),
            offer(0, 500, 7),
            offer(1, 2000, 6),
        ],
        (29, 31),
        "A value that no tokens make, and values outside the bounds.",
        "Denomination",
    )
    rounds = [offer(k % 2, 1000 + 10 * k, 7 - k) for k in range(8)]
    scripts.add(
        "eight-offers",
        [begin(), *rounds, offer(0, 1500, "exhausted"), accept(0, 1070, [2, 1, 10])],
        (31,),
        "The ninth is none.",
        "Turn",
    )
    scripts.add(
        "order-of-steps",
        [
            offer(0, 900, "state"),
            accept(0, 900, "state"),
            deliver(900, "state"),
            issue([0, 0, 9], "state"),
            close("state"),
            begin(),
            {**begin(), "expect": {"error": "state"}},
            accept(0, 900, "state"),
            deliver(1200, "state"),
            issue([0, 0, 9], "state"),
            offer(0, 900, 7),
            deliver(1200, "state"),
            accept(1, 900, [0, 0, 9]),
            issue([0, 0, 9], "state"),
            offer(0, 900, "state"),
            deliver(1200),
            close("state"),
            deliver(1200, "state"),
            issue([0, 0, 9], 9),
            issue([0, 0, 9], "replayed"),
            offer(1, 900, "state"),
        ],
        (31, 32),
        "Each step where it does not belong.",
        "Turn",
    )
    scripts.add(
        "broken-off",
        [begin(), offer(0, 900, 7), close(), offer(1, 900, "state"), accept(1, 900, "state"), close("state")],
        (31,),
        "After the end nothing follows.",
        "Turn",
    )
    bad: dict[str, Json] = {
        "not-dividing": {"denominations": [10, 25]},
        "falling": {"denominations": [100, 10]},
        "bounds": {"least_wh": 2001},
        "direction": {"direction": 2},
        "no-energy": {"energy_wh": 0},
    }
    steps = [step("trade_start", "trade", {**start, **change}, "range") for change in bad.values()]
    scripts.add(
        "bad-starts", [*steps, begin()], (29, 31), "Denominations, bounds, direction, energy.", "Denomination"
    )
    return scripts.file


def market_script(profile: str) -> VectorFile:
    """A token's life, all parties: announced, proved, blinded, signed, made, spent, receipted."""
    scripts = Scripts("market", profile)
    for market in markets(profile):
        held, key = market.token(), market.rsa
        context = hashlib.sha256(market.announcement).digest()
        asked = {
            "public_key": ed25519_public(UTILITY),
            "scheme": market.scheme,
            "group": market.group,
            "modulus_bits": key.n.bit_length(),
            "announcement": market.announcement,
        }
        count = next(m for m in range(1, 99) if least_factor(key.e) ** m >= 2**128)
        proof = {
            "modulus": key.n,
            "exponent": key.e,
            "context": context,
            "roots": roots_of(key, context, count),
        }
        message = market.message(held.v, held.x)
        named = {"scheme": market.scheme, "value_wh": 500, "epoch": 7, "group": market.group}
        blinding = 2 + draw_below(f"tokens/market/{market.name}", key.n - 3)
        blinded = pow(held.signature * blinding, key.e, key.n)
        public: Json = {"modulus": key.n, "exponent": key.e}
        sent, inverse = {"blinded_message": blinded}, pow(blinding, -1, key.n)
        if market.scheme == 2:
            public |= {"variant": 1, "input_message": held.prefix + message}
            salt = draw_bytes(f"tokens/salt/{market.name}", 48)
            blind = step(
                "blind", None, {**public, "salt": salt, "blinding": blinding}, {**sent, "inverse": inverse}
            )
            final = "blind_finalize"
        else:
            public |= {"message": message}
            blind = step("fdh_blind", None, {**public, "blinding": blinding}, {**sent, "inverse": inverse})
            final = "fdh_finalize"
        signed_blind = held.signature * blinding % key.n
        one = transcript(held.spending(REPORT, NONCE))
        answer_one = {"challenge": held.challenge(REPORT, NONCE), "response": held.respond(REPORT, NONCE)}
        scripts.add(
            f"{market.name}-life",
            [
                step("check_announcement", None, asked, {**market.key, "key_id": context}),
                step("verify_key", None, proof, {}),
                step(
                    "identity",
                    None,
                    {"group": market.group, "secret": held.s, "nonce": held.r},
                    {"v": held.v, "x": held.x},
                ),
                step("token_message", None, {**named, "v": held.v, "x": held.x}, {"message": message}),
                blind,
                step(
                    "blind_sign",
                    None,
                    {"p": key.p, "q": key.q, "exponent": key.e, **sent},
                    {"blind_signature": signed_blind},
                ),
                step(
                    final,
                    None,
                    {**public, "blind_signature": signed_blind, "inverse": inverse},
                    {"signature": held.signature},
                ),
                step(
                    "token",
                    None,
                    {
                        "key": market.key,
                        "v": held.v,
                        "x": held.x,
                        "prefix": held.prefix,
                        "signature": held.signature,
                    },
                    {"token": held.data},
                ),
                step(
                    "purse_start",
                    "meter",
                    {"group": market.group, "secret": held.s, "nonce": held.r, "token": held.data},
                    {},
                ),
                step(
                    "bank_start",
                    "bank",
                    {"private_key": UTILITY, "server_key": ed25519_public(SERVER), "keys": [market.key]},
                    {},
                ),
                step("bank_nonce", "bank", {"utility_nonce": NONCE}, {}),
                step("purse_spend", "meter", {"report": REPORT, "utility_nonce": NONCE}, answer_one),
                step(
                    "bank_spend",
                    "bank",
                    {"slot": SPENT_AT, "transcript": one},
                    {
                        "outcome": 0,
                        "receipt": receipt_of(one, SPENT_AT),
                        "first": None,
                        "secret": None,
                        "nonce": None,
                    },
                ),
                step(
                    "check_receipt",
                    None,
                    {
                        "public_key": ed25519_public(UTILITY),
                        "transcript": one,
                        "receipt": receipt_of(one, SPENT_AT),
                    },
                    {"slot": SPENT_AT},
                ),
            ],
            (8, 9, 11, 12, 16, 19, 21, 22, 23, 24, 25),
            "From the announcement to the receipt.",
        )
    return scripts.file


def least_factor(number: int) -> int:
    """The least prime factor, 65536 where there is none below."""
    return next((d for d in range(3, 65536, 2) if number % d == 0), 65536)


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    for profile in ("published", "hardened"):
        yield from blind_key_files(profile)
        yield from blind_rfc_files(profile)
    for name in ("513", "1024"):
        yield from blind_own_files("published", f"bits-{name}" if name == "513" else name)
    yield from blind_own_files("hardened", "3072")
    yield from blind_short_files()
    yield from fdh_files()
    for profile in ("published", "hardened"):
        yield from key_proof_files(profile)
        yield from announce_files(profile)
        yield from check_announcement_files(profile)
        yield equivocation_file(profile)
        yield from identity_files(profile)
        yield from token_files(profile)
        yield from challenge_files(profile)
        yield from spending_files(profile)
        yield from extract_files(profile)
        yield from evidence_files(profile)
        yield from value_files(profile)
        yield bank_scripts(profile)
        yield purse_scripts(profile)
        yield trade_scripts(profile)
        yield market_script(profile)
