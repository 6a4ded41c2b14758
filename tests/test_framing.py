"""The binary framing, Python side: known bytes written out by hand, and every way to be malformed."""

import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meter_privacy.conformance import framing
from meter_privacy.conformance.tables import ERROR_CLASSES, Field, load_tables
from meter_privacy.conformance.values import Refusal

OPERATIONS = load_tables().operations


# ---- COBS


@pytest.mark.parametrize(
    ("data", "frame"),
    [
        (b"", "01 00"),
        (b"\x00", "01 01 00"),
        (b"\x00\x00", "01 01 01 00"),
        (b"\x00\x00\x00\x00", "01 01 01 01 01 00"),
        (b"\x11\x22\x00\x33", "03 11 22 02 33 00"),
        (b"\x11\x22\x33\x44", "05 11 22 33 44 00"),
        (b"\x11\x00\x00\x00", "02 11 01 01 01 00"),
        (bytes(range(1, 254)), "fe" + bytes(range(1, 254)).hex() + "00"),
        (bytes(range(1, 255)), "ff" + bytes(range(1, 255)).hex() + "01 00"),
        (bytes(range(1, 256)), "ff" + bytes(range(1, 255)).hex() + "02 ff 00"),
        (bytes(range(255)), "01 ff" + bytes(range(1, 255)).hex() + "01 00"),
        (bytes(range(1, 255)) + b"\x00", "ff" + bytes(range(1, 255)).hex() + "01 01 00"),
        (bytes(range(2, 256)) + b"\x00\x01", "ff" + bytes(range(2, 256)).hex() + "01 02 01 00"),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else "",
)
def test_cobs_by_hand(data: bytes, frame: str) -> None:
    assert framing.cobs_encode(data) == bytes.fromhex(frame)
    assert framing.cobs_decode(bytes.fromhex(frame)[:-1]) == data


def test_cobs_takes_a_full_last_block_without_its_empty_follower() -> None:
    """Other encoders leave the 01 behind a last block of 254 bytes away."""
    block = bytes(range(1, 255))
    assert framing.cobs_decode(b"\xff" + block) == block


@given(st.lists(st.sampled_from([b"\x00", b"\x01", b"\xff" * 253, b"\x07" * 254, b"ab"])).map(b"".join))
def test_cobs_round_trip(data: bytes) -> None:
    """TARGET-12: stuffing is undone, and leaves no zero inside."""
    frame = framing.cobs_encode(data)
    assert frame.index(0) == len(frame) - 1
    assert framing.cobs_decode(frame[:-1]) == data
    assert len(frame) <= len(data) + len(data) // 254 + 2


@given(st.binary(max_size=40))
def test_cobs_decoding_accepts_or_refuses(frame: bytes) -> None:
    """Whatever is accepted holds no more bytes than the frame and survives a second passage."""
    try:
        data = framing.cobs_decode(frame)
    except Refusal:
        return
    assert len(data) <= max(len(frame) - 1, 0)
    assert framing.cobs_decode(framing.cobs_encode(data)[:-1]) == data


@pytest.mark.parametrize("frame", ["02", "05 11 22 33", "03 11 22 03 33", "ff 01"])
def test_cobs_refuses_a_block_that_breaks_off(frame: str) -> None:
    with pytest.raises(Refusal, match="COBS"):
        framing.cobs_decode(bytes.fromhex(frame))


def test_cobs_refuses_a_zero_inside() -> None:
    with pytest.raises(Refusal, match="COBS"):
        framing.cobs_decode(b"\x02\x11\x00\x11")


# ---- frames


def test_the_crc_is_the_one_of_iso_13239() -> None:
    """The check value of CRC-32/ISO-HDLC over "123456789", little-endian behind the body."""
    sealed = framing.cobs_decode(framing.seal(b"123456789")[:-1])
    assert sealed == b"123456789" + bytes.fromhex("2639f4cb")


def test_unseal_undoes_seal() -> None:
    assert framing.unseal(framing.seal(b"\x00body\x00")[:-1]) == b"\x00body\x00"


@pytest.mark.parametrize("place", range(13))
def test_one_flipped_bit_is_noticed(place: int) -> None:
    """TARGET-12: a frame with one bit changed is refused."""
    whole = bytearray(framing.cobs_decode(framing.seal(b"123456789")[:-1]))
    whole[place] ^= 0x10
    with pytest.raises(Refusal, match="checksum"):
        framing.unseal(framing.cobs_encode(bytes(whole))[:-1])


def test_a_frame_too_short_for_a_crc_is_refused() -> None:
    with pytest.raises(Refusal, match="checksum"):
        framing.unseal(framing.cobs_encode(b"\x01\x02\x03")[:-1])


# ---- requests and answers

REQUEST = bytes.fromhex(
    "0401"  # opcode 0x0104, paillier.encrypt
    "07000000"  # id 7
    "01"  # published
    "0000"  # no session
    "0100 23"  # modulus 35
    "0100 03"  # plaintext 3
    "0100 02"  # randomness 2
)
ANSWER = bytes.fromhex(
    "07000000"  # id 7
    "00"  # output
    "0200 02ab"  # ciphertext 683 = (1 + 3 * 35) * 2^35 mod 35^2
)


def test_a_request_by_hand() -> None:
    """TARGET-13: header and fields of a request, byte by byte."""
    payload = framing.encode_payload(
        OPERATIONS["paillier.encrypt"].input, {"modulus": 35, "plaintext": 3, "randomness": 2}
    )
    frame = framing.encode_request(0x0104, 7, "published", 0, payload)
    assert framing.unseal(frame[:-1]) == REQUEST
    # The CRC-32 of the body is 52422700.
    assert frame.hex(" ") == "04 04 01 07 01 01 02 01 01 02 01 03 23 01 03 03 01 02 02 04 27 42 52 00"
    request = framing.decode_request(frame[:-1])
    assert request == framing.Request(0x0104, 7, "published", 0, payload)


def test_an_answer_by_hand() -> None:
    """TARGET-14: id, status and fields of an answer, byte by byte."""
    ciphertext = 683
    payload = framing.encode_payload(OPERATIONS["paillier.encrypt"].output, {"ciphertext": ciphertext})
    frame = framing.encode_answer(7, framing.OK, payload)
    assert framing.unseal(frame[:-1]) == ANSWER
    assert frame.hex(" ") == "02 07 01 01 01 02 02 07 02 ab 0e a9 53 5b 00"
    answer = framing.decode_answer(frame[:-1])
    assert (answer.id, answer.status, answer.error_class) == (7, 0, None)
    assert framing.decode_payload(OPERATIONS["paillier.encrypt"].output, answer.payload) == {
        "ciphertext": ciphertext
    }


def test_a_session_request_by_hand() -> None:
    """TARGET-13: a session number and a signed integer."""
    payload = framing.encode_payload(OPERATIONS["dream.meter_report"].input, {"slot": 1, "value": -2})
    body = framing.unseal(framing.encode_request(0x0211, 0x01020304, "hardened", 0x0506, payload)[:-1])
    assert body.hex(" ") == "11 02 04 03 02 01 02 06 05 01 00 00 00 00 00 00 00 fe ff ff ff ff ff ff ff"


@pytest.mark.parametrize(("place", "name"), list(enumerate(ERROR_CLASSES, start=1)))
def test_the_status_of_each_error_class(place: int, name: str) -> None:
    """TARGET-14: each class has its place in the list as its status."""
    frame = framing.encode_answer(1, place, framing.encode_text("no"))
    assert framing.unseal(frame[:-1]) == bytes([1, 0, 0, 0, place, 2, 0]) + b"no"
    assert framing.decode_answer(frame[:-1]).error_class == name


@pytest.mark.parametrize("status", [12, 100, 253, 255])
def test_an_unknown_status_is_refused(status: int) -> None:
    with pytest.raises(Refusal, match="status"):
        framing.decode_answer(framing.seal(struct.pack("<IB", 1, status))[:-1])


@pytest.mark.parametrize("length", range(9))
def test_a_request_shorter_than_its_header_is_refused(length: int) -> None:
    with pytest.raises(Refusal, match="header"):
        framing.decode_request(framing.seal(REQUEST[:length])[:-1])


@pytest.mark.parametrize("length", range(5))
def test_an_answer_shorter_than_its_header_is_refused(length: int) -> None:
    with pytest.raises(Refusal, match="header"):
        framing.decode_answer(framing.seal(ANSWER[:length])[:-1])


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(Refusal, match="profile"):
        framing.decode_request(framing.seal(REQUEST[:6] + b"\x03" + REQUEST[7:])[:-1])


# ---- fields


def one(**attributes: Any) -> tuple[Field, ...]:
    return (Field(name="x", **attributes),)


BIGINT = one(type="bigint")
SIGNED = one(type="bigint", signed=True)
INTS = one(type="list", minimum_items=1, maximum_items=2, items=Field(name="", type="int"))
RECORD = one(
    type="record",
    fields=(Field(name="a", type="int"), Field(name="b", type="bytes", length=1, nullable=True)),
)


@pytest.mark.parametrize(
    ("fields", "value", "octets"),
    [
        (one(type="int"), 0, "00 00 00 00 00 00 00 00"),
        (one(type="int"), -1, "ff ff ff ff ff ff ff ff"),
        (one(type="int"), 2**53 - 1, "ff ff ff ff ff ff 1f 00"),
        (one(type="int"), 1 - 2**53, "01 00 00 00 00 00 e0 ff"),
        (BIGINT, 0, "00 00"),
        (BIGINT, 255, "01 00 ff"),
        (BIGINT, 256, "02 00 01 00"),
        (SIGNED, 0, "00 00 00"),
        (SIGNED, 256, "00 02 00 01 00"),
        (SIGNED, -256, "01 02 00 01 00"),
        (one(type="bytes", length=2), b"\x00\x01", "02 00 00 01"),
        (one(type="bytes", maximum_length=2), b"", "00 00"),
        (one(type="text", maximum_length=5), "aé", "03 00 61 c3 a9"),
        (one(type="real"), Fraction(1), "00 00 00 00 00 00 f0 3f"),
        (one(type="real"), Fraction(-1, 4), "00 00 00 00 00 00 d0 bf"),
        (one(type="int", nullable=True), None, "00"),
        (one(type="int", nullable=True), 2, "01 02 00 00 00 00 00 00 00"),
        (INTS, [1], "01 00 01 00 00 00 00 00 00 00"),
        (RECORD, {"a": 1, "b": b"\x07"}, "01 00 00 00 00 00 00 00 01 01 00 07"),
        (RECORD, {"a": 1, "b": None}, "01 00 00 00 00 00 00 00 00"),
    ],
)
def test_fields_by_hand(fields: tuple[Field, ...], value: Any, octets: str) -> None:
    """TARGET-15: every type, byte by byte."""
    assert framing.encode_payload(fields, {"x": value}) == bytes.fromhex(octets)
    assert framing.decode_payload(fields, bytes.fromhex(octets)) == {"x": value}


@pytest.mark.parametrize(
    ("fields", "octets"),
    [
        pytest.param(one(type="int"), "00 00 00 00 00 00 00", id="int too short"),
        pytest.param(one(type="int"), "00 00 00 00 00 00 20 00", id="int 2^53"),
        pytest.param(one(type="int"), "00 00 00 00 00 00 e0 ff", id="int -2^53"),
        pytest.param(BIGINT, "", id="no length"),
        pytest.param(BIGINT, "01", id="half a length"),
        pytest.param(BIGINT, "02 00 01", id="bigint breaks off"),
        pytest.param(BIGINT, "01 00 00", id="zero with a byte"),
        pytest.param(BIGINT, "02 00 00 01", id="leading zero byte"),
        pytest.param(SIGNED, "02 01 00 01", id="sign byte 2"),
        pytest.param(SIGNED, "01 00 00", id="negative zero"),
        pytest.param(SIGNED, "01 02 00 00 01", id="signed leading zero byte"),
        pytest.param(one(type="bytes", length=2), "01 00 01", id="bytes too short"),
        pytest.param(one(type="bytes", length=2), "03 00 01 02 03", id="bytes too long"),
        pytest.param(one(type="bytes", maximum_length=2), "03 00 01 02 03", id="bytes above the maximum"),
        pytest.param(one(type="text", maximum_length=2), "03 00 61 62 63", id="text too long"),
        pytest.param(one(type="text", maximum_length=9), "01 00 ff", id="no UTF-8"),
        pytest.param(one(type="text", maximum_length=9), "02 00 c0 80", id="overlong UTF-8"),
        pytest.param(one(type="text", maximum_length=9), "03 00 ed a0 80", id="a surrogate in UTF-8"),
        pytest.param(one(type="text", maximum_length=9), "04 00 f4 90 80 80", id="beyond Unicode"),
        pytest.param(one(type="real"), "00 00 00 00 00 00 f0 7f", id="infinity"),
        pytest.param(one(type="real"), "00 00 00 00 00 00 f8 7f", id="not a number"),
        pytest.param(one(type="int", nullable=True), "02", id="tag 2"),
        pytest.param(one(type="int", nullable=True), "01 00", id="value breaks off"),
        pytest.param(one(type="int", nullable=True), "", id="no tag"),
        pytest.param(INTS, "00 00", id="too few elements"),
        pytest.param(INTS, "03 00" + " 01 00 00 00 00 00 00 00" * 3, id="too many elements"),
        pytest.param(INTS, "02 00 01 00 00 00 00 00 00 00", id="list breaks off"),
        pytest.param(INTS, "01 00 01 00 00 00 00 00 00 00 00", id="trailing byte"),
        pytest.param(RECORD, "01 00 00 00 00 00 00 00", id="record breaks off"),
        pytest.param((), "00", id="payload without fields"),
    ],
)
def test_malformed_fields(fields: tuple[Field, ...], octets: str) -> None:
    """TARGET-15: whatever is not minimal, too short or too long is refused."""
    with pytest.raises(Refusal) as refused:
        framing.decode_payload(fields, bytes.fromhex(octets))
    assert refused.value.error_class == "malformed"


def test_what_does_not_fit_a_length_cannot_be_encoded() -> None:
    assert len(framing.encode_payload(BIGINT, {"x": (1 << 524280) - 1})) == 2 + 65535
    with pytest.raises(ValueError, match="65535"):
        framing.encode_payload(BIGINT, {"x": 1 << 524280})


def test_the_example_of_the_text() -> None:
    """TARGET-12, TARGET-13, TARGET-14: the frames that the text shows are those of the codec."""
    text = (Path(__file__).resolve().parents[1] / "spec" / "target_protocol.md").read_text(encoding="utf-8")
    for body in (REQUEST, ANSWER):
        assert framing.seal(body).hex(" ") in text


OPCODES_OF_1_0 = {
    "describe": 0x0001, "session.close": 0x0002,
    "paillier.key": 0x0101, "paillier.key_with_generator": 0x0102, "paillier.check_modulus": 0x0103,
    "paillier.encrypt": 0x0104, "paillier.encrypt_with_factors": 0x0105,
    "paillier.encrypt_with_generator": 0x0106, "paillier.decrypt": 0x0107,
    "paillier.decrypt_with_generator": 0x0108, "paillier.add": 0x0109, "paillier.scale": 0x010A,
    "paillier.rerandomise": 0x010B, "paillier.encode_signed": 0x010C, "paillier.decode_signed": 0x010D,
    "paillier.headroom": 0x010E, "paillier.encryptor_start": 0x0110,
    "paillier.encryptor_encrypt": 0x0111,
    "dream.mask": 0x0201, "dream.aggregate": 0x0202, "dream.public_key": 0x0203,
    "dream.pairwise_key": 0x0204, "dream.supplier_key": 0x0205, "dream.keystream": 0x0206,
    "dream.dummy_key": 0x0207, "dream.select_partners": 0x0208, "dream.modulus": 0x0209,
    "dream.check_parameters": 0x020A, "dream.certify": 0x020B, "dream.check_certificate": 0x020C,
    "dream.roster_digest": 0x020D, "dream.authenticate": 0x020E, "dream.meter_start": 0x0210,
    "dream.meter_report": 0x0211, "dream.supplier_start": 0x0212, "dream.supplier_receive": 0x0213,
    "dream.supplier_total": 0x0214,
}  # fmt: skip


def test_opcodes_are_for_ever() -> None:
    """TARGET-16: an operation keeps its opcode, and no other takes it."""
    opcodes = {name: operation.opcode for name, operation in OPERATIONS.items()}
    assert opcodes.items() >= OPCODES_OF_1_0.items()
    assert len(set(opcodes.values())) == len(opcodes)
