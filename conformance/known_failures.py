"""Known failures: ids that must keep failing, one a line, each with an optional comment behind `#`."""

from collections.abc import Iterable
from pathlib import Path


class KnownFailuresError(ValueError):
    """A file of known failures cannot be read."""


def read(path: Path) -> tuple[str, ...]:
    """The ids of a file, in its order. Raises KnownFailuresError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownFailuresError(f"{path}: {error}") from error
    ids = []
    for number, line in enumerate(lines, start=1):
        name = line.split("#", 1)[0].strip()
        if not name:
            continue
        if " " in name:
            raise KnownFailuresError(f"{path}, line {number}: an id has no blanks; a comment begins with #")
        if name in ids:
            raise KnownFailuresError(f"{path}, line {number}: {name} stands twice")
        ids.append(name)
    return tuple(ids)


def render(failures: Iterable[tuple[str, str]]) -> str:
    """A file of known failures: ids and, as comments, what became of each."""
    head = "# Tests that are known to fail. A test of this file that passes is an error: remove it here.\n"
    return head + "".join(f"{name}  # {' '.join(reason.split())[:100]}\n" for name, reason in failures)
