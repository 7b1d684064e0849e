"""One finding by several ways: who supports it, who differs, who is silent. Invented."""

from __future__ import annotations

import io

import docx
import pytest

from qualcode.domain.categories import Category, Level
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.documents import Document, Source, SourceKind
from qualcode.domain.second_marks import Alike, Likeness, Stance
from qualcode.store.views import ReductionQuery
from qualcode.workbench import (
    categorising,
    coding,
    cross_tables,
    history,
    likenesses,
    meeting_tables,
    reducing,
    rounds,
    stances,
    table_files,
    theory_tables,
    triangulation,
)
from qualcode.workbench.messages import act_sentence
from tests.builders import DAY, a_bench, a_respondent, a_study, an_answer, bring_in


@pytest.fixture
def bench():
    """Clients and a worker in a survey, workers in a workshop: support found, time found short."""
    bench = a_study()
    workshop = Source("paja", "paja.xlsx", "p", SourceKind.WORKSHOP, DAY, "Maija")
    people = [a_respondent("r1", "asiakas"), a_respondent("r2", "työntekijä", position=1)]
    texts = [
        an_answer("Apua sai", "d1", "r1", position=1),
        an_answer("Apua annettiin", "d2", "r2", position=2),
        Document("d3", "paja", "Apua ei riitä kaikille", position=3),
    ]
    bring_in(bench, workshop, *people, *texts)
    made = {}
    for name, document, end in (("apu", "d1", 8), ("apu", "d2", 14), ("apu", "d3", 22)):
        made[name] = reducing.reduce(bench, document, 0, end, name).id
    made["aika"] = reducing.reduce(a_bench(bench.store, "Pekka"), "d3", 0, 4, "aika").id
    for name in ("apu", "aika"):
        categorising.add(bench, name.title(), Level.SUBCATEGORY, reductions=[made[name]])
    return bench


def test_categories_stand_by_origin_and_every_number_opens_its_expressions(bench):
    made = meeting_tables.by_origin(bench, "fi", shares=True)
    assert [c.title for c in made.table.columns] == ["Luokka", "Kysely", "Työpaja", "n"]
    assert [[c.text("fi") for c in row.cells] for row in made.table.rows] == [
        ["Apu", "2 (67 %)", "1 (33 %)", "3"],
        ["Aika", "0", "1 (100 %)", "1"],
    ]
    cell = made.table.rows[0].cells[2]
    found = cross_tables.behind(bench, made, cell.evidence, 0, 9).rows
    assert [row.document_id for row in found] == ["d3"]
    conditions = cross_tables.conditions(made, cell.evidence)
    assert ("paja",) in [condition.values for condition in conditions]


def test_a_study_from_one_origin_has_no_table_of_origins():
    bench = a_study()
    bring_in(bench, an_answer("Apua sai", "d1"))
    made = reducing.reduce(bench, "d1", 0, 8, "apu")
    categorising.add(bench, "Apu", Level.SUBCATEGORY, reductions=[made.id])
    assert meeting_tables.by_origin(bench, "fi") is None


def ids(bench):
    with bench.store.reading() as rows:
        found = {c.name: ("category", c.id) for c in rows.find(Category)}
        worded = rows.reductions(ReductionQuery(), 0, 10).rows
    return found | {row.wording: ("reduction", row.id) for row in worded}


def shown(bench):
    table = triangulation.table(bench, "fi").table
    titles = [(c.group, c.title) for c in table.columns]
    return {
        row.cells[0].value: {
            title: cell.text("fi") for title, cell in zip(titles, row.cells, strict=True)
        }
        for row in table.rows
    }


def test_a_category_tells_which_groups_methods_and_coders_support_it_and_which_are_silent(bench):
    rows = shown(bench)
    assert rows["Apu"][("Toimijaryhmät", "asiakas")] == "1"
    assert rows["Apu"][("Toimijaryhmät", "työntekijä")] == "1"
    assert rows["Apu"][("Menetelmät", "Kysely")] == "2"
    assert rows["Apu"][("Menetelmät", "Työpaja")] == "1"
    assert rows["Aika"][("Toimijaryhmät", "asiakas")] == "–"
    assert rows["Aika"][("Menetelmät", "Kysely")] == "–"
    assert rows["Aika"][("Koodaajat", "Pekka")] == "1"
    assert rows["Aika"][("Koodaajat", "Maija")] == "–"


def test_rounds_stand_there_when_there_are_several(bench):
    assert not any(group == "Kierrokset" for group, _ in shown(bench)["Apu"])
    for source, name in (("source", "alku"), ("paja", "loppu")):
        made = rounds.put_round(bench, name)
        rounds.gathered_in(bench, source, made.id)
    row = shown(bench)["Apu"]
    assert (row[("Kierrokset", "alku")], row[("Kierrokset", "loppu")]) == ("2", "1")


