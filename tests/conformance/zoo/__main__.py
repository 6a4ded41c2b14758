"""`python -m tests.conformance.zoo NAME`: one animal of the zoo as a target."""

import inspect
import sys

from tests.conformance.zoo import answers, arithmetic, footing, messages
from tests.conformance.zoo.honest import Meter


def animals() -> dict[str, type[Meter]]:
    """Every animal by its class's name."""
    found: dict[str, type[Meter]] = {"Honest": Meter}
    for module in (footing, answers, arithmetic, messages):
        for name, animal in inspect.getmembers(module, inspect.isclass):
            if issubclass(animal, Meter) and animal is not Meter:
                found[name] = animal
    return found


if __name__ == "__main__":
    animals()[sys.argv[1]]().run()
