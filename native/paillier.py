"""Paillier encryption with g = n + 1, in the C core.

The functions have the names and fields of spec/operations/paillier.toml. Numbers are residues without a unit;
readings and sums in them are Wh. Factors p and q are odd, at least 3, distinct and at most 2048 bits, else
Range; that they are prime is for whoever makes the key to check. A modulus n is odd and in [15, 2^4096), else
Range.
"""

from collections.abc import Sequence

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import WINDOW, byte_strings, natural, number, output
from meter_privacy.native.errors import Range, check

COUNT_MAXIMUM = (1 << 32) - 1


def encrypt(modulus: int, plaintext: int, randomness: int) -> int:
    """c = (1 + m n) r^n mod n^2, in constant time in m and r.

    modulus: n. plaintext: m in [0, n). randomness: r in [1, n), a unit modulo n, fresh and uniform.
    Errors: Range where a value is out of range; NotInvertible where r shares a factor with n.
    Source: paper D, II.C. Implements PAILLIER-6, PAILLIER-7.
    """
    n = natural("the modulus", modulus)
    m, r = natural("the plaintext", plaintext, len(n)), natural("the randomness", randomness, len(n))
    ciphertext = output(2 * len(n))
    size = lib.mpriv_encrypt_scratch_bytes(len(n), 1 << WINDOW)
    code = lib.mpriv_paillier_encrypt(
        ciphertext, 2 * len(n), n, len(n), m, len(m), r, len(r), output(size), size
    )
    check(code, "the modulus, plaintext or randomness is out of range, or the randomness is no unit modulo n")
    return number(ciphertext)


def encrypt_with_factors(p: int, q: int, plaintext: int, randomness: int) -> int:
    """The c of encrypt for n = p q, by the holder of the factors, in constant time in all four.

    p, q: the factors. plaintext: m in [0, p q). randomness: r in [1, p q), a unit modulo p q.
    Errors: Range where a value is out of range or p = q; NotInvertible where p q and (p - 1)(q - 1), p and q,
    or r and p q share a factor.
    Source: paper D, II.C; the Chinese remainder theorem. Implements PAILLIER-6, PAILLIER-7, PAILLIER-8.
    """
    x, y = _factors(p, q)
    both = len(x) + len(y)
    m, r = natural("the plaintext", plaintext, both), natural("the randomness", randomness, both)
    ciphertext = output(2 * both)
    size = lib.mpriv_factors_scratch_bytes(len(x), len(y), WINDOW)
    code = lib.mpriv_paillier_encrypt_with_factors(
        ciphertext, 2 * both, x, len(x), y, len(y), m, len(m), r, len(r), output(size), size
    )
    check(code, "a factor, the plaintext or the randomness is out of range or shares a factor")
    return number(ciphertext)


def decrypt(p: int, q: int, ciphertext: int) -> int:
    """m = L(c^lambda mod n^2) mu mod n, computed modulo p^2 and q^2, in constant time in p, q and c.

    p, q: the factors. ciphertext: c in [1, (p q)^2), a unit modulo p q. Returns m in [0, p q).
    Errors: Range where a value is out of range or p = q, or where c^(p-1) mod p or c^(q-1) mod q is not 1,
    which shows a factor that is no prime; NotInvertible where p q and (p - 1)(q - 1), p and q, or c and p q
    share a factor.
    Source: paper D, III.A, decryption; the Chinese remainder theorem. Implements PAILLIER-10, PAILLIER-11.
    """
    x, y = _factors(p, q)
    both = len(x) + len(y)
    c = natural("the ciphertext", ciphertext, 2 * both)
    plaintext = output(both)
    size = lib.mpriv_factors_scratch_bytes(len(x), len(y), WINDOW)
    code = lib.mpriv_paillier_decrypt(plaintext, both, x, len(x), y, len(y), c, len(c), output(size), size)
    check(code, "a factor or the ciphertext is out of range or shares a factor")
    return number(plaintext)


