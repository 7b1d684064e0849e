"""How the machine saw the answers is kept as one picture, and read by the page. On every store."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.documents import Document
from qualcode.store.answer_query import AnswerQuery, Order, OrderBy
from qualcode.store.outlook import Outlook, OutlookMade, UnsureAnswer
from qualcode.workbench import coding, history
from tests.builders import a_study, with_answers, with_codes


def seen(document, unsure, new, chance):
    return Outlook(document, unsure, new, 400, chance, "c1", 7, "2026-01-01T00:00:00")


def a_seen_study(store):
    bench = a_study(store)
    with_answers(bench, "yksi", "kaksi", "kolme", "neljä")
    with_codes(bench, "Apu")
    with store.writing() as rows:
        rows.keep_outlook([seen("d1", 3, 1, 900), seen("d2", 1, 2, 100), seen("d3", 2, 3, 200)])
    return bench


def ids(store, by, **paged):
    with store.reading() as rows:
        page = rows.answers(AnswerQuery(order=Order(by)), paged.get("offset", 0), paged.get("n", 9))
    return [row.document.id for row in page.rows]


def test_answers_are_read_in_the_order_kept_and_a_new_one_comes_last(store):
    a_seen_study(store)
    assert ids(store, OrderBy.UNSURE) == ["d2", "d3", "d1", "d4"]
    assert ids(store, OrderBy.NEW) == ["d1", "d2", "d3", "d4"]
    assert ids(store, OrderBy.UNSURE, offset=1, n=2) == ["d3", "d1"]
    with store.reading() as rows:
        query = AnswerQuery(order=Order(OrderBy.UNSURE))
        assert [rows.answer_position(query, id) for id in ("d2", "d1", "d4")] == [0, 2, 3]


def test_what_is_decided_meanwhile_does_not_move_the_order(store):
    bench = a_seen_study(store)
    coding.code(bench, "d2", 0, 4, "c1")
    assert ids(store, OrderBy.UNSURE) == ["d2", "d3", "d1", "d4"]


def test_the_unsure_ones_are_those_below_the_limit_without_a_code(store):
    bench = a_seen_study(store)
    with store.reading() as rows:
        page = rows.unsure_answers(500, 0, 10)
        assert page.rows == (
            UnsureAnswer("d2", "kaksi", "c1", 100),
            UnsureAnswer("d3", "kolme", "c1", 200),
        )
        assert rows.unsure_answers(500, 1, 10).rows[0].document_id == "d3"
        assert rows.unsure_answers(200, 0, 10).total == 1
    coding.code(bench, "d2", 0, 4, "c1")
    with store.writing() as rows:
        rows.put(replace(rows.get(Document, "d3"), set_aside=True))
    with store.reading() as rows:
        assert rows.unsure_answers(500, 0, 10).total == 0


def test_a_new_look_takes_the_place_of_the_old_one(store):
    a_seen_study(store)
    with store.reading() as rows:
        assert rows.outlook_made() == OutlookMade(7, "2026-01-01T00:00:00", 3, 3)
    with store.writing() as rows:
        rows.keep_outlook([seen("d4", 1, 1, None)])
    with store.reading() as rows:
        assert rows.outlook_made() == OutlookMade(7, "2026-01-01T00:00:00", 1, 0)
        assert rows.unsure_answers(1000, 0, 10).total == 0
    assert ids(store, OrderBy.UNSURE)[0] == "d4"
    with store.writing() as rows:
        rows.keep_outlook([])
    with store.reading() as rows:
        assert rows.outlook_made() is None


def test_acts_in_force_are_counted_by_the_order_of_reading(store):
    bench = a_seen_study(store)
    for document, order in (("d1", "study"), ("d2", "unsure"), ("d3", "unsure"), ("d4", "")):
        coding.code(replace(bench, reading_order=order), document, 0, 4, "c1")
    history.undo(bench)
    history.undo(bench)
    with store.reading() as rows:
        # What was undone is in force no longer, and the undoing is no reading.
        assert rows.orders_used() == {"study": 1, "unsure": 1}
