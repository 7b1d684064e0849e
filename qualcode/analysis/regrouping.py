"""Grouping what has no place yet around and beside the categories that a person has made.

What a person decided stands: each category holds its members together and no two categories come
into one group; what somebody kept apart, or turned down for a category, stays apart. Average
linkage under these bonds, with each category's name counted as two members, agreed better with
finished analyses than groups made without them (measured, docs/benchmarks.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from qualcode.analysis.dendrogram import Dendrogram, constrained_average
from qualcode.analysis.grouping import (
    PER_GROUP,
    Grouping,
    described,
    fitting,
    manageable,
    usual_similarity,
    wordings_of,
)
from qualcode.analysis.placing import NamedGroups
from qualcode.analysis.refused import Refused, group_key
from qualcode.analysis.similarity import unit
from qualcode.domain.suggestions import GroupSuggestion, Reason, ReasonKind

FEWEST_TO_JUDGE_FIT = 10


class Regrouping:
    """The joins of the reductions without a place with the categories; every cut is quick.

    ``named`` are the categories with their members, over all reductions of the study; ``waiting``
    the ids of those to be grouped. ``never`` holds (reduction, category) pairs turned down,
    ``apart`` pairs of reductions that somebody kept apart, ``dismissed`` and ``refused`` groups
    turned down (``Refused``). A member no nearer to its group than the study's reductions are to
    one another anyway is left out.
    """

    def __init__(
        self,
        named: NamedGroups,
        waiting: Sequence[str],
        *,
        never: Collection[tuple[str, str]] = (),
        apart: Collection[tuple[str, str]] = (),
        dismissed: Collection[str] = (),
        refused: Collection[Collection[str]] = (),
    ) -> None:
        self.named = named
        self._refused = Refused.of(dismissed, refused)
        everything = named.reductions
        self._waiting = everything.only(waiting)
        # In the space of the whole study: what is softened there must not be centred once more.
        rows = [everything.rows[id] for id in self._waiting.ids]
        softened = everything.softened[rows]
        self._speaking = [w for w in wordings_of(self._waiting, apart) if np.any(softened[w[0]])]
        self._vectors = softened[[rows_of[0] for rows_of in self._speaking]]
        self._limit = usual_similarity(everything.softened)
        self._places = unit(named.sums)
        self._usual = everything.space.usual(self._places)
        self._kept_apart, self._never = self._bonds(never, apart)
        self._parts = manageable(np.arange(len(self._vectors)), self._vectors)
        self._trees = [self._joined(part) for part in self._parts]

    def cut(self, per_group: float = PER_GROUP) -> Grouping:
        """New groups, one for about every ``per_group``, and what would join which category.

        Those that join a category come first; each kind the tightest first.
        """
        joining: dict[int, list[int]] = defaultdict(list)
        new: list[list[int]] = []
        for part, (tree, fewest) in zip(self._parts, self._trees, strict=True):
            wished = len(self.named.groups) + max(1, round(len(part) / per_group))
            for node in tree.cut(max(fewest, min(wished, tree.size))):
                places = tree.rows(node)
                own = [int(part[place]) for place in places if place < len(part)]
                if len(own) == len(places):
                    new.extend(self._new(tree, node, part))
                else:
                    joining[max(places) - len(part)].extend(own)
        joined = [
            suggestion
            for group in sorted(joining)
            if (suggestion := self._joining(group, joining[group])) is not None
        ]
        groups = (
            *sorted(joined, key=lambda one: (-one.cohesion, one.key)),
            *described(new, self.named.reductions, self.named.engine),
        )
        grouped = {id for group in groups for id in group.member_ids}
        return Grouping(groups, tuple(id for id in self._waiting.ids if id not in grouped))

    # --- what may not come together ----------------------------------------------------------

    def _bonds(
        self, never: Collection[tuple[str, str]], apart: Collection[tuple[str, str]]
    ) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """Pairs (wording, wording) and (wording, category) that are not to be together."""
        ids = self._waiting.ids
        wording_of = {ids[row]: n for n, rows in enumerate(self._speaking) for row in rows}
        group_of = {group.id: n for n, group in enumerate(self.named.groups)}
        home_of = {id: n for n, group in enumerate(self.named.groups) for id in group.member_ids}
        kept = {
            (wording_of[one], wording_of[other])
            for one, other in apart
            if one in wording_of and other in wording_of and wording_of[one] != wording_of[other]
        }
        down = {
            (wording_of[id], group_of[category])
            for id, category in never
            if id in wording_of and category in group_of
        }
        for pair in apart:
            for one, other in (pair, pair[::-1]):
                if one in wording_of and other in home_of:
                    down.add((wording_of[one], home_of[other]))
        return kept, down

    def _joined(self, part: np.ndarray) -> tuple[Dendrogram, int]:
        """The joins of these wordings and all categories, and into how few groups they may go."""
        count, groups = len(part), len(self.named.groups)
        weights = np.ones(count + groups)
        weights[count:] = [
            self.named.name_weight + len(self.named.members_of(n)) for n in range(groups)
        ]
        members = self._vectors[part]
        means = self.named.sums / weights[count:, None]
        rows = np.vstack([members, means]).astype(np.float32)
        forbidden = np.zeros((count + groups, count + groups), dtype=bool)
        forbidden[count:, count:] = True
        place_of = {int(wording): place for place, wording in enumerate(part)}
        for one, other in self._kept_apart:
            if one in place_of and other in place_of:
                forbidden[place_of[one], place_of[other]] = True
        return constrained_average(rows @ rows.T, weights, forbidden | forbidden.T)

    # --- what is offered ----------------------------------------------------------------------

    def _new(self, tree: Dendrogram, node: int, part: np.ndarray) -> list[list[int]]:
        """The rows of the node's wordings, taken apart until no group turned down is among them."""

        def suits(places: list[int]) -> bool:
            return not self._refused.holds(self._ids(self._fitting(part[places].tolist())))

        found = []
        for places in tree.apart(node, suits):
            ids = self._ids(self._fitting(part[places].tolist()))
            if len(ids) > 1 and not self._refused.holds(ids):
                found.append(sorted(self.named.reductions.rows[id] for id in ids))
        return found

    def _joining(self, group: int, wordings: list[int]) -> GroupSuggestion | None:
        """Those of the wordings that are nearer to the category than texts are by chance."""
        means, deviations = self._usual
        likeness = self._vectors[wordings] @ self._places[group]
        limit = float(means[group] + deviations[group])
        if len(self.named.reductions) < FEWEST_TO_JUDGE_FIT:
            limit = 0.0
        # One turned down is passed over here: bound in the joins, it would take its like along.
        near = [
            (wording, float(value))
            for wording, value in zip(wordings, likeness, strict=True)
            if value > limit and (wording, group) not in self._never
        ]
        if not near:
            return None
        ids = self._ids([w for w, _ in sorted(near, key=lambda one: -one[1])])
        category = self.named.groups[group]
        key = group_key((*ids, category.id))
        if key in self._refused.keys:
            return None
        return GroupSuggestion(
            key=key,
            name=category.name,
            keywords=(),
            member_ids=tuple(ids),
            cohesion=float(np.clip(np.mean([value for _, value in near]), 0.0, 1.0)),
            engine=self.named.engine,
            reasons={id: self._reasons(id, group) for id in ids},
            joins=category.id,
        )

    def _reasons(self, id: str, group: int) -> tuple[Reason, ...]:
        """The examples that speak for it; its name only where it has none."""
        reasons = self.named.reasons_for(id, group)
        by_example = tuple(r for r in reasons if r.kind is not ReasonKind.DEFINITION)
        return by_example or reasons

    def _fitting(self, wordings: list[int]) -> list[int]:
        return fitting(wordings, self._vectors, self._limit)

    def _ids(self, wordings: Sequence[int]) -> list[str]:
        return [self._waiting.ids[row] for wording in wordings for row in self._speaking[wording]]
