"""Publicly verifiable sharing of readings (spec/reporting.md, Distributed trust).

It is Schoenmakers' scheme of 1999, as paper E has it in Algorithm 2, with what the paper leaves out. A meter
shares a random s, publishes (g^s, h^s g^reading) and proves that what it encrypted to the servers are shares
of that s. The servers multiply what many meters sent them and decrypt the product with proof; h^(sum of s)
uncovers g^(sum of readings). The letters are paper E's: alpha_j and C_j, x_i and y_i, Y_i, S_i, lambda_i.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from hashlib import sha256
from typing import Any

from meter_privacy.reference import groups, sharing
from meter_privacy.reference.errors import (
    Exhausted,
    Malformed,
    NotInGroup,
    Policy,
    ProofFailed,
    Range,
    Replayed,
    check,
)
from meter_privacy.reference.groups import Element, Group
from meter_privacy.reference.messages import be

DOMAIN = b"meter-privacy/reporting/1/"
DEALINGS_MAXIMUM = 1024
SLOTS = 2**53

Server = Mapping[str, Any]
Dealing = Mapping[str, Any]


def second_generator(members: Group) -> Element:
    """h: an element whose logarithm to g nobody knows. Implements REPORT-39."""
    return members.hash_to_group(members.name.encode(), DOMAIN + b"generator-h")


def generators(group: str) -> dict[str, bytes]:
    """The group's g, and h, which is hashed to the group from its name.

    Errors: Range. Source: paper E, 2.2.2, with what makes them independent. Implements REPORT-39.
    """
    members = groups.group(group)
    return {"g": members.encode(members.generator), "h": members.encode(second_generator(members))}


def server_key(group: str, private_key: int) -> bytes:
    """A server's public key y = h^x.

    private_key: x in [1, q). Errors: Range. Source: paper E, 2.2.2. Implements REPORT-40.
    """
    members = groups.group(group)
    check(1 <= private_key < members.order, Range, "the private key is not in [1, q)")
    return members.encode(members.power(second_generator(members), private_key))


# ---- The roster ----------------------------------------------------------------------------------


def check_roster_fields(
    members: Group, threshold: int, servers: Sequence[Server], maximum_wh: int, least: int
) -> None:
    """A roster's lengths and ranges. Errors: Malformed, Range. Implements REPORT-35, REPORT-36, REPORT-41."""
    check(1 <= len(servers) <= sharing.SERVERS_MAXIMUM, Malformed, "there are 1 to 31 servers")
    keys = [server["public_key"] for server in servers]
    members.check_ranges(keys)
    sharing.check_threshold(threshold, len(servers))
    sharing.check_indices(members.order, [server["index"] for server in servers])
    check(servers[-1]["index"] < 2**16, Range, "an index has 16 bits")
    check(1 <= maximum_wh <= sharing.BOUND_MAXIMUM, Range, "the greatest reading is not in [1, 2^32)")
    check(maximum_wh < members.order, Range, "the greatest reading is not below the order of the group")
    check(2 <= least <= DEALINGS_MAXIMUM, Range, "the least number of readings is not from 2 to 1024")
    check(len(set(keys)) == len(keys), Range, "two servers have the same key")


def decode_keys(members: Group, servers: Sequence[Server]) -> list[Element]:
    """The servers' keys. Errors: Malformed, Range, NotInGroup."""
    return members.decode_all([server["public_key"] for server in servers])


def check_roster_policy(members: Group, threshold: int, servers: Sequence[Server]) -> None:
    """Refuse a key that is h, and n < 2 t - 1 servers. Errors: Policy. Implements REPORT-36, REPORT-41."""
    h = members.encode(second_generator(members))
    check(all(server["public_key"] != h for server in servers), Policy, "a key is h: its private key is 1")
    sharing.check_majority(threshold, len(servers))


