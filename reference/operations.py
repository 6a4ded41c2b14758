"""Each operation of spec/operations/*.toml, bound to the function that computes it."""

from collections.abc import Callable
from typing import Any

from meter_privacy.reference import (
    billing,
    continuous_loads,
    dream,
    information,
    messages,
    modulus_proof,
    paillier,
    privacy_power,
    summation,
)

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

INFORMATION: dict[str, Callable[..., Any]] = {
    "information.entropy": information.entropy,
    "information.binary_entropy": information.binary_entropy,
    "information.mutual_information": information.mutual_information,
    "information.divergence": information.divergence,
}

PRIVACY_POWER: dict[str, Callable[..., Any]] = {
    "privacy_power.leakage": privacy_power.leakage,
    "privacy_power.allocate": privacy_power.allocate,
    "privacy_power.allocate_exponential": privacy_power.allocate_exponential,
    "privacy_power.blahut_arimoto": privacy_power.blahut_arimoto,
    "privacy_power.judge_blahut_arimoto": privacy_power.judge_blahut_arimoto,
    "privacy_power.blahut_arimoto_joint": privacy_power.blahut_arimoto_joint,
    "privacy_power.judge_blahut_arimoto_joint": privacy_power.judge_blahut_arimoto_joint,
    "privacy_power.curve": privacy_power.curve,
    "privacy_power.optimal_policy": privacy_power.optimal_policy,
    "privacy_power.policy_leakage": privacy_power.policy_leakage,
    "privacy_power.round_up": privacy_power.round_up,
    "privacy_power.binary": privacy_power.binary,
    "privacy_power.shannon_lower_bound": privacy_power.shannon_lower_bound,
    "privacy_power.exponential_channel": privacy_power.exponential_channel,
    "privacy_power.geometric": privacy_power.geometric,
    "privacy_power.time_division": privacy_power.time_division,
    "privacy_power.output_limit": privacy_power.output_limit,
    "privacy_power.thresholds": privacy_power.thresholds,
    "privacy_power.sample": privacy_power.sample,
    "privacy_power.uniform": continuous_loads.uniform,
    "privacy_power.gamma": continuous_loads.gamma,
    "privacy_power.weibull": continuous_loads.weibull,
    "privacy_power.rayleigh": continuous_loads.rayleigh,
    "privacy_power.half_normal": continuous_loads.half_normal,
    "privacy_power.hyperexponential": continuous_loads.hyperexponential,
    "privacy_power.lomax": continuous_loads.lomax,
}

LOAD_MANAGEMENT: dict[str, Callable[..., Any]] = {
    "load_management.ring_roster": summation.ring_roster,
    "load_management.ring_start": summation.ring_start,
    "load_management.ring_add": summation.ring_add,
    "load_management.ring_stop": summation.ring_stop,
    "load_management.sign_hop": summation.sign_hop,
    "load_management.check_hop": summation.check_hop,
    "load_management.seal_hop": summation.seal_hop,
    "load_management.open_hop": summation.open_hop,
    "load_management.audit_ring": summation.audit_ring,
    "load_management.encrypt_day": billing.encrypt_day,
    "load_management.aggregate_month": billing.aggregate_month,
    "load_management.recover_opening": billing.recover_opening,
    "load_management.combine_openings": billing.combine_openings,
    "load_management.verify_opening": billing.verify_opening,
    "load_management.verify_bill": billing.verify_bill,
    "load_management.verify_statement": billing.verify_statement,
    "load_management.meter_start": billing.meter_start,
    "load_management.meter_day": billing.meter_day,
    "load_management.meter_bill": billing.meter_bill,
    "load_management.meter_totals": billing.meter_totals,
    "load_management.meter_verdict": billing.meter_verdict,
    "load_management.generate_prime": modulus_proof.generate_prime,
    "load_management.prove_modulus": modulus_proof.prove_modulus,
    "load_management.verify_modulus": modulus_proof.verify_modulus,
    "load_management.sign_message": messages.sign_message,
    "load_management.check_message": messages.check_message,
}

OPERATIONS: dict[str, Callable[..., Any]] = {
    **PAILLIER,
    **DREAM,
    **INFORMATION,
    **PRIVACY_POWER,
    **LOAD_MANAGEMENT,
}
