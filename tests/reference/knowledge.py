"""What a supplier can compute from reports and replies, by linear algebra.

Every mask is an unknown of its own. A combination of what was sent tells something of readings exactly if all
masks cancel in it, so that the readable sums are the row space that is free of masks. Ranks are taken modulo
a prime of 61 bits, which no coefficient of a few meters reaches.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

PRIME = 2**61 - 1
Name = tuple[Any, ...]
Row = dict[Name, int]


def reduced(rows: Iterable[Mapping[Name, int]], order: list[Name]) -> list[Row]:
    """The reduced row echelon form, columns in the order given."""
    left = [{name: value % PRIME for name, value in row.items() if value % PRIME} for row in rows]
    done: list[Row] = []
    for column in order:
        pivot = next((row for row in left if column in row), None)
        if pivot is None:
            continue
        left.remove(pivot)
        inverse = pow(pivot[column], -1, PRIME)
        pivot = {name: value * inverse % PRIME for name, value in pivot.items()}
        for rows_of in (left, done):
            for row in rows_of:
                factor = row.get(column, 0)
                for name, value in pivot.items() if factor else ():
                    changed = (row.get(name, 0) - factor * value) % PRIME
                    if changed:
                        row[name] = changed
                    else:
                        row.pop(name, None)
        done.append(pivot)
    return done


class Knowledge:
    """What a supplier has of one slot. `graph` holds the pairs of partners; colluders have no secrets."""

    def __init__(self, graph: Iterable[tuple[int, int]], colluders: Iterable[int] = ()) -> None:
        self.graph = {frozenset(pair) for pair in graph}
        self.colluders = set(colluders)
        self.rows: list[Row] = []

    def dummies(self, node: int, missing: Iterable[int] | None, epoch: Hashable = 0) -> Row:
        """The signed dummy keys of a meter with its partners, or with those of them that are listed."""
        partners = {peer for pair in self.graph if node in pair for peer in pair if peer != node}
        wanted = partners if missing is None else partners & set(missing)
        return {
            ("key", min(node, peer), max(node, peer), epoch): 1 if node > peer else -1
            for peer in wanted
            if peer not in self.colluders
        }

    def report(self, node: int, epoch: Hashable = 0) -> None:
        """A meter's report, the keystream taken off."""
        masks = self.dummies(node, None, epoch)
        self.rows.append({**masks, ("value", node): 1, ("blind", node, epoch): 1})

    def reply(self, node: int, missing: Iterable[int], epoch: Hashable = 0) -> None:
        """A meter's reply to a list."""
        self.rows.append({**self.dummies(node, missing, epoch), ("blind", node, epoch): 1})

    def opened_blind(self, node: int, epoch: Hashable = 0) -> None:
        """A blind that others opened by their shares."""
        self.rows.append({("blind", node, epoch): 1})

    def sums(self) -> list[dict[int, int]]:
        """A basis of the readable combinations of values: meter -> coefficient."""
        columns = {name for row in self.rows for name in row}
        masks = sorted((name for name in columns if name[0] != "value"), key=repr)
        values = sorted((name for name in columns if name[0] == "value"), key=repr)
        free = [row for row in reduced(self.rows, [*masks, *values]) if all(n[0] == "value" for n in row)]
        return [{name[1]: value for name, value in row.items()} for row in free]


def plain_sum(found: dict[int, int]) -> frozenset[int] | None:
    """The meters of which a combination is the sum; None where it is another combination."""
    return frozenset(found) if set(found.values()) == {1} else None
