"""Elements of the groups that the reporting chapter names, for the strategies: what a hash cannot know.

Squares modulo a safe prime, and points of P-256 by their coordinate. Every one is of the group's order.
"""

from functools import cache, lru_cache

from mpmath import mp

TOY, MODULAR, CURVE = "toy-2039", "modp-2048", "P-256"
TOY_PRIME = 2039
FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@cache
def safe_prime(name: str) -> int:
    """The prime modulo which a group is the squares: 2039, or RFC 3526's of 2048 bits."""
    if name == TOY:
        return TOY_PRIME
    with mp.workprec(2048):
        middle = int(mp.floor(mp.pi * 2**1918)) + 124476
    return int(2**2048 - 2**1984 - 1 + 2**64 * middle)


def order(name: str) -> int:
    """The prime order of one of the three groups."""
    return CURVE_ORDER if name == CURVE else (safe_prime(name) - 1) // 2


def width(name: str) -> int:
    """The length of an element in bytes."""
    return 33 if name == CURVE else (safe_prime(name).bit_length() + 7) // 8


@lru_cache(maxsize=4096)
def element(name: str, number: int) -> bytes:
    """An element of one of the three groups, of a number; never the identity."""
    if name != CURVE:
        p = safe_prime(name)
        root = number % (p - 3) + 2
        return (root * root % p).to_bytes(width(name), "big")
    x = number // 2 % FIELD
    while pow((x**3 - 3 * x + CURVE_B) % FIELD, (FIELD - 1) // 2, FIELD) != 1:
        x = (x + 1) % FIELD
    return bytes([2 + number % 2]) + x.to_bytes(32, "big")
