"""What a study of leakage shows: tables in the terminal, and a picture of four panels."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from meter_privacy.conformance.studies.leakage import RULES, STEPS, LimitPoint, Result
from meter_privacy.conformance.studies.pictures import picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Distinguishable in every common colour blindness, and in grey.
BLUE, ORANGE, GREEN, GREY, PURPLE = "#0072b2", "#d55e00", "#009e73", "#a8a8a8", "#cc79a7"
NOTHING = Fraction(1, 10**9)
OUTPUTS_SHOWN = 4


def _table(title: str, *columns: str, left: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right")
    return table


def _facts(console: Console, title: str, facts: Sequence[tuple[str, str]]) -> None:
    table = _table(title, "", "", left=("",))
    table.show_header = False
    for name, value in facts:
        table.add_row(name, Text(value))
    console.print(table)
    console.print()


def number(value: Fraction) -> str:
    """A load or a power, to three decimals where it has any."""
    text = f"{float(value):,.3f}"
    return text.rstrip("0").rstrip(".")


def _bits(value: Fraction) -> str:
    return f"{float(value):.4f}"


def _part(value: Fraction, whole: Fraction) -> str:
    return f"{float(value / whole) * 100:.1f} %" if whole else "-"


def _comparison(console: Console, result: Result) -> None:
    unit, whole = result.law.unit, result.unprotected
    title = f"What leaks with {number(result.power)} {unit} a slot from the source"
    table = _table(
        title, "protection", f"{unit} a slot", "bits a slot", "of what leaks without", left=("protection",)
    )
    rows = [
        ("none", Fraction(0), whole),
        ("best policy", result.policy_power, result.optimum.optimum),
        ("time division", min(result.power, result.law.mean), result.optimum.time_division),
        (
            f"grid load limited to {number(result.limit.level)} {unit}",
            result.limit.power,
            result.limit.leakage,
        ),
    ]
    for name, power, leakage in rows:
        table.add_row(name, number(power), _bits(leakage), _part(leakage, whole))
    console.print(table)
    slope = result.optimum.slope_nats
    if slope is not None:
        worth = float(slope) / 0.6931471805599453
        console.print(
            f"One {unit} a slot more would hide {worth:.5f} bits a slot more (slope {float(slope):.6f} nats)."
        )
    console.print()


def limit_at(limits: Sequence[LimitPoint], power: Fraction) -> LimitPoint:
    """The strictest limit that a power pays for."""
    return next(point for point in limits if point.power <= power)


def _curve(console: Console, result: Result) -> None:
    unit = result.law.unit
    columns = ("of the mean load", f"{unit} a slot", "best policy", "time division", "limited grid load")
    table = _table("The curve, in bits a slot", *columns)
    for point in result.curve[:: STEPS // 10]:
        limit = limit_at(result.limits, point.power)
        table.add_row(
            f"{float(point.power / result.law.mean) * 100:.0f} %" if result.law.mean else "-",
            number(point.power),
            _bits(point.optimum),
            _bits(point.time_division),
            _bits(limit.leakage),
        )
    console.print(table)
    console.print(
        f"The partition of the levels changes at {len(result.breakpoints)} points of the curve;"
        " --json lists them.\n"
    )


def _policy(console: Console, result: Result) -> None:
    law = result.law
    columns = (f"load {law.unit}", "probability", "stays", "mean from grid", "what the grid gives")
    table = _table("The best policy at this power", *columns, left=("what the grid gives",))
    for load, p, row in zip(law.loads, law.probabilities, result.policy, strict=True):
        if not p:
            continue
        ordered = sorted(((q, y) for q, y in zip(row, law.loads, strict=True) if q > NOTHING), reverse=True)
        text = ", ".join(f"{number(y)} ({float(q) * 100:.1f} %)" for q, y in ordered[:OUTPUTS_SHOWN])
        more = f", {len(ordered) - OUTPUTS_SHOWN} more" if len(ordered) > OUTPUTS_SHOWN else ""
        stays = row[law.loads.index(load)]
        mean = sum((q * y for q, y in zip(row, law.loads, strict=True)), Fraction(0))
        table.add_row(
            number(load), f"{float(p):.4f}", f"{float(stays) * 100:.1f} %", number(mean), Text(text + more)
        )
    console.print(table)
    console.print()


def print_result(console: Console, result: Result) -> None:
    """Everything of a study, for people."""
    law, origin = result.law, result.origin
    facts = [(str(name), str(value)) for name, value in origin.items() if name != "handled"]
    share = f", {float(result.power / law.mean) * 100:.4g} % of the mean" if law.mean else ""
    facts += [
        ("levels", f"{len(law.loads)}, {sum(map(bool, law.probabilities))} of them occur"),
        ("mean load", f"{number(law.mean)} {law.unit} a slot"),
        ("power", f"{number(result.power)} {law.unit} a slot from the source{share}"),
    ]  # fmt: skip
    for target in sorted(set(result.answered.values())):
        names = [name for name, whose in sorted(result.answered.items()) if whose == target]
        facts.append((f"asked of {target}", ", ".join(names)))
    _facts(console, "Leakage of one slot's reading", facts)
    if "handled" in origin:
        _facts(console, "Rules for readings", list(RULES.items()))
        handled = ", ".join(f"{count} {problem}" for problem, count in origin["handled"].items())
        console.print(f"Readings that needed a rule: {handled or 'none'}.")
        console.print(
            f"Rounding down takes {number(law.lost)} {law.unit} a slot from the mean load. What real readings"
            " have above their level must come from the source too, beside the power above.\n"
        )
    _comparison(console, result)
    _curve(console, result)
    _policy(console, result)
    console.print(
        "The model takes slots as independent and alike. Real ones are neither: what several slots together"
        " give away is not bounded by this."
    )


# ---- The picture ---------------------------------------------------------------------------------


def _ticks(size: int) -> list[int]:
    return sorted({round(k * (size - 1) / 6) for k in range(7)})


def _draw_laws(axes: "Axes", result: Result) -> None:
    law = result.law
    places = range(len(law.loads))
    load, output = [float(p) for p in law.probabilities], [float(q) for q in result.output]
    axes.bar([x - 0.21 for x in places], load, 0.42, color=ORANGE, label="load")
    axes.bar([x + 0.21 for x in places], output, 0.42, color=BLUE, label="grid load")
    ticks = _ticks(len(law.loads))
    axes.set_xticks(ticks, [number(law.loads[tick]) for tick in ticks])
    axes.set_xlabel(f"level, {law.unit} in a slot")
    axes.set_ylabel("probability")
    axes.set_title("How often each level occurs")
    axes.legend(frameon=False)


def _draw_curve(axes: "Axes", result: Result) -> None:
    unit = result.law.unit
    powers = [float(point.power) for point in result.curve]
    axes.plot(
        powers,
        [float(p.time_division) for p in result.curve],
        color=GREEN,
        linestyle="--",
        label="time division",
    )
    steps = [(float(p.power), float(p.leakage)) for p in result.limits if p.power <= result.law.mean]
    axes.plot(
        [x for x, _ in steps], [y for _, y in steps], color=ORANGE, marker="o", markersize=4, linewidth=0,
        label="grid load limited to a level",
    )  # fmt: skip
    axes.plot(
        powers, [float(p.optimum) for p in result.curve], color=BLUE, linewidth=2, label="best policy, I(P)"
    )
    chosen = (float(result.power), float(result.optimum.optimum))
    axes.plot(*chosen, color=BLUE, marker="D", markersize=9, markeredgecolor="white", linewidth=0)
    axes.annotate(
        f"{chosen[1]:.3f} bits",
        chosen,
        xytext=(9, 7),
        textcoords="offset points",
        ha="left",
        va="bottom",
        color=BLUE,
    )
    axes.set_xlim(0, max(powers) or 1)
    axes.set_ylim(0, float(result.unprotected) * 1.05 or 1)
    axes.set_xlabel(f"power of the source, {unit} a slot (to the mean load)")
    axes.set_ylabel("leakage, bits a slot")
    axes.set_title(f"What leaks: {float(result.unprotected):.3f} bits a slot without protection")
    axes.legend(frameon=False)


def _draw_policy(axes: "Axes", result: Result) -> None:
    from matplotlib.colors import PowerNorm

    size = len(result.policy)
    # Loads that never occur, and grid loads above the load, are left grey.
    grid = [
        [
            float(result.policy[x][y]) if result.law.probabilities[x] and y <= x else float("nan")
            for x in range(size)
        ]
        for y in range(size)
    ]
    axes.set_facecolor("#ececec")
    image = axes.imshow(grid, origin="lower", cmap="viridis", norm=PowerNorm(0.5, 0, 1), aspect="auto")
    ticks = _ticks(size)
    names = [number(result.law.loads[tick]) for tick in ticks]
    axes.set_xticks(ticks, names)
    axes.set_yticks(ticks, names)
    axes.set_xlabel(f"load, {result.law.unit}")
    axes.set_ylabel(f"grid load, {result.law.unit}")
    axes.set_title("The best policy: grid load given the load")
    bar = axes.figure.colorbar(image, ax=axes, label="probability", ticks=[0, 0.05, 0.2, 0.5, 1])
    bar.outline.set_visible(False)


def _draw_sequence(axes: "Axes", result: Result) -> None:
    loads = result.law.loads
    edges = [float(k) for k in range(len(result.sequence) + 1)]
    load = [float(loads[k]) for k in result.sequence]
    seen = [float(loads[k]) for k in result.seen]
    axes.stairs(load, edges, color=ORANGE, fill=True, alpha=0.35, label="load, rounded down to its level")
    axes.stairs(seen, edges, baseline=None, color=BLUE, linewidth=1.4, label="what the meter then reads")
    axes.set_xlim(0, max(edges))
    axes.set_ylim(0, max([*load, 1e-9]) * 1.05)
    axes.set_xlabel("slot")
    axes.set_ylabel(f"{result.law.unit} in a slot")
    axes.set_title("The policy at work")
    axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)


def draw(result: Result, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (13, 9.2), (0.15, 0.15)) as (figure, out):
        grid = figure.subplots(2, 2)
        _draw_curve(grid[0][0], result)
        _draw_laws(grid[0][1], result)
        _draw_policy(grid[1][0], result)
        _draw_sequence(grid[1][1], result)
        for axes in (grid[0][0], grid[0][1], grid[1][1]):
            axes.grid(True, color="#e6e6e6", linewidth=0.6)
            axes.set_axisbelow(True)
        for axes in grid.flat:
            axes.spines[["top", "right"]].set_visible(False)
        name = result.origin.get("home") or result.origin.get("file", "")
        figure.suptitle(
            f"What an alternative source of {number(result.power)} {result.law.unit} a slot can hide: {name}",
            fontsize=14,
        )
        figure.supxlabel(
            "Slots are taken as independent and alike, which real ones are not; the leakage is that of one"
            f" slot. Computed by {result.choice.target}.",
            fontsize=9,
            color="#444444",
        )
    return out.getvalue()
