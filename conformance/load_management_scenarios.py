"""Scenarios of load management: messages signed and taken in, rings, months, proofs, a meter's session.

Strategies cannot sign, seal or open: what an operation answers goes into the next, with one fault or none.
"""

from collections.abc import Generator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance.makers import pick
from meter_privacy.conformance.scenes import Answer, Play, Request, Stage
from meter_privacy.conformance.strategies import Given, encode

Json = dict[str, Any]
PREFIX = "load_management."
LAST = 2**53 - 1


def _send(
    stage: Stage, name: str, values: Mapping[str, Any], tag: str = "valid", session: int | None = None
) -> Generator[Request, Answer, Json | None]:
    """Ask an operation of this chapter; its output in Python form, None where it was refused."""
    operation = stage.tables.operations[PREFIX + name]
    answer = yield Request(operation.name, Given(tag, input=encode(operation, values)), session)
    return stage.output(operation.name, answer)


def _public(private_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def _flipped(draw: DrawFn, data: bytes) -> bytes:
    place = draw(st.integers(0, 8 * len(data) - 1))
    changed = bytearray(data)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def _body(kind: int, scope: bytes, sequence: int) -> bytes:
    """A body of a rate (7) or an allowance (8), in its one encoding: node 7, a flag, or 12500 Wh."""
    number = b"\x1b" + sequence.to_bytes(8, "big")
    for code, width in ((25, 2), (24, 1)):
        if sequence < 1 << 8 * width:
            number = bytes([code]) + sequence.to_bytes(width, "big")
    if sequence < 24:
        number = bytes([sequence])
    last = b"\xf5" if kind == 7 else b"\x19\x30\xd4"
    return b"\xa4\x01\x58\x20" + scope + b"\x02\x07\x03" + number + b"\x04" + last


def message(stage: Stage, draw: DrawFn) -> Play:
    """Sign a body and take the message in, as it is or with one fault."""
    start = stage.valid(draw, PREFIX + "check_message").scope
    private, scope = stage.valid(draw, PREFIX + "sign_message").scope["private_key"], start["scope"]
    kind, sequence = pick(draw, (7, 8)), pick(draw, (0, 23, 24, 255, 256, 65535))
    body = _body(kind, scope, sequence)
    if draw(st.integers(0, 5)) == 0:
        broken = pick(draw, (body + b"\x00", body[:-1], body.replace(b"\x02\x07", b"\x02\x18\x07")))
        yield from _send(
            stage, "sign_message", {"private_key": private, "type": kind, "body": broken}, "body: broken"
        )
        large = body.replace(b"\x02\x07", b"\x02\x1b\x00\x00\x00\x01\x00\x00\x00\x00")
        yield from _send(
            stage, "sign_message", {"private_key": private, "type": kind, "body": large}, "node: large"
        )
    signed = yield from _send(stage, "sign_message", {"private_key": private, "type": kind, "body": body})
    if signed is None:
        return
    given = {
        "public_key": _public(private),
        "type": kind,
        "scope": scope,
        "next_sequence": draw(st.integers(0, sequence)),
        "message": signed["message"],
    }
    large = given["message"].replace(b"\x02\x07\x03", b"\x02\x1b\x00\x00\x00\x01\x00\x00\x00\x00\x03")
    faults: list[tuple[str, Json]] = [
        ("valid", {}),
        ("message: a bit flipped", {"message": _flipped(draw, given["message"])}),
        ("message: a byte more", {"message": given["message"] + b"\x00"}),
        ("message: a node of 2^32", {"message": large}),
        ("type: another", {"type": 15 - kind}),
        ("scope: another", {"scope": _flipped(draw, scope)}),
        ("public_key: another", {"public_key": _public(_flipped(draw, private))}),
        ("next_sequence: above", {"next_sequence": sequence + 1}),
    ]
    tag, fault = pick(draw, faults)
    yield from _send(stage, "check_message", {**given, **fault}, tag)


def _byte_string(number: int) -> bytes:
    """A natural number as a member's byte string."""
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    size = len(data)
    head = (
        bytes([0x40 | size])
        if size < 24
        else b"\x58" + bytes([size])
        if size < 256
        else b"\x59" + size.to_bytes(2, "big")
    )
    return head + data


def _with_ciphertext(message: bytes, old: int, new: int) -> bytes:
    """A hop's message with another ciphertext under the old signature, which is looked at last."""
    return message.replace(
        b"\x05" + _byte_string(old) + b"\x58\x40", b"\x05" + _byte_string(new) + b"\x58\x40"
    )


def hop(stage: Stage, draw: DrawFn) -> Play:
    """Sign a hop and take it in, as it is or with one fault."""
    maker = stage.valid(draw, PREFIX + "sign_hop")
    given = maker.scope
    signed = yield from _send(stage, "sign_hop", given)
    if signed is None:
        return
    check = {name: given[name] for name in ("roster", "node", "interval", "position", "modulus")}
    check |= {
        "public_key": _public(given["private_key"]),
        "next_interval": draw(st.integers(0, given["interval"])),
        "message": signed["message"],
    }
    faults: list[tuple[str, Json]] = [
        ("valid", {}),
        ("message: a bit flipped", {"message": _flipped(draw, signed["message"])}),
        ("message: a byte more", {"message": signed["message"] + b"\x00"}),
        (
            "message: a ciphertext of 0",
            {"message": _with_ciphertext(signed["message"], given["ciphertext"], 0)},
        ),
        ("roster: another", {"roster": _flipped(draw, given["roster"])}),
        ("node: another", {"node": given["node"] ^ 1}),
        ("position: another", {"position": given["position"] % 1024 + 1}),
    ]
    if given["interval"] < LAST:
        faults.append(("next_interval: above", {"next_interval": given["interval"] + 1}))
    for prime in maker.primes[:1]:
        other = _with_ciphertext(signed["message"], given["ciphertext"], prime)
        faults.append(("message: a ciphertext that is no unit", {"message": other}))
    tag, fault = pick(draw, faults)
    yield from _send(stage, "check_hop", {**check, **fault}, tag)


def audit(stage: Stage, draw: DrawFn) -> Play:
    """Three hops and their audit, with one fault or none."""
    maker = stage.valid(draw, PREFIX + "sign_hop")
    given = maker.scope
    n = given["modulus"]
    members: list[Json] = []
    sent: list[bytes] = []
    ciphertexts: list[int] = []
    same = draw(st.booleans())
    for position in (1, 2, 3):
        private = stage.valid(draw, PREFIX + "sign_hop").scope["private_key"]
        drawn = stage.valid(draw, PREFIX + "sign_hop", {"modulus": n}).scope["ciphertext"]
        ciphertexts.append(ciphertexts[-1] if same and ciphertexts else drawn)
        fixed = {
            "private_key": private,
            "node": position,
            "position": position,
            "ciphertext": ciphertexts[-1],
        }
        signed = yield from _send(stage, "sign_hop", {**given, **fixed})
        if signed is None:
            return
        members.append({"node": position, "signing_key": _public(private)})
        sent.append(signed["message"])
    whole = {"roster": given["roster"], "interval": given["interval"], "modulus": n, "members": members}
    broken = [
        ("messages: one passed on unchanged" if same else "valid", sent),
        ("messages: exchanged", [sent[1], sent[0], sent[2]]),
        ("messages: a byte more", [sent[0] + b"\x00", *sent[1:]]),
    ]
    for number in (0, *maker.primes[:1]):
        other = _with_ciphertext(sent[0], ciphertexts[0], number)
        broken.append(("messages: no unit", [other, *sent[1:]]))
    tag, listed = pick(draw, broken)
    yield from _send(stage, "audit_ring", {**whole, "messages": listed}, tag)


def sealed(stage: Stage, draw: DrawFn) -> Play:
    """Seal a hop to a receiver and open it, as it is or with one fault."""
    given = stage.valid(draw, PREFIX + "seal_hop").scope
    opened = stage.valid(draw, PREFIX + "open_hop").scope
    shared = yield from stage.ask(draw, "dream.public_key", {"private_key": opened["private_key"]})
    if shared is None:
        return
    box = yield from _send(stage, "seal_hop", {**given, "sealing_key": shared["public_key"]})
    if box is None:
        return
    place = {name: given[name] for name in ("roster", "interval", "position")}
    check = {**place, "private_key": opened["private_key"], "sealed": box["sealed"]}
    faults: list[tuple[str, Json]] = [
        ("valid", {}),
        ("sealed: a bit flipped", {"sealed": _flipped(draw, box["sealed"])}),
        ("sealed: low order", {"sealed": bytes(32) + box["sealed"][32:]}),
        ("roster: another", {"roster": _flipped(draw, given["roster"])}),
        ("position: another", {"position": given["position"] % 1024 + 1}),
    ]
    tag, fault = pick(draw, faults)
    yield from _send(stage, "open_hop", {**check, **fault}, tag)


def ring(stage: Stage, draw: DrawFn) -> Play:
    """A ring of three to its total, and a total that its members cannot make."""
    stop = stage.valid(draw, PREFIX + "ring_stop").scope
    p, q, n = stop["p"], stop["q"], stop["p"] * stop["q"]
    count = 3 if stage.profile == "published" else 8
    if 2 * count >= n:
        return
    most = min(2**32 - 1, (n - 1) // (2 * count))
    fixed: Json = {"modulus": n, "maximum_wh": most}
    message = yield from stage.ask(draw, PREFIX + "ring_start", fixed)
    for _ in range(count - 1):
        if message is None:
            return
        message = yield from stage.ask(
            draw, PREFIX + "ring_add", {**fixed, "previous": message["ciphertext"]}
        )
    if message is None:
        return
    whole = {"p": p, "q": q, "members": count, "maximum_wh": most, "ciphertext": message["ciphertext"]}
    yield from _send(stage, "ring_stop", whole)
    if pow(whole["ciphertext"], -1, n * n) != 1:
        negative = {**whole, "ciphertext": pow(whole["ciphertext"], -1, n * n)}
        yield from _send(stage, "ring_stop", negative, "ciphertext: a negative total")


def month(stage: Stage, draw: DrawFn) -> Play:
    """A meter's month, the utility's aggregate, the verification of the bill, each perhaps with a fault."""
    key = stage.valid(draw, "paillier.key").scope
    p, q, n = key["p"], key["q"], key["p"] * key["q"]
    days = draw(st.integers(1, 3))
    start = {"p": p, "q": q, "maximum_wh": max(1, min(1000, (n - 1) // (14 * days))), "days": days}
    if draw(st.integers(0, 5)) == 0:
        early = pick(draw, ("meter_day", "meter_bill", "meter_verdict"))
        yield stage.request(draw, PREFIX + early, session=1)
    if (yield from _send(stage, "meter_start", start, session=1)) is None:
        return
    counters, records = [], []
    for day in range(1, days + 1):
        fixed = {"modulus": n, "maximum_wh": start["maximum_wh"]}
        drawn = stage.valid(draw, PREFIX + "encrypt_day", fixed).scope
        given = {
            name: drawn[name] for name in ("normal_wh", "high_wh", "normal_randomness", "high_randomness")
        }
        fault = draw(st.integers(0, 9))
        if fault == 0:
            yield from _send(stage, "meter_day", {"day": day + 1, **given}, "day: a later one", 1)
        elif fault == 1:
            many = {**given, "normal_wh": start["maximum_wh"], "high_wh": 1}
            yield from _send(stage, "meter_day", {"day": day, **many}, "counters: too much", 1)
        elif fault == 2:
            factor = {**given, "high_randomness": p}
            yield from _send(stage, "meter_day", {"day": day, **factor}, "randomness: a factor", 1)
        elif fault == 3:
            bill: Json = {"price_normal": 3, "price_high": 4}
            yield from _send(stage, "meter_bill", bill, "session: a day is not closed", 1)
        record = yield from _send(stage, "meter_day", {"day": day, **given}, session=1)
        if record is None:
            return
        counters.append(record)
        records.append(given)
        if draw(st.integers(0, 5)) == 0:
            yield from _send(stage, "meter_day", {"day": day, **given}, "day: closed before", 1)
    prices = {"price_normal": draw(st.integers(1, 3)), "price_high": draw(st.integers(1, 4))}
    statement = yield from _send(stage, "meter_bill", prices, session=1)
    if statement is None:
        return
    if draw(st.booleans()):
        other = {**prices, "price_high": prices["price_high"] - 1 or 2}
        yield from _send(stage, "meter_bill", other, "prices: others", 1)
    if draw(st.integers(0, 3)) == 0:
        high = {"price_normal": 2**32 - 1, "price_high": 2**32 - 1}
        yield from _send(stage, "meter_bill", high, "prices: too high", 1)
    whole = {"modulus": n, "counters": counters, "days": days, "maximum_wh": start["maximum_wh"], **prices}
    aggregate = yield from _send(stage, "aggregate_month", whole)
    if aggregate is None:
        return
    verdict = {"ciphertext": aggregate["bill"], "bill": statement["bill"] + draw(st.integers(0, 1))}
    yield from _send(stage, "meter_verdict", verdict, session=1)
    claim = {"bill": statement["bill"], "bill_randomness": statement["randomness"]}
    spoiled = pick(
        draw, ({}, {"bill": (statement["bill"] + 1) % n}, {"bill_randomness": n - claim["bill_randomness"]})
    )
    yield from _send(
        stage, "verify_bill", {**whole, **claim, **spoiled}, "bill: another" if spoiled else "valid"
    )
    opening = {"modulus": n, "ciphertext": aggregate["bill"]}
    named = {"value": claim["bill"], "randomness": claim["bill_randomness"]}
    yield from _send(stage, "verify_opening", {**opening, **named})
    recovered = yield from _send(stage, "recover_opening", {"p": p, "q": q, "ciphertext": aggregate["bill"]})
    if stage.profile == "published" and recovered is not None:
        totals = yield from _send(stage, "meter_totals", {}, session=1)
        if totals is not None:
            yield from _send(stage, "verify_statement", {**whole, **totals, **claim})
        if days > 1 and p * q > 100:
            double = {**whole, "counters": [counters[0], *counters[:-1]]}
            yield from _send(stage, "aggregate_month", double, "counters: a day twice")
            yield from _twice(stage, double, claim, p, q)


def _twice(stage: Stage, whole: Json, claim: Json, p: int, q: int) -> Generator[Request, Answer, None]:
    """A month with a day twice, and openings of it that are right."""
    n = whole["modulus"]
    normal, high = 1, 1
    for record in whole["counters"]:
        normal, high = normal * record["normal"] % n**2, high * record["high"] % n**2
    bill = pow(normal, whole["price_normal"], n**2) * pow(high, whole["price_high"], n**2) % n**2
    openings: Json = {}
    for name, ciphertext in (("normal", normal), ("high", high), ("bill", bill)):
        opened = yield from _send(stage, "recover_opening", {"p": p, "q": q, "ciphertext": ciphertext})
        if opened is None:
            return
        openings |= {name: opened["value"], f"{name}_randomness": opened["randomness"]}
    yield from _send(
        stage, "verify_bill", {**whole, **{k: openings[k] for k in claim}}, "counters: a day twice"
    )
    yield from _send(stage, "verify_statement", {**whole, **openings}, "counters: a day twice")


def proof(stage: Stage, draw: DrawFn) -> Play:
    """Prove a modulus and verify it, as it is or with one fault."""
    given = stage.valid(draw, PREFIX + "prove_modulus").scope
    rounds = 8 if min(given["p"], given["q"]) >= 65536 else 81
    proven = yield from _send(stage, "prove_modulus", {**given, "rounds": rounds})
    if proven is None:
        return
    check = {"modulus": given["p"] * given["q"], "context": given["context"], "roots": proven["roots"]}
    faults: list[tuple[str, Json]] = [
        ("valid", {}),
        ("context: another", {"context": _flipped(draw, given["context"])}),
        ("roots: exchanged", {"roots": [*proven["roots"][1:], proven["roots"][0]]}),
    ]
    tag, fault = pick(draw, faults)
    yield from _send(stage, "verify_modulus", {**check, **fault}, tag)


def _names(*names: str) -> tuple[str, ...]:
    return tuple(PREFIX + name for name in names)


CHAINS = (
    ("load management: a message", message, _names("sign_message", "check_message")),
    ("load management: a hop", hop, _names("sign_hop", "check_hop")),
    ("load management: an audit", audit, _names("sign_hop", "audit_ring")),
    ("load management: a sealed hop", sealed, ("dream.public_key", *_names("seal_hop", "open_hop"))),
    ("load management: a ring", ring, _names("ring_start", "ring_add", "ring_stop")),
    (
        "load management: a month",
        month,
        (
            *_names("encrypt_day", "meter_start", "meter_day", "meter_bill", "meter_totals", "meter_verdict"),
            *_names(
                "aggregate_month", "verify_bill", "verify_statement", "verify_opening", "recover_opening"
            ),
        ),
    ),
    ("load management: a modulus proof", proof, _names("prove_modulus", "verify_modulus")),
)

# What each chain is about.
FOCUS = {
    "load management: a message": _names("check_message"),
    "load management: a hop": _names("check_hop"),
    "load management: an audit": _names("audit_ring"),
    "load management: a sealed hop": _names("open_hop"),
    "load management: a ring": _names("ring_stop"),
    "load management: a month": _names("meter_day"),
    "load management: a modulus proof": _names("verify_modulus"),
}
