"""The vectors of the privacy-power chapter.

Independent sources: `rational_point` solves a law at a slope whose e^-s is rational with rational arithmetic
alone, by plain isotonic weights, and evaluates the policy it finds by the definitions; closed forms are
evaluated by mpmath's global interval context. The rest is the reference's.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import comb
from typing import Any

from mpmath import iv

from meter_privacy.vectors.generators import reals
from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, draw_bytes
from meter_privacy.vectors.generators.reals import Chapter, as_enclosure, bits, exact, slug, texts

NAIVE = "rational isotonic regression"
CLOSED = "closed form by mpmath"
HAND = "by hand"
POWER = Chapter("privacy_power", "POWER")
ids, note = POWER.ids, POWER.note
number = partial(reals.number, digits=70)


NOTES: dict[str, Json] = {
    "NegativePower": note("a negative power is taken as zero", "a sign error upstream goes unseen"),
    "Unordered": note("loads are sorted in silence, their probabilities are not", "another home's leakage"),
    "RepeatedLoad": note("a load that stands twice divides by a width of zero", "NaN, or an endless loop"),
    "NegativeLoad": note("a load below zero is accepted", "the grid would have to take energy back"),
    "NoLaw": note("the sum of probabilities is not tested", "a leakage of some other load"),
    "NegativeProbability": note("a negative probability passes where the sum is 1", "a negative leakage"),
    "ZeroProbability": note("a load of probability zero divides by zero, or gets outputs", "NaN"),
    "MissingZero": note(
        "Y = 0 is used though no load is 0", "power is wasted: the least load hides as well", "spec/errata.md"
    ),
    "FlatUnderflow": note("weights e^(-s x) underflow", "loads beyond s x = 745 are pooled wrongly"),
    "UnevenGrid": note("an even grid is taken for granted", "wrong leakage on real tariffs of levels"),
    "Saturated": note("P above P_max is extrapolated", "a negative leakage, or a policy that does not exist"),
    "NoPower": note("P = 0 divides by the slope", "infinity where the entropy is asked"),
    "TinyProbability": note("probabilities of 10^-12 are lost", "rare loads tell most"),
    "SingleLoad": note("one load alone leads to an empty loop", "an error where nothing leaks"),
    "Ties": note("a tie of block values is resolved two ways in one run", "a partition that is none"),
    "Grammar": note("reals are parsed loosely", "a request that is no request is answered"),
    "Lengths": note(
        "lists of different lengths are cut to the shorter",
        "another law",
    ),
    "EqualSplit": note("the power is divided evenly", "more leakage in total than need be"),
    "NatsSlope": note(
        "the common slope is given in bits", "an allocation that two readers build two ways", "spec/errata.md"
    ),
    "ShannonEntropy": note(
        "the bound leaves out the 1 of h(Exp(P)) = 1 + ln P",
        "a 'lower bound' above the leakage",
        "spec/errata.md",
    ),
    "ZeroLoadHidden": note(
        "time division forgets that a load of zero looks like the source at work",
        "leakage overstated",
        "spec/errata.md",
    ),
    "FactorTwo": note(
        "limiting weighs H(X | Y) by (N - k)/2N", "a constant output that leaks", "spec/errata.md"
    ),
    "AboveLoad": note(
        "a policy may give more than the load", "energy is wasted, and the leakage is of no home"
    ),
    "RowNotLaw": note("the rows of a policy are not laws", "a joint law that is none"),
    "WideGap": note("the certificate's gap is not tested", "any answer passes as optimal"),
    "MissesOptimum": note("an interval without the optimum is accepted", "a wrong optimum is certified"),
    "ForeignPair": note("leakage and power are not held to the interval", "a policy that was never found"),
    "LooseCorner": note("the range of slope or gap is not tested", "an iteration that never ends"),
    "AllZeroWeights": note("weights that are all zero divide by zero", "a row that is no law"),
    "Overflow": note("2^32 times a partial sum overflows 64 bits", "thresholds that fall"),
    "RoundsUp": note("thresholds are rounded to nearest", "the table uses more power than its policy"),
    "ShortRandomness": note("the unit goes on with what bytes it has", "grid loads that are not random"),
    "BigEndian": note("the random bytes are read most significant first", "two units that do not agree"),
    "StrictThreshold": note(
        "r <= t is taken for r < t", "probability moves by 2^-32, and 0 becomes possible"
    ),
    "SkippedDraw": note(
        "a certain row consumes no bytes", "what is consumed tells the load, and units drift"
    ),
    "RoundsDown": note(
        "a grid load is rounded down to a level", "the source gives more than it did", "spec/errata.md"
    ),
    "AboveMean": note(
        "a power above the mean is put into the channel", "a negative density", "spec/errata.md"
    ),
}


# ---- Independent sources -------------------------------------------------------------------------

Joint = dict[tuple[int, int], Fraction]


@dataclass(frozen=True)
class RationalPoint:
    """A point of the curve whose policy is rational."""

    power: Fraction
    rows: list[list[Fraction]]
    joint: Joint


def rational_point(levels: Sequence[int], p: Sequence[Fraction], z: Fraction) -> RationalPoint:
    """The optimum at s = -ln z for whole-numbered levels: pooled weights w = z^x - z^x', all of it rational.

    Levels of probability zero are dropped, because they are never grid loads.
    """
    kept = [i for i, mass in enumerate(p) if mass > 0]
    blocks: list[tuple[Fraction, Fraction, int]] = []
    for place, i in enumerate(kept):
        last = place + 1 == len(kept)
        w = z ** levels[i] - (0 if last else z ** levels[kept[place + 1]])
        blocks.append((p[i], w, i))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            mass, weight, _ = blocks.pop()
            blocks[-1] = (blocks[-1][0] + mass, blocks[-1][1] + weight, blocks[-1][2])
    q = [Fraction(0)] * len(levels)
    before = Fraction(0)
    for mass, weight, i in blocks:
        q[i], before = z ** levels[i] * (mass / weight - before), mass / weight
    rows = []
    for i in range(len(levels)):
        row = [q[j] * z ** (levels[i] - levels[j]) if j <= i else Fraction(0) for j in range(len(levels))]
        total = sum(row)
        rows.append(
            [value / total for value in row] if total else [Fraction(int(i == j)) for j in range(len(q))]
        )
    joint = {(i, j): p[i] * rows[i][j] for i in range(len(p)) for j in range(i + 1) if p[i] * rows[i][j]}
    power = sum((mass * (levels[i] - levels[j]) for (i, j), mass in joint.items()), Fraction(0))
    return RationalPoint(power, rows, joint)


def xlnx(value: Fraction) -> Any:
    """x ln x, 0 at 0."""
    return number(value) * iv.log(number(value)) if value else number(0)


def information(joint: Joint) -> Any:
    """I(X;Y) in nats as the mean of ln p(x, y)/(p(x) p(y))."""
    x: dict[int, Fraction] = {}
    y: dict[int, Fraction] = {}
    for (i, j), mass in joint.items():
        x[i], y[j] = x.get(i, Fraction(0)) + mass, y.get(j, Fraction(0)) + mass
    return sum((number(m) * iv.log(number(m / (x[i] * y[j]))) for (i, j), m in joint.items()), number(0))


def binary_nats(p: Fraction, difference: Fraction, power: Fraction) -> Any:
    """Paper A, equation (11), in nats, below saturation."""
    t = power / difference
    return xlnx(t) - xlnx(p + t) - xlnx(1 - p)


# ---- Inputs --------------------------------------------------------------------------------------


def random_law(label: str, size: int, kind: str = "even") -> list[Fraction]:
    """A law whose masses have a power of two as denominator: even, lopsided, or with zeros."""
    weights = []
    for k in range(size):
        drawn = draw_below(f"privacy_power/{label}/{k}", 2**20)
        if kind == "lopsided":
            drawn = 1 + (drawn >> draw_below(f"privacy_power/{label}/{k}/shift", 20))
        if kind == "zeros" and draw_below(f"privacy_power/{label}/{k}/zero", 3) == 0:
            drawn = 0
        weights.append(drawn)
    total = 1 << (sum(weights) + 1).bit_length()
    weights[draw_below(f"privacy_power/{label}/rest", size)] += total - sum(weights)
    return [Fraction(weight, total) for weight in weights]


def random_levels(label: str, size: int, first: int = 0) -> list[int]:
    """Increasing whole levels, unevenly spaced."""
    levels = [first]
    for k in range(size - 1):
        levels.append(levels[-1] + 1 + draw_below(f"privacy_power/{label}/level/{k}", 5))
    return levels


new = partial(POWER.new, NOTES)


def user(levels: Sequence[Fraction | int | str], p: Sequence[Fraction | int | str]) -> Json:
    """A load's fields."""
    return {"loads": texts(levels), "probabilities": texts(p)}


