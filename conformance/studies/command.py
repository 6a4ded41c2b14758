"""What the studies' commands share: exit codes, checks of options, a progress bar, files written whole."""

import functools
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from meter_privacy.conformance.studies.parties import TargetLost, WrongAnswer
from meter_privacy.conformance.studies.readings import MINUTES_PER_DAY
from meter_privacy.conformance.targets import CannotStart, TargetError

DONE, FAILED, USAGE, UNFINISHED = 0, 1, 2, 3

# 25 kW, more than a home's connection carries for long.
MAXIMUM_W = 25_000

P = ParamSpec("P")
# What is done, how much of it, and of how much.
Progress = Callable[[str, int, int], None]


class Usage(Exception):
    """What was asked for cannot be done; exit code 2."""


def exit_code(
    *mistakes: type[Exception], failures: tuple[type[Exception], ...] = ()
) -> Callable[[Callable[P, int]], Callable[P, int]]:
    """Let a command answer an exit code where it is stopped as well, with the message on standard error.

    mistakes: what says, besides Usage, that the file or the options will not do. failures: what says, besides
    a target that is lost or wrong, that the implementation failed.
    """

    wrong: tuple[type[Exception], ...] = (Usage, TargetError, *mistakes)
    failed: tuple[type[Exception], ...] = (TargetLost, WrongAnswer, *failures)

    def decorate(command: Callable[P, int]) -> Callable[P, int]:
        @functools.wraps(command)
        def run(*args: P.args, **options: P.kwargs) -> int:
            try:
                return command(*args, **options)
            except wrong as error:
                print(f"Error: {error}", file=sys.stderr)
                return USAGE
            except (CannotStart, OSError) as error:
                print(f"Error: the run could not be finished: {error}", file=sys.stderr)
                return UNFINISHED
            except failed as error:
                print(f"Error: the implementation failed: {error}", file=sys.stderr)
                return FAILED

        return run

    return decorate


def check_outputs(**paths: Path | None) -> None:
    """Refuse files to write, each named as its option, that cannot be written as they are. Raises Usage."""
    plot = paths.get("plot")
    if plot is not None and plot.suffix.lower() not in (".svg", ".png"):
        raise Usage(f"--plot {plot}: expected a name that ends in .svg or .png")
    for name, path in paths.items():
        if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
            raise Usage(f"--{name} {path}: there is no such folder, or this is one")


def check_slots(slots: int) -> None:
    """Refuse a number of slots that do not divide a day into whole minutes. Raises Usage."""
    if MINUTES_PER_DAY % slots:
        raise Usage(f"--slots-per-day {slots}: a day of 1440 minutes has no such slots of whole minutes")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on standard error, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
