"""The vectors of loads with a density, of the privacy-power chapter.

Independent source: `by_quadrature` integrates the density numerically, with no special function and no
moment in closed form, and solves for the cut by the secant method. The rest is the reference's.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import mp
from mpmath.libmp import to_rational

from meter_privacy.vectors.generators.common import Json, VectorFile, enclosure
from meter_privacy.vectors.generators.privacy_power import NOTES, POWER, bad_power, note
from meter_privacy.vectors.generators.reals import exact, slug

QUADRATURE = "quadrature by mpmath"
HAND = "by hand"
DIGITS = 36
# What quadrature and the secant are trusted with.
TRUST = 26

FLAGS: dict[str, Json] = {
    **NOTES,
    "TightRegion": note(
        "the cut is searched for where there is none: up to P0 the Shannon lower bound is met",
        "a search that never ends, or a leakage above the least",
    ),
    "SmallPower": note("1 - sqrt(1 - 2 P / b) cancels at small powers", "a leakage with no correct digit"),
    "NearTheMean": note("the cut's search stops early next to the mean load", "a leakage of the wrong order"),
    "BranchOfW": note("Lambert's W is taken on its other branch", "the slope 0 for every cut"),
    "FarCut": note("the cut overflows for an order a little above 1", "no answer, or infinity"),
    "BadScale": note("the range of a scale or a width is not tested", "a division by zero"),
    "BadOrder": note("the range of an order is not tested", "a load without a mean is answered"),
    "BadRatio": note("powers far below the scale are not refused", "time without bound at any precision"),
}

Function = Callable[[Any], Any]


@dataclass(frozen=True)
class Density:
    """A density on (0, inf), how its score runs, its critical power, and whether it is infinite at 0."""

    f: Function
    concave: bool
    critical: Fraction = Fraction(0)
    singular: bool = False


def mpf(text: str) -> Any:
    """A decimal or rational text as a number of mpmath."""
    value = Fraction(text)
    return mp.mpf(value.numerator) / value.denominator


def gamma_density(order: str, scale: str) -> Density:
    """x^(k-1) e^(-x/theta), normed by quadrature."""
    k, theta = mpf(order), mpf(scale)

    def shape(x: Any) -> Any:
        return (x / theta) ** (k - 1) * mp.exp(-x / theta)

    near = mp.quad(lambda u: shape(u**8) * 8 * u**7, [0, mp.root(theta, 8)])
    norm = near + mp.quad(shape, [theta, 8 * theta, mp.inf])
    concave = Fraction(order) >= 1
    critical = Fraction(scale) if concave else Fraction(0)
    return Density(lambda x: shape(x) / norm, concave, critical, not concave)


def weibull_density(order: str, scale: Any) -> Density:
    """k/theta (x/theta)^(k-1) e^(-(x/theta)^k)."""
    k, theta = mpf(order), mpf(scale) if isinstance(scale, str) else scale
    concave = Fraction(order) >= 1

    def f(x: Any) -> Any:
        return k / theta * (x / theta) ** (k - 1) * mp.exp(-((x / theta) ** k))

    return Density(f, concave, singular=not concave)


def half_normal_density(scale: str) -> Density:
    """e^(-x^2/2 sigma^2), normed by quadrature."""
    sigma = mpf(scale)
    norm = mp.quad(lambda x: mp.exp(-((x / sigma) ** 2) / 2), [0, sigma, 6 * sigma, mp.inf])
    return Density(lambda x: mp.exp(-((x / sigma) ** 2) / 2) / norm, True)


def hyperexponential_density(probabilities: Sequence[str], means: Sequence[str]) -> Density:
    """A mixture of exponential densities."""
    phases = [(mpf(w), mpf(m)) for w, m in zip(probabilities, means, strict=True)]
    exact = [(Fraction(w), Fraction(m)) for w, m in zip(probabilities, means, strict=True)]
    critical = sum(w / m for w, m in exact) / sum(w / m**2 for w, m in exact)
    return Density(lambda x: sum(w / m * mp.exp(-x / m) for w, m in phases), False, Fraction(critical))


def lomax_density(order: str, scale: str) -> Density:
    """alpha/sigma (1 + x/sigma)^(-alpha - 1)."""
    alpha, sigma = mpf(order), mpf(scale)
    return Density(
        lambda x: alpha / sigma * (1 + x / sigma) ** (-alpha - 1),
        False,
        Fraction(scale) / (Fraction(order) + 1),
    )


def about(value: Any) -> Json:
    """An enclosure 10^-26 wide on both sides, relatively where the number is large."""
    exact = Fraction(*map(int, to_rational(value._mpf_)))
    margin = Fraction(1, 10**TRUST) * max(Fraction(1), abs(exact))
    return enclosure(max(Fraction(0), exact - margin), exact + margin)


def by_quadrature(load: Density, power: str, start: str) -> Json:
    """Leakage, slope and critical power, the cut found from a start value."""
    with mp.workdps(DIGITS):
        f, p, guess = load.f, mpf(power), mpf(start)

        def below(g: Function, cut: Any) -> Any:
            if load.singular:
                # x = u^8 takes the pole out.
                return mp.quad(lambda u: g(u**8) * 8 * u**7, [0, mp.root(cut, 8)])
            return mp.quad(g, [0, cut / 20, cut])

        def above(g: Function, cut: Any) -> Any:
            return mp.quad(g, [cut, 2 * cut + 1, 10 * cut + 10, mp.inf])

        def slope(cut: Any) -> Any:
            if load.concave:
                return f(cut) / above(f, cut)
            ratio = below(f, cut) / (cut * f(cut))
            y = mp.findroot(lambda y: mp.expm1(y) / y - ratio, mp.log(ratio) + 1)
            return y / cut

        def power_of(cut: Any) -> Any:
            s = slope(cut)
            if load.concave:
                return above(lambda x: (x - cut) * f(x), cut) + below(f, cut) / s
            return below(lambda x: x * f(x), cut) + (cut * f(cut) + above(f, cut)) / s

        cut = mp.findroot(
            lambda x: power_of(x) - p,
            (guess, guess * mp.mpf("1.0001")),
            solver="secant",
            tol=mp.mpf(10) ** -60,
        )
        s = slope(cut)
        low, high = below(f, cut), above(f, cut)
        if load.concave:
            leakage = below(lambda x: -f(x) * mp.log(f(x)), cut) - high * mp.log(high) - low * (1 - mp.log(s))
        else:
            y = s * cut
            block = mp.log(low) + y / mp.expm1(y) - mp.log(-mp.expm1(-y))
            leakage = above(lambda x: -f(x) * mp.log(f(x)), cut) - low * block - high * (1 - mp.log(s))
        leakage += s * (power_of(cut) - p)
        critical = exact(load.critical)
        return {"leakage_nats": about(leakage), "slope_nats": about(s), "critical_power": critical}


def new(suffix: str) -> VectorFile:
    """An empty file of an operation."""
    return POWER.new(FLAGS, suffix, "loads")


def add(
    file: VectorFile, name: str, given: Json, requirements: Sequence[str], comment: str, *flags: str,
    output: Json | None = None, source: str = "reference",
) -> None:  # fmt: skip
    """A positive test."""
    file.positive(
        slug(file, name),
        given,
        output,
        requirements=requirements,
        comment=comment,
        source=source,
        flags=flags,
    )


def refuse(
    file: VectorFile, name: str, given: Json, requirements: Sequence[str], comment: str, flag: str
) -> None:
    """A test that expects `range`."""
    file.negative(slug(file, name), given, "range", requirements=requirements, comment=comment, flags=[flag])


def silent(critical: str) -> Json:
    """What is answered from the mean on."""
    zero = exact(0)
    return {
        "leakage_nats": zero,
        "slope_nats": None,
        "critical_power": exact(Fraction(critical)),
    }


def bad_scale(file: VectorFile, name: str, given: Json, requirements: Sequence[str]) -> None:
    """Scales that are refused, and a power far below a good one."""
    for label, value in (("zero", "0"), ("negative", "-1"), ("huge", "1000000001")):
        refuse(
            file, f"{label}-{name}", {**given, name: value}, requirements, f"{name} out of range", "BadScale"
        )
    tiny = {**given, name: "2000", "power": "0.000000001"}
    refuse(file, "tiny-power", tiny, requirements, f"P below 10^-12 of the {name}", "BadRatio")


def bad_order(file: VectorFile, given: Json, requirements: Sequence[str], below: str) -> None:
    """Orders that are refused."""
    for label, value in (("zero", "0"), ("low", below), ("high", "100.001"), ("negative", "-2")):
        refuse(
            file, f"{label}-order", {**given, "order": value}, requirements, "order out of range", "BadOrder"
        )


def uniform_files() -> Iterator[VectorFile]:
    """Uniform loads."""
    file, need = new("uniform"), ["POWER-31"]

    def closed(width: str, power: str) -> Json:
        with mp.workdps(60):
            t = 1 - mp.sqrt(1 - 2 * mpf(power) / mpf(width))
            values = {"leakage_nats": about(t - 1 - mp.log(t)), "slope_nats": about(1 / (t * mpf(width)))}
        return {**values, "critical_power": exact(0)}

    for width, power, flags in (
        ("2", "0.3", ()),
        ("1", "0.25", ()),
        ("2000", "1", ("SmallPower",)),
        ("7/3", "1/3", ()),
        ("1000", "0.000001", ("SmallPower",)),
        ("2", "0.999999999", ("NearTheMean",)),
    ):
        add(
            file, f"width-{width}-power-{power}".replace("/", "-of-"), {"width": width, "power": power}, need,
            "t - 1 - ln t", *flags, output=closed(width, power), source="closed form by mpmath",
        )  # fmt: skip
    for power in ("1", "5"):
        given = {"width": "2", "power": power}
        add(
            file,
            f"silent-{power}",
            given,
            ["POWER-30"],
            "P >= E[X]",
            "Saturated",
            output=silent("0"),
            source=HAND,
        )
    bad_power(file, {"width": "2"}, need, above_zero=True)
    bad_scale(file, "width", {"width": "2", "power": "0.3"}, need)
    yield file


def gamma_files() -> Iterator[VectorFile]:
    """Gamma loads, exponential ones among them."""
    file, need = new("gamma"), ["POWER-30"]

    def given(order: str, scale: str, power: str) -> Json:
        return {"order": order, "scale": scale, "power": power}

    for order, scale, power, start in (
        ("2", "1", "1.5", "1.6"), ("7/2", "1/3", "0.7", "0.93"), ("1/2", "1", "0.3", "0.66"),
        ("3/10", "20", "5", "28.8"),
    ):  # fmt: skip
        with mp.workdps(DIGITS):
            output = by_quadrature(gamma_density(order, scale), power, start)
        add(
            file, f"order-{order}-power-{power}".replace("/", "-of-"), given(order, scale, power), need,
            "a cut inside", *(("BranchOfW",) if Fraction(order) < 1 else ()), output=output,
            source=QUADRATURE,
        )  # fmt: skip
    with mp.workdps(60):
        euler = about(mp.euler)
    one = exact(1)
    add(
        file, "order-2-at-p0", given("2", "1", "1"), ["POWER-21", "POWER-22"],
        "P = P0: h - 1 - ln P is Euler's constant", "TightRegion",
        output={"leakage_nats": euler, "slope_nats": one, "critical_power": one}, source=HAND,
    )  # fmt: skip
    with mp.workdps(60):
        halved = {"leakage_nats": about(mp.log(4)), "slope_nats": exact(2)}
    add(
        file, "exponential", given("1", "2", "1/2"), ["POWER-21", "POWER-22"], "ln(mean / P)", "TightRegion",
        output={**halved, "critical_power": exact(2)}, source=HAND,
    )  # fmt: skip
    add(file, "order-100", given("100", "1", "99"), need, "a narrow load near its mean", "NearTheMean")
    add(file, "order-a-tenth", given("1/10", "1", "0.01"), need, "nearly all loads near zero", "BranchOfW")
    for order, scale, power, critical in (("3", "2", "6", "2"), ("1/2", "1", "1", "0")):
        add(
            file, f"silent-{order}".replace("/", "-of-"), given(order, scale, power), need, "P >= E[X]",
            "Saturated", output=silent(critical), source=HAND,
        )  # fmt: skip
    bad_power(file, {"order": "2", "scale": "1"}, need, above_zero=True)
    bad_scale(file, "scale", given("2", "1", "1.5"), need)
    bad_order(file, given("2", "1", "1.5"), need, "0.0999")
    yield file


def weibull_files() -> Iterator[VectorFile]:
    """Weibull and Rayleigh loads."""
    file, need = new("weibull"), ["POWER-30"]
    for order, power, start in (("3/2", "0.54", "1.463"), ("1/2", "1.2", "5.745"), ("4", "0.3", "0.849")):
        with mp.workdps(DIGITS):
            output = by_quadrature(weibull_density(order, "1"), power, start)
        add(
            file, f"order-{order}-power-{power}".replace("/", "-of-"),
            {"order": order, "scale": "1", "power": power}, need, "a cut inside",
            *(("BranchOfW",) if Fraction(order) < 1 else ()), output=output, source=QUADRATURE,
        )  # fmt: skip
    near = {"order": "1.0001", "scale": "1", "power": "0.5"}
    add(file, "order-near-one", near, need, "the cut is at 10^3010", "FarCut")
    exponential = {"order": "1", "scale": "5", "power": "2"}
    add(file, "order-one", exponential, ["POWER-21", "POWER-22"], "exponential", "TightRegion")
    full = {"order": "1", "scale": "5", "power": "5"}
    add(file, "silent", full, need, "P = E[X]", "Saturated", output=silent("5"), source=HAND)
    bad_power(file, {"order": "2", "scale": "1"}, need, above_zero=True)
    bad_scale(file, "scale", {"order": "2", "scale": "1", "power": "0.3"}, need)
    bad_order(file, {"order": "2", "scale": "1", "power": "0.3"}, need, "0.0999")
    yield file

    file = new("rayleigh")
    for scale, power, start in (("1", "0.75", "1.1"), ("1", "1.2", "0.1"), ("10", "4", "24.87")):
        with mp.workdps(DIGITS):
            output = by_quadrature(weibull_density("2", mpf(scale) * mp.sqrt(2)), power, start)
        add(
            file, f"scale-{scale}-power-{power}", {"scale": scale, "power": power}, need, "a cut inside",
            output=output, source=QUADRATURE,
        )  # fmt: skip
    add(
        file, "silent", {"scale": "1", "power": "1.26"}, need, "P > E[X]", "Saturated", output=silent("0"),
        source=HAND,
    )  # fmt: skip
    bad_power(file, {"scale": "1"}, need, above_zero=True)
    bad_scale(file, "scale", {"scale": "1", "power": "0.5"}, need)
    yield file


def half_normal_files() -> Iterator[VectorFile]:
    """Half-normal loads."""
    file, need = new("half_normal"), ["POWER-30"]
    for scale, power, start in (("1", "0.48", "1.64"), ("3", "2", "2.34")):
        with mp.workdps(DIGITS):
            output = by_quadrature(half_normal_density(scale), power, start)
        add(
            file, f"scale-{scale}-power-{power}", {"scale": scale, "power": power}, need, "a cut inside",
            output=output, source=QUADRATURE,
        )  # fmt: skip
    add(file, "small", {"scale": "1000", "power": "0.001"}, need, "a cut far out", "FarCut")
    add(
        file, "silent", {"scale": "1", "power": "0.8"}, need, "P > E[X]", "Saturated", output=silent("0"),
        source=HAND,
    )  # fmt: skip
    bad_power(file, {"scale": "1"}, need, above_zero=True)
    bad_scale(file, "scale", {"scale": "1", "power": "0.5"}, need)
    yield file


def hyperexponential_files() -> Iterator[VectorFile]:
    """Mixtures of exponential loads."""
    file, need = new("hyperexponential"), ["POWER-30"]
    half = ["1/2", "1/2"]

    def given(probabilities: list[str], means: list[str], power: str) -> Json:
        return {"probabilities": probabilities, "means": means, "power": power}

    cases: tuple[tuple[str, list[str], list[str], str, str], ...] = (
        ("two", half, ["1", "4"], "1.5", "2.57"),
        ("near-the-mean", half, ["1", "4"], "2.25", "8.5"),
        ("three", ["0.2", "0.5", "0.3"], ["1", "3", "10"], "4", "17.6"),
    )
    for name, probabilities, means, power, start in cases:
        with mp.workdps(DIGITS):
            output = by_quadrature(hyperexponential_density(probabilities, means), power, start)
        add(
            file, name, given(probabilities, means, power), need, "a cut inside", "BranchOfW", output=output,
            source=QUADRATURE,
        )  # fmt: skip
    add(
        file,
        "tight",
        given(half, ["1", "4"], "1"),
        ["POWER-21", "POWER-22"],
        "below P0 = 20/17",
        "TightRegion",
    )
    add(file, "one-phase", given(["1"], ["3"], "1"), ["POWER-21", "POWER-22"], "exponential", "TightRegion")
    add(
        file,
        "no-share",
        given(["1", "0"], ["3", "5"], "1"),
        need,
        "a phase that never comes",
        "ZeroProbability",
    )
    add(file, "equal-means", given(half, ["3", "3"], "1"), need, "two phases alike", "Ties")
    add(
        file, "silent", given(half, ["1", "3"], "2"), need, "P = E[X]", "Saturated", output=silent("6/5"),
        source=HAND,
    )  # fmt: skip
    bad_power(file, {"probabilities": half, "means": ["1", "4"]}, need, above_zero=True)
    for name, probabilities, means in (
        ("zero-mean", half, ["1", "0"]), ("huge-mean", half, ["1000", "1000000001"]),
        ("spread-means", half, ["1", "1000001"]),
    ):  # fmt: skip
        refuse(file, name, given(probabilities, means, "1"), need, "means out of range", "BadScale")
    for name, probabilities in (("sum", ["1/2", "1/4"]), ("negative", ["3/2", "-1/2"])):
        refuse(file, f"{name}-law", given(probabilities, ["1", "4"], "1"), need, "no law", "NoLaw")
    refuse(file, "tiny-power", given(half, ["1000", "4000"], "0.000000001"), need, "P too small", "BadRatio")
    for name, probabilities, means in (("empty", [], []), ("lengths", ["1"], ["1", "2"])):
        text = json.dumps(given(probabilities, means, "1"), separators=(",", ":"))
        file.raw(slug(file, name), json_text=text, requirements=need, comment=name, flags=["Lengths"])
    yield file


def lomax_files() -> Iterator[VectorFile]:
    """Lomax loads."""
    file, need = new("lomax"), ["POWER-30"]

    def given(order: str, scale: str, power: str) -> Json:
        return {"order": order, "scale": scale, "power": power}

    for order, scale, power, start in (
        ("3", "1", "0.3", "0.327"),
        ("3", "1", "0.45", "2.86"),
        ("5/2", "7", "3", "6.745"),
    ):
        with mp.workdps(DIGITS):
            output = by_quadrature(lomax_density(order, scale), power, start)
        add(
            file, f"order-{order}-power-{power}".replace("/", "-of-"), given(order, scale, power), need,
            "a cut inside", "BranchOfW", output=output, source=QUADRATURE,
        )  # fmt: skip
    add(file, "tight", given("3", "1", "0.2"), ["POWER-21", "POWER-22"], "below P0 = 1/4", "TightRegion")
    add(file, "heavy", given("1.1", "1", "9"), need, "a tail that nearly has no mean", "NearTheMean")
    add(
        file,
        "silent",
        given("3", "1", "1/2"),
        need,
        "P = E[X]",
        "Saturated",
        output=silent("1/4"),
        source=HAND,
    )
    bad_power(file, {"order": "3", "scale": "1"}, need, above_zero=True)
    bad_scale(file, "scale", given("3", "1", "0.3"), need)
    bad_order(file, given("3", "1", "0.3"), need, "1")
    yield file


def files() -> Iterator[VectorFile]:
    """All files of loads with a density."""
    yield from uniform_files()
    yield from gamma_files()
    yield from weibull_files()
    yield from half_normal_files()
    yield from hyperexponential_files()
    yield from lomax_files()
