"""Vectors of DREAM's noise (paper C, sections 3, 4.1, 6 and 7.3).

Expected values come from what stands here and not from the reference: gamma, beta, Bessel and hypergeometric
functions by mpmath's own routines with 60 digits, laws and tables by plain sums in floating point of 1200
bits, rational ones by fractions. VectorFile.positive holds the reference to them.
"""

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mpmath import MPContext

from meter_privacy.conformance import framing
from meter_privacy.conformance.values import encode_fields
from meter_privacy.vectors.generators.common import (
    Json,
    VectorFile,
    draw_below,
    draw_bytes,
    enclosure,
    in_profile,
    tables,
)
from meter_privacy.vectors.generators.dream import ids
from meter_privacy.vectors.generators.reals import exact
from meter_privacy.vectors.generators.suites import CWE, TABLE, note

MP = MPContext()
MP.dps = 60
WIDE = MPContext()
WIDE.prec = 1200

FUNCTIONS = "the generator's own formula on mpmath's functions, 60 digits"
SUMS = "the generator's own sums of the law, 1200 bits"
FRACTIONS = "the generator's own fractions"
PAPER = "paper C, Example 1"
NOTES = {
    "NotClamped": note(
        "the reading goes into the sum as it is, or is cut after the noise was added",
        "one home moves the total by more than the noise was made for",
        CWE.format(20),
    ),
    "NegativeReading": note(
        "a negative reading is taken for a large unsigned one",
        "an export of energy is reported as the largest consumption",
        CWE.format(195),
    ),
    "FlagMissing": note(
        "a cut reading is not flagged, or every reading is",
        "the home cannot know that its bill and its reports disagree",
        CWE.format(393),
    ),
    "NoNoise": note(
        "a scale of zero, or an epsilon that is none, is taken",
        "totals go out without noise",
        CWE.format(1240),
    ),
    "ScaleInverted": note(
        "epsilon / Xmax instead of Xmax / epsilon",
        "the smaller epsilon is asked for, the smaller is the noise",
        CWE.format(682),
    ),
    "WindowOffByOne": note(
        "a window of s slots has s + 1, as printed", "losses above what s slots can cost", CWE.format(193)
    ),
    "CountMismatch": note(
        "lists of different lengths are paired as far as the shorter goes",
        "slots are not accounted for",
        CWE.format(130),
    ),
    "ErrorDenominator": note(
        "the error is divided by the next slot's total, or by the total without 1",
        "the error of an empty slot is 0/0",
        CWE.format(369),
    ),
    "AlphaOne": note(
        "everybody may be missing: the shape is infinite", "a division by zero", CWE.format(369)
    ),
    "ShapeInverted": note(
        "G(n, lambda) is drawn with shape n instead of 1/n",
        "n times the standard deviation that is needed",
        CWE.format(682),
    ),
    "SharesAdded": note(
        "the two sides are added, as in Figure 1",
        "noise that is never negative, with mean 2 lambda",
        CWE.format(682),
    ),
    "FloatingPoint": note(
        "masses, thresholds or comparisons are computed in binary64",
        "tails are cut off and low bits tell readings apart",
        CWE.format(1339),
    ),
    "TooFewShares": note(
        "the noise is trusted with fewer honest shares than it was made for",
        "the loss is above epsilon, in the paper's continuous law without bound",
        CWE.format(1240),
    ),
    "ByteOrder": note(
        "random bytes are read little-endian", "no other implementation draws the same share", CWE.format(198)
    ),
    "TooFewBytes": note(
        "a share is made up of fewer bytes than decide it",
        "the law of the shares is another one",
        CWE.format(331),
    ),
    "EarlyDecision": note(
        "the number is compared by its first 64 bits where these do not decide",
        "a share is off by one where a threshold shares those bits",
        CWE.format(1339),
    ),
    "SignedComparison": note(
        "64-bit thresholds are compared as signed numbers, or by the sign of a difference",
        "half of all draws come out as the largest value",
        CWE.format(195),
    ),
    "BoundaryDraw": note(
        "a number equal to a threshold does not reach it", "shares are off by one", CWE.format(193)
    ),
    "FallingTable": note(
        "a table whose thresholds do not grow is taken",
        "values between two equal thresholds are never drawn",
        CWE.format(20),
    ),
    "LargeTable": note("a table's size is not bounded", "memory is exceeded", CWE.format(400)),
    "UnitNotDividing": note(
        "the cap is no multiple of the unit", "the sensitivity in units is rounded", CWE.format(682)
    ),
    "RoundedUp": note(
        "the reading is rounded up, or to the nearest unit",
        "the largest reading is above the cap",
        CWE.format(682),
    ),
    "DeltaForgotten": note(
        "the distance of the table is not accounted, or one side only",
        "delta is stated too small",
        CWE.format(682),
    ),
    "TailTooShort": note(
        "the tail is that of one Laplace variable though all N shares are in the total",
        "totals wrap more often than was allowed for",
        CWE.format(682),
    ),
    "OutOfRange": note("a parameter outside its bounds is taken", "undefined", CWE.format(20)),
    "Grammar": note("a field is guessed where it is missing or of another type", "undefined", CWE.format(20)),
}


# ---- Laws, computed apart from the reference ------------------------------------------------------


def about(value: Any) -> Json:
    """A number of mpmath's, believed to 45 digits, as an expected real."""
    sign, mantissa, exponent, _ = MP.mpf(value)._mpf_
    centre = Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** exponent
    margin = abs(centre) / 10**45
    return enclosure(centre - margin, centre + margin)


def real(value: Fraction | int) -> Any:
    """A rational in mpmath."""
    return MP.mpf(Fraction(value).numerator) / Fraction(value).denominator


@lru_cache
def sums(shares: int, scale: Fraction, count: int) -> list[Any]:
    """F(0), ..., F(count - 1) of one side of a share, in 1200 bits, by adding up masses."""
    p = WIDE.exp(-WIDE.mpf(scale.denominator) / scale.numerator)
    mass = (1 - p) ** (WIDE.mpf(1) / shares)
    total, found = WIDE.mpf(0), []
    for k in range(count):
        total += mass
        found.append(total)
        mass *= p * (1 + shares * k) / (shares * (k + 1))
    return found


def drawn(shares: int, scale: Fraction, random: bytes) -> tuple[int, int]:
    """One side of a share and the bytes that decide it, by scanning the sums."""
    law = sums(shares, scale, int(scale * 360) + 40)
    for count in range(8, len(random) + 1):
        ends = [WIDE.ldexp(int.from_bytes(random[:count], "big") + after, -8 * count) for after in (0, 1)]
        low = next(k for k, below in enumerate(law) if below > ends[0])
        if ends[1] < law[low]:
            return low, count
    raise AssertionError("not decided")


