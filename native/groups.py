"""The groups of prime order in the C core, by name."""

from typing import Any

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.errors import Range


def group_of(name: str) -> Any:
    """A pointer to the group of a name. Errors: Range for a name that is not listed. Implements REPORT-1."""
    encoded = name.encode()
    group = lib.mpriv_group_named(encoded, len(encoded))
    if group == ffi.NULL:
        raise Range(f"no group is named {name[:40]!r}")
    return group
