"""The simulator of households: its tables, its gate, its chain, its speed."""

import importlib.metadata
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from meter_privacy.conformance.studies import households
from meter_privacy.conformance.studies.households import Constants, Traces

SEED = 5


@pytest.fixture(scope="module")
def constants() -> Constants:
    return households.load_constants()


@pytest.fixture(scope="module")
def day(constants: Constants) -> Traces:
    """3,000 homes on a weekday in January."""
    return households.simulate(constants, households.draw_homes(constants, 3000, SEED), SEED)


def test_only_tables_are_read_of_the_optional_package(constants: Constants) -> None:
    """DREAM-76: 33 appliances, and none of the package's code is loaded."""
    assert len(constants.appliances) == 33
    assert len(constants.lamps) == 100
    assert not [name for name in sys.modules if name.split(".")[0] == households.PACKAGE]


def test_other_tables_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """DREAM-76: no package, another version, another file: each is said."""
    monkeypatch.setattr(households, "PACKAGE", "no_such_package")
    with pytest.raises(households.MissingTables, match=r"pip install 'meter-privacy\[households\]'"):
        households.load_constants()
    monkeypatch.undo()
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "0.2.4")
    with pytest.raises(households.MissingTables, match=r"not 0\.2\.4"):
        households.load_constants()
    monkeypatch.undo()
    folder = households.tables_folder()
    for name in households._FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((folder / name).read_bytes())
    monkeypatch.setattr(households, "tables_folder", lambda: tmp_path)
    assert len(households.load_constants().appliances) == 33
    text = (tmp_path / "Appliances.csv").read_text()
    (tmp_path / "Appliances.csv").write_text(text.replace("2125", "2126"))
    with pytest.raises(households.MissingTables, match="are not those of"):
        households.load_constants()
    (tmp_path / "Appliances.csv").unlink()
    with pytest.raises(households.MissingTables, match="cannot be read"):
        households.load_constants()


def test_every_appliance_consumes_what_its_table_says(gauged: list[households.Gauged]) -> None:
    """DREAM-78: the yearly kWh of all 33, of cycles alone too, within 30 % of the table's."""
    households.check_gate(gauged)
    assert len(gauged) == 33
    # By hand from the table: kettle, refrigerator, storage heaters.
    expected = {"Kettle": 160.7, "Refrigerator": 201.8, "Storage heaters": 13905.2}
    found = {item.appliance.name: item for item in gauged}
    for name, kwh in expected.items():
        assert found[name].appliance.kwh_a_year == pytest.approx(kwh, abs=0.1)
        assert abs(found[name].kwh_a_year / kwh - 1) <= 0.3
    cycles = 1519.82287
    assert found["Kettle"].appliance.cycles_kwh == pytest.approx(cycles * 3 / 60 * 2)
    # Three quarters of a receiver box's energy is standby: its cycles are held to the table for themselves.
    box = found["TV Receiver box"]
    assert box.appliance.cycles_kwh < 0.4 * box.appliance.kwh_a_year
    assert box.cycles_ratio is not None
    assert abs(box.cycles_ratio - 1) < 0.15


def wrong_activities(constants: Constants) -> Constants:
    """Rows of the activities shifted by one for each active occupant."""
    use = constants.use.copy()
    for people in range(1, households.STATES - 1):
        use[:, :6, people] = np.roll(constants.use[:, :6, people], people, axis=1)
    return Constants(**{**vars(constants), "use": use})


