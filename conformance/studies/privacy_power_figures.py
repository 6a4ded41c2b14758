"""Paper A's figures 2 to 8, redrawn from a target's answers, each beside what the paper shows.

Where the paper names its parameters they are used; where it does not, ours stand in the caption. Leakages are
in bits for finite loads and in nats for exponential ones, as in the paper.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meter_privacy.conformance.studies.command import DONE, exit_code, write_atomically
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.pictures import picture, quiet
from meter_privacy.conformance.tables import Tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STEPS = 120
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00")
PRINTED = "#8a8a8a"

# The paper's: figure 4, Section V.A; figures 5 and 6, Section V.B.
UNIFORM_LEVELS = 21
FIGURE_5 = tuple((Fraction(p), Fraction(1)) for p in ("0.9", "0.5", "0.1"))
FIGURE_6 = (
    (Fraction("0.9"), Fraction(10)), (Fraction("0.5"), Fraction(2)), (Fraction("0.1"), Fraction("1.11")),
)  # fmt: skip
# Ours: the paper draws figure 2 without numbers, and gives none for figures 3, 7 and 8.
FIGURE_2_MEANS, FIGURE_2_POWER = (Fraction(1), Fraction(4), Fraction(3, 2)), Fraction(9, 2)
FIGURE_3 = tuple(Fraction(p) for p in ("0.1", "0.3", "0.5", "0.7", "0.9"))
FIGURE_7 = tuple(Fraction(p) for p in ("0.5", "0.9", "0.1"))

Ask = Callable[[str, Sequence[Mapping[str, Any]]], list[Mapping[str, Any]]]


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    out: Path
    target: str
    profile: str
    kind: str


@dataclass(frozen=True)
class Caption:
    """What stands beside a picture: what is drawn, of what, what the paper shows, what is wrong there."""

    title: str
    shown: str
    parameters: str
    paper: str
    wrong: str


CAPTIONS = {
    2: Caption(
        "Reverse water-filling",
        "Three exponential loads share a source. A user whose mean lies below the level takes all its"
        " load from the source; the others take the level each, and the rest of their load from the"
        " grid.",
        "Means 1, 4 and 1.5, power 4.5 (ours: the paper's picture has no numbers). The level is exactly 2.",
        "The same picture, with users 1 and 3 below the level.",
        "The picture is right. The introduction says that users of high load receive the same amount"
        " from the grid; it is the same amount from the source (erratum 14): the users here get 0, 2 and"
        " 0 from the grid.",
    ),
    3: Caption(
        "One user with two levels",
        "I(P) for a load that is 0 with probability p and else 1. Two curves p, p' with p + p' < 1"
        " cross once, at P = 1-p-p': the dots.",
        "p = 0.1, 0.3, 0.5, 0.7, 0.9 (ours: the paper names 0.1 and 0.9 only).",
        "Curves for several p, among them 0.1 and 0.9, which start at the same leakage.",
        "The text says that I(P) is decreasing in p. It is not: at P = 0.01 it is 0.4207, 0.9290 and"
        " 0.3896 bits for p = 0.1, 0.5 and 0.9 (erratum 15). It is decreasing in P.",
    ),
    4: Caption(
        "Uniform load: the optimum and two heuristics",
        "A uniform load on 21 levels of mean 1. Solid: the exact optimum and what the two heuristics"
        " truly leak, by counting. Grey: what the paper's formulas for them give.",
        "N = 21, c = 0.1 (the paper's).",
        "The optimum by Blahut-Arimoto far below both heuristics.",
        "Both formulas are wrong. Time division (erratum 3): the paper forgets that a load of 0 gives a"
        " grid load of 0 as well, and has 2.196 bits for 2.104 at P = 0.5. Output limiting (erratum 2):"
        " the factor is 2N where it must be N; with the limit 0 nothing leaks, and the paper has 2.196"
        " bits. The comparison stands: the optimum is below both.",
    ),
    5: Caption(
        "Three users, equal levels",
        "What each of three users leaks when they share a source at its best: one common slope.",
        "Levels 0 and 1, p = 0.9, 0.5, 0.1 (the paper's). Users are silent from the marked powers on.",
        "The same curves.",
        "The text calls this figure 6 once, and both captions are the same (erratum 16). The curves are"
        " right.",
    ),
    6: Caption(
        "Three users, about equal means",
        "The same with levels 0 and 10, 2, 1.11, so that the means are nearly equal. Each silent user"
        " leaves more to the others: kinks at P = 1.527 and 2.381.",
        "p = 0.9, 0.5, 0.1 and differences 10, 2, 1.11 (the paper's).",
        "The same curves.",
        "User 1's curve is called concave. It is concave only until user 2 falls silent at 1.527, and"
        " convex from there to 2.381 (erratum 12). The difference 1.11 gives user 3 a mean of 0.999;"
        " 10/9 gives 1 (erratum 16).",
    ),
    7: Caption(
        "More users, two levels each",
        "The least total leakage of 1, 2 and 3 users of equal means that add up to 1. Dots: where a"
        " user falls silent, and a regime of the text ends.",
        "Means 1/N; p = 0.5 for one user, 0.5 and 0.9 for two, 0.5, 0.9 and 0.1 for three (ours: the"
        " paper gives none).",
        "Curves for N = 1, 2, 3 that start at different leakages and end at P = 1.",
        "The text says that leakage increases with the number of users. That holds for users that"
        " differ in scale only; it is no law (erratum 35). Here three users leak less than two from"
        " P = 0.68 on, and at P = 0.9 less than one: 0.0483 bits beside 0.0692 and 0.0519. At P = 0"
        " the total is the sum of the entropies, as the text says.",
    ),
    8: Caption(
        "More users, exponential loads",
        "The least total leakage of 1, 2 and 3 equal users with exponential loads whose means add up to"
        " 1: N ln(1/P) nats.",
        "Means 1/N (ours: the paper gives none).",
        "Curves for N = 1, 2, 3.",
        "The text says that as P goes to 0 the leakage is the sum of the entropies. For a load with a"
        " density it grows without bound (erratum 13): one user of mean 1 has entropy 1 nat, and leaks"
        " 4.605 nats at P = 0.01.",
    ),
}


def powers_to(largest: Fraction, from_zero: bool = True) -> list[Fraction]:
    """Powers up to a largest one, denser near 0, where curves are steep."""
    first = Fraction(0) if from_zero else largest / 10**6
    return [first, *(largest * k * k / STEPS**2 for k in range(1, STEPS + 1))]


def mean_of(users: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """The power from which on binary users are silent."""
    return sum(((1 - p) * difference for p, difference in users), Fraction(0))


def binary_users(users: Sequence[tuple[Fraction, Fraction]]) -> list[dict[str, Fraction]]:
    """Binary users as the operation takes them."""
    return [{"probability": p, "difference": difference} for p, difference in users]


def binary_curves(
    ask: Ask, users: Sequence[tuple[Fraction, Fraction]]
) -> tuple[list[Fraction], list[list[Fraction]]]:
    """Powers, and at each of them every user's leakage in bits."""
    powers = powers_to(mean_of(users))
    answers = ask(
        "privacy_power.binary", [{"users": binary_users(users), "power": power} for power in powers]
    )
    return powers, [list(answer["leakages_bits"]) for answer in answers]


