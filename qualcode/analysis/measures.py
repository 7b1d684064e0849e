"""How well a ranking or a grouping agrees with a person's, with the uncertainty that belongs to it.

Every interval is a 95 % one. What is sure to change from one study to the next is the material,
so an item counts once in it, however many orders it was looked at in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.similarity import mid_ranks

NORMAL_95 = 1.959964
RESAMPLES = 400
SEED = 20_000

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """A number, 95 % sure to lie between ``low`` and ``high``, from so many different items."""

    value: float
    low: float
    high: float
    items: int


def share(
    hits: Sequence[float] | NDArray[np.floating] | NDArray[np.bool_],
    items: Sequence[int] | NDArray[np.int_],
) -> Figure | None:
    """The mean of ``hits`` (0...1), with Wilson's interval for as many trials as there are items.

    ``items`` tells which item each hit is of. None when there is nothing to tell.

    >>> share([1, 1, 0, 0], [0, 1, 2, 3])
    Figure(value=0.5, low=0.15, high=0.85, items=4)
    """
    if not len(hits):
        return None
    value = float(np.asarray(hits, dtype=np.float64).mean())
    trials = len(set(np.asarray(items).tolist()))
    low, high = wilson(value, trials)
    return Figure(round(value, 4), round(low, 4), round(high, 4), trials)


def wilson(value: float, trials: int) -> tuple[float, float]:
    """Wilson's interval of a share: honest for few trials and for shares of 0 or 1."""
    z = NORMAL_95
    middle = (value + z**2 / (2 * trials)) / (1 + z**2 / trials)
    spread = value * (1 - value) / trials + z**2 / (4 * trials**2)
    half = z / (1 + z**2 / trials) * float(np.sqrt(spread))
    return max(0.0, middle - half), min(1.0, middle + half)


def resampled(
    measure: Callable[[NDArray[np.int_]], float | None],
    items: Sequence[int] | NDArray[np.int_],
) -> Figure | None:
    """A measure of rows with the interval that drawing the items anew gives (bootstrap).

    ``measure`` is given row numbers, a row of a repeatedly drawn item as often as it was drawn. A
    draw that it cannot be told of (None) is passed over.
    """
    row_items = np.asarray(items, dtype=np.int64)
    value = measure(np.arange(len(row_items)))
    if value is None:
        return None
    distinct, place = np.unique(row_items, return_inverse=True)
    random = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        drawn = np.bincount(
            random.integers(0, len(distinct), len(distinct)), minlength=len(distinct)
        )
        told = measure(np.repeat(np.arange(len(row_items)), drawn[place]))
        if told is not None:
            found.append(told)
    low, high = np.quantile(found, [0.025, 0.975]) if found else (value, value)
    return Figure(round(value, 4), round(float(low), 4), round(float(high), 4), len(distinct))


def mean(values: Sequence[float] | Array, items: Sequence[int] | NDArray[np.int_]) -> Figure | None:
    """The mean with its resampled interval; None of nothing."""
    told = np.asarray(values, dtype=np.float64)
    if not len(told):
        return None
    return resampled(lambda rows: float(told[rows].mean()) if len(rows) else None, items)


def area_under_curve(
    scores: Sequence[float] | Array, wanted: Sequence[bool] | Array
) -> float | None:
    """How often a wanted row has a higher score than another one; ties count half (ROC AUC).

    0.5 is what a coin would do. None unless there are rows of both kinds.

    >>> area_under_curve([0.9, 0.4, 0.4, 0.1], [True, True, False, False])
    0.875
    """
    is_wanted = np.asarray(wanted, dtype=bool)
    count, others = int(is_wanted.sum()), int((~is_wanted).sum())
    if not count or not others:
        return None
    # From the lowest: the sum of the ranks of the wanted ones, less what they are among themselves.
    ranks = mid_ranks(-np.asarray(scores, dtype=np.float64))
    return float((ranks[is_wanted].sum() - count * (count + 1) / 2) / (count * others))


def adjusted_rand(left: Sequence[str], right: Sequence[str]) -> float:
    """Agreement of two groupings of the same items: 1 = the same, 0 = what chance gives (ARI).

    >>> round(adjusted_rand(list("aabb"), list("aabc")), 3)
    0.571
    """
    _, one = np.unique(np.asarray(left), return_inverse=True)
    _, other = np.unique(np.asarray(right), return_inverse=True)
    _, cells = np.unique(one.astype(np.int64) * (other.max() + 1) + other, return_counts=True)

    def pairs(counts: NDArray[np.int_]) -> float:
        return float((counts.astype(np.float64) * (counts - 1) / 2).sum())

    together = pairs(cells)
    in_one, in_other = pairs(np.bincount(one)), pairs(np.bincount(other))
    every = len(one) * (len(one) - 1) / 2
    by_chance = in_one * in_other / every if every else 0.0
    most = (in_one + in_other) / 2
    # Both all alone, or both all together: the same grouping.
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def average_precision(ranks: Array, wanted: NDArray[np.bool_]) -> float:
    """How near the top the wanted ones stand: 1 = all of them before all others.

    ``ranks`` are middle ranks, so an engine that cannot tell two apart gains nothing by it.

    >>> average_precision(mid_ranks([0.9, 0.8, 0.1]), np.array([True, False, True])).__round__(3)
    0.833
    """
    own = ranks[wanted]
    return float((mid_ranks(-own) / own).mean())
