"""Indices, thresholds, interpolation modulo a small prime and the bound of sums, by CrossHair.

Each proof calls the reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.errors import Policy, ProofFailed, Range
from meter_privacy.reference.groups import group
from meter_privacy.reference.sharing import (
    check_bound,
    check_indices,
    check_majority,
    check_threshold,
    evaluate,
    recover_secret,
)

Q = 5
TOY = group("toy-2039")


def recovered(secret: int, coefficient: int, first: int, second: int) -> int:
    """f(0) from f(first) and f(second), f = secret + coefficient x modulo 5."""
    shares = [
        {"index": index, "share": evaluate([secret, coefficient], index, Q)} for index in (first, second)
    ]
    return recover_secret(Q, 2, shares)


def any_two_of_four(secret: int, coefficient: int) -> bool:
    """
    pre: 0 <= secret < 5 and 0 <= coefficient < 5
    post: _
    """
    pairs = ((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4))
    return all(recovered(secret, coefficient, first, second) == secret for first, second in pairs)


def any_two_of_four_fault(secret: int, coefficient: int) -> bool:
    """
    pre: 0 <= secret < 5 and 0 <= coefficient < 5
    post: _
    """
    # Whoever answered, the weights are those of servers 1 and 2.
    pairs = ((1, 2), (1, 3))
    values = [[evaluate([secret, coefficient], i, Q) for i in pair] for pair in pairs]
    return all((2 * one - other) % Q == secret for one, other in values)


def one_share_says_nothing(secret: int, share: int) -> bool:
    """
    pre: 0 <= secret < 5 and 0 <= share < 5
    post: _
    """
    return sum(evaluate([secret, coefficient], 3, Q) == share for coefficient in range(Q)) == 1


def one_share_says_nothing_fault(secret: int, share: int) -> bool:
    """
    pre: 0 <= secret < 5 and 0 <= share < 5
    post: _
    """
    # A coefficient is never drawn as 0: then the share is never the secret.
    return sum(evaluate([secret, coefficient], 3, Q) == share for coefficient in range(1, Q)) == 1


def false_third_share(secret: int, coefficient: int, added: int) -> bool:
    """
    pre: 0 <= secret < 5 and 0 <= coefficient < 5 and 0 <= added < 5
    post: _
    """
    values = [evaluate([secret, coefficient], index, Q) for index in (1, 2, 4)]
    values[2] = (values[2] + added) % Q
    shares = [{"index": index, "share": value} for index, value in zip((1, 2, 4), values, strict=True)]
    try:
        return recover_secret(Q, 2, shares) == secret and added == 0
    except ProofFailed:
        return added != 0


def false_third_share_fault(secret: int, coefficient: int, added: int) -> bool:
    """
    pre: 0 <= secret < 5 and 0 <= coefficient < 5 and 0 <= added < 5
    post: _
    """
    # The first t shares alone are looked at.
    values = [evaluate([secret, coefficient], index, Q) for index in (1, 2, 4)]
    values[2] = (values[2] + added) % Q
    return recovered(secret, coefficient, 1, 2) == secret and added == 0


def two_challenges_show_the_nonce(nonce: int, secret: int) -> bool:
    """
    pre: 0 <= nonce < 5 and 0 <= secret < 5
    post: _
    """
    responses = [{"index": c, "share": (nonce - c * secret) % Q} for c in (1, 3)]
    return recover_secret(Q, 2, responses) == nonce


def two_challenges_show_the_nonce_fault(nonce: int, secret: int) -> bool:
    """
    pre: 0 <= nonce < 5 and 0 <= secret < 5
    post: _
    """
    # The nonces differ.
    responses = [{"index": c, "share": (nonce + c // 3 - c * secret) % Q} for c in (1, 3)]
    return recover_secret(Q, 2, responses) == nonce


def indices_verdict(first: int, second: int) -> bool:
    """
    post: _
    """
    try:
        check_indices(1019, [first, second])
    except Range:
        return first < 1 or first >= second or second > 1018
    return 1 <= first < second <= 1018


def indices_verdict_fault(first: int, second: int) -> bool:
    """
    post: _
    """
    # Different indices are taken, equal modulo q or 0 or not.
    try:
        check_indices(1019, [first, second])
    except Range:
        return first == second
    return True


def threshold_verdict(threshold: int, servers: int) -> bool:
    """
    post: _
    """
    try:
        check_threshold(threshold, servers)
        check_majority(threshold, servers)
    except Range:
        return threshold < 2 or threshold > 16 or threshold > servers
    except Policy:
        return threshold <= servers < 2 * threshold - 1
    return servers - (threshold - 1) >= threshold >= 2


def threshold_verdict_fault(threshold: int, servers: int) -> bool:
    """
    post: _
    """
    # t - 1 silent servers are not thought of.
    try:
        check_threshold(threshold, servers)
    except Range:
        return True
    return servers - (threshold - 1) >= threshold


def sums_do_not_wrap(first: int, second: int, bound: int) -> bool:
    """
    pre: first >= 0 and second >= 0
    post: _
    """
    try:
        check_bound(TOY, bound)
    except Range:
        return bound < 0 or bound >= 1019
    return first + second > bound or (first + second) % 1019 == first + second


def sums_do_not_wrap_fault(first: int, second: int, bound: int) -> bool:
    """
    pre: first >= 0 and second >= 0 and first + second <= bound
    post: _
    """
    # A bound of 32 bits is asked for, whatever q is.
    return not 0 <= bound < 2**32 or (first + second) % 1019 == first + second
