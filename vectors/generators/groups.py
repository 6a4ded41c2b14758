"""The groups of prime order of paper E's chapters, computed apart from the reference.

P-256 is in projective coordinates with complete sums, held to OpenSSL's ECDH; hashing to the curve tries
Euler's criterion; primes of RFC 3526 come from mpmath's digits of pi.
"""

from functools import cache, lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from mpmath import libmp

from meter_privacy.vectors.generators.common import be
from meter_privacy.vectors.generators.primitives import hash_to_field


@cache
def modular_power(base: int, exponent: int, p: int) -> int:
    return pow(base, exponent, p)


class Modular:
    """Units modulo p of order q."""

    def __init__(self, name: str, p: int, q: int, g: int) -> None:
        self.name, self.p, self.q, self.g, self.one = name, p, q, g, 1
        self.width = (p.bit_length() + 7) // 8

    def times(self, a: Any, b: Any) -> Any:
        return a * b % self.p

    def power(self, base: Any, exponent: int) -> Any:
        return modular_power(base, exponent % self.q, self.p)

    def encode(self, element: Any) -> bytes:
        return be(element, self.width)

    def hash(self, message: bytes, domain: bytes) -> Any:
        for attempt in range(256):
            [u] = hash_to_field(message + bytes([attempt]), domain, self.p, 1)
            element = pow(u, (self.p - 1) // self.q, self.p)
            if element not in (0, 1):
                return element
        raise AssertionError


FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


def on_curve(x: int) -> int | None:
    """The even y of a coordinate, None where there is none: Euler's criterion, then the root."""
    square = (pow(x, 3, FIELD) - 3 * x + CURVE_B) % FIELD
    if pow(square, (FIELD - 1) // 2, FIELD) == FIELD - 1:
        return None
    y = pow(square, (FIELD + 1) // 4, FIELD)
    return y if y % 2 == 0 else FIELD - y


Projective = tuple[int, int, int]


def complete_sum(left: Projective, right: Projective) -> Projective:
    """The sum (X : Y : Z) of any two points. Source: Renes, Costello and Batina 2016, algorithm 4."""
    (x1, y1, z1), (x2, y2, z2) = left, right
    xx, yy, zz = x1 * x2, y1 * y2, z1 * z2
    xy, yz, xz = x1 * y2 + x2 * y1, y1 * z2 + y2 * z1, x1 * z2 + x2 * z1
    bxz = 3 * (xz - CURVE_B * zz)
    bzz = 3 * (CURVE_B * xz - 3 * zz - xx)
    low, high, lean = yy - bxz, yy + bxz, 3 * (xx - zz)
    x3 = xy * high - yz * bzz
    y3 = high * low + lean * bzz
    z3 = yz * low + xy * lean
    return x3 % FIELD, y3 % FIELD, z3 % FIELD


@lru_cache(maxsize=64)
def doubled(point: Projective) -> list[Projective]:
    """A point doubled again and again: few bases are used, each of them often."""
    chain = [point]
    while len(chain) < 256:
        chain.append(complete_sum(chain[-1], chain[-1]))
    return chain


class Curve:
    """P-256; elements are affine points, and None for the identity."""

    name, width, one = "P-256", 33, None
    q = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

    def __init__(self) -> None:
        numbers = ec.derive_private_key(1, ec.SECP256R1()).public_key().public_numbers()
        self.g: Any = (numbers.x, numbers.y)
        self.powers: dict[Any, Any] = {}

    def times(self, a: Any, b: Any) -> Any:
        if a is None or b is None:
            return a or b
        if a[0] == b[0] and (a[1] + b[1]) % FIELD == 0:
            return None
        over, under = (3 * a[0] ** 2 - 3, 2 * a[1]) if a == b else (b[1] - a[1], b[0] - a[0])
        slope = over * pow(under, -1, FIELD) % FIELD
        x = (slope * slope - a[0] - b[0]) % FIELD
        return x, (slope * (a[0] - x) - a[1]) % FIELD

    def power(self, base: Any, exponent: int) -> Any:
        """From the lowest bit up; held to OpenSSL's ECDH, which gives the first coordinate."""
        exponent %= self.q
        if (base, exponent) in self.powers:
            return self.powers[base, exponent]
        x, y, z = 0, 1, 0
        for bit, point in enumerate(doubled((*base, 1) if base else (0, 1, 0))):
            if exponent >> bit & 1:
                x, y, z = complete_sum((x, y, z), point)
        inverse = pow(z, -1, FIELD) if z else 0
        total = (x * inverse % FIELD, y * inverse % FIELD) if z else None
        self.powers[base, exponent] = total
        if base is not None and exponent:
            theirs = ec.EllipticCurvePublicNumbers(base[0], base[1], ec.SECP256R1()).public_key()
            shared = ec.derive_private_key(exponent, ec.SECP256R1()).exchange(ec.ECDH(), theirs)
            assert total is not None
            assert total[0] == int.from_bytes(shared, "big")
        return total

    def encode(self, element: Any) -> bytes:
        return bytes([2 | element[1] & 1]) + be(element[0], 32)

    def hash(self, message: bytes, domain: bytes) -> Any:
        points = []
        for u in hash_to_field(message, domain, FIELD, 2):
            t = -10 * u * u % FIELD
            both = (t * t + t) % FIELD
            ratio = CURVE_B * pow(3, -1, FIELD)
            x = ratio * (1 + pow(both, -1, FIELD)) if both else ratio * pow(10, -1, FIELD) * -1
            x %= FIELD
            y = on_curve(x)
            if y is None:
                x = t * x % FIELD
                y = on_curve(x)
            assert y is not None
            points.append((x, y if u % 2 == 0 else FIELD - y))
        return self.times(*points)


Members = Modular | Curve


def oakley(bits: int, addend: int) -> int:
    """RFC 3526: pi's digits by mpmath's integers."""
    digits = int(libmp.pi_fixed(bits - 130 + 64)) >> 64
    return (1 << bits) - (1 << bits - 64) - 1 + (digits + addend << 64)


# RFC 5114, section 2.1.
RFC_5114 = {
    "p": "B10B8F96 A080E01D DE92DE5E AE5D54EC 52C99FBC FB06A3C6 9A6A9DCA 52D23B61"
    "6073E286 75A23D18 9838EF1E 2EE652C0 13ECB4AE A9061123 24975C3C D49B83BF"
    "ACCBDD7D 90C4BD70 98488E9C 219A7372 4EFFD6FA E5644738 FAA31A4F F55BCCC0"
    "A151AF5F 0DC8B4BD 45BF37DF 365C1A65 E68CFDA7 6D4DA708 DF1FB2BC 2E4A4371",
    "q": "F518AA87 81A8DF27 8ABA4E7D 64B7CB9D 49462353",
    "g": "A4D1CBD5 C3FD3412 6765A442 EFB99905 F8104DD2 58AC507F D6406CFF 14266D31"
    "266FEA1E 5C41564B 777E690F 5504F213 160217B4 B01B886A 5E91547F 9E2749F4"
    "D7FBD7D3 B9A92EE1 909D0D22 63F80A76 A6A24C08 7A091F53 1DBF0A01 69B6A28A"
    "D662A4D1 8E73AFA3 2D779D59 18D08BC8 858F4DCE F97C2A24 855E6EEB 22B3B2E5",
}


@cache
def members(name: str) -> Members:
    """A group by its name."""
    if name == "P-256":
        return Curve()
    if name == "toy-2039":
        return Modular(name, 2039, 1019, 4)
    if name == "modp-1024-160":
        numbers = (RFC_5114[key].replace(" ", "") for key in ("p", "q", "g"))
        p, q, g = (int(number, 16) for number in numbers)
        return Modular(name, p, q, g)
    p = {"modp-2048": oakley(2048, 124476), "modp-3072": oakley(3072, 1690314)}[name]
    return Modular(name, p, (p - 1) // 2, 2)
