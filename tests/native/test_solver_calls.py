"""The C solvers called directly: every refusal, one breach at a time, and inputs for branches that few take.

After an error of the data the outputs are zero, after a misuse of the call they are untouched.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from meter_privacy.native._core import ffi, lib
from meter_privacy.native.operations import OPERATIONS

NULL = ffi.NULL
NAN = math.nan
OK, MALFORMED, RANGE, EXHAUSTED, MISUSE, SCRATCH = 0, -1, -2, -11, -32, -33
GUARD = b"\xa5"
Change = tuple[dict[str, Any], int]


class Call:
    """A call that succeeds, its arguments by name, the first of them outputs."""

    def __init__(self, name: str, outputs: int, /, **arguments: Any) -> None:
        self.name, self.arguments = name, arguments
        self.outputs = [made for made in list(arguments.values())[:outputs] if made != NULL]
        assert self.code() == OK

    def code(self, **changes: Any) -> int:
        assert changes.keys() <= self.arguments.keys()
        for made in self.outputs:
            ffi.memmove(made, GUARD * ffi.sizeof(made), ffi.sizeof(made))
        code = self.plain(**changes)
        for content in (bytes(ffi.buffer(made)) for made in self.outputs):
            assert code in (OK, MISUSE, SCRATCH) or not any(content)
            assert code != MISUSE or content == GUARD * len(content)
        return code

    def check(self, *changes: Change, optional: tuple[str, ...] = ()) -> None:
        """Every pointer in turn null, but for the optional ones, and these changes."""
        pointers = [name for name, value in self.arguments.items() if isinstance(value, ffi.CData)]
        for name in pointers:
            if name not in (*optional, "scratch"):
                assert self.code(**{name: NULL}) == MISUSE, name
        for name in optional:
            assert self.plain(**{name: NULL}) == OK, name
        for change, code in changes:
            assert self.code(**change) == code, change
        if "scratch" in self.arguments:
            assert self.plain(scratch=NULL, length=0) == SCRATCH
            self.check_scratch()

    def plain(self, **changes: Any) -> int:
        """Without a look at the outputs, whose sizes may be among the changes."""
        code: int = getattr(lib, f"mpriv_{self.name}")(*{**self.arguments, **changes}.values())
        return code

    def check_scratch(self) -> None:
        """Of any alignment; not of any length."""
        length = self.arguments["length"]
        wide = ffi.new("char[]", length + 8)
        assert self.code(scratch=wide + 1, length=length) == OK
        for short in (length - 16, 1):
            assert self.plain(scratch=wide + 1, length=short) == SCRATCH


def out(kind: str, count: int = 1) -> Any:
    return ffi.new(f"{kind}[]", count)


def reals(*values: float) -> Any:
    return ffi.new("double[]", values)


def scratch_of(length: int) -> dict[str, Any]:
    return {"scratch": ffi.new("char[]", length), "length": length}


KEPT: list[Any] = []


def struct(kind: str, **members: Any) -> Any:
    """A structure whose members' memory lives on."""
    KEPT.append(members)
    return ffi.new(f"{kind}[]", [members])


def load_of(law: Any = (0.5, 0.25, 0.25), loads: Any = (0.0, 1.0, 2.0), count: int | None = None) -> Any:
    return struct(
        "mpriv_user_load",
        loads=loads if loads == NULL else reals(*loads),
        probabilities=law if law == NULL else reals(*law),
        count=len(law) if count is None else count,
    )


BAD_LOADS: list[tuple[Callable[[], Any], int]] = [
    (lambda: load_of(loads=NULL), MISUSE),
    (lambda: load_of(law=NULL, count=3), MISUSE),
    (lambda: load_of(loads=(0.0, 1.0, NAN)), MALFORMED),
    (lambda: load_of(law=(0.5, 0.5, NAN)), MALFORMED),
    (lambda: load_of(loads=(-1.0, 1.0, 2.0)), RANGE),
    (lambda: load_of(loads=(0.0, 1.0, 1.0)), RANGE),
    (lambda: load_of(loads=(0.0, 1.0, 1.1e9)), RANGE),
    (lambda: load_of(law=(-0.5, 0.75, 0.75)), RANGE),
    (lambda: load_of(law=(1.5, 0.0, 0.0)), RANGE),
    (lambda: load_of(law=(0.5, 0.25, 0.25 + 2**-38)), RANGE),
    (lambda: load_of(law=(0.5, 0.25, 0.25 - 2**-38)), RANGE),
]
EMPTY_LOADS: list[Callable[[], Any]] = [lambda: load_of(count=0), lambda: load_of(loads=NULL, count=0)]
POWERS: list[Change] = [
    ({"power": NAN}, MALFORMED),
    ({"power": -1.0}, RANGE),
    ({"power": 1.1e12}, RANGE),
]


# ---- Privacy power


def test_elementary_functions_outside_of_their_domain() -> None:
    infinity = math.inf
    for x, exp, log in ((infinity, infinity, infinity), (-infinity, 0.0, NAN), (-1.0, math.exp(-1), NAN)):
        assert lib.mpriv_exp(x) == pytest.approx(exp)
        assert lib.mpriv_log(x) == pytest.approx(log, nan_ok=True)
    assert lib.mpriv_log(0.0) == lib.mpriv_log1p(-1.0) == -infinity
    assert lib.mpriv_log1p(infinity) == lib.mpriv_expm1(infinity) == infinity
    assert lib.mpriv_expm1(-infinity) == -1.0
    assert math.isnan(lib.mpriv_log1p(-1.5))
    for name in ("exp", "expm1", "log", "log1p"):
        assert math.isnan(getattr(lib, f"mpriv_{name}")(NAN))
    for name, zero in (("expm1", 0.0), ("expm1", -0.0), ("log1p", 0.0), ("log1p", -0.0)):
        assert math.copysign(1, getattr(lib, f"mpriv_{name}")(zero)) == math.copysign(1, zero)


