"""The rows nearest to a question among a hundred thousand, in little memory.

A row of a unit vector is kept in eight bits a number, scaled by its own largest: 40 MB for 100,000
rows of 384 numbers. What that costs in likeness is below a thousandth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.similarity import Vectors

BLOCK = 512
"""Rows unpacked at a time: they stay in the processor's own memory."""

LARGEST = 127


class Rows:
    """Room for so many unit rows; those not yet put in are zero and near to nothing.

    >>> rows = Rows(3, 2)
    >>> rows.put(0, np.array([[1, 0], [0.6, 0.8]], np.float32))
    >>> [round(float(score), 2) for score in rows.scores(np.array([0, 1], np.float32), 3)]
    [0.0, 0.8, 0.0]
    """

    def __init__(self, room: int, dimensions: int) -> None:
        self._numbers = np.zeros((room, dimensions), np.int8)
        self._scales = np.zeros(room, np.float32)

    @property
    def room(self) -> int:
        return len(self._scales)

    @property
    def dimensions(self) -> int:
        return int(self._numbers.shape[1])

    def put(self, first: int, vectors: Vectors) -> None:
        """The rows from ``first`` on become these vectors."""
        largest = np.abs(vectors).max(axis=1, initial=0.0)
        scales = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
        last = first + len(vectors)
        self._numbers[first:last] = np.rint(vectors / scales[:, None])
        self._scales[first:last] = scales

    def scores(self, question: Vectors, used: int) -> NDArray[np.float32]:
        """The likeness of the first ``used`` rows with the question, a unit vector."""
        scores = np.empty(used, np.float32)
        unpacked = np.empty((min(BLOCK, used), self.dimensions), np.float32)
        for first in range(0, used, BLOCK):
            last = min(first + BLOCK, used)
            part = unpacked[: last - first]
            part[:] = self._numbers[first:last]
            # Not np.dot: its threads wait for one another for longer than so small a part takes
            # (15 times as long on two busy cores).
            np.einsum("ij,j->i", part, question, out=scores[first:last])
        scores *= self._scales[:used]
        return scores


def highest(scores: NDArray[np.float32], count: int) -> list[int]:
    """The places of the ``count`` highest scores above zero, highest first; of equals the earlier.

    >>> highest(np.array([0.2, 0.9, -1, 0.9, 0], np.float32), 3)
    [1, 3, 0]
    """
    if count < len(scores):
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        near = np.flatnonzero(scores >= max(least, np.finfo(np.float32).tiny))
    else:
        near = np.flatnonzero(scores > 0)
    order = np.argsort(-scores[near], kind="stable")[:count]
    return [int(place) for place in near[order]]
