"""The strategies: what is called valid is accepted, each fault gets the class that it was made for."""

import contextlib
import itertools
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sympy
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from meter_privacy.conformance import faults, makers, primes, strategies, values
from meter_privacy.conformance.implementation import load_implementation
from meter_privacy.conformance.scenarios import scenarios
from meter_privacy.conformance.scenes import Scenario
from meter_privacy.conformance.serve import answer_line
from meter_privacy.conformance.strategies import Given
from meter_privacy.conformance.tables import Operation, load_tables

TABLES = load_tables()
REFERENCE = load_implementation("reference", TABLES)

# One request of these takes a second in the reference: two primes of 1536 bits are tested.
SLOW = {
    ("paillier.key", "hardened"),
    ("paillier.check_modulus", "hardened"),
    ("load_management.encrypt_day", "hardened"),
    ("load_management.generate_prime", "published"),
    ("load_management.generate_prime", "hardened"),
    ("load_management.prove_modulus", "hardened"),
    ("energy_tokens.blind_key", "hardened"),
    ("energy_tokens.blind_sign", "hardened"),
    *((f"energy_tokens.{name}", "hardened") for name in ("announce", "prove_key")),
    *((f"energy_tokens.{name}", "published") for name in ("announce", "prove_key", "identity")),
}
# Laws iterated to their certificate; runs of thousands of slots, blocks of thousands of sequences, a search.
SLOW |= {
    (f"privacy_power.{judge}blahut_arimoto{joint}", profile)
    for judge in ("", "judge_")
    for joint in ("", "_joint")
    for profile in ("published", "hardened")
} | {
    (f"batteries.{name}", profile)
    for name in (
        "best_effort_leakage",
        "chain_leakage_rate",
        "search_bound",
        "minimum_leakage",
        "binary_minimum",
    )
    for profile in ("published", "hardened")
}
# Many elements of a group are drawn and judged.
SLOW |= {
    (f"reporting.{name}", profile)
    for name in ("verify_dealing", "judge_dealing", "judge_share", "sum_dealings", "open_sum")
    for profile in ("published", "hardened")
}
# Tables over states and loads are long to draw and to spoil.
LONG = "batteries."
PLAYED = [
    (name, profile)
    for name, operation in TABLES.operations.items()
    for profile in operation.profiles
    if not operation.session
]
# The strategies cannot sign: the chain of certify and check_certificate does.
SIGNED = "dream.check_certificate"


def draws(count: int, seed: int = 1) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hypothesis as a generator: so many examples, always the same."""
    settings = hypothesis.settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    return lambda test: hypothesis.seed(seed)(settings(test))


def count_of(name: str, profile: str, slow: int, few: int, many: int) -> int:
    """How many inputs are drawn for an operation."""
    if (name, profile) in SLOW:
        return slow
    return few if profile == "hardened" or name.startswith(LONG) else many


def ask(operation: Operation, profile: str, given: Given, session: str | None = None) -> str:
    """The reference's answer to an input: "output" or an error class."""
    head: dict[str, Any] = {"id": 1, "operation": operation.name, "profile": profile}
    if session is not None:
        head["session"] = session
    text = given.raw if given.raw is not None else json.dumps(given.input)
    answer = answer_line(REFERENCE, f'{json.dumps(head)[:-1]},"input":{text}}}'.encode())
    return "output" if "output" in answer else str(answer["error"]["class"])


