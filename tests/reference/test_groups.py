"""The groups of prime order, against the standards' own vectors and against OpenSSL."""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meter_privacy.reference import groups
from meter_privacy.reference.errors import Malformed, NotInGroup, Range
from meter_privacy.reference.groups import ModularGroup, group
from meter_privacy.reference.paillier import is_prime

MODULAR = groups.NAMES[:4]
DOMAIN = b"meter-privacy/tests/groups"

# RFC 9380, appendix J.1.1.
SUITE = b"QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_"
POINTS = {
    b"": (
        "2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4",
        "8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415",
    ),
    b"abc": (
        "0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f",
        "5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e",
    ),
    b"abcdef0123456789": (
        "65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80",
        "cad44d40a656e7aff4002a8de287abc8ae0482b5ae825822bb870d6df9b56ca3",
    ),
    b"q128_" + b"q" * 128: (
        "4be61ee205094282ba8a2042bcb48d88dfbb609301c49aa8b078533dc65a0b5d",
        "98f8df449a072c4721d241a3b1236d3caccba603f916ca680f4539d2bfb3c29e",
    ),
    b"a512_" + b"a" * 512: (
        "457ae2981f70ca85d8e24c308b14db22f3e3862c5ea0f652ca38b5e49cd64bc5",
        "ecb9f0eadc9aeed232dabc53235368c1394c78de05dd96893eefa62b0f4757dc",
    ),
}

# RFC 9380, appendix K.1.
EXPANDER = b"QUUX-V01-CS02-with-expander-SHA256-128"
EXPANDED = {
    (b"", 32): "68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235",
    (b"abc", 32): "d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615",
    (b"abcdef0123456789", 32): "eff31487c770a893cfb36f912fbfcbff40d5661771ca4b2cb4eafe524333f5c1",
    (b"q128_" + b"q" * 128, 32): "b23a1d2b4d97b2ef7785562a7e8bac7eed54ed6e97e29aa51bfe3f12ddad1ff9",
    (b"a512_" + b"a" * 512, 32): "4623227bcc01293b8c130bf771da8c298dede7383243dc0993d2d94823958c4c",
    (b"abc", 128): (
        "abba86a6129e366fc877aab32fc4ffc70120d8996c88aee2fe4b32d6c7b6437a647e6c3163d40b76a73cf6a5674ef1d8"
        "90f95b664ee0afa5359a5c4e07985635bbecbac65d747d3d2da7ec2b8221b17b0ca9dc8a1ac1c07ea6a1e60583e2cb00"
        "058e77b7b72a298425cd1b941ad4ec65e8afc50303a22c0f99b0509b4c895f40"
    ),
}


