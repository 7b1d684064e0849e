"""The quotes that tell what a category holds."""

from __future__ import annotations

import numpy as np

from qualcode.analysis.telling import nearness, telling
from qualcode.store.views import EvidenceRow


def said(segment, reduction, who, group="asiakas"):
    return EvidenceRow(reduction, "k", f"l{segment}", segment, "d", who, group, "", None)


def test_different_people_and_groups_come_before_a_second_word_of_anybody():
    rows = [
        said("s1", "a", "v1"),
        said("s2", "a", "v1"),
        said("s3", "b", "v1"),
        said("s4", "a", "v2"),
        said("s5", "b", "t1", "työntekijä"),
    ]
    assert telling(rows, 3) == ["s1", "s5", "s4"]
    assert telling(rows, 9) == ["s1", "s5", "s4", "s2", "s3"]
    assert telling([], 5) == []


def test_nearest_to_the_middle_first_when_that_is_known():
    rows = [said("s1", "a", "v1"), said("s2", "b", "v2"), said("s3", "c", "v3")]
    assert telling(rows, 3) == ["s1", "s2", "s3"]
    assert telling(rows, 3, {"a": 0.1, "b": 0.9, "c": 0.5}) == ["s2", "s3", "s1"]


def test_the_commonest_reduction_first_when_nothing_else_is_known():
    rows = [said("s1", "a", "v1"), said("s2", "b", "v2"), said("s3", "b", "v3")]
    assert telling(rows, 1) == ["s2"]


def test_an_expression_with_two_reductions_is_shown_once():
    rows = [said("s1", "a", "v1"), said("s1", "b", "v1"), said("s2", "a", None)]
    assert sorted(telling(rows, 5)) == ["s1", "s2"]


def test_the_middle_is_where_most_of_them_point():
    found = nearness(["x", "y", "z"], np.array([[1, 0], [0.9, 0.1], [0, 1]], dtype=np.float32))
    assert max(found, key=found.get) == "y"
    assert min(found, key=found.get) == "z"
    assert nearness([], np.zeros((0, 2), dtype=np.float32)) == {}
