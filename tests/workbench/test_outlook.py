"""All answers looked through: the orders of reading, the pile of what is not known, the log.

Invented texts; the small engine is that of the other suggestions.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.calibration import Calibration
from qualcode.domain.documents import Document
from qualcode.domain.suggestions import Candidate, Dismissal
from qualcode.store.answer_query import AnswerQuery, Order
from qualcode.store.memory import MemoryStore
from qualcode.store.offers import CODE
from qualcode.texts import gettext_for
from qualcode.workbench import coding, history, reading_orders, suggesting
from qualcode.workbench.reading_orders import NEW, UNSURE
from qualcode.workbench.suggesting import keeping, outlook, statistics
from qualcode.workbench.suggesting.code_offers import Span
from qualcode.workbench.suggesting.outlook import NoCodesYet
from tests.builders import a_study, with_answers
from tests.workbench.test_code_offers import (  # noqa: F401  (fixtures)
    ANSWERS,
    bench,
    code_id,
)
from tests.workbench.test_suggesting import engine  # noqa: F401  (a fixture)


def look(bench):  # noqa: F811
    told = []
    outlook.look_through(bench, lambda done, whole: told.append((done, whole)))
    return told


def order_of(bench, order):  # noqa: F811
    with bench.store.reading() as rows:
        page = rows.answers(AnswerQuery(order=order), 0, 20)
    return [row.document.id for row in page.rows]


def test_the_answer_whose_code_is_least_sure_comes_first_and_the_coded_last(bench):  # noqa: F811
    coding.code(bench, "d1", 0, len(ANSWERS[0]), code_id(bench, "Kiire"))
    told = look(bench)
    # "puhelin ja lomake" speaks of none of the codes.
    assert order_of(bench, UNSURE)[0] == "d4"
    assert order_of(bench, UNSURE)[-1] == "d1"
    assert told[-1] == (10, 10)


def test_of_two_alike_the_one_is_new_that_nothing_coded_resembles(bench):  # noqa: F811
    coding.code(bench, "d1", 0, len(ANSWERS[0]), code_id(bench, "Kiire"))
    look(bench)
    found = order_of(bench, NEW)
    # "kiire taas" is like the coded "kiire vei ajan", the other three are not.
    assert found[-2:] == ["d5", "d1"]


def test_the_order_stays_while_one_reads_and_moves_when_asked_for(bench):  # noqa: F811
    look(bench)
    before = order_of(bench, UNSURE)
    first = before[0]
    coding.code(bench, first, 0, 3, code_id(bench, "Apu"))
    assert order_of(bench, UNSURE) == before
    look(bench)
    assert order_of(bench, UNSURE)[-1] == first


def test_what_is_less_likely_than_the_limit_lies_in_the_pile_of_the_whole_study(
    bench,  # noqa: F811
    monkeypatch,
):
    rising = Calibration((-2.0, 8.0, 0.0, 0.0), 100)
    monkeypatch.setattr(statistics, "meaning", lambda *_which: rising)
    look(bench)
    with bench.store.reading() as rows:
        page = rows.unsure_answers(300, 0, 10)
    assert [one.document_id for one in page.rows] == ["d4"]


def test_a_code_turned_down_for_an_answer_is_not_its_nearest_again(bench, monkeypatch):  # noqa: F811
    rising = Calibration((-2.0, 1.0, 0.0, 0.0), 100)
    monkeypatch.setattr(statistics, "meaning", lambda *_which: rising)

    def nearest():
        look(bench)
        with bench.store.reading() as rows:
            page = rows.unsure_answers(1000, 0, 10)
        return {one.document_id: one.code_id for one in page.rows}

    hurry = code_id(bench, "Kiire")
    before = nearest()
    assert before["d1"] == before["d5"] == hurry
    suggesting.reject_code(bench, Span("d1", 0, len(ANSWERS[0])), hurry)
    after = nearest()
    assert after["d1"] not in (hurry, None)
    assert after["d5"] == hurry


def test_a_rejection_kept_as_one_of_the_text_without_its_space_is_of_the_answer(bench):  # noqa: F811
    hurry = code_id(bench, "Kiire")
    with bench.store.writing() as rows:
        rows.put(replace(rows.get(Document, "d1"), text=f"{ANSWERS[0]} "))
        rows.put(Dismissal("x", f"code:d1:0-{len(ANSWERS[0])}|{hurry}", "Maija", "2026"))
    look(bench)
    with bench.store.reading() as rows:
        assert outlook._down(outlook._turned_down(rows), rows.get(Document, "d1")) == {hurry}


def test_before_enough_is_decided_the_pile_is_not_told(bench):  # noqa: F811
    look(bench)
    made = outlook.made(bench)
    assert (made.answers, made.known) == (5, 0)


def test_what_was_decided_since_the_program_was_opened_is_known_to_the_pile(bench):  # noqa: F811
    look(bench)
    three = [Candidate(code_id(bench, name), name, 0.5) for name in ("Kiire", "Raha", "Apu")]
    for n, text in enumerate(ANSWERS, 1):
        for end in (len(text), len(text) - 1):
            keeping.note(bench, CODE, (f"d{n}", 0, end), three, "")
        coding.code(bench, f"d{n}", 0, len(text), code_id(bench, "Kiire"))
    look(bench)
    assert outlook.made(bench).known > 0, "thirty suggestions have been decided on"


def test_without_codes_it_is_told_what_to_do():
    empty = a_study(MemoryStore())
    with_answers(empty, "kiire vei ajan")
    with pytest.raises(NoCodesYet):
        look(empty)
    going_on = outlook.begin(empty, patience=20)
    assert isinstance(going_on.problem, NoCodesYet)


def test_it_can_be_asked_for_again_when_it_has_been_done(bench):  # noqa: F811
    assert outlook.begin(bench, patience=30) is None
    first = outlook.made(bench)
    coding.code(bench, "d1", 0, 5, code_id(bench, "Kiire"))
    assert outlook.begin(bench, patience=30) is None
    assert outlook.made(bench).revision > first.revision


def test_the_log_says_in_which_order_the_answers_were_read(bench):  # noqa: F811
    reading = replace(bench, reading_order=UNSURE.told())
    coding.code(reading, "d1", 0, 5, code_id(bench, "Kiire"))
    coding.code(replace(bench, reading_order=Order().told()), "d2", 0, 4, code_id(bench, "Raha"))
    coding.code(bench, "d3", 0, 3, code_id(bench, "Apu"))
    assert reading_orders.used(bench) == {"study": 1, "unsure": 1}
    newest = history.log(bench, 0, 3).rows
    assert [one.summary.get("reading_order") for one in newest] == [None, "study", "unsure"]
    history.undo(reading)
    history.undo(reading)
    assert "study" not in reading_orders.used(bench)


def test_every_order_has_a_name_to_be_translated():
    _ = gettext_for("fi")
    for order in reading_orders.ORDERS:
        assert _(reading_orders.named(order.told())) != order.told()
    assert reading_orders.named("-attribute:ikä") == "ikä"
