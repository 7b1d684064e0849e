"""What would have stood on the screen at one look of a replay, and whether it was right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

OFFERED = 3


@dataclass(frozen=True)
class Offered:
    """One candidate: its place among those offered, its score in percent, if it was right.

    ``way`` is how codes were ranked then; empty for places.
    """

    rank: int
    percent: int
    right: bool
    way: str = ""


def offered_of(
    scores: np.ndarray, right: np.ndarray, way: str, above: float = -np.inf
) -> tuple[Offered, ...]:
    """The three best of the scores that lie ``above``, best first, as an offer is kept.

    >>> [(o.percent, o.right) for o in offered_of(np.array([0.2, 0.7]), np.array([1, 0]), "")]
    [(70, False), (20, True)]
    """
    best = np.argsort(-scores, kind="stable")[:OFFERED]
    return tuple(
        Offered(rank, percent_of(float(scores[place])), bool(right[place]), way)
        for rank, place in enumerate(best, start=1)
        if scores[place] > above
    )


def percent_of(score: float) -> int:
    """A score as it is kept with an offer, 0...100."""
    return min(100, max(0, round(score * 100)))
