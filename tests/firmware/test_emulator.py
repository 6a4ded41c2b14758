"""The device images on the emulated processors, over their serial line; the Cortex-M3's in every detail."""

import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from meter_privacy.conformance import emulator, framing
from meter_privacy.conformance.cli import main
from meter_privacy.conformance.implementation import Implementation, load_implementation
from meter_privacy.conformance.suite import Step, load_suite
from meter_privacy.conformance.tables import Tables, load_tables
from meter_privacy.conformance.targets import CannotStart, make_target
from meter_privacy.reference import blind_signatures, energy_tokens

pytestmark = pytest.mark.needs("make", "arm-none-eabi-gcc", "qemu-system-arm")

MACHINE = emulator.MACHINES["cortex-m3"]
SECONDS = 60.0
INPUT_BYTES = 262144


class Device:
    """An image that runs, and frames to and from it."""

    def __init__(self, tables: Tables, image: Path) -> None:
        self.tables = tables
        self.process = subprocess.Popen(
            MACHINE.command(image), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self.buffer = b""
        self.next_id = 1

    def send(self, data: bytes) -> None:
        assert self.process.stdin is not None
        view = memoryview(data)
        while view:
            view = view[os.write(self.process.stdin.fileno(), view) :]

    def receive(self, seconds: float = SECONDS) -> framing.Answer:
        assert self.process.stdout is not None
        until = time.monotonic() + seconds
        while b"\x00" not in self.buffer:
            left = until - time.monotonic()
            assert left > 0, "no answer in time"
            if select.select([self.process.stdout], [], [], left)[0]:
                chunk = os.read(self.process.stdout.fileno(), 65536)
                assert chunk, "the emulator has ended"
                self.buffer += chunk
        frame, _, self.buffer = self.buffer.partition(b"\x00")
        return framing.decode_answer(frame)

    def raw(self, opcode: int, profile: str, payload: bytes, session: int = 0) -> framing.Answer:
        number = self.next_id
        self.next_id += 1
        self.send(framing.encode_request(opcode, number, profile, session, payload))
        answer = self.receive()
        assert answer.id == number
        return answer

    def call(self, name: str, profile: str, values: dict[str, Any]) -> dict[str, Any] | str:
        """The output fields, an error class or "unsupported"."""
        operation = self.tables.operations[name]
        answer = self.raw(operation.opcode, profile, framing.encode_payload(operation.input, values))
        if answer.status == framing.OK:
            return framing.decode_payload(operation.output, answer.payload)
        assert int.from_bytes(answer.payload[:2], "little") == len(answer.payload) - 2 > 0
        return answer.error_class or "unsupported"


@pytest.fixture(scope="module")
def reference() -> Implementation:
    return load_implementation("reference", load_tables())


def running(variant: str) -> Iterator[Device]:
    device = Device(load_tables(), emulator.build_image(MACHINE, variant))
    try:
        yield device
    finally:
        device.process.kill()
        device.process.wait()


@pytest.fixture(scope="module")
def device() -> Iterator[Device]:
    yield from running("test")


@pytest.fixture(scope="module")
def production() -> Iterator[Device]:
    yield from running("production")


P, Q = 2**127 - 1, 2**107 - 1  # Mersenne primes: an n of 234 bits
N = P * Q
KEY = bytes.fromhex("8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff1")
R = 0x1234567890ABCDEF1234567890ABCDEF
C = (1 + 42 * N) * pow(R, N, N * N) % N**2

ROSTER = {
    "group": "toy-2039", "threshold": 2, "maximum_wh": 1018, "least": 1024,
    "servers": [{"index": 1018 - 9 * k, "public_key": (4**k).to_bytes(2, "big")} for k in (3, 2, 1)],
}  # fmt: skip
SIGNER = (2**521 - 1) * (2**607 - 1)


def signed(blinded: dict[str, int]) -> dict[str, int]:
    """The signer's answer to what was blinded for it, and what unblinds that."""
    exponent = pow(65537, -1, (2**521 - 2) * (2**607 - 2))
    return {
        "blind_signature": pow(blinded["blinded_message"], exponent, SIGNER), "inverse": blinded["inverse"],
    }  # fmt: skip


INPUTS: dict[str, dict[str, Any]] = {
    "paillier.encrypt": {"modulus": N, "plaintext": N - 1, "randomness": N - 2},
    "paillier.encrypt_with_factors": {"p": P, "q": Q, "plaintext": 42, "randomness": R},
    "paillier.decrypt": {"p": P, "q": Q, "ciphertext": C},
    "paillier.add": {"modulus": N, "ciphertexts": [C, C, 1, N * N - 1]},
    "paillier.scale": {"modulus": N, "ciphertext": C, "scalar": 1000003},
    "paillier.rerandomise": {"modulus": N, "ciphertext": C, "randomness": 2},
    "paillier.encode_signed": {"modulus": N, "value": -7},
    "paillier.decode_signed": {"modulus": N, "plaintext": N - 7},
    "paillier.headroom": {"modulus": N, "meters": 4096, "maximum_wh": 2**32 - 1},
    "privacy_power.thresholds": {"weights": [2**31, 0, 7, 2**31 - 9]},
    "privacy_power.sample": {
        "table": [{"thresholds": [2**32] * 2}, {"thresholds": [2**31 + 5, 2**32]}],
        "levels": [0, 1, 1], "random": KEY[:13],
    },
    "dream.mask": {
        "modulus": 2**72, "node": 7, "value": -1500, "keystream": 2**72 - 1, "blind": 5,
        "dummy_keys": [{"node": 3, "key": 2**71 + 9}, {"node": 4294967295, "key": 2**70 + 1}],
    },
    "dream.aggregate": {
        "modulus": 2**72, "ciphertexts": [1, 2**71], "keystreams": [2**72 - 1, 0], "recoveries": [2**71 + 50],
    },
    "dream.keystream": {"key": KEY, "slot": 2**53 - 1, "modulus": 2**67},
    "dream.dummy_key": {"key": KEY, "slot": 0, "modulus": 2**64},
    "dream.select_partners": {
        "node": 9, "slot": 77, "expected_partners": 5,
        "keys": [{"node": node, "key": bytes([node]) * 32} for node in (1, 5, 2, 200, 8, 11)],
    },
    "dream.modulus": {"meters": 4096, "maximum_wh": 2**32 - 1, "tail_wh": 2**52 - 1},
    "dream.check_parameters": {
        "meters": 5, "tolerated_failures": 1, "colluders": 2, "expected_partners": 4, "maximum_wh": 60000,
        "tail_wh": 9, "modulus": 2**64,
    },
    "dream.roster_digest": {
        "cluster": KEY[:16],
        "members": [{"node": node, "public_key": bytes([node]) * 32} for node in (1, 5, 200)],
    },
    "dream.authenticate": {
        "key": KEY, "roster": KEY[::-1], "node": 4, "slot": 99, "modulus": 2**69, "ciphertext": 2**68 + 12345,
    },
    "dream.check_cluster": {
        "meters": 31, "tolerated_failures": 1, "colluders": 1, "expected_partners": 15, "maximum_wh": 60000,
        "tail_wh": 50, "scale_wh": 1, "modulus": 2**128,
    },
    "dream.epoch_digest": {
        "epoch": 3, "first_slot": 2**53 - 1, "supplier": KEY, "roster": KEY[::-1], "meters": 4096,
        "tolerated_failures": 2047, "colluders": 1, "expected_partners": 77, "maximum_wh": 2**32 - 1,
        "tail_wh": 2**52 - 1, "scale_wh": 2**46, "modulus": 2**64,
    },
    "dream.epoch_key": {"key": KEY, "digest": KEY[::-1]},
    "dream.pair_values": {"key": KEY, "slot": 2**53 - 1, "modulus": 2**128},
    "dream.blind": {"key": KEY, "slot": 5, "modulus": 2**67},
    "dream.recover": {
        "modulus": 2**128 - 1, "node": 7, "blind": 2**128 - 2,
        "dummy_keys": [{"node": 3, "key": 2**127 + 9}, {"node": 4294967295, "key": 2**70 + 1}],
    },
    "dream.authenticate_reply": {
        "key": KEY, "digest": KEY[::-1], "node": 4, "slot": 99, "list": KEY, "modulus": 2**69,
        "recovery": 2**68 + 12345,
    },
    "dream.clamp": {"reading_wh": -1499, "maximum_wh": 2**32 - 1},
    "dream.table_share": {"thresholds": [0, 2**62, 2**63, 2**64 - 1], "random": b"\xff" * 8 + KEY[:8]},
    "dream.sanitise": {
        "reading_wh": 2**33, "maximum_wh": 2**32 - 2, "unit_wh": 2**31 - 1, "thresholds": [2**62, 2**63],
        "random": b"\x3f" + KEY[:7] + b"\x80" * 8,
    },
    "load_management.ring_start": {"modulus": N, "maximum_wh": 9000, "reading_wh": 9000, "randomness": R},
    "load_management.ring_add": {
        "modulus": N, "maximum_wh": 9000, "previous": C, "reading_wh": 0, "randomness": R,
    },
    "load_management.encrypt_day": {
        "modulus": N, "maximum_wh": 2**32 - 1, "normal_wh": 2**32 - 8, "high_wh": 7,
        "normal_randomness": R, "high_randomness": R + 1,
    },
    "load_management.recover_opening": {"p": P, "q": Q, "ciphertext": C},
    "load_management.combine_openings": {
        "modulus": N,
        "openings": [
            {"value": N - 1, "randomness": R, "scalar": 2**32 - 1},
            {"value": 5, "randomness": 2, "scalar": 0},
        ],
    },
    "load_management.verify_opening": {"modulus": N, "ciphertext": C, "value": 42, "randomness": R},
    "load_management.reading_level": {"value_wh": 2**32 - 1, "unit_wh": 3, "levels": 2**32},
    "load_management.dgk_response": {
        "modulus": N, "g": R, "h": R + 2, "u": 1021, "bits": [C % N, 3, 1], "multipliers": [1020, 1, 77],
        "randomness": [2**1280 - 1, 1, 2**300], "order": [2, 0, 1], "reading_level": 6,
    },
    "load_management.dgk_audit": {
        "modulus": N, "g": R, "h": R + 2, "u": 11, "randomness": [2**700 + 5, 9], "threshold_level": 3,
        "bits": [pow(R + 2, 2**700 + 5, N), R * pow(R + 2, 9, N) % N],
    },
    "reporting.sharing_roster": ROSTER,
    "reporting.deal": {
        **ROSTER, "node": 2**32 - 1, "slot": 2**53 - 1, "reading_wh": 1000, "randomness": KEY * 8,
    },
    "energy_tokens.blind": {
        "variant": 4, "modulus": SIGNER, "exponent": 65537, "input_message": KEY, "salt": b"", "blinding": R,
    },
    "energy_tokens.blind_finalize": {
        "variant": 4, "modulus": SIGNER, "exponent": 65537, "input_message": KEY,
        **signed(blind_signatures.blind(4, SIGNER, 65537, KEY, b"", R)),
    },
    "energy_tokens.identity": {"group": "P-256", "secret": 2**255 + 7, "nonce": 1},
    "energy_tokens.full_domain_hash": {"modulus": N, "exponent": 3, "message": KEY},
    "energy_tokens.fdh_blind": {"modulus": N, "exponent": 3, "message": KEY, "blinding": R},
    "energy_tokens.fdh_finalize": {
        "modulus": SIGNER, "exponent": 65537, "message": KEY,
        **signed(energy_tokens.fdh_blind(SIGNER, 65537, KEY, R)),
    },
    "energy_tokens.challenge": {
        "group": "modp-1024-160", "token": KEY * 64, "report": KEY, "utility_nonce": KEY[::-1],
    },
    "energy_tokens.respond": {"group": "P-256", "secret": 2**255 + 7, "nonce": 2**250, "challenge": 2**254},
    "tasking.mark": {"task": KEY[:16], "readings": [0, 2**32 - 1] * 128, "salt": KEY, "nonce": KEY[::-1]},
}  # fmt: skip


# Of a session: tests/firmware/test_dream.py has them.
SESSION_OPERATIONS = [
    "dream.meter_start", "dream.meter_report", "dream.device_start", "dream.device_report",
    "dream.device_reply",
]  # fmt: skip


def test_describe(device: Device) -> None:
    answer = device.call("describe", "", {})
    assert isinstance(answer, dict)
    assert answer["operations"] == [*INPUTS, *SESSION_OPERATIONS]
    assert answer["name"] == "meter-privacy-firmware (test image)"
    assert (answer["protocol"], answer["profiles"]) == (1, ["published", "hardened"])
    assert answer["limits"] == {"input_bytes": INPUT_BYTES, "output_bytes": 32768}


@pytest.mark.parametrize("name", INPUTS)
def test_an_operation_answers_as_the_reference_does(
    device: Device, reference: Implementation, name: str
) -> None:
    operation = reference.tables.operations[name]
    expected = reference.call(operation, INPUTS[name], "published", None)
    assert device.call(name, "published", INPUTS[name]) == expected


@pytest.mark.parametrize("name", INPUTS)
def test_a_payload_that_breaks_off_or_goes_on_is_malformed(device: Device, name: str) -> None:
    operation = device.tables.operations[name]
    payload = framing.encode_payload(operation.input, INPUTS[name])
    for broken in (payload[:-1], payload + b"\x00", b""):
        assert device.raw(operation.opcode, "published", broken).error_class == "malformed"


@pytest.mark.parametrize("name", [name for name in INPUTS if name.startswith("paillier.")])
def test_the_hardened_profile_refuses_a_short_modulus(device: Device, name: str) -> None:
    assert device.call(name, "hardened", INPUTS[name]) == "range"


@pytest.mark.parametrize(
    ("name", "changed", "error"),
    [
        ("paillier.encrypt", {"randomness": 0}, "range"),
        ("paillier.encrypt", {"randomness": P}, "not-invertible"),
        ("paillier.encrypt", {"plaintext": N}, "range"),
        ("paillier.encrypt", {"modulus": N + 1}, "range"),
        ("paillier.encrypt_with_factors", {"plaintext": N}, "range"),
        ("paillier.encrypt_with_factors", {"q": P}, "range"),
        ("paillier.encrypt_with_factors", {"randomness": Q}, "not-invertible"),
        ("paillier.decrypt", {"ciphertext": N * N}, "range"),
        ("paillier.decrypt", {"ciphertext": P}, "not-invertible"),
        ("paillier.add", {"ciphertexts": [C, Q]}, "not-invertible"),
        ("paillier.scale", {"scalar": N}, "range"),
        ("paillier.headroom", {"modulus": 15}, "range"),
        ("dream.mask", {"value": 2**53 - 1, "modulus": 2**53, "keystream": 1}, "range"),
        ("dream.mask", {"dummy_keys": [{"node": 7, "key": 1}]}, "range"),
        ("dream.mask", {"dummy_keys": [{"node": node, "key": 1} for node in (9, 3, 9)]}, "range"),
        ("dream.keystream", {"modulus": 2**67 + 1}, "range"),
        ("dream.aggregate", {"recoveries": [2**72]}, "range"),
        ("dream.select_partners", {"expected_partners": 7}, "range"),
        ("dream.check_parameters", {"tolerated_failures": 2, "colluders": 2}, "policy"),
        ("dream.roster_digest", {"members": [{"node": n, "public_key": KEY} for n in (5, 1)]}, "range"),
        ("dream.roster_digest", {"members": [{"node": n, "public_key": KEY} for n in (1, 5)]}, "range"),
        ("load_management.ring_start", {"reading_wh": 9001}, "range"),
        ("load_management.ring_add", {"previous": Q}, "not-invertible"),
        ("load_management.encrypt_day", {"high_wh": 8}, "range"),
        ("load_management.encrypt_day", {"high_randomness": R}, "replayed"),
        ("load_management.recover_opening", {"ciphertext": P}, "not-invertible"),
        ("load_management.combine_openings", {"openings": []}, "malformed"),
        ("load_management.verify_opening", {"value": 43}, "proof-failed"),
        ("load_management.dgk_response", {"order": [2, 0, 2]}, "range"),
        ("load_management.dgk_response", {"order": [2, 0]}, "malformed"),
        ("load_management.dgk_audit", {"threshold_level": 4}, "proof-failed"),
    ],
)
def test_refusals(device: Device, name: str, changed: dict[str, Any], error: str) -> None:
    assert device.call(name, "published", {**INPUTS[name], **changed}) == error


def test_lists_must_agree_in_length(device: Device) -> None:
    assert device.call("dream.aggregate", "published", {**INPUTS["dream.aggregate"], "keystreams": [1]}) == (
        "malformed"
    )


def test_operations_and_profiles_that_it_does_not_have(device: Device) -> None:
    key = {"private_key": KEY}
    assert device.call("dream.public_key", "published", key) == "unsupported"
    assert device.raw(0x7FFF, "published", b"").status == framing.UNSUPPORTED
    assert device.raw(0x0106, "hardened", b"").status == framing.UNSUPPORTED
    assert device.call("describe", "published", {}) == "malformed"
    assert device.call("paillier.encrypt", "", INPUTS["paillier.encrypt"]) == "malformed"


def test_sessions(device: Device) -> None:
    close = device.tables.operations["session.close"].opcode
    assert device.raw(close, "", b"", session=3).status == framing.OK
    assert device.raw(close, "", b"", session=0).error_class == "malformed"
    operation = device.tables.operations["dream.modulus"]
    payload = framing.encode_payload(operation.input, INPUTS["dream.modulus"])
    assert device.raw(operation.opcode, "published", payload, session=1).error_class == "malformed"


SESSIONS = 6  # that the device keeps at a time
Asked = Callable[..., framing.Answer]


@pytest.fixture(scope="module")
def steps(device: Device) -> dict[str, Step]:
    """The first step of each operation in two published scripts."""
    scripts = ("slot-hardened/negative-total", "device-hardened/reports-and-replies")
    cases = {case.id: case for case in load_suite(device.tables).cases}
    return {
        step.operation: step for script in scripts for step in reversed(cases[f"dream-script/{script}"].steps)
    }


@pytest.fixture
def asked(device: Device, steps: dict[str, Step]) -> Iterator[Asked]:
    """Asks a step in the session that is named; all are closed after."""

    def ask(name: str, session: int, profile: str = "hardened", **changed: Any) -> framing.Answer:
        operation = device.tables.operations[name]
        values = (dict(steps[name].input or {}) if name in steps else {}) | changed
        payload = framing.encode_json_payload(operation.input, values)
        return device.raw(operation.opcode, profile if operation.profiles else "", payload, session=session)

    try:
        yield ask
    finally:
        for session in range(SESSIONS + 3):
            device.raw(device.tables.operations["session.close"].opcode, "", b"", session=session)


def test_a_session_begun_by_another_kind_of_operation_is_refused(asked: Asked) -> None:
    assert asked("dream.meter_start", 1).status == framing.OK
    assert asked("dream.device_start", 2).status == framing.OK
    for name, sessions in {
        "dream.meter_start": (1, 2), "dream.device_start": (1, 2),
        "dream.meter_report": (2, 3), "dream.device_report": (1, 3), "dream.device_reply": (1, 3),
    }.items():  # fmt: skip
        for session in sessions:
            assert asked(name, session).error_class == "state", (name, session)
    # What was refused changed nothing, and a refused start is no session.
    for name, session in (("dream.meter_report", 1), ("dream.device_report", 2), ("dream.device_reply", 2)):
        assert asked(name, session).status == framing.OK, name
    assert asked("dream.meter_start", 3, modulus="3").error_class == "range"
    assert asked("dream.meter_report", 3).error_class == "state"


def test_sessions_of_one_number_under_two_profiles_are_two(asked: Asked) -> None:
    """TARGET-8, TARGET-11."""
    assert asked("dream.device_start", 1).status == framing.OK
    assert asked("dream.device_report", 1, "published").error_class == "state"
    assert asked("dream.device_start", 1, "published").status == framing.OK
    assert asked("dream.device_report", 1).status == framing.OK
    assert asked("session.close", 1).status == framing.OK
    for profile in ("hardened", "published"):
        assert asked("dream.device_report", 1, profile).error_class == "state"


def test_two_sessions_at_a_time_do_not_see_each_other(asked: Asked) -> None:
    for name in ("dream.meter", "dream.device"):
        assert [asked(f"{name}_start", session).status for session in (1, 65535)] == [framing.OK] * 2
        first = asked(f"{name}_report", 1)
        # The same slot and another reading is a replay in the first session only.
        field = "value" if name == "dream.meter" else "reading_wh"
        assert asked(f"{name}_report", 1, **{field: 77}).error_class == "replayed"
        assert asked(f"{name}_report", 65535).payload == first.payload
        assert asked(f"{name}_report", 1).payload == first.payload
        for session in (1, 65535):
            assert asked("session.close", session).status == framing.OK
        assert asked(f"{name}_report", 1).error_class == "state"


def test_one_session_more_than_the_device_has_is_refused(asked: Asked) -> None:
    starts = ["dream.meter_start", "dream.device_start"] * (SESSIONS // 2)
    for session, name in enumerate(starts, 1):
        assert asked(name, session).status == framing.OK
    for name in ("dream.meter_start", "dream.device_start"):
        assert asked(name, SESSIONS + 1).error_class == "exhausted"
        assert asked(name, 1).error_class == "state"  # comes before
    assert asked("dream.meter_report", 1).status == framing.OK
    assert asked("session.close", 4).status == framing.OK
    assert asked("dream.device_start", SESSIONS + 1).status == framing.OK
    assert asked("dream.device_start", 4).error_class == "exhausted"


def good(device: Device, number: int) -> bytes:
    return framing.encode_request(device.tables.operations["describe"].opcode, number, "", 0, b"")


def expect(device: Device, *answers: tuple[int, str | None]) -> None:
    for number, error in answers:
        answer = device.receive()
        assert (answer.id, answer.error_class) == (number, error)


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param(framing.seal(b"\x01\x00\x07\x00\x00\x00\x00\x00"), id="shorter than a header"),
        pytest.param(b"\x05\x01\x02\x00", id="COBS breaks off"),
        pytest.param(b"\xff\xff\x80garbage\x00", id="garbage"),
        pytest.param(
            framing.cobs_encode(b"\x01\x00\x07\x00\x00\x00\x00\x00\x00\xde\xad\xbe\xef"), id="bad CRC"
        ),
        pytest.param(framing.cobs_encode(b"\x01\x02\x03"), id="shorter than a CRC"),
    ],
)
def test_what_is_no_request_is_answered_without_an_id(device: Device, noise: bytes) -> None:
    device.send(noise + good(device, 1001))
    expect(device, (framing.NO_ID, "malformed"), (1001, None))


