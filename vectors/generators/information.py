"""The vectors of the information chapter: the reference's values, unless `source` names another."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from mpmath import iv

from meter_privacy.vectors.generators.common import Json, VectorFile, draw_below, enclosure
from meter_privacy.vectors.generators.reals import Chapter, exact, texts

NOTES: dict[str, Json] = {
    "ZeroMass": {
        "bug": "0 log 0 is computed as it stands",
        "effect": "the entropy of every law with a zero is not a number",
        "links": ["spec/information.md"],
    },
    "NotNormalised": {
        "bug": "probabilities that add up to 1 only nearly are used as they are",
        "effect": "leakages are off, and can be negative",
        "links": ["spec/information.md"],
    },
    "NoLaw": {
        "bug": "the sum of probabilities is not tested, or is forced to 1",
        "effect": "a typing error in a law gives a leakage of some other home",
        "links": ["spec/information.md"],
    },
    "OutsideUnitInterval": {
        "bug": "a negative probability is accepted where another one makes up for it",
        "effect": "the logarithm of a negative number, or a negative entropy",
        "links": ["spec/information.md"],
    },
    "TinyMass": {
        "bug": "small probabilities are dropped, or 1 - p is formed where p is lost",
        "effect": "rare loads, which tell most, seem to leak nothing",
        "links": ["spec/information.md"],
    },
    "InfiniteDivergence": {
        "bug": "an infinite divergence is answered as a number",
        "effect": "a law that excludes what happens seems near",
        "links": ["spec/information.md"],
    },
    "Nats": {
        "bug": "nats are answered where bits are asked",
        "effect": "every leakage is too small by a factor of ln 2",
        "links": ["spec/information.md"],
    },
    "Grammar": {
        "bug": "reals are parsed by a library that takes NaN, infinity, hexadecimal or a number",
        "effect": "a request that is no request is answered",
        "links": ["spec/conventions.md"],
    },
    "RaggedRow": {
        "bug": "a joint law that does not fill its last row is filled up with zeros",
        "effect": "a shifted table gives a plausible leakage",
        "links": ["spec/information.md"],
    },
}


new = partial(Chapter("information", "INFO").new, NOTES)


def slug(file: VectorFile, name: str) -> str:
    """The id of a test."""
    suffix = (file.operation or "").split(".")[1].replace("_", "-")
    return f"information-{suffix}/{file.parameters['set']}/{file.profile}/{name}"


def law(label: str, size: int, grain: int = 2**20) -> list[Fraction]:
    """A law of positive rationals with a common denominator that is a power of two."""
    weights = [1 + draw_below(f"information/{label}/{k}", grain) for k in range(size)]
    total = 1 << sum(weights).bit_length()
    weights[0] += total - sum(weights)
    return [Fraction(weight, total) for weight in weights]


def log2_of(number: int) -> Json:
    """log2 of an integer by mpmath's global interval context."""
    iv.dps = 60
    value = iv.log(number) / iv.log(2)
    low, high = str(value.a).strip("[]").split(",")[0], str(value.b).strip("[]").split(",")[-1]
    return enclosure(Fraction(low) - Fraction(1, 10**40), Fraction(high.strip()) + Fraction(1, 10**40))


BAD_LAWS: tuple[tuple[str, list[str], str], ...] = (
    ("sum-above", ["0.5", "0.5000001"], "NoLaw"),
    ("sum-below", ["0.5", "0.4999999"], "NoLaw"),
    ("percent", ["50", "50"], "OutsideUnitInterval"),
    ("negative", ["-0.25", "0.5", "0.75"], "OutsideUnitInterval"),
    ("above-one", ["1.25", "-0.25"], "OutsideUnitInterval"),
    ("just-beyond-the-tolerance", ["0.5", "0.50000000001"], "NoLaw"),
)
BAD_TEXTS: tuple[tuple[str, str], ...] = (
    ("nan", '["NaN", "1"]'),
    ("infinity", '["Infinity", "0"]'),
    ("number", "[0.5, 0.5]"),
    ("hexadecimal", '["0x1", "0"]'),
    ("empty", "[]"),
    ("no-list", '"1"'),
    ("leading-zero", '["00.5", "0.5"]'),
)


