"""A small directory of vectors for the tests of the runner, made by the reference."""

import json
from pathlib import Path
from typing import Any

from meter_privacy.vectors.generators.common import VectorFile, draw_below, render

P, Q = 65521, 65519  # the two largest primes of 16 bits
N = P * Q
MASK_MODULUS = 1 << 80
NOTES = {"Edge": {"bug": "A bound is taken for one too many.", "effect": "Values wrap.", "links": []}}


def _file(chapter: str, name: str, operation: str, profile: str = "published") -> VectorFile:
    return VectorFile(chapter, name, profile, operation, notes=NOTES)


def _encrypt() -> VectorFile:
    file = _file("paillier", "encrypt-toy", "paillier.encrypt")
    needs = ["PAILLIER-6"]

    def given(plaintext: int, randomness: int) -> dict[str, Any]:
        return {"modulus": f"{N:x}", "plaintext": f"{plaintext:x}", "randomness": f"{randomness:x}"}

    for number in range(6):
        plaintext, randomness = draw_below(f"m{number}", N), draw_below(f"r{number}", N)
        file.positive(f"random-{number}", given(plaintext, randomness), requirements=needs, comment="random")
    file.positive("largest", given(N - 1, N - 1), requirements=needs, comment="m = r = n - 1")
    for slug, plaintext, randomness, error in (
        ("plaintext-n", N, 2, "range"),
        ("plaintext-beyond", 3 * N + 1, 2, "range"),
        ("randomness-n", 1, N, "range"),
        ("randomness-0", 1, 0, "range"),
        ("shared-factor", 1, 5 * P, "not-invertible"),
    ):
        file.negative(
            slug, given(plaintext, randomness), error, requirements=needs, comment=slug, flags=["Edge"]
        )
    text = json.dumps(given(10, 11))
    for slug, old, new in (
        ("twice", "{", '{"plaintext": "1", '),
        ("unknown", "{", '{"salt": "1", '),
        ("upper-case", '"b"', '"B"'),
        ("leading-zero", '"a"', '"0a"'),
        ("number", '"a"', "10"),
    ):
        file.raw(slug, json_text=text.replace(old, new, 1), requirements=["CONV-4"], comment=slug)
    return file


def _check_modulus() -> VectorFile:
    file = _file("paillier", "check_modulus-toy", "paillier.check_modulus")
    for slug, modulus in (("fifteen", 15), ("toy", N), ("longer", N * 0x1000003)):
        file.positive(slug, {"modulus": f"{modulus:x}"}, requirements=["PAILLIER-5"], comment=slug)
    for slug, modulus in (("prime", P), ("square", P * P), ("even", 2 * N), ("thirteen", 13)):
        file.negative(slug, {"modulus": f"{modulus:x}"}, "range", requirements=["PAILLIER-5"], comment=slug)
    return file


def _mask() -> VectorFile:
    file = _file("dream", "mask-toy", "dream.mask")
    m = MASK_MODULUS
    given: dict[str, Any] = {
        "modulus": f"{m:x}", "node": 5, "value": -7, "keystream": f"{draw_below('k', m):x}",
        "dummy_keys": [{"node": j, "key": f"{draw_below(f'd{j}', m):x}"} for j in (2, 9, 12)],
        "blind": f"{draw_below('b', m):x}",
    }  # fmt: skip
    file.positive("both-signs", given, requirements=["DREAM-13"], comment="peers on both sides")
    first = {**given, "node": 0}
    file.positive("first", first, requirements=["DREAM-13"], comment="the smallest node")
    own = {**given, "node": 9}
    file.negative("own-node", own, "range", requirements=["DREAM-12"], comment="a dummy key with itself")
    text = json.dumps(given)
    for slug, new in (("float", "5.0"), ("boolean", "true"), ("text", '"5"')):
        raw = text.replace('"node": 5', f'"node": {new}', 1)
        file.raw(slug, json_text=raw, frame=b"\x00", requirements=["CONV-3"], comment=slug)
    return file


def _aggregate() -> VectorFile:
    file = _file("dream", "aggregate-toy", "dream.aggregate")

    def given(m: int, ciphertexts: list[int], keystreams: list[int], recoveries: list[int]) -> dict[str, Any]:
        lists = {"ciphertexts": ciphertexts, "keystreams": keystreams, "recoveries": recoveries}
        return {"modulus": f"{m:x}", **{name: [f"{v:x}" for v in values] for name, values in lists.items()}}

    for slug, values in (
        ("negative", given(1000, [1, 2], [3, 4], [])),
        ("the-middle", given(1000, [500], [0], [])),
        ("odd-middle", given(1001, [500], [0], [])),
        ("recoveries", given(1000, [100, 200], [10, 20], [999, 30])),
    ):
        file.positive(slug, values, requirements=["DREAM-15"], comment=slug)
    short = json.dumps(given(1000, [1, 2], [3], []))
    file.raw("lengths", json_text=short, requirements=["DREAM-15"], comment="lists differ in length")
    return file


def _add() -> VectorFile:
    file = _file("paillier", "add-toy", "paillier.add")
    given = {"modulus": f"{N:x}", "ciphertexts": ["5", "7"]}
    file.positive("two", given, requirements=["PAILLIER-13"], comment="two ciphertexts")
    return file


def _hardened() -> VectorFile:
    file = _file("paillier", "encrypt-hardened", "paillier.encrypt", "hardened")
    given = {"modulus": f"{N:x}", "plaintext": "1", "randomness": "2"}
    file.negative("small", given, "range", requirements=["PAILLIER-6"], comment="a modulus of 32 bits")
    return file


def _script() -> VectorFile:
    file = VectorFile("dream", "script-meter", "published")
    key = {"node": 2, "key": "5a" * 32}
    start = {
        "node": 1, "modulus": f"{MASK_MODULUS:x}", "roster": "a5" * 32, "supplier_key": "3c" * 32,
        "keys": [key], "expected_partners": 1,
    }  # fmt: skip
    report = {"operation": "dream.meter_report", "session": "one"}
    steps = [
        {"operation": "dream.meter_start", "session": "one", "input": start},
        {**report, "input": {"slot": 7, "value": 3}},
        {**report, "input": {"slot": 7, "value": 4}, "expect": {"error": "replayed"}},
        {"operation": "dream.meter_report", "session": "two", "input": {"slot": 7, "value": 3}},
    ]
    file.script(
        "replay", steps, requirements=["DREAM-22"], comment="another value for a slot, another session"
    )
    return file


def files() -> list[VectorFile]:
    """All files of the small suite."""
    return [_encrypt(), _check_modulus(), _mask(), _aggregate(), _add(), _hardened(), _script()]


def write(directory: Path) -> Path:
    """Write the small suite; the directory."""
    for file in files():
        path = directory / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(file.document()), encoding="utf-8")
    return directory
