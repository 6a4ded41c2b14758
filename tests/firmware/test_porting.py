"""The porting guide, followed to the letter: a firmware for the emulated Cortex-M3, and its certificate."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "native" / "PORTING.md"
BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.M | re.S)
SECONDS = 560


def blocks() -> list[tuple[str, str, str]]:
    return BLOCK.findall(GUIDE.read_text(encoding="utf-8"))


def test_every_block_is_a_file_or_a_command() -> None:
    kinds = {(kind, bool(file)) for kind, file, _ in blocks()}
    assert kinds == {("c", True), ("sh", False)}
    assert GUIDE.read_text(encoding="utf-8").count("```") == 2 * len(blocks())


@pytest.mark.needs("bash", "arm-none-eabi-gcc", "qemu-system-arm")
def test_the_guide_leads_to_a_certified_firmware(tmp_path: Path) -> None:
    script = ["set -euo pipefail"]
    for kind, file, text in blocks():
        if kind == "c":
            (tmp_path / file).write_text(text, encoding="utf-8")
        else:
            script.append(text)
    environment = {
        **os.environ,
        "MP": str(ROOT),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["verdict"].startswith("CERTIFIED")
    assert report["totals"].get("failed", 0) == 0
    assert "warning" not in done.stderr
