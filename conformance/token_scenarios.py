"""Scenarios of reports, tasks and energy tokens: what is signed, proven or shared goes into what looks at it.

Strategies cannot sign, prove or share: what an operation answers goes into the next, with one fault or none,
so that the rules behind a signature are reached.
"""

import hashlib
from collections.abc import Generator, Mapping, Sequence
from math import gcd
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import primes
from meter_privacy.conformance.makers import pick
from meter_privacy.conformance.scenes import Answer, Play, Request, Stage
from meter_privacy.conformance.strategies import Given, encode

Json = dict[str, Any]
Fault = tuple[str, Json]
REPORTS, TASKS, TOKENS = "reporting.", "tasking.", "energy_tokens."
VARIANTS = {1: (48, 32), 2: (0, 32), 3: (48, 0), 4: (0, 0)}
SCALAR_BYTES = {"toy-2039": 18, "modp-1024-160": 36, "P-256": 48}
NONE: Fault = ("valid", {})


def _send(
    stage: Stage, name: str, values: Mapping[str, Any], tag: str = "valid", session: int | None = None
) -> Generator[Request, Answer, Json | None]:
    """Ask an operation; its output in Python form, None where it was refused."""
    operation = stage.tables.operations[name]
    answer = yield Request(name, Given(tag, input=encode(operation, values)), session)
    return stage.output(name, answer)


