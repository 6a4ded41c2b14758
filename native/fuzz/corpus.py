"""The kept inputs of a fuzzer: corpus/NAME.hex, one input a line, and the directory that libFuzzer reads.

`python corpus.py unpack FILE DIRECTORY` and `python corpus.py pack DIRECTORY FILE`.
"""

import sys
from pathlib import Path


def unpack(file: Path, directory: Path) -> None:
    """Write each line of the file as an input of its own."""
    directory.mkdir(parents=True, exist_ok=True)
    for number, line in enumerate(file.read_text(encoding="ascii").splitlines()):
        (directory / f"kept-{number:04}").write_bytes(bytes.fromhex(line))


def pack(directory: Path, file: Path) -> None:
    """Write all inputs of the directory, the shortest first."""
    inputs = sorted({entry.read_bytes() for entry in directory.iterdir()}, key=lambda data: (len(data), data))
    file.write_text("".join(f"{data.hex()}\n" for data in inputs), encoding="ascii")


if __name__ == "__main__":
    {"pack": pack, "unpack": unpack}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