def bad_loads(file: VectorFile, rest: Json, requirements: Sequence[str], maximum: int) -> None:
    """Every way in which loads and probabilities are refused, beside an otherwise good input."""
    third = ["1/2", "1/4", "1/4"]
    cases = (
        ("unordered", user(["0", "2", "1"], third), "Unordered"),
        ("repeated-load", user(["0", "1", "1"], third), "RepeatedLoad"),
        ("negative-load", user(["-1", "0", "1"], third), "NegativeLoad"),
        ("load-above-the-bound", user(["0", "1", "1000000001"], third), "NegativeLoad"),
        ("sum-above-one", user(["0", "1", "2"], ["1/2", "1/4", "0.2500001"]), "NoLaw"),
        ("sum-below-one", user(["0", "1", "2"], ["1/2", "1/4", "0.2499999"]), "NoLaw"),
        ("negative-probability", user(["0", "1", "2"], ["1/2", "3/4", "-1/4"]), "NegativeProbability"),
    )
    for name, given, flag in cases:
        file.negative(
            slug(file, name),
            {**given, **rest},
            "range",
            requirements=requirements,
            comment=name.replace("-", " "),
            flags=[flag],
        )
    raws: tuple[tuple[str, Any, str], ...] = (
        ("empty", {"loads": [], "probabilities": []}, "Lengths"),
        ("lengths", {"loads": ["0", "1"], "probabilities": ["1"]}, "Lengths"),
        ("nan", {"loads": ["0", "NaN"], "probabilities": ["1/2", "1/2"]}, "Grammar"),
        ("too-many", user(range(maximum + 1), ["1"] + ["0"] * maximum), "Lengths"),
    )
    for name, given, flag in raws:
        text = json.dumps({**given, **rest}, separators=(",", ":"))
        file.raw(
            slug(file, name),
            json_text=text,
            requirements=requirements,
            comment=name,
            flags=[flag],
        )


def bad_power(file: VectorFile, given: Json, requirements: Sequence[str], above_zero: bool = False) -> None:
    """Powers that are refused."""
    file.negative(
        slug(file, "negative-power"),
        {**given, "power": "-0.001"},
        "range",
        requirements=requirements,
        comment="P below zero",
        flags=["NegativePower"],
    )
    file.negative(
        slug(file, "huge-power"),
        {**given, "power": "1000000000001"},
        "range",
        requirements=requirements,
        comment="P above the table's bound",
        flags=["NegativePower"],
    )
    if above_zero:
        file.negative(
            slug(file, "no-power"),
            {**given, "power": "0"},
            "range",
            requirements=requirements,
            comment="the leakage is infinite at P = 0",
            flags=["NoPower"],
        )
    text = json.dumps({**given, "power": "NaN"}, separators=(",", ":"))
    file.raw(
        slug(file, "nan-power"), json_text=text, requirements=requirements, comment="NaN", flags=["Grammar"]
    )


# ---- Files ---------------------------------------------------------------------------------------


