"""The utility's store of spent tokens (spec/energy_tokens.md, section The store): atomic, and durable.

`judge` decides; the session operations keep its plain state, and `TokenStore` the same on disk, in SQLite: a
batch is one transaction, and nobody is told of it before it is committed.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from meter_privacy.reference import energy_tokens
from meter_privacy.reference.dream import verify_strictly
from meter_privacy.reference.errors import (
    Exhausted,
    Expired,
    Malformed,
    Range,
    Replayed,
    State,
    Unauthentic,
    check,
)
from meter_privacy.reference.groups import group as group_of
from meter_privacy.reference.sessions import begin, begun_as, check_begun
from meter_privacy.reference.token_keys import NUMBERS, Key, check_key

ACCEPTED, DOUBLE_SPENT, REPLAYED, HALF_SEEN, NONCE_USED, NONCE_UNKNOWN = range(6)
KEYS, OPEN_NONCES = 64, 64
UNUSED, USED = 0, 1


@dataclass(frozen=True)
class Claim:
    """A spending whose proofs hold: its identity, the nonce that it answers, its digest, its transcript, a
    receipt.
    """

    v: bytes
    x: bytes
    utility_nonce: bytes
    digest: bytes
    transcript: bytes
    receipt: bytes


def judge(
    same_v: bytes | None, same_x: bytes | None, together: bool, nonce_state: int | None, digest: bytes
) -> int:
    """What becomes of a spending: accepted, double-spent, replayed, half seen, nonce used, nonce unknown.

    same_v, same_x: the digest of the spending with this v, with this x; together: both are one spending.
    nonce_state: that of the nonce, None where it was never given. Implements TOKEN-24.
    """
    if same_v is None and same_x is None:
        fresh = NONCE_USED if nonce_state == USED else ACCEPTED
    elif not together:
        return HALF_SEEN
    elif same_v == digest:
        return REPLAYED
    else:
        fresh = DOUBLE_SPENT
    return NONCE_UNKNOWN if nonce_state is None else fresh


# ---- The session ---------------------------------------------------------------------------------


def bank_start(private_key: bytes, server_key: bytes, keys: Sequence[Key], session: dict[str, Any]) -> None:
    """Start the utility's session: its signing key, the report server's, and the keys of tokens.

    private_key, server_key: Ed25519. keys: 1 to 64, one for each value and epoch.
    Errors: Malformed, Range, State. Source: paper E, section 3.2. Implements TOKEN-9, TOKEN-11, TOKEN-24.
    """
    check(len(private_key) == 32 == len(server_key), Malformed, "a key has not 32 bytes")
    check(1 <= len(keys) <= KEYS, Malformed, "there are 1 to 64 keys")
    for key in keys:
        check_key(key)
    named = {(key["value_wh"], key["epoch"]) for key in keys}
    check(len(named) == len(keys), Range, "a value and epoch has two keys")
    begin(
        session, "energy_tokens.bank",
        private_key=private_key, server_key=server_key, keys=list(keys), nonces={}, by_v={}, by_x={},
    )  # fmt: skip


def bank_nonce(utility_nonce: bytes, session: dict[str, Any]) -> None:
    """Give out a nonce for one spending: 32 random bytes, fresh. At most 64 may be open.

    Errors: Malformed, Replayed, State, Exhausted. Source: paper E, section 3.2 (E-ERRATUM-16). Implements
    TOKEN-23.
    """
    session = begun_as(session, "energy_tokens.bank")
    check(len(utility_nonce) == 32, Malformed, "the nonce has not 32 bytes")
    if session:
        check(utility_nonce not in session["nonces"], Replayed, "the nonce was given before")
    check_begun(session)
    unused = sum(state == UNUSED for state in session["nonces"].values())
    check(unused < OPEN_NONCES, Exhausted, "64 nonces are open")
    session["nonces"][utility_nonce] = UNUSED


def find_key(keys: Iterable[Key], parts: dict[str, Any]) -> Key | None:
    """The key of a token's value and epoch, None where none was announced. Implements TOKEN-11."""
    stated = parts["value_wh"], parts["epoch"]
    return next((key for key in keys if (key["value_wh"], key["epoch"]) == stated), None)