def share_of(shares: int, scale: Fraction, random: bytes) -> Json:
    """A whole share and the bytes of both its sides."""
    first, used = drawn(shares, scale, random)
    second, more = drawn(shares, scale, random[used:])
    return {"share": first - second, "consumed": used + more}


def table_of(shares: int, scale: Fraction) -> list[int]:
    """The thresholds of a table."""
    thresholds: list[int] = []
    for total in sums(shares, scale, 4200):
        threshold = int(WIDE.floor(WIDE.ldexp(total, 64) + WIDE.mpf(1) / 2))
        if threshold >= 2**64 or (thresholds and threshold <= thresholds[-1]):
            break
        thresholds.append(threshold)
    return thresholds


def distance_of(shares: int, scale: Fraction, thresholds: Sequence[int]) -> Any:
    """-log2 of the total variation distance of a table from its law: 1 less the sum of the smaller masses."""
    law = sums(shares, scale, 4200)
    masses = [after - before for before, after in itertools.pairwise([WIDE.mpf(0), *law])]
    edges = [0, *thresholds, 2**64]
    taken = [WIDE.ldexp(right - left, -64) for left, right in itertools.pairwise(edges)]
    common = sum((min(left, right) for left, right in zip(masses, taken, strict=False)), WIDE.mpf(0))
    return -WIDE.log(1 - common, 2)


def difference(shape: Fraction, scale: Fraction, value: int) -> Any:
    """P(X - Y = value) of two Polya variables, by mpmath's hypergeometric function."""
    k, v, p = real(shape), abs(value), MP.exp(-1 / real(scale))
    head = (1 - p) ** (2 * k) * p**v * MP.rf(k, v) / MP.factorial(v)
    return head * MP.hyp2f1(k, k + v, 1 + v, p * p)


def density(shape: Fraction, scale: Fraction, x: Fraction) -> Any:
    """The density of a difference of two gamma variables, by mpmath's Bessel function."""
    v, z = real(shape) - MP.mpf(1) / 2, real(x / scale)
    return (z / 2) ** v * MP.besselk(v, z) / (real(scale) * MP.sqrt(MP.pi) * MP.gamma(real(shape)))


def factors(shape: Fraction) -> tuple[Any, Any]:
    """Theorem 2's two factors."""
    beta = MP.beta(MP.mpf(1) / 2, real(shape))
    return 2 / beta, MP.sqrt(2 * real(shape) - 4 / beta**2)


# ---- Files ---------------------------------------------------------------------------------------


class Cases(VectorFile):
    """A file that is filled from Python values; `valid` is the input that each negative departs from."""

    def __init__(self, operation: str, name: str, valid: Mapping[str, Any], **parameters: Any) -> None:
        short = operation.removeprefix("dream.").replace("_", "-")
        super().__init__("dream", f"{short}-{name}", "published", operation, parameters, NOTES)
        self.valid = valid

    def good(
        self,
        slug: str,
        comment: str,
        wanted: Sequence[int],
        output: Json | None,
        source: str,
        *flags: str,
        **values: Any,
    ) -> None:
        """A positive test."""
        assert self.operation is not None
        given = encode_fields(tables().operations[self.operation].input, {**self.valid, **values})
        self.positive(
            slug,
            given,
            output,
            requirements=ids(*wanted),
            comment=comment,
            flags=flags,
            source=source if output is not None else "reference",
        )

    def bad(
        self, slug: str, comment: str, wanted: Sequence[int], flag: str, error: str = "range", **values: Any
    ) -> None:
        """A negative test: the valid input with one fault."""
        assert self.operation is not None
        inputs = tables().operations[self.operation].input
        faulty = {**self.valid, **values}
        given = encode_fields(inputs, faulty)
        names, flags = ids(*wanted), [flag]
        if error == "malformed":
            text, frame = json.dumps(given), framing.encode_payload(inputs, faulty)
            self.raw(slug, json_text=text, frame=frame, requirements=names, comment=comment, flags=flags)
        else:
            self.negative(slug, given, error, requirements=names, comment=comment, flags=flags, source=TABLE)

    def broken(
        self, slug: str, comment: str, wanted: Sequence[int], text: str, flag: str = "Grammar"
    ) -> None:
        """A test that breaks the grammar."""
        self.raw(slug, json_text=text, requirements=ids(*wanted), comment=comment, flags=[flag])

    def grammar(self, *wanted: int) -> None:
        """The valid input without its last field, with one more, with a wrong first one, with one twice."""
        assert self.operation is not None
        inputs = tables().operations[self.operation].input
        given = encode_fields(inputs, self.valid)
        first, last = inputs[0].name, inputs[-1].name
        for slug, comment, faulty in (
            ("missing-field", f"{last} is missing", {k: v for k, v in given.items() if k != last}),
            ("extra-field", "a field that the operation does not have", {**given, "sigma": 1}),
            ("null-field", f"{first} is null", {**given, first: None}),
            ("record-for-field", f"{first} is a record", {**given, first: {}}),
            ("text-for-field", f"{first} is a text", {**given, first: "many"}),
        ):
            self.broken(slug, comment, wanted, json.dumps(faulty))
        if len(given) > 1:
            twice = json.dumps(given)[:-1] + f', "{last}": {json.dumps(given[last])}}}'
            self.broken("field-twice", f"{last} is there twice", wanted, twice)


def slug_of(number: Fraction | int) -> str:
    """A number in an id."""
    number = Fraction(number)
    over = "" if number.denominator == 1 else f"-over-{number.denominator}"
    return f"{'minus-' if number < 0 else ''}{abs(number.numerator)}{over}"


def clamp() -> Iterator[VectorFile]:
    """dream.clamp."""
    file = Cases("dream.clamp", "readings", {"reading_wh": 1500, "maximum_wh": 5000}, maximum_wh=5000)
    for reading, most, value in (
        (0, 5000, 0),
        (1, 5000, 1),
        (1500, 5000, 1500),
        (4999, 5000, 4999),
        (5000, 5000, 5000),
        (5001, 5000, 5000),
        (-1, 5000, 0),
        (2**32, 5000, 5000),
        (2**32 + 17, 5000, 5000),
        (2**53 - 1, 5000, 5000),
        (-(2**53) + 1, 5000, 0),
        (-(2**32) + 1500, 5000, 0),
        (2**32 - 1, 2**32 - 1, 2**32 - 1),
        (2**32, 2**32 - 1, 2**32 - 1),
        (2**31, 2**31, 2**31),
        (2, 1, 1),
        (1, 1, 1),
    ):
        flags = ["NegativeReading"] if reading < 0 else ["NotClamped"] if reading > most else ["FlagMissing"]
        file.good(
            f"{slug_of(reading)}-of-{most}",
            f"the nearest number of [0, {most}]",
            (27,),
            {"value_wh": value, "clamped": int(value != reading)},
            FRACTIONS,
            *flags,
            reading_wh=reading,
            maximum_wh=most,
        )
    for most in (0, -1, 2**32):
        file.bad(f"cap-{slug_of(most)}", "a cap outside [1, 2^32)", (27,), "OutOfRange", maximum_wh=most)
    file.broken("no-cap", "the cap is missing", (27,), '{"reading_wh": 1500}')
    file.broken(
        "real-reading", "a reading that is no integer", (27,), '{"reading_wh": 1500.5, "maximum_wh": 5000}'
    )
    file.broken(
        "reading-beyond", "a reading of 2^53", (27,), f'{{"reading_wh": {2**53}, "maximum_wh": 5000}}'
    )
    file.grammar(27)
    yield file


