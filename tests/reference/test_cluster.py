"""The reference's cluster and recovery: every vector without the door, properties of epochs and of slots."""

import copy
import hashlib
import hmac
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meter_privacy.conformance.values import Refusal, check_ranges, decode_input, encode_fields
from meter_privacy.reference import cluster, dream, recovery
from meter_privacy.reference.errors import Malformed, Policy, Range, Refused, State
from meter_privacy.reference.operations import DREAM_PROTOCOL, OPERATIONS
from meter_privacy.vectors.generators import dream as dream_generator
from meter_privacy.vectors.generators import dream_device
from meter_privacy.vectors.generators import dream_protocol as generator
from meter_privacy.vectors.generators.common import VectorFile, is_negative, tables
from tests.reference import test_recovery_machine as machine

FILES = [*generator.files(), *dream_device.files()]
TABLES = tables().operations
SAFE = {**generator.SAFE, "modulus": 2**64}
BASE: dict[str, Any] = {
    "epoch": 7, "first_slot": 4032, "supplier": hashlib.sha256(b"s").digest(),
    "roster": hashlib.sha256(b"r").digest(), **SAFE,
}  # fmt: skip


# ---- Vectors without the door --------------------------------------------------------------------


def only_the_table_refuses(name: str, given: Any, profile: str) -> bool:
    """Whether the hardened profile's smallest sizes refuse what the published profile takes."""
    operation = TABLES[name]

    def refused(by: str) -> bool:
        try:
            check_ranges(operation, decode_input(operation, given), by)
        except Refusal:
            return True
        return False

    return profile == "hardened" and refused("hardened") and not refused("published")


def play(profile: str, test: dict[str, Any], name: str | None) -> None:
    """One test's steps by the bare functions; a refused step leaves its session as it was."""
    sessions: dict[str, dict[str, Any]] = {}
    for step in test.get("steps", [{"operation": name, **test}]):
        operation = TABLES[step["operation"]]
        values = decode_input(operation, step["input"])
        before: dict[str, Any] = {}
        if "session" in step:
            values["session"] = sessions.setdefault(step["session"], {})
            before = copy.deepcopy(values["session"])
        function = OPERATIONS[operation.name]
        if "output" in step["expect"]:
            result = function(**values)
            if len(operation.output) == 1:
                result = {operation.output[0].name: result}
            assert encode_fields(operation.output, result or {}) == step["expect"]["output"]
        elif not only_the_table_refuses(operation.name, step["input"], profile):
            with pytest.raises(Refused) as refusal:
                function(**values)
            assert refusal.value.error_class == step["expect"]["error"]
            assert values.get("session", {}) == before


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_vectors_by_the_bare_functions(file: VectorFile) -> None:
    """The functions make their own checks, all but the hardened profile's sizes. DREAM-49 to DREAM-75."""
    played = [test for test in file.tests if "raw" not in test]
    assert played
    for test in played:
        play(file.profile, test, file.operation)


def test_both_polarities() -> None:
    """At least 180 tests, 40 of 100 negative, every requirement and every flag of this part among them."""
    tests = [test for file in FILES for test in file.tests]
    assert len(tests) >= 180
    assert sum(map(is_negative, tests)) >= 0.4 * len(tests)
    named = {name for test in tests for name in test["requirements"]}
    assert named == {f"DREAM-{number}" for number in generator.NUMBER.values()}
    own = generator.NOTES.keys() - dream_generator.NOTES.keys()
    assert own <= {flag for test in tests for flag in test["flags"]}
    assert {step["operation"] for t in tests for step in t.get("steps", [])} >= {
        name for name in DREAM_PROTOCOL if TABLES[name].session
    }


# ---- Parameters and epochs -----------------------------------------------------------------------


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(2, 60), st.integers(0, 30), st.integers(0, 30), st.integers(1, 59))
def test_safe_parameters_are_these(meters: int, failures: int, colluders: int, partners: int) -> None:
    """Accepted exactly where the rules hold, in rationals. DREAM-49."""
    fields = {
        **SAFE, "meters": meters, "tolerated_failures": failures, "colluders": colluders,
        "expected_partners": partners,
    }  # fmt: skip
    in_range = failures < meters and colluders < meters and partners < meters
    alone = (1 - Fraction(partners, max(meters - 1, 1))) ** max(meters - 1 - failures, 0)
    safe = colluders <= failures and 2 * failures < meters - colluders and alone <= Fraction(1, 2**29)
    if in_range and safe:
        assert cluster.check_cluster(**fields) == failures - colluders
    else:
        with pytest.raises(Policy if in_range else Range):
            cluster.check_cluster(**fields)


