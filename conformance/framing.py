"""The binary framing of the target protocol: COBS frames, CRC-32, explicit opcodes, little-endian.

Implements TARGET-12 to TARGET-16.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from meter_privacy.conformance.tables import ERROR_CLASSES, PROFILES, Field
from meter_privacy.conformance.values import Refusal, decode_value

OK = 0
UNSUPPORTED = 254
NO_ID = 0xFFFFFFFF

HEADER = struct.Struct("<HIBH")
_ANSWER = struct.Struct("<IB")
_COUNT = struct.Struct("<H")
_INT = struct.Struct("<q")
_REAL = struct.Struct("<d")
_CRC = struct.Struct("<I")


class HeaderRefusal(Refusal):
    """A request is refused whose header gives its id."""

    def __init__(self, number: int, detail: str) -> None:
        super().__init__("malformed", detail)
        self.id = number


def _malformed(detail: str) -> Refusal:
    return Refusal("malformed", detail, "TARGET-15")


def cobs_encode(data: bytes) -> bytes:
    """Consistent overhead byte stuffing: the same bytes without a zero, and the ending zero."""
    out = bytearray()
    for block in data.split(b"\x00"):
        while len(block) >= 254:
            out += b"\xff" + block[:254]
            block = block[254:]
        out += bytes([len(block) + 1]) + block
    return bytes(out) + b"\x00"


def cobs_decode(frame: bytes) -> bytes:
    """Undo cobs_encode; `frame` is without its ending zero. Raises Refusal "malformed"."""
    out = bytearray()
    position = 0
    while position < len(frame):
        code = frame[position]
        end = position + code
        if code == 0 or end > len(frame):
            raise _malformed("this is no COBS frame")
        out += frame[position + 1 : end]
        position = end
        if code < 255 and position < len(frame):
            out.append(0)
    return bytes(out)


def seal(body: bytes) -> bytes:
    """A body as it goes over the wire: CRC-32 behind it, COBS around it."""
    return cobs_encode(body + _CRC.pack(zlib.crc32(body)))


def unseal(frame: bytes) -> bytes:
    """The body of a frame (without its ending zero). Raises Refusal "malformed"."""
    whole = cobs_decode(frame)
    if len(whole) < _CRC.size or _CRC.unpack(whole[-4:])[0] != zlib.crc32(whole[:-4]):
        raise _malformed("the frame's checksum is wrong")
    return whole[:-4]


def _counted(data: bytes) -> bytes:
    if len(data) > 0xFFFF:
        raise ValueError("a field of the binary framing has at most 65535 bytes")
    return _COUNT.pack(len(data)) + data


def _encode(item: Field, value: Any) -> bytes:
    if item.nullable:
        return b"\x00" if value is None else b"\x01" + _encode_present(item, value)
    return _encode_present(item, value)


def _encode_present(item: Field, value: Any) -> bytes:
    match item.type:
        case "int":
            return _INT.pack(value)
        case "bigint":
            magnitude = abs(value).to_bytes((value.bit_length() + 7) // 8, "big")
            return (bytes([value < 0]) if item.signed else b"") + _counted(magnitude)
        case "bytes":
            return _counted(value)
        case "text":
            return _counted(value.encode("utf-8"))
        case "real":
            return _REAL.pack(float(value))
        case "list":
            assert item.items is not None
            return _COUNT.pack(len(value)) + b"".join(_encode(item.items, part) for part in value)
    return encode_payload(item.fields, value)


def encode_payload(fields: Iterable[Field], values: Mapping[str, Any]) -> bytes:
    """Fields in table order, as bytes."""
    return b"".join(_encode(item, values[item.name]) for item in fields)


def _lower_ends(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"lower", "upper"}:
            return value["lower"]
        return {name: _lower_ends(part) for name, part in value.items()}
    return [_lower_ends(part) for part in value] if isinstance(value, list) else value


def encode_json_payload(fields: Sequence[Field], values: Mapping[str, Any]) -> bytes:
    """Fields whose values are in JSON form, as bytes; an enclosure of a real counts as its lower end."""
    lower = _lower_ends(values)
    decoded = {item.name: decode_value(item, lower[item.name], item.name) for item in fields}
    return encode_payload(fields, decoded)


@dataclass
class _Reader:
    data: bytes
    position: int = 0

    def take(self, length: int) -> bytes:
        end = self.position + length
        if end > len(self.data):
            raise _malformed("the payload ends too early")
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def counted(self) -> bytes:
        return self.take(_COUNT.unpack(self.take(2))[0])

    def tag(self, name: str) -> bool:
        tag = self.take(1)[0]
        if tag > 1:
            raise _malformed(f"{name} has a tag that is neither 0 nor 1")
        return tag == 1

    def value(self, item: Field, name: str) -> Any:
        if item.nullable and not self.tag(name):
            return None
        match item.type:
            case "int":
                number = _INT.unpack(self.take(8))[0]
                if abs(number) >= 2**53:
                    raise _malformed(f"{name} is not below 2^53 in magnitude")
                return number
            case "bigint":
                negative = item.signed and self.tag(name)
                magnitude = self.counted()
                if magnitude[:1] == b"\x00" or (negative and not magnitude):
                    raise _malformed(f"{name} is not minimal")
                return -int.from_bytes(magnitude, "big") if negative else int.from_bytes(magnitude, "big")
            case "bytes":
                return decode_value(item, self.counted().hex(), name)
            case "text":
                try:
                    return decode_value(item, self.counted().decode("utf-8"), name)
                except UnicodeDecodeError as error:
                    raise _malformed(f"{name} is no UTF-8") from error
            case "real":
                number = _REAL.unpack(self.take(8))[0]
                if not abs(number) < float("inf"):
                    raise _malformed(f"{name} is no finite number")
                return Fraction(number)
            case "list":
                assert item.items is not None
                count = _COUNT.unpack(self.take(2))[0]
                if not item.minimum_items <= count <= item.maximum_items:
                    raise _malformed(f"{name} has too few or too many elements: {count}")
                return [self.value(item.items, f"{name}[{index}]") for index in range(count)]
        return {part.name: self.value(part, f"{name}.{part.name}") for part in item.fields}


def decode_payload(fields: Iterable[Field], data: bytes) -> dict[str, Any]:
    """Decode fields in table order, to the last byte. Raises Refusal "malformed"."""
    reader = _Reader(data)
    values = {item.name: reader.value(item, item.name) for item in fields}
    if reader.position != len(data):
        raise _malformed("the payload goes on behind its last field")
    return values


@dataclass(frozen=True)
class Request:
    """The header of a request and its undecoded fields."""

    opcode: int
    id: int
    profile: str
    session: int
    payload: bytes


def encode_request(opcode: int, number: int, profile: str, session: int, payload: bytes) -> bytes:
    """A request's frame."""
    code = PROFILES.index(profile) + 1 if profile else 0
    return seal(HEADER.pack(opcode, number, code, session) + payload)


