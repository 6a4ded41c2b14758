"""Tampering with a month that has been run: each attempt is put to the party that should refuse it.

The attempts are made of the month's own messages, by somebody who has what the attempt needs: the customer
his factors and openings, the carrier nothing, the utility its key.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import gcd, lcm
from typing import Any

import cbor2

from meter_privacy.conformance.primes import expand, is_prime
from meter_privacy.conformance.studies.month import (
    DAY,
    PREFIX,
    PROOF_ROUNDS,
    STATEMENT,
    Home,
    Month,
    hop_ciphertext,
    natural,
)
from meter_privacy.conformance.studies.month_keys import material

SWITCHES = ("bill", "counter", "ring-hop", "key")
MOVED_WH = 1000
NO = "the verdict 0"
DOMAIN = b"meter-privacy/load-management/1/"


@dataclass(frozen=True)
class Attempt:
    """One attempt: who tries what, who has to refuse it and as what, and what came; no error: it passed."""

    switch: str
    who: str
    what: str
    judge: str
    operation: str
    expected: str
    error: str | None
    detail: str

    @property
    def refused(self) -> bool:
        """Whether it was refused, and for what is wrong with it."""
        return self.error == self.expected


@dataclass(frozen=True)
class _Case:
    who: str
    what: str
    judge: str
    operation: str
    expected: str
    values: Mapping[str, Any]
    node: int | None = None


def _flipped(message: bytes, member: int, value: bytes) -> bytes:
    """A message with another member under the old signature."""
    version, kind, body, signature = cbor2.loads(message)
    return cbor2.dumps([version, kind, {**body, member: value}, signature], canonical=True)


def shown_home(month: Month) -> Home:
    """The home that is tampered with: of the median bill, among those that used energy at the high price."""
    homes = month.result.homes
    dear = [home for home in homes if home.high_wh > 0] or homes
    return sorted(dear, key=lambda home: (home.bill, home.name))[len(dear) // 2]


# ---- The bill ------------------------------------------------------------------------------------


def _bill(month: Month) -> Iterator[_Case]:
    home = shown_home(month)
    n, tariff = home.modulus, month.tariff
    statement = month.statement_fields(home)
    step = max(1, tariff.price_normal)

    def said(what: str, expected: str = "proof-failed", **changed: Any) -> _Case:
        return _Case("the customer", what, "the utility", month.verification, expected, statement | changed)

    yield said("says a bill one unit of money lower", bill=home.bill - 1 if home.bill else 1)
    yield said("says a bill one unit of money higher", bill=home.bill + 1)
    fresh = month.residue(n, "tamper", "bill")
    yield said("says half the bill, with fresh randomness", bill=home.bill // 2 or 1, bill_randomness=fresh)
    yield said(
        "says the bill with the factor -1 in its randomness", bill_randomness=n - statement["bill_randomness"]
    )
    yield said("says the bill plus n", "range", bill=home.bill + n)
    yield said("says the bill with randomness 0", "range", bill_randomness=0)
    if not month.sealed:
        moved = min(MOVED_WH, home.high_wh) or 1
        lower = moved * (tariff.price_high - tariff.price_normal)
        yield said(
            f"moves {moved} Wh from high to normal in both totals and the bill",
            normal=statement["normal"] + moved,
            high=(statement["high"] - moved) % n,
            bill=(home.bill - lower) % n,
        )
    body: dict[int, Any] = {4: tariff.price_normal, 5: tariff.price_high}
    opening = home.statement["bill"]
    body |= {6: natural(opening.value), 7: natural(opening.randomness)}
    signed = month.ask("sign_message", [month.message(STATEMENT, home.node, 0, body)])[0]["message"]
    lowered = _flipped(signed, 6, natural(max(0, home.bill - step)))
    yield _Case(
        "the carrier",
        "lowers the bill in the signed statement",
        "the utility",
        "check_message",
        "unauthentic",
        _to_check(month, home.node, STATEMENT, 0, lowered),
    )
    raised = home.figure * (1 + step * n) % n**2
    yield _figure(home, "puts one Wh more into its encrypted bill", raised, home.bill)
    yield _figure(home, "says a figure that is one unit higher", home.figure, home.bill + 1)
    yield _figure(
        home,
        "sends a day's record in place of its encrypted bill, to learn what it holds",
        home.records[0]["normal"],
        home.days[0][0],
    )
    prices = {"price_normal": tariff.price_normal, "price_high": tariff.price_high + 1}
    yield _Case(
        "the utility",
        "asks for the bill at other prices too, for a second equation",
        "the meter",
        "meter_bill",
        "policy",
        prices,
        home.node,
    )


def _figure(home: Home, what: str, ciphertext: int, bill: int) -> _Case:
    """A figure that the meter has to answer with 0, decrypting nothing: LOAD-22."""
    values = {"ciphertext": ciphertext, "bill": bill}
    return _Case("the utility", what, "the meter", "meter_verdict", NO, values, home.node)


def _to_check(month: Month, node: int, kind: int, sequence: int, message: bytes) -> dict[str, Any]:
    return {
        "public_key": month.public[node],
        "type": kind,
        "scope": month.contracts[node],
        "next_sequence": sequence,
        "message": message,
    }


# ---- The counters --------------------------------------------------------------------------------


def _counter(month: Month) -> Iterator[_Case]:
    home = shown_home(month)
    n, last = home.modulus, month.days - 1
    message = month.day_messages[home.node]
    lowered = home.records[last]["high"] * (1 - 100 * n) % n**2
    yield _Case(
        "the carrier",
        "takes 100 Wh out of an encrypted counter on its way",
        "the utility",
        "check_message",
        "unauthentic",
        _to_check(month, home.node, DAY, last, _flipped(message, 5, natural(lowered))),
    )
    yield _Case(
        "the carrier",
        "sends a day's message a second time",
        "the utility",
        "check_message",
        "replayed",
        _to_check(month, home.node, DAY, last + 1, message),
    )
    if month.days > 1:
        records = [*home.records[:-1], home.records[0]]
        openings = [*home.openings[:-1], home.openings[0]]
        honest = home.statement
        yield _Case(
            "the customer",
            "sends the first day's record again as the last day's, with a bill that fits",
            "the utility",
            month.verification,
            "replayed",
            month.statement_fields(home, counters=records) | _fitting(month, n, openings, tuple(honest)),
        )
        yield _Case(
            "the customer",
            "leaves a day out",
            "the utility",
            month.verification,
            "range",
            month.statement_fields(home, counters=home.records[:-1]),
        )
    raised = {**home.records[0], "high": home.records[0]["high"] * (1 + MOVED_WH * n) % n**2}
    changed = [raised, *home.records[1:]]
    yield _Case(
        "the utility",
        f"adds {MOVED_WH} Wh to a recorded day",
        "anybody with the statement",
        month.verification,
        "proof-failed",
        month.statement_fields(home, counters=changed),
    )
    aggregate = month.ask("aggregate_month", [{"modulus": n, "counters": changed, **month.tariff_fields()}])[
        0
    ]
    yield _figure(home, f"adds {MOVED_WH} Wh to a recorded day", aggregate["bill"], home.bill)
    normal, high = home.days[0]
    same = home.openings[0][0].randomness
    yield _Case(
        "the meter, broken,",
        "encrypts both counters with one randomness",
        "the encryption itself",
        "encrypt_day",
        "replayed",
        {
            "modulus": n,
            "maximum_wh": month.tariff.maximum_wh * month.tariff.intervals,
            "normal_wh": normal,
            "high_wh": high,
            "normal_randomness": same,
            "high_randomness": same,
        },
    )


def _fitting(month: Month, n: int, openings: Any, wanted: tuple[str, ...]) -> dict[str, int]:
    """A statement that opens a month of these openings, computed here by whoever cheats."""
    prices = {"normal": (1, 0), "high": (0, 1), "bill": (month.tariff.price_normal, month.tariff.price_high)}
    fields: dict[str, int] = {}
    for name in wanted:
        value, randomness = 0, 1
        for entry in openings:
            for opening, weight in zip(entry, prices[name], strict=True):
                value += weight * opening.value
                randomness = randomness * pow(opening.randomness, weight, n) % n
        fields |= {name: value % n, f"{name}_randomness": randomness}
    return fields


# ---- The ring ------------------------------------------------------------------------------------


def _ring_hop(month: Month) -> Iterator[_Case]:
    n = month.modulus
    n2 = n**2
    place = month.tariff.intervals - 1
    number = (month.days - 1) * month.tariff.intervals + place
    hops = month.hops[place]
    node = len(hops) // 2
    fixed = {"roster": month.roster, "interval": number, "modulus": n}

    def hop(who: str, what: str, message: bytes, expected: str = "unauthentic", **changed: Any) -> _Case:
        given = {
            **fixed,
            "public_key": month.public[node],
            "node": node,
            "position": node + 1,
            "next_interval": number,
            "message": message,
        }
        return _Case(who, what, "the next member", "check_hop", expected, given | changed)

    zero = pow(month.residue(n, "tamper", "hop"), n, n2)
    yield hop(
        "the carrier", "puts E(0) in place of the members' product", _flipped(hops[node], 5, natural(zero))
    )
    yield hop("the carrier", "sends the message of the member before", hops[node - 1])
    yield hop(
        "the utility", "runs the interval a second time", hops[node], "replayed", next_interval=number + 1
    )
    if place > 0:
        yield hop("the carrier", "sends the message of the interval before", month.hops[place - 1][node])
    left_out = {**fixed, "node": node, "position": node + 1, "ciphertext": hop_ciphertext(hops[node])}

    def signed(by: int, **changed: Any) -> bytes:
        request = {**left_out, "private_key": month.signing[by], **changed}
        return bytes(month.ask("sign_hop", [request])[0]["message"])

    other = hashlib.sha256(month.roster).digest()
    yield hop("the utility", "runs the interval for another roster", signed(node, roster=other))
    yield hop("another member", "signs in the member's place", signed(node - 1))
    same = hop_ciphertext(hops[node - 1])
    unchanged = [*hops[:node], signed(node, ciphertext=same), *hops[node + 1 :]]
    members = [{"node": number_, "signing_key": month.public[number_]} for number_ in month.nodes]
    yield _Case(
        "a member",
        "passes on what it was sent, without its reading",
        "the auditor",
        "audit_ring",
        "policy",
        {**fixed, "members": members, "messages": unchanged},
    )
    p, q = month.keys.utility
    total = month.result.intervals[-1].total_wh
    negative = hop_ciphertext(hops[-1]) * (1 - (total + 1) * n) % n2
    yield _Case(
        "a member",
        "takes more out of the sum than is in it",
        "the utility",
        "ring_stop",
        "policy",
        {
            "p": p,
            "q": q,
            "members": len(hops),
            "maximum_wh": month.tariff.maximum_wh,
            "ciphertext": negative,
        },
    )
    if month.sealed:
        box = month.ask(
            "seal_hop",
            [
                {
                    "ephemeral_private_key": month.secret("tamper", "ephemeral"),
                    "sealing_key": month.sealing_public[node + 1],
                    "roster": month.roster,
                    "interval": number,
                    "position": node + 1,
                    "message": hops[node],
                }
            ],
        )[0]["sealed"]
        opening = {
            "private_key": month.sealing[node + 1],
            "roster": month.roster,
            "interval": number,
            "position": node + 1,
            "sealed": box,
        }
        changed = box[:-1] + bytes([box[-1] ^ 1])
        for what, given in (
            ("flips a bit of a sealed hop", opening | {"sealed": changed}),
            ("delivers a sealed hop to another member", opening | {"private_key": month.sealing[node]}),
        ):
            yield _Case("the carrier", what, "the next member", "open_hop", "unauthentic", given)


# ---- The key -------------------------------------------------------------------------------------


def _challenge(n: int, context: bytes, rounds: int, index: int) -> int:
    """rho_i of LOAD-24, written from its text: a customer who cheats computes his own proof."""
    size = (n.bit_length() + 7) // 8
    head = DOMAIN + b"modulus\x00" + size.to_bytes(4, "big") + n.to_bytes(size, "big") + context
    for attempt in count():
        material_ = head + b"".join(part.to_bytes(4, "big") for part in (rounds, index, attempt))
        blocks = (hashlib.sha256(material_ + block.to_bytes(4, "big")).digest() for block in count())
        data = b"".join(next(blocks) for _ in range((size + 31) // 32))
        rho = int.from_bytes(data, "big") >> (8 * len(data) - n.bit_length())
        if rho < n and gcd(rho, n) == 1:
            return rho
    raise AssertionError("there are units")


def _prime(month: Month, bits: int, *label: str) -> int:
    """A prime of a length, with its two highest bits set."""
    for attempt in count():
        data = expand(material(month.choice.seed, "tamper", *label, attempt), (bits + 7) // 8)
        candidate = int.from_bytes(data, "big") >> (-bits % 8) | 3 << bits - 2 | 1
        if is_prime(candidate):
            return candidate
    raise AssertionError("there are primes of every length")


def _key(month: Month) -> Iterator[_Case]:
    home = shown_home(month)
    context = month.contracts[home.node]
    proof = month.proofs[home.node]

    def key(
        what: str, modulus: int, roots: Sequence[int], expected: str = "proof-failed", own: bytes = context
    ) -> _Case:
        given = {"modulus": modulus, "context": own, "roots": list(roots)}
        return _Case("the customer", what, "the utility", "verify_modulus", expected, given)

    bits = home.modulus.bit_length()
    third = -(-bits // 3)
    p, q = _prime(month, third, "p"), _prime(month, bits - 2 * third + 2, "q")
    square = p * p * q
    # The n-th roots of the challenges that have one: those of the residues modulo p that lift.
    exponent = pow(square, -1, lcm(p - 1, q - 1))
    rhos = [_challenge(square, context, PROOF_ROUNDS, index) for index in range(PROOF_ROUNDS)]
    yield key(
        "brings n = p^2 q, under which bills open twice, with the best roots that there are",
        square,
        [pow(rho, exponent, square) for rho in rhos],
    )
    small = 1009 * 1013
    powers = small
    while powers.bit_length() < bits:
        powers *= 1009
    yield key("brings n = 1009^k 1013, whose bills move in small steps", powers, [1] * PROOF_ROUNDS, "range")
    linked = 2 * p + 1
    while not is_prime(linked):
        linked += 2 * p
    shared = p * linked
    while shared.bit_length() < bits:
        shared *= _prime(month, max(17, bits - shared.bit_length() + 1), "rest")
    yield key("brings an n that shares a factor with its totient", shared, _no_roots(shared, month, home))
    yield key("changes a root of the proof", home.modulus, [(proof[0] + 1) % home.modulus or 1, *proof[1:]])
    yield key("sends roots of 1", home.modulus, [1] * PROOF_ROUNDS)
    yield key("brings the proof of another contract", home.modulus, proof, own=month.contracts[home.node - 1])
    if not month.sealed:
        yield key("brings a prime", _prime(month, bits // 2, "p"), [1] * PROOF_ROUNDS, "range")


def _no_roots(n: int, month: Month, home: Home) -> list[int]:
    """Numbers in place of roots, for an n that has none."""
    return [month.residue(n, "tamper", "root", home.node, index) for index in range(PROOF_ROUNDS)]


_CASES: dict[str, Callable[[Month], Iterator[_Case]]] = {
    "bill": _bill,
    "counter": _counter,
    "ring-hop": _ring_hop,
    "key": _key,
}


def _judged(month: Month, case: _Case) -> tuple[str | None, str]:
    """The error class and its detail that a case is answered by; of a verdict, what it says."""
    if case.node is None:
        answer = month.ask_each(case.operation, [case.values])[0]
    else:
        answer = month.ask_meter(case.operation, case.node, case.values)
    if answer.output is not None and answer.output.get("accepted") == 0:
        return NO, "this is not the meter's own bill"
    return answer.error, answer.detail


def tamper(month: Month, switches: tuple[str, ...]) -> list[Attempt]:
    """Every attempt of the switches, and what came of it. Raises WrongAnswer, TargetLost."""
    attempts = []
    for switch in dict.fromkeys(switches):
        for case in _CASES[switch](month):
            error, detail = _judged(month, case)
            attempts.append(
                Attempt(
                    switch=switch,
                    who=case.who,
                    what=case.what,
                    judge=case.judge,
                    operation=PREFIX + case.operation,
                    expected=case.expected,
                    error=error,
                    detail=detail,
                )
            )
    return attempts
