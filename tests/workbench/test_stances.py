"""How expressions stand, whom they speak of, and quotes against their heading. Invented."""

from __future__ import annotations

import pytest

from qualcode.domain.categories import CategoryTree, Level
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Segment
from qualcode.domain.errors import BadOperation
from qualcode.domain.second_marks import ExpressionStance, Stance
from qualcode.store.views import AnswerQuery, Facet, ReductionQuery, among
from qualcode.texts import gettext_for
from qualcode.workbench import (
    categorising,
    coding,
    cross_tables,
    history,
    operations,
    reducing,
    reporting,
    segment_acts,
    stance_tables,
    stances,
)
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.reporting import Section
from tests.builders import a_bench, a_respondent, a_study, an_answer, bring_in


@pytest.fixture
def bench():
    """Three clients and a worker; a heading of difficulty with one contented quote under it."""
    bench = a_study()
    people = [a_respondent(f"r{n}", "asiakas", {}, n) for n in range(3)]
    people.append(a_respondent("r3", "työntekijä", {}, 3))
    texts = ["En saanut tietoa", "Tietoa sai kun kysyi", "Toivon lisää tietoa", "Ehkä kerron"]
    answers = [an_answer(text, f"d{n}", f"r{n}", position=n) for n, text in enumerate(texts)]
    bring_in(bench, *people, *answers)
    for n, text in enumerate(texts):
        reducing.reduce(bench, f"d{n}", 0, len(text), "tieto")
    with bench.store.reading() as rows:
        [found] = rows.reductions(ReductionQuery(), 0, 10).rows
    above = categorising.add(bench, "Tiedonpuute", Level.MAIN_CATEGORY)
    categorising.add(bench, "Tieto", Level.SUBCATEGORY, above.id, reductions=[found.id])
    stances.mark(bench, "d0", 0, 16, Stance.DIFFICULTY, "työntekijä")
    stances.mark(bench, "d1", 0, 20, Stance.SUCCESS)
    stances.mark(bench, "d2", 0, 19, Stance.WISH, "työntekijä")
    stances.mark(bench, "d3", 0, 11, Stance.DOUBT, "asiakas")
    return bench


def kept(bench):
    with bench.store.reading() as rows:
        return {row.segment_id: (row.stance, row.about) for row in rows.find(ExpressionStance)}


def test_one_word_of_a_coder_on_an_expression_takes_the_place_of_the_last(bench):
    stances.mark(bench, "d1", 0, 20, Stance.DOUBT, " asiakas ")
    assert kept(bench)["d1:0-20"] == (Stance.DOUBT, "asiakas")
    stances.mark(bench, "d1", 0, 20, None)
    assert "d1:0-20" not in kept(bench)
    history.undo(bench)
    assert kept(bench)["d1:0-20"] == (Stance.DOUBT, "asiakas")
    other = a_bench(bench.store, "Pekka")
    stances.mark(other, "d1", 0, 20, Stance.SUCCESS)
    with bench.store.reading() as rows:
        assert rows.count(ExpressionStance, segment_id="d1:0-20") == 2


def test_the_log_tells_what_was_said(bench):
    stances.mark(bench, "d1", 0, 20, Stance.WISH, "läheinen")
    stances.mark(bench, "d1", 0, 20, None)
    with bench.store.reading() as rows:
        taken, given = rows.decisions(0, 2).rows
    assert act_sentence(given, str) == "marked “Tietoa sai kun kysyi”: wish, speaks of läheinen"
    assert act_sentence(taken, str) == "took the stance off “Tietoa sai kun kysyi”"


def test_an_expression_stays_as_long_as_somebody_says_how_it_stands(bench):
    code = coding.add_code(bench, "tieto")
    coding.code(bench, "d1", 0, 6, code.id)
    stances.mark(bench, "d1", 0, 6, Stance.SUCCESS)
    with bench.store.reading() as rows:
        [own] = rows.find(Coding)
    coding.uncode(bench, own.id)
    assert kept(bench)["d1:0-6"] == (Stance.SUCCESS, "")
    stances.mark(bench, "d1", 0, 6, None)
    with bench.store.reading() as rows:
        assert rows.get(Segment, "d1:0-6") is None


def test_a_stance_goes_along_when_its_passage_is_stretched(bench):
    code = coding.add_code(bench, "tieto")
    made = coding.code(bench, "d1", 0, 6, code.id)
    stances.mark(bench, "d1", 0, 6, Stance.WISH)
    segment_acts.stretch(bench, made.id, 0, 10)
    assert kept(bench)["d1:0-10"] == (Stance.WISH, "")
    assert "d1:0-6" not in kept(bench)


