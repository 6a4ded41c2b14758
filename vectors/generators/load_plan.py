"""Vectors of the load-management chapter's comparisons and plan (paper D, sections III-A and III-B).

Expected values come from what stands here and not from the reference: roots by the Chinese remainder theorem,
DGK ciphertexts by adding up exponents in the clear, charges by cases, messages by an encoder of their own and
the Ed25519 of the DREAM generator. VectorFile.positive and script hold the reference to them.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import gcd
from typing import Any

from meter_privacy.conformance import primes
from meter_privacy.vectors.generators import paillier_primes
from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes
from meter_privacy.vectors.generators.primitives import ed25519_public, ed25519_sign
from meter_privacy.vectors.generators.suites import Changes, Chapter, note

CHAPTER = "load_management"
LOAD = Chapter(CHAPTER, "LOAD")
ids, fields = LOAD.ids, LOAD.fields
INTEGERS = "the generator's own arithmetic"
EXPONENTS = "the generator's own exponents of g and h"
ROOTS = "the generator's own roots by the Chinese remainder theorem"
CASES = "the generator's own cases"
PROFILES = ("published", "hardened")
WH = 2**32 - 1


NOTES: dict[str, Json] = {
    "Bound": note("a bound of the table is not checked", "numbers that mean nothing are computed with"),
    "ZeroReading": note(
        "a reading of 0 gets no level", "the comparison asks for an element that is not there"
    ),
    "Saturation": note("a reading above the ladder is not brought to its last level", "it counts as low"),
    "Rounding": note("a level is rounded the wrong way", "a home below the threshold counts as above it"),
    "SmallExponent": note(
        "an exponent shorter than the modulus is taken", "one message has several roots that are known"
    ),
    "Negatives": note(
        "a window with numbers and their negatives is taken", "one answer tells the reading whole"
    ),
    "OldWindow": note(
        "a message is answered a second time, whole or in part", "two answers tell both readings whole"
    ),
    "FixedPoint": note("a window with 0, 1 or N - 1 is taken", "no prime is admissible, or a root is known"),
    "Wrap": note("c - b + 1 is not reduced", "the sign of the message betrays the threshold"),
    "Composite": note("a number is taken for a prime unseen", "residues may coincide or say too much"),
    "PrimeOfTheKey": note("the prime may divide N", "the answer publishes a factor of the key"),
    "NearResidues": note("residues may be near each other", "their distance tells where the reading lies"),
    "LongPrime": note("the prime may be long", "the answer holds the roots themselves"),
    "ForeignAnswer": note("any other residue counts as a < b", "garbage is taken for an outcome"),
    "OtherThreshold": note("the opening is not compared", "a threshold for one user goes unseen"),
    "NoInverse": note("e and (p - 1)(q - 1) share a factor", "there is no private exponent"),
    "SmallOrder": note("an element's order is not checked", "ciphertexts do not hide or do not decrypt"),
    "OneSubgroup": note("v_p and v_q are the same", "the cryptosystem as it was before its correction"),
    "OutsideTheGroup": note("a ciphertext outside the group is tested for zero", "an outcome of nothing"),
    "NonUnit": note("a number that shares a factor with n is taken", "arithmetic that cannot be undone"),
    "RoomForBits": note("u is too small for the bits", "a sum wraps to zero, and the outcome is wrong"),
    "ManyZeros": note("more than one zero is taken", "an answer that no reading gives is believed"),
    "NoPermutation": note("the order repeats a place", "a bit is lost, and with it the outcome"),
    "SmallGroup": note("a group below the least size is taken", "a total tells too much of a member"),
    "Boundary": note("> stands for >=, or the reverse", "who is exactly at a threshold is charged wrongly"),
    "ExactAverage": note("the average is rounded", "who is high depends on the rounding"),
    "Split": note(
        "the excess of an interval is not split at the boundary", "energy is charged at the wrong rate"
    ),
    "NegativeAllowance": note("the allowance goes below zero", "the next interval is charged wrongly"),
    "StaleState": note("a state or rate outlives its interval", "off-peak energy is charged the high rate"),
    "Replay": note("an interval or message is taken twice", "energy is charged twice or not at all"),
    "Forgery": note("a signature is not verified", "anybody announces a peak"),
    "PerUser": note(
        "a message to one user, or of another scope, counts as the group's", "thresholds search a reading"
    ),
    "SecondComparison": note("an interval is compared twice", "thresholds search a reading"),
    "Unopened": note("a comparison goes on without the opening of the last", "thresholds search a reading"),
    "Order": note("a step is taken out of its place", "a session without a plan charges or signs"),
    "MonthEnd": note("allowance or counters outlive the month", "the next bill is wrong"),
    "Encoding": note("a message with a second encoding is taken", "two readers see two messages"),
    "Grammar": note("a value of another type is taken", "two readers see two requests"),
}


class Suite(Changes):
    """A file of one operation: a valid input, and changes of it."""

    def __init__(
        self, operation: str, name: str, profile: str, numbers: Sequence[int], parameters: Json | None = None
    ) -> None:
        super().__init__(LOAD, operation, name, profile, numbers, parameters or {}, NOTES)

    def good(self, slug: str, comment: str, given: Json, output: Json, source: str, *flags: str) -> None:
        """A positive test with an answer of its own."""
        self.accepted(slug, comment, given, output, source, flags)


# ---- Levels --------------------------------------------------------------------------------------


def level_files(profile: str) -> Iterator[VectorFile]:
    """Readings and thresholds on ladders."""
    reading = Suite("reading_level", profile, profile, (31,))
    cases = (
        ("zero", 0, 50, 16, 1, ("ZeroReading",)),
        ("below-the-first-step", 49, 50, 16, 1, ("Rounding",)),
        ("on-the-first-step", 50, 50, 16, 2, ("Rounding",)),
        ("last-level", 750, 50, 16, 16, ()),
        ("above-the-ladder", 800, 50, 16, 16, ("Saturation",)),
        ("far-above-the-ladder", WH, 1, 2, 2, ("Saturation",)),
        ("whole-range", WH, 1, 2**32, 2**32, ()),
    )
    for slug, value, unit, k, level, flags in cases:
        given = {"value_wh": value, "unit_wh": unit, "levels": k}
        reading.good(
            slug, f"{value} Wh on {k} levels of {unit} Wh.", given, {"level": level}, INTEGERS, *flags
        )
    given = {"value_wh": 120, "unit_wh": 50, "levels": 16}
    for slug, change in (
        ("value-negative", {"value_wh": -1}),
        ("value-33-bits", {"value_wh": WH + 1}),
        ("unit-zero", {"unit_wh": 0}),
        ("one-level", {"levels": 1}),
        ("levels-above", {"levels": 2**32 + 1}),
    ):
        reading.bad(slug, "range", "Out of bounds.", {**given, **change}, "Bound")
    reading.raw("value-fraction", "A reading is a whole number of Wh.", given, "value_wh", "120.5")
    yield reading.file

    threshold = Suite("threshold_level", profile, profile, (31,))
    for slug, value, unit, k, level in (
        ("zero", 0, 50, 16, 1),
        ("one", 1, 50, 16, 2),
        ("on-a-step", 100, 50, 16, 3),
        ("above-a-step", 101, 50, 16, 4),
        ("last", 750, 50, 16, 16),
        ("whole-range", WH, 1, 2**32, 2**32),
    ):
        given = {"threshold_wh": value, "unit_wh": unit, "levels": k}
        threshold.good(slug, f"{value} Wh is rounded up.", given, {"level": level}, INTEGERS, "Rounding")
    given = {"threshold_wh": 120, "unit_wh": 50, "levels": 16}
    for slug, change in (
        ("above-the-ladder", {"threshold_wh": 751}),
        ("negative", {"threshold_wh": -1}),
        ("unit-zero", {"unit_wh": 0}),
        ("no-ladder", {"levels": 0}),
    ):
        threshold.bad(slug, "range", "Out of bounds.", {**given, **change}, "Bound")
    yield threshold.file


# ---- Yao's comparison ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rsa:
    """A user's key, and the ladder that it is used with."""

    name: str
    p: int
    q: int
    e: int
    k: int

    @property
    def n(self) -> int:
        """N."""
        return self.p * self.q

    def root(self, value: int) -> int:
        """The e-th root modulo N, by the primes one at a time."""
        at_p = pow(value, pow(self.e, -1, self.p - 1), self.p)
        at_q = pow(value, pow(self.e, -1, self.q - 1), self.q)
        return (at_p * self.q * pow(self.q, -1, self.p) + at_q * self.p * pow(self.p, -1, self.q)) % self.n

    def window(self, t: int) -> set[int]:
        """t, ..., t + k - 1 modulo N."""
        return {(t + i) % self.n for i in range(self.k)}

    def refused(self, t: int) -> bool:
        """Whether the window holds 0, 1 or N - 1, or both numbers next to N / 2."""
        window, half = self.window(t), self.n // 2
        return bool(window & {0, 1, self.n - 1}) or window >= {half, half + 1}

    def message(self, b: int, x: int) -> int:
        """x^e - b + 1 modulo N."""
        return (pow(x, self.e, self.n) - (b - 1)) % self.n


def small_prime(candidate: int) -> bool:
    """By trial division."""
    return candidate > 2 and all(candidate % d for d in range(2, int(candidate**0.5) + 1))


def answer_primes(key: Rsa, label: str, count: int) -> list[int]:
    """Primes of half the length of N."""
    bits = (key.n.bit_length() + 1) // 2
    if bits > 64:
        return list(primes.pool(bits)[:count])
    if bits < 8:
        return [candidate for candidate in range(1 << (bits - 1), 1 << bits) if small_prime(candidate)]
    drawn = (draw_below(f"load-plan/{label}/{number}", 1 << (bits - 1)) for number in range(100 * count))
    found = dict.fromkeys(1 << (bits - 1) | number | 1 for number in drawn)
    return [candidate for candidate in found if small_prime(candidate)][:count]


def apart(residues: Sequence[int], prime: int) -> bool:
    """All from 1 to p' - 2, and at least three from each other."""
    pairs = ((u, v) for i, u in enumerate(residues) for v in residues[:i])
    return all(0 < u < prime - 1 for u in residues) and all(abs(u - v) >= 3 for u, v in pairs)


def residues(key: Rsa, t: int, a: int, prime: int) -> list[int]:
    """u_1, ..., u_k."""
    return [key.root((t + i - 1) % key.n) % prime + (1 if i > a else 0) for i in range(1, key.k + 1)]


def admissible(key: Rsa, t: int, a: int, candidates: Sequence[int]) -> tuple[int, list[int]]:
    """The index of the first prime that keeps the residues apart, and these."""
    for used, prime in enumerate(candidates):
        sent = residues(key, t, a, prime)
        if key.n % prime and apart(sent, prime):
            return used, sent
    raise AssertionError("no prime is admissible")


@lru_cache
def rsa_keys() -> tuple[Rsa, ...]:
    """A textbook key, one of 40 bits and one of 2048."""
    p, q = paillier_primes.factors("2048")
    return Rsa("3233", 61, 53, 17, 4), Rsa("40", 1048573, 1048571, 65537, 64), Rsa("2048", p, q, 65537, 8)


