"""What a study of a battery shows: tables in the terminal, and a picture of two panels."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from meter_privacy.conformance.studies.batteries import Audit, Result
from meter_privacy.conformance.studies.pictures import picture, quiet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Distinguishable in every common colour blindness, and in grey.
BLUE, ORANGE, GREEN, GREY, PURPLE = "#0072b2", "#d55e00", "#009e73", "#8a8a8a", "#cc79a7"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left")
    return table


def bits(value: Fraction | float | None) -> str:
    """A leakage, or a dash."""
    return "-" if value is None else f"{float(value):.6f}"


def _share(value: Fraction | None, whole: float) -> str:
    return "-" if value is None or not whole else f"{float(value) / whole * 100:.1f} %"


def _facts(console: Console, result: Result) -> None:
    load, unit = result.load, result.load.unit
    table = _table(f"A battery of {result.choice.capacity} {unit}", "", "")
    table.columns[1].justify = "left"
    table.show_header = False
    law = ", ".join(f"{x} ({float(p):.4g})" for x, p in enumerate(load.probabilities) if p)
    table.add_row("load", Text(f"{law}; mean {float(load.mean):.4g} {unit} a slot"))
    for name, value in result.origin.items():
        table.add_row(f"{name} from", Text(str(value)))
    for target in sorted(set(result.answered.values())):
        names = [name.split(".")[1] for name, whose in sorted(result.answered.items()) if whose == target]
        table.add_row(f"asked of {target}", ", ".join(names))
    console.print(table)
    console.print()


def _comparison(console: Console, result: Result) -> None:
    whole, chosen = result.load.entropy_bits, result.chosen
    table = _table("What leaks", "controller", "bits a slot", "of what leaks without")
    rows: list[tuple[str, str, str]] = [
        ("no battery", bits(whole), "100.0 %"),
        ("the best that this capacity allows", bits(chosen.least), _share(chosen.least, whole)),
    ]
    if result.audit is not None:
        lower, upper = result.at_least, result.audit.bounds[-1].upper
        shares = f"{_share(lower, whole)} to {_share(upper, whole)}"
        rows.append(("the given one", f"{bits(lower)} to {bits(upper)}", shares))
    rows += [
        ("best effort: holds the last output", bits(chosen.best_effort), _share(chosen.best_effort, whole)),
        (f"holds {result.level} a slot, as it can", bits(chosen.holding), _share(chosen.holding, whole)),
    ]
    for row in rows:
        table.add_row(*row)
    console.print(table)
    if None in (chosen.best_effort, chosen.holding):
        console.print("A dash: its runs are too long to be summed up.")
    console.print()


def _states(states: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for state in states:
        if runs and state == runs[-1][-1] + 1:
            runs[-1].append(state)
        else:
            runs.append([state])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _controller(console: Console, audit: Audit) -> None:
    table = _table(
        "The given controller, by the length of the blocks", "outputs in a block", "at least", "at most"
    )
    for one in audit.bounds:
        table.add_row(str(one.block), bits(one.lower), bits(one.upper))
    console.print(table)
    console.print()
    table = _table("Where it ends", "states", "period", "probability", "bits a slot")
    for found in audit.classes:
        low, high = bits(found["lower_bits"]), bits(found["upper_bits"])
        chance = f"{float(found['probability']):.4f}"
        table.add_row(_states(found["states"]), str(found["period"]), chance, f"{low} to {high}")
    console.print(table)
    console.print()
    if audit.estimate is not None and audit.half_width is not None:
        console.print(
            f"Simulated for {audit.slots:,} slots: {bits(audit.estimate)} bits a slot, ±"
            f" {bits(audit.half_width)} at 99 %.\n"
        )


def _curve(console: Console, result: Result) -> None:
    table = _table("By capacity, in bits a slot", "capacity", "least", "best effort", f"holds {result.level}")
    step = 1 if len(result.curve) <= 20 else len(result.curve) // 16
    for point in result.curve:
        if point.capacity % step == 0 or point.capacity in (1, result.choice.capacity):
            own = point.capacity == result.choice.capacity
            row = (str(point.capacity), bits(point.least), bits(point.best_effort), bits(point.holding))
            table.add_row(*row, style="bold" if own else None)
    console.print(table)
    console.print()


def _best(console: Console, result: Result) -> None:
    loads = len(result.load.probabilities)
    if len(result.policy) > 33:
        console.print("--best writes the best policy to a file.\n")
        return
    table = _table("The best policy", "state", "starts in it", "load", "what the grid gives")
    table.columns[3].justify = "left"
    for index, row in enumerate(result.policy):
        state, load = divmod(index, loads)
        given = ", ".join(
            f"{y} ({float(q) * 100:.1f} %)" for y, q in enumerate(row) if q > Fraction(1, 10**9)
        )
        start = f"{float(result.initial_state[state]) * 100:.2f} %" if load == 0 else ""
        table.add_row(str(state) if load == 0 else "", start, str(load), given)
    console.print(table)
    console.print()


def print_result(console: Console, result: Result) -> None:
    """Everything of a study, for people."""
    _facts(console, result)
    _comparison(console, result)
    if result.audit is not None:
        _controller(console, result.audit)
    _curve(console, result)
    _best(console, result)
    console.print(
        "The model takes slots as independent and alike, and batteries that lose nothing. Real ones are"
        " neither: what several slots together give away is not bounded by this."
    )


# ---- The picture ---------------------------------------------------------------------------------


def _whole_ticks(axes: "Axes") -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _draw_curve(axes: "Axes", result: Result) -> None:
    capacities = [point.capacity for point in result.curve]
    size = 5 if len(capacities) <= 20 else 3
    for name, label, colour, marker in (
        ("best_effort", "best effort: holds the last output", ORANGE, "s"),
        ("holding", f"holds {result.level} a slot, as it can", PURPLE, "^"),
        ("least", "the best that a capacity allows", BLUE, "o"),
    ):
        values = [getattr(point, name) for point in result.curve]
        kept = [(k, float(value)) for k, value in zip(capacities, values, strict=True) if value is not None]
        axes.plot(
            [k for k, _ in kept], [value for _, value in kept], color=colour, marker=marker, markersize=size,
            linewidth=1.6, label=label,
        )  # fmt: skip
    whole = result.load.entropy_bits
    axes.axhline(whole, color=GREY, linestyle="--", linewidth=1.2, label=f"no battery: {whole:.3f} bits")
    own = result.choice.capacity
    axes.axvline(own, color="#d9d9d9", linewidth=5, zorder=0)
    if result.audit is not None:
        low, high = float(result.at_least), float(result.audit.bounds[-1].upper)
        axes.plot(
            [own, own], [low, high], color=GREEN, linewidth=3, marker="_", markersize=14, markeredgewidth=2.5,
            label="the given controller, between its bounds", zorder=5,
        )  # fmt: skip
    least = float(result.chosen.least)
    axes.annotate(
        f"{least:.4f} bits", (own, least), xytext=(0, -9), textcoords="offset points", ha="center", va="top",
        color=BLUE, fontsize=9.5,
    )  # fmt: skip
    axes.set_xlim(0.5, capacities[-1] + 0.5)
    top = max([whole, *(float(point.best_effort or 0) for point in result.curve)]) or 1.0
    axes.set_ylim(-0.06 * top if least < 0.1 * top else 0, top * 1.08)
    _whole_ticks(axes)
    axes.set_xlabel(f"capacity of the battery, {result.load.unit}")
    axes.set_ylabel("leakage, bits a slot")
    axes.set_title("What leaks, by capacity")
    axes.legend(frameon=False)


def _draw_bounds(axes: "Axes", result: Result, audit: Audit) -> None:
    blocks = [one.block for one in audit.bounds]
    low, high = [float(one.lower) for one in audit.bounds], [float(one.upper) for one in audit.bounds]
    axes.fill_between(blocks, low, high, color=GREEN, alpha=0.18, linewidth=0)
    axes.plot(blocks, high, color=GREEN, marker="v", markersize=6, label="at most")
    axes.plot(blocks, low, color=GREEN, marker="^", markersize=6, linestyle="-", label="at least")
    if audit.estimate is not None and audit.half_width is not None:
        centre, half = float(audit.estimate), float(audit.half_width)
        axes.axhspan(centre - half, centre + half, color=ORANGE, alpha=0.35, linewidth=0)
        axes.axhline(
            centre,
            color=ORANGE,
            linewidth=1.4,
            label=f"simulated, {audit.slots:,} slots, ± {half:.4f} at 99 %",
        )
    axes.axhline(
        float(result.chosen.least),
        color=BLUE,
        linestyle="--",
        linewidth=1.6,
        label="the best of this capacity",
    )
    axes.set_xlim(blocks[0] - 0.3, blocks[-1] + 0.3)
    values = [*low, *high, float(result.chosen.least)]
    room = (max(values) - min(values)) * 0.1 or 0.05
    axes.set_ylim(max(min(values) - room, -0.02), max(values) + 3.5 * room)
    _whole_ticks(axes)
    axes.set_xlabel("outputs in a block")
    axes.set_ylabel("leakage, bits a slot")
    axes.set_title(f"The given controller: {float(result.at_least):.4f} to {high[-1]:.4f} bits a slot")
    axes.legend(frameon=False, loc="upper right", ncols=2)


def _draw_best(axes: "Axes", result: Result) -> None:
    """The law of the state, and the mean of what the grid gives in each state under each load."""
    states = range(len(result.initial_state))
    loads = [x for x, p in enumerate(result.load.probabilities) if p]
    axes.bar(states, [float(mass) for mass in result.initial_state], 0.7, color=BLUE, alpha=0.3)
    axes.set_ylabel("probability of the state", color=BLUE)
    axes.set_xlabel(f"state of charge, {result.load.unit}")
    _whole_ticks(axes)
    right = axes.twinx()
    colours = (ORANGE, GREEN, PURPLE, "black", GREY)
    size = len(result.load.probabilities)
    for index, x in enumerate(loads[: len(colours)]):
        means = [sum(float(q) * y for y, q in enumerate(result.policy[state * size + x])) for state in states]
        right.plot(states, means, color=colours[index], marker="o", markersize=5, label=f"load {x}")
    right.set_ylabel(f"mean of what the grid gives, {result.load.unit}")
    right.spines[["top"]].set_visible(False)
    right.legend(frameon=False, loc="upper right", title="from the grid under")
    right.set_ylim(-0.05 * loads[-1], max(1, loads[-1]) * 1.3)
    axes.set_title("The best policy: the fuller, the less from the grid")


def draw(result: Result, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (13, 5.4), (0.15, 0.12)) as (figure, out):
        left, right = figure.subplots(1, 2)
        _draw_curve(left, result)
        if result.audit is not None:
            _draw_bounds(right, result, result.audit)
        else:
            _draw_best(right, result)
        quiet((left, right))
        law = ", ".join(f"{x}: {float(p):.3g}" for x, p in enumerate(result.load.probabilities) if p)
        shown = law if len(law) < 70 else f"{sum(map(bool, result.load.probabilities))} levels"
        figure.suptitle(
            f"What a battery of {result.choice.capacity} {result.load.unit} can hide of a load ({shown})",
            fontsize=14,
        )
        figure.supxlabel(
            "Slots are taken as independent and alike, which real ones are not, and the battery loses"
            f" nothing. Computed by {result.choice.target}.",
            fontsize=9,
            color="#444444",
        )
    return out.getvalue()
