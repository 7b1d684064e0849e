"""Likeness is measured against the study's own common meaning."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from qualcode.analysis.expressions import Expressions
from qualcode.analysis.similarity import (
    by_chance,
    centre_of,
    centred,
    cosines,
    mid_ranks,
    nearest,
)

rng = np.random.default_rng(7)


def directions(count: int, size: int = 6, common: float = 3.0) -> np.ndarray:
    rows = rng.normal(size=(count, size)).astype(np.float32)
    rows[:, 0] += common
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_texts_that_all_point_one_way_are_told_apart_after_centring():
    vectors = directions(200)
    raw, own = cosines(vectors, vectors), cosines(centred(vectors), centred(vectors))
    off = ~np.eye(200, dtype=bool)
    assert raw[off].mean() > 0.5
    assert abs(own[off].mean()) < 0.05
    assert own[off].std() > raw[off].std()


def test_below_ten_texts_nothing_is_taken_off():
    assert not centre_of(directions(9)).any()
    assert centre_of(directions(10)).any()


def test_texts_that_say_nothing_stay_zero_and_do_not_move_the_centre():
    vectors = directions(20)
    with_silent = np.vstack([vectors, np.zeros((5, 6), dtype=np.float32)])
    assert np.allclose(centre_of(with_silent), centre_of(vectors))
    assert not centred(with_silent)[20:].any()
    assert np.allclose(np.linalg.norm(centred(with_silent)[:20], axis=1), 1, atol=1e-5)


def test_four_hundred_identical_texts_have_nothing_to_tell():
    assert not centred(np.repeat(directions(1), 400, axis=0)).any()


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=30))
def test_equal_scores_share_the_middle_rank(scores):
    assert np.allclose(mid_ranks(scores), rankdata([-score for score in scores]))


def test_the_nearest_are_ordered_and_the_far_side_is_never_near():
    likeness = np.array([0.2, 0.9, -0.1, 0.9, 0.0])
    assert nearest(likeness, 5) == [1, 3, 0]
    assert nearest(likeness, 1, leave_out=[1]) == [3]


def test_chance_is_the_mean_and_deviation_of_all_pairs():
    vectors = directions(40)
    table = (vectors @ vectors.T)[~np.eye(40, dtype=bool)]
    assert by_chance(vectors) == pytest.approx((table.mean(), table.std()), abs=1e-5)


def test_expressions_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        Expressions(("a", "b"), ("yksi",), directions(2))
    with pytest.raises(ValueError, match="two rows"):
        Expressions(("a", "a"), ("yksi", "kaksi"), directions(2))
