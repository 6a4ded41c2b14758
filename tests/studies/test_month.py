"""The command month: totals, charges and bills computed again from the file, what it writes, and refusals."""

import gzip
import html
import json
import os
import re
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from meter_privacy.conformance.cli import main
from meter_privacy.conformance.primes import expand
from meter_privacy.conformance.studies import month_keys
from meter_privacy.conformance.studies import readings as module
from meter_privacy.conformance.studies.month_tamper import SWITCHES
from meter_privacy.conformance.studies.tariff import EXAMPLE, TariffError, parse_tariff, read_tariff
from meter_privacy.reference import comparison, modulus_proof, paillier

EXCERPT = Path(module.__file__).parent / "data" / "swiss_40_homes_w50.csv"
TAMPER = [part for switch in SWITCHES for part in ("--tamper", switch)]


def call(*arguments: str | int | Path, command: str = "month") -> Result:
    return CliRunner().invoke(main, [command, *map(str, arguments)])


def load(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text())
    return value


@pytest.fixture(scope="module")
def small_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of 512 bits for nine homes."""
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    result = call(path, "--homes", 9, "--key-bits", 512, "--target", "reference", command="month-keys")
    assert result.exit_code == 0, result.output
    assert "NOT SECRET" in result.stdout
    return path


def tariff_file(folder: Path, **changed: Any) -> Path:
    """The example's tariff with some members changed; None takes one out."""
    value = {**yaml.safe_load(EXAMPLE.read_text()), **changed}
    path = folder / "tariff.yaml"
    path.write_text(yaml.safe_dump({name: part for name, part in value.items() if part is not None}))
    return path


def usage(homes: int, days: int, slots: int) -> list[list[int]]:
    """Wh of each home and interval of `slots` slots, from the excerpt's text."""
    rows = [line.split(",") for line in EXCERPT.read_text().splitlines()[1:]]
    energies = []
    for row in rows[:homes]:
        cells = [Decimal(cell) * 1000 for cell in row[2:]]
        whole = [min(6250, max(0, int(cell.to_integral_value(ROUND_HALF_EVEN)))) for cell in cells]
        month = (whole * 5)[: 96 * days]
        energies.append([sum(month[i : i + slots]) for i in range(0, len(month), slots)])
    return energies