def test_leakage_refuses() -> None:
    call = Call(
        "privacy_power_leakage",
        3,
        leakage_bits=out("double"),
        slope_nats=out("double"),
        output_probabilities=out("double", 3),
        load=load_of(),
        power=0.1,
        **scratch_of(lib.mpriv_privacy_power_point_scratch_bytes(3)),
    )
    call.check(
        *POWERS, *(({"load": bad()}, code) for bad, code in BAD_LOADS), optional=("output_probabilities",)
    )
    for empty in EMPTY_LOADS:
        assert call.plain(load=empty()) == MALFORMED
    assert call.code(load=load_of(law=(NAN, 0.5, 0.5)), power=-1.0) == MALFORMED
    assert call.code(load=load_of(law=(0.0, 0.5, 0.6)), power=NAN) == MALFORMED


def test_allocate_refuses() -> None:
    def users(*loads: Any) -> Any:
        KEPT.append(loads)
        return ffi.new("mpriv_user_load[]", [load[0] for load in loads])

    call = Call(
        "privacy_power_allocate",
        3,
        powers=out("double", 2),
        leakages_bits=out("double", 2),
        slope_nats=out("double"),
        users=users(load_of(), load_of()),
        user_count=2,
        power=0.1,
        **scratch_of(lib.mpriv_privacy_power_point_scratch_bytes(6)),
    )
    call.check(
        *POWERS,
        *(({"users": users(load_of(), bad())}, code) for bad, code in BAD_LOADS),
        ({"users": users(load_of(law=(0.5, 0.5, 0.5)), load_of(law=(NAN, 0.5, 0.5)))}, MALFORMED),
        ({"users": users(load_of(law=(NAN, 0.5, 0.5)), load_of(law=(0.5, 0.5, 0.5)))}, MALFORMED),
    )
    for count in (0, 65):
        assert call.plain(user_count=count) == MALFORMED


def test_policy_row_refuses() -> None:
    call = Call(
        "privacy_power_policy_row",
        1,
        row=out("double", 3),
        load=load_of(),
        output_probabilities=reals(0.5, 0.5, 0.0),
        slope_nats=1.0,
        index=1,
    )
    call.check(({"index": 3}, RANGE), ({"load": load_of(loads=NULL)}, MISUSE))


def test_curve_refuses() -> None:
    call = Call(
        "privacy_power_curve",
        5,
        slopes_nats=out("double", 3),
        powers=out("double", 3),
        leakages_bits=out("double", 3),
        merged=out("size_t", 3),
        breakpoints=out("size_t"),
        load=load_of(),
        **scratch_of(lib.mpriv_privacy_power_curve_scratch_bytes(3)),
    )
    call.check(*(({"load": bad()}, code) for bad, code in BAD_LOADS), optional=("merged",))
    for empty in EMPTY_LOADS:
        assert call.plain(load=empty()) == MALFORMED
    assert call.code() == OK
    found = list(call.arguments["slopes_nats"])
    assert call.plain(powers=NULL, leakages_bits=NULL) == OK
    assert list(call.arguments["slopes_nats"]) == found
    # Blocks are numbered in 32 bits. Nothing is read of so long a list.
    assert call.code(load=load_of(count=2**32)) == SCRATCH


def test_blahut_arimoto_refuses() -> None:
    def users(*lists: Any, count: int | None = None) -> Any:
        levels = [list_ if list_ == NULL else reals(*list_) for list_ in lists]
        KEPT.append(levels)
        counts = [2 if list_ == NULL else len(list_) for list_ in lists]
        return ffi.new(
            "mpriv_levels[]",
            [(made, counts[k] if count is None else count) for k, made in enumerate(levels)],
        )

    two = (0.0, 1.0)
    bytes_of = lib.mpriv_privacy_power_blahut_arimoto_scratch_bytes
    call = Call(
        "privacy_power_blahut_arimoto",
        2,
        bounds=out("mpriv_privacy_power_bounds"),
        output_probabilities=out("double", 4),
        users=users(two, two),
        user_count=2,
        probabilities=reals(0.4, 0.1, 0.1, 0.4),
        point_count=4,
        slope_nats=1.0,
        gap_nats=1e-9,
        **scratch_of(bytes_of(users(two, two), 2)),
    )
    assert sum(call.arguments["output_probabilities"]) == pytest.approx(1)
    call.check(
        ({"user_count": 0}, MALFORMED),
        ({"user_count": 4}, MALFORMED),
        ({"users": users(two, two, count=0)}, MALFORMED),
        ({"users": users(two, two, count=2**40)}, MALFORMED),
        ({"slope_nats": NAN}, MALFORMED),
        ({"gap_nats": NAN}, MALFORMED),
        ({"slope_nats": 0.0}, RANGE),
        ({"slope_nats": 1.1e6}, RANGE),
        ({"gap_nats": 0.9e-12}, RANGE),
        ({"gap_nats": 1.1}, RANGE),
        ({"users": users(two, (0.0, 1.0, 2.0))}, RANGE),
        ({"users": users(two, (1.0, 1.0))}, RANGE),
        ({"users": users((0.0, NAN), (1.0, 1.0))}, MALFORMED),
        ({"users": users((1.0, 1.0), (0.0, NAN))}, MALFORMED),
        ({"users": users((1.0, 1.0), two)}, RANGE),
        ({"probabilities": reals(0.4, 0.1, 0.1, NAN)}, MALFORMED),
        ({"probabilities": reals(0.4, 0.1, 0.1, NAN), "slope_nats": 0.0}, MALFORMED),
        ({"probabilities": reals(0.4, 0.1, 0.1, 0.5)}, RANGE),
        optional=("output_probabilities",),
    )
    assert call.code(users=users(NULL, two)) == MISUSE
    assert call.plain(point_count=0) == MALFORMED
    assert bytes_of(NULL, 1) == bytes_of(users(two), 0) == bytes_of(users(two, count=0), 1) == 0


