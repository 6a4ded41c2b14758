"""What a meter of a large cluster stores and computes in a slot."""

from typing import Any

import pytest

from meter_privacy.reference import cluster, dream, recovery
from meter_privacy.vectors.generators.common import draw_bytes
from meter_privacy.vectors.generators.primitives import ed25519_public

METERS = 1000


def test_a_thousand_meters(monkeypatch: pytest.MonkeyPatch) -> None:
    """DREAM-87: N - 1 keys of 32 bytes; N + 1 pseudo-random functions a report, none a reply."""
    given = cluster.Parameters(METERS, 300, 100, METERS - 1, 6250, 312_500, 6250, 1 << 64)
    keys: list[dream.NodeKey] = [{"node": n, "key": draw_bytes(f"cost/{n}", 32)} for n in range(1, METERS)]
    signing = draw_bytes("cost/signing", 32)
    digest = draw_bytes("cost/digest", 32)
    epoch: dict[str, Any] = {
        "parameters": given, "keys": keys, "supplier_key": draw_bytes("cost/supplier", 32),
        "blind_key": draw_bytes("cost/blind", 32), "digest": digest,
        "signing_key": ed25519_public(signing), "first_slot": 0, "last_slot": 100,
    }  # fmt: skip
    session = {"role": "dream.member", "node": 0, "next_slot": 0, "epoch": epoch, "last": None}
    assert len(b"".join(entry["key"] for entry in keys)) == 31_968
    prf, calls = dream.prf, list[bytes]()

    def counted(key: bytes, label: bytes, slot: int) -> bytes:
        calls.append(key)
        return prf(key, label, slot)

    monkeypatch.setattr(dream, "prf", counted)
    recovery.member_report(session, 7, 540, -3)
    assert len(calls) == METERS + 1
    assert len(set(calls)) == METERS + 1
    calls.clear()
    missing = list(range(1, 200))
    signature = recovery.sign_list(signing, digest, 7, missing)
    recovery.member_reply(session, 7, missing, signature)
    assert not calls
