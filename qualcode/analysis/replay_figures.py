"""What the looks of a replay add up to: shares with their intervals, and how they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.measures import Figure, area_under_curve, mean, resampled, share
from qualcode.analysis.replay import Look
from qualcode.analysis.replay_calibration import ChanceFigures, chance_figures
from qualcode.analysis.replay_codes import CodeLook

STAGES = 10
FEWEST_IN_A_STAGE = 5


@dataclass(frozen=True)
class Stage:
    """A stretch of the way: so many placed before it, first to last, and how well it went.

    ``first`` and ``three``: the right one was first, or among three.
    """

    start: int
    end: int
    first: Figure
    three: Figure


@dataclass(frozen=True)
class PlacingFigures:
    """How early the right group would have been offered.

    Shares are of the placements whose group existed already. ``by_size_three`` is what always
    offering the largest groups would have reached, ``unseen_...`` leaves out wordings placed
    before. ``new_group`` is the area under the curve with which the chance of a new group
    tells that one is needed; ``new_right`` and ``new_wrong`` how often "new group?" would have been
    shown when one was needed and when none was. ``chances``: how far off the percentages were.
    """

    first: Figure | None
    three: Figure | None
    five: Figure | None
    reciprocal: Figure | None
    new_group: Figure | None
    new_right: Figure | None
    new_wrong: Figure | None
    by_size_first: Figure | None
    by_size_three: Figure | None
    unseen_first: Figure | None
    unseen_three: Figure | None
    course: tuple[Stage, ...]
    chances: ChanceFigures | None = None


def of_placing(looks: Sequence[Look]) -> PlacingFigures:
    """The figures of all looks, of one order or of several together."""
    known = [look for look in looks if look.rank is not None]
    ranks = np.array([look.rank for look in known], dtype=np.float64)
    sizes = np.array([look.by_size for look in known], dtype=np.float64)
    items = np.array([look.item for look in known], dtype=np.int64)
    fresh = np.array([not look.seen for look in known], dtype=bool)
    best = np.array([look.best for look in looks], dtype=np.float64)
    new = np.array([look.rank is None for look in looks], dtype=bool)
    told = [look for look in looks if look.said_new is not None]
    needed = [look for look in told if look.rank is None]
    idle = [look for look in told if look.rank is not None]
    repeated = not fresh.all()
    return PlacingFigures(
        first=share(ranks <= 1, items),
        three=share(ranks <= 3, items),
        five=share(ranks <= 5, items),
        reciprocal=mean(1 / ranks, items),
        new_group=resampled(
            lambda rows: area_under_curve(-best[rows], new[rows]), [look.item for look in looks]
        )
        if len(looks)
        else None,
        new_right=_said_new(needed),
        new_wrong=_said_new(idle),
        by_size_first=share(sizes <= 1, items),
        by_size_three=share(sizes <= 3, items),
        unseen_first=share(ranks[fresh] <= 1, items[fresh]) if repeated else None,
        unseen_three=share(ranks[fresh] <= 3, items[fresh]) if repeated else None,
        course=_course(
            [look.before for look in known], ranks <= 1, (ranks <= 3).astype(float), items
        ),
        chances=chance_figures(looks),
    )


@dataclass(frozen=True)
class CodeFigures:
    """How well codes would have been offered after ``learnt`` texts had been coded.

    ``hit``: the first one offered was right. ``recall``: share of a text's codes among the three
    first. ``precision``: mean average precision. ``reciprocal``: mean reciprocal rank.
    """

    learnt: int
    judged: int
    hit: Figure | None
    recall: Figure | None
    precision: Figure | None
    reciprocal: Figure | None
    chances: ChanceFigures | None = None


def of_coding(looks: Sequence[CodeLook], learnt: int) -> CodeFigures:
    """The figures of the looks at one number of coded texts."""
    items = [look.item for look in looks]
    return CodeFigures(
        learnt,
        len(set(items)),
        hit=share([look.hit for look in looks], items),
        recall=mean([look.recall for look in looks], items),
        precision=mean([look.precision for look in looks], items),
        reciprocal=mean([look.reciprocal for look in looks], items),
        chances=chance_figures(looks),
    )


def course_of_coding(looks: Sequence[CodeLook]) -> tuple[Stage, ...]:
    """The course over a coding in its own order; ``three`` is the share found of a text's codes."""
    return _course(
        [look.before for look in looks],
        np.array([look.hit for look in looks], dtype=np.float64),
        np.array([look.recall for look in looks], dtype=np.float64),
        np.array([look.item for look in looks], dtype=np.int64),
    )


def _said_new(looks: Sequence[Look]) -> Figure | None:
    return share([bool(look.said_new) for look in looks], [look.item for look in looks])


def _course(
    before: Sequence[int], first: np.ndarray, three: np.ndarray, items: np.ndarray
) -> tuple[Stage, ...]:
    """At most ten stretches of the way, none with only a few looks."""
    order = np.argsort(np.asarray(before), kind="stable")
    stages = min(STAGES, len(order) // FEWEST_IN_A_STAGE)
    found = []
    for rows in np.array_split(order, stages) if stages else []:
        one, of_three = share(first[rows], items[rows]), share(three[rows], items[rows])
        if one is not None and of_three is not None:
            found.append(Stage(before[rows[0]], before[rows[-1]], one, of_three))
    return tuple(found)