def test_allocate_exponential_refuses() -> None:
    call = Call(
        "privacy_power_allocate_exponential",
        3,
        level=out("double"),
        powers=out("double", 3),
        leakage_nats=out("double"),
        means=reals(1.0, 2.0, 3.0),
        user_count=3,
        power=2.0,
    )
    call.check(
        *POWERS,
        ({"power": 0.0}, RANGE),
        ({"means": reals(NAN, 0.0, 1.0)}, MALFORMED),
        ({"means": reals(0.0, NAN, 1.0)}, MALFORMED),
        ({"means": reals(1.0, 0.0, 1.0)}, RANGE),
        ({"means": reals(1.0, 1.1e9, 1.0)}, RANGE),
        ({"means": reals(0.0, 0.0, 0.0)}, RANGE),
    )
    for count in (0, 65):
        assert call.plain(user_count=count) == MALFORMED


@pytest.mark.parametrize(("suffix", "kind"), [("", "double"), ("_binary32", "float"), ("_fixed", "uint32_t")])
def test_steps_and_laws_refuse(suffix: str, kind: str) -> None:
    one = 2**31 if kind == "uint32_t" else 1.0
    q, p, work = (ffi.new(f"{kind}[]", values) for values in ([one, one], [one, 0], [0] * 8))
    decays, largest = ffi.new(f"{kind}[]", [one]), ffi.new(f"{kind}[]", 1)
    step = {"q": q, "largest": largest, "p": p, "decays": decays, "count": 2, "work": work}
    for name, arguments in (
        (f"mpriv_privacy_power_step{suffix}", step),
        (f"mpriv_privacy_power_law{suffix}", {k: v for k, v in step.items() if k != "largest"}),
    ):
        function = getattr(lib, name)
        assert function(*arguments.values()) == OK
        for pointer in arguments.keys() - {"count"}:
            assert function(*{**arguments, pointer: NULL}.values()) == MISUSE
        assert function(*{**arguments, "count": 0}.values()) == MALFORMED
        assert function(*{**arguments, "decays": NULL, "count": 1}.values()) == OK


def test_thresholds_and_tables_refuse() -> None:
    call = Call(
        "privacy_power_thresholds",
        1,
        thresholds=out("uint64_t", 65),
        weights=ffi.new("uint32_t[]", [1] * 65),
        count=2,
    )
    call.check(({"count": 65}, MALFORMED))
    assert call.plain(count=0) == MALFORMED
    for weights in ([0, 0], [2**31, 2**31]):
        assert call.plain(weights=ffi.new("uint32_t[]", weights)) == RANGE
        assert list(call.arguments["thresholds"])[:2] == [0, 0]
    check, full = lib.mpriv_privacy_power_check_table, 2**32

    def table(*numbers: int) -> Any:
        return ffi.new("uint64_t[]", numbers)

    assert check(table(full, full, 5, full), 2) == OK
    assert check(NULL, 2) == MISUSE
    assert check(table(full), 0) == MALFORMED
    assert check(ffi.new("uint64_t[]", [full] * 65 * 65), 65) == MALFORMED
    for rows in ((full + 1, full, 5, full), (full, 5, 5, full), (full, full, 5, 6), (5, full, 5, full)):
        assert check(table(*rows), 2) == RANGE


def test_sample_refuses() -> None:
    call = Call(
        "privacy_power_sample",
        1,
        outputs=out("uint32_t", 2),
        table=ffi.new("uint64_t[]", [2**32, 2**32, 5, 2**32]),
        count=2,
        levels=ffi.new("uint32_t[]", [0, 1]),
        slots=2,
        random=ffi.new("uint8_t[]", b"abcdefgh"),
        random_length=8,
    )
    call.check(
        ({"count": 0}, MALFORMED),
        ({"levels": ffi.new("uint32_t[]", [2, 0])}, RANGE),
        ({"levels": ffi.new("uint32_t[]", [0, 2])}, RANGE),
        ({"random_length": 7}, EXHAUSTED),
        ({"table": ffi.new("uint64_t[]", [2**32, 2**32, 2**32, 5])}, RANGE),
    )
    assert call.plain(outputs=NULL, levels=NULL, slots=0, random=NULL, random_length=0) == OK


# ---- Batteries

HALF = (0.5, 0.5)
# Capacity 1, loads 0 and 1: rows (0, 0), (0, 1), (1, 0), (1, 1).
ROWS = (0.5, 0.5, 0.0, 1.0, 1.0, 0.0, 0.5, 0.5)


def law_changes(name: str) -> list[Change]:
    return [
        ({name: reals(NAN, 1.0)}, MALFORMED),
        ({name: reals(-0.5, 1.5)}, RANGE),
        ({name: reals(0.5, 0.4)}, RANGE),
        ({name: reals(0.5, 0.6)}, RANGE),
    ]


