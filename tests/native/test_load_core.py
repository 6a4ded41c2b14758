"""Load management in the C core, in every form: numbers against the reference, its contract, misuse."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from meter_privacy.native import errors as native_errors
from meter_privacy.native import load_management as native
from meter_privacy.reference import billing, comparison, errors, paillier, summation
from tests.native.test_misuse import GUARD, MALFORMED, MISUSE, RANGE, Call, minimal, refuse

Interface = tuple[Any, Any]

NOT_IN_GROUP, NOT_INVERTIBLE, PROOF_FAILED, REPLAYED, SCRATCH = -3, -4, -6, -8, -33
P, Q = 0xD39F1C5A07E24BB7, 0xB12D8E66903FC71533
N = P * Q


def answer(function: Callable[..., Any], *values: Any, **fields: Any) -> Any:
    """The output, or the class of the error."""
    try:
        return function(*values, **fields)
    except (errors.Refused, native_errors.Refused) as refusal:
        return f"refused: {refusal.error_class}"


def same(name: str, *values: Any) -> str:
    """Reference and core agree on an operation; whether it was refused, and how."""
    room = (
        summation if name.startswith("ring") else comparison if "dgk" in name or "level" in name else billing
    )
    expected = answer(getattr(room, name), *values)
    assert answer(getattr(native, name), *values) == expected, (name, values)
    return expected if isinstance(expected, str) else "done"


def prime(rng: random.Random, bits: int) -> int:
    while True:
        candidate = rng.getrandbits(bits) | 3
        if paillier.is_prime(candidate):
            return candidate


def modulus(rng: random.Random) -> tuple[int, int]:
    """Two factors of any lengths; n is from one byte to a few limbs."""
    bits = rng.choice([3, 5, 8, 9, 31, 33, 64, 65, 130])
    return prime(rng, bits), prime(rng, rng.choice([bits, bits, 3, 16, 70]))


# ---- The numbers


def test_ring_day_and_openings(core: str) -> None:
    rng, seen = random.Random(f"billing {core}"), set()
    for _ in range(150):
        p, q = modulus(rng)
        n = p * q
        c, r, s = rng.randrange(n * n + 2), rng.randrange(n + 2), rng.randrange(n + 2)
        value, other = rng.choice([rng.randrange(n), rng.randrange(60)]) % 2**32, rng.randrange(60)
        most = rng.choice([value, 100, rng.getrandbits(32), 0, n - 1, (n - 1) // 6]) % 2**32
        seen.add(same("ring_start", n, most, value, r))
        seen.add(same("ring_add", n, most, c, value, r))
        seen.add(same("encrypt_day", n, most, value, other, r, rng.choice([r, s, s])))
        seen.add(same("recover_opening", p, q, c))
        seen.add(same("verify_opening", n, c, value % n, r))
        if isinstance(made := answer(paillier.encrypt, n, value % n, r), int):
            assert same("verify_opening", n, made, value % n, r) == "done"
        openings = [
            {"value": rng.randrange(n), "randomness": rng.randrange(1, n), "scalar": rng.getrandbits(32)}
            for _ in range(rng.choice([0, 1, 2, 5]))
        ]
        seen.add(same("combine_openings", n, openings))
    classes = ("malformed", "range", "not-invertible", "proof-failed", "replayed")
    assert seen == {"done", *(f"refused: {name}" for name in classes)}


@pytest.mark.usefixtures("core")
def test_the_whole_range_of_the_factors() -> None:
    """A prime of 3 bits beside a long one, and an n of 1800 bits: Mersenne primes."""
    rng = random.Random("factors")
    long, longest = (1 << 521) - 1, (1 << 1279) - 1
    for p, q in ((7, long), (long, 7), (long, longest), (longest, long)):
        value, r = rng.randrange(p * q), rng.randrange(1, p * q)
        r += r % 7 == 0
        opening = {"value": value, "randomness": r}
        assert answer(native.recover_opening, p, q, paillier.encrypt(p * q, value, r)) == opening


@pytest.mark.usefixtures("core")
def test_levels() -> None:
    rng = random.Random("levels")
    for value in (0, 1, 99, 100, 101, 2**31, 2**32 - 1, *(rng.getrandbits(32) for _ in range(40))):
        for unit in (0, 1, 2, 100, 2**31, 2**32 - 1, rng.getrandbits(20)):
            for levels in (1, 2, 3, 2**16, 2**32, 2**32 + 1):
                same("reading_level", value, unit, levels)


def test_comparison_on_encrypted_bits(core: str) -> None:
    rng, seen = random.Random(f"comparison {core}"), set()
    for step in range(120):
        n = max(15, rng.getrandbits(rng.choice([4, 8, 9, 31, 33, 64, 65, 130])) | 1)
        g, h, u = rng.randrange(n + 1), rng.randrange(1, n), rng.choice([2, 3, 101, 1021, 1022])
        r = rng.getrandbits(rng.choice([0, 8, 60, 1280, 1281]))
        seen.add(same("dgk_encrypt", n, u, g, h, rng.randrange(u + 1), r))
        count = rng.choice([0, 1, 2, 3, 3, 7, 32 if step % 9 == 0 else 4, 33])
        u = rng.choice([3 * count + 1, 1021, 3 * count])
        bits = [rng.randrange(rng.random() > 0.03, n) for _ in range(count)]
        multipliers = [rng.randrange(rng.random() > 0.03, max(2, u)) for _ in range(count)]
        randomness = [rng.getrandbits(rng.choice([8, 60, 1280])) | 1 for _ in range(count)]
        order = rng.sample(range(count), count)
        if count and rng.random() < 0.1:
            order[0] = rng.randrange(count + 1)
        level = rng.choice([0, (1 << count) + 1, *([rng.randint(1, 1 << count)] * 8)])
        seen.add(same("dgk_response", n, u, g, h, bits, multipliers, randomness, order, level))
        seen.add(same("dgk_audit", n, u, g, h, randomness, level, bits))
        made = answer(native.dgk_request, n, u, g, h, randomness, level)
        assert made == answer(comparison.dgk_request, n, u, g, h, randomness, level)
        if isinstance(made, list):
            assert same("dgk_audit", n, u, g, h, randomness, level, made) == "done"
    classes = ("malformed", "range", "not-invertible", "proof-failed")
    assert seen == {"done", *(f"refused: {name}" for name in classes)}


def test_the_answers_are_read(core: str) -> None:
    rng, seen = random.Random(f"outcome {core}"), set()
    for _ in range(40):
        u, pair = rng.choice([3, 11, 101]), list[tuple[int, int]]()
        while len(pair) < 2:
            v = prime(rng, rng.choice([3, 9, 20]))
            x = (2 * rng.getrandbits(rng.choice([3, 20, 60])) + 2) * u * v + 1
            if paillier.is_prime(x) and x not in dict(pair):
                pair.append((x, v))
        (p, v_p), (q, v_q) = pair
        for _ in range(4):
            order_p = rng.choice([u * v_p, v_p, v_p])
            order_q = rng.choice([order_p // v_p * v_q, u * v_q, v_q])
            at_p, at_q = (
                pow(rng.randrange(1, p), (p - 1) // order_p, p),
                pow(rng.randrange(1, q), (q - 1) // order_q, q),
            )
            c = paillier.garner(at_p, at_q, p, q)
            result = answer(native.dgk_is_zero, p, q, u, v_p, v_q, c)
            assert result == answer(comparison.dgk_is_zero, p, q, u, v_p, v_q, c)
            seen.add(result)
        for wrong in (
            (p + 1, q, u, v_p, v_q, 1), (p, 1, u, v_p, v_q, 1), (p, q, 2, v_p, v_q, 1),
            (p, q, 1022, v_p, v_q, 1),
            (p, q, u, v_p + 1, v_q, 1), (p, q, u, v_p, 1, 1), (p, q, u, v_p, 2**512 + 1, 1),
            (p, q, u, v_p, v_q, 0), (p, q, u, v_p, v_q, p * q),
        ):  # fmt: skip
            assert same("dgk_is_zero", *wrong) == "refused: range"
    assert seen == {0, 1, "refused: not-in-group"}


# ---- The contract


def calls(ffi: Any, lib: Any) -> dict[str, Callable[[], Call]]:
    n, p, q, m, r, s = (minimal(number) for number in (N, P, Q, 1234, 4321, 8765))
    c = minimal((1 + 1234 * N) * pow(4321, N, N**2) % N**2)
    public, private = lib.mpriv_public_scratch_bytes(17, 1), lib.mpriv_factors_scratch_bytes(8, 9, 1)
    dgk = lib.mpriv_dgk_scratch_bytes(17, 1)

    def call(name: str) -> Call:
        return Call(ffi, lib, name)

    def key(made: Call) -> Any:
        owners = [ffi.new("uint8_t[]", list(data)) for data in (n, b"\x05", b"\x07")]
        made.keep += owners
        parts = [(owner, size) for owner, size in zip(owners, (17, 1, 1), strict=True)]
        return ffi.new("mpriv_dgk_key *", [*parts, 101])

    def day(name: str) -> Call:
        made = call(name).out(34, sized=False).out(34)
        return made.data(n).plain(5000, 7, 8).data(r).data(s).scratch(public)

    def combine(name: str) -> Call:
        made = call(name).out(17, sized=False).out(17).data(n)
        strings = made.strings(m, r)
        made.keep.append(strings)
        return made.pointer(ffi.new("mpriv_opening[]", [(strings[0], strings[1], 3)] * 2), 2).scratch(public)

    def request(name: str) -> Call:
        made = call(name)
        made.outputs.append(0)
        made.plain(ffi.new("uint8_t[]", [GUARD] * 34), 17).pointer(key(made))
        return made.pointer(made.strings(r, s), 2).plain(3).scratch(dgk)

    def response(name: str) -> Call:
        made = call(name)
        made.outputs.append(0)
        made.plain(ffi.new("uint8_t[]", [GUARD] * 34), 17).pointer(key(made)).pointer(made.strings(m, r))
        made.pointer(ffi.new("uint32_t[]", [5, 100])).pointer(made.strings(r, s))
        return made.pointer(ffi.new("uint8_t[]", [1, 0]), 2).plain(3).scratch(dgk)

    def audit(name: str) -> Call:
        made = call(name)
        made.pointer(key(made))
        bits = [5 * pow(7, 4321, N) % N, pow(7, 8765, N)]
        made.pointer(made.strings(*(minimal(bit) for bit in bits)))
        return made.pointer(made.strings(r, s), 2).plain(2).scratch(dgk)

    def encrypt(name: str) -> Call:
        made = call(name).out(17)
        return made.pointer(key(made)).plain(40).data(r).scratch(dgk)

    def is_zero(name: str) -> Call:
        made = call(name).out(1, sized=False)
        # 23 and 47 with u = 11 and v = 23 would do: any odd numbers have 1 in their group.
        owners = [ffi.new("uint8_t[]", list(data)) for data in (p, q, b"\x05", b"\x07")]
        made.keep += owners
        parts = [(owner, size) for owner, size in zip(owners, (8, 9, 1, 1), strict=True)]
        return made.pointer(ffi.new("mpriv_dgk_factors *", [*parts, 11])).data(b"\x01").scratch(private)

    return {
        name: partial(make, name)
        for name, make in {
            "mpriv_load_ring_start": lambda name: (
                call(name).out(34).data(n).plain(5000, 17).data(r).scratch(public)
            ),
            "mpriv_load_ring_add": lambda name: (
                call(name).out(34).data(n).plain(5000).data(c).plain(17).data(r).scratch(public)
            ),
            "mpriv_load_encrypt_day": day,
            "mpriv_load_combine_openings": combine,
            "mpriv_load_recover_opening": lambda name: (
                call(name).out(17, sized=False).out(17).data(p).data(q).data(c).scratch(private)
            ),
            "mpriv_load_verify_opening": lambda name: (
                call(name).data(n).data(c).data(m).data(r).scratch(public)
            ),
            "mpriv_load_reading_level": lambda name: call(name).number("uint64_t *").plain(777, 100, 16),
            "mpriv_load_dgk_encrypt": encrypt,
            "mpriv_load_dgk_request": request,
            "mpriv_load_dgk_response": response,
            "mpriv_load_dgk_audit": audit,
            "mpriv_load_dgk_is_zero": is_zero,
        }.items()
    }  # fmt: skip


NAMES = (
    "mpriv_load_ring_start", "mpriv_load_ring_add", "mpriv_load_encrypt_day", "mpriv_load_combine_openings",
    "mpriv_load_recover_opening", "mpriv_load_verify_opening", "mpriv_load_reading_level",
    "mpriv_load_dgk_encrypt", "mpriv_load_dgk_request", "mpriv_load_dgk_response", "mpriv_load_dgk_audit",
    "mpriv_load_dgk_is_zero",
)  # fmt: skip


def test_the_list_is_whole(interface: Interface) -> None:
    ffi, lib = interface
    assert (
        set(NAMES) == calls(ffi, lib).keys() == {name for name in dir(lib) if name.startswith("mpriv_load_")}
    )


def untouched(call: Call) -> bool:
    return {byte for content in call.written() for byte in content} <= {GUARD}


@pytest.mark.parametrize("name", NAMES)
def test_null_pointers(interface: Interface, name: str) -> None:
    ffi, lib = interface
    make = calls(ffi, lib)[name]
    good = make()
    assert good.run() == 0
    for index in good.outputs + good.inputs:
        call = make()
        assert call.run({index: ffi.NULL}) == MISUSE, index
        assert untouched(call)
    for index in good.inputs:
        call = make()
        kind = ffi.typeof(call.arguments[index])
        if kind.item.kind != "struct" or kind.item.cname == "mpriv_bytes":
            continue
        # A pointer inside of a key, of the factors or of an opening.
        held = call.arguments[index][1] if kind.kind == "array" else call.arguments[index]
        for field, _ in kind.item.fields:
            if isinstance(getattr(held, field), int):
                continue
            kept = getattr(held, field).data
            getattr(held, field).data = ffi.NULL
            assert call.run() == MISUSE, field
            assert untouched(call)
            getattr(held, field).data = kept
        assert call.run() == 0


@pytest.mark.parametrize(
    "name", ["mpriv_load_dgk_request", "mpriv_load_dgk_response", "mpriv_load_dgk_audit"]
)
def test_null_pointers_in_lists(interface: Interface, name: str) -> None:
    ffi, lib = interface
    make = calls(ffi, lib)[name]
    found = 0
    for index in make().inputs:
        call = make()
        kind = ffi.typeof(call.arguments[index])
        if kind.kind == "array" and kind.item.cname == "mpriv_bytes":
            call.arguments[index][1].data = ffi.NULL
            assert call.run() == MISUSE
            assert untouched(call)
            found += 1
    assert found == (1 if name == "mpriv_load_dgk_request" else 2)


@pytest.mark.parametrize("name", NAMES)
def test_outputs_too_short_and_scratch(interface: Interface, name: str) -> None:
    ffi, lib = interface
    make = calls(ffi, lib)[name]
    for index in make().outputs:
        call = make()
        length = call.arguments[index + 1]
        if (
            isinstance(length, int)
            and ffi.typeof(call.arguments[index]).kind == "array"
            and length in (17, 34)
        ):
            assert call.run({index + 1: length - 1}) == MISUSE
            assert untouched(call)
    good = make()
    assert good.run() == 0
    expected = good.written()
    if name == "mpriv_load_reading_level":
        return
    worked = 0
    size = make().arguments[-1]
    for given in range(0, 6 * size, 97):
        call = make()
        memory = ffi.new("uint8_t[]", [GUARD] * (given + 16))
        call.arguments[-2:] = [memory + 3, given]
        code = call.run()
        content = bytes(ffi.buffer(memory))
        assert set(content[:3] + content[given + 3 :]) == {GUARD}
        assert set(content) <= {0, GUARD}
        if code == SCRATCH:
            assert worked == 0
            assert untouched(call)
        else:
            assert code == 0
            assert call.written() == expected
            assert given <= size or worked
            worked += 1
    assert worked
    assert make().run({len(make().arguments) - 2: ffi.NULL}) == SCRATCH


def test_lengths_of_factors(interface: Interface) -> None:
    ffi, lib = interface
    make = calls(ffi, lib)["mpriv_load_recover_opening"]
    long = ffi.new("uint8_t[]", 257)
    for pointer in (3, 5):
        refuse(make(), RANGE, {pointer: ffi.NULL, pointer + 1: 0})
        refuse(make(), RANGE, {pointer: long, pointer + 1: 257})
    for part, data, length in (
        ("p", ffi.NULL, 0), ("q", ffi.NULL, 0), ("p", long, 257), ("q", long, 257), ("v_p", ffi.NULL, 0),
        ("v_q", ffi.NULL, 0), ("v_p", long, 257),
    ):  # fmt: skip
        call = calls(ffi, lib)["mpriv_load_dgk_is_zero"]()
        field = getattr(call.arguments[1], part)
        field.data, field.length = data, length
        if (part, length) == ("v_p", 257):
            call.arguments[-2:] = [ffi.new("uint8_t[]", 8192), 8192]
        refuse(call, RANGE, {})


@pytest.mark.parametrize(
    ("name", "at", "too_many"),
    [
        ("mpriv_load_combine_openings", 6, 63),
        ("mpriv_load_dgk_request", 4, 33),
        ("mpriv_load_dgk_response", 7, 33),
        ("mpriv_load_dgk_audit", 3, 33),
    ],
)
def test_lists_empty_or_too_long(interface: Interface, name: str, at: int, too_many: int) -> None:
    ffi, lib = interface
    call = calls(ffi, lib)[name]()
    refuse(call, MALFORMED, {at: 0}) if name == "mpriv_load_combine_openings" else None
    call = calls(ffi, lib)[name]()
    if "dgk" in name and call.outputs:
        call.arguments[0] = ffi.new("uint8_t[]", [GUARD] * (17 * too_many))
    kind = ffi.typeof(call.arguments[at - 1]).item.cname
    filled = ffi.new(f"{kind}[]", [call.arguments[at - 1][0]] * too_many)
    refuse(call, MALFORMED, {at - 1: filled, at: too_many})


def test_what_is_out_of_range_leaves_zeros(interface: Interface) -> None:
    ffi, lib = interface
    made = calls(ffi, lib)
    even = ffi.new("uint8_t[]", list(minimal(N + 1)))
    small = ffi.new("uint8_t[]", [15])
    for name, at in (
        ("ring_start", 2), ("ring_add", 2), ("encrypt_day", 3), ("combine_openings", 3),
        ("verify_opening", 0),
    ):  # fmt: skip
        refuse(made[f"mpriv_load_{name}"](), RANGE, {at: even})
    for name in ("ring_start", "ring_add", "encrypt_day"):
        at = 5 if name == "encrypt_day" else 4
        refuse(made[f"mpriv_load_{name}"](), RANGE, {at: 0})
        refuse(made[f"mpriv_load_{name}"](), RANGE, {at - 2: small, at - 1: 1})
    refuse(made["mpriv_load_encrypt_day"](), RANGE, {6: 4993})
    call = made["mpriv_load_encrypt_day"]()
    refuse(call, REPLAYED, {10: call.arguments[8], 11: call.arguments[9]})
    p = ffi.new("uint8_t[]", list(minimal(P)))
    refuse(made["mpriv_load_encrypt_day"](), NOT_INVERTIBLE, {8: p, 9: 8})
    refuse(made["mpriv_load_verify_opening"](), PROOF_FAILED, {5: 1})
    refuse(made["mpriv_load_reading_level"](), RANGE, {2: 0})
    for levels in (0, 1, (1 << 32) + 1, (1 << 64) - 1):
        refuse(made["mpriv_load_reading_level"](), RANGE, {3: levels})
    for name, at in (("dgk_request", 4), ("dgk_response", 7), ("dgk_audit", 3)):
        assert made[f"mpriv_load_{name}"]().run({at: 0}) == MALFORMED
    for name, at in (("encrypt", 2), ("request", 2), ("response", 2), ("audit", 0)):
        for field, value in (("u", 2), ("u", 1022), ("modulus", even)):
            call = made[f"mpriv_load_dgk_{name}"]()
            if field == "u":
                call.arguments[at].u = value
            else:
                call.arguments[at].modulus.data = value
            refuse(call, RANGE, {})


def test_long_exponents_with_every_window_and_long_outputs(interface: Interface) -> None:
    """Teeth that end beyond the longest exponent, and outputs with many leading zeros."""
    ffi, lib = interface
    g, h, r = 5, 7, (1 << 1280) - 12345
    expected = pow(g, 40, N) * pow(h, r, N) % N
    strings = [ffi.new("uint8_t[]", list(minimal(number))) for number in (N, g, h)]
    key = ffi.new("mpriv_dgk_key *", [*((s, len(s)) for s in strings), 101])
    for window in range(1, 6):
        for extra in (0, 64, 128, 192):
            size = lib.mpriv_dgk_scratch_bytes(17, window) + extra - 256
            out = ffi.new("uint8_t[]", 70)
            code = lib.mpriv_load_dgk_encrypt(
                out, 70, key, 40, minimal(r), 160, ffi.new("uint8_t[]", size), size
            )
            assert code == 0 or (code == SCRATCH and window == 1)
            assert int.from_bytes(ffi.buffer(out), "big") == (0 if code else expected)
    call = calls(ffi, lib)["mpriv_load_dgk_response"]()
    assert call.run() == 0
    first = bytes(ffi.buffer(call.arguments[0]))
    call.arguments[:2] = [ffi.new("uint8_t[]", [GUARD] * 140), 70]
    assert call.run() == 0
    second = bytes(ffi.buffer(call.arguments[0]))
    assert [second[:70], second[70:]] == [bytes(53) + first[:17], bytes(53) + first[17:]]
