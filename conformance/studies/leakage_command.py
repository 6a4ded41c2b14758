"""The command `meter-privacy leakage`: from a file and the options to the report and an exit code."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from rich.console import Console

from meter_privacy.conformance.studies.command import (
    DONE,
    MAXIMUM_W,
    Usage,
    check_outputs,
    check_slots,
    exit_code,
    write_atomically,
)
from meter_privacy.conformance.studies.leakage import (
    Choice,
    LeakageError,
    Result,
    as_json,
    choose_home,
    quantise,
    read_homes,
    read_law,
    run,
    sequence_of,
)
from meter_privacy.conformance.studies.leakage_report import draw, print_result
from meter_privacy.conformance.studies.readings import ReadingsError, open_readings
from meter_privacy.conformance.tables import Tables

DEFAULT_SHARE = Fraction(3, 10)
SHOWN_SLOTS = 96


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    file: Path
    levels: int
    spacing: str
    power: str | None
    power_absolute: str | None
    home: str | None
    target: str
    profile: str
    maximum_wh: int | None
    slots: int
    plot: Path | None
    json: Path | None
    seed: int


def parse_number(text: str | None, name: str) -> Fraction | None:
    """A decimal or rational number, at least 0. Raises Usage."""
    if text is None:
        return None
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise Usage(f"{name} {text[:40]}: expected a number such as 0.3 or 1/3") from error
    if value < 0:
        raise Usage(f"{name} {text[:40]}: a power cannot be negative")
    return value


def _choice(asked: Asked) -> Choice:
    share = parse_number(asked.power, "--power")
    absolute = parse_number(asked.power_absolute, "--power-absolute")
    if share is not None and absolute is not None:
        raise Usage("say --power or --power-absolute, not both")
    if share is None and absolute is None:
        share = DEFAULT_SHARE
    return Choice(asked.target, asked.profile, share, absolute, asked.seed)


def _check_paths(asked: Asked) -> None:
    check_outputs(plot=asked.plot, json=asked.json)
    check_slots(asked.slots)


def _study(asked: Asked, tables: Tables) -> Result:
    _check_paths(asked)
    choice = _choice(asked)
    if asked.file.suffix.lower() == ".json":
        if asked.home is not None:
            raise Usage(f"--home {asked.home}: a load given as JSON has no homes")
        law = read_law(asked.file)
        sequence = sequence_of(law, None, SHOWN_SLOTS, asked.seed)
        return run(tables, law, choice, sequence, {"file": asked.file.name})
    file = open_readings(asked.file, asked.slots)
    maximum_wh = asked.maximum_wh or max(1, MAXIMUM_W * 24 // asked.slots)
    home = choose_home(read_homes(file, asked.home, maximum_wh), asked.home)
    law = quantise(home.readings, asked.levels, asked.spacing)
    chosen = "" if asked.home is not None else f" (the median of {len(file.homes)} by mean load)"
    origin = {
        "file": f"{asked.file.name}, {file.layout} layout, {len(file.days)} days of {file.slots} slots",
        "home": f"home {home.name}{chosen}",
        "readings": len(home.readings),
        "cap": f"{maximum_wh} Wh a slot",
        "spacing": asked.spacing,
        "handled": dict(home.handled),
    }
    sequence = sequence_of(law, home.readings, asked.slots, asked.seed)
    return run(tables, law, choice, sequence, origin)


@exit_code(ReadingsError, LeakageError)
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    console = Console(highlight=False)
    result = _study(asked, tables)
    print_result(console, result)
    if asked.json is not None:
        write_atomically(
            asked.json, (json.dumps(as_json(result), indent=1, ensure_ascii=False) + "\n").encode()
        )
    if asked.plot is not None:
        write_atomically(asked.plot, draw(result, asked.plot.suffix.lower()[1:]))
    return DONE
