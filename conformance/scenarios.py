"""What the fuzzer plays: every operation by itself, operations in chains, and sessions.

A scenario is a generator: it yields requests and is sent the answers, so that what one operation answers
goes into the next. Operations whose table says nothing of chains are played by themselves, and session
operations in random walks over the sessions of their chapter, so that a new table needs nothing here.
"""

import hashlib
import hmac
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import load_management_scenarios, token_scenarios
from meter_privacy.conformance.makers import LOW_ORDER_POINTS, pick
from meter_privacy.conformance.scenes import Answer, Json, Play, Request, Scenario, Stage
from meter_privacy.conformance.strategies import Given, draw_fault, draw_given, encode
from meter_privacy.conformance.tables import Operation, Tables

# ---- Operations by themselves and sessions at random ---------------------------------------------


def _alone(stage: Stage, operation: Operation) -> Callable[[DrawFn], Play]:
    def play(draw: DrawFn) -> Play:
        yield Request(operation.name, draw_given(draw, operation, stage.profile, stage.largest_bits))

    return play


def _walk(stage: Stage, operations: Sequence[Operation], last: Operation) -> Callable[[DrawFn], Play]:
    def play(draw: DrawFn) -> Play:
        for operation in [*(pick(draw, operations) for _ in range(draw(st.integers(0, 3)))), last]:
            given = draw_given(draw, operation, stage.profile, stage.largest_bits)
            yield Request(operation.name, given, draw(st.integers(1, 2)))

    return play


# ---- Paillier ------------------------------------------------------------------------------------


def _paillier(stage: Stage, draw: DrawFn) -> Play:
    """Encrypt, then add, scale and re-randomise some of what there is, then decrypt and decode."""
    key = stage.valid(draw, "paillier.key").scope
    p, q, n = key["p"], key["q"], key["p"] * key["q"]
    if n.bit_length() <= 1024:
        # Above, testing the primes again and again would take the time of all the rest.
        table = stage.tables.operations["paillier.key"]
        yield Request("paillier.key", Given("valid", input=encode(table, key)))
    ciphertexts: list[int] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            name, fixed = "paillier.encrypt_with_factors", {"p": p, "q": q}
        else:
            name, fixed = "paillier.encrypt", {"modulus": n}
        answer = yield from stage.ask(draw, name, fixed)
        ciphertexts += [] if answer is None else [answer["ciphertext"]]
    for name in draw(st.lists(st.sampled_from(("add", "scale", "rerandomise")), max_size=4)):
        if not ciphertexts:
            return
        fixed = {"modulus": n, "ciphertext": pick(draw, ciphertexts)}
        if name == "add":
            some = draw(st.integers(1, 4))
            fixed = {"modulus": n, "ciphertexts": [pick(draw, ciphertexts) for _ in range(some)]}
        answer = yield from stage.ask(draw, f"paillier.{name}", fixed)
        ciphertexts += [] if answer is None else [answer["ciphertext"]]
    if ciphertexts:
        fixed = {"p": p, "q": q, "ciphertext": ciphertexts[-1]}
        answer = yield from stage.ask(draw, "paillier.decrypt", fixed)
        if answer is not None:
            fixed = {"modulus": n, "plaintext": answer["plaintext"]}
            yield from stage.ask(draw, "paillier.decode_signed", fixed)


def _paillier_generator(stage: Stage, draw: DrawFn) -> Play:
    """Key, encryption and decryption with one general g."""
    key = stage.valid(draw, "paillier.key_with_generator").scope
    table = stage.tables.operations["paillier.key_with_generator"]
    answer = yield Request("paillier.key_with_generator", Given("valid", input=encode(table, key)))
    if "output" not in answer:
        return
    fixed = {"modulus": key["p"] * key["q"], "generator": key["generator"]}
    encrypted = yield from stage.ask(draw, "paillier.encrypt_with_generator", fixed)
    if encrypted is not None:
        yield from stage.ask(draw, "paillier.decrypt_with_generator", {**key, **encrypted})


# ---- DREAM ---------------------------------------------------------------------------------------


def _signed_total(node: int, dummies: Sequence[Mapping[str, int]], modulus: int) -> int:
    return sum(entry["key"] if node > entry["node"] else -entry["key"] for entry in dummies) % modulus


