"""How good the offers of a study have been: what a score has meant, what was taken, how varied.

A score becomes a chance by what was chosen at such scores in this very study. Neighbouring scores
are joined until a higher score never means a lower chance (isotonic regression), and with few
decisions the chance is drawn towards the study's mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

FEWEST = 30
"""Judged offers from which on a score is said to mean a chance."""

DRAWN = 4
"""So many imagined offers at the study's mean stand beside those of every score."""

BINS = 10


@dataclass(frozen=True)
class Judged:
    """Offers of one score (0...100): how many, and how many of them were chosen."""

    percent: int
    count: int
    right: int


@dataclass(frozen=True)
class Calibration:
    """What scores mean: ``steps`` are (score from which on, chance), both rising. Empty: unknown"""

    steps: tuple[tuple[int, float], ...] = ()

    def chance(self, percent: float) -> float | None:
        """How often an offer of this score has been chosen, 0...1; None when that is not known.

        >>> Calibration(((0, 0.1), (40, 0.6))).chance(50)
        0.6
        """
        if not self.steps:
            return None
        return next(
            (chance for start, chance in reversed(self.steps) if percent >= start),
            self.steps[0][1],
        )


def calibration(judged: Iterable[Judged], fewest: int = FEWEST) -> Calibration:
    """The chances behind the scores, from the offers that somebody has decided on.

    >>> calibration([Judged(20, 50, 5), Judged(80, 50, 45)]).steps
    ((20, 0.13), (80, 0.87))
    """
    by_score: dict[int, list[int]] = {}
    for one in judged:
        pair = by_score.setdefault(one.percent, [0, 0])
        pair[0] += one.count
        pair[1] += one.right
    whole = sum(count for count, _ in by_score.values())
    if whole < fewest:
        return Calibration()
    mean = sum(right for _, right in by_score.values()) / whole
    blocks: list[tuple[int, float, float]] = []  # score from which on, offers, chosen ones
    for percent in sorted(by_score):
        count, right = by_score[percent]
        blocks.append((percent, float(count), float(right)))
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            (start, *first), (_, *second) = blocks[-2], blocks[-1]
            blocks[-2:] = [(start, first[0] + second[0], first[1] + second[1])]
    return Calibration(
        tuple(
            (start, round((right + DRAWN * mean) / (count + DRAWN), 2))
            for start, count, right in blocks
        )
    )


def _share(block: tuple[int, float, float]) -> float:
    return block[2] / block[1]


@dataclass(frozen=True)
class Bin:
    """Offers whose chance was said to lie in one tenth: how many, the mean said and the share."""

    start: float
    count: int
    said: float
    chosen: float


def reliability(judged: Iterable[Judged], meaning: Calibration) -> list[Bin]:
    """Ten bins of what was said against what was chosen; empty ones are left out."""
    bins: dict[int, list[float]] = {}
    for one in judged:
        chance = meaning.chance(one.percent)
        said = one.percent / 100 if chance is None else chance
        into = bins.setdefault(min(BINS - 1, int(said * BINS)), [0.0, 0.0, 0.0])
        into[0] += one.count
        into[1] += said * one.count
        into[2] += one.right
    return [
        Bin(n / BINS, int(count), said / count, right / count)
        for n, (count, said, right) in sorted(bins.items())
        if count
    ]


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between what was said and what was chosen, by offers. None without any.

    >>> calibration_error([Bin(0.5, 10, 0.5, 0.7), Bin(0.8, 10, 0.8, 0.8)])
    0.1
    """
    count = sum(one.count for one in bins)
    if not count:
        return None
    return round(sum(abs(one.said - one.chosen) * one.count for one in bins) / count, 3)


def variety(counts: Iterable[int]) -> float:
    """How many codes are used as if all were used alike (exponential of Shannon's entropy).

    >>> variety([10, 10, 10]), variety([30]), variety([])
    (3.0, 1.0, 0.0)
    """
    used = [count for count in counts if count > 0]
    whole = sum(used)
    if not whole:
        return 0.0
    return round(exp(-sum(n / whole * log(n / whole) for n in used)), 2)
