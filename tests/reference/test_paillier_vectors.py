"""Negative Paillier vectors are wrong in exactly one way: one other value in one field makes them right."""

import json
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.vectors.generators.common import ask
from meter_privacy.vectors.generators.paillier_primes import stored

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "paillier"
FILES = sorted(
    path.name
    for size in ("toy", "512", "odd-sizes", "published")
    for path in VECTORS.glob(f"*-{size}.json")
    if not path.name.startswith("script-")
)

KEYS = [factors for name, factors in stored()["keys"].items() if not name.startswith("dependent")]
REPAIRS: dict[str, list[int]] = {
    "p": [3, 5, 7, 11, 53, 59, 61, *(p for factors in KEYS for p in factors)],
    "q": [3, 5, 7, 11, 53, 59, 61, *(q for factors in KEYS for q in factors)],
    "modulus": [15, 35, 3233, *(prod(factors) for factors in KEYS)],
    "plaintext": [5],
    "randomness": [2, 3, 4],
    "ciphertext": [2, 3, 4],
    "scalar": [1],
    "value": [5],
    "meters": [1],
    "maximum_wh": [1],
}


def others(fields: dict[str, Any], name: str) -> Iterator[Any]:
    """Values to try in a field's place: the likeliest first."""
    kept = fields[name]
    if name == "ciphertexts":
        yield from ([*kept[:place], *kept[place + 1 :]] or ["2"] for place in range(len(kept)))
    elif name == "generator":
        n = int(fields["modulus"], 16) if "modulus" in fields else int(fields["p"], 16) * int(fields["q"], 16)
        yield f"{n + 1:x}"
    elif isinstance(kept, int):
        yield from REPAIRS[name]
    else:
        length = int(kept, 16).bit_length()
        nearest = sorted(REPAIRS[name], key=lambda value: abs(value.bit_length() - length))
        yield from (f"{value:x}" for value in nearest[:6])


@pytest.mark.parametrize("file", FILES)
def test_one_field_repairs_every_negative_vector(file: str) -> None:
    document = json.loads((VECTORS / file).read_text(encoding="utf-8"))
    operation, profile = document["operation"], document["profile"]
    for test in document["tests"]:
        if "input" not in test or "error" not in test["expect"]:
            continue
        fields = test["input"]
        assert any(
            "output" in ask(operation, profile, {**fields, name: value})
            for name in fields
            for value in others(fields, name)
        ), test["id"]


def test_the_files_are_there() -> None:
    assert len(FILES) >= 25
