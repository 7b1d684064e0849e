"""Categories and the tree they form, from subcategory up to the unifying category.

The rule that everything keeps: a reduced expression sits in at most one subcategory of the tree,
and no act loses one. What has no place yet is known and shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from qualcode.domain.codes import Origin
from qualcode.domain.errors import (
    AlreadyThere,
    CategoryCycle,
    EmptyName,
    NotForReductions,
    UnknownRow,
    WrongLevel,
)


class Level(IntEnum):
    """How far from the words a category is. A category lies under one of a higher level."""

    SUBCATEGORY = 1
    GENERIC_CATEGORY = 2
    MAIN_CATEGORY = 3
    UNIFYING_CATEGORY = 4


LevelNames = dict[str, dict[str, str]]
"""Language -> level (its lower-case name) -> what the study calls it."""

DEFAULT_LEVEL_NAMES: LevelNames = {
    "fi": {
        "subcategory": "alaluokka",
        "generic_category": "yläluokka",
        "main_category": "pääluokka",
        "unifying_category": "yhdistävä luokka",
    },
    "en": {
        "subcategory": "subcategory",
        "generic_category": "generic category",
        "main_category": "main category",
        "unifying_category": "unifying category",
    },
}


def level_name(level: Level, names: LevelNames, language: str) -> str:
    """What this study calls ``level`` in ``language``; the default name where it names none."""
    key = level.name.lower()
    fallback = DEFAULT_LEVEL_NAMES.get(language, DEFAULT_LEVEL_NAMES["en"])
    return names.get(language, {}).get(key) or fallback[key]


@dataclass(frozen=True)
class Category:
    """One category. ``code_id`` names the theory code it was taken from, when it was."""

    id: str
    name: str
    level: Level
    parent_id: str | None = None
    definition: str = ""
    origin: Origin = Origin.DATA
    code_id: str | None = None
    position: float = 0.0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise EmptyName()


@dataclass(frozen=True)
class Placement:
    """A reduced expression's one place: ``id`` is the reduction's own, so it can have only one."""

    id: str
    category_id: str
    position: float = 0.0


@dataclass(frozen=True)
class CategoryTree:
    """The tree as a value. Every act gives a new tree; the old one stays as it was."""

    categories: Mapping[str, Category] = field(default_factory=dict)
    placements: Mapping[str, Placement] = field(default_factory=dict)

    @classmethod
    def of(cls, categories: Iterable[Category], placements: Iterable[Placement]) -> CategoryTree:
        return cls({c.id: c for c in categories}, {p.id: p for p in placements})

    # --- looking ---------------------------------------------------------------------------

    def __getitem__(self, category_id: str) -> Category:
        try:
            return self.categories[category_id]
        except KeyError:
            raise UnknownRow(kind="category", id=category_id) from None

    def roots(self) -> list[Category]:
        """Categories under nothing, highest level first, then in their order."""
        tops = [c for c in self.categories.values() if c.parent_id is None]
        return sorted(tops, key=lambda c: (-c.level, c.position, c.name, c.id))

    def children(self, category_id: str) -> list[Category]:
        kids = [c for c in self.categories.values() if c.parent_id == category_id]
        return sorted(kids, key=lambda c: (c.position, c.name, c.id))

    def walk(self) -> Iterator[tuple[int, Category]]:
        """(depth, category) from the roots down, in the order a table prints them."""

        def down(depth: int, category: Category) -> Iterator[tuple[int, Category]]:
            yield depth, category
            for child in self.children(category.id):
                yield from down(depth + 1, child)

        for root in self.roots():
            yield from down(0, root)

    def path(self, category_id: str) -> list[Category]:
        """The category and everything above it, highest first."""
        chain = [self[category_id]]
        while chain[-1].parent_id is not None:
            chain.append(self[chain[-1].parent_id])
        return chain[::-1]

    def branch(self, category_id: str) -> list[str]:
        """The category's id and those of everything under it."""
        ids = [self[category_id].id]
        for child in self.children(category_id):
            ids.extend(self.branch(child.id))
        return ids

    def reductions_in(self, category_id: str) -> list[str]:
        """Ids of the reductions placed in the category itself, in their order."""
        mine = [p for p in self.placements.values() if p.category_id == category_id]
        return [p.id for p in sorted(mine, key=lambda p: (p.position, p.id))]

    # --- acts ------------------------------------------------------------------------------

    def add(self, category: Category) -> CategoryTree:
        """The tree with ``category`` last among its siblings."""
        if category.id in self.categories:
            raise AlreadyThere(kind="category")
        self._check_under(category, category.parent_id)
        siblings = self._siblings(category.parent_id, category.level)
        last = max((position for _, position in siblings), default=0.0)
        return self._with_categories({category.id: replace(category, position=last + 1.0)})

    def rename(self, category_id: str, name: str) -> CategoryTree:
        return self._with_categories({category_id: replace(self[category_id], name=name.strip())})

    def edit(self, category: Category) -> CategoryTree:
        """The category as given, where its level still suits what is above and under it."""
        self[category.id]
        self._check_under(category, category.parent_id)
        for child in self.children(category.id):
            if child.level >= category.level:
                raise _wrong_level(child, category)
        if self.reductions_in(category.id) and category.level is not Level.SUBCATEGORY:
            raise _not_for_reductions(category)
        return self._with_categories({category.id: category})

    def move(self, category_id: str, under: str | None, before: str | None = None) -> CategoryTree:
        """The branch under another category (or under none), with everything in it along."""
        category = self[category_id]
        self._check_under(category, under)
        siblings = self._siblings(under, category.level)
        moved = replace(category, parent_id=under)
        changed = {category_id: moved}
        for id, position in _ordered(siblings, [category_id], before).items():
            changed[id] = replace(changed.get(id, self[id]), position=position)
        return self._with_categories(changed)

    def merge(self, into: str, others: Iterable[str]) -> CategoryTree:
        """``others`` disappear; what was in them is in ``into``. Levels must agree."""
        target = self[into]
        tree = self
        for other_id in dict.fromkeys(others):
            other = tree[other_id]
            if other_id == into:
                continue
            if other.level != target.level:
                raise _wrong_level(other, target)
            for child in tree.children(other_id):
                tree = tree.move(child.id, into)
            tree = tree.place(tree.reductions_in(other_id), into)
            tree = tree._without(other_id)
        return tree

    def split(self, category_id: str, new: Category, members: Iterable[str]) -> CategoryTree:
        """``new`` beside the category takes the named reductions and subcategories.

        A reduction without a place may be among them; whether it exists the tree cannot know.
        """
        old = self[category_id]
        tree = self.add(replace(new, level=old.level, parent_id=old.parent_id))
        for member in members:
            if member in tree.categories:
                tree = tree.move(member, new.id)
            else:
                tree = tree.place([member], new.id)
        return tree

    def remove(self, category_id: str) -> CategoryTree:
        """The category goes; its reductions and subcategories stay, without a place above them."""
        tree = self
        for child in self.children(self[category_id].id):
            tree = tree.move(child.id, None)
        tree = tree.place(self.reductions_in(category_id), None)
        return tree._without(category_id)

    def place(
        self, reduction_ids: Iterable[str], category_id: str | None, before: str | None = None
    ) -> CategoryTree:
        """The reductions in the category, in the order given; with None they lose their place."""
        ids = list(dict.fromkeys(reduction_ids))
        if not ids:
            return self
        placements = {k: v for k, v in self.placements.items() if k not in set(ids)}
        if category_id is not None:
            category = self[category_id]
            if category.level is not Level.SUBCATEGORY:
                raise _not_for_reductions(category)
            siblings = [
                (id, self.placements[id].position) for id in self.reductions_in(category_id)
            ]
            for id, position in _ordered(siblings, ids, before).items():
                placements[id] = Placement(id, category_id, position)
        return replace(self, placements=placements)

    # --- inside ----------------------------------------------------------------------------

    def _with_categories(self, changed: Mapping[str, Category]) -> CategoryTree:
        return replace(self, categories={**self.categories, **changed})

    def _without(self, category_id: str) -> CategoryTree:
        return replace(
            self, categories={k: v for k, v in self.categories.items() if k != category_id}
        )

    def _check_under(self, category: Category, parent_id: str | None) -> None:
        if parent_id is None:
            return
        parent = self[parent_id]
        if category.id in {c.id for c in self.path(parent_id)}:
            raise CategoryCycle(name=category.name)
        if parent.level <= category.level:
            raise _wrong_level(category, parent)

    def _siblings(self, parent_id: str | None, level: Level) -> list[tuple[str, float]]:
        """Those the category is ordered among: at the top, each level has an order of its own."""
        if parent_id is not None:
            return [(c.id, c.position) for c in self.children(parent_id)]
        return [(c.id, c.position) for c in self.roots() if c.level == level]


