"""The electricity plan (spec/load_management.md): who is high, what it costs, and the two state machines.

Paper D, section III-B, in the text's version: groups; the group's state and the user threshold; the charge of
an interval; the interval of a whole group in the clear; the session of a user and that of the utility. All
energies are integers in Wh, prices integers for one Wh, and every comparison is exact.

The meter keeps the allowance: to lower it by what was used, as the text asks, one has to know what was used.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from meter_privacy.reference import comparison, messages
from meter_privacy.reference.errors import Malformed, Policy, Range, Replayed, State, check
from meter_privacy.reference.sessions import begin, begun_as, check_begun

INT_LIMIT = 1 << 53
NODES = 1 << 32
WH_LIMIT = 1 << 32
ENERGY_LIMIT = 1 << 52
MEMBERS_MAXIMUM = 1024
LEAST_MEMBERS = 3
PLANS = 256
MONTHS = 1 << 32

# f_G: the policies that make the user threshold of the group's total.
AVERAGE, COARSE_AVERAGE, FIXED = range(3)


class Charge(TypedDict):
    """What an interval costs a user: state, whether any is at the high rate, energies, allowance left."""

    high: int
    high_rate: int
    normal_wh: int
    high_wh: int
    allowance_wh: int


class User(TypedDict):
    """A user as the utility assigns groups: node, plan, total of the last month."""

    node: int
    plan: int
    last_month_wh: int


class Usage(TypedDict):
    """A user's reading and allowance before the interval."""

    usage_wh: int
    allowance_wh: int


def _check_between(least: int, most: int, **fields: int) -> None:
    for name, value in fields.items():
        check(least <= value <= most, Range, f"{name} is not in [{least}, {most}]")


# ---- Groups: section III-B, "according to the plan and their history load profile patterns" -------


def assign_groups(least_members: int, users: Sequence[User]) -> list[dict[str, Any]]:
    """The groups: within a plan, users by last month's total, cut into groups of at least the least size.

    Users of equal totals stand in the order of their nodes. A plan of n users gives n // least_members
    groups, the first n modulo that number of them one larger than the others.
    Source: paper D, section III-B. Errors: malformed, range, policy. Implements LOAD-46.
    """
    check(1 <= len(users) <= MEMBERS_MAXIMUM, Malformed, "users must have 1 to 1024 elements")
    _check_between(LEAST_MEMBERS, MEMBERS_MAXIMUM, least_members=least_members)
    for user in users:
        _check_between(0, NODES - 1, node=user["node"])
        _check_between(0, PLANS - 1, plan=user["plan"])
        _check_between(0, ENERGY_LIMIT - 1, last_month_wh=user["last_month_wh"])
    check(len({user["node"] for user in users}) == len(users), Range, "a node is listed twice")

    groups = []
    for plan in sorted({user["plan"] for user in users}):
        members = sorted((user["last_month_wh"], user["node"]) for user in users if user["plan"] == plan)
        check(len(members) >= least_members, Policy, f"plan {plan} has too few users for a group")
        count = len(members) // least_members
        smaller, larger = divmod(len(members), count)
        place = 0
        for group in range(count):
            size = smaller + (group < larger)
            nodes = [node for _, node in members[place : place + size]]
            groups.append({"plan": plan, "nodes": nodes})
            place += size
    return groups


# ---- The group's state and the user threshold: utility side, points 1 to 4 ------------------------


