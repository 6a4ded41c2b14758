"""Paper E's meter side in the C core, in every form: numbers against the reference, its contract, misuse."""

import hashlib
import random
from collections.abc import Callable
from typing import Any

import pytest

from meter_privacy.native import _core, energy_tokens, reporting, tasking
from meter_privacy.native import errors as native_errors
from meter_privacy.native.groups import group_of
from meter_privacy.reference import blind_signatures, errors, groups, pvss, rewards
from meter_privacy.reference import energy_tokens as tokens

OK, MALFORMED, RANGE, MISUSE, SCRATCH = 0, -1, -2, -32, -33
SMALL = ("toy-2039", "P-256")
SIGNER = (0xD39F1C5A07E24BB7, 0xB12D8E66903FC71533)
# n of about 800 and 734 bits, and of one byte or two.
FACTORS = ((2**400 - 593, 2**401 - 31), (2**127 - 1, 2**607 - 1), (2**521 - 1, 2**279 - 69), (43, 47), (3, 5))


def answer(function: Callable[..., Any], *values: Any) -> Any:
    """The output, or the class of the error."""
    try:
        return function(*values)
    except (errors.Refused, native_errors.Refused) as refusal:
        return f"refused: {refusal.error_class}"


def same(reference: Callable[..., Any], native: Callable[..., Any], *values: Any) -> str:
    """Reference and core agree; whether it was refused, and how."""
    expected = answer(reference, *values)
    assert answer(native, *values) == expected, (reference.__name__, values)
    return expected if isinstance(expected, str) and expected.startswith("refused") else "done"


def roster(rng: random.Random, name: str) -> list[Any]:
    """A group, a threshold, servers, the greatest reading, the least number; mostly as they must be."""
    members = groups.group(name)
    threshold = rng.randrange(2, 4)
    count = rng.randrange(2 * threshold - 1, 2 * threshold + 2)
    indices = sorted(rng.sample(range(1, 900), count))
    servers = [
        {"index": index, "public_key": pvss.server_key(name, rng.randrange(2, members.order))}
        for index in indices
    ]
    return [name, threshold, servers, min(2000, members.order - 1), 2]


def spoil(rng: random.Random, given: list[Any]) -> None:
    """One thing wrong with a roster, or nothing."""
    name, threshold, servers, _, _ = given
    members = groups.group(name)
    other = rng.choice(servers)
    match rng.randrange(14):
        case 0:
            given[1] = rng.choice([0, 1, 17, len(servers) + 1])
        case 1:
            given[3] = rng.choice([0, members.order if members.order < 2**32 else 0])
        case 2:
            given[4] = rng.choice([0, 1, 1025])
        case 3:
            other["index"] = rng.choice([0, 65536, servers[0]["index"], members.order % 2**32])
        case 4:
            other["public_key"] = servers[0]["public_key"]
        case 5:
            other["public_key"] = pvss.server_key(name, 1)
        case 6:
            other["public_key"] = b"\x02" + bytes(range(1, members.element_bytes))
        case 7:
            other["public_key"] = b"\xff" * members.element_bytes
        case 8:
            other["public_key"] = bytes(members.element_bytes)
        case 9:
            other["public_key"] = other["public_key"][:-1]
        case 10:
            del servers[2 * threshold - 2 :]
        case 11:
            del servers[:]


