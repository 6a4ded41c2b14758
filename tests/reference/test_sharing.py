"""Sharing among report servers: the scheme in every group, the server as a state machine, the contracts."""

import copy
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from meter_privacy.reference import contracts, group_operations, pvss, pvss_server, sharing
from meter_privacy.reference.errors import (
    Exhausted,
    Malformed,
    NotInGroup,
    NotInvertible,
    Policy,
    ProofFailed,
    Range,
    Refused,
    State,
)
from meter_privacy.reference.groups import NAMES, Group, group
from meter_privacy.vectors.generators.reporting_sharing import WORLDS, World, dealt, homes, opened_sum

TOY = WORLDS["toy-2039", "published"]
CURVE = WORLDS["P-256", "hardened"]
Q = 1019


def refusal(call: Callable[[], object]) -> str:
    """The class that a call is refused with, "" where it is not."""
    try:
        call()
    except Refused as error:
        return error.error_class
    return ""


@pytest.mark.parametrize("name", ["toy-2039", "modp-1024-160", "P-256"])
def test_a_day_in_every_group(name: str) -> None:
    """REPORT-43 to REPORT-50: what is dealt verifies, adds up and is opened by every set of t servers."""
    [world] = [world for (own, _), world in WORLDS.items() if own == name]
    roster, m = world.roster(), {1: 42, 2: 77, 3: 0}
    dealings = []
    for node, reading in m.items():
        randomness = world.randomness(f"day/{node}")
        place: dict[str, Any] = {"node": node, "slot": 5}
        dealing = pvss.deal(**roster, **place, reading_wh=reading, randomness=randomness)
        pvss.verify_dealing(**roster, **place, **dealing)
        dealings.append({**place, **dealing})
    chosen = list(combinations(world.indices, world.threshold))
    for subset in chosen if name != "modp-1024-160" else chosen[:1]:
        assert pvss.open_sum(**opened_sum(world, dealings, subset), bound_wh=200) == 119


def test_products_of_no_members_are_refused() -> None:
    """REPORT-33: exponents from 0 to q - 1, 1 to 48 bases, and no identity for an answer."""
    g = group("toy-2039").encode(4)

    def powers(*exponents: int) -> str:
        listed = [{"base": g, "exponent": exponent} for exponent in exponents]
        return refusal(lambda: group_operations.product_of_powers("toy-2039", listed))

    assert powers(1018) == powers(0, 1) == powers(*range(1, 49)) == ""
    assert powers(Q) == powers(-1) == "range"
    assert powers(0) == powers(1, 1018) == "not-in-group"
    assert powers() == powers(*[1] * 49) == "malformed"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([7, 11, 1019, 2**61 - 1]), st.data())