def silent_from(users: Sequence[tuple[Fraction, Fraction]]) -> list[float]:
    """The total power at which each binary user falls silent: where lambda Delta_i = -ln(1 - p_i)."""
    found = []
    for p, difference in users:
        slope = -log(1 - float(p)) / float(difference)
        total = 0.0
        for q, d in users:
            other = 1 - exp(-slope * float(d))
            total += float(d) * min(1 - float(q), float(q) * (1 - other) / other)
        found.append(total)
    return found


def printed_time_division(levels: int, power: Fraction) -> float:
    """What paper A prints for time division, Section V.A: log2(N) (1 - P / E[X]), with E[X] = 1."""
    return log(levels, 2) * (1 - float(power))


def printed_output_limit(levels: int, k: int) -> float:
    """What paper A prints for output limiting, Section V.A: log2 N - (N - k) / (2N) log2(N - k)."""
    return log(levels, 2) - (levels - k) / (2 * levels) * log(levels - k, 2)


# ---- Pictures ------------------------------------------------------------------------------------


def _floats(values: Sequence[Fraction]) -> list[float]:
    return [float(value) for value in values]


def _finish(
    axes: "Axes", top: float, right: float, unit: str, power: str = "average power P of the source"
) -> None:
    axes.set_xlim(0, right)
    axes.set_ylim(0, top)
    axes.set_xlabel(power)
    axes.set_ylabel(f"leakage, {unit} a slot")


