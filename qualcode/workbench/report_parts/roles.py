"""Role maps in the report: the figure, and what stands behind each role."""

from __future__ import annotations

from qualcode.analysis.role_tables import RoleLinks, by_role, outside
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.exports.report import Block, Cell, Column, Figure, Heading, Row, Table
from qualcode.exports.role_figure import draw
from qualcode.workbench.report_parts.counting import count_cells, count_columns, counting_note
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.report_parts.role_relations import relations
from qualcode.workbench.role_evidence import figure_of

ROLE_MAPS = "role_maps"


def role_maps(material: Material) -> list[Block]:
    """For each map: figure, table of roles with their evidence, and what fits no role."""
    blocks: list[Block] = []
    for number, role_map in enumerate(material.role_maps, start=1):
        roles = [role for role in material.roles if role.map_id == role_map.id]
        blocks.append(Heading(role_map.title, 2))
        if roles:
            blocks.append(_figure(material, role_map, roles, number))
            blocks.append(_table(material, role_map, roles, number))
            blocks += relations(material, role_map, roles, number, ROLE_MAPS)
        blocks += _outside(material, role_map, roles, number)
    return blocks


def alternative_text(intro: str, roles: list[Role]) -> str:
    """The figure in words: each role with its descriptors."""
    told = [
        f"{role.name} ({', '.join(role.descriptors)})" if role.descriptors else role.name
        for role in sorted(roles, key=lambda role: not role.central)
    ]
    return f"{intro} {'; '.join(told)}."


def links_of(material: Material, roles: list[Role]) -> list[RoleLinks]:
    """Each role with the categories and reductions linked to it."""
    return [
        RoleLinks(
            role.id,
            frozenset(
                row.category_id
                for row in material.role_links
                if row.role_id == role.id and row.category_id
            ),
            frozenset(
                row.reduction_id
                for row in material.role_links
                if row.role_id == role.id and row.reduction_id
            ),
        )
        for role in roles
    ]


def _figure(material: Material, role_map: RoleMap, roles: list[Role], number: int) -> Figure:
    figure = figure_of(roles, language=material.language)
    tallies = by_role(material.evidence, links_of(material, roles), material.parents)
    intro = material._("Role map. The central role is told first.")
    return Figure(
        f"role_map_{number}",
        role_map.title,
        draw(figure),
        alternative_text(intro, roles),
        section=ROLE_MAPS,
        opens={id: material.cite(tally.total.segments) for id, tally in tallies.items()},
    )


def _table(material: Material, role_map: RoleMap, roles: list[Role], number: int) -> Table:
    _ = material._
    central = _("central role")
    # A column that no role fills is left out.
    described = any(role.descriptors for role in roles)
    told = any(role.description for role in roles)
    sourced = any(role.sources for role in roles)
    tallies = by_role(material.evidence, links_of(material, roles), material.parents)
    rows = []
    for role in sorted(roles, key=lambda role: not role.central):
        name = f"{role.name}\n({central})" if role.central else role.name
        rows.append(
            Row(
                (
                    Cell(name, strong=True),
                    *([Cell("\n".join(role.descriptors))] if described else []),
                    *([Cell(role.description)] if told else []),
                    *([Cell("\n".join(role.sources))] if sourced else []),
                    *count_cells(material, tallies[role.id].total),
                )
            )
        )
    columns = (
        Column(_("Role"), 2.6),
        *([Column(_("Descriptors"), 2.9)] if described else []),
        *([Column(_("Description"), 4.6)] if told else []),
        *([Column(_("Theory sources"), 3.0)] if sourced else []),
        *count_columns(material, 2.1),
    )
    return Table(
        f"roles_{number}",
        _("{role_map}: the roles, their descriptors and evidence").format(role_map=role_map.title),
        columns,
        tuple(rows),
        note=counting_note(material),
        section=ROLE_MAPS,
    )


def _outside(material: Material, role_map: RoleMap, roles: list[Role], number: int) -> list[Block]:
    _ = material._
    tallies = outside(
        material.evidence, links_of(material, roles), material.parents, role_map.actor_group
    )
    if not tallies:
        return []
    last = len(material.parents)
    order = sorted(tallies, key=lambda id: material.category_order.get(id, last))
    rows = [
        Row(
            (
                Cell(material.tree[id].name if id else _("Reductions without a category")),
                *count_cells(material, tallies[id].total),
            )
        )
        for id in order
    ]
    columns = (
        Column(_("Category"), 11.0),
        *count_columns(material, 2.5),
    )
    return [
        Table(
            f"outside_{number}",
            _("{role_map}: what the material has outside the map").format(role_map=role_map.title),
            columns,
            tuple(rows),
            note=counting_note(material),
            section=ROLE_MAPS,
        )
    ]
