"""Looking through a tree: what each person has seen, and the states that categories are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.domain.categories import Category, CategoryTree
from qualcode.domain.decisions import Act
from qualcode.domain.review import (
    Look,
    NodeState,
    ReviewState,
    SinceLook,
    look_id,
    seal_of,
    since_look,
)
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.reviewing import remarks


def look_at(bench: Workbench, category_ids: Sequence[str]) -> None:
    """The person has seen these categories as they are now, and read what is said of them.

    The first time, all other categories are noted as not yet looked at, so that what comes into
    the tree later is known to be new. What has been removed since is forgotten.
    """
    with bench.act(Act.LOOK) as work:
        tree = tree_of(work.rows)
        known = {look.category_id: look for look in looks_of(work.rows, bench.coder)}
        seen = [id for id in dict.fromkeys(category_ids) if id in tree.categories]
        inside = members(tree)
        if not known:
            # What the person sees of now on is compared with the tree as it was when they began.
            others = [c for c in tree.categories.values() if c.id not in set(seen)]
            work.add([_look(bench, c, inside[c.id], seen=False) for c in others])
        for id in seen:
            work.put(_look(bench, tree[id], inside[id], seen=True))
        gone = [id for id in known if id not in tree.categories]
        if set(category_ids) & set(gone):
            work.remove(Look, [look_id(bench.coder, id) for id in gone])
        remarks.note_read(work, "category", seen)
        remarks.note_read(work, "reduction", [r for id in seen for r in inside[id]])
        if seen:
            work.say(category=tree[seen[0]].name, count=len(seen))


def looks_of(rows: Reading, who: str) -> list[Look]:
    """What this person knows of the tree; empty when they have not begun."""
    return rows.find(Look, who=who)


def since(tree: CategoryTree, looks: Iterable[Look]) -> dict[str, SinceLook]:
    """Category -> what has changed in it since the looks; nothing when none were made."""
    known = {look.category_id: look for look in looks}
    if not known:
        return {}
    inside = members(tree)
    found = {id: since_look(known.get(id), c, inside[id]) for id, c in tree.categories.items()}
    return {id: one for id, one in found.items() if one.changed}


def set_state(bench: Workbench, category_ids: Sequence[str], state: NodeState) -> None:
    """The categories are drafts, asked about, or approved: by this person, now."""
    with bench.act(Act.SET_REVIEW_STATE) as work:
        tree = tree_of(work.rows)
        for id in category_ids:
            work.put(ReviewState(id, state, bench.coder, bench.clock(), seal(tree, id)))
        name = tree[category_ids[0]].name if category_ids else ""
        work.say(category=name, count=len(category_ids), **{state.value: name})


def seal(tree: CategoryTree, category_id: str) -> str:
    """What the category is now, in short: see ``domain.review.seal_of``."""
    inside = [*tree.reductions_in(category_id), *(c.id for c in tree.children(category_id))]
    return seal_of(tree[category_id], inside)


def seals(tree: CategoryTree) -> dict[str, str]:
    """The seal of every category, from one look at the tree."""
    inside: dict[str, list[str]] = {id: list(found) for id, found in members(tree).items()}
    for category in tree.categories.values():
        if category.parent_id is not None:
            inside[category.parent_id].append(category.id)
    return {id: seal_of(tree[id], found) for id, found in inside.items()}


def members(tree: CategoryTree) -> dict[str, tuple[str, ...]]:
    """Category -> the reductions in itself, in their order; from one look at all the places."""
    found: dict[str, list[tuple[float, str]]] = {id: [] for id in tree.categories}
    for place in tree.placements.values():
        found[place.category_id].append((place.position, place.id))
    return {id: tuple(r for _, r in sorted(inside)) for id, inside in found.items()}


def _look(bench: Workbench, category: Category, reductions: Sequence[str], seen: bool) -> Look:
    return Look(
        look_id(bench.coder, category.id),
        bench.coder,
        category.id,
        bench.clock(),
        seen,
        category.name,
        category.definition,
        category.parent_id,
        tuple(reductions),
    )
