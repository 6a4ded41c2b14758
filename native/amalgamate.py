"""The C core as one header and one C file: `python native/amalgamate.py [DIRECTORY]` writes both.

Everything of the tree goes in, in the order in which it is included; names that are private to one file get
the file's name in front, so that they cannot meet. Copy both files into a project and compile the C file.
"""

import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
INCLUDE = re.compile(r'^#include "([a-z_0-9]+\.h)"\n', re.M)
# A name that a file keeps to itself: static functions, objects and types, and macros.
PRIVATE = (
    re.compile(r"^static (?:inline )?(?:const )?[a-z_0-9]+ \**([a-z_0-9]+)[(\[ ]", re.M),
    re.compile(r"^\} ([a-z_0-9]+);$", re.M),
    re.compile(r"^#define ([A-Za-z_0-9]+)\b", re.M),
)


# The solvers of privacy power and batteries stay out: they are in floating point, and no meter's firmware has
# needed them yet.
SOLVER = ("privacy_power", "batteries", "elementary", "meter_privacy_power", "meter_privacy_batteries")


class NotAmalgamated(Exception):
    """The sources do not go into one file."""


def private_names(text: str) -> set[str]:
    return {name for pattern in PRIVATE for name in pattern.findall(text)}


def header(include: Path) -> str:
    """The public header with its configuration in the place of the include."""
    parts = {
        path.name: path.read_text(encoding="utf-8")
        for path in include.glob("*.h")
        if not path.name.startswith(SOLVER)
    }
    text = INCLUDE.sub(lambda found: parts.pop(found[1]), parts.pop("meter_privacy.h"))
    if parts:
        raise NotAmalgamated(f"not included: {', '.join(sorted(parts))}")
    return text


def body(sources: Path) -> str:
    """All C files behind the internal headers, each header once."""
    seen = {"meter_privacy.h"}

    def included(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return ""
        seen.add(name)
        text = (sources / name).read_text(encoding="utf-8")
        return f"/* ==== {name} */\n{INCLUDE.sub(included, text)}\n"

    files = [path for path in sorted(sources.glob("*.c")) if not path.name.startswith(SOLVER)]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    count = Counter(name for text in texts.values() for name in private_names(text))
    made = ['#include "meter_privacy.h"\n']
    for stem, text in texts.items():
        for name in sorted(private_names(text)):
            if count[name] > 1:
                prefix = stem.upper() if name.isupper() else stem
                text = re.sub(rf"(?<![.>\w]){name}\b", f"{prefix}_{name}", text)
        made.append(f"/* ==== {stem}.c */\n{INCLUDE.sub(included, text)}")
    left = {path.name for path in sources.iterdir() if path.suffix != ".o"} - seen
    left = {name for name in left - {path.name for path in files} if not name.startswith(SOLVER)}
    if left:
        raise NotAmalgamated(f"not included: {', '.join(sorted(left))}")
    return "\n".join(made)


def amalgamate(native: Path, directory: Path) -> tuple[Path, Path]:
    """Write the header and the C file below the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    made = directory / "meter_privacy.h", directory / "meter_privacy.c"
    notice = (
        "/* Written by native/amalgamate.py from the tree of Meter Privacy: do not edit. Apache-2.0. */\n"
    )
    made[0].write_text(notice + header(native / "include"), encoding="utf-8")
    made[1].write_text(notice + body(native / "src"), encoding="utf-8")
    return made


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "build" / "amalgamation"
    sys.stdout.write("".join(f"{path}\n" for path in amalgamate(HERE, target)))
