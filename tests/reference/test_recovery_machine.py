"""A hostile supplier against real meters, and hostile meters against a real collector, as state machines."""

import copy
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from meter_privacy.reference import cluster, dream, recovery
from meter_privacy.reference.errors import Refused
from meter_privacy.vectors.generators.common import draw_bytes
from meter_privacy.vectors.generators.primitives import ed25519_public
from tests.reference.knowledge import Knowledge, plain_sum

NODES = (3, 5, 8, 13)
M = 2**32
FAILURES = 1
LAST_SLOT = 10**6
NAME = draw_bytes("machine/cluster", 16)
AUTHORITY, SIGNING, SUPPLIER = (
    draw_bytes(f"machine/{who}", 32) for who in ("authority", "signing", "supplier")
)
PRIVATE = {n: draw_bytes(f"machine/private/{n}", 32) for n in NODES}
PUBLIC = {n: dream.public_key(key) for n, key in PRIVATE.items()}
MEMBERS: list[recovery.CertifiedMember] = [
    {
        "node": n,
        "public_key": PUBLIC[n],
        "last_slot": LAST_SLOT,
        "signature": dream.certify(AUTHORITY, NAME, n, PUBLIC[n], LAST_SLOT),
    }
    for n in NODES
]
SIGNING_KEY, SUPPLIER_PUBLIC = ed25519_public(SIGNING), dream.public_key(SUPPLIER)
CERTIFICATE: recovery.Supplier = {
    "term": 0,
    "signing_key": SIGNING_KEY,
    "public_key": SUPPLIER_PUBLIC,
    "last_slot": LAST_SLOT,
    "signature": cluster.certify_supplier(AUTHORITY, NAME, 0, SIGNING_KEY, SUPPLIER_PUBLIC, LAST_SLOT)[
        "signature"
    ],
}
ROSTER = dream.roster_digest(NAME, [{"node": n, "public_key": PUBLIC[n]} for n in NODES])
SIGNED = hashlib.sha256(
    cluster.supplier_certificate(NAME, 0, SIGNING_KEY, SUPPLIER_PUBLIC, LAST_SLOT)
).digest()


def parameters(scale: int) -> dict[str, int]:
    """The cluster's parameters; the scale is what a hostile supplier varies."""
    return {
        "tolerated_failures": FAILURES, "colluders": 0, "expected_partners": len(NODES) - 1,
        "maximum_wh": 4000, "tail_wh": 2000, "scale_wh": scale, "modulus": M,
    }  # fmt: skip


def announce(epoch: int, first_slot: int, scale: int) -> dict[str, Any]:
    """A signed announcement."""
    given = parameters(scale)
    digest = cluster.epoch_digest(epoch, first_slot, SIGNED, ROSTER, len(NODES), **given)
    signature = cluster.announce(SIGNING, digest)
    return {
        "epoch": epoch, "first_slot": first_slot, "supplier": CERTIFICATE, "members": MEMBERS,
        "signature": signature, **given,
    }  # fmt: skip


def started(node: int, next_slot: int = 0, next_epoch: int = 0) -> dict[str, Any]:
    """A meter that has read its counters."""
    session: dict[str, Any] = {}
    authority = ed25519_public(AUTHORITY)
    secret = draw_bytes(f"machine/blind/{node}", 32)
    recovery.member_start(session, authority, NAME, node, PRIVATE[node], secret, next_slot, next_epoch, 0)
    return session


def enrolled() -> dict[int, dict[str, Any]]:
    """All meters in one epoch."""
    sessions = {n: started(n) for n in NODES}
    for session in sessions.values():
        recovery.member_enrol(session, **announce(0, 1, 40))
    return sessions


ENROLLED = enrolled()
WITH_SUPPLIER = {n: dream.supplier_key(NAME, n, SUPPLIER, PUBLIC[n]) for n in NODES}

nodes = st.sampled_from(NODES)
listed = st.lists(st.sampled_from((*NODES, 77)), max_size=3, unique=True).map(sorted)


