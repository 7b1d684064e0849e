"""The category tree: S subcategory, G generic, M main, U unifying category; then reductions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.categories import Category, CategoryTree, Level
from qualcode.domain.errors import (
    AlreadyThere,
    CategoryCycle,
    NotForReductions,
    QualcodeError,
    UnknownRow,
    WrongLevel,
)
from tests.builders import tree_from, tree_text


def move(name, under, before=None):
    return lambda tree: tree.move(name, under, before)


def place(ids, category, before=None):
    return lambda tree: tree.place(ids, category, before)


def test_moving_a_subcategory_takes_its_reductions_along(spec):
    spec(
        """
        before                        | after
        G love > S comforting: a, b   | G love
        G care                        | G care > S comforting: a, b
        """,
        move("comforting", under="care"),
    )


def test_moving_a_branch_takes_everything_in_it_along(spec):
    spec(
        """
        before                          | after
        M help > G daily > S home: a    | M help
        M other                         | M other > G daily > S home: a
        """,
        move("daily", under="other"),
    )


def test_a_category_is_moved_before_a_sibling(spec):
    spec(
        """
        before      | after
        G x > S a   | G x > S c
        G x > S b   | G x > S a
        G x > S c   | G x > S b
        """,
        move("c", "x", before="a"),
    )


def test_a_category_dropped_on_itself_stays(spec):
    spec(
        """
        before      | after
        G x > S a   | G x > S a
        G x > S b   | G x > S b
        """,
        move("a", "x", before="a"),
    )


def test_at_the_top_each_level_has_an_order_of_its_own(spec):
    spec(
        """
        before   | after
        M late   | M late
        S one    | S three
        S two    | S one
        S three  | S two
        """,
        move("three", None, before="one"),
    )


def test_reductions_are_placed_in_the_order_given(spec):
    spec(
        """
        before       | after
        S x: a, b, c | S x: a, d, c, b
        S y: d       | S y
        """,
        place(["d", "c"], "x", before="b"),
    )


def test_reductions_dropped_on_one_of_themselves_stay_where_it_was(spec):
    spec(
        """
        before          | after
        S x: a, b, c, d | S x: a, c, b, d
        """,
        place(["c", "b"], "x", before="b"),
    )


def test_a_reduction_without_a_place_is_in_no_category(spec):
    tree = spec(
        """
        before    | after
        S x: a, b | S x: b
        """,
        place(["a"], None),
    )
    assert "a" not in tree.placements


def test_merging_gathers_what_was_in_the_others(spec):
    spec(
        """
        before         | after
        G g > S x: a   | G g > S x: a, b, c
        S y: b         |
        S z: c         |
        """,
        lambda tree: tree.merge("x", ["y", "z", "y", "x"]),
    )


def test_merging_higher_categories_gathers_their_branches(spec):
    spec(
        """
        before           | after
        M x > G g > S a  | M x > G g > S a
        M y > G h > S b  | M x > G h > S b
        """,
        lambda tree: tree.merge("x", ["y"]),
    )


def test_splitting_makes_a_neighbour_of_the_same_level(spec):
    spec(
        """
        before              | after
        G g > S x: a, b, c  | G g > S x: b
                            | G g > S new: c, a
        """,
        lambda tree: tree.split("x", Category("new", "new", Level.SUBCATEGORY), ["c", "a"]),
    )


def test_removing_keeps_what_was_inside(spec):
    tree = spec(
        """
        before              | after
        M m > G g > S x: a  | M m
                            | S x: a
        """,
        lambda tree: tree.remove("g"),
    )
    assert tree.remove("x").placements == {}


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (move("m", under="m"), CategoryCycle),
        (move("m", under="g"), CategoryCycle),
        (move("m", under="x"), CategoryCycle),
        (move("g", under="y"), WrongLevel),
        (move("y", under="x"), WrongLevel),
        (move("poissa", under="m"), UnknownRow),
        (move("g", under="poissa"), UnknownRow),
        (place(["a"], "g"), NotForReductions),
        (place(["a"], "poissa"), UnknownRow),
        (lambda tree: tree.merge("x", ["g"]), WrongLevel),
        (lambda tree: tree.merge("x", ["poissa"]), UnknownRow),
        (lambda tree: tree.remove("poissa"), UnknownRow),
        (lambda tree: tree.add(Category("n", "n", Level.MAIN_CATEGORY, "g")), WrongLevel),
        (lambda tree: tree.split("x", Category("y", "y", Level.SUBCATEGORY), []), AlreadyThere),
        (lambda tree: tree.edit(replace(tree["g"], level=Level.SUBCATEGORY)), WrongLevel),
        (lambda tree: tree.edit(replace(tree["m"], parent_id="g")), CategoryCycle),
        (
            lambda tree: tree.edit(replace(tree["x"], parent_id="m", level=Level.GENERIC_CATEGORY)),
            NotForReductions,
        ),
    ],
)
def test_what_the_tree_does_not_allow(act, error):
    tree = tree_from("M m > G g > S x: a\nS y: b")
    with pytest.raises(error):
        act(tree)
    assert tree == tree_from("M m > G g > S x: a\nS y: b")


def test_a_thousand_moves_into_the_same_gap_keep_the_order():
    tree = tree_from("S x: a, b")
    for n in range(1000):
        tree = tree.place([f"n{n:04}"], "x", before="b")
    assert tree.reductions_in("x") == ["a", *(f"n{n:04}" for n in range(1000)), "b"]


def test_a_merge_made_into_a_new_tree_leaves_the_old_one():
    tree = tree_from("S x: a\nS y: b")
    merged = tree.merge("x", ["y"])
    assert tree_text(tree) == ["S x: a", "S y: b"]
    assert tree_text(merged) == ["S x: a, b"]


# --- whatever one does ----------------------------------------------------------------------

BEGIN = """
    U u > M m1 > G g1 > S s1: a, b
    U u > M m1 > G g1 > S s2: c
    U u > M m2 > G g2 > S s3: d, e
    S s4: f
