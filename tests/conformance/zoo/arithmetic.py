# ruff: noqa: ARG002 - an animal ignores on purpose what it ought to use.
"""Animals whose arithmetic has one fault, of the kind that an implementation really has."""

from tests.conformance.zoo.honest import Json, Meter


class TakesTheModulus(Meter):
    """Accepts m = n."""

    def plaintext_fits(self, m: int, n: int) -> bool:
        return m <= n


class TakesRandomnessN(Meter):
    """Takes r = n for in range, so that the refusal has another class."""

    def randomness_fits(self, r: int, n: int) -> bool:
        return 1 <= r <= n


class TakesRandomnessZero(Meter):
    """Takes r = 0 for in range."""

    def randomness_fits(self, r: int, n: int) -> bool:
        return r < n


class IgnoresRandomness(Meter):
    """Encrypts with r = 1."""

    def blinding(self, r: int, n: int) -> int:
        return 1


class RaisesModuloN(Meter):
    """Computes r^n modulo n."""

    def blinding(self, r: int, n: int) -> int:
        return pow(r, n, n)


class ReducesThePlaintext(Meter):
    """Takes any plaintext, modulo n."""

    def plaintext_fits(self, m: int, n: int) -> bool:
        return True


class NoGcd(Meter):
    """Does not look for a common factor."""

    def unit(self, r: int, n: int) -> None:
        return


class NoSign(Meter):
    """Adds every dummy key."""

    def sign(self, node: int, other: int) -> int:
        return 1


class OtherSign(Meter):
    """Adds where its node is the smaller number."""

    def sign(self, node: int, other: int) -> int:
        return -super().sign(node, other)


class NoBlind(Meter):
    """Forgets the blind."""

    def blind(self, value: int) -> int:
        return 0


class NotCentred(Meter):
    """Answers the residue in [0, m)."""

    def total(self, m: int, ciphertexts: list[int], keystreams: list[int], recoveries: list[int]) -> int:
        return super().total(m, ciphertexts, keystreams, recoveries) % m


class OffAtTheMiddle(Meter):
    """Takes m/2 for positive where m is even."""

    def total(self, m: int, ciphertexts: list[int], keystreams: list[int], recoveries: list[int]) -> int:
        residue = super().total(m, ciphertexts, keystreams, recoveries) % m
        return residue - m if residue > m // 2 else residue


class NoRecoveries(Meter):
    """Forgets what the responders reveal."""

    def total(self, m: int, ciphertexts: list[int], keystreams: list[int], recoveries: list[int]) -> int:
        return super().total(m, ciphertexts, keystreams, [])


class SixtyFourBits(Meter):
    """Masks in a register of 64 bits."""

    def mask(self, given: Json) -> Json:
        text = super().mask(given)["ciphertext"]
        return {"ciphertext": f"{int(text, 16) % 2**64:x}"}
