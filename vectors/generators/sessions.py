"""Sessions begun as one thing and used as another: TARGET-8, for every session operation of a chapter.

The inputs are those of the chapter's other scripts, each the shortest that its operation did not refuse.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from meter_privacy.vectors.generators.common import Json, VectorFile, render, tables

NOTES = {
    "OtherSession": {
        "bug": "a step is taken without asking what its session was begun as",
        "effect": "one party's state is read as another's, and the target falls or answers from it",
        "links": [],
    }
}


def shortest_inputs(scripts: Sequence[VectorFile]) -> dict[tuple[str, str, str], Json]:
    """By chapter, profile and session operation: the shortest input that was not refused."""
    found: dict[tuple[str, str, str], Json] = {}
    for file in scripts:
        for step in (step for test in file.tests for step in test["steps"]):
            operation = tables().operations[step["operation"]]
            if operation.session and "output" in step["expect"] and operation.chapter == file.chapter:
                key = file.chapter, file.profile, operation.name
                given = step["input"]
                found[key] = min(found.get(key, given), given, key=lambda item: len(render(item)))
    return found


def files(scripts: Sequence[VectorFile]) -> Iterator[VectorFile]:
    """The files of the chapters whose sessions are of more than one kind."""
    chapters: dict[tuple[str, str], dict[str, Json]] = defaultdict(dict)
    for (chapter, profile, name), given in shortest_inputs(scripts).items():
        chapters[chapter, profile][name] = given
    for (chapter, profile), inputs in chapters.items():
        starts = sorted(
            (name for name in inputs if name.endswith("_start")), key=lambda n: len(render(inputs[n]))
        )
        file = VectorFile(chapter, f"script-sessions-{profile}", profile, notes=NOTES)
        for name in sorted(inputs):
            other = next(
                (start for start in starts if not name.startswith(start.removesuffix("start"))), None
            )
            if other is None:
                continue
            named = {"session": "one"}
            file.script(
                f"{name.split('.')[1]}-after-{other.split('.')[1]}".replace("_", "-"),
                [
                    {"operation": other, **named, "input": inputs[other]},
                    {"operation": name, **named, "input": inputs[name], "expect": {"error": "state"}},
                ],
                requirements=["TARGET-8"],
                comment=f"{name} in a session that {other} began.",
                source="the generator's own cases",
                flags=["OtherSession"],
            )
        if file.tests:
            file.script(
                "apart",
                [{"operation": name, "session": name, "input": inputs[name]} for name in starts[:2]],
                requirements=["TARGET-8"],
                comment="Two sessions of different kinds, side by side.",
                source="the generator's own cases",
            )
            yield file
