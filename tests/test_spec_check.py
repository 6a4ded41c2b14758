"""The traceability check finds each kind of loose end, planted one at a time in a small whole house."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meter_privacy.conformance import spec_check, spec_text

PAPERS = """
[chapters]
toy = "TOY"
later = "LATER"

[parts]
toy = ["Recovery"]

[papers.a]
citation = "A paper"
numbers = { item = "1-3", erratum = "1-3" }
objects = { equation = "1-2", figure = "1" }

[[entries]]
id = "A-ITEM-1"
paper = "a"
kind = "item"
chapter = "toy"
where = "Equation (1)"
title = "Doubling."
covers = ["equation 1", "figure 1"]
requirements = ["TOY-1", "TOY-2"]

[[entries]]
id = "A-ITEM-2"
paper = "a"
kind = "item"
chapter = "later"
where = "Equation (2)"
title = "Halving."
covers = ["equation 2"]
status = "open"

[[entries]]
id = "A-ITEM-3"
paper = "a"
kind = "item"
chapter = "toy"
where = "Section 3"
title = "Recovery."
requirements = ["TOY-3"]
status = "open"
part = "Recovery"

[[entries]]
id = "A-ERRATUM-1"
paper = "a"
kind = "erratum"
chapter = "toy"
where = "Equation (1)"
title = "The sign is wrong."
severity = "wrong"
counterexample = "-2 for 2."
correction = "Plus."
requirements = ["TOY-1"]
tests = ["tests/errata/test_toy.py::test_sign"]

[[entries]]
id = "A-ERRATUM-2"
paper = "a"
kind = "erratum"
chapter = "later"
where = "Equation (2)"
title = "Half of one is not one."
severity = "wrong"
counterexample = "1/2."
correction = "One half."
status = "open"

[[entries]]
id = "A-ERRATUM-3"
paper = "a"
kind = "erratum"
chapter = "toy"
where = "Equation (1)"
title = "Suspected and right."
severity = "correct"
counterexample = "None."
correction = "None."
"""

TOY = """# Toy

