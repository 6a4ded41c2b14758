"""Real meter readings from CSV files: one day of many homes, in integer Wh, with a report of every value
that was not taken as it stood.

Two layouts are read, comma, semicolon or tab separated, plain or gzip, with a header line:

wide    a home column, optionally a week, day or date column, then one column per slot in kWh. A row may hold
        several days. The Swiss homes (VID, week, V001 to V672) are of this layout.
long    three columns, one row per home and slot: home, time (ISO 8601, the slot's start), kwh.

The energy of a slot is a decimal number of kWh with a point; blank, NA, NaN and null mean missing.
"""

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path

MINUTES_PER_DAY = 24 * 60

HOME_NAMES = ("home", "home_id", "household", "household_id", "meter", "meter_id", "vid", "id")
GROUP_NAMES = ("week", "day", "date")
TIME_NAMES = ("time", "timestamp", "datetime")
ENERGY_NAMES = ("kwh", "energy_kwh", "kwh_per_slot")
MISSING = ("", "na", "n/a", "nan", "null", "none")

EXPECTED = (
    "expected a header line and either one row per home (a column named home or VID, optionally week, day or"
    " date, then one column per slot in kWh) or one row per home and slot (columns home, time, kwh)"
)

# The rules, in the words in which the help text and the report give them.
NEGATIVE = "negative"
ABOVE = "above the cap"
ABSENT = "missing"
NO_NUMBER = "not a number"
NO_ROW = "no row"
COLUMNS = "wrong number of columns"
NO_TIME = "unreadable time"
OFF_GRID = "time between two slots"
NO_HOME = "no home named"

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


class ReadingsError(ValueError):
    """The file cannot be read as readings, or does not have what was asked for."""


@dataclass(frozen=True)
class Handled:
    """One value, or row, that was not taken as it stood: where it is, what it was, what became of it.

    `slot` is None where it concerns a whole row; `line` is the line in the file, 0 where there is none.
    """

    home: str
    day: str
    slot: int | None
    time: str
    line: int
    value: str
    problem: str
    action: str


@dataclass(frozen=True)
class Piece:
    """What one row says about one home's day: cells from `slot` on, or what is wrong with the row."""

    line: int
    home: str
    day: str | None
    slot: int
    cells: Sequence[str]
    problem: str | None = None


@dataclass(frozen=True)
class Day:
    """One day of readings, ready for the protocol: `readings[home]` has one integer of Wh per slot.

    `unclamped_wh` is what the file's own numbers sum to for the same homes, before the rules.
    """

    label: str
    position: int
    homes: tuple[str, ...]
    readings: dict[str, list[int]]
    left_out: tuple[str, ...]
    handled: tuple[Handled, ...]
    rounded: int
    unclamped_wh: Decimal


def slot_time(slot: int, slots: int) -> str:
    """The start of a slot of a day of `slots` slots, as HH:MM."""
    minutes = slot * MINUTES_PER_DAY // slots
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def parse_kwh(text: str) -> Decimal | None:
    """The exact number of kWh that a cell writes, or None where it writes none."""
    text = text.strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _context(number: Decimal) -> Context:
    return Context(prec=max(28, len(number.as_tuple().digits)))


def watt_hours(kwh: Decimal) -> Decimal:
    """kWh to Wh, exactly."""
    return kwh.scaleb(3, _context(kwh))


def rounded_watt_hours(kwh: Decimal) -> Decimal:
    """kWh to whole Wh, half to even."""
    return watt_hours(kwh).to_integral_value(ROUND_HALF_EVEN)


def reading_wh(kwh: Decimal, maximum_wh: int) -> int:
    """A reading as the meter reports it: whole Wh, clamped to 0 and `maximum_wh` (both inclusive)."""
    return int(min(max(rounded_watt_hours(kwh), Decimal(0)), Decimal(maximum_wh)))