def test_the_digest_binds_every_field() -> None:
    """DREAM-52: no two of these epochs have the same digest, whatever is moved between fields."""
    changes: list[dict[str, Any]] = [
        {}, {"epoch": 8}, {"first_slot": 4033}, {"supplier": BASE["roster"], "roster": BASE["supplier"]},
        {"meters": 1001}, {"tolerated_failures": 301}, {"colluders": 101}, {"expected_partners": 998},
        {"maximum_wh": 6001}, {"tail_wh": 300_001}, {"scale_wh": 5999}, {"modulus": 2**65},
        {"tolerated_failures": 100, "colluders": 100}, {"tolerated_failures": 100, "colluders": 0},
    ]  # fmt: skip
    digests = {cluster.epoch_digest(**{**BASE, **change}) for change in changes}
    assert len(digests) == len(changes)


def test_grammar_by_direct_calls() -> None:
    """What no door lets through. DREAM-49, DREAM-52 to DREAM-56, DREAM-62 to DREAM-64, DREAM-69."""
    key = bytes(range(32))
    for call in (
        lambda: cluster.check_cluster(**{**SAFE, "meters": True}),
        lambda: cluster.check_cluster(**{**SAFE, "modulus": -4}),
        lambda: cluster.epoch_digest(**{**BASE, "roster": b""}),
        lambda: cluster.epoch_digest(**{**BASE, "epoch": 2**53}),
        lambda: cluster.announce(key, key[:-1]),
        lambda: cluster.epoch_key(key, bytearray(key)),  # type: ignore[arg-type]  # no bytes, which is the fault
        lambda: cluster.pair_values(key[:-1], 0, 2**64),
        lambda: cluster.blind(key, 2**53, 2**64),
        lambda: recovery.sign_missing(key, key, 0, [True]),
        lambda: recovery.sign_missing(key, key, 0, range(4096)),
        lambda: recovery.authenticate_reply(key, key, 0, 0, b"", 2**64, 0),
        lambda: recovery.check_equivocation(key, key, 0, [], bytes(63), [1], bytes(64)),
        lambda: recovery.member_start({}, key, key, 0, key, key, 0, 0, 0),
        lambda: recovery.member_reply(machine.enrolled()[3], 0, [], b""),
        lambda: recovery.collector_start({}, 0, 2**64, key, [], 0, 0, key),
    ):
        with pytest.raises(Malformed):
            call()


def test_the_earlier_class_answers_the_supplier() -> None:
    """What is wrong in two ways has the earlier class; a refusal changes nothing. DREAM-70, DREAM-72."""
    sessions, collector = machine.enrolled(), {}  # type: dict[int, dict[str, Any]], dict[str, Any]
    recovery.collector_start(
        collector, machine.SLOT, machine.M, machine.DIGEST, machine.KEYS, machine.FAILURES, 0, machine.SIGNING
    )
    silent, *present = machine.NODES
    reports = {n: recovery.member_report(sessions[n], machine.SLOT, 5, 0) for n in machine.NODES}

    def refuses(function: Any, *given: Any) -> str:
        before = copy.deepcopy(collector)
        with pytest.raises(Refused) as refusal:
            function(collector, *given)
        assert collector == before
        return refusal.value.error_class

    for n in present:
        recovery.collector_receive(collector, n, reports[n]["ciphertext"], reports[n]["tag"])
    n, tag = present[0], bytes(32)
    assert refuses(recovery.collector_reply, silent, 0, tag) == "range"
    assert refuses(recovery.collector_reply, 77, 0, tag) == "range"
    assert refuses(recovery.collector_reply, n, machine.M, tag) == "range"
    assert refuses(recovery.collector_reply, n, 0, tag) == "state"
    closed = recovery.collector_close(collector)
    late, known = reports[silent], reports[n]
    assert refuses(recovery.collector_receive, silent, machine.M, late["tag"]) == "range"
    assert refuses(recovery.collector_receive, silent, late["ciphertext"], tag) == "unauthentic"
    assert refuses(recovery.collector_receive, n, known["ciphertext"], known["tag"]) == "replayed"
    assert refuses(recovery.collector_receive, silent, late["ciphertext"], late["tag"]) == "state"
    reply = recovery.member_reply(sessions[n], machine.SLOT, closed["missing"], closed["signature"])
    recovery.collector_reply(collector, n, reply["recovery"], reply["tag"])
    assert refuses(recovery.collector_reply, n, reply["recovery"], tag) == "unauthentic"
    assert refuses(recovery.collector_reply, n, reply["recovery"], reply["tag"]) == "replayed"
    assert refuses(recovery.collector_reply, silent, reply["recovery"], reply["tag"]) == "range"