# A signature, and what a judge accepts, are not drawn by chance.
NEVER_BY_CHANCE = {
    SIGNED,
    "dream.check_equivocation",
    *(
        f"load_management.{name}"
        for name in (
            "ring_stop",
            "check_hop",
            "open_hop",
            "audit_ring",
            "verify_opening",
            "verify_bill",
            "verify_statement",
            "verify_modulus",
            "sign_message",
            "check_message",
            "dgk_key",
            "yao_audit",
            "yao_outcome",
            "dgk_audit",
            "assign_groups",
        )
    ),
    *(
        f"reporting.{name}"
        for name in (
            "check_policy",
            "fee",
            "report_roster",
            "sign_report",
            "check_report",
            "check_shared_report",
            "check_conflict",
            "aggregate",
            "check_summary",
            "audit_summary",
            "anonymous_body",
            "ring_key",
            "ring_digest",
            "ring_sign",
            "ring_verify",
            "split_intervals",
            "join_parts",
            "choose_aggregators",
        )
    ),
    # Messages are signed encodings, boxes sealed, keys points of a curve; regions name cells that are listed.
    *(
        f"tasking.{name}"
        for name in ("sign_message", "check_task", "region_verdict", "open_mark", "check_receipt")
    ),
    # One state, one event and one set of signers in six go on.
    "tasking.deposit_script",
    "tasking.deposit_next",
    *(
        f"energy_tokens.{name}"
        for name in (
            "blind",
            "blind_finalize",
            "blind_verify",
            "verify_key",
            "announce",
            "check_announcement",
            "check_equivocation",
            "identity",
            "token_message",
            "fdh_finalize",
            "token",
            "check_token",
            "respond",
            "check_spending",
            "check_evidence",
            "receipt",
            "check_receipt",
            "denominate",
            "pay",
        )
    ),
    # Proofs, powers within a bound, shares of one polynomial, signed lies.
    *(
        f"reporting.{name}"
        for name in (
            "recover_secret",
            "bounded_logarithm",
            "verify_dealing",
            "verify_share",
            "sum_dealings",
            "open_sum",
            "judge_dealing",
            "judge_share",
        )
    ),
    "privacy_power.judge_blahut_arimoto",
    "privacy_power.judge_blahut_arimoto_joint",
    "batteries.judge_minimum_leakage",
    "batteries.judge_search_bound",
}


@pytest.mark.parametrize(("name", "profile"), PLAYED)
def test_valid_inputs_are_accepted(name: str, profile: str) -> None:
    """Every valid input is answered, or refused by a rule that stands in words and no strategy can know."""
    operation = TABLES.operations[name]
    in_words = {rule.error_class for rule in operation.errors if rule.unless is None}
    seen: Counter[str] = Counter()

    @draws(count_of(name, profile, 3, 10, 60))
    @hypothesis.given(strategies.valid_inputs(operation, profile))
    def check(given: dict[str, Any]) -> None:
        answer = ask(operation, profile, Given("valid", input=given))
        seen[answer] += 1
        assert answer == "output" or answer in in_words

    check()
    assert name in NEVER_BY_CHANCE or seen["output"] >= 2


@pytest.mark.parametrize("kind", ["rule", "range", "grammar"])
@pytest.mark.parametrize(("name", "profile"), PLAYED)
def test_a_fault_gets_its_class(name: str, profile: str, kind: str) -> None:
    """Each fault is refused with the class that its tag promises, by the reference."""
    operation = TABLES.operations[name]
    seen: Counter[str] = Counter()

    def draw_fault(draw: DrawFn) -> Given | None:
        return strategies.draw_fault(draw, strategies.draw_valid(draw, operation, profile), (kind,))

    @draws(count_of(name, profile, 2, 8, 60))
    @hypothesis.given(st.composite(draw_fault)())
    def check(given: Given | None) -> None:
        if given is None:
            return
        seen[given.tag] += 1
        if given.error_class is not None:
            answer = ask(operation, profile, given)
            # Without a chain there is no signature, and that is seen first.
            unsigned = name in (SIGNED, "dream.check_equivocation") and answer == "unauthentic"
            assert unsigned or answer == given.error_class, given

    check()
    # An operation of bytes alone has no bounds, and not every one has rules.
    if kind == "grammar":
        assert seen
    if kind == "range" and any(item.type in ("int", "bigint") for item in operation.input):
        assert seen


# The strategies know no keys, orders, signed states of comparisons, plans and paper E: vectors break these.
BROKEN_BY_VECTORS = {*range(0x0640, 0x0680), *range(0x0700, 0x0A00)}


