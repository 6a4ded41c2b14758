"""Each operation of spec/operations/*.toml, bound to the function that computes it."""

from collections.abc import Callable
from typing import Any

from meter_privacy.reference import (
    accounting,
    cluster,
    continuous_loads,
    dream,
    information,
    noise,
    paillier,
    privacy_power,
    recovery,
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

DREAM_NOISE: dict[str, Callable[..., Any]] = {
    "dream.clamp": noise.clamp,
    "dream.noise_scale": accounting.noise_scale,
    "dream.account": accounting.account,
    "dream.error": accounting.error,
    "dream.error_factors": accounting.error_factors,
    "dream.expected_error": accounting.expected_error,
    "dream.gamma_share": noise.gamma_share,
    "dream.polya_share": noise.polya_share,
    "dream.noise_law": noise.noise_law,
    "dream.noise_error": accounting.noise_error,
    "dream.noise_loss": accounting.noise_loss,
    "dream.sample_share": noise.sample_share,
    "dream.noise_table": noise.noise_table,
    "dream.table_share": noise.table_share,
    "dream.sanitise": noise.sanitise,
    "dream.table_delta": accounting.table_delta,
    "dream.noise_tail": accounting.noise_tail,
}

DREAM_PROTOCOL: dict[str, Callable[..., Any]] = {
    "dream.check_cluster": cluster.check_cluster,
    "dream.certify_supplier": cluster.certify_supplier,
    "dream.epoch_digest": cluster.epoch_digest,
    "dream.announce": cluster.announce,
    "dream.epoch_key": cluster.epoch_key,
    "dream.pair_values": cluster.pair_values,
    "dream.blind": cluster.blind,
    "dream.sign_missing": recovery.sign_missing,
    "dream.recover": recovery.recover,
    "dream.authenticate_reply": recovery.authenticate_reply,
    "dream.check_equivocation": recovery.check_equivocation,
    "dream.member_start": recovery.member_start,
    "dream.member_enrol": recovery.member_enrol,
    "dream.member_leave": recovery.member_leave,
    "dream.member_report": recovery.member_report,
    "dream.member_reply": recovery.member_reply,
    "dream.collector_start": recovery.collector_start,
    "dream.collector_receive": recovery.collector_receive,
    "dream.collector_close": recovery.collector_close,
    "dream.collector_reply": recovery.collector_reply,
    "dream.collector_total": recovery.collector_total,
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

OPERATIONS: dict[str, Callable[..., Any]] = {
    **PAILLIER,
    **DREAM,
    **DREAM_NOISE,
    **DREAM_PROTOCOL,
    **INFORMATION,
    **PRIVACY_POWER,
}
