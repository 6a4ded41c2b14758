"""The keys of a month: the utility's two, and one for each home, made beforehand and kept in a file.

Everything is derived from a seed, so that a study can be repeated and a test can make the package's files
again. Such keys are for studies only; a real meter draws its own, and no file holds the keys of many homes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from meter_privacy.conformance.primes import expand, is_prime
from meter_privacy.conformance.studies.crew import Crew

FORMAT = "meter-privacy/month-keys/1"
WARNING = "TEST KEYS: NOT SECRET. For studies only; every factor stands in this file."
DATA = Path(__file__).parent / "data"
PACKAGED = {"published": DATA / "test_keys_2048.json", "hardened": DATA / "test_keys_3072.json"}
PLAINTEXT_PRIME = 101
LEAST_BITS, MOST_BITS = 256, 4096

_HEX = {"type": "string", "pattern": "^[1-9a-f][0-9a-f]{0,1023}$"}


def _record(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


_SCHEMA = _record(
    format={"const": FORMAT},
    warning={"const": WARNING},
    seed={"type": "string", "maxLength": 200},
    modulus_bits={"type": "integer", "minimum": LEAST_BITS, "maximum": MOST_BITS},
    utility=_record(p=_HEX, q=_HEX),
    comparison=_record(
        p=_HEX,
        q=_HEX,
        u={"type": "integer", "minimum": 3, "maximum": 1021},
        v_p=_HEX,
        v_q=_HEX,
        base_g=_HEX,
        base_h=_HEX,
    ),
    homes={"type": "array", "items": _record(p=_HEX, q=_HEX), "minItems": 1, "maxItems": 1024},
)


class KeysError(ValueError):
    """A key file cannot be read, or does not have what the study needs."""


@dataclass(frozen=True)
class Keys:
    """The keys of a month.

    `utility` and each of `homes` are two primes; `comparison` is what dgk_key takes.
    """

    source: str
    bits: int
    utility: tuple[int, int]
    comparison: Mapping[str, int]
    homes: tuple[tuple[int, int], ...]


def material(seed: str, *parts: str | int) -> str:
    """A label for `primes.expand` that no other seed or parts give."""
    return f"meter-privacy/study/month/1/{len(seed)}:{seed}/" + "/".join(str(part) for part in parts)


def _pair(value: Mapping[str, str]) -> tuple[int, int]:
    return int(value["p"], 16), int(value["q"], 16)


def read_keys(path: Path) -> Keys:
    """Read a key file. Raises KeysError; the numbers themselves are the operations' to judge."""
    try:
        value = json.loads(path.read_bytes())
        jsonschema.Draft202012Validator(_SCHEMA).validate(value)
    except OSError as error:
        raise KeysError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise KeysError(f"{path} is no JSON: {error}") from error
    except jsonschema.ValidationError as fault:
        where = "/".join(str(part) for part in fault.absolute_path) or "the whole"
        raise KeysError(f"{path} is no key file: {where}: {fault.message[:200]}") from fault
    own = value["comparison"]
    return Keys(
        source=path.name,
        bits=value["modulus_bits"],
        utility=_pair(value["utility"]),
        comparison={name: own[name] if name == "u" else int(own[name], 16) for name in own},
        homes=tuple(_pair(home) for home in value["homes"]),
    )


def _subgroup_prime(bits: int, divisor: int, avoided: int, label: str) -> int:
    """The first prime p = 2 k divisor + 1 of a stream, its two highest bits set, avoided not in p - 1."""
    least, most = (3 << bits - 2) // (2 * divisor) + 1, ((1 << bits) - 2) // (2 * divisor)
    for attempt in range(1 << 20):
        drawn = int.from_bytes(expand(f"{label}/{attempt}", bits // 8 + 16), "big")
        candidate = 2 * (least + drawn % (most - least + 1)) * divisor + 1
        if (candidate - 1) % avoided and is_prime(candidate):
            return candidate
    raise AssertionError("there are primes of every length")


def make_keys(
    crew: Crew, seed: str, bits: int, homes: int, progress: Callable[[str, int, int], None]
) -> dict[str, Any]:
    """A key file's content: `homes` keys of `bits` bits, and the utility's. Raises what a Crew raises."""
    half = bits // 2
    pairs = []
    for number in range(homes + 1):
        progress("making keys", number, homes + 1)
        seeds = [expand(material(seed, "key", number, name), 32) for name in ("p", "q")]
        inputs = [{"bits": half, "seed": own} for own in seeds]
        p, q = (answer["prime"] for answer in crew.ask("load_management.generate_prime", inputs))
        pairs.append({"p": f"{p:x}", "q": f"{q:x}"})
    return {
        "format": FORMAT,
        "warning": WARNING,
        "seed": seed,
        "modulus_bits": bits,
        "utility": pairs[0],
        "comparison": make_comparison(crew, seed, half),
        "homes": pairs[1:],
    }


def make_comparison(crew: Crew, seed: str, half: int) -> dict[str, Any]:
    """The comparison's key, of two primes of `half` bits, as a key file has it. Raises what a Crew raises."""
    order_bits = 224 if half >= 1024 else max(32, half // 4)
    seeds = [expand(material(seed, "order", name), 32) for name in ("p", "q")]
    inputs = [{"bits": order_bits, "seed": own} for own in seeds]
    v_p, v_q = (answer["prime"] for answer in crew.ask("load_management.generate_prime", inputs))
    p = _subgroup_prime(half, PLAINTEXT_PRIME * v_p, v_q, material(seed, "comparison", "p"))
    q = _subgroup_prime(half, PLAINTEXT_PRIME * v_q, v_p, material(seed, "comparison", "q"))
    comparison: dict[str, Any] = {
        "p": f"{p:x}", "q": f"{q:x}", "u": PLAINTEXT_PRIME, "v_p": f"{v_p:x}", "v_q": f"{v_q:x}",
    }  # fmt: skip
    for name in ("base_g", "base_h"):
        comparison[name] = f"{_base(crew, seed, name, p, q, v_p, v_q):x}"
    return comparison


def _base(crew: Crew, seed: str, name: str, p: int, q: int, v_p: int, v_q: int) -> int:
    """The first number of a stream that dgk_key takes for this base, beside itself for the other."""
    n = p * q
    for attempt in range(1 << 10):
        drawn = expand(material(seed, name, attempt), (n.bit_length() + 7) // 8 + 16)
        base = int.from_bytes(drawn, "big") % (n - 2) + 2
        key = {"p": p, "q": q, "u": PLAINTEXT_PRIME, "v_p": v_p, "v_q": v_q}
        answer = crew.ask_each("load_management.dgk_key", [{**key, "base_g": base, "base_h": base}])[0]
        if answer.output is not None:
            return base
    raise KeysError("no base was found for the comparison's key")


@cache
def packaged_keys(profile: str) -> Keys:
    """The package's test keys: 2048 bits (published) or 3072 (hardened), not secret. Raises KeysError."""
    return read_keys(PACKAGED[profile])


def keys_of(value: Mapping[str, Any]) -> Keys:
    """Keys that make_keys has just made."""
    own = value["comparison"]
    return Keys(
        source=f"the seed {value['seed']!r}, made now",
        bits=value["modulus_bits"],
        utility=_pair(value["utility"]),
        comparison={name: own[name] if name == "u" else int(own[name], 16) for name in own},
        homes=tuple(_pair(home) for home in value["homes"]),
    )
