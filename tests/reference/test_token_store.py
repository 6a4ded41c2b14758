"""The store on disk: against its own plain state, by several processes at once, and killed at any point."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from meter_privacy.reference import energy_tokens, token_store
from meter_privacy.reference.errors import Replayed
from meter_privacy.reference.token_store import (
    ACCEPTED,
    DOUBLE_SPENT,
    HALF_SEEN,
    NONCE_UNKNOWN,
    NONCE_USED,
    REPLAYED,
    Claim,
    TokenStore,
    judge,
)
from meter_privacy.vectors.generators.common import draw_below
from meter_privacy.vectors.generators.energy_tokens import (
    SERVER,
    TOY,
    UTILITY,
    ed25519_public,
    seed,
    transcript,
)
from tests.reference import store_driver
from tests.reference.store_driver import claim, hashed

DRIVER = Path(store_driver.__file__)
TOKENS, BATCH, PROCESSES = 240, 8, 2


def made(path: Path) -> None:
    """A store with the nonces of all processes given out."""
    with TokenStore(path) as store:
        pairs = product(range(TOKENS), range(PROCESSES))
        store.give_nonces(hashed("nonce", token, process) for token, process in pairs)


def launch(path: Path, process: int) -> "subprocess.Popen[str]":
    """A process that spends."""
    command = [sys.executable, str(DRIVER), str(path), str(process), str(TOKENS), str(BATCH)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def told(printed: str) -> list[int]:
    """The tokens of all whole lines that a process wrote before it died."""
    lines = (
        line.split() for line in printed.splitlines() if line.startswith("batch") and line.endswith("end")
    )
    return [int(token) for line in lines for token in line[1:-1]]


def audit(path: Path, accepted: list[tuple[int, int]]) -> int:
    """Hold the store to what was told: each (token, process) is in it, and no token was told twice."""
    assert max(Counter(token for token, _ in accepted).values(), default=1) == 1
    with TokenStore(path) as store:
        spent = store.count()
        for token, process in accepted:
            kept = claim(token, process)
            assert store.transcript(kept.v) == kept.transcript
            assert store.receipt(kept.digest, kept.v) == kept.receipt
    return spent


def kill_once(path: Path, number: int) -> int:
    """Let processes spend, kill each with SIGKILL at a moment of its own, audit, finish, audit.

    Answers how many were killed while they ran; the others had ended.
    """
    made(path)
    running = [launch(path, process) for process in range(PROCESSES)]
    accepted: list[tuple[int, int]] = []
    for process, child in enumerate(running):
        assert child.stdout is not None
        first = child.stdout.readline()
        # The start of a process takes long; from its first batch on the moment is drawn within the run.
        time.sleep(draw_below(f"tokens/kill/{number}/{process}", 60) / 1000)
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read()
        child.wait()
        child.stdout.close()
        accepted += [(token, process) for token in told(first + rest)]
    spent = audit(path, accepted)
    assert spent >= len(accepted) > 0

    # What was committed and not told shows again: as a replay to its process, as a double spending to others.
    with TokenStore(path) as store:
        for process in range(PROCESSES):
            batch = [claim(token, process) for token in range(TOKENS)]
            outcomes = store.spend(batch)
            again = store.spend(batch)
            assert set(outcomes) <= {ACCEPTED, REPLAYED, DOUBLE_SPENT}
            assert ACCEPTED not in again
            for token, outcome in enumerate(outcomes):
                mine = store.transcript(batch[token].v) == batch[token].transcript
                assert mine == (outcome in (ACCEPTED, REPLAYED))
    assert audit(path, accepted) == TOKENS
    return sum(child.returncode == -signal.SIGKILL for child in running)


@pytest.mark.parametrize("number", range(4))
def test_a_kill_loses_and_doubles_nothing(tmp_path: Path, number: int) -> None:
    """SIGKILL between and within batches; 200 of these are in the nightly run. TOKEN-24, TOKEN-26."""
    kill_once(tmp_path / "tokens.sqlite", number)


@pytest.mark.nightly
def test_two_hundred_kills(tmp_path: Path) -> None:
    """The same two hundred times, each at another moment. TOKEN-24, TOKEN-26."""
    hit = 0
    for number in range(200):
        folder = tmp_path / str(number)
        folder.mkdir()
        hit += kill_once(folder / "tokens.sqlite", 1000 + number)
    assert hit >= 200


def test_a_transaction_that_dies_leaves_nothing(tmp_path: Path) -> None:
    """A batch whose last claim cannot be written is gone whole. TOKEN-24, TOKEN-26."""
    path = tmp_path / "tokens.sqlite"
    made(path)
    with TokenStore(path) as store:
        broken = Claim(hashed("v", 9), hashed("x", 9), hashed("nonce", 9, 0), hashed("d"), None, b"")  # type: ignore[arg-type]
        with pytest.raises(sqlite3.IntegrityError):
            store.spend([claim(1, 0), claim(2, 0), broken])
        assert store.count() == 0
        assert store.spend([claim(1, 0)]) == [ACCEPTED]
        with pytest.raises(Replayed):
            store.give_nonces([hashed("new"), hashed("nonce", 1, 0)])
        unknown = Claim(hashed("v", 3), hashed("x", 3), hashed("new"), hashed("d3"), b"t", b"r")
        assert store.spend([unknown]) == [NONCE_UNKNOWN]


def test_two_processes_race_for_every_token(tmp_path: Path) -> None:
    """Without kills: each token is accepted once, by one of them. TOKEN-24."""
    path = tmp_path / "tokens.sqlite"
    made(path)
    running = [launch(path, process) for process in range(PROCESSES)]
    accepted = []
    for process, child in enumerate(running):
        printed, _ = child.communicate(timeout=60)
        accepted += [(token, process) for token in told(printed)]
    assert sorted(token for token, _ in accepted) == list(range(TOKENS))
    assert audit(path, accepted) == TOKENS


def test_all_cases_of_the_judgement() -> None:
    """Every combination of what can be known, against the table of TOKEN-24 in other words."""
    one, two = b"one", b"two"
    for same_v, same_x, nonce, digest in product(
        (None, one, two), (None, one, two), (None, 0, 1), (one, two)
    ):
        for together in (True, False):
            outcome = judge(same_v, same_x, together, nonce, digest)
            if (same_v, same_x) == (None, None):
                assert outcome == {0: ACCEPTED, 1: NONCE_USED, None: NONCE_UNKNOWN}[nonce]
            elif not together:
                assert outcome == HALF_SEEN
            elif same_v == digest:
                assert outcome == REPLAYED
            else:
                assert outcome == (NONCE_UNKNOWN if nonce is None else DOUBLE_SPENT)


class Disk(RuleBasedStateMachine):
    """The file against dictionaries, closed and opened at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.path = ":memory:"
        self.store = TokenStore(self.path)
        self.nonces: dict[bytes, int] = {}
        self.by_v: dict[bytes, tuple[bytes, bytes]] = {}
        self.by_x: dict[bytes, tuple[bytes, bytes]] = {}

    def teardown(self) -> None:
        """Close."""
        self.store.close()

    @rule(number=st.integers(0, 6))
    def give(self, number: int) -> None:
        """A nonce."""
        nonce = hashed("nonce", number)
        try:
            self.store.give_nonces([nonce])
            assert nonce not in self.nonces
            self.nonces[nonce] = 0
        except Replayed:
            assert nonce in self.nonces

    @rule(batch=st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=4))
    def spend(self, batch: list[tuple[int, int, int]]) -> None:
        """Claims of halves that may belong to others."""
        claims = [
            Claim(
                hashed("v", v), hashed("x", x), hashed("nonce", nonce), hashed("d", v, x, nonce), b"t", b"r"
            )
            for v, x, nonce in batch
        ]
        expected = [self.plain(one) for one in claims]
        assert self.store.spend(claims) == expected
        assert self.store.count() == len(self.by_v) == len(self.by_x)

    def plain(self, one: Claim) -> int:
        """The outcome, by dictionaries."""
        first, other, nonce = self.by_v.get(one.v), self.by_x.get(one.x), self.nonces.get(one.utility_nonce)
        if first is None and other is None:
            if nonce is None:
                return NONCE_UNKNOWN
            if nonce:
                return NONCE_USED
            self.nonces[one.utility_nonce] = 1
            self.by_v[one.v] = self.by_x[one.x] = (one.x, one.digest)
            return ACCEPTED
        if first is None or other is None or first != other:
            return HALF_SEEN
        if first[1] == one.digest:
            return REPLAYED
        return NONCE_UNKNOWN if nonce is None else DOUBLE_SPENT