def bank_spend(slot: int, transcript: bytes, session: dict[str, Any]) -> dict[str, Any]:
    """Take a spending in: accepted (0) with a receipt, or double-spent (1) with the token's secrets.

    slot: in [0, 2^53). transcript: that of the report server. Accepted tokens and their nonce are kept.
    Errors: Malformed; Range; NotInGroup; NotInvertible; Unauthentic (the transcript, the token, a key that
    was not announced); ProofFailed; Expired; Replayed (the same spending, one half of a token seen before, a
    nonce used for another token); Policy before the token's first slot; State (not started, a nonce that was
    not given). Source: paper E, section 3.2 (E-ERRATUM-15, E-ERRATUM-16, E-ERRATUM-17). Implements TOKEN-16,
    TOKEN-18, TOKEN-21, TOKEN-23, TOKEN-24, TOKEN-25, TOKEN-27.
    """
    session = begun_as(session, "energy_tokens.bank")
    spending, body, signature = energy_tokens.parse_transcript(transcript)
    parts = energy_tokens.parse_token(spending["token"])
    check(0 <= slot < NUMBERS, Range, "the slot is out of range")
    energy_tokens.check_response(parts, spending["response"])
    check_begun(session)
    key = find_key(session["keys"], parts)
    if key is not None:
        energy_tokens.read_token(key, spending["token"])
    energy_tokens.elements_of(parts["group"], parts["v"], parts["x"])
    if key is not None:
        energy_tokens.check_members(key, parts)
    verify_strictly(session["server_key"], signature, energy_tokens.transcribed_bytes(body))
    if key is None:
        raise Unauthentic("no key was announced for this value and epoch")
    energy_tokens.verify_token(key, parts)
    e = energy_tokens.verify_response(parts, **spending)
    digest = energy_tokens.spending_digest(transcript)
    first = session["by_v"].get(parts["v"])
    other = session["by_x"].get(parts["x"])
    nonce_state = session["nonces"].get(spending["utility_nonce"])
    outcome = judge(
        first and first["digest"], other and other["digest"], first == other, nonce_state, digest
    )  # fmt: skip
    # A spending of a token that is seen says what it says, in its time or after.
    if outcome == DOUBLE_SPENT:
        past = energy_tokens.verify_response(parts, **first["spending"])
        found = energy_tokens.extract(
            group_of(key["group"]).order, past, first["spending"]["response"], e, spending["response"]
        )
        return {"outcome": DOUBLE_SPENT, "receipt": None, "first": first["transcript"], **found}
    check(slot <= key["last_slot"], Expired, "the token's last slot is past")
    check(outcome != REPLAYED, Replayed, "the spending was taken before")
    check(outcome != HALF_SEEN, Replayed, "one half of the token was seen before")
    check(outcome != NONCE_USED, Replayed, "the nonce was used for another token")
    energy_tokens.check_window(key, slot)
    check(outcome == ACCEPTED, State, "the nonce was not given")
    made = energy_tokens.receipt(session["private_key"], slot, transcript)
    entry = {"digest": digest, "spending": spending, "transcript": transcript, "receipt": made}
    session["nonces"][spending["utility_nonce"]] = USED
    session["by_v"][parts["v"]] = session["by_x"][parts["x"]] = entry
    return {"outcome": ACCEPTED, "receipt": made, "first": None, "secret": None, "nonce": None}


def bank_receipt(transcript: bytes, session: dict[str, Any]) -> bytes:
    """The receipt of a spending that was accepted, again: what was lost on the way is not lost.

    Errors: Malformed, State where this spending was not accepted. Source: paper E, section 3.2
    (E-ERRATUM-17). Implements TOKEN-25.
    """
    session = begun_as(session, "energy_tokens.bank")
    digest = energy_tokens.spending_digest(transcript)
    entries = session["by_v"].values() if session else ()
    found = [entry["receipt"] for entry in entries if entry["digest"] == digest]
    check(bool(found), State, "no such spending was accepted")
    receipt: bytes = found[0]
    return receipt


# ---- The store on disk ---------------------------------------------------------------------------

