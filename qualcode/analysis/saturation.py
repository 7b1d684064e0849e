"""When new people stopped telling new things: the rule of Guest, Namey & Chen (2020).

The first people are the base, and what they told is counted. Then runs of a few people follow one
after another, each beginning one person later than the last. Of each run it is counted how much it
told that nobody had told before, as a share of what the base told. Where that share is at most the
threshold, saturation was reached by the people before the run, and the run confirms it: 6 (+2).

Guest, G., Namey, E. & Chen, M. 2020. A simple method to assess and report thematic saturation in
qualitative research. PLoS ONE 15(5): e0232076.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

ORDERS = 200
"""How many random orders the spread is drawn from."""


@dataclass(frozen=True)
class Rule:
    """The base size, the run length, and how much new information is still little (0...1)."""

    base: int = 4
    run: int = 2
    threshold: float = 0.05


@dataclass(frozen=True)
class Point:
    """What was known after one more person. ``in_run``: what the run that ends here told anew;
    ``ratio`` its share of what the base told, None before there is a run."""

    new: int
    cumulative: int
    in_run: int | None = None
    ratio: float | None = None


@dataclass(frozen=True)
class Curve:
    """The course in one order. ``base_items``: what the base told; ``reached``: after how many
    people saturation was reached, ``run`` people later confirmed; None when it was not."""

    rule: Rule
    points: tuple[Point, ...]
    base_items: int
    reached: int | None


@dataclass(frozen=True)
class Spread:
    """The same people in many random orders: after each number of people how much was known, as
    the tenth lowest, the middle and the tenth highest of a hundred; and where saturation was
    reached. ``share``: in how many of the orders (0...1) it was reached at all.
    """

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    share: float
    earliest: int | None
    usual: int | None
    latest: int | None


def curve(told: Sequence[Collection[str]], rule: Rule) -> Curve:
    """The course over people in the order given; ``told``: what each of them told.

    >>> found = curve([{"a", "b"}, {"b", "c"}, {"c"}, {"a"}], Rule(base=2, run=2))
    >>> found.base_items, found.reached, [point.cumulative for point in found.points]
    (3, 2, [2, 3, 3, 3])
    """
    seen: set[str] = set()
    new: list[int] = []
    for items in told:
        fresh = set(items) - seen
        seen |= fresh
        new.append(len(fresh))
    return _judged(new, rule)


def _judged(new: Sequence[int], rule: Rule) -> Curve:
    base = sum(new[: rule.base]) if len(new) >= rule.base else 0
    points, reached, known = [], None, 0
    for n, fresh in enumerate(new, start=1):
        known += fresh
        in_run, ratio = None, None
        if base and n >= rule.base + rule.run:
            in_run = sum(new[n - rule.run : n])
            ratio = in_run / base
            if reached is None and ratio <= rule.threshold:
                reached = n - rule.run
        points.append(Point(fresh, known, in_run, ratio))
    return Curve(rule, tuple(points), base, reached)


def spread(
    told: Sequence[Collection[str]], rule: Rule, orders: int = ORDERS, seed: int = 2020
) -> Spread:
    """How much the course depends on who came first: the same people in random orders.

    The same study gives the same spread every time.
    """
    count = len(told)
    names = {item: n for n, item in enumerate(sorted({item for items in told for item in items}))}
    people = np.array([n for n, items in enumerate(told) for _ in items], dtype=np.intp)
    items = np.array([names[item] for found in told for item in found], dtype=np.intp)
    chance = np.random.default_rng(seed)
    courses = np.zeros((orders, count), dtype=np.int64)
    ends: list[int] = []
    for order in range(orders):
        place = chance.permutation(count)
        first = np.full(len(names), count, dtype=np.intp)
        np.minimum.at(first, items, place[people])
        fresh = np.bincount(first, minlength=count)[:count]
        courses[order] = np.cumsum(fresh)
        reached = _judged([int(n) for n in fresh], rule).reached
        if reached is not None:
            ends.append(reached)
    low, middle, high = (
        tuple(float(value) for value in np.percentile(courses, at, axis=0)) for at in (10, 50, 90)
    )
    found = [int(v) for v in np.percentile(ends, (10, 50, 90), method="lower")] if ends else []
    earliest, usual, latest = found or (None, None, None)
    return Spread(low, middle, high, len(ends) / orders, earliest, usual, latest)
