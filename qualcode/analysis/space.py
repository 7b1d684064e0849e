"""The space in which the texts of one study are compared with its groups.

What every text of a study is about has been taken off already (``similarity.centred``). What
remains still varies mostly along a few directions, and those drown the finer differences that
separate neighbouring categories. Here they are softened: a direction is shortened the more the
study's texts differ along it, the strongest one to 0.71 of its length. Whitening them all away
is known to destroy small studies; half of the way was measured to win on most sets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.similarity import FEWEST_TO_CENTRE, Vectors, unit

MOST_LOOKED_AT = 4000
"""Texts from which the directions are found; more would not turn them."""

FAINTEST = 0.02
"""A direction with so little of the strongest one's variance is left as it is."""


@dataclass(frozen=True)
class Space:
    """``axes`` (rows, unit length) are the directions, ``shortening`` what is taken off each.

    ``mean`` and ``scatter`` (mean of the outer products) are those of the study's softened texts.
    """

    axes: Vectors
    shortening: Vectors
    mean: Vectors
    scatter: Vectors

    def softened(self, vectors: Vectors) -> Vectors:
        """Centred vectors of texts, names or codes as they stand in this space; unit or zero."""
        if not len(self.axes):
            return vectors
        return unit(vectors - ((vectors @ self.axes.T) * self.shortening) @ self.axes)

    def usual(self, places: Vectors) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each unit row of ``places``: mean and deviation of the study's likeness to it.

        Exact and without looking at the texts again: both follow from ``mean`` and ``scatter``.
        """
        means = (places @ self.mean).astype(np.float64)
        squares = np.einsum("pd,pd->p", places @ self.scatter, places).astype(np.float64)
        return means, np.sqrt(np.maximum(0.0, squares - means**2))


def space_of(centred: Vectors) -> Space:
    """The space of a study's distinct texts, given as centred vectors.

    Without directions to soften while there are fewer than ten: their differences are all there is.
    """
    speaking = centred[np.any(centred, axis=1)]
    dimensions = centred.shape[1]
    if len(speaking) > MOST_LOOKED_AT:
        speaking = speaking[np.linspace(0, len(speaking) - 1, MOST_LOOKED_AT).astype(int)]
    nothing = np.zeros(0, dtype=np.float32)
    bare = Space(np.zeros((0, dimensions), dtype=np.float32), nothing, nothing, nothing)
    axes, shortening = bare.axes, bare.shortening
    if len(speaking) >= FEWEST_TO_CENTRE:
        axes, shortening = _directions(speaking)
    placed = Space(axes, shortening, nothing, nothing).softened(speaking)
    count = max(1, len(placed))
    return Space(
        axes,
        shortening,
        np.asarray(placed.sum(axis=0) / count, dtype=np.float32),
        np.asarray(placed.T @ placed / count, dtype=np.float32),
    )


def _directions(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """The directions of greatest variance and by how much each is shortened."""
    spread = (vectors - vectors.mean(axis=0)).astype(np.float64)
    if len(spread) < spread.shape[1]:
        # Of few texts the small table of texts by texts has the same directions.
        variances, sides = np.linalg.eigh(spread @ spread.T)
        axes = sides.T @ spread
    else:
        variances, sides = np.linalg.eigh(spread.T @ spread)
        axes = sides.T
    strongest = variances[-1]
    kept = variances > FAINTEST * strongest
    if strongest <= 0 or not kept.any():
        return np.zeros((0, vectors.shape[1]), dtype=np.float32), np.zeros(0, dtype=np.float32)
    axes = axes[kept] / np.linalg.norm(axes[kept], axis=1, keepdims=True)
    shortening = 1 - 1 / np.sqrt(1 + variances[kept] / strongest)
    return axes.astype(np.float32), shortening.astype(np.float32)
