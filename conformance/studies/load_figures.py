"""Paper D's figure 1, redrawn: what a trace of total consumption tells, and what load management leaves.

The paper takes its picture from a work on traces of real homes that it cites, without numbers. Here the homes
are simulated, appliance by appliance, so that the truth is known; an edge detector after Hart reads the
appliances off the total. Beside it stands what the utility gets by this chapter's plan.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meter_privacy.conformance.primes import expand
from meter_privacy.conformance.studies.command import DONE, exit_code, write_atomically
from meter_privacy.conformance.studies.parties import Parties, WrongAnswer
from meter_privacy.conformance.studies.pictures import picture, quiet
from meter_privacy.conformance.tables import Tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MINUTES = 24 * 60
HOMES = 30
SEED = "meter-privacy/study/figure-d-1"
STANDBY_W, NOISE_W = 70, 6
# An edge below this is noise; a pair of edges is one use where their heights agree to so much.
EDGE_W, AGREEMENT_W = 40, 25
INTERVAL = 60
GROUP_THRESHOLD_WH_PER_HOME = 900
MAXIMUM_WH = 25_000
STEP_WH = 100

BLUE, ORANGE, GREY, DARK = "#0072b2", "#d55e00", "#a8a8a8", "#404040"


@dataclass(frozen=True)
class Appliance:
    """An appliance: its power, how long a use takes at least and at most, and how a day's uses are drawn.

    `hours` are the hours around which uses begin; a refrigerator has none and cycles.
    """

    name: str
    power_w: int
    shortest: int
    longest: int
    hours: tuple[int, ...]
    colour: str


APPLIANCES = (
    Appliance("refrigerator", 110, 14, 20, (), "#56b4e9"),
    Appliance("lights", 190, 60, 200, (6, 18), "#f0e442"),
    Appliance("TV", 260, 60, 180, (20,), "#cc79a7"),
    Appliance("heater", 900, 20, 45, (7, 17), "#009e73"),
    Appliance("kettle", 1950, 2, 4, (6, 10, 16), "#d55e00"),
    Appliance("oven", 2450, 25, 55, (12, 18), "#0072b2"),
    Appliance("electric vehicle", 3600, 90, 200, (22,), "#404040"),
)


@dataclass(frozen=True)
class Use:
    """A use of an appliance: minutes of the day, the end exclusive."""

    appliance: str
    start: int
    end: int


class _Stream:
    """Numbers that a label gives."""

    def __init__(self, label: str) -> None:
        self._numbers = self._read(f"{SEED}/{label}")

    @staticmethod
    def _read(label: str) -> Iterator[int]:
        block = 0
        while True:
            data = expand(f"{label}/{block}", 256)
            yield from (int.from_bytes(data[i : i + 4], "big") for i in range(0, 256, 4))
            block += 1

    def between(self, least: int, most: int) -> int:
        """A number from least to most, both inclusive; the bias of the remainder is below 2^-20."""
        return least + next(self._numbers) % (most - least + 1)


def uses_of(home: int) -> list[Use]:
    """A simulated day of a home, by start; no appliance's uses overlap."""
    stream = _Stream(f"home {home}")
    uses = []
    for appliance in APPLIANCES:
        free = 0
        if not appliance.hours:
            start = stream.between(0, 30)
            while start < MINUTES:
                end = min(MINUTES, start + stream.between(appliance.shortest, appliance.longest))
                uses.append(Use(appliance.name, start, end))
                start = end + stream.between(28, 40)
        for hour in appliance.hours:
            if stream.between(0, 9) == 0:
                continue
            start = max(free, hour * 60 + stream.between(-50, 70))
            end = min(MINUTES, start + stream.between(appliance.shortest, appliance.longest))
            if start < end:
                uses.append(Use(appliance.name, start, end))
                free = end + 2
    return sorted(uses, key=lambda use: (use.start, use.appliance))


def trace_of(home: int, uses: Sequence[Use]) -> list[int]:
    """The total power of each minute, W, with the meter's noise."""
    stream = _Stream(f"noise {home}")
    power = {appliance.name: appliance.power_w for appliance in APPLIANCES}
    trace = [STANDBY_W + stream.between(-NOISE_W, NOISE_W) for _ in range(MINUTES)]
    for use in uses:
        for minute in range(use.start, use.end):
            trace[minute] += power[use.appliance]
    return trace


