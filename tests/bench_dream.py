"""`make bench`: the C core's sums of DREAM beside their peers, and the times that the project promises.

Totals of 1,000 meters in 144 slots, keystreams and all, beside hmac and Python's integers; the total of a
million ciphertexts in one slot beside numpy's sums of the same words.
"""

import hashlib
import hmac
import statistics
import sys
import time
from array import array
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.table import Table

from meter_privacy.native import dream_epoch
from meter_privacy.vectors.generators.common import draw_bytes

METERS, SLOTS, MILLION, BITS = 1000, 144, 1_000_000, 64
M = 1 << BITS
LABEL = b"meter-privacy/dream/1/keystream\0"
# Seconds of processor time.
GOALS = {"1,000 meters x 144 slots": 1.0, "1,000,000 ciphertexts in one slot": 0.2}


def words(label: str, count: int) -> "array[int]":
    """So many words that look random."""
    made = array("Q")
    made.frombytes(hashlib.shake_256(label.encode()).digest(8 * count))
    return made


def day() -> tuple[Callable[[], list[int]], Callable[[], list[int]]]:
    """A day of 144 slots: the keys' blocks, all keystreams and all totals; and the same by hmac."""
    keys = [draw_bytes(f"bench/dream/{meter}", 32) for meter in range(METERS)]
    ciphertexts = [words(f"bench/dream/slot/{slot}", METERS) for slot in range(SLOTS)]
    nothing = array("Q")

    def core() -> list[int]:
        prepared = dream_epoch.prepare_keys(keys)
        return [
            dream_epoch.slot_total(
                BITS, ciphertexts[slot], dream_epoch.slot_keystreams(BITS, slot, prepared), nothing
            )
            for slot in range(SLOTS)
        ]

    def peer() -> list[int]:
        totals = []
        for slot in range(SLOTS):
            message = LABEL + slot.to_bytes(8, "big")
            streams = (int.from_bytes(hmac.digest(key, message, hashlib.sha256)[24:], "big") for key in keys)
            total = (sum(ciphertexts[slot]) - sum(streams)) % M
            totals.append(total - M if 2 * total >= M else total)
        return totals

    return core, peer


def slot() -> tuple[Callable[[], list[int]], Callable[[], list[int]]]:
    """One slot of a million: their ciphertexts and keystreams as words."""
    ciphertexts, streams, nothing = (
        words("bench/dream/c", MILLION),
        words("bench/dream/k", MILLION),
        array("Q"),
    )
    arrays = [np.frombuffer(numbers, dtype=np.uint64) for numbers in (ciphertexts, streams)]

    def core() -> list[int]:
        return [dream_epoch.slot_total(BITS, ciphertexts, streams, nothing)]

    def peer() -> list[int]:
        total = (int(arrays[0].sum(dtype=np.uint64)) - int(arrays[1].sum(dtype=np.uint64))) % M
        return [total - M if 2 * total >= M else total]

    return core, peer


def seconds(call: Callable[[], object]) -> float:
    """Processor time of a call."""
    start = time.thread_time()
    call()
    return time.thread_time() - start


def measure(rounds: int) -> list[tuple[str, str, float, float, float]]:
    """Rows of (work, peer, core's seconds, peer's seconds, median ratio), each taking turns with its peer."""
    rows = []
    for (work, name), (core, peer) in {
        ("1,000 meters x 144 slots", "hmac, int"): day(),
        ("1,000,000 ciphertexts in one slot", "numpy"): slot(),
    }.items():
        assert core() == peer()
        times = [(seconds(core), seconds(peer)) for _ in range(rounds)]
        ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
        rows.append((work, name, ours, theirs, statistics.median(b / a for a, b in times)))
    return rows


def main() -> None:
    """Measure and print a table."""
    table = Table("work", "core ms", "peer", "peer ms", "times as fast", "goal")
    for work, peer, ours, theirs, ratio in measure(9):
        reached = f"{GOALS[work]:g} s {'reached' if ours <= GOALS[work] else 'missed'}"
        table.add_row(work, f"{ours * 1e3:.2f}", peer, f"{theirs * 1e3:.2f}", f"{ratio:.2f}", reached)
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