def noise_scale() -> Iterator[VectorFile]:
    """dream.noise_scale."""
    file = Cases("dream.noise_scale", "caps", {"maximum_wh": 600, "epsilon": Fraction(1, 2)})
    for most, epsilon in (
        (600, Fraction(1, 2)),
        (3000, Fraction(1)),
        (3000, Fraction(1, 10)),
        (1, Fraction(64)),
        (2**32 - 1, Fraction(1, 1000)),
        (5000, Fraction(1, 3)),
        (5000, Fraction(1, 10**12)),
    ):
        file.good(
            f"{most}-{slug_of(epsilon)}",
            "Xmax / epsilon",
            (28,),
            {"lambda_wh": exact(most / epsilon)},
            FRACTIONS,
            "ScaleInverted",
            maximum_wh=most,
            epsilon=epsilon,
        )
    file.bad("epsilon-zero", "no loss at all asks for infinite noise", (28,), "NoNoise", epsilon=Fraction(0))
    file.bad("epsilon-negative", "a negative loss", (28,), "NoNoise", epsilon=Fraction(-1, 2))
    file.bad("epsilon-65", "a loss that protects nothing", (28,), "NoNoise", epsilon=Fraction(65))
    file.bad("cap-zero", "a cap of zero is no noise", (28,), "NoNoise", maximum_wh=0)
    file.bad("cap-2-32", "a cap of 2^32", (28,), "OutOfRange", maximum_wh=2**32)
    file.broken("epsilon-number", "a real that is no string", (28,), '{"maximum_wh": 600, "epsilon": 0.5}')
    file.grammar(28)
    yield file


def account() -> Iterator[VectorFile]:
    """dream.account."""
    valid = {"consumptions_wh": [300, 300], "lambdas_wh": [Fraction(1200)] * 2, "window": 1}
    file = Cases("dream.account", "slots", valid)

    def add(
        slug: str, comment: str, wh: Sequence[int], scales: Sequence[Fraction], s: int, source: str
    ) -> None:
        slots = [Fraction(x) / scale for x, scale in zip(wh, scales, strict=True)]
        windows = [sum(slots[t : t + s], Fraction(0)) for t in range(len(slots) - s + 1)]
        output = {
            "slot_epsilons": [exact(slot) for slot in slots],
            "window_epsilons": [exact(window) for window in windows],
            "worst_epsilon": exact(max(windows)),
            "total_epsilon": exact(sum(slots, Fraction(0))),
        }
        file.good(
            slug,
            comment,
            (33, 47),
            output,
            source,
            "WindowOffByOne",
            consumptions_wh=wh,
            lambdas_wh=scales,
            window=s,
        )

    scale = [Fraction(1200)] * 2
    add("example-1-first", "U1 of Example 1: 1/4 and 1/4, together 1/2", (300, 300), scale, 2, PAPER)
    add("example-1-second", "U2 of Example 1: 5/12", (100, 400), scale, 2, PAPER)
    add("example-1-third", "U3 of Example 1: 1/6", (50, 150), scale, 2, PAPER)
    add("one-slot", "one slot", (700,), [Fraction(1400, 3)], 1, FRACTIONS)
    trace = [draw_below(f"noise/account/{t}", 900) for t in range(144)]
    day = [Fraction(1000 + 10 * t, 3) for t in range(144)]
    for s in (1, 3, 24, 48, 144):
        add(f"day-{s}-slots", f"windows of {s} slots in a day of 144", trace, day, s, FRACTIONS)
    add("nothing", "an appliance that is off costs nothing", (0,) * 6, [Fraction(10)] * 6, 3, FRACTIONS)
    add(
        "one-pulse",
        "one slot's use is in every window that has it",
        (0, 0, 90, 0, 0),
        [Fraction(90)] * 5,
        3,
        FRACTIONS,
    )
    for slug, comment, wh, scales in (
        ("one-scale", "two consumptions and one scale", "[300, 300]", '["1200"]'),
        ("one-consumption", "one consumption and two scales", "[300]", '["1200", "1200"]'),
        ("empty", "no slot", "[]", "[]"),
    ):
        text = f'{{"consumptions_wh": {wh}, "lambdas_wh": {scales}, "window": 1}}'
        file.broken(slug, comment, (33, 47), text, "CountMismatch")
    file.bad("window-3-of-2", "a window longer than the slots", (33, 47), "WindowOffByOne", window=3)
    file.bad("window-0", "a window without a slot", (33, 47), "WindowOffByOne", window=0)
    file.bad(
        "scale-zero", "a slot without noise", (33, 47), "NoNoise", lambdas_wh=[Fraction(1200), Fraction(0)]
    )
    file.bad(
        "scale-below-1", "a scale below 1 Wh", (33, 47), "NoNoise", lambdas_wh=[Fraction(1, 2), Fraction(9)]
    )
    file.bad("negative", "a negative consumption", (33, 47), "NegativeReading", consumptions_wh=[300, -1])
    file.grammar(33, 47)
    yield file


def error() -> Iterator[VectorFile]:
    """dream.error."""
    file = Cases("dream.error", "totals", {"total_wh": 1000, "noisy_wh": 990})
    for total, noisy in (
        (1000, 990),
        (1000, 1010),
        (0, 0),
        (0, 17),
        (0, -17),
        (1000, 1000),
        (1000, -500),
        (2**53 - 1, 0),
        (5, 2**53 - 1),
        (5, -(2**53) + 1),
        (9, 10),
    ):
        wanted = Fraction(abs(total - noisy), total + 1)
        file.good(
            f"{total}-and-{slug_of(noisy)}",
            "|f - f^| / (f + 1)",
            (31,),
            {"error": exact(wanted)},
            FRACTIONS,
            "ErrorDenominator",
            total_wh=total,
            noisy_wh=noisy,
        )
    file.bad("total-minus-1", "f + 1 = 0", (31,), "ErrorDenominator", total_wh=-1)
    file.bad("total-negative", "a negative total of readings", (31,), "ErrorDenominator", total_wh=-1000)
    file.broken("total-text", "a total that is a string", (31,), '{"total_wh": "1000", "noisy_wh": 990}')
    file.broken("noisy-null", "null for a noisy total", (31,), '{"total_wh": 1000, "noisy_wh": null}')
    file.grammar(31)
    yield file