def sharing_roster(
    group: str, threshold: int, servers: Sequence[Server], maximum_wh: int, least: int
) -> bytes:
    """The SHA-256 that binds dealings to a group, g and h, a threshold, the servers and their keys.

    threshold: t in [2, 16]. servers: n of them, 2 t - 1 <= n <= 31, each {index, public_key}, indices rising,
    in [1, q). maximum_wh: the greatest reading, in [1, 2^32), below q. least: how many readings a sum that is
    opened must have, from 2 to 1024. Errors: Malformed, Range, NotInGroup, Policy.
    Implements REPORT-35, REPORT-36, REPORT-41.
    """
    members = groups.group(group)
    check_roster_fields(members, threshold, servers, maximum_wh, least)
    decode_keys(members, servers)
    check_roster_policy(members, threshold, servers)
    return roster_digest(members, threshold, servers, maximum_wh, least)


def roster_digest(
    members: Group, threshold: int, servers: Sequence[Server], maximum_wh: int, least: int
) -> bytes:
    """SHA-256 of the roster's bytes, as REPORT-41 gives them. Implements REPORT-41."""
    name = members.name.encode()
    head = DOMAIN + b"sharing-roster\x00" + be(len(name), 1) + name
    bases = members.encode(members.generator) + members.encode(second_generator(members))
    sizes = be(maximum_wh, 4) + be(least, 2) + be(threshold, 2) + be(len(servers), 2)
    entries = b"".join(be(server["index"], 2) + server["public_key"] for server in servers)
    return sha256(head + bases + sizes + entries).digest()


# ---- The meter -----------------------------------------------------------------------------------


