"""What a person has fixed: no suggestion proposes to move it, and a person still may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.domain.categories import CategoryTree


@dataclass(frozen=True)
class Pin:
    """A reduction fixed where a person placed it, or a category with everything under it.

    ``id`` is that of what is fixed, so it is fixed once. A reduction's pin goes along when a
    person moves it, and ends when it loses its place.
    """

    id: str
    reduction_id: str | None = None
    category_id: str | None = None
    who: str = ""
    at: str = ""


@dataclass(frozen=True)
class Pinned:
    """What the pins of a study hold: ids of reductions, and of categories."""

    reductions: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    @classmethod
    def of(cls, tree: CategoryTree, pins: Iterable[Pin]) -> Pinned:
        """A pinned category holds its whole branch; a reduction is held only where it is placed."""
        ids = {pin.id for pin in pins}
        categories = {branch for id in ids if id in tree.categories for branch in tree.branch(id)}
        return cls(
            frozenset(
                placed.id
                for placed in tree.placements.values()
                if placed.id in ids or placed.category_id in categories
            ),
            frozenset(categories),
        )
