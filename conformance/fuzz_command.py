"""The command `meter-privacy fuzz`: a run of the fuzzer, shown live, and what it found, for people."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from meter_privacy.conformance import fuzz
from meter_privacy.conformance.runner import counted
from meter_privacy.conformance.tables import Tables, load_tables
from meter_privacy.conformance.targets import Options, make_target


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    targets: tuple[str, str]
    options: Options
    extra_tables: tuple[Path, ...]
    seconds: float
    seed: int | None
    wanted: str
    profile: str | None
    bits: int
    timeout: float | None
    save: Path
    progress: bool


@contextmanager
def _live(console: Console, seconds: float, shown: bool) -> Iterator[Callable[[fuzz.Progress], None]]:
    columns = (
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]:.0f} requests/s, {task.fields[found]}"),
        TextColumn("{task.description}", style="dim"),
    )
    live = Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal))
    with live:
        task = live.add_task("", total=seconds, rate=0.0, found=counted(0, "disagreement"))

        def report(progress: fuzz.Progress) -> None:
            live.update(
                task,
                completed=progress.elapsed,
                description=progress.scenario,
                rate=progress.rate,
                found=counted(len(progress.disagreements), "disagreement"),
            )

        yield report


def _show_counts(console: Console, tables: Tables, progress: fuzz.Progress) -> None:
    table = Table("operation", "requests", box=None, header_style="bold")
    table.columns[1].justify = "right"
    for name in tables.operations:
        if count := progress.requests[name]:
            table.add_row(name, str(count))
    console.print(table)
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(progress.answered.items()))
    console.print(f"first target's answers: {kinds}", highlight=False, soft_wrap=True, markup=False)


def _show_disagreement(
    console: Console, found: fuzz.Disagreement, repeats: int, path: Path, names: tuple[str, str]
) -> None:
    def say(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True, markup=False)

    console.print(f"\n[bold red]disagreement[/] on {found.request.operation} ({found.scenario.profile})")
    for request, answer in found.played[:-1]:
        before = request.given.raw or json.dumps(request.given.input)
        say(f"  before    {request.operation} {before} -> {fuzz.describe_answer(answer)}")
    given = found.request.given
    say(f"  input     {json.dumps(given.input) if given.raw is None else given.raw}")
    say(f"  which is  {given.tag}")
    for name, answer in zip(names, found.answers, strict=True):
        say(f"  {name}: {fuzz.describe_answer(answer)}")
    if not found.reproducible:
        say("  asked again, they agreed")
    if repeats:
        say(f"  the same two answers came to {repeats} more requests for this operation")
    say(f"  candidate {path}")


def run(asked: Asked) -> int:
    """Fuzz, show, save; the exit code. Raises CannotStart, TargetError, TableError, FuzzError."""
    console = Console()
    tables = load_tables(asked.extra_tables)
    seed = secrets.randbits(32) if asked.seed is None else asked.seed
    first, second = (make_target(name, asked.options) for name in asked.targets)
    with _live(Console(stderr=True), asked.seconds, asked.progress) as report:
        progress = fuzz.fuzz(
            tables,
            (first, second),
            seconds=asked.seconds,
            seed=seed,
            wanted=asked.wanted,
            profile=asked.profile,
            largest_bits=asked.bits,
            timeout=asked.timeout,
            report=report,
        )
    _show_counts(console, tables, progress)
    paths = fuzz.save(tables, progress.disagreements, seed, asked.save)
    for found, path in zip(progress.disagreements, paths, strict=True):
        _show_disagreement(console, found, progress.repeats[found.signature], path, asked.targets)
    total = progress.requests.total()
    console.print(
        f"{total} requests to each of {asked.targets[0]} and {asked.targets[1]} in {progress.elapsed:.0f} s "
        f"({progress.rate:.0f}/s), seed {seed}: {counted(len(progress.disagreements), 'disagreement')}",
        highlight=False,
        soft_wrap=True,
        markup=False,
    )
    return 1 if progress.disagreements else 0
