"""Which expressions tell best what a category holds.

The rule: from as many people as there are, the actor groups in turn, a reduction only once while
others are left; among equals the one whose reduction lies nearest to the middle of the category's
reductions. Without vectors the commonest reduction comes first, and then the study's order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from qualcode.analysis.frequencies import Evidence
from qualcode.analysis.similarity import Vectors, unit


def telling(
    evidence: Sequence[Evidence], most: int, nearness: Mapping[str, float] | None = None
) -> list[str]:
    """Ids of at most ``most`` expressions, the most telling first.

    ``nearness`` tells of each reduction how near the middle it is.
    """
    commonness = Counter(row.reduction_id for row in evidence)
    scores: Mapping[str, float] = commonness if nearness is None else nearness
    best: dict[str, Evidence] = {}
    for row in evidence:
        kept = best.get(row.segment_id)
        if kept is None or scores.get(row.reduction_id, 0) > scores.get(kept.reduction_id, 0):
            best[row.segment_id] = row
    waiting = sorted(
        enumerate(best.values()), key=lambda pair: (-scores.get(pair[1].reduction_id, 0), pair[0])
    )
    chosen: list[Evidence] = []
    rows = [row for _, row in waiting]
    people: set[str | None] = set()
    reductions: set[str] = set()
    groups: Counter[str] = Counter()
    while rows and len(chosen) < most:
        # min() takes the first of the best: the order of the rows decides among equals.
        row = min(
            rows,
            key=lambda one: (
                one.respondent_id is not None and one.respondent_id in people,
                one.reduction_id in reductions,
                groups[one.actor_group],
            ),
        )
        rows.remove(row)
        chosen.append(row)
        people.add(row.respondent_id)
        reductions.add(row.reduction_id)
        groups[row.actor_group] += 1
    return [row.segment_id for row in chosen]


def nearness(ids: Sequence[str], vectors: Vectors) -> dict[str, float]:
    """How near each text is to the middle of them all: its cosine with the mean direction."""
    if not len(ids):
        return {}
    directions = unit(vectors)
    middle = unit(directions.mean(axis=0, keepdims=True))[0]
    return {
        id: float(value) for id, value in zip(ids, np.asarray(directions @ middle), strict=True)
    }