def error_factors() -> Iterator[VectorFile]:
    """dream.error_factors."""
    file = Cases("dream.error_factors", "alpha", {"alpha": Fraction(0)})
    known = {Fraction(0): Fraction(1), Fraction(1, 2): Fraction(3, 2)}
    for alpha in (
        *(Fraction(tenth, 10) for tenth in range(10)),
        Fraction(1, 3),
        Fraction(2, 3),
        Fraction(99, 100),
        Fraction(4095, 4096),
        Fraction(1, 10**9),
    ):
        mean, deviation = factors(1 / (1 - alpha))
        output = {"mean": about(mean), "deviation": about(deviation)}
        if alpha in known:
            output["mean"] = exact(known[alpha])
        file.good(
            slug_of(alpha),
            "Theorem 2, beta functions",
            (32,),
            output,
            FUNCTIONS,
            alpha=alpha,
        )
    file.bad("one", "alpha = 1", (32,), "AlphaOne", alpha=Fraction(1))
    file.bad(
        "above-one",
        "alpha = 1.5, where the printed formula has a negative argument",
        (32,),
        "AlphaOne",
        alpha=Fraction(3, 2),
    )
    file.bad("negative", "alpha below 0", (32,), "OutOfRange", alpha=Fraction(-1, 10))
    file.bad("too-near-one", "alpha between 4095/4096 and 1", (32,), "AlphaOne", alpha=Fraction(8191, 8192))
    file.broken("number", "alpha as a JSON number", (32,), '{"alpha": 0}')
    file.broken("text", "alpha that is no number", (32,), '{"alpha": "half"}')
    file.grammar(32)
    yield file


def expected_error() -> Iterator[VectorFile]:
    """dream.expected_error."""
    valid = {
        "meters": 100,
        "tolerated_failures": 30,
        "missing": 0,
        "lambda_wh": Fraction(1200),
        "total_wh": 50_000,
    }
    file = Cases("dream.expected_error", "clusters", valid)
    for meters, failures, missing, scale, total in (
        (100, 0, 0, Fraction(1200), 50_000),
        (100, 30, 0, Fraction(1200), 50_000),
        (100, 30, 30, Fraction(1200), 35_000),
        (100, 30, 12, Fraction(1200), 44_000),
        (1000, 500, 250, Fraction(10_000, 3), 0),
        (2, 1, 0, Fraction(1), 1),
        (2, 1, 1, Fraction(1), 0),
        (4096, 4095, 0, Fraction(2**32), 2**53 - 1),
        (3, 1, 0, Fraction(5, 2), 7),
        (10, 9, 5, Fraction(3), 12),
    ):
        mean, deviation = factors(Fraction(meters - missing, meters - failures))
        unit = real(scale) / (total + 1)
        file.good(
            f"{meters}-{failures}-{missing}-{total}",
            "shape (N - missing) / (N - M)",
            (31, 32, 44),
            {"mean": about(mean * unit), "deviation": about(deviation * unit)},
            FUNCTIONS,
            meters=meters,
            tolerated_failures=failures,
            missing=missing,
            lambda_wh=scale,
            total_wh=total,
        )
    file.bad("more-missing", "31 missing where 30 are tolerated", (32, 44), "TooFewShares", missing=31)
    file.bad("nobody-left", "M = N", (32,), "TooFewShares", tolerated_failures=100)
    file.bad("one-meter", "a cluster of one", (32,), "OutOfRange", meters=1, tolerated_failures=0)
    file.bad("no-scale", "lambda = 0", (31, 32, 44), "NoNoise", lambda_wh=Fraction(0))
    file.bad("negative-total", "a negative total", (31,), "ErrorDenominator", total_wh=-1)
    file.bad("negative-missing", "a negative number of meters", (32,), "OutOfRange", missing=-1)
    file.grammar(31, 32, 44)
    yield file


def gamma_share() -> Iterator[VectorFile]:
    """dream.gamma_share."""
    valid = {"shares": 100, "lambda_wh": Fraction(1200), "x_wh": Fraction(300)}
    file = Cases("dream.gamma_share", "laws", valid)
    for shares, scale, x in (
        (1, Fraction(1), Fraction(3, 2)),
        (2, Fraction(1), Fraction(3, 2)),
        (3, Fraction(10), Fraction(1, 7)),
        (100, Fraction(1200), Fraction(300)),
        (100, Fraction(1200), Fraction(1, 10**6)),
        (7, Fraction(5, 3), Fraction(40)),
        (1000, Fraction(4000), Fraction(20_000)),
        (2, Fraction(900), Fraction(1, 1000)),
        (4096, Fraction(2**32), Fraction(2**32)),
        (2, Fraction(1), Fraction(30)),
    ):
        r, z = MP.mpf(1) / shares, real(x / scale)
        output = {
            "density": about(z**r * MP.exp(-z) / (real(x) * MP.gamma(r))),
            "cumulative": about(MP.gammainc(r, 0, z, regularized=True)),
            "difference_density": about(density(Fraction(1, shares), scale, x)),
        }
        file.good(
            f"{shares}-at-{slug_of(x)}",
            "shape 1/n, scale lambda",
            (29, 30),
            output,
            FUNCTIONS,
            "ShapeInverted",
            "SharesAdded",
            shares=shares,
            lambda_wh=scale,
            x_wh=x,
        )
    file.bad("no-shares", "n = N - M = 0", (29, 30), "TooFewShares", shares=0)
    file.bad("4097-shares", "more shares than meters", (29,), "OutOfRange", shares=4097)
    file.bad("at-zero", "the density is infinite at 0", (29, 30), "OutOfRange", x_wh=Fraction(0))
    file.bad("below-zero", "a gamma variable is not negative", (29,), "SharesAdded", x_wh=Fraction(-1))
    file.bad(
        "scale-below-1", "lambda below 1 Wh", (29,), "NoNoise", lambda_wh=Fraction(1, 2), x_wh=Fraction(1, 4)
    )
    file.bad("beyond", "x beyond 100 lambda", (30,), "OutOfRange", x_wh=Fraction(120_001))
    file.grammar(29)
    yield file


