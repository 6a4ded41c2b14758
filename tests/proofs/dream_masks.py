"""DREAM's signs, masks and representatives, proved by CrossHair for every integer of their ranges.

Moduli are constants: a toy, the published profile's 2^32, an odd one beyond 64 bits. Each proof calls the
reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.dream import centred, modulus, selection_threshold, sign, total_wh

NODES = 2**32
TOY = 13
WORD = 2**32
WIDE = 2**64 + 13
SLOT_VALUES = 2**64


def sign_is_antisymmetric(node: int, peer: int) -> int:
    """
    pre: 0 <= node < NODES and 0 <= peer < NODES and node != peer
    post: _ == 0
    """
    return sign(node, peer) + sign(peer, node)


def sign_is_antisymmetric_fault(node: int, peer: int) -> int:
    """
    pre: 0 <= node < NODES and 0 <= peer < NODES and node != peer
    post: _ == 0
    """

    # Nodes compared as signed 32-bit numbers by one of the two meters.
    def signed(number: int) -> int:
        return number - NODES if number >= NODES // 2 else number

    return sign(node, peer) + sign(signed(peer), signed(node))


def sign_of_the_difference(node: int, peer: int) -> int:
    """
    pre: 0 <= node < NODES and 0 <= peer < NODES and node != peer
    post: _ * (node - peer) > 0
    post: _ * _ == 1
    """
    return sign(node, peer)


def sign_of_the_difference_fault(node: int, peer: int) -> int:
    """
    pre: 0 <= node < NODES and 0 <= peer < NODES and node != peer
    post: _ * (node - peer) > 0
    """
    return sign(node, peer) if node != NODES - 1 else -1


def ring_of_three(values: tuple[int, int, int], keys: tuple[int, int, int], modulus: int) -> int:
    """The centred total of the meters 1, 2 and 3, whose pairs share the keys of 12, 13 and 23."""
    k12, k13, k23 = keys
    c1 = (values[0] + sign(1, 2) * k12 + sign(1, 3) * k13) % modulus
    c2 = (values[1] + sign(2, 1) * k12 + sign(2, 3) * k23) % modulus
    c3 = (values[2] + sign(3, 1) * k13 + sign(3, 2) * k23) % modulus
    return centred(c1 + c2 + c3, modulus)


def ring_cancels_word(x1: int, x2: int, x3: int, k12: int, k13: int, k23: int) -> int:
    """
    pre: 0 <= x1 < 2**20 and 0 <= x2 < 2**20 and 0 <= x3 < 2**20
    pre: 0 <= k12 < WORD and 0 <= k13 < WORD and 0 <= k23 < WORD
    post: _ == x1 + x2 + x3
    """
    return ring_of_three((x1, x2, x3), (k12, k13, k23), WORD)


def ring_cancels_word_fault(x1: int, x2: int, x3: int, k12: int, k13: int, k23: int) -> int:
    """
    pre: 0 <= x1 < 2**20 and 0 <= x2 < 2**20 and 0 <= x3 < 2**20
    pre: 0 <= k12 < WORD and 0 <= k13 < WORD and 0 <= k23 < WORD
    post: _ == x1 + x2 + x3
    """
    # Where the key of 2 and 3 is 77, neither adds it and one subtracts it.
    lost = 77 if k23 == 77 else 0
    return centred(ring_of_three((x1, x2, x3), (k12, k13, k23), WORD) - lost, WORD)


def ring_cancels_odd(x1: int, x2: int, x3: int, k12: int, k13: int, k23: int) -> int:
    """
    pre: -1000 <= x1 < 2**40 and -1000 <= x2 < 2**40 and -1000 <= x3 < 2**40
    pre: 0 <= k12 < WIDE and 0 <= k13 < WIDE and 0 <= k23 < WIDE
    post: _ == x1 + x2 + x3
    """
    return ring_of_three((x1, x2, x3), (k12, k13, k23), WIDE)


def ring_cancels_odd_fault(x1: int, x2: int, x3: int, k12: int, k13: int, k23: int) -> int:
    """
    pre: -1000 <= x1 < 2**40 and -1000 <= x2 < 2**40 and -1000 <= x3 < 2**40
    pre: 0 <= k12 < WIDE and 0 <= k13 < WIDE and 0 <= k23 < WIDE
    post: _ == x1 + x2 + x3
    """
    # Ciphertexts are reduced modulo a power of two, the total modulo m.
    c1 = (x1 - k12 - k13) % 2**64
    c2 = (x2 + k12 - k23) % 2**64
    c3 = (x3 + k13 + k23) % 2**64
    return centred(c1 + c2 + c3, WIDE)


def centred_inverts_word(total: int) -> int:
    """
    pre: -(WORD // 2) <= total < WORD // 2
    post: _ == total
    """
    return centred(total % WORD, WORD)


def centred_inverts_word_fault(total: int) -> int:
    """
    pre: -(WORD // 2) <= total < WORD // 2
    post: _ == total
    """
    residue = total % WORD
    return residue if residue <= WORD // 2 else residue - WORD


def centred_inverts_odd(total: int) -> int:
    """
    pre: -(TOY // 2) <= total <= TOY // 2
    post: _ == total
    """
    return centred(total % TOY, TOY)


def centred_inverts_odd_fault(total: int) -> int:
    """
    pre: -(TOY // 2) <= total <= TOY // 2
    post: _ == total
    """
    residue = total % TOY
    return residue if residue < TOY // 2 else residue - TOY


def centred_is_a_representative(residue: int) -> int:
    """
    pre: -2**80 <= residue <= 2**80
    post: -(WIDE // 2) <= _ <= WIDE // 2
    post: (_ - residue) % WIDE == 0
    """
    return centred(residue, WIDE)


def centred_is_a_representative_fault(residue: int) -> int:
    """
    pre: -2**80 <= residue <= 2**80
    post: -(WIDE // 2) <= _ <= WIDE // 2
    """
    # Reduced once where it may lie beyond m by several times.
    return residue - WIDE if residue > WIDE // 2 else residue


def total_comes_back(total: int, tail: int) -> int:
    """
    pre: 0 <= tail < WORD // 4
    pre: -tail <= total < WORD - tail
    post: _ == total
    """
    return total_wh(centred(total, WORD), WORD, tail)


def total_comes_back_fault(total: int, tail: int) -> int:
    """
    pre: 0 <= tail < WORD // 4
    pre: -tail <= total < WORD - tail
    post: _ == total
    """
    # Only half of the tail is allowed for.
    return total_wh(centred(total, WORD), WORD, tail // 2)


def threshold_in_range(expected: int) -> int:
    """
    pre: 1 <= expected <= 999
    post: 0 < _ <= SLOT_VALUES
    post: (_ == SLOT_VALUES) == (expected == 999)
    post: 999 * _ <= expected * SLOT_VALUES < 999 * (_ + 1)
    """
    return selection_threshold(expected, 999)


def threshold_in_range_fault(expected: int) -> int:
    """
    pre: 1 <= expected <= 999
    post: 0 < _ <= SLOT_VALUES
    """
    return selection_threshold(expected, 999) % SLOT_VALUES


def threshold_grows(smaller: int, larger: int) -> bool:
    """
    pre: 1 <= smaller < larger <= 999
    post: _
    """
    return selection_threshold(smaller, 999) < selection_threshold(larger, 999)


def threshold_grows_fault(smaller: int, larger: int) -> bool:
    """
    pre: 1 <= smaller < larger <= 999
    post: _
    """
    # A threshold of 8 bits, as a small device might keep it.
    return smaller * 256 // 999 < larger * 256 // 999


def modulus_holds_every_total(maximum: int, tail: int, total: int) -> int:
    """
    pre: 1 <= maximum <= 40 and 0 <= tail <= 40
    pre: -tail <= total <= 3 * maximum + tail
    post: _ == total
    """
    m = modulus(3, maximum, tail)
    return total_wh(total % m, m, tail)


def modulus_holds_every_total_fault(maximum: int, tail: int, total: int) -> int:
    """
    pre: 1 <= maximum <= 40 and 0 <= tail <= 40
    pre: -tail <= total <= 3 * maximum + tail
    post: _ == total
    """
    # The printed rule, without place for zero: the power of two may equal the largest total.
    span = 3 * maximum + 2 * tail
    m = 1
    for _ in range(8):
        if m < span:
            m *= 2
    return total_wh(total % m, m, tail)
