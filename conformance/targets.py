"""Targets and the ways to reach them: child processes, sockets, serial lines, each in JSON lines or frames.

A target is one byte stream and one encoding. One thread reads it and one writes to it, so that neither
side waits for the other with its buffers full; what a target may leave unread is bounded.
"""

import contextlib
import json
import os
import queue
import select
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from meter_privacy.conformance import framing
from meter_privacy.conformance.suite import Message
from meter_privacy.conformance.tables import ERROR_CLASSES, HOST_LIMIT, Operation
from meter_privacy.conformance.values import Refusal, check_lengths, decode_fields, parse_json

LONGEST_ANSWER = 8 << 20
MOST_UNREAD = 16 << 20
LOG_BYTES = 64 << 10
RESET_SECONDS = 60.0
START_SECONDS = 30.0
_POLL_SECONDS = 0.1


class TargetError(Exception):
    """A target's name cannot be understood (usage)."""


class CannotStart(Exception):
    """A target cannot be started, reached or restarted."""


class Lost(Exception):
    """The target broke the protocol, so that the first unanswered request is lost.

    `requirement` is the one that it broke by that.
    """

    requirement = "TARGET-1"


class Ended(Lost):
    """The target ended, or closed its side, before it answered."""


class TimedOut(Lost):
    """No answer came within the time limit."""


class Nonsense(Lost):
    """What came is no answer to the first unanswered request: flooded, no JSON, another id."""

    def __init__(self, text: str, requirement: str = "TARGET-1") -> None:
        super().__init__(text)
        self.requirement = requirement


class NotApplicable(Exception):
    """The request has no form in the target's encoding."""


class MalformedAnswer(Exception):
    """An answer to the right request that breaks the grammar of answers."""

    def __init__(self, text: str, requirement: str = "TARGET-4") -> None:
        super().__init__(text)
        self.requirement = requirement


@dataclass(frozen=True)
class Request:
    """One request.

    `values` is the input in JSON form; else a text or a frame that breaks the grammar, or a whole message.
    """

    id: int
    operation: Operation
    profile: str | None
    session: int | None = None
    values: Mapping[str, Any] | None = None
    raw_json: str | None = None
    raw_frame: bytes | None = None
    message: Message | None = None

    @property
    def answered(self) -> tuple[int | None, ...]:
        """The ids that the answer may carry; what breaks the grammar may have hidden its own."""
        if self.message is not None:
            return self.message.answered
        return (self.id,) if self.values is not None else (self.id, None)


@dataclass(frozen=True)
class Answer:
    """A decoded answer: exactly one of output, error class and reason is given."""

    output: Mapping[str, Any] | None = None
    error: str | None = None
    detail: str = ""
    unsupported: str | None = None


def shown(data: bytes | str, length: int = 200) -> str:
    """What a target wrote, cut to a length that a message can carry."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    return text if len(text) <= length else f"{text[:length]}... ({len(text)} characters)"


def _ids(request: Request, none: str) -> str:
    """The ids that an answer may carry, in words; the request's own stands for what has hidden it."""
    named = request.answered if request.message is not None else (request.id,)
    return " or ".join(none if number is None else str(number) for number in named)


class Codec(Protocol):
    """How requests and answers stand on the byte stream."""

    name: str
    delimiter: bytes

    def encode(self, request: Request) -> bytes:
        """A request as bytes. Raises NotApplicable."""

    def decode(self, data: bytes, request: Request) -> Answer:
        """The answer to a request. Raises Nonsense or MalformedAnswer."""

    def readable(self, data: bytes) -> str:
        """Bytes of the stream for people and logs."""


def _member(answer: Mapping[str, Any], name: str, needed: set[str], optional: str) -> Mapping[str, Any]:
    value = answer[name]
    if not isinstance(value, dict) or value.keys() - {optional} != needed:
        known = " and ".join(sorted(needed)) or f"at most {optional}"
        raise MalformedAnswer(f"{name} must be an object with {known}")
    for key, part in value.items():
        if not isinstance(part, str):
            raise MalformedAnswer(f"{name}.{key} must be a text")
    return value


def _known_description(describe: Operation, output: Any) -> Any:
    """A description without what a later protocol adds, and with no limit where none is given (TARGET-7)."""
    limits = {"input_bytes": HOST_LIMIT, "output_bytes": HOST_LIMIT}
    if not isinstance(output, dict) or not isinstance(output.get("limits", {}), dict):
        return output
    given = {key: value for key, value in output.get("limits", {}).items() if key in limits}
    known = {item.name for item in describe.output}
    return {**{key: value for key, value in output.items() if key in known}, "limits": {**limits, **given}}


