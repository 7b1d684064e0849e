"""From the study's rows to what the grouping board shows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qualcode.analysis.frequencies import GroupTallies, by_category
from qualcode.domain.approaches import Study
from qualcode.domain.categories import CategoryTree, Level, level_name
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.suggestions import Dismissal, GroupSuggestion
from qualcode.store.repository import Reading
from qualcode.store.views import Count, ReductionQuery
from qualcode.ui.components.category_board import (
    Board,
    BoardCategory,
    Card,
    Find,
    GroupMember,
    MemberReason,
    OfferedGroup,
    Unplaced,
)
from qualcode.workbench import pinning
from qualcode.workbench.bench import STUDY_ID, Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.suggesting import GROUP, options, phrases
from qualcode.workbench.suggesting.options import Shown

REASONS_SHOWN = 2


@dataclass(frozen=True)
class Offer:
    """Groups suggested to this window. ``number`` rises each time they are suggested anew.

    ``level`` is what accepted ones become: a subcategory of reductions, or a category above others.
    ``accepted`` tells which category an accepted group became, ``joined`` which members went to the
    category that theirs would join: while that category is there, and they are in it, the group
    isn't offered; it comes back when the acceptance is undone. ``left_out`` are those that were
    compared and fit in none of the groups.
    """

    groups: tuple[GroupSuggestion, ...] = ()
    number: int = 0
    level: Level = Level.SUBCATEGORY
    accepted: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def with_accepted(self, operations: Iterable[Mapping[str, Any]]) -> Offer:
        """The offer after operations of the board, of which some may accept groups."""
        groups = [
            group
            for operation in operations
            if operation.get("op") == "accept_groups"
            for group in operation.get("groups", ())
            if isinstance(group, Mapping) and "key" in group and "id" in group
        ]
        new = {str(g["key"]): str(g["id"]) for g in groups if not g.get("joins")}
        joined = {
            str(g["key"]): tuple(str(id) for id in g.get("members", ()))
            for g in groups
            if g.get("joins")
        }
        if not groups:
            return self
        return replace(self, accepted={**self.accepted, **new}, joined={**self.joined, **joined})

    def still_open(self, tree: CategoryTree, dismissed: Collection[str]) -> list[GroupSuggestion]:
        """The groups neither accepted nor dismissed."""
        return [
            group
            for group in self.groups
            if GROUP + group.key not in dismissed
            and self.accepted.get(group.key) not in tree.categories
            and (group.joins is None or group.joins in tree.categories)
            and not self._has_joined(group, tree)
        ]

    def _has_joined(self, group: GroupSuggestion, tree: CategoryTree) -> bool:
        return any(
            id in tree.placements and tree.placements[id].category_id == group.joins
            for id in self.joined.get(group.key, ())
        )


def read_board(bench: Workbench, find: Find, offer: Offer | None = None) -> Board:
    """The tree, the reductions without a place that match ``find``, and the groups offered."""
    offer = offer or Offer()
    if options.shown(bench.study()) is not Shown.SHOWN:
        # What this window had asked for before the study turned them off, or hid them.
        offer = replace(offer, groups=())
    with bench.store.reading() as rows:
        tree = tree_of(rows)
        study = rows.get(Study, STUDY_ID) or bench.study()
        wordings = {r.id: r.wording for r in rows.find(ReducedExpression)}
        evidence = rows.evidence()
        pins = {pin.id for pin in pinning.pins_of(rows)}
        unplaced = _unplaced(rows, find)
        dismissed = {row.key for row in rows.find(Dismissal)} if offer.groups else set()
    expressions = Counter(row.reduction_id for row in evidence)
    names = wordings
    if offer.level > Level.SUBCATEGORY:
        names = {category.id: category.name for category in tree.categories.values()}
    tallies = by_category(evidence, {c.id: c.parent_id for c in tree.categories.values()})
    return Board(
        # A window keeps unsaved work under this name; it names the study without telling its path.
        study=hashlib.sha256(bench.store.address.encode()).hexdigest()[:16],
        categories=_categories(tree, wordings, expressions, tallies, pins),
        unplaced=unplaced,
        level_names={
            level: level_name(level, study.level_names, bench.language) for level in Level
        },
        groups=tuple(offered(g, names, offer.level) for g in offer.still_open(tree, dismissed)),
        offer=offer.number,
        outside=_outside(offer, wordings, tree),
        reads_only=bench.reviewing,
    )


def _outside(offer: Offer, wordings: Mapping[str, str], tree: CategoryTree) -> int:
    """How many reductions that fit in none of the groups offered still wait for a place."""
    if not offer.groups or offer.level > Level.SUBCATEGORY:
        return 0
    return sum(id in wordings and id not in tree.placements for id in offer.left_out)


def _unplaced(rows: Reading, find: Find) -> Unplaced:
    page = rows.reductions(ReductionQuery(text=find.text, placed=False), 0, find.limit)
    everything = (
        rows.reductions(ReductionQuery(placed=False), 0, 1).total if find.text else page.total
    )
    cards = tuple(Card(row.id, row.wording, row.expressions) for row in page.rows)
    return Unplaced(cards, page.total, everything, find)


def _categories(
    tree: CategoryTree,
    wordings: Mapping[str, str],
    expressions: Mapping[str, int],
    tallies: Mapping[str, GroupTallies],
    pins: Collection[str],
) -> tuple[BoardCategory, ...]:
    members: dict[str, list[tuple[float, str]]] = {id: [] for id in tree.categories}
    for placement in tree.placements.values():
        members[placement.category_id].append((placement.position, placement.id))
    rows = []
    for _depth, category in tree.walk():
        total = tallies[category.id].total
        cards = tuple(
            Card(id, wordings[id], expressions.get(id, 0), id in pins)
            for _position, id in sorted(members[category.id])
        )
        count = Count(total.mentions, total.respondents)
        rows.append(BoardCategory(category, cards, count, category.id in pins))
    return tuple(rows)


def offered(
    group: GroupSuggestion, names: Mapping[str, str], level: Level = Level.SUBCATEGORY
) -> OfferedGroup:
    """The group with its members' names (wordings) and reasons, as they read now.

    A member removed since the group was formed is left out.
    """
    members = []
    for id in group.member_ids:
        if id not in names:
            continue
        reasons = [
            MemberReason(
                wording=names.get(reason.ids[0], reason.text) if reason.ids else "",
                value=reason.value,
                words=reason.words,
                # One that was removed meanwhile is still named, but there is nothing to open.
                id=reason.ids[0] if reason.ids and reason.ids[0] in names else "",
            )
            for reason in group.reasons.get(id, ())
        ]
        near = [reason for reason in reasons if reason.wording][:REASONS_SHOWN]
        shared = [reason for reason in reasons if not reason.wording]
        members.append(GroupMember(id, names[id], tuple(near + shared)))
    return OfferedGroup(
        group.key,
        group.name,
        group.keywords,
        tuple(members),
        group.engine,
        level,
        group.joins,
        phrases.phrase_for([member.wording for member in members]),
    )
