"""The tree of joins that a clustering makes, and the ways to cut it into groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from qualcode.analysis.similarity import Vectors, cosines


@dataclass(frozen=True)
class Dendrogram:
    """Which things were joined in which order. Made once; every cut of it is quick.

    Nodes are numbered as in SciPy: 0...size-1 are the things themselves, and the i-th join makes
    node size + i. Distances never fall along ``joins``, so undoing the last joins first cuts it.
    """

    size: int
    joins: np.ndarray

    def cut(self, groups: int) -> list[int]:
        """The nodes of exactly ``groups`` groups (at most ``size``), in number order."""
        nodes = {self.size + len(self.joins) - 1} if self.size else set()
        for node in range(self.size + len(self.joins) - 1, self.size - 1, -1):
            if len(nodes) >= groups:
                break
            nodes.remove(node)
            nodes.update(self.children(node))
        return sorted(nodes)

    def children(self, node: int) -> tuple[int, int]:
        """The two nodes that ``node`` was joined from."""
        left, right = self.joins[node - self.size, :2]
        return int(left), int(right)

    def rows(self, node: int) -> list[int]:
        """The things under ``node``, in their own order."""
        found, waiting = [], [node]
        while waiting:
            here = waiting.pop()
            if here < self.size:
                found.append(here)
            else:
                waiting.extend(self.children(here))
        return sorted(found)

    def apart(self, node: int, acceptable: Callable[[list[int]], bool]) -> list[list[int]]:
        """The rows under ``node`` as groups, taken apart along the tree until each is acceptable.

        A single thing is never taken further apart.
        """
        parts, waiting = [], [node]
        while waiting:
            here = waiting.pop()
            rows = self.rows(here)
            if here < self.size or acceptable(rows):
                parts.append(rows)
            else:
                waiting.extend(self.children(here))
        return sorted(parts)


def ward(vectors: Vectors) -> Dendrogram:
    """Joins that keep groups compact and of like size (Ward 1963)."""
    if len(vectors) < 2:
        return Dendrogram(len(vectors), np.zeros((0, 4)))
    return Dendrogram(len(vectors), linkage(vectors.astype(np.float64), method="ward"))


def average(vectors: Vectors) -> Dendrogram:
    """Joins of the groups whose members are on average most alike by cosine (UPGMA)."""
    if len(vectors) < 2:
        return Dendrogram(len(vectors), np.zeros((0, 4)))
    distances = squareform(_distances(vectors), checks=False)
    return Dendrogram(len(vectors), linkage(distances, method="average"))


def best_silhouette(tree: Dendrogram, vectors: Vectors, sizes: list[int]) -> int:
    """The number of groups among ``sizes`` that sets the groups furthest apart.

    Silhouette (Rousseeuw 1987): how much nearer each thing is to its own group than to the
    nearest other one, by cosine distance, on average. Of equals the smallest number wins.
    """
    distances = _distances(vectors)
    return max(sizes, key=lambda size: (silhouette(distances, tree, size), -size))


def silhouette(distances: np.ndarray, tree: Dendrogram, size: int) -> float:
    """The mean silhouette, -1...1, of the cut into ``size`` groups. Things alone count as 0."""
    groups = [tree.rows(node) for node in tree.cut(size)]
    if not 1 < len(groups) < tree.size:
        return 0.0
    own = np.zeros(tree.size, dtype=int)
    for place, rows in enumerate(groups):
        own[rows] = place
    counts = np.array([len(rows) for rows in groups], dtype=np.float64)
    sums = np.stack([distances[:, rows].sum(axis=1) for rows in groups], axis=1)
    things = np.arange(tree.size)
    alone = counts[own] == 1
    within = sums[things, own] / np.where(alone, 1.0, counts[own] - 1)
    means = sums / counts
    means[things, own] = np.inf
    between = means.min(axis=1)
    larger = np.maximum(within, between)
    values = np.where(alone | (larger == 0), 0.0, (between - within) / np.where(larger, larger, 1))
    return float(values.mean())


def _distances(vectors: Vectors) -> np.ndarray:
    distances = 1.0 - cosines(vectors, vectors).astype(np.float64)
    np.fill_diagonal(distances, 0.0)
    return (distances + distances.T) / 2
