"""RFC 9474 against the library cryptography, exhaustively in a toy modulus, and at the edges of lengths."""

from math import gcd

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from meter_privacy.reference import blind_signatures as blind
from meter_privacy.reference.errors import Malformed, NotInvertible, Range, Unauthentic
from meter_privacy.vectors.generators.common import draw_below, draw_bytes
from meter_privacy.vectors.generators.energy_tokens import Rsa, rsa_key

SALT = draw_bytes("tokens/test/salt", 48)


def run(key: Rsa, variant: int, message: bytes, label: str) -> int:
    """Both sides of a run: the signature."""
    chosen = blind.VARIANTS[variant]
    prepared = blind.prepare(variant, message, draw_bytes(f"{label}/prefix", 32)[: chosen.prefix_bytes])
    blinding = 2 + draw_below(label, key.n - 3)
    sent = blind.blind(variant, key.n, key.e, prepared, SALT[: chosen.salt_bytes], blinding)
    answered = blind.blind_sign(key.p, key.q, key.e, sent["blinded_message"])
    return blind.finalize(variant, key.n, key.e, prepared, answered, sent["inverse"])


@pytest.mark.parametrize("variant", blind.VARIANTS)
@pytest.mark.parametrize("name", ["bits-513", "1024", "2048"])
def test_the_library_verifies_what_comes_out(name: str, variant: int) -> None:
    """Each variant, and a modulus of 8 k + 1 bits. TOKEN-2, TOKEN-3, TOKEN-4, TOKEN-5, TOKEN-6, TOKEN-7."""
    key, chosen = rsa_key(name), blind.VARIANTS[variant]
    if name == "bits-513" and chosen.salt_bytes:
        with pytest.raises(Range, match="too short"):
            run(key, variant, b"42 Wh", "tokens/test")
        return
    signature = run(key, variant, b"42 Wh", f"tokens/test/{name}/{variant}")
    prepared = draw_bytes(f"tokens/test/{name}/{variant}/prefix", 32)[: chosen.prefix_bytes] + b"42 Wh"
    public = rsa.RSAPublicNumbers(key.e, key.n).public_key()
    scheme = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length=chosen.salt_bytes)
    length = (key.n.bit_length() + 7) // 8
    public.verify(signature.to_bytes(length, "big"), prepared, scheme, hashes.SHA384())
    with pytest.raises(InvalidSignature):
        public.verify(signature.to_bytes(length, "big"), prepared + b"0", scheme, hashes.SHA384())
    blind.verify(variant, key.n, key.e, prepared, signature)
    with pytest.raises(Unauthentic):
        blind.verify(variant, key.n, key.e, prepared + b"0", signature)


def test_signatures_of_the_library_are_taken() -> None:
    """Random salts, drawn by the library. TOKEN-3, TOKEN-7."""
    key = rsa_key("1024")
    numbers = rsa.RSAPrivateNumbers(
        key.p, key.q, key.d, key.d % (key.p - 1), key.d % (key.q - 1), pow(key.q, -1, key.p),
        rsa.RSAPublicNumbers(key.e, key.n),
    )  # fmt: skip
    scheme = padding.PSS(padding.MGF1(hashes.SHA384()), salt_length=48)
    for number in range(20):
        message = draw_bytes(f"tokens/test/{number}", number)
        made = numbers.private_key().sign(message, scheme, hashes.SHA384())
        blind.verify(3, key.n, key.e, message, int.from_bytes(made, "big"))


def test_every_encoding_fault_is_seen() -> None:
    """Each byte of an encoding, changed in one bit, makes it none; so do other lengths of salt. TOKEN-3."""
    bits = 1023
    encoded = blind.pss_encode(b"42 Wh", bits, SALT)
    assert blind.pss_verify(b"42 Wh", encoded, bits, 48)
    for place in range(8 * len(encoded)):
        changed = bytearray(encoded)
        changed[place // 8] ^= 1 << place % 8
        assert not blind.pss_verify(b"42 Wh", bytes(changed), bits, 48), place
    assert not blind.pss_verify(b"42 Wh", encoded, bits, 0)
    assert not blind.pss_verify(b"42 Wh", encoded, bits, 47)


def test_every_pair_of_a_toy_key() -> None:
    """All units and all R modulo 35, e = 5: unblinding gives m^d, each z hides each m. TOKEN-4."""
    n, e, units = 35, 5, [u for u in range(1, 35) if gcd(u, 35) == 1]
    for m in units:
        blinded = [m * pow(r, e, n) % n for r in units]
        assert sorted(blinded) == units
        for r, z in zip(units, blinded, strict=True):
            signed = blind.private_power(5, 7, e, z)
            assert signed * pow(r, -1, n) % n == blind.private_power(5, 7, e, m)


def test_what_no_key_is() -> None:
    """Primes that are none show, in the key and in what is signed. TOKEN-1, TOKEN-5."""
    with pytest.raises(Range, match="not prime"):
        blind.key(91, 11, 7)
    with pytest.raises(Range, match="not prime"):
        blind.blind_sign(91, 11, 7, 5)
    with pytest.raises(NotInvertible):
        blind.key(61, 53, 3)
    with pytest.raises(Range, match="equal"):
        blind.key(61, 61, 7)
    with pytest.raises(Malformed):
        blind.prepare(1, b"", b"short")
