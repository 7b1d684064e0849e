"""How near members are to the categories when each is judged as if it had not been placed."""

from __future__ import annotations

import numpy as np

from qualcode.analysis.expressions import Vectors

MOST_JUDGED = 1500
"""Members that stand for all when it is asked what scores are usual."""


def left_out(dots: np.ndarray, sums: Vectors, own: np.ndarray, members: Vectors) -> np.ndarray:
    """Each member's cosine with each row of ``sums``, itself taken out of its own.

    ``dots`` are the products of the members (rows) with the sums, ``own`` the sum each is part of.
    """
    squares = np.square(sums).sum(axis=1)
    likeness = dots / np.sqrt(np.maximum(squares, 1e-9))
    each = np.arange(len(own))
    at_home = dots[each, own]
    lengths = np.square(members).sum(axis=1)
    without = np.sqrt(np.maximum(squares[own] - 2 * at_home + lengths, 1e-9))
    likeness[each, own] = (at_home - lengths) / without
    return np.asarray(likeness)


def one_more(
    dots: np.ndarray, nearer: np.ndarray, place: int, at: int, own: np.ndarray
) -> np.ndarray:
    """The products after one member has come into the sum on that place.

    ``nearer`` are the products of the members there were with the new one, ``own`` those of the
    new one itself, which stands ``at`` that row.
    """
    grown = np.empty((min(len(dots) + 1, MOST_JUDGED), dots.shape[1]), dtype=dots.dtype)
    grown[:at] = dots[: min(at, len(grown))]
    if at < len(grown):
        grown[at] = own
        grown[at + 1 :] = dots[at : len(grown) - 1]
    rows = np.arange(len(dots)) + (np.arange(len(dots)) >= at)
    kept = rows < len(grown)
    grown[rows[kept], place] += nearer[kept]
    return grown
