"""The tree of joins that a clustering makes, and the ways to cut it into groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    # Distances from one product of the table with itself: three times as fast as pair by pair.
    squares = np.square(vectors).sum(axis=1)
    apart = squares[:, None] + squares[None, :] - 2 * (vectors @ vectors.T)
    distances = np.sqrt(np.maximum(apart[np.triu_indices(len(vectors), 1)], 0.0))
    return Dendrogram(len(vectors), linkage(distances.astype(np.float64), method="ward"))


def average(vectors: Vectors) -> Dendrogram:
    """Joins of the groups whose members are on average most alike by cosine (UPGMA)."""
    if len(vectors) < 2:
        return Dendrogram(len(vectors), np.zeros((0, 4)))
    distances = squareform(_distances(vectors), checks=False)
    return Dendrogram(len(vectors), linkage(distances, method="average"))


def constrained_average(
    likeness: np.ndarray, weights: np.ndarray, forbidden: np.ndarray
) -> tuple[Dendrogram, int]:
    """Joins by average likeness in which no two things that are ``forbidden`` come together.

    ``likeness`` and ``forbidden`` are square tables, ``weights`` tell how many things each row
    stands for. Gives the joins and how many groups are left when only forbidden joins remain: the
    joins beyond are there to complete the tree, so never cut it into fewer groups than that.
    """
    size = len(likeness)
    if size < 2:
        return Dendrogram(size, np.zeros((0, 4))), size
    table = np.array(likeness, dtype=np.float32)
    table[forbidden] = -np.inf
    np.fill_diagonal(table, -np.inf)
    best = table.argmax(axis=1)
    value = table[np.arange(size), best]
    weight = np.array(weights, dtype=np.float32)
    node, alive = np.arange(size), np.ones(size, dtype=bool)
    joins: list[tuple[float, float, float, float]] = []
    while len(joins) < size - 1:
        left = int(value.argmax())
        if value[left] == -np.inf:
            break
        right = int(best[left])
        joins.append((node[left], node[right], 1.0 - float(value[left]), 0.0))
        share = weight[left] / (weight[left] + weight[right])
        table[left] = share * table[left] + (1 - share) * table[right]
        table[:, left] = table[left]
        table[right, :] = table[:, right] = -np.inf
        weight[left] += weight[right]
        node[left], alive[right] = size + len(joins) - 1, False
        value[right] = -np.inf
        # A join is never more alike to a third thing than the nearer of its two was.
        stale = np.flatnonzero(alive & ((best == left) | (best == right)))
        for row in {left, *stale.tolist()}:
            best[row] = table[row].argmax()
            value[row] = table[row, best[row]]
    fewest = size - len(joins)
    last, *others = node[alive].tolist()
    for other in others:
        joins.append((last, other, np.inf, 0.0))
        last = size + len(joins) - 1
    return Dendrogram(size, np.array(joins)), fewest


def best_silhouette(tree: Dendrogram, vectors: Vectors, sizes: Sequence[int]) -> int:
    """The number of groups among ``sizes`` that sets the groups furthest apart.

    Judged by the mean silhouette; of equals the smallest number wins.
    """
    found = silhouettes(tree, vectors, sizes)
    return max(sizes, key=lambda size: (found[size], -size))


def silhouettes(tree: Dendrogram, vectors: Vectors, sizes: Sequence[int]) -> dict[int, float]:
    """For each number of groups the mean silhouette, -1...1, of that cut, by cosine distance.

    Silhouette (Rousseeuw 1987): how much nearer a thing is to its own group than to the nearest
    other one. Things alone in a group count as 0.
    """
    distances = _distances(vectors)
    # Every coarser cut is made of groups of the finest one, so distances are summed up once.
    finest = [tree.rows(node) for node in tree.cut(max(sizes))]
    sums_to_finest = np.stack([distances[:, rows].sum(axis=1) for rows in finest], axis=1)
    found = {}
    for size in sizes:
        groups = [tree.rows(node) for node in tree.cut(size)]
        own = np.zeros(tree.size, dtype=int)
        for place, rows in enumerate(groups):
            own[rows] = place
        sums = np.zeros((tree.size, len(groups)))
        for place, rows in enumerate(finest):
            sums[:, own[rows[0]]] += sums_to_finest[:, place]
        found[size] = _silhouette(sums, own)
    return found


def _silhouette(sums: np.ndarray, own: np.ndarray) -> float:
    """The mean silhouette from each thing's summed distance to each group, and its own group."""
    things, groups = sums.shape
    if not 1 < groups < things:
        return 0.0
    counts = np.bincount(own, minlength=groups)
    rows = np.arange(things)
    alone = counts[own] == 1
    within = sums[rows, own] / np.where(alone, 1, counts[own] - 1)
    means = sums / counts
    means[rows, own] = np.inf
    between = means.min(axis=1)
    larger = np.maximum(within, between)
    values = np.where(alone | (larger == 0), 0.0, (between - within) / np.where(larger, larger, 1))
    return float(values.mean())


def _distances(vectors: Vectors) -> np.ndarray:
    distances = 1.0 - cosines(vectors, vectors).astype(np.float64)
    np.fill_diagonal(distances, 0.0)
    return (distances + distances.T) / 2