def test_what_stands_against_the_heading_differs_and_is_told_as_a_finding(bench):
    stances.set_heading(bench, ids(bench)["Apu"][1], Stance.SUCCESS)
    stances.mark(bench, "d3", 0, 22, Stance.DIFFICULTY)
    row = shown(bench)["Apu"]
    assert row[("Menetelmät", "Työpaja")] == "1 (≠ 1)"
    assert row[("Menetelmät", "Kysely")] == "2"
    assert row[("Koodaajat", "Maija")] == "3 (≠ 1)"


def test_every_number_opens_its_expressions(bench):
    made = triangulation.table(bench, "fi")
    opened = 0
    for row in made.table.rows:
        for cell in row.cells:
            if isinstance(cell.value, int):
                assert cross_tables.behind(bench, made, cell.evidence, 0, 9).total == cell.value
                opened += 1
    assert opened == 9


def test_a_contradiction_is_marked_told_and_taken_back(bench):
    there = ids(bench)
    likenesses.liken(bench, Alike.DIFFERS, there["Apu"], there["aika"])
    likenesses.liken(bench, Alike.CONTRADICTS, there["aika"], there["Apu"], "apua, ei aikaa")
    with bench.store.reading() as rows:
        [told] = likenesses.every(rows)
        [decision, *_] = rows.decisions(0, 1).rows
    assert (told.one, told.other, told.likeness.how) == ("aika", "Apu", Alike.CONTRADICTS)
    assert act_sentence(decision, str) == (
        "held “aika” and “Apu” against each other: contradict each other"
    )
    assert shown(bench)["Aika"][("", "Verrattu muihin")] == "ovat ristiriidassa (1)"
    likenesses.unliken(bench, told.likeness.id)
    assert triangulation.findings(bench, "fi") is None
    history.undo(bench)
    table = triangulation.findings(bench, "fi")
    document = docx.Document(io.BytesIO(table_files.as_word(bench, [table], "fi")))
    [printed] = document.tables
    assert [cell.text for cell in printed.rows[1].cells] == [
        "aika", "ovat ristiriidassa", "Apu", "apua, ei aikaa", "Maija",
    ]  # fmt: skip


def test_a_finding_is_not_held_against_itself_and_follows_a_merge(bench):
    there = ids(bench)
    with pytest.raises(likenesses.SameFinding):
        likenesses.liken(bench, Alike.SAME, there["Apu"], there["Apu"])
    other = categorising.add(bench, "Tuki", Level.SUBCATEGORY)
    likenesses.liken(bench, Alike.SAME, ("category", other.id), there["Aika"])
    likenesses.liken(bench, Alike.SAME, ("category", other.id), there["Apu"])
    categorising.merge(bench, there["Apu"][1], [other.id])
    with bench.store.reading() as rows:
        [left] = rows.find(Likeness)
    assert {left.one_id, left.other_id} == {there["Apu"][1], there["Aika"][1]}


def test_two_things_held_of_what_a_merge_makes_one_are_the_last_said_and_undone_they_are_two(bench):
    named = ids(bench)
    third = ("category", categorising.add(bench, "Väsymys", Level.SUBCATEGORY).id)
    likenesses.liken(bench, Alike.SAME, named["Apu"], third)
    likenesses.liken(a_bench(bench.store, "Pekka"), Alike.DIFFERS, named["Apu"], third)
    likenesses.liken(bench, Alike.CONTRADICTS, third, named["Aika"])

    def held():
        with bench.store.reading() as rows:
            return sorted((row.coder, row.how.value) for row in rows.find(Likeness))

    categorising.merge(bench, named["Apu"][1], [named["Aika"][1]])
    assert held() == [("Maija", "contradicts"), ("Pekka", "differs")]
    history.undo(bench)
    assert held() == [("Maija", "contradicts"), ("Maija", "same"), ("Pekka", "differs")]


def test_two_theories_speak_of_the_same_finding_and_one_is_silent_of_another(bench):
    assert theory_tables.by_theories(bench, "fi") is None, "nothing is coded yet"
    agency = [coding.add_code(bench, name).id for name in ("toimijuus", "valta")]
    with bench.store.reading() as rows:
        [own] = [book.name("fi") for book in rows.find(Codebook)]
    care = Codebook("hoiva", "hoiva", "Hoivan etiikka", position=9)
    attentive = Code("huomio", "hoiva", "huomio", "huomaavaisuus")
    bring_in(bench, care, attentive)
    for code in agency:
        coding.code(bench, "d1", 0, 8, code)
    assert theory_tables.by_theories(bench, "fi") is None, "one way of looking is not compared"
    coding.code(bench, "d2", 0, 14, "huomio")
    coding.code(bench, "d3", 0, 4, "huomio")
    made = theory_tables.by_theories(bench, "fi")
    assert [c.title for c in made.table.columns] == ["Luokka", own, "Hoivan etiikka", "n"]
    assert [[c.text("fi") for c in row.cells] for row in made.table.rows] == [
        ["Apu", "1", "2", "3"],
        ["Aika", "0", "1", "1"],
    ], "two codes of a codebook on an expression count once"
    cell = made.table.rows[0].cells[2]
    found = cross_tables.behind(bench, made, cell.evidence, 0, 9).rows
    assert [row.document_id for row in found] == ["d2", "d3"]
