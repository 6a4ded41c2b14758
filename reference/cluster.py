"""DREAM: a cluster from its parameters to the keys of an epoch.

Paper C, sections 3.1, 5.1 and 5.2, steps 1 and 2: what parameters are safe, who supplies the cluster, what an
announcement binds, and the keys and pseudo-random values that follow from it. An epoch is the time between
two announcements; joining, leaving and a change of supplier each begin a new one.
X25519 (RFC 7748), Ed25519 (RFC 8032) and HMAC (RFC 2104) are cited, not restated.
"""

import hashlib
import hmac
from typing import NamedTuple, TypedDict

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meter_privacy.reference import dream
from meter_privacy.reference.dream import DOMAIN, INT_LIMIT
from meter_privacy.reference.errors import Malformed, NotInGroup, Policy, Range

MODULUS_LIMIT = 1 << 128
# Of a gamma sum of shape at most 2, the part beyond 50 lambda has less than 2^-64 on both sides together.
TAIL_FACTOR = 50
EXPOSURE_BITS = 29


class Parameters(NamedTuple):
    """What a cluster is set up with, beside its roster: N, M, c, w, Xmax, T, lambda and m."""

    meters: int
    tolerated_failures: int
    colluders: int
    expected_partners: int
    maximum_wh: int
    tail_wh: int
    scale_wh: int
    modulus: int


class PairValues(TypedDict):
    """What one HMAC of a pair and a slot gives."""

    selection: int
    dummy_key: int


class SignedCertificate(TypedDict):
    """A signature of 64 bytes, and the digest of what it signs."""

    signature: bytes
    digest: bytes


# ---- Parameters: sections 5.2 and 6 --------------------------------------------------------------


def check_short_modulus(modulus: int) -> None:
    """m is a power of two from 2 to 2^128. Errors: range. Implements DREAM-55."""
    if not (2 <= modulus <= MODULUS_LIMIT and modulus & (modulus - 1) == 0):
        raise Range("the modulus is no power of two from 2 to 2^128")


def is_exposed_too_often(meters: int, tolerated_failures: int, expected_partners: int) -> bool:
    """Whether a meter is without an honest partner that reports with a probability above 2^-29.

    Of the N - 1 others at least N - 1 - M are honest and report; each is a partner with the
    probability w / (N - 1): (1 - w/(N - 1))^(N - 1 - M) > 2^-29, in integers.
    Source: paper C, sections 5.2 and 6 ("can be made practically small"). Implements DREAM-49.
    """
    others, honest = meters - 1, meters - 1 - tolerated_failures
    return bool((others - expected_partners) ** honest << EXPOSURE_BITS > others**honest)


def check_grammar(given: Parameters) -> None:
    """The types of parameters. Errors: malformed. Implements DREAM-49."""
    dream._check_ints(meters=given.meters, tolerated_failures=given.tolerated_failures)
    dream._check_ints(colluders=given.colluders, expected_partners=given.expected_partners)
    dream._check_ints(maximum_wh=given.maximum_wh, tail_wh=given.tail_wh, scale_wh=given.scale_wh)
    dream._check_naturals(modulus=given.modulus)


def check_ranges(given: Parameters) -> None:
    """The checks of parameters that are of the class range. Errors: range. Implements DREAM-49."""
    dream._check_cluster(given.meters, given.maximum_wh, given.tail_wh)
    if not 0 <= given.tolerated_failures < given.meters:
        raise Range("M is not between 0 and N - 1")
    if not 0 <= given.colluders < given.meters:
        raise Range("c is not between 0 and N - 1")
    if not 1 <= given.expected_partners < given.meters:
        raise Range("w is not between 1 and N - 1")
    if not 1 <= given.scale_wh <= dream.TAIL_MAXIMUM_WH:
        raise Range("lambda is not between 1 and 2^52 - 1 Wh")
    check_short_modulus(given.modulus)
    if given.modulus <= given.meters * given.maximum_wh + 2 * given.tail_wh:
        raise Range("m does not hold every total: m <= N Xmax + 2 T")
    if given.tail_wh < TAIL_FACTOR * given.scale_wh:
        raise Range("the tail is too short: T < 50 lambda")


