"""Saturation by the rule of Guest, Namey & Chen (2020): base, runs, threshold."""

from __future__ import annotations

import pytest

from qualcode.analysis.saturation import Rule, curve, spread


def people(new):
    """People of whom each tells so many things that nobody has told before, and one old thing."""
    told, number = [], 0
    for fresh in new:
        told.append(
            {f"k{n}" for n in range(number, number + fresh)} | ({"k0"} if number else set())
        )
        number += fresh
    return told


# The worked example of the article: a base of four interviews gives 37 codes; interviews 5 and 6
# give 7 new ones (19 %), 6 and 7 give 4 (11 %), 7 and 8 one (3 %): saturation at 6 (+2).
ARTICLE = people([18, 10, 6, 3, 4, 3, 1, 0])


def test_the_worked_example_of_the_article():
    found = curve(ARTICLE, Rule(base=4, run=2, threshold=0.05))
    assert found.base_items == 37
    assert [point.in_run for point in found.points] == [None] * 5 + [7, 4, 1]
    assert [round(p.ratio * 100) for p in found.points if p.ratio is not None] == [19, 11, 3]
    assert found.reached == 6


def test_nothing_new_at_all_is_asked_for_by_a_threshold_of_zero():
    assert curve(ARTICLE, Rule(threshold=0.0)).reached is None
    assert curve([*ARTICLE, {"k1"}], Rule(threshold=0.0)).reached == 7


def test_a_longer_run_is_harder_to_pass():
    assert curve(ARTICLE, Rule(run=3)).reached is None


@pytest.mark.parametrize("new", [[], [3], [3, 1, 1], [3, 1, 1, 0, 0]])
def test_fewer_people_than_the_base_and_a_run_give_no_answer(new):
    found = curve(people(new), Rule(base=4, run=2))
    assert found.reached is None
    assert all(point.ratio is None for point in found.points)


def test_a_base_that_told_nothing_gives_no_answer():
    found = curve([set()] * 4 + [{"a"}, set(), set()], Rule())
    assert found.base_items == 0 and found.reached is None


def test_the_order_matters_and_the_spread_tells_how_much():
    told = [{"a"}] * 10 + [{"a", "b", "c", "d", "e"}]
    late = curve(told, Rule())
    assert late.reached == 4
    found = spread(told, Rule())
    assert found.low[0] == 1 and found.high[-1] == 5 == found.low[-1]
    assert found.low[5] == 1 and found.high[5] == 5
    assert found == spread(told, Rule())


def test_people_who_all_tell_the_same_are_saturated_in_every_order():
    found = spread([{"a", "b"}] * 8, Rule())
    assert (found.share, found.earliest, found.usual, found.latest) == (1.0, 4, 4, 4)
    assert found.low == found.high


def test_people_who_never_repeat_one_another_are_never_saturated():
    found = spread([{f"x{n}"} for n in range(12)], Rule())
    assert found.share == 0 and found.usual is None
