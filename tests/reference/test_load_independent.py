"""Load management again from the text alone: cbor2 and cryptography for the messages, sympy for primes.

Nothing of the reference is used but the operations that are asked. Every case is drawn anew from a seed.
"""

import hashlib
import random
from math import gcd, lcm, prod
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sympy import isprime, nextprime

from meter_privacy.reference.errors import Refused
from meter_privacy.reference.operations import OPERATIONS

DOMAIN = b"meter-privacy/load-management/1/"


def ask(name: str, **given: Any) -> Any:
    """An operation's answer, or the class of its refusal."""
    try:
        return OPERATIONS[f"load_management.{name}"](**given)
    except Refused as refusal:
        return refusal.error_class


def be32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def natural(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def cbor(item: Any) -> bytes:
    return cbor2.dumps(item, canonical=True)


def prime(draw: random.Random, bits: int) -> int:
    """A prime with its two highest bits set."""
    while True:
        found = int(nextprime(draw.randrange(3 << bits - 2, 1 << bits)))
        if found < 1 << bits:
            return found


def factors(draw: random.Random, bits: int) -> tuple[int, int]:
    while True:
        p, q = prime(draw, bits), prime(draw, bits)
        if p != q and gcd(p * q, (p - 1) * (q - 1)) == 1:
            return p, q


def unit(draw: random.Random, n: int) -> int:
    while gcd(r := draw.randrange(2, n), n) != 1:
        pass
    return r


def encrypted(n: int, m: int, r: int) -> int:
    return (1 + m * n) * pow(r, n, n * n) % (n * n)


def opened(p: int, q: int, c: int) -> int:
    n, exponent = p * q, lcm(p - 1, q - 1)
    return (pow(c, exponent, n * n) - 1) // n * pow(exponent, -1, n) % n


@pytest.mark.parametrize("seed", range(8))
def test_rings(seed: int) -> None:
    """LOAD-1 to LOAD-10: roster, messages, signatures, seals, totals, from the formulas of the text."""
    draw = random.Random(f"ring {seed}")
    p, q = factors(draw, draw.choice([32, 64, 128]))
    n = p * q
    count = draw.randrange(3, 9)
    most = draw.randrange(1, min(2**32 - 1, (n - 1) // (2 * count)) + 1)
    readings = [draw.choice([0, most, draw.randrange(most + 1)]) for _ in range(count)]
    signing = [Ed25519PrivateKey.from_private_bytes(draw.randbytes(32)) for _ in range(count)]
    sealing = [X25519PrivateKey.from_private_bytes(draw.randbytes(32)) for _ in range(count)]
    nodes, group, least = draw.sample(range(2**32), count), draw.randbytes(16), draw.randrange(3, count + 1)
    members: list[dict[str, Any]] = [
        {
            "node": node,
            "signing_key": sign.public_key().public_bytes_raw(),
            "sealing_key": seal.public_key().public_bytes_raw(),
        }
        for node, sign, seal in zip(nodes, signing, sealing, strict=True)
    ]
    head = DOMAIN + b"roster\0" + group + be32(len(natural(n))) + natural(n) + be32(most) + be32(least)
    entries = b"".join(be32(m["node"]) + m["signing_key"] + m["sealing_key"] for m in members)
    digest = hashlib.sha256(head + be32(count) + entries).digest()
    roster = {"group": group, "modulus": n, "members": members, "least_members": least, "maximum_wh": most}
    assert ask("ring_roster", **roster) == digest
    assert ask("ring_roster", **{**roster, "least_members": count + 1}) == "policy"
    if (bound := (n - 1) // (2 * count) + 1) < 2**32:
        assert ask("ring_roster", **{**roster, "maximum_wh": bound}) == "range"

    interval = draw.randrange(2**53)
    message, sent = 1, []
    for i, reading in enumerate(readings):
        r = unit(draw, n)
        given = {"modulus": n, "maximum_wh": most, "reading_wh": reading, "randomness": r}
        answer = ask("ring_add", previous=message, **given) if i else ask("ring_start", **given)
        message = message * encrypted(n, reading, r) % n**2
        assert answer == message
        body = {1: digest, 2: nodes[i], 3: interval, 4: i + 1, 5: natural(message)}
        signature = signing[i].sign(DOMAIN + b"message\0" + cbor([1, 1, body]))
        sent.append(cbor([1, 1, body, signature]))
        place = {"roster": digest, "interval": interval, "position": i + 1}
        own = {**place, "node": nodes[i], "modulus": n}
        private = signing[i].private_bytes_raw()
        assert ask("sign_hop", private_key=private, ciphertext=message, **own) == sent[-1]
        taken = {
            **own,
            "public_key": members[i]["signing_key"],
            "next_interval": interval,
            "message": sent[-1],
        }
        assert ask("check_hop", **taken) == message
        assert ask("check_hop", **{**taken, "position": i + 2}) == "unauthentic"
        if interval < 2**53 - 1:
            assert ask("check_hop", **{**taken, "next_interval": interval + 1}) == "replayed"

        receiver = members[(i + 1) % count]["sealing_key"]
        ephemeral = X25519PrivateKey.from_private_bytes(draw.randbytes(32))
        shown = ephemeral.public_key().public_bytes_raw()
        info = DOMAIN + b"seal\0" + shown + receiver + digest + interval.to_bytes(8, "big") + be32(i + 1)
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(receiver))
        cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, None, info).derive(shared))
        box = shown + cipher.encrypt(bytes(12), sent[-1], None)
        secret = ephemeral.private_bytes_raw()
        sealed = {**place, "ephemeral_private_key": secret, "sealing_key": receiver, "message": sent[-1]}
        assert ask("seal_hop", **sealed) == box
        private = sealing[(i + 1) % count].private_bytes_raw()
        assert ask("open_hop", private_key=private, sealed=box, **place) == sent[-1]

    total = sum(readings)
    stop = {"p": p, "q": q, "members": count, "maximum_wh": most, "ciphertext": message}
    assert ask("ring_stop", **stop) == total == opened(p, q, message)
    room = count * most - total
    full, over = (message * pow(1 + n, k, n * n) % n**2 for k in (room, room + 1))
    assert ask("ring_stop", **{**stop, "ciphertext": full}) == count * most
    assert ask("ring_stop", **{**stop, "ciphertext": over}) == "policy"
    listed = [{"node": m["node"], "signing_key": m["signing_key"]} for m in members]
    audited = {"roster": digest, "interval": interval, "modulus": n, "members": listed}
    assert ask("audit_ring", messages=sent, **audited) == message


@pytest.mark.parametrize("seed", range(8))
def test_bills(seed: int) -> None:
    """LOAD-12 to LOAD-22: records, aggregates, openings, bills and verdicts."""
    draw = random.Random(f"bill {seed}")
    p, q = factors(draw, draw.choice([40, 64, 100]))
    n = p * q
    days, most, low, high = draw.randrange(1, 32), draw.randrange(1, 10**6), *draw.choices(range(500), k=2)
    session: dict[str, Any] = {}
    assert ask("meter_start", p=p, q=q, maximum_wh=most, days=days, session=session) is None
    records, used, drawn = [], [], []
    for day in range(1, days + 1):
        a = draw.randrange(most + 1)
        b = draw.randrange(most - a + 1)
        r, s = unit(draw, n), unit(draw, n)
        record = {"normal": encrypted(n, a, r), "high": encrypted(n, b, s)}
        given = {"normal_wh": a, "high_wh": b, "normal_randomness": r, "high_randomness": s}
        assert ask("encrypt_day", modulus=n, maximum_wh=most, **given) == record
        assert ask("meter_day", day=day, session=session, **given) == record
        records.append(record)
        used.append((a, b))
        drawn.append((r, s))
    sums = [sum(values) for values in zip(*used, strict=True)]
    roots = [prod(values) % n for values in zip(*drawn, strict=True)]
    products = [prod(record[name] for record in records) % n**2 for name in ("normal", "high")]
    bill, root = sums[0] * low + sums[1] * high, pow(roots[0], low, n) * pow(roots[1], high, n) % n
    total = pow(products[0], low, n * n) * pow(products[1], high, n * n) % n**2
    month = {
        "modulus": n, "counters": records, "days": days, "maximum_wh": most, "price_normal": low,
        "price_high": high,
    }  # fmt: skip
    aggregate = {"normal": products[0], "high": products[1], "bill": total}
    assert ask("aggregate_month", **month) == aggregate
    assert ask("recover_opening", p=p, q=q, ciphertext=total) == {"value": bill, "randomness": root}
    assert ask("meter_bill", price_normal=low, price_high=high, session=session) == {
        "bill": bill, "randomness": root,
    }  # fmt: skip
    assert ask("meter_bill", price_normal=low, price_high=high + 1, session=session) == "policy"
    statement = {
        "normal": sums[0], "normal_randomness": roots[0], "high": sums[1], "high_randomness": roots[1],
    }  # fmt: skip
    assert ask("meter_totals", session=session) == statement
    assert ask("meter_verdict", ciphertext=total, bill=bill, session=session) == 1
    assert ask("meter_verdict", ciphertext=total * (1 + n) % n**2, bill=bill + 1, session=session) == 0
    claim = {"bill": bill, "bill_randomness": root}
    assert ask("verify_bill", **month, **claim) is None
    assert ask("verify_statement", **month, **statement, **claim) is None
    for change, error in (
        ({"bill": bill + 1}, "proof-failed"), ({"bill": bill + n}, "range"),
        ({"bill_randomness": 0}, "range"), ({"bill_randomness": p}, "not-invertible"),
        ({"bill_randomness": n - root}, "proof-failed"),
    ):  # fmt: skip
        assert ask("verify_bill", **month, **{**claim, **change}) == error
    hidden = {**month, "counters": records[:-1]}
    assert ask("verify_bill", **hidden, **claim) == ("range" if days > 1 else "malformed")


@pytest.mark.parametrize("seed", range(4))
def test_proofs_of_moduli(seed: int) -> None:
    """LOAD-23 to LOAD-26: primes, challenges and roots, byte for byte."""
    draw = random.Random(f"proof {seed}")

    def expanded(label: bytes, rest: bytes, bits: int) -> int:
        blocks = range(-(-bits // 256))
        data = b"".join(hashlib.sha256(DOMAIN + label + b"\0" + rest + be32(i)).digest() for i in blocks)
        return int.from_bytes(data, "big") >> (8 * len(data) - bits)

    length, key_seed, number = draw.choice([16, 17, 33, 64, 300]), draw.randbytes(32), 0
    while not isprime(
        found := expanded(b"prime", key_seed + be32(length) + be32(number), length) | 3 << length - 2 | 1
    ):
        number += 1
    assert ask("generate_prime", bits=length, seed=key_seed) == found

    p, q = factors(draw, 100)
    n, context = p * q, draw.randbytes(32)
    for rounds in (8, 13, 81):
        roots = []
        for i in range(rounds):
            head = be32(len(natural(n))) + natural(n) + context + be32(rounds) + be32(i)
            attempt = 0
            while True:
                rho = expanded(b"modulus", head + be32(attempt), n.bit_length())
                if rho < n and gcd(rho, n) == 1:
                    break
                attempt += 1
            roots.append(pow(rho, pow(n, -1, lcm(p - 1, q - 1)), n))
        assert ask("prove_modulus", p=p, q=q, context=context, rounds=rounds) == roots
        assert ask("verify_modulus", modulus=n, context=context, roots=roots) is None
        assert ask("verify_modulus", modulus=n, context=bytes(32), roots=roots) == "proof-failed"


@pytest.mark.parametrize("seed", range(20))
def test_yaos_comparison(seed: int) -> None:
    """LOAD-32 to LOAD-36, LOAD-43, the windows that are refused among them."""
    draw = random.Random(f"yao {seed}")
    e = 65537
    while True:
        p, q = prime(draw, 32), prime(draw, draw.choice([32, 40]))
        if p != q and gcd(e, (p - 1) * (q - 1)) == 1:
            break
    n = p * q
    d = pow(e, -1, lcm(p - 1, q - 1))
    k = draw.randrange(2, 40)
    a, b = draw.randrange(1, k + 1), draw.randrange(1, k + 1)
    assert ask("yao_key", p=p, q=q, exponent=e) == {"modulus": n, "private_exponent": d}

    def refused(t: int) -> bool:
        window = {(t + i) % n for i in range(k)}
        return bool(window & {0, 1, n - 1}) or {n // 2, n // 2 + 1} <= window

    bad = pow((draw.choice([0, n // 2 + 1]) - draw.randrange(1, k) + b - 1) % n, d, n)
    xs = [*([bad] if 2 <= bad <= n - 2 else []), *(draw.randrange(2, n - 1) for _ in range(3))]
    used = next(i for i, x in enumerate(xs) if not refused((pow(x, e, n) - b + 1) % n))
    t = (pow(xs[used], e, n) - b + 1) % n
    public = {"modulus": n, "exponent": e, "levels": k, "threshold_level": b}
    assert ask("yao_request", candidates=xs, **public) == {"message": t, "used": used}
    secret = {"p": p, "q": q, "exponent": e, "levels": k, "reading_level": a}
    half = (n.bit_length() + 1) // 2
    candidates = [prime(draw, draw.choice([half, half, half - 1, half + 1, 12])) for _ in range(64)]
    found: Any = "exhausted"
    for i, m in enumerate(candidates):
        u = [pow((t + j) % n, d, n) % m + (j + 1 > a) for j in range(k)]
        near = any(abs(v - w) < 3 for j, v in enumerate(u) for w in u[:j])
        if m.bit_length() <= half and n % m and 1 <= min(u) <= max(u) <= m - 2 and not near:
            found = {"prime": m, "residues": u, "used": i}
            break
    assert ask("yao_response", message=t, candidates=candidates, **secret) == found
    if found != "exhausted":
        answer = {"prime": found["prime"], "residues": found["residues"]}
        told = {"modulus": n, "levels": k, "threshold_level": b, "x": xs[used], **answer}
        assert ask("yao_outcome", **told) == int(a >= b)
    assert (
        ask("yao_response", message=(pow(bad, e, n) - b + 1) % n, candidates=candidates, **secret) == "policy"
    )
    assert ask("yao_audit", x=xs[used], message=t, **public) is None
    assert (
        ask("yao_audit", x=xs[used], message=t, **{**public, "threshold_level": b % k + 1}) == "proof-failed"
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_comparison_on_bits(seed: int) -> None:
    """LOAD-37 to LOAD-43."""
    draw = random.Random(f"bits {seed}")
    u = draw.choice([31, 53, 101])
    v = {"p": prime(draw, 20), "q": prime(draw, 21)}

    def key_prime(order: int) -> int:
        while not isprime(found := 2 * u * order * draw.randrange(2**20, 2**21) + 1):
            pass
        return found

    p, q = key_prime(v["p"]), key_prime(v["q"])
    n = p * q
    crt = {m: (n // m) * pow(n // m, -1, m) for m in (p, q)}

    def element(order: int) -> tuple[int, int]:
        """A base, and what the key makes of it: its order times v_p modulo p and times v_q modulo q."""
        while True:
            base = draw.randrange(2, n)
            parts = {m: pow(base, (m - 1) // (order * v[x]), m) for x, m in (("p", p), ("q", q))}
            orders = {p: (order, v["p"]), q: (order, v["q"])}
            whole = all(
                pow(parts[m], prod(orders[m]) // f, m) != 1 for m in (p, q) for f in orders[m] if f > 1
            )
            if whole:
                return base, sum(parts[m] * crt[m] for m in (p, q)) % n

    (base_g, g), (base_h, h) = element(u), element(1)
    private = {"p": p, "q": q, "u": u, "v_p": v["p"], "v_q": v["q"]}
    assert ask("dgk_key", base_g=base_g, base_h=base_h, **private) == {"modulus": n, "g": g, "h": h}
    k = draw.randrange(2, 2**8)
    length = (k - 1).bit_length()
    a, b = draw.randrange(1, k + 1), draw.randrange(1, k + 1)
    first, second = ([draw.randrange(1, 2**50) for _ in range(length)] for _ in range(2))
    rho, order = [draw.randrange(1, u) for _ in range(length)], draw.sample(range(length), length)
    mine, other = ([(level - 1) >> i & 1 for i in range(length)] for level in (a, b))
    bits = [pow(g, bit, n) * pow(h, r, n) % n for bit, r in zip(other, first, strict=True)]
    public = {"modulus": n, "u": u, "g": g, "h": h}
    assert ask("dgk_request", randomness=first, threshold_level=b, **public) == bits
    answer = [0] * length
    for i in range(length):
        c = pow(g, 1 + mine[i], n) * pow(bits[i], -1, n)
        for j in range(i + 1, length):
            c *= pow(g * pow(bits[j], -1, n) if mine[j] else bits[j], 3, n)
        answer[order[i]] = pow(c, rho[i], n) * pow(h, second[i], n) % n
    given = {"bits": bits, "multipliers": rho, "randomness": second, "order": order, "reading_level": a}
    assert ask("dgk_response", **public, **given) == answer
    assert ask("dgk_outcome", levels=k, ciphertexts=answer, **private) == int(a >= b)
    assert ask("dgk_audit", randomness=first, threshold_level=b, bits=bits, **public) is None


@pytest.mark.parametrize("seed", range(100))
def test_the_plan(seed: int) -> None:
    """LOAD-46 to LOAD-51: groups, peaks, thresholds by search, charges."""
    draw = random.Random(f"plan {seed}")
    most = draw.randrange(1, 3000)
    users = [
        {"usage_wh": draw.choice([0, most, draw.randrange(most + 1)]), "allowance_wh": draw.randrange(4000)}
        for _ in range(draw.randrange(3, 12))
    ]
    total, policy, step = (
        sum(user["usage_wh"] for user in users),
        draw.randrange(3),
        draw.randrange(1, most + 1),
    )
    group = draw.choice([total, total + 1, draw.randrange(len(users) * most + 1)])
    threshold = None
    if total >= group:
        unit_wh = step if policy == 1 else 1
        average = next(level for level in range(0, most + unit_wh, unit_wh) if level * len(users) >= total)
        threshold = min(step if policy == 2 else average, most)
    charges = []
    for user in users:
        high = threshold is not None and user["usage_wh"] >= threshold
        covered = min(user["usage_wh"], user["allowance_wh"]) if high else user["usage_wh"]
        charges.append(
            {
                "high": int(high),
                "high_rate": int(covered < user["usage_wh"]),
                "normal_wh": covered,
                "high_wh": user["usage_wh"] - covered,
                "allowance_wh": user["allowance_wh"] - covered * high,
            }
        )
    tariff = {"group_threshold_wh": group, "threshold_policy": policy, "parameter_wh": step}
    assert ask("plan_interval", maximum_wh=most, users=users, **tariff) == {
        "total_wh": total, "peak": int(total >= group), "threshold_wh": threshold, "users": charges,
    }  # fmt: skip

    least = draw.randrange(3, 9)
    customers = [
        {"node": node, "plan": draw.randrange(2), "last_month_wh": draw.randrange(20)}
        for node in draw.sample(range(1000), draw.randrange(1, 60))
    ]
    groups: Any = []
    for plan in sorted({customer["plan"] for customer in customers}):
        own = sorted((c["last_month_wh"], c["node"]) for c in customers if c["plan"] == plan)
        if len(own) < least:
            groups = "policy"
            break
        count = len(own) // least
        sizes = [len(own) // count + (i < len(own) % count) for i in range(count)]
        nodes = iter(node for _, node in own)
        groups += [{"plan": plan, "nodes": [next(nodes) for _ in range(size)]} for size in sizes]
    assert ask("assign_groups", least_members=least, users=customers) == groups
