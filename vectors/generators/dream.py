"""Vectors of the DREAM chapter (paper C).

Expected values come from what stands here and not from the reference: the PRF and the tags from
cryptography's HMAC, HKDF built on that, X25519 by a Montgomery ladder, Ed25519 by affine arithmetic,
masks and totals by their sums. VectorFile.positive holds the reference to them.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes
from meter_privacy.vectors.generators.primitives import (
    BASE,
    IDENTITY,
    LOW_ORDER,
    L,
    P,
    ed25519_public,
    ed25519_sign,
    edwards_encode,
    edwards_multiply,
    edwards_recover,
    hkdf,
    hmac_sha256,
    on_curve,
    public_key,
    reduced_hash,
    x25519,
)
from meter_privacy.vectors.generators.suites import CWE, RFC, TABLE, Chapter, note

DREAM = Chapter("dream", "DREAM")
ids, fields, payload = DREAM.ids, DREAM.fields, DREAM.payload
DOMAIN = b"meter-privacy/dream/1/"
LAST_NODE = 2**32 - 1
LAST_SLOT = 2**53 - 1

SUMS = "the generator's own sum"
HMAC_LIBRARY = "cryptography: HMAC with SHA-256"
LADDER = (
    "the generator's own Montgomery ladder (RFC 7748, section 5) and HKDF (RFC 5869) on cryptography's HMAC"
)
EDWARDS = "the generator's own Ed25519 (RFC 8032, section 5.1)"
# ---- Primitives, computed apart from the reference -----------------------------------------------


def prf(key: bytes, label: str, slot: int) -> bytes:
    """PRF(K, label, t)."""
    return hmac_sha256(key, DOMAIN + label.encode() + b"\x00" + slot.to_bytes(8, "big"))


H = bytes.fromhex

# RFC 7748, section 6.1.
ALICE = H("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
ALICE_PUBLIC = H("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
BOB = H("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
BOB_PUBLIC = H("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
ALICE_AND_BOB = H("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
# RFC 7748, section 5.2: scalar, u coordinate, product; the second u has its highest bit set.
X25519_VECTORS = (
    (
        H("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
        H("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
        H("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
    ),
    (
        H("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
        H("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
        H("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
    ),
)
X25519_ITERATED_ONCE = H("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")

CVE = "https://www.cve.org/CVERecord?id=CVE-{}"

NOTES = {
    "CarryAcrossLimbs": note(
        "a carry or a borrow is lost between the limbs of a long addition",
        "rare totals are wrong by a power of 2^32 or 2^64",
        CWE.format(682),
    ),
    "MaskWraps": note(
        "the sum is not reduced, or reduced once where it may exceed m several times",
        "ciphertexts outside [0, m), totals wrong by multiples of m",
        CWE.format(682),
    ),
    "SignRule": note(
        "the sign of a dummy key does not depend on which node is larger",
        "dummy keys do not cancel: the total is random, or the mask is not there at all",
        CWE.format(697),
    ),
    "NodeIsUnsigned": note(
        "nodes are compared as signed 32-bit integers",
        "meters from 2^31 on use the wrong sign and their totals are random",
        CWE.format(195),
    ),
    "OwnNode": note(
        "a meter takes itself for a partner: the sign (i - j) / |i - j| is 0 / 0",
        "a division by zero, or a mask that nobody removes",
        CWE.format(369),
    ),
    "DuplicateNode": note(
        "the same node is taken in twice", "a mask is counted twice; a meter weighs double", CWE.format(694)
    ),
    "CentredRange": note(
        "values at the ends of the centred range are off by one, or an odd m is treated as an even one",
        "the largest consumption comes out as a negative one",
        CWE.format(193),
    ),
    "NotReduced": note(
        "a mask or a ciphertext that is not below m is reduced in silence",
        "two encodings of one message: tags and logs no longer tell them apart",
        CWE.format(20),
    ),
    "SmallModulus": note(
        "a modulus that is too small is taken", "totals wrap and masks are guessed", CWE.format(326)
    ),
    "NotPowerOfTwo": note(
        "PRF output is reduced modulo an m that is no power of two",
        "the mask is not uniform and leaks a little of every reading",
        CWE.format(327),
    ),
    "CountMismatch": note(
        "lists of different lengths are paired as far as the shorter goes",
        "a ciphertext is summed without its keystream",
        CWE.format(130),
    ),
    "MissingMeter": note(
        "a meter's dummy keys are thought to cancel without its ciphertext",
        "a slot with a missing meter shows a random total as if it were one",
        CWE.format(682),
    ),
    "LowOrderPoint": note(
        "a public key of low order is taken",
        "the shared secret is known to everybody",
        RFC.format(7748) + "#section-6.1",
        CWE.format(354),
    ),
    "NotCanonicalPoint": note(
        "only the reduced encodings of points of low order are refused",
        "the check is passed by adding p, or by setting the highest bit",
        RFC.format(7748) + "#section-5",
    ),
    "Clamping": note(
        "the scalar is used without clamping",
        "keys differ from every other implementation's",
        RFC.format(7748) + "#section-5",
    ),
    "TrimmedSecret": note(
        "leading zero bytes of the shared secret are dropped before the key derivation",
        "one pair of meters in 256 cannot talk: the error class behind the Raccoon attack on TLS",
        CVE.format("2020-1968"),
    ),
    "Binding": note(
        "a key or a tag does not depend on all that it should",
        "messages of one cluster, node, slot or roster are taken for another's",
        CWE.format(345),
    ),
    "LabelReuse": note(
        "keystream, dummy key and selection come from the same PRF input",
        "one of them gives the others away",
        CWE.format(323),
    ),
    "SlotWidth": note(
        "the slot is cut to 32 bits, or goes into the PRF little-endian",
        "masks repeat after 2^32 slots, and no other implementation agrees",
        CWE.format(197),
        CWE.format(323),
    ),
    "LowBits": note(
        "the high bits of the PRF are taken, or its bytes are read little-endian",
        "no other implementation agrees, and no total comes out",
        CWE.format(198),
    ),
    "LeadingZeros": note(
        "a number with leading zero bytes is encoded shorter than its width",
        "tags or masks of one message in 256 are wrong",
        CWE.format(131),
    ),
    "ThresholdRounding": note(
        "the selection compares in floating point, or with a cut threshold",
        "the two sides of a pair disagree on whether they are partners, and the total is random",
        CWE.format(1339),
    ),
    "EverybodySelected": note(
        "floor(w 2^64 / (N - 1)) = 2^64 for w = N - 1 overflows 64 bits to 0",
        "nobody is selected, where everybody should be",
        CWE.format(190),
    ),
    "NoPartner": note(
        "a value is sent though no partner was selected",
        "the supplier removes its own keystream and reads the value",
        CWE.format(319),
    ),
    "ModulusRule": note(
        "the modulus is 2^ceil(log2(z N)), as printed, too small for the largest total and for noise",
        "the largest total comes out as 0",
        CWE.format(190),
    ),
    "SplitView": note(
        "more than (N - c) / 2 missing meters are tolerated",
        "two disjoint sets of survivors are opened and the difference shows single meters",
        CWE.format(1240),
    ),
    "MalleableSignature": note(
        "S is not checked to be below the group's order",
        "anybody makes a second valid signature of a message",
        CVE.format("2020-36843"),
        RFC.format(8032) + "#section-5.1.7",
    ),
    "CofactoredVerification": note(
        "the signature is verified with the cofactor",
        "implementations disagree on whether a certificate is valid",
        RFC.format(8032) + "#section-5.1.7",
    ),
    "LowOrderAuthority": note(
        "an authority's key of low order is taken",
        "one signature is valid for every message under it",
        RFC.format(8032) + "#section-5.1.7",
        CWE.format(347),
    ),
    "ForgedCertificate": note(
        "a certificate's signature does not cover a field, or is not verified",
        "the supplier puts its own key in a meter's place",
        CWE.format(347),
    ),
    "Expired": note(
        "the last slot of a certificate is not compared, or is off by one",
        "a retired meter stays in its cluster",
        CWE.format(298),
        CWE.format(193),
    ),
    "RosterOrder": note(
        "a roster is hashed in the order in which it comes, or is sorted in silence",
        "meters of one cluster hash different lists",
        CWE.format(694),
    ),
    "SybilMember": note(
        "one public key stands for two members, in one encoding or in two",
        "the supplier fills a cluster with copies of one meter",
        CWE.format(694),
    ),
    "BadTag": note(
        "a tag is not verified, or only in part",
        "anybody adds to the total",
        CWE.format(347),
        CWE.format(354),
    ),
    "SlotReuse": note(
        "two values go out under the masks of one slot",
        "their difference is in the open: the keystream is used twice",
        CWE.format(323),
    ),
    "Replay": note("a message is taken in twice", "a meter weighs double", CWE.format(294)),
    "WrongState": note(
        "a step is answered in a state in which it must not be",
        "totals of some meters, or keys replaced",
        CWE.format(372),
    ),
    "HalfDone": note(
        "a refused step leaves something behind", "later steps are answered differently", CWE.format(460)
    ),
    "SessionMix": note(
        "sessions share state", "one meter's slot blocks or reveals another's", CWE.format(488)
    ),
    "Grammar": note(
        "the grammar of a message is not held to",
        "what one implementation reads differs from what another reads",
        CWE.format(20),
        CWE.format(1286),
    ),
    "DuplicateMember": note(
        "the last, or the first, of two members of one name is taken",
        "the value that was checked is not the one that is used",
        CVE.format("2017-12635"),
    ),
    "WrongLength": note(
        "the length of a field is not checked", "reads beyond a buffer", CWE.format(125), CWE.format(130)
    ),
}


class Suite:
    """A file of one operation, with inputs given as Python values."""

    def __init__(self, operation: str, name: str, profile: str, **parameters: Any) -> None:
        self.operation = f"dream.{operation}"
        suffix = operation.replace("_", "-")
        self.file = VectorFile("dream", f"{suffix}-{name}", profile, self.operation, parameters, NOTES)
        self.prefix = f"dream-{suffix}/{name}/"

    def good(
        self,
        slug: str,
        numbers: Sequence[int],
        comment: str,
        given: Mapping[str, Any],
        output: Json,
        source: str,
        *flags: str,
    ) -> None:
        """A test that must be answered; `output` is in JSON form and computed apart from the reference."""
        self.file.positive(
            self.prefix + slug,
            fields(self.operation, given),
            output,
            requirements=ids(*numbers),
            comment=comment,
            source=source,
            flags=flags,
        )

    def bad(
        self,
        slug: str,
        numbers: Sequence[int],
        comment: str,
        given: Mapping[str, Any],
        error: str,
        *flags: str,
    ) -> None:
        """A test that must be refused; one that is malformed goes out as text and as a frame."""
        if error == "malformed":
            text = json.dumps(fields(self.operation, given))
            self.raw(slug, numbers, comment, *flags, text=text, frame=payload(self.operation, given))
            return
        self.file.negative(
            self.prefix + slug,
            fields(self.operation, given),
            error,
            requirements=ids(*numbers),
            comment=comment,
            source=TABLE,
            flags=flags,
        )

    def raw(
        self,
        slug: str,
        numbers: Sequence[int],
        comment: str,
        *flags: str,
        text: str | None = None,
        frame: bytes | None = None,
    ) -> None:
        """A test that breaks the grammar."""
        self.file.raw(
            self.prefix + slug,
            json_text=text,
            frame=frame,
            requirements=ids(*numbers),
            comment=comment,
            flags=flags or ("Grammar",),
        )

    def grammar(self, numbers: Sequence[int], given: Mapping[str, Any], integer: str, natural: str) -> None:
        """The faults of grammar that any input can have; `integer`, `natural`: an int, a bigint field."""
        valid = fields(self.operation, given)
        frame = payload(self.operation, given)
        some = next(iter(valid))

        def text(**changed: Any) -> str:
            return json.dumps({**valid, **changed})

        def put(name: str, written: str) -> str:
            return text(**{name: "@"}).replace('"@"', written)

        self.raw(
            "grammar-field-missing",
            numbers,
            f"{some} is missing; the frame ends a byte early.",
            text=json.dumps({k: v for k, v in valid.items() if k != some}),
            frame=frame[:-1],
        )
        self.raw(
            "grammar-field-extra",
            numbers,
            "A field too many; the frame goes on behind its last field.",
            text=text(noise="00"),
            frame=frame + b"\x00",
        )
        self.raw(
            "grammar-field-twice",
            numbers,
            f"{some} stands twice.",
            "DuplicateMember",
            text=text()[:-1] + f', "{some}": {json.dumps(valid[some])}}}',
        )
        self.raw(
            "grammar-not-an-object",
            numbers,
            "The input is a list of the fields' values.",
            text=json.dumps(list(valid.values())),
        )
        if integer:
            for slug, written in (
                ("boolean", "true"),
                ("fraction", "1.0"),
                ("exponent", "1e3"),
                ("text", '"1"'),
                ("minus-zero", "-0"),
                ("null", "null"),
            ):
                self.raw(
                    f"grammar-integer-{slug}", numbers, f"{integer} is {written}.", text=put(integer, written)
                )
            self.raw(
                "grammar-integer-2-to-53",
                numbers,
                f"{integer} is 2^53, beyond what JSON numbers hold exactly.",
                text=put(integer, str(2**53)),
            )
        if natural:
            for slug, written in (
                ("leading-zero", '"0a"'),
                ("upper-case", '"A"'),
                ("prefix", '"0x10"'),
                ("negative", '"-1"'),
                ("empty", '""'),
                ("number", "16"),
                ("space", '" 10"'),
            ):
                self.raw(
                    f"grammar-natural-{slug}",
                    numbers,
                    f"{natural} is written {written}.",
                    text=put(natural, written),
                )

    def lengths(self, numbers: Sequence[int], given: Mapping[str, Any], name: str) -> None:
        """Wrong lengths and spellings of a field of bytes, in JSON and in a frame."""
        valid = fields(self.operation, given)
        value = given[name]
        for slug, wrong in (("short", value[:-1]), ("long", value + b"\x5a"), ("empty", b"")):
            self.raw(
                f"{name}-too-{slug}" if wrong else f"{name}-empty",
                numbers,
                f"{name} has {len(wrong)} bytes in place of {len(value)}.",
                "WrongLength",
                text=json.dumps({**valid, name: wrong.hex()}),
                frame=payload(self.operation, {**given, name: wrong}),
            )
        self.raw(
            f"{name}-odd-digits",
            numbers,
            f"{name} ends within a byte.",
            text=json.dumps({**valid, name: value.hex()[:-1]}),
        )
        self.raw(
            f"{name}-upper-case",
            numbers,
            f"{name} is written in upper case.",
            text=json.dumps({**valid, name: "A" + value.hex()[1:]}),
        )


# ---- Masking and aggregation ---------------------------------------------------------------------


def dummy_keys(*pairs: tuple[int, int]) -> list[Json]:
    """A list of dummy keys from (node, key)."""
    return [{"node": node, "key": key} for node, key in pairs]


def masked(given: Mapping[str, Any]) -> Json:
    """What dream.mask must answer: the larger node adds, the smaller subtracts."""
    total = given["value"] + given["keystream"] + given["blind"]
    total += sum(entry["key"] for entry in given["dummy_keys"] if given["node"] > entry["node"])
    total -= sum(entry["key"] for entry in given["dummy_keys"] if given["node"] < entry["node"])
    return {"ciphertext": f"{total % given['modulus']:x}"}


def ends(m: int) -> tuple[int, int]:
    """The least and the greatest integer of the centred range: below -m/2 nothing, below m/2 everything."""
    return -((m - m % 2) // 2), (m - 1) // 2


def mask_file(name: str, profile: str, m: int) -> VectorFile:
    """dream.mask for one modulus."""
    suite = Suite("mask", name, profile, modulus=f"{m:x}")
    low, high = ends(m)
    reach = min(high, 4000, LAST_SLOT)

    def draw(label: str) -> int:
        return draw_below(f"dream/mask/{name}/{label}", m)

    base: dict[str, Any] = {
        "modulus": m,
        "node": 7,
        "value": reach // 2 + 1 if high else 0,
        "keystream": draw("keystream"),
        "dummy_keys": dummy_keys((3, draw("3")), (12, draw("12"))),
        "blind": 0,
    }

    def good(slug: str, numbers: Sequence[int], comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        suite.good(slug, numbers, comment, given, masked(given), SUMS, *flags)

    def bad(slug: str, numbers: Sequence[int], comment: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, numbers, comment, {**base, **changed}, "range", *flags)

    good(
        "one-partner-on-either-side",
        (13, 14),
        "Node 7 adds the key of node 3 and subtracts that of node 12.",
        "SignRule",
    )
    good(
        "partner-smaller",
        (13,),
        "The own node is the larger: the key is added.",
        "SignRule",
        dummy_keys=dummy_keys((6, draw("smaller"))),
    )
    good(
        "partner-larger",
        (13,),
        "The own node is the smaller: the key is subtracted.",
        "SignRule",
        dummy_keys=dummy_keys((8, draw("larger"))),
    )
    good(
        "no-partner", (14,), "The operation itself takes an empty list; the session does not.", dummy_keys=[]
    )
    good(
        "node-zero",
        (13,),
        "Node 0 subtracts every dummy key.",
        "SignRule",
        node=0,
        dummy_keys=dummy_keys((1, draw("z1")), (LAST_NODE, draw("z2"))),
    )
    good(
        "node-last",
        (13,),
        "Node 2^32 - 1 adds every dummy key.",
        "NodeIsUnsigned",
        node=LAST_NODE,
        dummy_keys=dummy_keys((0, draw("l1")), (LAST_NODE - 1, draw("l2"))),
    )
    good(
        "nodes-around-2-to-31",
        (13,),
        "2^31 is larger than 2^31 - 1.",
        "NodeIsUnsigned",
        node=2**31,
        dummy_keys=dummy_keys((2**31 - 1, draw("31")), (2**31 + 1, draw("32"))),
    )
    good(
        "many-partners",
        (13, 14),
        "Ten partners, in no order.",
        "SignRule",
        node=50,
        dummy_keys=dummy_keys(
            *((node, draw(f"many/{node}")) for node in (99, 1, 49, 51, 20, 77, 4, 63, 12, 48))
        ),
    )
    good("blinded", (14,), "The blind of the robust form is added.", blind=draw("blind"))
    good("value-zero", (14,), "A home that uses nothing.", value=0)
    good(
        "masks-at-their-largest",
        (14,),
        "Keystream, added keys and blind are m - 1: the sum wraps several times.",
        "MaskWraps",
        keystream=m - 1,
        blind=m - 1,
        dummy_keys=dummy_keys((1, m - 1), (2, m - 1), (3, m - 1)),
    )
    good(
        "subtractions-at-their-largest",
        (14,),
        "Three keys of m - 1 are subtracted: the sum wraps below zero several times.",
        "MaskWraps",
        keystream=0,
        dummy_keys=dummy_keys((8, m - 1), (9, m - 1), (10, m - 1)),
    )
    good(
        "carry-to-zero",
        (14,),
        "1 + (m - 1) is 0: a carry out of every limb.",
        "CarryAcrossLimbs",
        value=1 if high else 0,
        keystream=m - 1,
        dummy_keys=[],
        blind=0 if high else 1,
    )
    good(
        "borrow-to-m-minus-one",
        (14,),
        "0 - 1 is m - 1: a borrow out of every limb.",
        "CarryAcrossLimbs",
        value=0,
        keystream=0,
        dummy_keys=dummy_keys((8, 1)),
    )
    good("negative-value", (12, 14), "-1 goes out as m - 1 + keystream.", "CentredRange", value=-1)
    good(
        "value-lowest",
        (12,),
        "The lowest value of the centred range, or of the numbers that a message holds.",
        "CentredRange",
        value=max(low, -LAST_SLOT),
    )
    good(
        "value-highest",
        (12,),
        "The highest value of the centred range, or of the numbers that a message holds.",
        "CentredRange",
        value=min(high, LAST_SLOT),
    )
    for bits in (32, 64, 96, 128, 192):
        if m > 2**bits:
            good(
                f"carry-at-bit-{bits}",
                (14,),
                f"1 + (2^{bits} - 1): the carry stops above bit {bits}.",
                "CarryAcrossLimbs",
                value=1,
                keystream=2**bits - 1,
                dummy_keys=[],
            )
            good(
                f"borrow-at-bit-{bits}",
                (14,),
                f"2^{bits} - 1: the borrow stops at bit {bits}.",
                "CarryAcrossLimbs",
                value=0,
                keystream=2**bits,
                dummy_keys=dummy_keys((8, 1)),
            )

    bad("keystream-equals-modulus", (14,), "The keystream is m.", "NotReduced", keystream=m)
    bad("key-equals-modulus", (14,), "A dummy key is m.", "NotReduced", dummy_keys=dummy_keys((3, m)))
    bad("blind-equals-modulus", (14,), "The blind is m.", "NotReduced", blind=m)
    bad(
        "second-key-equals-modulus",
        (14,),
        "The last of two dummy keys is m.",
        "NotReduced",
        dummy_keys=dummy_keys((3, 0), (12, m)),
    )
    bad(
        "partner-is-oneself", (13,), "i = j has no sign.", "OwnNode", dummy_keys=dummy_keys((7, draw("self")))
    )
    bad(
        "partner-is-oneself-among-others",
        (13,),
        "i = j has no sign, at the end of the list either.",
        "OwnNode",
        dummy_keys=dummy_keys((3, draw("3")), (7, draw("self"))),
    )
    bad(
        "partner-twice",
        (13,),
        "Node 3 is listed twice with the same key.",
        "DuplicateNode",
        dummy_keys=dummy_keys((3, draw("3")), (12, draw("12")), (3, draw("3"))),
    )
    bad("node-below-range", (13,), "Node -1.", node=-1)
    bad("node-above-range", (13,), "Node 2^32.", "NodeIsUnsigned", node=2**32)
    bad(
        "partner-above-range",
        (13,),
        "Partner 2^32.",
        "NodeIsUnsigned",
        dummy_keys=dummy_keys((2**32, draw("big"))),
    )
    bad("partner-below-range", (13,), "Partner -1.", dummy_keys=dummy_keys((-1, draw("neg"))))
    if high < LAST_SLOT:
        bad("value-above-range", (12,), "One more than the highest value.", "CentredRange", value=high + 1)
        bad("value-below-range", (12,), "One less than the lowest value.", "CentredRange", value=low - 1)
    if profile == "published":
        small = {"value": 0, "keystream": 0, "dummy_keys": [], "blind": 0}
        bad("modulus-one", (12,), "Modulo 1 nothing is left of a value.", "SmallModulus", **small, modulus=1)
    else:
        small = {"value": 0, "keystream": 1, "dummy_keys": [], "blind": 0}
        bad(
            "modulus-below-2-to-64",
            (12,),
            "m = 2^64 - 1 is below the hardened profile's least.",
            "SmallModulus",
            **small,
            modulus=2**64 - 1,
        )
        bad(
            "modulus-2-to-32",
            (12,),
            "m = 2^32 is a modulus of the published profile only.",
            "SmallModulus",
            **small,
            modulus=2**32,
        )
    bad("modulus-too-long", (12,), "m = 2^256 has 257 bits.", modulus=2**256)
    if name in ("32", "64"):
        suite.grammar((14,), base, "value", "keystream")
        valid = fields("dream.mask", base)
        suite.raw(
            "grammar-key-missing-in-record",
            (14,),
            "A dummy key without its key.",
            text=json.dumps({**valid, "dummy_keys": [{"node": 3}]}),
        )
        suite.raw(
            "grammar-list-is-an-object",
            (14,),
            "dummy_keys is an object from nodes to keys.",
            text=json.dumps({**valid, "dummy_keys": {"3": "1"}}),
        )
        suite.raw(
            "grammar-frame-not-minimal",
            (14,),
            "The modulus has a leading zero byte in the frame.",
            frame=b"\x06\x00\x00" + payload("dream.mask", {**base, "modulus": 2**32})[2:],
        )
        suite.raw(
            "grammar-frame-count-without-elements",
            (14,),
            "The list announces 4095 elements that do not come.",
            "WrongLength",
            frame=payload("dream.mask", {**base, "dummy_keys": []})[:-4] + b"\xff\x0f\x00\x00",
        )
        suite.raw(
            "grammar-frame-count-above-maximum",
            (14,),
            "The list announces 4096 elements.",
            "WrongLength",
            frame=payload("dream.mask", {**base, "dummy_keys": []})[:-4] + b"\x00\x10\x00\x00",
        )
    return suite.file


def mask_largest_file() -> VectorFile:
    """One mask with as many partners as a cluster can have."""
    m, node = 2**64, 2048
    suite = Suite("mask", "4095-partners", "hardened", modulus=f"{m:x}", partners=4095)
    pairs = [(n, draw_below(f"dream/mask/4095/{n}", m)) for n in range(4096) if n != node]
    given = {
        "modulus": m,
        "node": node,
        "value": 1234,
        "keystream": draw_below("dream/mask/4095/keystream", m),
        "dummy_keys": dummy_keys(*pairs),
        "blind": 0,
    }
    suite.good(
        "all-others",
        (13, 14),
        "A complete graph of 4096 meters: 2048 keys are added and 2047 subtracted.",
        given,
        masked(given),
        SUMS,
        "MaskWraps",
        "SignRule",
    )
    return suite.file


def ring(label: str, m: int, nodes: Sequence[int], values: Sequence[int], blinds: Sequence[int]) -> Json:
    """Ciphertexts, keystreams and pairwise dummy keys of a complete graph."""

    def pair(i: int, j: int) -> int:
        return draw_below(f"{label}/{min(i, j)}/{max(i, j)}", m)

    streams = [draw_below(f"{label}/keystream/{node}", m) for node in nodes]
    ciphertexts = [
        (value + stream + blind + sum((pair(i, j) if i > j else -pair(i, j)) for j in nodes if j != i)) % m
        for i, value, stream, blind in zip(nodes, values, streams, blinds, strict=True)
    ]
    return {"ciphertexts": ciphertexts, "keystreams": streams, "pair": pair}


def totalled(given: Mapping[str, Any]) -> Json:
    """What dream.aggregate must answer."""
    m = given["modulus"]
    total = (sum(given["ciphertexts"]) - sum(given["keystreams"]) - sum(given["recoveries"])) % m
    low, high = ends(m)
    total = total if total <= high else total - m
    assert low <= total <= high
    return {"total": f"{total:x}"}


def aggregate_file(name: str, profile: str, m: int) -> VectorFile:
    """dream.aggregate for one modulus."""
    suite = Suite("aggregate", name, profile, modulus=f"{m:x}")
    low, high = ends(m)
    label = f"dream/aggregate/{name}"
    nodes = (3, 5, 8, 13, 21)
    cap = max(1, min(high // 5, 4000))
    values = [draw_below(f"{label}/value/{node}", cap) for node in nodes]
    full = ring(label, m, nodes, values, [0] * 5)
    base: dict[str, Any] = {
        "modulus": m,
        "ciphertexts": full["ciphertexts"],
        "keystreams": full["keystreams"],
        "recoveries": [],
    }

    def good(
        slug: str,
        numbers: Sequence[int],
        comment: str,
        *flags: str,
        expect: int | None = None,
        **changed: Any,
    ) -> None:
        given = {**base, **changed}
        output = totalled(given)
        assert expect is None or output == {"total": f"{expect:x}"}, (name, slug, output, expect)
        suite.good(slug, numbers, comment, given, output, SUMS, *flags)

    def bad(slug: str, numbers: Sequence[int], comment: str, error: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, numbers, comment, {**base, **changed}, error, *flags)

    def single(total: int) -> Json:
        stream = draw_below(f"{label}/single", m)
        return {"ciphertexts": [(total + stream) % m], "keystreams": [stream]}

    good(
        "complete-graph-of-five",
        (14, 15),
        "The dummy keys of a complete graph cancel.",
        "MaskWraps",
        expect=sum(values),
    )
    order = [4, 1, 3, 0, 2]
    good(
        "complete-graph-in-another-order",
        (15,),
        "Addition does not depend on the order.",
        expect=sum(values),
        ciphertexts=[full["ciphertexts"][i] for i in order],
        keystreams=[full["keystreams"][i] for i in order],
    )
    good("one-ciphertext", (15,), "A single ciphertext without partners.", expect=high, **single(high))
    good("total-zero", (16,), "Nothing was used.", expect=0, **single(0))
    good(
        "total-highest",
        (16,),
        "The highest total of the centred range.",
        "CentredRange",
        expect=high,
        **single(high),
    )
    good(
        "total-lowest",
        (16,),
        "The lowest total of the centred range.",
        "CentredRange",
        expect=low,
        **single(low),
    )
    good(
        "total-one-above-highest",
        (16,),
        "One more than the highest total comes out as the lowest.",
        "CentredRange",
        expect=low,
        **single(high + 1),
    )
    good(
        "total-one-below-lowest",
        (16,),
        "One less than the lowest total comes out as the highest.",
        "CentredRange",
        expect=high,
        **single(low - 1),
    )
    good(
        "total-minus-one", (16,), "Noise can make a total negative.", "CentredRange", expect=-1, **single(-1)
    )
    good(
        "largest-summands",
        (15,),
        "Five ciphertexts of m - 1 and keystreams of 0: -5 modulo m.",
        "MaskWraps",
        ciphertexts=[m - 1] * 5,
        keystreams=[0] * 5,
    )
    good(
        "largest-keystreams",
        (15,),
        "Five ciphertexts of 0 and keystreams of m - 1: 5 modulo m.",
        "MaskWraps",
        ciphertexts=[0] * 5,
        keystreams=[m - 1] * 5,
    )
    good(
        "largest-recoveries",
        (15,),
        "Three recoveries of m - 1 are subtracted: 3 is added.",
        "MaskWraps",
        recoveries=[m - 1] * 3,
    )
    good(
        "same-ciphertext-twice",
        (15,),
        "Equal ciphertexts of two meters are both counted.",
        ciphertexts=[m - 1, m - 1],
        keystreams=[0, 0],
    )
    alive = nodes[:3]
    blinds = [draw_below(f"{label}/blind/{node}", m) for node in alive]
    robust = ring(label, m, nodes, values, [*blinds, 0, 0])
    pair = robust["pair"]
    replies = [
        (blind + sum((pair(i, j) if i > j else -pair(i, j)) for j in nodes[3:])) % m
        for i, blind in zip(alive, blinds, strict=True)
    ]
    survivors = {"ciphertexts": robust["ciphertexts"][:3], "keystreams": robust["keystreams"][:3]}
    good(
        "two-missing-recovered",
        (15,),
        "Two of five meters are missing; the others reveal their keys with them, and their blinds.",
        "MissingMeter",
        expect=sum(values[:3]),
        **survivors,
        recoveries=replies,
    )
    good(
        "two-missing-not-recovered",
        (15,),
        "Without the replies the total is what the masks leave, and the operation cannot tell.",
        "MissingMeter",
        **survivors,
    )
    good(
        "two-missing-one-reply-short",
        (15,),
        "A reply is missing: again the total is what the masks leave.",
        "MissingMeter",
        **survivors,
        recoveries=replies[:2],
    )
    everybody = ring(label, m, nodes, values, [m - 1 - k for k in range(5)] if m > 5 else [m - 1] * 5)
    opened = [(m - 1 - k) for k in range(5)] if m > 5 else [m - 1] * 5
    good(
        "nobody-missing-blinds-opened",
        (15,),
        "Nobody is missing: every reply is the blind alone.",
        expect=sum(values),
        ciphertexts=everybody["ciphertexts"],
        keystreams=everybody["keystreams"],
        recoveries=opened,
    )

    bad(
        "ciphertext-equals-modulus",
        (15,),
        "A ciphertext is m.",
        "range",
        "NotReduced",
        ciphertexts=[*base["ciphertexts"][:4], m],
    )
    bad(
        "keystream-equals-modulus",
        (15,),
        "A keystream is m.",
        "range",
        "NotReduced",
        keystreams=[m, *base["keystreams"][1:]],
    )
    bad("recovery-equals-modulus", (15,), "A recovery is m.", "range", "NotReduced", recoveries=[m])
    bad(
        "keystream-missing",
        (15,),
        "Four keystreams for five ciphertexts.",
        "malformed",
        "CountMismatch",
        keystreams=base["keystreams"][:4],
    )
    bad(
        "keystream-too-many",
        (15,),
        "Six keystreams for five ciphertexts.",
        "malformed",
        "CountMismatch",
        keystreams=[*base["keystreams"], 0],
    )
    bad(
        "nothing-to-add",
        (15,),
        "No ciphertext at all.",
        "malformed",
        "CountMismatch",
        ciphertexts=[],
        keystreams=[],
    )
    zero = {"ciphertexts": [0], "keystreams": [0]}
    if profile == "published":
        bad(
            "modulus-one",
            (16,),
            "Modulo 1 there is no centred range to speak of.",
            "range",
            "SmallModulus",
            **zero,
            modulus=1,
        )
        bad("modulus-zero", (16,), "m = 0.", "range", "SmallModulus", **zero, modulus=0)
    else:
        bad(
            "modulus-below-2-to-64",
            (16,),
            "m = 2^64 - 1 is below the hardened profile's least.",
            "range",
            "SmallModulus",
            **zero,
            modulus=2**64 - 1,
        )
    bad("modulus-too-long", (16,), "m = 2^256 has 257 bits.", "range", **zero, modulus=2**256)
    if name == "32":
        suite.grammar((15,), base, "", "modulus")
    return suite.file


def aggregate_largest_file() -> VectorFile:
    """As many ciphertexts as a cluster can have."""
    m = 2**64
    suite = Suite("aggregate", "4096-meters", "hardened", modulus=f"{m:x}", meters=4096)
    streams = [draw_below(f"dream/aggregate/4096/{n}", m) for n in range(4096)]
    values = [2**32 - 1] * 4096
    given = {
        "modulus": m,
        "keystreams": streams,
        "recoveries": [],
        "ciphertexts": [(value + stream) % m for value, stream in zip(values, streams, strict=True)],
    }
    suite.good(
        "largest-total",
        (15, 16),
        "4096 meters at 2^32 - 1 Wh each.",
        given,
        {"total": f"{4096 * (2**32 - 1):x}"},
        SUMS,
        "CarryAcrossLimbs",
        "MaskWraps",
    )
    given = {**given, "ciphertexts": [0] * 4097, "keystreams": [0] * 4097}
    suite.bad("one-meter-too-many", (15,), "4097 ciphertexts.", given, "malformed", "WrongLength")
    return suite.file


# ---- Keys ----------------------------------------------------------------------------------------


def point(u: int) -> bytes:
    """A u coordinate as bytes; the highest bit may be set."""
    return u.to_bytes(32, "little")


def public_key_file(profile: str) -> VectorFile:
    """dream.public_key."""
    suite = Suite("public_key", profile, profile)

    def good(slug: str, comment: str, private: bytes, public: bytes, source: str, *flags: str) -> None:
        suite.good(
            slug, (1,), comment, {"private_key": private}, {"public_key": public.hex()}, source, *flags
        )

    good("rfc7748-alice", "Alice's key.", ALICE, ALICE_PUBLIC, "RFC 7748, section 6.1")
    good("rfc7748-bob", "Bob's key.", BOB, BOB_PUBLIC, "RFC 7748, section 6.1")
    good(
        "rfc7748-iterated-once",
        "The scalar 9, unclamped, times the base point.",
        point(9),
        X25519_ITERATED_ONCE,
        "RFC 7748, section 5.2",
        "Clamping",
    )
    drawn = draw_bytes(f"dream/public_key/{profile}", 32)
    good("drawn", "A drawn key.", drawn, public_key(drawn), LADDER)
    for slug, index, bits in (
        ("low-bits-set", 0, 7),
        ("highest-bit-set", 31, 128),
        ("second-highest-bit-clear", 31, 64),
    ):
        changed = bytearray(drawn)
        changed[index] = changed[index] & ~64 if bits == 64 else changed[index] | bits
        good(
            f"clamped-{slug}",
            "Clamping makes the same key of it as of the drawn one.",
            bytes(changed),
            public_key(drawn),
            LADDER,
            "Clamping",
        )
    good(
        "all-bits-set", "The largest private key.", b"\xff" * 32, public_key(b"\xff" * 32), LADDER, "Clamping"
    )
    given = {"private_key": drawn}
    suite.lengths((1,), given, "private_key")
    suite.grammar((1,), given, "", "")
    return suite.file


CLUSTERS = {name: draw_bytes(f"dream/cluster/{name}", 16) for name in ("a", "b")}


def agreed(label: str, cluster: bytes, nodes: Sequence[int], one: bytes, other: bytes, secret: bytes) -> Json:
    """What a key agreement must answer."""
    low, high = sorted([one, other])
    info = (
        DOMAIN
        + label.encode()
        + b"\x00"
        + cluster
        + b"".join(n.to_bytes(4, "big") for n in sorted(nodes))
        + low
        + high
    )
    return {"key": hkdf(secret, info).hex()}


def agreement_file(operation: str, profile: str) -> VectorFile:
    """dream.pairwise_key or dream.supplier_key."""
    pairwise = operation == "pairwise_key"
    suite = Suite(operation, profile, profile)
    own = 3 if pairwise else 4
    label = "pairwise" if pairwise else "supplier"
    seed = f"dream/{operation}/{profile}"
    mine, peers = draw_bytes(f"{seed}/mine", 32), draw_bytes(f"{seed}/peer", 32)
    base: dict[str, Any] = {
        "cluster": CLUSTERS["a"],
        "node": 5,
        "private_key": mine,
        "peer_public_key": public_key(peers),
    }
    if pairwise:
        base["peer"] = 17

    def good(
        slug: str,
        numbers: Sequence[int],
        comment: str,
        *flags: str,
        secret: bytes | None = None,
        source: str = LADDER,
        **changed: Any,
    ) -> None:
        given = {**base, **changed}
        secret = secret or x25519(given["private_key"], given["peer_public_key"])
        nodes = [given["node"], given["peer"]] if pairwise else [given["node"]]
        output = agreed(
            label, given["cluster"], nodes, public_key(given["private_key"]), given["peer_public_key"], secret
        )
        suite.good(slug, numbers, comment, given, output, source, *flags)

    def bad(slug: str, numbers: Sequence[int], comment: str, error: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, numbers, comment, {**base, **changed}, error, *flags)

    swapped: dict[str, Any] = {"private_key": peers, "peer_public_key": public_key(mine)}
    if pairwise:
        swapped |= {"node": 17, "peer": 5}
    good("drawn", (1, 2, own), "A drawn pair of keys.")
    good(
        "drawn-from-the-other-side",
        (1, own),
        "The other side computes the same key.",
        "Binding",
        **swapped,
    )
    good(
        "rfc7748-section-6-1",
        (1, own),
        "Alice and Bob.",
        private_key=ALICE,
        peer_public_key=BOB_PUBLIC,
        secret=ALICE_AND_BOB,
        source="RFC 7748, section 6.1, then HKDF (RFC 5869) on cryptography's HMAC",
    )
    for number, (scalar, coordinate, product) in enumerate(X25519_VECTORS, 1):
        good(
            f"rfc7748-section-5-2-{number}",
            (1, own),
            "A scalar and a u coordinate of the RFC"
            + ("; the highest bit of u is set and does not count." if number == 2 else "."),
            *(("NotCanonicalPoint",) if number == 2 else ()),
            private_key=scalar,
            peer_public_key=coordinate,
            secret=product,
            source="RFC 7748, section 5.2, then HKDF (RFC 5869) on cryptography's HMAC",
        )
    good("other-cluster", (own,), "Another cluster, another key.", "Binding", cluster=CLUSTERS["b"])
    good("other-node", (own,), "Another node, another key.", "Binding", node=6)
    good("node-zero", (own,), "Node 0.", node=0)
    good("node-last", (own,), "Node 2^32 - 1.", "NodeIsUnsigned", node=LAST_NODE)
    if pairwise:
        good(
            "nodes-0-and-last",
            (own,),
            "The two ends of the range of nodes.",
            "NodeIsUnsigned",
            node=LAST_NODE,
            peer=0,
        )
        good(
            "nodes-around-2-to-31",
            (own,),
            "2^31 is the larger of the two.",
            "NodeIsUnsigned",
            node=2**31,
            peer=2**31 - 1,
        )
        good(
            "nodes-swapped",
            (own,),
            "Who holds which key does not count: the nodes enter in order.",
            "Binding",
            node=17,
            peer=5,
        )
    zeros = ((index, draw_bytes(f"{seed}/zero/{index}", 32)) for index in range(10**6))
    for place, spot in (("first", 0), ("last", 31)):
        private = next(key for _, key in zeros if x25519(key, base["peer_public_key"])[spot] == 0)
        good(
            f"secret-{place}-byte-zero",
            (1, own),
            f"The {place} byte of the shared secret is zero and counts.",
            "TrimmedSecret",
            private_key=private,
        )
    low_private = next(k for _, k in zeros if public_key(k) < base["peer_public_key"])
    high_private = next(k for _, k in zeros if public_key(k) > base["peer_public_key"])
    good(
        "own-public-key-smaller",
        (own,),
        "The own public key comes first.",
        "Binding",
        private_key=low_private,
    )
    good(
        "own-public-key-larger",
        (own,),
        "The own public key comes second.",
        "Binding",
        private_key=high_private,
    )
    for y in (3, 5):
        if x25519(mine, point(P + y)) == x25519(mine, point(y)) != bytes(32):
            good(
                f"point-not-reduced-{y}",
                (1, 2, own),
                f"u = p + {y}, not of low order: taken, and bound as it is written.",
                "NotCanonicalPoint",
                peer_public_key=point(P + y),
            )

    for name, u in LOW_ORDER.items():
        flags = ("LowOrderPoint", "NotCanonicalPoint") if u >= P else ("LowOrderPoint",)
        bad(
            f"low-order-{name}",
            (2,),
            "A point whose order divides 8: the secret is all zero.",
            "not-in-group",
            *flags,
            peer_public_key=point(u),
        )
        bad(
            f"low-order-{name}-highest-bit",
            (2,),
            "The same with the highest bit set, which does not count.",
            "not-in-group",
            "LowOrderPoint",
            "NotCanonicalPoint",
            peer_public_key=point(u | 2**255),
        )
    bad("node-below-range", (own,), "Node -1.", "range", node=-1)
    bad("node-above-range", (own,), "Node 2^32.", "range", "NodeIsUnsigned", node=2**32)
    if pairwise:
        bad("peer-above-range", (own,), "Peer 2^32.", "range", "NodeIsUnsigned", peer=2**32)
        bad("peer-is-oneself", (own,), "i = j.", "range", "OwnNode", peer=5)
        bad("peer-is-oneself-at-zero", (own,), "i = j = 0.", "range", "OwnNode", node=0, peer=0)
    for name in ("cluster", "private_key", "peer_public_key"):
        suite.lengths((1 if "key" in name else own,), base, name)
    suite.grammar((own,), base, "node", "")
    return suite.file


# ---- PRF, keystream, dummy keys, partners --------------------------------------------------------


def prf_file(operation: str, profile: str) -> VectorFile:
    """dream.keystream or dream.dummy_key."""
    suite = Suite(operation, profile, profile)
    label, own, output = ("keystream", 6, "keystream") if operation == "keystream" else ("dummy", 7, "key")
    key = draw_bytes(f"dream/prf/{profile}", 32)
    least = 2 if profile == "published" else 2**64
    base: dict[str, Any] = {"key": key, "slot": 20250, "modulus": max(least, 2**32)}

    def good(slug: str, numbers: Sequence[int], comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        value = int.from_bytes(prf(given["key"], label, given["slot"]), "big") % given["modulus"]
        suite.good(slug, numbers, comment, given, {output: f"{value:x}"}, HMAC_LIBRARY, *flags)

    def bad(slug: str, numbers: Sequence[int], comment: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, numbers, comment, {**base, **changed}, "range", *flags)

    for bits in (1, 7, 8, 31, 32, 33, 53, 63, 64, 65, 127, 128, 129, 192, 248, 254, 255):
        if 2**bits >= least:
            good(
                f"modulus-2-to-{bits}", (own,), f"The low {bits} bits of the PRF.", "LowBits", modulus=2**bits
            )
    other = "dummy" if label == "keystream" else "keystream"
    good(
        "same-key-and-slot-as-the-other-label",
        (5,),
        f"The {other} of this key and slot is another number.",
        "LabelReuse",
    )
    for slug, slot in (
        ("zero", 0),
        ("one", 1),
        ("256", 256),
        ("2-to-31", 2**31),
        ("2-to-32", 2**32),
        ("2-to-32-plus-one", 2**32 + 1),
        ("last", LAST_SLOT),
    ):
        good(f"slot-{slug}", (5,), f"Slot {slot}.", "SlotWidth", slot=slot)
    good("key-all-ones", (5,), "A key of all ones.", key=b"\xff" * 32)
    m = 2**64
    for zeros in (1, 2):
        slot = next(t for t in range(10**7) if int.from_bytes(prf(key, label, t), "big") % m < m >> 8 * zeros)
        good(
            f"leading-zero-bytes-{zeros}",
            (own,),
            "The number is shorter than its modulus.",
            "LeadingZeros",
            slot=slot,
            modulus=m,
        )

    if profile == "published":
        bad("modulus-three", (own,), "m = 3 is no power of two.", "NotPowerOfTwo", modulus=3)
        bad("modulus-zero", (own,), "m = 0.", "SmallModulus", modulus=0)
    bad(
        "modulus-2-to-64-plus-13",
        (own,),
        "m = 2^64 + 13 is no power of two.",
        "NotPowerOfTwo",
        modulus=2**64 + 13,
    )
    bad(
        "modulus-2-to-64-plus-2-to-32",
        (own,),
        "m = 2^64 + 2^32 is no power of two.",
        "NotPowerOfTwo",
        modulus=2**64 + 2**32,
    )
    bad("modulus-all-ones", (own,), "m = 2^128 - 1 is no power of two.", "NotPowerOfTwo", modulus=2**128 - 1)
    bad("modulus-one", (own,), "m = 2^0 leaves nothing.", "SmallModulus", modulus=1)
    bad("modulus-2-to-256", (own,), "m = 2^256 has 257 bits.", modulus=2**256)
    if profile == "hardened":
        bad(
            "modulus-2-to-63",
            (own,),
            "m = 2^63 is below the hardened profile's least.",
            "SmallModulus",
            modulus=2**63,
        )
    bad("slot-negative", (5,), "Slots are counted from 0.", "SlotWidth", slot=-1)
    suite.lengths((5,), base, "key")
    suite.grammar((own,), base, "slot", "modulus")
    return suite.file


def node_keys(label: str, nodes: Sequence[int]) -> list[Json]:
    """Drawn keys of nodes."""
    return [{"node": node, "key": draw_bytes(f"{label}/{node}", 32)} for node in nodes]


def chosen(given: Mapping[str, Any]) -> list[int]:
    """Whom dream.select_partners must answer, or nobody."""
    keys = given["keys"]
    return [
        entry["node"]
        for entry in keys
        if int.from_bytes(prf(entry["key"], "select", given["slot"])[:8], "big") * len(keys)
        < given["expected_partners"] * 2**64 // len(keys) * len(keys)
    ]


# Slots found by searching the first 8 * 10^6 for the PRF values nearest to the thresholds of the three
# keys below, and to the ends of the range: (slot, index of the key, how far above 2^64 w / 3, of which w).
NEAR = {
    "below-one-third": (6555026, 2, -41577420496, 1),
    "above-one-third": (5917094, 2, 117497242659, 1),
    "below-two-thirds": (7185877, 1, -1158819729314, 2),
    "above-two-thirds": (4561865, 0, 681557011062, 2),
    "near-2-to-64": (7417785, 1, -138800834869, 3),
    "near-zero": (1394445, 0, 28263154335, 0),
}


def select_file(profile: str) -> VectorFile:
    """dream.select_partners."""
    suite = Suite("select_partners", profile, profile)
    hardened = profile == "hardened"
    three: list[Json] = [{"node": 10 + i, "key": draw_bytes(f"dream/select/three/{i}", 32)} for i in range(3)]
    twenty = node_keys("dream/select/twenty", [n for n in range(21) if n != 4])
    base: dict[str, Any] = {
        "node": 4,
        "slot": 777,
        "keys": twenty,
        "expected_partners": 20 if hardened else 8,
    }

    def good(slug: str, numbers: Sequence[int], comment: str, *flags: str, **changed: Any) -> list[int]:
        given = {**base, **changed}
        partners = chosen(given)
        suite.good(slug, numbers, comment, given, {"partners": partners}, HMAC_LIBRARY, *flags)
        return partners

    def bad(slug: str, numbers: Sequence[int], comment: str, error: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, numbers, comment, {**base, **changed}, error, *flags)

    for name, (slot, index, distance, w) in NEAR.items():
        value = int.from_bytes(prf(three[index]["key"], "select", slot)[:8], "big")
        assert value - w * 2**64 // 3 == distance, name
        tries = (3,) if hardened else (1, 2, 3)
        for expected in tries:
            given = {**base, "slot": slot, "keys": three, "expected_partners": expected}
            side = "below" if distance < 0 else "above"
            comment = f"Node {10 + index}'s value is {abs(distance)} {side} {w} 2^64 / 3; w = {expected}."
            if chosen(given):
                flag = "EverybodySelected" if expected == 3 else "ThresholdRounding"
                good(
                    f"{name}-w-{expected}",
                    (8,),
                    comment,
                    flag,
                    slot=slot,
                    keys=three,
                    expected_partners=expected,
                )
            else:
                bad(
                    f"{name}-w-{expected}",
                    (9,),
                    comment + " Nobody is selected.",
                    "policy",
                    "NoPartner",
                    slot=slot,
                    keys=three,
                    expected_partners=expected,
                )
    good("everybody", (8,), "w = N - 1: the threshold is 2^64.", "EverybodySelected", expected_partners=20)
    good(
        "one-other-meter",
        (8, 9),
        "A cluster of two: the other is the partner.",
        "EverybodySelected",
        keys=twenty[:1],
        expected_partners=1,
    )
    good(
        "order-of-the-keys",
        (8,),
        "Partners come in the order in which the keys are listed.",
        keys=twenty[::-1],
    )
    good(
        "nodes-at-both-ends",
        (8,),
        "Nodes 0 and 2^32 - 1 as partners.",
        "NodeIsUnsigned",
        keys=node_keys("dream/select/ends", [0, LAST_NODE]),
        expected_partners=2,
    )
    for slot in (0, 1, 2**32, LAST_SLOT):
        good(
            f"slot-{slot}",
            (5,),
            "Another slot, other partners." if not hardened else "Everybody in every slot.",
            "SlotWidth",
            slot=slot,
        )
    if not hardened:
        good("expected-eight-of-twenty", (8,), "w = 8 of N - 1 = 20.")
        good(
            "nineteen-of-twenty",
            (8,),
            "w = N - 2 does not mean everybody.",
            "ThresholdRounding",
            expected_partners=19,
        )
        slot = next(t for t in range(1000) if prf(twenty[0]["key"], "select", t)[0] < 128)
        pair = twenty[0]["key"]
        for me, peer in ((1, 2), (2, 1)):
            others = node_keys(f"dream/select/pair/{me}", [30 + me])
            keys = [{"node": peer, "key": pair}, *others]
            good(
                f"both-sides-{me}",
                (8,),
                "The two meters of a pair agree that they are partners.",
                "ThresholdRounding",
                node=me,
                slot=slot,
                keys=keys,
                expected_partners=1,
            )
        empty = [
            t for t in range(3000) if not chosen({**base, "slot": t, "keys": three, "expected_partners": 1})
        ][:3]
        for t in empty:
            bad(
                f"nobody-in-slot-{t}",
                (9,),
                "None of the three is below the threshold of w = 1.",
                "policy",
                "NoPartner",
                slot=t,
                keys=three,
                expected_partners=1,
            )
        lonely = next(t for t in range(10**5) if not chosen({**base, "slot": t, "expected_partners": 2}))
        bad(
            "nobody-of-twenty",
            (9,),
            "w = 2 of 20, and by chance nobody.",
            "policy",
            "NoPartner",
            slot=lonely,
            expected_partners=2,
        )
    else:
        bad(
            "one-less-than-everybody",
            (8,),
            "The hardened profile asks for the complete graph: w = N - 1.",
            "range",
            "NoPartner",
            expected_partners=19,
        )
        bad(
            "one-expected",
            (8,),
            "w = 1 is below the hardened profile's least.",
            "range",
            "NoPartner",
            expected_partners=1,
        )
    bad("none-expected", (8,), "w = 0.", "range", "NoPartner", expected_partners=0)
    bad("negative-expected", (8,), "w = -1.", "range", expected_partners=-1)
    bad("more-than-everybody", (8,), "w = N.", "range", "EverybodySelected", expected_partners=21)
    bad(
        "own-node",
        (8,),
        "The own node is listed.",
        "range",
        "OwnNode",
        keys=[*twenty[1:], {"node": 4, "key": twenty[0]["key"]}],
    )
    bad(
        "node-twice",
        (8,),
        "Node 1 is listed twice.",
        "range",
        "DuplicateNode",
        keys=[*twenty[:-1], twenty[1]],
    )
    bad("slot-negative", (5,), "Slots are counted from 0.", "range", "SlotWidth", slot=-1)
    bad("node-above-range", (8,), "Node 2^32.", "range", "NodeIsUnsigned", node=2**32)
    bad(
        "listed-node-above-range",
        (8,),
        "Node 2^32 is listed.",
        "range",
        "NodeIsUnsigned",
        keys=[*twenty[:-1], {"node": 2**32, "key": twenty[0]["key"]}],
    )
    small = {**base, "keys": three, "expected_partners": 3}
    bad("nobody-listed", (8,), "No key at all.", "malformed", "WrongLength", keys=[], expected_partners=1)
    bad(
        "listed-key-too-short",
        (5,),
        "A key of 31 bytes in the list.",
        "malformed",
        "WrongLength",
        keys=[*three[:2], {"node": 12, "key": three[2]["key"][:-1]}],
        expected_partners=3,
    )
    bad(
        "listed-key-too-long",
        (5,),
        "A key of 33 bytes in the list.",
        "malformed",
        "WrongLength",
        keys=[*three[:2], {"node": 12, "key": three[2]["key"] + b"\x07"}],
        expected_partners=3,
    )
    suite.grammar((8,), small, "expected_partners", "")
    return suite.file


def select_largest_file() -> VectorFile:
    """The paper's cluster of 1000 with w = 10."""
    suite = Suite("select_partners", "1000-meters", "published", meters=1000, expected_partners=10)
    keys = node_keys("dream/select/thousand", range(1, 1000))
    given = {"node": 0, "slot": 777, "keys": keys, "expected_partners": 10}
    suite.good(
        "ten-of-999",
        (8, 9),
        "The paper's N = 1000 with w = 10.",
        given,
        {"partners": chosen(given)},
        HMAC_LIBRARY,
        "ThresholdRounding",
    )
    return suite.file


