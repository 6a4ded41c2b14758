"""Vectors and scripts of DREAM's cluster and recovery (paper C, sections 3.1, 5.1 and 6).

Expected values come from the primitives of the chapter's other generator and from what stands here: digests,
masks, replies, tags and signatures are put together from the requirements' bytes, not by the reference.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from meter_privacy.vectors.generators import dream
from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes
from meter_privacy.vectors.generators.dream import (
    DOMAIN,
    EDWARDS,
    HMAC_LIBRARY,
    LAST_NODE,
    LAST_SLOT,
    SUMS,
    Suite,
    point,
    prf,
    refused,
    report_tag,
    step,
)
from meter_privacy.vectors.generators.primitives import (
    LOW_ORDER,
    L,
    ed25519_public,
    ed25519_sign,
    hmac_sha256,
    public_key,
    x25519,
)
from meter_privacy.vectors.generators.suites import CWE, RFC, note

# The first of this part's requirements has the number FIRST; they are counted from 1 here.
FIRST = 49
PART = (
    "parameters", "supplier", "change_of_supplier", "epoch_digest", "announcement", "epoch_key",
    "one_hmac", "blind", "member", "enrolment", "leaving", "report", "resend", "list", "recovery",
    "reply_tag", "whose_ids", "one_reply", "list_length", "slots", "equivocation", "collector", "closing",
    "reply", "total", "power", "device",
)  # fmt: skip
NUMBER = {name: FIRST + place for place, name in enumerate(PART)}


def numbers(*names: str) -> list[int]:
    """The numbers of requirements by what they are about."""
    return [NUMBER[name] for name in names]


NOTES = {
    **dream.NOTES,
    "UnsafeParameters": note(
        "a cluster starts with parameters that the paper leaves open",
        "noise that does not cover the colluders, two sums of one slot, or meters without partners",
        CWE.format(1188),
    ),
    "ShortTail": note(
        "the modulus is made for a tail that the noise leaves too often",
        "totals that are wrong by m",
        CWE.format(190),
    ),
    "AllMissing": note(
        "a list that names all other meters is answered",
        "the answer is the sum of all dummy keys and the blind: one message shows the reading",
        CWE.format(285),
    ),
    "TwoLists": note(
        "a second list of a slot is answered",
        "two answers differ by the dummy keys of the meters in which the lists differ",
        CWE.format(294),
    ),
    "LongList": note(
        "more meters are taken for missing than the noise was made for, colluders included",
        "the total carries too little noise",
        CWE.format(285),
    ),
    "OwnNodeMissing": note(
        "a meter answers a list on which it stands itself",
        "its blind is opened although its ciphertext is not summed",
        CWE.format(285),
    ),
    "UnknownNode": note(
        "a list with nodes that are not on the roster is answered",
        "the list looks shorter or longer than it is, and other meters see another one",
        CWE.format(20),
    ),
    "WrongSlot": note(
        "a list for another slot than the last one reported is answered",
        "an old slot is opened a second time, or a new one before it is reported",
        CWE.format(294),
    ),
    "SplitMask": note(
        "selection and dummy key are not the two parts of one HMAC",
        "no other implementation agrees, or the supplier learns the partners from the dummy keys",
        CWE.format(323),
    ),
    "OldTerm": note(
        "a supplier that was replaced announces epochs still",
        "meters go back to the old supplier and its parameters",
        CWE.format(672),
    ),
    "OldEpoch": note(
        "an announcement is taken in twice, or an older one after a newer one",
        "members that left are back, and safer parameters are undone",
        CWE.format(294),
    ),
    "Rollback": note(
        "the slot counter is volatile, or written after the report was sent",
        "after a loss of power a slot is reported twice, with another value under the same masks",
        CWE.format(367),
    ),
    "SupplierForges": note(
        "the supplier's signature is taken for the authority's, or none is checked",
        "the supplier admits meters of its own, or another supplier takes the cluster over",
        CWE.format(295),
        RFC.format(8032),
    ),
    "PartialTotal": note(
        "a total is answered although a meter has not opened its blind",
        "a random number is billed as a total",
        CWE.format(754),
    ),
    "Clamp": note(
        "the reading is clamped after the noise, or not at all",
        "a reading above Xmax shows beyond what the noise covers",
        CWE.format(682),
    ),
    "NegativeReading": note(
        "a reading below zero is taken for a large one, or for a valid one",
        "feed-in is summed with consumption",
        CWE.format(195),
    ),
}


def be32(number: int) -> bytes:
    """Four bytes, big-endian."""
    return number.to_bytes(4, "big")


def be64(number: int) -> bytes:
    """Eight bytes, big-endian."""
    return number.to_bytes(8, "big")


def suite(operation: str, profile: str) -> Suite:
    """A file of one operation, with this part's notes."""
    made = Suite(operation, profile, profile)
    made.file.notes = NOTES
    return made


# ---- The protocol, computed apart from the reference ---------------------------------------------


def list_bytes(digest: bytes, slot: int, missing: Sequence[int]) -> bytes:
    """What the supplier signs of a list."""
    head = DOMAIN + b"missing\x00" + digest + be64(slot) + be32(len(missing))
    return head + b"".join(map(be32, missing))


def supplier_bytes(cluster: bytes, term: int, signing: bytes, public: bytes, last_slot: int) -> bytes:
    """What the authority signs of a supplier."""
    head = DOMAIN + b"supplier-certificate\x00" + cluster + be64(term)
    return head + signing + public + be64(last_slot)


PARAMETERS = (
    "meters", "tolerated_failures", "colluders", "expected_partners", "maximum_wh", "tail_wh", "scale_wh",
    "modulus",
)  # fmt: skip


def digest_of(given: Mapping[str, Any]) -> bytes:
    """The digest of an epoch."""
    message = DOMAIN + b"epoch\x00" + be64(given["epoch"]) + be64(given["first_slot"])
    message += given["supplier"] + given["roster"]
    for name in PARAMETERS[:5]:
        message += be32(given[name])
    message += be64(given["tail_wh"]) + be64(given["scale_wh"]) + be32(given["modulus"].bit_length() - 1)
    return hashlib.sha256(message).digest()


def epoch_key(key: bytes, digest: bytes) -> bytes:
    """A key's successor in an epoch."""
    return hmac_sha256(key, DOMAIN + b"epoch-key\x00" + digest)


def pair_values(key: bytes, slot: int, m: int) -> tuple[int, int]:
    """Selection and dummy key."""
    drawn = prf(key, "pair", slot)
    return int.from_bytes(drawn[:8], "big"), int.from_bytes(drawn[8:], "big") % m


def reply_tag(key: bytes, digest: bytes, node: int, slot: int, listed: bytes, m: int, recovery: int) -> bytes:
    """The tag of a reply."""
    width = ((m - 1).bit_length() + 7) // 8
    message = DOMAIN + b"reply\x00" + digest + be32(node) + be64(slot) + listed
    return hmac_sha256(key, message + recovery.to_bytes(width, "big"))


