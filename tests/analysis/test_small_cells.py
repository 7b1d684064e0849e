"""The guard of small cells: nobody shows, and no total tells of them."""

from __future__ import annotations

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
