"""Memos on every store: filters, pages, counts, and the marks beside the answers."""

from __future__ import annotations

import pytest

from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.store.views import AnswerQuery, MemoQuery
from tests.builders import a_study, an_answer, bring_in


def a_memo(id, kind="code", about="c1", text="Ajatus", who="Maija", day=1):
    return Memo(id, kind, about, text, "nimi", who, f"2026-01-{day:02}T12:00:00+00:00")


@pytest.fixture
def noted(store):
    with store.writing() as rows:
        rows.insert(
            [
                a_memo("m1", text="Äidin ääni kuuluu", day=1),
                a_memo("m2", about="c2", who="Pekka", day=2),
                a_memo("m3", "category", "c1", "100 % varma_sti", day=3),
                a_memo("m4", "study", "study", "Päiväkirja", "Pekka", day=3),
            ]
        )
    return store


def found(store, offset=0, limit=10, **conditions):
    with store.reading() as rows:
        page = rows.memos(MemoQuery(**conditions), offset, limit)
    return [memo.id for memo in page.rows], page.total


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({}, ["m4", "m3", "m2", "m1"]),
        ({"text": "ÄÄNI"}, ["m1"]),
        ({"text": "% varma_"}, ["m3"]),
        ({"text": "100_%"}, []),
        ({"kind": "code"}, ["m2", "m1"]),
        ({"who": "Pekka"}, ["m4", "m2"]),
        ({"since": "2026-01-03"}, ["m4", "m3"]),
        ({"since": "2026-01-03T12:00:01"}, []),
        ({"about": ("code", ("c1",))}, ["m1"]),
        ({"about": ("code", ("c1", "c2", "x"))}, ["m2", "m1"]),
        ({"about": ("code", ())}, []),
        ({"memo_ids": ("m3", "m1")}, ["m3", "m1"]),
        ({"kind": "code", "who": "Maija", "text": "äidin"}, ["m1"]),
        ({"kind": "category", "about": ("code", ("c1",))}, []),
    ],
)
def test_every_condition_must_hold_and_the_newest_is_first(noted, conditions, ids):
    assert found(noted, **conditions) == (ids, len(ids))


def test_pages(noted):
    assert found(noted, 1, 2) == (["m3", "m2"], 4)
    assert found(noted, 9, 2) == ([], 4)


def test_counts_tell_only_what_has_memos(noted):
    with noted.writing() as rows:
        rows.put(a_memo("m5"))
    with noted.reading() as rows:
        assert rows.memo_counts("code", ["c1", "c2", "c3"]) == {"c1": 2, "c2": 1}
        assert rows.memo_counts("code", []) == {}
        many = [f"x{n}" for n in range(3_000)]
        assert rows.memo_counts("category", [*many, "c1"]) == {"c1": 1}


def test_the_writers_in_order(noted):
    with noted.reading() as rows:
        assert rows.memo_writers() == ["Maija", "Pekka"]


def test_an_answer_brings_the_memos_on_it_and_on_its_passages(store):
    bench = a_study(store)
    bring_in(bench, an_answer("Apua sai heti", "d1"), an_answer("Ei tiedä", "d2", position=1))
    with store.writing() as rows:
        rows.insert([Segment("s2", "d1", 5, 8), Segment("s1", "d1", 0, 4)])
        rows.insert(
            [
                a_memo("m1", "segment", "s2", day=1),
                a_memo("m2", "segment", "s1", day=3),
                a_memo("m3", "document", "d1", day=4),
                a_memo("m4", "segment", "gone", day=1),
                a_memo("m5", "segment", "s2", day=2),
                a_memo("m6", "code", "d1", day=2),
            ]
        )
    with store.reading() as rows:
        first, second = rows.answers(AnswerQuery(), 0, 5).rows
    assert [(mark.memo.id, mark.span) for mark in first.memos] == [
        ("m3", None),
        ("m2", (0, 4)),
        ("m1", (5, 8)),
        ("m5", (5, 8)),
    ]
    assert second.memos == ()
