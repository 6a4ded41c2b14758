"""The implementer's declaration (ICS): the YAML file that a certificate is held to."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from meter_privacy.conformance.suite import Limits
from meter_privacy.conformance.tables import PROFILES, PROTOCOL, Tables

_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_BYTES = {"type": "integer", "minimum": 0}
_SECONDS = {"type": "number", "exclusiveMinimum": 0, "maximum": 86400}


# What the form says where only the supplier knows.
PLACEHOLDER = "NAME OF THE SUPPLIER"


# So many names are listed whole.
_FEW = 5


class DeclarationError(ValueError):
    """A declaration cannot be read or breaks its schema."""


@dataclass(frozen=True)
class Declaration:
    """What an implementation claims, by its supplier's file or by its own description."""

    product: str
    version: str
    protocol: int
    profiles: tuple[str, ...]
    operations: tuple[str, ...]
    limits: Limits
    timeouts: Mapping[str, float] = field(default_factory=dict)
    document: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None


def schema(tables: Tables) -> dict[str, Any]:
    """The declaration's JSON Schema, derived from the tables."""
    names = [operation.name for operation in tables.operations.values() if operation.profiles]

    def record(required: Sequence[str], **properties: Any) -> dict[str, Any]:
        return {
            "type": "object", "required": list(required), "additionalProperties": False,
            "properties": properties,
        }  # fmt: skip

    image = record(["name", "sha256", "differs"], name=_TEXT, sha256=_SHA256, differs=_TEXT)
    firmware = record(
        ["version"], version=_TEXT, sha256=_SHA256, images={"type": "array", "items": image, "minItems": 1}
    )
    timeouts = {
        "type": "object", "propertyNames": {"enum": ["default", "start", *names]},
        "additionalProperties": _SECONDS,
    }  # fmt: skip

    def several(values: Sequence[str]) -> dict[str, Any]:
        return {"type": "array", "items": {"enum": list(values)}, "uniqueItems": True, "minItems": 1}

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Implementation conformance statement",
        **record(
            ["supplier", "product", "firmware", "protocol", "profiles", "operations", "limits"],
            supplier=_TEXT,
            product=_TEXT,
            firmware=firmware,
            protocol={"const": PROTOCOL},
            profiles=several(PROFILES),
            operations=several(names),
            policies={"type": "object", "additionalProperties": _TEXT},
            limits=record(["input_bytes", "output_bytes"], input_bytes=_BYTES, output_bytes=_BYTES),
            timeouts_seconds=timeouts,
        ),
    }


class _Loader(yaml.SafeLoader):
    """YAML in which no member stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a member that stands twice."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a member stands twice", node.start_mark)
        return mapping


def _told(fault: jsonschema.ValidationError) -> str:
    """A fault in words; of a long list of names only the nearest."""
    names: Any = fault.validator_value
    if fault.validator != "enum" or len(names) <= _FEW or not isinstance(fault.instance, str):
        return str(fault.message)[:300]
    near = difflib.get_close_matches(fault.instance, names, 3, 0.0)
    return f"{fault.instance[:80]!r} is no known name; the nearest are {', '.join(near)}"


def load_declaration(path: Path, tables: Tables) -> Declaration:
    """Read a declaration and hold it to its schema. Raises DeclarationError."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DeclarationError(f"{path}: {error}") from error
    validator = jsonschema.Draft202012Validator(schema(tables))
    faults = sorted(validator.iter_errors(document), key=lambda fault: list(map(str, fault.absolute_path)))
    if faults:
        lines = [f"{'.'.join(map(str, f.absolute_path)) or 'the file'}: {_told(f)}" for f in faults]
        raise DeclarationError(f"{path} is no declaration:\n  " + "\n  ".join(lines))
    if document["supplier"] == PLACEHOLDER:
        raise DeclarationError(f"{path}: supplier is still the form's placeholder")
    return Declaration(
        product=document["product"],
        version=document["firmware"]["version"],
        protocol=document["protocol"],
        profiles=tuple(document["profiles"]),
        operations=tuple(document["operations"]),
        limits=Limits(**document["limits"]),
        timeouts=document.get("timeouts_seconds", {}),
        document=document,
        source=str(path),
    )


def from_description(description: Mapping[str, Any]) -> Declaration:
    """What a target's own description claims."""
    return Declaration(
        product=description["name"],
        version=description["version"],
        protocol=description["protocol"],
        profiles=tuple(description["profiles"]),
        operations=tuple(description["operations"]),
        limits=Limits(**description["limits"]),
        document={
            "product": description["name"],
            "firmware": {"version": description["version"]},
            "protocol": description["protocol"],
            "profiles": list(description["profiles"]),
            "operations": list(description["operations"]),
            "limits": dict(description["limits"]),
        },
    )


def differences(declared: Declaration, description: Mapping[str, Any]) -> list[str]:
    """Every way in which the target's description is not the declaration. Implements TARGET-7."""
    found = []
    described = from_description(description)
    for name, ours, theirs in (
        ("product", declared.product, described.product),
        ("firmware.version", declared.version, described.version),
        ("protocol", declared.protocol, described.protocol),
        ("limits.input_bytes", declared.limits.input_bytes, described.limits.input_bytes),
        ("limits.output_bytes", declared.limits.output_bytes, described.limits.output_bytes),
    ):
        if ours != theirs:
            found.append(f"{name}: declared {ours!r}, the target describes {theirs!r}")
    for name, ours_, theirs_ in (
        ("profile", declared.profiles, described.profiles),
        ("operation", declared.operations, described.operations),
    ):
        found += [f"{name} {one}: declared, and not in the target's description" for one in ours_
                  if one not in theirs_]  # fmt: skip
        found += [f"{name} {one}: in the target's description, and not declared" for one in theirs_
                  if one not in ours_]  # fmt: skip
    return found


_FORM = """\
# Implementation conformance statement. The product, firmware version, profiles, operations and limits are
# what the target describes; fill in the rest, and hold a run to it with
#     meter-privacy conform TARGET --declaration THIS_FILE
# Further members: firmware.sha256, the hash of the image as delivered; firmware.images, a list of
# {name, sha256, differs}, where a test image differs from the production image (explicit randomness is
# only ever in a test image); timeouts_seconds, a number for "default", "start" or any operation.
"""


def form(description: Mapping[str, Any], seconds: float) -> str:
    """A declaration filled in by what the target describes, for its supplier to complete."""
    document = {
        "supplier": PLACEHOLDER,
        **from_description(description).document,
        "policies": {},
        "timeouts_seconds": {"default": seconds},
    }
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return _FORM + text
