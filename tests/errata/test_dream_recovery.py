"""What paper C prints of recovery in section 6 and does not hold, and what does.

Each test first does what is printed and asserts that the attack succeeds, then what the requirement says.
"""

import copy
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

import pytest

from meter_privacy.reference import cluster, dream, recovery
from meter_privacy.reference.errors import Expired, Policy, Range, Refused, Replayed, State
from meter_privacy.vectors.generators.common import draw_below
from tests.reference import test_recovery_machine as ours

M = 2**32
NODES = (1, 2, 3, 4)
SLOT = 7


def pair(i: int, j: int) -> int:
    """The unsigned dummy key of a pair."""
    return draw_below(f"errata/recovery/{min(i, j)}/{max(i, j)}", M)


def signed(i: int, j: int) -> int:
    """dkey_ij."""
    return dream.sign(i, j) * pair(i, j)


def blind(i: int) -> int:
    """C_i."""
    return draw_below(f"errata/recovery/blind/{i}", M)


def printed_report(i: int, value: int, partners: Iterable[int]) -> int:
    """Step 1, with the keystream, which the supplier knows, taken off."""
    return (value + sum(signed(i, j) for j in partners if j != i) + blind(i)) % M


def printed_reply(i: int, missing: Collection[int], partners: Iterable[int]) -> int:
    """Step 3: whatever ids are in the broadcast."""
    return (sum(signed(i, j) for j in partners if j in missing and j != i) + blind(i)) % M


def meters() -> dict[int, dict[str, object]]:
    """Enrolled meters of ours, N = 4 and M = 1, that have reported 100 times their node."""
    sessions = copy.deepcopy(ours.ENROLLED)
    for node, session in sessions.items():
        recovery.member_report(session, SLOT, 100 * node, 0)
    return sessions


def ask(session: dict[str, object], missing: Sequence[int], slot: int = SLOT) -> recovery.Reply:
    """A signed list."""
    signature = recovery.sign_list(ours.SIGNING, ours.DIGEST, slot, missing)
    return recovery.member_reply(session, slot, missing, signature)


def test_a_list_of_all_others_opens_the_reading() -> None:
    """C-ERRATUM-18: one message, and the supplier need not know who the partners are. DREAM-65, DREAM-67."""
    for partners in ((2, 3, 4), (2,), (3, 4)):
        sent = printed_report(1, 1234, partners)
        answer = printed_reply(1, {2, 3, 4}, partners)
        assert (sent - answer) % M == 1234

    # The paper's probability is that of knowing the partners, with |S| <= M that of all partners in S.
    all_listed = [(1 - w / 999) ** 499 for w in (10, 40)]
    assert all_listed == [pytest.approx(0.0066, abs=1e-4), pytest.approx(1.4e-9, rel=0.02)]

    session = meters()[3]
    for missing in ([5, 8, 13], [5, 8]):
        with pytest.raises(Policy):
            ask(session, missing)
    for missing in ([3], [77]):
        with pytest.raises(Range):
            ask(session, missing)
    ask(session, [5])


def test_two_lists_differ_by_a_dummy_key() -> None:
    """C-ERRATUM-19: the answers to {2, 3} and {2}; repeated, all masks come off. DREAM-66."""
    partners = (2, 3, 4)
    first, second = printed_reply(1, {2, 3}, partners), printed_reply(1, {2}, partners)
    assert (first - second) % M == signed(1, 3) % M
    bare = printed_report(1, 1234, partners) - printed_reply(1, set(), partners)
    for j in partners:
        bare -= printed_reply(1, {j}, partners) - printed_reply(1, set(), partners)
    assert bare % M == 1234

    session = meters()[3]
    reply = ask(session, [5])
    for missing in ([], [8]):
        with pytest.raises(Replayed):
            ask(session, missing)
    assert ask(session, [5]) == reply