SCHEMA = """
CREATE TABLE IF NOT EXISTS nonces (nonce BLOB PRIMARY KEY, state INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spendings (
    place INTEGER PRIMARY KEY, digest BLOB NOT NULL, transcript BLOB NOT NULL, receipt BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS spent_v (v BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent_x (x BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
"""
# A checkpoint after so many pages: what batches change again and again is written once.
CHECKPOINT_PAGES = 16384


class TokenStore:
    """Spent tokens in one SQLite file. Several processes may have it open; each writes a batch at a time.

    A loss of power or of the process at any point leaves the batches that were committed, each whole.
    Implements TOKEN-24, TOKEN-26.
    """

    def __init__(self, path: Path | str, cache_bytes: int = 256 << 20) -> None:
        self.database = sqlite3.connect(path, timeout=60, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        self.database.execute(f"PRAGMA cache_size = -{cache_bytes >> 10}")
        self.database.executescript(SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def give_nonces(self, nonces: Iterable[bytes]) -> None:
        """Keep nonces that are given out. Errors: Replayed where one was given before; then none is kept."""
        with self._transaction():
            for nonce in nonces:
                kept = self.database.execute("INSERT OR IGNORE INTO nonces VALUES (?, ?)", (nonce, UNUSED))
                check(kept.rowcount == 1, Replayed, "the nonce was given before")

    def spend(self, claims: Sequence[Claim]) -> list[int]:
        """Judge claims in their order and keep those that are accepted, all in one transaction.

        The outcomes are told after the commit: what is told holds. Implements TOKEN-24, TOKEN-26.
        """
        with self._transaction():
            return [self._settle(claim) for claim in claims]

    def receipt(self, digest: bytes, v: bytes) -> bytes | None:
        """The receipt of an accepted spending, None where there is none. Implements TOKEN-25."""
        row = self.database.execute(
            "SELECT receipt FROM spent_v JOIN spendings USING (place) WHERE v = ? AND digest = ?",
            (v, digest),
        ).fetchone()
        return None if row is None else bytes(row[0])

    def transcript(self, v: bytes) -> bytes | None:
        """The transcript with which a token was spent, None where it was not."""
        row = self.database.execute(
            "SELECT transcript FROM spent_v JOIN spendings USING (place) WHERE v = ?", (v,)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def count(self) -> int:
        """How many tokens are spent. Raises sqlite3.DatabaseError where the file's parts contradict each
        other.
        """
        (whole,) = self.database.execute("PRAGMA integrity_check(1)").fetchone()
        counts = {
            self.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("spendings", "spent_v", "spent_x")
        }
        if whole != "ok" or len(counts) != 1:
            raise sqlite3.DatabaseError("the store's tables contradict each other")
        return int(counts.pop())

    def _transaction(self) -> "Transaction":
        return Transaction(self.database)

    def _settle(self, claim: Claim) -> int:
        ask = self.database.execute
        by_v = ask("SELECT place FROM spent_v WHERE v = ?", (claim.v,)).fetchone()
        by_x = ask("SELECT place FROM spent_x WHERE x = ?", (claim.x,)).fetchone()
        nonce = ask("SELECT state FROM nonces WHERE nonce = ?", (claim.utility_nonce,)).fetchone()
        seen = (self._digest(by_v), self._digest(by_x))
        outcome = judge(*seen, by_v == by_x, nonce and int(nonce[0]), claim.digest)
        if outcome == ACCEPTED:
            row = (claim.digest, claim.transcript, claim.receipt)
            kept = ask("INSERT INTO spendings VALUES (NULL, ?, ?, ?)", row)
            ask("INSERT INTO spent_v VALUES (?, ?)", (claim.v, kept.lastrowid))
            ask("INSERT INTO spent_x VALUES (?, ?)", (claim.x, kept.lastrowid))
            ask("UPDATE nonces SET state = ? WHERE nonce = ?", (USED, claim.utility_nonce))
        return outcome

    def _digest(self, place: tuple[int] | None) -> bytes | None:
        if place is None:
            return None
        (digest,) = self.database.execute("SELECT digest FROM spendings WHERE place = ?", place).fetchone()
        return bytes(digest)


class Transaction:
    """BEGIN IMMEDIATE, so that nobody else writes between what is read and what is written; COMMIT or
    ROLLBACK.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def __enter__(self) -> None:
        self.database.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self.database.execute("COMMIT" if kind is None else "ROLLBACK")
