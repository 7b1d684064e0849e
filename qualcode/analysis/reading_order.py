"""In which order answers could be read so that each teaches most: the least sure, or the newest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.analysis.similarity import Vectors

MOST_PICKED = 400
"""Answers picked one by one, each unlike all before it; the rest follow by their unlikeness."""


def unsure_first(sureness: Sequence[float]) -> list[int]:
    """The rows, least sure first; equals as they stand.

    >>> unsure_first([0.9, 0.2, 0.5, 0.2])
    [1, 3, 2, 0]
    """
    return [int(row) for row in np.argsort(np.asarray(sureness, np.float64), kind="stable")]


def new_first(vectors: Vectors, known: Vectors, most: int = MOST_PICKED) -> list[int]:
    """The rows, each as unlike as can be to what is ``known`` and to those picked before it.

    Vectors are centred and of unit length. With nothing known the one most like all others begins:
    it tells what the study is about before its odd answers do.
    """
    count = len(vectors)
    if not count:
        return []
    if len(known):
        likeness = np.full(count, -1.0)
        for start in range(0, len(known), 1000):
            part = np.asarray(vectors @ known[start : start + 1000].T)
            likeness = np.maximum(likeness, part.max(axis=1))
    else:
        likeness = 1 - np.asarray(vectors @ vectors.mean(axis=0), np.float64)
        first = int(np.argmin(likeness))
        rest = np.asarray(vectors @ vectors[first], np.float64)
        rest[first] = np.inf
        return [first, *_picked(vectors, rest, most - 1, count - 1)]
    return _picked(vectors, likeness, most, count)


def _picked(vectors: Vectors, likeness: np.ndarray, most: int, count: int) -> list[int]:
    """``count`` rows from the least like on; the first ``most`` also unlike each other."""
    left = likeness.astype(np.float64)
    found: list[int] = []
    while len(found) < min(most, count):
        row = int(np.argmin(left))
        found.append(row)
        left = np.maximum(left, vectors @ vectors[row])
        left[found] = np.inf
    rest = [int(row) for row in np.argsort(left, kind="stable")]
    return [*found, *rest[: count - len(found)]]