def polya_share() -> Iterator[VectorFile]:
    """dream.polya_share."""
    valid = {"shares": 100, "lambda_units": Fraction(3000), "value": 0}
    file = Cases("dream.polya_share", "laws", valid)
    for shares, scale, value in (
        (100, Fraction(3000), 0),
        (100, Fraction(3000), 1),
        (100, Fraction(3000), 5000),
        (1, Fraction(50), 0),
        (1, Fraction(50), 120),
        (2, Fraction(1), 3),
        (3, Fraction(7, 2), 11),
        (4096, Fraction(1), 2),
        (70, Fraction(1000, 3), 64),
        (1000, Fraction(100_000), 7),
        (500, Fraction(2**32), 10**9),
    ):
        r, p = MP.mpf(1) / shares, MP.exp(-1 / real(scale))
        gammas = MP.exp(MP.loggamma(r + value) - MP.loggamma(r) - MP.loggamma(value + 1))
        output: Json | None = {
            "mass": about(gammas * (1 - p) ** r * p**value),
            "cumulative": about(MP.betainc(r, value + 1, 0, 1 - p, regularized=True)),
        }
        file.good(
            f"{shares}-{slug_of(scale)}-at-{value}",
            "mass and incomplete beta function",
            (34,),
            output if value < 10**6 else None,
            FUNCTIONS,
            "FloatingPoint",
            "ShapeInverted",
            shares=shares,
            lambda_units=scale,
            value=value,
        )
    file.bad("no-shares", "n = N - M = 0", (34,), "TooFewShares", shares=0)
    file.bad("negative-shares", "more failures tolerated than meters", (34,), "TooFewShares", shares=-30)
    file.bad("4097-shares", "more shares than meters", (34,), "OutOfRange", shares=4097)
    file.bad("negative-value", "a side is not negative", (34,), "SharesAdded", value=-1)
    file.bad("no-scale", "lambda = 0", (34,), "NoNoise", lambda_units=Fraction(0))
    file.bad("scale-below-1", "lambda below one unit", (34,), "NoNoise", lambda_units=Fraction(999, 1000))
    file.bad("beyond", "a value beyond 700 lambda", (34,), "OutOfRange", value=2_100_001)
    file.grammar(34)
    yield file


PARTICIPANTS = (
    (1, 1, Fraction(3)),
    (3, 1, Fraction(2)),
    (3, 2, Fraction(2)),
    (3, 3, Fraction(2)),
    (2, 1, Fraction(20)),
    (100, 100, Fraction(50)),
    (70, 100, Fraction(10)),
    (70, 50, Fraction(10)),
    (7, 70, Fraction(13, 4)),
    (4096, 4095, Fraction(30)),
    (100, 1, Fraction(200)),
)


def noise_law() -> Iterator[VectorFile]:
    """dream.noise_law."""
    valid = {"shares": 70, "participants": 100, "lambda_units": Fraction(10), "value": 4}
    file = Cases("dream.noise_law", "sums", valid)
    for (shares, participants, scale), value in itertools.product(PARTICIPANTS, (0, -4, 37)):
        if value == 37 and shares == 3:
            continue
        output = {"mass": about(difference(Fraction(participants, shares), scale, value))}
        if shares == participants:
            p = MP.exp(-1 / real(scale))
            output = {"mass": about((1 - p) / (1 + p) * p ** abs(value))}
        file.good(
            f"{participants}-of-{shares}-at-{slug_of(value)}",
            "law of the noise in a total",
            (34, 35),
            output,
            FUNCTIONS,
            "SharesAdded",
            "ShapeInverted",
            shares=shares,
            participants=participants,
            lambda_units=scale,
            value=value,
        )
    file.bad("no-shares", "n = N - M = 0", (34, 35), "TooFewShares", shares=0)
    file.bad("no-participants", "nobody adds noise", (35,), "TooFewShares", participants=0)
    file.bad("too-many", "more than 16 participants a share", (35,), "OutOfRange", shares=6)
    file.bad("no-scale", "lambda = 0", (34, 35), "NoNoise", lambda_units=Fraction(0))
    file.bad(
        "scale-513",
        "lambda above what the operation computes",
        (35,),
        "OutOfRange",
        lambda_units=Fraction(513),
    )
    file.bad("value-beyond", "a value beyond 2^20", (35,), "OutOfRange", value=2**20 + 1)
    file.grammar(35)
    yield file


def noise_error() -> Iterator[VectorFile]:
    """dream.noise_error."""
    valid = {"shares": 70, "participants": 100, "lambda_units": Fraction(10)}
    file = Cases("dream.noise_error", "sums", valid)
    for shares, participants, scale in PARTICIPANTS:
        k, p = Fraction(participants, shares), MP.exp(-1 / real(scale))
        # E|D| from the characteristic function by the trapezoidal rule, which errs by what lies far out.
        reach = 64 * int(scale + 1) + 64
        mean = (
            sum(
                (1 - ((1 - p) ** 2 / (1 - 2 * p * c + p * p)) ** real(k)) / (1 - c)
                for c in (MP.cos(MP.pi * (2 * i + 1) / (2 * reach)) for i in range(reach))
            )
            / reach
            if scale <= 5
            else None
        )
        output = None
        if mean is not None:
            deviation = MP.sqrt(2 * real(k) * p / (1 - p) ** 2 - mean**2)
            wide = [
                [value * (1 - MP.mpf(10) ** -24), value * (1 + MP.mpf(10) ** -24)]
                for value in (mean, deviation)
            ]
            names = ("mean_units", "deviation_units")
            output = {
                name: {"lower": MP.nstr(low, 40), "upper": MP.nstr(high, 40)}
                for name, (low, high) in zip(names, wide, strict=True)
            }
        elif participants == shares:
            mean = 2 * p / (1 - p * p)
            output = {
                "mean_units": about(mean),
                "deviation_units": about(MP.sqrt(2 * p / (1 - p) ** 2 - mean**2)),
            }
        file.good(
            f"{participants}-of-{shares}",
            "mean and deviation of |D|",
            (36,),
            output,
            "the generator's own trapezoidal rule on the characteristic function, or k = 1",
            shares=shares,
            participants=participants,
            lambda_units=scale,
        )
    file.bad("no-shares", "n = N - M = 0", (36,), "TooFewShares", shares=0)
    file.bad("no-participants", "nobody adds noise", (36,), "TooFewShares", participants=0)
    file.bad("too-many", "more than 16 participants a share", (36,), "OutOfRange", shares=6)
    file.bad("no-scale", "lambda = 0", (36,), "NoNoise", lambda_units=Fraction(0))
    file.bad(
        "scale-513",
        "lambda above what the operation computes",
        (36,),
        "OutOfRange",
        lambda_units=Fraction(513),
    )
    file.grammar(36)
    yield file


