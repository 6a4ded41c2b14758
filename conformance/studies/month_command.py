"""The commands `meter-privacy month` and `month-keys`: from files and options to reports and exit codes."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from meter_privacy.conformance.studies.command import (
    DONE,
    FAILED,
    MAXIMUM_W,
    UNFINISHED,
    USAGE,
    Progress,
    Usage,
    check_outputs,
    check_slots,
    exit_code,
    progress_bar,
    write_atomically,
)
from meter_privacy.conformance.studies.crew import Crew
from meter_privacy.conformance.studies.month import (
    Choice,
    Month,
    MonthError,
    Result,
    crew_of,
    least_operations,
)
from meter_privacy.conformance.studies.month_keys import (
    Keys,
    KeysError,
    keys_of,
    make_keys,
    packaged_keys,
    read_keys,
)
from meter_privacy.conformance.studies.month_readings import read_month
from meter_privacy.conformance.studies.month_report import as_json, draw, page, print_result
from meter_privacy.conformance.studies.month_tamper import Attempt, tamper
from meter_privacy.conformance.studies.parties import TargetLost, WrongAnswer
from meter_privacy.conformance.studies.readings import ReadingsError, open_readings
from meter_privacy.conformance.studies.tariff import EXAMPLE, TariffError, read_tariff
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.targets import CannotStart, TargetError

HARDENED_BITS = 3072


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    file: Path
    tariff: Path | None
    homes: int
    days: int
    start: str | None
    target: str
    profile: str
    keys: Path | None
    key_bits: int | None
    processes: int | None
    slots: int
    tamper: tuple[str, ...]
    plot: Path | None
    html: Path | None
    json: Path | None
    seed: str


def _check_paths(asked: Asked) -> None:
    check_outputs(plot=asked.plot, html=asked.html, json=asked.json)
    check_slots(asked.slots)
    if asked.keys is not None and asked.key_bits is not None:
        raise Usage("say --keys or --key-bits, not both")
    if asked.key_bits is not None:
        check_bits(asked.key_bits)
        if asked.profile == "hardened" and asked.key_bits < HARDENED_BITS:
            raise Usage(f"--key-bits {asked.key_bits}: the hardened profile asks for {HARDENED_BITS} or more")


def check_bits(bits: int) -> None:
    """A modulus is of two primes of one length. Raises Usage."""
    if bits % 2:
        raise Usage(f"--key-bits {bits}: two primes of one length make an even number of bits")


def _keys(asked: Asked, crew: Crew, progress: Progress) -> Keys:
    if asked.keys is not None:
        keys = read_keys(asked.keys)
    elif asked.key_bits is not None:
        keys = keys_of(make_keys(crew, asked.seed, asked.key_bits, asked.homes, progress))
    else:
        keys = packaged_keys(asked.profile)
    if asked.profile == "hardened" and keys.bits < HARDENED_BITS:
        raise KeysError(
            f"{keys.source} has keys of {keys.bits} bits; the hardened profile asks for {HARDENED_BITS}"
        )
    return keys


def _study(asked: Asked, tables: Tables) -> tuple[Result, list[Attempt]]:
    _check_paths(asked)
    tariff = read_tariff(asked.tariff or EXAMPLE)
    file = open_readings(asked.file, asked.slots)
    cap = min(max(1, MAXIMUM_W * 24 // asked.slots), tariff.maximum_wh)
    readings = read_month(file, asked.start, asked.days, asked.homes, cap)
    choice = Choice(
        asked.target, asked.profile, asked.seed, asked.processes or max(1, min(8, os.cpu_count() or 1))
    )
    intervals = asked.days * tariff.intervals
    planned = least_operations(asked.homes, intervals, asked.days)
    Console(stderr=True).print(
        f"{asked.homes} homes, {asked.days} days of {tariff.intervals} intervals: "
        + ", ".join(f"{count:,} {kind}" for kind, count in planned.items())
        + f"; in each peak {asked.homes} comparisons."
    )
    with crew_of(tables, choice) as crew, progress_bar() as progress:
        month = Month(crew, file, readings, tariff, _keys(asked, crew, progress), choice, progress)
        result = month.run()
        return result, tamper(month, asked.tamper)


@exit_code(ReadingsError, TariffError, KeysError, MonthError)
def run_command(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    console = Console(highlight=False)
    result, attempts = _study(asked, tables)
    print_result(console, result, attempts)
    if asked.json is not None:
        text = json.dumps(as_json(result, attempts), indent=1, ensure_ascii=False) + "\n"
        write_atomically(asked.json, text.encode())
    if asked.plot is not None:
        write_atomically(asked.plot, draw(result, asked.plot.suffix.lower()[1:]))
    if asked.html is not None:
        write_atomically(asked.html, page(result, attempts).encode())
    return DONE if result.whole and all(attempt.refused for attempt in attempts) else FAILED


def run_keys(out: Path, homes: int, bits: int, seed: str, target: str, tables: Tables) -> int:
    """Make a key file; answers the exit code, with the message on standard error."""
    try:
        check_bits(bits)
        if out.is_dir() or not out.absolute().parent.is_dir():
            raise Usage(f"{out}: there is no such folder, or this is one")
        crew = Crew(tables, target, "published", max(1, min(8, os.cpu_count() or 1)))
        with crew, progress_bar() as progress:
            value = make_keys(crew, seed, bits, homes, progress)
        write_atomically(out, (json.dumps(value, indent=1) + "\n").encode())
    except (Usage, KeysError, TargetError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return USAGE
    except (CannotStart, OSError) as error:
        print(f"Error: the keys could not be made: {error}", file=sys.stderr)
        return UNFINISHED
    except (TargetLost, WrongAnswer) as error:
        print(f"Error: the implementation failed: {error}", file=sys.stderr)
        return FAILED
    print(f"{out}: {homes} homes, {bits} bits. {value['warning']}")
    return DONE
