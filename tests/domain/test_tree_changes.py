"""Two states of a tree compared: S subcategory, G generic, M main category; then reductions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.categories import Category, CategoryTree, Level, Placement
from qualcode.domain.errors import QualcodeError
from qualcode.domain.tree_changes import Merged, ReductionMove, Split, compare
from qualcode.domain.tree_versions import TreeState, as_text, from_text
from tests.builders import tree_from

TREE = """
    M tuki > G apu > S koti: a, b, c
    M tuki > G apu > S raha: d, e
    M tuki > G ihmiset > S läheiset: f, g
    S muu: h
"""


def state(tree, **wordings):
    tree = tree_from(tree) if isinstance(tree, str) else tree
    return TreeState(tree, {**{id: f"pelkistys {id}" for id in tree.placements}, **wordings})


def changes(old, new):
    """The differences that are there, without the pairs."""
    found = compare(state(old) if isinstance(old, str) else old, new)
    return {
        name: getattr(found, name)
        for name in found.__dataclass_fields__
        if name != "pairs" and getattr(found, name)
    }


def after(act, old=TREE):
    return TreeState(act(tree_from(old)), state(old).wordings)


def with_new_ids(one, places=True):
    """The same tree brought in again: every id is another."""
    tree = CategoryTree.of(
        [
            replace(c, id=f"x-{c.id}", parent_id=c.parent_id and f"x-{c.parent_id}")
            for c in one.tree.categories.values()
        ],
        [
            Placement(f"y-{p.id}", f"x-{p.category_id}", p.position)
            for p in one.tree.placements.values()
        ],
    )
    return TreeState(tree, {f"y-{id}": wording for id, wording in one.wordings.items()})


def test_a_tree_and_itself_differ_in_nothing():
    assert changes(TREE, state(TREE)) == {}


def test_a_renamed_category_is_renamed_and_nothing_else():
    assert changes(TREE, after(lambda t: t.rename("koti", "koti ja arki"))) == {
        "renamed": (("koti", "koti"),)
    }


def test_a_moved_category_is_moved_and_what_is_in_it_has_not_moved():
    assert changes(TREE, after(lambda t: t.move("raha", "ihmiset"))) == {
        "moved": (("raha", "raha"),)
    }


def test_a_moved_reduction_tells_from_where_and_to_where():
    assert changes(TREE, after(lambda t: t.place(["a"], "raha"))) == {
        "moves": (ReductionMove("a", "a", "koti", "raha"),)
    }


def test_two_subcategories_merged_are_merged_with_the_reductions_that_moved():
    assert changes(TREE, after(lambda t: t.merge("koti", ["raha"]))) == {
        "merged": (Merged(("koti", "raha"), "koti"),),
        "moves": (ReductionMove("d", "d", "raha", "koti"), ReductionMove("e", "e", "raha", "koti")),
    }


def test_a_merger_made_by_hand_is_a_merger():
    """The reductions were dragged over and the empty category removed."""

    def by_hand(tree):
        return tree.place(["d", "e"], "koti").remove("raha")

    assert changes(TREE, after(by_hand))["merged"] == (Merged(("koti", "raha"), "koti"),)


def test_merged_into_a_new_category_is_merged_though_no_id_is_left():
    def anew(tree):
        new = Category("uusi", "arjen tuki", Level.SUBCATEGORY, "apu")
        tree = tree.add(new).place(["a", "b", "c", "d", "e"], "uusi")
        return tree.remove("koti").remove("raha")

    found = changes(TREE, after(anew))
    assert found["merged"] == (Merged(("koti", "raha"), "uusi"),)
    assert "added" not in found
    assert "removed" not in found


def test_three_equal_ones_merged_into_a_new_one():
    old = "S x: a, b\nS y: c, d\nS z: e, f"
    assert changes(old, state("S n: a, b, c, d, e, f"))["merged"] == (Merged(("x", "y", "z"), "n"),)


def test_generic_categories_merge_by_what_is_under_them():
    found = changes(TREE, after(lambda t: t.merge("apu", ["ihmiset"])))
    assert found == {"merged": (Merged(("apu", "ihmiset"), "apu"),)}, "subcategories moved along"


def test_a_split_category_is_split_with_the_reductions_that_moved():
    new = Category("hoiva", "hoiva", Level.SUBCATEGORY)
    assert changes(TREE, after(lambda t: t.split("koti", new, ["c"]))) == {
        "split": (Split("koti", ("koti", "hoiva")),),
        "moves": (ReductionMove("c", "c", "koti", "hoiva"),),
    }


def test_split_into_two_new_ones_is_split_though_the_old_one_is_gone():
    old = "S kaikki: a, b, c, d, e, f"
    new = "S alku: a, b\nS keski: c, d\nS loppu: e, f"
    found = changes(old, state(new))
    assert found["split"] == (Split("kaikki", ("alku", "keski", "loppu")),)


def test_an_added_and_a_removed_category():
    new = Category("uusi", "uusi", Level.SUBCATEGORY, "apu")
    assert changes(TREE, after(lambda t: t.add(new))) == {"added": ("uusi",)}
    found = changes(TREE, after(lambda t: t.remove("muu")))
    assert found["removed"] == ("muu",)
    assert found["moves"] == (ReductionMove("h", "h", "muu", None),)


def test_a_removed_category_whose_reductions_wait_for_a_place_is_not_merged():
    def scattered(tree):
        return tree.place(["a"], "raha").remove("koti")

    found = changes(TREE, after(scattered))
    assert found["removed"] == ("koti",)
    assert "merged" not in found


def test_a_tree_brought_in_again_under_new_ids_is_the_same_tree():
    assert changes(state(TREE), with_new_ids(state(TREE))) == {}


def test_under_new_ids_names_that_changed_places_follow_what_is_inside():
    old = state("S x: a, b, c\nS y: d, e, f")
    swapped = old.tree.rename("x", "y").rename("y", "x")
    new = with_new_ids(TreeState(swapped, old.wordings))
    assert changes(old, new) == {"renamed": (("x", "x-x"), ("y", "x-y"))}


def test_an_empty_category_under_a_new_id_is_known_by_its_name():
    assert changes("G apu > S koti", state("G apu > S koti")) == {}
    old, new = state("S tyhjä\nS koti: a"), with_new_ids(state("S tyhjä\nS koti: a"))
    assert changes(old, new) == {}


def test_definitions_wordings_and_reductions_that_came_or_went():
    tree = tree_from(TREE)
    defined = tree.edit(replace(tree["koti"], definition="Mitä kotona tehdään"))
    old = state(TREE)
    wordings = {**old.wordings, "a": "toisin sanottu", "uusi": "aivan uusi"}
    del wordings["h"]
    new = TreeState(replace(defined, placements=without(defined.placements, "h")), wordings)
    assert changes(old, new) == {
        "redefined": (("koti", "koti"),),
        "reworded": (("a", "a"),),
        "came": ("uusi",),
        "gone": ("h",),
    }


def without(mapping, key):
    return {k: v for k, v in mapping.items() if k != key}


# --- what holds of any two trees ----------------------------------------------------------------

IDS = [*"abcdefghij"]
SUBS = ["s1", "s2", "s3", "s4", "s5"]


@st.composite
def trees(draw):
    """Any tree of five subcategories at most, two generic ones and ten reductions."""
    categories = [Category("g1", "g1", Level.GENERIC_CATEGORY)]
    categories += draw(st.sampled_from([[], [Category("g2", "g2", Level.GENERIC_CATEGORY)]]))
    above = [None, *(c.id for c in categories)]
    subs = draw(st.lists(st.sampled_from(SUBS), min_size=1, unique=True))
    categories += [
        Category(id, id, Level.SUBCATEGORY, draw(st.sampled_from(above)), position=float(n))
        for n, id in enumerate(subs)
    ]
    placed = draw(st.dictionaries(st.sampled_from(IDS), st.sampled_from(subs)))
    return state(
        CategoryTree.of(categories, [Placement(r, c) for r, c in placed.items()]),
        **{id: f"pelkistys {id}" for id in IDS},
    )


@given(trees())
def test_a_kept_tree_is_read_back_as_it_was(one):
    assert from_text(as_text(one)) == one
    differences = vars(compare(one, one))
    assert not any(found for name, found in differences.items() if name != "pairs")


@given(trees(), trees())
def test_every_old_category_carries_on_or_has_one_end(old, new):
    found = compare(old, new)
    merged = {id for one in found.merged for id in one.olds} - set(found.pairs)
    split = {one.old for one in found.split} - set(found.pairs)
    ends = [*found.pairs, *found.removed, *merged, *split]
    assert sorted(ends) == sorted(old.tree.categories)


@given(trees(), trees())
def test_every_new_category_has_one_beginning(old, new):
    found = compare(old, new)
    merged = {one.new for one in found.merged} - set(found.pairs.values())
    split = {id for one in found.split for id in one.news} - set(found.pairs.values())
    begun = [*found.pairs.values(), *found.added, *merged, *split]
    assert sorted(begun) == sorted(new.tree.categories)


@given(trees(), trees())
def test_every_reduction_that_moved_is_told_once_and_no_other(old, new):
    found = compare(old, new)
    moved = [move.old_id for move in found.moves]
    assert len(moved) == len(set(moved))
    for id in IDS:
        before, now = old.tree.placements.get(id), new.tree.placements.get(id)
        stayed = (before and found.pairs.get(before.category_id, "")) == (now and now.category_id)
        assert (id in moved) != bool(stayed) or before is now is None


@given(trees(), trees())
def test_backwards_what_was_added_is_removed_when_ids_are_the_same(old, new):
    there, back = compare(old, new), compare(new, old)
    if set(there.pairs) == set(there.pairs.values()) == set(back.pairs):
        assert sorted(there.added) == sorted(back.removed)
        assert sorted(move.old_id for move in there.moves) == sorted(
            move.old_id for move in back.moves
        )


@given(trees(), st.sampled_from(SUBS), st.sampled_from(SUBS))
def test_a_merge_of_two_that_have_reductions_is_always_seen(one, into, other):
    try:
        merged = one.tree.merge(into, [other])
    except QualcodeError:
        return
    if into == other or not one.tree.reductions_in(other):
        return
    found = compare(one, TreeState(merged, one.wordings))
    assert Merged((into, other), into) in found.merged
    assert not found.added
    assert not found.removed


@pytest.mark.parametrize("act", [lambda t: t.merge("koti", ["raha"]), lambda t: t.remove("muu")])
def test_a_comparison_backwards_undoes_itself_in_words(act):
    old, new = state(TREE), after(act)
    there, back = compare(old, new), compare(new, old)
    assert len(there.merged) == len(back.split)
    assert there.removed == back.added
