"""Paper E's figure 2, and what a deposit in Bitcoin is worth to whom, drawn from a target's answers.

The order of the steps is that of the suite's own script, the payoffs are `tasking.deposit_payoffs`.
"""

import html
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from meter_privacy.conformance.studies.command import DONE, USAGE, exit_code, write_atomically
from meter_privacy.conformance.studies.parties import Parties
from meter_privacy.conformance.tables import Tables

PAYOFFS = "tasking.deposit_payoffs"
PROFILE = "published"

LANES = ("utility", "task server", "meter", "report server", "bank")
# Who speaks to whom at each operation; signing is done by whose turn it is.
ARROWS: dict[str, tuple[int, int, str]] = {
    "server_register": (0, 1, "1 the signed task"),
    "server_tasks": (1, 2, "2 the whole list"),
    "meter_task": (2, 2, "3 consent"),
    "mark": (2, 2, "4 digest c and mark s"),
    "seal_mark": (2, 3, "5 result, sealed c and s"),
    "check_receipt": (3, 2, "6 a signed receipt"),
    "server_release": (3, 1, "7 how many answered, cell by cell"),
    "open_mark": (3, 0, "8 results and boxes"),
    "bank_payment": (0, 4, "9 what is paid for s"),
    "bank_claim": (2, 4, "10 s, c and N, anonymously"),
}
CAPTIONS = (
    (
        "What the paper claims",
        "That a deposit which both must sign for makes the user sure of the reward: the utility cannot"
        " take it back.",
    ),
    (
        "What the rows show",
        "Where the user worked and the utility does not sign, the user has the cost of the work and nothing"
        " else, with a refund and without. As printed the deposit is lost for both, work or no work:"
        " that is a threat, which serves a user who did nothing as well. With the refund the utility gets it"
        " back, and commits itself to nothing.",
    ),
)

Row = Mapping[str, int]


@dataclass(frozen=True)
class Asked:
    """The options of the command line; amounts in the smallest unit of money."""

    out: Path
    target: str
    kind: str
    deposit: int
    reward: int
    value: int
    cost: int


def steps_of() -> list[str]:
    """The operations of the suite's script from a task to its reward, in their order."""
    text = resources.files("meter_privacy.vectors") / "tasking" / "script-reward-published.json"
    script = json.loads(text.read_text(encoding="utf-8"))["tests"][0]
    names = (step["operation"].removeprefix("tasking.") for step in script["steps"])
    return [name for name in names if name in ARROWS]


def payoffs_of(ask: Callable[[str, Sequence[Mapping[str, Any]]], list[Any]], asked: Asked) -> list[list[Row]]:
    """The rows without the refund's branch, and with it."""
    amounts = {name: getattr(asked, name) for name in ("deposit", "reward", "value", "cost")}
    found: list[list[Row]] = ask(PAYOFFS, [{**amounts, "refundable": refund} for refund in (0, 1)])
    return found


def label(row: Row) -> str:
    """What happened in a row."""
    said = (
        "user works" if row["worked"] else "no work",
        "utility signs" if row["offered"] else "utility refuses",
    )
    return ", ".join((*said, "user signs" if row["agreed"] else "user refuses"))


def saved(figure: Any, kind: str) -> bytes:
    """A figure as the bytes of a file, the same every time."""
    out = io.BytesIO()
    figure.savefig(out, format=kind, metadata={"Date": None} if kind == "svg" else {"Software": None})
    return out.getvalue()


