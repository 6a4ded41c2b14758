"""Each operation of spec/operations/*.toml, bound to the function that computes it."""

from collections.abc import Callable
from typing import Any

from meter_privacy.reference import (
    batteries,
    cascade,
    cascade_search,
    continuous_loads,
    controllers,
    dream,
    information,
    paillier,
    privacy_power,
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

BATTERIES: dict[str, Callable[..., Any]] = {
    "batteries.minimum_leakage": batteries.minimum_leakage,
    "batteries.judge_minimum_leakage": batteries.judge_minimum_leakage,
    "batteries.best_effort_leakage": controllers.best_effort_leakage,
    "batteries.constant_holding_leakage": controllers.constant_holding_leakage,
    "batteries.binary_minimum": batteries.binary_minimum,
    "batteries.next_state": batteries.next_state,
    "batteries.feasible_outputs": batteries.feasible_outputs,
    "batteries.forced_moves": batteries.forced_moves,
    "batteries.check_policy": batteries.check_policy,
    "batteries.invariance": batteries.invariance,
    "batteries.structured_policy": batteries.structured_policy,
    "batteries.structured_leakage": batteries.structured_leakage,
    "batteries.joint_law": batteries.joint_law,
    "batteries.cascade_joint_law": cascade.cascade_joint_law,
    "batteries.finite_leakage": batteries.finite_leakage,
    "batteries.cascade_finite_leakage": cascade.cascade_finite_leakage,
    "batteries.cascade_bound": cascade.cascade_bound,
    "batteries.chain_bound": cascade.chain_bound,
    "batteries.leakage_rate": controllers.leakage_rate,
    "batteries.controller_leakage_rate": controllers.controller_leakage_rate,
    "batteries.chain_leakage_rate": controllers.chain_leakage_rate,
    "batteries.forward_recursion": controllers.forward_recursion,
    "batteries.simulate": controllers.simulate,
    "batteries.equivalent_policy": cascade.equivalent_policy,
    "batteries.search_bound": cascade_search.search_bound,
    "batteries.judge_search_bound": cascade_search.judge_search_bound,
}

OPERATIONS: dict[str, Callable[..., Any]] = {**PAILLIER, **DREAM, **INFORMATION, **PRIVACY_POWER, **BATTERIES}