def broken_by_vectors() -> set[tuple[str, str]]:
    """The operations of those opcodes, each with the classes that a vector expects of it."""
    folder = Path(__file__).resolve().parents[2] / "vectors"
    chapters = ("load_management", "reporting", "tasking", "energy_tokens")
    broken = set()
    for path in sorted(path for chapter in chapters for path in (folder / chapter).glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for test in document["tests"]:
            for step in test.get("steps", [{**test, "operation": document.get("operation")}]):
                if TABLES.operations[step["operation"]].opcode in BROKEN_BY_VECTORS:
                    broken.add((step["operation"], step["expect"].get("error", "")))
    return broken


class AllBroken(BaseException):
    """A scenario has no rule left to break; no Exception, so that Hypothesis takes it for no failure."""


def test_every_rule_of_the_tables_is_broken() -> None:
    """For each class in a table's errors there is an input that is refused with it, sessions among them."""
    wanted = {
        (operation.name, rule.error_class)
        for operation in TABLES.operations.values()
        for rule in operation.errors
        if "published" in rule.profiles
    }
    wanted -= broken_by_vectors()
    available = {name: ("published",) for name, op in TABLES.operations.items() if "published" in op.profiles}
    played = itertools.count()  # no session is used twice, not even when an example is played again

    def break_rules(scenario: Scenario, seed: int, count: int) -> None:
        """Play a scenario so many times, or until none of its operations has a rule left to break."""

        def remaining() -> bool:
            return any(name in scenario.operations for name, _ in wanted)

        def play(draw: DrawFn) -> None:
            running = scenario.play(draw)
            request = next(running, None)
            prefix = next(played)
            while request is not None:
                operation = TABLES.operations[request.operation]
                session = None if request.session is None else f"{prefix}-{request.session}"
                answer = ask_fully(operation, request.given, session)
                if "error" in answer:
                    wanted.discard((operation.name, answer["error"]))
                    if not remaining():
                        raise AllBroken
                try:
                    request = running.send(answer)
                except StopIteration:
                    return

        @draws(count, seed)
        @hypothesis.given(st.composite(play)())
        def check(_: None) -> None:
            """The example is played by being drawn."""

        if remaining():
            with contextlib.suppress(AllBroken):
                check()

    # All a little before any for long, and chains first, which stand last: what an operation by itself hardly
    # ever gets to, a chain may break at once.
    chains_first = list(reversed(scenarios(TABLES, available, largest_bits=128)))
    for seed, count in enumerate((10, 30, 100, 200, 400, 400)):
        for scenario in chains_first:
            break_rules(scenario, seed, count)
    assert wanted == set()


def ask_fully(operation: Operation, given: Given, session: str | None) -> dict[str, Any]:
    """The reference's whole answer in the published profile."""
    head: dict[str, Any] = {"id": 1, "operation": operation.name, "profile": "published"}
    if session is not None:
        head["session"] = session
    text = given.raw if given.raw is not None else json.dumps(given.input)
    answer = answer_line(REFERENCE, f'{json.dumps(head)[:-1]},"input":{text}}}'.encode())
    return {"error": answer["error"]["class"]} if "error" in answer else answer


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("paillier.encrypt", {
            "modulus: even", "modulus: leading-zero", "modulus: upper-case", "plaintext: one-above",
            "plaintext: minus-zero", "randomness: zero", "randomness: shares-a-factor", "input: no-object",
            "input: duplicate-modulus", "input: unknown-member", "randomness: null",
            "input: missing-randomness",
        }),
        ("paillier.key", {
            "p: not-prime", "q: the two primes are equal", "p: fraction", "p: even", "q: too-many-bits",
            "q: n shares a factor with (p - 1)(q - 1), so that mu does not exist",
        }),
        ("paillier.check_modulus", {"modulus: prime", "modulus: power-2", "modulus: power-3"}),
        ("paillier.decrypt_with_generator", {"generator: an n-th power", "generator: order too small"}),
        ("dream.mask", {
            "dummy_keys[0].node: equals-node", "value: one-above", "value: one-below", "node: exponent",
            "dummy_keys: duplicate-node", "dummy_keys[0]: missing-key", "dummy_keys[0].key: one-above",
            "node: minus-zero", "node: beyond-2^53", "blind: one-above", "dummy_keys: null-element",
        }),
        ("dream.aggregate", {"keystreams: one-more", "ciphertexts: too-few", "modulus: too-many-bits"}),
        ("dream.keystream", {"modulus: m is not a power of two", "key: too-short", "key: too-long"}),
        ("dream.pairwise_key", {"peer_public_key: low-order", "cluster: odd-digits", "peer: equals-node"}),
        ("dream.roster_digest", {"members: not-increasing", "members: same-public-key"}),
    ],
)  # fmt: skip
def test_faults_that_must_be_tried(name: str, tags: set[str]) -> None:
    """The faults that implementations really have are among those to be drawn."""
    operation = TABLES.operations[name]
    missing = set(tags)

    def draw_all(draw: DrawFn) -> None:
        maker = strategies.draw_valid(draw, operation, "published", largest_bits=64)
        missing.difference_update(tag for tag, _ in faults.range_faults(maker))
        missing.difference_update(tag for tag, _, _ in faults.rule_faults(maker))
        missing.difference_update(tag for tag, _, _ in faults.class_faults(maker))
        given = strategies.encode(operation, maker.scope)
        missing.difference_update(tag for tag, _ in faults.grammar_faults(operation, given))

    @draws(60)
    @hypothesis.given(st.composite(draw_all)())
    def check(_: None) -> None:
        """The faults are collected by being drawn."""

    check()
    assert missing == set()


