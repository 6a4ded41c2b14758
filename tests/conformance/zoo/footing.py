"""Animals that lose their footing: they hang, die, flood, close, or write what is no answer."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

from tests.conformance.zoo.honest import Json, Meter, Refused

# From this request on a fault shows: late enough that a restart brings the run forward.
NTH = 12


class HangsAtTheNth(Meter):
    """Never answers its twelfth request."""

    def handle(self, line: bytes) -> None:
        while self.count == NTH:
            time.sleep(60)
        super().handle(line)


class HangsAtTheStart(Meter):
    """Never answers at all."""

    def run(self) -> None:
        while True:
            time.sleep(60)


class DiesAtTheNth(Meter):
    """Ends before it answers its twelfth request."""

    def handle(self, line: bytes) -> None:
        if self.count == NTH:
            print("out of memory", file=sys.stderr, flush=True)
            os._exit(3)
        super().handle(line)


class DiesAtEveryRequest(Meter):
    """Answers describe and dies at anything else."""

    def handle(self, line: bytes) -> None:
        if self.count > 1:
            os._exit(1)
        super().handle(line)


class FallsByASignal(Meter):
    """Is ended by a segmentation fault at its twelfth request."""

    def handle(self, line: bytes) -> None:
        if self.count == NTH:
            os.kill(os.getpid(), signal.SIGSEGV)
        super().handle(line)


class DiesAtTheStart(Meter):
    """Ends at once."""

    def run(self) -> None:
        sys.exit("no licence")


class LeavesAChild(Meter):
    """Hangs, and has a child that holds its pipes."""

    def handle(self, line: bytes) -> None:
        if self.count == NTH:
            sleeper = [sys.executable, "-c", "import time; time.sleep(600)", *sys.argv[2:]]
            subprocess.run(sleeper, check=True)
        super().handle(line)


class OutOfOrder(Meter):
    """Answers what it has read at once in reverse order."""

    def run(self) -> None:
        rest = b""
        while chunk := os.read(0, 1 << 16):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in reversed(lines):
                self.handle(line)


class FloodsBytes(Meter):
    """Writes without an end of the line."""

    def handle(self, line: bytes) -> None:
        while self.count == NTH:
            self.emit("x" * 65536)
        super().handle(line)


class FloodsLines(Meter):
    """Answers its twelfth request for ever, with an id that nobody gave."""

    def handle(self, line: bytes) -> None:
        while self.count == NTH:
            self.emit('{"id": 0, "output": {}}\n' * 100)
        super().handle(line)


class PrintsABanner(Meter):
    """Greets on standard output."""

    def run(self) -> None:
        self.emit("Meter OS 4.2 ready\n")
        super().run()


class PrintsItsThoughts(Meter):
    """Prints on standard output while it computes dream.mask."""

    def mask(self, given: Json) -> Json:
        self.emit("masking...\n")
        return super().mask(given)


class SaysGoodbye(Meter):
    """Writes a line when its input ends."""

    def run(self) -> None:
        super().run()
        self.emit("bye\n")


class WrongIds(Meter):
    """Counts for itself, one ahead, from its second answer on."""

    def respond(self, line: bytes) -> Json:
        answer = super().respond(line)
        return {**answer, "id": (answer["id"] or 0) + 1} if self.count > 1 else answer


class IdsAsText(Meter):
    """Answers the id as a string, from its second answer on."""

    def respond(self, line: bytes) -> Json:
        answer = super().respond(line)
        return {**answer, "id": str(answer["id"])} if self.count > 1 else answer


class AnswersTwice(Meter):
    """Answers its twelfth request twice."""

    def emit(self, text: str) -> None:
        super().emit(text * 2 if self.count == NTH else text)


class ClosesItsOutput(Meter):
    """Closes standard output and goes on."""

    def handle(self, line: bytes) -> None:
        if self.count == NTH:
            os.close(1)
            while True:
                time.sleep(60)
        super().handle(line)


class BreaksOff(Meter):
    """Ends in the middle of an answer."""

    def emit(self, text: str) -> None:
        if self.count == NTH:
            super().emit(text[: len(text) // 2])
            os._exit(0)
        super().emit(text)


class SilentOnMalformed(Meter):
    """Does not answer what is malformed."""

    def handle(self, line: bytes) -> None:
        answer = self.respond(line)
        if answer.get("error", {}).get("class") != "malformed":
            self.emit(self.render(answer))


class NoUtf8(Meter):
    """Answers dream.mask in another character set."""

    def handle(self, line: bytes) -> None:
        if b"dream.mask" in line:
            os.write(1, b'{"id": 1, "output": {"ciphertext": "\xff"}}\n')
            return
        super().handle(line)


class Loud(Meter):
    """Honest, with megabytes on standard error: a log is no verdict."""

    def handle(self, line: bytes) -> None:
        sys.stderr.write("everything is fine, really\n" * 4000)
        super().handle(line)


class Sparse(Meter):
    """Honest, with a description without limits and with more to say, and refusals without a detail."""

    def describe(self) -> Json:
        described = {**super().describe(), "vendor": "somebody"}
        del described["limits"]
        return described

    def refusal(self, refused: Refused) -> Json:
        return {"error": {"class": refused.error_class}}


class Table(Meter):
    """Knows the answers of the vectors in a directory by heart, and nothing else."""

    def run(self) -> None:
        self.known: dict[str, Json] = {}
        for name in sys.argv[2:]:
            with open(name, encoding="utf-8") as file:  # noqa: PTH123 (a target uses as few modules as it can)
                document = json.load(file)
            for test in document["tests"]:
                if "input" in test:
                    self.known[self.key(document["operation"], test["input"])] = test["expect"]
        super().run()

    def key(self, operation: str, given: Any) -> str:
        """What identifies a request."""
        return json.dumps([operation, given], sort_keys=True)

    def answer(self, request: Json) -> Json:
        with contextlib.suppress(KeyError):
            expect = self.known[self.key(request["operation"], request["input"])]
            if "error" in expect:
                return self.refusal(Refused(expect["error"], "by heart"))
            return expect
        if request["operation"] == "describe":
            return super().answer(request)
        return self.refusal(Refused("malformed", "never seen"))