# ---- Parameters ----------------------------------------------------------------------------------


def modulus_file(profile: str) -> VectorFile:
    """dream.modulus."""
    suite = Suite("modulus", profile, profile)
    base: dict[str, Any] = {"meters": 100, "maximum_wh": 4000, "tail_wh": 20000}

    def good(slug: str, comment: str, *flags: str, **changed: int) -> None:
        given = {**base, **changed}
        least = given["meters"] * given["maximum_wh"] + 2 * given["tail_wh"] + 1
        m = next(2**b for b in range(70) if 2**b >= least)
        suite.good(
            slug, (10,), comment, given, {"modulus": f"{m:x}"}, "search through the powers of two", *flags
        )

    def bad(slug: str, comment: str, *flags: str, **changed: int) -> None:
        suite.bad(slug, (10,), comment, {**base, **changed}, "range", *flags)

    good("hundred-homes", "100 homes of at most 4 kWh a slot, with noise.")
    good(
        "smallest",
        "Two meters of 0 or 1 Wh: totals 0, 1 and 2 need m = 4.",
        "ModulusRule",
        meters=2,
        maximum_wh=1,
        tail_wh=0,
    )
    good(
        "largest",
        "The largest parameters.",
        "CarryAcrossLimbs",
        meters=4096,
        maximum_wh=2**32 - 1,
        tail_wh=2**52 - 1,
    )
    good(
        "exactly-a-power-of-two",
        "N Xmax + 2 T + 1 = 16: m = 16 holds 0 to 15.",
        "ModulusRule",
        meters=3,
        maximum_wh=5,
        tail_wh=0,
    )
    good(
        "one-over-a-power-of-two",
        "N Xmax + 2 T + 1 = 17: m = 32.",
        "ModulusRule",
        meters=2,
        maximum_wh=8,
        tail_wh=0,
    )
    good(
        "one-under-a-power-of-two",
        "N Xmax + 2 T + 1 = 15: m = 16.",
        "ModulusRule",
        meters=2,
        maximum_wh=7,
        tail_wh=0,
    )
    good(
        "printed-rule-wraps",
        "z = 64, N = 4: 2^ceil(log2(z N)) = 256 = N z, which comes out as 0; the rule gives 512.",
        "ModulusRule",
        meters=4,
        maximum_wh=64,
        tail_wh=0,
    )
    good(
        "just-below-the-printed-rule",
        "z = 63, N = 4: 252 + 1 values fit in 256.",
        "ModulusRule",
        meters=4,
        maximum_wh=63,
        tail_wh=0,
    )
    good(
        "tail-counts-twice",
        "N Xmax + 2 T = 8 + 2 * 4 = 16: m = 32.",
        "ModulusRule",
        meters=2,
        maximum_wh=4,
        tail_wh=4,
    )
    good(
        "tail-counts-twice-exactly",
        "N Xmax + 2 T + 1 = 9 + 2 * 3 + 1 = 16: m = 16.",
        "ModulusRule",
        meters=3,
        maximum_wh=3,
        tail_wh=3,
    )
    good(
        "exactly-2-to-32",
        "N Xmax + 2 T + 1 = 2^32.",
        "ModulusRule",
        meters=3,
        maximum_wh=(2**32 - 1) // 3,
        tail_wh=0,
    )
    good("over-2-to-32", "N Xmax + 2 T + 1 = 2^32 + 1.", "ModulusRule", meters=2, maximum_wh=2**31, tail_wh=0)
    good(
        "above-binary64",
        "N Xmax + 2 T + 1 = 2^53 + 1: a logarithm in binary64 gives 2^53.",
        "ModulusRule",
        meters=4096,
        maximum_wh=2**32 - 2,
        tail_wh=(2**53 - 4096 * (2**32 - 2)) // 2,
    )
    bad("one-meter", "One meter's total is its reading.", meters=1)
    bad("no-meter", "N = 0.", meters=0)
    bad("too-many-meters", "N = 4097.", meters=4097)
    bad("negative-meters", "N = -2.", meters=-2)
    bad("maximum-zero", "Xmax = 0.", maximum_wh=0)
    bad("maximum-too-large", "Xmax = 2^32.", maximum_wh=2**32)
    bad("tail-negative", "T = -1.", tail_wh=-1)
    bad("tail-too-large", "T = 2^52.", tail_wh=2**52)
    suite.grammar((10,), base, "tail_wh", "")
    return suite.file


