"""Each operation of spec/operations/*.toml, bound to the function that computes it."""

from collections.abc import Callable
from typing import Any

from meter_privacy.reference import paillier

NAME = "Meter Privacy reference"
VERSION = "0.1.0"

PAILLIER: dict[str, Callable[..., Any]] = {
    "paillier.key": paillier.key,
    "paillier.key_with_generator": paillier.key_with_generator,
    "paillier.check_modulus": paillier.check_modulus,
    "paillier.encrypt": paillier.encrypt,
    "paillier.encrypt_with_factors": paillier.encrypt_with_factors,
    "paillier.encrypt_with_generator": paillier.encrypt_with_generator,
    "paillier.decrypt": paillier.decrypt,
    "paillier.decrypt_with_generator": paillier.decrypt_with_generator,
    "paillier.add": paillier.add,
    "paillier.scale": paillier.scale,
    "paillier.rerandomise": paillier.rerandomise,
    "paillier.encode_signed": paillier.encode_signed,
    "paillier.decode_signed": paillier.decode_signed,
    "paillier.headroom": paillier.headroom,
}

DREAM: dict[str, Callable[..., Any]] = {}

OPERATIONS: dict[str, Callable[..., Any]] = {**PAILLIER, **DREAM}
