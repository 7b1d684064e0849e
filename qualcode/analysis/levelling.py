"""Likeness evened out between places that the study's texts are near to anyway and others."""

from __future__ import annotations

import numpy as np

FEWEST_GROUPS_TO_LEVEL = 3
NARROWEST = 0.25
"""A place's deviation counts as no less than this share of the usual one."""


def level_from(means: np.ndarray, deviations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each place what is taken from a likeness to it, and what the rest is divided by.

    ``means`` and ``deviations`` tell the likeness of the study's texts to each place. Of a few
    places nothing is known to be usual: nothing is taken.
    """
    usual = float(np.median(deviations)) if len(deviations) else 0.0
    if usual <= 0 or len(means) < FEWEST_GROUPS_TO_LEVEL:
        return np.zeros(len(means)), np.ones(len(means))
    return means, np.sqrt(np.maximum(deviations / usual, NARROWEST))


def levelled(likeness: np.ndarray, levels: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The likeness to each place, less what is usual to it, in terms of what varies usually.

    >>> levelled(np.array([0.5, 0.5]), (np.array([0.1, 0.4]), np.array([1.0, 0.5]))).round(1)
    array([0.4, 0.2])
    """
    means, divisors = levels
    return np.asarray((likeness - means) / divisors, dtype=np.float64)
