"""`make vectors`: write every vector file, schema and the manifest, or with --check compare them.

Every file below vectors/ that this does not write is an error with --check, so nothing is left behind.
"""

import argparse
import builtins
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from meter_privacy.conformance.schemas import vector_schemas
from meter_privacy.vectors.generators import (
    batteries,
    common,
    continuous_loads,
    dream,
    dream_device,
    dream_noise,
    dream_protocol,
    energy_tokens,
    information,
    load_management,
    load_plan,
    paillier,
    privacy_power,
    reporting,
    reporting_sharing,
    sessions,
    tasking,
)

GENERATORS = (
    paillier,
    dream,
    dream_noise,
    dream_protocol,
    dream_device,
    information,
    privacy_power,
    continuous_loads,
    batteries,
    load_management,
    load_plan,
    reporting,
    energy_tokens,
    reporting_sharing,
    tasking,
)
# Chapters without sizes that a profile could refuse: what is asked in one profile is asked in the other.
ALIKE = ("information", "privacy_power", "batteries")
# The last release's manifest: `make release` copies it there, no generator writes it.
RELEASED = Path("released.json")
# Powers modulo shorter numbers cost little more than looking them up.
LONG_BITS = 512


def _remembering(power: Callable[..., Any]) -> Callable[..., Any]:
    """Python's pow, which computes each long modular power once.

    The tests of a key differ in one number each, and most of their powers are the same: without this they are
    most of what `make vectors` costs.
    """
    known = cache(power)

    def remembered(base: Any, exp: Any, mod: Any = None) -> Any:
        long = isinstance(mod, int) and mod.bit_length() >= LONG_BITS
        return known(base, exp, mod) if long else power(base, exp, mod)

    return remembered


def _files() -> Iterator[common.VectorFile]:
    """The files of all generators; those of ALIKE chapters in both profiles; those that the scripts give."""
    scripts = []
    for generator in GENERATORS:
        for file in generator.files():
            yield file
            scripts += [file] if file.operation is None else []
            if file.chapter not in ALIKE or file.profile != "published" or file.name.endswith("-published"):
                continue
            assert file.operation is not None
            if "hardened" in common.tables().operations[file.operation].profiles:
                yield common.in_profile(file, "hardened")
    yield from sessions.files(scripts)


def _outputs() -> Iterator[tuple[Path, str]]:
    """Every generated file below vectors/, the manifest last."""
    listing = {}
    seen: set[str] = set()
    counts = {"tests": 0, "negative": 0}
    for name, schema in sorted(vector_schemas(common.tables()).items()):
        yield Path("schemas") / name, json.dumps(schema, indent=1) + "\n"
    for file in _files():
        document = file.document()
        ids = [test["id"] for test in document["tests"]]
        repeated = seen.intersection(ids) or {name for name in ids if ids.count(name) > 1}
        if repeated:
            raise SystemExit(f"{file.path}: ids stand twice: {sorted(repeated)}")
        seen.update(ids)
        counts["tests"] += len(ids)
        counts["negative"] += sum(common.is_negative(test) for test in document["tests"])
        text = common.render(document)
        digest = hashlib.sha256(text.encode()).hexdigest()
        listing[file.path.as_posix()] = {"sha256": digest, "ids": ids}
        yield file.path, text
    manifest = {"suite": common.SUITE, **counts, "files": dict(sorted(listing.items()))}
    yield Path("manifest.json"), json.dumps(manifest, indent=1) + "\n"


def main() -> int:
    """Write or compare; answer 1 where --check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with what is there; write nothing")
    check = parser.parse_args().check
    stale = {
        path.relative_to(common.ROOT)
        for path in common.ROOT.rglob("*.json")
        if "generators" not in path.relative_to(common.ROOT).parts
    } - {RELEASED}
    differing = 0
    with patch.object(builtins, "pow", _remembering(pow)):
        outputs = list(_outputs())
    for path, text in outputs:
        stale.discard(path)
        target = common.ROOT / path
        if target.is_file() and target.read_bytes() == text.encode():
            continue
        differing += 1
        if check:
            print(f"differs: {path}")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
        print(f"wrote {path}")
    for path in sorted(stale):
        differing += 1
        print(f"{'nobody generates' if check else 'removed'} {path}")
        if not check:
            (common.ROOT / path).unlink()
    print("vectors regenerate byte for byte" if not differing else f"{differing} files differed")
    return 1 if check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