def _dream_ring(stage: Stage, draw: DrawFn) -> Play:
    """A slot of a cluster: keys, dummy keys, keystreams, masks, the total; perhaps one meter is missing."""
    nodes = draw(st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=3, unique=True))
    start = stage.valid(draw, "dream.keystream").scope
    slot, modulus = start["slot"], start["modulus"]
    cluster = stage.valid(draw, "dream.certify").scope["cluster"]
    private: dict[int, bytes] = {}
    public: dict[int, bytes] = {}
    for node in nodes:
        private[node] = stage.valid(draw, "dream.public_key").scope["private_key"]
        answer = yield from stage.ask(draw, "dream.public_key", {"private_key": private[node]})
        if answer is None:
            return
        public[node] = answer["public_key"]
    dummies: dict[int, list[dict[str, int]]] = {node: [] for node in nodes}
    for index, node in enumerate(nodes):
        for peer in nodes[:index]:
            fixed = {"cluster": cluster, "node": node, "peer": peer}
            fixed |= {"private_key": private[node], "peer_public_key": public[peer]}
            shared = yield from stage.ask(draw, "dream.pairwise_key", fixed)
            if shared is None:
                return
            fixed = {"key": shared["key"], "slot": slot, "modulus": modulus}
            dummy = yield from stage.ask(draw, "dream.dummy_key", fixed)
            if dummy is None:
                return
            dummies[node].append({"node": peer, "key": dummy["key"]})
            dummies[peer].append({"node": node, "key": dummy["key"]})
    ciphertexts, keystreams = [], []
    for node in nodes:
        stream = yield from stage.ask(draw, "dream.keystream", {"slot": slot, "modulus": modulus})
        if stream is None:
            return
        fixed = {"modulus": modulus, "node": node, "keystream": stream["keystream"]}
        fixed |= {"dummy_keys": dummies[node], "blind": 0}
        masked = yield from stage.ask(draw, "dream.mask", fixed)
        if masked is None:
            return
        ciphertexts.append(masked["ciphertext"])
        keystreams.append(stream["keystream"])
    present = len(nodes) - (draw(st.booleans()) and len(nodes) > 2)
    missing = set(nodes[present:])
    shared_with_missing = [
        _signed_total(node, [entry for entry in dummies[node] if entry["node"] in missing], modulus)
        for node in nodes[:present]
    ]
    fixed = {"modulus": modulus, "ciphertexts": ciphertexts[:present], "keystreams": keystreams[:present]}
    fixed["recoveries"] = shared_with_missing if missing else []
    yield from stage.ask(draw, "dream.aggregate", fixed)


_ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493


def _certificate_faults(draw: DrawFn, given: Json) -> tuple[str, Json]:
    """One fault of a valid certificate's check, in Python form: its tag and the values."""
    flipped = pick(draw, ("cluster", "public_key", "signature", "authority_public_key"))
    bit = draw(st.integers(0, 8 * len(given[flipped]) - 1))
    changed = int.from_bytes(given[flipped], "little") ^ 1 << bit
    s = int.from_bytes(given["signature"][32:], "little")
    last = given["last_slot"]
    faults: list[tuple[str, Json]] = [
        ("slot: later than the last", {"slot": min(last + 1, 2**53 - 1)}),
        (f"{flipped}: a bit flipped", {flipped: changed.to_bytes(len(given[flipped]), "little")}),
        ("node: another", {"node": given["node"] ^ 1}),
        ("last_slot: another", {"last_slot": last - 1 if last else 1}),
        ("signature: S + L", {"signature": given["signature"][:32] + _le(s + _ED25519_ORDER)}),
        ("signature: zero", {"signature": bytes(64)}),
        # With a key of order 1, R = [S]B and any message: accepted unless low order is refused.
        (
            "authority_public_key: the neutral element",
            {"authority_public_key": _le(1), "signature": _le(1) + bytes(32)},
        ),
        ("authority_public_key: not canonical", {"authority_public_key": _le(2**255 - 18)}),
        ("public_key: low order", {"public_key": pick(draw, LOW_ORDER_POINTS)}),
    ]
    tag, fault = pick(draw, faults)
    return tag, {**given, **fault}


def _le(number: int) -> bytes:
    return number.to_bytes(32, "little")


