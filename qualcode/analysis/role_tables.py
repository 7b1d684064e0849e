"""What stands behind each role of a map, and what fits none of them.

Links are many-to-many: one expression may speak for several roles, and counts once in each. A
role's respondents are told apart by actor group; roles are never summed up into a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.frequencies import Evidence, GroupTallies, upwards


@dataclass(frozen=True)
class RoleLinks:
    """What a role is linked to. A category brings everything below it along."""

    role_id: str
    categories: frozenset[str] = frozenset()
    reductions: frozenset[str] = frozenset()

    def holds(self, row: Evidence, parents: Mapping[str, str | None]) -> bool:
        """Whether this piece of evidence speaks for the role."""
        return row.reduction_id in self.reductions or any(
            category in self.categories for category in upwards(row.category_id, parents)
        )


def by_role(
    rows: Iterable[Evidence], links: Sequence[RoleLinks], parents: Mapping[str, str | None]
) -> dict[str, GroupTallies]:
    """Role -> its tallies by actor group; zero for a role without evidence."""
    tallies = {link.role_id: GroupTallies() for link in links}
    for row in rows:
        for link in links:
            if link.holds(row, parents):
                tallies[link.role_id].add(row)
    return tallies


def outside(
    rows: Iterable[Evidence],
    links: Sequence[RoleLinks],
    parents: Mapping[str, str | None],
    actor_group: str = "",
) -> dict[str, GroupTallies]:
    """Category -> tallies of the evidence that speaks for no role of the map.

    Only the map's actor group is looked at, or everyone when it has none. A reduction without a
    category is under the empty id: it is outside too, and must be seen.
    """
    tallies: dict[str, GroupTallies] = {}
    for row in rows:
        if actor_group and row.actor_group != actor_group:
            continue
        if not any(link.holds(row, parents) for link in links):
            tallies.setdefault(row.category_id or "", GroupTallies()).add(row)
    return tallies
