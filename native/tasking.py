"""The mark that a meter claims its reward by, in the C core, in constant time in readings, salt and nonce.

The function has the name and fields of spec/operations/tasking.toml.
"""

from collections.abc import Sequence

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.buffers import check_int, check_word, output
from meter_privacy.native.errors import Malformed, check

READINGS_MAXIMUM = 256


def mark(task: bytes, readings: Sequence[int], salt: bytes, nonce: bytes) -> dict[str, bytes]:
    """The digest c of a result and the mark s that its reward is claimed by.

    task: 16 bytes. readings: 1 to 256 numbers below 2^32. salt, nonce: 32 random bytes each.
    Errors: Malformed, Range, Replayed where both are the same.
    Source: paper E, section 2.3.2, corrected. Implements TASK-13, TASK-14.
    """
    strings = ((task, 16), (salt, 32), (nonce, 32))
    if any(type(string) is not bytes or len(string) != length for string, length in strings):
        raise Malformed("a byte string has a wrong length")
    if not 1 <= len(readings) <= READINGS_MAXIMUM:
        raise Malformed("a result has 1 to 256 readings")
    for reading in readings:
        check_int("a reading", reading)
        check_word("a reading", reading)
    digest, made = output(32), output(32)
    array = ffi.new("uint32_t[]", list(readings))
    check(
        lib.mpriv_task_mark(digest, made, task, array, len(readings), salt, nonce),
        "salt and nonce are the same",
    )
    return {"digest": bytes(ffi.buffer(digest)), "mark": bytes(ffi.buffer(made))}
