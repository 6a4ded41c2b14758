"""The reference's DREAM chapter: standards' own vectors, every vector without the door, properties, sessions.

RFC 4231's and RFC 5869's vectors cannot be carried by an operation, since their keys and inputs have other
lengths than ours; RFC 8032's sign other messages than certificates. They are held against the functions here.
"""

import copy
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import combinations
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from meter_privacy.conformance.values import Refusal, check_ranges, decode_input, encode_fields
from meter_privacy.reference import contracts, dream
from meter_privacy.reference.errors import (
    Expired,
    Malformed,
    NotInGroup,
    Policy,
    Range,
    Refused,
    Replayed,
    State,
    Unauthentic,
)
from meter_privacy.reference.operations import DREAM
from meter_privacy.vectors.generators import dream as generator
from meter_privacy.vectors.generators import primitives
from meter_privacy.vectors.generators.common import draw_bytes, tables

H = bytes.fromhex
FILES = list(generator.files())
OPERATIONS = tables().operations


# ---- Standards' own vectors ----------------------------------------------------------------------


def test_rfc7748() -> None:
    """Sections 5.2, with its thousand iterations, and 6.1. DREAM-1."""
    for scalar, u, product in generator.X25519_VECTORS:
        assert dream.x25519(scalar, u) == product
    k = u = (9).to_bytes(32, "little")
    for _ in range(1000):
        k, u = dream.x25519(k, u), k
    assert k == H("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")
    assert dream.public_key(generator.ALICE) == generator.ALICE_PUBLIC
    assert dream.public_key(generator.BOB) == generator.BOB_PUBLIC
    assert dream.x25519(generator.ALICE, generator.BOB_PUBLIC) == generator.ALICE_AND_BOB
    assert dream.x25519(generator.BOB, generator.ALICE_PUBLIC) == generator.ALICE_AND_BOB


