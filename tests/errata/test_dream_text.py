"""What paper C writes so that it cannot be followed to the letter; each test first does so."""

import pytest

from meter_privacy.reference import dream

M = 1 << 16
READINGS = {1: 700, 2: 0, 3: 5000}
KEYSTREAMS = {1: 40000, 2: 65535, 3: 123}
PAIRS = {(2, 1): 31000, (3, 1): 60001, (3, 2): 17}


def dummy_keys(node: int) -> list[dream.DummyKey]:
    """The dummy keys of a meter in a cluster of three where everybody is selected."""
    return [
        dream.DummyKey(node=low if node == high else high, key=key)
        for (high, low), key in PAIRS.items()
        if node in (high, low)
    ]


def ciphertext(node: int, blind: int = 0) -> int:
    """The meter's ciphertext by the reference."""
    return dream.mask(M, node, READINGS[node], KEYSTREAMS[node], dummy_keys(node), blind)


def test_one_sign_for_three_encryptions() -> None:
    """C-ERRATUM-25: Enc with a key that cancels, with all masks, with the keystream: three numbers.

    Section 5.3 writes the same sign for the last two; only their sums over all meters agree.
    """
    cancelling = {1: 5, 2: 9, 3: M - 14}
    assert sum(cancelling.values()) % M == 0
    first = {node: (value + cancelling[node]) % M for node, value in READINGS.items()}
    second = {node: ciphertext(node) for node in READINGS}
    third = {node: (value + KEYSTREAMS[node]) % M for node, value in READINGS.items()}
    assert all(len({first[node], second[node], third[node]}) == 3 for node in READINGS)
    assert sum(second.values()) % M == sum(third.values()) % M
    # Section 4.2 decrypts the sum by doing nothing to it, which is right for the first sign only.
    total = sum(READINGS.values())
    assert sum(first.values()) % M == total
    assert sum(second.values()) % M != total
    assert dream.aggregate(M, list(second.values()), list(KEYSTREAMS.values()), []) == total


def test_sum_over_meters_that_are_missing() -> None:
    """C-ERRATUM-28: a missing meter has no ciphertext, and its keystream must not be subtracted."""
    blinds = {1: 11111, 2: 22222}
    ciphertexts = [ciphertext(node, blinds[node]) for node in (1, 2)]
    missing = {n: next(e["key"] for e in dummy_keys(n) if e["node"] == 3) for n in (1, 2)}
    recoveries = [(dream.sign(n, 3) * missing[n] + blinds[n]) % M for n in (1, 2)]
    printed = (sum(ciphertexts) - sum(recoveries) - sum(KEYSTREAMS.values())) % M
    assert printed == (READINGS[1] + READINGS[2] - KEYSTREAMS[3]) % M != READINGS[1] + READINGS[2]

    answered = [KEYSTREAMS[1], KEYSTREAMS[2]]
    assert dream.aggregate(M, ciphertexts, answered, recoveries) == READINGS[1] + READINGS[2]
    with pytest.raises(ValueError, match="keystream"):
        dream.aggregate(M, ciphertexts, list(KEYSTREAMS.values()), recoveries)
