"""Vectors of groups and of sharing among servers (paper E; spec/reporting.md).

Expected values come from what stands here and not from the reference: P-256 in projective coordinates
with complete sums, held to OpenSSL's ECDH; hashing to the curve by trying Euler's criterion; polynomials and
interpolation by solving linear equations; the proofs from the bytes that the text gives. The vectors of
RFC 9380 and RFC 9497 are as printed there. VectorFile.positive holds the reference to them.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from meter_privacy.conformance.values import Refusal, decode_input
from meter_privacy.vectors.generators.common import Json, VectorFile, be, draw_bytes, tables
from meter_privacy.vectors.generators.groups import FIELD, Curve, Modular, members, on_curve
from meter_privacy.vectors.generators.primitives import ed25519_public, ed25519_sign, hash_to_field
from meter_privacy.vectors.generators.suites import CWE, RFC, TABLE, Chapter, note

CHAPTER = "reporting"
REPORTING = Chapter(CHAPTER, "REPORT")
ids = REPORTING.ids
DOMAIN = b"meter-privacy/reporting/1/"
PUBLISHED, HARDENED = "published", "hardened"
LAST = 2**53 - 1

OWN = "the generator's own arithmetic, from the bytes that the text gives"
OPENSSL = "OpenSSL's multiples of the generator of P-256"
H2C = "RFC 9380, appendix J.1.1"
OPRF = "RFC 9497, appendix A.3.1"
EQUATIONS = "linear equations modulo q, solved by elimination"
PVSS = "https://www.win.tue.nl/~berry/papers/crypto99.pdf"
FROZEN_HEART = "https://eprint.iacr.org/2023/691"

NOTES = {
    "Encoding": note(
        "a second encoding of an element, or a number out of range, is taken",
        "one element has two forms: proofs, digests and lists of keys no longer tell them apart",
        CWE.format(1286),
    ),
    "Subgroup": note(
        "what is not of order q is taken for an element",
        "a bit of an exponent is shown, or a proof passes for another element",
        CWE.format(325),
        RFC.format(2785),
    ),
    "Identity": note(
        "the identity is taken for an element",
        "everything to it is the identity: known to all",
        CWE.format(347),
    ),
    "WeakGroup": note(
        "a group below 128 bits of strength is used", "logarithms are computed", CWE.format(326)
    ),
    "HashToGroup": note(
        "an element is hashed otherwise than the standard says",
        "generators and challenges differ, or a logarithm is known",
        RFC.format(9380),
    ),
    "Exceptional": note(
        "adding equal or opposite points, or the identity, is not a case of its own",
        "a wrong point, at inputs that an attacker picks",
        "https://eprint.iacr.org/2015/1060",
    ),
    "Index": note(
        "an index that is 0, or 0 modulo q, or stands twice is taken",
        "the share at 0 is the secret; with two equal ones nothing can be interpolated",
        CWE.format(1284),
    ),
    "Threshold": note(
        "fewer servers are taken than 2 t - 1, or than t",
        "the sum cannot be opened when t - 1 servers are silent",
        CWE.format(20),
    ),
    "TooFew": note("fewer than t shares are interpolated", "a wrong total, unnoticed", CWE.format(354)),
    "Subset": note(
        "the weights are those of the servers 1 to t, whoever answered",
        "a wrong element",
        "https://doi.org/10.1145/359168.359176",
    ),
    "Inconsistent": note(
        "shares beyond the t-th are not looked at", "which servers answer decides the total", CWE.format(354)
    ),
    "ScalarRange": note(
        "a scalar that is not below q is taken",
        "one proof has many forms",
        CWE.format(1284),
        RFC.format(8235),
    ),
    "Composite": note("a composite is taken for the order", "a division that is none", CWE.format(369)),
    "SumBound": note(
        "a sum is looked for without an end, or above q",
        "sums wrap in silence, or the utility hangs",
        CWE.format(190),
    ),
    "TrivialKey": note("the private key 1 or 0 is taken", "everybody decrypts the share", CWE.format(521)),
    "KeyRepeats": note(
        "two servers have one key", "one of them decrypts two shares of the threshold", CWE.format(694)
    ),
    "ReadingRange": note(
        "a reading outside its bounds is dealt", "one meter moves the total at will", CWE.format(20)
    ),
    "Randomness": note(
        "too few bytes of randomness are stretched, or a 0 that they give is used",
        "the reading is not masked, or a share is shown",
        CWE.format(331),
    ),
    "Binding": note(
        "the proof's hash does not bind all of the statement",
        "a proof is carried over to another meter, slot, roster or reading",
        FROZEN_HEART,
        CWE.format(345),
    ),
    "WrongDealing": note(
        "a dealing is taken without its proof being verified",
        "subsets of servers find different totals, or none",
        PVSS,
        CWE.format(347),
    ),
    "WrongShare": note(
        "a decrypted share is taken without its proof being verified", "one server moves the total", PVSS
    ),
    "Replay": note(
        "a reading is added twice, or opened twice",
        "two sums that differ in one reading show it",
        CWE.format(294),
    ),
    "SmallSum": note("a sum of too few readings is opened", "the sum is a reading", CWE.format(359)),
    "Evidence": note(
        "an accusation is believed that is not signed, or of something that is right",
        "an honest party is framed",
        CWE.format(347),
    ),
    "State": note("a step is taken before the one that it needs", "an undefined session", CWE.format(696)),
}


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def drawn(label: str, length: int) -> bytes:
    """Bytes of a label."""
    return draw_bytes(f"meter-privacy/sharing/{label}", length)


# ---- Groups, written again ---------------------------------------------------------------------------


@lru_cache
def second(name: str) -> Any:
    """h."""
    return members(name).hash(name.encode(), DOMAIN + b"generator-h")


def openssl_multiple(scalar: int) -> bytes:
    """A multiple of the generator of P-256."""
    public = ec.derive_private_key(scalar, ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def scalar_size(q: int) -> int:
    return (q.bit_length() + 135) // 8


# ---- The scheme, written again -------------------------------------------------------------------------


@dataclass
class World:
    """A roster with its private keys, and what its meters and servers make."""

    name: str
    threshold: int
    indices: tuple[int, ...]
    maximum_wh: int
    least: int
    label: str = "world"
    private: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.m = members(self.name)
        self.h = second(self.name)
        for index in self.indices:
            wide = int.from_bytes(drawn(f"{self.name}/{self.label}/x/{index}", 400), "big")
            self.private.setdefault(index, wide % (self.m.q - 2) + 2)
        self.keys = {index: self.m.power(self.h, x) for index, x in self.private.items()}

    def servers(self) -> list[Json]:
        return [{"index": i, "public_key": self.m.encode(self.keys[i])} for i in self.indices]

    def roster(self, **changed: Any) -> Json:
        """The fields of the roster."""
        given = {
            "group": self.name,
            "threshold": self.threshold,
            "servers": self.servers(),
            "maximum_wh": self.maximum_wh,
            "least": self.least,
        }
        return {**given, **changed}

    def digest(self) -> bytes:
        name = self.name.encode()
        data = DOMAIN + b"sharing-roster\x00" + bytes([len(name)]) + name
        data += self.m.encode(self.m.g) + self.m.encode(self.h)
        data += be(self.maximum_wh, 4) + be(self.least, 2) + be(self.threshold, 2) + be(len(self.indices), 2)
        return sha(data + b"".join(be(i, 2) + self.m.encode(self.keys[i]) for i in self.indices))

    def randomness(self, label: str, count: int | None = None) -> bytes:
        count = count if count is not None else self.threshold + len(self.indices)
        return drawn(f"{self.name}/{self.label}/{label}", count * scalar_size(self.m.q))

    def scalars(self, randomness: bytes) -> list[int]:
        size = scalar_size(self.m.q)
        chunks = [randomness[k : k + size] for k in range(0, len(randomness), size)]
        return [int.from_bytes(chunk, "big") % self.m.q for chunk in chunks]

    def deal(
        self,
        node: int,
        slot: int,
        reading: int,
        randomness: bytes,
        order: Callable[[Any], Any] = lambda statement: statement,
        false_share: tuple[int, int] | None = None,
        challenge: Callable[[bytes], int] | None = None,
        roster: bytes | None = None,
    ) -> Json:
        """A dealing. `order` changes what the hash has of each server, `challenge` the hash; a false share
        is an index and what is added to its exponent."""
        m, q = self.m, self.m.q
        numbers = self.scalars(randomness)
        alphas, ws = numbers[: self.threshold], numbers[self.threshold :]
        shares = {i: sum(a * i**j for j, a in enumerate(alphas)) % q for i in self.indices}
        commitments = [m.power(m.g, a) for a in alphas]
        masked = m.times(m.power(self.h, alphas[0]), m.power(m.g, reading))
        sent = dict(shares)
        if false_share is not None:
            sent[false_share[0]] = (sent[false_share[0]] + false_share[1]) % q
        encrypted = [m.power(self.keys[i], sent[i]) for i in self.indices]
        statements = [
            (m.power(m.g, shares[i]), y, m.power(m.g, w), m.power(self.keys[i], w))
            for i, y, w in zip(self.indices, encrypted, ws, strict=True)
        ]
        message = (self.digest() if roster is None else roster) + be(node, 4) + be(slot, 8)
        message += b"".join(m.encode(e) for e in (*commitments, masked))
        message += b"".join(m.encode(e) for statement in statements for e in order(statement))
        hashed = challenge or (lambda data: hash_to_field(data, DOMAIN + b"dealing", q, 1)[0])
        c = hashed(message)
        return {
            "commitments": [m.encode(e) for e in commitments],
            "masked": m.encode(masked),
            "encrypted": [m.encode(e) for e in encrypted],
            "challenge": c,
            "responses": [(w - c * shares[i]) % q for i, w in zip(self.indices, ws, strict=True)],
        }

    def decode(self, data: bytes) -> Any:
        if isinstance(self.m, Modular):
            return int.from_bytes(data, "big")
        x = int.from_bytes(data[1:], "big")
        y = on_curve(x)
        assert y is not None
        return x, y if data[0] == 2 else FIELD - y

    def open(self, context: bytes, index: int, encrypted: bytes, randomness: bytes) -> Json:
        """A decrypted share with its proof."""
        m, x = self.m, self.private[index]
        shared = self.decode(encrypted)
        share = m.power(shared, pow(x, -1, m.q))
        return {"share": m.encode(share), **self.prove(context, index, shared, share, randomness)}

    def prove(self, context: bytes, index: int, shared: Any, share: Any, randomness: bytes) -> Json:
        """The proof of a share, which may be a false one."""
        m, x = self.m, self.private[index]
        [w] = self.scalars(randomness)
        listed = (self.keys[index], shared, share, m.power(self.h, w), m.power(share, w))
        message = context + be(index, 2) + b"".join(m.encode(e) for e in listed)
        [c] = hash_to_field(message, DOMAIN + b"share", m.q, 1)
        return {"challenge": c, "response": (w - c * x) % m.q}

    def total(self, dealings: Sequence[Json]) -> Json:
        """The products of dealings, one after the other, and the context."""
        columns = [
            (
                *(self.decode(e) for e in d["commitments"]),
                self.decode(d["masked"]),
                *map(self.decode, d["encrypted"]),
            )
            for d in dealings
        ]
        product = columns[0]
        for column in columns[1:]:
            product = tuple(self.m.times(a, b) for a, b in zip(product, column, strict=True))
        encoded = [self.m.encode(e) for e in product]
        places = sorted((d["node"], d["slot"]) for d in dealings)
        data = DOMAIN + b"sum\x00" + self.digest() + be(len(places), 4)
        data += b"".join(be(node, 4) + be(slot, 8) for node, slot in places) + b"".join(encoded)
        t = self.threshold
        return {
            "commitments": encoded[:t],
            "masked": encoded[t],
            "encrypted": encoded[t + 1 :],
            "context": sha(data),
        }


def signed_dealing(secret: bytes, roster: bytes, dealing: Json) -> bytes:
    """The signature of a dealing."""
    scalars = [dealing["challenge"], *dealing["responses"]]
    numbers = [be(k, (k.bit_length() + 7) // 8) for k in scalars]
    texts = [*dealing["commitments"], dealing["masked"], *dealing["encrypted"], *numbers]
    data = DOMAIN + b"signed-dealing\x00" + roster + be(dealing["node"], 4) + be(dealing["slot"], 8)
    data += b"".join(be(len(dealing[k]), 2) for k in ("commitments", "encrypted", "responses"))
    return ed25519_sign(secret, data + b"".join(be(len(text), 2) + text for text in texts))


def signed_share(secret: bytes, context: bytes, index: int, opened: Json) -> bytes:
    """The signature of a share."""
    numbers = [be(k, (k.bit_length() + 7) // 8) for k in (opened["challenge"], opened["response"])]
    texts = [opened["share"], *numbers]
    data = DOMAIN + b"signed-share\x00" + context + be(index, 2)
    return ed25519_sign(secret, data + b"".join(be(len(text), 2) + text for text in texts))


# ---- Files -------------------------------------------------------------------------------------------


@dataclass
class Suite:
    """A file of one operation; inputs are in Python form."""

    operation: str
    parameters: str
    profile: str
    requires: tuple[int, ...]

    def __post_init__(self) -> None:
        suffix = self.operation.replace("_", "-")
        shown = {"parameter_set": self.parameters}
        name = f"{suffix}-{self.parameters}"
        self.file = VectorFile(CHAPTER, name, self.profile, f"reporting.{self.operation}", shown, NOTES)
        self.table = tables().operations[f"reporting.{self.operation}"]

    def good(
        self,
        slug: str,
        comment: str,
        given: Mapping[str, Any],
        output: Mapping[str, Any] | None,
        source: str = OWN,
        flags: Sequence[str] = (),
        requires: Sequence[int] = (),
    ) -> None:
        """A positive vector; `output` in Python form, None where nothing is answered."""
        self.file.positive(
            slug, REPORTING.fields(self.operation, given), REPORTING.answer(self.operation, output or {}),
            requirements=ids(*(requires or self.requires)), comment=comment, source=source, flags=flags,
        )  # fmt: skip

    def bad(
        self,
        slug: str,
        comment: str,
        given: Mapping[str, Any],
        error: str,
        *flags: str,
        requires: Sequence[int] = (),
        source: str = TABLE,
    ) -> None:
        """A negative vector; one that the table's lengths refuse is given as it is sent."""
        encoded = REPORTING.fields(self.operation, given)
        try:
            decode_input(self.table, encoded)
        except Refusal:
            assert error == "malformed"
            self.file.raw(
                slug, json_text=json.dumps(encoded), frame=REPORTING.payload(self.operation, given),
                requirements=ids(*(requires or self.requires)), comment=comment, source=source,
                flags=flags,
            )  # fmt: skip
            return
        self.file.negative(
            slug, encoded, error, requirements=ids(*(requires or self.requires)),
            comment=comment, source=source, flags=flags,
        )  # fmt: skip