def _dream_certificate(stage: Stage, draw: DrawFn) -> Play:
    """Certify, then check the certificate, as it is or with one fault."""
    signed = stage.valid(draw, "dream.certify").scope
    table = stage.tables.operations["dream.certify"]
    answer = yield Request("dream.certify", Given("valid", input=encode(table, signed)))
    output = stage.output("dream.certify", answer)
    if output is None:
        return
    authority = Ed25519PrivateKey.from_private_bytes(signed["authority_private_key"]).public_key()
    given = {
        "authority_public_key": authority.public_bytes_raw(),
        "cluster": signed["cluster"],
        "node": signed["node"],
        "public_key": signed["public_key"],
        "last_slot": signed["last_slot"],
        "slot": draw(st.integers(0, signed["last_slot"])),
        "signature": output["signature"],
    }
    check = stage.tables.operations["dream.check_certificate"]
    match draw(st.integers(0, 5)):
        case 0 | 1:
            yield Request(check.name, Given("valid", input=encode(check, given)))
        case 2:
            fault = draw_fault(draw, stage.valid(draw, check.name, given), ("range", "grammar"))
            if fault is not None:
                yield Request(check.name, fault)
        case _:
            tag, values = _certificate_faults(draw, given)
            yield Request(check.name, Given(tag, input=encode(check, values)))


def _encryptor(stage: Stage, draw: DrawFn) -> Play:
    """An encryptor's session: randomness that is new, used before, or shares a factor with the modulus."""
    key = stage.valid(draw, "paillier.key").scope
    n = key["p"] * key["q"]
    start, encrypt = (stage.tables.operations[f"paillier.encryptor_{name}"] for name in ("start", "encrypt"))
    yield Request(start.name, Given("valid", input=encode(start, {"modulus": n})), 1)
    used: list[int] = []
    for _ in range(draw(st.integers(2, 5))):
        tag, randomness = "valid", draw(st.integers(2, n - 2))
        match draw(st.integers(0, 3)):
            case 0 if used:
                tag, randomness = "randomness: used before", pick(draw, used)
            case 1:
                tag, randomness = "randomness: shares a factor", key["p"]
        used.append(randomness)
        values = {"plaintext": draw(st.integers(0, n - 1)), "randomness": randomness}
        yield Request(encrypt.name, Given(tag, input=encode(encrypt, values)), 1)


