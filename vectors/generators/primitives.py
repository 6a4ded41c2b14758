"""Cryptographic primitives, computed apart from the reference.

HMAC is the library cryptography's, and HKDF built on that; X25519 is a Montgomery ladder, Ed25519 affine and
projective arithmetic; ChaCha20-Poly1305 is written out.
"""

import hashlib
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from meter_privacy.vectors.generators.common import be


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256 by cryptography; the reference uses the standard library's."""
    mac = HMAC(key, hashes.SHA256())
    mac.update(message)
    return mac.finalize()


def hkdf(secret: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 without salt, one block of output."""
    return hmac_sha256(hmac_sha256(bytes(32), secret), info + b"\x01")


# ---- Curve25519 ----------------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
# Every point of the curve and of its twist whose order divides 8, in the encodings below 2^255.
LOW_ORDER = {
    "zero": 0,
    "one": 1,
    "order-8-a": 325606250916557431795983626356110631294008115727848805560023387167927233504,
    "order-8-b": 39382357235489614581723060781553021112529911719440698176882885853963445705823,
    "p-minus-one": P - 1,
    "p-not-reduced": P,
    "p-plus-one-not-reduced": P + 1,
}


def x25519(scalar: bytes, point: bytes) -> bytes:
    """X25519 by the Montgomery ladder of RFC 7748, section 5."""
    k = int.from_bytes(scalar, "little") & ~7 & (2**254 - 1) | 2**254
    u = int.from_bytes(point, "little") % 2**255 % P
    x2, z2, x3, z3 = 1, 0, u, 1
    for bit in range(254, -1, -1):
        if k >> bit & 1:
            x2, z2, x3, z3 = x3, z3, x2, z2
        plus, minus = x2 + z2, x2 - z2
        square_plus, square_minus = plus * plus, minus * minus
        cross_1, cross_2 = (x3 - z3) * plus, (x3 + z3) * minus
        x3, z3 = (cross_1 + cross_2) ** 2 % P, u * (cross_1 - cross_2) ** 2 % P
        difference = square_plus - square_minus
        x2, z2 = square_plus * square_minus % P, difference * (square_plus + 121665 * difference) % P
        if k >> bit & 1:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def public_key(scalar: bytes) -> bytes:
    """The X25519 public key."""
    return x25519(scalar, (9).to_bytes(32, "little"))


Point = tuple[int, int]
D = -121665 * pow(121666, -1, P) % P
IDENTITY: Point = (0, 1)


def edwards_add(a: Point, b: Point) -> Point:
    """Affine addition on edwards25519; complete."""
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P


def edwards_multiply(k: int, point: Point) -> Point:
    """Scalar multiplication by doubling and adding."""
    result = IDENTITY
    while k:
        if k & 1:
            result = edwards_add(result, point)
        point = edwards_add(point, point)
        k >>= 1
    return result


def edwards_recover(y: int, sign: int) -> Point:
    """The point of a y coordinate and the sign of x; raises ValueError where y is on no point."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        raise ValueError("no point")
    return (x if x % 2 == sign else -x % P), y


def on_curve(y: int) -> bool:
    """Whether y is the coordinate of a point."""
    try:
        edwards_recover(y, 0)
    except ValueError:
        return False
    return True


BASE = edwards_recover(4 * pow(5, -1, P) % P, 0)


@cache
def base_doubled() -> list[Point]:
    """B, 2B, 4B, ...: what a multiple of the base point is a sum of."""
    powers = [BASE]
    for _ in range(255):
        powers.append(edwards_add(powers[-1], powers[-1]))
    return powers


def base_multiple(k: int) -> Point:
    """k B, added up in projective coordinates: one inversion in place of hundreds."""
    x, y, z = 0, 1, 1
    for bit, (x2, y2) in enumerate(base_doubled()):
        if k >> bit & 1:
            b, c, d = z * z % P, x * x2 % P, y * y2 % P
            e = D * c * d % P
            f, g = b - e, b + e
            x, y, z = z * f * ((x + y) * (x2 + y2) - c - d) % P, z * g * (d + c) % P, f * g % P
    inverse = pow(z, -1, P)
    return x * inverse % P, y * inverse % P


def edwards_encode(point: Point) -> bytes:
    """The encoding of a point."""
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def reduced_hash(*parts: bytes) -> int:
    """SHA-512 as a little-endian integer modulo L."""
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def ed25519_scalar(seed: bytes) -> tuple[int, bytes]:
    """The secret scalar and the prefix of a private key."""
    digest = hashlib.sha512(seed).digest()
    return int.from_bytes(digest[:32], "little") & ~7 & (2**254 - 1) | 2**254, digest[32:]


@cache
def ed25519_public(seed: bytes) -> bytes:
    """The Ed25519 public key."""
    return edwards_encode(base_multiple(ed25519_scalar(seed)[0]))


@cache
def ed25519_sign(seed: bytes, message: bytes, torsion: Point = IDENTITY) -> bytes:
    """An Ed25519 signature; a torsion point added to R makes one that only cofactored checks accept."""
    scalar, prefix = ed25519_scalar(seed)
    r = reduced_hash(prefix, message)
    commitment = edwards_encode(edwards_add(base_multiple(r), torsion))
    s = (r + reduced_hash(commitment, ed25519_public(seed), message) * scalar) % L
    return commitment + s.to_bytes(32, "little")


# ---- ChaCha20 and Poly1305 of RFC 8439, written out ----------------------------------------------------


def rotate(word: int, bits: int) -> int:
    """A 32-bit rotation to the left."""
    return (word << bits | word >> 32 - bits) & 0xFFFFFFFF


def chacha20_block(key: bytes, counter: int, nonce: bytes) -> bytes:
    """One block (RFC 8439, section 2.3)."""
    words = [int.from_bytes(b"expand 32-byte k"[i : i + 4], "little") for i in range(0, 16, 4)]
    words += [int.from_bytes(key[i : i + 4], "little") for i in range(0, 32, 4)]
    words += [counter, *(int.from_bytes(nonce[i : i + 4], "little") for i in range(0, 12, 4))]
    x = list(words)
    columns = [(i, i + 4, i + 8, i + 12) for i in range(4)]
    diagonals = [(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12) for i in range(4)]
    for _ in range(10):
        for a, b, c, d in (*columns, *diagonals):
            for left, right, other, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[left] = (x[left] + x[right]) & 0xFFFFFFFF
                x[other] = rotate(x[other] ^ x[left], bits)
    return b"".join(((u + v) & 0xFFFFFFFF).to_bytes(4, "little") for u, v in zip(x, words, strict=True))


def poly1305(key: bytes, message: bytes) -> bytes:
    """The one-time authenticator (RFC 8439, section 2.5)."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for i in range(0, len(message), 16):
        total = (total + int.from_bytes(message[i : i + 16] + b"\x01", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def aead(key: bytes, nonce: bytes, plaintext: bytes) -> bytes:
    """ChaCha20-Poly1305 without additional data (RFC 8439, section 2.8)."""
    blocks = range((len(plaintext) + 63) // 64)
    stream = b"".join(chacha20_block(key, 1 + i, nonce) for i in blocks)
    data = bytes(u ^ v for u, v in zip(plaintext, stream, strict=False))
    padded = data + bytes(-len(data) % 16) + bytes(8) + len(data).to_bytes(8, "little")
    return data + poly1305(chacha20_block(key, 0, nonce)[:32], padded)


# ---- Hashing to a field --------------------------------------------------------------------------------


def expand(message: bytes, domain: bytes, length: int) -> bytes:
    """expand_message_xmd with SHA-256 (RFC 9380, section 5.3.1)."""
    prime = domain + be(len(domain), 1)
    b0 = hashlib.sha256(bytes(64) + message + be(length, 2) + b"\x00" + prime).digest()
    blocks = [hashlib.sha256(b0 + b"\x01" + prime).digest()]
    while 32 * len(blocks) < length:
        mixed = int.from_bytes(b0, "big") ^ int.from_bytes(blocks[-1], "big")
        blocks.append(hashlib.sha256(be(mixed, 32) + be(len(blocks) + 1, 1) + prime).digest())
    return b"".join(blocks)[:length]


def hash_to_field(message: bytes, domain: bytes, modulus: int, count: int = 1) -> list[int]:
    """hash_to_field (RFC 9380, section 5.2)."""
    size = (modulus.bit_length() + 135) // 8
    drawn = expand(message, domain, count * size)
    return [int.from_bytes(drawn[k : k + size], "big") % modulus for k in range(0, count * size, size)]
