"""Places for a reduction: the subcategories nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qualcode.analysis.branches import path_of
from qualcode.analysis.calibration import Calibration
from qualcode.analysis.doubts import Doubt, doubts
from qualcode.analysis.placing import NamedGroup, NamedGroups
from qualcode.analysis.placing import Placement as PlacementSuggestion
from qualcode.analysis.replay_offers import percent_of
from qualcode.domain.categories import Level, Placement
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.suggestions import Suggestion
from qualcode.store.offers import PLACE as PLACE_OFFER
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.likeness import Progress, engine_name, expressions, renamed
from qualcode.workbench.pinning import pinned
from qualcode.workbench.suggesting import statistics
from qualcode.workbench.suggesting.allowing import unless_off
from qualcode.workbench.suggesting.dismissals import PLACE, STAYS, dismissed_keys, pairs

PATH = "path:"
"""Begins the id under which a category's name after that of what it lies under is compared."""


@dataclass(frozen=True)
class Unsure:
    """A reduction without a place: the chance, 0...1, that some category suits, and the nearest."""

    reduction_id: str
    wording: str
    chance: float
    nearest: str


@dataclass(frozen=True)
class Places:
    """The subcategories as places to compare reductions with, as they were at one revision.

    ``turned_down`` holds the pairs (reduction, subcategory) that were dismissed, ``staying`` those
    of which somebody has said that the reduction belongs there, ``pinned`` the reductions that are
    not to be moved at all. ``meaning`` tells how often places of a score have been chosen in this
    study.
    """

    groups: NamedGroups
    turned_down: frozenset[tuple[str, str]]
    staying: frozenset[tuple[str, str]] = frozenset()
    pinned: frozenset[str] = frozenset()
    meaning: Calibration = field(default_factory=Calibration)

    def suggest(self, reduction_id: str) -> PlacementSuggestion:
        """The nearest subcategories for the reduction, best first, without those turned down.

        One that is no nearer than the middle of the whole study is not offered.
        """
        down = self._down(reduction_id)
        found = self.groups.suggest(reduction_id, dismissed=down)
        near = tuple(c for c in found.suggestion.candidates if c.score > 0)
        return replace(
            found,
            suggestion=replace(found.suggestion, candidates=near),
            nearness=found.nearness[: len(near)],
        )

    def chances(self, suggestion: Suggestion) -> tuple[float, ...]:
        """How often such places have been chosen, one by one; empty while too little is decided."""
        scores = self.groups.scores(suggestion.subject_id)
        found = []
        for candidate in suggestion.candidates:
            # Among all, also those turned down: the second best does not become as sure as a first.
            rank = int((scores > candidate.score).sum()) + 1
            chance = self.meaning.chance(percent_of(candidate.score), rank)
            if chance is not None:
                found.append(chance)
        return tuple(found)

    def _down(self, reduction_id: str) -> set[str]:
        return {category for reduction, category in self.turned_down if reduction == reduction_id}

    def refused(self, reduction_id: str) -> bool:
        """Whether a place has been turned down for the reduction."""
        return any(reduction == reduction_id for reduction, _ in self.turned_down)

    def doubts(self, category_id: str) -> list[Doubt]:
        """The members nearer to another subcategory, but for those that are to stay or pinned."""
        if category_id not in {group.id for group in self.groups.groups}:
            return []
        return [
            doubt
            for doubt in doubts(self.groups, category_id, self.turned_down)
            if (doubt.subject_id, category_id) not in self.staying
            and doubt.subject_id not in self.pinned
        ]

    def unsure(self) -> list[Unsure]:
        """The reductions without a place, those first of which least can be said.

        None at all while too few have been placed to tell what is usual here. What was turned down
        for a reduction neither suits it nor is its nearest.
        """
        groups = self.groups
        placed = {id for group in groups.groups for id in group.member_ids}
        found = []
        for id, wording in zip(groups.reductions.ids, groups.reductions.texts, strict=True):
            if id in placed:
                continue
            down = self._down(id)
            new = groups.new_chance(id, down)
            if new is not None:
                order = (-groups.scores(id)).argsort(kind="stable")
                left = (groups.groups[n].name for n in order if groups.groups[n].id not in down)
                found.append(Unsure(id, wording, 1 - new, next(left, "")))
        return sorted(found, key=lambda one: (one.chance, one.wording.casefold(), one.reduction_id))


def places(
    bench: Workbench, *, engine: str | None = None, on_progress: Progress | None = None
) -> Places | None:
    """What ``suggest_places`` compares with, to be kept while the study does not change.

    None when the study has no subcategories. ``SuggestionsOff`` where the study wants none.
    """
    unless_off(bench)
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        held = pinned(rows, tree).reductions
        reductions = rows.find(ReducedExpression)
        dismissed = dismissed_keys(rows)
    groups = [
        NamedGroup(c.id, c.name, tuple(tree.reductions_in(c.id)), c.parent_id or "")
        for c in tree.categories.values()
        if c.level is Level.SUBCATEGORY
    ]
    if not groups:
        return None
    name = engine_name(bench, engine)
    texts = [
        *((r.id, r.wording) for r in reductions),
        *((g.id, g.name) for g in groups),
        *((PATH + g.id, path_of(g.name, tree[g.above].name)) for g in groups if g.above),
    ]
    everything = expressions(bench, name, texts, on_progress)
    named = NamedGroups(
        everything.only(r.id for r in reductions),
        groups,
        everything.only(g.id for g in groups),
        engine=name,
        paths=renamed(everything, PATH),
    )
    return Places(
        named,
        frozenset(pairs(dismissed, PLACE)),
        frozenset(pairs(dismissed, STAYS)),
        held,
        statistics.meaning(bench, PLACE_OFFER, name),
    )


def suggest_places(
    bench: Workbench,
    reduction_ids: Sequence[str] | None = None,
    *,
    engine: str | None = None,
    on_progress: Progress | None = None,
) -> list[PlacementSuggestion]:
    """For each reduction without a place (or those named): the nearest subcategories there are."""
    if reduction_ids is None:
        with bench.store.reading() as rows:
            placed = {p.id for p in rows.find(Placement)}
            reduction_ids = [r.id for r in rows.find(ReducedExpression) if r.id not in placed]
    if not reduction_ids:
        return []
    compared = places(bench, engine=engine, on_progress=on_progress)
    return [compared.suggest(id) for id in reduction_ids] if compared else []
