"""What the study of paper C's tables shows: tables in the terminal beside the paper's, and a picture."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from meter_privacy.conformance.studies import households
from meter_privacy.conformance.studies.dream_tables import (
    ALPHAS,
    DEFINITIONS,
    PERIODS,
    WINDOWS,
    Real,
    Result,
    Row,
    findings,
    impossible_3,
)
from meter_privacy.conformance.studies.pictures import picture, quiet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Distinguishable in every common colour blindness, and in grey.
COLOURS = ("#0072b2", "#009e73", "#e69f00", "#d55e00")
GREY = "#767676"


def _table(console: Console, title: str, *columns: str) -> Table:
    """A table without a frame, 80 characters wide at most; its title is printed at once."""
    console.print(Text(title, style="bold"))
    table = Table(box=None, pad_edge=False, collapse_padding=True)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _facts(console: Console, title: str, facts: Sequence[tuple[str, str]]) -> None:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False
    )
    for name, value in facts:
        table.add_row(name, Text(value))
    console.print(table)
    console.print()


def _numbers(mean: float, deviation: float, digits: int) -> str:
    return f"{mean:.{digits}f} ±{deviation:.{digits}f}"


def _print_rows(
    console: Console,
    title: str,
    first: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    digits: int,
    of: str,
) -> None:
    """Three lines a row: ours, the paper's, and the ratio of the means, with what there are how many of."""
    table = _table(console, title, first, "", *columns)
    for row in rows:
        own = (_numbers(cell.mean, cell.deviation, digits) for cell in row.cells)
        table.add_row(row.name, "ours", *own)
        count = f"{row.count:,} {of}"
        if any(cell.paper for cell in row.cells):
            printed = (_numbers(*cell.paper, digits) if cell.paper else "" for cell in row.cells)
            table.add_row(count, "paper", *printed, style="dim")
            ratios = (f"{cell.ratio:.2f}" if cell.paper else "" for cell in row.cells)
            table.add_row("", "ratio", *ratios)
        else:
            table.add_row(count, "", *("" for _ in row.cells), style="dim")
    console.print(table)
    console.print()


def _print_gate(console: Console, result: Result) -> None:
    title = "The gate: kWh a year of an owner, by the appliance table and as simulated"
    table = _table(console, title, "appliance", "table", "simulated", "ratio", "cycles alone")
    for item in result.gauged:
        cycles = "no cycles" if item.cycles_ratio is None else f"{item.cycles_ratio:.2f}"
        numbers = (
            f"{item.appliance.kwh_a_year:,.1f}",
            f"{item.kwh_a_year:,.1f}",
            f"{item.ratio:.2f}",
            cycles,
        )
        table.add_row(item.appliance.name, *numbers)
    console.print(table)
    console.print(f"All {len(result.gauged)} are within {households.GATE_TOLERANCE:.0%}.\n")


def _print_readings_2(console: Console, result: Result) -> None:
    title = "Table 2, ratio of our mean to the paper's in other readings of it"
    table = _table(console, title, "reading", "N", *map(_s, WINDOWS))
    for name, rows in result.readings_2.items():
        for row in (rows[0], rows[-1]):
            table.add_row(name, row.name, *(f"{cell.ratio:.2f}" for cell in row.cells))
    console.print(table)
    console.print()


def _s(window: int) -> str:
    return f"s = {window}"


def _print_real(console: Console, real: Real) -> None:
    dropped = ", ".join(f"{count} {reason}" for reason, count in real.dropped.items() if count)
    minutes = 1440 // real.slots
    title = (
        f"Table 1, alpha = 0, on real homes: {real.name}, {real.days} weekdays, slots of {minutes} minutes"
    )
    _print_rows(console, title, "N", ["alpha = 0"], real.rows, 4, "clusters")
    console.print(
        f"{real.homes} homes stay; dropped: {dropped or 'none'}. The error falls as N^{real.slope:.2f}.\n"
        "Other homes, another country and other slots: a second set of data, not a reproduction.\n"
    )


