"""A category tree as it was at a moment, kept under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.domain.categories import Category, CategoryTree, Level, Placement
from qualcode.domain.codes import Origin


@dataclass(frozen=True)
class TreeVersion:
    """The label of a version: its name, who froze it and when, and how large the tree was."""

    id: str
    name: str
    note: str = ""
    created_by: str = ""
    created_at: str = ""
    categories: int = 0
    reductions: int = 0


@dataclass(frozen=True)
class FrozenTree:
    """What the version (of the same ``id``) holds, as text: lists of versions need not read it."""

    id: str
    tree: str


@dataclass(frozen=True)
class TreeState:
    """A tree and what its reductions read; ``wordings`` has those without a place, too."""

    tree: CategoryTree = field(default_factory=CategoryTree)
    wordings: Mapping[str, str] = field(default_factory=dict)


def as_text(state: TreeState) -> str:
    """The state as JSON, the same for the same state.

    >>> tree = CategoryTree.of([Category("k", "Arki", Level.SUBCATEGORY)], [])
    >>> state = TreeState(tree, {"a": "apu"})
    >>> from_text(as_text(state)) == state
    True
    """
    tree = state.tree
    return json.dumps(
        {
            "categories": [
                [c.id, c.name, int(c.level), c.parent_id, c.definition, c.origin.value, c.position]
                for c in sorted(tree.categories.values(), key=lambda c: c.id)
            ],
            "placements": [
                [p.id, p.category_id, p.position]
                for p in sorted(tree.placements.values(), key=lambda p: p.id)
            ],
            "wordings": dict(sorted(state.wordings.items())),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_text(text: str) -> TreeState:
    """The state that ``as_text`` wrote."""
    kept = json.loads(text)
    categories = [
        Category(id, name, Level(level), parent, definition, Origin(origin), None, position)
        for id, name, level, parent, definition, origin, position in kept["categories"]
    ]
    placements = [Placement(*row) for row in kept["placements"]]
    return TreeState(CategoryTree.of(categories, placements), kept["wordings"])
