"""The operations that the C core has, each bound to its function."""

from collections.abc import Callable
from typing import Any

from meter_privacy.native import batteries, dream, noise, paillier, privacy_power
from meter_privacy.native._core import ffi, lib

NAME = "meter-privacy-native"
VERSION: str = ffi.string(lib.mpriv_version()).decode("ascii")

OPERATIONS: dict[str, Callable[..., Any]] = {
    "paillier.encrypt": paillier.encrypt,
    "paillier.encrypt_with_factors": paillier.encrypt_with_factors,
    "paillier.decrypt": paillier.decrypt,
    "paillier.add": paillier.add,
    "paillier.scale": paillier.scale,
    "paillier.rerandomise": paillier.rerandomise,
    "paillier.encode_signed": paillier.encode_signed,
    "paillier.decode_signed": paillier.decode_signed,
    "paillier.headroom": paillier.headroom,
    "dream.mask": dream.mask,
    "dream.aggregate": dream.aggregate,
    "dream.keystream": dream.keystream,
    "dream.dummy_key": dream.dummy_key,
    "dream.select_partners": dream.select_partners,
    "dream.modulus": dream.modulus,
    "dream.check_parameters": dream.check_parameters,
    "dream.roster_digest": dream.roster_digest,
    "dream.authenticate": dream.authenticate,
    "dream.clamp": noise.clamp,
    "dream.table_share": noise.table_share,
    "dream.sanitise": noise.sanitise,
    "privacy_power.leakage": privacy_power.leakage,
    "privacy_power.curve": privacy_power.curve,
    "privacy_power.optimal_policy": privacy_power.optimal_policy,
    "privacy_power.allocate": privacy_power.allocate,
    "privacy_power.allocate_exponential": privacy_power.allocate_exponential,
    "privacy_power.blahut_arimoto": privacy_power.blahut_arimoto,
    "privacy_power.blahut_arimoto_joint": privacy_power.blahut_arimoto_joint,
    "privacy_power.thresholds": privacy_power.thresholds,
    "privacy_power.sample": privacy_power.sample,
    "batteries.minimum_leakage": batteries.minimum_leakage,
    "batteries.best_effort_leakage": batteries.best_effort_leakage,
    "batteries.constant_holding_leakage": batteries.constant_holding_leakage,
    "batteries.next_state": batteries.next_state,
    "batteries.feasible_outputs": batteries.feasible_outputs,
    "batteries.forced_moves": batteries.forced_moves,
    "batteries.check_policy": batteries.check_policy,
    "batteries.invariance": batteries.invariance,
    "batteries.structured_policy": batteries.structured_policy,
    "batteries.structured_leakage": batteries.structured_leakage,
    "batteries.cascade_bound": batteries.cascade_bound,
    "batteries.leakage_rate": batteries.leakage_rate,
    "batteries.controller_leakage_rate": batteries.controller_leakage_rate,
    "batteries.forward_recursion": batteries.forward_recursion,
    "batteries.simulate": batteries.simulate,
}
