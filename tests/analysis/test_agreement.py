"""Krippendorff's alpha against published numbers."""

from __future__ import annotations

import pytest

from qualcode.analysis.agreement import alpha

# The example of three coders and fifteen units with missing values (nominal alpha 0.691).
PUBLISHED = [
    [1], [], [2, 2], [1, 1], [3, 3], [3, 3, 4], [4, 4, 4], [1, 3], [2, 2], [1, 1], [1, 1], [3, 3],
    [3, 3], [], [3, 4],
]  # fmt: skip


def test_the_published_example_with_missing_coders():
    assert alpha(PUBLISHED) == pytest.approx(0.691, abs=0.0005)


def test_full_agreement_is_one_and_constant_values_tell_nothing():
    assert alpha([[0, 0], [1, 1], [0, 0]]) == 1
    assert alpha([[1, 1], [1, 1]]) is None
    assert alpha([[1], [0]]) is None


def test_swapping_the_coders_changes_nothing():
    assert alpha([values[::-1] for values in PUBLISHED]) == alpha(PUBLISHED)
