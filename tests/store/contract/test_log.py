"""The decision log on every store: numbering, paging, what undo and redo would take."""

from __future__ import annotations

from qualcode.domain.decisions import Act, Change, Decision
from qualcode.store.log_views import LogQuery
from tests.builders import DAY


def decide(store, who="Maija", act=Act.CODE, of=None, **more):
    with store.writing() as rows:
        return rows.append(Decision(0, DAY, who, act, of=of, **more)).id


def undo(store, number, who="Maija"):
    with store.writing() as rows:
        rows.mark_undone(number, True)
    return decide(store, who, Act.UNDO, of=number)


def redo(store, number, who="Maija"):
    with store.writing() as rows:
        rows.mark_undone(number, False)
    return decide(store, who, Act.REDO, of=number)


def next_of(store, who="Maija"):
    with store.reading() as rows:
        return rows.next_undo(who), rows.next_redo(who)


def test_a_decision_comes_back_whole(store):
    change = Change("coding", "c", None, {"id": "c", "n": 1.5, "s": "Äiti 👩", "x": None})
    gone = Change("coding", "d", {"id": "d"}, None)
    summary = {"quote": "Apua sai", "count": 2, "merged": ["a", "b"]}
    number = decide(store, summary=summary, changes=(change, gone))
    with store.reading() as rows:
        found = rows.decision(number)
        assert found == Decision(
            number, DAY, "Maija", Act.CODE, summary, (change, gone), False, None
        )
        assert rows.decision(number + 1) is None
        assert rows.revision() == number


def test_changes_since_a_revision_are_told_oldest_first_with_their_rows(store):
    change = Change("coding", "c", None, {"id": "c"})
    gone = Change("coding", "c", {"id": "c"}, None)
    first = decide(store, changes=(change,))
    second = decide(store, "Pekka", Act.UNCODE, changes=(gone, Change("segment", "s", {}, None)))
    third = undo(store, second, "Pekka")
    with store.reading() as rows:
        later = rows.changes_since(first, 10)
        assert [(d.id, d.who, d.act) for d in later] == [
            (second, "Pekka", Act.UNCODE),
            (third, "Pekka", Act.UNDO),
        ]
        assert later[0].changes == (gone, Change("segment", "s", {}, None))
        assert later[1].of == second
        assert [d.id for d in rows.changes_since(0, 3)] == [first, second, third]
        assert rows.changes_since(0, 2) is None, "more rows than asked for"
        assert rows.changes_since(third, 10) == []


def test_revision_rises_with_every_decision(store):
    with store.reading() as rows:
        assert rows.revision() == 0
    first, second = decide(store), decide(store)
    assert second > first
    with store.reading() as rows:
        assert rows.revision() == second


def test_newest_first_by_pages_and_by_person(store):
    numbers = [decide(store, who) for who in ("Maija", "Pekka", "Maija")]
    with store.reading() as rows:
        page = rows.decisions(0, 2)
        assert ([d.id for d in page.rows], page.total) == ([numbers[2], numbers[1]], 3)
        assert [d.id for d in rows.decisions(2, 2).rows] == [numbers[0]]
        assert rows.decisions(9, 2).rows == ()
        mine = rows.decisions(0, 9, LogQuery(who="Maija"))
        assert ([d.id for d in mine.rows], mine.total) == ([numbers[2], numbers[0]], 2)
        assert all(d.changes == () for d in page.rows)


def test_undo_goes_back_and_redo_forward(store):
    first, second = decide(store), decide(store)
    assert next_of(store) == (second, None)
    undo(store, second)
    assert next_of(store) == (first, second)
    undo(store, first)
    assert next_of(store) == (None, first)
    redo(store, first)
    assert next_of(store) == (first, second)
    redo(store, second)
    assert next_of(store) == (second, None)


def test_a_new_act_ends_redo_for_good(store):
    first = decide(store)
    undo(store, first)
    second = decide(store)
    assert next_of(store) == (second, None)
    undo(store, second)
    # The first was outdated by the second: only the second can be done again.
    assert next_of(store) == (None, second)
    redo(store, second)
    assert next_of(store) == (second, None)


def test_each_coder_has_a_history_of_their_own(store):
    mine, theirs = decide(store, "Maija"), decide(store, "Pekka")
    assert next_of(store, "Maija") == (mine, None)
    assert next_of(store, "Pekka") == (theirs, None)
    undo(store, mine, "Maija")
    decide(store, "Pekka")
    assert next_of(store, "Maija") == (None, mine)


def test_the_beginning_is_not_undone(store):
    decide(store, act=Act.CREATE_STUDY)
    assert next_of(store) == (None, None)


def test_the_newest_decision_that_touched_a_row(store):
    decide(store, changes=(Change("coding", "c", None, {"id": "c"}),))
    number = decide(store, "Pekka", changes=(Change("coding", "c", {"id": "c"}, None),))
    decide(store, changes=(Change("segment", "c", None, {"id": "c"}),))
    with store.reading() as rows:
        assert (rows.last_change_of("coding", "c").id, rows.last_change_of("coding", "c").who) == (
            number,
            "Pekka",
        )
        assert rows.last_change_of("coding", "x") is None
