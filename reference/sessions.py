"""What a session was begun as (spec/target_protocol.md, TARGET-8): its first step says so, the others ask."""

from typing import Any

from meter_privacy.reference.errors import State, check


def begin(session: dict[str, Any], role: str, **state: Any) -> None:
    """Begin a session as `role`, such as "dream.meter" for the steps of that name.

    Errors: State where it was begun before, as whatever. Implements TARGET-8.
    """
    check(not session, State, "the session was started before")
    session.update(state, role=role)


def begun_as(session: dict[str, Any], role: str) -> dict[str, Any]:
    """The session, if it was begun as `role`; else one that has not begun. Implements TARGET-8."""
    return session if session.get("role") == role else {}


def check_begun(session: dict[str, Any]) -> None:
    """The session, which is that of `begun_as`, has begun. Errors: State. Implements TARGET-8."""
    check(bool(session), State, "the session was not started, or by the start of another kind of session")