def draw_sequence(kind: str) -> bytes:
    """Figure 2: parties as lanes, steps as arrows from top to bottom."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "meter-privacy", "font.size": 9}):
        steps = steps_of()
        figure = Figure(figsize=(9, 6), layout="constrained")
        axes = figure.add_subplot()
        for place, name in enumerate(LANES):
            axes.axvline(place, color="#999999", linewidth=0.8, zorder=0)
            axes.text(place, 0, name, ha="center", va="center", bbox={"facecolor": "white"})
        for number, step in enumerate(steps, 1):
            start, end, text = ARROWS[step]
            if start == end:
                axes.plot(start, -number, marker="o", color="#0072b2")
                axes.text(start + 0.08, -number, text, va="center")
                continue
            arrow = {"arrowstyle": "->", "color": "#0072b2", "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (end, -number), (start, -number), arrowprops=arrow)
            axes.text((start + end) / 2, -number + 0.12, text, ha="center", va="bottom")
        axes.set_xlim(-0.5, len(LANES) - 0.5)
        axes.set_ylim(-len(steps) - 0.7, 0.6)
        axes.axis("off")
        return saved(figure, kind)


def draw_payoffs(found: Sequence[Sequence[Row]], kind: str) -> bytes:
    """The payoffs of utility and user, as printed and with the refund."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "meter-privacy", "font.size": 9}):
        figure = Figure(figsize=(9, 4.5), layout="constrained")
        panels = figure.subplots(1, 2, sharex=True, sharey=True)
        titles = ("as printed: both must sign", "with a refund after the lock time")
        for axes, rows, title in zip(panels, found, titles, strict=True):
            for offset, party, colour in ((-0.2, "utility", "#0072b2"), (0.2, "user", "#d55e00")):
                places = [number + offset for number in range(len(rows))]
                axes.barh(places, [row[party] for row in rows], 0.38, color=colour, label=party)
            axes.axvline(0, color="black", linewidth=0.8)
            axes.set_title(title)
        panels[0].set_yticks(range(len(found[0])), [label(row) for row in found[0]])
        panels[0].invert_yaxis()
        panels[0].legend(loc="lower left")
        return saved(figure, kind)


def table_of(found: Sequence[Sequence[Row]]) -> Table:
    """The payoffs for a terminal."""
    table = Table("what happens", "utility, printed", "user, printed", "utility, refund", "user, refund")
    for printed, ours in zip(*found, strict=True):
        numbers = (printed["utility"], printed["user"], ours["utility"], ours["user"])
        table.add_row(label(printed), *(str(number) for number in numbers))
    return table


def page(asked: Asked) -> str:
    """The captions and the pictures."""
    amounts = f"deposit {asked.deposit}, reward {asked.reward}, worth {asked.value}, costing {asked.cost}"
    captions = "".join(f"<h3>{html.escape(a)}</h3><p>{html.escape(b)}</p>" for a, b in CAPTIONS)
    return (
        "<!doctype html><meta charset='utf-8'><title>Tasks and rewards</title>"
        "<h2>Figure 2. From a task to its reward</h2>"
        f"<img src='figure_2.{asked.kind}' alt='The steps of the script, party by party'>"
        f"<h2>A deposit: {html.escape(amounts)}</h2>"
        f"<img src='deposit.{asked.kind}' alt='Gains over doing nothing'>{captions}\n"
    )


def redraw(asked: Asked, tables: Tables) -> list[Path]:
    """Write the pictures and their page, and print the table.

    Raises TargetError, CannotStart, TargetLost, WrongAnswer, OSError.
    """
    with Parties(tables, asked.target, PROFILE) as parties:
        found = payoffs_of(parties.ask, asked)
    Console().print(table_of(found))
    written = [asked.out / name for name in (f"figure_2.{asked.kind}", f"deposit.{asked.kind}", "index.html")]
    made = (draw_sequence(asked.kind), draw_payoffs(found, asked.kind), page(asked).encode())
    for path, data in zip(written, made, strict=True):
        write_atomically(path, data)
    return written


@exit_code()
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    if asked.reward > asked.deposit:
        print("Error: the reward is paid out of the deposit and cannot be above it", file=sys.stderr)
        return USAGE
    asked.out.mkdir(parents=True, exist_ok=True)
    written = redraw(asked, tables)
    for path in written:
        print(path)
    return DONE