def randomness(rng: random.Random, given: list[Any]) -> bytes:
    """Mostly enough random bytes; sometimes a scalar of 0, or a byte too few."""
    members = groups.group(given[0])
    size = (members.order.bit_length() + 135) // 8
    needed = (given[1] + len(given[2])) * size
    data = rng.randbytes(needed + rng.randrange(3))
    if rng.randrange(8) == 0:
        place = size * rng.randrange(1 + needed // size)
        data = data[:place] + bytes(size) + data[place + size :]
    return data[: rng.randrange(needed)] if rng.randrange(3) == 0 and needed else data


def test_dealings(core: str) -> None:
    rng, seen = random.Random(f"dealings {core}"), set()
    for step in range(60 if core == "installed" else 16):
        given = roster(rng, SMALL[step % 6 == 0])
        spoil(rng, given)
        seen.add(same(pvss.sharing_roster, reporting.sharing_roster, *given))
        place = [rng.randrange(2**32), rng.randrange(2**53), rng.choice([0, given[3], given[3] + 1, 5])]
        seen.add(same(pvss.deal, reporting.deal, *given, *place, randomness(rng, given)))
    assert "done" in seen
    if core == "installed":
        classes = ("malformed", "range", "not-in-group", "policy", "exhausted")
        assert seen == {"done", *(f"refused: {name}" for name in classes)}


@pytest.mark.parametrize("name", ["modp-1024-160", "modp-2048"])
def test_a_dealing_among_large_numbers(name: str) -> None:
    rng = random.Random(name)
    given = roster(rng, name)
    size = (groups.group(name).order.bit_length() + 135) // 8
    data = rng.randbytes(size * (given[1] + len(given[2])))
    assert same(pvss.deal, reporting.deal, *given, 7, 9, 1234, data) == "done"


def test_a_masked_reading_that_is_neutral() -> None:
    """In the toy group h^s g^reading may be the identity, which has no encoding."""
    members = groups.group("toy-2039")
    given = roster(random.Random("neutral"), "toy-2039")
    h = pvss.second_generator(members)
    secret = next(s for s in range(1, 1019) if members.power(h, s) == members.power(4, -5))
    data = b"".join(scalar.to_bytes(18, "big") for scalar in [secret, *range(700, 730)])
    assert same(pvss.deal, reporting.deal, *given, 1, 2, 5, data) == "refused: not-in-group"


def test_tokens(core: str) -> None:
    rng, seen = random.Random(f"tokens {core}"), set()
    for step in range(30):
        name = SMALL[step % 10 == 0]
        q = groups.group(name).order
        s, r, e = (rng.choice([rng.randrange(q), 0, q, 1, q - 1]) for _ in range(3))
        r = rng.choice([r, s, q - s])
        seen.add(same(tokens.identity, energy_tokens.identity, name, s, r))
        seen.add(same(tokens.respond, energy_tokens.respond, name, s, r, e))
        given = rng.randbytes(rng.choice([0, 1, 300, 2048, 2049])), rng.randbytes(32), rng.randbytes(32)
        seen.add(same(tokens.challenge, energy_tokens.challenge, name, *given))
    assert seen == {"done", "refused: range", "refused: malformed"}


def test_a_challenge_of_0_is_drawn_again() -> None:
    """In the toy group one report in a thousand hashes to 0 first."""
    members = groups.group("toy-2039")
    domain = b"meter-privacy/energy-tokens/1/challenge"
    for number in range(20000):
        report = number.to_bytes(32, "big")
        if members.hash_to_scalar(bytes(4) + report + bytes(32) + b"\0", domain) == 0:
            break
    assert same(tokens.challenge, energy_tokens.challenge, "toy-2039", b"", report, bytes(32)) == "done"


def test_blind_signatures(core: str) -> None:
    """Keys of every length about a byte's end; forged, foreign and honest answers."""
    rng, seen = random.Random(f"blind {core}"), set()
    for p, q in FACTORS:
        n = p * q
        for _ in range(8):
            exponent = rng.choice([3, 65537, 17, 1, 4, n, n - 2])
            variant, message = rng.randrange(6), rng.randbytes(rng.choice([0, 31, 32, 111, 128, 300]))
            r = rng.choice([rng.randrange(n), 0, 1, 2, n - 1, n - 2, n, p, p])
            salt = rng.randbytes(rng.choice([48, 0, 48, 47]))
            seen.add(
                same(blind_signatures.blind, energy_tokens.blind, variant, n, exponent, message, salt, r)
            )
            z, back = rng.choice([rng.randrange(n), n, 0]), rng.choice([rng.randrange(n), 1, n - 1])
            numbers = n, exponent, message, z, back
            seen.add(same(blind_signatures.finalize, energy_tokens.blind_finalize, variant, *numbers))
            seen.add(same(tokens.full_domain_hash, energy_tokens.full_domain_hash, n, exponent, message))
            seen.add(same(tokens.fdh_blind, energy_tokens.fdh_blind, n, exponent, message, r))
            seen.add(same(tokens.fdh_finalize, energy_tokens.fdh_finalize, *numbers))
    classes = ("malformed", "range", "not-invertible", "unauthentic")
    assert seen == {"done", *(f"refused: {name}" for name in classes)}


def test_honest_signatures(core: str) -> None:
    """What the signer answers to a blinded message is a signature, in all variants and by the hash."""
    rng = random.Random(f"honest {core}")
    p, q = 2**521 - 1, 2**607 - 1
    n, exponent = p * q, 65537
    d = pow(exponent, -1, (p - 1) * (q - 1))
    for variant, scheme in blind_signatures.VARIANTS.items():
        message, r = rng.randbytes(90), rng.randrange(2, n - 1)
        made = energy_tokens.blind(variant, n, exponent, message, rng.randbytes(scheme.salt_bytes), r)
        given = n, exponent, message, pow(made["blinded_message"], d, n), made["inverse"]
        assert same(blind_signatures.finalize, energy_tokens.blind_finalize, variant, *given) == "done"
    made = energy_tokens.fdh_blind(n, exponent, b"x", 99)
    given = n, exponent, b"x", pow(made["blinded_message"], d, n), made["inverse"]
    assert same(tokens.fdh_finalize, energy_tokens.fdh_finalize, *given) == "done"
    top = n, exponent, b"x" * 40, n - 1, n - 2
    assert same(blind_signatures.finalize, energy_tokens.blind_finalize, 1, *top) == "refused: unauthentic"


def test_marks(core: str) -> None:
    rng, seen = random.Random(f"marks {core}"), set()
    for _ in range(30):
        salt, nonce = rng.randbytes(32), rng.randbytes(32)
        nonce = rng.choice([nonce, nonce, salt])
        readings = [rng.getrandbits(32) for _ in range(rng.choice([0, 1, 3, 256, 257]))]
        seen.add(same(rewards.mark, tasking.mark, rng.randbytes(16), readings, salt, nonce))
    assert seen == {"done", "refused: malformed", "refused: replayed"}


def test_sha384() -> None:
    ffi, lib = _core.ffi, _core.lib
    for length in (0, 1, 111, 112, 113, 127, 128, 129, 300):
        data = bytes(range(256)) * 2
        state, digest = ffi.new("mpriv_sha384 *"), ffi.new("uint8_t[48]")
        lib.mpriv_sha384_init(state)
        lib.mpriv_sha384_update(state, data, length)
        lib.mpriv_sha384_final(state, digest)
        assert bytes(ffi.buffer(digest)) == hashlib.sha384(data[:length]).digest()
        assert not any(bytes(ffi.buffer(state)))


def test_the_groups_are_those_of_the_reference() -> None:
    ffi, lib = _core.ffi, _core.lib
    for name in groups.NAMES:
        members, own = groups.group(name), group_of(name)
        assert bytes(ffi.buffer(own.generator.data, own.generator.length)) == members.encode(
            members.generator
        )
        h = bytes(ffi.buffer(own.independent.data, own.independent.length))
        assert h == members.encode(pvss.second_generator(members))
        assert int.from_bytes(ffi.buffer(own.q.data, own.q.length), "big") == members.order
        assert lib.mpriv_group_element_bytes(own) == members.element_bytes
        assert lib.mpriv_group_scalar_bytes(own) == members.scalar_bytes
        assert lib.mpriv_group_random_bytes(own) == (members.order.bit_length() + 135) // 8


NULL = _core.ffi.NULL


def calls() -> dict[str, tuple[str, list[Any], tuple[int, ...], int | None]]:
    """Each function: a call that works, what may not be null in it, and where the scratch's length is."""
    ffi = _core.ffi
    n = (SIGNER[0] * SIGNER[1]).to_bytes(17, "big")
    signer = ffi.new("mpriv_signer *")
    keep = [ffi.from_buffer(n), ffi.from_buffer(b"\x03")]
    signer.modulus.data, signer.modulus.length = keep[0], 17
    signer.exponent.data, signer.exponent.length = keep[1], 1
    group = group_of("toy-2039")
    servers = ffi.new("mpriv_server[3]")
    for k, key in enumerate((b"\x00\x10", b"\x00\x40", b"\x01\x00")):
        keep.append(ffi.from_buffer(key))
        servers[k].index, servers[k].public_key.data, servers[k].public_key.length = k + 1, keep[-1], 2
    plan = ffi.new("mpriv_sharing_roster *")
    plan.group, plan.servers, plan.count = group, servers, 3
    plan.threshold, plan.maximum_wh, plan.least = 2, 1000, 2
    words = ffi.new("uint32_t[2]", [1, 2])
    out = [ffi.new("uint8_t[]", 64) for _ in range(5)]
    scratch = ffi.new("uint8_t[]", 20000)
    text, one = b"m" * 40, b"\x05" * 32
    room = scratch, 20000
    keep += [signer, servers, plan, words, scratch, *out]
    return {
        "mpriv_full_domain_hash": ("", [out[0], 17, signer, text, 40, *room], (0, 2, 3), 6),
        "mpriv_blind": (
            "", [out[0], 17, out[1], 17, signer, 0, text, 40, NULL, one, 16, *room], (0, 2, 4, 6, 9), 12
        ),
        "mpriv_blind_finalise": (
            "range", [out[0], 17, signer, 0, text, 40, b"\xff" * 17, 17, one, 16, *room],
            (0, 2, 4, 6, 8), 11,
        ),
        "mpriv_sharing_roster_vartime": ("", [out[0], plan, *room], (0, 1), 3),
        "mpriv_sharing_deal": (
            "", [*out, plan, 1, 2, 3, bytes(range(1, 91)), 90, *room], (0, 1, 2, 3, 4, 5, 9), 12
        ),
        "mpriv_token_identity": ("", [out[0], out[1], group, one, 1, text, 1, *room], (0, 1, 2, 3, 5), 8),
        "mpriv_token_challenge_vartime": ("", [out[0], group, text, 40, one, one, *room], (0, 1, 2, 4, 5), 7),
        "mpriv_token_respond": (
            "", [out[0], group, one, 1, text, 1, text, 1, *room], (0, 1, 2, 4, 6), 9
        ),
        "mpriv_task_mark": ("", [out[0], out[1], one, words, 2, one, text], (0, 1, 2, 3, 5, 6), None),
        "keep": ("", keep, (), None),
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in calls() if name != "keep"])
def test_misuse_and_too_little_scratch(name: str) -> None:
    made = calls()
    works, arguments, pointers, scratch = made[name]
    function = getattr(_core.lib, name)
    assert function(*arguments) == (RANGE if works else 0)
    for place in pointers:
        assert function(*[NULL if k == place else value for k, value in enumerate(arguments)]) == MISUSE
    if scratch is not None:
        for length in (0, 40):
            few = [length if k == scratch else value for k, value in enumerate(arguments)]
            assert function(*few) == SCRATCH
        none = [NULL if k == scratch - 1 else value for k, value in enumerate(arguments)]
        assert function(*none) == SCRATCH


