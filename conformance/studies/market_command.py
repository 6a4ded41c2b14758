"""The command `meter-privacy market`: from a file and the options to the report and an exit code."""

import json
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from meter_privacy.conformance.studies.command import (
    DONE,
    FAILED,
    MAXIMUM_W,
    check_outputs,
    check_slots,
    exit_code,
    progress_bar,
    write_atomically,
)
from meter_privacy.conformance.studies.market import (
    Choice,
    MarketError,
    Result,
    as_json,
    run_market,
)
from meter_privacy.conformance.studies.market_report import draw, print_result
from meter_privacy.conformance.studies.readings import ReadingsError, open_readings
from meter_privacy.conformance.tables import Tables


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
    check_outputs(plot=asked.plot, json=asked.json)
    check_slots(asked.slots)


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
    with progress_bar() as progress:
        return run_market(tables, file, day, choice, progress)


@exit_code(ReadingsError, MarketError)
def run(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    console = Console(highlight=False)
    result = _study(asked, tables, console)
    print_result(console, result)
    if asked.json is not None:
        text = json.dumps(as_json(result), indent=1, ensure_ascii=False) + "\n"
        write_atomically(asked.json, text.encode())
    if asked.plot is not None:
        write_atomically(asked.plot, draw(result, asked.plot.suffix.lower()[1:]))
    return DONE if result.sound else FAILED
