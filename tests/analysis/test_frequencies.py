"""Respondents and mentions of categories, rolled up the tree."""

from dataclasses import dataclass

import pytest

from qualcode.analysis.crosstabs import theme_tables
from qualcode.analysis.frequencies import (
    actor_groups,
    by_category,
    by_reduction,
    themes,
    unplaced,
    upwards,
)
from qualcode.analysis.role_tables import RoleLinks, by_role, outside

PARENTS = {"top": None, "choice": "top", "help": "top", "empty": "top"}


@dataclass(frozen=True)
class Link:
    reduction_id: str
    category_id: str | None
    segment_id: str
    respondent_id: str | None
    actor_group: str = "asiakas"
    theme: str = "valinta"


ROWS = [
    Link("r1", "choice", "s1", "anna"),
    Link("r2", "choice", "s1", "anna"),  # one expression, two reductions, one category
    Link("r1", "choice", "s2", "anna"),
    Link("r3", "help", "s2", "anna", theme="tuki"),
    Link("r3", "help", "s3", "bo", "työntekijä"),
    Link("r3", "help", "s4", None, "työntekijä"),
    Link("r4", None, "s5", "bo", "työntekijä"),
]


@pytest.mark.parametrize(
    ("category", "respondents", "mentions"),
    [("choice", 1, 2), ("help", 2, 3), ("top", 2, 4), ("empty", 0, 0)],
)
def test_people_and_expressions_count_once_in_a_category(category, respondents, mentions):
    total = by_category(ROWS, PARENTS)[category].total
    assert (total.respondents, total.mentions) == (respondents, mentions)


def test_an_upper_category_is_not_the_sum_of_its_parts():
    tallies = by_category(ROWS, PARENTS)
    parts = tallies["choice"].total.mentions + tallies["help"].total.mentions
    assert tallies["top"].total.mentions == 4 < parts


def test_each_actor_group_has_numbers_of_its_own():
    helped = by_category(ROWS, PARENTS)["help"]
    assert (helped["asiakas"].respondents, helped["asiakas"].mentions) == (1, 1)
    assert (helped["työntekijä"].respondents, helped["työntekijä"].mentions) == (1, 2)
    assert helped["esimies"].mentions == 0


def test_the_expressions_behind_a_number_can_be_named():
    assert by_category(ROWS, PARENTS)["help"].total.segments == ("s2", "s3", "s4")


def test_reductions_and_those_without_a_place():
    assert by_reduction(ROWS)["r1"].total.mentions == 2
    assert list(unplaced(ROWS)) == ["r4"]


def test_groups_and_themes_come_in_the_order_they_are_met():
    assert actor_groups(ROWS) == ["asiakas", "työntekijä"]
    assert themes(ROWS) == ["valinta", "tuki"]


def test_a_damaged_tree_that_goes_round_does_not_hang():
    assert upwards("a", {"a": "b", "b": "a"}) == ["a", "b"]


def test_the_summary_table_puts_an_expression_under_the_result_category_above_it():
    clients, workers = theme_tables(ROWS, PARENTS, {"top"})
    assert (clients.actor_group, list(clients.themes)) == ("asiakas", ["valinta", "tuki"])
    assert clients.themes["valinta"]["top"].mentions == 2
    assert clients.themes["tuki"]["top"].mentions == 1
    assert workers.themes["valinta"]["top"].mentions == 2


def test_the_lowest_result_category_holds_the_expression():
    clients = theme_tables(ROWS, PARENTS, {"top", "choice"})[0]
    assert clients.themes["valinta"]["choice"].mentions == 2
    assert "top" not in clients.themes["valinta"]


def test_one_expression_may_speak_for_two_roles():
    links = [RoleLinks("chooser", frozenset({"top"})), RoleLinks("asker", frozenset(), {"r3"})]
    tallies = by_role(ROWS, links, PARENTS)
    assert tallies["chooser"].total.mentions == 4
    assert tallies["asker"].total.mentions == 3
    assert tallies["asker"]["asiakas"].respondents == 1


def test_what_no_role_reaches_is_outside_the_map():
    links = [RoleLinks("chooser", frozenset({"choice"}))]
    left = outside(ROWS, links, PARENTS)
    assert {id: tally.total.mentions for id, tally in left.items()} == {"help": 3, "": 1}


def test_outside_looks_at_the_actor_of_the_map_only():
    links = [RoleLinks("chooser", frozenset({"choice"}))]
    assert list(outside(ROWS, links, PARENTS, "asiakas")) == ["help"]
