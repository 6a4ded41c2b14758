"""Every pointer of every entry point in turn null, every output too short, every list broken: misuse.

After a misuse the outputs are untouched, after an error of the data they are zero.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

Interface = tuple[Any, Any]

GUARD = 0xA5
MALFORMED, RANGE, MISUSE = -1, -2, -32
P, Q = 0xD39F1C5A07E24BB7, 0xB12D8E66903FC71533
SIGN = 1


class Call:
    """A call that succeeds: all its arguments, and which of them are outputs and inputs."""

    def __init__(self, ffi: Any, lib: Any, name: str) -> None:
        self.ffi, self.lib, self.name = ffi, lib, name
        self.arguments: list[Any] = []
        self.keep: list[Any] = []
        self.outputs: list[int] = []
        self.inputs: list[int] = []

    def out(self, length: int, sized: bool = True) -> "Call":
        self.outputs.append(len(self.arguments))
        self.arguments.append(self.ffi.new("uint8_t[]", [GUARD] * length))
        self.arguments += [length] if sized else []
        return self

    def number(self, kind: str) -> "Call":
        self.outputs.append(len(self.arguments))
        made = self.ffi.new(kind)
        size = self.ffi.sizeof(self.ffi.typeof(made).item)
        self.ffi.memmove(made, bytes([GUARD]) * size, size)
        self.arguments.append(made)
        return self

    def data(self, content: bytes, sized: bool = True) -> "Call":
        self.inputs.append(len(self.arguments))
        self.arguments.append(self.ffi.new("uint8_t[]", list(content)))
        self.arguments += [len(content)] if sized else []
        return self

    def pointer(self, pointer: Any, count: int | None = None) -> "Call":
        self.inputs.append(len(self.arguments))
        self.arguments += [pointer] if count is None else [pointer, count]
        return self

    def plain(self, *values: Any) -> "Call":
        self.arguments += values
        return self

    def scratch(self, size: int) -> "Call":
        return self.plain(self.ffi.new("uint8_t[]", size), size)

    def strings(self, *contents: bytes) -> Any:
        owners = [self.ffi.new("uint8_t[]", list(content)) for content in contents]
        self.keep += owners
        pairs = [(owner, len(content)) for owner, content in zip(owners, contents, strict=True)]
        return self.ffi.new("mpriv_bytes[]", pairs)

    def peers(self, *members: tuple[int, bytes]) -> Any:
        owners = [self.ffi.new("uint8_t[]", list(key)) for _, key in members]
        self.keep += owners
        entries = [(node, (owner, len(key))) for owner, (node, key) in zip(owners, members, strict=True)]
        return self.ffi.new("mpriv_peer[]", entries)

    def run(self, changes: dict[int, Any] | None = None) -> int:
        arguments = [(changes or {}).get(index, value) for index, value in enumerate(self.arguments)]
        code: int = getattr(self.lib, self.name)(*arguments)
        return code

    def written(self) -> list[bytes]:
        return [bytes(self.ffi.buffer(self.arguments[index])) for index in self.outputs]


def minimal(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def calls(ffi: Any, lib: Any) -> dict[str, Callable[[], Call]]:
    n, p, q, m, r, power = (minimal(number) for number in (P * Q, P, Q, 1234, 4321, 1 << 64))
    c = minimal((1 + 1234 * P * Q) * pow(4321, P * Q, (P * Q) ** 2) % (P * Q) ** 2)
    blinding = minimal(pow(99, P * Q, (P * Q) ** 2))
    public, private = lib.mpriv_public_scratch_bytes(17, 1), lib.mpriv_factors_scratch_bytes(8, 9, 1)
    key = ffi.new("mpriv_hmac_key *")
    lib.mpriv_hmac_prepare(key, b"k" * 32, 32)
    table = ffi.new("uint64_t[]", [2**62, 2**63])
    two = ((1, b"a" * 32), (2, b"b" * 32))

    def call(name: str) -> Call:
        return Call(ffi, lib, name)

    def listed(name: str) -> Call:
        made = call(name)
        return made.out(34).data(n).pointer(made.strings(c, c), 2).scratch(public)

    def select(name: str) -> Call:
        made = call(name)
        return made.out(2, sized=False).plain(9, 7).pointer(made.peers(*two), 2).plain(2)

    def mask(name: str) -> Call:
        made = call(name).out(9).data(power).plain(9, -5).data(m)
        return made.pointer(made.peers((1, m), (2, r)), 2).data(r)

    def aggregate(name: str) -> Call:
        made = call(name).number("uint8_t *").out(9).data(power)
        made.pointer(made.strings(m, r)).pointer(made.strings(r, m), 2)
        return made.pointer(made.strings(m, r), 2)

    def roster(name: str) -> Call:
        made = call(name).out(32, sized=False).data(b"c" * 16, sized=False)
        return made.pointer(made.peers(*two), 2)

    words = ffi.new("uint64_t[]", [5, 9])

    def recover(name: str) -> Call:
        made = call(name).out(9).data(power).plain(9)
        return made.pointer(made.peers((1, m), (2, r)), 2).data(r)

    def member(name: str) -> Call:
        """A device that has reported slot 9."""
        made = call(name)
        owners = [ffi.new("uint8_t[]", list(bytes([k]) * 32)) for k in range(6)]
        peers = made.peers(*((node, bytes([node]) * 32) for node in (1, 2, 4)))
        numbers = {
            "node": 3, "count": 3, "last_slot": 90, "tail_wh": 50, "scale_wh": 1, "tolerated_failures": 1,
            "expected_partners": 3, "maximum_wh": 1000, "modulus_bits": 13,
        }  # fmt: skip
        keys = dict(zip(("supplier_key", "blind_key", "digest"), owners, strict=False))
        epoch = ffi.new("mpriv_dream_epoch *", {**numbers, **keys, "peers": peers})
        read = ffi.callback("int(void *, uint64_t *)", lambda _context, _to: 0)
        write = ffi.callback("int(void *, uint64_t)", lambda _context, _slot: 0)
        counter = ffi.new("mpriv_counter *", {"read": read, "write": write})
        state = ffi.new("mpriv_dream_member *")
        made.keep += [owners, peers, epoch, read, write, counter, state]
        assert lib.mpriv_dream_member_start(state, epoch, counter) == 0
        spare = ffi.new("uint64_t *"), ffi.new("uint8_t[]", 32), ffi.new("uint8_t *")
        assert lib.mpriv_dream_member_report(*spare, state, epoch, counter, 9, 5, 1) == 0
        if name.endswith("start"):
            return made.number("mpriv_dream_member *").pointer(epoch).pointer(counter)
        made.number("uint64_t *").out(32, sized=False)
        if name.endswith("report"):
            return made.number("uint8_t *").pointer(state).pointer(epoch).pointer(counter).plain(10, 5, 1)
        return made.pointer(state).pointer(epoch).plain(9).pointer(ffi.new("uint32_t[]", [4]), 1)

    return {
        name: partial(make, name)
        for name, make in {
            "mpriv_dream_member_start": member,
            "mpriv_dream_member_report": member,
            "mpriv_dream_member_reply": member,
            "mpriv_dream_epoch_key": lambda name: (
                call(name).out(32, sized=False).pointer(key).data(b"d" * 32, sized=False)
            ),
            "mpriv_dream_pair_values": lambda name: (
                call(name).out(8, sized=False).out(9).pointer(key).plain(7).data(power)
            ),
            "mpriv_dream_blind": lambda name: call(name).out(9).pointer(key).plain(7).data(power),
            "mpriv_dream_recover": recover,
            "mpriv_dream_authenticate_reply": lambda name: (
                call(name).out(32, sized=False).pointer(key).data(b"d" * 32, sized=False).plain(3, 7)
                .data(b"l" * 32, sized=False).data(power).data(m)
            ),
            "mpriv_dream_check_cluster_vartime": lambda name: (
                call(name).number("uint32_t *").plain(5, 1, 1, 4, 1000, 50, 1).data(power)
            ),
            "mpriv_dream_epoch_digest_vartime": lambda name: (
                call(name).out(32, sized=False).plain(3, 4).data(b"s" * 32, sized=False)
                .data(b"r" * 32, sized=False).plain(5, 1, 1, 4, 1000, 50, 1).data(power)
            ),
            "mpriv_dream_slot_keystreams": lambda name: (
                call(name).number("uint64_t *").plain(64, 7).pointer(key, 1)
            ),
            "mpriv_dream_slot_total": lambda name: (
                call(name).number("int64_t *").plain(64).pointer(words).pointer(words, 2).pointer(words, 2)
            ),
            "mpriv_paillier_encrypt": lambda name: (
                call(name).out(34).data(n).data(m).data(r).scratch(public)
            ),
            "mpriv_paillier_encrypt_with_factors": lambda name: (
                call(name).out(34).data(p).data(q).data(m).data(r).scratch(private)
            ),
            "mpriv_paillier_decrypt": lambda name: (
                call(name).out(17).data(p).data(q).data(c).scratch(private)
            ),
            "mpriv_paillier_decrypt_blinded": lambda name: (
                call(name).out(17).data(p).data(q).data(c).data(blinding).scratch(private)
            ),
            "mpriv_paillier_encrypt_online": lambda name: (
                call(name).out(34).data(n).data(m).data((bytes(16) + b"\5") * 3).scratch(public)
            ),
            "mpriv_paillier_add_vartime": listed,
            "mpriv_paillier_scale_vartime": lambda name: (
                call(name).out(34).data(n).data(c).data(m).scratch(public)
            ),
            "mpriv_paillier_rerandomise": lambda name: (
                call(name).out(34).data(n).data(c).data(r).scratch(public)
            ),
            "mpriv_paillier_encode_signed": lambda name: (
                call(name).out(17).data(n).plain(SIGN).data(m).scratch(public)
            ),
            "mpriv_paillier_decode_signed": lambda name: (
                call(name).number("uint8_t *").out(17).data(n).data(m).scratch(public)
            ),
            "mpriv_paillier_headroom_vartime": lambda name: (
                call(name).number("uint64_t *").data(n).plain(3, 1000)
            ),
            "mpriv_dream_keystream": lambda name: call(name).out(9).pointer(key).plain(7).data(power),
            "mpriv_dream_dummy_key": lambda name: call(name).out(9).pointer(key).plain(7).data(power),
            "mpriv_dream_select_partners": select,
            "mpriv_dream_mask": mask,
            "mpriv_dream_aggregate": aggregate,
            "mpriv_dream_modulus_vartime": lambda name: call(name).number("uint64_t *").plain(3, 1000, 5),
            "mpriv_dream_check_parameters_vartime": lambda name: (
                call(name).out(9).plain(5, 1, 1, 2, 1000, 5).data(power)
            ),
            "mpriv_dream_roster_digest_vartime": roster,
            "mpriv_dream_authenticate": lambda name: (
                call(name).out(32, sized=False).pointer(key).data(b"d" * 32, sized=False).plain(3, 7)
                .data(power).data(m)
            ),
            "mpriv_dream_clamp": lambda name: (
                call(name).number("uint32_t *").number("uint8_t *").plain(-5, 9)
            ),
            "mpriv_dream_table_share": lambda name: (
                call(name).number("int32_t *").pointer(table, 2).data(b"r" * 16, sized=False)
            ),
            "mpriv_dream_sanitise": lambda name: (
                call(name).number("int64_t *").number("uint8_t *").plain(7, 100, 10).pointer(table, 2)
                .data(b"r" * 16, sized=False)
            ),
        }.items()
    }  # fmt: skip


def fallible(lib: Any) -> set[str]:
    return {name for name in dir(lib) if name.startswith(("mpriv_paillier_", "mpriv_dream_"))}


NAMES = (
    "mpriv_paillier_encrypt", "mpriv_paillier_encrypt_with_factors", "mpriv_paillier_decrypt",
    "mpriv_paillier_decrypt_blinded", "mpriv_paillier_encrypt_online",
    "mpriv_paillier_add_vartime", "mpriv_paillier_scale_vartime", "mpriv_paillier_rerandomise",
    "mpriv_paillier_encode_signed", "mpriv_paillier_decode_signed", "mpriv_paillier_headroom_vartime",
    "mpriv_dream_keystream", "mpriv_dream_dummy_key", "mpriv_dream_select_partners", "mpriv_dream_mask",
    "mpriv_dream_aggregate", "mpriv_dream_modulus_vartime", "mpriv_dream_check_parameters_vartime",
    "mpriv_dream_roster_digest_vartime", "mpriv_dream_authenticate", "mpriv_dream_clamp",
    "mpriv_dream_table_share", "mpriv_dream_sanitise", "mpriv_dream_member_start",
    "mpriv_dream_member_report", "mpriv_dream_member_reply", "mpriv_dream_epoch_key",
    "mpriv_dream_pair_values", "mpriv_dream_blind", "mpriv_dream_recover", "mpriv_dream_authenticate_reply",
    "mpriv_dream_check_cluster_vartime", "mpriv_dream_epoch_digest_vartime", "mpriv_dream_slot_keystreams",
    "mpriv_dream_slot_total",
)  # fmt: skip


def test_the_list_is_whole(interface: Interface) -> None:
    ffi, lib = interface
    assert set(NAMES) == calls(ffi, lib).keys() == fallible(lib)


def test_what_the_library_says_of_itself(interface: Interface, limb_bits: int) -> None:
    ffi, lib = interface
    assert lib.mpriv_limb_bits() == limb_bits
    assert ffi.string(lib.mpriv_version()).count(b".") == 2


def broken_lists(call: Call) -> Iterator[tuple[int, Any]]:
    """Each list of the call with one null pointer in it."""
    for index in call.inputs:
        kind = call.ffi.typeof(call.arguments[index])
        if kind.kind == "array" and kind.item.kind == "struct":
            broken = call.ffi.new(kind, list(call.arguments[index]))
            entry = broken[1] if kind.item.cname == "mpriv_bytes" else broken[1].key
            entry.data = call.ffi.NULL
            yield index, broken


@pytest.mark.parametrize("name", NAMES)
def test_null_pointers(interface: Interface, name: str) -> None:
    ffi, lib = interface
    make = calls(ffi, lib)[name]
    good = make()
    assert good.run() == 0
    for index in good.outputs + good.inputs:
        call = make()
        assert call.run({index: ffi.NULL}) == MISUSE, index
        assert {byte for content in call.written() for byte in content} == {GUARD}
    for index, broken in broken_lists(make()):
        call = make()
        assert call.run({index: broken}) == MISUSE, index
        assert {byte for content in call.written() for byte in content} == {GUARD}


@pytest.mark.parametrize("name", NAMES)
def test_outputs_too_short(interface: Interface, name: str) -> None:
    ffi, lib = interface
    for index in calls(ffi, lib)[name]().outputs:
        call = calls(ffi, lib)[name]()
        length = index + 1
        if length < len(call.arguments) and isinstance(call.arguments[length], int) and (
            ffi.typeof(call.arguments[index]).kind == "array" and name != "mpriv_dream_select_partners"
            and call.arguments[length] == ffi.sizeof(call.arguments[index])
        ):  # fmt: skip
            assert call.run({length: call.arguments[length] - 1}) == MISUSE
            assert {byte for content in call.written() for byte in content} == {GUARD}


def refuse(call: Call, code: int, changes: dict[int, Any]) -> None:
    assert call.run(changes) == code
    assert not any(byte for content in call.written() for byte in content)


@pytest.mark.parametrize("name", ["mpriv_paillier_encrypt_with_factors", "mpriv_paillier_decrypt"])
def test_lengths_of_factors(interface: Interface, name: str) -> None:
    ffi, lib = interface
    long = ffi.new("uint8_t[]", 257)
    for pointer in (2, 4):
        refuse(calls(ffi, lib)[name](), RANGE, {pointer: ffi.NULL, pointer + 1: 0})
        refuse(calls(ffi, lib)[name](), RANGE, {pointer: long, pointer + 1: 257})


@pytest.mark.parametrize(
    ("name", "at", "too_many"),
    [
        ("mpriv_paillier_add_vartime", 5, 1025),
        ("mpriv_dream_select_partners", 4, 4096),
        ("mpriv_dream_mask", 9, 4096),
        ("mpriv_dream_roster_digest_vartime", 3, 4097),
    ],
)
def test_lists_too_long(interface: Interface, name: str, at: int, too_many: int) -> None:
    """The list is real, so that nothing is read that is not there."""
    ffi, lib = interface
    call = calls(ffi, lib)[name]()
    kind = ffi.typeof(call.arguments[at - 1]).item.cname
    filled = ffi.new(f"{kind}[]", [call.arguments[at - 1][0]] * too_many)
    if name == "mpriv_dream_select_partners":
        call.arguments[0] = ffi.new("uint8_t[]", [GUARD] * too_many)
    refuse(call, MALFORMED, {at - 1: filled, at: too_many})


def test_lists_of_totals_too_long(interface: Interface) -> None:
    ffi, lib = interface
    for first, at in ((5, 7), (8, 9)):
        call = calls(ffi, lib)["mpriv_dream_aggregate"]()
        filled = ffi.new("mpriv_bytes[]", [call.arguments[first][0]] * 4097)
        lists = {5: filled, 6: filled} if at == 7 else {8: filled}
        refuse(call, MALFORMED, {**lists, at: 4097})


@pytest.mark.parametrize(
    ("name", "at"), [("mpriv_dream_select_partners", 3), ("mpriv_dream_roster_digest_vartime", 2)]
)
@pytest.mark.parametrize("length", [0, 31, 33])
def test_keys_have_32_bytes(interface: Interface, name: str, at: int, length: int) -> None:
    ffi, lib = interface
    call = calls(ffi, lib)[name]()
    refuse(call, MALFORMED, {at: call.peers((1, b"a" * 32), (2, b"b" * length))})
