"""What the supplier can compute from every choice of lists: one sum of enough homes, or nothing."""

import random
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from tests.reference.knowledge import Knowledge, plain_sum

Lists = Sequence[tuple[int, ...] | None]


def complete(meters: int) -> list[tuple[int, int]]:
    """All pairs."""
    return list(combinations(range(meters), 2))


def lists_of(node: int, meters: int, limit: int) -> list[tuple[int, ...] | None]:
    """What a meter can be told: nothing, or any list of at most `limit` others."""
    others = [n for n in range(meters) if n != node]
    return [None, *(s for size in range(limit + 1) for s in combinations(others, size))]


def told(meters: int, lists: Lists, colluders: int = 0) -> list[dict[int, int]]:
    """The readable sums when honest meter i answers lists[i]; the last meters collude."""
    known = Knowledge(complete(meters), range(meters - colluders, meters))
    for node, missing in enumerate(lists):
        known.report(node)
        if missing is not None:
            known.reply(node, missing)
    return known.sums()


def is_safe(found: list[dict[int, int]], least: int) -> bool:
    """Nothing, or one sum of at least so many homes."""
    homes = [plain_sum(each) for each in found]
    return not homes or (len(homes) == 1 and homes[0] is not None and len(homes[0]) >= least)


def test_an_honest_slot_opens_one_sum() -> None:
    """Every set of missing meters of clusters up to six. DREAM-63, DREAM-73."""
    for meters in range(2, 7):
        for size in range(meters - 1):
            for missing in combinations(range(meters), size):
                known = Knowledge(complete(meters))
                present = [n for n in range(meters) if n not in missing]
                for node in present:
                    known.report(node)
                assert known.sums() == []
                for node in present:
                    known.reply(node, missing)
                assert [plain_sum(each) for each in known.sums()] == [frozenset(present)]


def test_no_choice_of_lists_opens_more() -> None:
    """N = 4 and M = 1 exhaustively, N = 5, 6 with and without colluders at random. DREAM-66, DREAM-67."""
    every = product(*(lists_of(node, 4, 1) for node in range(4)))
    opened = [told(4, lists) for lists in every]
    assert len(opened) == 5**4
    assert all(is_safe(found, 3) for found in opened)
    # The sum of all four where lists are mutual (no pair, one of six, two of three), of three where they all
    # name the fourth, which may answer anything.
    assert sum(bool(found) for found in opened) == 1 + 6 + 3 + 4 * 5
    drawn = random.Random(5)
    for meters, failures, colluders in ((5, 2, 0), (6, 2, 1), (7, 2, 1), (7, 3, 0)):
        for _ in range(60):
            honest = range(meters - colluders)
            lists = [drawn.choice(lists_of(node, meters, failures - colluders)) for node in honest]
            assert is_safe(told(meters, lists, colluders), meters - failures)


def test_too_long_lists_open_two_sums() -> None:
    """N = 4, M = 2: two halves; the same search finds them. DREAM-11, DREAM-49, DREAM-67."""
    halves = told(4, [(2, 3), (2, 3), (0, 1), (0, 1)])
    assert {plain_sum(each) for each in halves} == {frozenset({0, 1}), frozenset({2, 3})}
    every = product(*(lists_of(node, 4, 2) for node in range(4)))
    assert sum(not is_safe(told(4, lists), 2) for lists in every) > 0
    # The colluder counts: N = 5 with M = 2 opens two sums if one of the five belongs to the supplier.
    found = told(5, [(2, 3), (2, 3), (0, 1), (0, 1)], colluders=1)
    assert {plain_sum(each) for each in found} == {frozenset({0, 1}), frozenset({2, 3})}


def test_a_list_of_all_others_opens_one_home() -> None:
    """One message, whoever the partners are. DREAM-67."""
    for graph in (complete(5), [(0, 1), (0, 3), (2, 4), (1, 2)]):
        known = Knowledge(graph)
        known.report(0)
        known.reply(0, [1, 2, 3, 4])
        assert [plain_sum(each) for each in known.sums()] == [frozenset({0})]


def test_two_replies_of_a_slot_open_one_home() -> None:
    """Lists that differ by one meter each, until every dummy key is known. DREAM-66."""
    known = Knowledge(complete(4))
    known.report(0)
    for missing in ([], [1], [2], [3]):
        assert known.sums() == []
        known.reply(0, missing)
    assert [plain_sum(each) for each in known.sums()] == [frozenset({0})]


def after_a_loss(
    meters: int, missing: Iterable[int], lost: Iterable[int], shared_blinds: bool
) -> list[dict[int, int]]:
    """The readable sums if `missing` never reported and `lost` never replied."""
    away, late = set(missing), set(lost)
    known = Knowledge(complete(meters))
    for node in range(meters):
        if node not in away:
            known.report(node)
        if node not in away | late:
            known.reply(node, away)
    for node in late if shared_blinds else ():
        known.opened_blind(node)
    return known.sums()


def test_shared_blinds_help_only_where_nobody_was_missing() -> None:
    """Every loss of clusters up to five: with shares of the lost blinds, without. DREAM-73."""
    for meters in range(3, 6):
        nodes = range(meters)
        for size in range(meters - 2):
            for missing in combinations(nodes, size):
                present = [n for n in nodes if n not in missing]
                for count in range(1, len(present)):
                    for lost in combinations(present, count):
                        assert after_a_loss(meters, missing, lost, shared_blinds=False) == []
                        found = [plain_sum(each) for each in after_a_loss(meters, missing, lost, True)]
                        assert found == ([] if missing else [frozenset(present)])


def test_a_second_list_without_the_lost_meter() -> None:
    """It opens the sum of the others, and one home if the meter was not lost at all. DREAM-66, DREAM-73."""
    known = Knowledge(complete(4))
    for node in range(4):
        known.report(node)
        if node != 3:
            known.reply(node, [])
            known.reply(node, [3])
    assert {plain_sum(each) for each in known.sums()} == {frozenset({0, 1, 2})}
    known.reply(3, [])
    assert frozenset({3}) in {plain_sum(each) for each in known.sums()}