@dataclass
class JsonCodec:
    """One JSON object a line."""

    name: str = "json"
    delimiter: bytes = b"\n"

    def encode(self, request: Request) -> bytes:
        """A request's line. Raises NotApplicable where only a frame breaks the grammar."""
        if request.message is not None:
            return request.message.data
        head: dict[str, Any] = {"id": request.id, "operation": request.operation.name}
        if request.profile is not None:
            head["profile"] = request.profile
        if request.session is not None:
            head["session"] = f"s{request.session}"
        if request.values is not None:
            if request.values or request.operation.input:
                head["input"] = request.values
            return json.dumps(head, separators=(",", ":")).encode() + b"\n"
        if request.raw_json is None:
            raise NotApplicable("the test has no form in JSON")
        text = json.dumps(head, separators=(",", ":"))
        return f'{text[:-1]},"input":{request.raw_json}}}\n'.encode()

    def decode(self, data: bytes, request: Request) -> Answer:
        """Hold a line to TARGET-3 and TARGET-4, and its output to the operation's fields."""
        try:
            answer = parse_json(data.decode("utf-8"))
        except Refusal as refusal:
            answer = self._sloppy(data)
            if isinstance(answer, dict) and answer.get("id") == request.id:
                raise MalformedAnswer(refusal.detail, refusal.requirement or "TARGET-4") from refusal
            raise Nonsense(f"standard output carries what is no JSON: {shown(data)!r}") from refusal
        except UnicodeDecodeError as error:
            raise Nonsense(f"standard output carries what is no UTF-8: {shown(data)!r}") from error
        if not isinstance(answer, dict):
            raise Nonsense(f"an answer must be a JSON object: {shown(data)!r}")
        number = answer.get("id", "no id")
        if (number is not None and type(number) is not int) or number not in request.answered:
            wanted = _ids(request, "null")
            raise Nonsense(
                f"expected the answer with id {wanted}, but this came: {shown(data)!r}", "TARGET-3"
            )
        rest = answer.keys() - {"id"}
        if len(rest) != 1 or not rest <= {"output", "error", "unsupported"}:
            raise MalformedAnswer(
                "besides id an answer has exactly one member, output, error or unsupported; "
                f"this one has {', '.join(sorted(shown(name, 40) for name in rest)) or 'none'}"
            )
        return self._body(answer, request)

    @staticmethod
    def _sloppy(data: bytes) -> Any:
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            return None

    @staticmethod
    def _body(answer: Mapping[str, Any], request: Request) -> Answer:
        if "unsupported" in answer:
            return Answer(unsupported=_member(answer, "unsupported", set(), "reason").get("reason", ""))
        if "error" in answer:
            error = _member(answer, "error", {"class"}, "detail")
            if error["class"] not in ERROR_CLASSES:
                raise MalformedAnswer(f"{shown(error['class'], 60)!r} is no class of the closed list")
            return Answer(error=error["class"], detail=shown(error.get("detail", "")))
        output = answer["output"]
        if request.operation.name == "describe":
            output = _known_description(request.operation, output)
        try:
            return Answer(output=decode_fields(request.operation.output, output))
        except Refusal as refusal:
            raise MalformedAnswer(f"output: {refusal.detail}", refusal.requirement or "TARGET-4") from refusal

    def readable(self, data: bytes) -> str:
        """The text as it stands."""
        return data.decode("utf-8", "replace").rstrip("\n")


