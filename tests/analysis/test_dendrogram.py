"""The joins and their cuts, held to SciPy's and scikit-learn's."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster
from sklearn.metrics import adjusted_rand_score, silhouette_score

from qualcode.analysis.dendrogram import average, best_silhouette, silhouettes, ward

vectors = np.random.default_rng(3).normal(size=(60, 8)).astype(np.float32)
vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)


def labels(groups) -> list[int]:
    found = {row: place for place, rows in enumerate(groups) for row in rows}
    return [found[row] for row in sorted(found)]


@pytest.mark.parametrize("join", [ward, average])
@pytest.mark.parametrize("groups", [1, 2, 7, 30, 60])
def test_a_cut_gives_exactly_the_groups_asked_for_and_agrees_with_scipy(join, groups):
    tree = join(vectors)
    cut = [tree.rows(node) for node in tree.cut(groups)]
    assert len(cut) == groups
    assert sorted(row for rows in cut for row in rows) == list(range(60))
    theirs = fcluster(tree.joins, groups, "maxclust")
    assert adjusted_rand_score(labels(cut), theirs) == pytest.approx(1)


def test_the_silhouette_is_that_of_scikit_learn():
    tree = average(vectors)
    found = silhouettes(tree, vectors, [2, 5, 9, 20])
    for size, value in found.items():
        own = labels([tree.rows(node) for node in tree.cut(size)])
        assert value == pytest.approx(silhouette_score(vectors, own, metric="cosine"), abs=1e-5)
    assert best_silhouette(tree, vectors, [2, 5, 9, 20]) == max(found, key=found.__getitem__)


def test_a_group_is_taken_apart_along_the_tree_until_it_is_acceptable():
    tree = ward(vectors)
    parts = tree.apart(tree.cut(1)[0], lambda rows: not {3, 4} <= set(rows))
    assert sorted(row for rows in parts for row in rows) == list(range(60))
    assert not any({3, 4} <= set(rows) for rows in parts)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_thing_have_trees_too(count):
    tree = ward(vectors[:count])
    assert [tree.rows(node) for node in tree.cut(5)] == [[0]] * count
