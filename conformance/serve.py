"""The Python side of the door: answer the target protocol's JSON lines for an implementation."""

import json
import sys
import traceback
from typing import Any, BinaryIO

from meter_privacy.conformance.implementation import Implementation, Unsupported
from meter_privacy.conformance.values import Refusal, decode_input, encode_fields, parse_json

# Digits, and a sign, of an id that comes back.
_ID_LENGTH = 20
_MEMBERS = {"id", "operation", "profile", "session", "input"}


def _refused(detail: str) -> Refusal:
    return Refusal("malformed", detail)


def _text_member(request: dict[str, Any], name: str, mandatory: bool) -> str | None:
    value = request.get(name)
    if value is None and name not in request and not mandatory:
        return None
    if not isinstance(value, str):
        raise _refused(f"the request needs {name}, a text")
    return value


def answer_request(implementation: Implementation, request: dict[str, Any]) -> dict[str, Any]:
    """Answer one decoded request. Raises Refusal or Unsupported. Implements TARGET-2 to TARGET-6."""
    extra = request.keys() - _MEMBERS
    if extra:
        raise _refused(f"the request has an unknown member {min(extra)[:40]!r}")
    name = _text_member(request, "operation", mandatory=True)
    profile = _text_member(request, "profile", mandatory=False)
    session = _text_member(request, "session", mandatory=False)
    assert name is not None
    known = implementation.tables.operations.get(name)
    if profile is None and (known is None or known.profiles):
        raise _refused("the request needs profile, a text")
    operation = implementation.operation(name, profile or "")
    if not operation.profiles and profile is not None:
        raise _refused(f"{name} takes no profile")
    if operation.session != (session is not None):
        raise _refused(f"{name} {'needs a' if operation.session else 'takes no'} session")
    given = request.get("input", {} if not operation.input else None)
    values = decode_input(operation, given)
    output = implementation.call(operation, values, profile or "", session)
    return {"output": encode_fields(operation.output, output)}


def _number(token: str) -> int | None:
    return int(token) if token != "-0" and len(token) <= _ID_LENGTH else None


def _id_of(text: str) -> int | None:
    """The one integer id of a JSON object in which something else breaks the grammar; else None."""
    try:
        members = json.loads(
            text, object_pairs_hook=tuple, parse_int=_number, parse_float=str, parse_constant=str
        )
    except (ValueError, RecursionError):
        return None
    ids = [value for name, value in members if name == "id"] if isinstance(members, tuple) else []
    return ids[0] if len(ids) == 1 and type(ids[0]) is int else None


def answer_line(implementation: Implementation, line: bytes) -> dict[str, Any]:
    """Answer one line of the protocol; whatever it holds, there is exactly one answer."""
    number: int | None = None
    try:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _refused("this is no UTF-8") from error
        try:
            request = parse_json(text)
        except Refusal:
            number = _id_of(text)
            raise
        if not isinstance(request, dict):
            raise _refused("a request is a JSON object")
        if type(request.get("id")) is not int:
            raise _refused("the request needs id, an integer")
        number = request["id"]
        return {"id": number, **answer_request(implementation, request)}
    except Refusal as refusal:
        return {"id": number, "error": {"class": refusal.error_class, "detail": refusal.detail}}
    except Unsupported as reason:
        return {"id": number, "unsupported": {"reason": str(reason)}}


def serve(implementation: Implementation, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests line by line until their end.

    A function that fails with anything but an error class ends the process after a trace on standard
    error: a target that has lost its footing does not guess.
    """
    for line in requests:
        if not line.strip():
            continue
        try:
            answer = answer_line(implementation, line)
        except Exception:
            traceback.print_exc()
            sys.exit(70)
        answers.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
        answers.flush()