def test_empty_frames_are_ignored(device: Device) -> None:
    device.send(b"\x00\x00\x00" + good(device, 1002) + b"\x00\x00" + good(device, 1003))
    expect(device, (1002, None), (1003, None))


def test_an_unknown_profile_is_malformed_and_keeps_its_id(device: Device) -> None:
    body = framing.unseal(good(device, 1004)[:-1])
    device.send(framing.seal(body[:6] + b"\x03" + body[7:]))
    expect(device, (1004, "malformed"))


def test_a_long_frame_is_taken_and_one_too_long_refused(device: Device) -> None:
    """Nothing is lost on the line, however long the frame."""
    opcode = device.tables.operations["describe"].opcode
    for length, number in ((2**16 + 1, 1005), (INPUT_BYTES + 1, framing.NO_ID)):
        payload = (bytes(range(256)) * (length // 256 + 1))[:length]
        device.send(framing.encode_request(opcode, 1005, "", 0, payload) + good(device, 1006))
        expect(device, (number, "malformed"), (1006, None))


def test_pipelined_requests_are_answered_in_order(device: Device) -> None:
    numbers = range(2000, 2040)
    device.send(b"".join(good(device, number) for number in numbers))
    expect(device, *((number, None) for number in numbers))


def test_a_real_size(device: Device) -> None:
    modulus = (2**1024 - 105) * (2**1023 + 1155)
    modulus |= 1
    values = {"modulus": modulus, "plaintext": modulus // 3, "randomness": modulus // 7 | 1}
    expected = (
        (1 + values["plaintext"] * modulus) * pow(values["randomness"], modulus, modulus**2) % modulus**2
    )
    assert device.call("paillier.encrypt", "published", values) == {"ciphertext": expected}


# ---- the production image


def test_the_production_image_takes_no_randomness_from_outside(
    production: Device, reference: Implementation
) -> None:
    described = production.call("describe", "", {})
    assert isinstance(described, dict)
    assert described["name"] == "meter-privacy-firmware (production image)"
    assert described["operations"] == [*INPUTS, *SESSION_OPERATIONS]
    refusing = {
        "paillier.encrypt", "paillier.encrypt_with_factors", "paillier.rerandomise", "dream.table_share",
        "dream.sanitise", "privacy_power.sample",
        "load_management.ring_start", "load_management.ring_add", "load_management.encrypt_day",
        "load_management.dgk_response", "reporting.deal", "energy_tokens.blind", "energy_tokens.fdh_blind",
        "energy_tokens.identity", "energy_tokens.respond", "tasking.mark",
    }  # fmt: skip
    for name, values in INPUTS.items():
        operation = reference.tables.operations[name]
        expected = "policy" if name in refusing else reference.call(operation, values, "published", None)
        assert production.call(name, "published", values) == expected
    assert production.call(
        "paillier.encrypt", "published", {**INPUTS["paillier.encrypt"], "plaintext": N}
    ) == ("range")


def test_the_images_differ() -> None:
    images = [emulator.build_image(MACHINE, variant).read_bytes() for variant in ("test", "production")]
    assert images[0] != images[1]


# ---- the target


def test_the_target_is_restarted() -> None:
    target = make_target("emulator:cortex-m3")
    assert target.restartable
    target.start()
    try:
        for again in (False, True):
            if again:
                target.start(again=True)
            target.send(framing.encode_request(1, 5, "", 0, b""))
            assert framing.decode_answer(target.receive(SECONDS)).status == framing.OK
    finally:
        target.close()


def test_missing_programs_and_images_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="no image"):
        make_target(f"emulator:cortex-m3,{tmp_path}/none.elf").start()
    monkeypatch.setenv(emulator.IMAGE_VARIABLE, str(tmp_path / "other.elf"))
    with pytest.raises(CannotStart, match=r"other\.elf"):
        make_target("emulator:cortex-m3").start()
    monkeypatch.delenv(emulator.IMAGE_VARIABLE)
    monkeypatch.setattr(emulator, "_FIRMWARE", tmp_path)
    with pytest.raises(CannotStart, match="sources of the device image"):
        make_target("emulator:cortex-m3").start()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match="make tools"):
        make_target("emulator:cortex-m3").start()


def test_without_the_emulator_the_run_cannot_be_finished(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["conform", "emulator:cortex-m3", "--no-progress"])
    assert result.exit_code == 3, result.output
    assert "make tools" in result.output


def passes(core: str, least: dict[str, int], report: Path) -> None:
    """One run of the patterns on a core's test image; of each at least so many tests have passed."""
    only = [word for pattern in least for word in ("--only", pattern)]
    result = CliRunner().invoke(
        main, ["conform", f"emulator:{core}", *only, "--no-progress", "--json", str(report)]
    )
    assert result.exit_code == 0, result.output
    for pattern, number in least.items():
        verdicts = [
            result["verdict"]
            for result in json.loads(report.read_text())["results"]
            if set(result["operations"]) <= set(INPUTS) and fnmatchcase(result["id"], pattern)
        ]
        assert verdicts.count("passed") >= number, pattern
        assert set(verdicts) <= {"passed", "not applicable"}, pattern


def test_the_suite_passes_on_the_device(tmp_path: Path) -> None:
    least = {
        "*/512/*": 100,
        "paillier-encrypt/2048/r-*": 5,
        "dream-mask/*": 100,
        "paillier-*/toy/*": 200,
        "load-management-*/toy/*": 60,
        "load_management-dgk-*-64-published/*": 20,
        "load-management-*/2048/bill": 3,
        "load-management-ring-*/2048/reading": 2,
        "load-management-encrypt-day/2048/day": 1,
        "load_management-dgk-*-2048/[ao]*": 2,
    }
    passes("cortex-m3", least, tmp_path / "report.json")


@pytest.mark.needs("riscv64-unknown-elf-gcc", "qemu-system-riscv32")
@pytest.mark.parametrize("core", [core for core in emulator.MACHINES if core != "cortex-m3"])
def test_a_sample_of_the_suite_passes_on_every_processor(tmp_path: Path, core: str) -> None:
    least = {
        "*/512/*": 100,
        "paillier-encrypt/2048/random": 1,
        "dream-mask/*": 100,
        "load*management-*-2048/a-5-b-6": 1,
        "reporting-deal-toy-2039/*": 5,
        "energy_tokens-identity-*/p-256-3": 1,
        "tasking-mark-*": 20,
    }
    passes(core, least, tmp_path / "report.json")


@pytest.mark.needs("riscv64-unknown-elf-gcc")
def test_the_stack_ends_where_memory_does() -> None:
    """A stack that grows too deep is a fault: it is the first thing in data memory, on every board."""
    for core, machine in emulator.MACHINES.items():
        image = emulator.build_image(machine)
        listing = subprocess.run(
            ["arm-none-eabi-nm", str(image)], capture_output=True, text=True, check=True
        ).stdout
        symbols = {line.split()[2]: int(line.split()[0], 16) for line in listing.splitlines()}
        assert symbols["stack_end"] - symbols["stack_start"] == 8192, core
        lowest = 0x80100000 if core == "riscv32" else 0x38000000 if core == "cortex-m33" else 0x20000000
        assert symbols["stack_start"] == lowest, core