@dataclass
class BinaryCodec:
    """COBS frames with a CRC-32."""

    name: str = "binary"
    delimiter: bytes = b"\x00"

    def encode(self, request: Request) -> bytes:
        """A request's frame. Raises NotApplicable where the input has no form in the framing."""
        if request.message is not None:
            return request.message.data
        session = 0 if request.session is None else (request.session - 1) % 0xFFFF + 1
        return framing.encode_request(
            request.operation.opcode, request.id, request.profile or "", session, self._payload(request)
        )

    @staticmethod
    def _payload(request: Request) -> bytes:
        if request.values is None:
            if request.raw_frame is None:
                raise NotApplicable("the test has no form in the binary framing")
            return request.raw_frame
        try:
            values = decode_fields(request.operation.input, request.values)
            check_lengths(request.operation, values)
            return framing.encode_payload(request.operation.input, values)
        except (Refusal, ValueError, OverflowError) as error:
            raise NotApplicable(f"the input has no form in the binary framing: {error}") from error

    def decode(self, data: bytes, request: Request) -> Answer:
        """Hold a frame to TARGET-12 and TARGET-14, and its output to the operation's fields."""
        try:
            answer = framing.decode_answer(data)
        except Refusal as refusal:
            raise Nonsense(f"{refusal.detail}: {shown(data.hex())}", "TARGET-12") from refusal
        if (None if answer.id == framing.NO_ID else answer.id) not in request.answered:
            wanted = _ids(request, str(framing.NO_ID))
            raise Nonsense(
                f"expected the answer with id {wanted}, but one with id {answer.id} came", "TARGET-3"
            )
        try:
            if answer.status == framing.OK:
                return Answer(output=framing.decode_payload(request.operation.output, answer.payload))
            text = self._text(answer.payload)
        except Refusal as refusal:
            requirement = refusal.requirement or "TARGET-15"
            raise MalformedAnswer(f"output: {refusal.detail}", requirement) from refusal
        if answer.status == framing.UNSUPPORTED:
            return Answer(unsupported=text)
        return Answer(error=answer.error_class, detail=shown(text))

    @staticmethod
    def _text(payload: bytes) -> str:
        if len(payload) < 2 or int.from_bytes(payload[:2], "little") != len(payload) - 2:
            raise Refusal("malformed", "the length of the text is wrong")
        return payload[2:].decode("utf-8", "replace")

    def readable(self, data: bytes) -> str:
        """Hexadecimal."""
        return data.hex()


class Stream(Protocol):
    """Bytes to and from one running target."""

    def read(self, timeout: float) -> bytes | None:
        """What has come; None when nothing came in time, nothing (b"") at the end."""

    def write(self, data: bytes) -> None:
        """Write all; an OSError ends the writing and nothing else."""

    def finish(self) -> None:
        """Say that no more requests come, where the stream can say that."""

    def close(self) -> None:
        """End it, with all that belongs to it."""

    def fate(self) -> str:
        """How it ended, for a message."""

    def log(self) -> str:
        """The end of its standard error."""


class ProcessStream:
    """A child process in a group of its own, on its standard input and output."""

    def __init__(self, command: list[str]) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            raise CannotStart(f"{shlex.join(command)}: {error.strerror}") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._input, self._output, self._errors = (
            self._process.stdin, self._process.stdout, self._process.stderr,
        )  # fmt: skip
        self._closed = threading.Event()
        self._log: deque[bytes] = deque()
        self._logger = threading.Thread(target=self._read_log, daemon=True)
        self._logger.start()

    def _read_log(self) -> None:
        size = 0
        while not self._closed.is_set():
            if not select.select([self._errors], [], [], _POLL_SECONDS)[0]:
                continue
            chunk = os.read(self._errors.fileno(), 1 << 16)
            if not chunk:
                return
            self._log.append(chunk)
            size += len(chunk)
            while len(self._log) > 1 and size > LOG_BYTES:
                size -= len(self._log.popleft())

    def read(self, timeout: float) -> bytes | None:
        """Read what the process has written."""
        if not select.select([self._output], [], [], timeout)[0]:
            return None
        return os.read(self._output.fileno(), 1 << 16)

    def write(self, data: bytes) -> None:
        """Write all, waiting for a process that is slow to read."""
        view = memoryview(data)
        while view and not self._closed.is_set():
            if select.select([], [self._input], [], _POLL_SECONDS)[1]:
                view = view[os.write(self._input.fileno(), view[: select.PIPE_BUF]) :]

    def finish(self) -> None:
        """Close its standard input."""
        with contextlib.suppress(OSError):
            self._input.close()

    def close(self) -> None:
        """Kill the whole group and wait for the process."""
        self._closed.set()
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._logger.join()

    def release(self) -> None:
        """Close what is left of the pipes, once no thread uses them."""
        for pipe in (self._input, self._output, self._errors):
            with contextlib.suppress(OSError):
                pipe.close()

    def fate(self) -> str:
        """Its exit status or signal, waiting a moment for it."""
        try:
            status = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "it closed its standard output and went on running"
        if status < 0:
            return f"it was ended by {signal.Signals(-status).name}"
        return f"it ended with exit status {status}"

    def log(self) -> str:
        """The end of its standard error."""
        if self._process.poll() is not None:
            self._logger.join(timeout=0.5)
        return b"".join(tuple(self._log)).decode("utf-8", "replace")


