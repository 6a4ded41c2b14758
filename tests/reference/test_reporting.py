"""Reports, prices, rings and servers: properties over many inputs, and hostile parties as a state machine."""

import copy
import hashlib
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import cbor2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from meter_privacy.reference import report_server, reporting, ring_signature
from meter_privacy.reference.contracts import keeps_contract
from meter_privacy.reference.errors import Malformed, Policy, ProofFailed, Range, Refused, Unauthentic
from meter_privacy.vectors.generators.primitives import ed25519_public
from meter_privacy.vectors.generators.reporting import (
    MIDNIGHT,
    NIGHT_AND_DAY,
    REPORT,
    SLOT,
    WORLDS,
    Ring,
    policy,
    ring,
    seal,
    seed,
)

WORLD = WORLDS["published"]
MAXIMUM = 6000
FIRST = MIDNIGHT // SLOT
VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "reporting"


def opened() -> dict[str, Any]:
    """A report server for the four meters of the published world."""
    session: dict[str, Any] = {}
    report_server.server_start(
        session, WORLD.server, WORLD.group, WORLD.members, WORLD.least, SLOT, MAXIMUM, 3600, 60, 0
    )
    return session


OPENED = opened()


def refusal_of(call: Callable[[], object]) -> str | None:
    """The class that a call is refused with, or None."""
    try:
        call()
    except Refused as refusal:
        return refusal.error_class
    return None


def test_share_of_refusals() -> None:
    """Of this part's vectors at least 45 % are refused, and there are at least 120 (REPORT-7, REPORT-8)."""
    tests = [
        test
        for path in VECTORS.glob("*.json")
        for test in json.loads(path.read_text(encoding="utf-8"))["tests"]
    ]
    refused = [t for t in tests if any("error" in step["expect"] for step in t.get("steps", [t]))]
    assert len(tests) >= 120
    assert len(refused) >= 0.45 * len(tests)


def test_the_server_has_no_key_but_its_own() -> None:
    """REPORT-5: a server's session holds one private key, its own, and answers nothing that names a meter."""
    session = copy.deepcopy(OPENED)
    for node in WORLD.nodes:
        report_server.server_receive(session, WORLD.report(node, 0, 1), MIDNIGHT + 37)
    secrets = {WORLD.utility, *WORLD.secrets.values()}
    assert session["private_key"] == WORLD.server
    assert not [key for key in secrets if key in repr(session).encode()]
    body = cbor2.loads(report_server.server_close(session, FIRST, 1))[2]
    assert sorted(body) == [1, 2, 3, 4, 5, 6]
    assert body[5] == WORLD.totals(0, 1)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=20, unique=True), st.sampled_from([60, 900, 86400]))
@settings(max_examples=60, deadline=None, database=None)
def test_slots_of_a_day(slots: list[int], length: int) -> None:
    """REPORT-6: a meter counts rising slots, each once, and what it counts is what it reports."""
    session: dict[str, Any] = {}
    prices = policy(0, 0, 5, [(0, 2)])
    reporting.meter_start(
        session, WORLD.secrets[0], WORLD.roster, 0, length, MAXIMUM, 7, ed25519_public(WORLD.utility),
        WORLD.tariff, prices,
    )  # fmt: skip
    counted: list[int] = []
    for slot in slots:
        refusal = refusal_of(partial(reporting.meter_measure, session, slot, slot * length + 1))
        rises = slot > max(counted, default=-1)
        assert refusal == (None if rises else "replayed")
        counted += [slot] if rises else []
    message = reporting.meter_report(session, counted[-1] * length + 5)
    body = cbor2.loads(message)[2]
    assert body[3] == 7
    assert body[5] == counted
    owed = reporting.meter_fee(session)
    assert owed["fee"] == 5 + 2 * sum(body[5])