def _spoil(
    stage: Stage, draw: DrawFn, name: str, values: Json, faults: Sequence[Fault], session: int | None = None
) -> Generator[Request, Answer, Json | None]:
    """Ask with one of the faults, or with none, once in three times or more."""
    tag, change = pick(draw, [*[NONE] * (1 + len(faults) // 2), *faults])
    return (yield from _send(stage, name, {**values, **change}, tag, session))


def _public(private_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def _bytes(draw: DrawFn, length: int) -> bytes:
    """Bytes that are never a row of zeros, nor twice the same by chance."""
    return hashlib.shake_256(draw(st.integers(0, 2**64 - 1)).to_bytes(8, "big")).digest(length)


def _flipped(draw: DrawFn, data: bytes) -> bytes:
    place = draw(st.integers(0, 8 * len(data) - 1))
    return bytes(byte ^ (1 << place % 8) * (at == place // 8) for at, byte in enumerate(data))


def _cbor(item: Any) -> bytes:
    return cbor2.dumps(item, canonical=True)


def _with(data: bytes, place: int, changes: Mapping[int, Any]) -> bytes:
    """An encoded array whose map at a place has other members, under the old signature."""
    item = cbor2.loads(data)
    item[place] = {**item[place], **changes}
    return _cbor(item)


def _group(draw: DrawFn, stage: Stage) -> str:
    return "P-256" if stage.profile == "hardened" else pick(draw, ("toy-2039", "toy-2039", "P-256"))


# ---- Blind signatures ----------------------------------------------------------------------------


def _message_faults(draw: DrawFn, message: bytes) -> list[Fault]:
    return [("message: a bit flipped", {"message": _flipped(draw, message)})] if message else []


def _answer_faults(given: Json, blinding: int) -> list[Fault]:
    n, answer = given["modulus"], given["blind_signature"]
    return [
        ("blind_signature: one more", {"blind_signature": (answer + 1) % n}),
        ("blind_signature: unreduced", {"blind_signature": answer + n}),
        ("blind_signature: 0", {"blind_signature": 0}),
        ("inverse: R itself", {"inverse": blinding}),
        ("inverse: negated", {"inverse": n - given["inverse"]}),
        ("exponent: two more", {"exponent": given["exponent"] + 2}),
    ]


def _factors(stage: Stage, draw: DrawFn, scheme: int) -> Json:
    """Two primes, in the published profile long enough for an encoding in scheme 2, else of any size."""
    if stage.profile == "hardened":
        drawn = stage.valid(draw, TOKENS + "blind_sign").scope
        return {"p": drawn["p"], "q": drawn["q"]}
    pool = primes.pool(pick(draw, (256, 512, 512)) if scheme == 2 else pick(draw, (8, 32, 64)))
    p = pick(draw, pool)
    return {"p": p, "q": pick(draw, [q for q in pool if q != p])}


def _signer(stage: Stage, draw: DrawFn, scheme: int) -> tuple[int, int, int]:
    """n, e and d of a key; the signer's part is played here, so that the receiver's is reached without it."""
    p, q = _factors(stage, draw, scheme).values()
    order = (p - 1) * (q - 1)
    e = next(e for e in range(pick(draw, (3, 65537)), 2 * 65537, 2) if gcd(e, order) == 1)
    return p * q, e, pow(e, -1, order)


def blind_signature(stage: Stage, draw: DrawFn) -> Play:
    """RFC 9474 from the message to the signature; the answer, the inverse or the message perhaps another."""
    n, e, d = _signer(stage, draw, 2)
    variant = draw(st.integers(1, 4))
    salt, prefix = VARIANTS[variant]
    message = draw(st.binary(max_size=40))
    given: Json = {"variant": variant, "message": message, "prefix": _bytes(draw, prefix)}
    prepared = yield from _send(stage, TOKENS + "blind_prepare", given)
    if prepared is None:
        return
    public = {"variant": variant, "modulus": n, "exponent": e, **prepared}
    blinding = draw(st.integers(2, n - 2))
    blinded = yield from _send(
        stage, TOKENS + "blind", {**public, "salt": _bytes(draw, salt), "blinding": blinding}
    )
    if blinded is None:
        return
    final = {
        **public,
        "blind_signature": pow(blinded["blinded_message"], d, n),
        "inverse": blinded["inverse"],
    }
    faults = [
        *_answer_faults(final, blinding),
        ("variant: another", {"variant": variant % 4 + 1}),
        ("input_message: a byte more", {"input_message": prepared["input_message"] + b"\0"}),
        ("input_message: cut", {"input_message": prepared["input_message"][:31]}),
    ]
    yield from _spoil(stage, draw, TOKENS + "blind_finalize", final, faults)


def hashed_signature(stage: Stage, draw: DrawFn) -> Play:
    """The same with the full-domain hash of the published profile."""
    n, e, d = _signer(stage, draw, 1)
    public: Json = {"modulus": n, "exponent": e, "message": draw(st.binary(max_size=40))}
    blinding = draw(st.integers(2, n - 2))
    blinded = yield from _send(stage, TOKENS + "fdh_blind", {**public, "blinding": blinding})
    if blinded is None:
        return
    final = {
        **public,
        "blind_signature": pow(blinded["blinded_message"], d, n),
        "inverse": blinded["inverse"],
    }
    faults = [*_answer_faults(final, blinding), *_message_faults(draw, public["message"])]
    yield from _spoil(stage, draw, TOKENS + "fdh_finalize", final, faults)


# ---- Energy tokens -------------------------------------------------------------------------------


def _sign_token(
    stage: Stage, draw: DrawFn, key: Json, factors: Json, halves: Json
) -> Generator[Request, Answer, bytes | None]:
    """A token under a key, through all steps of its scheme."""
    named = {name: key[name] for name in ("scheme", "value_wh", "epoch", "group")}
    made = yield from _send(stage, TOKENS + "token_message", {**named, **halves})
    if made is None:
        return None
    n, message, prefix = key["modulus"], made["message"], b""
    public: Json = {"modulus": n, "exponent": key["exponent"]}
    blinding = {"blinding": draw(st.integers(2, n - 2))}
    if key["scheme"] == 2:
        prefix = _bytes(draw, 32)
        public |= {"variant": 1, "input_message": prefix + message}
        given = {**public, **blinding, "salt": _bytes(draw, 48)}
        blinded = yield from _send(stage, TOKENS + "blind", given)
    else:
        public |= {"message": message}
        blinded = yield from _send(stage, TOKENS + "fdh_blind", {**public, **blinding})
    if blinded is None:
        return None
    asked = {**factors, "exponent": key["exponent"], "blinded_message": blinded["blinded_message"]}
    signed = yield from _send(stage, TOKENS + "blind_sign", asked)
    if signed is None:
        return None
    final = {**public, **signed, "inverse": blinded["inverse"]}
    name = "blind_finalize" if key["scheme"] == 2 else "fdh_finalize"
    signature = yield from _send(stage, TOKENS + name, final)
    if signature is None:
        return None
    making = {"key": key, **halves, "prefix": prefix, **signature}
    faults: list[Fault] = [
        ("signature: negated", {"signature": n - signature["signature"]}),
        ("signature: unreduced", {"signature": n + signature["signature"]}),
        ("v: x", {"v": halves["x"]}),
        ("v and x: exchanged", {"v": halves["x"], "x": halves["v"]}),
        ("key: another epoch", {"key": {**key, "epoch": key["epoch"] ^ 1}}),
        ("prefix: of the other scheme", {"prefix": b"" if prefix else bytes(32)}),
    ]
    yield from _spoil(stage, draw, TOKENS + "token", making, faults)
    token = yield from _send(stage, TOKENS + "token", making)
    return None if token is None else bytes(token["token"])


def _announced(stage: Stage, draw: DrawFn) -> Generator[Request, Answer, tuple[Json, Json, bytes] | None]:
    """A key that was announced and taken in, its factors, and the utility's private key."""
    given = stage.valid(draw, TOKENS + "announce", {"group": _group(draw, stage)}).scope
    given = {**given, **_factors(stage, draw, given["scheme"])}
    announcement = yield from _send(stage, TOKENS + "announce", given)
    if announcement is None:
        return None
    data = announcement["announcement"]
    check = {
        "public_key": _public(given["private_key"]), "scheme": given["scheme"], "group": given["group"],
        "modulus_bits": 4 if stage.profile == "published" else 3072, "announcement": data,
    }  # fmt: skip
    faults: list[Fault] = [
        ("announcement: a bit flipped", {"announcement": _flipped(draw, data)}),
        ("announcement: another epoch", {"announcement": _with(data, 1, {3: given["epoch"] ^ 1})}),
        ("announcement: ends before", {"announcement": _with(data, 1, {5: -1})}),
        ("announcement: an exponent of 1", {"announcement": _with(data, 1, {8: b"\1"})}),
        ("public_key: another", {"public_key": _public(_flipped(draw, given["private_key"]))}),
        ("modulus_bits: the most", {"modulus_bits": 4096}),
    ]
    yield from _spoil(stage, draw, TOKENS + "check_announcement", check, faults)
    key = yield from _send(stage, TOKENS + "check_announcement", check)
    if key is None:
        return None
    if draw(st.integers(0, 3)) == 0:
        other = yield from _send(
            stage, TOKENS + "announce", {**given, "last_slot": min(given["last_slot"] + 1, 2**53 - 1)}
        )
        if other is not None:
            pair = {"public_key": check["public_key"], "first": data, "second": other["announcement"]}
            faults = [
                ("second: the first", {"second": data}),
                ("first: a bit flipped", {"first": _flipped(draw, data)}),
            ]
            yield from _spoil(stage, draw, TOKENS + "check_equivocation", pair, faults)
    del key["key_id"]
    return key, {"p": given["p"], "q": given["q"]}, given["private_key"]


def spending(stage: Stage, draw: DrawFn) -> Play:
    """A token from its announcement to the bank, spent twice; in each step perhaps a fault."""
    announced = yield from _announced(stage, draw)
    if announced is None:
        return
    key, factors, utility = announced
    group, slot = key["group"], draw(st.integers(key["first_slot"], key["last_slot"]))
    # Of these none is the other, or its negative, in any group.
    secrets = {"secret": draw(st.integers(1, 500)), "nonce": draw(st.integers(501, 518))}
    halves = yield from _send(stage, TOKENS + "identity", {"group": group, **secrets})
    if halves is None:
        return
    token = yield from _sign_token(stage, draw, key, factors, halves)
    if token is None:
        return
    swapped = _with(token, 1, {5: halves["x"], 6: halves["v"]})
    faults: list[Fault] = [
        ("token: a bit flipped", {"token": _flipped(draw, token)}),
        ("token: a byte more", {"token": token + b"\0"}),
        ("token: halves exchanged", {"token": swapped}),
        ("token: another value", {"token": _with(token, 1, {2: key["value_wh"] ^ 2})}),
        ("token: a signature of n", {"token": _with(token, 1, {7: _natural(key["modulus"])})}),
        ("token: no element", {"token": _with(token, 1, {5: _no_element(group)})}),
        ("slot: after the last", {"slot": min(key["last_slot"] + 1, 2**53 - 1)}),
        ("slot: before the first", {"slot": max(key["first_slot"] - 1, 0)}),
        ("key: another epoch", {"key": {**key, "epoch": key["epoch"] ^ 1}}),
    ]
    place = {"key": key, "slot": slot}
    yield from _spoil(stage, draw, TOKENS + "check_token", {**place, "token": token}, faults)
    server = stage.valid(draw, TOKENS + "forward").scope["private_key"]
    spendings = []
    for report, nonce in ((_bytes(draw, 32), _bytes(draw, 32)) for _ in range(2)):
        asked = {"token": token, "report": report, "utility_nonce": nonce}
        e = yield from _send(stage, TOKENS + "challenge", {"group": group, **asked})
        if e is None:
            return
        answer = yield from _send(stage, TOKENS + "respond", {"group": group, **secrets, **e})
        if answer is None:
            return
        spendings.append({**asked, **answer})
    more: list[Fault] = [
        ("response: one more", {"response": spendings[0]["response"] + 1}),
        ("response: of another", {"response": spendings[1]["response"]}),
        ("report: another", {"report": spendings[1]["report"]}),
    ]
    yield from _spoil(stage, draw, TOKENS + "check_spending", {**place, **spendings[0]}, [*faults, *more])
    purse = {"group": group, **secrets, "token": token}
    own: list[Fault] = [
        ("nonce: the secret", {"nonce": secrets["secret"]}),
        ("token: exchanged", {"token": swapped}),
    ]
    yield from _spoil(stage, draw, TOKENS + "purse_start", purse, own, 2)
    for number in draw(st.lists(st.integers(0, 1), max_size=3)):
        asked = {name: spendings[number][name] for name in ("report", "utility_nonce")}
        yield from _send(stage, TOKENS + "purse_spend", asked, "one of two", 2)
    transcripts = []
    for one in spendings:
        relayed = yield from _send(stage, TOKENS + "forward", {"private_key": server, **one})
        if relayed is None:
            return
        transcripts.append(relayed["transcript"])
    yield from _bank(stage, draw, key, slot, utility, server, spendings, transcripts)
    proof = {
        "server_key": _public(server),
        "key": key,
        "transcript_1": transcripts[0],
        "transcript_2": transcripts[1],
    }
    other = _with(transcripts[1], 1, {4: _natural(spendings[1]["response"] + 1)})
    faults = [
        ("transcript_2: the first", {"transcript_2": transcripts[0]}),
        ("transcript_2: another response", {"transcript_2": other}),
        ("transcript_1: a bit flipped", {"transcript_1": _flipped(draw, transcripts[0])}),
        ("secret: the nonce", {"secret": secrets["nonce"]}),
        ("key: another epoch", {"key": {**key, "epoch": key["epoch"] ^ 1}}),
    ]
    yield from _spoil(stage, draw, TOKENS + "check_evidence", {**proof, **secrets}, faults)


def _natural(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _no_element(group: str) -> bytes:
    """In range, and not of the group: -4 modulo 2039 is no square, and no point of P-256 has x = 1."""
    return b"\2" + (1).to_bytes(32, "big") if group == "P-256" else (2035).to_bytes(2, "big")


def _bank(
    stage: Stage,
    draw: DrawFn,
    key: Json,
    slot: int,
    utility: bytes,
    server: bytes,
    spendings: Sequence[Json],
    transcripts: Sequence[bytes],
) -> Play:
    """A bank's session: nonces and spendings in any order, some of them spoiled; receipts."""
    start = {"private_key": utility, "server_key": _public(server), "keys": [key]}
    if draw(st.integers(0, 7)):
        yield from _send(stage, TOKENS + "bank_start", start, session=1)
    for number in range(2):
        if draw(st.integers(0, 5)):
            nonce = {"utility_nonce": spendings[number]["utility_nonce"]}
            yield from _send(stage, TOKENS + "bank_nonce", nonce, session=1)
    receipt = None
    for number in draw(st.lists(st.integers(0, 1), min_size=1, max_size=4)):
        given = {"slot": slot, "transcript": transcripts[number]}
        changed = _with(transcripts[number], 1, {2: bytes(32)})
        faults: list[Fault] = [
            ("transcript: another report", {"transcript": changed}),
            ("transcript: a bit flipped", {"transcript": _flipped(draw, transcripts[number])}),
            ("slot: after the last", {"slot": min(key["last_slot"] + 1, 2**53 - 1)}),
        ]
        taken = yield from _spoil(stage, draw, TOKENS + "bank_spend", given, [NONE, NONE, *faults], 1)
        if taken is not None and taken["receipt"] is not None:
            receipt = {"transcript": transcripts[number], "receipt": taken["receipt"]}
        yield from _send(stage, TOKENS + "bank_receipt", {"transcript": transcripts[number]}, session=1)
    if receipt is not None:
        check = {"public_key": _public(utility), **receipt}
        faults = [
            ("transcript: another", {"transcript": pick(draw, transcripts)}),
            ("receipt: another slot", {"receipt": _with(receipt["receipt"], 1, {1: slot ^ 1})}),
            ("public_key: the server's", {"public_key": _public(server)}),
        ]
        yield from _spoil(stage, draw, TOKENS + "check_receipt", check, faults)


# ---- Dealings ------------------------------------------------------------------------------------


def dealing(stage: Stage, draw: DrawFn) -> Play:
    """Readings dealt to three servers, verified, added and opened; evidence against who lies."""
    group = _group(draw, stage)
    size = SCALAR_BYTES[group]
    least = 2 if stage.profile == "published" else 8
    private = [draw(st.integers(300 * k + 2, 300 * k + 300)) for k in range(3)]
    servers = []
    for index, key in enumerate(private, 1):
        public = yield from _send(stage, REPORTS + "server_key", {"group": group, "private_key": key})
        if public is None:
            return
        servers.append({"index": index, **public})
    roster = {"group": group, "threshold": 2, "servers": servers, "maximum_wh": 400, "least": least}
    digest = yield from _send(stage, REPORTS + "sharing_roster", roster)
    if digest is None:
        return
    dealings: list[Json] = []
    total = 0
    for node in range(least):
        reading = draw(st.integers(0, 400))
        where = {"node": node, "slot": 7}
        drawn = {"reading_wh": reading, "randomness": _bytes(draw, 5 * size)}
        dealt = yield from _send(stage, REPORTS + "deal", {**roster, **where, **drawn})
        if dealt is None:
            return
        dealings.append({**where, **dealt})
        total += reading
    one, other = dealings[:2]
    crossed = [one["encrypted"][1], one["encrypted"][0], one["encrypted"][2]]
    faults: list[Fault] = [
        ("node: another", {"node": 9}),
        ("encrypted: two exchanged", {"encrypted": crossed}),
        ("masked: of another", {"masked": other["masked"]}),
        ("commitments: of another", {"commitments": other["commitments"]}),
        ("challenge: one more", {"challenge": one["challenge"] + 1}),
        ("masked: no element", {"masked": _no_element(group)}),
        (
            "servers: exchanged keys",
            {"servers": [{**s, **p} for s, p in zip(servers, _keys(servers), strict=True)]},
        ),
    ]
    yield from _spoil(stage, draw, REPORTS + "verify_dealing", {**roster, **one}, faults)
    meter = stage.valid(draw, REPORTS + "sign_dealing").scope["private_key"]
    said = {**one, "encrypted": crossed} if draw(st.booleans()) else one
    signed = yield from _send(
        stage, REPORTS + "sign_dealing", {"private_key": meter, **digest_of(digest), **said}
    )
    if signed is not None:
        accused = {"signing_key": _public(meter), **signed, **roster, **said}
        faults = [
            ("node: another", {"node": 9}),
            ("signature: a bit flipped", {"signature": _flipped(draw, signed["signature"])}),
        ]
        yield from _spoil(stage, draw, REPORTS + "judge_dealing", accused, faults)
    listed = [
        {name: part for name, part in d.items() if name not in ("challenge", "responses")} for d in dealings
    ]
    sums = {"group": group, **digest_of(digest), "least": least, "dealings": listed}
    faults = [
        ("dealings: one twice", {"dealings": [listed[0], *listed[:-1]]}),
        ("least: one more", {"least": least + 1}),
    ]
    yield from _spoil(stage, draw, REPORTS + "sum_dealings", sums, faults)
    summed = yield from _send(stage, REPORTS + "sum_dealings", sums)
    if summed is None:
        return
    yield from _open(stage, draw, roster, summed, private, total)


def digest_of(digest: Json) -> Json:
    """The roster's digest under its name elsewhere."""
    return {"roster": digest["digest"]}


def _keys(servers: Sequence[Json]) -> list[Json]:
    """The servers' keys, each the next one's."""
    return [{"public_key": server["public_key"]} for server in (*servers[1:], servers[0])]


def _open(stage: Stage, draw: DrawFn, roster: Json, summed: Json, private: Sequence[int], total: int) -> Play:
    """Decrypt, verify and interpolate; each perhaps with a fault."""
    group, context = roster["group"], summed["context"]
    shares, servers = [], []
    for server, encrypted, key in zip(roster["servers"], summed["encrypted"], private, strict=True):
        asked = {
            "group": group,
            "context": context,
            "index": server["index"],
            "private_key": key,
            "encrypted": encrypted,
        }
        randomness = {"randomness": _bytes(draw, SCALAR_BYTES[group])}
        share = yield from _send(stage, REPORTS + "decrypt_share", {**asked, **randomness})
        if share is None:
            return
        shares.append({"index": server["index"], **share})
        servers.append({**server, "encrypted": encrypted})
    check = {"group": group, "context": context, **servers[0], **shares[0]}
    faults: list[Fault] = [
        ("share: of another", {"share": shares[1]["share"]}),
        ("context: another", {"context": _flipped(draw, context)}),
        ("response: one more", {"response": shares[0]["response"] + 1}),
        ("index: another", {"index": 2}),
    ]
    yield from _spoil(stage, draw, REPORTS + "verify_share", check, faults)
    opening = {
        "group": group, "threshold": 2, "context": context, "masked": summed["masked"], "servers": servers,
        "shares": shares[draw(st.integers(0, 1)) :], "bound_wh": 400 * roster["least"],
    }  # fmt: skip
    lying = [shares[0], {**shares[1], "share": shares[0]["share"]}]
    faults = [
        ("shares: one", {"shares": shares[:1]}),
        ("shares: a wrong one", {"shares": lying}),
        ("masked: a share", {"masked": shares[0]["share"]}),
    ]
    if total:
        faults.append(("bound_wh: below the sum", {"bound_wh": total - 1}))
    yield from _spoil(stage, draw, REPORTS + "open_sum", opening, faults)


# ---- Reports -------------------------------------------------------------------------------------


def ring(stage: Stage, draw: DrawFn) -> Play:
    """A report signed as one of a ring, to its server's session, perhaps with a fault or twice."""
    group = _group(draw, stage)
    count = 3 if stage.profile == "published" else 8
    scalars = [draw(st.integers(100 * k + 1, 100 * k + 100)) for k in range(count)]
    members = {}
    for one in scalars:
        public = yield from _send(stage, REPORTS + "ring_key", {"group": group, "private_key": one})
        if public is None:
            return
        members[public["public_key"]] = one
    keys = sorted(members)
    whole = {"group": group, "keys": keys, "least_meters": count}
    digest = yield from _send(stage, REPORTS + "ring_digest", whole)
    if digest is None or len(keys) < count:
        return
    slot = draw(st.integers(1, 10**6))
    measured = {"counter": slot, "consumption_wh": draw(st.integers(0, 500)), "timestamp": 900 * slot}
    tag, mark = pick(
        draw, [NONE, ("a second of its own", {"timestamp": 900 * slot + 1}), ("a counter", {"counter": 0})]
    )
    body = {
        "ring": digest["digest"],
        "period": 5,
        "time": 900 * slot + 900,
        "measurements": [{**measured, **mark}],
    }
    said = yield from _send(stage, REPORTS + "anonymous_body", body, tag)
    if said is None:
        return
    others = stage.valid(draw, REPORTS + "ring_sign", {"group": group}).scope
    responses = [others["nonce"] * k % 1019 for k in range(1, count)]
    signing = {**whole, "private_key": members[pick(draw, keys)], "period": 5, "message": said["signed"]}
    signed = yield from _send(
        stage, REPORTS + "ring_sign", {**signing, "nonce": others["nonce"], "responses": responses}
    )
    if signed is None:
        return
    faults: list[Fault] = [
        ("image: a key", {"image": keys[0]}),
        ("challenge: one more", {"challenge": signed["challenge"] + 1}),
        ("period: another", {"period": 6}),
        ("image: no element", {"image": _no_element(group)}),
        ("keys: out of order", {"keys": keys[::-1]}),
    ]
    check = {**whole, "period": 5, "message": said["signed"], **signed}
    yield from _spoil(stage, draw, REPORTS + "ring_verify", check, faults)
    start = {
        "private_key": _bytes(draw, 32), **whole, "period": pick(draw, (5, 5, 6)), "slot_seconds": 900,
        "maximum_wh": 500, "stale_seconds": 3600, "early_seconds": 60, "next_sequence": 0,
    }  # fmt: skip
    yield from _send(stage, REPORTS + "anonymous_server_start", start, session=1)
    for _ in range(draw(st.integers(1, 2))):
        report = {**said, **signed, "now": body["time"]}
        faults = [
            *faults[:2],
            ("now: late", {"now": body["time"] + 3601}),
            ("now: early", {"now": body["time"] - 61}),
        ]
        yield from _spoil(stage, draw, REPORTS + "anonymous_server_receive", report, faults, 1)
    closing = {"first_slot": slot, "slots": 1}
    yield from _send(stage, REPORTS + "report_server_close", closing, session=1)


def report(stage: Stage, draw: DrawFn) -> Play:
    """A signed report and a signed policy, taken in with a fault or none; two reports as evidence."""
    scope, key = _bytes(draw, 32), _bytes(draw, 32)
    slot = draw(st.integers(1, 10**6))
    measured = [{"counter": 7, "consumption_wh": draw(st.integers(0, 500)), "timestamp": 900 * slot}]
    given: Json = {
        "private_key": key,
        "roster": scope,
        "node": 3,
        "time": 900 * slot + 60,
        "measurements": measured,
    }
    sent = yield from _send(stage, REPORTS + "sign_report", given)
    changed = [{**measured[0], "consumption_wh": 501}]
    again = yield from _send(stage, REPORTS + "sign_report", {**given, "measurements": changed})
    if sent is None or again is None:
        return
    message = sent["message"]
    check = {
        "public_key": _public(key), "roster": scope, "node": 3, "maximum_wh": 500, "now": given["time"],
        "stale_seconds": 3600, "early_seconds": 60, "message": message,
    }  # fmt: skip
    faults: list[Fault] = [
        ("message: a bit flipped", {"message": _flipped(draw, message)}),
        ("message: above the greatest", {"message": again["message"]}),
        ("message: times that fall", {"message": _with(message, 2, {5: [1, 1], 6: [900, 800]})}),
        ("message: arrays of two lengths", {"message": _with(message, 2, {5: [1, 1]})}),
        ("message: a further member", {"message": _with(message, 2, {40: 0})}),
        ("node: another", {"node": 4}),
        ("now: late", {"now": given["time"] + 3601}),
        ("now: early", {"now": given["time"] - 61}),
        ("maximum_wh: 1", {"maximum_wh": 1}),
    ]
    yield from _spoil(stage, draw, REPORTS + "check_report", check, faults)
    pair = {"public_key": _public(key), "type": 2, "first": message, "second": again["message"]}
    faults = [("second: the first", {"second": message}), ("type: another", {"type": 1})]
    yield from _spoil(stage, draw, REPORTS + "check_conflict", pair, faults)
    policy = stage.valid(draw, REPORTS + "sign_policy", {"private_key": key, "tariff": scope}).scope
    bands = [{"start_minute": 0, "price": 3}, {"start_minute": draw(st.integers(1, 1439)), "price": 5}]
    policy = {**policy, "bands": bands, "sequence": 4, "effective_from": draw(st.integers(0, 900 * slot))}
    posted = yield from _send(stage, REPORTS + "sign_policy", policy)
    if posted is None:
        return
    taking = {"public_key": _public(key), "tariff": scope, "next_sequence": 4, "message": posted["message"]}
    faults = [
        ("message: a bit flipped", {"message": _flipped(draw, posted["message"])}),
        ("message: bands from 1", {"message": _with(posted["message"], 2, {5: [1, 2]})}),
        ("tariff: another", {"tariff": _flipped(draw, scope)}),
        ("next_sequence: above", {"next_sequence": 5}),
    ]
    yield from _spoil(stage, draw, REPORTS + "check_policy", taking, faults)
    owed = {
        "public_key": _public(key),
        "tariff": scope,
        "policies": [posted["message"]],
        "measurements": measured,
    }
    early = [{**measured[0], "timestamp": max(policy["effective_from"] - 1, 0)}]
    faults = [
        ("measurements: too early", {"measurements": early}),
        ("policies: twice", {"policies": [posted["message"]] * 2}),
    ]
    yield from _spoil(stage, draw, REPORTS + "fee", owed, faults)


# ---- Tasks and rewards ---------------------------------------------------------------------------


def task(stage: Stage, draw: DrawFn) -> Play:
    """A task from the utility to the task server and a meter, each perhaps with a fault."""
    key, utility, least = _bytes(draw, 32), _bytes(draw, 16), 8
    cells = [{"cell": 1, "meters": 8}, {"cell": 2, "meters": pick(draw, (8, 7))}, {"cell": 5, "meters": 9}]
    limits = {"minimum_period_s": 900, "maximum_duration_s": 86400, "quantities": 7, "lifetime_s": 10**6}
    party = {"utility_key": _public(key), "utility": utility}
    start = {**party, "least_meters": least, "cells": cells, **limits, "budget_s": 10**5, "region_policy": 1,
             "limits_policy": draw(st.integers(0, 1)), "capacity": draw(st.integers(1, 3))}  # fmt: skip
    yield from _send(stage, TASKS + "server_start", start, session=1)
    home = {**party, "cell": 1, "types": pick(draw, (7, 7, 1)), "flags": pick(draw, (0, 255)), **limits}
    yield from _send(stage, TASKS + "meter_start", home, session=2)
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.integers(1, 3))
        region = pick(draw, ([1, 2], [1], [2], [1, 2, 5], [5], [3]))
        body: dict[int, Any] = {
            1: utility,
            2: bytes([number // 2]) * 16,
            3: 1000,
            4: 90000,
            5: region,
            6: 2000,
        }
        body |= {7: 3, 8: 5} if kind == 1 else {7: pick(draw, (900, 60)), 8: pick(draw, (3600, 90000))}
        body |= {9: pick(draw, (7, 8))} if kind == 3 else {}
        given: Json = {"private_key": key, "type": kind, "body": _cbor(body)}
        faults: list[Fault] = [
            ("body: falling cells", {"body": _cbor({**body, 5: [2, 1]})}),
            ("body: a member more", {"body": _cbor({**body, 77: 0})}),
            ("body: expires before", {"body": _cbor({**body, 4: 1})}),
            ("body: a byte more", {"body": given["body"] + b"\0"}),
        ]
        yield from _spoil(stage, draw, TASKS + "sign_message", given, faults)
        signed = yield from _send(stage, TASKS + "sign_message", given)
        if signed is None:
            return
        message = signed["message"]
        broken: list[Fault] = [
            ("message: a bit flipped", {"message": _flipped(draw, message)}),
            ("message: another region", {"message": _with(message, 2, {5: [9]})}),
            ("message: falling cells", {"message": _with(message, 2, {5: [2, 1]})}),
            ("now: expired", {"now": 90001}),
            ("now: ahead", {"now": 699}),
        ]
        check = {
            "public_key": _public(key),
            "utility": utility,
            "now": 1500,
            "lifetime_s": 10**6,
            "message": message,
        }
        other: list[Fault] = [
            ("utility: another", {"utility": bytes(16)}),
            ("lifetime_s: short", {"lifetime_s": 100}),
        ]
        yield from _spoil(stage, draw, TASKS + "check_task", check, [*broken, *other])
        seen = {"now": 1500, "message": message}
        taken = yield from _spoil(stage, draw, TASKS + "server_register", seen, [NONE, NONE, *broken], 1)
        flags = 0 if taken is None else taken["flags"]
        yield from _spoil(stage, draw, TASKS + "meter_task", {**seen, "flags": flags}, [NONE, *broken], 2)
        counts = [{"cell": cell, "meters": draw(st.integers(0, 9))} for cell in region]
        yield from _send(stage, TASKS + "server_release", {"task": body[2], "counts": counts}, session=1)
    yield from _send(stage, TASKS + "server_tasks", {"now": pick(draw, (1500, 90001))}, session=1)


def reward(stage: Stage, draw: DrawFn) -> Play:
    """A mark sealed, opened, paid for and claimed, each perhaps with a fault or twice."""
    key, utility, where = _bytes(draw, 32), _bytes(draw, 16), _bytes(draw, 16)
    readings, salt, nonce = (
        draw(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=3)),
        _bytes(draw, 32),
        _bytes(draw, 32),
    )
    marked = yield from _send(
        stage, TASKS + "mark", {"task": where, "readings": readings, "salt": salt, "nonce": nonce}
    )
    if marked is None:
        return
    own = stage.valid(draw, TASKS + "open_mark").scope["private_key"]
    public = yield from _send(stage, "dream.public_key", {"private_key": own})
    if public is None:
        return
    sealing = {"ephemeral_private_key": _bytes(draw, 32), "sealing_key": public["public_key"], "task": where}
    sealed = yield from _send(stage, TASKS + "seal_mark", {**sealing, "salt": salt, **marked})
    if sealed is not None:
        box = sealed["box"]
        faults: list[Fault] = [
            ("box: a bit flipped", {"box": _flipped(draw, box)}),
            ("box: low order", {"box": bytes(32) + box[32:]}),
            ("task: another", {"task": _flipped(draw, where)}),
            ("readings: another", {"readings": [readings[0] ^ 1, *readings[1:]]}),
        ]
        opening = {"private_key": own, "task": where, "readings": readings, "box": box}
        yield from _spoil(stage, draw, TASKS + "open_mark", opening, faults)
    capacity = draw(st.integers(1, 2))
    start = {"utility_key": _public(key), "utility": utility, "capacity": capacity}
    yield from _send(stage, TASKS + "bank_start", start, session=1)
    for _ in range(draw(st.integers(1, 3))):
        mark = pick(draw, (marked["mark"], marked["mark"], bytes(32)))
        body: dict[int, Any] = {
            1: utility,
            2: draw(st.integers(0, 4)),
            3: mark,
            4: 2000,
            5: draw(st.integers(1, 9)),
        }
        signed = yield from _send(
            stage, TASKS + "sign_message", {"private_key": key, "type": 4, "body": _cbor(body)}
        )
        if signed is None:
            return
        message = signed["message"]
        faults = [
            ("message: a bit flipped", {"message": _flipped(draw, message)}),
            ("message: an amount of 0", {"message": _with(message, 2, {5: 0})}),
            ("message: more", {"message": _with(message, 2, {5: 1000})}),
            ("now: late", {"now": 2001}),
        ]
        paid = {"now": 1000, "message": message}
        yield from _spoil(stage, draw, TASKS + "bank_payment", paid, [NONE, NONE, *faults], 1)
        claim = {"now": 1000, **marked, "nonce": nonce}
        faults = [
            ("now: late", {"now": 2001}),
            ("nonce: another", {"nonce": salt}),
            ("mark: another", {"mark": bytes(32)}),
        ]
        yield from _spoil(stage, draw, TASKS + "bank_claim", claim, [NONE, *faults], 1)


def _names(prefix: str, *names: str) -> tuple[str, ...]:
    return tuple(prefix + name for name in names)


_FDH = _names(TOKENS, "fdh_blind", "fdh_finalize")
_PSS = _names(TOKENS, "blind", "blind_finalize")
_LIFE = _names(
    TOKENS, "announce", "check_announcement", "check_equivocation", "identity", "token_message", "blind_sign",
    "token", "check_token", "challenge", "respond", "check_spending", "purse_start", "purse_spend", "forward",
    "bank_start", "bank_nonce", "bank_spend", "bank_receipt", "check_receipt", "check_evidence",
)  # fmt: skip

CHAINS = (
    ("energy tokens: a blind signature", blind_signature, (TOKENS + "blind_prepare", *_PSS)),
    ("energy tokens: a hashed signature", hashed_signature, _FDH),
    ("energy tokens: a token twice spent", spending, _LIFE),
    (
        "reporting: dealings",
        dealing,
        _names(
            REPORTS, "server_key", "sharing_roster", "deal", "verify_dealing", "sign_dealing",
            "judge_dealing", "sum_dealings", "decrypt_share", "verify_share", "open_sum",
        ),
    ),
    (
        "reporting: a ring",
        ring,
        _names(
            REPORTS, "ring_key", "ring_digest", "anonymous_body", "ring_sign", "ring_verify",
            "anonymous_server_start", "anonymous_server_receive", "report_server_close",
        ),
    ),
    (
        "reporting: a report",
        report,
        _names(
            REPORTS, "sign_report", "check_report", "check_conflict", "sign_policy", "check_policy", "fee"
        ),
    ),
    (
        "tasking: tasks",
        task,
        _names(
            TASKS, "sign_message", "check_task", "server_start", "server_register", "server_tasks",
            "server_release", "meter_start", "meter_task",
        ),
    ),
    (
        "tasking: a reward",
        reward,
        (
            "dream.public_key",
            *_names(
                TASKS, "mark", "seal_mark", "open_mark", "sign_message", "bank_start", "bank_payment",
                "bank_claim",
            ),
        ),
    ),
)  # fmt: skip

# What each chain is about.
FOCUS = {
    "energy tokens: a blind signature": (TOKENS + "blind_finalize",),
    "energy tokens: a hashed signature": (TOKENS + "fdh_finalize",),
    "energy tokens: a token twice spent": (TOKENS + "bank_spend",),
    "reporting: dealings": (REPORTS + "verify_dealing",),
    "reporting: a ring": (REPORTS + "ring_verify",),
    "reporting: a report": (REPORTS + "check_report",),
    "tasking: tasks": (TASKS + "server_register",),
    "tasking: a reward": (TASKS + "bank_claim",),
}
