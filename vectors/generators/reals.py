"""What the generators of the chapters on leakages share: files by their parameter sets, and exact reals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import iv
from mpmath.libmp import to_rational

from meter_privacy.vectors.generators.common import Json, VectorFile, enclosure


@dataclass(frozen=True)
class Chapter:
    """A chapter's name in operations and in requirement ids."""

    name: str
    requirement: str

    def ids(self, numbers: str) -> list[str]:
        """Requirements by their numbers: "6 7" are two."""
        return [f"{self.requirement}-{number}" for number in numbers.split()]

    def note(self, bug: str, effect: str, link: str = "") -> Json:
        """A flag's note; without a link it is the chapter's own."""
        return {"bug": bug, "effect": effect, "links": [link or f"spec/{self.name}.md"]}

    def new(
        self, notes: Mapping[str, Json], suffix: str, parameters: str, profile: str = "published"
    ) -> VectorFile:
        """An empty file of an operation."""
        name = f"{suffix.replace('_', '-')}-{parameters}"
        return VectorFile(self.name, name, profile, f"{self.name}.{suffix}", {"set": parameters}, notes)


def slug(file: VectorFile, name: str) -> str:
    """The id of a test of a parameter set."""
    operation = (file.operation or "").replace("_", "-").replace(".", "-")
    return f"{operation}/{file.parameters['set']}/{name}"


def texts(values: Sequence[Fraction | int | str]) -> list[str]:
    """Reals as strings."""
    return [str(value) for value in values]


def number(value: Fraction | int, digits: int = 60) -> Any:
    """An exact rational as an interval of mpmath's global context, which is set to so many digits."""
    iv.dps = digits
    value = Fraction(value)
    return iv.mpf(value.numerator) / iv.mpf(value.denominator)


def as_enclosure(value: Any) -> Json:
    """An interval as an expected real."""
    low, high = (Fraction(*(int(part) for part in to_rational(end))) for end in value._mpi_)
    return enclosure(low, high)


def bits(nats: Any) -> Json:
    """Nats as an expected number of bits."""
    return as_enclosure(nats / iv.log(2))


def exact(value: Fraction | int) -> Json:
    """A rational as an expected real."""
    return enclosure(Fraction(value), Fraction(value))