def test_shamir_keeps_its_contract(q: int, data: st.DataObject) -> None:
    """REPORT-34 to REPORT-38: any set of t servers has the secret; one more share finds one that is off."""
    n = data.draw(st.integers(3, min(q - 1, 9)))
    t = data.draw(st.integers(2, (n + 1) // 2))
    numbers = st.integers(0, q - 1)
    secret, coefficients = data.draw(numbers), [data.draw(numbers) for _ in range(t - 1)]
    indices = sorted(data.draw(st.sets(st.integers(1, min(q - 1, 65535)), min_size=n, max_size=n)))
    values = sharing.share_secret(q, secret, coefficients, indices)
    shares = [{"index": i, "share": v} for i, v in zip(indices, values, strict=True)]
    some = sorted(data.draw(st.permutations(range(n)))[: data.draw(st.integers(t, n))])
    chosen = [shares[k] for k in some]
    assert sharing.recover_secret(q, t, chosen) == secret
    if len(chosen) > t:
        place, off = data.draw(st.integers(0, len(chosen) - 1)), data.draw(st.integers(1, q - 1))
        chosen[place] = {**chosen[place], "share": (chosen[place]["share"] + off) % q}
        with pytest.raises(ProofFailed):
            sharing.recover_secret(q, t, chosen)


@pytest.mark.parametrize(
    ("shares", "order", "threshold", "expected"),
    [
        ([(1, 5), (6, 7)], 1015, 2, NotInvertible),
        ([(1, 5), (2, 7)], 1015, 2, None),
        ([(1, 5), (2, 7)], 1019, 3, Range),
        ([(1, 5), (1, 7)], 1019, 2, Range),
        ([(0, 5), (1, 7)], 1019, 2, Range),
        ([(1, 5), (1019, 7)], 1019, 2, Range),
        ([(1, 5), (2, 1019)], 1019, 2, Range),
        ([(1, 5), (2, -1)], 1019, 2, Range),
        ([(1, 5), (2, 7)], 1018, 2, Range),
        ([(1, 5), (2, 7)], 1, 2, Range),
        ([(1, 5), (2, 7)], 2**3072 + 1, 2, Range),
        ([(1, 5), (2, 7)], 1019, 1, Range),
        ([(1, 5), (2, 7)], 1019, 17, Range),
        ([], 1019, 2, Malformed),
    ],
)
def test_what_cannot_be_interpolated(
    shares: list[tuple[int, int]], order: int, threshold: int, expected: type[Refused] | None
) -> None:
    """REPORT-35, REPORT-36, REPORT-38."""
    listed = [{"index": index, "share": share} for index, share in shares]
    if expected is None:
        sharing.recover_secret(order, threshold, listed)
        return
    with pytest.raises(expected):
        sharing.recover_secret(order, threshold, listed)


@pytest.mark.parametrize("bound", [0, 1, 2, 3, 15, 16, 17, 24, 25, 26, 1000, 1018])
def test_every_exponent_up_to_the_bound_is_found(bound: int) -> None:
    """REPORT-47, REPORT-48: each of 0 to the bound, and none above."""
    toy = group("toy-2039")
    for exponent in (*range(min(bound, 40) + 1), bound):
        assert sharing.logarithm(toy, toy.power(4, exponent), bound) == exponent
    for exponent in (bound + 1, bound + 2, Q - 1):
        if bound < exponent < Q:
            with pytest.raises(Exhausted):
                sharing.logarithm(toy, toy.power(4, exponent), bound)


def test_the_largest_bound() -> None:
    """REPORT-48: 2^32 - 1 with 65536 elements and giant steps, at the far end."""
    toy = group("P-256")
    exponent = 65536 * 3 + 65535
    assert sharing.logarithm(toy, toy.power(toy.generator, exponent), 2**20) == exponent
    for bound in (-1, 2**32):
        with pytest.raises(Range):
            sharing.check_bound(toy, bound)


def test_second_generators() -> None:
    """REPORT-39, REPORT-40: of order q, another in every group; a key is its power, and 0 and q are none."""
    for name in NAMES:
        made = pvss.generators(name)
        assert made["g"] != made["h"]
        group(name).decode(made["h"])
        assert pvss.server_key(name, 1) == made["h"]
        order = group(name).order
        assert refusal(lambda name=name: pvss.server_key(name, 0)) == "range"  # type: ignore[misc]
        assert refusal(lambda name=name, order=order: pvss.server_key(name, order)) == "range"  # type: ignore[misc]


@pytest.mark.parametrize("world", WORLDS.values(), ids=lambda world: world.name)
def test_two_writings_of_a_roster(world: World) -> None:
    """REPORT-41: the generator's, from the text's bytes, and the reference's."""
    assert pvss.sharing_roster(**world.roster()) == world.digest()


def test_every_part_of_a_roster_counts() -> None:
    """REPORT-41: each field changes the digest."""
    changes: list[dict[str, Any]] = [
        {}, {"threshold": 2}, {"maximum_wh": 59999}, {"least": 9},
        {"threshold": 2, "servers": CURVE.servers()[:-1]},
        {"servers": [*CURVE.servers()[:-1], {**CURVE.servers()[-1], "index": 301}]},
        {"servers": [*CURVE.servers()[:-1], {"index": 300, "public_key": pvss.server_key("P-256", 9)}]},
    ]  # fmt: skip
    digests = {pvss.sharing_roster(**{**CURVE.roster(), **change}) for change in changes}
    assert len(digests) == len(changes)


@pytest.mark.parametrize("name", NAMES)
def test_scalars_from_randomness(name: str) -> None:
    """REPORT-42: L bytes each, reduced; 0 and too few bytes are refused, more are not read."""
    members: Group = group(name)
    size = (members.order.bit_length() + 135) // 8
    assert (
        size == {"toy-2039": 18, "modp-1024-160": 36, "modp-2048": 272, "modp-3072": 400, "P-256": 48}[name]
    )
    first, second = (1).to_bytes(size, "big"), (members.order + 2).to_bytes(size, "big")
    assert pvss.scalars(members, first + second, 2) == [1, 2]
    assert pvss.scalars(members, first + second + b"\x07", 2) == [1, 2]
    for zero in (0, members.order, 3 * members.order):
        with pytest.raises(Range):
            pvss.scalars(members, first + zero.to_bytes(size, "big"), 2)
    short = pvss.scalars(members, (first + second)[:-1], 2)
    assert short == [1]
    with pytest.raises(Exhausted):
        pvss.check_drawn(short, 2)
    with pytest.raises(Range):
        pvss.scalars(members, bytes(size) + second[:-1], 2)


def flipped(value: Any) -> list[Any]:
    """Values near another one, of the same type."""
    if isinstance(value, int):
        return [value + 1, max(0, value - 1) if value else 2]
    if isinstance(value, bytes):
        return [bytes([value[0] ^ 1]) + value[1:], value[:-1] + bytes([value[-1] ^ 1])]
    return [[*value[:k], other, *value[k + 1 :]] for k in range(len(value)) for other in flipped(value[k])]


def test_every_bit_of_a_dealing_counts() -> None:
    """REPORT-44, REPORT-45: a change anywhere is refused, on the curve."""
    dealing = CURVE.deal(7, 95, 42, CURVE.randomness("bits"))
    good = {**CURVE.roster(), "node": 7, "slot": 95, **dealing}
    pvss.verify_dealing(**good)
    changed = 0
    for name in ("node", "slot", "maximum_wh", "least", *dealing):
        for other in flipped(good[name]):
            changed += 1
            assert refusal(lambda n=name, o=other: pvss.verify_dealing(**{**good, n: o})) in (  # type: ignore[misc]
                "proof-failed", "not-in-group", "range",
            )  # fmt: skip
    assert changed == 4 * 2 + 3 * 2 + 2 + 5 * 2 + 2 + 5 * 2


def test_a_proof_whose_elements_are_the_identity() -> None:
    """REPORT-45: X_i = 1, or a_i = 1, is no proof; in the toy group it can be made."""
    roster = TOY.roster()
    dealing = TOY.deal(7, 95, 42, TOY.randomness("identity"))
    commitments = [
        dealing["commitments"][0],
        TOY.m.encode(pow(TOY.decode(dealing["commitments"][0]), -1, 2039)),
    ]
    with pytest.raises(ProofFailed, match="identity"):
        pvss.verify_dealing(**roster, node=7, slot=95, **{**dealing, "commitments": commitments})


def test_the_order_of_refusals() -> None:
    """CONV-2: malformed, range, not-in-group, proof-failed, policy: the first that holds answers."""
    world = World("toy-2039", 3, (1, 2, 3, 4), 100, 2)
    dealing = world.deal(7, 95, 42, world.randomness("order"))
    good = {**world.roster(), "node": 7, "slot": 95, **dealing}
    minus_one, zero = (2038).to_bytes(2, "big"), bytes(2)

    def answer(**changes: Any) -> str:
        return refusal(lambda: pvss.verify_dealing(**{**good, **changes}))

    assert answer() == "policy"
    assert answer(slot=96) == "proof-failed"
    assert answer(slot=96, masked=minus_one) == "not-in-group"
    assert answer(slot=96, masked=minus_one, challenge=Q) == "range"
    assert answer(masked=zero, slot=96) == "range"
    assert answer(masked=b"\x04", slot=2**53) == "malformed"
    assert answer(responses=dealing["responses"][:-1], slot=2**53) == "malformed"
    servers = [*world.servers()[:3], {"index": 4, "public_key": minus_one}]
    short: dict[str, Any] = {"reading_wh": 5, "randomness": world.randomness("order")[:-1]}
    dealt_from = {**world.roster(), "node": 7, "slot": 95, **short}
    first_zero = {"randomness": bytes(18) + short["randomness"][18:]}

    def deal(**changes: Any) -> str:
        return refusal(lambda: pvss.deal(**{**dealt_from, **changes}))

    assert deal() == "policy"
    assert deal(servers=servers) == "not-in-group"
    assert deal(servers=servers, **first_zero) == "range"
    assert deal(threshold=2) == ""
    assert deal(threshold=2, randomness=short["randomness"][:100]) == "exhausted"


def test_evidence_of_right_and_wrong() -> None:
    """REPORT-53, REPORT-54: what is right is no evidence, whatever its signature; the rest is in vectors."""
    secret = bytes(range(7, 39))
    dealing = {"node": 1, "slot": 95, **TOY.deal(1, 95, 5, TOY.randomness("evidence"))}
    signature = pvss_server.sign_dealing(secret, TOY.digest(), **dealing)
    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    head = {"signing_key": public, "signature": signature, **TOY.roster()}
    assert refusal(lambda: pvss_server.judge_dealing(**head, **dealing)) == "proof-failed"
    for name in ("challenge", "masked"):
        other = {**dealing, name: flipped(dealing[name])[0]}
        assert refusal(lambda o=other: pvss_server.judge_dealing(**head, **o)) == "unauthentic"  # type: ignore[misc]
    for lengths in ({"signing_key": public[1:]}, {"signature": signature[1:]}):
        changed = {**head, **lengths}
        assert refusal(lambda c=changed: pvss_server.judge_dealing(**c, **dealing)) == "malformed"  # type: ignore[misc]


def test_contracts() -> None:
    """REPORT-1 to REPORT-37: functions refuse what their contracts refuse, and answer what they ensure."""
    operations: dict[str, Callable[..., Any]] = {
        "reporting.share_secret": sharing.share_secret,
        "reporting.recover_secret": sharing.recover_secret,
        "reporting.check_element": group_operations.check_element,
        "reporting.bounded_logarithm": sharing.bounded_logarithm,
        "reporting.server_key": pvss.server_key,
    }
    kept = 0

    @settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def keep(data: st.DataObject) -> None:
        nonlocal kept
        name = data.draw(st.sampled_from(sorted(operations)))
        small = st.integers(-1, 8)
        order = data.draw(st.sampled_from([3, 5, 7, 15, 1015, 1019, 8]))
        element = data.draw(st.integers(0, 2100)).to_bytes(2, "big")
        inputs: dict[str, Callable[[], dict[str, Any]]] = {
            "reporting.share_secret": lambda: {
                "order": order, "secret": data.draw(small),
                "coefficients": data.draw(st.lists(small, max_size=3)),
                "indices": data.draw(st.lists(small, max_size=7, unique=True).map(sorted)),
            },
            "reporting.recover_secret": lambda: {
                "order": order, "threshold": data.draw(st.integers(1, 4)),
                "shares": [
                    {"index": index, "share": data.draw(small)}
                    for index in data.draw(st.lists(small, max_size=5, unique=True).map(sorted))
                ],
            },
            "reporting.check_element": lambda: {"group": "toy-2039", "element": element},
            "reporting.bounded_logarithm": lambda: {
                "group": "toy-2039", "element": element, "bound": data.draw(st.integers(-1, 1100)),
            },
            "reporting.server_key": lambda: {
                "group": "toy-2039", "private_key": data.draw(st.integers(-1, 1100)),
            },
        }  # fmt: skip
        assert contracts.keeps_contract(name, operations[name], inputs[name]())
        kept += 1

    keep()
    assert kept >= 400


# ---- The server, whatever it is asked ----------------------------------------------------------------


class Server(RuleBasedStateMachine):
    """One of three servers, under meters and a utility that ask for anything; a model says what is right."""

    places = Bundle("places")

    @initialize()
    def begin(self) -> None:
        self.session: dict[str, Any] = {}
        self.started = False
        self.held: dict[tuple[int, int], int] = {}
        self.opened: set[tuple[int, int]] = set()
        self.openings: list[set[tuple[int, int]]] = []

    def ask(self, call: Callable[[dict[str, Any]], Any], error: str) -> Any:
        """The call's answer; refused exactly where the model says, and then nothing has changed."""
        if error:
            before = copy.deepcopy(self.session)
            assert refusal(lambda: call(self.session)) == error
            assert self.session == before
            return None
        return call(self.session)

    @rule()
    def start(self) -> None:
        error = "state" if self.started else ""
        own: dict[str, Any] = {"index": 2, "private_key": TOY.private[2]}
        self.ask(lambda session: pvss_server.server_start(**TOY.roster(), **own, session=session), error)
        self.started = True

    @rule(target=places, node=st.integers(1, 3), slot=st.integers(1, 2))
    def name(self, node: int, slot: int) -> tuple[int, int]:
        return node, slot

    @rule(place=places, reading=st.integers(0, 100), seed=st.integers(0, 3), false=st.booleans())
    def receive(self, place: tuple[int, int], reading: int, seed: int, false: bool) -> None:
        dealing = TOY.deal(
            *place, reading, TOY.randomness(f"machine/{seed}"), false_share=(2, 5) if false else None
        )
        given = {"node": place[0], "slot": place[1], **dealing}
        error = "" if self.started else "state"
        if self.started:
            error = "proof-failed" if false else "replayed" if place in self.held else ""
        self.ask(lambda session: pvss_server.server_receive(**given, session=session), error)
        if not error:
            self.held[place] = reading

    @rule(chosen=st.lists(places, min_size=1, max_size=4))
    def open(self, chosen: list[tuple[int, int]]) -> None:
        readings = [{"node": node, "slot": slot} for node, slot in chosen]
        error = "" if self.started else "state"
        if self.started:
            if len(set(chosen)) < len(chosen) or self.opened & set(chosen):
                error = "replayed"
            elif len(chosen) < TOY.least:
                error = "policy"
            elif not set(chosen) <= self.held.keys():
                error = "state"
        randomness = TOY.randomness("machine/open", 1)
        answer = self.ask(lambda session: pvss_server.server_open(readings, randomness, session), error)
        if not error:
            self.opened |= set(chosen)
            self.openings.append(set(chosen))
            proof = {key: answer[key] for key in ("context", "encrypted", "share", "challenge", "response")}
            pvss.verify_share("toy-2039", index=2, public_key=TOY.servers()[1]["public_key"], **proof)

    @invariant()
    def no_reading_is_in_two_sums(self) -> None:
        """REPORT-51, REPORT-52."""
        for first, second in combinations(getattr(self, "openings", []), 2):
            assert not first & second
        assert all(len(opening) >= TOY.least for opening in getattr(self, "openings", []))


def test_the_server_under_anything() -> None:
    """REPORT-51: what the model allows is answered, all else refused with its class and without a trace."""
    limits = settings(
        max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Server, settings=limits)


def test_a_session_that_never_began() -> None:
    """REPORT-51, CONV-2: what can be judged without a roster is, and then it is state."""
    with pytest.raises(State):
        pvss_server.server_open([{"node": 1, "slot": 1}, {"node": 2, "slot": 1}], b"", {})
    with pytest.raises(Range):
        pvss_server.server_open([{"node": -1, "slot": 1}], b"", {})
    with pytest.raises(Malformed):
        pvss_server.server_open([], b"", {})


def test_sums_that_are_the_identity() -> None:
    """REPORT-49: refused, as an element that has no encoding is; and too few are policy."""
    [dealing] = dealt(TOY, {(1, 1): 5})
    listed = {key: dealing[key] for key in ("node", "slot", "commitments", "masked", "encrypted")}
    inverse = {
        "node": 2, "slot": 1, "masked": TOY.m.encode(pow(TOY.decode(dealing["masked"]), -1, 2039)),
        **{
            k: [TOY.m.encode(pow(TOY.decode(e), -1, 2039)) for e in dealing[k]]
            for k in ("commitments", "encrypted")
        },
    }  # fmt: skip
    with pytest.raises(NotInGroup):
        pvss.sum_dealings("toy-2039", TOY.digest(), 2, [listed, inverse])
    with pytest.raises(Policy):
        pvss.sum_dealings("toy-2039", TOY.digest(), 2, [listed])
    assert homes(TOY)
