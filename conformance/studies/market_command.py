"""The command `meter-privacy market`: from a file and the options to the report and an exit code."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from meter_privacy.conformance.studies.dream_day import write_atomically
from meter_privacy.conformance.studies.dream_day_command import (
    DONE,
    FAILED,
    MAXIMUM_W,
    UNFINISHED,
    USAGE,
    Usage,
)
from meter_privacy.conformance.studies.market import (
    Choice,
    MarketError,
    Progress,
    Result,
    as_json,
    run_market,
)
from meter_privacy.conformance.studies.market_report import draw, print_result
from meter_privacy.conformance.studies.parties import TargetLost, WrongAnswer
from meter_privacy.conformance.studies.readings import MINUTES_PER_DAY, ReadingsError, open_readings
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import CannotStart, TargetError


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    file: Path
    day: str | None
    homes: int
    sellers: int | None
    target: str
    profile: str
    maximum_wh: int | None
    cheat: str | None
    slots: int
    plot: Path | None
    json: Path | None
    seed: str


def _check_paths(asked: Asked) -> None:
    if asked.plot is not None and asked.plot.suffix.lower() not in (".svg", ".png"):
        raise Usage(f"--plot {asked.plot}: expected a name that ends in .svg or .png")
    for name, path in (("--plot", asked.plot), ("--json", asked.json)):
        if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
            raise Usage(f"{name} {path}: there is no such folder, or this is one")
    if MINUTES_PER_DAY % asked.slots:
        raise Usage(f"--slots-per-day {asked.slots}: a day of 1440 minutes has no such slots")


@contextmanager
def _progress() -> Iterator[Progress]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def _study(asked: Asked, tables: Tables, console: Console) -> Result:
    _check_paths(asked)
    file = open_readings(asked.file, asked.slots)
    label = file.find_day(asked.day)
    maximum_wh = asked.maximum_wh or max(1, MAXIMUM_W * 24 // asked.slots)
    day = file.read_day(label, asked.homes, maximum_wh)
    if len(file.homes) > asked.homes:
        console.print(
            f"The first {asked.homes} of the file's {len(file.homes)} homes are taken; --homes takes more.\n"
        )
    sellers = asked.sellers if asked.sellers is not None else len(day.homes) // 4
    choice = Choice(asked.target, asked.profile, maximum_wh, asked.seed, sellers, asked.cheat)
    with _progress() as progress:
        return run_market(tables, file, day, choice, progress)


def run(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    console = Console(highlight=False)
    try:
        result = _study(asked, tables, console)
        print_result(console, result)
        if asked.json is not None:
            text = json.dumps(as_json(result), indent=1, ensure_ascii=False) + "\n"
            write_atomically(asked.json, text.encode())
        if asked.plot is not None:
            write_atomically(asked.plot, draw(result, asked.plot.suffix.lower()[1:]))
    except (Usage, ReadingsError, MarketError, TargetError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return USAGE
    except (CannotStart, OSError) as error:
        print(f"Error: the run could not be finished: {error}", file=sys.stderr)
        return UNFINISHED
    except (TargetLost, WrongAnswer) as error:
        print(f"Error: the implementation failed: {error}", file=sys.stderr)
        return FAILED
    return DONE if result.sound else FAILED
