"""The chance that something new is needed: how often it was, and how near the best category is."""

import numpy as np
import pytest

from qualcode.analysis.novelty import novelty

HOME, AWAY = np.array([0.6, 0.7, 0.5, 0.6]), np.array([0.1, 0.2, 0.0, 0.1])


def test_where_every_category_was_met_once_something_new_is_to_be_expected():
    assert novelty([1] * 9, np.zeros(0), np.zeros(9)).prior == pytest.approx(0.95)


def test_where_no_category_was_met_only_once_little_new_is_to_be_expected():
    assert novelty([5, 5], HOME, AWAY).prior == pytest.approx(0.5 / 11)


def test_a_low_best_score_makes_a_new_category_likelier():
    known = novelty([3, 1], HOME, AWAY)
    chances = [known.chance(best) for best in (0.7, 0.4, 0.2, -0.1)]
    assert chances == sorted(chances) and chances[0] < 0.1 and chances[-1] > 0.9


def test_half_way_between_home_and_away_only_the_prior_speaks():
    known = novelty([3, 1], HOME, AWAY)
    assert known.chance((known.at_home + known.homeless) / 2) == pytest.approx(known.prior)


def test_members_that_would_be_at_home_anywhere_leave_the_prior_alone():
    known = novelty([2] * 50, np.full(100, 0.1), np.full(100, 0.6))
    assert known.at_home == known.homeless
    assert known.chance(0.1) == pytest.approx(known.prior) == pytest.approx(known.chance(0.9))
