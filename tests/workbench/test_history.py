"""Undo and redo over everything: one act a step, across restarts, never over another's work."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import CannotUndo, NothingToRedo, NothingToUndo, QualcodeError
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create, open_study
from qualcode.workbench import categorising, coding, history, reducing, studies
from qualcode.workbench.checking import check
from qualcode.workbench.segment_acts import Span, code_spans
from tests.builders import (
    a_bench,
    a_respondent,
    a_study,
    an_answer,
    bring_in,
    code_whole,
    everything,
    with_answers,
    with_codes,
)
from tests.store.contract.test_properties import acts, do

TEXT = "Äiti lohduttaa"


@pytest.fixture
def bench():
    bench = a_study()
    with_answers(bench, TEXT, "Apua sai heti")
    with_codes(bench, "Lohtu", "Apu")
    return bench


@pytest.fixture
def other(bench):
    return a_bench(bench.store, "Pekka")


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def test_an_import_is_one_step_however_big(bench):
    before = everything(bench.store)
    people = [a_respondent(f"r{n}") for n in range(300)]
    bring_in(bench, *people, *(an_answer("apua", f"x{n}", f"r{n}") for n in range(300)))
    after = everything(bench.store)
    assert history.undo(bench).act is Act.IMPORT
    assert everything(bench.store) == before
    history.redo(bench)
    assert everything(bench.store) == after


def test_undo_tells_what_it_took_back_and_the_log_keeps_both(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    waiting = history.next_undo(bench)
    assert (waiting.act, waiting.changes) == (Act.CODE, ())
    undone = history.undo(bench)
    assert undone.id == waiting.id
    newest, older = history.log(bench).rows[:2]
    assert (newest.act, newest.of, newest.summary["act"]) == (Act.UNDO, undone.id, "code")
    assert older.undone
    assert history.next_redo(bench).id == undone.id
    history.redo(bench)
    assert not history.log(bench, 2, 1).rows[0].undone


def test_nothing_is_left_to_undo_but_the_beginning(bench):
    while history.next_undo(bench):
        history.undo(bench)
    with pytest.raises(NothingToUndo):
        history.undo(bench)
    assert bench.study().name == "Kokeilututkimus"
    assert rows(bench, Document) == []


def test_a_new_act_ends_redo_for_good(bench):
    coding.code(bench, "d1", 0, 4, "c1")
    history.undo(bench)
    coding.code(bench, "d1", 5, 9, "c1")
    with pytest.raises(NothingToRedo):
        history.redo(bench)
    history.undo(bench)
    history.redo(bench)
    assert [(s.start, s.end) for s in rows(bench, Segment)] == [(5, 9)]
    with pytest.raises(NothingToRedo):
        history.redo(bench)


def test_an_act_that_changes_nothing_is_no_step(bench):
    before = history.log(bench).total
    studies.edit(bench)
    categorising.place(bench, [], None)
    assert history.log(bench).total == before


def test_an_act_that_fails_is_no_step(bench):
    before = history.log(bench).total, everything(bench.store)
    with pytest.raises(QualcodeError):
        code_spans(bench, "c1", [Span("d1", 0, 4), Span("poissa", 0, 4)])
    assert (history.log(bench).total, everything(bench.store)) == before


# --- several coders -------------------------------------------------------------------------


def test_each_undoes_their_own_acts(bench, other):
    mine = coding.code(bench, "d1", 0, 4, "c1")
    theirs = coding.code(other, "d2", 0, 4, "c1")
    history.undo(bench)
    assert rows(bench, Coding) == [theirs]
    history.undo(other)
    with pytest.raises(NothingToUndo):
        history.undo(other)
    history.redo(bench)
    assert rows(bench, Coding) == [mine]


def test_what_another_has_built_on_is_not_torn_away(bench, other):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    reducing.link(other, "d2", 0, 4, reduction.id)
    before = everything(bench.store)
    with pytest.raises(CannotUndo) as refused:
        history.undo(bench)
    assert refused.value.values == {"act": "reduce", "what": "reduction_link", "who": "Pekka"}
    assert everything(bench.store) == before
    assert history.next_undo(bench).act is Act.REDUCE
    history.undo(other)
    history.undo(bench)
    assert rows(bench, ReducedExpression) == []


def test_what_another_has_changed_is_not_overwritten(bench, other):
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    reducing.reword(bench, reduction.id, "emo", seen="äiti")
    reducing.reword(other, reduction.id, "mutsi", seen="emo")
    with pytest.raises(CannotUndo) as refused:
        history.undo(bench)
    assert refused.value.values["who"] == "Pekka"
    assert [r.wording for r in rows(bench, ReducedExpression)] == ["mutsi"]


def test_a_redo_does_not_overwrite_either(bench, other):
    reduction = reducing.reduce(other, "d1", 0, 4, "äiti")
    reducing.reword(bench, reduction.id, "emo", seen="äiti")
    history.undo(bench)
    reducing.reword(other, reduction.id, "mutsi", seen="äiti")
    with pytest.raises(CannotUndo):
        history.redo(bench)
    assert [r.wording for r in rows(bench, ReducedExpression)] == ["mutsi"]


def test_the_expression_under_anothers_coding_stays(bench, other):
    coding.code(bench, "d1", 0, 4, "c1")
    theirs = coding.code(other, "d1", 0, 4, "c2")
    history.undo(bench)
    assert rows(bench, Coding) == [theirs]
    assert len(rows(bench, Segment)) == 1
    history.redo(bench)
    assert len(rows(bench, Coding)) == 2
    history.undo(other)
    history.undo(bench)
    assert rows(bench, Segment) == rows(bench, Coding) == []


def test_an_expression_that_another_marked_meanwhile_is_no_hindrance(bench, other):
    coding.code(bench, "d1", 0, 4, "c1")
    history.undo(bench)
    coding.code(other, "d1", 0, 4, "c2")
    history.redo(bench)
    assert len(rows(bench, Coding)) == 2
    assert len(rows(bench, Segment)) == 1


def test_the_codebook_of_found_codes_stays_for_the_other(bench, other):
    coding.add_code(bench, "Arki")
    theirs = coding.add_code(other, "Raha")
    history.undo(bench)
    assert [c.id for c in rows(bench, Code, codebook_id=coding.DATA_CODEBOOK)] == [theirs.id]
    history.undo(other)
    history.redo(bench)
    assert [b.id for b in rows(bench, Codebook)] == ["teoria", coding.DATA_CODEBOOK]


# --- restarts -------------------------------------------------------------------------------


def test_undo_and_redo_survive_a_restart(tmp_path):
    path = tmp_path / "tutkimus.qualcode"
    bench = a_study(create(path))
    with_answers(bench, TEXT)
    with_codes(bench, "Lohtu")
    code_whole(bench, ["d1"], "c1")
    reduction = reducing.reduce(bench, "d1", 0, 4, "äiti")
    reducing.reword(bench, reduction.id, "emo", seen="äiti")
    after = everything(bench.store)
    bench.store.close()

    bench = a_bench(open_study(path))
    for _ in range(3):
        history.undo(bench)
    assert rows(bench, Coding) == rows(bench, ReducedExpression) == []
    bench.store.close()

    bench = a_bench(open_study(path))
    for _ in range(3):
        history.redo(bench)
    assert everything(bench.store) == after
    bench.store.close()


# --- any list of acts -----------------------------------------------------------------------


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
        with_answers(bench, TEXT + " 👩‍👧", "Apua SAI heti.", "ei 50% riitä_", "Lisää aikaa")
        with_codes(bench, "Lohtu", "Apu", "Aika")
        return bench

    return begin


@pytest.mark.parametrize("memory", [True, False], ids=["memory", "sqlite"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(done=acts)
def test_undoing_everything_is_the_beginning_and_redoing_everything_the_end(begin, memory, done):
    bench = begin(memory)
    before = everything(bench.store)
    steps = history.next_undo(bench).id
    for act in done:
        try:
            do(bench, bench, act)
        except QualcodeError:
            continue
    after = everything(bench.store)
    undone = 0
    # An act of undo among the acts may have gone behind the beginning: stop where it began.
    while (last := history.next_undo(bench)) and last.id > steps:
        history.undo(bench)
        undone += 1
    if history.next_undo(bench) and history.next_undo(bench).id == steps:
        assert everything(bench.store) == before
    for _ in range(undone):
        history.redo(bench)
    assert everything(bench.store) == after
    bench.store.close()


def test_two_coders_of_one_span_undo_and_redo_and_the_study_stays_whole(bench, other):
    coding.code(bench, "d1", 0, 4, "c1")
    coding.code(other, "d1", 0, 4, "c2")
    for act, coder, codings in (
        (history.undo, bench, 1),
        (history.undo, other, 0),
        (history.redo, other, 1),
        (history.redo, bench, 2),
        (history.undo, other, 1),
    ):
        act(coder)
        assert len(rows(bench, Coding)) == codings
        assert len(rows(bench, Segment)) == min(codings, 1)
        assert check(bench) == []
