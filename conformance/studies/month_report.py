"""What a month's run shows: tables in the terminal, a picture of four panels, and a page with both."""

import base64
import html
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from meter_privacy.conformance.studies.month import Result
from meter_privacy.conformance.studies.month_keys import WARNING
from meter_privacy.conformance.studies.month_tamper import Attempt
from meter_privacy.conformance.studies.pictures import picture, quiet
from meter_privacy.conformance.studies.tariff import POLICIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Distinguishable in every common colour blindness, and in grey.
BLUE, ORANGE, GREEN, GREY, DARK = "#0072b2", "#d55e00", "#009e73", "#a8a8a8", "#404040"
LEFT_OUT_SHOWN = 8

Rows = list[tuple[str, ...]]


# ---- What is told, once for the terminal and the page ---------------------------------------------


def _origin(result: Result) -> Rows:
    file, readings, tariff, choice = result.file, result.readings, result.tariff, result.choice
    by_target: dict[str, list[str]] = {}
    for operation, target in sorted(result.answered.items()):
        by_target.setdefault(target, []).append(operation.removeprefix("load_management."))
    days = f"{len(readings.labels)} from {readings.labels[0]} to {readings.labels[-1]}"
    if readings.distinct < len(readings.labels):
        days += f": the file's {readings.distinct} days, taken again and again from their start"
    changed = ", ".join(f"{count} {rule}" for rule, count in readings.changed.items()) or "none"
    left = list(readings.left_out.items())
    cut = f"{result.capped:,} uses above the tariff's maximum_wh, {tariff.maximum_wh:,} Wh, taken at that"
    some = "; ".join(f"{home} ({why})" for home, why in left[:LEFT_OUT_SHOWN])
    group = tariff.threshold_wh(len(readings.homes))
    return [
        ("file", f"{file.path.name}, {file.layout} layout, {len(file.homes)} homes, {len(file.days)} days"),
        ("homes", f"{len(readings.homes)}, the first of the file that have every reading"),
        ("days", days),
        ("left out", (some + ("; ..." if len(left) > LEFT_OUT_SHOWN else "")) or "no home"),
        ("values changed", f"{changed} (negative becomes 0, above the cap becomes the cap)"),
        *([("intervals cut", cut)] if result.capped else []),
        (
            "tariff",
            f"{tariff.name}: {tariff.price_normal} and {tariff.price_high} units a Wh,"
            f" {tariff.units_per_currency:,} units a {tariff.currency};"
            f" allowance {tariff.allowance_wh:,} Wh a home",
        ),
        (
            "intervals",
            f"{tariff.intervals} a day of {tariff.interval_minutes} minutes; peak from {group:,} Wh on;"
            f" user threshold: {POLICIES[tariff.policy]}, {tariff.parameter_wh:,} Wh",
        ),
        ("profile", f"{choice.profile}, {result.keys.bits}-bit keys from {result.keys.source}. {WARNING}"),
        ("beforehand", "the keys alone: no power r^n is stored, everything else is computed in the run"),
        *((f"asked of {target}", ", ".join(names)) for target, names in by_target.items()),
    ]


def _homes(result: Result) -> Rows:
    money = result.tariff.money
    return [
        (
            home.name,
            f"{home.normal_wh:,}",
            f"{home.high_wh:,}",
            money(home.bill),
            " and ".join(home.verified) if not home.refused else "REFUSED " + "; ".join(home.refused),
        )
        for home in result.homes
    ]


HOME_COLUMNS = ("home", "normal Wh", "high Wh", "bill", "verified by")


def _traffic(result: Result) -> Rows:
    rows: Rows = [
        (kind, f"{count:,}", f"{result.sizes[kind]:,}", f"{result.sizes[kind] / count:,.0f}")
        for kind, count in result.messages.items()
    ]
    total, size = sum(result.messages.values()), sum(result.sizes.values())
    rows.append(("all", f"{total:,}", f"{size:,}", f"{size / max(1, total):,.0f}"))
    return rows


TRAFFIC_COLUMNS = ("messages", "count", "bytes", "bytes each")


def _work(result: Result) -> Rows:
    rows: Rows = []
    for kind, seconds in result.seconds.items():
        count = result.counted.get(kind, 0)
        each = f"{seconds / count * 1000:.2f}" if count else ""
        rows.append((kind, f"{count:,}" if count else "", f"{seconds:.1f}", each))
    rows.append(("all of the month", "", f"{result.elapsed:.1f}", ""))
    kind = "ring encryptions"
    minutes = 24 * 60 // result.file.slots
    finest = len(result.homes) * len(result.readings.labels) * result.file.slots
    apiece = result.seconds[kind] / result.counted[kind]
    rows.append(
        (f"{kind} at {minutes}-minute intervals, computed", f"{finest:,}", f"{finest * apiece:.0f}", "")
    )
    return rows