def user_threshold(meters: int, maximum_wh: int, total_wh: int, policy: int, parameter_wh: int) -> int:
    """f_G: the user threshold in Wh of a group in peak, never above the greatest reading.

    For integer readings P_i >= ceil(P_sum / N) is N P_i >= P_sum, so that the average loses nothing.
    Source: paper D, section III-B, utility side, point 4. Implements LOAD-48.
    """
    unit = parameter_wh if policy == COARSE_AVERAGE else 1
    average = -(-total_wh // (meters * unit)) * unit
    return min(parameter_wh if policy == FIXED else average, maximum_wh)


def group_state(
    meters: int,
    maximum_wh: int,
    total_wh: int,
    group_threshold_wh: int,
    threshold_policy: int,
    parameter_wh: int,
) -> dict[str, int | None]:
    """1 for peak where P_sum >= Thres, with the user threshold; else 0 for off-peak, with none.

    Source: paper D, section III-B, utility side, points 1 to 4. Errors: range.
    Implements LOAD-47, LOAD-48.
    """
    _check_between(LEAST_MEMBERS, MEMBERS_MAXIMUM, meters=meters)
    _check_between(1, WH_LIMIT - 1, maximum_wh=maximum_wh)
    _check_between(0, meters * maximum_wh, total_wh=total_wh)
    _check_between(0, ENERGY_LIMIT - 1, group_threshold_wh=group_threshold_wh)
    _check_between(AVERAGE, FIXED, threshold_policy=threshold_policy)
    _check_between(1, WH_LIMIT - 1, parameter_wh=parameter_wh)
    if total_wh < group_threshold_wh:
        return {"peak": 0, "threshold_wh": None}
    threshold = user_threshold(meters, maximum_wh, total_wh, threshold_policy, parameter_wh)
    return {"peak": 1, "threshold_wh": threshold}


# ---- The charge of an interval: customer side, points 3 to 5 --------------------------------------


def split(usage_wh: int, allowance_wh: int) -> tuple[int, int]:
    """What of a high interval's usage the allowance covers, and the rest.

    Source: paper D, section III-B, customer side, points 4 and 5. Implements LOAD-50.
    """
    covered = min(usage_wh, allowance_wh)
    return covered, usage_wh - covered


def charge(usage_wh: int, threshold_wh: int | None, allowance_wh: int) -> Charge:
    """The charge of one interval. The threshold is None off-peak.

    High where P_i >= Thres_user; then the allowance covers what it can at the normal rate, and the rest is
    charged the high rate. In all other intervals everything is normal and the allowance stays.
    Source: paper D, section III-B, customer side, points 3 to 5, utility side, point 5. Errors: range.
    Implements LOAD-49, LOAD-50.
    """
    _check_between(0, WH_LIMIT - 1, usage_wh=usage_wh)
    if threshold_wh is not None:
        _check_between(0, WH_LIMIT - 1, threshold_wh=threshold_wh)
    _check_between(0, ENERGY_LIMIT - 1, allowance_wh=allowance_wh)
    high = threshold_wh is not None and usage_wh >= threshold_wh
    if not high:
        return Charge(high=0, high_rate=0, normal_wh=usage_wh, high_wh=0, allowance_wh=allowance_wh)
    covered, excess = split(usage_wh, allowance_wh)
    return Charge(
        high=1,
        high_rate=int(excess > 0),
        normal_wh=covered,
        high_wh=excess,
        allowance_wh=allowance_wh - covered,
    )


def plan_interval(
    maximum_wh: int,
    group_threshold_wh: int,
    threshold_policy: int,
    parameter_wh: int,
    users: Sequence[Usage],
) -> dict[str, Any]:
    """One interval of a whole group in the clear: total, group state, threshold, and each user's charge.

    Source: paper D, section III-B, the text in place of Algorithm 1. Errors: malformed, range.
    Implements LOAD-47, LOAD-48, LOAD-49, LOAD-50, LOAD-51.
    """
    check(LEAST_MEMBERS <= len(users) <= MEMBERS_MAXIMUM, Malformed, "users must have 3 to 1024 elements")
    _check_between(1, WH_LIMIT - 1, maximum_wh=maximum_wh)
    for user in users:
        _check_between(0, maximum_wh, usage_wh=user["usage_wh"])
        _check_between(0, ENERGY_LIMIT - 1, allowance_wh=user["allowance_wh"])
    total = sum(user["usage_wh"] for user in users)
    state = group_state(len(users), maximum_wh, total, group_threshold_wh, threshold_policy, parameter_wh)
    charges = [charge(user["usage_wh"], state["threshold_wh"], user["allowance_wh"]) for user in users]
    return {"total_wh": total, **state, "users": charges}


# ---- The user's session ---------------------------------------------------------------------------


def user_start(
    session: dict[str, Any],
    utility_key: bytes,
    scope: bytes,
    node: int,
    maximum_wh: int,
    unit_wh: int,
    levels: int,
    allowance_wh: int,
    normal_price: int,
    high_price: int,
    month: int,
    deferrable: Sequence[int],
) -> None:
    """Start a user's session: the utility's key, the group, the ladder of levels, the plan, the month.

    The allowance is in Wh a month, prices are integers for one Wh; `deferrable` names the appliances that
    are switched off at the high rate.
    Source: paper D, section III-B, customer side, points 1 and 2. Errors: malformed, range, state.
    Implements LOAD-52.
    """
    check(len(utility_key) == 32 and len(scope) == 32, Malformed, "a byte string has a wrong length")
    check(len(deferrable) <= 16, Malformed, "deferrable may have 16 elements")
    _check_between(0, NODES - 1, node=node)
    _check_between(1, WH_LIMIT - 1, maximum_wh=maximum_wh, unit_wh=unit_wh)
    _check_between(2, comparison.LEVELS_MAXIMUM, levels=levels)
    _check_between(0, ENERGY_LIMIT - 1, allowance_wh=allowance_wh)
    _check_between(0, WH_LIMIT - 1, normal_price=normal_price)
    _check_between(normal_price, WH_LIMIT - 1, high_price=high_price)
    _check_between(0, MONTHS - 1, month=month)
    for appliance in deferrable:
        _check_between(0, 65535, appliance=appliance)
    check(list(deferrable) == sorted(set(deferrable)), Range, "deferrable must be strictly increasing")
    check((levels - 1) * unit_wh >= maximum_wh, Range, "the ladder ends below the greatest reading")
    begin(
        session,
        "load_management.user",
        utility_key=utility_key,
        scope=scope,
        node=node,
        maximum_wh=maximum_wh,
        unit_wh=unit_wh,
        levels=levels,
        monthly_allowance_wh=allowance_wh,
        prices=(normal_price, high_price),
        month=month,
        deferrable=list(deferrable),
        allowance_wh=allowance_wh,
        normal_wh=0,
        high_wh=0,
        lapsed=0,
        interval=-1,
        pending_wh=None,
        settled=None,
        opening=None,
        windows=[],
    )


def _book(session: dict[str, Any], threshold_wh: int | None) -> Charge:
    """Charge the reading that waits, and add it to the month's counters."""
    charged = charge(session["pending_wh"], threshold_wh, session["allowance_wh"])
    session["allowance_wh"] = charged["allowance_wh"]
    session["normal_wh"] += charged["normal_wh"]
    session["high_wh"] += charged["high_wh"]
    session["pending_wh"] = None
    return charged


def _lapse(session: dict[str, Any]) -> int:
    """Charge a reading that never got its group state the normal rate; answer whether there was one."""
    if session["pending_wh"] is None:
        return 0
    _book(session, None)
    session["lapsed"] += 1
    return 1


def _bill(session: Mapping[str, Any]) -> int:
    """The month's bill so far: U_normal P_normal + U_high P_high."""
    normal_price, high_price = session["prices"]
    return int(session["normal_wh"] * normal_price + session["high_wh"] * high_price)


def user_reading(session: dict[str, Any], interval: int, usage_wh: int) -> int:
    """Take in an interval's reading in Wh; answer 1 where the reading before it had to lapse, else 0.

    Source: paper D, section III-B. Errors: range, replayed, state. Implements LOAD-53.
    """
    session = begun_as(session, "load_management.user")
    _check_between(0, INT_LIMIT - 1, interval=interval)
    _check_between(0, WH_LIMIT - 1, usage_wh=usage_wh)
    check_begun(session)
    check(usage_wh <= session["maximum_wh"], Range, "the usage is above the greatest reading")
    check(interval > session["interval"], Replayed, "the interval is not later than the last one")
    lapsed = _lapse(session)
    session.update(interval=interval, pending_wh=usage_wh, settled=None)
    return lapsed


def user_settle(session: dict[str, Any], message: bytes) -> dict[str, Any]:
    """Take in the signed group state of the interval and charge the reading that waits for it.

    The message's sequence number is the interval. Answers the charge and the month's bill so far.
    Source: paper D, section III-B. Errors: malformed, range, unauthentic, replayed, policy, state.
    Implements LOAD-53, LOAD-54, LOAD-55.
    """
    session = begun_as(session, "load_management.user")
    kind, body, _ = messages.unpack(message)
    if kind == messages.GROUP_STATE:
        check(body[4] == (5 in body), Malformed, "a threshold stands in peak, and only there")
    messages.check_bounds(kind, body)
    check_begun(session)
    waits = session["pending_wh"] is not None
    expected = session["interval"] + (not waits)
    key, scope = session["utility_key"], session["scope"]
    messages.check_message(key, messages.GROUP_STATE, scope, expected, message)
    threshold = body.get(5)
    above = threshold is not None and threshold > session["maximum_wh"]
    check(not above, Policy, "the threshold is above the greatest reading")
    check(waits and body[3] == expected, State, "no reading waits for this interval's group state")

    usage = session["pending_wh"]
    charged = _book(session, threshold)
    session["settled"] = {
        "usage_wh": usage,
        "threshold_wh": threshold,
        "high_rate": charged["high_rate"],
        "compared": False,
        "signalled": False,
    }
    return {**charged, "bill": _bill(session)}


def _comparable(session: Mapping[str, Any]) -> Mapping[str, Any]:
    """The interval that may be compared. Errors: policy, state."""
    settled: Mapping[str, Any] | None = session.get("settled")
    used = settled is not None and settled["compared"]
    check(not used, Policy, "the interval's comparison was made")
    check(session.get("opening") is None, Policy, "an earlier comparison was not opened")
    peak = settled is not None and settled["threshold_wh"] is not None
    check(peak, State, "no interval is settled as peak")
    assert settled is not None
    return settled


def user_compare_yao(
    session: dict[str, Any], p: int, q: int, exponent: int, message: int, candidates: Sequence[int]
) -> dict[str, Any]:
    """Answer the utility's one comparison of a peak interval as `comparison.yao_response` does.

    The session keeps each message that it has answered: a window that meets an earlier one is refused.
    Source: paper D, section III-A. Errors: malformed, range, not-invertible, replayed, policy, state,
    exhausted. Implements LOAD-56, LOAD-64.
    """
    session = begun_as(session, "load_management.user")
    comparison.check_yao_answer(p, q, exponent, message, candidates)
    ladder = session.get("levels", 2)
    check(ladder <= comparison.YAO_LEVELS_MAXIMUM, Range, "the ladder has more than 256 levels")
    comparison.check_yao_key(p, q, exponent)
    windows = session.get("windows", [])
    earlier = [asked for modulus, asked in windows if modulus == p * q]
    fresh = not any(comparison.windows_meet(message, asked, ladder, p * q) for asked in earlier)
    check(fresh, Replayed, "the window meets that of an earlier comparison, or its negatives")
    settled = _comparable(session)
    level = comparison.reading_level(settled["usage_wh"], session["unit_wh"], ladder)
    answer = comparison.yao_response(p, q, exponent, ladder, level, message, candidates)
    settled = {**settled, "compared": True}
    opening = {"modulus": p * q, "exponent": exponent, "message": message, **_threshold(session)}
    session.update(
        settled=settled, opening={"protocol": "yao", **opening}, windows=[*windows, (p * q, message)]
    )
    return answer


def user_compare_dgk(
    session: dict[str, Any],
    modulus: int,
    u: int,
    g: int,
    h: int,
    bits: Sequence[int],
    multipliers: Sequence[int],
    randomness: Sequence[int],
    order: Sequence[int],
) -> list[int]:
    """Answer the utility's one comparison of a peak interval as `comparison.dgk_response` does.

    Source: paper D, section III-A; Damgard, Geisler and Kroigaard 2007. Errors: malformed, range,
    not-invertible, policy, state. Implements LOAD-56.
    """
    session = begun_as(session, "load_management.user")
    comparison.check_dgk_answer(modulus, u, g, h, bits, multipliers, randomness, order)
    if "levels" in session:
        check(len(bits) == comparison.level_bits(session["levels"]), Range, "there are not l ciphertexts")
    comparison.check_dgk_units(modulus, g, h, bits)
    settled = _comparable(session)
    level = comparison.reading_level(settled["usage_wh"], session["unit_wh"], session["levels"])
    answer = comparison.dgk_response(modulus, u, g, h, bits, multipliers, randomness, order, level)
    settled = {**settled, "compared": True}
    opening = {"modulus": modulus, "u": u, "g": g, "h": h, "bits": list(bits), **_threshold(session)}
    session.update(settled=settled, opening={"protocol": "dgk", **opening})
    return answer


def _threshold(session: Mapping[str, Any]) -> dict[str, int]:
    """The level of the signed threshold."""
    threshold, ladder = session["settled"]["threshold_wh"], (session["unit_wh"], session["levels"])
    return {"threshold_level": comparison.threshold_level(threshold, *ladder)}


def _opening(session: Mapping[str, Any], protocol: str) -> Mapping[str, Any]:
    opening: Mapping[str, Any] | None = session.get("opening")
    waits = opening is not None and opening["protocol"] == protocol
    check(waits, State, "no comparison of this kind waits for its opening")
    assert opening is not None
    return opening


def user_audit_yao(session: dict[str, Any], x: int) -> None:
    """Take in the utility's x: the last comparison was with the signed threshold, or none is made any more.

    Source: this project. Errors: range, proof-failed, state. Implements LOAD-57.
    """
    session = begun_as(session, "load_management.user")
    _check_between(2, (1 << comparison.MODULUS_BITS) - 1, x=x)
    opening = _opening(session, "yao")
    n, e, k = opening["modulus"], opening["exponent"], session["levels"]
    comparison.yao_audit(n, e, k, opening["threshold_level"], x, opening["message"])
    session["opening"] = None


def user_audit_dgk(session: dict[str, Any], randomness: Sequence[int]) -> None:
    """Take in the randomness of the utility's bits; as `user_audit_yao`.

    Source: this project. Errors: malformed, range, proof-failed, state. Implements LOAD-57.
    """
    session = begun_as(session, "load_management.user")
    check(1 <= len(randomness) <= comparison.BITS_MAXIMUM, Malformed, "randomness must have 1 to 32 elements")
    _check_between(
        1, (1 << comparison.RANDOMNESS_BITS) - 1, **{f"r_{i}": r for i, r in enumerate(randomness)}
    )
    opening = _opening(session, "dgk")
    check(len(randomness) == len(opening["bits"]), Range, "there are not l random numbers")
    key = (opening["modulus"], opening["u"], opening["g"], opening["h"])
    comparison.dgk_audit(*key, randomness, opening["threshold_level"], opening["bits"])
    session["opening"] = None


def user_signals(session: dict[str, Any], private_key: bytes) -> list[bytes]:
    """The meter's signed messages of the interval settled last: rate, allowance left, each appliance.

    Deferrable appliances are switched off where some of the interval was charged the high rate.
    Source: paper D, section III-B ("The smart meter signals customers"). Errors: malformed, state.
    Implements LOAD-58.
    """
    session = begun_as(session, "load_management.user")
    check(len(private_key) == 32, Malformed, "a byte string has a wrong length")
    settled = session.get("settled")
    due = settled is not None and not settled["signalled"]
    check(due, State, "no interval was settled since the last signals")
    assert settled is not None
    head = {1: session["scope"], 2: session["node"], 3: session["interval"]}
    high = bool(settled["high_rate"])
    signals = [
        messages.seal_body(private_key, messages.RATE, {**head, 4: high}),
        messages.seal_body(private_key, messages.ALLOWANCE, {**head, 4: session["allowance_wh"]}),
    ]
    for appliance in session["deferrable"]:
        signals.append(
            messages.seal_body(private_key, messages.APPLIANCE, {**head, 4: appliance, 5: not high})
        )
    session["settled"] = {**settled, "signalled": True}
    return signals


def user_month(session: dict[str, Any], month: int) -> dict[str, int]:
    """End the month: its totals in Wh, how many readings lapsed, its bill; then all begins again.

    A reading that still waits for its group state lapses.
    Source: paper D, sections III-B and III-C. Errors: range, replayed, state. Implements LOAD-59.
    """
    session = begun_as(session, "load_management.user")
    _check_between(0, MONTHS - 1, month=month)
    check_begun(session)
    check(month >= session["month"], Replayed, "the month has ended before")
    check(month == session["month"], State, "the month is a later one")
    _lapse(session)
    totals = {
        "normal_wh": session["normal_wh"],
        "high_wh": session["high_wh"],
        "lapsed": session["lapsed"],
        "bill": _bill(session),
    }
    session.update(
        month=month + 1,
        allowance_wh=session["monthly_allowance_wh"],
        normal_wh=0,
        high_wh=0,
        lapsed=0,
        settled=None,
    )
    return totals


# ---- The utility's session ------------------------------------------------------------------------


def utility_start(
    session: dict[str, Any],
    scope: bytes,
    members: Sequence[int],
    maximum_wh: int,
    unit_wh: int,
    levels: int,
    group_threshold_wh: int,
    threshold_policy: int,
    parameter_wh: int,
) -> None:
    """Start the utility's session for one group.

    Source: paper D, section III-B, utility side, points 1 and 2. Errors: malformed, range, state.
    Implements LOAD-60.
    """
    check(len(scope) == 32, Malformed, "a byte string has a wrong length")
    check(LEAST_MEMBERS <= len(members) <= MEMBERS_MAXIMUM, Malformed, "a group has 3 to 1024 members")
    for node in members:
        _check_between(0, NODES - 1, node=node)
    check(list(members) == sorted(set(members)), Range, "members must be strictly increasing")
    _check_between(1, WH_LIMIT - 1, maximum_wh=maximum_wh, unit_wh=unit_wh)
    _check_between(2, comparison.LEVELS_MAXIMUM, levels=levels)
    _check_between(0, ENERGY_LIMIT - 1, group_threshold_wh=group_threshold_wh)
    _check_between(AVERAGE, FIXED, threshold_policy=threshold_policy)
    _check_between(1, WH_LIMIT - 1, parameter_wh=parameter_wh)
    check((levels - 1) * unit_wh >= maximum_wh, Range, "the ladder ends below the greatest reading")
    check(parameter_wh <= maximum_wh, Range, "the parameter is above the greatest reading")
    begin(
        session,
        "load_management.utility",
        scope=scope,
        members=list(members),
        maximum_wh=maximum_wh,
        group_threshold_wh=group_threshold_wh,
        threshold_policy=threshold_policy,
        parameter_wh=parameter_wh,
        interval=-1,
        peak=0,
        outcomes={},
    )


def utility_total(
    session: dict[str, Any], private_key: bytes, interval: int, total_wh: int
) -> dict[str, Any]:
    """Take in an interval's total in Wh, once; answer the group state, and it signed.

    Source: paper D, section III-B, utility side, points 2 to 4. Errors: malformed, range, replayed, state.
    Implements LOAD-61.
    """
    session = begun_as(session, "load_management.utility")
    check(len(private_key) == 32, Malformed, "a byte string has a wrong length")
    _check_between(0, INT_LIMIT - 1, interval=interval)
    _check_between(0, ENERGY_LIMIT - 1, total_wh=total_wh)
    check_begun(session)
    meters = len(session["members"])
    check(total_wh <= meters * session["maximum_wh"], Range, "the total is above what the group can use")
    check(interval > session["interval"], Replayed, "the interval is not later than the last one")
    state = group_state(
        meters,
        session["maximum_wh"],
        total_wh,
        session["group_threshold_wh"],
        session["threshold_policy"],
        session["parameter_wh"],
    )
    threshold = {} if state["threshold_wh"] is None else {5: state["threshold_wh"]}
    body = {1: session["scope"], 3: interval, 4: bool(state["peak"]), **threshold}
    session.update(interval=interval, peak=state["peak"], outcomes={})
    return {**state, "message": messages.seal_body(private_key, messages.GROUP_STATE, body)}


def utility_outcome(session: dict[str, Any], node: int, interval: int, at_least: int) -> int:
    """Take in one member's outcome in a peak interval, once; answer how many are still to come.

    Source: paper D, section III-B, utility side, point 5. Errors: range, replayed, state.
    Implements LOAD-62.
    """
    session = begun_as(session, "load_management.utility")
    _check_between(0, NODES - 1, node=node)
    _check_between(0, INT_LIMIT - 1, interval=interval)
    _check_between(0, 1, at_least=at_least)
    check_begun(session)
    check(node in session["members"], Range, "the node is no member of the group")
    current = interval == session["interval"] and session["peak"] == 1
    known = current and node in session["outcomes"]
    check(not known, Replayed, "the member's outcome of this interval is known")
    check(current, State, "the interval is not the last one, or is off-peak")
    session["outcomes"] = {**session["outcomes"], node: at_least}
    return len(session["members"]) - len(session["outcomes"])
