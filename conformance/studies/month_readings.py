"""Thirty days of readings of a group of homes: whole days only, by the rules of readings.py."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from meter_privacy.conformance.studies.readings import (
    ABOVE,
    ABSENT,
    MISSING,
    NEGATIVE,
    NO_NUMBER,
    NO_ROW,
    ReadingsError,
    ReadingsFile,
    parse_kwh,
    reading_wh,
    rounded_watt_hours,
    watt_hours,
)

BROKEN_ROW = "row that cannot be read"


@dataclass(frozen=True)
class MonthReadings:
    """`readings[home][day]` has one integer of Wh per slot.

    `labels` are the file's days in the order taken; a file of fewer days than the month is taken again from
    its start. `left_out` says of each home passed over what was wrong with it first.
    """

    labels: tuple[str, ...]
    distinct: int
    homes: tuple[str, ...]
    readings: Mapping[str, tuple[tuple[int, ...], ...]]
    left_out: Mapping[str, str]
    changed: Mapping[str, int]


def _cells(file: ReadingsFile, chosen: set[str], days: set[str]) -> dict[str, dict[tuple[str, int], str]]:
    """The cells of the chosen homes and days; a row that cannot be read gives its home none."""
    cells: dict[str, dict[tuple[str, int], str]] = {home: {} for home in chosen}
    spoiled = set()
    for piece in file.pieces():
        if piece.home not in chosen or piece.day not in (*days, None):
            continue
        if piece.problem is not None or piece.day is None:
            spoiled.add(piece.home)
            continue
        own = cells[piece.home]
        for offset, cell in enumerate(piece.cells):
            place = (piece.day, piece.slot + offset)
            if place in own:
                raise ReadingsError(
                    f"{file.path}, line {piece.line}: home {piece.home} has two values for one slot of"
                    f" {piece.day}; which one is meant cannot be told"
                )
            own[place] = cell
    for home in spoiled:
        cells[home] = {}
    return cells


def _home(
    cells: Mapping[tuple[str, int], str], days: list[str], slots: int, maximum_wh: int, changed: Counter[str]
) -> tuple[tuple[int, ...], ...] | str:
    """A home's days, or what is wrong with the first cell that cannot be used."""
    if not cells:
        return BROKEN_ROW
    counts: Counter[str] = Counter()
    month = []
    for day in days:
        values = []
        for slot in range(slots):
            cell = cells.get((day, slot))
            if cell is None:
                return f"{NO_ROW}: {day}, slot {slot}"
            kwh = parse_kwh(cell)
            if kwh is None:
                problem = ABSENT if cell.strip().lower() in MISSING else NO_NUMBER
                return f"{problem}: {day}, slot {slot}"
            exact, whole = watt_hours(kwh), reading_wh(kwh, maximum_wh)
            if exact < 0:
                counts[NEGATIVE] += 1
            elif rounded_watt_hours(kwh) > maximum_wh:
                counts[ABOVE] += 1
            values.append(whole)
        month.append(tuple(values))
    changed.update(counts)
    return tuple(month)


def read_month(
    file: ReadingsFile, start: str | None, days: int, homes: int, maximum_wh: int
) -> MonthReadings:
    """The first `homes` homes of the file that have every slot of every day. Raises ReadingsError.

    start: the first day, by number or label. maximum_wh: the cap of a slot.
    """
    first = file.days.index(file.find_day(start))
    distinct = file.days[first : first + days]
    taken, found = 0, 0
    complete: dict[str, tuple[tuple[int, ...], ...]] = {}
    left_out: dict[str, str] = {}
    changed: Counter[str] = Counter()
    while found < homes and taken < len(file.homes):
        # Most files have few homes with gaps: half as many again are mostly enough, and else the next ones.
        chosen = file.homes[taken : taken + (homes - found) * 3 // 2 + 4]
        cells = _cells(file, set(chosen), set(distinct))
        for home in chosen:
            if len(complete) == homes:
                break
            month = _home(cells[home], distinct, file.slots, maximum_wh, changed)
            if isinstance(month, str):
                left_out[home] = month
            else:
                complete[home] = month
        taken, found = taken + len(chosen), len(complete)
    if found < homes:
        reasons = "; ".join(f"home {home}: {why}" for home, why in list(left_out.items())[:5])
        more = f" ({reasons}{'; ...' if len(left_out) > 5 else ''})" if left_out else ""
        raise ReadingsError(
            f"{file.path}: {found} of its {len(file.homes)} homes have every reading of"
            f" {len(distinct)} days from {distinct[0]} on, not {homes}{more}"
        )
    repeats = -(-days // len(distinct))
    return MonthReadings(
        labels=tuple((distinct * repeats)[:days]),
        distinct=len(distinct),
        homes=tuple(complete),
        readings={home: (month * repeats)[:days] for home, month in complete.items()},
        left_out=left_out,
        changed=dict(changed),
    )
