"""The groups of prime order in the C core, by name."""

from typing import Any

from meter_privacy.native._core import lib
from meter_privacy.native.errors import Range

GROUPS: dict[str, Any] = {
    "toy-2039": lib.mpriv_group_toy_2039,
    "modp-1024-160": lib.mpriv_group_modp_1024_160,
    "modp-2048": lib.mpriv_group_modp_2048,
    "modp-3072": lib.mpriv_group_modp_3072,
    "P-256": lib.mpriv_group_p256,
}


def group_of(name: str) -> Any:
    """The mpriv_group of a name. Errors: Range for a name that is not listed. Implements REPORT-1."""
    if name not in GROUPS:
        raise Range(f"no group is named {name[:40]!r}")
    return GROUPS[name]