def draw_2(axes: "Axes", ask: Ask) -> None:
    """Reverse water-filling: bars of the means, filled up to the level."""
    answer = ask(
        "privacy_power.allocate_exponential", [{"means": list(FIGURE_2_MEANS), "power": FIGURE_2_POWER}]
    )[0]
    level = float(answer["level"])
    for user, (mean, power) in enumerate(zip(FIGURE_2_MEANS, answer["powers"], strict=True), start=1):
        from_source, from_grid = float(power), float(mean - power)
        axes.bar(
            user,
            from_source,
            0.6,
            color=COLOURS[0],
            alpha=0.75,
            label="from the source" if user == 1 else None,
        )
        axes.bar(
            user, from_grid, 0.6, bottom=from_source, color="white", edgecolor=COLOURS[0], hatch="//",
            label="from the grid" if user == 1 else None,
        )  # fmt: skip
        axes.text(user, float(mean) + 0.06, f"$\\lambda_{user}$ = {float(mean):g}", ha="center")
    axes.axhline(level, color=COLOURS[1], linestyle="--", label=f"level $\\lambda$ = {level:g}")
    axes.set_xticks([1, 2, 3], ["user 1", "user 2", "user 3"])
    axes.set_ylim(0, 4.6)
    axes.set_ylabel("mean load")
    axes.legend(frameon=False, loc="upper right")


def draw_3(axes: "Axes", ask: Ask) -> None:
    """One binary user, several p, and the crossings."""
    curves: dict[Fraction, tuple[list[Fraction], list[list[Fraction]]]] = {}
    for p, colour in zip(FIGURE_3, COLOURS, strict=True):
        curves[p] = binary_curves(ask, [(p, Fraction(1))])
        powers, leakages = curves[p]
        axes.plot(
            _floats(powers), [float(row[0]) for row in leakages], color=colour, label=f"p = {float(p):g}"
        )
    pairs = [(p, q) for p in FIGURE_3 for q in FIGURE_3 if p < q and p + q < 1]
    crossings = ask(
        "privacy_power.binary",
        [{"users": binary_users([(p, Fraction(1))]), "power": 1 - p - q} for p, q in pairs],
    )
    axes.plot(
        [float(1 - p - q) for p, q in pairs], [float(answer["leakages_bits"][0]) for answer in crossings],
        color="black", marker="o", markersize=5, linewidth=0, label="two curves cross", clip_on=False,
        zorder=4,
    )  # fmt: skip
    _finish(axes, 1.02, 0.92, "bits")
    axes.legend(frameon=False)