SIZES: list[Change] = [
    ({"count": 0}, MALFORMED),
    ({"count": 257}, MALFORMED),
    ({"capacity": 0}, RANGE),
    ({"capacity": 1025}, RANGE),
]


def controller_of(**changes: Any) -> Any:
    members = {
        "probabilities": reals(*HALF),
        "load_count": 2,
        "capacity": 1,
        "policy": reals(*ROWS),
        "output_count": 2,
    }
    return struct("mpriv_battery_controller", **{**members, **changes})


# Of a controller and of a machine alike.
BAD_LOADS_AND_OUTPUTS: list[tuple[dict[str, Any], int]] = [
    ({"probabilities": NULL}, MISUSE),
    ({"load_count": 0}, MALFORMED),
    ({"load_count": 257}, MALFORMED),
    ({"output_count": 0}, MALFORMED),
    ({"output_count": 257}, MALFORMED),
    ({"probabilities": reals(NAN, 1.0)}, MALFORMED),
    ({"probabilities": reals(0.5, 0.6)}, RANGE),
]

BAD_CONTROLLERS: list[tuple[dict[str, Any], int]] = [
    *BAD_LOADS_AND_OUTPUTS,
    ({"policy": NULL}, MISUSE),
    ({"capacity": 0}, RANGE),
    ({"capacity": 1025}, RANGE),
    ({"policy": reals(NAN, *ROWS[1:])}, MALFORMED),
    ({"policy": reals(0.6, *ROWS[1:])}, RANGE),
    ({"policy": reals(0.6, *ROWS[1:-1], NAN)}, MALFORMED),
    ({"policy": reals(0.5, 0.5, 1.0, 0.0, *ROWS[4:])}, RANGE),
    ({"policy": reals(*ROWS[:4], 0.5, 0.5, *ROWS[6:])}, RANGE),
    ({"probabilities": reals(0.5, 0.6), "policy": reals(NAN, *ROWS[1:])}, MALFORMED),
]


def test_a_slot_of_a_battery_refuses() -> None:
    call = Call(
        "batteries_next_state",
        1,
        next_state=out("uint32_t"),
        capacity=3,
        state=1,
        load=1,
        output=2,
    )
    units = 10**6
    call.check(
        ({"capacity": 0, "state": 0}, RANGE),
        ({"capacity": units + 1}, RANGE),
        ({"state": 4}, RANGE),
        ({"load": units + 1, "output": units}, RANGE),
        ({"load": units, "output": units + 1}, RANGE),
        ({"load": 4}, RANGE),
        ({"output": 4}, RANGE),
    )
    call = Call(
        "batteries_feasible_outputs",
        2,
        lowest=out("uint32_t"),
        highest=out("uint32_t"),
        capacity=3,
        state=1,
        largest_output=2,
        load=1,
    )
    call.check(
        ({"capacity": 0, "state": 0}, RANGE),
        ({"capacity": units + 1}, RANGE),
        ({"state": 4}, RANGE),
        ({"largest_output": units + 1}, RANGE),
        ({"load": 3}, RANGE),
    )


def test_minimum_refuses() -> None:
    call = Call(
        "batteries_minimum_leakage",
        2,
        bounds=out("mpriv_battery_bounds"),
        initial_state=out("double", 2),
        probabilities=reals(*HALF),
        count=2,
        capacity=1,
        **scratch_of(lib.mpriv_batteries_minimum_scratch_bytes(2, 1)),
    )
    call.check(*law_changes("probabilities"), *SIZES[:2])
    assert call.plain(capacity=1025) == call.plain(capacity=0) == RANGE
    assert not any(bytes(ffi.buffer(call.arguments["bounds"])))
    assert call.plain(probabilities=NULL, count=0) == MALFORMED


def test_structured_policies_refuse() -> None:
    given = {
        "probabilities": reals(*HALF),
        "count": 2,
        "initial_state": reals(*HALF),
        "capacity": 1,
        **scratch_of(4 * 8),
    }
    for call in (
        Call("batteries_structured_policy", 1, policy=out("double", 8), **given),
        Call(
            "batteries_structured_leakage", 2, leakage_bits=out("double"), lower_bits=out("double"), **given
        ),
    ):
        call.check(*law_changes("probabilities"), *law_changes("initial_state"))
        for change, code in SIZES:
            assert call.plain(**change) == code
        assert call.code(probabilities=reals(0.5, 0.6), initial_state=reals(NAN, 1.0)) == MALFORMED
        assert call.code(probabilities=reals(NAN, 1.0), initial_state=reals(0.5, 0.6)) == MALFORMED


def test_holding_refuses() -> None:
    given = {"leakage_bits": out("double"), "probabilities": reals(*HALF), "count": 2, "capacity": 1}
    bytes_of = lib.mpriv_batteries_holding_scratch_bytes
    call = Call("batteries_best_effort_leakage", 1, **given, **scratch_of(bytes_of(2, 1, 1)))
    call.check(*law_changes("probabilities"), *SIZES)
    assert call.plain(probabilities=NULL, count=0) == MALFORMED
    call = Call(
        "batteries_constant_holding_leakage",
        1,
        **given,
        outputs=ffi.new("size_t[]", [0, 1]),
        period=2,
        charge=1,
        **scratch_of(bytes_of(2, 1, 2)),
    )
    call.check(
        *law_changes("probabilities"),
        *SIZES,
        ({"period": 0}, MALFORMED),
        ({"period": 65}, MALFORMED),
        ({"outputs": ffi.new("size_t[]", [0, 2])}, RANGE),
        ({"outputs": ffi.new("size_t[]", [2, 0])}, RANGE),
        ({"charge": 2}, RANGE),
        ({"charge": 2, "count": 0}, MALFORMED),
    )
    assert call.plain(probabilities=NULL, count=0) == MALFORMED
    assert bytes_of(0, 1, 1) == bytes_of(257, 1, 1) == bytes_of(2, 1025, 1) == bytes_of(2, 1, 65) == 0


