"""A score becomes a chance by what was decided in the study. Invented numbers."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.analysis import calibration as learned
from qualcode.analysis.calibration import (
    Calibration,
    Judged,
    binned,
    calibration,
    calibration_error,
    reliability,
)


def chances(meaning, rank=1):
    return [meaning.chance(percent, rank) for percent in (0, 20, 40, 60, 80, 100)]


def test_before_enough_is_decided_a_score_means_nothing():
    meaning = calibration([Judged(50, learned.FEWEST - 1, 10)])
    assert meaning.chance(50) is None
    assert meaning.decided == learned.FEWEST - 1


def test_few_decisions_move_the_usual_curve_little_and_many_far():
    usual = Calibration(tuple(learned.USUAL)).chance(60)
    few = calibration([Judged(60, 1, 0)], fewest=0).chance(60)
    many = calibration([Judged(60, 2_000, 0)]).chance(60)
    assert many < 0.05 < few < usual
    assert usual - few < 0.2


def test_a_higher_score_never_means_a_lower_chance_nor_a_later_place_a_higher_one():
    upside_down = [Judged(10, 50, 45), Judged(90, 50, 5), Judged(50, 50, 5), Judged(50, 50, 45, 3)]
    meaning = calibration(upside_down)
    assert chances(meaning) == sorted(chances(meaning))
    assert all(a >= b for a, b in zip(chances(meaning, 1), chances(meaning, 2), strict=True))
    assert all(a >= b for a, b in zip(chances(meaning, 2), chances(meaning, 3), strict=True))


def test_at_the_same_score_the_first_is_chosen_more_often_than_the_second():
    meaning = calibration([Judged(50, 200, 120, 1), Judged(50, 200, 40, 2), Judged(50, 200, 20, 3)])
    assert [round(meaning.chance(50, rank), 1) for rank in (1, 2, 3)] == [0.6, 0.2, 0.1]


def test_without_a_belief_the_curve_is_that_of_scikit_learn(monkeypatch):
    from sklearn.linear_model import LogisticRegression

    monkeypatch.setattr(learned, "SURENESS", np.full(4, 1e6))
    judged = [
        Judged(p, 40, min(40, max(0, p // 3 - 8 * (rank - 1))), rank)
        for p in (30, 50, 70, 90)
        for rank in (1, 2, 3)
    ]
    rows, right, weight = [], [], []
    for one in judged:
        for was, count in ((1, one.right), (0, one.count - one.right)):
            rows.append([one.percent / 100, one.rank >= 2, one.rank >= 3])
            right.append(was)
            weight.append(count)
    other = LogisticRegression(C=np.inf, tol=1e-8, max_iter=1000)
    other.fit(np.array(rows, float), right, sample_weight=weight)
    meaning = calibration(judged)
    for one in judged:
        row = np.array([[one.percent / 100, one.rank >= 2, one.rank >= 3]], float)
        assert meaning.chance(one.percent, one.rank) == pytest.approx(
            other.predict_proba(row)[0, 1], abs=0.005
        )


def test_scores_that_say_what_they_mean_have_a_small_error():
    said = [(p / 100, Judged(p, 200, 2 * p)) for p in (10, 30, 50, 70, 90)]
    bins = binned(said)
    assert [one.count for one in bins] == [200] * 5
    assert calibration_error(bins) == 0.0
    assert all(one.low < one.chosen < one.high for one in bins)


def test_a_likeness_taken_for_a_chance_is_further_off_than_what_was_learned_from_others():
    judged = [
        Judged(p, 60, round(60 * (p / 100) ** 3), part=part)
        for p in (20, 40, 60, 80)
        for part in range(5)
    ]
    found = reliability(judged)
    assert found.raw_error > 0.15
    assert found.error < 0.05
    assert sum(one.count for one in found.bins) == 1200


def test_the_diagram_is_not_drawn_from_its_own_decisions():
    """One part decided otherwise than all others: what they taught is wrong there, and shows."""
    others = [Judged(80, 100, 90, part=part) for part in range(4)]
    odd = Judged(80, 100, 10, part=4)
    # A curve drawn through everything would say .74 for all of them, and be right on average.
    (low, high) = reliability([*others, odd]).bins
    assert low.said < 0.75 and low.count == 400
    assert high.said > 0.85 and (high.count, high.chosen) == (100, 0.1)
