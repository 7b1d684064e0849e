"""What a screen and undo ask of the log, on every store."""

from __future__ import annotations

import pytest

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act, Change, Decision
from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.store.kinds import kind_of, to_row
from qualcode.store.log_views import LogQuery, WorkDone
from tests.builders import a_source, an_answer


def at(minute, day=15):
    return f"2026-01-{day}T12:{minute:02}:00+00:00"


def decide(store, *changes, who="Maija", act=Act.CODE, when=None, of=None, summary=None):
    with store.writing() as rows:
        said = summary or {}
        return rows.append(Decision(0, when or at(0), who, act, said, changes, of=of)).id


def turn(store, act, number, who="Maija", summary=None):
    with store.writing() as rows:
        rows.mark_undone(number, act is Act.UNDO)
    return decide(store, who=who, act=act, of=number, summary=summary)


def touch(kind, id, before=None, after=None):
    return Change(kind, id, before, after)


def made(entity):
    return Change(kind_of(type(entity)).name, entity.id, None, to_row(entity))


def gone(entity):
    return Change(kind_of(type(entity)).name, entity.id, to_row(entity), None)


def ask(store, name, *args):
    with store.reading() as rows:
        return getattr(rows, name)(*args)


# --- undo and redo --------------------------------------------------------------------------


def test_what_was_done_again_last_is_undone_first(store):
    first, second = decide(store), decide(store)
    turn(store, Act.UNDO, first)
    assert ask(store, "next_undo", "Maija") == second
    turn(store, Act.REDO, first, "Pekka")
    assert ask(store, "next_undo", "Maija") == first
    turn(store, Act.UNDO, first, "Pekka")
    assert ask(store, "next_undo", "Maija") == second


def test_what_was_undone_last_is_done_again_first_whoever_made_it(store):
    theirs, mine = decide(store, who="Pekka"), decide(store)
    turn(store, Act.UNDO, mine)
    turn(store, Act.UNDO, theirs)
    assert ask(store, "next_redo", "Maija") == theirs
    assert ask(store, "next_redo", "Pekka") is None
    turn(store, Act.REDO, theirs, "Pekka")
    assert ask(store, "next_redo", "Maija") == mine
    turn(store, Act.UNDO, theirs, "Pekka")
    assert ask(store, "next_redo", "Pekka") == theirs
    assert ask(store, "next_redo", "Maija") == mine, "Pekka's undo came after mine"


def test_what_undo_and_redo_would_turn_one_after_another(store):
    first, second, theirs, third = (
        decide(store),
        decide(store),
        decide(store, who="P"),
        decide(store),
    )
    assert ask(store, "undoable", "Maija", 9) == [third, second, first]
    assert ask(store, "undoable", "Maija", 2) == [third, second]
    assert ask(store, "redoable", "Maija", 9) == []
    turn(store, Act.UNDO, first)
    turn(store, Act.UNDO, third)
    turn(store, Act.UNDO, theirs)
    assert ask(store, "undoable", "Maija", 9) == [second]
    assert ask(store, "redoable", "Maija", 9) == [theirs, third, first]
    assert ask(store, "redoable", "Maija", 1) == [theirs]
    turn(store, Act.REDO, first)
    assert ask(store, "undoable", "Maija", 9) == [first, second], "in force last"
    decide(store)
    assert ask(store, "redoable", "Maija", 9) == []


def test_of_what_was_taken_back_in_one_step_redo_names_the_act_that_was_meant(store):
    meant, built = decide(store), decide(store)
    turn(store, Act.UNDO, built, summary={"with": meant})
    turn(store, Act.UNDO, meant, summary={"also": [built]})
    assert ask(store, "redoable", "Maija", 9) == [meant]


def test_the_heading_of_a_decision_leaves_out_its_rows(store):
    number = decide(store, touch("coding", "c", None, {"id": "c"}))
    assert ask(store, "heading", number) == Decision(number, at(0), "Maija", Act.CODE)
    assert ask(store, "heading", number + 1) is None


def test_the_maker_of_a_row_as_if_some_acts_had_been_taken_back(store):
    first = decide(store, touch("code", "c", None, {"n": 1}))
    second = decide(store, touch("code", "c", {"n": 1}, {"n": 2}))
    assert ask(store, "maker_of", "code", "c").id == second
    assert ask(store, "maker_of", "code", "c", [second]).id == first
    assert ask(store, "maker_of", "code", "c", [second, first]) is None


def test_the_last_turn_of_a_decision_comes_whole(store):
    number, other = decide(store), decide(store)
    assert ask(store, "last_turn", number) is None
    turn(store, Act.UNDO, number)
    with store.writing() as rows:
        again = Decision(0, at(1), "Pekka", Act.REDO, {}, (touch("code", "k"),), of=number)
        last = rows.append(again).id
    assert ask(store, "last_turn", number).id == last
    assert ask(store, "last_turn", number).changes == (touch("code", "k"),)
    found = ask(store, "last_turns", [number, other])
    assert {id: (d.id, d.changes) for id, d in found.items()} == {number: (last, ())}
    assert ask(store, "last_turns", []) == {}


def test_who_built_on_an_act_the_last_first(store):
    row, beside = touch("code", "k", None, {"id": "k"}), touch("code", "m", None, {"id": "m"})
    first = decide(store, row, touch("category", "x"))
    second = decide(store, row, beside, who="Pekka")
    third = decide(store, touch("category", "x"))
    decide(store, touch("code", "x"))
    assert ask(store, "later_builders", first) == [
        (third, "category", "x"),
        (second, "code", "k"),
    ]
    assert ask(store, "later_builders", second) == []
    turn(store, Act.UNDO, third)
    assert ask(store, "later_builders", first) == [(second, "code", "k")]


