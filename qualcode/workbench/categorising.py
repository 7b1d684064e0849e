"""Grouping: subcategories of reductions, and the levels above them.

The tree is a value of the domain; an act asks it for a new tree and saves what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qualcode.domain.categories import Category, CategoryTree, Level, Placement
from qualcode.domain.codes import Code, Origin
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import DuplicateName, EmptyName
from qualcode.domain.pins import Pin
from qualcode.domain.role_maps import RolePlacement
from qualcode.store.repository import Reading
from qualcode.workbench import memo_keeping
from qualcode.workbench.bench import Work, Workbench


def tree(bench: Workbench) -> CategoryTree:
    """The study's one working tree as it is now."""
    with bench.store.reading() as rows:
        return tree_of(rows)


def tree_of(rows: Reading) -> CategoryTree:
    return CategoryTree.of(rows.find(Category), rows.find(Placement))


def add(
    bench: Workbench,
    name: str,
    level: Level,
    under: str | None = None,
    category_id: str | None = None,
    reductions: Sequence[str] = (),
    definition: str = "",
    categories: Sequence[str] = (),
) -> Category:
    """A new category, with the reductions or the categories given in it at once."""
    with bench.act(Act.ADD_CATEGORY) as work:
        before = tree_of(work.rows)
        if category_id is not None and category_id in before.categories:
            return before[category_id]
        new = Category(
            category_id or bench.new_id(), _name(name), level, under, definition=definition
        )
        _check_free(before, new)
        after = before.add(new)
        if reductions:
            _require_reductions(work, reductions)
            after = after.place(reductions, new.id)
        for moved in categories:
            after = after.move(moved, new.id)
        _save(work, before, after)
        count = len(reductions) + len(categories)
        work.say(category=new.name, level=level.name.lower(), count=count)
    return after[new.id]


def rename(bench: Workbench, category_id: str, name: str) -> None:
    """The category under another name."""
    with bench.act(Act.RENAME_CATEGORY) as work:
        before = tree_of(work.rows)
        old = before[category_id]
        after = before.rename(category_id, _name(name))
        _check_free(after, after[category_id])
        _save(work, before, after)
        work.say(category=after[category_id].name, before=old.name)


def edit(bench: Workbench, changed: Category) -> None:
    """The category's name, definition, origin or level as given."""
    with bench.act(Act.EDIT_CATEGORY) as work:
        before = tree_of(work.rows)
        after = before.edit(changed)
        _check_free(after, changed)
        _save(work, before, after)
        work.say(category=changed.name)


def move(
    bench: Workbench, category_ids: Sequence[str], under: str | None, before: str | None = None
) -> None:
    """Whole branches under another category, or to the top."""

    def moved(tree: CategoryTree) -> CategoryTree:
        place = _next_staying(tree, category_ids, before)
        for category_id in dict.fromkeys(category_ids):
            tree = tree.move(category_id, under, place)
        return tree

    _change(bench, Act.MOVE_CATEGORY, moved, category_ids, under)


def merge(bench: Workbench, into: str, others: Sequence[str]) -> None:
    """Categories of one level become one; roles that had the others have the one kept."""
    with bench.act(Act.MERGE_CATEGORIES) as work:
        before = tree_of(work.rows)
        gone = [id for id in dict.fromkeys(others) if id != into]
        names = [before[id].name for id in gone]
        after = before.merge(into, others)
        _save(work, before, after, heir=into)
        work.say(
            category=after[into].name,
            merged=names,
            count=len(names) + 1,
            merged_ids=gone,
            into_id=into,
        )


def split(
    bench: Workbench,
    category_id: str,
    name: str,
    members: Sequence[str],
    new_id: str | None = None,
) -> Category:
    """Some of a category's members in a new category beside it."""
    with bench.act(Act.SPLIT_CATEGORY) as work:
        before = tree_of(work.rows)
        old = before[category_id]
        new = Category(new_id or bench.new_id(), _name(name), old.level, old.parent_id)
        _check_free(before, new)
        _require_reductions(work, [id for id in members if id not in before.categories])
        after = before.split(category_id, new, members)
        _save(work, before, after)
        work.say(category=new.name, before=old.name, count=len(members))
    return after[new.id]


def remove(bench: Workbench, category_ids: Sequence[str]) -> None:
    """The categories go; what was in them stays in the study and waits for a place."""
    with bench.act(Act.REMOVE_CATEGORY) as work:
        before = after = tree_of(work.rows)
        names = [before[id].name for id in category_ids]
        for category_id in dict.fromkeys(category_ids):
            after = after.remove(category_id)
        _save(work, before, after)
        work.say(category=names[0] if names else "", count=len(names))