def parameters_file(profile: str) -> VectorFile:
    """dream.check_parameters."""
    suite = Suite("check_parameters", profile, profile)
    hardened = profile == "hardened"
    base: dict[str, Any] = {
        "meters": 100,
        "tolerated_failures": 30,
        "colluders": 20,
        "expected_partners": 99 if hardened else 40,
        "maximum_wh": 4000,
        "tail_wh": 20000,
        "modulus": 2**64 if hardened else 2**32,
    }

    def good(slug: str, comment: str, *flags: str, **changed: int) -> None:
        given = {**base, **changed}
        slack = given["modulus"] - given["meters"] * given["maximum_wh"] - 2 * given["tail_wh"] - 1
        suite.good(slug, (11,), comment, given, {"slack": f"{slack:x}"}, SUMS, *flags)

    def bad(slug: str, comment: str, error: str, *flags: str, **changed: int) -> None:
        suite.bad(slug, (11,), comment, {**base, **changed}, error, *flags)

    small = {"meters": 4, "tolerated_failures": 0, "colluders": 0, "expected_partners": 3}
    good("hundred-homes", "100 homes; 30 may fail and 20 collude.")
    good("most-failures-even", "N - c = 80: M = 39 is the most.", "SplitView", tolerated_failures=39)
    good(
        "most-failures-odd",
        "N - c = 79: M = 39 is the most.",
        "SplitView",
        tolerated_failures=39,
        colluders=21,
    )
    good(
        "all-but-one-collude",
        "N - c = 1: M = 0 is the most.",
        "SplitView",
        tolerated_failures=0,
        colluders=99,
    )
    good(
        "smallest-cluster",
        "Two meters, no failure.",
        "SplitView",
        meters=2,
        tolerated_failures=0,
        colluders=0,
        expected_partners=1,
    )
    good(
        "three-meters-one-fails",
        "N = 3, M = 1.",
        "SplitView",
        meters=3,
        tolerated_failures=1,
        colluders=0,
        expected_partners=2,
    )
    good(
        "largest-cluster",
        "The largest parameters in the largest modulus.",
        "CarryAcrossLimbs",
        meters=4096,
        tolerated_failures=2047,
        colluders=1,
        expected_partners=4095,
        maximum_wh=2**32 - 1,
        tail_wh=2**52 - 1,
        modulus=2**255,
    )
    if not hardened:
        good(
            "modulus-holds-exactly",
            "m = 16 = N Xmax + 2 T + 1: the slack is 0.",
            "ModulusRule",
            **{**small, "meters": 3, "expected_partners": 2},
            maximum_wh=5,
            tail_wh=0,
            modulus=16,
        )
        bad(
            "modulus-one-short",
            "m = 16 = N Xmax + 2 T.",
            "range",
            "ModulusRule",
            **{**small, "meters": 2, "expected_partners": 1},
            maximum_wh=4,
            tail_wh=4,
            modulus=16,
        )
        bad(
            "printed-modulus",
            "The printed modulus 256 for z = 64 and N = 4.",
            "range",
            "ModulusRule",
            **small,
            maximum_wh=64,
            tail_wh=0,
            modulus=256,
        )
        bad(
            "modulus-below-tail",
            "m holds the readings and not the noise.",
            "range",
            "ModulusRule",
            **small,
            maximum_wh=60,
            tail_wh=10,
            modulus=256,
        )
        good("one-expected", "w = 1 is allowed, and exposes values often.", "NoPartner", expected_partners=1)
        bad(
            "modulus-three",
            "m = 3 is no power of two.",
            "range",
            "NotPowerOfTwo",
            **{**small, "meters": 2, "expected_partners": 1},
            maximum_wh=1,
            tail_wh=0,
            modulus=3,
        )
        bad("modulus-one", "m = 1.", "range", "SmallModulus", modulus=1)
    else:
        good("least-modulus", "m = 2^64.", **small)
        bad(
            "modulus-2-to-63",
            "m = 2^63 is below the hardened profile's least.",
            "range",
            "SmallModulus",
            modulus=2**63,
        )
        bad(
            "not-complete",
            "w = N - 2: the hardened profile asks for the complete graph.",
            "range",
            "NoPartner",
            expected_partners=98,
        )
    bad("modulus-not-a-power", "m = 2^64 + 13.", "range", "NotPowerOfTwo", modulus=2**64 + 13)
    bad("modulus-too-long", "m = 2^256 has 257 bits.", "range", modulus=2**256)
    bad(
        "failures-half-even",
        "N - c = 80: M = 40 leaves two halves.",
        "policy",
        "SplitView",
        tolerated_failures=40,
    )
    bad(
        "failures-half-odd",
        "N - c = 79: M = 40 leaves two halves.",
        "policy",
        "SplitView",
        tolerated_failures=40,
        colluders=21,
    )
    bad(
        "four-meters-two-fail",
        "N = 4, M = 2: two disjoint pairs of survivors.",
        "policy",
        "SplitView",
        **{**small, "tolerated_failures": 2},
    )
    bad(
        "two-meters-one-fails",
        "N = 2, M = 1: the survivor's reading is the total.",
        "policy",
        "SplitView",
        meters=2,
        tolerated_failures=1,
        colluders=0,
        expected_partners=1,
    )
    bad(
        "colluders-tip-the-balance",
        "N = 100, M = 49 stands alone, and falls with c = 2.",
        "policy",
        "SplitView",
        tolerated_failures=49,
        colluders=2,
    )
    bad(
        "all-others-collude-and-one-fails",
        "N - c = 1 with M = 1.",
        "policy",
        "SplitView",
        tolerated_failures=1,
        colluders=99,
    )
    bad("failures-all", "M = N.", "range", tolerated_failures=100)
    bad("failures-negative", "M = -1.", "range", tolerated_failures=-1)
    bad("colluders-all", "c = N.", "range", tolerated_failures=0, colluders=100)
    bad("colluders-negative", "c = -1.", "range", colluders=-1)
    bad("none-expected", "w = 0.", "range", "NoPartner", expected_partners=0)
    bad("more-than-everybody", "w = N.", "range", "EverybodySelected", expected_partners=100)
    bad("one-meter", "N = 1.", "range", meters=1, tolerated_failures=0, colluders=0, expected_partners=1)
    bad("too-many-meters", "N = 4097.", "range", meters=4097, expected_partners=4096)
    bad("maximum-zero", "Xmax = 0.", "range", maximum_wh=0)
    bad("tail-negative", "T = -1.", "range", tail_wh=-1)
    suite.grammar((11,), base, "colluders", "modulus")
    return suite.file