def leakage_files() -> Iterator[VectorFile]:
    """The exact function of one user."""
    need = ids("2 4 8 9")
    for profile in ("published", "hardened"):
        file = new("leakage", f"rational-{profile}", profile)
        count = 24 if profile == "published" else 8
        for k in range(count):
            label = f"leakage/{profile}/{k}"
            size = (2, 3, 4, 6, 9, 14)[k % 6]
            kind = ("even", "lopsided", "zeros", "lopsided")[k % 4]
            levels = random_levels(label, size, first=(0, 3)[k % 3 == 2])
            p = random_law(label, size, kind)
            z = Fraction((1, 3, 1, 7)[k % 4], (2, 4, 8, 8)[k % 4])
            point = rational_point(levels, p, z)
            if sum(1 for mass in p if mass) < 2 or point.power == 0:
                continue
            lowest = next(level for level, mass in zip(levels, p, strict=True) if mass)
            saturated = point.power == sum(m * v for m, v in zip(p, levels, strict=True)) - lowest
            flags = [{"zeros": "ZeroProbability", "lopsided": "TinyProbability", "even": "UnevenGrid"}[kind]]
            slope = None if saturated else as_enclosure(-iv.log(number(z)))
            file.positive(
                slug(file, f"law-{k}"),
                {**user(levels, p), "power": str(point.power)},
                {
                    "leakage_bits": exact(0) if saturated else bits(information(point.joint)),
                    "slope_nats": slope,
                },
                requirements=need,
                comment=f"{size} levels at e^-s = {z}",
                source=NAIVE,
                flags=flags,
            )
        yield file
    file = new("leakage", "binary")
    for k, (low, difference, chance, power) in enumerate(
        (
            (0, "1", "1/2", "1/4"),
            (0, "1", "1/10", "1/100"),
            (0, "1", "9/10", "1/100"),
            (2, "10", "9/10", "1/2"),
            (0, "10/9", "1/10", "1/2"),
            (0, "2", "1/2", "1/1000"),
            (5, "1/8", "1/3", "1/100"),
            (0, "1", "999999999999/1000000000000", "1/10000000000000"),
            (0, "1000000", "1/2", "1"),
        )
    ):
        mass, step, used = Fraction(chance), Fraction(difference), Fraction(power)
        t = used / step
        file.positive(
            slug(file, f"two-levels-{k}"),
            {**user([low, low + step], [mass, 1 - mass]), "power": power},
            {
                "leakage_bits": bits(binary_nats(mass, step, used)),
                "slope_nats": as_enclosure(iv.log(number((mass + t) / t)) / number(step)),
            },
            requirements=need,
            comment="equation (11)",
            source=CLOSED,
            flags=["MissingZero"] if low else [],
        )
    yield file
    file = new("leakage", "corners")
    uniform = user([Fraction(k, 10) for k in range(21)], [Fraction(1, 21)] * 21)
    nothing = {"leakage_bits": exact(0), "slope_nats": None}
    corners: tuple[tuple[str, Json, str, Json | None, str], ...] = (
        ("one-load", user(["3"], ["1"]), "0", nothing, "SingleLoad"),
        ("one-load-zero-power-to-spare", user(["0"], ["1"]), "1", nothing, "SingleLoad"),
        ("one-likely-load", user(["0", "1", "2"], ["0", "1", "0"]), "0", nothing, "ZeroProbability"),
        (
            "no-power",
            user(["0", "1"], ["1/2", "1/2"]),
            "0",
            {"leakage_bits": exact(1), "slope_nats": None},
            "NoPower",
        ),
        ("all-power", user(["0", "1"], ["1/2", "1/2"]), "1/2", nothing, "Saturated"),
        ("more-than-all", user(["0", "1"], ["1/2", "1/2"]), "7", nothing, "Saturated"),
        ("lifted-all-power", user(["2", "3"], ["1/2", "1/2"]), "1/2", nothing, "MissingZero"),
        (
            "uniform-21-no-power",
            uniform,
            "0",
            {"leakage_bits": bits(iv.log(number(21))), "slope_nats": None},
            "NoPower",
        ),
        ("uniform-21-all-power", uniform, "1.0000000001", nothing, "Saturated"),
    )
    for name, given, power, output, flag in corners:
        file.positive(
            slug(file, name),
            {**given, "power": power},
            output,
            requirements=need,
            comment=name.replace("-", " "),
            source=HAND,
            flags=[flag],
        )
    for power in ("0.05", "0.3", "0.5", "0.9", "0.99"):
        file.positive(
            slug(file, f"uniform-21-{power}"),
            {**uniform, "power": power},
            requirements=need,
            comment="figure 4's load",
            flags=["Ties"],
        )
    last = Fraction(1, 10**12)
    file.positive(
        slug(file, "rare-levels"),
        {**user([0, 1, 5, 9], [1 - 3 * last, last, last, last]), "power": "1e-12"},
        requirements=need,
        comment="three levels of probability 10^-12",
        flags=["TinyProbability"],
    )
    file.positive(
        slug(file, "distant-levels"),
        {**user([0, 1, 1000, 1000000], ["1/2", "1/4", "1/8", "1/8"]), "power": "1/64"},
        requirements=need,
        comment="s x far beyond 745",
        flags=["FlatUnderflow"],
    )
    file.positive(
        slug(file, "nearly-a-law"),
        {**user([0, 1], ["0.5000000000001", "0.5"]), "power": "1/8"},
        requirements=need,
        comment="probabilities within 2^-40 of one are divided by their sum",
        flags=["NoLaw"],
    )
    bad_loads(file, {"power": "1/4"}, ids("8 9"), 1024)
    bad_power(file, user(["0", "1"], ["1/2", "1/2"]), ids("2 4 9"))
    yield file
    file = new("leakage", "large")
    for size in (50, 200, 500):
        p = random_law(f"large/{size}", size, "lopsided")
        levels = random_levels(f"large/{size}", size)
        file.positive(
            slug(file, f"levels-{size}"),
            {**user(levels, p), "power": "3"},
            requirements=need,
            comment=f"{size} uneven levels",
            flags=["UnevenGrid"],
        )
    binomial = [Fraction(comb(100, k), 2**100) for k in range(101)]
    file.positive(
        slug(file, "binomial-100"),
        {**user(range(101), binomial), "power": "5"},
        requirements=need,
        comment="masses from 2^-100 on",
        flags=["TinyProbability"],
    )
    yield file


def allocate_files() -> Iterator[VectorFile]:
    """Independent users."""
    need = ids("17")
    file = new("allocate", "mixed")
    for k in range(6):
        z = Fraction(1, (2, 4, 8)[k % 3])
        users, powers, leakages = [], [], []
        for m in range(1 + k % 3 + (k > 2)):
            label = f"allocate/{k}/{m}"
            size = (2, 3, 5)[m % 3]
            levels, p = random_levels(label, size), random_law(label, size)
            point = rational_point(levels, p, z)
            users.append(user(levels, p))
            powers.append(exact(point.power))
            leakages.append(bits(information(point.joint)))
        total = sum((Fraction(power["lower"]) for power in powers), Fraction(0))
        exact_total = sum(
            (
                rational_point(
                    [int(v) for v in u["loads"]], [Fraction(v) for v in u["probabilities"]], z
                ).power
                for u in users
            ),
            Fraction(0),
        )
        assert abs(total - exact_total) < Fraction(1, 10**20)
        saturated = all(Fraction(leak["lower"]) <= 0 <= Fraction(leak["upper"]) for leak in leakages)
        file.positive(
            slug(file, f"users-{k}"),
            {"users": users, "power": str(exact_total)},
            None if saturated else {"powers": powers, "leakages_bits": leakages},
            requirements=need,
            comment=f"one slope e^-s = {z}",
            source=NAIVE,
            flags=["EqualSplit"],
        )
    pair = [user([0, 1], ["1/2", "1/2"]), user([0, 2], ["9/10", "1/10"])]
    for name, power, output in (
        ("no-power", "0", None),
        (
            "all-power",
            "0.70000000001",
            {"powers": [exact(Fraction(1, 2)), exact(Fraction(1, 5))], "leakages_bits": [exact(0), exact(0)]},
        ),
        ("little-power", "0.001", None),
        ("one-saturated", "0.65", None),
    ):
        file.positive(
            slug(file, name),
            {"users": pair, "power": power},
            output,
            requirements=need,
            comment=name.replace("-", " "),
            source=HAND if output else "reference",
            flags=["Saturated" if output else "NoPower"],
        )
    file.positive(
        slug(file, "one-without-choice"),
        {"users": [pair[0], user([7], ["1"])], "power": "1/4"},
        {
            "powers": [exact(Fraction(1, 4)), exact(0)],
            "leakages_bits": [bits(binary_nats(Fraction(1, 2), Fraction(1), Fraction(1, 4))), exact(0)],
        },
        requirements=need,
        comment="a user with one load gets nothing",
        source=CLOSED,
        flags=["SingleLoad"],
    )
    for name, broken, flag in (
        ("second-unordered", user([2, 0], ["1/2", "1/2"]), "Unordered"),
        ("second-no-law", user([0, 2], ["1/2", "1/4"]), "NoLaw"),
        ("second-negative", user([0, 2], ["5/4", "-1/4"]), "NegativeProbability"),
    ):
        file.negative(
            slug(file, name),
            {"users": [pair[0], broken], "power": "1/4"},
            "range",
            requirements=need,
            comment="the second user's load",
            flags=[flag],
        )
    bad_power(file, {"users": pair}, need)
    for name, text in (
        ("no-users", '{"users": [], "power": "1"}'),
        ("lengths", '{"users": [{"loads": ["0", "1"], "probabilities": ["1"]}], "power": "1"}'),
        ("empty-user", '{"users": [{"loads": [], "probabilities": []}], "power": "1"}'),
    ):
        file.raw(slug(file, name), json_text=text, requirements=need, comment=name, flags=["Lengths"])
    yield file


