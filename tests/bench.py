"""`make bench`: the C core beside its peers, on the same numbers in the same run, as ratios.

A ratio above 1 says how many times as fast as the peer the C core is. Times are the least of several
rounds, peers and core taking turns, because the machines are shared.
"""

import hashlib
import hmac
import time
from collections.abc import Callable

from phe import paillier as phe
from rich.console import Console
from rich.table import Table

from meter_privacy.native.operations import OPERATIONS as NATIVE
from meter_privacy.vectors.generators.common import draw_below, draw_bytes
from meter_privacy.vectors.generators.paillier_primes import factors
from tests import bench_privacy_power

ROUNDS = 7


def least(calls: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least time of each call in seconds, taking turns."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def paillier_calls(bits: int) -> dict[str, dict[str, Callable[[], object]]]:
    """The Paillier operations at a modulus length, each beside its peers."""
    p, q = factors(str(bits))
    n = p * q
    m, r = draw_below(f"bench/m/{bits}", n), draw_below(f"bench/r/{bits}", n)
    public = phe.PaillierPublicKey(n)
    private = phe.PaillierPrivateKey(public, p, q)
    c = NATIVE["paillier.encrypt"](modulus=n, plaintext=m, randomness=r)
    assert c == public.raw_encrypt(m, r_value=r)
    return {
        f"encrypt {bits}": {
            "native": lambda: NATIVE["paillier.encrypt"](modulus=n, plaintext=m, randomness=r),
            "phe": lambda: public.raw_encrypt(m, r_value=r),
            "pow": lambda: (1 + m * n) * pow(r, n, n * n) % (n * n),
        },
        f"encrypt with factors {bits}": {
            "native": lambda: NATIVE["paillier.encrypt_with_factors"](p=p, q=q, plaintext=m, randomness=r),
            "phe": lambda: public.raw_encrypt(m, r_value=r),
            "pow": lambda: (1 + m * n) * pow(r, n, n * n) % (n * n),
        },
        f"decrypt {bits}": {
            "native": lambda: NATIVE["paillier.decrypt"](p=p, q=q, ciphertext=c),
            "phe": lambda: private.raw_decrypt(c),
        },
    }


def main() -> None:
    """Measure and print."""
    key = draw_bytes("bench/key", 32)
    work = {**paillier_calls(2048), **paillier_calls(3072)}
    work["keystream"] = {
        "native": lambda: NATIVE["dream.keystream"](key=key, slot=7, modulus=1 << 64),
        "hmac": lambda: hmac.digest(key, b"meter-privacy/dream/1/keystream\0" + bytes(8), hashlib.sha256),
    }
    table = Table("work", "native ms", "peer", "peer ms", "native is … times as fast")
    for name, calls in work.items():
        best = least(calls)
        for peer, seconds in best.items():
            if peer != "native":
                ratio = seconds / best["native"]
                table.add_row(
                    name, f"{best['native'] * 1e3:.3f}", peer, f"{seconds * 1e3:.3f}", f"{ratio:.2f}"
                )
    Console().print(table)
    bench_privacy_power.main()


if __name__ == "__main__":
    main()
