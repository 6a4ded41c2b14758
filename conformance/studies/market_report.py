"""What a day of the market shows: tables in the terminal, and a picture of four panels."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from meter_privacy.conformance.studies.dream_day_report import BLUE, GREEN, GREY, ORANGE, print_handled
from meter_privacy.conformance.studies.market import Caught, Result
from meter_privacy.conformance.studies.pictures import picture, quiet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LIMITS = (
    "The report server sees every reading, without the home's name; homes that mind take shares or DREAM.",
    "The utility sees how much was bought and how much was paid at once: equal amounts tell who is who.",
    "Nothing ties what is paid to what was metered but the report server's word (E-ERRATUM-23).",
    "What hides who sends, the channel, is not part of this: over an open line all of it is in vain.",
    "The energy that is sold is assumed, 2000 to 3000 Wh a seller: the file has no production.",
)


def _table(title: str, *columns: str, left: tuple[str, ...] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in left else "right")
    return table


def print_flows(console: Console, result: Result) -> None:
    """What went where, home by home."""
    names = ("home", "used", "fee", "sold", "bought", "paid", "change", "tokens", "reward")
    title = "Flows of the day, in Wh; fee and reward in the tariff's smallest unit"
    table = _table(title, *names, left=("home",))
    for home in result.homes:
        numbers = (
            home.used_wh, home.fee, home.sold_wh, home.bought_wh, home.paid_wh, home.change_wh, home.tokens,
            home.reward,
        )  # fmt: skip
        table.add_row(home.name, *(str(number) for number in numbers))
    console.print(table)
    right = sum(slot.true_wh == slot.told_wh for slot in result.slots)
    told, true, slot = result.shared
    console.print(f"\n{right} of {len(result.slots)} slots' totals are right.", end=" ")
    console.print(f"The peak, slot {slot}: {told:,} Wh from 2 of 3 servers' shares, {true:,} Wh used.\n")


def print_seen(console: Console, result: Result) -> None:
    """What each party saw, and what hides among how many."""
    table = _table("What each party saw", "party", "what", "times", left=("party", "what"))
    for party, kinds in result.seen.items():
        for place, (what, count) in enumerate(sorted(kinds.items())):
            table.add_row(party if place == 0 else "", what, f"{count:,}")
    console.print(table)
    console.print()
    hidden = _table("Anonymity sets", "what", "hides among", "size", left=("what", "hides among"))
    for item in result.hidden:
        hidden.add_row(item.what, item.among, f"{item.size:,}")
    console.print(hidden)
    console.print()
    for limit in LIMITS:
        console.print(Text(f"- {limit}"))
    console.print()


def print_caught(console: Console, caught: Caught) -> None:
    """The cheat: what was tried, what came of it, and the evidence."""
    console.print(Text(f"Cheat {caught.cheat}: {caught.who} {caught.how}", style="bold"))
    table = _table("", "who", "does what", "answer", left=("who", "does what", "answer"))
    for step in caught.steps:
        answer = f"refused, {step.refused}: {step.note}" if step.refused else step.note or "accepted"
        table.add_row(step.who, step.what, Text(answer))
    console.print(table)
    console.print()
    for what, value in caught.evidence:
        console.print(Text(f"{what}:\n    {value}"))
    verdict = "The evidence holds." if caught.holds else "THE CHEAT IS NOT CAUGHT."
    console.print(Text(f"\n{verdict}", style="bold" if caught.holds else "bold red"))


def print_result(console: Console, result: Result) -> None:
    """Everything that a run shows."""
    implementations = {
        target: f"{told['name']} {told['version']}" for target, told in result.described.items()
    }
    console.print(
        f"Day {result.day.label} of {result.file.path.name}: {len(result.homes)} homes,"
        f" {result.choice.profile} profile, answered by {', '.join(implementations.values())};"
        f" {result.requests:,} requests in {result.seconds:.1f} s\n"
    )
    print_handled(console, result.day)
    print_flows(console, result)
    print_seen(console, result)
    if result.caught is not None:
        print_caught(console, result.caught)


# ---- The picture ---------------------------------------------------------------------------------


def _draw_flows(axes: "Axes", result: Result) -> None:
    places = range(len(result.homes))
    series = (
        ("used", GREY, [home.used_wh for home in result.homes]),
        ("bought", BLUE, [home.bought_wh for home in result.homes]),
        ("sold", GREEN, [home.sold_wh for home in result.homes]),
        ("paid", ORANGE, [home.paid_wh for home in result.homes]),
    )
    for number, (label, colour, values) in enumerate(series):
        heights = [value / 1000 for value in values]
        axes.bar([place + (number - 1.5) * 0.2 for place in places], heights, 0.2, color=colour, label=label)
    axes.set_xticks(list(places), [home.name for home in result.homes], rotation=60, fontsize=7)
    axes.set_ylabel("kWh")
    axes.set_title("Energy of the day, home by home")
    axes.legend(ncols=4, frameon=False, fontsize=8)


def _draw_totals(axes: "Axes", result: Result) -> None:
    hours = [slot.slot * 24 / result.file.slots for slot in result.slots]
    axes.step(hours, [s.true_wh / 1000 for s in result.slots], where="post", color=GREY, linewidth=5)
    axes.step(hours, [s.told_wh / 1000 for s in result.slots], where="post", color=BLUE, linewidth=1.3)
    told, _, slot = result.shared
    axes.scatter([slot * 24 / result.file.slots], [told / 1000], color=ORANGE, marker="D", zorder=3)
    axes.set_xlim(0, 24)
    axes.set_xlabel("hour")
    axes.set_ylabel("kWh in a slot")
    axes.set_title("Totals: used, told the utility; the peak from shares")


def _draw_hidden(axes: "Axes", result: Result) -> None:
    sizes = [item.size for item in result.hidden]
    axes.barh(range(len(sizes)), sizes, color=GREEN)
    axes.set_yticks(range(len(sizes)), [item.what for item in result.hidden], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("size of the anonymity set")
    axes.set_title("What hides among how many")


def _draw_seen(axes: "Axes", result: Result) -> None:
    rows = [
        (f"{party}: {what}", count) for party, kinds in result.seen.items() for what, count in kinds.items()
    ]
    axes.barh(range(len(rows)), [count for _, count in rows], color=BLUE)
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), [label for label, _ in rows], fontsize=6)
    axes.invert_yaxis()
    axes.set_xlabel("times")
    axes.set_title("What each party saw")


def draw(result: Result, kind: str) -> bytes:
    """The picture as `kind`, svg or png."""
    with picture(kind, (14, 9.2), (0.15, 0.15)) as (figure, out):
        grid = figure.subplots(2, 2)
        _draw_flows(grid[0][0], result)
        _draw_totals(grid[0][1], result)
        _draw_seen(grid[1][0], result)
        _draw_hidden(grid[1][1], result)
        quiet(grid.flat)
        figure.suptitle(
            f"The market of {len(result.homes)} homes on day {result.day.label}"
            f" ({result.choice.profile} profile, target {result.choice.target})",
            fontsize=14,
        )
    return out.getvalue()
