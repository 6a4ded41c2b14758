"""The closed list of error classes (spec/target_protocol.md): to refuse is to raise one of these."""


class Refused(ValueError):
    """An input that the specification tells an implementation to refuse."""

    error_class: str


def check(condition: bool, refusal: type[Refused], detail: str) -> None:
    """Refuse where the condition does not hold."""
    if not condition:
        raise refusal(detail)


class Malformed(Refused):
    """A type, the grammar, or the length of a list is wrong."""

    error_class = "malformed"


class Range(Refused):
    """A value lies outside the range that the table of operations gives."""

    error_class = "range"


class NotInGroup(Refused):
    """A value is no element of the group, or one of low order."""

    error_class = "not-in-group"


class NotInvertible(Refused):
    """A value that must be a unit shares a factor with the modulus."""

    error_class = "not-invertible"


class Unauthentic(Refused):
    """A signature or a tag does not verify."""

    error_class = "unauthentic"


class ProofFailed(Refused):
    """A proof of knowledge, of equality or of range does not verify."""

    error_class = "proof-failed"


class Expired(Refused):
    """A certificate, a task or a token is past its last slot."""

    error_class = "expired"


class Replayed(Refused):
    """A slot, a report or a token was used before."""

    error_class = "replayed"


class Policy(Refused):
    """The input is well formed, and answering it would break the promise of the protocol."""

    error_class = "policy"


class State(Refused):
    """The session is not in the state that the operation needs."""

    error_class = "state"


class Exhausted(Refused):
    """A bounded resource, such as the randomness given, ran out."""

    error_class = "exhausted"
