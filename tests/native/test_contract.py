"""What the header promises beside the numbers: lengths, misuse, zeroed outputs, wiped and bounded scratch."""

from collections.abc import Callable
from typing import Any

import pytest

Interface = tuple[Any, Any]

P, Q = 0xD39F1C5A07E24BB7, 0xB12D8E66903FC71533
N = P * Q
GUARD = 0xA5
OK, RANGE, NOT_INVERTIBLE, MISUSE, SCRATCH = 0, -2, -4, -32, -33


def minimal(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def filled(ffi: Any, length: int) -> Any:
    """Exactly so many guard bytes: from a list, because cffi adds a zero to bytes."""
    return ffi.new("uint8_t[]", [GUARD] * length)


class Scratch:
    """Scratch memory between guard bytes, at any alignment."""

    def __init__(self, ffi: Any, size: int, misaligned: int) -> None:
        self.ffi, self.size, self.start = ffi, size, 64 + misaligned
        self.memory = filled(ffi, size + 192)
        self.pointer = self.memory + self.start

    def check(self, wiped: bool) -> None:
        content = bytes(self.ffi.buffer(self.memory))
        assert set(content[: self.start]) == {GUARD}
        assert set(content[self.start + self.size :]) == {GUARD}
        inside = set(content[self.start : self.start + self.size])
        assert inside <= ({0, GUARD} if wiped else {GUARD})


def operations(lib: Any, ffi: Any) -> dict[str, tuple[int, int, Any]]:
    """Name -> (least output bytes, expected number, call(output, length, scratch, scratch length))."""
    n, p, q, m, r = (minimal(number) for number in (N, P, Q, 1234567, 7654321))
    plain = (1 + 1234567 * N) * pow(7654321, N, N * N) % (N * N)
    c = minimal(plain)
    held = ffi.from_buffer(c)
    pair = ffi.new("mpriv_bytes[2]", [(held, len(c)), (held, len(c))])
    both = len(p) + len(q)
    negative = ffi.new("uint8_t *")
    keep = (held, pair, negative)

    def call(function: Any, *arguments: Any) -> Any:
        return lambda out, size, scratch, length: (keep, function(out, size, *arguments, scratch, length))[1]

    return {
        "encrypt": (2 * len(n), plain, call(lib.mpriv_paillier_encrypt, n, len(n), m, len(m), r, len(r))),
        "encrypt_with_factors": (
            2 * both,
            plain,
            call(lib.mpriv_paillier_encrypt_with_factors, p, len(p), q, len(q), m, len(m), r, len(r)),
        ),
        "decrypt": (both, 1234567, call(lib.mpriv_paillier_decrypt, p, len(p), q, len(q), c, len(c))),
        "add": (
            2 * len(n),
            plain * plain % (N * N),
            call(lib.mpriv_paillier_add_vartime, n, len(n), pair, 2),
        ),
        "scale": (
            2 * len(n),
            pow(plain, 1234567, N * N),
            call(lib.mpriv_paillier_scale_vartime, n, len(n), c, len(c), m, len(m)),
        ),
        "rerandomise": (
            2 * len(n),
            plain * pow(7654321, N, N * N) % (N * N),
            call(lib.mpriv_paillier_rerandomise, n, len(n), c, len(c), r, len(r)),
        ),
        "encode_signed": (
            len(n),
            N - 1234567,
            call(lib.mpriv_paillier_encode_signed, n, len(n), 1, m, len(m)),
        ),
        "decode_signed": (
            len(n),
            1234567,
            lambda out, size, scratch, length: lib.mpriv_paillier_decode_signed(
                negative, out, size, n, len(n), m, len(m), scratch, length
            ),
        ),
    }


NAMES = [
    "encrypt",
    "encrypt_with_factors",
    "decrypt",
    "add",
    "scale",
    "rerandomise",
    "encode_signed",
    "decode_signed",
]


def macro_bytes(lib: Any, name: str, window: int) -> int:
    if name in ("encrypt_with_factors", "decrypt"):
        return int(lib.mpriv_factors_scratch_bytes(len(minimal(P)), len(minimal(Q)), window))
    return int(lib.mpriv_public_scratch_bytes(len(minimal(N)), window))


@pytest.mark.parametrize("misaligned", [0, 3])
@pytest.mark.parametrize("name", NAMES)
def test_scratch(interface: Interface, name: str, misaligned: int) -> None:
    """From the narrowest window on every size gives the same number, within bounds and wiped."""
    ffi, lib = interface
    least, expected, call = operations(lib, ffi)[name]
    worked: list[int] = []
    for size in range(0, macro_bytes(lib, name, 5) + 9, 1 if name == "encrypt" else 7):
        scratch = Scratch(ffi, size, misaligned)
        out = filled(ffi, least + 3)
        code = call(out, least + 3, scratch.pointer, size)
        if code == SCRATCH:
            assert not worked, "more scratch never fails"
            scratch.check(wiped=False)
            assert set(bytes(ffi.buffer(out))) == {GUARD}
        else:
            assert code == OK
            worked.append(size)
            scratch.check(wiped=True)
            assert int.from_bytes(ffi.buffer(out), "big") == expected
    assert worked
    assert worked[0] <= macro_bytes(lib, name, 1)
    assert call(out, least + 3, ffi.NULL, macro_bytes(lib, name, 5)) == SCRATCH


@pytest.mark.parametrize("name", NAMES)
def test_output_lengths(interface: Interface, name: str) -> None:
    ffi, lib = interface
    least, expected, call = operations(lib, ffi)[name]
    size = macro_bytes(lib, name, 2)
    scratch = ffi.new("uint8_t[]", size)
    for length in (0, 1, least - 1):
        out = filled(ffi, least)
        assert call(out, length, scratch, size) == MISUSE
        assert set(bytes(ffi.buffer(out))) == {GUARD}
    for length in (least, least + 1, least + 40):
        out = filled(ffi, least + 41)
        assert call(out, length, scratch, size) == OK
        written = bytes(ffi.buffer(out))
        assert int.from_bytes(written[:length], "big") == expected
        assert set(written[length:]) == {GUARD}
    assert call(ffi.NULL, least, scratch, size) == MISUSE


def test_outputs_are_zero_on_an_error(interface: Interface) -> None:
    ffi, lib = interface
    n, p, q, one = minimal(N), minimal(P), minimal(Q), b"\x01"
    public, private = 8192, 16384
    scratch = ffi.new("uint8_t[]", private)
    even = minimal(N + 1)
    square = minimal(N * N)
    calls: list[tuple[int, Callable[[Any], int]]] = [
        (RANGE, lambda out: lib.mpriv_paillier_encrypt(out, 34, n, 17, n, 17, one, 1, scratch, public)),
        (RANGE, lambda out: lib.mpriv_paillier_encrypt(out, 34, even, 17, one, 1, one, 1, scratch, public)),
        (RANGE, lambda out: lib.mpriv_paillier_encrypt(out, 34, n, 17, one, 1, one, 0, scratch, public)),
        (
            NOT_INVERTIBLE,
            lambda out: lib.mpriv_paillier_encrypt(out, 34, n, 17, one, 1, p, 8, scratch, public),
        ),
        (
            NOT_INVERTIBLE,
            lambda out: lib.mpriv_paillier_encrypt_with_factors(
                out, 34, p, 8, q, 9, one, 1, q, 9, scratch, private
            ),
        ),
        (
            RANGE,
            lambda out: lib.mpriv_paillier_encrypt_with_factors(
                out, 34, p, 8, p, 8, one, 1, one, 1, scratch, private
            ),
        ),
        (RANGE, lambda out: lib.mpriv_paillier_decrypt(out, 34, p, 8, q, 9, square, 34, scratch, private)),
        (NOT_INVERTIBLE, lambda out: lib.mpriv_paillier_decrypt(out, 34, p, 8, q, 9, q, 9, scratch, private)),
        (
            RANGE,
            lambda out: lib.mpriv_paillier_scale_vartime(out, 34, n, 17, one, 1, n, 17, scratch, public),
        ),
        (
            NOT_INVERTIBLE,
            lambda out: lib.mpriv_paillier_rerandomise(out, 34, n, 17, p, 8, one, 1, scratch, public),
        ),
        (RANGE, lambda out: lib.mpriv_paillier_encode_signed(out, 34, n, 17, 2, one, 1, scratch, public)),
        (RANGE, lambda out: lib.mpriv_dream_mask(out, 34, p, 8, 1, -(1 << 63), one, 1, ffi.NULL, 0, one, 1)),
        (
            RANGE,
            lambda out: lib.mpriv_dream_mask(out, 34, p, 8, 1, 0, p, 8, ffi.NULL, 0, one, 1),
        ),
        (
            RANGE,
            lambda out: lib.mpriv_dream_check_parameters_vartime(out, 34, 2, 0, 0, 1, 1, 0, one, 1),
        ),
    ]
    for index, (code, call) in enumerate(calls):
        out = filled(ffi, 34)
        assert call(out) == code, index
        assert not any(bytes(ffi.buffer(out))), index


def test_lengths_may_be_padded_or_zero(interface: Interface) -> None:
    """Leading zeros change nothing; a number of length zero is zero, and its pointer may be null."""
    ffi, lib = interface
    n, r = bytes(5) + minimal(N), bytes(90) + minimal(7654321)
    size = lib.mpriv_public_scratch_bytes(17, 5)
    scratch = ffi.new("uint8_t[]", size)
    out = ffi.new("uint8_t[34]")
    assert lib.mpriv_paillier_encrypt(out, 34, n, len(n), ffi.NULL, 0, r, len(r), scratch, size) == OK
    assert int.from_bytes(ffi.buffer(out), "big") == pow(7654321, N, N * N)
    for null in (0, 1, 2):
        inputs = [[n, len(n)], [r, len(r)], [r, len(r)]]
        inputs[null][0] = ffi.NULL
        flat = [item for pair in inputs for item in pair]
        assert lib.mpriv_paillier_encrypt(out, 34, *flat, scratch, size) == MISUSE
    m = minimal(1 << 64)
    assert lib.mpriv_dream_mask(out, 34, m, 9, 1, 5, ffi.NULL, 0, ffi.NULL, 0, ffi.NULL, 0) == OK
    assert int.from_bytes(ffi.buffer(out), "big") == 5
    assert lib.mpriv_dream_mask(out, 34, m, 9, 1, 5, ffi.NULL, 1, ffi.NULL, 0, ffi.NULL, 0) == MISUSE
    assert lib.mpriv_dream_mask(out, 34, m, 9, 1, 5, ffi.NULL, 0, ffi.NULL, 1, ffi.NULL, 0) == MISUSE
    assert lib.mpriv_dream_mask(out, 8, m, 9, 1, 5, ffi.NULL, 0, ffi.NULL, 0, ffi.NULL, 0) == MISUSE


def test_padded_factors(interface: Interface) -> None:
    ffi, lib = interface
    p, q = minimal(P).rjust(256, b"\x00"), minimal(Q).rjust(30, b"\x00")
    size = lib.mpriv_factors_scratch_bytes(256, 30, 1)
    scratch = ffi.new("uint8_t[]", size)
    m, r = minimal(99), minimal(7654321)
    out, plain = ffi.new("uint8_t[572]"), ffi.new("uint8_t[286]")
    assert (
        lib.mpriv_paillier_encrypt_with_factors(out, 572, p, 256, q, 30, m, 1, r, len(r), scratch, size) == OK
    )
    assert int.from_bytes(ffi.buffer(out), "big") == (1 + 99 * N) * pow(7654321, N, N * N) % (N * N)
    assert lib.mpriv_paillier_decrypt(plain, 286, p, 256, q, 30, out, 572, scratch, size) == OK
    assert int.from_bytes(ffi.buffer(plain), "big") == 99
    assert lib.mpriv_paillier_decrypt(plain, 286, bytes(1) + p, 257, q, 30, out, 572, scratch, size) == RANGE


def test_wipe(interface: Interface) -> None:
    ffi, lib = interface
    data = filled(ffi, 50)
    lib.mpriv_wipe(data + 3, 40)
    assert bytes(ffi.buffer(data)) == bytes([GUARD]) * 3 + bytes(40) + bytes([GUARD]) * 7
    lib.mpriv_wipe(ffi.NULL, 0)
