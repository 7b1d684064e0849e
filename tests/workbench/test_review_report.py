"""The review as a report: the tree with its states, what was said, proposed and changed."""

from __future__ import annotations

import io

import docx
import pytest

from qualcode.domain.categories import Category, CategoryTree, Level
from qualcode.domain.proposals import Proposed
from qualcode.domain.review import NodeState, RemarkKind
from qualcode.domain.tree_changes import compare
from qualcode.domain.tree_versions import TreeState
from qualcode.exports.report import untraceable
from qualcode.workbench import categorising, reporting
from qualcode.workbench.reviewing import comparison, freezing, looking, proposing, remarks, report
from tests.workbench.review_study import a_reviewed_study, reduction


@pytest.fixture
def people():
    return a_reviewed_study()


@pytest.fixture
def reviewed(people):
    """A version, a question with its answer, an approval, a proposal, and a merger since."""
    maija, pekka = people
    version = freezing.freeze(maija, "Ennen palaveria")
    first = remarks.say(pekka, "category", "apu", "Onko tämä ripeyttä?", RemarkKind.QUESTION)
    remarks.reply(maija, first.id, "On, {ei} muuta.")
    looking.set_state(pekka, ["apu"], NodeState.APPROVED)
    proposing.propose(pekka, Proposed.MOVE, ["kiire"], "koht", why="Kuuluu kohtaamiseen")
    categorising.merge(maija, "apu", ["kuulo"])
    return maija, version


def cells(table):
    return [[cell.text("fi") for cell in row.cells] for row in table.rows]


def tables(made):
    return {table.key: table for table in made.tables()}


def test_every_category_stands_with_its_counts_and_its_state(reviewed):
    maija, version = reviewed
    made = report.report(maija, "fi", version.id)
    assert untraceable(made) == []
    rows = {row[0]: [*row[3:], row[2]] for row in cells(tables(made)["review_tree"])}
    assert rows["Kiire"] == ["2", "2", "Luonnos"]
    assert rows["Nopea apu"][:2] == ["5", "5"]
    assert rows["Nopea apu"][2].split("\n")[0] == "Hyväksytty"
    assert rows["Nopea apu"][2].split("\n")[-1] == "muuttunut sen jälkeen"


def test_threads_proposals_and_the_comparison_are_printed(reviewed):
    maija, version = reviewed
    made = tables(report.report(maija, "fi", version.id))
    ((about, said, where),) = cells(made["review_threads"])
    assert about == "Nopea apu\n(luokka)"
    assert said.split("\n")[0].endswith("Onko tämä ripeyttä?")
    assert said.split("\n")[1].endswith("On, {ei} muuta.")
    assert where == "avoin"
    ((what, why, who, came),) = cells(made["review_proposals"])
    assert what == "Siirrä ”Kiire” luokan ”Kohtaaminen” alle"
    assert (why, who, came) == ("Kuuluu kohtaamiseen", "Pekka", "odottaa")
    sides = {(old.strip(), new.strip()): said for old, new, said in cells(made["review_sides"])}
    assert "yhdistetty luokista ”Nopea apu”, ”Kuuntelu”" in sides["Nopea apu", "Nopea apu"]
    assert sides["Kuuntelu", ""] == "yhdistetty luokkaan ”Nopea apu”"
    assert [row[1:] for row in cells(made["review_moves"])] == [["Kuuntelu", "Nopea apu"]] * 2


def test_without_a_version_nothing_is_compared_and_word_opens_it(reviewed):
    maija, _version = reviewed
    made = report.report(maija, "en")
    assert "review_sides" not in tables(made)
    opened = docx.Document(io.BytesIO(reporting.as_word(made)))
    assert any("The category tree and its review" in p.text for p in opened.paragraphs)
    assert len(opened.tables) == 3


def test_what_is_gone_stands_where_it_stood(people):
    maija, _ = people
    version = freezing.freeze(maija, "Ennen")
    categorising.remove(maija, ["kuulo"])
    categorising.add(maija, "Uusi", categorising.Level.SUBCATEGORY, "koht", category_id="uusi")
    categorising.place(maija, [reduction(maija, "oli kiire")], "uusi")
    seen = report.compared(maija, version.id, None, "fi")
    assert [(line.old_id, line.new_id) for line in comparison.sides(seen, "fi")] == [
        ("tuki", "tuki"),
        ("koht", "koht"),
        ("apu", "apu"),
        ("kuulo", None),
        (None, "uusi"),
        ("kiire", "kiire"),
    ]
    told = comparison.summary(seen, "fi")
    assert told.startswith("1 poistettu, 1 jakaminen")
    assert "3 pelkistystä siirtynyt" in told


def test_two_trees_that_are_the_same_say_so(people):
    maija, _ = people
    version = freezing.freeze(maija, "Ennen")
    seen = report.compared(maija, version.id, None, "fi")
    assert comparison.summary(seen, "fi") == "Puut ovat samat."
    assert comparison.tables(seen, "fi", changed_only=True)[1:] == []


def test_trees_that_differ_by_a_level_alone_are_not_told_to_be_the_same():
    low, high = (
        TreeState(CategoryTree.of([Category("a", "Apu", level)], []), {})
        for level in (Level.GENERIC_CATEGORY, Level.MAIN_CATEGORY)
    )
    seen = comparison.Compared(low, high, compare(low, high), "ennen", "nyt")
    assert comparison.summary(seen, "fi") == "1 toisella tasolla"
    assert comparison.sides(seen, "fi")[0].changes == ("toinen taso",)