def draw_4(axes: "Axes", ask: Ask) -> None:
    """The optimum, the heuristics counted exactly, and the paper's formulas for them."""
    n = UNIFORM_LEVELS
    load = {"loads": [Fraction(2 * k, n - 1) for k in range(n)], "probabilities": [Fraction(1, n)] * n}
    powers = powers_to(Fraction(1))
    inputs = [{**load, "power": power} for power in powers]
    best = ask("privacy_power.leakage", inputs)
    divided = ask("privacy_power.time_division", inputs)
    limits = ask("privacy_power.output_limit", [{**load, "level": k} for k in range(n)])
    x = _floats(powers)
    limited = [float(answer["power"]) for answer in limits]
    axes.plot(
        x, [printed_time_division(n, power) for power in powers], color=PRINTED, linestyle=":", linewidth=1.6,
        label="time division as printed",
    )  # fmt: skip
    axes.plot(
        limited, [printed_output_limit(n, k) for k in range(n)], color=PRINTED, marker="x", markersize=6,
        linewidth=1, linestyle="-.", label="output limiting as printed",
    )  # fmt: skip
    axes.plot(
        limited, [float(answer["leakage_bits"]) for answer in limits], color=COLOURS[1], marker="o",
        markersize=4, linewidth=1, label="output limiting, exact",
    )  # fmt: skip
    axes.plot(
        x, [float(answer["leakage_bits"]) for answer in divided], color=COLOURS[2], linewidth=1.6,
        label="time division, exact",
    )  # fmt: skip
    axes.plot(
        x,
        [float(answer["leakage_bits"]) for answer in best],
        color=COLOURS[0],
        linewidth=2.4,
        label="optimum, exact",
    )
    _finish(axes, 4.6, 1, "bits")
    axes.legend(frameon=False, loc="upper right", bbox_to_anchor=(1, 1.02))


def _draw_users(axes: "Axes", ask: Ask, users: Sequence[tuple[Fraction, Fraction]]) -> None:
    powers, leakages = binary_curves(ask, users)
    for user, ((p, difference), silent) in enumerate(zip(users, silent_from(users), strict=True)):
        axes.plot(
            _floats(powers), [float(row[user]) for row in leakages], color=COLOURS[user],
            label=f"user {user + 1}: p = {float(p):g}, Δ = {float(difference):g}",
        )  # fmt: skip
        axes.plot(silent, 0, color=COLOURS[user], marker="o", markersize=7, clip_on=False, zorder=4)
        axes.axvline(silent, color=COLOURS[user], linestyle=":", linewidth=1)
    _finish(axes, 1.02, float(mean_of(users)), "bits")
    axes.legend(frameon=False)


def draw_5(axes: "Axes", ask: Ask) -> None:
    """Three binary users of equal levels."""
    _draw_users(axes, ask, FIGURE_5)


def draw_6(axes: "Axes", ask: Ask) -> None:
    """Three binary users of about equal means."""
    _draw_users(axes, ask, FIGURE_6)


def figure_7_users(count: int) -> list[tuple[Fraction, Fraction]]:
    """Binary users of equal means 1/N."""
    return [(p, Fraction(1, count) / (1 - p)) for p in FIGURE_7[:count]]


def draw_7(axes: "Axes", ask: Ask) -> None:
    """The total of binary users of equal means."""
    for count, colour in zip((1, 2, 3), COLOURS, strict=False):
        users = figure_7_users(count)
        powers, leakages = binary_curves(ask, users)
        axes.plot(_floats(powers), [float(sum(row)) for row in leakages], color=colour, label=f"N = {count}")
        silent = [Fraction(power) for power in silent_from(users)]
        inputs = [{"users": binary_users(users), "power": power} for power in silent]
        totals = [float(sum(answer["leakages_bits"])) for answer in ask("privacy_power.binary", inputs)]
        axes.plot(_floats(silent), totals, color=colour, marker="o", linewidth=0, clip_on=False, zorder=4)
    _finish(axes, 2, 1, "bits, all users,")
    axes.legend(frameon=False)


def draw_8(axes: "Axes", ask: Ask) -> None:
    """The total of equal exponential users."""
    powers = powers_to(Fraction(1), from_zero=False)
    for count in (1, 2, 3):
        means = [Fraction(1, count)] * count
        answers = ask(
            "privacy_power.allocate_exponential", [{"means": means, "power": power} for power in powers]
        )
        axes.plot(
            _floats(powers), [float(answer["leakage_nats"]) for answer in answers], color=COLOURS[count - 1],
            label=f"N = {count}",
        )  # fmt: skip
        entropy = count * (1 + log(1 / count))
        axes.plot(
            0, entropy, color=COLOURS[count - 1], marker="_", markersize=18, markeredgewidth=2.5,
            clip_on=False, linewidth=0, zorder=4,
        )  # fmt: skip
    axes.plot([], [], color="black", marker="_", linewidth=0, markersize=12, label="sum of the entropies")
    axes.axhline(0, color="black", linewidth=0.8)
    _finish(axes, 12, 1, "nats, all users,")
    axes.set_ylim(-1, 12)
    axes.legend(frameon=False)