# Primes of one bit more than half the length of N.
LONG_PRIMES = {"3233": 67, "40": 2097143, "2048": 2**1279 - 1}


def fresh_x(key: Rsa, label: str) -> int:
    """x in [2, N - 2]."""
    return 2 + draw_below(f"load-plan/x/{key.name}/{label}", key.n - 3)


def yao_key_file(key: Rsa) -> VectorFile:
    """Keys, and what is none."""
    suite = Suite("yao_key", key.name, "published", (32,), {"modulus": f"{key.n:x}"})
    given = {"p": key.p, "q": key.q, "exponent": key.e}
    lcm = (key.p - 1) * (key.q - 1) // gcd(key.p - 1, key.q - 1)
    large = key.n.bit_length() > 64
    swaps = (("key", given), ("factors-exchanged", {**given, "p": key.q, "q": key.p}))
    for slug, swapped in swaps[:1] if large else swaps:
        output = {"modulus": key.n, "private_exponent": pow(key.e, -1, lcm)}
        suite.good(slug, "d is the inverse modulo lcm(p - 1, q - 1).", swapped, output, INTEGERS)
    least = key.n.bit_length() | 1
    while gcd(least, lcm) != 1:
        least += 2
    given_least = {**given, "exponent": least}
    output = {"modulus": key.n, "private_exponent": pow(least, -1, lcm)}
    if not large:
        suite.good(
            "least-exponent",
            "The least exponent that is long enough.",
            given_least,
            output,
            INTEGERS,
            "SmallExponent",
        )
    suite.bad("p-equals-q", "range", "The primes are equal.", {**given, "q": key.p}, "Bound")
    suite.bad("p-even", "range", "p is even.", {**given, "p": key.p + 1}, "Bound")
    suite.bad("p-composite", "range", "561 is a Carmichael number.", {**given, "p": 561}, "Composite")
    suite.bad("exponent-even", "range", "e is even.", {**given, "exponent": key.e + 1}, "Bound")
    suite.bad(
        "exponent-short",
        "range",
        "e is 3: cubes in a window are known roots.",
        {**given, "exponent": 3},
        "SmallExponent",
    )
    shared = next(r for r in range(key.n.bit_length() | 1, 10**6, 2) if gcd(r, lcm) != 1)
    suite.bad(
        "exponent-without-inverse",
        "not-invertible",
        "e shares a factor.",
        {**given, "exponent": shared},
        "NoInverse",
    )
    suite.raw("p-number", "A bigint is a text.", given, "p", "61")
    return suite.file