def test_a_quote_against_its_heading_is_seen(bench):
    with bench.store.reading() as rows:
        tree = {c.name: c for c in rows.find(categorising.Category)}
    stances.set_heading(bench, tree["Tiedonpuute"].id, Stance.DIFFICULTY)
    made = stance_tables.by_stance(bench, "fi")
    rows = {r.cells[0].value: [c.text("fi") for c in r.cells[1:]] for r in made.table.rows}
    # Success 1, difficulty 1, wish 1, doubt 1, n = 4; one of the four is against the heading.
    assert rows["Tiedonpuute"] == ["1", "1", "1", "1", "4", "Vaikeus", "1 / 4"]
    assert rows["Tieto"] == rows["Tiedonpuute"]
    last = made.table.rows[0].cells[-1]
    [behind] = cross_tables.behind(bench, made, last.evidence, 0, 9).rows
    assert behind.text == "Tietoa sai kun kysyi"
    stances.set_heading(bench, tree["Tieto"].id, Stance.WISH)
    rows = {r.cells[0].value: r.cells for r in stance_tables.by_stance(bench, "fi").table.rows}
    assert [cell.text("fi") for cell in rows["Tieto"][-2:]] == ["Toive", ""]


def test_two_coders_of_one_quote_count_it_once_against_its_heading(bench):
    with bench.store.reading() as rows:
        tree = CategoryTree.of(rows.find(categorising.Category), ())
    [main] = tree.roots()
    stances.set_heading(bench, main.id, Stance.SUCCESS)
    stances.mark(a_bench(bench.store, "Pekka"), "d0", 0, 16, Stance.DOUBT)
    cell = stance_tables.by_stance(bench, "fi").table.rows[0].cells[-1]
    assert cell.value == 2
    made = stance_tables.by_stance(bench, "fi")
    assert cross_tables.behind(bench, made, cell.evidence, 0, 9).total == 2


def test_who_speaks_of_whom(bench):
    made = stance_tables.who_of_whom(bench, "fi")
    assert [column.title for column in made.table.columns] == [
        "Kuka puhuu", "asiakas", "työntekijä",
    ]  # fmt: skip
    assert [[c.value for c in r.cells] for r in made.table.rows] == [
        ["asiakas", 0, 2],
        ["työntekijä", 1, 0],
    ]
    cell = made.table.rows[0].cells[2]
    texts = [row.text for row in cross_tables.behind(bench, made, cell.evidence, 0, 9).rows]
    assert texts == ["En saanut tietoa", "Toivon lisää tietoa"]


def test_a_coder_may_name_another_speaker_than_the_group_of_the_text(bench):
    """A worker writes what a client has said."""
    stances.mark(bench, "d3", 0, 11, Stance.DOUBT, "työntekijä", speaker=" asiakas ")
    made = stance_tables.who_of_whom(bench, "fi")
    assert [[c.value for c in r.cells] for r in made.table.rows] == [["asiakas", 3]]
    evidence = made.table.rows[0].cells[1].evidence
    texts = [row.text for row in cross_tables.behind(bench, made, evidence, 0, 9).rows]
    assert texts == ["En saanut tietoa", "Toivon lisää tietoa", "Ehkä kerron"]
    assert cross_tables.conditions(made, evidence) is None
    newest = history.log(bench).rows[0]
    assert "puhuja asiakas, puhuu: työntekijä" in act_sentence(newest, gettext_for("fi"))
    # Naming the text's own group says nothing new.
    stances.mark(bench, "d3", 0, 11, None, "", speaker="työntekijä")
    assert "d3:0-11" not in kept(bench)


def test_the_reading_view_finds_texts_by_stance_and_by_whom_they_speak_of(bench):
    def ids(*conditions):
        with bench.store.reading() as rows:
            page = rows.answers(AnswerQuery(conditions=conditions), 0, 10)
        return [row.document.id for row in page.rows]

    assert ids(among(Facet.MARK, "wish")) == ["d2"]
    assert ids(among(Facet.SPOKEN_OF, "työntekijä")) == ["d0", "d2"]


def test_a_browser_says_it_by_an_operation(bench):
    op = {"op": "stand", "seq": 1, "doc": "d1", "start": 0, "end": 6, "id": "x1"}
    operations.apply(bench, "ikkuna", [{**op, "stance": "doubt", "about": "läheinen"}])
    assert kept(bench)["d1:0-6"] == (Stance.DOUBT, "läheinen")
    [refused] = operations.apply(bench, "ikkuna", [{**op, "seq": 2, "stance": "x"}]).refused
    assert isinstance(refused.error, BadOperation)
    operations.apply(bench, "ikkuna", [{**op, "seq": 3, "stance": None, "about": ""}])
    assert "d1:0-6" not in kept(bench)


def test_an_expression_with_a_stance_alone_is_not_reported_as_left_out(bench):
    stances.mark(bench, "d1", 0, 6, Stance.SUCCESS)
    report = reporting.report(bench, "fi", [Section.LEFT_OUT, Section.CATEGORIES])
    words = [cell.value for table in report.tables() for row in table.rows for cell in row.cells]
    assert "Tietoa" not in words
