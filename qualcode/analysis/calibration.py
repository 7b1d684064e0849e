"""What a score means in this very study: the chance that what is offered so is chosen.

A score is a likeness, not a chance. What people have decided about earlier offers turns it into
one: by the score and by the place among those offered (the first of three is chosen far more often
than the second at the same score). The curve begins as the one usual on other sets and is moved by
the study's own decisions, little by few and far by many (logistic regression with a prior: Platt's
scaling). Measured against steps (isotonic regression): docs/benchmarks.md.

What is shown of how well it holds is cross-fitted: each part of the passages is judged by a curve
that was learned from the other parts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from qualcode.analysis.measures import wilson

FEWEST = 30
"""Judged offers from which on a score is said to mean a chance."""

BINS = 10

MIDDLE = 0.4
"""The score at which the usual curve is told, so that its parts can be moved one by one."""

USUAL = np.array([0.3, 6.0, -0.8, -0.3])
"""Odds (as logarithms) at the middle score, their rise with the score, what being second and what
being third takes off: about what they were on the sets of docs/benchmarks.md."""

SURENESS = np.array([0.7, 3.0, 0.5, 0.5])
"""How far a study may well be from the usual: the deviation of each part."""

LIMITS = ((None, None), (0.0, None), (None, 0.0), (None, 0.0))
"""A higher score never means a lower chance, nor a later place a higher one."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """Offers alike in score (0...100) and place: how many were decided on, how many chosen.

    ``part`` tells which part of the passages they belong to.
    """

    percent: int
    count: int
    right: int
    rank: int = 1
    part: int = 0


@dataclass(frozen=True)
class Calibration:
    """What scores mean. ``decided`` is how many judged offers it rests on; ``curve`` is empty
    while they are too few."""

    curve: tuple[float, ...] = ()
    decided: int = 0

    def chance(self, percent: float, rank: int = 1) -> float | None:
        """How often an offer of this score and place is chosen, 0...1; None when not known.

        >>> round(Calibration((0.0, 3.0, -1.0, -0.5)).chance(40), 2)
        0.5
        """
        if not self.curve:
            return None
        told = _features(np.array([percent]), np.array([rank])) @ np.array(self.curve)
        return round(float(expit(told[0])), 3)


def calibration(judged: Iterable[Judged], fewest: int = FEWEST) -> Calibration:
    """The chances behind the scores, from the offers that somebody has decided on.

    >>> calibration([Judged(20, 10, 1)]).chance(20) is None
    True
    >>> meaning = calibration([Judged(20, 500, 50), Judged(80, 500, 450)])
    >>> [round(meaning.chance(percent), 1) for percent in (20, 80)]
    [0.1, 0.9]
    """
    known = list(judged)
    decided = sum(one.count for one in known)
    if decided < fewest:
        return Calibration(decided=decided)
    return Calibration(_fitted(known), decided)


def _fitted(judged: Sequence[Judged]) -> tuple[float, ...]:
    """The curve most likely after these decisions, with the usual one as what was believed."""
    rows = _features(
        np.array([one.percent for one in judged]), np.array([one.rank for one in judged])
    )
    right = np.array([one.right for one in judged], dtype=np.float64)
    wrong = np.array([one.count for one in judged], dtype=np.float64) - right

    def loss(curve: Array) -> tuple[float, Array]:
        odds = rows @ curve
        away = (curve - USUAL) / SURENESS
        value = right @ np.logaddexp(0, -odds) + wrong @ np.logaddexp(0, odds)
        slope = rows.T @ ((right + wrong) * expit(odds) - right)
        return float(value + away @ away / 2), slope + away / SURENESS

    found = minimize(loss, USUAL, jac=True, method="L-BFGS-B", bounds=LIMITS)
    return tuple(float(part) for part in found.x)


def _features(percent: NDArray[np.int_] | Array, rank: NDArray[np.int_]) -> Array:
    """One, the score around the middle, whether it is second or later, whether it is third."""
    return np.column_stack(
        [np.ones(len(percent)), percent / 100 - MIDDLE, rank >= 2, rank >= 3]
    ).astype(np.float64)


# --- how well it holds --------------------------------------------------------------------------


@dataclass(frozen=True)
class Bin:
    """Offers whose chance was said to lie in one tenth: how many, the mean said and the share.

    ``low`` and ``high``: where the share lies with a certainty of 95 %.
    """

    start: float
    count: int
    said: float
    chosen: float
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Reliability:
    """What was said against what was chosen, bin by bin, and the mean distance of the two.

    ``raw_error`` is the distance when the bare score is taken for a chance.
    """

    bins: tuple[Bin, ...]
    error: float | None
    raw_error: float | None


def reliability(judged: Iterable[Judged]) -> Reliability:
    """Each offer judged by what the other parts of the passages teach, as if it were the next."""
    known = list(judged)
    said: list[tuple[float, Judged]] = []
    for part in sorted({one.part for one in known}):
        others = [one for one in known if one.part != part]
        meaning = calibration(others, fewest=0) if others else Calibration(tuple(USUAL))
        for one in known:
            if one.part == part:
                chance = meaning.chance(one.percent, one.rank)
                said.append((chance if chance is not None else 0.0, one))
    bins = binned(said)
    raw = binned([(one.percent / 100, one) for one in known])
    return Reliability(bins, calibration_error(bins), calibration_error(raw))


def binned(said: Iterable[tuple[float, Judged]]) -> tuple[Bin, ...]:
    """Ten bins of what was said against what was chosen; empty ones are left out."""
    sums = np.zeros((BINS, 3))
    for chance, one in said:
        place = min(BINS - 1, int(chance * BINS))
        sums[place] += (one.count, chance * one.count, one.right)
    found = []
    for number, (count, chance, right) in enumerate(sums):
        if count:
            share = float(right / count)
            low, high = wilson(share, int(count))
            found.append(Bin(number / BINS, int(count), float(chance / count), share, low, high))
    return tuple(found)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between what was said and what was chosen, by offers. None without any.

    >>> calibration_error([Bin(0.5, 10, 0.5, 0.7), Bin(0.8, 10, 0.8, 0.8)])
    0.1
    """
    count = sum(one.count for one in bins)
    if not count:
        return None
    return round(sum(abs(one.said - one.chosen) * one.count for one in bins) / count, 3)