def conclusion(result: Result) -> str:
    """What the findings come to, in a few sentences."""

    def all_hold(*begins: str) -> bool:
        return all(
            finding.holds
            for finding in findings(result)
            for begin in begins
            if finding.what.startswith(begin)
        )

    said = [f"Table 1 is {'' if all_hold('table 1, ', 'table 1: ') else 'not '}reproduced"]
    for name in result.variants:
        held = all_hold(f"table 1 under another condition, {name}:")
        said.append(f"{name} it is{'' if held else ' not'}")
    shape = all_hold("table 2: falls", "table 2: grows")
    return (
        f"{'; '.join(said)}. Tables 2 and 3 are not reproduced in level, nor are their deviations; table 2 is"
        f" {'' if shape else 'not '}reproduced in shape."
    )


def print_result(console: Console, result: Result) -> None:
    """Everything of a study, for people."""
    asked = result.asked
    by_target: dict[str, list[str]] = {}
    for operation, target in sorted(result.answered.items()):
        by_target.setdefault(target, []).append(operation)
    _facts(
        console,
        "Paper C's tables",
        [
            (
                "simulated",
                f"{asked.homes:,} homes on a {'weekend day' if asked.weekend else 'weekday'}"
                f" of month {asked.month}, seed {asked.seed}",
            ),
            (
                "constants",
                f"{households.PACKAGE} {households.VERSION}; its tables are read, its code is not used",
            ),
            *((f"asked of {target}", ", ".join(names)) for target, names in by_target.items()),
            (
                "compared",
                f"{result.checked['errors']} errors and {result.checked['accounts']} accounts computed here"
                " are the target's",
            ),
        ],
    )
    _facts(console, "What the paper leaves open, as it is here", list(DEFINITIONS.items()))
    _print_gate(console, result)
    alphas = [
        f"alpha = {float(alpha):g}\n(x {factor:.4f})"
        for alpha, factor in zip(ALPHAS, result.factors, strict=True)
    ]
    _print_rows(console, "Table 1: the error", "N", alphas, result.table_1, 4, "clusters")
    console.print(f"The error falls as N^{result.slope:.3f}; the paper's as N^-0.892.\n")
    for name, (rows, slope) in result.variants.items():
        ratios = ", ".join(f"{row.name}: {row.cells[0].ratio:.2f}" for row in rows)
        console.print(f"Table 1, alpha = 0, {name}: {ratios} of the paper's; N^{slope:.3f}")
    console.print()
    _print_rows(
        console,
        "Table 2: a user's loss over s slots",
        "N",
        list(map(_s, WINDOWS)),
        result.table_2,
        2,
        "users",
    )
    _print_readings_2(console, result)
    title = "Table 3: the loss by one appliance over s slots"
    _print_rows(console, title, "appliance", list(map(_s, WINDOWS)), result.table_3, 2, "owners")
    if result.real is not None:
        _print_real(console, result.real)
    periods = "; ".join(f"{minutes}: {error:.4f}" for minutes, error in result.periods.items())
    console.print(f"The error by minutes of a slot (N = {result.table_1[0].name}, alpha = 0): {periods}\n")
    console.print(Text("What holds", style="bold"))
    for finding in findings(result):
        mark = Text("holds  ", style="green") if finding.holds else Text("fails  ", style="bold")
        console.print(mark + Text(f"{finding.what}\n       {finding.numbers}", style="not bold default"))
    console.print()
    console.print(Text("Why the paper's table 3 cannot hold", style="bold"))
    console.print(
        "What an appliance takes is at most lambda(t), so that a slot costs at most 1, s slots at most s, and"
        " numbers of [0, b] with mean m deviate by at most sqrt(m (b - m)). But it prints"
    )
    for text in impossible_3():
        console.print(f"  {text}", highlight=False)
    console.print()
    console.print(conclusion(result))


# ---- The picture ---------------------------------------------------------------------------------


