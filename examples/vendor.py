"""Functions in a dictionary: `meter-privacy serve examples/vendor.py` makes a target of them.

Inputs come decoded and within the bounds of the operation's table; what is left to check is ours.
"""

from math import gcd

NAME, VERSION, PROFILES = "example", "1.0", ("published",)


class Refused(ValueError):
    error_class = "not-invertible"


def encrypt(modulus, plaintext, randomness):
    if gcd(randomness, modulus) != 1:
        raise Refused("the randomness shares a factor with the modulus")
    return (1 + plaintext * modulus) * pow(randomness, modulus, modulus**2) % modulus**2


OPERATIONS = {"paillier.encrypt": encrypt}
