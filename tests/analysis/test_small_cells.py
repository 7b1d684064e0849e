"""The guard of small cells: nobody shows, and no total tells of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.small_cells import hidden, together

counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)


def test_one_man_among_eleven_does_not_show():
    people = {"nainen": 9, "mies": 1, "muu": 1}
    # The nine would tell of the two, so nothing of this variable is told.
    assert together(people, 3) == ("nainen", "mies", "muu")


def test_small_values_are_told_as_one_when_enough_people_have_them():
    assert together({"20–29": 6, "30–39": 7, "40–49": 2, "50–59": 1}, 3) == ("40–49", "50–59")
    assert together({"20–29": 6, "30–39": 7, "40–49": 3, "50–59": 1}, 3) == ("40–49", "50–59")


def test_without_a_guard_everything_shows():
    assert together({"nainen": 9, "mies": 1}, 1) == ()
    assert hidden({"nainen": 4, "mies": 1}, 1) == frozenset()


def test_a_total_does_not_tell_the_hidden_number():
    # 7 in all: with the 6 shown, the one would be told.
    assert hidden({"nainen": 6, "mies": 1}, 3) == {"nainen", "mies"}
    # Two in two columns of which no other is small: the least of the others goes with them.
    assert hidden({"a": 8, "b": 4, "c": 1, "d": 1}, 3) == {"b", "c", "d"}


def test_the_size_of_a_column_does_not_tell_the_hidden_number():
    people = {"nainen": 8, "mies": 5}
    # Ten in all, and there is no ninth woman: without the second row hidden, the men were two.
    assert hidden({"nainen": 8, "mies": 2}, 3, people) == {"nainen", "mies"}
    assert hidden({"nainen": 7, "mies": 3}, 3, people) == {"nainen", "mies"}
    assert hidden({"nainen": 6, "mies": 4}, 3, people) == frozenset()


@given(st.integers(3, 12), st.integers(3, 12), st.integers(3, 6))
def test_of_two_columns_no_hidden_small_number_can_be_worked_out(women, men, least):
    """Whoever knows the rule, the sizes of both columns and the row's total has a choice left."""
    women, men = max(women, least), max(men, least)
    people = {"nainen": women, "mies": men}
    by_total = defaultdict(set)
    for n, m in product(range(women + 1), range(men + 1)):
        if hidden({"nainen": n, "mies": m}, least, people):
            by_total[n + m].add((n, m))
    for total, rows in by_total.items():
        assert len(rows) > 1, (total, rows)


@given(counts, st.integers(2, 6))
def test_no_small_number_is_shown_and_the_hidden_ones_are_no_small_sum(row, least):
    gone = hidden(row, least)
    shown = {column: n for column, n in row.items() if column not in gone}
    assert not any(0 < n < least for n in shown.values())
    if gone and shown:
        left_out = sum(row[column] for column in gone)
        assert len(gone) >= 2
        assert left_out >= least


@given(counts, st.integers(2, 6))
def test_values_told_as_one_are_enough_people_or_nothing_is_told(people, least):
    joined = together(people, least)
    assert not any(0 < n < least for value, n in people.items() if value not in joined)
    if joined and len(joined) < len(people):
        assert sum(people[value] for value in joined) >= least
