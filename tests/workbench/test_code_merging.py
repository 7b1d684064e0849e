"""Codes that mean the same become one, and one undo tells them apart again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.memos import Memo
from qualcode.domain.reading_places import SavedView
from qualcode.store.answer_query import AnswerQuery, Facet, among
from qualcode.texts import gettext_for
from qualcode.workbench import code_merging, coding, history, memos, saved_views
from qualcode.workbench.code_merging import NothingToMerge
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.suggesting import options
from tests.builders import a_study, an_item, everything, with_answers, with_codes


@pytest.fixture
def bench():
    return a_study()


def said(bench):
    with bench.store.reading() as rows:
        found = rows.find(Coding)
        return sorted((c.segment_id, c.code_id, c.coder) for c in found)


def test_everybodys_codings_follow_and_two_of_one_coder_become_one(bench):
    first, second = with_answers(bench, "Sain itse valita", "Apua tuli heti")
    kept, gone = with_codes(bench, "Valta", "Vallan tunne")
    pekka = replace(bench, coder="Pekka")
    coding.code(bench, first, 0, 4, kept)
    coding.code(bench, first, 0, 4, gone)
    coding.code(pekka, first, 0, 4, gone)
    coding.code(bench, second, 0, 4, gone)
    code_merging.merge(bench, kept, [gone])
    assert {(code, coder) for _, code, coder in said(bench)} == {(kept, "Maija"), (kept, "Pekka")}
    assert len(said(bench)) == 3
    with bench.store.reading() as rows:
        assert rows.get(Code, gone) is None


def test_one_undo_brings_all_of_it_back(bench):
    (doc,) = with_answers(bench, "Sain itse valita")
    kept, gone = with_codes(bench, "Valta", "Vallan tunne")
    coding.code(bench, doc, 0, 4, kept)
    coding.code(bench, doc, 0, 4, gone)
    memos.write(bench, "code", gone, "Onko tämä eri asia?")
    saved_views.save(bench, "Valta", AnswerQuery(conditions=(among(Facet.CODE, gone),)), [gone])
    before = everything(bench.store)
    code_merging.merge(bench, kept, [gone])
    with bench.store.reading() as rows:
        (view,) = rows.find(SavedView)
        assert saved_views.query_of(view.conditions).conditions[0].values == (kept,)
        assert view.pins == {"1": kept}
        assert [memo.about_id for memo in rows.find(Memo)] == [kept]
    history.undo(bench)
    assert everything(bench.store) == before


def test_subcodes_come_under_the_kept_code_and_it_rises_when_it_was_one_of_them(bench):
    top, middle, leaf, other = with_codes(bench, "Ylä", "Keski", "Lehti", "Toinen")
    with bench.act(Act.EDIT_CODE) as work:
        for id, parent in ((middle, top), (leaf, middle), (other, top)):
            work.put(replace(work.require(Code, id), parent_id=parent))
    code_merging.merge(bench, leaf, [top])
    with bench.store.reading() as rows:
        parents = {code.id: code.parent_id for code in rows.find(Code)}
    assert parents == {middle: None, leaf: middle, other: leaf}


def test_the_key_follows_when_the_kept_code_has_none(bench):
    kept, gone = with_codes(bench, "Valta", "Vallan tunne")
    with bench.act(Act.EDIT_CODE) as work:
        work.put(replace(work.require(Code, kept), shortcut=""))
        work.put(replace(work.require(Code, gone), shortcut="7"))
    assert code_merging.merge(bench, kept, [gone]).shortcut == "7"


def test_a_code_is_not_merged_with_itself_and_the_log_says_what_was_done(bench):
    (doc,) = with_answers(bench, "Sain itse valita")
    kept, gone = with_codes(bench, "Valta", "Vallan tunne")
    coding.code(bench, doc, 0, 4, gone)
    with pytest.raises(NothingToMerge):
        code_merging.merge(bench, kept, [kept])
    code_merging.merge(bench, kept, [gone])
    (newest,) = history.log(bench, 0, 1).rows
    sentence = act_sentence(newest, gettext_for("fi"))
    assert "Vallan tunne" in sentence and "Valta" in sentence and "1" in sentence


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_code_merged_with_those_it_stands_under_rises_whatever_their_order(bench, order):
    top, middle, leaf, other = with_codes(bench, "Ylä", "Keski", "Lehti", "Toinen")
    with bench.act(Act.EDIT_CODE) as work:
        for id, parent in ((middle, top), (leaf, middle), (other, middle)):
            work.put(replace(work.require(Code, id), parent_id=parent))
    code_merging.merge(bench, leaf, [(top, middle)[n] for n in order])
    with bench.store.reading() as rows:
        assert {code.id: code.parent_id for code in rows.find(Code)} == {leaf: None, other: leaf}


def weights(bench):
    return options.weights(bench.study(), "arki")


def a_question(bench):
    with bench.act(Act.IMPORT) as work:
        work.put(an_item("arki"))


def test_how_the_merged_code_counted_at_a_question_holds_for_the_kept_one(bench):
    with_answers(bench, "Sain itse valita")
    kept, gone, other = with_codes(bench, "Valta", "Vallan tunne", "Apu")
    a_question(bench)
    options.set_weights(bench, "arki", {gone: options.FAVOURED, other: options.LEFT_OUT})
    before = everything(bench.store)
    code_merging.merge(bench, kept, [gone])
    assert weights(bench) == {kept: options.FAVOURED, other: options.LEFT_OUT}
    history.undo(bench)
    assert everything(bench.store) == before


def test_what_was_chosen_for_the_kept_code_itself_stands(bench):
    kept, gone = with_codes(bench, "Valta", "Vallan tunne")
    a_question(bench)
    options.set_weights(bench, "arki", {gone: options.FAVOURED, kept: options.LEFT_OUT})
    code_merging.merge(bench, kept, [gone])
    assert weights(bench) == {kept: options.LEFT_OUT}


def test_a_removed_code_is_named_by_no_question_until_the_removal_is_undone(bench):
    kept, gone = with_codes(bench, "Valta", "Vallan tunne")
    a_question(bench)
    options.set_weights(bench, "arki", {gone: options.FAVOURED})
    coding.remove_code(bench, gone)
    assert weights(bench) == {}
    history.undo(bench)
    assert weights(bench) == {gone: options.FAVOURED}
    assert kept != gone