def yao_files(key: Rsa) -> Iterator[VectorFile]:
    """Message, answer, conclusion and opening under one key."""
    yield yao_key_file(key)
    n, k = key.n, key.k
    change: Json
    given: Json
    output: Json
    concluded: Json
    parameters = {"modulus": f"{n:x}", "levels": k}
    request = Suite("yao_request", key.name, "published", (33,), parameters)
    base: Json = {"modulus": n, "exponent": key.e, "levels": k}
    for b in sorted({1, 2, k // 2, k}):
        x = fresh_x(key, f"request/{b}")
        given = {**base, "threshold_level": b, "candidates": [x]}
        request.good(f"level-{b}", f"b = {b}.", given, {"message": key.message(b, x), "used": 0}, INTEGERS)
    inside = key.root(n - 1 - k // 2)
    x = fresh_x(key, "request/second")
    given = {**base, "threshold_level": 1, "candidates": [inside, x]}
    output = {"message": key.message(1, x), "used": 1}
    request.good("second-candidate", "The first one's window holds 0.", given, output, INTEGERS, "FixedPoint")
    low = key.root(2)
    given = {**base, "threshold_level": 1, "candidates": [low]}
    request.good(
        "window-at-2", "c = 2: the window begins behind 1.", given, {"message": 2, "used": 0}, INTEGERS
    )
    last = key.root(n - 1 - k)
    output = {"message": n - 1 - k, "used": 0}
    request.good(
        "window-ends-at-n-2",
        "The window ends before N - 1.",
        {**given, "candidates": [last]},
        output,
        INTEGERS,
    )
    given = {**base, "threshold_level": k // 2, "candidates": [fresh_x(key, "request/bad")]}
    for slug, value, comment in (
        ("window-holds-1", 1 + k // 2 - 1, "t = 1."),
        ("window-holds-0", k // 2 - 2, "t = N - 1: c - b + 1 is negative."),
        ("window-ends-at-n-1", n - 1 - k + k // 2, "t + k - 1 = N - 1."),
    ):
        spoiled = {**given, "candidates": [key.root(value % n)]}
        if not 2 <= spoiled["candidates"][0] <= n - 2:
            continue
        request.bad(slug, "exhausted", comment, spoiled, "FixedPoint", source=INTEGERS)
    half = n // 2
    for slug, t in (("window-at-the-middle", half), ("window-ends-behind-the-middle", half + 2 - k)):
        spoiled = {**given, "threshold_level": 1, "candidates": [key.root(t)]}
        request.bad(slug, "exhausted", "Both numbers next to N / 2.", spoiled, "Negatives", source=INTEGERS)
    for slug, t in (("window-behind-the-middle", half + 1), ("window-before-the-middle", half + 1 - k)):
        spoiled = {**given, "threshold_level": 1, "candidates": [key.root(t)]}
        output = {"message": t, "used": 0}
        request.good(slug, "One of the two numbers next to N / 2.", spoiled, output, INTEGERS, "Negatives")
    spoiled = {**given, "threshold_level": 1, "candidates": [key.root(half), fresh_x(key, "request/bad")]}
    output = {"message": key.message(1, spoiled["candidates"][1]), "used": 1}
    request.good(
        "second-candidate-negatives", "The first one's is refused.", spoiled, output, INTEGERS, "Negatives"
    )
    for slug, change in (
        ("x-one", {"candidates": [1]}),
        ("x-n-minus-1", {"candidates": [n - 1]}),
        ("x-n", {"candidates": [n]}),
        ("level-zero", {"threshold_level": 0}),
        ("level-above", {"threshold_level": k + 1}),
        ("levels-above", {"levels": 257}),
        ("exponent-three", {"exponent": 3}),
        ("modulus-even", {"modulus": n + 1}),
    ):
        flag = "SmallExponent" if slug == "exponent-three" else "Bound"
        request.bad(slug, "range", "Out of bounds.", {**given, **change}, flag)
    request.raw("message-fraction", "An exponent is a bigint.", given, "exponent", "17.0")
    yield request.file

    response = Suite("yao_response", key.name, "published", (34, 35), parameters)
    outcome = Suite("yao_outcome", key.name, "published", (35, 36), parameters)
    secret: Json = {"p": key.p, "q": key.q, "exponent": key.e, "levels": k}
    sample: tuple[Json, Json] | None = None
    pairs = [(1, 1), (1, k), (k, 1), (k // 2, k // 2), (k // 2, k // 2 + 1), (k // 2 + 1, k // 2), (k, k)]
    if n.bit_length() > 64:
        pairs = [(k // 2, k // 2)]
    if n.bit_length() <= 12:
        pairs = [(a, b) for a in range(1, k + 1) for b in range(1, k + 1)]
    for a, b in dict.fromkeys(pairs):
        for attempt in range(100):
            x = fresh_x(key, f"pair/{a}/{b}/{attempt}")
            t = key.message(b, x)
            candidates = answer_primes(key, f"{key.name}/{a}/{b}", 1 if n.bit_length() > 64 else 8)
            if key.refused(t):
                continue
            try:
                used, sent = admissible(key, t, a, candidates)
            except AssertionError:
                continue
            break
        given = {**secret, "reading_level": a, "message": t, "candidates": candidates}
        output = {"prime": candidates[used], "residues": sent, "used": used}
        response.good(f"a-{a}-b-{b}", f"a = {a}, b = {b}, candidate {used}.", given, output, ROOTS)
        concluded = {
            "modulus": n,
            "levels": k,
            "threshold_level": b,
            "x": x,
            "prime": candidates[used],
            "residues": sent,
        }
        outcome.good(
            f"a-{a}-b-{b}", f"a = {a}, b = {b}.", concluded, {"at_least": int(a >= b)}, CASES, "Boundary"
        )
        sample = (given, concluded)
    assert sample is not None
    given, concluded = sample
    for slug, change, flag in (
        ("p-equals-q", {"q": key.p}, "Bound"),
        ("exponent-three", {"exponent": 3}, "SmallExponent"),
        ("level-zero", {"reading_level": 0}, "Bound"),
        ("level-above", {"reading_level": k + 1}, "Bound"),
        ("message-n", {"message": n}, "Bound"),
        ("candidate-composite", {"candidates": [15]}, "Composite"),
        ("candidate-even", {"candidates": [16]}, "Bound"),
    ):
        response.bad(slug, "range", "Out of bounds.", {**given, **change}, flag)
    lcm = (key.p - 1) * (key.q - 1)
    shared = next(r for r in range(n.bit_length() | 1, 10**6, 2) if gcd(r, lcm) != 1)
    response.bad(
        "exponent-without-inverse",
        "not-invertible",
        "e shares a factor.",
        {**given, "exponent": shared},
        "NoInverse",
    )
    for slug, t in (
        ("window-from-0", 0),
        ("window-from-1", 1),
        ("window-from-n-1", n - 1),
        ("window-ends-at-0", n - k + 1),
        ("window-ends-at-n-1", n - k),
    )[: 1 if n.bit_length() > 64 else 5]:
        response.bad(
            slug,
            "policy",
            "The window holds a fixed point.",
            {**given, "message": t},
            "FixedPoint",
            source=INTEGERS,
        )
    for slug, t in (
        ("window-about-the-middle", half + 1 - k // 2),
        ("window-at-the-middle", half),
        ("window-ends-behind-the-middle", half + 2 - k),
    ):
        comment = "The window holds (N - 1)/2 and (N + 1)/2."
        response.bad(slug, "policy", comment, {**given, "message": t}, "Negatives", source=INTEGERS)
    response.raw("message-negative", "A message below zero is none.", given, "message", '"-1"')
    response.raw("message-fraction", "A message is a bigint.", given, "message", '"1.0"')
    response.bad(
        "prime-too-small",
        "exhausted",
        "5 residues have no room modulo 5.",
        {**given, "candidates": [5, 3]},
        "NearResidues",
        source=ROOTS,
    )
    given_long = {**given, "candidates": [LONG_PRIMES[key.name]]}
    response.bad("candidate-long", "exhausted", "More than half of N.", given_long, "LongPrime", source=ROOTS)
    if n.bit_length() <= 12:
        response.bad(
            "prime-divides-n",
            "exhausted",
            "53 divides 3233.",
            {**given, "candidates": [53]},
            "PrimeOfTheKey",
            source=ROOTS,
        )
    yield response.file

    prime, sent = concluded["prime"], concluded["residues"]
    b = concluded["threshold_level"]
    near = [u for u in sent]
    near[0] = near[1] + 2 if near[1] + 2 < prime - 1 else near[1] - 2
    while not (1 <= near[0] <= prime - 2):
        near[0] -= 1
    foreign = next(
        v
        for v in range(1, prime - 1)
        if v not in (sent[b - 1], sent[b - 1] - 1, sent[b - 1] + 1)
        and apart([*sent[: b - 1], v, *sent[b:]], prime)
        and v - concluded["x"] % prime not in (0, 1)
    )
    equal = [sent[1], *sent[1:]]
    for slug, change, error, flag in (
        ("one-residue-missing", {"residues": sent[:-1]}, "range", "Bound"),
        ("residue-zero", {"residues": [0, *sent[1:]]}, "range", "NearResidues"),
        ("residue-p-minus-1", {"residues": [prime - 1, *sent[1:]]}, "range", "NearResidues"),
        ("residue-p", {"residues": [prime, *sent[1:]]}, "range", "Bound"),
        ("two-residues-equal", {"residues": equal}, "range", "NearResidues"),
        ("two-residues-near", {"residues": near}, "range", "NearResidues"),
        (
            "foreign-residue",
            {"residues": [*sent[: b - 1], foreign, *sent[b:]]},
            "proof-failed",
            "ForeignAnswer",
        ),
        ("prime-small", {"prime": 3}, "range", "Bound"),
        ("x-one", {"x": 1}, "range", "Bound"),
        ("x-n", {"x": n}, "range", "Bound"),
        ("level-zero", {"threshold_level": 0}, "range", "Bound"),
        ("level-above", {"threshold_level": k + 1}, "range", "Bound"),
    ):
        outcome.bad(slug, error, "The answer is not one.", {**concluded, **change}, flag)
    if n.bit_length() <= 12:
        whole = {**concluded, "prime": 53, "residues": [3, 9, 15, 21]}
        outcome.bad("prime-divides-n", "range", "53 divides 3233.", whole, "PrimeOfTheKey")
        whole = {**concluded, "prime": 51, "residues": [3, 9, 15, 21]}
        outcome.bad("prime-composite", "range", "51 = 3 x 17.", whole, "Composite")
        whole = {**concluded, "prime": 67, "residues": [3, 9, 15, 21]}
        outcome.bad("prime-long", "range", "67 has more than half the bits of 3233.", whole, "LongPrime")
    yield outcome.file

    audit = Suite("yao_audit", key.name, "published", (43,), parameters)
    x = fresh_x(key, "audit")
    opened = {**base, "threshold_level": b, "x": x, "message": key.message(b, x)}
    audit.good("opened", "The signed threshold.", opened, {}, INTEGERS)
    for slug, change in (
        ("other-threshold", {"threshold_level": b - 1 if b > 1 else b + 1}),
        ("other-x", {"x": x - 1 if x > 2 else 3}),
        ("other-message", {"message": (opened["message"] + 1) % n}),
    ):
        audit.bad(
            slug,
            "proof-failed",
            "Not what was sent.",
            {**opened, **change},
            "OtherThreshold",
            source=INTEGERS,
        )
    audit.bad("x-zero", "range", "x is out of bounds.", {**opened, "x": 0}, "Bound")
    yield audit.file


# ---- The comparison on bits ----------------------------------------------------------------------


@dataclass(frozen=True)
class Dgk:
    """The utility's key."""

    name: str
    p: int
    q: int
    u: int
    v_p: int
    v_q: int
    base_g: int
    base_h: int

    @cached_property
    def n(self) -> int:
        """n."""
        return self.p * self.q

    def join(self, at_p: int, at_q: int) -> int:
        """The residue modulo n of two residues."""
        return (at_p * self.q * pow(self.q, -1, self.p) + at_q * self.p * pow(self.p, -1, self.q)) % self.n

    @cached_property
    def g(self) -> int:
        """g."""
        p, q = self.p, self.q
        return self.join(
            pow(self.base_g, (p - 1) // self.u // self.v_p, p),
            pow(self.base_g, (q - 1) // self.u // self.v_q, q),
        )

    @cached_property
    def h(self) -> int:
        """h."""
        p, q = self.p, self.q
        return self.join(pow(self.base_h, (p - 1) // self.v_p, p), pow(self.base_h, (q - 1) // self.v_q, q))

    def power(self, of_g: int, of_h: int) -> int:
        """g^of_g h^of_h, the exponents reduced by the orders that only the utility knows."""
        p, q = self.p, self.q
        return self.join(
            pow(self.g % p, of_g % (self.u * self.v_p), p) * pow(self.h % p, of_h % self.v_p, p),
            pow(self.g % q, of_g % (self.u * self.v_q), q) * pow(self.h % q, of_h % self.v_q, q),
        )

    @property
    def private(self) -> Json:
        """The private fields."""
        return {"p": self.p, "q": self.q, "u": self.u, "v_p": self.v_p, "v_q": self.v_q}

    @property
    def public(self) -> Json:
        """The public fields."""
        return {"modulus": self.n, "u": self.u, "g": self.g, "h": self.h}

    def whole(self) -> bool:
        """Whether g and h have their whole orders."""
        sides = ((self.p, self.v_p), (self.q, self.v_q))
        return all(
            pow(self.g, self.u, s) != 1 and pow(self.g, v, s) != 1 and self.h % s != 1 for s, v in sides
        )


# Length of n, of v_p and v_q, u, and how far behind its stream's number each prime stands.
DGK_SIZES = ((64, 16, 23, (3, 8, 2, 4)), (2048, 224, 101, (56, 158, 80, 636)))


@lru_cache
def dgk_keys() -> tuple[Dgk, ...]:
    """A key of 64 bits and one of 2048. Everybody knows their primes."""

    def odd(label: str, bits: int) -> int:
        drawn = int.from_bytes(draw_bytes(label, (bits + 7) // 8), "big") >> (-bits % 8)
        return drawn | 3 << (bits - 2) | 1

    keys = []
    for size, t, u, (of_vp, of_vq, of_p, of_q) in DGK_SIZES:
        label = f"load-management/dgk/{size}"
        v_p, v_q = odd(f"{label}/v_p", t) + 2 * of_vp, odd(f"{label}/v_q", t) + 2 * of_vq
        p = 2 * u * v_p * (odd(f"{label}/p", size // 2) // (2 * u * v_p) + of_p) + 1
        q = 2 * u * v_q * (odd(f"{label}/q", size // 2) // (2 * u * v_q) + of_q) + 1
        attempt = 0
        while True:
            bases = [2 + draw_below(f"{label}/base/{name}/{attempt}", p * q - 2) for name in "gh"]
            key = Dgk(str(size), p, q, u, v_p, v_q, *bases)
            if key.whole():
                break
            attempt += 1
        keys.append(key)
    return tuple(keys)


def dgk_random(key: Dgk, label: str) -> int:
    """r of two and a half times the length of v."""
    bits = 5 * key.v_p.bit_length() // 2
    return 1 + draw_below(f"load-plan/r/{key.name}/{label}", (1 << bits) - 1) | 1 << (bits - 1)


def bit_list(level: int, length: int) -> list[int]:
    """The bits of level - 1, the lowest first."""
    return [int(digit) for digit in reversed(f"{level - 1:0{length}b}")]


@dataclass(frozen=True)
class Answer:
    """A user's answer: inputs and output."""

    given: Json
    ciphertexts: list[int]


def dgk_answer(key: Dgk, a: int, b: int, length: int, label: str) -> tuple[Json, Answer]:
    """The utility's request and the user's answer, by exponents."""
    s = [dgk_random(key, f"{label}/s/{i}") for i in range(length)]
    bits_a, bits_b = bit_list(a, length), bit_list(b, length)
    sent = [key.power(bit, r) for bit, r in zip(bits_b, s, strict=True)]
    rho = [1 + draw_below(f"load-plan/rho/{key.name}/{label}/{i}", key.u - 1) for i in range(length)]
    r = [dgk_random(key, f"{label}/r/{i}") for i in range(length)]
    order = list(range(length))
    for i in range(length - 1, 0, -1):
        j = draw_below(f"load-plan/order/{key.name}/{label}/{i}", i + 1)
        order[i], order[j] = order[j], order[i]
    out = [0] * length
    for i in range(length):
        of_g = 1 + bits_a[i] - bits_b[i] + 3 * sum(bits_a[j] != bits_b[j] for j in range(i + 1, length))
        of_h = -s[i] + 3 * sum(-s[j] if bits_a[j] else s[j] for j in range(i + 1, length))
        out[order[i]] = key.power(rho[i] * of_g, rho[i] * of_h + r[i])
    given = {
        **key.public,
        "bits": sent,
        "multipliers": rho,
        "randomness": r,
        "order": order,
        "reading_level": a,
    }
    return {**key.public, "randomness": s, "threshold_level": b}, Answer(given, out)


def dgk_files(key: Dgk, profile: str) -> Iterator[VectorFile]:
    """Key, encryption, test for zero, message, answer, conclusion and opening under one key."""
    name = f"{key.name}-{profile}" if key.name == "64" else key.name
    parameters = {"modulus": f"{key.n:x}"}
    n, u, p, q = key.n, key.u, key.p, key.q
    change: Json
    suite = Suite("dgk_key", name, profile, (37,), parameters)
    given = {**key.private, "base_g": key.base_g, "base_h": key.base_h}
    suite.good(
        "key", "g and h have their whole orders.", given, {"modulus": n, "g": key.g, "h": key.h}, INTEGERS
    )
    low = pow(key.base_h, u, n)
    suite.bad(
        "g-without-u",
        "not-in-group",
        "g has order v_p and v_q only.",
        {**given, "base_g": low},
        "SmallOrder",
        source=INTEGERS,
    )
    suite.bad(
        "h-one",
        "not-in-group",
        "h is 1.",
        {**given, "base_h": pow(key.base_h, key.v_p * key.v_q, n)},
        "SmallOrder",
        source=INTEGERS,
    )
    for slug, change, flag in (
        ("u-other", {"u": 29 if u == 23 else 103}, "Bound"),
        ("v-equal", {"v_q": key.v_p}, "OneSubgroup"),
        ("p-even", {"p": p + 1}, "Bound"),
        ("base-zero", {"base_g": 0}, "Bound"),
        ("base-n", {"base_h": n}, "Bound"),
    ):
        suite.bad(slug, "range", "Not a key.", {**given, **change}, flag)
    yield suite.file

    suite = Suite("dgk_encrypt", name, profile, (38,), parameters)
    for m in sorted({0, 1, u // 2, u - 1}):
        r = dgk_random(key, f"encrypt/{m}")
        suite.good(
            f"plaintext-{m}",
            f"m = {m}.",
            {**key.public, "plaintext": m, "randomness": r},
            {"ciphertext": key.power(m, r)},
            EXPONENTS,
        )
    given = {**key.public, "plaintext": 1, "randomness": dgk_random(key, "encrypt/bad")}
    for slug, change, error, flag in (
        ("plaintext-u", {"plaintext": u}, "range", "Bound"),
        ("plaintext-negative", {"plaintext": -1}, "range", "Bound"),
        ("randomness-zero", {"randomness": 0}, "range", "Bound"),
        ("g-one", {"g": 1}, "range", "Bound"),
        ("g-no-unit", {"g": p}, "not-invertible", "NonUnit"),
        ("h-no-unit", {"h": 2 * q}, "not-invertible", "NonUnit"),
    ):
        suite.bad(slug, error, "Refused.", {**given, **change}, flag)
    yield suite.file

    suite = Suite("dgk_is_zero", name, profile, (39,), parameters)
    for m in (0, 1, u - 1):
        c = key.power(m, dgk_random(key, f"zero/{m}"))
        suite.good(
            f"plaintext-{m}", f"m = {m}.", {**key.private, "ciphertext": c}, {"zero": int(m == 0)}, EXPONENTS
        )
    suite.good("one", "1 = E(0; 0).", {**key.private, "ciphertext": 1}, {"zero": 1}, EXPONENTS)
    half = key.join(key.power(0, 3) % p, key.power(1, 3) % q)
    for slug, c, comment in (
        ("outside", key.base_g, "An element of a larger order."),
        ("minus-one", n - 1, "-1 has order 2."),
        ("zero-on-one-side", half, "0 modulo p and 1 modulo q."),
        ("factor", p, "0 modulo p."),
    ):
        suite.bad(
            slug,
            "not-in-group",
            comment,
            {**key.private, "ciphertext": c},
            "OutsideTheGroup",
            source=EXPONENTS,
        )
    suite.bad("ciphertext-zero", "range", "0 is no ciphertext.", {**key.private, "ciphertext": 0}, "Bound")
    suite.bad("ciphertext-n", "range", "n is too large.", {**key.private, "ciphertext": n}, "Bound")
    yield suite.file

    length = 6 if key.name == "64" else 8
    request = Suite("dgk_request", name, profile, (40,), {**parameters, "bits": length})
    response = Suite("dgk_response", name, profile, (41,), {**parameters, "bits": length})
    outcome = Suite("dgk_outcome", name, profile, (39, 42), {**parameters, "bits": length})
    k = 1 << length
    pairs = [(k // 2, k // 2 + 1), (k // 2 + 1, k // 2), (5, 6)]
    if key.name == "64":
        pairs = [(1, 1), (1, k), (k, 1), (k, k), *pairs, (37, 37)]
    for a, b in pairs:
        asked, answered = dgk_answer(key, a, b, length, f"pair/{a}/{b}")
        request.good(f"a-{a}-b-{b}", f"b = {b}.", asked, {"bits": answered.given["bits"]}, EXPONENTS)
        response.good(
            f"a-{a}-b-{b}",
            f"a = {a}, b = {b}.",
            answered.given,
            {"ciphertexts": answered.ciphertexts},
            EXPONENTS,
        )
        concluded = {**key.private, "levels": k, "ciphertexts": answered.ciphertexts}
        outcome.good(
            f"a-{a}-b-{b}", f"a = {a}, b = {b}.", concluded, {"at_least": int(a >= b)}, CASES, "Boundary"
        )
    for slug, change, error, flag in (
        ("level-zero", {"threshold_level": 0}, "range", "Bound"),
        ("level-above", {"threshold_level": k + 1}, "range", "Bound"),
        ("randomness-zero", {"randomness": [0, *asked["randomness"][1:]]}, "range", "Bound"),
        ("u-small", {"u": 17}, "range", "RoomForBits")
        if length == 6
        else ("u-small", {"u": 23}, "range", "RoomForBits"),
        ("g-no-unit", {"g": p}, "not-invertible", "NonUnit"),
        ("modulus-even", {"modulus": n + 1}, "range", "Bound"),
    ):
        request.bad(slug, error, "Refused.", {**asked, **change}, flag)
    yield request.file
    good = answered.given
    for slug, change, error, flag in (
        ("level-zero", {"reading_level": 0}, "range", "Bound"),
        ("level-above", {"reading_level": k + 1}, "range", "Bound"),
        ("bit-zero", {"bits": [0, *good["bits"][1:]]}, "range", "Bound"),
        ("bit-n", {"bits": [n, *good["bits"][1:]]}, "range", "Bound"),
        ("bit-no-unit", {"bits": [p, *good["bits"][1:]]}, "not-invertible", "NonUnit"),
        ("multiplier-zero", {"multipliers": [0, *good["multipliers"][1:]]}, "range", "Bound"),
        ("multiplier-u", {"multipliers": [u, *good["multipliers"][1:]]}, "range", "Bound"),
        ("order-repeats", {"order": [good["order"][1], *good["order"][1:]]}, "range", "NoPermutation"),
        ("order-above", {"order": [length, *good["order"][1:]]}, "range", "NoPermutation"),
        ("randomness-zero", {"randomness": [0, *good["randomness"][1:]]}, "range", "Bound"),
    ):
        response.bad(slug, error, "Refused.", {**good, **change}, flag)
    one_less = json.dumps([f"{r:x}" for r in good["randomness"][:-1]])
    response.raw("randomness-missing", "As many random numbers as bits.", good, "randomness", one_less)
    yield response.file
    zero = key.power(0, dgk_random(key, "zero/again"))
    cs = concluded["ciphertexts"]
    for slug, change, error, flag in (
        ("one-missing", {"ciphertexts": cs[:-1]}, "range", "Bound"),
        ("levels-other", {"levels": k + 1}, "range", "Bound"),
        ("two-zeros", {"ciphertexts": [zero, zero, *cs[2:]]}, "proof-failed", "ManyZeros"),
        ("outside", {"ciphertexts": [key.base_g, *cs[1:]]}, "not-in-group", "OutsideTheGroup"),
        ("ciphertext-zero", {"ciphertexts": [0, *cs[1:]]}, "range", "Bound"),
    ):
        outcome.bad(slug, error, "Refused.", {**concluded, **change}, flag)
    yield outcome.file

    audit = Suite("dgk_audit", name, profile, (43,), {**parameters, "bits": length})
    opened = {**asked, "bits": good["bits"]}
    audit.good("opened", "The signed threshold.", opened, {}, EXPONENTS)
    b = asked["threshold_level"]
    turned = [asked["randomness"][0] ^ 2, *asked["randomness"][1:]]
    three = key.power(3, asked["randomness"][0])
    for slug, change in (
        ("other-threshold", {"threshold_level": b - 1}),
        ("other-randomness", {"randomness": turned}),
        ("no-bit", {"bits": [three, *good["bits"][1:]]}),
        ("bits-exchanged", {"bits": [*good["bits"][1:], good["bits"][0]]}),
    ):
        audit.bad(
            slug,
            "proof-failed",
            "Not what was sent.",
            {**opened, **change},
            "OtherThreshold",
            source=EXPONENTS,
        )
    audit.bad("g-no-unit", "not-invertible", "g is p.", {**opened, "g": p}, "NonUnit")
    audit.bad("level-above", "range", "No such level.", {**opened, "threshold_level": k + 1}, "Bound")
    yield audit.file


# ---- The plan in the clear -----------------------------------------------------------------------


def threshold_of(readings_wh: int, members: int, maximum: int, policy: int, parameter: int) -> int:
    """The least threshold T with N T >= P_sum, among all, the multiples of the parameter, or it alone."""
    if policy == 2:
        return min(parameter, maximum)
    step = parameter if policy == 1 else 1
    steps = readings_wh // (members * step)
    while members * steps * step < readings_wh:
        steps += 1
    return min(steps * step, maximum)


def charged(usage: int, threshold: int | None, allowance: int) -> Json:
    """The charge of an interval, by cases."""
    if threshold is None or usage < threshold:
        return {"high": 0, "high_rate": 0, "normal_wh": usage, "high_wh": 0, "allowance_wh": allowance}
    if usage <= allowance:
        return {
            "high": 1,
            "high_rate": 0,
            "normal_wh": usage,
            "high_wh": 0,
            "allowance_wh": allowance - usage,
        }
    return {
        "high": 1,
        "high_rate": 1,
        "normal_wh": allowance,
        "high_wh": usage - allowance,
        "allowance_wh": 0,
    }


def interval_of(given: Json) -> Json:
    """The interval of a whole group."""
    usages = [user["usage_wh"] for user in given["users"]]
    total = sum(usages)
    threshold = None
    if total >= given["group_threshold_wh"]:
        policy = (given["threshold_policy"], given["parameter_wh"])
        threshold = threshold_of(total, len(usages), given["maximum_wh"], *policy)
    users = [charged(user["usage_wh"], threshold, user["allowance_wh"]) for user in given["users"]]
    return {"total_wh": total, "peak": int(threshold is not None), "threshold_wh": threshold, "users": users}


def grouped(least: int, users: Sequence[Json]) -> list[Json]:
    """Groups, dealt out one user at a time."""
    groups: list[Json] = []
    for plan in sorted({user["plan"] for user in users}):
        ranked = [user["node"] for user in sorted(users, key=lambda u: u["node"]) if user["plan"] == plan]
        totals = {user["node"]: user["last_month_wh"] for user in users}
        ranked.sort(key=lambda node: totals[node])
        count = len(ranked) // least
        sizes = [0] * count
        for place in range(len(ranked)):
            sizes[place % count] += 1
        for size in sizes:
            groups.append({"plan": plan, "nodes": ranked[:size]})
            ranked = ranked[size:]
    return groups


def plan_files(profile: str) -> Iterator[VectorFile]:
    """Groups, group states, charges and whole intervals."""
    least = 3 if profile == "published" else 8
    first = 0 if profile == "published" else 1
    given: Json
    suite = Suite("assign_groups", profile, profile, (46,))

    def user(node: int, plan: int, total: int) -> Json:
        return {"node": node, "plan": plan, "last_month_wh": total}

    def drawn(label: str, count: int) -> list[Json]:
        return [
            user(
                7 * i + 1,
                draw_below(f"load-plan/plan/{label}/{i}", 2) if count > 4 * least else 0,
                draw_below(f"load-plan/month/{label}/{i}", 900_000),
            )
            for i in range(count)
        ]

    for slug, users, comment in (
        ("one-group", [user(node, 0, 1000 - node) for node in range(least)], "The least size."),
        ("equal-totals", [user(node, 0, 500) for node in reversed(range(least))], "Nodes break the tie."),
        ("one-more", [user(node, 0, node) for node in range(least + 1)], "One group, one larger."),
        (
            "two-groups",
            [user(node, 3, (node * 37) % 100) for node in range(2 * least + 1)],
            "The first is larger.",
        ),
        (
            "two-plans",
            [user(node, node % 2, node * node) for node in range(2 * least)],
            "Plans are kept apart.",
        ),
        ("many", drawn("many", 6 * least + 5), "Two plans, several groups."),
    ):
        given = {"least_members": least, "users": users}
        suite.good(slug, comment, given, {"groups": grouped(least, users)}, CASES)
    few = {"least_members": least, "users": [user(node, 0, node) for node in range(least - 1)]}
    suite.bad("too-few", "policy", "A group below the least size.", few, "SmallGroup")
    mixed = {
        "least_members": least,
        "users": [*[user(node, 0, node) for node in range(least)], user(99, 1, 5)],
    }
    suite.bad("plan-of-one", "policy", "The second plan has one user.", mixed, "SmallGroup")
    good: Json = {"least_members": least, "users": [user(node, 0, node) for node in range(least)]}
    for slug, change in (
        ("least-below", {"least_members": least - 1}),
        ("node-twice", {"users": [*good["users"][:-1], user(0, 0, 9)]}),
        ("plan-256", {"users": [*good["users"], user(50, 256, 1)]}),
        ("total-negative", {"users": [*good["users"], user(50, 0, -1)]}),
    ):
        suite.bad(
            slug,
            "range",
            "Out of bounds.",
            {**good, **change},
            "SmallGroup" if slug == "least-below" else "Bound",
        )
    yield suite.file

    suite = Suite("group_state", profile, profile, (47, 48))
    base: Json = {
        "meters": 10,
        "maximum_wh": 500,
        "total_wh": 2003,
        "group_threshold_wh": 2000,
        "threshold_policy": first,
        "parameter_wh": 50,
    }
    changes: list[tuple[str, Json, str, tuple[str, ...]]] = [
        ("peak", {}, "Above the threshold.", ()),
        ("peak-exactly", {"total_wh": 2000}, "P_sum = Thres is peak.", ("Boundary",)),
        ("off-peak", {"total_wh": 1999}, "One Wh below.", ("Boundary",)),
        ("nothing-used", {"total_wh": 0, "group_threshold_wh": 0}, "0 >= 0.", ("Boundary",)),
        ("everything", {"total_wh": 5000}, "All at the greatest reading.", ()),
        ("coarse", {"threshold_policy": 1}, "The next multiple of 50.", ()),
        (
            "coarse-exact",
            {"threshold_policy": 1, "total_wh": 2500},
            "The average is a multiple.",
            ("ExactAverage",),
        ),
        (
            "coarse-above-the-greatest",
            {"threshold_policy": 1, "parameter_wh": 400, "total_wh": 4500},
            "800 is above 500.",
            (),
        ),
        ("fixed", {"threshold_policy": 2, "parameter_wh": 123}, "The parameter.", ()),
        ("fixed-above-the-greatest", {"threshold_policy": 2, "parameter_wh": 900}, "900 is above 500.", ()),
        (
            "large",
            {"meters": 1024, "maximum_wh": WH, "total_wh": 1024 * WH, "parameter_wh": 7},
            "The largest total.",
            (),
        ),
    ]
    if profile == "published":
        changes += [
            ("average-whole", {"total_wh": 2010}, "201 exactly.", ("ExactAverage",)),
            ("average-one-more", {"total_wh": 2011}, "A tenth above 201: 202.", ("ExactAverage",)),
            ("average-one-less", {"total_wh": 2009}, "A tenth below 201: 201.", ("ExactAverage",)),
        ]
    for slug, change, comment, flags in changes:
        given = {**base, **change}
        peak = given["total_wh"] >= given["group_threshold_wh"]
        names = ("total_wh", "meters", "maximum_wh", "threshold_policy", "parameter_wh")
        threshold = threshold_of(*(given[name] for name in names)) if peak else None
        suite.good(slug, comment, given, {"peak": int(peak), "threshold_wh": threshold}, CASES, *flags)
    for slug, change, flag in (
        ("too-few-meters", {"meters": least - 1, "total_wh": 800}, "SmallGroup"),
        ("total-above", {"total_wh": 5001}, "Bound"),
        ("total-negative", {"total_wh": -1}, "Bound"),
        ("threshold-negative", {"group_threshold_wh": -1}, "Bound"),
        ("policy-unknown", {"threshold_policy": 3}, "Bound"),
        ("parameter-zero", {"parameter_wh": 0}, "Bound"),
        ("policy-below", {"threshold_policy": first - 1}, "ExactAverage"),
    ):
        suite.bad(slug, "range", "Out of bounds.", {**base, **change}, flag)
    suite.raw("total-fraction", "A total is whole.", base, "total_wh", "2003.5")
    yield suite.file

    suite = Suite("charge", profile, profile, (49, 50))
    for slug, usage, threshold, allowance, flags in (
        ("off-peak", 700, None, 500, ("StaleState",)),
        ("off-peak-without-allowance", 700, None, 0, ("StaleState",)),
        ("below", 699, 700, 500, ("Boundary",)),
        ("exactly", 700, 700, 900, ("Boundary",)),
        ("covered", 800, 700, 900, ("Split",)),
        ("covered-exactly", 900, 700, 900, ("Split",)),
        ("split", 901, 700, 900, ("Split",)),
        ("split-long", 5000, 700, 1, ("Split", "NegativeAllowance")),
        ("no-allowance", 800, 700, 0, ("NegativeAllowance",)),
        ("nothing-used", 0, 0, 500, ("Boundary",)),
        ("nothing-used-without-allowance", 0, 0, 0, ("Boundary",)),
        ("largest", WH, WH, 2**52 - 1, ()),
        ("largest-split", WH, 0, WH - 1, ("Split",)),
    ):
        given = {"usage_wh": usage, "threshold_wh": threshold, "allowance_wh": allowance}
        comment = f"{usage} Wh, threshold {threshold}, {allowance} Wh left."
        suite.good(slug, comment, given, charged(usage, threshold, allowance), CASES, *flags)
    base = {"usage_wh": 800, "threshold_wh": 700, "allowance_wh": 500}
    for slug, change in (
        ("usage-negative", {"usage_wh": -1}),
        ("usage-33-bits", {"usage_wh": WH + 1}),
        ("threshold-negative", {"threshold_wh": -1}),
        ("allowance-negative", {"allowance_wh": -1}),
    ):
        flag = "NegativeAllowance" if slug == "allowance-negative" else "Bound"
        suite.bad(slug, "range", "Out of bounds.", {**base, **change}, flag)
    suite.raw("usage-fraction", "Energy is whole.", base, "usage_wh", "800.5")
    yield suite.file

    suite = Suite("plan_interval", profile, profile, (47, 48, 49, 50, 51))

    def group(*pairs: tuple[int, int]) -> list[Json]:
        given = [{"usage_wh": usage, "allowance_wh": allowance} for usage, allowance in pairs]
        given += [{"usage_wh": 5, "allowance_wh": 40}] * (least - len(given))
        return given

    base = {"maximum_wh": 20, "group_threshold_wh": 15, "threshold_policy": 2, "parameter_wh": 5}
    cases: list[tuple[str, Json, list[Json], tuple[str, ...]]] = [
        ("all-at-the-threshold", {}, group((5, 9), (5, 9), (5, 9)), ("Boundary",)),
        ("all-below", {"parameter_wh": 6}, group((5, 9), (5, 9), (5, 9)), ("Boundary",)),
        (
            "seven-five-five",
            {"threshold_policy": first, "parameter_wh": 2},
            group((7, 3), (5, 9), (5, 0)),
            ("ExactAverage", "Split"),
        ),
        ("off-peak", {"group_threshold_wh": 4000}, group((20, 0), (20, 0), (0, 0)), ("StaleState",)),
        ("peak-exactly", {"group_threshold_wh": 5 * least}, group(), ("Boundary",)),
        ("last-allowance", {}, group((6, 6), (6, 5), (6, 7)), ("Split", "NegativeAllowance")),
        (
            "nobody-uses",
            {"group_threshold_wh": 0, "parameter_wh": 1},
            [{"usage_wh": 0, "allowance_wh": 1}] * least,
            ("Boundary",),
        ),
    ]
    for number in range(3):
        users = [
            {
                "usage_wh": draw_below(f"load-plan/use/{number}/{i}", 21),
                "allowance_wh": draw_below(f"load-plan/left/{number}/{i}", 21),
            }
            for i in range(10)
        ]
        cases.append(
            (
                f"drawn-{number}",
                {"threshold_policy": first, "group_threshold_wh": 40, "parameter_wh": 3},
                users,
                (),
            )
        )
    for slug, change, users, flags in cases:
        given = {**base, **change, "users": users}
        suite.good(slug, "One interval of a group.", given, interval_of(given), CASES, *flags)
    whole = {**base, "users": group()}
    for slug, change, error, flag in (
        ("usage-above", {"users": [{"usage_wh": 21, "allowance_wh": 0}, *group()[1:]]}, "range", "Bound"),
        ("usage-negative", {"users": [{"usage_wh": -1, "allowance_wh": 0}, *group()[1:]]}, "range", "Bound"),
        (
            "allowance-negative",
            {"users": [{"usage_wh": 1, "allowance_wh": -1}, *group()[1:]]},
            "range",
            "NegativeAllowance",
        ),
        ("policy-unknown", {"threshold_policy": 3}, "range", "Bound"),
        ("policy-below", {"threshold_policy": first - 1}, "range", "ExactAverage"),
    ):
        suite.bad(slug, error, "Refused.", {**whole, **change}, flag)
    if profile == "hardened":
        suite.bad(
            "seven-members", "range", "A group below eight.", {**whole, "users": group()[1:]}, "SmallGroup"
        )
    pair = json.dumps(group()[:2])
    suite.raw("two-members", "A group of two tells each the other's reading.", whole, "users", pair)
    yield suite.file


# ---- Messages ------------------------------------------------------------------------------------


def cbor(item: Any) -> bytes:
    """The deterministic encoding of numbers, truth values, byte strings, arrays and maps in order."""
    if isinstance(item, bool):
        return b"\xf5" if item else b"\xf4"
    major, size = {int: (0, item), bytes: (2, 0), list: (4, 0), dict: (5, 0)}[type(item)]
    number = size if type(item) is int else len(item)
    width = next(w for w, limit in ((0, 24), (1, 2**8), (2, 2**16), (4, 2**32), (8, 2**64)) if number < limit)
    short = {0: number, 1: 24, 2: 25, 4: 26, 8: 27}[width]
    head = bytes([major * 32 + short]) + (number.to_bytes(width, "big") if width else b"")
    if isinstance(item, bytes):
        return head + item
    if isinstance(item, list):
        return head + b"".join(map(cbor, item))
    if isinstance(item, dict):
        return head + b"".join(cbor(key) + cbor(item[key]) for key in sorted(item))
    return head


GROUP_STATE, RATE, ALLOWANCE, APPLIANCE = 6, 7, 8, 9

Body = dict[int, Any]


@cache
def _signature(seed: bytes, covered: bytes) -> bytes:
    return ed25519_sign(seed, covered)


def signed(seed: bytes, kind: int, body: Body) -> bytes:
    """A signed message."""
    covered = b"meter-privacy/load-management/1/message\x00" + cbor([1, kind, body])
    return cbor([1, kind, body, _signature(seed, covered)])


def step(operation: str, session: str | None, given: Json, expect: Json | str | None = None) -> Json:
    """One step of a script; a text as expectation is an error class."""
    return LOAD.step(operation, given, expect, session)


UTILITY = draw_bytes("load-plan/utility", 32)
METER = draw_bytes("load-plan/meter", 32)
STRANGER = draw_bytes("load-plan/stranger", 32)
SCOPE = draw_bytes("load-plan/scope", 32)
OTHER_SCOPE = draw_bytes("load-plan/other-scope", 32)


class Home:
    """A user's session, followed by cases."""

    def __init__(self, name: str, **changed: Any) -> None:
        self.name = name
        self.start: Json = {
            "utility_key": ed25519_public(UTILITY),
            "scope": SCOPE,
            "node": 4,
            "maximum_wh": 3000,
            "unit_wh": 50,
            "levels": 64,
            "allowance_wh": 1000,
            "normal_price": 21,
            "high_price": 34,
            "month": 5,
            "deferrable": [2, 9],
            **changed,
        }
        self.allowance = self.start["allowance_wh"]
        self.normal = self.high = self.lapsed = 0
        self.waiting: int | None = None
        self.interval = -1
        self.rate = 0

    def begin(self) -> Json:
        """The start."""
        return step("user_start", self.name, self.start)

    def book(self, threshold: int | None) -> Json:
        """Charge what waits."""
        assert self.waiting is not None
        one = charged(self.waiting, threshold, self.allowance)
        self.allowance, self.waiting = one["allowance_wh"], None
        self.normal += one["normal_wh"]
        self.high += one["high_wh"]
        self.rate = one["high_rate"]
        return one

    def lapse(self) -> int:
        """Charge what waits the normal rate."""
        if self.waiting is None:
            return 0
        self.book(None)
        self.lapsed += 1
        return 1

    @property
    def bill(self) -> int:
        """The bill so far, Wh by Wh's price."""
        return int(self.normal * self.start["normal_price"] + self.high * self.start["high_price"])

    def reading(self, interval: int, usage: int) -> Json:
        """A reading."""
        lapsed = self.lapse()
        self.waiting, self.interval = usage, interval
        return step("user_reading", self.name, {"interval": interval, "usage_wh": usage}, {"lapsed": lapsed})

    def message(self, threshold: int | None, **changed: Any) -> bytes:
        """The group state of the interval."""
        body: Body = {1: self.start["scope"], 3: self.interval, 4: threshold is not None}
        body |= {} if threshold is None else {5: threshold}
        body |= {int(key[1:]): value for key, value in changed.items() if key.startswith("_")}
        return signed(changed.get("seed", UTILITY), changed.get("kind", GROUP_STATE), body)

    def settle(self, threshold: int | None) -> Json:
        """The group state, and the charge."""
        message = self.message(threshold)
        one = self.book(threshold)
        return step("user_settle", self.name, {"message": message}, {**one, "bill": self.bill})

    def refuse(self, error: str, message: bytes) -> Json:
        """A message that is refused."""
        return step("user_settle", self.name, {"message": message}, error)

    def signals(self) -> Json:
        """The meter's own messages."""
        head = {1: self.start["scope"], 2: self.start["node"], 3: self.interval}
        out = [
            signed(METER, RATE, {**head, 4: bool(self.rate)}),
            signed(METER, ALLOWANCE, {**head, 4: self.allowance}),
        ]
        out += [
            signed(METER, APPLIANCE, {**head, 4: one, 5: not self.rate}) for one in self.start["deferrable"]
        ]
        return step("user_signals", self.name, {"private_key": METER}, {"messages": out})

    def month(self) -> Json:
        """The month's end."""
        self.lapse()
        output = {"normal_wh": self.normal, "high_wh": self.high, "lapsed": self.lapsed, "bill": self.bill}
        done = step("user_month", self.name, {"month": self.start["month"]}, output)
        self.start = {**self.start, "month": self.start["month"] + 1}
        self.allowance = self.start["allowance_wh"]
        self.normal = self.high = self.lapsed = 0
        return done


def user_scripts(profile: str) -> VectorFile:
    """A user's months, and what a session refuses."""
    file = VectorFile(CHAPTER, f"script-user-{profile}", profile, parameters={}, notes=NOTES)

    def script(slug: str, steps: Sequence[Json], numbers: Sequence[int], comment: str, *flags: str) -> None:
        file.script(
            f"{CHAPTER}-script/user-{profile}/{slug}",
            steps,
            requirements=ids(*numbers),
            comment=comment,
            source=CASES,
            flags=flags,
        )

    home = Home("home")
    steps = [home.begin()]
    for t, (usage, threshold) in enumerate(
        ((300, None), (900, 901), (700, 700), (200, 100), (250, 100), (400, 300), (90, 100), (900, None)), 20
    ):
        steps += [home.reading(t, usage), home.settle(threshold)]
        if t in (20, 24, 25, 27):
            steps.append(home.signals())
    steps += [home.month(), home.reading(28, 500), home.settle(500), home.signals(), home.month()]
    script(
        "two-months",
        steps,
        (52, 53, 54, 55, 58, 59),
        "Off-peak, normal, covered, split, exhausted, off-peak; the next month anew.",
        "Split",
        "StaleState",
        "MonthEnd",
    )

    home = Home("home", allowance_wh=600)
    steps = [
        home.begin(),
        home.reading(1, 600),
        home.settle(600),
        home.reading(2, 0),
        home.settle(0),
        home.reading(3, 1),
        home.settle(1),
        home.month(),
    ]
    script(
        "exactly",
        steps,
        (53, 54, 55, 59),
        "Usage, threshold and allowance are equal; then nothing is used; then one Wh.",
        "Boundary",
        "Split",
    )

    home = Home("home", allowance_wh=0, normal_price=0, high_price=0, deferrable=[])
    script(
        "free",
        [home.begin(), home.reading(0, 10), home.settle(5), home.signals(), home.month()],
        (52, 54, 55, 58, 59),
        "No price, no allowance, no appliances.",
    )

    home = Home("home")
    steps = [
        home.begin(),
        home.reading(1, 800),
        home.reading(3, 900),
        home.settle(100),
        home.reading(4, 70),
        home.month(),
        home.reading(5, 60),
        home.settle(None),
    ]
    script(
        "lapses",
        steps,
        (53, 54, 59),
        "Two readings never get their group state; one at the month's end.",
        "MonthEnd",
    )

    home = Home("home")
    begin = home.begin()
    script(
        "started-twice",
        [begin, {**begin, "expect": {"error": "state"}}],
        (52,),
        "A second start is refused.",
        "Order",
    )
    for slug, change in (
        ("ladder-short", {"levels": 60}),
        ("prices-reversed", {"normal_price": 35}),
        ("appliances-repeated", {"deferrable": [2, 2]}),
        ("allowance-negative", {"allowance_wh": -1}),
        ("levels-one", {"levels": 1}),
    ):
        first = step("user_start", "home", {**home.start, **change}, "range")
        script(
            slug,
            [first, begin],
            (52,),
            "Refused, and then started.",
            "NegativeAllowance" if "negative" in slug else "Bound",
        )
    script(
        "before-the-start",
        [
            step("user_reading", "home", {"interval": 1, "usage_wh": 5}, "state"),
            home.refuse("state", home.message(None, _3=1)),
            step("user_signals", "home", {"private_key": METER}, "state"),
            step("user_month", "home", {"month": 5}, "state"),
            begin,
        ],
        (53, 54, 58, 59),
        "No step comes before the start.",
        "Order",
    )

    home = Home("home")
    steps = [home.begin(), home.reading(7, 500)]
    steps += [step("user_reading", "home", {"interval": t, "usage_wh": 500}, "replayed") for t in (7, 6)]
    steps += [step("user_reading", "home", {"interval": 8, "usage_wh": use}, "range") for use in (3001, -1)]
    steps += [
        home.settle(None),
        step("user_reading", "home", {"interval": 7, "usage_wh": 1}, "replayed"),
        home.month(),
    ]
    script(
        "readings-refused",
        steps,
        (53,),
        "Repeated and earlier intervals; too much and less than nothing.",
        "Replay",
        "Bound",
    )

    def refused_once(
        slug: str, error: str, comment: str, message: Any, *flags: str, threshold: int | None = 400
    ) -> None:
        one = Home("home")
        opening = [one.begin(), one.reading(7, 500)]
        script(
            slug,
            [*opening, one.refuse(error, message(one)), one.settle(threshold), one.month()],
            (54,),
            comment,
            *flags,
        )

    refused_once(
        "forged",
        "unauthentic",
        "Signed by somebody else.",
        lambda one: one.message(400, seed=STRANGER),
        "Forgery",
    )
    refused_once(
        "signed-by-the-meter",
        "unauthentic",
        "Signed by the meter's own key.",
        lambda one: one.message(400, seed=METER),
        "Forgery",
    )
    refused_once(
        "other-scope",
        "unauthentic",
        "Another group's state.",
        lambda one: one.message(400, _1=OTHER_SCOPE),
        "PerUser",
    )
    refused_once(
        "to-one-user",
        "unauthentic",
        "A signed rate for one user is no group state.",
        lambda one: signed(UTILITY, RATE, {1: SCOPE, 2: 4, 3: one.interval, 4: True}),
        "PerUser",
    )
    refused_once(
        "threshold-for-one-user",
        "malformed",
        "A group state names no node.",
        lambda one: one.message(400, _2=4),
        "PerUser",
    )
    refused_once(
        "earlier-interval",
        "replayed",
        "The state of the interval before.",
        lambda one: one.message(400, _3=6),
        "Replay",
    )
    refused_once(
        "later-interval",
        "state",
        "The state of the next interval.",
        lambda one: one.message(400, _3=8),
        "Order",
    )
    refused_once(
        "threshold-above",
        "policy",
        "A threshold that nobody reaches.",
        lambda one: one.message(3001),
        "Bound",
    )
    refused_once(
        "threshold-33-bits", "range", "A number beyond its bounds.", lambda one: one.message(WH + 1), "Bound"
    )
    refused_once(
        "peak-without-threshold",
        "malformed",
        "A peak has a threshold.",
        lambda one: one.message(None, _4=True),
        "Encoding",
    )
    refused_once(
        "off-peak-with-threshold",
        "malformed",
        "Off-peak has none.",
        lambda one: one.message(400, _4=False),
        "Encoding",
        threshold=None,
    )
    refused_once(
        "trailing-byte",
        "malformed",
        "A byte behind the message.",
        lambda one: one.message(400) + b"\x00",
        "Encoding",
    )
    refused_once(
        "cut-short", "malformed", "The last byte is missing.", lambda one: one.message(400)[:-1], "Encoding"
    )
    refused_once(
        "threshold-longer-than-need-be",
        "malformed",
        "400 in four bytes.",
        lambda one: one.message(400).replace(b"\x05\x19\x01\x90", b"\x05\x1a\x00\x00\x01\x90"),
        "Encoding",
    )
    refused_once(
        "version-2",
        "malformed",
        "Another version.",
        lambda one: b"\x84\x02" + one.message(400)[2:],
        "Encoding",
    )
    refused_once(
        "threshold-raised",
        "unauthentic",
        "400 turned into 401.",
        lambda one: one.message(400).replace(b"\x05\x19\x01\x90", b"\x05\x19\x01\x91"),
        "Forgery",
    )
    home = Home("home")
    steps = [home.begin(), home.reading(7, 500), home.settle(400)]
    second = home.message(100)
    steps += [
        home.refuse("replayed", second),
        home.refuse("replayed", home.message(400)),
        home.reading(8, 500),
        home.refuse("replayed", home.message(400, _3=7)),
        home.settle(None),
    ]
    script(
        "second-state",
        steps,
        (53, 54, 55),
        "A second group state of an interval, the same or another, charges nothing.",
        "Replay",
        "PerUser",
    )

    home = Home("home")
    steps = [
        home.begin(),
        step("user_signals", "home", {"private_key": METER}, "state"),
        home.reading(1, 600),
        step("user_signals", "home", {"private_key": METER}, "state"),
    ]
    steps += [home.settle(300), home.signals(), step("user_signals", "home", {"private_key": METER}, "state")]
    script(
        "signals-once",
        steps,
        (58,),
        "Nothing to signal before the charge, and nothing after the signals.",
        "Order",
        "Replay",
    )

    home = Home("home")
    steps = [
        home.begin(),
        step("user_month", "home", {"month": 6}, "state"),
        step("user_month", "home", {"month": 4}, "replayed"),
        home.month(),
        step("user_month", "home", {"month": 5}, "replayed"),
        home.reading(1, 4),
        home.settle(2),
        home.month(),
    ]
    script(
        "months-in-order", steps, (59,), "Only the month under way ends, and ends once.", "MonthEnd", "Replay"
    )
    return file


def yao_step(key: Rsa, label: str, a: int, b: int) -> tuple[Json, Json, int]:
    """The user's input and output, and the utility's x."""
    for attempt in range(100):
        x = fresh_x(key, f"session/{label}/{attempt}")
        t = key.message(b, x)
        if key.refused(t):
            continue
        candidates = answer_primes(key, f"session/{label}", 8)
        try:
            used, sent = admissible(key, t, a, candidates)
        except AssertionError:
            continue
        given = {"p": key.p, "q": key.q, "exponent": key.e, "message": t, "candidates": candidates}
        return given, {"prime": candidates[used], "residues": sent, "used": used}, x
    raise AssertionError(label)


def yao_scripts() -> VectorFile:
    """One comparison an interval, by Yao's protocol; and the exchanged roles."""
    file = VectorFile(CHAPTER, "script-yao-published", "published", parameters={}, notes=NOTES)
    key = rsa_keys()[1]

    def script(slug: str, steps: Sequence[Json], numbers: Sequence[int], comment: str, *flags: str) -> None:
        file.script(
            f"{CHAPTER}-script/yao-published/{slug}",
            steps,
            requirements=ids(*numbers),
            comment=comment,
            source=ROOTS,
            flags=flags,
        )

    def level(usage: int) -> int:
        return min(usage // 50, 63) + 1

    home = Home("home")
    steps = [home.begin()]
    for t, (usage, threshold) in enumerate(((700, 650), (640, 650), (650, 650))):
        steps += [home.reading(t, usage), home.settle(threshold)]
        a, b = level(usage), -(-threshold // 50) + 1
        given, output, x = yao_step(key, f"open/{t}", a, b)
        steps.append(step("user_compare_yao", "home", given, output))
        concluded = {
            "modulus": key.n,
            "levels": 64,
            "threshold_level": b,
            "x": x,
            "prime": output["prime"],
            "residues": output["residues"],
        }
        steps.append(step("yao_outcome", None, concluded, {"at_least": int(usage >= threshold)}))
        steps.append(step("user_audit_yao", "home", {"x": x}))
    script(
        "three-intervals",
        steps,
        (56, 57, 44, 45),
        "Above, below and at the threshold, each opened.",
        "Boundary",
    )

    home = Home("home")
    given, output, x = yao_step(key, "once", 15, 14)
    again, _, _ = yao_step(key, "again", 15, 10)
    compare = step("user_compare_yao", "home", given, output)
    steps = [
        home.begin(),
        step("user_compare_yao", "home", given, "state"),
        home.reading(1, 700),
        step("user_compare_yao", "home", given, "state"),
        home.settle(650),
        compare,
    ]
    steps += [
        step("user_compare_yao", "home", again, "policy"),
        step("user_audit_yao", "home", {"x": x}),
        step("user_compare_yao", "home", again, "policy"),
    ]
    script(
        "second-comparison",
        steps,
        (56,),
        "A second comparison of an interval is refused, before and after the opening.",
        "SecondComparison",
        "Order",
    )

    home = Home("home")
    steps = [
        home.begin(),
        home.reading(1, 700),
        home.settle(650),
        compare,
        home.reading(2, 720),
        home.settle(650),
        step("user_compare_yao", "home", again, "policy"),
    ]
    steps += [
        step("user_audit_yao", "home", {"x": x + 1}, "proof-failed"),
        step("user_compare_yao", "home", again, "policy"),
        step("user_audit_yao", "home", {"x": x}),
        step("user_audit_yao", "home", {"x": x}, "state"),
    ]
    script(
        "unopened",
        steps,
        (56, 57),
        "No comparison until the last one is opened, and opened once.",
        "Unopened",
    )

    home = Home("home")
    searching, found, own = yao_step(key, "search", 15, 9)
    steps = [
        home.begin(),
        home.reading(1, 700),
        home.settle(650),
        step("user_compare_yao", "home", searching, found),
        step("user_audit_yao", "home", {"x": own}, "proof-failed"),
        home.reading(2, 700),
        home.settle(650),
        step("user_compare_yao", "home", given, "policy"),
    ]
    script(
        "threshold-of-its-own",
        steps,
        (56, 57, 43),
        "A utility that compared with level 9 instead of 14 cannot open, and compares no more.",
        "PerUser",
        "OtherThreshold",
        "Unopened",
    )

    home = Home("home")
    steps = [
        home.begin(),
        home.reading(1, 700),
        home.settle(None),
        step("user_compare_yao", "home", given, "state"),
        step("user_audit_yao", "home", {"x": x}, "state"),
        step("user_audit_yao", "home", {"x": 1}, "range"),
    ]
    script("off-peak", steps, (56, 57), "There is nothing to compare off-peak, and nothing to open.", "Order")

    home = Home("home")
    for slug, change, error, flag in (
        ("window-at-zero", {"message": 0}, "policy", "FixedPoint"),
        ("message-n", {"message": key.n}, "range", "Bound"),
        ("candidate-composite", {"candidates": [15]}, "range", "Composite"),
        ("no-room", {"candidates": [101]}, "exhausted", "NearResidues"),
        ("exponent-without-inverse", {"exponent": 47}, "not-invertible", "NoInverse"),
        ("exponent-three", {"exponent": 3}, "range", "SmallExponent"),
    ):
        home = Home("home")
        steps = [
            home.begin(),
            home.reading(1, 700),
            home.settle(650),
            step("user_compare_yao", "home", {**given, **change}, error),
            compare,
        ]
        script(slug, steps, (56,), "Refused without using up the interval's comparison.", flag)

    once = given["message"]
    negatives = 1 - once - 64
    for slug, old in (
        ("message-again", once),
        ("window-one-above", once + 1),
        ("window-one-below", once - 1),
        ("window-last-above", once + 63),
        ("window-last-below", once - 63),
        ("negatives", negatives),
        ("negatives-last-above", negatives + 63),
        ("negatives-last-below", negatives - 63),
    ):
        home = Home("home")
        steps = [
            home.begin(),
            home.reading(1, 700),
            home.settle(650),
            compare,
            step("user_audit_yao", "home", {"x": x}),
            home.reading(2, 700),
            home.settle(650),
            step("user_compare_yao", "home", {**given, "message": old % key.n}, "replayed"),
            home.month(),
            home.reading(3, 700),
            home.settle(650),
            step("user_compare_yao", "home", {**given, "message": old % key.n}, "replayed"),
        ]
        comment = "A window that meets the one before, or its negatives, is refused, in the next month too."
        script(slug, steps, (64,), comment, "OldWindow")
    for slug, new in (
        ("window-next-above", once + 64),
        ("window-next-below", once - 64),
        ("negatives-next-above", negatives + 64),
        ("negatives-next-below", negatives - 64),
    ):
        candidates = answer_primes(key, f"session/{slug}", 8)
        used, sent = admissible(key, new % key.n, 15, candidates)
        fresh = {**given, "message": new % key.n, "candidates": candidates}
        home = Home("home")
        steps = [
            home.begin(),
            home.reading(1, 700),
            home.settle(650),
            compare,
            step("user_audit_yao", "home", {"x": x}),
            home.reading(2, 700),
            home.settle(650),
            step(
                "user_compare_yao", "home", fresh, {"prime": candidates[used], "residues": sent, "used": used}
            ),
        ]
        script(slug, steps, (64,), "A window that begins where the other ends is answered.", "Boundary")
    for slug, a, b in (("below", 6, 7), ("equal", 7, 7), ("above", 8, 7)):
        steps = []
        for role, mine, other in (("as-printed", a, b), ("exchanged", b, a)):
            given, output, x = yao_step(key, f"roles/{slug}/{role}", mine, other)
            steps.append(step("yao_response", None, {**given, "levels": 64, "reading_level": mine}, output))
            concluded = {
                "modulus": key.n,
                "levels": 64,
                "threshold_level": other,
                "x": x,
                "prime": output["prime"],
                "residues": output["residues"],
            }
            steps.append(step("yao_outcome", None, concluded, {"at_least": int(mine >= other)}))
        script(
            f"roles-exchanged-{slug}",
            steps,
            (45,),
            "Both runs are true at equality alone: who hears of both learns P = T.",
            "Boundary",
        )
    home = Home("home")
    steps = [
        home.begin(),
        home.reading(1, 650),
        home.settle(650),
        step("user_compare_yao", "home", *yao_step(key, "role", 14, 14)[:2]),
    ]
    steps.append(step("user_compare_yao", "home", yao_step(key, "role/second", 14, 14)[0], "policy"))
    script(
        "roles-exchanged-in-a-session",
        steps,
        (45, 56),
        "A session does not answer the second run.",
        "SecondComparison",
    )
    return file


def dgk_scripts(profile: str) -> VectorFile:
    """One comparison an interval, on bits; and a group's interval from its total to its outcomes."""
    file = VectorFile(CHAPTER, f"script-bits-{profile}", profile, parameters={}, notes=NOTES)
    key = dgk_keys()[profile == "hardened"]

    def script(slug: str, steps: Sequence[Json], numbers: Sequence[int], comment: str, *flags: str) -> None:
        file.script(
            f"{CHAPTER}-script/bits-{profile}/{slug}",
            steps,
            requirements=ids(*numbers),
            comment=comment,
            source=EXPONENTS,
            flags=flags,
        )

    def compared(label: str, usage: int, threshold: int) -> tuple[Json, list[int], list[int]]:
        a, b = min(usage // 50, 63) + 1, -(-threshold // 50) + 1
        asked, answered = dgk_answer(key, a, b, 6, f"session/{label}")
        given = {name: value for name, value in answered.given.items() if name != "reading_level"}
        return given, answered.ciphertexts, asked["randomness"]

    home = Home("home")
    steps = [home.begin()]
    for t, (usage, threshold) in enumerate(((700, 650), (640, 650), (650, 650))):
        given, out, opening = compared(f"open/{t}", usage, threshold)
        steps += [
            home.reading(t, usage),
            home.settle(threshold),
            step("user_compare_dgk", "home", given, {"ciphertexts": out}),
        ]
        concluded = {**key.private, "levels": 64, "ciphertexts": out}
        steps += [
            step("dgk_outcome", None, concluded, {"at_least": int(usage >= threshold)}),
            step("user_audit_dgk", "home", {"randomness": opening}),
        ]
    script(
        "three-intervals", steps, (56, 57, 44), "Above, below and at the threshold, each opened.", "Boundary"
    )

    given, out, opening = compared("once", 700, 650)
    compare = step("user_compare_dgk", "home", given, {"ciphertexts": out})
    home = Home("home")
    steps = [
        home.begin(),
        step("user_compare_dgk", "home", given, "state"),
        home.reading(1, 700),
        home.settle(650),
        compare,
        {**compare, "expect": {"error": "policy"}},
    ]
    script(
        "second-comparison",
        steps,
        (56,),
        "A second comparison of an interval is refused.",
        "SecondComparison",
    )
    home = Home("home")
    other, _, wrong = compared("other", 700, 400)
    steps = [
        home.begin(),
        home.reading(1, 700),
        home.settle(650),
        compare,
        step("user_audit_dgk", "home", {"randomness": wrong}, "proof-failed"),
        step("user_audit_dgk", "home", {"randomness": opening[:-1]}, "range"),
        home.reading(2, 700),
        home.settle(650),
    ]
    steps += [
        step("user_compare_dgk", "home", other, "policy"),
        step("user_audit_dgk", "home", {"randomness": opening}),
        step("user_audit_dgk", "home", {"randomness": opening}, "state"),
    ]
    script(
        "unopened",
        steps,
        (56, 57),
        "No comparison until the last one is opened, and opened once.",
        "Unopened",
    )
    home = Home("home")
    lower, found, own = compared("lower", 700, 400)
    steps = [
        home.begin(),
        home.reading(1, 700),
        home.settle(650),
        step("user_compare_dgk", "home", lower, {"ciphertexts": found}),
        step("user_audit_dgk", "home", {"randomness": own}, "proof-failed"),
        home.reading(2, 700),
        home.settle(650),
        step("user_compare_dgk", "home", given, "policy"),
    ]
    script(
        "threshold-of-its-own",
        steps,
        (43, 56, 57),
        "A utility that compared with 400 Wh instead of 650 cannot open, and compares no more.",
        "PerUser",
        "OtherThreshold",
    )
    home = Home("home")
    steps = [
        home.begin(),
        home.reading(1, 700),
        home.settle(None),
        step("user_compare_dgk", "home", given, "state"),
        step("user_audit_dgk", "home", {"randomness": opening}, "state"),
    ]
    script("off-peak", steps, (56, 57), "Nothing to compare, nothing to open.", "Order")
    names = ("bits", "multipliers", "randomness", "order")
    short = {**given, **{name: [v for v in given[name] if name != "order" or v < 5][:5] for name in names}}
    for slug, spoiled, error, flag in (
        ("five-bits", short, "range", "Bound"),
        ("bit-no-unit", {**given, "bits": [key.p, *given["bits"][1:]]}, "not-invertible", "NonUnit"),
        (
            "order-repeats",
            {**given, "order": [given["order"][1], *given["order"][1:]]},
            "range",
            "NoPermutation",
        ),
        ("u-small", {**given, "u": 17, "multipliers": [1] * 6}, "range", "RoomForBits"),
    ):
        home = Home("home")
        steps = [
            home.begin(),
            home.reading(1, 700),
            home.settle(650),
            step("user_compare_dgk", "home", spoiled, error),
            compare,
        ]
        script(slug, steps, (56,), "Refused without using up the interval's comparison.", flag)

    members = 3 if profile == "published" else 8
    homes = [Home(f"home-{node}", node=node, allowance_wh=800) for node in range(members)]
    usages = [700, 650, 300, 0, 1200, 649, 651, 64][:members]
    total = sum(usages)
    threshold = threshold_of(total, members, 3000, 1, 50)
    utility = {
        "scope": SCOPE,
        "members": list(range(members)),
        "maximum_wh": 3000,
        "unit_wh": 50,
        "levels": 64,
        "group_threshold_wh": total,
        "threshold_policy": 1,
        "parameter_wh": 50,
    }
    steps = [step("utility_start", "utility", utility)]
    for home, usage in zip(homes, usages, strict=True):
        steps += [home.begin(), home.reading(12, usage)]
    state = {"peak": 1, "threshold_wh": threshold, "message": homes[0].message(threshold)}
    steps.append(
        step("utility_total", "utility", {"private_key": UTILITY, "interval": 12, "total_wh": total}, state)
    )
    for node, (home, usage) in enumerate(zip(homes, usages, strict=True)):
        steps.append(home.settle(threshold))
        if node > 2:
            continue
        given, out, opening = compared(f"group/{node}", usage, threshold)
        steps += [step("user_compare_dgk", home.name, given, {"ciphertexts": out})]
        bit = int(usage >= threshold)
        steps.append(
            step("dgk_outcome", None, {**key.private, "levels": 64, "ciphertexts": out}, {"at_least": bit})
        )
        steps.append(
            step(
                "utility_outcome",
                "utility",
                {"node": node, "interval": 12, "at_least": bit},
                {"outstanding": members - 1 - node},
            )
        )
        steps.append(step("user_audit_dgk", home.name, {"randomness": opening}))
    users = [{"usage_wh": usage, "allowance_wh": 800} for usage in usages]
    clear = {
        "maximum_wh": 3000,
        "group_threshold_wh": total,
        "threshold_policy": 1,
        "parameter_wh": 50,
        "users": users,
    }
    steps.append(step("plan_interval", None, clear, interval_of(clear)))
    script(
        "a-group",
        steps,
        (51, 54, 56, 57, 60, 61, 62),
        "A peak interval of a group, with the same outcome as in the clear.",
        "Boundary",
    )
    return file


def utility_scripts(profile: str) -> VectorFile:
    """The utility's session, and what it refuses."""
    file = VectorFile(CHAPTER, f"script-utility-{profile}", profile, parameters={}, notes=NOTES)
    members = list(range(3, 6)) if profile == "published" else list(range(3, 19, 2))
    count = len(members)
    start = {
        "scope": SCOPE,
        "members": members,
        "maximum_wh": 3000,
        "unit_wh": 50,
        "levels": 61,
        "group_threshold_wh": 1000 * count,
        "threshold_policy": 1,
        "parameter_wh": 100,
    }

    def script(slug: str, steps: Sequence[Json], numbers: Sequence[int], comment: str, *flags: str) -> None:
        file.script(
            f"{CHAPTER}-script/utility-{profile}/{slug}",
            steps,
            requirements=ids(*numbers),
            comment=comment,
            source=CASES,
            flags=flags,
        )

    def total(interval: int, wh: int) -> Json:
        threshold = threshold_of(wh, count, 3000, 1, 100) if wh >= 1000 * count else None
        body: Body = {1: SCOPE, 3: interval, 4: threshold is not None}
        body |= {} if threshold is None else {5: threshold}
        output = {
            "peak": int(threshold is not None),
            "threshold_wh": threshold,
            "message": signed(UTILITY, GROUP_STATE, body),
        }
        return step(
            "utility_total", "utility", {"private_key": UTILITY, "interval": interval, "total_wh": wh}, output
        )

    def no_total(interval: int, wh: int, error: str) -> Json:
        return step(
            "utility_total", "utility", {"private_key": UTILITY, "interval": interval, "total_wh": wh}, error
        )

    def outcome(node: int, interval: int, expect: Json | str, bit: int = 1) -> Json:
        return step(
            "utility_outcome", "utility", {"node": node, "interval": interval, "at_least": bit}, expect
        )

    begin = step("utility_start", "utility", start)
    steps = [
        begin,
        total(0, 1000 * count - 1),
        total(1, 1000 * count),
        total(2, 1000 * count + 1),
        total(9, 3000 * count),
        total(10, 0),
    ]
    script(
        "states", steps, (60, 61), "Below, at and above the threshold; the greatest total; none.", "Boundary"
    )
    steps = [begin, total(4, 1200 * count)] + [
        outcome(node, 4, {"outstanding": count - 1 - place}, place % 2) for place, node in enumerate(members)
    ]
    script("outcomes", steps, (60, 61, 62), "Every member's outcome.")
    script(
        "started-twice",
        [begin, {**begin, "expect": {"error": "state"}}],
        (60,),
        "A second start is refused.",
        "Order",
    )
    for slug, change, error, flag in (
        ("ladder-short", {"levels": 60}, "range", "Bound"),
        ("parameter-above", {"parameter_wh": 3001}, "range", "Bound"),
        ("members-out-of-order", {"members": [*members[1:], members[0]]}, "range", "Bound"),
        ("policy-unknown", {"threshold_policy": 3}, "range", "Bound"),
    ):
        script(
            slug,
            [step("utility_start", "utility", {**start, **change}, error), begin],
            (60,),
            "Refused, and then started.",
            flag,
        )
    if profile == "hardened":
        few = step("utility_start", "utility", {**start, "members": members[:7]}, "range")
        script("seven-members", [few, begin], (60,), "A group below eight.", "SmallGroup")
        exact = step("utility_start", "utility", {**start, "threshold_policy": 0}, "range")
        script("exact-average", [exact, begin], (60,), "The exact average tells the total.", "ExactAverage")
    script(
        "before-the-start",
        [no_total(1, 5, "state"), outcome(3, 1, "state"), begin],
        (61, 62),
        "No step comes before the start.",
        "Order",
    )
    steps = [
        begin,
        total(4, 1200 * count),
        no_total(4, 1200 * count, "replayed"),
        no_total(4, 5, "replayed"),
        no_total(3, 5, "replayed"),
        no_total(5, 3000 * count + 1, "range"),
        total(5, 7),
    ]
    script(
        "totals-refused",
        steps,
        (61,),
        "A second total of an interval, an earlier interval, more than the group can use.",
        "Replay",
        "Bound",
    )
    steps = [
        begin,
        total(4, 1200 * count),
        outcome(members[0], 4, {"outstanding": count - 1}),
        outcome(members[0], 4, "replayed", 0),
        outcome(99, 4, "range"),
        outcome(members[1], 3, "state"),
        outcome(members[1], 5, "state"),
        total(5, 7),
        outcome(members[1], 5, "state"),
        outcome(members[1], 4, "state"),
    ]
    script(
        "outcomes-refused",
        steps,
        (62,),
        "A second outcome, no member, another interval, off-peak.",
        "Replay",
        "Order",
    )
    return file


def files() -> Iterator[VectorFile]:
    """Every file of this part of the chapter."""
    for profile in PROFILES:
        yield from level_files(profile)
        yield from plan_files(profile)
    for key in rsa_keys():
        yield from yao_files(key)
    toy, large = dgk_keys()
    yield from dgk_files(toy, "published")
    yield from dgk_files(large, "hardened")
    for profile in PROFILES:
        yield user_scripts(profile)
        yield utility_scripts(profile)
        yield dgk_scripts(profile)
    yield yao_scripts()
