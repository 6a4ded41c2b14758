"""RSA blind signatures, RFC 9474 (RSABSSA with SHA-384), and EMSA-PSS of RFC 8017, written out.

The signer sees a message that a random R^e hides, and signs it; the receiver divides by R and holds an
ordinary RSASSA-PSS signature. Blinded messages and signatures are numbers; the RFC's byte strings are their
big-endian encodings as long as n. The reference is not constant in time.
"""

from dataclasses import dataclass
from hashlib import sha384
from math import gcd, lcm

from meter_privacy.reference.errors import Malformed, NotInvertible, Range, Unauthentic, check
from meter_privacy.reference.paillier import is_prime

HASH_BYTES = 48
PREFIX_BYTES = 32
MESSAGE_BYTES = 4096
MODULUS_BITS, MODULUS_LEAST = 4096, 15


@dataclass(frozen=True)
class Variant:
    """A named variant of RFC 9474, section 5: the lengths of the salt and of the message's random prefix."""

    name: str
    salt_bytes: int
    prefix_bytes: int


VARIANTS = {
    1: Variant("RSABSSA-SHA384-PSS-Randomized", HASH_BYTES, PREFIX_BYTES),
    2: Variant("RSABSSA-SHA384-PSSZERO-Randomized", 0, PREFIX_BYTES),
    3: Variant("RSABSSA-SHA384-PSS-Deterministic", HASH_BYTES, 0),
    4: Variant("RSABSSA-SHA384-PSSZERO-Deterministic", 0, 0),
}
PSS_RANDOMIZED = 1


# ---- Keys ----------------------------------------------------------------------------------------


def check_public_key(modulus: int, exponent: int) -> None:
    """Refuse numbers that cannot be a public key. Errors: Range. Implements TOKEN-1."""
    fits = MODULUS_LEAST <= modulus < 1 << MODULUS_BITS and modulus % 2 == 1
    check(fits, Range, "the modulus is even or out of range")
    check(3 <= exponent < modulus and exponent % 2 == 1, Range, "the exponent is even or not in [3, n)")