def place(
    bench: Workbench,
    reduction_ids: Sequence[str],
    category_id: str | None,
    before: str | None = None,
) -> None:
    """The reductions in the subcategory; with None they are without a place again."""
    if not reduction_ids:
        return
    with bench.act(Act.PLACE) as work:
        _require_reductions(work, reduction_ids)
        old = tree_of(work.rows)
        new = old.place(reduction_ids, category_id, before)
        _save(work, old, new)
        first = work.require(ReducedExpression, reduction_ids[0])
        work.say(
            wording=first.wording,
            category=new[category_id].name if category_id else "",
            count=len(reduction_ids),
        )


def take_codes(bench: Workbench, code_ids: Sequence[str], level: Level) -> list[Category]:
    """Theory's codes as categories: the analysis frame of a deductive study.

    A code taken before is not taken twice.
    """
    with bench.act(Act.ADD_CATEGORY) as work:
        before = after = tree_of(work.rows)
        taken = {c.code_id for c in before.categories.values() if c.code_id}
        made = []
        for code_id in code_ids:
            if code_id in taken:
                continue
            code = work.require(Code, code_id)
            category = Category(
                bench.new_id(),
                code.label(bench.language),
                level,
                definition=code.definition(bench.language),
                origin=Origin.THEORY,
                code_id=code_id,
            )
            after = after.add(category)
            made.append(after[category.id])
        _save(work, before, after)
        work.say(category=made[0].name if made else "", count=len(made))
    return made


def save_tree(
    work: Work, before: CategoryTree, after: CategoryTree, heir: str | None = None
) -> None:
    """What differs between two trees, for acts of other modules that change the tree too.

    ``heir`` takes over the memos, threads and roles of the categories that are gone.
    """
    _save(work, before, after, heir)


def check_free(tree: CategoryTree, category: Category) -> None:
    """Raises DuplicateName when another category of the level has the name."""
    _check_free(tree, category)


def _change(
    bench: Workbench,
    act: Act,
    change: Callable[[CategoryTree], CategoryTree],
    category_ids: Sequence[str],
    under: str | None,
) -> None:
    if not category_ids:
        return
    with bench.act(act) as work:
        before = tree_of(work.rows)
        after = change(before)
        _save(work, before, after)
        work.say(
            category=before[category_ids[0]].name,
            under=after[under].name if under else "",
            count=len(category_ids),
        )


def _next_staying(tree: CategoryTree, moving: Sequence[str], before: str | None) -> str | None:
    """``before``, or when it moves along, the sibling after it that stays where it is."""
    if before is None or before not in moving or before not in tree.categories:
        return before
    parent = tree[before].parent_id
    order = [c.id for c in (tree.roots() if parent is None else tree.children(parent))]
    return next((id for id in order[order.index(before) :] if id not in moving), None)


def _save(work: Work, before: CategoryTree, after: CategoryTree, heir: str | None = None) -> None:
    gone = [id for id in before.categories if id not in after.categories]
    for category in after.categories.values():
        if before.categories.get(category.id) != category:
            work.put(category)
    for placement in after.placements.values():
        if before.placements.get(placement.id) != placement:
            work.put(placement)
    homeless = [id for id in before.placements if id not in after.placements]
    work.remove(Pin, homeless)
    work.remove(Placement, homeless)
    if heir:
        # What somebody has fixed stays fixed under the name it goes on with.
        for fixed in work.rows.find(Pin, id=tuple(gone)) if gone else []:
            work.put(replace(fixed, id=heir, category_id=heir))
        memo_keeping.carry(work, "category", gone, heir)
    for row in work.rows.find(RolePlacement, category_id=tuple(gone)) if gone else []:
        work.remove(RolePlacement, [row.id])
        if heir and not work.rows.find(RolePlacement, role_id=row.role_id, category_id=heir):
            work.put(RolePlacement(work.bench.new_id(), row.role_id, category_id=heir))
    work.remove(Pin, gone)
    work.remove(Category, gone)


def _name(name: str) -> str:
    tidy = one_line(name)
    if not tidy:
        raise EmptyName()
    return tidy


def _check_free(tree: CategoryTree, category: Category) -> None:
    """Two categories of one level must not share a name: tables could not tell them apart."""
    for other in tree.categories.values():
        if (
            other.id != category.id
            and other.level == category.level
            and other.name.casefold() == category.name.casefold()
        ):
            raise DuplicateName(kind="category", name=category.name)


def _require_reductions(work: Work, reduction_ids: Sequence[str]) -> None:
    for reduction_id in reduction_ids:
        work.require(ReducedExpression, reduction_id)
