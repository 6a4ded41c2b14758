"""Reading files of readings: layouts, rounding, every rule, and what is refused."""

import gzip
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from meter_privacy.conformance.studies import readings as module
from meter_privacy.conformance.studies.readings import (
    Day,
    Handled,
    ReadingsError,
    open_readings,
    parse_kwh,
    reading_wh,
)

EXCERPT = Path(module.__file__).parent / "data" / "swiss_40_homes_w50.csv"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*lines: str, name: str = "readings.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def read(path: Path, slots: int = 4, day: str | None = None, homes: int = 40, maximum_wh: int = 6250) -> Day:
    file = open_readings(path, slots)
    return file.read_day(file.find_day(day), homes, maximum_wh)


def told(items: Sequence[Handled]) -> list[tuple[str, str, str]]:
    return [(item.home, item.time, item.problem) for item in items]


@pytest.mark.parametrize(
    ("kwh", "wh"),
    [
        ("0.0005", 0),
        ("0.0015", 2),
        ("0.0025", 2),
        ("0.0025000000000000000000000000000000000000001", 3),
        ("0.0024999999999999999999999999999999999999999", 2),
        ("1.1", 1100),
        ("4.35", 4350),
        ("+.7", 700),
        ("7.", 6250),
        ("1e-3", 1),
        ("1E999", 6250),
        ("1e-999", 0),
        ("-0.0004", 0),
        ("-36.48", 0),
        ("6.25", 6250),
        ("6.2504", 6250),
        ("115.232", 6250),
    ],
)
def test_kwh_become_whole_wh_half_to_even_within_the_cap(kwh: str, wh: int) -> None:
    number = parse_kwh(kwh)
    assert number is not None
    assert reading_wh(number, 6250) == wh


@pytest.mark.parametrize("text", ["", " ", "NaN", "inf", "1,5", "1_000", "٣", "0x1", "1e9999", "--1", "1 2"])
def test_what_writes_no_number(text: str) -> None:
    assert parse_kwh(text) is None


def test_every_value_of_the_excerpt_keeps_its_wh() -> None:
    file = open_readings(EXCERPT, 96)
    assert (file.layout, len(file.homes), file.days) == ("wide", 40, [f"w50:{day}" for day in range(1, 8)])
    day = file.read_day("w50:3", 40, 6250)
    lines = EXCERPT.read_text().splitlines()
    for line in lines[1:]:
        home, _, *cells = line.split(",")
        third = [min(6250, round(Decimal(cell) * 1000)) for cell in cells[192:288]]
        assert day.readings[home] == third
    assert len(day.homes) == len(lines) - 1


def test_the_excerpt_has_its_known_troubles() -> None:
    file = open_readings(EXCERPT, 96)
    third = file.read_day("w50:3", 40, 6250)
    largest = [item for item in third.handled if item.home == "2046645" and item.time == "23:45"]
    assert [(item.value, item.problem, item.action) for item in largest] == [
        ("115.232", "above the cap", "becomes 6250 Wh")
    ]
    fourth = file.read_day("w50:4", 40, 6250)
    negative = [item for item in fourth.handled if item.problem == "negative"]
    assert [(item.home, item.time, item.value, item.line) for item in negative] == [
        ("9717902", "06:30", "-6.51", 40)
    ]
    assert fourth.readings["9717902"][26] == 0
    assert not any(third.readings["2654080"])


def test_each_rule_is_applied_and_told_by_home_and_time(write: Write) -> None:
    path = write(
        "home,a,b,c,d",
        "good,0.1,0.2,0.3,0.4",
        "negative,0.1,-0.2,0.3,0.4",
        "above,0.1,0.2,115.25,0.4",
        "blank,0.1,,0.3,0.4",
        "none,0.1,0.2,NA,0.4",
        "text,0.1,0.2,0.3,much",
        "short,0.1,0.2,0.3",
        "long,0.1,0.2,0.3,0.4,0.5",
        ",0.1,0.2,0.3,0.4",
        "rounded,0.1,0.2,0.3,0.0005",
    )
    day = read(path)
    assert day.homes == ("good", "negative", "above", "rounded")
    assert day.readings["negative"] == [100, 0, 300, 400]
    assert day.readings["above"] == [100, 200, 6250, 400]
    assert day.readings["rounded"] == [100, 200, 300, 0]
    assert day.left_out == ("blank", "none", "text", "short", "long")
    assert day.rounded == 1
    assert day.unclamped_wh == Decimal("1000") + Decimal("600") + Decimal("115950") + Decimal("600.5")
    assert told(day.handled) == [
        ("", "whole day", "no home named"),
        ("negative", "06:00", "negative"),
        ("above", "12:00", "above the cap"),
        ("blank", "06:00", "missing"),
        ("none", "12:00", "missing"),
        ("text", "18:00", "not a number"),
        ("short", "whole day", "wrong number of columns"),
        ("long", "whole day", "wrong number of columns"),
    ]
    assert [item.line for item in day.handled] == [10, 3, 4, 5, 6, 7, 8, 9]