class HostileSupplier(RuleBasedStateMachine):
    """A supplier that asks what it likes, announces what it likes, and cuts the power of meters."""

    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.sessions = copy.deepcopy(ENROLLED)
        self.slot = 1
        # slot -> (node, epoch's digest) -> what was sent
        self.reports: dict[int, dict[tuple[int, bytes], tuple[int, int]]] = {}
        self.replies: dict[int, dict[tuple[int, bytes], tuple[list[int], int]]] = {}

    @contextmanager
    def refusals(self, node: int) -> Iterator[None]:
        """A refused step leaves the session as it was."""
        before = copy.deepcopy(self.sessions[node])
        try:
            yield
        except Refused as refusal:
            assert self.sessions[node] == before
            self.seen[refusal.error_class] += 1

    def epoch(self, node: int) -> bytes:
        """The digest of the epoch that a meter is in."""
        epoch = self.sessions[node]["epoch"]
        return bytes(epoch["digest"]) if epoch else b""

    def reply_of(self, node: int, slot: int, missing: list[int], signature: bytes) -> recovery.Reply:
        """The meter under test; a planted fault takes its place."""
        return recovery.member_reply(self.sessions[node], slot, missing, signature)

    @rule(step=st.integers(0, 2))
    def time_goes_on(self, step: int) -> None:
        """The next slots."""
        self.slot += step

    @rule(node=nodes, back=st.integers(0, 1), reading=st.integers(-5, 4100), share=st.integers(-2100, 2100))
    def report(self, node: int, back: int, reading: int, share: int) -> None:
        """Ask for a report of this slot or the last, again perhaps and with another value."""
        slot = self.slot - back
        with self.refusals(node):
            sent = recovery.member_report(self.sessions[node], slot, reading, share)
            value = max(0, min(4000, reading)) + share
            earlier = self.reports.setdefault(slot, {})
            assert all(digest == self.epoch(node) for n, digest in earlier if n == node)
            known = earlier.setdefault((node, self.epoch(node)), (sent["ciphertext"], value))
            assert known == (sent["ciphertext"], value)

    @initialize(missing=st.sampled_from([[], [3], [13]]))
    def first_slot(self, missing: list[int]) -> None:
        """A slot that is opened, so that all that follows is asked beside a total."""
        self.honest_slot(missing, True)

    @rule(node=nodes, back=st.integers(-1, 1), missing=listed)
    def ask(self, node: int, back: int, missing: list[int]) -> None:
        """A signed list of any meters, for the last slot, this one or the next."""
        slot, digest = self.slot - back, self.epoch(node)
        signature = recovery.sign_list(SIGNING, digest or bytes(32), max(slot, 0), missing)
        with self.refusals(node):
            reply = self.reply_of(node, slot, missing, signature)
            assert len(missing) <= FAILURES
            assert set(missing) <= set(NODES) - {node}
            answers = self.replies.setdefault(slot, {})
            assert answers.setdefault((node, digest), (missing, reply["recovery"]))[0] == missing

    @rule(node=nodes, but=nodes)
    def ask_about_too_many(self, node: int, but: int) -> None:
        """All others, or all but one."""
        self.ask(node, 0, [n for n in NODES if n not in (node, but)])

    @rule(missing=st.sampled_from([[], [3], [13]]), reply=st.booleans())
    def honest_slot(self, missing: list[int], reply: bool) -> None:
        """What an honest supplier asks, and all meters but the missing ones report."""
        self.slot += 1
        present = [n for n in NODES if n not in missing]
        for place, node in enumerate(present):
            self.report(node, 0, 100 * place, 3)
        for node in present if reply else ():
            self.ask(node, 0, missing)

    @rule(node=nodes, missing=listed)
    def forge(self, node: int, missing: list[int]) -> None:
        """A list that the supplier did not sign."""
        signature = recovery.sign_list(AUTHORITY, self.epoch(node) or bytes(32), self.slot, missing)
        with pytest.raises(Refused):
            recovery.member_reply(self.sessions[node], self.slot, missing, signature)

    @rule(node=nodes, ahead=st.integers(-1, 1), newer=st.integers(-1, 1), scale=st.sampled_from((39, 40)))
    def announce(self, node: int, ahead: int, newer: int, scale: int) -> None:
        """An announcement to one meter alone, older or newer, perhaps with other parameters."""
        epoch = max(0, self.sessions[node]["next_epoch"] + newer)
        with self.refusals(node):
            recovery.member_enrol(self.sessions[node], **announce(epoch, max(0, self.slot + ahead), scale))

    @rule(node=nodes)
    def cut_the_power(self, node: int) -> None:
        """What is left are the counters; the supplier enrols the meter again."""
        left = self.sessions[node]
        self.sessions[node] = started(node, left["next_slot"], left["next_epoch"])

    @rule()
    def announce_to_everybody(self) -> None:
        """What an honest supplier does after a loss of power."""
        epoch = max(session["next_epoch"] for session in self.sessions.values())
        self.slot = max(self.slot, *(session["next_slot"] for session in self.sessions.values()))
        given = announce(epoch, self.slot, 40)
        for session in self.sessions.values():
            recovery.member_enrol(session, **given)

    @precondition(lambda self: self.reports)
    @invariant()
    def at_most_one_sum(self) -> None:
        """Of a slot the supplier can compute one sum of at least N - M homes, and it is right."""
        slot = max(self.reports)
        known = Knowledge(combinations(NODES, 2))
        for node, digest in self.reports[slot]:
            known.report(node, digest)
        for (node, digest), (missing, _) in self.replies.get(slot, {}).items():
            known.reply(node, missing, digest)
        homes = [plain_sum(found) for found in known.sums()]
        assert len(homes) <= 1
        if homes:
            assert homes[0] is not None
            assert len(homes[0]) >= len(NODES) - FAILURES
            self.check_total(slot, homes[0])
            self.seen["total"] += 1

    def check_total(self, slot: int, homes: frozenset[int]) -> None:
        """The numbers that were sent do add up to the values of these homes."""
        total = expected = 0
        for (node, digest), (ciphertext, value) in self.reports[slot].items():
            if node in homes:
                stream = dream.keystream(cluster.epoch_key(WITH_SUPPLIER[node], digest), slot, M)
                total += ciphertext - stream - self.replies[slot][node, digest][1]
                expected += value
        assert dream.centred(total, M) == expected


