"""Where one reduction could belong: the named categories, ranked by name and by members.

A category is looked for where its name and its accepted members point together; the name counts
as two members. Measured on several sets, a name is worth more than five examples, which is why
naming comes before suggesting.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from qualcode.analysis.branches import Branches
from qualcode.analysis.expressions import Expressions, Vectors
from qualcode.analysis.left_out import MOST_JUDGED, left_out, one_more
from qualcode.analysis.levelling import level_from, levelled
from qualcode.analysis.named_group import NamedGroup, Placement
from qualcode.analysis.novelty import Novelty, novelty
from qualcode.analysis.placing_reasons import reasons
from qualcode.analysis.similarity import centred, unit
from qualcode.domain.suggestions import Candidate, Reason, Suggestion

NAME_WEIGHT = 2.0
OFFERED = 3
FEWEST_TO_JUDGE = 10
FEWEST_TO_CALL_NEW = 5
SURE_OF_NEW = 0.5
"""From this chance on it is said aloud that a reduction seems to need a new category."""

WORKED_OUT = (
    *("_sums", "_places", "_usual", "_levels"),
    *("_branch_sums", "_branch_places", "_branch_usual", "_branch_levels"),
    *("_usual_scores", "novelty", "_judged", "_dots", "_branch_dots", "_home_of_rows"),
)
"""What is worked out anew when a member has come."""

ALIKE = 1e-6
"""Scores this near are the same one: the last digits depend on the order of adding up."""

ROUNDS_OF_DRAWING = 5
HARDNESS_OF_DRAWING = 0.05


class NamedGroups:
    """The named categories of a study as places that a reduction can be near to.

    ``reductions`` are all reductions of the study, placed or not (they make up the centre);
    ``names`` hold the category names as expressions whose ids are the categories' ids. ``paths``
    hold, of those that lie under another, the same after that one's name ("Above: name").
    """

    def __init__(
        self,
        reductions: Expressions,
        groups: Sequence[NamedGroup],
        names: Expressions,
        *,
        engine: str,
        name_weight: float = NAME_WEIGHT,
        paths: Expressions | None = None,
    ) -> None:
        self.reductions = reductions
        self.groups = tuple(groups)
        self.names = names
        self.engine = engine
        self.name_weight = name_weight
        self.paths = paths
        self._members = tuple(
            [reductions.rows[id_] for id_ in group.member_ids if id_ in reductions.rows]
            for group in self.groups
        )
        name_rows = [names.rows[group.id] for group in self.groups]
        self._names = reductions.space.softened(
            centred(names.vectors[name_rows], reductions.centre)
        )
        self._read_paths(paths)
        self._branches = Branches(
            [group.id for group in self.groups], [group.above for group in self.groups]
        )
        self._group_of = {
            row: place for place, members in enumerate(self._members) for row in members
        }

    def _read_paths(self, paths: Expressions | None) -> None:
        """A name that lies under another points half-way to where it points after that one's."""
        under = [n for n, group in enumerate(self.groups) if paths and group.id in paths.rows]
        if paths is None or not under:
            return
        rows = [paths.rows[self.groups[n].id] for n in under]
        after = self.reductions.space.softened(centred(paths.vectors[rows], self.reductions.centre))
        names = np.array(self._names)
        names[under] = unit(names[under] + after)
        self._names = names

    def accepted(self, subject_id: str, group_id: str) -> NamedGroups:
        """The groups after this reduction has been accepted into one of them.

        Exactly what making them anew would give, in a few milliseconds also in a large study.
        A reduction that has a place already is taken as it is: make the groups anew for a move.
        """
        row = self.reductions.rows[subject_id]
        place = next(n for n, group in enumerate(self.groups) if group.id == group_id)
        after = copy.copy(self)
        group = self.groups[place]
        grown = replace(group, member_ids=(*group.member_ids, subject_id))
        after.groups = (*self.groups[:place], grown, *self.groups[place + 1 :])
        after._members = (
            *self._members[:place],
            [*self._members[place], row],
            *self._members[place + 1 :],
        )
        after._group_of = {**self._group_of, row: place}
        for kept in WORKED_OUT:
            after.__dict__.pop(kept, None)
        # The very first member ends what the names alone had drawn, so everything is made anew.
        if self._group_of:
            vector = self.reductions.softened[row]
            sums = self._sums.copy()
            sums[place] += vector
            after.__dict__["_sums"] = sums
            after.__dict__["_usual"] = self._usual_but(self._usual, sums, place)
            if self._branches:
                own = int(self._branches.of[place])
                branch_sums = self._branch_sums.copy()
                branch_sums[own] += vector
                after.__dict__["_branch_sums"] = branch_sums
                after.__dict__["_branch_usual"] = self._usual_but(
                    self._branch_usual, branch_sums, own
                )
            nearer = self.reductions.softened[self._judged] @ vector
            at = int(np.searchsorted(self._turn[self._judged], self._turn[row]))
            after.__dict__["_dots"] = one_more(self._dots, nearer, place, at, sums @ vector)
            if self._branches:
                after.__dict__["_branch_dots"] = one_more(
                    self._branch_dots, nearer, own, at, branch_sums @ vector
                )
            homes = self._home_of_rows.copy()
            homes[row] = place
            after.__dict__["_home_of_rows"] = homes
            after.__dict__["_judged"] = np.insert(self._judged, at, row)[:MOST_JUDGED]
        return after

    def _usual_but(
        self, usual: tuple[np.ndarray, np.ndarray], sums: Vectors, place: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """What likeness is usual to each place, worked out anew for the one that has changed."""
        means, deviations = usual[0].copy(), usual[1].copy()
        mean, deviation = self.reductions.space.usual(unit(sums[place : place + 1]))
        means[place], deviations[place] = mean[0], deviation[0]
        return means, deviations

    @cached_property
    def _turn(self) -> np.ndarray:
        """For each row its turn to stand for all of them; always the same for a study's size."""
        return np.random.default_rng(0).permutation(len(self.reductions))

    @cached_property
    def _sums(self) -> Vectors:
        """Accepted members plus twice the name, a row a category, before scaling to unit length.

        While no category has a member, the reductions that the names draw stand for them: they
        tell in what other words the study speaks of it. From the first accepted member on only
        what a person accepted counts (drawn ones then do more harm than good, measured).
        """
        if not self._group_of:
            return self._drawn()
        sums = np.array(self.name_weight * self._names, dtype=np.float32)
        for place, members in enumerate(self._members):
            sums[place] += self.reductions.softened[members].sum(axis=0)
        return sums

    def _drawn(self) -> Vectors:
        """The names, each with the reductions that it draws more than the other names do."""
        texts = self.reductions.softened[np.sort(np.argsort(self._turn)[:MOST_JUDGED])]
        texts = texts[np.any(texts, axis=1)]
        if len(texts) < FEWEST_TO_JUDGE or len(self.groups) < 2:
            return np.array(self._names, dtype=np.float32)
        sums = np.array(self._names, dtype=np.float32)
        for _ in range(ROUNDS_OF_DRAWING):
            places = unit(sums)
            likeness = levelled(texts @ places.T, self._level_of(places))
            shares = np.exp((likeness - likeness.max(axis=1, keepdims=True)) / HARDNESS_OF_DRAWING)
            shares /= shares.sum(axis=1, keepdims=True)
            sums = self._names + unit(shares.T @ texts)
        return np.asarray(sums, dtype=np.float32)

    @cached_property
    def _places(self) -> Vectors:
        return unit(self._sums)

    @cached_property
    def _branch_sums(self) -> Vectors:
        return self._branches.sums(self._sums)

    @cached_property
    def _branch_places(self) -> Vectors:
        return unit(self._branch_sums)

    @cached_property
    def _branch_usual(self) -> tuple[np.ndarray, np.ndarray]:
        return self.reductions.space.usual(self._branch_places)

    @cached_property
    def _branch_levels(self) -> tuple[np.ndarray, np.ndarray]:
        return level_from(*self._branch_usual)

    @cached_property
    def _usual(self) -> tuple[np.ndarray, np.ndarray]:
        return self.reductions.space.usual(self._places)

    @cached_property
    def _levels(self) -> tuple[np.ndarray, np.ndarray]:
        return level_from(*self._usual)

    def _level_of(self, places: Vectors) -> tuple[np.ndarray, np.ndarray]:
        """For each place the likeness of the study's texts to it on average, and a divisor."""
        return level_from(*self.reductions.space.usual(places))

    @property
    def sums(self) -> Vectors:
        """Each category's members and twice its name, added up; a row a category."""
        return self._sums

    @property
    def name_vectors(self) -> Vectors:
        """Where each category's name points."""
        return self._names

    def members_of(self, group: int) -> list[int]:
        """The rows of the reductions accepted into the category on that place."""
        return self._members[group]

    def reasons_for(self, subject_id: str, group: int) -> tuple[Reason, ...]:
        """What speaks for the category on that place: examples, shared words, its name."""
        row = self.reductions.rows[subject_id]
        scores = self.scores(subject_id)
        return reasons(self, row, group, scores, (group,), 0)

    def likeness(self, subject_id: str) -> np.ndarray:
        """The cosine of the reduction with each category's place, in the order of ``groups``.

        If it is a member of one, that one is judged by its name and its other members.
        """
        row = self.reductions.rows[subject_id]
        vector = self.reductions.softened[row]
        likeness = np.asarray(self._places @ vector, dtype=np.float64)
        own = self._group_of.get(row)
        if own is not None:
            likeness[own] = float(unit((self._sums[own] - vector)[None])[0] @ vector)
        return likeness

    def scores(self, subject_id: str) -> np.ndarray:
        """How near the reduction is to each category, in the order of ``groups``.

        The likeness, less what the study's texts have with that category on average, and evened
        out (half-way) between categories that tell texts apart well and badly: some names are
        near to everything. The same of the branch that the category is in counts a little.
        """
        scores = levelled(self.likeness(subject_id), self._levels)
        if not self._branches:
            return scores
        row = self.reductions.rows[subject_id]
        vector = self.reductions.softened[row]
        branch = np.asarray(self._branch_places @ vector, dtype=np.float64)
        home = self._group_of.get(row)
        if home is not None:
            own = int(self._branches.of[home])
            branch[own] = float(unit((self._branch_sums[own] - vector)[None])[0] @ vector)
        return self._branches.together(scores, levelled(branch, self._branch_levels))

    @cached_property
    def _judged(self) -> np.ndarray:
        """The rows of members that stand for all of them, in their turn."""
        rows = np.fromiter(self._group_of, dtype=np.int64, count=len(self._group_of))
        return rows[np.argsort(self._turn[rows])][:MOST_JUDGED]

    @cached_property
    def _dots(self) -> Vectors:
        """Each judged member's product with each category's sum."""
        return np.asarray(self.reductions.softened[self._judged] @ self._sums.T)

    def _judged_likeness(self) -> tuple[np.ndarray, np.ndarray]:
        """(likeness of each judged member, as if not placed, to each category; its category)."""
        own = np.asarray(self._home_of_rows[self._judged])
        return left_out(self._dots, self._sums, own, self.reductions.softened[self._judged]), own

    @cached_property
    def _home_of_rows(self) -> np.ndarray:
        """For each row the place of its category; -1 without one."""
        homes = np.full(len(self.reductions), -1, dtype=np.int64)
        for row, place in self._group_of.items():
            homes[row] = place
        return homes

    @cached_property
    def _branch_dots(self) -> np.ndarray:
        """Each judged member's product with each branch's sum."""
        return self._branches.across(self._dots)

    @cached_property
    def novelty(self) -> Novelty | None:
        """What is known of newness here; None while nothing has been accepted."""
        if not self._group_of:
            return None
        likeness, own = self._judged_likeness()
        sizes = np.array([len(members) for members in self._members])
        with_own = likeness.max(axis=1)[sizes[own] > 1]
        likeness[np.arange(len(own)), own] = -np.inf
        homeless = likeness.max(axis=1)
        return novelty(sizes.tolist(), with_own, homeless[np.isfinite(homeless)])

    def new_chance(self, subject_id: str, dismissed: Collection[str] = ()) -> float | None:
        """The chance that no category but the ``dismissed`` suits; None while it can't be told."""
        known = self.novelty
        if known is None or not np.any(self.reductions.softened[self.reductions.rows[subject_id]]):
            return None
        likeness = self.likeness(subject_id)
        left = [place for place, group in enumerate(self.groups) if group.id not in dismissed]
        return known.chance(float(likeness[left].max())) if left else 1.0

    @cached_property
    def _usual_scores(self) -> np.ndarray:
        """How near to some category reductions of this study usually are, lowest first.

        Taken from the accepted members, each judged as if it had not been placed; while they are
        few, from all reductions.
        """
        if len(self._group_of) >= FEWEST_TO_JUDGE:
            likeness, own = self._judged_likeness()
            branch = (
                left_out(
                    self._branch_dots,
                    self._branch_sums,
                    self._branches.of[own],
                    self.reductions.softened[self._judged],
                )
                if self._branches
                else None
            )
        else:
            texts = self.reductions.softened[np.argsort(self._turn)[:MOST_JUDGED]]
            texts = texts[np.any(texts, axis=1)]
            if len(texts) < FEWEST_TO_JUDGE or not self.groups:
                return np.zeros(0)
            likeness = texts @ self._places.T
            branch = texts @ self._branch_places.T if self._branches else None
        scores = levelled(likeness, self._levels)
        if branch is not None:
            scores = self._branches.together(scores, levelled(branch, self._branch_levels))
        return np.sort(scores.max(axis=1)).astype(np.float64)

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
                reasons=reasons(self, row, place, scores, order, rank),
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
        best = float(scores[order[0]]) if order else 0.0
        nearness = tuple(self._nearness(candidate.score) for candidate in candidates)
        judged = len(self._group_of) >= FEWEST_TO_CALL_NEW
        chance = self.new_chance(subject_id, dismissed) if judged else None
        # No nearer to any category than the study's texts are to it anyway: that is new too.
        new = chance is not None and (chance >= SURE_OF_NEW or best <= 0)
        return Placement(suggestion, new, 1 - self._nearness(best), nearness, chance)

    def _nearness(self, score: float) -> float:
        """The share of usual scores that are not higher than this one."""
        usual = self._usual_scores
        return float(np.searchsorted(usual, score + ALIKE, side="right") / len(usual))