def check_views(meters: int, tolerated_failures: int, colluders: int) -> None:
    """c <= M < (N - c) / 2: the noise covers the colluders, and no two sums of a slot can be opened.

    Source: paper C, section 6. Errors: policy. Implements DREAM-49.
    """
    if colluders > tolerated_failures:
        raise Policy("c > M: the noise does not cover the colluders")
    if 2 * tolerated_failures >= meters - colluders:
        raise Policy("M >= (N - c) / 2: two views could open")


def check_policy(given: Parameters) -> None:
    """The checks of parameters that protect the home. Errors: policy. Implements DREAM-49."""
    check_views(given.meters, given.tolerated_failures, given.colluders)
    if is_exposed_too_often(given.meters, given.tolerated_failures, given.expected_partners):
        raise Policy("w is too small: a meter is without an honest partner too often")


def check_cluster(
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
) -> int:
    """Refuse parameters that break the cluster's promise; answer M - c, the longest list of missing meters.

    `meters` is N, 2 to 4096; `tolerated_failures` is M and `colluders` c <= M, 0 to N - 1;
    `expected_partners` is w, 1 to N - 1; `maximum_wh` is Xmax, `tail_wh` T >= 50 lambda, `scale_wh` lambda
    >= 1, all in Wh; `modulus` is m = 2^b <= 2^128, above N Xmax + 2 T.
    Source: paper C, sections 5.2 and 6, which leave M, w, T and m unbounded.
    Errors: malformed, range, policy. Implements DREAM-49.
    """
    given = Parameters(
        meters, tolerated_failures, colluders, expected_partners, maximum_wh, tail_wh, scale_wh, modulus
    )
    check_grammar(given)
    check_ranges(given)
    check_policy(given)
    return tolerated_failures - colluders


# ---- The supplier of a cluster: sections 3.1 and 5.1 ---------------------------------------------


def supplier_certificate(
    cluster: bytes, term: int, signing_key: bytes, public_key: bytes, last_slot: int
) -> bytes:
    """The bytes that the authority signs. Source: paper C, section 3.1. Implements DREAM-50."""
    head = DOMAIN + b"supplier-certificate\x00" + cluster + dream._be64(term)
    return head + signing_key + public_key + dream._be64(last_slot)


def certify_supplier(
    authority_private_key: bytes,
    cluster: bytes,
    term: int,
    signing_key: bytes,
    public_key: bytes,
    last_slot: int,
) -> SignedCertificate:
    """The authority's Ed25519 signature over the supplier of a cluster, and the SHA-256 of what is signed.

    `term` counts the cluster's suppliers; `signing_key` is an Ed25519 public key, `public_key` an X25519 one,
    32 bytes each; `last_slot` is the last slot in which the certificate holds.
    Source: paper C, section 3.1 ("supplier certificates"); RFC 8032, section 5.1.6.
    Errors: malformed, range, not-in-group. Implements DREAM-50.
    """
    dream._check_bytes(32, authority_private_key=authority_private_key)
    dream._check_bytes(32, signing_key=signing_key, public_key=public_key)
    dream._check_bytes(16, cluster=cluster)
    dream._check_ints(term=term, last_slot=last_slot)
    if term < 0:
        raise Range("terms are counted from 0")
    dream._check_slot(last_slot)
    if dream.has_low_order(public_key):
        raise NotInGroup("the public key has low order")
    message = supplier_certificate(cluster, term, signing_key, public_key, last_slot)
    signature = Ed25519PrivateKey.from_private_bytes(authority_private_key).sign(message)
    return SignedCertificate(signature=signature, digest=hashlib.sha256(message).digest())


# ---- Epochs: section 5.1 -------------------------------------------------------------------------


def digest_of(epoch: int, first_slot: int, supplier: bytes, roster: bytes, given: Parameters) -> bytes:
    """The SHA-256 of an epoch, taken as it is. Source: paper C, section 5.1. Implements DREAM-52."""
    small = (given.meters, given.tolerated_failures, given.colluders, given.expected_partners)
    return hashlib.sha256(
        DOMAIN
        + b"epoch\x00"
        + dream._be64(epoch)
        + dream._be64(first_slot)
        + supplier
        + roster
        + b"".join(dream._be32(number) for number in (*small, given.maximum_wh))
        + dream._be64(given.tail_wh)
        + dream._be64(given.scale_wh)
        + dream._be32(given.modulus.bit_length() - 1)
    ).digest()