@pytest.mark.parametrize(
    ("key", "message", "tag"),
    [
        (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        (
            b"\xaa" * 131,
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ],
)
def test_rfc4231(key: bytes, message: bytes, tag: str) -> None:
    """Test cases 1, 2, 3 and 6: the HMAC of the PRF and of the tags. DREAM-5, DREAM-20."""
    assert hmac.digest(key, message, hashlib.sha256) == H(tag)
    assert primitives.hmac_sha256(key, message) == H(tag)


def test_rfc5869() -> None:
    """Test case 3, without salt: the HKDF of the keys. DREAM-3, DREAM-4."""
    expected = H("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    assert HKDF(SHA256(), 42, salt=None, info=b"").derive(b"\x0b" * 22) == expected
    assert primitives.hkdf(b"\x0b" * 22, b"") == expected[:32]


@pytest.mark.parametrize(
    ("secret", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_rfc8032(secret: str, public: str, message: str, signature: str) -> None:
    """Section 7.1, tests 1 and 2: signing and strict verification. DREAM-17."""
    dream.verify_strictly(H(public), H(signature), H(message))
    assert Ed25519PrivateKey.from_private_bytes(H(secret)).sign(H(message)) == H(signature)
    assert primitives.ed25519_sign(H(secret), H(message)) == H(signature)
    with pytest.raises(Unauthentic):
        dream.verify_strictly(H(public), H(signature), H(message) + b"\x00")


# ---- Every vector, without the door --------------------------------------------------------------


def one_step_tests() -> Iterator[Any]:
    """Each test of one operation whose input is of the grammar."""
    for file in FILES:
        for test in file.tests:
            if "input" in test:
                yield pytest.param(file.profile, file.operation, test, id=test["id"])


def only_the_profile_refuses(name: str, values: dict[str, Any], profile: str) -> bool:
    """Whether the hardened profile's smallest sizes refuse what the published profile takes."""
    operation = OPERATIONS[name]

    def refused(by: str) -> bool:
        try:
            check_ranges(operation, values, by)
        except Refusal:
            return True
        return False

    return profile == "hardened" and refused("hardened") and not refused("published")


@pytest.mark.parametrize(("profile", "name", "test"), list(one_step_tests()))
def test_vector_by_the_bare_function(profile: str, name: str, test: dict[str, Any]) -> None:
    """The functions make their own checks, all but the hardened profile's smallest sizes."""
    operation = OPERATIONS[name]
    values = decode_input(operation, test["input"])
    if "output" in test["expect"]:
        result = DREAM[name](**values)
        assert encode_fields(operation.output, {operation.output[0].name: result}) == test["expect"]["output"]
    elif only_the_profile_refuses(name, values, profile):
        with suppress(Policy):
            DREAM[name](**values)
    else:
        with pytest.raises(Refused) as refusal:
            DREAM[name](**values)
        assert refusal.value.error_class == test["expect"]["error"]


@pytest.mark.parametrize(
    ("profile", "test"),
    [pytest.param(f.profile, t, id=t["id"]) for f in FILES if f.operation is None for t in f.tests],
)
def test_script_by_the_bare_functions(profile: str, test: dict[str, Any]) -> None:
    """Scripts without the door; a refused step leaves its session as it was. DREAM-21 to DREAM-26."""
    sessions: dict[str, dict[str, Any]] = {}
    for step in test["steps"]:
        name = step["operation"]
        values = decode_input(OPERATIONS[name], step["input"])
        if "session" in step:
            values["session"] = sessions.setdefault(step["session"], {})
            before = copy.deepcopy(values["session"])
        if "output" in step["expect"]:
            result = DREAM[name](**values)
            output = OPERATIONS[name].output
            if len(output) == 1:
                result = {output[0].name: result}
            assert encode_fields(output, result or {}) == step["expect"]["output"]
        elif not only_the_profile_refuses(name, decode_input(OPERATIONS[name], step["input"]), profile):
            with pytest.raises(Refused) as refusal:
                DREAM[name](**values)
            assert refusal.value.error_class == step["expect"]["error"]
            assert values.get("session", {}) == before


def test_both_polarities() -> None:
    """At least 45 of 100 tests are negative, each flag has a note, and every requirement is named."""
    tests = [test for file in FILES for test in file.tests]
    negative = [t for t in tests if any("error" in s["expect"] for s in t.get("steps", [t]))]
    assert len(tests) >= 200
    assert len(negative) >= 0.45 * len(tests)
    assert {name for t in tests for name in t["requirements"]} == {f"DREAM-{n}" for n in range(1, 27)}
    assert {flag for t in tests for flag in t["flags"]} == set(generator.NOTES)
    assert all(len(t["flags"]) <= 2 for t in tests)


# ---- Grammar that only a direct call can break ---------------------------------------------------

KEY = draw_bytes("test/dream/key", 32)


@pytest.mark.parametrize(
    "call",
    [
        lambda: dream.mask(True, 1, 0, 0, [], 0),
        lambda: dream.mask(256, 1.0, 0, 0, [], 0),  # type: ignore[arg-type]
        lambda: dream.mask(256, 1, 2**53, 0, [], 0),
        lambda: dream.mask(256, 1, 0, -1, [], 0),
        lambda: dream.mask(256, 1, 0, 0, [{"node": 2, "key": -1}], 0),
        lambda: dream.mask(256, 5000, 0, 0, [{"node": n, "key": 0} for n in range(4096)], 0),
        lambda: dream.aggregate(256, [], [], []),
        lambda: dream.aggregate(256, [1], [1, 2], []),
        lambda: dream.keystream(KEY[:31], 0, 256),
        lambda: dream.keystream(bytearray(KEY), 0, 256),  # type: ignore[arg-type]
        lambda: dream.dummy_key(KEY, 2**53, 256),
        lambda: dream.roster_digest(KEY[:16], [{"node": 1, "public_key": KEY}]),
        lambda: dream.select_partners(1, 0, [], 1),
    ],
)
def test_malformed(call: Callable[[], object]) -> None:
    """Types, lengths and counts are checked before everything else."""
    with pytest.raises(Malformed):
        call()


def test_malformed_comes_before_range() -> None:
    """The order of classes: DREAM-18's `expired` last, after `not-in-group` and `unauthentic`. DREAM-17."""
    seed = draw_bytes("test/dream/authority", 32)
    authority = primitives.ed25519_public(seed)
    cluster, low, good = bytes(16), bytes(32), dream.public_key(KEY)
    signature = dream.certify(seed, cluster, 1, good, 10)
    with pytest.raises(Malformed):
        dream.check_certificate(authority, cluster, 2**32, low, 10, 11, signature[:-1])
    with pytest.raises(Range):
        dream.check_certificate(authority, cluster, 2**32, low, 10, 11, signature)
    with pytest.raises(NotInGroup):
        dream.check_certificate(authority, cluster, 2, low, 10, 11, signature)
    with pytest.raises(Unauthentic):
        dream.check_certificate(authority, cluster, 2, good, 10, 11, signature)
    with pytest.raises(Expired):
        dream.check_certificate(authority, cluster, 1, good, 10, 11, signature)
    message = dream.certificate_bytes(cluster, 1, good, 10)
    assert (
        dream.check_certificate(authority, cluster, 1, good, 10, 10, signature)
        == hashlib.sha256(message).digest()
    )


# ---- Points of low order -------------------------------------------------------------------------


def test_points_of_low_order() -> None:
    """Coordinates of an order dividing 8 on the curve or its twist, in every encoding. DREAM-2."""
    p = 2**255 - 19
    for u in primitives.LOW_ORDER.values():
        assert dream.has_low_order(generator.point(u))
        assert dream.has_low_order(generator.point(u | 2**255))
        for n in range(20):
            with pytest.raises(NotInGroup):
                dream.x25519(draw_bytes(f"test/dream/low/{n}", 32), generator.point(u))

    # Doubling by x alone: the order divides 8 exactly if three doublings reach infinity.
    def doubled(x: int, z: int) -> tuple[int, int]:
        a, b = (x + z) ** 2, (x - z) ** 2
        return a * b % p, (a - b) * (b + 121666 * (a - b)) % p

    for u in [*range(400), *range(p - 200, p)]:
        x, z = u, 1
        for _ in range(3):
            x, z = doubled(x, z)
        assert dream.has_low_order(generator.point(u)) == (z == 0)


def test_what_the_library_accepts_and_we_do_not() -> None:
    """Keys of low order, in canonical and other encodings, verify in the library. DREAM-17."""
    p = 2**255 - 19
    message = b"any message"
    # R = S = 0 in the group: valid for every message under the identity.
    signature = (1).to_bytes(32, "little") + bytes(32)
    for encoding in (1, p + 1, 1 | 2**255):
        key = encoding.to_bytes(32, "little")
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        with pytest.raises(Unauthentic):
            dream.verify_strictly(key, signature, message)


# ---- Properties ----------------------------------------------------------------------------------

moduli = st.one_of(
    st.integers(2, 50),
    st.sampled_from([2**32, 2**64, 2**64 + 13, 2**128, 2**255]),
    st.integers(2**63, 2**256 - 1),
)


@given(st.data())
def test_any_graph_cancels(data: st.DataObject) -> None:
    """Any nodes, any graph, any modulus: the total is the sum of the values. DREAM-12 to DREAM-16."""
    m = data.draw(moduli)
    nodes = data.draw(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6, unique=True))
    low, high = -(m // 2), (m - 1) // 2
    bound = 2**53 - 1
    values = [data.draw(st.integers(max(low, -bound), min(high, bound))) for _ in nodes]
    streams = [data.draw(st.integers(0, m - 1)) for _ in nodes]
    keys = {pair: data.draw(st.none() | st.integers(0, m - 1)) for pair in combinations(sorted(nodes), 2)}
    ciphertexts = []
    for node, value, stream in zip(nodes, values, streams, strict=True):
        dummies: list[dream.DummyKey] = [
            {"node": sum(pair) - node, "key": key}
            for pair, key in keys.items()
            if node in pair and key is not None
        ]
        ciphertexts.append(dream.mask(m, node, value, stream, dummies, 0))
    assert all(0 <= c < m for c in ciphertexts)
    total = dream.aggregate(m, ciphertexts, streams, [])
    assert low <= total <= high
    assert (total - sum(values)) % m == 0


@given(st.integers(2, 4096), st.integers(1, 2**32 - 1), st.integers(0, 2**52 - 1))
def test_modulus_is_the_least(meters: int, maximum: int, tail: int) -> None:
    """m / 2 <= N Xmax + 2 T < m, and m passes check_parameters where m / 2 does not. DREAM-10, DREAM-11."""
    m = dream.modulus(meters, maximum, tail)
    assert m // 2 <= meters * maximum + 2 * tail < m
    slack = dream.check_parameters(meters, 0, 0, meters - 1, maximum, tail, m)
    assert slack == m - 1 - meters * maximum - 2 * tail
    with pytest.raises(Range):
        dream.check_parameters(meters, 0, 0, meters - 1, maximum, tail, m // 2)
    for total in (-tail, 0, meters * maximum, meters * maximum + tail):
        assert dream.total_wh(dream.centred(total, m), m, tail) == total


@st.composite
def contract_inputs(draw: st.DrawFn, operation: str) -> dict[str, Any]:
    """An input of an operation near its bounds: most of them are right, many are wrong in one field."""
    powers = st.integers(1, 255).map(lambda b: 1 << b)
    m = draw(powers if operation in ("dream.keystream", "dream.dummy_key") else moduli)
    near = st.one_of(st.integers(0, m - 1), st.sampled_from([0, 1, m - 1, m]))
    nodes = st.one_of(st.integers(0, 9), st.sampled_from([2**31, 2**32 - 1, 2**32, -1]))
    keys = st.integers(0, 50).map(lambda n: draw_bytes(f"test/dream/contract/{n}", 32))
    meters = draw(st.one_of(st.integers(2, 12), st.sampled_from([1, 2, 4096, 4097])))
    maximum = draw(st.one_of(st.integers(1, 9), st.sampled_from([0, 2**32 - 1, 2**32])))
    tail = draw(st.one_of(st.integers(0, 9), st.sampled_from([-1, 2**52 - 1, 2**52])))
    bound = min(m // 2 + 1, 2**53 - 1)
    match operation:
        case "dream.mask":
            entries = st.fixed_dictionaries({"node": nodes, "key": near})
            return {
                "modulus": m, "node": draw(nodes), "value": draw(st.integers(-bound, bound)),
                "keystream": draw(near), "blind": draw(near),
                "dummy_keys": draw(st.lists(entries, max_size=3)),
            }  # fmt: skip
        case "dream.aggregate":
            count = draw(st.integers(1, 4))
            some = st.lists(near, min_size=count, max_size=count)
            return {
                "modulus": m, "ciphertexts": draw(some), "keystreams": draw(some),
                "recoveries": draw(st.lists(near, max_size=3)),
            }  # fmt: skip
        case "dream.keystream" | "dream.dummy_key":
            slot = st.one_of(st.integers(0, 2**53 - 1), st.sampled_from([-1, 0, 2**53 - 1]))
            return {
                "key": draw(keys),
                "slot": draw(slot),
                "modulus": draw(st.sampled_from([m, m, m, m + 1, m - 1])),
            }
        case "dream.select_partners":
            others = st.fixed_dictionaries({"node": nodes, "key": keys})
            listed = draw(st.lists(others, min_size=1, max_size=6, unique_by=lambda entry: entry["node"]))
            return {
                "node": draw(st.integers(8, 20)), "slot": draw(st.integers(-1, 1000)), "keys": listed,
                "expected_partners": draw(st.integers(0, len(listed) + 1)),
            }  # fmt: skip
        case "dream.modulus":
            return {"meters": meters, "maximum_wh": maximum, "tail_wh": tail}
    few = st.one_of(st.integers(0, 2), st.integers(-1, 7))
    least = 1 << max(1, meters * maximum + 2 * tail).bit_length()
    return {
        "meters": meters, "maximum_wh": maximum, "tail_wh": tail,
        "tolerated_failures": draw(few), "colluders": draw(few),
        "expected_partners": draw(st.one_of(st.just(1), st.integers(0, 12))),
        "modulus": draw(st.sampled_from([least, least // 2, least + 2, 2**64])),
    }  # fmt: skip


@pytest.mark.parametrize("operation", sorted(contracts.DREAM))
def test_contract(operation: str) -> None:
    """Every operation refuses exactly what its contract refuses. DREAM-6 to DREAM-16."""
    counts = {True: 0, False: 0}

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(contract_inputs(operation))
    def run(fields: dict[str, Any]) -> None:
        assert contracts.keeps_contract(operation, DREAM[operation], fields)
        counts[contracts.DREAM[operation].requires(**fields)] += 1

    run()
    assert min(counts.values()) >= 10, counts


def cluster_of(nodes: list[int], m: int, w: int) -> tuple[dict[int, dict[str, Any]], dict[int, bytes], bytes]:
    """Meters' sessions, the supplier's keys and the roster, from private keys on."""
    name = draw_bytes("test/dream/cluster", 16)
    private = {n: draw_bytes(f"test/dream/private/{n}", 32) for n in nodes}
    public = {n: dream.public_key(key) for n, key in private.items()}
    supplier = draw_bytes("test/dream/supplier", 32)
    roster = dream.roster_digest(name, [{"node": n, "public_key": public[n]} for n in sorted(nodes)])
    sessions: dict[int, dict[str, Any]] = {}
    for n in nodes:
        keys: list[dream.NodeKey] = [
            {"node": p, "key": dream.pairwise_key(name, n, p, private[n], public[p])} for p in nodes if p != n
        ]
        own = dream.supplier_key(name, n, private[n], dream.public_key(supplier))
        sessions[n] = {}
        dream.meter_start(sessions[n], n, m, roster, own, keys, w)
    supplied = {n: dream.supplier_key(name, n, supplier, public[n]) for n in nodes}
    return sessions, supplied, roster


def test_one_key_pair_is_one_member() -> None:
    """DREAM-19, DREAM-1: what X25519 takes for one public key is one, and enters a roster once."""
    scalar, u = hashlib.sha256(b"scalar").digest(), 9
    secret = dream.x25519(scalar, u.to_bytes(32, "little"))
    for encoding in (u + dream.P_25519, u | 1 << 255, u + dream.P_25519 | 1 << 255):
        again = encoding.to_bytes(32, "little")
        assert dream.x25519(scalar, again) == secret
        with pytest.raises(Range):
            dream.roster_digest(
                KEY[:16],
                [{"node": 1, "public_key": u.to_bytes(32, "little")}, {"node": 2, "public_key": again}],
            )


def test_a_day() -> None:
    """A cluster of eight over 96 slots, w = 5 of 7. DREAM-1 to DREAM-9, DREAM-19 to DREAM-26."""
    nodes, m = [4, 8, 15, 16, 23, 42, 2**31, 2**32 - 1], 2**32
    sessions, keys, roster = cluster_of(nodes, m, 5)
    for n in nodes:
        assert sessions[n]["supplier_key"] == keys[n]
    for slot in range(96):
        supplier: dict[str, Any] = {}
        dream.supplier_start(supplier, slot, m, roster, [{"node": n, "key": keys[n]} for n in nodes])
        values = {n: int.from_bytes(draw_bytes(f"test/dream/{n}/{slot}", 2), "big") % 3000 for n in nodes}
        for count, n in enumerate(nodes):
            with pytest.raises(State):
                dream.supplier_total(supplier)
            report = dream.meter_report(sessions[n], slot, values[n])
            assert dream.supplier_receive(supplier, n, report["ciphertext"], report["tag"]) == count + 1
            with pytest.raises(Replayed):
                dream.supplier_receive(supplier, n, report["ciphertext"], report["tag"])
        assert dream.supplier_total(supplier) == sum(values.values())


def test_partners_are_mutual() -> None:
    """If i selects j, j selects i, in every slot; about w / (N - 1) of the pairs are selected. DREAM-8."""
    nodes = list(range(12))
    pairs = {pair: draw_bytes(f"test/dream/pair/{pair}", 32) for pair in combinations(nodes, 2)}
    found = 0
    for slot in range(40):
        selected = set()
        for n in nodes:
            keys: list[dream.NodeKey] = [
                {"node": p, "key": pairs[min(n, p), max(n, p)]} for p in nodes if p != n
            ]
            try:
                selected |= {(n, p) for p in dream.select_partners(n, slot, keys, 6)}
            except Policy:
                continue
        assert all((p, n) in selected for n, p in selected)
        found += len(selected)
    # 2640 pairs with probability 6/11: five standard deviations are 128 pairs, each counted twice.
    assert abs(found - 40 * 132 * 6 / 11) < 256


def test_a_refused_report_changes_nothing() -> None:
    """The session after any refusal is the session before. DREAM-21 to DREAM-23, DREAM-9."""
    sessions, _, _ = cluster_of([1, 2], 2**16, 1)
    session = sessions[1]
    dream.meter_report(session, 5, 77)
    before = copy.deepcopy(session)
    for slot, value, refusal in (
        (5, 78, Replayed),
        (4, 77, Replayed),
        (6, 2**15, Range),
        (6, -(2**15) - 1, Range),
        (-1, 0, Range),
        (6, 2**53, Malformed),
    ):
        with pytest.raises(refusal):
            dream.meter_report(session, slot, value)
        assert session == before
    with pytest.raises(State):
        dream.meter_report({}, 6, 1)