def slug_of(name: str) -> str:
    return name.lower()


# ---- Groups ------------------------------------------------------------------------------------------


def no_elements(name: str) -> Iterator[tuple[str, str, bytes, str, tuple[str, ...]]]:
    """Encodings of no element: slug, comment, bytes, class, flags."""
    m = members(name)
    v = m.power(m.g, 5)
    good = m.encode(v)
    yield "short", "one byte is missing", good[1:], "malformed", ("Encoding",)
    if m.width < 384:
        yield "long", "a zero byte in front", b"\x00" + good, "malformed", ("Encoding",)
    if isinstance(m, Modular):
        root = next(k for k in range(2, 100) if pow(k, m.q, m.p) != 1)
        yield "zero", "0", be(0, m.width), "range", ("Encoding",)
        yield "prime", "p, which is 0", be(m.p, m.width), "range", ("Encoding",)
        if m.p + v < 256**m.width:
            yield "unreduced", "p + v for an element v", be(m.p + v, m.width), "range", ("Encoding",)
        yield "one", "1, the identity", be(1, m.width), "not-in-group", ("Identity",)
        yield "minus-one", "p - 1, of order 2", be(m.p - 1, m.width), "not-in-group", ("Subgroup",)
        yield "opposite", "p - v for an element v", be(m.p - v, m.width), "not-in-group", ("Subgroup",)
        yield "no-member", f"{root} is not of order q", be(root, m.width), "not-in-group", ("Subgroup",)
        return
    x = good[1:]
    off = next(k for k in range(1, 99) if on_curve(k) is None)
    small = next(k for k in range(1, 99) if on_curve(k) is not None)
    yield "identity-as-one-byte", "SEC 1's identity, 00", b"\x00", "malformed", ("Identity",)
    yield "uncompressed", "SEC 1's uncompressed form", b"\x04" + x + be(v[1], 32), "malformed", ("Encoding",)
    yield "zeros", "33 zero bytes", bytes(33), "range", ("Identity",)
    yield "prefix-4", "the first byte is 04", b"\x04" + x, "range", ("Encoding",)
    yield "prefix-6", "the first byte is 06, of the hybrid form", b"\x06" + x, "range", ("Encoding",)
    yield "prefix-130", "the highest bit is set", b"\x82" + x, "range", ("Encoding",)
    yield "coordinate-is-prime", "x = p", b"\x02" + be(FIELD, 32), "range", ("Encoding",)
    yield (
        "unreduced",
        f"x = p + {small}, {small} being a coordinate",
        b"\x02" + be(FIELD + small, 32),
        "range",
        ("Encoding",),
    )
    yield "coordinate-of-ones", "x = 2^256 - 1", b"\x03" + b"\xff" * 32, "range", ("Encoding",)
    yield "off-curve", f"x = {off} is on the twist", b"\x02" + be(off, 32), "not-in-group", ("Subgroup",)
    yield "off-curve-odd", f"x = {off} is on the twist", b"\x03" + be(off, 32), "not-in-group", ("Subgroup",)


GROUPS = (
    ("toy-2039", PUBLISHED),
    ("modp-1024-160", PUBLISHED),
    ("modp-2048", PUBLISHED),
    ("modp-3072", PUBLISHED),
    ("P-256", HARDENED),
)


def refused_groups(suite: Suite, given: Mapping[str, Any]) -> None:
    """Names that are no group, or none of the profile."""
    for slug, name in (("no-group", "P-384"), ("empty-name", ""), ("other-case", "p-256")):
        suite.bad(
            slug, f"the group is named {name!r}", {**given, "group": name}, "range", "Encoding", requires=(1,)
        )
    if suite.profile == HARDENED:
        for name in ("toy-2039", "modp-1024-160", "modp-2048", "modp-3072"):
            comment = f"{name} is not a group of the hardened profile"
            suite.bad(f"group-{name}", comment, {**given, "group": name}, "range", "WeakGroup", requires=(1,))


def element_files() -> Iterator[VectorFile]:
    for name, profile in GROUPS:
        m = members(name)
        suite = Suite("check_element", slug_of(name), profile, (1,))
        elements = [("generator", m.g), ("second-generator", second(name)), ("fifth-power", m.power(m.g, 5))]
        if name == "P-256":
            elements += [("inverse", m.power(m.g, -1)), ("smallest-coordinate", (5, on_curve(5)))]
        for slug, element in elements:
            given = {"group": name, "element": m.encode(element)}
            suite.good(slug, slug.replace("-", " "), given, None)
        for slug, comment, data, error, flags in no_elements(name):
            suite.bad(slug, comment, {"group": name, "element": data}, error, *flags)
        if name in ("toy-2039", "P-256"):
            refused_groups(suite, {"group": name, "element": m.encode(m.g)})
        yield suite.file


# RFC 9380, appendix J.1.1; RFC 9497, appendix A.3.1.
RFC_DOMAIN = b"QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_"
RFC_POINTS = (
    ("empty", b"", "2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4", 1),
    ("abc", b"abc", "0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f", 0),
    ("16-bytes", b"abcdef0123456789", "65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80", 1),
    (
        "133-bytes",
        b"q128_" + b"q" * 128,
        "4be61ee205094282ba8a2042bcb48d88dfbb609301c49aa8b078533dc65a0b5d",
        0,
    ),
    (
        "517-bytes",
        b"a512_" + b"a" * 512,
        "457ae2981f70ca85d8e24c308b14db22f3e3862c5ea0f652ca38b5e49cd64bc5",
        0,
    ),
)
OPRF_CONTEXT = b"OPRFV1-\x00-P256-SHA256"
OPRF_KEY = 0x159749D750713AFE245D2D39CCFAAE8381C53CE92D098A9375EE70739C7AC0BF
OPRF_BLIND = 0x3338FA65EC36E0290022B48EB562889D89DBFA691D1CDE91517FA222ED7AD364
OPRF_BLINDED = "03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d"


def hash_files() -> Iterator[VectorFile]:
    for name, profile in GROUPS:
        m = members(name)
        suite = Suite("hash_to_group", slug_of(name), profile, (2, 3))
        if name == "P-256":
            for slug, message, x, odd in RFC_POINTS:
                given = {"group": name, "message": message, "domain": RFC_DOMAIN}
                element = bytes([2 + odd]) + bytes.fromhex(x)
                suite.good(
                    f"rfc-9380-{slug}", "RFC 9380's own", given, {"element": element}, H2C, ["HashToGroup"]
                )
        for slug, message, domain in (
            ("label", b"label", b"meter-privacy/test"),
            ("long-domain", b"label", b"d" * 255),
            ("short-domain", b"", b"d"),
            ("long-message", drawn("message", 1024), b"meter-privacy/test"),
        ):
            given = {"group": name, "message": message, "domain": domain}
            suite.good(
                slug,
                slug.replace("-", " "),
                given,
                {"element": m.encode(m.hash(message, domain))},
                flags=["HashToGroup"],
            )
        if name == "toy-2039":
            for label in ("zero", "identity"):
                wanted = {"zero": (0,), "identity": (1, 2038)}[label]
                tries = (k.to_bytes(2, "big") for k in itertools.count())
                again = next(
                    k
                    for k in tries
                    if hash_to_field(k + b"\x00", b"meter-privacy/test", 2039, 1)[0] in wanted
                )
                given = {"group": name, "message": again, "domain": b"meter-privacy/test"}
                output = {"element": m.encode(m.hash(again, b"meter-privacy/test"))}
                suite.good(
                    f"{label}-first", f"the first try gives the {label}", given, output, flags=["HashToGroup"]
                )
        given = {"group": name, "message": b"label", "domain": b""}
        suite.bad("no-domain", "the domain is empty", given, "malformed", "HashToGroup")
        if name in ("toy-2039", "P-256"):
            refused_groups(suite, {**given, "domain": b"d"})
        yield suite.file
        suite = Suite("hash_to_scalar", slug_of(name), profile, (2, 4))
        if name == "P-256":
            message = b"\xa3" * 32 + b"\x00\x08test key\x00"
            given = {"group": name, "message": message, "domain": b"DeriveKeyPair" + OPRF_CONTEXT}
            suite.good(
                "rfc-9497-key", "the private key of RFC 9497's vectors", given, {"scalar": OPRF_KEY}, OPRF
            )
        for slug, message, domain in (("label", b"label", b"meter-privacy/test"), ("empty", b"", b"d")):
            given = {"group": name, "message": message, "domain": domain}
            [scalar] = hash_to_field(message, domain, m.q, 1)
            suite.good(slug, slug, given, {"scalar": scalar}, flags=["HashToGroup"])
        given = {"group": name, "message": b"label", "domain": b""}
        suite.bad("no-domain", "the domain is empty", given, "malformed", "HashToGroup")
        yield suite.file


