"""Numbers and lists between Python and the byte strings of the C core."""

from collections.abc import Iterable, Sequence
from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.errors import Malformed, Range

WINDOW: int = lib.MPRIV_WINDOW_MAX
INT_LIMIT = 1 << 53


def width(number: int) -> int:
    """The bytes that hold a natural number; at least one."""
    return max(1, (number.bit_length() + 7) // 8)


def natural(name: str, number: int, least_width: int = 1) -> bytes:
    """The number in big-endian bytes, at least `least_width` of them. Negative: Range."""
    if number < 0:
        raise Range(f"{name} is negative")
    return number.to_bytes(max(width(number), least_width), "big")


def output(length: int) -> Any:
    return ffi.new("uint8_t[]", length)


def number(buffer: Any) -> int:
    return int.from_bytes(ffi.buffer(buffer), "big")


def byte_strings(strings: Sequence[bytes]) -> tuple[Any, list[Any]]:
    """An array of mpriv_bytes, and the owners that have to live as long as it does."""
    owners = [ffi.from_buffer(string) for string in strings]
    array = ffi.new("mpriv_bytes[]", len(strings))
    for entry, owner, string in zip(array, owners, strings, strict=True):
        entry.data = owner
        entry.length = len(string)
    return array, owners


def peers(nodes_and_keys: Iterable[tuple[int, bytes]]) -> tuple[Any, list[Any]]:
    """An array of mpriv_peer, and the owners that have to live as long as it does."""
    entries = list(nodes_and_keys)
    owners = [ffi.from_buffer(key) for _, key in entries]
    array = ffi.new("mpriv_peer[]", len(entries))
    for entry, owner, (node, key) in zip(array, owners, entries, strict=True):
        entry.node = node
        entry.key.data = owner
        entry.key.length = len(key)
    return array, owners


def check_int(name: str, value: int) -> None:
    """Malformed unless the value is one of the target protocol's ints."""
    if type(value) is not int or abs(value) >= INT_LIMIT:
        raise Malformed(f"{name} is no integer below 2^53")


def check_count(name: str, items: Sequence[Any], least: int, most: int) -> None:
    """Malformed unless a list has `least` to `most` elements."""
    if not least <= len(items) <= most:
        raise Malformed(f"{name} must have {least} to {most} elements")


def check_word(name: str, value: int) -> None:
    """Range unless the value fits 32 bits: a node, a number of meters, a reading's bound in Wh."""
    if not 0 <= value < 1 << 32:
        raise Range(f"{name} is not between 0 and 2^32 - 1")