def test_outputs_of_a_wrong_length_and_unknown_schemes() -> None:
    made = calls()
    lib, ffi = _core.lib, _core.ffi
    for name, places in (
        ("mpriv_blind", (1, 3)),
        ("mpriv_full_domain_hash", (1,)),
        ("mpriv_blind_finalise", (1,)),
    ):
        for place in places:
            wrong = [16 if k == place else value for k, value in enumerate(made[name][1])]
            assert getattr(lib, name)(*wrong) == MISUSE
    for name, place in (("mpriv_blind", 5), ("mpriv_blind_finalise", 3)):
        assert getattr(lib, name)(*[3 if k == place else v for k, v in enumerate(made[name][1])]) == MISUSE
    # A salt is asked for where there is one.
    assert lib.mpriv_blind(*[1 if k == 5 else v for k, v in enumerate(made["mpriv_blind"][1])]) == MISUSE
    plan = made["mpriv_sharing_deal"][1][5]
    for field in ("group", "servers"):
        before = getattr(plan, field)
        setattr(plan, field, NULL)
        assert lib.mpriv_sharing_deal(*made["mpriv_sharing_deal"][1]) == MISUSE
        setattr(plan, field, before)
    plan.servers[1].public_key.data = NULL
    assert lib.mpriv_sharing_deal(*made["mpriv_sharing_deal"][1]) == MISUSE
    # A refused dealing leaves nothing.
    plan.servers[1].public_key.data = plan.servers[0].public_key.data
    outputs = made["mpriv_sharing_deal"][1][:5]
    for output in outputs:
        ffi.buffer(output)[:] = b"\xa5" * 64
    assert lib.mpriv_sharing_deal(*made["mpriv_sharing_deal"][1]) == RANGE
    written = (4, 2, 6, 2, 6)
    for output, length in zip(outputs, written, strict=True):
        assert bytes(ffi.buffer(output)) == bytes(length) + b"\xa5" * (64 - length)