def billed(energies: list[list[int]], tariff: dict[str, int]) -> tuple[list[Any], list[tuple[int, int]]]:
    """Peaks, thresholds and who is high; each home's normal and high Wh: section III-B, by hand."""
    allowances = [tariff["allowance"]] * len(energies)
    normal, high = [0] * len(energies), [0] * len(energies)
    states: list[Any] = []
    for place in range(len(energies[0])):
        used = [home[place] for home in energies]
        peak = sum(used) >= tariff["group"]
        step = tariff["step"]
        threshold = min(-(-sum(used) // (step * len(used))) * step, tariff["maximum"]) if peak else None
        above = [threshold is not None and reading >= threshold for reading in used]
        for home, reading in enumerate(used):
            covered = min(reading, allowances[home]) if above[home] else reading
            allowances[home] -= covered if above[home] else 0
            normal[home] += covered
            high[home] += reading - covered
        states.append((sum(used), peak, threshold, [home for home, is_high in enumerate(above) if is_high]))
    return states, list(zip(normal, high, strict=True))


def test_a_month_computed_again(small_keys: Path, tmp_path: Path) -> None:
    """Eight days of nine homes on the reference: the week is taken again, and tampering is refused."""
    out, page, picture = tmp_path / "m.json", tmp_path / "m.html", tmp_path / "m.png"
    tariff = tariff_file(
        tmp_path,
        interval_minutes=240,
        maximum_wh=100_000,
        unit_wh=500,
        parameter_wh=1000,
        group_threshold_wh=80_000,
        group_threshold_wh_per_home=None,
        allowance_wh=30_000,
    )
    result = call(
        EXCERPT, "--tariff", tariff, "--keys", small_keys, "--homes", 9, "--days", 8,
        "--target", "reference", "--json", out, "--html", page, "--plot", picture, *TAMPER,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    month = load(out)
    by_hand = {"allowance": 30_000, "group": 80_000, "step": 1000, "maximum": 100_000}
    states, totals = billed(usage(9, 8, 16), by_hand)
    got = [(item["true_wh"], item["peak"], item["threshold_wh"], item["high"]) for item in month["intervals"]]
    assert got == states
    assert [item["total_wh"] for item in month["intervals"]] == [state[0] for state in states]
    assert 3 < sum(state[1] for state in states) < len(states)
    assert any(high for _, high in totals)
    assert [(home["normal_wh"], home["high_wh"]) for home in month["homes"]] == totals
    assert [home["bill"] for home in month["homes"]] == [270 * normal + 410 * high for normal, high in totals]
    assert all(home["verified_by"] == ["utility", "meter"] for home in month["homes"])
    assert month["distinct_days"] == 7
    assert month["days"][7:] == month["days"][:1]
    assert "taken again" in " ".join(result.stdout.split())
    assert month["overheard"]["read_wh"] == month["overheard"]["true_wh"] > 0
    assert "EVERY READING" in result.stdout
    assert {item["switch"] for item in month["tampering"]} == set(SWITCHES)
    assert all(item["refused"] for item in month["tampering"])
    assert month["messages"]["hop of the ring"] == 9 * 48
    assert month["messages"]["day's record"] == 72
    assert month["comparisons"] == 9 * sum(state[1] for state in states)
    assert picture.read_bytes().startswith(b"\x89PNG\r\n")
    text = page.read_text()
    assert all(home["home"] in text for home in month["homes"])
    assert all(item["what"] in html.unescape(text) for item in month["tampering"])


def test_uses_above_the_greatest_are_told(small_keys: Path, tmp_path: Path) -> None:
    """A tariff whose greatest use is below the homes' own: they are taken at that, and it is said."""
    out = tmp_path / "m.json"
    tariff = tariff_file(tmp_path, interval_minutes=720, maximum_wh=20_000, unit_wh=1000, parameter_wh=1000)
    result = call(
        EXCERPT, "--tariff", tariff, "--keys", small_keys, "--homes", 8, "--days", 1,
        "--target", "reference", "--json", out,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    month = load(out)
    used = usage(8, 1, 48)
    assert month["intervals_cut"] == sum(energy > 20_000 for home in used for energy in home) > 0
    assert [item["true_wh"] for item in month["intervals"]] == [
        sum(min(20_000, home[place]) for home in used) for place in (0, 1)
    ]
    assert "intervals cut" in result.stdout


def test_native_and_reference_agree(small_keys: Path, tmp_path: Path) -> None:
    """The same ciphertexts are counted, the same bills verified; another seed gives the same bills."""
    tariff = tariff_file(tmp_path, interval_minutes=720, maximum_wh=300_000, unit_wh=1000, parameter_wh=1000)
    months = []
    for target, seed in (("native", "7"), ("reference", "7"), ("reference", "8")):
        out = tmp_path / "m.json"
        result = call(
            EXCERPT, "--tariff", tariff, "--keys", small_keys, "--homes", 8, "--days", 2, "--target", target,
            "--seed", seed, "--json", out, "--processes", 1, "--tamper", "bill",
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        months.append(load(out))
        for item in months[-1]["tampering"]:
            del item["detail"]
    native, reference, other = months
    for member in ("homes", "intervals", "messages", "bytes", "tampering", "overheard"):
        assert native[member] == reference[member], member
    assert other["homes"] == reference["homes"]
    assert native["answered_by"]["load_management.ring_add"] == "native"


def test_real_keys_on_the_c_core(tmp_path: Path) -> None:
    """Eight homes, one day, the package's 2048-bit test keys, all tampering; the file gzipped."""
    packed = tmp_path / "homes.csv.gz"
    packed.write_bytes(gzip.compress(EXCERPT.read_bytes()))
    out = tmp_path / "m.json"
    result = call(packed, "--homes", 8, "--days", 1, "--json", out, *TAMPER)
    assert result.exit_code == 0, result.output
    assert "8 of 8 bills verified by the utility and by the meter." in result.stdout
    refused = re.search(r"^(\d+) of \1 tamperings refused", result.stdout, re.MULTILINE)
    assert refused is not None
    assert int(refused[1]) >= 30
    month = load(out)
    assert month["keys"]["bits"] == 2048
    assert "NOT SECRET" in month["keys"]["warning"]
    assert month["stored_beforehand"] == "the keys"


def test_the_hardened_profile(tmp_path: Path) -> None:
    """Sealed hops, the bill alone is opened, 3072-bit keys."""
    tariff = tariff_file(tmp_path, interval_minutes=1440, maximum_wh=600_000, unit_wh=1000, parameter_wh=1000,
                         group_threshold_wh_per_home=1000)  # fmt: skip
    out = tmp_path / "m.json"
    result = call(
        EXCERPT, "--tariff", tariff, "--homes", 8, "--days", 1, "--profile", "hardened", "--json", out,
        "--tamper", "ring-hop", "--tamper", "bill",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    month = load(out)
    assert month["keys"]["bits"] == 3072
    assert month["overheard"] is None
    assert month["answered_by"]["load_management.verify_bill"] == "native"
    assert "load_management.meter_totals" not in month["answered_by"]
    assert any("sealed" in item["what"] and item["refused"] for item in month["tampering"])
    assert month["comparisons"] == 8


@pytest.mark.nightly
def test_thirty_homes_in_a_minute(tmp_path: Path) -> None:
    """The whole month at 2048 bits, with all tampering, in less than a minute of one processor.

    It is the processor's time of this process and its targets: what else the machine does says nothing of it.
    """
    begun = os.times()
    result = call(EXCERPT, "--json", tmp_path / "m.json", *TAMPER)
    ended = os.times()
    assert result.exit_code == 0, result.output
    assert "30 of 30 bills verified by the utility and by the meter." in result.stdout
    assert sum(ended[:4]) - sum(begun[:4]) < 60


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("verify_statement", "None", "PASSED"),
        ("meter_verdict", "1", "PASSED"),
        ("check_hop", "RIGHT['load_management.check_hop'](**{**k, 'next_interval': 0})", "PASSED"),
        ("verify_modulus", "None", "PASSED"),
        ("verify_statement", "refuse()", "REFUSED"),
        ("dgk_outcome", "0", "agree"),
        ("ring_stop", "1", "totals"),
    ],
)
def test_an_implementation_that_is_wrong(
    small_keys: Path, tmp_path: Path, name: str, body: str, told: str
) -> None:
    path = tmp_path / "faulty_meter.py"
    path.write_text(
        "from meter_privacy.reference import errors\n"
        "from meter_privacy.reference.operations import OPERATIONS as RIGHT\n"
        "def refuse(): raise errors.ProofFailed('not today')\n"
        f"def faulty(**k): return {body}\n"
        f"OPERATIONS = {{**RIGHT, 'load_management.{name}': faulty}}\n"
    )
    tariff = tariff_file(tmp_path, interval_minutes=720, maximum_wh=300_000, unit_wh=1000, parameter_wh=1000,
                         group_threshold_wh_per_home=2000, allowance_wh=0)  # fmt: skip
    result = call(
        EXCERPT, "--tariff", tariff, "--keys", small_keys, "--homes", 8, "--days", 2, "--processes", 1,
        "--target", f"serve:{path}", *TAMPER,
    )  # fmt: skip
    assert result.exit_code == 1, result.output
    text = " ".join(result.stdout.split())
    if told == "agree":
        assert re.search(r"(\d+) of (?!\1)\d+ comparisons agree", text)
    elif told == "totals":
        assert "0 of 4 totals" in text
    else:
        assert told in text


# ---- What cannot be run ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"price_normal": 0.27}, "price_normal: 0.27 is not of type 'integer'"),
        ({"price_normal": 270.0}, "price_normal: 270.0 is not of type 'integer'"),
        ({"price_normal": -1}, "price_normal: -1 is less than the minimum of 0"),
        ({"price_high": 2**32}, "price_high: 4294967296 is greater than the maximum"),
        ({"price_high": 269}, "price_high must not be below price_normal"),
        ({"price_high": None}, "'price_high' is a required property"),
        ({"format": "meter-privacy/tariff/2"}, "format: 'meter-privacy/tariff/1' was expected"),
        ({"surcharge": 1}, "'surcharge' was unexpected"),
        ({"group_threshold_wh": 1}, "exactly one of group_threshold_wh and group_threshold_wh_per_home"),
        ({"group_threshold_wh_per_home": None}, "exactly one of group_threshold_wh and"),
        ({"interval_minutes": 7}, "must divide the 1440 minutes"),
        ({"unit_wh": 900}, "unit_wh must divide maximum_wh"),
        ({"parameter_wh": 1250}, "unit_wh must divide parameter_wh"),
        ({"parameter_wh": 151_000}, "parameter_wh must not be above maximum_wh"),
        ({"threshold_policy": "average"}, "unit_wh must be 1"),
        ({"threshold_policy": "median"}, "threshold_policy: 'median' is not one of"),
        ({"maximum_wh": 4_294_967_000}, "below 2^32 Wh"),
        ({"units_per_currency": 3}, "units_per_currency: 3 is not one of"),
        ({"currency": "francs"}, "currency: 'francs' does not match"),
        ({"least_members": 2}, "least_members: 2 is less than the minimum of 3"),
        ({"allowance_wh": True}, "allowance_wh: True is not of type 'integer'"),
    ],
)
def test_a_tariff_that_is_none(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    path = tariff_file(tmp_path, **changed)
    with pytest.raises(TariffError, match=re.escape(told)):
        read_tariff(path)
    result = call(EXCERPT, "--tariff", path)
    assert result.exit_code == 2
    assert "tariff.yaml" in result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no tariff"),
        ("[1, 2]", "is no tariff"),
        ("a: [", "is no YAML"),
        ("a: 1\na: 2\n", "stands twice"),
        ("? [a]\n: 1\n", "is no YAML"),
        ("a: !!python/object:os.system {}\n", "is no YAML"),
        ("x: &a [*a]\n", "is no tariff"),
        ("price_high: 0410\n", "0410 is no whole number in decimal digits"),
        ("price_high: 6:50\n", "6:50 is no whole number in decimal digits"),
        ("price_high: 0x19a\n", "0x19a is no whole number in decimal digits"),
        ("price_high: 4_10\n", "4_10 is no whole number in decimal digits"),
    ],
)
def test_a_tariff_that_is_no_text_of_one(text: str, told: str) -> None:
    with pytest.raises(TariffError, match=told):
        parse_tariff(text, "t.yaml")


def test_amounts_are_rounded_exactly() -> None:
    tariff = read_tariff(EXAMPLE)
    assert [tariff.money(units) for units in (0, 4_999, 5_000, 14_999, 123_456_785_000)] == [
        "0.00", "0.00", "0.01", "0.01", "123,456.79",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--homes", "41"], "40 of its 40 homes"),
        (["--homes", "5"], "fewer than the tariff's least_members"),
        (["--start", "w51"], "no day w51"),
        (["--keys", "{none}"], "cannot be read"),
        (["--keys", "{tariff}"], "is no JSON"),
        (["--key-bits", "513"], "even number"),
        (["--key-bits", "512", "--profile", "hardened"], "asks for 3072"),
        (["--key-bits", "512", "--keys", "{keys}"], "not both"),
        (["--homes", "10", "--keys", "{keys}"], "has keys for 9 homes, not 10"),
        (["--profile", "hardened", "--keys", "{keys}"], "asks for 3072"),
        (["--plot", "x.pdf"], "ends in .svg or .png"),
        (["--html", "/"], "there is no such folder"),
        (["--slots-per-day", "7"], "no such slots"),
        (["--target", "nowhere:1"], "nowhere"),
        (["--tamper", "weather"], "weather"),
    ],
)
def test_options_that_cannot_be(small_keys: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    names = {"none": str(tmp_path / "none.json"), "tariff": str(EXAMPLE), "keys": str(small_keys)}
    result = call(EXCERPT, *(argument.format(**names) for argument in arguments))
    assert result.exit_code == 2, result.output
    assert told in result.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "expected a header line"),
        ("home,date," + ",".join(f"t{i}" for i in range(96)) + "\n", "no readable row"),
        (
            "home,date," + ",".join(f"t{i}" for i in range(96)) + "\n"
            + "".join(f"h{i},2020-12-07,{','.join(['0.1'] * (95 if i == 3 else 96))}\n" for i in range(8)),
            "home h3: row that cannot be read",
        ),
        (
            "home,date," + ",".join(f"t{i}" for i in range(96)) + "\n"
            + "".join(
                f"h{i},2020-12-07,{','.join(['0.1'] * 95 + ['x' if i == 2 else 'NA' if i == 4 else '1'])}\n"
                for i in range(8)
            ),
            "home h2: not a number: 2020-12-07, slot 95; home h4: missing: 2020-12-07, slot 95",
        ),
        (
            "home,time,kwh\n" + "".join(f"h{i},2020-12-07T00:00,1\n" for i in range(8)),
            "no row: 2020-12-07, slot 1",
        ),
        (
            "home,time,kwh\nh0,2020-12-07T00:00,1\nh0,2020-12-07T00:00,2\n",
            "home h0 has two values for one slot",
        ),
    ],
)  # fmt: skip
def test_readings_that_cannot_be(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    result = call(path, "--homes", 8)
    assert result.exit_code == 2, result.output
    assert told in result.stderr


def test_homes_with_gaps_are_passed_over(small_keys: Path, tmp_path: Path) -> None:
    """The next homes of the file take their place; negative readings become 0, too large ones the cap."""
    header = "home,date," + ",".join(f"t{i}" for i in range(4))
    rows = [f"h{i},2020-12-07,{'-1' if i == 0 else '99' if i == 2 else '0.5'},1,{'' if i == 1 else 2},3"
            for i in range(10)]  # fmt: skip
    path, out = tmp_path / "gaps.csv", tmp_path / "m.json"
    path.write_text("\n".join([header, *rows]) + "\n")
    tariff = tariff_file(tmp_path, interval_minutes=720, maximum_wh=300_000, unit_wh=1000, parameter_wh=1000)
    result = call(
        path, "--tariff", tariff, "--keys", small_keys, "--homes", 8, "--days", 1, "--slots-per-day", 4,
        "--target", "reference", "--json", out,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    month = load(out)
    assert [home["home"] for home in month["homes"]] == ["h0", *(f"h{i}" for i in range(2, 9))]
    assert month["left_out"] == {"h1": "missing: 2020-12-07, slot 2"}
    assert month["changed"] == {"negative": 1}
    assert [interval["true_wh"] for interval in month["intervals"]] == [
        1000 + 100_000 + 6 * 1500, 8 * 5000,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "spoil",
    [
        lambda keys: keys.update(format="meter-privacy/month-keys/2"),
        lambda keys: keys.update(warning="secret"),
        lambda keys: keys["utility"].update(p="0"),
        lambda keys: keys["utility"].update(p="xyz"),
        lambda keys: keys["homes"].clear(),
        lambda keys: keys.pop("comparison"),
        lambda keys: keys.update(more=1),
    ],
)
def test_keys_that_are_none(small_keys: Path, tmp_path: Path, spoil: Any) -> None:
    keys = load(small_keys)
    spoil(keys)
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(keys))
    with pytest.raises(month_keys.KeysError, match="is no key file"):
        month_keys.read_keys(path)


def test_a_key_that_is_not_sound(small_keys: Path, tmp_path: Path) -> None:
    """A home whose two primes are one is refused by the operations, not by the reader."""
    keys = load(small_keys)
    keys["homes"][0]["p"] = keys["homes"][0]["q"]
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(keys))
    result = call(EXCERPT, "--keys", path, "--homes", 8, "--days", 1, "--target", "reference")
    assert result.exit_code == 1
    assert "prove_modulus: range, the two primes are equal" in result.stderr


@pytest.mark.parametrize("profile", ["published", "hardened"])
def test_the_packaged_keys(profile: str) -> None:
    """Sound, all different, of the length they claim; the first home's made again from the seed."""
    value = load(month_keys.PACKAGED[profile])
    keys = month_keys.packaged_keys(profile)
    bits = {"published": 2048, "hardened": 3072}[profile]
    assert value["warning"] == month_keys.WARNING
    assert keys.bits == bits
    assert len(keys.homes) == 40
    primes = [prime for pair in (keys.utility, *keys.homes) for prime in pair]
    assert len(set(primes)) == len(primes)
    assert all((p * q).bit_length() == bits for p, q in (keys.utility, *keys.homes))
    key = comparison.dgk_key(**keys.comparison)
    assert key["modulus"].bit_length() >= 2048
    assert min(keys.comparison["v_p"].bit_length(), keys.comparison["v_q"].bit_length()) >= 224
    seeds = [expand(month_keys.material(value["seed"], "key", 1, name), 32) for name in ("p", "q")]
    if profile == "published":
        assert keys.homes[0] == tuple(modulus_proof.generate_prime(bits // 2, seed) for seed in seeds)
    assert paillier.is_prime(keys.homes[-1][0])