class ForgetfulMeters(HostileSupplier):
    """Meters that do not remember that they have replied."""

    def reply_of(self, node: int, slot: int, missing: list[int], signature: bytes) -> recovery.Reply:
        """Another list is answered as if it were the first."""
        last = self.sessions[node].get("last")
        if last is not None:
            last.update(list=None, reply=None)
        return super().reply_of(node, slot, missing, signature)


class TrustingMeters(HostileSupplier):
    """Meters that answer lists of any length."""

    def reply_of(self, node: int, slot: int, missing: list[int], signature: bytes) -> recovery.Reply:
        """M is taken to be 3."""
        epoch = self.sessions[node]["epoch"]
        if epoch is not None:
            epoch["parameters"] = epoch["parameters"]._replace(tolerated_failures=3)
        return super().reply_of(node, slot, missing, signature)


COUNTS = settings(
    max_examples=25, stateful_step_count=20, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate], report_multiple_bugs=False,
)  # fmt: skip


def test_hostile_supplier() -> None:
    """DREAM-57, DREAM-58, DREAM-60, DREAM-61, DREAM-65, DREAM-66, DREAM-67, DREAM-68, DREAM-74."""
    HostileSupplier.seen.clear()
    run_state_machine_as_test(HostileSupplier, settings=settings(COUNTS, max_examples=40))
    assert min(HostileSupplier.seen[what] for what in ("total", "range", "replayed", "policy", "state")) > 4


@pytest.mark.parametrize("faulty", [ForgetfulMeters, TrustingMeters])
def test_the_machine_finds_faulty_meters(faulty: type[HostileSupplier]) -> None:
    """A meter that answers twice, or a list that is too long, is found. DREAM-66, DREAM-67."""
    with pytest.raises(AssertionError):
        run_state_machine_as_test(faulty, settings=settings(COUNTS, max_examples=200))


SLOT = 7
DIGEST: bytes = ENROLLED[NODES[0]]["epoch"]["digest"]
KEYS: list[dream.NodeKey] = [{"node": n, "key": cluster.epoch_key(WITH_SUPPLIER[n], DIGEST)} for n in NODES]


