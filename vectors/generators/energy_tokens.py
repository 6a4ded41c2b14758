"""Vectors of the energy-token chapter (paper E, section 3), of RFC 9474 first.

Expected values come from what stands here and not from the reference: the RFC's own numbers, signatures of
the library cryptography where they are deterministic, plain powers modulo n. VectorFile.positive and script
hold the reference to them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import lcm
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from meter_privacy.conformance.values import encode_fields
from meter_privacy.vectors.generators import paillier_primes
from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes, tables

CHAPTER = "energy_tokens"
RFC = "RFC 9474, appendix A"
LIBRARY = "the library cryptography"
POWERS = "the generator's own powers"
TABLE = "operation table"
DATA = Path(__file__).parent / "data" / "rfc9474.json"


def note(bug: str, effect: str) -> Json:
    """A flag's note."""
    return {"bug": bug, "effect": effect, "links": []}


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
    "Grammar": note("a value of another type is taken", "two readers see two requests"),
}


def ids(*numbers: int) -> list[str]:
    """Ids of this chapter's requirements."""
    return [f"TOKEN-{number}" for number in numbers]


def fields(operation: str, values: Mapping[str, Any]) -> Json:
    """An operation's input in JSON form."""
    return encode_fields(tables().operations[f"{CHAPTER}.{operation}"].input, values)


def answer(operation: str, values: Mapping[str, Any]) -> Json:
    """An operation's output in JSON form."""
    return encode_fields(tables().operations[f"{CHAPTER}.{operation}"].output, values)


Fault = tuple[str, str, str, Json, str]


class Suite:
    """A file of one operation: valid inputs, and changes of them."""

    def __init__(
        self, operation: str, name: str, profile: str, numbers: Sequence[int], parameters: Json | None = None
    ) -> None:
        self.operation = operation
        self.numbers = numbers
        stem = operation.replace("_", "-")
        self.file = VectorFile(
            CHAPTER, f"{stem}-{name}", profile, f"{CHAPTER}.{operation}", parameters or {}, NOTES
        )

    def good(
        self, slug: str, comment: str, given: Json, output: Json, *flags: str, source: str = POWERS
    ) -> None:
        """A positive test with an answer of its own."""
        self.file.positive(
            slug,
            fields(self.operation, given),
            answer(self.operation, output),
            requirements=ids(*self.numbers),
            comment=comment,
            source=source,
            flags=flags,
        )

    def bad(self, slug: str, error: str, comment: str, given: Json, *flags: str, source: str = TABLE) -> None:
        """A negative test."""
        self.file.negative(
            slug,
            fields(self.operation, given),
            error,
            requirements=ids(*self.numbers),
            comment=comment,
            source=source,
            flags=flags,
        )

    def faults(self, given: Json, *cases: Fault) -> None:
        """Negative tests: each a slug, a class, a comment, what is changed of the input, and a flag."""
        for slug, error, comment, change, flag in cases:
            self.bad(slug, error, comment, {**given, **change}, flag)

    def raw(self, slug: str, comment: str, given: Json, name: str, token: str) -> None:
        """A test whose field `name` is another JSON text."""
        members = fields(self.operation, given)
        text = ",".join(
            f"{json.dumps(key)}:{token if key == name else json.dumps(part)}" for key, part in members.items()
        )
        self.file.raw(
            slug,
            json_text="{" + text + "}",
            requirements=ids(*self.numbers),
            comment=comment,
            flags=("Grammar",),
        )


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
            self.p, self.q, self.d, self.d % (self.p - 1), self.d % (self.q - 1), pow(self.q, -1, self.p),
            rsa.RSAPublicNumbers(self.e, self.n),
        )  # fmt: skip
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
    keys = [rfc_key()] if profile == "hardened" else [Rsa("3233", 61, 53, 17), rsa_key("bits-128")]
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
            f"{slug}-negated", "unauthentic", "n - s: the power is n - m.",
            {**given, "signature": key.n - number["sig"]}, "Forgery",
        )  # fmt: skip
    prepare.bad(
        "variant-zero", "range", "There is no variant 0.",
        {"variant": 0, "message": b"e", "prefix": b""}, "Bound",
    )  # fmt: skip
    prepare.bad(
        "variant-five", "range", "There is no variant 5.",
        {"variant": 5, "message": b"e", "prefix": b""}, "Bound",
    )  # fmt: skip
    prefix = draw_bytes("tokens/prefix", 32)
    given = {"variant": 2, "message": b"", "prefix": prefix}
    prepare.good("empty-message", "The message is empty.", given, {"input_message": prefix}, "Prefix")
    prepare.bad(
        "prefix-of-31", "malformed", "A byte is missing.", {**given, "prefix": prefix[:31]}, "Prefix"
    )  # fmt: skip
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
    )
    for suite in (blind, sign, finalize, verify):
        yield suite.file


def blind_short_file() -> VectorFile:
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
    return suite.file


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    for profile in ("published", "hardened"):
        yield from blind_key_files(profile)
        yield from blind_rfc_files(profile)
    for name in ("513", "1024"):
        yield from blind_own_files("published", f"bits-{name}" if name == "513" else name)
    yield from blind_own_files("hardened", "3072")
    yield blind_short_file()