WORK_COLUMNS = ("work", "count", "seconds", "ms each")


def _seen(result: Result) -> Rows:
    homes, intervals = len(result.homes), len(result.intervals)
    peaks = sum(interval.peak for interval in result.intervals)
    sealed = result.choice.profile == "hardened"
    rows: Rows = [
        ("the group's total", f"{intervals:,} numbers, one an interval"),
        (
            "who is above the threshold",
            f"{homes * peaks:,} bits: one a home in each of {peaks} peak intervals",
        ),
        ("bills", f"{homes} numbers" if sealed else f"{homes} bills, with both totals of each home's month"),
        (
            "days' counters",
            f"{2 * homes * len(result.readings.labels):,} ciphertexts under the homes' own keys,"
            " which it cannot read",
        ),
        ("a home's reading", "none, from what it is sent"),
    ]
    over = result.overheard
    if over is not None:
        rows.append(
            (
                "if it listens on the ring",
                f"EVERY READING: signed hops are not sealed in the published profile. Of home {over.home} in"
                f" interval {over.interval} it reads {over.read_wh:,} Wh; the meter's reading is"
                f" {over.true_wh:,} Wh. The hardened profile seals the hops.",
            )
        )
    else:
        rows.append(
            ("if it listens on the ring", "sealed hops: nothing, unless both neighbours of a home help it")
        )
    rows.append(("what stays", "totals over time, and one bit a peak: see the chapter, LOAD-56 and LOAD-63"))
    return rows


def _attempts(attempts: Sequence[Attempt]) -> Rows:
    return [
        (
            attempt.switch,
            f"{attempt.who} {attempt.what}".replace(",  ", ", "),
            attempt.judge,
            f"{attempt.error}: {attempt.detail}"
            if attempt.refused
            else f"PASSED, expected {attempt.expected}"
            if attempt.error is None
            else f"{attempt.error}, EXPECTED {attempt.expected}: {attempt.detail}",
        )
        for attempt in attempts
    ]


ATTEMPT_COLUMNS = ("tampering", "what is tried", "judged by", "refusal")


def verdicts(result: Result, attempts: Sequence[Attempt]) -> list[tuple[bool, str]]:
    """The run's verdicts, each with whether it is as it should be."""
    sums = sum(interval.true_wh == interval.total_wh for interval in result.intervals)
    both = sum(len(home.verified) == 2 for home in result.homes)
    compared = result.counted["comparisons"]
    told = [
        (sums == len(result.intervals), f"{sums} of {len(result.intervals)} totals are the meters' sums."),
        (
            result.disagreements == 0,
            f"{compared - result.disagreements:,} of {compared:,} comparisons agree with"
            " the meters' charges.",
        ),
        (
            both == len(result.homes),
            f"{both} of {len(result.homes)} bills verified by the utility and by the meter.",
        ),
    ]
    if attempts:
        refused = sum(attempt.refused for attempt in attempts)
        told.append((refused == len(attempts), f"{refused} of {len(attempts)} tamperings refused."))
    return told


# ---- The terminal ----------------------------------------------------------------------------------


def _print(
    console: Console, title: str, columns: Sequence[str], rows: Rows, left: Sequence[int] = (0,)
) -> None:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index in left else "right", overflow="fold")
    table.show_header = any(columns)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    console.print()


def print_result(console: Console, result: Result, attempts: Sequence[Attempt]) -> None:
    """Everything of a run, for people."""
    _print(console, "A month of load management", ("", ""), _origin(result), (0, 1))
    columns = [*HOME_COLUMNS]
    columns[3] = f"bill {result.tariff.currency}"
    _print(console, "Homes", columns, _homes(result), (0, 4))
    _print(console, "What went over the wire", TRAFFIC_COLUMNS, _traffic(result))
    _print(console, "What it took", WORK_COLUMNS, _work(result))
    _print(console, "What the utility could see", ("", ""), _seen(result), (0, 1))
    if attempts:
        _print(console, "Tampering", ATTEMPT_COLUMNS, _attempts(attempts), (0, 1, 2, 3))
    for right, text in verdicts(result, attempts):
        console.print(Text(text, style="bold green" if right else "bold red"))


# ---- The picture -----------------------------------------------------------------------------------