def _dream_meter(stage: Stage, draw: DrawFn) -> Play:
    """A meter's session: reports of rising slots, and again, earlier, other, before and after the start."""
    report = stage.tables.operations["dream.meter_report"]
    start = stage.valid(draw, "dream.meter_start").scope
    modulus = start["modulus"]
    if draw(st.integers(0, 7)) == 7:
        yield stage.request(draw, report.name, session=1)
    table = stage.tables.operations["dream.meter_start"]
    yield Request(table.name, Given("valid", input=encode(table, start)), 1)
    slot, value = stage.valid(draw, report.name).scope["slot"], 0
    for _ in range(draw(st.integers(1, 5))):
        tag = "valid"
        match draw(st.integers(0, 7)):
            case 0 | 1 | 2:
                slot = min(slot + draw(st.integers(1, 3)), 2**53 - 1)
                value = (
                    draw(st.integers(-(modulus // 2), (modulus + 1) // 2 - 1)) if modulus < 2**53 else slot
                )
            case 3:
                tag = "slot: the same again"
            case 4:
                tag, value = "value: another for the slot", value - 1 if value > 0 else value + 1
            case 5:
                tag, slot = "slot: an earlier one", max(0, slot - 1)
            case 6:
                tag, value = "value: outside the centred range", min((modulus + 1) // 2, 2**53 - 1)
            case _:
                fault = draw_fault(draw, stage.valid(draw, report.name), ("range", "grammar"))
                if fault is not None:
                    yield Request(report.name, fault, 1)
                continue
        yield Request(report.name, Given(tag, input={"slot": slot, "value": value}), 1)
    if draw(st.integers(0, 7)) == 7:
        yield Request(table.name, Given("session: started twice", input=encode(table, start)), 1)


def _dream_supplier(stage: Stage, draw: DrawFn) -> Play:
    """A supplier's session: every meter's report, some of them spoiled, twice or late, then the total."""
    start = stage.valid(draw, "dream.supplier_start").scope
    table = stage.tables.operations["dream.supplier_start"]
    yield Request(table.name, Given("valid", input=encode(table, start)), 1)
    keys = start["keys"][:4] if len(start["keys"]) > 4 else start["keys"]
    receive = stage.tables.operations["dream.supplier_receive"]
    for entry in keys:
        fixed = {name: start[name] for name in ("roster", "slot", "modulus")}
        maker = stage.valid(draw, "dream.authenticate", {**fixed, **entry})
        given = Given("valid", input=encode(maker.operation, maker.scope))
        tagged = stage.output("dream.authenticate", (yield Request("dream.authenticate", given)))
        if tagged is None:
            return
        report = {"node": entry["node"], "ciphertext": maker.scope["ciphertext"], "tag": tagged["tag"]}
        for spoiled, values in _spoiled_reports(draw, report, start):
            yield Request(receive.name, Given(spoiled, input=encode(receive, values)), 1)
        if draw(st.integers(0, 7)) == 7:
            yield Request("dream.supplier_total", Given("session: a meter is missing", input={}), 1)
    yield Request("dream.supplier_total", Given("valid", input={}), 1)


def _spoiled_reports(draw: DrawFn, report: Json, start: Json) -> list[tuple[str, Json]]:
    """The report, and before or behind it perhaps one that must be refused."""
    good = ("valid", report)
    tag = int.from_bytes(report["tag"], "big") ^ 1 << draw(st.integers(0, 255))
    others = [entry["node"] for entry in start["keys"] if entry["node"] != report["node"]]
    match draw(st.integers(0, 8)):
        case 4:
            return [("tag: a bit flipped", {**report, "tag": tag.to_bytes(32, "big")}), good]
        case 5:
            other = {**report, "ciphertext": report["ciphertext"] ^ 1}
            return [("ciphertext: another", other), good]
        case 6:
            return [good, ("node: has reported", report)]
        case 7:
            return [("node: another", {**report, "node": pick(draw, others)}), good]
        case 8:
            return [("ciphertext: not below the modulus", {**report, "ciphertext": start["modulus"]}), good]
    return [good]


# ---- DREAM's cluster and recovery ----------------------------------------------------------------

_CLUSTER = {"tolerated_failures": 1, "colluders": 0, "expected_partners": 2, "maximum_wh": 4000}
_CLUSTER |= {"tail_wh": 2000, "scale_wh": 40}


@dataclass
class _Announced:
    """A cluster of three and what its authority and its supplier have signed."""

    authority: bytes
    cluster: bytes
    nodes: list[int]
    private: dict[int, bytes]
    signing: bytes
    modulus: int
    last_slot: int
    members: list[Json]
    supplier: Json
    certificate: bytes
    roster: bytes


def _ed25519_public(private_key: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def _dream_cluster(stage: Stage, draw: DrawFn) -> Generator[Request, Answer, _Announced | None]:
    """Certificates of three meters and a supplier, and the roster's digest."""
    nodes = sorted(draw(st.lists(st.integers(0, 2**32 - 1), min_size=3, max_size=3, unique=True)))
    seeds = stage.valid(draw, "dream.certify").scope
    authority, cluster = seeds["authority_private_key"], seeds["cluster"]
    last_slot = draw(st.sampled_from((20, 2**32 + 20)))
    private, members = {}, []
    for place, node in enumerate(nodes):
        private[node] = hashlib.sha256(authority + cluster + bytes([place])).digest()
        made = yield from stage.ask(draw, "dream.public_key", {"private_key": private[node]})
        if made is None:
            return None
        member = {"node": node, "public_key": made["public_key"], "last_slot": last_slot}
        fixed = {"authority_private_key": authority, "cluster": cluster, **member}
        signed = yield from stage.ask(draw, "dream.certify", fixed)
        if signed is None:
            return None
        members.append({**member, "signature": signed["signature"]})
    signing = hashlib.sha256(authority + cluster).digest()
    supplier = {"term": 1, "signing_key": _ed25519_public(signing)}
    supplier |= {"public_key": members[0]["public_key"], "last_slot": last_slot}
    fixed = {"authority_private_key": authority, "cluster": cluster, **supplier}
    certified = yield from stage.ask(draw, "dream.certify_supplier", fixed)
    listed = [{"node": member["node"], "public_key": member["public_key"]} for member in members]
    roster = yield from stage.ask(draw, "dream.roster_digest", {"cluster": cluster, "members": listed})
    if certified is None or roster is None:
        return None
    modulus = draw(st.sampled_from((2**64, 2**128)))
    supplier["signature"] = certified["signature"]
    return _Announced(
        authority, cluster, nodes, private, signing, modulus, last_slot, members, supplier,
        certified["digest"], roster["digest"],
    )  # fmt: skip


def _announcement(
    stage: Stage, draw: DrawFn, made: _Announced, epoch: int, first_slot: int
) -> Generator[Request, Answer, tuple[bytes, Json] | None]:
    """The digest of an epoch and the fields of its announcement."""
    given = {**_CLUSTER, "modulus": made.modulus}
    fixed = {"epoch": epoch, "first_slot": first_slot, "supplier": made.certificate, "roster": made.roster}
    digest = yield from stage.ask(draw, "dream.epoch_digest", {**fixed, "meters": 3, **given})
    if digest is None:
        return None
    keys = {"signing_private_key": made.signing, "digest": digest["digest"]}
    signed = yield from stage.ask(draw, "dream.announce", keys)
    if signed is None:
        return None
    fields = {"epoch": epoch, "first_slot": first_slot, "supplier": made.supplier, "members": made.members}
    return digest["digest"], {**fields, **given, "signature": signed["signature"]}


def _flipped(draw: DrawFn, signature: bytes) -> bytes:
    number = int.from_bytes(signature, "big") ^ 1 << draw(st.integers(0, 8 * len(signature) - 1))
    return number.to_bytes(len(signature), "big")


def _dream_enrolment(stage: Stage, draw: DrawFn) -> Play:
    """A meter takes in an announcement, or refuses one with a fault."""
    made = yield from _dream_cluster(stage, draw)
    if made is None:
        return
    node, case = pick(draw, made.nodes), draw(st.integers(0, 9))
    first_slot = made.last_slot + 1 if case == 1 else draw(st.integers(5, made.last_slot))
    announced = yield from _announcement(stage, draw, made, 3, first_slot)
    if announced is None:
        return
    given, tag = announced[1], "valid"
    start = stage.valid(draw, "dream.member_start").scope
    start |= {"cluster": made.cluster, "node": node, "private_key": made.private[node], "term": 1}
    start |= {"authority_public_key": _ed25519_public(made.authority), "next_slot": 5, "next_epoch": 3}
    first = made.members[0]
    match case:
        case 1:
            tag = "first_slot: after the certificates"
        case 2:
            tag, given = (
                "signature: a bit flipped",
                {**given, "signature": _flipped(draw, given["signature"])},
            )
        case 3:
            flipped = {**first, "signature": _flipped(draw, first["signature"])}
            tag, given = (
                "members[0].signature: a bit flipped",
                {**given, "members": [flipped, *made.members[1:]]},
            )
        case 4:
            low = {**first, "public_key": pick(draw, LOW_ORDER_POINTS)}
            tag, given = "members[0].public_key: low order", {**given, "members": [low, *made.members[1:]]}
        case 5:
            tag, start = "start: next_epoch later", {**start, "next_epoch": 4}
        case 6:
            tag, start = "start: term later", {**start, "term": 2}
        case 7:
            tag, start = "start: another's key", {**start, "private_key": made.authority}
        case 8:
            twin = {**first, "public_key": made.members[1]["public_key"]}
            tag, given = "members: a key twice", {**given, "members": [twin, *made.members[1:]]}
    table = stage.tables.operations["dream.member_enrol"]
    if case != 9:
        begin = stage.tables.operations["dream.member_start"]
        yield Request(begin.name, Given(tag, input=encode(begin, start)), 1)
    yield Request(
        table.name, Given(tag if case != 9 else "session: not started", input=encode(table, given)), 1
    )


def _dream_member(stage: Stage, draw: DrawFn) -> Play:
    """A member's slots: reports and replies, again, earlier, later, with other values and other lists."""
    made = yield from _dream_cluster(stage, draw)
    if made is None:
        return
    announced = yield from _announcement(stage, draw, made, 0, 5)
    if announced is None:
        return
    node = pick(draw, made.nodes)
    others = [peer for peer in made.nodes if peer != node]
    start = {"cluster": made.cluster, "node": node, "private_key": made.private[node]}
    start |= {"authority_public_key": _ed25519_public(made.authority), "next_slot": 0, "next_epoch": 0}
    yield stage.request(draw, "dream.member_start", {**start, "term": 0}, 1)
    table = stage.tables.operations["dream.member_enrol"]
    yield Request(table.name, Given("valid", input=encode(table, announced[1])), 1)
    slot, reading = 6, draw(st.integers(-10, 5000))
    for _ in range(draw(st.integers(1, 6))):
        tag, share, asked = "valid", 3, slot
        case = draw(st.integers(0, 12))
        match case:
            case 0 | 1:
                slot = asked = slot + 1
            case 2:
                tag, reading = "reading_wh: another for the slot", reading + 1
            case 3:
                tag, share = "share_wh: beyond the tail", 2001
            case 4:
                tag, asked = "slot: after the certificates", made.last_slot + 1
            case 5:
                tag, asked = "slot: before the epoch", 4
        if case <= 5:
            given = {"slot": asked, "reading_wh": reading, "share_wh": share}
            yield Request("dream.member_report", Given(tag, input=given), 1)
            continue
        missing: list[int] = []
        match case:
            case 6:
                missing = others[:1]
            case 7:
                tag, missing = "missing: itself", [node]
            case 8:
                tag, missing = "missing: too many", others
            case 9:
                tag, asked = "slot: an earlier one", slot - 1
            case 10:
                tag, asked = "slot: a later one", slot + 1
        fixed = {
            "signing_private_key": made.signing,
            "digest": announced[0],
            "slot": asked,
            "missing": missing,
        }
        signed = yield from stage.ask(draw, "dream.sign_missing", fixed)
        if signed is None:
            return
        signature = _flipped(draw, signed["signature"]) if case == 11 else signed["signature"]
        reply = stage.tables.operations["dream.member_reply"]
        values = {"slot": asked, "missing": missing, "signature": signature}
        tag = "signature: a bit flipped" if case == 11 else tag
        yield Request(reply.name, Given(tag, input=encode(reply, values)), 1)
    if draw(st.booleans()):
        yield Request("dream.member_leave", Given("valid", input={}), 1)


def _bare_key(seed: bytes, slot: int) -> bytes:
    """A key under which, with w = 15 of 30, nobody is a partner in the slot: a bit of its HMAC is set."""
    message = b"meter-privacy/dream/1/pair\0" + slot.to_bytes(8, "big")
    while hmac.digest(seed, message, hashlib.sha256)[0] < 0x80:
        seed = hashlib.sha256(seed).digest()
    return seed


def _dream_device(stage: Stage, draw: DrawFn) -> Play:
    """A device's slots from given keys: all others are partners, or half of thirty, and nobody in slot 9."""
    drawn = stage.valid(draw, "dream.epoch_key").scope
    sparse = stage.profile == "published" and draw(st.integers(0, 3)) == 3
    others = 30 if sparse else draw(st.integers(3, 6))
    node = draw(st.integers(0, 3 * others))
    nodes = [peer for peer in range(1, 3 * others + 4, 3) if peer != node][:others]
    seeds = {peer: hashlib.sha256(drawn["key"] + bytes([peer])).digest() for peer in nodes}
    keys = [{"node": peer, "key": _bare_key(seed, 9) if sparse else seed} for peer, seed in seeds.items()]
    start: Json = {
        "node": node, "digest": drawn["digest"], "first_slot": 5, "last_slot": 12,
        "supplier_key": drawn["key"], "blind_key": drawn["digest"], "keys": keys,
        "tolerated_failures": 1, "colluders": 0,
        "expected_partners": 15 if sparse else others, "maximum_wh": 4000, "tail_wh": 2000, "scale_wh": 40,
        "modulus": 1 << (64 if stage.profile == "hardened" else draw(st.integers(18, 64))),
        "next_slot": draw(st.integers(0, 8)),
    }  # fmt: skip
    table, report, reply = (
        stage.tables.operations[f"dream.device_{x}"] for x in ("start", "report", "reply")
    )
    tag = "valid"
    match draw(st.integers(0, 15)):
        case 0:
            tag, start = "colluders: more than M", {**start, "tolerated_failures": 0, "colluders": 1}
        case 1:
            tag, start = "tolerated_failures: half", {**start, "tolerated_failures": (others + 2) // 2}
        case 2:
            tag, start = "tail_wh: short", {**start, "tail_wh": 1999}
        case 3:
            tag, start = "keys: out of order", {**start, "keys": keys[::-1]}
        case 4:
            yield Request(report.name, Given("session: not started", input={
                "slot": 6, "reading_wh": 1, "share_wh": 0}), 1)  # fmt: skip
    yield Request(table.name, Given(tag, input=encode(table, start)), 1)
    slot, reading = 9 if sparse else draw(st.integers(5, 9)), draw(st.integers(-10, 5000))
    for _ in range(draw(st.integers(1, 9))):
        share, missing, tag = draw(st.sampled_from((3, 3, -2000, 2000, 2001, -2001))), nodes[:1], "drawn"
        match draw(st.integers(0, 9)):
            case 0 | 1 | 2:
                slot = min(slot + draw(st.integers(0, 3)), 13)
            case 3:
                reading += 1
            case 4:
                slot = max(slot - 1, 0)
            case 5:
                missing = [node]
            case 6:
                missing = nodes[: draw(st.integers(0, 3))]
            case 7:
                missing = [nodes[-1] + 1]
            case 8:
                missing = nodes[1:2]
        if draw(st.booleans()):
            values: Json = {"slot": slot, "reading_wh": reading, "share_wh": share}
            yield Request(report.name, Given(tag, input=encode(report, values)), 1)
        else:
            yield Request(reply.name, Given(tag, input=encode(reply, {"slot": slot, "missing": missing})), 1)
    if draw(st.integers(0, 7)) == 7:
        yield Request(table.name, Given("session: started twice", input=encode(table, start)), 1)


def _dream_collector(stage: Stage, draw: DrawFn) -> Play:
    """A collector's slot: two or three reports of three, the list, replies, some spoiled, the total."""
    drawn = stage.valid(draw, "dream.collector_start").scope
    nodes = sorted(draw(st.lists(st.integers(0, 2**32 - 1), min_size=3, max_size=3, unique=True)))
    seed = drawn["signing_private_key"]
    keys = [{"node": n, "key": hashlib.sha256(seed + bytes([k])).digest()} for k, n in enumerate(nodes)]
    start = {**drawn, "keys": keys, "tolerated_failures": 1, "colluders": 0}
    table = stage.tables.operations["dream.collector_start"]
    yield Request(table.name, Given("valid", input=encode(table, start)), 1)
    common = {name: start[name] for name in ("slot", "modulus")}
    present = draw(st.integers(1, 3))
    receive, reply = (stage.tables.operations[f"dream.collector_{name}"] for name in ("receive", "reply"))
    for entry in keys[:present]:
        fixed = {**common, "roster": start["digest"], **entry}
        maker = stage.valid(draw, "dream.authenticate", fixed)
        given = Given("valid", input=encode(maker.operation, maker.scope))
        tagged = stage.output("dream.authenticate", (yield Request("dream.authenticate", given)))
        if tagged is None:
            return
        report = {"node": entry["node"], "ciphertext": maker.scope["ciphertext"], "tag": tagged["tag"]}
        for spoiled, values in _spoiled_reports(draw, report, start):
            yield Request(receive.name, Given(spoiled, input=encode(receive, values)), 1)
    yield Request("dream.collector_close", Given("valid", input={}), 1)
    missing = nodes[present:]
    listing = {
        "signing_private_key": seed,
        "digest": start["digest"],
        "slot": start["slot"],
        "missing": missing,
    }
    listed = yield from stage.ask(draw, "dream.sign_missing", listing)
    if listed is None:
        return
    for entry in keys[:present]:
        fixed = {**common, "digest": start["digest"], "list": listed["list"], **entry}
        maker = stage.valid(draw, "dream.authenticate_reply", fixed)
        given = Given("valid", input=encode(maker.operation, maker.scope))
        tagged = stage.output("dream.authenticate_reply", (yield Request("dream.authenticate_reply", given)))
        if tagged is None:
            return
        answer = {"node": entry["node"], "ciphertext": maker.scope["recovery"], "tag": tagged["tag"]}
        for spoiled, values in _spoiled_reports(draw, answer, start):
            values = {"node": values["node"], "recovery": values["ciphertext"], "tag": values["tag"]}
            yield Request(reply.name, Given(spoiled, input=encode(reply, values)), 1)
    yield Request("dream.collector_total", Given("valid", input={}), 1)


def _dream_lists(stage: Stage, draw: DrawFn) -> Play:
    """Two signed lists of a slot, different or the same, as proof."""
    one = stage.valid(draw, "dream.sign_missing").scope
    table = stage.tables.operations["dream.sign_missing"]
    signed = stage.output(table.name, (yield Request(table.name, Given("valid", input=encode(table, one)))))
    other = one["missing"][1:] if draw(st.booleans()) else one["missing"]
    again = yield from stage.ask(draw, table.name, {**one, "missing": other})
    if signed is None or again is None:
        return
    given = {"signing_key": _ed25519_public(one["signing_private_key"]), "digest": one["digest"]}
    given |= {"slot": one["slot"], "missing": one["missing"], "signature": signed["signature"]}
    given |= {"other_missing": other, "other_signature": again["signature"]}
    tag = "valid" if other != one["missing"] else "other_missing: the same"
    if draw(st.integers(0, 3)) == 3:
        tag, given["signature"] = "signature: a bit flipped", _flipped(draw, given["signature"])
    check = stage.tables.operations["dream.check_equivocation"]
    yield Request(check.name, Given(tag, input=encode(check, given)))


_ANNOUNCING = tuple(
    f"dream.{name}"
    for name in ("public_key", "certify", "certify_supplier", "roster_digest", "epoch_digest", "announce")
)

_CHAINS: tuple[tuple[str, Callable[[Stage, DrawFn], Play], tuple[str, ...]], ...] = (
    (
        "paillier: encrypt, compute, decrypt",
        _paillier,
        tuple(
            f"paillier.{name}"
            for name in ("key", "encrypt", "encrypt_with_factors", "add", "scale", "rerandomise", "decrypt",
                         "decode_signed")
        ),
    ),
    (
        "paillier: a general generator",
        _paillier_generator,
        ("paillier.key_with_generator", "paillier.encrypt_with_generator", "paillier.decrypt_with_generator"),
    ),
    (
        "dream: a slot of a cluster",
        _dream_ring,
        tuple(
            f"dream.{name}"
            for name in ("public_key", "pairwise_key", "dummy_key", "keystream", "mask", "aggregate",
                         "certify")
        ),
    ),
    (
        "paillier: an encryptor's session",
        _encryptor,
        ("paillier.key", "paillier.encryptor_start", "paillier.encryptor_encrypt"),
    ),
    ("dream: a certificate", _dream_certificate, ("dream.certify", "dream.check_certificate")),
    ("dream: a meter's session", _dream_meter, ("dream.meter_start", "dream.meter_report")),
    (
        "dream: a supplier's session",
        _dream_supplier,
        ("dream.supplier_start", "dream.authenticate", "dream.supplier_receive", "dream.supplier_total"),
    ),
    (
        "dream: an announcement",
        _dream_enrolment,
        (*_ANNOUNCING, "dream.member_start", "dream.member_enrol"),
    ),
    (
        "dream: a member's session",
        _dream_member,
        (*_ANNOUNCING, "dream.member_start", "dream.member_enrol", "dream.member_report",
         "dream.member_reply", "dream.member_leave", "dream.sign_missing"),
    ),
    (
        "dream: a device's session",
        _dream_device,
        ("dream.epoch_key", "dream.device_start", "dream.device_report", "dream.device_reply"),
    ),
    (
        "dream: a collector's session",
        _dream_collector,
        ("dream.collector_start", "dream.authenticate", "dream.collector_receive", "dream.collector_close",
         "dream.sign_missing", "dream.authenticate_reply", "dream.collector_reply", "dream.collector_total"),
    ),
    ("dream: two lists", _dream_lists, ("dream.sign_missing", "dream.check_equivocation")),
    *load_management_scenarios.CHAINS,
    *token_scenarios.CHAINS,
)  # fmt: skip

# What a chain is about; it is played where these are wanted and all its operations are there.
_FOCUS = {
    "paillier: an encryptor's session": ("paillier.encryptor_encrypt",),
    "dream: a certificate": ("dream.check_certificate",),
    "dream: a meter's session": ("dream.meter_report",),
    "dream: a supplier's session": ("dream.supplier_receive",),
    "dream: an announcement": ("dream.member_enrol",),
    "dream: a member's session": ("dream.member_reply",),
    "dream: a collector's session": ("dream.collector_reply",),
    "dream: two lists": ("dream.check_equivocation",),
    **load_management_scenarios.FOCUS,
    **token_scenarios.FOCUS,
}


def scenarios(
    tables: Tables, available: Mapping[str, Sequence[str]], *, wanted: str = "*", largest_bits: int
) -> list[Scenario]:
    """All scenarios over the available operations (name to profiles) that are about wanted ones (a glob)."""
    found = []
    for profile in _profiles(available):
        stage = Stage(tables, profile, largest_bits)
        here = [tables.operations[name] for name in available if profile in available[name]]
        names = {operation.name for operation in here}
        found += [
            Scenario(operation.name, profile, (operation.name,), _alone(stage, operation))
            for operation in here
            if not operation.session and fnmatchcase(operation.name, wanted)
        ]
        for chapter in dict.fromkeys(operation.chapter for operation in here):
            sessions = [
                op for op in here if op.session and op.chapter == chapter and fnmatchcase(op.name, wanted)
            ]
            some = tuple(operation.name for operation in sessions)
            found += [
                Scenario(f"{last.name}: sessions at random", profile, some, _walk(stage, sessions, last))
                for last in sessions
            ]
        for name, play, operations in _CHAINS:
            focus = _FOCUS.get(name, operations)
            if names.issuperset(operations) and all(fnmatchcase(operation, wanted) for operation in focus):
                found.append(Scenario(name, profile, operations, _bound(play, stage), name in _FOCUS))
    return found


def _bound(play: Callable[[Stage, DrawFn], Play], stage: Stage) -> Callable[[DrawFn], Play]:
    return lambda draw: play(stage, draw)


def _profiles(available: Mapping[str, Sequence[str]]) -> list[str]:
    """The profiles that any of the operations has, in their order."""
    return list(dict.fromkeys(profile for profiles in available.values() for profile in profiles))