def check_factors(p: int, q: int, exponent: int) -> None:
    """Refuse numbers that cannot be factors and an exponent. Errors: Range. Implements TOKEN-1."""
    for prime in (p, q):
        check(3 <= prime < 1 << MODULUS_BITS // 2 and prime % 2 == 1, Range, "a factor is out of range")
    check(3 <= exponent < p * q and exponent % 2 == 1, Range, "the exponent is even or not in [3, n)")


def check_coprime(p: int, q: int, exponent: int) -> None:
    """Refuse an exponent without an inverse. Errors: NotInvertible. Implements TOKEN-1."""
    check(gcd(exponent, (p - 1) * (q - 1)) == 1, NotInvertible, "e shares a factor with (p - 1)(q - 1)")


def key(p: int, q: int, exponent: int) -> dict[str, int]:
    """A signer's key: n = p q and d = e^-1 modulo lcm(p - 1, q - 1).

    p, q: different odd primes below 2^2048. exponent: e, odd, in [3, n).
    Errors: Range, also where p or q is not prime; NotInvertible. Source: RFC 8017, section 3.
    Implements TOKEN-1.
    """
    check_factors(p, q, exponent)
    check(p != q, Range, "the two primes are equal")
    check(is_prime(p) and is_prime(q), Range, "a factor is not prime")
    check_coprime(p, q, exponent)
    return {"modulus": p * q, "private_exponent": pow(exponent, -1, lcm(p - 1, q - 1))}


def private_power(p: int, q: int, exponent: int, number: int) -> int:
    """number^d modulo n by its two halves, held to s^e = number: a fault would give the factors away.

    Source: RFC 8017, section 5.1.2; RFC 9474, section 4.3, step 4. Implements TOKEN-5.
    """
    at_p = pow(number, pow(exponent, -1, p - 1), p)
    at_q = pow(number, pow(exponent, -1, q - 1), q)
    power = at_q + (at_p - at_q) * pow(q, -1, p) % p * q
    check(pow(power, exponent, p * q) == number, Range, "signing failed: a factor is not prime")
    return power


# ---- EMSA-PSS ------------------------------------------------------------------------------------


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-384. Source: RFC 8017, section B.2.1. Implements TOKEN-3."""
    blocks = range((length + HASH_BYTES - 1) // HASH_BYTES)
    return b"".join(sha384(seed + block.to_bytes(4, "big")).digest() for block in blocks)[:length]


def mixed(left: bytes, right: bytes) -> bytes:
    """The exclusive or of two byte strings of one length."""
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def encoded_bits(modulus: int, salt_bytes: int) -> int:
    """emBits = bits(n) - 1, if the encoding fits. Errors: Range.

    RFC 9474, section 4.2 prints bit_len(n); its own test vectors and RFC 8017, section 8.1.1 have one less.
    Implements TOKEN-3.
    """
    bits = modulus.bit_length() - 1
    check(bits >= 8 * (HASH_BYTES + salt_bytes) + 9, Range, "the modulus is too short for the encoding")
    return bits


def pss_encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE: maskedDB || H || bc, of `bits` bits in whole bytes.

    Source: RFC 8017, section 9.1.1, with SHA-384 and MGF1. Implements TOKEN-3.
    """
    length = (bits + 7) // 8
    h = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    masked = bytearray(mixed(block, mask(h, len(block))))
    masked[0] &= 0xFF >> 8 * length - bits
    return bytes(masked) + h + b"\xbc"


def pss_verify(message: bytes, encoded: bytes, bits: int, salt_bytes: int) -> bool:
    """EMSA-PSS-VERIFY: whether an encoding of `bits` bits is one of the message with a salt of that length.

    Source: RFC 8017, section 9.1.2. Implements TOKEN-3.
    """
    unused = 8 * len(encoded) - bits
    masked, h, last = encoded[: -HASH_BYTES - 1], encoded[-HASH_BYTES - 1 : -1], encoded[-1]
    if last != 0xBC or masked[0] >> 8 - unused:
        return False
    block = bytearray(mixed(masked, mask(h, len(masked))))
    block[0] &= 0xFF >> unused
    padding = len(block) - salt_bytes - 1
    if any(block[:padding]) or block[padding] != 1:
        return False
    return h == sha384(bytes(8) + sha384(message).digest() + bytes(block[padding + 1 :])).digest()


# ---- The protocol --------------------------------------------------------------------------------


def prepare(variant: int, message: bytes, prefix: bytes) -> bytes:
    """The input message: the message itself, or behind 32 random bytes in the randomized variants.

    variant: from 1 to 4. message: at most 4096 bytes. prefix: 32 random bytes, fresh for every message, or
    none. Errors: Malformed, Range. Source: RFC 9474, section 4.1. Implements TOKEN-2.
    """
    check(len(message) <= MESSAGE_BYTES, Malformed, "the message is longer than 4096 bytes")
    check(variant in VARIANTS, Range, "a variant is a number from 1 to 4")
    check(len(prefix) == VARIANTS[variant].prefix_bytes, Malformed, "the prefix is not that of the variant")
    return prefix + message


def check_input_message(variant: int, input_message: bytes) -> Variant:
    """The variant, if the input message can be one of it. Errors: Malformed, Range. Implements TOKEN-2."""
    check(len(input_message) <= MESSAGE_BYTES + PREFIX_BYTES, Malformed, "the input message is too long")
    check(variant in VARIANTS, Range, "a variant is a number from 1 to 4")
    chosen = VARIANTS[variant]
    check(len(input_message) >= chosen.prefix_bytes, Malformed, "the input message lacks its prefix")
    return chosen


def blind(
    variant: int, modulus: int, exponent: int, input_message: bytes, salt: bytes, blinding: int
) -> dict[str, int]:
    """The blinded message m R^e mod n, and the inverse R^-1 mod n, which is kept.

    salt: random, 48 bytes or none as the variant has it. blinding: R, uniform in [2, n - 2], fresh; 1 and
    n - 1 hide nothing. Errors: Malformed, Range; NotInvertible where the encoded message or R shares a factor
    with n. Source: RFC 9474, section 4.2. Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-4.
    """
    chosen = check_input_message(variant, input_message)
    check(len(salt) == chosen.salt_bytes, Malformed, "the salt is not that of the variant")
    check_public_key(modulus, exponent)
    check(2 <= blinding <= modulus - 2, Range, "the blinding factor is not in [2, n - 2]")
    m = int.from_bytes(pss_encode(input_message, encoded_bits(modulus, len(salt)), salt), "big")
    check(gcd(m, modulus) == 1, NotInvertible, "the encoded message shares a factor with n")
    check(gcd(blinding, modulus) == 1, NotInvertible, "the blinding factor shares a factor with n")
    blinded = m * pow(blinding, exponent, modulus) % modulus
    return {"blinded_message": blinded, "inverse": pow(blinding, -1, modulus)}


def blind_sign(p: int, q: int, exponent: int, blinded_message: int) -> int:
    """The signer's answer z^d mod n to a blinded message z.

    p, q, exponent: a key that `key` accepted. blinded_message: in [2, n - 2], a unit.
    Errors: Range, NotInvertible. Source: RFC 9474, section 4.3; 0, 1 and n - 1, which sign themselves, are
    refused beyond it. Implements TOKEN-1, TOKEN-5.
    """
    check_factors(p, q, exponent)
    check(2 <= blinded_message <= p * q - 2, Range, "the blinded message is not in [2, n - 2]")
    check(gcd(p, q) == 1, Range, "the two primes are equal, or share a factor")
    check_coprime(p, q, exponent)
    check(gcd(blinded_message, p * q) == 1, NotInvertible, "the blinded message shares a factor with n")
    return private_power(p, q, exponent, blinded_message)


def finalize(
    variant: int, modulus: int, exponent: int, input_message: bytes, blind_signature: int, inverse: int
) -> int:
    """The signature z R^-1 mod n of the signer's answer z, if it verifies.

    blind_signature: z in [0, n). inverse: that of `blind`, in [2, n - 2].
    Errors: Malformed, Range, Unauthentic. Source: RFC 9474, section 4.4.
    Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-6.
    """
    check_input_message(variant, input_message)
    check_public_key(modulus, exponent)
    check(0 <= blind_signature < modulus, Range, "the answer is not below n")
    check(2 <= inverse <= modulus - 2, Range, "the inverse is not in [2, n - 2]")
    signature = blind_signature * inverse % modulus
    verify(variant, modulus, exponent, input_message, signature)
    return signature


def verify(variant: int, modulus: int, exponent: int, input_message: bytes, signature: int) -> None:
    """Accept a signature on an input message: RSASSA-PSS-VERIFY.

    signature: in [0, n). Errors: Malformed, Range, Unauthentic.
    Source: RFC 9474, section 4.5; RFC 8017, section 8.1.2.
    Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-7.
    """
    chosen = check_input_message(variant, input_message)
    check_public_key(modulus, exponent)
    check(0 <= signature < modulus, Range, "the signature is not below n")
    bits = encoded_bits(modulus, chosen.salt_bytes)
    encoded, length = pow(signature, exponent, modulus), (bits + 7) // 8
    # A number that needs one byte more than the encoding has is none: n has 8 k + 1 bits then.
    genuine = encoded >> 8 * length == 0 and pss_verify(
        input_message, encoded.to_bytes(length, "big"), bits, chosen.salt_bytes
    )
    check(genuine, Unauthentic, "the signature does not verify")
