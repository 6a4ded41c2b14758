"""The tariff of a month: a YAML file, its schema, and the rules that its numbers must keep together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

FORMAT = "meter-privacy/tariff/1"
EXAMPLE = Path(__file__).parent / "data" / "tariff.yaml"
POLICIES = ("average", "coarse-average", "fixed")
LARGEST_FILE = 64 << 10
MINUTES_PER_DAY = 24 * 60


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


_WH = 2**32 - 1
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Tariff of a month",
    "type": "object",
    "additionalProperties": False,
    "required": [
        "format", "currency", "units_per_currency", "price_normal", "price_high", "allowance_wh",
        "interval_minutes", "threshold_policy", "parameter_wh", "unit_wh", "maximum_wh",
    ],
    "oneOf": [{"required": ["group_threshold_wh"]}, {"required": ["group_threshold_wh_per_home"]}],
    "properties": {
        "format": {"const": FORMAT},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "units_per_currency": {"enum": [10**k for k in range(10)]},
        "price_normal": _whole(0, _WH),
        "price_high": _whole(0, _WH),
        "allowance_wh": _whole(0, 2**52 - 1),
        "interval_minutes": _whole(1, MINUTES_PER_DAY),
        "group_threshold_wh": _whole(0, 2**52 - 1),
        "group_threshold_wh_per_home": _whole(0, _WH),
        "threshold_policy": {"enum": list(POLICIES)},
        "parameter_wh": _whole(1, _WH),
        "unit_wh": _whole(1, _WH),
        "maximum_wh": _whole(1, _WH),
        "least_members": _whole(3, 1024),
    },
}  # fmt: skip


class TariffError(ValueError):
    """A tariff cannot be read, breaks its schema, or its numbers do not go together."""


@dataclass(frozen=True)
class Tariff:
    """A tariff. The group's threshold is for the group, or for each of its homes where `per_home`."""

    name: str
    currency: str
    units_per_currency: int
    price_normal: int
    price_high: int
    allowance_wh: int
    interval_minutes: int
    group_threshold_wh: int
    per_home: bool
    policy: int
    parameter_wh: int
    unit_wh: int
    maximum_wh: int
    least_members: int

    @property
    def levels(self) -> int:
        """The levels of the comparison's ladder: k with (k - 1) unit = the greatest use."""
        return self.maximum_wh // self.unit_wh + 1

    @property
    def intervals(self) -> int:
        """How many intervals a day has."""
        return MINUTES_PER_DAY // self.interval_minutes

    def threshold_wh(self, homes: int) -> int:
        """From which total on a group of so many homes is in peak."""
        return self.group_threshold_wh * (homes if self.per_home else 1)

    def money(self, units: int) -> str:
        """An amount as text, in the currency, to two decimals, exactly rounded half up."""
        cents = (units * 200 + self.units_per_currency) // (2 * self.units_per_currency)
        return f"{cents // 100:,}.{cents % 100:02d}"


# A float is no whole number here, even where nothing stands behind its point.
_Validator = jsonschema.validators.extend(  # type: ignore[no-untyped-call]  # jsonschema has no types here
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: type(value) is int
    ),
)


class _Loader(yaml.SafeLoader):
    """YAML in which a key may stand once."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise yaml.constructor.ConstructorError(
                None, None, f"the member {key!r} stands twice", node.value[index][0].start_mark
            )
    return dict(loader.construct_pairs(node))


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> int:
    """A whole number, written in decimal digits: YAML 1.1 reads 0410 as 264, and 6:50 as 410."""
    text = str(loader.construct_scalar(node))
    if re.fullmatch(r"[-+]?(0|[1-9][0-9]*)", text, re.ASCII) is None:
        raise yaml.constructor.ConstructorError(
            None, None, f"{text[:40]} is no whole number in decimal digits", node.start_mark
        )
    return int(text)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:int", _decimal)


def _told(fault: jsonschema.ValidationError) -> str:
    if fault.validator == "oneOf":
        return "exactly one of group_threshold_wh and group_threshold_wh_per_home must stand there"
    where = "/".join(str(part) for part in fault.absolute_path)
    return f"{where}: {fault.message[:200]}" if where else fault.message[:200]


def parse_tariff(text: str, name: str) -> Tariff:
    """Read a tariff's text. Raises TariffError with everything that its schema finds."""
    try:
        value = yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise TariffError(f"{name} is no YAML: {' '.join(str(error).split())[:300]}") from error
    faults = sorted({_told(fault) for fault in _Validator(SCHEMA).iter_errors(value)})
    if faults:
        raise TariffError(f"{name} is no tariff: " + "; ".join(faults) + f" (an example: {EXAMPLE})")
    return _checked(value, name)


def _checked(value: Mapping[str, Any], name: str) -> Tariff:
    per_home = "group_threshold_wh_per_home" in value
    tariff = Tariff(
        name=name,
        currency=value["currency"],
        units_per_currency=value["units_per_currency"],
        price_normal=value["price_normal"],
        price_high=value["price_high"],
        allowance_wh=value["allowance_wh"],
        interval_minutes=value["interval_minutes"],
        group_threshold_wh=value["group_threshold_wh_per_home" if per_home else "group_threshold_wh"],
        per_home=per_home,
        policy=POLICIES.index(value["threshold_policy"]),
        parameter_wh=value["parameter_wh"],
        unit_wh=value["unit_wh"],
        maximum_wh=value["maximum_wh"],
        least_members=value.get("least_members", 8),
    )
    broken = [
        text
        for wrong, text in (
            (tariff.price_high < tariff.price_normal, "price_high must not be below price_normal"),
            (
                MINUTES_PER_DAY % tariff.interval_minutes > 0,
                "interval_minutes must divide the 1440 minutes of a day",
            ),
            (tariff.maximum_wh % tariff.unit_wh > 0, "unit_wh must divide maximum_wh"),
            (tariff.parameter_wh > tariff.maximum_wh, "parameter_wh must not be above maximum_wh"),
            (
                tariff.policy == 0 and tariff.unit_wh != 1,
                "with the policy average unit_wh must be 1: the comparison would judge by another threshold",
            ),
            (
                tariff.policy != 0 and tariff.parameter_wh % tariff.unit_wh > 0,
                "unit_wh must divide parameter_wh: the comparison would judge by another threshold",
            ),
            (
                tariff.maximum_wh * tariff.intervals > _WH,
                "the greatest use of a day must be below 2^32 Wh",
            ),
        )
        if wrong
    ]
    if broken:
        raise TariffError(f"{name}: " + "; ".join(broken))
    return tariff


def read_tariff(path: Path) -> Tariff:
    """Read a tariff's file. Raises TariffError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TariffError(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_FILE:
        raise TariffError(f"{path} is no tariff: it is longer than {LARGEST_FILE >> 10} KiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TariffError(f"{path} is no UTF-8 text: {error}") from error
    return parse_tariff(text, path.name)