Twelve is 12<!-- = 3 * 2 ** 2 -->, a third is `0.333`<!-- = 1 / 3 -->, $x = 7$<!-- = 15 // 2 -->.
See [the first](#toy-1-doubling) and
[the errata, over
two lines](errata.md#errata).

<!-- operations -->
<!-- /operations -->

### TOY-1 Doubling
*Source:* paper A, equation (1). *Profiles:* published. *Evidence:* vector, proof.

The output shall be twice the input.

```python splice=toy.double
```

### TOY-2 A state
*Source:* paper A, equation (1). *Profiles:* published. *Evidence:* script, test.

A second step shall be refused.

### TOY-3 Closed form
*Source:* paper A, section 3. *Profiles:* published. *Evidence:* derivation, inspection (nothing computes it).
*Operation:* none (it is about the text).

The closed form shall hold.

### TOY-4 Former
*Retired:* it said what TOY-1 says.
"""

ERRATA = """# Errata

<!-- errata -->
<!-- /errata -->

<!-- open-errata -->
<!-- /open-errata -->
"""

OPERATIONS = """
chapter = "toy"
title = "Toy"
prefix = "TOY"

[[operations]]
name = "toy.double"
opcode = 1
summary = "Twice."
profiles = ["published"]
requirements = ["TOY-1"]
numeric = "exact"
input = [{ name = "x", type = "bigint", minimum = { published = 0, hardened = "1 << 64" }, bits = 80 }]
output = [{ name = "y", type = "bigint", signed = true, bits = 81 }]
errors = [{ class = "range", when = "x is odd" }]

[[operations]]
name = "toy.step"
opcode = 2
summary = "A step."
profiles = ["published"]
requirements = ["TOY-2"]
numeric = "exact"
session = true
input = []
output = []
errors = [{ class = "state", profiles = ["published"], when = "second" }]
"""

REFERENCE = '''"""Toy."""


def double(x: int) -> int:
    """Twice. Implements TOY-1."""
    if x % 2:
        raise ValueError

    return 2 * x


def step() -> None:
    """Step. Implements TOY-2."""
'''

BINDINGS = '''"""Bindings."""

from meter_privacy.reference import toy

TOY = {"toy.double": toy.double}
OPERATIONS = {**TOY, "toy.step": toy.step}
'''

VECTORS: dict[str, Any] = {
    "operation": "toy.double",
    "profile": "published",
    "notes": {"Odd": {"bug": "b", "effect": "e", "links": []}},
    "tests": [
        {"id": "toy/two", "requirements": ["TOY-1"], "flags": [], "input": {"x": "2"},
         "expect": {"output": {"y": "4"}}},
        {"id": "toy/odd", "requirements": ["TOY-1"], "flags": ["Odd"], "input": {"x": "3"},
         "expect": {"error": "range"}},
    ],
}  # fmt: skip

SCRIPT = {
    "operations": ["toy.step"],
    "profile": "published",
    "notes": {},
    "tests": [
        {"id": "toy/once", "requirements": ["TOY-2"], "flags": [],
         "steps": [{"operation": "toy.step", "expect": {"output": {}}}]},
        {"id": "toy/twice", "requirements": ["TOY-2"], "flags": [],
         "steps": [{"operation": "toy.step", "expect": {"output": {}}},
                   {"operation": "toy.step", "expect": {"error": "state"}}]},
    ],
}  # fmt: skip

TESTS = '''"""Tests."""


def test_step():
    """TOY-2: a second step is refused."""
'''

DERIVATION = """def test_closed_form():
    requirement = "TOY-3"
    assert requirement
"""

ERRATA_TEST = '''def test_sign():
    """A-ERRATUM-1."""
'''

PROOFS = """
[[proofs]]
function = "toy:double"
requirements = ["TOY-1"]
seconds = 10
fault = "x + 1"
"""

FILES = {
    "spec/papers.toml": PAPERS,
    "spec/toy.md": TOY,
    "spec/errata.md": ERRATA,
    "spec/operations/toy.toml": OPERATIONS,
    "reference/toy.py": REFERENCE,
    "reference/operations.py": BINDINGS,
    "vectors/toy/double-8.json": json.dumps(VECTORS, indent=1),
    "vectors/toy/script-step.json": json.dumps(SCRIPT, indent=1),
    "vectors/toy/LICENSE.json": "{}",
    "tests/test_toy.py": TESTS,
    "tests/derivations/test_toy.py": DERIVATION,
    "tests/errata/test_toy.py": ERRATA_TEST,
    "tests/proofs/prove_list.toml": PROOFS,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small whole house, with its derived text written."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert len(spec_check.splice(tmp_path)) == 1
    assert len(spec_check.write_tables(tmp_path)) == 2
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that is there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(root: Path) -> list[str]:
    """The problems of a house, as lines."""
    return [str(problem) for problem in spec_check.check(root)]


def test_a_whole_house_has_no_loose_end(root: Path) -> None:
    assert found(root) == []


PAPERS_FILE, TOY_FILE, TABLE_FILE = "spec/papers.toml", "spec/toy.md", "spec/operations/toy.toml"
VECTOR_FILE, SCRIPT_FILE = "vectors/toy/double-8.json", "vectors/toy/script-step.json"
ITEM_1 = 'id = "A-ITEM-1"\npaper = "a"\nkind = "item"'

# (file, what stands there, what is planted, the rule that finds it, a part of its message)
FAULTS = {
    "item without requirement": (
        PAPERS_FILE, 'covers = ["equation 2"]\nstatus = "open"', 'covers = ["equation 2"]',
        "entry-unanswered", "A-ITEM-2"),
    "item names no living requirement": (
        PAPERS_FILE, '["TOY-1", "TOY-2"]', '["TOY-1", "TOY-2", "TOY-9"]', "entry-requirement", "TOY-9"),
    "item names a retired requirement": (
        PAPERS_FILE, '["TOY-1", "TOY-2"]', '["TOY-1", "TOY-2", "TOY-4"]', "entry-requirement", "TOY-4"),
    "open in a chapter that is written": (
        PAPERS_FILE, 'status = "open"\npart = "Recovery"', 'status = "open"', "entry-open", "A-ITEM-3"),
    "open for a part that is written": (
        TOY_FILE, "### TOY-4 Former", "## Recovery\n\nText.\n\n### TOY-4 Former", "entry-open", "A-ITEM-3"),
    "part of an entry that is not open": (
        PAPERS_FILE, 'status = "open"\npart = "Recovery"', 'part = "Recovery"', "entry-part", "A-ITEM-3"),
    "part of a chapter that has none": (
        PAPERS_FILE, 'covers = ["equation 2"]', 'part = "Nothing"', "entry-part", "A-ITEM-2"),
    "id used twice": (PAPERS_FILE, '"A-ITEM-2"', '"A-ITEM-1"', "entry-id", "A-ITEM-1"),
    "id of another kind": (
        PAPERS_FILE, ITEM_1, ITEM_1.replace("A-ITEM", "A-FIGURE"), "entry-form", "A-FIGURE-1"),
    "chapter unknown": (PAPERS_FILE, 'chapter = "later"', 'chapter = "sometime"', "entry-form", "A-ITEM-2"),
    "paper undeclared": (PAPERS_FILE, "[papers.a]", "[papers.b]", "entry-form", "'a'"),
    "entry with an unknown member": (
        PAPERS_FILE, ITEM_1, ITEM_1 + '\ncolour = "red"', "unreadable", "colour"),
    "item forgotten": (PAPERS_FILE, 'item = "1-3"', 'item = "1-4"', "entry-missing", "A-ITEM-4"),
    "equation forgotten": (
        PAPERS_FILE, 'equation = "1-2"', 'equation = "1-3"', "paper-object", "equation 3"),
    "equation that the paper lacks": (
        PAPERS_FILE, '"figure 1"]', '"figure 1", "figure 2"]', "paper-object", "figure 2"),
    "item that claims to be an erratum": (
        PAPERS_FILE, 'title = "Halving."', 'title = "Halving."\nseverity = "wrong"', "entry-form",
        "A-ITEM-2"),
    "requirement without title": (TOY_FILE, "### TOY-2 A state", "### TOY-2", "requirement-form", "no title"),
    "test mentions no entry": (
        "tests/errata/test_toy.py", "A-ERRATUM-1.", "A-ERRATUM-1, A-ERRATUM-8.", "mention", "A-ERRATUM-8"),
    "erratum without counterexample": (
        PAPERS_FILE, 'counterexample = "-2 for 2."', 'counterexample = ""', "erratum-form", "A-ERRATUM-1"),
    "erratum of unknown severity": (
        PAPERS_FILE, 'severity = "correct"', 'severity = "meh"', "erratum-form", "A-ERRATUM-3"),
    "erratum without a test": (
        PAPERS_FILE, 'tests = ["tests/errata/test_toy.py::test_sign"]', "", "erratum-test", "A-ERRATUM-1"),
    "erratum with a test that is not there": (
        PAPERS_FILE, "::test_sign", "::test_signs", "erratum-test", "test_signs"),
    "errata test that no erratum names": (
        "tests/errata/test_toy.py", "def test_sign", "def test_more():\n    pass\n\n\ndef test_sign",
        "errata-test", "test_more"),
    "requirement that rests on a paper unasked": (
        PAPERS_FILE, 'requirements = ["TOY-3"]\n', "", "requirement-unasked", "TOY-3"),
    "requirement number gap": (TOY_FILE, "### TOY-2 ", "### TOY-5 ", "requirement-gap", "TOY-5"),
    "requirement number reused": (
        TOY_FILE, "### TOY-4 Former\n*Retired:* it said", "### TOY-3 Former\n*Retired:* it said",
        "requirement-reuse", "TOY-3"),
    "requirement at a wrong level": (
        TOY_FILE, "### TOY-4 Former", "#### TOY-4 Former", "requirement-form", "TOY-4"),
    "requirement in a wrong chapter": (
        TOY_FILE, "### TOY-4 Former", "### LATER-1 Former", "requirement-chapter", "LATER-1"),
    "requirement without metadata": (
        TOY_FILE, "*Retired:* it said what", "It said what", "requirement-form", "TOY-4"),
    "requirement retired without reason": (
        TOY_FILE, "*Retired:* it said what TOY-1 says.", "*Retired:* .", "requirement-form", "TOY-4"),
    "requirement without source": (
        TOY_FILE, "*Source:* paper A, section 3. ", "", "requirement-form", "TOY-3"),
    "requirement of no profile": (
        TOY_FILE, "*Profiles:* published. *Evidence:* script", "*Profiles:* all. *Evidence:* script",
        "requirement-form", "TOY-2"),
    "requirement that demands nothing": (
        TOY_FILE, "A second step shall be refused.", "A second step is refused.",
        "requirement-form", "TOY-2"),
    "evidence of no kind": (
        TOY_FILE, "*Evidence:* script, test.", "*Evidence:* script, test, hope.", "requirement-form", "hope"),
    "no evidence": (
        TOY_FILE, " *Evidence:* script, test.", "", "requirement-form", "TOY-2"),
    "vectors without a positive": (
        VECTOR_FILE, '"output"', '"error"', "evidence-vector", "no positive vector"),
    "vectors without a negative": (
        VECTOR_FILE, '"error"', '"output"', "evidence-vector", "no negative vector"),
    "scripts without a negative": (
        SCRIPT_FILE, '"error"', '"output"', "evidence-script", "no negative script"),
    "scripts without a positive": (
        SCRIPT_FILE, '"output"', '"error"', "evidence-script", "no positive script"),
    "script where a vector is declared": (
        TOY_FILE, "*Evidence:* script, test.", "*Evidence:* vector, test.", "evidence-vector", "TOY-2"),
    "profile without a positive vector": (
        TOY_FILE, "published. *Evidence:* vector", "published, hardened. *Evidence:* vector",
        "evidence-profile", "TOY-1 has no positive vector or script in hardened"),
    "profile without a negative vector": (
        TOY_FILE, "published. *Evidence:* vector", "published, hardened. *Evidence:* vector",
        "evidence-profile", "TOY-1 has no negative vector or script in hardened"),
    "profile without a script": (
        SCRIPT_FILE, '"published"', '"hardened"', "evidence-profile",
        "TOY-2 has no positive vector or script in published"),
    "excuse without a reason": (
        TOY_FILE, "A second step shall be refused.\n",
        "A second step shall be refused.\n\n*Only positive in published:* \n",
        "evidence-profile", "without a reason"),
    "excuse for a profile that is not bound": (
        TOY_FILE, "A second step shall be refused.\n",
        "A second step shall be refused.\n\n*Only positive in hardened:* it is so.\n",
        "evidence-profile", "which it does not bind"),
    "excuse for what has a negative test": (
        TOY_FILE, "A second step shall be refused.\n",
        "A second step shall be refused.\n\n*Only positive in published:* it is so.\n",
        "evidence-profile", "but has a negative test"),
    "distribution missing": (
        TOY_FILE, "*Evidence:* script, test.", "*Evidence:* script, distribution.",
        "evidence-distribution", "TOY-2"),
    "derivation missing": (
        "tests/derivations/test_toy.py", "TOY-3", "TOY-33", "evidence-derivation", "TOY-3"),
    "proof missing": (
        "tests/proofs/prove_list.toml", '"TOY-1"', '"TOY-2"', "evidence-proof", "TOY-1"),
    "test missing": ("tests/test_toy.py", "TOY-2:", "Toy:", "evidence-test", "TOY-2"),
    "inspection without reason": (
        TOY_FILE, "inspection (nothing computes it)", "inspection", "evidence-inspection", "TOY-3"),
    "test names no living requirement": (
        "tests/test_toy.py", "TOY-2:", "TOY-2, TOY-8:", "test-requirement", "TOY-8"),
    "proof names no living requirement": (
        "tests/proofs/prove_list.toml", '"TOY-1"', '"TOY-1", "TOY-7"', "proof-requirement", "TOY-7"),
    "proof without function": (
        "tests/proofs/prove_list.toml", 'function = "toy:double"', "", "unreadable", "function"),
    "vector names no living requirement": (
        VECTOR_FILE, '"TOY-1"', '"TOY-1", "TOY-4"', "vector-requirement", "TOY-4"),
    "vector names nothing": (SCRIPT_FILE, '"TOY-2"', "", "vector-requirement", "toy/once"),
    "vector expects nothing": (VECTOR_FILE, '"expect"', '"hopes"', "vector-form", "toy/two"),
    "vector of no operation": (
        VECTOR_FILE, '"toy.double"', '"toy.treble"', "vector-operation", "toy.treble"),
    "script step of no operation": (
        SCRIPT_FILE, '"operation": "toy.step"', '"operation": "toy.hop"', "vector-operation", "toy.hop"),
    "vector id used twice": (VECTOR_FILE, "toy/odd", "toy/two", "vector-id", "toy/two"),
    "vector file that is no JSON": (VECTOR_FILE, '"notes"', "notes", "unreadable", "double-8.json"),
    "flag without a note": (VECTOR_FILE, '"Odd": {', '"Even": {', "flag", "flag Odd is used"),
    "note without a use": (VECTOR_FILE, '"Odd": {', '"Even": {', "flag", "flag Even has a note"),
    "operation of no living requirement": (
        TABLE_FILE, '["TOY-2"]', '["TOY-2", "TOY-6"]', "operation-requirement", "TOY-6"),
    "operation of no requirement": (TABLE_FILE, '["TOY-2"]', "[]", "operation-requirement", "toy.step"),
    "requirement of no operation": (
        TOY_FILE, "*Operation:* none (it is about the text).", "", "requirement-operation", "TOY-3"),
    "requirement of no operation, reason empty": (
        TOY_FILE, "none (it is about the text)", "none ( )", "requirement-operation", "TOY-3"),
    "requirement excused though it has an operation": (
        TOY_FILE, "# Toy\n", "# Toy\n\n*Without an operation:* TOY-1 to TOY-2: for fun.\n",
        "requirement-operation", "TOY-2"),
    "docstring implements too little": (
        "reference/toy.py", "Step. Implements TOY-2.", "Step.", "implements", "toy.step"),
    "docstring implements too much": (
        "reference/toy.py", "Implements TOY-2.", "Implements TOY-2, TOY-3.", "implements", "toy.step"),
    "helper implements no living requirement": (
        "reference/toy.py", "def step", 'def help():\n    """Help. Implements TOY-4."""\n\n\ndef step',
        "implements", "help: TOY-4"),
    "docstring does not end so": (
        "reference/toy.py", "Implements TOY-2.", "Implements TOY-2. Well.", "implements", "toy.step"),
    "operation unbound": (
        "reference/operations.py", ', "toy.step": toy.step', "", "operation-unbound", "toy.step"),
    "operation bound to nothing": (
        "reference/operations.py", "toy.step}", "toy.stride}", "operation-unbound", "toy.stride"),
    "bound to no operation": (
        "reference/operations.py", "{**TOY", '{"toy.more": toy.step, **TOY', "operation-unknown", "toy.more"),
    "bindings that cannot be read": (
        "reference/operations.py", "OPERATIONS = {", "OPERATIONS = dict(TOY) or {", "unreadable",
        "operations"),
    "reference that is no Python": (
        "reference/toy.py", "return 2 * x", "return 2 *", "unreadable", "operations.py"),
    "code that differs": ("reference/toy.py", "2 * x", "x + x", "splice", "toy.double"),
    "code of nothing": (TOY_FILE, "splice=toy.double", "splice=toy.treble", "splice", "toy.treble"),
    "code block unclosed": (TOY_FILE, "    return 2 * x\n```", "    return 2 * x\n", "fence", "never closed"),
    "operation table that differs": (TABLE_FILE, "x is odd", "x is even", "generated", "operations"),
    "operation table absent": (TOY_FILE, "<!-- operations -->", "", "generated", "operations"),
    "operation table unclosed": (TOY_FILE, "<!-- /operations -->", "", "unreadable", "never closed"),
    "errata that differ": (PAPERS_FILE, '"Plus."', '"Minus."', "generated", "block errata"),
    "open errata that differ": (
        PAPERS_FILE, "Half of one is not one.", "Half of two is not two.", "generated", "open-errata"),
    "number that is another": (TOY_FILE, "12<!--", "13<!--", "claim", "13 is printed"),
    "number that is rounded wrongly": (TOY_FILE, "`0.333`", "`0.334`", "claim", "0.334"),
    "number in a formula that is another": (TOY_FILE, "$x = 7$", "$x = 8$", "claim", "8 is printed"),
    "number that is none": (TOY_FILE, "12<!--", "twelve<!--", "claim", "no number"),
    "claim that does not evaluate": (TOY_FILE, "3 * 2 ** 2", "3 * two", "claim", "two"),
    "claim that divides by zero": (TOY_FILE, "3 * 2 ** 2", "3 // 0", "claim", "3 // 0"),
    "claim without end": (TOY_FILE, "3 * 2 ** 2", "9 ** 9 ** 9", "claim", "too large"),
    "anchor of no heading": (TOY_FILE, "#toy-1-doubling", "#toy-1-trebling", "link", "trebling"),
    "anchor of no heading elsewhere": (TOY_FILE, "errata.md#errata", "errata.md#erratum", "link", "erratum"),
    "link to no file": (TOY_FILE, "errata.md#errata", "errors.md", "link", "errors.md"),
    "mention of no requirement": (
        TOY_FILE, "A second step shall", "After TOY-77 a step shall", "mention", "TOY-77"),
    "mention of no entry": (
        TOY_FILE, "A second step shall", "By A-ERRATUM-9 it shall", "mention", "A-ERRATUM-9"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(root: Path, name: str) -> None:
    file, old, new, rule, words = FAULTS[name]
    edit(root / file, old, new)
    errors = [problem for problem in spec_check.check(root) if problem.severity == "error"]
    assert any(problem.rule == rule and words in str(problem) for problem in errors), errors


def test_a_profile_in_which_nothing_fails_is_excused(root: Path) -> None:
    """Positive vectors in each profile, negative ones but where the text says why there are none."""
    edit(
        root / TOY_FILE,
        "*Profiles:* published. *Evidence:* vector",
        "*Profiles:* published, hardened. *Evidence:* vector",
    )
    hardened = {
        **VECTORS,
        "profile": "hardened",
        "notes": {},
        "tests": [{**VECTORS["tests"][0], "id": "toy/h"}],
    }
    (root / "vectors/toy/double-80.json").write_text(json.dumps(hardened), encoding="utf-8")
    assert [line.split(": ", 2)[1:] for line in found(root)] == [
        ["evidence-profile", "TOY-1 has no negative vector or script in hardened"]
    ]
    twice = "The output shall be twice the input.\n"
    edit(root / TOY_FILE, twice, f"{twice}\n*Only positive in hardened:* every input is even there.\n")
    assert found(root) == []


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("spec/papers.toml", "unreadable"),
        ("spec/errata.md", "generated"),
        ("reference/operations.py", "unreadable"),
        ("vectors/toy/double-8.json", "evidence-vector"),
        ("vectors/toy/script-step.json", "evidence-script"),
        ("tests/test_toy.py", "evidence-test"),
        ("tests/proofs/prove_list.toml", "evidence-proof"),
        ("tests/errata/test_toy.py", "erratum-test"),
    ],
)
def test_a_missing_file_is_found(root: Path, file: str, rule: str) -> None:
    (root / file).unlink()
    assert rule in {problem.rule for problem in spec_check.check(root) if problem.severity == "error"}


def test_every_rule_has_a_planted_fault() -> None:
    source = Path(spec_check.__file__).read_text(encoding="utf-8")
    families = "entry|paper|requirement|evidence|vector|operation|erratum|errata|proof|test"
    singles = "flag|implements|splice|fence|generated|claim|link|mention|unreadable"
    rules = set(re.findall(rf'"((?:{families})-[a-z]+|{singles})"', source))
    assert len(rules) > 30
    planted = {fault[3] for fault in FAULTS.values()}
    kinds = {f"evidence-{kind}" for kind in spec_text.EVIDENCE}
    assert rules | kinds == planted


def test_without_tests_their_evidence_is_reported_as_not_checked(root: Path) -> None:
    shutil.rmtree(root / "tests")
    edit(root / "spec/toy.md", "two lines](errata.md#errata)", "two lines](../tests/test_toy.py)")
    problems = spec_check.check(root)
    assert all(problem.severity == "not checked" for problem in problems), problems
    assert {problem.rule for problem in problems} == {
        "evidence-test", "evidence-proof", "evidence-derivation", "erratum-test", "link",
    }  # fmt: skip
    assert any("TOY-2" in problem.message for problem in problems)


def test_without_tests_missing_vectors_are_still_errors(root: Path) -> None:
    shutil.rmtree(root / "tests")
    (root / "vectors/toy/double-8.json").unlink()
    assert "evidence-vector" in {p.rule for p in spec_check.check(root) if p.severity == "error"}


def test_a_dead_link_within_the_spec_is_an_error_without_tests_too(root: Path) -> None:
    shutil.rmtree(root / "tests")
    edit(root / "spec/toy.md", "errata.md#errata", "errors.md")
    assert "link" in {p.rule for p in spec_check.check(root) if p.severity == "error"}


def test_the_matrix_counts_both_polarities(root: Path) -> None:
    rows = {row.requirement.id: row for row in spec_check.matrix(root)}
    assert (rows["TOY-1"].positive_vectors, rows["TOY-1"].negative_vectors) == (1, 1)
    assert (rows["TOY-2"].positive_scripts, rows["TOY-2"].negative_scripts) == (1, 1)
    assert rows["TOY-2"].tests == ("tests/test_toy.py::test_step",)
    assert rows["TOY-3"].derivations == ("tests/derivations/test_toy.py::test_closed_form",)
    assert rows["TOY-1"].proofs == ("toy:double",)
    assert rows["TOY-1"].operations == ("toy.double",)
    assert rows["TOY-1"].entries == ("A-ITEM-1", "A-ERRATUM-1")
    markdown = spec_check.matrix_markdown(root)
    assert "| TOY-4 Former | retired |" in markdown
    assert len(markdown.splitlines()) == 2 + 4
    assert spec_check.matrix_table(root).row_count == 4


def test_splicing_and_writing_tables_twice_changes_nothing(root: Path) -> None:
    assert spec_check.splice(root) == []
    assert spec_check.write_tables(root) == []


def test_splicing_restores_the_code(root: Path) -> None:
    edit(root / "reference/toy.py", "2 * x", "x + x")
    assert spec_check.splice(root) == [root / "spec/toy.md"]
    text = (root / "spec/toy.md").read_text(encoding="utf-8")
    assert "```python splice=toy.double\ndef double(x: int) -> int:\n" in text
    assert "\n    return x + x\n```\n" in text
    assert found(root) == []


def test_writing_tables_restores_the_tables(root: Path) -> None:
    edit(root / "spec/operations/toy.toml", "x is odd", "x is even")
    assert spec_check.write_tables(root) == [root / "spec/toy.md"]
    text = (root / "spec/toy.md").read_text(encoding="utf-8")
    assert "`x`: bigint, ≥ 0 (published), ≥ 2^64 (hardened), at most 80 bits" in text
    assert "`state` (published only): second" in text
    assert found(root) == []


def test_errata_sections_say_everything(root: Path) -> None:
    text = (root / "spec/errata.md").read_text(encoding="utf-8")
    for part in ("### A-ERRATUM-1", "-2 for 2.", "Plus.", "[TOY-1](toy.md#toy-1-doubling)",
                 "`tests/errata/test_toy.py::test_sign`", "| A-ERRATUM-2 |", "| A-ERRATUM-3 |"):  # fmt: skip
        assert part in text


def test_the_installed_rooms_are_found() -> None:
    rooms = spec_text.installed_rooms()
    assert (rooms.spec / "papers.toml").is_file()
    assert (rooms.reference / "operations.py").is_file()
    assert rooms.vectors.is_dir()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("3 * 5", 15), ("2 ** 10 - 1", 1023), ("-7 // 2", -4), ("7 % 4", 3), ("min(3, 2)", 2),
        ("max(3, 2) + ceil(log2(257))", 12), ("ceil(log2(2 ** 100))", 100), ("floor(7 / 2)", 3),
        ("gcd(12, 18)", 6), ("bits(255)", 8), ("0.5 * 4", 2),
    ],
)  # fmt: skip
def test_claims_evaluate(expression: str, value: int) -> None:
    assert spec_text.evaluate_claim(expression) == value


@pytest.mark.parametrize(
    "expression", ["__import__('os')", "x", "[1]", "2 **", "abs(1)", "log2(0)", "1 if 1 else 2"]
)
def test_other_expressions_are_no_claims(expression: str) -> None:
    with pytest.raises(spec_text.TextError):
        spec_text.evaluate_claim(expression)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("TOY-1 to TOY-4", ["TOY-1", "TOY-2", "TOY-3", "TOY-4"]),
        ("TOY-1, TOY-3", ["TOY-1", "TOY-3"]),
        ("TOY-12 XTOY-1 TOY-1-2 toy-1", ["TOY-12"]),
    ],
)
def test_ids_are_read_whole(text: str, ids: list[str]) -> None:
    assert spec_text.ids_in(text, spec_text.requirement_pattern(["TOY"])) == ids


def test_bindings_are_read_without_importing(tmp_path: Path) -> None:
    path = tmp_path / "operations.py"
    path.write_text(
        "from . import a\nfrom .b import c as d\nX = {'one': a.f}\nOPERATIONS = X | {'two': d, **X}\n1/0\n"
    )
    assert spec_text.bindings_of(path) == {"one": "a.f", "two": "b.c"}


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("OPERATIONS = {f'{x}': x for x in ()}"),
        lambda path: path.write_text("OPERATIONS = {'a': (lambda: 1)}"),
        lambda path: path.write_text("OPERATORS = {}"),
    ],
)
def test_bindings_that_cannot_be_read_are_refused(tmp_path: Path, change: Callable[[Path], object]) -> None:
    path = tmp_path / "operations.py"
    change(path)
    with pytest.raises(spec_text.TextError):
        spec_text.bindings_of(path)


def test_an_installed_package_is_checked_without_tests(root: Path, tmp_path: Path) -> None:
    package = tmp_path / "site" / "meter_privacy"
    for room in ("spec", "reference", "vectors"):
        shutil.copytree(root / room, package / room)
        (package / room / "__init__.py").touch()
    sources = Path(spec_check.__file__).parent
    (package / "conformance").mkdir()
    for name in ("__init__.py", "spec_check.py", "spec_text.py"):
        shutil.copy(sources / name, package / "conformance" / name)
    program = (
        "from meter_privacy.conformance import spec_check\n"
        "import sys\n"
        "assert 'meter_privacy.reference' not in sys.modules\n"
        "for problem in spec_check.check(): print(problem.severity, problem, sep=': ')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("not checked: tests: ") and spec_check.NOT_INSTALLED in line for line in lines)
