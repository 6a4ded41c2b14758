"""A device for the tests of the transports: the reference behind a socket, in either encoding."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from meter_privacy.conformance import framing
from meter_privacy.conformance.implementation import Implementation, Unsupported, load_implementation
from meter_privacy.conformance.serve import answer_line
from meter_privacy.conformance.tables import ERROR_CLASSES, Tables
from meter_privacy.conformance.values import Refusal, check_lengths


def answer_frame(implementation: Implementation, frame: bytes) -> bytes:
    """Answer one frame of the binary framing as a device does."""
    number = framing.NO_ID
    try:
        request = framing.decode_request(frame)
        number = request.id
        known = implementation.tables.by_opcode(request.opcode)
        operation = implementation.operation(known.name if known else "unknown", request.profile)
        values = framing.decode_payload(operation.input, request.payload)
        check_lengths(operation, values)
        session = str(request.session) if operation.session else None
        output = implementation.call(operation, values, request.profile, session)
        return framing.encode_answer(number, framing.OK, framing.encode_payload(operation.output, output))
    except Refusal as refusal:
        status = ERROR_CLASSES.index(refusal.error_class) + 1
        return framing.encode_answer(number, status, framing.encode_text(refusal.detail))
    except Unsupported as reason:
        return framing.encode_answer(number, framing.UNSUPPORTED, framing.encode_text(str(reason)))


@dataclass
class Device:
    """A listening device that hangs up at the requests of the given numbers."""

    tables: Tables
    encoding: str
    hang_up_at: set[int] = field(default_factory=set)
    count: int = 0
    port: int = 0

    def serve(self, listener: socket.socket) -> None:
        """Answer one connection after the other until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        implementation = load_implementation("reference", self.tables)
        delimiter = b"\n" if self.encoding == "json" else b"\x00"
        rest = b""
        while chunk := connection.recv(1 << 16):
            *requests, rest = (rest + chunk).split(delimiter)
            for request in requests:
                self.count += 1
                if self.count in self.hang_up_at:
                    return
                if self.encoding == "json":
                    connection.sendall(json.dumps(answer_line(implementation, request)).encode() + b"\n")
                elif request:
                    connection.sendall(answer_frame(implementation, request))


@contextmanager
def listening(device: Device) -> Iterator[Device]:
    """Run a device on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        device.port = listener.getsockname()[1]
        threading.Thread(target=_quietly(device.serve), args=(listener,), daemon=True).start()
        yield device
        listener.shutdown(socket.SHUT_RDWR)


def _quietly(work: Callable[..., Any]) -> Callable[..., None]:
    def run(*arguments: Any) -> None:
        try:
            work(*arguments)
        except ConnectionError:
            return

    return run