def exponential_files() -> Iterator[VectorFile]:
    """Exponential loads: water-filling, the lower bound, the channel."""
    need = ids("24")
    file = new("allocate_exponential", "levels")
    for name, means, power, level, powers in (
        ("one-user", ["1"], "1/2", "1/2", ["1/2"]),
        ("paper-errata-1", ["1", "2"], "2.9", "19/10", ["1", "19/10"]),
        ("equal-shares", ["1", "2"], "1", "1/2", ["1/2", "1/2"]),
        ("figure-2", ["1", "3", "2"], "4", "3/2", ["1", "3/2", "3/2"]),
        ("on-the-edge", ["1", "2", "4"], "3", "1", ["1", "1", "1"]),
        ("full", ["1", "2"], "3", "2", ["1", "2"]),
        ("more-than-full", ["1", "2"], "100", "2", ["1", "2"]),
        ("thirds", ["1/3", "1/3", "1/3"], "1/2", "1/6", ["1/6", "1/6", "1/6"]),
        ("far-apart", ["1000000000", "1/1000000"], "1", "999999/1000000", ["999999/1000000", "1/1000000"]),
    ):
        nats = sum(
            (iv.log(number(Fraction(m) / Fraction(level))) for m in means if Fraction(m) > Fraction(level)),
            number(0),
        )
        file.positive(
            slug(file, name),
            {"means": means, "power": power},
            {
                "level": exact(Fraction(level)),
                "powers": [exact(Fraction(v)) for v in powers],
                "leakage_nats": as_enclosure(nats),
            },
            requirements=need,
            comment="level and powers are rational",
            source=HAND,
            flags=["Saturated" if "full" in name else "EqualSplit"],
        )
    bad_power(file, {"means": ["1", "2"]}, need, above_zero=True)
    for name, means in (("zero-mean", ["1", "0"]), ("negative-mean", ["-1", "2"])):
        file.negative(
            slug(file, name),
            {"means": means, "power": "1"},
            "range",
            requirements=need,
            comment="a mean that is not above zero",
            flags=["NegativeLoad"],
        )
    file.raw(
        slug(file, "no-users"),
        json_text='{"means": [], "power": "1"}',
        requirements=need,
        comment="no user",
        flags=["Lengths"],
    )
    yield file
    need = ids("19 20")
    file = new("shannon_lower_bound", "entropies")
    for name, h, power in (
        ("exponential", ["1"], "1/2"),
        ("two-users", ["1", "1.6931471805599453"], "2.9"),
        ("uniform-2", ["0.6931471805599453"], "0.3"),
        ("zero-bound", ["1"], "1"),
        ("clipped", ["1", "0"], "5"),
        ("negative-entropy", ["-3", "2"], "0.01"),
        ("three", ["0", "1", "2"], "1/2"),
    ):
        nats = number(Fraction(h[0]) - 1) - iv.log(number(Fraction(power)))
        single = len(h) == 1 and name != "zero-bound"
        file.positive(
            slug(file, name),
            {"entropies_nats": h, "power": power},
            {
                "level": exact(Fraction(power)),
                "powers": [exact(Fraction(power))],
                "bound_nats": as_enclosure(nats),
            }
            if single
            else None,
            requirements=need,
            comment="h - 1 - ln P",
            source=CLOSED if single else "reference",
            flags=["ShannonEntropy"],
        )
    bad_power(file, {"entropies_nats": ["1", "2"]}, need, above_zero=True)
    for name, value in (("huge-entropy", "100.5"), ("tiny-entropy", "-101")):
        file.negative(
            slug(file, name),
            {"entropies_nats": [value], "power": "1"},
            "range",
            requirements=need,
            comment="an entropy outside the table's bounds",
            flags=["ShannonEntropy"],
        )
    yield file
    need = ids("23")
    file = new("exponential_channel", "points")
    for k, (mean, power, load, output) in enumerate(
        (
            ("2", "0.7", "1", "0.5"),
            ("2", "0.7", "5", "5"),
            ("1", "1/2", "0.1", "0.1"),
            ("1", "1", "3", "1"),
            ("1", "1/1000", "2", "1.999"),
            ("1000", "1", "100", "99"),
        )
    ):
        m, P, x, y = (Fraction(v) for v in (mean, power, load, output))
        atom = iv.exp(-number(x) * (1 / number(P) - 1 / number(m)))
        output_density = (1 - number(P) / number(m)) / number(m) * iv.exp(-number(y) / number(m))
        density = iv.exp(-(number(x) - number(y)) / number(P)) / number(P) * output_density
        density = density * number(m) * iv.exp(number(x) / number(m))
        zero = m == P
        file.positive(
            slug(file, f"point-{k}"),
            {"mean": mean, "power": power, "load": load, "output": output},
            {
                "atom": exact(1) if zero else as_enclosure(atom),
                "density": exact(0) if zero else as_enclosure(density),
                "output_atom": exact(P / m),
                "output_density": exact(0) if zero else as_enclosure(output_density),
            },
            requirements=need,
            comment="the paper's channel by Bayes",
            source=CLOSED,
            flags=["AboveMean"] if zero else [],
        )
    good = {"mean": "2", "power": "1", "load": "3", "output": "1"}
    for name, change, flag in (
        ("power-above-mean", {"power": "2.001"}, "AboveMean"),
        ("no-power", {"power": "0"}, "NoPower"),
        ("output-above-load", {"output": "3.001"}, "AboveLoad"),
        ("output-zero", {"output": "0"}, "AboveLoad"),
        ("negative-load", {"load": "-1"}, "NegativeLoad"),
        ("no-mean", {"mean": "0"}, "NegativeLoad"),
    ):
        file.negative(
            slug(file, name),
            {**good, **change},
            "range",
            requirements=need,
            comment=name.replace("-", " "),
            flags=[flag],
        )
    yield file