class HostileMeters(RuleBasedStateMachine):
    """Meters that send what they like, some of it genuine."""

    totals: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.collector: dict[str, Any] = {}
        recovery.collector_start(self.collector, SLOT, M, DIGEST, KEYS, FAILURES, 0, SIGNING)
        self.sessions = copy.deepcopy(ENROLLED)
        self.values: dict[int, int] = {}
        self.replied: set[int] = set()
        self.missing: list[int] | None = None

    @rule(
        node=nodes, value=st.integers(0, 4000), spoil=st.sampled_from(("", "", "", "tag", "number", "node"))
    )
    def report(self, node: int, value: int, spoil: str) -> None:
        """A report, genuine or not."""
        session = (
            self.sessions[node] if self.sessions[node]["last"] is None else copy.deepcopy(ENROLLED[node])
        )
        genuine = recovery.member_report(session, SLOT, value, 0)
        sender, tag, number = node, genuine["tag"], genuine["ciphertext"]
        match spoil:
            case "tag":
                tag = bytes(32)
            case "number":
                number = (number + 1) % M
            case "node":
                sender = NODES[NODES.index(node) - 1]
        try:
            count = recovery.collector_receive(self.collector, sender, number, tag)
        except Refused:
            assert spoil or node in self.values or self.missing is not None
            return
        assert not spoil
        assert node not in self.values
        assert self.missing is None
        self.values[node] = value
        assert count == len(self.values)

    @rule()
    def most_report(self) -> None:
        """What keeps a slot going."""
        for node in NODES[1:]:
            self.report(node, node, "")

    @rule()
    def close(self) -> None:
        """The supplier closes the round where it may."""
        absent = sorted(set(NODES) - set(self.values))
        try:
            answer = recovery.collector_close(self.collector)
        except Refused:
            assert self.missing is None
            assert len(absent) > FAILURES
            return
        assert answer["missing"] == (absent if self.missing is None else self.missing)
        self.missing = answer["missing"]

    @precondition(lambda self: self.missing is not None)
    @rule(node=nodes, spoil=st.sampled_from(("", "", "", "tag", "number", "list")))
    def reply(self, node: int, spoil: str) -> None:
        """A reply, genuine or not, to this list or another."""
        assert self.missing is not None
        answered = [n for n in NODES if n != node][:1] if spoil == "list" else self.missing
        if spoil == "list" and answered == self.missing:
            answered = []
        signature = recovery.sign_list(SIGNING, DIGEST, SLOT, answered)
        session = copy.deepcopy(self.sessions[node])
        try:
            reply = recovery.member_reply(session, SLOT, answered, signature)
            tag = bytes(32) if spoil == "tag" else reply["tag"]
            number = (reply["recovery"] + (spoil == "number")) % M
            count = recovery.collector_reply(self.collector, node, number, tag)
        except Refused:
            assert spoil or node in self.replied or node not in self.values
            return
        assert not spoil
        self.replied.add(node)
        assert count == len(self.replied)

    @precondition(lambda self: self.missing is not None)
    @rule()
    def all_reply(self) -> None:
        """What ends it."""
        for node in NODES:
            self.reply(node, "")

    @rule()
    def total(self) -> None:
        """A total is answered exactly when it is whole, and is the sum of what was taken in."""
        whole = self.missing is not None and self.replied == set(self.values)
        try:
            answer = recovery.collector_total(self.collector)
        except Refused:
            assert not whole
            return
        assert whole
        HostileMeters.totals += 1
        assert answer == {"total": sum(self.values.values()), "meters": len(self.values)}


class CountingTwice(HostileMeters):
    """A collector that forgets who has replied."""

    @rule()
    def forget(self) -> None:
        """The fault."""
        self.collector["recoveries"] = {}


def test_hostile_meters() -> None:
    """DREAM-70, DREAM-71, DREAM-72, DREAM-73."""
    HostileMeters.totals = 0
    run_state_machine_as_test(HostileMeters, settings=settings(COUNTS, max_examples=60))
    assert HostileMeters.totals > 10


def test_the_machine_finds_a_faulty_collector() -> None:
    """DREAM-72, DREAM-73."""
    with pytest.raises(AssertionError):
        run_state_machine_as_test(CountingTwice, settings=settings(COUNTS, max_examples=200))
