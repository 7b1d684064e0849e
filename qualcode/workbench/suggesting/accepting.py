"""Accepting what is offered: an act of a person, in one step that one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.domain.categories import Category, CategoryTree, Level
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import DuplicateName, EmptyName, QualcodeError, UnknownRow
from qualcode.domain.suggestions import Reason, Suggestion
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.categorising import save_tree, tree_of
from qualcode.workbench.pinning import pinned
from qualcode.workbench.suggesting.seen import members_seen, reasons_seen


class NothingLeftToPlace(QualcodeError):
    """Another window, or an earlier act of one's own, has placed every member already."""

    template = (
        "Everything in the suggested groups already has a place, so no category was made and "
        "nothing was changed. Ask for new suggestions to group what is still without a place."
    )


@dataclass(frozen=True)
class AcceptedGroup:
    """A suggested group as the analyst accepts it, edited or not.

    A group of ``level`` SUBCATEGORY holds reductions, one of a higher level categories. ``key``
    names the suggestion, ``offered_ids`` what it held, so that the log can tell an edited
    acceptance from a plain one; ``reasons`` are those that were on screen, member by member.
    ``joins`` names the category that the members go to, when no new one is to be made.
    """

    key: str
    name: str
    member_ids: tuple[str, ...]
    category_id: str | None = None
    under: str | None = None
    offered_ids: tuple[str, ...] = ()
    offered_name: str = ""
    level: Level = Level.SUBCATEGORY
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    joins: str | None = None

    @property
    def edited(self) -> bool:
        """Whether the analyst changed the members or the name before accepting."""
        return bool(self.offered_ids) and (
            set(self.offered_ids) != set(self.member_ids) or self.offered_name != self.name
        )


def accept_groups(
    bench: Workbench, groups: Sequence[AcceptedGroup], engine: str = ""
) -> list[Category]:
    """The groups become categories, or join those they name: one step, whatever their number.

    A member that has got a place meanwhile stays where it is, and a group of which none is left
    makes no category. ``NothingLeftToPlace`` when that is so of all of them.
    """
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        before = after = tree_of(work.rows)
        # Sent twice: what has become a category already is passed over in silence.
        waiting = [group for group in groups if group.category_id not in before.categories]
        accepted: list[AcceptedGroup] = []
        made, seen, placed = [], [], 0
        for group in waiting:
            members = _left_to_place(work, after, group)
            if not members:
                continue
            if group.joins is None:
                category = _category_of(bench, group, after)
                after = after.add(category)
            else:
                category = after[group.joins]
            after = _filled(after, category, list(members))
            accepted.append(group)
            made.append(after[category.id])
            seen.append(
                {"category": category.name, "members": members_seen(group.reasons, members)}
            )
            placed += len(members)
        if groups and not made and len(waiting) == len(groups):
            raise NothingLeftToPlace()
        save_tree(work, before, after)
        held = "reductions" if all(g.level is Level.SUBCATEGORY for g in accepted) else "categories"
        work.say(
            category=made[0].name if made else "",
            count=len(made),
            engine=engine,
            edited=sum(group.edited for group in accepted),
            seen=seen,
            **{held: placed},
        )
    return made


def _category_of(bench: Workbench, group: AcceptedGroup, tree: CategoryTree) -> Category:
    name = one_line(group.name)
    if not name:
        raise EmptyName()
    if any(
        c.level is group.level and c.name.casefold() == name.casefold()
        for c in tree.categories.values()
    ):
        raise DuplicateName(kind="category", name=name)
    return Category(group.category_id or bench.new_id(), name, group.level, group.under)


def _left_to_place(work: Work, tree: CategoryTree, group: AcceptedGroup) -> dict[str, str]:
    """The members that have no place yet and are not pinned, and what they are called (by id)."""
    if group.level is Level.SUBCATEGORY:
        return {
            id: work.require(ReducedExpression, id).wording
            for id in group.member_ids
            if id not in tree.placements
        }
    held = pinned(work.rows, tree).categories
    return {
        id: tree[id].name
        for id in group.member_ids
        if tree[id].parent_id is None and id not in held
    }


def _filled(tree: CategoryTree, category: Category, member_ids: Sequence[str]) -> CategoryTree:
    """The tree with the members in the category."""
    if category.level is Level.SUBCATEGORY:
        return tree.place(member_ids, category.id)
    for id in member_ids:
        tree = tree.move(id, category.id)
    return tree


def accept_place(
    bench: Workbench,
    reduction_id: str,
    category_id: str,
    suggestion: Suggestion,
    instead_of: str | None = None,
) -> None:
    """The reduction goes to the suggested subcategory; one that has a place stays there.

    Only out of the place ``instead_of``, of which it was doubted whether it belongs there, does it
    move; never when somebody has pinned it there meanwhile.

    The log keeps what was on screen: the engine, which places were offered, and the reasons.
    """
    offered = {candidate.target_id: candidate for candidate in suggestion.candidates}
    if category_id not in offered or suggestion.subject_id != reduction_id:
        raise UnknownRow(kind="category", id=category_id)
    chosen = offered[category_id]
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        before = tree_of(work.rows)
        wording = work.require(ReducedExpression, reduction_id).wording
        placed = before.placements.get(reduction_id)
        if placed is not None and placed.category_id != instead_of:
            return
        if placed is not None and reduction_id in pinned(work.rows, before).reductions:
            return
        save_tree(work, before, before.place([reduction_id], category_id))
        work.say(
            wording=wording,
            category=before[category_id].name,
            engine=suggestion.engine,
            rank=list(offered).index(category_id) + 1,
            offered=[candidate.label for candidate in suggestion.candidates],
            score=round(chosen.score, 3),
            seen=reasons_seen(chosen.reasons),
        )
