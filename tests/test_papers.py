"""spec/papers.toml holds every entry that the papers have, and only such."""

from collections import Counter
from pathlib import Path

import pytest

from meter_privacy.conformance import spec_check, spec_text

ROOT = Path(__file__).resolve().parent.parent
PAPERS = spec_text.read_papers(ROOT / "spec" / "papers.toml")

# Counted on the papers, not derived from the file: an entry that vanishes with its number is missed here.
COUNTS = {
    "a": {"item": 29, "remark": 4, "figure": 8, "erratum": 23},
    "b": {"item": 17, "figure": 2, "erratum": 12},
    "c": {"item": 27, "remark": 3, "figure": 2, "table": 3, "erratum": 30},
    "d": {"item": 23, "remark": 3, "figure": 4, "erratum": 27},
    "e": {"item": 22, "remark": 2, "figure": 3, "erratum": 30},
}
OBJECTS = {
    "a": {"definition": 4, "equation": 21, "theorem": 3, "lemma": 1, "remark": 2, "figure": 8},
    "b": {"definition": 1, "problem": 1, "equation": 29, "theorem": 2, "claim": 1, "figure": 2},
    "c": {"definition": 2, "theorem": 2, "lemma": 1, "example": 1, "footnote": 9, "figure": 2, "table": 3},
    "d": {"equation": 2, "algorithm": 1, "figure": 4},
    "e": {"algorithm": 3, "footnote": 1, "figure": 3},
}


@pytest.mark.parametrize("paper", COUNTS)
def test_every_entry_of_a_paper_is_there(paper: str) -> None:
    counted = Counter(entry.kind for entry in PAPERS.entries if entry.paper == paper)
    assert counted == COUNTS[paper]


@pytest.mark.parametrize("paper", OBJECTS)
def test_every_numbered_object_of_a_paper_is_covered(paper: str) -> None:
    things = {thing for entry in PAPERS.entries if entry.paper == paper for thing in entry.covers}
    assert Counter(thing.rsplit(" ", 1)[0] for thing in things) == OBJECTS[paper]


def test_papers_and_kinds_are_the_five_and_the_five() -> None:
    assert {entry.paper for entry in PAPERS.entries} == set(spec_text.PAPERS) == set(PAPERS.papers)
    assert {entry.kind for entry in PAPERS.entries} == set(spec_text.KINDS)


def test_ids_are_unique_and_say_paper_and_kind() -> None:
    ids = [entry.id for entry in PAPERS.entries]
    assert len(ids) == len(set(ids))
    for entry in PAPERS.entries:
        assert entry.id == f"{entry.paper.upper()}-{entry.kind.upper()}-{entry.number}"


def test_titles_are_sentences_of_their_own() -> None:
    titles = Counter((entry.paper, entry.title) for entry in PAPERS.entries)
    assert [title for title, count in titles.items() if count > 1] == []
    assert [entry.id for entry in PAPERS.entries if not entry.title.endswith(".")] == []


def test_every_erratum_has_a_counterexample_and_a_correction() -> None:
    errata = [entry for entry in PAPERS.entries if entry.kind == "erratum"]
    assert all(entry.counterexample and entry.correction and entry.severity for entry in errata)
    assert {entry.id for entry in errata if entry.severity == "correct"} == {"B-ERRATUM-22", "C-ERRATUM-5"}


def test_every_requirement_that_is_named_lives() -> None:
    living = spec_check.house_of(ROOT).living
    named = {name for entry in PAPERS.entries for name in entry.requirements}
    assert named <= living.keys()


def test_every_requirement_that_rests_on_a_paper_is_named_by_it() -> None:
    asked = {(entry.paper, name) for entry in PAPERS.entries for name in entry.requirements}
    for requirement in spec_check.house_of(ROOT).living.values():
        for paper in requirement.papers:
            assert (paper, requirement.id) in asked, requirement.id


def test_open_entries_name_a_chapter_or_part_that_is_not_written() -> None:
    rules = {problem.rule for problem in spec_check.check(ROOT)}
    assert not rules & {"entry-open", "entry-part", "entry-unanswered", "entry-form"}


def test_the_specification_has_no_loose_end() -> None:
    errors = [str(problem) for problem in spec_check.check(ROOT) if problem.severity == "error"]
    assert errors == []
