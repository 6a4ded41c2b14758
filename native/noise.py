"""DREAM's noise in the C core: a reading is cut to its cap and gets a share drawn from a table.

The functions have the names and fields of spec/operations/dream_noise.toml. Readings are Wh; a table has 1 to
4096 thresholds of 64 bits that grow, and a share takes 16 random bytes.
Public functions of this module are in constant time in readings and random bytes.
"""

from collections.abc import Sequence
from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import check_int, check_word
from meter_privacy.native.errors import Malformed, Range, check

RANDOM_BYTES = 16
TABLE_MAXIMUM = 4096


def clamp(reading_wh: int, maximum_wh: int) -> dict[str, int]:
    """The number of [0, maximum_wh] nearest to a reading, and 1 for `clamped` where it is another one.

    maximum_wh: in [1, 2^32), Wh. Errors: Range. Source: paper C, 3.4. Implements DREAM-27.
    """
    check_int("reading_wh", reading_wh)
    check_int("maximum_wh", maximum_wh)
    check_word("maximum_wh", maximum_wh)
    value, clamped = ffi.new("uint32_t *"), ffi.new("uint8_t *")
    check(lib.mpriv_dream_clamp(value, clamped, reading_wh, maximum_wh), "maximum_wh is 0")
    return {"value_wh": int(value[0]), "clamped": int(clamped[0])}


def table_share(thresholds: Sequence[int], random: bytes) -> int:
    """A share from a table: how many thresholds the first 8 bytes reach less how many the last 8 reach.

    Errors: Malformed for a wrong length; Range for thresholds that do not grow or exceed 64 bits.
    Source: this project. Implements DREAM-40, DREAM-45.
    """
    _check_lengths(thresholds, random)
    table = _table(thresholds)
    share = ffi.new("int32_t *")
    code = lib.mpriv_dream_table_share(share, table, len(thresholds), random)
    check(code, "the thresholds do not grow")
    return int(share[0])


def sanitise(
    reading_wh: int, maximum_wh: int, unit_wh: int, thresholds: Sequence[int], random: bytes
) -> dict[str, int]:
    """A reading, cut to [0, maximum_wh] and down to a multiple of unit_wh, plus a share times unit_wh.

    maximum_wh: in [1, 2^32), Wh, a multiple of unit_wh. Errors: Malformed, Range.
    Source: paper C, 5.2, phase 1. Implements DREAM-27, DREAM-41.
    """
    for name, number in (("reading_wh", reading_wh), ("maximum_wh", maximum_wh), ("unit_wh", unit_wh)):
        check_int(name, number)
    _check_lengths(thresholds, random)
    check_word("maximum_wh", maximum_wh)
    check_word("unit_wh", unit_wh)
    table = _table(thresholds)
    value, clamped = ffi.new("int64_t *"), ffi.new("uint8_t *")
    code = lib.mpriv_dream_sanitise(
        value, clamped, reading_wh, maximum_wh, unit_wh, table, len(thresholds), random
    )
    check(code, "unit_wh does not divide maximum_wh, or the thresholds do not grow")
    return {"value_wh": int(value[0]), "clamped": int(clamped[0])}


def _check_lengths(thresholds: Sequence[int], random: bytes) -> None:
    if not 1 <= len(thresholds) <= TABLE_MAXIMUM:
        raise Malformed(f"thresholds must have 1 to {TABLE_MAXIMUM} elements")
    for threshold in thresholds:
        if type(threshold) is not int or threshold < 0:
            raise Malformed("a threshold is no natural number")
    if type(random) is not bytes or len(random) != RANDOM_BYTES:
        raise Malformed(f"random must have {RANDOM_BYTES} bytes")


def _table(thresholds: Sequence[int]) -> Any:
    if any(threshold >> 64 for threshold in thresholds):
        raise Range("a threshold is longer than 64 bits")
    return ffi.new("uint64_t[]", list(thresholds))