def openssl_multiple(scalar: int) -> bytes:
    """scalar times the generator of P-256, as OpenSSL has it."""
    public = ec.derive_private_key(scalar, ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def number(label: str, below: int) -> int:
    stream = b"".join(sha256(f"{label}/{k}".encode()).digest() for k in range(below.bit_length() // 256 + 2))
    return int.from_bytes(stream, "big") % below


@pytest.mark.parametrize("message", POINTS)
def test_hash_to_curve_vectors(message: bytes) -> None:
    """REPORT-3."""
    x, y = group("P-256").hash_to_group(message, SUITE)
    assert (f"{x:064x}", f"{y:064x}") == POINTS[message]


def test_expand_message_vectors() -> None:
    """REPORT-2."""
    for (message, length), expected in EXPANDED.items():
        assert groups.expand_message(message, EXPANDER, length).hex() == expected


def test_the_length_of_a_domain() -> None:
    assert len(groups.expand_message(b"", b"d" * 255, 8160)) == 8160
    for domain in (b"", b"d" * 256):
        with pytest.raises(Malformed):
            groups.expand_message(b"", domain, 32)
    for length in (0, 8161):
        with pytest.raises(Range):
            groups.expand_message(b"", DOMAIN, length)


def test_hash_to_scalar_vector() -> None:
    """REPORT-4; RFC 9497, appendix A.3: a key that P256-SHA256 derives from a seed, and a blinded element."""
    curve, context = group("P-256"), b"OPRFV1-\x00-P256-SHA256"
    derived = curve.hash_to_scalar(b"\xa3" * 32 + b"\x00\x08test key\x00", b"DeriveKeyPair" + context)
    assert f"{derived:x}" == "159749d750713afe245d2d39ccfaae8381c53ce92d098a9375ee70739c7ac0bf"
    blind = 0x3338FA65EC36E0290022B48EB562889D89DBFA691D1CDE91517FA222ED7AD364
    blinded = curve.power(curve.hash_to_group(b"\x00", b"HashToGroup-" + context), blind)
    encoded = curve.encode(blinded).hex()
    assert encoded == "03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d"


def test_the_primes_of_rfc_3526() -> None:
    """They are those of the formula, which no neighbour of the addend makes; their last words as printed."""
    for bits, addend, words in ((2048, 124476, 0x15728E5A8AACAA68), (3072, 1690314, 0x4B82D120A93AD2CA)):
        p = groups.oakley(bits, addend)
        assert p.bit_length() == bits
        assert p % 2**64 == p >> (bits - 64) == 2**64 - 1
        assert p >> 64 & (2**64 - 1) == words
        # For a prime q the first is Pocklington's proof that p = 2 q + 1 is one.
        assert pow(2, (p - 1) // 2, p) == 1
        assert pow(3, (p - 3) // 2, (p - 1) // 2) == 1


@pytest.mark.parametrize("name", MODULAR)
def test_orders(name: str) -> None:
    g = group(name)
    assert isinstance(g, ModularGroup)
    assert (g.p - 1) % g.order == 0 != (g.p - 1) % g.order**2
    assert name in ("modp-2048", "modp-3072") or (is_prime(g.p) and is_prime(g.order))
    assert g.generator != 1 == pow(g.generator, g.order, g.p)


def test_the_curve() -> None:
    assert is_prime(groups.P)
    assert is_prime(groups.ORDER)
    x, y = groups.GENERATOR
    assert groups.curve(x) == y * y % groups.P
    curve = group("P-256")
    assert curve.power(groups.GENERATOR, groups.ORDER - 1) == curve.invert(groups.GENERATOR)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, groups.ORDER - 1), st.integers(0, groups.ORDER - 1))
@example(1, 0)
@example(groups.ORDER - 1, 1)
@example(2, groups.ORDER - 2)
@example((groups.ORDER + 1) // 2, groups.ORDER - 1)
def test_powers_of_the_curve_against_openssl(scalar: int, other: int) -> None:
    curve = group("P-256")
    assert curve.encode(curve.power(groups.GENERATOR, scalar)) == openssl_multiple(scalar)
    pairs = [(groups.GENERATOR, scalar), (curve.power(groups.GENERATOR, 5), other)]
    total = (scalar + 5 * other) % groups.ORDER
    product = curve.product_of_powers(pairs)
    assert (None if total == 0 else openssl_multiple(total)) == (product and curve.encode(product))


def test_exceptional_additions() -> None:
    curve = group("P-256")
    point = curve.power(groups.GENERATOR, 7)
    opposite = curve.invert(point)
    assert curve.multiply(point, opposite) is None
    assert curve.invert(None) is None
    assert curve.multiply(point, None) == curve.multiply(None, point) == point
    assert curve.multiply(None, None) is None
    assert curve.encode(curve.multiply(point, point)) == openssl_multiple(14)
    assert curve.product_of_powers([(point, 1), (opposite, 1)]) is None
    assert curve.product_of_powers([(None, 5), (point, 2)]) == curve.power(point, 2)
    scaled = tuple(coordinate * 3**k % groups.P for coordinate, k in zip((*point, 1), (2, 3, 1), strict=True))
    assert groups.to_affine(groups.add(scaled, (*point, 1))) == curve.power(point, 2)
    assert groups.to_affine(groups.add(scaled, (*opposite, 1))) is None


def test_the_exceptional_input_of_the_map() -> None:
    """RFC 9380, section 6.6.2: Z^2 u^4 + Z u^2 = 0 for u = 0; the point is still one of the curve."""
    for u in (0, 1, groups.P - 1):
        point = groups.map_to_curve(u)
        assert point is not None
        assert groups.curve(point[0]) == point[1] ** 2 % groups.P
        assert point[1] % 2 == u % 2


@pytest.mark.parametrize("name", groups.NAMES)
def test_laws(name: str) -> None:
    g = group(name)
    a, b = number("a", g.order), number("b", g.order)
    x, y = g.power(g.generator, a), g.power(g.generator, b)
    assert g.multiply(x, y) == g.power(g.generator, a + b) == g.product_of_powers([(x, 1), (y, 1)])
    assert g.power(x, b) == g.power(y, a)
    assert g.multiply(x, g.invert(x)) == g.identity == g.power(x, 0) == g.power(x, g.order)
    assert g.power(x, -1) == g.invert(x)
    assert g.multiply(x, g.identity) == x
    assert g.decode_all([g.encode(x), g.encode(y)]) == [x, y]
    assert len(g.encode(x)) == g.element_bytes
    assert len(g.encode_scalar(a)) == g.scalar_bytes
    assert g.product_of_powers([]) == g.identity
    with pytest.raises(NotInGroup):
        g.encode(g.identity)
    for scalar in (-1, g.order):
        with pytest.raises(Range):
            g.encode_scalar(scalar)


@pytest.mark.parametrize("name", groups.NAMES)
def test_hashed_elements_are_members_and_depend_on_domain_and_message(name: str) -> None:
    g = group(name)
    hashed = [g.hash_to_group(m, d) for m in (b"", b"h") for d in (DOMAIN, DOMAIN + b"2")]
    assert [g.decode(g.encode(element)) for element in hashed] == hashed
    assert len(set(hashed)) == 4
    assert g.generator not in hashed
    assert len({g.hash_to_scalar(m, DOMAIN) for m in (b"", b"h")}) == 2


def test_every_hash_of_the_toy_group_is_a_member() -> None:
    """0 and the identity come up by chance here, and are passed over."""
    g = group("toy-2039")
    hashed = [g.hash_to_group(k.to_bytes(2, "big"), DOMAIN) for k in range(4000)]
    assert all(pow(element, 1019, 2039) == 1 != element for element in hashed)
    firsts = [groups.hash_to_field(k.to_bytes(2, "big") + b"\x00", DOMAIN, 2039, 1)[0] for k in range(4000)]
    assert {0, 1, 2038} & set(firsts)


def modular_refusals(g: ModularGroup) -> list[tuple[int, type[Exception]]]:
    v = g.power(g.generator, 5)
    non_member = next(k for k in range(2, g.p) if pow(k, g.order, g.p) != 1)
    return [
        (0, Range), (g.p, Range), (g.p + 1, Range), (g.p + v, Range),
        (1, NotInGroup), (g.p - 1, NotInGroup), (g.p - v, NotInGroup), (non_member, NotInGroup),
    ]  # fmt: skip


@pytest.mark.parametrize("name", MODULAR)
def test_what_no_modular_element_is(name: str) -> None:
    """REPORT-1."""
    g = group(name)
    assert isinstance(g, ModularGroup)
    for value, refusal in modular_refusals(g):
        if value < 256**g.element_bytes:
            with pytest.raises(refusal):
                g.decode(value.to_bytes(g.element_bytes, "big"))
    encoded = g.encode(g.generator)
    for wrong in (b"", encoded[1:], b"\x00" + encoded, encoded + b"\x00"):
        with pytest.raises(Malformed):
            g.decode(wrong)


def test_what_no_point_is() -> None:
    curve = group("P-256")
    encoded = curve.encode(groups.GENERATOR)
    x = encoded[1:]
    off = next(k for k in range(1, 100) if groups.square_root(groups.curve(k)) is None)
    small = next(k for k in range(1, 100) if groups.square_root(groups.curve(k)) is not None)
    for wrong, refusal in (
        (b"", Malformed),
        (b"\x00", Malformed),
        (encoded[:-1], Malformed),
        (encoded + b"\x00", Malformed),
        (b"\x04" + x + groups.GENERATOR[1].to_bytes(32, "big"), Malformed),
        (bytes(33), Range),
        (b"\x04" + x, Range),
        (b"\x83" + x, Range),
        (b"\x02" + groups.P.to_bytes(32, "big"), Range),
        (b"\x02" + (groups.P + small).to_bytes(32, "big"), Range),
        (b"\x03" + b"\xff" * 32, Range),
        (b"\x02" + off.to_bytes(32, "big"), NotInGroup),
    ):
        with pytest.raises(refusal):
            curve.decode(wrong)
    assert curve.decode(b"\x02" + small.to_bytes(32, "big")) is not None


def test_the_order_of_the_classes() -> None:
    """Lengths of all before the range of any, ranges before membership."""
    g = group("toy-2039")
    zero, minus_one, short = b"\x00\x00", (2038).to_bytes(2, "big"), b"\x04"
    for encodings, refusal in (
        ([minus_one, zero, short], Malformed),
        ([minus_one, zero], Range),
        ([g.encode(4), minus_one], NotInGroup),
    ):
        with pytest.raises(refusal):
            g.decode_all(encodings)


def test_names() -> None:
    assert [group(name).name for name in groups.NAMES] == list(groups.NAMES)
    for name in ("", "p-256", "modp-1536", "P-384"):
        with pytest.raises(Range):
            group(name)


def test_sizes() -> None:
    assert [group(name).scalar_bytes for name in groups.NAMES] == [2, 20, 256, 384, 32]
    assert [group(name).element_bytes for name in groups.NAMES] == [2, 128, 256, 384, 33]
