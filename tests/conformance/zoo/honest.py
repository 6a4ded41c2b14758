"""The zoo's honest target: four operations over JSON lines, written from the specification alone.

It imports nothing of the project, so that what certifies it is not what it is made of. Every other
animal of the zoo is this one with one fault.
"""

import json
import math
import re
import sys
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
BIGINT = re.compile(r"0|[1-9a-f][0-9a-f]*")
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)


class Refused(Exception):
    """A refusal with its class."""

    def __init__(self, error_class: str, detail: str) -> None:
        super().__init__(detail)
        self.error_class = error_class
        self.detail = detail


def is_prime(number: int) -> bool:
    """Miller and Rabin's test with twenty bases."""
    if number < 2 or any(number % prime == 0 for prime in WITNESSES):
        return number in WITNESSES
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in WITNESSES:
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def is_perfect_power(number: int) -> bool:
    """Whether number = a^b with b > 1, by bisection for the root."""
    for exponent in range(2, number.bit_length()):
        low, high = 1, 1 << (number.bit_length() // exponent + 1)
        while low < high:
            middle = (low + high) // 2
            if middle**exponent < number:
                low = middle + 1
            else:
                high = middle
        if low**exponent == number:
            return True
    return False


class Meter:
    """Answers describe, paillier.encrypt, paillier.check_modulus, dream.mask and dream.aggregate."""

    def __init__(self) -> None:
        self.count = 0
        self.operations: dict[str, Callable[[Json], Json]] = {
            "paillier.encrypt": self.encrypt,
            "paillier.check_modulus": self.check_modulus,
            "dream.mask": self.mask,
            "dream.aggregate": self.aggregate,
        }
        self.listed = list(self.operations)
        self.profiles = ["published"]

    # The protocol.

    def run(self) -> None:
        """Answer every line of standard input."""
        for line in sys.stdin.buffer:
            if line.strip():
                self.count += 1
                self.handle(line)

    def handle(self, line: bytes) -> None:
        """Answer one line."""
        self.emit(self.render(self.respond(line)))

    def emit(self, text: str) -> None:
        """Write to standard output."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def render(self, answer: Json) -> str:
        """An answer as a line."""
        return json.dumps(answer) + "\n"

    def respond(self, line: bytes) -> Json:
        """The whole answer to a line."""
        try:
            request = self.parse(line)
        except Refused as refused:
            return {"id": None, **self.refusal(refused)}
        return {"id": request["id"], **self.answer(request)}

    def parse(self, line: bytes) -> Json:
        """Read a request strictly."""

        def number(text: str) -> int:
            if text == "-0" or len(text) > 20:
                raise Refused("malformed", "no integer of the grammar")
            return int(text)

        try:
            request = json.loads(
                line,
                object_pairs_hook=self.members,
                parse_int=number,
                parse_float=self.fraction,
                parse_constant=self.fraction,
            )
        except (ValueError, RecursionError) as error:
            raise Refused("malformed", "no JSON") from error
        if not isinstance(request, dict) or type(request.get("id")) is not int:
            raise Refused("malformed", "no object with an id")
        return request

    def members(self, pairs: list[tuple[str, Any]]) -> Json:
        """An object's members; none stands twice."""
        if len(dict(pairs)) != len(pairs):
            raise Refused("malformed", "a member stands twice")
        return dict(pairs)

    def fraction(self, text: str) -> Any:
        """There are no fractions in the grammar."""
        raise Refused("malformed", f"{text[:20]} is no integer")

    def refusal(self, refused: Refused) -> Json:
        """The answer that refuses."""
        return {"error": {"class": refused.error_class, "detail": refused.detail}}

    def answer(self, request: Json) -> Json:
        """The answer without its id."""
        name, profile = request.get("operation"), request.get("profile")
        if name == "describe" and request.keys() <= {"id", "operation", "input"}:
            return {"output": self.describe()}
        if not isinstance(name, str) or not isinstance(profile, str) or name == "describe":
            return self.refusal(Refused("malformed", "no operation or no profile, or one too many"))
        if name not in self.operations or profile not in self.served_profiles():
            return {"unsupported": {"reason": f"no {name} in {profile}"}}
        if request.keys() != {"id", "operation", "profile", "input"}:
            return self.refusal(Refused("malformed", "wrong members of the request"))
        try:
            if not isinstance(request["input"], dict):
                raise Refused("malformed", "the input is no object")
            return self.accept({"output": self.operations[name](request["input"])})
        except Refused as refused:
            return self.refusal(refused)

    def accept(self, answer: Json) -> Json:
        """An answer that does not refuse."""
        return answer

    def served_profiles(self) -> tuple[str, ...]:
        """What it has, whatever it says that it has."""
        return ("published",)

    def describe(self) -> Json:
        """Who it is."""
        return {
            "protocol": 1,
            "name": "honest",
            "version": "1.0",
            "operations": self.listed,
            "profiles": self.profiles,
            "limits": {"input_bytes": 1 << 20, "output_bytes": 1 << 20},
        }

    # The grammar.

    def fields(self, given: Json, *names: str) -> None:
        """Every field present, none besides."""
        if given.keys() != set(names):
            raise Refused("malformed", "fields are missing or unknown")

    def bigint(self, value: Any) -> int:
        """Lower-case hexadecimal without leading zeros."""
        if not isinstance(value, str) or not BIGINT.fullmatch(value):
            raise Refused("malformed", "no bigint of the grammar")
        return int(value, 16)

    def integer(self, value: Any) -> int:
        """A JSON integer below 2^53 in magnitude."""
        if type(value) is not int or abs(value) >= 1 << 53:
            raise Refused("malformed", "no integer of the grammar")
        return value

    def elements(self, value: Any, least: int, most: int) -> list[Any]:
        """A list of so many elements."""
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Refused("malformed", "no list of the right length")
        return value

    def hexadecimal(self, value: int) -> Any:
        """A bigint of an answer."""
        return f"{value:x}"

    def require(self, holds: bool, what: str) -> None:
        """A bound."""
        if not holds:
            raise Refused("range", what)

    # The operations.

    def encrypt(self, given: Json) -> Json:
        """c = (1 + m n) r^n mod n^2."""
        self.fields(given, "modulus", "plaintext", "randomness")
        n, m, r = (self.bigint(given[name]) for name in ("modulus", "plaintext", "randomness"))
        self.require(15 <= n < 1 << 4096 and n % 2 == 1, "modulus")
        self.require(self.plaintext_fits(m, n), "plaintext")
        self.require(self.randomness_fits(r, n), "randomness")
        self.unit(r, n)
        return {"ciphertext": self.hexadecimal((1 + m * n) * self.blinding(r, n) % n**2)}

    def plaintext_fits(self, m: int, n: int) -> bool:
        """0 <= m < n."""
        return m < n

    def randomness_fits(self, r: int, n: int) -> bool:
        """1 <= r < n."""
        return 1 <= r < n

    def unit(self, r: int, n: int) -> None:
        """A common factor with n is refused."""
        if math.gcd(r, n) != 1:
            raise Refused("not-invertible", "randomness shares a factor with the modulus")

    def blinding(self, r: int, n: int) -> int:
        """r^n mod n^2."""
        return pow(r, n, n**2)

    def check_modulus(self, given: Json) -> Json:
        """The length of a modulus that is odd, composite and no perfect power."""
        self.fields(given, "modulus")
        n = self.bigint(given["modulus"])
        self.require(15 <= n < 1 << 4096 and n % 2 == 1, "modulus")
        self.require(not is_prime(n), "the modulus is prime")
        self.require(not is_perfect_power(n), "the modulus is a perfect power")
        return {"bits": n.bit_length()}

    def mask(self, given: Json) -> Json:
        """value + keystream + the signed dummy keys + blind, modulo m."""
        self.fields(given, "modulus", "node", "value", "keystream", "dummy_keys", "blind")
        m, keystream, blind = (self.bigint(given[name]) for name in ("modulus", "keystream", "blind"))
        node, value = self.integer(given["node"]), self.integer(given["value"])
        dummies = []
        for entry in self.elements(given["dummy_keys"], 0, 4095):
            if not isinstance(entry, dict):
                raise Refused("malformed", "a dummy key is no object")
            self.fields(entry, "node", "key")
            dummies.append((self.integer(entry["node"]), self.bigint(entry["key"])))
        self.require(2 <= m < 1 << 256, "modulus")
        self.require(0 <= node < 1 << 32, "node")
        self.require(-(m // 2) <= value < (m + 1) // 2, "value")
        self.require(keystream < m and blind < m, "keystream or blind")
        for other, key in dummies:
            self.require(0 <= other < 1 << 32 and other != node and key < m, "a dummy key")
        self.require(len({other for other, _ in dummies}) == len(dummies), "a node twice")
        total = value + keystream + self.blind(blind)
        total += sum(self.sign(node, other) * key for other, key in dummies)
        return {"ciphertext": self.hexadecimal(total % m)}

    def sign(self, node: int, other: int) -> int:
        """+ where the own node is the larger number."""
        return 1 if node > other else -1

    def blind(self, value: int) -> int:
        """The blind counts."""
        return value

    def aggregate(self, given: Json) -> Json:
        """ciphertexts - keystreams - recoveries, centred modulo m."""
        self.fields(given, "modulus", "ciphertexts", "keystreams", "recoveries")
        m = self.bigint(given["modulus"])
        ciphertexts = [self.bigint(value) for value in self.elements(given["ciphertexts"], 1, 4096)]
        keystreams = [self.bigint(value) for value in self.elements(given["keystreams"], 1, 4096)]
        recoveries = [self.bigint(value) for value in self.elements(given["recoveries"], 0, 4096)]
        if len(ciphertexts) != len(keystreams):
            raise Refused("malformed", "the lists differ in length")
        self.require(2 <= m < 1 << 256, "modulus")
        self.require(all(value < m for value in ciphertexts + keystreams + recoveries), "a value")
        return {"total": self.hexadecimal(self.total(m, ciphertexts, keystreams, recoveries))}

    def total(self, m: int, ciphertexts: list[int], keystreams: list[int], recoveries: list[int]) -> int:
        """In [-floor(m/2), ceil(m/2))."""
        residue = (sum(ciphertexts) - sum(keystreams) - sum(recoveries)) % m
        return residue - m if residue >= (m + 1) // 2 else residue
