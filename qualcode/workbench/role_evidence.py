"""What stands behind the roles of a map, as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.frequencies import EVERY_GROUP
from qualcode.analysis.role_tables import RoleLinks, by_role
from qualcode.domain.categories import Category
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.role_maps import Role, RolePlacement
from qualcode.exports.role_figure import RoleFigure, RoleShape
from qualcode.workbench.bench import Workbench


@dataclass(frozen=True)
class RoleLink:
    """A category or a reduction linked to a role, by the name it has."""

    placement_id: str
    name: str
    category_id: str | None = None
    reduction_id: str | None = None


@dataclass(frozen=True)
class RoleEvidence:
    """A role's links, and how many say something for it. ``segment_ids`` are what they said."""

    links: tuple[RoleLink, ...]
    respondents: int
    mentions: int
    segment_ids: tuple[str, ...]


def evidence_of(bench: Workbench, map_id: str) -> dict[str, RoleEvidence]:
    """Role -> its evidence, for every role of the map."""
    with bench.store.reading() as rows:
        roles = rows.find(Role, map_id=map_id)
        placements = rows.find(RolePlacement, role_id=tuple(role.id for role in roles))
        categories = {row.id: row for row in rows.find(Category)}
        wanted = tuple(row.reduction_id for row in placements if row.reduction_id)
        reductions = {row.id: row for row in rows.find(ReducedExpression, id=wanted)}
        evidence = rows.evidence()
    links: dict[str, list[RoleLink]] = {role.id: [] for role in roles}
    for row in placements:
        name = (
            categories[row.category_id].name
            if row.category_id
            else reductions[row.reduction_id or ""].wording
        )
        links[row.role_id].append(RoleLink(row.id, name, row.category_id, row.reduction_id))
    parents = {row.id: row.parent_id for row in categories.values()}
    tallies = by_role(evidence, [_links(id, mine) for id, mine in links.items()], parents)
    return {
        id: RoleEvidence(
            tuple(sorted(mine, key=lambda link: (link.category_id is None, link.name.casefold()))),
            tallies[id][EVERY_GROUP].respondents,
            tallies[id][EVERY_GROUP].mentions,
            tallies[id][EVERY_GROUP].segments,
        )
        for id, mine in links.items()
    }


def figure_of(
    roles: Sequence[Role], title: str = "", language: str = "fi", chosen: str = ""
) -> RoleFigure:
    """What is drawn of a map: its central role in the middle, the others in their order."""
    shapes = {role.id: RoleShape(role.id, role.name, role.descriptors) for role in roles}
    central = next((role.id for role in roles if role.central), None)
    return RoleFigure(
        central=shapes[central] if central else None,
        roles=tuple(shape for id, shape in shapes.items() if id != central),
        title=title,
        language=language,
        chosen=chosen,
    )


def _links(role_id: str, links: Sequence[RoleLink]) -> RoleLinks:
    return RoleLinks(
        role_id,
        frozenset(link.category_id for link in links if link.category_id),
        frozenset(link.reduction_id for link in links if link.reduction_id),
    )
