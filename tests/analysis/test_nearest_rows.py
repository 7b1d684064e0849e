"""Rows packed in eight bits a number: as near as they were, and in the same order."""

from __future__ import annotations

import numpy as np

from qualcode.analysis import similarity
from qualcode.analysis.nearest_rows import BLOCK, Rows, highest


def test_packed_rows_are_as_near_as_unpacked_ones():
    chance = np.random.default_rng(3)
    vectors = similarity.unit(chance.normal(size=(3 * BLOCK + 5, 64)))
    question = vectors[0]
    rows = Rows(len(vectors) + 10, 64)
    rows.put(0, vectors[:BLOCK])
    rows.put(BLOCK, vectors[BLOCK:])
    scores = rows.scores(question, len(vectors))
    exact = vectors @ question
    assert np.abs(scores - exact).max() < 0.005
    assert set(highest(scores, 20)) >= set(highest(exact, 15))


def test_the_highest_are_listed_once_and_the_earlier_of_equals_first():
    scores = np.array([0.5, 0.5, -0.1, 0.0, 0.9, 0.5], np.float32)
    assert highest(scores, 2) == [4, 0]
    assert highest(scores, 3) == [4, 0, 1]
    assert highest(scores, 10) == [4, 0, 1, 5]
    assert highest(np.zeros(0, np.float32), 5) == []
    assert highest(np.zeros(4, np.float32), 2) == []
