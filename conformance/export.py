"""The vectors as a C header, so that a device without a line to a host tests itself.

A vector becomes a request's payload and the answer's status and payload, as they stand in the binary framing.
What a table of bytes cannot say is left out and counted: scripts, texts that break only the JSON grammar, and
answers that are judged or enclosed, not compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from meter_privacy.conformance import framing
from meter_privacy.conformance.suite import Case, Limits, Suite
from meter_privacy.conformance.tables import ERROR_CLASSES, PROFILES, Tables
from meter_privacy.conformance.values import Refusal, check_lengths, decode_fields

FILE = "meter_privacy_vectors.h"

_HEAD = """\
/* The vectors of Meter Privacy, suite {version}, for a device: {count} of them. {left}
 *
 * Written by `meter-privacy vectors export`: do not edit. SHA-256 of the suite: {sha256}
 */
#ifndef METER_PRIVACY_VECTORS_H
#define METER_PRIVACY_VECTORS_H

#include <stddef.h>
#include <stdint.h>

#define MPRIV_VECTORS {count}
#define MPRIV_VECTORS_INPUT_BYTES {input_bytes}
#define MPRIV_VECTORS_OUTPUT_BYTES {output_bytes}

/* A request of an operation and its answer: 0 and the payload, or the place of its error class. */
typedef struct {{
    const char *id;
    uint16_t opcode;
    uint8_t profile;
    uint8_t status;
    uint16_t answer_length;
    uint32_t request_length;
    const uint8_t *request;
    const uint8_t *answer;
}} mpriv_vector;

"""


class LeftOut(Exception):
    """Why a vector is not in the header."""


@dataclass(frozen=True)
class Row:
    """A vector as bytes."""

    id: str
    opcode: int
    profile: int
    status: int
    request: bytes
    answer: bytes


def _row(tables: Tables, case: Case) -> Row:
    if case.script:
        raise LeftOut("scripts")
    step = case.steps[0]
    operation = tables.operations[step.operation]
    answer = b""
    try:
        if step.raw_frame is not None:
            request = step.raw_frame
        elif step.input is None:
            raise LeftOut("broken JSON")
        else:
            values = decode_fields(operation.input, step.input)
            check_lengths(operation, values)
            request = framing.encode_payload(operation.input, values)
        if step.expect_output is not None:
            if _has_enclosure(step.expect_output):
                raise LeftOut("answers that are not compared byte by byte")
            output = decode_fields(operation.output, step.expect_output)
            answer = framing.encode_payload(operation.output, output)
    except (Refusal, ValueError, OverflowError):
        raise LeftOut("values that the framing does not carry") from None
    status = 0 if step.expect_error is None else ERROR_CLASSES.index(step.expect_error) + 1
    profile = PROFILES.index(case.profile) + 1
    return Row(case.id, operation.opcode, profile, status, request, answer)


def _has_enclosure(value: Any) -> bool:
    if isinstance(value, dict):
        return value.keys() == {"lower", "upper"} or any(map(_has_enclosure, value.values()))
    return isinstance(value, list) and any(map(_has_enclosure, value))


def rows(
    tables: Tables, suite: Suite, limits: Limits | None, operations: str, left: Counter[str]
) -> Iterator[Row]:
    """The vectors that the pattern names and that fit; `left` counts the others by reason."""
    for case in suite.cases:
        if not all(fnmatchcase(name, operations) for name in case.operations):
            left["other operations"] += 1
            continue
        try:
            row = _row(tables, case)
        except LeftOut as reason:
            left[str(reason)] += 1
            continue
        if limits is not None and not Limits(len(row.request), len(row.answer)).within(limits):
            left["too large"] += 1
            continue
        yield row


def _bytes(data: bytes) -> Iterator[str]:
    for start in range(0, len(data), 24):
        yield "    " + " ".join(f"{byte}," for byte in data[start : start + 24])


def c_header(suite: Suite, chosen: Iterable[Row], left: Counter[str]) -> str:
    """The header's text. The same bytes stand in it once."""
    table = list(chosen)
    names: dict[bytes, str] = {b"": "NULL"}
    blobs: list[str] = []
    for data in (part for row in table for part in (row.request, row.answer)):
        if data not in names:
            names[data] = f"mpriv_vector_bytes_{len(names)}"
            blobs += [f"static const uint8_t {names[data]}[{len(data)}] = {{", *_bytes(data), "};"]
    lines = [
        f'    {{"{row.id}", 0x{row.opcode:04X}, {row.profile}, {row.status}, {len(row.answer)}, '
        f"{len(row.request)}, {names[row.request]}, {names[row.answer]}}},"
        for row in table
    ]
    head = _HEAD.format(
        version=suite.version,
        sha256=suite.sha256,
        count=len(table),
        input_bytes=max((len(row.request) for row in table), default=0),
        output_bytes=max((len(row.answer) for row in table), default=0),
        left="Left out: " + (", ".join(f"{why} {n}" for why, n in sorted(left.items())) or "none") + ".",
    )
    rest = [
        *blobs,
        "",
        "static const mpriv_vector mpriv_vectors[MPRIV_VECTORS] = {",
        *lines,
        "};",
        "",
        "#endif",
    ]
    return head + "\n".join(rest) + "\n"


def export(
    tables: Tables, suite: Suite, directory: Path, limits: Limits | None = None, operations: str = "*"
) -> tuple[Path, int, Counter[str]]:
    """Write the header below the directory: its path, the number of its vectors and what was left out.

    Raises ValueError where no vector is left.
    """
    left: Counter[str] = Counter()
    chosen = list(rows(tables, suite, limits, operations, left))
    if not chosen:
        raise ValueError("no vector is left: the limits are too small or the pattern names no operation")
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / FILE
    path.write_text(c_header(suite, chosen, left), encoding="utf-8")
    return path, len(chosen), left
