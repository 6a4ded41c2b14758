"""The commands `meter-privacy dream tables` and `dream homes`: from the options to an exit code."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from meter_privacy.conformance.studies import dream_tables, households
from meter_privacy.conformance.studies.command import DONE, FAILED, exit_code, write_atomically
from meter_privacy.conformance.studies.dream_tables import StudyError
from meter_privacy.conformance.studies.dream_tables_report import draw, print_result
from meter_privacy.conformance.studies.households import GateFailed, MissingTables
from meter_privacy.conformance.studies.readings import ReadingsError
from meter_privacy.conformance.tables import Tables

EXCERPT = Path(__file__).parent / "data" / "swiss_40_homes_w50.csv"


@dataclass(frozen=True)
class Asked:
    """The options of `dream tables`."""

    homes: int
    seed: int
    month: int
    weekend: bool
    clusters: int
    readings: Path | None
    slots: int
    target: str
    profile: str
    plot: Path | None
    json: Path | None


@dataclass(frozen=True)
class AskedHomes:
    """The options of `dream homes`."""

    file: Path
    homes: int
    seed: int
    month: int
    weekend: bool
    minutes: int


def _check_paths(*paths: tuple[str, Path | None]) -> None:
    for name, path in paths:
        if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
            raise StudyError(f"{name} {path}: there is no such folder, or this is one")
        if name == "--plot" and path is not None and path.suffix.lower() not in (".svg", ".png"):
            raise StudyError(f"--plot {path}: expected a name that ends in .svg or .png")


def _study(asked: Asked, tables: Tables) -> None:
    _check_paths(("--plot", asked.plot), ("--json", asked.json))
    if households.MINUTES % asked.slots:
        raise StudyError(
            f"--slots-per-day {asked.slots}: a day of 1440 minutes has no such slots of whole minutes"
        )
    wanted = dream_tables.Asked(
        asked.homes, asked.seed, asked.month, asked.weekend, asked.clusters, asked.target, asked.profile
    )
    real = (asked.readings or EXCERPT, asked.slots)
    progress = Console(stderr=True)
    if progress.is_terminal:
        with progress.status("") as status:
            result = dream_tables.run(tables, wanted, real, status.update)
    else:
        result = dream_tables.run(tables, wanted, real)
    print_result(Console(highlight=False), result)
    if asked.json is not None:
        text = json.dumps(dream_tables.as_json(result), indent=1, ensure_ascii=False, default=str) + "\n"
        write_atomically(asked.json, text.encode())
    if asked.plot is not None:
        write_atomically(asked.plot, draw(result, asked.plot.suffix.lower()[1:]))


def _homes(asked: AskedHomes) -> None:
    _check_paths(("FILE", asked.file))
    if households.MINUTES % asked.minutes:
        raise StudyError(f"--minutes {asked.minutes}: a day of 1440 minutes has no such slots")
    constants = households.load_constants()
    households.check_gate(households.gauge(constants, dream_tables.GATE_HOMES, asked.seed))
    homes = households.draw_homes(constants, asked.homes, asked.seed, asked.month, asked.weekend)
    kwh = households.simulate(constants, homes, asked.seed).means_w(asked.minutes) * asked.minutes / 60_000
    slots = households.MINUTES // asked.minutes
    lines = ["home,day," + ",".join(f"s{slot:03d}" for slot in range(slots))]
    day = f"{asked.month:02d}-{'weekend' if asked.weekend else 'weekday'}"
    for number, row in enumerate(kwh):
        lines.append(f"h{number:04d},{day}," + ",".join(f"{value:.6f}" for value in row))
    write_atomically(asked.file, ("\n".join(lines) + "\n").encode())


@exit_code(StudyError, MissingTables, ReadingsError)
def _finish(work: Callable[[], None]) -> int:
    try:
        work()
    except GateFailed as error:
        print(f"Error: no table is made, the simulator does not pass its gate: {error}", file=sys.stderr)
        return FAILED
    return DONE


def run(asked: Asked, tables: Tables) -> int:
    """Make the tables; answers the exit code, with the message on standard error."""
    return _finish(lambda: _study(asked, tables))


def run_homes(asked: AskedHomes) -> int:
    """Write simulated homes; answers the exit code, with the message on standard error."""
    return _finish(lambda: _homes(asked))
