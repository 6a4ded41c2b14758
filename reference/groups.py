"""Groups of prime order q in which logarithms are hard, behind one interface (spec/reporting.md, Groups).

`group(name)` answers one of

    toy-2039        p = 2 q + 1 = 2039, for reading
    modp-1024-160   RFC 5114, section 2.1: the sizes of paper E's time
    modp-2048       RFC 3526, group 14, its subgroup of order q = (p - 1) / 2
    modp-3072       RFC 3526, group 15, likewise
    P-256           SP 800-186, the curve y^2 = x^3 - 3 x + b

Elements are opaque: equal ones compare equal, and they cross a boundary encoded. The reference is not
constant in time.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from itertools import count
from math import prod
from typing import Any

from mpmath import mp

from meter_privacy.reference.errors import Malformed, NotInGroup, Range, check

Element = Any
SECURITY_BITS = 128
DOMAIN_BYTES = 255


def expand_message(message: bytes, domain: bytes, length: int) -> bytes:
    """expand_message_xmd with SHA-256: `length` bytes that look random, of a message under a domain.

    domain: 1 to 255 bytes, the RFC's DST. length: in [1, 255 * 32]. Errors: Malformed, Range.
    Source: RFC 9380, section 5.3.1. Implements REPORT-2.
    """
    check(1 <= len(domain) <= DOMAIN_BYTES, Malformed, "a domain has 1 to 255 bytes")
    check(1 <= length <= 255 * 32, Range, "the length is not between 1 and 8160 bytes")
    suffix = domain + len(domain).to_bytes(1, "big")
    first = sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\x00" + suffix).digest()
    block, blocks = bytes(32), b""
    for index in range(1, (length + 31) // 32 + 1):
        mixed = bytes(a ^ b for a, b in zip(first, block, strict=True))
        block = sha256(mixed + index.to_bytes(1, "big") + suffix).digest()
        blocks += block
    return blocks[:length]


def hash_to_field(message: bytes, domain: bytes, modulus: int, elements: int) -> list[int]:
    """Numbers modulo a prime, each of 128 bits more than it has, so that reducing leaves no bias to see.

    Source: RFC 9380, section 5.2, with m = 1. Implements REPORT-2.
    """
    size = (modulus.bit_length() + SECURITY_BITS + 7) // 8
    stream = expand_message(message, domain, elements * size)
    return [int.from_bytes(stream[k * size : (k + 1) * size], "big") % modulus for k in range(elements)]


class Group(ABC):
    """A group of prime order. Its elements' encodings have one length, and one encoding each."""

    name: str
    order: int
    generator: Element
    identity: Element
    element_bytes: int

    @property
    def scalar_bytes(self) -> int:
        """The length of q in bytes; a scalar is written big-endian in that many."""
        return (self.order.bit_length() + 7) // 8

    @abstractmethod
    def multiply(self, left: Element, right: Element) -> Element:
        """The product of two elements."""

    @abstractmethod
    def invert(self, element: Element) -> Element:
        """The inverse of an element."""

    @abstractmethod
    def product_of_powers(self, powers: Iterable[tuple[Element, int]]) -> Element:
        """The product of base^exponent over pairs; exponents are integers, taken modulo q.

        Implements REPORT-33.
        """

    @abstractmethod
    def encode(self, element: Element) -> bytes:
        """The one encoding of an element. Errors: NotInGroup for the identity, which has none."""

    @abstractmethod
    def check_range(self, encoding: bytes) -> None:
        """Refuse an encoding of another length, or whose number is out of range. Errors: Malformed, Range."""

    @abstractmethod
    def decode(self, encoding: bytes) -> Element:
        """The element of an encoding, of order q. Errors: Malformed, Range, NotInGroup; the identity too."""

    @abstractmethod
    def hash_to_group(self, message: bytes, domain: bytes) -> Element:
        """An element whose logarithm to any other nobody knows. Errors: Malformed."""

    def power(self, base: Element, exponent: int) -> Element:
        """base^exponent; the exponent is an integer, taken modulo q."""
        return self.product_of_powers([(base, exponent)])

    def hash_to_scalar(self, message: bytes, domain: bytes) -> int:
        """A number in [0, q) of a message under a domain. Errors: Malformed.

        Source: RFC 9380, section 5.2, with the order for the modulus, as RFC 9497, section 4.3.
        Implements REPORT-4.
        """
        return hash_to_field(message, domain, self.order, 1)[0]

    def encode_scalar(self, scalar: int) -> bytes:
        """A number in [0, q), big-endian, in as many bytes as q has. Errors: Range."""
        check(0 <= scalar < self.order, Range, "the scalar is not below the order")
        return scalar.to_bytes(self.scalar_bytes, "big")

    def check_ranges(self, encodings: Sequence[bytes]) -> None:
        """check_range of several encodings, all lengths before any range. Errors: Malformed, Range."""
        lengths = all(len(encoding) == self.element_bytes for encoding in encodings)
        check(lengths, Malformed, f"an element of {self.name} has {self.element_bytes} bytes")
        for encoding in encodings:
            self.check_range(encoding)

    def decode_all(self, encodings: Sequence[bytes]) -> list[Element]:
        """The elements of several encodings: all lengths and ranges are checked before any membership.

        Errors: Malformed, Range, NotInGroup. Implements REPORT-1.
        """
        self.check_ranges(encodings)
        return [self.decode(encoding) for encoding in encodings]