def binary_files() -> Iterator[VectorFile]:
    """Two levels in closed form, and the geometric load."""
    need = ids("16 17 18")
    file = new("binary", "users")
    for name, p, difference, power in (
        ("half", "1/2", "1", "1/4"),
        ("light", "9/10", "1", "1/20"),
        ("heavy", "1/10", "1", "1/2"),
        ("large-step", "9/10", "10", "1/2"),
        ("small-step", "1/10", "10/9", "1/2"),
        ("tiny", "1/2", "1", "1e-9"),
    ):
        mass, step, given = Fraction(p), Fraction(difference), Fraction(power)
        t = given / step
        file.positive(
            slug(file, f"one-{name}"),
            {"users": [{"probability": p, "difference": difference}], "power": power},
            {
                "powers": [exact(given)],
                "leakages_bits": [bits(binary_nats(mass, step, given))],
                "slope_nats": as_enclosure(iv.log(number((mass + t) / t)) / number(step)),
            },
            requirements=need,
            comment="equation (11)",
            source=CLOSED,
            flags=["NatsSlope"],
        )
    figures = {
        "figure-5": [("9/10", "1"), ("1/2", "1"), ("1/10", "1")],
        "figure-6": [("9/10", "10"), ("1/2", "2"), ("1/10", "10/9")],
    }
    for name, laws in figures.items():
        users = [{"probability": p, "difference": d} for p, d in laws]
        for power in ("0", "0.1", "0.5", "1", "1.4", "2.5", "3.5"):
            file.positive(
                slug(file, f"{name}-{power}"),
                {"users": users, "power": power},
                requirements=need,
                comment=f"{name.replace('-', ' ')} at P = {power}",
                flags=["Saturated" if Fraction(power) > 1 else "NatsSlope"],
            )
    # Rational slopes: e^-s = 1/2 with whole differences gives rational powers and closed leakages.
    z = Fraction(1, 2)
    laws2 = [(Fraction(1, 4), 1), (Fraction(3, 8), 2), (Fraction(1, 8), 3)]
    total = sum((p * d * z**d / (1 - z**d) for p, d in laws2), Fraction(0))
    file.positive(
        slug(file, "slope-ln-2"),
        {"users": [{"probability": str(p), "difference": str(d)} for p, d in laws2], "power": str(total)},
        {
            "powers": [exact(p * d * z**d / (1 - z**d)) for p, d in laws2],
            "leakages_bits": [bits(binary_nats(p, Fraction(d), p * d * z**d / (1 - z**d))) for p, d in laws2],
            "slope_nats": as_enclosure(iv.log(number(2))),
        },
        requirements=need,
        comment="s = ln 2 nats, not 1 bit",
        source=HAND,
        flags=["NatsSlope"],
    )
    file.positive(
        slug(file, "nothing-to-hide"),
        {
            "users": [{"probability": "0", "difference": "1"}, {"probability": "1", "difference": "1"}],
            "power": "1/2",
        },
        {"powers": [exact(0), exact(0)], "leakages_bits": [exact(0), exact(0)], "slope_nats": None},
        requirements=need,
        comment="both loads are certain",
        source=HAND,
        flags=["SingleLoad"],
    )
    one = {"users": [{"probability": "1/2", "difference": "1"}]}
    bad_power(file, one, need)
    for name, broken, flag in (
        ("probability-above-one", {"probability": "1.01", "difference": "1"}, "NoLaw"),
        ("negative-probability", {"probability": "-0.01", "difference": "1"}, "NegativeProbability"),
        ("no-difference", {"probability": "1/2", "difference": "0"}, "RepeatedLoad"),
        ("negative-difference", {"probability": "1/2", "difference": "-1"}, "Unordered"),
    ):
        file.negative(
            slug(file, name),
            {"users": [broken], "power": "1/4"},
            "range",
            requirements=need,
            comment=name.replace("-", " "),
            flags=[flag],
        )
    file.raw(
        slug(file, "no-users"),
        json_text='{"users": [], "power": "1"}',
        requirements=need,
        comment="no user",
        flags=["Lengths"],
    )
    yield file
    need = ids("15")
    file = new("geometric", "means")
    for mean, power in (
        ("1", "1/2"),
        ("2", "1/2"),
        ("2", "0"),
        ("10", "3"),
        ("1/10", "1/100"),
        ("1000000", "1"),
    ):

        def g(m: Fraction) -> Any:
            return xlnx(m + 1) - xlnx(m)

        file.positive(
            slug(file, f"{mean}-{power}".replace("/", "-of-")),
            {"mean": mean, "power": power},
            {"leakage_bits": bits(g(Fraction(mean)) - g(Fraction(power)))},
            requirements=need,
            comment="g(mean) - g(P)",
            source=CLOSED,
            flags=["NoPower"] if power == "0" else [],
        )
    file.positive(
        slug(file, "full"),
        {"mean": "2", "power": "2"},
        {"leakage_bits": exact(0)},
        requirements=need,
        comment="P = E[X]",
        source=HAND,
        flags=["Saturated"],
    )
    bad_power(file, {"mean": "2"}, need)
    for mean in ("0", "-1"):
        file.negative(
            slug(file, f"mean{mean}"),
            {"mean": mean, "power": "1"},
            "range",
            requirements=need,
            comment="a mean that is not above zero",
            flags=["NegativeLoad"],
        )
    yield file


def curve_files() -> Iterator[VectorFile]:
    """Whole curves and optimal policies."""
    need = ids("10")
    file = new("curve", "laws")
    half = Fraction(1, 2)
    file.positive(
        slug(file, "two-levels"),
        user([0, 1], [half, half]),
        {
            "breakpoints": [
                {
                    "slope_nats": as_enclosure(iv.log(number(2))),
                    "power": exact(half),
                    "leakage_bits": exact(0),
                }
            ]
        },
        requirements=need,
        comment="one breakpoint, at P_max",
        source=HAND,
        flags=["Saturated"],
    )
    n = 5
    points: list[Json | None] = []
    # Uniform load: the last m levels pool at s = ln(1 + 1/(m - 1)).
    for m in range(2, n + 1):
        z = Fraction(m - 1, m)
        p = [Fraction(1, n)] * n
        at = rational_point(list(range(n)), p, z)
        nats = information(at.joint) if m < n else number(0)
        points.append(
            {
                "slope_nats": as_enclosure(-iv.log(number(z))),
                "power": exact(at.power),
                "leakage_bits": bits(nats) if m < n else exact(0),
            }
        )
    file.positive(
        slug(file, "uniform-5"),
        user(range(n), p),
        {"breakpoints": points},
        requirements=need,
        comment="slopes ln 2, ln 3/2, ln 4/3, ln 5/4",
        source=NAIVE,
        flags=["Ties"],
    )
    file.positive(
        slug(file, "one-load"),
        user([4], ["1"]),
        {"breakpoints": []},
        requirements=need,
        comment="nothing to merge",
        source=HAND,
        flags=["SingleLoad"],
    )
    for k, (size, kind) in enumerate(((3, "even"), (6, "zeros"), (12, "lopsided"), (40, "even"))):
        file.positive(
            slug(file, f"law-{size}"),
            user(random_levels(f"curve/{k}", size, k % 2), random_law(f"curve/{k}", size, kind)),
            requirements=need,
            comment=f"{size} levels, {kind}",
            flags=["ZeroProbability"] if kind == "zeros" else ["UnevenGrid"],
        )
    bad_loads(file, {}, need, 256)
    yield file
    need = ids("7 11")
    file = new("optimal_policy", "laws")
    for k in range(8):
        label = f"policy/{k}"
        size = (2, 3, 4, 6)[k % 4]
        levels, p = (
            random_levels(label, size, (0, 2)[k % 3 == 1]),
            random_law(label, size, ("even", "lopsided", "zeros")[k % 3]),
        )
        z = Fraction(1, (2, 8)[k % 2])
        at = rational_point(levels, p, z)
        lowest = next(i for i, mass in enumerate(p) if mass)
        most = sum((m * v for m, v in zip(p, levels, strict=True)), Fraction(0)) - levels[lowest]
        if at.power in (0, most):
            continue
        output = [
            sum((at.joint.get((i, j), Fraction(0)) for i in range(size)), Fraction(0)) for j in range(size)
        ]
        file.positive(
            slug(file, f"law-{k}"),
            {**user(levels, p), "power": str(at.power)},
            {
                "output_probabilities": [exact(v) for v in output],
                "policy": [{"probabilities": [exact(v) for v in row]} for row in at.rows],
            },
            requirements=need,
            comment=f"{size} levels at e^-s = {z}",
            source=NAIVE,
            flags=["ZeroProbability"] if k % 3 == 2 else ["UnevenGrid"],
        )
    identity = [{"probabilities": [exact(int(i == j)) for j in range(3)]} for i in range(3)]
    first = [{"probabilities": [exact(int(j == 0)) for j in range(3)]} for _ in range(3)]
    third = ["1/2", "1/4", "1/4"]
    for name, power, rows, law in (
        ("no-power", "0", identity, [exact(Fraction(v)) for v in third]),
        ("all-power", "5/4", first, [exact(1), exact(0), exact(0)]),
    ):
        file.positive(
            slug(file, name),
            {**user(["1", "2", "4"], third), "power": power},
            {"output_probabilities": law, "policy": rows},
            requirements=need,
            comment=name.replace("-", " "),
            source=HAND,
            flags=["NoPower" if power == "0" else "MissingZero"],
        )
    bad_loads(file, {"power": "1/4"}, need, 64)
    bad_power(file, user(["0", "1"], ["1/2", "1/2"]), need)
    yield file


