"""Each operation of spec/operations/*.toml, bound to the function that computes it."""

from collections.abc import Callable
from typing import Any

from meter_privacy.reference import dream, paillier

NAME = "Meter Privacy reference"
VERSION = "0.1.0"

PAILLIER: dict[str, Callable[..., Any]] = {
    "paillier.key": paillier.key,
    "paillier.key_with_generator": paillier.key_with_generator,
    "paillier.check_modulus": paillier.check_modulus,
    "paillier.encrypt": paillier.encrypt,
    "paillier.encryptor_start": paillier.encryptor_start,
    "paillier.encryptor_encrypt": paillier.encryptor_encrypt,
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

DREAM: dict[str, Callable[..., Any]] = {
    "dream.mask": dream.mask,
    "dream.aggregate": dream.aggregate,
    "dream.public_key": dream.public_key,
    "dream.pairwise_key": dream.pairwise_key,
    "dream.supplier_key": dream.supplier_key,
    "dream.keystream": dream.keystream,
    "dream.dummy_key": dream.dummy_key,
    "dream.select_partners": dream.select_partners,
    "dream.modulus": dream.modulus,
    "dream.check_parameters": dream.check_parameters,
    "dream.certify": dream.certify,
    "dream.check_certificate": dream.check_certificate,
    "dream.roster_digest": dream.roster_digest,
    "dream.authenticate": dream.authenticate,
    "dream.meter_start": dream.meter_start,
    "dream.meter_report": dream.meter_report,
    "dream.supplier_start": dream.supplier_start,
    "dream.supplier_receive": dream.supplier_receive,
    "dream.supplier_total": dream.supplier_total,
}

OPERATIONS: dict[str, Callable[..., Any]] = {**PAILLIER, **DREAM}