def _wrong_level(category: Category, parent: Category) -> WrongLevel:
    return WrongLevel(
        name=category.name,
        level=category.level.name.lower(),
        parent=parent.name,
        parent_level=parent.level.name.lower(),
    )


def _not_for_reductions(category: Category) -> NotForReductions:
    return NotForReductions(parent=category.name, parent_level=category.level.name.lower())


def _ordered(
    siblings: list[tuple[str, float]], moving: list[str], before: str | None
) -> dict[str, float]:
    """Positions that put ``moving`` before the sibling ``before``, or after the last.

    Only the moved rows get a new position, so two windows moving different cards do not collide;
    when the gap is used up, all the siblings are numbered anew.
    """
    order = [id for id, _ in siblings]
    if before in moving and before in order:
        # Dropped on itself: its place is before the next one that stays.
        before = next((id for id in order[order.index(before) :] if id not in moving), None)
    staying = [(id, position) for id, position in siblings if id not in moving]
    index = next((i for i, (id, _) in enumerate(staying) if id == before), len(staying))
    high = staying[index][1] if index < len(staying) else None
    low = staying[index - 1][1] if index else None
    if high is None:
        positions = [(low or 0.0) + step for step in range(1, len(moving) + 1)]
    else:
        floor = high - 1.0 if low is None else low
        step = (high - floor) / (len(moving) + 1)
        positions = [floor + step * n for n in range(1, len(moving) + 1)]
    line = [*([] if low is None else [low]), *positions, *([] if high is None else [high])]
    if all(one < other for one, other in itertools.pairwise(line)):
        return dict(zip(moving, positions, strict=True))
    anew = [id for id, _ in staying[:index]] + moving + [id for id, _ in staying[index:]]
    return {id: float(n) for n, id in enumerate(anew, start=1)}