def policy_files() -> Iterator[VectorFile]:
    """Policies given, and grid loads moved onto the alphabet."""
    need = ids("1 2 3")
    file = new("policy_leakage", "rows")
    for k in range(6):
        size = (2, 3, 4)[k % 3]
        label = f"rows/{k}"
        levels, p = random_levels(label, size), random_law(label, size)
        rows = [[*random_law(f"{label}/{i}", i + 1), *([Fraction(0)] * (size - i - 1))] for i in range(size)]
        joint = {(i, j): p[i] * rows[i][j] for i in range(size) for j in range(i + 1) if p[i] * rows[i][j]}
        power = sum((m * (levels[i] - levels[j]) for (i, j), m in joint.items()), Fraction(0))
        file.positive(
            slug(file, f"random-{k}"),
            {**user(levels, p), "policy": [{"probabilities": texts(row)} for row in rows]},
            {"leakage_bits": bits(information(joint)), "power": exact(power)},
            requirements=need,
            comment="mean of ln p(x, y)/(p(x) p(y))",
            source=CLOSED,
        )
    half = ["1/2", "1/2"]
    for name, rows_text, leak, used in (
        ("grid-only", [["1", "0"], ["0", "1"]], exact(1), exact(0)),
        ("source-only", [["1", "0"], ["1", "0"]], exact(0), exact(Fraction(1, 2))),
        (
            "quarter",
            [["1", "0"], ["1/2", "1/2"]],
            bits(binary_nats(Fraction(1, 2), Fraction(1), Fraction(1, 4))),
            exact(Fraction(1, 4)),
        ),
    ):
        file.positive(
            slug(file, name),
            {**user([0, 1], half), "policy": [{"probabilities": row} for row in rows_text]},
            {"leakage_bits": leak, "power": used},
            requirements=need,
            comment=name.replace("-", " "),
            source=HAND,
        )
    for name, rows_text, flag in (
        ("above-the-load", [["1/2", "1/2"], ["0", "1"]], "AboveLoad"),
        ("row-sum", [["1", "0"], ["1/2", "1/4"]], "RowNotLaw"),
        ("row-negative", [["1", "0"], ["5/4", "-1/4"]], "RowNotLaw"),
    ):
        file.negative(
            slug(file, name),
            {**user([0, 1], half), "policy": [{"probabilities": row} for row in rows_text]},
            "range",
            requirements=need,
            comment=name.replace("-", " "),
            flags=[flag],
        )
    for name, rows_text in (("few-rows", [["1", "0"]]), ("short-row", [["1", "0"], ["1"]]), ("no-rows", [])):
        text = json.dumps({**user([0, 1], half), "policy": [{"probabilities": row} for row in rows_text]})
        file.raw(slug(file, name), json_text=text, requirements=need, comment=name, flags=["Lengths"])
    yield file
    need = ids("7")
    file = new("round_up", "levels")
    for name, loads, output, index in (
        ("on-a-level", ["0", "1", "2"], "1", 1),
        ("between", ["0", "1", "2"], "1/1000", 1),
        ("zero-without-a-zero-level", ["1", "2"], "0", 0),
        ("below-the-first", ["1", "2"], "0.999", 0),
        ("top", ["1", "2", "1000000000"], "1000000000", 2),
        ("zero", ["0", "1"], "0", 0),
    ):
        file.positive(
            slug(file, name),
            {"loads": loads, "output": output},
            {"index": index},
            requirements=need,
            comment="the least load that is not below",
            source=HAND,
            flags=["MissingZero" if "zero-w" in name else "RoundsDown"],
        )
    for name, loads, output, flag in (
        ("above-all", ["0", "1"], "1.001", "AboveLoad"),
        ("negative", ["0", "1"], "-0.5", "NegativeLoad"),
        ("unordered", ["1", "0"], "0.5", "Unordered"),
        ("repeated", ["1", "1"], "0.5", "RepeatedLoad"),
    ):
        file.negative(
            slug(file, name),
            {"loads": loads, "output": output},
            "range",
            requirements=need,
            comment=name,
            flags=[flag],
        )
    yield file


