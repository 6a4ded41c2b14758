"""`make bench`: the C core beside its peers, on the same numbers in the same run, as ratios.

A ratio says how many times as fast as the peer the core is: the median over the rounds of a round's ratio,
peers and core taking turns in processor time, because the machines are shared. r^n mod n^2 is measured beside
OpenSSL and GMP by native/bench/power.c where their headers are installed (`make tools`).
"""

import hashlib
import hmac
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from phe import paillier as phe
from phe import util as phe_util
from rich.console import Console
from rich.table import Table

from meter_privacy.native import paillier
from meter_privacy.native.operations import OPERATIONS as NATIVE
from meter_privacy.vectors.generators.common import draw_below, draw_bytes
from meter_privacy.vectors.generators.paillier_primes import factors
from tests import bench_dream, bench_privacy_power, bench_tokens

HERE = Path(__file__).resolve().parents[1] / "native"
ROUNDS = 21
Calls = dict[str, Callable[[], object]]
# Times as fast as the peer.
GOALS = {
    ("r^n mod n^2, 2048", "OpenSSL"): 1 / 0.8,
    ("r^n mod n^2, 2048", "GMP"): 1 / 0.6,
    ("r^n mod n^2, 3072", "OpenSSL"): 1 / 0.8,
    ("r^n mod n^2, 3072", "GMP"): 1 / 0.6,
    ("encrypt 2048", "phe"): 1.5,
    ("encrypt with factors 2048", "phe"): 5.0,
    ("decrypt 2048, blinded and checked", "phe"): 1.0,
}


def rounds(calls: Calls) -> dict[str, list[float]]:
    """The processor time of each call in each round, in seconds, taking turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            start = time.thread_time()
            call()
            times[name].append(time.thread_time() - start)
    return times


def paillier_calls(bits: int) -> dict[str, Calls]:
    """The Paillier operations at a modulus length, each beside its peers."""
    p, q = factors(str(bits))
    n = p * q
    m, r = draw_below(f"bench/m/{bits}", n), draw_below(f"bench/r/{bits}", n)
    public = phe.PaillierPublicKey(n)
    private = phe.PaillierPrivateKey(public, p, q)
    c, zero = (NATIVE["paillier.encrypt"](modulus=n, plaintext=x, randomness=r) for x in (m, 0))
    record = paillier.offline_power(n, r)
    assert c == public.raw_encrypt(m, r_value=r) == paillier.encrypt_online(n, m, record)
    assert private.raw_decrypt(c) == paillier.decrypt_blinded(p, q, c, zero) == m
    theirs: Calls = {"phe": lambda: public.raw_encrypt(m, r_value=r)}
    return {
        f"encrypt {bits}": {
            "core": lambda: NATIVE["paillier.encrypt"](modulus=n, plaintext=m, randomness=r),
            **theirs,
        },
        f"encrypt with factors {bits}": {
            "core": lambda: NATIVE["paillier.encrypt_with_factors"](p=p, q=q, plaintext=m, randomness=r),
            **theirs,
        },
        f"100 encrypt online {bits}": {
            "core": lambda: [paillier.encrypt_online(n, m, record) for _ in range(100)],
            **theirs,
        },
        f"decrypt {bits}": {
            "core": lambda: NATIVE["paillier.decrypt"](p=p, q=q, ciphertext=c),
            "phe": lambda: private.raw_decrypt(c),
        },
        f"decrypt {bits}, blinded and checked": {
            "core": lambda: paillier.decrypt_blinded(p, q, c, zero),
            "phe": lambda: private.raw_decrypt(c),
        },
    }


def power() -> list[tuple[str, str, float, float, float]]:
    """Rows of (work, peer, core's us, peer's us, ratio) beside OpenSSL and GMP, if installed."""
    compiler = shutil.which("cc")
    if compiler is None:
        return []
    with tempfile.TemporaryDirectory() as temporary:
        program = str(Path(temporary) / "power")
        sources = sorted(str(path) for path in [*HERE.glob("src/*.c"), *HERE.glob("bench/*.c")])
        include = [f"-I{HERE / 'include'}", f"-I{HERE / 'src'}"]
        command = [compiler, "-std=c11", "-O3", "-D_POSIX_C_SOURCE=200809L", *include, *sources]
        command += ["-o", program, "-lcrypto", "-lgmp"]
        built = subprocess.run(command, capture_output=True, text=True, check=False)
        if re.search(r"fatal error: (gmp|openssl/)", built.stderr):
            return []
        if built.returncode:
            raise RuntimeError(f"native/bench cannot be built:\n{built.stderr}")
        report = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    rows = []
    for line in report.splitlines():
        kind, bits, *numbers = line.split()
        if kind == "power":
            core, openssl, gmp, over_openssl, over_gmp = map(float, numbers)
            work = f"r^n mod n^2, {bits}"
            rows += [(work, "OpenSSL", core, openssl, over_openssl), (work, "GMP", core, gmp, over_gmp)]
    return rows


def main() -> None:
    """Measure and print a table in Markdown's form."""
    key = draw_bytes("bench/key", 32)
    work = {**paillier_calls(2048), **paillier_calls(3072)}
    work["keystream"] = {
        "core": lambda: NATIVE["dream.keystream"](key=key, slot=7, modulus=1 << 64),
        "hmac": lambda: hmac.digest(key, b"meter-privacy/dream/1/keystream\0" + bytes(8), hashlib.sha256),
    }
    rows = power()
    if not rows:
        sys.stdout.write("not run: r^n mod n^2 beside OpenSSL and GMP (make tools installs them)\n")
    for name, calls in work.items():
        times = rounds(calls)
        core = times.pop("core")
        for peer, theirs in times.items():
            ratio = statistics.median(b / a for a, b in zip(core, theirs, strict=True))
            rows.append((name, peer, statistics.median(core) * 1e6, statistics.median(theirs) * 1e6, ratio))
    table = Table("work", "core µs", "peer", "peer µs", "times as fast", "goal")
    for name, peer, ours, theirs_us, ratio in rows:
        goal = GOALS.get((name, peer))
        reached = "" if goal is None else f"{goal:.2f} {'reached' if ratio >= goal else 'missed'}"
        table.add_row(name, f"{ours:.1f}", peer, f"{theirs_us:.1f}", f"{ratio:.2f}", reached)
    Console().print(table)
    sys.stdout.write(f"phe uses gmpy2: {phe_util.HAVE_GMP}\n")
    bench_dream.main()
    bench_privacy_power.main()
    bench_tokens.main()


if __name__ == "__main__":
    main()
