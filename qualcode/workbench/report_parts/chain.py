"""The chain from words to roles: the example of the analysis, and the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.categories import Level
from qualcode.exports.report import Block, Cell, Column, Row, Table
from qualcode.store.views import EvidenceRow
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.report_parts.origin_columns import origin_cell, origin_column

EXAMPLE, CHAIN = "example", "chain"


@dataclass(frozen=True)
class _Link:
    """One row of the chain: an expression, its reduction, and where that leads."""

    row: EvidenceRow
    reduction: str
    subcategory: str
    main: str
    roles: str
    main_roles: str
    order: tuple[int, int]

    @property
    def end(self) -> tuple[str, str, str]:
        return (self.main, self.subcategory, self.roles)


def example(material: Material, most: int) -> list[Block]:
    """The analysis example: some expressions of every category or role, one after another.

    Expressions whose words may not be printed show nothing of the analysis and are passed over.
    """
    _ = material._
    links = [
        link for link in _links(material) if not material.permitted.withheld(link.row.segment_id)
    ]
    if not links:
        return []
    chosen = _spread(links, most)
    note = ""
    if len(chosen) < len(links):
        note = _("{shown} of {all} rows are shown, some of each category or role.").format(
            shown=len(chosen), all=len(links)
        )
    caption = _("From original expressions to categories: an example of the analysis")
    if all(not link.subcategory for link in links) and any(link.roles for link in links):
        caption = _("From original expressions to roles: an example of the analysis")
    return [_chain_table(material, chosen, "analysis_example", caption, note, EXAMPLE)]


def chain(material: Material) -> list[Block]:
    """Every expression with its reduction and place: the whole analysis as one table."""
    links = _links(material)
    if not links:
        return []
    caption = material._("Every original expression with its reduced expression and place")
    return [_chain_table(material, links, "analysis_chain", caption, "", CHAIN)]


def _links(material: Material) -> list[_Link]:
    roles = _roles_of_reductions(material)
    themes = {theme: n for n, theme in enumerate(dict.fromkeys(r.theme for r in material.evidence))}
    links = []
    for row in material.evidence:
        category = material.tree.categories.get(row.category_id or "")
        main = material.above(row.category_id, Level.MAIN_CATEGORY)
        mine, central = roles.get((row.reduction_id, row.category_id or ""), ([], []))
        links.append(
            _Link(
                row=row,
                reduction=material.wording(row.reduction_id),
                subcategory=category.name if category else "",
                main=main.name if main and main is not category else "",
                roles="\n".join(mine),
                main_roles="\n".join(central),
                order=(
                    themes[row.theme],
                    material.category_order.get(row.category_id or "", len(material.parents)),
                ),
            )
        )
    position = {wording: n for n, wording in enumerate(dict.fromkeys(k.reduction for k in links))}
    return sorted(links, key=lambda link: (*link.order, position[link.reduction]))


def _roles_of_reductions(
    material: Material,
) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """(reduction, its category) -> names of its roles, and of the central roles of their maps.

    A reduction has the roles it is linked to itself, and those its category or one above it is.
    """
    maps = {role_map.id for role_map in material.role_maps}
    by_reduction_id: dict[str, set[str]] = {}
    by_category_id: dict[str, set[str]] = {}
    for placement in material.role_links:
        if placement.reduction_id:
            by_reduction_id.setdefault(placement.reduction_id, set()).add(placement.role_id)
        elif placement.category_id:
            by_category_id.setdefault(placement.category_id, set()).add(placement.role_id)
    central = {role.map_id: role.name for role in material.roles if role.central}
    found = {}
    for row in material.evidence:
        key = (row.reduction_id, row.category_id or "")
        if key in found:
            continue
        ids = set(by_reduction_id.get(row.reduction_id, ()))
        if row.category_id in material.parents:
            for category in material.tree.path(row.category_id):
                ids |= by_category_id.get(category.id, set())
        mine = [role for role in material.roles if role.id in ids and role.map_id in maps]
        others = [role.name for role in mine if not role.central]
        mains = dict.fromkeys(central[r.map_id] for r in mine if r.map_id in central)
        found[key] = (others, list(mains))
    return found


def _spread(links: list[_Link], most: int) -> list[_Link]:
    """At most ``most`` links, taken in turn from every end point and reduction."""
    if len(links) <= most:
        return links
    by_end: dict[tuple[object, ...], list[_Link]] = {}
    for link in links:
        by_end.setdefault((link.row.theme, *link.end), []).append(link)
    chosen: list[_Link] = []
    turn = 0
    while len(chosen) < most:
        for group in by_end.values():
            if turn < len(group) and len(chosen) < most:
                chosen.append(group[turn])
        turn += 1
    wanted = {id(link) for link in chosen}
    return [link for link in links if id(link) in wanted]


def _chain_table(
    material: Material, links: Sequence[_Link], key: str, caption: str, note: str, section: str
) -> Table:
    """The chain with the columns that have something to say."""
    _ = material._
    has_theme = any(link.row.theme for link in links)
    has_category = any(link.subcategory for link in links)
    has_main = any(link.main for link in links)
    has_role = any(link.roles or link.main_roles for link in links)
    columns = [
        *([Column(_("Theme"), 2.2)] if has_theme else []),
        Column(_("Original expression"), 4.6),
        Column(_("Reduced expression"), 2.9),
        *([Column(material.level_title(Level.SUBCATEGORY), 2.3)] if has_category else []),
        *([Column(_main_title(material), 2.2)] if has_main else []),
        *([Column(_("Role"), 2.1), Column(_("Main role"), 2.0)] if has_role else []),
        *origin_column(material),
    ]
    rows = []
    before: _Link | None = None
    for link in links:
        same_theme = before is not None and before.row.theme == link.row.theme
        same_reduction = (
            same_theme and before is not None and before.row.reduction_id == link.row.reduction_id
        )
        same_end = same_theme and before is not None and before.end == link.end
        same_segment = (
            same_theme and before is not None and before.row.segment_id == link.row.segment_id
        )
        evidence = material.cite([link.row.segment_id])
        text = material.permitted.words(link.row.segment_id)
        cells = [
            *([Cell(link.row.theme, joined=same_theme)] if has_theme else []),
            Cell(text, evidence, joined=same_segment),
            Cell(link.reduction, evidence, joined=same_reduction),
            *([Cell(link.subcategory, evidence, joined=same_end)] if has_category else []),
        ]
        if has_main:
            same_main = same_theme and before is not None and before.main == link.main
            cells.append(Cell(link.main, joined=same_main))
        if has_role:
            same_roles = same_end and before is not None and before.roles == link.roles
            cells.append(Cell(link.roles, evidence, joined=same_roles))
            same_central = (
                same_theme and before is not None and before.main_roles == link.main_roles
            )
            cells.append(Cell(link.main_roles, joined=same_central))
        cells += origin_cell(material, link.row.segment_id, joined=same_segment)
        rows.append(Row(tuple(cells)))
        before = link
    note = " ".join(part for part in (note, material.theme_note) if part)
    return Table(key, caption, tuple(columns), tuple(rows), note, section=section)


def _main_title(material: Material) -> str:
    """The name of the highest level that the rows reach below the unifying categories."""
    return material.level_title(material.result_level())
