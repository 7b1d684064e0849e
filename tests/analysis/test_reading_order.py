"""Which answer to read next, worked out by hand on a few directions. Invented numbers."""

from __future__ import annotations

import numpy as np

from qualcode.analysis.reading_order import new_first, unsure_first


def rows(*directions):
    vectors = np.array(directions, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


NOTHING = np.zeros((0, 2), np.float32)


def test_the_least_sure_is_read_first_and_what_nothing_is_known_of_last():
    assert unsure_first([0.4, np.inf, 0.1, 0.4]) == [2, 0, 3, 1]


def test_what_is_least_like_the_coded_comes_first_and_then_what_is_unlike_that_too():
    coded = rows((1, 0))
    waiting = rows((1, 0.1), (-1, 0), (-1, 0.05), (0, 1))
    # The opposite first; its near twin tells little after it, so the third direction comes next.
    assert new_first(waiting, coded) == [1, 3, 2, 0] or new_first(waiting, coded) == [1, 3, 0, 2]


def test_with_nothing_coded_the_most_usual_one_begins():
    waiting = rows((1, 0), (1, 0.2), (1, -0.2), (-1, 0))
    found = new_first(waiting, NOTHING)
    assert found[:2] == [0, 3]
    assert sorted(found) == [0, 1, 2, 3]


def test_beyond_those_picked_one_by_one_the_rest_follow_each_once():
    random = np.random.default_rng(1)
    waiting = rows(*random.normal(size=(30, 2)))
    for known in (NOTHING, rows((1, 0))):
        assert sorted(new_first(waiting, known, most=5)) == list(range(30))


def test_nothing_waits():
    assert new_first(NOTHING, rows((1, 0))) == []