def test_lengths_that_the_binding_does_not_pass_on() -> None:
    """Lists that are empty or too long, keys of another length: malformed, and zeros for outputs."""
    ffi, lib = _core.ffi, _core.lib
    made = calls()
    for name, plan, count in (
        ("mpriv_sharing_roster_vartime", made["mpriv_sharing_roster_vartime"][1][1], 1),
        ("mpriv_sharing_deal", made["mpriv_sharing_deal"][1][5], 5),
    ):
        works, arguments, _, _ = made[name]
        function, outputs = getattr(lib, name), arguments[:count]
        assert not works
        servers = ffi.new("mpriv_server[32]", [plan.servers[k % 3] for k in range(32)])
        short = ffi.new("mpriv_server[3]", [plan.servers[k] for k in range(3)])
        short[1].public_key.length = 1
        honest = plan.servers, plan.count
        for listed, length, code in ((*honest, OK), (servers, 0, MALFORMED), (servers, 32, MALFORMED),
                                     (short, 3, MALFORMED), (ffi.NULL, 0, MALFORMED)):  # fmt: skip
            plan.servers, plan.count = listed, length
            for output in outputs:
                ffi.buffer(output)[:] = b"\xa5" * 64
            assert function(*arguments) == code
            plan.servers, plan.count = honest
            assert code == OK or all(bytes(ffi.buffer(output, 2)) == bytes(2) for output in outputs[:2])
        for least in (1, 1025):
            plan.least = least
            assert function(*arguments) == RANGE
            plan.least = 2
    words, text = ffi.new("uint32_t[257]"), b"t" * 2049
    out, mark, task, _, _, salt, nonce = made["mpriv_task_mark"][1]
    for readings, length in ((words, 0), (ffi.NULL, 0), (words, 257)):
        ffi.buffer(out)[:], ffi.buffer(mark)[:] = b"\xa5" * 64, b"\xa5" * 64
        assert lib.mpriv_task_mark(out, mark, task, readings, length, salt, nonce) == MALFORMED
        assert bytes(ffi.buffer(out, 33)) == bytes(ffi.buffer(mark, 33)) == bytes(32) + b"\xa5"
    assert lib.mpriv_task_mark(out, mark, task, words, 256, salt, nonce) == OK
    challenge = list(made["mpriv_token_challenge_vartime"][1])
    for length, code in ((2048, OK), (2049, MALFORMED)):
        challenge[2:4] = text, length
        assert lib.mpriv_token_challenge_vartime(*challenge) == code
    assert lib.mpriv_group_named(b"P-256", 5) == group_of("P-256")
    for unknown in (b"P-25", b"P-2567", b"p-256", b""):
        assert lib.mpriv_group_named(unknown, len(unknown)) == ffi.NULL


