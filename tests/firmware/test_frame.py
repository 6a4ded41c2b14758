"""The device's COBS and CRC-32, compiled for the host, against the Python framing."""

import subprocess
import zlib
from pathlib import Path
from typing import Any

import cffi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meter_privacy.conformance import framing
from meter_privacy.conformance.values import Refusal

FIRMWARE = Path(__file__).resolve().parents[2] / "native" / "firmware"
COMPLETE, MALFORMED = 1, 2
SIZE = 600
BODIES = st.lists(
    st.sampled_from([b"\x00", b"\x01", b"\x07" * 253, b"\xff" * 254, b"\x00\x00ab"]) | st.binary(max_size=9),
    max_size=4,
).map(lambda parts: b"".join(parts)[: SIZE - 4])

HARNESS = """
#include "firmware.h"
static uint8_t sent[2 * 65536];
static size_t count;
void uart_write(uint8_t byte) { sent[count++] = byte; }
const uint8_t *sent_bytes(void) { return sent; }
size_t sent_count(void) { size_t all = count; count = 0; return all; }
"""


class Device:
    """frame.c behind cffi."""

    def __init__(self, directory: Path) -> None:
        source = directory / "harness.c"
        source.write_text(HARNESS)
        library = directory / "frame.so"
        files = [str(source), str(FIRMWARE / "frame.c")]
        subprocess.run(
            ["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", f"-I{FIRMWARE}",
             "-o", str(library), *files],
            check=True,
        )  # fmt: skip
        self.ffi: Any = cffi.FFI()
        self.ffi.cdef(
            "typedef struct { uint8_t *buffer; size_t size; size_t length; uint8_t code; uint8_t left;"
            " uint8_t overlong; } frame_receiver;"
            "uint32_t frame_crc(const uint8_t *data, size_t length);"
            "int frame_take(frame_receiver *receiver, uint8_t byte, size_t *length);"
            "void frame_send(uint8_t *body, size_t length);"
            "const uint8_t *sent_bytes(void); size_t sent_count(void);"
        )
        self.lib: Any = self.ffi.dlopen(str(library))

    def send(self, body: bytes) -> bytes:
        place = self.ffi.new("uint8_t[]", len(body) + 4)
        self.ffi.buffer(place)[: len(body)] = body
        self.lib.frame_send(place, len(body))
        sent: bytes = self.ffi.buffer(self.lib.sent_bytes(), self.lib.sent_count())[:]
        return sent

    def take(self, stream: bytes, size: int = SIZE) -> list[bytes | int]:
        """The events of a stream: bodies, and MALFORMED for what is no frame."""
        buffer = self.ffi.new("uint8_t[]", size)
        receiver = self.ffi.new("frame_receiver *", {"buffer": buffer, "size": size})
        length = self.ffi.new("size_t *")
        events: list[bytes | int] = []
        for byte in stream:
            event = self.lib.frame_take(receiver, byte, length)
            if event:
                events.append(self.ffi.buffer(buffer, length[0])[:] if event == COMPLETE else event)
        return events


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Device:
    return Device(tmp_path_factory.mktemp("frame"))


@given(body=BODIES)
def test_a_body_is_sent_as_python_seals_it(device: Device, body: bytes) -> None:
    assert device.send(body) == framing.seal(body)


@given(data=st.binary())
def test_crc(device: Device, data: bytes) -> None:
    assert device.lib.frame_crc(data, len(data)) == zlib.crc32(data)


@given(bodies=st.lists(BODIES, max_size=3))
def test_frames_are_taken_one_after_another(device: Device, bodies: list[bytes]) -> None:
    assert device.take(b"\x00".join(map(framing.seal, bodies))) == bodies


@given(
    stream=st.lists(
        BODIES.map(framing.seal) | st.binary(max_size=12) | st.sampled_from([b"\x00", b"\xff" * 300])
    ).map(b"".join)
)
def test_any_stream_is_taken_as_python_takes_it(device: Device, stream: bytes) -> None:
    expected: list[bytes | int] = []
    for frame in stream.split(b"\x00")[:-1]:
        if not frame:
            continue
        try:
            expected.append(framing.unseal(frame))
        except Refusal:
            expected.append(MALFORMED)
    if all(isinstance(event, int) or len(event) <= SIZE - 4 for event in expected):
        assert device.take(stream) == expected


def test_a_frame_longer_than_the_buffer_is_malformed_and_the_next_is_taken(device: Device) -> None:
    for length, fits in ((28, True), (29, False), (300, False)):
        body = bytes([7]) * length
        events = device.take(framing.seal(body) + framing.seal(b"next"), size=32)
        assert events == [body if fits else MALFORMED, b"next"]


@given(body=BODIES, cut=st.integers(1, 700))
def test_a_frame_that_breaks_off_does_not_reach_the_next(device: Device, body: bytes, cut: int) -> None:
    frame = framing.seal(body)
    broken = frame[: -1 - min(cut, len(frame) - 2)]
    assert device.take(broken + b"\x00" + framing.seal(b"next")) == [MALFORMED, b"next"]