def decrypt_blinded(p: int, q: int, ciphertext: int, blinding: int) -> int:
    """The m of decrypt, computed from c b and again from c b^2 and compared.

    blinding: b, an encryption of 0 under the same key, secret and not used before.
    Errors: as decrypt; Range also where b is out of range or no encryption of 0, or the computation was
    disturbed; NotInvertible also where b and p q share a factor.
    Source: paper D, III.A, decryption; the Chinese remainder theorem. Implements PAILLIER-10, PAILLIER-11.
    """
    x, y = _factors(p, q)
    both = len(x) + len(y)
    c, b = natural("the ciphertext", ciphertext, 2 * both), natural("the blinding", blinding, 2 * both)
    plaintext = output(both)
    size = lib.mpriv_factors_scratch_bytes(len(x), len(y), WINDOW)
    code = lib.mpriv_paillier_decrypt_blinded(
        plaintext, both, x, len(x), y, len(y), c, len(c), b, len(b), output(size), size
    )
    check(code, "a factor, the ciphertext or the blinding is out of range, shares a factor or was disturbed")
    return number(plaintext)


def offline_power(modulus: int, randomness: int) -> bytes:
    """The record of r^n from which encrypt_online encrypts once; secret.

    modulus: n. randomness: r in [1, n), a unit modulo n, fresh and uniform. Errors: as encrypt.
    Source: paper D, II.C. Implements PAILLIER-6, PAILLIER-7.
    """
    n = natural("the modulus", modulus)
    r = natural("the randomness", randomness, len(n))
    record = output(3 * len(n))
    size = lib.mpriv_encrypt_scratch_bytes(len(n), 1 << WINDOW)
    code = lib.mpriv_offline_power(record, 3 * len(n), n, len(n), r, len(r), output(size), size)
    check(code, "the modulus or the randomness is out of range, or the randomness is no unit modulo n")
    return bytes(ffi.buffer(record))


def encrypt_online(modulus: int, plaintext: int, record: bytes) -> int:
    """c = (1 + m n) r^n mod n^2 from the record of r^n, in constant time in m and the record.

    modulus: n. plaintext: m in [0, n). record: of offline_power for the same n, never used before.
    Errors: Range where n or m is out of range.
    Source: paper D, II.C. Implements PAILLIER-6, PAILLIER-7.
    """
    n = natural("the modulus", modulus)
    m = natural("the plaintext", plaintext, len(n))
    ciphertext = output(2 * len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), 1)
    code = lib.mpriv_paillier_encrypt_online(
        ciphertext, 2 * len(n), n, len(n), m, len(m), record, len(record), output(size), size
    )
    check(code, "the modulus or the plaintext is out of range")
    return number(ciphertext)


def add(modulus: int, ciphertexts: Sequence[int]) -> int:
    """The product of 1 to 1024 ciphertexts modulo n^2: its plaintext is the sum of theirs modulo n.

    modulus: n. ciphertexts: each in [1, n^2) and a unit modulo n. In variable time: all is public.
    Errors: Malformed where the list is empty or too long; Range where a value is out of range; NotInvertible
    where a ciphertext shares a factor with n.
    Source: paper D, equation (1). Implements PAILLIER-13.
    """
    n = natural("the modulus", modulus)
    array, _owners = byte_strings([natural("a ciphertext", ciphertext) for ciphertext in ciphertexts])
    total = output(2 * len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), 1)
    code = lib.mpriv_paillier_add_vartime(
        total, 2 * len(n), n, len(n), array, len(ciphertexts), output(size), size
    )
    check(code, "not 1 to 1024 ciphertexts, or a value is out of range, or a ciphertext is no unit modulo n")
    return number(total)