def test_a_meter_lost_between_the_rounds() -> None:
    """C-ERRATUM-21: keeping its ciphertext leaves C_i, dropping it dummy keys. DREAM-66, DREAM-73."""
    values = {i: 100 * i for i in NODES}
    sent = {i: printed_report(i, values[i], NODES) for i in NODES}
    answers = {i: printed_reply(i, set(), NODES) for i in NODES if i != 4}
    kept = (sum(sent.values()) - sum(answers.values())) % M
    assert kept == (sum(values.values()) + blind(4)) % M
    dropped = (sum(sent[i] - answers[i] for i in answers)) % M
    assert dropped == (600 + sum(signed(i, 4) for i in answers)) % M
    assert dropped != 600
    # The way out that suggests itself, a second list with meter 4 on it, opens meter 4 if it did answer.
    again = {i: printed_reply(i, {4}, NODES) for i in answers}
    assert sum(sent[i] - again[i] for i in again) % M == 600
    keys = sum(again[i] - answers[i] for i in again)
    assert (sent[4] - printed_reply(4, set(), NODES) + keys) % M == values[4]
    # A blind that others open helps if nobody was missing; with meter 3 missing dkey_43 stays.
    assert (kept - blind(4)) % M == sum(values.values())
    answers = {i: printed_reply(i, {3}, NODES) for i in (1, 2)}
    opened = sent[1] + sent[2] + sent[4] - sum(answers.values()) - blind(4)
    assert (opened - signed(4, 3)) % M == 100 + 200 + 400
    assert opened % M != 700

    sessions = meters()
    supplier: dict[str, object] = {}
    recovery.collector_start(supplier, SLOT, M, ours.DIGEST, ours.KEYS, 1, 0, ours.SIGNING)
    for node, session in sessions.items():
        report = recovery.member_report(session, SLOT, 100 * node, 0)
        recovery.collector_receive(supplier, node, report["ciphertext"], report["tag"])
    recovery.collector_close(supplier)
    for node in ours.NODES[:3]:
        reply = ask(sessions[node], [])
        recovery.collector_reply(supplier, node, reply["recovery"], reply["tag"])
    with pytest.raises(State):
        recovery.collector_total(supplier)
    for node in ours.NODES[:3]:
        with pytest.raises(Replayed):
            ask(sessions[node], [13])
    # What it costs is one slot, unless the meter comes back within it.
    reply = ask(sessions[13], [])
    recovery.collector_reply(supplier, 13, reply["recovery"], reply["tag"])
    assert recovery.collector_total(supplier) == {"total": 100 * (3 + 5 + 8 + 13), "meters": 4}


def test_missing_and_colluding_are_one_number() -> None:
    """C-ERRATUM-22: |S| <= M alone leaves N - M - c shares of noise unknown. DREAM-49, DREAM-67."""
    n, m, c = 100, 30, 20
    unknown = n - m - c
    assert unknown < n - m
    limit = cluster.check_cluster(n, m, c, n - 1, 4000, 2000, 40, 2**64)
    assert limit == m - c
    assert n - limit - c >= n - m
    with pytest.raises(Policy):
        cluster.check_cluster(n, 19, c, n - 1, 4000, 2000, 40, 2**64)


def test_positions_in_the_list_of_partners() -> None:
    """C-ERRATUM-27: ind_i[j] for j in S, where S holds partners and not places. DREAM-63."""
    partners = [5, 9]
    missing = {9}
    with pytest.raises(IndexError):
        [partners[j - 1] for j in missing]
    # Where the place exists it is another partner's: S = {2} of partners 2, 7.
    assert [[2, 7][j - 1] for j in {2}] == [7]

    keys: list[dream.DummyKey] = [{"node": j, "key": pair(3, j)} for j in partners if j in missing]
    assert recovery.recover(M, 3, keys, blind(3)) == (signed(3, 9) + blind(3)) % M


def test_old_lists_and_bare_clusters() -> None:
    """C-ERRATUM-11, C-ERRATUM-15: w that is too small and slots asked for again. DREAM-49, DREAM-68."""
    with pytest.raises(Policy):
        cluster.check_cluster(1000, 300, 100, 10, 6000, 300_000, 6000, 2**64)
    assert not cluster.is_exposed_too_often(1000, 499, 40)
    assert cluster.is_exposed_too_often(1000, 499, 39)

    session = meters()[3]
    recovery.member_report(session, SLOT + 1, 5, 0)
    with pytest.raises(Expired):
        ask(session, [])
    with pytest.raises(Replayed):
        recovery.member_report(session, SLOT, 300, 0)


def test_split_views_of_real_meters() -> None:
    """C-ERRATUM-20: no signed lists give two sums of real meters, N = 4. DREAM-66, DREAM-67, DREAM-69."""
    opened = set()
    sent = meters()
    values = {n: 100 * n for n in ours.NODES}
    bare = {
        n: recovery.member_report(copy.deepcopy(ours.ENROLLED[n]), SLOT, values[n], 0)["ciphertext"]
        - dream.keystream(cluster.epoch_key(ours.WITH_SUPPLIER[n], ours.DIGEST), SLOT, M)
        for n in ours.NODES
    }
    for first in combinations(ours.NODES, 2):
        second = [n for n in ours.NODES if n not in first]
        for view, missing in ((list(first), second), (second, list(first))):
            for node in view:
                with pytest.raises(Refused):
                    ask(sent[node], missing)
    for missing in ([], *([n] for n in ours.NODES)):
        sessions = copy.deepcopy(sent)
        view = [n for n in ours.NODES if n not in missing]
        total = sum(bare[n] - ask(sessions[n], missing)["recovery"] for n in view) % M
        assert total == sum(values[n] for n in view)
        opened.add(tuple(view))
        for node in view:
            other = next(n for n in ours.NODES if n != node and [n] != missing)
            with pytest.raises(Replayed):
                ask(sessions[node], [other])
    assert len(opened) == 5
