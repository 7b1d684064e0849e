"""Does this still belong here? Members of a category that another one draws more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.placing import NamedGroups
from qualcode.domain.suggestions import Candidate

CLEARLY_NEARER = 0.1
"""By so much another category must draw a member more than its own: less is chance."""


@dataclass(frozen=True)
class Doubt:
    """A member that another category draws more than its own does.

    ``elsewhere`` is that category with its reasons, ``own_score`` how near the member is to its
    own, judged by that one's name and other members.
    """

    subject_id: str
    subject: str
    elsewhere: Candidate
    own_score: float

    @property
    def margin(self) -> float:
        return self.elsewhere.score - self.own_score


def doubts(
    groups: NamedGroups, group_id: str, dismissed: Collection[tuple[str, str]] = ()
) -> list[Doubt]:
    """The category's members that are clearly nearer to another one, the clearest first.

    ``dismissed`` holds (reduction, category) pairs that were turned down: such a category is not
    named for that reduction.
    """
    own = next(n for n, group in enumerate(groups.groups) if group.id == group_id)
    down: dict[str, set[str]] = defaultdict(set)
    for reduction_id, category_id in dismissed:
        down[reduction_id].add(category_id)
    found = []
    for id in groups.groups[own].member_ids:
        if id not in groups.reductions.rows:
            continue
        scores = groups.scores(id)
        others = scores.copy()
        others[[n for n, g in enumerate(groups.groups) if n == own or g.id in down[id]]] = -np.inf
        if others.max() <= 0 or others.max() - scores[own] < CLEARLY_NEARER:
            continue
        suggestion = groups.suggest(id, dismissed={group_id, *down[id]}, offered=1).suggestion
        for elsewhere in suggestion.candidates:
            found.append(Doubt(id, suggestion.subject, elsewhere, float(scores[own])))
    return sorted(found, key=lambda doubt: (-doubt.margin, doubt.subject_id))