class SocketStream:
    """A TCP connection."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=10.0)
        except OSError as error:
            raise CannotStart(f"tcp:{host}:{port}: {error.strerror or error}") from error
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, timeout: float) -> bytes | None:
        """Read what has come."""
        if not select.select([self._socket], [], [], timeout)[0]:
            return None
        try:
            return self._socket.recv(1 << 16)
        except ConnectionError:
            return b""

    def write(self, data: bytes) -> None:
        """Write all."""
        self._socket.sendall(data)

    def finish(self) -> None:
        """Shut down the sending side."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Shut the connection down; threads that wait on it come back."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Close the socket, once no thread uses it."""
        self._socket.close()

    def fate(self) -> str:
        """It is not known more."""
        return "the connection was closed"

    def log(self) -> str:
        """A socket has no standard error."""
        return ""


class SerialStream:
    """A serial line by pyserial, or whatever URL pyserial knows."""

    def __init__(self, device: str, baud: int) -> None:
        import serial

        try:
            self._port = serial.serial_for_url(device, baudrate=baud, timeout=_POLL_SECONDS)
            self._port.reset_input_buffer()
        except (OSError, ValueError) as error:
            raise CannotStart(f"serial:{device}: {error}") from error

    def read(self, timeout: float) -> bytes | None:
        """Read what has come, at least one byte where one comes in time."""
        self._port.timeout = timeout
        try:
            first = self._port.read(1)
            more = self._port.in_waiting if first else 0
            data: bytes = first + (self._port.read(more) if more else b"")
        except OSError:
            return b""
        return data or None

    def write(self, data: bytes) -> None:
        """Write all."""
        self._port.write(data)
        self._port.flush()

    def finish(self) -> None:
        """A serial line cannot say it."""

    def close(self) -> None:
        """Let threads that wait on the line come back."""
        for cancel in ("cancel_read", "cancel_write"):
            with contextlib.suppress(Exception):
                getattr(self._port, cancel)()

    def release(self) -> None:
        """Close the line, once no thread uses it."""
        self._port.close()

    def fate(self) -> str:
        """It is not known more."""
        return "the line was closed"

    def log(self) -> str:
        """A line has no standard error."""
        return ""


# Called with "sent" or "received" and the bytes.
Traffic = Callable[[str, bytes], None]


class Target(Protocol):
    """What the runner drives: requests go out as bytes, answers come back one at a time."""

    name: str
    codec: Codec
    window: int
    default_seconds: float
    traffic: Traffic | None

    @property
    def restartable(self) -> bool:
        """Whether it can be started again after it was lost."""

    def start(self, again: bool = False) -> None:
        """Start it, or start it again. Raises CannotStart."""

    def send(self, data: bytes) -> None:
        """Send a request without waiting."""

    def receive(self, timeout: float) -> bytes:
        """The next answer's bytes, without what ends them. Raises TimedOut, Ended, Nonsense."""

    def finish(self, timeout: float) -> bytes:
        """Say that no more requests come; what is still written until the end, or for so many seconds."""

    def close(self) -> None:
        """End it."""

    def log(self) -> str:
        """The end of its standard error."""

    def last_words(self) -> str:
        """The end of its standard error since it was last started."""