def blahut_files() -> Iterator[VectorFile]:
    """Blahut-Arimoto, judged, and its judge."""
    need = ids("12")
    file = new("blahut_arimoto", "laws")
    uniform = user([Fraction(k, 10) for k in range(21)], [Fraction(1, 21)] * 21)
    cases: list[tuple[str, Json, str, str]] = [
        ("uniform-21", uniform, "3.5", "1e-9"),
        ("uniform-21-steep", uniform, "30", "1e-6"),
        ("binary", user([0, 1], ["1/2", "1/2"]), "1", "1e-10"),
        ("one-load", user([5], ["1"]), "1", "1e-9"),
        ("zeros", user([0, 1, 2, 3], ["1/2", "0", "1/4", "1/4"]), "0.5", "1e-8"),
        ("rare", user([0, 1, 5], ["0.999999999998", "1e-12", "1e-12"]), "1", "1e-9"),
        ("distant", user([0, 1, 1000], ["1/2", "1/4", "1/4"]), "2", "1e-9"),
        ("flat", user([0, 1, 2], ["1/2", "1/4", "1/4"]), "0.001", "1e-9"),
        ("steepest", user([0, 1, 2], ["1/2", "1/4", "1/4"]), "1000000", "1"),
        ("smallest-gap", user([0, 1, 2], ["1/2", "1/4", "1/4"]), "1", "1e-12"),
    ]
    for name, given, slope, gap in cases:
        file.positive(
            slug(file, name),
            {**given, "slope_nats": slope, "gap_nats": gap},
            requirements=need,
            comment="judged by the certificate",
            flags=["WideGap"],
        )
    rest = {"slope_nats": "1", "gap_nats": "1e-6"}
    bad_loads(file, rest, need, 1024)
    good = {**user([0, 1], ["1/2", "1/2"]), **rest}
    corners = (
        ("slope", "0"),
        ("slope", "-1"),
        ("slope", "1000001"),
        ("gap", "0"),
        ("gap", "1e-13"),
        ("gap", "1.5"),
    )
    for k, (name, value) in enumerate(corners):
        file.negative(
            slug(file, f"{name}-{k}"),
            {**good, f"{name}_nats": value},
            "range",
            requirements=need,
            comment=f"{name} {value}",
            flags=["LooseCorner"],
        )
    yield file
    need = ids("13")
    file = new("judge_blahut_arimoto", "binary")
    # At p = 1/2 the two blocks merge at e^-s = 1/2; e^-s = 1/4 is above that slope.
    p, z = Fraction(1, 2), Fraction(1, 4)
    power = p * z / (1 - z)
    nats = binary_nats(p, Fraction(1), power)
    s_text = "1.3862943611198906"
    value = nats + iv.log(number(4)) * number(power)
    low = as_enclosure(value)["lower"]

    def shift(by: str) -> str:
        return str(round(float(Fraction(low) + Fraction(by)), 15))

    good = {
        **user([0, 1], ["1/2", "1/2"]),
        "slope_nats": s_text,
        "gap_nats": "1e-6",
        "leakage_bits": str(round(float(Fraction(bits(nats)["lower"])), 15)),
        "power": str(round(float(power), 15)),
        "lower_nats": shift("-2e-7"),
        "upper_nats": shift("3e-7"),
        "iterations": 7,
    }
    file.positive(
        slug(file, "good"), good, {}, requirements=need, comment="a certificate that holds", source=CLOSED
    )
    file.positive(
        slug(file, "tight"),
        {**good, "lower_nats": shift("0"), "upper_nats": shift("0")},
        {},
        requirements=need,
        comment="no gap at all",
        source=CLOSED,
    )
    for name, change, flag in (
        ("wide", {"lower_nats": shift("-2e-6")}, "WideGap"),
        ("upside-down", {"lower_nats": shift("1e-7"), "upper_nats": shift("-1e-7")}, "WideGap"),
        ("above", {"lower_nats": shift("2e-7"), "upper_nats": shift("9e-7")}, "MissesOptimum"),
        ("below", {"lower_nats": shift("-9e-7"), "upper_nats": shift("-2e-7")}, "MissesOptimum"),
        ("too-good", {"leakage_bits": "0.4"}, "ForeignPair"),
        ("too-much", {"leakage_bits": "0.7"}, "ForeignPair"),
        ("other-power", {"power": "0.3"}, "ForeignPair"),
        ("negative-leakage", {"leakage_bits": "-0.1"}, "ForeignPair"),
        ("no-iteration", {"iterations": 0}, "WideGap"),
    ):
        file.negative(
            slug(file, name),
            {**good, **change},
            "proof-failed",
            requirements=need,
            comment=name.replace("-", " "),
            flags=[flag],
        )
    yield file
    need = ids("14")
    file = new("blahut_arimoto_joint", "grids")
    two = [{"loads": ["0", "1"]}, {"loads": ["0", "1"]}]
    three = [{"loads": ["0", "1", "3"]}, {"loads": ["1", "2", "4"]}]
    for name, users, law in (
        ("equal", two, ["1/2", "0", "0", "1/2"]),
        ("independent", two, ["1/4", "1/4", "1/4", "1/4"]),
        ("opposed", two, ["0", "1/2", "1/2", "0"]),
        ("three-by-three", three, texts(random_law("joint", 9))),
        ("three-users", [*two, {"loads": ["0", "2"]}], texts(random_law("joint/3", 8))),
        ("one-user", [{"loads": ["0", "1", "2"]}], ["1/2", "1/4", "1/4"]),
    ):
        file.positive(
            slug(file, name),
            {"users": users, "probabilities": law, "slope_nats": "1", "gap_nats": "1e-8"},
            requirements=need,
            comment="judged by the certificate",
            flags=["WideGap"],
        )
    given = {"users": two, "probabilities": ["1/2", "0", "0", "1/2"], "slope_nats": "1", "gap_nats": "1e-6"}
    joint_changes: tuple[tuple[str, Json, str], ...] = (
        ("few", {"probabilities": ["1/2", "1/4", "1/4"]}, "Lengths"),
        ("many", {"probabilities": ["1/2", "0", "0", "0", "1/2"]}, "Lengths"),
        ("no-law", {"probabilities": ["1/2", "0", "0", "1/4"]}, "NoLaw"),
        ("unordered", {"users": [two[0], {"loads": ["1", "0"]}]}, "Unordered"),
        ("no-slope", {"slope_nats": "0"}, "LooseCorner"),
        ("no-gap", {"gap_nats": "0"}, "LooseCorner"),
    )
    for name, altered, flag in joint_changes:
        file.negative(
            slug(file, name),
            {**given, **altered},
            "range",
            requirements=need,
            comment=name,
            flags=[flag],
        )
    yield file
    file = new("judge_blahut_arimoto_joint", "equal")
    # Two users with one and the same load, 0 or 1, are one user with the step 2, here at e^-2s = 1/4.
    joint = {
        "users": two,
        "probabilities": ["1/2", "0", "0", "1/2"],
        "slope_nats": "0.6931471805599453",
        "gap_nats": "1e-6",
        "leakage_bits": good["leakage_bits"],
        "power": str(round(float(2 * power), 15)),
        "lower_nats": good["lower_nats"],
        "upper_nats": good["upper_nats"],
        "iterations": 3,
    }
    need = ids("13 14")
    file.positive(
        slug(file, "good"), joint, {}, requirements=need, comment="as one user of step 2", source=CLOSED
    )
    for name, change, flag in (
        ("wide", {"lower_nats": shift("-2e-6")}, "WideGap"),
        ("above", {"lower_nats": shift("3e-6"), "upper_nats": shift("3.5e-6")}, "MissesOptimum"),
        ("too-good", {"leakage_bits": "0.4"}, "ForeignPair"),
        ("no-iteration", {"iterations": 0}, "WideGap"),
    ):
        file.negative(
            slug(file, name),
            {**joint, **change},
            "proof-failed",
            requirements=need,
            comment=name,
            flags=[flag],
        )
    yield file


def heuristic_files() -> Iterator[VectorFile]:
    """Time division and output limiting."""
    need = ids("25")
    file = new("time_division", "laws")
    loads: dict[str, tuple[list[Fraction], list[Fraction]]] = {
        "uniform-21": ([Fraction(k, 10) for k in range(21)], [Fraction(1, 21)] * 21),
        "binary": ([Fraction(0), Fraction(2)], [Fraction(1, 2)] * 2),
        "without-zero": (
            [Fraction(1), Fraction(2), Fraction(4)],
            [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)],
        ),
    }
    for name, (levels, p) in loads.items():
        average = sum((m * v for m, v in zip(p, levels, strict=True)), Fraction(0))
        for power in (Fraction(0), average / 4, average / 2, average):
            share = power / average
            joint = {(i, i + 1): m * (1 - share) for i, m in enumerate(p) if levels[i] and share < 1}
            joint |= {
                (i, 0): m * share if levels[i] else m for i, m in enumerate(p) if share or not levels[i]
            }
            file.positive(
                slug(file, f"{name}-{share}".replace("/", "-of-")),
                {**user(levels, p), "power": str(power)},
                {
                    "leakage_bits": exact(0) if share == 1 else bits(information(joint)),
                    "share": exact(share),
                },
                requirements=need,
                comment="mean of ln p(x, y)/(p(x) p(y))",
                source=CLOSED,
                flags=["ZeroLoadHidden"],
            )
    file.positive(
        slug(file, "only-zero"),
        {**user([0], ["1"]), "power": "0"},
        {"leakage_bits": exact(0), "share": exact(1)},
        requirements=need,
        comment="nothing is ever asked for",
        source=HAND,
        flags=["SingleLoad"],
    )
    bad_loads(file, {"power": "1/4"}, need, 1024)
    bad_power(file, user(["0", "1"], ["1/2", "1/2"]), need)
    yield file
    need = ids("26")
    file = new("output_limit", "laws")
    for k in (0, 1, 10, 19, 20):
        n, c = 21, Fraction(1, 10)
        value = iv.log(number(n)) - number(Fraction(n - k, n)) * iv.log(number(n - k))
        file.positive(
            slug(file, f"uniform-21-{k}"),
            {**user(*loads["uniform-21"]), "level": k},
            {
                "leakage_bits": exact(0) if k == 0 else bits(value),
                "power": exact((n - 1 - k) * (n - k) * c / (2 * n)),
            },
            requirements=need,
            comment="log2 N - ((N - k)/N) log2 (N - k)",
            source=CLOSED,
            flags=["FactorTwo"],
        )
    for k in range(3):
        file.positive(
            slug(file, f"uneven-{k}"),
            {**user([1, 2, 4], ["1/2", "1/4", "1/4"]), "level": k},
            {
                "leakage_bits": exact((Fraction(0), Fraction(1), Fraction(3, 2))[k]),
                "power": exact((Fraction(1), Fraction(1, 2), Fraction(0))[k]),
            },
            requirements=need,
            comment="dyadic",
            source=HAND,
            flags=["UnevenGrid"],
        )
    for name, level in (("level-too-high", 3), ("level-negative", -1)):
        file.negative(
            slug(file, name),
            {**user([1, 2, 4], ["1/2", "1/4", "1/4"]), "level": level},
            "range",
            requirements=need,
            comment="no such level",
            flags=["UnevenGrid"],
        )
    bad_loads(file, {"level": 0}, need, 1024)
    yield file


