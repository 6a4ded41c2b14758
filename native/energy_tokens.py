"""The meter's side of energy tokens in the C core: blind signatures, identities, answers to challenges.

The functions have the names and fields of spec/operations/energy_tokens.toml. Public functions of this module
are in constant time in messages, salts, blindings, answers, secrets and nonces.
"""

from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import WINDOW, check_int, natural, number, output
from meter_privacy.native.errors import Malformed, Range, check
from meter_privacy.native.groups import group_of

# Of each variant of RFC 9474, section 5: the scheme, and the lengths of the salt and of the prefix.
VARIANTS = {
    1: (lib.MPRIV_BLIND_PSS, 48, 32),
    2: (lib.MPRIV_BLIND_PSS_ZERO, 0, 32),
    3: (lib.MPRIV_BLIND_PSS, 48, 0),
    4: (lib.MPRIV_BLIND_PSS_ZERO, 0, 0),
}
MESSAGE_MAXIMUM = 4096
HASHED_MAXIMUM = 1024
TOKEN_MAXIMUM = 2048


def blind_prepare(variant: int, message: bytes, prefix: bytes) -> bytes:
    """The input message: the message itself, or behind 32 random bytes in the randomized variants.

    variant: from 1 to 4, in the order of RFC 9474, section 5. message: at most 4096 bytes.
    Errors: Malformed, Range. Source: RFC 9474, section 4.1. Implements TOKEN-2.
    """
    check_int("variant", variant)
    if type(message) is not bytes or type(prefix) is not bytes or len(message) > MESSAGE_MAXIMUM:
        raise Malformed("the message is longer than 4096 bytes")
    if variant not in VARIANTS:
        raise Range("a variant is a number from 1 to 4")
    if len(prefix) != VARIANTS[variant][2]:
        raise Malformed("the prefix is not that of the variant")
    return prefix + message


def blind(
    variant: int, modulus: int, exponent: int, input_message: bytes, salt: bytes, blinding: int
) -> dict[str, int]:
    """The blinded message m R^e mod n, and the inverse R^-1 mod n.

    salt: 48 bytes or none, as the variant has it. blinding: R, in [2, n - 2].
    Errors: Malformed, Range, NotInvertible. Source: RFC 9474, section 4.2.
    Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-4.
    """
    scheme, salt_bytes = _check_input_message(variant, input_message)
    if type(salt) is not bytes or len(salt) != salt_bytes:
        raise Malformed("the salt is not that of the variant")
    return _blind(modulus, exponent, scheme, input_message, salt, blinding)


def blind_finalize(
    variant: int, modulus: int, exponent: int, input_message: bytes, blind_signature: int, inverse: int
) -> int:
    """The signature z R^-1 mod n of the signer's answer z, if it verifies.

    blind_signature: z in [0, n). inverse: that of `blind`, in [2, n - 2].
    Errors: Malformed, Range, Unauthentic. Source: RFC 9474, section 4.4.
    Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-6.
    """
    scheme, _ = _check_input_message(variant, input_message)
    return _finalise(modulus, exponent, scheme, input_message, blind_signature, inverse)


def full_domain_hash(modulus: int, exponent: int, message: bytes) -> int:
    """H: a unit modulo n from the key and the message, of at most 1024 bytes.

    Errors: Malformed, Range, NotInvertible. Source: RFC 9380, section 5.2. Implements TOKEN-14.
    """
    _check_hashed(message)
    signer, size, _owners = _signer(modulus, exponent)
    hashed, (scratch, length) = output(size), _scratch(size)
    code = lib.mpriv_full_domain_hash(hashed, size, signer, message, len(message), scratch, length)
    check(code, "the key is out of range, or the hash shares a factor with n")
    return number(hashed)


def fdh_blind(modulus: int, exponent: int, message: bytes, blinding: int) -> dict[str, int]:
    """The blinded hash H R^e mod n, and R^-1 mod n.

    blinding: R, in [2, n - 2]. Errors: Malformed, Range, NotInvertible.
    Source: paper E, section 3.2, corrected. Implements TOKEN-4, TOKEN-15.
    """
    _check_hashed(message)
    return _blind(modulus, exponent, lib.MPRIV_BLIND_FULL_DOMAIN, message, b"", blinding)


def fdh_finalize(modulus: int, exponent: int, message: bytes, blind_signature: int, inverse: int) -> int:
    """The signature z R^-1 mod n of the signer's answer z, if its e-th power is the hash.

    Errors: Malformed, Range, NotInvertible, Unauthentic. Source: paper E, section 3.2, corrected.
    Implements TOKEN-6, TOKEN-15.
    """
    _check_hashed(message)
    return _finalise(modulus, exponent, lib.MPRIV_BLIND_FULL_DOMAIN, message, blind_signature, inverse)