def averaged(trace: Sequence[int], minutes: int) -> list[int]:
    """The mean power of each `minutes` minutes, W, for each of these minutes."""
    means = [sum(trace[i : i + minutes]) // minutes for i in range(0, len(trace), minutes)]
    return [mean for mean in means for _ in range(minutes)]


def read_appliances(trace: Sequence[int]) -> list[Use]:
    """The uses that edges of the total betray: a rise of an appliance's power, and the next fall of it.

    It knows the powers of the appliances and nothing else of the home (Hart 1992, reduced to edges).
    """
    uses = []
    running: dict[str, int] = {}
    before = trace[0]
    for minute, now in enumerate(trace):
        edge = now - before
        before = now
        if abs(edge) < EDGE_W:
            continue
        nearest = min(APPLIANCES, key=lambda appliance: abs(appliance.power_w - abs(edge)))
        if abs(nearest.power_w - abs(edge)) > AGREEMENT_W:
            continue
        if edge > 0:
            running.setdefault(nearest.name, minute)
        elif nearest.name in running:
            uses.append(Use(nearest.name, running.pop(nearest.name), minute))
    return sorted(uses, key=lambda use: (use.start, use.appliance))


def found(true: Sequence[Use], read: Sequence[Use]) -> int:
    """How many uses were read with the right appliance and both ends within a minute."""
    left = list(true)
    count = 0
    for use in read:
        for other in left:
            near = abs(use.start - other.start) <= 1 and abs(use.end - other.end) <= 1
            if use.appliance == other.appliance and near:
                left.remove(other)
                count += 1
                break
    return count


@dataclass(frozen=True)
class Figure1:
    """The figure's data: the shown home, what is read of it, and what the utility gets of the group.

    `high` says of the shown home, in each hour of peak, whether it is above the threshold.
    """

    uses: list[Use]
    trace: list[int]
    read: list[Use]
    coarse: list[Use]
    totals_wh: list[int]
    peaks: list[bool]
    high: dict[int, bool]
    group_uses: int
    group_found: int


def compute(parties: Parties) -> Figure1:
    """Simulate the homes, read the first one, and ask the target for the plan. Raises what Parties raises."""
    days = [uses_of(home) for home in range(HOMES)]
    traces = [trace_of(home, uses) for home, uses in enumerate(days)]
    hours = range(MINUTES // INTERVAL)
    energies = [[sum(trace[hour * 60 : hour * 60 + 60]) // 60 for hour in hours] for trace in traces]
    answers = parties.ask_each(
        "load_management.plan_interval",
        [
            {
                "maximum_wh": MAXIMUM_WH,
                "group_threshold_wh": GROUP_THRESHOLD_WH_PER_HOME * HOMES,
                "threshold_policy": 1,
                "parameter_wh": STEP_WH,
                "users": [{"usage_wh": own[hour], "allowance_wh": 0} for own in energies],
            }
            for hour in hours
        ],
    )
    plans: list[Mapping[str, Any]] = []
    for answer in answers:
        if answer.output is None:
            raise WrongAnswer(f"load_management.plan_interval is refused: {answer.error}, {answer.detail}")
        plans.append(answer.output)
    group = [sum(minute) for minute in zip(*traces, strict=True)]
    all_uses = [use for uses in days for use in uses]
    return Figure1(
        uses=days[0],
        trace=traces[0],
        read=read_appliances(traces[0]),
        coarse=read_appliances(averaged(traces[0], 15)),
        totals_wh=[plan["total_wh"] for plan in plans],
        peaks=[bool(plan["peak"]) for plan in plans],
        high={hour: bool(plan["users"][0]["high"]) for hour, plan in enumerate(plans) if plan["peak"]},
        group_uses=len(all_uses),
        group_found=found(all_uses, read_appliances(averaged(group, INTERVAL))),
    )


def captions(figure: Figure1) -> list[tuple[str, str]]:
    """The figure's words, with its numbers."""
    right, coarse = found(figure.uses, figure.read), found(figure.uses, figure.coarse)
    above = sum(figure.high.values())
    return [
        (
            "What is drawn",
            f"A simulated day of one home, a value a minute: {len(figure.uses)} uses of {len(APPLIANCES)}"
            f" appliances. An edge detector that knows the appliances' powers names {len(figure.read)} uses"
            f" from the total alone, {right} of them with the right appliance and times. Of means over 15"
            f" minutes the same detector gets {coarse} of them: edges are hidden there, but not who is at"
            " home.",
        ),
        (
            "In the paper",
            "A trace of a real home with the appliances named beside it, taken from the paper's reference"
            " [3], with no numbers. The paper infers from it that a user's activity can be read.",
        ),
        (
            "What is left by this chapter",
            f"The group of {HOMES} homes gives one total an hour; of its {figure.group_uses} uses the"
            f" detector finds {figure.group_found} there. Of the home itself the utility gets one bit in each"
            f" of {len(figure.high)} hours of peak, {above} of them saying high (LOAD-63). Totals and bits"
            " are not nothing: the chapter says what remains.",
        ),
    ]


# ---- The picture -----------------------------------------------------------------------------------


def _hours(axes: "Axes") -> None:
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 3), [f"{hour:02d}:00" for hour in range(0, 25, 3)])


def _draw_trace(axes: "Axes", figure: Figure1) -> None:
    edges = [minute / 60 for minute in range(MINUTES + 1)]
    axes.stairs([watt / 1000 for watt in figure.trace], edges, baseline=None, color=DARK, linewidth=0.8)
    for appliance in APPLIANCES:
        own = [use for use in figure.read if use.appliance == appliance.name]
        for use in own:
            axes.axvspan(use.start / 60, use.end / 60, color=appliance.colour, alpha=0.12, linewidth=0)
    axes.set_ylim(0, max(figure.trace) / 1000 * 1.08)
    axes.set_ylabel("total power (kW)")
    axes.set_title("What the meter measures: one total, a value a minute")
    _hours(axes)


def _draw_uses(axes: "Axes", figure: Figure1) -> None:
    for row, appliance in enumerate(APPLIANCES):
        for uses, offset, colour in ((figure.uses, 0.06, GREY), (figure.read, -0.36, appliance.colour)):
            spans = [
                (use.start / 60, max(use.end - use.start, 4) / 60)
                for use in uses
                if use.appliance == appliance.name
            ]
            axes.broken_barh(spans, (row + offset, 0.3), facecolors=colour)
    axes.set_yticks(range(len(APPLIANCES)), [appliance.name for appliance in APPLIANCES])
    axes.set_ylim(-0.6, len(APPLIANCES) - 0.4)
    right = found(figure.uses, figure.read)
    axes.set_title(
        f"What it tells: {right} of {len(figure.uses)} uses (grey: true, colour: read off the total)"
    )
    _hours(axes)


def _draw_group(axes: "Axes", figure: Figure1) -> None:
    edges = list(range(len(figure.totals_wh) + 1))
    axes.stairs([total / 1000 for total in figure.totals_wh], edges, color=BLUE, fill=True, alpha=0.3)
    threshold = GROUP_THRESHOLD_WH_PER_HOME * HOMES / 1000
    axes.axhline(threshold, color=ORANGE, linestyle="--", linewidth=1.2, label="peak from here on")
    top = max(figure.totals_wh) / 1000 * 1.2
    for hour, high in figure.high.items():
        axes.text(hour + 0.5, top * 0.93, "high" if high else "normal", ha="center", fontsize=8.5, color=DARK)
    axes.set_ylim(0, top)
    axes.set_ylabel(f"total of {HOMES} homes (kWh)")
    axes.set_title("What the utility gets: an hourly total, and in a peak one bit of this home")
    axes.legend(loc="upper left", frameon=False, fontsize=8.5)
    axes.set_xlabel("time of day")
    _hours(axes)


def draw(figure: Figure1, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    import textwrap

    with picture(kind, (12, 12.4)) as (canvas, out):
        panels = canvas.subplots(3, 1)
        canvas.subplots_adjust(left=0.12, right=0.97, top=0.93, bottom=0.235, hspace=0.34)
        for axes, paint in zip(panels, (_draw_trace, _draw_uses, _draw_group), strict=True):
            paint(axes, figure)
            quiet([axes])
        canvas.suptitle("Figure 1. Using consumption data to infer user activity", fontsize=14)
        for column, (heading, text) in enumerate(captions(figure)):
            left = 0.05 + 0.315 * column
            canvas.text(left, 0.175, heading, fontsize=9.5, fontweight="bold", va="top", color=BLUE)
            lines = textwrap.wrap(text, 56, break_on_hyphens=False)
            canvas.text(left, 0.158, "\n".join(lines), fontsize=9, va="top", linespacing=1.3)
    return out.getvalue()


def page(figure: Figure1, kind: str) -> str:
    """The page index.html: the picture and its words as text."""
    said = "\n".join(f"<h3>{heading}</h3>\n<p>{html.escape(text)}</p>" for heading, text in captions(figure))
    style = "body{font-family:sans-serif;max-width:70em;margin:2em auto}img{width:100%}"
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Paper D, figure 1</title>\n'
        f"<style>{style}</style>\n<h1>Paper D, figure 1, redrawn</h1>\n"
        f'<img src="figure_1.{kind}" alt="A total, the uses read off it, and the group\'s totals">\n'
        f"{said}\n</html>\n"
    )


# ---- The command -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    out: Path
    target: str
    profile: str
    kind: str


@exit_code()
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    asked.out.mkdir(parents=True, exist_ok=True)
    with Parties(tables, asked.target, asked.profile) as parties:
        figure = compute(parties)
    picture, text = asked.out / f"figure_1.{asked.kind}", asked.out / "index.html"
    write_atomically(picture, draw(figure, asked.kind))
    write_atomically(text, page(figure, asked.kind).encode())
    for path in (picture, text):
        print(path)
    return DONE