def scale(modulus: int, ciphertext: int, scalar: int) -> int:
    """c^k mod n^2: its plaintext is k m modulo n.

    modulus: n. ciphertext: c in [1, n^2), a unit modulo n. scalar: k in [0, n), public. In variable time.
    Errors: Range where a value is out of range; NotInvertible where c shares a factor with n.
    Source: paper D, equation (2). Implements PAILLIER-14.
    """
    n, c, k = (
        natural("the modulus", modulus),
        natural("the ciphertext", ciphertext),
        natural("the scalar", scalar),
    )
    scaled = output(2 * len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), WINDOW)
    code = lib.mpriv_paillier_scale_vartime(
        scaled, 2 * len(n), n, len(n), c, len(c), k, len(k), output(size), size
    )
    check(code, "the modulus, ciphertext or scalar is out of range, or the ciphertext is no unit modulo n")
    return number(scaled)


def rerandomise(modulus: int, ciphertext: int, randomness: int) -> int:
    """c r^n mod n^2: the same plaintext under new randomness, in constant time in c and r.

    modulus: n. ciphertext: c in [1, n^2), a unit modulo n. randomness: r in [1, n), a unit, fresh.
    Errors: Range where a value is out of range; NotInvertible where c or r shares a factor with n.
    Source: paper D, equation (1) with an encryption of zero. Implements PAILLIER-15.
    """
    n = natural("the modulus", modulus)
    c, r = natural("the ciphertext", ciphertext), natural("the randomness", randomness, len(n))
    fresh = output(2 * len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), WINDOW)
    code = lib.mpriv_paillier_rerandomise(
        fresh, 2 * len(n), n, len(n), c, len(c), r, len(r), output(size), size
    )
    check(code, "the modulus, ciphertext or randomness is out of range, or one is no unit modulo n")
    return number(fresh)


def encode_signed(modulus: int, value: int) -> int:
    """v mod n for a signed v in [-(n - 1)/2, (n - 1)/2], in constant time in v.

    Errors: Range where a value is out of range.
    Source: spec/paillier.md (paper D leaves negative values out). Implements PAILLIER-16.
    """
    n = natural("the modulus", modulus)
    magnitude = natural("the magnitude", abs(value), len(n))
    plaintext = output(len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), 1)
    code = lib.mpriv_paillier_encode_signed(
        plaintext, len(n), n, len(n), int(value < 0), magnitude, len(magnitude), output(size), size
    )
    check(code, "the modulus is out of range, or the value outside the centred range of n")
    return number(plaintext)


def decode_signed(modulus: int, plaintext: int) -> int:
    """The value nearest to zero that is m modulo n, for m in [0, n), in constant time in m.

    Errors: Range where a value is out of range.
    Source: spec/paillier.md (paper D leaves negative values out). Implements PAILLIER-17.
    """
    n = natural("the modulus", modulus)
    m = natural("the plaintext", plaintext, len(n))
    negative, magnitude = output(1), output(len(n))
    size = lib.mpriv_public_scratch_bytes(len(n), 1)
    code = lib.mpriv_paillier_decode_signed(
        negative, magnitude, len(n), n, len(n), m, len(m), output(size), size
    )
    check(code, "the modulus or the plaintext is out of range")
    return -number(magnitude) if negative[0] else number(magnitude)


def headroom(modulus: int, meters: int, maximum_wh: int) -> int:
    """N maximum_wh in Wh, if the sum of N readings of that magnitude decodes: 2 N maximum_wh < n.

    modulus: n. meters: N in [1, 2^32). maximum_wh: in [0, 2^32), Wh.
    Errors: Range where a value is out of range, or where the largest sum does not fit.
    Source: spec/paillier.md (paper D, III.A, leaves the bound out). Implements PAILLIER-18.
    """
    n = natural("the modulus", modulus)
    for name, count in (("meters", meters), ("maximum_wh", maximum_wh)):
        if not 0 <= count <= COUNT_MAXIMUM:
            raise Range(f"{name} is not between 0 and 2^32 - 1")
    largest = ffi.new("uint64_t *")
    check(
        lib.mpriv_paillier_headroom_vartime(largest, n, len(n), meters, maximum_wh),
        "the modulus is out of range, there are no meters, or the largest sum does not fit",
    )
    return int(largest[0])


def _factors(p: int, q: int) -> tuple[bytes, bytes]:
    return natural("p", p), natural("q", q)