def scalars(members: Group, randomness: bytes, count: int) -> list[int]:
    """Up to `count` numbers in [1, q), each from as many bytes as a hash to a scalar takes, modulo q.

    Further bytes are not read; of too few bytes there are fewer numbers, which check_drawn refuses after all
    else. Errors: Range for a number that is 0. Implements REPORT-42.
    """
    size = (members.order.bit_length() + groups.SECURITY_BITS + 7) // 8
    chunks = [randomness[k * size : (k + 1) * size] for k in range(min(count, len(randomness) // size))]
    drawn = [int.from_bytes(chunk, "big") % members.order for chunk in chunks]
    check(0 not in drawn, Range, "the randomness gives a 0")
    return drawn


def check_drawn(drawn: Sequence[int], count: int) -> None:
    """Refuse fewer numbers than are needed. Errors: Exhausted. Implements REPORT-42."""
    check(len(drawn) == count, Exhausted, "there are too few bytes of randomness")


def dealing_challenge(
    members: Group,
    roster: bytes,
    node: int,
    slot: int,
    points: Sequence[Element],
    statements: Sequence[Sequence[Element]],
) -> int:
    """c: the hash of the roster, node, slot, C_0, ..., C_(t-1), U and of each server's X_i, Y_i, a_i, b_i.

    Implements REPORT-44.
    """
    listed = [*points, *(element for statement in statements for element in statement)]
    message = roster + be(node, 4) + be(slot, 8) + b"".join(map(members.encode, listed))
    return members.hash_to_scalar(message, DOMAIN + b"dealing")


def check_place(node: int, slot: int) -> None:
    """Refuse a node or a slot out of range. Errors: Range."""
    check(0 <= node < 2**32 and 0 <= slot < SLOTS, Range, "the node or the slot is out of range")


def deal(
    group: str,
    threshold: int,
    servers: Sequence[Server],
    maximum_wh: int,
    least: int,
    node: int,
    slot: int,
    reading_wh: int,
    randomness: bytes,
) -> dict[str, Any]:
    """The meter's dealing: commitments C_j, the masked reading U, encrypted shares Y_i, the proof (c, z_i).

    group to least: the roster. node, slot: whose reading of when, public. reading_wh: in [0, maximum_wh].
    randomness: for s = alpha_0, alpha_1, ..., alpha_(t-1), w_1, ..., w_n in this order, as `scalars` has it.
    Errors: Malformed, Range (also where the randomness gives a 0 or a share is 0), NotInGroup, Policy,
    Exhausted. Source: paper E, Algorithm 2, lines 2 to 4; Schoenmakers 1999, sections 3.1 and 5.
    Implements REPORT-42, REPORT-43, REPORT-44.
    """
    members = groups.group(group)
    check_roster_fields(members, threshold, servers, maximum_wh, least)
    check_place(node, slot)
    check(0 <= reading_wh <= maximum_wh, Range, "the reading is out of range")
    g, h, q = members.generator, second_generator(members), members.order
    drawn = scalars(members, randomness, threshold + len(servers))
    alphas, ws = drawn[:threshold], drawn[threshold:]
    shares = [sharing.evaluate(alphas, server["index"], q) for server in servers]
    check(len(alphas) < threshold or 0 not in shares, Range, "the randomness gives a share that is 0")
    keys = decode_keys(members, servers)
    check_roster_policy(members, threshold, servers)
    check_drawn(drawn, threshold + len(servers))
    commitments = [members.power(g, alpha) for alpha in alphas]
    masked = members.product_of_powers([(h, alphas[0]), (g, reading_wh)])
    encrypted = [members.power(key, share) for key, share in zip(keys, shares, strict=True)]
    statements = [
        (members.power(g, share), shared, members.power(g, w), members.power(key, w))
        for key, share, shared, w in zip(keys, shares, encrypted, ws, strict=True)
    ]
    roster = roster_digest(members, threshold, servers, maximum_wh, least)
    challenge = dealing_challenge(members, roster, node, slot, [*commitments, masked], statements)
    return {
        "commitments": [members.encode(commitment) for commitment in commitments],
        "masked": members.encode(masked),
        "encrypted": [members.encode(shared) for shared in encrypted],
        "challenge": challenge,
        "responses": [(w - challenge * share) % q for w, share in zip(ws, shares, strict=True)],
    }


@contextmanager
def failing() -> Iterator[None]:
    """What of a proof comes out as the identity, which has no encoding, makes it fail."""
    try:
        yield
    except NotInGroup as error:
        raise ProofFailed("an element that the proof is about is the identity") from error


def verify_dealing(
    group: str,
    threshold: int,
    servers: Sequence[Server],
    maximum_wh: int,
    least: int,
    node: int,
    slot: int,
    commitments: Sequence[bytes],
    masked: bytes,
    encrypted: Sequence[bytes],
    challenge: int,
    responses: Sequence[int],
) -> None:
    """Accept a dealing: the Y_i hold the shares that the C_j commit to. Anybody can do it.

    X_i = product of C_j^(i^j), a_i = g^(z_i) X_i^c, b_i = y_i^(z_i) Y_i^c, and c is the hash of them.
    Errors: Malformed, Range, NotInGroup, ProofFailed, Policy. Source: Schoenmakers 1999, section 3.1;
    Fiat and Shamir. Implements REPORT-44, REPORT-45.
    """
    check(len(commitments) == threshold, Malformed, "there are not t commitments")
    lengths = len(encrypted) == len(responses) == len(servers)
    check(lengths, Malformed, "there is not one encrypted share and one response for each server")
    members = groups.group(group)
    q = members.order
    elements = [*commitments, masked, *encrypted]
    members.check_ranges([*(server["public_key"] for server in servers), *elements])
    check_roster_fields(members, threshold, servers, maximum_wh, least)
    check_place(node, slot)
    check(all(0 <= scalar < q for scalar in (challenge, *responses)), Range, "a scalar is not below q")
    keys, decoded = decode_keys(members, servers), members.decode_all(elements)
    committed, shared = decoded[:threshold], decoded[threshold + 1 :]
    statements = []
    for server, key, share, z in zip(servers, keys, shared, responses, strict=True):
        x = members.product_of_powers(
            [(commitment, pow(server["index"], j, q)) for j, commitment in enumerate(committed)]
        )
        a = members.product_of_powers([(members.generator, z), (x, challenge)])
        b = members.product_of_powers([(key, z), (share, challenge)])
        statements.append((x, share, a, b))
    roster = roster_digest(members, threshold, servers, maximum_wh, least)
    with failing():
        hashed = dealing_challenge(members, roster, node, slot, decoded[: threshold + 1], statements)
    check(hashed == challenge, ProofFailed, "the encrypted shares are not those committed to")
    check_roster_policy(members, threshold, servers)


# ---- The servers ---------------------------------------------------------------------------------


def share_challenge(members: Group, context: bytes, index: int, statement: Sequence[Element]) -> int:
    """c: the hash of the context, the index, y_i, Y_i, S_i, and of the two commitments.

    Implements REPORT-46.
    """
    message = context + be(index, 2) + b"".join(map(members.encode, statement))
    return members.hash_to_scalar(message, DOMAIN + b"share")


def decrypt_share(
    group: str, context: bytes, index: int, private_key: int, encrypted: bytes, randomness: bytes
) -> dict[str, Any]:
    """The share S = Y^(1/x), and the proof that log_h y = log_S Y.

    context: 32 bytes, what is opened (sum_dealings). index: the server's, in [1, 2^16), below q. private_key:
    x in [1, q). encrypted: Y, of one dealing or of a product. randomness: for w, as `scalars` has it.
    Errors: Malformed, Range, NotInGroup, Exhausted.
    Source: paper E, Algorithm 2, line 5, and the proof left out there; Schoenmakers 1999, section 3.2.
    Implements REPORT-42, REPORT-46.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    members = groups.group(group)
    q, h = members.order, second_generator(members)
    members.check_ranges([encrypted])
    check(1 <= index < min(q, 2**16), Range, "the index is out of range")
    check(1 <= private_key < q, Range, "the private key is not in [1, q)")
    drawn = scalars(members, randomness, 1)
    shared = members.decode(encrypted)
    check_drawn(drawn, 1)
    [w] = drawn
    share = members.power(shared, pow(private_key, -1, q))
    statement = [members.power(h, private_key), shared, share, members.power(h, w), members.power(share, w)]
    challenge = share_challenge(members, context, index, statement)
    response = (w - challenge * private_key) % q
    return {"share": members.encode(share), "challenge": challenge, "response": response}


def verify_share(
    group: str,
    context: bytes,
    index: int,
    public_key: bytes,
    encrypted: bytes,
    share: bytes,
    challenge: int,
    response: int,
) -> None:
    """Accept a decrypted share: a = h^z y^c, b = S^z Y^c, and c is the hash of them.

    Errors: Malformed, Range, NotInGroup, ProofFailed. Source: Schoenmakers 1999, section 3.2; Chaum and
    Pedersen 1992. Implements REPORT-46.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    members = groups.group(group)
    members.check_ranges([public_key, encrypted, share])
    check(1 <= index < min(members.order, 2**16), Range, "the index is out of range")
    check(0 <= challenge < members.order > response >= 0, Range, "a scalar is not below q")
    key, shared, opened = members.decode_all([public_key, encrypted, share])
    check_share_proof(members, context, index, (key, shared, opened), challenge, response)


def check_share_proof(
    members: Group,
    context: bytes,
    index: int,
    elements: tuple[Element, Element, Element],
    challenge: int,
    response: int,
) -> None:
    """The equations of verify_share, for y, Y and S. Errors: ProofFailed. Implements REPORT-46."""
    key, shared, opened = elements
    a = members.product_of_powers([(second_generator(members), response), (key, challenge)])
    b = members.product_of_powers([(opened, response), (shared, challenge)])
    with failing():
        hashed = share_challenge(members, context, index, [*elements, a, b])
    check(hashed == challenge, ProofFailed, f"server {index} has not shown that it decrypted rightly")


def product(members: Group, elements: Sequence[Element]) -> bytes:
    """The product of elements, encoded. Errors: NotInGroup where it is the identity."""
    return members.encode(reduce(members.multiply, elements))


def sum_dealings(group: str, roster: bytes, least: int, dealings: Sequence[Dealing]) -> dict[str, Any]:
    """The products of C_j, U and Y_i over dealings, of different meters or slots; and their digest.

    roster: the digest under which each was verified. least: from 2 to 1024. dealings: 1 to 1024 of {node,
    slot, commitments, masked, encrypted}. The context, which the servers' proofs are about, is a digest of
    the roster, of who and when in rising order, and of the products.
    Errors: Malformed, Range, NotInGroup (also a product that is the identity), Replayed for a reading that
    stands twice, Policy for fewer than the least number. Source: paper E, 2.2.2. Implements REPORT-49.
    """
    shapes = {(len(dealing["commitments"]), len(dealing["encrypted"])) for dealing in dealings}
    check(1 <= len(dealings) <= DEALINGS_MAXIMUM, Malformed, "there are 1 to 1024 dealings")
    check(len(roster) == 32 and len(shapes) == 1, Malformed, "the dealings are not of one roster")
    members = groups.group(group)
    lists = [[*d["commitments"], d["masked"], *d["encrypted"]] for d in dealings]
    members.check_ranges([encoding for encodings in lists for encoding in encodings])
    check(2 <= least <= DEALINGS_MAXIMUM, Range, "the least number of readings is not from 2 to 1024")
    for dealing in dealings:
        check_place(dealing["node"], dealing["slot"])
    decoded = [[members.decode(encoding) for encoding in encodings] for encodings in lists]
    places = sorted((dealing["node"], dealing["slot"]) for dealing in dealings)
    products = [product(members, column) for column in zip(*decoded, strict=True)]
    check(len(set(places)) == len(places), Replayed, "a reading stands in the sum twice")
    check(len(dealings) >= least, Policy, "the sum is of fewer readings than agreed")
    [(commitments, _)] = shapes
    return {
        "commitments": products[:commitments],
        "masked": products[commitments],
        "encrypted": products[commitments + 1 :],
        "context": sum_context(roster, places, products),
    }


def sum_context(roster: bytes, places: Sequence[tuple[int, int]], products: Sequence[bytes]) -> bytes:
    """SHA-256 of the roster, each (node, slot) in rising order, and the products. Implements REPORT-49."""
    listed = b"".join(be(node, 4) + be(slot, 8) for node, slot in places)
    head = DOMAIN + b"sum\x00" + roster + be(len(places), 4) + listed
    return sha256(head + b"".join(products)).digest()


# ---- The utility ---------------------------------------------------------------------------------


def open_sum(
    group: str,
    threshold: int,
    context: bytes,
    masked: bytes,
    servers: Sequence[Server],
    shares: Sequence[Mapping[str, Any]],
    bound_wh: int,
) -> int:
    """The sum of the readings: g^sum = U / prod S_i^(lambda_i) over the first t servers that answered.

    masked: the product of the U. servers: {index, public_key, encrypted}, the products of the Y_i. shares:
    {index, share, challenge, response} of t or more, indices rising. bound_wh: the number of readings times
    the greatest, below 2^32 and q. Errors: Malformed; Range, also for fewer than t shares; NotInGroup;
    ProofFailed; Exhausted where the sum is above the bound.
    Source: paper E, Algorithm 2, line 6. Implements REPORT-37, REPORT-38, REPORT-47, REPORT-48, REPORT-50.
    """
    check(len(context) == 32, Malformed, "the context has not 32 bytes")
    check(1 <= len(servers) <= sharing.SERVERS_MAXIMUM, Malformed, "there are 1 to 31 servers")
    check(1 <= len(shares) <= sharing.SERVERS_MAXIMUM, Malformed, "there are 1 to 31 shares")
    members = groups.group(group)
    q = members.order
    known = {server["index"] for server in servers}
    keys = [server["public_key"] for server in servers]
    encodings = [masked, *keys, *(server["encrypted"] for server in servers), *(s["share"] for s in shares)]
    members.check_ranges(encodings)
    sharing.check_threshold(threshold, len(shares))
    for listed in (servers, shares):
        sharing.check_indices(q, [entry["index"] for entry in listed])
        check(listed[-1]["index"] < 2**16, Range, "an index has 16 bits")
    check(all(s["index"] in known for s in shares), Range, "a share is of no server listed")
    check(len(set(keys)) == len(keys), Range, "two servers have the same key")
    check(all(0 <= s["challenge"] < q > s["response"] >= 0 for s in shares), Range, "a scalar is not below q")
    sharing.check_bound(members, bound_wh)
    total, opened = members.decode(masked), members.decode_all([entry["share"] for entry in shares])
    statements = {s["index"]: members.decode_all([s["public_key"], s["encrypted"]]) for s in servers}
    for entry, share in zip(shares, opened, strict=True):
        key, shared = statements[entry["index"]]
        proof = entry["challenge"], entry["response"]
        check_share_proof(members, context, entry["index"], (key, shared, share), *proof)
    weights = sharing.lagrange([entry["index"] for entry in shares[:threshold]], q)
    mask = members.product_of_powers(zip(opened, weights, strict=False))
    return sharing.logarithm(members, members.multiply(total, members.invert(mask)), bound_wh)
