"""Where one reduction could belong: the named categories, ranked by name and by members.

A category is looked for where its name and its accepted members point together; the name counts
as two members. Measured on several sets, a name is worth more than five examples, which is why
naming comes before suggesting.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qualcode.analysis.expressions import Expressions, Vectors
from qualcode.analysis.similarity import centred, nearest, unit
from qualcode.domain.suggestions import Candidate, Reason, ReasonKind, Suggestion

NAME_WEIGHT = 2.0
OFFERED = 3
EXAMPLES = 3
# A reduction seems new when four fifths of the accepted ones were nearer to some category.
NEW_SHARE = 0.2
FEWEST_TO_JUDGE = 10


@dataclass(frozen=True)
class NamedGroup:
    """A category with its name and the reductions accepted into it."""

    id: str
    name: str
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placement:
    """The suggestion for one reduction, and whether it seems to fit none of the categories.

    ``newness`` is the share of comparable reductions that were nearer to their best category than
    this one is: 0 = none, 1 = all. ``new_group`` says that it is high enough to say so aloud; it
    stays false as long as the study holds too little to compare with. ``nearness`` is, for each
    candidate in turn, the share of comparable reductions that were no nearer to their best
    category than this one is to the candidate; empty while there is too little to compare with.
    """

    suggestion: Suggestion
    new_group: bool
    newness: float | None
    nearness: tuple[float, ...] = ()


class NamedGroups:
    """The named categories of a study as places that a reduction can be near to.

    ``reductions`` are all reductions of the study, placed or not (they make up the centre);
    ``names`` hold the category names as expressions whose ids are the categories' ids.
    """

    def __init__(
        self,
        reductions: Expressions,
        groups: Sequence[NamedGroup],
        names: Expressions,
        *,
        engine: str,
        name_weight: float = NAME_WEIGHT,
    ) -> None:
        self.reductions = reductions
        self.groups = tuple(groups)
        self.names = names
        self.engine = engine
        self.name_weight = name_weight
        self._members = tuple(
            [reductions.rows[id_] for id_ in group.member_ids if id_ in reductions.rows]
            for group in self.groups
        )
        name_rows = [names.rows[group.id] for group in self.groups]
        self._names = centred(names.vectors[name_rows], reductions.centre)
        self._group_of = {
            row: place for place, members in enumerate(self._members) for row in members
        }

    @cached_property
    def _sums(self) -> Vectors:
        """Accepted members plus twice the name, a row a category, before scaling to unit length."""
        sums = np.array(self.name_weight * self._names, dtype=np.float32)
        for place, members in enumerate(self._members):
            sums[place] += self.reductions.centred[members].sum(axis=0)
        return sums

    @cached_property
    def _places(self) -> Vectors:
        return unit(self._sums)

    def scores(self, subject_id: str) -> np.ndarray:
        """How near the reduction is to each category, in the order of ``groups``; -1...1.

        If it is a member of one, that one is judged by its name and its other members.
        """
        row = self.reductions.rows[subject_id]
        vector = self.reductions.centred[row]
        scores = np.asarray(self._places @ vector, dtype=np.float64)
        own = self._group_of.get(row)
        if own is not None:
            scores[own] = float(unit((self._sums[own] - vector)[None])[0] @ vector)
        return scores

    @cached_property
    def _usual_scores(self) -> np.ndarray:
        """How near to some category reductions of this study usually are, lowest first.

        Taken from the accepted members, each judged as if it had not been placed; while they are
        few, from all reductions.
        """
        if len(self._group_of) >= FEWEST_TO_JUDGE:
            rows, own = list(self._group_of), list(self._group_of.values())
            vectors = self.reductions.centred[rows]
            scores = vectors @ self._places.T
            without = unit(self._sums[own] - vectors)
            scores[np.arange(len(rows)), own] = np.sum(without * vectors, axis=1)
            return np.sort(scores.max(axis=1)).astype(np.float64)
        speaking = self.reductions.centred[np.any(self.reductions.centred, axis=1)]
        if len(speaking) < FEWEST_TO_JUDGE or not self.groups:
            return np.zeros(0)
        return np.sort((speaking @ self._places.T).max(axis=1))

    def suggest(
        self, subject_id: str, *, dismissed: Collection[str] = (), offered: int = OFFERED
    ) -> Placement:
        """The nearest categories for one reduction, best first, with reasons.

        ``dismissed`` are ids of categories turned down for it. A reduction that the engine can
        say nothing of (only an emoji, say) gets no candidates.
        """
        row = self.reductions.rows[subject_id]
        scores = self.scores(subject_id)
        speaks = bool(np.any(self.reductions.centred[row]))
        order = [
            place
            for place in np.argsort(-scores, kind="stable")
            if speaks and self.groups[place].id not in dismissed
        ]
        candidates = tuple(
            Candidate(
                target_id=self.groups[place].id,
                label=self.groups[place].name,
                score=float(scores[place]),
                reasons=self._reasons(row, place, scores, order, rank),
            )
            for rank, place in enumerate(order[:offered])
        )
        suggestion = Suggestion(
            subject_id=subject_id,
            subject=self.reductions.texts[row],
            engine=self.engine,
            candidates=candidates,
        )
        if not speaks or not len(self._usual_scores):
            return Placement(suggestion, False, None)
        newness = 1 - self._nearness(float(scores.max()))
        nearness = tuple(self._nearness(candidate.score) for candidate in candidates)
        return Placement(suggestion, newness >= 1 - NEW_SHARE, newness, nearness)

    def _nearness(self, score: float) -> float:
        usual = self._usual_scores
        return float(np.searchsorted(usual, score, side="right") / len(usual))

    def _reasons(
        self, row: int, place: int, scores: np.ndarray, order: Sequence[int], rank: int
    ) -> tuple[Reason, ...]:
        group = self.groups[place]
        members = [member for member in self._members[place] if member != row]
        likeness = self.reductions.centred[members] @ self.reductions.centred[row]
        reasons = [
            Reason(
                kind=ReasonKind.NEAREST,
                ids=(self.reductions.ids[members[near]],),
                words=self.reductions.shared(row, [members[near]]),
                text=self.reductions.texts[members[near]],
                value=float(likeness[near]),
            )
            for near in nearest(likeness, EXAMPLES)
        ]
        shared = self.reductions.shared(row, members)
        if shared:
            reasons.append(Reason(kind=ReasonKind.SHARED_WORDS, words=shared))
        in_name = set(self.names.stems[self.names.rows[group.id]])
        reasons.append(
            Reason(
                kind=ReasonKind.DEFINITION,
                ids=(group.id,),
                words=self.reductions.shown(
                    stem for stem in self.reductions.stems[row] if stem in in_name
                ),
                text=group.name,
                value=float(self._names[place] @ self.reductions.centred[row]),
            )
        )
        if rank + 1 < len(order):
            ahead = float(scores[place] - scores[order[rank + 1]])
            following = self.groups[order[rank + 1]]
            reasons.append(
                Reason(
                    kind=ReasonKind.MARGIN, ids=(following.id,), text=following.name, value=ahead
                )
            )
        return tuple(reasons)