def _draw_totals(axes: "Axes", result: Result) -> None:
    per_day = result.tariff.intervals
    edges = [index / per_day for index in range(len(result.intervals) + 1)]
    totals = [interval.total_wh / 1000 for interval in result.intervals]
    axes.stairs(totals, edges, baseline=None, color=BLUE, linewidth=1, label="total that the utility opens")
    threshold = result.tariff.threshold_wh(len(result.homes)) / 1000
    axes.axhline(threshold, color=ORANGE, linewidth=1.2, linestyle="--", label="peak from here on")
    peaks = [interval for interval in result.intervals if interval.peak]
    axes.scatter(
        [(interval.number + 0.5) / per_day for interval in peaks],
        [interval.total_wh / 1000 for interval in peaks],
        s=14, color=ORANGE, zorder=3, label=f"{len(peaks)} peaks",
    )  # fmt: skip
    axes.set_ylim(0, max([threshold, *totals]) * 1.08)
    axes.set_xlim(0, max(1, len(result.intervals) // per_day))
    axes.set_xlabel("day")
    axes.set_ylabel(f"energy of {result.tariff.interval_minutes} min (kWh)")
    axes.set_title("What the utility sees of the group")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=3, frameon=False, fontsize=8.5)


def _draw_bits(axes: "Axes", result: Result) -> None:
    from matplotlib.colors import ListedColormap

    peaks = [interval for interval in result.intervals if interval.peak]
    order = sorted(result.homes, key=lambda home: (home.bill, home.name))
    axes.set_title("What the utility sees of each home in a peak: one bit")
    if not peaks:
        axes.text(
            0.5, 0.5, "no peak in this month: nothing", ha="center", va="center", transform=axes.transAxes
        )
        axes.set_axis_off()
        return
    grid = [[int(home.node in interval.high) for interval in peaks] for home in order]
    axes.imshow(
        grid, aspect="auto", interpolation="nearest", cmap=ListedColormap(["#e3edf3", ORANGE]),
        vmin=0, vmax=1, origin="lower",
    )  # fmt: skip
    axes.set_xlabel("peak interval (orange: the home is at or above the threshold)")
    axes.set_ylabel("homes, by bill")
    axes.set_yticks([])
    axes.grid(False)


def _draw_bills(axes: "Axes", result: Result) -> None:
    tariff = result.tariff
    order = sorted(result.homes, key=lambda home: (home.bill, home.name))
    places = range(len(order))
    scale = tariff.units_per_currency
    normal = [home.normal_wh * tariff.price_normal / scale for home in order]
    high = [home.high_wh * tariff.price_high / scale for home in order]
    axes.bar(places, normal, color=BLUE, label="normal price")
    axes.bar(places, high, bottom=normal, color=ORANGE, label="high price")
    verified = [index for index, home in enumerate(order) if len(home.verified) == 2]
    top = max([1e-9, *(a + b for a, b in zip(normal, high, strict=True))])
    axes.scatter(
        verified, [normal[i] + high[i] + top * 0.025 for i in verified], marker="o", s=10, color=GREEN,
        label="verified by both",
    )  # fmt: skip
    axes.set_ylim(0, top * 1.1)
    axes.set_xticks([])
    axes.set_xlabel("homes, by bill")
    axes.set_ylabel(f"bill ({tariff.currency})")
    axes.set_title("Bills that were opened, and verified")
    axes.legend(loc="upper left", frameon=False, fontsize=8.5)


def _draw_work(axes: "Axes", result: Result) -> None:
    kinds = [kind for kind in result.seconds]
    seconds = [result.seconds[kind] for kind in kinds]
    axes.barh(range(len(kinds)), seconds, color=GREY)
    axes.set_yticks(range(len(kinds)), kinds)
    axes.invert_yaxis()
    for place, kind in enumerate(kinds):
        count = result.counted.get(kind, 0)
        text = f" {result.seconds[kind]:.1f} s" + (f", {count:,}" if count else "")
        axes.text(result.seconds[kind], place, text, va="center", fontsize=8.5, color=DARK)
    axes.set_xlim(0, max([1e-9, *seconds]) * 1.3)
    axes.set_xlabel("seconds by the clock, the processes side by side")
    size = sum(result.sizes.values())
    axes.set_title(f"What it took: {sum(result.messages.values()):,} messages, {size / 1e6:.1f} MB")


def draw(result: Result, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (13, 9.2), (0.15, 0.15)) as (figure, out):
        grid = figure.subplots(2, 2)
        quiet(grid.flat)
        _draw_totals(grid[0][0], result)
        _draw_bits(grid[0][1], result)
        _draw_bills(grid[1][0], result)
        _draw_work(grid[1][1], result)
        figure.suptitle(
            f"A month of load management: {len(result.homes)} homes, {result.choice.profile} profile,"
            f" {result.keys.bits}-bit keys, target {result.choice.target}",
            fontsize=14,
        )
        figure.supxlabel(
            f"Readings: {result.file.path.name}. Test keys, not secret; keys alone were made beforehand.",
            fontsize=9,
            color="#444444",
        )
    return out.getvalue()


# ---- The page --------------------------------------------------------------------------------------

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;margin:1rem 0 2rem}th,td{padding:.2rem .8rem;text-align:left;"
    "border-bottom:1px solid #ddd;vertical-align:top}"
    "td.number{text-align:right;font-variant-numeric:tabular-nums}"
    "img{max-width:100%}.right{color:#00613f;font-weight:bold}.wrong{color:#b00000;font-weight:bold}"
)