DRAWINGS: dict[int, Callable[["Axes", Ask], None]] = {
    2: draw_2, 3: draw_3, 4: draw_4, 5: draw_5, 6: draw_6, 7: draw_7, 8: draw_8,
}  # fmt: skip


def draw(number: int, ask: Ask, target: str, kind: str) -> bytes:
    """One figure with its caption beside it, as svg or png."""
    import textwrap

    caption = CAPTIONS[number]
    with picture(kind, (12.4, 5.4), title_size=12, dpi=120) as (figure, out):
        axes = figure.add_axes((0.065, 0.115, 0.54, 0.79))
        DRAWINGS[number](axes, ask)
        axes.set_title(f"Figure {number}. {caption.title}", loc="left")
        quiet([axes])
        height = 0.905
        for heading, text in (
            ("What is drawn", caption.shown),
            ("Parameters", caption.parameters),
            ("In the paper", caption.paper),
            ("What the paper gets wrong", caption.wrong),
            ("Computed by", target),
        ):
            figure.text(0.645, height, heading, fontsize=9.5, fontweight="bold", va="top", color=COLOURS[0])
            lines = textwrap.wrap(text, 58, break_on_hyphens=False)
            figure.text(0.645, height - 0.042, "\n".join(lines), fontsize=9.5, va="top", linespacing=1.3)
            height -= 0.042 + 0.0375 * len(lines) + 0.028
    return out.getvalue()


def captions_page(kind: str) -> str:
    """The page index.html: all pictures with their captions as text, for search and for screen readers."""
    parts = []
    for number, caption in CAPTIONS.items():
        said = (
            caption.shown,
            caption.parameters,
            f"The paper: {caption.paper}",
            f"Wrong there: {caption.wrong}",
        )
        paragraphs = "\n".join(f"<p>{html.escape(text)}</p>" for text in said)
        title = html.escape(f"Figure {number}. {caption.title}")
        picture = f'<img src="figure_{number}.{kind}" alt="{title}">'
        parts.append(
            f"<section>\n<h2>{title}</h2>\n{picture}\n<details><summary>As text</summary>\n{paragraphs}\n"
            "</details>\n</section>"
        )
    body = "\n".join(parts)
    style = "body{font-family:sans-serif;max-width:80em;margin:2em auto}img{width:100%}"
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Paper A, figures 2 to 8</title>\n'
        f"<style>{style}</style>\n<h1>Paper A, figures 2 to 8, redrawn</h1>\n{body}\n</html>\n"
    )


# ---- The command ---------------------------------------------------------------------------------


def redraw(asked: Asked, tables: Tables) -> list[Path]:
    """Write all pictures and their page.

    Raises TargetError, CannotStart, TargetLost, WrongAnswer, OSError.
    """
    written = []
    with Parties(tables, asked.target, asked.profile) as parties:

        def ask(name: str, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
            outputs = []
            for answer in parties.ask_each(name, inputs):
                if answer.output is None:
                    raise WrongAnswer(
                        f"{parties.answered[name]} refuses {name}: {answer.error}, {answer.detail}"
                    )
                outputs.append(answer.output)
            return outputs

        for number in DRAWINGS:
            pieces = draw(number, ask, asked.target, asked.kind)
            path = asked.out / f"figure_{number}.{asked.kind}"
            write_atomically(path, pieces)
            written.append(path)
    page = asked.out / "index.html"
    write_atomically(page, captions_page(asked.kind).encode())
    return [*written, page]


@exit_code()
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    asked.out.mkdir(parents=True, exist_ok=True)
    for path in redraw(asked, tables):
        print(path)
    return DONE