@pytest.mark.parametrize("fault", ["activities", "always awake", "storage heaters never start", "no pause"])
def test_the_gate_stops_a_wrong_simulator(
    constants: Constants, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """DREAM-78: faults that table 1 alone would not show."""
    wrong, reason = constants, ""
    if fault == "activities":
        wrong, reason = wrong_activities(constants), "Tumble dryer"
    elif fault == "always awake":
        awake = np.full((84 * 12, households.SLOTS), 2, np.int8)
        monkeypatch.setattr(households, "occupancy", lambda _, homes, __: awake[: len(homes)])
        reason = "Kettle"
    elif fault == "storage heaters never start":
        monkeypatch.setattr(households, "_storage_starts", lambda month, _: np.zeros(len(month), np.bool_))
        reason = "Storage heaters"
    else:
        cold = tuple(
            households.Appliance(**{**vars(item), "restart_minutes": 0}) for item in constants.appliances
        )
        probabilities = {item.name: item.start_probability for item in constants.appliances}
        monkeypatch.setattr(
            households.Appliance, "start_probability", property(lambda self: probabilities[self.name])
        )
        wrong, reason = Constants(**{**vars(constants), "appliances": cold}), "Refrigerator"
    gauged = households.gauge(wrong, 84 * 12, SEED)
    with pytest.raises(households.GateFailed, match=reason):
        households.check_gate(gauged)


def test_the_chain_follows_its_matrices(constants: Constants) -> None:
    """DREAM-76: active occupants by slot have the law that the matrices give, within 5 standard errors."""
    homes = households.draw_homes(constants, 20_000, SEED)
    active = households.occupancy(constants, homes, np.random.default_rng(SEED))
    for residents in range(1, 6):
        own = active[homes.residents == residents]
        assert own.max() <= residents
        law = constants.start[0, residents - 1].astype(float)
        law /= law.sum()
        for slot in range(households.SLOTS):
            if slot:
                matrix = constants.transitions[0, residents - 1, slot - 1].astype(float)
                stays = matrix.sum(axis=1) == 0
                matrix[stays] = np.eye(households.STATES)[stays]
                law = law @ (matrix / matrix.sum(axis=1, keepdims=True))
            found = np.bincount(own[:, slot], minlength=households.STATES) / len(own)
            error = np.sqrt(law * (1 - law) / len(own))
            assert (np.abs(found - law) <= 5 * error + 1e-3).all(), (residents, slot)


def test_a_day_of_3000_homes(day: Traces) -> None:
    """DREAM-76, DREAM-77: minutes add up, slots are their means, nobody lights a lamp asleep."""
    assert day.minutes_w.shape == (3000, 1440)
    assert set(np.unique(day.homes.residents)) == {1, 2, 3, 4, 5}
    whole = day.lighting_w.astype(float)
    np.add.at(whole, day.home, day.slots_w)
    assert np.allclose(whole, day.ten_minutes_w, rtol=1e-3, atol=0.5)
    assert np.allclose(day.means_w(30), day.ten_minutes_w.reshape(3000, 48, 3).mean(axis=2), rtol=1e-4)
    assert day.minutes_w.min() >= 0
    assert (day.lighting_w[day.active == 0] == 0).all()
    assert day.lighting_w.max() > 500
    # Some 4,000 kWh a year without electric heating, the order of a British home.
    assert 3000 < np.median(day.minutes_w.mean(axis=1)) * 8.76 < 5000


def test_what_runs_when_nobody_is_up(day: Traces, constants: Constants) -> None:
    """DREAM-76: kettles and televisions stand by, refrigerators and washing machines go on."""
    asleep = day.active[day.home] == 0
    for name, goes_on in (
        ("Kettle", False),
        ("TV 1", False),
        ("Refrigerator", True),
        ("Washing machine", True),
    ):
        number = [item.name for item in constants.appliances].index(name)
        pairs = day.appliance == number
        above = day.slots_w[pairs] > constants.appliances[number].standby_w + 0.01
        assert above[asleep[pairs]].any() == goes_on, name
        assert above[~asleep[pairs]].any()
    heaters = day.appliance == [item.name for item in constants.appliances].index("Storage heaters")
    power = day.slots_w[heaters]
    assert 50 < heaters.sum() < 130
    assert (power[:, :3] == 0).all()
    assert (power[:, 3:24] > 5000).all()
    assert (power[:, 60:] == 0).all()


def test_storage_heaters_rest_in_summer(constants: Constants) -> None:
    """DREAM-76: the months, of the heaters by the table of months, of the lamps by daylight."""
    everything = households.year_of_homes(constants, 84 * 6, SEED)
    traces = households.simulate(constants, everything, SEED)
    names = [item.name for item in constants.appliances]
    summer = np.isin(everything.month, (6, 7, 8))
    for name, share in (("Storage heaters", 0.0), ("Other electric space heating", 0.3)):
        daily = np.zeros(len(everything))
        pairs = traces.appliance == names.index(name)
        daily[traces.home[pairs]] = traces.slots_w[pairs].sum(axis=1)
        assert daily[summer].mean() <= share * daily[~summer].mean()
    light = traces.lighting_w.mean(axis=1)
    assert light[everything.month == 6].mean() < 0.75 * light[everything.month == 12].mean()


def test_3000_homes_take_less_than_30_seconds(constants: Constants) -> None:
    """DREAM-77: 3,000 homes, one day, of processor time."""
    begun = time.process_time()
    households.simulate(constants, households.draw_homes(constants, 3000, SEED), SEED)
    assert time.process_time() - begun < 30


def test_the_same_seed_is_the_same_day(constants: Constants) -> None:
    """DREAM-77: a study can be repeated."""
    homes = households.draw_homes(constants, 50, 1)
    first, again, other = (households.simulate(constants, homes, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.minutes_w, again.minutes_w)
    assert not np.array_equal(first.minutes_w, other.minutes_w)
