"""Paper C's figures, redrawn: figure 1, the way of the data, and figure 2, a home's readings and their noise.

Figure 2 is of a simulated home, the paper's own traces being unknown; its shares of noise come from a target.
"""

import hashlib
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from meter_privacy.conformance.studies import dream_tables, households
from meter_privacy.conformance.studies.command import DONE, exit_code, write_atomically
from meter_privacy.conformance.studies.households import GateFailed, MissingTables
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.studies.pictures import picture, quiet
from meter_privacy.conformance.tables import Tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#8a8a8a"
METERS, CAP_W, RANDOM_BYTES = 100, 25_000, 64
LABEL = b"meter-privacy/study/dream-figures/1/"

CAPTIONS = {
    1: (
        "Figure 1. Aggregation without a trusted party",
        "Every meter adds a share of noise to its reading and masks it; the masks cancel in the sum, and the"
        " shares make up one Laplace variable in it. The paper's figure adds the two sides of a share,"
        " G1 + G2: the sum then has mean 2 lambda and is never negative (erratum 2). A share is their"
        " difference. Nor does the supplier only sum: it also subtracts the keystreams.",
    ),
    2: (
        "Figure 2. One meter's readings, with its share of the noise and without",
        "A simulated home of a cluster of 100 on a weekday in January, slots of ten minutes; shares are exact"
        " integer ones in W. Above: lambda(t) is the largest reading of the slot, as in the paper. Below:"
        " lambda is a public cap of 25 kW, which is what protects (erratum 9). As in the paper, a share is"
        " mostly next to nothing, and so hides nothing by itself: the reading must be masked as well.",
    ),
}


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    out: Path
    target: str
    profile: str
    kind: str
    seed: int


@dataclass(frozen=True)
class Noisy:
    """One home's day: readings in W, and by way of scaling the scales and the shares of noise."""

    readings_w: NDArray[np.int64]
    scales_w: Mapping[str, NDArray[np.int64]]
    shares_w: Mapping[str, NDArray[np.int64]]


