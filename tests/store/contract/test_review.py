"""What is said of a tree, on every store: threads, what is unread, and rows as they were."""

from __future__ import annotations

import pytest

from qualcode.domain.codes import Code
from qualcode.domain.decisions import Act, Change, Decision
from qualcode.domain.review import Remark, RemarkKind, RemarkRead, read_id
from qualcode.store.kinds import to_row
from qualcode.store.review_views import RemarkTally, ThreadQuery


def a_remark(id, about="k1", who="Maija", day=1, **more):
    at = f"2026-01-{day:02}T12:00:00+00:00"
    kind = more.pop("about_kind", "category")
    return Remark(id, kind, about, "Sanottua", created_by=who, created_at=at, **more)


@pytest.fixture
def discussed(store):
    with store.writing() as rows:
        rows.insert(
            [
                a_remark("a", kind=RemarkKind.QUESTION),
                a_remark("b", who="Pekka", day=2, reply_to="a"),
                a_remark("c", who="Pekka", day=3),
                a_remark("d", "p1", day=4, about_kind="reduction", resolved_at="2026-01-05"),
                a_remark("e", "k2", who="Pekka", day=4, kind=RemarkKind.QUESTION),
            ]
        )
        rows.put(RemarkRead(read_id("Maija", "c"), "c", "Maija"))
        rows.put(RemarkRead(read_id("Liisa", "b"), "b", "Liisa"))
    return store


def found(store, offset=0, limit=10, **conditions):
    with store.reading() as rows:
        page = rows.threads(ThreadQuery(**conditions), offset, limit)
    return [remark.id for remark in page.rows], page.total


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({}, ["e", "d", "c", "a"]),
        ({"about": ("category", ("k1",))}, ["c", "a"]),
        ({"about": ("category", ())}, []),
        ({"about": ("reduction", ("k1",))}, []),
        ({"kind": "reduction"}, ["d"]),
        ({"open": True}, ["e", "c", "a"]),
        ({"open": False}, ["d"]),
        ({"question": True}, ["e", "a"]),
        ({"question": False, "open": True}, ["c"]),
    ],
)
def test_threads_are_found_by_what_they_began_with(discussed, conditions, ids):
    assert found(discussed, **conditions) == (ids, len(ids))


def test_pages_of_threads(discussed):
    assert found(discussed, 1, 2) == (["d", "c"], 4)
    assert found(discussed, 9, 2) == ([], 4)


def test_ones_own_words_and_what_one_has_read_are_not_unread(discussed):
    with discussed.reading() as rows:
        assert rows.remark_tallies("Maija") == [
            RemarkTally("category", "k1", 3, 1, 2, 1),
            RemarkTally("category", "k2", 1, 1, 1, 1),
            RemarkTally("reduction", "p1", 1, 0, 0, 0),
        ]
        assert [tally.unread for tally in rows.remark_tallies("Liisa")] == [2, 1, 1]
        assert rows.unread_remarks("Maija", "category", ["k1", "k2"]) == ["b", "e"]
        assert rows.unread_remarks("Maija", "category", []) == []
        assert rows.unread_remarks("Pekka", "category", ["k1"]) == ["a"]


def test_nothing_said_is_nothing_counted(store):
    with store.reading() as rows:
        assert rows.remark_tallies("Maija") == []
        assert rows.row_changes("code") == []


def test_rows_as_they_were_before_and_after_each_change(store):
    first = to_row(Code("c1", "k", "apu", "Apu"))
    second = {**first, "definition_fi": "Kun autetaan"}
    changes = [
        (Change("code", "c1", None, first),),
        (Change("code", "c1", first, second), Change("category", "x", first, second)),
        (Change("code", "c1", second, first),),
        (Change("code", "c1", first, None),),
    ]
    with store.writing() as rows:
        for n, change in enumerate(changes):
            rows.append(Decision(0, f"2026-01-0{n + 1}", "Maija", Act.EDIT_CODE, {}, change))
    with store.reading() as rows:
        told = rows.row_changes("code")
    assert [(one.decision, one.id, one.at) for one in told] == [
        (2, "c1", "2026-01-02"),
        (3, "c1", "2026-01-03"),
    ]
    assert [one.after["definition_fi"] for one in told] == ["Kun autetaan", ""]
    assert [one.before["definition_fi"] for one in told] == ["", "Kun autetaan"]