"""
REDUCTIONS = set("abcdefxy")
categories = st.sampled_from(["u", "m1", "m2", "g1", "g2", "s1", "s2", "s3", "s4", "new", "poissa"])
reductions = st.lists(st.sampled_from(sorted(REDUCTIONS)), max_size=3)
maybe = st.none() | categories
keeping = st.one_of(
    st.builds(lambda a, b, c: lambda t: t.move(a, b, c), categories, maybe, maybe),
    st.builds(lambda a, b: lambda t: t.merge(a, b), categories, st.lists(categories)),
    st.builds(
        lambda a, r: lambda t: t.split(a, Category("new", "new", Level.SUBCATEGORY), r),
        categories,
        st.lists(categories, max_size=2) | st.lists(st.sampled_from("abcdef"), max_size=3),
    ),
    st.builds(
        lambda a, level, p: lambda t: t.edit(replace(t[a], level=level, parent_id=p)),
        categories,
        st.sampled_from(Level),
        maybe,
    ),
    st.builds(
        lambda level, p: lambda t: t.add(Category("new", "new", level, p)),
        st.sampled_from(Level),
        maybe,
    ),
)
losing = st.one_of(
    st.builds(
        lambda r, c, b: lambda t: t.place(r, c, b),
        reductions,
        maybe,
        st.none() | st.sampled_from(sorted(REDUCTIONS)),
    ),
    st.builds(lambda a: lambda t: t.remove(a), categories),
)


def after(tree: CategoryTree, steps) -> list[CategoryTree]:
    """The tree after each of the steps that it allows."""
    trees = []
    for step in steps:
        try:
            tree = step(tree)
        except QualcodeError:
            continue
        trees.append(tree)
    return trees


def sound(tree: CategoryTree) -> bool:
    """Every category hangs under a higher one, and every reduction is in one subcategory."""
    for category in tree.categories.values():
        if category.parent_id is not None:
            assert tree[category.parent_id].level > category.level
    walked = [category.id for _, category in tree.walk()]
    assert sorted(walked) == sorted(tree.categories)
    held = [r for id in tree.categories for r in tree.reductions_in(id)]
    assert sorted(held) == sorted(tree.placements)
    for place in tree.placements.values():
        assert tree[place.category_id].level is Level.SUBCATEGORY
    return True


@given(st.lists(keeping | losing, max_size=20))
def test_a_reduction_is_never_twice_in_the_tree_and_no_branch_is_a_circle(steps):
    assert all(sound(tree) for tree in after(tree_from(BEGIN), steps))


@given(st.lists(keeping, max_size=20))
def test_moving_merging_splitting_and_editing_lose_no_reduction(steps):
    for tree in after(tree_from(BEGIN), steps):
        assert set(tree.placements) >= set("abcdef")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | st.sampled_from("abcdef"))))
def test_placing_before_a_card_places_before_that_card(moves):
    tree = tree_from("S x: a, b, c, d, e, f")
    for card, before in moves:
        order = tree.reductions_in("x")
        tree = tree.place([card], "x", before)
        expected = [r for r in order if r != card]
        if before == card:
            expected = order
        else:
            expected.insert(expected.index(before) if before else len(expected), card)
        assert tree.reductions_in("x") == expected
