"""Who computes in a study: a target over the protocol, and the reference for what the target does not have."""

import json
import os
import selectors
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, Self

from meter_privacy.conformance.tables import Operation, Tables
from meter_privacy.conformance.values import Refusal, decode_fields, encode_fields, parse_json

REFERENCE = "reference"
SILENCE_SECONDS = 60.0


class TargetUnavailable(Exception):
    """A target cannot be started, or went away or silent under way."""


class WrongAnswer(Exception):
    """A target answered a sound request with a refusal, or with what is no answer to it."""


@dataclass(frozen=True)
class Refused:
    """An answer that is an error class."""

    error_class: str
    detail: str


def target_command(target: str) -> list[str]:
    """The command line of a target: reference, native, a Python module, or exec:COMMAND."""
    if target.startswith("exec:"):
        try:
            words = shlex.split(target.removeprefix("exec:"))
        except ValueError as error:
            raise TargetUnavailable(f"{target}: {error}") from error
        if not words:
            raise TargetUnavailable("exec: needs a command")
        return words
    return [sys.executable, "-m", "meter_privacy.conformance", "serve", target]


class Process:
    """A target's process: lines in, lines out, in order."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._log: IO[bytes] = tempfile.TemporaryFile()
        command = target_command(target)
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, bufsize=0
            )
        except OSError as error:
            raise TargetUnavailable(f"{target} cannot be started: {error}") from error
        self._rest = b""

    def exchange(self, lines: list[bytes]) -> list[bytes]:
        """Send lines, pipelined, and read one answer for each. Raises TargetUnavailable."""
        assert self._process.stdin is not None
        writer = threading.Thread(
            target=self._write, args=(b"".join(lines), self._process.stdin), daemon=True
        )
        writer.start()
        answers = self._read(len(lines))
        writer.join()
        return answers

    @staticmethod
    def _write(data: bytes, pipe: IO[bytes]) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[pipe.write(view) :]
        except OSError:
            return  # the reader sees the end of the answers and tells

    def _read(self, count: int) -> list[bytes]:
        assert self._process.stdout is not None
        answers: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while len(answers) < count:
                if not selector.select(SILENCE_SECONDS):
                    raise TargetUnavailable(f"{self.target} has not answered for {SILENCE_SECONDS:.0f} s")
                data = os.read(self._process.stdout.fileno(), 1 << 16)
                if not data:
                    raise TargetUnavailable(f"{self.target} has ended{self._last_words()}")
                *lines, self._rest = (self._rest + data).split(b"\n")
                answers += [line for line in lines if line.strip()]
        if len(answers) > count:
            raise WrongAnswer(f"{self.target} answers more than it is asked")
        return answers

    def _last_words(self) -> str:
        self._process.wait(10)
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return f" with status {self._process.returncode}" + (f": {lines[-1][:300]}" if lines else "")

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


@dataclass
class Parties:
    """The chosen target and the reference. `answered[operation]` is the target that answered it.

    `seconds` and `requests` are running totals of the exchanges: from the first byte sent to the last
    byte received, without the encoding and decoding on this side.
    """

    tables: Tables
    target: str
    profile: str
    answered: dict[str, str] = field(default_factory=dict)
    described: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0
    requests: int = 0
    _processes: dict[str, Process] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._start(self.target)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes.values():
            process.close()

    def _start(self, target: str) -> None:
        process = Process(target)
        self._processes[target] = process
        description = self.tables.operations["describe"]
        answer = self._answer(
            target, description, 0, process.exchange([b'{"id":0,"operation":"describe"}\n'])[0]
        )
        if isinstance(answer, Refused):
            raise WrongAnswer(f"{target} refuses describe: {answer.error_class}, {answer.detail}")
        self.described[target] = answer

    def _whose(self, operation: str) -> str:
        """The target that computes an operation: the chosen one if it has it, else the reference."""
        if operation not in self.answered:
            own = self.described[self.target]
            has = operation in own["operations"] and self.profile in own["profiles"]
            whose = self.target if has else REFERENCE
            if whose not in self._processes:
                self._start(whose)
            if operation not in self.described[whose]["operations"]:
                raise WrongAnswer(f"neither {self.target} nor {REFERENCE} has {operation}")
            self.answered[operation] = whose
        return self.answered[operation]

    def _answer(
        self, target: str, operation: Operation, number: int, line: bytes
    ) -> dict[str, Any] | Refused:
        try:
            answer = parse_json(line.decode("utf-8"))
            if not isinstance(answer, dict) or type(answer.get("id")) is not int or answer["id"] != number:
                raise WrongAnswer(
                    f"{target} does not answer {operation.name} with the request's id: {line[:200]!r}"
                )
            if answer.keys() == {"id", "output"}:
                return decode_fields(operation.output, answer["output"])
            error = answer.get("error")
            if answer.keys() == {"id", "error"} and isinstance(error, dict):
                return Refused(str(error.get("class")), str(error.get("detail", "")))
        except (UnicodeDecodeError, Refusal) as error:
            raise WrongAnswer(
                f"{target} answers {operation.name} wrongly: {error}: {line[:200]!r}"
            ) from error
        raise WrongAnswer(f"{target} answers {operation.name} wrongly: {line[:200]!r}")

    def ask_each(self, name: str, inputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any] | Refused]:
        """Ask one operation with many inputs, pipelined. Raises TargetUnavailable, WrongAnswer."""
        operation = self.tables.operations[name]
        target = self._whose(name)
        lines = []
        for number, values in enumerate(inputs):
            encoded = encode_fields(operation.input, values)
            request = {"id": number, "operation": name, "profile": self.profile, "input": encoded}
            lines.append(json.dumps(request, separators=(",", ":")).encode() + b"\n")
        begun = time.perf_counter()
        answers = self._processes[target].exchange(lines)
        self.seconds += time.perf_counter() - begun
        self.requests += len(lines)
        return [self._answer(target, operation, number, line) for number, line in enumerate(answers)]

    def ask(self, name: str, inputs: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Ask one operation with many inputs, none of which may be refused; its single output field's values.

        Raises TargetUnavailable, WrongAnswer.
        """
        output = self.tables.operations[name].output[0].name
        values = []
        for answer in self.ask_each(name, inputs):
            if isinstance(answer, Refused):
                raise WrongAnswer(
                    f"{self.answered[name]} refuses {name}: {answer.error_class}, {answer.detail}"
                )
            values.append(answer[output])
        return values
