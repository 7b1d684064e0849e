"""Saved views: kept, renamed, changed, put in order, removed; and what they ask and pin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.codes import Code
from qualcode.domain.errors import DuplicateName, EmptyName, UnknownRow
from qualcode.domain.reading_places import SavedView
from qualcode.store.views import AnswerQuery, AnswerState, Facet, GroupBy, How, among
from qualcode.texts import gettext_for
from qualcode.workbench import history, saved_views
from qualcode.workbench.codebook_rules import NotAShortcut
from qualcode.workbench.messages import act_sentence, message_of
from tests.builders import a_bench, a_study, everything, with_codes

UNCODED = AnswerQuery(
    AnswerState.UNCODED,
    (among(Facet.ACTOR_GROUP, "asiakas"), among(Facet.CODE, "c1", how=How.NONE)),
    group_by=GroupBy(Facet.ATTRIBUTE, "ikä"),
)


@pytest.fixture
def bench():
    return a_study()


def views(bench):
    with bench.store.reading() as rows:
        return saved_views.views_of(rows)


def names(bench):
    return [view.name for view in views(bench)]


def said(bench):
    with bench.store.reading() as rows:
        newest = rows.decisions(0, 1).rows[0]
    return act_sentence(newest, gettext_for("fi"))


def test_a_view_keeps_the_question_and_the_pins(bench):
    saved = saved_views.save(bench, "  Koodaamattomat   asiakkaat ", UNCODED, ["c3", "c1", "c3"])
    (view,) = views(bench)
    assert view == saved
    assert view.name == "Koodaamattomat asiakkaat"
    assert saved_views.query_of(view.conditions) == UNCODED
    assert view.pins == {"1": "c3", "2": "c1"}
    assert (view.created_by, view.page) == ("Maija", "coding")
    assert said(bench) == "tallensi näkymän ”Koodaamattomat asiakkaat”"


def test_a_view_needs_a_name_of_its_own(bench):
    saved_views.save(bench, "Äidit", AnswerQuery())
    before = everything(bench.store)
    with pytest.raises(EmptyName):
        saved_views.save(bench, " \n ", AnswerQuery())
    with pytest.raises(DuplicateName) as refused:
        saved_views.save(bench, "äidit", AnswerQuery())
    assert "tallennettu näkymä" in message_of(refused.value, gettext_for("fi"))
    assert everything(bench.store) == before


def test_renaming_tells_both_names_and_may_change_letter_case(bench):
    view = saved_views.save(bench, "Äidit", AnswerQuery())
    saved_views.save(bench, "Isät", AnswerQuery())
    saved_views.rename(bench, view.id, "äidit")
    assert names(bench) == ["äidit", "Isät"]
    assert said(bench) == "nimesi näkymän ”Äidit” uudelleen: ”äidit”"
    with pytest.raises(DuplicateName):
        saved_views.rename(bench, view.id, "isät")


def test_conditions_and_pins_change_apart(bench):
    view = saved_views.save(bench, "Oma", UNCODED, ["c1"])
    saved_views.change(bench, view.id, query=AnswerQuery(text="apu"))
    assert views(bench)[0].pins == {"1": "c1"}
    saved_views.change(bench, view.id, pins=[])
    (now,) = views(bench)
    assert (now.pins, saved_views.query_of(now.conditions)) == ({}, AnswerQuery(text="apu"))


def test_views_are_put_in_another_order(bench):
    first, second, third = (saved_views.save(bench, name, AnswerQuery()) for name in "ABC")
    saved_views.reorder(bench, [third.id, first.id])
    assert names(bench) == ["C", "A", "B"]
    saved_views.save(bench, "D", AnswerQuery())
    assert names(bench) == ["C", "A", "B", "D"]
    history.undo(bench)
    history.undo(bench)
    assert names(bench) == ["A", "B", "C"]
    with pytest.raises(UnknownRow):
        saved_views.reorder(bench, [second.id, "poissa"])


def test_every_act_is_undone_and_done_again(bench):
    start = everything(bench.store)
    view = saved_views.save(bench, "Oma", UNCODED, ["c1"])
    saved_views.rename(bench, view.id, "Toinen")
    saved_views.change(bench, view.id, pins=["c2"])
    saved_views.remove(bench, view.id)
    end = everything(bench.store)
    assert end == start
    for _ in range(4):
        history.undo(bench)
    assert everything(bench.store) == start
    for _ in range(3):
        history.redo(bench)
    assert views(bench)[0].name == "Toinen"
    history.redo(bench)
    assert everything(bench.store) == end


def test_a_view_removed_elsewhere_is_told(bench):
    view = saved_views.save(bench, "Oma", UNCODED)
    saved_views.remove(a_bench(bench.store, "Pekka"), view.id)
    for act in (
        lambda: saved_views.rename(bench, view.id, "Uusi"),
        lambda: saved_views.change(bench, view.id, pins=["c1"]),
        lambda: saved_views.remove(bench, view.id),
    ):
        with pytest.raises(UnknownRow):
            act()


def test_another_pages_views_are_not_among_these(bench):
    saved_views.save(bench, "Oma", AnswerQuery(), page="reductions")
    assert views(bench) == []
    with bench.store.reading() as rows:
        assert rows.count(SavedView) == 1


# --- what a view asks and pins ----------------------------------------------------------------


def test_by_me_is_whoever_looks():
    query = AnswerQuery(
        conditions=(among(Facet.CODER, saved_views.ME, "Maija"), among(Facet.CODE, saved_views.ME))
    )
    asked = saved_views.asked_by(query, "Maija")
    assert asked.conditions[0].values == ("Maija",)
    assert asked.conditions[1].values == (saved_views.ME,), "a code of that name is a code"
    assert saved_views.asked_by(query, "Pekka").conditions[0].values == ("Pekka", "Maija")


def test_pins_take_the_place_of_the_codes_own_keys():
    codes = [Code(f"c{n}", "b", f"k{n}", f"Koodi {n}", shortcut=str(n)) for n in range(1, 5)]
    keys = [code.shortcut for code in saved_views.pinned(codes, {"1": "c4", "2": "poissa"})]
    assert keys == ["", "", "", "1"]
    assert saved_views.pinned(codes, {}) == codes


@given(st.lists(st.text(min_size=1), max_size=14))
def test_at_most_nine_codes_have_keys_each_its_own(code_ids):
    pins = saved_views.pins_of(code_ids)
    assert list(pins) == list(saved_views.KEYS[: len(set(code_ids))])
    assert len(set(pins.values())) == len(pins)


def test_a_code_is_pinned_to_one_key_of_the_view(bench):
    with_codes(bench, "Lohtu", "Apu")
    view = saved_views.save(bench, "Lukematta", UNCODED, ["c1"])
    for code_id, key, pins in (
        ("c2", "4", {"1": "c1", "4": "c2"}),
        ("c1", "4", {"4": "c1"}),
        ("c2", "1", {"1": "c2", "4": "c1"}),
        ("c1", "", {"1": "c2"}),
    ):
        saved_views.pin(bench, view.id, code_id, key)
        assert views(bench)[0].pins == pins
    for _ in range(4):
        history.undo(bench)
    assert views(bench)[0].pins == {"1": "c1"}


@pytest.mark.parametrize("key", ["0", "12", "a"])
def test_only_1_to_9_are_keys_of_a_view(bench, key):
    with_codes(bench, "Lohtu")
    view = saved_views.save(bench, "Lukematta", UNCODED)
    with pytest.raises(NotAShortcut):
        saved_views.pin(bench, view.id, "c1", key)
    with pytest.raises(UnknownRow):
        saved_views.pin(bench, view.id, "poissa", "1")
    with pytest.raises(UnknownRow):
        saved_views.pin(bench, "poissa", "c1", "1")