def unit_files() -> Iterator[VectorFile]:
    """The energy management unit: thresholds and the sampler."""
    need = ids("27")
    full = 2**32
    file = new("thresholds", "rows")
    for name, weights, row in (
        ("one", [1], [full]),
        ("halves", [1, 1], [2**31, full]),
        ("thirds", [1, 1, 1], [1431655765, 2863311530, full]),
        ("zeros", [0, 5, 0], [0, full, full]),
        ("largest", [2**32 - 1], [full]),
        ("largest-split", [2**32 - 2, 1], [4294967294, full]),
        ("rare", [1, 2**32 - 2], [1, full]),
        ("sevenths", [2, 2, 3], [1227133513, 2454267026, full]),
    ):
        file.positive(
            slug(file, name),
            {"weights": weights},
            {"thresholds": row},
            requirements=need,
            comment="floor of 2^32 partial / total",
            source=HAND,
            flags=["Overflow" if "largest" in name or name == "rare" else "RoundsUp"],
        )
    weights = [draw_below(f"thresholds/{k}", 2**26) for k in range(21)]
    file.positive(
        slug(file, "random-21"),
        {"weights": weights},
        {"thresholds": [sum(weights[: k + 1]) * full // sum(weights) for k in range(21)]},
        requirements=need,
        comment="21 random weights",
        source=HAND,
        flags=["RoundsUp"],
    )
    for name, bad, flag in (
        ("all-zero", [0, 0, 0], "AllZeroWeights"),
        ("sum-too-large", [2**31, 2**31], "Overflow"),
        ("weight-too-large", [2**32], "Overflow"),
        ("negative", [2, -1], "NegativeProbability"),
    ):
        file.negative(
            slug(file, name), {"weights": bad}, "range", requirements=need, comment=name, flags=[flag]
        )
    file.raw(
        slug(file, "empty"),
        json_text='{"weights": []}',
        requirements=need,
        comment="no weight",
        flags=["Lengths"],
    )
    file.raw(
        slug(file, "real"),
        json_text='{"weights": [1.5]}',
        requirements=need,
        comment="no integer",
        flags=["Grammar"],
    )
    yield file
    need = ids("27 28")
    file = new("sample", "table")
    table = [
        {"thresholds": [full, full, full]},
        {"thresholds": [2**31, full, full]},
        {"thresholds": [2**30, 2**31, full]},
    ]

    def drawn(*numbers: int) -> str:
        return b"".join(n.to_bytes(4, "little") for n in numbers).hex()

    for name, levels, random, outputs, flag in (
        (
            "edges-of-the-middle-row",
            [1, 1, 1, 1],
            drawn(1, 2**31 - 1, 2**31, full - 1),
            [0, 0, 1, 1],
            "StrictThreshold",
        ),
        (
            "edges-of-the-last-row",
            [2] * 5,
            drawn(2**30 - 1, 2**30, 2**31 - 1, 2**31, full - 1),
            [0, 1, 1, 2, 2],
            "StrictThreshold",
        ),
        ("certain-rows-consume", [0, 0, 1], drawn(full - 1, 7, 2**31), [0, 0, 1], "SkippedDraw"),
        ("little-endian", [1, 1], "00000080" + "ffffff7f", [1, 0], "BigEndian"),
        ("spare-bytes", [2], drawn(2**30) + "abcdef", [1], "SkippedDraw"),
    ):
        file.positive(
            slug(file, name),
            {"table": table, "levels": levels, "random": random},
            {"outputs": outputs, "consumed": 4 * len(levels)},
            requirements=need,
            comment=name.replace("-", " "),
            source=HAND,
            flags=[flag],
        )
    levels = [draw_below(f"sample/level/{t}", 3) for t in range(200)]
    stream = draw_bytes("sample/random", 800)
    chosen = []
    for t, level in enumerate(levels):
        r = int.from_bytes(stream[4 * t : 4 * t + 4], "little")
        chosen.append(next(j for j, threshold in enumerate(table[level]["thresholds"]) if r < threshold))
    file.positive(
        slug(file, "two-hundred-slots"),
        {"table": table, "levels": levels, "random": stream.hex()},
        {"outputs": chosen, "consumed": 800},
        requirements=need,
        comment="200 slots",
        source="a search from the left",
    )
    file.positive(
        slug(file, "one-level"),
        {"table": [{"thresholds": [full]}], "levels": [0], "random": "a1b2c3d4"},
        {"outputs": [0], "consumed": 4},
        requirements=need,
        comment="nothing to choose",
        source=HAND,
        flags=["SingleLoad"],
    )
    good: Json = {"table": table, "levels": [1, 2], "random": drawn(5, 6)}

    def broken(index: int, row: list[int]) -> list[Json]:
        return [*table[:index], {"thresholds": row}, *table[index + 1 :]]

    for name, change, error, flag in (
        ("level-too-high", {"levels": [1, 3]}, "range", "AboveLoad"),
        ("row-falls", {"table": broken(2, [2**31, 2**30, full])}, "range", "RowNotLaw"),
        ("row-gives-more", {"table": broken(1, [2**31, full - 1, full])}, "range", "AboveLoad"),
        ("row-never-ends", {"table": broken(2, [1, 2, 3])}, "range", "RowNotLaw"),
        ("threshold-too-large", {"table": broken(2, [1, 2, full + 1])}, "range", "Overflow"),
        ("three-bytes-short", {"random": drawn(5, 6)[:-6]}, "exhausted", "ShortRandomness"),
        ("one-byte-short", {"random": drawn(5, 6)[:-2]}, "exhausted", "ShortRandomness"),
        ("no-bytes", {"random": ""}, "exhausted", "ShortRandomness"),
    ):
        file.negative(
            slug(file, name),
            {**good, **change},
            error,
            requirements=need,
            comment=name.replace("-", " "),
            flags=[flag],
        )
    malformed: tuple[tuple[str, Json], ...] = (
        ("short-row", {"table": broken(1, [full, full])}),
        ("no-slots", {"levels": []}),
        ("no-table", {"table": []}),
    )
    for name, altered in malformed:
        file.raw(
            slug(file, name),
            json_text=json.dumps({**good, **altered}),
            requirements=need,
            comment=name,
            flags=["Lengths"],
        )
    yield file


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    yield from leakage_files()
    yield from allocate_files()
    yield from exponential_files()
    yield from binary_files()
    yield from curve_files()
    yield from policy_files()
    yield from blahut_files()
    yield from heuristic_files()
    yield from unit_files()
