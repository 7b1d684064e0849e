"""Groups that a person has turned down, recognised when much the same group would come again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

SAME = 0.75
"""Two groups that have more than this share of all their members in common are the same."""


def group_key(member_ids: Iterable[str]) -> str:
    """A name for exactly this set of members, whatever their order; the key of a dismissal."""
    return hashlib.sha256("\n".join(sorted(member_ids)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Refused:
    """``keys`` name groups turned down, ``piles`` hold the members of those whose are known."""

    keys: frozenset[str] = frozenset()
    piles: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, keys: Collection[str], piles: Iterable[Collection[str]] = ()) -> Refused:
        return cls(frozenset(keys), tuple(frozenset(pile) for pile in piles if len(pile) > 1))

    def holds(self, member_ids: Collection[str]) -> bool:
        """Whether these members are a group turned down: it, all of it and more, or nearly it."""
        if group_key(member_ids) in self.keys:
            return True
        ids = frozenset(member_ids)
        return any(
            pile <= ids or len(pile & ids) > SAME * len(pile | ids)
            for pile in self.piles
            if not pile.isdisjoint(ids)
        )