def entropy_files() -> Iterator[VectorFile]:
    """Entropies that are rational or logarithms of integers, random laws, and what is no law."""
    need = ["INFO-1", "INFO-2", "INFO-3", "INFO-4"]
    for profile in ("published", "hardened"):
        file = new("entropy", f"closed-{profile}", profile)
        for count in (1, 2, 4, 64, 1024):
            file.positive(
                slug(file, f"uniform-{count}"),
                {"probabilities": texts([Fraction(1, count)] * count)},
                {"entropy_bits": exact(Fraction(count.bit_length() - 1))},
                requirements=need,
                comment="log2 of a power of two",
                source="by hand",
                flags=["Nats"],
            )
        for count in (3, 5, 21, 100):
            file.positive(
                slug(file, f"uniform-{count}"),
                {"probabilities": texts([Fraction(1, count)] * count)},
                {"entropy_bits": log2_of(count)},
                requirements=need,
                comment="log2 of a number",
                source="mpmath",
                flags=["Nats"],
            )
        file.positive(
            slug(file, "dyadic"),
            {"probabilities": ["1/2", "1/4", "1/8", "1/8"]},
            {"entropy_bits": exact(Fraction(7, 4))},
            requirements=need,
            comment="1/2 + 2/4 + 3/8 + 3/8",
            source="by hand",
        )
        file.positive(
            slug(file, "zeros"),
            {"probabilities": ["0", "1/2", "0", "1/2"]},
            {"entropy_bits": exact(Fraction(1))},
            requirements=need,
            comment="0 log 0 = 0",
            source="by hand",
            flags=["ZeroMass"],
        )
        file.positive(
            slug(file, "nearly-one"),
            {"probabilities": ["0.5000000000001", "0.5"]},
            requirements=need,
            comment="the sum is within 2^-40 of one",
            flags=["NotNormalised"],
        )
        file.positive(
            slug(file, "tiny"),
            {"probabilities": ["0.999999999999", "0.000000000001"]},
            requirements=need,
            comment="a load of probability 10^-12",
            flags=["TinyMass"],
        )
        for name, bad, flag in BAD_LAWS:
            file.negative(
                slug(file, name),
                {"probabilities": bad},
                "range",
                requirements=["INFO-3", "INFO-4"],
                comment="no law",
                flags=[flag],
            )
        for name, text in BAD_TEXTS:
            file.raw(
                slug(file, name),
                json_text=f'{{"probabilities": {text}}}',
                requirements=["INFO-3", "INFO-4"],
                comment="no list of reals",
                flags=["Grammar"],
            )
        yield file
    file = new("entropy", "random")
    for size in (2, 3, 7, 50, 500):
        file.positive(
            slug(file, f"law-{size}"),
            {"probabilities": texts(law(f"entropy/{size}", size))},
            requirements=need,
            comment=f"{size} random masses",
        )
    yield file


def binary_files() -> Iterator[VectorFile]:
    """The binary entropy function."""
    need = ["INFO-1", "INFO-2", "INFO-5"]
    file = new("binary_entropy", "points")
    for name, p in (("zero", "0"), ("one", "1")):
        file.positive(
            slug(file, name),
            {"probability": p},
            {"entropy_bits": exact(Fraction(0))},
            requirements=need,
            comment="nothing is unknown",
            source="by hand",
            flags=["ZeroMass"],
        )
    file.positive(
        slug(file, "half"),
        {"probability": "1/2"},
        {"entropy_bits": exact(Fraction(1))},
        requirements=need,
        comment="one bit",
        source="by hand",
        flags=["Nats"],
    )
    for p in ("0.1", "0.9", "1/3", "0.25", "1e-12", "0.999999999999", "1e-300"):
        file.positive(
            slug(file, p.replace("/", "-of-")),
            {"probability": p},
            requirements=need,
            comment="h(p)",
            flags=["TinyMass"],
        )
    for name, p in (("negative", "-1e-9"), ("above-one", "1.000001"), ("percent", "50")):
        file.negative(
            slug(file, name),
            {"probability": p},
            "range",
            requirements=need,
            comment="no probability",
            flags=["OutsideUnitInterval"],
        )
    for name, text in (("nan", '"NaN"'), ("number", "0.5"), ("null", "null"), ("plus", '"+0.5"')):
        file.raw(
            slug(file, name),
            json_text=f'{{"probability": {text}}}',
            requirements=need,
            comment="no real",
            flags=["Grammar"],
        )
    yield file


