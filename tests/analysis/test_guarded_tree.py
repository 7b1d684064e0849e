"""The guard of small cells for a tree: attacked with everything the table tells, by equations."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from qualcode.analysis import small_cells
from qualcode.analysis.guarded_tree import guarded

LEAST = 3
WHOLE = {"nainen": 6, "mies": 5}
ABOVE = {"tuki": None, "apu": "tuki", "raha": "tuki"}


def counts(who, people):
    columns = sorted(set(who))
    return {column: sum(who[person] == column for person in people) for column in columns}


def a_tree(seed):
    """Three levels of categories, in each of the lowest some people drawn by lot."""
    lot = random.Random(seed)
    who = [column for column in "abcd"[: lot.randint(2, 4)] for _ in range(lot.randint(3, 9))]
    above, members = {}, {}
    for middle in range(lot.randint(1, 3)):
        above[f"m{middle}"] = "top"
        for leaf in range(lot.randint(1, 3)):
            name = f"m{middle}l{leaf}"
            above[name] = f"m{middle}"
            size = lot.choice([0, 1, 1, 2, 3, 4, 6, 10])
            members[name] = set(lot.sample(range(len(who)), min(len(who), size)))
    above["top"] = None
    for name in sorted(above, key=lambda name: (name == "top", name)):
        if name not in members:
            members[name] = set().union(*(members[c] for c, p in above.items() if p == name))
    return {name: counts(who, members[name]) for name in above}, above, counts(who, range(len(who)))


def worked_out(rows, above, whole, gone):
    """The small numbers that only one value fits: each row has its sum, a category has everybody
    of each below it and nobody else."""
    names = [(row, column) for row in rows for column in rows[row]]
    place = {name: n for n, name in enumerate(names)}

    def line(plus, minus=()):
        row = np.zeros(len(names))
        row[[place[name] for name in plus]] = 1
        row[[place[name] for name in minus]] = -1
        return row

    sums = [line([(row, column) for column in rows[row]]) for row in rows]
    inside = [
        line([(row, c)], [(parent, c)]) for row, parent in above.items() if parent for c in whole
    ]
    nobody_else = [
        line([(parent, c)], [(row, c) for row in rows if above[row] == parent])
        for parent in {one for one in above.values() if one}
        for c in whole
    ]
    seen = {
        "A_eq": sums,
        "b_eq": [sum(row.values()) for row in rows.values()],
        "A_ub": [*inside, *nobody_else],
        "b_ub": np.zeros(len(inside) + len(nobody_else)),
        "bounds": [
            (0, whole[c]) if c in gone[row] else (rows[row][c], rows[row][c]) for row, c in names
        ],
    }
    found = []
    for row, column in names:
        if column in gone[row] and 0 < rows[row][column] < LEAST:
            wanted = line([(row, column)])
            lowest, highest = linprog(wanted, **seen), linprog(-wanted, **seen)
            assert lowest.success and highest.success
            if abs(lowest.fun + highest.fun) < 1e-6:
                found.append((row, column))
    return found


def test_the_one_woman_of_a_category_is_not_told_by_what_lies_around_it():
    rows = {
        "tuki": {"nainen": 5, "mies": 4},
        "apu": {"nainen": 4, "mies": 4},
        "raha": {"nainen": 1, "mies": 0},
    }
    by_rows = {name: small_cells.hidden(row, LEAST) for name, row in rows.items()}
    assert worked_out(rows, ABOVE, WHOLE, by_rows) == [("raha", "nainen")]
    assert worked_out(rows, ABOVE, WHOLE, guarded(rows, ABOVE, WHOLE, LEAST)) == []


def test_what_tells_from_further_off_is_hidden_too():
    """The three men of a cousin's subcategory would tell that the one person is a man."""
    none, three = {"nainen": 0, "mies": 1}, {"nainen": 0, "mies": 3}
    rows = {"tuki": three, "raha": none, "apu": three, "apua sai": three}
    above = {"tuki": None, "raha": "tuki", "apu": "tuki", "apua sai": "apu"}
    assert worked_out(rows, above, WHOLE, guarded(rows, above, WHOLE, LEAST)) == []


def test_nothing_is_hidden_where_nobody_would_show():
    rows = {
        "tuki": {"nainen": 6, "mies": 5},
        "apu": {"nainen": 4, "mies": 3},
        "raha": {"nainen": 3, "mies": 3},
    }
    assert not any(guarded(rows, ABOVE, WHOLE, LEAST).values())


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_no_small_number_can_be_worked_out_from_the_table(seed):
    rows, above, whole = a_tree(seed)
    gone = guarded(rows, above, whole, LEAST)
    for name, row in rows.items():
        assert small_cells.hidden(row, LEAST) <= gone[name]
    assert worked_out(rows, above, whole, gone) == []
