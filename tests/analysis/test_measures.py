"""Shares, areas and agreements against numbers worked out by hand or by scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, roc_auc_score

from qualcode.analysis import measures
from qualcode.analysis.similarity import mid_ranks


def test_nine_of_ten_may_well_be_six_of_ten():
    """Wilson's interval of 9 successes in 10 trials, as in the textbooks: 0.596...0.982."""
    found = measures.share([1] * 9 + [0], range(10))
    assert found.value == 0.9
    assert (found.low, found.high) == pytest.approx((0.596, 0.982), abs=0.001)


def test_an_item_looked_at_in_five_orders_is_one_item():
    once = measures.share([1, 0, 1, 1], [0, 1, 2, 3])
    five_times = measures.share([1, 0, 1, 1] * 5, [0, 1, 2, 3] * 5)
    assert five_times == once


def test_all_right_is_not_certain():
    assert measures.share([1, 1, 1], range(3)).low < 0.5


def test_nothing_looked_at_tells_nothing():
    assert measures.share([], []) is None
    assert measures.mean([], []) is None
    assert measures.area_under_curve([0.1, 0.2], [True, True]) is None


def test_the_area_under_the_curve_is_that_of_scikit_learn():
    random = np.random.default_rng(1)
    scores = random.integers(0, 6, 60) / 5
    wanted = random.random(60) < 0.3
    ours = measures.area_under_curve(scores, wanted)
    assert ours == pytest.approx(roc_auc_score(wanted, scores))


@pytest.mark.parametrize("seed", range(4))
def test_agreement_is_that_of_scikit_learn(seed):
    random = np.random.default_rng(seed)
    left, right = random.integers(0, 4, 50).astype(str), random.integers(0, 6, 50).astype(str)
    assert measures.adjusted_rand(left, right) == pytest.approx(adjusted_rand_score(left, right))


def test_two_groupings_into_groups_of_one_agree():
    assert measures.adjusted_rand(["a", "b", "c"], ["x", "y", "z"]) == 1.0


def test_an_engine_that_says_the_same_of_every_code_ranks_none_of_them_well():
    ranks = mid_ranks([0.0] * 9)
    wanted = np.array([True] + [False] * 8)
    assert measures.average_precision(ranks, wanted) == pytest.approx(1 / 5)


def test_two_codes_first_and_third_of_four():
    """Precision 1/1 at the first, 2/3 at the second: mean 5/6."""
    ranks = mid_ranks([0.9, 0.5, 0.4, 0.1])
    wanted = np.array([True, False, True, False])
    assert measures.average_precision(ranks, wanted) == pytest.approx(5 / 6)


def test_the_same_draws_every_time():
    values = np.random.default_rng(0).random(40)
    first, second = (measures.mean(values, range(40)) for _ in range(2))
    assert first == second
    assert first.low < first.value < first.high
