"""A target made of phe, an independent Paillier library, as a vendor would serve it.

phe does the arithmetic; what it does not check, the functions here do. Run by
`meter-privacy serve tests/phe_target.py`.
"""

from collections.abc import Callable
from math import gcd

from phe import paillier
from phe.util import powmod

NAME = "phe"
VERSION = "1.5.0"
PROFILES = ("published",)


class Refused(ValueError):
    """A refusal with its class."""

    def __init__(self, error_class: str, detail: str) -> None:
        super().__init__(detail)
        self.error_class = error_class


def _unit(value: int, modulus: int) -> None:
    if gcd(value, modulus) != 1:
        raise Refused("not-invertible", "a common factor with the modulus")


def encrypt(modulus: int, plaintext: int, randomness: int) -> int:
    """phe's raw encryption with the randomness given."""
    _unit(randomness, modulus)
    ciphertext: int = paillier.PaillierPublicKey(modulus).raw_encrypt(plaintext, r_value=randomness)
    return ciphertext


def decrypt(p: int, q: int, ciphertext: int) -> int:
    """phe's raw decryption."""
    _unit((p - 1) * (q - 1), p * q)
    _unit(ciphertext, p * q)
    key = paillier.PaillierPrivateKey(paillier.PaillierPublicKey(p * q), p, q)
    plaintext: int = key.raw_decrypt(ciphertext)
    return plaintext


def add(modulus: int, ciphertexts: list[int]) -> int:
    """phe's addition of encrypted numbers, one after the other."""
    public = paillier.PaillierPublicKey(modulus)
    for ciphertext in ciphertexts:
        _unit(ciphertext, modulus)
    total = paillier.EncryptedNumber(public, ciphertexts[0])
    for ciphertext in ciphertexts[1:]:
        total = total + paillier.EncryptedNumber(public, ciphertext)
    result: int = total.ciphertext(be_secure=False)
    return result


def scale(modulus: int, ciphertext: int, scalar: int) -> int:
    """phe's power. Its own product takes a scalar above 2 n / 3 for a negative one and inverts, which gives
    another encryption of the same plaintext than c^k (PAILLIER-14)."""
    _unit(ciphertext, modulus)
    result: int = powmod(ciphertext, scalar, modulus**2)
    return result


OPERATIONS: dict[str, Callable[..., int]] = {
    "paillier.encrypt": encrypt,
    "paillier.decrypt": decrypt,
    "paillier.add": add,
    "paillier.scale": scale,
}
