"""SHA-256 and HMAC-SHA-256 of the C core against the standards' vectors and hashlib."""

import hashlib
import hmac
from typing import Any

import pytest

FIPS_180 = [
    (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (
        b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ),
    (b"a" * 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
]

RFC_4231 = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe",
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (
        bytes(range(1, 26)),
        b"\xcd" * 50,
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        b"\xaa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data. The key needs"
        b" to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
]


Interface = tuple[Any, Any]


def sha256(interface: Interface, *parts: bytes) -> bytes:
    ffi, lib = interface
    state, digest = ffi.new("mpriv_sha256 *"), ffi.new("uint8_t[32]")
    lib.mpriv_sha256_init(state)
    for part in parts:
        lib.mpriv_sha256_update(state, part, len(part))
    lib.mpriv_sha256_final(state, digest)
    assert not any(ffi.buffer(state)[:]), "the state is wiped"
    return bytes(ffi.buffer(digest))


def hmac_sha256(interface: Interface, key: bytes, *parts: bytes) -> bytes:
    """Twice under the prepared key, which has to outlive a tag."""
    ffi, lib = interface
    prepared = ffi.new("mpriv_hmac_key *")
    lib.mpriv_hmac_prepare(prepared, key, len(key))
    tags = []
    for _ in range(2):
        state, tag = ffi.new("mpriv_sha256 *"), ffi.new("uint8_t[32]")
        lib.mpriv_hmac_init(state, prepared)
        for part in parts:
            lib.mpriv_sha256_update(state, part, len(part))
        lib.mpriv_hmac_final(state, prepared, tag)
        tags.append(bytes(ffi.buffer(tag)))
    assert tags[0] == tags[1]
    return tags[0]


@pytest.mark.parametrize(("message", "digest"), FIPS_180, ids=["abc", "empty", "two blocks", "a million"])
def test_fips_180(interface: Interface, message: bytes, digest: str) -> None:
    assert sha256(interface, message).hex() == digest


@pytest.mark.parametrize(("key", "message", "tag"), RFC_4231, ids=["1", "2", "3", "4", "6", "7"])
def test_rfc_4231(interface: Interface, key: bytes, message: bytes, tag: str) -> None:
    assert hmac_sha256(interface, key, message).hex() == tag


def test_every_length_and_every_cut(interface: Interface) -> None:
    data = hashlib.sha512(b"data").digest() * 4
    for length in range(len(data)):
        assert sha256(interface, data[:length]) == hashlib.sha256(data[:length]).digest()
        assert hmac_sha256(interface, data[:length], data[length:]) == hmac.digest(
            data[:length], data[length:], "sha256"
        )
    for cut in range(0, 200, 3):
        assert (
            sha256(interface, data[:cut], b"", data[cut:190])
            == hashlib.sha256(data[:cut] + data[cut:190]).digest()
        )