class World:
    """A cluster with its authority and supplier, and everything that they compute in one epoch."""

    def __init__(
        self,
        label: str,
        nodes: Sequence[int],
        m: int,
        failures: int,
        colluders: int = 0,
        partners: int | None = None,
        *,
        epoch: int = 3,
        first_slot: int = 100,
        term: int = 0,
        supplier: str = "supplier",
        last_slot: int = 10**6,
        scale_wh: int = 40,
    ) -> None:
        self.label, self.nodes, self.m = label, list(nodes), m
        self.cluster = draw_bytes(f"{label}/cluster", 16)
        self.authority = draw_bytes(f"{label}/authority", 32)
        self.private = {n: draw_bytes(f"{label}/private/{n}", 32) for n in nodes}
        self.public = {n: public_key(self.private[n]) for n in nodes}
        self.blinds = {n: draw_bytes(f"{label}/blind/{n}", 32) for n in nodes}
        self.signing = draw_bytes(f"{label}/{supplier}/signing", 32)
        self.supplier = draw_bytes(f"{label}/{supplier}/private", 32)
        self.epoch, self.first_slot, self.term, self.last_slot = epoch, first_slot, term, last_slot
        w = len(nodes) - 1 if partners is None else partners
        self.given: dict[str, Any] = {
            "tolerated_failures": failures,
            "colluders": colluders,
            "expected_partners": w,
            "maximum_wh": 4000,
            "tail_wh": 50 * scale_wh,
            "scale_wh": scale_wh,
            "modulus": m,
        }
        self.supplier_fields: dict[str, Any] = self.certified_supplier()
        self.members = [self.certified(n, self.public[n]) for n in self.nodes]
        self.set_digest()

    def set_digest(self, digest: bytes | None = None) -> None:
        """Take a digest, by default that of the announcement, and derive the epoch's keys."""
        self.digest = digest or self.announced(self.announcement())
        self.pairs = {
            (i, j): epoch_key(self.pair(i, j), self.digest) for i in self.nodes for j in self.nodes if i < j
        }
        self.shared = {n: epoch_key(self.with_supplier(n), self.digest) for n in self.nodes}

    def certified(self, node: int, public: bytes, last_slot: int | None = None) -> Json:
        """A member with its certificate."""
        last = self.last_slot if last_slot is None else last_slot
        message = DOMAIN + b"certificate\x00" + self.cluster + be32(node) + public + be64(last)
        signature = ed25519_sign(self.authority, message)
        return {"node": node, "public_key": public, "last_slot": last, "signature": signature}

    def certified_supplier(self, by: bytes | None = None, **changed: Any) -> Json:
        """The supplier with its certificate, some of it changed before the authority (or `by`) signs."""
        made = {
            "term": self.term,
            "signing_key": ed25519_public(self.signing),
            "public_key": public_key(self.supplier),
            "last_slot": self.last_slot,
            **changed,
        }
        message = supplier_bytes(
            self.cluster, made["term"], made["signing_key"], made["public_key"], made["last_slot"]
        )
        return {**made, "signature": ed25519_sign(by or self.authority, message)}

    def pair(self, i: int, j: int) -> bytes:
        """K_ij."""
        return _pair(self.cluster, i, j, self.private[i], self.public[i], self.public[j])

    def with_supplier(self, node: int) -> bytes:
        """K_i."""
        secret = _secret(self.private[node], public_key(self.supplier))
        publics = self.public[node], public_key(self.supplier)
        return bytes.fromhex(dream.agreed("supplier", self.cluster, [node], *publics, secret)["key"])

    def announced(self, given: Mapping[str, Any]) -> bytes:
        """The digest of an announcement."""
        supplier, members = given["supplier"], given["members"]
        certificate = supplier_bytes(
            self.cluster,
            supplier["term"],
            supplier["signing_key"],
            supplier["public_key"],
            supplier["last_slot"],
        )
        roster = hashlib.sha256(
            dream.roster_bytes(
                self.cluster, [{"node": x["node"], "public_key": x["public_key"]} for x in members]
            )
        ).digest()
        hashed = hashlib.sha256(certificate).digest()
        return digest_of({**given, "meters": len(members), "supplier": hashed, "roster": roster})

    def announcement(self, **changed: Any) -> Json:
        """An announcement's fields, some changed before the supplier signs."""
        given = {
            "epoch": self.epoch,
            "first_slot": self.first_slot,
            "supplier": self.supplier_fields,
            "members": self.members,
            **self.given,
            **changed,
        }
        message = DOMAIN + b"announcement\x00" + self.announced(given)
        return {**given, "signature": ed25519_sign(self.signing, message)}

    def key(self, i: int, j: int) -> bytes:
        """The pair's key of the epoch."""
        return self.pairs[min(i, j), max(i, j)]

    def partners(self, node: int, slot: int) -> dict[int, int]:
        """The partners of a meter and their signed dummy keys."""
        w, others = self.given["expected_partners"], [n for n in self.nodes if n != node]
        drawn = {n: pair_values(self.key(node, n), slot, self.m) for n in others}
        threshold = w * 2**64 // len(others)
        chosen = {n: k for n, (v, k) in drawn.items() if v < threshold}
        return {n: k if node > n else -k for n, k in chosen.items()}

    def blind(self, node: int, slot: int) -> int:
        """C_i."""
        drawn = prf(epoch_key(self.blinds[node], self.digest), "blind", slot)
        return int.from_bytes(drawn, "big") % self.m

    def report(self, node: int, slot: int, reading: int, share: int = 0) -> Json:
        """A meter's report, in JSON form."""
        clamped_wh = min(max(reading, 0), self.given["maximum_wh"])
        value = clamped_wh + share
        stream = int.from_bytes(prf(self.shared[node], "keystream", slot), "big") % self.m
        masks = stream + sum(self.partners(node, slot).values()) + self.blind(node, slot)
        ciphertext = (value + masks) % self.m
        tag = report_tag(self.shared[node], self.digest, node, slot, self.m, ciphertext)
        clamped = int(reading != clamped_wh)
        return {"ciphertext": f"{ciphertext:x}", "tag": tag.hex(), "clamped": clamped}

    def reply(self, node: int, slot: int, missing: Sequence[int]) -> Json:
        """A meter's reply, in JSON form."""
        partners = self.partners(node, slot)
        opened = sum(partners.get(n, 0) for n in missing) + self.blind(node, slot)
        recovery = opened % self.m
        listed = hashlib.sha256(list_bytes(self.digest, slot, missing)).digest()
        tag = reply_tag(self.shared[node], self.digest, node, slot, listed, self.m, recovery)
        return {"recovery": f"{recovery:x}", "tag": tag.hex()}

    def listed(self, slot: int, missing: Sequence[int], by: bytes | None = None) -> bytes:
        """The signature of a list."""
        return ed25519_sign(by or self.signing, list_bytes(self.digest, slot, missing))

    # Steps of scripts.

    def start(self, node: int, session: str = "", expect: Json | None = None, /, **changed: Any) -> Json:
        """The step that starts a member's session."""
        given = {
            "authority_public_key": ed25519_public(self.authority),
            "cluster": self.cluster,
            "node": node,
            "private_key": self.private[node],
            "blind_key": self.blinds[node],
            "next_slot": 0,
            "next_epoch": 0,
            "term": 0,
            **changed,
        }
        return step("member_start", session or f"m{node}", given, expect or {"output": {}})

    def enrol(
        self,
        node: int,
        expect: Json | None = None,
        session: str = "",
        /,
        signature: bytes | None = None,
        **changed: Any,
    ) -> Json:
        """The step of an announcement; what is changed is signed by the supplier as it then is."""
        given = self.announcement(**changed)
        if signature is not None:
            given["signature"] = signature
        output = {"output": {"digest": self.announced(given).hex()}}
        return step("member_enrol", session or f"m{node}", given, expect or output)

    def send(
        self,
        node: int,
        slot: int,
        reading: int,
        share: int = 0,
        expect: Json | None = None,
        session: str = "",
    ) -> Json:
        """The step in which a meter reports."""
        given = {"slot": slot, "reading_wh": reading, "share_wh": share}
        expected = expect or {"output": self.report(node, slot, reading, share)}
        return step("member_report", session or f"m{node}", given, expected)

    def answer(
        self,
        node: int,
        slot: int,
        missing: Sequence[int],
        expect: Json | None = None,
        signature: bytes | None = None,
        session: str = "",
    ) -> Json:
        """The step in which a meter replies to a list."""
        signed = self.listed(slot, missing) if signature is None else signature
        given = {"slot": slot, "missing": list(missing), "signature": signed}
        expected = expect or {"output": self.reply(node, slot, missing)}
        return step("member_reply", session or f"m{node}", given, expected)

    def collect(self, slot: int, expect: Json | None = None, /, session: str = "s", **changed: Any) -> Json:
        """The step that starts the supplier."""
        given = {
            "slot": slot,
            "modulus": self.m,
            "digest": self.digest,
            "keys": [{"node": n, "key": self.shared[n]} for n in self.nodes],
            "tolerated_failures": self.given["tolerated_failures"],
            "colluders": self.given["colluders"],
            "signing_private_key": self.signing,
            **changed,
        }
        return step("collector_start", session, given, expect or {"output": {}})

    def receive(
        self, node: int, slot: int, reading: int, expect: Json | int, session: str = "s", /, **changed: Any
    ) -> Json:
        """The step in which the supplier takes in a report."""
        report = self.report(node, slot, reading)
        ciphertext, tag = int(report["ciphertext"], 16), bytes.fromhex(report["tag"])
        given = {"node": node, "ciphertext": ciphertext, "tag": tag, **changed}
        answer = {"output": {"received": expect}} if isinstance(expect, int) else expect
        return step("collector_receive", session, given, answer)

    def close(self, slot: int, missing: Sequence[int] | None, session: str = "s") -> Json:
        """The step in which the supplier closes the first round; None where it must not."""
        expect = refused("policy")
        if missing is not None:
            expect = {"output": {"missing": list(missing), "signature": self.listed(slot, missing).hex()}}
        return step("collector_close", session, {}, expect)

    def take(
        self,
        node: int,
        slot: int,
        missing: Sequence[int],
        expect: Json | int,
        session: str = "s",
        /,
        **changed: Any,
    ) -> Json:
        """The step in which the supplier takes in a reply."""
        reply = self.reply(node, slot, missing)
        recovery, tag = int(reply["recovery"], 16), bytes.fromhex(reply["tag"])
        given = {"node": node, "recovery": recovery, "tag": tag, **changed}
        answer = {"output": {"replied": expect}} if isinstance(expect, int) else expect
        return step("collector_reply", session, given, answer)

    def total(self, value: int, meters: int, session: str = "s") -> Json:
        """The step of the total."""
        text = f"{value:x}" if value >= 0 else f"-{-value:x}"
        return step("collector_total", session, {}, {"output": {"total": text, "meters": meters}})


@lru_cache(maxsize=4096)
def _secret(private: bytes, peer: bytes) -> bytes:
    return x25519(private, peer)


@lru_cache(maxsize=4096)
def _pair(cluster: bytes, i: int, j: int, private: bytes, own: bytes, peer: bytes) -> bytes:
    secret = _secret(private, peer)
    return bytes.fromhex(dream.agreed("pairwise", cluster, [i, j], own, peer, secret)["key"])


# ---- Operations by themselves --------------------------------------------------------------------


def least_modulus(profile: str) -> int:
    """The modulus of a profile's examples."""
    return 2**32 if profile == "published" else 2**64


SAFE: dict[str, Any] = {
    "meters": 1000,
    "tolerated_failures": 300,
    "colluders": 100,
    "expected_partners": 999,
    "maximum_wh": 6000,
    "tail_wh": 300_000,
    "scale_wh": 6000,
}

# Parameters that must be refused, and with which class: slug, comment, class, flag, what is changed.
UNSAFE: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("one-meter", "N = 1.", "range", "UnsafeParameters",
     {"meters": 1, "tolerated_failures": 0, "colluders": 0, "expected_partners": 0}),
    ("meters-4097", "N = 4097.", "range", "UnsafeParameters", {"meters": 4097, "expected_partners": 4096}),
    ("failures-equal-meters", "M = N.", "range", "UnsafeParameters",
     {"tolerated_failures": 1000, "colluders": 0}),
    ("failures-negative", "M = -1.", "range", "UnsafeParameters", {"tolerated_failures": -1}),
    ("colluders-equal-meters", "c = N.", "range", "UnsafeParameters", {"colluders": 1000}),
    ("no-partners", "w = 0.", "range", "NoPartner", {"expected_partners": 0}),
    ("partners-equal-meters", "w = N.", "range", "NoPartner", {"expected_partners": 1000}),
    ("maximum-zero", "Xmax = 0.", "range", "UnsafeParameters", {"maximum_wh": 0}),
    ("scale-zero", "lambda = 0: no noise at all.", "range", "UnsafeParameters", {"scale_wh": 0}),
    ("scale-negative", "lambda = -6000.", "range", "UnsafeParameters", {"scale_wh": -6000}),
    ("tail-one-below-50-scales", "T = 50 lambda - 1.", "range", "ShortTail", {"tail_wh": 299_999}),
    ("tail-zero", "T = 0 with noise.", "range", "ShortTail", {"tail_wh": 0}),
    ("modulus-not-a-power", "m = 2^64 + 2^32.", "range", "NotPowerOfTwo", {"modulus": 2**64 + 2**32}),
    ("modulus-2-to-129", "m = 2^129.", "range", "SmallModulus", {"modulus": 2**129}),
    ("colluders-above-failures", "c = M + 1: the noise does not cover them.", "policy", "UnsafeParameters",
     {"colluders": 301}),
    ("split-view-of-halves", "N = 4, M = 2: two halves could each be opened.", "policy", "SplitView",
     {"meters": 4, "tolerated_failures": 2, "colluders": 0, "expected_partners": 3}),
    ("split-view-just", "2 M = N - c.", "policy", "SplitView", {"tolerated_failures": 450, "colluders": 100}),
    ("split-view-by-colluders", "M < N / 2, but 2 M > N - c.", "policy", "SplitView",
     {"tolerated_failures": 499, "colluders": 3}),
)  # fmt: skip

# In the published profile only: fewer partners than all, a small modulus.
UNSAFE_PUBLISHED: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("ten-partners-of-1000", "N = 1000, w = 10: 6.2 readings a day go out bare.", "policy", "NoPartner",
     {"expected_partners": 10}),
    ("39-partners-half-missing", "w = 39 with half of 1000 missing: above 2^-29.", "policy", "NoPartner",
     {"tolerated_failures": 499, "colluders": 0, "expected_partners": 39}),
    ("small-cluster-few-partners", "N = 12, w = 9.", "policy", "NoPartner",
     {"meters": 12, "tolerated_failures": 0, "colluders": 0, "expected_partners": 9}),
    ("modulus-just-too-small", "m = N Xmax + 2 T.", "range", "ModulusRule",
     {"meters": 4, "tolerated_failures": 1, "colluders": 0, "expected_partners": 3, "maximum_wh": 231,
      "tail_wh": 50, "scale_wh": 1, "modulus": 1024}),
)  # fmt: skip
UNSAFE_HARDENED: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("not-the-complete-graph", "w = N - 2.", "range", "NoPartner", {"expected_partners": 998}),
    ("modulus-2-to-63", "m = 2^63.", "range", "SmallModulus", {"modulus": 2**63}),
)  # fmt: skip


def unsafe(profile: str) -> Sequence[tuple[str, str, str, str, dict[str, Any]]]:
    """What both parameter operations refuse in a profile."""
    return (*UNSAFE, *(UNSAFE_PUBLISHED if profile == "published" else UNSAFE_HARDENED))


def check_cluster_file(profile: str) -> VectorFile:
    """dream.check_cluster."""
    made = suite("check_cluster", profile)
    base = {**SAFE, "modulus": 2**64}

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        limit = {"list_limit": given["tolerated_failures"] - given["colluders"]}
        made.good(slug, numbers("parameters"), comment, given, limit, SUMS, *flags)

    good("a-thousand", "N = 1000, M = 300, c = 100.", "LongList")
    good(
        "two-meters",
        "N = 2 and nobody may be missing.",
        meters=2,
        tolerated_failures=0,
        colluders=0,
        expected_partners=1,
    )
    good("all-tolerated-collude", "c = M: no list but the empty one.", tolerated_failures=100)
    good("most-failures", "M = (N - c) / 2 - 1.", "SplitView", tolerated_failures=449, colluders=100)
    good("largest-modulus", "m = 2^128.", modulus=2**128)
    good(
        "largest-cluster",
        "N = 4096.",
        meters=4096,
        tolerated_failures=2047,
        colluders=0,
        expected_partners=4095,
    )
    good("tail-of-50-scales", "T = 50 lambda exactly.", "ShortTail")
    if profile == "published":
        good(
            "40-partners-half-missing",
            "w = 40 with half of 1000 missing: below 2^-29.",
            "NoPartner",
            tolerated_failures=499,
            colluders=0,
            expected_partners=40,
        )
        good(
            "ten-of-eleven-partners",
            "N = 12, w = 10.",
            "NoPartner",
            meters=12,
            tolerated_failures=0,
            colluders=0,
            expected_partners=10,
        )
        good(
            "modulus-just-large-enough",
            "m = N Xmax + 2 T + 1.",
            "ModulusRule",
            meters=3,
            tolerated_failures=1,
            colluders=0,
            expected_partners=2,
            maximum_wh=641,
            tail_wh=62,
            scale_wh=1,
            modulus=2048,
        )
    for slug, comment, error, flag, changed in unsafe(profile):
        made.bad(slug, numbers("parameters"), comment, {**base, **changed}, error, flag)
    made.grammar(numbers("parameters"), base, "meters", "modulus")
    return made.file