def test_only_the_day_that_is_broken_loses_the_home(write: Write) -> None:
    path = write("VID,week,1,2,3,4", "h,w1,1,x,3,4", "k,w1,1,2,3,4", "h,w2,1,2,3,4")
    assert read(path, slots=2, day="w1:1").homes == ("k",)
    assert read(path, slots=2, day="w1:2").homes == ("h", "k")
    second = read(path, slots=2, day="w2:1")
    assert second.homes == ("h",)
    assert told(second.handled) == [("k", "whole day", "no row")]
    assert read(path, slots=2, day="3") == second


def test_the_long_layout(write: Write) -> None:
    path = write(
        "time;kwh;home",
        "2020-12-08 00:00;9;a",
        "2020-12-07T00:00;0.1;a",
        "2020-12-07T12:00;0.2;a",
        "2020-12-07T12:00:00+01:00;0.4;b",
        "2020-12-07 00:00;0.3;b",
        "2020-12-07T00:00;0.5;c",
        "2020-12-07T06:00;0.5;d",
        "2020-12-07T00:00;0.5;d",
        "2020-12-07T12:00;0.5;d",
        "yesterday;0.5;a",
        "2020-12-07T00:00;0.5",
    )
    file = open_readings(path, 2)
    assert (file.layout, file.days) == ("long", ["2020-12-07", "2020-12-08"])
    day = read(path, slots=2)
    assert day.readings == {"a": [100, 200], "b": [300, 400]}
    assert told(day.handled) == [
        ("", "whole day", "wrong number of columns"),
        ("a", "whole day", "unreadable time"),
        ("c", "12:00", "no row"),
        ("d", "whole day", "time between two slots"),
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["home,a,b", "h,1,2", "k,1,2", "h,1,2"], r"home h has two rows .*lines 2 and 4"),
        (
            ["home,time,kwh", "h,2020-12-07T00:00,1", "h,2020-12-07T00:00,2"],
            r"home h has two values for 2020-12-07 00:00 \(lines 2 and 3\)",
        ),
        (["home,a,b,c", "h,1,2,3"], "3 slot columns, no whole number of days of 2 slots"),
        (["0.1,0.2,0.3", "0.1,0.2,0.3"], "first column is named '0.1'; expected a header"),
        (["home,a,a", "h,1,2"], "two columns named 'a'"),
        (["home,a,b"], "no readable row"),
        (["", ""], "is empty"),
        (["home,a,b", 'h,"1,2'], "line"),
    ],
)
def test_files_that_are_refused(write: Write, lines: list[str], message: str) -> None:
    path = write(*lines)
    with pytest.raises(ReadingsError, match=message):
        read(path, slots=2)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ReadingsError, match="cannot be read"):
        open_readings(tmp_path / "none.csv", 96)
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(EXCERPT.read_bytes())[:-100])
    with pytest.raises(ReadingsError, match="no whole gzip file"):
        open_readings(broken, 96)
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"home,a,b\n\xff\xfe,1,2\n")
    with pytest.raises(ReadingsError, match="no UTF-8"):
        open_readings(binary, 2)


def test_gzip_is_read_as_the_plain_file(tmp_path: Path) -> None:
    packed = tmp_path / "swiss.csv.gz"
    packed.write_bytes(gzip.compress(EXCERPT.read_bytes()))
    assert read(packed, slots=96, day="w50:4") == read(EXCERPT, slots=96, day="w50:4")


def test_a_day_that_is_not_there() -> None:
    file = open_readings(EXCERPT, 96)
    assert file.find_day(None) == "w50:1"
    assert file.find_day("4") == "w50:4"
    for wanted in ("0", "8", "w44:1", "w50", ""):
        with pytest.raises(ReadingsError, match=r"has no day .*it has 7: w50:1, w50:2"):
            file.find_day(wanted)