def _random(seed: int, name: str, slot: int) -> bytes:
    text = LABEL + f"{seed}/{name}/{slot}".encode()
    return b"".join(hashlib.sha256(text + bytes([part])).digest() for part in range(RANDOM_BYTES // 32))


def noisy_day(parties: Parties, seed: int) -> Noisy:
    """The home of median consumption of 100, and its shares.

    Raises MissingTables, GateFailed, TargetLost, WrongAnswer.
    """
    constants = households.load_constants()
    households.check_gate(households.gauge(constants, dream_tables.GATE_HOMES, seed))
    homes = households.draw_homes(constants, METERS, seed)
    readings = np.rint(households.simulate(constants, homes, seed).ten_minutes_w).astype(np.int64)
    home = int(np.argsort(readings.sum(axis=1), kind="stable")[METERS // 2])
    scales = {"largest": readings.max(axis=0), "cap": np.full(households.SLOTS, CAP_W)}
    shares = {}
    for name, scale in scales.items():
        drawn = parties.ask(
            "dream.sample_share",
            [
                {
                    "shares": METERS, "lambda_units": Fraction(int(value)),
                    "random": _random(seed, name, slot),
                }
                for slot, value in enumerate(scale)
            ],
        )  # fmt: skip
        shares[name] = np.asarray(drawn, np.int64)
    return Noisy(readings[home], scales, shares)


# ---- The pictures --------------------------------------------------------------------------------


def _box(
    axes: "Axes", left: float, bottom: float, width: float, height: float, text: str, colour: str
) -> None:
    from matplotlib.patches import FancyBboxPatch

    shape = FancyBboxPatch(
        (left, bottom),
        width,
        height,
        boxstyle="round,pad=0.02",
        facecolor="white",
        edgecolor=colour,
        linewidth=1.6,
    )
    axes.add_patch(shape)
    axes.text(left + width / 2, bottom + height / 2, text, ha="center", va="center", fontsize=11)


def _arrow(axes: "Axes", start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1.4})


def _draw_flow(axes: "Axes") -> None:
    axes.set_xlim(0, 13)
    axes.set_ylim(0, 5.4)
    axes.axis("off")
    for index, name in enumerate(("1", "2", "N")):
        bottom = 4.1 - 1.75 * index
        _box(axes, 0.1, bottom, 1.3, 1.0, f"home {name}\n$X_t^{{{name}}}$", GREY)
        _box(
            axes, 2.3, bottom, 2.9, 1.0, f"meter {name}: its share\n$\\sigma_{{{name}}} = G_1 - G_2$", ORANGE
        )
        masked = f"$X_t^{{{name}}} + \\sigma_{{{name}}}$ + masks"
        _box(axes, 6.1, bottom, 2.7, 1.0, f"{masked}\nmodulo m", BLUE)
        _arrow(axes, (1.45, bottom + 0.5), (2.25, bottom + 0.5))
        _arrow(axes, (5.25, bottom + 0.5), (6.05, bottom + 0.5))
        _arrow(axes, (8.85, bottom + 0.5), (9.75, 2.85 + 0.25 * (1 - index)))
    axes.text(0.75, 2.02, "$\\vdots$", ha="center", va="center", fontsize=15)
    axes.text(3.75, 2.02, "$\\vdots$", ha="center", va="center", fontsize=15)
    axes.text(7.45, 2.02, "$\\vdots$", ha="center", va="center", fontsize=15)
    total = "supplier: sum, less\nthe keystreams\n\n$\\sum_i X_t^i + \\mathcal{L}(\\lambda)$"
    _box(axes, 9.8, 1.85, 3.0, 2.0, total, GREEN)


def _draw_noisy(axes: "Axes", day: Noisy, name: str, title: str) -> None:
    edges = np.arange(households.SLOTS + 1) / 6
    noisy = day.readings_w + day.shares_w[name]
    axes.stairs(day.readings_w, edges, baseline=None, color=GREY, linewidth=4, label="reading")
    axes.stairs(noisy, edges, baseline=None, color=ORANGE, linewidth=1.3, label="reading and share")
    size = np.abs(day.shares_w[name])
    zero, large = int((size == 0).sum()), int((size >= 100).sum())
    axes.set_title(f"{title}: {zero} of {len(size)} shares are 0 W, {large} beyond 100 W")
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 3), [f"{hour:02d}:00" for hour in range(0, 25, 3)])
    axes.set_ylabel("mean power of the slot (W)")
    quiet([axes])
    axes.legend(frameon=False)


def draw(number: int, day: Noisy | None, kind: str) -> bytes:
    """Figure 1, or figure 2 of a day, as svg or png."""
    import textwrap

    with picture(kind, (13, 6.6 if day is None else 9.2)) as (figure, out):
        if day is None:
            _draw_flow(figure.add_axes((0.03, 0.2, 0.94, 0.7)))
        else:
            _draw_noisy(
                figure.add_axes((0.07, 0.57, 0.9, 0.33)), day, "largest", "lambda(t) the largest reading"
            )
            _draw_noisy(figure.add_axes((0.07, 0.155, 0.9, 0.33)), day, "cap", "lambda 25 kW, public")
        title, text = CAPTIONS[number]
        figure.text(0.03, 0.955, title, fontsize=14, fontweight="bold")
        lines = textwrap.wrap(text, 165, break_on_hyphens=False)
        figure.text(0.03, 0.03, "\n".join(lines), fontsize=9.5, va="bottom", linespacing=1.35)
    return out.getvalue()


def page(kind: str) -> str:
    """The page index.html: the pictures with their captions."""
    parts = "\n".join(
        f'<h2>{html.escape(title)}</h2>\n<img src="figure_{number}.{kind}" alt="{html.escape(title)}">\n'
        f"<p>{html.escape(text)}</p>"
        for number, (title, text) in CAPTIONS.items()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Paper C, figures</title>\n'
        "<style>body{font-family:sans-serif;max-width:80em;margin:2em auto}img{width:100%}</style>\n"
        f"<h1>Paper C, figures 1 and 2, redrawn</h1>\n{parts}\n</html>\n"
    )


# ---- The command ---------------------------------------------------------------------------------


def redraw(asked: Asked, tables: Tables) -> Sequence[Path]:
    """Write the pictures and their page.

    Raises MissingTables, GateFailed, TargetError, CannotStart, TargetLost, WrongAnswer, OSError.
    """
    with Parties(tables, asked.target, asked.profile) as parties:
        day = noisy_day(parties, asked.seed)
    files = {
        f"figure_1.{asked.kind}": draw(1, None, asked.kind),
        f"figure_2.{asked.kind}": draw(2, day, asked.kind),
        "index.html": page(asked.kind).encode(),
    }
    for name, data in files.items():
        write_atomically(asked.out / name, data)
    return [asked.out / name for name in files]


@exit_code(MissingTables, failures=(GateFailed,))
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    asked.out.mkdir(parents=True, exist_ok=True)
    written = redraw(asked, tables)
    for path in written:
        print(path)
    return DONE