def noise_loss() -> Iterator[VectorFile]:
    """dream.noise_loss."""
    valid = {"shares": 70, "participants": 50, "lambda_units": Fraction(10), "sensitivity_units": 10}
    file = Cases("dream.noise_loss", "sums", valid)
    for shares, participants, scale, reach in (
        (70, 70, Fraction(10), 10),
        (70, 100, Fraction(10), 10),
        (70, 71, Fraction(500), 250),
        (10, 9, Fraction(100), 100),
        (4, 3, Fraction(100), 100),
        (8, 5, Fraction(100), 100),
        (2, 1, Fraction(20), 20),
        (2, 1, Fraction(500), 500),
        (70, 50, Fraction(10), 10),
        (100, 1, Fraction(50), 50),
        (100, 99, Fraction(50), 25),
        (3, 1, Fraction(5, 2), 1),
        (1, 4096, Fraction(7), 3),
    ):
        k = Fraction(participants, shares)
        promised = exact(Fraction(reach) / scale)
        output: Json = {"loss_nats": promised, "continuous_loss_nats": promised}
        if k < 1:
            ratio = difference(k, scale, 0) / difference(k, scale, reach)
            output = {"loss_nats": about(MP.log(ratio)), "continuous_loss_nats": None}
            if 2 * k > 1:
                v = real(k) - MP.mpf(1) / 2
                peak = MP.gamma(v) / (2 * MP.sqrt(MP.pi) * real(scale) * MP.gamma(real(k)))
                output["continuous_loss_nats"] = about(MP.log(peak / density(k, scale, Fraction(reach))))
        file.good(
            f"{participants}-of-{shares}-{slug_of(scale)}",
            "the exact loss",
            (37, 44),
            output,
            FUNCTIONS,
            "TooFewShares",
            shares=shares,
            participants=participants,
            lambda_units=scale,
            sensitivity_units=reach,
        )
    file.bad("no-shares", "n = N - M = 0", (37, 44), "TooFewShares", shares=0)
    file.bad(
        "no-participants",
        "nobody honest is left: the loss is infinite",
        (37, 44),
        "TooFewShares",
        participants=0,
    )
    file.bad("scale-below-1", "lambda below one unit", (37, 44), "NoNoise", lambda_units=Fraction(1, 2))
    file.bad(
        "no-sensitivity", "a home that cannot move the total", (37, 44), "OutOfRange", sensitivity_units=0
    )
    file.bad("beyond", "a sensitivity beyond 64 lambda", (37, 44), "OutOfRange", sensitivity_units=641)
    file.grammar(37)
    yield file


def sample_share() -> Iterator[VectorFile]:
    """dream.sample_share."""
    valid = {"shares": 100, "lambda_units": Fraction(50), "random": draw_bytes("noise/sample/valid", 24)}
    file = Cases("dream.sample_share", "drawn", valid)

    def add(slug: str, comment: str, shares: int, scale: Fraction, random: bytes, *flags: str) -> None:
        output = share_of(shares, scale, random) if scale <= 100 else None
        file.good(
            slug, comment, (38, 45), output, SUMS, *flags, shares=shares, lambda_units=scale, random=random
        )

    for shares, scale in (
        (1, Fraction(3)),
        (2, Fraction(50)),
        (5, Fraction(7, 2)),
        (100, Fraction(50)),
        (3, Fraction(1000)),
    ):
        for turn in range(4):
            random = draw_bytes(f"noise/sample/{shares}/{turn}", 20)
            add(
                f"{shares}-{turn}",
                "sixteen bytes decide",
                shares,
                scale,
                random,
                "ByteOrder",
                "FloatingPoint",
            )
    other = draw_bytes("noise/sample/other", 24)
    for shares, scale, edge in (
        (1, Fraction(3), 2),
        (100, Fraction(50), 0),
        (100, Fraction(50), 31),
        (7, Fraction(5, 3), 4),
    ):
        law = sums(shares, scale, 64)[edge]
        for count in (8, 9, 12, 20):
            prefix = int(WIDE.floor(WIDE.ldexp(law, 8 * count))).to_bytes(count, "big")
            digits = int(WIDE.floor(WIDE.ldexp(law, 8 * count + 8))) & 255
            for name, last in (("below", digits - 1), ("above", digits + 1)):
                if not 0 <= last < 256:
                    continue
                add(
                    f"{shares}-{count}-bytes-{name}-edge-{edge}",
                    f"the first side has {count} bytes of F({edge}) and is {name} it in the next",
                    shares,
                    scale,
                    prefix + bytes([last]) + other,
                    "EarlyDecision",
                )
    for count in (8, 12):
        add(
            f"ones-{count}",
            "far out in the tail",
            2,
            Fraction(3),
            b"\xff" * count + other,
            "EarlyDecision",
            "FloatingPoint",
        )
    add(
        "second-far-out",
        "the second side far out",
        2,
        Fraction(3),
        other[:8] + b"\xff" * 9 + other,
        "EarlyDecision",
    )
    add("small", "the smallest U but zero", 100, Fraction(50), bytes(7) + b"\x01" + other, "ByteOrder")
    add(
        "largest-scale",
        "lambda = 2^32",
        100,
        Fraction(2**32),
        draw_bytes("noise/sample/large", 16),
        "FloatingPoint",
    )
    file.bad("no-bytes", "no random bytes", (38, 45), "TooFewBytes", "exhausted", random=b"")
    file.bad("15-bytes", "one byte is missing", (38, 45), "TooFewBytes", "exhausted", random=other[:15])
    file.bad(
        "all-ones",
        "all bytes 255: never decided",
        (38, 45),
        "EarlyDecision",
        "exhausted",
        random=b"\xff" * 64,
    )
    law = sums(100, Fraction(50), 64)[31]
    on_edge = int(WIDE.floor(WIDE.ldexp(law, 8 * 24))).to_bytes(24, "big")
    file.bad(
        "on-an-edge", "24 bytes of F(31): not decided", (38, 45), "EarlyDecision", "exhausted", random=on_edge
    )
    file.bad(
        "second-on-an-edge",
        "the first side is decided, the second is not",
        (38, 45),
        "EarlyDecision",
        "exhausted",
        random=other[:8] + on_edge,
    )
    file.bad(
        "65-bytes",
        "more than 64 bytes",
        (38, 45),
        "OutOfRange",
        "malformed",
        random=draw_bytes("noise/65", 65),
    )
    file.bad("no-shares", "n = N - M = 0", (38, 45), "TooFewShares", shares=0)
    file.bad("4097-shares", "more shares than meters", (38, 45), "OutOfRange", shares=4097)
    file.bad("no-scale", "lambda = 0", (38, 45), "NoNoise", lambda_units=Fraction(0))
    file.grammar(38, 45)
    yield file


TABLES = ((1, Fraction(3)), (100, Fraction(2)), (7, Fraction(9, 2)))