class ModularGroup(Group):
    """The subgroup of prime order q of the units modulo a prime p; elements are integers.

    An encoding is big-endian, as long as p. q^2 does not divide p - 1.
    """

    identity = 1

    def __init__(self, name: str, p: int, order: int, generator: int) -> None:
        self.name = name
        self.p = p
        self.order = order
        self.generator = generator
        self.element_bytes = (p.bit_length() + 7) // 8

    def multiply(self, left: int, right: int) -> int:
        return left * right % self.p

    def invert(self, element: int) -> int:
        return pow(element, -1, self.p)

    def product_of_powers(self, powers: Iterable[tuple[int, int]]) -> int:
        return prod(pow(base, exponent % self.order, self.p) for base, exponent in powers) % self.p

    def encode(self, element: int) -> bytes:
        check(element != 1, NotInGroup, "the identity has no encoding")
        return element.to_bytes(self.element_bytes, "big")

    def check_range(self, encoding: bytes) -> None:
        length = self.element_bytes
        check(len(encoding) == length, Malformed, f"an element of {self.name} has {length} bytes")
        check(0 < int.from_bytes(encoding, "big") < self.p, Range, "an element is not in [1, p)")

    def decode(self, encoding: bytes) -> int:
        """The number, if it is of order q: 1, p - 1, and p - v for an element v, are not.

        Implements REPORT-1.
        """
        self.check_range(encoding)
        element = int.from_bytes(encoding, "big")
        member = element != 1 and pow(element, self.order, self.p) == 1
        check(member, NotInGroup, f"the number has not the order of {self.name}")
        return element

    def hash_to_group(self, message: bytes, domain: bytes) -> int:
        """The first u^((p - 1) / q) that is of order q, u the hash of the message and a byte 0, 1, ...

        The second try is needed in the toy group alone. Implements REPORT-3.
        """
        for attempt in count():
            [u] = hash_to_field(message + attempt.to_bytes(1, "big"), domain, self.p, 1)
            element = pow(u, (self.p - 1) // self.order, self.p)
            if element > 1:
                return element
        raise AssertionError("a byte's numbers are enough")


def oakley(bits: int, addend: int) -> int:
    """The prime 2^bits - 2^(bits - 64) - 1 + 2^64 (floor(2^(bits - 130) pi) + addend) of RFC 3526."""
    with mp.workprec(bits):
        middle = int(mp.floor(mp.pi * 2 ** (bits - 130))) + addend
    return int(2**bits - 2 ** (bits - 64) - 1 + 2**64 * middle)


# The curve's prime, order and b, and its generator: SP 800-186, section 3.2.1.3.
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
A = -3
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
GENERATOR = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Z = -10

Point = tuple[int, int] | None
Jacobian = tuple[int, int, int]
INFINITY: Jacobian = (1, 1, 0)


def double(point: Jacobian) -> Jacobian:
    """Twice a point (X / Z^2, Y / Z^3) of a curve with a = -3; Z = 0 is the identity, and stays it."""
    x, y, z = point
    slope = 3 * (x - z * z) * (x + z * z) % P
    yy = y * y % P
    s = 4 * x * yy % P
    doubled = (slope * slope - 2 * s) % P
    return doubled, (slope * (s - doubled) - 8 * yy * yy) % P, 2 * y * z % P


def add(left: Jacobian, right: Jacobian) -> Jacobian:
    """The sum of any two points: equal ones, opposite ones and the identity too."""
    (x1, y1, z1), (x2, y2, z2) = left, right
    if z1 == 0 or z2 == 0:
        return right if z1 == 0 else left
    u1, u2 = x1 * z2 * z2 % P, x2 * z1 * z1 % P
    s1, s2 = y1 * z2**3 % P, y2 * z1**3 % P
    if u1 == u2:
        return double(left) if s1 == s2 else INFINITY
    h, r = u2 - u1, s2 - s1
    hh = h * h % P
    x = (r * r - h * hh - 2 * u1 * hh) % P
    return x, (r * (u1 * hh - x) - s1 * h * hh) % P, h * z1 * z2 % P


def to_affine(point: Jacobian) -> Point:
    """The coordinates (x, y), None for the identity."""
    x, y, z = point
    if z == 0:
        return None
    inverse = pow(z, -1, P)
    return x * inverse**2 % P, y * inverse**3 % P


def from_affine(point: Point) -> Jacobian:
    return INFINITY if point is None else (*point, 1)


def curve(x: int) -> int:
    """x^3 - 3 x + b modulo p."""
    return (x**3 + A * x + B) % P


def square_root(square: int) -> int | None:
    """The root y^((p + 1) / 4) modulo p, which is 3 modulo 4; None for what is no square."""
    root = pow(square, (P + 1) // 4, P)
    return root if root * root % P == square else None


def map_to_curve(u: int) -> Point:
    """The simplified Shallue-van de Woestijne-Ulas map with Z = -10.

    Source: RFC 9380, sections 6.6.2 and 8.2. Implements REPORT-3.
    """
    tv = (Z * Z * u**4 + Z * u * u) % P
    factor = 1 + pow(tv, -1, P) if tv else pow(-Z, -1, P)
    x = -B * pow(A, -1, P) * factor % P
    y = square_root(curve(x))
    if y is None:
        x = Z * u * u * x % P
        y = square_root(curve(x))
    assert y is not None
    return x, y if y % 2 == u % 2 else P - y


class P256(Group):
    """The curve P-256, of prime order; elements are affine points (x, y), and None for the identity.

    An encoding is SEC 1's compressed form: 02 or 03 as y is even or odd, and x in 32 bytes.
    """

    name = "P-256"
    order = ORDER
    generator = GENERATOR
    identity = None
    element_bytes = 33

    def multiply(self, left: Point, right: Point) -> Point:
        return to_affine(add(from_affine(left), from_affine(right)))

    def invert(self, element: Point) -> Point:
        return element and (element[0], -element[1] % P)

    def product_of_powers(self, powers: Iterable[tuple[Point, int]]) -> Point:
        """Windows of four bits from the highest, the doublings shared by all bases."""
        tables, longest = [], 0
        for base, exponent in powers:
            multiples = [INFINITY]
            for _ in range(15):
                multiples.append(add(multiples[-1], from_affine(base)))
            tables.append((multiples, exponent % ORDER))
            longest = max(longest, (exponent % ORDER).bit_length())
        total = INFINITY
        for shift in reversed(range(0, longest, 4)):
            for _ in range(4):
                total = double(total)
            for multiples, exponent in tables:
                total = add(total, multiples[exponent >> shift & 15])
        return to_affine(total)

    def encode(self, element: Point) -> bytes:
        if element is None:
            raise NotInGroup("the identity has no encoding")
        x, y = element
        return bytes([2 + y % 2]) + x.to_bytes(32, "big")

    def check_range(self, encoding: bytes) -> None:
        check(len(encoding) == 33, Malformed, "an element of P-256 has 33 bytes")
        check(encoding[0] in (2, 3), Range, "an element of P-256 begins with 02 or 03")
        check(int.from_bytes(encoding[1:], "big") < P, Range, "a coordinate is not below p")

    def decode(self, encoding: bytes) -> Point:
        """The point with that x and parity of y. Source: SEC 1, section 2.3.4. Implements REPORT-1."""
        self.check_range(encoding)
        x = int.from_bytes(encoding[1:], "big")
        y = square_root(curve(x))
        if y is None:
            raise NotInGroup("no point of the curve has this coordinate")
        return x, y if y % 2 == encoding[0] % 2 else P - y

    def hash_to_group(self, message: bytes, domain: bytes) -> Point:
        """The suite P256_XMD:SHA-256_SSWU_RO_. Source: RFC 9380, sections 3 and 8.2. Implements REPORT-3."""
        return self.multiply(*map(map_to_curve, hash_to_field(message, domain, P, 2)))


# RFC 5114, section 2.1.
P_1024 = int(
    "b10b8f96a080e01dde92de5eae5d54ec52c99fbcfb06a3c69a6a9dca52d23b616073e28675a23d189838ef1e2ee652c0"
    "13ecb4aea906112324975c3cd49b83bfaccbdd7d90c4bd7098488e9c219a73724effd6fae5644738faa31a4ff55bccc0"
    "a151af5f0dc8b4bd45bf37df365c1a65e68cfda76d4da708df1fb2bc2e4a4371",
    16,
)
Q_160 = 0xF518AA8781A8DF278ABA4E7D64B7CB9D49462353
G_1024 = int(
    "a4d1cbd5c3fd34126765a442efb99905f8104dd258ac507fd6406cff14266d31266fea1e5c41564b777e690f5504f213"
    "160217b4b01b886a5e91547f9e2749f4d7fbd7d3b9a92ee1909d0d2263f80a76a6a24c087a091f531dbf0a0169b6a28a"
    "d662a4d18e73afa32d779d5918d08bc8858f4dcef97c2a24855e6eeb22b3b2e5",
    16,
)

NAMES = ("toy-2039", "modp-1024-160", "modp-2048", "modp-3072", "P-256")


@cache
def group(name: str) -> Group:
    """The group of a name. Errors: Range for a name that is not listed. Implements REPORT-1."""
    match name:
        case "toy-2039":
            return ModularGroup(name, 2039, 1019, 4)
        case "modp-1024-160":
            return ModularGroup(name, P_1024, Q_160, G_1024)
        case "modp-2048":
            p = oakley(2048, 124476)
            return ModularGroup(name, p, (p - 1) // 2, 2)
        case "modp-3072":
            p = oakley(3072, 1690314)
            return ModularGroup(name, p, (p - 1) // 2, 2)
        case "P-256":
            return P256()
    raise Range(f"no group is named {name[:40]!r}")