def _draw_1(axes: "Axes", result: Result) -> None:
    sizes = [int(row.name) for row in result.table_1]
    for column, (alpha, colour) in enumerate(zip(ALPHAS, COLOURS, strict=True)):
        axes.plot(
            sizes, [row.cells[column].mean for row in result.table_1], color=colour, linewidth=1.7,
            label=f"alpha = {float(alpha):g}",
        )  # fmt: skip
        printed = [cell.paper[0] for row in result.table_1 if (cell := row.cells[column]).paper]
        axes.scatter(sizes, printed, color=colour, marker="x", s=40, zorder=3)
    if result.real is not None:
        axes.plot(
            [int(row.name) for row in result.real.rows], [row.cells[0].mean for row in result.real.rows],
            color=GREY, linestyle="--", marker=".", label="real homes, alpha = 0",
        )  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    small = [] if result.real is None else [int(row.name) for row in result.real.rows if int(row.name) < 100]
    ticks = [*small, *(size for size in sizes if size != 800)]
    axes.set_xticks(ticks, [str(size) for size in ticks])
    axes.set_yticks([0.02, 0.05, 0.1, 0.2], ["0.02", "0.05", "0.1", "0.2"])
    axes.minorticks_off()
    axes.set_xlabel("cluster size N")
    axes.set_ylabel("error")
    axes.set_title("Table 1: lines ours, crosses the paper's")
    axes.legend(loc="lower left", frameon=False, fontsize=8.5)


def _draw_2(axes: "Axes", result: Result) -> None:
    for row, colour in zip((result.table_2[0], result.table_2[-1]), (COLOURS[0], COLOURS[3]), strict=True):
        axes.plot(
            WINDOWS, [cell.mean for cell in row.cells], color=colour, marker=".", label=f"N = {row.name}"
        )
        printed = [cell.paper[0] for cell in row.cells if cell.paper]
        axes.scatter(WINDOWS, printed, color=colour, marker="x", s=40, zorder=3)
    axes.set_xticks(WINDOWS)
    axes.set_xlabel("window s, slots of ten minutes")
    axes.set_ylabel("loss of a user, worst window")
    axes.set_title("Table 2: lines ours, crosses the paper's")
    axes.legend(frameon=False)


def _draw_3(axes: "Axes", result: Result) -> None:
    for number, row in enumerate(result.table_3):
        for cell, colour in zip(row.cells, COLOURS, strict=True):
            axes.scatter([cell.ratio], [number], color=colour, s=22, zorder=3)
    for window, colour in zip(WINDOWS, COLOURS, strict=True):
        axes.scatter([], [], color=colour, s=22, label=_s(window))
    axes.set_yticks(range(len(result.table_3)), [row.name for row in result.table_3])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.axvspan(0.5, 2, color="#e6e6e6", zorder=0)
    axes.set_xticks([0.25, 0.5, 1, 2], ["1/4", "1/2", "1", "2"])
    axes.minorticks_off()
    axes.set_xlabel("our mean over the paper's")
    axes.set_title("Table 3: within a factor of 2 in the grey band")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), frameon=False, ncols=len(WINDOWS))


def _draw_periods(axes: "Axes", result: Result) -> None:
    axes.plot(PERIODS, [result.periods[minutes] for minutes in PERIODS], color=COLOURS[0], marker="o")
    axes.set_ylim(0, max(result.periods.values()) * 1.15)
    axes.set_xticks(PERIODS)
    axes.set_xlabel("minutes of a slot")
    axes.set_ylabel("error, alpha = 0")
    axes.set_title(f"Footnote 8: the length of a slot, N = {result.table_1[0].name}")


def draw(result: Result, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (13, 9.2), (0.15, 0.15)) as (figure, out):
        grid = figure.subplots(2, 2)
        _draw_1(grid[0][0], result)
        _draw_2(grid[0][1], result)
        _draw_3(grid[1][0], result)
        _draw_periods(grid[1][1], result)
        quiet(grid.flat)
        asked = result.asked
        day = "weekend day" if asked.weekend else "weekday"
        figure.suptitle(
            f"Paper C's tables on {asked.homes:,} simulated homes, a {day} of month {asked.month}",
            fontsize=14,
        )
    return out.getvalue()