def _text(data: bytes, path: Path) -> str:
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise ReadingsError(f"{path} is no whole gzip file: {error}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadingsError(f"{path} is no UTF-8 text: {error}") from error


@dataclass
class ReadingsFile:
    """A file of readings: its layout, its days in order and its homes in order of appearance."""

    path: Path
    slots: int
    sha256: str = ""
    layout: str = ""
    days: list[str] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    _text: str = ""
    _delimiter: str = ","
    _header: list[str] = field(default_factory=list)
    _group: bool = False
    _columns: tuple[int, int, int] = (0, 1, 2)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._delimiter, strict=True)
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield reader.line_num, row
        except csv.Error as error:
            raise ReadingsError(f"{self.path}, line {reader.line_num}: {error}") from error

    def _detect(self) -> None:
        rows = self._rows()
        first = next(rows, None)
        if first is None:
            raise ReadingsError(f"{self.path} is empty: {EXPECTED}")
        self._header = [cell.strip() for cell in first[1]]
        names = [name.lower() for name in self._header]
        if len(names) == 3 and self._detect_long(names):
            self.layout = "long"
            return
        if names[0] not in HOME_NAMES:
            raise ReadingsError(
                f"{self.path}: the first column is named {self._header[0][:40]!r}; {EXPECTED}"
            )
        self.layout = "wide"
        self._group = len(names) > 1 and names[1] in GROUP_NAMES
        columns = len(names) - self._fixed
        if columns < 1 or columns % self.slots:
            raise ReadingsError(
                f"{self.path} has {columns} slot columns, no whole number of days of {self.slots} slots;"
                " say --slots-per-day where a day has another number"
            )
        twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if twice is not None:
            raise ReadingsError(f"{self.path} has two columns named {twice[:40]!r}")

    def _detect_long(self, names: list[str]) -> bool:
        found = [
            [index for index, name in enumerate(names) if name in known]
            for known in (HOME_NAMES, TIME_NAMES, ENERGY_NAMES)
        ]
        if any(len(places) != 1 for places in found):
            return False
        self._columns = (found[0][0], found[1][0], found[2][0])
        return True

    @property
    def _fixed(self) -> int:
        return 2 if self._group else 1

    @property
    def _row_days(self) -> int:
        return (len(self._header) - self._fixed) // self.slots

    def pieces(self) -> Iterator[Piece]:
        """Every row of the file, cut into days."""
        rows = self._rows()
        next(rows)
        for line, row in rows:
            yield from self._long_piece(line, row) if self.layout == "long" else self._wide_pieces(line, row)

    def _labels(self, group: str | None) -> list[str]:
        days = range(1, self._row_days + 1)
        if group is None:
            return [str(day) for day in days]
        return [group] if self._row_days == 1 else [f"{group}:{day}" for day in days]

    def _wide_pieces(self, line: int, row: list[str]) -> Iterator[Piece]:
        home = row[0].strip()
        group = row[1].strip() if self._group and len(row) > 1 else None
        if self._group and not group:
            yield Piece(line, home, None, 0, row, COLUMNS if len(row) < 2 else NO_TIME)
            return
        labels = self._labels(group)
        problem = COLUMNS if len(row) != len(self._header) else NO_HOME if not home else None
        for index, label in enumerate(labels):
            start = self._fixed + index * self.slots
            cells = row[start : start + self.slots] if problem is None else row
            yield Piece(line, home, label, 0, cells, problem)

    def _long_piece(self, line: int, row: list[str]) -> Iterator[Piece]:
        if len(row) != 3:
            named = row[self._columns[0]].strip() if self._columns[0] < len(row) else ""
            yield Piece(line, named, None, 0, row, COLUMNS)
            return
        home, time, energy = (row[column].strip() for column in self._columns)
        try:
            moment = datetime.fromisoformat(time)
        except ValueError:
            yield Piece(line, home, None, 0, row, NO_TIME)
            return
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        slot, rest = divmod(seconds * self.slots, MINUTES_PER_DAY * 60)
        problem = OFF_GRID if rest or moment.microsecond else NO_HOME if not home else None
        yield Piece(
            line, home, moment.date().isoformat(), slot, [energy] if problem is None else row, problem
        )

    def _index(self) -> None:
        homes: dict[str, None] = {}
        days: dict[str, None] = {}
        rows: dict[tuple[str, str], int] = {}
        for piece in self.pieces():
            if piece.home:
                homes[piece.home] = None
            if piece.day is None:
                continue
            days[piece.day] = None
            if self.layout == "wide" and piece.home:
                earlier = rows.setdefault((piece.home, piece.day), piece.line)
                if earlier != piece.line:
                    raise ReadingsError(
                        f"{self.path}: home {piece.home} has two rows for the day {piece.day}"
                        f" (lines {earlier} and {piece.line}); which one is meant cannot be told"
                    )
        self.homes = list(homes)
        self.days = sorted(days) if self.layout == "long" else list(days)
        if not self.days:
            raise ReadingsError(f"{self.path} has a header and no readable row: {EXPECTED}")

    def find_day(self, wanted: str | None) -> str:
        """The label of a day: None the first, N the N-th, or the label itself. Raises ReadingsError."""
        if wanted is None:
            return self.days[0]
        if wanted in self.days:
            return wanted
        if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(self.days):
            return self.days[int(wanted) - 1]
        shown = ", ".join(self.days[:14]) + (", …" if len(self.days) > 14 else "")
        raise ReadingsError(f"{self.path} has no day {wanted}; it has {len(self.days)}: {shown}")

    def read_day(self, label: str, count: int, maximum_wh: int) -> Day:
        """The day of the first `count` homes of the file, by the rules. Raises ReadingsError."""
        return _DayReader(self, label, self.homes[:count], maximum_wh).read()


