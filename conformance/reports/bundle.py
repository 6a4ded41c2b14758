"""The evidence of a run as one zip: declaration, reports, traffic, versions, and a SHA-256 of each."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import TextIO

import yaml

from meter_privacy.conformance.runner import Report

SUMS = "SHA256SUMS"


def render(
    files: Mapping[str, bytes], declaration: bytes | None, report: Report, traffic: TextIO
) -> bytes:  # fmt: skip
    """The zip. Without a declaration file the target's own description stands for it."""
    if declaration is None and report.description is not None:
        text = "# The target's own description; no declaration was given.\n"
        text += yaml.safe_dump(dict(report.description), sort_keys=False, allow_unicode=True)
        declaration = text.encode()
    contents = dict(files)
    if declaration is not None:
        contents["declaration.yaml"] = declaration
    if report.log:
        contents["target.log"] = report.log.encode()
    contents["traffic.jsonl"] = traffic.read().encode()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(contents.items()))
    contents[SUMS] = sums.encode()
    moment = report.started.timetuple()[:6]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()