def epoch_digest(
    epoch: int,
    first_slot: int,
    supplier: bytes,
    roster: bytes,
    meters: int,
    tolerated_failures: int,
    colluders: int,
    expected_partners: int,
    maximum_wh: int,
    tail_wh: int,
    scale_wh: int,
    modulus: int,
) -> bytes:
    """The SHA-256 over all that the meters of an epoch must agree on.

    `supplier` is the SHA-256 of the supplier's certificate, `roster` the roster's digest; the parameters are
    those of `check_cluster` and refused as there.
    Source: paper C, section 5.1 (the broadcast). Errors: malformed, range, policy. Implements DREAM-52.
    """
    dream._check_ints(epoch=epoch, first_slot=first_slot)
    dream._check_bytes(32, supplier=supplier, roster=roster)
    given = Parameters(
        meters, tolerated_failures, colluders, expected_partners, maximum_wh, tail_wh, scale_wh, modulus
    )
    check_grammar(given)
    if epoch < 0:
        raise Range("epochs are counted from 0")
    dream._check_slot(first_slot)
    check_ranges(given)
    check_policy(given)
    return digest_of(epoch, first_slot, supplier, roster, given)


def announcement(digest: bytes) -> bytes:
    """The bytes that a supplier signs. Source: paper C, section 5.1. Implements DREAM-53."""
    return DOMAIN + b"announcement\x00" + digest


def announce(signing_private_key: bytes, digest: bytes) -> bytes:
    """The supplier's Ed25519 signature of 64 bytes over an epoch's digest of 32 bytes.

    Source: paper C, section 5.1 ("the supplier broadcasts"); RFC 8032, section 5.1.6.
    Errors: malformed. Implements DREAM-53.
    """
    dream._check_bytes(32, signing_private_key=signing_private_key, digest=digest)
    return Ed25519PrivateKey.from_private_bytes(signing_private_key).sign(announcement(digest))


def epoch_key(key: bytes, digest: bytes) -> bytes:
    """The key of 32 bytes that takes a long-lived key's place in one epoch.

    Meters that were announced different rosters or parameters have different keys, and no masks that cancel.
    Source: paper C, section 5.1; RFC 2104 with SHA-256. Errors: malformed. Implements DREAM-54.
    """
    dream._check_bytes(32, key=key, digest=digest)
    return hmac.digest(key, DOMAIN + b"epoch-key\x00" + digest, hashlib.sha256)


# ---- Pseudo-random values of a slot: section 5.2, steps 1 and 2, and section 6, step 1 -----------


def pair_values(key: bytes, slot: int, modulus: int) -> PairValues:
    """The selection value in [0, 2^64) and the dummy key in [0, m) of two meters in a slot, from one HMAC.

    `key` is the pair's key of the epoch; m = 2^b <= 2^128. The dummy key is the last 24 bytes modulo m.
    Source: paper C, section 5.2, steps 1 and 2, with one call in the place of two.
    Errors: malformed, range. Implements DREAM-55.
    """
    dream._check_bytes(32, key=key)
    dream._check_ints(slot=slot)
    dream._check_naturals(modulus=modulus)
    dream._check_slot(slot)
    check_short_modulus(modulus)
    drawn = dream.prf(key, b"pair", slot)
    return PairValues(
        selection=int.from_bytes(drawn[:8], "big"), dummy_key=int.from_bytes(drawn[8:], "big") % modulus
    )


def blind(key: bytes, slot: int, modulus: int) -> int:
    """C_i, the blind in [0, m) of a meter in a slot, under the epoch's key of its own secret.

    Source: paper C, section 6, step 1 ("generated randomly in each round"). Errors: malformed, range.
    Implements DREAM-56.
    """
    dream._check_bytes(32, key=key)
    dream._check_ints(slot=slot)
    dream._check_naturals(modulus=modulus)
    dream._check_slot(slot)
    check_short_modulus(modulus)
    return int.from_bytes(dream.prf(key, b"blind", slot), "big") % modulus


def check_natural_number(name: str, value: int) -> None:
    """An int in [0, 2^53). Errors: malformed, range. Implements DREAM-57."""
    if type(value) is not int or abs(value) >= INT_LIMIT:
        raise Malformed(f"{name} is no integer below 2^53")
    if value < 0:
        raise Range(f"{name} is counted from 0")