def joint_files() -> Iterator[VectorFile]:
    """Mutual information: independent, equal, a channel, and tables that are none."""
    need = ["INFO-1", "INFO-2", "INFO-3", "INFO-6"]
    file = new("mutual_information", "tables")

    def add(
        name: str, columns: int, joint: Sequence[Fraction | str], value: Json | None, comment: str
    ) -> None:
        file.positive(
            slug(file, name),
            {"columns": columns, "joint": texts(joint)},
            None if value is None else {"information_bits": value},
            requirements=need,
            comment=comment,
            source="by hand" if value is not None else "reference",
        )

    add(
        "independent",
        3,
        [a * b for a in law("mi/a", 4) for b in law("mi/b", 3)],
        exact(Fraction(0)),
        "0",
    )
    add(
        "equal",
        4,
        ["1/4" if i == j else "0" for i in range(4) for j in range(4)],
        exact(Fraction(2)),
        "H",
    )
    add("constant", 1, ["1/2", "1/4", "1/4"], exact(Fraction(0)), "Y is constant")
    add("erasure", 3, ["1/4", "1/4", "0", "0", "1/4", "1/4"], exact(Fraction(1, 2)), "half is erased")
    add("binary-symmetric", 2, ["0.45", "0.05", "0.05", "0.45"], None, "1 - h(0.1)")
    add("random", 5, law("mi/random", 35), None, "seven rows of five")
    add("tiny", 2, ["0.999999999999", "0", "0", "0.000000000001"], None, "a rare event tells itself")
    for name, bad, flag in BAD_LAWS:
        file.negative(
            slug(file, name),
            {"columns": 1, "joint": bad},
            "range",
            requirements=["INFO-3", "INFO-6"],
            comment="no law",
            flags=[flag],
        )
    file.negative(
        slug(file, "ragged"),
        {"columns": 2, "joint": ["1/2", "1/4", "1/4"]},
        "range",
        requirements=["INFO-6"],
        comment="three masses in rows of two",
        flags=["RaggedRow"],
    )
    file.negative(
        slug(file, "no-columns"),
        {"columns": 0, "joint": ["1"]},
        "range",
        requirements=["INFO-6"],
        comment="rows of no column",
        flags=["RaggedRow"],
    )
    file.negative(
        slug(file, "many-columns"),
        {"columns": 65, "joint": texts([Fraction(1, 65)] * 65)},
        "range",
        requirements=["INFO-6"],
        comment="65 columns",
        flags=["RaggedRow"],
    )
    for name, text in BAD_TEXTS:
        file.raw(
            slug(file, name),
            json_text=f'{{"columns": 1, "joint": {text}}}',
            requirements=["INFO-3", "INFO-6"],
            comment="no list of reals",
            flags=["Grammar"],
        )
    yield file


def divergence_files() -> Iterator[VectorFile]:
    """Divergences: zero, rational, infinite."""
    need = ["INFO-1", "INFO-2", "INFO-3", "INFO-7"]
    file = new("divergence", "laws")

    def add(
        name: str, p: Sequence[object], q: Sequence[object], value: Json | None, source: str, flag: str
    ) -> None:
        file.positive(
            slug(file, name),
            {"probabilities": [str(v) for v in p], "reference": [str(v) for v in q]},
            {"divergence_bits": value} if source != "reference" else None,
            requirements=need,
            comment="D(p || q)",
            source=source,
            flags=[flag] if flag else [],
        )

    add("equal", law("d", 5), law("d", 5), exact(Fraction(0)), "by hand", "")
    add("dyadic", ["1/2", "1/2"], ["1/4", "3/4"], None, "reference", "Nats")
    add("one-bit", ["1", "0"], ["1/2", "1/2"], exact(Fraction(1)), "by hand", "ZeroMass")
    add("infinite", ["1/2", "1/2"], ["1", "0"], None, "by hand", "InfiniteDivergence")
    add("both-zero", ["1/2", "0", "1/2"], ["1/4", "0", "3/4"], None, "reference", "ZeroMass")
    add("rare", ["1/2", "1/2"], ["0.000000000001", "0.999999999999"], None, "reference", "TinyMass")
    add("random", law("d/p", 40), law("d/q", 40), None, "reference", "")
    for name, bad, flag in BAD_LAWS:
        good = texts([Fraction(1, len(bad))] * len(bad))
        for side, given in (
            ("probabilities", {"probabilities": bad, "reference": good}),
            ("reference", {"probabilities": good, "reference": bad}),
        ):
            file.negative(
                slug(file, f"{side}-{name}"),
                given,
                "range",
                requirements=["INFO-3", "INFO-7"],
                comment="no law",
                flags=[flag],
            )
    file.raw(
        slug(file, "lengths"),
        json_text='{"probabilities": ["1"], "reference": ["1/2", "1/2"]}',
        requirements=["INFO-7"],
        comment="two alphabets",
        flags=["Grammar"],
    )
    yield file


def files() -> Iterator[VectorFile]:
    """All files of the chapter."""
    yield from entropy_files()
    yield from binary_files()
    yield from joint_files()
    yield from divergence_files()