def noise_table() -> Iterator[VectorFile]:
    """dream.noise_table."""
    valid = {"shares": 100, "lambda_units": Fraction(2)}
    file = Cases("dream.noise_table", "tables", valid)
    for shares, scale in (
        *TABLES,
        (4096, Fraction(1)),
        (70, Fraction(12)),
        (2, Fraction(10, 3)),
        (1, Fraction(102)),
    ):
        thresholds = table_of(shares, scale)
        distance = distance_of(shares, scale, thresholds)
        output = {"thresholds": [f"{t:x}" for t in thresholds], "distance_bits": about(MP.mpf(distance))}
        file.good(
            f"{shares}-{slug_of(scale)}",
            "2^64 F(g), rounded to the nearest",
            (39, 46),
            output,
            SUMS,
            "FloatingPoint",
            shares=shares,
            lambda_units=scale,
        )
    file.bad(
        "4097-thresholds",
        "a table of more than 4096 thresholds",
        (39, 46),
        "LargeTable",
        shares=1,
        lambda_units=Fraction(103),
    )
    file.bad("no-shares", "n = N - M = 0", (39, 46), "TooFewShares", shares=0)
    file.bad("4097-shares", "more shares than meters", (39, 46), "OutOfRange", shares=4097)
    file.bad("no-scale", "lambda = 0", (39, 46), "NoNoise", lambda_units=Fraction(0))
    file.bad("scale-below-1", "lambda below one unit", (39, 46), "NoNoise", lambda_units=Fraction(1, 2))
    file.bad(
        "scale-129",
        "a lambda for which a coarser unit is needed",
        (39, 46),
        "LargeTable",
        lambda_units=Fraction(129),
    )
    file.grammar(39, 46)
    yield file


def by_counting(thresholds: Sequence[int], random: bytes) -> int:
    """A share from a table, by a search for each side."""
    sides = []
    for part in (random[:8], random[8:]):
        number = int.from_bytes(part, "big")
        sides.append(next((k for k, t in enumerate(thresholds) if number < t), len(thresholds)))
    return sides[0] - sides[1]