def test_selection_and_dummy_key_are_two_parts() -> None:
    """DREAM-55, DREAM-56, by the standard library's HMAC; labels keep the functions apart."""
    key, t = hashlib.sha256(b"k").digest(), 2**33 + 5
    drawn = hmac.new(key, b"meter-privacy/dream/1/pair\x00" + t.to_bytes(8, "big"), "sha256").digest()
    values = cluster.pair_values(key, t, 2**128)
    assert values["selection"] == int.from_bytes(drawn[:8], "big")
    assert values["dummy_key"] == int.from_bytes(drawn[16:], "big")
    labels = (b"pair", b"blind", b"keystream", b"dummy", b"select")
    assert len({dream.prf(key, label, t) for label in labels}) == 5


def test_keys_are_the_epochs() -> None:
    """Both ends derive the same keys; another epoch's parameters give others. DREAM-54, DREAM-58."""
    sessions = machine.enrolled()

    def keys() -> dict[tuple[int, int], bytes]:
        return {(n, e["node"]): e["key"] for n, s in sessions.items() for e in s["epoch"]["keys"]}

    first = keys()
    assert all(first[i, j] == first[j, i] for i, j in first)
    assert len(set(first.values())) == 6
    recovery.member_enrol(sessions[3], **machine.announce(1, 5, 39))
    second = keys()
    assert all(second[3, n] != first[3, n] for n in (5, 8, 13))
    assert all(second[pair] == first[pair] for pair in first if pair[0] != 3)


# ---- Slots ---------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_slots_of_a_cluster(data: st.DataObject) -> None:
    """One meter missing or none, any values: the sum. DREAM-60, DREAM-63, DREAM-70 to DREAM-73."""
    sessions = machine.enrolled()
    for slot in data.draw(st.lists(st.integers(1, 2**40), min_size=1, max_size=3, unique=True).map(sorted)):
        if slot > machine.LAST_SLOT:
            continue
        missing = data.draw(st.sampled_from([[], [3], [5], [8], [13]]))
        present = [n for n in machine.NODES if n not in missing]
        values = {n: (data.draw(st.integers(-9, 5000)), data.draw(st.integers(-2000, 2000))) for n in present}
        supplier: dict[str, Any] = {}
        recovery.collector_start(
            supplier, slot, machine.M, machine.DIGEST, machine.KEYS, machine.FAILURES, 0, machine.SIGNING
        )
        for n in present:
            report = recovery.member_report(sessions[n], slot, *values[n])
            assert report["clamped"] == int(not 0 <= values[n][0] <= 4000)
            recovery.collector_receive(supplier, n, report["ciphertext"], report["tag"])
        closed = recovery.collector_close(supplier)
        assert closed["missing"] == missing
        for n in present:
            with pytest.raises(State):
                recovery.collector_total(supplier)
            reply = recovery.member_reply(sessions[n], slot, closed["missing"], closed["signature"])
            recovery.collector_reply(supplier, n, reply["recovery"], reply["tag"])
        expected = sum(max(0, min(4000, reading)) + share for reading, share in values.values())
        assert recovery.collector_total(supplier) == {"total": expected, "meters": len(present)}


def test_a_meter_without_a_partner_sends_nothing() -> None:
    """What DREAM-49 leaves of the case is refused in the slot. DREAM-60, DREAM-9."""
    session = machine.enrolled()[3]
    # Safe parameters make it rarer than can be waited for: w is lowered behind the meter's back.
    session["epoch"]["parameters"] = session["epoch"]["parameters"]._replace(expected_partners=1)
    alone = 0
    for slot in range(1, 60):
        before = copy.deepcopy(session)
        try:
            recovery.member_report(session, slot, 5, 0)
        except Policy:
            alone += 1
            assert session == before
    # (2/3)^3 of 59 slots is 17.5, with a deviation of 3.5.
    assert 4 < alone < 33


def test_what_a_session_keeps_is_its_own() -> None:
    """What a caller does with an answer does not reach into the session. DREAM-61, DREAM-66, DREAM-71."""
    session = machine.enrolled()[3]
    report = recovery.member_report(session, 4, 5, 6)
    signature = recovery.sign_list(machine.SIGNING, machine.DIGEST, 4, [8])
    reply = recovery.member_reply(session, 4, [8], signature)
    kept = copy.deepcopy(session)
    report["ciphertext"] = reply["recovery"] = 0
    assert session == kept
    supplier: dict[str, Any] = {}
    recovery.collector_start(supplier, 4, machine.M, machine.DIGEST, machine.KEYS, 1, 0, machine.SIGNING)
    for n in (5, 8, 13):
        sent = recovery.member_report(machine.enrolled()[n], 4, 5, 6)
        recovery.collector_receive(supplier, n, sent["ciphertext"], sent["tag"])
    recovery.collector_close(supplier)["missing"].append(99)
    assert recovery.collector_close(supplier)["missing"] == [3]
