"""Closed answers: options, missing and uninterpretable, and the sum of every row."""

from dataclasses import dataclass

import pytest

from qualcode.analysis.closed_answers import count_items, returned_differs


@dataclass(frozen=True)
class Row:
    item_id: str
    value: str
    count: int = 1
    state: str = "answered"
    actor_group: str = "asiakas"


def counted(*rows, options=("1", "2", "3", "4", "5"), several=None):
    [item] = count_items(rows, {"q": options}, several)
    return item


def test_options_nobody_chose_are_counted_as_none():
    item = counted(Row("q", "4", 8), Row("q", "5", 2), Row("q", "", 1, "missing"))
    assert [o.count for o in item.options] == [0, 0, 0, 8, 2]
    assert (item.answered, item.missing, item.uninterpretable, item.returned) == (10, 1, 0, 11)


def test_a_share_is_of_those_who_answered():
    item = counted(Row("q", "4", 3), Row("q", "5", 1), Row("q", "", 6, "missing"))
    assert [o.share for o in item.options] == [0, 0, 0, 0.75, 0.25]


def test_nobody_answered_so_there_is_no_share():
    item = counted(Row("q", "", 3, "missing"))
    assert {o.share for o in item.options} == {None}


@pytest.mark.parametrize(("answered", "small"), [(9, True), (10, False)])
def test_few_answers_are_told_to_be_few(answered, small):
    assert counted(Row("q", "4", answered)).small is small


def test_a_value_that_is_no_option_is_not_lost():
    item = counted(Row("q", "10"), Row("q", "7"), Row("q", "muu"), options=("1",))
    assert [o.option for o in item.options] == ["1", "7", "10", "muu"]


def test_where_one_may_choose_many_n_is_people():
    rows = [Row("q", "a", 2), Row("q", "b", 3)]
    item = counted(*rows, options=("a", "b"), several={("q", "asiakas"): 3})
    assert (item.answered, item.several) == (3, True)
    assert item.options[1].share == 1.0


def test_groups_are_counted_apart():
    rows = [Row("q", "1"), Row("q", "2", actor_group="työntekijä")]
    assert [i.actor_group for i in count_items(rows, {})] == ["asiakas", "työntekijä"]


def test_a_row_that_does_not_add_up_to_the_forms_returned_is_found():
    rows = [Row("a", "1", 11), Row("b", "1", 11), Row("c", "1", 10)]
    assert [i.item_id for i in returned_differs(count_items(rows, {}))] == ["c"]
    assert returned_differs(count_items(rows[:2], {})) == []
