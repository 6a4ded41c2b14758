"""What the fuzzer plays: every operation by itself, operations in chains, and sessions.

A scenario is a generator: it yields requests and is sent the answers, so that what one operation answers
goes into the next. Operations whose table says nothing of chains are played by themselves, and session
operations in random walks over the sessions of their chapter, so that a new table needs nothing here.
"""

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import load_scenarios
from meter_privacy.conformance.makers import LOW_ORDER_POINTS, pick
from meter_privacy.conformance.scenes import Json, Play, Request, Scenario, Stage
from meter_privacy.conformance.strategies import Given, draw_fault, draw_given, encode
from meter_privacy.conformance.tables import Operation, Tables

# ---- Operations by themselves and sessions at random ---------------------------------------------


def _alone(stage: Stage, operation: Operation) -> Callable[[DrawFn], Play]:
    def play(draw: DrawFn) -> Play:
        yield Request(operation.name, draw_given(draw, operation, stage.profile, stage.largest_bits))

    return play


def _walk(stage: Stage, operations: Sequence[Operation]) -> Callable[[DrawFn], Play]:
    def play(draw: DrawFn) -> Play:
        for _ in range(draw(st.integers(1, 4))):
            operation = pick(draw, operations)
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
    ("dream: a certificate", _dream_certificate, ("dream.certify", "dream.check_certificate")),
    ("dream: a meter's session", _dream_meter, ("dream.meter_start", "dream.meter_report")),
    (
        "dream: a supplier's session",
        _dream_supplier,
        ("dream.supplier_start", "dream.authenticate", "dream.supplier_receive", "dream.supplier_total"),
    ),
    *load_scenarios.CHAINS,
)  # fmt: skip

# What a chain is about; it is played where these are wanted and all its operations are there.
_FOCUS = {
    "dream: a certificate": ("dream.check_certificate",),
    "dream: a meter's session": ("dream.meter_report",),
    "dream: a supplier's session": ("dream.supplier_receive",),
    **load_scenarios.FOCUS,
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
            if sessions:
                some = tuple(operation.name for operation in sessions)
                found.append(
                    Scenario(f"{chapter}: sessions at random", profile, some, _walk(stage, sessions))
                )
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
