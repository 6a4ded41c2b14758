"""`make bench`: the store of spent tokens on disk, a million tokens in batches of five thousand.

Each spending is looked up by v, by x and by its nonce, and written with a transcript as long as the hardened
profile's. The last batches are replays and double spendings of tokens from all over the file.
"""

import hashlib
import sys
import tempfile
import time
from pathlib import Path

from meter_privacy.reference.token_store import ACCEPTED, DOUBLE_SPENT, REPLAYED, Claim, TokenStore

TOKENS, BATCH, GOAL = 1_000_000, 5000, 5000
# A token of 3072 bits on P-256 with its report, nonce, response and the server's signature.
TRANSCRIPT_BYTES, RECEIPT_BYTES = 691, 118


def claim(number: int, again: bool = False) -> Claim:
    """The spending of a token; `again` is another spending of it, with the same nonce."""
    token = hashlib.sha512(number.to_bytes(8, "big")).digest()
    digest = hashlib.sha256(token + bytes([again])).digest()
    transcript = digest * (TRANSCRIPT_BYTES // 32) + digest[: TRANSCRIPT_BYTES % 32]
    # A counter in front keeps neighbouring nonces on neighbouring pages.
    nonce = number.to_bytes(8, "big") + token[:24]
    v, x = b"\2" + token[:32], b"\3" + token[32:]
    return Claim(v, x, nonce, digest, transcript, transcript[:RECEIPT_BYTES])


def main(tokens: int = TOKENS) -> None:
    """Fill a store, and print what it took; fails where an outcome is wrong."""
    with tempfile.TemporaryDirectory() as folder, TokenStore(Path(folder) / "tokens", 256 << 20) as store:
        given = spent = busy = 0.0
        for start in range(0, tokens, BATCH):
            claims = [claim(number) for number in range(start, start + BATCH)]
            begin = time.perf_counter()
            store.give_nonces(one.utility_nonce for one in claims)
            between, processor = time.perf_counter(), time.thread_time()
            outcomes = store.spend(claims)
            given, spent = given + between - begin, spent + time.perf_counter() - between
            busy += time.thread_time() - processor
            assert outcomes == [ACCEPTED] * BATCH
        some = range(0, tokens, max(1, tokens // BATCH))
        assert store.spend([claim(number) for number in some]) == [REPLAYED] * len(some)
        assert store.spend([claim(number, True) for number in some]) == [DOUBLE_SPENT] * len(some)
        assert store.count() == tokens
        rate = tokens / spent
    reached = "reached" if rate >= GOAL else "missed"
    sys.stdout.write(
        f"{tokens} tokens spent in batches of {BATCH}: {rate:.0f} a second (goal {GOAL}: {reached}); "
        f"{tokens / busy:.0f} a second of processor time; nonces given: {tokens / given:.0f} a second\n"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