def test_policies_are_checked() -> None:
    check = lib.mpriv_batteries_check_policy
    assert check(NULL) == MISUSE
    assert check(controller_of()) == OK
    for change, code in BAD_CONTROLLERS:
        assert check(controller_of(**change)) == code, change
    assert check(controller_of(probabilities=NULL, output_count=0)) == MISUSE


def test_invariance_refuses() -> None:
    call = Call(
        "batteries_invariance",
        2,
        residual=out("double"),
        output_probabilities=out("double", 2),
        controller=controller_of(),
        initial_state=reals(*HALF),
        **scratch_of(5 * 8),
    )
    call.check(*law_changes("initial_state"))
    for change, code in BAD_CONTROLLERS:
        if "output_count" in change:
            assert call.plain(controller=controller_of(**change)) == code
        else:
            assert call.code(controller=controller_of(**change)) == code, change


def test_cascade_refuses() -> None:
    bytes_of = lib.mpriv_batteries_cascade_scratch_bytes
    call = Call(
        "batteries_cascade_bound",
        1,
        terms=out("mpriv_cascade_terms"),
        first=controller_of(),
        first_state=reals(*HALF),
        second=controller_of(),
        second_state=reals(*HALF),
        **scratch_of(bytes_of(controller_of(), controller_of())),
    )
    call.check(
        *law_changes("first_state"),
        *law_changes("second_state"),
        *(({"first": controller_of(**change)}, code) for change, code in BAD_CONTROLLERS),
        ({"second": controller_of(load_count=1)}, MALFORMED),
        ({"second": controller_of(probabilities=NULL)}, OK),
        *(
            ({"second": controller_of(**change)}, code)
            for change, code in BAD_CONTROLLERS
            if not change.keys() & {"probabilities", "load_count"}
        ),
        ({"first_state": reals(0.5, 0.6), "second_state": reals(NAN, 1.0)}, MALFORMED),
    )
    large = controller_of(capacity=1025)
    wide = controller_of(output_count=257)
    good = controller_of()
    for first, second in (
        (NULL, good),
        (good, NULL),
        (large, good),
        (good, large),
        (wide, good),
        (good, wide),
    ):
        assert bytes_of(first, second) == 0


def machine_of(moves: Any = None, **changes: Any) -> Any:
    listed = [(0, 0, 0, 0, 1.0), (0, 1, 1, 0, 0.5), (0, 1, 1, 1, 0.5), (1, 0, 1, 0, 1.0), (1, 1, 1, 1, 1.0)]
    entries = listed if moves is None else moves(listed)
    members = {
        "probabilities": reals(*HALF),
        "load_count": 2,
        "states": 2,
        "output_count": 2,
        "moves": ffi.new("mpriv_battery_move[]", entries),
        "move_count": len(entries),
    }
    return struct("mpriv_battery_machine", **{**members, **changes})


