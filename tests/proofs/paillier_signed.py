"""The signed coding, the headroom rule and L, proved by CrossHair for every integer of their ranges.

The moduli are constants: a toy, one of 64 bits and one beyond any machine word. Each proof calls the
reference; each fault beside it is a mistake that CrossHair must refute.
"""

from meter_privacy.reference.paillier import L, decode_signed, encode_signed, headroom

TOY = 3233
WORD = 2**64 - 61
WIDE = 2**521 - 3
MOST = 2**32 - 1


def signed_toy(value: int) -> int:
    """
    pre: -(TOY // 2) <= value <= TOY // 2
    post: _ == value
    """
    return decode_signed(TOY, encode_signed(TOY, value))


def signed_toy_fault(value: int) -> int:
    """
    pre: -(TOY // 2) <= value <= TOY // 2
    post: _ == value
    """
    plaintext = encode_signed(TOY, value)
    return plaintext if plaintext < TOY // 2 else plaintext - TOY


def signed_wide(value: int) -> int:
    """
    pre: -(WIDE // 2) <= value <= WIDE // 2
    post: _ == value
    """
    return decode_signed(WIDE, encode_signed(WIDE, value))


def signed_wide_fault(value: int) -> int:
    """
    pre: -(WIDE // 2) <= value <= WIDE // 2
    post: _ == value
    """
    return encode_signed(WIDE, abs(value))


def centred_range(plaintext: int) -> int:
    """
    pre: 0 <= plaintext < WORD
    post: -(WORD // 2) <= _ <= WORD // 2
    post: (_ - plaintext) % WORD == 0
    """
    return decode_signed(WORD, plaintext)


def centred_range_fault(plaintext: int) -> int:
    """
    pre: 0 <= plaintext < WORD
    post: -(WORD // 2) <= _ <= WORD // 2
    """
    return plaintext - WORD if plaintext > WORD // 2 + 1 else plaintext


def residue_range(value: int) -> int:
    """
    pre: -(WORD // 2) <= value <= WORD // 2
    post: 0 <= _ < WORD
    post: (_ == value) == (value >= 0)
    """
    return encode_signed(WORD, value)


def residue_range_fault(value: int) -> int:
    """
    pre: -(WORD // 2) <= value <= WORD // 2
    post: 0 <= _ < WORD
    """
    return value + WORD if value <= 0 else value


def homomorphic_sum(first: int, second: int) -> int:
    """
    pre: -400 <= first <= 400
    pre: -400 <= second <= 400
    post: _ == first + second
    """
    return decode_signed(TOY, (encode_signed(TOY, first) + encode_signed(TOY, second)) % TOY)


def homomorphic_sum_fault(first: int, second: int) -> int:
    """
    pre: -1000 <= first <= 1000
    pre: -1000 <= second <= 1000
    post: _ == first + second
    """
    return decode_signed(TOY, (encode_signed(TOY, first) + encode_signed(TOY, second)) % TOY)


def headroom_suffices(first: int, second: int, third: int) -> int:
    """
    pre: -538 <= first <= 538
    pre: -538 <= second <= 538
    pre: -538 <= third <= 538
    post: _ == first + second + third
    """
    headroom(TOY, 3, 538)
    return decode_signed(TOY, (first + second + third) % TOY)


def headroom_suffices_fault(first: int, second: int, third: int) -> int:
    """
    pre: -539 <= first <= 539
    pre: -539 <= second <= 539
    pre: -539 <= third <= 539
    post: _ == first + second + third
    """
    return decode_signed(TOY, (first + second + third) % TOY)


def headroom_verdict(maximum_wh: int) -> bool:
    """
    pre: 0 <= maximum_wh < 2**32
    post: _ == (2 * MOST * maximum_wh < WORD)
    """
    try:
        return headroom(WORD, MOST, maximum_wh) == MOST * maximum_wh
    except ValueError:
        return False


def headroom_verdict_fault(maximum_wh: int) -> bool:
    """
    pre: 0 <= maximum_wh < 2**32
    post: _ == (2 * MOST * maximum_wh < WORD)
    """
    return 2 * MOST * maximum_wh % 2**64 < WORD


def l_is_exact(m: int) -> int:
    """
    pre: 0 <= m < TOY
    post: _ == m
    """
    return L((1 + m * TOY) % (TOY * TOY), TOY)


def l_is_exact_fault(m: int) -> int:
    """
    pre: 0 <= m <= TOY
    post: _ == m
    """
    return L((1 + m * TOY) % (TOY * TOY), TOY)
