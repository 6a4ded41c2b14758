"""The contracts of paper E's chapters: the reference keeps them on the suite's own inputs, good and bad."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance.tables import load_tables
from meter_privacy.conformance.values import Refusal, decode_input
from meter_privacy.reference.contracts import ENERGY_TOKENS, REPORTING, REPORTING_SHARING, Contract
from meter_privacy.reference.errors import Refused
from meter_privacy.reference.operations import OPERATIONS
from meter_privacy.reference.token_contracts import PAPER_E

TABLES = load_tables()
VECTORS = Path(__file__).resolve().parents[2] / "vectors"
CONTRACTS: dict[str, Contract] = {**REPORTING, **REPORTING_SHARING, **ENERGY_TOKENS, **PAPER_E}
# Moduli of more bits take the time of all the rest, and show nothing else; groups as well.
SHOWN_BITS, SHOWN_GROUPS = 2048, ("toy-2039", "modp-1024-160", "P-256")


def keeps(operation: str, answer: Any, given: dict[str, Any]) -> bool:
    """Whether an answer, None for a refusal, is what the contract says of an input."""
    contract = CONTRACTS[operation]
    if isinstance(answer, Refused):
        return not contract.requires(**given)
    return contract.requires(**given) and contract.ensures(answer, **given)


def inputs(operation: str) -> list[dict[str, Any]]:
    """The inputs of an operation's published vectors that keep the grammar."""
    found = []
    for path in sorted((VECTORS / operation.split(".")[0]).glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if document.get("operation") == operation and document["profile"] == "published":
            for test in document["tests"]:
                try:
                    given = decode_input(TABLES.operations[operation], test.get("input"))
                except Refusal:
                    continue
                bits = max(given.get("modulus", 0), given.get("p", 0) ** 2).bit_length()
                # The contracts of sharing find exponents by trying.
                shown = ("toy-2039",) if operation in REPORTING_SHARING else SHOWN_GROUPS
                if bits <= SHOWN_BITS and given.get("group", "toy-2039") in shown:
                    found.append(given)
    return found


@pytest.mark.parametrize("operation", CONTRACTS)
def test_the_reference_keeps_its_contracts(operation: str) -> None:
    """Accepted exactly where the contract says, and answered as it says. TOKEN-4, TOKEN-8, REPORT-32."""
    counts: Counter[bool] = Counter()
    for given in inputs(operation):
        answer: Any
        try:
            answer = OPERATIONS[operation](**given)
        except Refused as refusal:
            answer = refusal
        assert keeps(operation, answer, given), given
        counts[isinstance(answer, Refused)] += 1
    assert min(counts[True], counts[False]) > 0


@pytest.mark.parametrize("operation", PAPER_E)
def test_another_answer_breaks_its_contract(operation: str) -> None:
    """Each answer with one number, byte or node changed, and acceptance of what is to be refused."""
    good = bad = 0
    for given in inputs(operation):
        try:
            answer = OPERATIONS[operation](**given)
        except Refused:
            assert not keeps(operation, None, given)
            bad += 1
            continue
        for other in changed(answer):
            assert not keeps(operation, other, given)
            good += 1
    assert bad
    assert good or operation == "energy_tokens.verify_key"


def changed(answer: Any) -> list[Any]:
    """Answers with a change each."""
    if isinstance(answer, dict):
        return [{**answer, name: one} for name, part in answer.items() for one in changed(part)]
    if isinstance(answer, list):
        return [[*changed(answer[0])[:1], *answer[1:]], answer[:-1]]
    if isinstance(answer, bytes):
        return [answer[:-1] + bytes([answer[-1] ^ 1])]
    return [answer + 1] if isinstance(answer, int) else []
