"""Vectors of sums, bills, the modulus proof and messages (paper D; spec/load_management.md).

Expected values come from what stands here and not from the reference: ciphertexts from residues modulo p^2
and q^2, messages from cbor2, signatures by its own arithmetic on the curve, the cipher from its own ChaCha20
and Poly1305, roots by exponents modulo p - 1 and q - 1. Of a small modulus all roots are tried.
VectorFile.positive holds the reference to them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd, prod
from typing import Any

import cbor2

from meter_privacy.vectors.generators import suites
from meter_privacy.vectors.generators.common import Json, VectorFile, be, draw_below, draw_bytes
from meter_privacy.vectors.generators.paillier_primes import factors
from meter_privacy.vectors.generators.primitives import (
    LOW_ORDER,
    L,
    aead,
    ed25519_public,
    ed25519_sign,
    hkdf,
    public_key,
    x25519,
)
from meter_privacy.vectors.generators.suites import CWE, RFC, Chapter, note

CHAPTER = "load_management"
LOAD = Chapter(CHAPTER, "LOAD")
ids, step = LOAD.ids, LOAD.step
DOMAIN = b"meter-privacy/load-management/1/"
PUBLISHED, HARDENED = "published", "hardened"
LAST = 2**53 - 1

RESIDUES = "the generator's own arithmetic modulo p^2 and q^2"
CBOR2 = "cbor2, and the generator's own Ed25519 (RFC 8032, section 5.1)"
CIPHER = "the generator's own X25519, ChaCha20 and Poly1305 (RFC 7748, RFC 8439), HKDF on cryptography's HMAC"
DIGEST = "SHA-256 over the bytes that the text gives"
CERTIFICATION = "https://eprint.iacr.org/2018/057"

NOTES = {
    "SmallGroup": note(
        "a group below the agreed size is summed",
        "the total of one is a reading, and of two a reading to the other",
        CWE.format(359),
    ),
    "RosterRepeats": note(
        "a member or a key stands twice in the roster",
        "one home makes up a group: its sum is its reading",
        CWE.format(694),
    ),
    "Headroom": note(
        "the largest sum or bill is not held below the modulus",
        "totals and bills wrap in silence",
        CWE.format(190),
    ),
    "LowOrderPoint": note(
        "a public key of low order is taken",
        "the sealed message can be read by everybody",
        RFC.format(7748) + "#section-6.1",
    ),
    "Binding": note(
        "a message or a digest does not depend on all that it should",
        "a message of another ring, interval, place or sender is taken",
        CWE.format(345),
    ),
    "ReadingRange": note(
        "a reading outside its bounds is added", "one member falsifies the total at will", CWE.format(20)
    ),
    "Unit": note(
        "a number that shares a factor with n, or is 0, is taken for a unit",
        "the ciphertext has no opening, or shows the factors",
        CWE.format(354),
    ),
    "TrivialRandomness": note(
        "r = 1 or the ciphertext 1 is taken", "the reading is sent in the clear", CWE.format(330)
    ),
    "TotalBound": note(
        "a total that the readings cannot make is believed",
        "a member that sent a negative number, or n - 1, goes unseen",
        CWE.format(20),
    ),
    "Signature": note(
        "a signature is not verified, or loosely",
        "anybody puts a message of his own into the ring",
        CWE.format(347),
        RFC.format(8032) + "#section-5.1.7",
    ),
    "Replay": note(
        "an interval, a day, a randomness or a sequence number is used again",
        "two runs with different members show the difference: a reading",
        CWE.format(294),
    ),
    "Deterministic": note(
        "another encoding than the one of RFC 8949, section 4.2.1, is taken",
        "two byte strings for one message: signatures and logs no longer tell them apart",
        RFC.format(8949) + "#section-4.2.1",
        CWE.format(1286),
    ),
    "Schema": note(
        "a message is not held to the schema of its type",
        "fields are read that are not there, or that the signer never meant",
        RFC.format(8610),
        CWE.format(20),
    ),
    "Passed": note(
        "a member passes the message on as it came", "a home is left out of the sum unseen", CWE.format(354)
    ),
    "Price": note("the two prices are exchanged, or one is left out", "bills are wrong", CWE.format(682)),
    "MissingDay": note(
        "a month with a day missing or sent twice is billed",
        "the bill is not that of the month",
        CWE.format(670),
    ),
    "WrongOpening": note(
        "an opening is accepted without its ciphertext being computed",
        "any bill verifies",
        CWE.format(347),
    ),
    "Oracle": note(
        "the meter says more than one bit about a ciphertext that it did not make",
        "the utility has any record decrypted",
        CWE.format(203),
    ),
    "SecondTariff": note(
        "the same month is billed at other prices",
        "two bills are two equations for the two totals",
        CWE.format(359),
    ),
    "NotSquarefree": note(
        "the modulus is believed without a proof, or the proof's small factors are not looked for",
        "with n = p^2 q a ciphertext opens to several bills",
        CERTIFICATION,
    ),
    "WeakChallenge": note(
        "the challenge does not depend on the modulus, the context, the number of rounds or the round",
        "a proof is made for a modulus for which there is none, or another's proof is used again",
        CWE.format(345),
    ),
    "HalfDone": note(
        "a refused step leaves something behind", "later steps are answered differently", CWE.format(460)
    ),
    "WrongState": note("a step is answered out of turn", "an unfinished month is billed", CWE.format(372)),
    "Grammar": note(
        "the grammar of a request is not held to",
        "what one implementation reads differs from what another reads",
        CWE.format(20),
    ),
}


class Suite(suites.Suite):
    """A file of one operation, with ids of three parts."""

    def __init__(
        self, operation: str, name: str, profile: str, numbers: Sequence[int], **parameters: Any
    ) -> None:
        prefix = f"load-management-{operation.replace('_', '-')}/{name}/"
        super().__init__(LOAD, operation, name, profile, numbers, parameters, NOTES, prefix)


# ---- Keys and ciphertexts, computed apart from the reference -------------------------------------


@dataclass(frozen=True)
class Key:
    """Two primes; ciphertexts by the Chinese remainder theorem."""

    p: int
    q: int

    @property
    def n(self) -> int:
        """The modulus."""
        return self.p * self.q

    def nth_power(self, r: int) -> int:
        """r^n modulo n^2: modulo p^2 the p-th power of what r^q is modulo p; likewise for q."""
        p, q = self.p, self.q
        left = pow(pow(r, q, p), p, p * p)
        right = pow(pow(r, p, q), q, q * q)
        return left + p * p * ((right - left) * pow(p * p, -1, q * q) % (q * q))

    def encrypt(self, m: int, r: int) -> int:
        """E(m; r)."""
        return (1 + m * self.n) * self.nth_power(r) % self.n**2

    def unit(self, label: str) -> int:
        """A random unit of a label, at least 2."""
        attempt = 0
        while True:
            drawn = 2 + draw_below(f"meter-privacy/load/{label}/{attempt}", self.n - 2)
            if gcd(drawn, self.n) == 1:
                return drawn
            attempt += 1


TOY = Key(1009, 1013)


def real(bits: int) -> Key:
    """The key of a real size that the Paillier vectors use."""
    return Key(*factors(str(bits)))


def natural(number: int) -> bytes:
    """A number as bytes without leading zeros."""
    return be(number, (number.bit_length() + 7) // 8)


def seed(label: str) -> bytes:
    """32 bytes of a label."""
    return draw_bytes(f"meter-privacy/load/{label}", 32)


# ---- Messages by cbor2 ---------------------------------------------------------------------------


def signed(secret: bytes, kind: int, body: Mapping[int, Any], version: int = 1) -> bytes:
    """A signed message."""
    signature = ed25519_sign(
        secret, DOMAIN + b"message\x00" + cbor2.dumps([version, kind, body], canonical=True)
    )
    return cbor2.dumps([version, kind, body, signature], canonical=True)


def signed_raw(secret: bytes, kind: int, body: bytes) -> bytes:
    """A signed message whose body has any encoding: the signature is good over what is there."""
    head = b"\x01" + cbor2.dumps(kind)
    signature = ed25519_sign(secret, DOMAIN + b"message\x00" + b"\x83" + head + body)
    return b"\x84" + head + body + cbor2.dumps(signature)


@dataclass
class Ring:
    """A group with its keys, its roster and an interval's run."""

    label: str
    key: Key
    nodes: tuple[int, ...]
    least: int
    maximum_wh: int
    interval: int

    def __post_init__(self) -> None:
        self.group = draw_bytes(f"meter-privacy/load/{self.label}/group", 16)
        self.signing = {node: seed(f"{self.label}/sign/{node}") for node in self.nodes}
        self.sealing = {node: seed(f"{self.label}/seal/{node}") for node in (*self.nodes, -1)}
        self.members = [
            {
                "node": node,
                "signing_key": ed25519_public(self.signing[node]),
                "sealing_key": public_key(self.sealing[node]),
            }
            for node in self.nodes
        ]
        self.readings = [
            draw_below(f"{self.label}/reading/{node}", self.maximum_wh + 1) for node in self.nodes
        ]
        self.randomness = [self.key.unit(f"{self.label}/r/{node}") for node in self.nodes]
        self.passed: list[int] = []
        product = 1
        for reading, r in zip(self.readings, self.randomness, strict=True):
            product = product * self.key.encrypt(reading, r) % self.key.n**2
            self.passed.append(product)
        self.roster = self.digest(self.members)
        self.messages = [self.hop(position) for position in range(1, len(self.nodes) + 1)]

    def digest(self, members: Sequence[Mapping[str, Any]], **changed: int) -> bytes:
        """The roster's digest."""
        n, least = changed.get("modulus", self.key.n), changed.get("least", self.least)
        maximum = changed.get("maximum_wh", self.maximum_wh)
        data = DOMAIN + b"roster\x00" + self.group + be(len(natural(n)), 4) + natural(n) + be(maximum, 4)
        data += be(least, 4) + be(len(members), 4)
        for member in members:
            data += be(member["node"], 4) + member["signing_key"] + member["sealing_key"]
        return hashlib.sha256(data).digest()

    def body(self, position: int) -> dict[int, Any]:
        """The body of a hop's message."""
        node = self.nodes[position - 1]
        ciphertext = natural(self.passed[position - 1])
        return {1: self.roster, 2: node, 3: self.interval, 4: position, 5: ciphertext}

    def hop(self, position: int, /, **changed: Any) -> bytes:
        """A hop's message; changed members by name."""
        keys = {"roster": 1, "node": 2, "interval": 3, "position": 4, "ciphertext": 5}
        body = {**self.body(position), **{keys[name]: value for name, value in changed.items()}}
        return signed(self.signing[self.nodes[position - 1]], 1, body)

    def given(self, **changed: Any) -> dict[str, Any]:
        """The input of ring_roster."""
        return {
            "group": self.group,
            "modulus": self.key.n,
            "members": self.members,
            "least_members": self.least,
            "maximum_wh": self.maximum_wh,
            **changed,
        }

    def checked(self, position: int, /, **changed: Any) -> dict[str, Any]:
        """The input of check_hop for the message of a position."""
        node = self.nodes[position - 1]
        return {
            "public_key": ed25519_public(self.signing[node]),
            "roster": self.roster,
            "node": node,
            "interval": self.interval,
            "position": position,
            "next_interval": self.interval,
            "modulus": self.key.n,
            "message": self.messages[position - 1],
            **changed,
        }


