"""The chance that a reduction belongs to a category that does not exist yet.

Two things tell it. How often the study has met something new: the share of categories that were
met once only (Good and Turing's estimate, made for counting species nobody has seen). And how
near the reduction is to its best category, judged by what the study's own members would have
scored: with their category in the list, and as if it did not exist yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

USUAL_GAP = 0.15
"""How much nearer to its own category a member usually is than to the best other one."""

USUAL_DEVIATION = 0.1
PRIOR_MEMBERS = 5
"""The usual gap and deviation count as much as so many members of the study's own."""

SUREST_PRIOR = 0.95


@dataclass(frozen=True)
class Novelty:
    """What is known of newness in one state of a study.

    ``at_home`` and ``homeless`` are the scores that members reach on average with and without
    their own category in the list, ``deviation`` how much they scatter, ``prior`` how often
    something new is to be expected now.
    """

    prior: float
    at_home: float
    homeless: float
    deviation: float

    def chance(self, best: float) -> float:
        """The chance, 0...1, that what scores ``best`` at its best category needs a new one."""
        home = ((best - self.at_home) / self.deviation) ** 2 / 2
        away = ((best - self.homeless) / self.deviation) ** 2 / 2
        odds = np.log(self.prior / (1 - self.prior)) + home - away
        return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def novelty(
    sizes: Sequence[int], with_own: NDArray[np.floating], without_own: NDArray[np.floating]
) -> Novelty:
    """What the members' scores say, each judged without itself.

    ``sizes`` are the numbers of members of the categories. ``with_own`` holds the best scores of
    members that are not alone in their category, ``without_own`` those of all members as if their
    category did not exist.
    """
    once = sum(size == 1 for size in sizes)
    prior = min(SUREST_PRIOR, (once + 0.5) / (sum(sizes) + 1))
    homeless = float(without_own.mean()) if len(without_own) else 0.0
    gap = homeless + USUAL_GAP
    at_home = (with_own.sum() + PRIOR_MEMBERS * gap) / (len(with_own) + PRIOR_MEMBERS)
    squares = (
        np.square(with_own - at_home).sum()
        + np.square(without_own - homeless).sum()
        + PRIOR_MEMBERS * USUAL_DEVIATION**2
    )
    scatter = squares / (len(with_own) + len(without_own) + PRIOR_MEMBERS)
    return Novelty(prior, max(float(at_home), homeless), homeless, float(np.sqrt(scatter)))
