"""What coded expressions say of each code, with and without the one that is being ranked."""

import numpy as np

from qualcode.analysis.code_scores import Taught, by_examples
from qualcode.analysis.replay_offers import offered_of

SUMS = np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 0.0]], dtype=np.float32)
COUNTS = np.array([2, 2, 0])


def test_an_expression_that_carries_no_code_changes_nothing():
    taught = Taught(SUMS, COUNTS)
    assert taught.without(np.zeros(3), np.ones(2, dtype=np.float32)) is taught


def test_an_expression_counts_in_none_of_the_codes_it_carries():
    taught = Taught(SUMS, COUNTS)
    left = taught.without(np.array([0, 1, 0]), np.array([0.0, 1.0], dtype=np.float32))
    assert left.sums.tolist() == [[2.0, 0.0], [1.0, 0.0], [0.0, 0.0]]
    assert left.counts.tolist() == [2, 1, 0]
    assert taught.sums.tolist() == SUMS.tolist(), "the others still see it"
    assert left.centres.tolist() == [[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]


def test_a_code_without_examples_is_ranked_by_its_words_alone():
    words = np.array([0.1, 0.1, 0.4])
    scores = by_examples(Taught(SUMS, COUNTS), np.array([1.0, 0.0], dtype=np.float32), words)
    assert scores.argmax() == 0 and scores[2] > 0


def test_only_the_best_three_above_the_limit_are_offers():
    scores = np.array([0.1, 0.5, 0.3, 0.4, -0.2])
    right = np.array([0, 0, 1, 0, 0])
    found = offered_of(scores, right, "")
    assert [(o.rank, o.percent, o.right) for o in found] == [
        (1, 50, False),
        (2, 40, False),
        (3, 30, True),
    ]
    assert [o.percent for o in offered_of(scores, right, "", above=0.35)] == [50, 40]
    assert offered_of(scores, right, "", above=0.9) == ()