def power_files() -> Iterator[VectorFile]:
    m = members("P-256")
    q, g = m.q, m.encode(m.g)
    suite = Suite("product_of_powers", "p-256", HARDENED, (33,))

    def powers(*pairs: tuple[bytes, int]) -> Json:
        return {"group": "P-256", "powers": [{"base": base, "exponent": k} for base, k in pairs]}

    wide = [int.from_bytes(drawn(f"power/{k}", 32), "big") % q for k in range(6)]
    for slug, k in (
        ("one", 1), ("two", 2), ("three", 3), ("sixteen", 16), ("q-minus-one", q - 1), ("q-minus-two", q - 2),
        ("half", (q + 1) // 2), ("half-less", (q - 1) // 2), ("power-of-two", 2**255), ("ones", 2**255 - 1),
        ("sparse", 2**224 + 1), ("wide", wide[0]), ("wide-again", wide[1]),
        ("nibbles-of-15", int("f" * 63, 16)), ("zero-nibbles", int("10" * 31, 16)),
    ):  # fmt: skip
        suite.good(
            f"generator-{slug}",
            f"g to the power {slug}",
            powers((g, k)),
            {"element": openssl_multiple(k)},
            OPENSSL,
            ["Exceptional"],
        )
    five = openssl_multiple(5)
    many = tuple((openssl_multiple(k + 1), k + 7) for k in range(48))
    for slug, pairs, total in (
        ("two-bases", ((g, wide[2]), (five, wide[3])), wide[2] + 5 * wide[3]),
        ("equal-bases", ((five, 1), (five, 1)), 10),
        ("equal-points-on-the-way", ((g, 10), (five, 2)), 20),
        ("one-cancels", ((g, wide[4]), (five, 7), (five, q - 7)), wide[4]),
        ("exponent-zero-beside", ((g, 0), (five, 3)), 15),
        ("opposite-bases", ((five, 9), (openssl_multiple(q - 5), 8)), 5),
        ("48-bases", many, sum((k + 1) * (k + 7) for k in range(48))),
    ):  # fmt: skip
        output = {"element": openssl_multiple(total % q)}
        suite.good(slug, slug.replace("-", " "), powers(*pairs), output, OPENSSL, ["Exceptional"])
    message, domain = b"\x00", b"HashToGroup-" + OPRF_CONTEXT
    hashed = m.encode(m.hash(message, domain))
    suite.good(
        "rfc-9497-blinded", "the blinded element of RFC 9497's first vector", powers((hashed, OPRF_BLIND)),
        {"element": bytes.fromhex(OPRF_BLINDED)}, OPRF, ["HashToGroup"],
    )  # fmt: skip
    for slug, k in (("exponent-q", q), ("exponent-above", q + 1), ("exponent-of-ones", 2**256 - 1)):
        suite.bad(slug, "the exponent is not below q", powers((g, k)), "range", "ScalarRange")
    for slug, pairs in (
        ("product-identity", ((g, 0),)),
        ("product-cancels", ((g, 3), (openssl_multiple(q - 3), 1))),
        ("sum-is-q", ((g, q - 5), (five, 1))),
    ):
        suite.bad(slug, "the product is the identity", powers(*pairs), "not-in-group", "Identity")
    for slug, comment, data, error, flags in no_elements("P-256"):
        suite.bad(
            f"base-{slug}",
            f"the second base: {comment}",
            powers((g, 2), (data, 3)),
            error,
            *flags,
            requires=(1, 33),
        )
    yield suite.file
    for name, exponents in (
        ("toy-2039", (1, 1018, 510, 77)),
        ("modp-2048", (3, -1)),
        ("modp-3072", (-2,)),
        ("modp-1024-160", (-1, 7)),
    ):
        own = members(name)
        suite = Suite("product_of_powers", name, PUBLISHED, (33,))
        for k in exponents:
            both = [(own.g, k % own.q), (second(name), 3)]
            element = own.times(own.power(*both[0]), own.power(*both[1]))
            given = {"group": name, "powers": [{"base": own.encode(b), "exponent": e} for b, e in both]}
            suite.good(f"exponent-{k % own.q % 10**6}", "two bases", given, {"element": own.encode(element)})
        given = {"group": name, "powers": [{"base": own.encode(own.g), "exponent": own.q}]}
        suite.bad("exponent-q", "the exponent is q", given, "range", "ScalarRange")
        given = {"group": name, "powers": [{"base": own.encode(own.g), "exponent": 0}]}
        suite.bad("product-identity", "the product is 1", given, "not-in-group", "Identity")
        yield suite.file
    for name, profile in GROUPS:
        own = members(name)
        suite = Suite("generators", slug_of(name), profile, (39,))
        suite.good(
            "generators",
            "g, and h hashed from the name",
            {"group": name},
            {"g": own.encode(own.g), "h": own.encode(second(name))},
            flags=["HashToGroup"],
        )
        if name in ("toy-2039", "P-256"):
            refused_groups(suite, {"group": name})
            suite.bad("unknown", "no group", {"group": "P-521"}, "range", "Encoding", requires=(1, 39))
        yield suite.file


# ---- Shamir ------------------------------------------------------------------------------------------


def solved(rows: Sequence[Sequence[int]], values: Sequence[int], q: int) -> list[int]:
    """The solution of linear equations modulo a prime."""
    work = [[*row, value] for row, value in zip(rows, values, strict=True)]
    size = len(work)
    for column in range(size):
        pivot = next(k for k in range(column, size) if work[k][column] % q)
        work[column], work[pivot] = work[pivot], work[column]
        inverse = pow(work[column][column], -1, q)
        work[column] = [entry * inverse % q for entry in work[column]]
        for k in range(size):
            if k != column:
                factor = work[k][column]
                work[k] = [(a - factor * b) % q for a, b in zip(work[k], work[column], strict=True)]
    return [row[-1] for row in work]


def constant_term(q: int, shares: Sequence[Mapping[str, int]]) -> int:
    """f(0), from the coefficients that satisfy the equations."""
    rows = [[pow(s["index"], j, q) for j in range(len(shares))] for s in shares]
    return solved(rows, [s["share"] for s in shares], q)[0]


ORDERS = (("q-1019", PUBLISHED, 1019), ("p-256", HARDENED, Curve.q), ("modp-3072", PUBLISHED, 0))


def shamir_files() -> Iterator[VectorFile]:
    change: Json
    for label, profile, given_order in ORDERS:
        q = given_order or members("modp-3072").q
        wide = [int.from_bytes(drawn(f"shamir/{label}/{k}", 500), "big") % q for k in range(20)]
        suite = Suite("share_secret", label, profile, (34, 35, 36))

        def polynomial(secret: int, coefficients: Sequence[int], indices: Sequence[int], q: int = q) -> Json:
            return {
                "order": q,
                "secret": secret,
                "coefficients": list(coefficients),
                "indices": list(indices),
            }

        shared: dict[str, Json] = {}
        for slug, secret, coefficients, indices in (
            ("two-of-three", 13577 % q, [wide[0]], [1, 2, 3]),
            ("three-of-five", 13577 % q, wide[1:3], [1, 3, 5, 7, 1000]),
            ("secret-zero", 0, wide[3:4], [1, 2, 3]),
            ("secret-largest", q - 1, [q - 1], [1, 2, 4]),
            ("coefficient-zero", 5, [0, wide[4]], [1, 2, 3, 4, 5]),
            ("sixteen-of-31", wide[5], wide[:15], list(range(1, 32))),
            ("last-index", 7, [wide[6]], [1, 2, min(q - 1, 65535)]),
        ):
            given = polynomial(secret, coefficients, indices)
            powers = [[secret, *coefficients][j] for j in range(len(coefficients) + 1)]
            values = [sum(a * i**j for j, a in enumerate(powers)) % q for i in indices]
            suite.good(slug, slug.replace("-", " "), given, {"shares": values}, OWN)
            shared[slug] = {"given": given, "shares": values}
        good = polynomial(5, wide[:2], [1, 2, 3, 4, 5])
        for slug, comment, change, error, flag in (
            ("index-zero", "the share at 0 is the secret", {"indices": [0, 1, 2, 3, 4]}, "range", "Index"),
            ("index-negative", "an index below 0", {"indices": [-1, 1, 2, 3, 4]}, "range", "Index"),
            ("index-repeats", "index 3 twice", {"indices": [1, 2, 3, 3, 4]}, "range", "Index"),
            ("indices-fall", "the indices do not rise", {"indices": [1, 2, 3, 5, 4]}, "range", "Index"),
            ("index-above", "an index above 65535, or q", {"indices": [1, 2, 3, 4, 65536]}, "range", "Index"),
            ("more-than-servers", "t = 6, n = 5", {"coefficients": [*wide[:5]]}, "range", "Threshold"),
            ("no-majority", "t = 4, n = 5", {"coefficients": wide[:3]}, "policy", "Threshold"),
            (
                "all-of-two",
                "t = 2, n = 2",
                {"coefficients": wide[:1], "indices": [1, 2]},
                "policy",
                "Threshold",
            ),
            ("secret-is-order", "the secret is q", {"secret": q}, "range", "ScalarRange"),
            ("coefficient-is-order", "a coefficient is q", {"coefficients": [1, q]}, "range", "ScalarRange"),
            ("order-even", "the order is even", {"order": q + 1}, "range", "Composite"),
        ):
            suite.bad(slug, comment, {**good, **change}, error, flag)
        if q == 1019:
            suite.bad(
                "index-is-order",
                "index q is 0 modulo q",
                {**good, "indices": [1, 2, 3, 4, 1019]},
                "range",
                "Index",
            )
            wraps = {**good, "indices": [1, 2, 3, 4, 1020]}
            suite.bad("index-wraps", "index q + 1 is 1 modulo q", wraps, "range", "Index")
        suite.bad("order-one", "the order is 1", {**good, "order": 1}, "range", "Composite")
        yield suite.file
        suite = Suite("recover_secret", label, profile, (37, 38))
        for slug, (source, chosen, t) in {
            "first-two": ("two-of-three", (0, 1), 2),
            "last-two": ("two-of-three", (1, 2), 2),
            "outer-two": ("two-of-three", (0, 2), 2),
            "one-more": ("two-of-three", (0, 1, 2), 2),
            "three-first": ("three-of-five", (0, 1, 2), 3),
            "three-spread": ("three-of-five", (0, 2, 4), 3),
            "three-last": ("three-of-five", (2, 3, 4), 3),
            "all-five": ("three-of-five", (0, 1, 2, 3, 4), 3),
            "zero": ("secret-zero", (0, 2), 2),
            "largest": ("secret-largest", (1, 2), 2),
            "last-index": ("last-index", (1, 2), 2),
            "sixteen": ("sixteen-of-31", tuple(range(15, 31)), 16),
        }.items():
            entry = shared[source]
            shares = [{"index": entry["given"]["indices"][k], "share": entry["shares"][k]} for k in chosen]
            secret = constant_term(q, shares[:t])
            assert secret == entry["given"]["secret"]
            given = {"order": q, "threshold": t, "shares": shares}
            suite.good(slug, slug.replace("-", " "), given, {"secret": secret}, EQUATIONS, ["Subset"])
        entry = shared["three-of-five"]
        shares = [
            {"index": i, "share": s} for i, s in zip(entry["given"]["indices"], entry["shares"], strict=True)
        ]
        good = {"order": q, "threshold": 3, "shares": shares}

        def with_share(place: int, shares: Sequence[Json] = shares, **change: int) -> list[Json]:
            return [{**share, **change} if k == place else share for k, share in enumerate(shares)]

        other = (shares[4]["share"] + 1) % q
        for slug, comment, change, error, flag in (
            ("index-zero", "a share at 0", {"shares": with_share(0, index=0)}, "range", "Index"),
            ("index-repeats", "one server twice", {"shares": with_share(1, index=1)}, "range", "Index"),
            ("indices-fall", "the order of the servers", {"shares": shares[::-1]}, "range", "Index"),
            ("share-is-order", "a share is q", {"shares": with_share(2, share=q)}, "range", "ScalarRange"),
            ("two-of-three", "two shares, t = 3", {"shares": shares[:2]}, "range", "TooFew"),
            ("four-of-five", "four shares, t = 5", {"threshold": 5, "shares": shares[:4]}, "range", "TooFew"),
            (
                "last-is-off",
                "the fifth is off by one",
                {"shares": with_share(4, share=other)},
                "proof-failed",
                "Inconsistent",
            ),
            (
                "first-is-off",
                "the first is off by one",
                {"shares": with_share(0, share=(shares[0]["share"] + 1) % q)},
                "proof-failed",
                "Inconsistent",
            ),
            (
                "degree-too-high",
                "t = 2 is said of a quadratic",
                {"threshold": 2},
                "proof-failed",
                "Inconsistent",
            ),
            ("threshold-one", "t = 1: every share is the secret", {"threshold": 1}, "range", "Threshold"),
        ):
            suite.bad(slug, comment, {**good, **change}, error, flag)
        if q == 1019:
            suite.bad(
                "index-is-order", "index q", {**good, "shares": with_share(4, index=1019)}, "range", "Index"
            )
            two = [{"index": 1, "share": 5}, {"index": 6, "share": 7}]
            composite = {"order": 1015, "threshold": 2, "shares": two}
            suite.bad("composite", "1015 = 5 7 29, and 6 - 1 = 5", composite, "not-invertible", "Composite")
        yield suite.file


def logarithm_files() -> Iterator[VectorFile]:
    for name, profile, cases in (
        ("toy-2039", PUBLISHED, ((1, 1), (5, 1018), (1018, 1018), (600, 600), (17, 17))),
        (
            "P-256",
            HARDENED,
            ((1, 1), (13577, 13577), (13577, 2**20), (2**20, 2**20), (999_999, 1_000_000), (65536, 65536)),
        ),
        ("modp-2048", PUBLISHED, ((13577, 20000),)),
    ):
        m = members(name)
        suite = Suite("bounded_logarithm", slug_of(name), profile, (47, 48))
        for exponent, bound in cases:
            element = openssl_multiple(exponent) if name == "P-256" else m.encode(m.power(m.g, exponent))
            given = {"group": name, "element": element, "bound": bound}
            slug, comment = f"{exponent}-of-{bound}", f"{exponent}, looked for up to {bound}"
            suite.good(slug, comment, given, {"exponent": exponent}, OPENSSL if name == "P-256" else OWN)
        three = {"group": name, "element": m.encode(m.power(m.g, 3)), "bound": 500}
        for exponent, bound in ((2, 1), (501, 500), (10, 0), (17, 16), (m.q - 1, 500), (26, 24)):
            given = {**three, "element": m.encode(m.power(m.g, exponent)), "bound": bound}
            slug = f"{'minus-one' if exponent == m.q - 1 else exponent}-above-{bound}"
            suite.bad(slug, "the exponent is above the bound", given, "exhausted", "SumBound", source=OWN)
        suite.bad("bound-negative", "the bound is -1", {**three, "bound": -1}, "range", "SumBound")
        suite.bad("bound-above", "the bound is 2^32", {**three, "bound": 2**32}, "range", "SumBound")
        if name == "toy-2039":
            suite.bad(
                "bound-is-order",
                "the bound is q: 0 and q look alike",
                {**three, "bound": 1019},
                "range",
                "SumBound",
            )
        if name != "modp-2048":
            for slug, comment, data, error, flags in no_elements(name):
                suite.bad(slug, comment, {**three, "element": data}, error, *flags, requires=(1, 48))
        yield suite.file


# ---- Sharing among servers -----------------------------------------------------------------------------

WORLDS = {
    ("toy-2039", PUBLISHED): World("toy-2039", 2, (1, 2, 3), 100, 2),
    ("modp-1024-160", PUBLISHED): World("modp-1024-160", 2, (1, 2, 3), 5000, 2),
    ("modp-2048", PUBLISHED): World("modp-2048", 2, (1, 2, 3), 5000, 2),
    ("modp-3072", PUBLISHED): World("modp-3072", 2, (1, 2, 3), 5000, 2),
    ("P-256", HARDENED): World("P-256", 3, (1, 2, 5, 7, 300), 60000, 8),
}
# In the largest group a dealing takes seconds.
DEALT = {key: world for key, world in WORLDS.items() if key[0] != "modp-3072"}
READABLE = (("toy-2039", PUBLISHED), ("P-256", HARDENED))


def world_of(name: str) -> World:
    return next(world for (own, _), world in WORLDS.items() if own == name)


def replaced(items: Sequence[Any], place: int, item: Any) -> list[Any]:
    """A list with one element replaced."""
    return [item if k == place else old for k, old in enumerate(items)]


def without_majority(world: World) -> World:
    """The same servers with a threshold that too many of them have to meet."""
    threshold = (len(world.indices) + 1) // 2 + 1
    return World(world.name, threshold, world.indices, world.maximum_wh, world.least)


def key_files() -> Iterator[VectorFile]:
    for (name, profile), world in WORLDS.items():
        m = world.m
        suite = Suite("server_key", slug_of(name), profile, (40,))
        exponents = (("drawn", world.private[1]), ("one", 1), ("two", 2), ("largest", m.q - 1))
        for slug, x in exponents if "modp" not in name else exponents[:1]:
            output = {"public_key": m.encode(m.power(world.h, x))}
            suite.good(slug, f"x is {slug}", {"group": name, "private_key": x}, output)
        for slug, x in (("zero", 0), ("order", m.q), ("order-and-one", m.q + 1)):
            flag = "TrivialKey" if x == 0 else "ScalarRange"
            suite.bad(slug, f"x is {slug}", {"group": name, "private_key": x}, "range", flag)
        yield suite.file


def bad_rosters(world: World) -> Iterator[tuple[str, str, Json, str, tuple[str, ...]]]:
    """Changes of a roster that are refused: slug, comment, change, class, flags."""
    servers, n, m = world.servers(), len(world.indices), world.m

    def changed(place: int, **change: Any) -> Json:
        return {"servers": replaced(servers, place, {**servers[place], **change})}

    yield "index-zero", "index 0", changed(0, index=0), "range", ("Index",)
    yield "index-repeats", "one index twice", changed(1, index=1), "range", ("Index",)
    yield (
        "indices-fall",
        "the servers are not in their order",
        {"servers": servers[::-1]},
        "range",
        ("Index",),
    )
    if world.name == "toy-2039":
        yield "index-is-order", "index q is 0 modulo q", changed(2, index=1019), "range", ("Index",)
        yield "index-wraps", "index q + 1 is 1 modulo q", changed(2, index=1020), "range", ("Index",)
        yield "reading-wraps", "the greatest reading is q", {"maximum_wh": 1019}, "range", ("SumBound",)
    yield "index-above", "index 65536", changed(n - 1, index=65536), "range", ("Index",)
    key = servers[0]["public_key"]
    yield "key-repeats", "two servers with one key", changed(1, public_key=key), "range", ("KeyRepeats",)
    yield "threshold-one", "t = 1", {"threshold": 1}, "range", ("Threshold",)
    yield "more-than-servers", f"t = {n + 1}, n = {n}", {"threshold": n + 1}, "range", ("Threshold",)
    majority = (n + 1) // 2 + 1
    yield "no-majority", f"t = {majority}, n = {n}", {"threshold": majority}, "policy", ("Threshold",)
    yield "least-one", "a sum of one reading may be opened", {"least": 1}, "range", ("SmallSum",)
    yield "no-greatest-reading", "the greatest reading is 0", {"maximum_wh": 0}, "range", ("ReadingRange",)
    yield "greatest-reading-above", "2^32", {"maximum_wh": 2**32}, "range", ("ReadingRange",)
    yield (
        "key-is-h",
        "a server's private key is 1",
        changed(0, public_key=m.encode(world.h)),
        "policy",
        ("TrivialKey",),
    )
    for slug, comment, data, error, flags in no_elements(world.name):
        yield f"key-{slug}", f"a key: {comment}", changed(n - 1, public_key=data), error, flags


def roster_files() -> Iterator[VectorFile]:
    for (name, profile), world in WORLDS.items():
        suite = Suite("sharing_roster", slug_of(name), profile, (41,))
        suite.good("roster", "the digest", world.roster(), {"digest": world.digest()}, flags=["Binding"])
        others = (("threshold", {"threshold": 2}), ("greatest", {"maximum_wh": 99}), ("least", {"least": 9}))
        for slug, change in others if (name, profile) in READABLE else ():
            other = World(name, world.threshold, world.indices, world.maximum_wh, world.least)
            for key, value in change.items():
                setattr(other, key, value)
            if other.digest() != world.digest():
                suite.good(
                    f"other-{slug}",
                    f"another {slug}",
                    other.roster(),
                    {"digest": other.digest()},
                    flags=["Binding"],
                )
        if (name, profile) in READABLE:
            fewer = World(name, 2, world.indices[:3], world.maximum_wh, world.least)
            fewer.indices = (*world.indices[:2], 4)
            fewer.private[4], fewer.keys[4] = fewer.private[world.indices[2]], fewer.keys[world.indices[2]]
            output = {"digest": fewer.digest()}
            suite.good("other-index", "another index of a key", fewer.roster(), output, flags=["Binding"])
            for slug, comment, change, error, flags in bad_rosters(world):
                requires = (36, 41) if "Threshold" in flags else (35, 41) if "Index" in flags else (41,)
                suite.bad(slug, comment, world.roster(**change), error, *flags, requires=requires)
            if profile == HARDENED:
                suite.bad(
                    "least-seven",
                    "a sum of seven readings may be opened",
                    world.roster(least=7),
                    "range",
                    "SmallSum",
                )
            refused_groups(suite, world.roster())
        else:
            no_member = next(e for e in no_elements(name) if e[0] == "minus-one")
            servers = replaced(world.servers(), 0, {"index": 1, "public_key": no_member[2]})
            suite.bad(
                "key-minus-one", "a key of order 2", world.roster(servers=servers), "not-in-group", "Subgroup"
            )
        yield suite.file


def deal_files() -> Iterator[VectorFile]:
    for (name, profile), world in DEALT.items():
        suite = Suite("deal", slug_of(name), profile, (43, 44))
        readable = (name, profile) in READABLE
        size, q = scalar_size(world.m.q), world.m.q
        for slug, node, slot, reading in (
            ("reading", 7, 95, 42),
            ("nothing", 8, 95, 0),
            ("greatest", 2**32 - 1, LAST, world.maximum_wh),
        )[: 3 if readable else 1]:
            randomness = world.randomness(f"deal/{slug}")
            given = {
                **world.roster(),
                "node": node,
                "slot": slot,
                "reading_wh": reading,
                "randomness": randomness,
            }
            output = world.deal(node, slot, reading, randomness)
            suite.good(slug, f"{reading} Wh", given, output, requires=(42, 43, 44))
            if slug == "reading" and readable:
                longer = {**given, "randomness": randomness + b"\x5a"}
                suite.good(
                    "longer", "a byte more is not read", longer, output, flags=["Randomness"], requires=(42,)
                )
        randomness = world.randomness("deal/reading")
        good = {**world.roster(), "node": 7, "slot": 95, "reading_wh": 42, "randomness": randomness}
        suite.bad(
            "short",
            "a byte of randomness is missing",
            {**good, "randomness": randomness[:-1]},
            "exhausted",
            "Randomness",
            requires=(42,),
        )
        suite.bad(
            "above",
            "the reading is above the greatest",
            {**good, "reading_wh": world.maximum_wh + 1},
            "range",
            "ReadingRange",
        )
        if not readable:
            yield suite.file
            continue
        suite.bad("negative", "-1 Wh", {**good, "reading_wh": -1}, "range", "ReadingRange")
        suite.bad(
            "no-randomness",
            "no randomness at all",
            {**good, "randomness": b""},
            "exhausted",
            "Randomness",
            requires=(42,),
        )
        chunks = [randomness[k : k + size] for k in range(0, len(randomness), size)]
        for slug, place, chunk in (
            ("secret-zero", 0, be(0, size)),
            ("secret-is-order", 0, be(q, size)),
            ("coefficient-zero", 1, be(7 * q, size)),
            ("nonce-zero", len(chunks) - 1, be(q << 64, size)),
        ):
            zero = b"".join(replaced(chunks, place, chunk))
            suite.bad(
                slug,
                "a number that is 0 modulo q",
                {**good, "randomness": zero},
                "range",
                "Randomness",
                requires=(42,),
            )
        last = world.threshold - 1
        sum_of_others = sum(world.scalars(randomness)[:last])
        vanishing = b"".join(replaced(chunks, last, be(-sum_of_others % q, size)))
        suite.bad(
            "share-zero",
            "f(1) = 0: the share is the identity",
            {**good, "randomness": vanishing},
            "range",
            "Randomness",
        )
        for slug, comment, change, error, flags in bad_rosters(world):
            if "key-" not in slug or slug in (
                "key-repeats",
                "key-is-h",
                "key-short",
                "key-off-curve",
                "key-minus-one",
            ):
                suite.bad(f"roster-{slug}", comment, {**good, **change}, error, *flags, requires=(35, 36, 43))
        suite.bad("node-negative", "node -1", {**good, "node": -1}, "range", "Binding")
        suite.bad("slot-negative", "slot -1", {**good, "slot": -1}, "range", "Binding")
        yield suite.file


def wrong_orders() -> Iterator[tuple[str, str, Callable[[Any], Any]]]:
    """Other orders of the statement in the hash."""
    yield "shares-first", "Y_i before X_i", lambda s: (s[1], s[0], *s[2:])
    yield "commitments-exchanged", "b_i before a_i", lambda s: (*s[:2], s[3], s[2])
    yield "without-x", "X_i is left out", lambda s: s[1:]
    yield "commitments-alone", "the statement is left out", lambda s: s[2:]


def verify_files() -> Iterator[VectorFile]:
    change: Json
    for (name, profile), world in DEALT.items():
        suite = Suite("verify_dealing", slug_of(name), profile, (44, 45))
        m, q, t, n = world.m, world.m.q, world.threshold, len(world.indices)
        randomness = world.randomness("verify")
        place = {"node": 7, "slot": 95}
        dealing = world.deal(7, 95, 42, randomness)
        good = {**world.roster(), **place, **dealing}
        suite.good("dealing", "a dealing of 42 Wh", good, None)
        share = {
            **dealing,
            "encrypted": replaced(dealing["encrypted"], 0, m.encode(m.power(world.keys[1], 3))),
        }
        if name != "modp-2048":
            suite.bad(
                "other-share",
                "Y_1 is another element",
                {**good, **share},
                "proof-failed",
                "WrongDealing",
                source=OWN,
            )
        false = world.deal(7, 95, 42, randomness, false_share=(world.indices[-1], 1))
        suite.bad(
            "false-share",
            "the last share is f(i) + 1, proved as it can be",
            {**good, **false},
            "proof-failed",
            "WrongDealing",
            source=OWN,
        )
        if name in ("modp-1024-160", "modp-2048"):
            for slug, comment, data, error, flags in no_elements(name):
                if slug in ("minus-one", "zero"):
                    change = {"commitments": replaced(dealing["commitments"], 1, data)}
                    suite.bad(
                        f"commitment-{slug}",
                        f"C_1: {comment}",
                        {**good, **change},
                        error,
                        *flags,
                        requires=(1, 45),
                    )
        if (name, profile) not in READABLE:
            yield suite.file
            continue
        largest = world.deal(2**32 - 1, LAST, world.maximum_wh, world.randomness("verify/largest"))
        suite.good(
            "largest",
            "the greatest reading of the last slot",
            {**world.roster(), "node": 2**32 - 1, "slot": LAST, **largest},
            None,
        )
        for label in ("again", "and-again"):
            other = world.deal(7, 95, 42, world.randomness(f"verify/{label}"))
            suite.good(
                label, "the same reading with other randomness", {**world.roster(), **place, **other}, None
            )
        swapped = [dealing["encrypted"][1], dealing["encrypted"][0], *dealing["encrypted"][2:]]
        raised = m.encode(m.times(world.decode(dealing["masked"]), m.g))
        for slug, comment, change, flag in (
            ("other-node", "of another meter", {"node": 8}, "Binding"),
            ("other-slot", "of another slot", {"slot": 96}, "Binding"),
            ("other-least", "under another least number", {"least": world.least + 1}, "Binding"),
            (
                "other-greatest",
                "under another greatest reading",
                {"maximum_wh": world.maximum_wh - 1},
                "Binding",
            ),
            ("masked-raised", "the masked reading is raised by 1 Wh", {"masked": raised}, "Binding"),
            ("masked-is-c0", "U = C_0", {"masked": dealing["commitments"][0]}, "Binding"),
            (
                "shares-exchanged",
                "the shares of two servers exchanged",
                {"encrypted": swapped},
                "WrongDealing",
            ),
            (
                "commitments-exchanged",
                "C_0 and C_1 exchanged",
                {
                    "commitments": [
                        dealing["commitments"][1],
                        dealing["commitments"][0],
                        *dealing["commitments"][2:],
                    ]
                },
                "WrongDealing",
            ),
            (
                "commitment-replaced",
                "C_1 = g",
                {"commitments": replaced(dealing["commitments"], 1, m.encode(m.g))},
                "WrongDealing",
            ),
            ("challenge-off", "c + 1", {"challenge": (dealing["challenge"] + 1) % q}, "WrongDealing"),
            ("challenge-zero", "c = 0", {"challenge": 0}, "WrongDealing"),
            (
                "response-off",
                "z_1 + 1",
                {"responses": replaced(dealing["responses"], 0, (dealing["responses"][0] + 1) % q)},
                "WrongDealing",
            ),
            (
                "last-response-off",
                "z_n - 1",
                {"responses": replaced(dealing["responses"], n - 1, (dealing["responses"][-1] - 1) % q)},
                "WrongDealing",
            ),
            ("responses-zero", "every z_i = 0", {"responses": [0] * n}, "WrongDealing"),
            ("proof-zero", "c = 0 and every z_i = 0", {"challenge": 0, "responses": [0] * n}, "WrongDealing"),
        ):
            suite.bad(slug, comment, {**good, **change}, "proof-failed", flag, source=OWN)
        for slug, comment, order in wrong_orders():
            change = world.deal(7, 95, 42, randomness, order=order)
            suite.bad(
                f"hash-{slug}",
                f"the hash has {comment}",
                {**good, **change},
                "proof-failed",
                "Binding",
                source=OWN,
            )
        for slug, comment, hashed in (
            (
                "sha256",
                "the challenge is a bare SHA-256",
                lambda data, q=q: int.from_bytes(sha(data), "big") % q,
            ),
            (
                "domain",
                "the hash is under the domain of a share",
                lambda data, q=q: hash_to_field(data, DOMAIN + b"share", q, 1)[0],
            ),
        ):
            change = world.deal(7, 95, 42, randomness, challenge=hashed)
            suite.bad(f"hash-{slug}", comment, {**good, **change}, "proof-failed", "Binding", source=OWN)
        without = world.deal(7, 95, 42, randomness, roster=b"")
        suite.bad(
            "hash-roster",
            "the hash has no roster",
            {**good, **without},
            "proof-failed",
            "Binding",
            source=OWN,
        )
        off = world.deal(7, 95, 42, randomness)
        keys = world.servers()
        other_key = m.encode(m.power(world.h, 77))
        suite.bad(
            "other-key",
            "the proof is for another key",
            {**good, "servers": replaced(keys, 0, {"index": 1, "public_key": other_key})},
            "proof-failed",
            "Binding",
            source=OWN,
        )
        for slug, comment, change, error in (
            ("challenge-is-order", "c = q", {"challenge": q}, "range"),
            ("challenge-and-order", "c + q", {"challenge": dealing["challenge"] + q}, "range"),
            ("response-is-order", "z_1 = q", {"responses": replaced(off["responses"], 0, q)}, "range"),
            (
                "response-and-order",
                "z_1 + q",
                {"responses": replaced(off["responses"], 0, off["responses"][0] + q)},
                "range",
            ),
        ):
            suite.bad(slug, comment, {**good, **change}, error, "ScalarRange")
        for slug, comment, change in (
            ("one-commitment-less", "t - 1 commitments", {"commitments": dealing["commitments"][:-1]}),
            (
                "one-commitment-more",
                "t + 1 commitments",
                {"commitments": [*dealing["commitments"], m.encode(m.g)]},
            ),
            ("one-share-less", "n - 1 encrypted shares", {"encrypted": dealing["encrypted"][:-1]}),
            (
                "one-share-more",
                "n + 1 encrypted shares",
                {"encrypted": [*dealing["encrypted"], m.encode(m.g)]},
            ),
            ("one-response-less", "n - 1 responses", {"responses": dealing["responses"][:-1]}),
        ):
            suite.bad(slug, comment, {**good, **change}, "malformed", "WrongDealing")
        for slug, comment, data, error, flags in no_elements(name):
            chosen = {"commitments": replaced(dealing["commitments"], t - 1, data)}
            suite.bad(
                f"commitment-{slug}",
                f"C_(t-1): {comment}",
                {**good, **chosen},
                error,
                *flags,
                requires=(1, 45),
            )
            suite.bad(
                f"share-{slug}",
                f"Y_n: {comment}",
                {**good, "encrypted": replaced(dealing["encrypted"], n - 1, data)},
                error,
                *flags,
                requires=(1, 45),
            )
            suite.bad(
                f"masked-{slug}", f"U: {comment}", {**good, "masked": data}, error, *flags, requires=(1, 45)
            )
        for slug, comment, change, error, flags in bad_rosters(world):
            if slug in ("index-repeats", "key-repeats", "index-zero"):
                suite.bad(f"roster-{slug}", comment, {**good, **change}, error, *flags, requires=(35, 45))
        few = without_majority(world)
        right = {**few.roster(), **place, **few.deal(7, 95, 42, few.randomness("verify"))}
        suite.bad(
            "no-majority",
            "right, with n < 2 t - 1",
            right,
            "policy",
            "Threshold",
            requires=(36, 45),
            source=OWN,
        )
        yield suite.file


def share_files() -> Iterator[VectorFile]:
    for (name, profile), world in WORLDS.items():
        m, q = world.m, world.m.q
        context, index = drawn(f"{name}/context", 32), world.indices[1]
        encrypted = m.encode(m.power(world.keys[index], 123456789))
        randomness = world.randomness("open", 1)
        opened = world.open(context, index, encrypted, randomness)
        head = {"group": name, "context": context, "index": index}
        suite = Suite("decrypt_share", slug_of(name), profile, (42, 46))
        given = {
            **head,
            "private_key": world.private[index],
            "encrypted": encrypted,
            "randomness": randomness,
        }
        suite.good("share", "a share and its proof", given, opened)
        readable = (name, profile) in READABLE
        if readable:
            longer = {**given, "randomness": randomness + b"\xa5"}
            suite.good("longer", "a byte more is not read", longer, opened, flags=["Randomness"])
            other = world.open(context, world.indices[0], encrypted, randomness)
            suite.good(
                "other-server",
                "another server's key",
                {**given, "index": world.indices[0], "private_key": world.private[world.indices[0]]},
                other,
            )
        size = scalar_size(q)
        for slug, comment, change, error, flag in (
            (
                "short",
                "a byte of randomness is missing",
                {"randomness": randomness[:-1]},
                "exhausted",
                "Randomness",
            ),
            ("nonce-zero", "w = 0 modulo q", {"randomness": be(3 * q, size)}, "range", "Randomness"),
            ("key-zero", "x = 0", {"private_key": 0}, "range", "TrivialKey"),
            ("key-is-order", "x = q", {"private_key": q}, "range", "ScalarRange"),
            ("index-zero", "index 0", {"index": 0}, "range", "Index"),
            *((("index-is-order", "index q", {"index": 1019}, "range", "Index"),) if q == 1019 else ()),
        ):
            suite.bad(slug, comment, {**given, **change}, error, flag)
        for slug, comment, data, error, flags in no_elements(name):
            if readable or slug in ("minus-one", "one"):
                suite.bad(
                    f"encrypted-{slug}",
                    f"Y: {comment}",
                    {**given, "encrypted": data},
                    error,
                    *flags,
                    requires=(1, 46),
                )
        yield suite.file
        if name == "modp-3072":
            continue
        suite = Suite("verify_share", slug_of(name), profile, (46,))
        good = {**head, "public_key": m.encode(world.keys[index]), "encrypted": encrypted, **opened}
        suite.good("share", "a share and its proof", good, None)
        shared, share = world.decode(encrypted), world.decode(opened["share"])
        shifted = m.times(share, m.power(world.h, 40))
        lie = {"share": m.encode(shifted), **world.prove(context, index, shared, shifted, randomness)}
        suite.bad(
            "shifted",
            "S is shifted by h^40, proved as it can be",
            {**good, **lie},
            "proof-failed",
            "WrongShare",
            source=OWN,
        )
        if not readable:
            yield suite.file
            continue
        for slug, comment, change, flag in (
            ("other-share", "S = g", {"share": m.encode(m.g)}, "WrongShare"),
            ("undecrypted", "S = Y", {"share": encrypted}, "WrongShare"),
            ("other-encrypted", "Y = g", {"encrypted": m.encode(m.g)}, "WrongShare"),
            (
                "other-key",
                "another server's key",
                {"public_key": m.encode(world.keys[world.indices[0]])},
                "WrongShare",
            ),
            ("other-index", "another index", {"index": index + 1}, "Binding"),
            ("other-context", "of another sum", {"context": drawn("other", 32)}, "Binding"),
            ("challenge-off", "c + 1", {"challenge": (opened["challenge"] + 1) % q}, "WrongShare"),
            ("response-off", "z + 1", {"response": (opened["response"] + 1) % q}, "WrongShare"),
            ("proof-zero", "c = z = 0", {"challenge": 0, "response": 0}, "WrongShare"),
            (
                "exchanged",
                "c and z exchanged",
                {"challenge": opened["response"], "response": opened["challenge"]},
                "WrongShare",
            ),
            (
                "roles-exchanged",
                "Y and S exchanged",
                {"encrypted": opened["share"], "share": encrypted},
                "WrongShare",
            ),
        ):
            suite.bad(slug, comment, {**good, **change}, "proof-failed", flag, source=OWN)
        for slug, comment, change in (
            ("challenge-is-order", "c = q", {"challenge": q}),
            ("challenge-and-order", "c + q", {"challenge": opened["challenge"] + q}),
            ("response-and-order", "z + q", {"response": opened["response"] + q}),
        ):
            suite.bad(slug, comment, {**good, **change}, "range", "ScalarRange")
        suite.bad("index-zero", "index 0", {**good, "index": 0}, "range", "Index")
        for member in ("public_key", "encrypted", "share"):
            for slug, comment, data, error, flags in no_elements(name):
                suite.bad(
                    f"{member.replace('_', '-')}-{slug}",
                    f"{member}: {comment}",
                    {**good, member: data},
                    error,
                    *flags,
                    requires=(1, 46),
                )
        yield suite.file


# ---- Sums ------------------------------------------------------------------------------------------------


def dealt(world: World, readings: Mapping[tuple[int, int], int], label: str = "sum") -> list[Json]:
    """Dealings with their proofs."""
    return [
        {
            "node": node,
            "slot": slot,
            **world.deal(node, slot, reading, world.randomness(f"{label}/{node}/{slot}")),
        }
        for (node, slot), reading in readings.items()
    ]


def without_proof(dealing: Json) -> Json:
    return {key: dealing[key] for key in ("node", "slot", "commitments", "masked", "encrypted")}


def homes(world: World) -> dict[tuple[int, int], int]:
    """As many readings as the least number asks, of different meters in one slot."""
    return {
        (node, 95): (37 * node + 5) % (min(world.maximum_wh, 900) + 1) for node in range(1, world.least + 1)
    }


SUMMED = (("toy-2039", PUBLISHED), ("modp-2048", PUBLISHED), ("P-256", HARDENED))


def sum_files() -> Iterator[VectorFile]:
    for name, profile in SUMMED:
        world = WORLDS[name, profile]
        m = world.m
        suite = Suite("sum_dealings", slug_of(name), profile, (49,))
        dealings = [without_proof(d) for d in dealt(world, homes(world))]

        def given(dealings: Sequence[Json], world: World = world, **changed: Any) -> Json:
            head = {"group": world.name, "roster": world.digest(), "least": world.least}
            return {**head, "dealings": list(dealings), **changed}

        suite.good(
            "meters", "one slot of several meters", given(dealings), world.total(dealings), requires=(49, 52)
        )
        if name == "modp-2048":
            suite.bad("least-one", "least = 1", given(dealings, least=1), "range", "SmallSum")
            yield suite.file
            continue
        suite.good(
            "other-order",
            "the order of the dealings does not matter",
            given(dealings[::-1]),
            world.total(dealings),
        )
        day = [
            without_proof(d) for d in dealt(world, {(3, slot): 10 + slot for slot in range(world.least + 1)})
        ]
        suite.good("slots", "several slots of one meter", given(day), world.total(day))
        both = [*dealings, *day]
        suite.good("meters-and-slots", "both", given(both), world.total(both))
        suite.bad(
            "one-less",
            "one fewer than the least number",
            given(dealings[:-1]),
            "policy",
            "SmallSum",
            requires=(49, 52),
        )
        suite.bad("one", "a sum of one reading", given(dealings[:1]), "policy", "SmallSum", requires=(49, 52))
        suite.bad("twice", "one reading twice", given([*dealings, dealings[0]]), "replayed", "Replay")
        again = {**dealings[1], "node": dealings[0]["node"]}
        suite.bad(
            "two-for-one",
            "two dealings for one meter and slot",
            given([*dealings, again]),
            "replayed",
            "Replay",
        )
        inverses = [
            m.encode(m.power(world.decode(e), -1))
            for e in (*dealings[0]["commitments"], dealings[0]["masked"], *dealings[0]["encrypted"])
        ]
        inverse = {
            "node": 99,
            "slot": 95,
            "commitments": inverses[: world.threshold],
            "masked": inverses[world.threshold],
            "encrypted": inverses[world.threshold + 1 :],
        }
        suite.bad(
            "cancels",
            "the product is the identity",
            given([dealings[0], inverse], least=world.least),
            "not-in-group",
            "Identity",
        )
        for slug, comment, change in (
            (
                "fewer-commitments",
                "one dealing has a commitment less",
                {"commitments": dealings[1]["commitments"][:-1]},
            ),
            ("fewer-shares", "one dealing has a share less", {"encrypted": dealings[1]["encrypted"][:-1]}),
        ):
            suite.bad(
                slug,
                comment,
                given(replaced(dealings, 1, {**dealings[1], **change})),
                "malformed",
                "WrongDealing",
            )
        suite.bad("least-one", "least = 1", given(dealings, least=1), "range", "SmallSum")
        suite.bad(
            "node-above",
            "node 2^32",
            given(replaced(dealings, 1, {**dealings[1], "node": 2**32})),
            "range",
            "Binding",
        )
        for slug, comment, data, error, flags in no_elements(name):
            if slug in ("short", "zero", "zeros", "one", "minus-one", "off-curve", "unreduced"):
                changed = replaced(dealings, 1, {**dealings[1], "masked": data})
                suite.bad(f"masked-{slug}", f"U: {comment}", given(changed), error, *flags, requires=(1, 49))
        yield suite.file


def opened_sum(world: World, dealings: Sequence[Json], indices: Sequence[int]) -> Json:
    """The input of open_sum, without the bound."""
    total = world.total(dealings)
    places = {index: place for place, index in enumerate(world.indices)}
    shares = [
        {
            "index": i,
            **world.open(total["context"], i, total["encrypted"][places[i]], world.randomness(f"w/{i}", 1)),
        }
        for i in indices
    ]
    servers = [{**s, "encrypted": e} for s, e in zip(world.servers(), total["encrypted"], strict=True)]
    return {
        "group": world.name, "threshold": world.threshold, "context": total["context"],
        "masked": total["masked"], "servers": servers, "shares": shares,
    }  # fmt: skip


def open_files() -> Iterator[VectorFile]:
    for name, profile in SUMMED:
        world = WORLDS[name, profile]
        m, q, t = world.m, world.m.q, world.threshold
        suite = Suite("open_sum", slug_of(name), profile, (50,))
        readings = homes(world)
        dealings, total = dealt(world, readings), sum(readings.values())
        subsets = list(itertools.combinations(world.indices, t))
        subsets = subsets[1:2] if name == "modp-2048" else subsets[::2] if name == "P-256" else subsets
        for subset in subsets:
            given = {**opened_sum(world, dealings, subset), "bound_wh": total}
            slug = "servers-" + "-".join(map(str, subset))
            suite.good(
                slug,
                f"servers {subset} answered",
                given,
                {"total_wh": total},
                flags=["Subset"],
                requires=(37, 50),
            )
        good = {**opened_sum(world, dealings, world.indices[-t:]), "bound_wh": min(q - 1, 10**6)}
        if name == "modp-2048":
            lower = {**good, "bound_wh": total - 1}
            suite.bad(
                "sum-above-bound",
                "the sum is one above the bound",
                lower,
                "exhausted",
                "SumBound",
                requires=(47, 48, 50),
                source=OWN,
            )
            yield suite.file
            continue
        every = {**opened_sum(world, dealings, world.indices), "bound_wh": total + 1}
        suite.good("all-servers", "every server answered", every, {"total_wh": total}, requires=(38, 50))
        nothing = dealt(world, dict.fromkeys(readings, 0), "nothing")
        for bound in (0, 500):
            given = {**opened_sum(world, nothing, world.indices[:t]), "bound_wh": bound}
            suite.good(f"nothing-of-{bound}", "every reading is 0", given, {"total_wh": 0}, requires=(48, 50))
        for slug, bound in (("one-below", total - 1), ("no-bound", 0), ("half", total // 2)):
            suite.bad(
                f"sum-above-{slug}",
                f"the sum is {total}, the bound {bound}",
                {**good, "bound_wh": bound},
                "exhausted",
                "SumBound",
                requires=(47, 48, 50),
                source=OWN,
            )
        if q == 1019:
            suite.bad(
                "bound-is-order",
                "the bound is q",
                {**good, "bound_wh": q},
                "range",
                "SumBound",
                requires=(47, 50),
            )
        suite.bad(
            "bound-negative",
            "the bound is -1",
            {**good, "bound_wh": -1},
            "range",
            "SumBound",
            requires=(47, 50),
        )
        suite.bad(
            "too-few",
            "t - 1 servers answered",
            {**good, "shares": good["shares"][:-1]},
            "range",
            "TooFew",
            requires=(38, 50),
        )
        twice = replaced(good["shares"], 1, good["shares"][0])
        suite.bad(
            "share-twice",
            "one server's share twice",
            {**good, "shares": twice},
            "range",
            "Index",
            requires=(35, 50),
        )
        suite.bad(
            "shares-fall",
            "the shares are not in their order",
            {**good, "shares": good["shares"][::-1]},
            "range",
            "Index",
            requires=(35, 50),
        )
        unknown = replaced(good["shares"], t - 1, {**good["shares"][t - 1], "index": 500})
        suite.bad("unknown-server", "a share of server 500", {**good, "shares": unknown}, "range", "Index")
        same = replaced(
            good["servers"], 1, {**good["servers"][1], "public_key": good["servers"][0]["public_key"]}
        )
        suite.bad("key-repeats", "two servers with one key", {**good, "servers": same}, "range", "KeyRepeats")
        last = good["shares"][t - 1]
        index, place = last["index"], world.indices.index(last["index"])
        shared = world.decode(good["servers"][place]["encrypted"])
        shifted = m.times(world.decode(last["share"]), m.power(world.h, 40))
        lie = {
            "index": index,
            "share": m.encode(shifted),
            **world.prove(good["context"], index, shared, shifted, world.randomness("w/lie", 1)),
        }
        for slug, comment, change, flag in (
            ("share-shifted", "a server shifts its share by h^40", lie, "WrongShare"),
            ("challenge-off", "c + 1", {**last, "challenge": (last["challenge"] + 1) % q}, "WrongShare"),
            ("response-off", "z + 1", {**last, "response": (last["response"] + 1) % q}, "WrongShare"),
            ("other-share", "a share of another sum", {**last, "share": m.encode(m.g)}, "WrongShare"),
        ):
            suite.bad(
                slug,
                comment,
                {**good, "shares": replaced(good["shares"], t - 1, change)},
                "proof-failed",
                flag,
                source=OWN,
            )
        suite.bad(
            "other-context",
            "the proofs are of another sum",
            {**good, "context": drawn("other", 32)},
            "proof-failed",
            "Binding",
            source=OWN,
        )
        extra = replaced(every["shares"], len(world.indices) - 1, {**every["shares"][-1], "challenge": 1})
        suite.bad(
            "extra-share-false",
            "a share beyond the t-th has no proof",
            {**every, "shares": extra},
            "proof-failed",
            "Inconsistent",
            requires=(38, 50),
            source=OWN,
        )
        suite.bad(
            "challenge-is-order",
            "c = q",
            {**good, "shares": replaced(good["shares"], 0, {**good["shares"][0], "challenge": q})},
            "range",
            "ScalarRange",
        )
        suite.bad(
            "response-is-order",
            "z = q",
            {**good, "shares": replaced(good["shares"], 0, {**good["shares"][0], "response": q})},
            "range",
            "ScalarRange",
        )
        for slug, comment, data, error, flags in no_elements(name):
            if slug in ("minus-one", "one", "zero", "off-curve", "zeros", "prefix-4", "short"):
                suite.bad(
                    f"masked-{slug}",
                    f"U: {comment}",
                    {**good, "masked": data},
                    error,
                    *flags,
                    requires=(1, 50),
                )
                change = {"shares": replaced(good["shares"], 0, {**good["shares"][0], "share": data})}
                suite.bad(
                    f"share-{slug}", f"S: {comment}", {**good, **change}, error, *flags, requires=(1, 50)
                )
        yield suite.file


# ---- Evidence ----------------------------------------------------------------------------------------------


def evidence_files() -> Iterator[VectorFile]:
    secret, stranger = drawn("sign/meter", 32), drawn("sign/stranger", 32)
    for name, profile in READABLE:
        world = WORLDS[name, profile]
        m, q, n = world.m, world.m.q, len(world.indices)
        readings = homes(world)
        right = dealt(world, readings)[0]
        randomness = world.randomness(f"sum/{right['node']}/95")
        place = {"node": right["node"], "slot": 95}
        false = {**place, **world.deal(right["node"], 95, 42, randomness, false_share=(world.indices[0], 1))}
        suite = Suite("sign_dealing", slug_of(name), profile, (53,))
        for slug, dealing in (
            ("right", right),
            ("false", false),
            ("shortened", {**false, "responses": false["responses"][:-1]}),
        ):
            output = {"signature": signed_dealing(secret, world.digest(), dealing)}
            suite.good(
                slug,
                f"a dealing: {slug}",
                {"private_key": secret, "roster": world.digest(), **dealing},
                output,
                flags=["Evidence"],
            )
        suite.bad(
            "node-above",
            "node 2^32",
            {"private_key": secret, "roster": world.digest(), **right, "node": 2**32},
            "range",
            "Binding",
        )
        yield suite.file
        suite = Suite("judge_dealing", slug_of(name), profile, (53,))

        def accusation(dealing: Json, key: bytes = secret, world: World = world, **changed: Any) -> Json:
            signature = signed_dealing(key, world.digest(), dealing)
            signing_key = ed25519_public(secret)
            return {
                "signing_key": signing_key,
                "signature": signature,
                **world.roster(),
                **dealing,
                **changed,
            }

        other_share = m.encode(m.power(world.keys[world.indices[0]], 3))
        swapped = {**right, "encrypted": replaced(right["encrypted"], 0, other_share)}
        no_member = next(e[2] for e in no_elements(name) if e[0] in ("minus-one", "off-curve"))
        for slug, dealing in (
            ("false-share", false),
            ("other-share", swapped),
            ("no-response", {**right, "responses": right["responses"][:-1]}),
            ("no-commitment", {**right, "commitments": []}),
            ("share-not-in-group", {**right, "encrypted": replaced(right["encrypted"], n - 1, no_member)}),
            ("scalar-above", {**right, "challenge": right["challenge"] + q}),
            ("short-element", {**right, "masked": right["masked"][1:]}),
        ):
            suite.good(
                slug, f"a signed dealing that is wrong: {slug}", accusation(dealing), None, flags=["Evidence"]
            )
        suite.bad("right", "the dealing is right", accusation(right), "proof-failed", "Evidence", source=OWN)
        suite.bad(
            "stranger",
            "somebody else signed it",
            accusation(false, stranger),
            "unauthentic",
            "Evidence",
            source=OWN,
        )
        for slug, comment, change in (
            ("share-changed", "the accuser changed a share", {"encrypted": swapped["encrypted"]}),
            ("node-changed", "the accuser changed the node", {"node": 77}),
            ("slot-changed", "the accuser changed the slot", {"slot": 94}),
            ("least-changed", "the accuser changed the roster", {"least": world.least + 1}),
            (
                "response-changed",
                "the accuser changed a response",
                {"responses": replaced(right["responses"], 0, 1)},
            ),
            (
                "signature-changed",
                "a bit of the signature",
                {
                    "signature": bytes([signed_dealing(secret, world.digest(), right)[0] ^ 1])
                    + signed_dealing(secret, world.digest(), right)[1:]
                },
            ),
        ):
            suite.bad(slug, comment, {**accusation(right), **change}, "unauthentic", "Evidence", source=OWN)
        judged = without_majority(world)
        weak = {"threshold": judged.threshold}
        for slug, comment, change, error, flags in bad_rosters(world):
            if slug in ("key-short", "key-zero", "key-prefix-4", "index-repeats", "key-repeats", "least-one"):
                suite.bad(f"roster-{slug}", comment, {**accusation(false), **change}, error, *flags)
        suite.bad(
            "no-majority",
            "the roster is none",
            {**accusation(false), **weak, "signature": signed_dealing(secret, judged.digest(), false)},
            "policy",
            "Threshold",
        )
        suite.bad(
            "key-is-h",
            "a server's key is h",
            {
                **accusation(false),
                "servers": replaced(world.servers(), 0, {"index": 1, "public_key": m.encode(world.h)}),
            },
            "unauthentic",
            "Evidence",
            source=OWN,
        )
        suite.bad(
            "key-not-in-group",
            "a server's key is no element",
            {
                **accusation(false),
                "servers": replaced(world.servers(), 0, {"index": 1, "public_key": no_member}),
            },
            "not-in-group",
            "Subgroup",
        )
        yield suite.file
        dealings = dealt(world, readings)
        total = world.total(dealings)
        index = world.indices[1]
        opened = world.open(total["context"], index, total["encrypted"][1], world.randomness("w/evidence", 1))
        shifted = m.times(world.decode(opened["share"]), m.power(world.h, 40))
        shared = world.decode(total["encrypted"][1])
        lie = {
            "share": m.encode(shifted),
            **world.prove(total["context"], index, shared, shifted, world.randomness("w/lie", 1)),
        }
        suite = Suite("sign_share", slug_of(name), profile, (54,))
        for slug, share in (("right", opened), ("false", lie)):
            given = {"private_key": secret, "context": total["context"], "index": index, **share}
            suite.good(
                slug,
                f"a share: {slug}",
                given,
                {"signature": signed_share(secret, total["context"], index, share)},
                flags=["Evidence"],
            )
        suite.bad(
            "index-zero",
            "index 0",
            {"private_key": secret, "context": total["context"], "index": 0, **opened},
            "range",
            "Index",
        )
        yield suite.file
        suite = Suite("judge_share", slug_of(name), profile, (54,))
        summed = {
            "readings": [{"node": node, "slot": slot} for node, slot in sorted(readings)],
            **{key: total[key] for key in ("commitments", "masked", "encrypted")},
        }

        def against(
            share: Json,
            key: bytes = secret,
            world: World = world,
            total: Json = total,
            index: int = index,
            summed: Json = summed,
        ) -> Json:
            signature = signed_share(key, total["context"], index, share)
            head = {"signing_key": ed25519_public(secret), "signature": signature, **world.roster(), **summed}
            return {**head, "index": index, **share}

        for slug, share in (
            ("shifted", lie),
            ("no-proof", {**opened, "challenge": 0, "response": 0}),
            ("not-in-group", {**opened, "share": no_member}),
            ("scalar-above", {**opened, "response": opened["response"] + q}),
            ("short", {**opened, "share": opened["share"][1:]}),
        ):
            suite.good(
                slug, f"a signed share that is wrong: {slug}", against(share), None, flags=["Evidence"]
            )
        suite.bad("right", "the share is right", against(opened), "proof-failed", "Evidence", source=OWN)
        suite.bad(
            "stranger",
            "somebody else signed it",
            against(lie, stranger),
            "unauthentic",
            "Evidence",
            source=OWN,
        )
        for slug, comment, change in (
            (
                "sum-changed",
                "another element under the right share",
                {"encrypted": replaced(total["encrypted"], 1, m.encode(m.g))},
            ),
            (
                "other-place",
                "the share of another server is changed",
                {"encrypted": replaced(total["encrypted"], 0, m.encode(m.g))},
            ),
            ("reading-left-out", "another list of readings", {"readings": summed["readings"][:-1]}),
            ("index-changed", "another server", {"index": world.indices[0]}),
            ("share-changed", "the accuser changed the share", {"share": m.encode(m.g)}),
            ("masked-changed", "another masked sum", {"masked": m.encode(m.g)}),
        ):
            suite.bad(slug, comment, {**against(opened), **change}, "unauthentic", "Evidence", source=OWN)
        few = without_majority(world)
        weak_total = few.total(dealt(few, readings))
        weak_sum = {key: weak_total[key] for key in ("commitments", "masked", "encrypted")}
        weak_lie = {**opened, "challenge": 0, "response": 0}
        weak_evidence = {
            **against(weak_lie),
            **few.roster(),
            **weak_sum,
            "signature": signed_share(secret, weak_total["context"], index, weak_lie),
        }
        suite.bad("no-majority", "the roster is none", weak_evidence, "policy", "Threshold", source=OWN)
        suite.bad(
            "readings-fall",
            "the readings are not in their order",
            {**against(lie), "readings": summed["readings"][::-1]},
            "range",
            "Evidence",
        )
        suite.bad(
            "unknown-server", "the index is of no server", {**against(lie), "index": 9}, "range", "Index"
        )
        suite.bad(
            "one-commitment-less",
            "t - 1 commitments",
            {**against(lie), "commitments": total["commitments"][:-1]},
            "malformed",
            "Evidence",
        )
        suite.bad(
            "encrypted-not-in-group",
            "an element of the sum is none",
            {**against(lie), "encrypted": replaced(total["encrypted"], 0, no_member)},
            "not-in-group",
            "Subgroup",
        )
        yield suite.file


# ---- Scripts -----------------------------------------------------------------------------------------


@dataclass
class Script:
    """The steps of several parties; inputs in Python form."""

    steps: list[Json] = field(default_factory=list)

    def step(
        self, operation: str, given: Mapping[str, Any], session: str | None = None, error: str | None = None
    ) -> None:
        step: Json = {"operation": REPORTING.full(operation), "input": REPORTING.fields(operation, given)}
        if session is not None:
            step["session"] = session
        if error is not None:
            step["expect"] = {"error": error}
        self.steps.append(step)

    def expect(self, output: Mapping[str, Any]) -> None:
        """The output of the last step, as computed here."""
        self.steps[-1]["expect"] = {"output": REPORTING.answer(self.steps[-1]["operation"], output)}


def start(script: Script, world: World, index: int) -> None:
    """A server begins."""
    script.step(
        "server_start",
        {**world.roster(), "index": index, "private_key": world.private[index]},
        f"server-{index}",
    )
    script.expect({"digest": world.digest()})


def open_by(script: Script, world: World, index: int, dealings: Sequence[Json], label: str) -> Json:
    """A server opens a sum; its share."""
    total, place = world.total(dealings), world.indices.index(index)
    randomness = world.randomness(f"script/{label}/{index}", 1)
    opened = world.open(total["context"], index, total["encrypted"][place], randomness)
    readings = [{"node": d["node"], "slot": d["slot"]} for d in dealings]
    script.step("server_open", {"readings": readings, "randomness": randomness}, f"server-{index}")
    script.expect({"context": total["context"], "encrypted": total["encrypted"][place], **opened})
    return {"index": index, **opened}


def total_of(
    script: Script, world: World, dealings: Sequence[Json], shares: Sequence[Json], bound: int
) -> None:
    """The utility opens what the servers sent."""
    total = world.total(dealings)
    servers = [{**s, "encrypted": e} for s, e in zip(world.servers(), total["encrypted"], strict=True)]
    given = {
        "group": world.name,
        "threshold": world.threshold,
        "context": total["context"],
        "masked": total["masked"],
    }
    script.step(
        "open_sum",
        {**given, "servers": servers, "shares": sorted(shares, key=lambda s: s["index"]), "bound_wh": bound},
    )


def script_files() -> Iterator[VectorFile]:
    for name, profile in READABLE:
        world = WORLDS[name, profile]
        file = VectorFile(
            CHAPTER, f"script-sharing-{slug_of(name)}", profile, None, {"parameter_set": slug_of(name)}, NOTES
        )
        t, readings = world.threshold, homes(world)
        dealings = dealt(world, readings, "script")
        served = world.indices[-t:]
        bound = min(world.maximum_wh * len(readings), world.m.q - 1)

        day = Script()
        for (node, slot), reading in readings.items():
            given = {
                **world.roster(),
                "node": node,
                "slot": slot,
                "reading_wh": reading,
                "randomness": world.randomness(f"script/{node}/{slot}"),
            }
            day.step("deal", given)
            day.expect(dealings[node - 1])
        for index in served:
            start(day, world, index)
            for dealing in dealings:
                day.step("server_receive", dealing, f"server-{index}")
                day.expect({})
        total = world.total(dealings)
        day.step(
            "sum_dealings",
            {
                "group": name,
                "roster": world.digest(),
                "least": world.least,
                "dealings": [without_proof(d) for d in dealings],
            },
        )
        day.expect(total)
        shares = [open_by(day, world, index, dealings, "day") for index in served]
        total_of(day, world, dealings, shares, bound)
        day.expect({"total_wh": sum(readings.values())})
        file.script(
            "slot",
            day.steps,
            requirements=ids(43, 45, 46, 49, 50, 51, 52),
            comment="meters deal, servers open, the utility reads the sum",
            source=OWN,
            flags=["Subset"],
        )

        index = served[0]
        for slug, comment, flag in (
            ("replayed-dealing", "a meter deals twice for one slot", "Replay"),
            ("differencing", "a second sum without one meter", "Replay"),
            ("too-small", "a sum of fewer than the least number", "SmallSum"),
            ("false-dealing", "a dealing with a false share is not taken in", "WrongDealing"),
            ("before-start", "steps before the session has begun", "State"),
            ("started-twice", "the session begins twice", "State"),
            ("not-received", "a reading that was not received", "State"),
            ("stands-twice", "one reading twice in a sum", "Replay"),
            ("not-its-key", "a private key that is not that of the index", "TrivialKey"),
            ("nothing-half-done", "an opening that fails leaves the readings unopened", "State"),
        ):
            if name == "P-256" and slug not in ("differencing", "false-dealing", "nothing-half-done"):
                continue
            script = Script()
            session = f"server-{index}"
            place = [{"node": d["node"], "slot": d["slot"]} for d in dealings]
            randomness = world.randomness("script/hostile", 1)
            if slug == "before-start":
                script.step("server_receive", dealings[0], session, "state")
                script.step("server_open", {"readings": place, "randomness": randomness}, session, "state")
            if slug == "not-its-key":
                wrong = {**world.roster(), "index": index, "private_key": world.private[served[1]]}
                script.step("server_start", wrong, session, "range")
                script.step("server_start", {**wrong, "private_key": world.m.q}, session, "range")
                script.step("server_start", {**wrong, "index": 4}, session, "range")
                right = {**wrong, "private_key": world.private[index]}
                for fault, _, change, error, _ in bad_rosters(world):
                    if fault in ("key-short", "key-minus-one", "key-off-curve", "no-majority", "index-zero"):
                        script.step("server_start", {**right, **change}, session, error)
                script.step("server_receive", dealings[0], session, "state")
            start(script, world, index)
            if slug == "started-twice":
                script.step(
                    "server_start",
                    {**world.roster(), "index": index, "private_key": world.private[index]},
                    session,
                    "state",
                )
            for dealing in dealings if slug != "false-dealing" else dealings[1:]:
                script.step("server_receive", dealing, session)
                script.expect({})
            if slug == "false-dealing":
                node, slot = dealings[0]["node"], dealings[0]["slot"]
                false = world.deal(
                    node, slot, 42, world.randomness("script/false"), false_share=(world.indices[0], 1)
                )
                script.step("server_receive", {"node": node, "slot": slot, **false}, session, "proof-failed")
                short = {**dealings[0], "responses": dealings[0]["responses"][:-1]}
                script.step("server_receive", short, session, "malformed")
                script.step(
                    "server_receive",
                    {**dealings[0], "commitments": dealings[0]["commitments"][:-1]},
                    session,
                    "malformed",
                )
                above = {**dealings[0], "challenge": world.m.q}
                script.step("server_receive", above, session, "range")
                script.step(
                    "server_receive", {**dealings[0], "masked": no_member_of(name)}, session, "not-in-group"
                )
                script.step(
                    "server_receive",
                    {**dealings[0], "masked": dealings[0]["masked"][1:]},
                    session,
                    "malformed",
                )
                script.step("server_open", {"readings": place, "randomness": randomness}, session, "state")
                script.step("server_receive", dealings[0], session)
                script.expect({})
            if slug == "replayed-dealing":
                again = world.deal(dealings[0]["node"], 95, 1, world.randomness("script/again"))
                script.step("server_receive", dealings[0], session, "replayed")
                script.step(
                    "server_receive", {"node": dealings[0]["node"], "slot": 95, **again}, session, "replayed"
                )
            if slug == "too-small":
                script.step(
                    "server_open", {"readings": place[:-1], "randomness": randomness}, session, "policy"
                )
                script.step(
                    "server_open", {"readings": place[:1], "randomness": randomness}, session, "policy"
                )
            if slug == "not-received":
                script.step(
                    "server_open",
                    {"readings": [*place, {"node": 999, "slot": 95}], "randomness": randomness},
                    session,
                    "state",
                )
                script.step(
                    "server_open",
                    {
                        "readings": replaced(place, 0, {"node": place[0]["node"], "slot": 94}),
                        "randomness": randomness,
                    },
                    session,
                    "state",
                )
            if slug == "stands-twice":
                script.step(
                    "server_open",
                    {"readings": [*place, place[0]], "randomness": randomness},
                    session,
                    "replayed",
                )
            if slug == "nothing-half-done":
                script.step(
                    "server_open", {"readings": place, "randomness": randomness[:-1]}, session, "exhausted"
                )
                zero = be(world.m.q, scalar_size(world.m.q))
                script.step("server_open", {"readings": place, "randomness": zero}, session, "range")
            open_by(script, world, index, dealings, slug)
            if slug == "differencing":
                late = dealt(world, {(node, 96): 3 for node in range(1, world.least + 1)}, "late")
                for dealing in late:
                    script.step("server_receive", dealing, session)
                    script.expect({})
                script.step("server_open", {"readings": place, "randomness": randomness}, session, "replayed")
                mixed = [place[0], *({"node": d["node"], "slot": 96} for d in late)]
                script.step("server_open", {"readings": mixed, "randomness": randomness}, session, "replayed")
                open_by(script, world, index, late, "late")
            file.script(
                slug,
                script.steps,
                requirements=ids(45, 49, 51, 52),
                comment=comment,
                source=OWN,
                flags=[flag],
            )

        if name == "P-256":
            begun, session = Script(), f"server-{index}"
            right = {**world.roster(), "index": index, "private_key": world.private[index]}
            place = [{"node": d["node"], "slot": d["slot"]} for d in dealings]
            given = {"readings": place, "randomness": world.randomness("script/hostile", 1)}
            begun.step("server_open", given, session, "state")
            for fault, _, change, error, _ in bad_rosters(world):
                if fault in ("key-short", "key-off-curve", "no-majority", "index-zero", "least-seven"):
                    begun.step("server_start", {**right, **change}, session, error)
            begun.step("server_start", {**right, "private_key": world.m.q}, session, "range")
            start(begun, world, index)
            begun.step("server_start", right, session, "state")
            begun.step("server_receive", dealings[0], session)
            begun.expect({})
            begun.step("server_receive", dealings[0], session, "replayed")
            begun.step("server_open", {**given, "readings": place[:1]}, session, "policy")
            begun.step("server_open", given, session, "state")
            file.script(
                "begun",
                begun.steps,
                requirements=ids(36, 41, 51, 52),
                comment="a session that is begun with what is no roster, twice, and with one dealing alone",
                source=OWN,
                flags=["State", "Replay", "SmallSum"],
            )

        if name == "toy-2039":
            cancelling = Script()
            start(cancelling, world, index)
            randomness = world.randomness("script/cancelling")
            numbers = [-number % world.m.q for number in world.scalars(randomness)]
            opposite = b"".join(be(number, scalar_size(world.m.q)) for number in numbers)
            for node, reading, drawn_bytes in ((1, 42, randomness), (2, -42, opposite)):
                dealing = {"node": node, "slot": 95, **world.deal(node, 95, reading, drawn_bytes)}
                cancelling.step("server_receive", dealing, f"server-{index}")
                cancelling.expect({})
            both = [{"node": 1, "slot": 95}, {"node": 2, "slot": 95}]
            given = {"readings": both, "randomness": world.randomness("script/hostile", 1)}
            cancelling.step("server_open", given, f"server-{index}", "not-in-group")
            file.script(
                "cancelling",
                cancelling.steps,
                requirements=ids(49, 51),
                comment="a meter takes the opposite of another's numbers: the products are the identity",
                source=OWN,
                flags=["Identity"],
            )

        lying = Script()
        honest = opened_sum(world, dealings, world.indices)
        lied = honest["shares"][0]
        shared = world.decode(honest["servers"][0]["encrypted"])
        shifted = world.m.times(world.decode(lied["share"]), world.m.power(world.h, 40))
        first = world.indices[0]
        lie = {
            "share": world.m.encode(shifted),
            **world.prove(total["context"], first, shared, shifted, world.randomness("script/lie", 1)),
        }
        lying.step(
            "open_sum",
            {**honest, "shares": [{"index": first, **lie}, *honest["shares"][1:t]], "bound_wh": bound},
            error="proof-failed",
        )
        secret = drawn("sign/server", 32)
        lying.step("sign_share", {"private_key": secret, "context": total["context"], "index": first, **lie})
        signature = signed_share(secret, total["context"], first, lie)
        lying.expect({"signature": signature})
        summed = {
            "readings": [{"node": n, "slot": s} for n, s in sorted(readings)],
            **{k: total[k] for k in ("commitments", "masked", "encrypted")},
        }
        evidence = {
            "signing_key": ed25519_public(secret),
            "signature": signature,
            **world.roster(),
            **summed,
            "index": first,
        }
        lying.step("judge_share", {**evidence, **lie})
        lying.expect({})
        lying.step(
            "judge_share",
            {**evidence, **{k: lied[k] for k in ("share", "challenge", "response")}},
            error="unauthentic",
        )
        lying.step("open_sum", {**honest, "shares": honest["shares"][1 : t + 1], "bound_wh": bound})
        lying.expect({"total_wh": sum(readings.values())})
        file.script(
            "bad-share",
            lying.steps,
            requirements=ids(46, 50, 54),
            comment="a server shifts its share, is found out and judged; the others open the sum",
            source=OWN,
            flags=["WrongShare", "Evidence"],
        )
        yield file


def no_member_of(name: str) -> bytes:
    """An encoding in range of what is no element."""
    return next(entry[2] for entry in no_elements(name) if entry[3] == "not-in-group")


def files() -> Iterator[VectorFile]:
    """The files of groups and of sharing."""
    yield from element_files()
    yield from hash_files()
    yield from power_files()
    yield from shamir_files()
    yield from logarithm_files()
    yield from key_files()
    yield from roster_files()
    yield from deal_files()
    yield from verify_files()
    yield from share_files()
    yield from sum_files()
    yield from open_files()
    yield from evidence_files()
    yield from script_files()
