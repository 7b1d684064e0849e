"""The road on real answers: the open Child Barometer, from file to categories and tables.

The data (FSD3134, CC BY 4.0) lies outside the project; the test says so and skips without it.
"""

import pytest

from qualcode.bootstrap import create_store
from qualcode.domain.categories import Level
from qualcode.readers import survey
from qualcode.readers.sheets import open_workbook
from qualcode.store.views import AnswerQuery, AnswerState, ReductionQuery
from qualcode.workbench import (
    Workbench,
    categorising,
    history,
    importing,
    reducing,
    reporting,
    studies,
    suggesting,
)
from qualcode.workbench.checking import check

FILE = "child_barometer_fsd3134.csv"
ANSWERS = 1231  # 414 children, three questions, eleven cells left empty
MAP = {
    "id": "fsd_id",
    "actor_group": {"value": "lapsi"},
    "background": ["gender", "major_region", "daycare_before_school"],
    "open": [
        {"column": "q3", "number": "3", "theme": "osaaminen"},
        {"column": "q7", "number": "7", "theme": "ikävät asiat"},
        {"column": "q11", "number": "11", "theme": "ilo"},
    ],
    "ignore": ["paino"],
}


@pytest.fixture
def bench(gold, tmp_path):
    bench = Workbench(create_store(tmp_path / "lapset.qualcode"), "testi")
    studies.start(bench, "Lapsibarometri")
    data = (gold / FILE).read_bytes()
    sheet = open_workbook(data, FILE).sheets[0]
    importing.import_survey(
        bench, FILE, data, survey.read_survey(sheet, survey.plan_from_map(MAP, sheet))
    )
    return bench


def test_every_child_and_every_answer_is_in_and_refusals_are_set_aside(bench):
    with bench.store.reading() as rows:
        progress = rows.progress()
        aside = rows.answers(AnswerQuery(state=AnswerState.SET_ASIDE), 0, 500)
    assert progress.respondents == 414
    assert progress.documents == ANSWERS
    texts = {row.document.text for row in aside.rows}
    assert "Ei halua vastata." in texts
    assert not any(len(text.split()) > 8 for text in texts), sorted(texts, key=len)[-3:]


def test_a_question_is_reduced_grouped_with_suggestions_and_reported(bench):
    with bench.store.reading() as rows:
        answers = rows.answers(AnswerQuery(text="kaveri"), 0, 60).rows
    # A reduction a person would write takes longer; the answer's own words are enough here.
    for row in answers:
        text = row.document.text
        reducing.reduce(bench, row.document.id, 0, len(text), text[:60].strip(" .,"))
    grouping = suggesting.suggest_groups(bench, engine="tfidf")
    assert grouping.groups
    offered = grouping.groups[0]
    made = suggesting.accept_groups(
        bench,
        [suggesting.AcceptedGroup(offered.key, offered.name, offered.member_ids)],
        offered.engine,
    )
    with bench.store.reading() as rows:
        placed = rows.reductions(ReductionQuery(category_id=made[0].id), 0, 100)
    assert {row.id for row in placed.rows} == set(offered.member_ids)

    main = categorising.add(bench, "Kaverit", Level.MAIN_CATEGORY)
    categorising.move(bench, [made[0].id], main.id)
    again = suggesting.suggest_groups(bench, engine="tfidf")
    assert not set(offered.member_ids) & {m for g in again.groups for m in g.member_ids}

    report = reporting.report(bench, "fi")
    assert reporting.as_word(report)[:2] == b"PK"
    assert check(bench) == []


def test_undo_takes_the_whole_import_back_in_one_step(bench):
    history.undo(bench)
    with bench.store.reading() as rows:
        assert rows.progress().documents == rows.progress().sources == 0
    history.redo(bench)
    with bench.store.reading() as rows:
        assert rows.progress().documents == ANSWERS