def move(index: int, field: int, value: float) -> dict[str, Any]:
    """The moves of a machine, one number changed."""

    def changed(listed: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        return [
            (*entry[:field], value, *entry[field + 1 :]) if k == index else entry
            for k, entry in enumerate(listed)
        ]

    return {"moves": changed}


BAD_MACHINES: list[tuple[dict[str, Any], int]] = [
    *BAD_LOADS_AND_OUTPUTS,
    (move(0, 4, NAN), MALFORMED),
    (move(2, 2, 0), MALFORMED),
    (move(0, 0, 2), RANGE),
    (move(0, 3, 2), RANGE),
    (move(0, 1, 2), RANGE),
    (move(4, 2, 2), RANGE),
    (move(1, 4, -0.5), RANGE),
    (move(0, 4, 1.5), RANGE),
    (move(0, 4, 0.5), RANGE),
    (move(2, 4, 0.75), RANGE),
]


def check_machines(call: Call, bytes_of: Callable[..., int], *more: Any) -> None:
    call.check(*law_changes("initial_state"))
    for change, code in BAD_MACHINES:
        assert call.code(machine=machine_of(**change)) == code, change
    moveless = struct(
        "mpriv_battery_machine", probabilities=reals(*HALF), load_count=2, states=2, output_count=2
    )
    assert call.code(machine=moveless) == MISUSE
    for states in (0, 1026):
        assert call.plain(machine=machine_of(states=states)) == MALFORMED
    bad = machine_of(probabilities=reals(0.5, 0.6), **move(4, 4, NAN))
    assert call.code(machine=bad, initial_state=reals(0.5, 0.6)) == MALFORMED
    assert call.code(machine=bad, initial_state=reals(NAN, 0.6)) == MALFORMED
    assert bytes_of(NULL, *more) == 0
    for change in ({"states": 1026}, {"load_count": 257}, {"output_count": 257}):
        assert bytes_of(machine_of(**change), *more) == 0


def test_leakage_rate_refuses() -> None:
    bytes_of = lib.mpriv_batteries_rate_scratch_bytes
    call = Call(
        "batteries_leakage_rate",
        5,
        lower_bits=out("double"),
        upper_bits=out("double"),
        classes=out("mpriv_battery_class", 2),
        class_count=out("size_t"),
        class_of=out("size_t", 2),
        machine=machine_of(),
        initial_state=reals(*HALF),
        block=2,
        **scratch_of(bytes_of(machine_of(), 2)),
    )
    check_machines(call, bytes_of, 2)
    for block in (0, 24, 65):
        assert call.code(block=block) == RANGE
    assert bytes_of(machine_of(), 65) == 0


def test_forward_recursion_refuses() -> None:
    bytes_of = lib.mpriv_batteries_recursion_scratch_bytes
    call = Call(
        "batteries_forward_recursion",
        2,
        information_bits=out("double"),
        belief=out("double", 2),
        machine=machine_of(),
        initial_state=reals(1.0, 0.0),
        outputs=ffi.new("uint32_t[]", [1, 0]),
        slots=2,
        **scratch_of(bytes_of(machine_of())),
    )
    check_machines(call, bytes_of)
    for outputs in ([2, 0], [0, 2]):
        assert call.code(outputs=ffi.new("uint32_t[]", outputs)) == RANGE
    assert call.code(initial_state=reals(0.0, 1.0), outputs=ffi.new("uint32_t[]", [0, 0])) == RANGE
    assert call.plain(outputs=NULL, slots=0) == OK


def table_of(**changes: Any) -> Any:
    rows = (2**31, 2**32, 0, 2**32, 2**32, 2**32, 2**31, 2**32)
    members = {
        "loads": steps(2**31, 2**32),
        "load_count": 2,
        "initial_state": steps(2**31, 2**32),
        "capacity": 1,
        "policy": steps(*rows),
        "output_count": 2,
    }
    return struct("mpriv_battery_thresholds", **{**members, **changes})


def steps(*numbers: int) -> Any:
    return ffi.new("uint64_t[]", numbers)


def test_simulation_refuses() -> None:
    bytes_of = lib.mpriv_batteries_simulation_scratch_bytes
    call = Call(
        "batteries_simulate",
        1,
        estimate=out("mpriv_battery_estimate"),
        table=table_of(),
        slots=64,
        seed=ffi.new("uint8_t[]", b"s" * 32),
        **scratch_of(bytes_of(table_of())),
    )
    call.check(({"slots": 0}, RANGE), ({"slots": 33}, RANGE))
    full, half = 2**32, 2**31
    for change, code in (
        ({"loads": NULL}, MISUSE),
        ({"initial_state": NULL}, MISUSE),
        ({"policy": NULL}, MISUSE),
        ({"load_count": 0}, MALFORMED),
        ({"load_count": 257}, MALFORMED),
        ({"output_count": 0}, MALFORMED),
        ({"output_count": 257}, MALFORMED),
        ({"capacity": 0}, RANGE),
        ({"capacity": 1025}, RANGE),
        ({"loads": steps(full + 1, full)}, RANGE),
        ({"loads": steps(full, half)}, RANGE),
        ({"loads": steps(half, full - 1)}, RANGE),
        ({"initial_state": steps(half, full - 1)}, RANGE),
        ({"policy": steps(half, full - 1, 0, full, full, full, half, full)}, RANGE),
        ({"policy": steps(half, full, half, full, full, full, half, full)}, RANGE),
        ({"policy": steps(half, full, 0, full, half, full, half, full)}, RANGE),
    ):
        assert call.code(table=table_of(**change)) == code, change
    assert bytes_of(NULL) == 0
    for change in ({"capacity": 1025}, {"load_count": 257}, {"output_count": 257}):
        assert bytes_of(table_of(**change)) == 0


def test_more_than_one_breach_and_empty_lists() -> None:
    """malformed comes before range, whichever of two parts it is in; an empty list needs no pointer."""
    bad_row, bad_law = reals(0.6, *ROWS[1:]), reals(NAN, 1.0)
    residual, law, scratch = out("double"), out("double", 2), scratch_of(48).values()
    invariance = lib.mpriv_batteries_invariance
    assert invariance(residual, law, controller_of(policy=bad_row), bad_law, *scratch) == MALFORMED
    assert invariance(residual, law, controller_of(policy=bad_row), reals(0.5, 0.6), *scratch) == RANGE
    none = (NULL, 0, reals(*HALF), 1, *scratch)
    assert lib.mpriv_batteries_structured_policy(out("double", 8), *none) == MALFORMED
    assert lib.mpriv_batteries_structured_leakage(out("double"), out("double"), *none) == MALFORMED
    loadless = machine_of(probabilities=NULL, load_count=0)
    bytes_of = lib.mpriv_batteries_recursion_scratch_bytes(machine_of())
    assert (
        lib.mpriv_batteries_forward_recursion(
            out("double"), out("double", 2), loadless, reals(*HALF), NULL, 0, *scratch_of(bytes_of).values()
        )
        == MALFORMED
    )


# ---- Numbers that few branches are for


def point(loads: tuple[float, ...], law: tuple[float, ...], power: float) -> tuple[float, float]:
    answer, length = out("double", 2), lib.mpriv_privacy_power_point_scratch_bytes(len(law))
    scratch = scratch_of(length).values()
    assert (
        lib.mpriv_privacy_power_leakage(answer, answer + 1, NULL, load_of(law, loads), power, *scratch) == OK
    )
    return answer[0], answer[1]


def test_leakage_at_the_least_power() -> None:
    """1 / power is infinite; so is the slope's e^s, which only a leakage of one bit is left of."""
    leakage, slope = point((0.0, 1.0), (0.5, 0.5), 5e-324)
    assert leakage == 1
    assert 709 < slope < 745


def test_leakage_of_levels_that_are_nearly_never_there() -> None:
    """Products of two such masses are below binary64: their order is kept all the same."""
    law = (1.0, 1e-300, 1e-301, 1e-300)
    for power in (1e-301, 4e-300):
        leakage, slope = point((0.0, 1.0, 2.0, 3.0), law, power)
        assert 0 <= leakage < 1e-290
        assert 0 < slope < 750
    whole = point((0.0, 1.0, 2.0, 3.0), law, 4.3e-300)
    assert whole == (0, 0)


@pytest.mark.parametrize(
    ("loads", "law", "power"),
    [
        (
            (0.001, 1.001, 100001.001, 100002.001, 100003.001),
            (
                5.788236600579491e-14,
                0.2144753425321107,
                0.6838043207342227,
                0.10172033673360872,
                1.953450566690612e-136,
            ),
            78553.56746711649,
        ),
        (
            (1e5, 100000.001, 200000.001, 300000.001, 400000.001),
            (
                1.5086507192496553e-293,
                0.49964912463232436,
                0.000701750735351399,
                5.757770785387525e-63,
                0.49964912463232436,
            ),
            149964.91346313714,
        ),
    ],
)
def test_leakage_between_two_neighbouring_slopes(loads: Any, law: Any, power: float) -> None:
    """No binary64 number has the power: the search ends, at a slope that is one."""
    leakage, slope = point(loads, law, power)
    assert 0 <= leakage < 1e-12
    assert 0 < slope < 1e-13


@pytest.mark.parametrize(
    ("gap", "rare", "power"),
    [(0.001, 1.2887118114662899e-149, 3.1098e-319), (1e5, 9.129644575810787e-189, 1.221704489573e-311)],
)
def test_a_slope_whose_power_is_no_number(gap: float, rare: float, power: float) -> None:
    """s D = ln(1 + D / P) is near the largest exponent there is: the search ends at a number beside it."""
    leakage, slope = point((0.0, gap), (1.0, rare), power)
    assert 0 <= leakage < 1e-140
    assert slope * gap == pytest.approx(math.log(gap) - math.log(power), rel=0.05)


def curve(loads: list[float], law: list[float]) -> tuple[list[float], list[float], list[float]]:
    count = len(law)
    slopes, powers, leakages, found = (*(out("double", count) for _ in range(3)), out("size_t"))
    length = lib.mpriv_privacy_power_curve_scratch_bytes(count)
    code = lib.mpriv_privacy_power_curve(
        slopes, powers, leakages, NULL, found, load_of(tuple(law), tuple(loads)), *scratch_of(length).values()
    )
    assert code == OK
    return list(slopes)[: found[0]], list(powers)[: found[0]], list(leakages)[: found[0]]


def normal(weights: list[float]) -> list[float]:
    return [weight / math.fsum(weights) for weight in weights]


def agree_with_points(loads: list[float], law: list[float], every: int) -> list[float]:
    slopes, powers, leakages = curve(loads, law)
    assert len(slopes) == len(law) - 1
    for k in range(0, len(slopes), every):
        leakage, _ = point(tuple(loads), tuple(law), powers[k])
        assert leakages[k] == pytest.approx(leakage, abs=1e-12)
    return slopes


def test_a_curve_between_masses_far_apart() -> None:
    """A ratio above 2^1000 counts as 2^1000."""
    slopes, _, _ = curve([0.0, 1.0, 2.0], [1.0, 1e-305, 1e-305])
    assert slopes[-1] == pytest.approx(math.log(1e305) / 2, abs=5)


def test_a_curve_whose_pairs_merge_at_one_slope() -> None:
    """More of them than are evaluated together."""
    count = 1200
    slopes = agree_with_points(list(map(float, range(count))), normal([2.0, 1.0] * (count // 2)), 97)
    assert slopes[1] == slopes[200]


def test_a_curve_whose_first_slopes_are_large() -> None:
    """Two rare levels among many: what lies between their slopes is too much for one group."""
    weights = [1.0] * 600
    weights[100], weights[300] = math.exp(-7), math.exp(-5.8)
    slopes = agree_with_points(list(map(float, range(600))), normal(weights), 37)
    assert slopes[0] * 1 > 1 + slopes[1] > slopes[2]


def test_blahut_arimoto_that_does_not_come_to_its_gap() -> None:
    """The bounds hold then too."""
    axis = reals(0.0, 1.0)
    users = ffi.new("mpriv_levels[]", [(axis, 2), (axis, 2)])
    law = reals(0.0, 0.9990009990009991, 0.0009990009990009992, 0.0)
    bounds = out("mpriv_privacy_power_bounds")
    length = lib.mpriv_privacy_power_blahut_arimoto_scratch_bytes(users, 2)

    def run(gap: float) -> tuple[int, float, float, int]:
        scratch = scratch_of(length).values()
        code = lib.mpriv_privacy_power_blahut_arimoto(bounds, NULL, users, 2, law, 4, 1e-3, gap, *scratch)
        return code, bounds[0].lower_nats, bounds[0].upper_nats, bounds[0].iterations

    code, lower, upper, iterations = run(1e-12)
    assert (code, iterations) == (EXHAUSTED, 500)
    near, wide_lower, wide_upper, _ = run(1e-10)
    assert near == OK
    assert lower <= wide_upper
    assert wide_lower <= upper
    assert upper - lower < 1e-10


class Bounds(NamedTuple):
    leakage_bits: float
    lower_bits: float
    upper_bits: float
    iterations: int


def minimum(law: list[float], capacity: int) -> tuple[int, Bounds, list[float]]:
    count = len(law)
    bounds, state = out("mpriv_battery_bounds"), out("double", capacity + 1)
    length = lib.mpriv_batteries_minimum_scratch_bytes(count, capacity)
    scratch = scratch_of(length).values()
    code = lib.mpriv_batteries_minimum_leakage(bounds, state, reals(*law), count, capacity, *scratch)
    found = bounds[0]
    return code, Bounds(found.leakage_bits, found.lower_bits, found.upper_bits, found.iterations), list(state)


@pytest.mark.parametrize("capacity", [2, 3, 10, 41])
@pytest.mark.parametrize("rare", [1e-10, 1e-15, 1e-20, 1e-50, 5e-324])
def test_minimum_of_groups_that_a_rare_load_joins(capacity: int, rare: float) -> None:
    """BATTERY-15: the minimum goes to that of the groups apart."""
    code, apart, _ = minimum([0.5, 0.0, 0.5], capacity)
    assert code == OK
    code, joined, state = minimum([0.5 - rare, 0.0, 0.5, rare], capacity)
    assert code == OK
    assert joined.leakage_bits == pytest.approx(apart.leakage_bits, abs=100 * rare + 1e-12)
    assert sum(state) == pytest.approx(1)


def test_minimum_after_steps_that_went_too_far() -> None:
    """Newton's method raises J on its way, and goes back to the best law so far."""
    code, apart, _ = minimum([0.5, 0.0, 0.0, 0.0, 0.5], 11)
    assert code == OK
    code, joined, _ = minimum([0.5, 5e-17, 0.0, 0.0, 0.5], 11)
    assert code == OK
    assert joined.leakage_bits == pytest.approx(apart.leakage_bits, abs=1e-12)


def test_minimum_that_is_not_come_to() -> None:
    """The bounds hold then too: groups that differ little, and two rare loads that join them."""
    law = [
        0.0,
        0.4999999939672352,
        1.2065354886477637e-08,
        0,
        0,
        0,
        2.5785512993484825e-13,
        0,
        0,
        0.49999999396715195,
    ]
    code, bounds, state = minimum(law, 34)
    assert (code, bounds.iterations) == (EXHAUSTED, 500)
    code, without, _ = minimum(normal([mass if mass > 1e-3 else 0.0 for mass in law]), 34)
    assert code == OK
    assert bounds.lower_bits <= without.upper_bits + 1e-5
    assert bounds.upper_bits >= without.lower_bits - 1e-5
    assert sum(state) == pytest.approx(1)


def test_fixed_point_quotients_are_exact() -> None:
    """floor(p 2^26 / c), or 2^32 - 1: dividends just below what is too large, divisors of every length."""
    largest, work = out("uint32_t"), out("uint32_t")
    for shift in range(32):
        for c in {(top << 16 | 0xFFFF) >> shift for top in (0x8000, 0x8001, 0xA5A5, 0xFFFF)} - {0}:
            for p in {1, 2**31, c * 64 - 1, c * 64, c * 37 + 11, 2**32 - 1}:
                if 0 < p < 2**32:
                    q, mass = (ffi.new("uint32_t[]", [value]) for value in (c, p))
                    assert lib.mpriv_privacy_power_step_fixed(q, largest, mass, NULL, 1, work) == OK
                    assert work[0] == largest[0] == min(p * 2**26 // c, 2**32 - 1)


def test_fixed_point_saturates() -> None:
    """A law of nothing, ratios that add up to too much, and masses whose sum is rounded up."""
    q, p, decays = (
        ffi.new("uint32_t[]", [0, 1]),
        ffi.new("uint32_t[]", [2**31, 2**31]),
        ffi.new("uint32_t[]", [2**32 - 1]),
    )
    work, largest = ffi.new("uint32_t[]", 8), out("uint32_t")
    assert lib.mpriv_privacy_power_step_fixed(q, largest, p, decays, 2, work) == OK
    assert largest[0] == 2**32 - 1
    assert list(q) == [1, 63]
    p = ffi.new("uint32_t[]", [2**31 + 100])
    assert lib.mpriv_privacy_power_law_fixed(q, p, NULL, 1, work) == OK
    assert q[0] == 2**31


def test_just_below_the_least_power_that_hides_everything() -> None:
    """The slope of one block is -ln P(X > x)/D, and a rare least load is not to be lost in P(X > x).

    E[Y] is what is wanting of that power, P_max - P = q / 8, q the chance of the second level.
    """
    law = (Fraction(1, 1000000000020), Fraction(50000000000, 50000000001), Fraction(19, 1000000000020))
    loads = (Fraction(0), Fraction(1, 8), Fraction(3, 8))
    answer = OPERATIONS["privacy_power.optimal_policy"](
        loads=list(loads), probabilities=list(law), power=Fraction(1, 8)
    )
    chance = 8 * float(sum(x * mass for x, mass in zip(loads, law, strict=True)) - Fraction(1, 8))
    assert answer["output_probabilities"] == pytest.approx([1 - chance, chance, 0], abs=1e-14)
    _, slope = point((0.0, 0.125, 0.375), tuple(map(float, law)), 0.125)
    assert slope == pytest.approx(8.00000000014e-12, rel=1e-12)
