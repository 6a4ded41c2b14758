"""A process of the utility that spends tokens from a shared file until it is killed.

    python store_driver.py FILE PROCESS TOKENS BATCH

Spends tokens 0, 1, ... in an order of its own, each with a nonce and a digest of its own, in batches; prints
the accepted tokens of a batch only after the store has answered, in one line.
"""

import hashlib
import sys
from pathlib import Path

from meter_privacy.reference.token_store import ACCEPTED, Claim, TokenStore


def hashed(*parts: object) -> bytes:
    """32 bytes of a label."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).digest()


def claim(token: int, process: int) -> Claim:
    """The spending of a token by a process: its own nonce, digest and transcript."""
    digest = hashed("digest", token, process)
    return Claim(
        v=hashed("v", token),
        x=hashed("x", token),
        utility_nonce=hashed("nonce", token, process),
        digest=digest,
        transcript=digest * 20,
        receipt=digest * 3,
    )


def order(tokens: int, process: int) -> list[int]:
    """The tokens in a process's own order."""
    return sorted(range(tokens), key=lambda token: hashed("order", token, process))


def main() -> None:
    """Spend."""
    file, process, tokens, batch = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    with TokenStore(file) as store:
        mine = order(tokens, process)
        for start in range(0, tokens, batch):
            claims = [claim(token, process) for token in mine[start : start + batch]]
            outcomes = store.spend(claims)
            accepted = [
                str(token)
                for token, outcome in zip(mine[start : start + batch], outcomes, strict=True)
                if outcome == ACCEPTED
            ]
            sys.stdout.write(" ".join(["batch", *accepted, "end\n"]))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