def test_every_byte_of_a_report_counts() -> None:
    """REPORT-7, REPORT-8, REPORT-12: no message with one byte changed is taken."""
    message = WORLD.report(WORLD.nodes[1], 0, 2)
    public, node, now = ed25519_public(WORLD.secrets[WORLD.nodes[1]]), WORLD.nodes[1], MIDNIGHT + 950
    reporting.check_report(public, WORLD.roster, node, MAXIMUM, now, 3600, 60, message)
    classes: Counter[str] = Counter()
    for place, bit in itertools.product(range(len(message)), (1, 128)):
        changed = message[:place] + bytes([message[place] ^ bit]) + message[place + 1 :]
        with pytest.raises(Refused) as refusal:
            reporting.check_report(public, WORLD.roster, node, MAXIMUM, now, 3600, 60, changed)
        classes[refusal.value.error_class] += 1
    assert set(classes) == {"malformed", "unauthentic", "range"}


@given(st.integers(0, 1439), st.integers(1, 6), st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, database=None)
def test_fees_add_up(minute: int, bands: int, standing: int, draw: random.Random) -> None:
    """REPORT-9, REPORT-11: the fee is the standing charge and what each minute's own band asks for."""
    starts = [0, *sorted(draw.sample(range(1, 1440), bands - 1))]
    prices = [draw.randrange(2**32) for _ in starts]
    message = policy(0, 0, standing, list(zip(starts, prices, strict=True)))
    by_minute = [prices[sum(start <= m for start in starts) - 1] for m in range(1440)]
    measured: list[reporting.Measurement] = [
        {"counter": j, "consumption_wh": draw.randrange(5000), "timestamp": 60 * (minute + 97 * j) + j % 60}
        for j in range(40)
    ]
    expected = standing + sum(m["consumption_wh"] * by_minute[m["timestamp"] // 60 % 1440] for m in measured)
    assert reporting.fee(ed25519_public(WORLD.utility), WORLD.tariff, [message], measured) == expected


def test_a_price_never_reaches_back() -> None:
    """REPORT-10, REPORT-17: whatever policies a meter is sent, what it charged for a second stays."""
    draw = random.Random(5)
    for _ in range(20):
        session: dict[str, Any] = {}
        utility = ed25519_public(WORLD.utility)
        first = policy(0, 0, 0, [(0, 3)])
        reporting.meter_start(
            session, WORLD.secrets[0], WORLD.roster, 0, SLOT, MAXIMUM, 0, utility, WORLD.tariff, first
        )
        taken, measured, charged = [first], [], 0
        for slot in range(12):
            update = policy(draw.randrange(6), SLOT * draw.randrange(14), 0, [(0, draw.randrange(1, 99))])
            refusal = refusal_of(partial(reporting.meter_policy, session, update))
            assert refusal in (None, "replayed", "policy")
            taken += [update] if refusal is None else []
            reporting.meter_measure(session, 10, slot * SLOT)
            measured.append({"counter": slot, "consumption_wh": 10, "timestamp": slot * SLOT})
            assert session["fee"] >= charged
            charged = session["fee"]
            assert reporting.fee(utility, WORLD.tariff, taken, measured) == charged  # type: ignore[arg-type]


@given(st.integers(-4000, 4000))
@settings(max_examples=80, deadline=None, database=None)
def test_the_window(ahead: int) -> None:
    """REPORT-13: a report is taken from 60 seconds before its time to 3600 after it, and at no other."""
    message, node = WORLD.report(WORLD.nodes[1], 0, 1), WORLD.nodes[1]
    time = MIDNIGHT + 37
    public = ed25519_public(WORLD.secrets[node])
    wanted = "expired" if ahead > 3600 else "policy" if ahead < -60 else None
    place = (public, WORLD.roster, node, MAXIMUM, time + ahead)
    assert refusal_of(lambda: reporting.check_report(*place, 3600, 60, message)) == wanted


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, database=None)
def test_marks_do_not_get_through(draw: random.Random) -> None:
    """REPORT-14: any further members, seconds, counters and orders give one summary, byte by byte."""
    session = copy.deepcopy(OPENED)
    for node in draw.sample(WORLD.nodes, len(WORLD.nodes)):
        body = WORLD.body(node, 0, 2)
        body[3] = draw.randrange(2**40)
        body[6] = [(second // SLOT) * SLOT + draw.randrange(SLOT) for second in body[6]]
        body[4] = body[6][-1] + draw.randrange(50)
        body |= {draw.randrange(32, 2**20): draw.choice([True, 5, b"mark", [1, 2]]) for _ in range(3)}
        report_server.server_receive(session, seal(WORLD.secrets[node], REPORT, body), body[4])
    assert report_server.server_close(session, FIRST, 2) == WORLD.summary(0, 0, 2)


def test_a_shared_key_has_no_place_in_the_hardened_profile() -> None:
    """REPORT-15: what the shared key does is published alone, and needs k holders."""
    body = {**WORLD.body(WORLD.nodes[1], 0, 1), 2: 0}
    message = seal(seed("shared"), REPORT, body)
    public = ed25519_public(seed("shared"))
    for holders in range(1, 5):
        try:
            reporting.check_shared_report(public, WORLD.roster, holders, 3, MAXIMUM, body[4], 60, 0, message)
            assert holders >= 3
        except Policy:
            assert holders < 3


# ---- Rings ---------------------------------------------------------------------------------------


def sign(this: Ring, signer: int, period: int, message: bytes, label: str = "r") -> dict[str, Any]:
    """The reference's signature."""
    nonce, others = this.randomness(label)
    fields = (this.group.name, this.keys, this.least)
    return ring_signature.ring_sign(*fields, this.secrets[signer], period, message, nonce, others)


def test_each_member_signs_and_links_with_itself_alone() -> None:
    """REPORT-18, REPORT-19, REPORT-20: all signatures verify; there is one image to a member and period."""
    this = ring("P-256", 4, 3, "members")
    images: dict[tuple[int, int], bytes] = {}
    for signer, period in itertools.product(range(4), (1, 2)):
        for label in ("a", "b") if period == 1 else ("a",):
            signed = sign(this, signer, period, b"m", label)
            ring_signature.ring_verify(this.group.name, this.keys, 3, period, b"m", **signed)
            assert images.setdefault((signer, period), signed["image"]) == signed["image"]
    assert len(set(images.values())) == len(images) == 8


def test_images_are_of_the_ring_too() -> None:
    """REPORT-19: a key that is in two rings has two images in one period."""
    this = ring("P-256", 4, 3, "members")
    wider = Ring("P-256", "members", 4, 4)  # the same keys with another k are another ring
    assert this.keys == wider.keys
    assert sign(this, 0, 1, b"m")["image"] != sign(wider, 0, 1, b"m")["image"]


def test_signer_is_hidden_in_the_toy_group() -> None:
    """REPORT-19: the response that closes the ring is as uniform as those that were drawn, whoever signs.

    In a group in which logarithms can be looked up the image shows the signer; the rest must not.
    """
    this = ring("toy-2039", 3, 3, "hidden")
    q = this.group.q
    for signer in range(3):
        seen = []
        for nonce in range(1, q, 3):
            try:
                signed = ring_signature.ring_sign(
                    this.group.name,
                    this.keys,
                    3,
                    this.secrets[signer],
                    1,
                    b"m",
                    nonce,
                    [nonce, 2 * nonce % q],
                )
            except Refused:
                continue
            seen.append(signed["responses"][signer] * 8 // q)
        counts = Counter(seen)
        expected = len(seen) / 8
        # 7 degrees of freedom; beyond 40 with a probability of 1e-6.
        assert sum((counts[k] - expected) ** 2 / expected for k in range(8)) < 40


def test_a_ring_signature_is_of_one_statement() -> None:
    """REPORT-20: a signature fits no other message, period, key, image, or place."""
    this = ring("P-256", 3, 3, "members")
    signed = sign(this, 1, 5, b"m")
    other = sign(this, 2, 5, b"m")
    fields: dict[str, Any] = {"period": 5, "message": b"m", **signed}
    q = this.group.q
    changes: tuple[dict[str, Any], ...] = (
        {"message": b"n"}, {"period": 6}, {"image": other["image"]}, {"challenge": other["challenge"]},
        *({"responses": [*signed["responses"][:i], (z + 1) % q, *signed["responses"][i + 1 :]]}
          for i, z in enumerate(signed["responses"])),
    )  # fmt: skip
    for changed in changes:
        with pytest.raises(ProofFailed):
            ring_signature.ring_verify(this.group.name, this.keys, 3, **{**fields, **changed})


def test_an_image_that_is_not_the_keys() -> None:
    """REPORT-19: a signer who puts another image in place of h^x does not close the ring."""
    this = ring("toy-2039", 3, 3, "hidden")
    group, q = this.group, this.group.q
    base = this.image_base(9)
    closed = 0
    draw = random.Random(3)
    for attempt in range(300):
        wrong = group.encode(group.power(base, draw.randrange(1, q)))
        if wrong == group.encode(group.power(base, this.secrets[0])):
            continue
        try:
            signed = {**sign(this, 0, 9, b"%d" % attempt, str(attempt % 7)), "image": wrong}
            ring_signature.ring_verify(group.name, this.keys, 3, 9, b"%d" % attempt, **signed)
            closed += 1
        except Refused:
            pass
    assert closed <= 4  # by luck one in 1019


# ---- Rosters, summaries, parts, servers ----------------------------------------------------------


def test_a_roster_is_of_all_its_parts() -> None:
    """REPORT-21: every part of a group changes the digest."""
    parts = (WORLD.group, WORLD.members, WORLD.least, SLOT, MAXIMUM)
    moved = [{**m, "node": m["node"] + 1} for m in WORLD.members[:-1]] + [WORLD.members[-1]]
    others = (
        (seed("g")[:16], *parts[1:]),
        (parts[0], WORLD.members[:-1], *parts[2:]), (parts[0], moved, *parts[2:]),
        (*parts[:2], WORLD.least + 1, *parts[3:]), (*parts[:3], 2 * SLOT, MAXIMUM), (*parts[:4], MAXIMUM + 1),
    )  # fmt: skip
    digests = {report_server.report_roster(*given) for given in (parts, *others)}
    assert len(digests) == 7
    assert report_server.report_roster(*parts) == WORLD.roster


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
@settings(max_examples=150, deadline=None, database=None)
def test_each_measurement_counts_once(sent: list[tuple[int, int, int]]) -> None:
    """REPORT-22, REPORT-23: the total is that of distinct (meter, counter), whatever was sent how often."""
    rows: list[report_server.Counted] = [
        {"node": node, "counter": counter, "consumption_wh": wh, "timestamp": SLOT * counter}
        for node, counter, wh in sent
    ]
    known: dict[tuple[int, int], int] = {}
    conflict = any(known.setdefault((node, counter), wh) != wh for node, counter, wh in sent)
    meters = Counter(counter for _, counter in known)
    wanted = "replayed" if conflict else "policy" if min(meters.values()) < 3 else None
    assert refusal_of(lambda: report_server.aggregate(SLOT, 3, rows)) == wanted
    if wanted is not None:
        return
    totals = {slot["slot"]: slot["total_wh"] for slot in report_server.aggregate(SLOT, 3, rows)}
    assert totals == {c: sum(wh for (_, k), wh in known.items() if k == c) for c in meters}


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_summary_is_the_same_for_names_and_rings(anonymous: bool) -> None:
    """REPORT-24, REPORT-25, REPORT-26, REPORT-27: the utility takes the summary in, and never twice."""
    this = ring("toy-2039", 4, 3, "script")
    session: dict[str, Any] = {}
    if anonymous:
        report_server.anonymous_server_start(
            session, WORLD.server, this.group.name, this.keys, 3, 4, SLOT, MAXIMUM, 3600, 60, 0
        )
    else:
        session = copy.deepcopy(OPENED)
    for place, node in enumerate(WORLD.nodes):
        if not anonymous:
            report_server.server_receive(session, WORLD.report(node, 0, 1), MIDNIGHT + 37)
            continue
        wh = WORLD.reading(node, 0)
        measured: list[reporting.Measurement] = [
            {"counter": FIRST, "consumption_wh": wh, "timestamp": MIDNIGHT}
        ]
        said = report_server.anonymous_body(this.digest, 4, MIDNIGHT + SLOT, measured)
        signed = sign(this, place, 4, said, "a")
        report_server.anonymous_server_receive(session, said, **signed, now=MIDNIGHT + SLOT)
    message = report_server.server_close(session, FIRST, 1)
    public = ed25519_public(WORLD.server)
    taken = report_server.check_summary(public, session["scope"], 0, 3, 4, MAXIMUM, message)
    assert taken == {"sequence": 0, "first_slot": FIRST, "totals_wh": WORLD.totals(0, 1), "counts": [4]}
    with pytest.raises(Refused, match="used before"):
        report_server.check_summary(public, session["scope"], 1, 3, 4, MAXIMUM, message)


def test_an_auditor_finds_any_other_total() -> None:
    """REPORT-28: of all totals one verifies."""
    reports = [WORLD.report(node, 0, 1) for node in WORLD.nodes]
    given = (ed25519_public(WORLD.server), WORLD.roster, WORLD.members, SLOT, reports)
    true = WORLD.totals(0, 1)[0]
    for total in (true - 1, true, true + 1, 0):
        message = WORLD.summary(0, 0, 1, totals=[total])
        if total == true:
            assert report_server.audit_summary(*given, message) == 4
        else:
            with pytest.raises(ProofFailed):
                report_server.audit_summary(*given, message)


@given(st.integers(2, 6), st.integers(1, 24), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, database=None)
def test_parts_are_disjoint_and_whole(servers: int, hours: int, draw: random.Random) -> None:
    """REPORT-29, REPORT-30: each measurement goes to one server, and the parts' totals are those of all."""
    assignment = [place % servers for place in range(hours)]
    draw.shuffle(assignment)
    parts = []
    for node in range(3):
        measured: list[reporting.Measurement] = [
            {"counter": j, "consumption_wh": draw.randrange(900), "timestamp": SLOT * j + node}
            for j in range(4 * hours)
        ]
        parts.append(report_server.split_intervals(3600, servers, 0, assignment, measured))
        sent = [m["counter"] for part in parts[-1] for m in part["measurements"]]
        assert sorted(sent) == list(range(4 * hours))
        assert max(len(part["measurements"]) for part in parts[-1]) <= 4 * -(-hours // servers)
    totals = []
    for server in range(servers):
        rows: list[report_server.Counted] = [
            {"node": node, **m} for node in range(3) for m in parts[node][server]["measurements"]
        ]
        totals.append({"slots": report_server.slot_totals(rows, SLOT)})
    joined = report_server.join_parts(0, 4 * hours, 3, totals)
    every = [m for part in parts for server in part for m in server["measurements"]]
    assert sum(joined["totals_wh"]) == sum(m["consumption_wh"] for m in every)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12), st.integers(1, 9))
@settings(max_examples=120, deadline=None, database=None)
def test_the_best_serve(served: list[tuple[int, int]], wanted: int) -> None:
    """REPORT-32: nobody who serves has a lower score than somebody fit who does not."""
    candidates: list[report_server.Candidate] = [
        {"node": node, "good": good, "bad": bad} for node, (good, bad) in enumerate(served)
    ]
    scores = {c["node"]: report_server.reputation(c["good"], c["bad"]) for c in candidates}
    threshold = (wanted + 1) // 2
    fit = {node for node, score in scores.items() if score >= 400}
    try:
        chosen = report_server.choose_aggregators(wanted, threshold, 400, seed("lot"), candidates)
    except Policy:
        assert len(fit) < 2 * threshold - 1
        return
    assert len(chosen) == min(wanted, len(fit)) >= 2 * threshold - 1
    assert set(chosen) <= fit
    left = fit - set(chosen)
    assert min(scores[node] for node in chosen) >= max((scores[node] for node in left), default=0)


def test_the_lot_is_fair() -> None:
    """REPORT-32: of alike candidates each is drawn about as often as the others."""
    candidates: list[report_server.Candidate] = [{"node": n, "good": 3, "bad": 0} for n in range(8)]
    drawn: Counter[int] = Counter()
    for number in range(800):
        lot = hashlib.sha256(b"%d" % number).digest()
        drawn.update(report_server.choose_aggregators(2, 1, 500, lot, candidates))
    # 7 degrees of freedom; beyond 40 with a probability of 1e-6.
    assert sum((drawn[n] - 200) ** 2 / 200 for n in range(8)) < 40


def test_errors_come_in_the_order_of_the_classes() -> None:
    """What is wrong twice is refused with the earlier class (REPORT-12, REPORT-24)."""
    node = WORLD.nodes[1]
    public = ed25519_public(WORLD.secrets[node])
    late = MIDNIGHT + 10**6
    message = WORLD.report(node, 0, 1)
    loose = WORLD.report(node, 0, 1, consumption=[MAXIMUM + 1])
    for wrong, refusal in (
        (message + b"\x00", Malformed),
        (loose, Range),
        (message[:-1] + bytes([message[-1] ^ 1]), Unauthentic),
    ):
        with pytest.raises(refusal):
            reporting.check_report(public, WORLD.roster, node, MAXIMUM, late, 3600, 60, wrong)


def test_payment_is_not_tied_to_what_is_metered() -> None:
    """E-ERRATUM-23: from totals and payments the utility cannot tell which of two homes paid half.

    REPORT-27 gives it totals; the server, which sees each meter's readings, can tell.
    """
    used, price = {1: 4000, 2: 2000}, 29
    first = {1: 2000 * price, 2: 2000 * price}
    second = {1: 4000 * price, 2: 0}
    seen = [(sum(used.values()), sorted(payment.values())) for payment in (first, second)]
    assert [total for total, _ in seen] == [6000, 6000]
    assert sum(first.values()) == sum(second.values()) < 6000 * price
    owed = {node: wh * price for node, wh in used.items()}
    assert [node for node in used if first[node] < owed[node]] == [1]
    assert [node for node in used if second[node] < owed[node]] == [2]


def test_a_mark_in_what_is_only_anonymised() -> None:
    """E-REMARK-2: stripped of names alone, data tells a meter by the second it reports at (REPORT-14)."""
    rows: list[report_server.Counted] = [
        {"node": meter, "counter": 0, "consumption_wh": 250, "timestamp": 900 + meter} for meter in range(3)
    ]
    stripped = {(row["consumption_wh"], row["timestamp"]) for row in rows}
    assert len(stripped) == 3
    unmarked: list[report_server.Counted] = [
        {"node": meter, "counter": 7 * meter, "consumption_wh": 250, "timestamp": 900} for meter in range(3)
    ]
    assert report_server.slot_totals(rows, SLOT) == report_server.slot_totals(unmarked, SLOT)


rows_of_slots = st.lists(
    st.fixed_dictionaries(
        {
            "slot": st.integers(0, 5),
            "total_wh": st.sampled_from((0, 5, 2**53 - 1, 2**53, -1)),
            "meters": st.sampled_from((2, 3, 4, 1024, 1025)),
        }
    ),
    max_size=5,
)
rows_of_reports = st.lists(
    st.fixed_dictionaries(
        {
            "node": st.integers(0, 4),
            "counter": st.integers(0, 2),
            "consumption_wh": st.sampled_from((0, 5, 5, 2**32 - 1)),
            "timestamp": st.sampled_from((0, 899, 900, 1800)),
        }
    ),
    min_size=1,
    max_size=9,
)


@given(st.sampled_from((59, 60, 900, 901)), st.sampled_from((2, 3)), rows_of_reports)
@settings(max_examples=150, deadline=None, database=None)
def test_contract_of_aggregate(slot: int, least: int, reports: list[Any]) -> None:
    """REPORT-22, REPORT-23: what the contract takes, and what it ensures."""
    given_ = {"slot_seconds": slot, "least_meters": least, "reports": reports}
    assert keeps_contract("reporting.aggregate", report_server.aggregate, given_)


@given(st.integers(-1, 2), st.integers(0, 5), st.sampled_from((2, 3)), st.lists(rows_of_slots, max_size=3))
@settings(max_examples=150, deadline=None, database=None)
def test_contract_of_joining(first: int, slots: int, least: int, parts: list[Any]) -> None:
    """REPORT-30: what the contract takes, and what it ensures."""
    given_ = {"first_slot": first, "slots": slots, "least_meters": least}
    given_["parts"] = [{"slots": part} for part in parts]  # type: ignore[assignment]
    assert keeps_contract("reporting.join_parts", report_server.join_parts, given_)


@given(
    st.sampled_from((60, 900, 7)), st.integers(1, 3), st.lists(st.integers(0, 2), max_size=6), rows_of_reports
)
@settings(max_examples=150, deadline=None, database=None)
def test_contract_of_splitting(seconds: int, servers: int, assignment: list[int], rows: list[Any]) -> None:
    """REPORT-29, REPORT-31: what the contracts take, and what they ensure."""
    measured = [{name: row[name] for name in ("counter", "consumption_wh", "timestamp")} for row in rows]
    given_ = {"interval_seconds": seconds, "servers": servers, "first_interval": 0}
    given_ |= {"assignment": assignment, "measurements": measured}  # type: ignore[dict-item]
    assert keeps_contract("reporting.split_intervals", report_server.split_intervals, given_)
    for good, bad in ((servers, seconds), (-1, 0), (0, 2**32), (2**32 - 1, len(rows))):
        assert keeps_contract("reporting.reputation", report_server.reputation, {"good": good, "bad": bad})


# ---- Hostile meters against a real server --------------------------------------------------------


class HostileMeters(RuleBasedStateMachine):
    """Meters that report what they like, as often as they like, and a utility that asks for small totals."""

    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.session = copy.deepcopy(OPENED)
        self.now = MIDNIGHT + 2 * SLOT
        # What a total must be made of: slot -> node -> reading, of reports that were taken.
        self.taken: dict[int, dict[int, int]] = {}
        self.counters: dict[tuple[int, int], int] = {}
        self.sent: list[bytes] = []
        self.closed: set[int] = set()

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """A refused step leaves the server as it was."""
        before = copy.deepcopy(self.session)
        try:
            yield
        except Refused as refusal:
            assert self.session == before
            self.seen[refusal.error_class] += 1

    def receive(self, message: bytes) -> None:
        """Hand a message in, and keep account of what is taken."""
        with self.refusals():
            report_server.server_receive(self.session, message, self.now)
            body = cbor2.loads(message)[2]
            assert -60 <= self.now - body[4] <= 3600
            for place, (wh, second) in enumerate(zip(body[5], body[6], strict=True)):
                slot = second // SLOT
                assert slot not in self.closed
                assert body[2] not in self.taken.setdefault(slot, {})
                assert (body[2], body[3] + place) not in self.counters
                assert wh <= MAXIMUM
                self.taken[slot][body[2]] = wh
                self.counters[body[2], body[3] + place] = slot
            self.seen["taken"] += 1

    @rule(seconds=st.sampled_from((0, 60, SLOT, 3700)))
    def time_goes_on(self, seconds: int) -> None:
        """The clock."""
        self.now += seconds

    @rule(
        place=st.integers(0, 3), back=st.integers(-1, 2), count=st.integers(1, 2), counter=st.integers(0, 6),
        wh=st.sampled_from((0, 250, MAXIMUM, MAXIMUM + 1)), signer=st.integers(0, 3),
        late=st.sampled_from((0, -61, 61, 3601)),
    )  # fmt: skip
    def report(
        self, place: int, back: int, count: int, counter: int, wh: int, signer: int, late: int
    ) -> None:
        """A report of any meter, signed by any, of any slots under any counters."""
        node = WORLD.nodes[place]
        first = (self.now // SLOT - back) * SLOT
        body = {
            1: WORLD.roster, 2: node, 3: counter, 4: max(first + (count - 1) * SLOT, self.now - late),
            5: [wh] * count, 6: [first + k * SLOT for k in range(count)],
        }  # fmt: skip
        message = seal(WORLD.secrets[WORLD.nodes[signer if wh == 250 else place]], REPORT, body)
        self.sent.append(message)
        self.receive(message)

    @rule(shift=st.integers(0, 1))
    def everybody_reports(self, shift: int) -> None:
        """An honest slot."""
        slot = self.now // SLOT - 1 - shift
        for node in WORLD.nodes:
            body = {1: WORLD.roster, 2: node, 3: slot, 4: self.now, 5: [7 * (node % 9)], 6: [slot * SLOT]}
            self.sent.append(seal(WORLD.secrets[node], REPORT, body))
            self.receive(self.sent[-1])

    @rule(shift=st.integers(0, 1))
    def honest_slot(self, shift: int) -> None:
        """A slot in which everybody reports, and that is closed."""
        self.now += 2 * SLOT
        self.everybody_reports(shift)
        self.close(1 + shift, 1)

    @rule(which=st.integers(0, 99))
    def again(self, which: int) -> None:
        """A message that was sent before."""
        if self.sent:
            message = self.sent[which % len(self.sent)]
            before = self.seen["taken"]
            known = any(
                (cbor2.loads(message)[2][2], cbor2.loads(message)[2][3]) == key for key in self.counters
            )
            self.receive(message)
            assert not known or self.seen["taken"] == before

    @rule(back=st.integers(0, 3), slots=st.integers(1, 2))
    def close(self, back: int, slots: int) -> None:
        """The utility asks for totals of any slots."""
        first = self.now // SLOT - back
        with self.refusals():
            message = report_server.server_close(self.session, first, slots)
            body = cbor2.loads(message)[2]
            for place, slot in enumerate(range(first, first + slots)):
                assert slot not in self.closed
                assert body[6][place] == len(self.taken[slot]) >= WORLD.least
                assert body[5][place] == sum(self.taken[slot].values())
                self.closed.add(slot)
            self.seen["closed"] += 1

    @invariant()
    def counted_once(self) -> None:
        """The server's account is that of what it took."""
        here = sum(len(taken) for taken in self.session["taken"].values())
        assert here == sum(len(slot) for slot in self.taken.values())


def play(machine: type[HostileMeters], examples: int, steps: int) -> None:
    """Run a machine, always the same way."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_hostile_meters() -> None:
    """REPORT-13, REPORT-22, REPORT-23, REPORT-24, REPORT-25: nobody counts twice, no small total leaves."""
    HostileMeters.seen.clear()
    play(HostileMeters, 40, 30)
    seen = HostileMeters.seen
    assert {"taken", "closed", "expired", "replayed", "policy", "unauthentic", "range"} <= set(seen), seen


def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine finds a server that forgets counters (REPORT-22)."""
    kept = report_server.take

    def forgetful(session: dict[str, Any], who: int | bytes, body: dict[int, Any], now: int) -> int:
        session["taken"].pop(who, None)
        return kept(session, who, body, now)

    monkeypatch.setattr(report_server, "take", forgetful)
    with pytest.raises(AssertionError):
        play(HostileMeters, 40, 30)


# Named here so that a line of the text is not lost: two policies in force one after the other.
def test_two_policies_in_one_period() -> None:
    """REPORT-11: each second has the policy that is in force in it."""
    utility = ed25519_public(WORLD.utility)
    policies = [policy(0, 0, 100, NIGHT_AND_DAY), policy(1, 50_000, 900, [(0, 1)])]
    measured: list[reporting.Measurement] = [
        {"counter": j, "consumption_wh": 1, "timestamp": t}
        for j, t in enumerate((0, 21600, 49_999, 50_000, 86400))
    ]
    assert reporting.fee(utility, WORLD.tariff, policies, measured) == 100 + 11 + 29 + 29 + 1 + 1