@pytest.mark.parametrize("name", sorted(name for name, _ in set(PLAYED)))
def test_every_fault_of_the_grammar_is_malformed(name: str) -> None:
    """CONV-3 to CONV-8: exhaustively, for some valid inputs of each operation."""
    operation = TABLES.operations[name]

    @draws(4)
    @hypothesis.given(strategies.valid_inputs(operation, operation.profiles[0], largest_bits=64))
    def check(given: dict[str, Any]) -> None:
        for tag, text in faults.grammar_faults(operation, given):
            assert faults.is_malformed(operation, text), (tag, text)

    check()


def test_a_range_fault_changes_one_value() -> None:
    """All but one value of a valid input stay as they are."""
    operation = TABLES.operations["dream.mask"]

    def draw_both(draw: DrawFn) -> None:
        maker = strategies.draw_valid(draw, operation, "published")
        assert makers.in_range(operation, "published", maker.scope)
        for tag, changed in faults.range_faults(maker):
            different = [name for name in changed if changed[name] != maker.scope[name]]
            assert len(different) == 1, tag
            with pytest.raises(values.Refusal, match=different[0]) as refusal:
                values.check_ranges(operation, changed, "published")
            assert refusal.value.error_class == "range"

    @draws(50)
    @hypothesis.given(st.composite(draw_both)())
    def check(_: None) -> None:
        """The example is checked by being drawn."""

    check()


@pytest.mark.parametrize("bits", primes.SIZES)
def test_pools_hold_primes_of_their_size(bits: int) -> None:
    """Distinct primes of exactly the size, whose products have twice the length from 6 bits on."""
    pool = primes.pool(bits)
    assert len(set(pool)) == len(pool) >= 1
    assert all(prime.bit_length() == bits and sympy.isprime(prime) for prime in pool)
    if bits > 5:
        assert len(pool) >= 2


def test_linked_primes_share_a_factor_with_the_totient() -> None:
    """p divides linked(p) - 1."""
    for prime in (3, 5, 251, *primes.pool(64)):
        q = primes.linked(prime)
        assert (q - 1) % prime == 0
        assert primes.is_prime(q)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (-3, 4), (1, 2**64), (2**64, 2**200), (-(2**53), 2**53)])
def test_edge_integers_stay_in_bounds_and_reach_them(low: int, high: int) -> None:
    """Both bounds come, and nothing beyond them."""
    seen: set[int] = set()

    @draws(400)
    @hypothesis.given(st.composite(lambda draw: makers.edge_integer(draw, low, high))())
    def check(value: int) -> None:
        assert low <= value <= high
        seen.add(value)

    check()
    assert {low, high} <= seen
