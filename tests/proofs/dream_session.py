"""DREAM's rule of one value a slot, the split-view rule and the encoding of nodes, by CrossHair.

Each proof calls the reference, but for the encoding, whose bytes CrossHair cannot look through; each fault
beside it is a mistake that CrossHair must refute.
"""

from itertools import pairwise

from meter_privacy.reference.dream import check_parameters, is_resend
from meter_privacy.reference.errors import Policy, Replayed

FRESH, AGAIN, REPLAYED = 0, 1, 2
MODULUS = 2**64


def judge(last_slot: int, last_value: int, slot: int, value: int) -> int:
    """What becomes of a report; before the first one the last slot is -1."""
    try:
        return AGAIN if is_resend(last_slot, last_value, slot, value) else FRESH
    except Replayed:
        return REPLAYED


def one_value_in_a_slot(s1: int, x1: int, s2: int, x2: int, s3: int, x3: int) -> bool:
    """
    pre: 0 <= s1 and 0 <= s2 and 0 <= s3
    post: _
    """
    slot, value = -1, 0
    sent: list[tuple[int, int]] = []
    for t, x in ((s1, x1), (s2, x2), (s3, x3)):
        verdict = judge(slot, value, t, x)
        if verdict != REPLAYED:
            sent.append((t, x))
            slot, value = t, x
    slots_increase = all(a[0] <= b[0] for a, b in pairwise(sent))
    return slots_increase and all(a[0] != b[0] or a[1] == b[1] for a in sent for b in sent)


def one_value_in_a_slot_fault(s1: int, x1: int, s2: int, x2: int, s3: int, x3: int) -> bool:
    """
    pre: 0 <= s1 and 0 <= s2 and 0 <= s3
    post: _
    """
    # The slot is compared in 32 bits.
    slot, value = -1, 0
    sent: list[tuple[int, int]] = []
    for t, x in ((s1, x1), (s2, x2), (s3, x3)):
        verdict = judge(slot % 2**32 if slot >= 0 else -1, value, t % 2**32, x)
        if verdict != REPLAYED:
            sent.append((t, x))
            slot, value = t, x
    return all(a[0] <= b[0] for a, b in pairwise(sent))


def first_report_is_fresh(slot: int, value: int) -> int:
    """
    pre: 0 <= slot < 2**53
    post: _ == FRESH
    """
    return judge(-1, 0, slot, value)


def first_report_is_fresh_fault(slot: int, value: int) -> int:
    """
    pre: 0 <= slot < 2**53
    post: _ == FRESH
    """
    # "None so far" kept as slot 0.
    return judge(0, 0, slot, value)


def resend_changes_nothing(slot: int, value: int, other: int) -> bool:
    """
    pre: 0 <= slot < 2**53 and other != value
    post: _
    """
    return judge(slot, value, slot, value) == AGAIN and judge(slot, value, slot, other) == REPLAYED


def resend_changes_nothing_fault(slot: int, value: int, other: int) -> bool:
    """
    pre: 0 <= slot < 2**53 and other != value
    post: _
    """
    # Values are compared by their low byte only.
    return (
        judge(slot, value, slot, value) == AGAIN and judge(slot, value % 256, slot, other % 256) == REPLAYED
    )


def two_views_cannot_open(meters: int, colluders: int, failures: int, first: int, second: int) -> bool:
    """
    pre: 2 <= meters <= 4096 and 0 <= colluders < meters and 0 <= failures < meters
    pre: 0 <= first and 0 <= second and first + second <= meters - colluders
    post: _
    """
    # Two views without a common honest survivor, each with at most M honest meters missing.
    honest = meters - colluders
    opened = honest - first <= failures and honest - second <= failures
    try:
        check_parameters(meters, failures, colluders, 1, 1, 0, MODULUS)
    except Policy:
        return True
    return not opened


def two_views_cannot_open_fault(meters: int, colluders: int, failures: int, first: int, second: int) -> bool:
    """
    pre: 2 <= meters <= 4096 and 0 <= colluders < meters and 0 <= failures < meters
    pre: 0 <= first and 0 <= second and first + second <= meters - colluders
    post: _
    """
    # The rule without the colluders: M < N / 2.
    honest = meters - colluders
    opened = honest - first <= failures and honest - second <= failures
    return not opened if 2 * failures < meters else True


def node_bytes(node: int) -> tuple[int, int, int, int]:
    """be32, byte by byte."""
    return node // 2**24, node // 2**16 % 256, node // 2**8 % 256, node % 256


def node_encoding_is_read_back(node: int) -> int:
    """
    pre: 0 <= node < 2**32
    post: _ == node
    """
    b0, b1, b2, b3 = node_bytes(node)
    return ((b0 * 256 + b1) * 256 + b2) * 256 + b3


def node_encoding_is_read_back_fault(node: int) -> int:
    """
    pre: 0 <= node < 2**32
    post: _ == node
    """
    # Sign extension of the first byte.
    b0, b1, b2, b3 = node_bytes(node)
    return (((b0 - 256 if b0 >= 128 else b0) * 256 + b1) * 256 + b2) * 256 + b3