def table_share() -> Iterator[VectorFile]:
    """dream.table_share."""
    table = table_of(7, Fraction(9, 2))
    random = draw_bytes("noise/table/valid", 16)
    file = Cases(
        "dream.table_share", "drawn", {"thresholds": table, "random": random}, shares=7, lambda_units="9/2"
    )

    def add(slug: str, comment: str, thresholds: Sequence[int], drawn: bytes, *flags: str) -> None:
        output = {"share": by_counting(thresholds, drawn)}
        file.good(
            slug,
            comment,
            (40, 45),
            output,
            "the generator's own search",
            *flags,
            thresholds=thresholds,
            random=drawn,
        )

    for turn in range(6):
        add(f"drawn-{turn}", "a draw", table, draw_bytes(f"noise/table/{turn}", 16), "ByteOrder")
    half = (2**63).to_bytes(8, "big")
    ends = {"zero": bytes(8), "half": half, "ones": b"\xff" * 8}
    for (left, first), (right, second) in itertools.product(ends.items(), repeat=2):
        if left != right or left == "half":
            add(
                f"{left}-and-{right}",
                "the ends of the range of a draw",
                table,
                first + second,
                "SignedComparison",
            )
    for edge in (0, 5, len(table) - 1):
        for name, moved in (("on", 0), ("below", -1), ("above", 1)):
            side = (table[edge] + moved).to_bytes(8, "big")
            add(
                f"{name}-threshold-{edge}",
                f"the first side is {name} threshold {edge}",
                table,
                side + half,
                "BoundaryDraw",
            )
    add("one-threshold", "a table of one threshold", [2**63], b"\xff" * 8 + bytes(8), "BoundaryDraw")
    add(
        "threshold-zero",
        "a first threshold of 0 is always reached",
        [0, 2**63],
        bytes(8) + b"\x7f" * 8,
        "BoundaryDraw",
    )
    add(
        "far-apart",
        "thresholds more than 2^63 apart",
        [1, 2**64 - 1],
        b"\xff" * 8 + bytes(7) + b"\x01",
        "SignedComparison",
    )
    whole = [(2**64 // 4097) * (k + 1) for k in range(4096)]
    add(
        "4096-thresholds", "the largest table, the largest share", whole, b"\xff" * 8 + bytes(8), "LargeTable"
    )
    file.bad("no-thresholds", "an empty table", (40, 45), "LargeTable", "malformed", thresholds=[])
    file.bad(
        "4097-thresholds",
        "a table too long",
        (40, 45),
        "LargeTable",
        "malformed",
        thresholds=[*whole, 2**64 - 1],
    )
    file.bad("65-bits", "a threshold of 2^64", (40, 45), "SignedComparison", thresholds=[1, 2**64])
    file.bad("equal-thresholds", "the same threshold twice", (40, 45), "FallingTable", thresholds=[5, 5, 9])
    file.bad("falling", "thresholds that fall", (40, 45), "FallingTable", thresholds=[5, 9, 7])
    file.bad(
        "falling-at-2-63",
        "growing only as signed numbers",
        (40, 45),
        "SignedComparison",
        thresholds=[2**63, 5],
    )
    file.bad("15-bytes", "a byte too few", (40, 45), "TooFewBytes", "malformed", random=random[:15])
    file.bad("17-bytes", "a byte too many", (40, 45), "TooFewBytes", "malformed", random=random + b"\x01")
    file.bad("no-bytes", "no random bytes", (40, 45), "TooFewBytes", "malformed", random=b"")
    file.grammar(40)
    yield file


def sanitise() -> Iterator[VectorFile]:
    """dream.sanitise."""
    table = table_of(100, Fraction(2))
    valid = {
        "reading_wh": 1499,
        "maximum_wh": 5000,
        "unit_wh": 100,
        "thresholds": table,
        "random": draw_bytes("noise/sanitise/valid", 16),
    }
    file = Cases("dream.sanitise", "readings", valid, shares=100, lambda_units="2")

    def add(slug: str, comment: str, reading: int, most: int, unit: int, random: bytes, *flags: str) -> None:
        held = min(max(reading, 0), most)
        value = unit * (held // unit + by_counting(table, random))
        file.good(
            slug,
            comment,
            (27, 41),
            {"value_wh": value, "clamped": int(held != reading)},
            FRACTIONS,
            *flags,
            reading_wh=reading,
            maximum_wh=most,
            unit_wh=unit,
            random=random,
        )

    up, down = b"\xff" * 8 + bytes(8), bytes(8) + b"\xff" * 8
    quiet = b"\x01" * 16
    for reading, flag in (
        (1499, "RoundedUp"),
        (1400, "RoundedUp"),
        (0, "RoundedUp"),
        (99, "RoundedUp"),
        (4999, "RoundedUp"),
        (5000, "RoundedUp"),
        (5001, "NotClamped"),
        (2**40, "NotClamped"),
        (-1, "NegativeReading"),
        (-5000, "NegativeReading"),
    ):
        add(f"{slug_of(reading)}-quiet", "both sides zero", reading, 5000, 100, quiet, flag)
        add(f"{slug_of(reading)}-up", "the largest share", reading, 5000, 100, up, flag)
        add(f"{slug_of(reading)}-down", "the smallest share", reading, 5000, 100, down, flag)
    for turn in range(4):
        random = draw_bytes(f"noise/sanitise/{turn}", 16)
        add(f"drawn-{turn}", "a draw", 37 * turn + 1234, 4000, 32, random, "ByteOrder")
    add("unit-1", "readings as they are", 1499, 5000, 1, up, "RoundedUp")
    add("unit-is-cap", "one bit of a reading", 4999, 5000, 5000, down, "RoundedUp")
    add("largest-unit", "a value of more than 32 bits", 2**32 - 1, 2**32 - 1, 2**32 - 1, up, "RoundedUp")
    add(
        "largest-unit-down",
        "a negative value of more than 32 bits",
        2**32 - 2,
        2**32 - 1,
        2**32 - 1,
        down,
        "RoundedUp",
    )
    add(
        "odd-unit",
        "a unit of 2^31 + 11 and a cap that it is",
        2**31 + 12,
        2**31 + 11,
        2**31 + 11,
        up,
        "NotClamped",
    )
    file.bad(
        "unit-not-dividing", "a cap that is no multiple of the unit", (41,), "UnitNotDividing", unit_wh=300
    )
    file.bad("unit-zero", "a unit of 0", (41,), "UnitNotDividing", unit_wh=0)
    file.bad("unit-above-cap", "a unit above the cap", (41,), "UnitNotDividing", unit_wh=10_000)
    file.bad("unit-negative", "a negative unit", (41,), "UnitNotDividing", unit_wh=-100)
    file.bad("cap-zero", "a cap of 0", (27, 41), "OutOfRange", maximum_wh=0)
    file.bad("cap-2-32", "a cap of 2^32", (27, 41), "OutOfRange", maximum_wh=2**32, unit_wh=64)
    file.bad("falling", "thresholds that fall", (41,), "FallingTable", thresholds=[5, 9, 7])
    file.bad("65-bits", "a threshold of 2^64", (41,), "SignedComparison", thresholds=[1, 2**64])
    file.bad("no-thresholds", "an empty table", (41,), "LargeTable", "malformed", thresholds=[])
    file.bad("15-bytes", "a byte too few", (41,), "TooFewBytes", "malformed", random=quiet[:15])
    file.bad("no-bytes", "no random bytes", (41,), "TooFewBytes", "malformed", random=b"")
    file.bad("17-bytes", "a byte too many", (41,), "TooFewBytes", "malformed", random=quiet + b"\x01")
    file.grammar(41)
    yield file


def table_delta() -> Iterator[VectorFile]:
    """dream.table_delta."""
    valid = {"epsilon": Fraction(1), "shares": 100, "distance_bits": Fraction(54), "slots": 144}
    file = Cases("dream.table_delta", "costs", valid)
    for epsilon, shares, bits, slots in (
        (Fraction(1), 100, Fraction(54), 1),
        (Fraction(1), 100, Fraction(54), 144),
        (Fraction(0), 1, Fraction(1), 1),
        (Fraction(1, 10), 70, Fraction(1115, 20), 52_560),
        (Fraction(64), 4096, Fraction(1024), 2**24),
        (Fraction(64), 4096, Fraction(1), 2**24),
        (Fraction(1, 2), 2, Fraction(579, 10), 3),
    ):
        delta = (1 + MP.exp(real(epsilon))) * shares * 2 * slots
        output = {
            "total_epsilon": exact(slots * epsilon),
            "delta_bits": about(real(bits) - MP.log(delta, 2)),
        }
        file.good(
            f"{shares}-shares-{slots}-slots-{bits.numerator}",
            "delta = (1 + e^epsilon) h tau a slot",
            (42,),
            output,
            FUNCTIONS,
            "DeltaForgotten",
            epsilon=epsilon,
            shares=shares,
            distance_bits=bits,
            slots=slots,
        )
    file.bad("negative-epsilon", "a negative loss", (42,), "NoNoise", epsilon=Fraction(-1))
    file.bad("epsilon-65", "a loss that protects nothing", (42,), "NoNoise", epsilon=Fraction(65))
    file.bad("no-shares", "nobody honest", (42,), "TooFewShares", shares=0)
    file.bad(
        "no-distance",
        "a distance of one half or more is no table",
        (42,),
        "DeltaForgotten",
        distance_bits=Fraction(1, 2),
    )
    file.bad("no-slots", "no slot", (42,), "OutOfRange", slots=0)
    file.grammar(42)
    yield file


def noise_tail() -> Iterator[VectorFile]:
    """dream.noise_tail."""
    valid = {"meters": 100, "tolerated_failures": 30, "lambda_units": Fraction(40), "bits": 64}
    file = Cases("dream.noise_tail", "clusters", valid)
    for meters, failures, scale, bits in (
        (100, 0, Fraction(40), 64),
        (100, 30, Fraction(40), 64),
        (100, 50, Fraction(40), 64),
        (100, 50, Fraction(40), 1),
        (2, 1, Fraction(1), 20),
        (2, 0, Fraction(1), 1),
        (4096, 2047, Fraction(100), 128),
        (1000, 300, Fraction(3000), 40),
        (3, 1, Fraction(7, 2), 10),
    ):
        shape, p = real(Fraction(meters, meters - failures)), MP.exp(-1 / real(scale))
        allowed = MP.ldexp(1, -bits) / 2

        def tail(value: int, shape: Any = shape, p: Any = p) -> Any:
            return MP.betainc(value + 1, shape, 0, p, regularized=True)

        low, high = -1, 1
        while tail(high) > allowed:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if tail(middle) > allowed else (low, middle)
        file.good(
            f"{meters}-{failures}-{bits}-bits",
            "the least T with 2 P(X > T) <= 2^-b",
            (43, 48),
            {"tail_units": high},
            FUNCTIONS,
            "TailTooShort",
            meters=meters,
            tolerated_failures=failures,
            lambda_units=scale,
            bits=bits,
        )
    file.bad("nobody-left", "M = N", (43, 48), "TooFewShares", tolerated_failures=100)
    file.bad("negative-failures", "M below 0", (43, 48), "OutOfRange", tolerated_failures=-1)
    file.bad("one-meter", "a cluster of one", (43, 48), "OutOfRange", meters=1, tolerated_failures=0)
    file.bad("no-scale", "lambda = 0", (43, 48), "NoNoise", lambda_units=Fraction(0))
    file.bad("no-bits", "a tail that is always left", (43, 48), "TailTooShort", bits=0)
    file.bad("129-bits", "more bits than the operation computes", (43, 48), "OutOfRange", bits=129)
    file.grammar(43)
    yield file


def files() -> Iterator[VectorFile]:
    """All files, in every profile that the operation has."""
    for make in (
        clamp,
        noise_scale,
        account,
        error,
        error_factors,
        expected_error,
        gamma_share,
        polya_share,
        noise_law,
        noise_error,
        noise_loss,
        sample_share,
        noise_table,
        table_share,
        sanitise,
        table_delta,
        noise_tail,
    ):
        for made in make():
            file = VectorFile(
                made.chapter, made.name, made.profile, made.operation, made.parameters, made.notes, made.tests
            )
            yield file
            assert file.operation is not None
            if "hardened" in tables().operations[file.operation].profiles:
                yield in_profile(file, "hardened")
