"""An implementation behind the door: its functions called by name, held to the tables.

A module becomes an implementation by its dictionary OPERATIONS from names to functions; optional
are NAME, VERSION and PROFILES. This is where inputs are range-checked, the function is
called and its answer is held to the field types; JSON and the binary framing both come through here.
"""

import copy
import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from meter_privacy.conformance.tables import ERROR_CLASSES, HOST_LIMIT, PROFILES, PROTOCOL, Operation, Tables
from meter_privacy.conformance.values import Refusal, check_ranges

OURS = {
    "reference": "meter_privacy.reference.operations",
    "native": "meter_privacy.native.operations",
}


class Unsupported(Exception):
    """The implementation does not have the operation or the profile."""


class ImplementationError(Exception):
    """A module cannot be served."""


@dataclass
class Implementation:
    """Named functions, the tables they are held to, and the sessions under way."""

    tables: Tables
    functions: Mapping[str, Callable[..., Any]]
    name: str
    version: str
    profiles: tuple[str, ...] = PROFILES
    # By name and profile: a step of another profile finds no state (TARGET-8).
    sessions: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        """The answer to `describe`. Implements TARGET-7."""
        return {
            "protocol": PROTOCOL,
            "name": self.name,
            "version": self.version,
            "operations": [name for name in self.tables.operations if name in self.functions],
            "profiles": list(self.profiles),
            "limits": {"input_bytes": HOST_LIMIT, "output_bytes": HOST_LIMIT},
        }

    def operation(self, name: str, profile: str) -> Operation:
        """Look an operation up. Raises Unsupported."""
        operation = self.tables.operations.get(name)
        if operation is None:
            raise Unsupported(f"no operation is named {name[:80]!r}")
        if operation.profiles:
            if name not in self.functions:
                raise Unsupported(f"{self.name} does not have {name}")
            if profile not in operation.profiles or profile not in self.profiles:
                raise Unsupported(f"{name} is not in the profile {profile[:20]!r}")
        return operation

    def call(
        self, operation: Operation, values: dict[str, Any], profile: str, session: str | None
    ) -> dict[str, Any]:
        """Check decoded inputs against the table, call the function, answer the output fields.

        A session's state is replaced only when no error came. Raises Refusal; whatever else the
        function raises goes through.
        """
        if operation.name == "describe":
            return self.describe()
        if operation.name == "session.close":
            for known in PROFILES:
                self.sessions.pop((session or "", known), None)
            return {}
        check_ranges(operation, values, profile)
        try:
            if session is None:
                result = self.functions[operation.name](**values)
            else:
                state = copy.deepcopy(self.sessions.get((session, profile), {}))
                result = self.functions[operation.name](**values, session=state)
                self.sessions[session, profile] = state
        except Exception as error:
            error_class = getattr(error, "error_class", None)
            if error_class in ERROR_CLASSES:
                raise Refusal(error_class, str(error)) from error
            raise
        return _as_fields(operation, result)


def _as_fields(operation: Operation, result: Any) -> dict[str, Any]:
    names = [item.name for item in operation.output]
    if len(names) == 1 and not (isinstance(result, Mapping) and names[0] in result):
        return {names[0]: result}
    return dict(result) if names else {}


def _import(name: str) -> ModuleType:
    if name.endswith(".py"):
        path = Path(name)
        spec = importlib.util.spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None or not path.is_file():
            raise ImplementationError(f"there is no module file {name}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
        return module
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(error.name + ".")):
            raise ImplementationError(f"there is no module named {name}") from error
        raise


def load_implementation(name: str, tables: Tables) -> Implementation:
    """Load `reference`, `native`, a module by its dotted name, or a .py file.

    Raises ImplementationError where there is no such module or it lists no known operations.
    """
    module = _import(OURS.get(name, name))
    functions = getattr(module, "OPERATIONS", None)
    if not isinstance(functions, Mapping):
        raise ImplementationError(f"{name} has no dictionary OPERATIONS from operation names to functions")
    unknown = sorted(set(functions) - set(tables.operations))
    if unknown:
        raise ImplementationError(f"{name} lists operations that no table declares: {', '.join(unknown)}")
    return Implementation(
        tables=tables,
        functions=functions,
        name=str(getattr(module, "NAME", name)),
        version=str(getattr(module, "VERSION", "0")),
        profiles=tuple(getattr(module, "PROFILES", PROFILES)),
    )