def decode_request(frame: bytes) -> Request:
    """Read a request's frame (without its ending zero).

    Raises Refusal "malformed", and where only the profile is unknown HeaderRefusal, which keeps the id.
    """
    body = unseal(frame)
    if len(body) < HEADER.size:
        raise _malformed("the request is shorter than its header")
    opcode, number, code, session = HEADER.unpack(body[: HEADER.size])
    if code > len(PROFILES):
        raise HeaderRefusal(number, "the request has an unknown profile")
    return Request(opcode, number, PROFILES[code - 1] if code else "", session, body[HEADER.size :])


@dataclass(frozen=True)
class Answer:
    """The header of an answer and what follows: fields or a text."""

    id: int
    status: int
    payload: bytes

    @property
    def error_class(self) -> str | None:
        """The error class of an answer that refuses."""
        return ERROR_CLASSES[self.status - 1] if 0 < self.status <= len(ERROR_CLASSES) else None


def encode_answer(number: int, status: int, payload: bytes) -> bytes:
    """An answer's frame; `payload` is fields or a counted text."""
    return seal(_ANSWER.pack(number, status) + payload)


def encode_text(text: str) -> bytes:
    """A detail or a reason, counted."""
    return _counted(text.encode("utf-8"))


def decode_answer(frame: bytes) -> Answer:
    """Read an answer's frame (without its ending zero). Raises Refusal "malformed"."""
    body = unseal(frame)
    if len(body) < _ANSWER.size:
        raise _malformed("the answer is shorter than its header")
    number, status = _ANSWER.unpack(body[: _ANSWER.size])
    if status > len(ERROR_CLASSES) and status != UNSUPPORTED:
        raise _malformed(f"the answer has the unknown status {status}")
    return Answer(number, status, body[_ANSWER.size :])
