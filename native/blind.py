"""The receiver's side of RFC 9474's blind signatures in the C core.

The functions have the names and fields of spec/operations/energy_tokens.toml. Public functions of this
module are in constant time in messages, salts, blindings and answers.
"""

from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import check_int, natural, number, output
from meter_privacy.native.errors import Malformed, Range, check

SALT_BYTES = (48, 0, 48, 0)
PREFIX_BYTES = (32, 32, 0, 0)
INPUT_MESSAGE_MAXIMUM = 4096 + 32


def blind(
    variant: int, modulus: int, exponent: int, input_message: bytes, salt: bytes, blinding: int
) -> dict[str, int]:
    """The blinded message m R^e mod n, and the inverse R^-1 mod n.

    variant: from 1 to 4, in the order of RFC 9474, section 5. blinding: R, in [2, n - 2].
    Errors: Malformed, Range, NotInvertible. Source: RFC 9474, section 4.2.
    Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-4.
    """
    salt_bytes = _salt_bytes(variant, input_message)
    if type(salt) is not bytes or len(salt) != salt_bytes:
        raise Malformed("the salt is not that of the variant")
    n, e, r = natural("modulus", modulus), natural("exponent", exponent), natural("blinding", blinding)
    blinded, inverse, (scratch, length) = output(len(n)), output(len(n)), _scratch(len(n))
    code = lib.mpriv_blind(
        blinded, len(n), inverse, len(n), n, len(n), e, len(e), input_message, len(input_message),
        salt, len(salt), r, len(r), scratch, length,
    )  # fmt: skip
    check(code, "modulus, exponent or blinding is out of range, or shares a factor")
    return {"blinded_message": number(blinded), "inverse": number(inverse)}


def blind_finalize(
    variant: int, modulus: int, exponent: int, input_message: bytes, blind_signature: int, inverse: int
) -> int:
    """The signature z R^-1 mod n of the signer's answer z, if it verifies.

    blind_signature: z in [0, n). inverse: that of `blind`, in [2, n - 2].
    Errors: Malformed, Range, Unauthentic. Source: RFC 9474, section 4.4.
    Implements TOKEN-1, TOKEN-2, TOKEN-3, TOKEN-6.
    """
    salt_bytes = _salt_bytes(variant, input_message)
    n, e = natural("modulus", modulus), natural("exponent", exponent)
    answer, factor = natural("blind_signature", blind_signature), natural("inverse", inverse)
    signature, (scratch, length) = output(len(n)), _scratch(len(n))
    code = lib.mpriv_blind_finalise(
        signature, len(n), n, len(n), e, len(e), input_message, len(input_message), salt_bytes,
        answer, len(answer), factor, len(factor), scratch, length,
    )  # fmt: skip
    check(code, "a number is out of range, or the signature does not verify")
    return number(signature)


def _salt_bytes(variant: int, input_message: bytes) -> int:
    check_int("variant", variant)
    if type(input_message) is not bytes or len(input_message) > INPUT_MESSAGE_MAXIMUM:
        raise Malformed("the input message is too long")
    if not 1 <= variant <= len(SALT_BYTES):
        raise Range("a variant is a number from 1 to 4")
    if len(input_message) < PREFIX_BYTES[variant - 1]:
        raise Malformed("the input message lacks its prefix")
    return SALT_BYTES[variant - 1]


def _scratch(modulus_bytes: int) -> tuple[Any, int]:
    length = lib.mpriv_blind_scratch_bytes(modulus_bytes)
    return ffi.new("uint8_t[]", length), length
