"""The contracts of DREAM's protocol and laws: the reference keeps them on the suite's own inputs.

Their `ensures` compute in other ways, with a library's functions; scales that make these slow are left out.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.values import Refusal, decode_input
from meter_privacy.reference import contracts
from meter_privacy.reference.errors import Refused
from meter_privacy.reference.operations import OPERATIONS

TABLES = load_tables()
VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "dream"
# Sums of masses, and functions of a library whose time grows with the scale.
SCALES = {
    "dream.sample_share": 200,
    "dream.noise_tail": 200,
    "dream.noise_table": 200,
    "dream.noise_error": 64,
}
MOST = 40


def inputs(operation: str) -> list[dict[str, Any]]:
    """The inputs of an operation's published vectors, in the grammar; of many as many of each kind."""
    kinds: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for path in sorted(VECTORS.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if document.get("operation") != operation or document["profile"] != "published":
            continue
        for test in document["tests"]:
            if "input" in test:
                try:
                    given = decode_input(TABLES.operations[operation], test["input"])
                except Refusal:
                    continue
                scale = max(given.get("lambda_units", 0), Fraction(given.get("value", 0), 1 << 12))
                if scale <= SCALES.get(operation, 1 << 16):
                    kinds["output" in test["expect"]].append(given)
    return [given for listed in kinds.values() for given in listed[:: max(1, len(listed) // MOST)]]


@pytest.mark.parametrize("operation", [*contracts.PROTOCOL, *contracts.LAWS])
def test_the_reference_keeps_its_contracts(operation: str) -> None:
    """Accepted exactly where the contract says, and answered as it says. DREAM-29 to DREAM-64."""
    accepted = 0
    for given in inputs(operation):
        try:
            kept = contracts.keeps_contract(operation, OPERATIONS[operation], given)
        except Refused as refusal:
            raise AssertionError(given) from refusal
        if operation == "dream.sample_share" and not kept:
            with pytest.raises(Refused, match="do not decide"):
                OPERATIONS[operation](**given)
            continue
        assert kept, given
        accepted += contracts.CONTRACTS[operation].requires(**given)
    assert accepted >= 3


ZEROS = {"selection": 0, "dummy_key": 0}
EPSILONS = {"slot_epsilons": [1, 2], "window_epsilons": [1, 2], "worst_epsilon": 1, "total_epsilon": 3}
UNSIGNED = {
    "signing_key": bytes(32), "digest": bytes(32), "slot": 0, "missing": [], "signature": bytes(64),
    "other_missing": [1], "other_signature": bytes(64),
}  # fmt: skip
FAULTS: tuple[tuple[str, dict[str, Any], Any], ...] = (
    ("dream.pair_values", {"key": bytes(32), "slot": 0, "modulus": 4}, ZEROS),
    ("dream.recover", {"modulus": 9, "node": 1, "dummy_keys": [{"node": 2, "key": 4}], "blind": 3}, 7),
    ("dream.account", {"consumptions_wh": [1, 2], "lambdas_wh": [1, 1], "window": 1}, EPSILONS),
    ("dream.check_equivocation", UNSIGNED, None),
)


@pytest.mark.parametrize(("operation", "given", "answer"), FAULTS)
def test_a_fault_breaks_its_contract(operation: str, given: dict[str, Any], answer: Any) -> None:
    """An answer that is wrong, and an acceptance where there is none."""
    assert not contracts.keeps_contract(operation, lambda **_: answer, given)
