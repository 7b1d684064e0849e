"""Taking back any act of the log: an older one, one of another window, another person's."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.domain.categories import Category, Level
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import NOT_UNDOABLE, Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import CannotUndo, NothingToRedo, QualcodeError
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.second_marks import ExpressionStance, Stance
from qualcode.store.log_views import LogQuery
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create, open_study
from qualcode.workbench import (
    categorising,
    coding,
    history,
    memos,
    operations,
    reducing,
    stances,
)
from qualcode.workbench.checking import check
from qualcode.workbench.quoting import choosing
from qualcode.workbench.replaying import all_decisions, replay
from tests.builders import a_bench, a_study, code_whole, everything, with_answers, with_codes
from tests.store.contract.test_properties import acts, do

TEXT = "Äiti lohduttaa 👩‍👧"


@pytest.fixture
def bench():
    bench = a_study()
    with_answers(bench, TEXT, "Apua sai heti", "ei 50% riitä", "Lisää aikaa")
    with_codes(bench, "Lohtu", "Apu", "Aika")
    return bench


@pytest.fixture
def other(bench):
    return a_bench(bench.store, "Pekka")


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def newest(bench, act=None):
    page = history.log(bench, query=LogQuery(acts=(act,) if act else ()))
    return page.rows[0].id


def wordings(bench):
    return sorted(r.wording for r in rows(bench, ReducedExpression))


# --- an older act ---------------------------------------------------------------------------


def test_an_older_act_goes_and_the_later_ones_stay(bench):
    first = coding.code(bench, "d1", 0, 4, "c1")
    number = newest(bench)
    later = coding.code(bench, "d2", 0, 4, "c2")
    assert history.dependents(bench, number) == []
    taken = history.undo_decision(bench, number)
    assert [d.id for d in taken] == [number]
    assert rows(bench, Coding) == [later]
    assert history.redo_decision(bench, number)[0].id == number
    assert {c.id for c in rows(bench, Coding)} == {first.id, later.id}


def test_a_bulk_act_goes_whole_from_under_later_ones(bench):
    code_whole(bench, ["d1", "d2", "d3"], "c1")
    number = newest(bench)
    later = coding.code(bench, "d1", 0, len(TEXT), "c2")
    history.undo_decision(bench, number)
    assert rows(bench, Coding) == [later], "the passage stays for the code that came later"
    history.redo_decision(bench, number)
    assert len(rows(bench, Coding)) == 4


def test_an_act_made_in_another_window_is_taken_back_without_losing_mine(bench):
    one, two = "window-1", "window-2"
    operations.apply(
        bench,
        one,
        [{"seq": 1, "op": "code", "doc": "d1", "start": 0, "end": 4, "code": "c1", "id": "a"}],
    )
    theirs = newest(bench)
    operations.apply(
        bench,
        two,
        [{"seq": 1, "op": "code", "doc": "d1", "start": 5, "end": 9, "code": "c2", "id": "b"}],
    )
    for _sent_twice in range(2):
        reply = operations.apply(bench, two, [{"seq": 2, "op": "undo_act", "number": theirs}])
        assert (reply.ack, reply.refused) == (2, ())
    assert [c.id for c in rows(bench, Coding)] == ["b"]
    reply = operations.apply(bench, one, [{"seq": 2, "op": "redo_act", "number": theirs}])
    assert not reply.refused
    assert sorted(c.id for c in rows(bench, Coding)) == ["a", "b"]


def test_what_builds_on_an_act_is_named_and_taken_along_in_one_step(bench, other):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    made = newest(bench)
    reducing.reword(other, reduction.id, "emo", seen="äiti")
    reworded = newest(bench)
    reducing.link(other, "d2", 0, 4, reduction.id)
    linked = newest(bench)
    before = everything(bench.store)

    with pytest.raises(CannotUndo) as refused:
        history.undo_decision(bench, made)
    assert refused.value.values["who"] == "Pekka"
    on_top = history.dependents(bench, made)
    assert {d.id for d in on_top} == {reworded, linked}
    assert everything(bench.store) == before, "asking changes nothing"
    with pytest.raises(CannotUndo):
        history.undo_decision(bench, made, also=[linked])
    assert everything(bench.store) == before, "what was not agreed to is not touched"

    taken = history.undo_decision(bench, made, also=[d.id for d in on_top])
    assert taken[-1].id == made
    assert wordings(bench) == []
    assert check(bench) == []
    again = history.redo(bench)
    assert again.id == made, "one step back, one step forward"
    assert everything(bench.store) == before
    assert all(not d.undone for d in history.log(bench).rows)


def test_redoing_one_of_a_step_does_the_whole_step_again(bench, other):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    made = newest(bench)
    reducing.reword(other, reduction.id, "emo", seen="äiti")
    reworded = newest(bench)
    history.undo_decision(bench, made, also=[reworded])
    assert [d.id for d in history.redo_decision(other, reworded)] == [made, reworded]
    assert wordings(bench) == ["emo"]


def test_names_that_went_round_in_a_circle_are_no_free_way_through(bench, other):
    """The row looks as the act left it, but two acts in force lie on top of it."""
    category = categorising.add(bench, "a", Level.SUBCATEGORY)
    categorising.rename(bench, category.id, "b")
    mine = newest(bench)
    categorising.rename(other, category.id, "a")
    categorising.rename(other, category.id, "b")
    with pytest.raises(CannotUndo) as refused:
        history.undo(bench)
    assert refused.value.values["who"] == "Pekka"
    assert len(history.dependents(bench, mine)) == 2
    history.undo(other)
    history.undo(other)
    history.undo(bench)
    assert [c.name for c in rows(bench, Category)] == ["a"]


def test_an_import_is_taken_back_with_everything_that_was_made_of_it(bench, other):
    coding.code(bench, "d1", 0, 4, "c1")
    coding.code(other, "d1", 0, 4, "c2")
    history.undo(bench)  # the passage that it made stays for the other coder
    number = next(d.id for d in history.log(bench).rows if d.act is Act.IMPORT)
    on_top = history.dependents(bench, number)
    assert [(d.act, d.who) for d in on_top] == [(Act.CODE, "Pekka")]
    history.undo_decision(bench, number, [d.id for d in on_top])
    assert rows(bench, Document) == rows(bench, Coding) == []


# --- another's act --------------------------------------------------------------------------


def test_anothers_act_is_taken_back_by_name_only_and_both_names_are_logged(bench, other):
    theirs = coding.code(other, "d1", 0, 4, "c1")
    number = newest(bench)
    assert history.next_undo(bench).who == "Maija"
    history.undo_decision(bench, number)
    assert rows(bench, Coding) == []
    undo = history.log(bench).rows[0]
    assert (undo.who, undo.act, undo.of, undo.summary["whose"]) == (
        "Maija",
        Act.UNDO,
        number,
        "Pekka",
    )
    with pytest.raises(NothingToRedo):
        history.redo(other)
    history.redo_decision(other, number)
    assert rows(bench, Coding) == [theirs]


def test_what_i_took_back_last_i_do_again_first_whoever_made_it(bench, other):
    coding.code(other, "d1", 0, 4, "c1")
    theirs = newest(bench)
    coding.code(bench, "d2", 0, 4, "c1")
    mine = newest(bench)
    history.undo_decision(bench, mine)
    history.undo_decision(bench, theirs)
    assert history.next_redo(bench).id == theirs
    assert history.redo(bench).id == theirs
    assert history.redo(bench).id == mine
    assert history.next_undo(bench).id == mine, "what came into force last, of my own"


def test_an_act_done_again_is_the_first_that_undo_takes_back(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    first = newest(bench)
    coding.code(bench, "d2", 0, 4, "c1")
    second = newest(bench)
    history.undo_decision(bench, first)
    assert history.next_undo(bench).id == second
    history.redo_decision(bench, first)
    assert history.undo(bench).id == first
    assert history.undo(bench).id == second


def test_undone_twice_in_force_or_unknown_is_told(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    number = newest(bench)
    with pytest.raises(history.InForce):
        history.redo_decision(bench, number)
    history.undo_decision(bench, number)
    with pytest.raises(history.AlreadyUndone) as refused:
        history.undo_decision(bench, number)
    assert refused.value.values["who"] == "Maija"
    with pytest.raises(history.NotInLog):
        history.undo_decision(bench, 999)
    with pytest.raises(history.NotUndoable):
        history.undo_decision(bench, newest(bench, Act.UNDO))
    with pytest.raises(history.NotUndoable):
        history.undo_decision(bench, newest(bench, Act.CREATE_STUDY))


# --- the rules of the method hold whatever is turned --------------------------------------------


def test_a_reduction_that_an_undo_leaves_bare_goes_and_comes_back(bench, other):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    link = next(iter(rows(bench, reducing.ReductionLink)))
    reducing.link(other, "d2", 0, 4, reduction.id)
    reducing.unlink(bench, link.id)
    unlinked = newest(bench)
    history.undo(other)
    assert wordings(bench) == []
    assert check(bench) == []
    history.undo_decision(bench, unlinked)
    assert wordings(bench) == ["äiti"]
    assert check(bench) == []


def test_a_wording_written_anew_meanwhile_is_not_written_twice(bench, other):
    reducing.reduce(bench, "d1", 0, 4, "äiti")
    history.undo(bench)
    reducing.reduce(other, "d2", 0, 4, "Äiti.")
    with pytest.raises(CannotUndo) as refused:
        history.redo(bench)
    assert refused.value.values == {"act": "reduce", "what": "reduction", "who": "Pekka"}
    assert wordings(bench) == ["Äiti."]


def test_a_name_given_to_another_category_meanwhile_is_not_given_twice(bench, other):
    category = categorising.add(bench, "koti", Level.SUBCATEGORY)
    categorising.rename(bench, category.id, "arki")
    categorising.add(other, "Koti", Level.SUBCATEGORY)
    with pytest.raises(CannotUndo):
        history.undo(bench)
    assert sorted(c.name for c in rows(bench, Category)) == ["Koti", "arki"]
    assert check(bench) == []


def test_a_code_coded_again_meanwhile_is_told(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    number = newest(bench)
    history.undo_decision(bench, number)
    again = coding.code(bench, "d1", 0, 4, "c1")
    with pytest.raises(CannotUndo):
        history.redo_decision(bench, number)
    assert rows(bench, Coding) == [again]


def test_a_code_does_not_come_back_without_its_codebook(bench, other):
    coding.add_code(bench, "Arki")
    coding.add_code(other, "Raha")
    added = newest(bench)
    history.undo(other)
    history.undo(bench)
    with pytest.raises(CannotUndo):
        history.redo(other)
    history.redo(bench)
    history.redo_decision(other, added)
    assert {c.label_fi for c in rows(bench, Code, codebook_id=coding.DATA_CODEBOOK)} == {
        "Arki",
        "Raha",
    }


def test_a_memo_keeps_the_passage_when_the_coding_under_it_is_taken_back(bench, other):
    made = coding.code(bench, "d1", 0, 4, "c1")
    memos.write(other, "segment", made.segment_id, "Rajatapaus?")
    history.undo(bench)
    assert rows(bench, Coding) == []
    assert check(bench) == []
    history.redo(bench)
    assert rows(bench, Coding) == [made]


def test_a_passage_goes_when_the_stance_that_kept_it_is_taken_back(bench, other):
    made = coding.code(bench, "d1", 0, 4, "c1")
    stances.mark(other, "d1", 0, 4, Stance.SUCCESS)
    coding.uncode(bench, made.id)
    assert [s.id for s in rows(bench, Segment)] == [made.segment_id]
    history.undo(other)
    assert rows(bench, Segment) == []
    assert check(bench) == []
    history.redo(other)
    assert [s.stance for s in rows(bench, ExpressionStance)] == [Stance.SUCCESS]


def test_a_chosen_quote_is_named_before_the_last_coding_under_it_is_taken_back(bench, other):
    made = coding.code(bench, "d1", 0, 4, "c1")
    coded = newest(bench)
    again = coding.code(other, "d1", 0, 4, "c2")
    choosing.choose(other, [made.segment_id])
    chosen = newest(bench)
    history.undo_decision(bench, coded)
    assert [q.id for q in rows(bench, ChosenQuote)] == [again.segment_id], "Pekka's code is there"
    coded = newest(bench, Act.CODE)
    with pytest.raises(CannotUndo) as refused:
        history.undo_decision(other, coded)
    assert refused.value.values["what"] == "chosen_quote"
    assert [d.id for d in history.dependents(other, coded)] == [chosen]
    history.undo_decision(other, coded, also=[chosen])
    assert rows(bench, ChosenQuote) == rows(bench, Segment) == []
    assert check(bench) == []


# --- the log from nothing -------------------------------------------------------------------


def test_the_log_carried_out_from_nothing_is_the_study(bench, other):
    made = coding.code(bench, "d1", 0, 4, "c1")
    coding.code(other, "d1", 0, 4, "c2")
    history.undo(bench)
    history.undo(other)
    history.redo(bench)
    with bench.store.reading() as looking:
        told = replay(looking)
    assert told.breaks == told.wrongly_marked == []
    assert list(told.rows["coding"]) == [made.id]
    assert told.decisions == history.log(bench).total


def test_a_log_that_was_tampered_with_is_told(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    number = newest(bench)
    with bench.store.writing() as writing:
        writing.mark_undone(number, True)
    with bench.store.reading() as looking:
        assert replay(looking).wrongly_marked == [number]
    assert len(check(bench)) == 1


# --- any acts of two coders, any undoing ----------------------------------------------------

some = st.integers(0, 40)
turns = st.one_of(
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("undo_decision"), some),
    st.tuples(st.just("undo_along"), some),
    st.tuples(st.just("redo_decision"), some),
)
steps = st.lists(
    st.tuples(st.integers(0, 1), st.one_of(acts.wrapped_strategy.element_strategy, turns)),
    min_size=8,
    max_size=30,
)


@pytest.fixture
def begin(tmp_path):
    path = tmp_path / "alku.qualcode"
    create(path).close()
    opened = []

    def begin(memory):
        if memory:
            store = MemoryStore()
        else:
            copy = tmp_path / f"{len(opened)}.qualcode"
            shutil.copy(path, copy)
            store = open_study(copy)
            opened.append(store)
        bench = a_study(store)
        with_answers(bench, TEXT, "Apua SAI heti.", "ei 50% riitä_", "Lisää aikaa")
        with_codes(bench, "Lohtu", "Apu", "Aika")
        return bench, a_bench(store, "Pekka")

    yield begin
    for store in opened:
        store.close()


def turn(bench, name, n=0):
    page = history.log(bench, limit=200)
    number = page.rows[n % len(page.rows)].id
    match name:
        case "undo":
            history.undo(bench)
        case "redo":
            history.redo(bench)
        case "undo_decision":
            history.undo_decision(bench, number)
        case "undo_along":
            along = [d.id for d in history.dependents(bench, number)]
            history.undo_decision(bench, number, along)
        case "redo_decision":
            history.redo_decision(bench, number)


TURNS = {"undo", "redo", "undo_decision", "undo_along", "redo_decision"}


def told_by_acts_in_force(store):
    """The rows that the acts in force give when done in the order they came into force.

    Expressions, and reductions nothing stands behind, come and go with what needs them.
    """
    with store.reading() as looking:
        log = list(all_decisions(looking))
    applied = {}
    for d in log:
        if d.act is Act.REDO:
            applied.pop(d.of)
            applied[d.of] = d
        elif d.act is Act.UNDO:
            applied[d.of] = None
        else:
            applied[d.id] = d
    rows = {}
    for d in applied.values():
        for change in d.changes if d is not None else ():
            rows[change.kind, change.id] = change.after
    return {
        name: row
        for name, row in rows.items()
        if row is not None
        and name[0] in ("coding", "reduction_link", "category", "placement", "role")
    }


@pytest.mark.parametrize("memory", [True, False], ids=["memory", "sqlite"])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(done=steps)
def test_whatever_two_coders_do_and_undo_the_study_is_whole_and_the_log_tells_it(
    begin, memory, done
):
    benches = begin(memory)
    store = benches[0].store
    for who, act in done:
        before, total = everything(store), history.log(benches[0]).total
        try:
            if act[0] in TURNS:
                turn(benches[who], *act)
            else:
                do(benches[who], benches[1 - who], act)
        except QualcodeError:
            assert everything(store) == before, act
            assert history.log(benches[0]).total == total
        with store.reading() as looking:
            told = replay(looking)
        there = everything(store)
        assert told.breaks == told.wrongly_marked == []
        assert {kind: dict(rows) for kind, rows in told.rows.items()} == there
        in_force = told_by_acts_in_force(store)
        for kind in ("coding", "reduction_link", "category", "placement", "role"):
            assert {id: row for (name, id), row in in_force.items() if name == kind} == there[kind]
    assert check(benches[0]) == []
    store.close()


def test_every_act_that_can_be_made_can_be_undone():
    """But for what a person wanted gone for good."""
    erasing = {Act.ERASE_PERSON, Act.WRITE_FILE_ANEW}
    assert {Act.UNDO, Act.REDO, Act.CREATE_STUDY, *erasing} == set(NOT_UNDOABLE)