_rings: dict[str, Ring] = {}


def ring(name: str) -> Ring:
    """The groups that the vectors are about, made once."""
    if not _rings:
        _rings["toy"] = Ring("ring/toy", TOY, (7, 2, 2**32 - 1), 3, 2000, 81)
        _rings["2048"] = Ring("ring/2048", real(2048), (4, 5, 6, 9), 3, 60000, 2**32 + 5)
        nodes = (11, 3, 8, 21, 34, 5, 1000, 2)
        _rings["3072"] = Ring("ring/3072", real(3072), nodes, 8, 2**32 - 1, LAST)
    return _rings[name]


def ring_roster_files() -> Iterator[VectorFile]:
    """The roster: its digest, its least size, its headroom."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        this = ring(name)
        suite = Suite("ring_roster", name, profile, (1, 2, 3), members=len(this.nodes))
        suite.good(
            "members-in-order",
            "The ring's members.",
            this.given(),
            {"digest": this.roster},
            DIGEST,
            "Binding",
        )
        turned = [*this.members[1:], this.members[0]]
        suite.good(
            "another-order",
            "The same members in another order have another digest.",
            this.given(members=turned),
            {"digest": this.digest(turned)},
            DIGEST,
            "Binding",
        )
        if name == "toy":
            largest = (TOY.n - 1) // 6
            suite.good(
                "largest-reading",
                "2 N Pmax is just below n.",
                this.given(maximum_wh=largest),
                {"digest": this.digest(this.members, maximum_wh=largest)},
                DIGEST,
                "Headroom",
            )
            above = this.given(maximum_wh=largest + 1)
            suite.bad("no-headroom", "2 N Pmax is not below n.", above, "range", "Headroom")
            suite.bad("no-reading", "Pmax = 0.", this.given(maximum_wh=0), "range", "Headroom")
            suite.bad("modulus-even", "An even modulus.", this.given(modulus=TOY.n + 1), "range", "Unit")
            one = this.given(members=this.members[:1], maximum_wh=2)
            suite.bad("group-of-one", "The sum of one is the reading itself.", one, "policy", "SmallGroup")
            two = this.given(members=this.members[:2])
            suite.bad("group-of-two", "Either of two knows the other.", two, "policy", "SmallGroup")
            suite.bad(
                "least-of-two", "A least size of two.", this.given(least_members=2), "range", "SmallGroup"
            )
            suite.malformed("group-short", "A group of 15 bytes.", this.given(group=this.group[:15]))
        if name == "2048":
            five = this.given(least_members=5)
            suite.bad("below-the-agreed-size", "Four of at least five.", five, "policy", "SmallGroup")
        if name == "3072":
            small = this.given(members=this.members[:7])
            suite.bad("group-of-seven", "Seven of at least eight.", small, "policy", "SmallGroup")
            suite.bad(
                "least-of-seven", "A least size of seven.", this.given(least_members=7), "range", "SmallGroup"
            )
            short = this.given(modulus=real(2048).n, maximum_wh=5)
            suite.bad("modulus-short", "A modulus of 2048 bits.", short, "range", "Unit")
            even = this.given(modulus=this.key.n + 1)
            suite.bad("modulus-even", "An even modulus.", even, "range", "Unit")
        first, last = this.members[0], this.members[-1]
        for slug, comment, change in (
            ("node-twice", "A node stands twice.", {"node": first["node"]}),
            ("signing-key-twice", "A signing key stands twice.", {"signing_key": first["signing_key"]}),
            ("sealing-key-twice", "A sealing key stands twice.", {"sealing_key": first["sealing_key"]}),
        ):
            twice = this.given(members=[*this.members[:-1], {**last, **change}])
            suite.bad(slug, comment, twice, "range", "RosterRepeats")
        assert isinstance(first["sealing_key"], bytes)
        other = bytes([*first["sealing_key"][:-1], first["sealing_key"][-1] ^ 0x80])
        same = this.given(members=[*this.members[:-1], {**last, "sealing_key": other}])
        suite.bad(
            "sealing-key-twice-by-a-bit",
            "The bit that X25519 ignores differs.",
            same,
            "range",
            "RosterRepeats",
        )
        for place in ("zero", "p-minus-one"):
            point = LOW_ORDER[place].to_bytes(32, "little")
            low = this.given(members=[*this.members[:-1], {**last, "sealing_key": point}])
            suite.bad(f"low-order-{place}", "A key of low order.", low, "not-in-group", "LowOrderPoint")
        yield suite.file


def ring_files() -> Iterator[VectorFile]:
    """Start, addition and stop."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        this, key = ring(name), ring(name).key
        n, least = key.n, 1 if profile == PUBLISHED else 2
        toy = name == "toy"
        r, before = this.randomness[0], this.passed[0]
        for operation, numbers in (("ring_start", (4,)), ("ring_add", (5,))):
            adds = operation == "ring_add"
            suite = Suite(operation, name, profile, numbers, modulus_bits=n.bit_length())
            given = {
                "modulus": n,
                "maximum_wh": this.maximum_wh,
                "reading_wh": this.readings[0],
                "randomness": r,
            }
            if adds:
                given |= {
                    "previous": before,
                    "reading_wh": this.readings[1],
                    "randomness": this.randomness[1],
                }

            def expected(changed: Mapping[str, int], adds: bool = adds, key: Key = key) -> dict[str, int]:
                product = key.encrypt(changed["reading_wh"], changed["randomness"])
                return {"ciphertext": product * (changed["previous"] if adds else 1) % key.n**2}

            suite.good("reading", "A member's reading.", given, expected(given), RESIDUES)
            for slug, comment, change in (
                ("reading-zero", "A home that uses nothing.", {"reading_wh": 0}),
                ("reading-largest", "The greatest reading.", {"reading_wh": this.maximum_wh}),
                ("randomness-largest", "r = n - 1.", {"randomness": n - 1}),
            ):
                if toy or slug == "reading-largest":
                    changed = {**given, **change}
                    suite.good(slug, comment, changed, expected(changed), RESIDUES)
            if toy and adds:
                changed = {**given, "previous": 1}
                suite.good(
                    "previous-one", "A previous message of 1 is a unit.", changed, expected(changed), RESIDUES
                )
            faults: list[tuple[str, str, dict[str, int], str, str]] = [
                (
                    "reading-above",
                    "A reading above Pmax.",
                    {"reading_wh": this.maximum_wh + 1},
                    "range",
                    "ReadingRange",
                ),
                ("reading-negative", "A negative reading.", {"reading_wh": -1}, "range", "ReadingRange"),
                ("randomness-zero", "r = 0.", {"randomness": 0}, "range", "Unit"),
                ("randomness-n", "r = n.", {"randomness": n}, "range", "Unit"),
                (
                    "randomness-factor",
                    "r is a multiple of p.",
                    {"randomness": 3 * key.p},
                    "not-invertible",
                    "Unit",
                ),
            ]
            if toy:
                faults += [
                    (
                        "maximum-too-large",
                        "No room for three readings.",
                        {"maximum_wh": n // 6 + 1},
                        "range",
                        "Headroom",
                    ),
                    ("modulus-even", "An even modulus.", {"modulus": n + 1}, "range", "Unit"),
                ]
            if least == 2:
                faults.append(("randomness-one", "r = 1.", {"randomness": 1}, "range", "TrivialRandomness"))
            if adds:
                faults += [
                    ("previous-zero", "A previous message of 0.", {"previous": 0}, "range", "Unit"),
                    ("previous-square", "A previous message of n^2.", {"previous": n * n}, "range", "Unit"),
                    (
                        "previous-factor",
                        "It is a multiple of q.",
                        {"previous": key.q * 5},
                        "not-invertible",
                        "Unit",
                    ),
                ]
                if least == 2:
                    faults.append(
                        ("previous-one", "A previous 1.", {"previous": 1}, "range", "TrivialRandomness")
                    )
            for slug, comment, change, error, flag in faults:
                suite.bad(slug, comment, {**given, **change}, error, flag)
            yield suite.file

        suite = Suite("ring_stop", name, profile, (3, 6), modulus_bits=n.bit_length())
        members = len(this.nodes)
        total = sum(this.readings)
        stop = {
            "p": key.p,
            "q": key.q,
            "members": members,
            "maximum_wh": this.maximum_wh,
            "ciphertext": this.passed[-1],
        }
        suite.good("total", "The ring's total.", stop, {"total_wh": total}, RESIDUES)
        most = members * this.maximum_wh
        largest = {**stop, "ciphertext": key.encrypt(most, r)}
        suite.good(
            "total-largest", "Everybody uses the most.", largest, {"total_wh": most}, RESIDUES, "TotalBound"
        )
        if toy:
            nothing = {**stop, "ciphertext": key.encrypt(0, r)}
            suite.good("total-zero", "Nobody uses anything.", nothing, {"total_wh": 0}, RESIDUES)
        for slug, comment, change, error, flag in (
            (
                "total-above",
                "One more than N Pmax.",
                {"ciphertext": key.encrypt(most + 1, r)},
                "policy",
                "TotalBound",
            ),
            (
                "total-negative",
                "n - 1, a total of -1.",
                {"ciphertext": key.encrypt(n - 1, r)},
                "policy",
                "TotalBound",
            ),
            ("ciphertext-zero", "c = 0.", {"ciphertext": 0}, "range", "Unit"),
            ("ciphertext-square", "c = n^2.", {"ciphertext": n * n}, "range", "Unit"),
            (
                "ciphertext-factor",
                "c is a multiple of p.",
                {"ciphertext": 2 * key.p},
                "not-invertible",
                "Unit",
            ),
            ("primes-equal", "p = q.", {"q": key.p, "ciphertext": 4, "maximum_wh": 2}, "range", "Unit"),
            (
                "too-few-members",
                "Fewer members than a ring has.",
                {"members": least + 1},
                "range",
                "SmallGroup",
            ),
        ):
            suite.bad(slug, comment, {**stop, **change}, error, flag)
        if toy:
            change = {"maximum_wh": (n - 1) // (2 * members) + 1}
            suite.bad("no-headroom", "2 N Pmax is not below n.", {**stop, **change}, "range", "Headroom")
            linked = {"p": 7, "q": 29, "maximum_wh": 2, "ciphertext": 4}
            suite.bad("totient", "7 divides 29 - 1.", {**stop, **linked}, "not-invertible", "Unit")
        else:
            suite.bad("ciphertext-n", "c = n.", {**stop, "ciphertext": n}, "not-invertible", "Unit")
        yield suite.file


def hop_files() -> Iterator[VectorFile]:
    """Signed hops, and the audit of a ring."""
    for name, profile in (("toy", PUBLISHED), ("3072", HARDENED)):
        this, key = ring(name), ring(name).key
        n, toy = key.n, name == "toy"
        node = this.nodes[0]
        suite = Suite("sign_hop", name, profile, (7, 27, 28, 29), modulus_bits=n.bit_length())
        sign = {
            "private_key": this.signing[node],
            "roster": this.roster,
            "node": node,
            "interval": this.interval,
            "position": 1,
            "modulus": n,
            "ciphertext": this.passed[0],
        }

        def message(given: Mapping[str, Any]) -> dict[str, bytes]:
            body = {
                1: given["roster"],
                2: given["node"],
                3: given["interval"],
                4: given["position"],
                5: natural(given["ciphertext"]),
            }
            return {"message": signed(given["private_key"], 1, body)}

        suite.good("first-member", "The first member's message.", sign, message(sign), CBOR2)
        for slug, changes in (
            ("numbers-of-24", {"node": 24, "interval": 24, "position": 24}),
            ("numbers-of-256", {"node": 256, "interval": 256, "position": 256}),
            ("numbers-largest", {"node": 2**32 - 1, "interval": LAST, "position": 1024}),
            ("numbers-below-a-width", {"node": 65535, "interval": 2**32, "position": 23}),
            ("ciphertext-of-one-byte", {"ciphertext": 255}),
            ("ciphertext-of-two-bytes", {"ciphertext": 256}),
        ):
            changed = {**sign, **changes}
            if toy or slug == "numbers-largest":
                suite.good(slug, "Heads of every width.", changed, message(changed), CBOR2, "Deterministic")
        for slug, comment, change, error, flag in (
            ("position-zero", "Positions count from 1.", {"position": 0}, "range", "Schema"),
            ("position-above", "Position 1025.", {"position": 1025}, "range", "Schema"),
            ("ciphertext-zero", "c = 0.", {"ciphertext": 0}, "range", "Unit"),
            ("ciphertext-square", "c = n^2.", {"ciphertext": n * n}, "range", "Unit"),
            ("ciphertext-factor", "c is a multiple of p.", {"ciphertext": key.p}, "not-invertible", "Unit"),
        ):
            suite.bad(slug, comment, {**sign, **change}, error, flag)
        if toy:
            suite.malformed("roster-short", "A digest of 31 bytes.", {**sign, "roster": this.roster[:31]})
        else:
            one = {**sign, "ciphertext": 1}
            suite.bad("ciphertext-one", "c = 1.", one, "range", "TrivialRandomness")
        yield suite.file
        yield check_hop_file(name, profile)
        yield audit_file(name, profile)


def broken_encodings(secret: bytes, body: Mapping[int, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Messages with the right values and a good signature in another encoding than the one."""
    pairs = {k: cbor2.dumps(k) + cbor2.dumps(v, canonical=True) for k, v in body.items()}
    head = bytes([0xA0 | len(body)])
    good = signed_raw(secret, 1, head + b"".join(pairs[k] for k in sorted(pairs)))
    first, rest = pairs[1], b"".join(pairs[k] for k in sorted(pairs) if k != 1)
    yield "trailing-byte", "A byte follows.", good + b"\x00"
    yield "truncated", "The last byte is missing.", good[:-1]
    yield "empty", "Nothing at all.", b""
    turned = head + pairs[2] + pairs[1] + b"".join(pairs[k] for k in (3, 4, 5))
    yield "keys-out-of-order", "Key 2 stands before key 1.", signed_raw(secret, 1, turned)
    twice = bytes([0xA0 | len(body) + 1]) + first + first + rest
    yield "key-twice", "Key 1 stands twice, with one value.", signed_raw(secret, 1, twice)
    longer = head + first + b"\x02" + b"\x1b" + be(body[2], 8) + b"".join(pairs[k] for k in (3, 4, 5))
    yield "integer-too-wide", "The node takes eight bytes.", signed_raw(secret, 1, longer)
    wide_key = head + b"\x18\x01" + first[1:] + rest
    yield "key-too-wide", "Key 1 takes two bytes.", signed_raw(secret, 1, wide_key)
    yield (
        "map-indefinite",
        "A map of indefinite length.",
        signed_raw(secret, 1, b"\xbf" + first + rest + b"\xff"),
    )
    wide_map = b"\xb8" + bytes([len(body)]) + first + rest
    yield "map-too-wide", "The map's count takes a byte more.", signed_raw(secret, 1, wide_map)
    chunks = b"\x5f" + cbor2.dumps(body[1][:16]) + cbor2.dumps(body[1][16:]) + b"\xff"
    yield (
        "bytes-in-chunks",
        "A byte string in two chunks.",
        signed_raw(secret, 1, head + b"\x01" + chunks + rest),
    )
    yield "bytes-beyond-the-end", "A length of 2^64 - 1.", good[:3] + b"\x5b" + b"\xff" * 8
    yield "array-beyond-the-end", "2^32 - 1 elements are announced.", b"\x9a" + b"\xff" * 4 + good[1:]


def broken_schemas(secret: bytes, body: Mapping[int, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Messages in the one encoding, well signed, that no schema allows."""
    yield "version-two", "Version 2.", signed(secret, 1, body, version=2)
    yield "type-unknown", "A type that there is not.", signed(secret, 10, body)
    yield (
        "member-missing",
        "The ciphertext is missing.",
        signed(secret, 1, {k: body[k] for k in (1, 2, 3, 4)}),
    )
    yield "member-unknown", "A sixth member.", signed(secret, 1, {**body, 6: 0})
    yield "number-as-text", "The node is a text.", signed(secret, 1, {**body, 2: "7"})
    yield "number-negative", "The position is -1.", signed(secret, 1, {**body, 4: -1})
    yield "number-floating", "The position is 1.0.", signed(secret, 1, {**body, 4: 1.0})
    yield "number-as-flag", "The position is true.", signed(secret, 1, {**body, 4: True})
    yield "number-null", "The interval is null.", signed(secret, 1, {**body, 3: None})
    yield "number-tagged", "The ciphertext is a bignum.", signed(secret, 1, {**body, 5: 2**80})
    yield "leading-zero", "A leading zero byte.", signed(secret, 1, {**body, 5: b"\x00" + body[5]})
    yield "digest-short", "A scope of 31 bytes.", signed(secret, 1, {**body, 1: body[1][:31]})
    yield "ciphertext-long", "1025 bytes.", signed(secret, 1, {**body, 5: b"\x01" * 1025})
    yield "no-array", "The body alone.", cbor2.dumps(body, canonical=True)
    yield "signature-missing", "Three elements.", cbor2.dumps([1, 1, body], canonical=True)
    yield "nested-deep", "Arrays in arrays.", b"\x81" * 64 + b"\x00"


def check_hop_file(name: str, profile: str) -> VectorFile:
    """What a member takes in, and what it refuses."""
    this, key = ring(name), ring(name).key
    n, toy = key.n, name == "toy"
    suite = Suite("check_hop", name, profile, (7, 8, 27, 28, 29), modulus_bits=n.bit_length())
    for position in (1, len(this.nodes)):
        output = {"ciphertext": this.passed[position - 1]}
        suite.good(f"position-{position}", "A hop as it should be.", this.checked(position), output, CBOR2)
    earlier = this.checked(1, next_interval=0)
    suite.good("gap", "Intervals were left out.", earlier, {"ciphertext": this.passed[0]}, CBOR2)
    good, secret, body = this.messages[0], this.signing[this.nodes[0]], this.body(1)
    s = int.from_bytes(good[-32:], "little") + L
    flipped = bytes([*good[:-1], good[-1] ^ 1])
    faults: list[tuple[str, str, dict[str, Any], str, str]] = [
        ("signature-flipped", "A bit of the signature.", {"message": flipped}, "unauthentic", "Signature"),
        (
            "signature-plus-order",
            "S + L.",
            {"message": good[:-32] + s.to_bytes(32, "little")},
            "unauthentic",
            "Signature",
        ),
        ("signature-zero", "64 zero bytes.", {"message": good[:-64] + bytes(64)}, "unauthentic", "Signature"),
        (
            "other-key",
            "The next member's key.",
            {"public_key": this.members[1]["signing_key"]},
            "unauthentic",
            "Signature",
        ),
        ("other-roster", "Another roster.", {"roster": seed("other")}, "unauthentic", "Binding"),
        ("other-node", "Another node.", {"node": this.nodes[1]}, "unauthentic", "Binding"),
        ("other-position", "Another position.", {"position": 2}, "unauthentic", "Binding"),
        (
            "signed-by-a-stranger",
            "A stranger signs.",
            {"message": signed(seed("stranger"), 1, body)},
            "unauthentic",
            "Signature",
        ),
        ("ciphertext-zero", "c = 0.", {"message": this.hop(1, ciphertext=b"")}, "range", "Unit"),
        (
            "ciphertext-square",
            "c = n^2.",
            {"message": this.hop(1, ciphertext=natural(n * n))},
            "range",
            "Unit",
        ),
        (
            "ciphertext-factor",
            "A multiple of p.",
            {"message": this.hop(1, ciphertext=natural(key.p * 2))},
            "not-invertible",
            "Unit",
        ),
        (
            "position-zero",
            "The message says position 0.",
            {"message": this.hop(1, position=0)},
            "range",
            "Schema",
        ),
        (
            "position-beyond",
            "It says position 1025.",
            {"message": this.hop(1, position=1025)},
            "range",
            "Schema",
        ),
        (
            "interval-beyond",
            "It says interval 2^53.",
            {"message": this.hop(1, interval=2**53)},
            "range",
            "Schema",
        ),
        ("other-type", "A day's message.", {"message": signed(secret, 2, DAY_BODY)}, "malformed", "Schema"),
    ]
    if toy:
        again = {"next_interval": this.interval + 1}
        faults.append(("interval-again", "The interval is over.", again, "replayed", "Replay"))
        faults.append(
            ("other-interval", "Another interval.", {"interval": this.interval + 1}, "unauthentic", "Binding")
        )
    else:
        past = this.hop(1, interval=5)
        over: dict[str, Any] = {"message": past, "interval": 5, "next_interval": 6}
        faults.append(("interval-again", "The interval is over.", over, "replayed", "Replay"))
        faults.append(
            (
                "other-interval",
                "Another interval.",
                {"interval": this.interval - 1, "next_interval": 0},
                "unauthentic",
                "Binding",
            )
        )
    for slug, comment, change, error, flag in faults:
        suite.bad(slug, comment, this.checked(1, **change), error, flag)
    encodings = [(*entry, "Deterministic") for entry in broken_encodings(secret, body)]
    schemas = [(*entry, "Schema") for entry in broken_schemas(secret, body)]
    for slug, comment, message, flag in [*encodings, *schemas]:
        if toy or slug in ("trailing-byte", "key-twice", "integer-too-wide", "version-two", "leading-zero"):
            suite.bad(slug, comment, this.checked(1, message=message), "malformed", flag)
    if toy:
        suite.malformed("message-long", "4097 bytes.", this.checked(1, message=b"\x84" + bytes(4096)))
    return suite.file


def audit_file(name: str, profile: str) -> VectorFile:
    """The audit of a ring's messages."""
    this = ring(name)
    count = 3
    suite = Suite("audit_ring", name, profile, (10,), members=count)
    members = [{k: m[k] for k in ("node", "signing_key")} for m in this.members[:count]]
    given = {
        "roster": this.roster,
        "interval": this.interval,
        "modulus": this.key.n,
        "members": members,
        "messages": this.messages[:count],
    }
    suite.good("three-hops", "All messages of a run.", given, {"ciphertext": this.passed[count - 1]}, CBOR2)
    first, second, third = this.messages[:count]
    same = this.hop(2, ciphertext=natural(this.passed[0]))
    flipped = bytes([*third[:-1], third[-1] ^ 4])
    square, factor = natural(this.key.n**2), natural(this.key.q)
    for slug, comment, change, error, flag in (
        (
            "passed-on-unchanged",
            "The second passes the first's on.",
            {"messages": [first, same, third]},
            "policy",
            "Passed",
        ),
        (
            "exchanged",
            "Two messages are exchanged.",
            {"messages": [second, first, third]},
            "unauthentic",
            "Binding",
        ),
        (
            "hop-twice",
            "The second's place holds the first's.",
            {"messages": [first, first, third]},
            "unauthentic",
            "Binding",
        ),
        (
            "signature-flipped",
            "A bit of the last signature.",
            {"messages": [first, second, flipped]},
            "unauthentic",
            "Signature",
        ),
        ("other-interval", "Another interval.", {"interval": this.interval - 1}, "unauthentic", "Binding"),
        ("other-roster", "Another roster.", {"roster": seed("other")}, "unauthentic", "Binding"),
        (
            "node-twice",
            "A member twice.",
            {"members": [members[0], members[1], {**members[2], "node": members[0]["node"]}]},
            "range",
            "RosterRepeats",
        ),
        (
            "trailing-byte",
            "A byte follows a message.",
            {"messages": [first, second + b"\x00", third]},
            "malformed",
            "Deterministic",
        ),
        (
            "ciphertext-square",
            "c = n^2.",
            {"messages": [first, this.hop(2, ciphertext=square), third]},
            "range",
            "Unit",
        ),
        (
            "ciphertext-factor",
            "c = q.",
            {"messages": [first, this.hop(2, ciphertext=factor), third]},
            "not-invertible",
            "Unit",
        ),
    ):
        suite.bad(slug, comment, {**given, **change}, error, flag)
    suite.malformed("message-missing", "Three members, two messages.", {**given, "messages": [first, second]})
    return suite.file


# ---- Sealed hops ---------------------------------------------------------------------------------


def sealed(
    secret: bytes, receiver: bytes, roster: bytes, interval: int, position: int, message: bytes
) -> bytes:
    """A sealed hop."""
    ephemeral = public_key(secret)
    info = DOMAIN + b"seal\x00" + ephemeral + receiver + roster + be(interval, 8) + be(position, 4)
    return ephemeral + aead(hkdf(x25519(secret, receiver), info), bytes(12), message)


def seal_files() -> Iterator[VectorFile]:
    """Sealing a hop and opening it."""
    this = ring("3072")
    receiver = this.sealing[this.nodes[1]]
    secret = seed("ephemeral")
    seal = Suite("seal_hop", "3072", HARDENED, (9,))
    given = {
        "ephemeral_private_key": secret,
        "sealing_key": public_key(receiver),
        "roster": this.roster,
        "interval": this.interval,
        "position": 1,
        "message": this.messages[0],
    }

    def seal_of(changed: Mapping[str, Any]) -> bytes:
        return sealed(*(changed[name] for name in given))

    opened = Suite("open_hop", "3072", HARDENED, (9,))
    whole = {
        "private_key": receiver,
        "roster": this.roster,
        "interval": this.interval,
        "position": 1,
        "sealed": seal_of(given),
    }
    for slug, comment, change in (
        ("hop", "The first member's message.", {}),
        ("empty", "A message of no bytes.", {"message": b""}),
        ("one-block", "64 bytes.", {"message": draw_bytes("meter-privacy/load/block", 64)}),
        ("one-byte-more", "65 bytes.", {"message": draw_bytes("meter-privacy/load/block", 65)}),
        ("largest", "4096 bytes.", {"message": draw_bytes("meter-privacy/load/block", 4096)}),
        ("place", "Another interval and position.", {"interval": 3, "position": 1024}),
    ):
        changed = {**given, **change}
        seal.good(slug, comment, changed, {"sealed": seal_of(changed)}, CIPHER, "Binding")
        place = {name: changed[name] for name in ("roster", "interval", "position")}
        back = {**whole, **place, "sealed": seal_of(changed)}
        opened.good(slug, comment, back, {"message": changed["message"]}, CIPHER)
    for name, u in sorted(LOW_ORDER.items()):
        low = u.to_bytes(32, "little")
        seal.bad(
            f"low-order-{name}",
            "A key of low order.",
            {**given, "sealing_key": low},
            "not-in-group",
            "LowOrderPoint",
        )
    seal.bad("position-zero", "Position 0.", {**given, "position": 0}, "range", "Schema")
    seal.malformed("message-long", "4097 bytes.", {**given, "message": bytes(4097)})
    box = whole["sealed"]
    assert isinstance(box, bytes)
    for slug, comment, change, error, flag in (
        (
            "tag-flipped",
            "A bit of the tag.",
            {"sealed": bytes([*box[:-1], box[-1] ^ 1])},
            "unauthentic",
            "Signature",
        ),
        (
            "text-flipped",
            "A bit of the ciphertext.",
            {"sealed": box[:40] + bytes([box[40] ^ 8]) + box[41:]},
            "unauthentic",
            "Signature",
        ),
        (
            "key-flipped",
            "A bit of the ephemeral key.",
            {"sealed": bytes([box[0] ^ 1]) + box[1:]},
            "unauthentic",
            "Signature",
        ),
        ("cut", "A byte is missing.", {"sealed": box[:-1]}, "unauthentic", "Signature"),
        ("other-roster", "Another roster.", {"roster": seed("other")}, "unauthentic", "Binding"),
        ("other-interval", "Another interval.", {"interval": 4}, "unauthentic", "Binding"),
        ("other-position", "Another position.", {"position": 2}, "unauthentic", "Binding"),
        (
            "other-receiver",
            "The utility opens it.",
            {"private_key": this.sealing[-1]},
            "unauthentic",
            "Binding",
        ),
        (
            "low-order",
            "An ephemeral key of low order.",
            {"sealed": bytes(32) + box[32:]},
            "not-in-group",
            "LowOrderPoint",
        ),
        ("too-short", "47 bytes.", {"sealed": box[:47]}, "malformed", "Grammar"),
    ):
        opened.bad(slug, comment, {**whole, **change}, error, flag)
    yield seal.file
    yield opened.file


# ---- Bills ---------------------------------------------------------------------------------------


@dataclass
class Month:
    """A customer's month: counters, randomness, ciphertexts, and what comes of them."""

    label: str
    key: Key
    days: int
    maximum_wh: int
    prices: tuple[int, int]

    def __post_init__(self) -> None:
        n = self.key.n
        half = self.maximum_wh // 2 + 1
        self.use = [
            tuple(draw_below(f"{self.label}/{name}/{day}", half) for name in ("normal", "high"))
            for day in range(self.days)
        ]
        self.randomness = [
            tuple(self.key.unit(f"{self.label}/{name}/r/{day}") for name in ("normal", "high"))
            for day in range(self.days)
        ]
        self.counters = [
            {"normal": self.key.encrypt(u[0], r[0]), "high": self.key.encrypt(u[1], r[1])}
            for u, r in zip(self.use, self.randomness, strict=True)
        ]
        self.normal, self.high = (sum(u[i] for u in self.use) for i in (0, 1))
        self.normal_r, self.high_r = (prod(r[i] for r in self.randomness) % n for i in (0, 1))
        self.bill = self.normal * self.prices[0] + self.high * self.prices[1]
        self.bill_r = pow(self.normal_r, self.prices[0], n) * pow(self.high_r, self.prices[1], n) % n

    @property
    def recorded(self) -> dict[str, Any]:
        """What the utility has and knows."""
        return {
            "modulus": self.key.n,
            "counters": self.counters,
            "days": self.days,
            "maximum_wh": self.maximum_wh,
            "price_normal": self.prices[0],
            "price_high": self.prices[1],
        }

    @cached_property
    def ciphertexts(self) -> dict[str, int]:
        """The three aggregates, by their plaintexts and combined randomness."""
        return {
            "normal": self.key.encrypt(self.normal, self.normal_r),
            "high": self.key.encrypt(self.high, self.high_r),
            "bill": self.key.encrypt(self.bill, self.bill_r),
        }

    @property
    def openings(self) -> dict[str, int]:
        """The whole statement."""
        return {
            "normal": self.normal,
            "normal_randomness": self.normal_r,
            "high": self.high,
            "high_randomness": self.high_r,
            "bill": self.bill,
            "bill_randomness": self.bill_r,
        }


_months: dict[str, Month] = {}


def month(name: str) -> Month:
    """The months that the vectors are about, made once."""
    if not _months:
        _months["toy"] = Month("month/toy", TOY, 30, 400, (3, 8))
        _months["2048"] = Month("month/2048", real(2048), 4, 200_000, (21, 34))
        _months["3072"] = Month("month/3072", real(3072), 3, 2**32 - 1, (2**32 - 1, 2**31))
    return _months[name]


def day_files() -> Iterator[VectorFile]:
    """A day's counters, and a month's aggregate."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        this, key = month(name), month(name).key
        n = key.n
        suite = Suite("encrypt_day", name, profile, (12,), modulus_bits=n.bit_length())
        (u, h), (r, s) = this.use[0], this.randomness[0]
        given = {
            "modulus": n,
            "maximum_wh": this.maximum_wh,
            "normal_wh": u,
            "high_wh": h,
            "normal_randomness": r,
            "high_randomness": s,
        }
        suite.good("day", "A day's two counters.", given, this.counters[0], RESIDUES)
        if name == "toy":
            for slug, comment, a, b in (
                ("nothing-used", "Both counters are 0.", 0, 0),
                ("all-normal", "The whole day at the normal rate.", this.maximum_wh, 0),
                ("all-high", "The whole day at the high rate.", 0, this.maximum_wh),
            ):
                output = {"normal": key.encrypt(a, r), "high": key.encrypt(b, s)}
                suite.good(slug, comment, {**given, "normal_wh": a, "high_wh": b}, output, RESIDUES)
        both = {"normal_wh": this.maximum_wh, "high_wh": 1}
        for slug, comment, change, error, flag in (
            ("too-much", "Together more than a day can be.", both, "range", "Headroom"),
            ("negative", "A negative counter.", {"high_wh": -1}, "range", "ReadingRange"),
            ("randomness-zero", "r = 0.", {"normal_randomness": 0}, "range", "Unit"),
            ("randomness-n", "r = n.", {"high_randomness": n}, "range", "Unit"),
            (
                "randomness-factor",
                "r is a multiple of q.",
                {"high_randomness": key.q},
                "not-invertible",
                "Unit",
            ),
            ("randomness-same", "One r for both.", {"high_randomness": r}, "replayed", "Replay"),
        ):
            suite.bad(slug, comment, {**given, **change}, error, flag)
        if profile == HARDENED:
            one = {**given, "normal_randomness": 1}
            suite.bad("randomness-one", "r = 1.", one, "range", "TrivialRandomness")
        yield suite.file

        suite = Suite("aggregate_month", name, profile, (13, 14), modulus_bits=n.bit_length(), days=this.days)
        whole = this.recorded
        suite.good("month", "A month's records.", whole, this.ciphertexts, RESIDUES, "Price")
        if name == "toy":
            single = Month("month/toy", TOY, 1, 400, (3, 8))
            suite.good("one-day", "A month of one day.", single.recorded, single.ciphertexts, RESIDUES)
            free = Month("month/toy", TOY, 30, 400, (0, 8))
            suite.good(
                "price-zero",
                "The normal rate costs nothing.",
                free.recorded,
                free.ciphertexts,
                RESIDUES,
                "Price",
            )
        counters = list(this.counters)
        broken: tuple[tuple[str, str, dict[str, Any], str, str], ...] = (
            ("day-missing", "A day is not recorded.", {"counters": counters[:-1]}, "range", "MissingDay"),
            ("day-added", "A day more than the month has.", {"days": this.days - 1}, "range", "MissingDay"),
            (
                "day-twice",
                "A day's record stands for two.",
                {"counters": [*counters[:-1], counters[0]]},
                "replayed",
                "MissingDay",
            ),
            (
                "counter-twice",
                "A day's two counters are one ciphertext.",
                {
                    "counters": [
                        *counters[:-1],
                        {"normal": counters[-1]["high"], "high": counters[-1]["high"]},
                    ]
                },
                "replayed",
                "Replay",
            ),
            (
                "counter-zero",
                "A ciphertext of 0.",
                {"counters": [*counters[:-1], {**counters[-1], "high": 0}]},
                "range",
                "Unit",
            ),
            (
                "counter-square",
                "A ciphertext of n^2.",
                {"counters": [{**counters[0], "normal": n * n}, *counters[1:]]},
                "range",
                "Unit",
            ),
            (
                "counter-factor",
                "A multiple of p.",
                {"counters": [{**counters[0], "normal": key.p}, *counters[1:]]},
                "not-invertible",
                "Unit",
            ),
            ("price-negative", "A negative price.", {"price_normal": -1}, "range", "Price"),
            ("price-large", "A price of 2^32.", {"price_high": 2**32}, "range", "Price"),
        )
        for slug, comment, change, error, flag in broken:
            suite.bad(slug, comment, {**whole, **change}, error, flag)
        if name == "toy":
            tight = n // (30 * 11) + 1
            suite.bad(
                "no-headroom", "The largest bill wraps.", {**whole, "maximum_wh": tight}, "range", "Headroom"
            )
            no_days = {**whole, "counters": [], "days": 0}
            suite.malformed("no-day", "A month without a day.", no_days)
        if profile == HARDENED:
            ones = [{"normal": 1, "high": counters[0]["high"]}, *counters[1:]]
            suite.bad(
                "counter-one", "A ciphertext of 1.", {**whole, "counters": ones}, "range", "TrivialRandomness"
            )
            suite.bad("price-zero", "A price of 0.", {**whole, "price_normal": 0}, "range", "Price")
        yield suite.file


def opening_files() -> Iterator[VectorFile]:
    """Openings: recovered, combined, verified."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        this, key = month(name), month(name).key
        n, toy = key.n, name == "toy"
        least = 1 if profile == PUBLISHED else 2
        bill = this.ciphertexts["bill"]
        suite = Suite("recover_opening", name, profile, (15,), modulus_bits=n.bit_length())
        given = {"p": key.p, "q": key.q, "ciphertext": bill}
        opening = {"value": this.bill, "randomness": this.bill_r}
        suite.good("bill", "The month's bill.", given, opening, RESIDUES)
        for slug, comment, m, r in (
            ("value-largest", "m = n - 1.", n - 1, n - 1),
            ("randomness-two", "r = 2.", 5, 2),
            *((("zero", "m = 0 under a random r.", 0, this.bill_r),) if toy else ()),
        ):
            changed = {**given, "ciphertext": key.encrypt(m, r)}
            suite.good(slug, comment, changed, {"value": m, "randomness": r}, RESIDUES)
        for slug, comment, change, error in (
            ("zero-ciphertext", "c = 0.", {"ciphertext": 0}, "range"),
            ("square", "c = n^2.", {"ciphertext": n * n}, "range"),
            ("factor", "c = p.", {"ciphertext": key.p}, "not-invertible"),
            ("primes-equal", "p = q.", {"q": key.p, "ciphertext": 2}, "range"),
        ):
            suite.bad(slug, comment, {**given, **change}, error, "Unit")
        if toy:
            linked = {"p": 7, "q": 29, "ciphertext": 2}
            suite.bad("totient", "7 divides 29 - 1.", linked, "not-invertible", "Unit")
        yield suite.file

        suite = Suite("combine_openings", name, profile, (16,), modulus_bits=n.bit_length())
        openings = [
            {"value": u[i], "randomness": r[i], "scalar": this.prices[i]}
            for u, r in zip(this.use, this.randomness, strict=True)
            for i in (0, 1)
        ]
        combined = {"value": this.bill, "randomness": this.bill_r}
        suite.good(
            "bill",
            "A month's openings at their prices.",
            {"modulus": n, "openings": openings},
            combined,
            RESIDUES,
            "Price",
        )
        wraps = [{"value": n - 1, "randomness": n - 1, "scalar": 2**32 - 1}]
        wrapped = {"value": (1 - 2**32) % n, "randomness": n - 1}
        suite.good(
            "wraps", "Value and randomness wrap.", {"modulus": n, "openings": wraps}, wrapped, RESIDUES
        )
        nothing = [{"value": 5, "randomness": 7, "scalar": 0}]
        suite.good(
            "scalar-zero",
            "The power 0.",
            {"modulus": n, "openings": nothing},
            {"value": 0, "randomness": 1},
            RESIDUES,
        )
        for slug, comment, change, error in (
            ("value-n", "m = n.", {"value": n}, "range"),
            ("randomness-zero", "r = 0.", {"randomness": 0}, "range"),
            ("randomness-n", "r = n.", {"randomness": n}, "range"),
            ("scalar-negative", "k = -1.", {"scalar": -1}, "range"),
            ("scalar-large", "k = 2^32.", {"scalar": 2**32}, "range"),
            ("randomness-factor", "r = q.", {"randomness": key.q}, "not-invertible"),
        ):
            broken = [{**openings[0], **change}, *openings[1:]]
            suite.bad(slug, comment, {"modulus": n, "openings": broken}, error, "Unit")
        suite.malformed("no-opening", "An empty list.", {"modulus": n, "openings": []})
        yield suite.file

        suite = Suite("verify_opening", name, profile, (17,), modulus_bits=n.bit_length())
        check = {"modulus": n, "ciphertext": bill, **opening}
        suite.good("bill", "The bill and its randomness.", check, {}, RESIDUES)
        other = key.unit("other")
        for slug, comment, change, error, flag in (
            ("value-more", "One more.", {"value": this.bill + 1}, "proof-failed", "WrongOpening"),
            ("value-less", "One less.", {"value": this.bill - 1}, "proof-failed", "WrongOpening"),
            ("value-plus-n", "n more.", {"value": this.bill + n}, "range", "WrongOpening"),
            (
                "randomness-other",
                "Another randomness.",
                {"randomness": other},
                "proof-failed",
                "WrongOpening",
            ),
            ("randomness-negated", "n - R.", {"randomness": n - this.bill_r}, "proof-failed", "WrongOpening"),
            ("randomness-zero", "R = 0.", {"randomness": 0}, "range", "Unit"),
            ("randomness-plus-n", "R + n.", {"randomness": this.bill_r + n}, "range", "Unit"),
            ("randomness-factor", "R = p.", {"randomness": key.p}, "not-invertible", "Unit"),
            ("ciphertext-factor", "c = p.", {"ciphertext": key.p}, "not-invertible", "Unit"),
            (
                "ciphertext-other",
                "Another month's.",
                {"ciphertext": this.counters[0]["high"]},
                "proof-failed",
                "WrongOpening",
            ),
        ):
            suite.bad(slug, comment, {**check, **change}, error, flag)
        if least == 2:
            suite.bad("randomness-one", "R = 1.", {**check, "randomness": 1}, "range", "TrivialRandomness")
        yield suite.file


def verify_files() -> Iterator[VectorFile]:
    """The utility's verification of a bill, and of a whole statement."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        this, key = month(name), month(name).key
        n, toy = key.n, name == "toy"
        for operation, numbers in (("verify_bill", (14, 18)), ("verify_statement", (14, 19))):
            if operation == "verify_statement" and profile == HARDENED:
                continue
            claims = ("bill", "bill_randomness") if operation == "verify_bill" else tuple(this.openings)
            suite = Suite(operation, name, profile, numbers, modulus_bits=n.bit_length(), days=this.days)
            given = {**this.recorded, **{claim: this.openings[claim] for claim in claims}}
            suite.good("month", "A month as it was.", given, {}, RESIDUES)
            twice = [*this.counters[:-1], this.counters[0]]
            exchanged = {"price_normal": this.prices[1], "price_high": this.prices[0]}
            faults: list[tuple[str, str, dict[str, Any], str, str]] = [
                ("bill-more", "One more.", {"bill": this.bill + 1}, "proof-failed", "WrongOpening"),
                ("bill-less", "One less.", {"bill": this.bill - 1}, "proof-failed", "WrongOpening"),
                ("bill-plus-n", "n more.", {"bill": this.bill + n}, "range", "WrongOpening"),
                ("bill-randomness-zero", "R = 0.", {"bill_randomness": 0}, "range", "Unit"),
                (
                    "bill-randomness-wrong",
                    "Another R.",
                    {"bill_randomness": this.bill_r ^ 2},
                    "proof-failed",
                    "WrongOpening",
                ),
                ("bill-randomness-factor", "R = q.", {"bill_randomness": key.q}, "not-invertible", "Unit"),
                ("prices-exchanged", "The tariff is turned round.", exchanged, "proof-failed", "Price"),
                (
                    "day-missing",
                    "A day is not recorded.",
                    {"counters": this.counters[:-1]},
                    "range",
                    "MissingDay",
                ),
                ("price-negative", "A negative price.", {"price_high": -3}, "range", "Price"),
                (
                    "counter-factor",
                    "A counter of p.",
                    {"counters": [{**this.counters[0], "high": key.p}, *this.counters[1:]]},
                    "not-invertible",
                    "Unit",
                ),
            ]
            if toy:
                tight = n // (30 * 11) + 1
                faults.append(
                    ("no-headroom", "The largest bill wraps.", {"maximum_wh": tight}, "range", "Headroom")
                )
                repeated = opened_twice(this)
                replay = {"counters": twice, **{claim: repeated[claim] for claim in claims}}
                faults.append(
                    ("day-twice", "A day twice, and openings to match.", replay, "replayed", "MissingDay")
                )
            if operation == "verify_statement":
                faults += [
                    (
                        "normal-more",
                        "A unit from one total to the other.",
                        {"normal": this.normal + 1},
                        "proof-failed",
                        "WrongOpening",
                    ),
                    ("high-less", "One less.", {"high": this.high - 1}, "proof-failed", "WrongOpening"),
                    (
                        "totals-exchanged",
                        "The totals are exchanged.",
                        {"normal": this.high, "high": this.normal},
                        "proof-failed",
                        "WrongOpening",
                    ),
                    ("normal-randomness-zero", "R = 0.", {"normal_randomness": 0}, "range", "Unit"),
                    (
                        "high-randomness-factor",
                        "R = p.",
                        {"high_randomness": key.p},
                        "not-invertible",
                        "Unit",
                    ),
                ]
            for slug, comment, change, error, flag in faults:
                suite.bad(slug, comment, {**given, **change}, error, flag)
            yield suite.file


def opened_twice(this: Month) -> dict[str, int]:
    """The statement of a month whose last day is its first once more."""
    use = [*this.use[:-1], this.use[0]]
    randomness = [*this.randomness[:-1], this.randomness[0]]
    n = this.key.n
    normal, high = (sum(u[i] for u in use) for i in (0, 1))
    normal_r, high_r = (prod(r[i] for r in randomness) % n for i in (0, 1))
    return {
        "normal": normal,
        "normal_randomness": normal_r,
        "high": high,
        "high_randomness": high_r,
        "bill": normal * this.prices[0] + high * this.prices[1],
        "bill_randomness": pow(normal_r, this.prices[0], n) * pow(high_r, this.prices[1], n) % n,
    }


# ---- The modulus proof ---------------------------------------------------------------------------


def expand(label: bytes, material: bytes, bits: int) -> int:
    """The first `bits` bits of SHA-256(domain, label, material, be32(0)), SHA-256(..., be32(1)), ..."""
    stream, block = b"", 0
    while 8 * len(stream) < bits:
        stream += hashlib.sha256(DOMAIN + label + b"\x00" + material + be(block, 4)).digest()
        block += 1
    return int(f"{int.from_bytes(stream, 'big'):0{8 * len(stream)}b}"[:bits], 2)


def challenge(n: int, context: bytes, rounds: int, index: int) -> int:
    """rho_i."""
    head = be(len(natural(n)), 4) + natural(n) + context + be(rounds, 4) + be(index, 4)
    attempt = 0
    while True:
        rho = expand(b"modulus", head + be(attempt, 4), n.bit_length())
        if rho < n and gcd(rho, n) == 1:
            return rho
        attempt += 1


def proof(key: Key, context: bytes, rounds: int) -> list[int]:
    """The roots, by an exponent modulo (p - 1)(q - 1) in place of lambda."""
    exponent = pow(key.n, -1, (key.p - 1) * (key.q - 1))
    p, q, inverse = key.p, key.q, pow(key.p, -1, key.q)
    roots = []
    for index in range(rounds):
        rho = challenge(key.n, context, rounds, index)
        left, right = pow(rho, exponent % (p - 1), p), pow(rho, exponent % (q - 1), q)
        roots.append(left + p * ((right - left) * inverse % q))
    return roots


ROOTS = "the generator's own roots modulo p and q"


def best_roots(n: int, context: bytes, rounds: int) -> list[int]:
    """For a small n: an n-th root of each challenge where there is one, else 1."""
    roots = {pow(x, n, n): x for x in range(1, n)}
    return [roots.get(challenge(n, context, rounds, index), 1) for index in range(rounds)]


def proof_files() -> Iterator[VectorFile]:
    """Primes, proofs and their verification."""
    prime = Suite("generate_prime", "small", PUBLISHED, (23,))
    for bits in (16, 17, 31, 64, 127, 256):
        prime_case(prime, bits)
    prime.bad("too-short", "15 bits.", {"bits": 15, "seed": seed("prime")}, "range", "NotSquarefree")
    prime.bad("too-long", "2049 bits.", {"bits": 2049, "seed": seed("prime")}, "range", "NotSquarefree")
    prime.malformed("seed-short", "A seed of 31 bytes.", {"bits": 64, "seed": seed("prime")[:31]})
    yield prime.file
    prime = Suite("generate_prime", "1536", HARDENED, (23,))
    prime_case(prime, 1536)
    prime.bad("too-short", "1535 bits.", {"bits": 1535, "seed": seed("prime")}, "range", "NotSquarefree")
    prime.bad("too-long", "2049 bits.", {"bits": 2049, "seed": seed("prime")}, "range", "NotSquarefree")
    yield prime.file

    context = seed("context")
    for name, profile, rounds in (("toy", PUBLISHED, 81), ("2048", PUBLISHED, 8), ("3072", HARDENED, 8)):
        key = TOY if name == "toy" else real(int(name))
        toy = name == "toy"
        prove = Suite(
            "prove_modulus", name, profile, (24, 25), modulus_bits=key.n.bit_length(), rounds=rounds
        )
        verify = Suite(
            "verify_modulus", name, profile, (24, 26), modulus_bits=key.n.bit_length(), rounds=rounds
        )
        given = {"p": key.p, "q": key.q, "context": context, "rounds": rounds}
        roots = proof(key, context, rounds)
        prove.good(
            "proof", "A proof of the least number of rounds for its primes.", given, {"roots": roots}, ROOTS
        )
        check = {"modulus": key.n, "context": context, "roots": roots}
        verify.good("proof", "The proof.", check, {}, ROOTS)
        if toy:
            smallest = Key(3, 5)
            small = {"p": 3, "q": 5, "context": context, "rounds": 81}
            prove.good(
                "smallest", "n = 15.", small, {"roots": proof(smallest, context, 81)}, ROOTS, "WeakChallenge"
            )
            verify.good(
                "smallest",
                "n = 15.",
                {**check, "modulus": 15, "roots": proof(smallest, context, 81)},
                {},
                ROOTS,
            )
            thirteen = proof(key, context, 13)
            prove.good(
                "thirteen-rounds",
                "1009 is below 2^(128/12) and above 2^(128/13).",
                {**given, "rounds": 13},
                {"roots": thirteen},
                ROOTS,
            )
            verify.good(
                "thirteen-rounds",
                "13 rounds ask for no factor below 921.",
                {**check, "roots": thirteen},
                {},
                ROOTS,
            )
            prove.bad(
                "rounds-too-few-for-p",
                "12 rounds ask for 1626.",
                {**given, "rounds": 12},
                "range",
                "NotSquarefree",
            )
            twelve = proof(key, context, 12)
            verify.bad(
                "rounds-too-few-for-p",
                "12 rounds ask for 1626.",
                {**check, "roots": twelve},
                "range",
                "NotSquarefree",
            )
            for n, what in ((45, "3^2 5"), (21, "3 7, and 3 divides 6"), (75, "3 5^2"), (49 * 11, "7^2 11")):
                false = {"modulus": n, "context": context, "roots": best_roots(n, context, 81)}
                verify.bad(
                    f"modulus-{n}",
                    f"n = {what}: every root that there is.",
                    false,
                    "proof-failed",
                    "NotSquarefree",
                )
            prime_n = {"modulus": 1009, "context": context, "roots": best_roots(1009, context, 81)}
            verify.bad("modulus-prime", "n is prime.", prime_n, "range", "NotSquarefree")
            linked = {**given, "p": 7, "q": 29}
            prove.bad("totient", "7 divides 29 - 1.", linked, "not-invertible", "NotSquarefree")
            verify.bad(
                "modulus-even", "An even modulus.", {**check, "modulus": key.n + 1}, "range", "NotSquarefree"
            )
            verify.malformed("seven-roots", "Seven roots.", {**check, "roots": roots[:7]})
            verify.malformed("too-many-roots", "82 roots.", {**check, "roots": [*roots, 1]})
        prove.bad("primes-equal", "p = q.", {**given, "q": key.p}, "range", "NotSquarefree")
        prove.bad("rounds-seven", "Seven rounds.", {**given, "rounds": 7}, "range", "NotSquarefree")
        prove.bad("rounds-82", "82 rounds.", {**given, "rounds": 82}, "range", "NotSquarefree")
        n = key.n
        swapped = [roots[1], roots[0], *roots[2:]]
        for slug, comment, change, error, flag in (
            (
                "root-plus-one",
                "The last root is one more.",
                {"roots": [*roots[:-1], roots[-1] + 1]},
                "proof-failed",
                "WeakChallenge",
            ),
            (
                "root-negated",
                "n - sigma.",
                {"roots": [n - roots[0], *roots[1:]]},
                "proof-failed",
                "WeakChallenge",
            ),
            (
                "roots-exchanged",
                "Two rounds are exchanged.",
                {"roots": swapped},
                "proof-failed",
                "WeakChallenge",
            ),
            ("root-zero", "A root of 0.", {"roots": [0, *roots[1:]]}, "range", "WeakChallenge"),
            (
                "root-plus-n",
                "A root above n.",
                {"roots": [roots[0] + n, *roots[1:]]},
                "range",
                "WeakChallenge",
            ),
            (
                "other-context",
                "Another's proof.",
                {"context": seed("other")},
                "proof-failed",
                "WeakChallenge",
            ),
            (
                "other-modulus",
                "A proof for another modulus.",
                {"modulus": n + 2 if toy else n - 2},
                "proof-failed" if toy else "range",
                "WeakChallenge",
            ),
            (
                "round-left-out",
                "A round is left out.",
                {"roots": roots[:-1] if toy else [*roots, roots[0]]},
                "proof-failed",
                "WeakChallenge",
            ),
        ):
            if slug != "other-modulus":
                verify.bad(slug, comment, {**check, **change}, error, flag)
        yield prove.file
        yield verify.file


def prime_case(suite: Suite, bits: int) -> None:
    """The prime of a length, found by the generator's own search with a Fermat test to four bases."""
    drawn = seed(f"prime/{bits}")
    index = 0
    while True:
        candidate = expand(b"prime", drawn + be(bits, 4) + be(index, 4), bits) | 3 << bits - 2 | 1
        small = all(candidate % k for k in range(3, 1000, 2) if candidate > k)
        if small and all(pow(base, candidate - 1, candidate) == 1 for base in (2, 3, 5, 7)):
            break
        index += 1
    suite.good(
        f"bits-{bits}",
        f"A prime of {bits} bits.",
        {"bits": bits, "seed": drawn},
        {"prime": candidate},
        "the generator's own search",
    )


# ---- Messages ------------------------------------------------------------------------------------

SCOPE = seed("scope")
DAY_BODY: dict[int, Any] = {1: SCOPE, 2: 7, 3: 20000, 4: b"\x05" * 256, 5: b"\x07" * 256}
BODIES: dict[int, tuple[str, dict[int, Any]]] = {
    1: ("hop", {1: SCOPE, 2: 7, 3: 81, 4: 3, 5: b"\x01" * 512}),
    2: ("day", DAY_BODY),
    3: ("statement", {1: SCOPE, 2: 7, 3: 500, 4: 21, 5: 34, 6: b"\x12\x34", 7: b"\x55" * 256}),
    4: ("figure", {1: SCOPE, 2: 7, 3: 500, 4: b"\x66" * 512, 5: b"\x12\x34"}),
    5: ("verdict", {1: SCOPE, 2: 7, 3: 500, 4: True}),
    6: ("group-state", {1: SCOPE, 3: 81, 4: False}),
    7: ("rate", {1: SCOPE, 2: 7, 3: 81, 4: True}),
    8: ("allowance", {1: SCOPE, 2: 7, 3: 81, 4: 12500}),
    9: ("appliance", {1: SCOPE, 2: 7, 3: 81, 4: 2, 5: False}),
}
OPTIONAL: dict[int, dict[int, Any]] = {
    3: {8: b"\x01\x00", 9: b"\x02" * 256, 10: b"", 11: b"\x03" * 256},
    6: {5: 4321},
}


def message_files() -> Iterator[VectorFile]:
    """Messages of every type, signed and taken in."""
    secret = seed("sender")
    for profile in (PUBLISHED, HARDENED):
        name = "all-types" if profile == PUBLISHED else "all-types-hardened"
        sign = Suite("sign_message", name, profile, (27, 28, 29))
        take = Suite("check_message", name, profile, (27, 28, 29, 30))
        cases = [(label, kind, body) for kind, (label, body) in BODIES.items()]
        cases += [
            (f"{BODIES[kind][0]}-whole", kind, {**BODIES[kind][1], **more}) for kind, more in OPTIONAL.items()
        ]

        def taken(kind: int, message: bytes, **changed: Any) -> dict[str, Any]:
            start = {"public_key": ed25519_public(secret), "type": kind, "scope": SCOPE, "next_sequence": 0}
            return {**start, "message": message, **changed}

        for label, kind, body in cases:
            encoded, message = cbor2.dumps(body, canonical=True), signed(secret, kind, body)
            given = {"private_key": secret, "type": kind, "body": encoded}
            sign.good(label, f"A message of type {kind}.", given, {"message": message}, CBOR2)
            output = {"body": encoded, "sequence": body[3]}
            at = taken(kind, message, next_sequence=body[3])
            take.good(label, "Just the next number.", at, output, CBOR2)
            if profile == PUBLISHED:
                late = taken(kind, message, next_sequence=body[3] + 1)
                take.bad(f"{label}-replayed", "The number was used.", late, "replayed", "Replay")
                other = taken(kind % 9 + 1, message)
                take.bad(f"{label}-other-type", "Another type is expected.", other, "unauthentic", "Binding")
        kind, (_, body) = 8, BODIES[8]
        message = signed(secret, kind, body)
        flipped = bytes([*message[:-1], message[-1] ^ 1])
        for slug, comment, changed, error, flag in (
            (
                "signature-flipped",
                "A bit of the signature.",
                taken(kind, flipped),
                "unauthentic",
                "Signature",
            ),
            (
                "other-scope",
                "Another contract.",
                taken(kind, message, scope=seed("other")),
                "unauthentic",
                "Binding",
            ),
            (
                "other-sender",
                "Another key.",
                taken(kind, message, public_key=ed25519_public(seed("stranger"))),
                "unauthentic",
                "Signature",
            ),
            (
                "key-of-order-one",
                "The neutral element as a key.",
                taken(kind, message[:-64] + be(1, 1) + bytes(63), public_key=be(1, 1) + bytes(31)),
                "unauthentic",
                "Signature",
            ),
            (
                "sequence-back",
                "An earlier number.",
                taken(kind, message, next_sequence=LAST),
                "replayed",
                "Replay",
            ),
            (
                "allowance-beyond",
                "An allowance of 2^53.",
                taken(kind, signed(secret, kind, {**body, 4: 2**53})),
                "range",
                "Schema",
            ),
            (
                "node-beyond",
                "A node of 2^32.",
                taken(kind, signed(secret, kind, {**body, 2: 2**32})),
                "range",
                "Schema",
            ),
            (
                "trailing-byte",
                "A byte follows.",
                taken(kind, message + b"\x00"),
                "malformed",
                "Deterministic",
            ),
            (
                "version-two",
                "Version 2.",
                taken(kind, signed(secret, kind, body, version=2)),
                "malformed",
                "Schema",
            ),
            (
                "optional-in-part",
                "Some optional members without the rest.",
                taken(3, signed(secret, 3, {**BODIES[3][1], 8: b"\x01"})),
                "malformed",
                "Schema",
            ),
            (
                "flag-as-number",
                "A flag is 1.",
                taken(7, signed(secret, 7, {**BODIES[7][1], 4: 1})),
                "malformed",
                "Schema",
            ),
            (
                "flag-wide",
                "A flag in two bytes.",
                taken(7, signed(secret, 7, BODIES[7][1]).replace(b"\x04\xf5", b"\x04\xf8\x15")),
                "malformed",
                "Deterministic",
            ),
        ):
            take.bad(slug, comment, changed, error, flag)
        valid = cbor2.dumps(body, canonical=True)
        for slug, comment, data, error, flag in (
            ("body-empty", "Nothing.", b"", "malformed", "Schema"),
            ("body-trailing", "A byte follows.", valid + b"\x00", "malformed", "Deterministic"),
            ("body-no-map", "An array.", cbor2.dumps([1, 2]), "malformed", "Schema"),
            (
                "body-of-another-type",
                "A rate's body.",
                cbor2.dumps(BODIES[7][1], canonical=True),
                "malformed",
                "Schema",
            ),
            (
                "body-out-of-range",
                "A node of 2^32.",
                cbor2.dumps({**body, 2: 2**32}, canonical=True),
                "range",
                "Schema",
            ),
        ):
            sign.bad(slug, comment, {"private_key": secret, "type": kind, "body": data}, error, flag)
        if profile == PUBLISHED:
            long = {"private_key": secret, "type": kind, "body": bytes(4001)}
            sign.malformed("body-long", "4001 bytes.", long)
            sign.bad(
                "type-zero", "Type 0.", {"private_key": secret, "type": 0, "body": valid}, "range", "Schema"
            )
        yield sign.file
        yield take.file


# ---- Scripts -------------------------------------------------------------------------------------


def ring_steps(this: Ring, sealed_hops: bool) -> list[Json]:
    """An interval of a ring from its roster to its total, with every message between."""
    n = this.key.n
    steps = [step("ring_roster", this.given(), {"digest": this.roster})]
    for place, node in enumerate(this.nodes):
        position = place + 1
        add = {
            "modulus": n,
            "maximum_wh": this.maximum_wh,
            "reading_wh": this.readings[place],
            "randomness": this.randomness[place],
        }
        if place:
            add["previous"] = this.passed[place - 1]
        steps.append(step("ring_add" if place else "ring_start", add, {"ciphertext": this.passed[place]}))
        sign = {
            "private_key": this.signing[node],
            "roster": this.roster,
            "node": node,
            "interval": this.interval,
            "position": position,
            "modulus": n,
            "ciphertext": this.passed[place],
        }
        message = this.messages[place]
        steps.append(step("sign_hop", sign, {"message": message}))
        if sealed_hops:
            receiver = this.sealing[this.nodes[position] if position < len(this.nodes) else -1]
            secret = seed(f"{this.label}/ephemeral/{node}")
            box = sealed(secret, public_key(receiver), this.roster, this.interval, position, message)
            where = {"roster": this.roster, "interval": this.interval, "position": position}
            into = {
                "ephemeral_private_key": secret,
                "sealing_key": public_key(receiver),
                **where,
                "message": message,
            }
            steps.append(step("seal_hop", into, {"sealed": box}))
            steps.append(
                step("open_hop", {"private_key": receiver, **where, "sealed": box}, {"message": message})
            )
        steps.append(step("check_hop", this.checked(position), {"ciphertext": this.passed[place]}))
    stop = {
        "p": this.key.p,
        "q": this.key.q,
        "members": len(this.nodes),
        "maximum_wh": this.maximum_wh,
        "ciphertext": this.passed[-1],
    }
    steps.append(step("ring_stop", stop, {"total_wh": sum(this.readings)}))
    return steps


def script_files() -> Iterator[VectorFile]:
    """Rings, a masked sum, and months."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        this = ring(name)
        file = VectorFile(
            CHAPTER, f"script-ring-{name}", profile, parameters={"members": len(this.nodes)}, notes=NOTES
        )
        prefix = f"load-management-script/ring-{name}/"
        numbers = (1, 3, 4, 5, 6, 7, 27, 28, 29, *((9,) if profile == HARDENED else ()))
        file.script(
            prefix + "interval",
            ring_steps(this, profile == HARDENED),
            requirements=ids(*numbers),
            comment="An interval from the roster to the total, every message between.",
            source=RESIDUES,
        )
        if profile == HARDENED:
            file.script(
                prefix + "overheard",
                overheard(this),
                requirements=ids(9),
                comment="The utility tries its own key on every hop but the last.",
                source=CIPHER,
                flags=["Binding"],
            )
        if name == "toy":
            file.script(
                prefix + "left-out",
                [
                    step("check_hop", this.checked(1), {"ciphertext": this.passed[0]}),
                    step("check_hop", this.checked(1, next_interval=this.interval + 1), "replayed"),
                    step("check_hop", this.checked(1, position=2, node=this.nodes[1]), "unauthentic"),
                    step("check_hop", this.checked(1, roster=this.digest(this.members[:2])), "unauthentic"),
                ],
                requirements=ids(7, 8),
                comment="A second run of the interval, a member left out, a message in another's place.",
                source=CBOR2,
                flags=["Replay", "Binding"],
            )
        yield file
    yield masked_sum()
    yield from month_scripts()


def overheard(this: Ring) -> list[Json]:
    """What the utility can do with the sealed hops of a ring but the last: nothing."""
    steps = []
    for place, node in enumerate(this.nodes[:-1]):
        receiver = public_key(this.sealing[this.nodes[place + 1]])
        secret = seed(f"{this.label}/ephemeral/{node}")
        where = {"roster": this.roster, "interval": this.interval, "position": place + 1}
        message = this.messages[place]
        box = sealed(secret, receiver, this.roster, this.interval, place + 1, message)
        into = {"ephemeral_private_key": secret, "sealing_key": receiver, **where, "message": message}
        steps.append(step("seal_hop", into, {"sealed": box}))
        spy = {"private_key": this.sealing[-1], **where, "sealed": box}
        steps.append(step("open_hop", spy, "unauthentic"))
    return steps


def masked_sum() -> VectorFile:
    """The same readings summed by DREAM's masks with the complete graph: no key, no intermediate sum."""
    this = ring("3072")
    m = 2**64
    nodes = this.nodes
    file = VectorFile(CHAPTER, "script-masked", HARDENED, parameters={"members": len(nodes)}, notes=NOTES)
    keys = {(a, b): draw_below(f"mask/{a}/{b}", m) for a in nodes for b in nodes if a < b}
    streams = [draw_below(f"mask/stream/{node}", m) for node in nodes]
    steps, ciphertexts = [], []
    for node, reading, stream in zip(nodes, this.readings, streams, strict=True):
        dummies = [{"node": b, "key": keys[min(node, b), max(node, b)]} for b in nodes if b != node]
        masks = sum(entry["key"] if node > entry["node"] else -entry["key"] for entry in dummies)
        ciphertexts.append((reading + stream + masks) % m)
        given = {
            "modulus": m,
            "node": node,
            "value": reading,
            "keystream": stream,
            "dummy_keys": dummies,
            "blind": 0,
        }
        steps.append(step("dream.mask", given, {"ciphertext": ciphertexts[-1]}))
    whole = {"modulus": m, "ciphertexts": ciphertexts, "keystreams": streams, "recoveries": []}
    total = {"total": sum(this.readings)}
    steps.append(step("dream.aggregate", whole, total))
    prefix = "load-management-script/masked/"
    file.script(
        prefix + "interval",
        steps,
        requirements=ids(11),
        comment="The readings of the ring of 3072 bits under masks: the same total.",
        source="the generator's own sums",
    )
    file.script(
        prefix + "refused",
        [
            step("dream.aggregate", {**whole, "ciphertexts": [m, *ciphertexts[1:]]}, "range"),
            step("dream.aggregate", whole, total),
        ],
        requirements=ids(11),
        comment="A masked reading that is not below m is refused.",
        source="the generator's own sums",
        flags=["HalfDone"],
    )
    return file


def month_scripts() -> Iterator[VectorFile]:
    """A meter's month, the utility's records, the bill, both verifications; and what is refused."""
    for name, profile in (("toy", PUBLISHED), ("2048", PUBLISHED), ("3072", HARDENED)):
        span = 3 if name == "toy" else 2
        this = Month(f"script/{name}", TOY if name == "toy" else real(int(name)), span, 400, (3, 8))
        key, n = this.key, this.key.n
        file = VectorFile(CHAPTER, f"script-month-{name}", profile, parameters={"days": span}, notes=NOTES)
        prefix = f"load-management-script/month-{name}/"
        begin = {"p": key.p, "q": key.q, "maximum_wh": 400, "days": span}

        def day(number: int, expect: str | None = None, this: Month = this, /, **changed: int) -> Json:
            use, r = this.use[number - 1], this.randomness[number - 1]
            given = {
                "day": number,
                "normal_wh": use[0],
                "high_wh": use[1],
                "normal_randomness": r[0],
                "high_randomness": r[1],
                **changed,
            }
            return step("meter_day", given, expect or this.counters[number - 1], "meter")

        tariff = {"price_normal": 3, "price_high": 8}
        bill = step("meter_bill", tariff, {"bill": this.bill, "randomness": this.bill_r}, "meter")
        aggregate = this.ciphertexts
        start = step("meter_start", begin, {}, "meter")

        def verdict(ciphertext: int, figure: int, accepted: int) -> Json:
            return step(
                "meter_verdict", {"ciphertext": ciphertext, "bill": figure}, {"accepted": accepted}, "meter"
            )

        closed = [start, *(day(k) for k in range(1, span + 1))]
        whole = [*closed, step("aggregate_month", this.recorded, aggregate), bill]
        verify = {**this.recorded, "bill": this.bill, "bill_randomness": this.bill_r}
        whole.append(step("verify_bill", verify, {}))
        if profile == PUBLISHED:
            totals = {k: v for k, v in this.openings.items() if not k.startswith("bill")}
            whole.append(step("meter_totals", {}, totals, "meter"))
            whole.append(step("verify_statement", {**this.recorded, **this.openings}, {}))
        whole.append(verdict(aggregate["bill"], this.bill, 1))
        numbers = [12, 13, 14, 18, 20, 21, 22, *((19,) if profile == PUBLISHED else ())]
        file.script(
            prefix + "verified",
            whole,
            requirements=ids(*numbers),
            comment="A month, its bill, and its verification by both sides.",
            source=RESIDUES,
        )
        if name == "2048":
            yield file
            continue
        other = key.encrypt(this.bill, key.unit("another"))
        untrue = {**verify, "bill": this.bill - 1}
        exchanged = {**this.recorded, "price_normal": 8, "price_high": 3}
        hidden = {**verify, "counters": this.counters[::-1][: span - 1], "days": span - 1}
        # The first day in the place of every other, with the bill and the randomness that fit.
        (normal_wh, high_wh), (r, s) = this.use[0], this.randomness[0]
        again = {
            **verify,
            "counters": this.counters[:1] * span,
            "bill": span * (3 * normal_wh + 8 * high_wh),
            "bill_randomness": pow(r, 3 * span, n) * pow(s, 8 * span, n) % n,
        }
        moved = step("verify_statement", {**this.recorded, **this.openings, "high": 0}, "proof-failed")
        file.script(
            prefix + "tampered",
            [
                *closed,
                bill,
                step("verify_bill", untrue, "proof-failed"),
                step("verify_bill", hidden, "proof-failed"),
                step("verify_bill", {**verify, **exchanged}, "proof-failed"),
                step("verify_bill", again, "replayed"),
                *([moved] if profile == PUBLISHED else []),
                step("verify_bill", verify, {}),
            ],
            requirements=ids(18, *((19,) if profile == PUBLISHED else ())),
            comment="A bill of one less, a day hidden, prices exchanged, a day again and again: all refused.",
            source=RESIDUES,
            flags=["WrongOpening", "MissingDay", "Price", "Replay"],
        )
        file.script(
            prefix + "factors-refused",
            [
                step("meter_start", {**begin, "q": key.p}, "range", "meter"),
                step("meter_start", {**begin, "q": 2 * key.p + 1}, "not-invertible", "meter"),
                step("meter_start", {**begin, "maximum_wh": 0}, "range", "meter"),
                step("meter_start", {**begin, "days": 32}, "range", "meter"),
                start,
                day(1),
            ],
            requirements=ids(20),
            comment="One prime twice; p divides q - 1; nothing to use in a day; a month of 32 days.",
            source=RESIDUES,
            flags=["Unit", "HalfDone"],
        )
        file.script(
            prefix + "no-oracle",
            [
                *closed,
                step("meter_verdict", {"ciphertext": aggregate["bill"], "bill": this.bill}, "state", "meter"),
                bill,
                verdict(this.counters[0]["normal"], this.use[0][0], 0),
                verdict(aggregate["normal"], this.normal, 0),
                verdict(other, this.bill, 0),
                verdict(aggregate["bill"], this.bill + 1, 0),
                verdict(aggregate["bill"] + n * n, this.bill, 0),
                verdict(aggregate["bill"], this.bill + n, 0),
                verdict(aggregate["bill"], this.bill, 1),
            ],
            requirements=ids(22),
            comment="A daily record with its true value, a total, another encryption of the bill: always 0.",
            source=RESIDUES,
            flags=["Oracle", "WrongState"],
        )
        file.script(
            prefix + "second-tariff",
            [
                *closed,
                bill,
                step("meter_bill", {"price_normal": 1, "price_high": 8}, "policy", "meter"),
                step("meter_bill", {"price_normal": 3, "price_high": 9}, "policy", "meter"),
                bill,
            ],
            requirements=ids(21),
            comment="The same month at other prices is refused, and the first bill stands.",
            source=RESIDUES,
            flags=["SecondTariff", "HalfDone"],
        )
        r1, r2 = this.randomness[0]
        file.script(
            prefix + "days-in-order",
            [
                day(1, "state"),
                step("meter_bill", tariff, "state", "meter"),
                start,
                step("meter_start", begin, "state", "meter"),
                day(2, "state"),
                day(1, "range", normal_wh=401),
                day(1, "range", normal_randomness=n),
                day(1, "not-invertible", high_randomness=key.q),
                day(1),
                day(1, "replayed"),
                day(
                    1,
                    "replayed",
                    normal_wh=5,
                    normal_randomness=key.unit("fresh"),
                    high_randomness=key.unit("fresh-2"),
                ),
                day(2, "replayed", normal_randomness=r1),
                day(2, "replayed", high_randomness=r1),
                day(2, "replayed", normal_randomness=r2),
                *([day(span, "state")] if span > 2 else []),
                *(day(number) for number in range(2, span)),
                step("meter_bill", tariff, "state", "meter"),
                *([step("meter_totals", {}, "state", "meter")] if profile == PUBLISHED else []),
                day(span),
                step(
                    "meter_day",
                    {
                        "day": span + 1,
                        "normal_wh": 1,
                        "high_wh": 1,
                        "normal_randomness": 5,
                        "high_randomness": 6,
                    },
                    "range",
                    "meter",
                ),
                bill,
            ],
            requirements=ids(20, 21, *((19,) if profile == PUBLISHED else ())),
            comment="Days out of turn, twice, with used randomness, and a bill before the month is over.",
            source=RESIDUES,
            flags=["Replay", "WrongState", "HalfDone", "MissingDay"],
        )
        if name == "toy":
            large = 2**32 - 1
            file.script(
                prefix + "bill-does-not-fit",
                [
                    *closed,
                    step("meter_bill", {"price_normal": large, "price_high": 1}, "range", "meter"),
                    bill,
                ],
                requirements=ids(14, 21),
                comment="Prices at which the largest bill wraps are refused.",
                source=RESIDUES,
                flags=["Headroom", "HalfDone"],
            )
        yield file


def files() -> Iterator[VectorFile]:
    """The chapter's files of sums, bills, proofs and messages."""
    yield from ring_roster_files()
    yield from ring_files()
    yield from hop_files()
    yield from seal_files()
    yield from day_files()
    yield from opening_files()
    yield from verify_files()
    yield from proof_files()
    yield from message_files()
    yield from script_files()