def test_an_act_done_again_lies_on_top_of_those_before(store):
    row = touch("code", "k", None, {"id": "k"})
    first, second = decide(store, row), decide(store, row)
    turn(store, Act.UNDO, second)
    turn(store, Act.UNDO, first)
    turn(store, Act.REDO, second)
    turn(store, Act.REDO, first)
    assert ask(store, "later_builders", second) == [(first, "code", "k")]
    assert ask(store, "later_builders", first) == []
    assert ask(store, "maker_of", "code", "k").id == first
    turn(store, Act.UNDO, first)
    assert ask(store, "maker_of", "code", "k").id == second
    turn(store, Act.UNDO, second)
    assert ask(store, "maker_of", "code", "k") is None


# --- the whole log --------------------------------------------------------------------------


def test_the_log_is_told_a_part_at_a_time_with_every_row(store):
    changes = [touch("code", f"k{n}", None, {"id": f"k{n}"}) for n in range(5)]
    numbers = [decide(store, change) for change in changes]
    parts = [ask(store, "told", after, 2) for after in (0, numbers[1], numbers[3], numbers[4])]
    assert [[d.id for d in part] for part in parts] == [
        numbers[:2],
        numbers[2:4],
        numbers[4:],
        [],
    ]
    assert [d.changes for part in parts for d in part] == [(change,) for change in changes]


# --- what is shown --------------------------------------------------------------------------


def shown(store, **conditions):
    page = ask(store, "decisions", 0, 50, LogQuery(**conditions))
    assert page.total == len(page.rows)
    return [d.id for d in page.rows]


def test_the_log_by_person_act_and_time(store):
    one = decide(store, act=Act.CODE, when=at(1))
    two = decide(store, act=Act.REDUCE, who="Pekka", when=at(2))
    three = decide(store, act=Act.UNCODE, who="Pekka", when=at(1, 16))
    assert shown(store) == [three, two, one]
    assert shown(store, who="Pekka") == [three, two]
    assert shown(store, acts=(Act.CODE, Act.UNCODE)) == [three, one]
    assert shown(store, since=at(2)) == [three, two]
    assert shown(store, until=at(2)) == [one]
    assert shown(store, since=at(2), until=at(0, 16)) == [two]
    assert shown(store, who="Maija", acts=(Act.REDUCE,)) == []
    assert shown(store, numbers=(one, three)) == [three, one]
    assert shown(store, numbers=(one, three), who="Maija") == [one]
    assert shown(store, numbers=()) == []
    assert shown(store, numbers=tuple(range(two, two + 2_000))) == [three, two]
    assert ask(store, "people") == ["Maija", "Pekka"]


def test_the_log_of_one_thing(store):
    segment = Segment("s", "d1", 0, 4)
    coding = Coding("c", "s", "k", "Maija", at(1))
    link = ReductionLink("l", "s", "r", "Maija", at(2))
    coded = decide(store, made(segment), made(coding))
    reduced = decide(store, made(link), made(ReducedExpression("r", "äiti")))
    noted = decide(store, made(Memo("m", "segment", "s", "hm")), act=Act.CODE)
    uncoded = decide(store, gone(coding), gone(link), gone(segment))
    elsewhere = decide(
        store, made(Segment("s2", "d2", 0, 4)), made(Coding("c2", "s2", "k", "M", ""))
    )
    aside = decide(store, touch("document", "d2", {"id": "d2"}, {"id": "d2"}))
    assert shown(store, about=("document", "d1")) == [uncoded, noted, reduced, coded]
    assert shown(store, about=("document", "d2")) == [aside, elsewhere]
    assert shown(store, about=("code", "k")) == [elsewhere, uncoded, coded]
    assert shown(store, about=("reduction", "r")) == [uncoded, reduced]
    assert shown(store, about=("segment", "s")) == [uncoded, noted, reduced, coded]
    assert shown(store, about=("coding", "c")) == [uncoded, coded]
    assert shown(store, about=("code", 'x"] or 1')) == []


# --- what somebody did ----------------------------------------------------------------------


@pytest.fixture
def worked(store):
    with store.writing() as rows:
        rows.insert(
            [
                a_source(),
                *(an_answer(f"vastaus {n}", f"d{n}") for n in range(4)),
                Codebook("b", "b", "Kirja"),
                Code("k", "b", "k", "Koodi"),
                *(Segment(f"s{n}", f"d{n}", 0, 3) for n in range(4)),
                Segment("toinen", "d0", 3, 5),
                Coding("c0", "s0", "k", "Maija", at(1)),
                Coding("c1", "toinen", "k", "Maija", at(2)),
                Coding("c2", "s1", "k", "Pekka", at(2)),
                Coding("c3", "s2", "k", "Maija", at(9, 16)),
                ReducedExpression("r", "äiti"),
                ReductionLink("l0", "s0", "r", "Maija", at(3)),
                ReductionLink("l1", "s3", "r", "Maija", at(4)),
            ]
        )
    return store


def test_what_somebody_did_in_a_time(worked):
    decide(worked, when=at(1))
    undone = decide(worked, when=at(2))
    decide(worked, when=at(3), act=Act.REDUCE)
    turn(worked, Act.UNDO, undone)
    decide(worked, when=at(5), who="Pekka")
    decide(worked, when=at(9, 16))
    assert ask(worked, "work_done", "Maija", at(1), at(0, 16)) == WorkDone(
        acts={Act.CODE: 1, Act.REDUCE: 1},
        taken_back=1,
        coded=1,
        reduced=2,
        texts=2,
        first=at(1),
        last=at(3),
    )
    assert ask(worked, "work_done", "Maija", at(1)).coded == 2
    assert ask(worked, "work_done", "Kukaan", at(1)) == WorkDone()