def open_readings(path: Path, slots: int) -> ReadingsFile:
    """Read a file's layout, days and homes; a day has `slots` slots. Raises ReadingsError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadingsError(f"{path} cannot be read: {error.strerror}") from error
    text = _text(data, path)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    readings = ReadingsFile(path, slots, hashlib.sha256(data).hexdigest(), _text=text, _delimiter=delimiter)
    readings._detect()
    readings._index()
    return readings


@dataclass
class _DayReader:
    file: ReadingsFile
    label: str
    chosen: list[str]
    maximum_wh: int
    handled: list[Handled] = field(default_factory=list)
    out: set[str] = field(default_factory=set)
    rounded: int = 0

    def _report(self, piece: Piece, slot: int | None, value: str, problem: str, action: str) -> None:
        time = "whole day" if slot is None else slot_time(slot, self.file.slots)
        handled = Handled(piece.home, self.label, slot, time, piece.line, value[:80], problem, action)
        self.handled.append(handled)

    def _leave_out(self, piece: Piece, slot: int | None, value: str, problem: str) -> None:
        self.out.add(piece.home)
        self._report(piece, slot, value, problem, "home left out of the day")

    def _cells(self) -> dict[str, dict[int, tuple[Piece, str]]]:
        chosen = set(self.chosen)
        cells: dict[str, dict[int, tuple[Piece, str]]] = {home: {} for home in self.chosen}
        for piece in self.file.pieces():
            if piece.day not in (self.label, None) or (piece.home and piece.home not in chosen):
                continue
            if piece.problem is not None:
                self._broken(piece, piece.problem)
                continue
            for offset, cell in enumerate(piece.cells):
                slot = piece.slot + offset
                if slot in cells[piece.home]:
                    earlier = cells[piece.home][slot][0].line
                    raise ReadingsError(
                        f"{self.file.path}: home {piece.home} has two values for {self.label}"
                        f" {slot_time(slot, self.file.slots)} (lines {earlier} and {piece.line});"
                        " which one is meant cannot be told"
                    )
                cells[piece.home][slot] = (piece, cell)
        return cells

    def _broken(self, piece: Piece, problem: str) -> None:
        shown = self.file._delimiter.join(piece.cells)
        if not piece.home:
            self._report(piece, None, shown, problem, "row not used: it names no home")
        elif piece.day is None:
            self._report(piece, None, shown, problem, "row not used: it names no day")
        else:
            self._leave_out(piece, None, shown, problem)

    def _value(self, piece: Piece, slot: int, cell: str) -> tuple[int, Decimal] | None:
        kwh = parse_kwh(cell)
        if kwh is None:
            absent = cell.strip().lower() in MISSING
            self._leave_out(piece, slot, cell, ABSENT if absent else NO_NUMBER)
            return None
        exact = watt_hours(kwh)
        whole = reading_wh(kwh, self.maximum_wh)
        if exact < 0:
            self._report(piece, slot, cell.strip(), NEGATIVE, "becomes 0 Wh")
        elif rounded_watt_hours(kwh) > self.maximum_wh:
            self._report(piece, slot, cell.strip(), ABOVE, f"becomes {self.maximum_wh} Wh")
        elif exact != whole:
            self.rounded += 1
        return whole, exact

    def read(self) -> Day:
        cells = self._cells()
        readings: dict[str, list[int]] = {}
        sums: dict[str, Decimal] = {}
        for home in self.chosen:
            values = []
            sums[home] = Decimal(0)
            rounded = self.rounded
            for slot in range(self.file.slots) if cells[home] else ():
                if slot not in cells[home]:
                    nothing = Piece(0, home, self.label, slot, ())
                    self._leave_out(nothing, slot, "", NO_ROW)
                    continue
                piece, cell = cells[home][slot]
                value = self._value(piece, slot, cell)
                if value is not None:
                    values.append(value[0])
                    sums[home] += value[1]
            if not cells[home] and home not in self.out:
                self._leave_out(Piece(0, home, self.label, 0, ()), None, "", NO_ROW)
            if home in self.out:
                self.rounded = rounded
            else:
                readings[home] = values
        order = {home: index for index, home in enumerate(self.chosen)}
        self.handled.sort(
            key=lambda item: (order.get(item.home, -1), -1 if item.slot is None else item.slot, item.line)
        )
        return Day(
            label=self.label,
            position=self.file.days.index(self.label),
            homes=tuple(readings),
            readings=readings,
            left_out=tuple(home for home in self.chosen if home in self.out),
            handled=tuple(self.handled),
            rounded=self.rounded,
            unclamped_wh=sum((sums[home] for home in readings), Decimal(0)),
        )
