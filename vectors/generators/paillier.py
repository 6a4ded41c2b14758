"""The vectors of the Paillier chapter.

Every expected value is the reference's, unless `source` names another: by hand, or a library that
computed it on its own (data/paillier_phe.json says which, and how).
"""

import json
from collections.abc import Callable, Iterator
from math import gcd, prod
from pathlib import Path
from typing import Any

from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below
from meter_privacy.vectors.generators.paillier_primes import EDGES, ODD_SIZES, factors, single

PHE = Path(__file__).parent / "data" / "paillier_phe.json"

TOY = ((3, 5), (5, 7), (7, 11), (11, 13), (53, 61))
DEPENDENT_TOY = ((3, 7), (5, 11), (7, 29))
ODD_NAMES = (
    *(f"bits-{bits}" for bits in ODD_SIZES),
    *(f"{side}-{edge}" for edge in EDGES for side in ("below", "above")),
)
PUBLISHED_SIZES = ("512", "1024", "2048")

ISO = "ISO/IEC 18033-6:2019, 6.3"
PAPER = "paper D, III.A"


def note(bug: str, effect: str, *links: str) -> Json:
    """What a flag says of the bug that its tests catch."""
    return {"bug": bug, "effect": effect, "links": list(links)}


NOTES: dict[str, Json] = {
    "PlaintextReduced": note(
        "a plaintext of n or more is reduced modulo n in silence instead of being refused",
        "a sum or a bill that does not fit is reported as a small one",
        "https://github.com/data61/python-paillier/issues/62", "spec/errata.md"),
    "RandomnessIgnored": note(
        "the randomness is ignored, replaced or drawn again inside",
        "ciphertexts cannot be reproduced by a test, or all carry the same randomness and differences show",
        "spec/paillier.md"),
    "RandomnessZero": note(
        "r = 0 is accepted", "the ciphertext is 0 and the reading is lost", PAPER),
    "CiphertextOne": note(
        "the ciphertext 1 is accepted in the hardened profile",
        "a step that left its randomness out goes unseen, and everybody reads the 0", "spec/paillier.md"),
    "RandomnessRepeated": note(
        "randomness is used for two ciphertexts",
        "the quotient of the ciphertexts shows the difference of two readings", "spec/paillier.md"),
    "RandomnessOne": note(
        "r = 1 is accepted in the hardened profile",
        "the ciphertext is 1 + m n: anybody reads m off it by one division", "spec/paillier.md"),
    "OffByOne": note(
        "a bound is tested with <= for < or the other way round",
        "the value n (or n^2) is accepted as an alias of zero, or the largest legal value is refused", ISO),
    "NonUnit": note(
        "gcd(r, n) or gcd(c, n) is not tested",
        "r publishes a factor of n to whoever sees c; a bad c decrypts to junk that looks like a reading",
        "spec/errata.md"),
    "ZeroCiphertext": note(
        "c = 0 is accepted", "a meter injects a value that absorbs every sum it is multiplied into", ISO),
    "OutOfRangeCiphertext": note(
        "a ciphertext of n^2 or more is reduced instead of being refused",
        "one ciphertext has many encodings, and a check for duplicates or replays is passed by", ISO),
    "EqualPrimes": note(
        "p = q is accepted",
        "n = p^2 is factored by a square root, and c^lambda is not 1 modulo n, so that decryption is wrong",
        "spec/paillier.md"),
    "CompositePrime": note(
        "p or q is not tested for primality, or only by a test that special composites pass",
        "decryption is wrong, and n has more and smaller factors than it promises", "FIPS 186-5, B.3.1"),
    "FermatTest": note(
        "primality is decided by Fermat's test", "Carmichael numbers pass as primes", "FIPS 186-5, B.3.1"),
    "FixedBases": note(
        "Miller-Rabin with a fixed list of small bases",
        "a composite built for those bases passes as a prime", "FIPS 186-5, B.3.1"),
    "DependentPrimes": note(
        "gcd(n, (p - 1)(q - 1)) = 1 is not tested",
        "mu does not exist: key generation fails late, loops forever, or returns a key that cannot decrypt",
        "spec/errata.md"),
    "ShortModulus": note(
        "the profile's least length of n is not enforced", "a key below 128 bits of security is put to use",
        "NIST SP 800-57 part 1, table 2"),
    "UnequalPrimes": note(
        "primes of unequal length are accepted in the hardened profile",
        "the smaller one is within reach of the elliptic-curve method", "spec/paillier.md"),
    "EvenModulus": note(
        "an even modulus is accepted", "Montgomery arithmetic answers nonsense or hangs", "spec/paillier.md"),
    "PrimeModulus": note(
        "a prime modulus is accepted", "everybody can decrypt: lambda = n - 1", "spec/paillier.md"),
    "PerfectPower": note(
        "a modulus a^k is accepted", "it is factored by a root, and encryption may not be injective",
        "spec/errata.md"),
    "SmallFactor": note(
        "a foreign modulus is not tested for small factors", "a factor of n falls to trial division",
        "spec/paillier.md"),
    "GeneratorOrder": note(
        "n does not divide the order of g, and nobody looks",
        "several plaintexts share a ciphertext, and mu does not exist", PAPER),
    "GeneratorUnit": note(
        "a g that shares a factor with n is accepted", "ciphertexts are no units and do not decrypt", PAPER),
    "GeneratorShortcut": note(
        "(1 + m n) r^n is computed whatever g is, as paper D prints it",
        "sender and receiver disagree on every plaintext", "spec/errata.md"),
    "NotReduced": note(
        "a product is not reduced modulo n^2", "the ciphertext has no fixed size and shows its operands",
        "spec/errata.md"),
    "CarryLost": note(
        "a carry is lost between limbs, where limbs are all ones or zero",
        "rare operands give a wrong result", "spec/paillier.md"),
    "LimbBoundary": note(
        "a length in limbs is rounded down, or the top limb is taken for full",
        "moduli whose length is just beside a multiple of the word give wrong results", "spec/paillier.md"),
    "LeadingZeros": note(
        "leading zero bytes of a value shift it, or its printed length is taken for its size",
        "one ciphertext in 256 is wrong", "spec/target_protocol.md"),
    "FactorsSwapped": note(
        "p and q are not interchangeable: the recombination supposes p < q or equal lengths",
        "half of all keys encrypt or decrypt wrongly", "spec/paillier.md"),
    "SignLost": note(
        "the upper half of the residues is read as positive, or a sign is dropped",
        "a home that feeds in shows as one with an enormous consumption",
        "https://github.com/data61/python-paillier/issues/74", "spec/errata.md"),
    "CentreOffByOne": note(
        "the border between positive and negative is off by one",
        "the values +-(n - 1)/2 change their sign", "spec/paillier.md"),
    "HeadroomIgnored": note(
        "the headroom rule is not enforced, or enforced as N maximum < n",
        "the sum of all meters wraps and reads as a small or a negative one", "spec/errata.md"),
    "WordOverflow": note(
        "2 N maximum_wh is computed in 64 bits", "a sum that does not fit is accepted after it wrapped",
        "spec/paillier.md"),
    "ListIgnored": note(
        "only the first, the last or distinct elements of a list enter the result or its checks",
        "meters are left out of the sum, or a bad ciphertext slips in behind a good one", "spec/paillier.md"),
    "SumWraps": note(
        "a sum modulo n is taken for the sum", "nothing shows that the plaintext wrapped", "spec/errata.md"),
    "ScalarZero": note(
        "the scalar 0 is accepted in the hardened profile",
        "the result is 1, which is no ciphertext to show around",
        "spec/errata.md"),
    "ScalarEdge": note(
        "the exponentiation is wrong for exponents 0 or 1, or for those with long runs of equal bits",
        "sliding windows read past their table or leave a square out", "spec/paillier.md"),
    "NonMinimal": note(
        "a number is accepted in more than one encoding",
        "one value has two byte strings: signatures, comparisons and replay checks are passed by",
        "spec/target_protocol.md"),
    "LaxParser": note(
        "the parser of numbers takes what a library takes: signs, spaces, prefixes, underscores",
        "two implementations read different values from one message", "spec/target_protocol.md"),
    "WrongType": note(
        "a value of another type is converted in silence", "null, true or a list becomes a reading",
        "spec/target_protocol.md"),
    "MemberSet": note(
        "missing, unknown or repeated members are let through",
        "two implementations read different values from one message", "spec/target_protocol.md"),
    "FrameLength": note(
        "lengths inside a frame are trusted",
        "reads past the end of the buffer, or bytes that nobody checked",
        "spec/target_protocol.md"),
    "Exhaustive": note(
        "any wrong result at all", "every unit and every plaintext of a toy modulus is there", ISO),
    "Textbook": note(
        "the formula itself is wrong", "nothing decrypts", PAPER),
}  # fmt: skip


def h(value: int) -> str:
    """A bigint in the JSON form."""
    return f"{value:x}"


