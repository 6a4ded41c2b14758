"""What paper E prints of reports, and does not work: each formula as it stands, with its counterexample."""

import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import report_server, reporting, ring_signature
from meter_privacy.reference.errors import Expired, Replayed
from meter_privacy.vectors.generators.reporting import MIDNIGHT, SLOT, WORLDS, Ring, seed

WORLD = WORLDS["published"]
SPEC = Path(__file__).resolve().parents[2] / "spec" / "reporting.md"


def printed_report(received: list[tuple[bytes, bytes, bytes]]) -> set[tuple[int, int]]:
    """Algorithm 1, lines 4 to 6: verify, strip the name, unite sets. (message, signature, key) come in."""
    report: set[tuple[int, int]] = set()
    for message, signature, key in received:
        Ed25519PrivateKey.from_private_bytes(key).public_key().verify(signature, message)
        _, consumption, second = (int(part) for part in message.split(b","))
        report = report | {(consumption, second)}
    return report


def printed_send(meter: int, consumption: int, second: int) -> tuple[bytes, bytes, bytes]:
    """Algorithm 1, lines 1 to 3."""
    key = seed(f"printed/{meter}")
    message = b"%d,%d,%d" % (meter, consumption, second)
    return message, Ed25519PrivateKey.from_private_bytes(key).sign(message), key


def test_a_union_of_sets() -> None:
    """E-ERRATUM-2: two homes that use 5 Wh at one time: 5 Wh in the union, 10 in the sum (REPORT-22)."""
    sent = [printed_send(1, 5, 900), printed_send(2, 5, 900)]
    assert sum(consumption for consumption, _ in printed_report(sent)) == 5
    counted: list[report_server.Counted] = [
        {"node": node, "counter": 0, "consumption_wh": 5, "timestamp": 900} for node in (1, 2)
    ]
    assert report_server.slot_totals(counted, SLOT) == [{"slot": 1, "total_wh": 10, "meters": 2}]


def test_a_report_sent_again() -> None:
    """E-ERRATUM-42: the printed server takes a report as often as it comes, and years later."""
    sent = printed_send(1, 300, 900)
    assert len([printed_report([sent]) for _ in range(3)]) == 3
    as_a_sum = [next(iter(printed_report([sent]))) for _ in range(3)]
    assert sum(consumption for consumption, _ in as_a_sum) == 900
    session = opened()
    report = WORLD.report(3 + 17, 0, 1)
    second = MIDNIGHT + 37
    assert report_server.server_receive(session, report, second) == 1
    with pytest.raises(Replayed):
        report_server.server_receive(session, report, second + 1)
    with pytest.raises(Expired):
        report_server.server_receive(session, report, second + 3 * 365 * 86400)


def opened() -> dict[str, Any]:
    """A report server."""
    session: dict[str, Any] = {}
    report_server.server_start(
        session, WORLD.server, WORLD.group, WORLD.members, WORLD.least, SLOT, 6000, 3600, 60, 0
    )
    return session


def test_a_shared_key_counts_any_number_of_times() -> None:
    """E-ERRATUM-41: with the key in common, one of three makes reports for all; in a ring it counts once."""
    shared = seed("shared")
    public = Ed25519PrivateKey.from_private_bytes(shared).public_key().public_bytes_raw()
    slot: list[dict[str, int]] = []
    for consumption, counter in ((300, 0), (5000, 1), (5000, 2)):  # one meter, three times
        measured: list[reporting.Measurement] = [
            {"counter": counter, "consumption_wh": consumption, "timestamp": MIDNIGHT + counter}
        ]
        message = reporting.sign_report(shared, WORLD.roster, 0, MIDNIGHT + 9, measured)
        taken = reporting.check_shared_report(
            public, WORLD.roster, 3, 3, 6000, MIDNIGHT + 9, 3600, 0, message
        )
        slot += taken["measurements"]
    assert sum(m["consumption_wh"] for m in slot) == 10300
    ring = Ring("P-256", "shared", 3, 3)
    fields = (ring.group.name, ring.keys, 3)
    images = set()
    for label, message in (("a", b"300"), ("b", b"5000"), ("c", b"5000 again")):
        nonce, others = ring.randomness(label)
        signed = ring_signature.ring_sign(*fields, ring.secrets[0], 7, message, nonce, others)
        ring_signature.ring_verify(*fields, 7, message, **signed)
        images.add(signed["image"])
    assert len(images) == 1


def test_a_shared_key_that_is_opened() -> None:
    """E-ERRATUM-41: who opens one meter signs as all of them."""
    shared = seed("shared")
    forged = WORLD.body(WORLD.nodes[1], 0, 1)
    signed = reporting.seal_body(shared, reporting.REPORT, {**forged, 2: 0})
    public = Ed25519PrivateKey.from_private_bytes(shared).public_key().public_bytes_raw()
    taken = reporting.check_shared_report(public, WORLD.roster, 3, 3, 6000, forged[4], 3600, 0, signed)
    assert taken["measurements"][0]["consumption_wh"] == forged[5][0]


def test_letters_that_stand_for_two_things() -> None:
    """E-ERRATUM-24: each letter of the chapter's table means one thing (REPORT-5)."""
    text = SPEC.read_text(encoding="utf-8")
    table = text[text.index("## Reports") : text.index("### What is seen")]
    symbols = [cell.strip() for cell in re.findall(r"^\| (\$[^|]*) \|", table, re.M)]
    names = [name.strip() for symbol in symbols for name in symbol.split(",")]
    assert len(names) == len(set(names)) >= 8
    printed = {
        "t": ["threshold", "task"],
        "h": ["generator", "hash"],
        "p": ["polynomial", "prime"],
        "m": ["measurement", "message"],
    }
    assert all(len(meanings) == 2 for meanings in printed.values())
