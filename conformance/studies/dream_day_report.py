"""What a day's run shows: tables in the terminal, and a picture of four panels."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from meter_privacy.conformance.studies.dream_day import MASKING, RULES, Result
from meter_privacy.conformance.studies.pictures import picture, quiet
from meter_privacy.conformance.studies.readings import Day, Handled, parse_kwh, slot_time

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HANDLED_SHOWN = 20

# Distinguishable in every common colour blindness, and in grey.
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#a8a8a8"


def modulus_text(modulus: int) -> str:
    """A power of two as 2^b."""
    return f"2^{modulus.bit_length() - 1}"


def plain_table(title: str, *columns: str, left: tuple[str, ...] = ()) -> Table:
    """A table without a frame, its numbers on the right."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(
            column, justify="left" if column in left else "right", no_wrap=column != "what was done"
        )
    return table


def facts(console: Console, title: str, facts: list[tuple[str, str]]) -> None:
    """Names and values below a title."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False
    )
    for name, value in facts:
        table.add_row(name, Text(value))
    console.print(table)
    console.print()


def _runs(handled: Sequence[Handled]) -> list[list[Handled]]:
    """Neighbouring slots of one home with one problem, together."""
    runs: list[list[Handled]] = []
    for item in handled:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and last.slot is not None
            and item.slot == last.slot + 1
            and (item.home, item.line, item.problem) == (last.home, last.line, last.problem)
        ):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _span(run: Sequence[Handled]) -> tuple[str, str]:
    """The times and the values of a run."""
    if len(run) == 1:
        return run[0].time, run[0].value
    times = f"{run[0].time}-{run[-1].time}"
    numbers = [parse_kwh(item.value) for item in run]
    known = [number for number in numbers if number is not None]
    values = f"{min(known):f} to {max(known):f}" if len(known) == len(run) else run[0].value
    return times, values


def print_handled(console: Console, day: Day) -> None:
    """The rules and the values that they touched: the first 20 runs of slots, and how many there are."""
    facts(console, "Rules for readings", list(RULES.items()))
    if not day.handled:
        console.print("No reading of this day needed a rule.\n")
        return
    names = ("home", "time", "count", "kWh", "problem", "what was done")
    title = f"Readings that were not taken as they stand: {len(day.handled)}"
    table = plain_table(title, *names, left=("home", "kWh", "problem", "what was done"))
    runs = _runs(day.handled)
    for run in runs[:HANDLED_SHOWN]:
        times, values = _span(run)
        cells = (
            run[0].home or f"line {run[0].line}",
            times,
            str(len(run)),
            values,
            run[0].problem,
            run[0].action,
        )
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    if len(runs) > HANDLED_SHOWN:
        more = sum(map(len, runs[HANDLED_SHOWN:]))
        console.print(f"... and {more} more; --json writes all {len(day.handled)}, one by one.")
    counts = Counter(item.problem for item in day.handled)
    console.print("In all: " + ", ".join(f"{count} {problem}" for problem, count in counts.items()))
    if day.left_out:
        some = ", ".join(day.left_out[:HANDLED_SHOWN]) + (
            ", ..." if len(day.left_out) > HANDLED_SHOWN else ""
        )
        console.print(Text(f"Homes left out of this day: {len(day.left_out)} ({some})"))
    console.print()


def side_by_side(table: Table, rows: Sequence[tuple[str, ...]]) -> None:
    """Fill a table of twice as many columns and one between with rows, the second half beside the first."""
    half = (len(rows) + 1) // 2
    for index in range(half):
        right = rows[half + index] if half + index < len(rows) else ("",) * len(rows[index])
        table.add_row(*rows[index], "", *right)


def _print_totals(console: Console, result: Result) -> None:
    names = ("slot", "start", "true Wh", "recovered Wh", "")
    table = plain_table("Totals, slot by slot", *names, "  ", *names)
    rows = [
        (
            str(slot.slot),
            slot.time,
            f"{slot.true_wh:,}",
            f"{slot.recovered_wh:,}" if slot.meters else "nobody reports",
            "=" if slot.equal else "[bold red]DIFFERS[/]",
        )
        for slot in result.slots
    ]
    side_by_side(table, rows)
    console.print(table)
    console.print()


def _print_home(console: Console, result: Result) -> None:
    names = ("start", "reading Wh", "ciphertext")
    power = modulus_text(result.modulus)
    title = f"Home {result.shown}: its readings, and what it sends (hexadecimal, m = {power})"
    table = plain_table(title, *names, "  ", *names)
    digits = ((result.modulus - 1).bit_length() + 3) // 4
    rows = []
    for slot, reading in enumerate(result.day.readings[result.shown]):
        report = result.reports.get(slot)
        sent = f"{report.ciphertext:0{digits}x}" if report else "no partner"
        rows.append((slot_time(slot, result.file.slots), f"{reading:,}", sent))
    side_by_side(table, rows)
    console.print(table)
    console.print()


def _print_missing(console: Console, result: Result) -> None:
    missing = result.missing
    facts(
        console,
        "When one meter is missing",
        [
            ("missing", f"home {missing.home} in slot {missing.slot} ({missing.time})"),
            ("total of all", f"{missing.complete_wh:,} Wh"),
            ("total of the others", f"{missing.others_wh:,} Wh"),
            ("recovered", f"{missing.recovered_wh:,} Wh: nonsense, its partners' dummy keys do not cancel"),
            ("recovery", "by what the other meters reveal in a second round: --fail N runs that"),
        ],
    )


def _print_cost(console: Console, result: Result) -> None:
    meters = result.meters
    seconds = sorted(meter.seconds for meter in meters)
    reports = max(1, sum(meter.reports for meter in meters))
    payload = sum(meter.payload_bytes for meter in meters)
    frame = sum(meter.frame_bytes for meter in meters)
    asked = sum(meter.requests for meter in meters)
    own = sorted(name for name in MASKING if result.answered.get(name) == result.choice.target)
    facts(
        console,
        "What the day costs a meter",
        [
            (
                "time",
                f"median {seconds[len(seconds) // 2] * 1000:.1f} ms, least {seconds[0] * 1000:.1f},"
                f" most {seconds[-1] * 1000:.1f}, for {asked / len(meters):.0f} requests",
            ),
            (
                "measured",
                "masking requests from the first sent to the last answered, protocol and pipe included",
            ),
            ("masked by", f"{result.choice.target}: {', '.join(own) or 'none of the operations'}"),
            (
                "bytes a report",
                f"{payload / reports:.1f}: node, slot, ciphertext and tag in the binary framing",
            ),
            (
                "bytes a day",
                f"{payload / len(meters):,.0f}; {frame / len(meters):,.0f} with checksum and stuffing",
            ),
        ],
    )


def print_result(console: Console, result: Result) -> None:
    """Everything of a run, for people."""
    by_target: dict[str, list[str]] = {}
    for operation, target in sorted(result.answered.items()):
        by_target.setdefault(target, []).append(operation)
    file, day = result.file, result.day
    facts(
        console,
        "One day of DREAM's masking",
        [
            (
                "file",
                f"{file.path.name}, {file.layout} layout, {len(file.homes)} homes, {len(file.days)} days",
            ),
            ("day", f"{day.label}: {file.slots} slots, {len(day.homes)} homes take part"),
            ("cap", f"{result.choice.maximum_wh} Wh a slot, public"),
            (
                "profile",
                f"{result.choice.profile}: m = {modulus_text(result.modulus)}, w = {result.partners}",
            ),
            ("keys", f"from the seed {result.choice.seed!r}, for this study; a real meter draws its own"),
            *((f"asked of {target}", ", ".join(names)) for target, names in by_target.items()),
        ],
    )
    print_handled(console, day)
    _print_totals(console, result)
    _print_home(console, result)
    _print_missing(console, result)
    _print_cost(console, result)
    if result.silent:
        console.print(
            f"In {len(result.silent)} cases a meter selected no partner and stayed silent (--json has them);"
            " the true totals above are of the meters that did. A larger w makes this rare."
        )
    reported = sum(sum(values) for values in day.readings.values())
    console.print(
        f"Energy of the day: {day.unclamped_wh:,f} Wh by the file, {reported:,} Wh by the rules;"
        f" {day.rounded:,} readings were rounded."
    )
    right = sum(slot.equal for slot in result.slots)
    verdict = f"{right} of {len(result.slots)} totals recovered exactly."
    console.print(Text(verdict, style="bold green" if result.equal else "bold red"))
    console.print(
        "No noise is added: the totals are exact, and therefore [bold]not[/] differentially private."
        " --epsilon adds it."
    )


# ---- The picture ---------------------------------------------------------------------------------


def day_axis(axes: "Axes") -> None:
    """Hours of a day below a panel."""
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 3), [f"{hour:02d}:00" for hour in range(0, 25, 3)])
    axes.set_xlabel("start of the slot")


def _draw_totals(axes: "Axes", result: Result, edges: list[float]) -> None:
    true = [slot.true_wh / 1000 for slot in result.slots]
    recovered = [slot.recovered_wh / 1000 for slot in result.slots]
    axes.stairs(
        true, edges, baseline=None, color=GREY, linewidth=5, label="true total of the clamped readings"
    )
    axes.stairs(
        recovered, edges, baseline=None, color=BLUE, linewidth=1.3, label="recovered from the ciphertexts"
    )
    axes.set_ylim(0, max(1e-3, *true, *recovered) * 1.05)
    axes.set_ylabel("energy of the slot (kWh)")
    right = sum(slot.equal for slot in result.slots)
    axes.set_title(f"The supplier's totals: {right} of {len(result.slots)} exact")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, frameon=False)
    day_axis(axes)


def _draw_readings(axes: "Axes", result: Result, edges: list[float]) -> None:
    readings = result.day.readings[result.shown]
    axes.stairs(readings, edges, color=ORANGE, fill=True, alpha=0.3)
    axes.stairs(readings, edges, baseline=None, color=ORANGE, linewidth=1.3)
    axes.set_ylim(0, max(1, *readings) * 1.08)
    axes.set_ylabel("reading (Wh)")
    axes.set_title(f"Home {result.shown}: its readings")
    day_axis(axes)


def _draw_ciphertexts(axes: "Axes", result: Result) -> None:
    hours = [slot * 24 / result.file.slots for slot in result.reports]
    heights = [report.ciphertext / result.modulus for report in result.reports.values()]
    axes.scatter(hours, heights, s=16, color=GREEN, linewidths=0, clip_on=False, zorder=3)
    axes.set_ylim(0, 1)
    axes.set_ylabel(f"ciphertext / m,  m = {_power(result.modulus)}")
    axes.set_title(f"Home {result.shown}: its ciphertexts")
    day_axis(axes)


def _power(modulus: int) -> str:
    return f"$2^{{{modulus.bit_length() - 1}}}$"


def _draw_missing(axes: "Axes", result: Result) -> None:
    missing = result.missing
    nodes = [result.day.homes.index(home) for home, _ in missing.dropped]
    totals = [total / result.modulus for _, total in missing.dropped]
    place = [home for home, _ in missing.dropped].index(missing.home)
    axes.scatter(nodes, totals, s=16, color=GREY, linewidths=0, label="recovered without that meter")
    label = f"without home {missing.home}"
    axes.scatter([nodes[place]], [totals[place]], s=60, color=ORANGE, marker="D", label=label, zorder=3)
    truth = missing.complete_wh / result.modulus
    axes.axhline(truth, color=BLUE, linewidth=1.5, label=f"true total, {missing.complete_wh:,} Wh", zorder=1)
    axes.set_ylim(-0.03, 1)
    some = f"; {len(nodes)} of them tried" if len(nodes) < len(result.day.homes) else ""
    axes.set_xlabel(f"meter that is missing (node{some})")
    axes.set_ylabel(f"recovered total / m,  m = {_power(result.modulus)} Wh")
    axes.set_title(f"Slot {missing.time}: what is recovered when one meter is missing")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=3, frameon=False, fontsize=8.5)


def draw(result: Result, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (13, 9.2), (0.15, 0.15)) as (figure, out):
        grid = figure.subplots(2, 2)
        edges = [slot * 24 / result.file.slots for slot in range(result.file.slots + 1)]
        _draw_totals(grid[0][0], result, edges)
        _draw_missing(grid[0][1], result)
        _draw_readings(grid[1][0], result, edges)
        _draw_ciphertexts(grid[1][1], result)
        quiet(grid.flat)
        figure.suptitle(
            f"DREAM masking of {len(result.day.homes)} homes on day {result.day.label}"
            f" ({result.choice.profile} profile, target {result.choice.target})",
            fontsize=14,
        )
        figure.supxlabel(
            f"Readings: {result.file.path.name}, clamped at {result.choice.maximum_wh} Wh a slot."
            " No noise is added: the totals are exact and not differentially private.",
            fontsize=9,
            color="#444444",
        )
    return out.getvalue()