def test_signers_that_are_none() -> None:
    """A modulus or an exponent of no bytes, of none but zeros, or longer than the other."""
    ffi, lib = _core.ffi, _core.lib
    made = calls()
    long = ffi.from_buffer(b"\x01" + bytes(31) + b"\x03")
    zeros = ffi.from_buffer(bytes(17))
    for name, place in (("mpriv_full_domain_hash", 2), ("mpriv_blind", 4), ("mpriv_blind_finalise", 2)):
        arguments = made[name][1]
        signer, function = arguments[place], getattr(lib, name)
        for field, data, length, code in (
            ("exponent", long, 33, RANGE),
            ("exponent", zeros, 17, RANGE),
            ("exponent", ffi.NULL, 0, RANGE),
            ("exponent", ffi.NULL, 1, MISUSE),
            ("modulus", zeros, 17, RANGE),
            ("modulus", ffi.NULL, 0, RANGE),
            ("modulus", ffi.NULL, 17, MISUSE),
        ):
            number = getattr(signer, field)
            honest = number.data, number.length
            number.data, number.length = data, length
            ffi.buffer(arguments[0])[:] = b"\xa5" * 64
            assert function(*arguments) == code, (name, field, length)
            guard = b"\xa5" if code == MISUSE else b"\0"
            assert bytes(ffi.buffer(arguments[0], 18)) == 17 * guard + b"\xa5"
            number.data, number.length = honest
        assert function(*arguments) == (RANGE if made[name][0] else OK)
