"""The command `meter-privacy dream-day`: from a file and the options to the report and an exit code."""

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from rich.console import Console

from meter_privacy.conformance.studies.command import (
    DONE,
    FAILED,
    MAXIMUM_W,
    Usage,
    check_outputs,
    check_slots,
    exit_code,
    progress_bar,
    write_atomically,
)
from meter_privacy.conformance.studies.dream_day import (
    Choice,
    DayError,
    Result,
    as_json,
    requests_expected,
    run_day,
)
from meter_privacy.conformance.studies.dream_day_report import draw, print_handled, print_result
from meter_privacy.conformance.studies.dream_private_day import Choice as PrivateChoice
from meter_privacy.conformance.studies.dream_private_day import PrivateDay, run_private_day
from meter_privacy.conformance.studies.dream_private_day import as_json as private_as_json
from meter_privacy.conformance.studies.dream_private_day import requests_expected as private_requests_expected
from meter_privacy.conformance.studies.dream_private_day_report import draw_private_day, print_private_day
from meter_privacy.conformance.studies.readings import MINUTES_PER_DAY, ReadingsError, open_readings
from meter_privacy.conformance.tables import Tables
from meter_privacy.conformance.values import Refusal, decode_real

MANY_SECONDS = 60
REQUESTS_PER_SECOND = 15_000
# Steps of sessions with the keys of a hundred meters.
PRIVATE_REQUESTS_PER_SECOND = 1_000


@dataclass(frozen=True)
class Asked:
    """The options of the command line."""

    file: Path
    day: str | None
    homes: int
    target: str
    profile: str
    partners: int | None
    maximum_wh: int | None
    missing: str | None
    home: str | None
    slots: int
    plot: Path | None
    json: Path | None
    seed: str
    epsilon: str | None = None
    fail: int | None = None
    collude: int | None = None
    tolerate: int | None = None

    @property
    def private(self) -> bool:
        """Whether the day is run with noise and recovery."""
        return any(value is not None for value in (self.epsilon, self.fail, self.collude, self.tolerate))


def parse_epsilon(text: str) -> Fraction:
    """A positive decimal or rational number of at most 64. Raises Usage."""
    try:
        epsilon = decode_real(text, "--epsilon")
    except Refusal as refusal:
        raise Usage(f"--epsilon {text}: expected a number such as 1, 0.5 or 1/3") from refusal
    if not 0 < epsilon <= 64:
        raise Usage(f"--epsilon {text}: expected a number above 0 and at most 64")
    return epsilon


def parse_missing(text: str, homes: list[str], slots: int) -> tuple[str, int]:
    """HOME:SLOT or HOME:HH:MM. Raises Usage."""
    if (match := re.fullmatch(r"(.+):([0-9]{1,2}):([0-9]{2})", text)) and match[1] in homes:
        minutes = int(match[2]) * 60 + int(match[3])
        slot, rest = divmod(minutes * slots, MINUTES_PER_DAY)
        if rest or slot >= slots or int(match[3]) > 59:
            raise Usage(f"--missing: no slot starts at {match[2]}:{match[3]}")
        return match[1], slot
    if (match := re.fullmatch(r"(.+):([0-9]{1,4})", text)) and match[1] in homes:
        return match[1], int(match[2])
    raise Usage(
        f"--missing {text}: expected HOME:SLOT (slots count from 0) or HOME:HH:MM, with a home of the file"
    )


def _check_paths(asked: Asked) -> None:
    check_outputs(plot=asked.plot, json=asked.json)
    check_slots(asked.slots)


def _warn(count: int, expected: int, a_second: int) -> None:
    if expected > MANY_SECONDS * a_second:
        minutes = expected / a_second / 60
        Console(stderr=True).print(
            f"About {expected:,} requests for {count} homes: some {minutes:.0f} minutes."
            " Fewer --homes or, in the published profile, fewer --partners take less."
        )


def _study(asked: Asked, tables: Tables, console: Console) -> Result | PrivateDay:
    _check_paths(asked)
    epsilon = parse_epsilon(asked.epsilon or "1")
    if asked.private and asked.missing is not None:
        raise Usage("--missing takes a report away from a day without noise; with noise it is --fail N")
    file = open_readings(asked.file, asked.slots)
    label = file.find_day(asked.day)
    maximum_wh = asked.maximum_wh or max(1, MAXIMUM_W * 24 // asked.slots)
    day = file.read_day(label, asked.homes, maximum_wh)
    if len(file.homes) > asked.homes:
        console.print(
            f"The first {asked.homes} of the file's {len(file.homes)} homes are taken; --homes takes more.\n"
        )
    if asked.private:
        private = PrivateChoice(
            asked.target, asked.profile, maximum_wh, asked.seed, epsilon, asked.fail or 0, asked.collude or 0,
            asked.tolerate, asked.partners, asked.home,
        )  # fmt: skip
        expected = private_requests_expected(len(day.homes), asked.slots)
        _warn(len(day.homes), expected, PRIVATE_REQUESTS_PER_SECOND)
        try:
            with progress_bar() as progress:
                return run_private_day(tables, file, day, private, progress)
        except DayError:
            print_handled(console, day)
            raise
    missing = None if asked.missing is None else parse_missing(asked.missing, file.homes, asked.slots)
    choice = Choice(asked.target, asked.profile, maximum_wh, asked.seed, asked.partners, missing, asked.home)
    count = len(day.homes)
    expected = requests_expected(count, asked.slots, asked.partners or count - 1)
    _warn(count, expected, REQUESTS_PER_SECOND)
    try:
        with progress_bar() as progress:
            return run_day(tables, file, day, choice, progress)
    except DayError:
        print_handled(console, day)
        raise


@exit_code(ReadingsError, DayError)
def run(asked: Asked, tables: Tables) -> int:
    """Do it all; answers the exit code, with the message on standard error."""
    console = Console(highlight=False)
    result = _study(asked, tables, console)
    print_private_day(console, result) if isinstance(result, PrivateDay) else print_result(console, result)
    if asked.json is not None:
        everything = private_as_json(result) if isinstance(result, PrivateDay) else as_json(result)
        text = json.dumps(everything, indent=1, ensure_ascii=False) + "\n"
        write_atomically(asked.json, text.encode())
    if asked.plot is not None:
        kind = asked.plot.suffix.lower()[1:]
        drawn = draw_private_day(result, kind) if isinstance(result, PrivateDay) else draw(result, kind)
        write_atomically(asked.plot, drawn)
    return DONE if result.equal else FAILED