def certify_supplier_file(profile: str) -> VectorFile:
    """dream.certify_supplier."""
    made = suite("certify_supplier", profile)
    label = f"dream/certify-supplier/{profile}"
    seed = draw_bytes(f"{label}/seed", 32)
    base: dict[str, Any] = {
        "authority_private_key": seed,
        "cluster": draw_bytes(f"{label}/cluster", 16),
        "term": 4,
        "signing_key": ed25519_public(draw_bytes(f"{label}/signing", 32)),
        "public_key": public_key(draw_bytes(f"{label}/private", 32)),
        "last_slot": 52560,
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        message = supplier_bytes(
            given["cluster"], given["term"], given["signing_key"], given["public_key"], given["last_slot"]
        )
        output = {
            "signature": ed25519_sign(given["authority_private_key"], message).hex(),
            "digest": hashlib.sha256(message).hexdigest(),
        }
        made.good(slug, numbers("supplier"), comment, given, output, EDWARDS, *flags)

    good("one-year", "A year of 10-minute slots.")
    good("first-term-first-slot", "Term 0, up to slot 0.", term=0, last_slot=0)
    good(
        "last-term-last-slot", "The largest term and slot.", "SlotWidth", term=LAST_SLOT, last_slot=LAST_SLOT
    )
    good("term-2-to-32", "Term 2^32: its low half is zero.", "SlotWidth", term=2**32)
    good(
        "highest-bit-of-the-key",
        "A public key with the highest bit set enters as its bytes.",
        "Binding",
        public_key=base["public_key"][:-1] + bytes([base["public_key"][-1] | 0x80]),
    )
    for slug, u in LOW_ORDER.items():
        made.bad(
            f"low-order-{slug}",
            numbers("supplier"),
            "The X25519 public key has low order.",
            {**base, "public_key": point(u)},
            "not-in-group",
            "LowOrderPoint",
        )
    for name in ("term", "last_slot"):
        made.bad(
            f"{name.replace('_', '-')}-negative",
            numbers("supplier"),
            f"{name} is -1.",
            {**base, name: -1},
            "range",
            "SlotWidth",
        )
    made.lengths(numbers("supplier"), base, "signing_key")
    made.grammar(numbers("supplier"), base, "term", "")
    return made.file


def epoch_digest_file(profile: str) -> VectorFile:
    """dream.epoch_digest."""
    made = suite("epoch_digest", profile)
    label = f"dream/epoch-digest/{profile}"
    base: dict[str, Any] = {
        "epoch": 7,
        "first_slot": 4032,
        "supplier": draw_bytes(f"{label}/supplier", 32),
        "roster": draw_bytes(f"{label}/roster", 32),
        **SAFE,
        "modulus": 2**64,
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        output = {"digest": digest_of(given).hex()}
        made.good(slug, numbers("epoch_digest"), comment, given, output, "hashlib: SHA-256", *flags)

    good("a-thousand", "An epoch of a thousand meters.")
    good("epoch-and-slot-zero", "Epoch 0 from slot 0.", epoch=0, first_slot=0)
    good("epoch-2-to-32", "Epoch 2^32.", "SlotWidth", epoch=2**32)
    good("last-slot", "From the last slot on.", "SlotWidth", first_slot=LAST_SLOT)
    good("modulus-2-to-128", "b = 128.", modulus=2**128)
    good("other-colluders", "c = 99 in place of 100.", "Binding", colluders=99)
    good("other-failures", "M = 301 in place of 300.", "Binding", tolerated_failures=301)
    good("other-maximum", "Xmax = 5999 in place of 6000.", "Binding", maximum_wh=5999)
    good("other-tail", "T = 300001.", "Binding", tail_wh=300_001)
    good("other-scale", "lambda = 5999.", "Binding", scale_wh=5999)
    good("largest-maximum", "Xmax = 2^32 - 1.", maximum_wh=2**32 - 1)
    for slug, comment, error, flag, changed in unsafe(profile):
        if slug in ("failures-equal-meters", "split-view-just", "scale-zero", "colluders-above-failures",
                    "ten-partners-of-1000", "not-the-complete-graph", "modulus-2-to-63"):  # fmt: skip
            made.bad(slug, numbers("epoch_digest", "parameters"), comment, {**base, **changed}, error, flag)
    for name in ("epoch", "first_slot"):
        made.bad(
            f"{name.replace('_', '-')}-negative",
            numbers("epoch_digest"),
            f"{name} is -1.",
            {**base, name: -1},
            "range",
            "SlotWidth",
        )
    made.lengths(numbers("epoch_digest"), base, "roster")
    return made.file


def announce_file(profile: str) -> VectorFile:
    """dream.announce."""
    made = suite("announce", profile)
    label = f"dream/announce/{profile}"
    for count in range(3):
        seed, digest = draw_bytes(f"{label}/seed/{count}", 32), draw_bytes(f"{label}/digest/{count}", 32)
        signature = {"signature": ed25519_sign(seed, DOMAIN + b"announcement\x00" + digest).hex()}
        given = {"signing_private_key": seed, "digest": digest}
        made.good(f"digest-{count}", numbers("announcement"), "A digest.", given, signature, EDWARDS)
    made.lengths(numbers("announcement"), given, "digest")
    return made.file


def epoch_key_file(profile: str) -> VectorFile:
    """dream.epoch_key."""
    made = suite("epoch_key", profile)
    label = f"dream/epoch-key/{profile}"
    key, digest = draw_bytes(f"{label}/key", 32), draw_bytes(f"{label}/digest", 32)
    for slug, k, d in (
        ("drawn", key, digest),
        ("same-key-next-epoch", key, draw_bytes(f"{label}/next", 32)),
        ("same-epoch-other-key", draw_bytes(f"{label}/other", 32), digest),
        ("key-all-ones", b"\xff" * 32, digest),
    ):
        output = {"key": epoch_key(k, d).hex()}
        given = {"key": k, "digest": d}
        made.good(slug, numbers("epoch_key"), "A key and a digest.", given, output, HMAC_LIBRARY, "Binding")
    made.lengths(numbers("epoch_key"), {"key": key, "digest": digest}, "digest")
    made.lengths(numbers("epoch_key"), {"key": key, "digest": digest}, "key")
    return made.file


SLOTS = (("zero", 0), ("one", 1), ("2-to-32", 2**32), ("2-to-32-plus-one", 2**32 + 1), ("last", LAST_SLOT))


def slot_values_file(operation: str, profile: str) -> VectorFile:
    """dream.pair_values or dream.blind."""
    made = suite(operation, profile)
    about = numbers("one_hmac" if operation == "pair_values" else "blind")
    key = draw_bytes(f"dream/{operation}/{profile}", 32)
    base: dict[str, Any] = {"key": key, "slot": 20250, "modulus": 2**64}

    def output(given: Mapping[str, Any]) -> Json:
        k, t, m = given["key"], given["slot"], given["modulus"]
        if operation == "blind":
            return {"blind": f"{int.from_bytes(prf(k, 'blind', t), 'big') % m:x}"}
        selection, dummy = pair_values(k, t, m)
        return {"selection": f"{selection:x}", "dummy_key": f"{dummy:x}"}

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        made.good(slug, about, comment, given, output(given), HMAC_LIBRARY, *flags)

    for bits in (1, 8, 31, 32, 33, 63, 64, 65, 127, 128):
        if 2**bits >= (2 if profile == "published" else 2**64):
            good(f"modulus-2-to-{bits}", f"m = 2^{bits}.", "LowBits", modulus=2**bits)
    for slug, t in SLOTS:
        good(f"slot-{slug}", f"Slot {t}.", "SlotWidth", slot=t)
    good("key-all-ones", "A key of all ones.", key=b"\xff" * 32)
    if operation == "pair_values":
        small = next(t for t in range(10**6) if pair_values(key, t, 2**64)[0] < 2**56)
        good("selection-below-2-to-56", "A selection value of seven bytes.", "LeadingZeros", slot=small)
        short = next(t for t in range(10**6) if pair_values(key, t, 2**64)[1] < 2**56)
        good(
            "dummy-key-below-2-to-56", "A dummy key of seven bytes.", "LeadingZeros", "SplitMask", slot=short
        )
    for slug, modulus, flag in (
        ("not-a-power", 2**64 + 13, "NotPowerOfTwo"),
        ("all-ones", 2**128 - 1, "NotPowerOfTwo"),
        ("one", 1, "SmallModulus"),
        ("2-to-129", 2**129, "SmallModulus"),
    ):
        made.bad(f"modulus-{slug}", about, "The modulus.", {**base, "modulus": modulus}, "range", flag)
    if profile == "hardened":
        made.bad("modulus-2-to-63", about, "m = 2^63.", {**base, "modulus": 2**63}, "range", "SmallModulus")
    made.bad("slot-negative", about, "Slot -1.", {**base, "slot": -1}, "range", "SlotWidth")
    made.lengths(about, base, "key")
    return made.file


def sign_missing_file(profile: str) -> VectorFile:
    """dream.sign_missing."""
    made = suite("sign_missing", profile)
    label = f"dream/sign-missing/{profile}"
    base: dict[str, Any] = {
        "signing_private_key": draw_bytes(f"{label}/seed", 32),
        "digest": draw_bytes(f"{label}/digest", 32),
        "slot": 4100,
        "missing": [3, 14, 15],
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        message = list_bytes(given["digest"], given["slot"], given["missing"])
        output = {
            "signature": ed25519_sign(given["signing_private_key"], message).hex(),
            "list": hashlib.sha256(message).hexdigest(),
        }
        made.good(slug, numbers("list"), comment, given, output, EDWARDS, *flags)

    good("three", "Three meters are missing.")
    good("nobody", "Nobody is missing: the empty list is signed, too.", "PartialTotal", missing=[])
    good("one", "One meter is missing.", missing=[9])
    good("nodes-at-the-ends", "Nodes 0, 2^31 and 2^32 - 1.", "NodeIsUnsigned", missing=[0, 2**31, LAST_NODE])
    good("last-slot", "The last slot.", "SlotWidth", slot=LAST_SLOT)
    good("a-hundred", "A hundred meters.", missing=list(range(7, 707, 7)))

    def bad(slug: str, comment: str, flag: str, **changed: Any) -> None:
        made.bad(slug, numbers("list"), comment, {**base, **changed}, "range", flag)

    bad("decreasing", "The nodes fall.", "RosterOrder", missing=[15, 14, 3])
    bad("twice", "A node stands twice.", "DuplicateNode", missing=[3, 14, 14])
    bad("node-2-to-32", "A node of 33 bits.", "NodeIsUnsigned", missing=[3, 2**32])
    bad("node-negative", "Node -1.", "NodeIsUnsigned", missing=[-1, 3])
    bad("slot-negative", "Slot -1.", "SlotWidth", slot=-1)
    made.lengths(numbers("list"), base, "digest")
    return made.file


def recover_file(profile: str) -> VectorFile:
    """dream.recover."""
    made = suite("recover", profile)
    m = least_modulus(profile)
    base: dict[str, Any] = {
        "modulus": m,
        "node": 20,
        "dummy_keys": [{"node": 4, "key": 5 * m // 7}, {"node": 33, "key": m // 3}],
        "blind": draw_below(f"dream/recover/{profile}", m),
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        signed = sum(e["key"] if given["node"] > e["node"] else -e["key"] for e in given["dummy_keys"])
        output = {"recovery": f"{(signed + given['blind']) % given['modulus']:x}"}
        made.good(slug, numbers("recovery"), comment, given, output, SUMS, *flags)

    good("two-missing", "One missing partner below, one above.", "SignRule")
    good("nobody-missing", "The blind alone.", "PartialTotal", dummy_keys=[])
    good("one-below", "A smaller node's key is added.", "SignRule", dummy_keys=[{"node": 4, "key": 77}])
    good("one-above", "A larger node's key is subtracted.", "SignRule", dummy_keys=[{"node": 33, "key": 77}])
    good(
        "nodes-as-unsigned",
        "2^31 is larger than 20.",
        "NodeIsUnsigned",
        dummy_keys=[{"node": 2**31, "key": 12345}],
    )
    good(
        "all-ones",
        "Keys and blind are m - 1.",
        "MaskWraps",
        dummy_keys=[{"node": n, "key": m - 1} for n in range(10)],
        blind=m - 1,
    )
    good("modulus-2-to-128", "m = 2^128.", modulus=2**128, blind=2**128 - 5)
    good("odd-modulus", "m = 2^64 + 13.", modulus=2**64 + 13)

    def bad(slug: str, comment: str, flag: str, **changed: Any) -> None:
        made.bad(slug, numbers("recovery"), comment, {**base, **changed}, "range", flag)

    bad("blind-equals-modulus", "The blind is m.", "NotReduced", blind=m)
    bad("key-equals-modulus", "A dummy key is m.", "NotReduced", dummy_keys=[{"node": 4, "key": m}])
    bad("own-node", "The meter itself is missing.", "OwnNode", dummy_keys=[{"node": 20, "key": 5}])
    bad(
        "node-twice",
        "A missing partner stands twice.",
        "DuplicateNode",
        dummy_keys=[{"node": 4, "key": 5}, {"node": 4, "key": 6}],
    )
    bad("modulus-2-to-129", "m = 2^129.", "SmallModulus", modulus=2**129)
    bad("modulus-one", "m = 1.", "SmallModulus", modulus=1, dummy_keys=[], blind=0)
    made.grammar(numbers("recovery"), base, "node", "blind")
    return made.file


def authenticate_reply_file(profile: str) -> VectorFile:
    """dream.authenticate_reply."""
    made = suite("authenticate_reply", profile)
    label = f"dream/authenticate-reply/{profile}"
    base: dict[str, Any] = {
        "key": draw_bytes(f"{label}/key", 32),
        "digest": draw_bytes(f"{label}/digest", 32),
        "node": 8,
        "slot": 4100,
        "list": draw_bytes(f"{label}/list", 32),
        "modulus": 2**64,
        "recovery": draw_below(f"{label}/recovery", 2**64),
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        tag = reply_tag(
            given["key"], given["digest"], given["node"], given["slot"], given["list"], given["modulus"],
            given["recovery"],
        )  # fmt: skip
        made.good(slug, numbers("reply_tag"), comment, given, {"tag": tag.hex()}, HMAC_LIBRARY, *flags)

    good("drawn", "A reply.")
    good("zero", "A reply of 0 has its full width.", "LeadingZeros", recovery=0)
    good("seven-bytes", "A reply of seven bytes has eight.", "LeadingZeros", recovery=2**56 - 1)
    good("modulus-2-to-65", "Nine bytes.", "LeadingZeros", modulus=2**65)
    good("modulus-2-to-128", "Sixteen bytes.", modulus=2**128)
    good("last-node", "Node 2^32 - 1.", "NodeIsUnsigned", node=LAST_NODE)
    good("last-slot", "The last slot.", "SlotWidth", slot=LAST_SLOT)
    good("other-list", "Another list.", "Binding", list=draw_bytes(f"{label}/other", 32))

    def bad(slug: str, comment: str, flag: str, **changed: Any) -> None:
        made.bad(slug, numbers("reply_tag"), comment, {**base, **changed}, "range", flag)

    bad("reply-equals-modulus", "The reply is m.", "NotReduced", recovery=2**64)
    bad("modulus-not-a-power", "m = 2^64 + 13.", "NotPowerOfTwo", modulus=2**64 + 13)
    bad("modulus-2-to-129", "m = 2^129.", "SmallModulus", modulus=2**129)
    bad("node-2-to-32", "A node of 33 bits.", "NodeIsUnsigned", node=2**32)
    bad("slot-negative", "Slot -1.", "SlotWidth", slot=-1)
    made.lengths(numbers("reply_tag"), base, "list")
    return made.file


def check_equivocation_file(profile: str) -> VectorFile:
    """dream.check_equivocation."""
    made = suite("check_equivocation", profile)
    label = f"dream/check-equivocation/{profile}"
    seed, digest, slot = draw_bytes(f"{label}/seed", 32), draw_bytes(f"{label}/digest", 32), 4100

    def given(one: Sequence[int], other: Sequence[int], **changed: Any) -> Json:
        return {
            "signing_key": ed25519_public(seed),
            "digest": digest,
            "slot": slot,
            "missing": list(one),
            "signature": ed25519_sign(seed, list_bytes(digest, slot, one)),
            "other_missing": list(other),
            "other_signature": ed25519_sign(seed, list_bytes(digest, slot, other)),
            **changed,
        }

    def good(slug: str, comment: str, one: Sequence[int], other: Sequence[int]) -> None:
        made.good(slug, numbers("equivocation"), comment, given(one, other), {}, EDWARDS, "TwoLists")

    good("one-and-another", "Two lists without a common node.", [1, 2], [3, 4])
    good("one-more", "The second list has one node more.", [1], [1, 2])
    good("nobody-and-one", "The empty list and another.", [], [7])
    good("halves", "The two halves of a split view.", [0, 1], [2, 3])

    def bad(slug: str, comment: str, error: str, flag: str, values: Json) -> None:
        made.bad(slug, numbers("equivocation"), comment, values, error, flag)

    bad("same-list", "The same list twice proves nothing.", "proof-failed", "TwoLists", given([1, 2], [1, 2]))
    bad("same-empty-list", "The empty list twice.", "proof-failed", "TwoLists", given([], []))
    other_slot = ed25519_sign(seed, list_bytes(digest, slot + 1, [3]))
    bad(
        "list-of-another-slot",
        "The second list is of another slot.",
        "unauthentic",
        "WrongSlot",
        given([1], [3], other_signature=other_slot),
    )
    other_epoch = ed25519_sign(seed, list_bytes(draw_bytes(f"{label}/other", 32), slot, [3]))
    bad(
        "list-of-another-epoch",
        "The second list is of another epoch.",
        "unauthentic",
        "Binding",
        given([1], [3], other_signature=other_epoch),
    )
    forged = ed25519_sign(draw_bytes(f"{label}/forger", 32), list_bytes(digest, slot, [1]))
    bad(
        "first-not-the-suppliers",
        "The first list is signed by somebody else.",
        "unauthentic",
        "SupplierForges",
        given([1], [3], signature=forged),
    )
    # The neutral element as key, R = [S]B: every message verifies unless low order is refused.
    neutral = {
        "signing_key": point(1),
        "signature": point(1) + bytes(32),
        "other_signature": point(1) + bytes(32),
    }
    bad(
        "key-of-low-order",
        "A key of order 1 signs everything.",
        "unauthentic",
        "LowOrderAuthority",
        given([1], [3], **neutral),
    )
    bad("decreasing", "The first list falls.", "range", "RosterOrder", given([4, 1], [3]))
    bad("other-twice", "A node stands twice.", "range", "DuplicateNode", given([1], [3, 3]))
    bad("slot-negative", "Slot -1.", "range", "SlotWidth", {**given([1], [3]), "slot": -1})
    made.lengths(numbers("equivocation"), given([1], [3]), "other_signature")
    return made.file


# ---- Scripts -------------------------------------------------------------------------------------

SOURCE = "the generator's own X25519, Ed25519 and sums, and cryptography's HMAC"
SLOT = 120


class Scripts:
    """A file of scripts."""

    def __init__(self, name: str, profile: str, m: int) -> None:
        self.name, self.profile = f"{name}-{profile}", profile
        self.file = VectorFile(
            "dream", f"script-{self.name}", profile, parameters={"modulus": f"{m:x}"}, notes=NOTES
        )

    def add(
        self, slug: str, about: Sequence[str], comment: str, *steps: Json, flags: Sequence[str] = ()
    ) -> None:
        """One script."""
        self.file.script(
            f"dream-script/{self.name}/{slug}",
            steps,
            comment=comment,
            source=SOURCE,
            flags=flags,
            requirements=dream.ids(*numbers(*about)),
        )


@lru_cache(maxsize=64)
def world(profile: str, kind: str = "plain") -> World:
    """The clusters of the scripts: five meters; seven of which one may collude; twelve with w = 10."""
    m, label = least_modulus(profile), f"dream/recovery/{profile}/{kind}"
    match kind:
        case "colluder":
            return World(label, (1, 2, 3, 5, 8, 13, 21), m, 2, 1)
        case "sparse":
            return World(label, (1, 2, 3, 4, 6, 9, 11, 12, 20, 21, 30, 40), m, 1, partners=10)
    return World(label, (2, 9, 2**31 + 5, 2**31 + 6, LAST_NODE), m, 2)


def readings_of(w: World, slot: int) -> dict[int, int]:
    """Readings of a slot."""
    return {n: draw_below(f"{w.label}/{slot}/{n}", 4001) for n in w.nodes}


def ready(w: World, nodes: Sequence[int] | None = None) -> list[Json]:
    """Meters that have enrolled."""
    return [part for n in (w.nodes if nodes is None else nodes) for part in (w.start(n), w.enrol(n))]


def round_one(w: World, slot: int, missing: Sequence[int] = (), session: str = "s") -> list[Json]:
    """Reports of all but the missing meters, taken in."""
    values = readings_of(w, slot)
    steps = []
    for count, n in enumerate([n for n in w.nodes if n not in missing], 1):
        steps += [w.send(n, slot, values[n]), w.receive(n, slot, values[n], count, session)]
    return steps


def round_two(w: World, slot: int, missing: Sequence[int] = (), session: str = "s") -> list[Json]:
    """The list, all replies and the total."""
    steps = [w.close(slot, missing, session)]
    present = [n for n in w.nodes if n not in missing]
    for count, n in enumerate(present, 1):
        steps += [w.answer(n, slot, missing), w.take(n, slot, missing, count, session)]
    values = readings_of(w, slot)
    return [*steps, w.total(sum(values[n] for n in present), len(present), session)]


def recovery_file(profile: str) -> VectorFile:
    """Whole slots: nobody missing, some, all that may be; over epochs."""
    made = Scripts("recovery", profile, least_modulus(profile))
    w = world(profile)
    first, last = w.nodes[0], w.nodes[-1]
    whole = (
        "parameters",
        "reply_tag",
        "enrolment",
        "report",
        "list",
        "whose_ids",
        "one_reply",
        "list_length",
        "slots",
        "collector",
        "closing",
        "reply",
        "total",
        "recovery",
        "epoch_key",
        "one_hmac",
        "blind",
        "power",
    )
    made.add(
        "nobody-missing",
        (*whole, "member"),
        "Both rounds with all five.",
        *ready(w),
        w.collect(SLOT),
        *round_one(w, SLOT),
        *round_two(w, SLOT),
        flags=["PartialTotal"],
    )
    for slug, missing in (("one-missing", [w.nodes[2]]), ("two-missing", [first, last])):
        made.add(
            slug,
            whole,
            f"{len(missing)} of five do not report; M = 2.",
            *ready(w),
            w.collect(SLOT),
            *round_one(w, SLOT, missing),
            *round_two(w, SLOT, missing),
            flags=["SignRule", "MissingMeter"],
        )
    other = [w.nodes[1]]
    made.add(
        "three-slots",
        whole,
        "A meter is missing in the second of three slots and is back in the third.",
        *ready(w),
        w.collect(SLOT, session="s1"),
        *round_one(w, SLOT, session="s1"),
        *round_two(w, SLOT, session="s1"),
        w.collect(SLOT + 1, session="s2"),
        *round_one(w, SLOT + 1, other, "s2"),
        *round_two(w, SLOT + 1, other, "s2"),
        w.collect(SLOT + 5, session="s3"),
        *round_one(w, SLOT + 5, session="s3"),
        *round_two(w, SLOT + 5, session="s3"),
        flags=["MissingMeter", "SlotWidth"],
    )
    shares = dict(zip(w.nodes, (-2000, 17, -900, 1, 2000), strict=True))
    steps = [*ready(w), w.collect(SLOT)]
    for count, n in enumerate(w.nodes, 1):
        report = w.report(n, SLOT, 30, shares[n])
        steps += [
            w.send(n, SLOT, 30, shares[n]),
            w.receive(
                n,
                SLOT,
                30,
                count,
                "s",
                ciphertext=int(report["ciphertext"], 16),
                tag=bytes.fromhex(report["tag"]),
            ),
        ]
    steps.append(w.close(SLOT, []))
    for count, n in enumerate(w.nodes, 1):
        steps += [w.answer(n, SLOT, []), w.take(n, SLOT, [], count)]
    made.add(
        "noise-makes-the-total-negative",
        ("report", "total"),
        "Shares of noise from -T to T; the total is below zero.",
        *steps,
        w.total(150 + sum(shares.values()), 5),
        flags=["CentredRange"],
    )
    made.add(
        "replies-in-another-order",
        ("reply", "total", "closing"),
        "The order of replies does not count; the list and the total are the same whenever asked.",
        *ready(w),
        w.collect(SLOT),
        *round_one(w, SLOT),
        w.close(SLOT, []),
        w.close(SLOT, []),
        *(w.take(n, SLOT, [], count) for count, n in enumerate(reversed(w.nodes), 1)),
        w.close(SLOT, []),
        *(w.total(sum(readings_of(w, SLOT).values()), 5) for _ in range(2)),
    )
    colluding = world(profile, "colluder")
    made.add(
        "room-for-a-colluder",
        whole,
        "N = 7, M = 2, c = 1: one may be missing.",
        *ready(colluding),
        colluding.collect(SLOT),
        *round_one(colluding, SLOT, [5]),
        *round_two(colluding, SLOT, [5]),
        flags=["LongList"],
    )
    if profile == "published":
        sparse = world(profile, "sparse")
        slot = next(
            t
            for t in range(SLOT, SLOT + 500)
            if sum(30 not in sparse.partners(n, t) for n in sparse.nodes if n != 30) in (1, 2)
        )
        made.add(
            "partners-are-not-all",
            whole,
            "N = 12, w = 10: the missing meter is the partner of some and not of others.",
            *ready(sparse),
            sparse.collect(slot),
            *round_one(sparse, slot, [30]),
            *round_two(sparse, slot, [30]),
            flags=["ThresholdRounding", "SplitMask"],
        )
    # Joining, leaving, a change of supplier: each an epoch of its own.
    nodes = w.nodes
    smaller = World(w.label, nodes[:4], w.m, 1, epoch=3)
    larger = World(w.label, nodes, w.m, 2, epoch=4, first_slot=200)
    made.add(
        "joining",
        ("enrolment", "epoch_digest", "announcement", "power"),
        "Four meters report; a fifth joins in the next epoch.",
        *ready(smaller),
        smaller.collect(SLOT, session="s1"),
        *round_one(smaller, SLOT, session="s1"),
        *round_two(smaller, SLOT, session="s1"),
        *(larger.enrol(n) for n in nodes[:4]),
        larger.start(nodes[4]),
        larger.enrol(nodes[4]),
        larger.collect(200, session="s2"),
        *round_one(larger, 200, session="s2"),
        *round_two(larger, 200, session="s2"),
        flags=["Binding"],
    )
    fewer = World(w.label, nodes[:4], w.m, 1, epoch=4, first_slot=200)
    made.add(
        "leaving",
        ("leaving", "enrolment"),
        "A meter leaves; the others go on in an epoch without it, and it answers no more.",
        *ready(w),
        w.collect(SLOT, session="s1"),
        *round_one(w, SLOT, session="s1"),
        *round_two(w, SLOT, session="s1"),
        step("member_leave", f"m{nodes[4]}", {}, {"output": {}}),
        w.send(nodes[4], SLOT + 1, 5, expect=refused("state")),
        *(fewer.enrol(n) for n in nodes[:4]),
        fewer.collect(200, session="s2"),
        *round_one(fewer, 200, session="s2"),
        *round_two(fewer, 200, session="s2"),
        flags=["WrongState"],
    )
    made.add(
        "leaving-and-coming-back",
        ("leaving", "enrolment"),
        "A meter leaves and is on the next roster again.",
        *ready(w, nodes[:1]),
        w.send(nodes[0], SLOT, 50),
        step("member_leave", f"m{nodes[0]}", {}, {"output": {}}),
        larger.enrol(nodes[0]),
        larger.send(nodes[0], 200, 60),
        larger.answer(nodes[0], 200, []),
    )
    next_supplier = World(w.label, nodes, w.m, 2, epoch=4, first_slot=200, term=1, supplier="next")
    made.add(
        "change-of-supplier",
        ("change_of_supplier", "supplier", "enrolment", "announcement"),
        "Term 1: the next supplier collects with keys of its own.",
        *ready(w),
        w.collect(SLOT, session="s1"),
        *round_one(w, SLOT, session="s1"),
        *round_two(w, SLOT, session="s1"),
        *(next_supplier.enrol(n) for n in nodes),
        next_supplier.collect(200, session="s2"),
        *round_one(next_supplier, 200, session="s2"),
        *round_two(next_supplier, 200, session="s2"),
        flags=["OldTerm"],
    )
    return made.file


def member_file(profile: str) -> VectorFile:
    """What a meter answers and refuses in its two rounds."""
    made = Scripts("member", profile, least_modulus(profile))
    w = world(profile)
    n, others = w.nodes[1], [p for p in w.nodes if p != w.nodes[1]]
    begin = ready(w, [n])
    two = sorted(others[:2])

    made.add(
        "reports-and-replies",
        ("member", "report", "whose_ids", "one_reply", "list_length", "slots", "resend"),
        "Slots rise; in each one report and one reply.",
        *begin,
        w.send(n, 100, 3999, 5),
        w.answer(n, 100, []),
        w.send(n, 101, 0, -3),
        w.answer(n, 101, two),
        w.send(n, 10**6, 77),
        w.answer(n, 10**6, others[:1]),
    )
    made.add(
        "identical-resends",
        ("report", "resend", "one_reply"),
        "The same report and the same reply, as often as asked.",
        *begin,
        w.send(n, SLOT, 500, 12),
        w.send(n, SLOT, 500, 12),
        w.answer(n, SLOT, two),
        w.answer(n, SLOT, two),
        w.send(n, SLOT, 500, 12),
        w.answer(n, SLOT, two),
        flags=["SlotReuse"],
    )
    made.add(
        "same-value-another-split",
        ("resend",),
        "Reading and share differ, their sum is the same: it is the same value, and the same bytes.",
        *begin,
        w.send(n, SLOT, 500, 12),
        w.send(n, SLOT, 502, 10),
    )
    made.add(
        "second-reading",
        ("report", "resend"),
        "Another reading in the slot.",
        *begin,
        w.send(n, SLOT, 500),
        w.send(n, SLOT, 501, expect=refused("replayed")),
        w.send(n, SLOT, 500),
        flags=["SlotReuse", "HalfDone"],
    )
    made.add(
        "fresh-noise-in-the-slot",
        ("report", "resend"),
        "The same reading with fresh noise.",
        *begin,
        w.send(n, SLOT, 500, 30),
        w.send(n, SLOT, 500, -8, refused("replayed")),
        w.send(n, SLOT, 500, 30),
        flags=["SlotReuse"],
    )
    made.add(
        "slot-decreases",
        ("report", "slots"),
        "An earlier slot is neither reported nor answered.",
        *begin,
        w.send(n, SLOT, 500),
        w.send(n, SLOT + 1, 600),
        w.send(n, SLOT, 500, expect=refused("replayed")),
        w.send(n, SLOT - 1, 1, expect=refused("replayed")),
        w.answer(n, SLOT, [], refused("expired")),
        w.answer(n, SLOT + 1, []),
        flags=["WrongSlot"],
    )
    made.add(
        "clamped",
        ("report",),
        "Xmax = 4000: it is not clamped; 4001 and 2^53 - 1 are, before the noise.",
        *begin,
        w.send(n, SLOT, 4000, 7),
        w.send(n, SLOT + 1, 4001, 7),
        w.send(n, SLOT + 2, LAST_SLOT, -7),
        flags=["Clamp"],
    )
    made.add(
        "reading-negative",
        ("report",),
        "A reading below zero is cut to zero and flagged.",
        *begin,
        w.send(n, SLOT, -1),
        w.send(n, SLOT + 1, -LAST_SLOT, 3),
        flags=["NegativeReading"],
    )
    tail = w.given["tail_wh"]
    made.add(
        "share-beyond-the-tail",
        ("report",),
        "Shares of T + 1 and -T - 1; of T and -T.",
        *begin,
        w.send(n, SLOT, 5, tail + 1, refused("range")),
        w.send(n, SLOT, 5, -tail - 1, refused("range")),
        w.send(n, SLOT, 5, tail),
        w.send(n, SLOT + 1, 5, -tail),
        flags=["ShortTail", "HalfDone"],
    )
    made.add(
        "slot-negative",
        ("report", "slots"),
        "Slot -1 is neither reported nor answered.",
        *begin,
        w.send(n, -1, 5, expect=refused("range")),
        w.answer(n, -1, [], refused("range"), signature=w.listed(0, [])),
        w.send(n, SLOT, 5),
        flags=["SlotWidth"],
    )
    made.add(
        "before-the-first-slot",
        ("report", "slots"),
        "The epoch begins in slot 100.",
        *begin,
        w.send(n, 99, 5, expect=refused("state")),
        w.send(n, 100, 5),
        flags=["WrongState"],
    )
    made.add(
        "after-the-last-slot",
        ("report",),
        "The certificates end with slot 1000000.",
        *begin,
        w.send(n, 10**6 + 1, 5, expect=refused("expired")),
        w.send(n, 10**6, 5),
        flags=["Expired"],
    )
    made.add(
        "not-started",
        ("member", "enrolment", "report", "whose_ids", "leaving"),
        "Nothing is answered before the start.",
        w.enrol(n, refused("state")),
        w.send(n, SLOT, 5, expect=refused("state")),
        w.answer(n, SLOT, [], refused("state")),
        step("member_leave", f"m{n}", {}, refused("state")),
        *begin,
        w.send(n, SLOT, 5),
        flags=["WrongState"],
    )
    made.add(
        "not-enrolled",
        ("member", "report", "leaving"),
        "Started, but in no epoch.",
        w.start(n),
        w.send(n, SLOT, 5, expect=refused("state")),
        w.answer(n, SLOT, [], refused("state")),
        step("member_leave", f"m{n}", {}, refused("state")),
        w.enrol(n),
        w.send(n, SLOT, 5),
        flags=["WrongState"],
    )
    made.add(
        "second-start",
        ("member",),
        "A second start is refused and changes nothing.",
        *begin,
        w.send(n, SLOT, 5),
        w.start(n, "", refused("state")),
        w.send(n, SLOT, 5),
        w.answer(n, SLOT, []),
        flags=["WrongState", "HalfDone"],
    )
    made.add(
        "start-out-of-range",
        ("member", "power"),
        "Counters and nodes below zero, a node of 33 bits.",
        *(
            w.start(n, "", refused("range"), **{name: -1})
            for name in ("next_slot", "next_epoch", "term", "node")
        ),
        w.start(n, "", refused("range"), node=2**32),
        *begin,
        w.send(n, SLOT, 5),
        flags=["NodeIsUnsigned"],
    )

    # The second round.
    sent = [*begin, w.send(n, SLOT, 1234)]
    answered = w.answer(n, SLOT, two)

    def refuses(slug: str, about: str, comment: str, flag: str, *steps: Json) -> None:
        made.add(slug, (about,), comment, *sent, *steps, answered, flags=[flag, "HalfDone"])

    refuses(
        "own-node",
        "whose_ids",
        "The list names the meter itself.",
        "OwnNodeMissing",
        w.answer(n, SLOT, [n], refused("range")),
        w.answer(n, SLOT, sorted([n, others[0]]), refused("range")),
    )
    refuses(
        "unknown-node",
        "whose_ids",
        "The list names a node that is not on the roster.",
        "UnknownNode",
        w.answer(n, SLOT, [77], refused("range")),
        w.answer(n, SLOT, sorted([77, others[0]]), refused("range")),
    )
    refuses(
        "node-twice",
        "whose_ids",
        "A node stands twice on the list.",
        "DuplicateNode",
        w.answer(n, SLOT, [others[0], others[0]], refused("range")),
    )
    refuses(
        "list-decreasing",
        "whose_ids",
        "The list falls.",
        "RosterOrder",
        w.answer(n, SLOT, two[::-1], refused("range")),
    )
    refuses(
        "node-2-to-32",
        "whose_ids",
        "A node of 33 bits.",
        "NodeIsUnsigned",
        w.answer(n, SLOT, [2**32], refused("range"), signature=w.listed(SLOT, [])),
    )
    refuses(
        "unsigned",
        "whose_ids",
        "A signature of zeros.",
        "BadTag",
        w.answer(n, SLOT, two, refused("unauthentic"), signature=bytes(64)),
    )
    refuses(
        "signed-by-a-meter",
        "whose_ids",
        "The list is signed by somebody else.",
        "SupplierForges",
        w.answer(n, SLOT, two, refused("unauthentic"), signature=w.listed(SLOT, two, w.private[others[0]])),
    )
    refuses(
        "signature-of-another-list",
        "whose_ids",
        "The signature is of the empty list.",
        "Binding",
        w.answer(n, SLOT, two, refused("unauthentic"), signature=w.listed(SLOT, [])),
    )
    refuses(
        "signature-of-another-slot",
        "whose_ids",
        "The signature is of the next slot's list.",
        "Binding",
        w.answer(n, SLOT, two, refused("unauthentic"), signature=w.listed(SLOT + 1, two)),
    )
    other_epoch = World(w.label, w.nodes, w.m, 2, epoch=9)
    refuses(
        "signature-of-another-epoch",
        "whose_ids",
        "The signature is of another epoch's list.",
        "Binding",
        w.answer(n, SLOT, two, refused("unauthentic"), signature=other_epoch.listed(SLOT, two)),
    )
    signature = w.listed(SLOT, two)
    s = int.from_bytes(signature[32:], "little") + L
    refuses(
        "signature-not-canonical",
        "whose_ids",
        "S + L in the place of S.",
        "MalleableSignature",
        w.answer(n, SLOT, two, refused("unauthentic"), signature=signature[:32] + s.to_bytes(32, "little")),
    )
    refuses(
        "too-long",
        "list_length",
        "Three of five missing where M = 2.",
        "LongList",
        w.answer(n, SLOT, sorted(others[:3]), refused("policy")),
    )
    refuses(
        "all-others",
        "list_length",
        "All others missing.",
        "AllMissing",
        w.answer(n, SLOT, sorted(others), refused("policy")),
    )
    refuses(
        "not-reported-yet",
        "slots",
        "A list for the next slot.",
        "WrongSlot",
        w.answer(n, SLOT + 1, two, refused("state")),
    )
    made.add(
        "list-before-any-report",
        ("slots",),
        "A list before anything was reported.",
        *begin,
        w.answer(n, SLOT, [], refused("state")),
        w.send(n, SLOT, 9),
        w.answer(n, SLOT, []),
        flags=["WrongSlot"],
    )
    for slug, second in (("nobody", []), ("one-more-left-out", two[:1]), ("disjoint", sorted(others[2:4]))):
        made.add(
            f"second-list-{slug}",
            ("one_reply",),
            "A second list of the slot, signed as well.",
            *sent,
            answered,
            w.answer(n, SLOT, second, refused("replayed")),
            answered,
            flags=["TwoLists"],
        )
    made.add(
        "reply-after-the-next-report",
        ("slots", "one_reply"),
        "The slot is over with the next report.",
        *sent,
        w.send(n, SLOT + 1, 4),
        w.answer(n, SLOT, two, refused("expired")),
        w.answer(n, SLOT + 1, two),
        flags=["WrongSlot"],
    )
    made.add(
        "answered-slot-after-the-next-report",
        ("slots", "one_reply"),
        "Not even the list that was answered is answered again then.",
        *sent,
        answered,
        w.send(n, SLOT + 1, 4),
        w.answer(n, SLOT, two, refused("expired")),
        flags=["WrongSlot"],
    )
    colluding = world(profile, "colluder")
    made.add(
        "missing-and-colluding",
        ("list_length",),
        "N = 7, M = 2, c = 1: two missing are too many.",
        *ready(colluding, [1]),
        colluding.send(1, SLOT, 9),
        colluding.answer(1, SLOT, [2, 3], refused("policy")),
        colluding.answer(1, SLOT, [2]),
        flags=["LongList"],
    )

    # The loss of power: what is left are the counters.
    restarted = w.start(n, "again", next_slot=SLOT + 1, next_epoch=4)
    reopened = World(w.label, w.nodes, w.m, 2, epoch=4, first_slot=SLOT + 1)
    made.add(
        "loss-of-power-between-write-and-send",
        ("power", "report", "slots"),
        "The counter was written, the report was not sent: the slot is neither reported nor answered again.",
        *sent,
        restarted,
        reopened.enrol(n, None, "again"),
        reopened.send(n, SLOT, 1234, expect=refused("replayed"), session="again"),
        reopened.send(n, SLOT, 1300, expect=refused("replayed"), session="again"),
        reopened.answer(n, SLOT, two, refused("expired"), session="again"),
        reopened.send(n, SLOT + 1, 1300, session="again"),
        flags=["Rollback"],
    )
    made.add(
        "old-epoch-after-a-loss-of-power",
        ("power", "enrolment"),
        "The old announcement is not taken in again.",
        *sent,
        restarted,
        w.enrol(n, refused("replayed"), "again"),
        reopened.enrol(n, None, "again"),
        reopened.send(n, SLOT + 1, 5, session="again"),
        flags=["Rollback", "OldEpoch"],
    )
    made.add(
        "epoch-over-a-used-slot",
        ("power", "enrolment"),
        "A new epoch that begins with a slot used before.",
        w.start(n, next_slot=101),
        w.enrol(n, refused("replayed")),
        w.start(n, "again", next_slot=100),
        w.enrol(n, None, "again"),
        flags=["Rollback"],
    )
    return made.file


def enrolment_file(profile: str) -> VectorFile:
    """Announcements that are taken in and such as are not."""
    made = Scripts("enrolment", profile, least_modulus(profile))
    w = world(profile)
    n = w.nodes[1]
    begin, done = w.start(n), [w.enrol(n), w.send(n, SLOT, 5)]

    def refuses(slug: str, about: Sequence[str], comment: str, flag: str, *steps: Json) -> None:
        made.add(slug, about, comment, begin, *steps, *done, flags=[flag, "HalfDone"])

    made.add(
        "epochs-rise",
        ("enrolment", "announcement", "epoch_digest"),
        "Epochs 3, 4 and 10; a slot in hand is given up.",
        begin,
        *done,
        *(w.enrol(n, epoch=e, first_slot=t) for e, t in ((4, 121), (10, 130))),
        flags=["OldEpoch"],
    )
    made.add(
        "first-epoch",
        ("enrolment", "announcement"),
        "Epoch 0 from slot 0 in a new meter.",
        begin,
        w.enrol(n, epoch=0, first_slot=0),
        flags=["OldEpoch"],
    )
    made.add(
        "certificates-end-with-the-first-slot",
        ("enrolment",),
        "All certificates end with slot 100.",
        begin,
        *_until(w, n, 100),
        flags=["Expired"],
    )
    forger = draw_bytes(f"{w.label}/forger", 32)
    refuses(
        "announcement-unsigned",
        ("announcement",),
        "A signature of zeros.",
        "BadTag",
        w.enrol(n, refused("unauthentic"), signature=bytes(64)),
    )
    refuses(
        "announcement-by-another",
        ("announcement",),
        "Signed by somebody else.",
        "SupplierForges",
        w.enrol(
            n, refused("unauthentic"), signature=ed25519_sign(forger, DOMAIN + b"announcement\x00" + w.digest)
        ),
    )
    refuses(
        "announcement-of-other-parameters",
        ("announcement", "epoch_digest"),
        "The signature is of the same epoch with c = 1.",
        "Binding",
        w.enrol(
            n,
            refused("unauthentic"),
            signature=w.announcement(colluders=1, tolerated_failures=1)["signature"],
        ),
    )
    refuses(
        "list-signature-as-announcement",
        ("announcement",),
        "A signed list is no announcement.",
        "Binding",
        w.enrol(n, refused("unauthentic"), signature=w.listed(SLOT, [])),
    )

    def member(place: int, **changed: Any) -> list[Json]:
        return [{**x, **changed} if k == place else x for k, x in enumerate(w.members)]

    by_supplier = {
        **w.members[0],
        "signature": ed25519_sign(
            w.signing,
            DOMAIN
            + b"certificate\x00"
            + w.cluster
            + be32(w.nodes[0])
            + w.public[w.nodes[0]]
            + be64(w.last_slot),
        ),
    }
    refuses(
        "member-certified-by-the-supplier",
        ("enrolment",),
        "The supplier signs a meter's certificate itself.",
        "SupplierForges",
        w.enrol(n, refused("unauthentic"), members=[by_supplier, *w.members[1:]]),
    )
    refuses(
        "member-with-anothers-certificate",
        ("enrolment",),
        "Two members' certificates are swapped.",
        "ForgedCertificate",
        w.enrol(n, refused("unauthentic"), members=member(0, signature=w.members[1]["signature"])),
    )
    refuses(
        "member-with-another-key",
        ("enrolment",),
        "The supplier puts a key of its own in a member's place.",
        "ForgedCertificate",
        w.enrol(n, refused("unauthentic"), members=member(0, public_key=public_key(forger))),
    )
    elsewhere = ed25519_sign(
        w.authority,
        DOMAIN
        + b"certificate\x00"
        + forger[:16]
        + be32(w.nodes[0])
        + w.public[w.nodes[0]]
        + be64(w.last_slot),
    )
    refuses(
        "member-of-another-cluster",
        ("enrolment",),
        "A certificate of another cluster.",
        "Binding",
        w.enrol(n, refused("unauthentic"), members=member(0, signature=elsewhere)),
    )
    refuses(
        "member-with-a-later-end",
        ("enrolment",),
        "The last slot of a certificate is put off.",
        "Expired",
        w.enrol(n, refused("unauthentic"), members=member(0, last_slot=w.last_slot + 1)),
    )
    refuses(
        "member-expired",
        ("enrolment",),
        "A certificate ends before the first slot.",
        "Expired",
        w.enrol(
            n, refused("expired"), members=[w.certified(w.nodes[0], w.public[w.nodes[0]], 99), *w.members[1:]]
        ),
    )
    for slug in ("zero", "order-8-a"):
        low = w.certified(w.nodes[0], point(LOW_ORDER[slug]))
        refuses(
            f"member-of-low-order-{slug}",
            ("enrolment",),
            "A member's key has low order.",
            "LowOrderPoint",
            w.enrol(n, refused("not-in-group"), members=[low, *w.members[1:]]),
        )
    twin = w.certified(w.nodes[0], w.public[w.nodes[2]])
    refuses(
        "member-with-a-key-twice",
        ("enrolment",),
        "One key pair stands for two members.",
        "SybilMember",
        w.enrol(n, refused("range"), members=[twin, *w.members[1:]]),
    )
    refuses(
        "members-not-in-order",
        ("enrolment",),
        "The roster falls.",
        "RosterOrder",
        w.enrol(n, refused("range"), members=w.members[::-1]),
    )
    refuses(
        "member-twice",
        ("enrolment",),
        "A member stands twice.",
        "DuplicateNode",
        w.enrol(n, refused("range"), members=[w.members[0], *w.members]),
    )
    refuses(
        "not-on-the-roster",
        ("enrolment",),
        "The meter itself is left out.",
        "MissingMeter",
        w.enrol(
            n,
            refused("policy"),
            members=[x for x in w.members if x["node"] != n],
            expected_partners=3,
            tolerated_failures=1,
        ),
    )
    own = w.certified(n, public_key(forger))
    refuses(
        "another-key-under-the-own-node",
        ("enrolment",),
        "The meter's node with a certified key that is not its own.",
        "SybilMember",
        w.enrol(n, refused("policy"), members=[own if x["node"] == n else x for x in w.members]),
    )
    foreign = w.certified_supplier(by=w.signing)
    refuses(
        "supplier-certifies-itself",
        ("supplier", "change_of_supplier"),
        "The supplier signs its own certificate.",
        "SupplierForges",
        w.enrol(n, refused("unauthentic"), supplier=foreign),
    )
    refuses(
        "supplier-raises-its-term",
        ("supplier", "change_of_supplier"),
        "The term is not the one that was signed.",
        "OldTerm",
        w.enrol(n, refused("unauthentic"), supplier={**w.supplier_fields, "term": 1}),
    )
    refuses(
        "supplier-of-low-order",
        ("supplier",),
        "The supplier's X25519 key has low order.",
        "LowOrderPoint",
        w.enrol(n, refused("not-in-group"), supplier=w.certified_supplier(public_key=point(1))),
    )
    refuses(
        "supplier-expired",
        ("supplier",),
        "The supplier's certificate ends before the first slot.",
        "Expired",
        w.enrol(n, refused("expired"), supplier=w.certified_supplier(last_slot=99)),
    )
    late = World(w.label, w.nodes, w.m, 2, epoch=4, first_slot=200, term=1, supplier="next")
    made.add(
        "old-supplier-after-a-change",
        ("change_of_supplier",),
        "The supplier of term 0 announces an epoch after that of term 1.",
        begin,
        *done,
        late.enrol(n),
        w.enrol(n, refused("expired"), epoch=5, first_slot=300),
        late.enrol(n, epoch=5, first_slot=300),
        flags=["OldTerm"],
    )
    made.add(
        "old-term-after-a-loss-of-power",
        ("change_of_supplier", "power"),
        "The counter of terms survives.",
        w.start(n, term=1),
        w.enrol(n, refused("expired")),
        late.enrol(n),
        flags=["OldTerm", "Rollback"],
    )
    made.add(
        "epoch-twice",
        ("enrolment",),
        "The same announcement again.",
        begin,
        *done,
        w.enrol(n, refused("replayed")),
        w.send(n, SLOT, 5),
        flags=["OldEpoch", "HalfDone"],
    )
    made.add(
        "epoch-falls",
        ("enrolment",),
        "An older epoch that begins later.",
        begin,
        *done,
        w.enrol(n, refused("replayed"), epoch=2, first_slot=300),
        w.send(n, SLOT, 5),
        flags=["OldEpoch"],
    )
    made.add(
        "epoch-over-a-reported-slot",
        ("enrolment",),
        "A later epoch that begins with the slot reported last.",
        begin,
        *done,
        w.enrol(n, refused("replayed"), epoch=4, first_slot=SLOT),
        w.enrol(n, epoch=4, first_slot=SLOT + 1),
        flags=["SlotReuse"],
    )
    for slug, comment, error, flag, changed in (
        ("no-noise", "lambda = 0.", "range", "UnsafeParameters", {"scale_wh": 0}),
        ("short-tail", "T = 50 lambda - 1.", "range", "ShortTail", {"tail_wh": 1999}),
        ("modulus-not-a-power", "m = 2^64 + 2^32.", "range", "NotPowerOfTwo", {"modulus": 2**64 + 2**32}),
        ("all-may-be-missing", "M = N.", "range", "UnsafeParameters", {"tolerated_failures": 5}),
        ("half-may-be-missing", "M = 3 of 5.", "policy", "SplitView", {"tolerated_failures": 3}),
        (
            "colluders-not-covered",
            "c = 1 and M = 0.",
            "policy",
            "UnsafeParameters",
            {"tolerated_failures": 0, "colluders": 1},
        ),
    ):
        # The bounds are seen before any signature, and a modulus that is none has no digest to sign.
        signed = w.announcement(**changed) if error == "policy" else {**w.announcement(), **changed}
        steps = [step("member_enrol", f"m{n}", signed, refused(error))]
        refuses(slug, ("parameters", "enrolment"), comment, flag, *steps)
    if profile == "published":
        refuses(
            "three-of-four-partners",
            ("parameters", "enrolment"),
            "w = 3 of 4: too often without a partner.",
            "NoPartner",
            w.enrol(n, refused("policy"), expected_partners=3),
        )
    else:
        refuses(
            "not-the-complete-graph",
            ("parameters", "enrolment"),
            "w = 3 of 4.",
            "NoPartner",
            w.enrol(n, refused("range"), expected_partners=3),
        )
    made.add(
        "masks-of-two-rosters",
        ("epoch_key", "epoch_digest"),
        "Half of the meters were shown other parameters: their masks do not cancel, and no report verifies.",
        *(w.start(p) for p in w.nodes),
        *(w.enrol(p) for p in w.nodes[:2]),
        *(w.enrol(p, scale_wh=39) for p in w.nodes[2:]),
        w.collect(SLOT),
        *_other_parameters(w),
        flags=["Binding"],
    )
    return made.file


def _until(w: World, node: int, last_slot: int) -> list[Json]:
    """An announcement whose certificates all end with a slot; that slot is reported, the next is not."""
    members = [w.certified(x, w.public[x], last_slot) for x in w.nodes]
    supplier = w.certified_supplier(last_slot=last_slot)
    other = World(w.label, w.nodes, w.m, 2)
    other.set_digest(w.announced(w.announcement(members=members, supplier=supplier)))
    return [
        w.enrol(node, members=members, supplier=supplier),
        other.send(node, last_slot, 5),
        other.send(node, last_slot + 1, 5, expect=refused("expired")),
    ]


def _other_parameters(w: World) -> list[Json]:
    """Reports of meters in two epochs that differ in a parameter, at one collector."""
    other = World(w.label, w.nodes, w.m, 2)
    other.given["scale_wh"] = 39
    other.set_digest()
    steps = []
    for count, n in enumerate(w.nodes[:2], 1):
        steps += [w.send(n, SLOT, 10), w.receive(n, SLOT, 10, count)]
    for n in w.nodes[2:]:
        report = other.report(n, SLOT, 10)
        steps += [
            other.send(n, SLOT, 10),
            w.receive(
                n,
                SLOT,
                10,
                refused("unauthentic"),
                "s",
                ciphertext=int(report["ciphertext"], 16),
                tag=bytes.fromhex(report["tag"]),
            ),
        ]
    return steps


def collector_file(profile: str) -> VectorFile:
    """What the supplier takes in and refuses."""
    made = Scripts("collector", profile, least_modulus(profile))
    w = world(profile)
    values = readings_of(w, SLOT)
    first, second, *_ = w.nodes
    gone = [w.nodes[4]]
    present = w.nodes[:4]
    total = w.total(sum(values[n] for n in present), 4)
    opened = w.collect(SLOT)
    reports = [w.receive(n, SLOT, values[n], count) for count, n in enumerate(present, 1)]
    replies = [w.take(n, SLOT, gone, count) for count, n in enumerate(present, 1)]
    closed = w.close(SLOT, gone)
    early = step("collector_total", "s", {}, refused("state"))
    unclosed = step("collector_close", "s", {}, refused("state"))

    def add(slug: str, about: Sequence[str], comment: str, flag: str, *steps: Json) -> None:
        made.add(slug, about, comment, *steps, flags=[flag])

    add(
        "whole",
        ("collector", "closing", "reply", "total", "list"),
        "Four of five report; all four reply.",
        "MissingMeter",
        opened,
        *reports,
        closed,
        *replies,
        total,
    )
    add(
        "before-start",
        ("collector", "closing", "reply", "total"),
        "Nothing is answered before the start.",
        "WrongState",
        w.receive(first, SLOT, values[first], refused("state")),
        unclosed,
        w.take(first, SLOT, gone, refused("state")),
        early,
        opened,
        *reports,
        closed,
        *replies,
        total,
    )
    add(
        "second-start",
        ("collector",),
        "A second start is refused and forgets nothing.",
        "WrongState",
        opened,
        *reports,
        w.collect(SLOT, refused("state")),
        closed,
        *replies,
        total,
    )
    listed = [{"node": n, "key": w.shared[n]} for n in w.nodes]
    add(
        "start-out-of-range",
        ("collector",),
        "What a start refuses.",
        "UnsafeParameters",
        w.collect(SLOT, refused("range"), keys=listed[::-1]),
        w.collect(SLOT, refused("range"), keys=[listed[0], *listed]),
        w.collect(-1, refused("range")),
        w.collect(SLOT, refused("range"), modulus=w.m + 13),
        w.collect(SLOT, refused("range"), modulus=2**129),
        w.collect(SLOT, refused("range"), tolerated_failures=5),
        w.collect(SLOT, refused("range"), colluders=-1),
        opened,
        *reports,
        closed,
        *replies,
        total,
    )
    add(
        "start-with-a-split-view",
        ("collector", "parameters"),
        "M = 3 of 5; c = 1 and M = 2; c = 3 and M = 2.",
        "SplitView",
        w.collect(SLOT, refused("policy"), tolerated_failures=3),
        w.collect(SLOT, refused("policy"), colluders=1),
        w.collect(SLOT, refused("policy"), colluders=3),
        opened,
        *reports,
        closed,
        *replies,
        total,
    )
    add(
        "report-twice",
        ("collector",),
        "A report that comes twice.",
        "Replay",
        opened,
        *reports,
        w.receive(first, SLOT, values[first], refused("replayed")),
        closed,
        *replies,
        total,
    )
    add(
        "second-report-authentic",
        ("collector",),
        "A second report of a meter, with another value and its own tag.",
        "Replay",
        opened,
        *reports,
        w.receive(first, SLOT, values[first] + 1, refused("replayed")),
        closed,
        *replies,
        total,
    )
    report = w.report(first, SLOT, values[first])
    ciphertext, tag = int(report["ciphertext"], 16), bytes.fromhex(report["tag"])
    for slug, comment, error, flag, changed in (
        (
            "report-tag-changed",
            "A bit of the tag.",
            "unauthentic",
            "BadTag",
            {"tag": bytes([tag[0] ^ 1]) + tag[1:]},
        ),
        (
            "report-changed",
            "A bit of the ciphertext.",
            "unauthentic",
            "BadTag",
            {"ciphertext": ciphertext ^ 1},
        ),
        (
            "report-not-reduced",
            "The ciphertext and m are added.",
            "range",
            "NotReduced",
            {"ciphertext": ciphertext + w.m},
        ),
        ("report-under-another-name", "Another meter's report.", "unauthentic", "Binding", {"node": second}),
        ("report-off-the-roster", "A node that is not on the roster.", "range", "UnknownNode", {"node": 77}),
        (
            "report-of-another-roster",
            "A tag under another digest.",
            "unauthentic",
            "Binding",
            {
                "tag": report_tag(
                    w.shared[first], draw_bytes(f"{w.label}/digest", 32), first, SLOT, w.m, ciphertext
                )
            },
        ),
        (
            "report-of-another-slot",
            "A tag of the slot before.",
            "unauthentic",
            "Binding",
            {"tag": report_tag(w.shared[first], w.digest, first, SLOT - 1, w.m, ciphertext)},
        ),
    ):
        add(
            slug,
            ("collector",),
            comment,
            flag,
            opened,
            w.receive(first, SLOT, values[first], refused(error), "s", **changed),
            *reports,
            closed,
            *replies,
            total,
        )
    add(
        "report-after-the-list",
        ("collector", "closing"),
        "A report comes after the list is signed: it stays out.",
        "TwoLists",
        opened,
        *reports,
        closed,
        w.receive(gone[0], SLOT, values[gone[0]], refused("state")),
        closed,
        *replies,
        total,
    )
    add(
        "too-many-missing",
        ("closing",),
        "Three of five are missing; with one more report two are.",
        "LongList",
        opened,
        *reports[:2],
        w.close(SLOT, None),
        early,
        reports[2],
        w.close(SLOT, sorted(w.nodes[3:])),
        *(w.take(n, SLOT, w.nodes[3:], count) for count, n in enumerate(w.nodes[:3], 1)),
        w.total(sum(values[n] for n in w.nodes[:3]), 3),
    )
    colluding = world(profile, "colluder")
    some = readings_of(colluding, SLOT)
    add(
        "missing-and-colluding",
        ("closing",),
        "N = 7, M = 2, c = 1: two missing are too many.",
        "LongList",
        colluding.collect(SLOT),
        *(colluding.receive(n, SLOT, some[n], count) for count, n in enumerate(colluding.nodes[:5], 1)),
        colluding.close(SLOT, None),
        colluding.receive(13, SLOT, some[13], 6),
        colluding.close(SLOT, [21]),
    )
    add("nobody-reports", ("closing",), "All are missing.", "AllMissing", opened, w.close(SLOT, None), early)
    reply = w.reply(first, SLOT, gone)
    recovery, tag = int(reply["recovery"], 16), bytes.fromhex(reply["tag"])
    other_list = hashlib.sha256(list_bytes(w.digest, SLOT, [])).digest()
    for slug, comment, error, flag, changed in (
        (
            "reply-tag-changed",
            "A bit of the tag.",
            "unauthentic",
            "BadTag",
            {"tag": tag[:-1] + bytes([tag[-1] ^ 128])},
        ),
        ("reply-changed", "A bit of the reply.", "unauthentic", "BadTag", {"recovery": recovery ^ 1}),
        (
            "reply-not-reduced",
            "The reply and m are added.",
            "range",
            "NotReduced",
            {"recovery": recovery + w.m},
        ),
        (
            "reply-of-the-missing-meter",
            "The meter that did not report replies.",
            "range",
            "MissingMeter",
            {"node": gone[0]},
        ),
        ("reply-off-the-roster", "A node that is not on the roster.", "range", "UnknownNode", {"node": 77}),
        ("reply-under-another-name", "Another meter's reply.", "unauthentic", "Binding", {"node": second}),
        (
            "reply-to-another-list",
            "A tag over the digest of the empty list.",
            "unauthentic",
            "Binding",
            {"tag": reply_tag(w.shared[first], w.digest, first, SLOT, other_list, w.m, recovery)},
        ),
        (
            "report-tag-as-reply-tag",
            "A report's tag of the same number.",
            "unauthentic",
            "Binding",
            {"tag": report_tag(w.shared[first], w.digest, first, SLOT, w.m, recovery)},
        ),
    ):
        add(
            slug,
            ("reply", "reply_tag"),
            comment,
            flag,
            opened,
            *reports,
            closed,
            w.take(first, SLOT, gone, refused(error), "s", **changed),
            *replies,
            total,
        )
    add(
        "reply-twice",
        ("reply",),
        "A reply that comes twice.",
        "Replay",
        opened,
        *reports,
        closed,
        replies[0],
        w.take(first, SLOT, gone, refused("replayed")),
        *replies[1:],
        total,
    )
    add(
        "reply-before-the-list",
        ("reply",),
        "A reply before the list is signed.",
        "WrongState",
        opened,
        *reports,
        w.take(first, SLOT, gone, refused("state")),
        closed,
        *replies,
        total,
    )
    add(
        "total-before-the-last-reply",
        ("total",),
        "No total before all that reported have replied.",
        "PartialTotal",
        opened,
        *reports,
        early,
        closed,
        *(part for answer in replies[:-1] for part in (early, answer)),
        early,
        replies[-1],
        total,
    )
    add(
        "meter-lost-between-the-rounds",
        ("total",),
        "A meter that reported never replies: the slot is given up.",
        "PartialTotal",
        opened,
        *reports,
        closed,
        *replies[:-1],
        early,
        early,
    )
    add(
        "sessions-apart",
        ("collector", "total"),
        "What one session took in counts in no other.",
        "SessionMix",
        opened,
        w.collect(SLOT, None, "t"),
        *reports,
        closed,
        *replies,
        total,
        step("collector_total", "t", {}, refused("state")),
        w.close(SLOT, None, "t"),
    )
    add(
        "supplier-is-no-meter",
        ("member", "collector"),
        "A supplier's session answers no step of a meter's.",
        "WrongState",
        opened,
        w.start(first, "s", refused("state")),
        w.send(first, SLOT, 5, 0, refused("state"), "s"),
        w.answer(first, SLOT, gone, refused("state"), session="s"),
        *reports,
        closed,
        *replies,
        total,
    )
    return made.file


def attacks_file(profile: str) -> VectorFile:
    """The attacks that the printed protocol allows, each refused."""
    made = Scripts("attacks", profile, least_modulus(profile))
    w = world(profile)
    n, others = w.nodes[1], sorted(p for p in w.nodes if p != w.nodes[1])
    sent = [*ready(w, [n]), w.send(n, SLOT, 1234, 9)]

    def add(slug: str, about: Sequence[str], comment: str, flag: str, *steps: Json) -> None:
        made.add(slug, about, comment, *steps, flags=[flag])

    few = {**SAFE, "modulus": 2**64, "expected_partners": 10}
    error = "policy" if profile == "published" else "range"
    add(
        "meter-without-a-partner",
        ("parameters",),
        "C-ERRATUM-11: w = 10 of N = 1000 is 6.2 bare readings a day. The cluster is not started.",
        "NoPartner",
        step("check_cluster", None, few, refused(error)),
        w.start(n),
        w.enrol(n, refused(error), expected_partners=1 if profile == "published" else 3),
        w.send(n, SLOT, 1234, 9, refused("state")),
    )
    add(
        "public-values-repeated",
        ("report", "one_hmac"),
        "C-ERRATUM-15: the supplier asks for an old slot's masks, by the slot and by an epoch over it.",
        "SlotReuse",
        *sent,
        w.send(n, SLOT + 1, 1250, 3),
        w.send(n, SLOT, 1250, 3, refused("replayed")),
        w.enrol(n, refused("replayed"), epoch=4, first_slot=SLOT),
        w.send(n, SLOT, 1250, 3, refused("replayed")),
    )
    add(
        "retry-with-fresh-noise",
        ("report", "resend"),
        "C-ERRATUM-16: the supplier says that the report was lost; what comes is the same report.",
        "SlotReuse",
        *sent,
        w.send(n, SLOT, 1234, -40, refused("replayed")),
        w.send(n, SLOT, 1234, 9),
        w.send(n, SLOT, 1234, 9),
    )
    add(
        "everybody-else-is-missing",
        ("list_length",),
        "C-ERRATUM-18: all others are listed. The reply would be the sum of all dummy keys and the blind.",
        "AllMissing",
        *sent,
        w.answer(n, SLOT, others, refused("policy")),
        w.answer(n, SLOT, others[:3], refused("policy")),
        w.answer(n, SLOT, []),
    )
    add(
        "two-lists-to-one-meter",
        ("one_reply",),
        "C-ERRATUM-19: the replies to {a, b} and {a} would differ by the dummy key with b.",
        "TwoLists",
        *sent,
        w.answer(n, SLOT, others[:2]),
        w.answer(n, SLOT, others[:1], refused("replayed")),
        w.answer(n, SLOT, others[:2]),
    )
    four = (1, 2, 3, 4)
    split = World(f"{w.label}/split", four, w.m, 1)
    lists = {1: [3, 4], 2: [3, 4], 3: [1, 2], 4: [1, 2]}
    one, other = split.listed(SLOT, [3, 4]), split.listed(SLOT, [1, 2])
    proof = {
        "signing_key": ed25519_public(split.signing),
        "digest": split.digest,
        "slot": SLOT,
        "missing": [3, 4],
        "signature": one,
        "other_missing": [1, 2],
        "other_signature": other,
    }
    add(
        "split-view",
        ("parameters", "list_length", "equivocation"),
        "C-ERRATUM-20: each half is told that the other is missing. M = 2 of 4 is refused, with M = 1 the "
        "lists are; both lists together are proof.",
        "SplitView",
        split.start(1),
        split.enrol(1, refused("policy"), tolerated_failures=2),
        split.enrol(1),
        *ready(split, four[1:]),
        *(split.send(k, SLOT, 100 * k) for k in four),
        *(split.answer(k, SLOT, lists[k], refused("policy")) for k in four),
        step("check_equivocation", None, proof, {"output": {}}),
    )
    disjoint = {k: [four[(k % 4)]] for k in four}
    add(
        "different-lists-of-allowed-length",
        ("one_reply", "whose_ids", "reply"),
        "C-ERRATUM-20: each meter gets another list of one node. All reply, and no reply counts.",
        "SplitView",
        *ready(split, four),
        split.collect(SLOT),
        *(split.send(k, SLOT, 100 * k) for k in four),
        *(split.receive(k, SLOT, 100 * k, k) for k in four),
        split.close(SLOT, []),
        *(split.answer(k, SLOT, disjoint[k]) for k in four),
        *(_foreign_reply(split, k, disjoint[k]) for k in four),
        step("collector_total", "s", {}, refused("state")),
    )
    values = readings_of(w, SLOT)
    lost = w.nodes[-1]
    add(
        "meter-lost-between-the-rounds",
        ("total", "one_reply", "slots"),
        "C-ERRATUM-21: one of five reports and never replies. No total, and no second list without it.",
        "PartialTotal",
        *ready(w),
        w.collect(SLOT),
        *round_one(w, SLOT),
        w.close(SLOT, []),
        *(
            part
            for count, k in enumerate(w.nodes[:-1], 1)
            for part in (w.answer(k, SLOT, []), w.take(k, SLOT, [], count))
        ),
        step("collector_total", "s", {}, refused("state")),
        w.close(SLOT, []),
        *(w.answer(k, SLOT, [lost], refused("replayed")) for k in w.nodes[:-1]),
        w.send(w.nodes[0], SLOT + 1, values[w.nodes[0]]),
        w.answer(w.nodes[0], SLOT, [], refused("expired")),
    )
    colluding = world(profile, "colluder")
    add(
        "missing-and-colluders-together",
        ("list_length", "closing"),
        "C-ERRATUM-22: M = 2 shares of noise may be absent; one meter colludes, two are missing.",
        "LongList",
        *ready(colluding, [1]),
        colluding.send(1, SLOT, 300),
        colluding.answer(1, SLOT, [13, 21], refused("policy")),
        colluding.collect(SLOT),
        *(colluding.receive(k, SLOT, 300, c) for c, k in enumerate(colluding.nodes[:5], 1)),
        colluding.close(SLOT, None),
    )
    add(
        "own-node-listed",
        ("whose_ids",),
        "The supplier has the report, lists the meter as missing and asks the meter itself.",
        "OwnNodeMissing",
        *sent,
        w.answer(n, SLOT, [n], refused("range")),
        w.answer(n, SLOT, []),
    )
    return made.file


def _foreign_reply(w: World, node: int, missing: Sequence[int]) -> Json:
    """A meter's genuine reply to another list than the collector's."""
    reply = w.reply(node, SLOT, missing)
    changed = {"recovery": int(reply["recovery"], 16), "tag": bytes.fromhex(reply["tag"])}
    return w.take(node, SLOT, [], refused("unauthentic"), "s", **changed)


PROFILES = ("published", "hardened")
BY_PROFILE: tuple[Callable[[str], VectorFile], ...] = (
    check_cluster_file,
    certify_supplier_file,
    epoch_digest_file,
    announce_file,
    epoch_key_file,
    sign_missing_file,
    recover_file,
    authenticate_reply_file,
    check_equivocation_file,
)


def files() -> Iterator[VectorFile]:
    """All files of this part."""
    for profile in PROFILES:
        for make in BY_PROFILE:
            yield make(profile)
        for operation in ("pair_values", "blind"):
            yield slot_values_file(operation, profile)
        for scripts in (recovery_file, member_file, enrolment_file, collector_file, attacks_file):
            yield scripts(profile)
