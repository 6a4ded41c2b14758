"""The meter of native/firmware/meter.c in the emulator, with an outer memory that survives a loss of power.

That memory is a file, which keeps what it holds when the emulator is killed.
"""

import subprocess
from pathlib import Path

from meter_privacy.conformance import emulator

CORES = ("cortex-m3", "cortex-m0plus")
BEFORE, WITHIN, AFTER, BEFORE_SENDING = 1, 2, 3, 4
OK, EXPIRED, REPLAYED, STATE, EXHAUSTED = 0, 7, 8, 10, 11
KEPT_BYTES = 16 << 20


class Meter:
    """A meter that runs until its power is cut; in a `with`, at the latest at its end."""

    def __init__(self, core: str, kept: Path) -> None:
        machine = emulator.MACHINES[core]
        command = machine.command(emulator.build_image(machine, "meter"))
        board = command.index(machine.board)
        command[board] += ",memory-backend=kept"
        backend = f"memory-backend-file,id=kept,size={KEPT_BYTES},mem-path={kept},share=on"
        self.process = subprocess.Popen(
            [*command, "-object", backend], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self.started = self.receive()

    def read(self, count: int) -> bytes:
        assert self.process.stdout is not None
        data = b""
        while len(data) < count:
            more = self.process.stdout.read(count - len(data))
            assert more, "the emulator has ended"
            data += more
        return data

    def receive(self) -> tuple[int, int, bytes, int]:
        """The answer to a question of DREAM: its code, number, tag and flag."""
        data = self.read(42)
        return data[0], int.from_bytes(data[1:9], "little"), data[9:41], data[41]

    def send(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)

    def stop_at(self, place: int) -> None:
        self.send(b"c" + bytes([place]))

    def cut(self) -> None:
        """SIGKILL to the emulator: nothing of the device goes on."""
        self.process.kill()
        self.process.wait()