def frame(*values: int) -> bytes:
    """Bigints of a payload of the binary framing."""
    return b"".join(sized(value.to_bytes((value.bit_length() + 7) // 8, "big")) for value in values)


def sized(data: bytes) -> bytes:
    """Bytes behind their 16-bit length."""
    return len(data).to_bytes(2, "little") + data


class Suite(VectorFile):
    """A file of one operation, with the chapter's notes and ids of three parts."""

    def __init__(
        self, suffix: str, parameter_set: str, profile: str = "published", **parameters: Any
    ) -> None:
        slug = suffix.replace("_", "-")
        super().__init__(
            chapter="paillier",
            name=f"{slug}-{parameter_set}",
            profile=profile,
            operation=f"paillier.{suffix}",
            parameters=parameters,
            notes=NOTES,
        )
        self.prefix = f"paillier-{slug}/{parameter_set}"

    def accept(
        self, slug: str, given: Json, requirements: str, comment: str, *flags: str, **rest: Any
    ) -> None:
        """A test that expects the output."""
        self.positive(
            f"{self.prefix}/{slug}",
            given,
            requirements=ids(requirements),
            comment=comment,
            flags=flags,
            **rest,
        )

    def refuse(
        self, slug: str, given: Json, error: str, requirements: str, comment: str, *flags: str
    ) -> None:
        """A test that expects an error class."""
        self.negative(
            f"{self.prefix}/{slug}",
            given,
            error,
            requirements=ids(requirements),
            comment=comment,
            flags=flags,
        )

    def break_grammar(
        self, slug: str, requirements: str, comment: str, *flags: str,
        text: str | None = None, payload: bytes | None = None,
    ) -> None:  # fmt: skip
        """A test whose input is outside the grammar."""
        self.raw(
            f"{self.prefix}/{slug}",
            json_text=text,
            frame=payload,
            requirements=ids(requirements),
            comment=comment,
            flags=flags,
        )


def ids(numbers: str) -> list[str]:
    """Requirement ids of a list of numbers: "6 7" is PAILLIER-6 and PAILLIER-7."""
    return [f"PAILLIER-{number}" for number in dict.fromkeys(numbers.split())]


def unit(label: str, n: int) -> int:
    """A unit modulo n, at least 2, from a label's stream."""
    number = 0
    while True:
        r = 2 + draw_below(f"paillier/unit/{label}/{number}", n - 2)
        if gcd(r, n) == 1:
            return r
        number += 1


def plaintext(label: str, n: int) -> int:
    """A plaintext modulo n from a label's stream."""
    return draw_below(f"paillier/plaintext/{label}", n)


def enc(n: int, m: int, r: int) -> int:
    """c = (1 + m n) r^n mod n^2, to prepare inputs of other operations."""
    return (1 + m * n) * pow(r, n, n * n) % (n * n)


def plaintext_for_upper_half(n: int, r: int, upper: int) -> int:
    """The m for which c = (1 + m n) r^n mod n^2 has the quotient `upper` by n.

    With r^n = s0 + n s1, c = s0 + n ((s1 + m s0) mod n), so that m = (upper - s1) / s0 modulo n.
    """
    s1, s0 = divmod(pow(r, n, n * n), n)
    return (upper - s1) * pow(s0, -1, n) % n


def largest_ones(n: int) -> int:
    """The largest 2^k - 1 below n that is a unit modulo n."""
    k = n.bit_length() - 1
    while gcd((1 << k) - 1, n) != 1:
        k -= 1
    return (1 << k) - 1


def non_units(p: int, q: int) -> list[tuple[str, int]]:
    """Values below n that share a factor with it."""
    n = p * q
    return [("p", p), ("q", q), ("twice-p", 2 * p), ("n-minus-p", n - p)]


BAD_NUMBERS: tuple[tuple[str, Callable[[str], str], str, str], ...] = (
    ("leading-zero", lambda v: f'"0{v}"', "a leading zero", "NonMinimal"),
    ("two-leading-zeros", lambda v: f'"00{v}"', "a whole leading zero byte", "NonMinimal"),
    ("upper-case", lambda v: f'"{v.upper()}"', "upper-case hexadecimal", "NonMinimal"),
    ("prefix-0x", lambda v: f'"0x{v}"', "the prefix 0x", "LaxParser"),
    ("plus-sign", lambda v: f'"+{v}"', "a plus sign", "LaxParser"),
    ("minus-sign", lambda v: f'"-{v}"', "a negative value where the table says unsigned", "SignLost"),
    ("minus-zero", lambda _: '"-0"', "a zero with a sign", "NonMinimal"),
    ("empty", lambda _: '""', "the empty string", "LaxParser"),
    ("leading-space", lambda v: f'" {v}"', "a space in front", "LaxParser"),
    ("trailing-newline", lambda v: f'"{v}\\n"', "a newline behind", "LaxParser"),
    ("underscore", lambda v: f'"{v[0]}_{v[1:]}0"', "an underscore between digits", "LaxParser"),
    ("wide-digit", lambda v: f'"{v}\\uff11"', "a digit outside ASCII", "LaxParser"),
    (
        "lone-surrogate",
        lambda v: f'"{v}\\ud800"',
        "half of a surrogate pair, which no UTF-8 encodes",
        "LaxParser",
    ),
    ("no-digit", lambda v: f'"{v}g"', "a character that is no hexadecimal digit", "LaxParser"),
    ("fraction", lambda v: f'"{v}.0"', "a fraction", "LaxParser"),
    ("number", lambda _: "5", "a JSON number for a string", "WrongType"),
    ("null", lambda _: "null", "null", "WrongType"),
    ("true", lambda _: "true", "a truth value", "WrongType"),
    ("list", lambda v: f'["{v}"]', "a list around the value", "WrongType"),
    ("nested", lambda v: f'{{"hex": "{v}"}}', "an object around the value", "WrongType"),
)


def bad_number(suite: Suite, given: Json, member: str, requirements: str, *names: str) -> None:
    """Add inputs whose one member is outside the grammar of unsigned bigints."""
    for name, build, comment, flag in BAD_NUMBERS:
        if names and name not in names:
            continue
        valid = given[member]
        text = ", ".join(
            f'"{key}": {build(valid) if key == member else json.dumps(value)}' for key, value in given.items()
        )
        payload = None
        if name == "two-leading-zeros":
            payload = b"".join(
                sized((b"\x00" if key == member else b"") + frame(int(value, 16))[2:])
                for key, value in given.items()
            )
        slug = f"{member}-{name}"
        suite.break_grammar(
            slug, requirements, f"{member}: {comment}", flag, text=f"{{{text}}}", payload=payload
        )


def bad_members(suite: Suite, given: Json, requirements: str) -> None:
    """Add inputs with missing, unknown and repeated members, and texts that are no object."""
    text = json.dumps(given)
    for member in given:
        rest = {key: value for key, value in given.items() if key != member}
        suite.break_grammar(
            f"missing-{member}", requirements, f"{member} is missing", "MemberSet", text=json.dumps(rest)
        )
    first = next(iter(given))
    repeated = text[:-1] + f", {json.dumps(first)}: {json.dumps(given[first])}}}"
    suite.break_grammar("repeated-member", requirements, f"{first} stands twice", "MemberSet", text=repeated)
    unknown = json.dumps({**given, "generator_hint": "2"})
    suite.break_grammar(
        "unknown-member", requirements, "a member that the table lacks", "MemberSet", text=unknown
    )
    suite.break_grammar(
        "input-is-a-list",
        requirements,
        "the fields in a list",
        "WrongType",
        text=json.dumps(list(given.values())),
    )


def bad_frames(suite: Suite, values: list[int], requirements: str, lead: bytes = b"") -> None:
    """Add payloads whose lengths lie, of an operation with bigint fields only (behind `lead`)."""
    good = lead + frame(*values)
    last = frame(values[-1])
    head = good[: len(good) - len(last)]
    size = len(last) - 2
    cases = (
        ("trailing-byte", good + b"\x00", "one byte behind the last field"),
        ("cut-short", good[:-1], "the last byte is missing"),
        ("half-a-length", head + last[:1], "the payload ends inside a length"),
        (
            "length-past-the-end",
            head + (size + 1).to_bytes(2, "little") + last[2:],
            "the last length is one too large",
        ),
        (
            "length-too-small",
            head + (size - 1).to_bytes(2, "little") + last[2:],
            "the last length is one too small",
        ),
        ("length-ffff", head + b"\xff\xff" + last[2:], "the last length is the largest of 16 bits"),
    )
    for slug, payload, comment in cases:
        suite.break_grammar(f"frame-{slug}", requirements, comment, "FrameLength", payload=payload)
    suite.break_grammar(
        "frame-leading-zero",
        requirements,
        "the last bigint has a leading zero byte",
        "NonMinimal",
        payload=head + sized(b"\x00" + last[2:]),
    )


# Keys


def key_files() -> Iterator[VectorFile]:
    """paillier.key."""
    suite = Suite("key", "toy", sizes="15 to 3233")
    by_hand = {(3, 5): (4, 4), (5, 7): (12, 3)}
    for p, q in TOY:
        output = None
        if (p, q) in by_hand:
            lambda_, mu = by_hand[p, q]
            output = {"modulus": h(p * q), "lambda": h(lambda_), "mu": h(mu)}
        rest: Json = {"output": output, "source": "by hand"} if output else {}
        suite.accept(f"{p}-{q}", {"p": h(p), "q": h(q)}, "1 2 3", f"n = {p * q}", "Textbook", **rest)
    suite.accept(
        "61-53", {"p": h(61), "q": h(53)}, "1 2 3", "the larger prime first: the same key", "FactorsSwapped"
    )
    suite.accept(
        "3-11", {"p": "3", "q": "b"}, "1 2 3", "the least prime; 3 does not divide 11 - 1", "OffByOne"
    )
    for p, q in DEPENDENT_TOY:
        suite.refuse(
            f"dependent-{p}-{q}",
            {"p": h(p), "q": h(q)},
            "not-invertible",
            "2",
            f"{p} divides {q} - 1: lambda has no inverse modulo {p * q}",
            "DependentPrimes",
        )
    suite.refuse(
        "dependent-7-3",
        {"p": "7", "q": "3"},
        "not-invertible",
        "2",
        "the same with the larger prime first",
        "DependentPrimes",
        "FactorsSwapped",
    )
    for p in (0, 1, 2):
        suite.refuse(f"p-is-{p}", {"p": h(p), "q": "5"}, "range", "1", f"p = {p} is below 3", "OffByOne")
    suite.refuse(
        "q-is-2", {"p": "5", "q": "2"}, "range", "1", "q = 2, the even prime", "OffByOne", "EvenModulus"
    )
    suite.refuse("p-even", {"p": "4", "q": "5"}, "range", "1", "p = 4", "EvenModulus")
    suite.refuse("q-even", {"p": "5", "q": "1000"}, "range", "1", "q = 4096", "EvenModulus")
    suite.refuse("equal", {"p": "b", "q": "b"}, "range", "1", "p = q = 11", "EqualPrimes")
    for composite, why in ((9, "3^2"), (15, "3 5"), (961, "31^2"), (997**2, "997^2"), (1009**2, "1009^2")):
        suite.refuse(
            f"composite-{composite}",
            {"p": h(composite), "q": h(65537)},
            "range",
            "1",
            f"p = {composite} = {why}",
            "CompositePrime",
        )
    for composite in (561, 1105, 1729, 2465, 6601, 8911, 1024651):
        suite.refuse(
            f"carmichael-{composite}",
            {"p": h(65537), "q": h(composite)},
            "range",
            "1",
            f"q = {composite} passes Fermat's test to every base prime to it",
            "FermatTest",
        )
    for composite, bases in (
        (2047, 1), (1373653, 2), (25326001, 3), (3215031751, 4), (2152302898747, 5), (3474749660383, 6),
        (341550071728321, 8), (3825123056546413051, 11),
        (318665857834031151167461, 12), (3317044064679887385961981, 13),
    ):  # fmt: skip
        suite.refuse(
            f"pseudoprime-{composite}",
            {"p": h(composite), "q": h(1000003)},
            "range",
            "1",
            f"p = {composite} is composite and passes Miller-Rabin to the first {bases} prime bases",
            "FixedBases",
        )
    toy: Json = {"p": "3b", "q": "3d"}
    bad_number(suite, toy, "q", "1", "leading-zero", "minus-sign", "number", "empty", "wide-digit")
    bad_members(suite, toy, "1")
    bad_frames(suite, [59, 61], "1")
    yield suite

    for size in PUBLISHED_SIZES:
        p, q = factors(size)
        suite = Suite("key", size, modulus_bits=int(size))
        suite.accept("key", {"p": h(p), "q": h(q)}, "1 2 3", f"{size}-bit n", "Textbook")
        suite.accept("swapped", {"p": h(q), "q": h(p)}, "1 2 3", "the same key", "FactorsSwapped")
        suite.refuse("equal", {"p": h(p), "q": h(p)}, "range", "1", "p = q", "EqualPrimes")
        suite.refuse("p-plus-one", {"p": h(p + 1), "q": h(q)}, "range", "1", "p + 1 is even", "EvenModulus")
        if size == "512":
            a, b = factors("unequal-512")
            suite.accept(
                "unequal",
                {"p": h(a), "q": h(b)},
                "1 2 3",
                "primes of 160 and 352 bits, which the published profile takes",
                "FactorsSwapped",
            )
            a, b = factors("dependent-512")
            suite.refuse(
                "dependent", {"p": h(a), "q": h(b)}, "not-invertible", "2", "q = 2 k p + 1", "DependentPrimes"
            )
            suite.refuse(
                "carmichael",
                {"p": h(single("carmichael-512")), "q": h(q)},
                "range",
                "1",
                "p = (6k + 1)(12k + 1)(18k + 1), which passes Fermat's test",
                "FermatTest",
            )
            suite.refuse(
                "p-composite", {"p": h(a * b), "q": h(q)}, "range", "1", "p has two factors", "CompositePrime"
            )
            suite.refuse(
                "q-composite", {"p": h(p), "q": h(a * b)}, "range", "1", "q has two factors", "CompositePrime"
            )
        if size == "2048":
            suite.refuse(
                "p-too-long",
                {"p": h(single("prime-2049")), "q": h(q)},
                "range",
                "1",
                "a prime of 2049 bits",
                "OffByOne",
            )
        yield suite
    suite = Suite("key", "odd-sizes", sizes="n beside multiples of the word")
    for name in ODD_NAMES:
        p, q = factors(name)
        suite.accept(
            name, {"p": h(p), "q": h(q)}, "1 2 3", f"n has {(p * q).bit_length()} bits", "LimbBoundary"
        )
    yield suite

    suite = Suite("key", "3072", "hardened", modulus_bits=3072)
    p, q = factors("3072")
    suite.accept("key", {"p": h(p), "q": h(q)}, "1 2 3", "3072-bit n, the least that is taken", "OffByOne")
    a, b = factors("short-3071")
    assert (a * b).bit_length() == 3071
    suite.refuse(
        "modulus-3071", {"p": h(a), "q": h(b)}, "range", "3", "equal lengths, n of 3071 bits", "ShortModulus"
    )
    a, b = factors("2048")
    suite.refuse("modulus-2048", {"p": h(a), "q": h(b)}, "range", "3", "n of 2048 bits", "ShortModulus")
    suite.refuse("toy", {"p": "35", "q": "3d"}, "range", "3", "a toy key", "ShortModulus")
    a, b = factors("unequal-3072")
    assert (a * b).bit_length() == 3072
    suite.refuse(
        "unequal", {"p": h(a), "q": h(b)}, "range", "3", "primes of 1500 and 1572 bits", "UnequalPrimes"
    )
    suite.refuse("equal", {"p": h(p), "q": h(p)}, "range", "1", "p = q", "EqualPrimes")
    a, b = single("prime-768"), single("prime-768")
    composite = a * b
    assert composite.bit_length() == 1536
    assert (composite * max(p, q)).bit_length() == 3072
    suite.refuse(
        "p-square",
        {"p": h(composite), "q": h(max(p, q))},
        "range",
        "1",
        "p is the square of a 768-bit prime",
        "CompositePrime",
    )
    composite = p + 2
    while composite % 5 or gcd(composite * q, (composite - 1) * (q - 1)) != 1:
        composite += 2
    assert (composite * q).bit_length() == 3072
    suite.refuse(
        "p-divisible-by-5",
        {"p": h(composite), "q": h(q)},
        "range",
        "1",
        "p is divisible by 5",
        "CompositePrime",
    )
    bad_number(suite, {"p": h(p), "q": h(q)}, "p", "1", "two-leading-zeros", "upper-case")
    yield suite
    suite = Suite("key", "4096", "hardened", modulus_bits=4096)
    p, q = factors("4096")
    suite.accept("key", {"p": h(p), "q": h(q)}, "1 2 3", "4096-bit n, the largest", "OffByOne")
    suite.refuse(
        "p-2049-bits",
        {"p": h(single("prime-2049")), "q": h(q)},
        "range",
        "1",
        "a prime of 2049 bits",
        "OffByOne",
    )
    yield suite


def check_modulus_files() -> Iterator[VectorFile]:
    """paillier.check_modulus."""
    suite = Suite("check_modulus", "toy", sizes="below 2^100")
    for n, comment, flag in (
        (15, "the least modulus", "OffByOne"),
        (21, "gcd(n, phi(n)) = 3, which does not show without the factors", "DependentPrimes"),
        (35, "5 7", "Textbook"),
        (45, "3^2 5: a square factor is no perfect power", "PerfectPower"),
        (105, "3 5 7: three primes do not show", "SmallFactor"),
        (675, "3^3 5^2: exponents without a common divisor", "PerfectPower"),
        (561, "a Carmichael number is composite, and so no prime modulus", "FermatTest"),
        (3233, "53 61", "Textbook"),
        (2047, "composite, passes Miller-Rabin to the base 2", "FixedBases"),
        (
            318665857834031151167461,
            "composite, passes Miller-Rabin to the first 12 prime bases",
            "FixedBases",
        ),
        (
            3317044064679887385961981,
            "composite, passes Miller-Rabin to the first 13 prime bases",
            "FixedBases",
        ),
        (3**40 - 2, "beside a power of 3", "PerfectPower"),
    ):
        suite.accept(f"accept-{n}", {"modulus": h(n)}, "5", comment, flag)
    for n in (0, 1, 13):
        suite.refuse(f"below-{n}", {"modulus": h(n)}, "range", "5", f"{n} is below 15", "OffByOne")
    for n in (22, 30, 3234):
        suite.refuse(f"even-{n}", {"modulus": h(n)}, "range", "5", f"{n} is even", "EvenModulus")
    for n, comment in (
        (17, "17"), (991, "991"), (997, "997"), (1009, "1009"), (65537, "2^16 + 1"), (2**31 - 1, "2^31 - 1"),
        (2**61 - 1, "2^61 - 1"), (2**64 - 59, "2^64 - 59"), (2**64 + 13, "2^64 + 13"),
        (2**89 - 1, "2^89 - 1"),
    ):  # fmt: skip
        suite.refuse(f"prime-{n}", {"modulus": h(n)}, "range", "5", f"{comment} is prime", "PrimeModulus")
    for base, exponent in (
        (5, 2),
        (3, 3),
        (3, 4),
        (15, 2),
        (3, 5),
        (15, 3),
        (3, 7),
        (7, 6),
        (3, 17),
        (3, 61),
        (1009, 3),
    ):
        suite.refuse(
            f"power-{base}-{exponent}",
            {"modulus": h(base**exponent)},
            "range",
            "5",
            f"{base}^{exponent}",
            "PerfectPower",
        )
    bad_number(suite, {"modulus": "cd1"}, "modulus", "5")
    bad_members(suite, {"modulus": "cd1"}, "5")
    bad_frames(suite, [3281], "5")
    yield suite
    suite = Suite("check_modulus", "published", sizes="63 to 4096")
    for name in (*(f"bits-{bits}" for bits in ODD_SIZES), "above-256", "below-256", "512", "1024", "2048"):
        suite.accept(name, {"modulus": h(prod(factors(name)))}, "5", f"p q of the key {name}", "LimbBoundary")
    suite.accept(
        "carmichael-512",
        {"modulus": h(single("carmichael-512"))},
        "5",
        "a Carmichael number of three large primes is composite",
        "FermatTest",
    )
    p, q = factors("512")
    suite.refuse("prime-512", {"modulus": h(single("prime-512"))}, "range", "5", "a prime", "PrimeModulus")
    suite.refuse(
        "mersenne-521", {"modulus": h(2**521 - 1)}, "range", "5", "the prime 2^521 - 1", "PrimeModulus"
    )
    for exponent in (2, 3, 5, 7, 11, 13):
        suite.refuse(
            f"power-{exponent}", {"modulus": h(p**exponent)}, "range", "5", f"p^{exponent}", "PerfectPower"
        )
    suite.refuse("square-of-n", {"modulus": h((p * q) ** 2)}, "range", "5", "n^2", "PerfectPower")
    suite.refuse(
        "power-of-3", {"modulus": h(3**2579)}, "range", "5", "3^2579, a large prime exponent", "PerfectPower"
    )
    suite.refuse("even", {"modulus": h(p * q + 1)}, "range", "5", "n + 1 is even", "EvenModulus")
    suite.refuse(
        "too-long", {"modulus": h((1 << 4096) + 1)}, "range", "5", "a modulus of 4097 bits", "OffByOne"
    )
    yield suite
    suite = Suite("check_modulus", "3072", "hardened", modulus_bits=3072)
    n = prod(factors("3072"))
    suite.accept("accept-3072", {"modulus": h(n)}, "5", "the least length", "OffByOne")
    suite.accept(
        "accept-1009", {"modulus": h(1009 * n)}, "5", "a prime factor of 1009 is not looked for", "OffByOne"
    )
    suite.accept("accept-4096", {"modulus": h(prod(factors("4096")))}, "5", "the largest length", "OffByOne")
    short = prod(factors("short-3071"))
    suite.refuse("short", {"modulus": h(short)}, "range", "5", "3071 bits", "ShortModulus")
    suite.refuse(
        "modulus-2048", {"modulus": h(prod(factors("2048")))}, "range", "5", "2048 bits", "ShortModulus"
    )
    suite.refuse("even", {"modulus": h(n + 1)}, "range", "5", "n + 1 is even", "EvenModulus")
    suite.refuse(
        "prime", {"modulus": h(single("prime-3072"))}, "range", "5", "a prime of 3072 bits", "PrimeModulus"
    )
    suite.refuse(
        "square",
        {"modulus": h(max(factors("3072")) ** 2)},
        "range",
        "5",
        "the square of a prime",
        "PerfectPower",
    )
    for factor in (3, 7, 991, 997):
        suite.refuse(
            f"factor-{factor}",
            {"modulus": h(factor * n)},
            "range",
            "5",
            f"divisible by {factor}",
            "SmallFactor",
        )
    yield suite


# Encryption


def encrypt_input(n: int, m: int, r: int) -> Json:
    return {"modulus": h(n), "plaintext": h(m), "randomness": h(r)}


def factors_input(p: int, q: int, m: int, r: int) -> Json:
    return {"p": h(p), "q": h(q), "plaintext": h(m), "randomness": h(r)}


def edges(n: int, label: str) -> list[tuple[str, int, int, str, str]]:
    """Legal (slug, m, r, comment, flag) at the borders of the ranges and on the unlucky paths."""
    r = unit(label, n)
    ones = largest_ones(n)

    def upper(quotient: int) -> int:
        return plaintext_for_upper_half(n, r, quotient)

    return [
        ("zero", 0, r, "m = 0: c = r^n", "RandomnessIgnored"),
        ("one", 1, r, "m = 1", "Textbook"),
        ("half-below", (n - 1) // 2, r, "m = (n - 1)/2, the largest positive value", "CentreOffByOne"),
        ("half-above", (n + 1) // 2, r, "m = (n + 1)/2, the least negative value", "CentreOffByOne"),
        ("largest", n - 1, r, "m = n - 1", "OffByOne"),
        ("random", plaintext(label, n), unit(label + "/2", n), "m and r of a stream", "RandomnessIgnored"),
        ("r-two", plaintext(label + "/3", n), 2, "r = 2, the least that both profiles take", "OffByOne"),
        ("r-largest", plaintext(label + "/4", n), n - 1, "r = n - 1, whose n-th power is -1", "OffByOne"),
        ("r-near-n", n - 2, n - 2, "m = r = n - 2", "OffByOne"),
        ("ones", ones, ones, f"m = r = 2^{ones.bit_length()} - 1", "CarryLost"),
        ("upper-half-zero", upper(0), r, "c < n: half its bytes are leading zeros", "LeadingZeros"),
        ("upper-half-ones", upper(n - 1), r, "c >= n (n - 1): the top of c is that of n^2", "CarryLost"),
        ("zero-byte", upper(n >> 9), r, "one leading zero byte in c", "LeadingZeros"),
        ("two-zero-bytes", upper(n >> 17), r, "two leading zero bytes in c", "LeadingZeros"),
    ]  # fmt: skip


def encrypt_bad(suite: Suite, p: int, q: int, given: Any, full: bool = True) -> None:
    """Out-of-range and non-unit m and r; `given` builds the input from m and r."""
    n = p * q
    m, r = plaintext(suite.prefix, n), unit(suite.prefix, n)
    suite.refuse("m-is-n", given(n, r), "range", "6", "m = n", "PlaintextReduced", "OffByOne")
    suite.refuse("r-zero", given(m, 0), "range", "6", "r = 0", "RandomnessZero")
    suite.refuse("r-is-n", given(m, n), "range", "6", "r = n", "OffByOne")
    suite.refuse("r-is-p", given(m, p), "not-invertible", "6", "r = p shares a factor with n", "NonUnit")
    if not full:
        return
    suite.refuse("m-above-n", given(n + 1, r), "range", "6", "m = n + 1, an alias of 1", "PlaintextReduced")
    suite.refuse("m-far-above", given(n * n - 1, r), "range", "6", "m = n^2 - 1", "PlaintextReduced")
    suite.refuse("r-above-n", given(m, n + 1), "range", "6", "r = n + 1, an alias of 1", "OffByOne")
    suite.refuse("r-is-2n-minus-1", given(m, 2 * n - 1), "range", "6", "r = 2 n - 1", "OffByOne")
    for name, value in non_units(p, q)[1:]:
        suite.refuse(
            f"r-is-{name}", given(m, value), "not-invertible", "6", f"r = {name}, no unit", "NonUnit"
        )


def encrypt_files() -> Iterator[VectorFile]:
    """paillier.encrypt."""
    suite = Suite("encrypt", "exhaustive-15", modulus=15)
    for m in range(15):
        for r in (1, 2, 4, 7, 8, 11, 13, 14):
            suite.accept(f"m-{m}-r-{r}", encrypt_input(15, m, r), "6 7", f"m = {m}, r = {r}", "Exhaustive")
    yield suite

    suite = Suite("encrypt", "toy", sizes="15 to 3233")
    by_hand = (
        (15, 7, 2, 83, "(1 + 7 15) 2^15 = 106 143 = 83 modulo 225, where 2^15 = 143"),
        (35, 3, 1, 106, "r = 1: c = 1 + 3 35"),
        (35, 0, 34, 1224, "m = 0, r = -1: c = -1"),
    )
    for n, m, r, c, comment in by_hand:
        suite.accept(
            f"by-hand-{n}-{m}-{r}",
            encrypt_input(n, m, r),
            "6 7",
            comment,
            "Textbook",
            output={"ciphertext": h(c)},
            source="by hand",
        )
    for p, q in TOY[1:]:
        n = p * q
        for slug, m, r, comment, flag in edges(n, f"toy/{n}")[:11]:
            suite.accept(f"{n}-{slug}", encrypt_input(n, m, r), "6 7", comment, flag)
    p, q = 53, 61
    encrypt_bad(suite, p, q, lambda m, r: encrypt_input(3233, m, r))
    for r, comment in (
        (5, "r = 5 and n = 35: paper D's range Z_m lets it in"),
        (7, "r = 7"),
        (10, "r = 10 = 2 p"),
    ):
        suite.refuse(f"35-r-{r}", encrypt_input(35, 3, r), "not-invertible", "6", comment, "NonUnit")
    suite.refuse(
        "35-m-38", encrypt_input(35, 38, 2), "range", "6", "m = 38 would be taken for 3", "PlaintextReduced"
    )
    suite.refuse("even-modulus", encrypt_input(34, 3, 5), "range", "7", "n = 34", "EvenModulus")
    suite.refuse("modulus-13", encrypt_input(13, 3, 5), "range", "7", "n = 13 is below 15", "OffByOne")
    suite.refuse("modulus-zero", encrypt_input(0, 5, 7), "range", "7", "n = 0", "OffByOne")
    valid = encrypt_input(3233, 2748, 2571)
    bad_number(suite, valid, "plaintext", "6")
    bad_number(suite, valid, "randomness", "6", "leading-zero", "minus-sign", "empty", "null", "number")
    bad_number(suite, valid, "modulus", "6", "two-leading-zeros", "upper-case", "minus-sign", "number")
    bad_members(suite, valid, "6")
    bad_frames(suite, [3233, 2748, 2571], "6")
    suite.break_grammar("frame-empty", "6", "no field at all", "FrameLength", payload=b"\x00")
    suite.break_grammar(
        "frame-zero-with-a-byte",
        "6",
        "m = 0 written as one zero byte",
        "NonMinimal",
        payload=frame(3233) + sized(b"\x00") + frame(2571),
    )
    yield suite

    suite = Suite("encrypt", "odd-sizes", sizes="n beside multiples of the word")
    for name in ODD_NAMES:
        p, q = factors(name)
        n = p * q
        for slug, m, r, comment, flag in edges(n, name):
            if slug in ("r-near-n", "ones", "upper-half-ones"):
                suite.accept(f"{name}-{slug}", encrypt_input(n, m, r), "6 7", comment, flag, "LimbBoundary")
        suite.refuse(
            f"{name}-m-is-n",
            encrypt_input(n, n, unit(name, n)),
            "range",
            "6",
            "m = n",
            "PlaintextReduced",
            "LimbBoundary",
        )
    yield suite

    for size, profile in (
        *((size, "published") for size in PUBLISHED_SIZES),
        ("3072", "hardened"),
        ("4096", "hardened"),
    ):
        p, q = factors(size)
        n = p * q
        suite = Suite("encrypt", size, profile, modulus_bits=int(size))
        for slug, m, r, comment, flag in edges(n, size):
            if size != "4096" or slug in ("r-near-n", "upper-half-ones"):
                suite.accept(slug, encrypt_input(n, m, r), "6 7", comment, flag)
        for slug, m, r in (
            ("boundary-64", (1 << 64) - 1, (1 << 64) + 1),
            ("limb-gap", 1 << 192, (1 << 448) - 1),
        ):
            if size != "4096":
                r += 0 if gcd(r, n) == 1 else 2
                suite.accept(slug, encrypt_input(n, m, r), "6 7", "limbs of all ones or zeros", "CarryLost")
        if size != "4096":
            encrypt_bad(suite, p, q, lambda m, r, n=n: encrypt_input(n, m, r))
        else:
            suite.refuse(
                "m-is-n", encrypt_input(n, n, 3), "range", "6", "m = n", "PlaintextReduced", "OffByOne"
            )
            suite.refuse(
                "modulus-4097-bits",
                encrypt_input((1 << 4096) + 1, 3, 5),
                "range",
                "7",
                "n too long",
                "OffByOne",
            )
        if profile == "published":
            m = plaintext(f"{size}/r-one", n)
            suite.accept(
                "r-one",
                encrypt_input(n, m, 1),
                "6 7",
                "r = 1: c = 1 + m n, which the published profile takes",
                "RandomnessOne",
            )
        if size == "3072":
            suite.refuse("r-one", encrypt_input(n, 5, 1), "range", "6", "r = 1 shows m", "RandomnessOne")
            short = prod(factors("short-3071"))
            suite.refuse("short", encrypt_input(short, 5, 3), "range", "7", "n of 3071 bits", "ShortModulus")
            r = unit("even", n + 1)
            suite.refuse("even", encrypt_input(n + 1, 5, r), "range", "7", "n + 1 is even", "EvenModulus")
            bad_frames(suite, [n, 5, unit("frames", n)], "6")
        for entry in phe_cases("encrypt", size):
            suite.accept(
                entry["slug"],
                entry["input"],
                "6 7",
                entry["comment"],
                "Textbook",
                output=entry["output"],
                source=entry["source"],
            )
        yield suite


def encrypt_with_factors_files() -> Iterator[VectorFile]:
    """paillier.encrypt_with_factors."""
    suite = Suite("encrypt_with_factors", "toy", sizes="15 to 3233")
    for p, q in (*TOY, (61, 53), (3, 101), (101, 3)):
        n = p * q
        for slug, m, r, comment, flag in edges(n, f"factors/{n}"):
            if slug in ("largest", "r-near-n", "upper-half-zero"):
                suite.accept(
                    f"{p}-{q}-{slug}", factors_input(p, q, m, r), "6 7 8", comment, flag, "FactorsSwapped"
                )
    p, q = 53, 61
    encrypt_bad(suite, p, q, lambda m, r: factors_input(53, 61, m, r))
    suite.refuse("equal", factors_input(11, 11, 5, 7), "range", "8", "p = q", "EqualPrimes")
    for p, q in DEPENDENT_TOY:
        suite.refuse(
            f"dependent-{p}-{q}",
            factors_input(p, q, 3, 2),
            "not-invertible",
            "8",
            f"{p} divides {q} - 1",
            "DependentPrimes",
        )
    suite.refuse("p-even", factors_input(54, 61, 5, 7), "range", "8", "p = 54", "EvenModulus")
    suite.refuse("q-one", factors_input(53, 1, 5, 7), "range", "8", "q = 1", "OffByOne")
    valid = factors_input(53, 61, 2748, 2571)
    bad_number(suite, valid, "p", "8", "leading-zero", "minus-sign", "null")
    bad_members(suite, valid, "8")
    bad_frames(suite, [53, 61, 2748, 2571], "8")
    yield suite

    names = [("512", "published"), ("unequal-512", "published"), ("1024", "published"), ("2048", "published")]
    for name, profile in (*names, ("3072", "hardened"), ("4096", "hardened")):
        p, q = factors(name)
        n = p * q
        suite = Suite("encrypt_with_factors", name, profile, modulus_bits=n.bit_length())
        for slug, m, r, comment, flag in edges(n, name):
            if name not in ("4096", "2048") or slug in ("r-near-n", "upper-half-ones"):
                suite.accept(slug, factors_input(p, q, m, r), "6 7 8", comment, flag)
        m, r = plaintext(name, n), unit(name, n)
        suite.accept(
            "swapped", factors_input(q, p, m, r), "6 7 8", "q for p and p for q: the same c", "FactorsSwapped"
        )
        suite.refuse(
            "m-is-n", factors_input(p, q, n, r), "range", "6 8", "m = p q", "PlaintextReduced", "OffByOne"
        )
        suite.refuse("r-is-n", factors_input(p, q, m, n), "range", "6 8", "r = p q", "OffByOne")
        suite.refuse("r-zero", factors_input(p, q, m, 0), "range", "6 8", "r = 0", "RandomnessZero")
        suite.refuse("r-is-q", factors_input(p, q, m, q), "not-invertible", "6 8", "r = q", "NonUnit")
        if name == "3072":
            suite.refuse("r-one", factors_input(p, q, m, 1), "range", "6 8", "r = 1 shows m", "RandomnessOne")
            suite.refuse("equal", factors_input(p, p, 5, 3), "range", "8", "p = q", "EqualPrimes")
            a, b = factors("short-3071")
            suite.refuse("short", factors_input(a, b, 5, 3), "range", "8", "n of 3071 bits", "ShortModulus")
        yield suite


def generator_for(p: int, q: int, label: str) -> int:
    """A general g: (1 + n)^a b^n with a prime to n, so that n divides its order."""
    n = p * q
    return enc(n, unit(f"generator/{label}", n), unit(f"generator/{label}/b", n))


def bad_order(p: int, q: int, label: str) -> list[tuple[str, int, str]]:
    """Units g whose order n does not divide."""
    n = p * q
    b = unit(f"bad-order/{label}", n)
    return [
        ("one", 1, "g = 1"),
        ("minus-one", n * n - 1, "g = -1, of order 2"),
        ("nth-power", enc(n, 0, b), "g = b^n, an n-th power"),
        ("power-p", enc(n, p, b), "g = (1 + n)^p b^n: only q divides the order"),
        ("power-q", enc(n, q, b), "g = (1 + n)^q b^n: only p divides the order"),
    ]


def generator_files() -> Iterator[VectorFile]:
    """The three operations with a general g."""
    for name in ("toy", "512", "2048"):
        keys = [(5, 7), (7, 11), (53, 61)] if name == "toy" else [factors(name)]
        suite = Suite("key_with_generator", name, modulus_bits=max(p * q for p, q in keys).bit_length())
        for p, q in keys:
            n = p * q
            tag = f"{n}-" if name == "toy" else ""

            def given(g: int, p: int = p, q: int = q) -> Json:
                return {"p": h(p), "q": h(q), "generator": h(g)}

            suite.accept(
                f"{tag}n-plus-one", given(n + 1), "1 2 4", "g = n + 1: the key of paillier.key", "Textbook"
            )
            suite.accept(
                f"{tag}general",
                given(generator_for(p, q, f"{n}")),
                "1 2 4",
                "a general g",
                "GeneratorShortcut",
            )
            suite.accept(
                f"{tag}two", given(2), "1 2 4", "g = 2, whose order n divides here", "GeneratorShortcut"
            )
            suite.accept(f"{tag}largest", given(n * n - 1 - n), "1 2 4", "g = -(1 + n)", "OffByOne")
            for slug, g, comment in bad_order(p, q, f"{n}"):
                suite.refuse(f"{tag}order-{slug}", given(g), "not-invertible", "4", comment, "GeneratorOrder")
            for slug, g in (*non_units(p, q), ("n", n)):
                suite.refuse(
                    f"{tag}g-is-{slug}", given(g), "not-invertible", "4", f"g = {slug}", "GeneratorUnit"
                )
            suite.refuse(f"{tag}g-zero", given(0), "range", "4", "g = 0", "GeneratorUnit")
            suite.refuse(f"{tag}g-is-n-squared", given(n * n), "range", "4", "g = n^2", "OffByOne")
            suite.refuse(
                f"{tag}g-above", given(n * n + 2), "range", "4", "g = n^2 + 2, an alias of 2", "OffByOne"
            )
            suite.refuse(
                f"{tag}equal", {"p": h(p), "q": h(p), "generator": "2"}, "range", "1", "p = q", "EqualPrimes"
            )
        if name == "toy":
            for p, q in DEPENDENT_TOY:
                suite.refuse(
                    f"dependent-{p}-{q}",
                    {"p": h(p), "q": h(q), "generator": h(p * q + 1)},
                    "not-invertible",
                    "2",
                    f"{p} divides {q} - 1: there is no valid g at all",
                    "DependentPrimes",
                )
            suite.refuse(
                "composite",
                {"p": h(561), "q": h(47), "generator": "2"},
                "range",
                "1",
                "p = 561",
                "FermatTest",
            )
            bad_number(suite, given(2), "generator", "4", "leading-zero", "minus-sign", "list")
            bad_members(suite, given(2), "4")
        yield suite

    for name in ("toy", "512", "2048"):
        keys = [(5, 7), (53, 61)] if name == "toy" else [factors(name)]
        suite = Suite("encrypt_with_generator", name, modulus_bits=max(p * q for p, q in keys).bit_length())
        other = Suite("decrypt_with_generator", name, modulus_bits=max(p * q for p, q in keys).bit_length())
        for p, q in keys:
            n = p * q
            tag = f"{n}-" if name == "toy" else ""
            general = generator_for(p, q, f"{n}")

            def sealed(g: int, m: int, r: int, n: int = n) -> Json:
                return {"modulus": h(n), "generator": h(g), "plaintext": h(m), "randomness": h(r)}

            def opened(g: int, c: int, p: int = p, q: int = q) -> Json:
                return {"p": h(p), "q": h(q), "generator": h(g), "ciphertext": h(c)}

            for slug, m, r, comment, flag in edges(n, f"generator/{n}"):
                if slug in ("zero", "one", "largest", "random", "r-largest", "ones"):
                    suite.accept(
                        f"{tag}{slug}", sealed(general, m, r), "9", comment, flag, "GeneratorShortcut"
                    )
                    c = pow(general, m, n * n) * pow(r, n, n * n) % (n * n)
                    other.accept(
                        f"{tag}{slug}", opened(general, c), "10 12", comment, flag, "GeneratorShortcut"
                    )
            m, r = plaintext(f"g/{n}", n), unit(f"g/{n}", n)
            suite.accept(
                f"{tag}n-plus-one", sealed(n + 1, m, r), "9", "g = n + 1: as paillier.encrypt", "Textbook"
            )
            other.accept(
                f"{tag}n-plus-one",
                opened(n + 1, enc(n, m, r)),
                "10 12",
                "g = n + 1: as paillier.decrypt",
                "Textbook",
            )
            other.accept(
                f"{tag}c-is-one", opened(general, 1), "10 12", "c = 1 is an encryption of 0", "ScalarEdge"
            )
            other.accept(
                f"{tag}c-is-g", opened(general, general), "10 12", "c = g is an encryption of 1", "Textbook"
            )
            suite.accept(
                f"{tag}order-unseen",
                sealed(1, m, r),
                "9",
                "g = 1: without the factors its order does not show, and c = r^n",
                "GeneratorOrder",
            )
            for slug, g in non_units(p, q):
                suite.refuse(
                    f"{tag}g-is-{slug}",
                    sealed(g, m, r),
                    "not-invertible",
                    "9",
                    f"g = {slug}",
                    "GeneratorUnit",
                )
                other.refuse(
                    f"{tag}g-is-{slug}", opened(g, 2), "not-invertible", "12", f"g = {slug}", "GeneratorUnit"
                )
                other.refuse(
                    f"{tag}c-is-{slug}", opened(general, g), "not-invertible", "10", f"c = {slug}", "NonUnit"
                )
            for slug, g, comment in bad_order(p, q, f"{n}"):
                other.refuse(
                    f"{tag}order-{slug}", opened(g, 2), "not-invertible", "12", comment, "GeneratorOrder"
                )
            for slug, g in (("zero", 0), ("n-squared", n * n)):
                suite.refuse(f"{tag}g-is-{slug}", sealed(g, m, r), "range", "9", f"g = {slug}", "OffByOne")
                other.refuse(f"{tag}g-is-{slug}", opened(g, 2), "range", "12", f"g = {slug}", "OffByOne")
                other.refuse(
                    f"{tag}c-is-{slug}",
                    opened(general, g),
                    "range",
                    "10",
                    f"c = {slug}",
                    "OutOfRangeCiphertext",
                )
            suite.refuse(
                f"{tag}m-is-n", sealed(general, n, r), "range", "9", "m = n", "PlaintextReduced", "OffByOne"
            )
            suite.refuse(f"{tag}r-is-n", sealed(general, m, n), "range", "9", "r = n", "OffByOne")
            suite.refuse(f"{tag}r-zero", sealed(general, m, 0), "range", "9", "r = 0", "RandomnessZero")
            suite.refuse(f"{tag}r-is-p", sealed(general, m, p), "not-invertible", "9", "r = p", "NonUnit")
            other.refuse(
                f"{tag}equal",
                {**opened(general, 2), "q": h(p), "generator": "2"},
                "range",
                "12",
                "p = q",
                "EqualPrimes",
            )
        if name == "toy":
            suite.accept(
                "paper-35-2",
                sealed(2, 3, 2, 35),
                "9",
                "n = 35, g = 2, where paper D's shortcut differs",
                "GeneratorShortcut",
            )
            bad_number(
                suite, sealed(0xABC, 2748, 2571), "generator", "9", "leading-zero", "upper-case", "true"
            )
            bad_members(other, opened(2, 2571), "12")
            bad_frames(other, [53, 61, 2, 2571], "12")
            for p, q in DEPENDENT_TOY:
                other.refuse(
                    f"dependent-{p}-{q}",
                    opened(p * q + 1, 2, p, q),
                    "not-invertible",
                    "12",
                    f"{p} divides {q} - 1",
                    "DependentPrimes",
                )
        yield suite
        yield other


# Decryption


def decrypt_input(p: int, q: int, c: int) -> Json:
    return {"p": h(p), "q": h(q), "ciphertext": h(c)}


def ciphertext_bad(suite: Suite, p: int, q: int, given: Any, requirement: str, full: bool = True) -> None:
    """Out-of-range and non-unit ciphertexts; `given` builds the input from c."""
    n = p * q
    suite.refuse("c-zero", given(0), "range", requirement, "c = 0", "ZeroCiphertext")
    suite.refuse(
        "c-is-n-squared", given(n * n), "range", requirement, "c = n^2", "OutOfRangeCiphertext", "OffByOne"
    )
    suite.refuse("c-is-n", given(n), "not-invertible", requirement, "c = n", "NonUnit")
    suite.refuse("c-is-p", given(p), "not-invertible", requirement, "c = p", "NonUnit")
    if not full:
        return
    alias = n * n + enc(n, 5, unit(suite.prefix, n))
    suite.refuse(
        "c-above",
        given(n * n + 1),
        "range",
        requirement,
        "c = n^2 + 1, an alias of 1",
        "OutOfRangeCiphertext",
    )
    suite.refuse(
        "c-alias", given(alias), "range", requirement, "an encryption of 5 plus n^2", "OutOfRangeCiphertext"
    )
    suite.refuse("c-is-q", given(q), "not-invertible", requirement, "c = q", "NonUnit")
    suite.refuse("c-is-kn", given(7 * n), "not-invertible", requirement, "c = 7 n", "NonUnit")
    suite.refuse(
        "c-is-last-kn", given(n * (n - 1)), "not-invertible", requirement, "c = n (n - 1)", "NonUnit"
    )
    suite.refuse("c-is-p-squared", given(p * p), "not-invertible", requirement, "c = p^2", "NonUnit")
    suite.refuse("c-is-minus-q", given(n * n - q), "not-invertible", requirement, "c = n^2 - q", "NonUnit")


def decrypt_files() -> Iterator[VectorFile]:
    """paillier.decrypt."""
    suite = Suite("decrypt", "exhaustive-15", modulus=15)
    for c in range(1, 225):
        if gcd(c, 15) == 1:
            suite.accept(f"c-{c}", decrypt_input(3, 5, c), "10 11", f"c = {c}", "Exhaustive")
    yield suite
    suite = Suite("decrypt", "non-units-15", modulus=15)
    for c in range(1, 225):
        if gcd(c, 15) != 1:
            suite.refuse(
                f"c-{c}", decrypt_input(3, 5, c), "not-invertible", "10", f"c = {c}", "NonUnit", "Exhaustive"
            )
    yield suite

    suite = Suite("decrypt", "toy", sizes="15 to 3233")
    suite.accept(
        "by-hand-15",
        decrypt_input(3, 5, 83),
        "10 11",
        "83^4 = 196 modulo 225, L = 13, 13 4 = 7 modulo 15",
        "Textbook",
        output={"plaintext": "7"},
        source="by hand",
    )
    for p, q in (*TOY[1:], (61, 53), (3, 101), (101, 3)):
        n = p * q
        for slug, m, r, comment, flag in edges(n, f"decrypt/{n}"):
            if slug in ("zero", "one", "largest", "half-above", "upper-half-zero"):
                suite.accept(f"{p}-{q}-{slug}", decrypt_input(p, q, enc(n, m, r)), "10 11", comment, flag)
    ciphertext_bad(suite, 53, 61, lambda c: decrypt_input(53, 61, c), "10")
    for c in (5, 35):
        suite.refuse(
            f"35-junk-{c}",
            decrypt_input(5, 7, c),
            "not-invertible",
            "10",
            f"c = {c} is no unit; the formula without a check answers a plaintext all the same",
            "NonUnit",
        )
    for p, q in DEPENDENT_TOY:
        suite.refuse(
            f"dependent-{p}-{q}",
            decrypt_input(p, q, 2),
            "not-invertible",
            "11",
            f"{p} divides {q} - 1",
            "DependentPrimes",
        )
    suite.refuse("equal", decrypt_input(11, 11, 2), "range", "11", "p = q", "EqualPrimes")
    suite.refuse("p-even", decrypt_input(54, 61, 5), "range", "11", "p = 54", "EvenModulus")
    suite.refuse("p-one", decrypt_input(1, 61, 5), "range", "11", "p = 1", "OffByOne")
    valid = decrypt_input(53, 61, 0xABC)
    bad_number(suite, valid, "ciphertext", "10")
    bad_number(suite, valid, "q", "10", "leading-zero", "minus-sign", "number")
    bad_members(suite, valid, "10")
    bad_frames(suite, [53, 61, 0xABC], "10")
    yield suite

    suite = Suite("decrypt", "odd-sizes", sizes="n beside multiples of the word")
    for name in ODD_NAMES:
        p, q = factors(name)
        n = p * q
        for slug, m, r, comment, flag in edges(n, name):
            if slug in ("r-near-n", "ones", "upper-half-ones"):
                suite.accept(
                    f"{name}-{slug}",
                    decrypt_input(p, q, enc(n, m, r)),
                    "10 11",
                    comment,
                    flag,
                    "LimbBoundary",
                )
        suite.refuse(
            f"{name}-c-is-n-squared",
            decrypt_input(p, q, n * n),
            "range",
            "10",
            "c = n^2",
            "OutOfRangeCiphertext",
            "LimbBoundary",
        )
    yield suite

    names = [("512", "published"), ("unequal-512", "published"), ("1024", "published"), ("2048", "published")]
    for name, profile in (*names, ("3072", "hardened"), ("4096", "hardened")):
        p, q = factors(name)
        n = p * q
        suite = Suite("decrypt", name, profile, modulus_bits=n.bit_length())
        for slug, m, r, comment, flag in edges(n, name):
            few = {"3072": ("largest", "r-near-n", "upper-half-zero"), "4096": ("upper-half-zero",)}
            few["2048"] = few["3072"]
            if slug in few.get(name, (slug,)):
                suite.accept(slug, decrypt_input(p, q, enc(n, m, r)), "10 11", comment, flag)
        if name != "4096":
            m, r = plaintext(name, n), unit(name, n)
            suite.accept(
                "swapped", decrypt_input(q, p, enc(n, m, r)), "10 11", "q for p and p for q", "FactorsSwapped"
            )
            ciphertext_one(suite, decrypt_input(p, q, 1), "10 11", "ScalarEdge")
            suite.accept(
                "c-minus-one",
                decrypt_input(p, q, n * n - 1),
                "10 11",
                "c = n^2 - 1: 0 under r = -1",
                "OffByOne",
            )
            suite.accept(
                "c-n-plus-one", decrypt_input(p, q, n + 1), "10 11", "c = 1 + n: 1 under r = 1", "Textbook"
            )
        ciphertext_bad(suite, p, q, lambda c, p=p, q=q: decrypt_input(p, q, c), "10", name in ("512", "3072"))
        if name != "4096":
            suite.refuse("equal", decrypt_input(p, p, 2), "range", "11", "p = q", "EqualPrimes")
        if name == "512":
            a, b = factors("dependent-512")
            suite.refuse(
                "dependent",
                decrypt_input(a, b, 2),
                "not-invertible",
                "11",
                "q = 2 k p + 1",
                "DependentPrimes",
            )
            suite.refuse(
                "dependent-swapped",
                decrypt_input(b, a, 2),
                "not-invertible",
                "11",
                "p = 2 k q + 1",
                "DependentPrimes",
            )
        if name == "3072":
            a, b = factors("dependent-3072")
            suite.refuse(
                "dependent",
                decrypt_input(a, b, 2),
                "not-invertible",
                "11",
                "q = 2 k p + 1",
                "DependentPrimes",
            )
            a, b = factors("short-3071")
            suite.refuse("short", decrypt_input(a, b, 2), "range", "11", "n of 3071 bits", "ShortModulus")
            bad_number(
                suite,
                decrypt_input(p, q, enc(n, 5, 3)),
                "ciphertext",
                "10",
                "two-leading-zeros",
                "upper-case",
            )
        for entry in phe_cases("decrypt", name):
            suite.accept(
                entry["slug"],
                entry["input"],
                "10 11",
                entry["comment"],
                "Textbook",
                output=entry["output"],
                source=entry["source"],
            )
        yield suite


# Arithmetic on ciphertexts


def add_input(n: int, cs: list[int]) -> Json:
    return {"modulus": h(n), "ciphertexts": [h(c) for c in cs]}


def sums(n: int, label: str, count: int) -> list[int]:
    """Ciphertexts of a stream."""
    return [
        enc(n, plaintext(f"{label}/{number}", n), unit(f"{label}/{number}", n)) for number in range(count)
    ]  # fmt: skip


def add_files() -> Iterator[VectorFile]:
    """paillier.add."""
    names = [(15, "toy-15"), (35, "toy-35"), (3233, "toy-3233")]
    suite = Suite("add", "toy", sizes="15 to 3233")
    for n, tag in names:
        cs = sums(n, tag, 5)
        suite.accept(f"{tag}-single", add_input(n, cs[:1]), "13", "one ciphertext: the same", "ListIgnored")
        suite.accept(f"{tag}-two", add_input(n, cs[:2]), "13", "two", "ListIgnored")
        suite.accept(f"{tag}-five", add_input(n, cs), "13", "five", "ListIgnored")
        suite.accept(
            f"{tag}-same", add_input(n, [cs[0]] * 3), "13", "one ciphertext three times", "ListIgnored"
        )
        inverse = pow(cs[0], -1, n * n)
        suite.accept(
            f"{tag}-inverse",
            add_input(n, [cs[0], inverse]),
            "13",
            "m and -m under inverse randomness: 1",
            "SumWraps",
        )
        suite.accept(f"{tag}-largest", add_input(n, [n * n - 1] * 2), "13", "(-1)^2", "NotReduced")
        suite.accept(f"{tag}-ones", add_input(n, [1] * 4), "13", "1", "ScalarEdge")
    twenty = enc(35, 20, 2)
    suite.accept("wraps-35", add_input(35, [twenty, twenty]), "13", "20 + 20 = 5 modulo 35", "SumWraps")
    n = 3233
    good = sums(n, "toy-bad", 3)
    suite.accept("thousand", add_input(15, [2] * 1024), "13", "1024 ciphertexts, the most", "OffByOne")
    for position, where in enumerate(("first", "middle", "last")):
        for slug, c, error, flag in (
            ("zero", 0, "range", "ZeroCiphertext"),
            ("n-squared", n * n, "range", "OutOfRangeCiphertext"),
            ("n", n, "not-invertible", "NonUnit"),
            ("p", 53, "not-invertible", "NonUnit"),
        ):
            cs = good.copy()
            cs[position] = c
            suite.refuse(
                f"{slug}-{where}",
                add_input(n, cs),
                error,
                "13",
                f"the {where} of three is {slug}",
                flag,
                "ListIgnored",
            )
    suite.refuse("even-modulus", add_input(34, [3, 5]), "range", "13", "n = 34", "EvenModulus")
    suite.break_grammar(
        "empty",
        "13",
        "no ciphertext",
        "ListIgnored",
        text=json.dumps(add_input(n, [])),
        payload=frame(n) + b"\x00\x00",
    )
    many = [1] * 1025
    suite.break_grammar(
        "too-many",
        "13",
        "1025 ciphertexts",
        "OffByOne",
        text=json.dumps(add_input(n, many)),
        payload=frame(n) + (1025).to_bytes(2, "little") + frame(*many),
    )
    for slug, text, comment, flag in (
        ("null", "null", "null for the list", "WrongType"),
        ("string", '"5"', "a string for the list", "WrongType"),
        ("object", '{"0": "5"}', "an object for the list", "WrongType"),
        ("nested", '[["5"]]', "a list in the list", "WrongType"),
        ("element-null", '["5", null]', "null for an element", "WrongType"),
        ("element-number", '["5", 5]', "a number for an element", "WrongType"),
        ("element-leading-zero", '["5", "05"]', "a leading zero in an element", "NonMinimal"),
        ("element-negative", '["5", "-5"]', "a negative element", "SignLost"),
        ("element-empty", '["5", ""]', "an empty element", "LaxParser"),
    ):
        suite.break_grammar(slug, "13", comment, flag, text=f'{{"modulus": "ca1", "ciphertexts": {text}}}')
    bad_members(suite, add_input(n, good), "13")
    bad_frames(suite, [5], "13", frame(n) + b"\x01\x00")
    suite.break_grammar(
        "frame-count-too-large",
        "13",
        "the count is one larger than the list",
        "FrameLength",
        payload=frame(n) + b"\x03\x00" + frame(5, 7),
    )
    suite.break_grammar(
        "frame-count-too-small",
        "13",
        "the count is one smaller than the list",
        "FrameLength",
        payload=frame(n) + b"\x01\x00" + frame(5, 7),
    )
    yield suite

    for name, profile in (
        ("512", "published"),
        ("1024", "published"),
        ("2048", "published"),
        ("3072", "hardened"),
    ):
        p, q = factors(name)
        n = p * q
        suite = Suite("add", name, profile, modulus_bits=n.bit_length())
        cs = sums(n, f"add/{name}", 8)
        suite.accept("single", add_input(n, cs[:1]), "13", "one ciphertext: the same", "ListIgnored")
        suite.accept("two", add_input(n, cs[:2]), "13", "two", "Textbook")
        suite.accept("eight", add_input(n, cs), "13", "eight", "ListIgnored")
        suite.accept("same", add_input(n, [cs[0]] * 5), "13", "one ciphertext five times", "ListIgnored")
        suite.accept(
            "inverse", add_input(n, [cs[0], pow(cs[0], -1, n * n)]), "13", "the product is 1", "SumWraps"
        )
        suite.accept("largest", add_input(n, [n * n - 1, n * n - 2]), "13", "(-1)(-2)", "CarryLost")
        wrap = [enc(n, n - 1, unit("wrap/1", n)), enc(n, 2, unit("wrap/2", n))]
        suite.accept("wraps", add_input(n, wrap), "13", "n - 1 and 2: the sum wraps to 1", "SumWraps")
        if name == "512":
            year = sums(n, "add/1024", 1024)
            suite.accept("thousand", add_input(n, year), "13", "1024 ciphertexts, the most", "ListIgnored")
            for entry in phe_cases("add", name):
                suite.accept(
                    entry["slug"],
                    entry["input"],
                    "13",
                    entry["comment"],
                    "Textbook",
                    output=entry["output"],
                    source=entry["source"],
                )
        ciphertext_bad(
            suite, p, q, lambda c, n=n, cs=cs: add_input(n, [cs[0], c, cs[1]]), "13", name == "512"
        )
        ciphertext_one(suite, add_input(n, [*cs[:2], 1]), "13", "ListIgnored")
        if profile == "hardened":
            short = prod(factors("short-3071"))
            suite.refuse("short", add_input(short, [2]), "range", "13", "n of 3071 bits", "ShortModulus")
            c = unit("even", n + 1)
            suite.refuse("even", add_input(n + 1, [c]), "range", "13", "n + 1 is even", "EvenModulus")
        yield suite


def ciphertext_one(suite: Suite, given: Json, requirements: str, flag: str) -> None:
    """c = 1, an encryption of 0 without randomness, which the hardened profile refuses."""
    if suite.profile == "hardened":
        suite.refuse("c-one", given, "range", f"10 {requirements}", "c = 1", "CiphertextOne")
    else:
        suite.accept("c-one", given, requirements, "c = 1 is an encryption of 0", flag)


def scale_input(n: int, c: int, k: int) -> Json:
    return {"modulus": h(n), "ciphertext": h(c), "scalar": h(k)}


def scale_files() -> Iterator[VectorFile]:
    """paillier.scale."""
    for name in ("toy", *PUBLISHED_SIZES, "3072"):
        profile = "hardened" if name == "3072" else "published"
        p, q = (53, 61) if name == "toy" else factors(name)
        n = p * q
        suite = Suite("scale", name, profile, modulus_bits=n.bit_length())
        c = enc(n, plaintext(f"scale/{name}", n), unit(f"scale/{name}", n))
        for slug, k, comment in (
            ("one", 1, "k = 1: the same ciphertext"),
            ("two", 2, "k = 2: the square"),
            ("price", 29, "k = 29, a price"),
            ("largest", n - 1, "k = n - 1, which is -1: not the inverse of c, but an encryption of -m"),
            ("half", (n + 1) // 2, "k = 1/2 modulo n"),
            ("ones", (1 << (n.bit_length() - 1)) - 1, "k = 2^j - 1: all bits set"),
            ("power-of-two", 1 << (n.bit_length() - 1), "k = 2^j: one bit set, j as large as fits"),
            ("sparse", 1 << (n.bit_length() - 2) | 1, "k = 2^j + 1: a long run of zeros"),
        ):
            suite.accept(slug, scale_input(n, c, k), "14", comment, "ScalarEdge")
        ciphertext_one(suite, scale_input(n, 1, n - 1), "14", "ScalarEdge")
        suite.accept(
            "c-minus-one", scale_input(n, n * n - 1, n - 2), "14", "c = -1 to an odd power", "CarryLost"
        )
        if profile == "published":
            suite.accept(
                "zero", scale_input(n, c, 0), "14", "k = 0: 1, an encryption of 0 under r = 1", "ScalarZero"
            )
        else:
            suite.refuse("zero", scale_input(n, c, 0), "range", "14", "k = 0 gives 1", "ScalarZero")
            short = prod(factors("short-3071"))
            suite.refuse("short", scale_input(short, 2, 3), "range", "14", "n of 3071 bits", "ShortModulus")
        suite.refuse("k-is-n", scale_input(n, c, n), "range", "14", "k = n", "OffByOne")
        suite.refuse(
            "k-above", scale_input(n, c, n + 2), "range", "14", "k = n + 2, an alias of 2", "OffByOne"
        )
        full = name in ("toy", "512", "3072")
        ciphertext_bad(suite, p, q, lambda c, n=n: scale_input(n, c, 3), "14", full)
        if name == "toy":
            suite.refuse("even-modulus", scale_input(34, 3, 5), "range", "14", "n = 34", "EvenModulus")
            valid = scale_input(n, 0xABCD, 0xBC)
            bad_number(
                suite, valid, "scalar", "14", "minus-sign", "leading-zero", "fraction", "number", "upper-case"
            )
            bad_members(suite, valid, "14")
            bad_frames(suite, [n, 0xABCD, 0xBC], "14")
        for entry in phe_cases("scale", name):
            suite.accept(
                entry["slug"],
                entry["input"],
                "14",
                entry["comment"],
                "Textbook",
                output=entry["output"],
                source=entry["source"],
            )
        yield suite


def rerandomise_files() -> Iterator[VectorFile]:
    """paillier.rerandomise."""
    for name, profile in (
        ("toy", "published"),
        ("512", "published"),
        ("2048", "published"),
        ("3072", "hardened"),
    ):
        p, q = (53, 61) if name == "toy" else factors(name)
        n = p * q
        suite = Suite("rerandomise", name, profile, modulus_bits=n.bit_length())
        c = enc(n, plaintext(f"rerandomise/{name}", n), unit(f"rerandomise/{name}", n))

        def given(c: int, r: int, n: int = n) -> Json:
            return {"modulus": h(n), "ciphertext": h(c), "randomness": h(r)}

        r = unit(f"rerandomise/{name}/r", n)
        suite.accept("random", given(c, r), "15", "c and r of a stream", "RandomnessIgnored")
        suite.accept("two", given(c, 2), "15", "r = 2", "RandomnessIgnored")
        suite.accept("largest", given(c, n - 1), "15", "r = n - 1: -c", "OffByOne")
        ciphertext_one(suite, given(1, r), "15", "RandomnessIgnored")
        suite.accept(
            "c-shown",
            given(n + 1, r),
            "15",
            "c = 1 + n, m = 1 in the open, is hidden by r",
            "RandomnessIgnored",
        )
        suite.accept("ones", given(n * n - 1, largest_ones(n)), "15", "c = -1 and r = 2^k - 1", "CarryLost")
        inverse = pow(r, -1, n)
        suite.accept(
            "undone",
            given(c * pow(r, n, n * n) % (n * n), inverse),
            "15",
            "r and then 1/r: the first c",
            "Textbook",
        )
        if profile == "published":
            suite.accept("r-one", given(c, 1), "15", "r = 1: the same c", "RandomnessOne")
        else:
            suite.refuse("r-one", given(c, 1), "range", "15", "r = 1 leaves c as it is", "RandomnessOne")
            short = prod(factors("short-3071"))
            suite.refuse("short", given(2, 3, short), "range", "15", "n of 3071 bits", "ShortModulus")
        suite.refuse("r-zero", given(c, 0), "range", "15", "r = 0", "RandomnessZero")
        suite.refuse("r-is-n", given(c, n), "range", "15", "r = n", "OffByOne")
        for slug, value in non_units(p, q):
            suite.refuse(f"r-is-{slug}", given(c, value), "not-invertible", "15", f"r = {slug}", "NonUnit")
        ciphertext_bad(suite, p, q, lambda c, r=r, given=given: given(c, r), "15", name in ("toy", "3072"))
        if name == "toy":
            valid = given(0xABCD, 0xBC)
            bad_number(suite, valid, "randomness", "15", "minus-sign", "minus-zero", "true", "nested")
            bad_members(suite, valid, "15")
            bad_frames(suite, [n, 0xABCD, 0xBC], "15")
        yield suite


# Signed values and headroom


def signed_files() -> Iterator[VectorFile]:
    """paillier.encode_signed and paillier.decode_signed."""
    for name, profile in (
        ("toy", "published"),
        ("512", "published"),
        ("odd-sizes", "published"),
        ("3072", "hardened"),
    ):
        keys = {"": factors(name)} if name in ("512", "3072") else {}
        if name == "toy":
            keys = {f"{p * q}-": (p, q) for p, q in ((3, 5), (5, 7), (53, 61))}
        if name == "odd-sizes":
            keys = {f"{key}-": factors(key) for key in ODD_NAMES if not key.endswith("-512")}
        encode = Suite("encode_signed", name, profile)
        decode = Suite("decode_signed", name, profile)
        for tag, (p, q) in keys.items():
            n = p * q
            half = n // 2

            def value(v: int, n: int = n) -> Json:
                return {"modulus": h(n), "value": h(v)}

            def residue(m: int, n: int = n) -> Json:
                return {"modulus": h(n), "plaintext": h(m)}

            for slug, v, comment, flag in (
                ("zero", 0, "0", "Textbook"),
                ("one", 1, "1", "Textbook"),
                ("minus-one", -1, "-1 is n - 1", "SignLost"),
                ("minus-three", -3, "-3, a home that feeds in", "SignLost"),
                ("largest", half, "(n - 1)/2, the largest", "CentreOffByOne"),
                ("least", -half, "-(n - 1)/2, the least", "CentreOffByOne"),
                ("next-to-largest", half - 1, "(n - 3)/2", "CentreOffByOne"),
                ("next-to-least", 1 - half, "-(n - 3)/2", "CentreOffByOne"),
            ):
                encode.accept(f"{tag}{slug}", value(v), "16", comment, flag)
                decode.accept(f"{tag}{slug}", residue(v % n), "17", comment, flag)
            encode.refuse(f"{tag}above", value(half + 1), "range", "16", "(n + 1)/2", "CentreOffByOne")
            encode.refuse(f"{tag}below", value(-half - 1), "range", "16", "-(n + 1)/2", "CentreOffByOne")
            encode.refuse(f"{tag}n", value(n), "range", "16", "n, an alias of 0", "OffByOne")
            encode.refuse(f"{tag}minus-n", value(-n), "range", "16", "-n, an alias of 0", "SignLost")
            encode.refuse(
                f"{tag}residue",
                value(n - 1),
                "range",
                "16",
                "n - 1 is a residue, no signed value",
                "SignLost",
            )
            decode.refuse(f"{tag}n", residue(n), "range", "17", "m = n", "OffByOne")
            decode.refuse(f"{tag}above", residue(n + 1), "range", "17", "m = n + 1", "PlaintextReduced")
            decode.refuse(
                f"{tag}double", residue(2 * n - 1), "range", "17", "m = 2 n - 1", "PlaintextReduced"
            )
        if profile == "hardened":
            short = prod(factors("short-3071"))
            encode.refuse("short", value(5, short), "range", "16", "n of 3071 bits", "ShortModulus")
            decode.refuse("short", residue(5, short), "range", "17", "n of 3071 bits", "ShortModulus")
        if name == "toy":
            encode.refuse("even-modulus", value(3, 34), "range", "16", "n = 34", "EvenModulus")
            decode.refuse("even-modulus", residue(3, 34), "range", "17", "n = 34", "EvenModulus")
            for slug, text, comment, flag in (
                ("minus-zero", '"-0"', "a zero with a sign", "NonMinimal"),
                ("double-minus", '"--5"', "two signs", "LaxParser"),
                ("minus-leading-zero", '"-05"', "a leading zero behind the sign", "NonMinimal"),
                ("minus-space", '"- 5"', "a space behind the sign", "LaxParser"),
                ("minus-alone", '"-"', "a sign without a number", "LaxParser"),
                ("unicode-minus", '"\\u22125"', "the minus sign U+2212", "LaxParser"),
                ("plus", '"+5"', "a plus sign", "LaxParser"),
                ("upper-case", '"-A"', "upper case behind the sign", "NonMinimal"),
                ("number", "-5", "a JSON number", "WrongType"),
            ):
                encode.break_grammar(
                    slug, "16", f"value: {comment}", flag, text=f'{{"modulus": "ca1", "value": {text}}}'
                )
            for slug, payload, comment, flag in (
                ("sign-two", b"\x02" + frame(5), "a sign byte of 2", "NonMinimal"),
                ("sign-ff", b"\xff" + frame(5), "a sign byte of 255", "NonMinimal"),
                ("negative-zero", b"\x01" + frame(0), "a zero with a sign", "NonMinimal"),
                ("no-sign", frame(5)[:2] + b"", "no sign byte", "FrameLength"),
                ("leading-zero", b"\x01" + sized(b"\x00\x05"), "a leading zero byte", "NonMinimal"),
            ):
                encode.break_grammar(
                    f"frame-{slug}", "16", f"value: {comment}", flag, payload=frame(3233) + payload
                )
            bad_members(encode, value(-5), "16")
            bad_number(
                decode, residue(0xABC), "plaintext", "17", "minus-sign", "leading-zero", "upper-case", "null"
            )
            bad_frames(decode, [n, 0xABC], "17")
        yield encode
        yield decode


def headroom_files() -> Iterator[VectorFile]:
    """paillier.headroom."""
    top = 2**32 - 1

    def given(n: int, meters: int, maximum_wh: int) -> Json:
        return {"modulus": h(n), "meters": meters, "maximum_wh": maximum_wh}

    suite = Suite("headroom", "toy", sizes="15 to 2^66")
    for n, meters, maximum, comment, flag in (
        (15, 7, 1, "2 7 < 15: just fits", "OffByOne"),
        (15, 1, 7, "one meter of 7 Wh", "OffByOne"),
        (15, 1, 0, "readings that are all zero always fit", "HeadroomIgnored"),
        (15, top, 0, "the same for the most meters", "WordOverflow"),
        (35, 17, 1, "2 17 < 35", "OffByOne"),
        (3233, 16, 101, "2 1616 < 3233: just fits", "OffByOne"),
        (prod(factors("bits-64")), 2**30, top, "a sum of 62 bits; n has 64", "WordOverflow"),
        (2**63 + 5, 2**31, 2**31, "2 N maximum = 2^63, just below n", "WordOverflow"),
        (prod(factors("bits-65")), 2**31, top, "a sum of 63 bits; its double has 64", "WordOverflow"),
        (2**65 + 1, top, top, "the largest sum there is, and its double is below n", "WordOverflow"),
    ):
        suite.accept(f"fits-{n}-{meters}-{maximum}", given(n, meters, maximum), "18", comment, flag)
    for n, meters, maximum, comment, flag in (
        (15, 8, 1, "2 8 > 15, though 8 < 15", "HeadroomIgnored"),
        (15, 1, 8, "one meter of 8 Wh", "HeadroomIgnored"),
        (35, 2, 20, "paper D: two readings of 20 decode as 5 modulo 35", "HeadroomIgnored"),
        (35, 18, 1, "2 18 > 35", "OffByOne"),
        (3233, 1617, 1, "2 1617 = n + 1", "OffByOne"),
        (3233, 3232, 1, "the sum is below n, but not below n/2", "HeadroomIgnored"),
        (3233, 2**31, 2**31, "2 N maximum = 2^63: negative in 64 bits with a sign", "WordOverflow"),
        (3233, 2**31, top, "2 N maximum just below 2^64", "WordOverflow"),
        (
            2**63 + 5,
            2**31 + 1,
            top,
            "2 N maximum = 2^64 + 2^32 - 2: wraps to 2^32 - 2 in 64 bits",
            "WordOverflow",
        ),
        (2**64 + 5, top, top, "2 N maximum = 2^65 - 2^34 + 2: wraps below n in 64 bits", "WordOverflow"),
    ):
        suite.refuse(
            f"exceeds-{n}-{meters}-{maximum}", given(n, meters, maximum), "range", "18", comment, flag
        )
    suite.refuse("no-meter", given(3233, 0, 5), "range", "18", "N = 0", "OffByOne")
    suite.refuse("meters-negative", given(3233, -1, 5), "range", "18", "N = -1", "SignLost")
    suite.refuse("meters-2-32", given(2**65 + 1, 2**32, 1), "range", "18", "N = 2^32", "WordOverflow")
    suite.refuse(
        "maximum-2-32", given(2**65 + 1, 1, 2**32), "range", "18", "maximum_wh = 2^32", "WordOverflow"
    )
    suite.refuse("maximum-negative", given(3233, 5, -1), "range", "18", "maximum_wh = -1", "SignLost")
    suite.refuse("even-modulus", given(34, 1, 5), "range", "18", "n = 34", "EvenModulus")
    for slug, text, comment, flag in (
        ("string", '"5"', "a string for an int", "WrongType"),
        ("true", "true", "a truth value", "WrongType"),
        ("null", "null", "null", "WrongType"),
        ("fraction", "5.0", "5.0", "LaxParser"),
        ("exponent", "5e0", "5e0", "LaxParser"),
        ("minus-zero", "-0", "-0", "NonMinimal"),
        ("leading-zero", "05", "05", "NonMinimal"),
        ("plus", "+5", "+5", "LaxParser"),
        ("too-large", str(2**53), "2^53", "WordOverflow"),
        ("huge", "1" + "0" * 30, "10^30", "WordOverflow"),
        ("nan", "NaN", "NaN", "LaxParser"),
    ):
        suite.break_grammar(
            f"meters-{slug}",
            "18",
            f"meters: {comment}",
            flag,
            text=f'{{"modulus": "ca1", "meters": {text}, "maximum_wh": 3}}',
        )
    bad_members(suite, given(3233, 5, 3), "18")
    five, three = (5).to_bytes(8, "little"), (3).to_bytes(8, "little")
    for slug, payload, comment in (
        ("short-int", frame(3233) + five + three[:7], "the last int has seven bytes"),
        ("trailing-byte", frame(3233) + five + three + b"\x00", "one byte behind the last field"),
        ("int-2-53", frame(3233) + (2**53).to_bytes(8, "little") + three, "an int of 2^53"),
        (
            "int-minus-2-53",
            frame(3233) + (-(2**53)).to_bytes(8, "little", signed=True) + three,
            "an int of -2^53",
        ),
    ):
        suite.break_grammar(f"frame-{slug}", "18", comment, "FrameLength", payload=payload)
    yield suite
    suite = Suite("headroom", "3072", "hardened", modulus_bits=3072)
    n = prod(factors("3072"))
    suite.accept("street", given(n, 1000, 15000), "18", "1000 meters of 15 kWh in a slot", "HeadroomIgnored")
    suite.accept("largest", given(n, top, top), "18", "the largest sum", "WordOverflow")
    suite.refuse("no-meter", given(n, 0, 15000), "range", "18", "N = 0", "OffByOne")
    suite.refuse(
        "short", given(prod(factors("short-3071")), 1, 1), "range", "18", "n of 3071 bits", "ShortModulus"
    )
    yield suite


# Scripts


def script(name: str, profile: str = "published") -> VectorFile:
    return VectorFile(chapter="paillier", name=f"script-{name}", profile=profile, notes=NOTES)


def step(suffix: str, given: Json, **expect: Any) -> Json:
    return {"operation": f"paillier.{suffix}", "input": given, **({"expect": expect} if expect else {})}


def encryptor_step(suffix: str, session: str, given: Json, **expect: Any) -> Json:
    return {**step(f"encryptor_{suffix}", given, **expect), "session": session}


def encryptor_files() -> Iterator[VectorFile]:
    """An encryptor's session: no randomness twice."""
    for name, profile in (("toy", "published"), ("512", "published"), ("3072", "hardened")):
        p, q = (53, 61) if name == "toy" else factors(name)
        n = p * q
        file = script(f"encryptor-{name}", profile)
        m = [plaintext(f"encryptor/{name}/{number}", n) for number in range(3)]
        r = [unit(f"encryptor/{name}/{number}", n) for number in range(3)]
        start = encryptor_step("start", "a", {"modulus": h(n)}, output={})

        def encrypt(m: int, r: int, session: str = "a", n: int = n, error: str | None = None) -> Json:
            given = {"plaintext": h(m), "randomness": h(r)}
            if error is not None:
                return encryptor_step("encrypt", session, given, error=error)
            return encryptor_step("encrypt", session, given, output={"ciphertext": h(enc(n, m, r))})

        for slug, steps, comment in (
            (
                "fresh",
                [encrypt(m[0], r[0]), encrypt(m[1], r[1]), encrypt(m[1], r[2])],
                "fresh randomness each time",
            ),
            ("same-plaintext", [encrypt(m[0], r[0]), encrypt(m[0], r[0], error="replayed")], "all repeated"),
            (
                "other-plaintext",
                [encrypt(m[0], r[0]), encrypt(m[1], r[0], error="replayed"), encrypt(m[1], r[1])],
                "another plaintext under the randomness of the first; the session goes on",
            ),
            (
                "later",
                [encrypt(m[0], r[0]), encrypt(m[1], r[1]), encrypt(m[2], r[0], error="replayed")],
                "the randomness of the last but one",
            ),
            (
                "refused-uses-nothing",
                [encrypt(n, r[0], error="range"), encrypt(m[0], r[0])],
                "randomness that came with a plaintext out of range is not used up",
            ),
            (
                "randomness-out-of-range",
                [encrypt(m[0], n, error="range"), encrypt(m[0], r[0])],
                "r = n, which only the session's modulus shows",
            ),
            (
                "non-unit",
                [encrypt(m[0], p, error="not-invertible"), encrypt(m[0], r[0])],
                "r = p, refused by its class",
            ),
        ):
            file.script(
                f"paillier-script/encryptor-{name}/{slug}", [start, *steps], requirements=ids("6 7 19"),
                comment=comment, flags=["RandomnessRepeated"],
            )  # fmt: skip
        file.script(
            f"paillier-script/encryptor-{name}/apart",
            [
                start,
                encryptor_step("start", "b", {"modulus": h(n)}, output={}),
                encrypt(m[0], r[0]),
                encrypt(m[1], r[0], session="b"),
            ],
            requirements=ids("19"),
            comment="another session has its own memory",
            flags=["RandomnessRepeated"],
        )
        file.script(
            f"paillier-script/encryptor-{name}/not-started",
            [encrypt(m[0], r[0], error="state")],
            requirements=ids("19"),
            comment="encryption before the start",
            flags=["RandomnessRepeated"],
        )
        file.script(
            f"paillier-script/encryptor-{name}/started-twice",
            [start, encrypt(m[0], r[0]), encryptor_step("start", "a", {"modulus": h(n)}, error="state"),
             encrypt(m[1], r[0], error="replayed")],
            requirements=ids("19"),
            comment="a second start is refused, and forgets nothing",
            flags=["RandomnessRepeated"],
        )  # fmt: skip
        yield file


def script_files() -> Iterator[VectorFile]:
    """Sums, bills and signed totals from the key to the decoded value, with steps that must fail."""
    for name, profile in (("512", "published"), ("3072", "hardened")):
        p, q = factors(name)
        n = p * q
        file = script(f"secure-sum-{name}", profile)
        readings = [412, 0, 1350, 87, 15000]
        rs = [unit(f"script/{name}/{number}", n) for number in range(6)]
        cs = [enc(n, m, r) for m, r in zip(readings, rs, strict=False)]
        total = prod(cs) % (n * n)
        fresh = total * pow(rs[5], n, n * n) % (n * n)
        file.script(
            f"paillier-script/secure-sum-{name}/five-meters",
            [
                step("key", {"p": h(p), "q": h(q)}),
                step("check_modulus", {"modulus": h(n)}, output={"bits": n.bit_length()}),
                step(
                    "headroom",
                    {"modulus": h(n), "meters": 5, "maximum_wh": 15000},
                    output={"largest_sum_wh": h(75000)},
                ),
                *(
                    step("encrypt", encrypt_input(n, m, r), output={"ciphertext": h(c)})
                    for m, r, c in zip(readings, rs, cs, strict=False)
                ),
                step("encrypt", encrypt_input(n, readings[0], p), error="not-invertible"),
                step("add", add_input(n, cs), output={"ciphertext": h(total)}),
                step("add", add_input(n, [*cs, n]), error="not-invertible"),
                step(
                    "rerandomise",
                    {"modulus": h(n), "ciphertext": h(total), "randomness": h(rs[5])},
                    output={"ciphertext": h(fresh)},
                ),
                step("decrypt", decrypt_input(p, q, total), output={"plaintext": h(sum(readings))}),
                step("decrypt", decrypt_input(p, q, fresh), output={"plaintext": h(sum(readings))}),
                step("decrypt", decrypt_input(p, q, fresh + n * n), error="range"),
            ],
            requirements=ids("1 2 3 5 6 7 10 11 13 15 18"),
            comment="five meters, their sum, re-randomised, and the utility's decryption",
            flags=["SumWraps"],
        )
        rs = [unit(f"script/signed/{name}/{number}", n) for number in range(3)]
        values = [-2500, 300, 700]
        cs = [enc(n, v % n, r) for v, r in zip(values, rs, strict=True)]
        total = prod(cs) % (n * n)
        file.script(
            f"paillier-script/secure-sum-{name}/feed-in",
            [
                *(
                    step("encode_signed", {"modulus": h(n), "value": h(v)}, output={"plaintext": h(v % n)})
                    for v in values
                ),
                step("encode_signed", {"modulus": h(n), "value": h(n // 2 + 1)}, error="range"),
                *(
                    step("encrypt_with_factors", factors_input(p, q, v % n, r), output={"ciphertext": h(c)})
                    for v, r, c in zip(values, rs, cs, strict=True)
                ),
                step("add", add_input(n, cs), output={"ciphertext": h(total)}),
                step("decrypt", decrypt_input(q, p, total), output={"plaintext": h(-1500 % n)}),
                step("decode_signed", {"modulus": h(n), "plaintext": h(-1500 % n)}, output={"value": "-5dc"}),
                step("decode_signed", {"modulus": h(n), "plaintext": h(n)}, error="range"),
            ],
            requirements=ids("6 7 8 11 13 16 17"),
            comment="a street that feeds in more than it takes: the total is negative",
            flags=["SignLost"],
        )
        days = [(4100, 900), (3800, 1250), (0, 0)]
        prices = (29, 41)
        rs = [unit(f"script/bill/{name}/{number}", n) for number in range(6)]
        normal = [enc(n, a, r) for (a, _), r in zip(days, rs[:3], strict=True)]
        high = [enc(n, b, r) for (_, b), r in zip(days, rs[3:], strict=True)]
        c_normal, c_high = prod(normal) % (n * n), prod(high) % (n * n)
        scaled = [pow(c_normal, prices[0], n * n), pow(c_high, prices[1], n * n)]
        bill = prod(scaled) % (n * n)
        owed = sum(a * prices[0] + b * prices[1] for a, b in days)
        file.script(
            f"paillier-script/secure-sum-{name}/bill",
            [
                step("add", add_input(n, normal), output={"ciphertext": h(c_normal)}),
                step("add", add_input(n, high), output={"ciphertext": h(c_high)}),
                step("scale", scale_input(n, c_normal, prices[0]), output={"ciphertext": h(scaled[0])}),
                step("scale", scale_input(n, c_high, prices[1]), output={"ciphertext": h(scaled[1])}),
                step("scale", scale_input(n, c_high, n), error="range"),
                step("add", add_input(n, scaled), output={"ciphertext": h(bill)}),
                step("add", add_input(n, [scaled[0], 0]), error="range"),
                step("decrypt", decrypt_input(p, q, bill), output={"plaintext": h(owed)}),
            ],
            requirements=ids("11 13 14"),
            comment="three days in two rates and the bill of their prices",
            flags=["SumWraps"],
        )
        yield file
    p, q = 53, 61
    n = p * q
    file = script("general-generator")
    g = generator_for(p, q, "script")
    cs = [pow(g, m, n * n) * pow(r, n, n * n) % (n * n) for m, r in ((20, 2), (13, 7))]
    product = prod(cs) % (n * n)
    file.script(
        "paillier-script/general-generator/sum",
        [
            step("key_with_generator", {"p": h(p), "q": h(q), "generator": h(g)}),
            step("key_with_generator", {"p": h(p), "q": h(q), "generator": "1"}, error="not-invertible"),
            *(
                step(
                    "encrypt_with_generator",
                    {"modulus": h(n), "generator": h(g), "plaintext": h(m), "randomness": h(r)},
                    output={"ciphertext": h(c)},
                )
                for (m, r), c in zip(((20, 2), (13, 7)), cs, strict=True)
            ),
            step("add", add_input(n, cs), output={"ciphertext": h(product)}),
            step(
                "decrypt_with_generator",
                {"p": h(p), "q": h(q), "generator": h(g), "ciphertext": h(product)},
                output={"plaintext": h(33)},
            ),
            step(
                "decrypt_with_generator",
                {"p": h(p), "q": h(q), "generator": h(g), "ciphertext": "0"},
                error="range",
            ),
        ],
        requirements=ids("4 9 12 13"),
        comment="the sum of two plaintexts under a general g",
        flags=["GeneratorShortcut"],
    )
    yield file


def phe_cases(suffix: str, size: str) -> list[Json]:
    """What phe computed for an operation and a size."""
    data = json.loads(PHE.read_text(encoding="utf-8"))
    source = f"phe {data['version']}"
    return [
        {**case, "source": source}
        for case in data["cases"]
        if (case["operation"], case["size"]) == (suffix, size)
    ]


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    yield from key_files()
    yield from check_modulus_files()
    yield from encrypt_files()
    yield from encrypt_with_factors_files()
    yield from generator_files()
    yield from decrypt_files()
    yield from add_files()
    yield from scale_files()
    yield from rerandomise_files()
    yield from signed_files()
    yield from headroom_files()
    yield from script_files()
    yield from encryptor_files()
