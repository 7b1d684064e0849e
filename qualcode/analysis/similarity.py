"""How alike texts are, measured against the study they stand in.

Every study talks about one thing, so raw vectors of its texts all point one way (98 % of raw
sentence-model cosines lie within .1 of each other). Taking the study's own mean off shows what
is different about each text. Likeness is then relative to the study: 0 is the likeness of two
texts taken at random, and no fixed number means "alike".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
FEWEST_TO_CENTRE = 10


def centre_of(vectors: Vectors, fewest: int = FEWEST_TO_CENTRE) -> Vectors:
    """The mean of the rows that say something; zero when there are fewer than ``fewest``.

    The mean of a handful of texts is those texts themselves, and would take away what they say.
    """
    speaking = vectors[np.any(vectors, axis=1)]
    if len(speaking) < fewest:
        return np.zeros(vectors.shape[1], dtype=np.float32)
    return speaking.mean(axis=0, dtype=np.float64).astype(np.float32)


def centred(vectors: Vectors, centre: Vectors | None = None) -> Vectors:
    """The rows minus ``centre`` (by default their own) at unit length. Zero rows stay zero."""
    middle = centre_of(vectors) if centre is None else centre
    speaking = np.any(vectors, axis=1, keepdims=True)
    return unit(np.where(speaking, vectors - middle, np.float32(0)))


def unit(vectors: NDArray[np.floating]) -> Vectors:
    """The rows at unit length; a row too short to have a direction becomes zero."""
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    # Above the rounding noise of float32: identical texts minus their mean must count as zero.
    small = lengths < 1e-5
    return np.where(small, np.float32(0), rows / np.where(small, np.float32(1), lengths))


def cosines(left: Vectors, right: Vectors) -> Vectors:
    """The similarity of every unit row of ``left`` with every unit row of ``right``, -1...1."""
    return np.clip(left @ right.T, -1.0, 1.0)


def by_chance(vectors: Vectors) -> tuple[float, float]:
    """Mean and standard deviation of the similarities of all pairs of speaking unit rows.

    Exact and without the table of all pairs: the squared cosines of all pairs add up to the
    squared size of the (dimensions x dimensions) product of the vectors with themselves.
    """
    speaking = vectors[np.any(vectors, axis=1)].astype(np.float64)
    count = len(speaking)
    if count < 2:
        return 0.0, 0.0
    pairs = count * (count - 1)
    mean = (np.square(speaking.sum(axis=0)).sum() - count) / pairs
    squares = (np.square(speaking.T @ speaking).sum() - count) / pairs
    return float(mean), float(np.sqrt(max(0.0, squares - mean**2)))


def mid_ranks(scores: Sequence[float] | NDArray[np.floating]) -> NDArray[np.float64]:
    """The rank of each score, 1 for the highest; equal scores share the middle of their ranks.

    An engine that gives everything the same score must not look as if it ranked well.

    >>> mid_ranks([0.5, 0.9, 0.5, 0.1]).tolist()
    [2.5, 1.0, 2.5, 4.0]
    """
    values = np.asarray(scores, dtype=np.float64)
    distinct, place, counts = np.unique(-values, return_inverse=True, return_counts=True)
    before = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return (before + (counts + 1) / 2)[place] if len(distinct) else values


def nearest(
    similarities: NDArray[np.floating], count: int, leave_out: Sequence[int] = ()
) -> list[int]:
    """The rows of the ``count`` highest similarities, highest first; of equals the earlier row.

    Rows whose similarity is zero or below are not near anything and are never among them.
    """
    left_out = set(leave_out)
    order = np.argsort(-similarities, kind="stable")
    near: list[int] = []
    for row in order:
        if len(near) == count or similarities[row] <= 0:
            break
        if int(row) not in left_out:
            near.append(int(row))
    return near