@dataclass
class StreamTarget:
    """A target on a byte stream: process, socket or serial line."""

    name: str
    codec: Codec
    open_stream: Callable[[], Stream]
    window: int = 64
    default_seconds: float = 10.0
    process: bool = True
    reset_command: str | None = None
    traffic: Traffic | None = None
    _stream: Stream | None = field(default=None, init=False)
    _log: str = field(default="", init=False)

    @property
    def restartable(self) -> bool:
        """A process always; anything else by its reset command."""
        return self.process or self.reset_command is not None

    def start(self, again: bool = False) -> None:
        """Open the stream and start its two threads. Raises CannotStart."""
        if again:
            self.close()
            if not self.restartable:
                raise CannotStart(f"{self.name} cannot be restarted without --reset-command")
            self._reset()
        self._stream = self._open(patience=START_SECONDS if again and not self.process else 0.0)
        self._frames: deque[bytes] = deque()
        self._unread = 0
        self._end: Lost | None = None
        self._partial = b""
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=work, args=(self._stream,), daemon=True)
            for work in (self._read, self._write)
        ]
        for thread in self._threads:
            thread.start()

    def _open(self, patience: float) -> Stream:
        until = time.monotonic() + patience
        while True:
            try:
                return self.open_stream()
            except CannotStart:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.2)

    def _reset(self) -> None:
        if self.reset_command is None:
            return
        try:
            subprocess.run(
                shlex.split(self.reset_command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=RESET_SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotStart(f"the reset command failed: {error}") from error

    def _read(self, stream: Stream) -> None:
        buffer = bytearray()
        searched = 0
        end: Lost = Ended("")
        while not self._stop.is_set():
            try:
                chunk = stream.read(_POLL_SECONDS)
            except (OSError, ValueError):
                chunk = b""
            if chunk is None:
                continue
            if not chunk:
                break
            buffer += chunk
            frames = []
            while (found := buffer.find(self.codec.delimiter, searched)) >= 0:
                frames.append(bytes(buffer[:found]))
                del buffer[: found + 1]
                searched = 0
            searched = len(buffer)
            self._arrived([frame for frame in frames if frame.strip()])
            if len(buffer) > LONGEST_ANSWER or self._unread > MOST_UNREAD:
                end = Nonsense(
                    f"the target flooded: more than {LONGEST_ANSWER >> 20} MiB without an end of the answer"
                    if len(buffer) > LONGEST_ANSWER
                    else f"the target flooded: more than {MOST_UNREAD >> 20} MiB that nobody asked for"
                )
                break
        with self._changed:
            self._end = end
            self._partial = bytes(buffer)
            self._changed.notify_all()

    def _arrived(self, frames: list[bytes]) -> None:
        if not frames:
            return
        if self.traffic is not None:
            for frame in frames:
                self.traffic("received", frame)
        with self._changed:
            self._frames.extend(frames)
            self._unread += sum(map(len, frames))
            self._changed.notify_all()

    def _write(self, stream: Stream) -> None:
        while (data := self._outgoing.get()) is not None:
            parts = [data]
            ended = False
            while not self._outgoing.empty():
                part = self._outgoing.get()
                if part is None:
                    ended = True
                    break
                parts.append(part)
            try:
                stream.write(b"".join(parts))
            except (OSError, ValueError):
                return  # the reader sees the end
            if ended:
                break
        stream.finish()

    def send(self, data: bytes) -> None:
        """Hand a request to the writing thread."""
        if self.traffic is not None:
            self.traffic("sent", data.rstrip(self.codec.delimiter))
        self._outgoing.put(data)

    def receive(self, timeout: float) -> bytes:
        """The next answer. Raises TimedOut, Ended with the process's fate, or Nonsense for a flood."""
        until = time.monotonic() + timeout
        with self._changed:
            while not self._frames:
                if self._end is not None:
                    break
                left = until - time.monotonic()
                if left <= 0:
                    raise TimedOut(f"no answer within {timeout:g} s")
                self._changed.wait(left)
            if self._frames:
                frame = self._frames.popleft()
                self._unread -= len(frame)
                return frame
        assert self._stream is not None
        if isinstance(self._end, Nonsense):
            raise self._end
        partial = f"; the answer breaks off after {shown(self._partial, 80)!r}" if self._partial else ""
        raise Ended(f"{self._stream.fate()} before it answered{partial}")

    def finish(self, timeout: float) -> bytes:
        """End the requests; whatever the target still writes."""
        self._outgoing.put(None)
        until = time.monotonic() + timeout
        with self._changed:
            while self._end is None and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return self.codec.delimiter.join([*self._frames, self._partial])[:1000]

    def close(self) -> None:
        """End the stream and its threads, keeping the end of the log."""
        if self._stream is None:
            return
        self._stop.set()
        self._outgoing.put(None)
        self._stream.close()
        for thread in self._threads:
            thread.join(timeout=5.0)
        # What the runs before it logged stays, as far as the bound goes.
        self._log = (self._log + self._stream.log())[-LOG_BYTES:]
        release = getattr(self._stream, "release", None)
        if release is not None and not any(thread.is_alive() for thread in self._threads):
            release()
        self._stream = None

    def log(self) -> str:
        """The end of the target's standard error, over all its starts."""
        return self._log if self._stream is None else (self._log + self._stream.log())[-LOG_BYTES:]

    def last_words(self) -> str:
        """The end of its standard error since it was last started."""
        return "" if self._stream is None else self._stream.log()


@dataclass(frozen=True)
class Options:
    """What the command line says about the way to a target."""

    framing: str | None = None
    reset_command: str | None = None
    window: int | None = None
    extra_tables: tuple[str, ...] = ()


Maker = Callable[[str, Options], StreamTarget]

BINARY_SECONDS = 120.0
DEFAULT_BAUD = 115200


def serve_command(module: str, options: Options) -> list[str]:
    """The command that makes a Python module a target."""
    command = [sys.executable, "-m", "meter_privacy.conformance", "serve", module]
    for directory in options.extra_tables:
        command += ["--operations", directory]
    return command


def _codec(options: Options, default: str) -> Codec:
    return BinaryCodec() if (options.framing or default) == "binary" else JsonCodec()


def _finished(target: StreamTarget, options: Options) -> StreamTarget:
    if options.window is not None:
        target.window = options.window
    return target


def _served(name: str) -> Maker:
    def make(rest: str, options: Options) -> StreamTarget:
        if rest:
            raise TargetError(f"the target {name} takes no argument")
        if options.framing == "binary":
            raise TargetError(f"the target {name} speaks JSON lines")
        command = serve_command(name, options)
        return _finished(StreamTarget(name, JsonCodec(), lambda: ProcessStream(command)), options)

    return make


def _serve_module(rest: str, options: Options) -> StreamTarget:
    if not rest:
        raise TargetError("serve: needs a module or a .py file")
    command = serve_command(rest, options)
    return _finished(StreamTarget(f"serve:{rest}", JsonCodec(), lambda: ProcessStream(command)), options)


def _exec(rest: str, options: Options) -> StreamTarget:
    try:
        command = shlex.split(rest)
    except ValueError as error:
        raise TargetError(f"exec: {error}") from error
    if not command:
        raise TargetError("exec: needs a command")
    codec = _codec(options, "json")
    seconds = 10.0 if codec.name == "json" else BINARY_SECONDS
    target = StreamTarget(
        f"exec:{rest}", codec, lambda: ProcessStream(command), default_seconds=seconds,
        reset_command=options.reset_command,
    )  # fmt: skip
    return _finished(target, options)


def _tcp(rest: str, options: Options) -> StreamTarget:
    host, colon, port = rest.rpartition(":")
    if not colon or not port.isdecimal() or not 0 < int(port) < 0x10000:
        raise TargetError("tcp: needs HOST:PORT")
    codec = _codec(options, "json")
    target = StreamTarget(
        f"tcp:{rest}", codec, lambda: SocketStream(host.strip("[]"), int(port)),
        default_seconds=10.0 if codec.name == "json" else BINARY_SECONDS,
        process=False, reset_command=options.reset_command,
    )  # fmt: skip
    return _finished(target, options)


def _serial(rest: str, options: Options) -> StreamTarget:
    if options.framing == "json":
        raise TargetError("a serial line speaks the binary framing")
    device, _, speed = rest.partition(",")
    if not device or (speed and not speed.isdecimal()):
        raise TargetError("serial: needs DEVICE or DEVICE,BAUD")
    # A device without flow control loses what comes while it computes: one request at a time.
    target = StreamTarget(
        f"serial:{rest}", BinaryCodec(), lambda: SerialStream(device, int(speed or DEFAULT_BAUD)),
        window=1, default_seconds=BINARY_SECONDS, process=False, reset_command=options.reset_command,
    )  # fmt: skip
    return _finished(target, options)


def _emulator(rest: str, options: Options) -> StreamTarget:
    from meter_privacy.conformance.emulator import make_emulator

    return make_emulator(rest, options)


# Prefixes and what makes their targets; further kinds of target register here.
MAKERS: dict[str, Maker] = {
    "reference": _served("reference"),
    "native": _served("native"),
    "serve": _serve_module,
    "exec": _exec,
    "tcp": _tcp,
    "serial": _serial,
    "emulator": _emulator,
}


# How targets are named on the command line.
FORMS = (
    "reference", "native", "serve:MODULE", "exec:COMMAND", "tcp:HOST:PORT", "serial:DEVICE[,BAUD]",
    "emulator:CORE[,IMAGE]",
)  # fmt: skip


def make_target(name: str, options: Options | None = None) -> StreamTarget:
    """The target of a name such as `native`, `exec:./meter`, `tcp:host:port`. Raises TargetError."""
    prefix, _, rest = name.partition(":")
    maker = MAKERS.get(prefix)
    if maker is None:
        raise TargetError(f"no target is named {name!r}; there are {', '.join(FORMS[:-1])} and {FORMS[-1]}")
    return maker(rest, options or Options())
