"""Paillier over toy primes and Garner's formula, proved by CrossHair over every plaintext and residue.

Encryption and decryption under n = 15 and n = 35 call the reference. The unit r is fixed, for the solver does
not follow a symbolic base through gcd and pow; the exhaustive vectors of n = 15 go through every r.
"""

from meter_privacy.reference.paillier import add, decrypt, encrypt, encrypt_with_factors, garner, scale


def round_trip_15(m: int) -> int:
    """
    pre: 0 <= m < 15
    post: _ == m
    """
    return decrypt(3, 5, encrypt(15, m, 7))


def round_trip_15_fault(m: int) -> int:
    """
    pre: 0 <= m < 15
    post: _ == m
    """
    return decrypt(3, 5, (1 + m * 15) * pow(7, 14, 225) % 225)


def factors_agree_35(m: int) -> int:
    """
    pre: 0 <= m < 35
    post: _ == encrypt(35, m, 2)
    """
    return encrypt_with_factors(5, 7, m, 2)


def factors_agree_35_fault(m: int) -> int:
    """
    pre: 0 <= m < 35
    post: _ == encrypt(35, m, 2)
    """
    return garner((1 + m * 35) * pow(2, 35, 25) % 25, (1 + m * 35) * pow(2, 35, 49) % 49, 25, 7 * 7 * 7)


def garner_25_49(residue_1: int, residue_2: int) -> int:
    """
    pre: 0 <= residue_1 < 25
    pre: 0 <= residue_2 < 49
    post: _ % 25 == residue_1
    post: _ % 49 == residue_2
    post: 0 <= _ < 25 * 49
    """
    return garner(residue_1, residue_2, 25, 49)


def garner_25_49_fault(residue_1: int, residue_2: int) -> int:
    """
    pre: 0 <= residue_1 < 25
    pre: 0 <= residue_2 < 49
    post: _ % 49 == residue_2
    """
    return residue_1 + 25 * (abs(residue_2 - residue_1) * 2 % 49)


def sum_15(first: int, second: int) -> int:
    """
    pre: 0 <= first < 15
    pre: 0 <= second < 15
    post: _ == (first + second) % 15
    """
    return decrypt(3, 5, add(15, [encrypt(15, first, 2), encrypt(15, second, 7)]))


def sum_15_fault(first: int, second: int) -> int:
    """
    pre: 0 <= first < 15
    pre: 0 <= second < 15
    post: _ == first + second
    """
    return decrypt(3, 5, add(15, [encrypt(15, first, 2), encrypt(15, second, 7)]))


def scaled_15(m: int) -> int:
    """
    pre: 0 <= m < 15
    post: _ == 4 * m % 15
    """
    return decrypt(3, 5, scale(15, encrypt(15, m, 2), 4))


def scaled_15_fault(m: int) -> int:
    """
    pre: 0 <= m < 15
    post: _ == 4 * m % 15
    """
    return decrypt(3, 5, scale(15, encrypt(15, m, 2), 5))
