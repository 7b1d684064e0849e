"""Categories and the tree they form, from subcategory up to the unifying category.

The rule that everything keeps: a reduced expression sits in at most one subcategory of the tree,
and no act loses one. What has no place yet is known and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from qualcode.domain.codes import Origin
from qualcode.domain.errors import CategoryCycle, EmptyName, UnknownRow, WrongLevel


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
    """A reduced expression's one place. ``id`` is the reduction's own id, so it can have only one.

    ``by`` tells who placed it; accepted work never moves by itself.
    """

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
        self._check_under(category, category.parent_id)
        placed = replace(category, position=self._last_position(category.parent_id))
        return self._with_categories({placed.id: placed})

    def rename(self, category_id: str, name: str) -> CategoryTree:
        return self._with_categories({category_id: replace(self[category_id], name=name.strip())})

    def edit(self, category: Category) -> CategoryTree:
        self._check_under(category, category.parent_id)
        self[category.id]
        return self._with_categories({category.id: category})

    def move(self, category_id: str, under: str | None, before: str | None = None) -> CategoryTree:
        """The branch under another category (or under none), with everything in it along."""
        category = self[category_id]
        self._check_under(category, under)
        position = self._position_before(under, before, moving={category_id})
        moved = replace(category, parent_id=under, position=position)
        return self._with_categories({category_id: moved})

    def merge(self, into: str, others: Iterable[str]) -> CategoryTree:
        """``others`` disappear; what was in them is in ``into``. Levels must agree."""
        target = self[into]
        tree = self
        for other_id in others:
            other = tree[other_id]
            if other_id == into:
                continue
            if other.level != target.level:
                raise WrongLevel(
                    name=other.name,
                    level=other.level.name.lower(),
                    parent=target.name,
                    parent_level=target.level.name.lower(),
                )
            for child in tree.children(other_id):
                tree = tree.move(child.id, into)
            tree = tree.place(tree.reductions_in(other_id), into)
            tree = tree._without(other_id)
        return tree

    def split(self, category_id: str, new: Category, members: Iterable[str]) -> CategoryTree:
        """``new`` beside the category takes the named reductions and subcategories of it."""
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
        for child in self.children(category_id):
            tree = tree.move(child.id, None)
        tree = tree.place(self.reductions_in(category_id), None)
        return tree._without(category_id)

    def place(
        self, reduction_ids: Iterable[str], category_id: str | None, before: str | None = None
    ) -> CategoryTree:
        """The reductions in the category, in the order given; with None they lose their place."""
        ids = list(dict.fromkeys(reduction_ids))
        placements = {k: v for k, v in self.placements.items() if k not in set(ids)}
        if category_id is not None:
            category = self[category_id]
            if category.level is not Level.SUBCATEGORY:
                raise WrongLevel(
                    name="reduction",
                    level="reduction",
                    parent=category.name,
                    parent_level=category.level.name.lower(),
                )
            siblings = sorted(
                (p for p in placements.values() if p.category_id == category_id),
                key=lambda p: (p.position, p.id),
            )
            positions = _positions([(p.id, p.position) for p in siblings], before, len(ids))
            for reduction_id, position in zip(ids, positions, strict=True):
                placements[reduction_id] = Placement(reduction_id, category_id, position)
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
            raise WrongLevel(
                name=category.name,
                level=category.level.name.lower(),
                parent=parent.name,
                parent_level=parent.level.name.lower(),
            )

    def _siblings(self, parent_id: str | None, without: set[str]) -> list[tuple[str, float]]:
        kids = self.roots() if parent_id is None else self.children(parent_id)
        return [(c.id, c.position) for c in kids if c.id not in without]

    def _last_position(self, parent_id: str | None) -> float:
        return _positions(self._siblings(parent_id, set()), None, 1)[0]

    def _position_before(
        self, parent_id: str | None, before: str | None, moving: set[str]
    ) -> float:
        return _positions(self._siblings(parent_id, moving), before, 1)[0]


def _positions(siblings: list[tuple[str, float]], before: str | None, count: int) -> list[float]:
    """``count`` rising positions that fall before the sibling ``before``, or after the last.

    Only the moved rows get a new position, so two windows moving different cards do not collide.
    """
    index = next((i for i, (key, _) in enumerate(siblings) if key == before), None)
    if index is None:
        last = max((position for _, position in siblings), default=0.0)
        return [last + step for step in range(1, count + 1)]
    high = siblings[index][1]
    low = siblings[index - 1][1] if index else high - 1.0
    step = (high - low) / (count + 1)
    return [low + step * n for n in range(1, count + 1)]
