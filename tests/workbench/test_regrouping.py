"""Groups around and beside the categories: what a person decided holds. Invented texts."""

# ruff: noqa: F811  (fixtures of another module)
from __future__ import annotations

import pytest

from qualcode.domain.errors import UnknownRow
from qualcode.domain.suggestions import Dismissal
from qualcode.workbench import categorising, history, operations, pinning, suggesting
from qualcode.workbench.suggesting import AcceptedGroup, RefusedGroup
from qualcode.workbench.worth import past
from tests.builders import everything
from tests.workbench.test_suggesting import (  # noqa: F401  (fixtures among them)
    ENGINE,
    HELP,
    HURRY,
    MONEY,
    bench,
    empty_file,
    engine,
    latest,
    reductions,
    subcategory,
    taken,
)


@pytest.fixture
def begun(bench):
    """A category of hurry with two of its four reductions; the rest waits for a place."""
    reductions(bench, *HURRY, *MONEY, *HELP)
    subcategory(bench, "kiire", *HURRY[:2])
    return bench


def offered(bench, per_group=5):
    found = suggesting.suggest_groups(bench, per_group=per_group, around=True, engine=ENGINE)
    joining = {group.joins: set(group.member_ids) for group in found.groups if group.joins}
    return found.groups, joining, [set(g.member_ids) for g in found.groups if not g.joins]


def joining_group(bench):
    return next(group for group in offered(bench)[0] if group.joins)


def test_like_ones_are_offered_to_the_category_and_others_beside_it(begun):
    _, joining, new = offered(begun)
    assert joining == {"kiire": set(HURRY[2:])}
    assert set(MONEY) in new and set(HELP) in new


def test_accepting_puts_them_into_the_category_in_one_act_and_undoes(begun):
    before = everything(begun.store)
    group = joining_group(begun)
    accepted = taken(group, joins=group.joins)
    assert suggesting.accept_groups(begun, [accepted], ENGINE) == [
        categorising.tree(begun)["kiire"]
    ]
    assert set(categorising.tree(begun).reductions_in("kiire")) == set(HURRY)
    assert latest(begun).summary["seen"][0]["members"]
    history.undo(begun)
    assert everything(begun.store) == before


def test_a_category_that_is_gone_meanwhile_takes_nobody(begun):
    group = joining_group(begun)
    categorising.remove(begun, ["kiire"])
    with pytest.raises(UnknownRow):
        suggesting.accept_groups(begun, [taken(group, joins=group.joins)], ENGINE)


def test_what_is_turned_down_for_the_category_is_not_offered_to_it_in_any_group(begun):
    group = joining_group(begun)
    suggesting.dismiss_groups(begun, [RefusedGroup(group.key, group.member_ids, group.joins)])
    assert latest(begun).summary["count"] == 1
    assert offered(begun)[1] == {}
    (found,) = suggesting.suggest_places(begun, [HURRY[2]], engine=ENGINE)
    assert "kiire" not in {c.target_id for c in found.suggestion.candidates}
    with begun.store.reading() as rows:
        taken_so_far = past.past(rows).taken
    assert taken_so_far[past.Offer.GROUPS].dismissed == 1, "one suggestion, whatever it held"
    assert past.Offer.PLACES not in taken_so_far
    history.undo(begun)
    assert offered(begun)[1] == {"kiire": set(HURRY[2:])}


def test_a_group_turned_down_comes_back_neither_as_it_was_nor_nearly_so(begun):
    suggesting.dismiss_groups(begun, [RefusedGroup("x", MONEY)])
    reductions(begun, "raha on tiukassa")
    for per_group in (1, 2, 3, 5, 9):
        for found in (
            offered(begun, per_group)[0],
            suggesting.suggest_groups(begun, per_group=per_group, engine=ENGINE).groups,
        ):
            assert not any(set(MONEY) <= set(group.member_ids) for group in found)


def test_placed_and_pinned_ones_are_in_no_group(begun):
    subcategory(begun, "raha", *MONEY[:3])
    pinning.pin(begun, [MONEY[0], "kiire"])
    seen = {id for group in offered(begun)[0] for id in group.member_ids}
    assert not seen & {*HURRY[:2], *MONEY[:3]}
    assert seen & {*HURRY[2:]}, "a pinned category may still grow"


def test_without_categories_it_is_a_first_grouping(bench):
    reductions(bench, *HURRY, *MONEY)
    groups, joining, new = offered(bench, 4)
    assert groups and not joining and len(new) == len(groups)


def test_the_board_sends_what_joins_and_what_is_turned_down(begun):
    group = joining_group(begun)
    accept = {
        "seq": 1,
        "op": "accept_groups",
        "engine": ENGINE,
        "groups": [
            {
                "key": group.key,
                "id": "uusi",
                "name": group.name,
                "level": 1,
                "joins": "kiire",
                "members": list(group.member_ids),
                "offered": list(group.member_ids),
            }
        ],
    }
    refuse = {
        "seq": 2,
        "op": "dismiss_groups",
        "keys": ["avain"],
        "groups": [{"key": "avain", "members": list(MONEY)}],
    }
    assert not operations.apply(begun, "ikkuna", [accept, refuse]).refused
    assert set(categorising.tree(begun).reductions_in("kiire")) == set(HURRY)
    assert "uusi" not in categorising.tree(begun).categories
    with begun.store.reading() as rows:
        keys = {d.key for d in rows.find(Dismissal)}
    assert keys == {"group:avain", *(f"member:avain|{id}" for id in MONEY)}
    broken = {"seq": 3, "op": "dismiss_groups", "keys": ["a"], "groups": [{"key": "a"}]}
    assert operations.apply(begun, "ikkuna", [broken]).refused


def test_a_plain_acceptance_still_makes_a_category(begun):
    suggesting.accept_groups(begun, [AcceptedGroup("r", "Raha", MONEY, "raha")], ENGINE)
    assert set(categorising.tree(begun).reductions_in("raha")) == set(MONEY)
