"""The refusals of the C core, one class for each error class of the target protocol."""


class Refused(ValueError):
    """The data was refused; `error_class` is the class of the target protocol."""

    error_class: str = ""


class Malformed(Refused):
    error_class = "malformed"


class Range(Refused):
    error_class = "range"


class NotInGroup(Refused):
    error_class = "not-in-group"


class NotInvertible(Refused):
    error_class = "not-invertible"


class Unauthentic(Refused):
    error_class = "unauthentic"


class ProofFailed(Refused):
    error_class = "proof-failed"


class Expired(Refused):
    error_class = "expired"


class Replayed(Refused):
    error_class = "replayed"


class Policy(Refused):
    error_class = "policy"


class State(Refused):
    error_class = "state"


class Exhausted(Refused):
    error_class = "exhausted"


CLASSES: tuple[type[Refused], ...] = (
    Malformed,
    Range,
    NotInGroup,
    NotInvertible,
    Unauthentic,
    ProofFailed,
    Expired,
    Replayed,
    Policy,
    State,
    Exhausted,
)


def check(code: int, detail: str) -> None:
    """Raise what the return code of the C core says; `detail` says what the function refuses."""
    if code == 0:
        return
    if -len(CLASSES) <= code < 0:
        raise CLASSES[-code - 1](detail)
    raise RuntimeError(f"the C core was called wrongly (code {code})")
