"""What the linker keeps of object files for some functions, by their sections and relocations.

The objects are compiled with a section for each function and object. What comes from elsewhere, such as the
compiler's own library, is not counted.
"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_FILE = re.compile(r"^(\S+):\s+file format")
_SECTION = re.compile(r"^ {0,2}[0-9]{1,3} (\S+) +([0-9a-f]{8}) ")
_SYMBOL = re.compile(r"^[0-9a-f]+ (.{7}) (\S+)\t[0-9a-f]+(?: \.hidden)? (\S+)$")
_RELOCATIONS = re.compile(r"^RELOCATION RECORDS FOR \[(.+)\]:$")
_RELOCATION = re.compile(r"^[0-9a-f]+ R_\S+ +(\S+)$")
_OFFSET = re.compile(r"[+-]0x[0-9a-f]+$")

_Place = tuple[str, str]  # an object file and one of its sections


class Sections:
    """The sections of object files and which of them need which."""

    def __init__(self, objdump: str, objects: Iterable[Path]) -> None:
        self._sizes: dict[_Place, tuple[int, bool]] = {}  # bytes, and whether they are in RAM
        self._needs: dict[_Place, set[str]] = {}
        self._local: dict[_Place, _Place] = {}  # a file and a symbol -> where it is
        self._global: dict[str, _Place] = {}
        listing = subprocess.run(
            [objdump, "-w", "-h", "-t", "-r", *map(str, objects)], capture_output=True, text=True, check=True
        ).stdout
        file = place = ""
        for line in map(str.rstrip, listing.splitlines()):
            if found := _FILE.match(line):
                file = found[1]
            elif found := _SECTION.match(line):
                if "ALLOC" in line:
                    self._sizes[file, found[1]] = int(found[2], 16), "READONLY" not in line
            elif found := _RELOCATIONS.match(line):
                place = found[1]
            elif found := _RELOCATION.match(line):
                self._needs.setdefault((file, place), set()).add(_OFFSET.sub("", found[1]))
            elif (found := _SYMBOL.match(line)) and found[2] not in ("*UND*", "*ABS*"):
                where = file, found[2]
                self._local[file, found[3]] = where
                if found[1][0] in "gu" or found[1][1] == "w":
                    self._global[found[3]] = where

    def kept(self, functions: Iterable[str]) -> tuple[int, int]:
        """Bytes of code and constants, and bytes of static memory, that the functions need.

        Raises KeyError where a function is in none of the objects.
        """
        reached: set[_Place] = set()
        left = [self._global[function] for function in functions]
        while left:
            place = left.pop()
            if place in reached or place not in self._sizes:
                continue
            reached.add(place)
            for symbol in self._needs.get(place, ()):
                needed = self._local.get((place[0], symbol)) or self._global.get(symbol)
                if needed is not None:
                    left.append(needed)
        return (
            sum(size for size, in_ram in map(self._sizes.__getitem__, reached) if not in_ram),
            sum(size for size, in_ram in map(self._sizes.__getitem__, reached) if in_ram),
        )
