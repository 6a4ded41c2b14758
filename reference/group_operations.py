"""The groups' operations with their elements encoded, as they cross the door (spec/reporting.md, Groups)."""

from collections.abc import Mapping, Sequence
from typing import Any

from meter_privacy.reference import groups
from meter_privacy.reference.errors import Malformed, Range, check

POWERS_MAXIMUM = 48


def check_element(group: str, element: bytes) -> None:
    """Accept the encoding of an element other than the identity.

    Errors: Malformed, Range, NotInGroup. Source: SP 800-56A, section 5.6.2.3. Implements REPORT-1.
    """
    groups.group(group).decode(element)


def hash_to_group(group: str, message: bytes, domain: bytes) -> bytes:
    """An element of a message under a domain of 1 to 255 bytes. Errors: Malformed, Range.

    Source: RFC 9380. Implements REPORT-2, REPORT-3.
    """
    check(1 <= len(domain) <= groups.DOMAIN_BYTES, Malformed, "a domain has 1 to 255 bytes")
    members = groups.group(group)
    return members.encode(members.hash_to_group(message, domain))


def hash_to_scalar(group: str, message: bytes, domain: bytes) -> int:
    """A number in [0, q) of a message under a domain of 1 to 255 bytes. Errors: Malformed, Range.

    Source: RFC 9380, section 5.2; RFC 9497, section 4.3. Implements REPORT-2, REPORT-4.
    """
    check(1 <= len(domain) <= groups.DOMAIN_BYTES, Malformed, "a domain has 1 to 255 bytes")
    return groups.group(group).hash_to_scalar(message, domain)


def product_of_powers(group: str, powers: Sequence[Mapping[str, Any]]) -> bytes:
    """The product of base^exponent over 1 to 48 {base, exponent}, exponents in [0, q).

    Errors: Malformed, Range, NotInGroup, also where the product is the identity.
    Implements REPORT-1, REPORT-33.
    """
    check(1 <= len(powers) <= POWERS_MAXIMUM, Malformed, "there are 1 to 48 powers")
    members = groups.group(group)
    encodings = [power["base"] for power in powers]
    exponents = [power["exponent"] for power in powers]
    members.check_ranges(encodings)
    check(all(0 <= e < members.order for e in exponents), Range, "an exponent is not below q")
    bases = members.decode_all(encodings)
    return members.encode(members.product_of_powers(zip(bases, exponents, strict=True)))