# ---- Certificates, roster, tags ------------------------------------------------------------------


def certificate(given: Mapping[str, Any]) -> bytes:
    """The bytes that an authority signs."""
    return b"".join(
        (
            DOMAIN,
            b"certificate\x00",
            given["cluster"],
            given["node"].to_bytes(4, "big"),
            given["public_key"],
            given["last_slot"].to_bytes(8, "big"),
        )
    )


def certify_file(profile: str) -> VectorFile:
    """dream.certify."""
    suite = Suite("certify", profile, profile)
    seed = draw_bytes(f"dream/certify/{profile}/authority", 32)
    base: dict[str, Any] = {
        "authority_private_key": seed,
        "cluster": CLUSTERS["a"],
        "node": 5,
        "last_slot": 35040,
        "public_key": public_key(draw_bytes(f"dream/certify/{profile}/meter", 32)),
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        signature = ed25519_sign(given["authority_private_key"], certificate(given))
        suite.good(slug, (17,), comment, given, {"signature": signature.hex()}, EDWARDS, *flags)

    def bad(slug: str, comment: str, error: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, (17,), comment, {**base, **changed}, error, *flags)

    good("a-year", "A meter's certificate for a year of quarter hours.")
    good("other-cluster", "Another cluster, another signature.", "Binding", cluster=CLUSTERS["b"])
    good("other-node", "Another node, another signature.", "Binding", node=6)
    good("node-zero-slot-zero", "The lowest numbers.", node=0, last_slot=0)
    good("node-last-slot-last", "The highest numbers.", "SlotWidth", node=LAST_NODE, last_slot=LAST_SLOT)
    good("slot-2-to-32", "The last slot needs more than 32 bits.", "SlotWidth", last_slot=2**32)
    good(
        "rfc8032-test-1-key",
        "The private key of RFC 8032, section 7.1, test 1.",
        authority_private_key=H("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
    )
    good(
        "public-key-highest-bit",
        "The highest bit of the public key is set: signed as it is written.",
        "NotCanonicalPoint",
        public_key=base["public_key"][:-1] + bytes([base["public_key"][-1] | 128]),
    )
    for name, u in LOW_ORDER.items():
        flags = ("LowOrderPoint", "NotCanonicalPoint") if u >= P else ("LowOrderPoint",)
        bad(
            f"low-order-{name}",
            "A public key of low order is certified for nobody.",
            "not-in-group",
            *flags,
            public_key=point(u),
        )
    bad("node-above-range", "Node 2^32.", "range", "NodeIsUnsigned", node=2**32)
    bad("node-negative", "Node -1.", "range", node=-1)
    bad("slot-negative", "Last slot -1.", "range", "SlotWidth", last_slot=-1)
    suite.lengths((17,), base, "authority_private_key")
    suite.lengths((17,), base, "public_key")
    suite.lengths((17,), base, "cluster")
    suite.grammar((17,), base, "last_slot", "")
    return suite.file


def check_certificate_file(profile: str) -> VectorFile:
    """dream.check_certificate."""
    suite = Suite("check_certificate", profile, profile)
    seed = draw_bytes(f"dream/check_certificate/{profile}/authority", 32)
    base: dict[str, Any] = {
        "authority_public_key": ed25519_public(seed),
        "cluster": CLUSTERS["a"],
        "node": 5,
        "last_slot": 35040,
        "slot": 20000,
        "public_key": public_key(draw_bytes(f"dream/check_certificate/{profile}/meter", 32)),
    }

    def signed(**changed: Any) -> dict[str, Any]:
        given = {**base, **changed}
        return {**given, "signature": ed25519_sign(seed, certificate(given))}

    def good(slug: str, numbers: Sequence[int], comment: str, given: Mapping[str, Any], *flags: str) -> None:
        suite.good(
            slug,
            numbers,
            comment,
            given,
            {"digest": hashlib.sha256(certificate(given)).hexdigest()},
            EDWARDS,
            *flags,
        )

    def bad(
        slug: str, numbers: Sequence[int], comment: str, error: str, given: Mapping[str, Any], *flags: str
    ) -> None:
        suite.bad(slug, numbers, comment, given, error, *flags)

    valid = signed()
    good("valid", (17, 18), "A certificate within its validity.", valid)
    good("in-its-last-slot", (18,), "The last slot itself.", signed(slot=35040), "Expired")
    good("in-slot-zero", (18,), "Slot 0.", signed(slot=0))
    good("last-slot-zero", (18,), "Valid in slot 0 only.", signed(slot=0, last_slot=0), "Expired")
    good(
        "never-ends",
        (18,),
        "The highest slot is the last.",
        signed(slot=LAST_SLOT, last_slot=LAST_SLOT),
        "SlotWidth",
    )
    good("node-zero", (17,), "Node 0.", signed(node=0))
    good("node-last", (17,), "Node 2^32 - 1.", signed(node=LAST_NODE), "NodeIsUnsigned")

    signature = valid["signature"]
    s = int.from_bytes(signature[32:], "little")

    def forged(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        bad(slug, (17,), comment, "unauthentic", {**valid, **changed}, *flags)

    forged(
        "other-authority",
        "Another authority's key.",
        "ForgedCertificate",
        authority_public_key=ed25519_public(draw_bytes("dream/check_certificate/other", 32)),
    )
    forged("other-node", "The certificate of node 5 for node 6.", "ForgedCertificate", node=6)
    forged("other-cluster", "The certificate of another cluster.", "ForgedCertificate", cluster=CLUSTERS["b"])
    forged(
        "other-public-key",
        "The certificate of another public key.",
        "ForgedCertificate",
        public_key=public_key(draw_bytes("dream/check_certificate/supplier", 32)),
    )
    forged(
        "public-key-highest-bit",
        "The same point, written with its highest bit set, was not signed.",
        "ForgedCertificate",
        "NotCanonicalPoint",
        public_key=valid["public_key"][:-1] + bytes([valid["public_key"][-1] | 128]),
    )
    forged(
        "last-slot-prolonged",
        "The last slot is a year later than signed.",
        "ForgedCertificate",
        last_slot=70080,
    )
    for slug, index in (("r-first", 0), ("r-last", 31), ("s-first", 32), ("s-last", 63)):
        flipped = bytearray(signature)
        flipped[index] ^= 1
        forged(
            f"bit-flipped-{slug}",
            "One bit of the signature is flipped.",
            "ForgedCertificate",
            signature=bytes(flipped),
        )
    forged(
        "s-plus-order",
        "S + L verifies where S is not compared with L.",
        "MalleableSignature",
        signature=signature[:32] + (s + L).to_bytes(32, "little"),
    )
    forged(
        "s-equals-order", "S = L.", "MalleableSignature", signature=signature[:32] + L.to_bytes(32, "little")
    )
    forged("s-all-ones", "S = 2^256 - 1.", "MalleableSignature", signature=signature[:32] + b"\xff" * 32)
    forged("signature-all-zero", "64 zero bytes.", "ForgedCertificate", signature=bytes(64))
    halves = signature[32:] + signature[:32]
    forged("halves-swapped", "S before R.", "ForgedCertificate", signature=halves)
    order_8 = edwards_multiply(L, edwards_recover(ORDER_8_SOURCE, 0))
    forged(
        "cofactored-only",
        "R is off by a point of order 8: valid only where both sides are multiplied by 8.",
        "CofactoredVerification",
        signature=ed25519_sign(seed, certificate(valid), order_8),
    )
    torsion = {
        "identity": IDENTITY,
        "order-2": (0, P - 1),
        "order-4": (pow(2, (P - 1) // 4, P), 0),
        "order-8": order_8,
    }
    for name, weak in torsion.items():
        key = edwards_encode(weak)
        attempt = next(
            (r, edwards_encode(edwards_multiply(r, BASE)))
            for r in range(1, 1000)
            if reduced_hash(edwards_encode(edwards_multiply(r, BASE)), key, certificate(base)) % 8 == 0
        )
        forged(
            f"authority-{name}",
            "The authority's key has low order, and the signature's equation holds without its secret.",
            "LowOrderAuthority",
            authority_public_key=key,
            signature=attempt[1] + attempt[0].to_bytes(32, "little"),
        )
    for slug, encoding in (
        ("identity-not-reduced", P + 1),
        ("identity-with-sign", 1 | 2**255),
        ("order-2-with-sign", P - 1 | 2**255),
    ):
        key = encoding.to_bytes(32, "little")
        r, commitment = next(
            (r, edwards_encode(edwards_multiply(r, BASE)))
            for r in range(1, 1000)
            if reduced_hash(edwards_encode(edwards_multiply(r, BASE)), key, certificate(base)) % 8 == 0
        )
        forged(
            f"authority-{slug}",
            "A key of low order in an encoding that is not canonical, with the equation holding.",
            "LowOrderAuthority",
            authority_public_key=key,
            signature=commitment + r.to_bytes(32, "little"),
        )
    off_curve = next(y for y in range(2, 100) if not on_curve(y))
    forged(
        "authority-not-on-the-curve",
        "The authority's key is no point.",
        "ForgedCertificate",
        authority_public_key=off_curve.to_bytes(32, "little"),
    )
    forged(
        "authority-negated",
        "The sign of the authority's key is flipped.",
        "ForgedCertificate",
        authority_public_key=valid["authority_public_key"][:-1]
        + bytes([valid["authority_public_key"][-1] ^ 128]),
    )

    expired = (
        ("by-one-slot", 35041),
        ("by-years", 10**6),
        ("by-2-to-32", 35040 + 2**32),
        ("in-the-last-slot-of-all", LAST_SLOT),
    )
    for slug, slot in expired:
        bad(
            f"expired-{slug}",
            (18,),
            f"Slot {slot} is later than the last one, 35040.",
            "expired",
            signed(slot=slot),
            "Expired",
        )
    bad(
        "expired-after-slot-zero",
        (18,),
        "Valid in slot 0, shown in slot 1.",
        "expired",
        signed(slot=1, last_slot=0),
        "Expired",
    )
    for name, u in LOW_ORDER.items():
        flags = ("LowOrderPoint", "NotCanonicalPoint") if u >= P else ("LowOrderPoint",)
        bad(
            f"low-order-{name}",
            (17,),
            "Signed by the authority, and still of low order.",
            "not-in-group",
            signed(public_key=point(u)),
            *flags,
        )
    bad("node-above-range", (17,), "Node 2^32.", "range", {**valid, "node": 2**32}, "NodeIsUnsigned")
    bad("slot-negative", (18,), "Slot -1.", "range", {**valid, "slot": -1}, "SlotWidth")
    bad("last-slot-negative", (18,), "Last slot -1.", "range", {**valid, "last_slot": -1}, "SlotWidth")
    for name in ("signature", "authority_public_key"):
        suite.lengths((17,), valid, name)
    suite.grammar((18,), valid, "slot", "")
    return suite.file


# The least y > 1 of a point whose multiple by L has order 8.
ORDER_8_SOURCE = next(
    y for y in range(2, 100) if on_curve(y) and edwards_multiply(4 * L, edwards_recover(y, 0)) != IDENTITY
)


def members(label: str, nodes: Sequence[int]) -> list[Json]:
    """Members with drawn public keys."""
    return [{"node": node, "public_key": public_key(draw_bytes(f"{label}/{node}", 32))} for node in nodes]


def roster_bytes(cluster: bytes, listed: Sequence[Mapping[str, Any]]) -> bytes:
    """The bytes that a roster's digest is of."""
    entries = b"".join(entry["node"].to_bytes(4, "big") + entry["public_key"] for entry in listed)
    return DOMAIN + b"roster\x00" + cluster + len(listed).to_bytes(4, "big") + entries


def roster_file(profile: str) -> VectorFile:
    """dream.roster_digest."""
    suite = Suite("roster_digest", profile, profile)
    five = members(f"dream/roster/{profile}", (1, 2, 7, 40, 41))
    base: dict[str, Any] = {"cluster": CLUSTERS["a"], "members": five}

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        digest = hashlib.sha256(roster_bytes(given["cluster"], given["members"])).hexdigest()
        suite.good(slug, (19,), comment, given, {"digest": digest}, "hashlib: SHA-256", *flags)

    def bad(slug: str, comment: str, error: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, (19,), comment, {**base, **changed}, error, *flags)

    good("five-members", "A cluster of five.")
    good("two-members", "The smallest cluster.", members=five[:2])
    good("other-cluster", "The same members in another cluster.", "Binding", cluster=CLUSTERS["b"])
    good("one-member-less", "Without the last member.", "Binding", members=five[:4])
    good(
        "nodes-at-both-ends",
        "Nodes 0 and 2^32 - 1.",
        "NodeIsUnsigned",
        members=members("dream/roster/ends", (0, LAST_NODE)),
    )
    good(
        "nodes-around-2-to-31",
        "2^31 comes after 2^31 - 1.",
        "NodeIsUnsigned",
        members=members("dream/roster/31", (2**31 - 1, 2**31)),
    )
    exchanged = [
        {**five[0], "public_key": five[1]["public_key"]},
        {**five[1], "public_key": five[0]["public_key"]},
        *five[2:],
    ]
    good(
        "public-keys-exchanged",
        "Two members with each other's keys are another roster.",
        "Binding",
        members=exchanged,
    )
    bad(
        "not-sorted",
        "The last two members are exchanged.",
        "range",
        "RosterOrder",
        members=[*five[:3], five[4], five[3]],
    )
    bad("descending", "The nodes decrease.", "range", "RosterOrder", members=five[::-1])
    bad(
        "sorted-as-signed",
        "2^31 stands before 0, as it does in signed 32 bits.",
        "range",
        "RosterOrder",
        "NodeIsUnsigned",
        members=[{**five[0], "node": 2**31}, {**five[1], "node": 0}],
    )
    bad(
        "sorted-as-text",
        "10 stands before 9, as it does in text.",
        "range",
        "RosterOrder",
        members=[{**five[0], "node": 10}, {**five[1], "node": 9}],
    )
    bad(
        "node-twice",
        "Node 7 twice, with two keys.",
        "range",
        "DuplicateNode",
        members=[*five[:3], {**five[3], "node": 7}],
    )
    bad(
        "member-twice",
        "The last member twice, the second time with another key.",
        "range",
        "DuplicateNode",
        members=[*five, *members("dream/roster/again", (five[4]["node"],))],
    )
    bad(
        "public-key-twice",
        "Two nodes with one public key.",
        "range",
        "SybilMember",
        members=[*five[:4], {**five[4], "public_key": five[0]["public_key"]}],
    )
    bad(
        "public-key-twice-in-neighbours",
        "Two neighbours with one public key.",
        "range",
        "SybilMember",
        members=[five[0], {**five[1], "public_key": five[0]["public_key"]}],
    )
    turned = bytearray(five[0]["public_key"])
    turned[31] ^= 0x80
    small, above = ((9 + add).to_bytes(32, "little") for add in (0, P))
    good(
        "highest-bit-set",
        "The highest bit of a public key is not read, and enters the digest.",
        "SybilMember",
        members=[{**five[0], "public_key": bytes(turned)}, *five[1:]],
    )
    good(
        "u-not-reduced",
        "u = 9 and u = p + 10, which is 10: two public keys.",
        "SybilMember",
        members=[
            {**five[0], "public_key": small},
            {**five[1], "public_key": (P + 10).to_bytes(32, "little")},
        ],
    )
    for slug, comment, first, second in (
        ("highest-bit", "One public key twice, once with its highest bit turned over.",
         five[0]["public_key"], bytes(turned)),
        ("not-reduced", "u = 9 and u = p + 9: one public key.", small, above),
        ("not-reduced-first", "u = p + 9 and u = 9: one public key.", above, small),
        ("not-reduced-highest-bit", "u = 9 and u = p + 9 with the highest bit: one public key.",
         small, above[:31] + b"\xff"),
    ):  # fmt: skip
        bad(
            f"public-key-twice-{slug}",
            comment,
            "range",
            "SybilMember",
            members=[{**five[0], "public_key": first}, *five[1:4], {**five[4], "public_key": second}],
        )
    bad(
        "node-above-range",
        "Node 2^32.",
        "range",
        "NodeIsUnsigned",
        members=[*five[:4], {**five[4], "node": 2**32}],
    )
    bad("node-negative", "Node -1.", "range", members=[{**five[0], "node": -1}, *five[1:]])
    bad("one-member", "A cluster of one.", "malformed", "WrongLength", members=five[:1])
    bad("no-member", "Nobody.", "malformed", "WrongLength", members=[])
    bad(
        "public-key-too-short",
        "A public key of 31 bytes.",
        "malformed",
        "WrongLength",
        members=[*five[:4], {**five[4], "public_key": five[4]["public_key"][:-1]}],
    )
    suite.lengths((19,), base, "cluster")
    suite.grammar((19,), base, "", "")
    return suite.file


def roster_largest_file() -> VectorFile:
    """The digest of a cluster of a hundred."""
    suite = Suite("roster_digest", "100-members", "hardened", members=100)
    listed = [{"node": 3 * n, "public_key": draw_bytes(f"dream/roster/hundred/{n}", 32)} for n in range(100)]
    given = {"cluster": CLUSTERS["a"], "members": listed}
    digest = hashlib.sha256(roster_bytes(CLUSTERS["a"], listed)).hexdigest()
    suite.good(
        "hundred-members",
        (19,),
        "58 blocks of the hash.",
        given,
        {"digest": digest},
        "hashlib: SHA-256",
        "Binding",
    )
    return suite.file


def report_tag(key: bytes, roster: bytes, node: int, slot: int, m: int, ciphertext: int) -> bytes:
    """The tag of a report."""
    width = -(-(m.bit_length() - 1) // 8)
    message = DOMAIN + b"report\x00" + roster + node.to_bytes(4, "big") + slot.to_bytes(8, "big")
    return hmac_sha256(key, message + ciphertext.to_bytes(width, "big"))


def authenticate_file(profile: str) -> VectorFile:
    """dream.authenticate."""
    suite = Suite("authenticate", profile, profile)
    least = 2 if profile == "published" else 2**64
    m = max(least, 2**32)
    seed = f"dream/authenticate/{profile}"
    base: dict[str, Any] = {
        "key": draw_bytes(f"{seed}/key", 32),
        "roster": draw_bytes(f"{seed}/roster", 32),
        "node": 5,
        "slot": 20250,
        "modulus": m,
        "ciphertext": draw_below(f"{seed}/ciphertext", m),
    }

    def good(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        given = {**base, **changed}
        tag = report_tag(
            given["key"], given["roster"], given["node"], given["slot"], given["modulus"], given["ciphertext"]
        )
        suite.good(slug, (20,), comment, given, {"tag": tag.hex()}, HMAC_LIBRARY, *flags)

    def bad(slug: str, comment: str, *flags: str, **changed: Any) -> None:
        suite.bad(slug, (20,), comment, {**base, **changed}, "range", *flags)

    good("drawn", "A drawn report.")
    good("other-roster", "Another roster, another tag.", "Binding", roster=draw_bytes(f"{seed}/other", 32))
    good("other-node", "Another node, another tag.", "Binding", node=6)
    good("other-slot", "Another slot, another tag.", "Binding", slot=20251)
    good("other-ciphertext", "Another ciphertext, another tag.", "Binding", ciphertext=base["ciphertext"] ^ 1)
    good("ciphertext-zero", "0 takes as many bytes as any other number.", "LeadingZeros", ciphertext=0)
    good("ciphertext-one", "1 takes as many bytes as any other number.", "LeadingZeros", ciphertext=1)
    good("ciphertext-largest", "m - 1.", "LeadingZeros", ciphertext=m - 1)
    good("node-zero-slot-zero", "The lowest numbers.", node=0, slot=0)
    good("node-last-slot-last", "The highest numbers.", "SlotWidth", node=LAST_NODE, slot=LAST_SLOT)
    for bits in (1, 8, 9, 16, 31, 63, 64, 65, 128, 255):
        if 2**bits >= least:
            good(
                f"modulus-2-to-{bits}",
                f"{-(-bits // 8)} bytes for {bits} bits.",
                "LeadingZeros",
                modulus=2**bits,
                ciphertext=draw_below(f"{seed}/{bits}", 2**bits),
            )
    bad("ciphertext-equals-modulus", "The ciphertext is m.", "NotReduced", ciphertext=m)
    bad("ciphertext-above-modulus", "The ciphertext is m + 1.", "NotReduced", ciphertext=m + 1)
    bad("modulus-no-power-of-two", "m = 2^64 + 13 is no power of two.", "NotPowerOfTwo", modulus=2**64 + 13)
    bad("modulus-one", "m = 1.", "SmallModulus", modulus=1, ciphertext=0)
    bad("modulus-too-long", "m = 2^256 has 257 bits.", modulus=2**256)
    if profile == "hardened":
        bad(
            "modulus-2-to-63",
            "m = 2^63 is below the hardened profile's least.",
            "SmallModulus",
            modulus=2**63,
            ciphertext=1,
        )
    bad("node-above-range", "Node 2^32.", "NodeIsUnsigned", node=2**32)
    bad("node-negative", "Node -1.", node=-1)
    bad("slot-negative", "Slot -1.", "SlotWidth", slot=-1)
    suite.lengths((20,), base, "key")
    suite.lengths((20,), base, "roster")
    suite.grammar((20,), base, "slot", "ciphertext")
    return suite.file


# ---- Scripts -------------------------------------------------------------------------------------


class Cluster:
    """A cluster with all its keys, and what each of its messages must be."""

    def __init__(self, label: str, nodes: Sequence[int], m: int, w: int) -> None:
        self.nodes, self.m, self.w = list(nodes), m, w
        self.cluster = draw_bytes(f"{label}/cluster", 16)
        self.private = {node: draw_bytes(f"{label}/private/{node}", 32) for node in nodes}
        self.public = {node: public_key(self.private[node]) for node in nodes}
        self.supplier = draw_bytes(f"{label}/supplier", 32)
        listed = [{"node": node, "public_key": self.public[node]} for node in sorted(nodes)]
        self.members = listed
        self.roster = hashlib.sha256(roster_bytes(self.cluster, listed)).digest()
        supplier = public_key(self.supplier)
        self.supplier_keys = {
            n: H(
                agreed(
                    "supplier", self.cluster, [n], self.public[n], supplier, x25519(self.private[n], supplier)
                )["key"]
            )
            for n in nodes
        }
        self.pairs = {
            (i, j): H(
                agreed(
                    "pairwise",
                    self.cluster,
                    [i, j],
                    self.public[i],
                    self.public[j],
                    x25519(self.private[i], self.public[j]),
                )["key"]
            )
            for i in nodes
            for j in nodes
            if i < j
        }

    def keys(self, node: int) -> list[Json]:
        """A meter's keys with all the others."""
        return [{"node": n, "key": self.pairs[min(n, node), max(n, node)]} for n in self.nodes if n != node]

    def report(self, node: int, slot: int, value: int) -> Json:
        """A meter's report, in JSON form."""
        partners = chosen({"keys": self.keys(node), "slot": slot, "expected_partners": self.w})
        assert partners
        dummies = [
            (e["node"], int.from_bytes(prf(e["key"], "dummy", slot), "big") % self.m)
            for e in self.keys(node)
            if e["node"] in partners
        ]
        stream = int.from_bytes(prf(self.supplier_keys[node], "keystream", slot), "big") % self.m
        ciphertext = (value + stream + sum(k if node > n else -k for n, k in dummies)) % self.m
        tag = report_tag(self.supplier_keys[node], self.roster, node, slot, self.m, ciphertext)
        return {"ciphertext": f"{ciphertext:x}", "tag": tag.hex()}

    def served(self, slot: int) -> bool:
        """Whether every meter has a partner in a slot."""
        return all(
            chosen({"keys": self.keys(n), "slot": slot, "expected_partners": self.w}) for n in self.nodes
        )

    def start(
        self, meter: int, /, session: str | None = None, expect: Json | None = None, **changed: Any
    ) -> Json:
        """The step that starts a meter."""
        given = {
            "node": meter,
            "modulus": self.m,
            "roster": self.roster,
            "supplier_key": self.supplier_keys[meter],
            "keys": self.keys(meter),
            "expected_partners": self.w,
            **changed,
        }
        return step("meter_start", session or f"meter-{meter}", given, expect or {"output": {}})

    def meter_report(
        self, node: int, slot: int, value: int, session: str | None = None, expect: Json | None = None
    ) -> Json:
        """The step in which a meter reports."""
        expected = expect or {"output": self.report(node, slot, value)}
        return step("meter_report", session or f"meter-{node}", {"slot": slot, "value": value}, expected)

    def supplier_start(
        self, slot: int, session: str = "supplier", expect: Json | None = None, **changed: Any
    ) -> Json:
        """The step that starts the supplier."""
        given = {
            "slot": slot,
            "modulus": self.m,
            "roster": self.roster,
            "keys": [{"node": n, "key": self.supplier_keys[n]} for n in self.nodes],
            **changed,
        }
        return step("supplier_start", session, given, expect or {"output": {}})

    def receive(
        self, meter: int, slot: int, value: int, expect: Json, session: str = "supplier", /, **changed: Any
    ) -> Json:
        """The step in which the supplier takes in a report."""
        report = self.report(meter, slot, value)
        given = {
            "node": meter,
            "ciphertext": int(report["ciphertext"], 16),
            "tag": H(report["tag"]),
            **changed,
        }
        return step("supplier_receive", session, given, expect)


def step(operation: str, session: str | None, given: Mapping[str, Any], expect: Json) -> Json:
    """One step of a script."""
    name = f"dream.{operation}"
    placed = {"session": session} if session is not None else {}
    return {"operation": name, **placed, "input": fields(name, given), "expect": expect}


def received(count: int) -> Json:
    """The answer to a report that is taken in."""
    return {"output": {"received": count}}


def refused(error: str) -> Json:
    """The answer to a step that is refused."""
    return {"error": error}


def total(value: int) -> Json:
    """The step that asks for the total, with its answer."""
    return step("supplier_total", "supplier", {}, {"output": {"total": f"{value:x}"}})


SOURCE = "the generator's own X25519 and sums, and cryptography's HMAC"


def script_files(profile: str) -> Iterator[VectorFile]:
    """A slot of a cluster from its keys to its total; what a meter and what a supplier refuses."""
    published = profile == "published"
    m = 2**32 if published else 2**64
    nodes = (2, 9, 2**31 + 5) if published else (0, 7, 8, 1000, LAST_NODE)
    label = f"dream/script/{profile}"
    complete = Cluster(f"{label}/complete", nodes, m, len(nodes) - 1)
    values = {node: draw_below(f"{label}/value/{node}", 2000) for node in nodes}
    slot = 81
    slot_file = VectorFile(
        "dream",
        f"script-slot-{profile}",
        profile,
        parameters={"modulus": f"{m:x}", "meters": len(nodes)},
        notes=NOTES,
    )

    def whole(
        cluster: Cluster,
        slots: Sequence[int],
        readings: Mapping[int, int],
        slug: str,
        comment: str,
        *flags: str,
    ) -> None:
        supplier_public = public_key(cluster.supplier)
        steps = [
            step(
                "modulus",
                None,
                {"meters": len(cluster.nodes), "maximum_wh": 2000, "tail_wh": 0},
                {"output": {"modulus": f"{2 ** (2000 * len(cluster.nodes)).bit_length():x}"}},
            )
        ]
        for n in cluster.nodes:
            steps.append(
                step(
                    "public_key",
                    None,
                    {"private_key": cluster.private[n]},
                    {"output": {"public_key": cluster.public[n].hex()}},
                )
            )
        steps.append(
            step(
                "roster_digest",
                None,
                {"cluster": cluster.cluster, "members": cluster.members},
                {"output": {"digest": cluster.roster.hex()}},
            )
        )
        for n in cluster.nodes:
            steps.append(
                step(
                    "supplier_key",
                    None,
                    {
                        "cluster": cluster.cluster,
                        "node": n,
                        "private_key": cluster.supplier,
                        "peer_public_key": cluster.public[n],
                    },
                    {"output": {"key": cluster.supplier_keys[n].hex()}},
                )
            )
            steps.append(
                step(
                    "supplier_key",
                    None,
                    {
                        "cluster": cluster.cluster,
                        "node": n,
                        "private_key": cluster.private[n],
                        "peer_public_key": supplier_public,
                    },
                    {"output": {"key": cluster.supplier_keys[n].hex()}},
                )
            )
            for p in cluster.nodes:
                if p != n:
                    key = cluster.pairs[min(n, p), max(n, p)]
                    steps.append(
                        step(
                            "pairwise_key",
                            None,
                            {
                                "cluster": cluster.cluster,
                                "node": n,
                                "peer": p,
                                "private_key": cluster.private[n],
                                "peer_public_key": cluster.public[p],
                            },
                            {"output": {"key": key.hex()}},
                        )
                    )
        steps += [cluster.start(n) for n in cluster.nodes]
        for number, t in enumerate(slots):
            session = f"supplier-{t}"
            steps.append(cluster.supplier_start(t, session))
            for count, n in enumerate(cluster.nodes, 1):
                value = readings[n] + number
                steps.append(cluster.meter_report(n, t, value))
                steps.append(cluster.receive(n, t, value, received(count), session))
            expected = sum(readings.values()) + number * len(cluster.nodes)
            steps.append(step("supplier_total", session, {}, {"output": {"total": f"{expected:x}"}}))
        slot_file.script(
            f"dream-script/slot-{profile}/{slug}",
            steps,
            comment=comment,
            source=SOURCE,
            flags=flags,
            requirements=ids(1, 3, 4, 9, 14, 15, 19, 20, 21, 22, 23, 24, 25, 26),
        )

    whole(
        complete,
        (slot, slot + 1),
        values,
        "complete-graph-two-slots",
        "Keys, roster, two slots with everybody as a partner.",
        "SignRule",
    )
    if published:
        sparse_nodes = (1, 4, 6, 11, 30)
        sparse = Cluster(f"{label}/sparse", sparse_nodes, m, 2)
        served = [t for t in range(500) if sparse.served(t)]
        assert any(
            len(chosen({"keys": sparse.keys(n), "slot": t, "expected_partners": 2})) != 2
            for n in sparse_nodes
            for t in served[:1]
        )
        readings = {n: draw_below(f"{label}/sparse/{n}", 2000) for n in sparse_nodes}
        whole(
            sparse,
            served[:1],
            readings,
            "two-of-four-partners",
            "w = 2 of 4: how many partners each meter has differs.",
            "ThresholdRounding",
        )
    negative = {n: v for n, v in zip(nodes, [-5, 3, -9, 4, -1], strict=False)}
    steps = [complete.supplier_start(slot)]
    for count, n in enumerate(nodes, 1):
        steps += [
            complete.start(n),
            complete.meter_report(n, slot, negative[n]),
            complete.receive(n, slot, negative[n], received(count)),
        ]
    steps.append(total(sum(negative.values())))
    slot_file.script(
        f"dream-script/slot-{profile}/negative-total",
        steps,
        comment="Values that noise made negative, and a negative total.",
        source=SOURCE,
        flags=["CentredRange"],
        requirements=ids(12, 16, 22, 26),
    )
    backwards = [complete.supplier_start(slot)]
    for count, n in enumerate(reversed(nodes), 1):
        backwards += [
            complete.start(n),
            complete.meter_report(n, slot, values[n]),
            complete.receive(n, slot, values[n], received(count)),
        ]
    backwards += [total(sum(values.values())), total(sum(values.values()))]
    slot_file.script(
        f"dream-script/slot-{profile}/reports-in-another-order",
        backwards,
        comment="The order of reports does not count; the total may be asked for twice.",
        source=SOURCE,
        requirements=ids(25, 26),
    )
    yield slot_file

    meter_file = VectorFile(
        "dream",
        f"script-meter-{profile}",
        profile,
        parameters={"modulus": f"{m:x}", "meters": len(nodes)},
        notes=NOTES,
    )
    node = nodes[1]
    high = (m - 1) // 2

    def meter(
        slug: str, numbers: Sequence[int], comment: str, *steps: Json, flags: Sequence[str] = ()
    ) -> None:
        meter_file.script(
            f"dream-script/meter-{profile}/{slug}",
            steps,
            comment=comment,
            source=SOURCE,
            flags=flags,
            requirements=ids(*numbers),
        )

    begin = complete.start(node)
    meter(
        "slots-increase",
        (21, 22),
        "Slots 0, 1, 5 and the last: they increase, and gaps are allowed.",
        begin,
        *(complete.meter_report(node, t, 100 + t % 7) for t in (0, 1, 5, LAST_SLOT)),
        flags=["SlotWidth"],
    )
    meter(
        "identical-resend",
        (22, 23),
        "The same slot and value again: the same bytes, as often as asked.",
        begin,
        *(complete.meter_report(node, 9, 55) for _ in range(3)),
        complete.meter_report(node, 10, 56),
        complete.meter_report(node, 10, 56),
        flags=["SlotReuse"],
    )
    meter(
        "second-value-in-a-slot",
        (22, 23),
        "Another value for the slot is refused, and the first may still be sent again.",
        begin,
        complete.meter_report(node, 9, 55),
        complete.meter_report(node, 9, 56, expect=refused("replayed")),
        complete.meter_report(node, 9, -55, expect=refused("replayed")),
        complete.meter_report(node, 9, 55),
        flags=["SlotReuse", "HalfDone"],
    )
    meter(
        "slot-decreases",
        (22, 23),
        "An earlier slot is refused, with a new value and with its old one.",
        begin,
        complete.meter_report(node, 9, 55),
        complete.meter_report(node, 10, 60),
        complete.meter_report(node, 9, 55, expect=refused("replayed")),
        complete.meter_report(node, 8, 1, expect=refused("replayed")),
        complete.meter_report(node, 0, 60, expect=refused("replayed")),
        complete.meter_report(node, 11, 61),
        flags=["SlotReuse"],
    )
    meter(
        "slot-decreases-below-2-to-32",
        (22,),
        "2^32 + 1 and then 1: the low 32 bits are the same.",
        begin,
        complete.meter_report(node, 2**32 + 1, 55),
        complete.meter_report(node, 1, 55, expect=refused("replayed")),
        flags=["SlotWidth"],
    )
    meter(
        "report-before-start",
        (21,),
        "A report without a start is refused; the start is not spoiled by it.",
        complete.meter_report(node, 9, 55, expect=refused("state")),
        begin,
        complete.meter_report(node, 9, 55),
        flags=["WrongState"],
    )
    meter(
        "second-start",
        (21,),
        "A second start is refused, the same or another, and changes nothing.",
        begin,
        complete.start(node, expect=refused("state")),
        complete.meter_report(node, 9, 55),
        complete.start(node, expect=refused("state"), supplier_key=draw_bytes(f"{label}/foreign", 32)),
        complete.meter_report(node, 9, 55),
        complete.meter_report(node, 10, 55),
        flags=["WrongState", "HalfDone"],
    )
    meter(
        "start-refused-then-right",
        (21,),
        "A refused start leaves the session unstarted.",
        complete.start(node, expect=refused("range"), expected_partners=len(nodes)),
        complete.meter_report(node, 9, 55, expect=refused("state")),
        begin,
        complete.meter_report(node, 9, 55),
        flags=["HalfDone"],
    )
    own = [*complete.keys(node)[1:], {"node": node, "key": draw_bytes(f"{label}/own", 32)}]
    twice = [*complete.keys(node)[1:], complete.keys(node)[1]]
    meter(
        "start-out-of-range",
        (21,),
        "What a start refuses: own node, a node twice, w, modulus, node.",
        complete.start(node, expect=refused("range"), keys=own),
        complete.start(node, expect=refused("range"), keys=twice),
        complete.start(node, expect=refused("range"), expected_partners=0),
        complete.start(node, expect=refused("range"), modulus=m + 13),
        complete.start(node, expect=refused("range"), modulus=2**256),
        complete.start(node, expect=refused("range"), node=2**32),
        complete.start(node, expect=refused("range"), node=-1),
        begin,
        flags=["OwnNode", "NotPowerOfTwo"],
    )
    if published:
        meter(
            "value-out-of-range",
            (12, 22),
            "One past either end of the centred range is refused, and the slot is still free.",
            begin,
            complete.meter_report(node, 9, high + 1, expect=refused("range")),
            complete.meter_report(node, 9, -high - 2, expect=refused("range")),
            complete.meter_report(node, 9, high),
            complete.meter_report(node, 10, -high - 1),
            complete.meter_report(node, 10, high + 1, expect=refused("range")),
            flags=["CentredRange", "HalfDone"],
        )
        lonely = Cluster(f"{label}/lonely", (1, 2, 3), m, 1)
        empty = next(
            t
            for t in range(9, 500)
            if not chosen({"keys": lonely.keys(1), "slot": t, "expected_partners": 1})
        )
        after = next(
            t
            for t in range(empty + 1, 500)
            if chosen({"keys": lonely.keys(1), "slot": t, "expected_partners": 1})
        )
        before = next(
            t for t in range(empty) if chosen({"keys": lonely.keys(1), "slot": t, "expected_partners": 1})
        )
        alone = refused("policy")
        meter(
            "no-partner-in-a-slot",
            (9, 22, 23),
            "No partner: no report, as often as asked; the session is as it was.",
            lonely.start(1),
            lonely.meter_report(1, before, 7),
            lonely.meter_report(1, empty, 8, expect=alone),
            lonely.meter_report(1, empty, 9, expect=alone),
            lonely.meter_report(1, before, 7),
            lonely.meter_report(1, after, 9),
            lonely.meter_report(1, empty, 8, expect=refused("replayed")),
            flags=["NoPartner", "HalfDone"],
        )
    else:
        meter(
            "not-the-complete-graph",
            (8, 21),
            "w = N - 2 is below the hardened profile's least.",
            complete.start(node, expect=refused("range"), expected_partners=len(nodes) - 2),
            begin,
            flags=["NoPartner"],
        )
        meter(
            "modulus-too-small",
            (21,),
            "m = 2^63 is below the hardened profile's least.",
            complete.start(node, expect=refused("range"), modulus=2**63),
            begin,
            flags=["SmallModulus"],
        )
    meter(
        "slot-negative",
        (22,),
        "Slot -1 is refused.",
        begin,
        complete.meter_report(node, -1, 5, expect=refused("range")),
        complete.meter_report(node, 0, 5),
        flags=["SlotWidth"],
    )
    meter(
        "sessions-apart",
        (21, 22),
        "Two sessions of one meter do not know each other's slots.",
        begin,
        complete.start(node, "second"),
        complete.meter_report(node, 9, 55),
        complete.meter_report(node, 8, 54, "second"),
        complete.meter_report(node, 8, 54, expect=refused("replayed")),
        complete.meter_report(node, 8, 53, "second", refused("replayed")),
        flags=["SessionMix"],
    )
    meter(
        "meter-is-no-supplier",
        (24, 25, 26),
        "A meter's session answers no step of the supplier's.",
        begin,
        complete.supplier_start(9, f"meter-{node}", refused("state")),
        complete.receive(node, 9, 55, refused("state"), f"meter-{node}"),
        step("supplier_total", f"meter-{node}", {}, refused("state")),
        complete.meter_report(node, 9, 55),
        flags=["WrongState"],
    )
    yield meter_file

    supplier_file = VectorFile(
        "dream",
        f"script-supplier-{profile}",
        profile,
        parameters={"modulus": f"{m:x}", "meters": len(nodes)},
        notes=NOTES,
    )

    def supplier(
        slug: str, numbers: Sequence[int], comment: str, *steps: Json, flags: Sequence[str] = ()
    ) -> None:
        supplier_file.script(
            f"dream-script/supplier-{profile}/{slug}",
            steps,
            comment=comment,
            source=SOURCE,
            flags=flags,
            requirements=ids(*numbers),
        )

    opened = complete.supplier_start(slot)
    rest = [complete.receive(n, slot, values[n], received(count)) for count, n in enumerate(nodes, 1)]
    finish = [*rest[1:], total(sum(values.values()))]
    first = nodes[0]
    early = step("supplier_total", "supplier", {}, refused("state"))
    supplier(
        "total-too-early",
        (26,),
        "No total before all have reported, not with one missing either.",
        opened,
        early,
        *(part for answer in rest[:-1] for part in (answer, early)),
        *finish[-2:],
        flags=["WrongState", "MissingMeter"],
    )
    supplier(
        "before-start",
        (24, 25, 26),
        "Nothing is answered before the start.",
        complete.receive(first, slot, values[first], refused("state")),
        early,
        opened,
        *rest,
        finish[-1],
        flags=["WrongState"],
    )
    supplier(
        "second-start",
        (24,),
        "A second start is refused and forgets nothing.",
        opened,
        rest[0],
        complete.supplier_start(slot, expect=refused("state")),
        complete.supplier_start(slot + 1, expect=refused("state")),
        *finish,
        flags=["WrongState", "HalfDone"],
    )
    supplier(
        "duplicate-report",
        (25,),
        "A report that comes twice is refused the second time.",
        opened,
        rest[0],
        complete.receive(first, slot, values[first], refused("replayed")),
        *finish,
        flags=["Replay", "HalfDone"],
    )
    supplier(
        "second-report-authentic",
        (25,),
        "A second report of a meter is refused though its tag verifies.",
        opened,
        rest[0],
        complete.receive(first, slot, values[first] + 1, refused("replayed")),
        *finish,
        flags=["Replay"],
    )
    genuine = complete.report(first, slot, values[first])
    flipped_first = bytes([H(genuine["tag"])[0] ^ 1]) + H(genuine["tag"])[1:]
    flipped_last = H(genuine["tag"])[:-1] + bytes([H(genuine["tag"])[-1] ^ 128])
    bad_tags = {
        "tag-first-bit": ("The first byte of the tag is changed.", flipped_first),
        "tag-last-bit": ("The last byte of the tag is changed.", flipped_last),
        "tag-all-zero": ("A tag of zeros.", bytes(32)),
        "tag-of-another-slot": (
            "The tag of the slot before.",
            report_tag(
                complete.supplier_keys[first],
                complete.roster,
                first,
                slot - 1,
                m,
                int(genuine["ciphertext"], 16),
            ),
        ),
        "tag-of-another-roster": (
            "The tag under another roster.",
            report_tag(
                complete.supplier_keys[first],
                draw_bytes(f"{label}/roster", 32),
                first,
                slot,
                m,
                int(genuine["ciphertext"], 16),
            ),
        ),
        "tag-of-another-node": (
            "The tag of another node under this one's key.",
            report_tag(
                complete.supplier_keys[first],
                complete.roster,
                nodes[1],
                slot,
                m,
                int(genuine["ciphertext"], 16),
            ),
        ),
        "tag-under-another-key": (
            "The tag under another meter's key.",
            report_tag(
                complete.supplier_keys[nodes[1]],
                complete.roster,
                first,
                slot,
                m,
                int(genuine["ciphertext"], 16),
            ),
        ),
    }
    for slug, (comment, tag) in bad_tags.items():
        flag = "BadTag" if slug.startswith(("tag-first", "tag-last", "tag-all")) else "Binding"
        supplier(
            slug,
            (20, 25),
            comment,
            opened,
            complete.receive(first, slot, values[first], refused("unauthentic"), tag=tag),
            *rest,
            finish[-1],
            flags=[flag, "HalfDone"],
        )
    supplier(
        "ciphertext-changed",
        (20, 25),
        "A bit of the ciphertext is changed on the way.",
        opened,
        complete.receive(
            first, slot, values[first], refused("unauthentic"), ciphertext=int(genuine["ciphertext"], 16) ^ 1
        ),
        *rest,
        finish[-1],
        flags=["BadTag"],
    )
    supplier(
        "report-of-another-slot",
        (25,),
        "A genuine report of the slot before.",
        opened,
        complete.receive(first, slot - 1, values[first], refused("unauthentic")),
        *rest,
        finish[-1],
        flags=["Binding"],
    )
    supplier(
        "report-under-another-name",
        (25,),
        "A genuine report of another meter.",
        opened,
        complete.receive(nodes[1], slot, values[nodes[1]], refused("unauthentic"), node=first),
        *rest,
        finish[-1],
        flags=["Binding"],
    )
    supplier(
        "ciphertext-not-reduced",
        (25,),
        "The ciphertext and m are added: the same residue, and refused.",
        opened,
        complete.receive(
            first, slot, values[first], refused("range"), ciphertext=int(genuine["ciphertext"], 16) + m
        ),
        *rest,
        finish[-1],
        flags=["NotReduced"],
    )
    supplier(
        "ciphertext-equals-modulus",
        (25,),
        "The ciphertext is m.",
        opened,
        complete.receive(first, slot, values[first], refused("range"), ciphertext=m),
        *rest,
        finish[-1],
        flags=["NotReduced"],
    )
    supplier(
        "node-not-on-the-roster",
        (25,),
        "A node that is not in the cluster, and one that no node can be.",
        opened,
        complete.receive(
            first,
            slot,
            values[first],
            refused("range"),
            node=first + 1 if first + 1 not in nodes else first + 3,
        ),
        complete.receive(first, slot, values[first], refused("range"), node=2**32),
        *rest,
        finish[-1],
        flags=["NodeIsUnsigned"],
    )
    listed = [{"node": n, "key": complete.supplier_keys[n]} for n in nodes]
    supplier(
        "start-out-of-range",
        (24,),
        "What a start refuses: a node twice, slot -1, the modulus.",
        complete.supplier_start(slot, expect=refused("range"), keys=[*listed, listed[0]]),
        complete.supplier_start(-1, expect=refused("range")),
        complete.supplier_start(slot, expect=refused("range"), modulus=m + 13),
        complete.supplier_start(slot, expect=refused("range"), modulus=1),
        complete.receive(first, slot, values[first], refused("state")),
        opened,
        *rest,
        finish[-1],
        flags=["DuplicateNode", "HalfDone"],
    )
    if not published:
        supplier(
            "modulus-too-small",
            (24,),
            "m = 2^63 is below the hardened profile's least.",
            complete.supplier_start(slot, expect=refused("range"), modulus=2**63),
            opened,
            *rest,
            finish[-1],
            flags=["SmallModulus"],
        )
    other = f"other-{slot}"
    supplier(
        "sessions-apart",
        (24, 25, 26),
        "A report taken in by one session counts in no other.",
        opened,
        complete.supplier_start(slot, other),
        *rest,
        finish[-1],
        step("supplier_total", other, {}, refused("state")),
        complete.receive(first, slot, values[first], received(1), other),
        flags=["SessionMix"],
    )
    supplier(
        "supplier-is-no-meter",
        (21, 22),
        "A supplier's session answers no step of a meter's.",
        opened,
        complete.start(first, "supplier", refused("state")),
        complete.meter_report(first, slot, 5, "supplier", refused("state")),
        *rest,
        finish[-1],
        flags=["WrongState"],
    )
    yield supplier_file


PROFILES = ("published", "hardened")
BY_PROFILE: tuple[Callable[[str], VectorFile], ...] = (
    public_key_file,
    select_file,
    modulus_file,
    parameters_file,
    certify_file,
    check_certificate_file,
    roster_file,
    authenticate_file,
)


def files() -> Iterator[VectorFile]:
    """Every vector file of the chapter."""
    for name, profile, m in (
        ("2", "published", 2),
        ("3", "published", 3),
        ("16", "published", 16),
        ("odd-1000003", "published", 1000003),
        ("32", "published", 2**32),
        ("64", "hardened", 2**64),
        ("odd-64", "hardened", 2**64 + 13),
        ("128", "hardened", 2**128),
        ("255", "hardened", 2**255),
        ("odd-256", "hardened", 2**256 - 189),
    ):
        yield mask_file(name, profile, m)
        yield aggregate_file(name, profile, m)
    yield mask_largest_file()
    yield aggregate_largest_file()
    yield select_largest_file()
    yield roster_largest_file()
    for profile in PROFILES:
        for make in BY_PROFILE:
            yield make(profile)
        for operation in ("pairwise_key", "supplier_key"):
            yield agreement_file(operation, profile)
        for operation in ("keystream", "dummy_key"):
            yield prf_file(operation, profile)
        yield from script_files(profile)