def _is_number(cell: str) -> bool:
    return bool(cell) and cell.replace(",", "").replace(".", "").isdigit()


def _html_table(title: str, columns: Sequence[str], rows: Rows) -> str:
    head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td{' class=number' if index and _is_number(cell) else ''}>{html.escape(cell)}</td>"
            for index, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    top = f"<thead><tr>{head}</tr></thead>\n" if any(columns) else ""
    return f"<h2>{html.escape(title)}</h2>\n<table>\n{top}<tbody>\n{body}\n</tbody>\n</table>\n"


def page(result: Result, attempts: Sequence[Attempt]) -> str:
    """The page: verdicts, picture and tables, in one file that needs no other."""
    picture = base64.b64encode(draw(result, "png")).decode()
    told = "\n".join(
        f'<p class="{"right" if right else "wrong"}">{html.escape(text)}</p>'
        for right, text in verdicts(result, attempts)
    )
    columns = [*HOME_COLUMNS]
    columns[3] = f"bill {result.tariff.currency}"
    tables = [
        _html_table("The run", ("", ""), _origin(result)),
        _html_table("Homes", columns, _homes(result)),
        _html_table("What the utility could see", ("", ""), _seen(result)),
        _html_table("What went over the wire", TRAFFIC_COLUMNS, _traffic(result)),
        _html_table("What it took", WORK_COLUMNS, _work(result)),
    ]
    if attempts:
        tables.append(_html_table("Tampering", ATTEMPT_COLUMNS, _attempts(attempts)))
    alternative = (
        "Four panels: the group's totals with the peaks; one bit a home and peak; the bills with both prices;"
        " the time of each kind of work. The tables below have the numbers."
    )
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        "<title>A month of load management</title>\n"
        f"<style>{_STYLE}</style>\n<h1>A month of load management</h1>\n{told}\n"
        f'<img alt="{html.escape(alternative)}" src="data:image/png;base64,{picture}">\n'
        f"{''.join(tables)}</html>\n"
    )


# ---- For machines ----------------------------------------------------------------------------------


def as_json(result: Result, attempts: Sequence[Attempt]) -> dict[str, Any]:
    """Everything of a run, for a machine."""
    tariff = result.tariff
    return {
        "study": "month",
        "format": 1,
        "file": {
            "name": result.file.path.name,
            "sha256": result.file.sha256,
            "layout": result.file.layout,
            "days": len(result.file.days),
            "homes": len(result.file.homes),
        },
        "days": list(result.readings.labels),
        "distinct_days": result.readings.distinct,
        "left_out": dict(result.readings.left_out),
        "changed": dict(result.readings.changed),
        "intervals_cut": result.capped,
        "tariff": asdict(tariff),
        "profile": result.choice.profile,
        "target": result.choice.target,
        "processes": result.choice.processes,
        "seed": result.choice.seed,
        "keys": {"source": result.keys.source, "bits": result.keys.bits, "warning": WARNING},
        "stored_beforehand": "the keys",
        "answered_by": dict(sorted(result.answered.items())),
        "implementations": {
            target: {"name": described["name"], "version": described["version"]}
            for target, described in result.described.items()
        },
        "homes": [
            {
                "home": home.name,
                "node": home.node,
                "normal_wh": home.normal_wh,
                "high_wh": home.high_wh,
                "bill": home.bill,
                "bill_text": f"{tariff.money(home.bill)} {tariff.currency}",
                "verified_by": home.verified,
                "refused": home.refused,
            }
            for home in result.homes
        ],
        "intervals": [{**asdict(interval), "high": sorted(interval.high)} for interval in result.intervals],
        "comparisons": result.counted["comparisons"],
        "disagreements": result.disagreements,
        "lapsed": result.lapsed,
        "overheard": None if result.overheard is None else asdict(result.overheard),
        "messages": dict(result.messages),
        "bytes": dict(result.sizes),
        "seconds": dict(result.seconds),
        "elapsed": result.elapsed,
        "requests": result.requests,
        "tampering": [{**asdict(attempt), "refused": attempt.refused} for attempt in attempts],
        "whole": result.whole and all(attempt.refused for attempt in attempts),
    }