def identity(group: str, secret: int, nonce: int) -> dict[str, bytes]:
    """A token's identity: v = g^-s and x = g^r, encoded.

    secret: s, nonce: r, each in [1, q), r neither s nor q - s. Errors: Range.
    Source: paper E, section 3.2. Implements TOKEN-12, TOKEN-35.
    """
    members = group_of(group)
    s, r = natural("the secret", secret), natural("the nonce", nonce)
    size, (scratch, length) = lib.mpriv_group_element_bytes(members), _group_scratch(members)
    v, x = output(size), output(size)
    check(
        lib.mpriv_token_identity(v, x, members, s, len(s), r, len(r), scratch, length),
        "a secret is not in [1, q), or r is s or q - s",
    )
    return {"v": bytes(ffi.buffer(v)), "x": bytes(ffi.buffer(x))}


def challenge(group: str, token: bytes, report: bytes, utility_nonce: bytes) -> int:
    """The challenge of a spending, from the token, the report and the utility's nonce, all public.

    Errors: Malformed, Range. Source: paper E, section 3.2, corrected. Implements TOKEN-19.
    """
    if type(token) is not bytes or len(token) > TOKEN_MAXIMUM:
        raise Malformed("the token is longer than 2048 bytes")
    if any(type(string) is not bytes or len(string) != 32 for string in (report, utility_nonce)):
        raise Malformed("a byte string has not 32 bytes")
    members = group_of(group)
    scalar, (scratch, length) = output(lib.mpriv_group_scalar_bytes(members)), _group_scratch(members)
    code = lib.mpriv_token_challenge_vartime(
        scalar, members, token, len(token), report, utility_nonce, scratch, length
    )
    check(code, "the token is too long")
    return number(scalar)


def respond(group: str, secret: int, nonce: int, challenge: int) -> int:
    """The response y = r + e s mod q to a challenge e.

    secret: s, nonce: r, challenge: e, each in [1, q). Errors: Range. Source: paper E, section 3.2.
    Implements TOKEN-20.
    """
    members = group_of(group)
    numbers = [natural(name, value) for name, value in (("s", secret), ("r", nonce), ("e", challenge))]
    response, (scratch, length) = output(lib.mpriv_group_scalar_bytes(members)), _group_scratch(members)
    parts = [part for octets in numbers for part in (octets, len(octets))]
    code = lib.mpriv_token_respond(response, members, *parts, scratch, length)
    check(code, "a number is not in [1, q)")
    return number(response)


def _check_input_message(variant: int, input_message: bytes) -> tuple[int, int]:
    """The variant's scheme and the length of its salt."""
    check_int("variant", variant)
    if type(input_message) is not bytes or len(input_message) > MESSAGE_MAXIMUM + 32:
        raise Malformed("the input message is too long")
    if variant not in VARIANTS:
        raise Range("a variant is a number from 1 to 4")
    scheme, salt_bytes, prefix_bytes = VARIANTS[variant]
    if len(input_message) < prefix_bytes:
        raise Malformed("the input message lacks its prefix")
    return scheme, salt_bytes


def _check_hashed(message: bytes) -> None:
    if type(message) is not bytes or len(message) > HASHED_MAXIMUM:
        raise Malformed("the message is longer than 1024 bytes")


def _signer(modulus: int, exponent: int) -> tuple[Any, int, list[Any]]:
    """An mpriv_signer, the bytes of n, and the owners that have to live as long as it does."""
    n, e = natural("the modulus", modulus), natural("the exponent", exponent)
    owners = [ffi.from_buffer(n), ffi.from_buffer(e)]
    signer = ffi.new("mpriv_signer *")
    signer.modulus.data, signer.modulus.length = owners[0], len(n)
    signer.exponent.data, signer.exponent.length = owners[1], len(e)
    return signer, len(n), owners


def _blind(
    modulus: int, exponent: int, scheme: int, message: bytes, salt: bytes, blinding: int
) -> dict[str, int]:
    signer, size, _owners = _signer(modulus, exponent)
    r = natural("the blinding", blinding)
    blinded, inverse, (scratch, length) = output(size), output(size), _scratch(size)
    code = lib.mpriv_blind(
        blinded, size, inverse, size, signer, scheme, message, len(message), salt, r, len(r), scratch, length
    )
    check(code, "the key or the blinding is out of range, or shares a factor")
    return {"blinded_message": number(blinded), "inverse": number(inverse)}


def _finalise(
    modulus: int, exponent: int, scheme: int, message: bytes, blind_signature: int, inverse: int
) -> int:
    signer, size, _owners = _signer(modulus, exponent)
    answer, factor = natural("the answer", blind_signature), natural("the inverse", inverse)
    signature, (scratch, length) = output(size), _scratch(size)
    code = lib.mpriv_blind_finalise(
        signature, size, signer, scheme, message, len(message), answer, len(answer), factor, len(factor),
        scratch, length,
    )  # fmt: skip
    check(code, "a number is out of range, or the signature does not verify")
    return number(signature)


def _scratch(modulus_bytes: int) -> tuple[Any, int]:
    length = lib.mpriv_blind_scratch_bytes(modulus_bytes)
    return output(length), length


def _group_scratch(members: Any) -> tuple[Any, int]:
    length = lib.mpriv_token_scratch_bytes(members, WINDOW)
    return output(length), length
