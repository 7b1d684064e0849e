"""Pins: what a person has fixed, no suggestion proposes to move. Invented texts."""

# ruff: noqa: F811  (fixtures of another module)

from __future__ import annotations

import pytest

from qualcode.domain.categories import Level
from qualcode.domain.decisions import Act
from qualcode.domain.errors import NotPlaced, UnknownRow
from qualcode.domain.pins import Pin
from qualcode.domain.suggestions import Suggestion
from qualcode.texts import gettext_for
from qualcode.ui.pages import log_filters
from qualcode.workbench import (
    categorising,
    history,
    operations,
    pinning,
    reducing,
    suggesting,
)
from qualcode.workbench.messages import act_sentence
from tests.builders import everything
from tests.workbench.test_suggesting import (  # noqa: F401  (fixtures among them)
    ENGINE,
    HURRY,
    MONEY,
    bench,
    doubted,
    doubts_of,
    empty_file,
    engine,
    free,
    higher_of,
    reductions,
    subcategory,
    taken,
)


def pins(bench):
    with bench.store.reading() as rows:
        return {pin.id for pin in rows.find(Pin)}


def said(bench):
    return act_sentence(history.log(bench).rows[0], gettext_for("fi"))


# --- the act ----------------------------------------------------------------------------------


def test_a_pin_is_one_act_in_the_log_and_undoes(doubted):
    before = everything(doubted.store)
    pinning.pin(doubted, [MONEY[0]])
    assert pins(doubted) == {MONEY[0]}
    assert said(doubted) == "kiinnitti paikalleen: ”raha loppui”"
    pinning.pin(doubted, ["raha", *HURRY])
    assert said(doubted) == "kiinnitti paikalleen 5 kohdetta: ”raha”"
    pinning.unpin(doubted, HURRY)
    assert said(doubted) == "irrotti 4 kiinnitystä: ”kiire vei ajan”"
    assert pins(doubted) == {MONEY[0], "raha"}
    for _ in range(3):
        history.undo(doubted)
    assert everything(doubted.store) == before


def test_pinning_what_is_pinned_and_unpinning_what_is_not_leave_no_trace(doubted):
    pinning.pin(doubted, ["raha"])
    total = history.log(doubted).total
    pinning.pin(doubted, ["raha"])
    pinning.unpin(doubted, ["kiire"])
    assert history.log(doubted).total == total


def test_only_what_has_a_place_can_be_pinned(doubted):
    reductions(doubted, "apu viipyi")
    with pytest.raises(NotPlaced, match="apu viipyi"):
        pinning.pin(doubted, ["raha", "apu viipyi"])
    with pytest.raises(UnknownRow):
        pinning.pin(doubted, ["tuntematon"])
    assert pins(doubted) == set()


def test_the_board_pins_by_an_operation_once(doubted):
    sent = [{"seq": 1, "op": "pin_place", "ids": ["raha", MONEY[0]]}]
    for _ in range(2):
        assert not operations.apply(doubted, "ikkuna", sent).refused
    assert pins(doubted) == {"raha", MONEY[0]}
    operations.apply(doubted, "ikkuna", [{"seq": 2, "op": "unpin_place", "ids": ["raha"]}])
    assert pins(doubted) == {MONEY[0]}


# --- what becomes of it -------------------------------------------------------------------------


def test_a_pin_goes_along_with_a_person_and_ends_with_the_place(doubted):
    pinning.pin(doubted, [MONEY[0]])
    categorising.place(doubted, [MONEY[0]], "raha")
    assert pins(doubted) == {MONEY[0]}
    categorising.place(doubted, [MONEY[0]], None)
    assert pins(doubted) == set()
    history.undo(doubted)
    assert pins(doubted) == {MONEY[0]}


def test_removing_and_merging_leave_no_pin_behind_and_lose_none(doubted):
    pinning.pin(doubted, [HURRY[0], "kiire"])
    reducing.merge(doubted, HURRY[1], [HURRY[0]])
    assert pins(doubted) == {HURRY[1], "kiire"}, "it is fixed there as what it goes on as"
    categorising.merge(doubted, "raha", ["kiire"])
    assert pins(doubted) == {HURRY[1], "raha"}
    categorising.remove(doubted, ["raha"])
    assert pins(doubted) == set(), "without a place there is nothing to be fixed to"
    before = everything(doubted.store)
    history.undo(doubted)
    history.redo(doubted)
    assert everything(doubted.store) == before


def test_a_reduction_merged_into_another_category_does_not_pin_it_there(doubted):
    pinning.pin(doubted, [MONEY[0]])
    reducing.merge(doubted, MONEY[1], [MONEY[0]])
    assert pins(doubted) == set()


# --- no suggestion proposes to move it ------------------------------------------------------------


@pytest.mark.parametrize("fixed", [MONEY[0], "kiire", "aika"])
def test_a_pinned_member_is_not_doubted_nor_moved(doubted, fixed):
    subcategory(doubted, "aika", level=Level.MAIN_CATEGORY)
    categorising.move(doubted, ["kiire"], "aika")
    (doubt,) = suggesting.places(doubted, engine=ENGINE).doubts("kiire")
    pinning.pin(doubted, [fixed])
    assert doubts_of(doubted, "kiire") == []
    offered = Suggestion(doubt.subject_id, doubt.subject, ENGINE, (doubt.elsewhere,))
    suggesting.accept_place(doubted, MONEY[0], "raha", offered, instead_of="kiire")
    assert MONEY[0] in categorising.tree(doubted).reductions_in("kiire"), "pinned meanwhile"
    history.undo(doubted)
    assert doubts_of(doubted, "kiire") == [MONEY[0]]


def test_merging_is_not_offered_where_it_would_move_what_is_pinned(doubted):
    reductions(doubted, "Raha loppui!", "raha  loppui")
    categorising.place(doubted, ["Raha loppui!"], "raha")

    def alike():
        pairs = suggesting.near_duplicates(doubted, engine=ENGINE)
        return {frozenset((pair.first_id, pair.second_id)) for pair in pairs}

    across = frozenset(("raha loppui", "Raha loppui!"))
    assert across in alike() or frozenset(("raha  loppui", "Raha loppui!")) in alike()
    pinning.pin(doubted, [MONEY[0]])
    assert across not in alike()


def test_pinned_categories_are_neither_merged_nor_grouped_by_a_suggestion(free):
    grouped = {id for group in higher_of(free) for id in group.member_ids}
    assert "kiire 1" in grouped
    offered = next(group for group in higher_of(free) if "kiire 1" in group.member_ids)
    pinning.pin(free, ["kiire 1"])
    assert "kiire 1" not in {id for group in higher_of(free) for id in group.member_ids}
    pairs = suggesting.near_categories(free, engine=ENGINE)
    assert "kiire 1" not in {id for pair in pairs for id in (pair.first_id, pair.second_id)}
    accepted = taken(offered, name="Kiireinen arki", level=Level.GENERIC_CATEGORY)
    suggesting.accept_groups(free, [accepted], ENGINE)
    assert categorising.tree(free)["kiire 1"].parent_id is None, "pinned meanwhile"


def test_the_log_lists_pins_among_grouping():
    assert {Act.PIN, Act.UNPIN} <= set(log_filters.WORK["grouping"][1])