def test_the_file_against_dictionaries() -> None:
    """Any batches of any claims. TOKEN-23, TOKEN-24, TOKEN-25."""
    Disk.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None, database=None)
    Disk.TestCase().runTest()


def test_what_the_store_keeps_is_what_the_session_keeps(tmp_path: Path) -> None:
    """The session's outcomes and the file's are the same for one sequence of spendings. TOKEN-24."""
    session: dict[str, Any] = {}
    token_store.bank_start(UTILITY, ed25519_public(SERVER), [TOY.key], session)
    with TokenStore(tmp_path / "tokens.sqlite") as store:
        nonces = [seed(f"store/{k}") for k in range(4)]
        store.give_nonces(nonces)
        for fresh in nonces:
            token_store.bank_nonce(fresh, session)
        for name, nonce in (("a", 0), ("a", 1), ("a", 0), ("b", 0), ("b", 2), ("c", 3), ("c", 3), ("b", 3)):
            held = TOY.token(f"store/{name}")
            data = transcript(held.spending(seed("report"), nonces[nonce]))
            try:
                answer = token_store.bank_spend(150, data, session)
                said = {0: ACCEPTED, 1: DOUBLE_SPENT}[answer["outcome"]]
            except Replayed as error:
                said = NONCE_USED if "nonce" in str(error) else REPLAYED
            digest = energy_tokens.spending_digest(data)
            assert store.spend([Claim(held.v, held.x, nonces[nonce], digest, data, b"r")]) == [said]
